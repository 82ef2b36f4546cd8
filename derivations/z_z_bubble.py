r"""The force of two massless neutrinos at distances down to those of the Z boson: two Z propagators around the loop.

The four-fermion force $1/r^5$ holds for $r\gg1/m_Z$. With the propagators of the Z at both ends of the loop the force
becomes integrable; what the loop does not determine is the mass and the normalisation of the Z, a scale $\mu$.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.neutrino_pair import G_F, add_cut, g_V1, g_V2, half, psi_1, r, t

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Field, vector_interaction
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.dispersion import derivative_integral, massless_loop
from nuforce_sym.potential.logarithm import laplace_moment, pole_with_logarithm, position_space_with_logarithm
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density
from nuforce_sym.special import ZBubble
from nuforce_sym.symbols import symbols

q, m_Z, mu, kappa, g_1, g_2, k = symbols("q m_Z mu kappa g_1 g_2 k")
nu = Field("nu", r"\nu", half, sp.Integer(0))
Z = Field("Z", "Z", sp.Integer(1), m_Z)
strength = G_F**2 * g_V1 * g_V2

d = Derivation("z_z_bubble", "Two massless neutrinos between Z bosons", cites=["HsuSikivie1994", "Cutkosky1960", "DLMF"])
add_cut(d, nu, r"The vertex is $\Gamma^\mu=\gamma^\mu(1-\gamma_5)$.")


@d.step(
    r"\frac{\mathcal{M}_Z(t)}{\mathcal{M}_Z(0)}",
    check.dimension(0),
    check.limit(m_Z, sp.oo, sp.Integer(1), rate=2),
    check.residual(lambda w: sp.fraction(w)[1].subs(t, m_Z**2), "the pole lies at $t=m_Z^2$"),
)
def z_propagator():
    r"""The four-fermion vertex is Z exchange at $t=0$, and both exchange the same currents: the longitudinal part of the
    Z propagator meets $q_\mu\bar{u}'\gamma^\mu u=0$. At finite t the vertex carries this ratio.
    """
    amplitude = conserve_vector_current(exchange(vector_interaction(Z, (psi_1, g_1), (nu, g_2)), psi_1, nu, t))
    return sp.cancel(amplitude / amplitude.subs(t, 0))


def twice_subtracted(value):
    r"""\int dt\,\rho(t)\,[1/(Q+t) - ...] with the first two Taylor terms at Q = mu^2 taken off."""
    Q, S = value["q"] ** 2, value["mu"] ** 2
    c = value["G_F"] ** 2 * value["g_V1"] * value["g_V2"] / (12 * mp.pi**2)
    return mp.quad(lambda s: c * s * (Q - S) ** 2 / ((s + Q) * (s + S) ** 2), [0, S, Q, 10 * (Q + S), mp.inf])


@d.step(
    r"\mathcal{V}_{\nu\nu}(q)",
    check.dimension(-2),
    check.residual(
        lambda V, spectral_density: (
            sp.diff(V.subs(q, sp.sqrt(k)), k, 2)
            - sp.integrate(derivative_integral(spectral_density, k, 2).function, (t, 0, sp.oo))
        ),
        "the second derivative with respect to $q^2$ is the convergent dispersion integral",
    ),
    check.brute_force(
        twice_subtracted,
        "the twice-subtracted dispersion integral by quadrature",
        digits=20,
        of=lambda V: V - sp.diff(V.subs(q, sp.sqrt(k)), k).subs(k, mu**2) * (q**2 - mu**2),
    ),
)
def bubble(spectral_density):
    r"""The dispersion integral of the loop diverges; its second derivative with respect to $q^2$ does not. Integrated back it
    is a logarithm, up to contact terms $a+bq^2$: $a$ would need a scale, and $b$ is absorbed in $\mu$.
    """
    return massless_loop(spectral_density, q, mu)


@d.step(
    r"\mathcal{V}(q)",
    check.dimension(-2),
    check.limit(m_Z, sp.oo, lambda bubble: bubble, rate=2),
    check.limit(q, sp.oo, strength * m_Z**4 * sp.log(q**2 / mu**2) / (12 * sp.pi**2 * q**2), rate=2),
)
def amplitude(bubble, z_propagator):
    r"""Between heavy fermions $t=-q^2$, and each vertex carries the propagator. The amplitude now falls like
    $\ln q^2/q^2$.
    """
    return bubble * sp.cancel(z_propagator.subs(t, -(q**2))) ** 2


def principal_value(value):
    r"""\frac1{4\pi r}[2\ln(M/\mu)e^{-Mr} + P\int_0^\infty dy\,2y e^{-yr}/(y^2-M^2)], the pole cut out symmetrically."""
    R, M, scale = value["r"], value["m_Z"], value["mu"]

    def f(y):
        return 2 * y / (y + M) * mp.exp(-y * R)

    def pair(h):
        return (f(M + h) - f(M - h)) / h

    whole = mp.quad(pair, [0, M / 2, M]) + mp.quad(lambda y: f(y) / (y - M), [2 * M, 3 * M, 10 * M, mp.inf])
    return (2 * mp.log(M / scale) * mp.exp(-M * R) + whole) / (4 * mp.pi * R)


@d.step(
    r"\int\frac{d^3q}{(2\pi)^3}e^{i\mathbf{q}\cdot\mathbf{r}}\,\frac{\ln(q^2/\mu^2)}{q^2+m_Z^2}",
    check.dimension(1),
    check.residual(
        lambda F: sp.diff(r * F, r, 2) / r - m_Z**2 * F + position_space_with_logarithm(sp.log(q**2 / mu**2), q, r),
        r"$(m_Z^2-\nabla^2)F$ is the transform of $\ln(q^2/\mu^2)$",
    ),
    check.brute_force(principal_value, "the principal value by quadrature", digits=20),
)
def logarithm_at_a_pole():
    r"""The cut of the logarithm, $t>0$, runs over the pole at $t=m_Z^2$. The pole carries the mean of the logarithm on
    both sides, and the cut is a principal value, $\frac1{4\pi r}\mathrm{P}\!\int_0^\infty dy\,\frac{2y\,e^{-yr}}{y^2-m_Z^2}$
    with $t=y^2$, which is made of exponential integrals.
    """
    return sp.expand(pole_with_logarithm(m_Z**2, mu, r), log=False)


@d.step(
    r"V(r)",
    check.dimension(1),
    check.residual(
        lambda V: _klein_gordon(_klein_gordon(V)) - m_Z**4 * 3 * strength / (12 * sp.pi**3 * r**5),
        r"$(m_Z^2-\nabla^2)^2V=m_Z^4V_{\nu\nu}$, with the force of massless neutrinos on the right",
    ),
    check.quadrature(
        lambda amplitude: q * sp.sin(q * r) * amplitude / (2 * sp.pi**2 * r),
        q,
        sp.Integer(0),
        points=1,
        oscillating=r,
    ),
    check.symmetric({g_V1: g_V2}),
)
def potential(amplitude):
    r"""Partial fractions in $q^2$ leave a simple and a double pole; the double one is a derivative with respect to $m_Z^2$."""
    return position_space_with_logarithm(amplitude, q, r)


def _klein_gordon(V):
    """(m_Z^2 - nabla^2) V for r > 0."""
    return m_Z**2 * V - sp.diff(r * V, r, 2) / r


@d.step(
    r"V(r)\big|_{\mu=m_Z}",
    check.dimension(1),
    check.equals(lambda potential: potential.subs(mu, m_Z), why="the potential with exponential integrals"),
)
def at_the_z_mass(potential):
    r"""With the scale at the mass of the Z the radial function is $\mathcal{Z}(x)=\frac12[(x+2)e^xE_1(x)+(x-2)e^{-x}
    \mathrm{Ei}(x)]+e^{-x}-1$, $x=m_Zr$, which vanishes at $x=0.86$ and $x=4.14$.
    """
    x = m_Z * r
    front = sp.expand(potential.subs(mu, m_Z)).coeff(sp.exp(x) * sp.expint(1, x)) / ((x + 2) / 2)
    return sp.factor(front) * ZBubble(x)


@d.step(
    r"\mu\frac{dV}{d\mu}",
    check.dimension(1),
    check.residual(lambda V: _klein_gordon(_klein_gordon(V)), r"solves $(m_Z^2-\nabla^2)^2f=0$"),
    check.limit(r, sp.Integer(0), -strength * m_Z**4 / (24 * sp.pi**3 * r), rate=1),
)
def scale_dependence(potential):
    r"""The scale multiplies terms with the range of the Z alone, $e^{-m_Zr}$: it renormalises the mass and the
    normalisation of the Z in tree-level exchange. At $r\lesssim1/m_Z$ the sign of V is a matter of the scheme.
    """
    return sp.factor(mu * sp.diff(potential, mu))


@d.step(
    r"V(r)\big|_{m_Zr\gg1}",
    check.dimension(1),
    check.limit(r, sp.oo, lambda potential: potential, rate=4),
    check.limit(m_Z, sp.oo, strength / (4 * sp.pi**3 * r**5), rate=2),
)
def long_distance_potential(spectral_density, z_propagator):
    r"""At long distance small t count, below the pole: the four-fermion force, and its first correction."""
    w = sp.Dummy("w")
    expanded = sp.series(z_propagator.subs(t, w) ** 2, w, 0, 2).removeO().subs(w, t)
    rho = SpectralDensity(sp.expand(spectral_density.expr * expanded), t, sp.Integer(0))
    V = potential_from_density(rho, r)
    return sp.Add(*(sp.factor(term) for term in sp.Add.make_args(sp.expand(V))))


@d.step(
    r"V(r)\big|_{m_Zr\ll1}",
    check.dimension(1),
    check.limit(r, sp.Integer(0), lambda potential: potential),
)
def short_distance_potential(amplitude):
    r"""At short distance the large $q$ count, where $\mathcal{V}\propto\ln q^2/q^2$: $1/r$ up to a logarithm."""
    return position_space_with_logarithm(m_Z**4 * (amplitude / m_Z**4).subs(m_Z, 0), q, r)


@d.step(
    r"\int_0^\infty r\,e^{-\kappa r}\,V(r)\,dr",
    check.dimension(-1),
    check.quadrature(lambda potential: r * sp.exp(-kappa * r) * potential, r, sp.Integer(0), points=1, digits=20),
)
def moment(amplitude):
    r"""The potential is integrable with hydrogen's wave functions, S waves included: this moment is
    $\int\frac{d^3q}{(2\pi)^3}\frac{\mathcal{V}(q)}{q^2+\kappa^2}$, again a sum over poles, and elementary. Its derivatives
    with respect to $-\kappa$ bring further powers of r.
    """
    return laplace_moment(amplitude, q, kappa)


KERNELS = ("z_z_bubble",)


def kernels(results):
    """The potential with the scale at the mass of the Z."""
    ranges = {r: (1e-9, 1e12), m_Z: (1e-3, 1e6), G_F: (1e-30, 1.0), g_V1: (1e-12, 1e6), g_V2: (1e-12, 1e6)}
    return (
        Kernel(
            "z_z_bubble",
            "Potential between two fermions by exchange of two massless neutrinos between two Z bosons (mu = m_Z)",
            results["at_the_z_mass"],
            tuple(Argument(s, *ranges[s]) for s in (r, m_Z, G_F, g_V1, g_V2)),
            d.name,
            "at_the_z_mass",
            constraints=(Constraint(m_Z * r, 1e-9, 1e12),),
            cites=tuple(d.cites),
            notes=(NOTE,),
            envelope=strength * m_Z**4 / (4 * sp.pi**3 * r * (1 + m_Z * r) ** 4),
        ),
    )


NOTE = (
    "Its sign for m_Z r below 4.14 depends on the renormalisation scale, here m_Z: with another one, "
    "G_F^2 g_V1 g_V2 m_Z^4 (2 - m_Z r) exp(-m_Z r) ln(m_Z/mu)/(48 pi^3 r) is added, a part of tree-level Z exchange. One "
    "neutrino species; sum over species with their own charges."
)
