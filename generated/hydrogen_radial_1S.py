r"""Radial function of the 1S state of a hydrogen-like atom.

    \frac{2 Z^{3/2} e^{- \frac{Z r}{a_0}}}{a_0^{3/2}}

Derived in derivations/hydrogen_radial.py, step `radial_1S`; written by `nuforce build`, not by hand.
"""
# formula eec39fcabb41e3fd
# text    f5df1c67ef34c049

import numpy as np


def hydrogen_radial_1S(r, Z, a_0):
    """Return radial function of the 1S state of a hydrogen-like atom, in GeV^3/2.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    Z: charge of the nucleus in units of e; in 1, 1 <= Z <= 200
    a_0: Bohr radius 1/(alpha mu) with the reduced mass mu; in GeV^-1, 0.001 <= a_0 <= 1e+12

    Source: BetheSalpeter1957.

    In these ranges, with 1e-30 <= Z r/a_0 <= 700 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 1.6e-13 (proved; see hydrogen_radial_1S.json). It rests on: IEEE 754 binary64 arithmetic,
    rounding to nearest; NumPy's exp is within one unit in the last place; the error of a product is found
    exactly by Dekker's algorithm.
    It has 0 zeros at r > 0; a_0 holds the reduced mass; the integral of r^2 R^2 is 1.
    """
    falloff = decay(r/a_0, Z)
    return 2*Z*root(Z)/(a_0*root(a_0))*falloff


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
