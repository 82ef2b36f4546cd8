r"""Energy spectra of collimated backgrounds, normalised to one neutrino, and their Fourier transforms.

A spectrum f(E) enters a force through \langle\sin bE\rangle=\int dE\,f(E)\sin bE alone: \langle E\cos bE\rangle is its
derivative in b. Every closed form here is compared with its integral by the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr


def exact(value: object) -> sp.Expr:
    """Return an expression in which a float stands for its shortest decimal form, so that no phase loses digits."""
    expr = as_expr(value)
    return sp.Rational(repr(float(expr))) if expr.is_Float else expr


def positive(value: object, what: str) -> sp.Expr:
    """Return a positive quantity as an expression.

    Raises:
        InputError: it is a number that is not positive and finite, or no expression.
    """
    expr = exact(value)
    if expr.is_number and not (expr.is_real and expr.is_finite and expr > 0):
        raise InputError(f"{what} = {value} must be positive and finite: give it in natural units, in powers of GeV")
    return expr


@dataclass(frozen=True)
class Line:
    """A monochromatic line of energy ``E``."""

    E: sp.Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "E", positive(self.E, "the energy E"))

    def density(self, energy: sp.Expr) -> sp.Expr:
        r"""Return f, a delta function."""
        return sp.DiracDelta(energy - self.E)

    def sine(self, b: sp.Expr) -> sp.Expr:
        r"""Return \sin bE."""
        return sp.sin(b * self.E)

    @property
    def mean(self) -> sp.Expr:
        """The mean energy."""
        return self.E


@dataclass(frozen=True)
class Gaussian:
    r"""A normal distribution of mean ``E_0`` and standard deviation ``sigma``, whose tail at E < 0 must not matter."""

    E_0: sp.Expr
    sigma: sp.Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "E_0", positive(self.E_0, "the mean energy E_0"))
        object.__setattr__(self, "sigma", positive(self.sigma, "the standard deviation sigma"))
        if (self.E_0 / self.sigma).is_number and self.E_0 / self.sigma < 4:
            raise InputError(f"sigma = {self.sigma} is not small beside E_0 = {self.E_0}: the Gaussian would reach E < 0")

    def density(self, energy: sp.Expr) -> sp.Expr:
        """Return f(E)."""
        return sp.exp(-((energy - self.E_0) ** 2) / (2 * self.sigma**2)) / (sp.sqrt(2 * sp.pi) * self.sigma)

    def sine(self, b: sp.Expr) -> sp.Expr:
        r"""Return e^{-b^2\sigma^2/2}\sin bE_0."""
        return sp.exp(-(b**2) * self.sigma**2 / 2) * sp.sin(b * self.E_0)

    @property
    def mean(self) -> sp.Expr:
        """The mean energy."""
        return self.E_0


@dataclass(frozen=True)
class Box:
    """All energies between ``E_1`` and ``E_2`` alike."""

    E_1: sp.Expr
    E_2: sp.Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "E_1", positive(self.E_1, "the lower energy E_1"))
        object.__setattr__(self, "E_2", positive(self.E_2, "the upper energy E_2"))
        if (self.E_2 - self.E_1).is_number and self.E_2 <= self.E_1:
            raise InputError(f"the box from E_1 = {self.E_1} to E_2 = {self.E_2} is empty: exchange them")

    def density(self, energy: sp.Expr) -> sp.Expr:
        """Return f(E)."""
        return sp.Piecewise((1 / (self.E_2 - self.E_1), (energy > self.E_1) & (energy < self.E_2)), (0, True))

    def sine(self, b: sp.Expr) -> sp.Expr:
        r"""Return \frac{\cos bE_1-\cos bE_2}{b(E_2-E_1)}."""
        return (sp.cos(b * self.E_1) - sp.cos(b * self.E_2)) / (b * (self.E_2 - self.E_1))

    @property
    def mean(self) -> sp.Expr:
        """The mean energy."""
        return (self.E_1 + self.E_2) / 2


@dataclass(frozen=True)
class Pinched:
    r"""f \propto E^pe^{-E/T}, as of a supernova, with the mean energy (p+1)T."""

    p: sp.Expr
    T: sp.Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "p", exact(self.p))
        object.__setattr__(self, "T", positive(self.T, "the temperature T"))
        if self.p.is_number and not (self.p.is_real and self.p > -1):
            raise InputError(f"the power p = {self.p} must be above -1: the spectrum has no norm")

    def density(self, energy: sp.Expr) -> sp.Expr:
        """Return f(E)."""
        return energy**self.p * sp.exp(-energy / self.T) / (sp.gamma(self.p + 1) * self.T ** (self.p + 1))

    def sine(self, b: sp.Expr) -> sp.Expr:
        r"""Return \mathrm{Im}(1-ibT)^{-p-1}."""
        x = b * self.T
        return sp.sin((self.p + 1) * sp.atan(x)) / (1 + x**2) ** ((self.p + 1) / 2)

    @property
    def mean(self) -> sp.Expr:
        """The mean energy."""
        return (self.p + 1) * self.T


@dataclass(frozen=True)
class FermiDirac:
    r"""f \propto E^2/(e^{E/T}+1), a beam out of a thermal source."""

    T: sp.Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "T", positive(self.T, "the temperature T"))

    def density(self, energy: sp.Expr) -> sp.Expr:
        """Return f(E)."""
        return energy**2 / (sp.exp(energy / self.T) + 1) / (sp.Rational(3, 2) * sp.zeta(3) * self.T**3)

    def sine(self, b: sp.Expr) -> sp.Expr:
        r"""Return -\frac{d^2}{db^2}\Big[\frac1{2b}-\frac{\pi T}{2\sinh\pi bT}\Big] over the norm \tfrac32\zeta(3)T^3."""
        at = sp.Dummy("b", positive=True)
        thermal = 1 / (2 * at) - sp.pi * self.T / (2 * sp.sinh(sp.pi * at * self.T))
        return (-sp.diff(thermal, at, 2) / (sp.Rational(3, 2) * sp.zeta(3) * self.T**3)).subs(at, b)

    @property
    def mean(self) -> sp.Expr:
        """The mean energy."""
        return 7 * sp.pi**4 / (180 * sp.zeta(3)) * self.T


Spectrum = Line | Gaussian | Box | Pinched | FermiDirac
