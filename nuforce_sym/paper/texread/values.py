r"""What a part of a formula may be: a scalar, or a vector as a combination of three-vectors and of their cross products.

Everything that could grow without bound is limited here, before SymPy is asked to build it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Dot, Momentum
from nuforce_sym.spatial import Dot3, Triple3, Vector3

MAX_EXPONENT = 200
MAX_BITS = 8_000
MAX_DEGREE = 1_000
MAX_PARTS = 40

Axis: TypeAlias = Vector3 | tuple[Vector3, Vector3]
_SPINS = frozenset(("sigma", "sigma_1", "sigma_2"))
_ORDERED = ("p", "L", "nabla")


@dataclass(frozen=True)
class Vector:
    """A vector: coefficients of three-vectors, or of cross products of two of them."""

    parts: tuple[tuple[sp.Expr, Axis], ...]

    def scaled(self, factor: sp.Expr) -> Vector:
        """Return the vector times a scalar."""
        return Vector(tuple((coefficient * factor, axis) for coefficient, axis in self.parts))

    @property
    def vectors(self) -> set[Vector3]:
        """The three-vectors that stand in it."""
        return {v for _, axis in self.parts for v in (axis if isinstance(axis, tuple) else (axis,))}


Value: TypeAlias = "sp.Expr | Vector"


def vector(axis: Vector3, coefficient: sp.Expr | None = None) -> Vector:
    """Return a three-vector, times a coefficient where one is given, as a value."""
    return Vector(((sp.Integer(1) if coefficient is None else coefficient, axis),))


def added(values: Iterable[Value]) -> Value:
    """Return the sum of scalars, or of vectors; raises `InputError` for a sum of both."""
    values = list(values)
    kinds = {isinstance(v, Vector) for v in values}
    if kinds == {True}:
        return _limited(Vector(tuple(part for v in values if isinstance(v, Vector) for part in v.parts)))
    if kinds == {True, False}:
        raise InputError("a vector and a scalar are added")
    return sp.Add(*values)


def _limited(value: Vector) -> Vector:
    if len(value.parts) > MAX_PARTS:
        raise InputError(f"a vector is a sum of more than {MAX_PARTS} terms")
    return value


def dotted(a: Vector, b: Vector) -> sp.Expr:
    """Return the scalar product."""
    return sp.Add(*(x * y * _dot(s, t) for x, s in a.parts for y, t in b.parts))


def _dot(a: Axis, b: Axis) -> sp.Expr:
    if set(_names(a)) & set(_names(b)) & _SPINS:
        raise InputError("a product of one spin with itself: write what it gives")
    if isinstance(a, tuple) and isinstance(b, tuple):
        if any(v.name in _ORDERED for v in (*a, *b)):
            raise InputError("the scalar product of two cross products of operators depends on their order")
        return Dot3(a[0], b[0]) * Dot3(a[1], b[1]) - Dot3(a[0], b[1]) * Dot3(a[1], b[0])
    if isinstance(a, tuple):
        return Triple3(a[0], a[1], b)
    if isinstance(b, tuple):
        return Triple3(a, b[0], b[1])
    return Dot3(a, b)


def _names(axis: Axis) -> tuple[str, ...]:
    return tuple(v.name for v in axis) if isinstance(axis, tuple) else (axis.name,)


def crossed(a: Vector, b: Vector) -> Vector:
    """Return the cross product of two vectors, none of which may be a cross product itself."""
    parts: list[tuple[sp.Expr, Axis]] = []
    for x, s in a.parts:
        for y, t in b.parts:
            if isinstance(s, tuple) or isinstance(t, tuple):
                raise InputError("a double cross product: write it out with b(a.c) - c(a.b)")
            if s == t and s.name in _SPINS | set(_ORDERED):
                raise InputError(f"the cross product of {s} with itself is one of operators: write what it gives")
            if s != t:
                parts.append((x * y, (s, t)))
    return _limited(Vector(tuple(parts)))


def power(base: Value, exponent: Value) -> sp.Expr:
    """Return base^exponent; the square of a vector is its scalar product with itself."""
    if isinstance(exponent, Vector):
        raise InputError("an exponent cannot be a vector")
    if isinstance(base, Vector):
        if exponent != 2:
            raise InputError("of a vector only the square is defined")
        return dotted(base, base)
    if isinstance(base, Momentum):
        if exponent != 2:
            raise InputError("of a four-momentum only the square is defined")
        return Dot(base, base)
    if exponent.is_Rational and abs(exponent) > 1 and abs(exponent) * degree(base) > MAX_DEGREE:
        raise InputError(f"powers of powers may multiply to at most {MAX_DEGREE}")
    if exponent.is_number:
        size = abs(exponent)
        if (exponent.is_Rational and size > MAX_EXPONENT) or (
            not exponent.is_Rational and exponent.has(sp.Pow) and base.is_number
        ):
            raise InputError(f"an exponent may be at most {MAX_EXPONENT}")
        if base.is_Rational and base.p.bit_length() * max(1, int(size) if size.is_Rational else 1) > MAX_BITS:
            raise InputError(f"a number may have at most {MAX_BITS // 4} digits")
    return base**exponent


def degree(expr: sp.Basic) -> sp.Rational:
    """Return the largest product of exponents that are nested in an expression."""
    inner = max((degree(a) for a in expr.args), default=sp.Integer(1))
    return inner * max(abs(expr.exp), 1) if expr.is_Pow and expr.exp.is_Rational else inner


def multiplied(factors: Iterable[sp.Expr]) -> sp.Expr:
    """Return the product of scalars, within the limit on digits."""
    product = sp.Mul(*factors)
    number = product.as_coeff_Mul()[0]
    if number.is_Rational and max(abs(number.p), number.q).bit_length() > MAX_BITS:
        raise InputError(f"a number may have at most {MAX_BITS // 4} digits")
    return product


def divided(top: Value, bottom: Value) -> Value:
    """Return top / bottom."""
    if isinstance(bottom, Vector):
        raise InputError("a division by a vector")
    if bottom == 0:
        raise InputError("a division by zero")
    return top.scaled(1 / bottom) if isinstance(top, Vector) else multiplied([top, 1 / bottom])
