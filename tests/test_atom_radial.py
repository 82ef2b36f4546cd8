"""Radial functions and integrals of hydrogen: exact values, independent routes, and what diverges."""

from __future__ import annotations

import re
from fractions import Fraction

import mpmath as mp
import pytest
import sympy as sp
from flint import arb, ctx, fmpq, fmpq_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from nuforce_sym.atom import closed_form
from nuforce_sym.atom.bessel_integral import bessel_form, bessel_integral
from nuforce_sym.atom.functional import current_functional, density_functional, gradient_functional, small_mass_series
from nuforce_sym.atom.radial import current_integral, hydrogen_radial, overlap, radial_integral
from nuforce_sym.atom.radial_form import radial_form, small_distance
from nuforce_sym.atom.surd import Surd
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbols

r, a_0, m_nu, eta, n, l, Z = symbols("r a_0 m_nu eta n l Z")
D, F = (4, 2), (4, 3)
DIRAC = m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2
MAJORANA = 2 * m_nu**2 * sp.besselk(2, 2 * m_nu * r) / r**3


def numeric_radial(n, l, Z, x):
    """R_nl by mpmath's Laguerre polynomials."""
    rho = 2 * Z * x / mp.mpf(n)
    norm = mp.sqrt((2 * Z / mp.mpf(n)) ** 3 * mp.factorial(n - l - 1) / (2 * n * mp.factorial(n + l)))
    return norm * mp.exp(-rho / 2) * rho**l * mp.laguerre(n - l - 1, 2 * l + 1, rho)


@pytest.mark.parametrize(("n", "l", "Z"), [(1, 0, 1), (2, 0, 1), (4, 3, 1), (7, 2, 3), (12, 5, 2)])
def test_radial_functions_are_laguerre_functions(n, l, Z):
    with mp.workdps(30):
        expr = hydrogen_radial(n, l, Z=Z).expr(eta)
        for x in (Fraction(1, 3), Fraction(5, 2), Fraction(19)):
            ours = mp.mpf(str(expr.subs(eta, sp.Rational(x.numerator, x.denominator)).evalf(30)))
            assert abs(ours / numeric_radial(n, l, Z, mp.mpf(x.numerator) / x.denominator) - 1) < mp.mpf(10) ** -27


def test_they_solve_the_radial_equation_and_start_positive():
    for n_, l_, Z_ in ((3, 1, 1), (5, 4, 2), (6, 0, 3)):
        u = eta * hydrogen_radial(n_, l_, Z=Z_).expr(eta)
        potential = sp.Rational(l_ * (l_ + 1)) / eta**2 - 2 * Z_ / eta + sp.Rational(Z_**2, n_**2)
        assert sp.simplify(sp.diff(u, eta, 2) - potential * u) == 0
        assert hydrogen_radial(n_, l_, Z=Z_).polynomial.coeffs()[l_] > 0


def test_they_are_orthonormal():
    for l_ in range(5):
        for a in range(l_ + 1, l_ + 7):
            for b in range(a, l_ + 7):
                assert radial_integral(a, l_, b, l_, Z=2) == (1 if a == b else 0)
    assert radial_integral(200, 7, 200, 7) == 1
    assert radial_integral(200, 7, 199, 7) == 0


def test_values_of_textbooks():
    assert radial_integral(2, 1, 1, 0, 1).sympy == sp.sqrt(6) * sp.Rational(128, 243)
    assert radial_integral(3, 2, 3, 2, -3) == Fraction(1, 405)  # 2/(n^3 l(l+1)(2l+1))
    assert radial_integral(2, 0, 2, 0, 2) == 42  # n^2(5n^2 + 1 - 3l(l+1))/2
    assert radial_integral(4, 3, 4, 2, 1) == -6 * Surd(fmpq(1), fmpq(7))


def test_values_of_the_4D_4F_pair():
    """P5, G5, P3, G3, P1 of the bra 4D and the ket 4F."""
    root7 = Surd(fmpq(1), fmpq(7))
    for q, P, G in (
        (5, Fraction(1, 172032), Fraction(-1, 129024)),
        (3, Fraction(3, 35840), Fraction(-1, 17920)),
        (1, Fraction(1, 448), 0),
    ):
        assert current_integral(4, 2, 4, 3, -q) == root7 * P
        assert -q * radial_integral(4, 2, 4, 3, -q - 1) == root7 * G
        assert current_integral(4, 3, 4, 2, -q) == -root7 * P
        assert current_functional(D, F, r**-q) == (root7 * P).sympy / a_0**q
        assert gradient_functional(D, F, r**-q) == (root7 * G).sympy / a_0**q


@pytest.mark.parametrize(
    ("one", "two", "k", "mu"),
    [((5, 2), (4, 1), 1, Fraction(3, 7)), ((3, 1), (6, 1), -2, Fraction(20)), ((9, 3), (8, 2), 0, Fraction(-1, 20))],
)
def test_integrals_with_an_exponential_agree_with_quadrature(one, two, k, mu):
    with mp.workdps(30):

        def integrand(x):
            weight = x ** (k + 2) * mp.exp(-x * mu.numerator / mu.denominator)
            return numeric_radial(*one, 1, x) * numeric_radial(*two, 1, x) * weight

        value = mp.quad(integrand, [0, 1, 5, 20, 60, 150, 400, 1500])
        ours = radial_integral(*one, *two, k, decay=mu)
        assert abs(mp.mpf(str(ours.sympy.evalf(30))) / value - 1) < mp.mpf(10) ** -25


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.data())
def test_kramers_recurrence(n_, data):
    l_, Z_ = data.draw(st.integers(0, n_ - 1)), data.draw(st.integers(1, 5))
    k = data.draw(st.integers(-2 * l_, 6).filter(lambda x: x > -2 * l_ - 1))
    here, once, twice = (radial_integral(n_, l_, n_, l_, k - i, Z=Z_).square if k - i > -2 * l_ - 3 else 0 for i in range(3))
    here, once, twice = (sp.sqrt(sp.Rational(x.numerator, x.denominator)) if x else 0 for x in (here, once, twice))
    left = (k + 1) * sp.Rational(Z_, n_) ** 2 * here
    assert left == (2 * k + 1) * Z_ * once - sp.Rational(k, 4) * ((2 * l_ + 1) ** 2 - k**2) * twice


def test_closed_formulas_in_n_and_l():
    """Against the exact sums for every pair up to n = 9, and in the form of the literature."""
    S = sp.sqrt(n**2 - (l + 1) ** 2)
    G5 = -40 * S * (7 * n**2 - (3 * l**2 + 6 * l - 2)) / (n**6 * (l - 1) * l * (l + 1) * (l + 2) * (l + 3))
    G5 /= (2 * l - 1) * (2 * l + 1) * (2 * l + 3) * (2 * l + 5)
    G3 = -12 * S / (n**4 * l * (l + 1) * (l + 2) * (2 * l + 1) * (2 * l + 3))
    printed = {"G": {5: G5, 3: G3, 1: 0}, "P": {5: (l + 1) * G5 / 4, 3: (l + 1) * G3 / 2, 1: -S / (n**3 * (n + l + 1))}}
    for q in (5, 3, 1):
        assert sp.simplify(closed_form.gradient_power(q).subs(Z, 1) - printed["G"][q]) == 0
        assert sp.simplify(closed_form.current_power(q).subs(Z, 1) - printed["P"][q]) == 0
    assert sp.simplify(closed_form.transition_power(1).subs(Z, 1) + sp.Rational(3, 2) * n * S) == 0
    found = {
        q: [rational_in_n_and_l(f(q)) for f in (closed_form.gradient_power, closed_form.current_power)] for q in range(-2, 9)
    }
    for N in range(2, 10):
        for L in range(N - 1):
            root = Surd(fmpq(1), fmpq(N**2 - (L + 1) ** 2))
            for q in range(-2, min(9, 2 * L + 3)):
                G, P = (f(N, L, 3) for f in found[q])
                assert root * G == -q * radial_integral(N, L + 1, N, L, -q - 1, Z=3)
                assert root * P == current_integral(N, L + 1, N, L, -q, Z=3)


def rational_in_n_and_l(formula):
    """The formula over its square root as a function of integers."""
    above, below = (sp.lambdify((n, l, Z), f, modules=[]) for f in sp.fraction(sp.cancel(formula / closed_form.ladder_root())))
    return lambda *at: Fraction(above(*at), below(*at))


def test_the_identities_behind_the_closed_formulas():
    """The ladder operator maps solutions to solutions, with the stated norm; proved for a general function u."""
    u = sp.Function("u")(eta)

    def V(L):
        return L * (L + 1) / eta**2 - 2 * Z / eta + Z**2 / n**2

    def down(f):
        return (l + 1) / eta * f - Z / (l + 1) * f - sp.diff(f, eta)

    def H(L, f):
        return sp.diff(f, eta, 2) - V(L) * f

    assert sp.simplify(H(l + 1, down(u)) - down(H(l, u))) == 0
    adjoint = (l + 1) / eta * down(u) - Z / (l + 1) * down(u) + sp.diff(down(u), eta)
    assert sp.simplify(adjoint + H(l, u) - (Z**2 / (l + 1) ** 2 - Z**2 / n**2) * u) == 0


@pytest.mark.parametrize(
    ("one", "two", "order", "power", "c"),
    [
        ((3, 2), (3, 2), 3, -2, Fraction(1, 7)),
        ((3, 2), (3, 2), 3, -2, Fraction(20)),
        ((4, 2), (4, 3), 4, -2, Fraction(1, 2)),
        ((4, 2), (3, 2), 2, -3, Fraction(1, 100)),
        ((3, 1), (3, 2), 0, 1, Fraction(5, 3)),
        ((10, 2), (9, 3), 3, -2, Fraction(1, 50)),
    ],
)
def test_bessel_integrals_agree_with_hypergeometric_functions(one, two, order, power, c):
    """Term by term with 2F1 (Gradshteyn and Ryzhik 6.621.3), which the closed form does not use."""
    pair = overlap(*one, *two)
    value = bessel_integral(*one, *two, power, order, c)
    with mp.workdps(60):
        p, x = mp.mpf(int(pair.decay.p)) / int(pair.decay.q), mp.mpf(c.numerator) / c.denominator
        total = mp.mpf(0)
        for t, coefficient in enumerate(pair.density.coeffs()):
            s, nu = t + power + 3, mp.mpf(order)
            if coefficient != 0:
                gammas = mp.sqrt(mp.pi) * mp.gamma(s + nu) * mp.gamma(s - nu) / mp.gamma(s + 0.5)
                series = mp.hyp2f1(s + nu, nu + 0.5, s + mp.mpf(1) / 2, (p - x) / (p + x))
                moment = gammas * (2 * x) ** nu / (p + x) ** (s + nu) * series
                total += mp.mpf(int(coefficient.p)) / int(coefficient.q) * moment
        total *= mp.sqrt(mp.mpf(int(pair.norm.p)) / int(pair.norm.q))
        assert abs(mp.mpf(str(value.sympy.evalf(40, maxn=400))) / total - 1) < mp.mpf(10) ** -35
        assert abs(float(value) / total - 1) < 2e-16
        form = bessel_form(pair.density, power + 2, pair.decay, order)
        if x != p:
            symbolic = form.expr(eta).subs(eta, sp.Rational(c.numerator, c.denominator)) * Surd(fmpq(1), pair.norm).sympy
            assert abs(mp.mpf(str(sp.re(symbolic.evalf(40, maxn=400)))) / total - 1) < mp.mpf(10) ** -35


@pytest.mark.parametrize("c", [Fraction(1, 7), Fraction(20)])
def test_closed_forms_print_what_they_are(c):
    value = bessel_integral(4, 3, 4, 2, -2, 3, c)
    found = re.fullmatch(r"sqrt\((\d+)\)\*?(?:/(\d+)\*)?\((.+) \+ \((.+)\)\*(acosh?)\((.+)\)/sqrt\((.+)\)\)", str(value))
    root, below, A, B, arc, ratio, D = found.groups()
    with mp.workdps(40):
        A, B, ratio, D = (mp.mpf(x.numerator) / x.denominator for x in map(Fraction, (A, B, ratio, D)))
        number = mp.sqrt(int(root)) / int(below or 1) * (A + B * getattr(mp, arc)(ratio) / mp.sqrt(D))
        assert abs(float(value) / number - 1) < 1e-15


def test_doubles_are_right_where_sixty_digits_cancel():
    value = bessel_integral(60, 2, 59, 3, -2, 3, Fraction(1, 50))
    with ctx.workprec(6000):
        p, c = arb(value.p), arb(value.c)
        root = (p * p - c * c).sqrt() if value.p > value.c else (c * c - p * p).sqrt()
        L = ((p / c).acosh() if value.p > value.c else (p / c).acos()) / root
        exact = (arb(value.A) + arb(value.B) * L) * arb(value.norm).sqrt()
        lost = abs(arb(value.A) / (arb(value.A) + arb(value.B) * L))
    assert float(lost.mid()) > 1e60
    assert abs(float(value) / float(exact.mid()) - 1) < 3e-16


def test_integrals_with_a_symbolic_range():
    M = sp.Symbol("M", positive=True)
    closed = density_functional((3, 2), (3, 1), sp.exp(-M * r) / r)
    for value in (Fraction(1, 3), Fraction(7)):
        exact = radial_integral(3, 2, 3, 1, -1, decay=value).sympy
        assert sp.simplify(closed.subs({M: sp.Rational(value.numerator, value.denominator), a_0: 1}) - exact) == 0


def test_convergence_is_decided_for_the_sum():
    """(1 - e^{-Mr})/r^3 between 2P and 2S: each term diverges, the sum does not."""
    M = sp.Symbol("M", positive=True)
    ours = current_functional((2, 1), (2, 0), (1 - sp.exp(-M * r)) / r**3).subs({a_0: 1, M: sp.Rational(3, 2)})
    with mp.workdps(30):

        def current(x):
            R1, R2 = (lambda y, k=k: numeric_radial(2, k, 1, y) for k in (1, 0))
            slopes = R1(x) * mp.diff(R2, x) - mp.diff(R1, x) * R2(x)
            return x**2 * (1 - mp.exp(-mp.mpf(3) / 2 * x)) / x**3 * (slopes - 2 * R1(x) * R2(x) / x) / 2

        value = mp.quad(current, [mp.mpf(10) ** -25, 1, 5, 20, 60, 150])
        assert abs(mp.mpf(str(ours.evalf(25))) / value - 1) < mp.mpf(10) ** -18
    with pytest.raises(NotDerivable, match=r"eta\^-1 "):
        current_functional((2, 1), (2, 0), (2 - sp.exp(-M * r)) / r**3)
    with pytest.raises(NotDerivable, match=r"eta\^-1 "):  # K_3 - its leading power still leaves r^-3
        current_functional((2, 1), (2, 0), m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2 - r**-5)
    with pytest.raises(NotDerivable, match="only as a sum"):
        current_functional((3, 2), (3, 1), m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2 - r**-5)
    with pytest.raises(NotDerivable, match=r"eta\^-1 log"):
        density_functional((2, 0), (2, 0), sp.besselk(0, r) / r**3)


@pytest.mark.parametrize("potential", [r**-5, DIRAC, MAJORANA, r**-5 + r**-1, DIRAC - 3 * MAJORANA])
def test_r_to_minus_five_needs_l_of_at_least_two(potential):
    for functional in (current_functional, gradient_functional):
        for N in (3, 5):
            with pytest.raises(NotDerivable, match=r"eta\^-3 .*short-distance"):
                functional((N, 1), (N, 0), potential)
            with pytest.raises(NotDerivable, match=r"eta\^-1 .*short-distance"):
                functional((N, 2), (N + 1, 1), potential)
            functional((N + 1, 3), (N, 2), potential)


def test_small_masses_have_a_series_with_logarithms():
    for potential in (DIRAC, MAJORANA):
        for functional, name in ((current_functional, "P"), (gradient_functional, "G")):
            series = small_mass_series(D, F, potential, m_nu, 8, functional=name)
            exact = functional(D, F, potential)
            for m in (sp.Rational(1, 400), sp.Rational(1, 4000)):
                rest = (exact - series).subs({a_0: 1, m_nu: m}).evalf(10, maxn=400)
                assert abs(rest) < 1e6 * m**9


def test_mass_corrections_of_the_4D_4F_element():
    """The element of 2 sigma_p.{p,V}/2 - (sigma_e x sigma_p).grad V is -i(2 c_p P - c_x G), c_p = -1/7, c_x = -6/7."""
    mu = sp.Symbol("mu", positive=True)
    printed = {
        DIRAC: 1 - sp.Rational(108, 25) * mu**2 + sp.Rational(96, 5) * mu**4
        + mu**6 * (sp.Rational(10752, 5) * sp.log(2 * mu) + sp.Rational(197632, 25)),
        MAJORANA: 1 - sp.Rational(216, 25) * mu**2 + mu**4 * (sp.Rational(896, 25) - sp.Rational(384, 5) * sp.log(2 * mu)),
    }  # fmt: skip

    def element(find):
        return 2 * sp.Rational(-1, 7) * find("P", current_functional) + sp.Rational(6, 7) * find("G", gradient_functional)

    for potential, expected in printed.items():
        order = 6 if potential == DIRAC else 5
        massive = element(lambda name, _, V=potential, k=order: small_mass_series(D, F, V, m_nu, k, functional=name))
        massless = element(lambda _, functional: functional(D, F, r**-5))
        ratio = sp.expand(sp.expand_log((massive / massless).subs({m_nu: mu, a_0: 1})))
        assert sp.expand(ratio - sp.expand_log(sp.expand(expected))) == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: radial_integral(2, 2, 2, 1), "0 <= l < n"),
        (lambda: radial_integral(2, 1, 2, 1, 1.0), "must be an integer"),
        (lambda: radial_integral(2, 1, 2, 1, 1, decay=0.1), "exact rational"),
        (lambda: radial_integral(2, 1, 2, 1, 1, decay=-2), "grows"),
        (lambda: radial_integral(2000, 1, 2, 1), "beyond 1000"),
        (lambda: radial_integral(2, 1, 2, 1, Z=0), "Z must be at least 1"),
        (lambda: current_integral(2, 1, 2, 1, -1), "differ by one"),
        (lambda: bessel_integral(3, 2, 3, 2, -2, 3, 0), "c > 0"),
        (lambda: closed_form.mean_power(99), "up to 20"),
        (lambda: small_mass_series(D, F, DIRAC, m_nu, 4, functional="Q"), "'P', 'G' or 'density'"),
    ],
)
def test_wrong_requests_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_the_expansion_at_small_distances_is_that_of_the_function():
    log_eta, r = sp.Symbol("log_eta", real=True), symbols("r")[0]
    found = small_distance(fmpq_poly([0, 1]), -2, radial_form(sp.exp(-2 * r) * sp.besselk(1, r), sp.Integer(1)), 1)
    eta = sp.Rational(1, 1000)
    series = sp.Add(*(c * eta**power for power, c in found.items())).subs(log_eta, sp.log(eta)).evalf(20)
    assert float(series) == pytest.approx(float(mp.exp(mp.mpf(-2) / 1000) * mp.besselk(1, mp.mpf(1) / 1000) * 1000), rel=1e-10)
