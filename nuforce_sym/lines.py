r"""External fermion lines, \bar u(p_a')\,\Gamma\,u(p_a), as factors of an amplitude."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Index, Momentum

STRUCTURES = {
    "S": "",
    "P": r"i\gamma_5",
    "V": r"\gamma{X}",
    "A": r"\gamma{X}\gamma_5",
    "M": r"i\sigma{X}{K}",
    "E": r"i\sigma{X}i\gamma_5{K}",
    "J": "J",
}
_WITH_INDEX = ("V", "A", "M", "E", "J")


class Line(sp.Expr):  # type: ignore[misc]
    r"""\bar u(p_a')\Gamma u(p_a) for particle ``a`` (1 or 2) and a structure S, P, V, A, M or E; J is a whole current J_a^\mu.

    M is the magnetic dipole's i\sigma^{\mu\nu}k_\nu and E the electric one's i\sigma^{\mu\nu}i\gamma_5k_\nu, with
    k = p_a' - p_a. V, A, M, E and J carry a Lorentz index, or a momentum that is contracted with it; an index that
    stands on both lines is summed, and printed up on the first and down on the second. With relativistic
    normalisation, \bar uu = 2m, a line carries one power of energy, and one more for k and for a contracted momentum.
    """

    __slots__ = ()
    is_commutative = True

    def __new__(cls, particle: Any, structure: Any, slot: Any = None) -> Self:
        particle, structure = as_expr(particle), sp.Symbol(str(structure))
        if particle not in (1, 2) or structure.name not in STRUCTURES:
            raise InputError(f"a line has particle 1 or 2 and structure {', '.join(STRUCTURES)}; got {particle}, {structure}")
        indexed = structure.name in _WITH_INDEX
        if indexed != isinstance(slot, (Index, Momentum)):
            raise InputError(f"a line of structure {structure} takes {'an index' if indexed else 'no index'}")
        return sp.Expr.__new__(cls, particle, structure, *([slot] if indexed else []))  # type: ignore[no-any-return]

    @property
    def particle(self) -> int:
        """1 or 2."""
        return int(self.args[0])

    @property
    def structure(self) -> str:
        """One of `STRUCTURES`."""
        return str(self.args[1])

    @property
    def slot(self) -> Index | Momentum | None:
        """The Lorentz index, the momentum contracted with it, or None."""
        return self.args[2] if len(self.args) == 3 else None

    @property
    def energy_power(self) -> int:
        """One power of energy from the spinors, one more from a contracted momentum, one more from a dipole."""
        return 1 + isinstance(self.slot, Momentum) + (self.structure in ("M", "E"))

    def latex(self, show: Callable[[sp.Basic], str]) -> str:
        """Return the LaTeX of the line; ``show`` prints the index or momentum."""
        a = self.particle
        if self.structure == "J":
            if isinstance(self.slot, Momentum):
                return rf"(J_{a}\!\cdot\!{show(self.slot)})"
            index = show(self.slot)
            return rf"J_1^{{{index}}}" if a == 1 else rf"J_{{2{index}}}"
        shape = STRUCTURES[self.structure].replace("{K}", rf"\,(p_{a}'-p_{a}){'_' if a == 1 else '^'}{{\alpha}}")
        if isinstance(self.slot, Momentum):
            shape = shape.replace(r"\gamma{X}", rf"\slashed{{{show(self.slot)}}}")
        elif self.slot is not None:
            second = r"\alpha" if self.structure in ("M", "E") else ""
            shape = shape.replace("{X}", f"{'^' if a == 1 else '_'}{{{show(self.slot)}{second}}}")
        return rf"\left[\bar{{u}}(p_{a}')\,{shape}\,u(p_{a})\right]".replace(r"\,\,", r"\,")

    def _sympystr(self, printer: Any) -> str:
        return f"Line({', '.join(printer._print(a) for a in self.args)})"


def with_currents(expr: sp.Expr, J_1: Sequence[Any], J_2: Sequence[Any], q: Sequence[Any]) -> sp.Expr:
    r"""Return ``expr`` with numbers for the currents J_1^\mu, J_2^\mu and for q^\mu (upper components)."""

    def product(a: Sequence[Any], b: Sequence[Any]) -> sp.Expr:
        return sp.Add(a[0] * b[0], *(-x * y for x, y in zip(a[1:], b[1:], strict=True)))

    def value(line: Line) -> sp.Expr:
        if isinstance(line.slot, Momentum):
            return product((J_1, J_2)[line.particle - 1], q)
        # A summed index stands on both lines, so that one of them can carry the whole product.
        return product(J_1, J_2) if line.particle == 1 else sp.Integer(1)

    return expr.replace(lambda e: isinstance(e, Line) and e.structure == "J", value)
