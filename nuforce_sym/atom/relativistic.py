r"""Relativistic corrections to parity violation by a force $r^{-5}$: Dirac-Coulomb elements over their static limits.

The full operators are $-b_ea_N\gamma_5V$ and $a_eb_N\,\boldsymbol\alpha\cdot\sigma_NV$. Between
$\binom{g\chi_\kappa}{if\chi_{-\kappa}}$
$$\langle1|\gamma_5V|2\rangle=i\delta_{\kappa_1,-\kappa_2}\int r^2V(g_1f_2-f_1g_2)\,dr,$$
$$\langle1|\boldsymbol\alpha\cdot\sigma_NV|2\rangle=i\int r^2V\big[
g_1f_2\langle\kappa_1|\sigma_e\cdot\sigma_N|{-\kappa_2}\rangle-f_1g_2\langle{-\kappa_1}|\sigma_e\cdot\sigma_N|\kappa_2\rangle\big]dr.$$
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.dirac_coulomb import dirac_state, gamma5_element, kappa_of, mixed_moment
from nuforce_sym.atom.hyperfine import S_dot_I_between
from nuforce_sym.atom.parity import Strengths, parity_element
from nuforce_sym.atom.state import State
from nuforce_sym.atom.system import DIGITS
from nuforce_sym.errors import InputError

STRUCTURES = ("electron", "nucleus")
ELECTRON = Strengths(sp.Integer(1), sp.Integer(0), sp.Integer(0))
NUCLEUS = Strengths(sp.Integer(0), sp.Integer(1), sp.Rational(-1, 2))


def relativistic_ratio(bra: State, ket: State, coupling: mp.mpf, *, structure: str = "electron") -> mp.mpf:
    r"""Return the element of $\gamma_5r^{-5}$, or of $\boldsymbol\alpha\cdot\sigma_Nr^{-5}$ (``"nucleus"``), over its limit.

    ``coupling`` is $Z\alpha$; the ratio tends to 1 with it, as $1+0.580(Z\alpha)^2$ for $\gamma_5$ between 4D5/2 and 4F5/2;
    `relativistic_series` has that coefficient exactly.

    Raises:
        InputError: an unknown structure, states without F for the nucleus's, or states between which the element vanishes.
        NotDerivable: the integral diverges, as for j = 3/2.
    """
    if structure not in STRUCTURES:
        raise InputError(f"the structure is {' or '.join(map(repr, STRUCTURES))}: got {structure!r}")
    with mp.workdps(DIGITS + 10):
        static = parity_element(bra, ket, ELECTRON if structure == "electron" else NUCLEUS)
        if static == 0:
            raise InputError(f"the element between '{bra}' and '{ket}' vanishes: gamma_5 needs equal j, both need l' = l +- 1")
        one, two = (dirac_state(s.n, kappa_of(s.l, int(2 * s.j)), mp.mpf(coupling)) for s in (bra, ket))
        if structure == "electron":
            full = gamma5_element(one, two)
        else:
            first, second = mixed_moment(one, two, -5)
            full = first * _spins(bra, partner(ket)) - second * _spins(partner(bra), ket)
        # <V_PV> = -i v in the static limit; i times the integrals here
        return -full / (_real(static) * one.coupling**6)


def partner(s: State) -> State:
    r"""Return the angular state of the lower component: the same j and F, the other l."""
    l = int(2 * s.j) - s.l
    return State(max(s.n, l + 1), l, s.j, s.F)


def _spins(bra: State, ket: State) -> mp.mpf:
    return 4 * _real(S_dot_I_between(bra, ket)) if bra.l == ket.l else mp.mpf(0)


def _real(value: sp.Expr) -> mp.mpf:
    return mp.mpf(str(sp.N(value, DIGITS + 10)))
