r"""Massless gases of neutrinos in equilibrium as numbers, such as the cosmic background: a Fermi gas at $\mu=0$, Boltzmann's.

What `isotropic_background` derives, written with the one function $F(y)$, $y=2\pi rT$, that a kernel evaluates without the
loss of digits by which it cancels as $y^4$.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.cosmic import in_one_function, with_friedel_waves
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, vacuum_potential
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, T, mu, N_0 = symbols("G_F g_V1 g_V2 r T_nu mu_nu N_0")
ZERO = sp.Integer(0)

d = Derivation("thermal_gas", "Massless gases of neutrinos, as numbers", cites=["Tangarife"])


def _by_quadrature(occupation):
    r"""-\frac{G_F^2g_Vg_V'}{4\pi^3r^4}\int_0^\infty dk\,N(k)\,[\sin2kr-2kr\cos2kr] for N(k/T)."""

    def route(value):
        r_, T_ = value["r"], value["T_nu"]
        ends = [j * T_ for j in (0, 1, 2, 4, 8, 16, 32, 64, 128)]
        total = mp.quad(lambda k: occupation(value, k / T_) * (mp.sin(2 * k * r_) - 2 * k * r_ * mp.cos(2 * k * r_)), ends)
        return -(value["G_F"] ** 2) * value["g_V1"] * value["g_V2"] / (4 * mp.pi**3 * r_**4) * total

    return route


@d.step(
    r"V_{\mathrm{FD}}(r)",
    check.dimension(1),
    check.symmetric({g_V1: g_V2}),
    check.brute_force(_by_quadrature(lambda _, x: 2 / (mp.exp(x) + 1)), "the integral over all momenta", digits=20),
)
def fermi_dirac():
    r"""The potential of neutrinos and antineutrinos of one flavour at $\mu=0$, from the sine transform of their spectrum."""
    return potential_of(isotropic_operator("dirac", ZERO), sine_transform.fermi_dirac_pair(T, ZERO, ZERO))


@d.step(
    r"V_{\mathrm{vac}}(r)",
    check.dimension(1),
    check.against("Tangarife", "slide 'Motivation'", G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)),
)
def vacuum():
    r"""The force in the vacuum, from the same operator with $n_++n_-\to-1$."""
    return vacuum_potential(isotropic_operator("dirac", ZERO), ZERO)


@d.step(
    r"V_{\mathrm{FD}}(r)",
    check.residual(lambda V, fermi_dirac: V - fermi_dirac, "the same potential"),
    check.limit(r, ZERO, -7 * sp.pi * G_F**2 * g_V1 * g_V2 * T**4 / (90 * r), rate=2),
    check.dimension(1),
    check.sign(False, when="like charges attract"),
)
def potential(fermi_dirac, vacuum):
    r"""$F(y)=1-\frac y2(1+y\coth y)/\sinh y$ tends to $\frac7{360}y^4$ for $r\ll1/T$, where the force goes with the energy
    density, and to 1 far away, where it cancels the force in the vacuum.
    """
    return in_one_function(fermi_dirac, -vacuum)


@d.step(
    r"V_{\mathrm{MB}}(r)",
    check.dimension(1),
    check.brute_force(_by_quadrature(lambda value, x: value["N_0"] * mp.exp(-x)), "the integral over all momenta", digits=20),
    check.limit(r, ZERO, -4 * N_0 * G_F**2 * g_V1 * g_V2 * T**4 / (sp.pi**3 * r), rate=2),
)
def boltzmann():
    r"""With Boltzmann's distribution, $n_++n_-=N_0e^{-k/T}$, the potential is rational. Pauli's principle needs $N_0\le2$; at
    $N_0=2$ it would outweigh the force in the vacuum far away, which no Fermi gas in equilibrium does.
    """
    return N_0 * potential_of(isotropic_operator("dirac", ZERO), sine_transform.maxwell_boltzmann(T, ZERO))


@d.step(
    r"V_{\mathrm{FD}}(r)\big|_\mu",
    check.dimension(1),
    check.brute_force(
        _by_quadrature(
            lambda value, x: (
                1 / (mp.exp(x - value["mu_nu"] / value["T_nu"]) + 1) + 1 / (mp.exp(x + value["mu_nu"] / value["T_nu"]) + 1)
            )
        ),
        "the integral over all momenta",
        digits=20,
    ),
)
def chemical_potential():
    r"""Neutrinos at the chemical potential $\mu$ and antineutrinos at $-\mu$."""
    return potential_of(isotropic_operator("dirac", ZERO), sine_transform.fermi_dirac_pair(T, mu, ZERO))


@d.step(
    r"V_{\mathrm{FD}}(r)\big|_\mu",
    check.dimension(1),
    check.residual(lambda V, chemical_potential: sp.expand_func(V) - chemical_potential, "the same potential"),
    check.residual(lambda V, potential: V.xreplace({mu: ZERO}) - potential, "at zero chemical potential the gas above"),
)
def asymmetric(chemical_potential, vacuum):
    r"""With $F$ and $U=1-y/\sinh y$ no terms cancel where $r$ is small beside $1/T$ and $1/\mu$."""
    return with_friedel_waves(chemical_potential, -vacuum, mu)


KERNELS = ("thermal_gas", "boltzmann_gas", "asymmetric_gas")


def kernels(results):
    """The potentials as numeric kernels."""
    ranges = {
        r: (1e-6, 1e40),
        T: (1e-30, 1e6),
        mu: (1e-30, 1e6),
        N_0: (1e-12, 2.0),
        G_F: (1e-30, 1.0),
        g_V1: (1e-12, 1e6),
        g_V2: (1e-12, 1e6),
    }
    return (
        Kernel(
            "thermal_gas",
            "Potential between two fermions in a massless Fermi gas of neutrinos and antineutrinos",
            results["potential"],
            tuple(Argument(symbol, *limits) for symbol, limits in ranges.items() if symbol not in (N_0, mu)),
            d.name,
            "potential",
            constraints=(Constraint(T * r, 1e-20, 1e15),),
            cites=tuple(d.cites),
            notes=("The background's part alone, without the force in the vacuum. Negative values attract. One flavour.",),
        ),
        Kernel(
            "boltzmann_gas",
            "Potential between two fermions in a massless gas of neutrinos with Boltzmann's distribution",
            results["boltzmann"],
            tuple(Argument(symbol, *limits) for symbol, limits in ranges.items() if symbol != mu),
            d.name,
            "boltzmann",
            cites=tuple(d.cites),
            notes=("The background's part alone, without the force in the vacuum. Negative values attract. One flavour.",),
        ),
        Kernel(
            "asymmetric_gas",
            "Potential between two fermions in a massless Fermi gas of neutrinos at mu and antineutrinos at -mu",
            results["asymmetric"],
            tuple(Argument(symbol, *limits) for symbol, limits in ranges.items() if symbol != N_0),
            d.name,
            "asymmetric",
            constraints=(Constraint(mu / T, 1e-12, 1e12), Constraint(T * r, 1e-12, 1e12)),
            cites=tuple(d.cites),
            notes=(
                "The background's part alone, without the force in the vacuum. Negative values attract. One flavour.",
                "For mu = 0 use thermal_gas.",
            ),
            envelope=G_F**2
            * g_V1
            * g_V2
            * (sp.pi**2 * T**2 + mu**2) ** 2
            * (1 + mu**2 * r**2)
            / (4 * sp.pi**3 * r * (1 + r**2 * (sp.pi**2 * T**2 + mu**2)) ** 2),
        ),
    )
