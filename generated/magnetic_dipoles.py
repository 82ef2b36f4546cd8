r"""Dipole-dipole potential of two magnetic moments, the coefficient of sigma_1.sigma_2.

    \frac{\mu_1 \mu_2}{4 \pi r^{3}}

Derived in derivations/dipole_exchange.py, step `dipole_dipole`; written by `nuforce build`, not by hand.
"""
# formula 53937e46ee5171ed
# text    08c62488aaf6bdc5

from math import pi


def magnetic_dipoles(r, mu_1, mu_2):
    """Return dipole-dipole potential of two magnetic moments, the coefficient of sigma_1.sigma_2, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    mu_1: magnetic moment of the first particle; in GeV^-1, 1e-30 <= |mu_1| <= 1e+06, or 0
    mu_2: magnetic moment of the second particle; in GeV^-1, 1e-30 <= |mu_2| <= 1e+06, or 0

    Source: Fermi1930, DobrescuMocioiu2006.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 7e-16 (proved;
    see magnetic_dipoles.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    The coefficient of (sigma_1.rhat)(sigma_2.rhat) is -3 times this; the contact term at r = 0 is left out.
    """
    return mu_1*mu_2/(4*pi*power(r, 3))


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
