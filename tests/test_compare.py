"""The comparison of a given formula with the derived one."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import time
from pathlib import Path

import pytest
import sympy as sp

import nuforce_sym.paper
from nuforce_sym.cli import main
from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare import compare
from nuforce_sym.paper.compare_proof import proof_of_zero
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbols
from tests.fuzz_compare import cases, formulas, lagrangian_cases, run, unit_cases

ROOT = Path(__file__).resolve().parent.parent
G_F, g_V1, g_V2, r, m, g_1, g_2, m_phi, q, t = symbols("G_F g_V1 g_V2 r m_nu g_1 g_2 m_phi q t")
s1, s2, p, rhat = (Vector3(n) for n in ("sigma_1", "sigma_2", "p", "rhat"))
POWER = G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)
BESSEL = G_F**2 * g_V1 * g_V2 * m**3 * sp.besselk(3, 2 * m * r) / (4 * sp.pi**3 * r**2)
YUKAWA = -g_1 * g_2 * sp.exp(-m_phi * r) / (4 * sp.pi * r)
FORCE = -sp.diff(YUKAWA, r)
SPIN = POWER * (Dot3(s1, s2) - 3 * Dot3(s1, rhat) * Dot3(s2, rhat)) + Anticommutator(Dot3(s1, p), POWER) / 2
C = r"G_F^2 g_{V1} g_{V2}"
F5 = rf"\frac{{{C}}}{{4\pi^3r^5}}"
PV = rf"\tfrac{{1}}{{2}}\left\{{{F5}, \vec p\cdot\vec\sigma_1\right\}}"

# what was given | the verdict | a word of the sentence
VERDICTS = [
    (POWER, rf"V(r) = \frac{{{C}}}{{4\pi^3 r^5}}", "equal", "the same expression"),
    (BESSEL, rf"\frac{{{C} m_\nu^3}}{{4\pi^3 r^2}}[K_1(2m_\nu r) + \frac{{2}}{{m_\nu r}}K_2(2m_\nu r)]", "equal", "normal"),
    (YUKAWA, r"\frac{g_1 g_2}{4\pi r}\left[\sinh(m_\phi r) - \cosh(m_\phi r)\right]", "equal", "identity"),
    (sp.acosh(q * r), r"\ln\left(q r + \sqrt{q^2 r^2 - 1}\right)", "equal", "proved"),
    (FORCE, r"\frac{d}{dr}\left(\frac{g_1 g_2 e^{-m_\phi r}}{4\pi r}\right)", "equal", ""),
    (POWER, rf"\int_0^\infty dt\,\frac{{{C}\,t e^{{-\sqrt{{t}} r}}}}{{48\pi^3 r}}", "equal numerically", "not proved"),
    (POWER, rf"\frac{{{C}}}{{8\pi^3 r^5}}", "equal up to a factor", r"dimensionless factor \frac{1}{2}"),
    (POWER, rf"-\frac{{{C}}}{{4\pi^3 r^5}}", "equal up to a factor", "factor -1"),
    (POWER, rf"\frac{{{C}}}{{4\pi^2 r^5}}", "equal up to a factor", r"factor \pi"),
    (POWER, r"\frac{G_F^2}{4\pi^3 r^5}", "equal up to a factor", r"\frac{1}{g_{V1} g_{V2}}"),
    (POWER, rf"m_\nu\frac{{{C}}}{{4\pi^3 r^5}}", "equal up to a factor", "dimensionful"),
    (POWER, rf"\frac{{{C}}}{{4\pi^3 r^4}}", "dimension wrong", "another power of r"),
    (YUKAWA, r"-\frac{g_1 g_2}{4\pi r}(r + e^{-m_\phi r})", "dimension wrong", "cannot add"),
    (POWER, rf"\frac{{{C}}}{{4\pi^3 r^5}} m_\nu r", "a term differs", r"m_\nu r"),
    (BESSEL, rf"\frac{{{C} m_\nu^3 K_2(2m_\nu r)}}{{4\pi^3 r^2}}", "a term differs", "for K_{3}"),
    (FORCE, r"-\frac{g_1 g_2}{4\pi r^2}(1 - m_\phi r)e^{-m_\phi r}", "a term differs", "the other sign"),
    (FORCE, r"-\frac{g_1 g_2}{4\pi r^2}(1 + 2 m_\phi r)e^{-m_\phi r}", "a term differs", "the factor 2"),
    (FORCE, r"-\frac{g_1 g_2}{4\pi r^2}e^{-m_\phi r}", "a term differs", "is missing"),
    (FORCE, r"-\frac{g_1 g_2}{4\pi r^2}(1 + m_\phi r + 1)e^{-m_\phi r}", "a term differs", "the factor 2"),
    (BESSEL, rf"\frac{{{C}}}{{4\pi^3 r^5}}", "equal in a limit", r"m_nu -> 0; given/derived = 1 + (\frac{m_\nu^{2} r^{2}}{2})"),
    (BESSEL, rf"\frac{{{C} m_\nu^{{5/2}}}}{{8 \pi^{{5/2}} r^{{5/2}}}}e^{{-2 m_\nu r}}", "equal in a limit",
        r"m_nu -> oo; given/derived = 1 + (- \frac{35}{16 m_\nu r})"),
    (YUKAWA, r"\frac{g_1 g_2}{8\pi r}", "different", r"only the factor - \frac{1}{2} apart in the limit m_phi -> 0"),
    (BESSEL, rf"\frac{{{C} m_\nu^3 K_3(m_\nu r)}}{{4\pi^3 r^2}}", "different", ""),
    (SPIN, rf"{F5}[\sigma_1\cdot\sigma_2 - 3\,\vec\sigma_1\cdot\hat r\,\vec\sigma_2\cdot\hat r] + {PV}", "equal", ""),
    (SPIN, rf"{F5}[\sigma_1\cdot\sigma_2 + 3\,\sigma_1\cdot\hat r\,\sigma_2\cdot\hat r] + {PV}", "a term differs", "sign"),
    (SPIN, rf"{F5}[\sigma_1\cdot\sigma_2 - 3\,\sigma_1\cdot\hat r\,\sigma_2\cdot\hat r] + 2\cdot{PV}", "a term differs", "2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("derived", "text", "verdict", "words"), VERDICTS, ids=[f"{v}-{i}" for i, (_, _, v, _) in enumerate(VERDICTS)]
)
def test_verdicts(derived, text, verdict, words):
    result = compare(derived, text)
    assert result.verdict == verdict, result.sentence
    assert words in result.sentence
    assert result.exit_code == {"equal": 0, "equal numerically": 3}.get(verdict, 1)


def test_fuzz_has_no_false_equal(derived):
    known = formulas((f"{n}.{s}", result.value) for n, d in derived.items() for s, result in d.results.items())
    assert len(known) > 60
    outcome = run(cases(known, 150, 7))
    assert outcome["sabotaged, not as expected"] == 0, outcome
    assert outcome["true: equal"] >= 0.97 * sum(n for key, n in outcome.items() if key.startswith("true: ")), outcome


def test_fuzz_of_lagrangians_and_units_has_no_false_equal(derived):
    values = [(f"{n}.{s}", result.value) for n, d in derived.items() for s, result in d.results.items()]
    outcome = run(lagrangian_cases(values, 60, 3) + unit_cases(30, 3))
    assert outcome["true: equal"] > 40
    assert outcome["sabotaged, not as expected"] == outcome["true, not as expected"] == 0, outcome


def test_a_function_left_of_an_anticommutator_is_not_moved_into_it():
    f, g = 1 / r, sp.exp(-m_phi * r)
    assert compare(f * Anticommutator(Dot3(s1, p), g), Anticommutator(Dot3(s1, p), f * g)).verdict != "equal"
    component = Component3(p, Index3("i"))
    nested = Anticommutator(component, Anticommutator(component, f))
    renamed = nested.xreplace({Index3("i"): Index3("j")})
    assert compare(nested, renamed).verdict == "equal"
    assert compare(nested, Anticommutator(component, f * component)).verdict != "equal"


def test_commuting_operators_may_change_places():
    f = sp.exp(-m_phi * r) / r
    one, two = Dot3(s1, p), Dot3(s2, p)
    nested = Anticommutator(one, Anticommutator(two, f))
    swapped = r"\{\vec\sigma_2\cdot\vec p, \{\vec\sigma_1\cdot\vec p, \frac{1}{r} e^{-m_\phi r}\}\}"
    assert compare(nested, swapped).verdict == "equal"
    assert compare(nested, "2" + swapped).factor == 2
    alike = Anticommutator(Dot3(s1, p), Anticommutator(Dot3(s1, Vector3("rhat")), f))
    assert compare(alike, Anticommutator(Dot3(s1, Vector3("rhat")), Anticommutator(Dot3(s1, p), f))).verdict != "equal"
    L = Dot3(s1, Vector3("L"))
    assert compare(Anticommutator(L, Anticommutator(one, f)), Anticommutator(one, Anticommutator(L, f))).verdict != "equal"


def test_equal_in_a_region_is_not_equal():
    for derived, given in (
        (sp.log((m - m_phi) ** 2), 2 * sp.log(m - m_phi)),
        (2 * sp.log(m - m_phi), sp.log((m - m_phi) ** 2)),
    ):
        found = compare(derived, given)
        assert found.verdict == "different"
        assert found.difference.endswith("> 0, proved by normal form")
    assert compare(sp.log((m - m_phi) ** 2), r"2\ln|m_\nu - m_\phi|").verdict == "equal"
    assert compare(sp.log(m**2), r"2\ln m_\nu").verdict == "equal"
    assert compare(sp.sqrt((m - m_phi) ** 2), m - m_phi).verdict != "equal"


def test_a_contact_term_that_is_missing():
    (delta3,) = symbols("delta3_r")
    for derived in (1 / r + delta3 / m**2, g_1 * sp.exp(-m * r) / r - 4 * sp.pi * g_1 * delta3 / m**2):
        found = compare(derived, derived.subs(delta3, 0))
        assert found.verdict == "a term differs"
        assert found.difference.endswith("is missing; away from r = 0 the two are equal")
    assert "away" not in compare(1 / r + delta3 / m**2, 2 / r).sentence


def test_integrals_over_magnitudes_are_proved():
    assert compare(sp.Integer(1), r"\int_{-1}^{1} |y|\,dy").verdict == "equal"
    assert compare(2 / m, r"\int_{-\infty}^{\infty} e^{-m_\nu|y|}\,dy").verdict == "equal"
    assert compare(3 / m, r"\int_{-\infty}^{\infty} e^{-m_\nu|y|}\,dy").factor == sp.Rational(2, 3)
    assert compare(6 / m**4, r"\int_0^\infty y^3 e^{-m_\nu y}\,dy").how == "normal form"
    assert compare(7 / m**4, r"\int_0^\infty y^3 e^{-m_\nu y}\,dy").verdict != "equal"


def test_names_that_do_not_stand_in_the_formula_are_refused():
    for idle in ({"a": "g_1"}, {"F(r)": "r"}, {r"r_{12}": "r"}, {r"m_\chi": "m_nu"}):
        with pytest.raises(InputError, match="does not stand in the formula"):
            compare(r, "r", let=idle)
        assert compare(r, "r", let=idle, spare=True).verdict == "equal"
    assert compare(r, "a", let={"b": "r", "a": "1 b"}).verdict == "equal"
    assert compare(r**2, "a^2", let={"a": "r"}).verdict == "equal"


def test_orientation_of_triple_products():
    derived = Triple3(s1, s2, rhat) / r**2
    assert compare(derived, r"\frac{1}{r^2}\hat r\cdot(\vec\sigma_1\times\vec\sigma_2)").verdict == "equal"
    assert compare(derived, r"\frac{1}{r^2}\hat r\cdot(\vec\sigma_2\times\vec\sigma_1)").factor == -1


def test_conventions_and_names_of_a_paper():
    alpha, Q_1, Q_2 = symbols("alpha Q_1 Q_2")
    assert compare(G_F, r"\frac{\sqrt2 g^2}{8 m_W^2}", conventions=["G_F"]).verdict == "equal"
    assert compare(G_F, r"\frac{\sqrt2 g^2}{4 m_W^2}", conventions=["G_F"]).factor == 2
    assert compare(Q_1 * Q_2 * alpha / r, r"\frac{Q_1Q_2 e^2}{4\pi r}", conventions=["alpha"]).verdict == "equal"
    assert compare(Dot3(s1, s2), r"4\vec S_1\cdot\vec S_2", conventions=["spin"]).verdict == "equal"
    assert compare(YUKAWA, r"-\frac{g_1g_2\hbar c}{4\pi r}e^{-m_\phi c r/\hbar}", conventions=["hbar c"]).verdict == "equal"
    assert compare(POWER, r"\frac{G_F^2 a b}{4\pi^3 r^5}", let={"a": "g_V1", "b": "g_V2"}).verdict == "equal"
    with pytest.raises(InputError, match="no convention 'weil'; did you mean 'weyl'"):
        compare(POWER, "r", conventions=["weil"])


def test_signs_of_real_symbols_are_sampled():
    assert compare(g_1, r"\left|g_1\right|").verdict != "equal"
    assert compare(g_1, r"\sqrt{g_1^2}").verdict != "equal"
    assert compare(r, r"\left|r\right|").verdict == "equal"


def test_a_variable_of_integration_is_positive_only_between_positive_limits():
    x, y = sp.Symbol("x", positive=True), sp.Symbol("y", real=True)
    for text in (r"\int_0^{-r} |x|\,dx", r"\int_0^{-r} \sqrt{y^2}\,dy"):
        assert compare(-(r**2) / 2, text).verdict.startswith("equal")
        assert compare(r**2 / 2, text).factor == -1
    assert compare(sp.Integral(y * sp.exp(y), (y, 0, -r)), r"\int_0^{-r} |y| e^{y}\,dy").factor == -1
    assert compare(sp.Integral(sp.exp(x), (x, 0, -r)), r"\int_0^{-r} e^x\,dx").verdict == "equal"
    assert compare(sp.Integral(x * sp.exp(-x * r), (x, 0, sp.oo)), r"\int_0^\infty |y| e^{-yr}\,dy").verdict == "equal"
    assert compare(sp.Integral(x * sp.exp(-x * r), (x, 0, m)), r"\int_0^{m_\nu} |x| e^{-xr}\,dx").verdict == "equal"


def test_complex_symbols_are_sampled_as_such():
    (w,) = symbols("w_p")
    assert compare(w * sp.conjugate(w), r"w(\mathbf{p})^2").verdict != "equal numerically"
    assert compare(w * sp.conjugate(w), r"\left|w(\mathbf{p})\right|^2").exit_code != 1
    assert compare(sp.sqrt(w**2), r"w(\mathbf{p})").exit_code == 1


def test_the_angular_momentum_does_not_commute_with_vectors():
    L, vq = Vector3("L"), Vector3("q")
    product = Dot3(s1, L) * Dot3(s2, vq) / r
    assert compare(Anticommutator(Dot3(s1, L), Dot3(s2, vq) / r) / 2, product).verdict != "equal"
    assert compare(Anticommutator(Dot3(s1, L), 1 / r) / 2, Dot3(s1, L) / r).verdict == "equal"


def test_a_number_is_recognised_by_all_its_digits():
    assert compare(sp.log(r) / sp.log(10), r"\ln r").sentence == "different"
    assert compare(sp.besselk(1, m * r) * sp.log(10), r"\frac{1}{m_\nu r}").sentence == "different"


def test_requests_that_make_no_sense_are_refused_in_words():
    for options in ({"seconds": float("nan")}, {"seconds": -1}, {"megabytes": 0}, {"let": "r"}, {"conventions": [None]}):
        with pytest.raises(InputError):
            compare(r, "r", **options)


def test_decimals_are_the_numbers_that_they_say():
    assert compare(0.1 * r, "0.1 r").verdict == "equal"
    assert compare(0.1 * r, r * sp.Rational(1, 10)).verdict == "equal"
    assert compare(0.1 * r, "0.100001 r").verdict != "equal"


def test_cancellation_does_not_make_a_formula_different():
    text = r"-\frac{g_1 g_2}{4\pi r}\left[\cosh(100 m_\phi r) - \sinh(100 m_\phi r)\right]"
    assert compare(YUKAWA.subs(m_phi, 100 * m_phi), text).verdict == "equal"
    assert compare(YUKAWA.subs(m_phi, 101 * m_phi), text).verdict == "equal in a limit"
    twice = r"-\frac{g_1 g_2}{2\pi r}\left[\cosh(100 m_\phi r) - \sinh(100 m_\phi r)\right]"
    assert compare(YUKAWA.subs(m_phi, 100 * m_phi), twice).factor == 2
    cosh, sinh = sp.cosh(100 * r), sp.sinh(100 * r)
    assert compare(cosh - sinh, 3 * cosh - 3 * sinh).verdict == "equal up to a factor"
    assert compare(10**40 * sp.exp(r) + 1 / r, 10**40 * sp.exp(r) + 2 / r).verdict == "a term differs"


def test_a_small_term_is_not_hidden_by_a_large_one():
    small = sp.Integral(sp.exp(-r * t), (t, 1, sp.oo))
    large = 10**30 * sp.exp(r) + small
    assert compare(large, large + small).verdict == "a term differs"
    assert compare(large, 10**30 * sp.exp(r) + sp.exp(-r) / r).verdict == "equal"


def test_a_budget_ends_what_would_not_end():
    long = (sp.Add(*(sp.besselk(sp.Rational(n, 7), n * r) for n in range(1, 9))) + g_1 + g_2 + q + m) ** 60
    for megabytes in (60, 2000):
        began = time.monotonic()
        result = compare(long, sp.expand(long.base**2) ** 30, seconds=1, megabytes=megabytes)
        assert (result.verdict, result.exit_code) == ("undecided", 3)
        assert "no decision within" in result.difference
        assert time.monotonic() - began < 6


def test_proofs_are_exact():
    x = r * m
    assert proof_of_zero(sp.besselk(5, x) - sp.besselk(3, x) - 8 / x * sp.besselk(4, x)) == "normal form"
    assert (
        proof_of_zero(sp.besselk(sp.Rational(5, 2), x) - sp.sqrt(sp.pi / (2 * x)) * sp.exp(-x) * (1 + 3 / x + 3 / x**2))
        == "identity"
    )
    assert proof_of_zero(sp.expint(3, x) - (sp.exp(-x) * (1 - x) + x**2 * sp.expint(1, x)) / 2) == "identity"
    assert proof_of_zero(sp.besseli(3, x) - sp.besseli(1, x) + 4 / x * sp.besseli(2, x)) == "identity"
    assert proof_of_zero(sp.sqrt(t - 4 * m**2) - sp.sqrt(t) * sp.sqrt(1 - 4 * m**2 / t)) is not None
    assert proof_of_zero(sp.sin(x) ** 2 + sp.cos(x) ** 2 - 1) == "identity"
    assert proof_of_zero(sp.besselk(5, x) - sp.besselk(3, x) - 8 / x * sp.besselk(4, x) + sp.Rational(1, 10**30)) is None
    assert proof_of_zero(sp.sqrt(g_1**2) - g_1) is None
    assert proof_of_zero(sp.atan(r) + sp.atan(1 / r) - sp.pi / 2) == "differential equation"
    assert proof_of_zero(sp.atan(g_1) + sp.atan(1 / g_1) - sp.pi / 2) is None


def test_the_verb(capsys):
    assert main(["compare", "scalar_exchange.massless_potential", r"-\frac{g_1 g_2}{4\pi r}"]) == 0
    assert "proved" in capsys.readouterr().out
    assert main(["compare", "scalar_exchange.massless_potential", r"\frac{a g_2}{4\pi r}", "--let", "a=g_1", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["factor"], found["dimensionless"]) == ("equal up to a factor", "-1", True)
    assert main(["compare", "scalar_exchange.massless_potential", r"\frac{g_1"]) == 2
    assert "never closed (column 6)" in capsys.readouterr().err
    assert main(["compare", "scalar_exchange.masless", "r"]) == 2
    assert "no step 'masless'" in capsys.readouterr().err
    assert main(["compare", "scalar_exchagne", "r"]) == 2
    assert "no derivation or kernel 'scalar_exchagne'; did you mean" in capsys.readouterr().err
    assert main(["compare", "vector_yukawa_force", r" -\frac{d}{dr}\left(\frac{g_1g_2e^{-m_Ar}}{4\pi r}\right)"]) == 0
    assert main(["compare", "scalar_exchange.interaction", "r"]) == 2
    assert "a product of 1 to 8 bilinears and bosons" in capsys.readouterr().err
    assert main(["compare", "two_neutrino.numerator_", "r"]) == 2
    capsys.readouterr()
    lagrangian = [r"-g_1\,\phi\,\bar{f}f", "--field", "f=psi_1", "--part", "psi_1"]
    assert main(["compare", "scalar_exchange.interaction", *lagrangian]) == 0
    assert "equal, proved" in capsys.readouterr().out
    assert main(["compare", "scalar_exchange.massless_potential", "r", "--part", "psi_1"]) == 2
    assert "no Lagrangian" in capsys.readouterr().err
    assert main(["compare", "scalar_exchange.singularity", "r", "--let", "x"]) == 2
    assert "NAME=MEANING" in capsys.readouterr().err
    assert main(["compare", "scalar_exchange.singularity", "a", "--let", "a=g_1", "--let", "a=g_2"]) == 2
    assert "two meanings" in capsys.readouterr().err


def test_the_page():
    page = Path(nuforce_sym.paper.__file__).with_name("COMPARE.md")
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 15
    assert result.failed == 0


def test_the_commands_of_the_page(capsys):
    page = Path(nuforce_sym.paper.__file__).with_name("COMPARE.md").read_text(encoding="utf-8")
    commands = re.findall(r"\$ nuforce (.*)\n(.*)\n", page)
    assert len(commands) == 3
    for command, first_line in commands:
        main(shlex.split(command))
        assert capsys.readouterr().out.splitlines()[0] == first_line
