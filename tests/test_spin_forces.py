"""Spin-dependent amplitudes and potentials: published tables, sabotage, and what is refused."""

from __future__ import annotations

import pytest
import sympy as sp

from nuforce_sym import check
from nuforce_sym.amplitude.electroweak import neutral_current_charges
from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Bilinear, Field, Term, mediator_interaction
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.dirac import operator_basis
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.potential.bickley import Ki1, in_bessel_functions, moment
from nuforce_sym.potential.operators import coefficient, position_operators
from nuforce_sym.potential.spin_amplitude import spin_amplitude
from nuforce_sym.spatial import Anticommutator, Dot3, Vector3
from nuforce_sym.spin_check import gradients, spinors
from nuforce_sym.symbols import symbols

r, q, t, z, m_1, m_2, m_A, m_phi, g_S1, sin2 = symbols("r q t z m_1 m_2 m_A m_phi g_S1 sin2_theta_W")
half, one = sp.Rational(1, 2), sp.Integer(1)
first, second = Field("a", "a", half, m_1), Field("b", "b", half, m_2)
vector = Field("A", "A", one, m_A, self_conjugate=True)
scalar = Field("phi", r"\phi", sp.Integer(0), m_phi, self_conjugate=True)
R = m_1 / m_2
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")


def amplitude(x, y, order=2):
    mediator = scalar if x in "SP" else vector
    M = exchange(mediator_interaction(mediator, (first, x, one), (second, y, one)), first, second, t)
    return spin_amplitude(conserve_vector_current(M), t, order=order), mediator.mass


# Leading coefficients for unit couplings; parity and time reversal allow no others (Dobrescu and Mocioiu, Sec. 3).
TABLE = {
    "SS": {1: -1, 4: -(1 + R**2) / 4, 5: -(1 - R**2) / 4},
    "PP": {3: -R / 4},
    "SP": {9: -R / 2, 10: R / 2},
    "PS": {9: half, 10: half},
    "VV": {1: 1, 2: -(q**2) / (4 * m_1 * m_2), 3: R / 4, 4: -(1 + 4 * R + R**2) / 4, 5: -(1 - R**2) / 4},
    "AA": {2: -1, 3: -(m_1**2) / m_A**2, 8: -((1 + R) ** 2) / 2, 4: -(1 + R**2) / 4, 5: (1 - R**2) / 4},
    "VA": {11: half, 12: -(1 + R), 13: 1 + R},
    "AV": {11: R / 2, 12: 1 + R, 13: 1 + R},
}


@pytest.mark.parametrize("pair", TABLE)
def test_the_operators_of_a_tree_exchange_are_those_of_the_literature(pair):
    value, mass = amplitude(*pair)
    found = operator_basis(sp.expand(sp.cancel(value * (q**2 + mass**2))))
    assert set(found) == set(TABLE[pair])
    heavy = sp.Symbol("heavy", positive=True)
    for k, expected in TABLE[pair].items():
        f = found[k].xreplace({Dot3(Vector3("q"), Vector3("q")): q**2}).subs({m_1: m_1 * heavy, m_2: m_2 * heavy})
        want = (expected * one).subs({m_1: m_1 * heavy, m_2: m_2 * heavy})
        assert sp.simplify(sp.limit(sp.cancel(f / want), heavy, sp.oo)) == 1, (k, found[k])


@pytest.mark.parametrize("pair", ["MM", "EE", "EM", "MV", "EV", "MA", "EA"])
def test_dipole_exchange_agrees_with_explicit_spinors_and_cartesian_derivatives(pair):
    value, mass = amplitude(*pair, order=1)
    value = g_S1 * value + 0 * m_1
    dipoles = sum(x in "ME" for x in pair)

    def route(v, P, transfer):
        masses = (v.get("m_1", 3), v.get("m_2", 5), v["m_A"])
        return v["g_S1"] * exchange_matrix({pair[0]: 1}, {pair[1]: 1}, masses, P, transfer, spin=1)

    placed = {"m_1": sp.Integer(3), "m_2": sp.Integer(5)}
    spinors(route, 1, small=(m_A,), scaling=dipoles - 2, **placed).run(value, {})
    gradients("v", mass).run(position_operators(value, q), {"v": value})


@pytest.mark.parametrize("pair", ["SS", "VV", "AA", "VA", "PP"])
def test_a_sabotaged_amplitude_is_found_by_explicit_spinors(pair):
    value, mass = amplitude(*pair)

    def route(v, P, transfer):
        masses = (v["m_1"], v["m_2"], v[mass.name])
        return exchange_matrix({pair[0]: 1}, {pair[1]: 1}, masses, P, transfer, spin=int(pair[0] in "VA"))

    spinors(route, 2, small=(mass,)).run(value, {})
    last = sp.Add.make_args(value)[-1]
    for wrong in (value - 2 * last, value + last / 1000, value.subs(Vector3("P"), -Vector3("P")) if pair == "VA" else -value):
        with pytest.raises(CheckFailed, match="explicit spinors"):
            spinors(route, 2, small=(mass,)).run(wrong, {})


@pytest.mark.parametrize("pair", ["PP", "VA", "VV"])
def test_a_sabotaged_potential_is_found_by_cartesian_derivatives(pair):
    value, mass = amplitude(*pair)
    potential = position_operators(value, q)
    gradients("v", mass).run(potential, {"v": value})
    with pytest.raises(CheckFailed, match="Cartesian derivatives"):
        gradients("v", mass).run(potential.subs(Vector3("rhat"), 2 * Vector3("rhat")), {"v": value})


def test_the_average_of_a_double_gradient_over_directions_carries_a_third_of_the_delta_function():
    """(s1.grad)(s2.grad) Y averages to (s1.s2/3)(m^2 Y - delta)."""
    value, _ = amplitude("P", "P")
    potential = position_operators(value, q)
    aligned, along = (coefficient(potential, s) for s in (Dot3(sigma_1, sigma_2), Dot3(sigma_1, Vector3("rhat")) * Dot3(
        sigma_2, Vector3("rhat"))))  # fmt: skip
    scale = 1 / (4 * m_1 * m_2)
    Y = sp.exp(-m_phi * r) / (4 * sp.pi * r)
    assert sp.simplify(aligned + along / 3 - scale * m_phi**2 * Y / 3) == 0
    assert coefficient(potential, Dot3(sigma_1, sigma_2) * symbols("delta3_r")[0]) == -scale / 3


def test_moments_of_the_cut_agree_with_quadrature_and_their_derivatives():
    mp = pytest.importorskip("mpmath")
    for k in range(-5, 4):
        want = mp.quad(lambda x, k=k: x**k * mp.sqrt(x**2 - 1) * mp.exp(-3 * x / 2), [1, 2, 6, mp.inf])
        bickley = mp.quad(lambda x: mp.besselk(0, x), [1.5, 4, 12, mp.inf])
        value = moment(k, z).subs(Ki1(z), sp.Float(str(bickley), 15)).subs(z, sp.Rational(3, 2)).evalf()
        assert abs(value - want) < 1e-10 * abs(want), k


def test_a_bickley_function_that_stays_is_no_closed_form():
    with pytest.raises(NotDerivable, match="no closed form in Bessel functions"):
        in_bessel_functions(moment(-2, z))
    assert in_bessel_functions(moment(-1, z) + Ki1(z)) == sp.besselk(1, z)


def test_neutral_current_charges():
    """The proton's 1/2 - 2 sin^2 and the neutron's -1/2; Particle Data Group, review of the electroweak model."""
    assert neutral_current_charges("e").g_V == -half + 2 * sin2
    assert neutral_current_charges("p").g_V == half - 2 * sin2
    assert neutral_current_charges("n").g_V == -half
    assert neutral_current_charges("n").g_A == -neutral_current_charges("p").g_A
    with pytest.raises(InputError, match="did you mean"):
        neutral_current_charges("nu_m")


def test_an_anticommutator_is_symmetric_and_linear_in_numbers():
    p = Dot3(Vector3("p"), sigma_1)
    assert Anticommutator(3 * p, -2 * r) == -6 * Anticommutator(p, r)
    assert Anticommutator(p, 0) == 0
    assert check.dimension(0).run(Anticommutator(p, r), {})


def test_bad_input_is_refused_in_words():
    massless = Field("A", "A", one, sp.Integer(0), self_conjugate=True)
    axial = mediator_interaction(massless, (first, "A", one), (second, "A", one))
    with pytest.raises(InputError, match=r"longitudinal part .* diverges; give the mediator a mass"):
        exchange(axial, first, second, t)
    with pytest.raises(InputError, match="the term needs a mediator"):
        Term(one, (Bilinear(first, (("M", one),)), Bilinear(second, (("V", one),))))
    with pytest.raises(InputError, match="give it a term of its own"):
        mediator_interaction(vector, (first, "M", one)) and Term(one, (Bilinear(first, (("V", one), ("M", one))),), vector)
    with pytest.raises(InputError, match="a vector current needs a vector partner"):
        mediator_interaction(scalar, (first, "V", one))
    with pytest.raises(InputError, match="whole number, 0 or larger"):
        amplitude("S", "S", order=-1)
    with pytest.raises(NotDerivable, match="no term with"):
        coefficient(position_operators(amplitude("S", "S")[0], q), Dot3(sigma_1, sigma_2))
