r"""Numbered equations, broken to the width of a line at the terms of their sums.

Rows are built from pieces: whole terms where they fit, else a term's prefactor with an opened bracket, the terms inside,
and so on down; no piece ever ends between a ``\left`` and its ``\right``.
"""

from __future__ import annotations

import math
import re
from typing import Any

import sympy as sp

from nuforce_sym.amplitude.interaction import Interaction
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.paper.latex import Printer, expression_of, interaction_terms, latex
from nuforce_sym.paper.style import Style
from nuforce_sym.spatial import Anticommutator, Vector3

_FRACTION = re.compile(r"\\t?frac\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")

_WIDTHLESS = re.compile(r"\\(?:left|right|[Bb]igg?[lr]?|[,!;]|bar|vec|hat|math(?:rm|bf|cal)|slashed|operatorname)(?![A-Za-z])")
_INDEX = re.compile(r"[_^](?:\{[^{}]*\}|\\[A-Za-z]+|.)")
_WEIGHTS = {c: w for group, w in (("{}^_& \n\t\\\\", 0), ("()[]|,;.!'", 0.6), ("+-=", 1.7), ("mwMW", 1.35)) for c in group}
TALLEST = 8
"""Rows of a ``split``, which a page cannot break; a formula with more is set in ``align``, which it can."""


def width(text: str) -> int:
    r"""Return roughly how wide a formula is, in glyphs such as x: a fraction as its wider half, indices as two thirds."""
    while match := _FRACTION.search(text):
        text = text[: match.start()] + max(match.groups(), key=width) + text[match.end() :]
    text = _WIDTHLESS.sub("", text)
    small = sum(_glyphs(index) for index in _INDEX.findall(text))
    return math.ceil(_glyphs(text) - small / 3)


def _glyphs(text: str) -> float:
    plain = re.sub(r"\\[A-Za-z]+", "x", re.sub(r"\\(?:times|cdot|pm|to|ll|gg)(?![A-Za-z])", "+", text))
    return sum(_WEIGHTS.get(c, 0.95) for c in plain)


def equation(lhs: str, value: Any, label: str | None = None, style: Style | None = None) -> str:
    """Return a numbered equation environment; a formula too wide for a line is broken, see `rows`."""
    lines = rows(lhs, value, style or Style())
    tag = rf"\label{{{label}}}" if label else ""
    if len(lines) > TALLEST:
        inside = [f"  {line} \\notag \\\\" for line in lines[:-1]]
        return "\n".join([r"\begin{align}", *inside, f"  {lines[-1]}{tag}", r"\end{align}"])
    body = lines[0] if len(lines) == 1 else "\\begin{split}\n  " + " \\\\\n  ".join(lines) + "\n\\end{split}"
    return "\n".join([rf"\begin{{equation}}{tag}", *(f"  {line}" for line in body.splitlines()), r"\end{equation}"])


def rows(lhs: str, value: Any, style: Style) -> list[str]:
    r"""Return the rows of an equation, without environments: one row, or rows with ``&`` for ``split``."""
    whole = pieces(value, style, room=10**9)[0]
    if width(lhs + whole) + 1 <= style.glyphs:
        return [rf"{lhs} = {whole}"]
    # A long left-hand side would push every row to the right: then the rows begin under it instead.
    beside = width(lhs) <= style.glyphs // 5
    indent = width(lhs) + 2 if beside else 2
    broken = pieces(value, style, room=style.glyphs - indent - 2)
    if len(broken) == 1:
        return [rf"{lhs} = {whole}"]
    found = []
    row = rf"{lhs} ={{}}& " if beside else rf"& {lhs} = "
    used = width(lhs) + 2
    for number, piece in enumerate(broken):
        if number and (used + width(piece) > style.glyphs or _new_term(broken, number)):
            found.append(row.rstrip())
            row, used = r"& \quad ", indent + 1
        row += piece + " "
        used += width(piece)
    return [*found, row.rstrip()]


def _new_term(broken: list[str], number: int) -> bool:
    r"""Whether a term begins here, and it or the one before goes on behind a \times: such a term has rows of its own."""
    around = [broken[number - 1], *broken[number + 1 : number + 2]]
    return broken[number][0] in "+-" and any(piece.startswith(r"\times") for piece in around)


def pieces(value: Any, style: Style, *, room: int) -> list[str]:
    r"""Return the printed formula in pieces between which a line may break, with a sign or ``\times`` in front.

    A formula that is no wider than ``room`` glyphs is one piece; one that is, is split down to pieces that fit, as far as
    its structure allows.
    """
    printer = Printer(style)
    if isinstance(value, (Interaction, PairInteraction)):
        terms = interaction_terms(value, printer)
        if width(_joined(terms)) <= room:
            return [_joined(terms)]
        return [p for i, t in enumerate(terms) for p in _between_currents(_signed(t, first=not i), room)]
    expr = expression_of(value)
    return _split(expr, printer, room) if isinstance(expr, sp.Basic) else [latex(value, style)]


def _split(expr: Any, printer: Printer, room: int) -> list[str]:
    text = printer.doprint(expr)
    if width(text) <= room:
        return [text]
    if isinstance(expr, sp.Add):
        return _terms(expr, printer, room - 2)
    if isinstance(expr, sp.Mul):
        return _split_product(expr, printer, room, text)
    if isinstance(expr, sp.Integral) and len(expr.limits) == 1 and len(expr.limits[0]) == 3:
        return _enclosed(printer.measure(expr) + r"\Bigl[", _split(expr.function, printer, room - 4), r"\Bigr]")
    if isinstance(expr, Anticommutator):
        first, second = printer.doprint(expr.args[0]), _split(expr.args[1], printer, room - 4)
        return [rf"\Bigl\{{{first},", *_enclosed("", second, r"\Bigr\}")]
    return [text]


def _between_currents(term: str, room: int) -> list[str]:
    """Return a term of an interaction, in two pieces where it is too wide and a product of two currents."""
    first, boundary, second = term.partition(r"\right]\,\left[")
    return [first + r"\right]", r"\times \left[" + second] if boundary and width(term) > room else [term]


def _split_product(expr: sp.Mul, printer: Printer, room: int, text: str) -> list[str]:
    inside = [f for f in expr.args if isinstance(f, (sp.Add, sp.Integral, Anticommutator))]
    widest = max(inside, key=lambda f: width(printer.doprint(f)), default=None)
    if widest is not None and (width(printer.doprint(widest)) > room // 2 or len(expr.args) == 2):
        rest = _without(expr, [widest])
        before = _factor(rest, printer, room - 2)
        if rest in (1, -1):
            before = ["" if rest == 1 else "-"]
        if isinstance(widest, sp.Add):
            return [*before[:-1], *_enclosed(rf"{before[-1]} \Bigl[", _terms(widest, printer, room - 2), r"\Bigr]")]
        return [*before[:-1], *_enclosed(f"{before[-1]} ", _split(widest, printer, 0), "")]
    functions = [f for f in expr.args if not f.is_number and not f.as_base_exp()[0].is_Symbol and sp.fraction(f)[1] == 1]
    tail = sp.Mul(*functions)
    coefficient, half = _without(expr, functions), len(functions) // 2
    if len(functions) == len(expr.args) == 1:
        return [text]
    if len(functions) > 1 and width(printer.doprint(coefficient)) <= room // 3:
        return _times(coefficient * sp.Mul(*functions[:half]), sp.Mul(*functions[half:]), printer, room)
    if functions and coefficient not in (1, -1):
        return _times(coefficient, tail, printer, room)
    return [text]


def _without(expr: sp.Mul, factors: list[sp.Expr]) -> sp.Expr:
    """Return the product without some of its factors; a quotient would multiply powers of quotients out."""
    return sp.Mul(*(f for f in expr.args if f not in factors))


def _times(left: sp.Expr, right: sp.Expr, printer: Printer, room: int) -> list[str]:
    r"""Return the pieces of left \times right; vectors are enclosed, where the sign would be a cross product."""
    parts = _factor(right, printer, room)
    if right.has(Vector3) and not isinstance(right, (sp.Add, Anticommutator)):
        parts = _enclosed(r"\Bigl[", parts, r"\Bigr]")
    return [*_factor(left, printer, room), rf"\times {parts[0]}", *parts[1:]]


def _factor(expr: sp.Expr, printer: Printer, room: int) -> list[str]:
    """Return the pieces of a factor: a sum is enclosed, -1*(c + 1) too, which SymPy makes a sum."""
    parts = _split(expr, printer, room)
    return _enclosed(r"\Bigl[", parts, r"\Bigr]") if isinstance(expr, sp.Add) else parts


def _terms(expr: sp.Add, printer: Printer, room: int) -> list[str]:
    found: list[str] = []
    for term in printer.terms(expr):
        first, *rest = _split(term, printer, room)
        found += [_signed(first, first=not found), *rest]
    return found


def _enclosed(opening: str, inner: list[str], closing: str) -> list[str]:
    if len(inner) == 1:
        return [f"{opening}{inner[0]}{closing}"]
    return [opening + inner[0], *inner[1:-1], inner[-1] + closing]


def _signed(text: str, *, first: bool) -> str:
    if first:
        return text
    return f"- {text[1:].lstrip()}" if text.startswith("-") else text if text.startswith("+") else f"+ {text}"


def _joined(terms: list[str]) -> str:
    return " ".join(_signed(t, first=not i) for i, t in enumerate(terms))
