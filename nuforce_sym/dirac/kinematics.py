"""On-shell conditions and Mandelstam variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from nuforce_sym.dirac.tensor import Tensor
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Dot, Momentum, linear_combination


def on_shell(expr: Any, masses: Mapping[Any, Any]) -> Any:
    r"""Replace :math:`p\cdot p` by :math:`m^2` for every ``{p: m}``; a ``Tensor`` stays one.

    A key may be a sum of momenta, as ``{p + k: m}``: then :math:`p\cdot k` is replaced by
    :math:`(m^2-p^2-k^2)/2`, the squares taken from the other entries where they are given.

    Raises:
        InputError: when a composite momentum is not a sum of two.
    """
    rules: dict[sp.Expr, sp.Expr] = {}
    composite = []
    for p, m in masses.items():
        if isinstance(p, Momentum):
            rules[Dot(p, p)] = sp.Integer(m) ** 2 if isinstance(m, int) else m**2
        else:
            composite.append((p, m))
    for p, m in composite:
        parts = linear_combination(p)
        if len(parts) != 2:
            raise InputError(f"the condition ({p})**2 = {m}**2 must involve exactly two momenta; use substitution instead")
        (a, x), (b, y) = parts
        rest = x**2 * Dot(a, a) + y**2 * Dot(b, b)
        rules[Dot(a, b)] = ((sp.Integer(m) if isinstance(m, int) else m) ** 2 - rest.xreplace(rules)) / (2 * x * y)
    if isinstance(expr, Tensor):
        return Tensor.from_expr(expr.expr.xreplace(rules), dim=expr.dim)
    return sp.expand(expr.xreplace(rules))


def mandelstam(
    expr: Any, incoming: Sequence[Momentum], outgoing: Sequence[Momentum], masses: Sequence[Any], stu: Sequence[sp.Expr]
) -> Any:
    r"""Write scalar products of a process 1 + 2 -> 3 + 4 in Mandelstam variables.

    With :math:`s=(p_1+p_2)^2`, :math:`t=(p_1-p_3)^2`, :math:`u=(p_1-p_4)^2`.

    Args:
        expr: an expression or a ``Tensor``.
        incoming: p1, p2.
        outgoing: p3, p4.
        masses: m1, m2, m3, m4.
        stu: the three variables; pass ``m1**2 + ... - s - t`` as the third to eliminate u.
    """
    if len(incoming) != 2 or len(outgoing) != 2 or len(masses) != 4 or len(stu) != 3:
        raise InputError("mandelstam needs two incoming and two outgoing momenta, four masses and three variables")
    p1, p2, p3, p4 = (*incoming, *outgoing)
    q1, q2, q3, q4 = (sp.Integer(m) ** 2 if isinstance(m, int) else m**2 for m in masses)
    s, t, u = stu
    rules = {Dot(p, p): square for p, square in zip((p1, p2, p3, p4), (q1, q2, q3, q4), strict=True)}
    rules |= {
        Dot(p1, p2): (s - q1 - q2) / 2,
        Dot(p3, p4): (s - q3 - q4) / 2,
        Dot(p1, p3): (q1 + q3 - t) / 2,
        Dot(p2, p4): (q2 + q4 - t) / 2,
        Dot(p1, p4): (q1 + q4 - u) / 2,
        Dot(p2, p3): (q2 + q3 - u) / 2,
    }
    if isinstance(expr, Tensor):
        return Tensor.from_expr(expr.expr.xreplace(rules), dim=expr.dim)
    return sp.expand(expr.xreplace(rules))
