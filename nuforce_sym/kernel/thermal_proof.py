r"""The proved error of the runtime's `thermal`, F(y) = 1-\frac y2\frac{1+y\coth y}{\sinh y}, y = 2\pi ab, from its text.

F cancels as y^4 where y is small. With v = (y/\pi)^2 the poles of 1/\sinh give

    F = \sum_{j\ge1}(-1)^{j+1}\frac{2v^2}{(j^2+v)^2} = \sum_{k\ge2}2(k-1)(-1)^k\eta(2k)\,v^k

(the series for v < 1), with \eta Dirichlet's function. For v <= 1 the text takes j = 1, 2 as they are and the others as a
power series, which falls as 9^{-k}; for v > 1 it takes the closed form, which cancels no more. The pieces of the proof:

* approximation: the coefficients *that stand in the text* against 2(k-1)(-1)^k(\eta(2k)-1+4^{-k}), and the rest of the
  series by twice its first term;
* rounding: forward analysis of the text of `_thermal_near` and `_thermal_far` over small intervals (`straight_line`);
* argument: 0 <= d\ln F/d\ln v <= 2 for v <= 1, since both F and -F/v^2 grow (each derivative is an alternating series of
  falling terms); beyond, y|F'| <= y\coth y\,(1-F), since 0 > d\ln(1-F)/d\ln y >= -y\coth y.

Beyond y = 60, 1 - F is below 1e-22, and F is 1 but for one rounding.

Likewise `unscreened`, 1-y/\sinh y = \sum_j(-1)^{j+1}2v/(j^2+v), whose logarithm has a slope in \ln v between 0 and 1.
"""

from __future__ import annotations

import ast
import itertools
from functools import cache

from flint import arb, ctx

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, exact, plus, times
from nuforce_sym.kernel.straight_line import run

PRECISION = 200
ASSUMPTIONS = (
    "IEEE 754 binary64 arithmetic, rounding to nearest",
    "NumPy's exp is within one unit in the last place",
)
_POSITIVE = (1, frozenset[str]())
_NEAR, _FAR = 48, 96
_END = 60
_SLACK = arb("1e-9")


@cache
def prove(source: str) -> arb:
    """Return B such that |computed - F| <= B F for the runtime block ``source`` and all doubles a, b with 1e-70 <= ab.

    Raises:
        NotProved: the text is not the runtime that the proof understands, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    functions = _functions(module)
    if not {"_thermal_near", "_thermal_far"} <= set(functions):
        raise NotProved("the runtime has no functions _thermal_near and _thermal_far")
    with ctx.workprec(PRECISION):
        table = _table(module, "_THERMAL")
        worst = arb(0)
        for low, high in _intervals(arb(0), 1 + _SLACK, _NEAR):
            worst = worst.max(_near_error(functions["_thermal_near"], table, low, high))
        for start, end in ((arb.pi() * (1 - _SLACK), arb(4)), (arb(4), arb(8)), (arb(8), arb(_END))):
            for low, high in _intervals(start, end, _FAR):
                worst = worst.max(_far_error(functions["_thermal_far"], low, high))
        return worst.upper()


@cache
def prove_unscreened(source: str) -> arb:
    """Return the same for the runtime's `unscreened`.

    Raises:
        NotProved: the text is not the runtime that the proof understands, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    functions = _functions(module)
    if not {"_unscreened_near", "_unscreened_far"} <= set(functions):
        raise NotProved("the runtime has no functions _unscreened_near and _unscreened_far")
    with ctx.workprec(PRECISION):
        table = _table(module, "_UNSCREENED")
        worst = arb(0)
        for low, high in _intervals(arb(0), 1 + _SLACK, _NEAR):
            worst = worst.max(_unscreened_near_error(functions["_unscreened_near"], table, low, high))
        for start, end in ((arb.pi() * (1 - _SLACK), arb(4)), (arb(4), arb(8)), (arb(8), arb(_END))):
            for low, high in _intervals(start, end, _FAR):
                worst = worst.max(_unscreened_far_error(functions["_unscreened_far"], low, high))
        return worst.upper()


def _functions(module: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}


def _unscreened_near_error(function: ast.FunctionDef, table: list[arb], low: arb, high: arb) -> arb:
    v, total = _horner(table, low, high)
    (rounded,) = run(_without_loop(function, "_UNSCREENED"), {"v": v, "total": total}, _call)
    wrong = arb(0)
    for k, c in enumerate(table):
        wrong += 2 * abs(c - _unscreened_coefficient(k)) * high**k
    wrong += 4 * arb(9) ** -(len(table) + 1) * high ** len(table)
    smallest = arb("0.72")  # (1 - y/sinh y)/v falls from 1.64 at v = 0 to 0.728 at v = 1
    argument = (1 + 3 * U * (1 + _SLACK)) - 1
    return ((1 + rounded.error) * (1 + wrong / smallest) * (1 + argument) - 1).upper()


def _unscreened_coefficient(k: int) -> arb:
    n = 2 * k + 2
    eta: arb = (1 - arb(2) ** (1 - n)) * arb(n).zeta()
    coefficient: arb = (eta - 1 + arb(4) ** -(k + 1)) * (-1) ** k
    return coefficient


def _unscreened_far_error(function: ast.FunctionDef, low: arb, high: arb) -> arb:
    y = Magnitude(_POSITIVE, low.lower(), high.upper(), arb(0))
    (rounded,) = run(function, {"y": y}, _call)
    rest = low / low.sinh()  # y/sinh y falls, and y times its slope is at most y coth y of it
    argument = 3 * U * (1 + _SLACK) * high * low.coth() * rest / (1 - rest)
    return ((1 + rounded.error) * (1 + argument) - 1).upper()


def _horner(table: list[arb], low: arb, high: arb) -> tuple[Magnitude, Magnitude]:
    """Return v, and what the loop over the table makes of it."""
    v = Magnitude(_POSITIVE, low.lower(), high.upper(), arb(0))
    total = exact(table[-1])
    for c in table[-2::-1]:
        total = plus(times(total, v), exact(c))
    # The sum that is multiplied by a power of v has a relative error that does not depend on how small v is.
    return (Magnitude(_POSITIVE, (high / 2**20).lower(), high.upper(), arb(0)) if v.low == 0 else v), total


def _without_loop(function: ast.FunctionDef, name: str) -> ast.FunctionDef:
    """Return what is left of a function without Horner's rule over its table, as `reader` has found it, to the letter."""
    body = [s for s in function.body if not _is_loop(s, name)]
    return ast.FunctionDef(name=function.name, args=function.args, body=body, decorator_list=[])


def _table(module: ast.Module, name: str) -> list[arb]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Tuple(elts=elements)) if target == name:
                return [arb(ast.literal_eval(e)) for e in elements]
    raise NotProved(f"the runtime has no table {name}")


def _intervals(low: arb, high: arb, count: int) -> list[tuple[arb, arb]]:
    return list(itertools.pairwise(low + (high - low) * i / count for i in range(count + 1)))


def _call(node: ast.Call, values: list[Magnitude]) -> Magnitude:
    if ast.unparse(node.func) == "np.exp" and values[0].error == 0:
        (x,) = values
        ends = sorted((x.sign[0] * x.low, x.sign[0] * x.high), key=float)
        return Magnitude(_POSITIVE, ends[0].exp().lower(), ends[1].exp().upper(), (2 * U).upper())
    raise NotProved(f"the analysis does not know {ast.unparse(node)!r} here")


def _near_error(function: ast.FunctionDef, table: list[arb], low: arb, high: arb) -> arb:
    v, total = _horner(table, low, high)
    (rounded,) = run(_without_loop(function, "_THERMAL"), {"v": v, "total": total}, _call)
    wrong = arb(0)
    for k, c in enumerate(table, 2):
        wrong += abs(c - _coefficient(k)) * high ** (k - 2)
    k = len(table) + 2
    wrong += 4 * (k - 1) * arb(9) ** -k * high ** (k - 2)
    smallest = arb("0.43")  # F/v^2 falls from 1.89 at v = 0 to 0.435 at v = 1
    argument = (1 + 3 * U * (1 + _SLACK)) ** 2 - 1
    return ((1 + rounded.error) * (1 + wrong / smallest) * (1 + argument) - 1).upper()


def _is_loop(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.For) or (isinstance(statement, ast.Assign) and name in ast.unparse(statement))


def _coefficient(k: int) -> arb:
    eta: arb = (1 - arb(2) ** (1 - 2 * k)) * arb(2 * k).zeta()
    coefficient: arb = (eta - 1 + arb(4) ** -k) * (2 * (k - 1) * (-1) ** k)
    return coefficient


def _far_error(function: ast.FunctionDef, low: arb, high: arb) -> arb:
    y = Magnitude(_POSITIVE, low.lower(), high.upper(), arb(0))
    (rounded,) = run(function, {"y": y}, _call)
    rest = low / 2 * (1 + low * low.coth()) / low.sinh()  # 1 - F falls
    argument = 3 * U * (1 + _SLACK) * high * low.coth() * rest / (1 - rest)
    return ((1 + rounded.error) * (1 + argument) - 1).upper()


def enclosure(low: arb, high: arb) -> tuple[arb, arb]:
    """Return simple bounds on F for low <= ab <= high: 0.43 v^2 <= F <= min(1, 1.9 v^2), with v = 4 (ab)^2 up to 1."""
    v_low, v_high = (4 * low**2).min(arb(1)), 4 * high**2
    return (arb("0.43") * v_low**2).lower(), (arb("1.9") * v_high**2).min(arb(1)).upper()
