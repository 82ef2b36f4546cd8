"""The decision between equal, equal up to a factor, in a limit, a term apart, different: without limits on time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.dimension import power
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.paper import compare_terms
from nuforce_sym.paper.compare_factor import factor_between
from nuforce_sym.paper.compare_limits import agreement, factor_in_limit
from nuforce_sym.paper.compare_numbers import DIGITS, QUADRATURE_DIGITS, Point, approximate, sampled, value
from nuforce_sym.paper.compare_proof import identities, merge_integrals, proof_of_zero
from nuforce_sym.paper.compare_region import region
from nuforce_sym.paper.compare_structures import Structure, coefficients, simplified
from nuforce_sym.paper.latex import latex
from nuforce_sym.symbols import symbols

POINTS = 5
(delta3_r,) = symbols("delta3_r")
HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth)
PRECISIONS = (90, 250, 1000, 2500)
TOLERANCE = mp.mpf(10) ** (12 - DIGITS)


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
        if where := region(list(pairs.values())):
            return Decision("different", difference=where)
        return Decision("equal numerically", how=f"to {digits} digits at {POINTS} points", digits=digits)
    ranks = ("normal form", "identity", "differential equation")
    how = max((p for p in proofs if p), key=ranks.index, default="normal form")
    return Decision("equal", how=how, digits=digits)


def _agreeing_digits(ours: sp.Expr, theirs: sp.Expr) -> int | None:
    """Return to how many digits two scalars agree at the sampled points, None where they do not.

    They agree relative to their own values, and what is left of their difference after expansion vanishes relative to its
    terms, so that no large term hides a small one.
    """
    if ours == theirs:
        return DIGITS
    rough = approximate(ours) or approximate(theirs)
    if not _cancels(ours, theirs, rough=rough):
        return None
    if rough:
        return QUADRATURE_DIGITS - 3
    least = DIGITS
    with mp.workdps(DIGITS + 10):
        for point, values in sampled([ours, theirs], POINTS):
            apart = _apart(*_settled([ours, theirs], point, values))
            if apart > TOLERANCE:
                return None
            least = min(least, int(-mp.log10(apart)) if apart else DIGITS)
    return least


def _cancels(ours: sp.Expr, theirs: sp.Expr, *, rough: bool) -> bool:
    left = merge_integrals(sp.expand(ours - theirs))
    if left == 0:
        return True
    terms = sp.Add.make_args(left)
    tolerance = mp.mpf(10) ** (3 - QUADRATURE_DIGITS) if rough else TOLERANCE
    with mp.workdps(DIGITS + 10):
        for point, values in sampled(terms, 2):
            if abs(mp.fsum(values)) <= tolerance * mp.fsum(map(abs, values)):
                continue
            settled = values if rough else _settled(terms, point, values)
            if abs(mp.fsum(settled)) > tolerance * mp.fsum(map(abs, settled)):
                return False
    return True


def _apart(a: Any, b: Any) -> Any:
    scale = max(abs(a), abs(b))
    return abs(a - b) / scale if scale else mp.mpf(0)


def _settled(exprs: Sequence[sp.Expr], point: Point, values: Sequence[Any]) -> list[Any]:
    """Return the values in a precision in which more digits do not change them, whatever cancels within them.

    Raises:
        InputError: they change even with the most digits that are tried.
    """
    before = list(values)
    for digits in PRECISIONS:
        with mp.workdps(digits):
            now = [value(e, point) for e in exprs]
            last = digits == PRECISIONS[-1]
            if all(_apart(x, y) <= TOLERANCE and (y != 0 or last) for x, y in zip(before, now, strict=True)):
                return now
        before = now
    raise InputError(f"the terms of the formulas cancel to more than {PRECISIONS[-1]} digits")


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
    left, right = ([(s, term) for s, pair in pairs.items() for term in compare_terms.split(pair[n])] for n in (0, 1))
    if away := _away_from_zero(pairs):
        return Decision("a term differs", difference=compare_terms.difference(left, right) + away)
    scalar = len(pairs) == 1
    ours, theirs = (sp.Add(*(pair[n] for pair in pairs.values())) for n in (0, 1))
    absent = sorted(derived.free_symbols - given.free_symbols - {delta3_r}, key=sp.default_sort_key)
    if scalar and (found := agreement(ours, theirs, absent)):
        return Decision("equal in a limit", limit=found[0], difference=found[1])
    if said := compare_terms.difference(left, right):
        return Decision("a term differs", difference=said)
    shared = sorted((derived.free_symbols & given.free_symbols) - {delta3_r}, key=sp.default_sort_key)
    if scalar and (found := agreement(ours, theirs, shared)):
        return Decision("equal in a limit", limit=found[0], difference=found[1])
    if scalar and (near := factor_in_limit(ours, theirs, [*absent, *shared])):
        return Decision("different", limit=near[0], difference=f"only the factor {latex(near[1])} apart in the limit {near[0]}")
    return Decision("different")


def _away_from_zero(pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]]) -> str:
    """Return that the formulas are equal but for a contact term, where they are."""
    if not any(e.has(delta3_r) for pair in pairs.values() for e in pair):
        return ""
    outside = [tuple(sp.expand(e).subs(delta3_r, 0) for e in pair) for pair in pairs.values()]
    return "; away from r = 0 the two are equal" if all(proof_of_zero(a - b) for a, b in outside) else ""


def _dimension(derived: sp.Expr, given: sp.Expr, energy: Mapping[sp.Symbol, sp.Rational]) -> str:
    """Return what is wrong with the dimension of the given formula, an empty string where nothing is or nobody can say."""
    if derived == 0 or given == 0:  # zero has every dimension
        return ""
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
        if factor is None and (ours.has(*HYPERBOLIC) or theirs.has(*HYPERBOLIC)):
            factor = factor_between(*(sp.expand(identities(e)) for e in (ours, theirs)))
        if factor is None:
            return None
        found.add(factor)
        if len(found) > 1:
            return None
    if not found or found == {sp.Integer(1)}:
        return None
    factor = found.pop()
    agree = all(_agreeing_digits(factor * ours, theirs) is not None for ours, theirs in pairs.values())
    return factor if agree else None


def _factor_proof(pairs: Mapping[Structure, tuple[sp.Expr, sp.Expr]], factor: sp.Expr) -> str:
    proofs = [proof_of_zero(theirs - factor * ours) for ours, theirs in pairs.values()]
    return "measured at sampled points" if None in proofs else max(p for p in proofs if p)
