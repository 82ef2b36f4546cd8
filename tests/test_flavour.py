"""Flavour: the mixing matrix, charges, Wick contractions and matching; oracles are textbook formulas and other routes."""

from __future__ import annotations

import doctest
from itertools import combinations, permutations
from pathlib import Path

import mpmath as mp
import pytest
import sympy as sp
from nuforce_sym.derivations import effective_lagrangian, flavour_charges, mass_eigenstates

import nuforce_sym.amplitude
from nuforce_sym.amplitude.contraction import Leg, contact_amplitude, contractions, loop_contractions, read_backwards
from nuforce_sym.amplitude.explicit import GAMMA, charge_conjugate, current_vertex, line
from nuforce_sym.amplitude.flavour import (
    angle,
    charge_product,
    charges,
    diagonal,
    pmns,
    real_part,
    sum_over_masses,
    trigonometric,
    unitary,
)
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.amplitude.loop import symmetry_factor
from nuforce_sym.amplitude.matching import fierz_product, heavy_exchange, rescaled
from nuforce_sym.earlier import result_of
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Index
from nuforce_sym.symbols import symbols

g, cos_theta_W, m_Z, m_1, m_2, sin2, m_nu, r = symbols("g cos_theta_W m_Z m_1 m_2 sin2_theta_W m_nu r")
half, one = sp.Rational(1, 2), sp.Integer(1)
MU = Index("mu")
first, second = Field("a", "a", half, m_1), Field("b", "b", half, m_2)
majorana = Field("nu", r"\nu", half, m_nu, self_conjugate=True)
other_majorana = Field("nu_s", r"\nu_s", half, m_1, self_conjugate=True)
scalar, real_scalar = (Field("phi", r"\phi", sp.Integer(0), m_1, self_conjugate=real) for real in (False, True))
LEFT = (("V", one), ("A", -one))

# sin^2 theta_12, theta_13, theta_23; delta, alpha_21, alpha_31
POINT = {
    "theta_12": angle(sp.Rational(307, 1000)),
    "theta_13": angle(sp.Rational(22, 1000)),
    "theta_23": angle(sp.Rational(57, 100)),
    "delta_CP": sp.Rational(6, 5),
    "alpha_21": sp.Rational(1, 3),
    "alpha_31": sp.Integer(2),
}


def by_hand():
    """The matrix of the Particle Data Group's review, element by element."""
    s12, s13, s23 = (mp.sqrt(mp.mpf(x) / 1000) for x in (307, 22, 570))
    c12, c13, c23 = (mp.sqrt(1 - s**2) for s in (s12, s13, s23))
    e = mp.expj(mp.mpf(6) / 5)
    U = mp.matrix([
        [c12 * c13, s12 * c13, s13 / e],
        [-s12 * c23 - c12 * s13 * s23 * e, c12 * c23 - s12 * s13 * s23 * e, c13 * s23],
        [s12 * s23 - c12 * s13 * c23 * e, -c12 * s23 - s12 * s13 * c23 * e, c13 * c23],
    ])  # fmt: skip
    return U * mp.diag([1, mp.expj(mp.mpf(1) / 6), mp.expj(mp.mpf(1))])


def test_the_mixing_matrix_is_that_of_the_particle_data_group_to_30_digits():
    with mp.workdps(40):
        want, have = by_hand(), pmns(**POINT).evalf(40)
        for i in range(3):
            for j in range(3):
                assert abs(mp.mpmathify(have[i, j]) - want[i, j]) < mp.mpf(10) ** -30, (i, j)


def test_the_mixing_matrix_is_unitary_for_all_angles_and_phases():
    U = pmns()
    product = (U.H * U).applyfunc(trigonometric)
    assert product == sp.eye(3)
    assert unitary(U) == U


def test_the_jarlskog_invariant():
    """J = s12 c12 s23 c23 s13 c13^2 sin(delta); it does not know the Majorana phases."""
    U = pmns()
    J = sp.im(U[0, 0] * U[1, 1] * sp.conjugate(U[0, 1]) * sp.conjugate(U[1, 0])).subs(
        dict(zip(symbols(" ".join(POINT)), POINT.values(), strict=True))
    )
    s12, s13, s23 = (sp.sqrt(sp.Rational(x, 1000)) for x in (307, 22, 570))
    want = s12 * s13 * s23 * sp.sqrt((1 - s12**2) * (1 - s23**2)) * (1 - s13**2) * sp.sin(sp.Rational(6, 5))
    assert abs(sp.N(J - want, 30)) < 1e-28


MASSLESS = {
    ("e", "e"): lambda v, p: 3 * v**2 + 2 * v + 1,
    ("e", "mu"): lambda v, p: 3 * v**2 + 2 * v,
    ("mu", "tau"): lambda v, p: 3 * v**2 + 2 * v,
    ("e", "p"): lambda v, p: (3 * v + 1) * p,
    ("tau", "n"): lambda v, p: -(3 * v + 1) / 2,
    ("p", "p"): lambda v, p: 3 * p**2,
    ("n", "n"): lambda v, p: sp.Rational(3, 4),
}


@pytest.mark.parametrize("pair", MASSLESS)
def test_the_charges_of_massless_neutrinos_sum_over_flavours(pair):
    """The sums are those over flavours, by hand; with symbols exactly, with the mixing matrix in numbers to 30 digits."""
    v, p = -half + 2 * sin2, half - 2 * sin2
    want = MASSLESS[pair](v, p)
    assert sp.expand(charge_product(*(charges(f).a for f in pair)) - want) == 0
    s2, U = sp.Rational(23122, 100000), pmns(**POINT)
    have = charge_product(*(charges(f, U, sin2_theta_W=s2).a for f in pair))
    assert abs(sp.N(have - (one * want).subs(sin2, s2), 40)) < sp.Float("1e-30", 40)


def test_axial_charges_of_two_electrons():
    """3/4 - 1 + 1."""
    assert charge_product(charges("e").b, charges("e").b) == sp.Rational(3, 4)


def test_charges_are_the_flavour_ones_rotated():
    """a = U^+ (g_V 1 + the projector on the lepton's flavour) U."""
    U = pmns()
    for row, lepton in enumerate(("e", "mu", "tau")):
        flavour = sp.diag(*(-half + 2 * sin2 + (1 if i == row else 0) for i in range(3)))
        rotated = (U.H * flavour * U - charges(lepton).a).applyfunc(trigonometric)
        assert rotated == sp.zeros(3, 3), lepton


def test_conjugating_the_mixing_matrix_changes_the_charges_off_the_diagonal_only():
    """The talk's O_W has U_aj U*_ai beside nu_j-bar ... nu_i: the complex conjugate."""
    U = pmns(**POINT)
    ours, theirs = charges("e", U).a, charges("e", U.conjugate()).a
    assert diagonal(ours) == diagonal(theirs)
    assert (ours - theirs.conjugate()).applyfunc(sp.expand) == sp.zeros(3, 3)
    assert abs(sp.N(ours[0, 2] - theirs[0, 2])) > 0.01


def test_full_contractions_of_majorana_legs_are_a_pfaffian_and_of_dirac_legs_a_determinant():
    entries = {pair: sp.Integer(3 + 7 * pair[0] - 5 * pair[1] + pair[0] * pair[1] ** 2) for pair in combinations(range(6), 2)}
    matrix = sp.zeros(6, 6)
    for (i, j), x in entries.items():
        matrix[i, j], matrix[j, i] = x, -x
    found = contractions(*((Leg(majorana),) for _ in range(6)))
    assert len(found) == 15
    total = sum(c.sign * sp.prod(entries[a[0], b[0]] for a, b in c.pairs) for c in found)
    assert total**2 == matrix.det()
    S = sp.Matrix(3, 3, lambda i, j: (i + 2) ** (j + 1) - 4 * j)
    legs = [leg for _ in range(3) for leg in ((Leg(first),), (Leg(first, barred=True),))]
    total = 0
    for c in contractions(*legs):
        propagators = [sorted((a[0], b[0]), key=lambda n: n % 2) for a, b in c.pairs]
        total += c.sign * sp.prod(S[i // 2, j // 2] for i, j in propagators)
    assert total == S.det()


def test_symmetry_factors_of_textbook_vertices():
    """phi^4: 4! ways to attach four legs, 4! vacuum pairings of two vertices; a complex |phi|^4 has 2!2! of each."""
    phi4, legs = (Leg(real_scalar),) * 4, [(Leg(real_scalar),) for _ in range(4)]
    to_vertex = [c for c in contractions(phi4, *legs) if all(a[0] == 0 for a, _ in c.pairs)]
    assert len(to_vertex) == 24 == len(contractions(phi4, phi4))
    complex4 = (Leg(scalar, barred=True), Leg(scalar)) * 2
    assert len(contractions(complex4, complex4)) == 4


def test_closed_fermion_loops_carry_a_minus_sign_each():
    bilinear = (Leg(first, barred=True), Leg(first))
    assert [c.sign for c in contractions(bilinear, bilinear)] == [-1]
    assert [c.sign for c in contractions(bilinear, bilinear, bilinear)] == [-1, -1]
    disconnected = [c for c in contractions(*(bilinear,) * 4) if all({a[0], b[0]} in ({0, 1}, {2, 3}) for a, b in c.pairs)]
    assert [c.sign for c in disconnected] == [1]


def test_the_count_gives_the_symmetry_factor_of_the_loop():
    """Doubled vertices on both sides, times 1/2, are one contraction of each kind: (1+s)(1+s)/2 = 1 + s."""
    for field in (first, majorana):
        straight, flipped = loop_contractions(field)
        for s in (1, -1) if field.self_conjugate else (0,):
            assert -symmetry_factor(field) * (1 + s) ** 2 == straight + s * flipped
    assert loop_contractions(scalar) == (1, 0)
    assert loop_contractions(real_scalar) == (1, 1)


def bilinear(field, structure=LEFT):
    return Bilinear(field, structure)


def test_identical_and_self_conjugate_fields_in_a_contact_interaction():
    both = Line(1, "V", MU) * Line(2, "V", MU)
    vector = (("V", one),)
    assert contact_amplitude(Term(one, (bilinear(first, vector), bilinear(second, vector))), first, second) == both
    assert contact_amplitude(Term(one, (bilinear(second, vector), bilinear(first, vector))), first, second) == both
    assert contact_amplitude(Term(one, (bilinear(first, vector),) * 2), first, first) == 2 * both
    axial = Line(1, "A", MU) * Line(2, "A", MU)
    assert contact_amplitude(Term(one, (bilinear(majorana), bilinear(other_majorana))), majorana, other_majorana) == 4 * axial
    assert contact_amplitude(Term(one, (bilinear(majorana),) * 2), majorana, majorana) == 8 * axial


def test_a_majorana_line_read_both_ways_is_the_sum_of_two_matrix_elements():
    """u-bar' (Gamma + C Gamma^T C^-1) u for V - A, with explicit spinors: -2 u-bar' gamma gamma5 u."""
    p_out, p_in, m = (mp.mpf("0.3"), mp.mpf("-0.2"), mp.mpf("0.5")), (mp.mpf("0.1"), mp.mpf("0.6"), mp.mpf(0)), mp.mpf("0.7")
    for mu in range(4):
        gamma = current_vertex({"V": 1, "A": -1}, mu)
        have = line(gamma + charge_conjugate(gamma), p_out, p_in, m, (0, 1))
        assert abs(have + 2 * line(current_vertex({"A": 1}, mu), p_out, p_in, m, (0, 1))) < 1e-12


def test_fierz_signs_by_all_256_components():
    P = [mp.eye(4) - 1j * GAMMA[0] * GAMMA[1] * GAMMA[2] * GAMMA[3]]
    left = [G * P[0] for G in GAMMA]
    for i, j, k, l in [(i, j, k, l) for i in range(4) for j in range(4) for k in range(4) for l in range(4)]:
        here = sum(s * G[i, j] * G[k, l] for s, G in zip((1, -1, -1, -1), left, strict=True))
        there = sum(s * G[i, l] * G[k, j] for s, G in zip((1, -1, -1, -1), left, strict=True))
        assert abs(here + there) < 1e-12
    currents = dict(LEFT)
    product = {("V", "V"): 1, ("A", "A"): 1, ("V", "A"): -1, ("A", "V"): -1}
    assert fierz_product(currents, currents, statistics="fields") == product
    assert fierz_product(currents, currents, statistics="commuting") == {pair: -c for pair, c in product.items()}


def z_coupled(coupling, mass=m_Z):
    Z = Field("Z", "Z", one, mass, self_conjugate=True)
    charged = ((first, m_1 / m_2, half), (second, half, half))
    return Interaction(tuple(Term(coupling, (bilinear(f, (("V", v), ("A", -a))),), Z) for f, v, a in charged))


def test_a_heavy_boson_leaves_minus_its_coupling_squared_over_its_mass_squared():
    term = rescaled(heavy_exchange(z_coupled(-g / (2 * cos_theta_W)), first, second), 1, half)
    assert term.coupling == -(g**2) / (8 * m_Z**2 * cos_theta_W**2)
    assert term.bilinears[1].structure == LEFT


def test_the_talks_vertex_lacks_the_weak_coupling():
    """Its L_Z, with 1/(2 cos theta_W), does not give its own O_Z."""
    talk_vertex, talk_O_Z = 1 / (2 * cos_theta_W), -(g**2) / (8 * m_Z**2 * cos_theta_W**2)
    found = rescaled(heavy_exchange(z_coupled(talk_vertex), first, second), 1, half).coupling
    assert sp.cancel(talk_O_Z / found) == g**2


def test_two_degenerate_majorana_neutrinos_are_one_dirac_neutrino_to_30_digits():
    """With V_D = m^3 K_3/(4 pi^3 r^2) and V_M = m^2 K_2/(2 pi^3 r^3), charges (1/2)[[1, i], [-i, 1]]."""
    z = 2 * m_nu * r
    V_D = m_nu**3 * sp.besselk(3, z) / (4 * sp.pi**3 * r**2)
    V_M = m_nu**2 * sp.besselk(2, z) / (2 * sp.pi**3 * r**3)
    a = sp.Matrix([[1, sp.I], [-sp.I, 1]]) / 2
    found = sum_over_masses(a, a, lambda *_: V_D, delta_V=lambda *_: V_M - V_D)
    point = {m_nu: sp.Rational(3, 7), r: sp.Rational(5, 3)}
    assert abs(sp.N((found - V_D).subs(point), 40)) < sp.Float("1e-30", 40)
    single = sum_over_masses([[1]], [[1]], lambda *_: V_D, delta_V=lambda *_: V_M - V_D)
    assert abs(sp.N((single - V_M).subs(point), 40)) < sp.Float("1e-30", 40)


def test_the_sum_over_masses_of_equal_masses_knows_no_mixing_for_dirac_but_phases_for_majorana_neutrinos():
    V, W = sp.Symbol("V", real=True), sp.Symbol("W", real=True)
    U, s2 = pmns(**POINT), sp.Rational(23122, 100000)
    a = charges("e", U, sin2_theta_W=s2).a
    v = -half + 2 * s2
    assert sp.N(sum_over_masses(a, a, lambda *_: V) - (3 * v**2 + 2 * v + 1) * V, 30).coeff(V) < 1e-28
    extra = []
    for alpha in (0, sp.pi):
        U = pmns(**{**POINT, "alpha_21": alpha, "alpha_31": 0, "delta_CP": 0})
        a = charges("e", U, sin2_theta_W=s2).a
        extra.append(sp.N(sum_over_masses(a, a, lambda *_: V, delta_V=lambda *_: W).coeff(W)))
    assert abs(extra[0] - sp.N(3 * v**2 + 2 * v + 1)) < 1e-12  # a real matrix: Re a a = |a|^2
    assert abs(extra[0] - extra[1]) > 0.1
    assert real_part(sp.exp(sp.I * m_1) * sp.I) == -sp.sin(m_1)


@pytest.mark.parametrize("module", [effective_lagrangian, flavour_charges, mass_eigenstates])
def test_the_derivations_pass_their_checks(module):
    assert all(result.evidence for result in module.d.derive().values())


def test_a_sabotaged_step_is_found():
    steps = {step.name: step for step in (*effective_lagrangian.d.steps, *flavour_charges.d.steps, *mass_eigenstates.d.steps)}

    def fails(name, value, needs=()):
        earlier = {n: result_of(mod, n) for mod, n in needs}
        caught = 0
        for each in steps[name].checks:
            try:
                each.run(value, earlier)
            except CheckFailed:
                caught += 1
        return caught > 0

    eff, fla, mas = effective_lagrangian.d, flavour_charges.d, mass_eigenstates.d
    assert fails("neutral_strength", -result_of(eff, "neutral_strength"))
    assert fails("charged_exchange", 2 * result_of(eff, "charged_exchange"))
    assert fails("fierz_sign", -one)
    assert fails("identical", 2 * one)
    assert fails("majorana_amplitude", result_of(eff, "majorana_amplitude") / 2)
    assert fails("row", sp.Tuple(*pmns().conjugate()[0, :]))
    assert fails("electron_electron", 3 * (2 * sin2 - half) ** 2 + 2 * (2 * sin2 - half))
    assert fails("crossed", -result_of(mas, "crossed"))
    assert fails("signs", sp.Tuple(-one, one))
    assert fails("additional_potential", -result_of(mas, "additional_potential"), [(mas, "potential")])
    assert fails("electron_mixed", sp.conjugate(result_of(fla, "electron_mixed")), [(fla, "row")])


def test_bad_input_is_refused_in_words():
    with pytest.raises(InputError, match=r"not unitary: element .. of .* rounded entries do not make a unitary matrix"):
        charges("e", [[0.82, 0.55, 0.15], [-0.4, 0.6, 0.7], [0.4, -0.6, 0.7]])
    with pytest.raises(InputError, match="a mixing matrix of three flavours is 3x3; got 2x2"):
        unitary([[1, 0], [0, 1]])
    with pytest.raises(InputError, match="rows of equal length"):
        unitary([[1, 0], [0]])
    with pytest.raises(InputError, match="no neutral-current charges for 'elektron'"):
        charges("elektron")
    with pytest.raises(InputError, match="is a neutrino itself"):
        charges("nu_e")
    with pytest.raises(InputError, match="theta_12 = I is not known to be real"):
        pmns(theta_12=sp.I)
    with pytest.raises(InputError, match="text is never evaluated"):
        pmns(theta_12="0.58")
    with pytest.raises(InputError, match="must lie between 0 and 1"):
        angle(1.3)
    with pytest.raises(InputError, match="not hermitian"):
        charge_product([[1, 2], [3, 4]], [[1, 0], [0, 1]])
    with pytest.raises(InputError, match="different sizes"):
        charge_product([[1]], [[1, 0], [0, 1]])
    with pytest.raises(InputError, match=r"V\(1, 2\) and V\(2, 1\) differ"):
        sum_over_masses(sp.eye(2), sp.eye(2), lambda i, j: sp.Integer(i))
    with pytest.raises(InputError, match="of a Majorana field only the scalar, the pseudoscalar and the axial current exist"):
        contact_amplitude(Term(one, (bilinear(first), bilinear(majorana, (("V", one),)))), first, majorana)
    with pytest.raises(InputError, match="does not scatter 'a' on 'nu'"):
        contact_amplitude(Term(one, (bilinear(first), bilinear(second))), first, majorana)
    with pytest.raises(InputError, match="too many contractions"):
        contractions(*((Leg(majorana),) for _ in range(18)))
    pair = (Leg(first, barred=True), Leg(first))
    with pytest.raises(InputError, match="'a' is not self-conjugate"):
        read_backwards(contractions(pair, pair)[0], (pair, pair), [(0, 0)])
    with pytest.raises(InputError, match="has no mass: its exchange is no contact interaction"):
        heavy_exchange(z_coupled(g, mass=sp.Integer(0)), first, second)
    with pytest.raises(InputError, match="is no current"):
        fierz_product({"S": one}, {"V": one}, statistics="fields")
    with pytest.raises(NotDerivable, match="no product of currents alone"):
        fierz_product({"V": one}, {"V": one}, statistics="fields")
    with pytest.raises(InputError, match="must be 'fields'"):
        fierz_product({"V": one}, {"V": one}, statistics="bosons")
    with pytest.raises(InputError, match=r"carries energy\^1, but in front of these fields, .* it must carry energy\^-2"):
        Term(g * m_1, (bilinear(first), bilinear(second)))
    with pytest.raises(InputError, match="has no step 'potental'; did you mean 'potential'"):
        result_of(mass_eigenstates.d, "potental")


def test_the_examples_of_the_page():
    page = Path(nuforce_sym.amplitude.__file__).with_name("README.md")
    found = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    assert found.attempted > 15
    assert found.failed == 0


def test_permutation_signs_do_not_depend_on_the_order_in_which_pairs_are_listed():
    for order in permutations(range(3)):
        legs = [(Leg(first),), (Leg(first, barred=True),)] * 3
        found = {frozenset(c.pairs): c.sign for c in contractions(*legs)}
        assert len(found) == 6, order
        assert sorted(found.values()) == [-1, -1, -1, 1, 1, 1]
