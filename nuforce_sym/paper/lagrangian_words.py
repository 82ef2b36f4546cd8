r"""Products of fields and Dirac matrices, before anything is contracted or ordered: the words of a Lagrangian.

A word is a product of atoms, in which spinors and Dirac matrices do not commute: \bar\psi, \gamma^\mu, Z_\mu, \psi. A sum is
a list of words with their coefficients. Everything is expanded, so that brackets, derivatives of products and hermitian
conjugates are plain operations on words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

import sympy as sp

from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.errors import InputError

MAX_WORDS = 600
MAX_LENGTH = 24
GAMMA, GAMMA5, SIGMA, FLAVOUR, BAR, SPINOR, BOSON = "gamma", "gamma5", "sigma", "delta", "bar", "psi", "boson"
FIELDS = (BAR, SPINOR, BOSON)


@dataclass(frozen=True)
class Atom:
    r"""One factor of a word.

    Args:
        kind: a Dirac matrix (\gamma^\mu, \gamma_5, \sigma^{\mu\nu}), a field (\bar\psi, \psi, a boson), or a Kronecker delta
            of two flavours.
        field: the field of a field's factor.
        indices: Lorentz indices; two on a vector field mean its field strength.
        conjugate: of a complex boson, whether it is X^*.
        dual: whether a field strength is the dual one.
        derivatives: indices of the derivatives that act on it.
        label: the flavours that the field, or the delta, carries.
    """

    kind: str
    field: Field | None = None
    indices: tuple[str, ...] = ()
    conjugate: bool = False
    dual: bool = False
    derivatives: tuple[str, ...] = ()
    label: tuple[str, ...] = ()


Word: TypeAlias = tuple[Atom, ...]
Sum: TypeAlias = list[tuple[sp.Expr, Word]]
ONE: Sum = [(sp.Integer(1), ())]


def bar(field: Field, label: tuple[str, ...] = ()) -> Atom:
    r"""\bar\psi."""
    return Atom(BAR, field, label=label)


def spinor(field: Field, label: tuple[str, ...] = ()) -> Atom:
    r"""\psi."""
    return Atom(SPINOR, field, label=label)


def boson(field: Field, *indices: str, conjugate: bool = False, dual: bool = False) -> Atom:
    """A boson; of a real field the conjugate is the field itself."""
    return Atom(BOSON, field, indices, conjugate and not field.self_conjugate, dual)


def gamma(index: str) -> Atom:
    r"""\gamma^\mu."""
    return Atom(GAMMA, indices=(index,))


def sigma(one: str, other: str) -> Atom:
    r"""\sigma^{\mu\nu}."""
    return Atom(SIGMA, indices=(one, other))


FIVE = Atom(GAMMA5)


def number(value: sp.Expr) -> Sum:
    """A sum without fields."""
    return [(value, ())]


def single(*atoms: Atom) -> Sum:
    """A sum of one word."""
    return [(sp.Integer(1), atoms)]


def multiplied(left: Sum, right: Sum) -> Sum:
    """Return the product.

    Raises:
        InputError: it has more than 600 terms, or a term of more than 24 factors.
    """
    if len(left) * len(right) > MAX_WORDS:
        raise InputError(f"the Lagrangian expands to more than {MAX_WORDS} terms: give its terms one by one")
    found = [(a * b, one + other) for a, one in left for b, other in right]
    if any(len(word) > MAX_LENGTH for _, word in found):
        raise InputError(f"a term has more than {MAX_LENGTH} fields and matrices")
    return found


def scaled(given: Sum, factor: sp.Expr) -> Sum:
    """Return the sum times a number."""
    return [(c * factor, word) for c, word in given]


def derivative(given: Sum, index: str) -> Sum:
    r"""Return \partial_\mu of the sum, by the product rule.

    Raises:
        InputError: there is no field that it acts on.
    """
    found: Sum = []
    for c, word in given:
        places = [n for n, atom in enumerate(word) if atom.kind in FIELDS]
        if not places:
            raise InputError("a derivative acts on no field")
        for n in places:
            changed = replace(word[n], derivatives=tuple(sorted((*word[n].derivatives, index))))
            found.append((c, (*word[:n], changed, *word[n + 1 :])))
    return multiplied(found, ONE)


def last_field(word: Word) -> int:
    """Return the position of the last field of a word.

    Raises:
        InputError: there is none.
    """
    for n in reversed(range(len(word))):
        if word[n].kind in FIELDS:
            return n
    raise InputError("a derivative to both sides has no field to its left")


def conjugated(given: Sum) -> Sum:
    r"""Return the hermitian conjugate: the order is reversed, \gamma^0\gamma_5^\dagger\gamma^0 = -\gamma_5."""
    found: Sum = []
    for c, word in given:
        sign = (-1) ** sum(atom.kind == GAMMA5 for atom in word)
        found.append((sp.conjugate(c) * sign, tuple(_conjugate(atom) for atom in reversed(word))))
    return found


def _conjugate(atom: Atom) -> Atom:
    match atom.kind:
        case "bar":
            return replace(atom, kind=SPINOR)
        case "psi":
            return replace(atom, kind=BAR)
        case "boson":
            return replace(atom, conjugate=not atom.conjugate and not (atom.field and atom.field.self_conjugate))
        case "sigma":
            return replace(atom, indices=atom.indices)
    return atom


def fields_of(words: Iterable[Word]) -> set[Field]:
    """Return the fields that stand in words."""
    return {atom.field for word in words for atom in word if atom.field is not None}
