r"""The proved error of the runtime's `power_law`, G(s,x) = \frac{(2-s)\pi x^s}{2\Gamma(s)\sin(\pi s/2)}, from its text.

h(s) = (4-s)(6-s)\,G(s,1) has no singularity nearer than s = 8, as 1/\Gamma takes the others. The text has its Taylor
polynomials about s = 1 and s = 3. The pieces of the proof:

* approximation: the coefficients *that stand in the text* against those of h, from the power series of 1/\Gamma and of the
  sine in balls, and the rest of the series by Cauchy's bound on a circle;
* rounding: Horner's rule over small intervals (`absolute`), compared with the smallest h there; s - 1 is rounded;
* NumPy's power, assumed to be within four units in the last place; an inexact x costs s \leq 4 times its error.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flint import acb, arb, arb_series, ctx

from nuforce_sym.kernel import absolute
from nuforce_sym.kernel.box import Interval
from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U

PRECISION = 200
LOWEST, HIGHEST = arb(9e-4), arb(3.9995)
ASSUMPTIONS = (
    "IEEE 754 binary64 arithmetic, rounding to nearest",
    "NumPy's power is within four units in the last place",
)
_CENTRES = {"near": (1, 6), "far": (3, 4)}
"""Where each polynomial is centred, and the radius of the circle for Cauchy's bound."""
_PARTS, _ARCS, _TERMS = 32, 64, 60
_POSITIVE = (1, frozenset[str]())


@dataclass(frozen=True)
class PowerBound:
    """A bound on the relative error for exact s and x, and the smallest and largest h."""

    error: arb
    low: arb
    high: arb


@cache
def prove(source: str) -> PowerBound:
    """Return what holds for the runtime block ``source``, for doubles 9e-4 <= s <= 3.9995.

    Raises:
        NotProved: the text lacks a table or function, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    tables, functions = absolute.tables(module), absolute.functions(module)
    if not {"_power_law_near", "_power_law_far"} <= set(functions) or not {"_POWER_LAW_NEAR", "_POWER_LAW_FAR"} <= set(tables):
        raise NotProved("the runtime has no functions and tables of a power law")
    errors, lows, highs = [], [], []
    with ctx.workprec(PRECISION):
        for name, (centre, radius) in _CENTRES.items():
            wrong = _table_error(tables[f"_POWER_LAW_{name.upper()}"], centre, radius)
            for low, high in itertools.pairwise(arb(2 * i) / _PARTS - 1 for i in range(_PARTS + 1)):
                t = absolute.Approximate(low.union(high), U)
                found = absolute.run(functions[f"_power_law_{name}"], [t], tables)
                least = found.value.lower() - wrong
                if not least > 0:
                    raise NotProved("the polynomial of a power law may vanish")
                errors.append((found.error + wrong) / least)
                lows.append(least)
                highs.append(found.value.upper() + wrong)
        worst = max(errors, key=lambda x: float(x.upper()))
        # (4 - s)(6 - s), the quotient, the power and the product.
        error = ((1 + worst) * (1 + absolute.LIBRARY) * (1 + U) ** 2 / (1 - U) ** 3 - 1).upper()
        least, largest = min(lows, key=float), max(highs, key=float)
        return PowerBound(error, least.lower(), largest.upper())


def _exact(s: acb) -> acb:
    """Return h(s) where 2 - s is no even number but 0."""
    half = (2 - s) / 2
    return (4 - s) * (6 - s) * s.rgamma() * (acb.pi() * half / (acb.pi() * half).sin())


@cache
def coefficients(centre: int, count: int) -> list[arb]:
    """Return the Taylor coefficients of h about 1 or 3."""
    before = ctx.cap
    ctx.cap = count
    try:
        s = arb_series([centre, 1])
        half = (2 - s) / 2
        series = (4 - s) * (6 - s) * s.rgamma() * (half * arb.pi()) / half.sin_pi()
        return [series[k] for k in range(count)]
    finally:
        ctx.cap = before


def _table_error(table: Sequence[arb], centre: int, radius: int) -> arb:
    exact = coefficients(centre, _TERMS)
    wrong = sum((abs(c - (table[k] if k < len(table) else 0)) for k, c in enumerate(exact)), arb(0))
    largest = arb(0)
    for i in range(_ARCS):
        angle = (arb(i) / _ARCS).union(arb(i + 1) / _ARCS) * 2 * arb.pi()
        size = abs(_exact(centre + radius * acb(angle.cos(), angle.sin())))
        if not size.is_finite():
            raise NotProved("Cauchy's circle passes a singularity of a power law")
        largest = largest.max(size.upper())
    ratio = arb(1) / radius
    return (wrong + largest * ratio**_TERMS / (1 - ratio)).upper()


def magnitude(name: str, ranges: Sequence[Interval], values: Sequence[Magnitude], source: str) -> Magnitude:
    """Return G(s, x) over the box and its error.

    Raises:
        NotProved: s is no argument itself, or leaves 9e-4 ... 3.9995.
    """
    (s_low, s_high), (x_low, x_high) = ranges
    s, x = values
    if s.error != 0 or not (s_low >= LOWEST and s_high <= HIGHEST) or x.underflows:
        raise NotProved(f"{name} is proved for an exponent between 9e-4 and 3.9995 that is an argument itself")
    proved = prove(source)
    corners = [base**power for base in (x_low, x_high) for power in (s_low, s_high)]
    low = min(corners, key=float) * proved.low / ((4 - s_low) * (6 - s_low))
    high = max(corners, key=float) * proved.high / ((4 - s_high) * (6 - s_high))
    error = (1 + proved.error) * (1 + 4 * x.error * (1 + 8 * x.error)) - 1
    return Magnitude(_POSITIVE, low.lower(), high.upper(), error.upper())
