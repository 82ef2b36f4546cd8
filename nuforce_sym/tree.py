"""Expressions as data: a canonical JSON form over a closed list of heads, read back without evaluating any text.

A stored expression is a JSON value: an integer; ``{"rational": [p, q]}``; ``{"atom": "pi"}``;
``{"symbol": name}`` of the vocabulary, or with ``"is": [assumptions]``; ``{"momentum": name}``, and likewise
``index``, ``vector3``, ``index3``; or ``[head, *arguments]``. Floats have no stored form: they are not exact.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.gas_functions import (
    FermiCosine,
    FermiSine,
    FermiSpecies,
    MatsubaraDirac,
    MatsubaraMajorana,
    PinchedForce,
    PowerLawForce,
)
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.spatial import Anticommutator, Component3, Delta3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.special import ImPower, Ki1, PairAxial, PairK1, PairK2, PairLight, RePower, ZBubble
from nuforce_sym.symbols import VOCABULARY, check_name

MAX_DEPTH = 200
MAX_NODES = 200_000
MAX_DIGITS = 2_000
LARGEST = 10_000

_ATOMS: dict[str, sp.Basic] = {
    "pi": sp.pi, "E": sp.E, "I": sp.I, "oo": sp.oo, "EulerGamma": sp.EulerGamma, "true": sp.true, "false": sp.false
}  # fmt: skip
_HEADS: dict[str, Any] = {
    head.__name__: head
    for head in (
        sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.sin, sp.cos, sp.atan, sp.sinh, sp.cosh, sp.coth, sp.Abs, sp.gamma,
        sp.expint, sp.Ei, sp.besselk, sp.besseli, sp.jn, sp.Integral, sp.Sum, sp.Derivative, sp.Tuple, sp.Equality,
        Ki1, PairAxial, PairK1, PairK2, PairLight, ZBubble, RePower, ImPower, MassCurrent, MassGradient,
        Dot, Metric, Component, LeviCivita, Line, Dot3, Component3, Delta3, Triple3,
        Anticommutator, FermiSine, FermiCosine, FermiSpecies, PinchedForce, PowerLawForce, MatsubaraDirac, MatsubaraMajorana,
    )
}  # fmt: skip
_NAMED: dict[str, Any] = {head.__name__.lower(): head for head in (Momentum, Index, Vector3, Index3)}
_ASSUMPTIONS = ("positive", "negative", "nonnegative", "nonzero", "real", "integer")


def dump(expr: sp.Basic) -> Any:
    """Return the JSON form of ``expr``.

    Raises:
        InputError: a head, number or symbol has no stored form (floats never do: they are not exact).
    """
    expr = as_expr(expr)
    for name, atom in _ATOMS.items():
        if expr == atom and isinstance(expr, type(atom)):
            return {"atom": name}
    if isinstance(expr, sp.Integer):
        return int(expr)
    if isinstance(expr, sp.Rational):
        return {"rational": [int(expr.p), int(expr.q)]}
    if isinstance(expr, (Momentum, Index, Vector3, Index3)):
        return {type(expr).__name__.lower(): check_name(expr.name)}
    if isinstance(expr, sp.Symbol):
        return _dump_symbol(expr)
    head = type(expr).__name__
    if _HEADS.get(head) is type(expr):
        return [head, *(dump(a) for a in expr.args)]
    raise InputError(f"{head} has no stored form (in {expr}); the heads that have one: {', '.join(sorted(_HEADS))}")


def _dump_symbol(symbol: sp.Symbol) -> Any:
    name = check_name(symbol.name)
    if name in VOCABULARY and VOCABULARY[name].symbol == symbol:
        return {"symbol": name}
    assumed = [a for a in _ASSUMPTIONS if symbol.assumptions0.get(a)]
    if sp.Symbol(name, **dict.fromkeys(assumed, True)) != symbol:
        raise InputError(f"the symbol {name!r} has assumptions outside {', '.join(_ASSUMPTIONS)} and cannot be stored")
    return {"symbol": name, "is": assumed}


def load(data: Any) -> sp.Basic:
    """Return the expression stored in ``data``, exactly as it was; the inverse of `dump`.

    Raises:
        InputError: the data is no stored expression, or exceeds the limits on depth, nodes or digits.
    """
    budget = [MAX_NODES]
    return _load(data, 0, budget)


def _load(data: Any, depth: int, budget: list[int]) -> sp.Basic:
    budget[0] -= 1
    if depth > MAX_DEPTH or budget[0] < 0:
        raise InputError(f"a stored expression may have at most {MAX_NODES} nodes and {MAX_DEPTH} levels")
    match data:
        case bool():
            pass
        case int():
            return _integer(data)
        case {"rational": [int(p), int(q)]} if len(data) == 1 and q > 1:
            return sp.Rational(_integer(p), _integer(q))
        case {"atom": str(name)} if len(data) == 1 and name in _ATOMS:
            return _ATOMS[name]
        case {**item} if len(item) == 1 and (found := _named(item)) is not None:
            return found
        case {"symbol": str(name)} if len(data) == 1 and name in VOCABULARY:
            return VOCABULARY[name].symbol
        case {"symbol": str(name), "is": list(assumed)} if len(data) == 2 and set(assumed) <= set(_ASSUMPTIONS):
            return sp.Symbol(check_name(name), **dict.fromkeys(assumed, True))
        case [str(head), *arguments] if head in _HEADS:
            return _build(head, [_load(a, depth + 1, budget) for a in arguments])
    raise InputError(f"not a stored expression: {json.dumps(data, default=str)[:120]}")


def _named(item: dict[Any, Any]) -> sp.Basic | None:
    """Return the momentum, vector or index that ``{kind: name}`` stands for, or None."""
    ((kind, name),) = item.items()
    return _NAMED[kind](check_name(name)) if kind in _NAMED else None


def _integer(value: int) -> sp.Integer:
    if value.bit_length() > 4 * MAX_DIGITS:
        raise InputError(f"an integer in a stored expression may have at most {MAX_DIGITS} digits")
    return sp.Integer(value)


def _build(head: str, arguments: list[sp.Basic]) -> sp.Basic:
    last = arguments[-1] if arguments else None
    if head in ("Pow", "gamma") and last is not None and last.is_number and (last is sp.nan or not abs(last) <= LARGEST):
        raise InputError(f"{head} in a stored expression is limited to arguments up to {LARGEST}: got {arguments[-1]}")
    if head == "Mul" and len(arguments) == 2 and arguments[0].is_Rational and isinstance(arguments[1], sp.Add):
        return sp.Mul(*arguments, evaluate=False)  # as factor() leaves it; Mul alone would multiply the sum out
    try:
        return _HEADS[head](*arguments)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{head} cannot be built from {[str(a)[:40] for a in arguments]}: {error}") from None


def text(expr: sp.Basic) -> str:
    """Return the canonical one-line text of `dump`."""
    return json.dumps(dump(expr), separators=(",", ":"), sort_keys=True)


def fingerprint(expr: sp.Basic) -> str:
    """Return the SHA-256 of `text`, 64 hexadecimal digits."""
    return hashlib.sha256(text(expr).encode()).hexdigest()
