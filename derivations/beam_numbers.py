r"""Averages of the force in a beam, in the form that numbers are made of: spreads of energies and of directions.

What `beam_averages` derives, by half angles, as `directional_flux` is, and with spherical Bessel functions where waves
cancel at small phases.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.gas_functions import FermiCosine, FermiSine
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import averages, spectra
from nuforce_sym.medium.directional import in_half_angles, monochromatic
from nuforce_sym.medium.gas_forms import in_fermi_mean
from nuforce_sym.medium.half_angle import in_half_angle, spectrum_average
from nuforce_sym.medium.spherical import by_waves, in_spherical, split_phases, with_half_phase
from nuforce_sym.special import ImPower, RePower, power_of_line
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, s, b = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha sin2_half_alpha b_path")
sigma_E, w_E, kappa, alpha, p, T, x = symbols("sigma_E w_E kappa_beam alpha_r p_nu T_nu x")
ENVELOPE = G_F**2 * g_V1 * g_V2 * Phi_0 * E_nu / (sp.pi * r)
GAUSSIAN, BOX = spectra.Gaussian(E_nu, sigma_E), spectra.Box(E_nu - w_E, E_nu + w_E)
PINCHED, THERMAL = spectra.Pinched(p, T), spectra.FermiDirac(T)
CONE = 1 - 2 * s

d = Derivation("beam_numbers", "Averages of the force in a beam, as numbers", cites=["Tangarife"])


@d.step(r"V(r,\alpha)", check.dimension(1), check.symmetric({g_V1: g_V2}))
def exact():
    r"""The symmetric potential of a monochromatic, collimated background; $c_\alpha=\cos\alpha$."""
    return in_half_angles(monochromatic("symmetric"))


@d.step(
    r"V(r,\alpha)",
    check.residual(lambda V, exact: sp.expand_trig(sp.expand(V.xreplace({s: (1 - c) / 2}) - exact)), "the same, s = (1 - c)/2"),
    check.dimension(1),
)
def monoenergetic(exact):
    r"""With $\cos\alpha=1-2\sin^2\frac\alpha2$ the phases are $2\sin^2\frac\alpha2E_\nu r$ and
    $2\cos^2\frac\alpha2E_\nu r$.
    """
    return in_half_angle(exact, -ENVELOPE)


def _over(spectrum, lower, upper):
    return check.quadrature(
        lambda monoenergetic: monoenergetic.subs(E_nu, x) * spectrum.density(x), x, lower, upper, points=1, digits=16
    )


@d.step(
    r"\langle V\rangle_{\mathrm{Gauss}}",
    check.dimension(1),
    _over(GAUSSIAN, E_nu - 12 * sigma_E, E_nu + 12 * sigma_E),
    check.limit(sigma_E, sp.Integer(0), lambda monoenergetic: monoenergetic),
)
def gaussian(monoenergetic):
    r"""Over a Gaussian of mean $E_\nu$ and deviation $\sigma_E$."""
    sine = GAUSSIAN.sine(b)
    return spectrum_average(monoenergetic, -ENVELOPE, sine, sp.diff(sine, b), b)


@d.step(
    r"\langle\sin bE_\nu\rangle_{\mathrm{box}}",
    check.dimension(0),
    check.quadrature(lambda: sp.sin(b * x) / (2 * w_E), x, E_nu - w_E, E_nu + w_E),
)
def box_sine():
    r"""Over all energies from $E_\nu-w_E$ to $E_\nu+w_E$ alike."""
    return in_spherical(sp.expand_trig(sp.expand(BOX.sine(b), trig=False)), b * w_E)


@d.step(
    r"\langle E_\nu\cos bE_\nu\rangle_{\mathrm{box}}",
    check.dimension(1),
    check.quadrature(lambda: x * sp.cos(b * x) / (2 * w_E), x, E_nu - w_E, E_nu + w_E),
)
def box_cosine():
    r"""Its derivative in $b$."""
    return in_spherical(sp.expand_trig(sp.expand(sp.diff(BOX.sine(b), b), trig=False)), b * w_E)


@d.step(
    r"\langle V\rangle_{\mathrm{box}}",
    check.dimension(1),
    _over(BOX, E_nu - w_E, E_nu + w_E),
)
def box(monoenergetic, box_sine, box_cosine):
    r"""Both in place of the waves: $j_1$ has no cancellation where the box is narrow beside $1/b$."""
    return spectrum_average(monoenergetic, -ENVELOPE, box_sine, box_cosine, b)


@d.step(
    r"\langle V\rangle_{\mathrm{cone}}",
    check.dimension(1),
    check.quadrature(lambda exact: exact.subs(c, x) / (1 - CONE), x, CONE, sp.Integer(1), points=1, digits=16),
)
def cone(exact):
    r"""Directions uniform within the angle $\alpha$ about the line between the bodies, $s=\sin^2\frac\alpha2$."""
    slow, fast = 2 * s * E_nu * r, 2 * E_nu * r
    averaged = averages.cone_average(exact, alpha).xreplace({sp.cos(alpha): CONE})
    return -ENVELOPE * with_half_phase(split_phases(sp.expand(averaged / -ENVELOPE), slow, fast), slow)


@d.step(
    r"\langle V\rangle_\kappa",
    check.dimension(1),
    check.quadrature(
        lambda exact: exact.subs(c, x) * sp.exp(-kappa * (1 - x)) * kappa / (1 - sp.exp(-2 * kappa)),
        x,
        sp.Integer(-1),
        sp.Integer(1),
        points=1,
        digits=16,
    ),
)
def von_mises_fisher(exact):
    r"""Directions with the weight $e^{-\kappa(1-c_\alpha)}$ about the line between the bodies, with one coefficient for each
    wave: none of them is singular where $E_\nu r$ is small.
    """
    return -ENVELOPE * by_waves(averages.von_mises_fisher_average(exact, kappa) / -ENVELOPE, sp.exp(-2 * kappa))


def _weighted(wave):
    """The mean of a function of the energy over the pinched spectrum."""
    return check.quadrature(wave * PINCHED.density(x), x, sp.Integer(0), 60 * T, points=1)


@d.step(r"\langle\sin bE_\nu\rangle_{\mathrm{pinched}}", check.dimension(0), _weighted(sp.sin(b * x)))
def pinched_sine():
    r"""Over the spectrum $\propto E_\nu^pe^{-E_\nu/T}$."""
    return power_of_line(PINCHED.sine(b))


@d.step(
    r"\langle E_\nu\cos bE_\nu\rangle_{\mathrm{pinched}}",
    check.dimension(1),
    check.residual(
        lambda C, pinched_sine: (
            sp.diff(pinched_sine.replace(ImPower, ImPower.defined), b) - C.replace(RePower, RePower.defined)
        ),
        "the derivative in b",
    ),
    _weighted(x * sp.cos(b * x)),
)
def pinched_cosine(pinched_sine):
    r"""Its derivative in $b$, where $(1-ix)^{-q}$ has the derivative $iq(1-ix)^{-q-1}$."""
    return sp.diff(pinched_sine, b)


@d.step(
    r"\langle V\rangle_{\mathrm{pinched}}",
    check.dimension(1),
    _over(PINCHED, sp.Integer(0), 60 * T),
)
def pinched(monoenergetic, pinched_sine, pinched_cosine):
    r"""The force over this spectrum, of mean energy $(p+1)T$."""
    averaged = spectrum_average(monoenergetic, -ENVELOPE, pinched_sine, pinched_cosine, b)
    terms = sp.Add.make_args(sp.expand(averaged / -ENVELOPE, deep=False))
    return -ENVELOPE.xreplace({E_nu: PINCHED.mean}) * sp.Add(*(t * E_nu / PINCHED.mean for t in terms))


def _over_thermal(wave):
    """The mean of a function of the energy over the thermal spectrum."""
    return check.quadrature(wave * THERMAL.density(x), x, sp.Integer(0), 60 * T, points=1)


@d.step(r"\langle\sin bE_\nu\rangle_{\mathrm{thermal}}", check.dimension(0), _over_thermal(sp.sin(b * x)))
def thermal_sine():
    r"""Over the spectrum of a thermal source, $\propto E_\nu^2/(e^{E_\nu/T}+1)$."""
    return in_fermi_mean(THERMAL.sine(b), b * T)


@d.step(
    r"\langle E_\nu\cos bE_\nu\rangle_{\mathrm{thermal}}",
    check.dimension(1),
    check.residual(
        lambda C, thermal_sine: (
            sp.diff(thermal_sine.replace(FermiSine, FermiSine.defined), b) - C.replace(FermiCosine, FermiCosine.defined)
        ),
        "the derivative in b",
    ),
    _over_thermal(x * sp.cos(b * x)),
)
def thermal_cosine(thermal_sine):
    r"""Its derivative in $b$."""
    return sp.diff(thermal_sine, b)


@d.step(r"\langle V\rangle_{\mathrm{thermal}}", check.dimension(1), _over(THERMAL, sp.Integer(0), 60 * T))
def thermal(monoenergetic, thermal_sine, thermal_cosine):
    r"""The force over this spectrum, of mean energy $\frac{7\pi^4}{180\zeta(3)}T$."""
    averaged = spectrum_average(monoenergetic, -ENVELOPE, thermal_sine, thermal_cosine, b)
    terms = sp.Add.make_args(sp.expand(averaged / -ENVELOPE, deep=False))
    return -ENVELOPE.xreplace({E_nu: T}) * sp.Add(*(t * E_nu / T for t in terms))


KERNELS = ("beam_gaussian", "beam_box", "beam_cone", "beam_von_mises_fisher", "beam_pinched", "beam_thermal")
RANGES = {
    r: (1e-6, 1e40),
    E_nu: (1e-20, 1e6),
    sigma_E: (1e-36, 1e6),
    w_E: (1e-36, 1e6),
    T: (1e-20, 1e6),
    p: (1e-3, 10.0),
    s: (1e-60, 1.0),
    kappa: (1.0, 1e30),
    Phi_0: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V1: (1e-12, 1e6),
    g_V2: (1e-12, 1e6),
}
PHASE = Constraint(E_nu * r, 1e-6, 1e24)
EVEN = "It is the principal value, even in cos(alpha): use alpha <= pi/2. Negative values attract. One species."


def kernels(results):
    """The averages over energies and over directions, as numeric kernels."""
    return tuple(
        Kernel(
            f"beam_{step}",
            f"Potential between two fermions in a beam of massless neutrinos, {what}",
            results[step],
            tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items() if symbol in results[step].free_symbols),
            d.name,
            step,
            constraints=(*constraints, Constraint(T * r, 1e-6, 1e24) if step in ("pinched", "thermal") else PHASE),
            cites=tuple(d.cites),
            notes=(note,),
            envelope=envelope,
        )
        for step, what, constraints, note, envelope in (
            ("gaussian", "energies in a Gaussian", (Constraint(sigma_E / E_nu, 1e-15, 0.25),), EVEN, ENVELOPE),
            ("box", "energies in a box", (Constraint(w_E / E_nu, 1e-15, 1.0),), EVEN, ENVELOPE),
            (
                "cone",
                "directions in a cone about the line of the bodies",
                (),
                "alpha is the half-angle of the cone. Negative values attract. One species.",
                ENVELOPE,
            ),
            (
                "von_mises_fisher",
                "directions about the line of the bodies with the weight exp(kappa cos(alpha))",
                (),
                "For kappa below 1 use the closed form of background(). Negative values attract. One species.",
                ENVELOPE * kappa**2 / (kappa**2 + E_nu**2 * r**2),
            ),
            (
                "pinched",
                "energies E with the weight E^p exp(-E/T)",
                (),
                EVEN,
                ENVELOPE.xreplace({E_nu: PINCHED.mean}),
            ),
            ("thermal", "energies E with the weight E^2/(exp(E/T) + 1)", (), EVEN, ENVELOPE.xreplace({E_nu: T})),
        )
    )
