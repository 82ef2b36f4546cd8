"""High-precision values of a formula, from its stored tree: by FLINT's balls, and by mpmath as a second opinion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial, reduce
from itertools import islice, repeat
from operator import add, mul
from typing import Any

import mpmath as mp
import numpy as np
import sympy as sp
from flint import acb, arb, ctx, fmpq

from nuforce_sym.errors import NotDerivable
from nuforce_sym.kernel import bubble_reference, gas_reference, mass_series, pair_reference
from nuforce_sym.kernel.bessel_proof import bessel_k
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.special import ImPower, PairAxial, PairK1, PairK2, PairLight, RePower, ZBubble

Operation = Callable[..., arb]
Column = np.ndarray[Any, np.dtype[np.float64]]

SLOW = (sp.besselk, PairAxial, PairK1, PairK2, PairLight, ZBubble, MassCurrent, MassGradient)
"""Functions whose values are kept for the next formula that has them at the same points."""


def ball(formula: sp.Expr, point: Mapping[str, float], precision: int = 120) -> arb:
    """Return a rigorous enclosure of the formula at a point of doubles, by name.

    Raises:
        NotDerivable: the formula has a function that is not evaluated here.
    """
    return balls(formula, {name: np.array([value]) for name, value in point.items()}, precision)[0]


def balls(formula: sp.Expr, points: Mapping[str, Column], precision: int = 120) -> list[arb]:
    """Return the same at every point, given the arrays of the points' coordinates by name.

    Raises:
        NotDerivable: the formula has a function that is not evaluated here.
    """
    columns = {s.name: points[s.name] for s in formula.free_symbols}
    with ctx.workprec(precision + _extra(formula)):
        return list(islice(_column(formula, columns, {}), len(next(iter(points.values())))))


def _column(expr: sp.Expr, points: Mapping[str, Column], known: dict[sp.Basic, Iterable[arb]]) -> Iterable[arb]:
    """Return the values of a part of a formula at every point, without end where it is a number; ``known`` are its parts."""
    if expr in known:
        return known[expr]
    if isinstance(expr, sp.Symbol):
        known[expr] = [arb(x) for x in points[expr.name].tolist()]
    elif not expr.free_symbols:
        known[expr] = repeat(_number(expr))
    elif expr.func in SLOW:
        names = sorted(s.name for s in expr.free_symbols)
        known[expr] = _kept(expr, ctx.prec, tuple((name, points[name].tobytes()) for name in names))
    else:
        known[expr] = _applied(expr, [_column(a, points, known) for a in expr.args])
    return known[expr]


def _applied(expr: sp.Expr, arguments: Sequence[Iterable[arb]]) -> list[arb]:
    if isinstance(expr, (sp.Add, sp.Mul)):
        both = add if isinstance(expr, sp.Add) else mul
        return list(reduce(lambda left, right: map(both, left, right), arguments))
    return list(map(_operation(expr), *arguments))


def _number(expr: sp.Expr) -> arb:
    return _operation(expr)(*(_number(a) for a in expr.args))


@lru_cache(maxsize=128)
def _kept(expr: sp.Expr, precision: int, points: tuple[tuple[str, bytes], ...]) -> list[arb]:
    """Return the values of a function that is slow to evaluate, which the kernels of a derivation share at their points."""
    columns = {name: np.frombuffer(values) for name, values in points}
    with ctx.workprec(precision):
        return _applied(expr, [_column(a, columns, {}) for a in expr.args])


def _extra(formula: sp.Expr) -> int:
    """Return the bits that cancellations and large phases need."""
    bits = 0
    if formula.has(sp.sin, sp.cos):
        bits += 200  # a phase of 1e24 turns keeps the digits of its fraction
    if formula.has(sp.besselk) and any(p.exp.q == 2 for p in formula.atoms(sp.Pow) if p.exp.is_Rational):
        bits += 340  # the argument of K_n is a ball itself
    if formula.has(ImPower):
        bits += 200  # an angle of 1e-40
    if formula.has(sp.jn):
        bits += 300  # a difference that cancels to x^3
    if formula.has(sp.sinh):
        bits += 800  # a difference that cancels to y^4 keeps its digits down to y = 1e-60
    return bits


_OPERATIONS: dict[type, Operation] = {
    sp.Add: lambda *values: reduce(add, values),
    sp.Mul: lambda *values: reduce(mul, values),
    sp.Pow: pow,
    sp.exp: arb.exp,
    sp.sinh: arb.sinh,
    sp.cosh: arb.cosh,
    sp.coth: arb.coth,
    sp.cos: arb.cos,
    sp.sin: arb.sin,
    PairAxial: partial(pair_reference.pair, "axial"),
    PairK1: partial(pair_reference.pair, "mass"),
    PairK2: partial(pair_reference.pair, "vector"),
    PairLight: pair_reference.light,
    ZBubble: bubble_reference.z_bubble,
    RePower: lambda q, x: (acb(1, -x) ** acb(-q)).real,
    ImPower: lambda q, x: (acb(1, -x) ** acb(-q)).imag,
    **gas_reference.OPERATIONS,
}


def _operation(expr: sp.Basic) -> Operation:
    if isinstance(expr, sp.Rational):
        value = fmpq(int(expr.p), int(expr.q))
        return lambda: arb(value)
    if expr is sp.pi:
        return arb.pi
    if isinstance(expr, (MassCurrent, MassGradient)):
        n, l, nu = (int(x) for x in expr.args[:3])
        case = (expr.functional, n, l, nu)
        return lambda *values: mass_series.enclosed(case, values[3])
    if isinstance(expr, sp.jn) and expr.args[0] in (0, 1):
        return partial(_spherical, int(expr.args[0]))
    if isinstance(expr, sp.besselk) and expr.args[0].is_Integer:
        order = int(expr.args[0])
        return lambda _, x: bessel_k(order, x, digits=25, precision=120)
    if expr.func not in _OPERATIONS:
        raise NotDerivable(f"{type(expr).__name__} has no rigorous evaluation here, in {expr}")
    return _OPERATIONS[expr.func]


def _spherical(order: int, _: arb, x: arb) -> arb:
    if x == 0:
        return arb(1 - order)
    j_0: arb = x.sin() / x
    return j_0 if order == 0 else (j_0 - x.cos()) / x


def decimal(formula: sp.Expr, point: Mapping[str, float], digits: int = 50) -> mp.mpf:
    """Return the value at a point of doubles by SymPy and mpmath, to ``digits`` digits."""
    exact = {s: sp.Rational(*float(point[s.name]).as_integer_ratio()) for s in formula.free_symbols}
    with mp.workdps(digits):
        return mp.mpf(str(formula.xreplace(exact).evalf(digits)))
