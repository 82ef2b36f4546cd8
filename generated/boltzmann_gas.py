r"""Potential between two fermions in a massless gas of neutrinos with Boltzmann's distribution.

    - \frac{4 G_F^{2} N_0 T^{4} g_{V1} g_{V2}}{\pi^{3} r \left(4 T^{2} r^{2} + 1\right)^{2}}

Derived in derivations/thermal_gas.py, step `boltzmann`; written by `nuforce build`, not by hand.
"""
# formula b51be7d9b8962e90
# text    34d3c54ae12103a2

from math import pi


def boltzmann_gas(r, T_nu, N_0, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless gas of neutrinos with Boltzmann's distribution, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-30 <= T_nu <= 1e+06
    N_0: occupation number at zero energy of a Boltzmann distribution; in 1, 1e-12 <= N_0 <= 2
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 3e-15 (proved;
    see boltzmann_gas.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    """
    return -4*N_0*power(G_F, 2)*g_V1*g_V2*power(T_nu, 4)/(power(pi, 3)*power(1 + 4*power(T_nu, 2)*power(r, 2), 2)*r)


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
