r"""The guarantee that what is printed is what was derived: printed LaTeX is read again and compared."""

from __future__ import annotations

from typing import Any, Literal

import sympy as sp

from nuforce_sym.amplitude.interaction import Interaction
from nuforce_sym.equality import identical
from nuforce_sym.errors import CheckFailed, InputError
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Metric
from nuforce_sym.paper.equation import pieces
from nuforce_sym.paper.latex import expression_of, latex
from nuforce_sym.paper.style import Style
from nuforce_sym.paper.texread import read_latex
from nuforce_sym.paper.texread.lexicon import VECTORS
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import VOCABULARY

_COVARIANT = (Line, Dot, Component, LeviCivita, Metric)
ReadBack = Literal["equal", "covariant", "unread"]


def read_back(value: Any, style: Style, name: str) -> ReadBack:
    r"""Read the printed formula again, as one line and broken to the style's width, and compare it with ``value``.

    Returns:
        "equal"; "covariant" for Lagrangians and amplitudes between spinors, which the reader of formulas does not know; or
        "unread" where it refuses the formula for another reason.

    Raises:
        CheckFailed: what is read is not what was printed.
    """
    expr = expression_of(value)
    if isinstance(expr, Interaction) or not isinstance(expr, sp.Expr) or expr.has(*_COVARIANT):
        return "covariant"
    symbols = {text: VOCABULARY[renamed].symbol for renamed, text in style.rename.items()}
    # the formula's own symbols: others of the vocabulary may be written alike
    used = sorted((s for s in expr.atoms(sp.Symbol) if s.name in VOCABULARY), key=sp.default_sort_key)
    let: dict[str, Any] = {text: symbol for text, symbol in symbols.items() if symbol in expr.free_symbols}
    let |= {latex(v): v for v in sorted(expr.atoms(Vector3), key=str) if v.name not in VECTORS}
    broken = " ".join(pieces(value, style, room=style.glyphs))
    for text in dict.fromkeys((latex(value, style), broken)):
        try:
            found = read_latex(text, symbols=used, let=let)
        except InputError:
            return "unread"
        if found != expr and identical(found, expr) == "different":
            raise CheckFailed(f"{name}: {expr} was printed as {text}, which reads {found}")
    return "equal"
