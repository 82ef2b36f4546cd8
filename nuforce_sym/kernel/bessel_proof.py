r"""The proved error of the runtime's K_n, from the runtime's text.

For every pair of doubles a, b with 1e-8 <= ab <= 700 the computed bessel_k(n, a, b) differs from K_n(ab) by at most
`bound(n)` times K_n(ab). The pieces:

* approximation: the polynomials and rational functions *with the doubles that stand in the text*, in exact arithmetic,
  against K_0 and K_1: the power series with its tail bounded; for x > 1, s(u) = \sqrt x\,e^xK_n(x), u = 1/x, against
  A/B by Taylor expansion of s about the middle of each interval, whose coefficients follow from
  u^2 s'' + 2(u+1)s' - (n^2-1/4)s = 0 and whose remainder is bounded by Cauchy's inequality with |s_0| <= \sqrt{\pi/2},
  |s_1(u)| <= s_1(|u|) for Re u > 0 (DLMF 10.32.8);
* rounding: forward analysis of the text of `_near` and `_far` over small intervals (`straight_line`), then of the
  recurrence, whose terms are all positive;
* argument: the rounding error of ab is carried for x > 1, and costs at most |x K_n'/K_n| <= n + x units for x <= 1.

Read from the text are the tables and `_near` and `_far`. The other functions (`bessel_k`, `_order`, `_k0_k1`,
`_polynomial`, `product`) are taken as they stand in `runtime`: `reader` accepts a module only if they are those, to the
letter, and every certificate samples them.

Assumed: IEEE 754 binary64 with rounding to nearest, no extended precision; NumPy's exp and log within one unit in the
last place; Dekker's theorem on the exact product.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flint import arb, arb_poly, ctx

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, exact, plus, times
from nuforce_sym.kernel.straight_line import run

LOWEST, HIGHEST = 1e-8, 700.0
HIGHEST_ORDER = 12
ASSUMPTIONS = (
    "IEEE 754 binary64 arithmetic, rounding to nearest",
    "NumPy's exp and log are within one unit in the last place",
    "the error of a product is found exactly by Dekker's algorithm",
)
PRECISION = 200
_ULP = 2 * U
_TAYLOR_TERMS = 40


@dataclass(frozen=True)
class BesselBound:
    """Proved relative bounds on bessel_k(n, a, b) for 1e-8 <= a b <= 700, by order n."""

    by_order: tuple[float, ...]
    intervals: int

    def bound(self, order: int) -> float:
        """Return the bound for K_order.

        Raises:
            NotProved: the order is beyond `HIGHEST_ORDER`.
        """
        if not 0 <= order < len(self.by_order):
            raise NotProved(f"the error of K_{order} is proved for orders up to {len(self.by_order) - 1} only")
        return self.by_order[order]


def bessel_k(order: int, x: arb, digits: int = 40, precision: int = PRECISION) -> arb:
    """Return an enclosure of K_order(x) for a thin ball x, with the working precision raised until it is tight.

    Below the asymptotic region FLINT's convergent series loses about 2x/log(2) bits; with them in reserve from the start it
    does not try the asymptotic series, which is slow where it is not accurate enough.
    """
    size = float(abs(x).mid())
    if 4.0 < size < 0.53 * precision:
        precision += int(4.7 * size)
    while precision <= 1 << 14:
        with ctx.workprec(precision):
            value = x.bessel_k(arb(order))
            if value.rel_accuracy_bits() > 3.33 * digits:
                return value
        precision *= 2
    raise NotProved(f"FLINT gives no tight enclosure of K_{order}({x})")


@cache
def prove(source: str) -> BesselBound:
    """Return the bounds that hold for the runtime block ``source``.

    Raises:
        NotProved: the text is not the runtime that the proof understands, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    tables = _tables(module)
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    if not {"_near", "_far"} <= set(functions):
        raise NotProved("the runtime has no functions _near and _far")
    with ctx.workprec(PRECISION):
        worst = [arb(0)] * (HIGHEST_ORDER + 1)
        near = _intervals(LOWEST, 1.0, 160)
        far = _intervals(1.0, HIGHEST * (1 + 1e-9), 120)
        for low, high in near:
            errors = _near_errors(functions["_near"], tables, low, high)
            worst = [w.max(e) for w, e in zip(worst, _climb(errors, high, near=True), strict=True)]
        for low, high in far:
            errors = _far_errors(functions["_far"], tables, low, high)
            worst = [w.max(e) for w, e in zip(worst, _climb(errors, high, near=False), strict=True)]
        return BesselBound(tuple(_up(w) for w in worst), len(near) + len(far))


def _up(bound: arb) -> float:
    """Return a short decimal double that is not below ``bound``."""
    if not bound < 1e-10:
        raise NotProved(f"the error of K_n cannot be bounded below 1e-10: {bound}")
    value = float(f"{float(bound.upper()) * 1.005:.2e}")
    if not arb(value) >= bound:
        raise NotProved("the printed bound is below the proved one")
    return value


def _tables(module: ast.Module) -> dict[str, list[arb]]:
    tables = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=elements)):
                tables[name] = [arb(ast.literal_eval(e)) for e in elements]
    return tables


def _intervals(low: float, high: float, count: int) -> list[tuple[arb, arb]]:
    ends = [low * (high / low) ** (i / count) for i in range(count)] + [high]
    return [(arb(a), arb(b)) for a, b in itertools.pairwise(ends)]


def _library(tables: dict[str, list[arb]]):  # type: ignore[no-untyped-def]
    def call(node: ast.Call, values: list[Magnitude]) -> Magnitude:
        name = ast.unparse(node.func)
        if name == "_polynomial":
            return _horner(tables[node.args[0].id], values[-1])  # type: ignore[attr-defined]
        (x,) = values
        positive = (1, frozenset[str]())
        if name == "np.sqrt" and x.sign == positive:
            error = ((1 + x.error) * (1 + U) - 1).upper()
            return Magnitude(positive, x.low.sqrt().lower(), x.high.sqrt().upper(), error)
        if name == "np.exp":
            ends = sorted((x.sign[0] * x.low, x.sign[0] * x.high), key=float)
            error = ((1 + x.high * x.error * 2) * (1 + _ULP) - 1).upper()
            return Magnitude(positive, ends[0].exp().lower(), ends[1].exp().upper(), error)
        if name == "np.log" and x.sign == positive and x.error == 0 and x.high <= 1:
            return Magnitude((-1, frozenset()), (-x.high.log()).lower(), (-x.low.log()).upper(), _ULP)
        raise NotProved(f"the analysis does not know {ast.unparse(node)!r} here")

    return call


def _horner(coefficients: Sequence[arb], y: Magnitude) -> Magnitude:
    total = exact(coefficients[-1])
    for c in coefficients[-2::-1]:
        total = plus(times(total, y), exact(c))
    return total


def _near_errors(function: ast.FunctionDef, tables: dict[str, list[arb]], low: arb, high: arb) -> tuple[arb, arb]:
    x = Magnitude((1, frozenset()), low, high, arb(0))
    rounding = [v.error for v in run(function, {"x": x}, _library(tables))]
    y, log = (high**2 / 4).upper(), (-low.log()).upper()
    log2 = arb(2).log()
    I_0, psi_0, I_1, psi_1 = (arb(0) for _ in range(4))
    digamma = -arb.const_euler()
    # Differences between the text's coefficients and the series', summed with the largest y of the interval.
    for k in range(len(tables["_I_0"])):
        factorial = arb(k).gamma() * k if k else arb(1)
        after = digamma + arb(1) / (k + 1)
        I_0 += abs(tables["_I_0"][k] - 1 / factorial**2) * y**k
        psi_0 += abs(tables["_PSI_0"][k] - (digamma + log2) / factorial**2) * y**k
        I_1 += abs(tables["_I_1"][k] - 1 / (2 * factorial**2 * (k + 1))) * y**k
        psi_1 += abs(tables["_PSI_1"][k] - (digamma + after + 2 * log2) / (4 * factorial**2 * (k + 1))) * y**k
        digamma = after
    # The rest of each series: its terms fall at least by y/n^2 < 1/400 each, and digamma(k) < k.
    n = len(tables["_I_0"])
    rest = y**n / (arb(n).gamma() * n) ** 2 * (n + 2) * 2
    K_0, K_1 = bessel_k(0, high), bessel_k(1, high)
    approximation = (log * (I_0 + rest) + psi_0 + rest) / K_0, high * (log * (I_1 + rest) + psi_1 + rest) / K_1
    return tuple(((1 + a) * (1 + r) - 1).upper() for a, r in zip(approximation, rounding, strict=True))  # type: ignore[return-value]


def _far_errors(function: ast.FunctionDef, tables: dict[str, list[arb]], low: arb, high: arb) -> tuple[arb, arb]:
    positive = (1, frozenset[str]())
    x = Magnitude(positive, low, high, arb(0))
    # 1 - low_part: the low part is below u x, so that the factor is within 1e-13 of one; its own rounding counts.
    tiny = (high * U).upper()
    correction = {"x": x, "low": Magnitude(positive, arb(0), tiny, arb(0))}
    rounding = [v.error for v in run(function, correction, _library(tables))]
    approximation = [_taylor_error(n, tables[f"_A_{n}"], tables[f"_B_{n}"], low, high) for n in (0, 1)]
    # exp(-low) is 1 - low up to low^2.
    return tuple(((1 + a) * (1 + r) * (1 + tiny**2) - 1).upper() for a, r in zip(approximation, rounding, strict=True))  # type: ignore[return-value]


def _taylor_error(n: int, A: Sequence[arb], B: Sequence[arb], low: arb, high: arb) -> arb:
    r"""Return a bound on |A(1/x)/(B(1/x) s(1/x)) - 1| over low <= x <= high, both exact."""
    middle = arb(float((low + high) / 2))
    c = 1 / middle
    h = (1 / low - c).max(c - 1 / high).upper()
    s = _taylor_coefficients(n, middle)
    radius = c * arb("0.9")
    largest = (arb.pi() / 2).sqrt() if n == 0 else _scaled(1, arb(float(middle) / 2))
    ratio = h / radius
    remainder = largest * ratio**_TAYLOR_TERMS / (1 - ratio)
    a, b = (arb_poly(list(row))(arb_poly([c, 1])) for row in (A, B))
    difference = a - b * arb_poly(s)
    size = sum((abs(difference[k]) * h**k for k in range(difference.length())), arb(0))
    # B increases with u; s_0 decreases and s_1 increases.
    B_low, B_high = (arb_poly(list(B))(1 / x) for x in (high, low))
    smallest = _scaled(n, low if n == 0 else high)
    return ((size + B_high * remainder) / (B_low * smallest)).upper()


def _scaled(n: int, x: arb) -> arb:
    """Return s_n(1/x) for an exact x."""
    return x.sqrt() * x.exp() * bessel_k(n, x)


def _taylor_coefficients(n: int, x: arb) -> list[arb]:
    """Return the Taylor coefficients of s_n(u) about u = 1/x for an exact x."""
    c, K = 1 / x, bessel_k(n, x)
    slope = -bessel_k(abs(n - 1), x) - n * K / x
    # u = 1/x: ds/du = -x^2 d/dx[sqrt(x) e^x K_n].
    s = [_scaled(n, x), -(x**2) * x.sqrt() * x.exp() * (K / (2 * x) + K + slope)]
    kappa = arb(n) ** 2 - arb(1) / 4
    for k in range(_TAYLOR_TERMS - 2):
        known = 2 * (k + 1) * (c * k + c + 1) * s[k + 1] + (k * (k + 1) - kappa) * s[k]
        s.append(-known / (c**2 * (k + 2) * (k + 1)))
    return s


def _climb(errors: tuple[arb, arb], high: arb, *, near: bool) -> list[arb]:
    """Return the errors of K_0 ... K_HIGHEST_ORDER from those of K_0 and K_1 by the recurrence."""
    found = list(errors)
    for m in range(1, HIGHEST_ORDER):
        # 2 m/x K_m: one division, one product; x may be off by u where its low part is not carried along.
        climbing = (1 + found[m]) * (1 + U) ** 2 * (1 + U) - 1
        found.append(((1 + found[m - 1].max(climbing)) * (1 + U) - 1).upper())
    shifts = [(n + high) * U * 2 if near else (n + 1) * U for n in range(HIGHEST_ORDER + 1)]
    return [((1 + e) * (1 + shift) - 1).upper() for e, shift in zip(found, shifts, strict=True)]
