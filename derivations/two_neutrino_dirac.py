r"""The force of a pair of Dirac neutrinos of mass $m_\nu$, from the four-fermion vertex.

The loop is cut, not integrated: its imaginary part is a trace averaged over the two-body phase space, and the force is
a sum of Yukawa forces over the masses in the cut. The talk, slide "Loop-level".
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.neutrino_pair import G_F, add_cut, euclidean, g_V1, g_V2, half, m_nu, pair_kernels, r, t
from nuforce_sym.derivations.neutrino_pair_spin import SPIN_KERNELS, add_spins, spin_kernels

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.potential.force import radial_force
from nuforce_sym.potential.limits import long_distance, massless_limit
from nuforce_sym.potential.spectral import potential_from_density

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


@d.step(
    r"V(r)",
    check.quadrature(lambda mass_integral: mass_integral.function, t, 4 * m_nu**2),
    check.brute_force(euclidean(nu), "the cut-free Euclidean correlator with explicit matrices"),
    check.against(
        "Tangarife",
        "slide 'Loop-level', Dirac",
        G_F**2 * g_V1 * g_V2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2),
    ),
    check.symmetric({g_V1: g_V2}),
    check.dimension(1),
    check.sign(True, when="like charges repel"),
)
def potential(spectral_density):
    r"""With $\sqrt{t}=2m_\nu x$ the integral is of Basset's kind, $\int_1^\infty x^k\sqrt{x^2-1}\,e^{-zx}dx$ with
    $z=2m_\nu r$, and the Bessel functions combine into one.
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


@d.step(
    r"V(r)\big|_{m_\nu r\ll1}",
    check.limit(m_nu, sp.Integer(0), lambda potential: potential, rate=2),
    check.scales(r, -5),
    check.against("Tangarife", "slide 'Motivation'", G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)),
)
def massless_potential(potential):
    r"""At short distance the force is that of massless neutrinos, up to relative corrections of order $(m_\nu r)^2$."""
    return massless_limit(potential, m_nu)


@d.step(
    r"V(r)\big|_{m_\nu r\gg1}",
    check.dimension(1),
    check.limit(r, sp.oo, lambda potential: potential, rate=1),
)
def long_distance_potential(potential):
    r"""Beyond $1/(2m_\nu)$ the force falls exponentially, as the branch point at $t=4m_\nu^2$ demands."""
    return long_distance(potential, r)


add_spins(d, nu)

KERNELS = ("two_neutrino_dirac", "two_neutrino_dirac_force", *(f"two_neutrino_dirac_{name}" for name in SPIN_KERNELS))


def kernels(results):
    """The potentials and the force as numeric kernels."""
    return (*pair_kernels(d, results, "Dirac"), *spin_kernels(d, results, "Dirac"))
