"""High-precision values of a formula, from its stored tree: by FLINT's balls, and by mpmath as a second opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import mpmath as mp
import sympy as sp
from flint import acb, arb, ctx, fmpq

from nuforce_sym.errors import NotDerivable
from nuforce_sym.kernel import bubble_reference, pair_reference
from nuforce_sym.kernel.bessel_proof import bessel_k
from nuforce_sym.special import ImPower, PairAxial, PairK1, PairK2, RePower, ZBubble


def ball(formula: sp.Expr, point: Mapping[str, float], precision: int = 120) -> arb:
    """Return a rigorous enclosure of the formula at a point of doubles, by name.

    Raises:
        NotDerivable: the formula has a function that is not evaluated here.
    """
    extra, program = _program(formula)
    with ctx.workprec(precision + extra):
        arguments = {name: arb(value) for name, value in point.items()}
        values: list[arb] = []
        for places, operation in program:
            values.append(operation(arguments, [values[i] for i in places]))
        return values[-1]


Operation = Callable[[Mapping[str, arb], list[arb]], arb]


@lru_cache(maxsize=512)
def _program(formula: sp.Expr) -> tuple[int, list[tuple[list[int], Operation]]]:
    """Return the bits that a formula needs more than others, and its parts in an order in which each comes after its own."""
    extra = 0
    if formula.has(sp.sin, sp.cos):
        extra += 200  # a phase of 1e24 turns keeps the digits of its fraction
    if formula.has(sp.besselk) and any(p.exp.q == 2 for p in formula.atoms(sp.Pow) if p.exp.is_Rational):
        extra += 340  # the argument of K_n is a ball itself
    if formula.has(ImPower):
        extra += 200  # an angle of 1e-40
    if formula.has(sp.jn):
        extra += 300  # a difference that cancels to x^3
    if formula.has(sp.sinh):
        extra += 800  # a difference that cancels to y^4 keeps its digits down to y = 1e-60
    place: dict[sp.Expr, int] = {}
    program: list[tuple[list[int], Operation]] = []
    for part in sp.postorder_traversal(formula):
        if part not in place:
            place[part] = len(program)
            program.append(([] if part.is_Atom else [place[a] for a in part.args], _operation(part)))
    return extra, program


def _operation(expr: sp.Expr) -> Operation:
    if isinstance(expr, sp.Rational):
        number = fmpq(int(expr.p), int(expr.q))
        return lambda _, __: arb(number)
    if isinstance(expr, sp.Symbol):
        name = expr.name
        return lambda point, _: point[name]
    if expr is sp.pi:
        return lambda _, __: arb.pi()
    evaluate = _function(expr)
    return lambda _, values: evaluate(values)


def _function(expr: sp.Expr) -> Callable[[list[arb]], arb]:
    """Return what a part of a formula makes of the values of its arguments."""
    simple: dict[type[sp.Basic], Callable[[list[arb]], arb]] = {
        sp.Add: lambda v: sum(v[1:], v[0]),
        sp.Mul: _product,
        sp.Pow: lambda v: v[0] ** v[1],
        sp.exp: lambda v: v[0].exp(),
        sp.sinh: lambda v: v[0].sinh(),
        sp.cosh: lambda v: v[0].cosh(),
        sp.coth: lambda v: v[0].coth(),
        sp.cos: lambda v: v[0].cos(),
        sp.sin: lambda v: v[0].sin(),
        RePower: lambda v: (acb(1, -v[1]) ** acb(-v[0])).real,
        ImPower: lambda v: (acb(1, -v[1]) ** acb(-v[0])).imag,
        PairAxial: lambda v: pair_reference.pair("axial", *v),
        PairK1: lambda v: pair_reference.pair("mass", *v),
        PairK2: lambda v: pair_reference.pair("vector", *v),
        ZBubble: lambda v: bubble_reference.z_bubble(v[0]),
    }
    if type(expr) in simple:
        return simple[type(expr)]
    if isinstance(expr, sp.jn) and expr.args[0] in (0, 1):
        order = int(expr.args[0])
        return lambda v: _spherical(order, v[1])
    if isinstance(expr, sp.besselk) and expr.args[0].is_Integer:
        n = int(expr.args[0])
        return lambda v: bessel_k(n, v[1], digits=25, precision=120)
    raise NotDerivable(f"{type(expr).__name__} has no rigorous evaluation here, in {expr}")


def _product(values: list[arb]) -> arb:
    result = values[0]
    for value in values[1:]:
        result *= value
    return result


def _spherical(order: int, x: arb) -> arb:
    if x == 0:
        return arb(1 - order)
    j_0: arb = x.sin() / x
    return j_0 if order == 0 else (j_0 - x.cos()) / x


def decimal(formula: sp.Expr, point: Mapping[str, float], digits: int = 50) -> mp.mpf:
    """Return the value at a point of doubles by SymPy and mpmath, to ``digits`` digits."""
    exact = {s: sp.Rational(*float(point[s.name]).as_integer_ratio()) for s in formula.free_symbols}
    with mp.workdps(digits):
        return mp.mpf(str(formula.xreplace(exact).evalf(digits)))
