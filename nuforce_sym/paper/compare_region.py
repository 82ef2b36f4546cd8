r"""Formulas that are equal in a region only, as ln (a - b)^2 and 2 ln(a - b) are for a > b."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare_numbers import DIGITS, Point, approximate, candidates, value
from nuforce_sym.paper.compare_proof import proof_of_zero

_TOLERANCE = mp.mpf("1e-25")


def region(pairs: Sequence[tuple[sp.Expr, sp.Expr]]) -> str:
    """Return where two formulas that agree at real values differ, and where they are equal; empty if they differ nowhere.

    The points are those at which one of them is complex: there a root or a logarithm is on another sheet.
    """
    if any(approximate(e) for pair in pairs for e in pair):
        return ""
    symbols = sorted(set().union(*(e.free_symbols for pair in pairs for e in pair)), key=sp.default_sort_key)
    apart: list[Point] = []
    same: list[Point] = []
    with mp.workdps(DIGITS):
        for point in candidates(symbols):
            agree = _agree(pairs, point)
            if agree is not None:
                (same if agree else apart).append(point)
        if not apart:
            return ""
        base = next((b for b in _bases(pairs) if _decides(b, same, apart)), None)
    if base is None:
        return "the two agree at some values of the symbols and not at others, where a root or a logarithm is complex"
    proof = _proved_where_positive(pairs, base)
    how = f"equal where {base} > 0, proved by {proof}" if proof else f"equal in numbers where {base} > 0"
    return f"not equal where {base} < 0; {how}"


def _agree(pairs: Sequence[tuple[sp.Expr, sp.Expr]], point: Point) -> bool | None:
    for pair in pairs:
        try:
            a, b = (value(e, point) for e in pair)
        except InputError:
            return None
        if not mp.isfinite(a) or not mp.isfinite(b):
            return None
        if abs(a - b) > _TOLERANCE * max(abs(a), abs(b)):
            return False
    return True


def _bases(pairs: Sequence[tuple[sp.Expr, sp.Expr]]) -> list[sp.Expr]:
    """Return what stands in logarithms and under roots, with unknown sign."""
    found: set[sp.Expr] = set()
    for e in (e for pair in pairs for e in pair):
        found |= {head.args[0] for head in e.atoms(sp.log)}
        found |= {head.base for head in e.atoms(sp.Pow) if not head.exp.is_Integer}
    more = {f for base in found for f, _ in sp.factor_list(base)[1]} if all(b.is_polynomial() for b in found) else set()
    return sorted((b for b in found | more if b.is_positive is None and b.is_extended_real), key=sp.default_sort_key)


def _decides(base: sp.Expr, same: Sequence[Point], apart: Sequence[Point]) -> bool:
    def sign(point: Point) -> Any:
        return mp.re(value(base, point))

    return bool(same) and all(sign(p) > 0 for p in same) and all(sign(p) < 0 for p in apart)


def _proved_where_positive(pairs: Sequence[tuple[sp.Expr, sp.Expr]], base: sp.Expr) -> str | None:
    """Return how the formulas are proved equal where ``base``, linear in a symbol, is positive."""
    excess = sp.Dummy("excess", positive=True)
    for s in sorted(base.free_symbols, key=sp.default_sort_key):
        slope = sp.diff(base, s)
        if slope not in (1, -1):
            continue
        moved = (excess - (base - slope * s)) / slope
        proofs = [proof_of_zero(sp.expand_log((a - b).subs(s, moved))) for a, b in pairs]
        if None not in proofs:
            return max(p for p in proofs if p)
    return None
