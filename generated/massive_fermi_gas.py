r"""Potential between two fermions in a gas of Dirac neutrinos and antineutrinos with Fermi's distribution, with the vacuum's.

    \frac{G_F^{2} T g_{V1} g_{V2} \mathcal{T}_D\!\left(\frac{m_\nu}{T}, T r\right)}{2 \pi^{2} r^{4}}

Derived in derivations/massive_gas.py, step `fermi`; written by `nuforce build`, not by hand.
"""
# formula 73560939f6ba5935
# text    f170198ad0c53db1

from math import pi

import numpy as np


def massive_fermi_gas(r, m_nu, T_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in a gas of Dirac neutrinos and antineutrinos with Fermi's distribution, with the vacuum's, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+26
    m_nu: neutrino mass; in GeV, 1e-16 <= m_nu <= 1e+06
    T_nu: temperature of the background; in GeV, 1e-18 <= T_nu <= 1e+13
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-12 <= m_nu/T_nu <= 30 and 0.1 <= T_nu r <= 10 and |result| >=
    2.2250738585072014e-308, the relative error is at most 5.4e-13 (proved; see massive_fermi_gas.json). It
    rests on: IEEE 754 binary64 arithmetic, rounding to nearest; NumPy's exp is within one unit in the last
    place.
    With the force in the vacuum, and screened by it. Negative values attract. One flavour, no chemical
    potential.
    """
    frequencies = matsubara_dirac(m_nu/T_nu, T_nu*r)
    return power(G_F, 2)*g_V1*g_V2*T_nu/(2*power(pi, 2)*power(r, 4))*frequencies


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


_FREQUENCIES = 40


def matsubara_dirac(k, b):
    """Return the sum over n = 0, 1, ... of (1 + (k b)^2 + w) exp(-w), w = 2 b sqrt(k^2 + (2n+1)^2 pi^2), b >= 0.1, k <= 30."""
    with np.errstate(all="ignore"):
        k, b = np.asarray(k, dtype=float), np.asarray(b, dtype=float)
        heavy = k * b
        return _matsubara(k, b, 1.0 + heavy * heavy)


def matsubara_majorana(k, b):
    """Return the sum over n = 0, 1, ... of (1 + w) exp(-w)."""
    with np.errstate(all="ignore"):
        k, b = np.asarray(k, dtype=float), np.asarray(b, dtype=float)
        return _matsubara(k, b, 1.0)


def _matsubara(k, b, front):
    square, total = k * k, np.zeros(np.broadcast_shapes(k.shape, b.shape))
    for n in range(_FREQUENCIES - 1, -1, -1):
        frequency = (2 * n + 1) * 3.141592653589793
        w = 2.0 * b * np.sqrt(square + frequency * frequency)
        total = total + (front + w) * np.exp(-w)
    return total[()]
