r"""The force of a pair of Majorana neutrinos of mass $m_\nu$, from the four-fermion vertex.

The loop is cut, not integrated: its imaginary part is a trace averaged over the two-body phase space, and the force is
a sum of Yukawa forces over the masses in the cut. The talk, slide "Loop-level".
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.neutrino_pair import G_F, add_cut, add_massive, g_V1, g_V2, half, m_nu, pair_kernels, r
from nuforce_sym.derivations.neutrino_pair_spin import SPIN_KERNELS, add_spins, spin_kernels

from nuforce_sym import Derivation
from nuforce_sym.amplitude.interaction import Field

nu = Field("nu", r"\nu", half, m_nu, self_conjugate=True)
d = Derivation(
    "two_neutrino_majorana",
    "Two Majorana neutrinos",
    cites=["Denner1992", "GrifolsMassoToldra1996", "Cutkosky1960", "DLMF", "Tangarife"],
)
add_cut(
    d,
    nu,
    r"A Majorana field contracts with the vertex in two ways, so that $\Gamma^\mu=\gamma^\mu(1-\gamma_5)+C[\gamma^\mu"
    r"(1-\gamma_5)]^TC^{-1}=-2\gamma^\mu\gamma_5$: its vector current vanishes.",
)


add_massive(
    d,
    nu,
    ("slide 'Loop-level', Majorana", G_F**2 * g_V1 * g_V2 * m_nu**2 * sp.besselk(2, 2 * m_nu * r) / (2 * sp.pi**3 * r**3)),
)
add_spins(d, nu)

KERNELS = ("two_neutrino_majorana", "two_neutrino_majorana_force", *(f"two_neutrino_majorana_{name}" for name in SPIN_KERNELS))


def kernels(results):
    """The potentials and the force as numeric kernels."""
    return (*pair_kernels(d, results, "Majorana"), *spin_kernels(d, results, "Majorana"))
