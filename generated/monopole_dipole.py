r"""Monopole-dipole potential, the coefficient of sigma_2.rhat.

    \frac{g_{P2} g_{S1} m_\phi e^{- m_\phi r}}{8 \pi m_2 r} + \frac{g_{P2} g_{S1} e^{- m_\phi r}}{8 \pi m_2 r^{2}}

Derived in derivations/scalar_pseudoscalar_exchange.py, step `monopole_dipole`; written by `nuforce build`, not by hand.
"""
# formula 74de0c786192329b
# text    2fcc79a04d9619d0

from math import pi

import numpy as np


def monopole_dipole(r, m_phi, m_2, g_S1, g_P2):
    """Return monopole-dipole potential, the coefficient of sigma_2.rhat, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_phi: mass of an exchanged scalar; in GeV, 1e-30 <= m_phi <= 1e+06
    m_2: mass of the second external fermion; in GeV, 1e-06 <= m_2 <= 1e+06
    g_S1: scalar coupling of the first particle; in 1, 1e-30 <= |g_S1| <= 1e+06, or 0
    g_P2: pseudoscalar coupling of the second particle; in 1, 1e-30 <= |g_P2| <= 1e+06, or 0

    Source: MoodyWilczek1984, DobrescuMocioiu2006.

    In these ranges, with 1e-30 <= m_phi r <= 700 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 1.7e-15 (proved; see monopole_dipole.json). It rests on: IEEE 754 binary64 arithmetic, rounding
    to nearest; NumPy's exp is within one unit in the last place; the error of a product is found exactly by
    Dekker's algorithm.
    Contact terms at r = 0 are left out.
    """
    falloff = decay(m_phi, r)
    return (
        g_S1*g_P2/(8*pi*m_2*power(r, 2))*falloff
        + g_S1*g_P2*m_phi/(8*pi*m_2*r)*falloff
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
