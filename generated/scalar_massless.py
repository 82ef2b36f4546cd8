r"""Potential of a massless scalar exchanged between two fermions.

    - \frac{g_1 g_2}{4 \pi r}

Derived in derivations/scalar_exchange.py, step `massless_potential`; written by `nuforce build`, not by hand.
"""
# formula 2dc160edb2e5168b
# text    5b84f3abd26ec31a

from math import pi


def scalar_massless(r, g_1, g_2):
    """Return potential of a massless scalar exchanged between two fermions, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    g_1: coupling of the first particle; in 1, 1e-30 <= |g_1| <= 1e+06, or 0
    g_2: coupling of the second particle; in 1, 1e-30 <= |g_2| <= 1e+06, or 0

    Source: Yukawa1935, PeskinSchroeder1995.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 4.7e-16 (proved;
    see scalar_massless.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    Negative values attract.
    """
    return -g_1*g_2/(4*pi*r)
