r"""Angular factors of the magnetic hyperfine interaction and of the magnetic moment, exactly.

A nuclear moment at rest acts on the electron by $\mathbf{N\cdot I}/r^3$ with
$\mathbf N=\mathbf L+(1+a)[3\mathbf n(\mathbf{n\cdot S})-\mathbf S]$, where $3\mathbf n(\mathbf{n\cdot S})-\mathbf S=
-\sqrt{10}\,[C^2S]^1$, and by $\mathbf{S\cdot I}$ at the nucleus. States are $((l\,s)j\,I)F$, Condon and Shortley's phases.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import sympy as sp

from nuforce_sym.atom.angular import reduced_harmonic
from nuforce_sym.atom.state import State
from nuforce_sym.atom.wigner import wigner_6j, wigner_9j
from nuforce_sym.errors import InputError

HALF = Fraction(1, 2)


def _root(value: Fraction | int) -> sp.Expr:
    return sp.sqrt(sp.Rational(value.numerator, value.denominator))


def _sign(exponent: Fraction | int) -> int:
    return -1 if int(exponent) % 2 else 1


def reduced_orbital(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle(l\frac12)j\|\mathbf L\|(l\frac12)j'\rangle$, zero between different l."""
    if bra.l != ket.l:
        return sp.Integer(0)
    l = bra.l
    outer = _sign(l + HALF + ket.j + 1) * _root((2 * bra.j + 1) * (2 * ket.j + 1) * l * (l + 1) * (2 * l + 1))
    return outer * wigner_6j(l, bra.j, HALF, ket.j, l, 1).sympy


def reduced_spin(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle(l\frac12)j\|\mathbf S\|(l\frac12)j'\rangle$, zero between different l."""
    if bra.l != ket.l:
        return sp.Integer(0)
    l = bra.l
    outer = _sign(l + HALF + bra.j + 1) * _root((2 * bra.j + 1) * (2 * ket.j + 1) * Fraction(3, 2))
    return outer * wigner_6j(HALF, bra.j, l, ket.j, HALF, 1).sympy


def reduced_tensor(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle(l\frac12)j\|3\mathbf n(\mathbf{n\cdot S})-\mathbf S\|(l'\frac12)j'\rangle$."""
    coupled = wigner_9j(bra.l, ket.l, 2, HALF, HALF, 1, bra.j, ket.j, 1).sympy
    outer = _root(3 * (2 * bra.j + 1) * (2 * ket.j + 1) * Fraction(3, 2))
    return -sp.sqrt(10) * outer * coupled * reduced_harmonic(bra.l, 2, ket.l).sympy


@lru_cache(maxsize=4096)
def N_dot_I(bra: State, ket: State, *, anomaly: sp.Expr | int = 0) -> sp.Expr:
    r"""Return $\langle\mathbf{N\cdot I}\rangle$ between two states of equal F, exactly; ``anomaly`` is $a$.

    $\langle j\|\mathbf N\|j\rangle$ makes it $\frac{l(l+1)}{j(j+1)}\langle\mathbf{J\cdot I}\rangle$ in one level.

    Raises:
        InputError: a state lacks F.
    """
    F = _common_F(bra, ket)
    if F is None or (bra.m is not None and ket.m is not None and bra.m != ket.m):
        return sp.Integer(0)
    reduced = reduced_orbital(bra, ket) + (1 + anomaly) * reduced_tensor(bra, ket)
    return sp.expand(_with_nucleus(bra, ket, F) * reduced)


def S_dot_I_between(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle\mathbf{S\cdot I}\rangle$ between two states of equal F, exactly; zero between different l.

    Raises:
        InputError: a state lacks F.
    """
    F = _common_F(bra, ket)
    return sp.Integer(0) if F is None else sp.expand(_with_nucleus(bra, ket, F) * reduced_spin(bra, ket))


def _with_nucleus(bra: State, ket: State, F: int) -> sp.Expr:
    r"""Return $\langle\mathbf{T\cdot I}\rangle/\langle j\|\mathbf T\|j'\rangle$."""
    scalar = _sign(ket.j + HALF + F) * wigner_6j(F, HALF, bra.j, 1, ket.j, HALF).sympy
    return scalar * sp.sqrt(sp.Rational(3, 2))


def _common_F(bra: State, ket: State) -> int | None:
    if bra.F is None or ket.F is None:
        raise InputError(f"the spin of the nucleus acts: write F for both states, '{bra}' and '{ket}'")
    return bra.F if bra.F == ket.F else None


def S_dot_I(F: int) -> sp.Rational:
    r"""Return $\langle\mathbf{S\cdot I}\rangle$ of an S state: 1/4 for F = 1 and -3/4 for F = 0."""
    return (sp.Integer(F * (F + 1)) - sp.Rational(3, 2)) / 2


def reduced_moment(bra: State, ket: State, *, spin_factor: sp.Expr | int = 2) -> sp.Expr:
    r"""Return $\langle1\|\mathbf L+g_s\mathbf S\|2\rangle$ of $((l\,s)j\,I)F$, or of $(l\,s)j$ where F is left open."""
    reduced = reduced_orbital(bra, ket) + spin_factor * reduced_spin(bra, ket)
    return sp.expand(reduced_in_F(bra, ket) * reduced)


def reduced_in_F(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle(j\frac12)F\|\mathbf T\|(j'\frac12)F'\rangle/\langle j\|\mathbf T\|j'\rangle$, T of the electron.

    It is 1 where F is left open, as for a nucleus without spin.

    Raises:
        InputError: only one of the states has F.
    """
    if bra.F is None and ket.F is None:
        return sp.Integer(1)
    if bra.F is None or ket.F is None:
        raise InputError(f"write F for both states or for neither: got '{bra}' and '{ket}'")
    outer = _sign(bra.j + HALF + ket.F + 1) * sp.sqrt((2 * bra.F + 1) * (2 * ket.F + 1))
    return outer * wigner_6j(bra.j, bra.F, HALF, ket.F, ket.j, 1).sympy
