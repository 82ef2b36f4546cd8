r"""Formulas that change sign without oscillating, such as polynomials times a decaying exponential, and their envelope.

Let T be the text of a kernel and |T| the same text with a plus for every minus. Whatever the signs, the value of |T| bounds
that of T, and a bound on the relative error of |T| that is made of the errors of its parts alone (`magnitude`: the larger of
two errors for a sum, the product for a product) bounds |computed T - T|/|T|-value too, as long as no quotient is divided by
a sum with a minus. So the envelope of such a kernel is |T|, and its proof is the proof for |T|.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import replace

import sympy as sp

from nuforce_sym.kernel.kernel import Kernel
from nuforce_sym.kernel.magnitude import NotProved
from nuforce_sym.kernel.reader import Module


class _Plus(ast.NodeTransformer):
    """Minus becomes plus."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.Div) and any(isinstance(n, (ast.Sub, ast.USub)) for n in ast.walk(node.right)):
            raise NotProved(f"{ast.unparse(node)}: what is divided by may vanish where its signs cancel")
        self.generic_visit(node)
        return ast.BinOp(node.left, ast.Add() if isinstance(node.op, ast.Sub) else node.op, node.right)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.USub) else node


def applies(kernel: Kernel) -> bool:
    """Whether the kernel's envelope is of this kind: it has the exponentials or roots that its formula has."""
    return kernel.envelope is not None and not kernel.formula.has(sp.sin, sp.cos) and kernel.envelope.has(sp.exp)


def envelope(formula: sp.Expr) -> sp.Expr:
    """Return a product with one sum in it, each term of which has its sign removed; the other factors are positive."""
    factors = []
    for factor in sp.Mul.make_args(formula):
        terms = (-t if t.could_extract_minus_sign() else t for t in sp.Add.make_args(factor))
        factors.append(sp.Add(*terms))
    return sp.Mul(*factors)


def of(kernel: Kernel, module: Module) -> Module:
    """Return the module with a plus for every minus.

    Raises:
        NotProved: the kernel's envelope is not what that module computes, or it divides by a difference.
    """
    function = copy.deepcopy(module.function)
    function.body = [function.body[0], *(_Plus().visit(statement) for statement in function.body[1:])]
    found = replace(module, function=function)
    if sp.expand(found.formula() - kernel.envelope) != 0:
        raise NotProved(f"the envelope must be the formula with a plus for every minus, {found.formula()}")
    return found
