"""Whether two formulas agree in a limit, and what the first difference is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare_numbers import Point, approximate, sampled, value

_SCALES = {-1: (16, 24), 1: (2, 3)}
_DIGITS = {-1: 110, 1: 50}


def agreement(derived: sp.Expr, given: sp.Expr, symbols: list[sp.Symbol]) -> tuple[str, str] | None:
    r"""Return the limit in which given/derived -> 1, as "m_nu -> 0", and the first difference; None where there is none.

    The two are compared at s = 10^{-16} and 10^{-24}, or at 10^2 and 10^3, with enough digits to see the relative
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
    name = symbol.name
    if abs(rate - mp.mpf(power.numerator) / power.denominator) > mp.mpf("0.01"):
        return f"the relative difference falls roughly as {name}^{float(rate):.2f}"
    return f"the relative difference falls as {symbol ** sp.Rational(power.numerator, power.denominator)}"
