"""Auditing a paper: a claims file is read strictly, and every verdict is found and not assumed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy as sp

from nuforce_sym import registry
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.cli import main
from nuforce_sym.errors import InputError
from nuforce_sym.paper import audit_page
from nuforce_sym.paper.audit import audit, judge
from nuforce_sym.paper.claims import load_claims, read_claims
from nuforce_sym.paper.compare import compare
from nuforce_sym.symbols import symbol, symbols

r, m_phi, m_nu, g, g_1, g_2, g_Ve, g_Ae, G_F = symbols("r m_phi m_nu g g_1 g_2 g_Ve g_Ae G_F")
cos_theta_W, g_V1, g_V2 = symbols("cos_theta_W g_V1 g_V2")
TALK = Path(registry.__file__).parent / "data" / "claims" / "talk.toml"
half = sp.Rational(1, 2)
Z, electron = Field("Z", "Z", sp.Integer(1), sp.Integer(1), self_conjugate=True), Field("e", "e", half, sp.Integer(1))
KNOWN = {
    "yukawa.potential": ("V(r)", -g_1 * g_2 * sp.exp(-m_phi * r) / (4 * sp.pi * r)),
    "pair.potential": ("V(r)", G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)),
    "dirac.potential": ("V(r)", G_F**2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2)),
    "dirac.coupling": ("c", g_1),
    "z.interaction": (
        r"\mathcal{L}",
        mediator_interaction(Z, (electron, "V", g * g_Ve / (2 * cos_theta_W)), (electron, "A", -g * g_Ae / (2 * cos_theta_W))),
    ),
}


def claim(**entry):
    """One claim, written as TOML so that it passes the same door as a user's."""
    lines = [f"{key} = {json.dumps(value) if not isinstance(value, dict) else _table(value)}" for key, value in entry.items()]
    return read_claims('title = "t"\n[[formula]]\nid = "x"\nwhere = "here"\n' + "\n".join(lines)).claims[0]


def _table(items):
    return "{ " + ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in items.items()) + " }"


def verdict(**entry):
    return judge(claim(**entry), KNOWN.__getitem__)


def test_a_formula_is_right_only_if_it_is_proved_equal():
    assert verdict(latex=r"V(r) = -\frac{g_1 g_2}{4\pi} \frac{e^{-m_\phi r}}{r}", claims="yukawa.potential").status == "right"


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"V(r) = \frac{g_1 g_2}{4\pi} \frac{e^{-m_\phi r}}{r}", "$-1$ times the derived one"),
        (r"V(r) = -\frac{g_1 g_2}{8\pi} \frac{e^{-m_\phi r}}{r}", r"$\frac{1}{2}$ times the derived one"),
        (r"V(r) = -\frac{g_1^2}{4\pi} \frac{e^{-m_\phi r}}{r}", r"$\frac{g_1}{g_2}$ times the derived one"),
        (r"V(r) = -\frac{g_1 g_2}{4\pi} \frac{e^{-m_\phi r}}{r^2}", "dimension wrong"),
        (r"V(r) = -\frac{g_1 g_2}{4\pi} \frac{e^{-2 m_\phi r}}{r}", r"limit $m_\phi \to 0$"),
    ],
)
def test_a_sabotaged_formula_is_wrong_and_the_finding_says_by_what(latex, said):
    found = verdict(latex=latex, claims="yukawa.potential")
    assert found.status == "wrong"
    assert said in found.sentence
    assert found.derived == r"- \frac{g_1 g_2 e^{- m_\phi r}}{4 \pi r}"


def test_a_formula_for_unit_charges_is_right_under_that_convention_and_only_then():
    latex = r"V(r) = \frac{G_F^2}{4\pi^3 r^5}"
    assert verdict(latex=latex, claims="pair.potential").status == "wrong"
    found = verdict(latex=latex, claims="pair.potential", assume={"g_V1": "1", "g_V2": "1"})
    assert found.status == "convention"
    assert "with $g_{V1} = 1$, $g_{V2} = 1$" in found.sentence
    bad = verdict(latex=r"V(r) = \frac{G_F^2}{2\pi^3 r^5}", claims="pair.potential", assume={"g_V1": "1", "g_V2": "1"})
    assert bad.status == "wrong"
    assert "even with" in bad.sentence
    superfluous = verdict(latex=r"\frac{G_F^2 g_{V1} g_{V2}}{4\pi^3 r^5}", claims="pair.potential", assume={"g_V1": "1"})
    assert superfluous.status == "right"


def test_the_paper_s_names_and_derived_formulas_stand_for_what_let_says():
    found = verdict(latex=r"-\frac{A}{r} e^{-m r}", claims="yukawa.potential", let={"A": r"\frac{g_1 g_2}{4\pi}", "m": "m_phi"})
    assert found.status == "right"
    found = verdict(latex=r"-\frac{c g_2}{4\pi r} e^{-m_\phi r}", claims="yukawa.potential", let={"c": "@dirac.coupling"})
    assert found.status == "right"


def test_a_proportionality_is_really_checked():
    ask = {"claims": "yukawa.potential", "relation": "proportional"}
    assert verdict(latex=r"-\frac{e^{-m_\phi r}}{r}", **ask, **{"in": ["r", "m_phi"]}).status == "right"
    found = verdict(latex=r"\frac{e^{-m_\phi r}}{r}", **ask, **{"in": ["r", "m_phi"]})
    assert found.status == "wrong"
    assert "proportional to minus the derived formula" in found.sentence
    found = verdict(latex=r"\frac{e^{-m_\phi r}}{r^2}", **ask, **{"in": ["r", "m_phi"]})
    assert found.status == "wrong"
    assert "the ratio depends on $r$" in found.sentence
    assert verdict(latex=r"-\frac{g_1^2}{r} e^{-m_\phi r}", **ask, **{"in": ["r"]}).status == "right"
    assert verdict(latex=r"\frac{g_1^2}{r} e^{-m_\phi r}", **ask, **{"in": ["g_1"]}).status == "wrong"


def test_a_limit_must_be_the_one_that_is_named():
    latex, ask = r"\frac{G_F^2}{4\pi^3 r^5}", {"claims": "dirac.potential", "relation": "limit"}
    assert verdict(latex=latex, limit="m_nu -> 0", **ask).status == "right"
    assert verdict(latex=latex, limit="r -> oo", **ask).status == "wrong"
    assert verdict(latex=r"\frac{G_F^2}{2\pi^3 r^5}", limit="m_nu -> 0", **ask).status == "wrong"


def test_a_coefficient_of_a_lagrangian_is_compared():
    ask = {"latex": "L", "reading": "the coefficient", "claims": "z.interaction"}
    assert verdict(read=r"-\frac{g}{2 c_W} g_V^e", part="e.V", **ask).status == "right"
    found = verdict(read=r"-\frac{1}{2 c_W} g_V^e", part="e.V", **ask)
    assert found.status == "wrong"
    assert r"$\frac{1}{g}$ times" in found.sentence
    assert verdict(read=r"\frac{g}{2 c_W} g_A^e", part="e.A", **ask).status == "right"
    with pytest.raises(InputError, match=r"no part 'mu\.V'; its bilinears are of e"):
        verdict(read="g", part="mu.V", **ask)


def test_a_lagrangian_is_compared_as_it_is_printed():
    ask = {"claims": "z.interaction", "fields": {r"\psi": "e"}, "let": {r"g_V^\psi": "g_Ve", r"g_A^\psi": "g_Ae"}}
    good = r"\mathcal{L} = -\frac{g}{2 c_W} \bar{\psi} \gamma^\mu (g_V^\psi - g_A^\psi \gamma^5) \psi Z_\mu"
    assert verdict(latex=good, **ask).status == "right"
    assert verdict(latex=good, part="e", **ask).status == "right"
    found = verdict(latex=good.replace("= -", "= "), assume={"g": "-g"}, **ask)
    assert found.status == "convention"
    for wrong in (good.replace("2 c_W", "c_W"), good.replace("- g_A", "+ g_A"), good.replace(r"\gamma^5", "")):
        assert verdict(latex=wrong, **ask).status in ("wrong", "undecided")
    slashed = r"-\frac{g}{2 c_W} \bar{\psi} [(g_V^\psi - g_A^\psi \gamma^5) \not{Z} \psi]"
    assert "has the other sign" in verdict(latex=slashed, **ask).sentence
    with pytest.raises(InputError, match="no term of the Lagrangian holds all of mu"):
        verdict(latex=good, part="mu", **ask)
    with pytest.raises(InputError, match="said to be 'tau', but the derived Lagrangian has"):
        verdict(latex=good, claims="z.interaction", fields={r"\psi": "tau"})


def test_an_order_of_magnitude_is_one_of_numbers():
    known = {"n.n": ("n", sp.Rational("8.2e-6")), **KNOWN}
    ask = {"claims": "n.n", "relation": "order"}
    assert judge(claim(latex="1", **ask), known.__getitem__).status == "wrong"
    assert "8.2e-06 times" in judge(claim(latex="1", **ask), known.__getitem__).sentence
    assert judge(claim(latex=r"10^{-5}", **ask), known.__getitem__).status == "right"
    assert judge(claim(latex=r"-10^{-5}", **ask), known.__getitem__).status == "wrong"
    assert judge(claim(latex="0", **ask), known.__getitem__).status == "wrong"
    assert judge(claim(latex="r", claims="yukawa.potential", relation="order"), known.__getitem__).status == "undecided"


def test_what_cannot_be_read_or_is_not_derived_is_not_decided():
    found = verdict(latex=r"\operatorname{tr} \unknown", claims="pair.potential")
    assert found.status == "undecided"
    assert "cannot be read" in found.sentence
    found = verdict(latex="x", pending="a theory of everything")
    assert (found.status, found.derived) == ("undecided", "")
    assert verdict(latex=r"\eta \equiv r/a_0", relation="definition").status == "definition"


GOOD = {"id": "'a'", "where": "'b'", "latex": "'x'", "claims": "'pair.potential'"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "needs a title and at least one"),
        ("title = 'x'\nformula = 3", "formula must be"),
        ("title = 3", "title must be text"),
        ("titel = 'x'", "no key 'titel'; did you mean 'title'"),
        ("title = 'x'\nsource = 'Nobody1900'\n[[formula]]\nid='a'", "is no reference"),
        ("title = 'x'\nx = '", "is no TOML"),
        ("title = 'x'\n[let]\na = 3\n[[formula]]\nid='a'", "let must be a table of texts"),
        ("a = " + "[" * 3000, "is no TOML"),
        ({"claim": "'x'"}, "formula 'a': there is no key 'claim'; did you mean 'claims'"),
        ({"latex": "3"}, "formula 'a': latex must be text"),
        ({"latex": None}, "formula 'a' has no latex"),
        ({"id": "'<b>'"}, "an id is"),
        ({"relation": "'same'"}, "relation 'same'"),
        ({"claims": "'../../etc/passwd'"}, "claims is DERIVATION.STEP"),
        ({"claims": None}, "needs exactly one of"),
        ({"pending": "'more'"}, "needs exactly one of"),
        ({"read": "'x'"}, "belong together"),
        ({"relation": "'proportional'"}, "names its variables"),
        ({"in": "['r']"}, "names its variables"),
        ({"relation": "'proportional'", "in": "['rr']"}, "no symbol 'rr' is declared"),
        ({"relation": "'limit'"}, "names its limit"),
        ({"assume": "{ g_V9 = '1' }"}, "no symbol 'g_V9' is declared; did you mean"),
        ({"conventions": "['weil']"}, "no convention 'weil'; did you mean 'weyl'"),
    ],
)
def test_a_malformed_claims_file_is_refused_with_its_name_and_entry(text, complaint):
    if isinstance(text, dict):
        entry = {k: v for k, v in {**GOOD, **text}.items() if v is not None}
        text = "title = 'x'\n[[formula]]\n" + "\n".join(f"{k} = {v}" for k, v in entry.items())
    with pytest.raises(InputError, match=r"my\.toml") as caught:
        read_claims(text, "my.toml")
    assert complaint in str(caught.value)


def test_ids_are_unique():
    entry = "[[formula]]\n" + "\n".join(f"{k} = {v}" for k, v in GOOD.items()) + "\n"
    with pytest.raises(InputError, match="used twice: a"):
        read_claims("title = 'x'\n" + entry + entry)


def test_files_that_are_no_claims_files_are_refused(tmp_path):
    big, binary = tmp_path / "big.toml", tmp_path / "binary.toml"
    big.write_text("#" * 400_001)
    binary.write_bytes(b"\xff\xfe\x00")
    for path, complaint in ((big, "larger than 400 kB"), (binary, "no text in UTF-8"), (tmp_path / "no.toml", "No such file")):
        with pytest.raises(InputError, match=complaint):
            load_claims(path)


# What the slides of the talk get right and wrong at tree level, from the amplitude of Z exchange.
TREE = {
    "L_Z": "wrong",
    "O_Z": "right",
    "O_W": "right",
    "O_4": "right",
    "H_1": "wrong",
    "H_2": "wrong",
    "C": "wrong",
    "V_PNC": "convention",
}
SAID = {
    "L_Z": r"has the factor $- \frac{1}{g}$",
    "H_1": "$-2$ times",
    "H_2": "$2$ times",
    "C": "$-2$ times",
    "loop amplitude": "$-1$ times",
}


def test_the_engine_finds_what_the_talk_has_wrong():
    done = {}

    def resolve(name):
        owner, _, step = name.partition(".")
        if owner not in done:
            done[owner] = registry.derive(owner)
        return done[owner][step].step.lhs, done[owner][step].value

    chosen = {**TREE, "loop amplitude": "wrong", "massless pair": "convention", "background amplitude": "right"}
    claims = [c for c in load_claims(TALK).claims if c.id in chosen]
    found = {f.claim.id: f for f in (judge(c, resolve) for c in claims)}
    assert {name: f.status for name, f in found.items()} == chosen
    for name, said in SAID.items():
        assert said in found[name].sentence


def test_every_claim_of_the_talk_names_a_step_that_exists():
    claims = load_claims(TALK).claims
    assert len(claims) > 50
    for c in claims:
        for name in [c.claims, *(text[1:] for text in c.let.values() if text.startswith("@"))]:
            owner, dot, step = name.partition(".")
            if dot:
                assert step in [s.name for s in registry.get_derivation(owner).steps]


@pytest.fixture
def small(tmp_path):
    """A claims file on a quick derivation: one right, one wrong, one definition, with text that must be escaped."""
    path = tmp_path / "paper.toml"
    good = r"C = -\frac{g^2 g_V^e g_A^N}{8 c_W^2 m_e}"
    bad = r"H_1 = \frac{g^2 g_A^e g_V^N}{4 c_W^2}"
    path.write_text(
        "title = '<script>alert(1)</script> & co'\n"
        f"[[formula]]\nid = 'good'\nwhere = 'Eq. (1)'\nlatex = '{good}'\nclaims = 'z_exchange.C'\n"
        f"[[formula]]\nid = 'bad'\nwhere = 'Eq. (2)'\nlatex = '{bad}'\nclaims = 'z_exchange.H_1'\nwhy = 'a sign & a <b>'\n"
        "[[formula]]\nid = 'name'\nwhere = 'Eq. (3)'\nlatex = '\\hat{x} \\equiv \\weird{x}'\nrelation = 'definition'\n"
    )
    return path


def test_the_verb_reports_in_every_form(small, tmp_path, capsys):
    page, section = tmp_path / "a.html", tmp_path / "a.tex"
    assert main(["audit", str(small), "--html", str(page), "--latex", str(section)]) == 1
    out = capsys.readouterr().out
    assert "3 formulas: 1 right, 1 wrong, 1 definition." in out
    assert "WRONG   bad" in out
    assert main(["audit", str(small), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["tally"] == {"right": 1, "convention": 0, "wrong": 1, "undecided": 0, "definition": 1}
    assert [f["factor"] for f in data["findings"]] == ["", "-1", ""]
    text = page.read_text()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "a sign &amp; a &lt;b&gt;" in text
    assert r"\weird{x}" in text  # a formula that cannot be shown stands there as its source
    assert text.count('<div class="eq"') == 5
    assert r"\textbf{wrong}" in section.read_text()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["audit", "tolk"], "did you mean 'talk'"),
        (["audit", "nowhere.toml"], "No such file"),
        (["audit", "talk", "--html", "a.pdf"], "must be a .html file"),
        (["audit", "talk", "--seconds", "0"], "between 0 and 600"),
    ],
)
def test_wrong_requests_are_explained(arguments, complaint, capsys):
    assert main(arguments) == 2
    assert complaint in capsys.readouterr().err


def test_an_unknown_step_is_refused_with_a_suggestion(small, capsys):
    small.write_text(small.read_text().replace("z_exchange.H_1", "z_exchange.H_11"))
    assert main(["audit", str(small)]) == 2
    assert "no step 'H_11'; did you mean 'H_1'" in capsys.readouterr().err


def test_the_tally_counts_every_finding():
    claims = read_claims("title='t'\n[[formula]]\nid='a'\nwhere='b'\nlatex='x'\nrelation='definition'")
    findings = audit(claims, KNOWN.__getitem__)
    assert sum(audit_page.tally(findings).values()) == 1
    assert audit_page.summary(findings) == "1 formulas: 1 definition"


def test_a_question_beyond_the_paper_is_not_held_against_it():
    claims = read_claims(
        "title='t'\n[[formula]]\nid='a'\nwhere='b'\nlatex='2 g_V'\nclaims='effective_lagrangian.fermi'\nbeyond='if $x$ holds'"
    )
    (finding,) = audit(claims, lambda _: ("g", symbol("g_V")))
    assert finding.status == "wrong"
    assert finding.words == "does not hold"
    assert audit_page.summary([finding]) == "1 questions beyond: 1 do not hold"
    assert "fails" in audit_page.text(claims, [finding])
    assert "does not hold" in audit_page.html(claims, [finding])


def test_the_textbooks_are_right_and_a_factor_two_in_them_is_found(derived):
    def resolve(name):
        owner, _, step = name.partition(".")
        result = derived[owner].results[step]
        return result.step.lhs, result.value

    text = TALK.with_name("textbooks.toml").read_text(encoding="utf-8")
    assert {f.status for f in audit(read_claims(text), resolve)} == {"right", "convention"}
    spoiled = audit(read_claims(text.replace(r"\frac{g^2}{4\pi}", r"\frac{g^2}{2\pi}")), resolve)
    assert [f.claim.id for f in spoiled if f.status == "wrong"] == ["Yukawa potential"]


@pytest.mark.parametrize(
    ("derived", "latex", "limit"),
    [
        ("dirac.potential", r"\frac{G_F^2}{4\pi^3 r^5}", "r -> 0"),
        ("dirac.potential", r"\frac{G_F^2}{4\pi^3 r^5}", "m_nu -> 0"),
        ("dirac.potential", r"\frac{G_F^2 m_\nu^{5/2}}{8\pi^{5/2} r^{5/2}} e^{-2m_\nu r}", "r -> oo"),
        ("yukawa.potential", r"-\frac{g_1 g_2}{4\pi r}", "r -> 0"),
    ],
)
def test_a_limit_may_be_one_of_any_positive_symbol(derived, latex, limit):
    assert verdict(latex=latex, claims=derived, relation="limit", limit=limit).status == "right"
    assert verdict(latex=rf"2\cdot({latex})", claims=derived, relation="limit", limit=limit).status == "wrong"
    elsewhere = verdict(latex=latex, claims=derived, relation="limit", limit="q -> 0")
    assert elsewhere.status == "undecided"
    assert "must be one of a positive symbol" in elsewhere.sentence


def test_a_contact_term_has_the_value_of_its_factor_at_the_origin():
    delta = symbol("delta3_r")
    right = r"m_\phi^2 e^{-m_\phi r} D"
    assert compare(delta * m_phi**2, right, let={"D": "delta3_r"}).verdict == "equal"
    assert compare(delta * m_phi**2, f"2 {right}", let={"D": "delta3_r"}).verdict == "equal up to a factor"
    for singular in (r"\frac{D}{r m_\phi}", r"\mathrm{Ei}(-m_\phi r) D"):
        given = right.replace("D", singular)
        assert compare(delta * m_phi**2, given, let={"D": "delta3_r"}).verdict != "equal"


def test_a_hamiltonian_is_no_lagrangian():
    with pytest.raises(InputError, match="opposite sign"):
        compare(KNOWN["z.interaction"][1], r"\mathcal{H} = g Z_\mu \bar e\gamma^\mu e")


def test_a_coupling_that_vanishes_is_not_contained():
    with pytest.raises(InputError, match="is zero"):
        compare(KNOWN["z.interaction"][1], r"\mathcal{L} \supset 0\, Z_\mu \bar e\gamma^\mu e")


def test_a_coefficient_of_very_many_terms_is_refused_at_once():
    with pytest.raises(InputError, match="more than 5000 terms"):
        compare(KNOWN["z.interaction"][1], " ".join(["(g_1 + g_2 + 1)"] * 60) + r" Z_\mu \bar e\gamma^\mu e")


def test_a_force_is_no_potential():
    latex = r"F(r) = -\frac{g_1 g_2}{4\pi} \frac{e^{-m_\phi r}}{r}"
    found = verdict(latex=latex, claims="yukawa.potential")
    assert (found.status, "a force and a potential" in found.sentence) == ("undecided", True)
    assert verdict(latex=latex, claims="yukawa.potential", lhs="F(r)").status == "right"
    assert verdict(latex=latex.replace("F", "U"), claims="yukawa.potential").status == "right"
