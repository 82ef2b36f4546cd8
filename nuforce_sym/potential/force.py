r"""The force of a central potential, F(r) = -dV/dr; positive where it repels."""

from __future__ import annotations

import sympy as sp


def radial_force(potential: sp.Expr, r: sp.Symbol) -> sp.Expr:
    r"""Return -dV/dr, with K_n' = -K_{n-1} - \frac nz K_n (DLMF 10.29.2).

    This form of the derivative keeps every term of a repulsive potential positive, so that its numbers do not cancel.
    """
    held: dict[sp.Dummy, sp.besselk] = {}

    def hold(order: sp.Expr, z: sp.Expr) -> sp.Expr:
        name = sp.Dummy("K")
        held[name] = sp.besselk(order, z)
        return name

    shape = potential.replace(lambda e: isinstance(e, sp.besselk), lambda e: hold(*e.args))
    total = sp.diff(shape, r)
    for name, K in held.items():
        order, z = K.args
        slope = -sp.besselk(order - 1, z) - order / z * K
        total += sp.diff(shape, name) * slope * sp.diff(z, r)
    return sp.Add(*(sp.factor(term) for term in sp.Add.make_args(sp.expand(-total.subs(held)))))
