"""High-precision values of a formula, from its stored tree: by FLINT's balls, and by mpmath as a second opinion."""

from __future__ import annotations

from collections.abc import Mapping

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
    if formula.has(sp.sin, sp.cos):
        precision += 200  # a phase of 1e24 turns keeps the digits of its fraction
    if formula.has(sp.besselk) and any(p.exp.q == 2 for p in formula.atoms(sp.Pow) if p.exp.is_Rational):
        precision += 340  # the argument of K_n is a ball itself
    if formula.has(ImPower):
        precision += 200  # an angle of 1e-40
    if formula.has(sp.jn):
        precision += 300  # a difference that cancels to x^3
    if formula.has(sp.sinh):
        precision += 800  # a difference that cancels to y^4 keeps its digits down to y = 1e-60
    with ctx.workprec(precision):
        return _ball(formula, {name: arb(value) for name, value in point.items()}, {})


def _ball(expr: sp.Expr, point: Mapping[str, arb], known: dict[sp.Expr, arb]) -> arb:
    """Evaluate; what occurs more than once, such as K_n, is taken from ``known`` the second time."""
    if expr not in known:
        known[expr] = _evaluated(expr, point, known)
    return known[expr]


def _evaluated(expr: sp.Expr, point: Mapping[str, arb], known: dict[sp.Expr, arb]) -> arb:
    if isinstance(expr, sp.Rational):
        return arb(fmpq(int(expr.p), int(expr.q)))
    if isinstance(expr, sp.Symbol):
        return point[expr.name]
    if expr is sp.pi:
        return arb.pi()
    values = [_ball(a, point, known) for a in expr.args]
    if isinstance(expr, sp.Add):
        return sum(values[1:], values[0])
    if isinstance(expr, sp.Mul):
        result = values[0]
        for value in values[1:]:
            result *= value
        return result
    if isinstance(expr, sp.Pow):
        return values[0] ** values[1]
    if isinstance(expr, sp.exp):
        return values[0].exp()
    if isinstance(expr, sp.sinh):
        return values[0].sinh()
    if isinstance(expr, (RePower, ImPower)):
        power = acb(1, -values[1]) ** acb(-values[0])
        return power.real if isinstance(expr, RePower) else power.imag
    if isinstance(expr, sp.coth):
        return values[0].coth()
    if isinstance(expr, sp.cosh):
        return values[0].cosh()
    if isinstance(expr, sp.cos):
        return values[0].cos()
    if isinstance(expr, sp.sin):
        return values[0].sin()
    if isinstance(expr, sp.jn) and expr.args[0] in (0, 1):
        return _spherical(int(expr.args[0]), values[1])
    if isinstance(expr, (PairAxial, PairK1, PairK2)):
        return pair_reference.pair({PairAxial: "axial", PairK1: "mass", PairK2: "vector"}[type(expr)], *values)
    if isinstance(expr, ZBubble):
        return bubble_reference.z_bubble(values[0])
    if isinstance(expr, sp.besselk) and expr.args[0].is_Integer:
        return bessel_k(int(expr.args[0]), values[1], digits=25, precision=120)
    raise NotDerivable(f"{type(expr).__name__} has no rigorous evaluation here, in {expr}")


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
