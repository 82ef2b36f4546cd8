r"""The proved error of the runtime's sums over Matsubara's frequencies, from its text.

M(\kappa,b) = \sum_{n\ge0}(1+\delta\kappa^2b^2+w_n)e^{-w_n}, w_n = 2b\sqrt{\kappa^2+\pi^2(2n+1)^2}, \delta = 1 for Dirac's
neutrinos and 0 for Majorana's; all terms are positive. The text adds the first N of them, N read from it, the smallest first.

* Terms left out: with d_n = w_n-w_0, which grows with b and falls with \kappa, the n-th is at most (2n+1)e^{-d_n} of the
  first, and since w_n is convex in n they fall faster than a geometric series.
* Rounding: w_n is off by at most 5u of itself, which costs w_n of that in the exponential; d_n(1+d_n/w_0)e^{-d_n} summed over
  the terms bounds what w_n exceeds w_0 by on average.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flint import arb, ctx

from nuforce_sym.kernel.box import Interval
from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U

PRECISION = 120
ASSUMPTIONS = ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's exp is within one unit in the last place")
LARGEST_EXPONENT = 690
_POSITIVE = (1, frozenset[str]())
_SLACK = 1 + arb(2) ** -20


def terms(source: str) -> int:
    """Return the number of terms in the text.

    Raises:
        NotProved: the text has no such number.
    """
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="_FREQUENCIES")], value=ast.Constant(value=int(count))) if count > 1:
                return count
    raise NotProved("the runtime has no number of Matsubara's frequencies")


def exponent(n: int, kappa: arb, b: arb) -> arb:
    """Return w_n."""
    value: arb = 2 * b * (kappa**2 + (arb.pi() * (2 * n + 1)) ** 2).sqrt()
    return value


def rest(count: int, kappa: arb, b: arb) -> arb:
    """Return a bound on the terms beyond the first ``count``, over the first term, for all up to kappa and from b on.

    Raises:
        NotProved: they do not fall.
    """
    excess, step = (exponent(count, kappa, b) - exponent(n, kappa, b) for n in (0, count - 1))
    ratio = (-step).exp() * (arb(2 * count + 3) / (2 * count + 1))
    if not ratio < 1:
        raise NotProved("Matsubara's sum does not converge fast enough")
    return ((2 * count + 1) * (-excess).exp() / (1 - ratio)).upper()


def magnitude(name: str, ranges: Sequence[Interval], values: Sequence[Magnitude], source: str) -> Magnitude:
    """Return M over the box and its error.

    Raises:
        NotProved: the exponent of the first term may exceed 690, or too much is left out.
    """
    (low_k, high_k), (low_b, high_b) = ranges
    kappa, b = values
    count = terms(source)
    with ctx.workprec(PRECISION):
        largest = exponent(0, high_k, high_b)
        if not largest < LARGEST_EXPONENT or kappa.underflows or b.underflows:
            raise NotProved(f"{name} is proved for first terms above e^-{LARGEST_EXPONENT}")
        missing = rest(count, high_k, low_b)
        if not missing < U / 4:
            raise NotProved(f"{count} terms leave out {float(missing):.1e} of {name} at the smallest T r")
        # x e^-x <= 1/e and x^2 e^-x <= 4/e^2, with w_0 >= 2 pi b.
        above = count * (1 / arb(1).exp() + 4 / arb(2).exp() / (2 * arb.pi() * low_b))
        exponents = 5 * U + kappa.error + b.error
        front = 4 * U + 2 * (kappa.error + b.error)
        each = (largest + above) * exponents + (2 + 2) * U + front.max(exponents)
        error = ((1 + each * _SLACK) * (1 + count * U) * (1 + missing) * (1 + arb(2) ** -60) - 1) * _SLACK
        heavy = (low_k * low_b) ** 2 if name == "matsubara_dirac" else arb(0)
        heaviest = (high_k * high_b) ** 2 if name == "matsubara_dirac" else arb(0)
        smallest = exponent(0, low_k, low_b)
        # (1 + w) e^-w falls.
        low = (1 + heavy + largest) * (-largest).exp()
        first = exponent(0, high_k, low_b)
        ratios = ((2 * n + 1) * (first - exponent(n, high_k, low_b)).exp() for n in range(count))
        high = (1 + heaviest + smallest) * (-smallest).exp() * sum(ratios, missing)
        return Magnitude(_POSITIVE, low.lower(), high.upper(), error.upper())
