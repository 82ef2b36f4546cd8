r"""The proved error of the runtime's spherical Bessel functions j_0 and j_1, from its text.

For x < 1 they are power series in x^2, whose coefficients *that stand in the text* are compared with (-1)^k/(2k+1)! and
(-1)^k/(2^kk!\,(2k+3)!!) and whose rounding is followed through Horner's rule; for x >= 1 they are \sin x/x and
(\sin x/x-\cos x)/x, with the runtime's sine and cosine of the phase. With the bounds s and c of `phase_proof` and a number
x that is off by \xi,

    |error of j_0| <= \max(e_0, s+\xi+2u)\,\min(1, 1/x),
    |error of j_1| <= \max(e_1/3, s+c+2\xi+5u)\,\min(x, 1/x),

up to the error of the phase itself, \delta, which enters for x >= 1 only, j_0 by at most \delta/x and j_1 by at most
2\delta/x. Around x = 1, where the text takes one form or the other by the rounded x, both hold.
"""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, exact, plus, times
from nuforce_sym.kernel.phase_proof import WaveBound

PRECISION = 200
_END = 1 + arb(2) ** -40
_PARTS = 32
_SLACK = 1 + arb(2) ** -30


@dataclass(frozen=True)
class SphericalBound:
    """What is proved of one runtime: the errors of both series, relative to 1 and to x/3, and those of the waves."""

    near: tuple[arb, arb]
    wave: WaveBound

    def error(self, order: int, inexact: arb) -> arb:
        r"""Return e, in \min(1, 1/x) for j_0 and in \min(x, 1/x) for j_1, for a number x off by ``inexact``."""
        if order == 0:
            # |x j_0'| <= x^2/3 < 1 where the series is used.
            return ((self.near[0] + inexact).max(self.wave.sine + inexact + 2 * U) * _SLACK).upper()
        far = self.wave.sine + self.wave.cosine + 2 * inexact + 5 * U
        # |x j_1'| <= x/3 there.
        return (((self.near[1] + inexact) / 3).max(far) * _SLACK).upper()


@cache
def prove(source: str, wave: WaveBound) -> SphericalBound:
    """Return the bounds for the runtime block ``source``.

    Raises:
        NotProved: the text lacks a table, or an inequality of the proof fails.
    """
    with ctx.workprec(PRECISION):
        tables = _tables(ast.parse(source))
        ends = [(_END * i / _PARTS) ** 2 for i in range(_PARTS + 1)]
        errors = [
            max((_near_error(tables[name], order, *pair) for pair in itertools.pairwise(ends)), key=float)
            for order, name in enumerate(("_J_0", "_J_1"))
        ]
        return SphericalBound((errors[0].upper(), errors[1].upper()), wave)


def _tables(module: ast.Module) -> dict[str, list[arb]]:
    found: dict[str, list[arb]] = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="_J_0" | "_J_1" as name)], value=ast.Tuple(elts=elements)):
                found[name] = [arb(ast.literal_eval(e)) for e in elements]
    if len(found) != 2:
        raise NotProved("the runtime has no tables _J_0 and _J_1")
    return found


def _near_error(table: list[arb], order: int, low: arb, high: arb) -> arb:
    """Return a bound on the error of j_0, or of j_1/(x/3), for low <= x^2 <= high: of Horner's rule and of its terms."""
    y = Magnitude((1, frozenset()), (low + high / 2**60).lower(), high.upper(), U)
    total = exact(table[-1])
    for c in table[-2::-1]:
        total = plus(times(total, y), exact(c))
    first = term = arb(1) / (2 * order + 1)
    wrong = arb(0)
    for k, c in enumerate(table):
        wrong += abs(c - term) * high**k
        term *= -arb(1) / (2 * (k + 1) * (2 * k + 3 + 2 * order))
    wrong += abs(term) * high ** len(table)
    # Both series fall from their first term, so that an error relative to the value is smaller relative to that.
    smallest = first * (1 - high / 6)
    return ((1 + total.error) * (1 + wrong / smallest) * (1 + U) - 1).upper()
