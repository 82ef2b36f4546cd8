r"""The force of a scalar: from $\mathcal{L} = -g\phi\bar\psi\psi$ to Yukawa's potential.

Like charges attract. Peskin & Schroeder, Sec. 4.7; the talk, slide "Motivation", up to its Fourier sign.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import exchange
from nuforce_sym.amplitude.explicit import current_vertex, line
from nuforce_sym.amplitude.interaction import Field, yukawa_interaction
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.lines import Line
from nuforce_sym.potential.force import radial_force
from nuforce_sym.potential.fourier import position_space, singularities
from nuforce_sym.potential.nonrel import static_amplitude
from nuforce_sym.symbols import symbols

r, q, t, m_phi, m_1, m_2, g_1, g_2 = symbols("r q t m_phi m_1 m_2 g_1 g_2")
half = sp.Rational(1, 2)
phi = Field("phi", r"\phi", sp.Integer(0), m_phi, self_conjugate=True)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)

d = Derivation("scalar_exchange", "Exchange of a scalar", cites=["Yukawa1935", "PeskinSchroeder1995"])


def explicit_amplitude(value):
    """-M/(4 E_1 E_2) from explicit spinors of momenta far below their masses, with the propagator put in by hand."""
    heavy = mp.mpf(10) ** 14
    transfer = (mp.mpf(0), mp.mpf(0), value["q"])
    vertex = current_vertex({"S": 1})
    first = line(vertex, transfer, (0, 0, 0), heavy) / (2 * heavy)
    second = line(vertex, tuple(-x for x in transfer), (0, 0, 0), heavy) / (2 * heavy)
    return -(value["g_1"] * value["g_2"]) * first * second / (value["q"] ** 2 + value["m_phi"] ** 2)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""A real scalar couples to the density $\bar\psi\psi$ of two distinct fermions."""
    return yukawa_interaction(phi, (psi_1, g_1), (psi_2, g_2))


@d.step(
    r"\mathcal{M}",
    check.dimension(0),
    check.equals(-g_1 * g_2 * Line(1, "S") * Line(2, "S") / (t - m_phi**2), why="the Feynman rules by hand"),
)
def amplitude(interaction):
    r"""Each vertex is $i$ times the coupling in $\mathcal{L}$ and the propagator is $i/(t-m_\phi^2)$, with $t=q^2$."""
    return exchange(interaction, psi_1, psi_2, t)


@d.step(r"t_0", check.dimension(2), check.residual(lambda t_0, amplitude: 1 / amplitude.subs(t, t_0), "1/M vanishes there"))
def singularity(amplitude):
    r"""The amplitude has one singularity in the $t$ plane, a pole; its position sets the range, $1/\sqrt{t_0}$."""
    ((pole, _),) = singularities(amplitude, t).items()
    return pole


@d.step(
    r"\operatorname{Disc}\mathcal{M}\big|_{t\neq t_0}",
    check.residual(
        lambda found, amplitude: found - 2 * sp.I * sp.im(amplitude.xreplace({Line(a, "S"): sp.Integer(1) for a in (1, 2)})),
        r"$2i\,\mathrm{Im}\,\mathcal{M}$ on the real axis",
    ),
    check.residual(
        lambda found, amplitude, singularity: (
            found + amplitude * (t - singularity) - sp.limit(amplitude * (t - singularity), t, singularity)
        ),
        "the pole with its residue is the whole amplitude",
    ),
)
def discontinuity(amplitude):
    r"""There is no branch cut: $\mathcal{M}(t+i\epsilon)-\mathcal{M}(t-i\epsilon)$ vanishes on both sides of the pole. A cut
    belongs to the exchange of two particles or more.
    """
    epsilon = sp.Dummy("epsilon", positive=True)
    above, below = (amplitude.subs(t, t + sign * sp.I * epsilon) for sign in (1, -1))
    return sp.limit(sp.together(above - below), epsilon, 0)


@d.step(
    r"\mathcal{V}(q)",
    check.dimension(-2),
    check.brute_force(explicit_amplitude, "explicit spinors at momenta 1e-14 of the masses", digits=25),
)
def static(amplitude):
    r"""For heavy particles the lines become $2m$ times the unit operator in spin space, and $t=-\mathbf{q}^2$; the
    potential in momentum space is $\mathcal{V}=-\mathcal{M}/(4E_1E_2)$.
    """
    return static_amplitude(amplitude, t, q)


@d.step(
    r"V(r)",
    check.quadrature(lambda static: q * sp.sin(q * r) * static / (2 * sp.pi**2 * r), q, sp.Integer(0), oscillating=r),
    check.residual(lambda V: sp.diff(r * V, r, 2) / r - m_phi**2 * V, "solves $(\\nabla^2-m_\\phi^2)V=0$ for $r>0$"),
    check.dimension(1),
    check.sign(False, when="like charges have negative energy"),
)
def potential(static):
    r"""The transform to position space closes the contour around the pole $q=im_\phi$: Yukawa's potential."""
    return position_space(static, q, r)


@d.step(
    r"F(r)",
    check.dimension(2),
    check.residual(lambda F, potential: F + sp.diff(potential, r), "SymPy's own derivative of V gives -F"),
    check.sign(False, when="like charges attract"),
)
def force(potential):
    r"""The force is $F=-V'(r)$; it is positive where the particles repel each other."""
    return radial_force(potential, r)


@d.step(
    r"V(r)\big|_{m_\phi=0}",
    check.quadrature(
        lambda static: q * sp.sin(q * r) * static.subs(m_phi, 0) / (2 * sp.pi**2 * r), q, sp.Integer(0), oscillating=r
    ),
    check.scales(r, -1),
)
def massless_potential(potential):
    r"""Without a mass the pole moves to $t=0$ and the range becomes infinite."""
    return sp.limit(potential, m_phi, 0)


KERNELS = ("scalar_yukawa", "scalar_yukawa_force", "scalar_massless")


def kernels(results):
    """Yukawa's potential and force, and their massless limit."""
    arguments = (
        Argument(r, 1e-6, 1e30), Argument(m_phi, 1e-30, 1e6), Argument(g_1, 1e-30, 1e6), Argument(g_2, 1e-30, 1e6)
    )  # fmt: skip
    decaying = (Constraint(m_phi * r, 1e-30, 700.0),)
    note = ("Negative values attract.",)
    cites = tuple(d.cites)
    massless = tuple(a for a in arguments if a.symbol != m_phi)
    return (
        Kernel(
            "scalar_yukawa", "Yukawa potential of a scalar exchanged between two fermions", results["potential"],
            arguments, d.name, "potential", decaying, cites, note,
        ),
        Kernel(
            "scalar_yukawa_force", "Force -dV/dr of a scalar exchanged between two fermions", results["force"],
            arguments, d.name, "force", decaying, cites, note,
        ),
        Kernel(
            "scalar_massless", "Potential of a massless scalar exchanged between two fermions",
            results["massless_potential"], massless, d.name, "massless_potential", (), cites, note,
        ),
    )  # fmt: skip
