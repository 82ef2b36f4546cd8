r"""Moments of a cut with negative powers, and the Bickley function that closes their recurrence.

    X_k(z) = \int_1^\infty x^k\sqrt{x^2-1}\,e^{-zx}\,dx

For k >= 0 they are Basset's. Integrating \frac{d}{dx}[x^a(x^2-1)^{3/2}e^{-zx}] gives

    (a+3)X_{a+1} - aX_{a-1} - z(X_{a+2}-X_a) = 0,

which leads from every negative k to X_{-1} = K_1 - \mathrm{Ki}_1, with \mathrm{Ki}_1' = -K_0 (DLMF 10.43.11 and
10.43.12). Ki_1 is no Bessel function: where it stays, there is no closed form in Bessel functions.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.potential.basset import basset_moment
from nuforce_sym.potential.bessel import as_single_order, reduce_orders
from nuforce_sym.special import Ki1


@cache
def moment(k: int, z: sp.Symbol) -> sp.Expr:
    """Return X_k(z) in K_n and, for negative k, Ki_1."""
    if k >= 0:
        return basset_moment(k, sp.Integer(1), z)
    if k == -1:
        return sp.besselk(1, z) - Ki1(z)
    rest = (k + 4) * moment(k + 2, z) - z * (moment(k + 3, z) - moment(k + 1, z))
    return sp.expand(rest / (k + 1))


def in_bessel_functions(expr: sp.Expr) -> sp.Expr:
    r"""Return ``expr`` with its \mathrm{Ki}_1 cancelled, and with one K_n where that is exact.

    Raises:
        NotDerivable: Ki_1 does not cancel.
    """
    if not expr.has(sp.besselk, Ki1):
        return sp.factor(expr)
    reduced = sp.expand(reduce_orders(expr))
    for atom in sorted(reduced.atoms(Ki1), key=str):
        left = sp.cancel(reduced.coeff(atom))
        if left != 0:
            raise NotDerivable(f"no closed form in Bessel functions: {atom} stays with the coefficient {left}")
        reduced = sp.expand(reduced - atom * reduced.coeff(atom))
    return _gathered(as_single_order(reduced))


def _gathered(expr: sp.Expr) -> sp.Expr:
    """Return a K_0 + b K_1 with factored coefficients."""
    kernels = sorted(expr.atoms(sp.besselk), key=sp.default_sort_key)
    return sp.factor(expr) if len(kernels) < 2 else sp.Add(*(sp.factor(expr.coeff(k)) * k for k in kernels))
