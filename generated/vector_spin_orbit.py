r"""Spin-orbit potential of a vector, the coefficient of sigma_1.L.

    - \frac{m_A v_1 v_2 e^{- m_A r}}{8 \pi m_1 m_2 r^{2}} - \frac{v_1 v_2 e^{- m_A r}}{8 \pi m_1 m_2 r^{3}} - \frac{m_A v_1 v_2 e^{- m_A r}}{16 \pi m_1^{2} r^{2}} - \frac{v_1 v_2 e^{- m_A r}}{16 \pi m_1^{2} r^{3}}

Derived in derivations/vector_axial_exchange.py, step `spin_orbit`; written by `nuforce build`, not by hand.
"""
# formula 72f75263b4ad52a2
# text    7987218a97ca4e17

from math import pi

import numpy as np


def vector_spin_orbit(r, m_A, m_1, m_2, v_1, v_2):
    """Return spin-orbit potential of a vector, the coefficient of sigma_1.L, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_A: mass of an exchanged vector; in GeV, 1e-30 <= m_A <= 1e+06
    m_1: mass of the first external fermion; in GeV, 1e-06 <= m_1 <= 1e+06
    m_2: mass of the second external fermion; in GeV, 1e-06 <= m_2 <= 1e+06
    v_1: vector coupling of the first particle; in 1, 1e-30 <= |v_1| <= 1e+06, or 0
    v_2: vector coupling of the second particle; in 1, 1e-30 <= |v_2| <= 1e+06, or 0

    Source: Breit1929, BouchiatBouchiat1974, DobrescuMocioiu2006.

    In these ranges, with 1e-30 <= m_A r <= 700 and |result| >= 2.2250738585072014e-308, the relative error is
    at most 2.7e-15 (proved; see vector_spin_orbit.json). It rests on: IEEE 754 binary64 arithmetic, rounding
    to nearest; NumPy's exp is within one unit in the last place; the error of a product is found exactly by
    Dekker's algorithm.
    Contact terms at r = 0 are left out.
    """
    falloff = decay(m_A, r)
    return (
        -v_1*v_2/(16*pi*power(m_1, 2)*power(r, 3))*falloff
        - v_1*v_2*m_A/(16*pi*power(m_1, 2)*power(r, 2))*falloff
        - v_1*v_2/(8*pi*m_1*m_2*power(r, 3))*falloff
        - v_1*v_2*m_A/(8*pi*m_1*m_2*power(r, 2))*falloff
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
