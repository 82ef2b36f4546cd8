"""The factor between two scalar formulas, where it is a number times powers of the symbols."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare_numbers import DIGITS, Point, approximate, sampled, value

_PI_POWERS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_ROOTS = (sp.Integer(1), sp.sqrt(2), sp.sqrt(3), sp.sqrt(sp.pi), sp.sqrt(2 * sp.pi), sp.sqrt(6), sp.I)
MAX_DENOMINATOR = 720


def factor_between(derived: sp.Expr, given: sp.Expr) -> sp.Expr | None:
    """Return the monomial f such that given = f * derived at sampled points, or None; that it holds is still to be proved."""
    if derived == 0 or given == 0:
        return None
    try:
        with mp.workdps(DIGITS):
            points = sampled([derived, given], 3)
            if any(d == 0 or g == 0 for _, (d, g) in points):
                return None
            return _monomial(derived, given, points)
    except (InputError, ZeroDivisionError):
        return None


def _monomial(derived: sp.Expr, given: sp.Expr, points: Sequence[tuple[Point, list[Any]]]) -> sp.Expr | None:
    tolerance = mp.mpf(10) ** (-8 if approximate(derived) or approximate(given) else -25)
    found: sp.Expr = sp.Integer(1)
    point, (d, g) = points[0]
    ratio = g / d
    for s in sorted(derived.free_symbols | given.free_symbols, key=sp.default_sort_key):
        moved = {**point, s: point[s] * mp.mpf("1.25")}
        exponent = mp.log(abs(value(given, moved) / value(derived, moved) / ratio)) / mp.log(mp.mpf("1.25"))
        rational = Fraction(round(4 * float(exponent)), 4)
        if abs(exponent - mp.mpf(rational.numerator) / rational.denominator) > tolerance:
            return None
        found *= s ** sp.Rational(rational.numerator, rational.denominator)
    constants = [ratio / value(found, point)]
    for other, (d, g) in points[1:]:
        constants.append(g / d / value(found, other))
    if any(abs(c - constants[0]) > tolerance * abs(constants[0]) for c in constants):
        return None
    number = recognised(constants[0], tolerance)
    return None if number is None else number * found


def recognised(number: Any, tolerance: Any) -> sp.Expr | None:
    """Return a rational number times a power of pi and a simple root that is this number, or None."""
    for root in _ROOTS:
        for power in _PI_POWERS:
            scaled = number / mp.mpmathify(sp.N(root, DIGITS)) / mp.pi**power
            if abs(mp.im(scaled)) > tolerance * abs(scaled):
                continue
            rational = Fraction(mp.nstr(mp.re(scaled), 30)).limit_denominator(MAX_DENOMINATOR)
            # within a tolerance every number is near some rational: only a simple one is recognised
            if abs(rational.numerator) * rational.denominator * tolerance > 1e-4:
                continue
            if rational and abs(mp.mpf(rational.numerator) / rational.denominator - mp.re(scaled)) <= tolerance * abs(scaled):
                return sp.Rational(rational.numerator, rational.denominator) * root * sp.pi**power
    return None
