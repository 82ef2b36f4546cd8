r"""Force -dV/dr of a scalar exchanged between two fermions.

    - \frac{g_1 g_2 m_\phi e^{- m_\phi r}}{4 \pi r} - \frac{g_1 g_2 e^{- m_\phi r}}{4 \pi r^{2}}

Derived in derivations/scalar_exchange.py, step `force`; written by `nuforce build`, not by hand.
"""
# formula 922cd122e7d96056
# text    d663e8d0b8f34742

from math import pi

import numpy as np


def scalar_yukawa_force(r, m_phi, g_1, g_2):
    """Return force -dV/dr of a scalar exchanged between two fermions, in GeV^2.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_phi: mass of an exchanged scalar; in GeV, 1e-30 <= m_phi <= 1e+06
    g_1: coupling of the first particle; in 1, 1e-30 <= |g_1| <= 1e+06, or 0
    g_2: coupling of the second particle; in 1, 1e-30 <= |g_2| <= 1e+06, or 0

    Source: Yukawa1935, PeskinSchroeder1995.

    In these ranges, with 1e-30 <= m_phi r <= 700 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 1.6e-15 (proved; see scalar_yukawa_force.json). It rests on: IEEE 754 binary64 arithmetic,
    rounding to nearest; NumPy's exp is within one unit in the last place; the error of a product is found
    exactly by Dekker's algorithm.
    Negative values attract.
    """
    falloff = decay(m_phi, r)
    return (
        -g_1*g_2/(4*pi*power(r, 2))*falloff
        - g_1*g_2*m_phi/(4*pi*r)*falloff
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def product(a, b):
    """Return a*b rounded, and the rounding error of that product, exactly (Dekker 1971)."""
    x = a * b
    a_high = 134217729.0 * a
    a_high = a_high - (a_high - a)
    b_high = 134217729.0 * b
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    low = ((a_high * b_high - x) + a_high * b_low + a_low * b_high) + a_low * b_low
    return x, np.where(abs(x) < 1e300, low, 0.0)


def decay(a, b):
    """Return exp(-a*b) for the exact product of the two numbers, a*b >= 0."""
    with np.errstate(all="ignore"):
        x, low = product(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
        return (np.exp(-x) * (1.0 - low))[()]
