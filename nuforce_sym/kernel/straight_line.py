"""Error analysis of straight-line functions, read from their text: assignments, arithmetic and a few known calls."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from flint import arb

from nuforce_sym.kernel.magnitude import Magnitude, NotProved, exact, negative, over, plus, times

Call = Callable[[ast.Call, list[Magnitude]], Magnitude]

_OPERATIONS = {ast.Mult: times, ast.Div: over, ast.Add: plus}


def evaluate(node: ast.expr, names: Mapping[str, Magnitude], call: Call) -> Magnitude:
    """Return the value and error of an expression; ``call`` handles function calls.

    Raises:
        NotProved: the expression holds something that the analysis does not know.
    """
    match node:
        case ast.Constant(value=float() | int() as value) if not isinstance(value, bool):
            return exact(arb(value))
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return negative(evaluate(operand, names, call))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return plus(evaluate(left, names, call), negative(evaluate(right, names, call)))
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _OPERATIONS:
            return _OPERATIONS[type(operation)](evaluate(left, names, call), evaluate(right, names, call))
        case ast.Call():
            return call(node, [evaluate(a, names, call) for a in node.args if not _is_plain(a, names)])
    raise NotProved(f"the analysis does not know {ast.unparse(node)!r}")


def _is_plain(node: ast.expr, names: Mapping[str, Magnitude]) -> bool:
    """Whether a call's argument is an order or a table, which the callee reads from the text itself."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id not in names)


def run(function: ast.FunctionDef, names: Mapping[str, Magnitude], call: Call) -> list[Magnitude]:
    """Return the values that a straight-line function returns, for given values of its arguments.

    Raises:
        NotProved: the function is not straight-line.
    """
    known = dict(names)
    for statement in function.body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                known[target] = evaluate(value, known, call)
            case ast.Return(value=ast.Tuple(elts=values)):
                return [evaluate(v, known, call) for v in values]
            case ast.Return(value=ast.expr() as value):
                return [evaluate(value, known, call)]
            case _:
                raise NotProved(f"the analysis does not know {ast.unparse(statement)!r}")
    raise NotProved(f"{function.name} returns nothing")
