r"""A derivation as LaTeX: its sentences, and its equations numbered, labelled and broken to the line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from nuforce_sym.derivation import Derivation, Result
from nuforce_sym.errors import InputError, NuforceError
from nuforce_sym.paper.equation import equation
from nuforce_sym.paper.references import bibitem
from nuforce_sym.paper.style import LINE_WIDTH, Style, glyphs_of
from nuforce_sym.paper.symbol_names import renamed, renamed_sentence
from nuforce_sym.symbols import VOCABULARY

COMPILE_SECONDS = 120
CLASSES = ("article", "revtex4-2")
COLUMNS = {"article": LINE_WIDTH, "revtex4-2": glyphs_of("246pt")}
"""Glyphs on a line of the documents that `document` makes: a wide article, and two columns of a physics journal."""

_PACKAGES = "\\usepackage[T1]{fontenc}\n\\usepackage{amsmath,amssymb,slashed}\n\\allowdisplaybreaks"
_OPENINGS = {
    "article": "\\documentclass[11pt]{article}\n\\usepackage[a4paper,margin=28mm]{geometry}",
    "revtex4-2": "\\documentclass[aps,prd,twocolumn,10pt,a4paper,nofootinbib]{revtex4-2}",
}
_CONVENTIONS = (
    r"Natural units, $\hbar=c=1$; metric $(+,-,-,-)$; $\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3$; "
    r"$\mathbf{r}=\mathbf{r}_1-\mathbf{r}_2$."
)

Part = tuple[Derivation, Mapping[str, Result]]


def body(derivation: Derivation, results: Mapping[str, Result], style: Style | None = None) -> str:
    r"""Return the section's text: for each step its sentence, then its equation with the label eq:NAME.STEP."""
    style = style or Style()
    parts = [f"% {derivation.title}: nuforce latex {derivation.name}"]
    for result in results.values():
        step = result.step
        parts.append(
            f"% {step.name} {result.fingerprint[:16]}\n{renamed_sentence(step.why, style)}\n"
            + equation(renamed(step.lhs, style), result.value, f"eq:{derivation.name}.{step.name}", style)
        )
    return "\n\n".join(parts) + "\n"


def checks_paragraph(results: Mapping[str, Result]) -> str:
    """Return a paragraph that says how each equation was checked."""
    items = []
    for result in results.values():
        found = "; ".join(f"{e.statement} ({e.strength})" for e in result.evidence)
        items.append(rf"\item[{{${result.step.lhs}$}}] {_escape(found)}.")
    return "\n".join([r"\paragraph{Checks.}", r"\begin{description}\small", *items, r"\end{description}", ""])


def _escape(text: str) -> str:
    """Typeset a plain sentence: powers and the vocabulary's names, outside of $...$."""
    parts = text.split("$")
    for i in range(0, len(parts), 2):
        part = re.sub(r"\^(-?\d+(?:/\d+)?)", r"$^{\1}$", parts[i])
        part = re.sub(r"\b[A-Za-z]+_\w+\b", _vocabulary_name, part)
        part = re.sub(r"(?<![A-Za-z])oo(?![A-Za-z])", r"$\\infty$", part)
        for plain, tex in (("<->", r"$\leftrightarrow$"), ("->", r"$\to$")):
            part = part.replace(plain, tex)
        parts[i] = part
    return "$".join(parts)


def _vocabulary_name(match: re.Match[str]) -> str:
    entry = VOCABULARY.get(match[0])
    return f"${entry.latex}$" if entry else match[0].replace("_", r"\_")


def document(parts: Sequence[Part], style: Style | None = None, *, document_class: str = "article") -> str:
    """Return a complete document that compiles by itself, with a section for each of several derivations.

    Raises:
        InputError: the class is not one of `CLASSES`.
    """
    if document_class not in CLASSES:
        raise InputError(f"no document class {document_class!r}: choose {' or '.join(CLASSES)}")
    style = style or Style(glyphs=COLUMNS[document_class])
    keys = list(dict.fromkeys(key for derivation, _ in parts for key in derivation.cites))
    cited = rf" See Refs.~\cite{{{','.join(keys)}}}." if keys else ""
    title = parts[0][0].title if len(parts) == 1 else "Derivations: " + "; ".join(d.title for d, _ in parts)
    front = [rf"\title{{{title}}}", r"\author{nuforce-sym}", r"\date{}"]
    begin = [r"\begin{document}"]
    opening = [*front, *begin] if document_class == "article" else [*begin, *front]
    text = [_OPENINGS[document_class], _PACKAGES, *opening, r"\maketitle", rf"\noindent {_CONVENTIONS}{cited}", ""]
    for derivation, results in parts:
        text += [] if len(parts) == 1 else [rf"\section{{{derivation.title}}}"]
        text += [body(derivation, results, style), checks_paragraph(results)]
    if keys:
        text += [rf"\begin{{thebibliography}}{{{len(keys)}}}", *map(bibitem, keys), r"\end{thebibliography}"]
    return "\n".join([*text, r"\end{document}", ""])


def compile_pdf(tex: str, target: Path) -> None:
    r"""Compile ``tex`` with latexmk in a temporary folder, without shell escape, and put the PDF at ``target``.

    Raises:
        InputError: there is no TeX installation.
        NuforceError: the document does not compile; the message shows TeX's own complaint.
    """
    if shutil.which("latexmk") is None or shutil.which("pdflatex") is None:
        raise InputError(
            "a PDF needs latexmk and pdflatex: install TeX (on Debian, `apt-get install texlive-latex-recommended "
            "latexmk`), or leave out --standalone and paste the LaTeX"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.tex"
        source.write_text(tex, encoding="utf-8")
        command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
        done = _run(command, folder)
        if done.returncode:
            complaint = [line for line in done.stdout.splitlines() if line.startswith(("!", "l."))]
            hint = "; it is in Debian's texlive-publishers" if "revtex4-2.cls' not found" in done.stdout else ""
            raise NuforceError(f"the LaTeX does not compile: {' '.join(complaint[:4]) or done.stdout[-400:]}{hint}")
        shutil.copyfile(Path(folder) / "paper.pdf", target.with_name(f".{target.name}.part"))
        target.with_name(f".{target.name}.part").replace(target)


def _run(command: Sequence[str], folder: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "openin_any": "p", "openout_any": "p", "TEXMFOUTPUT": folder}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=COMPILE_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise NuforceError(f"TeX did not finish within {COMPILE_SECONDS} s") from None
