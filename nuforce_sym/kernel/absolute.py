"""Absolute error of a runtime function over a small interval of its arguments, followed through its text.

For functions that change sign, where a relative error has no bound; see `straight_line` for those that do not. An
`Approximate` is a ball around the exact values that the text stands for, and a bound on |computed - exact|.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flint import arb

from nuforce_sym.kernel.magnitude import NotProved, U

Tables = Mapping[str, Sequence[arb]]
_EXACT = arb(0)
LIBRARY = 8 * U
"""What NumPy's log1p, arctan, sin, cos and power may be off, relatively: four units in the last place."""


@dataclass(frozen=True)
class Approximate:
    """Exact values within ``value``, and a bound on how far the computed one may be off."""

    value: arb
    error: arb = _EXACT

    @property
    def size(self) -> arb:
        """The largest magnitude of the exact value."""
        return abs(self.value).upper()


def tables(module: ast.Module) -> dict[str, list[arb]]:
    """Return the tuples of numbers of a runtime text by name."""
    found = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=elements)) if all(
                isinstance(e, (ast.Constant, ast.UnaryOp)) for e in elements
            ):
                found[name] = [arb(ast.literal_eval(e)) for e in elements]
    return found


def functions(module: ast.Module) -> dict[str, ast.FunctionDef]:
    """Return the functions of a runtime text by name."""
    return {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}


def interval(low: arb, high: arb) -> Approximate:
    """Return an exact number somewhere between two."""
    return Approximate(low.union(high))


def _rounded(value: arb, error: arb) -> Approximate:
    return Approximate(value, (error + U * (abs(value).upper() + error)).upper())


def _plus(a: Approximate, b: Approximate) -> Approximate:
    return _rounded(a.value + b.value, a.error + b.error)


def _negative(a: Approximate) -> Approximate:
    return Approximate(-a.value, a.error)


def _times(a: Approximate, b: Approximate) -> Approximate:
    # The square of one number is no product of two.
    value = a.value**2 if a is b else a.value * b.value
    return _rounded(value, a.size * b.error + b.size * a.error + a.error * b.error)


def _over(a: Approximate, b: Approximate) -> Approximate:
    least = abs(b.value).lower() - b.error
    if not least > 0:
        raise NotProved("a divisor may vanish")
    value = a.value / b.value
    return _rounded(value, (a.error + abs(value).upper() * b.error) / least)


def _exp(a: Approximate) -> Approximate:
    value = a.value.exp()
    return Approximate(value, (value.upper() * (a.error.exp() * (1 + 2 * U) - 1)).upper())


def _called(node: ast.Call, values: list[Approximate]) -> Approximate:
    name = ast.unparse(node.func)
    if len(values) == 1:
        (a,) = values
        if name == "np.exp":
            return _exp(a)
        if name == "np.log1p" and a.value - a.error > 0:
            value = (1 + a.value).log()
            return Approximate(value, (a.error * (1 + LIBRARY) + LIBRARY * value.upper()).upper())
        if name == "np.arctan":
            value = a.value.atan()
            return Approximate(value, (a.error * (1 + LIBRARY) + LIBRARY * abs(value).upper()).upper())
        if name in ("np.sin", "np.cos"):
            value = a.value.sin() if name == "np.sin" else a.value.cos()
            return Approximate(value, (a.error + LIBRARY).upper())
    raise NotProved(f"the analysis does not know {ast.unparse(node)!r} here")


def evaluate(node: ast.expr, names: Mapping[str, Approximate], known: Tables) -> Approximate:
    """Return the value and error of an expression.

    Raises:
        NotProved: the expression holds something that the analysis does not know.
    """
    match node:
        case ast.Constant(value=float() | int() as value) if not isinstance(value, bool):
            return Approximate(arb(value))
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Subscript(value=ast.Name(id=name)) if name in known:
            place = ast.literal_eval(node.slice)
            if isinstance(place, int):
                return Approximate(known[name][place])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _negative(evaluate(operand, names, known))
        case ast.BinOp(left=left, op=operation, right=right):
            a, b = evaluate(left, names, known), evaluate(right, names, known)
            match operation:
                case ast.Add():
                    return _plus(a, b)
                case ast.Sub():
                    return _plus(a, _negative(b))
                case ast.Mult():
                    return _times(a, b)
                case ast.Div():
                    return _over(a, b)
        case ast.Call(args=arguments):
            return _called(node, [evaluate(a, names, known) for a in arguments])
    raise NotProved(f"the analysis does not know {ast.unparse(node)!r}")


def run(function: ast.FunctionDef, given: Sequence[Approximate], known: Tables) -> Approximate:
    """Return what a function of assignments and loops over tables from their end returns, for given arguments.

    Raises:
        NotProved: the function does other things.
    """
    names = dict(zip((a.arg for a in function.args.args), given, strict=True))
    for statement in function.body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                names[target] = evaluate(value, names, known)
            case ast.For(target=ast.Name(id=each), iter=ast.Subscript(value=ast.Name(id=table)), body=body) if (
                ast.unparse(statement.iter) == f"{table}[-2::-1]" and table in known
            ):
                for c in known[table][-2::-1]:
                    names[each] = Approximate(c)
                    for inner in body:
                        match inner:
                            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                                names[target] = evaluate(value, names, known)
                            case _:
                                raise NotProved(f"the analysis does not know {ast.unparse(inner)!r}")
            case ast.Return(value=ast.expr() as value):
                return evaluate(value, names, known)
            case _:
                raise NotProved(f"the analysis does not know {ast.unparse(statement)!r}")
    raise NotProved(f"{function.name} returns nothing")
