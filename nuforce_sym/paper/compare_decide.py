"""The decision between equal, equal up to a factor, in a limit, a term apart, different: without limits on time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.dimension import power
from nuforce_sym.errors import DimensionError
from nuforce_sym.paper import compare_terms
from nuforce_sym.paper.compare_factor import factor_between
from nuforce_sym.paper.compare_limits import agreement
from nuforce_sym.paper.compare_numbers import DIGITS, QUADRATURE_DIGITS, Point, approximate, sampled, value
from nuforce_sym.paper.compare_proof import proof_of_zero
from nuforce_sym.paper.compare_structures import Structure, coefficients, simplified

POINTS = 5


@dataclass(frozen=True)
class Decision:
    """What was found; the fields are those of `compare.Comparison`."""

    verdict: str
    how: str = ""
    digits: int | None = None
    factor: sp.Expr | None = None
    dimensionless: bool | None = None
    limit: str = ""
    difference: str = ""


def decide(derived: sp.Expr, given: sp.Expr, energy: Mapping[sp.Symbol, sp.Rational]) -> Decision:
    """Compare two formulas."""
    derived, given = simplified(derived), simplified(given)
    if derived == given:
        return Decision("equal", how="the same expression")
    ours, theirs = coefficients(derived), coefficients(given)
    structures = sorted({*ours, *theirs}, key=sp.default_sort_key)
    zero = sp.Integer(0)
    pairs = {s: (ours.get(s, zero), theirs.get(s, zero)) for s in structures}
    pairs = {s: pair for s, pair in pairs.items() if pair != (zero, zero)}
    digits = [_agreeing_digits(*pair) for pair in pairs.values()]
    if all(d is not None for d in digits):
        return _same(pairs, min((d for d in digits if d is not None), default=DIGITS))
    return _unequal(pairs, derived, given, energy)


def _same(pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]], digits: int) -> Decision:
    """Return that all coefficients agree in numbers, and whether that is proved."""
    proofs = [proof_of_zero(ours - theirs) for ours, theirs in pairs.values()]
    if None in proofs:
        return Decision("equal numerically", how=f"to {digits} digits at {POINTS} points", digits=digits)
    ranks = ("normal form", "identity", "differential equation")
    how = max((p for p in proofs if p), key=ranks.index, default="normal form")
    return Decision("equal", how=how, digits=digits)


def _agreeing_digits(ours: sp.Expr, theirs: sp.Expr) -> int | None:
    """Return to how many digits two scalars agree at the sampled points, None where they do not."""
    if ours == theirs:
        return DIGITS
    rough = approximate(ours) or approximate(theirs)
    needed = QUADRATURE_DIGITS - 3 if rough else DIGITS - 12
    least = DIGITS
    with mp.workdps(DIGITS + 10):
        for point, (a, b) in sampled([ours, theirs], 2 if rough else POINTS):
            scale = max(abs(a), abs(b))
            if scale == 0:
                continue
            apart = abs(a - b) / scale
            if apart > mp.mpf(10) ** -needed and not rough:
                apart = _apart(ours, theirs, point, apart)
            if apart > mp.mpf(10) ** -needed:
                return None
            least = min(least, int(-mp.log10(apart)) if apart else DIGITS)
    return QUADRATURE_DIGITS if rough else least


def _apart(ours: sp.Expr, theirs: sp.Expr, point: Point, found: Any) -> Any:
    """Return the relative difference, ``found`` in one precision, so that cancellations within a formula do not matter."""
    last = found
    for digits in (DIGITS + 40, 250, 1000):
        with mp.workdps(digits):
            a, b = value(ours, point), value(theirs, point)
            scale = max(abs(a), abs(b))
            apart = abs(a - b) / scale if scale else mp.mpf(0)
        if abs(apart - last) <= last / 1000:
            return apart
        last = apart
    return last


def _unequal(
    pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]],
    derived: sp.Expr,
    given: sp.Expr,
    energy: Mapping[sp.Symbol, sp.Rational],
) -> Decision:
    wrong = _dimension(derived, given, energy)
    factor = _common_factor(pairs)
    if factor is not None:
        kinematic = any(s.name in compare_terms.KINEMATIC for s in factor.free_symbols)
        plain = _energy(factor, energy)
        if not kinematic and not (wrong and "inconsistent" in wrong):
            return Decision("equal up to a factor", how=_factor_proof(pairs, factor), factor=factor, dimensionless=plain == 0)
        if not wrong:
            return Decision("a term differs", factor=factor, difference=f"the formula {compare_terms.described(factor)}")
        return Decision("dimension wrong", factor=factor, difference=f"{wrong}; the formula {compare_terms.described(factor)}")
    if wrong:
        return Decision("dimension wrong", difference=wrong)
    scalar = len(pairs) == 1
    ours, theirs = (sp.Add(*(pair[n] for pair in pairs.values())) for n in (0, 1))
    absent = sorted(derived.free_symbols - given.free_symbols, key=sp.default_sort_key)
    if scalar and (found := agreement(ours, theirs, absent)):
        return Decision("equal in a limit", limit=found[0], difference=found[1])
    left, right = ([(s, term) for s, pair in pairs.items() for term in compare_terms.split(pair[n])] for n in (0, 1))
    if said := compare_terms.difference(left, right):
        return Decision("a term differs", difference=said)
    shared = sorted(derived.free_symbols & given.free_symbols, key=sp.default_sort_key)
    if scalar and (found := agreement(ours, theirs, shared)):
        return Decision("equal in a limit", limit=found[0], difference=found[1])
    return Decision("different")


def _dimension(derived: sp.Expr, given: sp.Expr, energy: Mapping[sp.Symbol, sp.Rational]) -> str:
    """Return what is wrong with the dimension of the given formula, an empty string where nothing is or nobody can say."""
    try:
        wanted = power(derived, energy)
    except DimensionError:
        return ""
    try:
        found = power(given, energy)
    except DimensionError as error:
        return "" if "no declared" in str(error) or "not defined" in str(error) else f"inconsistent: {error}"
    return "" if found == wanted else f"the derived formula carries energy^{wanted}, the given one energy^{found}"


def _energy(factor: sp.Expr, energy: Mapping[sp.Symbol, sp.Rational]) -> sp.Rational | None:
    try:
        return power(factor, energy)
    except DimensionError:
        return None


def _common_factor(pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]]) -> sp.Expr | None:
    """Return the factor that is the same for every structure, or None."""
    found: set[sp.Expr] = set()
    for ours, theirs in pairs.values():
        factor = factor_between(ours, theirs)
        if factor is None:
            return None
        found.add(factor)
        if len(found) > 1:
            return None
    return found.pop() if found else None


def _factor_proof(pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]], factor: sp.Expr) -> str:
    proofs = [proof_of_zero(theirs - factor * ours) for ours, theirs in pairs.values()]
    return "measured at sampled points" if None in proofs else max(p for p in proofs if p)
