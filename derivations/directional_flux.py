r"""The force in a collimated flux in the form that numbers are made of: the angle through $\sin^2\frac\alpha2$.

What `directional_background` derives, written with the phases $2\sin^2\frac\alpha2\,E_\nu r$ and
$2\cos^2\frac\alpha2\,E_\nu r$. They reach 1e20 for a reactor and the Earth's radius; the kernels keep them exactly.
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.directional_background import PLACE, _principal_value

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium.directional import in_half_angles, monochromatic
from nuforce_sym.medium.half_angle import in_half_angle
from nuforce_sym.potential.force import radial_force
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, s, rho, sigma = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha sin2_half_alpha rho sigma_perp")
ENVELOPE = G_F**2 * g_V1 * g_V2 * Phi_0 * E_nu / (sp.pi * r)

d = Derivation("directional_flux", "The force in a collimated flux, by half angles", cites=["Tangarife"])


def _same(V, exact):
    return sp.expand_trig(sp.expand(V.xreplace({s: (1 - c) / 2}) - exact))


@d.step(r"V(r,\alpha)", check.dimension(1), check.symmetric({g_V1: g_V2}))
def exact():
    r"""The symmetric potential of a monochromatic, collimated background; $c_\alpha=\cos\alpha$."""
    return monochromatic("symmetric")


@d.step(
    r"V(r,\alpha)",
    check.residual(_same, "the same with s = (1 - c)/2"),
    check.brute_force(
        lambda value: _principal_value({**value, "c_alpha": 1 - 2 * value["sin2_half_alpha"]}),
        "the principal value over all directions of q",
        digits=15,
        points=1,
        **{"sin2_half_alpha" if k == "c_alpha" else k: (1 - v) / 2 if k == "c_alpha" else v for k, v in PLACE.items()},
    ),
    check.residual(lambda V: sp.expand_trig(V.xreplace({s: 1 - s}) - V), "the same with the beam as against it"),
    check.dimension(1),
)
def potential(exact):
    r"""With $\cos\alpha=1-2\sin^2\frac\alpha2$ the phases are $2\sin^2\frac\alpha2E_\nu r$ and
    $2\cos^2\frac\alpha2E_\nu r$, and a small angle loses no digits.
    """
    return in_half_angle(in_half_angles(exact), -ENVELOPE)


@d.step(r"V_{\mathrm{ret}}(r,\alpha)", check.dimension(1))
def exact_retarded():
    r"""The force on body 2 in the wave that body 1 scatters, $\mathbf{r}=\mathbf{r}_2-\mathbf{r}_1$."""
    return monochromatic("retarded")


@d.step(
    r"V_{\mathrm{ret}}(r,\alpha)",
    check.residual(lambda V, exact_retarded: _same(V, exact=exact_retarded), "the same with s = (1 - c)/2"),
    check.residual(
        lambda V, potential: sp.expand_trig((V + V.xreplace({s: 1 - s})) / 2 - potential), "its mean over both directions is V"
    ),
    check.dimension(1),
)
def retarded(exact_retarded):
    r"""The retarded potential has the slow phase alone."""
    return in_half_angle(exact_retarded, -ENVELOPE)


@d.step(
    r"V(r,0)",
    check.equals(-ENVELOPE * (1 + sp.sin(2 * E_nu * r) / (2 * E_nu * r)), why="1 + sin(2x)/2x"),
    check.sign(False, when="like charges attract along the beam"),
)
def along(potential):
    r"""Along the beam the slow phase vanishes, and with it the oscillation of the leading term."""
    return -ENVELOPE * sp.expand(potential.xreplace({s: sp.Integer(0)}) / -ENVELOPE)


@d.step(
    r"F(r,0)",
    check.dimension(2),
    check.residual(lambda F, along: F + sp.diff(along, r), "SymPy's own derivative of V gives -F"),
    check.sign(False, when="like charges attract along the beam"),
)
def force_along(along):
    r"""The potential falls as $1/r$, but the force as $1/r^2$. Its leading term is $1-\cos2E_\nu r$, none here and twice the
    mean there, as the wave that the flux scatters backwards interferes.
    """
    return -ENVELOPE / r * sp.expand(radial_force(along, r) / (-ENVELOPE / r))


@d.step(
    r"(1-\cos\alpha)E_\nu r\big|_{\rho\ll r}",
    check.dimension(0),
    check.limit(rho, sp.Integer(0), (sp.sqrt(r**2 + rho**2) - r) * E_nu, rate=2),
)
def paraxial_phase(potential):
    r"""For a body displaced by $\rho$ across the beam, $\tan\alpha=\rho/r$, the slow phase is quadratic in $\rho$."""
    (wave,) = [w for w in potential.atoms(sp.cos) if w.args[0].is_Mul]
    at_angle = wave.args[0].xreplace({s: (1 - r / sp.sqrt(r**2 + rho**2)) / 2, r: sp.sqrt(r**2 + rho**2)})
    return sp.series(sp.expand(at_angle), rho, 0, 4).removeO()


@d.step(
    r"\langle\cos\rangle_\sigma",
    check.dimension(0),
    check.quadrature(
        lambda paraxial_phase: rho / sigma**2 * sp.exp(-(rho**2) / (2 * sigma**2)) * sp.cos(paraxial_phase), rho, sp.Integer(0)
    ),
    check.equals(1 / (1 + (E_nu * sigma**2 / r) ** 2), why="a Lorentzian of E s^2/r"),
)
def finite_size(paraxial_phase):
    r"""If the separation has a Gaussian width $\sigma$ in both directions across the beam, because the bodies or the source
    have one, the waves interfere away: $\sigma\lesssim\sqrt{r/E_\nu}$ is needed, and no spread of energies enters. For a
    source of the angular width $\vartheta$ it is $\sigma=\vartheta r$.
    """
    u, a = sp.symbols("u a", positive=True)
    rate = sp.cancel(paraxial_phase.xreplace({rho: sp.sqrt(2 * u) * sigma}) / u)
    return sp.factor(sp.integrate(sp.exp(-u) * sp.cos(a * u), (u, 0, sp.oo)).xreplace({a: rate}))


KERNELS = ("directional_flux", "directional_flux_retarded", "directional_flux_force", "finite_size_factor")
RANGES = {
    r: (1e-6, 1e40),
    E_nu: (1e-20, 1e6),
    s: (1e-60, 1.0),
    Phi_0: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V1: (1e-12, 1e6),
    g_V2: (1e-12, 1e6),
    sigma: (1e-30, 1e40),
}
CONSTRAINTS = (Constraint(E_nu * r, 1e-6, 1e24),)
ATTRACT = "Negative values attract. One species; sum over species with their own charges."


def _arguments(formula):
    return tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items() if symbol in formula.free_symbols)


def kernels(results):
    """The two responses, the force along the beam, and what a width leaves of it, as numeric kernels."""
    waves = tuple(
        Kernel(
            name,
            f"{what} two fermions in a collimated flux of massless neutrinos",
            results[step],
            _arguments(results[step]),
            d.name,
            step,
            constraints=CONSTRAINTS,
            cites=tuple(d.cites),
            notes=(note, ATTRACT),
            envelope=envelope,
        )
        for name, step, what, envelope, note in (
            (
                "directional_flux",
                "potential",
                "Symmetric potential between",
                ENVELOPE,
                "It is the principal value, half the sum of both responses, and even in cos(alpha): use alpha <= pi/2.",
            ),
            (
                "directional_flux_retarded",
                "retarded",
                "Retarded potential between",
                ENVELOPE,
                "alpha is the angle between the flux and the vector from the body that scatters to the body that is pushed.",
            ),
            (
                "directional_flux_force",
                "force_along",
                "Radial force between",
                ENVELOPE / r,
                "It is -dV/dr of the symmetric potential along the flux, alpha = 0.",
            ),
        )
    )
    factor = Kernel(
        "finite_size_factor",
        "Part of the force in a collimated flux that a Gaussian width across the beam leaves",
        results["finite_size"],
        _arguments(results["finite_size"]),
        d.name,
        "finite_size",
        cites=tuple(d.cites),
        notes=("For a source of angular width theta: sigma = theta r.",),
    )
    return (*waves, factor)
