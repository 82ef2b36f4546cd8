"""What cannot be a force in vacuum is refused in words, by the functions and by the verb; and what the verb prints."""

from __future__ import annotations

import json

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term, mediator_interaction, neutral_current
from nuforce_sym.amplitude.loop import MU, loop_bilinear, loop_trace, vertex
from nuforce_sym.cli import main
from nuforce_sym.errors import InputError
from nuforce_sym.potential import cases
from nuforce_sym.potential.between import potential_between
from nuforce_sym.symbols import symbols

G_F, m_nu, m_1, m_phi, g_1, g_V1, g_A1 = symbols("G_F m_nu m_1 m_phi g_1 g_V1 g_A1")
half, one = sp.Rational(1, 2), sp.Integer(1)
majorana = Field("nu", r"\nu", half, m_nu, self_conjugate=True)
psi = Field("psi_1", r"\psi_1", half, m_1)


def test_the_vector_current_of_a_majorana_field_is_refused_and_its_left_handed_one_is_not():
    with pytest.raises(InputError, match=r"vector current of 'nu' vanishes.*Majorana.*couple it by its axial current"):
        vertex(Bilinear(majorana, (("V", one),)), MU)
    assert vertex(Bilinear(majorana, (("V", one), ("A", -one))), MU) == vertex(Bilinear(majorana, (("A", -one),)), MU)
    vector = Interaction((Term(-G_F, (Bilinear(psi, (("V", g_V1),)), Bilinear(majorana, (("V", one),)))),))
    looped = loop_bilinear(vector, psi)[2]
    with pytest.raises(InputError, match="odd under charge conjugation"):
        loop_trace(looped, looped)
    left = loop_bilinear(neutral_current(G_F, majorana, (psi, g_V1, g_A1)), psi)[2]
    assert loop_trace(left, left) != 0


def test_a_loop_of_another_structure_is_refused():
    with pytest.raises(InputError, match="knows the currents V and A"):
        vertex(Bilinear(majorana, (("S", one),)), MU)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Term(G_F, (Bilinear(psi, (("S", one),)),), Field("phi", "x", sp.Integer(0), m_phi)), r"must carry energy\^0"),
        (lambda: cases.pair("1/2", "V", "V", "V", self_conjugate=True), "vector current is odd under charge conjugation"),
        (lambda: cases.pair("1/2", "T", "T", "T", self_conjugate=True), "tensor current is odd under charge conjugation"),
        (lambda: cases.pair("0", "V", "V", "V", self_conjugate=True), "vanishes"),
        (lambda: cases.pair("1", "V", "V", "V", self_conjugate=True), "vanishes"),
        (lambda: Field("x", "x", half, sp.Integer(-1)), "negative mass"),
        (
            lambda: potential_between(cases.tree(1, ["E"], ["A"]), cases.PSI_1, cases.PSI_2),
            "momentum transfer q and the mean momentum P, and begin at 1/m",
        ),
        (
            lambda: potential_between(cases.tree(1, ["A"], ["A"], massless=True), cases.PSI_1, cases.PSI_2, order=2),
            "longitudinal part q_mu q_nu/m.2 diverges",
        ),
    ],
)
def test_functions_refuse_in_words(make, words):
    with pytest.raises(InputError, match=words):
        make()


TREE, PAIR = ["force", "tree"], ["force", "pair"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*PAIR, "--spin", "0", "--operator", "S", "--on1", "S", "--on2", "S", "--set", "C5_1=1GeV^-2"], "carries energy^-2"),
        ([*TREE, "--spin", "1", "--on1", "A", "--on2", "A", "--massless"], "longitudinal part q_mu q_nu/m^2 diverges"),
        ([*PAIR, "--spin", "1", "--operator", "S", "--on1", "S", "--on2", "S", "--massless"], "has no mass"),
        ([*PAIR, "--spin", "1/2", "--operator", "V", "--on1", "V", "--on2", "V", "--self-conjugate"], "its own antiparticle"),
        ([*PAIR, "--spin", "1/2", "--operator", "T", "--on1", "T", "--on2", "T", "--self-conjugate"], "its own antiparticle"),
        (
            [*TREE, "--spin", "0", "--on1", "S", "--on2", "P", "--order", "0"],
            "need the momentum transfer q, and begin at 1/m^1",
        ),
        ([*TREE, "--spin", "1", "--on1", "E", "--on2", "A", "--order", "0"], "q and the mean momentum P, and begin at 1/m^1"),
        ([*TREE, "--spin", "0", "--on1", "S", "--on2", "S", "--set", "m_phi=-1eV"], "is positive; got '-1eV'"),
    ],
)
def test_the_verb_refuses_in_words(arguments, words, capsys):
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_value_below_double_precision_is_printed_with_its_exponent(capsys):
    """g^2 e^{-mr}/(4 pi r) at 1 km for 1 eV: 10^-2200887497 eV, from hbar c = 197.3269804593025 eV nm."""
    arguments = [*TREE, "--spin", "1", "--on1", "V", "--on2", "V", "--order", "0"]
    arguments += ["--set", "m_A=1eV", "v_1=1", "v_2=1", "--at", "1km", "1nm"]
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["numbers"]
    with mp.workdps(30):
        per_eV = mp.mpf(10) ** 12 / mp.mpf("197.3269804593025")
        want = mp.exp(-per_eV) / (4 * mp.pi * per_eV)
        assert abs(mp.log(mp.mpf(found["1km"]["1"])) / mp.log(want) - 1) < 1e-9
    assert found["1nm"]["1"] == pytest.approx(15.6234, rel=1e-5)
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "e-22008874" in said
    assert "0.000000e+00" not in said


@pytest.mark.parametrize(
    ("arguments", "lagrangian"),
    [
        (
            [*PAIR, "--spin", "1/2", "--operator", "V-A", "--on1", "V", "--on2", "V"],
            (
                "L = - C6_1 psi_1bar gamma^mu psi_1 (chibar gamma_mu chi - chibar gamma_mu gamma5 chi)"
                " - C6_2 psi_2bar gamma^mu psi_2 (chibar gamma_mu chi - chibar gamma_mu gamma5 chi)"
            ),
        ),
        (
            [*TREE, "--spin", "0", "--on1", "S", "--on2", "P", "--order", "1"],
            "L = - g_S1 phi psi_1bar psi_1 - g_P2 phi psi_2bar i gamma5 psi_2",
        ),
    ],
)
def test_text_is_text_and_latex_is_latex(arguments, lagrangian, capsys):
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0] == lagrangian
    assert "\\" not in said
    assert main([*arguments, "--latex"]) == 0
    assert all("\\" in line for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["table", "--spin", "7", "--massless"], "force table has no --spin, --massless: leave it out"),
        (["table", "--set", "foo=1"], "force table has no --set"),
        (
            ["pair", "--spin", "0", "--operator", "S", "--on1", "S", "--on2", "S", "--massless", "--set", "m_chi=0.1eV"],
            "this force does not depend on m_chi",
        ),
    ],
)
def test_options_that_say_nothing_are_refused(arguments, words, capsys):
    assert main(["force", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_an_imaginary_coupling_is_refused():
    g_1, m_A, m_1, m_2 = symbols("g_1 m_A m_1 m_2")
    A = Field("A", "A", sp.Integer(1), m_A, self_conjugate=True)
    one, two = (Field(name, name, sp.Rational(1, 2), m) for name, m in (("psi", m_1), ("Psi", m_2)))
    with pytest.raises(InputError, match="not hermitian"):
        potential_between(mediator_interaction(A, (one, "V", sp.I * g_1), (two, "V", g_1)), one, two)
    assert potential_between(mediator_interaction(A, (one, "V", g_1), (two, "V", g_1)), one, two).terms
