r"""Spin-spin force, the coefficient of (sigma_1.rhat)(sigma_2.rhat), of two massless neutrinos.

    \frac{5 G_F^{2} g_{A1} g_{A2}}{8 \pi^{3} r^{5}}

Derived in derivations/two_neutrino.py, step `axial_tensor`; written by `nuforce build`, not by hand.
"""
# formula 93c39e05e0ec645a
# text    255b943f3b198c1c

from math import pi


def two_neutrino_tensor(r, G_F, g_A1, g_A2):
    """Return spin-spin force, the coefficient of (sigma_1.rhat)(sigma_2.rhat), of two massless neutrinos, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_A1: axial charge of the first particle; in 1, 1e-12 <= |g_A1| <= 1e+06, or 0
    g_A2: axial charge of the second particle; in 1, 1e-12 <= |g_A2| <= 1e+06, or 0

    Source: FeinbergSucher1968, FeinbergSucherAu1989, HsuSikivie1994, Cutkosky1960, Tangarife.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 1.7e-15 (proved;
    see two_neutrino_tensor.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    r = r_1 - r_2, p = p_1 = -p_2. The four-fermion interaction holds for r well above 0.0124/GeV.
    """
    return 5*power(G_F, 2)*g_A1*g_A2/(8*power(pi, 3)*power(r, 5))


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
