"""Sample points of a kernel's box: log-uniform, at its edges, the same in every run; and the error observed there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb

from nuforce_sym.kernel.kernel import SMALLEST_NORMAL, Constraint, Kernel
from nuforce_sym.kernel.reference import balls

POINTS = 10_000
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19)

Column = np.ndarray[Any, np.dtype[np.float64]]
Indices = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Samples:
    """Points by argument, the exact values of the kernel there, and what an error is compared with there."""

    columns: dict[str, Column]
    exact: tuple[arb, ...]
    scale: tuple[arb, ...]


def sample(kernel: Kernel, count: int = POINTS) -> Samples:
    """Return ``count`` points in the box and constraints at which the result, or its envelope, is a normal number.

    Halton's sequence, log-uniform in each argument, but in the constrained product in place of the length; the first
    points are corners of the box.
    """
    blocks: list[dict[str, Column]] = []
    exact: list[arb] = []
    scale: list[arb] = []
    for block in _candidates(kernel, count):
        values = balls(kernel.formula, block)
        sizes = [abs(v) for v in (values if kernel.envelope is None else balls(kernel.envelope, block))]
        normal = [i for i, size in enumerate(sizes) if SMALLEST_NORMAL <= float(size.mid()) < math.inf]
        normal = normal[: count - len(exact)]
        blocks.append({name: column[normal] for name, column in block.items()})
        exact += [values[i] for i in normal]
        scale += [sizes[i] for i in normal]
        if len(exact) == count:
            break
    columns = {a.symbol.name: np.concatenate([block[a.symbol.name] for block in blocks]) for a in kernel.arguments}
    return Samples(columns, tuple(exact), tuple(scale))


def _candidates(kernel: Kernel, count: int) -> Iterator[dict[str, Column]]:
    """Yield blocks of points in the box and constraints: its corners, and an eighth of ``count`` of the sequence at a time."""
    arguments, placed = len(kernel.arguments), set[str]()
    places = []
    for constraint in kernel.constraints:
        place = _solved(kernel, constraint, placed)
        symbol = kernel.arguments[place].symbol
        placed |= {symbol.name}
        places.append((constraint, place, int(constraint.expr.as_powers_dict()[symbol])))
    corners = np.arange(2**arguments)
    yield _points(kernel, places, [(corners >> i & 1).astype(float) for i in range(arguments)], corners)
    size = -(-count // 8)
    for start in range(1, 40 * POINTS, size):
        stop = min(start + size, 40 * POINTS)
        fractions = [_halton(_PRIMES[i], start, stop) for i in range(arguments)]
        yield _points(kernel, places, fractions, np.arange(start, stop))


def _points(
    kernel: Kernel, places: list[tuple[Constraint, int, int]], fractions: list[Column], indices: Indices
) -> dict[str, Column]:
    """Return those points with every constrained product at its fraction, by the place and power of an argument, that fit."""
    points: dict[str, Column] = {}
    for place, (argument, fraction) in enumerate(zip(kernel.arguments, fractions, strict=True)):
        column = _between(argument.low, argument.high, fraction)
        if argument.contains_negatives:
            column = np.where(indices >> place & 1, -column, column)
        elif argument.contains_zero:
            column = np.where(indices % 16 == 8 + place % 8, 0.0, column)
        points[argument.symbol.name] = column
    with np.errstate(all="ignore"):
        for constraint, place, power in places:
            name = kernel.arguments[place].symbol.name
            rest = constraint.value({**points, name: 1.0})
            solved = (_between(constraint.low, constraint.high, fractions[place]) / rest) ** (1 / power)
            points[name] = np.where(rest == 0, points[name], solved)
        inside = kernel.contains(points)
    return {name: column[inside] for name, column in points.items()}


def _solved(kernel: Kernel, constraint: Constraint, placed: set[str]) -> int:
    """Return the place of the argument that a constraint fixes: its length, or else its last argument; each only once."""
    inside = [i for i, a in enumerate(kernel.arguments) if constraint.expr.has(a.symbol) and a.symbol.name not in placed]
    return next((i for i in inside if kernel.arguments[i].energy < 0), inside[-1])


def _between(low: float, high: float, fraction: Column) -> Column:
    inside = np.exp(math.log(low) + fraction * (math.log(high) - math.log(low))).clip(low, high)
    return np.where(fraction == 0, low, np.where(fraction == 1, high, inside))


@lru_cache(maxsize=16 * len(_PRIMES))
def _halton(base: int, start: int, stop: int) -> Column:
    """Return the numbers ``start`` to ``stop`` of the sequence of van der Corput."""
    rest = np.arange(start, stop)
    result, fraction = np.zeros(len(rest)), 1.0
    while rest.any():
        fraction /= base
        result += fraction * (rest % base)
        rest //= base
    return result


def observed_error(function: Callable[..., Any], samples: Samples) -> float:
    """Return the largest error of ``function`` at the sampled points, relative to the exact value or to the envelope.

    It is infinite where a value is not finite.
    """
    with np.errstate(all="ignore"):
        computed = function(*samples.columns.values())
    if not np.isfinite(computed).all():
        return math.inf
    rows = zip(computed.tolist(), samples.exact, samples.scale, strict=True)
    return max(float((abs(arb(value) - exact) / scale).mid()) for value, exact, scale in rows)
