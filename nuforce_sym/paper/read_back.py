r"""The guarantee that what is printed is what was derived: printed LaTeX is read again and compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import sympy as sp

from nuforce_sym.amplitude.interaction import Interaction
from nuforce_sym.amplitude.pair import PairDensity, PairInteraction
from nuforce_sym.equality import identical
from nuforce_sym.errors import CheckFailed, InputError
from nuforce_sym.lorentz import Momentum
from nuforce_sym.paper.equation import pieces
from nuforce_sym.paper.lagrangian_normal import FieldProduct, fields, lagrangian
from nuforce_sym.paper.lagrangian_read import read_lagrangian
from nuforce_sym.paper.latex import expression_of, latex
from nuforce_sym.paper.style import Style
from nuforce_sym.paper.texread import read_latex, read_list
from nuforce_sym.paper.texread.lexicon import VECTORS
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import VOCABULARY

ReadBack = Literal["equal", "unread"]


def read_back(value: Any, style: Style, name: str) -> ReadBack:
    r"""Read the printed formula again, as one line and broken to the style's width, and compare it with ``value``.

    Lagrangians, amplitudes between spinors, tensors of four-momenta and lists of formulas are read back like formulas.

    Returns:
        "equal"; or "unread" where the reader refuses the formula.

    Raises:
        CheckFailed: what is read is not what was printed.
    """
    wanted, read = _reader(value, style)
    broken = " ".join(pieces(value, style, room=style.glyphs))
    # a row of its own for every piece, as the widest column and the narrowest one have it
    rows = r"\begin{aligned}" + r" \\ ".join(pieces(value, style, room=style.glyphs)) + r"\end{aligned}"
    for text in dict.fromkeys((latex(value, style), broken, rows)):
        try:
            found = read(text)
        except InputError:
            return "unread"
        if len(found) != len(wanted) or not all(_same(a, b) for a, b in zip(found, wanted, strict=True)):
            raise CheckFailed(f"{name}: {value} was printed as {text}, which reads {', '.join(map(str, found))}")
    return "equal"


def _reader(value: Any, style: Style) -> tuple[list[sp.Expr], Callable[[str], list[sp.Expr]]]:
    """Return the expressions that are printed, and the function that reads their text."""
    if isinstance(value, (Interaction, PairInteraction)):
        expr = lagrangian(value)
        known = {field.latex: field for field in fields(value)}
        used, let = _names([expr], style)
        return [expr], lambda text: [read_lagrangian(text, known, symbols=used, let=let).value]
    if isinstance(value, PairDensity):
        parts = [value.first] if value.second == 0 else [value.first, value.second]
    else:
        expr = expression_of(value)
        parts = list(expr) if isinstance(expr, sp.Tuple) else [expr]
    used, let = _names(parts, style)
    momenta = sorted({k.name for part in parts for k in part.atoms(Momentum)})
    if len(parts) == 1 and not isinstance(value, sp.Tuple):
        return parts, lambda text: [read_latex(text, symbols=used, let=let, momenta=momenta)]
    return parts, lambda text: read_list(text, symbols=used, let=let, momenta=momenta)


def _names(parts: list[sp.Expr], style: Style) -> tuple[list[sp.Symbol], dict[str, Any]]:
    """Return the symbols of the formulas, and what the author's names and their vectors stand for."""
    free = set().union(*(part.free_symbols for part in parts))
    # the formula's own symbols: others of the vocabulary may be written alike
    atoms = set().union(*(part.atoms(sp.Symbol) for part in parts))
    used = sorted((s for s in atoms if s.name in VOCABULARY), key=sp.default_sort_key)
    let: dict[str, Any] = {
        text: VOCABULARY[renamed].symbol for renamed, text in style.rename.items() if VOCABULARY[renamed].symbol in free
    }
    vectors = set().union(*(part.atoms(Vector3) for part in parts))
    let |= {latex(v): v for v in sorted(vectors, key=str) if v.name not in VECTORS}
    return used, let


def _same(found: sp.Expr, wanted: sp.Expr) -> bool:
    if found == wanted or sp.expand(found - wanted) == 0:
        return True
    if not wanted.has(FieldProduct):
        return bool(identical(found, wanted) != "different")
    products = sorted(found.atoms(FieldProduct) | wanted.atoms(FieldProduct), key=sp.default_sort_key)
    left, right = (sp.collect(sp.expand(e), products, evaluate=False) for e in (found, wanted))
    return all(identical(left.get(p, sp.Integer(0)), right.get(p, sp.Integer(0))) != "different" for p in products)
