r"""The force of a vector: from $\mathcal{L} = -gA_\mu\bar\psi\gamma^\mu\psi$ to Yukawa's and Coulomb's potentials.

Like charges repel. Peskin & Schroeder, Sec. 4.8.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import MU, Q, conserve_vector_current, exchange
from nuforce_sym.amplitude.explicit import METRIC, current_vertex, line
from nuforce_sym.amplitude.interaction import Field, vector_interaction
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.lines import Line
from nuforce_sym.potential.force import radial_force
from nuforce_sym.potential.fourier import position_space, singularities
from nuforce_sym.potential.nonrel import static_amplitude
from nuforce_sym.symbols import symbols

r, q, t, m_A, m_1, m_2, g_1, g_2 = symbols("r q t m_A m_1 m_2 g_1 g_2")
Q_1, Q_2, e, alpha = symbols("Q_1 Q_2 e alpha")
half = sp.Rational(1, 2)
photon = Field("A", "A", sp.Integer(1), m_A, self_conjugate=True)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)

d = Derivation("vector_exchange", "Exchange of a vector", cites=["PeskinSchroeder1995"])


def explicit_amplitude(value):
    """-M/(4 E_1 E_2) from explicit spinors of momenta far below their masses, q_mu q_nu term included."""
    heavy = mp.mpf(10) ** 14
    transfer = (mp.mpf(0), mp.mpf(0), value["q"])
    ends = [(transfer, (0, 0, 0)), ((0, 0, -value["q"]), (0, 0, 0))]
    J = [[line(current_vertex({"V": 1}, mu), *end, heavy) / (2 * heavy) for mu in range(4)] for end in ends]
    contracted = mp.fsum(METRIC[mu] * J[0][mu] * J[1][mu] for mu in range(4))
    along_q = [mp.fsum(METRIC[i + 1] * transfer[i] * current[i + 1] for i in range(3)) for current in J]
    contracted -= along_q[0] * along_q[1] / value["m_A"] ** 2
    M = value["g_1"] * value["g_2"] * contracted / (-(value["q"] ** 2) - value["m_A"] ** 2)
    return mp.re(-M)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""A vector couples to the currents of two distinct fermions."""
    return vector_interaction(photon, (psi_1, g_1), (psi_2, g_2))


@d.step(
    r"\mathcal{M}",
    check.dimension(0),
    check.equals(
        g_1 * g_2 * (Line(1, "V", MU) * Line(2, "V", MU) - Line(1, "V", Q) * Line(2, "V", Q) / m_A**2) / (t - m_A**2),
        why="the Feynman rules by hand",
    ),
)
def amplitude(interaction):
    r"""The propagator of a massive vector is $-i(g_{\mu\nu}-q_\mu q_\nu/m_A^2)/(t-m_A^2)$."""
    return exchange(interaction, psi_1, psi_2, t)


@d.step(
    r"\mathcal{M}",
    check.dimension(0),
    check.equals(g_1 * g_2 * Line(1, "V", MU) * Line(2, "V", MU) / (t - m_A**2), why="Feynman gauge"),
)
def conserved_amplitude(amplitude):
    r"""By the Dirac equation $q_\mu\bar u(p')\gamma^\mu u(p)=(m-m)\bar u(p')u(p)=0$: the longitudinal part drops out."""
    return conserve_vector_current(amplitude)


@d.step(
    r"t_0",
    check.dimension(2),
    check.residual(lambda t_0, amplitude: 1 / amplitude.subs(t, t_0), "$1/\\mathcal{M}$ vanishes there"),
)
def singularity(conserved_amplitude):
    r"""The amplitude has one singularity in the $t$ plane, a pole; its position sets the range, $1/\sqrt{t_0}$."""
    ((pole, _),) = singularities(conserved_amplitude, t).items()
    return pole


@d.step(
    r"\mathcal{V}(q)",
    check.dimension(-2),
    check.brute_force(explicit_amplitude, "explicit spinors at momenta 1e-14 of the masses", digits=25),
)
def static(conserved_amplitude):
    r"""For heavy particles only the time components survive, $\bar u\gamma^0u\to2m$, and $t=-\mathbf{q}^2$; the potential
    in momentum space is $\mathcal{V}=-\mathcal{M}/(4E_1E_2)$.
    """
    return static_amplitude(conserved_amplitude, t, q)


@d.step(
    r"V(r)",
    check.quadrature(lambda static: q * sp.sin(q * r) * static / (2 * sp.pi**2 * r), q, sp.Integer(0), oscillating=r),
    check.residual(lambda V: sp.diff(r * V, r, 2) / r - m_A**2 * V, "solves $(\\nabla^2-m_A^2)V=0$ for $r>0$"),
    check.dimension(1),
    check.sign(True, when="like charges have positive energy"),
)
def potential(static):
    r"""The transform to position space closes the contour around the pole $q=im_A$."""
    return position_space(static, q, r)


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
    r"V(r)\big|_{m_A=0}",
    check.limit(r, sp.Integer(0), lambda potential: potential, rate=1),
    check.scales(r, -1),
)
def massless_potential(potential):
    r"""Without a mass the pole moves to $t=0$ and the range becomes infinite."""
    return sp.limit(potential, m_A, 0)


@d.step(
    r"V_{\mathrm{C}}(r)",
    check.dimension(1),
    check.anchors(
        [({alpha: "0.0072973525643", Q_1: 1, Q_2: -1, r: "268172.76041637885"}, "-2.721138625e-8")],
        "CODATA 2022: an electron at one Bohr radius, 5.29177210544e-11 m, has minus one hartree, 27.211386245981 eV",
    ),
)
def coulomb(massless_potential):
    r"""With $g=eQ$ and $e^2=4\pi\alpha$ this is Coulomb's potential."""
    return massless_potential.subs({g_1: e * Q_1, g_2: e * Q_2}).subs(e, sp.sqrt(4 * sp.pi * alpha))


KERNELS = ("vector_yukawa", "vector_yukawa_force", "coulomb")


def kernels(results):
    """Yukawa's potential and force of a vector, and Coulomb's potential."""
    arguments = (
        Argument(r, 1e-6, 1e30), Argument(m_A, 1e-30, 1e6), Argument(g_1, 1e-30, 1e6), Argument(g_2, 1e-30, 1e6)
    )  # fmt: skip
    decaying = (Constraint(m_A * r, 1e-30, 700.0),)
    note = ("Positive values repel.",)
    cites = tuple(d.cites)
    charges = (Argument(r, 1e-6, 1e30), Argument(alpha, 1e-6, 1.0), Argument(Q_1, 1e-6, 1e6), Argument(Q_2, 1e-6, 1e6))
    return (
        Kernel(
            "vector_yukawa", "Yukawa potential of a vector exchanged between two fermions", results["potential"],
            arguments, d.name, "potential", decaying, cites, note,
        ),
        Kernel(
            "vector_yukawa_force", "Force -dV/dr of a vector exchanged between two fermions", results["force"],
            arguments, d.name, "force", decaying, cites, note,
        ),
        Kernel(
            "coulomb", "Coulomb potential of two charges", results["coulomb"],
            charges, d.name, "coulomb", (), cites, note,
        ),
    )  # fmt: skip
