r"""Three-vectors, spin vectors and the heads that non-relativistic results are written in.

``Dot3(a, b)`` is :math:`\vec a\cdot\vec b`, ``Component3(a, i)`` is :math:`a^i`, ``Delta3(i, j)`` is
:math:`\delta^{ij}` and ``Triple3(a, b, c)`` is :math:`\vec a\cdot(\vec b\times\vec c)`, whose slots may also be
indices: ``Triple3(a, b, i)`` is :math:`(\vec a\times\vec b)^i`.  All are commutative SymPy expressions, linear in
every vector, so that ``expr.subs(q, -q)`` and ``expr.subs(sigma, sigma_1)`` do what they say.

A spin vector such as :math:`\vec\sigma` is a ``Vector3`` too.  It stands for an operator, and a reduced expression
holds it at most linearly; the product of two expressions in the *same* spin is an operator product, for which
``nuforce_sym.dirac.pauli`` is there.  Spins of different particles commute and may simply be multiplied.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import sympy as sp
from sympy.printing.precedence import PRECEDENCE

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Named, _Printed, latex_name, linear_combination, sort_sign


class Vector3(Named):
    """A three-vector, or a vector of spin operators, known by its name.

    Raises:
        InputError: if the name breaks the pattern.
    """

    __slots__ = ()
    what = "vector"

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        if self.name in _UNARROWED:
            return _UNARROWED[self.name]
        return rf"\vec{{{latex_name(self.name)}}}" if "_" not in latex_name(self.name) else _arrow(self.name)


_UNARROWED = {"rhat": r"\hat{r}", "khat": r"\hat{k}", "nabla": r"\nabla"}


def _arrow(name: str) -> str:
    stem, _, rest = latex_name(name).partition("_")
    return rf"\vec{{{stem}}}_{rest}"


class Index3(Named):
    """A spatial index, known by its name.

    Raises:
        InputError: if the name breaks the pattern.
    """

    __slots__ = ()
    what = "spatial index"


def _slot_name(slot: Any) -> str:
    return ("^" if isinstance(slot, Index3) else "") + str(slot.name)


def _expanded(head: type[sp.Expr], slots: tuple[Any, ...]) -> sp.Expr | None:
    if all(isinstance(s, Vector3 | Index3) for s in slots):
        return None
    parts: list[Any] = [((s, sp.S.One),) if isinstance(s, Index3) else linear_combination(s, Vector3) for s in slots]
    return sp.Add(*(sp.Mul(*(c for _, c in pick), head(*(v for v, _ in pick))) for pick in product(*parts)))


def _need(kind: type, slot: object, head: str) -> None:
    if not isinstance(slot, kind):
        raise InputError(f"{head} was given {slot!r} where it needs a {kind.__name__}")


class Dot3(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The scalar product :math:`\vec a\cdot\vec b`; symmetric, bilinear."""

    __slots__ = ()
    is_commutative = True
    # makes SymPy's LaTeX printer hand powers to _latex below; nothing else of a Function is implied
    is_Function = True

    def __new__(cls, a: Any, b: Any) -> sp.Expr:
        expanded = _expanded(cls, (a, b))
        if expanded is not None:
            return expanded
        _need(Vector3, a, "Dot3")
        _need(Vector3, b, "Dot3")
        return sp.Expr.__new__(cls, *((a, b) if a.name <= b.name else (b, a)))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        # a spin reads better in front: sigma . P
        a, b = sorted(self.args, key=lambda v: (not v.name.startswith("sigma"), v.name))
        if a == b:
            text = f"{printer._print(a)}^{{\\,2}}"
            return text if exp is None else rf"\left({text}\right)^{{{exp}}}"
        text = rf"\left({printer._print(a)} \cdot {printer._print(b)}\right)"
        return text if exp is None else f"{text}^{{{exp}}}"


class Component3(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The Cartesian component :math:`a^i`; linear in the vector."""

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, a: Any, i: Any) -> sp.Expr:
        _need(Index3, i, "Component3")
        expanded = _expanded(cls, (a, i))
        if expanded is not None:
            return expanded
        _need(Vector3, a, "Component3")
        return sp.Expr.__new__(cls, a, i)

    def _latex(self, printer: Any) -> str:
        name = latex_name(self.args[0].name)
        return f"{{{name}}}^{{{printer._print(self.args[1])}}}"


class Delta3(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The unit tensor :math:`\delta^{ij}`; symmetric."""

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, i: Any, j: Any) -> sp.Expr:
        _need(Index3, i, "Delta3")
        _need(Index3, j, "Delta3")
        return sp.Expr.__new__(cls, *((i, j) if i.name <= j.name else (j, i)))

    def _latex(self, printer: Any) -> str:
        return rf"\delta^{{{printer._print(self.args[0])} {printer._print(self.args[1])}}}"


class Triple3(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The triple product :math:`\vec a\cdot(\vec b\times\vec c)`, antisymmetric; slots may be indices."""

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, a: Any, b: Any, c: Any) -> sp.Expr:
        expanded = _expanded(cls, (a, b, c))
        if expanded is not None:
            return expanded
        order, sign = sort_sign([_slot_name(s) for s in (a, b, c)])
        if sign == 0:
            return sp.S.Zero
        return sign * sp.Expr.__new__(cls, *((a, b, c)[n] for n in order))

    def _latex(self, printer: Any) -> str:
        # an even permutation that puts spins in front: sigma . (P x q)
        free = [s for s in self.args if isinstance(s, Index3)]
        if len(free) == 1:
            at = self.args.index(free[0])
            b, c = self.args[(at + 1) % 3], self.args[(at + 2) % 3]
            return rf"\left({printer._print(b)} \times {printer._print(c)}\right)^{{{printer._print(free[0])}}}"
        if free:
            return rf"\epsilon^{{{' '.join(printer._print(s) for s in self.args)}}}"
        spins = [s for s in self.args if s.name.startswith("sigma")]
        if len(spins) == 2:
            front = next(s for s in self.args if s not in spins)
            at = self.args.index(front)
            b, c = self.args[(at + 1) % 3], self.args[(at + 2) % 3]
            return rf"\left({printer._print(b)} \times {printer._print(c)}\right) \cdot {printer._print(front)}"
        at = self.args.index(spins[0]) if spins else 0
        a, b, c = (self.args[(at + n) % 3] for n in range(3))
        return rf"{printer._print(a)} \cdot \left({printer._print(b)} \times {printer._print(c)}\right)"


class Anticommutator(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The anticommutator :math:`\{a,b\}` of operators; symmetric, and linear in numbers.

    It keeps the order of a momentum operator and of a function of the position, which do not commute.
    """

    __slots__ = ()
    is_commutative = True

    def __new__(cls, a: Any, b: Any) -> sp.Expr:
        a, b = as_expr(a), as_expr(b)
        if a == 0 or b == 0:
            return sp.S.Zero
        (x, a), (y, b) = a.as_coeff_Mul(), b.as_coeff_Mul()
        return x * y * sp.Expr.__new__(cls, a, b)

    def _latex(self, printer: Any) -> str:
        a, b = (printer._print(x) for x in self.args)
        return rf"\left\{{{a},\, {b}\right\}}"


def link3(a: Any, b: Any) -> sp.Expr:
    """Return the Euclidean product of two slots, each a vector or an index."""
    if isinstance(a, Index3):
        return Delta3(a, b) if isinstance(b, Index3) else Component3(b, a)
    return Component3(a, b) if isinstance(b, Index3) else Dot3(a, b)
