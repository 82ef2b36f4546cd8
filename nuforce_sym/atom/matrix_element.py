r"""Matrix elements between atomic states, exact and to any number of digits.

    \langle1|\tfrac12\{\sigma_a\cdot p,F\}|2\rangle = -\frac{i}{a_0}c_aP_F, \qquad
    \langle1|(\sigma_e\times\sigma_N)\cdot\nabla F|2\rangle = -\frac{i}{a_0}c_\times G_F,

with the angular factors of `angular` and the functionals of `functional`; hermitian, diagonal in F and m_F and
independent of m_F.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.atom import angular
from nuforce_sym.atom.functional import current_functional, density_functional, gradient_functional
from nuforce_sym.atom.operator import Z_AXIS, operator, sigma_e, sigma_p
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.surd import Surd
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.operators import MOMENTUM, NABLA, RHAT, L, delta3_r
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbol

a_0, r = symbol("a_0"), symbol("r")
MAX_DIGITS = 20_000
"""Digits that an evaluation may lose to cancellation."""

_Angular = Callable[[State, State], Surd]
_MOMENTA: dict[sp.Expr, _Angular] = {
    Dot3(MOMENTUM, sigma_e): angular.sigma_e_n,
    Dot3(MOMENTUM, sigma_p): angular.sigma_p_n,
}
_COMPONENTS: dict[sp.Expr, _Angular] = {
    Component3(RHAT, Z_AXIS): angular.cos_theta,
    Component3(L, Z_AXIS): angular.orbital_z,
    Component3(sigma_e, Z_AXIS): angular.sigma_e_z,
}
_CROSS, _CROSS_GRADIENT = Triple3(RHAT, sigma_e, sigma_p), Triple3(NABLA, sigma_e, sigma_p)


@dataclass(frozen=True)
class MatrixElement:
    r"""\langle ``bra``|``operator``|``ket``\rangle = ``value``, exact, in the operator's units and in terms of a_0."""

    bra: State
    operator: sp.Expr
    ket: State
    Z: int
    value: sp.Expr

    def numeric(self, values: Mapping[Any, Any] | None = None, *, digits: int = 15) -> mp.mpc:
        """Return the value to ``digits`` correct digits, however much of the closed form cancels.

        Args:
            values: a number for every symbol, by symbol or by name; a float counts as the binary fraction that it is.
            digits: how many digits are wanted.

        Raises:
            InputError: ``digits`` is no positive integer, a symbol is left without a value, a value is no finite real
                number or not positive where its symbol is, the position is given one, or the element is undefined there.
        """
        if not (type(digits) is int and 1 <= digits <= MAX_DIGITS):
            raise InputError(f"between 1 and {MAX_DIGITS} digits can be asked for: got {digits!r}")
        given = {symbol(k) if isinstance(k, str) else k: _exact(v) for k, v in (values or {}).items()}
        if wrong := [f"{s} = {v}" for s, v in given.items() if s.is_positive and not v.is_positive]:
            raise InputError(f"{', '.join(wrong)}: it must be positive")
        if place := [str(s) for s in (r, delta3_r) if s in given]:
            raise InputError(f"{', '.join(place)}: the position is integrated over and takes no value")
        # The operator and not the closed form takes the numbers: at rational points every integral is A + B L again.
        placed = _value(self.bra, self.operator.xreplace(given), self.ket, self.Z, given.get(a_0, a_0))
        if placed.free_symbols:
            missing = ", ".join(sorted(str(s) for s in placed.free_symbols))
            raise InputError(f"{self} needs values for {missing}: a_0 = 1 gives atomic units of length")
        if placed == 0:
            return mp.mpc(0)
        found = placed.evalf(digits + 5, maxn=MAX_DIGITS, strict=True)
        if found.has(sp.nan, sp.zoo, sp.oo):
            raise InputError(f"{self} has no value at {dict(given)}")
        with mp.workdps(digits + 5):
            return mp.mpc(*(mp.mpf(str(part)) for part in found.as_real_imag()))

    @property
    def latex(self) -> str:
        r"""The value as LaTeX."""
        return str(sp.latex(self.value))

    def __str__(self) -> str:
        return f"<{self.bra}|{self.operator}|{self.ket}>"


def _exact(value: Any) -> sp.Expr:
    if isinstance(value, float):
        value = sp.Rational(value) if math.isfinite(value) else sp.nan
    found = as_expr(value)
    if not (found.is_finite and found.is_real):
        raise InputError(f"{value!r} is no finite number, or not real: give an int, a float, a Fraction-like or a SymPy number")
    return found


def matrix_element(bra: str | State, op: str | sp.Expr, ket: str | State, *, Z: int = 1) -> MatrixElement:
    r"""Return \langle bra|op|ket\rangle.

    Args:
        bra, ket: states, or their notation such as "4F5/2, F=3".
        op: text that `operator.operator` reads, such as "sigma_p.p r^-5", or an expression in \sigma_1 (electron),
            \sigma_2 (nucleus), p and \hat r as the derivations give it: terms c{\sigma.p, F}, f(r) \hat r.(\sigma_1 x
            \sigma_2), gradients of \delta^3(r), and the z components of \hat r, L and \sigma_1 times functions of r. Every
            function is a sum of terms c r^k e^{-Mr}K_n(mr) in symbols of your choice.
        Z: the charge of the nucleus.

    Raises:
        InputError: a state or operator is not readable, or lacks an F or m on which the element depends.
        NotDerivable: a radial integral diverges (where its angular factor is not zero), or a term has another structure.
    """
    one, two = state(bra), state(ket)
    expr = operator(op) if isinstance(op, str) else as_expr(op)
    return MatrixElement(one, expr, two, Z, _value(one, expr, two, Z, a_0))


def _value(bra: State, op: sp.Expr, ket: State, Z: int, length: sp.Expr) -> sp.Expr:
    return sp.Add(*(_term(bra, term, ket, Z, length) for term in sp.Add.make_args(sp.expand(op))))


def _term(bra: State, term: sp.Expr, ket: State, Z: int, length: sp.Expr) -> sp.Expr:
    heads = [f for f in sp.Mul.make_args(term) if f.has(Vector3)]
    if term == 0:
        return sp.Integer(0)
    if len(heads) != 1:
        raise _unknown(term)
    (head,) = heads
    function = term / head
    levels = (bra.n, bra.l), (ket.n, ket.l)
    if isinstance(head, Anticommutator):
        spin, F = head.args if head.args[0] in _MOMENTA else reversed(head.args)
        if spin not in _MOMENTA or F.has(Vector3) or function.has(r, delta3_r):
            raise _unknown(term)
        factor = _MOMENTA[spin](bra, ket)
        if not factor:
            return sp.Integer(0)
        return -2 * sp.I * function / length * factor.sympy * current_functional(*levels, F, Z=Z, length=length)
    if head == _CROSS_GRADIENT and function.has(delta3_r):
        factor = angular.sigma_cross_n(bra, ket)
        if not factor:
            return sp.Integer(0)
        return -sp.I / length * factor.sympy * gradient_functional(*levels, function, Z=Z, length=length)
    if head == _CROSS and not function.has(delta3_r):
        factor = angular.sigma_cross_n(bra, ket)
        return -sp.I * factor.sympy * density_functional(*levels, function, Z=Z, length=length) if factor else sp.Integer(0)
    if head in _COMPONENTS and not function.has(delta3_r):
        factor = _COMPONENTS[head](bra, ket)
        return factor.sympy * density_functional(*levels, function, Z=Z, length=length) if factor else sp.Integer(0)
    raise _unknown(term)


def _unknown(term: sp.Expr) -> NotDerivable:
    return NotDerivable(
        f"no matrix element is written for {term}: the known ones are {{sigma.p, F(r)}}, "
        "f(r) rhat.(sigma_1 x sigma_2), the gradient of delta3_r times sigma_1 x sigma_2, and z components of rhat, L and "
        "sigma_1 times f(r)"
    )
