r"""Pieces of self-contained pages: sentences and formulas as HTML with MathML, and the frame around them.

A page needs no network, no scripts and no fonts from elsewhere. A formula is a row of MathML elements between which the
browser may break the line; a narrow screen gets a row of shorter ones.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from nuforce_sym.paper.equation import pieces
from nuforce_sym.paper.mathml import mathml
from nuforce_sym.paper.style import Style
from nuforce_sym.symbols import VOCABULARY

WIDE, NARROW = 54, 20
"""Glyphs of the longest piece of a formula on a wide screen, and on a phone's."""

_WORD = re.compile(r"\b([A-Za-z]+_\w+)\b|\^(-?\d+(?:/\d+)?)")

STYLE = """
:root{color-scheme:light dark;--ink:#1a1c20;--paper:#fff;--soft:#5b6270;--line:#d9dde4;--tint:#f4f6f9;--accent:#1f4e8c;
--good:#1b6b3a;--fair:#7a5b00;--bad:#a3202a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8ec;--paper:#15171b;--soft:#a2a9b6;--line:#343943;--tint:#1d2026;
--accent:#8fb8f0;--good:#7fd19b;--fair:#e0c15e;--bad:#f08c93}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 Georgia,"Liberation Serif","Noto Serif",serif}
main{max-width:54rem;margin:0 auto;padding:1.2rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.2;margin:.6rem 0}h2{font-size:1.25rem;margin:2.4rem 0 .4rem;line-height:1.3}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}
p{margin:.5rem 0}a{color:var(--accent)}
code,.mono{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.82em;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9rem}
.eq{margin:.8rem 0;padding:.7rem .9rem;background:var(--tint);border-left:3px solid var(--accent);line-height:2.6;
overflow-x:auto;overflow-y:hidden}
.eq .narrow{display:none}
math{font-size:1.06em}
.eq math{vertical-align:middle}
.eq .piece{display:inline-block;line-height:1.2;padding:.15rem 0;vertical-align:middle}
ul.checks{list-style:none;margin:.4rem 0;padding:0;font-size:.92rem}
ul.checks li{margin:.25rem 0;padding-left:6.1rem;text-indent:-6.1rem;overflow-wrap:anywhere}
.mark{display:inline-block;min-width:5.5rem;margin-right:.6rem;text-indent:0;font-size:.78rem;font-family:system-ui,sans-serif;
font-weight:600;text-transform:lowercase}
.proved,.right{color:var(--good)}.measured,.convention{color:var(--fair)}.assumed,.undecided{color:var(--soft)}.wrong{color:var(--bad)}
figure{margin:.8rem 0;max-width:30rem}figure svg{width:100%;height:auto;display:block}
figcaption{font-size:.88rem;color:var(--soft)}
svg line{stroke:var(--line);stroke-width:1}svg polyline{fill:none;stroke:var(--accent);stroke-width:2}
svg .minus{stroke-dasharray:6 4}svg text{fill:var(--ink);font:13px system-ui,sans-serif}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);
overflow-wrap:break-word}
th{font-family:system-ui,sans-serif;font-size:.78rem;color:var(--soft);font-weight:600}
nav ol{columns:2;padding-left:1.4rem;font-size:.92rem;margin:.6rem 0}
@media (max-width:720px){body{font-size:16px}.eq{padding:.5rem .6rem;margin-left:-.3rem;margin-right:-.3rem}
.eq .wide{display:none}.eq .narrow{display:inline}math{font-size:1em}nav ol{columns:1}
ul.checks li{padding-left:0;text-indent:0}.mark{min-width:0}td,th{padding-right:.4rem}}
@media print{.eq{break-inside:avoid}}
"""


def page(title: str, body: str) -> str:
    """Return a complete HTML page; ``title`` is plain text, ``body`` is HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def sentence(text: str) -> str:
    """Return a plain sentence with ``$...$`` as HTML: mathematics as MathML, names of the vocabulary as symbols."""
    parts = " ".join(text.split()).split("$")
    return "".join(mathml(part) if i % 2 else _plain(part) for i, part in enumerate(parts))


def _plain(text: str) -> str:
    found, place = [], 0
    for match in _WORD.finditer(text):
        found.append(_arrows(text[place : match.start()]))
        if match[2]:
            found.append(f"<sup>{match[2].replace('-', '−')}</sup>")
        else:
            found.append(_name(match[1]))
        place = match.end()
    return "".join([*found, _arrows(text[place:])])


def _name(word: str) -> str:
    if word in VOCABULARY:
        return mathml(VOCABULARY[word].latex)
    letter, _, index = word.partition("_")
    short = len(letter) == 1 and len(index) <= 2
    return f"<i>{escape(letter)}</i><sub>{escape(index)}</sub>" if short else escape(word)


def _arrows(text: str) -> str:
    for plain, sign in (("<->", "↔"), ("->", "→"), ("<=", "≤"), (">=", "≥"), ("~", "\u00a0")):
        text = text.replace(plain, sign)
    return escape(text)


def formula(lhs: str, value: Any, *, anchor: str = "") -> str:
    """Return the displayed equation lhs = value; ``lhs`` is LaTeX or empty."""
    return _displayed([lhs] if lhs else [], [pieces(value, Style(), room=room) for room in (WIDE, NARROW)], anchor)


def latex_formula(latex: str) -> str:
    """Return a displayed formula that is given as LaTeX; it is broken at the relation signs outside of its braces."""
    parts = broken_at_relations(latex)
    return _displayed([], [parts, parts], "")


def broken_at_relations(latex: str) -> list[str]:
    r"""Return LaTeX in parts that begin with a relation such as ``=`` or a sum's + or -, where no group is open."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"\\(left|right|begin|end)\b|\\([A-Za-z]+|.)|[{}=+-]", latex):
        token = match[0]
        depth += token in ("{", r"\left", r"\begin")
        depth -= token in ("}", r"\right", r"\end")
        relation = token in ("=", r"\approx", r"\sim", r"\equiv", r"\propto", r"\longrightarrow", r"\xrightarrow", "+", "-")
        before = latex[start : match.start()].strip()
        if relation and depth == 0 and before and before[-1] not in "=([^_,+-" and len(before) > 6:
            parts.append(before)
            start = match.start()
    return [*parts, latex[start:].strip()]


def _displayed(lhs: list[str], variants: list[list[str]], anchor: str) -> str:
    heads = [_element(f"{left} =", first=True) for left in lhs]
    wide, narrow = (" ".join(heads + [_element(part, first=not n) for n, part in enumerate(row)]) for row in variants)
    name = f' id="{escape(anchor)}"' if anchor else ""
    if wide == narrow:
        return f'<div class="eq"{name}>{wide}</div>'
    return f'<div class="eq"{name}><span class="wide">{wide}</span><span class="narrow">{narrow}</span></div>'


def _element(latex: str, *, first: bool) -> str:
    found = mathml(latex, display=True)
    if not first:  # a sign between two elements is spaced like one inside of a sum
        found = re.sub(r"(<math[^>]*>)<mo>([^<]*)</mo>", r'\1<mo form="infix">\2</mo>', found, count=1)
    return f'<span class="piece">{found}</span>'
