r"""Gases of massless neutrinos whose spectra leave no elementary force, as numbers: a pinched one, and a power of the momentum.

What `isotropic_background` and the rules of the sine transform give, written with the functions of `gas_functions`.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.gas_functions import PinchedForce, PowerLawForce
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.cosmic import with_friedel_waves
from nuforce_sym.medium.gas_forms import in_fermi_species, in_pinched_force, in_power_force
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, vacuum_potential
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, k, k_0, s, p, T, n_nu, mu = symbols("G_F g_V1 g_V2 r k_nu k_0 s_nu p_nu T_nu n_nu mu_size")
ZERO = sp.Integer(0)
COUPLING = G_F**2 * g_V1 * g_V2

d = Derivation("gas_numbers", "Massless gases with pinched and with power spectra, as numbers", cites=["Tangarife"])


def _massless(transform):
    """The potential of massless neutrinos with a sine transform."""
    return potential_of(isotropic_operator("dirac", ZERO), transform)


def _wave(z):
    r"""\sin z-z\cos z, whose terms cancel at small z."""
    if z > 1:
        return mp.sin(z) - z * mp.cos(z)
    return mp.fsum((-1) ** (n + 1) * 2 * n * z ** (2 * n + 1) / mp.factorial(2 * n + 1) for n in range(1, 20))


def _potential(value, integral):
    return -(value["G_F"] ** 2) * value["g_V1"] * value["g_V2"] / (4 * mp.pi**3 * value["r"] ** 4) * integral


def _power_over_momenta(value):
    r"""\int_0^\infty dk\,(k/k_0)^{-s}[\sin2kr-2kr\cos2kr]: real up to k = a, with k = u^2, and then along k = a+iy."""
    r_, s_, k_ = value["r"], value["s_nu"], value["k_0"]
    a = mp.pi / (2 * r_)

    def beyond(y):
        k = a + 1j * y
        return 1j * (k / k_) ** -s_ * (-1j - 2 * k * r_) * mp.expj(2 * k * r_)

    near = mp.quad(lambda u: 2 * u * (u**2 / k_) ** -s_ * _wave(2 * u**2 * r_), [0, mp.sqrt(a)])
    return _potential(value, near + mp.re(mp.quad(beyond, [j / r_ for j in (0, 1, 4, 40)])))


def _pieces(value):
    """Pieces of the momenta over which a spectrum of the temperature T is integrated."""
    return [j * value["T_nu"] for j in (0, 1, 2, 4, 8, 16, 32, 64, 128)]


def _power_check(exponent):
    return check.brute_force(
        _power_over_momenta, "the integral over all momenta, turned into the complex plane", points=1, digits=18, s_nu=exponent
    )


@d.step(
    r"V_{k^{-s}}(r)",
    check.dimension(1),
    _power_check(sp.Rational(5, 2)),
    _power_check(sp.Rational(3, 2)),
)
def power_spectrum():
    r"""Occupation numbers that fall as a power, $n_++n_-=(k/k_0)^{-s}$, $0<s<4$, by Abel's summation."""
    return sp.powsimp(_massless(sine_transform.power_law(s, k_0)), combine="base")


@d.step(
    r"V_{k^{-s}}(r)",
    check.residual(
        lambda V, power_spectrum: V.replace(PowerLawForce, PowerLawForce.defined) - power_spectrum,
        "the same potential",
    ),
    check.symmetric({g_V1: g_V2}),
    check.sign(False, when="like charges attract", s_nu=sp.Rational(7, 2)),
)
def power_law(power_spectrum):
    r"""With $\mathcal G(s,x)$, $x=2k_0r$, which is regular at $s=2$ and positive for all $0<s<4$."""
    return in_power_force(power_spectrum, s, 2 * k_0 * r)


@d.step(
    r"N_0",
    check.dimension(0),
    check.brute_force(
        lambda v: (
            2
            * mp.pi**2
            * v["n_nu"]
            / mp.quad(lambda k: k**2 * (k / v["T_nu"]) ** v["p_nu"] * mp.exp(-k / v["T_nu"]), _pieces(v))
        ),
        "the integral of the occupation numbers",
        points=1,
    ),
)
def occupation():
    r"""The factor in front of a pinched spectrum of density $n_\nu$, $n_++n_-=N_0(k/T)^pe^{-k/T}$."""
    found = sp.Dummy("N", positive=True)
    density = found / (2 * sp.pi**2) * sp.integrate(k**2 * (k / T) ** p * sp.exp(-k / T), (k, 0, sp.oo))
    (solved,) = sp.solve(sp.Eq(density, n_nu), found)
    return sp.powsimp(solved)


@d.step(
    r"V_{\mathrm{pinched}}(r)",
    check.dimension(1),
    check.brute_force(
        lambda v: _potential(
            v,
            mp.quad(
                lambda k: (k / v["T_nu"]) ** v["p_nu"] * mp.exp(-k / v["T_nu"]) * _wave(2 * k * v["r"]),
                _pieces(v),
            )
            * 2
            * mp.pi**2
            * v["n_nu"]
            / (v["T_nu"] ** 3 * mp.gamma(v["p_nu"] + 3)),
        ),
        "the integral over all momenta",
        points=1,
        digits=18,
    ),
)
def pinched_spectrum(occupation):
    r"""With the density in place of $N_0$ the Gamma functions leave $1/(p+1)(p+2)$."""
    V = occupation * _massless(sine_transform.pinched(p, T))
    return sp.factor_terms(sp.gammasimp(V))


@d.step(
    r"V_{\mathrm{pinched}}(r)",
    check.dimension(1),
    check.residual(
        lambda V, pinched_spectrum: V.replace(PinchedForce, PinchedForce.defined) - pinched_spectrum, "the same potential"
    ),
    check.limit(r, ZERO, -4 * COUPLING * n_nu * T * (p + 3) / (3 * sp.pi * r), rate=2),
)
def pinched(pinched_spectrum):
    r"""With $\mathcal P(p,x)$, $x=2rT$, which falls as $x^3$ where $x$ is small: there
    $V=-\frac4{3\pi r}G_F^2g_{V1}g_{V2}\,\rho$ with the energy density $\rho=(p+3)\,n_\nu T$.
    """
    return in_pinched_force(pinched_spectrum, p, 2 * r * T)


def _species_over_momenta(sign):
    """The potential of one species at a chemical potential of that sign, by the integral over all momenta."""

    def route(v):
        T_, mu_ = v["T_nu"], sign * v["mu_size"]
        ends = [*_pieces(v), *([mu_, mu_ + T_, mu_ + 4 * T_] if sign > 0 else [])]
        return _potential(v, mp.quad(lambda k: _wave(2 * k * v["r"]) / (mp.exp((k - mu_) / T_) + 1), sorted(ends)))

    return check.brute_force(route, "the integral over all momenta", points=1, digits=18)


def _with_lerch():
    """The closed form with Lerch's functions, of one species at a negative chemical potential."""
    return _massless(sine_transform.fermi_dirac_species(T, -mu))


@d.step(
    r"V_{\mathrm{FD}}(r)\big|_{-|\mu|}",
    check.dimension(1),
    _species_over_momenta(-1),
    check.sign(False, when="like charges attract"),
)
def below():
    r"""One species at a negative chemical potential, $n_+=1/(e^{(k+|\mu|)/T}+1)$: Lerch's functions as their series, term by
    term.
    """
    return in_fermi_species(_with_lerch(), mu / T, 2 * r * T)


def _elementary():
    return _massless(sine_transform.fermi_dirac_pair(T, mu, ZERO))


@d.step(
    r"V_{\mathrm{FD}}(r)\big|_{\pm|\mu|}",
    check.dimension(1),
    check.residual(lambda V: sp.expand_func(V) - _elementary(), "the same potential"),
)
def both():
    r"""Neutrinos at $|\mu|$ and antineutrinos at $-|\mu|$ together are elementary."""
    return with_friedel_waves(_elementary(), -vacuum_potential(isotropic_operator("dirac", ZERO), ZERO), mu)


@d.step(r"V_{\mathrm{FD}}(r)\big|_{|\mu|}", check.dimension(1), _species_over_momenta(1))
def above(both, below):
    r"""One species at a positive chemical potential: both without the other."""
    return both - below


KERNELS = ("power_law_gas", "pinched_gas", "species_gas_below", "species_gas_above")
RANGES = {
    r: (1e-6, 1e40),
    k_0: (1e-30, 1e6),
    s: (1e-3, 3.999),
    T: (1e-30, 1e6),
    p: (1e-3, 10.0),
    mu: (1e-30, 1e6),
    n_nu: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V1: (1e-12, 1e6),
    g_V2: (1e-12, 1e6),
}
ALONE = "The background's part alone, without the force in the vacuum. Negative values attract. One flavour."


def kernels(results):
    """The potentials as numeric kernels."""
    return tuple(
        Kernel(
            name,
            f"Potential between two fermions in a massless gas of neutrinos {what}",
            results[step],
            tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items() if symbol in results[step].free_symbols),
            d.name,
            step,
            constraints=constraints,
            cites=tuple(d.cites),
            notes=notes,
            envelope=envelope,
        )
        for name, step, what, constraints, notes, envelope in (
            (
                "power_law_gas",
                "power_law",
                "whose occupation numbers fall as (k/k_0)^(-s)",
                (Constraint(k_0 * r, 1e-20, 1e20),),
                (ALONE, "It stands for the tail of a spectrum: Pauli's principle forbids it at the smallest momenta."),
                None,
            ),
            (
                "pinched_gas",
                "pinched",
                "with a pinched spectrum, k^p exp(-k/T), and the density n_nu",
                (Constraint(T * r, 1e-20, 1e15),),
                (ALONE, "n_nu is the density of all species and spins. For larger p the force changes its sign."),
                4 * COUPLING * n_nu * T * (p + 3) / (3 * sp.pi * r * (1 + 4 * r**2 * T**2) ** 2),
            ),
            (
                "species_gas_below",
                "below",
                "of one species with Fermi's distribution, at the chemical potential -|mu|",
                (Constraint(mu / T, 1e-12, 100.0), Constraint(T * r, 1e-12, 1e15)),
                (ALONE, "mu_size is |mu|, which counts against the species: n = 1/(exp((k + |mu|)/T) + 1)."),
                None,
            ),
            (
                "species_gas_above",
                "above",
                "of one species with Fermi's distribution, at the chemical potential |mu|",
                (Constraint(mu / T, 1e-12, 1e12), Constraint(T * r, 1e-12, 1e12)),
                (ALONE, "mu_size is |mu|, which favours the species: n = 1/(exp((k - |mu|)/T) + 1)."),
                COUPLING
                * (sp.pi**2 * T**2 + mu**2) ** 2
                * (1 + mu**2 * r**2)
                / (4 * sp.pi**3 * r * (1 + r**2 * (sp.pi**2 * T**2 + mu**2)) ** 2),
            ),
        )
    )
