r"""Parity-violating matrix elements between hydrogenic states, for any central function F, and what mixes by them.

$$V_{\rm PV}=\frac1m\Big[e\;\sigma_e\cdot\tfrac12\{p,F\}+n\;\sigma_N\cdot\tfrac12\{p,F\}
+x\;(\sigma_e\times\sigma_N)\cdot\nabla F\Big],\qquad \mathbf r=\mathbf r_e-\mathbf r_N,$$

with three strengths e, n, x. The exchange of a vector between charges $\gamma^\mu(a-b\gamma_5)$ gives
$e=-b_ea_N$, $n=a_eb_N$, $x=-\tfrac12a_eb_N$ (the derivations `z_exchange` and `two_neutrino`); the talk prints $e=0$,
$n=2cG_A$, $x=+cG_A$. With $F=F_0\,(r/a_0)^p$ every element is $-i\frac{F_0}{ma_0}$ times a real number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from nuforce_sym.atom.angular import reduced_harmonic, sigma_cross_n, sigma_e_n, sigma_p_n
from nuforce_sym.atom.dalgarno import current, dipole, perturbed
from nuforce_sym.atom.functional import current_functional, gradient_functional
from nuforce_sym.atom.hyperfine import reduced_in_F
from nuforce_sym.atom.radial import RadialFunction, hydrogen_radial
from nuforce_sym.atom.state import State
from nuforce_sym.atom.wigner import wigner_3j, wigner_6j
from nuforce_sym.errors import InputError
from nuforce_sym.symbols import symbol

HALF = Fraction(1, 2)
MASSLESS: Mapping[int, sp.Expr] = {-5: sp.Integer(1)}
r"""$F=\eta^{-5}$, the force of two massless neutrinos in units of $G_F^2/(4\pi^3a_0^5)$."""


@dataclass(frozen=True)
class Strengths:
    """The strengths of the three parity-violating structures; SymPy expressions or mpmath numbers."""

    electron: sp.Expr
    nucleus: sp.Expr
    cross: sp.Expr


def derived_strengths(a_b: sp.Expr, b_a: sp.Expr) -> Strengths:
    r"""Return the strengths that exchange of a vector gives, for $a_eb_N$ and $b_ea_N$ (summed over what is exchanged)."""
    return Strengths(-b_a, a_b, -a_b / 2)


def talk_strengths(a_b: sp.Expr, b_a: sp.Expr) -> Strengths:  # noqa: ARG001
    r"""Return the strengths as the talk prints them: the other sign of the cross term, and no $\sigma_e\cdot p$."""
    return Strengths(sp.Integer(0), a_b, a_b / 2)


def parity_element(
    bra: State,
    ket: State,
    strengths: Strengths,
    *,
    kernel: Mapping[int, sp.Expr] | sp.Expr = MASSLESS,
    radial: tuple[RadialFunction, RadialFunction] | None = None,
) -> sp.Expr:
    r"""Return $v$ in $\langle1|V_{\rm PV}|2\rangle=-i\frac{F_0}{ma_0}\,v$, exactly; ``kernel`` is $F=F_0\sum_pc_p\eta^p$.

    A kernel may also be a function of `r` = $\eta$ with rational coefficients, as `functional` reads it. ``radial`` replaces
    the hydrogenic radial functions, as in sums over intermediate states; it needs powers.

    Raises:
        InputError: a state lacks F, or ``radial`` is given with a kernel that is no sum of powers.
        NotDerivable: the radial integral diverges, as that of $\eta^{-5}$ does where the lower l is 0 or 1.
    """
    one, two = radial or (hydrogen_radial(bra.n, bra.l), hydrogen_radial(ket.n, ket.l))
    momentum = strengths.electron * sigma_e_n(bra, ket).sympy
    cross = sp.Integer(0)
    if strengths.nucleus != 0:
        momentum += strengths.nucleus * sigma_p_n(bra, ket).sympy
    if strengths.cross != 0:
        cross = strengths.cross * sigma_cross_n(bra, ket).sympy
    if isinstance(kernel, sp.Expr):
        if radial:
            raise InputError("a sum over intermediate states needs a kernel in powers of eta: leave out the other states")
        return _closed(bra, ket, momentum, cross, kernel)
    total = sp.Integer(0)
    for power, coefficient in kernel.items():
        if momentum != 0:
            total += coefficient * momentum * current(one, two, power).sympy
        if cross != 0:
            total += coefficient * cross * power * dipole(one, two, power - 1).sympy
    return sp.expand(total)


def _closed(bra: State, ket: State, momentum: sp.Expr, cross: sp.Expr, kernel: sp.Expr) -> sp.Expr:
    levels, total = ((bra.n, bra.l), (ket.n, ket.l)), sp.Integer(0)
    if momentum != 0:
        total += momentum * current_functional(*levels, kernel)
    if cross != 0:
        total += cross * gradient_functional(*levels, kernel)
    return total.xreplace({symbol("a_0"): sp.Integer(1)})


def orientation(bra: State, ket: State, m: Fraction | int) -> sp.Expr:
    r"""Return $(-1)^{F-m}\begin{pmatrix}F&1&F'\\-m&0&m\end{pmatrix}$, with j in place of F where F is left open."""
    first, second = (bra.j, ket.j) if bra.F is None or ket.F is None else (Fraction(bra.F), Fraction(ket.F))
    sign = -1 if int(first - m) % 2 else 1
    return sign * wigner_3j(first, 1, second, -Fraction(m), 0, Fraction(m)).sympy


def reduced_dipole(bra: State, ket: State) -> sp.Expr:
    r"""Return $\langle1\|\mathbf n\|2\rangle$ of $((l\,s)j\,I)F$, or of $(l\,s)j$ where F is left open."""
    if abs(bra.l - ket.l) != 1:
        return sp.Integer(0)
    sign = -1 if int(bra.l + HALF + ket.j + 1) % 2 else 1
    outer = sp.sqrt(sp.Integer(int((2 * bra.j + 1) * (2 * ket.j + 1))))
    six = wigner_6j(bra.l, bra.j, HALF, ket.j, ket.l, 1)
    return sp.expand(sign * outer * (six * reduced_harmonic(bra.l, 1, ket.l)).sympy * reduced_in_F(bra, ket))


def dipole_z(bra: State, ket: State, m: Fraction | int) -> sp.Expr:
    r"""Return $\langle1|z|2\rangle/a_0$ at magnetic quantum number m, exactly, for Z = 1."""
    angular = reduced_dipole(bra, ket)
    if angular == 0:
        return angular
    radial = dipole(hydrogen_radial(bra.n, bra.l), hydrogen_radial(ket.n, ket.l)).sympy
    return sp.expand(orientation(bra, ket, m) * angular * radial)


def intermediates(which: State, *, shell: bool) -> tuple[State, ...]:
    r"""Return the quantum numbers of the states that parity violation mixes into ``which``: $l\pm1$, the same F and m.

    With ``shell`` only those that exist with the same n; n is that of ``which`` otherwise, though the state need not exist.
    """
    found = []
    for l in (which.l - 1, which.l + 1):
        for j in (l - HALF, l + HALF):
            exists = 0 <= l < which.n if shell else l >= 0
            fits = which.j == j if which.F is None else which.F in (j - HALF, j + HALF)
            if exists and j > 0 and fits:
                n = which.n if l < which.n else l + 1
                found.append(State(n, l, j, which.F))
    return tuple(found)


def beyond_the_shell(
    mixed: State,
    other: State,
    strengths: Strengths,
    *,
    kernel: Mapping[int, sp.Expr] | sp.Expr = MASSLESS,
    mixed_is_bra: bool = True,
) -> sp.Expr:
    r"""Return $\sum_{k\ne n}v_{k1}\langle k\|z\|2\rangle/(E_n-E_k)$ over all other states, the continuum included, exactly.

    State 1 is ``mixed``, state 2 is ``other``, of the same n; energies in atomic units, lengths in $a_0$. Where the mixed
    state is the ket the reduced element is $\langle2\|z\|k\rangle$.

    Raises:
        InputError: the states differ in n.
    """
    if mixed.n != other.n:
        raise InputError(f"the sum is closed for two states of one n: got '{mixed}' and '{other}'")
    total = sp.Integer(0)
    start = hydrogen_radial(mixed.n, mixed.l)
    for k in intermediates(mixed, shell=False):
        angular = reduced_dipole(k, other) if mixed_is_bra else reduced_dipole(other, k)
        if angular != 0:
            chi = perturbed(other.n, other.l, k.l)
            total += angular * parity_element(k, mixed, strengths, kernel=kernel, radial=(chi, start))
    return sp.expand(total)


def bound_states(
    mixed: State, other: State, strengths: Strengths, largest: int, *, kernel: Mapping[int, sp.Expr] = MASSLESS
) -> float:  # fmt: skip
    r"""Return the part of `beyond_the_shell` that comes from bound states with $n'\le$ ``largest``, in double precision.

    What is missing is the continuum's share, and that of the higher levels, which falls as $n'^{-2}$.

    Raises:
        InputError: the states differ in n, or a strength is no number.
    """
    if mixed.n != other.n:
        raise InputError(f"the sum is over states of other n than that of both: got '{mixed}' and '{other}'")
    total = 0.0
    for k in intermediates(mixed, shell=False):
        angular = reduced_dipole(k, other)
        if angular == 0:
            continue
        for n in range(k.l + 1, largest + 1):
            if n == mixed.n:
                continue
            state = State(n, k.l, k.j, k.F)
            v = float(parity_element(state, mixed, strengths, kernel=kernel))
            length = float(dipole(hydrogen_radial(n, k.l), hydrogen_radial(other.n, other.l)))
            total += v * float(angular) * length / (1 / (2 * n**2) - 1 / (2 * mixed.n**2))
    return total
