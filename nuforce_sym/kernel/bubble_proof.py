r"""The proved error of the runtime's Z-Z bubble, from the runtime's tables.

For doubles a, b with 1e-9 <= x = ab <= 1e12 the computed z_bubble(a, b) differs from Z(x) by at most E times
12/(1+x)^4, which is Z's own size at large x and does not vanish where Z does. The pieces, with G = e^xE_1, H = e^{-x}Ei:

* approximation, for the doubles in the tables in exact arithmetic. x <= 1: the power series. 1 < x <= 64: Taylor
  expansion of x^4Z about the middle c of each small interval by G' = G-1/x and H' = -H+1/x, with Cauchy's bound on its
  rest from |G| <= 1/Re x and |Ei(x)| <= |Ei(c)| + |x-c| max|e^w/w|. x > 64: n = 35 terms of the series of G and H leave
  |R_G| <= n!/x^{n+1} and, since R_H' = -R_H + n!/x^{n+1},
  |R_H| <= e^{-(x-64)}|R_H(64)| + n!x^{-n-1}/(1-(n+1)/64);
* rounding: Horner's rule, 2k+1 roundings for the k-th term, and what follows it;
* argument: x = ab is rounded, which costs U|xZ'|.

Read from the text are the tables. The functions are taken as they stand in `runtime`: `reader` accepts a module
only if they are those, to the letter, and every certificate samples them.

Assumed: IEEE 754 binary64 with rounding to nearest; NumPy's log within one unit in the last place.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sympy as sp
from flint import arb, arb_poly, ctx

from nuforce_sym.kernel.kernel import Kernel
from nuforce_sym.kernel.magnitude import LARGEST, Magnitude, NotProved, U, argument, rounded_up
from nuforce_sym.kernel.reader import Module, expression
from nuforce_sym.kernel.straight_line import Call, evaluate
from nuforce_sym.symbols import symbol

LOWEST, HIGHEST = 1e-9, 1e12
ASSUMPTIONS = ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's log is within one unit in the last place")
PRECISION = 300
_TERMS = 60
_PARTS = 8
_EXACT_TERMS = 40


@dataclass(frozen=True)
class BubbleBound:
    """The largest |computed - Z| and the largest |Z|, both in units of 12/(1+x)^4."""

    error: float
    size: float


@cache
def prove(source: str) -> BubbleBound:
    """Return the bounds that hold for the runtime block ``source``.

    Raises:
        NotProved: the text has no tables of the right shape, or an inequality of the proof fails.
    """
    tables = _tables(ast.parse(source))
    with ctx.workprec(PRECISION):
        near, log_part = tables["_Z_NEAR"]
        found = [_near(near, log_part, low, high) for low, high in _near_intervals()]
        for j, row in enumerate(tables["_Z_MIDDLE"]):
            found += [_middle(row, j, part) for part in range(_PARTS)]
        found.append(_far(tables["_Z_FAR"][0], arb(2) ** len(tables["_Z_MIDDLE"])))
        errors, sizes = ([float(arb(x).upper()) for x in column] for column in zip(*found, strict=True))
        return BubbleBound(rounded_up(arb(max(errors))), rounded_up(arb(max(sizes))))


def bound(kernel: Kernel, module: Module, library: Call) -> float:
    """Return B with |computed - exact| <= B |envelope| for a kernel that is a product of arguments and one Z(ab).

    Raises:
        NotProved: the text is of another form, or the envelope is not 12/(1+x)^4 times that product.
    """
    match module.function.body[1:]:
        case [
            ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="z_bubble"), args=[first, second])),
            ast.Return(value=ast.BinOp(left=left, op=ast.Mult(), right=ast.Name(id=last))),
        ] if name == last:
            pass
        case _:
            raise NotProved("the text is no product of arguments with one z_bubble as the last factor")
    known: dict[str, sp.Expr] = {s: symbol(s) for s in module.arguments}
    x = expression(first, known) * expression(second, known)
    front = expression(left, known)
    ranges = [c for c in kernel.constraints if c.expr == x]
    if not ranges or ranges[0].low < LOWEST or ranges[0].high > HIGHEST:
        raise NotProved(f"Z({x}) is proved for {LOWEST} <= {x} <= {HIGHEST}: give a constraint within that range")
    if kernel.envelope is None or sp.cancel(kernel.envelope * (1 + x) ** 4 / (12 * front)) != 1:
        raise NotProved(f"the error of Z({x}) is proved relative to the envelope {12 * front / (1 + x) ** 4}")
    proved = prove(module.runtime)
    with ctx.workprec(PRECISION):
        names = {"pi": Magnitude((1, frozenset()), arb.pi().lower(), arb.pi().upper(), U)}
        for entry in kernel.arguments:
            names[entry.symbol.name] = argument(
                entry.symbol.name, entry.low, entry.high, positive=bool(entry.symbol.is_positive)
            )
        factor = evaluate(left, names, library)
        if factor.underflows or not factor.high * 100 < LARGEST:
            raise NotProved(f"{ast.unparse(left)} may leave the range of doubles in the box")
        inexact = (1 + factor.error) * (1 + U) - 1
        # An underflow of the result costs half a subnormal step, U of the smallest normal number.
        return rounded_up(arb(proved.error) * (1 + inexact) + arb(proved.size) * inexact + U)


def _tables(module: ast.Module) -> dict[str, list[list[arb]]]:
    tables = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=rows)) if name.startswith("_Z_"):
                tables[name] = [[arb(c) for c in ast.literal_eval(row)] for row in rows]
    if set(tables) != {"_Z_NEAR", "_Z_MIDDLE", "_Z_FAR"} or len(tables["_Z_NEAR"]) != 2:
        raise NotProved("the runtime has no tables _Z_NEAR, _Z_MIDDLE and _Z_FAR")
    return tables


def _near_intervals() -> list[tuple[arb, arb]]:
    ends = [arb(LOWEST) * (arb(1) / LOWEST) ** (arb(i) / 160) for i in range(161)]
    return [(a.lower(), b.upper()) for a, b in itertools.pairwise(ends)]


@cache
def _exact_near() -> tuple[list[arb], list[arb]]:
    r"""Return the Taylor coefficients of Z + (x\sinh x+2\cosh x)\ln x, and of -(x\sinh x+2\cosh x) in x^2."""
    n = _EXACT_TERMS
    factorial = [arb(k).gamma() * k if k else arb(1) for k in range(n)]
    up = [1 / f for f in factorial]
    down = [(-1) ** k * u for k, u in enumerate(up)]
    gamma = arb.const_euler()
    entire = [arb(0), *(up[k] / k for k in range(1, n))]
    flipped = [arb(0), *(down[k] / k for k in range(1, n))]
    forth = arb_poly([2, 1]) * arb_poly(up) * -(arb_poly([gamma]) + arb_poly(flipped))
    back = arb_poly([-2, 1]) * arb_poly(down) * (arb_poly([gamma]) + arb_poly(entire))
    series = [(forth[k] + back[k]) / 2 + down[k] - (k == 0) for k in range(n)]
    return series, [-(2 * up[2 * k] + (up[2 * k - 1] if k else arb(0))) for k in range(n // 2)]


def _near(row: Sequence[arb], log_row: Sequence[arb], low: arb, high: arb) -> tuple[arb, arb]:
    series, log_series = _exact_near()
    log, y = (-low.log()).upper(), (high**2).upper()
    unit = ((1 + high) ** 4 / 12).upper()
    # Coefficients beyond the 40th are below 2^(k+2)/(k-1)!.
    rest = arb(2) ** (_EXACT_TERMS + 3) / arb(_EXACT_TERMS).gamma()
    off = sum((abs(c - (row[k] if k < len(row) else 0)) * high**k for k, c in enumerate(series)), rest)
    log_off = sum((abs(c - (log_row[k] if k < len(log_row) else 0)) * y**k for k, c in enumerate(log_series)), rest)
    plain = sum((abs(c) * high**k for k, c in enumerate(row)), arb(0))
    logarithmic = sum((abs(c) * y**k for k, c in enumerate(log_row)), arb(0)) * log
    rounding = sum(((2 * k + 1) * abs(c) * high**k for k, c in enumerate(row)), arb(0))
    rounding += sum(((3 * k + 5) * abs(c) * y**k for k, c in enumerate(log_row)), arb(0)) * log + plain + logarithmic
    slope = sum((k * abs(c) * high**k for k, c in enumerate(series)), rest)
    slope += sum((abs(c) * y**k * (1 + 2 * k * log) for k, c in enumerate(log_series)), rest)
    return unit * (off + log * log_off + (rounding + slope) * U * (1 + 100 * U)), unit * (plain + logarithmic)


def _taylor(c: arb) -> list[arb]:
    """Return the Taylor coefficients of Z about c."""
    up, down = c.exp(), (-c).exp()
    G, H, fall = [up * c.expint(arb(1))], [down * c.ei()], [down]
    power = arb(1)
    for k in range(_TERMS - 1):
        power /= c  # (-1)^k/c^(k+1) are the coefficients of 1/x
        inverse = (-1) ** k * power
        G.append((G[k] - inverse) / (k + 1))
        H.append((-H[k] + inverse) / (k + 1))
        fall.append(-fall[k] / (k + 1))
    total = arb_poly([c + 2, 1]) * arb_poly(G) + arb_poly([c - 2, 1]) * arb_poly(H)
    return [total[k] / 2 + fall[k] - (k == 0) for k in range(_TERMS)]


def _middle(row: Sequence[arb], j: int, part: int) -> tuple[arb, arb]:
    w = arb(2) ** j / (2 * _PARTS)
    c = arb(2) ** j + (2 * part + 1) * w
    low, high = c - w, c + w
    unit = ((1 + low) / low) ** 4 / 12
    Z = _taylor(c)
    exact = arb_poly(Z) * arb_poly([c, 1]) ** 4
    ours = arb_poly(list(row))(arb_poly([2 * c / arb(2) ** j - 3, 2 / arb(2) ** j]))
    difference = ours - arb_poly([exact[k] for k in range(_TERMS)])
    radius = c / 2
    far, near = c + radius, c - radius
    H = (-near).exp() * (abs(c.ei()) + radius * far.exp() / near)
    largest = far**4 * (((far + 2) / near + (far + 2) * H) / 2 + (-near).exp() + 1)
    ratio = w / radius
    rest = largest * ratio**_TERMS / (1 - ratio)
    approximation = sum((abs(difference[k]) * w**k for k in range(difference.length())), rest)
    size = sum((abs(exact[k]) * w**k for k in range(_TERMS)), rest)
    rounding = sum(((2 * k + 1) * abs(a) for k, a in enumerate(row)), arb(0)) + 5 * size
    slope = high**5 * sum((k * abs(z) * w ** (k - 1) for k, z in enumerate(Z) if k), rest / w)
    return unit * (approximation + (rounding + slope) * U * (1 + 100 * U)), unit * size


def _far(row: Sequence[arb], start: arb) -> tuple[arb, arb]:
    unit = ((1 + start) / start) ** 4 / 12
    y = 1 / start**2
    n = 2 * len(row) + 3
    last = (arb(n + 1).gamma() / start ** (n + 1)).upper()
    H = (-start).exp() * start.ei() - sum((arb(k + 1).gamma() / start ** (k + 1) for k in range(n)), arb(0))
    rest_H = abs(H) + last / (1 - (n + 1) / start)
    exact = [(k - 2) * arb(k).gamma() for k in range(4, 4 + 2 * len(row), 2)]
    size = sum((a * y**k for k, a in enumerate(exact)), arb(0))
    coefficients = sum((abs(a - b) * y**k for k, (a, b) in enumerate(zip(exact, row, strict=True))), arb(0))
    missing = start**4 * (((start + 2) * last + start * rest_H) / 2 + (-start).exp())
    rounding = sum(((5 * k + 10) * abs(a) * y**k for k, a in enumerate(row)), arb(0))
    slope = sum(((2 * k + 4) * a * y**k for k, a in enumerate(exact)), arb(0)) + 2 * start * missing
    return unit * (coefficients + missing + (rounding + slope) * U * (1 + 100 * U)), unit * (size + missing)
