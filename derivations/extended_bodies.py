r"""Bodies of a finite size along a collimated flux of neutrinos, and a packet of neutrinos of a finite width.

Along the flux the amplitude is singular where the transfer is perpendicular to it. That singularity makes the force fall as
1/r, and the bodies' form factors cut it: what is left at the transfers q_T ~ sqrt(E/r) counts.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.medium import extended, neutrino, spheres
from nuforce_sym.medium.averages import transverse_average
from nuforce_sym.medium.directional import in_half_angles, leading_wave, monochromatic, small_angle
from nuforce_sym.medium.wake import mean_wave
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E, r, c, q_L, q_T = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha q_L q_T")
a, L, x, sigma_perp, sigma_k = symbols("a_body L_coh x sigma_perp sigma_k")
CHARGES = G_F**2 * g_V1 * g_V2 * Phi_0

d = Derivation("extended_bodies", "Extended bodies in a collimated background", cites=["Tangarife"])


@d.step(
    r"\mathcal{V}(q_L,q_T)",
    check.dimension(-2),
    check.equals(
        -8 * CHARGES * E * q_T**2 / ((q_L**2 + q_T**2) ** 2 - 4 * E**2 * q_L**2),
        why=r"$-8G_F^2g_Vg_V'\Phi_0E\sin^2\theta_q/(q^2-4E^2\cos^2\theta_q)$",
    ),
)
def amplitude():
    r"""A monochromatic massless flux; $q_L$ is the transfer along it and $q_T$ that across it."""
    return extended.beam_amplitude(neutrino.amplitude("dirac", sp.Integer(0)))


@d.step(
    r"\mathcal{V}(q_L,q_T)\big|_{q_L\sim q_T^2/E}",
    check.dimension(-2),
    check.residual(
        lambda near, amplitude: 1 / amplitude - 1 / near + ((q_L**2 + q_T**2) ** 2 - q_T**4) / (8 * CHARGES * E * q_T**2),
        "1/V loses q^4 - q_T^4 alone",
    ),
)
def paraxial(amplitude):
    r"""Far away the pole counts, at $q_L=\pm q_T^2/2E\ll q_T$."""
    return extended.paraxial(amplitude)


def _along(v):
    r"""\frac1\pi\mathrm P\int_0^\infty dq_L\cos(q_Lr)\,\mathcal V; the pole is subtracted up to 4\beta."""
    distance, energy, across = v["r"], v["E_nu"], v["q_T"]
    pole, end = across**2 / (2 * energy), 4 * across**2 / (2 * energy)
    strength = 2 * v["G_F"] ** 2 * v["g_V1"] * v["g_V2"] * v["Phi_0"] * across**2 / energy
    at_pole = mp.cos(pole * distance)
    inner = mp.quad(
        lambda q: (mp.cos(q * distance) - at_pole) / (q**2 - pole**2), [0, pole * mp.mpf(13) / 10, end], method="gauss-legendre"
    )
    tail = mp.quadosc(lambda q: mp.cos((q + end) * distance) / ((q + end) ** 2 - pole**2), [0, mp.inf], omega=distance)
    return strength / mp.pi * (inner + tail - at_pole / (2 * pole) * mp.log((end + pole) / (end - pole)))


@d.step(
    r"\tilde V(q_T,r)",
    check.dimension(-1),
    check.brute_force(_along, "the principal value along the beam by subtraction of the pole", digits=15, points=1),
)
def across(paraxial):
    r"""Transformed along the beam, symmetric response: the force at the transverse transfer $q_T$. With form factors
    $V(r)=\int\frac{d^2q_T}{(2\pi)^2}F_aF_b\,\tilde V$.
    """
    return extended.across_the_beam(paraxial)


@d.step(
    r"V(r)\big|_{F=1}",
    check.dimension(1),
    check.equals(
        lambda: leading_wave(in_half_angles(monochromatic("symmetric"))).subs(c, 1),
        why="the exact force of points in position space, its leading term along the beam",
    ),
)
def points():
    r"""Points, $F_a=F_b=1$: by Abel's summation the force of $1/r$ comes back."""
    return extended.of_form_factors(sp.Integer(1))


@d.step(
    r"V(r)\big|_{\mathrm{Gauss}}",
    check.dimension(1),
    check.quadrature(
        lambda across: q_T / (2 * sp.pi) * sp.exp(-(q_T**2) * sigma_perp**2 / 2) * across,
        q_T,
        sp.Integer(0),
        14 / sigma_perp,
        points=1,
        digits=16,
    ),
    check.equals(
        lambda: transverse_average(small_angle(leading_wave(in_half_angles(monochromatic("symmetric")))), sigma_perp),
        why="the average over transverse separations in position space",
    ),
)
def gaussian():
    r"""Gaussian bodies, $F_aF_b=e^{-q_T^2\sigma_\perp^2/2}$: the separation has the deviation $\sigma_\perp$ each way."""
    return extended.of_form_factors(sp.exp(-(q_T**2) * sigma_perp**2 / 2))


@d.step(
    r"F(q_T)",
    check.dimension(0),
    check.quadrature(sp.Rational(3, 2) * (a**2 - x**2) / a**3 * sp.cos(q_T * x), x, sp.Integer(0), a, points=1, digits=20),
)
def ball():
    r"""A uniform ball of radius $a$."""
    return spheres.form_factor()


@d.step(
    r"S(L)\big|_{L\gg1}",
    check.brute_force(
        lambda v: spheres.sphere_suppression(sp.Rational(str(v["L_coh"]))),
        "the integral over separations of the points of two balls",
        digits=8,
        points=1,
        L_coh=sp.Integer(10) ** 8,
    ),
    check.anchors([({L: sp.Integer(1)}, "1.863")], "the constant in [(9/8) ln L + 1.863]/L^2, from a fit"),
)
def far_spheres():
    r"""Two equal balls, $V=S(L)\,V(r)|_{F=1}$ with $L=Ea^2/r$: of large ones the form factors' tail
    $\overline{F^2}=\frac92(q_Ta)^{-4}$ gives the logarithm.
    """
    return spheres.far_spheres()


def _packet(v):
    """The same of the exact mean of exp(i(kr - k.r)), without the paraxial approximation."""
    wave = mean_wave(*(sp.Rational(str(v[name])) for name in ("E_nu", "sigma_k")), sp.Integer(0), sp.Rational(str(v["r"])))
    strength = -(v["G_F"] ** 2) * v["g_V1"] * v["g_V2"] * v["Phi_0"] * v["E_nu"] / (mp.pi * v["r"])
    return strength * mp.mpf(str(sp.re(sp.N(wave, 30))))


@d.step(
    r"\langle V(r,0)\rangle_{\sigma_k}",
    check.dimension(1),
    check.brute_force(
        _packet,
        "the closed form of the mean wave, up to the square of the relative width",
        digits=5,
        points=1,
        E_nu=sp.Integer(10) ** 4,
        sigma_k=sp.Integer(3),
        r=sp.Integer(1000),
    ),
)
def packet():
    r"""Points along the mean momentum of a packet that is Gaussian in three dimensions, of width $\sigma_k$ each way: the
    packet spreads across, and the force falls as that of extended bodies does.
    """
    return extended.packet_average(small_angle(leading_wave(in_half_angles(monochromatic("symmetric")))), sigma_k)
