"""The page of a derivation: complete, self-contained, and readable on a phone as on a desk."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.dom import minidom

import pytest
import sympy as sp

from nuforce_sym import registry
from nuforce_sym.cli import main
from nuforce_sym.derivation import Derivation
from nuforce_sym.errors import InputError
from nuforce_sym.paper.curve import curve, is_function_of_r, samples
from nuforce_sym.paper.html import broken_at_relations, formula, sentence
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.mathml import mathml
from nuforce_sym.paper.report import report
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols
from tests.chromium import MISSING, browser

r, m_nu, G_F, g_V1 = symbols("r m_nu G_F g_V1")
PAGES = ("two_neutrino_dirac", "z_exchange", "scalar_pseudoscalar_exchange")


def text_of(element: str) -> str:
    node = minidom.parseString(element).documentElement

    def inside(n):
        return n.data if n.nodeType == n.TEXT_NODE else "".join(map(inside, n.childNodes))

    return inside(node)


@pytest.mark.parametrize(
    ("tex", "tag", "text"),
    [
        (r"\frac{G_F^{2}}{4 \pi^3 r^5}", "mfrac", "GF24π3r5"),
        (r"\frac12", "mfrac", "12"),
        (r"x^12", "msup", "x12"),
        (r"K_{3}\!\left(2 m_\nu r\right)", "msub", "K3(2mνr)"),
        (r"\sqrt[3]{x}", "mroot", "x3"),
        (r"\mathcal{L}_{\mathrm{int}}", "msub", "ℒint"),
        (r"\bar{u}(p_1')", "mover", "u‾(p1′)"),
        (r"\slashed{q}\gamma_5", "msub", "q\u0338γ5"),
        (r"\sum_{i=1}^{3} x_i", "munderover", "∑i=13xi"),
        (r"\int_{0}^{\infty}\! dt\, f", "msubsup", "∫0∞dtf"),
        (r"\lim_{r\to\infty} V", "munder", "limr→∞V"),
        (r"\mathbf{r}\times\vec{\sigma}_1", "mover", "𝐫×σ→1"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "mtable", "a=b=c"),
        (r"\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}", "mtable", "abcd"),
        ("a<b", "mo", "a<b"),
    ],
)
def test_latex_becomes_the_mathml_that_it_means(tex, tag, text):
    element = mathml(tex)
    assert text_of(element) == text
    assert minidom.parseString(element).getElementsByTagName(tag)


@pytest.mark.parametrize(
    ("tex", "complaint"),
    [
        (r"\input{/etc/passwd}", r"column 1 .*\\input is not known"),
        (r"\alhpa", "did you mean 'alpha'"),
        (r"\frac{1}", "an argument is missing"),
        (r"{x", "a brace is not closed"),
        (r"x}", "closes nothing"),
        (r"\left(x", r"has no \\right"),
        (r"x^2^3", "two superscripts"),
        ("<script>alert(1)</script>" * 5000, "at most 100000 characters"),
        ("{" * 100 + "}" * 100, "nested deeper"),
        ("α", "no LaTeX mathematics"),
        (r"a & b", "alignment"),
        (r"\begin{tabular}x\end{tabular}", "only aligned, split"),
    ],
)
def test_what_is_not_known_is_refused_and_not_left_out(tex, complaint):
    with pytest.raises(InputError, match=complaint):
        mathml(tex)


def test_every_formula_of_every_derivation_becomes_mathml(derived):
    count = 0
    for one in derived.values():
        for result in one.results.values():
            sentences = [result.step.why, *(e.statement for e in result.evidence)]
            inline = [m for s in sentences for m in re.findall(r"\$([^$]*)\$", s)]
            for tex in [result.step.lhs, latex(result.value), *inline]:
                minidom.parseString(mathml(tex))
                count += 1
            assert "$" not in "".join(sentence(s) for s in sentences)
    assert count > 400


def test_text_from_a_derivation_is_escaped():
    evil = "<script>alert('x')</script> & \"y\""
    assert "<script" not in sentence(evil)
    assert "<script" not in sentence(f"${evil[:7]}a$")
    d = Derivation("evil", evil)
    page = report(d, {}, [])
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_formula_loses_nothing_when_it_is_broken(derived):
    value = derived["scalar_pseudoscalar_exchange"].results["potential"].value
    shown = formula("V", value)
    # the signs of the sum survive: as many terms begin with a sign as the sum has beyond the first
    half = shown.split('<span class="narrow">')[1]
    assert half.count('<mo form="infix">−</mo>') + half.count('<mo form="infix">+</mo>') >= len(value.args) - 1


def test_a_paper_s_formula_breaks_at_relations_only_where_no_group_is_open():
    parts = broken_at_relations(r"\Phi = \frac{a=b}{c} \approx \left(x = y\right) = z")
    assert parts == [r"\Phi = \frac{a=b}{c}", r"\approx \left(x = y\right)", "= z"]


def test_the_curve_of_the_massless_force_falls_by_ten_decades():
    points = samples(1 / r**5)
    assert points[0][1] / points[-1][1] == pytest.approx(1e10)
    picture = curve(-1 / r**5 + 1 / r**3, "V")
    assert 'class="minus"' in picture
    assert 'class="plus"' in picture
    assert "negative (dashed)" in picture


def test_only_functions_of_the_distance_have_a_curve():
    assert is_function_of_r(G_F**2 / r**5)
    assert not is_function_of_r(Dot3(Vector3("sigma_1"), Vector3("sigma_2")) / r)
    assert not is_function_of_r(G_F**2)
    assert not is_function_of_r(sp.Integral(r, (r, 0, 1)))


class _Links(HTMLParser):
    """Everything in a page that would fetch something or run, and the links and anchors inside of it."""

    def __init__(self):
        super().__init__()
        self.outside, self.targets, self.anchors = [], [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("src", "srcset", "action", "data") or name.startswith("on") or (name == "href" and value[0] != "#"):
                self.outside.append((tag, name, value))
            if name == "href" and value[0] == "#":
                self.targets.append(value[1:])
            if name == "id":
                self.anchors.append(value)
        if tag in ("script", "iframe", "object", "link", "img"):
            self.outside.append((tag,))


@pytest.fixture(scope="module")
def pages(derived, exports, tmp_path_factory):
    """The pages of a few derivations, as files."""
    from nuforce_sym.kernel import certificate

    folder = tmp_path_factory.mktemp("pages")
    for name in PAGES:
        kernels = [(k, certificate.load(exports[k.name][2].certificate)) for k in derived[name].kernels]
        (folder / f"{name}.html").write_text(report(registry.get_derivation(name), derived[name].results, kernels))
    return folder


def test_a_page_is_complete_and_fetches_nothing(pages, derived):
    for name in PAGES:
        page = (pages / f"{name}.html").read_text()
        links = _Links()
        links.feed(page)
        assert links.outside == []
        assert set(links.targets) <= set(links.anchors)
        assert len(links.anchors) == len(set(links.anchors))
        for result in derived[name].results.values():
            assert f'<section id="{result.step.name}">' in page
            assert result.fingerprint[:16] in page
            assert all(f"{e.strength}</span>{e.kind.replace('_', ' ')}" in page for e in result.evidence)
        assert all(f'id="kernel-{k.name}"' in page for k in derived[name].kernels)


def test_the_verb_writes_a_page_and_refuses_other_endings(tmp_path, capsys):
    assert main(["report", "basset", "-o", str(tmp_path / "b.html")]) == 0
    assert "<math" in (tmp_path / "b.html").read_text()
    assert main(["report", "basset", "-o", str(tmp_path / "b.pdf")]) == 2
    assert main(["report", "bessett"]) == 2
    assert "did you mean 'basset'" in capsys.readouterr().err


_MEASURE = """
const width = document.documentElement.clientWidth, outside = [], empty = [], scrolled = [];
let formulas = 0;
for (const e of document.querySelectorAll('body *')) {
  const box = e.getBoundingClientRect();
  if (box.width > 0 && (box.right > width + 1 || box.left < -1)) outside.push(e.tagName + ' ' + e.textContent.slice(0, 40));
}
for (const m of document.querySelectorAll('math')) {
  if (m.checkVisibility && !m.checkVisibility()) continue;
  const box = m.getBoundingClientRect();
  formulas += 1;
  if (box.width < 2 || box.height < 4) empty.push(m.textContent);
}
for (const e of document.querySelectorAll('.eq'))
  if (e.scrollWidth > e.clientWidth + 1) scrolled.push(e.textContent.slice(0, 60));
const letters = parseFloat(getComputedStyle(document.querySelector('section p')).fontSize);
const curves = [...document.querySelectorAll('svg')].map(s => s.getBoundingClientRect().height);
const inline = [...document.querySelectorAll('p math')].map(m => parseFloat(getComputedStyle(m).fontSize));
return {width, page: document.documentElement.scrollWidth, outside, empty, scrolled, formulas, letters,
        smallest: Math.min(...inline), curves};
"""


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
@pytest.mark.parametrize("width", [375, 1200])
def test_in_a_browser_nothing_overflows_and_every_formula_shows(width, pages):
    with browser(width) as chromium:
        for name in PAGES:
            chromium.open(pages / f"{name}.html")
            seen = chromium.run(_MEASURE)
            assert seen["width"] == seen["page"] == width
            assert seen["outside"] == []
            assert seen["empty"] == []
            assert seen["scrolled"] == []
            assert seen["formulas"] > 50
            assert seen["letters"] >= 16
            assert seen["smallest"] >= 14
            assert all(height > 100 for height in seen["curves"])


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_the_measurement_sees_an_overflow(tmp_path):
    page = tmp_path / "wide.html"
    wide = '<section><p style="width:900px"><math><mi>x</mi></math></p><div class="eq"><math></math></div></section>'
    page.write_text(f'<!DOCTYPE html><meta name="viewport" content="width=device-width">{wide}')
    with browser(375) as chromium:
        chromium.open(page)
        seen = chromium.run(_MEASURE)
    assert seen["outside"] or seen["page"] > seen["width"]
    assert seen["empty"]
