"""LaTeX for papers: macros by name, the author's notation, lines that fit the column, and a sample paper that compiles."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import sympy as sp

from nuforce_sym.cli import main
from nuforce_sym.errors import CheckFailed, InputError
from nuforce_sym.paper import read_back as read_back_module
from nuforce_sym.paper.equation import equation, pieces, rows, width
from nuforce_sym.paper.kernel_table import escaped
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.macros import formulas, macros
from nuforce_sym.paper.read_back import read_back
from nuforce_sym.paper.style import Style, checked_latex, glyphs_of, renaming
from nuforce_sym.paper.symbol_names import renamed, renamed_sentence
from nuforce_sym.symbols import symbols

r, m_1, m_2, m_nu, g_V1, g_V2, g_A1 = symbols("r m_1 m_2 m_nu g_V1 g_V2 g_A1")
SAMPLE = Path(__file__).parent / "sample_paper"
READ = (
    "two_neutrino_dirac", "z_exchange", "scalar_pseudoscalar_exchange", "dipole_exchange", "loop_parity_violation",
    "directional_background", "hydrogen_levels",
)  # fmt: skip
REVTEX = shutil.which("latexmk") and shutil.which("kpsewhich") and subprocess.run(
    ["kpsewhich", "revtex4-2.cls"], capture_output=True, check=False
).returncode == 0  # fmt: skip


@pytest.mark.parametrize("text", ["C_1", r"\tilde{C}_A", "g_V^{(1)}", r"\mathcal{G}_{\mathrm{eff}}", r"\lambda'", "G_{F,2}"])
def test_an_author_s_symbol_is_taken_from_a_safe_alphabet(text):
    assert checked_latex(text) == text


@pytest.mark.parametrize(
    "text",
    [
        r"\input{/etc/passwd}", r"\write18{ls}", r"\def\x{y}", r"\csname x\endcsname", "x%y", "x$y", "x~y", "a&b", "x#1",
        "", "   ",
        r"\newcommand", "{x", "x}", "}x{", "a^b^c", "a_b_c", "x^", "α", "x\ny", "x" * 81, r"\\", r"\catcode`\%=1", "^^5cinput",
    ],
)  # fmt: skip
def test_what_could_do_more_than_print_a_symbol_is_refused(text):
    with pytest.raises(InputError):
        checked_latex(text)


@pytest.mark.parametrize(
    ("items", "complaint"),
    [
        (["g_V1"], "NAME=LATEX"),
        (["g_V9=C"], "did you mean"),
        (["g_V1=C", "g_V1=D"], "renamed twice"),
        (["g_V1=C", "g_V2=C"], "written the same"),
        ([r"g_V1=\input{x}"], r"\\input"),
    ],
)
def test_a_renaming_that_misleads_is_refused(items, complaint):
    with pytest.raises(InputError, match=complaint):
        renaming(items)


def test_a_symbol_may_not_take_the_name_of_another_one_in_the_formula():
    style = Style(rename={"g_V1": "r"})
    with pytest.raises(InputError, match="would both be written r"):
        style.refuse_collisions({r, g_V1})
    style.refuse_collisions({g_V1, m_nu})


def test_renamed_symbols_show_in_formulas_left_hand_sides_and_sentences():
    style = Style(rename={"g_V1": "C_1", "m_nu": "m"})
    assert latex(g_V1**2 * m_nu, style) == "C_1^{2} m"
    assert renamed(r"V(m_\nu r) + m_\nu^2 g_{V1}", style) == "V(m r) + m_\\nu^2 C_1".replace(r"m_\nu^2", r"m_\nu^2")
    assert renamed_sentence(r"the mass $m_\nu$, not m_nu", style) == "the mass $m$, not m_nu"


def test_terms_are_ordered_in_the_inverse_mass_and_in_the_distance():
    expr = 1 / m_1**2 + g_V1 + g_V2 / m_1 + g_A1 / (m_1 * m_2)
    heavy = latex(expr, Style(order="1/m"))
    assert [heavy.index(s) for s in ("g_{V1}", "g_{V2}")] == sorted(heavy.index(s) for s in ("g_{V1}", "g_{V2}"))
    assert heavy.startswith("g_{V1} + \\frac{g_{V2}}{m_1}")
    far = latex(1 / r**3 + m_nu**2 / r + m_nu / r**2, Style(order="mr"))
    assert far == r"\frac{m_\nu^{2}}{r} + \frac{m_\nu}{r^{2}} + \frac{1}{r^{3}}"
    with pytest.raises(InputError, match="choose one of written, 1/m, mr"):
        Style(order="random")


def test_a_length_is_turned_into_glyphs():
    assert glyphs_of("246pt") == 35
    assert glyphs_of("86.4mm") == glyphs_of("8.64cm")
    for bad in ("246", "wide", "1pt", "99999pt", "-5mm", "246pt;x"):
        with pytest.raises(InputError, match="width"):
            glyphs_of(bad)


@pytest.mark.parametrize("glyphs", [24, 35, 58])
def test_broken_lines_keep_every_term_and_every_bracket(derived, glyphs):
    style = Style(glyphs=glyphs)
    wide = count = 0
    for one in derived.values():
        for result in one.results.values():
            whole = latex(result.value)
            found = rows("V", result.value, style)
            text = " ".join(found)
            assert text.count(r"\left") == text.count(r"\right")
            assert text.count(r"\Bigl") == text.count(r"\Bigr")
            for row in found:
                assert row.count(r"\left") == row.count(r"\right")
                assert row.count("{") == row.count("}") + row.count(r"\{") - row.count(r"\}")
                wide += width(row) > glyphs + 6
                count += 1
            for letter in ("K_", "sigma", r"\int"):
                assert text.count(letter) == whole.count(letter)
    assert wide <= {24: 0.06, 35: 0.04, 58: 0.02}[glyphs] * count


def test_the_pieces_of_a_broken_sum_add_up_to_the_formula(derived):
    value = sp.expand(derived["two_neutrino_dirac"].results["axial"].value)
    parts = pieces(value, Style(), room=1)
    assert len(parts) >= len(value.args)
    assert parts[0][0] not in "+"
    assert all(p[0] in "+-" or p[:2] in (r"\t", r"\,") or p.endswith(r"\Bigr]") for p in parts[1:])


@pytest.mark.parametrize("glyphs", [24, 58])
def test_what_is_printed_reads_back_as_what_was_derived(derived, glyphs):
    style = Style(rename={"g_V1": r"\tilde{C}_1", "m_nu": "m", "g_Ae": "C_A"}, glyphs=glyphs)
    for name in READ:
        for step, result in derived[name].results.items():
            assert read_back(result.value, style, step) == "equal", f"{name}.{step}"


def test_every_printed_step_of_every_derivation_reads_back_equal(derived):
    count = 0
    for name, derivation in derived.items():
        for step, result in derivation.results.items():
            assert read_back(result.value, Style(), f"{name}.{step}") == "equal", f"{name}.{step}"
            count += 1
    assert count > 400


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\gamma_5", r"\gamma_5\gamma_5"),
        ("g_{V1}", "g_{V2}"),
        (r"\nu\right]", r"\psi_1\right]"),
        ("1 - ", "1 + "),
        ("{2}", "{4}"),
    ],
)
def test_a_misprint_of_a_lagrangian_is_caught(derived, monkeypatch, right, wrong):
    value = derived["two_neutrino"].results["interaction"].value
    text = latex(value)
    assert right in text
    monkeypatch.setattr(read_back_module, "latex", lambda *_, **__: text.replace(right, wrong))
    with pytest.raises(CheckFailed, match="which reads"):
        read_back(value, Style(), "x")


@pytest.mark.parametrize("glyphs", [8, 16, 24])
def test_a_negative_factor_that_is_a_sum_keeps_its_brackets(glyphs):
    formula = -(g_V1 + 1) * (m_nu * r + m_nu**2 * r**2 + 3 * sp.exp(-m_nu * r)) * sp.cos(m_nu * r)
    assert read_back(formula, Style(glyphs=glyphs), "x") == "equal"


def test_a_misprint_is_caught(monkeypatch):
    monkeypatch.setattr(read_back_module, "pieces", lambda *_, **__: [r"\frac{m_\nu}{r}", "- g_1"])
    with pytest.raises(CheckFailed, match="which reads"):
        read_back(m_nu / r + symbols("g_1")[0], Style(), "x")


def test_a_power_of_a_quotient_is_one_factor():
    l = symbols("l")[0]
    formula = 2**l * sp.Pow(m_1 / m_2, 2 * l + 2, evaluate=False) * sp.gamma(l + 1) * (m_nu * r + 1)
    assert " ".join(rows("M", formula, Style(glyphs=12))).count(r"\frac{m_1}{m_2}") == 1
    assert read_back(formula, Style(glyphs=12), "x") == "equal"


def test_a_tall_equation_can_be_broken_between_pages():
    couplings = symbols("g_1 g_2 g_V g_A g_S1 g_S2 g_P1 g_P2 mu_1 mu_2")
    tall = sp.Add(*(g * r**n for n, g in enumerate(couplings)))
    assert r"\begin{align}" in equation("V", tall, "eq:x", Style(glyphs=8))
    assert equation("V", tall, "eq:x", Style(glyphs=8)).count(r"\label{eq:x}") == 1
    assert r"\begin{split}" in equation("V", tall, "eq:x", Style(glyphs=40))


def test_macros_have_both_spellings_and_a_fingerprint(derived):
    found = formulas("z_exchange", derived["z_exchange"].results)
    text = macros(found, Style())
    for f in found:
        assert rf"\@namedef{{nuforce@rhs@{f.name}}}{{{latex(f.value)}}}" in text
        assert f.fingerprint[:16] in text
        assert text.count(rf"\label{{{f.label}}}") == 1
    assert "nuforce@rhs@z_exchange.H_1" in text
    assert "nuforce@rhs@z-exchange.H-1" in text
    with pytest.raises(InputError, match="asked for twice"):
        macros([*found, found[0]], Style())
    with pytest.raises(InputError, match="no step"):
        formulas("z_exchange", derived["z_exchange"].results, "H_3")


def test_plain_text_is_escaped_for_tex():
    assert escaped("f in {sigma_1.p, f}, 50% & more") == r"f in \{$\sigma_1$.p, f\}, 50\% \& more"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["latex", "z_exchange.H_9"], "no step 'H_9'; did you mean"),
        (["latex", "z_exchange", "--class", "book"], "article or revtex4-2"),
        (["latex", "z_exchange", "--order", "size"], "written, 1/m, mr"),
        (["latex", "z_exchange", "--rename", r"g_V1=\input{x}"], "not allowed in a symbol"),
        (["latex", "z_exchange", "--macros", "-o", "x.pdf"], "must be a .tex file"),
        (["latex", "z_exchange", "--bib", "/nowhere/x.bib"], "folder that exists"),
        (["latex", "basset", "z_exchange", "--standalone"], "name the document"),
        (["latex", "basset", "--table", "kernels.tex"], "has a kernel"),
    ],
)
def test_wrong_requests_are_explained(arguments, complaint, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert complaint in capsys.readouterr().err
    assert not list(tmp_path.glob("*.tex"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The folder of the sample paper, after the commands in its head were run."""
    folder = tmp_path_factory.mktemp("paper")
    text = (SAMPLE / "paper.tex").read_text()
    (folder / "paper.tex").write_text(text)
    commands = re.findall(r"^%   nuforce (.*)$", text, re.MULTILINE)
    assert commands
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command in commands:
            assert main(shlex.split(command)) == 0
    return folder


def test_the_sample_paper_s_commands_write_what_it_needs(sample):
    paper = (sample / "paper.tex").read_text()
    macros_text, bib = (sample / "formulas.tex").read_text(), (sample / "references.bib").read_text()
    for name in re.findall(r"\\nuforce(?:lhs|equation|ref)?\{([^}]*)\}", paper):
        assert f"nuforce@rhs@{name}}}" in macros_text or f"nuforce@rhs@{name}\\expandafter" in macros_text
    for keys in re.findall(r"\\cite\{([^}]*)\}", paper):
        assert all(f"{{{key}," in bib for key in keys.split(","))
    assert "C_1" in macros_text
    assert "g_{V1}" not in macros_text
    assert (sample / "kernels.tex").read_text().count(r"\texttt{") == 5


@pytest.mark.skipif(not REVTEX, reason="there is no latexmk or no revtex4-2 here")
def test_the_sample_paper_compiles_and_no_line_sticks_out(sample):
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    done = subprocess.run(command, cwd=sample, capture_output=True, text=True, errors="replace", timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    log = (sample / "paper.log").read_text(errors="replace")
    assert "Overfull \\hbox" not in log
    assert "undefined" not in log
    assert (sample / "paper.pdf").stat().st_size > 50_000
