r"""Formulas with spins and vectors, taken apart into structures such as \vec\sigma_1\cdot\hat r and their scalar coefficients.

In an anticommutator \{A, f\} the operator A, which holds the momentum operator, comes first, and numbers stand in front. The
angular momentum commutes with functions of r alone, so that \{\sigma\cdot L, f(r)\} is 2 f \sigma\cdot L.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import sympy as sp

from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Metric
from nuforce_sym.paper.lagrangian_normal import FieldProduct
from nuforce_sym.spatial import Anticommutator, Component3, Delta3, Dot3, Index3, Vector3
from nuforce_sym.symbols import symbols

P, L, RHAT, Q = (Vector3(name) for name in ("p", "L", "rhat", "q"))
q, r = symbols("q r")
_OPAQUE = (Line, Dot, Component, Metric, LeviCivita, Component3, Delta3, FieldProduct)
_HELD = sp.Function("anticommutator")
_P_TOTAL = Vector3("P")
Structure: TypeAlias = "sp.Expr"


def simplified(expr: sp.Expr) -> sp.Expr:
    """Return the formula with its derivatives taken, and |q|^2 and 1 for the squares of q and of the direction of r."""
    if expr.has(sp.Derivative):
        expr = expr.replace(lambda e: isinstance(e, sp.Derivative), lambda e: e.doit())
    if expr.has(sp.Abs):
        expr = expr.replace(lambda e: isinstance(e, sp.Integral) and e.function.has(sp.Abs), _split_at_zero)
    indices = expr.atoms(Index3)
    if len(indices) == 1:
        expr = expr.xreplace({indices.pop(): Index3("i")})
    return expr.xreplace({Dot3(Q, Q): q**2, Dot3(RHAT, RHAT): sp.Integer(1)})


def _split_at_zero(integral: sp.Expr) -> sp.Expr:
    """Return an integral over |y| from below to above 0 as two over positive variables, on which the bars go away."""
    if len(integral.limits) != 1 or len(integral.limits[0]) != 3:
        return integral
    ((y, lower, upper),) = integral.limits
    if not (lower.is_extended_negative and upper.is_extended_positive) or not integral.function.has(sp.Abs(y)):
        return integral
    u = sp.Symbol(y.name, positive=True)
    left, right = (integral.function.subs(y, sign * u) for sign in (-1, 1))
    return sp.Integral(left, (u, 0, -lower)) + sp.Integral(right, (u, 0, upper))


def coefficients(expr: sp.Expr) -> dict[Structure, sp.Expr]:
    """Return the scalar coefficient of every structure; the structure of a scalar formula is 1."""
    if not expr.has(Vector3, *_OPAQUE):
        return {sp.Integer(1): expr}
    found: dict[Structure, sp.Expr] = {}
    for structure, coefficient in _terms(expr):
        found[structure] = found.get(structure, sp.Integer(0)) + coefficient
    return found


def _terms(expr: sp.Expr) -> Iterator[tuple[Structure, sp.Expr]]:
    for term in sp.Add.make_args(sp.expand(expr)):
        factors = sp.Mul.make_args(term)
        brackets = [f for f in factors if isinstance(f, Anticommutator)]
        heads = sp.Mul(*(f for f in factors if f.has(Vector3, *_OPAQUE) and f not in brackets))
        scalar = sp.Mul(*(f for f in factors if not f.has(Vector3, *_OPAQUE)))
        if len(brackets) != 1:
            yield sp.Mul(heads, *brackets), scalar
            continue
        # a function of r to the left of an anticommutator does not move into it
        outside = sp.Function("outside")(scalar) if scalar.has(r) else sp.Integer(1)
        for structure, coefficient in _bracket(brackets[0]):
            yield heads * structure * outside, coefficient if outside != 1 else scalar * coefficient


def _bracket(head: sp.Expr) -> Iterator[tuple[Structure, sp.Expr]]:
    first, second = head.args
    if (_operator(second) and not _operator(first)) or (first.has(r) and not second.has(r)):
        first, second = second, first
    for a, x in _terms(first):
        for b, y in _terms(second):
            angular = a.has(L) and not a.has(P, RHAT) and not x.has(r) and _spins_only(b)
            commuting = not _operator(a) and not _operator(b)
            if (angular or commuting) and not _share_spin(a, b):
                yield a * b, 2 * x * y
            elif x.has(r):
                pair = sorted((a * x, b * y), key=sp.default_sort_key)
                yield _HELD(*pair), sp.Integer(1)
            else:
                yield _nested(a, b), x * y


def _nested(operator: sp.Expr, inside: sp.Expr) -> sp.Expr:
    """Return {A, {B, f}} with A and B in one order where they commute: the two orders differ by [[A, B], f] alone."""
    chain = [operator]
    while inside.func == _HELD and _momentum_operator(inside.args[0]):
        chain.append(inside.args[0])
        inside = inside.args[1]
    if all(_commute(a, b) for n, a in enumerate(chain) for b in chain[n + 1 :]):
        chain.sort(key=sp.default_sort_key)
    for outer in reversed(chain):
        inside = _HELD(outer, inside)
    return inside


def _momentum_operator(a: sp.Expr) -> bool:
    """Whether an operator is made of momenta and spins alone."""
    if a.has(r, L, RHAT, Anticommutator, _HELD):
        return False
    return all(v in (P, _P_TOTAL) or v.name.startswith("sigma") for v in a.atoms(Vector3))


def _commute(a: sp.Expr, b: sp.Expr) -> bool:
    return a == b or (_momentum_operator(a) and _momentum_operator(b) and not _share_spin(a, b))


def _operator(expr: sp.Expr) -> bool:
    return bool(expr.has(P, L, Anticommutator, _HELD))


def _spins_only(expr: sp.Expr) -> bool:
    return all(v.name.startswith("sigma") for v in expr.atoms(Vector3))


def _share_spin(a: sp.Expr, b: sp.Expr) -> bool:
    return any(v.name.startswith("sigma") for v in a.atoms(Vector3) & b.atoms(Vector3))
