r"""Potential per C_1 C_2 between two bodies in a thermal gas of massless real scalars, with the vacuum's.

    - \frac{T \coth{\left(2 \pi T r \right)}}{32 \pi^{2} r^{2}}

Derived in derivations/massive_gas.py, step `scalars`; written by `nuforce build`, not by hand.
"""
# formula 0abc5b78bec5e4d8
# text    c1eed3ea2737dd81

from math import pi

import numpy as np


def scalar_gas(r, T_nu):
    """Return potential per C_1 C_2 between two bodies in a thermal gas of massless real scalars, with the vacuum's, in GeV^3.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+26
    T_nu: temperature of the background; in GeV, 1e-18 <= T_nu <= 1e+13

    Source: Tangarife.

    In these ranges, with 1e-20 <= T_nu r <= 1e+15 and |result| >= 2.2250738585072014e-308, the relative error
    is at most 1.7e-15 (proved; see scalar_gas.json). It rests on: IEEE 754 binary64 arithmetic, rounding to
    nearest; NumPy's expm1 is within one unit in the last place.
    The bodies couple by C phi^2/2. Negative values attract.
    """
    cotangent = coth(T_nu, r)
    return -T_nu/(32*power(pi, 2)*power(r, 2))*cotangent


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def coth(a, b):
    """Return the hyperbolic cotangent of 2 pi a b, a b > 0."""
    with np.errstate(all="ignore"):
        return (1.0 + 2.0 / np.expm1(12.566370614359172 * (np.asarray(a, dtype=float) * b)))[()]
