r"""What is left of the force in a beam after averages over energies, directions and the size of the bodies.

The talk's criterion, alpha^2 <~ pi/Delta(E r), comes out as the dephasing of one pair by a spread of energies; along the
beam it does not act, and for extended bodies it is not enough.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.medium import averages, spectra
from nuforce_sym.medium.directional import in_half_angles, leading_wave, monochromatic, phase_series, small_angle
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, alpha = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha alpha_r")
sigma_E, sigma_perp, kappa, T, p, x = symbols("sigma_E sigma_perp kappa_beam T_nu p_nu x")
SCALE = -(G_F**2) * g_V1 * g_V2 * Phi_0 / (sp.pi * r)

d = Derivation("beam_averages", "Averages of the neutrino force in a beam", cites=["Tangarife"])


@d.step(
    r"V(r,\alpha)",
    check.residual(lambda V: sp.expand_trig(V - monochromatic("symmetric")), "the exact force of one energy"),
    check.dimension(1),
)
def in_phases():
    r"""The exact force of one energy and direction, in the phases $(1\mp c_\alpha)E_\nu r$."""
    return in_half_angles(monochromatic("symmetric"))


def _integral(spectrum, lower, upper, **options):
    return check.quadrature(
        lambda in_phases: in_phases.subs(E_nu, x) * spectrum.density(x), x, lower, upper, points=1, digits=16, **options
    )


PINCHED = spectra.Pinched(p, T)


@d.step(r"\langle V\rangle_{\mathrm{pinched}}", check.dimension(1), _integral(PINCHED, sp.Integer(0), 60 * T))
def pinched(in_phases):
    r"""Every term is $E\cos bE$ or $\sin bE$ with $b=(1\mp c_\alpha)r$; over a pinched spectrum $\propto E^pe^{-E/T}$ the
    second is $\operatorname{Im}(1-ibT)^{-p-1}$, and the first its derivative in $b$.
    """
    return averages.energy_average(in_phases, PINCHED)


NORM = sp.Rational(3, 2) * sp.zeta(3)


@d.step(
    r"\tfrac32\zeta(3)\,\langle V\rangle_{\mathrm{thermal}}",
    check.dimension(1),
    check.quadrature(
        lambda in_phases: in_phases.subs(E_nu, x) * x**2 / (sp.exp(x / T) + 1) / T**3,
        x,
        sp.Integer(0),
        60 * T,
        points=1,
        digits=16,
    ),
)
def thermal(in_phases):
    r"""Over the spectrum of a thermal source, $\propto E^2/(e^{E/T}+1)$, whose norm is $\frac32\zeta(3)T^3$."""
    return sp.factor_terms(sp.expand(NORM * averages.energy_average(in_phases, spectra.FermiDirac(T))))


GAUSSIAN = spectra.Gaussian(E_nu, sigma_E)


@d.step(
    r"\langle V\rangle_{\mathrm{Gauss}}",
    check.dimension(1),
    check.quadrature(
        lambda in_phases: in_phases.subs(E_nu, x) * GAUSSIAN.density(x),
        x,
        E_nu - 12 * sigma_E,
        E_nu + 12 * sigma_E,
        points=1,
        digits=16,
    ),
    check.limit(sigma_E, sp.Integer(0), lambda in_phases: in_phases),
)
def gaussian(in_phases):
    r"""Over a Gaussian of mean $E_\nu$ and deviation $\sigma_E$ each wave is damped by $e^{-b^2\sigma_E^2/2}$: for
    $\alpha\ne0$ the range is the length of the packet, $1/[(1-c_\alpha)\sigma_E]$.
    """
    return averages.energy_average(in_phases, GAUSSIAN)


@d.step(
    r"\langle V(r,0)\rangle",
    check.dimension(1),
    check.limit(r, sp.oo, SCALE * E_nu),
    check.residual(
        lambda V: sp.expand(V - SCALE * (E_nu + sp.exp(-2 * r**2 * sigma_E**2) * sp.sin(2 * E_nu * r) / (2 * r))),
        "no damping of the leading term",
    ),
)
def along(in_phases):
    r"""Along the beam the leading term has no phase, and no spread of energies damps it."""
    return averages.energy_average(in_phases.subs(c, 1), GAUSSIAN)


@d.step(
    r"V(r,\alpha)\big|_{\alpha\ll1}",
    check.dimension(1),
    check.against("Tangarife", "second formula for anisotropic backgrounds", SCALE * E_nu * sp.cos(alpha**2 * E_nu * r / 2)),
)
def small_angles(in_phases):
    r"""At small angles, and for $\alpha^4E_\nu r\ll24$."""
    return small_angle(leading_wave(in_phases))


@d.step(
    r"\frac{(\Delta\phi)^2}2",
    check.dimension(0),
    check.limit(alpha, sp.Integer(0), ((1 - sp.cos(alpha)) * r * sigma_E) ** 2 / 2, rate=2),
)
def damping():
    r"""A spread $\sigma_E$ of energies, at a small angle, spreads the phase by $\Delta\phi=\sigma_E\,\partial\phi/\partial
    E_\nu$ and damps the force of a pair of points by $e^{-(\Delta\phi)^2/2}$.
    """
    return (sigma_E * sp.diff(phase_series(2), E_nu)) ** 2 / 2


@d.step(
    r"\alpha^2\big|_{\Delta\phi=\pi/2}",
    check.dimension(0),
    check.against(
        "Tangarife", "slide 'Neutrino forces in anisotropic backgrounds', Delta(E r) = r sigma_E", sp.pi / (sigma_E * r)
    ),
)
def criterion():
    r"""The phases of all energies lie within a quarter of a turn where $\alpha^2\lesssim\pi/\Delta(E_\nu r)$, the talk's
    criterion, with $\Delta(E_\nu r)=r\sigma_E$. It is about one pair of points: along the beam it does not act, and the size of
    the bodies damps the force even of a single energy.
    """
    square = sp.Dummy("square", positive=True)
    spread = sigma_E * sp.diff(phase_series(2), E_nu).subs(alpha, sp.sqrt(square))
    (found,) = sp.solve(sp.Eq(spread, sp.pi / 2), square)
    return found


@d.step(
    r"\langle V\rangle_\perp",
    check.dimension(1),
    check.quadrature(
        lambda small_angles: small_angles.subs(alpha, x / r) * x / sigma_perp**2 * sp.exp(-(x**2) / (2 * sigma_perp**2)),
        x,
        sp.Integer(0),
        14 * sigma_perp,
        points=1,
        digits=16,
    ),
    check.limit(r, sp.oo, SCALE * E_nu, rate=2),
)
def transverse(small_angles):
    r"""Extended bodies: with the separation across the beam distributed as a Gaussian of deviation $\sigma_\perp$ each way,
    $\alpha=\rho/r$, the force falls by $1+(E_\nu\sigma_\perp^2/r)^2$ even for one energy. Coherence needs
    $\sigma_\perp\lesssim\sqrt{r/E_\nu}$, less than a micrometre for MeV neutrinos over a metre.
    """
    return averages.transverse_average(small_angles, sigma_perp)


@d.step(
    r"\langle V\rangle_\kappa",
    check.dimension(1),
    check.quadrature(
        lambda in_phases: (in_phases.subs(c, x) * sp.exp(-kappa * (1 - x))) * kappa / (1 - sp.exp(-2 * kappa)),
        x,
        sp.Integer(-1),
        sp.Integer(1),
        points=1,
        digits=16,
    ),
)
def von_mises_fisher(in_phases):
    r"""A beam whose directions have the weight $e^{-\kappa(1-c_\alpha)}$ about the line between the bodies,
    $\kappa\approx1/\sigma_\alpha^2$.
    """
    return averages.von_mises_fisher_average(in_phases, kappa)


@d.step(
    r"\langle V\rangle_{\mathrm{cone}}",
    check.dimension(1),
    check.quadrature(
        lambda in_phases: in_phases.subs(c, x) / (1 - sp.cos(alpha)), x, sp.cos(alpha), sp.Integer(1), points=1, digits=16
    ),
)
def cone(in_phases):
    r"""Directions uniform within the angle $\alpha$ about the line between the bodies."""
    return averages.cone_average(in_phases, alpha)
