r"""Closed forms of gases and thermal beams written with the functions of `gas_functions`, which numbers are made of.

Each rewriting solves for the function in what the closed form holds, and refuses a form that holds anything else.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.gas_functions import FermiSine


def in_fermi_mean(mean: sp.Expr, x: sp.Expr) -> sp.Expr:
    r"""Return a number times \mathcal F_s(x), for a multiple of 1/\sinh\pi x, its second derivative and x^{-3}.

    Raises:
        NotDerivable: the expression is not proportional to it.
    """
    s = sp.Dummy("s", positive=True)
    y = sp.pi * x
    of_s = {sp.sinh(y): s, sp.cosh(y): sp.sqrt(1 + s**2)}
    return _multiple(mean.xreplace(of_s), FermiSine.defined(x).xreplace(of_s), mean.free_symbols | {s}) * FermiSine(x)


def _multiple(expr: sp.Expr, unit: sp.Expr, variables: set[sp.Symbol]) -> sp.Expr:
    """Return expr/unit, which must be a number."""
    ratio = sp.cancel(sp.expand(expr) / sp.expand(unit))
    if ratio.free_symbols & variables:
        raise NotDerivable(f"{expr} is no multiple of {unit}")
    return ratio
