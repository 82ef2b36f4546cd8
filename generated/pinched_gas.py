r"""Potential between two fermions in a massless gas of neutrinos with a pinched spectrum, k^p exp(-k/T), and the density n_nu.

    - \frac{G_F^{2} g_{V1} g_{V2} n_\nu \mathcal{P}\!\left(p, 2 T r\right)}{2 \pi T^{2} r^{4} \left(p + 1\right) \left(p + 2\right)}

Derived in derivations/gas_numbers.py, step `pinched`; written by `nuforce build`, not by hand.
"""
# formula d660bac2ae2410f7
# text    b573f488ce7c2e23

from math import pi

import numpy as np


def pinched_gas(r, T_nu, p_nu, n_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless gas of neutrinos with a pinched spectrum, k^p exp(-k/T), and the density n_nu, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-30 <= T_nu <= 1e+06
    p_nu: power of a pinched spectrum, (k/T)^p exp(-k/T); in 1, 0.001 <= p_nu <= 10
    n_nu: number density of the background per spin state; in GeV^3, 1e-80 <= n_nu <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-20 <= T_nu r <= 1e+15 and |envelope| >= 2.2250738585072014e-308, the error is at
    most 2.7e-14 |envelope|, where the envelope is 4*G_F**2*T_nu*g_V1*g_V2*n_nu*(p_nu +
    3)/(3*pi*r*(4*T_nu**2*r**2 + 1)**2) (proved; see pinched_gas.json). It rests on: IEEE 754 binary64
    arithmetic, rounding to nearest; NumPy's arctan, sin, cos and power are within four units in the last
    place.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    n_nu is the density of all species and spins. For larger p the force changes its sign.
    """
    pinched_wave = pinched(p_nu, 2*T_nu*r)
    return -n_nu*power(G_F, 2)*g_V1*g_V2/(2*pi*(1 + p_nu)*(2 + p_nu)*power(T_nu, 2)*power(r, 4))*pinched_wave


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# (-1)^k 2 (k+1)/(2k+3)!: sin(t) - t cos(t) over t^3, by powers of t^2; and (-1)^k/(2k+3): x - arctan(x) over x^3.
_WAVE = (
    0.3333333333333333,
    -0.03333333333333333,
    0.0011904761904761906,
    -2.2045855379188714e-05,
    2.505210838544172e-07,
    -1.9270852604185937e-09,
    1.0706029224547743e-11,
    -4.498331606952833e-14,
    1.4797143443923793e-16,
)
_ARC = (
    0.3333333333333333,
    -0.2,
    0.14285714285714285,
    -0.1111111111111111,
    0.09090909090909091,
    -0.07692307692307693,
    0.06666666666666667,
    -0.058823529411764705,
    0.05263157894736842,
    -0.047619047619047616,
    0.043478260869565216,
    -0.04,
    0.037037037037037035,
    -0.034482758620689655,
    0.03225806451612903,
    -0.030303030303030304,
    0.02857142857142857,
    -0.02702702702702703,
    0.02564102564102564,
    -0.024390243902439025,
    0.023255813953488372,
    -0.022222222222222223,
    0.02127659574468085,
    -0.02040816326530612,
    0.0196078431372549,
    -0.018867924528301886,
    0.01818181818181818,
)


def pinched(p, x):
    """Return the imaginary part of (1 - i x)^(-m) minus m x times its real part, m = p + 2, p > 0, x > 0."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        m = p + 2.0
        angle = np.arctan(x)
        t = m * angle
        close, small = np.minimum(t, 1.0), np.minimum(x, 0.5)
        wave = np.where(t < 1.0, close * close * close * _wave_near(close), np.sin(t) - t * np.cos(t))
        arc = np.where(x < 0.5, small * small * small * _arc_near(small), x - angle)
        square = 1.0 + x * x
        return ((wave - m * arc * np.cos(t)) / square * np.power(square, -0.5 * p))[()]


def _wave_near(t):
    v = t * t
    total = _WAVE[-1]
    for c in _WAVE[-2::-1]:
        total = total * v + c
    return total


def _arc_near(x):
    v = x * x
    total = _ARC[-1]
    for c in _ARC[-2::-1]:
        total = total * v + c
    return total
