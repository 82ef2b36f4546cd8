r"""The proved error of the runtime's functionals of the neutrino mass, from the runtime's tables.

For doubles a, b with 0 <= \mu = ab <= 1e9 the computed value differs from the functional f(\mu) of `mass_moments` by at most a
bound times |f|. With t = n\mu the pieces, over small intervals of t:

* approximation: the rows *that stand in the text* against the exact coefficients of `mass_series` and what those leave;
* rounding: Horner's rule, 2k+1 roundings for the k-th term and as many more as its argument carries, and what follows it;
* argument: t = n(ab) is rounded twice, which costs 2U|tf'|, from the derivatives of the exact series;
* what all this is compared with: the smallest |f| in the interval, by the exact series over the ball of the interval, from
  which follows an enclosure of f(1+t)^{2l-2} too.

The exact series are held against the closed form, with which they share no formula, at one point of each interval.

Read from the text are the tables. The functions are taken as they stand in `runtime`: `reader` accepts a module only if they
are those, to the letter, and every certificate samples them.

Assumed: IEEE 754 binary64 with rounding to nearest; NumPy's log within one unit in the last place.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx, fmpq

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, rounded_up
from nuforce_sym.kernel.mass_series import CASES, PRECISION, Case, Series, evaluate, series

HIGHEST = 1e9
ASSUMPTIONS = ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's log is within one unit in the last place")
_SLACK = 1 + arb(2) ** -40
"""Which of two neighbouring rows is used may be decided by a rounded t."""
_SECOND = 1 + 100 * U

Row = Sequence[arb]


@dataclass(frozen=True)
class MassBound:
    """A relative error, the functional's sign, and an enclosure of |f|(1+t)^``power``, t = ``n`` mu."""

    error: float
    sign: int
    low: arb
    high: arb
    n: int
    power: int

    def magnitude(self, low: arb, high: arb) -> Magnitude:
        """Return what is known of the computed value for low <= mu <= high."""
        smallest = self.low / (1 + self.n * high) ** self.power
        largest = self.high / (1 + self.n * low) ** self.power
        return Magnitude((self.sign, frozenset()), smallest.lower(), largest.upper(), arb(self.error))


@cache
def prove(source: str, name: str) -> MassBound:
    """Return the bound that holds for the functional ``name`` of a runtime text.

    Raises:
        NotProved: the text has no table of the right shape, or an inequality of the proof fails.
    """
    rows = _rows(ast.parse(source), f"_{name.upper()}")
    case = CASES[name]
    with ctx.workprec(PRECISION):
        exact = series(case)
        found = [_near(exact, rows, *ends, case) for ends in _near_intervals()]
        found += [_middle(exact, rows, *ends, case) for ends in _intervals(arb(fmpq(1, 2)) / _SLACK, 2 * _SLACK, 40)]
        found += [_far(exact, rows, *ends, case) for ends in _far_intervals()]
        errors, values = zip(*found, strict=True)
        signs = {1 if v > 0 else -1 if v < 0 else 0 for v in values}
        if len(signs) != 1 or 0 in signs:
            raise NotProved(f"{name} is not shown to keep its sign")
        low = min((abs(v).lower() for v in values), key=float)
        high = max((abs(v).upper() for v in values), key=float)
        error = rounded_up(max(errors, key=lambda e: float(e.upper())))
        return MassBound(error, signs.pop(), low, high, case[1], 2 * case[2] - 2)


def _rows(module: ast.Module, name: str) -> list[Row]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Tuple(elts=[_, _, _, _] as rows)) if target == name:
                return [[arb(c) for c in ast.literal_eval(row)] for row in rows]
    raise NotProved(f"the runtime has no table {name} of four rows")


def _intervals(low: arb, high: arb, count: int) -> list[tuple[arb, arb]]:
    ends = [low * (high / low) ** (arb(i) / count) for i in range(count + 1)]
    return [(a.lower(), b.upper()) for a, b in itertools.pairwise(ends)]


def _near_intervals() -> list[tuple[arb, arb]]:
    return [(arb(0), arb(fmpq(1, 100))), *_intervals(arb(fmpq(1, 100)), _SLACK / 2, 60)]


def _far_intervals() -> list[tuple[arb, arb]]:
    far = _intervals(arb(2) / _SLACK, arb(2) ** 10, 120)
    return [*far, (arb(2) ** 10, 10 * arb(HIGHEST))]


def _around_zero(size: arb) -> arb:
    """Return the ball of all numbers of at most this modulus."""
    return arb(0, 1.001 * float(size.upper()) + 1e-300)


def _sum(row: Row, x: arb) -> arb:
    total = arb(0)
    for c in reversed(row):
        total = total * x + c
    return total


def _moduli(row: Row, x: arb) -> arb:
    return _sum([abs(c) for c in row], x)


def _weighted(row: Row, x: arb, slope: int, start: int) -> arb:
    r"""Return \sum_k(slope k + start)|c_k|x^k."""
    return _sum([(slope * k + start) * abs(c) for k, c in enumerate(row)], x)


def _differences(ours: Row, exact: Row, x: arb) -> arb:
    return _moduli([(ours[k] if k < len(ours) else arb(0)) - c for k, c in enumerate(exact)], x)


def _closed(value: arb, t: arb, case: Case) -> None:
    """Hold a value of the exact series against the closed form."""
    if not value.overlaps(evaluate(case, t / case[1])):
        raise NotProved(f"the series and the closed form of {case} differ at t = {t}")


def _finished(error: arb, value: arb, low: arb, high: arb, case: Case) -> tuple[arb, arb]:
    """Return the relative error, and f(1+t)^(2l-2) over the interval, from those of the value there."""
    smallest = abs(value).lower()
    if not smallest > 0:
        raise NotProved(f"a functional of {case} is not bounded away from zero for {low} <= t <= {high}")
    normalised = value * (1 + low.union(high)) ** (2 * case[2] - 2)
    return (error / smallest).upper(), normalised


def _near(exact: Series, rows: Sequence[Row], low: arb, high: arb, case: Case) -> tuple[arb, arb]:
    plain, logs = rows[:2]
    tail, y, log = exact.tails[0], high**2, -high.log()
    if exact.logs[0] != 0 or logs[0] != 0:
        raise NotProved("the logarithm is not multiplied by t^2 at least")
    if low > 0:
        middle = (low * high).sqrt().mid()
        _closed(_sum(exact.near, middle**2) + _sum(exact.logs, middle**2) * middle.log() + _around_zero(tail), middle, case)
        values = _sum(exact.near, low.union(high) ** 2) + _sum(exact.logs, low.union(high) ** 2) * low.union(high).log()
        off = _around_zero(tail)
    else:
        # t^(2k) |ln t| grows up to t = e^(-1/2) for k >= 1
        rest = _moduli([arb(0), *exact.near[1:]], y) + _moduli(exact.logs, y) * log + tail
        values, off = exact.near[0], _around_zero(rest)
    wrong = _differences(plain, exact.near, y) + _differences(logs, exact.logs, y) * log + tail
    rounding = _weighted(plain, y, 3, 1) + _weighted(logs, y, 3, 5) * log + _moduli(plain, y) + _moduli(logs, y) * log
    slope = _weighted(exact.near, y, 2, 0) + _weighted(exact.logs, y, 2, 0) * log + _moduli(exact.logs, y) + 2 * tail
    return _finished(wrong + (rounding + 2 * slope) * U * _SECOND, values + off, low, high, case)


def _middle(exact: Series, rows: Sequence[Row], low: arb, high: arb, case: Case) -> tuple[arb, arb]:
    row, tail = rows[2], exact.tails[1]
    off = _around_zero(tail)
    ends = [(1 - t) / (1 + t) for t in (low, high)]
    X = abs(ends[0]).max(abs(ends[1])).upper()
    _closed(_sum(exact.middle, (1 - low) / (1 + low)) + off, low, case)
    values = _sum(exact.middle, ends[1].union(ends[0])) + off
    # x = (1 - t)/(1 + t) carries three roundings, but the numerator's is none where t is near 1
    rounding = _weighted(row, X, 5, 1)
    # dx/d(ln t) = -(1 - x^2)/2
    slope = _weighted(exact.middle[1:], X, 1, 1) / 2 + tail
    wrong = _differences(row, exact.middle, X) + tail
    return _finished(wrong + (rounding + 2 * slope) * U * _SECOND, values, low, high, case)


def _far(exact: Series, rows: Sequence[Row], low: arb, high: arb, case: Case) -> tuple[arb, arb]:
    row, tail, power = rows[3], exact.tails[2], 2 * case[2] - 2
    off = _around_zero(tail)
    w, least = 1 / (1 + low), 1 / (1 + high)
    _closed((_sum(exact.far, w) + off) / low**power, low, case)
    values = _sum(exact.far, least.union(w)) + off
    smallest = abs(values).lower()
    if not smallest > 0:
        raise NotProved(f"a functional of {case} is not bounded away from zero for {low} <= t <= {high}")
    wrong = _differences(row, exact.far, w) + tail
    # w carries two roundings; after the sum come a product and a quotient for each pair of powers
    rounding = _weighted(row, w, 4, 1)
    slope = _weighted(exact.far, w, 1, 0) + tail
    error = (wrong + (rounding + 2 * slope) * U * _SECOND) / smallest + (power + 2 * power) * U * _SECOND
    normalised = values * ((1 + 1 / low.union(high)) ** power)
    return error.upper(), normalised
