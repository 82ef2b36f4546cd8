"""A kernel of a formula, with the ranges that its symbols and functions call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from sympy.functions.special.bessel import BesselBase

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.kernel import provided
from nuforce_sym.kernel.kernel import Argument, Constraint, Kernel
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.special import ImPower, PairAxial, PairK1, PairK2, PairLight, RePower, ZBubble
from nuforce_sym.symbols import VOCABULARY, lookup

FUNCTIONS = (
    sp.besselk, sp.exp, sp.cos, sp.sin, sp.jn, sp.sinh, sp.cosh, sp.coth,
    PairAxial, PairK1, PairK2, PairLight, ZBubble, RePower, ImPower, MassCurrent, MassGradient, *provided.HEADS,
)  # fmt: skip
"""The functions that a kernel may hold."""

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
    envelope: sp.Expr | None = None,
    constraints: Sequence[Constraint] = (),
) -> Kernel:
    """Return the kernel of a formula whose terms are powers of its symbols times K_n(a b) or exp(-a b), or waves.

    Arguments come in the order length, masses, couplings; what is under K_n or the exponential is kept in the range where
    both are representable.

    Args:
        formula: an expression in the vocabulary's symbols.
        name, title: of the function, and what it returns.
        derivation, step: where the formula was derived; of a derivation of your own by default.
        ranges: of symbols that need another than the default.
        cites, notes: for the docstring.
        envelope: what the error of a formula with waves is compared with; see `Kernel`.
        constraints: on products of symbols, such as E_nu*r between 1e-6 and 1e24, besides those of K_n and exp.

    Raises:
        InputError: a symbol is not of the vocabulary, a name or range is not allowed, or a range is of another symbol.
        DimensionError: the formula adds unequal powers of energy.
        NotDerivable: it holds a function, or an infinite sum, that no runtime provides.
    """
    expanded = as_expr(formula) if envelope is not None else sp.expand(as_expr(formula))
    _known_functions(expanded)
    order = {entry: place for place, entry in enumerate(VOCABULARY)}
    used = sorted(expanded.free_symbols, key=lambda s: (_rank(s), order[s.name]))
    given = dict(ranges or {})
    if unused := sorted(s.name for s in given if s not in expanded.free_symbols):
        raise InputError(f"a range is given for {', '.join(unused)}, which the formula does not hold: leave it out")
    arguments = tuple(Argument(s, *given.get(s, _default(s))) for s in used)
    bounds = {e.args[1]: BESSEL for e in expanded.atoms(sp.besselk)}
    bounds |= {-e.args[0]: EXPONENT for e in expanded.atoms(sp.exp) if e.args[0].free_symbols}
    given_for = {c.expr for c in constraints}
    found = (
        Constraint(e, *bounds[e]) for e in sorted(bounds, key=sp.default_sort_key) if _constrainable(e, given_for, envelope)
    )
    every = (*constraints, *found)
    return Kernel(name, title, expanded, arguments, derivation, step, every, tuple(cites), tuple(notes), envelope)


def _constrainable(argument: sp.Expr, given: set[sp.Expr], envelope: sp.Expr | None) -> bool:
    """Whether what is under K_n or exp needs a range here: beside an envelope an exponential needs none."""
    return argument not in given and envelope is None and not argument.has(sp.Add)


def _known_functions(formula: sp.Expr) -> None:
    """Raise `NotDerivable` where no kernel can be printed and proved."""
    foreign = [
        f for f in formula.atoms(sp.Function, sp.Sum, sp.Integral, sp.Piecewise, BesselBase) if not isinstance(f, FUNCTIONS)
    ]
    if foreign:
        names = ", ".join(sorted({type(f).__name__ for f in foreign}))
        raise NotDerivable(
            f"no kernel is proved for {names}: the runtime has "
            f"{', '.join(sorted(f.__name__ for f in FUNCTIONS))}; evaluate the formula with number(), or at high precision "
            "with nuforce_sym.equality.numeric_value"
        )


def _rank(symbol: sp.Symbol) -> int:
    energy = lookup(symbol.name).energy
    return 0 if energy == -1 and symbol.is_positive else 1 if energy == 1 else 2


def _default(symbol: sp.Symbol) -> tuple[float, float]:
    return (LENGTHS, MASSES, COUPLINGS)[_rank(symbol)]
