r"""The report of an audit: a table for the terminal, LaTeX to paste, and a self-contained page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from nuforce_sym.errors import InputError
from nuforce_sym.paper.audit import STATUSES, Finding
from nuforce_sym.paper.claims import Claims
from nuforce_sym.paper.html import latex_formula, page, sentence
from nuforce_sym.paper.kernel_table import escaped

_EXPLAINED = (
    "Each formula is shown as it is printed, with the verdict, and the formula that was derived beside it. Right means proved "
    "equal."
)
_MARKS = {"right": "right", "convention": "right*", "wrong": "WRONG", "undecided": "?", "definition": "-"}


def tally(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are of each status."""
    counted = Counter(f.status for f in findings)
    return {status: counted[status] for status in STATUSES}


def summary(findings: Sequence[Finding]) -> str:
    """Return the tally as a sentence."""
    counts = tally(findings)
    return f"{len(findings)} formulas: " + ", ".join(f"{counts[s]} {STATUSES[s]}" for s in STATUSES if counts[s])


def text(claims: Claims, findings: Sequence[Finding]) -> str:
    """Return the audit for a terminal: a line per formula, what was found, and both formulas where they differ."""
    lines = [claims.title, ""]
    for f in findings:
        lines.append(f"{_MARKS[f.status]:<8}{f.claim.id:<24} {f.claim.where}")
        lines.append(f"        {f.sentence}")
        if f.status == "wrong":
            lines += [f"        printed {f.claim.read or f.claim.latex}", f"        derived {f.derived}   [{f.claim.claims}]"]
    return "\n".join([*lines, "", summary(findings) + ".", ""])


def tex(claims: Claims, findings: Sequence[Finding]) -> str:
    r"""Return the audit as a LaTeX section: for every formula what is printed, the verdict and the derived formula."""
    parts = [rf"\section*{{{escaped(claims.title)}}}", escaped(summary(findings)) + "."]
    for f in findings:
        verdict = rf"\textbf{{{STATUSES[f.status]}}}"
        parts.append(rf"\paragraph{{{escaped(f.claim.id)}, {escaped(f.claim.where)}.}} {verdict}: {escaped(f.sentence)}.")
        parts.append("\\[\n  " + f.claim.latex.strip().rstrip(".,") + "\n\\]")
        if f.claim.reading:
            parts.append(f"Compared: {escaped(f.claim.reading)}, ${f.claim.read}$.")
        if f.derived:
            left = f"{f.lhs} = " if f.lhs else ""
            parts.append(f"Derived ({escaped(f.claim.claims)}):\n\\[\n  {left}{f.derived}\n\\]")
    return "\n\n".join(parts) + "\n"


def html(claims: Claims, findings: Sequence[Finding]) -> str:
    """Return the audit as a self-contained page."""
    counts = tally(findings)
    rows = "".join(
        f'<tr><td><a href="#{_anchor(f)}">{escape(f.claim.id)}</a></td><td>{escape(f.claim.where)}</td>'
        f'<td class="{f.status}">{escape(STATUSES[f.status])}</td></tr>'
        for f in findings
    )
    head = "<tr><th>Formula</th><th>Where</th><th>Verdict</th></tr>"
    tallied = ", ".join(f'<span class="{s}">{counts[s]} {escape(STATUSES[s])}</span>' for s in STATUSES if counts[s])
    parts = [
        f"<h1>{escape(claims.title)}</h1>",
        f"<p>{len(findings)} formulas: {tallied}.</p>",
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
        f'<p><span class="mark {f.status}">{escape(STATUSES[f.status])}</span>{_said(f.sentence)}.</p>',
        _shown(claim.latex),
    ]
    if claim.reading:
        parts.append(f'<p class="soft">Compared: {sentence(claim.reading)}.</p>{_shown(claim.read)}')
    if claim.why:
        parts.append(f'<p class="soft">{sentence(claim.why)}</p>')
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
