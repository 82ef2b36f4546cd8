r"""Parity-violating Z exchange, f in {sigma_1.p, f}.

    - \frac{g^{2} g_A^e g_V^N e^{- m_Z r}}{32 \pi c_W^{2} m_e r}

Derived in derivations/z_exchange.py, step `potential`; written by `nuforce build`, not by hand.
"""
# formula a270eb90ee221a6f
# text    52fc94d4cc263663

from math import pi

import numpy as np


def z_exchange_electron(r, m_Z, m_e, g, cos_theta_W, g_Ae, g_VN):
    """Return parity-violating Z exchange, f in {sigma_1.p, f}, in 1.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_Z: mass of the Z boson; in GeV, 0.001 <= m_Z <= 1e+06
    m_e: electron mass; in GeV, 1e-06 <= m_e <= 1e+06
    g: weak SU(2) coupling; in 1, 1e-12 <= g <= 1000
    cos_theta_W: cosine of the weak mixing angle, cos theta_W = m_W/m_Z; in 1, 0.001 <= cos_theta_W <= 1
    g_Ae: axial charge of the electron, T_3; in 1, 1e-12 <= |g_Ae| <= 1e+06, or 0
    g_VN: vector charge of the nucleus; in 1, 1e-12 <= |g_VN| <= 1e+06, or 0

    Source: BouchiatBouchiat1974, PeskinSchroeder1995.

    In these ranges, with 1e-30 <= m_Z r <= 700 and |result| >= 2.2250738585072014e-308, the relative error is
    at most 1.7e-15 (proved; see z_exchange_electron.json). It rests on: IEEE 754 binary64 arithmetic,
    rounding to nearest; NumPy's exp is within one unit in the last place; the error of a product is found
    exactly by Dekker's algorithm.
    Electron: sigma_1; nucleus, at rest: sigma_2.
    """
    falloff = decay(m_Z, r)
    return -power(g, 2)*g_Ae*g_VN/(32*pi*power(cos_theta_W, 2)*m_e*r)*falloff


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
