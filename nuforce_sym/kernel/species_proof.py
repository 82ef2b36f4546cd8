r"""The proved error of the runtime's `species`, from its text.

L(a,x) = \sum_{j\ge1}(-1)^{j+1}z^j/(j^2+x^2)^2 with z = e^{-a}, a >= 0. The text adds n terms with the weights of Cohen,
Rodriguez Villegas and Zagier (2000), which make of \sum(-1)^{j+1}u^j what
differs from u/(1+u) by Q(u) = u\,T_n(1-2u)/[(1+u)\,T_n(3)]. With (j^2+x^2)^{-2} = \int_0^\infty dt\,e^{-jt}k(t),
|k| <= t^3/6, and twice x^2/(j^2+x^2) = 1-j^2/(j^2+x^2), the sum is off by at most

    (4M_0+4M_2+M_4)\,z/(1+x^2)^2,  M_k = \max_{0\le u\le1}|(u\,d/du)^kQ|/u,

and M_k follows from Markov's bound on the derivatives of T_n. All errors are compared with the first term, z/(1+x^2)^2:

* the weights *that stand in the text* against the exact ones;
* rounding, term by term, over intervals of x; the partial sums of falling alternating terms stay below the first;
* L itself: at least 1-(1+x^2)^2/(4+x^2)^2 of the first term, and for x >= 5, by parts against \sum(-1)^{j+1}z^j,
  at least \tfrac12[1-1.04(1+x^2)^2/x^5] of it.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx, fmpq, fmpz_poly

from nuforce_sym.kernel import absolute
from nuforce_sym.kernel.box import Interval
from nuforce_sym.kernel.factors import ONE, SUBNORMAL, Part, Value, plain, with_dust
from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U

PRECISION = 160
ASSUMPTIONS = ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's exp is within one unit in the last place")
LARGEST_X = 1e70
_ENDS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 8.0, 11.0, 16.0, 30.0, 100.0, LARGEST_X)
_CROSSOVER = 5.0
_POSITIVE = (1, frozenset[str]())
_SLACK = 1 + arb(2) ** -30


@cache
def weights(count: int) -> list[fmpq]:
    """Return the exact weights of (-1)^(j+1) u^j, j = 1 ... count: those of [1 - T_n(1-2u)/T_n(3)]/(1+u)."""
    before, chebyshev = fmpz_poly([1]), fmpz_poly([1, -2])
    for _ in range(count - 1):
        before, chebyshev = chebyshev, fmpz_poly([2, -4]) * chebyshev - before
    top = chebyshev(-1)
    quotient = (fmpz_poly([top]) - chebyshev) // fmpz_poly([1, 1])
    return [fmpq((-1) ** j * int(quotient[j]), int(top)) for j in range(count)]


def remainder(count: int) -> arb:
    """Return 4 M_0 + 4 M_2 + M_4: what the weighted sum may be off, in units of the first term."""
    derivatives = [arb(1)]
    for l in range(4):
        derivatives.append(derivatives[-1] * 2 * (count**2 - l**2) / (2 * l + 1))
    product = [sum((math.comb(i, l) * derivatives[l] * math.factorial(i - l) for l in range(i + 1)), arb(0)) for i in range(5)]
    top = (arb(3) + arb(8).sqrt()) ** count / 2  # below T_n(3)
    powers = {0: (1,), 1: (0, 1), 2: (0, 1, 1), 3: (0, 1, 3, 1), 4: (0, 1, 7, 6, 1)}  # Stirling's numbers

    def largest(k: int) -> arb:
        """M_k: (u d/du)^k (u g) = u (u d/du + 1)^k g."""
        parts = (math.comb(k, l) * sum((s * product[i] for i, s in enumerate(powers[l])), arb(0)) for l in range(k + 1))
        return sum(parts, arb(0)) / top

    return (4 * largest(0) + 4 * largest(2) + largest(4)).upper()


@dataclass(frozen=True)
class SpeciesBound:
    """Errors for exact a and x relative to the first term and to L, the smallest L over the first term, the weights' sum."""

    first: arb
    relative: arb
    least: arb
    weights: arb


@cache
def prove(source: str) -> SpeciesBound:
    """Return what holds for the runtime block ``source`` and doubles a >= 0, 0 <= x <= 1e70.

    Raises:
        NotProved: the text lacks the table, or an inequality of the proof fails.
    """
    tables = absolute.tables(ast.parse(source))
    if "_SPECIES" not in tables or "def species(" not in source:
        raise NotProved("the runtime has no function and table of one species of a Fermi gas")
    with ctx.workprec(PRECISION):
        table = tables["_SPECIES"]
        exact = [arb(w) for w in weights(len(table))]
        wrong = sum((abs(abs(c) - w) for c, w in zip(table, exact, strict=True)), arb(0))
        signs = all(c * (-1) ** j > 0 for j, c in enumerate(table))
        if not (signs and all(abs(a) >= abs(b) for a, b in itertools.pairwise(table))):
            raise NotProved("the weights of the text do not fall, or do not alternate")
        beyond = remainder(len(table)) + wrong
        absolutes, relatives, lows = [], [], []
        for low, high in itertools.pairwise(arb(x) for x in _ENDS):
            # exp; j a, which for j > 1 costs j a e^{-(j-1)a} <= 2/e; (j^2 + x^2)^2; the product and the quotient.
            each = 2 * U + 2 * U / arb(1).exp() + 5 * U + 2 * U
            terms = sum((w * ((1 + high**2) / (j**2 + high**2)) ** 2 for j, w in enumerate(exact, 1)), arb(0))
            error = (terms * each + (len(table) + 1) * U + beyond) * _SLACK
            if high <= _CROSSOVER:
                least = 1 - ((1 + high**2) / (4 + high**2)) ** 2
            else:
                least = (1 - arb("1.04") / low * (1 + 1 / low**2) ** 2) / 2
            absolutes.append(error.upper())
            relatives.append((error / least).upper())
            lows.append(least.lower())
        return SpeciesBound(
            max(absolutes, key=float), max(relatives, key=float), min(lows, key=float), sum(exact, arb(0)).upper()
        )


def magnitude(name: str, ranges: Sequence[Interval], values: Sequence[Magnitude], source: str) -> Magnitude:
    """Return L(a, x) over the box and its error.

    Raises:
        NotProved: x leaves the range of the proof, or an argument may underflow.
    """
    (a_low, a_high), (x_low, x_high) = ranges
    a, x = values
    if not x_high < LARGEST_X or a.underflows or x.underflows:
        raise NotProved(f"{name} is proved for x < {LARGEST_X}")
    proved = prove(source)
    # An inexact a costs ja of a term, at most 2/e of the first for j > 1; an inexact x costs four times its error.
    inexact = (a.error * (a_high + proved.weights) + 4 * proved.weights * x.error) * _SLACK / proved.least
    error = (1 + proved.relative) * (1 + inexact) - 1
    low = (-a_high).exp() * proved.least / (1 + x_high**2) ** 2
    return Magnitude(_POSITIVE, low.lower(), ((-a_low).exp() / (1 + x_low**2) ** 2).upper(), error.upper())


def values(name: str, arguments: Sequence[Value], source: str) -> Value:
    r"""Return L(a, x), at most \min(1, x^{-4}), and its error.

    Raises:
        NotProved: an argument is more than a product of arguments.
    """
    a, (x, dust) = plain(arguments[0]), with_dust(arguments[1])
    if a is None or x is None:
        raise NotProved(f"{name} is proved for two products of arguments")
    proved = prove(source)
    # ja e^{-ja} <= 1/e for every term.
    error = proved.first + (a.error + 4 * x.error) * proved.weights * _SLACK
    falls = ((ONE, *(x.coefficient**-n for n in range(1, 5))),)
    return Part(ONE, (falls,), error.upper()), Part(SUBNORMAL, error=arb(64), value=False), *dust
