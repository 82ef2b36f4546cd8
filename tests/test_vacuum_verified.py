"""The printed formulas of the vacuum part, typed here, against the derived ones and a second route, to 20 digits or more.

A second route is an integral over the printed spectral density, over Euclidean time, or over an angle: it shares nothing with
the derivation. ``DIGITS`` is what is asked of both.
"""

from __future__ import annotations

from functools import cache

import mpmath as mp
import pytest
import sympy as sp
from nuforce_sym.derivations import (
    loop_parity_violation,
    mass_eigenstates,
    quantum_forces,
    two_neutrino,
    two_neutrino_dirac,
    two_neutrino_majorana,
    two_neutrino_unequal,
    w_exchange,
)

from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.amplitude.pair import PairOperator, spectral_density
from nuforce_sym.equality import numeric_value
from nuforce_sym.potential import cases
from nuforce_sym.potential.between import operator_coefficients, potential_between
from nuforce_sym.potential.gravity import range_of_pair
from nuforce_sym.potential.spectral import SpectralDensity
from nuforce_sym.potential.unequal import series
from nuforce_sym.special import bessel_k
from nuforce_sym.symbols import symbol, symbols

DIGITS = 22
WORK = 40
half, one = sp.Rational(1, 2), sp.Integer(1)
r, t, m_nu, m_i, m_j, m_chi = symbols("r t m_nu m_i m_j m_chi")
MASS, DISTANCE = sp.Rational(3, 5), sp.Rational(7, 4)
OURS = {"r": DISTANCE, "m_nu": MASS, "m_chi": MASS, "m_phi": MASS, "m_A": MASS, "m_i": sp.Rational(9, 5), "m_j": MASS}
UNITS = ("G_F", "g_V1", "g_V2", "g_A1", "g_A2", "C5_1", "C5_2", "C6_1", "C6_2", "C7_1", "C7_2", "g_S1", "g_S2", "g_P1", "g_P2",
         "v_1", "v_2", "a_1", "a_2")  # fmt: skip


def value(expr, **given):
    """The value of a derived formula for unit couplings."""
    point = {s: given.get(s.name, OURS.get(s.name, one if s.name in UNITS else None)) for s in expr.free_symbols}
    return numeric_value(expr, point, WORK)


@cache
def _made(name):
    return {}


def result_of(derivation, name):
    """The value of a step, made from the steps that it needs, each once; without its checks."""
    steps, done = {step.name: step for step in derivation.steps}, _made(derivation.name)
    if name not in done:
        done[name] = steps[name].make(*(result_of(derivation, need) for need in steps[name].needs))
    return done[name]


def number(x):
    x = sp.Rational(x)
    return mp.mpf(x.p) / x.q


def close(have, want, digits=DIGITS):
    assert want != 0
    assert abs(have / want - 1) < mp.mpf(10) ** -digits, (mp.nstr(have, 25), mp.nstr(want, 25))


def double_exponential(f):
    """The integral over u from 0 of an even function that falls like exp(-c cosh u), by the trapezoidal rule."""
    h = mp.pi**2 / (mp.log(10) * mp.mp.dps * 3 / 2)
    total, n = f(mp.mpf(0)) / 2, 0
    while True:
        n += 1
        term = f(n * h)
        total += term
        if abs(term) < abs(total) * mp.eps:
            return total * h


def X(n, z):
    """The integral of x^n sqrt(x^2-1) e^{-zx} from 1."""
    return double_exponential(lambda u: mp.cosh(u) ** n * mp.sinh(u) ** 2 * mp.exp(-z * mp.cosh(u)))


def K(n, z):
    return bessel_k(n, mp.mpf(z))


def yukawas(density, m, distance):
    """The integral of density(t) e^{-sqrt(t) r}/(4 pi r) over t from 4 m^2."""

    def f(u):
        x = 2 * m * mp.cosh(u)
        return density(x**2) * 2 * x * 2 * m * mp.sinh(u) * mp.exp(-x * distance) / (4 * mp.pi * distance)

    return double_exponential(f)


def beta(s, m):
    return mp.sqrt(1 - 4 * m**2 / s)


def tau(f, distance):
    """The integral of f(tau, R) over tau from 0, R^2 = r^2 + tau^2."""
    return double_exponential(lambda u: distance * mp.cosh(u) * f(distance * mp.sinh(u), distance * mp.cosh(u)))


def D(m, R):
    return m * K(1, m * R) / (4 * mp.pi**2 * R)


def slope(m, R):
    return -(m**2) * K(2, m * R) / (4 * mp.pi**2 * R)


# Two neutrinos of one mass: V, A and B of both kinds, by the printed formula, the printed density and Euclidean time.


def over_time(m, x):
    """The four integrals of the printed position-space form: of V_D, of V_M - V_D, of A_D."""
    V = 8 * tau(lambda s, R: slope(m, R) ** 2 * (x**2 - s**2) / R**2, x)
    return V, -8 * m**2 * tau(lambda _, R: D(m, R) ** 2, x), -8 * tau(lambda _, R: slope(m, R) ** 2, x)


KINDS = {
    "dirac": (two_neutrino_dirac, lambda m, x: m**3 * K(3, 2 * m * x) / (4 * mp.pi**3 * x**2), lambda s, m: s - m**2),
    "majorana": (two_neutrino_majorana, lambda m, x: m**2 * K(2, 2 * m * x) / (2 * mp.pi**3 * x**3), lambda s, m: s - 4 * m**2),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_potential_of_one_mass(kind):
    module, printed, cut = KINDS[kind]
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        want = printed(m, x)
        close(value(result_of(module.d, "potential")), want)
        close(yukawas(lambda s: cut(s, m) * beta(s, m) / (12 * mp.pi**2), m, x), want)
        V, addition, _ = over_time(m, x)
        close(V + (addition if kind == "majorana" else 0), want)


def test_the_two_contractions_differ_by_k_1():
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        want = m**3 * K(1, 2 * m * x) / (4 * mp.pi**3 * x**2)
        close(-value(result_of(mass_eigenstates.d, "additional_potential")), want)
        close(-over_time(m, x)[1], want)
        close(value(result_of(two_neutrino.d, "potential")), 1 / (4 * mp.pi**3 * x**5))


@pytest.mark.parametrize("kind", [*KINDS, "massless"])
def test_the_spin_spin_force_of_one_mass_and_its_ward_identity(kind):
    """A'-B/r = -V' with the printed A, B and V."""
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)

        def scale(y):
            return m**3 / (8 * mp.pi**3 * y**2)

        def B(y):
            return scale(y) * (5 * K(3, 2 * m * y) - K(1, 2 * m * y))

        A = {
            "dirac": lambda y: -scale(y) * (3 * K(3, 2 * m * y) - K(1, 2 * m * y)),
            "majorana": lambda y: -3 * m**2 * K(2, 2 * m * y) / (4 * mp.pi**3 * y**3),
            "massless": lambda y: -3 / (8 * mp.pi**3 * y**5),
        }[kind]
        B, V = (lambda y: 5 / (8 * mp.pi**3 * y**5), lambda y: 1 / (4 * mp.pi**3 * y**5)) if kind == "massless" else (
            B, lambda y: KINDS[kind][1](m, y))  # fmt: skip
        module = two_neutrino if kind == "massless" else KINDS[kind][0]
        close(value(result_of(module.d, "axial_spin_spin")), A(x))
        close(value(result_of(module.d, "axial_tensor")), B(x))
        with mp.workdps(80):
            ward = mp.diff(A, x) - B(x) / x + mp.diff(V, x)
            assert abs(ward) < mp.mpf(10) ** -35 * abs(B(x))
        if kind != "massless":
            V_time, addition, A_time = over_time(m, x)
            close(A_time - (addition if kind == "majorana" else 0), A(x))
            close(V_time - A_time, B(x))


def test_the_densities_of_all_currents_of_one_mass():
    """rho_T and rho_L of V-A, V and A for Dirac fields, of A for Majorana fields."""
    with mp.workdps(WORK):
        m, s = number(MASS), mp.mpf(11)
        b = beta(s, m) / mp.pi**2
        printed = {
            ("V-A", False): ((s - m**2) * b / 6, m**2 * b / 2),
            ("V", False): ((s + 2 * m**2) * b / 12, 0),
            ("A", False): ((s - 4 * m**2) * b / 12, m**2 * b / 2),
            ("A", True): ((s - 4 * m**2) * b / 6, m**2 * b),
        }
        for (tag, both), want in printed.items():
            structure = (("V", one), ("A", -one)) if tag == "V-A" else ((tag, one),)
            found = spectral_density(PairOperator(Field("chi", r"\chi", half, m_chi, self_conjugate=both), structure), t)
            for ours, theirs in zip((found.first, found.second), want, strict=True):
                have = value(ours, t=sp.Integer(11)) if ours != 0 else mp.mpf(0)
                assert abs(have - theirs) < mp.mpf(10) ** -30 * s


# Different masses.


def kallen(s, a, b):
    return (s - (a + b) ** 2) * (s - (a - b) ** 2)


def two_masses(form, a, b, x, weight=lambda s, y: mp.exp(-mp.sqrt(s) * y) / (4 * mp.pi * y)):
    """The integral over the printed density lambda^{1/2} form(t)/(4 pi^2 t), half of rho_T for V - A."""
    M = a + b

    def f(u):
        y = M * mp.cosh(u)
        s = y**2
        return mp.sqrt(kallen(s, a, b)) * form(s) / (4 * mp.pi**2 * s) * weight(s, x) * 2 * y * M * mp.sinh(u)

    return double_exponential(f)


def test_potentials_and_spin_spin_force_of_two_masses():
    with mp.workdps(WORK):
        a, b, x = number(OURS["m_i"]), number(OURS["m_j"]), number(DISTANCE)
        S, Delta = a**2 + b**2, a**2 - b**2

        def A_0(s):
            return (2 * s**2 - s * S - Delta**2) / (6 * s)

        V = two_masses(A_0, a, b, x)
        addition = two_masses(lambda s: -a * b, a, b, x)
        close(8 * tau(lambda s, R: slope(a, R) * slope(b, R) * (x**2 - s**2) / R**2, x), V)
        close(-8 * a * b * tau(lambda _, R: D(a, R) * D(b, R), x), addition)
        A = -8 * tau(lambda _, R: slope(a, R) * slope(b, R), x)
        for step, want in (("potential", V), ("majorana_addition", addition), ("axial_spin_spin", A), ("axial_tensor", V - A)):
            close(value(result_of(two_neutrino_unequal.d, step)), want)


def test_the_massless_partner_by_its_cut():
    with mp.workdps(WORK):
        m, x = number(OURS["m_i"]), number(DISTANCE)
        I_1 = mp.exp(-m * x) * (m / x + 1 / x**2)
        I_3 = mp.exp(-m * x) * (m**3 / x + 3 * m**2 / x**2 + 6 * m / x**3 + 6 / x**4)
        want = (4 * I_3 - 6 * m**2 * I_1 + 2 * m**4 * mp.expint(3, m * x)) / (96 * mp.pi**3 * x)
        close(value(result_of(two_neutrino_unequal.d, "one_massless")), want)

        def inside(y):
            s = y**2
            return (s - m**2) * (2 * s**2 - s * m**2 - m**4) / (24 * mp.pi**2 * s**2) * mp.exp(-y * x) / (4 * mp.pi * x) * 2 * y

        close(mp.quad(inside, [m, 2 * m, 4 * m, 10 * m, 25 * m, 80 * m]), want)


def test_the_printed_series_after_eight_terms():
    """Mass ratio 2:1: the terms X_k of the printed series are the package's, and eight of them leave some 1e-12."""
    with mp.workdps(WORK):
        a, b, x = mp.mpf(2), mp.mpf(1), mp.mpf(5) / 2
        M, e = a + b, mp.mpf(1) / 3
        z = M * x
        moments = {k: X(k, z) for k in range(-18, 3, 2)}
        printed = [
            mp.binomial(half, n) * (-(e**2)) ** n
            * (2 * moments[2 - 2 * n] - (1 + e**2) / 2 * moments[-2 * n] - e**2 * moments[-2 * n - 2])
            for n in range(8)
        ]  # fmt: skip
        total = M**4 / (48 * mp.pi**3 * x) * mp.fsum(printed)
        S, Delta = a**2 + b**2, a**2 - b**2
        exact = two_masses(lambda s: (2 * s**2 - s * S - Delta**2) / (6 * s), a, b, x)
        assert mp.mpf(10) ** -13 < abs(total / exact - 1) < mp.mpf(10) ** -10
        density = SpectralDensity(
            sp.sqrt((t - (m_i + m_j) ** 2) * (t - (m_i - m_j) ** 2))
            * (2 * t**2 - t * (m_i**2 + m_j**2) - (m_i**2 - m_j**2) ** 2) / (24 * sp.pi**2 * t**2),
            t, (m_i + m_j) ** 2,
        )  # fmt: skip
        ours = value(series(density, r, 3), m_i=sp.Integer(2), m_j=one, r=sp.Rational(5, 2))
        close(ours, M**4 / (48 * mp.pi**3 * x) * mp.fsum(printed[:3]))


def test_large_and_small_distances():
    """The expansions with their next terms: (mr)^2/2 and (mr)^2 at small, 2/(mr) for the ratio at large distance."""
    dirac, majorana = (result_of(KINDS[kind][0].d, "potential") for kind in ("dirac", "majorana"))
    with mp.workdps(WORK):
        x = sp.Rational(1, 10**6)
        unit = 4 * mp.pi**3 * number(x) ** 5
        m2 = number(MASS * x) ** 2
        assert abs(value(dirac, r=x) * unit - (1 - m2 / 2 + m2**2 / 4)) < m2**3 * 100
        assert abs(value(majorana, r=x) * unit - (1 - m2)) < m2**2 * 100
        for distance in (500, 1000):
            ratio = value(majorana, r=distance / MASS) / value(dirac, r=distance / MASS) * distance / 2
            assert abs(ratio - 1 + mp.mpf(5) / 4 / distance) < 3 / mp.mpf(distance) ** 2
        for kind, exact, want in (("dirac", dirac, 1.0044), ("majorana", majorana, 1.0019)):
            limit = result_of(KINDS[kind][0].d, "long_distance_potential")
            ratio = value(exact, r=500 / MASS) / value(limit, r=500 / MASS)
            assert float(ratio) == pytest.approx(want, abs=1e-4)


# Trees, position space.


def radial(first, second, spin, order):
    interaction = cases.tree(spin, [first], [second])
    return {term.name: term.radial for term in potential_between(interaction, cases.PSI_1, cases.PSI_2, order=order).terms}


def trees():
    """(tags, spin, order, structure, printed function of m_1, m_2, M, r)."""

    def Y_(M, x):
        return mp.exp(-M * x) / (4 * mp.pi * x)

    def slope_(M, x):
        return -(M / x + 1 / x**2) * mp.exp(-M * x) / (4 * mp.pi)

    def across(M, x):  # -(s1.grad)(s2.grad) Y = across s1.s2 - along s1.rhat s2.rhat
        return mp.exp(-M * x) / (4 * mp.pi) * (1 / x**3 + M / x**2)

    def along(M, x):
        return mp.exp(-M * x) / (4 * mp.pi) * (3 / x**3 + 3 * M / x**2 + M**2 / x)

    dot, radial_ = "Dot3(sigma_1, sigma_2)", "Dot3(rhat, sigma_1)*Dot3(rhat, sigma_2)"
    return [
        ("SS", 0, 2, "1", lambda a, b, M, x: -Y_(M, x)),
        ("SS", 0, 2, "Dot3(L, sigma_1)", lambda a, b, M, x: slope_(M, x) / x / (4 * a**2)),
        ("SS", 0, 2, "Dot3(L, sigma_2)", lambda a, b, M, x: slope_(M, x) / x / (4 * b**2)),
        ("VV", 1, 0, "1", lambda a, b, M, x: Y_(M, x)),
        ("SP", 0, 1, "Dot3(rhat, sigma_2)", lambda a, b, M, x: (1 / x**2 + M / x) * mp.exp(-M * x) / (8 * mp.pi * b)),
        ("PS", 0, 1, "Dot3(rhat, sigma_1)", lambda a, b, M, x: slope_(M, x) / (2 * a)),
        ("PP", 0, 2, dot, lambda a, b, M, x: -across(M, x) / (4 * a * b)),
        ("PP", 0, 2, radial_, lambda a, b, M, x: along(M, x) / (4 * a * b)),
        ("AA", 1, 0, dot, lambda a, b, M, x: -Y_(M, x) - across(M, x) / M**2),
        ("AA", 1, 0, radial_, lambda a, b, M, x: along(M, x) / M**2),
        ("AV", 1, 1, "{Dot3(p, sigma_1), f}", lambda a, b, M, x: (1 / a + 1 / b) * Y_(M, x) / 2),
        ("AV", 1, 1, "Triple3(rhat, sigma_1, sigma_2)", lambda a, b, M, x: slope_(M, x) / (2 * b)),
        ("VA", 1, 1, "{Dot3(p, sigma_2), f}", lambda a, b, M, x: -(1 / a + 1 / b) * Y_(M, x) / 2),
        ("VA", 1, 1, "Triple3(rhat, sigma_1, sigma_2)", lambda a, b, M, x: slope_(M, x) / (2 * a)),
    ]  # fmt: skip


@pytest.mark.parametrize("case", trees(), ids=[f"{c[0]} {c[3]}" for c in trees()])
def test_tree_potentials(case):
    """Unit couplings with Gamma = gamma^mu gamma_5 for A, that is a = -1 of v - a gamma_5: PV has the sign +a v here."""
    tags, spin, order, structure, printed = case
    a, b = sp.Rational(13, 10), sp.Rational(31, 10)
    with mp.workdps(WORK):
        found = value(radial(*tags, spin, order)[structure], m_1=a, m_2=b)
        close(found, printed(number(a), number(b), number(MASS), number(DISTANCE)))


@pytest.mark.parametrize(
    ("tags", "want"),
    [("MV", {1, 2, 3, 4, 5, 8}), ("MA", {11, 12, 13, 16}), ("VM", {1, 2, 3, 4, 5, 8}), ("AM", {11, 12, 13, 16})],
)
def test_weak_magnetism_has_the_operators_of_its_partner(tags, want):
    assert set(operator_coefficients(cases.tree(1, [tags[0]], [tags[1]]), cases.PSI_1, cases.PSI_2, order=3)) == want


# Pairs in general. Printed: the potential, the density of scalar operators or rho_T, and the massless limit times r^n.

TABLE = {
    "scalar_pair": (lambda m, x, z: -m * K(1, z) / (16 * mp.pi**3 * x**2), lambda s, m: 1, (3, -mp.mpf(1) / 32)),
    "scalar_current": (
        lambda m, x, z: m**2 * K(2, z) / (8 * mp.pi**3 * x**3), lambda s, m: -(s - 4 * m**2) / 3, (5, mp.mpf(1) / 16),
    ),
    "scalar_gradient": (
        lambda m, x, z: -(m**6) / (8 * mp.pi**3 * x) * (4 * X(4, z) - 4 * X(2, z) + X(0, z)),
        lambda s, m: (s - 2 * m**2) ** 2 / 4, (7, -mp.mpf(15) / 16),
    ),
    "fermion_scalar": (
        lambda m, x, z: -3 * m**2 * K(2, z) / (4 * mp.pi**3 * x**3), lambda s, m: 2 * (s - 4 * m**2), (5, -mp.mpf(3) / 8),
    ),
    "fermion_pseudoscalar": (
        lambda m, x, z: -(m**4) / (mp.pi**3 * x) * (K(1, z) / z + 3 * K(2, z) / z**2), lambda s, m: 2 * s, (5, -mp.mpf(3) / 8),
    ),
    "fermion_vector": (
        lambda m, x, z: m**3 * (K(1, z) + K(3, z)) / (4 * mp.pi**3 * x**2), lambda s, m: -4 * (s + 2 * m**2) / 3,
        (5, mp.mpf(1) / 4),
    ),
    "fermion_axial": (
        lambda m, x, z: m**2 * K(2, z) / (2 * mp.pi**3 * x**3), lambda s, m: -4 * (s - 4 * m**2) / 3, (5, mp.mpf(1) / 4),
    ),
    "vector_pair": (
        lambda m, x, z: -(m**2) / (8 * mp.pi**3 * x) * (4 * X(4, z) - 4 * X(2, z) + 3 * X(0, z)),
        lambda s, m: (s**2 - 4 * m**2 * s + 12 * m**4) / (4 * m**4), None,
    ),
    "vector_strength": (
        lambda m, x, z: -(m**6) / (4 * mp.pi**3 * x) * (16 * X(4, z) - 16 * X(2, z) + 6 * X(0, z)),
        lambda s, m: 2 * s**2 - 8 * m**2 * s + 12 * m**4, (7, -mp.mpf(15) / 2),
    ),
    "vector_dual": (
        lambda m, x, z: -(m**6) / (4 * mp.pi**3 * x) * (16 * X(4, z) - 16 * X(2, z)),
        lambda s, m: 2 * s * (s - 4 * m**2), (7, -mp.mpf(15) / 2),
    ),
    "vector_current": (
        lambda m, x, z: m**4 / (6 * mp.pi**3 * x) * (4 * X(4, z) - X(2, z) - 3 * X(0, z)),
        lambda s, m: -(s - 4 * m**2) * (s + 3 * m**2) / (3 * m**2), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_pairs(name):
    printed, cut, massless = TABLE[name]
    derived = result_of(quantum_forces.d, name)
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        want = printed(m, x, 2 * m * x)
        close(value(derived), want)
        close(-yukawas(lambda s: cut(s, m) * beta(s, m) / (16 * mp.pi**2), m, x), want)
        if massless:
            power, c = massless
            light = sp.Rational(1, 10**12)
            close(value(derived, m_chi=light) * x**power, c / mp.pi**3, digits=20)


def test_the_tensor_of_the_table_of_pairs():
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        z, scale = 2 * m * x, m**3 / (mp.pi**3 * x**2)
        close(value(result_of(quantum_forces.d, "fermion_tensor_spin_spin")), scale * (K(3, z) + K(1, z)))
        close(value(result_of(quantum_forces.d, "fermion_tensor_tensor")), -scale * (5 * K(3, z) - K(1, z)) / 2)


# Parity violation by two neutrinos, the W inside the cut, and the range.


@pytest.mark.parametrize("kind", KINDS)
def test_parity_violation_between_moving_fermions(kind):
    """-b_1 a_2 [1/2 {s1.(p1/m1 - p2/m2), V} + (s1 x s2).grad V/(2 m2)] + a_1 b_2 [1/2 {s2.(...), V} - (...)/(2 m1)]."""
    module, printed, _ = KINDS[kind]
    a, b = sp.Rational(13, 10), sp.Rational(31, 10)
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        V, V_slope = printed(m, x), mp.diff(lambda y: printed(m, y), x)
        have = value(result_of(module.d, "helicity"), m_1=a, m_2=b)
        close(have, -(1 / number(a) + 1 / number(b)) * V / 2)
        magnetic = result_of(module.d, "magnetic")
        close(value(magnetic, m_1=a, m_2=b), -(1 / number(a) + 1 / number(b)) * V_slope / 2, digits=20)


def test_parity_violation_in_hydrogen():
    """(1/2m_e) {a_e b_p [{s_p.p, V} - (s_e x s_p).grad V] - b_e a_p {s_e.p, V}}."""
    charges = {"a_e": sp.Rational(2, 7), "b_e": sp.Rational(3, 5), "a_p": sp.Rational(1, 9), "b_p": sp.Rational(5, 8)}
    m_e = sp.Rational(6, 5)
    with mp.workdps(WORK):
        m, x = number(MASS), number(DISTANCE)
        V, V_slope = KINDS["dirac"][1](m, x), mp.diff(lambda y: KINDS["dirac"][1](m, y), x)
        a_e, b_e, a_p, b_p = (number(charges[name]) for name in ("a_e", "b_e", "a_p", "b_p"))
        for step, want, digits in (
            ("proton_helicity", a_e * b_p * V, DIGITS),
            ("electron_helicity", -b_e * a_p * V, DIGITS),
            ("magnetic", -a_e * b_p * V_slope, 20),
        ):
            close(value(result_of(loop_parity_violation.d, step), m_e=m_e, **charges), want / (2 * number(m_e)), digits=digits)


def test_the_weight_of_the_w_inside_the_cut():
    """3 [(1+2x)^2 ln(1+2x) - 2x - 6x^2]/(8x^3), its series, and the average over the angle."""
    w = result_of(w_exchange.d, "weight")
    with mp.workdps(WORK):
        y = mp.mpf(3) / 7
        want = 3 * ((1 + 2 * y) ** 2 * mp.log(1 + 2 * y) - 2 * y - 6 * y**2) / (8 * y**3)
        close(value(w, x=sp.Rational(3, 7)), want)
        close(mp.quad(lambda c: (1 + c) ** 2 / (1 + y * (1 - c)), [-1, 0, 1]) * 3 / 8, want)
    x = symbol("x")
    assert sp.expand(result_of(w_exchange.d, "series")).coeff(x, 2) == sp.Rational(2, 5)


def test_the_range_of_a_pair():
    """1.97 um for 0.05 eV and 11.5 um for 8.6 meV."""
    assert range_of_pair(0.05, 0.05) == pytest.approx(1.97, abs=5e-3)
    assert range_of_pair(0.0086, 0.0086) == pytest.approx(11.5, abs=0.05)
