"""The talk's errors about forces in vacuum come out of the comparison: every one is a verdict, and mended it is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nuforce_sym import registry
from nuforce_sym.paper.audit import judge
from nuforce_sym.paper.claims import load_claims, read_claims

TALK = Path(registry.__file__).parent / "data" / "claims" / "talk.toml"

# number of the error in the list, id of the claim, verdict, what the sentence says, and the mended formula with its verdict
ERRORS = [
    (
        1, "L_Z", "wrong", r"has the factor $- \frac{1}{g}$",
        {"latex": r"\mathcal{L}_{Z\bar{\psi}\psi} = \frac{g}{2\cos\theta_W}"
                  r"\bar{\psi}\left[\not{Z}(g_V^\psi - g_A^\psi\gamma^5)\psi\right]"},
        "convention",
    ),
    (2, "H_1", "wrong", "$-2$ times", {"read": r"-\frac{g^2}{4\cos^2\theta_W} g_A^e g_V^p"}, "right"),
    (2, "H_2", "wrong", "$2$ times", {"read": r"\frac{g^2}{4\cos^2\theta_W} g_V^e g_A^p"}, "right"),
    (3, "H_2 over H_1", "wrong", "$-1$ times", {"read": r"-\frac{g_V^e g_A^p}{g_A^e g_V^p}"}, "right"),
    (
        4, "C", "wrong", "$-2$ times",
        {"latex": r"C = C^{\text{tree}} = -\frac{g^2}{4\cos^2\theta_W}\frac{g_V^e g_A^p}{2m_e}"}, "right",
    ),
    (
        4, "V_PNC, loop", "wrong", r"\times \vec{\sigma}_{2}\right) \cdot \hat{r}}{8 \pi^{3} m_e r^{6}}$ has the other sign",
        {"read": r"\frac{G_A}{m_e}\frac{a}{2}[(2\vec{\sigma}_p\cdot\vec{p}_e)V(r)"
                 r" - (\vec{\sigma}_e\times\vec{\sigma}_p)\cdot\vec{\nabla}V(r)]"},
        "convention",
    ),
    (5, "V_PNC, as an operator", "wrong", "what is printed is zero", None, ""),
    (5, "V_PNC", "convention", "half of their anticommutator", None, ""),
    (6, "V_PNC, structures", "wrong", r"$\frac{3}{7}$ times", {"claims": "parity_structures.radial_functions"}, "right"),
    (6, "V_PNC, functions", "wrong", r"$\frac{1}{3}$ times", {"read": "3"}, "right"),
    (
        6, "V_PNC, one F for both spins", "wrong", "the ratio depends on $r$",
        {"let": {"F_e": "@loop_parity_flavours.all_eigenstates"}}, "right",
    ),
    (
        7, "V_PNC, loop, G_A", "wrong", "$2$ times",
        {"read": r"\frac{G_A}{2 m_e} \frac{a}{2} V(r)"}, "convention",
    ),
    (7, "V_PNC, loop, charge", "wrong", r"$\frac{1}{2}$ times", {"read": r"-\frac12 + 2 s_W^2 + \sin^2{\theta_{13}}"}, "right"),
    (8, "loop amplitude", "wrong", "$-1$ times", {"read": r"\frac{1}{i} \left(-\frac{(-i G_F)^2}{2}\right) i^2"}, "right"),
    (9, "massless pair", "convention", "with $g_{V1} = 1$, $g_{V2} = 1$", None, ""),
    (9, "V Dirac", "convention", "with $g_{V1} = 1$, $g_{V2} = 1$", None, ""),
    (9, "V Majorana", "convention", "with $g_{V1} = 1$, $g_{V2} = 1$", None, ""),
    (
        9, "massless pair, two protons", "wrong", "is missing",
        {"latex": r"V(r) = 3\left(\frac12 - 2\sin^2\theta_W\right)^2 \frac{G_F^2}{4\pi^3 r^5}"}, "right",
    ),
    (10, "O_W, mixing", "convention", r"with $\delta_{\mathrm{CP}} = -", {"let": "conjugate", "assume": {}}, "right"),
    (10, "O_4, indices, electron and proton", "right", "equal", None, ""),
    (
        10, "O_4, indices, two electrons", "wrong", "what is printed is zero",
        {"read": r"2 c^2 C^4 - 2 c^4 C^4 - 2 C^4 + 2 C^2",
         "let": {"c": r"\cos\left(\theta_{12}\right)", "C": r"\cos\left(\theta_{13}\right)"}}, "right",
    ),
    (10, "O_4, indices, electron and muon", "wrong", "what is printed is zero", None, ""),
    (
        11, "V_PNC, loop, electron spin", "wrong", "what is printed is zero",
        {"read": r"-\frac{a_p b_e}{2 m_e} \frac{G_F^2 m_\nu^3}{4\pi^3 r^2} K_3\left(2 m_\nu r\right)",
         "let": {"a_p": "a_p", "b_e": "b_e"}}, "right",
    ),
    (12, "range, nearest singularity", "right", "equal", None, ""),
    (12, "range, branch cut at tree level", "wrong", "what is derived is zero", {"read": "0"}, "right"),
    (12, "range, branch cut of a pair", "right", "equal", None, ""),
    (12, "range, massless pair", "wrong", "the ratio depends on $r$", {"read": r"\frac{1}{r^5}"}, "right"),
    (13, "Coulomb", "right", "proportional", None, ""),
    (13, "Yukawa", "right", "proportional", None, ""),
    (13, "Yukawa, scalar", "wrong", "proportional to minus the derived formula", {"read": r"-\frac{e^{-m r}}{r}"}, "right"),
    (13, "sign of the transform", "wrong", "has the other sign", {"let": {"V_1": "@z_exchange.potential"}}, "right"),
    (14, "1 nm, unit charges", "right", "equal", None, ""),
    (14, "1 nm, two protons", "wrong", r"$\frac{500}{139}$ times", {"read": "278"}, "right"),
    (
        15, "rotation, first", "wrong", "is missing",
        {"read": r"\frac{\pi L}{\lambda} \Delta", "let": {r"\Delta": "@optical_rotation.birefringence"}},
        "right",
    ),
    (
        16, "V_PNC, tree, function", "wrong", r"$4 \pi$ times",
        {"read": r"\frac{e^{-m_Z r}}{4\pi r}"}, "convention",
    ),
    (
        16, "V_PNC, tree, strengths", "wrong", r"$- \frac{g_A^e g_V^N}{g_A^N g_V^e}$ times",
        {"read": r"-\frac{g_V^e g_A^p}{g_A^e g_V^p}"}, "right",
    ),
]  # fmt: skip
CONJUGATE = {
    "X": r"e^{i \delta_{\mathrm{CP}}} e^{-\frac{i}{2} \alpha_{31}} \sin\left(\theta_{13}\right)",
    "Y": r"\cos\left(\theta_{12}\right) \cos\left(\theta_{13}\right)",
}


@pytest.fixture(scope="module")
def claims():
    return {claim.id: claim for claim in load_claims(TALK).claims}


@pytest.fixture(scope="module")
def resolve(derived):
    def found(name):
        owner, _, step = name.partition(".")
        if not step:
            kernel = next(k for d in derived.values() for k in d.kernels if k.name == owner)
            return "", kernel.expr
        result = derived[owner].results[step]
        return result.step.lhs, result.value

    return found


def test_every_error_of_the_list_has_a_claim(claims):
    assert {number for number, *_ in ERRORS} == set(range(1, 17))
    assert {name for _, name, *_ in ERRORS} <= set(claims)


@pytest.mark.parametrize(("number", "name", "status", "said", "mended", "then"), ERRORS, ids=[f"{e[0]} {e[1]}" for e in ERRORS])
def test_an_error_of_the_talk_is_a_verdict_and_mended_it_is_right(claims, resolve, number, name, status, said, mended, then):
    found = judge(claims[name], resolve)
    assert found.status == status
    assert said in found.sentence
    assert found.derived
    if mended:
        changes = {
            **mended,
            "let": {**claims[name].let, **(CONJUGATE if mended.get("let") == "conjugate" else mended.get("let", {}))},
        }
        assert judge(replace(claims[name], **changes), resolve).status == then


def test_without_the_stated_convention_the_talk_s_mixing_and_its_operator_are_not_right(claims, resolve):
    bare = replace(claims["O_W, mixing"], assume={})
    assert judge(bare, resolve).status == "wrong"
    assert judge(replace(claims["V_PNC"], conventions=()), resolve).status != "right"
    assert judge(replace(claims["massless pair"], assume={}), resolve).status == "wrong"


def test_signs_of_charges_do_not_make_a_proportionality_wrong_but_the_sign_of_the_formula_does():
    text = "title='t'\n[[formula]]\nid='x'\nwhere='w'\nlatex='{}'\nclaims='a.b'\nrelation='proportional'\nin=['r']"
    from nuforce_sym.symbols import symbols

    r, g_1, g_2 = symbols("r g_1 g_2")
    for latex, status in ((r"\frac{1}{r}", "right"), (r"-\frac{1}{r}", "wrong"), (r"-\frac{g_1}{r}", "wrong")):
        (claim,) = read_claims(text.format(latex)).claims
        assert judge(claim, lambda _: ("V", g_1 * g_2 / r)).status == status
