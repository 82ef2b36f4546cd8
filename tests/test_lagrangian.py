r"""Reading Lagrangians: identities of Dirac matrices against explicit ones, refusals, and what must never be equal."""

from __future__ import annotations

from itertools import product

import pytest
import sympy as sp
from sympy.physics.matrices import mgamma

from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare import compare
from nuforce_sym.paper.lagrangian_normal import FieldProduct
from nuforce_sym.paper.lagrangian_read import read_lagrangian
from nuforce_sym.symbols import symbols

g, g_V, g_A, G_F = symbols("g g_V g_A G_F")
half, one = sp.Rational(1, 2), sp.Integer(1)
FIELDS = {
    r"\psi": Field("psi", r"\psi", half, one),
    r"\chi": Field("chi", r"\chi", half, one),
    r"\nu": Field("nu", r"\nu", half, one),
    "N": Field("N", "N", half, one, self_conjugate=True),
    r"\phi": Field("phi", r"\phi", sp.Integer(0), one, self_conjugate=True),
    "S": Field("S", "S", sp.Integer(0), one),
    "A": Field("A", "A", one, one, self_conjugate=True),
    "W": Field("W", "W", one, one),
}
GAMMA_5 = mgamma(5)


def read(text, **options):
    return read_lagrangian(text, FIELDS, **options).value


EQUAL = [
    (r"\bar\psi\gamma^\mu\gamma_5\psi A_\mu", r"-\bar\psi\gamma^5\gamma_\alpha\psi A^\alpha"),
    (r"\bar\psi\slashed{A}\psi", r"A_\mu\bar\psi\gamma^\mu\psi"),
    (r"\bar\psi P_L\psi\phi + \bar\psi P_R\psi\phi", r"\phi\bar\psi\psi"),
    (r"\bar\psi\gamma^\mu P_L\psi A_\mu", r"\frac12\bar\psi\gamma^\mu(1-\gamma_5)\psi A_\mu"),
    (r"\bar\psi P_R\gamma^\mu\psi A_\mu", r"\bar\psi\gamma^\mu P_L\psi A_\mu"),
    (r"\bar\psi\gamma_5\gamma_5\psi\phi", r"\bar\psi\psi\phi"),
    (r"\bar\psi\gamma^\mu\gamma_\mu\psi\phi", r"4\bar\psi\psi\phi"),
    (r"\bar\psi\gamma^\mu\gamma^\nu\psi A_{\mu\nu}", r"-i\bar\psi\sigma^{\mu\nu}\psi A_{\mu\nu}"),
    (r"\bar\psi\gamma^\mu\gamma^\nu\psi A_\mu A_\nu", r"\bar\psi\psi A_\mu A^\mu"),
    (r"\bar\psi\sigma^{\mu\nu}\psi A_{\nu\mu}", r"-\bar\psi\sigma_{\alpha\beta}\psi A^{\alpha\beta}"),
    (r"g\bar\psi\chi\phi + \text{h.c.}", r"g(\bar\psi\chi + \bar\chi\psi)\phi"),
    (r"i g\bar\psi\gamma_5\chi\phi + \mathrm{h.c.}", r"i g\bar\psi\gamma_5\chi\phi + i g\bar\chi\gamma_5\psi\phi"),
    (r"\bar\psi\gamma^\mu\chi W_\mu + h.c.", r"\bar\psi\gamma^\mu\chi W_\mu + W^*_\mu\bar\chi\gamma^\mu\psi"),
    (r"i S^*\overleftrightarrow{\partial_\mu}S A^\mu", r"i(S^*\partial_\mu S - S\partial_\mu S^\dagger)A^\mu"),
    (r"\partial_\mu(\phi\phi)A^\mu", r"2\phi A_\alpha\partial^\alpha\phi"),
    (r"\bar\psi i\slashed{\partial}\psi", r"i\bar\psi\gamma^\mu\partial_\mu\psi"),
    (r"[\bar\psi\gamma^\mu\psi][\bar\chi\gamma_\mu\chi]", r"(\overline{\chi}\gamma^\rho\chi)(\overline{\psi}\gamma_\rho\psi)"),
    (r"\delta_{ij}[\bar\nu_i\gamma^\mu\nu_j]A_\mu", r"\bar\nu\gamma^\mu\nu A_\mu"),
    (r"\bar N\gamma^\mu(1-\gamma_5)N A_\mu", r"-\bar N\gamma^\mu\gamma_5 N A_\mu"),
    (r"\bar\psi\sigma^{\mu\nu}\psi A_\mu A_\nu", r"0\cdot\bar\psi\psi\phi"),
    (r"\frac{\bar\psi\psi\,\phi}{2}", r"\bar\psi\psi\phi/2"),
    (r"\phi^2", r"\phi\phi"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL, ids=[left[:30] for left, _ in EQUAL])
def test_one_lagrangian_in_two_spellings(left, right):
    assert sp.expand(read(left) - read(right)) == 0


DIFFERENT = [
    (r"\bar\psi\gamma^\mu\gamma_5\psi A_\mu", r"\bar\psi\gamma_5\gamma^\mu\psi A_\mu"),
    (r"\bar\psi\psi\phi", r"\bar\psi\gamma_5\psi\phi"),
    (r"\bar\psi\chi\phi", r"\bar\chi\psi\phi"),
    (r"\bar\nu_i\gamma^\mu\nu_j A_\mu", r"\bar\nu\gamma^\mu\nu A_\mu"),
    (r"\bar\nu_i\gamma^\mu\nu_j A_\mu", r"\bar\nu_j\gamma^\mu\nu_i A_\mu"),
    (r"\partial_\mu\phi\,\bar\psi\gamma^\mu\psi", r"\phi\,\bar\psi\gamma^\mu\partial_\mu\psi"),
    (r"\bar\psi\gamma^\mu\chi W_\mu", r"\bar\psi\gamma^\mu\chi W_\mu^*"),
    (r"\bar\psi\sigma^{\mu\nu}\psi A_{\mu\nu}", r"\bar\psi\sigma^{\mu\nu}\psi\tilde{A}_{\mu\nu}"),
    (r"i S^*\partial_\mu S A^\mu", r"-i S\partial_\mu S^* A^\mu"),
    (r"[\bar\psi\gamma^\mu\psi][\bar\chi\gamma_\mu\gamma_5\chi]", r"[\bar\psi\gamma^\mu\gamma_5\psi][\bar\chi\gamma_\mu\chi]"),
    (r"\bar\psi\gamma^\mu P_L\psi A_\mu", r"\bar\psi\gamma^\mu P_R\psi A_\mu"),
    (r"\bar\psi\psi\phi + \text{h.c.}", r"\bar\psi\psi\phi"),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT, ids=[left[:30] for left, _ in DIFFERENT])
def test_two_lagrangians_are_not_one(left, right):
    assert sp.expand(read(left) - read(right)) != 0


@pytest.mark.parametrize(
    "text",
    [
        r"\gamma_5",
        r"\gamma^\mu\gamma_5",
        r"\gamma_5\gamma^\mu",
        r"\gamma^\mu\gamma^\nu",
        r"\sigma^{\mu\nu}\gamma_5",
        r"\gamma_5\gamma^\mu\gamma^\nu",
        r"\gamma^\nu\gamma_5\gamma^\mu",
    ],
)
def test_reductions_agree_with_explicit_matrices(text):  # fmt: skip
    """The product is compared with the basic matrices that the reader makes of it, component by component."""
    names = [n for n in (r"\mu", r"\nu") if n in text]
    tail = {0: r"\phi", 1: r"A_\mu", 2: r"A_{\mu\nu}"}[len(names)]
    found = read(rf"\bar\psi{text}\psi {tail}")
    basis = {
        r"i\gamma_5": lambda *_: sp.I * GAMMA_5,
        r"\sigma_{\mu\nu}i\gamma_5": lambda m, n: sigma(m, n) * sp.I * GAMMA_5,
        r"\sigma_{\mu\nu}": sigma,
        r"\gamma_{\mu}\gamma_5": lambda m: mgamma(m) * GAMMA_5,
        r"\gamma_{\mu}": mgamma,
    }
    for components in product(range(4), repeat=len(names)):
        at = dict(zip(names, components, strict=True))
        if len(components) == 2 and components[0] == components[1]:
            continue  # contracted with an antisymmetric tensor
        wanted = sp.zeros(4)
        for term in sp.Add.make_args(found):
            (head,) = term.atoms(FieldProduct)
            shape = max((s for s in basis if s in head.latex), key=len)
            wanted += term.coeff(head) * basis[shape](*components)
        given = explicit(text, at)
        if len(components) == 2:  # the part antisymmetric in the indices
            given = (given - explicit(text, {names[0]: components[1], names[1]: components[0]})) / 2
        assert sp.simplify(given - wanted) == sp.zeros(4), (text, components)


def sigma(m, n):
    return sp.I / 2 * (mgamma(m) * mgamma(n) - mgamma(n) * mgamma(m))


def explicit(text, at):
    """The product of matrices that the text writes, from left to right."""
    out, rest = sp.eye(4), text
    while rest:
        for spelling, matrix in (
            (r"\gamma_5", lambda: GAMMA_5),
            (r"\sigma^{\mu\nu}", lambda: sigma(at[r"\mu"], at[r"\nu"])),
            (r"\gamma^\mu", lambda: mgamma(at[r"\mu"])),
            (r"\gamma^\nu", lambda: mgamma(at[r"\nu"])),
        ):
            if rest.startswith(spelling):
                out, rest = out * matrix(), rest[len(spelling) :]
                break
        else:
            raise AssertionError(rest)
    return out


REFUSED = [
    (r"\bar\psi\gamma^\mu\psi A_\nu", "contracted in pairs"),
    (r"\bar\psi\gamma^\mu\psi\bar\chi\gamma_\mu\chi A_\mu", "contracted in pairs"),
    (r"\bar\psi\gamma^0\psi\phi", "Lorentz indices are Greek"),
    (r"\bar\psi\gamma^\mu\gamma^\nu\gamma^\rho\psi A_\mu", "more than two Dirac matrices"),
    (r"\psi\bar\psi\phi", "before it"),
    (r"\gamma^\mu\psi A_\mu", "before it"),
    (r"\bar\psi\gamma^\mu A_\mu", "no spinor at its end"),
    (r"\bar\psi\psi\psi\phi", "before it"),
    (r"\bar\psi\bar\chi\phi", "before the bilinear"),
    (r"\bar\xi\xi\phi", "no declared field"),
    (r"\bar\psi\psi\phi^5", "power"),
    (r"\bar\psi\psi^2\phi", "does not continue"),
    (r"\sigma^\mu{}_\nu\phi", ""),
    (r"\bar\psi\sigma^\mu_\nu\psi A_\mu^\nu", "not declared"),
    (r"\partial_\mu g\phi A^\mu", "right before the field"),
    (r"\delta_{ij}\bar\psi\psi\phi", "must stand on fields"),
    (r"\{\bar\psi, \psi\}\phi", ""),
    (r"g/2 \bar\psi\psi\phi", "may mean"),
    (r"\frac{g}{\bar\psi\psi}\phi", "not declared"),
    (r"\bar\psi\vec\sigma_1\psi\phi", "three-vector"),
    (r"\begin{aligned} g \bar\psi\psi\phi \\ \bar\chi\chi\phi \end{aligned}", "line break"),
    (r"(\phi + " * 50 + r"\phi" + ")" * 50, "levels"),
    (r"(\phi+\phi+\phi+\phi+\phi)" * 8, "more than"),
    (r"\phi" * 9, "1 to 8"),
    (r"\phi" + r"+\text{h.c.}" * 200, "600 terms"),
    ("(" * 20 + r"\phi" + r"+\text{h.c.})" * 20, "600 terms"),
    (r"A_{\mu\nu}A^{\nu\rho}A_{\rho\sigma}A^{\sigma\alpha}A_{\alpha\beta}A^{\beta\mu}", "too many factors"),
    ("", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[text[:30] for text, _ in REFUSED])
def test_what_is_no_lagrangian_or_could_be_two_is_refused(text, words):
    with pytest.raises(InputError) as caught:
        read(text)
    assert words in str(caught.value)


def test_the_charge_e_beside_the_field_e():
    fields = {"e": Field("e", "e", half, one), "A": FIELDS["A"]}
    (e,) = symbols("e")
    found = read_lagrangian(r"-e\,\bar{e}\gamma^\mu e\,A_\mu", fields).value
    assert found.coeff(next(iter(found.atoms(FieldProduct)))) == -e


def test_the_verdicts_of_compare():
    Z, psi = Field("Z", "Z", one, one, self_conjugate=True), Field("psi", r"\psi", half, one)
    L = mediator_interaction(Z, (psi, "V", g * g_V), (psi, "A", -g * g_A))
    good = r"\mathcal{L} = -g Z_\mu\bar\psi\gamma^\mu(g_V - g_A\gamma_5)\psi"
    assert compare(L, good).verdict == "equal"
    found = compare(L, good.replace("-g", "-2g"))
    assert (found.verdict, found.factor) == ("equal up to a factor", 2)
    assert "has the other sign" in compare(L, good.replace("V - ", "V + ")).sentence
    assert "is missing" in compare(L, r"-g Z_\mu\bar\psi\gamma^\mu g_V\psi").sentence
    assert compare(L, r"\mathcal{L} \supset -g Z_\mu\bar\psi\gamma^\mu g_V\psi").verdict == "equal"
    assert compare(L, r"\mathcal{L} \supset -g Z_\mu\bar\psi\gamma^\mu g_A\psi").verdict != "equal"
    assert compare(L, good.replace(r"\psi", "{f}"), fields={"f": "psi"}).verdict == "equal"
    assert compare(L, good.replace("-g Z", "-G_F Z")).verdict in ("dimension wrong", "equal up to a factor")
    for options in ({"fields": {"f": "tau"}}, {"fields": {"f": "psi"}}, {"fields": 3}):
        with pytest.raises(InputError):
            compare(L, good, **options)
    with pytest.raises(InputError, match="a formula in numbers"):
        compare(g, "g", fields={"f": "psi"}, spare=True)
