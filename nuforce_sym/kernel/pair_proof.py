r"""The proved error of the runtime's integrals over a pair of different masses, from the runtime's text.

For doubles a, b, r with 1e-8 <= ar, br <= 340 the computed pair_k(n, a, b, r), n = 1, 2, differs from
\int_0^\infty f(u)\,du, f = w_n(c)K_n(arc)K_n(brc), c = \cosh u, w_1 = 1/c, w_2 = (2-c^2)/c^3, by at most a bound times it;
so does pair_axial(a, b, r) for n = 2 with the weight 1/c.
Write x = ar, y = br, z = x+y, k_n(x) = x^nK_n(x) and f = f(0)g(u). What is used of the Bessel functions (DLMF 10.32.8 and
10.32.9): |K_n(w)| <= K_n(Re w); k_n decreases and e^wk_n(w) increases; \sqrt w\,e^wK_n(w) decreases. The pieces:

* the rule's error: the trapezoidal rule with step h errs by at most \int|g(u+iy)|du/(e^{2\pi y/h}-1) for any y < \pi/2
  (Trefethen and Weideman 2014), and with \kappa = \cos y
  |g(u+iy)| <= 3\kappa^{-11}c^{-2}e^{z(1-\kappa c)} for n = 2, \kappa^{-5}c^{-2}e^{z(1-\kappa c)} for n = 1 and
  \kappa^{-9}c^{-2}e^{z(1-\kappa c)} for the axial one;
* the terms left out, by the integral of |g| <= min(c^{-5}, c^{-2}e^{-z(c-1)}) beyond the last node for n = 2, and
  min(c^{-3}, c^{-2}e^{-z(c-1)}) for n = 1;
* rounding: of the nodes, which are moved by it, of r(1+s), whose rounding error is carried along, of the weights, of K_n
  (`bessel_proof`) and of the sum in any order;
* what all this is compared with: \int g >= \int_0e^{-z(c-1)}/c^3 for n = 1, and /c^5 for the axial one. For n = 2 g changes
  sign at c^2 = 2, from where on the decreasing k_n make it smaller: \int g >= (1-\rho)\int_0^{c^2<2}e^{-z(c-1)}(2-c^2)/c^7,
  with \rho the ratio of the negative to the positive part of (2-c^2)/c^7, whose integral is \pi/8.

All of it depends on z alone and is evaluated in balls over small intervals of z. It therefore holds for b -> 0 as well:
pair_light(a, r) is the case n = 2 with b^2r^2K_2(brc) replaced by its limit 2/c^2, which is computed with an error below 5u,
less than that of K_2, for which it stands.

Read from the text is the table of steps. The functions are taken as they stand in `runtime`: `reader` accepts a module
only if they are those, to the letter, and every certificate samples them.

Assumed beside what `bessel_proof` assumes: NumPy's sinh is within two units in the last place.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flint import arb, ctx

from nuforce_sym.kernel import bessel_proof
from nuforce_sym.kernel.magnitude import NotProved, U, rounded_up

LOWEST, HIGHEST = 1e-8, 340.0
ASSUMPTION = "NumPy's sinh is within two units in the last place"
_WIDTH = 0.12
_PANELS = 200


CASES = ("vector", "axial", "mass")
"""PairK2, PairAxial and PairK1."""


@dataclass(frozen=True)
class PairBound:
    """For each of `CASES` a proved relative bound, and enclosures of the ratio of the integral to K_n(ar)K_n(br)."""

    errors: Mapping[str, float]
    ratios: Mapping[str, tuple[float, float]]


def order_of(case: str) -> int:
    """Return the order of the Bessel functions in a case."""
    return 1 if case == "mass" else 2


@cache
def prove(source: str) -> PairBound:
    """Return the bounds that hold for the runtime text ``source``, which contains the blocks bessel and pair.

    Raises:
        NotProved: the text has no table of steps, or an inequality of the proof fails.
    """
    steps = _steps(ast.parse(source))
    kernel = bessel_proof.prove(source)
    with ctx.workprec(bessel_proof.PRECISION):
        if kernel.bound(2) < 5 * float(U):
            raise NotProved("the error of K_2 is below that of 2/c^2, for which it stands in the case of a massless partner")
        errors, ratios = {}, {}
        for case in CASES:
            more, fewer, last = steps[order_of(case)]
            bessel = arb(kernel.bound(order_of(case)))
            # The computed z, which chooses the number of steps, may be off by a few units.
            found = [_interval(case, more, last, low, high, bessel) for low, high in _z_intervals(2 * LOWEST, 1 + 1e-12)]
            found += [_interval(case, fewer, last, low, high, bessel) for low, high in _z_intervals(1 - 1e-12, 2 * HIGHEST)]
            errors[case] = rounded_up(max((e for e, _ in found), key=lambda e: float(e.upper())))
            ratios[case] = (float(found[-1][1].lower()), 1.0)
        return PairBound(errors, ratios)


def _steps(module: ast.Module) -> dict[int, tuple[int, int, arb]]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="_PAIR_STEPS")], value=value):
                return {order: (more, fewer, arb(last)) for order, (more, fewer, last) in ast.literal_eval(value).items()}
    raise NotProved("the runtime has no table _PAIR_STEPS")


def _z_intervals(low: float, high: float) -> list[tuple[arb, arb]]:
    count = math.ceil(math.log(high / low) / _WIDTH)
    ends = [low * (high / low) ** (i / count) for i in range(count)] + [high * (1 + 1e-12)]
    return [(arb(a), arb(b)) for a, b in itertools.pairwise(ends)]


def _interval(case: str, number: int, last: arb, low: arb, high: arb, bessel: arb) -> tuple[arb, arb]:
    """Return the relative error over low <= z <= high, and a lower bound on the normalised integral."""
    floor = _floor(case, high)
    # The step decreases with z; a few units of rounding in it move all nodes alike and change nothing.
    h_high, h_low = (_span(last, z) / number for z in (low, high))
    rule = min((_rule(case, h_high, low, high, arb(tenths) / 20) for tenths in range(4, 30)), key=lambda e: float(e.upper()))
    missing = _missing(case, number * h_low * (1 - arb(1e-12)), low)
    rounding = _rounding(case, number, (h_low, h_high), (low, high), bessel)
    return ((rule + missing + rounding) / floor).upper(), floor


def _span(last: arb, z: arb) -> arb:
    """Return the place of the last node."""
    far = 2 * (20 / z).sqrt().asinh()
    return last if last < far else far


def _rule(case: str, h: arb, low: arb, high: arb, y: arb) -> arb:
    kappa = y.cos()
    front = {"vector": 3 / kappa**11, "axial": 1 / kappa**9, "mass": 1 / kappa**5}[case]
    width = (arb.pi() / (2 * low * kappa)).sqrt()
    width = width if width < 1 else arb(1)
    return 2 * front * (high * (1 - kappa)).exp() * width / ((2 * arb.pi() * y / h).exp() - 1)


def _missing(case: str, start: arb, low: arb) -> arb:
    """Return a bound on the integral of |g| beyond the last node."""
    power = 3 if case == "mass" else 5
    by_power = arb(2) ** power * (-power * start).exp() / power
    by_exponential = (-low * (start.cosh() - 1)).exp() * (1 - start.tanh())
    return by_power if by_power < by_exponential else by_exponential


def _rounding(case: str, number: int, h: tuple[arb, arb], z: tuple[arb, arb], bessel: arb) -> arb:
    total, size = arb(0), arb(0)
    power = 3 if case == "mass" else 5
    for n in range(number + 1):
        near, far = (n * step for step in h)
        s_near, s_far = near.cosh() - 1, far.cosh() - 1
        c = 1 + s_near
        by_power, by_exponential = c**-power, (-z[0] * s_near).exp() / c**2
        g = (h[1] * (by_power if by_power < by_exponential else by_exponential)).upper()
        # s = 2 sinh^2(v): v is off by 2u, hence sinh by 2(1+v)u + 4u, and s by twice that and 2u more.
        off = (2 * (2 * (1 + far / 2) + 4) + 3) * U
        nodes = off * (z[1] * s_far + 2 * order_of(case) + 7)
        # r + rs: its rounding error is put back to first order; what is left is of relative size n/x, and second order.
        argument = 2 * order_of(case) * 2 * U + ((z[1] * (1 + s_far) * 2 * U) ** 2) + 3 * U
        weight = 3 * 9 * U if case == "vector" else 2 * U
        product = (1 + bessel) ** 2 * (1 + U) ** 6 - 1
        total += g * (nodes + argument + weight + product)
        size += g
    return (total + (number + 4) * U * size).upper()


@cache
def _grid() -> list[arb]:
    """Return u from 0 to the zero of 2 - cosh^2 u, in steps whose ends are cheap to share."""
    end = arb(2).sqrt().acosh()
    return [end * i / _PANELS for i in range(_PANELS + 1)]


def _floor(case: str, z: arb) -> arb:
    """Return a lower bound on the normalised integral at z, which decreases with z: a lower Riemann sum."""
    # For large z the integrand lives at u ~ 1/sqrt(z): the grid is drawn together.
    scale = arb(1) if z < 16 else 4 / z.sqrt()
    total = arb(0)
    for left, right in itertools.pairwise(_grid()):
        c = (right * scale).cosh()
        weight = {"vector": (2 - c**2) / c**7, "axial": 1 / c**5, "mass": 1 / c**3}[case]
        # The last point is the zero itself: its ball may reach below it.
        term = (-z * (c - 1)).exp() * weight * (right - left) * scale
        total += term.lower() if term > 0 else arb(0)
    return total.lower() * (1 - _negative_share()) if case == "vector" else total.lower()


@cache
def _negative_share() -> arb:
    r"""Return \rho: the upper Riemann sum of the positive part less \pi/8, over the lower one."""
    grid = _grid()
    upper, lower = arb(0), arb(0)
    for left, right in itertools.pairwise(grid):
        values = [(2 - u.cosh() ** 2) / u.cosh() ** 7 for u in (left, right)]
        upper += values[0].upper() * (right - left)
        lower += values[1].lower() * (right - left) if values[1] > 0 else arb(0)
    return ((upper - arb.pi() / 8) / lower).upper()
