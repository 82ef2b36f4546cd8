"""Lorentz tensors as exact polynomials: what a trace returns.

A ``Tensor`` keeps python-flint polynomials, one per product of open structures, and becomes a SymPy expression only
when ``.expr`` is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import Any

import sympy as sp

from nuforce_sym.dirac.coefficients import Piece, Ring, pieces
from nuforce_sym.dirac.structures import Contracted, Structure, check_indices, contract_product, index_counts
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum

FOUR = sp.Integer(4)
Vector = Sequence[Any]


@lru_cache(maxsize=4096)
def ring_of(atoms: frozenset[sp.Expr]) -> Ring:
    """Return the ring of a set of atoms, built once."""
    return Ring(atoms)


@lru_cache(maxsize=8192)
def dot_atom(p: str, q: str) -> sp.Expr:
    """Return the scalar product of two momenta given by name."""
    return Dot(Momentum(p), Momentum(q))


@lru_cache(maxsize=65536)
def contracted(structures: tuple[Structure, ...]) -> tuple[Contracted, ...]:
    """Return the contraction of a product of structures, remembered."""
    return tuple(contract_product(structures))


def slot(name: sp.Expr) -> str:
    """Return the slot text of a momentum or an index."""
    return "^" + str(name.name) if isinstance(name, Index) else str(name.name)


def _atom(text: str) -> Momentum | Index:
    return Index(text[1:]) if text[0] == "^" else Momentum(text)


def structure_of(head: sp.Expr) -> Structure:
    """Return the structure of a ``Component``, ``Metric`` or ``LeviCivita``."""
    kind = {Component: "c", Metric: "g", LeviCivita: "e"}[type(head)]
    return (kind, *(slot(a) for a in head.args))


@lru_cache(maxsize=8192)
def head_of(structure: Structure) -> sp.Expr:
    """Return the SymPy head of a structure."""
    return {"c": Component, "g": Metric, "e": LeviCivita}[structure[0]](*(_atom(s) for s in structure[1:]))


def check_names(slots: Iterable[str]) -> None:
    """Raise InputError when a momentum and an index share a name."""
    seen = set(slots)
    for s in sorted(seen):
        if s[0] == "^" and s[1:] in seen:
            raise InputError(f"{s[1:]!r} names both a momentum and an index in one expression; rename one of them")


class Tensor:
    """A scalar or tensor result; immutable.

    Attributes:
        dim: the dimension of space-time, 4 or a symbolic expression.
        free: names of the open indices, sorted.
        expr: the SymPy expression, in the user's own symbols; computed when first asked for.
    """

    def __init__(self, ring: Ring, terms: dict[tuple[Structure, ...], Any], scale: Fraction, dim: sp.Expr) -> None:
        self._ring = ring
        self._terms = {s: q for s, p in sorted(terms.items()) if (q := ring.reduce_imaginary(p))}
        self._scale = scale
        self.dim = dim

    __hash__ = None  # type: ignore[assignment]  # equality is up to Schouten identities, which no hash respects

    @classmethod
    def from_expr(cls, expr: Any, *, dim: Any = FOUR) -> Tensor:
        """Read a SymPy expression in the Lorentz heads, summing every index that occurs twice in a product.

        Raises:
            InputError: for an index three times, different open indices in a sum, a name used for both kinds.
        """
        dim = sp.Integer(dim) if isinstance(dim, int) else dim
        return build(pieces(_expr(expr)), dim)

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Names of the open indices."""
        for structures in self._terms:
            return tuple(sorted(i[1:] for i, n in index_counts(structures).items() if n == 1))
        return ()

    @cached_property
    def expr(self) -> sp.Expr:
        """The result as a SymPy expression."""
        return sp.Add(
            *(
                sp.Mul(term, *map(head_of, structures))
                for structures, poly in self._terms.items()
                for term in sp.Add.make_args(self._ring.to_sympy(poly, self._scale))
            )
        )

    def __len__(self) -> int:
        return sum(len(p) for p in self._terms.values())

    def __bool__(self) -> bool:
        return self != 0

    def __repr__(self) -> str:
        n = len(self)
        return str(self.expr) if n <= 200 else f"<Tensor of {n} terms, open indices {', '.join(self.free) or 'none'}>"

    def _latex(self, printer: Any) -> str:
        return str(printer.doprint(self.expr))

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {sp.latex(self.expr)}$"

    def __neg__(self) -> Tensor:
        return Tensor(self._ring, self._terms, -self._scale, self.dim)

    def __add__(self, summand: Any) -> Tensor:
        other: Tensor = self._like(summand)
        if not other._terms:
            return self
        if not self._terms:
            return other
        if self.free != other.free:
            raise InputError(
                f"cannot add tensors with open indices ({', '.join(self.free)}) and ({', '.join(other.free)}); "
                f"every term of a sum needs the same open indices"
            )
        ring = ring_of(frozenset(self._ring.atoms + other._ring.atoms))
        scale = Fraction(1, lcm(self._scale.denominator, other._scale.denominator))
        terms: dict[tuple[Structure, ...], Any] = {}
        for tensor in (self, other):
            factor = int(tensor._scale / scale)
            for s, p in tensor._terms.items():
                new = tensor._ring.recast(p, ring) * factor
                terms[s] = terms[s] + new if s in terms else new
        return Tensor(ring, terms, scale, self.dim)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Tensor:
        return self + -self._like(other)

    def __rsub__(self, other: Any) -> Tensor:
        return self._like(other) - self

    def __mul__(self, other: Any) -> Tensor:
        return self.contract(other)

    __rmul__ = __mul__

    def __pow__(self, power: Any) -> Tensor:
        if not isinstance(power, int) or power < 0 or self.free:
            raise InputError(f"only a tensor without open indices has powers 0, 1, 2...; got {power!r}")
        out = Tensor.from_expr(sp.S.One, dim=self.dim)
        for _ in range(power):
            out = out.contract(self)
        return out

    def _like(self, other: Any) -> Tensor:
        if isinstance(other, Tensor):
            if other.dim != self.dim:
                raise InputError(f"mixed dimensions {self.dim} and {other.dim}; compute both in the same dimension")
            return other
        return Tensor.from_expr(other, dim=self.dim)

    def contract(self, other: Any) -> Tensor:
        """Multiply by another tensor or SymPy expression; index names that occur in both are summed."""
        other = self._like(other)
        slots = {s for t in (self, other) for ss in t._terms for st in ss for s in st[1:]}
        check_names(slots)
        vectors = sorted(s for s in slots if s[0] != "^")
        extra = [dot_atom(p, q) for i, p in enumerate(vectors) for q in vectors[i:]]
        ring = ring_of(frozenset((*self._ring.atoms, *other._ring.atoms, *extra, *_dim_atoms(self.dim))))
        left = [(s, self._ring.recast(p, ring)) for s, p in self._terms.items()]
        right = [(s, other._ring.recast(p, ring)) for s, p in other._terms.items()]
        terms: dict[tuple[Structure, ...], Any] = {}
        by_factor: dict[tuple[tuple[tuple[int, ...], tuple[Any, ...]], tuple[Structure, ...]], Any] = {}
        for a, p in left:
            for b, q in right:
                both = a + b
                check_indices(both, "a product of tensors")
                pq = p * q
                for number, shifts, pairs, structures in contracted(both):
                    key = ((shifts, pairs), structures)
                    old = by_factor.get(key)
                    by_factor[key] = pq * number if old is None else old + pq * number
        for ((shifts, pairs), structures), poly in by_factor.items():
            new = poly * factor_poly(ring, self.dim, shifts, pairs)
            terms[structures] = terms[structures] + new if structures in terms else new
        return Tensor(ring, terms, self._scale * other._scale, self.dim)

    def subs(self, *args: Any, **kwargs: Any) -> Tensor:
        """Substitute in ``.expr`` as SymPy does, for example ``{Dot(p, p): m**2}``."""
        return Tensor.from_expr(self.expr.subs(*args, **kwargs), dim=self.dim)

    def at(
        self, momenta: Mapping[Momentum, Vector], indices: Mapping[Index, int] | None = None, symbols: Any = None
    ) -> sp.Expr:
        """Return the exact value at explicit momenta (upper components), index values 0..3 and rational symbols.

        Raises:
            InputError: when a momentum, an index or a symbol has no value.
        """
        from nuforce_sym.dirac.equality import evaluate

        return evaluate(self, momenta, indices or {}, symbols or {})

    def __eq__(self, other: object) -> bool:
        from nuforce_sym.dirac.equality import vanishes

        if not isinstance(other, Tensor | sp.Expr | int):
            return NotImplemented
        other = self._like(other)
        if self._terms and other._terms and self.free != other.free:
            return vanishes(self) and vanishes(other)
        return vanishes(self - other)


def _expr(expr: Any) -> sp.Expr:
    if isinstance(expr, Tensor):
        return expr.expr
    if isinstance(expr, int):
        return sp.Integer(expr)
    if not isinstance(expr, sp.Expr):
        raise InputError(f"{expr!r} is neither a tensor nor a SymPy expression; text is not read here")
    return expr


def _dim_atoms(dim: sp.Expr) -> list[sp.Expr]:
    return [a for piece in pieces(dim) for a, _ in piece.scalars]


def factor_poly(ring: Ring, dim: sp.Expr, shifts: tuple[int, ...], pairs: tuple[tuple[str, str], ...]) -> Any:
    """Return the polynomial of scalar products ``pairs`` times the factors (D - 4 + j)."""
    poly = ring.monomial(tuple((dot_atom(p, q), 1) for p, q in pairs))
    for j in shifts:
        poly = poly * (ring_poly(ring, dim) + (j - 4))
    return poly


def ring_poly(ring: Ring, expr: sp.Expr) -> Any:
    """Return an expression with integer coefficients as a polynomial of the ring."""
    total = ring.context.constant(0)
    for piece in pieces(expr):
        if piece.number.denominator != 1 or piece.tensors:
            raise InputError(f"{expr} must be a polynomial with whole-number coefficients; rescale the symbol")
        total = total + ring.monomial(piece.scalars, piece.number.numerator)
    return total


def build(parts: Iterable[Piece], dim: sp.Expr) -> Tensor:
    """Return the tensor of a sum of pieces, every repeated index summed."""
    parts = tuple(parts)
    keyed = [(piece, tuple(structure_of(t) for t in piece.tensors)) for piece in parts]
    slots = {s for _, structures in keyed for st in structures for s in st[1:]}
    slots |= {str(p.name) for piece, _ in keyed for a, _ in piece.scalars for p in a.atoms(Momentum)}
    check_names(slots)
    open_indices = set()
    for piece, structures in keyed:
        check_indices(structures, str(sp.Mul(*piece.tensors)))
        open_indices.add(tuple(sorted(i for i, n in index_counts(structures).items() if n == 1)))
    if len(open_indices) > 1:
        shown = " and ".join("(" + ", ".join(i[1:] for i in o) + ")" for o in sorted(open_indices))
        raise InputError(f"the terms of a sum have different open indices {shown}; give every term the same ones")
    atoms = {a for piece in parts for a, _ in piece.scalars} | set(_dim_atoms(dim))
    for _, structures in keyed:
        for _, _, pairs, _ in contracted(structures):
            atoms |= {dot_atom(p, q) for p, q in pairs}
    ring = ring_of(frozenset(atoms))
    scale = Fraction(1, lcm(*(piece.number.denominator for piece in parts)))
    terms: dict[tuple[Structure, ...], Any] = {}
    for piece, structures in keyed:
        head = ring.monomial(piece.scalars, int(piece.number / scale))
        for number, shifts, pairs, out in contracted(structures):
            new = head * factor_poly(ring, dim, shifts, pairs) * number
            terms[out] = terms[out] + new if out in terms else new
    return Tensor(ring, terms, scale, dim)


def contract(expr: Any, *, dim: Any = FOUR) -> sp.Expr:
    r"""Sum every repeated index of a SymPy expression: :math:`g^{\mu\nu}p_\nu=p^\mu`, :math:`g^\mu{}_\mu=D`, and so on.

    Products of two Levi-Civita tensors become Gram determinants.
    """
    return Tensor.from_expr(expr, dim=dim).expr
