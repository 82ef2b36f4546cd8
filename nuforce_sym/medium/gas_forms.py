r"""Closed forms of gases and thermal beams written with the functions of `gas_functions`, which numbers are made of.

Each rewriting solves for the function in what the closed form holds, and refuses a form that holds anything else.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.gas_functions import FermiSine, PinchedForce, PowerLawForce


def in_fermi_mean(mean: sp.Expr, x: sp.Expr) -> sp.Expr:
    r"""Return a number times \mathcal F_s(x), for a multiple of 1/\sinh\pi x, its second derivative and x^{-3}.

    Raises:
        NotDerivable: the expression is not proportional to it.
    """
    s = sp.Dummy("s", positive=True)
    y = sp.pi * x
    of_s = {sp.sinh(y): s, sp.cosh(y): sp.sqrt(1 + s**2)}
    return _multiple(mean.xreplace(of_s), FermiSine.defined(x).xreplace(of_s), mean.free_symbols | {s}) * FermiSine(x)


def in_pinched_force(force: sp.Expr, power: sp.Symbol, x: sp.Expr) -> sp.Expr:
    r"""Return a factor times \mathcal P(p,x), for a force in a gas with a pinched spectrum.

    Raises:
        NotDerivable: the force is not proportional to it.
    """
    sine, cosine = (sp.Dummy(wave, real=True) for wave in ("sine", "cosine"))
    angle = (power + 1) * sp.atan(x)
    waves = {sp.sin(angle): sine, sp.cos(angle): cosine}
    ratio = sp.powsimp(sp.factor(force.xreplace(waves)) / sp.factor(PinchedForce.defined(power, x).xreplace(waves)))
    left = sp.factor(sp.cancel(ratio))
    if left.has(sine, cosine, sp.atan):
        raise NotDerivable(f"{force} is no multiple of {PinchedForce(power, x)}")
    return left * PinchedForce(power, x)


def in_power_force(force: sp.Expr, exponent: sp.Symbol, x: sp.Expr) -> sp.Expr:
    r"""Return a factor times \mathcal G(s,x), for a force in a gas whose occupation numbers fall as k^{-s}.

    Raises:
        NotDerivable: what is left depends on s.
    """
    unit = PowerLawForce.defined(exponent, x)
    left = sp.cancel(sp.powsimp(sp.expand_power_base(force) / sp.expand_power_base(unit)))
    if left.has(exponent):
        raise NotDerivable(f"{force} is no multiple of {unit}")
    return left * PowerLawForce(exponent, x)


def _multiple(expr: sp.Expr, unit: sp.Expr, variables: set[sp.Symbol]) -> sp.Expr:
    """Return expr/unit, which must be a number."""
    ratio = sp.cancel(sp.expand(expr) / sp.expand(unit))
    if ratio.free_symbols & variables:
        raise NotDerivable(f"{expr} is no multiple of {unit}")
    return ratio
