r"""Potential between two fermions in massless neutrinos of one momentum from all directions.

    - \frac{2 G_F^{2} g_{V1} g_{V2} n_\nu j_{1}\left(2 k_\nu r\right)}{\pi r^{2}}

Derived in derivations/degenerate_gas.py, step `shell_spherical`; written by `nuforce build`, not by hand.
"""
# formula d760119d8cd81318
# text    5600f3a0d2ec1493

from math import pi

import numpy as np


def momentum_shell(r, k_nu, n_nu, G_F, g_V1, g_V2):
    """Return potential between two fermions in massless neutrinos of one momentum from all directions, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    k_nu: momentum of a neutrino of the background; in GeV, 1e-20 <= k_nu <= 1e+06
    n_nu: number density of the background per spin state; in GeV^3, 1e-80 <= n_nu <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-06 <= k_nu r <= 1e+24 and |envelope| >= 2.2250738585072014e-308, the error is at
    most 2.5e-14 |envelope|, where the envelope is G_F**2*g_V1*g_V2*k_nu*n_nu/(pi*r*(k_nu*r + 1)**2) (proved;
    see momentum_shell.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest; the error of a
    product is found exactly by Dekker's algorithm.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    """
    phase_1 = phase(2*k_nu, r)
    spherical_1_1 = spherical(1, phase_1, 2*k_nu*r)
    return -2*n_nu*power(G_F, 2)*g_V1*g_V2/(pi*power(r, 2))*spherical_1_1


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# 1/(2 pi) as the sum of three numbers.
_TURN = (0.15915494309189535, -9.839338337591243e-18, -5.360718141446502e-34)


def phase(a, b, *others):
    """Return the exact product of the numbers in turns of 2 pi, modulo one turn, as a pair hi + lo with |hi| <= 1/2."""
    return _blockwise(_phase, 2, a, b, *others)


def more(p, q):
    """Return the sum of two phases, modulo one turn, as such a pair."""
    return _blockwise(_more, 2, *p, *q)


def less(p, q):
    """Return the difference of two phases, modulo one turn, as such a pair."""
    return _blockwise(_less, 2, *p, *q)


def cosine(p):
    """Return the cosine of a phase."""
    return _blockwise(_cosine, 1, *p)[0]


def sine(p):
    """Return the sine of a phase."""
    return _blockwise(_sine, 1, *p)[0]


def _blockwise(function, results, *arrays):
    given = [np.asarray(a, dtype=float) for a in arrays]
    shape = np.broadcast_shapes(*(a.shape for a in given))
    values = [np.empty(shape) for _ in range(results)]
    flat = [np.broadcast_to(a, shape).ravel() if a.ndim else a for a in given]
    into = [v.reshape(-1) for v in values]
    with np.errstate(all="ignore"):
        for start in range(0, into[0].size, 8192):
            block = slice(start, start + 8192)
            found = function(*(a[block] if a.ndim else a for a in flat))
            for target, value in zip(into, found, strict=True):
                target[block] = value
    return tuple(v[()] for v in values)


def _exact_product(a, b):
    """Return a*b rounded, and the rounding error of that product, exactly (Dekker 1971), for finite numbers."""
    x = a * b
    a_high = 134217729.0 * a
    a_high = a_high - (a_high - a)
    b_high = 134217729.0 * b
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    return x, ((a_high * b_high - x) + a_high * b_low + a_low * b_high) + a_low * b_low


def _total(a, b):
    """Return a + b rounded, and its rounding error, exactly (Knuth)."""
    x = a + b
    part = x - a
    return x, (a - (x - part)) + (b - part)


def _phase(a, b, *others):
    x, y = _exact_product(a, b)
    z = 0.0
    for c in others:
        x, e = _exact_product(x, c)
        y, f = _exact_product(y, c)
        y, g = _total(e, y)
        z = z * c + f + g
    p, q = _exact_product(x, _TURN[0])
    r, s = _exact_product(x, _TURN[1])
    t, u = _exact_product(y, _TURN[0])
    rest = s + u + x * _TURN[2] + y * _TURN[1] + z * _TURN[0]
    hi, e = _total(p - np.rint(p), q - np.rint(q))
    hi, f = _total(hi, r - np.rint(r))
    hi, g = _total(hi, t - np.rint(t))
    return _total(hi - np.rint(hi), e + f + g + rest)


def _more(p, p_low, q, q_low):
    hi, low = _total(p, q)
    return _total(hi - np.rint(hi), low + (p_low + q_low))


def _less(p, p_low, q, q_low):
    return _more(p, p_low, -q, -q_low)


def _cosine(hi, lo):
    size = abs(hi)
    f = 0.25 - size
    return (_sine_of_turns(f + ((0.25 - f) - size - np.copysign(1.0, hi) * lo)),)


def _sine(hi, lo):
    far = abs(hi) > 0.25
    f = np.where(far, np.copysign(0.5, hi) - hi, hi)
    return (_sine_of_turns(f + np.where(far, -lo, lo)),)


# (-1)^k (2 pi)^(2k+1)/(2k+1)!: the first as a sum of two numbers, then k = 1, 2, ...
_TWO_PI = (6.283185307179586, 2.4492935982947064e-16)
_SINE = (
    -41.34170224039976,
    81.60524927607506,
    -76.70585975306139,
    42.058693944897655,
    -15.09464257682299,
    3.819952584848282,
    -0.7181223017785006,
    0.10422916220813984,
    -0.012031585942120627,
    0.0011309237482517963,
)


def _sine_of_turns(f):
    """Return sin(2 pi f) for |f| <= 1/4."""
    w = f * f
    total = _SINE[-1]
    for c in _SINE[-2::-1]:
        total = total * w + c
    return f * (_TWO_PI[0] + (total * w + _TWO_PI[1]))


# (-1)^k/(2k+1)! and (-1)^k/(2^k k! (2k+3)!!): j_0(x) and j_1(x)/x by powers of x^2, for x < 1.
_J_0 = (
    1.0,
    -0.16666666666666666,
    0.008333333333333333,
    -0.0001984126984126984,
    2.7557319223985893e-06,
    -2.505210838544172e-08,
    1.6059043836821613e-10,
    -7.647163731819816e-13,
    2.8114572543455206e-15,
    -8.22063524662433e-18,
)
_J_1 = (
    0.3333333333333333,
    -0.03333333333333333,
    0.0011904761904761906,
    -2.2045855379188714e-05,
    2.505210838544172e-07,
    -1.9270852604185937e-09,
    1.0706029224547743e-11,
    -4.498331606952833e-14,
    1.4797143443923793e-16,
)


def spherical(n, p, x):
    """Return the spherical Bessel function j_n of a number x >= 0 whose phase is p, n = 0 or 1."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        near, ratio = x < 1.0, sine(p) / x
        y = np.where(near, x * x, 0.0)
        if n == 0:
            return np.where(near, _even(_J_0, y), ratio)[()]
        return np.where(near, x * _even(_J_1, y), (ratio - cosine(p)) / x)[()]


def _even(coefficients, y):
    total = coefficients[-1]
    for c in coefficients[-2::-1]:
        total = total * y + c
    return total
