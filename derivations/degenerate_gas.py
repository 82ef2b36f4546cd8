r"""Isotropic backgrounds with sharp momenta, as numbers: the oscillation of Friedel's kind, with its phase kept exactly."""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.directional import monochromatic
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, vacuum_potential
from nuforce_sym.medium.spherical import double_angle, in_spherical
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, k_F, k, n_nu, c, Phi_0, E_nu = symbols("G_F g_V1 g_V2 r k_F k_nu n_nu c_alpha Phi_0 E_nu")
SHELL = G_F**2 * g_V1 * g_V2 * n_nu / (sp.pi * k * r**3)
ENVELOPE = G_F**2 * g_V1 * g_V2 * k_F / (4 * sp.pi**3 * r**4)
CUBE = G_F**2 * g_V1 * g_V2 * k_F**3 / (2 * sp.pi**3 * r**2)

d = Derivation("degenerate_gas", "Sharp momenta: a degenerate gas and one momentum, as numbers", cites=["Tangarife"])


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


@d.step(
    r"V_{\mathrm{deg}}(r)",
    check.residual(
        lambda V, potential: double_angle(sp.expand_func(V), k_F * r) - double_angle(potential, k_F * r), "the same"
    ),
    check.limit(r, sp.Integer(0), -(G_F**2) * g_V1 * g_V2 * k_F**4 / (6 * sp.pi**3 * r), rate=2),
    check.dimension(1),
)
def background(potential):
    r"""The same as a product of two spherical Bessel functions, which loses no digits where $k_Fr$ is small."""
    return -CUBE * in_spherical(double_angle(potential, k_F * r) / -CUBE, k_F * r)


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


def _over_all_directions(value):
    r"""\tfrac12\int_{-1}^1dc\,V(r,c) of a collimated flux, by quadrature."""
    V = monochromatic("symmetric").xreplace({Phi_0: n_nu, E_nu: k})
    at = {s: value[s.name] for s in V.free_symbols if s != c}
    return mp.quad(sp.lambdify(c, V.xreplace(at), "mpmath"), mp.linspace(-1, 1, 5)) / 2


@d.step(
    r"V_k(r)",
    check.dimension(1),
    check.brute_force(_over_all_directions, "the force in a collimated flux, averaged over its direction", digits=20),
    check.limit(r, sp.Integer(0), -4 * G_F**2 * g_V1 * g_V2 * n_nu * k / (3 * sp.pi * r), rate=2),
)
def shell():
    r"""Neutrinos of one momentum $k$ from all directions, of number density $n_\nu$, without the force in the vacuum."""
    found = potential_of(isotropic_operator("dirac", sp.Integer(0)), sine_transform.shell(k, n_nu, k))
    return SHELL * sp.expand(found / SHELL)


@d.step(
    r"V_k(r)",
    check.residual(lambda V, shell: sp.expand_func(V) - shell, "the same"),
    check.dimension(1),
)
def shell_spherical(shell):
    r"""The same with a spherical Bessel function."""
    return in_spherical(shell, 2 * k * r)


KERNELS = ("degenerate_gas", "degenerate_gas_background", "momentum_shell")


def kernels(results):
    """The degenerate gas with the vacuum, and one momentum without, as numeric kernels."""
    ranges = {
        r: (1e-6, 1e40),
        k: (1e-20, 1e6),
        k_F: (1e-30, 1e6),
        n_nu: (1e-80, 1e10),
        G_F: (1e-30, 1.0),
        g_V1: (1e-12, 1e6),
        g_V2: (1e-12, 1e6),
    }

    def arguments(step):
        return tuple(Argument(s, *limits) for s, limits in ranges.items() if s in results[step].free_symbols)

    return (
        Kernel(
            "degenerate_gas",
            "Potential between two fermions in a degenerate gas of massless neutrinos, with the vacuum's",
            results["total"],
            arguments("total"),
            d.name,
            "total",
            constraints=(Constraint(k_F * r, 1e-12, 1e24),),
            cites=tuple(d.cites),
            notes=("Neutrinos without antineutrinos; positive values repel. One flavour.",),
            envelope=ENVELOPE * (1 + k_F * r) / (k_F * r),
        ),
        Kernel(
            "degenerate_gas_background",
            "Potential between two fermions in a degenerate gas of massless neutrinos, without the vacuum's",
            results["background"],
            arguments("background"),
            d.name,
            "background",
            constraints=(Constraint(k_F * r, 1e-12, 1e24),),
            cites=tuple(d.cites),
            notes=("Neutrinos without antineutrinos; negative values attract. One flavour.",),
            envelope=CUBE * k_F * r / (1 + k_F * r) ** 3,
        ),
        Kernel(
            "momentum_shell",
            "Potential between two fermions in massless neutrinos of one momentum from all directions",
            results["shell_spherical"],
            arguments("shell_spherical"),
            d.name,
            "shell_spherical",
            constraints=(Constraint(k * r, 1e-6, 1e24),),
            cites=tuple(d.cites),
            notes=("The background's part alone, without the force in the vacuum. Negative values attract. One flavour.",),
            envelope=SHELL * (k * r) ** 2 / (1 + k * r) ** 2,
        ),
    )
