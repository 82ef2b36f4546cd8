"""Elementary expressions as functions of real and complex balls (FLINT), which enclose every value that they can have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from nuforce_sym.errors import NotDerivable

Ball = Any
Function = Callable[..., Ball]

_NAMES = {
    sp.exp: "exp", sp.sin: "sin", sp.cos: "cos", sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh",
    sp.gamma: "gamma", sp.zeta: "zeta",
}  # fmt: skip
_CONSTANTS = {sp.pi: arb.pi, sp.E: lambda: arb(1).exp(), sp.EulerGamma: arb.const_euler}


def enclosed(expr: sp.Expr, variables: Sequence[sp.Symbol]) -> Function:
    """Return a function of balls, one for each variable, whose value contains that of the expression at all their points.

    Complex balls where a root, power or logarithm is not analytic give a ball that is not finite. Real balls stand for
    points at which what is under a root is not negative. Numbers have the precision at the time of this call.

    Raises:
        NotDerivable: the expression holds a function without an enclosure here, or another symbol.
    """
    if expr in variables:
        place = list(variables).index(expr)
        return lambda *at: at[place]
    if not expr.free_symbols & set(variables):
        number = _number(expr)
        return lambda *_: number
    if isinstance(expr, sp.Pow) and expr.exp == -1 and isinstance(exponential := expr.base - 1, sp.exp):
        turn = enclosed(exponential.args[0], variables)
        return lambda *at: _fermi(turn(*at))
    parts = [enclosed(a, variables) for a in expr.args]
    if isinstance(expr, sp.Add):
        return lambda *at: sum((p(*at) for p in parts[1:]), parts[0](*at))
    if isinstance(expr, sp.Mul):
        return lambda *at: _product([p(*at) for p in parts])
    if isinstance(expr, sp.Pow):
        exponent = expr.args[1]
        if exponent.is_Integer:
            inside, n = parts[0], int(exponent)
            # the inverse first: the power of a wide ball would contain zero
            return (lambda *at: _integer_power(inside(*at), n)) if n > 0 else (lambda *at: _integer_power(1 / inside(*at), -n))
        if not exponent.free_symbols & set(variables):
            inside, power = parts[0], _number(abs(exponent))
            root, inverse = abs(exponent) == sp.Rational(1, 2), exponent.is_negative
            return lambda *at: _power(inside(*at), power, root=root, inverse=inverse)
    if isinstance(expr, sp.log):
        return lambda *at: _logarithm(parts[0](*at))
    if expr.func in _NAMES and len(expr.args) == 1:
        name, inside = _NAMES[expr.func], parts[0]
        return lambda *at: getattr(inside(*at), name)()
    raise NotDerivable(f"{expr.func.__name__} in {expr} has no enclosure here: evaluate it with number()")


def enclosed_in_steps(expr: sp.Expr, variables: Sequence[sp.Symbol]) -> Function:
    """Return what `enclosed` returns, with what occurs more than once evaluated once."""
    steps, (last,) = sp.cse([expr], symbols=sp.numbered_symbols(cls=sp.Dummy))
    if not steps:
        return enclosed(expr, variables)
    names = list(variables)
    functions = []
    for name, value in steps:
        functions.append(enclosed(value, names))
        names.append(name)
    functions.append(enclosed(last, names))

    def function(*at: Ball) -> Ball:
        known = list(at)
        for step in functions:
            known.append(step(*known))
        return known[-1]

    return function


def _number(expr: sp.Expr) -> arb:
    """Return an enclosure of a constant."""
    if expr.is_Rational:
        return arb(fmpq(int(expr.p), int(expr.q)))
    if expr.is_Float:
        return arb(fmpq(*(int(part) for part in sp.Rational(expr).as_numer_denom())))
    if expr in _CONSTANTS:
        return _CONSTANTS[expr]()
    if not expr.args or expr.free_symbols:
        raise NotDerivable(f"{expr} has no value here: give all symbols but the distance numbers")
    unknown = sp.Dummy()
    if len(expr.args) > 1 and isinstance(expr, (sp.Add, sp.Mul)):
        numbers = [_number(a) for a in expr.args]
        found: arb = sum(numbers[1:], numbers[0]) if isinstance(expr, sp.Add) else _product(numbers)
        return found
    if isinstance(expr, sp.Pow) and not expr.exp.is_Rational:
        power: arb = _number(expr.base) ** _number(expr.exp)
        return power
    value: arb = enclosed(expr.func(unknown, *expr.args[1:]), (unknown,))(_number(expr.args[0]))
    return value


def _product(factors: Sequence[Ball]) -> Ball:
    total = factors[0]
    for factor in factors[1:]:
        total = total * factor
    return total


def _fermi(z: Ball) -> Ball:
    """Return 1/(e^z + 1) by the exponential that is small, which keeps wide balls away from the poles."""
    if (z.real if isinstance(z, acb) else z).mid() > 0:
        small = (-z).exp()
        return small / (1 + small)
    return 1 / (1 + z.exp())


def _integer_power(base: Ball, n: int) -> Ball:
    """Return a power; an even one of a wide real ball is not negative, which multiplication would not see."""
    if n % 2 or base.rel_accuracy_bits() > 4:
        return base**n
    real = base.real if isinstance(base, acb) and base.imag == 0 else base
    if isinstance(real, acb):
        return base**n
    return between((real.abs_lower() ** n).lower(), (real.abs_upper() ** n).upper())


def _power(base: Ball, power: arb, *, root: bool, inverse: bool) -> Ball:
    if isinstance(base, acb) and base.imag == 0:
        return acb(_power(base.real, power, root=root, inverse=inverse))
    if isinstance(base, acb):
        found: Ball = base.sqrt(analytic=True) if root else base.pow(acb(power), analytic=True)
    elif base.lower() > 0:
        found = base.sqrt() if root else base**power
    else:
        # the base is zero or positive: so is its power
        top = base.upper().sqrt() if root else base.upper() ** power
        half = top.upper() / 2
        found = arb(half, half.upper()) if half > 0 else arb(0)
    return 1 / found if inverse else found


def _logarithm(base: Ball) -> Ball:
    return base.log(analytic=True) if isinstance(base, acb) else base.log()


def between(low: arb, high: arb) -> arb:
    """Return a real ball that contains all numbers from ``low`` to ``high``."""
    return low.union(high)


def size(ball: Ball) -> arb:
    """Return an upper bound of the absolute value, infinite where the ball says nothing."""
    if not ball.is_finite():
        return arb("inf")
    bound: arb = abs(ball).upper()
    return bound


def ellipse(low: arb, high: arb, rho: arb, columns: int) -> list[acb]:
    r"""Return boxes that cover the upper half of Bernstein's ellipse about [low, high]: z = (w + 1/w)/2, |w| \leq \rho."""
    middle, half = (low + high) / 2, (high - low) / 2
    along, across = (rho + 1 / rho) / 2, (rho - 1 / rho) / 2
    boxes = []
    for j in range(columns):
        left, right = (along * (2 * n - columns) / columns for n in (j, j + 1))
        nearest = arb(0) if 2 * j < columns < 2 * (j + 1) else min(abs(left).lower(), abs(right).lower())
        flat = 1 - (nearest / along) ** 2
        height = across * (flat.sqrt() if flat > 0 else arb(0))
        boxes.append(acb(middle + half * between(left, right), half * between(arb(0), height.upper())))
    return boxes
