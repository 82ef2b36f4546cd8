"""Hydrogen from its radial equation alone: power series of the differential equation, integrated power by power.

No Laguerre polynomial, no exponential, no Gamma function and no quadrature; FLINT's balls carry what is lost between powers.
"""

from __future__ import annotations

from functools import cache

import mpmath as mp
from flint import arb, arb_poly

BITS, TERMS, REACH = 1400, 1000, 110
"""REACH n Bohr radii is infinity: exp(-2 REACH) = 1e-96 is neglected."""


def to_mpmath(ball):
    assert ball.rel_accuracy_bits() > 140, ball
    return mp.mpf(ball.str(45, radius=False))


def series(l, energy, first, source=()):
    """The coefficients of rho^k of a solution of (E - H_l) f = source that begins with first rho^l."""
    found = [arb(0)] * l + [arb(first)]
    for k in range(l + 1, TERMS):
        # [k(k+1) - l(l+1)]/2 f_k + f_(k-1) + E f_(k-2) = source_(k-2)
        rest = source[k - 2] if source and k >= 2 else arb(0)
        rest -= found[k - 1] + (energy * found[k - 2] if k >= 2 else 0)
        found.append(2 * rest / (k * (k + 1) - l * (l + 1)))
    return found


def integral(f, g, power, edge):
    """The integral of rho^power f g from 0 to the edge."""
    density = (arb_poly(f) * arb_poly(g)).coeffs()
    lowest = next(k for k, c in enumerate(density) if c != 0)
    exponent = power + lowest + 1
    assert exponent > 0
    return edge**exponent * arb_poly([c / (exponent + k) for k, c in enumerate(density[lowest:])])(edge)


@cache
def bound(n, l):
    f = series(l, -arb(1) / (2 * n * n), 1)
    norm = integral(f, f, 2, arb(REACH * n)).sqrt()
    return [c / norm for c in f]


def parts(bra, ket, l_1, l_2, edge, q=5):
    """What `atom_oracle.radial_parts` and `slope_integral` give for r^-q, R = r^l f."""
    f_1, f_2 = bra[l_1:], ket[l_2:]
    slope_1, slope_2 = ([k * c for k, c in enumerate(f)][1:] for f in (f_1, f_2))
    power = l_1 + l_2 + 2 - q
    three = (
        integral(f_1, slope_2, power, edge),
        integral(slope_1, f_2, power, edge),
        integral(f_1, f_2, power - 1, edge),
    )
    return tuple(map(to_mpmath, three)), -q * to_mpmath(three[2])
