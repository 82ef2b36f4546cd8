"""Two different masses in the cut, and the force at the distance of the Z: against numbers of other routes."""

from __future__ import annotations

from functools import cache, partial

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations import two_neutrino_unequal, z_z_bubble
from scipy.integrate import quad
from scipy.special import kv

from nuforce_sym import Derivation, get_derivation
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.equality import identical, numeric_value
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.potential.asymptotics import long_distance, short_distance, threshold_behaviour
from nuforce_sym.potential.dispersion import massless_loop
from nuforce_sym.potential.exponential_integral import power_moment
from nuforce_sym.potential.logarithm import laplace_moment, position_space_with_logarithm
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density
from nuforce_sym.potential.unequal import remainder, series
from nuforce_sym.special import Ki1, PairAxial, PairK1, PairK2, ZBubble
from nuforce_sym.symbols import symbols

r, t, q, z, m_i, m_j, m_Z, mu, kappa, G_F, g_V1, g_V2 = symbols("r t q z m_i m_j m_Z mu kappa G_F g_V1 g_V2")
UNIT = {G_F: 1, g_V1: 1, g_V2: 1}


@cache
def made(name):
    """The values of a derivation's steps, without running their checks."""
    values = {}
    for step in get_derivation(name).steps:
        values[step.name] = step.make(*(values[need] for need in step.needs))
    return values


def in_units(values):
    """The same for unit couplings."""
    return {name: v.xreplace(UNIT) if isinstance(v, sp.Basic) else v for name, v in values.items()}


@pytest.fixture(scope="module")
def unequal():
    return in_units(made("two_neutrino_unequal"))


@pytest.fixture(scope="module")
def bubble():
    return in_units(made("z_z_bubble"))


def unit_density(m_1, m_2, form=lambda A, B: A):
    """The density of V in units of G_F^2 as an independent derivation has it: Kallen's root times A_0/(4 pi^2 t)."""
    S, D = m_1**2 + m_2**2, m_1**2 - m_2**2
    kallen = (t - (m_1 + m_2) ** 2) * (t - (m_1 - m_2) ** 2)
    A, B = (2 * t**2 - t * S - D**2) / (6 * t), (t * S - D**2) / (2 * t)
    return sp.sqrt(kallen) * form(A, B) / (4 * sp.pi**2 * t)


def yukawas(density, start, point, digits=30):
    """The spectral integral by quadrature, in sqrt(t) = M cosh(u)."""
    with mp.workdps(digits):
        f = sp.lambdify(t, density.xreplace(point), "mpmath")
        M, R = mp.sqrt(mp.mpf(sp.Rational(start).p) / sp.Rational(start).q), mp.mpf(point[r].p) / point[r].q

        def g(u):
            x = M * mp.cosh(u)
            return f(x**2) * 2 * x * M * mp.sinh(u) * mp.exp(-x * R) / (4 * mp.pi * R)

        return mp.quad(g, [0, 1, 2, 3, 4, 6])


@pytest.mark.parametrize("masses", [(2, 1), (sp.Rational(1, 7), 3)])
def test_potential_of_two_masses_is_the_integral_over_the_printed_density(unequal, masses):
    point = {m_i: sp.Rational(masses[0]), m_j: sp.Rational(masses[1]), r: sp.Rational(4, 3)}
    want = yukawas(unit_density(m_i, m_j), (point[m_i] + point[m_j]) ** 2, point)
    assert abs(numeric_value(unequal["potential"], point, 30) / want - 1) < mp.mpf(10) ** -24
    crossed = yukawas(unit_density(m_i, m_j, lambda A, B: -m_i * m_j), (point[m_i] + point[m_j]) ** 2, point)
    assert abs(numeric_value(unequal["majorana_addition"], point, 30) / crossed - 1) < mp.mpf(10) ** -24


@pytest.mark.parametrize(
    ("charges", "sign"), [({"g_V": 1, "g_A": 0}, 1), ({"g_V": 0, "g_A": 1}, -1)], ids=["vector", "axial vector"]
)
def test_densities_of_vector_and_axial_currents_are_the_printed_ones(unequal, charges, sign):
    given = {symbols(name)[0]: sp.Integer(v) for name, v in charges.items()}
    for step, form in (
        ("transverse_density", lambda A, B: A + sign * m_i * m_j),
        ("longitudinal_density", lambda A, B: B - sign * m_i * m_j),
    ):
        point = {m_i: sp.Rational(3, 2), m_j: sp.Rational(1, 3), t: sp.Integer(11)}
        ratio = numeric_value(unequal[step].xreplace(given), point, 30) / numeric_value(unit_density(m_i, m_j, form), point, 30)
        assert abs(ratio - 1) < mp.mpf(10) ** -25


def test_equal_masses_give_back_the_dirac_and_the_majorana_force(unequal):
    """K_3 and K_2 forms of an independent derivation"""
    x = {m_j: m_i}
    point = {m_i: sp.Rational(4, 5), r: sp.Rational(7, 4)}
    dirac = m_i**3 * sp.besselk(3, 2 * m_i * r) / (4 * sp.pi**3 * r**2)
    majorana = m_i**2 * sp.besselk(2, 2 * m_i * r) / (2 * sp.pi**3 * r**3)
    for ours, theirs in (
        (unequal["potential"], dirac),
        (unequal["potential"] + unequal["majorana_addition"], majorana),
        (unequal["two_terms"], dirac),
        (unequal["long_distance_potential"], m_i ** sp.Rational(5, 2) * sp.exp(-2 * m_i * r)
         / (8 * sp.pi ** sp.Rational(5, 2) * r ** sp.Rational(5, 2))),
        (unequal["majorana_long_distance"], m_i ** sp.Rational(3, 2) * sp.exp(-2 * m_i * r)
         / (4 * sp.pi ** sp.Rational(5, 2) * r ** sp.Rational(7, 2))),
    ):  # fmt: skip
        assert abs(numeric_value(ours.xreplace(x), point, 30) / numeric_value(theirs, point, 30) - 1) < mp.mpf(10) ** -25


def test_equal_masses_give_back_the_spin_spin_force(unequal):
    """A = -m^3 (3 K_3 - K_1)/(8 pi^3 r^2) and B = m^3 (5 K_3 - K_1)/(8 pi^3 r^2), from an independent derivation"""
    charges = dict.fromkeys(symbols("g_A1 g_A2"), sp.Integer(1))
    K_1, K_3 = (sp.besselk(n, 2 * m_i * r) for n in (1, 3))
    scale = m_i**3 / (8 * sp.pi**3 * r**2)
    point = {m_i: sp.Rational(4, 5), r: sp.Rational(7, 4)}
    for step, theirs in (("axial_spin_spin", -scale * (3 * K_3 - K_1)), ("axial_tensor", scale * (5 * K_3 - K_1))):
        ours = unequal[step].xreplace({**charges, m_j: m_i})
        assert abs(numeric_value(ours, point, 30) / numeric_value(theirs, point, 30) - 1) < mp.mpf(10) ** -25


def test_the_massless_partner_has_the_printed_closed_form(unequal):
    """[4 I_3 - 6 m^2 I_1 + 2 m^4 E_3(mr)]/(96 pi^3 r), from an independent derivation"""
    m = m_i
    I_1 = sp.exp(-m * r) * (m / r + 1 / r**2)
    I_3 = sp.exp(-m * r) * (m**3 / r + 3 * m**2 / r**2 + 6 * m / r**3 + 6 / r**4)
    printed = (4 * I_3 - 6 * m**2 * I_1 + 2 * m**4 * sp.expint(3, m * r)) / (96 * sp.pi**3 * r)
    assert identical(unequal["one_massless"], printed.expand(func=True)) != "different"
    for x in (sp.Rational(1, 10), sp.Integer(3)):
        point = {m_i: x, r: sp.Integer(1)}
        ours, theirs = (numeric_value(e, point, 30) for e in (unequal["one_massless"], printed))
        assert abs(ours / theirs - 1) < mp.mpf(10) ** -24
        light = numeric_value(unequal["potential"], {**point, m_j: sp.Rational(1, 10**9)}, 30)
        assert abs(light / theirs - 1) < mp.mpf(10) ** -17


def test_the_series_converges_as_its_remainder_promises():
    """Mass ratio 2:1, epsilon = 1/3: an independent calculation finds 6e-13 after eight terms at its point."""
    density = SpectralDensity(unit_density(m_i, m_j), t, (m_i + m_j) ** 2)
    point = {m_i: sp.Integer(2), m_j: sp.Integer(1), r: sp.Rational(5, 2)}
    exact = yukawas(density.expr, 9, point, digits=20)
    for terms in (1, 3):
        off = abs(numeric_value(series(density, r, terms), point, 40) / exact - 1)
        bound = numeric_value(remainder(point[m_i], point[m_j], terms), {}, 30)
        assert bound / 100 < off < bound


def test_two_different_masses_have_no_closed_form_and_say_so():
    density = SpectralDensity(sp.sqrt(sp.expand(t - (m_i + m_j) ** 2) * sp.expand(t - (m_i - m_j) ** 2)), t, (m_i + m_j) ** 2)
    with pytest.raises(NotDerivable, match="no closed form in standard functions"):
        potential_from_density(density, r)
    with pytest.raises(NotDerivable, match="no square root"):
        series(SpectralDensity(t, t, m_i**2), r, 2)
    with pytest.raises(InputError, match="at least one term"):
        series(density, r, 0)


@pytest.mark.parametrize("k", [-5, -2, -1, 0, 3])
def test_moments_of_a_rational_cut_agree_with_quadrature(k):
    with mp.workdps(30):
        x = mp.mpf(6) / 5
        want = mp.quad(lambda y: y**k * mp.exp(-x * y), [1, 2, 5, 20, mp.inf])
    assert abs(numeric_value(power_moment(k, z), {z: sp.Rational(6, 5)}, 30) / want - 1) < mp.mpf(10) ** -24


def test_limits_follow_from_the_density_alone():
    beta = sp.sqrt(t - 4 * m_i**2) / sp.sqrt(t)
    s_wave, p_wave = (SpectralDensity(t * beta**n, t, 4 * m_i**2) for n in (1, 3))
    assert threshold_behaviour(s_wave) == (2 * m_i, sp.Rational(1, 2))
    assert threshold_behaviour(p_wave)[1] == sp.Rational(3, 2)
    exact = potential_from_density(s_wave, r)
    for limit, distance in ((long_distance(s_wave, r), sp.Integer(10**6)), (short_distance(s_wave, r), sp.Rational(1, 10**6))):
        ratio = numeric_value(limit, {m_i: 1, r: distance}, 40) / numeric_value(exact, {m_i: 1, r: distance}, 40)
        assert abs(ratio - 1) < mp.mpf(10) ** -5
    with pytest.raises(NotDerivable, match="no threshold"):
        threshold_behaviour(SpectralDensity(t, t, sp.Integer(0)))


@pytest.mark.parametrize("head", [PairK1, PairK2])
def test_pair_integrals_are_symmetric_and_take_the_values_of_plain_quadrature(head):
    a, b = sp.Rational(1, 3), sp.Rational(7, 2)
    assert head(b, a) == head(a, b)
    n = 1 if head is PairK1 else 2
    weight = {1: lambda c: 1 / c, 2: lambda c: (2 - c**2) / c**3}[n]
    want, _ = quad(
        lambda u: weight(np.cosh(u)) * kv(n, np.cosh(u) / 3) * kv(n, 3.5 * np.cosh(u)), 0, 6, epsabs=0, epsrel=1e-12, limit=200
    )
    assert float(numeric_value(head(a, b), {}, 25)) == pytest.approx(want, rel=1e-11, abs=0)


def test_bickleys_function_is_the_integral_of_k_0():
    want, _ = quad(lambda x: kv(0, x), 2, 60, epsabs=0, epsrel=1e-13, limit=200)
    assert float(numeric_value(Ki1(sp.Integer(2)), {}, 25)) == pytest.approx(want, rel=1e-12, abs=0)
    assert sp.diff(Ki1(z), z) == -sp.besselk(0, z)


# The Z-Z bubble.


def printed_bubble(x, L):
    """{P + P_M/2} of an independent derivation, x = m_Z r, L = ln(m_Z^2/mu^2)."""
    up, down = mp.exp(x) * mp.e1(x), mp.exp(-x) * mp.ei(x)
    P = mp.exp(-x) * L + up - down
    return P + (x * (up + down - mp.exp(-x) * L) + 2 * mp.exp(-x) - 2) / 2


@pytest.mark.parametrize(("x", "mass_over_mu"), [("0.2", 1), ("3", 2), ("12", sp.Rational(1, 3))])
def test_z_z_potential_is_the_printed_one(bubble, x, mass_over_mu):
    point = {r: sp.Rational(x), m_Z: sp.Integer(1), mu: 1 / sp.Rational(mass_over_mu)}
    with mp.workdps(40):
        L = 2 * mp.log(mp.mpf(sp.Rational(mass_over_mu).p) / sp.Rational(mass_over_mu).q)
        want = printed_bubble(mp.mpf(x), L) / (48 * mp.pi**3 * mp.mpf(x))
    assert abs(numeric_value(bubble["potential"], point, 40) / want - 1) < mp.mpf(10) ** -25


def test_z_z_potential_changes_sign_where_vacuum_finds_it():
    """x = 0.86146 and 4.14066 for mu = m_Z."""
    f = lambda x: ZBubble._value(mp.mpf(x))  # noqa: E731
    for start, want in ((0.9, "0.86146"), (4.0, "4.14066")):
        assert abs(mp.findroot(f, start) - mp.mpf(want)) < mp.mpf("5e-6")
    signs = [mp.sign(f(x)) for x in (0.1, 0.86, 0.87, 4.1, 4.2, 1000)]
    assert signs == [1, 1, -1, -1, 1, 1]


def test_z_z_potential_is_the_four_fermion_force_far_away(bubble):
    assert identical(bubble["long_distance_potential"], (1 + 40 / (m_Z * r) ** 2) / (4 * sp.pi**3 * r**5)) == "proved"
    assert identical(
        bubble["short_distance_potential"], -(m_Z**4) * (sp.log(mu * r) + sp.EulerGamma) / (24 * sp.pi**3 * r)
    ) == "proved"  # fmt: skip


def printed_moment(kappa_, M, mu_):
    """From an independent derivation."""
    k, m = kappa_**2, M**2
    K = M**4 / (12 * mp.pi**2)
    alpha, beta, gamma = k**2 / (m - k) ** 2, (m**2 - 2 * m * k) / (m - k) ** 2, m**2 / (k - m)
    terms = alpha / kappa_ * mp.log(kappa_ / mu_) + beta / M * mp.log(M / mu_)
    return K / (2 * mp.pi) * (terms + gamma / (2 * M**3) * (mp.log(M / mu_) - 1))


def test_laplace_moment_is_elementary_and_the_printed_one(bubble):
    assert not bubble["moment"].atoms(sp.expint, sp.Ei, sp.exp)
    point = {kappa: sp.Rational(3, 7), m_Z: sp.Rational(5, 3), mu: sp.Rational(11, 4)}
    with mp.workdps(30):
        want = printed_moment(*(mp.mpf(v.p) / v.q for v in point.values()))
    assert abs(numeric_value(bubble["moment"], point, 30) / want - 1) < mp.mpf(10) ** -25


def test_higher_moments_are_quadratures_of_the_potential(bubble):
    point = {kappa: sp.Rational(3, 2), m_Z: sp.Integer(1), mu: sp.Integer(2)}
    V = sp.lambdify(r, bubble["potential"].xreplace(point), "mpmath")
    amplitude = bubble["amplitude"].xreplace({m_Z: sp.Integer(1), mu: sp.Integer(2)})
    for power in (2, 3):
        ours = numeric_value(laplace_moment(amplitude, q, kappa, power=power), point, 30)
        with mp.workdps(30):
            want = mp.quad(lambda y, n=power: y**n * mp.exp(-1.5 * y) * V(y), [0, 0.1, 1, 3, 10, 30, 60])
        assert abs(ours / want - 1) < mp.mpf(10) ** -20


def test_moment_of_a_plain_yukawa_potential_is_that_of_the_exponential():
    """int r exp(-kappa r) exp(-m r)/(4 pi r) dr = 1/(4 pi (kappa + m))."""
    assert identical(laplace_moment(1 / (q**2 + m_Z**2), q, kappa), 1 / (4 * sp.pi * (kappa + m_Z))) == "proved"


def test_moments_at_the_mass_of_the_z_and_of_the_four_fermion_force(bubble):
    """kappa = m_Z makes a triple pole; int r^5 exp(-kappa r) 3/(pi r^5) dr = 3/(pi kappa)."""
    V = sp.lambdify(r, bubble["potential"].xreplace({m_Z: sp.Integer(1), mu: sp.Integer(2)}), "mpmath")
    ours = numeric_value(laplace_moment(bubble["amplitude"], q, m_Z), {m_Z: 1, mu: 2}, 30)
    with mp.workdps(30):
        want = mp.quad(lambda y: y * mp.exp(-y) * V(y), [0, 0.1, 1, 3, 10, 30, 80])
    assert abs(ours / want - 1) < mp.mpf(10) ** -20
    massless = q**2 * sp.log(q**2 / mu**2)
    assert identical(laplace_moment(massless, q, kappa, power=5), 3 / (sp.pi * kappa)) == "proved"
    with pytest.raises(NotDerivable, match="too singular"):
        laplace_moment(massless, q, kappa, power=4)


def test_moments_that_diverge_and_bad_requests_are_refused(bubble):
    four_fermion = bubble["bubble"]
    with pytest.raises(NotDerivable, match="too singular"):
        laplace_moment(four_fermion, q, kappa)
    with pytest.raises(InputError, match="positive"):
        laplace_moment(bubble["amplitude"], q, -kappa)
    with pytest.raises(InputError, match="power"):
        laplace_moment(bubble["amplitude"], q, kappa, power=0)
    for amplitude in (sp.log(q) * sp.log(q**2 / mu**2), sp.log(q**2 / mu**2) ** 2, sp.sqrt(q) * sp.log(q**2 / mu**2)):
        with pytest.raises(NotDerivable):
            position_space_with_logarithm(amplitude, q, r)
    with pytest.raises(InputError, match="not massless"):
        massless_loop(SpectralDensity(t, t, m_i**2), q, mu)
    with pytest.raises(NotDerivable, match="no power"):
        massless_loop(SpectralDensity(sp.sqrt(t), t, sp.Integer(0)), q, mu)


def test_transforms_of_massless_logarithms_are_the_printed_ones():
    """From an independent derivation."""
    L = sp.log(q**2 / mu**2)
    for amplitude, want in (
        (q**2 * L, 3 / (sp.pi * r**5)),
        (L, -1 / (2 * sp.pi * r**3)),
        (L / q**2, -(sp.EulerGamma + sp.log(mu * r)) / (2 * sp.pi * r)),
    ):
        assert identical(position_space_with_logarithm(amplitude, q, r), want) == "proved"


def test_a_changed_mass_in_the_cut_free_route_is_found():
    left = {"V": 1, "A": -1}
    one = static_potential(left, mp.mpf(1), mp.mpf(1), m_back=mp.mpf("0.5"))
    assert abs(one / static_potential(left, mp.mpf(1), mp.mpf("0.5"), m_back=mp.mpf(1)) - 1) < 1e-12
    assert abs(one / static_potential(left, mp.mpf(1), mp.mpf(1)) - 1) > 1e-3
    crossed = static_potential(left, mp.mpf(1), mp.mpf(1), m_back=mp.mpf("0.5"), crossed=True)
    assert crossed < 0 < one + crossed


SABOTAGE = [
    (two_neutrino_unequal, "transverse_density", lambda v: 2 * v),
    (two_neutrino_unequal, "general_density", lambda v: SpectralDensity(2 * v.expr, v.t, v.threshold)),
    (two_neutrino_unequal, "vector_threshold", lambda v: v * (t - (m_i + m_j) ** 2) / t),
    (two_neutrino_unequal, "potential", lambda v: v.replace(PairK2, PairK1)),
    (two_neutrino_unequal, "one_massless", lambda v: v.replace(sp.expint, lambda n, x: sp.expint(n + 1, x))),
    (two_neutrino_unequal, "two_terms", lambda v: v.replace(Ki1, lambda x: 2 * Ki1(x))),
    (two_neutrino_unequal, "crossed_numerator", lambda v: -v),
    (two_neutrino_unequal, "majorana_addition", lambda v: -v),
    (two_neutrino_unequal, "axial_spin_spin", lambda v: v.replace(PairAxial, PairK2)),
    (two_neutrino_unequal, "axial_tensor", lambda v: 2 * v),
    (z_z_bubble, "bubble", lambda v: 2 * v),
    (z_z_bubble, "logarithm_at_a_pole", lambda v: v.replace(sp.Ei, lambda x: sp.Ei(x) + 1)),
    (z_z_bubble, "potential", lambda v: v.replace(sp.expint, lambda n, x: 2 * sp.expint(n, x))),
    (z_z_bubble, "at_the_z_mass", lambda v: -v),
    (z_z_bubble, "scale_dependence", lambda v: v * m_Z * r),
    (z_z_bubble, "long_distance_potential", lambda v: v + m_Z**-4 * r**-9),
    (z_z_bubble, "moment", lambda v: 2 * v),
]


@pytest.mark.parametrize(("module", "step", "wrong"), SABOTAGE, ids=[f"{s}" for _, s, _ in SABOTAGE])
def test_a_wrong_step_is_named_by_its_own_check(module, step, wrong):
    original = next(s for s in module.d.steps if s.name == step)
    spoilt = Derivation("spoilt", "Spoilt")
    for name, value in made(module.d.name).items():
        found = wrong(value) if name == step else value
        checks = original.checks if name == step else ()
        spoilt._steps[name] = type(original)(name, "x", "why", partial(lambda v: v, found), (), checks)
        if name == step:
            break
    with pytest.raises(CheckFailed, match=rf"spoilt, step '{step}'"):
        spoilt.derive()
