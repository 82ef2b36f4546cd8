r"""How a name is spelled: a head such as ``g``, ``\nu`` or ``\mathcal{O}``, a subscript, a superscript and primes.

Subscripts are part of the name, so that ``V_{AB}`` is one name and not a product; ``g_V^e``, ``g^e_V`` and
``g_{\mathrm V}^{\,e}`` are spellings of the same one. A superscript that is a number is a power and no part of a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nuforce_sym.paper.texread.tokens import Token

UPRIGHT = frozenset((r"\mathrm", r"\text", r"\textrm", r"\rm", r"\mathit", r"\mathsf", r"\textnormal", r"\operatorname"))
BOLD = frozenset((r"\mathbf", r"\vec", r"\boldsymbol", r"\bm", r"\pmb", r"\overrightarrow"))
ACCENTS = frozenset((r"\bar", r"\hat", r"\tilde", r"\dot", r"\ddot", r"\overline", r"\widetilde", r"\widehat", r"\mathcal"))
GREEK = frozenset(
    "\\" + word
    for word in [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "varpi",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "hbar",
        "nabla",
        "infty",
        "partial",
    ]
)


@dataclass(frozen=True)
class Name:
    """A name as the source spells it; ``style`` is ``""``, ``"bold"`` for vectors, ``"hat"`` for directions, or an accent."""

    head: str
    style: str = ""
    sub: str = ""
    sup: str = ""
    primes: int = 0

    @property
    def text(self) -> str:
        """The name in LaTeX, for messages."""
        head = {"": self.head, "bold": rf"\vec{{{self.head}}}", "hat": rf"\hat{{{self.head}}}"}.get(
            self.style, f"{self.style}{{{self.head}}}"
        )
        sub = f"_{{{self.sub}}}" if self.sub else ""
        sup = f"^{{{self.sup}}}" if self.sup else ""
        return head + sub + sup + "'" * self.primes


@dataclass(frozen=True)
class Reading:
    """A name that the tokens may begin with, where it ends, and the number that stands as a power before its subscript."""

    name: Name
    end: int
    power: tuple[Token, ...] = ()


def group_end(words: Sequence[Token], start: int) -> int:
    """Return the position after the braced group, or the single token, at ``start``."""
    if words[start].text != "{":
        return start + 1
    depth, at = 0, start
    while True:
        depth += (words[at].text == "{") - (words[at].text == "}")
        at += 1
        if depth == 0:
            return at


def plain(words: Sequence[Token]) -> str:
    """Return the text of a subscript or superscript without braces, fonts, commas and inner underscores."""
    return "".join(w.text for w in words if w.text not in ("{", "}", "_", ",") and w.text not in UPRIGHT)


def _head(words: Sequence[Token], at: int) -> tuple[str, str, str, int] | None:
    """Return (head, style, subscript inside the font, end), or None where no name begins."""
    token = words[at]
    if token.kind == "letter" or token.text in GREEK:
        return token.text, "bold" if token.text == r"\nabla" else "", "", at + 1
    if token.text == "{" and words[at + 1].text in (r"\rm", r"\bf"):
        end = group_end(words, at)
        return plain(words[at + 2 : end - 1]), "bold" if words[at + 1].text == r"\bf" else r"\mathrm", "", end
    if token.text not in UPRIGHT | BOLD | ACCENTS or token.text == r"\rm":
        return None
    if words[at + 1].kind == "end":
        return None
    end = group_end(words, at + 1)
    inner = words[at + 1 : end] if words[at + 1].text != "{" else words[at + 2 : end - 1]
    if token.text in UPRIGHT:
        return plain(inner), r"\mathrm", "", end
    nested = _head([*inner, Token("end", "", 0)], 0) if inner else None
    if nested is None:
        return None
    head, style, sub, used = nested
    rest = inner[used:]
    if rest:
        if rest[0].text != "_":
            return None
        sub = plain(rest)
    if token.text in BOLD:
        return head, style if style == "hat" else "bold", sub, end
    if token.text == r"\hat":
        return head, "hat", sub, end
    return head, token.text, sub, end


def is_number(words: Sequence[Token]) -> bool:
    """Whether a superscript is a power: a number, or a fraction of numbers."""
    inside = [w for w in words if w.text not in ("{", "}")]
    return bool(inside) and all(w.kind == "number" or w.text in ("-", "/", r"\frac", r"\tfrac") for w in inside)


def readings(words: Sequence[Token], at: int) -> list[Reading]:
    """Return the names that may stand at ``at``, the longest first.

    Where a subscript stands there, every reading holds it: ``g_X`` never falls back to ``g``.
    """
    found = _head(words, at)
    if found is None:
        return []
    head, style, sub, end = found
    sup, primes = "", 0
    power: tuple[Token, ...] = ()
    out = [Reading(Name(head, style, sub), end)]
    while True:
        mark = words[end].text
        if mark == "'" and not (sup or power):
            primes, end = primes + 1, end + 1
        elif mark == "_" and not sub and words[end + 1].kind != "end":
            stop = group_end(words, end + 1)
            sub, end = plain(words[end + 1 : stop]), stop
            out = []
        elif mark == "^" and not (sup or power) and words[end + 1].kind != "end":
            stop = group_end(words, end + 1)
            script = tuple(words[end + 1 : stop])
            if not any(w.text not in "{}" for w in script):
                return out
            if all(w.text in (r"\prime", "{", "}") for w in script):
                primes += sum(w.text == r"\prime" for w in script)
            elif not is_number(script):
                sup = plain(script)
            elif words[stop].text == "_" and not sub:
                power = script
            else:
                return out
            end = stop
        else:
            return out
        out.insert(0, Reading(Name(head, style, sub, sup, primes), end, power))
