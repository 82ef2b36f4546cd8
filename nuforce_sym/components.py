"""The numbers behind a covariant expression: its components for given four-vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import sympy as sp

from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Index3, Triple3, Vector3

METRIC = (1, -1, -1, -1)


def component(expr: sp.Expr, momenta: Mapping[Momentum, Sequence[Any]], indices: Mapping[Index, int]) -> sp.Expr:
    r"""Return ``expr`` with every momentum and free index given; upper components, \\varepsilon^{0123} = +1."""

    def lowered(slot: Momentum) -> list[Any]:
        return [sign * x for sign, x in zip(METRIC, momenta[slot], strict=True)]

    def value(head: sp.Expr) -> sp.Expr:
        if isinstance(head, Dot):
            p, q = head.args
            return sp.Add(*(x * y for x, y in zip(momenta[p], lowered(q), strict=True)))
        if isinstance(head, Component):
            return as_expr(momenta[head.args[0]][indices[head.args[1]]])
        if isinstance(head, Metric):
            a, b = (indices[i] for i in head.args)
            return sp.Integer(METRIC[a] if a == b else 0)
        slots = [_slot(s, indices, lowered) for s in head.args]
        return sp.Add(*(sign * sp.Mul(*(s[i] for s, i in zip(slots, order, strict=True))) for order, sign in _SIGNED))

    return expr.replace(lambda e: isinstance(e, (Dot, Component, Metric, LeviCivita)), value)


def _slot(slot: Any, indices: Mapping[Index, int], lowered: Any) -> list[Any]:
    if isinstance(slot, Index):
        return [int(i == indices[slot]) for i in range(4)]
    return list(lowered(slot))


def _parity(order: Sequence[int]) -> int:
    swaps = sum(order[i] > order[j] for i in range(4) for j in range(i + 1, 4))
    return -1 if swaps % 2 else 1


_SIGNED = tuple((order, _parity(order)) for order in permutations(range(4)))


def in_components(expr: sp.Expr, vectors: Mapping[str, Sequence[Any]]) -> sp.Expr:
    r"""Return ``expr`` with numbers for its three-vectors, given by name; a spin vector is taken as a number like any other.

    An expression is linear in every spin, so that agreement for all numbers is agreement of the operators. An
    anticommutator becomes 2ab, its value on numbers; an index that stands twice is summed.
    """
    vectors = {**vectors, **{f"axis_{n}": tuple(int(n == i) for i in range(3)) for n in range(3)}}
    indices = sorted(expr.atoms(Index3), key=lambda i: i.name)
    if indices:
        expr = sp.Add(*(_summed(term, indices) for term in sp.Add.make_args(sp.expand(expr))))

    def value(part: sp.Expr) -> sp.Expr:
        if not part.has(Vector3):
            return part
        if isinstance(part, Anticommutator):
            return 2 * value(part.args[0]) * value(part.args[1])
        if not isinstance(part, (Dot3, Triple3)):
            return part.func(*(value(a) for a in part.args))
        a = [[as_expr(x) for x in vectors[slot.name]] for slot in part.args]
        if isinstance(part, Dot3):
            return sp.Add(*(x * y for x, y in zip(*a, strict=True)))
        return sp.Matrix(a).det()

    return value(expr)


def _summed(term: sp.Expr, indices: Sequence[Index3]) -> sp.Expr:
    for index in indices:
        if term.has(index):
            heads = [Component3(v, index) for v in sorted(term.atoms(Vector3), key=lambda v: v.name)]
            # a basis vector in place of the index keeps every head a head
            term = sp.Add(*(term.xreplace({h: Dot3(h.args[0], Vector3(f"axis_{n}")) for h in heads}) for n in range(3)))
    return term


def sample_vectors(expr: sp.Expr, seed: int = 0) -> dict[str, tuple[sp.Rational, ...]]:
    """Return whole-number components for the vectors of ``expr``, with P.q = 0, |rhat| = 1 and L.rhat = 0."""
    rhat = tuple(sp.Rational(n, 7) for n in ((2, 3, 6), (-3, 6, 2), (6, 2, -3))[seed % 3])
    q, along = sp.Matrix([2 + seed, -1, 3]), sp.Matrix([1, 2 + seed, -2])
    fixed = {"rhat": rhat, "q": tuple(q), "P": tuple(q.cross(along)), "L": tuple(sp.Matrix(rhat).cross(along))}
    free = sorted({v.name for v in expr.atoms(Vector3)} - set(fixed))
    chosen = {
        name: tuple(sp.Integer((5 * n + 3 * i * i + 7 * seed + 2) % 11 - 4) for i in range(3)) for n, name in enumerate(free)
    }
    return fixed | chosen
