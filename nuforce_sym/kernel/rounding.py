r"""The proved rounding error of a kernel, from its text.

The analysis walks over the emitted expressions (see `magnitude`) for the whole box of arguments at once. The bounds of
the runtime's functions: power, n - 1 rounded products; decay, exp within one unit in the last place times a rounded
1 - low; bessel_k, `bessel_proof`; thermal, `thermal_proof`. Their exact values over the box come from the constraint on
their argument.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp
from flint import arb, ctx

from nuforce_sym.kernel import (
    bessel_proof,
    box,
    bubble_proof,
    mass_proof,
    oscillating,
    pair_proof,
    provided_proof,
    signless,
    thermal_proof,
)
from nuforce_sym.kernel.kernel import Kernel
from nuforce_sym.kernel.magnitude import Magnitude, NotProved, U, argument, exact, root, rounded_up, times
from nuforce_sym.kernel.mass_series import CASES
from nuforce_sym.kernel.reader import Module, Turns, expression
from nuforce_sym.kernel.straight_line import Call, evaluate
from nuforce_sym.special import ZBubble

_POSITIVE = (1, frozenset[str]())


def bound(kernel: Kernel, module: Module) -> float:
    """Return B such that |computed - exact| <= B |exact| for all doubles in the kernel's box and constraints.

    Where the kernel has an envelope the comparison is with that; see `oscillating`.

    Where |exact| is below the smallest normal number nothing is claimed; above it, no intermediate result overflows,
    and one that underflows is a term of a sum too small to matter, which B includes.

    Raises:
        NotProved: the analysis does not close.
    """
    if kernel.formula.has(ZBubble):
        return bubble_proof.bound(kernel, module, _library(kernel, module))
    if kernel.envelope is not None:
        if not signless.applies(kernel):
            return oscillating.bound(kernel, module)
        module = signless.of(kernel, module)
    with ctx.workprec(bessel_proof.PRECISION):
        names = {"pi": Magnitude(_POSITIVE, arb.pi().lower(), arb.pi().upper(), U)}
        for a in kernel.arguments:
            names[a.symbol.name] = argument(a.symbol.name, a.low, a.high, positive=bool(a.symbol.is_positive))
        result = _result(module, names, _library(kernel, module))
        return rounded_up(result.error + result.underflows * U)


def _library(kernel: Kernel, module: Module) -> Call:
    known = module.named()

    def call(node: ast.Call, values: list[Magnitude]) -> Magnitude:
        name = ast.unparse(node.func)
        if name == "power":
            result = values[0]
            for _ in range(_integer(node.args[1]) - 1):
                result = times(result, values[0])
            return result
        if name == "root":
            return root(values[0] if values else exact(arb(_integer(node.args[0]))))
        if name in ("pair_k", "pair_axial"):
            return _pair(kernel, node, values, known, module)
        if name == "pair_light":
            return _light(kernel, node, values, known, module)
        if name in provided_proof.MAGNITUDES:
            ranges = [box.monomial_range(kernel, expression(a, known)) for a in node.args]
            return provided_proof.MAGNITUDES[name](name, ranges, values, module.runtime)
        a, b = node.args[-2:]
        x = _constrained(kernel, expression(a, known) * expression(b, known))
        if name in CASES:
            return _mass_moment(name, x, values, module)
        inexact = sum((v.error for v in values), arb(0))
        if name == "coth":
            return _coth(x, inexact)
        if name == "thermal":
            return _thermal(x, inexact, module)
        return _decay(x, inexact) if name == "decay" else _bessel(_integer(node.args[0]), x, inexact, module)

    return call


def _integer(node: ast.expr) -> int:
    return int(ast.literal_eval(node))


def _result(module: Module, names: dict[str, Magnitude], call: Call) -> Magnitude:
    """Run the function; named values may not underflow, terms of the returned sum only by their last factor."""
    for statement in module.function.body[1:]:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                names[target] = evaluate(value, names, call)
                if names[target].underflows:
                    raise NotProved(f"{target} may underflow in the box")
            case ast.Return(value=ast.expr() as value):
                for term in _terms(value):
                    inner = term.left if isinstance(term, ast.BinOp) else term
                    if evaluate(inner, names, call).underflows:
                        raise NotProved(f"{ast.unparse(inner)} may underflow in the box")
                return evaluate(value, names, call)
    raise NotProved(f"{module.function.name} returns nothing")


def _terms(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


@dataclass(frozen=True)
class _Range:
    """The range of a product, of a constraint or found from several."""

    low: float
    high: float


def _constrained(kernel: Kernel, product: sp.Expr) -> _Range:
    for constraint in kernel.constraints:
        if constraint.expr == product:
            return _Range(constraint.low, constraint.high)
    if product.atoms(sp.Pow) and any(p.exp == sp.Rational(1, 2) for p in product.atoms(sp.Pow)):
        # A length from two sides: its square is a sum, each term of which has its range.
        ranges = [box.monomial_range(kernel, term) for term in sp.Add.make_args(sp.expand(product**2))]
        low, high = (sum((r[i] for r in ranges), arb(0)).sqrt() for i in (0, 1))
        return _Range(float(low.lower()), float(high.upper()))
    raise NotProved(f"the product {product} has no constraint in kernel {kernel.name!r}: its range is not known")


def _decay(x: _Range, inexact: arb) -> Magnitude:
    high = arb(x.high)
    error = (1 + (high * U) ** 2) * (1 + 2 * U) * (1 + U) ** 2 * (1 + 2 * high * inexact) - 1
    return Magnitude(_POSITIVE, (-high).exp().lower(), (-arb(x.low)).exp().upper(), error.upper())


def _pair(
    kernel: Kernel, node: ast.Call, values: list[Magnitude], known: Mapping[str, sp.Expr | Turns], module: Module
) -> Magnitude:
    case = "axial" if ast.unparse(node.func) == "pair_axial" else {1: "mass", 2: "vector"}[_integer(node.args[0])]
    order = pair_proof.order_of(case)
    if any(v.error != 0 for v in values):
        raise NotProved("the masses and the distance of a pair must be arguments of the kernel themselves")
    a, b, r = (expression(arg, known) for arg in node.args[-3:])
    proved = pair_proof.prove(module.runtime)
    low, high = arb(1), arb(1)
    for x in (_constrained(kernel, a * r), _constrained(kernel, b * r)):
        if x.low < pair_proof.LOWEST or x.high > pair_proof.HIGHEST:
            raise NotProved(f"a pair is proved for {pair_proof.LOWEST} <= mr <= {pair_proof.HIGHEST}, not {x.low} ... {x.high}")
        low, high = low * bessel_proof.bessel_k(order, arb(x.high)), high * bessel_proof.bessel_k(order, arb(x.low))
    smallest, largest = proved.ratios[case]
    return Magnitude(_POSITIVE, (low * smallest).lower(), (high * largest).upper(), arb(proved.errors[case]))


def _light(kernel: Kernel, node: ast.Call, values: list[Magnitude], known: dict[str, sp.Expr], module: Module) -> Magnitude:
    if any(v.error != 0 for v in values):
        raise NotProved("the mass and the distance of a pair must be arguments of the kernel themselves")
    a, r = (expression(arg, known) for arg in node.args)
    x, proved = _constrained(kernel, a * r), pair_proof.prove(module.runtime)
    if x.low < 2 * pair_proof.LOWEST or x.high > pair_proof.HIGHEST:
        lowest, highest = 2 * pair_proof.LOWEST, pair_proof.HIGHEST
        raise NotProved(f"a pair with a massless partner is proved for {lowest} <= mr <= {highest}, not {x.low} ... {x.high}")
    low, high = (2 * bessel_proof.bessel_k(2, arb(end)) for end in (x.high, x.low))
    smallest, largest = proved.ratios["vector"]
    return Magnitude(_POSITIVE, (low * smallest).lower(), (high * largest).upper(), arb(proved.errors["vector"]))


def _mass_moment(name: str, x: _Range, values: list[Magnitude], module: Module) -> Magnitude:
    if x.high > mass_proof.HIGHEST or any(v.error != 0 for v in values):
        raise NotProved(f"{name} is proved for arguments of the kernel themselves, with a product up to {mass_proof.HIGHEST}")
    return mass_proof.prove(module.runtime, name).magnitude(arb(x.low), arb(x.high))


def _thermal(x: _Range, inexact: arb, module: Module) -> Magnitude:
    error = (1 + thermal_proof.prove(module.runtime)) * (1 + 5 * inexact) - 1
    low, high = thermal_proof.enclosure(arb(x.low), arb(x.high))
    return Magnitude(_POSITIVE, low, high, error.upper())


def _coth(x: _Range, inexact: arb) -> Magnitude:
    r"""Return \coth y, y = 2\pi x: y is rounded thrice, |d\ln\coth y/d\ln y| <= 1, expm1 is within one unit."""
    error = (1 + inexact) * (1 + U) ** 4 * (1 + 2 * U) * (1 + U) ** 2 - 1
    y = 2 * arb.pi() * arb(x.low)
    return Magnitude(_POSITIVE, arb(1), y.coth().upper(), error.upper())


def _bessel(order: int, x: _Range, inexact: arb, module: Module) -> Magnitude:
    if x.low < bessel_proof.LOWEST or x.high > bessel_proof.HIGHEST:
        raise NotProved(f"K_n is proved for {bessel_proof.LOWEST} <= x <= {bessel_proof.HIGHEST}, not {x.low} ... {x.high}")
    own = arb(bessel_proof.prove(module.runtime).bound(order))
    error = (1 + own) * (1 + 2 * (order + arb(x.high)) * inexact) - 1
    low, high = (bessel_proof.bessel_k(order, arb(end)) for end in (x.high, x.low))
    return Magnitude(_POSITIVE, low.lower(), high.upper(), error.upper())
