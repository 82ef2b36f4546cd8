"""Hydrogen's matrix elements by brute force: no 3j, no Gamma function, no formula of the package.

States are built in the product basis |l m>|s_e>|s_N> by lowering operators; spherical harmonics are polynomials in x, y, z,
lowered as differential operators; angles are integrated monomial by monomial; radial integrals are quadratures.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product

import mpmath as mp

HALF = Fraction(1, 2)


def polynomial_sum(*parts):
    total = {}
    for factor, poly in parts:
        for key, value in poly.items():
            total[key] = total.get(key, 0) + factor * value
    return {k: v for k, v in total.items() if v != 0}


def differentiate(poly, axis):
    out = {}
    for key, value in poly.items():
        if key[axis]:
            lowered = tuple(e - (i == axis) for i, e in enumerate(key))
            out[lowered] = out.get(lowered, 0) + value * key[axis]
    return out


def times(poly, axis):
    return {tuple(e + (i == axis) for i, e in enumerate(key)): value for key, value in poly.items()}


def odd_factorial(n):
    return mp.mpf(1) if n <= 0 else n * odd_factorial(n - 2)


def sphere(poly):
    """The integral over the unit sphere of a polynomial in x, y, z."""
    total = mp.mpc(0)
    for (a, b, c), value in poly.items():
        if not (a % 2 or b % 2 or c % 2):
            total += value * odd_factorial(a - 1) * odd_factorial(b - 1) * odd_factorial(c - 1) / odd_factorial(a + b + c + 1)
    return 4 * mp.pi * total


def conjugate_product(f, g):
    out = {}
    for (k1, v1), (k2, v2) in product(f.items(), g.items()):
        key = tuple(a + b for a, b in zip(k1, k2, strict=True))
        out[key] = out.get(key, 0) + mp.conj(v1) * v2
    return out


@cache
def harmonic(l, m):
    """The solid harmonic r^l Y_lm as {(a, b, c): coefficient of x^a y^b z^c}, by L_- from (-1)^l (x + iy)^l."""
    if m == l:
        poly = {(0, 0, 0): mp.mpc((-1) ** l)}
        for _ in range(l):
            poly = polynomial_sum((1, times(poly, 0)), (1j, times(poly, 1)))
    else:
        f = harmonic(l, m + 1)
        dx, dy, dz = (differentiate(f, axis) for axis in range(3))
        poly = polynomial_sum((-1j, times(dz, 1)), (1j, times(dy, 2)), (-1, times(dx, 2)), (1, times(dz, 0)))
    norm = mp.sqrt(sphere(conjugate_product(poly, poly)).real)
    return {k: v / norm for k, v in poly.items()}


def coupled(j1, family):
    """Couple the family {m: vector} of spin j1 to one more spin 1/2; vectors are {labels: coefficient}."""

    def attach(vector, s):
        return {(*labels, s): c for labels, c in vector.items()}

    def lowered(j, top):
        """``top`` is {(m1, s): coefficient}; all the states below it."""
        states, m = {j: top}, j
        while m > -j:
            found = {}
            for (m1, s), c in states[m].items():
                if m1 > -j1:
                    key = (m1 - 1, s)
                    found[key] = found.get(key, 0) + c * mp.sqrt(
                        mp.mpf((j1 * (j1 + 1) - m1 * (m1 - 1)).numerator) / (j1 * (j1 + 1) - m1 * (m1 - 1)).denominator
                    )
                if s > 0:
                    found[(m1, -s)] = found.get((m1, -s), 0) + c
            norm = mp.sqrt(sum(abs(c) ** 2 for c in found.values()))
            m -= 1
            states[m] = {k: c / norm for k, c in found.items()}
        return states

    upper = lowered(j1 + HALF, {(j1, HALF): mp.mpf(1)})
    out = {j1 + HALF: upper}
    if j1 > 0:
        a, b = upper[j1 - HALF][(j1, -HALF)], upper[j1 - HALF][(j1 - 1, HALF)]
        out[j1 - HALF] = lowered(j1 - HALF, {(j1, -HALF): b, (j1 - 1, HALF): -a})  # positive at m1 = j1
    return {
        j: {m: polynomial_sum(*((c, attach(family[m1], s)) for (m1, s), c in vector.items())) for m, vector in states.items()}
        for j, states in out.items()
    }


@cache
def state_vector(l, j, F, m):
    """The state as {(m_l, s_e, s_N): coefficient}."""
    orbital = {Fraction(k): {(k,): mp.mpf(1)} for k in range(-l, l + 1)}
    electron = coupled(Fraction(l), orbital)[j]
    return coupled(j, electron)[Fraction(F)][Fraction(m)]


PAULI = {
    0: {(HALF, -HALF): 1, (-HALF, HALF): 1},
    1: {(HALF, -HALF): -1j, (-HALF, HALF): 1j},
    2: {(HALF, HALF): 1, (-HALF, -HALF): -1},
}


@cache
def angular(l1, m1, l2, m2, axis):
    """<Y1|n_axis|Y2>, <Y1|d_axis P2> and <d_axis P1|Y2> on the unit sphere, P the solid harmonics."""
    P1, P2 = harmonic(l1, m1), harmonic(l2, m2)
    return (
        sphere(conjugate_product(P1, times(P2, axis))),
        sphere(conjugate_product(P1, differentiate(P2, axis))),
        sphere(conjugate_product(differentiate(P1, axis), P2)),
    )


@cache
def radial_function(n, l, Z=1):
    """R/r^l and its derivative, normalised by quadrature-free sums of the explicit series."""
    x = mp.mpf(2 * Z) / n

    def coefficient(k):
        return (-1) ** k * mp.binomial(n + l, n - l - 1 - k) / mp.factorial(k) * x**k

    c = [coefficient(k) for k in range(n - l)]
    norm = mp.quad(lambda r: (r ** (l + 1) * mp.polyval(c[::-1], r) * mp.exp(-x * r / 2)) ** 2, breaks(n, n))
    c = [v / mp.sqrt(norm) for v in c]
    d = [k * c[k] for k in range(1, len(c))] or [mp.mpf(0)]

    def f(r):
        return mp.polyval(c[::-1], r) * mp.exp(-x * r / 2)

    def slope(r):
        return (mp.polyval(d[::-1], r) - x / 2 * mp.polyval(c[::-1], r)) * mp.exp(-x * r / 2)

    return f, slope


def breaks(n1, n2):
    return [0, mp.mpf(1) / 4, 1, 3, n1 * n2, 3 * n1 * n2, 8 * n1 * n2, 30 * n1 * n2]


def radial_parts(bra, ket, F):
    """The integrals over r of r^2 F times f1 f2', f1' f2 (with r^(l1+l2)) and f1 f2 (with r^(l1+l2-1))."""
    (n1, l1), (n2, l2) = bra, ket
    (f1, d1), (f2, d2) = radial_function(n1, l1), radial_function(n2, l2)
    total, points = l1 + l2, breaks(n1, n2)
    return (
        mp.quad(lambda r: r ** (total + 2) * F(r) * f1(r) * d2(r), points),
        mp.quad(lambda r: r ** (total + 2) * F(r) * d1(r) * f2(r), points),
        mp.quad(lambda r: r ** (total + 1) * F(r) * f1(r) * f2(r), points),
    )


def spin_dot_p(bra, ket, parts, which):
    """<bra|{sigma.p, F}/2|ket>; states are (n, l, j, F, m), ``parts`` what `radial_parts` gives, ``which`` 1 or 2."""
    one, two = state_vector(*bra[1:]), state_vector(*ket[1:])
    f1d2, d1f2, f1f2 = parts
    total = mp.mpc(0)
    for (a, x), (b, y), axis in product(one.items(), two.items(), range(3)):
        spin = PAULI[axis].get((a[which], b[which]), 0)
        if not spin or a[3 - which] != b[3 - which]:
            continue
        n, right, left = angular(bra[1], int(a[0]), ket[1], int(b[0]), axis)
        # (p psi1)* F psi2 + psi1* F (p psi2), p = -i grad, grad(f P) = f' n P + f grad P
        total += mp.conj(x) * y * spin * (1j * (n * d1f2 + left * f1f2) - 1j * (n * f1d2 + right * f1f2)) / 2
    return total


def cross_grad(bra, ket, slope):
    """<bra|(sigma_e x sigma_N).n F'|ket>, with ``slope`` the radial integral of r^2 F' R1 R2."""
    one, two = state_vector(*bra[1:]), state_vector(*ket[1:])
    total = mp.mpc(0)
    for (a, x), (b, y) in product(one.items(), two.items()):
        for i, j, k, sign in ((0, 1, 2, 1), (1, 2, 0, 1), (2, 0, 1, 1), (1, 0, 2, -1), (2, 1, 0, -1), (0, 2, 1, -1)):
            spins = PAULI[i].get((a[1], b[1]), 0) * PAULI[j].get((a[2], b[2]), 0)
            if spins:
                total += sign * mp.conj(x) * y * spins * angular(bra[1], int(a[0]), ket[1], int(b[0]), k)[0]
    return total * slope


def slope_integral(bra, ket, dF):
    (n1, l1), (n2, l2) = bra, ket
    f1, f2 = radial_function(n1, l1)[0], radial_function(n2, l2)[0]
    return mp.quad(lambda r: r ** (l1 + l2 + 2) * dF(r) * f1(r) * f2(r), breaks(n1, n2))


def z_component(bra, ket, radial):
    """<bra|z|ket> for a radial integral of r^3 R1 R2."""
    one, two = state_vector(*bra[1:]), state_vector(*ket[1:])
    return radial * sum(
        mp.conj(x) * y * angular(bra[1], int(a[0]), ket[1], int(b[0]), 2)[0]
        for (a, x), (b, y) in product(one.items(), two.items())
        if a[1:] == b[1:]
    )


def magnetic(bra, ket):
    """<bra|L_z + 2S_z|ket> within one l."""
    one, two = state_vector(*bra[1:]), state_vector(*ket[1:])
    return sum(mp.conj(x) * two.get(a, 0) * (a[0] + (1 if a[1] > 0 else -1)) for a, x in one.items())
