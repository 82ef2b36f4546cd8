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
from nuforce_sym.paper.latex import equation
from nuforce_sym.paper.references import bibitem
from nuforce_sym.symbols import VOCABULARY

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper,margin=28mm]{geometry}
\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb,slashed}
\allowdisplaybreaks
"""
COMPILE_SECONDS = 120


def body(derivation: Derivation, results: Mapping[str, Result]) -> str:
    r"""Return the section's text: for each step its sentence, then its equation with the label eq:NAME.STEP."""
    parts = [f"% {derivation.title}: nuforce latex {derivation.name}"]
    for result in results.values():
        step = result.step
        parts.append(
            f"% {step.name} {result.fingerprint[:16]}\n{step.why}\n"
            + equation(step.lhs, result.value, f"eq:{derivation.name}.{step.name}")
        )
    return "\n\n".join(parts) + "\n"


def checks_paragraph(results: Mapping[str, Result]) -> str:
    """Return a paragraph that says how each equation was checked."""
    items = []
    for result in results.values():
        found = "; ".join(f"{e.statement} ({e.strength})" for e in result.evidence)
        items.append(rf"\item[${result.step.lhs}$] {_escape(found)}.")
    return "\n".join([r"\paragraph{Checks.}", r"\begin{description}\small", *items, r"\end{description}", ""])


def _escape(text: str) -> str:
    """Typeset a plain sentence: powers and the vocabulary's names, outside of $...$."""
    parts = text.split("$")
    for i in range(0, len(parts), 2):
        part = re.sub(r"\^(-?\d+(?:/\d+)?)", r"$^{\1}$", parts[i])
        part = re.sub(r"\b[A-Za-z]+_\w+\b", _vocabulary_name, part)
        for plain, tex in (("<->", r"$\leftrightarrow$"), ("->", r"$\to$"), (r"$\to$ oo", r"$\to\infty$")):
            part = part.replace(plain, tex)
        parts[i] = part
    return "$".join(parts)


def _vocabulary_name(match: re.Match[str]) -> str:
    entry = VOCABULARY.get(match[0])
    return f"${entry.latex}$" if entry else match[0].replace("_", r"\_")


def document(derivation: Derivation, results: Mapping[str, Result]) -> str:
    """Return a complete article that compiles by itself."""
    cites = "\n".join(bibitem(key) for key in derivation.cites)
    cited = rf" See Refs.~\cite{{{','.join(derivation.cites)}}}." if derivation.cites else ""
    return "\n".join(
        [
            _PREAMBLE + rf"\title{{{derivation.title}}}" + "\n" + r"\author{nuforce-sym}\date{}",
            r"\begin{document}",
            r"\maketitle",
            (
                r"\noindent Natural units, $\hbar=c=1$; metric $(+,-,-,-)$; $\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3$; "
                rf"$\mathbf{{r}}=\mathbf{{r}}_1-\mathbf{{r}}_2$.{cited}"
            ),
            "",
            body(derivation, results),
            checks_paragraph(results),
            rf"\begin{{thebibliography}}{{{len(derivation.cites)}}}" + "\n" + cites if cites else "",
            r"\end{thebibliography}" if cites else "",
            r"\end{document}",
            "",
        ]
    )


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
            raise NuforceError(f"the LaTeX does not compile: {' '.join(complaint[:4]) or done.stdout[-400:]}")
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
