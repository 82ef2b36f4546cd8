"""Kernels read back from their text with `ast`, by code that shares nothing with the printer and runs nothing.

What is not exactly a kernel module, with the runtime's own blocks, is refused.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.kernel import provided
from nuforce_sym.kernel.mass_series import CASES, head
from nuforce_sym.kernel.python import blocks
from nuforce_sym.special import ImPower, PairAxial, PairK1, PairK2, PairLight, RePower, ZBubble
from nuforce_sym.symbols import VOCABULARY, symbol


@dataclass(frozen=True)
class Turns:
    """What the reader knows of a phase: the expression that it stands for, in radians."""

    expr: sp.Expr


MAX_CHARACTERS = 60_000
MAX_EXPONENT = 64
_HASHES = re.compile(r"^# formula ([0-9a-f]{16})\n# text    ([0-9a-f]{16})$", re.MULTILINE)
_IMPORTS = {"from math import pi", "import numpy as np"}


class TextError(InputError):
    """The text is not a kernel module as the printer writes them."""


@dataclass(frozen=True)
class Module:
    """A kernel module as read: the two header hashes, the function, and the runtime text behind it."""

    formula_hash: str
    text_hash: str
    function: ast.FunctionDef
    runtime: str

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the function's arguments, in order."""
        return tuple(a.arg for a in self.function.args.args)

    def formula(self) -> sp.Expr:
        """Return the formula that the function computes.

        Raises:
            TextError: the function does other things than a kernel does.
        """
        known = self.named()
        match self.function.body[-1]:
            case ast.Return(value=ast.expr() as value):
                return expression(value, known)
        raise TextError("a kernel ends with a return statement")

    def named(self) -> dict[str, sp.Expr | Turns]:
        """Return what the arguments and the names that the function assigns stand for."""
        known: dict[str, sp.Expr | Turns] = {name: symbol(name) for name in self.arguments}
        for statement in self.function.body[1:-1]:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target not in known:
                    found = turns(value, known)
                    known[target] = expression(value, known) if found is None else found
                case _:
                    raise TextError(f"a kernel only assigns new names: {ast.unparse(statement)!r}")
        return known


def read(text: str) -> Module:
    """Return the module read from ``text``.

    Raises:
        TextError: the text is too long, does not parse, or is no kernel module; the message says where.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextError(f"a kernel module has at most {MAX_CHARACTERS} characters; this one has {len(text)}")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise TextError(f"the text is no Python: {error}") from None
    hashes = _HASHES.findall(text)
    if len(hashes) != 1:
        raise TextError("the text must have one pair of '# formula' and '# text' lines")
    statements = tree.body[1:] if tree.body and _is_string(tree.body[0]) else []
    while statements and isinstance(statements[0], (ast.Import, ast.ImportFrom)):
        if ast.unparse(statements[0]) not in _IMPORTS:
            raise TextError(f"a kernel module imports pi and NumPy only: {ast.unparse(statements[0])!r}")
        statements = statements[1:]
    if not statements or not isinstance(statements[0], ast.FunctionDef):
        raise TextError("a kernel module begins with a docstring, its imports and the kernel's function")
    function = statements[0]
    _plain_function(function)
    return Module(hashes[0][0], hashes[0][1], function, _runtime(text, function))


def _is_string(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _plain_function(function: ast.FunctionDef) -> None:
    a = function.args
    extras = (function.decorator_list, a.posonlyargs, a.kwonlyargs, a.vararg, a.kwarg, a.defaults, function.returns)
    if any(extras) or any(x.annotation for x in a.args):
        raise TextError(f"the kernel {function.name!r} takes plain positional arguments and no decorators")
    unknown = [x.arg for x in a.args if x.arg not in VOCABULARY]
    if unknown:
        raise TextError(f"the arguments {', '.join(unknown)} are not in the vocabulary")
    if len(function.body) < 2 or not _is_string(function.body[0]):
        raise TextError(f"the kernel {function.name!r} has a docstring and a body")


def _runtime(text: str, function: ast.FunctionDef) -> str:
    """Return what follows the kernel's function, after making sure that it is runtime blocks, each unchanged."""
    rest = "\n".join(text.splitlines()[function.end_lineno :]).strip("\n")
    expected = "\n\n\n".join(block for block in blocks().values() if block in rest)
    if rest != expected:
        pairs = zip_longest(rest.splitlines(), expected.splitlines(), fillvalue="")
        ours, theirs = next(pair for pair in pairs if pair[0] != pair[1])
        raise TextError(f"the functions behind the kernel are not the runtime's: {ours[:60]!r} instead of {theirs[:60]!r}")
    return rest


def turns(node: ast.expr, known: Mapping[str, sp.Expr | Turns]) -> Turns | None:
    """Return the phase that an expression makes, or None where it makes none."""
    match node:
        case ast.Call(func=ast.Name(id="phase"), args=[_, _, *_] as factors, keywords=[]):
            return Turns(sp.Mul(*(expression(f, known) for f in factors)))
        case ast.Call(func=ast.Name(id="more" | "less" as name), args=[ast.Name(id=p), ast.Name(id=q)], keywords=[]):
            a, b = known.get(p), known.get(q)
            if isinstance(a, Turns) and isinstance(b, Turns):
                return Turns(a.expr + b.expr if name == "more" else a.expr - b.expr)
    return None


def expression(node: ast.expr, known: Mapping[str, sp.Expr | Turns]) -> sp.Expr:
    """Return the SymPy expression of one of the arithmetic expressions that kernels are made of.

    Raises:
        TextError: anything else.
    """
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return sp.Integer(value)
        case ast.Name(id="pi"):
            return sp.pi
        case ast.Name(id=name) if isinstance(known.get(name), sp.Expr):
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _times(sp.Integer(-1), expression(operand, known))
        case ast.BinOp(left=left, op=operation, right=right):
            a, b = expression(left, known), expression(right, known)
            match operation:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return _times(a, b)
                case ast.Div():
                    return _times(a, 1 / b)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _call(name, arguments, known, node)
    raise TextError(f"{ast.unparse(node)!r} is not part of a kernel")


def _times(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """Return the product; SymPy alone would multiply a number into a sum that further factors follow."""
    number_and_sum = (a.is_Number and b.is_Add) or (a.is_Add and b.is_Number)
    return sp.Mul(a, b, evaluate=not number_and_sum or sp.S.One in (a, b))


def _call(name: str, arguments: list[ast.expr], known: Mapping[str, sp.Expr | Turns], node: ast.expr) -> sp.Expr:
    match name, arguments:
        case "cosine" | "sine", [ast.Name(id=phase)] if isinstance(turn := known.get(phase), Turns):
            return sp.cos(turn.expr) if name == "cosine" else sp.sin(turn.expr)
        case "spherical", [ast.Constant(value=int(order)), ast.Name(id=phase), x] if order in (0, 1):
            turn, number = known.get(phase), expression(x, known)
            if isinstance(turn, Turns) and sp.expand(turn.expr - number) == 0:
                return sp.jn(order, number)
        case "power", [base, ast.Constant(value=int(exponent))] if 1 <= exponent <= MAX_EXPONENT:
            return expression(base, known) ** exponent
        case "root", [base]:
            return sp.sqrt(expression(base, known))
        case "pair_k", [ast.Constant(value=int(order)), a, b, r] if order in (1, 2):
            length = expression(r, known)
            return (PairK1, PairK2)[order - 1](expression(a, known) * length, expression(b, known) * length)
        case "pair_axial", [a, b, r]:
            return PairAxial(expression(a, known) * expression(r, known), expression(b, known) * expression(r, known))
        case "pair_light", [a, b]:
            return PairLight(expression(a, known) * expression(b, known))
        case "z_bubble", [a, b]:
            return ZBubble(expression(a, known) * expression(b, known))
        case known_case, [a, b] if known_case in CASES:
            return head(CASES[name], expression(a, known) * expression(b, known))
        case "re_power" | "im_power", [q, x]:
            return (RePower if name == "re_power" else ImPower)(expression(q, known), expression(x, known))
        case function, _ if function in provided.FUNCTIONS:
            return provided.FUNCTIONS[name].head(*(expression(a, known) for a in arguments))
        case "coth", [a, b]:
            return sp.coth(2 * sp.pi * expression(a, known) * expression(b, known))
        case "decay", [a, b]:
            return sp.exp(-expression(a, known) * expression(b, known))
        case "thermal", [a, b]:
            y = 2 * sp.pi * expression(a, known) * expression(b, known)
            return 1 - y * (1 + y * sp.cosh(y) / sp.sinh(y)) / (2 * sp.sinh(y))
        case "unscreened", [a, b]:
            y = 2 * sp.pi * expression(a, known) * expression(b, known)
            return 1 - y / sp.sinh(y)
        case "bessel_k", [ast.Constant(value=int(order)), a, b] if 0 <= order <= MAX_EXPONENT:
            return sp.besselk(order, expression(a, known) * expression(b, known))
    raise TextError(f"{ast.unparse(node)!r} is no call that a kernel makes")
