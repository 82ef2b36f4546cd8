r"""Potential between two fermions in a massless gas of neutrinos whose occupation numbers fall as (k/k_0)^(-s).

    - \frac{G_F^{2} g_{V1} g_{V2} \mathcal{G}\!\left(s, 2 k_0 r\right)}{8 \pi^{3} r^{5}}

Derived in derivations/gas_numbers.py, step `power_law`; written by `nuforce build`, not by hand.
"""
# formula 0f49b87b2033c8ea
# text    f570b0c7c22eee21

from math import pi

import numpy as np


def power_law_gas(r, k_0, s_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless gas of neutrinos whose occupation numbers fall as (k/k_0)^(-s), in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    k_0: momentum at which occupation numbers that fall as a power are 1; in GeV, 1e-30 <= k_0 <= 1e+06
    s_nu: exponent of occupation numbers that fall as a power, (k/k_0)^(-s); in 1, 0.001 <= s_nu <= 3.999
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-20 <= k_0 r <= 1e+20 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 6.9e-15 (proved; see power_law_gas.json). It rests on: IEEE 754 binary64 arithmetic, rounding
    to nearest; NumPy's power is within four units in the last place.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    It stands for the tail of a spectrum: Pauli's principle forbids it at the smallest momenta.
    """
    power_of_r = power_law(s_nu, 2*k_0*r)
    return -power(G_F, 2)*g_V1*g_V2/(8*power(pi, 3)*power(r, 5))*power_of_r


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# (4-s)(6-s)(2-s) pi/(2 Gamma(s) sin(pi s/2)) by powers of s - 1 and of s - 3.
_POWER_LAW_NEAR = (
    23.56194490192345,
    -22.527991823345594,
    6.897958682891681,
    1.502708118728482,
    -2.2044195464228586,
    0.993988840473562,
    -0.2596287663612046,
    0.03464433557809288,
    0.0031404927339802272,
    -0.0031495210058869725,
    0.000977028468653453,
    -0.00019816543509577618,
    2.747514613699077e-05,
    -1.9045881702579211e-06,
    -2.4332082482171223e-07,
    1.1584622671414279e-07,
    -2.4642807622380966e-08,
    3.718901182468157e-09,
    -4.1649687231700664e-10,
    3.000126219726345e-11,
    1.8685893148356744e-13,
    -5.026607930552418e-13,
    1.0278170133404703e-13,
    -1.4169242037331372e-14,
    1.5071930081425542e-15,
    -1.2214281835106127e-16,
    6.078207430595657e-18,
    1.7222497192299173e-19,
)
_POWER_LAW_FAR = (
    2.356194490192345,
    -2.959657529392263,
    1.8133125761260815,
    -0.6896887139042026,
    0.16779591714158307,
    -0.019908762485538984,
    -0.003210656176300453,
    0.002436754162145525,
    -0.00073804259287568,
    0.00015013609348855927,
    -2.1142240468790474e-05,
    1.539737979915451e-06,
    1.7136917284539425e-07,
    -8.789577088786529e-08,
    1.917356606872779e-08,
    -2.9570242379905877e-09,
    3.401831160318588e-10,
    -2.5867240361800703e-11,
    1.2879648002542747e-13,
    3.7476323953864636e-13,
    -8.086343071069442e-14,
    1.1469273861548774e-14,
    -1.248955096129371e-15,
    1.0468971126055145e-16,
    -5.583122176847093e-18,
    -7.037405599685266e-20,
)


def power_law(s, x):
    """Return (2 - s) pi x^s/(2 Gamma(s) sin(pi s/2)), 0 < s < 4, x > 0."""
    with np.errstate(all="ignore"):
        s, x = np.asarray(s, dtype=float), np.asarray(x, dtype=float)
        near, far = _power_law_near(np.minimum(s, 2.0) - 1.0), _power_law_far(np.maximum(s, 2.0) - 3.0)
        return (np.where(s <= 2.0, near, far) / ((4.0 - s) * (6.0 - s)) * np.power(x, s))[()]


def _power_law_near(t):
    total = _POWER_LAW_NEAR[-1]
    for c in _POWER_LAW_NEAR[-2::-1]:
        total = total * t + c
    return total


def _power_law_far(t):
    total = _POWER_LAW_FAR[-1]
    for c in _POWER_LAW_FAR[-2::-1]:
        total = total * t + c
    return total
