r"""The force of a pair of massless neutrinos, $V=G_F^2g_Vg_V'/(4\pi^3r^5)$.

Feinberg & Sucher (1968), Feinberg, Sucher & Au (1989), Hsu & Sikivie (1994); the talk, slide "Motivation".
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.neutrino_pair import G_F, add_cut, euclidean, g_V1, g_V2, half, pair_kernels, r, t
from nuforce_sym.derivations.neutrino_pair_spin import SPIN_KERNELS, add_spins, spin_kernels

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.potential.force import radial_force
from nuforce_sym.potential.spectral import potential_from_density

nu = Field("nu", r"\nu", half, sp.Integer(0))
d = Derivation(
    "two_neutrino",
    "Two massless neutrinos",
    cites=["FeinbergSucher1968", "FeinbergSucherAu1989", "HsuSikivie1994", "Cutkosky1960", "Tangarife"],
)
add_cut(d, nu, r"The vertex is $\Gamma^\mu=\gamma^\mu(1-\gamma_5)$, and here $m=0$.")


@d.step(
    r"V(r)",
    check.quadrature(lambda mass_integral: mass_integral.function, t, sp.Integer(0)),
    check.brute_force(euclidean(nu), "the cut-free Euclidean correlator with explicit matrices", digits=25),
    check.against("Tangarife", "slide 'Motivation'", G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)),
    check.scales(r, -5),
    check.symmetric({g_V1: g_V2}),
    check.dimension(1),
    check.sign(True, when="like charges repel"),
)
def potential(spectral_density):
    r"""A power of $t$ is Euler's integral, $\int_0^\infty t^a e^{-\sqrt{t}\,r}dt=2\Gamma(2a+2)/r^{2a+2}$. Without a mass the
    cut begins at $t_0=0$ and the force has no range: it falls as a power.
    """
    return potential_from_density(spectral_density, r)


@d.step(
    r"F(r)",
    check.dimension(2),
    check.residual(lambda F, potential: F + sp.diff(potential, r), "SymPy's own derivative of V gives -F"),
    check.sign(True, when="like charges repel"),
)
def force(potential):
    r"""The force is $F=-V'(r)$; it is positive where the particles repel each other."""
    return radial_force(potential, r)


add_spins(d, nu)

KERNELS = ("two_neutrino", "two_neutrino_force", *(f"two_neutrino_{name}" for name in SPIN_KERNELS))


def kernels(results):
    """The potentials and the force as numeric kernels."""
    return (*pair_kernels(d, results, "massless"), *spin_kernels(d, results, "massless"))
