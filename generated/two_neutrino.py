r"""Potential between two fermions by exchange of two massless neutrinos.

    \frac{G_F^{2} g_{V1} g_{V2}}{4 \pi^{3} r^{5}}

Derived in derivations/two_neutrino.py, step `potential`; written by `nuforce build`, not by hand.
"""
# formula 17c164723a3168ca
# text    dba569de02f0f820

from math import pi


def two_neutrino(r, G_F, g_V1, g_V2):
    """Return potential between two fermions by exchange of two massless neutrinos, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: FeinbergSucher1968, FeinbergSucherAu1989, HsuSikivie1994, Cutkosky1960, Tangarife.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 1.6e-15 (proved;
    see two_neutrino.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    Positive values repel. The four-fermion interaction holds for r well above 1/m_W = 0.0124/GeV. One
    neutrino species; sum over species with their own charges.
    """
    return power(G_F, 2)*g_V1*g_V2/(4*power(pi, 3)*power(r, 5))


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
