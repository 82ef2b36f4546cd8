r"""Parity-violating force, f in {sigma_1.p, f}, of two massless neutrinos.

    - \frac{G_F^{2} g_{A1} g_{V2}}{8 \pi^{3} m_2 r^{5}} - \frac{G_F^{2} g_{A1} g_{V2}}{8 \pi^{3} m_1 r^{5}}

Derived in derivations/two_neutrino.py, step `helicity`; written by `nuforce build`, not by hand.
"""
# formula 41775f47ad2bc312
# text    3d7a63ca6c5e745a

from math import pi


def two_neutrino_helicity(r, m_1, m_2, G_F, g_V2, g_A1):
    """Return parity-violating force, f in {sigma_1.p, f}, of two massless neutrinos, in 1.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_1: mass of the first external fermion; in GeV, 1e-06 <= m_1 <= 1e+06
    m_2: mass of the second external fermion; in GeV, 1e-06 <= m_2 <= 1e+06
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0
    g_A1: axial charge of the first particle; in 1, 1e-12 <= |g_A1| <= 1e+06, or 0

    Source: FeinbergSucher1968, FeinbergSucherAu1989, HsuSikivie1994, Cutkosky1960, Tangarife.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 1.9e-15 (proved;
    see two_neutrino_helicity.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    r = r_1 - r_2, p = p_1 = -p_2. The four-fermion interaction holds for r well above 0.0124/GeV.
    """
    return (
        -power(G_F, 2)*g_V2*g_A1/(8*power(pi, 3)*m_1*power(r, 5))
        - power(G_F, 2)*g_V2*g_A1/(8*power(pi, 3)*m_2*power(r, 5))
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
