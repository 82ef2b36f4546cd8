r"""A degenerate gas of neutrinos, as numbers: the oscillation of Friedel's kind, with its phase kept exactly."""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, vacuum_potential
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, k_F = symbols("G_F g_V1 g_V2 r k_F")
ENVELOPE = G_F**2 * g_V1 * g_V2 * k_F / (4 * sp.pi**3 * r**4)

d = Derivation("degenerate_gas", "A degenerate gas of massless neutrinos, as numbers", cites=["Tangarife"])


def _filled_up(value):
    r"""-\frac{G_F^2g_Vg_V'}{4\pi^3r^4}\int_0^{k_F}dk\,[\sin2kr-2kr\cos2kr] by quadrature."""
    k_max, r_ = value["k_F"], value["r"]
    total = mp.quad(lambda k: mp.sin(2 * k * r_) - 2 * k * r_ * mp.cos(2 * k * r_), mp.linspace(0, k_max, 5))
    return -(value["G_F"] ** 2) * value["g_V1"] * value["g_V2"] / (4 * mp.pi**3 * r_**4) * total


@d.step(
    r"V_{\mathrm{deg}}(r)",
    check.dimension(1),
    check.symmetric({g_V1: g_V2}),
    check.brute_force(_filled_up, "the sum over all momenta up to k_F", digits=25),
)
def potential():
    r"""Neutrinos alone, every state filled up to $k_F$, without the force in the vacuum."""
    return potential_of(isotropic_operator("dirac", sp.Integer(0)), sine_transform.degenerate(k_F))


@d.step(r"V_0(r)", check.dimension(1), check.scales(r, -5), check.sign(True, when="like charges repel"))
def vacuum():
    r"""The force in the vacuum, from the same operator."""
    return vacuum_potential(isotropic_operator("dirac", sp.Integer(0)), sp.Integer(0))


@d.step(
    r"V_{\mathrm{deg}}(r)+V_0(r)",
    check.residual(lambda V, potential, vacuum: V - potential - vacuum, "the same sum"),
    check.limit(k_F, sp.Integer(0), lambda vacuum: vacuum, rate=4),
    check.dimension(1),
)
def total(potential, vacuum):
    r"""With the vacuum only waves of twice the Fermi momentum are left; at $k_Fr\gg1$ they fall as $r^{-4}$."""
    return ENVELOPE * sp.expand((potential + vacuum) / ENVELOPE)


KERNELS = ("degenerate_gas",)


def kernels(results):
    """The potential with the vacuum's as a numeric kernel."""
    ranges = {r: (1e-6, 1e40), k_F: (1e-30, 1e6), G_F: (1e-30, 1.0), g_V1: (1e-12, 1e6), g_V2: (1e-12, 1e6)}
    return (
        Kernel(
            "degenerate_gas",
            "Potential between two fermions in a degenerate gas of massless neutrinos, with the vacuum's",
            results["total"],
            tuple(Argument(symbol, *limits) for symbol, limits in ranges.items()),
            d.name,
            "total",
            constraints=(Constraint(k_F * r, 1.0, 1e24),),
            cites=tuple(d.cites),
            notes=("Neutrinos without antineutrinos; positive values repel. One flavour.",),
            envelope=ENVELOPE,
        ),
    )
