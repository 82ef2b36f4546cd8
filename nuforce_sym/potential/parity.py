r"""The parity-violating potential of any exchange whose vector part is conserved, from its spin-independent V(r).

The product of a vector and an axial current sees the transverse part of the exchange alone, since q_\mu V^\mu = 0. Every mass
of the cut acts as a vector boson of that mass, and their Yukawa functions add up to V(r):

    V_{\mathrm{PV}} = -b^1a^2\Big[\tfrac12\Big\{\sigma_1\cdot\Big(\frac{p_1}{m_1}-\frac{p_2}{m_2}\Big),V\Big\}
        +\frac{(\sigma_1\times\sigma_2)\cdot\nabla V}{2m_2}\Big] + a^1b^2\Big[(1\leftrightarrow2)\Big]

to first order in 1/m, p_1 = -p_2 = p.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import sympy as sp

from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.flavour import FlavourCharges, sum_over_masses
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.errors import InputError
from nuforce_sym.potential.operators import position_operators
from nuforce_sym.potential.spin_amplitude import collected, spin_amplitude
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import symbols

q, t, m_1, m_2, m_A, g_V1, g_V2, g_A1, g_A2 = symbols("q t m_1 m_2 m_A g_V1 g_V2 g_A1 g_A2")


@cache
def _amplitude() -> sp.Expr:
    """Return the parity-odd amplitude of a vector's exchange at first order in 1/m, times q^2 + m_A^2."""
    half, one = sp.Rational(1, 2), sp.Integer(1)
    boson = Field("A", "A", one, m_A, self_conjugate=True)
    first, second = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)
    charged = ((first, g_V1, g_A1), (second, g_V2, g_A2))
    interaction = Interaction(tuple(Term(-one, (Bilinear(f, (("V", v), ("A", -a))),), boson) for f, v, a in charged))
    momentum_space = spin_amplitude(conserve_vector_current(exchange(interaction, first, second, t)), t, order=1)
    expanded = sp.expand(momentum_space)
    return collected(sp.Add(*(c * expanded.coeff(c) for c in (g_A1 * g_V2, g_V1 * g_A2))))


def parity_violating_potential(helicity_1: sp.Expr, helicity_2: sp.Expr) -> sp.Expr:
    r"""Return V_PV as an operator, for particles 1 and 2 of masses m_1 and m_2.

    Args:
        helicity_1: b^1a^2V(r), the axial charge of particle 1 and the vector charge of particle 2 times the potential of unit
            charges.
        helicity_2: a^1b^2V(r).

    Raises:
        InputError: one of them depends on the momentum transfer or on a vector, so that it is no radial function.
    """
    total = sp.Integer(0)
    unit = {g: sp.Integer(1) for g in (g_V1, g_V2, g_A1, g_A2)}
    for charges, radial in ((g_A1 * g_V2, helicity_1), (g_V1 * g_A2, helicity_2)):
        if radial.free_symbols & {q, t} or radial.has(Vector3):
            raise InputError(f"{radial} is no function of r alone: give a spin-independent potential in position space")
        part = collected(charges * sp.expand(_amplitude()).coeff(charges))
        total += position_operators(part.xreplace(unit), q, partial(_times, radial))
    return total


def _times(radial: sp.Expr, falling: sp.Expr) -> sp.Expr:
    """Return the transform of c/(q^2 + m_A^2) with the radial function in place of Yukawa's."""
    return sp.cancel(falling * (q**2 + m_A**2)) * radial


def parity_violating_sum(
    first: FlavourCharges,
    second: FlavourCharges,
    V: Callable[[int, int], sp.Expr],
    *,
    delta_V: Callable[[int, int], sp.Expr] | None = None,
) -> sp.Expr:
    r"""Return V_PV of a neutrino pair summed over mass eigenstates, for any two fermions, both dynamical.

    The charges b^1_{ij}a^2_{ij} and a^1_{ij}b^2_{ij} take the place of a^1_{ij}a^2_{ij} in `sum_over_masses`, for Dirac
    neutrinos and, given \Delta V_{ij}, for Majorana neutrinos.

    Args:
        first, second: the charges of particles 1 and 2.
        V, delta_V: as in `sum_over_masses`, functions of i and j that give V_{ij}(r) and \Delta V_{ij}(r).
    """
    return parity_violating_potential(
        sum_over_masses(first.b, second.a, V, delta_V=delta_V), sum_over_masses(first.a, second.b, V, delta_V=delta_V)
    )
