"""From ``Dirac`` objects to words the engine multiplies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import sympy as sp

from nuforce_sym.dirac.coefficients import Ring, pieces
from nuforce_sym.dirac.engine import Engine, Letter, Vector
from nuforce_sym.dirac.objects import Combination, Dirac, Gamma, Linear, Sum
from nuforce_sym.dirac.plan import plan
from nuforce_sym.dirac.tensor import check_names, dot_atom, ring_of, ring_poly

Simple = tuple[Linear | Gamma, ...]


def simple_words(d: Dirac) -> Iterator[tuple[sp.Expr, Simple]]:
    """Multiply out every ``Sum``; yields coefficients and words of ``Linear`` and ``Gamma``."""
    if d.coefficient == 0:
        return
    partial: list[tuple[sp.Expr, Simple]] = [(d.coefficient, ())]
    for f in d.factors:
        if not isinstance(f, Sum):
            partial = [(c, (*w, f)) for c, w in partial]
            continue
        options = [word for term in f.terms for word in simple_words(term)]
        partial = [(c * c2, w + w2) for c, w in partial for c2, w2 in options]
    yield from partial


def has_gamma5(word: Simple) -> bool:
    """Whether any factor of the word holds gamma5."""
    return any(isinstance(f, Linear) and (bool(f.vector5) or f.scalar5 != 0) for f in word)


@dataclass(frozen=True)
class Setting:
    """What all words of one calculation share: their momenta, their ring and the dimension."""

    momenta: tuple[str, ...]
    ring: Ring
    dim: sp.Expr
    engine: Engine


def setting(words: list[tuple[sp.Expr, Simple]], dim: sp.Expr) -> Setting:
    """Collect momenta and atoms of all words and coefficients."""
    names: set[str] = set()
    slots: set[str] = set()
    atoms: set[sp.Expr] = {a for piece in pieces(dim) for a, _ in piece.scalars}
    for c, word in words:
        for piece in pieces(c):
            atoms.update(a for a, _ in piece.scalars)
        for f in word:
            if isinstance(f, Gamma):
                slots.add("^" + f.index.name)
                continue
            for p, x in (*f.vector, *f.vector5):
                names.add(p.name)
                if x is not sp.S.One:
                    atoms.update(a for piece in pieces(x) for a, _ in piece.scalars)
            for x in (f.scalar, f.scalar5):
                if x is not sp.S.Zero:
                    atoms.update(a for piece in pieces(x) for a, _ in piece.scalars)
        if has_gamma5(word):
            atoms.add(sp.I)
    check_names(names | slots)
    momenta = tuple(sorted(names))
    grid = {(i, j): dot_atom(p, q) for i, p in enumerate(momenta) for j, q in enumerate(momenta) if i <= j}
    ring = ring_of(frozenset(atoms.union(grid.values())))
    gram = {}
    for (i, j), atom in grid.items():
        gram[i, j] = gram[j, i] = ring.gen(atom)
    four = dim == 4
    engine = Engine(len(momenta), gram, ring.one, 4 if four else ring_poly(ring, dim), four)
    return Setting(momenta, ring, dim, engine)


def lower(word: Simple, s: Setting) -> tuple[tuple[Letter, ...], tuple[str, ...], Fraction]:
    """Return letters, the names of the indices in order of number, and the rational factor taken out."""
    indices: dict[str, int] = {}
    letters: list[Letter] = []
    common = 1
    for f in word:
        if isinstance(f, Gamma):
            letters.append(indices.setdefault(f.index.name, len(indices)))
        else:
            vector, denominator = _vector(f, s.momenta, s.ring)
            letters.append(vector)
            common *= denominator
    return tuple(letters), tuple(indices), Fraction(1, common)


@lru_cache(maxsize=4096)
def _vector(f: Linear, momenta: tuple[str, ...], ring: Ring) -> tuple[Vector, int]:
    """Return a factor in the ring and the denominator taken out of it; propagators recur, so it is remembered."""
    number = {name: i for i, name in enumerate(momenta)}
    common = _denominator(f)
    vector = Vector(
        _terms(f.vector, number, ring, common),
        _poly(f.scalar, ring, common),
        _terms(f.vector5, number, ring, common),
        _poly(f.scalar5, ring, common),
    )
    return vector, common


def _denominator(f: Linear) -> int:
    found = 1
    for x in (*(c for _, c in f.vector), f.scalar, *(c for _, c in f.vector5), f.scalar5):
        if x is not sp.S.One and x is not sp.S.Zero:
            found = lcm(found, *(piece.number.denominator for piece in pieces(x)))
    return found


def _terms(v: Combination, number: dict[str, int], ring: Ring, common: int) -> tuple[tuple[int, Any], ...]:
    out: list[tuple[int, Any]] = []
    for p, c in v:
        x = c * common if common != 1 else c
        out.append((number[p.name], int(x) if x.is_Integer else ring_poly(ring, x)))
    return tuple(out)


def _poly(x: sp.Expr, ring: Ring, common: int) -> Any:
    if x is sp.S.Zero:
        return None
    x = x * common if common != 1 else x
    return int(x) if x.is_Integer else ring_poly(ring, x)


def order_of(letters: tuple[Letter, ...], s: Setting, *, cyclic: bool) -> tuple[int, str]:
    """Return the remembered plan of a lowered word."""
    labels = tuple(f if isinstance(f, int) else -1 for f in letters)
    weights = tuple(0 if isinstance(f, int) else len(f.vector) + len(f.vector5) + 1 for f in letters)
    return plan(labels, weights, len(s.momenta), cyclic)
