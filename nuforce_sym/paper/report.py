r"""One derivation as one self-contained page: its steps, reasons, checks, evidence, curves, kernels and certificates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

import sympy as sp

from nuforce_sym.derivation import Derivation, Result
from nuforce_sym.errors import InputError
from nuforce_sym.kernel import Kernel
from nuforce_sym.kernel.certificate import Certificate
from nuforce_sym.paper.curve import FROM, TO, curve, is_function_of_r
from nuforce_sym.paper.html import formula, page, sentence
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.mathml import mathml
from nuforce_sym.paper.references import field
from nuforce_sym.symbols import VOCABULARY

_CONVENTIONS = (
    r"Natural units, $\hbar=c=1$; metric $(+,-,-,-)$; $\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3$; "
    r"$\mathbf{r}=\mathbf{r}_1-\mathbf{r}_2$. Every equation was derived from the ones above it, and checked by the routes "
    "that are listed below it: proved by algebra, or measured in numbers."
)
_ACCENT = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303"}


def report(derivation: Derivation, results: Mapping[str, Result], kernels: Sequence[tuple[Kernel, Certificate]]) -> str:
    """Return the page of a derivation, with the kernels that it exports and their certificates."""
    parts = [
        f"<h1>{escape(derivation.title)}</h1>",
        f'<p class="soft"><code>nuforce report {escape(derivation.name)}</code></p>',
        f"<p>{sentence(_CONVENTIONS)}</p>",
        _contents(results, kernels),
        *(_step(number, result, derivation.name) for number, result in enumerate(results.values(), 1)),
        *(_kernel(kernel, certificate) for kernel, certificate in kernels),
    ]
    if derivation.cites:
        items = "".join(f'<li id="{escape(key)}">{_reference(key)}</li>' for key in derivation.cites)
        parts.append(f'<h2 id="references">References</h2>\n<ol class="references">{items}</ol>')
    return page(derivation.title, "\n".join(parts))


def _contents(results: Mapping[str, Result], kernels: Sequence[tuple[Kernel, Certificate]]) -> str:
    steps = [f'<li><a href="#{escape(name)}">{_title(result)}</a></li>' for name, result in results.items()]
    names = [f'<li><a href="#kernel-{escape(k.name)}">kernel <code>{escape(k.name)}</code></a></li>' for k, _ in kernels]
    return f"<nav><ol>{''.join(steps + names)}</ol></nav>"


def _title(result: Result) -> str:
    """Return the title of a step as HTML: its name in words, or what stands to its left where the name is a symbol, H_1."""
    name = result.step.name
    if len(name) <= 4:
        return mathml(result.step.lhs)
    words = re.sub(r"(?<=[a-z])(\d)", r" \1", name).split("_")
    return escape(" ".join([words[0][:1].upper() + words[0][1:], *words[1:]]))


def _step(number: int, result: Result, derivation: str) -> str:
    step = result.step
    parts = [
        f'<section id="{escape(step.name)}">\n<h2>{number}. {_title(result)}</h2>',
        f"<p>{sentence(step.why)}</p>",
        formula(step.lhs, result.value),
        _checks([(e.strength, e.kind.replace("_", " "), e.statement) for e in result.evidence]),
    ]
    if is_function_of_r(result.value):
        parts.append(_figure(step.lhs, result.value, f"{derivation}.{step.name}"))
    return "\n".join([*parts, f'<p class="soft mono">{result.fingerprint[:16]}</p>', "</section>"])


def _figure(lhs: str, value: sp.Expr, name: str) -> str:
    """Return the curve of a function of r; nothing where it has none with every other symbol set to 1."""
    try:
        picture = curve(value, name, lhs)
    except InputError:
        return ""
    said = f"Magnitude of {mathml(lhs)} for r from {FROM:g} to {TO:g}, with every other symbol set to 1; dashed where negative."
    return f"<figure>{picture}<figcaption>{said}</figcaption></figure>"


def _checks(rows: Sequence[tuple[str, str, str]]) -> str:
    items = [
        f'<li><span class="mark {escape(strength)}">{escape(strength)}</span>{escape(kind)}: {said}</li>'
        for strength, kind, said in ((a, b, sentence(_typeset(c))) for a, b, c in rows)
    ]
    return f'<ul class="checks">{"".join(items)}</ul>'


def _typeset(statement: str) -> str:
    """Return a statement with powers of ten as such, and oo, as SymPy prints infinity, as the sign."""
    parts = statement.split("$")
    parts[::2] = [re.sub(r"\b1e(-?\d+)\b", r"$10^{\1}$", part) for part in parts[::2]]
    parts = "$".join(parts).split("$")
    return "$".join(re.sub(r"(?<![A-Za-z])oo(?![A-Za-z])", r"\\infty" if i % 2 else "∞", part) for i, part in enumerate(parts))


def _kernel(kernel: Kernel, certificate: Certificate) -> str:
    rows = "".join(
        f"<tr><td>{mathml(VOCABULARY[a.symbol.name].latex)}</td><td>{sentence(a.meaning)}</td>"
        f"<td>{_number(a.low)} … {_number(a.high)}</td><td>{_unit(a.energy)}</td></tr>"
        for a in kernel.arguments
    )
    limits = "; ".join(f"{_number(c.low)} ≤ {mathml(latex(c.expr))} ≤ {_number(c.high)}" for c in kernel.constraints)
    claims = [(c.strength, c.clause, c.statement) for c in certificate.claims if c.clause != "physics"]
    head = "<tr><th>Argument</th><th>Meaning</th><th>Range</th><th>Unit</th></tr>"
    bound = f"Unit of the result: {_unit(kernel.energy)}. Relative error proved of its text: {_number(certificate.bound)}."
    return "\n".join(
        [
            f'<section id="kernel-{escape(kernel.name)}">\n<h2>Kernel <code>{escape(kernel.name)}</code></h2>',
            f"<p>{sentence(kernel.title)}. {bound}</p>",
            formula("", kernel.formula),
            f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>",
            f'<p class="soft">{limits}.</p>' if limits else "",
            *(f'<p class="soft">{sentence(note)}</p>' for note in kernel.notes),
            "<h3>Certificate</h3>",
            _checks(claims),
            f'<p class="soft mono">formula {certificate.formula_hash[:16]} · text {certificate.text_hash[:16]}</p>\n</section>',
        ]
    )


def _unit(energy: object) -> str:
    return {"0": "1", "1": "GeV"}.get(str(energy), f"GeV<sup>{escape(str(energy)).replace('-', '−')}</sup>")


def _number(value: float) -> str:
    text = f"{value:.3g}"
    if "e" not in text:
        return text
    mantissa, power = text.split("e")
    ten = f"10<sup>{str(int(power)).replace('-', '−')}</sup>"
    return ten if mantissa == "1" else f"{mantissa} × {ten}"


def _reference(key: str) -> str:
    """Return an entry of the bibliography as HTML."""
    wanted = ("author", "title", "journal", "volume", "pages", "publisher", "year", "note", "eprint")
    have = {name: _plain_text(field(key, name) or "") for name in wanted}
    parts = [have["author"].replace(" and ", "; "), f"<i>{have['title']}</i>"]
    if have["journal"]:
        parts.append(f"{have['journal']} <b>{have['volume']}</b>, {have['pages']}")
    parts += [have[name] for name in ("publisher", "note") if have[name]]
    parts += [f"arXiv:{have['eprint']}"] if have["eprint"] else []
    return ", ".join(p for p in parts if p) + (f" ({have['year']})" if have["year"] else "") + "."


def _plain_text(bibtex: str) -> str:
    """Return a BibTeX field as escaped text: accents composed, braces dropped, dashes as dashes."""
    text = re.sub(r"\{\\(.)\{?(\w)\}?\}|\\([\"'`^~])\{?(\w)\}?", _accented, bibtex)
    return escape(re.sub(r"[{}]", "", text).replace("--", "–").replace(r"\&", "&"))


def _accented(match: re.Match[str]) -> str:
    mark, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
    return letter + _ACCENT.get(mark, "")
