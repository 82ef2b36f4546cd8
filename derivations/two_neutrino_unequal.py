r"""The force of a pair of two different neutrinos, $\nu_i$ and $\bar\nu_j$, per ordered pair.

Flavour mixing couples every fermion to $\bar\nu_i\nu_j$, so that the two lines of the loop have two masses. The
spectral densities are those of a general current $\bar\nu_i\gamma^\mu(g_V-g_A\gamma_5)\nu_j$; the neutrinos' own is
$g_V=g_A=1$. The charges $g_{V1}$ and $g_{V2}$ stand for the elements $ij$ and $ji$ of the two fermions' charge matrices.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.cut import average, imaginary_part, two_body_phase_space
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.amplitude.exchange import conserve_vector_current
from nuforce_sym.amplitude.explicit import METRIC, averaged_loop_trace, loop_trace_component, two_body_volume
from nuforce_sym.amplitude.interaction import Bilinear, Field
from nuforce_sym.amplitude.loop import MU, NU, charge_conjugation_sign, loop_prefactor, loop_trace
from nuforce_sym.components import component
from nuforce_sym.equality import numeric_value
from nuforce_sym.errors import CheckFailed
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.lines import with_currents
from nuforce_sym.potential.asymptotics import long_distance, short_distance, threshold_behaviour
from nuforce_sym.potential.euclidean_time import static_pair_potential
from nuforce_sym.potential.nonrel import at_rest, currents, static_spectral_density
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density, yukawa_sum
from nuforce_sym.potential.unequal import remainder, series
from nuforce_sym.special import PairK2, PairLight
from nuforce_sym.symbols import symbols

r, t, G_F, m_i, m_j, m_1, m_2 = symbols("r t G_F m_i m_j m_1 m_2")
g_V, g_A, g_V1, g_V2, g_A1, g_A2 = symbols("g_V g_A g_V1 g_V2 g_A1 g_A2")
half = sp.Rational(1, 2)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)
nu_i = Field("nu_i", r"\nu_i", half, m_i)
J_1, J_2 = Bilinear(psi_1, (("V", g_V1), ("A", -g_A1))), Bilinear(psi_2, (("V", g_V2), ("A", -g_A2)))
general = Bilinear(nu_i, (("V", g_V), ("A", -g_A)))
LEFT = {g_V: sp.Integer(1), g_A: sp.Integer(1)}
COUPLING = -G_F / sp.sqrt(2)
THRESHOLD = (m_i + m_j) ** 2
SERIES_TERMS = 2
MASSES = {"m_i": sp.Rational(7, 5), "m_j": sp.Rational(3, 5)}
NEAR = {**MASSES, "t": sp.Integer(4) + sp.Rational(1, 10**12)}
CURRENTS = ((3, 1, -2, 5), (2, -1, 4, 1))

d = Derivation(
    "two_neutrino_unequal", "Two neutrinos of different masses", cites=["Denner1992", "Cutkosky1960", "DLMF", "Tangarife"]
)


def structure(value):
    return {"V": value["g_V"], "A": -value["g_A"]}


def charges(value):
    return value["G_F"] ** 2 / 2 * value["g_V1"] * value["g_V2"]


def explicit_average(which, **options):
    def route(value):
        return averaged_loop_trace(structure(value), value["m_i"], value["t"], m_back=value["m_j"], **options)[which]

    return route


def correlator(value):
    return charges(value) * static_potential({"V": 1, "A": -1}, value["r"], value["m_i"], m_back=value["m_j"])


def crossed_correlator(value):
    unit = static_potential({"V": 1, "A": -1}, value["r"], value["m_i"], m_back=value["m_j"], crossed=True)
    return charges(value) * unit


def unitarity(value):
    r"""2 Im M = c^2 \int dPhi_2 <0|J_1.j|pair><pair|j.J_2|0>."""
    A, B = (explicit_average(n)(value) for n in (0, 1))
    j_1, j_2 = CURRENTS
    J_J, J_q = mp.fsum(g * a * b for g, a, b in zip(METRIC, j_1, j_2, strict=True)), j_1[0] * j_2[0]
    return -(value["G_F"] ** 2) / 4 * (A * (-J_J + J_q) + B * J_q) * two_body_volume(value["t"], value["m_i"], value["m_j"])


def volume(value):
    return two_body_volume(value["t"], value["m_i"], value["m_j"])


@d.step(
    r"N^{\mu\nu}",
    check.dimension(2),
    check.components(
        lambda mu, nu, k, k_prime, value: loop_trace_component(
            structure(value), mu, nu, k, k_prime, value["m_i"], m_back=value["m_j"]
        ),
        "explicit 4x4 matrices",
        *(m_i, m_j, g_V, g_A),
    ),
)
def numerator():
    r"""From $\mathcal{L}=-\frac{G_F}{\sqrt2}\sum_a[\bar\psi_a\gamma_\mu(g_{Va}-g_{Aa}\gamma_5)\psi_a][\bar\nu_i\Gamma^\mu
    \nu_j]+\text{h.c.}$ with $\Gamma^\mu=\gamma^\mu(g_V-g_A\gamma_5)$ the closed loop of $\nu_i$ forth and $\nu_j$ back is
    $N^{\mu\nu}=\mathrm{Tr}[\Gamma^\mu(\slashed{k}+m_i)\Gamma^\nu(-\slashed{k}'+m_j)]$. The term $m_im_j$ has opposite
    signs for the vector and the axial current and drops out for $g_V=g_A$.
    """
    return loop_trace(general, general, back=m_j)


@d.step(
    r"\frac{\mathcal{M}}{J_{1\mu}J_{2\nu}I^{\mu\nu}}",
    check.dimension(-4),
    check.equals(sp.I * G_F**2 / 2, why=r"the product $(-1)(-iG_F/\sqrt2)^2\,i^2/i$"),
)
def prefactor():
    r"""The two lines are different particles, so that there is no symmetry factor for one ordered pair."""
    return loop_prefactor(COUPLING, COUPLING)


@d.step(
    r"\int d\Phi_2",
    check.dimension(0),
    check.symmetric({m_i: m_j}),
    check.brute_force(volume, "the bubble's Feynman-parameter integral", digits=25, t=sp.Integer(50), **MASSES),
)
def phase_space():
    r"""Both neutrinos on shell: the square root has a second branch point, at $t=(m_i-m_j)^2$."""
    return two_body_phase_space(t, m_i, m_j)


@d.step(
    r"A(t)",
    check.dimension(2),
    check.symmetric({m_i: m_j}),
    check.brute_force(explicit_average(0), "explicit matrices and momenta", digits=25, t=sp.Integer(50), **MASSES),
)
def transverse(numerator):
    r"""$\langle N^{\mu\nu}\rangle=A(-g^{\mu\nu}+q^\mu q^\nu/t)+B\,q^\mu q^\nu/t$ over the directions of the pair."""
    return average(numerator, t, m_i, m_j)[0]


@d.step(
    r"B(t)",
    check.dimension(2),
    check.symmetric({m_i: m_j}),
    check.brute_force(explicit_average(1), "explicit matrices and momenta", digits=25, t=sp.Integer(50), **MASSES),
    check.residual(lambda B: B.subs({m_i: m_j, g_A: 0}), r"the vector current of equal masses is conserved"),
)
def longitudinal(numerator):
    r"""Neither current is conserved between different masses: $q_\mu\bar\nu_i\gamma^\mu\nu_j\propto m_i-m_j$."""
    return average(numerator, t, m_i, m_j)[1]


@d.step(
    r"\rho_T(t)",
    check.dimension(2),
    check.sign(True, when="every state adds to the transverse correlator", t=sp.Integer(900)),
    check.brute_force(
        lambda value: -explicit_average(0)(value) * volume(value) / (2 * mp.pi),
        "explicit matrices and the Feynman-parameter integral",
        digits=25,
        t=sp.Integer(50),
        **MASSES,
    ),
)
def transverse_density(phase_space, transverse):
    r"""The densities of the current are $\sum_n(2\pi)^4\delta^4(q-p_n)\langle0|j^\mu|n\rangle\langle n|j^{\nu\dagger}|0
    \rangle=2\pi[\rho_T(-g^{\mu\nu}+q^\mu q^\nu/t)+\rho_L\,q^\mu q^\nu/t]$; the sum over states is $-N^{\mu\nu}$ on the cut.
    """
    return sp.factor(-transverse * phase_space / (2 * sp.pi))


@d.step(
    r"\rho_L(t)",
    check.dimension(2),
    check.sign(True, when="every state adds to the longitudinal correlator", t=sp.Integer(900)),
    check.brute_force(
        lambda value: -explicit_average(1)(value) * volume(value) / (2 * mp.pi),
        "explicit matrices and the Feynman-parameter integral",
        digits=25,
        t=sp.Integer(50),
        **MASSES,
    ),
)
def longitudinal_density(phase_space, longitudinal):
    r"""The longitudinal density vanishes with both masses."""
    return sp.factor(-longitudinal * phase_space / (2 * sp.pi))


@d.step(
    r"\operatorname{Im}\mathcal{M}",
    check.dimension(0),
    check.brute_force(
        unitarity,
        "unitarity, with explicit matrices and currents",
        digits=25,
        of=lambda value: with_currents(value, *CURRENTS, (sp.sqrt(t), 0, 0, 0)),
        t=sp.Integer(50),
        **MASSES,
    ),
)
def absorptive_part(prefactor, phase_space, transverse, longitudinal):
    r"""The discontinuity is $2i\operatorname{Im}\mathcal{M}$, with $-2\pi i\,\delta^+$ for each cut propagator."""
    return imaginary_part(prefactor, phase_space, transverse, longitudinal, t)


@d.step(
    r"\rho(t)",
    check.dimension(-2),
    check.symmetric({g_V1: g_V2}),
    check.residual(
        lambda rho, transverse_density: rho - G_F**2 * g_V1 * g_V2 * transverse_density / 2,
        r"only $\rho_T$ is left, with the weight $\frac12G_F^2g_{V1}g_{V2}$",
    ),
    check.residual(
        lambda rho, absorptive_part: rho + at_rest(conserve_vector_current(currents(absorptive_part, J_1, J_2))) / sp.pi,
        r"dropping $q_\mu\bar{u}'\gamma^\mu u=0$ beforehand changes nothing",
    ),
)
def general_density(absorptive_part):
    r"""Between charges at rest, $q^0=0$, the terms $q_\mu q_\nu$ vanish: an external vector current of equal masses is
    conserved, $\bar{u}(p')(\slashed{p}'-\slashed{p})u(p)=0$, whatever the neutrinos' masses are.
    """
    return static_spectral_density(currents(absorptive_part, J_1, J_2), t, THRESHOLD)


@d.step(
    r"\rho_V(t)\big|_{t\to(m_i+m_j)^2}",
    check.dimension(-2),
    check.brute_force(
        lambda value: -explicit_average(0)({**value, "g_V": mp.mpf(1), "g_A": mp.mpf(0)})
        * volume(value) * charges(value) / (2 * mp.pi),
        "explicit matrices just above threshold",
        digits=10,
        **NEAR,
    ),
)  # fmt: skip
def vector_threshold(general_density):
    r"""A pair made by the vector current starts in an s wave, as the square root of $t-t_0$."""
    vector = SpectralDensity(sp.factor(general_density.expr.subs({g_V: 1, g_A: 0})), t, THRESHOLD)
    c, a = threshold_behaviour(vector)
    return c * (t - THRESHOLD) ** a


@d.step(
    r"\rho_A(t)\big|_{t\to(m_i+m_j)^2}",
    check.dimension(-2),
    check.brute_force(
        lambda value: -explicit_average(0)({**value, "g_V": mp.mpf(0), "g_A": mp.mpf(1)})
        * volume(value) * charges(value) / (2 * mp.pi),
        "explicit matrices just above threshold",
        digits=10,
        **NEAR,
    ),
)  # fmt: skip
def axial_threshold(general_density):
    r"""A pair made by the axial current starts in a p wave, as the power $3/2$."""
    axial = SpectralDensity(sp.factor(general_density.expr.subs({g_V: 0, g_A: 1})), t, THRESHOLD)
    c, a = threshold_behaviour(axial)
    return c * (t - THRESHOLD) ** a


@d.step(
    r"\rho_{ij}(t)",
    check.dimension(-2),
    check.sign(True, when="like charges repel at every mass in the cut", t=sp.Integer(900)),
    check.symmetric({m_i: m_j}),
    check.limit(t, sp.oo, G_F**2 * g_V1 * g_V2 * t / (12 * sp.pi**2)),
)
def spectral_density(general_density):
    r"""The neutrinos' own current is left-handed, $g_V=g_A=1$."""
    return SpectralDensity(sp.factor(general_density.expr.subs(LEFT)), t, THRESHOLD)


@d.step(
    r"V_{ij}(r)",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.residual(
        lambda V: (
            V.function.subs(m_j, m_i)
            - G_F**2
            * g_V1
            * g_V2
            * (t - m_i**2)
            * sp.sqrt(t - 4 * m_i**2)
            / (48 * sp.pi**3 * r * sp.sqrt(t))
            * sp.exp(-r * sp.sqrt(t))
        ),
        "the integrand of equal masses",
    ),
)
def mass_integral(spectral_density):
    r"""The potential of one ordered pair. No combination of standard functions equals this integral for two different
    masses, as far as is known; the engine answers so, and the following steps are what there is instead.
    """
    return yukawa_sum(spectral_density, r)


@d.step(
    r"V_{ij}(r)",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.quadrature(lambda mass_integral: mass_integral.function, t, THRESHOLD, points=1, digits=25),
    check.brute_force(correlator, "the cut-free Euclidean correlator with explicit matrices", points=1, digits=25),
)
def potential(numerator):
    r"""Over Euclidean time, $\tau=r\sinh u$, the same potential is $8\int_0^\infty d\tau\,D_i'D_j'(r^2-\tau^2)/R^2$ times
    $G_F^2g_{V1}g_{V2}$, with the propagators $D=mK_1(mR)/(4\pi^2R)$ and
    $\mathcal{K}_2(a,b)=$ $\int_0^\infty du\,\frac{2-\cosh^2u}{\cosh^3u}$
    $K_2(a\cosh u)$ $K_2(b\cosh u)$. It has no branch points.
    """
    return static_pair_potential(sp.expand(numerator.subs(LEFT)), COUPLING**2 * g_V1 * g_V2, m_i, m_j, r)


@d.step(
    r"V_{ij}(r)\big|_{m_j=0}",
    check.dimension(1),
    check.quadrature(lambda mass_integral: mass_integral.function.subs(m_j, 0), t, m_i**2, digits=25),
    check.limit(m_i, sp.Integer(0), G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5), rate=2),
)
def one_massless(spectral_density):
    r"""With one massless neutrino the square root is $t-m_i^2$, and the integral is elementary up to
    $E_1(z)=\int_1^\infty e^{-zx}\,dx/x$.
    """
    rho = SpectralDensity(sp.factor(spectral_density.expr.subs(m_j, 0)), t, m_i**2)
    return potential_from_density(rho, r)


@d.step(
    r"V_{ij}(r)\big|_{m_j=0}",
    check.dimension(1),
    check.equals(lambda one_massless: one_massless, why="the closed form by the cut"),
)
def one_massless_in_time(potential):
    r"""Over Euclidean time the massless propagator has $(m_jr)^2K_2(m_jr\cosh u)\to2/\cosh^2u$, with
    $\mathcal{K}_0(a)=\int_0^\infty du\,\frac{2(2-\cosh^2u)}{\cosh^5u}$ $K_2(a\cosh u)$: nothing cancels in this form.
    """
    light = potential.replace(PairK2, lambda a, b: PairLight((a * b).subs(m_j, 1 / r)) / (m_j * r) ** 2)
    return sp.factor(light)


def within_remainder() -> check.Check:
    """The series differs from the potential by less than the bound on its rest, and by no less than a tenth of it."""

    def test(value, earlier):
        point = {m_i: sp.Rational(5, 2), m_j: sp.Rational(3, 2), r: sp.Integer(2), G_F: 1, g_V1: 1, g_V2: 1}
        off = abs(numeric_value(value, point, 30) / numeric_value(earlier["potential"], point, 30) - 1)
        bound = numeric_value(remainder(point[m_i], point[m_j], SERIES_TERMS), {}, 30)
        if not bound / 1000 < off < bound:
            raise CheckFailed(f"two terms are off by {mp.nstr(off, 5)}, the rest is at most {mp.nstr(bound, 5)}")
        return check.Evidence(
            "remainder",
            rf"off by {mp.nstr(off, 2)} of $V_{{ij}}$ at a sampled point; the bound is {mp.nstr(bound, 2)}",
            "measured",
        )

    return check.Check("remainder", test, ("potential",))


@d.step(
    r"V_{ij}(r)\big|_{\text{two terms}}",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    within_remainder(),
    check.residual(
        lambda value: value.subs(m_j, m_i) - G_F**2 * g_V1 * g_V2 * m_i**3 * sp.besselk(3, 2 * m_i * r) / (4 * sp.pi**3 * r**2),
        "exact for equal masses",
    ),
)
def two_terms(spectral_density):
    r"""For nearly equal masses the binomial series of $\sqrt{1-\epsilon^2/x^2}$, $\epsilon=(m_i-m_j)/(m_i+m_j)$ and
    $\sqrt t=(m_i+m_j)x$, gives a convergent series in $K_0$, $K_1$ and Bickley's $\mathrm{Ki}_1$. After two terms the
    rest is at most $\frac18\epsilon^4(1-\epsilon^2)^{-3/2}V_{ij}$.
    """
    return series(spectral_density, r, SERIES_TERMS)


@d.step(
    r"V_{ij}(r)\big|_{m_{i,j}r\ll1}",
    check.dimension(1),
    check.residual(
        lambda V: V.subs({m_i: 0, m_j: 0}) - G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5),
        "massless neutrinos at the leading order",
    ),
    check.limit(r, sp.Integer(0), lambda potential: potential),
)
def short_distance_potential(spectral_density):
    r"""At short distance only the sum of the squared masses counts, up to relative corrections of order $(mr)^4\ln r$."""
    return short_distance(spectral_density, r)


@d.step(
    r"V_{ij}(r)\big|_{m_{i,j}r\gg1}",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.limit(r, sp.oo, lambda potential: potential, rate=1),
)
def long_distance_potential(spectral_density):
    r"""The branch point at $t_0=(m_i+m_j)^2$ sets the range, $1/(m_i+m_j)$, and the square root the power of $r$."""
    return long_distance(spectral_density, r)


@d.step(
    r"N_C^{\mu\nu}",
    check.dimension(2),
    *(
        check.brute_force(
            lambda value, mu=mu: mp.re(
                loop_trace_component({"V": 1, "A": -1}, mu, mu, *CURRENTS, value["m_i"], m_back=value["m_j"], crossed=True)
            ),
            f"explicit 4x4 matrices, component {mu}{mu}",
            digits=25,
            of=lambda value, mu=mu: component(value, {}, {MU: mu, NU: mu}),
        )
        for mu in (0, 3)
    ),
)
def crossed_numerator():
    r"""Majorana fields have a second contraction, in which the two lines end crossed at the second vertex: there stands
    $C(\Gamma^\nu)^TC^{-1}$, of the opposite chirality, and only the mass term is left.
    """
    left = Bilinear(nu_i, (("V", sp.Integer(1)), ("A", sp.Integer(-1))))
    turned = Bilinear(nu_i, tuple((tag, charge_conjugation_sign(tag) * c) for tag, c in left.structure))
    return loop_trace(left, turned, back=m_j)


@d.step(
    r"\Delta\rho_{ij}(t)",
    check.dimension(-2),
    check.sign(False, when="the crossed contraction weakens the force for real charges", t=sp.Integer(900)),
    check.brute_force(
        lambda value: -averaged_loop_trace(
            {"V": 1, "A": -1}, value["m_i"], value["t"], m_back=value["m_j"], crossed=True
        )[0] * volume(value) * charges(value) / (2 * mp.pi),
        "explicit matrices and momenta",
        digits=25,
        t=sp.Integer(50),
        **MASSES,
    ),
)  # fmt: skip
def crossed_density(crossed_numerator, prefactor, phase_space):
    r"""It adds $\Delta V_{ij}$ to the potential, $V=\sum_{ij}[a^1_{ij}a^{2*}_{ij}V_{ij}+\mathrm{Re}(a^1_{ij}a^2_{ij})\Delta
    V_{ij}]$ for positive masses, with the Majorana phases in the charges.
    """
    A, B = average(crossed_numerator, t, m_i, m_j)
    cut = imaginary_part(prefactor, phase_space, A, B, t)
    density = static_spectral_density(currents(cut, J_1, J_2), t, THRESHOLD)
    return SpectralDensity(sp.factor(density.expr), t, THRESHOLD)


@d.step(
    r"\Delta V_{ij}(r)",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.quadrature(lambda crossed_density: yukawa_sum(crossed_density, r).function, t, THRESHOLD, points=1, digits=25),
    check.brute_force(crossed_correlator, "the cut-free Euclidean correlator with explicit matrices", points=1, digits=25),
)
def majorana_addition(crossed_numerator):
    r"""Over Euclidean time it is $-8m_im_j\int_0^\infty d\tau\,D_iD_j$, with
    $\mathcal{K}_1(a,b)=$ $\int_0^\infty\frac{du}{\cosh u}$ $K_1(a\cosh u)$ $K_1(b\cosh u)$.
    """
    return static_pair_potential(sp.expand(crossed_numerator), COUPLING**2 * g_V1 * g_V2, m_i, m_j, r)


@d.step(
    r"\left(V_{ij}+\Delta V_{ij}\right)\big|_{m_{i,j}r\gg1}",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.limit(r, sp.oo, lambda potential, majorana_addition: potential + majorana_addition, rate=1),
)
def majorana_long_distance(spectral_density, crossed_density):
    r"""For real charges the pair is made by the axial current alone and starts in a p wave: one more power of $1/r$."""
    total = sp.factor(spectral_density.expr + crossed_density.expr)
    return long_distance(SpectralDensity(total, t, THRESHOLD), r)


def axial_correlator(component):
    """Return the route to the force of the axial currents' components by the Euclidean correlator."""

    def route(value):
        unit = static_potential({"V": 1, "A": -1}, value["r"], value["m_i"], m_back=value["m_j"], mu=component)
        return value["G_F"] ** 2 / 2 * value["g_A1"] * value["g_A2"] * unit

    return route


def spins_by_mass(weight_T, weight_both):
    """Return the integrand of a spin-spin function over the masses in the cut, from both densities.

    Every mass acts like a vector boson, -(G_F^2/2)[rho_T sigma_1.sigma_2 Y - (rho_T + rho_L)/t (sigma_1.grad)(sigma_2.grad) Y].
    """

    def integrand(transverse_density, longitudinal_density):
        Y = sp.exp(-sp.sqrt(t) * r) / (4 * sp.pi * r)
        both = transverse_density + longitudinal_density
        total = weight_T(Y) * transverse_density - weight_both(Y) * both / t
        return -(G_F**2) / 2 * g_A1 * g_A2 * total.subs(LEFT)

    return integrand


@d.step(
    r"V_{AA}^{\sigma\sigma}(r)",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.quadrature(spins_by_mass(lambda Y: Y, lambda Y: sp.diff(Y, r) / r), t, THRESHOLD, points=1),
    check.brute_force(axial_correlator(1), "the Euclidean correlator of the transverse currents", points=1, digits=20),
)
def axial_spin_spin(numerator):
    r"""The product of the axial charges couples the spins of two fermions at rest to the space components of the current.
    Across the distance it is $-8\int_0^\infty d\tau\,D_i'D_j'$, with
    $\mathcal{A}(a,b)=$ $\int_0^\infty\frac{du}{\cosh u}$
    $K_2(a\cosh u)$ $K_2(b\cosh u)$: the coefficient of $\sigma_1\cdot\sigma_2$.
    """
    return static_pair_potential(sp.expand(numerator.subs(LEFT)), COUPLING**2 * g_A1 * g_A2, m_i, m_j, r, mu=1)


@d.step(
    r"V_{AA}^{rr}(r)",
    check.dimension(1),
    check.symmetric({m_i: m_j}),
    check.quadrature(spins_by_mass(lambda _: 0, lambda Y: sp.diff(Y, r, 2) - sp.diff(Y, r) / r), t, THRESHOLD, points=1),
    check.brute_force(
        lambda value: axial_correlator(3)(value) - axial_correlator(1)(value),
        "the Euclidean correlators of the currents along and across",
        points=1,
        digits=20,
    ),
)
def axial_tensor(numerator, axial_spin_spin):
    r"""Spins along $\hat r$ feel the component along it; less the former this is the coefficient of
    $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$.
    """
    along = static_pair_potential(sp.expand(numerator.subs(LEFT)), COUPLING**2 * g_A1 * g_A2, m_i, m_j, r, mu=3)
    return along - axial_spin_spin


KERNELS = (
    "two_neutrino_unequal",
    "two_neutrino_unequal_majorana",
    "two_neutrino_unequal_spin_spin",
    "two_neutrino_unequal_tensor",
    "two_neutrino_one_massless",
)
RANGES = {r: (1e-6, 1e30), m_i: (1e-20, 1e6), m_j: (1e-20, 1e6), G_F: (1e-30, 1.0)}
WHAT = {
    "potential": "Potential between two fermions by exchange of two neutrinos of different masses, one ordered pair",
    "majorana_addition": "What the second contraction of Majorana fields adds to the potential of two different neutrinos",
    "axial_spin_spin": "Spin-spin force, the coefficient of sigma_1.sigma_2, of two different neutrinos, one ordered pair",
    "axial_tensor": "Spin-spin force, the coefficient of (sigma_1.rhat)(sigma_2.rhat), of two different neutrinos",
    "one_massless_in_time": "Potential between two fermions by exchange of a massive and a massless neutrino, one ordered pair",
}
NOTE = (
    "The charges are the elements ij and ji of the charge matrices; sum over ordered pairs. A massless partner has the kernel "
    "two_neutrino_one_massless; with m_j = 1e-8/r the value changes by less than 1e-15 of itself. The four-fermion "
    "interaction holds for r well above 1/m_W = 0.0124/GeV."
)


def kernels(results):
    """The potentials of one ordered pair, and what Majorana fields add for real charges."""
    return tuple(
        Kernel(
            name,
            WHAT[step],
            results[step],
            tuple(
                Argument(s, *RANGES.get(s, (1e-12, 1e6)))
                for s in (r, m_i, m_j, G_F, g_V1, g_V2, g_A1, g_A2)
                if s in results[step].free_symbols
            ),
            d.name,
            step,
            constraints=tuple(
                Constraint(m * r, 1e-8 if m_j in results[step].free_symbols else 2e-8, 340.0)
                for m in (m_i, m_j)
                if m in results[step].free_symbols
            ),
            cites=tuple(d.cites),
            notes=(NOTE,),
        )
        for name, step in zip(KERNELS, WHAT, strict=True)
    )
