"""SymPy coefficients as exact integer polynomials, and back.

A coefficient is expanded once into rational multiples of monomials in *atoms*: the user's symbols, scalar products,
and anything that is no polynomial (``sqrt(2)``, ``1/m``, ``cos(x)``), which is carried along unopened.  A ``Ring``
fixes the order of the atoms; its polynomials are python-flint's.  The way back uses the very same SymPy objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import flint
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum

Monomial = tuple[tuple[sp.Expr, int], ...]
Tensors = tuple[sp.Expr, ...]


@dataclass(frozen=True)
class Piece:
    """One term: rational number, powers of scalar atoms, and tensor heads (repeated when squared)."""

    number: Fraction
    scalars: Monomial
    tensors: Tensors


@lru_cache(maxsize=8192)
def pieces(expr: sp.Expr) -> tuple[Piece, ...]:
    """Split a coefficient into ``Piece``s.

    Raises:
        InputError: for floating-point numbers, and for momenta or indices used as numbers.
    """
    if not isinstance(expr, sp.Expr):
        raise InputError(f"{expr!r} is not a scalar SymPy expression; a coefficient must be one")
    if expr.is_Symbol or isinstance(expr, Dot):
        return (Piece(Fraction(1), ((expr, 1),), ()),)
    if expr.is_Rational:
        return (Piece(Fraction(int(expr.p), int(expr.q)), (), ()),) if expr else ()
    return tuple(_piece(term) for term in sp.Add.make_args(sp.expand(expr)) if term != 0)


def _piece(term: sp.Expr) -> Piece:
    number = Fraction(1)
    scalars: dict[sp.Expr, int] = {}
    tensors: list[sp.Expr] = []
    for factor in sp.Mul.make_args(term):
        base, power = factor.as_base_exp()
        if factor.is_Rational:
            number *= Fraction(int(factor.p), int(factor.q))
        elif factor.has(sp.Float) or factor.has(sp.nan, sp.oo, sp.zoo):
            raise InputError(f"{factor} in the coefficient {term} is not exact; write numbers as sp.Rational")
        elif isinstance(base, Component | Metric | LeviCivita):
            if not (power.is_Integer and power > 0):
                raise InputError(f"{factor}: a tensor can only be raised to a positive whole power")
            tensors += [base] * int(power)
        elif isinstance(base, Momentum | Index) or (
            not isinstance(base, Dot) and base.has(Momentum, Index, Component, Metric, LeviCivita) and not _scalar(base)
        ):
            raise InputError(f"{factor} in the coefficient {term} uses a vector or an index as a number")
        elif power.is_Integer and power > 0:
            scalars[base] = scalars.get(base, 0) + int(power)
        else:
            scalars[factor] = scalars.get(factor, 0) + 1
    return Piece(number, tuple(scalars.items()), tuple(tensors))


def _scalar(expr: sp.Expr) -> bool:
    """Whether every momentum of ``expr`` sits inside a scalar product."""
    bare = expr.xreplace(dict.fromkeys(expr.atoms(Dot), sp.S.One))
    return not bare.has(Momentum, Index)


def _order(atom: sp.Expr) -> tuple[Any, ...]:
    if isinstance(atom, Dot):
        return (0, atom.args[0].name, atom.args[1].name)
    return (1, str(atom), str(sorted(atom.assumptions0.items())) if atom.is_Symbol else "")


class Ring:
    """Integer polynomials in a fixed, sorted set of scalar atoms."""

    __slots__ = ("atoms", "context", "gens", "one", "position")

    def __init__(self, atoms: Iterable[sp.Expr]) -> None:
        self.atoms: tuple[sp.Expr, ...] = tuple(sorted(set(atoms), key=_order))
        # equal numbers of generators share one flint context, so that it is built once
        self.context = _context(len(self.atoms))
        self.gens = self.context.gens()
        self.position = {atom: i for i, atom in enumerate(self.atoms)}
        self.one = self.context.constant(1)

    def gen(self, atom: sp.Expr) -> Any:
        """Return the generator that stands for ``atom``."""
        return self.gens[self.position[atom]]

    def monomial(self, scalars: Monomial, number: int = 1) -> Any:
        """Return ``number`` times the product of atoms as a polynomial."""
        exponents = [0] * len(self.atoms)
        for atom, power in scalars:
            exponents[self.position[atom]] += power
        return self.context.from_dict({tuple(exponents): number}) if number else self.context.constant(0)

    def to_sympy(self, poly: Any, scale: Fraction) -> sp.Expr:
        """Return ``scale * poly`` in the user's own symbols."""
        terms = []
        for exponents, number in poly.to_dict().items():
            ratio = scale * int(number)
            factors = [a if e == 1 else a**e for a, e in zip(self.atoms, exponents, strict=True) if e]
            terms.append(sp.Mul(sp.Rational(ratio.numerator, ratio.denominator), *factors))
        return sp.Add(*terms)

    def recast(self, poly: Any, target: Ring) -> Any:
        """Rewrite a polynomial of this ring in a ring that holds all its atoms."""
        if self.atoms == target.atoms:
            return poly
        places = [target.position[a] for a in self.atoms]
        blank = [0] * len(target.atoms)
        moved: dict[tuple[int, ...], Any] = {}
        for exponents, number in poly.to_dict().items():
            new = blank.copy()
            for place, e in zip(places, exponents, strict=True):
                new[place] = e
            moved[tuple(new)] = number
        return target.context.from_dict(moved)

    def reduce_imaginary(self, poly: Any) -> Any:
        """Replace I**2 by -1."""
        at = self.position.get(sp.I)
        if at is None or poly.degrees()[at] < 2:
            return poly
        reduced: dict[tuple[int, ...], Any] = {}
        for exponents, number in poly.to_dict().items():
            e = exponents[at]
            key = (*exponents[:at], e % 2, *exponents[at + 1 :])
            reduced[key] = reduced.get(key, 0) + (-number if e % 4 >= 2 else number)
        return self.context.from_dict({k: v for k, v in reduced.items() if v})

    def value(self, poly: Any, values: Mapping[sp.Expr, Fraction]) -> dict[int, Fraction]:
        """Evaluate at rational values of every atom but I; returns the parts without and with I (keys 0 and 1)."""
        at = self.position.get(sp.I)
        parts = {0: Fraction(0), 1: Fraction(0)}
        points = [Fraction(1) if a is sp.I else values[a] for a in self.atoms]
        for exponents, number in poly.to_dict().items():
            term = Fraction(int(number))
            for x, e in zip(points, exponents, strict=True):
                if e:
                    term *= x ** int(e)
            e = 0 if at is None else exponents[at]
            parts[e % 2] += -term if e % 4 >= 2 else term
        return parts


@lru_cache(maxsize=256)
def _context(size: int) -> Any:
    return flint.fmpz_mpoly_ctx.get([f"x{i}" for i in range(size)], "lex")
