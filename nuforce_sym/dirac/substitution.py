"""Replacing momenta, indices and scalars inside Dirac expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sympy as sp

from nuforce_sym.dirac.coefficients import pieces
from nuforce_sym.dirac.objects import IDENTITY, Combination, Dirac, Gamma, Linear, Sum, add, as_dirac, gamma, gamma5, slash
from nuforce_sym.dirac.tensor import contract
from nuforce_sym.dirac.words import Simple
from nuforce_sym.lorentz import Component, Index, Metric, Momentum


def fresh_indices(count: int, used: set[str]) -> list[Index]:
    """Return indices whose names are not in ``used``."""
    names = (f"{stem}{n or ''}" for n in range(1000) for stem in ("alpha", "beta", "kappa", "lambda", "tau", "omega"))
    free = (name for name in names if name not in used)
    return [Index(next(free)) for _ in range(count)]


def names_in(d: Dirac) -> set[str]:
    """Return the names of all indices and momenta in an expression."""
    found = {a.name for a in d.coefficient.atoms(Momentum, Index)}
    for f in d.factors:
        if isinstance(f, Sum):
            found.update(*(names_in(t) for t in f.terms))
        elif isinstance(f, Linear):
            found |= {p.name for p, _ in (*f.vector, *f.vector5)}
        else:
            found.add(f.index.name)
    return found


def replace(d: Dirac, rules: Mapping[Any, Any]) -> Dirac:
    """Replace momenta, indices or scalars everywhere, all at once: ``replace(d, {q: kp - k})``."""

    def linear(v: Combination, scalar: sp.Expr) -> Dirac:
        return add(slash(sp.Add(*(c * p for p, c in v)).xreplace(rules)), as_dirac(scalar.xreplace(rules)))

    out: Dirac = IDENTITY * d.coefficient.xreplace(rules)
    for f in d.factors:
        if isinstance(f, Gamma):
            out = out * gamma(rules.get(f.index, f.index))
        elif isinstance(f, Sum):
            total = replace(f.terms[0], rules)
            for t in f.terms[1:]:
                total = add(total, replace(t, rules))
            out = out * total
        else:
            out = out * add(linear(f.vector, f.scalar), linear(f.vector5, f.scalar5) * gamma5)
    return out


def absorb(coefficient: sp.Expr, word: Simple, dim: sp.Expr) -> Iterator[tuple[sp.Expr, Simple]]:
    r"""Use tensors of the coefficient in the word, as in :math:`p^\mu\gamma_\mu=\slashed p`."""
    if not coefficient.has(Component, Metric):
        yield coefficient, word
        return
    for piece in pieces(contract(coefficient, dim=dim)):
        rest = sp.Rational(piece.number.numerator, piece.number.denominator)
        rest *= sp.Mul(*(a**e for a, e in piece.scalars))
        here = list(word)
        for head in piece.tensors:
            for f in here:
                if isinstance(f, Gamma) and isinstance(head, Component | Metric) and f.index in head.args:
                    other = head.args[0] if head.args[1] == f.index else head.args[1]
                    at = here.index(f)
                    here[at] = Gamma(other) if isinstance(other, Index) else Linear(vector=((other, sp.S.One),))
                    break
            else:
                rest *= head
        yield rest, tuple(here)
