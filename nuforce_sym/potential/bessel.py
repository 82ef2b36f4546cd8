r"""Exact algebra of the modified Bessel functions K_n of integer order.

Every K_n is a combination of K_0 and K_1 with coefficients that are Laurent polynomials in the argument,

    K_{n+1}(z) = K_{n-1}(z) + \frac{2n}{z} K_n(z)        (DLMF 10.29.1),

so that the pair (coefficient of K_0, coefficient of K_1) is a normal form: K_0 and K_1 are linearly independent over
the rational functions.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

HIGHEST_SINGLE_ORDER = 12


@cache
def in_K0_K1(order: int, argument: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return (a, b) such that K_order = a K_0 + b K_1 at ``argument``."""
    order = abs(order)
    if order == 0:
        return sp.Integer(1), sp.Integer(0)
    if order == 1:
        return sp.Integer(0), sp.Integer(1)
    below, last = in_K0_K1(order - 2, argument), in_K0_K1(order - 1, argument)
    step = 2 * (order - 1) / argument
    return sp.expand(below[0] + step * last[0]), sp.expand(below[1] + step * last[1])


def reduce_orders(expr: sp.Expr) -> sp.Expr:
    """Return ``expr`` with every K_n of integer order written in K_0 and K_1 of the same argument."""

    def reduce(order: sp.Integer, argument: sp.Expr) -> sp.Expr:
        a, b = in_K0_K1(int(order), argument)
        return a * sp.besselk(0, argument) + b * sp.besselk(1, argument)

    return expr.replace(lambda e: isinstance(e, sp.besselk) and e.args[0].is_Integer, lambda e: reduce(*e.args))


def as_single_order(expr: sp.Expr) -> sp.Expr:
    """Return ``expr`` as (elementary) * K_n(z) with one n, where that is exact; else the reduced form unchanged.

    The combination a K_0 + b K_1 is proportional to K_n if and only if a : b is the ratio of `in_K0_K1` for n.
    """
    arguments = {e.args[1] for e in expr.atoms(sp.besselk)}
    if len(arguments) != 1:
        return expr
    z = arguments.pop()
    reduced = sp.expand(reduce_orders(expr))
    a, b = (reduced.coeff(sp.besselk(n, z)) for n in (0, 1))
    if sp.expand(reduced - a * sp.besselk(0, z) - b * sp.besselk(1, z)) != 0:
        return expr
    for n in range(HIGHEST_SINGLE_ORDER + 1):
        a_n, b_n = in_K0_K1(n, z)
        if sp.cancel(a * b_n - b * a_n) == 0:
            factor = sp.cancel(a / a_n) if a_n != 0 else sp.cancel(b / b_n)
            return sp.factor(factor) * sp.besselk(n, z)
    return reduced
