r"""What bounds a factor of a kernel that oscillates: parts, and the functions of the runtime that never exceed a number.

A `Bound` is a sum of \min(b_1, b_2, ...), each b_i a product of powers of arguments: for a sine \min(1, |\Phi|), and for
a falling exponential e^{-t} \leq (a/e)^at^{-a}.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import sympy as sp
from flint import arb

from nuforce_sym.kernel import spherical_proof, thermal_proof
from nuforce_sym.kernel.magnitude import NotProved, U
from nuforce_sym.kernel.phase_proof import WaveBound

ONE = sp.Integer(1)
EXACT = arb(0)
SUBNORMAL = sp.Rational(1, 2**1074)
_FALLS = tuple(sp.Rational(n, 2) for n in (1, 2, 3, 4))
Bound = tuple[tuple[sp.Expr, ...], ...]


@dataclass(frozen=True)
class Part:
    """One bound in a sum; ``value`` is False where it bounds an error only. See `oscillating`."""

    coefficient: sp.Expr
    bounds: tuple[Bound, ...] = ()
    error: arb = EXACT
    value: bool = True


Value = tuple[Part, ...]


def plain(value: Value) -> Part | None:
    """Return the one part of a value that is a product of arguments up to rounding, None for any other."""
    return value[0] if len(value) == 1 and not value[0].bounds and value[0].value else None


def with_dust(value: Value) -> tuple[Part | None, list[Part]]:
    """Return the part of a product of arguments, and what an underflow on the way to it may have cost."""
    dust = [p for p in value[1:] if not p.value and not p.bounds]
    return (plain(value[:1]), dust) if len(dust) == len(value) - 1 else (None, dust)


def up(number: arb) -> sp.Rational:
    """Return the rational number at the upper end of a ball."""
    mantissa, exponent = number.upper().man_exp()
    return sp.Integer(int(mantissa)) * sp.Integer(2) ** int(exponent)


@cache
def _fall(power: sp.Rational, extra: int) -> sp.Rational:
    """Return the largest value of t^(power+extra) e^(-t)."""
    a = arb(int((power + extra).p)) / int((power + extra).q)
    return up((a / arb(1).exp()) ** a) if a > 0 else ONE


def _root(product: sp.Expr, power: sp.Rational) -> sp.Expr:
    """Return a positive product to a power, with 1 - s for the size of s - 1."""
    result = ONE
    for factor in sp.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        turned = isinstance(base, sp.Add) and base.as_coeff_Add()[0].is_negative and exponent.is_even
        result *= (sp.expand(-base) if turned else base) ** (exponent * power)
    return result


def falling(t: sp.Expr, lowest: arb, extra: int = 0) -> Bound:
    r"""Return bounds on t^extra e^(-t), where t >= lowest."""
    at_end = [up(lowest**extra * (-lowest).exp())] if lowest > extra else []
    return ((*at_end, _fall(sp.Integer(0), extra), *(_fall(a, extra) * _root(t, -a) for a in _FALLS)),)


def decay(arguments: Sequence[Value], lowest: Callable[[sp.Expr], arb]) -> Value:
    r"""Return e^{-ab} and its error: that of the text, and that of ab, which costs t e^{-t} of its relative error.

    ``lowest`` gives the smallest value of a product over the box.

    Raises:
        NotProved: a or b is more than a product of arguments.
    """
    (a, a_dust), (b, b_dust) = (with_dust(v) for v in arguments)
    if a is None or b is None:
        raise NotProved("an exponential's exponent must be a product of arguments")
    t = a.coefficient * b.coefficient
    inexact = ((1 + a.error) * (1 + b.error) - 1).upper()
    # exp within one unit in the last place, the product's own rounding error to first order; beyond t = 745 it is 0.
    own = (1 + (745 * U) ** 2) * (1 + 2 * U) * (1 + U) ** 2 - 1
    low = lowest(t)
    parts = [Part(ONE, (falling(t, low),), own.upper()), Part(SUBNORMAL, error=arb(1), value=False)]
    # What an underflow of a or b costs.
    parts += [replace(p, coefficient=p.coefficient * q.coefficient * 2) for q, lost in ((b, a_dust), (a, b_dust)) for p in lost]
    if inexact != 0:
        # e^{-t} at a point nearby: within e^{745 e} of the value here, which is next to 1.
        parts.append(Part(ONE, (falling(t, low, 1),), (inexact * (1 + 800 * inexact)).upper(), value=False))
    return tuple(parts)


def spherical(order: int, turn_expr: sp.Expr, turn_error: Part, x: Value, wave: WaveBound, source: str) -> Value:
    r"""Return j_n(\Phi) and its error, n = 0 or 1, see `spherical_proof`; ``x`` is \Phi as a rounded number.

    Raises:
        NotProved: x is more than a product of arguments, or not the phase.
    """
    number, dust = with_dust(x)
    if number is None or sp.expand(number.coefficient - turn_expr) != 0:
        raise NotProved(f"the number {x[0].coefficient} beside the phase of j_{order} is not the phase {turn_expr}")
    proved = spherical_proof.prove(source, wave)
    size, errors = number.coefficient, proved.error(order, number.error)
    # Each of the phase's products adds at most its error, where the phase is used at all.
    phase = turn_error.error * len(turn_error.bounds[0])
    if order == 0:
        bounds = ((ONE, 1 / size),)
        return Part(ONE, (bounds,)), Part(ONE, (bounds,), errors, value=False), Part(ONE, (bounds,), phase, value=False), *dust
    largest = ((sp.Rational(1, 2), size / 3, sp.Rational(3, 2) / size),)
    return (
        Part(ONE, (largest,)),
        Part(ONE, (((ONE, size, 1 / size),),), errors, value=False),
        Part(sp.Integer(2), (((ONE, size, 1 / size),),), phase, value=False),
        *dust,
    )


def power_of_line(name: str, q: Value, x: Value, highest: Callable[[sp.Expr], arb]) -> Value:
    r"""Return the real or imaginary part of (1-ix)^{-q} and its error, q >= 1, from its modulus and its angle.

    With the angle \theta = \arctan x the modulus is \cos^q\theta, and q\theta\cos^q\theta <= \sqrt{q/e}; t e^{-t} <= 1/e
    for its logarithm t, and likewise \tfrac q2\sin^2\theta\cos^q\theta <= 1/e, which is what an error of x costs.

    Raises:
        NotProved: q or x is more than a product of arguments or a sum of positive ones, or q < 1 is possible.
    """
    power, (number, dust) = plain(q), with_dust(x)
    if power is None or number is None or not (power.coefficient - 1).is_nonnegative:
        raise NotProved("(1 - ix)^(-q) is proved for q >= 1 and products x of arguments")
    e_q, e_x = power.error, number.error
    library = 8 * U
    modulus = 2 * U + (e_q + library + 2 * U + 2 * e_x + U) / arb(1).exp()
    angle = (library + U + e_q + e_x) * (highest(power.coefficient) / arb(1).exp()).sqrt().max(arb(1))
    error = ((modulus + angle + library + U) * (1 + arb(2) ** -40)).upper()
    size = power.coefficient * number.coefficient
    bound: Bound = ((ONE, size),) if name == "im_power" else ((ONE,),)
    return Part(ONE, (bound,), error), *dust


def gas(name: str, arguments: Sequence[Value], source: str) -> Value:
    r"""Return 1-\frac y2(1+y\coth y)/\sinh y or 1-y/\sinh y, y = 2\pi ab, and its error; see `thermal_proof`.

    Raises:
        NotProved: a or b is not an argument itself.
    """
    a, b = (plain(v) for v in arguments)
    if a is None or b is None or a.error != 0 or b.error != 0:
        raise NotProved(f"{name} is proved for two arguments of a kernel")
    z = a.coefficient * b.coefficient
    # With f <= min(1, a) also f <= sqrt(a).
    if name == "thermal":
        return (Part(ONE, (((ONE, 6 * z**2, sp.Rational(19 * 16, 10) * z**4),),), thermal_proof.prove(source)),)
    return (Part(ONE, (((ONE, 3 * z, 7 * z**2),),), thermal_proof.prove_unscreened(source)),)
