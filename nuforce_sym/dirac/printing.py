"""How Dirac expressions print: plain text that can be typed back, and LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from nuforce_sym.lorentz import latex_name

if TYPE_CHECKING:
    from nuforce_sym.dirac.objects import Combination, Dirac, Factor, Linear


def _sum(parts: list[tuple[str, str]], times: str) -> str:
    """Join (coefficient, symbol) pairs; an empty symbol is the unit matrix."""
    out = ""
    for c, symbol in parts:
        if not symbol:
            piece = c
        elif c in {"1", "-1"}:
            piece = c[:-1] + symbol
        else:
            piece = c + times + symbol
        out += piece if not out else f" - {piece[1:]}" if piece.startswith("-") else f" + {piece}"
    return out


def _coefficient(c: sp.Expr, show: Any, left: str, right: str) -> str:
    text = str(show(c))
    return f"{left}{text}{right}" if isinstance(c, sp.Add) else text


def text(d: Dirac) -> str:
    """Return the expression as Python text."""
    if d.coefficient == 0:
        return "0"
    pieces = [_factor_text(f, alone=len(d.factors) == 1 and d.coefficient == 1) for f in d.factors]
    body = "*".join(pieces)
    return _sum([(_coefficient(d.coefficient, str, "(" if body else "", ")" if body else ""), body)], "*")


def _factor_text(f: Factor, *, alone: bool) -> str:
    from nuforce_sym.dirac.objects import Gamma, Linear

    if isinstance(f, Gamma):
        return f"gamma({f.index})"
    if isinstance(f, Linear):
        parts = _linear_parts(f, str, lambda v: f"slash({sp.Add(*(c * p for p, c in v))})", "gamma5", "*", "(", ")")
        inner = _sum(parts, "*")
    else:
        parts = [("1", text(t)) for t in f.terms]
        inner = _sum([("1", p) if not p.startswith("-") else ("-1", p[1:]) for _, p in parts], "*")
    return inner if alone or (len(parts) == 1 and not inner.startswith("-")) else f"({inner})"


def _linear_parts(f: Linear, show: Any, slashed: Any, five: str, times: str, left: str, right: str) -> list[tuple[str, str]]:
    def slot(v: Combination, tail: str) -> list[tuple[str, str]]:
        if not v:
            return []
        if len(v) == 1:
            return [(_coefficient(v[0][1], show, left, right), slashed(((v[0][0], sp.S.One),)) + tail)]
        return [("1", slashed(v) + tail)]

    parts = slot(f.vector, "")
    if f.scalar != 0:
        parts.append((str(show(f.scalar)), ""))
    parts += slot(f.vector5, times + five)
    if f.scalar5 != 0:
        parts.append((_coefficient(f.scalar5, show, left, right), five))
    return parts


def latex(d: Dirac, printer: Any) -> str:
    """Return the expression as LaTeX, momenta slashed with ``\\slashed``."""
    if d.coefficient == 0:
        return "0"
    show = printer.doprint
    body = " ".join(_factor_latex(f, show, alone=len(d.factors) == 1 and d.coefficient == 1) for f in d.factors)
    left, right = (r"\left(", r"\right)") if body else ("", "")
    return _sum([(_coefficient(d.coefficient, show, left, right), body)], " ")


def _slashed(v: Combination) -> str:
    out = ""
    for p, c in v:
        name = rf"\slashed{{{latex_name(p.name)}}}"
        piece = _sum([(_coefficient(c, sp.latex, r"\left(", r"\right)"), name)], " ")
        out += piece if not out else f" - {piece[1:]}" if piece.startswith("-") else f" + {piece}"
    return out


def _factor_latex(f: Factor, show: Any, *, alone: bool) -> str:
    from nuforce_sym.dirac.objects import Gamma, Linear

    if isinstance(f, Gamma):
        return rf"\gamma^{{{latex_name(f.index.name)}}}"
    if isinstance(f, Linear):
        split = [((p, c),) for p, c in f.vector]
        parts: list[tuple[str, str]] = []
        for v in split:
            parts += [(_coefficient(v[0][1], show, r"\left(", r"\right)"), _slashed(((v[0][0], sp.S.One),)))]
        if f.scalar != 0:
            parts.append((str(show(f.scalar)), ""))
        for p, c in f.vector5:
            parts.append((_coefficient(c, show, r"\left(", r"\right)"), _slashed(((p, sp.S.One),)) + r" \gamma_5"))
        if f.scalar5 != 0:
            parts.append((_coefficient(f.scalar5, show, r"\left(", r"\right)"), r"\gamma_5"))
        inner = _sum(parts, " ")
    else:
        parts = [("1", show(t)) for t in f.terms]
        inner = _sum([("1", p) if not p.startswith("-") else ("-1", p[1:]) for _, p in parts], " ")
    return inner if alone or (len(parts) == 1 and not inner.startswith("-")) else rf"\left({inner}\right)"
