r"""Spinor lines: u-bar(p') Gamma u(p) and their relatives.

A spinor carries its momentum, which may be a sum, and its mass m with :math:`p^2=m^2`:

.. math:: (\slashed p-m)u=0,\quad(\slashed p+m)v=0,\quad\sum u\bar u=\slashed p+m,\quad\sum v\bar v=\slashed p-m,

so :math:`\bar uu=2m` (Peskin and Schroeder, Sec. 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from typing import Any

import sympy as sp

from nuforce_sym.dirac.objects import IDENTITY, Dirac, add, as_dirac, bar, slash
from nuforce_sym.dirac.tensor import FOUR
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Momentum, linear_combination


@dataclass(frozen=True)
class Spinor:
    """An external spinor.

    Attributes:
        kind: ``"u"`` or ``"v"``.
        barred: whether it stands on the left of its line.
        momentum: a momentum or a sum of momenta.
        mass: its mass, with momentum**2 = mass**2.
    """

    kind: str
    barred: bool
    momentum: sp.Expr
    mass: sp.Expr

    def __mul__(self, other: Any) -> Any:
        if not self.barred:
            raise InputError(f"{self} * {other}: begin a line with ubar(...) or vbar(...); a spin sum is spin_sum([line])")
        if isinstance(other, Spinor):
            return SpinorChain(self, IDENTITY, _ket(other))
        return _Left(self, as_dirac(other))

    def __rmul__(self, other: Any) -> Any:
        raise InputError(f"{other} * {self}: begin a line with ubar(...) or vbar(...)")

    def __str__(self) -> str:
        return f"{self.kind}{'bar' if self.barred else ''}({self.momentum}, {self.mass})"

    @property
    def sign(self) -> int:
        """+1 for u and -1 for v: slash(p) on the spinor gives sign * mass."""
        return 1 if self.kind == "u" else -1

    @property
    def sum(self) -> Dirac:
        """The spin sum of the spinor with its adjoint."""
        return add(slash(self.momentum), IDENTITY * (self.sign * self.mass))


@dataclass(frozen=True)
class _Left:
    bar: Spinor
    middle: Dirac

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Spinor):
            return SpinorChain(self.bar, self.middle, _ket(other))
        return _Left(self.bar, self.middle * other)


def _ket(s: Spinor) -> Spinor:
    if s.barred:
        raise InputError(f"{s} cannot end a line; end it with u(...) or v(...)")
    return s


def _spinor(kind: str, barred: bool, p: Any, m: Any) -> Spinor:
    linear_combination(p)
    mass = sp.Integer(m) if isinstance(m, int) else m
    if not isinstance(mass, sp.Expr) or mass.has(Momentum):
        raise InputError(f"the mass {m!r} of a spinor must be a scalar expression")
    return Spinor(kind, barred, p, mass)


def u(p: Any, m: Any) -> Spinor:
    """Return u(p) with p**2 = m**2."""
    return _spinor("u", False, p, m)


def v(p: Any, m: Any) -> Spinor:
    """Return v(p) with p**2 = m**2."""
    return _spinor("v", False, p, m)


def ubar(p: Any, m: Any) -> Spinor:
    """Return u-bar(p) with p**2 = m**2."""
    return _spinor("u", True, p, m)


def vbar(p: Any, m: Any) -> Spinor:
    """Return v-bar(p) with p**2 = m**2."""
    return _spinor("v", True, p, m)


@dataclass(frozen=True, eq=False)
class SpinorChain:
    """A line bar * middle * ket.

    ``==`` decides equality for all spins, on shell and in four dimensions.
    """

    bar: Spinor
    middle: Dirac
    ket: Spinor

    __hash__ = None  # type: ignore[assignment]  # equality is up to the Dirac equation, which no hash respects

    def __str__(self) -> str:
        return f"{self.bar}*({self.middle})*{self.ket}"

    __repr__ = __str__

    def __mul__(self, factor: Any) -> SpinorChain:
        return changed(self, middle=self.middle * factor)

    __rmul__ = __mul__

    def __add__(self, other: SpinorChain) -> SpinorChain:
        if (self.bar, self.ket) != (other.bar, other.ket):
            raise InputError(f"cannot add {self} and {other}: their spinors differ")
        return changed(self, middle=self.middle + other.middle)

    def __sub__(self, other: SpinorChain) -> SpinorChain:
        return self + other * -1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SpinorChain):
            return NotImplemented
        return (self - other).is_zero()

    @property
    def adjoint(self) -> SpinorChain:
        """The complex conjugate of the line, again a line."""
        return SpinorChain(changed(self.ket, barred=True), bar(self.middle), changed(self.bar, barred=False))

    def reduce(self, *, dim: Any = FOUR) -> SpinorChain:
        """Move slashed external momenta to their spinors and use the Dirac equation; the rest goes to the basis."""
        from nuforce_sym.dirac.dirac_equation import reduced

        return reduced(self, dim)

    def is_zero(self) -> bool:
        """Decide whether the line vanishes for all spins, given its on-shell conditions.

        The matrix (sum of the bar spinor) * middle * (sum of the ket spinor) is evaluated exactly at three points of
        random momenta on their mass shells, for every value of the open indices.
        """
        from nuforce_sym.dirac.dirac_equation import vanishes_at

        return all(vanishes_at(self, seed) for seed in range(3))
