r"""Basset's integral, the rule by which a cut at t = 4m^2 becomes a Bessel function.

    \int_1^\infty (x^2-1)^{\nu-1/2}\,e^{-zx}\,dx
        = \frac{\Gamma(\nu+\tfrac12)}{\sqrt\pi}\left(\frac2z\right)^{\nu}K_\nu(z),   \nu > -\tfrac12,\ z > 0

(DLMF 10.32.8). The derivation `basset` proves it from Bessel's differential equation; a power x^k under the integral
is k derivatives -d/dz of the right-hand side.
"""

from __future__ import annotations

import sympy as sp


def basset(order: sp.Expr, z: sp.Expr) -> sp.Expr:
    r"""Return the right-hand side of Basset's integral for (x^2-1)^{order - 1/2}."""
    return sp.gamma(order + sp.Rational(1, 2)) / sp.sqrt(sp.pi) * (2 / z) ** order * sp.besselk(order, z)


def basset_moment(power: int, order: sp.Expr, z: sp.Symbol) -> sp.Expr:
    r"""Return \int_1^\infty x^{power}(x^2-1)^{order-1/2}e^{-zx}dx for a non-negative integer power."""
    value = basset(order, z)
    for _ in range(power):
        value = -_derivative(value, z)
    return sp.expand(value)


def _derivative(expr: sp.Expr, z: sp.Symbol) -> sp.Expr:
    r"""Differentiate with K_\nu' = \frac{\nu}{z}K_\nu - K_{\nu+1} (DLMF 10.29.2), which keeps the orders positive."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(expr)):
        bessels = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.besselk)]
        if len(bessels) != 1:
            total += sp.diff(term, z)
            continue
        order = bessels[0].args[0]
        factor = term / bessels[0]
        total += sp.diff(factor, z) * bessels[0] + factor * (order / z * bessels[0] - sp.besselk(order + 1, z))
    return sp.expand(total)
