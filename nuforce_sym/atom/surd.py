r"""Exact numbers of the form rational times square root of a rational, the values of radial and angular integrals.

The rational and what stands under the root are kept apart, so that products of thousands of digits cost no
factorisation; only printing and `Surd.sympy` take squares out of the root.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Any

import sympy as sp
from flint import fmpq, fmpz

from nuforce_sym.errors import InputError

_ONE = fmpq(1)


def rational(value: Any, what: str = "the number") -> fmpq:
    """Return a Python, SymPy or FLINT rational as a FLINT rational.

    Raises:
        InputError: it is none; a float is refused, because it is not exact.
    """
    if isinstance(value, fmpq):
        return value
    if isinstance(value, (fmpz, int)) and not isinstance(value, bool):
        return fmpq(value)
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, sp.Rational):
        return fmpq(int(value.p), int(value.q))
    raise InputError(f"{what} must be an exact rational number (int, Fraction or sympy.Rational): got {value!r}")


def integer(value: Any, what: str) -> int:
    """Return ``value`` if it is a Python or SymPy integer; raises `InputError` otherwise."""
    if isinstance(value, (int, sp.Integer)) and not isinstance(value, bool):
        return int(value)
    raise InputError(f"{what} must be an integer: got {value!r}")


def in_sympy(value: fmpq) -> sp.Rational:
    """Return a FLINT rational as SymPy's."""
    return sp.Rational(int(value.p), int(value.q))


@total_ordering
@dataclass(frozen=True, eq=False)
class Surd:
    r"""The number ``coefficient`` * \sqrt{``radicand``}, exactly.

    Raises:
        InputError: the radicand is negative.
    """

    coefficient: fmpq
    radicand: fmpq = _ONE

    def __post_init__(self) -> None:
        if self.radicand < 0:
            raise InputError(f"a surd needs a radicand >= 0: got {self.radicand}")

    @property
    def sign(self) -> int:
        """-1, 0 or 1."""
        if self.coefficient == 0 or self.radicand == 0:
            return 0
        return 1 if self.coefficient > 0 else -1

    @property
    def square(self) -> Fraction:
        """The square of the number."""
        value = self.coefficient * self.coefficient * self.radicand
        return Fraction(int(value.p), int(value.q))

    def __mul__(self, other: Any) -> Surd:
        if isinstance(other, Surd):
            return nonnegative(self.coefficient * other.coefficient, self.radicand * other.radicand)
        return Surd(self.coefficient * rational(other), self.radicand)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Surd:
        if isinstance(other, Surd):
            return Surd(self.coefficient / (other.coefficient * other.radicand), self.radicand * other.radicand)
        return Surd(self.coefficient / rational(other), self.radicand)

    def __neg__(self) -> Surd:
        return Surd(-self.coefficient, self.radicand)

    def __add__(self, other: Surd) -> Surd:
        """The sum of two surds whose roots are commensurable.

        Raises:
            InputError: the sum is no surd, as for sqrt(2) + sqrt(3); add the `sympy` forms instead.
        """
        if self.sign == 0:
            return other
        if other.sign == 0:
            return self
        ratio = other.radicand / self.radicand
        p, q = ratio.p.isqrt(), ratio.q.isqrt()
        if p * p != ratio.p or q * q != ratio.q:
            raise InputError(f"{self} + {other} is no rational times one root: add their .sympy forms")
        return Surd(self.coefficient + other.coefficient * fmpq(p, q), self.radicand)

    def __sub__(self, other: Surd) -> Surd:
        return self + (-other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, Fraction, fmpq, sp.Rational)):
            other = Surd(rational(other))
        if not isinstance(other, Surd):
            return NotImplemented
        return self.sign == other.sign and self.square == other.square

    def __lt__(self, other: Surd) -> bool:
        return self.sign * self.square < other.sign * other.square

    def __hash__(self) -> int:
        return hash((self.sign, self.square))

    def __bool__(self) -> bool:
        return self.sign != 0

    def __float__(self) -> float:
        """The nearest double, or one of the two nearest; 0.0 below the smallest and `OverflowError` above the largest."""
        value = self.coefficient * self.coefficient * self.radicand
        return self.sign * float_sqrt(int(value.p), int(value.q))

    @property
    def reduced(self) -> tuple[fmpq, int]:
        """The number as (rational, square-free integer under the root)."""
        if self.sign == 0:
            return fmpq(0), 1
        inside = self.radicand.p * self.radicand.q
        square, free = fmpz(1), fmpz(1)
        for prime, power in inside.factor():
            square *= fmpz(prime) ** (power // 2)
            free *= fmpz(prime) ** (power % 2)
        return self.coefficient * fmpq(square, self.radicand.q), int(free)

    @property
    def sympy(self) -> sp.Expr:
        """The number as a SymPy expression."""
        outside, inside = self.reduced
        return in_sympy(outside) * sp.sqrt(inside)

    @property
    def latex(self) -> str:
        r"""The number as LaTeX, ``\frac{\sqrt{7}}{172032}``."""
        outside, inside = self.reduced
        p, q = abs(int(outside.p)), int(outside.q)
        root = rf"\sqrt{{{inside}}}" if inside != 1 else ""
        above = root if p == 1 and root else f"{p}{' ' if root else ''}{root}"
        sign = "-" if outside < 0 else ""
        return f"{sign}{above}" if q == 1 else rf"{sign}\frac{{{above}}}{{{q}}}"

    def __str__(self) -> str:
        outside, inside = self.reduced
        p, q = abs(int(outside.p)), int(outside.q)
        root = f"sqrt({inside})" if inside != 1 else ""
        above = root if p == 1 and root else f"{p}*{root}" if root else f"{p}"
        return f"{'-' if outside < 0 else ''}{above}{'' if q == 1 else f'/{q}'}"

    __repr__ = __str__


def nonnegative(coefficient: fmpq, radicand: fmpq) -> Surd:
    """Return the surd of a radicand that is known not to be negative, without the check of `Surd`, which costs most of it."""
    made = object.__new__(Surd)
    made.__dict__["coefficient"] = coefficient
    made.__dict__["radicand"] = radicand
    return made


def float_sqrt(p: int, q: int) -> float:
    """Return the square root of p/q as a double, for integers of any size."""
    if p == 0:
        return 0.0
    shift = 128 - (p.bit_length() - q.bit_length())
    shift += shift & 1
    scaled = (p << shift) // q if shift >= 0 else p // (q << -shift)
    return math.ldexp(math.isqrt(scaled), -(shift // 2))
