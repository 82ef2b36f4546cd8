r"""Massive gases of neutrinos, slow gases and gases of scalars as numbers.

What `isotropic_background` and `scalar_background` derive, in the form that kernels are made of.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.gas_functions import MatsubaraDirac, MatsubaraMajorana
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.gas_forms import in_matsubara
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, vacuum_potential, with_vacuum
from nuforce_sym.medium.pairs import pair_operator, pair_vacuum
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, m, T, N_0, n_nu, k = symbols("G_F g_V1 g_V2 r m_nu T_nu N_0 n_nu k_nu")
ZERO = sp.Integer(0)

d = Derivation("massive_gas", "Massive and slow gases, and scalars, as numbers", cites=["Tangarife"])


def _over_momenta(majorana, slow=False):
    r"""-\frac{G_F^2g_Vg_V'}{4\pi^3r^4}\int dk\,(k/E)\,N\,[(1+m^2r^2)\sin2kr-2kr\cos2kr], without m^2r^2 for Majorana's."""

    def route(value):
        r_, T_, m_ = value["r"], value["T_nu"], value["m_nu"]

        def inside(k):
            E = m_ if slow else mp.sqrt(k**2 + m_**2)
            if slow:
                occupied = value["n_nu"] * (2 * mp.pi / (m_ * T_)) ** mp.mpf(1.5) * mp.exp(-(k**2) / (2 * m_ * T_))
            else:
                occupied = value["N_0"] * mp.exp(-E / T_)
            heavy = 0 if majorana else m_**2 * r_**2
            return k / E * occupied * ((1 + heavy) * mp.sin(2 * k * r_) - 2 * k * r_ * mp.cos(2 * k * r_))

        scale = mp.sqrt(m_ * T_) + T_
        total = mp.quad(inside, [j * scale for j in (0, 1, 2, 4, 8, 16, 32, 64, 128)])
        return -(value["G_F"] ** 2) * value["g_V1"] * value["g_V2"] / (4 * mp.pi**3 * r_**4) * total

    return check.brute_force(route, "the integral over all momenta", digits=20, points=1)


@d.step(
    r"V_{\mathrm{MB}}(r)",
    check.dimension(1),
    _over_momenta(majorana=False),
    check.limit(m, ZERO, -4 * N_0 * G_F**2 * g_V1 * g_V2 * T**4 / (sp.pi**3 * r * (1 + 4 * r**2 * T**2) ** 2)),
)
def boltzmann():
    r"""Dirac neutrinos with $n_++n_-=N_0e^{-E_\nu/T}$."""
    return N_0 * potential_of(isotropic_operator("dirac", m), sine_transform.maxwell_boltzmann(T, m))


@d.step(r"V_{\mathrm{MB}}(r)\big|_{\mathrm{Majorana}}", check.dimension(1), _over_momenta(majorana=True))
def boltzmann_majorana():
    r"""The same for Majorana neutrinos."""
    return N_0 * potential_of(isotropic_operator("majorana", m), sine_transform.maxwell_boltzmann(T, m))


@d.step(
    r"N_0",
    check.dimension(0),
    check.residual(
        lambda N: (
            sp.integrate(k**2 * sp.exp(-(k**2) / (2 * m * T)), (k, 0, sp.oo)) * N / (2 * sp.pi**2) - n_nu
        ),
        "the density is the integral of the occupation",
    ),
)  # fmt: skip
def occupation():
    r"""The occupation at $k=0$ of a slow gas of density $n_\nu$, $n_++n_-=N_0e^{-k^2/2m_\nu T}$."""
    found = sp.Dummy("N", positive=True)
    density = sp.integrate(k**2 / (2 * sp.pi**2) * found * sp.exp(-(k**2) / (2 * m * T)), (k, 0, sp.oo))
    (solved,) = sp.solve(sp.Eq(density, n_nu), found)
    return solved


@d.step(r"V_{\mathrm{NR}}(r)", check.dimension(1), _over_momenta(majorana=False, slow=True))
def slow(occupation):
    r"""Slow Dirac neutrinos, $E_\nu\approx m_\nu$: the force reaches as far as their wavelength."""
    return sp.factor(potential_of(isotropic_operator("dirac", m), sine_transform.nonrelativistic(T, m, occupation)))


@d.step(r"V_{\mathrm{NR}}(r)\big|_{\mathrm{Majorana}}", check.dimension(1), _over_momenta(majorana=True, slow=True))
def slow_majorana(occupation):
    r"""The same for Majorana neutrinos, smaller by $4T/m_\nu$."""
    return sp.factor(potential_of(isotropic_operator("majorana", m), sine_transform.nonrelativistic(T, m, occupation)))


def _frequencies(value):
    """-(T/2) times the sum over n of the square of e^{-2 pi |n| T r}/(4 pi r)."""
    r_, T_ = value["r"], value["T_nu"]
    terms = [mp.exp(-2 * mp.pi * abs(n) * T_ * r_) / (4 * mp.pi * r_) for n in range(-200, 201)]
    return -T_ / 2 * mp.fsum(x**2 for x in terms)


@d.step(
    r"V_{\phi\phi}(r)",
    check.dimension(3),
    check.limit(r, ZERO, -1 / (64 * sp.pi**3 * r**3), rate=2),
    check.brute_force(
        _frequencies,
        "half of the sum over Matsubara frequencies of two propagators",
        digits=25,
    ),
)
def scalars():
    r"""Massless scalars in equilibrium with $C_1C_2$ one, and the vacuum: where fermions screen, bosons enhance."""
    total = potential_of(pair_operator("real scalar", ZERO), sine_transform.bose_einstein_pair(T))
    y = 2 * sp.pi * r * T
    return sp.factor_terms(sp.expand(total + pair_vacuum("real scalar", ZERO))).subs(sp.cosh(y), sp.coth(y) * sp.sinh(y))


def _fermi_and_vacuum(majorana):
    r"""The integral over all momenta with n_++n_-=2/(e^{E/T}+1), and the force in the vacuum."""

    def route(value):
        r_, T_, m_ = value["r"], value["T_nu"], value["m_nu"]

        def inside(k):
            E = mp.sqrt(k**2 + m_**2)
            heavy = 0 if majorana else m_**2 * r_**2
            waves = (1 + heavy) * mp.sin(2 * k * r_) - 2 * k * r_ * mp.cos(2 * k * r_)
            return k / E * 2 / (mp.exp(E / T_) + 1) * waves

        scale = mp.sqrt(m_ * T_) + T_
        gas = mp.quad(inside, [j * scale for j in (0, 1, 2, 4, 8, 16, 32, 64, 128)])
        vacuum = 2 * m_**2 * r_ * mp.besselk(2, 2 * m_ * r_) if majorana else m_**3 * r_**2 * mp.besselk(3, 2 * m_ * r_)
        return value["G_F"] ** 2 * value["g_V1"] * value["g_V2"] / (4 * mp.pi**3 * r_**4) * (vacuum - gas)

    return check.brute_force(route, "the integral over all momenta and the force in the vacuum", digits=18, points=1)


def _screened(kind, head):
    operator = isotropic_operator(kind, m)
    background = potential_of(operator, sine_transform.fermi_dirac_pair(T, ZERO, m))
    return in_matsubara(with_vacuum(background, vacuum_potential(operator, m)), head, m, T)


@d.step(
    r"V_{\mathrm{FD}}(r)+V_0(r)",
    check.dimension(1),
    check.sign(True, when="the sum repels at every distance"),
    _fermi_and_vacuum(majorana=False),
)
def fermi():
    r"""Dirac neutrinos and antineutrinos in equilibrium, $n_\pm=1/(e^{E_\nu/T}+1)$, together with the vacuum: one exponential
    for each of Matsubara's frequencies $(2n+1)\pi T$.
    """
    return _screened("dirac", MatsubaraDirac)


@d.step(
    r"V_{\mathrm{FD}}(r)+V_0(r)\big|_{\mathrm{Majorana}}",
    check.dimension(1),
    check.sign(True, when="the sum repels at every distance"),
    _fermi_and_vacuum(majorana=True),
)
def fermi_majorana():
    r"""The same for Majorana neutrinos."""
    return _screened("majorana", MatsubaraMajorana)


KERNELS = (
    "massive_boltzmann_gas",
    "massive_boltzmann_gas_majorana",
    "slow_gas",
    "slow_gas_majorana",
    "scalar_gas",
    "massive_fermi_gas",
    "massive_fermi_gas_majorana",
)
RANGES = {
    r: (1e-6, 1e26),
    m: (1e-16, 1e6),
    T: (1e-18, 1e13),
    N_0: (1e-12, 2.0),
    n_nu: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V1: (1e-12, 1e6),
    g_V2: (1e-12, 1e6),
}
THERMAL = (Constraint(m / T, 1e-7, 100.0), Constraint(m * r, 1e-8, 150.0))
SCREENED = (Constraint(m / T, 1e-12, 30.0), Constraint(T * r, 0.1, 10.0))
TOGETHER = "With the force in the vacuum, and screened by it. Negative values attract. One flavour, no chemical potential."
ALONE = "The background's part alone, without the force in the vacuum. Negative values attract. One flavour."


def kernels(results):
    """Boltzmann's gases, slow gases and the gas of scalars as numeric kernels."""
    fermions = "Potential between two fermions in a"
    return tuple(
        Kernel(
            name,
            title,
            results[step],
            tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items() if symbol in results[step].free_symbols),
            d.name,
            step,
            constraints=constraints,
            cites=tuple(d.cites),
            notes=(note,),
        )
        for name, step, title, constraints, note in (
            (
                "massive_boltzmann_gas",
                "boltzmann",
                f"{fermions} gas of Dirac neutrinos with Boltzmann's distribution",
                THERMAL,
                ALONE,
            ),
            (
                "massive_boltzmann_gas_majorana",
                "boltzmann_majorana",
                f"{fermions} gas of Majorana neutrinos with Boltzmann's distribution",
                THERMAL,
                ALONE,
            ),
            (
                "slow_gas",
                "slow",
                f"{fermions} gas of slow Dirac neutrinos",
                (Constraint(2 * m * T * r**2, 1e-30, 700.0),),
                ALONE,
            ),
            (
                "slow_gas_majorana",
                "slow_majorana",
                f"{fermions} gas of slow Majorana neutrinos",
                (Constraint(2 * m * T * r**2, 1e-30, 700.0),),
                ALONE,
            ),
            (
                "scalar_gas",
                "scalars",
                "Potential per C_1 C_2 between two bodies in a thermal gas of massless real scalars, with the vacuum's",
                (Constraint(T * r, 1e-20, 1e15),),
                "The bodies couple by C phi^2/2. Negative values attract.",
            ),
            (
                "massive_fermi_gas",
                "fermi",
                f"{fermions} gas of Dirac neutrinos and antineutrinos with Fermi's distribution, with the vacuum's",
                SCREENED,
                TOGETHER,
            ),
            (
                "massive_fermi_gas_majorana",
                "fermi_majorana",
                f"{fermions} gas of Majorana neutrinos with Fermi's distribution, with the vacuum's",
                SCREENED,
                TOGETHER,
            ),
        )
    )
