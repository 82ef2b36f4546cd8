"""The reader of LaTeX formulas: what the printer writes it reads, what could mean two things it refuses."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Momentum
from nuforce_sym.paper.equation import equation
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.texread import read_equation, read_latex
from nuforce_sym.spatial import Anticommutator, Dot3, Triple3, Vector3
from nuforce_sym.symbols import quantity, symbols

ROOT = Path(__file__).resolve().parent.parent
r, q, t, m, m_Z, m_e = symbols("r q t m_nu m_Z m_e")
G_F, g_V1, g_V2, g_Ve, g_VN, alpha, e = symbols("G_F g_V1 g_V2 g_Ve g_VN alpha e")
s2W, cW, delta3 = symbols("sin2_theta_W cos_theta_W delta3_r")
s1, s2, p, P, rhat, L, nabla = (Vector3(n) for n in ("sigma_1", "sigma_2", "p", "P", "rhat", "L", "nabla"))
pi, GeV = sp.pi, sp.Symbol("GeV", positive=True)

# one metre and one second in units of 1/GeV, from the definitions of the SI
METRE = 2 * pi * sp.Rational("1.602176634e-19") * 10**9 / (sp.Rational("6.62607015e-34") * 299792458) / GeV
SECOND = 299792458 * METRE

READ = [
    (r"\frac{G_F^2}{4\pi^3 r^5}", G_F**2 / (4 * pi**3 * r**5)),
    (r"G_F^2/(4\pi^3r^5)", G_F**2 / (4 * pi**3 * r**5)),
    (r"{G_{\rm F}}^{2} \dfrac1{4\pi^3}\,r^{-5}", G_F**2 / (4 * pi**3 * r**5)),
    (r"\tfrac12 g_V^e g^N_{\mathrm V}", g_Ve * g_VN / 2),
    (r"g_{V1}\,g_{V_2}", g_V1 * g_V2),
    (r"m^2_\nu + M_Z^2", m**2 + m_Z**2),
    (r"-\frac14 + s_W^2 + \frac12 \sin^2\theta_W\cos^2\theta_W", -sp.Rational(1, 4) + s2W + s2W * cW**2 / 2),
    (r"K_3(2 m_\nu r) + K_{3/2}\!\left(m_\nu r\right)^2", sp.besselk(3, 2 * m * r) + sp.besselk(sp.Rational(3, 2), m * r) ** 2),
    (r"E_1(m_\nu r) + \mathrm{Ei}(-m_\nu r)", sp.expint(1, m * r) + sp.Ei(-m * r)),
    (r"\operatorname{arccosh}(r q) + \operatorname{acosh}\bigl[r q\bigr]", 2 * sp.acosh(q * r)),
    (r"\zeta(3)\Gamma(\tfrac52)", sp.zeta(3) * sp.gamma(sp.Rational(5, 2))),
    (r"\mathrm{Li}_2(r q) + {}_2F_1(1,2;3;r q)", sp.polylog(2, q * r) + sp.hyper([1, 2], [3], q * r)),
    (r"\frac{e^2}{4\pi r} e^{-m_\nu r}", e**2 / (4 * pi * r) * sp.exp(-m * r)),
    (r"\exp\left(-m_\nu r\right)\mathrm{e}^{2}", sp.exp(2 - m * r)),
    (r"\left|q - r\right|\,|q|", q * sp.Abs(q - r)),
    (r"7.7 \times 10^{-33}", sp.Rational(77, 10) / 10**33),
    (r"\sqrt{t-4m_\nu^2}\sqrt[3]{t}", sp.sqrt(t - 4 * m**2) * sp.cbrt(t)),
    (r"\int_{4m_\nu^2}^\infty dt\, e^{-\sqrt t r}", sp.Integral(sp.exp(-sp.sqrt(t) * r), (t, 4 * m**2, sp.oo))),
    (r"\int_{0}^{1} \left(t + t^2\right) \mathrm{d}t + r", sp.Integral(t + t**2, (t, 0, 1)) + r),
    (r"\int_{0}^{1} t + t^2\, dt + r", sp.Integral(t + t**2, (t, 0, 1)) + r),
    (r"\frac{d}{dr}\frac{1}{r}", sp.Derivative(1 / r, r)),
    (r"\frac{\partial^2}{\partial r^2}\left(\frac{q}{r}\right)", sp.Derivative(q / r, (r, 2))),
    (r"G_F\,(5\,\mathrm{MeV})^2 + \mathrm{GeV}^{-2}\text{ eV}^2", G_F * GeV**2 / 40_000 + sp.Rational(1, 10**18)),
    (r"\mathrm{cm^{-2}\,s^{-1}}/\mathrm{cm}^{-2}", 1 / SECOND),
    (r"2\,\mathrm{1/m^3}\cdot(50\,\mathrm{cm})^3", sp.Rational(1, 4)),
    (r"3\,\mathrm{\mu m}+{\rm nm}", sp.Rational(3001, 10**9) * METRE),
    (r"\mathrm{km/s}", 1000 * METRE / SECOND),
    (r"\mathrm{m\,s^{-1}}+0\,\mathrm{pb}\,\mathrm{GHz}^2", METRE / SECOND),
    (r"\mathrm{b}", METRE**2 / 10**28),
    (r"\begin{aligned} \frac{1}{r} \\ & \times q \end{aligned}", q / r),
    (r"\sigma_1\cdot\sigma_2", Dot3(s1, s2)),
    (r"(\boldsymbol{\sigma}_1\times\vec\sigma_2)\cdot\hat{r}\, r^{-2}", Triple3(s1, s2, rhat) / r**2),
    (r"(\vec\sigma_1\times\vec\sigma_2)\cdot\vec\nabla\left[\frac{1}{r}\right]", -Triple3(s1, s2, rhat) / r**2),
    (r"\{\vec\sigma_1\cdot\vec p, \frac1r\}", Anticommutator(Dot3(s1, p), 1 / r)),
    (r"\mathbf{r}\cdot\vec\sigma_1\,\mathbf{P}^2", r * Dot3(rhat, s1) * Dot3(P, P)),
    (r"\delta^{(3)}(\vec r)\,\vec\sigma_1\cdot\nabla", delta3 * Dot3(s1, nabla)),
    (r"V_{PNC}(r) = H = \frac{1}{r}.", 1 / r),
    (r"\begin{equation}\label{eq:V} V &\equiv \frac{1}{r} \\ & + q \end{equation}", q + 1 / r),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text[:30] for text, _ in READ])
def test_formulas_as_papers_write_them(text, expected):
    assert sp.expand(read_latex(text) - expected) == 0


REFUSED = [
    ("1/2 r", "may mean", 2), (r"G_F^2/4\pi^3r^5", "may mean", 6), ("r^12", "first digit", 3), ("2 3", "follows another", 3),
    (r"\sin 2r", "argument", 7), (r"\sin^{-1}(r)", "inverse", 1), (r"\log(r)^2", "power may belong", 8),
    (r"2\frac12", "mixed number", 2), (r"m_\nu (r)", "value of the function", 1), ("1.5e-3", "product with e", 1),
    ("V_{AB}", "not declared", 1), ("g_V^p r", "not declared", 1), (r"m^e", "not declared", 1), ("r'", "does not belong", 2),
    (r"\frac{d}{dr} r q", "may act", 16), (r"\int_0^1 x", "differential", 1), (r"\int q dr", "both limits", 1),
    (r"\int_0^1 dr\,r\,dq", "not declared", 17), (r"\sum_i r", "index", 1), (r"r \pm q", "does not continue", 3),
    (r"\vec p\cdot\vec\sigma_1 \frac1r", "order of the momentum", 1), (r"\vec\sigma_1\cdot\vec\sigma_1", "one spin", 13),
    (r"\vec\sigma_1 \vec\sigma_2", "side by side", 14), (r"\vec\sigma_1\cdot\vec\sigma_2\times\hat r", "cannot be joined", 30),
    (r"\nabla\cdot\hat r", "divergence", 7), (r"\vec\sigma_1\cdot\nabla", "acts on nothing", 1),
    (r"\vec\sigma_1 + r", "vector", 1),
    (r"|r|q|r|", "paired", 1), (r"2V(r) = r", "left-hand side", 1), (r"[r,q]", "not read here", 3),
    (r"\input{x}", "not read", 1),
    (r"\write18{ls}", "not read", 1), (r"r % q", "no part", 3), ("r \\\\ q", "no part", 3), (r"\def\x{r}", "not read", 1),
    ("r − q", "MINUS SIGN", 3), ("4π", "GREEK SMALL LETTER PI", 2), ("r\N{CYRILLIC SMALL LETTER ES}", "CYRILLIC", 2),
    (r"\frac{1}{r", "never closed", 9), ("(r]", "stands where", 3), ("r)", "closes nothing", 2), ("", "missing", 1),
    (r"\frac{1}{q-q}", "division by zero", 1), (r"\zeta(1)", "no value", 1), ("r^{q}^{r}", "two superscripts", 6),
    (r"x^{}r", "missing", 4), (r"r q!", "does not belong", 4), (r"\langle r\rangle", "not read", 1),
    (r"\frac1r\{\vec\sigma_1\cdot\vec p, r\}", "beside an anticommutator", 1),
    (r"3\mu\mathrm{m}", "micro or the symbol", 2), (r"\mathrm{MeVfm}", "no unit", 1), (r"\mathrm{m/s/s}", "several others", 1),
    (r"\mathrm{m^{99}}", "beyond", 1), (r"\begin{aligned} q \\ r \end{aligned}", "line break", 22),
    (r"\begin{split} & \frac1q \\ & (r + q) \end{split}", "line break", 30),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "column"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_what_could_mean_two_things_is_refused_at_its_column(text, words, column):
    with pytest.raises(InputError, match=rf"\(column {column}\)") as caught:
        read_latex(text)
    message = str(caught.value).splitlines()
    assert words in message[0]
    assert message[2].index("^") - 2 == column - 1


BOMBS = {
    "9^{9^{9}}": "at most", r"10^{200}\cdot " * 40 + "1": "digits", "9" * 400_000: "characters", "{" * 7_000: "never closed",
    "(" * 100 + "r" + ")" * 100: "levels", "-" * 7_000: "missing", r"\frac" * 3000: "nested", r"\Gamma(10^{9})": "beyond",
    "r^{" * 100 + "2" + "}" * 100: "levels", "r +" * 4000 + " r": "symbols", r"((1+r)^{200})^{200}": "multiply",
    r"K_{10^{9}}(r)": "beyond", r"\sqrt[10000]{r}": "index", r"\vec\sigma_1" * 900: "side by side", "1+" * 3999: "missing",
    r"(\hat r + \hat r + \hat r + \hat r)\cdot(" + r"\hat r +" * 100 + r"\hat r)": "more than", r"\zeta(-201)": "beyond",
    r"\mathrm{Li}_{-99}(r)": "order", r"\left" * 3000: "missing", r"\sum_{k=1}^{9^{999}} k": "exponent",
    r"\sqrt{1+" * 38 + "r" + "}" * 38: "", r"\frac{1}{1+" * 38 + "r" + "}" * 38: "",
    r"\left|1+" * 38 + "r" + r"\right|" * 38: "",
    "(" * 35 + "r" + "+1)^{200}" * 35: "multiply", r"\sin(1+" * 38 + "r" + ")" * 38: "", r"(2\cdot 3^{200})^{100}": "digits",
}  # fmt: skip


@pytest.mark.parametrize("text", BOMBS, ids=[text[:20] for text in BOMBS])
def test_bombs_are_refused_or_read_in_under_a_second(text):
    began = time.process_time()
    if BOMBS[text]:
        with pytest.raises(InputError, match=BOMBS[text]):
            read_latex(text)
    else:
        read_latex(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "options",
    [{"let": 5}, {"let": {5: "r"}}, {"let": {"a": 5j}}, {"symbols": 5}, {"symbols": "r"}, {"momenta": 5}, {"symbols": [5]}],
)
def test_wrong_types_are_refused_in_words(options):
    with pytest.raises(InputError):
        read_latex("r", **options)


def test_an_undeclared_name_of_the_vocabulary_says_what_it_may_be():
    with pytest.raises(InputError, match=r"'mu' \(renormalisation scale\); 'mu_a'"):
        read_latex(r"\mu r", symbols=[r])
    with pytest.raises(InputError, match="as in let="):
        read_latex(r"\mu r")


def test_bombs_take_less_than_200_megabytes():
    code = (
        "import resource\nfrom nuforce_sym.paper.texread import read_latex\nfrom tests.test_read_latex import BOMBS\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for text in BOMBS:\n    try: read_latex(text)\n    except ValueError: pass\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200


def test_everything_that_is_printed_of_the_derivations_is_read_back(derived):
    read = 0
    for name, derivation in derived.items():
        for step, result in derivation.results.items():
            value = getattr(result.value, "expr", result.value)
            if not isinstance(value, sp.Expr):
                continue
            momenta = sorted(k.name for k in value.atoms(Momentum)) if value.has(Dot, Component, LeviCivita) else ()
            again = read_latex(latex(value), momenta=momenta, prefer=value.atoms(sp.Symbol))
            assert sp.expand(again - value) == 0, f"{name}.{step}"
            printed = equation(result.step.lhs, value, "eq:x")
            assert (
                sp.expand(read_latex(printed, lhs=result.step.lhs, momenta=momenta, prefer=value.atoms(sp.Symbol)) - value) == 0
            ), f"{name}.{step}"
            read += 1
    assert read >= 100


_LEAVES = st.sampled_from([*symbols("r q t m_nu m_Z g_V1 g_Ve e G_F alpha sin2_theta_W mu_1 d_1 delta3_r"), sp.pi, sp.I])
_NUMBERS = st.builds(sp.Rational, st.integers(-9, 9), st.integers(1, 7))


def _deeper(children):
    functions = [sp.exp, sp.log, sp.sin, sp.cosh, sp.coth, sp.acosh, sp.Abs, sp.gamma, sp.Ei, lambda x: sp.besselk(2, x)]
    functions += [lambda x: sp.expint(1, x), lambda x: sp.polylog(2, x), lambda x: sp.besseli(0, x) ** 2, sp.sqrt]
    powers = st.sampled_from([sp.Integer(2), sp.Integer(-1), sp.Integer(-3), sp.Rational(1, 2), sp.Rational(-5, 2), r, -q])
    return st.one_of(
        st.builds(sp.Add, children, children, children),
        st.builds(sp.Mul, children, children, children),
        st.builds(lambda x, n: x if x == 0 else x**n, children, powers),
        st.builds(lambda f, x: f(x), st.sampled_from(functions), children),
        st.builds(lambda x: sp.Integral(x, (t, 0, r)), children),
        st.builds(lambda x: sp.Derivative(x * r, r), children),
    )


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.recursive(st.one_of(_LEAVES, _NUMBERS), _deeper, max_leaves=8))
def test_any_expression_in_the_vocabulary_survives_printing_and_reading(expr):
    if expr.has(sp.zoo, sp.nan, sp.oo, sp.S.NegativeInfinity):
        return
    again = read_latex(latex(expr), prefer=expr.free_symbols)
    assert again == expr or sp.expand(again - expr) == 0 or sp.simplify(again - expr) == 0


def test_let_gives_names_their_meaning():
    let = {"a": "g_V1", r"m_{\nu_i}": "m_nu", "F(r)": r"\frac{e^{-m_Z r}}{4\pi r}", r"\vec S": r"\frac12\vec\sigma_1"}
    F = sp.exp(-m_Z * r) / (4 * pi * r)
    assert read_latex(r"a\, m_{\nu_i} F'(r)", let=let) == g_V1 * m * sp.diff(F, r)
    assert read_latex(r"\vec S\cdot\vec\nabla F(r)", let=let) == Dot3(s1, rhat) * sp.diff(F, r) / 2
    assert read_latex(r"F(2 r)", let=let) == F.subs(r, 2 * r)
    mean = {r"\left\langle\frac{1}{r^3}\right\rangle_{n\ell}": q**3}
    assert read_latex(r"2 \langle \frac{1}{r^{3}}\rangle_{n\ell}", let=mean) == 2 * q**3
    with pytest.raises(InputError, match=r"let b = g_V9: no symbol .* did you mean"):
        read_latex("b", let={"b": "g_V9"})


def test_symbols_of_ones_own_and_two_meanings_of_one_spelling():
    angle = quantity("theta", r"\alpha", 0, "an angle", real=True)
    assert read_latex(r"\cos\alpha", symbols=[angle]) == sp.cos(angle.symbol)
    with pytest.raises(InputError, match=r"\\alpha may mean alpha, theta"):
        read_latex(r"\alpha", symbols=[angle, alpha])
    assert read_latex(r"\alpha", symbols=[angle, alpha], prefer={alpha}) == alpha
    other = quantity("s2", r"\sin^2\theta_W", 0, "the same phrase", real=True)
    with pytest.raises(InputError, match="may mean s2, sin2_theta_W"):
        read_latex(r"\sin^2\theta_W", symbols=[other, s2W])


def test_an_equation_keeps_its_left_hand_side_and_relation():
    found = read_equation(r"V(r)\big|_{m_\nu=0} \approx \frac{1}{r}")
    assert (found.lhs, found.relation, found.value) == (r"V(r)\big|_{m_\nu=0}", "approx", 1 / r)
    assert read_equation(r"V \sim 1/r").relation == "up to a factor"
    assert read_latex(r"\mathbf{q}^2\,\mathcal{V} = r", lhs=r"\mathbf{q}^2\,\mathcal{V}") == r
    with pytest.raises(InputError, match="does not begin"):
        read_latex("W = r", lhs="V")


def test_a_product_of_momentum_and_function_is_half_the_anticommutator_by_weyls_rule():
    text = r"\frac{1}{r}\,\vec\sigma_1\cdot\vec p"
    assert read_latex(text, weyl=True) == Anticommutator(Dot3(s1, p), 1 / r) / 2
    assert read_latex(r"\vec\sigma_1\cdot\vec L\,\frac{1}{r}") == Dot3(L, s1) / r


def test_a_mistyped_meaning_is_no_product_of_its_letters():
    with pytest.raises(InputError, match=r"let a = zz: no symbol 'zz' is declared.*for a product write blanks, 'z z'"):
        read_latex("2 a r", let={"a": "zz"})
    assert read_latex("2 a r", let={"a": "k r"}) == read_latex("2 k r r")
