"""Are two expressions equal? Proved by a normal form, refuted or supported by high-precision numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import mpmath as mp
import sympy as sp

from nuforce_sym.components import in_components, sample_vectors
from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.bessel import reduce_orders
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import symbol

Verdict = Literal["proved", "measured", "different"]


def identical(left: sp.Expr, right: sp.Expr, *, digits: int = 30, points: int = 3) -> Verdict:
    """Compare two expressions.

    ``"different"`` where they disagree at a sampled point, ``"proved"`` where the difference has the normal form 0
    (expansion, Bessel functions reduced to K_0 and K_1, rational normal form), else ``"measured"``.
    """
    left, right = as_expr(left), as_expr(right)
    return "proved" if left == right else vanishes(left - right, digits=digits, points=points)


def vanishes(expr: sp.Expr, *, digits: int = 30, points: int = 3) -> Verdict:
    """Decide likewise whether ``expr`` is zero; a number counts as zero against the sum of its terms' magnitudes."""
    expanded = sp.expand(expr)
    if expanded.has(Vector3):
        if all(normal_form(c) == 0 for c in _by_structure(expanded)):
            return "proved"
        verdicts = [vanishes(_placed(expanded, n), digits=digits, points=1) for n in range(points)]
        return "different" if "different" in verdicts else "measured"
    terms = sp.Add.make_args(expanded)
    with mp.workdps(digits + 15):
        for point in _of_both_signs(sample_points(expr.free_symbols, points)):
            values = [numeric_value(term, point, digits + 15) for term in terms]
            if abs(mp.fsum(values)) > mp.mpf(10) ** -digits * mp.fsum(map(abs, values)):
                return "different"
    return "proved" if normal_form(expr) == 0 else "measured"


def _placed(expanded: sp.Expr, seed: int) -> sp.Expr:
    """Return the expression with numbers for its vectors, and for |q| where the vector q stands in it."""
    vectors = sample_vectors(expanded, seed)
    size = sp.sqrt(sp.Add(*(x**2 for x in vectors["q"])))
    return in_components(expanded.subs(symbol("q"), size) if expanded.has(Vector3("q")) else expanded, vectors)


def _by_structure(expanded: sp.Expr) -> Iterable[sp.Expr]:
    """Return the coefficients of the products of spins and vectors in an expanded expression."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(expanded):
        structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3)))
        found[structure] = found.get(structure, sp.Integer(0)) + term / structure
    return found.values()


def normal_form(expr: sp.Expr) -> sp.Expr:
    """Return the rational normal form over the functions that occur, with every K_n reduced to K_0 and K_1."""
    return sp.cancel(sp.together(sp.powsimp(sp.expand(reduce_orders(expr)))))


def sample_points(symbols: Iterable[sp.Basic], count: int) -> list[dict[sp.Basic, sp.Rational]]:
    """Return ``count`` points with small positive rational coordinates, the same ones in every run."""
    ordered = sorted(symbols, key=sp.default_sort_key)
    return [
        {s: sp.Rational(sp.prime(i + 3 * j + 3), sp.prime(2 * i + j + 2)) for i, s in enumerate(ordered)} for j in range(count)
    ]


def _of_both_signs(points: list[dict[sp.Basic, sp.Rational]]) -> Iterator[dict[sp.Basic, sp.Rational]]:
    """Yield points at which symbols that may be negative are positive, all negative, and every second one negative."""
    for n, point in enumerate(points):
        either = [s for s in point if s.is_extended_real and not s.is_nonnegative]
        turned = either[:: n % 3] if n % 3 else []
        yield {s: -v if s in turned else v for s, v in point.items()}


def numeric_value(expr: sp.Expr, point: Mapping[Any, Any], digits: int) -> mp.mpf:
    """Return the value of ``expr`` at ``point`` as an mpmath number of ``digits`` digits.

    Raises:
        InputError: symbols are left without a value, or the expression has none there.
    """
    placed = expr.xreplace({s: as_expr(v) for s, v in point.items()})
    if placed.free_symbols:
        raise InputError(f"{expr} needs values for {', '.join(sorted(str(s) for s in placed.free_symbols))}")
    value = placed.evalf(digits)
    if not value.is_number or value.has(sp.nan, sp.zoo):
        raise InputError(f"{expr} has no value at {dict(point)}")
    real, imaginary = value.as_real_imag()
    with mp.workdps(digits):
        number = mp.mpf(real._mpf_) if real.is_Float else mp.mpf(str(real.evalf(digits)))
        return mp.mpc(number, mp.mpf(str(imaginary))) if imaginary != 0 else number
