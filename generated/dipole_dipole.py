r"""Dipole-dipole potential of a pseudoscalar, the coefficient of sigma_1.sigma_2.

    - \frac{g_{P1} g_{P2} m_\phi e^{- m_\phi r}}{16 \pi m_1 m_2 r^{2}} - \frac{g_{P1} g_{P2} e^{- m_\phi r}}{16 \pi m_1 m_2 r^{3}}

Derived in derivations/scalar_pseudoscalar_exchange.py, step `dipole_dipole`; written by `nuforce build`, not by hand.
"""
# formula 18adf680104e8946
# text    651b020b4319b480

from math import pi

import numpy as np


def dipole_dipole(r, m_phi, m_1, m_2, g_P1, g_P2):
    """Return dipole-dipole potential of a pseudoscalar, the coefficient of sigma_1.sigma_2, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_phi: mass of an exchanged scalar; in GeV, 1e-30 <= m_phi <= 1e+06
    m_1: mass of the first external fermion; in GeV, 1e-06 <= m_1 <= 1e+06
    m_2: mass of the second external fermion; in GeV, 1e-06 <= m_2 <= 1e+06
    g_P1: pseudoscalar coupling of the first particle; in 1, 1e-30 <= |g_P1| <= 1e+06, or 0
    g_P2: pseudoscalar coupling of the second particle; in 1, 1e-30 <= |g_P2| <= 1e+06, or 0

    Source: MoodyWilczek1984, DobrescuMocioiu2006.

    In these ranges, with 1e-30 <= m_phi r <= 700 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 2e-15 (proved; see dipole_dipole.json). It rests on: IEEE 754 binary64 arithmetic, rounding to
    nearest; NumPy's exp is within one unit in the last place; the error of a product is found exactly by
    Dekker's algorithm.
    Contact terms at r = 0 are left out.
    """
    falloff = decay(m_phi, r)
    return (
        -g_P1*g_P2/(16*pi*m_1*m_2*power(r, 3))*falloff
        - g_P1*g_P2*m_phi/(16*pi*m_1*m_2*power(r, 2))*falloff
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
