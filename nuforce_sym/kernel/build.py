"""A kernel of a formula, with the ranges that its symbols and functions call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.kernel.kernel import Argument, Constraint, Kernel
from nuforce_sym.symbols import VOCABULARY, lookup

LENGTHS, MASSES, COUPLINGS = (1e-6, 1e30), (1e-20, 1e6), (1e-12, 1e6)
BESSEL, EXPONENT = (1e-8, 700.0), (1e-30, 700.0)
"""Ranges by default: lengths in 1/GeV, masses in GeV, everything else, and the arguments of K_n and of exp(-x)."""


def kernel_of(
    formula: sp.Expr,
    name: str,
    title: str,
    *,
    derivation: str = "own",
    step: str = "potential",
    ranges: Mapping[sp.Symbol, tuple[float, float]] | None = None,
    cites: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Kernel:
    """Return the kernel of a formula whose terms are powers of its symbols times K_n(a b) or exp(-a b).

    Arguments come in the order length, masses, couplings; what is under K_n or the exponential is kept in the range where
    both are representable.

    Args:
        formula: an expression in the vocabulary's symbols.
        name, title: of the function, and what it returns.
        derivation, step: where the formula was derived; of a derivation of your own by default.
        ranges: of symbols that need another than the default.
        cites, notes: for the docstring.

    Raises:
        InputError: a symbol is not of the vocabulary, a name or range is not allowed, or a range is of another symbol.
        DimensionError: the formula adds unequal powers of energy.
    """
    expanded = sp.expand(as_expr(formula))
    order = {entry: place for place, entry in enumerate(VOCABULARY)}
    used = sorted(expanded.free_symbols, key=lambda s: (_rank(s), order[s.name]))
    given = dict(ranges or {})
    if unused := sorted(s.name for s in given if s not in expanded.free_symbols):
        raise InputError(f"a range is given for {', '.join(unused)}, which the formula does not hold: leave it out")
    arguments = tuple(Argument(s, *given.get(s, _default(s))) for s in used)
    bounds = {e.args[1]: BESSEL for e in expanded.atoms(sp.besselk)}
    bounds |= {-e.args[0]: EXPONENT for e in expanded.atoms(sp.exp) if e.args[0].free_symbols}
    constraints = tuple(Constraint(e, *bounds[e]) for e in sorted(bounds, key=sp.default_sort_key))
    return Kernel(name, title, expanded, arguments, derivation, step, constraints, tuple(cites), tuple(notes))


def _rank(symbol: sp.Symbol) -> int:
    energy = lookup(symbol.name).energy
    return 0 if energy == -1 and symbol.is_positive else 1 if energy == 1 else 2


def _default(symbol: sp.Symbol) -> tuple[float, float]:
    return (LENGTHS, MASSES, COUPLINGS)[_rank(symbol)]
