"""Which term of a formula differs from the derived one, and by what: a sign, a factor, a power, a function's order."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from nuforce_sym.paper.compare_factor import factor_between
from nuforce_sym.paper.compare_proof import merge_integrals
from nuforce_sym.paper.compare_structures import Structure
from nuforce_sym.paper.latex import latex

MAX_TERMS = 60
_ORDERED = (sp.besselk, sp.besseli, sp.besselj, sp.bessely, sp.expint, sp.polylog)
KINEMATIC = frozenset(["r", "q", "t", "k", "s", "x", "z", "delta3_r", "P", "p"])


def split(expr: sp.Expr) -> list[sp.Expr]:
    """Return the terms of an expanded scalar formula."""
    return [term for term in sp.Add.make_args(sp.expand(merge_integrals(expr))) if term != 0]


def difference(derived: Sequence[tuple[Structure, sp.Expr]], given: Sequence[tuple[Structure, sp.Expr]]) -> str:
    """Return what differs between two lists of terms, or an empty string where nothing agrees."""
    left, right = list(derived), list(given)
    common = 0
    for term in derived:
        if term in right:
            left.remove(term)
            right.remove(term)
            common += 1
    if len(left) > MAX_TERMS or len(right) > MAX_TERMS:
        return ""
    said: list[str] = []
    for term in list(left):
        partner = next((other for other in right if _pair(term, other)), None)
        if partner is not None:
            said.append(_pair(term, partner))
            left.remove(term)
            right.remove(partner)
    if not common and not said:
        return ""
    said += [f"the term {show(term)} is missing" for term in left]
    said += [f"the term {show(term)} is not in the derived formula" for term in right]
    return "; ".join(said[:4]) + (f"; and {len(said) - 4} more" if len(said) > 4 else "")


def show(term: tuple[Structure, sp.Expr]) -> str:
    """Return a term in LaTeX."""
    structure, coefficient = term
    return latex(coefficient if structure == 1 else coefficient * _shown(structure))


def _shown(structure: Structure) -> sp.Expr:
    return structure.replace(lambda e: e.func.__name__ == "anticommutator", lambda *_: sp.Symbol("O_1", real=True))


def _pair(derived: tuple[Structure, sp.Expr], given: tuple[Structure, sp.Expr]) -> str:
    """Return in what two terms of the same shape differ, or an empty string."""
    if derived[0] != given[0]:
        return ""
    a, b = derived[1], given[1]
    order = _orders(a, b)
    if order:
        return f"in the term {show(derived)} {order}"
    factor = factor_between(a, b)
    if factor is None:
        return ""
    return f"the term {show(derived)} {described(factor)}"


def described(factor: sp.Expr) -> str:
    """Return what a factor on a term says: its sign, a number, or a power."""
    if factor == 1:
        return "differs by less than 10^{-25} of it"
    if factor == -1:
        return "has the other sign"
    if factor.is_number:
        return f"has the factor {latex(factor)}"
    number, rest = factor.as_coeff_Mul()
    powers = rest.as_powers_dict()
    if number == 1 and len(powers) == 1:
        ((base, exponent),) = powers.items()
        return f"has another power of {latex(base)}: the factor {latex(base**exponent)}"
    return f"has the factor {latex(factor)}"


def _orders(a: sp.Expr, b: sp.Expr) -> str:
    """Return which functions have another order, where nothing else differs."""
    heads_a, heads_b = (sorted(e.atoms(*_ORDERED), key=sp.default_sort_key) for e in (a, b))
    if len(heads_a) != 1 or len(heads_b) != 1:
        return ""
    ((one,), (other,)) = heads_a, heads_b
    if type(one) is not type(other) or one.args[1] != other.args[1] or one == other:
        return ""
    if sp.expand(a.xreplace({one: sp.Integer(1)}) - b.xreplace({other: sp.Integer(1)})) != 0:
        return ""
    return f"stands {latex(other)} for {latex(one)}"
