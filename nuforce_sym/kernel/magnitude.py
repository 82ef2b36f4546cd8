r"""Forward error analysis: a value over a box of arguments, and how far the computed value may be from it.

A `Magnitude` holds the sign of an exact value, an enclosure low <= |value| <= high over the box, a bound on
|computed - exact|/|exact|, and how many times an underflow may have cost up to half a subnormal step on the way. The
ends are FLINT balls, so that every inequality is rigorous. u = 2^-53 is the unit roundoff of IEEE 754 binary64.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import arb

from nuforce_sym.errors import NotDerivable

U = arb(2) ** -53
LARGEST = arb(2) ** 1023
SMALLEST = arb(2) ** -1022


class NotProved(NotDerivable):
    """The analysis cannot bound the error over this box."""


Sign = tuple[int, frozenset[str]]
"""+1 or -1, and the names of the real arguments whose signs, unknown, multiply it."""


@dataclass(frozen=True)
class Magnitude:
    """An exact value over a box, and the relative error of its computed counterpart; see the module."""

    sign: Sign
    low: arb
    high: arb
    error: arb
    underflows: int = 0

    def power_of_two(self) -> bool:
        """Whether the value is one exact power of two, by which multiplication does not round."""
        if self.error != 0 or self.low != self.high or self.sign[1]:
            return False
        mantissa, _ = self.low.mid().man_exp()
        return abs(int(mantissa)) == 1


def exact(value: arb) -> Magnitude:
    """Return a number that is a double, or any exact constant."""
    return Magnitude((1 if value >= 0 else -1, frozenset()), abs(value), abs(value), arb(0))


def argument(name: str, low: float, high: float, *, positive: bool) -> Magnitude:
    """Return an argument with low <= |argument| <= high, whose sign is unknown unless it is ``positive``."""
    return Magnitude((1, frozenset() if positive else frozenset({name})), arb(low), arb(high), arb(0))


def _rounded(error: arb) -> arb:
    return ((1 + error) * (1 + U) - 1).upper()


def times(a: Magnitude, b: Magnitude) -> Magnitude:
    """Return the product; exact where one factor is a power of two. Raises `NotProved` where it may overflow."""
    sign = (a.sign[0] * b.sign[0], a.sign[1] ^ b.sign[1])
    error = ((1 + a.error) * (1 + b.error) - 1).upper()
    if not (a.power_of_two() or b.power_of_two()):
        error = _rounded(error)
    return _in_range(Magnitude(sign, (a.low * b.low).lower(), (a.high * b.high).upper(), error, a.underflows + b.underflows))


def over(a: Magnitude, b: Magnitude) -> Magnitude:
    """Return the quotient; raises `NotProved` where the divisor may vanish or underflow."""
    if not b.low > 0:
        raise NotProved("a divisor may vanish in the box")
    if b.underflows:
        raise NotProved("a divisor may underflow in the box")
    sign = (a.sign[0] * b.sign[0], a.sign[1] ^ b.sign[1])
    error = ((1 + a.error) / (1 - b.error) - 1).upper()
    if not b.power_of_two():
        error = _rounded(error)
    return _in_range(Magnitude(sign, (a.low / b.high).lower(), (a.high / b.low).upper(), error, a.underflows))


def plus(a: Magnitude, b: Magnitude) -> Magnitude:
    """Return the sum; terms of one sign do not amplify their errors, others do by (|a|+|b|)/|a+b|."""
    underflows = a.underflows + b.underflows
    if a.sign == b.sign:
        if b.error > a.error:
            a, b = b, a
        # The larger error weighs most where its term is largest and the other smallest.
        weight = a.high / (a.high + b.low)
        error = (a.error * weight + b.error * (1 - weight)).upper()
        return _in_range(Magnitude(a.sign, (a.low + b.low).lower(), (a.high + b.high).upper(), _rounded(error), underflows))
    if a.sign[1] != b.sign[1]:
        raise NotProved("a sum has terms of unknown relative sign")
    if b.low > a.high:
        a, b = b, a
    if not a.low > b.high:
        raise NotProved("a sum may cancel completely in the box")
    low, high = (a.low - b.high).lower(), (a.high - b.low).upper()
    error = ((a.high * a.error + b.high * b.error) / low).upper()
    return _in_range(Magnitude(a.sign, low, high, _rounded(error), underflows))


def root(a: Magnitude) -> Magnitude:
    """Return the square root, which IEEE 754 rounds once; 1 - sqrt(1 - e) <= e/2 + e^2/2."""
    if a.underflows or a.sign != (1, frozenset()):
        raise NotProved("what stands under a root may underflow or be negative in the box")
    error = (a.error / 2 + a.error**2 / 2).upper()
    return _in_range(Magnitude(a.sign, a.low.sqrt().lower(), a.high.sqrt().upper(), _rounded(error)))


def negative(a: Magnitude) -> Magnitude:
    """Return the negative, which does not round."""
    return replace(a, sign=(-a.sign[0], a.sign[1]))


def _in_range(value: Magnitude) -> Magnitude:
    if not value.high < LARGEST:
        raise NotProved(f"an intermediate value may reach {float(value.high):.1e} in the box and overflow")
    if not value.low > SMALLEST:
        return replace(value, underflows=value.underflows + 1)
    return value


def rounded_up(error: arb) -> float:
    """Return a short decimal double that is not below ``error``."""
    value = float(f"{float(error.upper()) * 1.05:.1e}")
    if not arb(value) >= error:
        raise NotProved("the printed bound is below the proved one")
    return value
