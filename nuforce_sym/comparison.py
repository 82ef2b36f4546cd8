r"""A printed potential against a derived one, structure by structure."""

from __future__ import annotations

import sympy as sp

from nuforce_sym.equality import normal_form
from nuforce_sym.potential.operators import MOMENTUM
from nuforce_sym.spatial import Anticommutator, Vector3


def weyl_symbol(potential: sp.Expr) -> sp.Expr:
    r"""Return the potential with numbers for the momentum: every \{a, b\} becomes 2ab."""
    numbers = potential.replace(lambda e: isinstance(e, Anticommutator), lambda e: 2 * e.args[0] * e.args[1])
    return sp.expand(numbers)


def term_ratios(printed: sp.Expr, derived: sp.Expr) -> dict[sp.Expr, sp.Expr]:
    r"""Return printed/derived for the radial function of every structure of spins and vectors that stands in either.

    1 where they agree, 0 where the printed potential lacks the structure, ``oo`` where the derived one does. They are
    compared by their Weyl symbols; `unordered_terms` tells which printed terms are no hermitian operators as they stand.
    """
    theirs, ours = _by_structure(printed), _by_structure(derived)
    ratios: dict[sp.Expr, sp.Expr] = {}
    for structure in sorted({*ours, *theirs}, key=sp.default_sort_key):
        have, want = (side.get(structure, sp.Integer(0)) for side in (theirs, ours))
        ratios[structure] = sp.oo if want == 0 else sp.factor(normal_form(have / want))
    return ratios


def unordered_terms(printed: sp.Expr) -> tuple[sp.Expr, ...]:
    r"""Return the terms in which a momentum multiplies a function of r outside an anticommutator.

    p_jf(r) and f(r)p_j differ by -i\nabla_jf, and neither is hermitian: such a term says half of what an operator needs.
    """
    terms = sp.Add.make_args(sp.expand(printed))
    return tuple(term for term in terms if any(_moving(f) for f in sp.Mul.make_args(term)) and _varies(term))


def _moving(factor: sp.Expr) -> bool:
    return not isinstance(factor, Anticommutator) and bool(factor.has(MOMENTUM))


def _varies(term: sp.Expr) -> bool:
    return any(s.name == "r" for s in term.free_symbols) or bool(term.has(Vector3("rhat")))


def _by_structure(potential: sp.Expr) -> dict[sp.Expr, sp.Expr]:
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(weyl_symbol(potential)):
        structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3)))
        found[structure] = found.get(structure, sp.Integer(0)) + term / structure
    return {structure: radial for structure, radial in found.items() if normal_form(radial) != 0}
