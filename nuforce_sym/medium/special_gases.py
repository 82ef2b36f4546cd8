r"""Isotropic distributions without a temperature of their own energy: one momentum, a power of it, slow neutrinos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.distributions import (
    Degenerate,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    Relic,
    _occupied,
    _set,
    number_density,
    quantity,
)
from nuforce_sym.medium.isotropic import potential_of
from nuforce_sym.medium.spectra import exact, positive


@dataclass(frozen=True)
class Shell:
    r"""All directions of one momentum ``k_0``: n_++n_-=2\pi^2n\,\delta(k-k_0)/k_0^2 with the density n of both together."""

    k_0: Any
    density: Any

    def __post_init__(self) -> None:
        _set(self, k_0=quantity(self.k_0, "the momentum k_0", 1), density=number_density(self.density))

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-, a delta function."""
        return self.weight * sp.DiracDelta(k - self.k_0)

    @property
    def weight(self) -> sp.Expr:
        r"""What stands in front of \delta(k-k_0)."""
        return 2 * sp.pi**2 * self.density / self.k_0**2

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r)."""
        return sine_transform.shell(self.k_0, self.density, sp.sqrt(self.k_0**2 + mass**2))

    def moment(self, j: int) -> sp.Expr:
        r"""Return \int dk\,k^jN."""
        return self.weight * self.k_0**j


@dataclass(frozen=True)
class PowerLaw:
    r"""n_++n_-=(k/k_0)^{-s}, massless, 0 < s < 4.

    It stands for the tail of a distribution: below k_0 2^{-1/s} Pauli's principle would forbid it. The force at r \ll 1/k_0 is
    the tail's; the integral over momenta is Abel's at large k and converges at small ones for s < 4.
    """

    s: Any
    k_0: Any

    def __post_init__(self) -> None:
        _set(self, s=exact(self.s), k_0=quantity(self.k_0, "the momentum k_0", 1))
        if self.s.is_number and not (self.s.is_real and 0 < self.s < 4):
            raise InputError(
                f"the exponent s = {self.s} must lie between 0 and 4: at 4 and above the force diverges at small momenta"
            )

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:  # noqa: ARG002
        """Return n_+ + n_-."""
        return (k / self.k_0) ** -self.s

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r), continued to s < 4 up to what the force does not see.

        Raises:
            NotDerivable: the neutrino is massive.
        """
        if mass == 0:
            return sine_transform.power_law(self.s, self.k_0)
        raise NotDerivable("no closed form is known for a power law of massive neutrinos, nor a convergent integral")

    def moment(self, j: int) -> sp.Expr:
        """Raise `NotDerivable`: the moments of a power diverge."""
        raise NotDerivable(f"the moment {j} of a power of the momentum diverges: there is no near limit")


@dataclass(frozen=True)
class SlowGas:
    r"""n_++n_-=N_0e^{-k^2/2mT}, N_0 \leq 2, slow massive neutrinos in equilibrium: n=N_0(mT/2\pi)^{3/2}.

    Its closed form is the leading term in T/m; `number` integrates with the exact energies.
    """

    T: Any
    N_0: Any = 1

    def __post_init__(self) -> None:
        _set(self, T=quantity(self.T, "the temperature T", 1), N_0=positive(self.N_0, "the occupation N_0"))
        _occupied(as_expr(self.N_0), 2, f"N_0 = {self.N_0}")

    def occupation(self, k: sp.Expr, E: sp.Expr) -> sp.Expr:
        """Return n_+ + n_-, with m^2 = E^2 - k^2."""
        return self.N_0 * sp.exp(-(k**2) / (2 * self.T * sp.sqrt(E**2 - k**2)))

    def transform(self, mass: sp.Expr) -> sp.Expr:
        """Return S(r) with E = m.

        Raises:
            InputError: the neutrino is massless.
        """
        return sine_transform.nonrelativistic(self.T, self.checked(mass), self.N_0)

    def checked(self, mass: sp.Expr) -> sp.Expr:
        """Return the mass; raises `InputError` where it is zero or not large beside the temperature."""
        if mass == 0:
            raise InputError("a gas of slow neutrinos has a mass: give mass=; massless ones are never slow")
        if (self.T / mass).is_number and self.T / mass > sp.Rational(1, 10):
            raise InputError(f"T = {self.T} is not small beside the mass {mass}: use MaxwellBoltzmann, which is exact")
        return mass

    def potential(self, operator: sp.Expr, mass: sp.Expr) -> sp.Expr:
        r"""Return the leading term of V(r) in T/m at given mTr^2: m \to m/\epsilon, T \to \epsilon T, \epsilon \to 0."""
        small, T = sp.Dummy("epsilon", positive=True), sp.Dummy("T", positive=True)
        force = potential_of(operator, sine_transform.nonrelativistic(T, self.checked(mass), self.N_0))
        scaled = sp.expand(force.subs({mass: mass / small, T: T * small}, simultaneous=True))
        terms = [term.as_coeff_exponent(small) for term in sp.Add.make_args(scaled)]
        lowest = min(power for _, power in terms)
        return sp.factor_terms(sp.Add(*(number for number, power in terms if power == lowest))).xreplace({T: self.T})

    def moment(self, j: int) -> sp.Expr:
        """Raise `NotDerivable`: moments are asked for massless neutrinos only."""
        raise NotDerivable(f"the moment {j} of a slow gas depends on the mass: the near limit is of massless neutrinos")


Isotropic = MaxwellBoltzmann | FermiDirac | Relic | Degenerate | PinchedGas | Shell | PowerLaw | SlowGas
