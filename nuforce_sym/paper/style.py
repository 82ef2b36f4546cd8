r"""How an author wants formulas printed: the author's names for symbols, the order of terms, the width of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.symbols import VOCABULARY, lookup

ORDERS = ("written", "1/m", "mr")
LINE_WIDTH = 58
"""Glyphs that fit on one line of a single-column article."""
POINTS_PER_GLYPH = 7.0
"""Points that one glyph of `equation.width` takes at 10pt; measured on the derivations' equations, rounded up."""

_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(pt|mm|cm|in)")
_POINTS = {"pt": 1.0, "mm": 72.27 / 25.4, "cm": 722.7 / 25.4, "in": 72.27}

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma "
    "tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_ACCENTS = "bar hat tilde vec dot ddot check breve mathring widehat widetilde overline"
_ALPHABETS = "mathrm mathcal mathbf mathsf mathit mathbb mathfrak mathscr boldsymbol"
_MARKS = "prime ell hbar star ast dagger parallel perp odot oplus ominus infty times cdot pm mp sin cos tan"
COMMANDS = frozenset(f"{_GREEK} {_ACCENTS} {_ALPHABETS} {_MARKS}".split())
"""The commands that an author's symbol may use; none of them reads, writes or defines anything."""
_TOKEN = re.compile(r"\\([A-Za-z]+)|[A-Za-z0-9 '*+,./()|^_{}-]")
LONGEST_NAME = 80

Key = Callable[[sp.Expr], sp.Expr]


def checked_latex(text: object, where: str = "a symbol's LaTeX") -> str:
    r"""Return ``text`` if it is LaTeX from the safe alphabet: letters, digits, ``^_{}``, accents, Greek, font commands.

    Raises:
        InputError: it has another command or character, unbalanced braces, or is empty or longer than 80 characters.
    """
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_NAME:
        raise InputError(f"{where} must be 1 to {LONGEST_NAME} characters of LaTeX; got {str(text)[:90]!r}")
    place, depth = 0, 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise InputError(
                f"{where}, {text!r}, has {text[place]!r} in column {place + 1}: use letters, digits, ^ _ {{ }} and names"
            )
        if token[1] is not None and token[1] not in COMMANDS:
            raise InputError(
                f"{where}, {text!r}, uses \\{token[1]}, which is not allowed in a symbol: allowed are Greek letters, accents "
                r"such as \bar and \tilde, and fonts such as \mathrm and \mathcal"
            )
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth < 0:
            break
        place = token.end()
    if depth:
        raise InputError(f"{where}, {text!r}, has unbalanced braces")
    if re.search(r"\^[^_{}]*\^|_[^\^{}]*_|[\^_]\s*$|[\^_]\s*[\^_]", re.sub(r"\{[^{}]*\}", "{}", text)):
        raise InputError(f"{where}, {text!r}, has two superscripts, two subscripts or an empty one")
    return text


def renaming(items: Iterable[str]) -> dict[str, str]:
    r"""Read ``NAME=LATEX`` items, such as ``g_V1=C_1``: the vocabulary's name, and how the author writes it.

    Raises:
        InputError: there is no ``=``, the name is not declared or given twice, the LaTeX is not from the safe alphabet, or
            two symbols would look the same.
    """
    found: dict[str, str] = {}
    for item in items:
        name, equals, text = item.partition("=")
        if not equals:
            raise InputError(f"a renaming is NAME=LATEX, such as g_V1=C_1; got {item!r}")
        if lookup(name.strip()).symbol.name in found:
            raise InputError(f"{name.strip()!r} is renamed twice")
        found[name.strip()] = checked_latex(text.strip(), f"the LaTeX of {name.strip()}")
    if len(set(found.values())) < len(found):
        raise InputError(f"two symbols would both be written the same: {', '.join(f'{k}={v}' for k, v in found.items())}")
    return found


def glyphs_of(length: str) -> int:
    """Return how many glyphs fit on a line of a TeX length such as ``246pt`` or ``86mm``, set in 10pt.

    Raises:
        InputError: it is no such length, or shorter than 20 glyphs.
    """
    match = _LENGTH.fullmatch(length.strip())
    if match is None:
        raise InputError(f"a width is a number with pt, mm, cm or in, such as 246pt or 86mm; got {length!r}")
    glyphs = int(float(match[1]) * _POINTS[match[2]] / POINTS_PER_GLYPH)
    if not 20 <= glyphs <= 400:
        raise InputError(f"{length} holds {glyphs} glyphs: a width must hold 20 to 400 (140pt to 2800pt)")
    return glyphs


@dataclass(frozen=True)
class Style:
    """How formulas are printed.

    Args:
        rename: LaTeX by the vocabulary's name, where the author's notation differs.
        order: of the terms of sums. ``written``: as the derivation prints them; ``1/m``: rising powers of the inverse
            masses of external particles; ``mr``: falling powers of the distance, the leading term at large r first.
        glyphs: the width of a line, see `glyphs_of`.

    Raises:
        InputError: an unknown order or name, or LaTeX that is not safe; see `checked_latex`.
    """

    rename: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    order: str = "written"
    glyphs: int = LINE_WIDTH

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise InputError(f"no order of terms {self.order!r}: choose one of {', '.join(ORDERS)}")
        for name, text in self.rename.items():
            lookup(name)
            checked_latex(text, f"the LaTeX of {name}")

    def names(self) -> dict[sp.Symbol, str]:
        """Return the LaTeX of every declared symbol."""
        return {q.symbol: self.rename.get(name, q.latex) for name, q in VOCABULARY.items()}

    def refuse_collisions(self, used: Iterable[sp.Basic]) -> None:
        """Raise `InputError` where two of the symbols in use would be written the same."""
        names, seen = self.names(), dict[str, str]()
        for symbol in sorted((s for s in used if s in names), key=sp.default_sort_key):
            text = "".join(names[symbol].split())
            if text in seen and (symbol.name in self.rename or seen[text] in self.rename):
                raise InputError(
                    f"{seen[text]} and {symbol.name} would both be written {names[symbol]}: rename one of them otherwise"
                )
            seen[text] = symbol.name

    def ordered(self, terms: Iterable[sp.Expr]) -> list[sp.Expr]:
        """Return the terms of a sum in this order; terms of one order stay as they were."""
        given = list(terms)
        if self.order == "1/m":
            return sorted(given, key=lambda term: -_degree(term, _is_external_mass))
        if self.order == "mr":
            return sorted(given, key=lambda term: -_degree(term, _is_distance))
        return given


def _is_distance(symbol: sp.Basic) -> bool:
    return getattr(symbol, "name", "") == "r"


def _is_external_mass(symbol: sp.Basic) -> bool:
    return getattr(symbol, "name", "") in ("m_1", "m_2", "m_e", "m_p", "m_N", "M_N", "mu_red")


def _degree(term: sp.Expr, chosen: Callable[[sp.Basic], bool]) -> sp.Rational:
    """Return the leading explicit power of the chosen symbols: of a sum the largest, of other functions 0."""
    if chosen(term):
        return sp.Integer(1)
    if isinstance(term, sp.Mul):
        return sp.Add(*(_degree(factor, chosen) for factor in term.args))
    if isinstance(term, sp.Pow) and term.exp.is_Rational:
        return term.exp * _degree(term.base, chosen)
    if isinstance(term, sp.Add):
        return max(_degree(part, chosen) for part in term.args)
    inner = term.args[1] if type(term).__name__ == "Anticommutator" else None
    return _degree(inner, chosen) if inner is not None else sp.Integer(0)
