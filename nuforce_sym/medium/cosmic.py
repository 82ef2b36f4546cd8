r"""A massless Fermi gas of neutrinos and antineutrinos, such as the cosmic background, in the form of one function or two."""

from __future__ import annotations

import sympy as sp

from nuforce_sym.medium.spherical import double_angle, in_spherical
from nuforce_sym.symbols import symbols

r, T = symbols("r T_nu")


def in_one_function(potential: sp.Expr, scale: sp.Expr) -> sp.Expr:
    r"""Return ``scale`` times F(y), with y = 2\pi rT in place of the distance and of the temperature.

    F is what is left of the potential: 1-\frac y2(1+y\coth y)/\sinh y for a gas in equilibrium.
    """
    y = sp.Dummy("y", positive=True)
    whole = sp.expand(sp.expand(potential / scale).xreplace({r: y / (2 * sp.pi * T)}))
    constant, rest = whole.as_independent(y)
    inner = sp.expand(rest * sp.sinh(y) / y * -2)
    return scale * (constant - y / 2 * inner / sp.sinh(y)).xreplace({y: 2 * sp.pi * T * r})


def with_friedel_waves(potential: sp.Expr, scale: sp.Expr, mu: sp.Symbol) -> sp.Expr:
    r"""Return ``scale`` times what a chemical potential \mu makes of F(y), in terms that do not cancel.

    With U = 1-y/\sinh y, hence y^2\cosh y/\sinh^2y = 2(1-F)-(1-U), the waves of 2\mu r that are left without F and U are those
    of a degenerate gas, a product of spherical Bessel functions.
    """
    y, F, U = 2 * sp.pi * T * r, sp.Dummy("F", positive=True), sp.Dummy("U", positive=True)
    placed = sp.expand(potential / scale).xreplace(
        {sp.sinh(y): y / (1 - U), sp.cosh(y): (2 * (1 - F) - (1 - U)) / (1 - U) ** 2}
    )
    opened = sp.expand(sp.cancel(placed))
    alone = opened.xreplace({F: sp.Integer(0), U: sp.Integer(0)})
    waves = in_spherical(double_angle(alone, mu * r), mu * r)
    thermal = 1 - y / 2 * (1 + y * sp.cosh(y) / sp.sinh(y)) / sp.sinh(y)
    return scale * (sp.expand(opened - alone).xreplace({F: thermal, U: 1 - y / sp.sinh(y)}) + waves)
