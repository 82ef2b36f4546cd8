r"""The report of an audit: a table for the terminal, LaTeX to paste, and a self-contained page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from nuforce_sym.errors import InputError
from nuforce_sym.paper.audit import STATUSES, Finding
from nuforce_sym.paper.claims import Claims
from nuforce_sym.paper.equation import width
from nuforce_sym.paper.html import broken_at_relations, latex_formula, page, sentence
from nuforce_sym.paper.kernel_table import escaped

_EXPLAINED = (
    "Each formula is shown as it is printed, with the verdict, and the formula that was derived beside it. Right means proved "
    "equal."
)
ROW = 60
"""The width of a row of a displayed formula, in glyphs."""
_MARKS = {"right": "right", "convention": "right*", "wrong": "WRONG", "undecided": "?", "definition": "-"}
_ANSWERS = {
    "right": "hold",
    "convention": "hold under a stated convention",
    "wrong": "do not hold",
    "undecided": "not decided",
}
_BEYOND = {"right": "holds", "convention": "holds*", "wrong": "fails", "undecided": "?"}


def tally(findings: Sequence[Finding]) -> Counter[str]:
    """Return how many findings on the paper there are of each status; those beyond it are not counted."""
    counted = Counter(f.status for f in findings if not f.claim.beyond)
    return Counter({str(status): counted[status] for status in STATUSES})


def summary(findings: Sequence[Finding]) -> str:
    """Return the tally as a sentence."""
    counts, beyond = tally(findings), Counter(str(f.status) for f in findings if f.claim.beyond)
    said = ", ".join(f"{counts[s]} {STATUSES[s]}" for s in STATUSES if counts[s])
    answered = ", ".join(f"{beyond[s]} {_ANSWERS[s]}" for s in _ANSWERS if beyond[s])
    parts = [f"{counts.total()} formulas: {said}"] * bool(said) + [f"{beyond.total()} questions beyond: {answered}"] * bool(
        answered
    )
    return ". ".join(parts)


def text(claims: Claims, findings: Sequence[Finding]) -> str:
    """Return the audit for a terminal: a line per formula, what was found, and both formulas where they differ."""
    lines = [claims.title, ""]
    for f in findings:
        lines.append(f"{(_BEYOND if f.claim.beyond else _MARKS)[f.status]:<8}{f.claim.id:<24} {f.claim.where}")
        if f.claim.beyond:
            lines.append(f"        asked beyond the paper: {f.claim.beyond}")
        lines.append(f"        {f.sentence}")
        if f.status == "wrong":
            lines += [f"        printed {f.claim.read or f.claim.latex}", f"        derived {f.derived}   [{f.claim.claims}]"]
    return "\n".join([*lines, "", summary(findings) + ".", ""])


def tex(claims: Claims, findings: Sequence[Finding]) -> str:
    r"""Return the audit as a LaTeX section: for every formula what is printed, the verdict and the derived formula."""
    parts = [rf"\section*{{{escaped(claims.title)}}}", escaped(summary(findings)) + "."]
    for f in findings:
        asked = f"Asked beyond the paper: {escaped(f.claim.beyond)}. " if f.claim.beyond else ""
        verdict = rf"{asked}\textbf{{{f.words}}}"
        parts.append(rf"\paragraph{{{escaped(f.claim.id)}, {escaped(f.claim.where)}.}} {verdict}: {escaped(f.sentence)}.")
        parts.append(_display(f.claim.latex.strip().rstrip(".,")))
        if f.claim.reading:
            parts.append(f"Compared: {escaped(f.claim.reading)}, ${f.claim.read}$.")
        if f.derived:
            left = f"{f.lhs} = " if f.lhs else ""
            parts.append(f"Derived ({escaped(f.claim.claims)}):\n{_display(left + f.derived)}")
    return "\n\n".join(parts) + "\n"


def _display(latex: str) -> str:
    """Return a displayed formula in LaTeX, in rows where it is long."""
    rows = [""]
    for part in broken_at_relations(latex):
        if rows[-1] and width(rows[-1]) + width(part) > ROW:
            rows.append(part)
        else:
            rows[-1] = f"{rows[-1]} {part}".strip()
    if len(rows) == 1:
        return f"\\[\n  {latex}\n\\]"
    return "\\begin{multline*}\n  " + " \\\\\n  ".join(rows) + "\n\\end{multline*}"


def html(claims: Claims, findings: Sequence[Finding]) -> str:
    """Return the audit as a self-contained page."""
    rows = "".join(
        f'<tr><td><a href="#{_anchor(f)}">{escape(f.claim.id)}</a></td><td>{escape(f.claim.where)}</td>'
        f'<td class="{f.status}">{escape(f.words)}</td></tr>'
        for f in findings
    )
    head = "<tr><th>Formula</th><th>Where</th><th>Verdict</th></tr>"
    parts = [
        f"<h1>{escape(claims.title)}</h1>",
        f"<p>{escape(summary(findings))}.</p>",
        f"<p>{_EXPLAINED}</p>",
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>",
        *map(_finding, findings),
    ]
    return page(f"Audit: {claims.title}", "\n".join(parts))


def _anchor(finding: Finding) -> str:
    return "formula-" + re.sub(r"[^A-Za-z0-9]", "-", finding.claim.id)


def _finding(f: Finding) -> str:
    claim = f.claim
    parts = [
        f'<section id="{_anchor(f)}">\n<h2>{escape(claim.id)} <span class="soft">{escape(claim.where)}</span></h2>',
        *([f'<p class="soft">Asked beyond the paper: {_said(claim.beyond)}.</p>'] if claim.beyond else []),
        f'<p><span class="mark {f.status}">{escape(f.words)}</span>{_said(f.sentence)}.</p>',
        _shown(claim.latex),
    ]
    if claim.reading:
        parts.append(f'<p class="soft">Compared: {_said(claim.reading)}.</p>{_shown(claim.read)}')
    if claim.why:
        parts.append(f'<p class="soft">{_said(claim.why)}</p>')
    if f.derived:
        left = f"{f.lhs} = " if f.lhs else ""
        parts.append(f'<p class="soft">Derived, <code>{escape(claim.claims)}</code>:</p>{_shown(left + f.derived)}')
    return "\n".join([*parts, "</section>"])


def _said(text_: str) -> str:
    """Return a sentence; where it holds something that is no formula, its plain text."""
    try:
        return sentence(text_)
    except InputError:
        return escape(text_)


def _shown(latex: str) -> str:
    """Return a formula; one that uses more LaTeX than is known here, as its source."""
    try:
        return latex_formula(latex)
    except InputError:
        return f'<div class="eq"><code>{escape(latex)}</code></div>'
