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
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, s = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha sin2_half_alpha")
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
    check.residual(lambda V, exact: _same(V, exact), "the same with s = (1 - c)/2"),
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
    r"""With $\cos\alpha=1-2\sin^2\frac\alpha2$ the phases are $2\sin^2\frac\alpha2E_\nu r$ and $2\cos^2\frac\alpha2E_\nu r$, and a
    small angle loses no digits.
    """
    return in_half_angle(in_half_angles(exact), -ENVELOPE)


@d.step(r"V_{\mathrm{ret}}(r,\alpha)", check.dimension(1))
def exact_retarded():
    r"""The force on body 2 in the wave that body 1 scatters, $\mathbf{r}=\mathbf{r}_2-\mathbf{r}_1$."""
    return monochromatic("retarded")


@d.step(
    r"V_{\mathrm{ret}}(r,\alpha)",
    check.residual(lambda V, exact_retarded: _same(V, exact_retarded), "the same with s = (1 - c)/2"),
    check.residual(
        lambda V, potential: sp.expand_trig((V + V.xreplace({s: 1 - s})) / 2 - potential), "its mean over both directions is V"
    ),
    check.dimension(1),
)
def retarded(exact_retarded):
    r"""The retarded potential has the slow phase alone."""
    return in_half_angle(exact_retarded, -ENVELOPE)


KERNELS = ("directional_flux", "directional_flux_retarded")
RANGES = {
    r: (1e-6, 1e40),
    E_nu: (1e-20, 1e6),
    s: (1e-60, 1.0),
    Phi_0: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V1: (1e-12, 1e6),
    g_V2: (1e-12, 1e6),
}


def kernels(results):
    """The two responses as numeric kernels."""
    return tuple(
        Kernel(
            name,
            f"{what} potential between two fermions in a collimated flux of massless neutrinos",
            results[step],
            tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items()),
            d.name,
            step,
            constraints=(Constraint(E_nu * r, 1e-6, 1e24),),
            cites=tuple(d.cites),
            notes=(note, "Negative values attract. One species; sum over species with their own charges."),
            envelope=ENVELOPE,
        )
        for name, step, what, note in (
            ("directional_flux", "potential", "Symmetric", "The principal value. It is even in cos(alpha): use alpha <= pi/2."),
            (
                "directional_flux_retarded",
                "retarded",
                "Retarded",
                "alpha is the angle between the flux and the vector from the body that scatters to the body that is pushed.",
            ),
        )
    )
