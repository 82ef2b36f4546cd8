r"""A massless Fermi gas of neutrinos and antineutrinos at \mu = 0, the cosmic background, in the form of one function."""

from __future__ import annotations

import sympy as sp

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
