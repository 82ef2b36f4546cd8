r"""Potential between two fermions in a gas of slow Majorana neutrinos.

    - \frac{4 G_F^{2} T g_{V1} g_{V2} n_\nu e^{- 2 T m_\nu r^{2}}}{\pi r}

Derived in derivations/massive_gas.py, step `slow_majorana`; written by `nuforce build`, not by hand.
"""
# formula 3129d63f6531df9f
# text    501f8a58036d42b0

from math import pi

import numpy as np


def slow_gas_majorana(r, m_nu, T_nu, n_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in a gas of slow Majorana neutrinos, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+26
    m_nu: neutrino mass; in GeV, 1e-16 <= m_nu <= 1e+06
    T_nu: temperature of the background; in GeV, 1e-18 <= T_nu <= 1e+13
    n_nu: number density of the background per spin state; in GeV^3, 1e-80 <= n_nu <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-30 <= 2 T_nu m_nu r^2 <= 700 and |result| >= 2.2250738585072014e-308, the
    relative error is at most 3.3e-13 (proved; see slow_gas_majorana.json). It rests on: IEEE 754 binary64
    arithmetic, rounding to nearest; NumPy's exp is within one unit in the last place; the error of a product
    is found exactly by Dekker's algorithm.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    """
    falloff = decay(2*power(r, 2), m_nu*T_nu)
    return -4*n_nu*power(G_F, 2)*g_V1*g_V2*T_nu/(pi*r)*falloff


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
