r"""Potential between two fermions in a massless gas of neutrinos of one species with Fermi's distribution, at the chemical potential -|mu|.

    - \frac{4 G_F^{2} T^{4} g_{V1} g_{V2} \mathcal{S}\!\left(\frac{|\mu|}{T}, 2 T r\right)}{\pi^{3} r}

Derived in derivations/gas_numbers.py, step `below`; written by `nuforce build`, not by hand.
"""
# formula ea8a11568a654657
# text    28c849efa1dd9768

from math import pi

import numpy as np


def species_gas_below(r, T_nu, mu_size, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless gas of neutrinos of one species with Fermi's distribution, at the chemical potential -|mu|, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-30 <= T_nu <= 1e+06
    mu_size: size of the chemical potential of one species of neutrinos; in GeV, 1e-30 <= mu_size <= 1e+06
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-12 <= mu_size/T_nu <= 100 and 1e-12 <= T_nu r <= 1e+15 and |result| >=
    2.2250738585072014e-308, the relative error is at most 2.2e-13 (proved; see species_gas_below.json). It
    rests on: IEEE 754 binary64 arithmetic, rounding to nearest; NumPy's exp is within one unit in the last
    place.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    mu_size is |mu|, which counts against the species: n = 1/(exp((k + |mu|)/T) + 1).
    """
    lines = species(mu_size/T_nu, 2*T_nu*r)
    return -4*power(G_F, 2)*g_V1*g_V2*power(T_nu, 4)/(power(pi, 3)*r)*lines


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# (-1)^(j+1) times the weights of an alternating sum (Cohen, Rodriguez Villegas and Zagier 2000), j = 1, 2, ...
_SPECIES = (
    1.0,
    -1.0,
    1.0,
    -1.0,
    1.0,
    -1.0,
    0.9999999999999997,
    -0.9999999999999905,
    0.999999999999763,
    -0.9999999999954299,
    0.9999999999297493,
    -0.9999999991216802,
    0.9999999909238777,
    -0.9999999214569602,
    0.999999424529592,
    -0.999996397270913,
    0.9999805774029774,
    -0.9999092329005229,
    0.9996301966242562,
    -0.9986799649807537,
    0.9958536349641819,
    -0.9884940160360123,
    0.971689812140826,
    -0.9380164605672835,
    0.8787895726932513,
    -0.7874109456876017,
    0.6639188645457283,
    -0.5180756659924328,
    0.36806551890904304,
    -0.234299664825004,
    0.13151912157399095,
    -0.06401333906856622,
    0.026510126565552482,
    -0.00913101550354984,
    0.002539465039295986,
    -0.0005469880873683198,
    8.550672761042524e-05,
    -8.621643607814166e-06,
    4.205679808689837e-07,
)


def species(a, x):
    """Return the sum over j of (-1)^(j+1) exp(-j a)/(j^2 + x^2)^2, a >= 0, x > 0."""
    with np.errstate(all="ignore"):
        a, x = np.asarray(a, dtype=float), np.asarray(x, dtype=float)
        v, total = x * x, np.zeros(np.broadcast_shapes(a.shape, x.shape))
        for j, c in enumerate(_SPECIES, 1):
            line = j * j + v
            total = total + c * np.exp(-j * a) / (line * line)
        return total[()]
