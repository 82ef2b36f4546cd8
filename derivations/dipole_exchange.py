r"""The force between electric and magnetic dipole moments, by exchange of a photon.

$\mathcal{L} = -\frac12\bar\psi\sigma^{\mu\nu}(\mu+id\gamma_5)\psi F_{\mu\nu}$: for two magnetic moments Fermi's contact
interaction comes with the dipole-dipole force of magnetostatics; a magnetic and an electric moment violate parity and
time reversal.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.kernel import Argument, Kernel
from nuforce_sym.potential.operators import RHAT, coefficient, position_operators
from nuforce_sym.potential.spin_amplitude import from_operators, in_operators, spin_amplitude
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.spin_check import gradients, spinors
from nuforce_sym.symbols import symbols

r, q, t, m_1, m_2, mu_1, mu_2, d_1, d_2 = symbols("r q t m_1 m_2 mu_1 mu_2 d_1 d_2")
delta3_r = symbols("delta3_r")[0]
half = sp.Rational(1, 2)
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
photon = Field("A", "F", sp.Integer(1), sp.Integer(0), self_conjugate=True)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)

d = Derivation("dipole_exchange", "Photon exchange between dipole moments", cites=["Fermi1930", "DobrescuMocioiu2006"])


def explicit(value, P, transfer):
    """-V from explicit four-spinors, neither reduced nor expanded."""
    first, second = ({"M": value[f"mu_{n}"], "E": value[f"d_{n}"]} for n in (1, 2))
    return exchange_matrix(first, second, (value["m_1"], value["m_2"], 0), P, transfer, spin=1)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""The magnetic moment $\mu$ and the electric moment $d$ couple to the field strength:
    $H=-\mu\,\sigma\cdot B-d\,\sigma\cdot E$.
    """
    return mediator_interaction(photon, (psi_1, "M", mu_1), (psi_1, "E", d_1), (psi_2, "M", mu_2), (psi_2, "E", d_2))


@d.step(r"\mathcal{M}", check.dimension(0))
def amplitude(interaction):
    r"""Between spinors the moments become $i\sigma^{\mu\nu}k_\nu$ and $i\sigma^{\mu\nu}i\gamma_5k_\nu$, with the momentum $k$
    that the fermion gains; both are conserved, since $q_\mu\sigma^{\mu\nu}q_\nu=0$.
    """
    return conserve_vector_current(exchange(interaction, psi_1, psi_2, t))


@d.step(r"\mathcal{V}(\mathbf{q},\mathbf{P})", check.dimension(-2), spinors(explicit, 1, small=(), scaling=0))
def momentum_space(amplitude):
    r"""To first order in $1/m$: the moments at rest, and what their motion adds."""
    return spin_amplitude(amplitude, t, order=1)


@d.step(
    r"\mathbf{q}^2\,\mathcal{V}",
    check.dimension(0),
    check.residual(
        lambda found, momentum_space: from_operators(found) - sp.expand(momentum_space * q**2),
        "the operators written out give the amplitude back",
    ),
)
def operators(momentum_space):
    r"""In the operators of Dobrescu and Mocioiu, with $m=m_1$."""
    return in_operators(sp.expand(momentum_space * q**2))


@d.step(r"V", check.dimension(1), gradients("momentum_space", sp.Integer(0)))
def potential(momentum_space):
    r"""The double gradient of $1/(4\pi r)$, whose trace is the contact term."""
    return position_operators(momentum_space, q)


@d.step(
    r"V_{\mu\mu}^{\mathrm{contact}}",
    check.dimension(-2),
    check.equals(-sp.Rational(2, 3) * mu_1 * mu_2, why="Fermi's contact interaction, -(2/3) mu_1.mu_2 delta"),
)
def fermi_contact(potential):
    r"""The coefficient of $\sigma_1\cdot\sigma_2\,\delta^3(\mathbf{r})$ for two magnetic moments: the field inside a magnetised
    sphere.
    """
    both = coefficient(potential, Dot3(sigma_1, sigma_2) * delta3_r)
    return sp.factor(sp.expand(both).coeff(mu_1 * mu_2) * mu_1 * mu_2)


@d.step(
    r"V_{dd}^{\mathrm{contact}}",
    check.dimension(-2),
    check.equals(d_1 * d_2 / 3, why="the field inside a polarised sphere, -P/3"),
)
def electric_contact(potential):
    r"""The same for two electric moments; the signs differ, since the charges of a dipole lie inside it."""
    both = coefficient(potential, Dot3(sigma_1, sigma_2) * delta3_r)
    return sp.factor(sp.expand(both).coeff(d_1 * d_2) * d_1 * d_2)


@d.step(
    r"V_{\mathrm{dip}}^{\sigma\sigma}(r)",
    check.dimension(1),
    check.scales(r, -3),
    check.equals((mu_1 * mu_2 + d_1 * d_2) / (4 * sp.pi * r**3), why="the dipole-dipole energy of electro- and magnetostatics"),
)
def dipole_dipole(potential):
    r"""The coefficient of $\sigma_1\cdot\sigma_2$ for $r>0$."""
    return coefficient(potential, Dot3(sigma_1, sigma_2))


@d.step(
    r"V_{\mathrm{dip}}^{rr}(r)",
    check.dimension(1),
    check.residual(lambda V, dipole_dipole: V + 3 * dipole_dipole, "the average over directions vanishes"),
)
def dipole_dipole_tensor(potential):
    r"""The coefficient of $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$."""
    return coefficient(potential, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))


KERNELS = ("magnetic_dipoles",)


def kernels(results):
    """The dipole-dipole potential of two magnetic moments."""
    formula = sp.factor(results["dipole_dipole"].subs({d_1: 0, d_2: 0}))
    arguments = (Argument(r, 1e-6, 1e30), Argument(mu_1, 1e-30, 1e6), Argument(mu_2, 1e-30, 1e6))
    return (
        Kernel(
            "magnetic_dipoles", "Dipole-dipole potential of two magnetic moments, the coefficient of sigma_1.sigma_2",
            formula, arguments, d.name, "dipole_dipole", (), tuple(d.cites),
            ("The coefficient of (sigma_1.rhat)(sigma_2.rhat) is -3 times this; the contact term at r = 0 is left out.",),
        ),
    )  # fmt: skip
