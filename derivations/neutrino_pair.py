r"""The cut of a neutrino pair between two fermions, for any kind of neutrino: massless, Dirac or Majorana.

`add_cut` gives a derivation the steps from the Lagrangian to the potential as a sum over masses; `add_massive` the closed
form for massive neutrinos, with its limits.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.cut import average, imaginary_part, two_body_phase_space
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.amplitude.explicit import METRIC, averaged_loop_trace, loop_trace_component, two_body_volume
from nuforce_sym.amplitude.interaction import Field, neutral_current
from nuforce_sym.amplitude.loop import loop_bilinear, loop_prefactor, loop_trace, symmetry_factor
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.lines import with_currents
from nuforce_sym.potential.force import radial_force
from nuforce_sym.potential.limits import long_distance, massless_limit
from nuforce_sym.potential.nonrel import currents, static_spectral_density
from nuforce_sym.potential.spectral import potential_from_density, yukawa_sum
from nuforce_sym.symbols import symbols

r, t, G_F, m_nu, m_1, m_2 = symbols("r t G_F m_nu m_1 m_2")
g_V1, g_V2, g_A1, g_A2 = symbols("g_V1 g_V2 g_A1 g_A2")
half = sp.Rational(1, 2)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)

LEFT = {"V": 1, "A": -1}
CURRENTS = ((3, 1, -2, 5), (2, -1, 4, 1))


def mass_of(nu: Field, value) -> mp.mpf:
    """The neutrino's mass at a sampled point."""
    return mp.mpf(0) if nu.mass == 0 else value["m_nu"]


def euclidean(nu: Field):
    """Return the route to V(r) by the Euclidean correlator: no cut, no spectral density, no Bessel integral."""

    def route(value):
        c_1, c_2 = (value["G_F"] * value[g] / mp.sqrt(2) for g in ("g_V1", "g_V2"))
        return c_1 * c_2 * static_potential(LEFT, value["r"], mass_of(nu, value), self_conjugate=nu.self_conjugate)

    return route


def add_cut(d: Derivation, nu: Field, about_the_trace: str) -> None:
    """Add to ``d`` the steps ``interaction`` to ``mass_integral`` for the neutrino field ``nu``."""
    m = nu.mass
    massive = {} if m == 0 else {"m_nu": sp.Rational(7, 10)}
    names = () if m == 0 else (m_nu,)

    def explicit_trace(mu, nu_, k, k_prime, value):
        return loop_trace_component(LEFT, mu, nu_, k, k_prime, mass_of(nu, value), self_conjugate=nu.self_conjugate)

    def explicit_average(which):
        return lambda value: averaged_loop_trace(LEFT, mass_of(nu, value), value["t"], self_conjugate=nu.self_conjugate)[which]

    def unitarity(value):
        r"""2 Im M = S c^2 \int dPhi_2 <0|J_1.j|pair><pair|j.J_2|0>, S = 1/2 for identical particles."""
        A, B = averaged_loop_trace(LEFT, mass_of(nu, value), value["t"], self_conjugate=nu.self_conjugate)
        J_1, J_2 = CURRENTS
        J_J, J_q = mp.fsum(g * a * b for g, a, b in zip(METRIC, J_1, J_2, strict=True)), J_1[0] * J_2[0]
        rate = -(A * (-J_J + J_q) + B * J_q) * two_body_volume(value["t"], mass_of(nu, value))
        return (half if nu.self_conjugate else 1) * value["G_F"] ** 2 / 2 * rate / 2

    @d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
    def interaction():
        r"""Below the weak scale two distinct fermions couple to the left-handed neutrino current."""
        return neutral_current(G_F, nu, (psi_1, g_V1, g_A1), (psi_2, g_V2, g_A2))

    def numerator(interaction):
        (_, _, loop_1), (_, _, loop_2) = (loop_bilinear(interaction, psi) for psi in (psi_1, psi_2))
        return loop_trace(loop_1, loop_2)

    numerator.__doc__ = (
        r"The closed loop carries $N^{\mu\nu}=\mathrm{Tr}[\Gamma^\mu(\slashed{k}+m)\Gamma^\nu(\slashed{k}-\slashed{q}+m)]$, "
        rf"where $k-q=-k'$ on the cut. {about_the_trace}"
    )
    d.step(r"N^{\mu\nu}", check.dimension(2), check.components(explicit_trace, "explicit 4x4 matrices", *names))(numerator)

    @d.step(
        r"\frac{\mathcal{M}}{J_{1\mu}J_{2\nu}I^{\mu\nu}}",
        check.dimension(-4),
        check.equals(
            sp.I * G_F**2 / 2 * (half if nu.self_conjugate else 1),
            why=r"the product $(-1)(-iG_F/\sqrt2)^2\,i^2/i$ and the symmetry factor",
        ),
    )
    def prefactor(interaction):
        r"""With $I^{\mu\nu}=\int\frac{d^4k}{(2\pi)^4}\frac{N^{\mu\nu}}{(k^2-m^2)((k-q)^2-m^2)}$ the rest of the amplitude is
        $-1$ for the closed fermion loop, $i$ times the coupling in $\mathcal{L}$ for each vertex, $i$ for each
        propagator, and the symmetry factor of the pair; the diagram is $i\mathcal{M}$.
        """
        (c_1, _, _), (c_2, _, _) = (loop_bilinear(interaction, psi) for psi in (psi_1, psi_2))
        return symmetry_factor(nu) * loop_prefactor(c_1, c_2)

    @d.step(
        r"\int d\Phi_2",
        check.dimension(0),
        check.brute_force(
            lambda value: two_body_volume(value["t"], mass_of(nu, value)),
            "the bubble's Feynman-parameter integral",
            digits=25,
            t=sp.Integer(50),
            **massive,
        ),
    )
    def phase_space():
        r"""Cutkosky's rule puts both neutrinos on shell; what remains of the loop is the phase space of the pair."""
        return two_body_phase_space(t, m, m)

    @d.step(
        r"A(t)",
        check.dimension(2),
        check.brute_force(explicit_average(0), "explicit matrices and momenta", digits=25, t=sp.Integer(50), **massive),
    )
    def transverse(numerator):
        r"""Averaged over directions, $\langle N^{\mu\nu}\rangle=A(-g^{\mu\nu}+q^\mu q^\nu/t)+B\,q^\mu q^\nu/t$; contraction
        with $g_{\mu\nu}$ and with $q_\mu q_\nu$ gives $A$ and $B$. The antisymmetric part averages to zero.
        """
        return average(numerator, t, m, m)[0]

    @d.step(
        r"B(t)",
        check.dimension(2),
        check.brute_force(explicit_average(1), "explicit matrices and momenta", digits=25, t=sp.Integer(50), **massive),
    )
    def longitudinal(numerator):
        r"""The longitudinal part vanishes with the neutrino mass: only the mass breaks the axial current's conservation."""
        return average(numerator, t, m, m)[1]

    @d.step(
        r"\operatorname{Im}\mathcal{M}",
        check.dimension(0),
        check.brute_force(
            unitarity,
            r"unitarity, with explicit matrices and currents",
            digits=25,
            of=lambda value: with_currents(value, *CURRENTS, (sp.sqrt(t), 0, 0, 0)),
            t=sp.Integer(50),
            **massive,
        ),
    )
    def absorptive_part(prefactor, phase_space, transverse, longitudinal):
        r"""Each cut propagator is $-2\pi i\,\delta^+$, and the discontinuity is $2i\operatorname{Im}\mathcal{M}$; the external
        currents are $J_a^\mu=\bar{u}(p_a')\gamma^\mu(g_{Va}-g_{Aa}\gamma_5)u(p_a)$.
        """
        return imaginary_part(prefactor, phase_space, transverse, longitudinal, t)

    @d.step(
        r"\rho(t)",
        check.dimension(-2),
        check.sign(True, when="like charges repel at every mass in the cut", t=sp.Integer(50)),
        check.symmetric({g_V1: g_V2}),
        check.limit(t, sp.oo, G_F**2 * g_V1 * g_V2 * t / (12 * sp.pi**2)),
    )
    def spectral_density(interaction, absorptive_part):
        r"""For heavy sources the lines become charges at rest, $q^0=0$, averaged over spin, and the potential in momentum
        space is $\mathcal{V}=-\mathcal{M}/(4E_1E_2)=\int dt\,\rho(t)/(\mathbf{q}^2+t)$, with $\rho=-\operatorname{Im}
        \mathcal{M}/(4\pi m_1m_2)$. The density starts at the branch point of the amplitude, $t_0=4m^2$, which sets the range
        of the force.
        """
        (_, J_1, _), (_, J_2, _) = (loop_bilinear(interaction, psi) for psi in (psi_1, psi_2))
        return static_spectral_density(currents(absorptive_part, J_1, J_2), t, threshold=4 * m**2)

    @d.step(
        r"V(r)",
        check.dimension(1),
        check.brute_force(euclidean(nu), "the cut-free Euclidean correlator with explicit matrices", points=1, digits=20),
    )
    def mass_integral(spectral_density):
        r"""Each mass $\sqrt{t}$ in the continuum gives one Yukawa potential; the force of the pair is their sum."""
        return yukawa_sum(spectral_density, r)


def add_massive(d: Derivation, nu: Field, printed: tuple[str, sp.Expr]) -> None:
    """Add to ``d`` the closed form of the massive pair, its force and its limits; ``printed`` is a slide and its formula."""

    @d.step(
        r"V(r)",
        check.quadrature(lambda mass_integral: mass_integral.function, t, 4 * m_nu**2),
        check.brute_force(euclidean(nu), "the cut-free Euclidean correlator with explicit matrices", digits=25),
        check.against("Tangarife", *printed),
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


RANGES = {r: (1e-6, 1e30), m_nu: (1e-20, 1e6), G_F: (1e-30, 1.0), g_V1: (1e-12, 1e6), g_V2: (1e-12, 1e6)}


def pair_kernels(d: Derivation, results, kind: str) -> tuple[Kernel, ...]:
    """Return the kernels of the potential and of the force of a pair of ``kind`` neutrinos."""
    found = []
    for step, what in (("potential", "Potential"), ("force", "Force -dV/dr")):
        formula = results[step]
        used = [s for s in (r, m_nu, G_F, g_V1, g_V2) if s in formula.free_symbols]
        found.append(
            Kernel(
                d.name if step == "potential" else f"{d.name}_force",
                f"{what} between two fermions by exchange of two {kind} neutrinos",
                formula,
                tuple(Argument(s, *RANGES[s]) for s in used),
                d.name,
                step,
                constraints=(Constraint(2 * m_nu * r, 1e-8, 700.0),) if m_nu in used else (),
                cites=tuple(d.cites),
                notes=(
                    (
                        "Positive values repel. The four-fermion interaction holds for r well above 1/m_W = 0.0124/GeV. "
                        "One neutrino species; sum over species with their own charges."
                    ),
                ),
            )
        )
    return tuple(found)
