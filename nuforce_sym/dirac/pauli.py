r"""The algebra of the Pauli matrices, with symbolic vectors.

Every product of :math:`\vec\sigma\cdot\vec a` and :math:`\sigma^i` is reduced to
:math:`s+\vec\sigma\cdot\vec v+\vec\sigma\cdot(\vec a\times\vec b)` by

.. math::
   \vec\sigma\cdot\vec a\;\vec\sigma\cdot\vec c &= \vec a\cdot\vec c+i\,\vec\sigma\cdot(\vec a\times\vec c),\\
   \vec\sigma\cdot(\vec a\times\vec b)\;\vec\sigma\cdot\vec c &= \vec a\cdot(\vec b\times\vec c)
   +i\left[\vec\sigma\cdot\vec b\;\vec a\cdot\vec c-\vec\sigma\cdot\vec a\;\vec b\cdot\vec c\right],

the second being the first with :math:`(\vec a\times\vec b)\times\vec c` written out
(Sakurai, Modern Quantum Mechanics, Eq. (3.2.39) for the first).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from nuforce_sym.dirac.structures import Structure, check_indices, contract_product
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import linear_combination
from nuforce_sym.spatial import Component3, Delta3, Dot3, Index3, Triple3, Vector3, link3

Slot = Vector3 | Index3
# () is the unit matrix, (a,) is sigma.a, (a, b) is sigma.(a x b)
Basis = tuple[Slot, ...]


@dataclass(frozen=True)
class Pauli:
    """A 2x2 matrix: coefficients of 1, sigma.a and sigma.(a x b).

    Attributes:
        terms: pairs of a basis element and its coefficient.
    """

    terms: tuple[tuple[Basis, sp.Expr], ...]

    def __add__(self, other: Pauli) -> Pauli:
        return _collect((*self.terms, *other.terms))

    def __sub__(self, other: Pauli) -> Pauli:
        return self + other.times(-1)

    def __matmul__(self, other: Pauli) -> Pauli:
        return _collect(t for a in self.terms for b in other.terms for t in _product(a, b))

    def times(self, factor: Any) -> Pauli:
        """Return the matrix times a scalar."""
        return _collect((basis, c * factor) for basis, c in self.terms)

    @property
    def trace(self) -> sp.Expr:
        """The trace, twice the coefficient of the unit matrix."""
        return 2 * sp.Add(*(c for basis, c in self.terms if not basis))

    def expr(self, sigma: Vector3) -> sp.Expr:
        """Return the matrix as an expression in the spin vector ``sigma``."""
        out = sp.S.Zero
        for basis, c in self.terms:
            if not basis:
                out += c
            elif len(basis) == 1:
                out += c * link3(sigma, basis[0])
            else:
                out += c * Triple3(sigma, *basis)
        return sp.expand(out)


ZERO = Pauli(())
UNIT = Pauli((((), sp.S.One),))


def sigma_dot(a: Any) -> Pauli:
    r"""Return :math:`\vec\sigma\cdot\vec a` of a linear combination of vectors, or :math:`\sigma^i` of an index."""
    if isinstance(a, Index3):
        return Pauli((((a,), sp.S.One),))
    return _collect(((v,), c) for v, c in linear_combination(a, Vector3))


def pauli_product(*vectors: Any) -> Pauli:
    r"""Return the product :math:`\vec\sigma\cdot\vec a\;\vec\sigma\cdot\vec b\cdots`, reduced."""
    out = UNIT
    for v in vectors:
        out = out @ sigma_dot(v)
    return out


def pauli_trace(*vectors: Any) -> sp.Expr:
    r"""Return the trace of :math:`\vec\sigma\cdot\vec a\;\vec\sigma\cdot\vec b\cdots`."""
    return pauli_product(*vectors).trace


def _collect(terms: Iterable[tuple[Basis, sp.Expr]]) -> Pauli:
    found: dict[Basis, sp.Expr] = {}
    for basis, c in terms:
        if len(basis) == 2 and _name(basis[0]) >= _name(basis[1]):
            if basis[0] == basis[1]:
                continue
            basis, c = (basis[1], basis[0]), -c  # noqa: PLW2901 - canonical order of a x b
        found[basis] = found.get(basis, sp.S.Zero) + c
    return Pauli(tuple((b, c) for b, c in found.items() if c != 0))


def _name(slot: Slot) -> str:
    return ("^" if isinstance(slot, Index3) else "") + str(slot.name)


def _product(left: tuple[Basis, sp.Expr], right: tuple[Basis, sp.Expr]) -> list[tuple[Basis, sp.Expr]]:
    (x, c), (y, d) = left, right
    cd = c * d
    if not x or not y:
        return [(x or y, cd)]
    if len(y) == 1:
        return [(b, cd * e) for b, e in _times_vector(x, y[0])]
    # sigma.(a x b) = -i (sigma.a sigma.b - a.b)
    a, b = y
    out = [(z, -sp.I * cd * e * f) for w, e in _times_vector(x, a) for z, f in _times_vector(w, b)]
    return [*out, (x, sp.I * cd * link3(a, b))]


def _times_vector(x: Basis, c: Slot) -> list[tuple[Basis, sp.Expr]]:
    if not x:
        return [((c,), sp.S.One)]
    if len(x) == 1:
        return [((), link3(x[0], c)), ((x[0], c), sp.I)]
    a, b = x
    return [((), Triple3(a, b, c)), ((b,), sp.I * link3(a, c)), ((a,), -sp.I * link3(b, c))]


def contract3(expr: sp.Expr) -> sp.Expr:
    r"""Sum every repeated spatial index of an expression and reduce products of two triple products.

    Products of two ``Triple3`` become determinants of scalar products, so that the result holds at most one per term.

    Raises:
        InputError: for an index three times in one product.
    """
    out = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(expr)):
        heads: list[Structure] = []
        rest = sp.S.One
        for factor in sp.Mul.make_args(term):
            base, power = factor.as_base_exp()
            if isinstance(base, Component3 | Delta3 | Triple3):
                if not (power.is_Integer and power > 0):
                    raise InputError(f"{factor}: a component can only be raised to a positive whole power")
                kind = {Component3: "c", Delta3: "g", Triple3: "e"}[type(base)]
                heads += [(kind, *(_name(s) for s in base.args))] * int(power)
            else:
                rest *= factor
        structures = tuple(heads)
        check_indices(structures, str(term))
        for number, shifts, pairs, left in contract_product(structures, rank=3):
            value = sp.Integer(number) * sp.Mul(*shifts)
            value *= sp.Mul(*(Dot3(Vector3(a), Vector3(b)) for a, b in pairs))
            out += rest * value * sp.Mul(*map(_head, left))
    return sp.expand(out)


def _head(structure: Structure) -> sp.Expr:
    slots = [Index3(s[1:]) if s[0] == "^" else Vector3(s) for s in structure[1:]]
    return {"c": Component3, "g": Delta3, "e": Triple3}[structure[0]](*slots)


def binomial_series(terms: int) -> list[Fraction]:
    r"""Return the first coefficients of :math:`(1+x)^{-1/2}`."""
    out = [Fraction(1)]
    for n in range(1, terms):
        out.append(out[-1] * (Fraction(-1, 2) - (n - 1)) / n)
    return out
