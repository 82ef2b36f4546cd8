r"""Which names a formula may use, and what they stand for.

A lexicon is made of the declared symbols with their LaTeX and the other spellings that papers use, of the vectors that
the operator basis knows, and of what the caller lets further names be. Two meanings of one spelling make it ambiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.gas_functions import (
    FermiCosine,
    FermiSine,
    FermiSpecies,
    MatsubaraDirac,
    MatsubaraMajorana,
    PinchedForce,
    PowerLawForce,
)
from nuforce_sym.lorentz import latex_name
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.paper.texread.covariant import lines, momentum_names
from nuforce_sym.paper.texread.spelling import BOLD, UPRIGHT, Name, readings
from nuforce_sym.paper.texread.tokens import Token, tokens
from nuforce_sym.paper.texread.values import Value, vector
from nuforce_sym.spatial import Vector3
from nuforce_sym.special import Ki1, PairAxial, PairK1, PairK2, PairLight, ZBubble
from nuforce_sym.symbols import VOCABULARY, Quantity, symbol

Function = Callable[..., sp.Expr]
Phrase = tuple[tuple[str, ...], tuple[Value, ...]]

_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "sin2_theta_W": (r"s_W^2", r"s_w^2", r"\sin^2\theta_w"),
    "cos_theta_W": (r"\cos\theta_W", r"\cos\theta_w", "c_w"),
    "delta3_r": (r"\delta^{(3)}(\mathbf{r})", r"\delta(\mathbf{r})"),
    "m_Z": ("M_Z",),
    "m_W": ("M_W",),
    "alpha": (r"\alpha_{em}", r"\alpha_{EM}"),
}
"""Further spellings of declared names that papers use."""

_POWERS: Mapping[str, str] = {r"\cos^2\theta_W": "cos_theta_W", r"\cos^2\theta_w": "cos_theta_W"}
"""Spellings of the square of a declared name."""

VECTORS: Mapping[str, Vector3] = {
    **{name: Vector3(name) for name in ("sigma", "sigma_1", "sigma_2", "P", "q", "p", "L", "rhat", "khat", "nabla")}
}
"""The vectors of the operator basis: spins, momenta, the angular momentum, the directions of r and of a beam, the gradient."""


OWN: Mapping[Name, Function] = MappingProxyType({
    Name("Ki", r"\mathrm", "1"): Ki1,
    Name("K", r"\mathcal", "0"): PairLight,
    Name("K", r"\mathcal", "1"): PairK1,
    Name("K", r"\mathcal", "2"): PairK2,
    Name("A", r"\mathcal"): PairAxial,
    Name("Z", r"\mathcal"): ZBubble,
    Name("F", r"\mathcal", "s"): FermiSine,
    Name("F", r"\mathcal", "c"): FermiCosine,
    Name("S", r"\mathcal"): FermiSpecies,
    Name("T", r"\mathcal", "D"): MatsubaraDirac,
    Name("T", r"\mathcal", "M"): MatsubaraMajorana,
    Name("P", r"\mathcal"): PinchedForce,
    Name("G", r"\mathcal"): PowerLawForce,
    # of the states (n, l) and (n, l + 1); up to n = 9, where the two digits below are the two numbers
    **{
        Name(head, "", f"{n}{l}", kind): partial(function, sp.Integer(n), sp.Integer(l), sp.Integer(order))
        for head, function in (("P", MassCurrent), ("G", MassGradient))
        for kind, order in (("D", 3), ("M", 2))
        for n in range(4, 10)
        for l in range(2, n - 1)
    },
})  # fmt: skip
"""The package's own functions, as `special` and `gas_functions` print them."""


@dataclass(frozen=True)
class Lexicon:
    """What names, phrases and functions stand for; several values for one name make it ambiguous."""

    names: Mapping[Name, tuple[Value, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    functions: Mapping[Name, Function]

    def suggestion(self, name: Name) -> str:
        """Return the nearest declared spelling, as the end of a message."""
        return suggestion(name.text, sorted({n.text for n in (*self.names, *self.functions)}))

    def extended(self, key: str, value: Value) -> Lexicon:
        """Return the lexicon in which the spelling ``key`` stands for ``value`` and for nothing else."""
        name, phrase = spelling_key(key)
        if name is not None:
            return Lexicon({**self.names, name: (value,)}, self.phrases, self.functions)
        kept = [p for group in self.phrases.values() for p in group if p[0] != phrase]
        return Lexicon(self.names, _sorted([*kept, (phrase, (value,))]), self.functions)

    def with_function(self, name: Name, function: Function) -> Lexicon:
        """Return the lexicon that reads calls of ``name``, such as F(r); the name stands for nothing else."""
        names = {known: values for known, values in self.names.items() if known != name}
        return Lexicon(names, self.phrases, {**self.functions, name: function})


def essence(words: Iterable[Token]) -> tuple[str, ...]:
    """Return the texts of the words without braces and fonts, by which phrases are recognised."""
    return tuple(w.text for w in words if w.text not in "{}" and w.text not in UPRIGHT | BOLD)


def spelling_key(spelling: str) -> tuple[Name | None, tuple[str, ...]]:
    """Return the name that a spelling is, or None and the phrase."""
    words = tokens(spelling)
    found = readings(words, 0)
    if found and words[found[0].end].kind == "end" and not found[0].power:
        return found[0].name, ()
    return None, essence(words[:-1])


def _sorted(phrases: Iterable[Phrase]) -> Mapping[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase[0])):
        found[phrase[0][0]] = (*found.get(phrase[0][0], ()), phrase)
    return found


def function_key(spelling: str) -> tuple[Name, str] | None:
    """Return (F, r) where a spelling is F(r), else None."""
    words = tokens(spelling)
    found = readings(words, 0)
    if not found:
        return None
    end = found[0].end
    inside = readings(words, end + 1) if words[end].text == "(" else []
    if not inside or words[inside[0].end].text != ")" or words[inside[0].end + 1].kind != "end":
        return None
    return found[0].name, inside[0].name.text


def _spellings(quantities: Iterable[Quantity]) -> Iterator[tuple[str, sp.Expr]]:
    for entry in quantities:
        yield entry.latex, entry.symbol
        for variant in _VARIANTS.get(entry.symbol.name, ()):
            yield variant, entry.symbol
        for variant, name in _POWERS.items():
            if name == entry.symbol.name:
                yield variant, entry.symbol**2


def lexicon(
    symbols: Iterable[sp.Symbol | Quantity] | None = None, momenta: Iterable[str] = (), prefer: Collection[sp.Basic] = ()
) -> Lexicon:
    """Return the lexicon of the given symbols, of the whole vocabulary where none are given, and of four-momenta.

    A spelling of several symbols means the one among those to ``prefer``, where there is exactly one.

    Raises:
        InputError: an item is neither a symbol nor a `Quantity`.
    """
    listed: tuple[tuple[Any, str], ...] = ((() if symbols is None else symbols, "symbols"), (momenta, "names of momenta"))
    for given, what in listed:
        if not isinstance(given, Iterable) or isinstance(given, str):
            raise InputError(f"{what} are a list; got {given!r}")
    names: dict[Name, tuple[Value, ...]] = {}
    phrases: dict[tuple[str, ...], tuple[Value, ...]] = {}
    for name, phrase, value in _declared() if symbols is None else _read_spellings(map(_quantity, symbols)):
        if name is None:
            phrases[phrase] = _with(phrases.get(phrase, ()), value, prefer)
        else:
            names[name] = _with(names.get(name, ()), value, prefer)
    for name, value in _vectors():
        names.setdefault(name, (value,))
    return Lexicon(names | momentum_names(momenta), _sorted([*phrases.items(), *_line_phrases()]), OWN)


def _with(values: tuple[Value, ...], value: sp.Expr, prefer: Collection[sp.Basic]) -> tuple[Value, ...]:
    """Return the meanings of a spelling with one more; one to prefer drives the others out."""
    found = values if value in values else (*values, value)
    preferred = tuple(v for v in found if isinstance(v, sp.Expr) and any(s in prefer for s in v.free_symbols))
    return preferred or found


Spelled = tuple[Name | None, tuple[str, ...], sp.Expr]


def _read_spellings(quantities: Iterable[Quantity]) -> Iterator[Spelled]:
    for spelling, value in _spellings(quantities):
        yield (*spelling_key(spelling), value)


@cache
def _declared() -> tuple[Spelled, ...]:
    return tuple(_read_spellings(VOCABULARY.values()))


@cache
def _line_phrases() -> tuple[Phrase, ...]:
    return tuple((essence(tokens(spelling)[:-1]), (line,)) for spelling, line in lines())


def _quantity(item: sp.Symbol | Quantity) -> Quantity:
    if isinstance(item, Quantity):
        return item
    if not isinstance(item, sp.Symbol):
        raise InputError(f"{item!r} is no symbol: give symbols of the vocabulary, or quantity(name, latex, energy, meaning)")
    if item.name in VOCABULARY and VOCABULARY[item.name].symbol == item:
        return VOCABULARY[item.name]
    return Quantity(item, latex_name(item.name), sp.Integer(0), "")


def _vectors() -> Iterator[tuple[Name, Value]]:
    for name, axis in VECTORS.items():
        stem, _, sub = name.partition("_")
        if name in ("rhat", "khat"):
            yield Name(name[0], "hat"), vector(axis)
        elif stem in ("sigma", "nabla"):
            yield Name("\\" + stem, "bold", sub), vector(axis)
            yield Name("\\" + stem, "", sub), vector(axis)
        else:
            yield Name(stem, "bold", sub), vector(axis)
    yield Name("r", "bold"), vector(VECTORS["rhat"], symbol("r"))
