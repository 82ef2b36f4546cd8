"""The one door by which a Python value becomes an expression; text is refused, because SymPy would run it."""

from __future__ import annotations

from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError


def as_expr(value: Any) -> sp.Expr:
    """Return a SymPy expression, or a Python number as one.

    Raises:
        InputError: the value is anything else, a string above all.
    """
    if isinstance(value, sp.Basic):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return sp.sympify(value, strict=True)  # noqa: TID251
    raise InputError(f"{value!r} is no SymPy expression: build it from symbols(...), text is never evaluated")
