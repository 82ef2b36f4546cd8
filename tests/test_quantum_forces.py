"""Forces of pairs in general: symmetries, duplication by identical particles, refusals, and what the command prints."""

from __future__ import annotations

import json

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.amplitude.explicit_pair import pair_density
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.amplitude.pair import OPERATORS, PairOperator, pair_amplitude, pair_interaction, spectral_density
from nuforce_sym.equality import vanishes
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.potential import cases
from nuforce_sym.potential.between import momentum_space, operator_coefficients, potential_between
from nuforce_sym.potential.operators import RHAT, coefficient
from nuforce_sym.potential.potential import Potential
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols
from tests.test_command_line import nuforce

r, t, m_chi, m_1, m_2, C5_1, C5_2, C6_1, C6_2 = symbols("r t m_chi m_1 m_2 C5_1 C5_2 C6_1 C6_2")
half, one = sp.Rational(1, 2), sp.Integer(1)
psi_1, psi_2 = cases.PSI_1, cases.PSI_2
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
CASES = [(spin, tag, both) for spin in OPERATORS for tag in OPERATORS[spin] for both in (False, True)]


def operator(spin, tag, both):
    return PairOperator(Field("chi", r"\chi", spin, m_chi, self_conjugate=both), ((tag, one),))


@pytest.mark.parametrize(("spin", "tag", "both"), CASES)
def test_spectral_densities_are_rates_with_explicit_spinors_and_polarisations(spin, tag, both):
    if both and (spin, tag) in {(0, "V"), (half, "V"), (half, "T"), (1, "V")}:
        with pytest.raises(InputError, match="own antiparticle"):
            operator(spin, tag, both)
        return
    found = spectral_density(operator(spin, tag, both), t)
    with mp.workdps(40):
        want = pair_density(spin, tag, mp.mpf(3) / 7, mp.mpf(11), self_conjugate=both)
        for ours, theirs in zip((found.first, found.second), want, strict=True):
            have = mp.mpf(str(ours.subs({t: 11, m_chi: sp.Rational(3, 7)}).evalf(40)))
            assert abs(have - theirs) < mp.mpf(10) ** -35 * (1 + abs(theirs))


@pytest.mark.parametrize(
    ("spin", "tag"), [(0, "S"), (0, "D"), (half, "S"), (half, "P"), (half, "A"), (1, "S"), (1, "F"), (1, "G")]
)
def test_particles_that_are_their_own_antiparticles_double_the_force(spin, tag):
    spin = sp.Rational(spin)
    densities = [spectral_density(operator(spin, tag, both), t) for both in (False, True)]
    assert sp.cancel(densities[1].first / densities[0].first) == 2


def test_the_chiral_current_is_the_sum_of_vector_and_axial():
    def V(*structure):
        chi = Field("chi", r"\chi", half, m_chi)
        return potential_between(
            pair_interaction(PairOperator(chi, structure), (psi_1, "V", C6_1), (psi_2, "V", C6_2)), psi_1, psi_2
        ).central

    left = V(("V", one), ("A", -one))
    assert vanishes(left - V(("V", one)) - V(("A", one))) == "proved"
    assert left == C6_1 * C6_2 * m_chi**3 * sp.besselk(3, 2 * m_chi * r) / (2 * sp.pi**3 * r**2)


def test_scalars_on_the_axial_current_feel_the_correlator_of_their_conserved_current():
    """Conservation ties the spins' force to the static one: A' - B/r = -V' with V of vector sources."""
    V = potential_between(cases.pair("0", "V", "V", "V"), psi_1, psi_2).central
    spins = potential_between(cases.pair("0", "V", "A", "A"), psi_1, psi_2).expr
    A = coefficient(spins, Dot3(sigma_1, sigma_2))
    B = coefficient(spins, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))
    left = sp.diff(A, r) - B / r + sp.diff(V, r)
    for x in (sp.Rational(1, 3), sp.Rational(7, 5)):
        terms = [
            term.subs({r: x, m_chi: sp.Rational(4, 3), C6_1: 1, C6_2: 1}).evalf(40)
            for term in sp.Add.make_args(sp.expand(left))
        ]
        assert abs(sum(terms)) < 1e-35 * sum(map(abs, terms))


def test_the_vector_current_of_a_fermion_gives_the_correlator_also_across():
    """The spin-spin coefficient of axial sources is the Euclidean correlator of the current's components across r."""
    spins = potential_between(cases.pair("1/2", "V", "A", "A"), psi_1, psi_2).expr
    A = coefficient(spins, Dot3(sigma_1, sigma_2)).subs({r: 2, m_chi: half, C6_1: 1, C6_2: 1})
    with mp.workdps(35):
        want = static_potential({"V": 1}, mp.mpf(2), mp.mpf(1) / 2, mu=1)
        assert abs(mp.mpf(str(A.evalf(30))) / want - 1) < mp.mpf(10) ** -20


@pytest.mark.parametrize(
    ("potential", "parity", "reversal"),
    [
        (("tree", 0, "S", "P"), "odd", "odd"),
        (("tree", 1, "V", "A"), "odd", "even"),
        (("tree", 1, "V", "E"), "odd", "odd"),
        (("tree", 1, "A", "E"), "even", "odd"),
        (("tree", 1, "V", "V"), "even", "even"),
        (("pair", "1/2", "A", "A", "A"), "even", "even"),
    ],
)
def test_parity_and_time_reversal_are_those_of_the_couplings(potential, parity, reversal):
    """An electric dipole is odd under P and T, an axial coupling odd under P, a pseudoscalar next to a scalar under both."""
    kind, spin, *tags = potential
    interaction = cases.tree(spin, *tags) if kind == "tree" else cases.pair(spin, *tags)
    V = potential_between(interaction, psi_1, psi_2, order=2 if kind == "tree" else 0)
    assert (V.parity, V.time_reversal) == (parity, reversal)


def test_a_potential_does_not_change_when_the_particles_change_names():
    both = cases.tree(1, ["V", "A"], ["V", "A"])
    assert potential_between(both, psi_1, psi_2, order=2).exchange_symmetric
    mixed = potential_between(cases.tree(0, ["S"], ["P"]), psi_1, psi_2, order=1)
    assert not mixed.exchange_symmetric
    assert mixed.exchanged().expr == potential_between(cases.tree(0, ["P"], ["S"]), psi_1, psi_2, order=1).expr


def test_limits_of_the_pair_of_scalars():
    V = potential_between(cases.pair("0", "S", "S", "S"), psi_1, psi_2)
    assert V.short_distance(m_chi).central == -C5_1 * C5_2 / (32 * sp.pi**3 * r**3)
    ratio = (V.long_distance().central / V.central).subs({m_chi: 1, C5_1: 1, C5_2: 1})
    misses = [abs(float(ratio.subs(r, distance).evalf(30)) - 1) * distance for distance in (1000, 4000)]
    assert misses[0] == pytest.approx(3 / 16, rel=1e-2, abs=0)  # K_1(z) = sqrt(pi/2z) e^-z (1 + 3/(8z) + ...), DLMF 10.40.2
    assert misses[1] == pytest.approx(3 / 16, rel=1e-2, abs=0)


def test_the_table_of_tree_exchanges_has_every_operator_where_its_symmetry_allows():
    """Spin-0 and spin-1 exchange with CP-conserving couplings never gives O_6 and O_7 (Dobrescu and Mocioiu, Sec. 3)."""
    table = dict(cases.tree_table())
    assert len(table) == 4 + 16
    assert set(table["AE"]) == {6, 7}
    for pair, found in table.items():
        if "E" not in pair:
            assert not {6, 7} & set(found), pair


def test_the_operators_that_begin_at_third_order():
    """O_15 of scalar with pseudoscalar and O_16 of vector with axial, with R = m_1/m_2."""
    g_S1, g_P2, v_1, a_2 = symbols("g_S1 g_P2 v_1 a_2")
    R = m_1 / m_2
    scalar = operator_coefficients(cases.tree(0, ["S"], ["P"]), psi_1, psi_2, order=3)
    assert sp.cancel(scalar[15] - g_S1 * g_P2 * R / 8) == 0
    vector = operator_coefficients(cases.tree(1, ["V"], ["A"]), psi_1, psi_2, order=3)
    assert sp.cancel(vector[16] - v_1 * a_2 * (R + R**2) / 4) == 0


REFUSED = {
    "identical": (lambda: momentum_space(cases.tree(0, ["S"], ["S"]), psi_1, psi_1), InputError, "named twice"),
    "order": (lambda: momentum_space(cases.tree(0, ["S"], ["S"]), psi_1, psi_2, order=5), InputError, "order 5"),
    "order in space": (lambda: potential_between(cases.tree(0, ["S"], ["S"]), psi_1, psi_2, order=3), InputError, "order 3"),
    "static T-odd": (lambda: potential_between(cases.tree(0, ["S"], ["P"]), psi_1, psi_2), InputError, "order=1"),
    "tag": (lambda: cases.tree(0, ["V"], ["S"]), InputError, "does not couple to a boson of spin 0"),
    "spin": (lambda: cases.pair("2", "S", "S", "S"), InputError, "use one of '0', '1/2', '1'"),
    "operator": (lambda: cases.pair("0", "A", "S", "S"), InputError, "is a sum of S, D, V"),
    "structure": (lambda: cases.pair("0", "S", "V", "S"), InputError, "does not contract"),
    "massless vector": (lambda: cases.pair("1", "S", "S", "S", massless=True), InputError, "polarisation sum"),
    "massless axial": (
        lambda: momentum_space(cases.tree(1, ["A"], ["A"], massless=True), psi_1, psi_2), InputError, "diverges"),
    "negative mass": (lambda: Field("x", "x", half, -m_1), InputError, "negative"),
    "mixed dimensions": (
        lambda: PairOperator(Field("chi", "x", sp.Integer(0), m_chi), (("S", one), ("D", one))), InputError, "cannot be added"),
    "wrong dimension": (
        lambda: pair_interaction(operator(sp.Integer(0), "S", False), (psi_1, "S", C6_1)),
        InputError, r"must carry energy\^-1"),
    "wrong tree dimension": (
        lambda: mediator_interaction(Field("phi", "x", sp.Integer(0), m_1, self_conjugate=True), (psi_1, "S", C6_1)),
        InputError, "energy"),
    "not an energy": (lambda: Potential.of(r), InputError, "energy"),
    "names for fields": (lambda: potential_between(cases.pair("0", "S", "S", "S"), "psi_1", "psi_2"), InputError, "two fields"),
    "an order as text": (lambda: potential_between(cases.pair("0", "S", "S", "S"), psi_1, psi_2, order="2"), InputError, "'2'"),
    "zero": (lambda: Potential.of(sp.Integer(0)), InputError, "vanishes"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_bad_declarations_are_refused_in_words(name):
    make, error, words = REFUSED[name]
    with pytest.raises(error, match=words):
        make()


def test_the_verb_force_derives_prints_and_evaluates(tmp_path):
    pair = ["force", "pair", "--spin", "1/2", "--operator", "V-A", "--on1", "V", "--on2", "V", "--at", "1um", "--json"]
    numbers = ["--set", "m_chi=0.05eV", "C6_1=8.247e-6GeV^-2", "C6_2=8.247e-6GeV^-2"]
    done = nuforce(*pair, *numbers, "--plot", tmp_path / "V.svg")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["parity"] == "even"
    hbar_c = mp.mpf("1.973269804e-10")  # GeV um
    m, radius, C2 = mp.mpf("0.05e-9"), 1 / hbar_c, mp.mpf("8.247e-6") ** 2
    want = C2 * m**3 * mp.besselk(3, 2 * m * radius) / (2 * mp.pi**3 * radius**2) * 10**9
    assert found["numbers"]["1um"]["1"] == pytest.approx(float(want), rel=1e-8, abs=0)
    assert (tmp_path / "V.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tree", "--on1", "V"], "needs --spin"),
        (["pair", "--spin", "0"], "needs --operator"),
        (["tree", "--spin", "3"], "0 or 1"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--at", "1um"], "needs numbers for"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--set", "m_phi=1um"], "carries energy"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--set", "m_phi=-1eV"], "positive"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--plot", "x.bmp"], ".png"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--set", "m_phi=1eV", "m_phi=2eV"], "set twice"),
        (["tree", "--spin", "0", "--on1", "S", "--on2", "S", "--operator", "S", "--self-conjugate"], "has no --operator"),
        (
            ["pair", "--spin", "0", *["--operator", "S", "--on1", "S", "--on2", "S", "--set", "m_chi=1e999eV", "--at", "1nm"]],
            "too large",
        ),
    ],
)
def test_the_verb_force_refuses_in_words(arguments, words):
    done = nuforce("force", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_operator_coefficients_of_a_pair_are_weighted_trees():
    """At one mass of the pair the operators are those of the exchange of one boson, times the density."""
    pair = operator_coefficients(cases.pair("0", "S", "S", "P"), psi_1, psi_2, order=2)
    tree = operator_coefficients(cases.tree(0, ["S"], ["P"]), psi_1, psi_2, order=2)
    density = spectral_density(operator(sp.Integer(0), "S", False), t).first
    g = dict(zip(symbols("g_S1 g_P2"), (C5_1, C5_2), strict=True))
    assert set(pair) == set(tree) == {9, 10}
    for k, f in tree.items():
        assert sp.cancel(pair[k] / (density * f.xreplace(g))) == 1


def test_a_tensor_has_no_amplitude_of_one_index_lines():
    tensor = cases.pair("1/2", "T", "T", "T")
    with pytest.raises(NotDerivable, match="two indices"):
        pair_amplitude(tensor, spectral_density(tensor.operator, t), psi_1, psi_2, sp.Symbol("x"), t)
