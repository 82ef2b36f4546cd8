r"""Explicit gamma matrices over exact complex rationals: a second route to every result.

Three representations, each built from Pauli matrices and each with
:math:`\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3`: ``"dirac"`` (gamma^0 diagonal), ``"chiral"`` (gamma_5 diagonal,
left-handed components first) and ``"majorana"`` (all gamma^mu imaginary); Itzykson and Zuber, Quantum Field Theory,
Appendix A-2.  Nothing here uses the algebra that the traces use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import product
from typing import Any

import flint
import sympy as sp

from nuforce_sym.dirac.equality import fraction, levi_civita
from nuforce_sym.dirac.objects import Combination, Dirac, Gamma, Sum, head_indices
from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum

ETA = (1, -1, -1, -1)
REPRESENTATIONS = ("dirac", "chiral", "majorana")


@dataclass(frozen=True)
class Exact:
    """A complex matrix re + i im with rational entries."""

    re: Any
    im: Any

    def __add__(self, other: Exact) -> Exact:
        return Exact(self.re + other.re, self.im + other.im)

    def __matmul__(self, other: Exact) -> Exact:
        return Exact(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    def times(self, z: tuple[Fraction, Fraction]) -> Exact:
        """Return the matrix times the number z[0] + i z[1]."""
        x, y = (flint.fmpq(v.numerator, v.denominator) for v in z)
        return Exact(self.re * x - self.im * y, self.re * y + self.im * x)

    def trace(self) -> sp.Expr:
        """Return the trace as an exact number."""
        n = self.re.nrows()
        re, im = (sum((m[i, i] for i in range(n)), flint.fmpq(0)) for m in (self.re, self.im))
        return _rational(re) + sp.I * _rational(im)

    def sympy(self) -> sp.ImmutableMatrix:
        """Return the matrix as a SymPy matrix."""
        n, m = self.re.nrows(), self.re.ncols()
        return sp.ImmutableMatrix(n, m, lambda i, j: _rational(self.re[i, j]) + sp.I * _rational(self.im[i, j]))


def _rational(x: Any) -> sp.Rational:
    return sp.Rational(int(x.p), int(x.q))


def _exact(rows: Sequence[Sequence[complex]]) -> Exact:
    re = [[flint.fmpq(int(x.real)) for x in r] for r in rows]
    im = [[flint.fmpq(int(x.imag)) for x in r] for r in rows]
    return Exact(flint.fmpq_mat(re), flint.fmpq_mat(im))


_S0, _S1, _S2, _S3 = ((1, 0), (0, 1)), ((0, 1), (1, 0)), ((0, -1j), (1j, 0)), ((1, 0), (0, -1))
_Z = ((0, 0), (0, 0))


def _block(a: Any, b: Any, c: Any, d: Any, factor: complex = 1) -> Exact:
    rows = [[*x, *y] for x, y in zip(a, b, strict=True)] + [[*x, *y] for x, y in zip(c, d, strict=True)]
    return _exact([[complex(factor * x) for x in r] for r in rows])


def _minus(a: Any) -> Any:
    return tuple(tuple(-x for x in r) for r in a)


@lru_cache(maxsize=3)
def gamma_matrices(representation: str = "dirac") -> tuple[Exact, Exact, Exact, Exact]:
    """Return gamma^0, gamma^1, gamma^2, gamma^3."""
    if representation == "dirac":
        first = _block(_S0, _Z, _Z, _minus(_S0))
    elif representation == "chiral":
        first = _block(_Z, _S0, _S0, _Z)
    elif representation == "majorana":
        return (
            _block(_Z, _S2, _S2, _Z),
            _block(_S3, _Z, _Z, _S3, 1j),
            _block(_Z, _minus(_S2), _S2, _Z),
            _block(_S1, _Z, _Z, _S1, -1j),
        )
    else:
        raise InputError(f"representation {representation!r} is unknown; use one of {', '.join(REPRESENTATIONS)}")
    one, two, three = (_block(_Z, s, _minus(s), _Z) for s in (_S1, _S2, _S3))
    return first, one, two, three


@lru_cache(maxsize=3)
def gamma5_matrix(representation: str = "dirac") -> Exact:
    """Return gamma_5 = i gamma^0 gamma^1 gamma^2 gamma^3."""
    return reduce(Exact.__matmul__, gamma_matrices(representation)).times((Fraction(0), Fraction(1)))


@lru_cache(maxsize=1)
def identity() -> Exact:
    """Return the unit matrix."""
    return _block(_S0, _Z, _Z, _S0)


@dataclass(frozen=True)
class _Point:
    momenta: Mapping[str, tuple[Fraction, ...]]
    symbols: Mapping[Any, Any]
    representation: str


def matrix(
    d: Dirac,
    momenta: Mapping[Momentum, Sequence[Any]] | None = None,
    indices: Mapping[Index, int] | None = None,
    symbols: Mapping[Any, Any] | None = None,
    *,
    representation: str = "dirac",
) -> Exact:
    """Return a Dirac expression as an explicit matrix.

    Args:
        d: the expression; repeated indices are summed over 0..3.
        momenta: upper components of every momentum, exact.
        indices: the value 0..3 of every open index.
        symbols: exact values of the scalar symbols; complex ones as SymPy numbers.
        representation: ``"dirac"``, ``"chiral"`` or ``"majorana"``.

    Raises:
        InputError: when a value is missing or not exact.
    """
    point = _Point({p.name: tuple(fraction(x) for x in v) for p, v in (momenta or {}).items()}, symbols or {}, representation)
    return _product(d, {i.name: n for i, n in (indices or {}).items()}, point)


def numeric_matrix(d: Dirac, *values: Any, representation: str = "dirac") -> Any:
    """Return ``matrix(...)`` as a NumPy array of complex numbers."""
    import numpy as np

    exact = matrix(d, *values, representation=representation)
    n = exact.re.nrows()
    return np.array(
        [[complex(_rational(exact.re[i, j])) + 1j * complex(_rational(exact.im[i, j])) for j in range(n)] for i in range(n)]
    )


def _visible(d: Dirac) -> Counter[str]:
    """Count the indices that the factors of one product show to each other."""
    counts: Counter[str] = Counter()
    for f in d.factors:
        if isinstance(f, Gamma):
            counts[f.index.name] += 1
        elif isinstance(f, Sum):
            counts.update(f.terms[0].free)
    return counts + head_indices(d.coefficient)


def _product(d: Dirac, env: Mapping[str, int], point: _Point) -> Exact:
    dummies = sorted(i for i, n in _visible(d).items() if n == 2)
    total: Exact | None = None
    for values in product(range(4), repeat=len(dummies)):
        local = {**env, **dict(zip(dummies, values, strict=True))}
        sign = 1
        for n in values:
            sign *= ETA[n]
        z = number(d.coefficient * sign, local, point.momenta, point.symbols)
        m = reduce(Exact.__matmul__, (_factor(f, local, point) for f in d.factors), identity()).times(z)
        total = m if total is None else total + m
    if total is None:
        raise InputError("an empty sum of index values")  # pragma: no cover - product() yields at least ()
    return total


def _factor(f: Any, env: Mapping[str, int], point: _Point) -> Exact:
    if isinstance(f, Gamma):
        if f.index.name not in env:
            raise InputError(f"index {f.index} is open but has no value; pass indices={{{f.index}: 0}} or similar")
        return gamma_matrices(point.representation)[env[f.index.name]]
    if isinstance(f, Sum):
        return reduce(Exact.__add__, (_product(t, env, point) for t in f.terms))
    five = gamma5_matrix(point.representation)
    return _linear_part(f.vector, f.scalar, env, point) + _linear_part(f.vector5, f.scalar5, env, point) @ five


def _linear_part(v: Combination, scalar: sp.Expr, env: Mapping[str, int], point: _Point) -> Exact:
    total = identity().times(number(scalar, env, point.momenta, point.symbols))
    for p, c in v:
        if p.name not in point.momenta:
            raise InputError(f"momentum {p} has no components; pass momenta={{{p}: (E, x, y, z)}}")
        z = number(c, env, point.momenta, point.symbols)
        for g, x, sign in zip(gamma_matrices(point.representation), point.momenta[p.name], ETA, strict=True):
            total = total + g.times((z[0] * x * sign, z[1] * x * sign))
    return total


def number(
    c: sp.Expr, env: Mapping[str, int], momenta: Mapping[str, Sequence[Fraction]], symbols: Mapping[Any, Any]
) -> tuple[Fraction, Fraction]:
    """Return real and imaginary part of a scalar with heads, every index having a value."""

    def vector(slot: Any) -> tuple[Fraction, ...]:
        if isinstance(slot, Index):
            if slot.name not in env:
                raise InputError(f"index {slot} is open but has no value; add it to indices")
            n = env[slot.name]
            return tuple(Fraction(ETA[n] * (j == n)) for j in range(4))
        if slot.name not in momenta:
            raise InputError(f"momentum {slot} has no components; add it to momenta")
        return tuple(momenta[slot.name])

    values = dict(symbols)
    for head in c.atoms(Dot, Component, Metric, LeviCivita):
        vectors = tuple(vector(s) for s in head.args)
        if isinstance(head, LeviCivita):
            value = levi_civita(vectors)
        else:
            value = sum(ETA[i] * vectors[0][i] * vectors[1][i] for i in range(4))
        values[head] = sp.Rational(value.numerator, value.denominator)
    z = sp.expand(as_expr(c).xreplace({k: as_expr(v) for k, v in values.items()}))
    re, im = z.as_real_imag()
    if not (re.is_Rational and im.is_Rational):
        raise InputError(f"{c} is not an exact complex rational at this point (got {z}); give every symbol a value")
    return fraction(re), fraction(im)


__all__ = ["REPRESENTATIONS", "Exact", "gamma5_matrix", "gamma_matrices", "identity", "matrix", "numeric_matrix"]
