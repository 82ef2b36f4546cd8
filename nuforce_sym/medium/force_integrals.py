r"""The force of a background whose parameters are numbers as one integral with enclosures.

    V(r) = \sum_t g_t(r)\int_{low}^{high}dx\,f_t(x)\,u_t(x, r)

f, g and u elementary; x is a momentum or an energy, and u the wave. `ForceIntegral.values` encloses V at points by
Gauss-Legendre's rule on panels, halved until

    |\int-\text{rule}| \leq \frac h2\,\frac{8M\rho^{-2n}}{1-1/\rho},

M the largest integrand on Bernstein's ellipse \rho about the panel: the rule of n points is exact to degree 2n-1, and
Chebyshev's coefficients fall as 2M\rho^{-j}. `ForceIntegral.bound` encloses |V| at complex r.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import sympy as sp
from flint import acb, arb, arb_mat, ctx

from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium.balls import between, ellipse, enclosed, enclosed_in_steps, size
from nuforce_sym.symbols import symbols

(r,) = symbols("r")
x = sp.Dummy("x", positive=True)
CELLS, COLUMNS, FINE, DEEPEST = 128, 4, 20, 150
MOST_PANELS = 2000
"""Panels up to which one value is enclosed; for the many points of a polynomial as many fewer."""
RADII = ("3", "2")


@dataclass(frozen=True)
class Term:
    """One product f(x) u(x, r) g(r), with f also as what encloses it where it is no expression."""

    f: Any
    u: sp.Expr
    g: sp.Expr


@dataclass(frozen=True)
class Tail:
    r"""The integral beyond ``low``: f_t \leq \text{size}_t(x/\text{low})^{power_t}e^{-rate(x-\text{low})}, u a wave of 2xr."""

    sizes: tuple[arb, ...]
    powers: tuple[int, ...]
    rate: arb


@dataclass(frozen=True)
class ForceIntegral:
    """What is integrated, from where to where.

    Args:
        terms: see `Term`; without an integral over x those of f = u = 1.
        low, high: the limits, exact; None for both where there is nothing to integrate. ``high`` is None where the integral
            goes to infinity: from ``start(bits)`` on it is then bounded by ``tail``.
    """

    terms: tuple[Term, ...]
    low: sp.Expr | None = None
    high: sp.Expr | None = None
    start: Callable[[int], sp.Expr] | None = None
    tail: Callable[[arb], Tail] | None = None

    def end(self, bits: int) -> arb:
        """Return where the integration by panels ends."""
        if self.high is None and self.start is not None:
            return _point(self.start(bits))
        return _point(self.high)

    def values(self, points: Sequence[arb], tolerance: arb, bits: int) -> list[arb]:
        """Return enclosures of V at real points, whose width is about ``tolerance`` where the precision allows."""
        made = _compiled(self, ctx.prec)
        g = [[function(p) for p in points] for function in made.g]
        if self.low is None:
            return [sum((row[i] for row in g), arb(0)) for i in range(len(points))]
        span = _hull(points)
        high = self.end(bits)
        most = MOST_PANELS // len(points)
        panels, error = _panels(made, acb(span), _point(self.low), high, tolerance, bits, most)
        error = error + self._rest(made, acb(span), high)
        nodes, columns = _nodes(made, panels, bits)
        total = [arb(0)] * len(points)
        for members, waves in _waves(it=self, made=made, nodes=nodes, points=points) if nodes else ():
            sums = arb_mat([[column[t] for column in columns] for t in members]) * arb_mat(waves)
            for row, t in enumerate(members):
                total = [value + g[t][i] * sums[row, i] for i, value in enumerate(total)]
        return [value + arb(0, error) for value in total]

    def bound(self, at: acb, bits: int) -> arb:
        r"""Return \sum_t|g_t|\int|f_tu_t|dx for all r in a complex ball, infinite where it cannot be bounded."""
        made = _compiled(self, ctx.prec)
        g = [size(function(at)) for function in made.g]
        if self.low is None:
            return sum(g, arb(0)).upper()
        high = self.end(bits)
        total = self._rest(made, at, high)
        cells, widths = _cells(self, made, high, bits)
        for (cell, sizes), width in zip(cells, widths, strict=True):
            if not total.is_finite():
                return arb("inf")
            for u, members in made.groups:
                wave = size(u(acb(cell), at))
                total += width * wave * sum((g[t] * sizes[t] for t in members), arb(0))
        return total.upper() if total.is_finite() else arb("inf")

    def _rest(self, made: _Compiled, at: acb, low: arb) -> arb:
        """Return a bound of what lies beyond ``low``."""
        if self.tail is None:
            return arb(0)
        tail = self.tail(low)
        rate = tail.rate - 2 * size(acb(0, at.imag))
        total = arb(0)
        for g, largest, power in zip(made.g, tail.sizes, tail.powers, strict=True):
            left = rate - arb(power) / low
            if not left > 0:
                return arb("inf")
            # (x/low)^p e^{-rate(x-low)} <= e^{-(rate-p/low)(x-low)}, and waves are below e^{2x|Im r|}
            total += size(g(at)) * largest * (2 * low * size(acb(0, at.imag))).exp() / left
        return total.upper()


def with_numbers(it: ForceIntegral, at: Mapping[sp.Symbol, sp.Expr]) -> ForceIntegral:
    """Return the integral with numbers for symbols in the factors g."""
    return replace(it, terms=tuple(replace(term, g=term.g.xreplace(dict(at))) for term in it.terms))


@dataclass(frozen=True)
class _Compiled:
    f: tuple[Callable[..., Any], ...]
    g: tuple[Callable[..., Any], ...]
    groups: tuple[tuple[Callable[..., Any], tuple[int, ...]], ...]
    panels: dict[Any, Any]


@lru_cache(maxsize=16)
def _compiled(it: ForceIntegral, precision: int) -> _Compiled:
    """Return the functions of balls, with constants at a precision."""
    with ctx.workprec(precision):
        f = tuple(enclosed(t.f, (x,)) if isinstance(t.f, sp.Expr) else t.f for t in it.terms)
        g = tuple(enclosed(t.g, (r,)) for t in it.terms)
        kinds = list(dict.fromkeys(t.u for t in it.terms))
        groups = tuple((enclosed_in_steps(u, (x, r)), tuple(n for n, t in enumerate(it.terms) if t.u == u)) for u in kinds)
    return _Compiled(f, g, groups, {})


def _waves(
    *, it: ForceIntegral, made: _Compiled, nodes: Sequence[arb], points: Sequence[arb]
) -> Iterator[tuple[tuple[int, ...], list[list[arb]]]]:
    """Return the terms with one u, and the table of u; a sine and a cosine of one phase are done together."""
    tables: dict[sp.Expr, tuple[list[list[arb]], list[list[arb]]]] = {}
    for u, members in made.groups:
        wave = it.terms[members[0]].u
        factor = wave.args[0] / (x * r) if isinstance(wave, (sp.sin, sp.cos)) else x
        if factor.free_symbols:
            yield members, [[u(at, p) for p in points] for at in nodes]
            continue
        if factor not in tables:
            number = _point(factor)
            scaled = [number * p for p in points]
            both = [[(at * p).sin_cos() for p in scaled] for at in nodes]
            tables[factor] = [[s for s, _ in row] for row in both], [[c for _, c in row] for row in both]
        yield members, tables[factor][isinstance(wave, sp.cos)]


def _point(value: sp.Expr | None) -> arb:
    if value is None:
        raise NotDerivable("the integral has no end: give start= and tail=")
    found: arb = enclosed(value, ())()
    return found


def _hull(points: Sequence[arb]) -> arb:
    span = points[0]
    for p in points[1:]:
        span = span.union(p)
    return span


def rule(count: int) -> list[tuple[arb, arb]]:
    """Return Gauss and Legendre's points and weights on [-1, 1], at the working precision."""
    return _rule(count, ctx.prec)


@cache
def _rule(count: int, precision: int) -> list[tuple[arb, arb]]:
    with ctx.workprec(precision):
        return [arb.legendre_p_root(count, n, weight=True) for n in range(count)]


def _count(bits: int) -> int:
    """Return how many points a panel has, so that 3^{-2n} is far below 2^{-bits}."""
    return 12 + bits // 3


def _integrand(made: _Compiled, g: Sequence[arb], cell: Any, at: acb) -> arb:
    total = arb(0)
    f = [size(function(cell)) for function in made.f]
    for u, members in made.groups:
        part = sum((g[t] * f[t] for t in members), arb(0))
        if part.is_finite():
            part = part * size(u(acb(cell), at))
        total += part
        if not total.is_finite():
            return arb("inf")
    return total.upper()


def _panels(
    made: _Compiled, at: acb, low: arb, high: arb, tolerance: arb, bits: int, most: int
) -> tuple[list[tuple[arb, arb]], arb]:
    """Return panels of which Gauss and Legendre's rule errs by less than the tolerance each, and the sum of all errors."""
    g = [size(function(at.real)) for function in made.g]
    found: list[tuple[arb, arb]] = []
    total = arb(0)
    count = _count(bits)
    waves = 0
    todo = [(low, high, 0)]
    while todo:
        a, b, depth = todo.pop()
        width = (b - a).upper()
        small = width * _integrand(made, g, between(a, b), at)
        if small <= tolerance:
            total += small
            continue
        errors = (_gauss_error(made, g, at, (a, b), arb(rho), count) for rho in RADII)
        error = next((e for e in errors if e <= tolerance), None)
        if error is not None:
            found.append((a, b))
            total += error
            waves += depth < FINE  # those towards a branch point at the lower end are few
            continue
        if depth > DEEPEST or waves > most:
            raise NotDerivable(
                f"at r = {float(at.real.mid()):.6g} GeV^-1 the integral has too many waves to be enclosed: more than {most} "
                "panels are needed; end the range before, or use number()"
            )
        middle = arb(((a + b) / 2).mid())
        todo += [(middle, b, depth + 1), (a, middle, depth + 1)]
    return found, total.upper()


def _gauss_error(made: _Compiled, g: Sequence[arb], at: acb, panel: tuple[arb, arb], rho: arb, count: int) -> arb:
    largest = arb(0)
    for box in ellipse(*panel, rho, COLUMNS):
        M = _integrand(made, g, box, at)
        if not M.is_finite():
            return arb("inf")
        largest = largest.max(M)
    half = (panel[1] - panel[0]) / 2
    return (half * 8 * largest * rho ** (-2 * count) / (1 - 1 / rho)).upper()


def _nodes(made: _Compiled, panels: Sequence[tuple[arb, arb]], bits: int) -> tuple[list[arb], list[list[arb]]]:
    """Return the points of all panels, and f times the weights there."""
    nodes: list[arb] = []
    columns: list[list[arb]] = []
    count = _count(bits)
    for a, b in panels:
        key = (str(a.mid().man_exp()), str(b.mid().man_exp()), count)
        if key not in made.panels:
            middle, half = (a + b) / 2, (b - a) / 2
            at = [middle + half * z for z, _ in rule(count)]
            made.panels[key] = (
                at,
                [[half * w * function(p) for function in made.f] for p, (_, w) in zip(at, rule(count), strict=True)],
            )
        more, values = made.panels[key]
        nodes += more
        columns += values
    return nodes, columns


def _cells(it: ForceIntegral, made: _Compiled, high: arb, bits: int) -> tuple[Any, list[arb]]:
    """Return cells that cover the range of x with the sizes of f on them, and their widths."""
    key = ("cells", bits)
    if key not in made.panels:
        low = _point(it.low)
        # an infinite range is denser towards its lower end
        power = 2 if it.high is None else 1
        edges = [low + (high - low) * (arb(j) / CELLS) ** power for j in range(CELLS + 1)]
        cells = [between(a, b) for a, b in pairwise(edges)]
        made.panels[key] = (
            [(cell, [size(function(cell)) for function in made.f]) for cell in cells],
            [(b - a).upper() for a, b in pairwise(edges)],
        )
    found: tuple[Any, list[arb]] = made.panels[key]
    return found
