"""Whether two formulas agree in a limit, and what the first difference is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare_factor import recognised
from nuforce_sym.paper.compare_numbers import Point, approximate, sampled, value
from nuforce_sym.paper.latex import latex

_SCALES = {-1: (16, 24), 1: (8, 12)}
_DIGITS = {-1: 110, 1: 60}
_STEP = 1.25
_EXACT = mp.mpf("1e-10")


def agreement(derived: sp.Expr, given: sp.Expr, symbols: list[sp.Symbol]) -> tuple[str, str] | None:
    r"""Return the limit in which given/derived -> 1, as "m_nu -> 0", and the first difference; None where there is none.

    The two are compared at s = 10^{-16} and 10^{-24}, or at 10^8 and 10^{12}, with enough digits to see the relative
    difference fall.
    """
    if approximate(derived) or approximate(given):
        return None
    for symbol in symbols:
        for sign, to in ((-1, "0"), (1, "oo")):
            if not symbol.is_positive:
                continue
            try:
                with mp.workdps(_DIGITS[sign]):
                    found = _towards(derived, given, symbol, sign)
            except (InputError, ZeroDivisionError, OverflowError):
                continue
            if found is not None:
                return f"{symbol} -> {to}", found
    return None


def agreement_in(derived: sp.Expr, given: sp.Expr, limit: str) -> str | None:
    """Return the first difference where the two agree in the limit that is named, such as "r -> oo"; None where they do not.

    Raises:
        InputError: the limit names no positive symbol of the formulas, or neither 0 nor oo.
    """
    name, _, to = (part.strip() for part in limit.partition("->"))
    symbols = {s.name: s for s in derived.free_symbols | given.free_symbols if s.is_positive}
    if name not in symbols or to not in ("0", "oo"):
        raise InputError(
            f"the limit {limit!r} must be one of a positive symbol of the formulas, NAME -> 0 or NAME -> oo: the symbols are "
            f"{', '.join(sorted(symbols)) or 'none'}"
        )
    if approximate(derived) or approximate(given):
        return None
    sign = -1 if to == "0" else 1
    try:
        with mp.workdps(_DIGITS[sign]):
            return _towards(derived, given, symbols[name], sign)
    except (ZeroDivisionError, OverflowError):
        return None


def _towards(derived: sp.Expr, given: sp.Expr, symbol: sp.Symbol, sign: int) -> str | None:
    with mp.workdps(30):
        points = sampled([derived, given], 2)
    steps: list[list[Any]] = []
    for point, _ in points:
        row = []
        for exponent in _SCALES[sign]:
            scale = mp.mpf(10) ** (sign * exponent)
            moved: Point = {**point, symbol: scale}
            d, g = value(derived, moved), value(given, moved)
            if d == 0:
                return None
            row.append(g / d - 1)
        steps.append(row)
    if any(abs(far) > mp.mpf("0.05") or abs(far) >= abs(near) for near, far in steps if near != 0):
        return None
    if any(near == 0 or far == 0 for near, far in steps):
        return None
    low, high = _SCALES[sign]
    rate = mp.log10(abs(steps[0][1] / steps[0][0])) / (high - low) * sign
    power = Fraction(round(2 * float(rate)), 2)
    if power * sign >= 0:
        return None
    if abs(rate - mp.mpf(power.numerator) / power.denominator) > mp.mpf("0.01"):
        return f"the relative difference falls roughly as {symbol.name}^{float(rate):.2f}"
    falling = symbol ** sp.Rational(power.numerator, power.denominator)
    first = _first_difference(derived, given, {**points[0][0], symbol: mp.mpf(10) ** (sign * high)}, symbol, falling)
    return f"the relative difference falls as {falling}" if first is None else f"given/derived = 1 + ({latex(first)}) + ..."


def factor_in_limit(derived: sp.Expr, given: sp.Expr, symbols: list[sp.Symbol]) -> tuple[str, sp.Expr] | None:
    """Return the limit in which given/derived becomes a number that is not 1, and the number; None where there is none."""
    if approximate(derived) or approximate(given):
        return None
    for symbol in symbols:
        for sign, to in ((-1, "0"), (1, "oo")):
            if not symbol.is_positive:
                continue
            try:
                with mp.workdps(_DIGITS[sign]):
                    number = _constant(derived, given, symbol, sign)
            except (InputError, ZeroDivisionError, OverflowError):
                continue
            if number is not None:
                return f"{symbol} -> {to}", number
    return None


def _constant(derived: sp.Expr, given: sp.Expr, symbol: sp.Symbol, sign: int) -> sp.Expr | None:
    with mp.workdps(30):
        points = sampled([derived, given], 2)
    at = [{**point, symbol: mp.mpf(10) ** (sign * e)} for point, _ in points for e in _SCALES[sign]]
    ratios = [value(given, p) / value(derived, p) for p in at]
    tolerance = mp.mpf("1e-6")
    if ratios[-1] == 0 or any(abs(ratio / ratios[-1] - 1) > tolerance for ratio in ratios):
        return None
    return recognised(ratios[-1], _EXACT)


def _first_difference(derived: sp.Expr, given: sp.Expr, point: Point, symbol: sp.Symbol, falling: sp.Expr) -> sp.Expr | None:
    """Return the leading term of given/derived - 1, where it is a number times powers of the symbols."""

    def leading(at: Point) -> Any:
        return (value(given, at) / value(derived, at) - 1) / value(falling, at)

    start, found = leading(point), falling
    tolerance = mp.mpf("1e-6")
    for other in sorted((derived.free_symbols | given.free_symbols) - {symbol}, key=sp.default_sort_key):
        moved = leading({**point, other: point[other] * _STEP})
        exponent = mp.log(abs(moved / start)) / mp.log(_STEP)
        rational = Fraction(round(4 * float(exponent)), 4)
        if abs(exponent - mp.mpf(rational.numerator) / rational.denominator) > tolerance:
            return None
        found *= other ** sp.Rational(rational.numerator, rational.denominator)
    number = recognised(start * value(falling, point) / value(found, point), _EXACT)
    return None if number is None else number * found
