r"""A kernel: a derived formula as a function of floats, with units, a box of arguments and its source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any

import sympy as sp

from nuforce_sym import dimension, tree
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.kernel import provided
from nuforce_sym.special import ImPower, RePower
from nuforce_sym.symbols import check_name, lookup

SMALLEST_NORMAL = 2.2250738585072014e-308
WAVES = (sp.sin, sp.cos, sp.jn, RePower, ImPower, *provided.WAVES)
RESERVED = frozenset(
    {
        "bessel_k",
        "coth",
        "cosine",
        "current_4D4F_dirac",
        "current_4D4F_majorana",
        "im_power",
        "re_power",
        "decay",
        "gradient_4D4F_dirac",
        "gradient_4D4F_majorana",
        "less",
        "mass_moment",
        "more",
        "np",
        "pair_axial",
        "pair_k",
        "pair_light",
        "phase",
        "pi",
        "power",
        "product",
        "root",
        "sine",
        "spherical",
        "sqrt",
        "thermal",
        "unscreened",
        "z_bubble",
        *provided.FUNCTIONS,
    }
)


@dataclass(frozen=True)
class Argument:
    """An argument of a kernel: a symbol of the vocabulary and the range of its magnitude, in natural units.

    A symbol declared positive ranges over low <= argument <= high, a nonnegative one over the same and 0, a real one over
    low <= |argument| <= high and 0.
    """

    symbol: sp.Symbol
    low: float
    high: float

    def __post_init__(self) -> None:
        name = check_name(self.symbol.name)
        if lookup(name).symbol != self.symbol or name in RESERVED:
            raise InputError(f"the argument {name!r} must be a symbol of the vocabulary that names no runtime function")
        if not (0 < self.low < self.high and math.isfinite(self.high)):
            raise InputError(f"the range of {name!r} must satisfy 0 < low < high < inf; got {self.low}, {self.high}")

    @property
    def energy(self) -> sp.Rational:
        """The argument's power of energy."""
        return lookup(self.symbol.name).energy

    @property
    def contains_zero(self) -> bool:
        """Whether the argument may vanish."""
        return not self.symbol.is_positive

    @property
    def contains_negatives(self) -> bool:
        """Whether the argument may be negative."""
        return not self.symbol.is_nonnegative

    def contains(self, value: Any) -> Any:
        """Whether the argument may take this value, or each value of an array."""
        size = abs(value)
        inside = (self.low <= size) & (size <= self.high) & ((value > 0) | self.contains_negatives)
        return inside | ((value == 0) & self.contains_zero)

    @property
    def meaning(self) -> str:
        """What the argument is, in one line."""
        return lookup(self.symbol.name).meaning


@dataclass(frozen=True)
class Constraint:
    """A product of arguments, such as 2 m r, that must lie between two numbers."""

    expr: sp.Expr
    low: float
    high: float

    def __post_init__(self) -> None:
        if not all(f.is_Number or f.as_base_exp()[0].is_Symbol for f in sp.Mul.make_args(self.expr)):
            raise InputError(f"a constraint is on a product of arguments such as 2*m_nu*r; got {self.expr}")
        if not (0 < self.low < self.high and math.isfinite(self.high)):
            raise InputError(f"the range of {self.expr} must satisfy 0 < low < high < inf; got {self.low}, {self.high}")

    def value(self, point: Mapping[str, Any]) -> Any:
        """Return the product at a point, or at points given by the arrays of their coordinates."""
        number, powers = self._factors
        return number * math.prod(point[name] ** power for name, power in powers)

    @cached_property
    def _factors(self) -> tuple[float, tuple[tuple[str, int], ...]]:
        number, rest = self.expr.as_coeff_Mul()
        return float(number), tuple((b.name, int(e)) for b, e in rest.as_powers_dict().items())


@dataclass(frozen=True)
class Kernel:
    """A formula to be exported.

    Args:
        name: of the function and its module.
        title: one line.
        formula: the derived expression.
        arguments: in the order of the function's signature.
        derivation, step: where the formula was derived.
        constraints: on products of arguments; every argument of K_n and of a decaying exponential needs one.
        cites: keys of ``data/references.bib``.
        notes: sentences for the docstring.
        envelope: a rational function of arguments, such as 1/r for cos(k r)/r. A formula that oscillates vanishes here and
            there, so its error is bounded relative to the envelope; without one it is bounded relative to the formula
            itself. For other formulas that change sign it may be the formula with a plus for every minus.

    Raises:
        InputError: a name is not allowed, the arguments are not exactly the formula's symbols, or the formula oscillates
            and has no envelope.
        DimensionError: the formula adds unequal powers of energy, or the envelope carries another one.
    """

    name: str
    title: str
    formula: sp.Expr
    arguments: tuple[Argument, ...]
    derivation: str
    step: str
    constraints: tuple[Constraint, ...] = ()
    cites: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    envelope: sp.Expr | None = None

    def __post_init__(self) -> None:
        if check_name(self.name) in RESERVED:
            raise InputError(f"a kernel cannot be called {self.name!r}: that is a function of the runtime")
        if not self.title.strip():
            raise InputError(f"the kernel {self.name!r} needs a title: one line that says what it returns")
        given, used = {a.symbol for a in self.arguments}, self.formula.free_symbols
        if given != used or len(given) != len(self.arguments):
            raise InputError(
                f"the arguments of kernel {self.name!r} are {_names(given)}, but its formula has {_names(used)}: they must "
                "be the same, each once"
            )
        if self.formula.has(sp.Float):
            raise InputError(f"the formula of kernel {self.name!r} has a decimal number, which is not exact: use a Rational")
        if not self.arguments:
            raise InputError(f"the formula of kernel {self.name!r} is the number {self.formula}: a kernel has arguments")
        energy = dimension.power(self.formula)
        if self.envelope is None:
            if self.formula.has(*WAVES):
                raise InputError(
                    f"the formula of kernel {self.name!r} oscillates, so that it has no relative error where it vanishes: "
                    "give an envelope, a product of arguments that its error is compared with"
                )
            return
        plain = self.envelope.xreplace(dict.fromkeys(self.formula.atoms(sp.exp), sp.S.One)).replace(
            lambda e: e.is_Pow and e.exp.is_Rational and e.exp.q == 2, lambda e: e.base ** (e.exp - sp.S.Half)
        )
        if not self.envelope.free_symbols <= given or not plain.is_rational_function(*given):
            raise InputError(f"an envelope is a rational function of the arguments; got {self.envelope}")
        sums = [t for part in sp.fraction(self.envelope) for t in sp.Add.make_args(sp.expand(part))]
        if self.formula.has(*WAVES) and not all(t.as_coeff_Mul()[0] > 0 for t in sums):
            raise InputError(f"an envelope is made of sums and products of powers without a minus sign; got {self.envelope}")
        if dimension.power(self.envelope) != energy:
            raise DimensionError(
                f"the envelope of kernel {self.name!r} carries energy^{dimension.power(self.envelope)}, its formula "
                f"energy^{energy}: an error is compared with a quantity of the same kind"
            )

    @property
    def energy(self) -> sp.Rational:
        """The power of energy of the result."""
        return dimension.power(self.formula)

    @property
    def fingerprint(self) -> str:
        """The hash of the formula; it changes when the physics does."""
        return tree.fingerprint(self.formula)

    def contains(self, point: Mapping[str, Any]) -> Any:
        """Whether a point, or each of the points given by arrays, lies in the box and satisfies the constraints."""
        inside = [argument.contains(point[argument.symbol.name]) for argument in self.arguments]
        sizes = [(constraint, abs(constraint.value(point))) for constraint in self.constraints]
        inside += [(constraint.low <= size) & (size <= constraint.high) for constraint, size in sizes]
        return reduce(and_, inside)


def _names(symbols: set[sp.Symbol]) -> str:
    return ", ".join(sorted(s.name for s in symbols))
