r"""The proved error of the runtime's spherical Bessel functions j_0 and j_1, from its text.

For x < 1 j_1 is x times a power series in x^2, whose coefficients *that stand in the text* are compared with
(-1)^k/(2^kk!\,(2k+3)!!) and whose rounding is followed through Horner's rule; for x >= 1 it is (\sin x/x-\cos x)/x, with
the runtime's sine and cosine of the phase. With the bounds s and c of `phase_proof` and a number x that is off by \xi,

    |error of j_0| <= (s + \xi + 2u) |j_0|,
    |error of j_1| <= e\min(x, 1/x),  e = \max(e_{near}, s + c + 2\xi + 5u),

up to the error d\min(1,\Phi) of the phase itself, which enters j_0 by at most d and j_1 by at most 2d. Around x = 1, where
the text takes one form or the other by the rounded x, both hold.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, exact, plus, times
from nuforce_sym.kernel.phase_proof import WaveBound

PRECISION = 200
_END = 1 + arb(2) ** -40
_PARTS = 32


@dataclass(frozen=True)
class SphericalBound:
    """What is proved of one runtime: the error of j_1 near 0, and those of the waves."""

    near: arb
    wave: WaveBound

    def error(self, order: int, inexact: arb) -> arb:
        r"""Return e, relative for j_0, in \min(x, 1/x) for j_1, for a number x with the relative error ``inexact``."""
        slack = 1 + arb(2) ** -30
        if order == 0:
            return ((self.wave.sine + inexact + 2 * U) * slack).upper()
        far = self.wave.sine + self.wave.cosine + 2 * inexact + 5 * U
        # x^n j_1'/j_1 lies between -1 and 1 for x < 1, and the series falls from x/3.
        near = (self.near + inexact * 2) / 3
        return (near.max(far) * slack).upper()


@cache
def prove(source: str, wave: WaveBound) -> SphericalBound:
    """Return the bounds for the runtime block ``source``.

    Raises:
        NotProved: the text lacks the table, or an inequality of the proof fails.
    """
    with ctx.workprec(PRECISION):
        table = _table(ast.parse(source))
        worst = arb(0)
        for i in range(_PARTS):
            worst = worst.max(_near_error(table, (_END * i / _PARTS) ** 2, (_END * (i + 1) / _PARTS) ** 2))
        return SphericalBound(worst.upper(), wave)


def _table(module: ast.Module) -> list[arb]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="_J_1")], value=ast.Tuple(elts=elements)):
                return [arb(ast.literal_eval(e)) for e in elements]
    raise NotProved("the runtime has no table _J_1")


def _near_error(table: list[arb], low: arb, high: arb) -> arb:
    """Return a bound on |computed/j_1(x) - 1| for low <= x^2 <= high, from Horner's rule and the neglected terms."""
    y = Magnitude((1, frozenset()), (low + high / 2**60).lower(), high.upper(), U)
    total = exact(table[-1])
    for c in table[-2::-1]:
        total = plus(times(total, y), exact(c))
    wrong, term = arb(0), arb(1) / 3
    for k, c in enumerate(table):
        wrong += abs(c - term) * high**k
        term *= -arb(1) / (2 * (k + 1) * (2 * k + 5))
    wrong += abs(term) * high ** len(table)
    smallest = arb(1) / 3 - high / 30
    return ((1 + total.error) * (1 + wrong / smallest) * (1 + U) - 1).upper()
