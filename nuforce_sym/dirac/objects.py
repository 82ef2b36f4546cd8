r"""Gamma matrices, slashed momenta and their sums and products, as one writes them on paper.

A ``Dirac`` is a coefficient times a product of factors; a sum is kept as one factor, so that
``(slash(k) + m)*gamma(mu)*(1 - gamma5)`` is never multiplied out.  Factors are

* ``Linear``: :math:`\slashed{u}+s+(\slashed{w}+t)\gamma_5`, which holds propagators, projectors and chiral couplings;
* ``Gamma``: :math:`\gamma^\mu`;
* ``Sum``: any other sum.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Index, LeviCivita, Metric, Momentum, linear_combination

Combination = tuple[tuple[Momentum, sp.Expr], ...]


@dataclass(frozen=True)
class Linear:
    r"""The factor :math:`\slashed{u}+s+(\slashed{w}+t)\gamma_5`."""

    vector: Combination = ()
    scalar: sp.Expr = sp.S.Zero
    vector5: Combination = ()
    scalar5: sp.Expr = sp.S.Zero


@dataclass(frozen=True)
class Gamma:
    r"""The factor :math:`\gamma^\mu`."""

    index: Index


@dataclass(frozen=True)
class Sum:
    """A sum of products."""

    terms: tuple[Dirac, ...]


Factor = Linear | Gamma | Sum


def _scalar(value: Any, what: str) -> sp.Expr:
    if isinstance(value, int):
        return sp.Integer(value)
    if isinstance(value, float | complex) or (isinstance(value, sp.Expr) and value.has(sp.Float)):
        raise InputError(f"{value!r} in {what} is not exact; write numbers as sp.Rational")
    if not isinstance(value, sp.Expr):
        raise InputError(f"{value!r} in {what} is not a SymPy scalar; text and other objects are not read here")
    if value.has(sp.nan, sp.oo, -sp.oo, sp.zoo):
        raise InputError(f"{value} in {what} is not finite")
    return value


def head_indices(expr: sp.Expr) -> Counter[str]:
    """Count indices of tensor heads in a coefficient; every term of a sum must agree, which Tensor checks later."""
    counts: Counter[str] = Counter()
    if expr.is_Atom:
        return counts
    for factor in sp.Mul.make_args(expr):
        base, power = factor.as_base_exp()
        if isinstance(base, Component | Metric | LeviCivita):
            for a in base.args:
                if isinstance(a, Index):
                    counts[a.name] += int(power)
        elif isinstance(base, sp.Add):
            counts += head_indices(base.args[0])
    return counts


@dataclass(frozen=True, eq=False)
class Dirac:
    """A product of a coefficient and Dirac factors; build it with ``slash``, ``gamma``, ``gamma5`` and arithmetic."""

    coefficient: sp.Expr
    factors: tuple[Factor, ...]
    counts: Counter[str] = field(repr=False)

    __hash__ = None  # type: ignore[assignment]  # equality is up to the Dirac algebra, which no hash respects

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Names of the open indices."""
        return tuple(sorted(i for i, n in self.counts.items() if n == 1))

    def __mul__(self, other: Any) -> Dirac:
        if isinstance(other, Dirac):
            return product_of(self.coefficient * other.coefficient, self.factors + other.factors, self.counts + other.counts)
        other = _scalar(other, "a product with gamma matrices")
        return product_of(self.coefficient * other, self.factors, self.counts + head_indices(other))

    def __rmul__(self, other: Any) -> Dirac:
        return self.__mul__(other)  # a scalar: it commutes

    def __truediv__(self, other: Any) -> Dirac:
        divisor = _scalar(other, "a quotient")
        if divisor == 0:
            raise InputError(f"{self} is divided by zero")
        return self.__mul__(1 / divisor)

    def __pow__(self, power: Any) -> Dirac:
        if not isinstance(power, int) or power < 0:
            raise InputError(f"a product of gamma matrices has powers 0, 1, 2...; got {power!r}")
        out = IDENTITY
        for _ in range(power):
            out = out * self
        return out

    def __neg__(self) -> Dirac:
        return self * -1

    def __add__(self, other: Any) -> Dirac:
        return add(self, as_dirac(other))

    def __radd__(self, other: Any) -> Dirac:
        return add(as_dirac(other), self)

    def __sub__(self, other: Any) -> Dirac:
        return add(self, -as_dirac(other))

    def __rsub__(self, other: Any) -> Dirac:
        return add(as_dirac(other), -self)

    def __eq__(self, other: object) -> bool:
        """Decide equality as matrices, in four dimensions."""
        from nuforce_sym.dirac.chain import equal

        if not isinstance(other, Dirac | sp.Expr | int):
            return NotImplemented
        return equal(self, as_dirac(other))

    def __str__(self) -> str:
        from nuforce_sym.dirac.printing import text

        return text(self)

    __repr__ = __str__

    def _latex(self, printer: Any) -> str:
        from nuforce_sym.dirac.printing import latex

        return latex(self, printer)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {sp.latex(self)}$"


def product_of(coefficient: sp.Expr, factors: tuple[Factor, ...], counts: Counter[str]) -> Dirac:
    """Build a product after checking its indices."""
    for name, n in counts.items():
        if n > 2:
            raise InputError(f"index {name} occurs {n} times in one product; an index may occur at most twice")
    return Dirac(coefficient, factors, counts)


IDENTITY = Dirac(sp.S.One, (), Counter())


def as_dirac(value: Any) -> Dirac:
    """Return a scalar as a multiple of the unit matrix, and a Dirac object as it is."""
    if isinstance(value, Dirac):
        return value
    value = _scalar(value, "a sum with gamma matrices")
    return Dirac(value, (), head_indices(value))


def _linear(d: Dirac) -> Linear | None:
    """Return ``d`` as one ``Linear`` factor where it is one."""
    if len(d.factors) > 1 or d.counts:
        return None
    c = d.coefficient
    if not d.factors:
        return Linear(scalar=c)
    f = d.factors[0]
    if not isinstance(f, Linear):
        return None
    if c is sp.S.One:
        return f
    return Linear(_scaled(f.vector, c), c * f.scalar, _scaled(f.vector5, c), c * f.scalar5)


def _scaled(v: Combination, c: sp.Expr) -> Combination:
    return tuple((p, c * x) for p, x in v)


def _joined(a: Combination, b: Combination) -> Combination:
    if not a or not b:
        return a or b
    total = dict(a)
    for p, c in b:
        total[p] = total.get(p, sp.S.Zero) + c
    return tuple(sorted(((p, c) for p, c in total.items() if c != 0), key=lambda item: item[0].name))


def add(a: Dirac, b: Dirac) -> Dirac:
    """Return the sum; raises InputError when the open indices differ."""
    if a.coefficient == 0 or b.coefficient == 0:
        return b if a.coefficient == 0 else a
    if a.free != b.free:
        raise InputError(
            f"cannot add {a} with open indices ({', '.join(a.free)}) and {b} with open indices ({', '.join(b.free)}); "
            f"every term of a sum needs the same open indices"
        )
    la, lb = _linear(a), _linear(b)
    if la is not None and lb is not None:
        f = Linear(
            _joined(la.vector, lb.vector),
            la.scalar + lb.scalar,
            _joined(la.vector5, lb.vector5),
            la.scalar5 + lb.scalar5,
        )
        return Dirac(sp.S.One, (f,), Counter()) if f != Linear() else Dirac(sp.S.Zero, (), Counter())
    terms = (*_terms(a), *_terms(b))
    # an index summed inside one term of the sum is used up for the whole product
    return Dirac(sp.S.One, (Sum(terms),), a.counts | b.counts)


def _terms(d: Dirac) -> tuple[Dirac, ...]:
    if d.coefficient is sp.S.One and len(d.factors) == 1 and isinstance(d.factors[0], Sum):
        return d.factors[0].terms
    return (d,)


def slash(p: Any) -> Dirac:
    r"""Return :math:`\slashed{p}=\gamma^\mu p_\mu` of a momentum or a linear combination of momenta."""
    combination = linear_combination(p)
    return Dirac(sp.S.One if combination else sp.S.Zero, (Linear(vector=combination),) if combination else (), Counter())


def gamma(mu: Any) -> Dirac:
    r"""Return :math:`\gamma^\mu`; ``gamma(5)`` is refused, write ``gamma5``."""
    if isinstance(mu, Momentum) or (isinstance(mu, sp.Expr) and mu.has(Momentum)):
        raise InputError(f"gamma({mu}) was given a momentum; write slash({mu})")
    if not isinstance(mu, Index):
        raise InputError(f"gamma({mu!r}) needs an index declared by indices(...); the fifth matrix is gamma5")
    return Dirac(sp.S.One, (Gamma(mu),), Counter({mu.name: 1}))


gamma5 = Dirac(sp.S.One, (Linear(scalar5=sp.S.One),), Counter())
P_L = Dirac(sp.S.One, (Linear(scalar=sp.Rational(1, 2), scalar5=sp.Rational(-1, 2)),), Counter())
P_R = Dirac(sp.S.One, (Linear(scalar=sp.Rational(1, 2), scalar5=sp.Rational(1, 2)),), Counter())


def sigma(mu: Any, nu: Any) -> Dirac:
    r"""Return :math:`\sigma^{\mu\nu}=\tfrac{i}{2}[\gamma^\mu,\gamma^\nu]`; a slot may be a momentum."""
    a, b = (gamma(x) if isinstance(x, Index) else slash(x) for x in (mu, nu))
    return (a * b - b * a).__mul__(sp.I / 2)


def bar(d: Dirac) -> Dirac:
    r"""Return the Dirac adjoint :math:`\gamma^0\Gamma^\dagger\gamma^0`."""
    return Dirac(sp.conjugate(d.coefficient), tuple(_bar(f) for f in reversed(d.factors)), d.counts)


def _bar(f: Factor) -> Factor:
    if isinstance(f, Gamma):
        return f
    if isinstance(f, Sum):
        return Sum(tuple(bar(t) for t in f.terms))
    star = sp.conjugate
    return Linear(
        tuple((p, star(c)) for p, c in f.vector),
        star(f.scalar),
        tuple((p, star(c)) for p, c in f.vector5),
        -star(f.scalar5),
    )
