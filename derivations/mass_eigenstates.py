r"""Two different neutrinos in the loop: the sum over mass eigenstates for Dirac and for Majorana neutrinos.

$V^D=\sum_{ij}a^1_{ij}a^{2*}_{ij}V_{ij}$ and $V^M=\sum_{ij}[a^1_{ij}a^{2*}_{ij}V_{ij}+\mathrm{Re}(a^1_{ij}a^2_{ij})\Delta
V_{ij}]$, with positive masses and the Majorana phases in the charges. The second term is a Wick contraction of its own.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.neutrino_pair import psi_1, psi_2
from nuforce_sym.derivations.two_neutrino_dirac import d as dirac_pair
from nuforce_sym.derivations.two_neutrino_majorana import d as majorana_pair

from nuforce_sym import Derivation, check, dirac
from nuforce_sym.amplitude.contraction import loop_contractions
from nuforce_sym.amplitude.cut import average, imaginary_part, two_body_phase_space
from nuforce_sym.amplitude.explicit import charge_conjugate, current_vertex, slash, sphere_average, trace
from nuforce_sym.amplitude.flavour import charges, real_part, sum_over_masses
from nuforce_sym.amplitude.interaction import Bilinear, Field
from nuforce_sym.amplitude.loop import K_PRIME, MU, NU, K, loop_prefactor
from nuforce_sym.components import component
from nuforce_sym.earlier import result_of
from nuforce_sym.potential.nonrel import currents, static_spectral_density
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density
from nuforce_sym.symbols import symbols

r, t, G_F, m_nu, m_i, m_j, g_V1, g_V2 = symbols("r t G_F m_nu m_nu1 m_nu2 g_V1 g_V2")
alpha_21, theta_12, theta_13 = symbols("alpha_21 theta_12 theta_13")
half, one = sp.Rational(1, 2), sp.Integer(1)
LEFT = {"V": 1, "A": -1}
FAR = {"t": sp.Integer(50), "m_nu1": sp.Rational(7, 10), "m_nu2": sp.Rational(3, 2)}

d = Derivation(
    "mass_eigenstates",
    "The force of a neutrino pair, summed over mass eigenstates",
    cites=["Denner1992", "GrifolsMassoToldra1996"],
)


def left(index):
    """The vertex of the left-handed current."""
    return dirac.gamma(index) * (1 - dirac.gamma5)


def explicit(*, conjugate):
    """Return the route to a component of the trace by explicit matrices."""

    def route(mu, nu, k, k_prime, value):
        first, second = current_vertex(LEFT, mu), current_vertex(LEFT, nu)
        second = charge_conjugate(second) if conjugate else second
        forth = slash(k) + value["m_nu1"] * mp.eye(4)
        return trace(first * forth * second * (-slash(k_prime) + value["m_nu2"] * mp.eye(4)))

    return route


WEIGHTS = tuple((mu, nu, 3 * mu + 5 * nu * nu + 2) for mu in range(4) for nu in range(4))


def weighted(value):
    """Sum the 16 components with different weights."""
    return sp.Add(*(w * component(value, {}, {MU: mu, NU: nu}) for mu, nu, w in WEIGHTS))


def weighted_matrices(value):
    """The same by explicit matrices, off shell."""
    k, k_prime = ((2, 3, -1, 4), (5, -2, 1, 3))
    return mp.fsum(w * mp.re(explicit(conjugate=True)(mu, nu, k, k_prime, value)) for mu, nu, w in WEIGHTS)


def averaged(which, *, conjugate):
    """Return the route to A (which = 3) or B (which = 0): the component T^{33} or T^{00} of the pair at rest."""

    def route(value):
        total, m_1, m_2 = mp.sqrt(value["t"]), value.get("m_nu1"), value.get("m_nu2")
        E = (total**2 + m_1**2 - m_2**2) / (2 * total)
        k = mp.sqrt(E**2 - m_1**2)

        def component(n):
            pair = (E, *(k * x for x in n)), (total - E, *(-k * x for x in n))
            return explicit(conjugate=conjugate)(which, which, *pair, value)

        return mp.re(sphere_average(component))

    return route


def unitarity(conjugate):
    """Return the route to the density of unit charges: a rate by explicit matrices and the bubble's Feynman integral."""

    def route(value):
        m_1, m_2, s = value["m_nu1"], value["m_nu2"], value["t"]
        low, high = sorted(mp.polyroots([s, -(s + m_2**2 - m_1**2), m_2**2], extraprec=120), key=mp.re)
        volume = mp.re(high - low) / (8 * mp.pi)
        return -averaged(3, conjugate=conjugate)(value) * volume * value["G_F"] ** 2 / 2 / (2 * mp.pi)

    return route


def density(A, B):
    """Return the spectral density of one ordered pair between unit charges at rest."""
    strength = loop_prefactor(*(-G_F / sp.sqrt(2),) * 2)
    found = imaginary_part(strength, two_body_phase_space(t, m_i, m_j), A, B, t)
    external = (Bilinear(psi, (("V", one),)) for psi in (psi_1, psi_2))
    return static_spectral_density(currents(found, *external), t, threshold=(m_i + m_j) ** 2)


def equal_masses(given):
    """Return the potential of a density with m_i = m_j = m_nu."""
    same = {m_i: m_nu, m_j: m_nu}
    expr = sp.factor(sp.cancel(given.expr.xreplace(same)))
    return potential_from_density(SpectralDensity(expr, t, sp.factor(given.threshold.xreplace(same))), r)


@d.step(r"N^{\mu\nu}_{ij}", check.dimension(2), check.components(explicit(conjugate=False), "explicit 4x4 matrices", m_i, m_j))
def straight():
    r"""The neutrino $\nu_i$ goes and $\nu_j$ comes back; here $m_i=m_{\nu1}$ and $m_j=m_{\nu2}$. With both $\bar\nu$ paired
    with $\nu$, as for Dirac neutrinos, $N^{\mu\nu}=\mathrm{Tr}[\Gamma^\mu(\slashed{k}+m_i)\Gamma^\nu(-\slashed{k}'+m_j)]$.
    Both vertices are left-handed, which removes $m_im_j$.
    """
    return dirac.trace(left(MU) * (dirac.slash(K) + m_i) * left(NU) * (-dirac.slash(K_PRIME) + m_j)).expr


@d.step(
    r"\widetilde N^{\mu\nu}_{ij}",
    check.dimension(2),
    check.brute_force(weighted_matrices, "all 16 components by explicit 4x4 matrices, weighted", digits=25, of=weighted),
)
def crossed():
    r"""Majorana neutrinos may also be paired $\nu$ with $\nu$ and $\bar\nu$ with $\bar\nu$. Written backwards, the second
    vertex is $C\Gamma^TC^{-1}$, which is right-handed: the mass term alone is left.
    """
    conjugate = dirac.charge_conjugate(left(NU))
    return dirac.trace(left(MU) * (dirac.slash(K) + m_i) * conjugate * (-dirac.slash(K_PRIME) + m_j)).expr


@d.step(
    r"(n,\tilde n)",
    check.brute_force(lambda _: mp.mpf(-1), "one closed loop of fermions", points=1, of=lambda n: n[0]),
    check.residual(lambda n: n[1] - n[0], "the same for both: Majorana fields written backwards keep the sign of the loop"),
)
def signs():
    r"""The signs of the two contractions, counted; a Dirac pair has the first alone. No factor $\frac12$ appears, because the
    sum over $i$ and $j$ runs over both orders.
    """
    return sp.Tuple(*(sp.Integer(n) for n in loop_contractions(Field("nu", r"\nu", half, m_nu, self_conjugate=True))))


@d.step(
    r"A_{ij}(t)",
    check.dimension(2),
    check.brute_force(averaged(3, conjugate=False), "explicit matrices and momenta", digits=25, **FAR),
    check.symmetric({m_i: m_j}),
)
def transverse(straight):
    r"""Averaged over directions, $\langle N^{\mu\nu}\rangle=A(-g^{\mu\nu}+q^\mu q^\nu/t)+B\,q^\mu q^\nu/t$."""
    return average(straight, t, m_i, m_j)[0]


@d.step(
    r"\widetilde A_{ij}(t)",
    check.dimension(2),
    check.brute_force(averaged(3, conjugate=True), "explicit matrices and momenta", digits=25, **FAR),
)
def transverse_crossed(crossed):
    r"""The reversed contraction does not depend on $t$."""
    return average(crossed, t, m_i, m_j)[0]


@d.step(
    r"\rho_{ij}(t)",
    check.dimension(-2),
    check.brute_force(unitarity(False), "unitarity, with explicit matrices", digits=25, G_F=one, **FAR),
    check.symmetric({m_i: m_j}),
)
def spectral_density(straight):
    r"""The density of $V_{ij}$ between unit charges at rest, for one ordered pair; it begins at $(m_i+m_j)^2$."""
    return density(*average(straight, t, m_i, m_j))


@d.step(
    r"\Delta\rho_{ij}(t)",
    check.dimension(-2),
    check.brute_force(unitarity(True), "unitarity, with explicit matrices", digits=25, G_F=one, **FAR),
    check.sign(False, when="the additional contraction attracts between equal charges", t=sp.Integer(50)),
)
def additional_density(crossed, signs):
    r"""And that of $\Delta V_{ij}$, proportional to $-m_im_j$."""
    (n, reversed_n), tensor = signs, crossed
    found = density(*average(tensor, t, m_i, m_j))
    return SpectralDensity(found.expr * reversed_n / n, t, found.threshold)


@d.step(
    r"V_{ii}(r)",
    check.dimension(1),
    check.equals(lambda: result_of(dirac_pair, "potential").xreplace({g_V1: one, g_V2: one}), why="the Dirac pair of one mass"),
)
def potential(spectral_density):
    r"""With equal masses $m_\nu$ the integral has a closed form."""
    return equal_masses(spectral_density)


@d.step(
    r"\Delta V_{ii}(r)",
    check.dimension(1),
    check.equals(
        lambda potential: result_of(majorana_pair, "potential").xreplace({g_V1: one, g_V2: one}) - potential,
        why="the Majorana pair less the Dirac pair of one mass",
    ),
)
def additional_potential(additional_density):
    r"""The additional contraction turns the one Majorana neutrino's force into $K_2$."""
    return equal_masses(additional_density)


@d.step(
    r"V^M_{\mathrm{degenerate}}(r)",
    check.dimension(1),
    check.equals(
        lambda: result_of(dirac_pair, "potential").xreplace({g_V1: one, g_V2: one}), why="the force of one Dirac neutrino"
    ),
)
def degenerate(potential, additional_potential):
    r"""Two Majorana neutrinos of one mass with the charges
    $a=\frac12\left(\begin{smallmatrix}1&i\\-i&1\end{smallmatrix}\right)$ are one Dirac neutrino, $\nu=(\nu_1+i\nu_2)/\sqrt2$:
    in the sum over $i,j=1,2$ the additional contraction cancels.
    """
    a = sp.Matrix([[1, sp.I], [-sp.I, 1]]) / 2
    return sum_over_masses(a, a, lambda *_: potential, delta_V=lambda *_: additional_potential)


def phase_by_numbers(value):
    row = [mp.cos(value["theta_12"]) * mp.cos(value["theta_13"])]
    row.append(mp.sin(value["theta_12"]) * mp.cos(value["theta_13"]) * mp.expj(value["alpha_21"] / 2))
    return mp.re((mp.conj(row[0]) * row[1]) ** 2)


@d.step(
    r"\mathrm{Re}\,(a^e_{12})^2",
    check.dimension(0),
    check.brute_force(phase_by_numbers, "complex numbers", digits=25),
)
def phase():
    r"""Between two electrons the additional contraction of $\nu_1$ with $\nu_2$ has the weight
    $\mathrm{Re}\,a^e_{12}a^e_{12}$, which depends on a Majorana phase: the force tells Dirac from Majorana neutrinos and
    knows their phases.
    """
    return sp.factor(real_part(charges("e").a[0, 1] ** 2))
