r"""The proved error of the runtime's phases, cosines and sines, from the runtime's text.

`phase(a_1, ..., a_n)` forms the product as x + y + z, which misses it by a few u^3 of itself, multiplies it by
1/(2\pi) = w_0+w_1+w_2 and takes integers away from the parts, which rounds nothing. With |y| <= Y u|x| and |z| <= Z u^2|x|,

    n = 2: Y = 1, Z = 0, and no error;  one factor more: Y' = Y+1, Z' = Z+2Y+1, and 3 Z' u^3 of error more;

the small products are rounded to (5(2+2Y+Z) + Y+Z+2) u^3, and the sum of the fractions to 9 u^2 of at most two turns and
of at most the phase itself. So the phase, in radians, is off by at most

    \delta = [ 4\pi\cdot 10\,u^2 + K_n u^3 \max(1, X) ] \min(1, |\Phi|),  |\Phi| <= X.

`more` and `less` add 8 u^2 turns of the same kind. Then sin(2\pi f), |f| <= 1/4, is a polynomial *with the numbers that
stand in the text*, compared with the sine by its alternating series, and evaluated by Horner's rule, whose rounding is
followed over small intervals. Rounding f costs u\,\theta\cos\theta: at most u of the sine, and u 0.5612 where the cosine
is a sine of 1/4 - |f|.

Underflow costs at most 2^{-1074} here and there: less than u^3 of a phase above `SMALLEST_PRODUCT`.

Read from the text are the tables. The functions are taken as they stand in `runtime`: `reader` accepts a module only if
they are those, to the letter, and every certificate samples them. Assumed: IEEE 754 binary64, rounding to nearest.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx

from nuforce_sym.kernel.magnitude import NotProved, U

PRECISION = 256
SMALLEST_PRODUCT = arb(2) ** -900
LARGEST_PRODUCT = arb(2) ** 96
_SLACK = 1 + arb(2) ** -40
_INTERVALS = 128


@dataclass(frozen=True)
class WaveBound:
    """Proved bounds: |error of sine| <= sine |sin|, |error of cosine| <= cosine, both for the phase as it stands."""

    sine: arb
    cosine: arb


def phase_error(factors: int, largest: arb) -> arb:
    r"""Return d such that the phase of a product of ``factors`` numbers is off by at most d \min(1, |phase|) radians.

    Raises:
        NotProved: the product may exceed `LARGEST_PRODUCT`.
    """
    if not largest < LARGEST_PRODUCT:
        raise NotProved(f"a phase may reach {float(largest):.1e}: its digits are kept up to {float(LARGEST_PRODUCT):.1e}")
    Y, Z, lost = 1, 0, 0
    for _ in range(factors - 2):
        Y, Z = Y + 1, Z + 2 * Y + 1
        lost += 3 * Z
    lost += 5 * (2 + 2 * Y + Z) + Y + Z + 2
    rest = 3 * (2 + 2 * Y + Z)  # the small products once more, rounded when they join the fractions
    return ((40 * arb.pi() * U**2 + (lost + rest) * U**3 * largest.max(arb(1))) * _SLACK).upper()


def sum_error() -> arb:
    r"""Return d such that `more` and `less` add at most d (\min(1, |\Phi_1|) + \min(1, |\Phi_2|)) radians of error."""
    return (16 * arb.pi() * U**2 * _SLACK).upper()


@cache
def prove(source: str) -> WaveBound:
    """Return the bounds that hold for the runtime block ``source``.

    Raises:
        NotProved: the text lacks the tables, or an inequality of the proof fails.
    """
    tables = _tables(ast.parse(source))
    if not {"_TURN", "_TWO_PI", "_SINE"} <= set(tables):
        raise NotProved("the runtime has no tables _TURN, _TWO_PI and _SINE")
    with ctx.workprec(PRECISION):
        _check_turn(tables["_TURN"])
        polynomial = _polynomial_error(tables["_TWO_PI"], tables["_SINE"])
        sine = (1 + polynomial) * (1 + U * _SLACK) - 1
        cosine = polynomial + U * arb("0.5612") * _SLACK * (1 + polynomial)
        return WaveBound(sine.upper(), cosine.upper())


def _tables(module: ast.Module) -> dict[str, list[arb]]:
    found = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=elements)):
                found[name] = [arb(ast.literal_eval(e)) for e in elements]
    return found


def _check_turn(turn: list[arb]) -> None:
    w = 1 / (2 * arb.pi())
    if not (
        len(turn) == 3
        and abs(turn[1]) <= U * w * _SLACK
        and abs(turn[2]) <= U**2 * w * _SLACK
        and abs(sum(turn, arb(0)) - w) <= U**3 * w * _SLACK
    ):
        raise NotProved("the three numbers of the text do not add up to 1/(2 pi)")


def _polynomial_error(two_pi: list[arb], sine: list[arb]) -> arb:
    """Return a bound on |computed/sin(2 pi f) - 1| for every double f with 0 < f <= 1/4 and a little beyond."""
    end = arb("0.25") + arb(2) ** -40
    worst = arb(0)
    for i in range(_INTERVALS):
        worst = worst.max(_interval_error(two_pi, sine, end * i / _INTERVALS, end * (i + 1) / _INTERVALS))
    return worst.upper()


def _interval_error(two_pi: list[arb], sine: list[arb], low: arb, high: arb) -> arb:
    w = (low**2).union(high**2)
    value, error = sine[-1], arb(0)
    for c in sine[-2::-1]:
        value, error = _times_w(value, error, w)
        value, error = _plus(value, error, c)
    value, error = _times_w(value, error, w)
    value, error = _plus(value, error, two_pi[1])
    value, error = _plus(value, error, two_pi[0])
    tau = 2 * arb.pi()
    term, approximation = tau, abs(sum(two_pi, arb(0)) - tau)
    for k, c in enumerate(sine, 1):
        term *= -(tau**2) / (2 * k * (2 * k + 1))
        approximation += abs(c - term) * high ** (2 * k)
    k = len(sine) + 1
    rest = abs(term) * tau**2 / (2 * k * (2 * k + 1)) * high ** (2 * k)
    smallest = (tau * high).sin() / high  # sin(2 pi f)/f decreases
    return ((1 + (error + approximation + rest) / smallest) * (1 + U) - 1).upper()


def _times_w(value: arb, error: arb, w: arb) -> tuple[arb, arb]:
    exact = value * w
    size = abs(value).upper() * w.upper()
    wrong = size * U + error * w.upper() * (1 + U)
    return exact, (wrong + U * (size + wrong)).upper()


def _plus(value: arb, error: arb, c: arb) -> tuple[arb, arb]:
    exact = value + c
    return exact, (error + U * (abs(exact).upper() + error)).upper()
