r"""Distributions of a background: what occupies its states.

An isotropic one gives N(k) = n_+ + n_-, its sine transform S(r) where a rule is known, and its moments. Occupation
numbers count one spin state; a massless neutrino has one. A `Beam` has one direction. Quantities are in natural units,
powers of GeV, or pairs such as ``(1.945, "K")``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.fluxes import has_time
from nuforce_sym.medium.spectra import Spectrum, exact, positive
from nuforce_sym.units import parse, to_natural


def quantity(value: Any, what: str, energy: int) -> sp.Expr:
    """Return a positive quantity in natural units.

    Raises:
        InputError: it is not positive, its unit carries another power of energy, or it is a temperature below zero.
    """
    if not isinstance(value, tuple):
        return positive(value, what)
    if len(value) != 2 or not isinstance(value[0], (int, float)) or not isinstance(value[1], str):
        raise InputError(f"{what} = {value!r} must be a number in natural units, or a pair such as (1.945, 'K')")
    if parse(value[1])[1] != energy:
        raise InputError(
            f"{what} = {value[0]} {value[1]} carries energy^{parse(value[1])[1]}, and {what} energy^{energy}: use another unit"
        )
    if not value[0] > 0:
        raise InputError(f"{what} = {value[0]} {value[1]} must be positive")
    return positive(to_natural(float(value[0]), value[1]), what)


def _of_either_sign(mu: Any) -> sp.Expr:
    """Return a chemical potential in GeV, of which the pair ``(-0.1, "eV")`` is one."""
    if not isinstance(mu, tuple) or not mu or not isinstance(mu[0], (int, float)) or mu[0] > 0:
        return quantity(mu, "the chemical potential mu", 1) if isinstance(mu, tuple) else exact(mu)
    return -_of_either_sign((-mu[0], *mu[1:])) if mu[0] < 0 else sp.Integer(0)


def _set(box: Any, **values: sp.Expr) -> None:
    for name, value in values.items():
        object.__setattr__(box, name, value)


def _occupied(largest: sp.Expr, species: int, what: str) -> None:
    if largest.is_number and largest > species:
        raise InputError(
            f"{what} fills a state of a fermion {sp.N(largest / species, 4)} times; Pauli's principle allows at most 1, "
            f"that is n_+ + n_- <= {species}"
        )


@dataclass(frozen=True)
class MaxwellBoltzmann:
    r"""n_+ + n_- = N_0e^{-E/T}, N_0 \leq 2."""

    T: Any
    N_0: Any = 1

    def __post_init__(self) -> None:
        _set(self, T=quantity(self.T, "the temperature T", 1), N_0=positive(self.N_0, "the occupation N_0"))
        _occupied(as_expr(self.N_0), 2, f"N_0 = {self.N_0}")

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-."""
        return self.N_0 * sp.exp(-E / self.T)

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r)."""
        return self.N_0 * sine_transform.maxwell_boltzmann(self.T, mass)

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN for a massless neutrino."""
        return self.N_0 * sp.factorial(j) * self.T ** (j + 1)


@dataclass(frozen=True)
class FermiDirac:
    r"""n_\pm = 1/(e^{(E\mp\mu)/T}+1): neutrinos at \mu and antineutrinos at -\mu, or one species alone."""

    T: Any
    mu: Any = 0
    antineutrinos: bool = True

    def __post_init__(self) -> None:
        _set(self, T=quantity(self.T, "the temperature T", 1), mu=_of_either_sign(self.mu))
        if self.mu.is_number and not (self.mu.is_real and self.mu.is_finite):
            raise InputError(f"the chemical potential mu = {self.mu} must be a finite number, in GeV")

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-."""
        n_plus = 1 / (sp.exp((E - self.mu) / self.T) + 1)
        return n_plus + 1 / (sp.exp((E + self.mu) / self.T) + 1) if self.antineutrinos else n_plus

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r).

        Raises:
            NotDerivable: for one massive species at a chemical potential.
        """
        if self.antineutrinos:
            return sine_transform.fermi_dirac_pair(self.T, self.mu, mass)
        if mass == 0:
            return sine_transform.fermi_dirac_species(self.T, self.mu)
        if self.mu == 0:
            return sine_transform.fermi_dirac_pair(self.T, self.mu, mass) / 2
        raise NotDerivable("no closed form is known for one massive species at a chemical potential: use number()")

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN for massless neutrinos.

        Raises:
            NotDerivable: there is a chemical potential.
        """
        if self.mu != 0:
            raise NotDerivable("the moments at a chemical potential are polylogarithms, for which there is no rule here")
        one = (1 - sp.Integer(2) ** -j) * sp.factorial(j) * sp.zeta(j + 1) * self.T ** (j + 1)
        return 2 * one if self.antineutrinos else one


@dataclass(frozen=True)
class Relic:
    r"""n_\pm = 1/(e^{k/T}+1), of the momentum and not the energy: relics of relativistic decoupling, as the cosmic ones."""

    T: Any

    def __post_init__(self) -> None:
        _set(self, T=quantity(self.T, "the temperature T", 1))

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-."""
        return 2 / (sp.exp(k / self.T) + 1)

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r).

        Raises:
            NotDerivable: the neutrino is massive.
        """
        if mass == 0:
            return sine_transform.fermi_dirac_pair(self.T, sp.Integer(0), mass)
        raise NotDerivable("no closed form is known for massive relics, whose distribution is not one of energy: use number()")

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN."""
        return FermiDirac(self.T).moment(j)


@dataclass(frozen=True)
class Degenerate:
    """One species, every state filled up to the momentum ``k_F``."""

    k_F: Any

    def __post_init__(self) -> None:
        _set(self, k_F=quantity(self.k_F, "the Fermi momentum k_F", 1))

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+."""
        return sp.Piecewise((1, k < self.k_F), (0, True))

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r).

        Raises:
            NotDerivable: the neutrino is massive.
        """
        if mass == 0:
            return sine_transform.degenerate(self.k_F)
        raise NotDerivable("no closed form is known for a degenerate gas of massive neutrinos: use number()")

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN."""
        return self.k_F ** (j + 1) / (j + 1)


@dataclass(frozen=True)
class PinchedGas:
    r"""n_+ + n_- = N_0(k/T)^pe^{-k/T}, at most N_0(p/e)^p, massless."""

    p: Any
    T: Any
    N_0: Any = 1

    def __post_init__(self) -> None:
        _set(self, p=exact(self.p), T=quantity(self.T, "the temperature T", 1), N_0=positive(self.N_0, "the factor N_0"))
        if self.p.is_number and not (self.p.is_real and 0 <= self.p <= 100):
            raise InputError(f"the power p = {self.p} must lie between 0 and 100: below 0 small momenta would be overfilled")
        _occupied(
            self.N_0 * (self.p / sp.E) ** self.p if self.p != 0 else as_expr(self.N_0), 2, f"p = {self.p}, N_0 = {self.N_0}"
        )

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-."""
        return self.N_0 * (k / self.T) ** self.p * sp.exp(-k / self.T)

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r).

        Raises:
            NotDerivable: the neutrino is massive.
        """
        if mass == 0:
            return self.N_0 * sine_transform.pinched(self.p, self.T)
        raise NotDerivable("no closed form is known for a pinched gas of massive neutrinos: use number()")

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN."""
        return self.N_0 * sp.gamma(self.p + j + 1) * self.T ** (j + 1)


def number_density(density: Any) -> sp.Expr:
    """Return a density in natural units.

    Raises:
        InputError: it is no density, or a flux, per area and time, which has the same power of energy.
    """
    if isinstance(density, tuple) and len(density) == 2 and has_time(str(density[1])):
        raise InputError(f"{density[0]} {density[1]} is a flux and no density: only a beam has a flux=")
    return quantity(density, "the density", 3)


def density_of_flux(flux: Any) -> sp.Expr:
    """Return the number density of a flux, per area and time, at the velocity of light.

    Raises:
        InputError: the flux is a bare number, or its unit is not that of a flux.
    """
    if not isinstance(flux, tuple) or len(flux) != 2 or not isinstance(flux[1], str):
        raise InputError(f"flux={flux!r} must be a pair with its unit, such as (4e13, 'cm^-2 s^-1')")
    if parse(flux[1])[1] != 3 or not has_time(flux[1]):
        raise InputError(
            f"the flux {flux[0]} {flux[1]} is none: a flux has a unit such as 'cm^-2 s^-1'; a density goes in density="
        )
    return quantity(flux, "the flux", 3)


@dataclass(frozen=True)
class Beam:
    r"""A collimated flux of one species, with a `spectrum` and a number density.

    Args:
        spectrum: one of `nuforce_sym.medium.spectra`.
        density: number per volume, in GeV^3 or with a unit such as ``(1e3, "cm^-3")``; a symbol is allowed.
        flux: instead, number per area and time, with its unit: ``(4e13, "cm^-2 s^-1")``. ``density`` is then that of
            massless neutrinos; a background with a mass divides by the velocity.

    Raises:
        InputError: both or neither are given, or a flux is given as a density.
    """

    spectrum: Spectrum
    density: Any = None
    flux: Any = None

    def __post_init__(self) -> None:
        if not isinstance(self.spectrum, Spectrum):
            raise InputError(f"{self.spectrum!r} is no spectrum: use one of nuforce_sym.medium.spectra, such as Line(E)")
        if (self.density is None) == (self.flux is None):
            raise InputError("give a beam either its density= or its flux=")
        if self.flux is not None:
            _set(self, density=density_of_flux(self.flux))
            return
        _set(self, density=number_density(self.density))
