r"""The force of a pair of Dirac neutrinos of mass $m_\nu$, from the four-fermion vertex.

The loop is cut, not integrated: its imaginary part is a trace averaged over the two-body phase space, and the force is
a sum of Yukawa forces over the masses in the cut. The talk, slide "Loop-level".
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.neutrino_pair import G_F, add_cut, add_massive, g_V1, g_V2, half, m_nu, pair_kernels, r
from nuforce_sym.derivations.neutrino_pair_spin import SPIN_KERNELS, add_spins, spin_kernels

from nuforce_sym import Derivation
from nuforce_sym.amplitude.interaction import Field

nu = Field("nu", r"\nu", half, m_nu)
d = Derivation(
    "two_neutrino_dirac",
    "Two Dirac neutrinos",
    cites=["FeinbergSucher1968", "GrifolsMassoToldra1996", "Cutkosky1960", "DLMF", "Tangarife"],
)
add_cut(
    d,
    nu,
    r"The vertex is $\Gamma^\mu=\gamma^\mu(1-\gamma_5)$; its chiral projectors remove the term proportional to $m_\nu^2$.",
)


add_massive(
    d, nu, ("slide 'Loop-level', Dirac", G_F**2 * g_V1 * g_V2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2))
)
add_spins(d, nu)

KERNELS = ("two_neutrino_dirac", "two_neutrino_dirac_force", *(f"two_neutrino_dirac_{name}" for name in SPIN_KERNELS))


def kernels(results):
    """The potentials and the force as numeric kernels."""
    return (*pair_kernels(d, results, "Dirac"), *spin_kernels(d, results, "Dirac"))
