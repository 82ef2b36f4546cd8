r"""Potential between two fermions in a massless Fermi gas of neutrinos and antineutrinos.

    - \frac{G_F^{2} g_{V1} g_{V2} \left(1 - \frac{\pi T r \left(\frac{2 \pi T r \cosh{\left(2 \pi T r \right)}}{\sinh{\left(2 \pi T r \right)}} + 1\right)}{\sinh{\left(2 \pi T r \right)}}\right)}{4 \pi^{3} r^{5}}

Derived in derivations/thermal_gas.py, step `potential`; written by `nuforce build`, not by hand.
"""
# formula 72e2e57c0347632c
# text    9d4258b96101da6e

from math import pi

import numpy as np


def thermal_gas(r, T_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless Fermi gas of neutrinos and antineutrinos, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-30 <= T_nu <= 1e+06
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-20 <= T_nu r <= 1e+15 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 5.1e-15 (proved; see thermal_gas.json). It rests on: IEEE 754 binary64 arithmetic, rounding to
    nearest; NumPy's exp is within one unit in the last place.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    """
    F = thermal(T_nu, r)
    return -power(G_F, 2)*g_V1*g_V2/(4*power(pi, 3)*power(r, 5))*F


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# 2 (k - 1) (-1)^k (3^(-2k) - 4^(-2k) + 5^(-2k) - ...), k = 2, 3, ...
_THERMAL = (
    0.019065658994491835,
    -0.004704365189740416,
    0.0008355111158873953,
    -0.0001285607861725251,
    1.825768858190853e-05,
    -2.4660267566180514e-06,
    3.220555604901836e-07,
    -4.107001181567503e-08,
    5.146162710570915e-09,
    -6.361984822079441e-10,
    7.781774041770087e-11,
    -9.436569994653884e-12,
    1.1361628366813443e-12,
    -1.3596994480000132e-13,
    1.6188160813551647e-14,
    -1.918681066595422e-15,
    2.265165549358996e-16,
    -2.6649376864329208e-17,
    3.1255686405006148e-18,
)


def thermal(a, b):
    """Return 1 - (y/2)(1 + y coth y)/sinh y for y = 2 pi a b."""
    with np.errstate(all="ignore"):
        z = abs(np.asarray(a, dtype=float) * b)
        v = 4.0 * (z * z)
        near, far = _thermal_near(np.minimum(v, 1.0)), _thermal_far(6.283185307179586 * np.maximum(z, 0.5))
        return np.where(v <= 1.0, near, far)[()]


def _thermal_near(v):
    """Return the sum over j of 2 (-1)^(j+1) v^2/(j^2 + v)^2: j = 1 and 2, and the others as a power series."""
    total = _THERMAL[-1]
    for c in _THERMAL[-2::-1]:
        total = total * v + c
    near = 1.0 + v
    next_one = 4.0 + v
    return (2.0 / (near * near) - 2.0 / (next_one * next_one) + total) * (v * v)


def _thermal_far(y):
    falloff = np.exp(-y)
    square = falloff * falloff
    below = 1.0 - square
    return 1.0 - y * falloff * (below + y * (1.0 + square)) / (below * below)
