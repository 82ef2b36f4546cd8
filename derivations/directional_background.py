r"""The neutrino force in a collimated, monochromatic background: exact at every distance and angle.

The talk, slides "Neutrino forces in anisotropic backgrounds", gives the leading term for long distance. What it leaves
out, where its small-angle form holds, and whose force it is (a principal value is the symmetric half of the retarded
response) come out here.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.fock_space import brute_force_force

from nuforce_sym import Derivation, check
from nuforce_sym.medium.directional import (
    in_half_angles,
    leading_wave,
    monochromatic,
    net_force_along,
    phase_series,
    small_angle,
)
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, alpha = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha alpha_r")
x = E_nu * r
SCALE = -(G_F**2) * g_V1 * g_V2 * Phi_0 * E_nu / (sp.pi * r)

d = Derivation("directional_background", "The neutrino force in a collimated background", cites=["Tangarife"])


def _principal_value(value):
    E = value["E_nu"]
    strength = -2 * value["G_F"] ** 2 * value["g_V1"] * value["g_V2"] * value["Phi_0"] / E
    return strength * brute_force_force(2 * E**2, 1, E, value["c_alpha"], value["r"])


PLACE = {"c_alpha": sp.Rational(-4, 5), "r": sp.Rational(11, 4), "E_nu": sp.Integer(1)}


@d.step(
    r"V(r,\alpha)",
    check.dimension(1),
    check.brute_force(_principal_value, "the principal value over all directions of q", digits=20, points=1, **PLACE),
    check.residual(lambda V: V.subs(c, -c) - V, "even in cos(alpha): the same with the beam as against it"),
    check.symmetric({g_V1: g_V2}),
)
def potential():
    r"""A collimated monochromatic flux of neutrinos (or of antineutrinos) has
    $n_+(\mathbf{k})=(2\pi)^3\delta^3(\mathbf{k}-\mathbf{k}_0)\,\Phi_0$, with $\Phi_0$ the number density; the integral over
    momenta is gone, and nothing is expanded. $c_\alpha=\cos\alpha$.
    """
    return monochromatic("symmetric")


@d.step(
    r"V(r,\alpha)",
    check.residual(lambda V, potential: sp.expand_trig(V - potential), "the same potential"),
    check.dimension(1),
)
def in_phases(potential):
    r"""In the phases $(1\mp c_\alpha)E_\nu r$ the wave along the beam varies slowly, and that against it quickly."""
    return in_half_angles(potential)


@d.step(
    r"V(r,\alpha)\big|_{E_\nu r\gg1}",
    check.dimension(1),
    check.against(
        "Tangarife",
        "slide 'Neutrino forces in anisotropic backgrounds', first formula",
        SCALE * ((1 + c) / 2 * sp.cos((1 - c) * x) + (1 - c) / 2 * sp.cos((1 + c) * x)),
    ),
)
def long_distance(in_phases):
    r"""Far away the terms in $1/r$ are left, at every angle; $\cos^2\frac\alpha2=\frac{1+c_\alpha}2$."""
    return leading_wave(in_phases)


@d.step(
    r"V(r,\alpha)-V(r,\alpha)\big|_{E_\nu r\gg1}",
    check.dimension(1),
    check.residual(lambda rest: rest.subs(c, 0), "nothing is left at alpha = pi/2"),
    check.equals(SCALE * c / x * sp.cos(x) * sp.sin(c * x), why="(c/x) cos x sin cx beside the talk's two terms, x = E r"),
)
def beyond_the_talk(potential, long_distance):
    r"""What the long-distance form leaves out is of relative order $1/(E_\nu r)$, and as large as the rest at
    $E_\nu r\lesssim1$.
    """
    return sp.factor_terms(sp.expand(sp.expand_trig(potential - long_distance)))


@d.step(
    r"V(r,0)",
    check.residual(lambda V, potential: V - potential.subs(c, -1), "the same against the beam"),
    check.equals(SCALE * (1 + sp.sin(2 * x) / (2 * x)), why="1 + sin(2x)/2x"),
    check.sign(False, when="like charges attract along the beam"),
)
def along(potential):
    r"""Along the beam, and against it, the leading term does not oscillate."""
    return sp.factor_terms(sp.expand(potential.subs(c, 1).subs(sp.sin(x) ** 2, 1 - sp.cos(x) ** 2)))


@d.step(r"V(r,\tfrac\pi2)", check.equals(SCALE * sp.cos(x), why="cos x"), check.dimension(1))
def across(potential):
    r"""Across the beam the long-distance form is exact."""
    return potential.subs(c, 0)


@d.step(
    r"V(r,\alpha)\big|_{E_\nu r\ll1}",
    check.limit(r, sp.Integer(0), lambda potential: potential, rate=2),
    check.scales(r, -1),
    check.dimension(1),
)
def near(potential):
    r"""Closer than a wavelength there is no oscillation: the force is $1+c_\alpha^2$ times that across the beam, where the
    long-distance form gives 1.
    """
    return sp.factor(sp.limit(sp.expand(potential * r), r, 0) / r)


@d.step(
    r"V(r,\alpha)\big|_{\alpha\ll1}",
    check.dimension(1),
    check.against(
        "Tangarife",
        "slide 'Neutrino forces in anisotropic backgrounds', second formula",
        SCALE * sp.cos(alpha**2 * x / 2),
    ),
)
def small_angles(long_distance):
    r"""At small angles only the slow phase is left, $(1-\cos\alpha)E_\nu r\approx\frac12\alpha^2E_\nu r$."""
    return small_angle(long_distance)


@d.step(
    r"\tfrac12\alpha^2E_\nu r-(1-\cos\alpha)E_\nu r",
    check.dimension(0),
    check.limit(alpha, sp.Integer(0), x * (sp.cos(alpha) - 1 + alpha**2 / 2), rate=2),
    check.anchors([({alpha: "1e-3", E_nu: 10**13, r: 1}, "0.4167")], "direct evaluation at E r = 1e13, alpha = 1e-3"),
)
def phase_error():
    r"""That form needs more than $\alpha\ll1$ and $E_\nu r\gg1$: its phase errs by $\alpha^4E_\nu r/24$, which must be small.
    At $E_\nu r=10^{13}$ and $\alpha=10^{-3}$ it is not.
    """
    return phase_series(2) - phase_series(4)


@d.step(
    r"V_{\mathrm{ret}}(r,\alpha)",
    check.dimension(1),
    check.residual(
        lambda V, potential: sp.expand_trig(sp.expand_trig((V + V.subs(c, -c)) / 2 - potential)), "its even part is V"
    ),
)
def retarded():
    r"""The force on body 2 in the wave that body 1 scatters, $\mathbf{r}=\mathbf{r}_2-\mathbf{r}_1$."""
    return monochromatic("retarded")


@d.step(
    r"V_{\mathrm{ret}}(r,0)",
    check.equals(lambda long_distance: 2 * long_distance.subs(c, 1), why="twice the symmetric potential's leading term"),
)
def downstream(retarded):
    r"""Downstream it is twice the symmetric potential at long distance."""
    return retarded.subs(c, 1)


@d.step(
    r"V_{\mathrm{ret}}(r,\pi)",
    check.residual(lambda V: sp.limit(sp.expand(V * r).subs(sp.sin(2 * x), 1), r, sp.oo), "no term in 1/r"),
    check.equals(SCALE / x * sp.sin(2 * x), why="sin(2x)/x"),
)
def upstream(retarded):
    r"""Upstream the term in $1/r$ is absent: only the wave that is scattered backwards gets there."""
    return retarded.subs(c, -1)


def _lost_by_the_flux(value):
    r"""The interference of the two sources in

    \Phi_0\int\frac{d^3k'}{(2\pi)^3}2\pi\delta(E'-E)\,\hat k.(k-k')\,|U|^2\frac{1+\cos\theta}2.

    A static charge is the potential \sqrt2G_Fg_V\delta^3 for left-handed neutrinos; Fermi's golden rule by quadrature.
    """
    E, c_, r_ = value["E_nu"], value["c_alpha"], value["r"]
    s_ = mp.sqrt(1 - c_**2)
    turns = 8 * (int(mp.mp.dps + 2 * E * r_) // 8 + 1)

    def ring(u):
        across = mp.sqrt(1 - u * u)
        phases = [E * r_ * (c_ - c_ * u - s_ * across * mp.cos(2 * mp.pi * j / turns)) for j in range(turns)]
        return E * (1 - u) * (1 + u) / 2 * 2 * mp.fsum(map(mp.cos, phases)) * 2 * mp.pi / turns

    rate = 2 * value["G_F"] ** 2 * value["g_V1"] * value["g_V2"] * E**2 / (4 * mp.pi**2)
    return value["Phi_0"] * rate * mp.quad(ring, [-1, 1])


@d.step(
    r"\hat{\mathbf{k}}\cdot(\mathbf{F}_1+\mathbf{F}_2)",
    check.dimension(2),
    check.brute_force(
        _lost_by_the_flux,
        "the momentum that the flux loses by interference, from the golden rule",
        digits=18,
        points=1,
        **PLACE,
    ),
)
def momentum_balance(retarded):
    r"""The two forces do not cancel: together they are the momentum that the flux loses per time by the interference of the
    waves from both bodies. The symmetric potential knows only of the force that is equal and opposite.
    """
    return sp.factor_terms(sp.expand(net_force_along(retarded)))
