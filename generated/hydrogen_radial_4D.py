r"""Radial function of the 4D state of a hydrogen-like atom.

    \frac{\sqrt{5} Z^{7/2} r^{2} \left(1 - \frac{Z r}{12 a_0}\right) e^{- \frac{Z r}{4 a_0}}}{320 a_0^{7/2}}

Derived in derivations/hydrogen_radial.py, step `radial_4D`; written by `nuforce build`, not by hand.
"""
# formula eb002f0df054f851
# text    165e56f5b843ca73

import numpy as np


def hydrogen_radial_4D(r, Z, a_0):
    """Return radial function of the 4D state of a hydrogen-like atom, in GeV^3/2.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    Z: charge of the nucleus in units of e; in 1, 1 <= Z <= 200
    a_0: Bohr radius 1/(alpha mu) with the reduced mass mu; in GeV^-1, 0.001 <= a_0 <= 1e+12

    Source: BetheSalpeter1957.

    In these ranges, with 1e-30 <= Z r/(4 a_0) <= 700 and |envelope| >= 2.2250738585072014e-308, the error is
    at most 1.7e-13 |envelope|, where the envelope is sqrt(5)*Z**(7/2)*r**2*(Z*r/(12*a_0) +
    1)*exp(-Z*r/(4*a_0))/(320*a_0**(7/2)) (proved; see hydrogen_radial_4D.json). It rests on: IEEE 754
    binary64 arithmetic, rounding to nearest; NumPy's exp is within one unit in the last place; the error of a
    product is found exactly by Dekker's algorithm.
    It has 1 zeros at r > 0; a_0 holds the reduced mass; the integral of r^2 R^2 is 1.
    """
    falloff = decay(r/(4*a_0), Z)
    return root(5)*(1 - Z*r/(12*a_0))*power(Z, 3)*root(Z)*power(r, 2)/(320*(power(a_0, 3)*root(a_0)))*falloff


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def root(x):
    """Return the square root of x >= 0, rounded once."""
    return np.sqrt(1.0 * x)


def product(a, b):
    """Return a*b rounded, and the rounding error of that product, exactly (Dekker 1971)."""
    x = a * b
    a_high = 134217729.0 * a
    a_high = a_high - (a_high - a)
    b_high = 134217729.0 * b
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    low = ((a_high * b_high - x) + a_high * b_low + a_low * b_high) + a_low * b_low
    return x, np.where(abs(x) < 1e300, low, 0.0)


def decay(a, b):
    """Return exp(-a*b) for the exact product of the two numbers, a*b >= 0."""
    with np.errstate(all="ignore"):
        x, low = product(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
        return (np.exp(-x) * (1.0 - low))[()]
