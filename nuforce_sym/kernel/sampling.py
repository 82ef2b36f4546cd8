"""Sample points of a kernel's box: log-uniform, at its edges, the same in every run; and the error observed there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from nuforce_sym.kernel.kernel import SMALLEST_NORMAL, Constraint, Kernel
from nuforce_sym.kernel.reference import ball

POINTS = 10_000
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19)


@dataclass(frozen=True)
class Samples:
    """Points by argument, the exact values of the kernel there, and what an error is compared with there."""

    columns: dict[str, np.ndarray[Any, np.dtype[np.float64]]]
    exact: tuple[arb, ...]
    scale: tuple[arb, ...]


def sample(kernel: Kernel, count: int = POINTS) -> Samples:
    """Return ``count`` points in the box and constraints at which the result, or its envelope, is a normal number.

    Halton's sequence, log-uniform in each argument, but in the constrained product in place of the length; the first
    points are corners of the box.
    """
    rows: list[list[float]] = []
    exact: list[arb] = []
    scale: list[arb] = []
    names = [a.symbol.name for a in kernel.arguments]
    for point in _candidates(kernel):
        if not kernel.contains(point):
            continue
        value = ball(kernel.formula, point)
        size = abs(value if kernel.envelope is None else ball(kernel.envelope, point))
        if SMALLEST_NORMAL <= float(size.mid()) < math.inf:
            rows.append([point[name] for name in names])
            exact.append(value)
            scale.append(size)
            if len(rows) == count:
                break
    return Samples(dict(zip(names, np.array(rows).T, strict=True)), tuple(exact), tuple(scale))


def _candidates(kernel: Kernel) -> Iterator[dict[str, float]]:
    count, placed = len(kernel.arguments), set[str]()
    places = []
    for constraint in kernel.constraints:
        place = _solved(kernel, constraint, placed)
        symbol = kernel.arguments[place].symbol
        placed |= {symbol.name}
        places.append((constraint, place, int(constraint.expr.as_powers_dict()[symbol])))
    for index in range(2**count):
        yield _point(kernel, places, [float(index >> i & 1) for i in range(count)], index)
    for index in range(1, 40 * POINTS):
        yield _point(kernel, places, [_halton(index, _PRIMES[i]) for i in range(count)], index)


def _point(kernel: Kernel, places: list[tuple[Constraint, int, int]], fractions: list[float], index: int) -> dict[str, float]:
    """Return a point of the box in which every constrained product has its fraction, by the place and power of an argument."""
    point = {}
    for place, (argument, fraction) in enumerate(zip(kernel.arguments, fractions, strict=True)):
        negative = argument.contains_negatives and index >> place & 1
        vanishes = argument.contains_zero and not argument.contains_negatives and index % 16 == 8 + place % 8
        value = 0.0 if vanishes else _between(argument.low, argument.high, fraction)
        point[argument.symbol.name] = (-1 if negative else 1) * value
    for constraint, place, power in places:
        name = kernel.arguments[place].symbol.name
        rest = constraint.value({**point, name: 1.0})
        if rest == 0:
            continue
        point[name] = (_between(constraint.low, constraint.high, fractions[place]) / rest) ** (1 / power)
    return point


def _solved(kernel: Kernel, constraint: Constraint, placed: set[str]) -> int:
    """Return the place of the argument that a constraint fixes: its length, or else its last argument; each only once."""
    inside = [i for i, a in enumerate(kernel.arguments) if constraint.expr.has(a.symbol) and a.symbol.name not in placed]
    return next((i for i in inside if kernel.arguments[i].energy < 0), inside[-1])


def _between(low: float, high: float, fraction: float) -> float:
    if fraction in (0.0, 1.0):
        return high if fraction else low
    return min(high, max(low, math.exp(math.log(low) + fraction * (math.log(high) - math.log(low)))))


def _halton(index: int, base: int) -> float:
    result, fraction = 0.0, 1.0
    while index:
        fraction /= base
        result += fraction * (index % base)
        index //= base
    return result


def observed_error(function: Callable[..., Any], samples: Samples) -> float:
    """Return the largest error of ``function`` at the sampled points, relative to the exact value or to the envelope.

    It is infinite where a value is not finite.
    """
    with np.errstate(all="ignore"):
        computed = function(*samples.columns.values())
    if not np.isfinite(computed).all():
        return math.inf
    rows = zip(computed, samples.exact, samples.scale, strict=True)
    return max(float((abs(arb(float(value)) - exact) / scale).mid()) for value, exact, scale in rows)
