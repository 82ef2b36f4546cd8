"""The energy dimension of an expression, in natural units."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.functions.special.bessel import BesselBase

from nuforce_sym.errors import DimensionError
from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Metric, Momentum
from nuforce_sym.spatial import Anticommutator, Component3, Delta3, Dot3, Triple3, Vector3
from nuforce_sym.symbols import energy_powers


def power(expr: sp.Expr, energy: Mapping[sp.Symbol, sp.Rational] | None = None) -> sp.Rational:
    """Return p such that ``expr`` carries the dimension energy^p (hbar = c = 1).

    ``energy`` adds to the vocabulary, or overrides it, for symbols of your own.

    Raises:
        DimensionError: unequal powers are added, a function or an exponent has a dimensionful argument, or a
            symbol has no declared dimension. The message shows the two offending terms.
    """
    table = energy_powers()
    if energy:
        table |= {s: sp.Rational(p) for s, p in energy.items()}
    found = _power(as_expr(expr), table)
    return sp.Integer(0) if found is None else found


def _power(expr: sp.Basic, table: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational | None:
    """Like `power`; None stands for an exact zero, which has every dimension."""
    if expr.is_zero:
        return None
    if isinstance(expr, sp.Symbol):
        if expr not in table:
            raise DimensionError(
                f"the symbol {expr.name!r} has no declared energy dimension: use a symbol of the vocabulary, "
                "or pass its power of energy"
            )
        return table[expr]
    if isinstance(expr, (sp.Number, sp.NumberSymbol)) or expr is sp.I:
        return sp.Integer(0)
    if isinstance(expr, sp.Add):
        return _common(expr, expr.args, table)
    if isinstance(expr, sp.Mul):
        return sum((_power(a, table) or sp.Integer(0) for a in expr.args), sp.Integer(0))
    if isinstance(expr, sp.Pow):
        return _of_power(expr, table)
    if isinstance(expr, (sp.Integral, sp.Sum)):
        return _of_integral(expr, table)
    if isinstance(expr, sp.Derivative):
        inner = _power(expr.expr, table)
        return (inner or sp.Integer(0)) - sum(n * (_power(v, table) or 0) for v, n in expr.variable_count)
    if isinstance(expr, (sp.Function, BesselBase, sp.exp)) and not isinstance(expr, AppliedUndef):
        return _of_function(expr, table)
    if hasattr(expr, "energy_power"):  # lines, and products of fields
        return sp.Rational(expr.energy_power)
    if isinstance(expr, (Dot, Component, Metric, LeviCivita)):
        return sp.Integer(sum(isinstance(slot, Momentum) for slot in expr.args))
    if isinstance(expr, (Dot3, Component3, Delta3, Triple3)):
        return sum((_of_vector(slot) for slot in expr.args if isinstance(slot, Vector3)), sp.Integer(0))
    if isinstance(expr, Anticommutator):
        return sum((_power(a, table) or sp.Integer(0) for a in expr.args), sp.Integer(0))
    raise DimensionError(f"the dimension of {type(expr).__name__} is not defined; it appears as {expr}")


def _of_vector(vector: Vector3) -> sp.Integer:
    """Momenta and gradients carry energy; spins, directions and angular momenta do not."""
    if vector.name.startswith("sigma") or vector.name in ("rhat", "khat", "L"):
        return sp.Integer(0)
    if vector.name in ("P", "p", "q", "nabla") or vector.name.startswith("p_"):
        return sp.Integer(1)
    raise DimensionError(
        f"the vector {vector.name!r} has no declared energy dimension: momenta are P, p, p_1, p_2, q and nabla, directions "
        "rhat, angular momentum L, and spins begin with sigma"
    )


def _common(expr: sp.Basic, terms: tuple[sp.Basic, ...], table: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational | None:
    first: tuple[sp.Basic, sp.Rational] | None = None
    for term in terms:
        p = _power(term, table)
        if p is None:
            continue
        if first is None:
            first = (term, p)
        elif p != first[1]:
            raise DimensionError(
                f"cannot add {first[0]} (energy^{first[1]}) and {term} (energy^{p}) in {expr}: every term of a sum "
                "must carry the same power of energy"
            )
    return first[1] if first else None


def _of_power(expr: sp.Pow, table: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational:
    base, exponent = expr.as_base_exp()
    p = _power(base, table) or sp.Integer(0)
    if exponent.is_Rational:
        return p * exponent
    if p != 0 or (_power(exponent, table) or 0) != 0:
        raise DimensionError(f"in {expr} both the base and a symbolic exponent must be dimensionless")
    return sp.Integer(0)


def _of_integral(expr: sp.Integral | sp.Sum, table: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational:
    inner = dict(table)
    total = sp.Integer(0)
    for variable, *limits in expr.limits:
        for limit in limits:
            if limit.is_infinite or limit.is_zero:
                continue
            bound = _power(limit, table) or sp.Integer(0)
            if isinstance(expr, sp.Integral) and inner.setdefault(variable, bound) != bound:
                raise DimensionError(f"the limit {limit} of {expr} does not have the dimension of {variable}")
        if isinstance(expr, sp.Sum):
            inner.setdefault(variable, sp.Integer(0))
        else:
            total += _power(variable, inner) or 0
    return total + (_power(expr.function, inner) or 0)


def _of_function(expr: sp.Basic, table: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational:
    if isinstance(expr, (sp.Abs, sp.re, sp.im, sp.conjugate)):
        return _power(expr.args[0], table) or sp.Integer(0)
    for argument in expr.args:
        p = _power(argument, table) or sp.Integer(0)
        if p != 0:
            raise DimensionError(
                f"the argument {argument} of {type(expr).__name__} carries energy^{p}; it must be dimensionless"
            )
    return sp.Integer(0)
