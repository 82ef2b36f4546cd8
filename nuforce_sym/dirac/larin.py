r"""Larin's scheme for gamma5 in a symbolic dimension.

A gamma5 that follows a vector is replaced by the three-fold antisymmetric product, any other by the four-fold one,

.. math:: \gamma_\mu\gamma_5\to-\tfrac{i}{6}\,\varepsilon_{\mu abc}\gamma^a\gamma^b\gamma^c,\qquad
   \gamma_5\to-\tfrac{i}{24}\,\varepsilon_{abcd}\gamma^a\gamma^b\gamma^c\gamma^d ,

with :math:`\varepsilon^{0123}=+1`; products of two Levi-Civita tensors are determinants of D-dimensional metrics
(Larin, Phys. Lett. B 303 (1993) 113, written here with our sign of epsilon).  This gamma5 does not anticommute, and it
is not cyclic in meaning: keep it at the vertex where it was written.  The finite renormalisations that restore the Ward
identities of the axial current are not included.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import sympy as sp

from nuforce_sym.dirac.objects import Gamma, Linear
from nuforce_sym.dirac.words import Simple
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Index, LeviCivita, Momentum

SCHEMES = ("larin",)


def replace_gamma5(coefficient: sp.Expr, word: Simple, scheme: str) -> Iterator[tuple[sp.Expr, Simple]]:
    """Yield the words in which no gamma5 is left.

    Raises:
        InputError: for an unknown scheme.
    """
    if scheme not in SCHEMES:
        raise InputError(f"gamma5 scheme {scheme!r} is unknown; use one of {', '.join(SCHEMES)}")
    names = (Index(f"larin_{n}") for n in count())
    for c, letters in _separated(word):
        out: list[Linear | Gamma] = []
        factor = coefficient * c
        for letter in letters:
            if letter is not None:
                out.append(letter)
                continue
            before = _slot(out[-1]) if out else None
            if before is None:
                fresh = [next(names) for _ in range(4)]
                factor = factor * sp.Rational(-1, 24) * sp.I * LeviCivita(*fresh)
            else:
                out.pop()
                fresh = [next(names) for _ in range(3)]
                factor = factor * sp.Rational(-1, 6) * sp.I * LeviCivita(before, *fresh)
            out += [Gamma(i) for i in fresh]
        yield factor, tuple(out)


def _slot(letter: Linear | Gamma) -> Index | Momentum | None:
    if isinstance(letter, Gamma):
        return letter.index
    if len(letter.vector) == 1 and letter.scalar == 0 and letter.vector[0][1] == 1:
        p: Momentum = letter.vector[0][0]
        return p
    return None


def _separated(word: Simple) -> Iterator[tuple[sp.Expr, tuple[Linear | Gamma | None, ...]]]:
    """Multiply out the factors with gamma5, written as None, into single vectors and scalars."""
    partial: list[tuple[sp.Expr, tuple[Linear | Gamma | None, ...]]] = [(sp.S.One, ())]
    for f in word:
        options: list[tuple[sp.Expr, tuple[Linear | Gamma | None, ...]]]
        if isinstance(f, Gamma) or not (f.vector5 or f.scalar5 != 0):
            # a sum directly before a gamma5 is split below as well, so that each vector meets it alone
            options = [(sp.S.One, (f,))] if isinstance(f, Gamma) else _parts(f.vector, f.scalar, ())
        else:
            options = [*_parts(f.vector, f.scalar, ()), *_parts(f.vector5, f.scalar5, (None,))]
        partial = [(c * c2, w + w2) for c, w in partial for c2, w2 in options]
    yield from partial


def _parts(
    vector: tuple[tuple[Momentum, sp.Expr], ...], scalar: sp.Expr, tail: tuple[None, ...]
) -> list[tuple[sp.Expr, tuple[Linear | Gamma | None, ...]]]:
    parts: list[tuple[sp.Expr, tuple[Linear | Gamma | None, ...]]] = [
        (c, (Linear(vector=((p, sp.S.One),)), *tail)) for p, c in vector
    ]
    return [*parts, (scalar, tail)] if scalar != 0 else parts
