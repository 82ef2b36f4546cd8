r"""A table of kernels for a paper: name, quantity, the equation it was derived in, unit, and proved error bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nuforce_sym.kernel import Kernel
from nuforce_sym.paper.style import Style
from nuforce_sym.symbols import VOCABULARY

_SPECIAL = {c: rf"\{c}" for c in "{}_&%#$"} | {"^": r"\^{}", "~": r"\~{}", "\\": r"\textbackslash{}"}

CAPTION = (
    "Numeric kernels of the derived formulas, in natural units with energies in GeV, and the relative error that is proved "
    "of their text."
)


def escaped(text: str) -> str:
    """Return plain text as LaTeX, with the vocabulary's names as mathematics; ``$...$`` stays as it is."""
    parts = text.split("$")
    for i in range(0, len(parts), 2):
        words = re.split(r"\b([A-Za-z]+_\w+|rhat|sigma)\b", parts[i])
        for j, word in enumerate(words):
            words[j] = _word(word) if j % 2 else "".join(_SPECIAL.get(c, c) for c in word)
        parts[i] = "".join(words)
    return "$".join(parts)


def _word(word: str) -> str:
    if word in VOCABULARY:
        return f"${VOCABULARY[word].latex}$"
    if match := re.fullmatch(r"sigma(?:_(\w))?", word):
        return rf"$\sigma_{match[1]}$" if match[1] else r"$\sigma$"
    return r"$\hat r$" if word == "rhat" else word.replace("_", r"\_")


def kernel_table(rows: Sequence[tuple[Kernel, float]], style: Style | None = None, *, label: str = "tab:kernels") -> str:
    r"""Return a ``table*`` of kernels with the relative error that is proved of each one's text.

    The equations are referred to by the labels that `macros` and `derivation_tex.body` set; a dash stands for one that the
    paper does not display.
    """
    names = {symbol.name: text for symbol, text in (style or Style()).names().items()}
    lines = [
        r"\begin{table*}",
        rf"\caption{{{CAPTION}}}",
        rf"\label{{{label}}}",
        r"\begin{tabular}{lp{0.34\textwidth}llll}",
        r"\hline\hline",
        r"Kernel & Quantity & Eq. & Arguments & Unit & Error \\",
        r"\hline",
    ]
    for kernel, bound in rows:
        arguments = ", ".join(names[a.symbol.name] for a in kernel.arguments)
        unit = {0: "1", 1: "GeV"}.get(kernel.energy, rf"$\mathrm{{GeV}}^{{{kernel.energy}}}$")
        equation = f"eq:{kernel.derivation}.{kernel.step}"
        number = rf"\ifcsname r@{equation}\endcsname\eqref{{{equation}}}\else--\fi"
        mantissa, exponent = f"{bound:.0e}".split("e")
        lines.append(
            rf"\texttt{{{escaped(kernel.name)}}} & {escaped(kernel.title)} & {number} & "
            rf"${arguments}$ & {unit} & ${mantissa}\times10^{{{int(exponent)}}}$ \\"
        )
    return "\n".join([*lines, r"\hline\hline", r"\end{tabular}", r"\end{table*}", ""])
