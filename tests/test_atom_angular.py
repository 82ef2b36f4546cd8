"""3j, 6j and 9j symbols and angular factors: SymPy's values, orthogonality, and the printed tables."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, sqrt
from sympy.physics import wigner as peer

from nuforce_sym.atom import wigner
from nuforce_sym.atom.angular import cos_theta, orbital_z, sigma_cross_n, sigma_e_n, sigma_e_z, sigma_p_n
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.surd import Surd
from nuforce_sym.atom.wigner import clebsch_gordan, wigner_3j, wigner_6j, wigner_9j
from nuforce_sym.errors import InputError

HALF = Fraction(1, 2)


def halves(values):
    return [Rational(v, 2) for v in values]


def triangle(a, b, c):
    return not (a + b + c) % 2 and abs(a - b) <= c <= a + b


def test_3j_symbols_are_those_of_sympy():
    rng = random.Random(3)
    for _ in range(60):
        a, b = rng.randint(0, 12), rng.randint(0, 12)
        c = rng.randrange(abs(a - b), a + b + 1, 2)
        x, y = rng.randrange(-a, a + 1, 2), rng.randrange(-b, b + 1, 2)
        if abs(x + y) <= c:
            arguments = halves((a, b, c, x, y, -x - y))
            assert wigner_3j(*arguments).sympy == peer.wigner_3j(*arguments)


def test_6j_and_9j_symbols_are_those_of_sympy():
    rng = random.Random(5)
    six = nine = 0
    while six < 25:
        a, b, c, d, e, f = (rng.randint(0, 9) for _ in range(6))
        if triangle(a, b, c) and triangle(a, e, f) and triangle(d, b, f) and triangle(d, e, c):
            assert wigner_6j(*halves((a, b, c, d, e, f))).sympy == peer.wigner_6j(*halves((a, b, c, d, e, f)))
            six += 1
    while nine < 12:
        a, b, c, d, e, f, g, h, i = j = [rng.randint(0, 5) for _ in range(9)]
        if all(triangle(*t) for t in ((a, b, c), (d, e, f), (g, h, i), (a, d, g), (b, e, h), (c, f, i))):
            assert wigner_9j(*halves(j)).sympy == peer.wigner_9j(*halves(j)).simplify()
            nine += 1


def test_every_tabulated_symbol_is_that_of_sympy():
    threes, sixes = [], []
    for a, b, c in product(range(5), repeat=3):
        if triangle(a, b, c):
            for x, y in product(range(-a, a + 1, 2), range(-b, b + 1, 2)):
                if abs(x + y) <= c:
                    threes.append((a, b, c, x, y, -x - y))
            for d, e, f in product(range(5), repeat=3):
                if triangle(a, e, f) and triangle(d, b, f) and triangle(d, e, c):
                    sixes.append((a, b, c, d, e, f))
    assert (len(threes), len(sixes)) == (303, 570)
    wigner_3j(1, 1, 0, 0, 0, 0), wigner_6j(1, 1, 1, 1, 1, 1)
    before = wigner._three.cache_info().misses, wigner._six.cache_info().misses
    for ours, theirs, cases in ((wigner_3j, peer.wigner_3j, threes), (wigner_6j, peer.wigner_6j, sixes)):
        for case in cases:
            assert ours(*(Fraction(v, 2) for v in case)).sympy == theirs(*halves(case)), case
    assert before == (wigner._three.cache_info().misses, wigner._six.cache_info().misses), "all were in the tables"


@pytest.mark.parametrize("one", [1.0, Decimal(1), "1", None, 1j])
def test_what_is_not_exact_is_refused_where_the_exact_symbol_is_tabulated(one):
    assert wigner_3j(1, 1, 0, 0, 0, 0).sympy == -1 / sqrt(3)
    assert wigner_6j(1, 1, 1, 1, 1, 1) == Fraction(1, 6)
    for call in (lambda: wigner_3j(1, 1, 0, 0, 0, 0 * one if isinstance(one, float) else one),
                 lambda: wigner_6j(1, 1, 1, 1, 1, one), lambda: clebsch_gordan(1, 0, one, 0, 0, 0)):  # fmt: skip
        with pytest.raises(InputError, match="halves of integers"):
            call()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 14), st.integers(0, 14), st.data())
def test_6j_symbols_are_orthogonal(a, b, data):
    d = data.draw(st.integers(0, 14))
    e = data.draw(st.integers(0, 14).filter(lambda x: (a + b + d + x) % 2 == 0))
    fs = [f for f in range(30) if triangle(a, e, f) and triangle(d, b, f)]
    cs = [c for c in range(30) if triangle(a, b, c) and triangle(d, e, c)]
    for f in fs[:3]:
        for g in fs[:3]:
            total = Surd(fmpq(0))
            for c in cs:
                x, y = (wigner_6j(*halves((a, b, c, d, e, k))) for k in (f, g))
                total = total + (c + 1) * (f + 1) * (x * y)
            assert total == (1 if f == g else 0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.data())
def test_clebsch_gordan_coefficients_are_orthonormal(a, b, data):
    M = data.draw(st.integers(-a - b, a + b).filter(lambda x: (x + a + b) % 2 == 0))
    Js = [J for J in range(abs(a - b), a + b + 1, 2) if abs(M) <= J]
    for J in Js[:2]:
        for K in Js[:2]:
            total = Surd(fmpq(0))
            for m in range(-a, a + 1, 2):
                if abs(M - m) <= b:
                    x, y = (clebsch_gordan(*halves((a, m, b, M - m, j, M))) for j in (J, K))
                    total = total + x * y
            assert total == (1 if J == K else 0)


def test_large_symbols_stay_exact():
    assert wigner_3j(200, 200, 0, 0, 0, 0) == Surd(fmpq(1), fmpq(1, 401))
    assert wigner_6j(100, 100, 0, 100, 100, 57) == Surd(fmpq(-1, 201))
    assert float(wigner_6j(300, 300, 300, 300, 300, 300)) != 0


@pytest.mark.parametrize("l", [1, 2, 3, 5, 7])
def test_the_printed_table_of_angular_factors(l):
    """Delta = (l-1, j = l-1/2), A = (l, j = l-1/2), B = (l, j = l+1/2)."""

    def values(bra, ket):
        return [f(bra, ket).sympy for f in (sigma_e_n, sigma_p_n, sigma_cross_n)]

    n, low, high = 9, l - HALF, l + HALF
    Delta, A, B = State(n, l - 1, low, l), State(n, l, low, l), State(n, l, high, l)
    root = 2 * sqrt(l * (l + 1))
    assert values(Delta, A) == [-1, Rational(-1, 2 * l + 1), Rational(-2 * l, 2 * l + 1)]
    assert values(Delta, B) == [0, -root / (2 * l + 1), root / (2 * l + 1)]
    below = [State(n, k, low, l - 1) for k in (l - 1, l)]
    assert values(*below) == [-1, Rational(1, 2 * l - 1), Rational(2 * l, 2 * l - 1)]
    at = State(n, l, low, l, 1), State(n, l, high, l, 1)
    assert (orbital_z(*at) + sigma_e_z(*at)).sympy == 1 / ((2 * l + 1) * sqrt(l * (l + 1)))


def test_hyperfine_resolved_contact_factors():
    s = [state(f"2S1/2, F={F}") for F in (0, 1)]
    for text, ket, expected in (
        ("2P1/2, F=0", s[0], (-1, 1, -2)),
        ("2P1/2, F=1", s[1], (-1, Rational(-1, 3), Rational(2, 3))),
        ("2P3/2, F=1", s[1], (0, -2 * sqrt(2) / 3, -2 * sqrt(2) / 3)),
    ):
        found = tuple(f(state(text), ket).sympy for f in (sigma_e_n, sigma_p_n, sigma_cross_n))
        assert found == expected


def everything(l_max):
    for l in range(l_max):
        for j in (l - HALF, l + HALF):
            if j > 0:
                yield from (State(8, l, j, int(F)) for F in (j - HALF, j + HALF))


def test_symmetry_under_exchange_and_selection_rules():
    found = list(everything(5))
    for a in found:
        for b in found:
            assert sigma_e_n(a, b) == sigma_e_n(b, a)
            assert sigma_p_n(a, b) == sigma_p_n(b, a)
            assert sigma_cross_n(a, b) == -sigma_cross_n(b, a)
            if abs(a.l - b.l) != 1 or a.F != b.F or abs(a.j - b.j) > 1:
                assert not sigma_p_n(a, b)
                assert not sigma_cross_n(a, b)
            if a.j != b.j:
                assert not sigma_e_n(a, b)


def test_sigma_n_squares_to_one():
    """(sigma.n)^2 = 1, summed over intermediate states; (sigma_e x sigma_N).n squared is 2 - 2 (...) >= 0 and bounded by 4."""
    found = list(everything(6))
    for a in everything(4):
        for f in (sigma_e_n, sigma_p_n):
            assert sum(f(a, b).square for b in found) == 1
        assert 0 <= sum(sigma_cross_n(a, b).square for b in found) <= 4


def test_cos_theta_squared_is_a_third_on_average():
    for a in (state("3D5/2, F=2"), state("3P1/2, F=1")):
        total = sum(
            cos_theta(State(a.n, a.l, a.j, a.F, m), State(b.n, b.l, b.j, b.F, m)).square
            for m in range(-a.F, a.F + 1)
            for b in everything(6)
            if abs(m) <= b.F
        )
        assert total == Fraction(2 * a.F + 1, 3)


def test_magnetic_moments_add_up():
    """In one level to Lande's g_F m: g_j = 1 + (X_j + 3/4 - X_l)/2X_j, g_F = g_j(X_F + X_j - 3/4)/2X_F, X_k = k(k + 1)."""
    for one in (state("4F5/2, F=3, m=2"), state("4F7/2, F=3, m=-1"), state("2P1/2, F=1, m=1"), state("3D5/2, F=2, m=2")):
        X_l, X_j, X_F = (k * (k + 1) for k in (one.l, one.j, Fraction(one.F)))
        g = (1 + (X_j + Fraction(3, 4) - X_l) / (2 * X_j)) * (X_F + X_j - Fraction(3, 4)) / (2 * X_F)
        assert orbital_z(one, one) + sigma_e_z(one, one) == g * one.m
    stretched = state("4F7/2, F=4, m=4")
    assert (orbital_z(stretched, stretched), sigma_e_z(stretched, stretched)) == (3, 1)
    other = state("4F5/2, F=3, m=2"), state("4D5/2, F=3, m=2")
    assert orbital_z(*other) == sigma_e_z(*other) == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: wigner_3j(0.5, 1, 1, 0.5, 0, 0), "halves of integers"),
        (lambda: wigner_3j(1, 1, 1, HALF, 0, 0), "j - m an integer"),
        (lambda: wigner_3j(-1, 1, 1, 0, 0, 0), "j >= 0"),
        (lambda: wigner_6j(1, 1, 1, 1, 1, -1), "not negative"),
        (lambda: wigner_9j(1, 1, 1, 1, 1, 1, 1, 1, Fraction(1, 3)), "halves of integers"),
        (lambda: sigma_p_n(state("2P1/2"), state("2S1/2")), "write F for both"),
        (lambda: cos_theta(state("2P1/2, F=1"), state("2S1/2, F=1")), "depends on F and m"),
    ],
)
def test_wrong_requests_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_symbols_that_break_a_triangle_vanish():
    assert wigner_3j(1, 1, 3, 0, 0, 0) == wigner_6j(1, 1, 3, 1, 1, 1) == wigner_9j(1, 1, 3, 1, 1, 1, 1, 1, 1) == 0
