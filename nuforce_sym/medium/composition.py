"""The object that `background` makes: its amplitude, potential, limits, LaTeX and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import mpmath as mp
import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import averages, directional, extended, mediated_gas, mediator, quadratures, spheres
from nuforce_sym.medium.asymptotes import far, near
from nuforce_sym.medium.directions import Cone, VonMisesFisher
from nuforce_sym.medium.distributions import (
    Beam,
    Degenerate,
    FermiDirac,
    quantity,
)
from nuforce_sym.medium.gas_forms import without_lerch
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, radial_integrand, vacuum_potential, with_vacuum
from nuforce_sym.medium.kernels import placed_kernel
from nuforce_sym.medium.neutrino import amplitude, g_V1, g_V2, momentum_force
from nuforce_sym.medium.numbers import evaluated
from nuforce_sym.medium.special_gases import Isotropic, Shell, SlowGas
from nuforce_sym.medium.spectra import Line, exact
from nuforce_sym.symbols import VOCABULARY, symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.numeric_kernel import FittedKernel

G_F, m_nu, k, E_nu, r, c, n_plus, n_minus, Phi_0 = symbols("G_F m_nu k_nu E_nu r c_alpha n_plus n_minus Phi_0")
(alpha,) = symbols("alpha_r")


@dataclass(frozen=True)
class Background:
    r"""A background of neutrinos and the force that two static bodies exert on each other in it; made by `background`."""

    distribution: Isotropic | Beam
    neutrino: str
    mass: sp.Expr
    response: str
    charges: sp.Expr
    cosine: sp.Expr
    spread: Cone | VonMisesFisher | None
    transverse: sp.Expr | None
    mediator: sp.Expr | None = None
    radius: sp.Expr | None = None

    @property
    def symbol(self) -> sp.Expr:
        """The mass as the derivations need it: 0 or the vocabulary's symbol."""
        return sp.Integer(0) if self.mass == 0 else m_nu

    @property
    def amplitude(self) -> sp.Expr:
        r"""The static amplitude \mathcal V(\mathbf q) for one momentum, to be integrated with d^3k/(2\pi)^3."""
        exchanged = sp.Integer(1) if self.mediator is None else mediator.exchange().subs(mediator.M, self.mediator)
        return self.charges * amplitude(self.neutrino, self.symbol).expr * exchanged

    def potential(self, distance: sp.Expr | None = None, *, vacuum: bool = False) -> sp.Expr:
        """Return V(r) in closed form, at the symbol ``r`` or at ``distance``; with ``vacuum`` the vacuum's force is added.

        Raises:
            NotDerivable: no closed form is known; `integral` is the formula then, and `number` its value.
        """
        if self.mediator is not None:
            raise NotDerivable("no closed form is derived for a mediator of finite mass: use number(), or integral()")
        if self.radius is not None:
            raise NotDerivable("no closed form is derived for two balls: use number(), or integral(); far() is that of points")
        found = self._beam() if isinstance(self.distribution, Beam) else self._isotropic(self.distribution)
        if vacuum:
            found = with_vacuum(found, self.vacuum())
        found = self.charged(found).subs(m_nu, self.mass)
        return found if distance is None else found.subs(r, as_expr(distance))

    def vacuum(self) -> sp.Expr:
        """Return the force of the same neutrino in the vacuum, per charges g_V1 g_V2."""
        kind = "majorana" if self.neutrino == "majorana" else "dirac"
        return vacuum_potential(isotropic_operator(kind, self.symbol), self.symbol)

    def _isotropic(self, distribution: Isotropic) -> sp.Expr:
        if isinstance(distribution, Shell):
            occupied = {n_plus: distribution.weight, n_minus: sp.Integer(0)}
            energy = sp.sqrt(distribution.k_0**2 + self.symbol**2)
            return self.radial().xreplace(occupied).subs(E_nu, energy).subs(k, distribution.k_0)
        if isinstance(distribution, SlowGas):
            distribution.checked(self.mass)
            return distribution.potential(isotropic_operator(self.neutrino, self.symbol), self.symbol)
        return potential_of(isotropic_operator(self.neutrino, self.symbol), distribution.transform(self.symbol))

    def radial(self) -> sp.Expr:
        """The integrand in k of an isotropic background, with the charges' symbols."""
        return g_V1 * g_V2 * radial_integrand(momentum_force(self.neutrino, self.symbol))

    def _beam(self) -> sp.Expr:
        beam = as_beam(self.distribution)
        force = directional.monochromatic(self.response, neutrino=self.neutrino, mass=self.symbol).subs(Phi_0, beam.density)
        if self.transverse is not None:
            return averages.transverse_average(self._small(), self.transverse).subs(E_nu, _line(beam, "a transverse size"))
        if self.spread is not None:
            E = _line(beam, "a spread of directions")
            if isinstance(self.spread, Cone):
                return averages.cone_average(force, self.spread.half_angle).subs(E_nu, E)
            return averages.von_mises_fisher_average(force, self.spread.kappa).subs(E_nu, E)
        if self.mass != 0:
            E = _line(beam, "a mass")
            momentum = sp.sqrt(E**2 - self.mass**2)
            slower = 1 if beam.flux is None else E / momentum
            return slower * force.subs(c, self.cosine).subs({k: momentum, E_nu: E})
        if self.cosine in (1, -1):  # one of the phases (1-+c)Er is 0 there, and its average no longer a wave's
            return averages.energy_average(force.subs(c, self.cosine), beam.spectrum)
        return averages.energy_average(force, beam.spectrum).subs(c, self.cosine)

    def _small(self) -> sp.Expr:
        """The force of points at small angles between the beam and their line."""
        force = directional.monochromatic(self.response).subs(Phi_0, as_beam(self.distribution).density)
        return directional.small_angle(directional.leading_wave(directional.in_half_angles(force)))

    def points(self) -> sp.Expr:
        return self.charged(self._small().subs(alpha, 0).subs(E_nu, _line(as_beam(self.distribution), "a body's size")))

    def near(self) -> sp.Expr:
        """Return the leading term at distances below the shortest wavelength, for massless neutrinos.

        Raises:
            NotDerivable: the neutrino is massive, or the distribution's moments have no closed form.
        """
        return near(self)

    def far(self) -> sp.Expr:
        r"""Return the leading term at long distance: -N(k=0) times the vacuum's force, or the waves in 1/r of a beam.

        Raises:
            NotDerivable: the occupation is not smooth, or vanishes, at small momenta; or the beam is averaged.
        """
        return far(self)

    def charged(self, found: sp.Expr) -> sp.Expr:
        return found if self.charges == g_V1 * g_V2 else found.subs(g_V1, self.charges / g_V2)

    def integral(self) -> sp.Expr:
        r"""Return V(r) as an integral that is left to do, where there is no closed form.

        Over momenta, with a mediator of finite mass also over b = 2|k.q|/q; over transverse transfers for two balls; or over
        the energies of a beam.
        """
        if isinstance(self.distribution, Beam):
            if self.radius is not None:
                found = extended.bodies_integral(spheres.form_factor() ** 2)
                size = {spheres.a: self.radius, Phi_0: self.distribution.density}
                return self.charged(found.subs({**size, E_nu: _line(self.distribution, "a body's size")}))
            if self.mediator is not None:
                raise NotDerivable(
                    "with a mediator of finite mass the force in a beam is an integral over directions: use number()"
                )
            low, high = quadratures.limits(self.distribution.spectrum)
            return sp.Integral(self.at_one_energy() * self.distribution.spectrum.density(E_nu), (E_nu, low, high))
        occupied = {n_plus: self.distribution.occupation(k, E_nu), n_minus: sp.Integer(0)}
        weight = self.charged(self.radial())
        if self.mediator is not None:
            ray = mediator.shell_integral(mediator.of_energy(self.neutrino, self.mass != 0)).subs(mediator.M, self.mediator)
            weight, occupied[n_plus] = self.charges * G_F**2 * k**2 / (2 * sp.pi**2) * n_plus * ray, occupied[n_plus]
        if isinstance(self.distribution, Shell):
            momentum, mass = self.distribution.k_0, self.mass
            occupied[n_plus] = self.distribution.weight
            return weight.xreplace(occupied).subs(E_nu, sp.sqrt(momentum**2 + mass**2)).subs(k, momentum)
        inside = weight.xreplace(occupied).subs(E_nu, sp.sqrt(k**2 + self.mass**2))
        return sp.Integral(inside, (k, 0, self.distribution.k_F if isinstance(self.distribution, Degenerate) else sp.oo))

    def at_one_energy(self) -> sp.Expr:
        r"""The closed form of one energy E_\nu of the beam."""
        beam = as_beam(self.distribution)
        density = {"density": beam.density} if beam.flux is None else {"flux": beam.flux}
        return replace(self, distribution=Beam(Line(E_nu), **density)).potential()

    @property
    def latex(self) -> str:
        """The LaTeX of the potential, or of `integral`, in the notation of the vocabulary."""
        try:
            formula = self.potential()
        except NotDerivable:
            formula = self.integral()
        return str(sp.latex(formula, symbol_names={q.symbol: q.latex for q in VOCABULARY.values()}))

    def number(self, distance: Any, *, digits: int = 20, **values: Any) -> mp.mpf:
        r"""Return V(r) in GeV at a distance in GeV^{-1}, or given as ``(0.3, "m")``.

        ``values`` gives the symbols that are left, by name; G_F is CODATA's unless given. Without a closed form the
        integral over momenta is done, between the zeros of its oscillation, to about ``digits`` digits; see `estimate`.

        Raises:
            InputError: a symbol has no value, or is unknown; or an integral has too many waves.
        """
        return self._estimated(numbers_at(distance, values), digits, twice=False)[0]

    def estimate(self, distance: Any, *, digits: int = 20, **values: Any) -> tuple[mp.mpf, mp.mpf]:
        """Return V(r) as `number` does, and an upper estimate of its error.

        Closed forms are evaluated until more digits change nothing; integrals are done twice, with other divisions, and the
        difference is the estimate. `enclosure` has a proved error, and `numeric_kernel` a fast function with one.
        """
        return self._estimated(numbers_at(distance, values), digits, twice=True)

    def _estimated(self, at: dict[sp.Symbol, Any], digits: int, *, twice: bool) -> tuple[mp.mpf, mp.mpf]:
        spectrum = self.distribution.spectrum if isinstance(self.distribution, Beam) else None
        if isinstance(spectrum, Line):
            above_mass(spectrum.E.xreplace(at), self.mass.xreplace(at))
        if self.mediator is not None:
            return self._mediated(at, digits)
        if self.radius is not None:
            if self.radius.is_number and 2 * self.radius > at[r]:
                raise InputError(f"two balls of radius {self.radius} overlap at the distance {at[r]}")
            E = _line(as_beam(self.distribution), "a body's size")
            part = spheres.sphere_suppression((E * self.radius**2 / r).xreplace(at), digits=digits)
            points = evaluated(self.points(), at, digits)
            with mp.workdps(digits + 5):
                return part * points, abs(part * points) * mp.mpf(10) ** (1 - digits)
        try:
            if isinstance(self.distribution, SlowGas):  # its closed form is the leading term in T/m
                raise NotDerivable("the exact energies leave no closed form")
            value = evaluated(self._placed(at), at, digits)
        except NotDerivable:
            if isinstance(self.distribution, Beam):
                spectrum = self.distribution.spectrum
                return quadratures.over_energies(self.at_one_energy(), spectrum, self.mass, at, digits)
            return quadratures.gas(self.charged(self.radial()), self.distribution, self.mass, at, digits, twice=twice)
        return value, abs(value) * mp.mpf(10) ** -digits

    def _placed(self, at: dict[sp.Symbol, Any]) -> sp.Expr:
        """The closed form to be evaluated; the sign of a chemical potential chooses that of one species."""
        d = self.distribution
        if not isinstance(d, FermiDirac) or d.antineutrinos:
            return self.potential()
        mu = d.mu.xreplace(at)
        found = replace(self, distribution=replace(d, mu=mu)).potential()
        return without_lerch(found, abs(mu) / d.T, 2 * r * d.T)

    def _mediated(self, at: dict[sp.Symbol, Any], digits: int) -> tuple[mp.mpf, mp.mpf]:
        """The value with a mediator of finite mass, and its error."""
        strength = self.charges * G_F**2
        heavy, mass = (as_expr(value).xreplace(at) for value in (self.mediator, self.mass))
        options: Any = {"neutrino": self.neutrino, "mass": mass}
        if not isinstance(self.distribution, Beam):
            found = mediated_gas.mediated_gas(self.distribution, distance=at[r], heavy=heavy, digits=digits, **options)
        else:
            E = _line(self.distribution, "a mediator of finite mass").xreplace(at)
            slower = 1 if self.distribution.flux is None or mass == 0 else E / sp.sqrt(E**2 - mass**2)
            strength *= slower * self.distribution.density
            options |= {"digits": digits, "response": self.response}
            found = mediator.estimated_beam(at[r], energy=E, c=self.cosine.xreplace(at), mediator=heavy, **options)
        factor = evaluated(strength, at, digits)
        with mp.workdps(digits + 5):
            return factor * found[0], abs(factor) * found[1]

    def enclosure(self, distance: Any, *, digits: int = 20, **values: Any) -> tuple[mp.mpf, mp.mpf]:
        r"""Return V(r) as `number` does, and a *proved* bound of its error, below 10^{-digits}|V|.

        Integrals are enclosed in balls: Gauss and Legendre's rule with the bound of its error from Bernstein's ellipse, and a
        bound on what lies beyond. Of a beam's spectrum that does not end only what `quadratures.limits` holds is integrated.

        Raises:
            InputError: a symbol has no value, or V vanishes there.
            NotDerivable: the force is an integral that is not enclosed.
        """
        from nuforce_sym.medium import numeric_kernel

        at = numbers_at(distance, values)
        place = at.pop(r)
        return numeric_kernel.enclosure(self, place, digits=digits, at=at)

    def numeric_kernel(self, shortest: Any, longest: Any, *, name: str = "fitted_force", **values: Any) -> FittedKernel:
        r"""Return V(r) between two distances as fast, self-contained NumPy text, with a proved error and a certificate.

        Piecewise polynomials, |computed - V| \leq bound times an envelope, the largest |V| in the piece that r lies in; the
        text refuses distances outside. ``nuforce verify-kernel`` and `verify_fitted` prove it again from the text.

            >>> from nuforce_sym.medium import Relic, background
            >>> cosmic = background(Relic((1.945, "K")), mass=(0.05, "eV"), charges=[(-0.5, -0.5)])
            >>> kernel = cosmic.numeric_kernel((0.1, "mm"), (0.12, "mm"))
            >>> kernel.bound < 1e-15, kernel.function()(5.5e11) < 0
            (True, True)

        Args:
            shortest, longest: distances in GeV^{-1}, or with a unit such as ``(10, "um")``.
            name: of the function in the text.
            values: of the symbols that are left, by name; G_F is CODATA's unless given.

        Raises:
            InputError: a symbol has no value, the range is empty, or the force is too small for doubles in it.
            NotDerivable: the force is an integral that is not enclosed, or has too many waves in the range.
        """
        from nuforce_sym.medium import numeric_kernel

        at = numbers_at(shortest, values)
        low, high = at.pop(r), quantity(longest, "the longest distance", -1)
        if not (low.is_number and high.is_number):
            raise InputError(f"the distances of a kernel are numbers; got {shortest} and {longest}")
        return numeric_kernel.numeric_kernel(self, float(low), float(high), name=name, at=at)

    def vacuum_number(self, distance: Any, *, digits: int = 20, **values: Any) -> mp.mpf:
        """Return the force of the same neutrino and charges in the vacuum, as `number` does."""
        return evaluated(self.charged(self.vacuum()).subs(m_nu, self.mass), numbers_at(distance, values), digits)

    def kernel(self, *, vacuum: bool = False, **values: Any) -> tuple[str, dict[str, float]]:
        """Return the name of the exported kernel, whose error has a certificate, and its arguments besides r.

        ``scan.kernel_function(name)(r, **arguments)`` evaluates it, and `scan.scan` on a grid within its proved ranges.

        Raises:
            InputError: a symbol has no value.
            NotDerivable: no kernel of this background is exported.
        """
        return placed_kernel(self, numbers_at(1, values), vacuum=vacuum)

    def function(self, *arguments: str) -> Callable[..., Any]:
        """Return the closed form as a fast function of arrays, in double precision, of the symbols named.

        Raises:
            InputError: other symbols are left.
            NotDerivable: there is no closed form, or it is an infinite sum.
        """
        formula = self.potential()
        if formula.has(sp.Sum, sp.lerchphi):
            raise NotDerivable("an infinite sum has no fast form here: use number()")
        names = symbols(" ".join(arguments))
        missing = sorted(s.name for s in formula.free_symbols - set(names))
        if missing:
            raise InputError(f"the potential also depends on {', '.join(missing)}: name them, or give them values before")
        return sp.lambdify(names, formula, ["scipy", "numpy"])  # type: ignore[no-any-return]


def above_mass(E: sp.Expr, mass: sp.Expr) -> None:
    """Raise `InputError` where a beam's energy is not above the neutrino's mass, as far as numbers tell."""
    if mass != 0 and (E / mass).is_number and mass >= E:
        raise InputError(f"the beam's energy {E} is not above the mass {mass}: E is the total energy")


def as_beam(distribution: Isotropic | Beam) -> Beam:
    """Return the distribution if it is a beam; raises `InputError` where it has no direction."""
    if not isinstance(distribution, Beam):
        raise InputError(f"{type(distribution).__name__} has no direction: angles, spreads and sizes belong to a Beam")
    return distribution


def _line(beam: Beam, what: str) -> sp.Expr:
    if not isinstance(beam.spectrum, Line):
        raise NotDerivable(f"{what} together with a spread of energies has no closed form here: average number() instead")
    return beam.spectrum.E


def numbers_at(distance: Any, values: dict[str, Any]) -> dict[sp.Symbol, Any]:
    at = {symbols(name)[0]: exact(value) for name, value in values.items()}
    for s, value in at.items():
        if value.is_number and not (value.is_real and value.is_finite and (value > 0 or not s.is_positive)):
            raise InputError(f"{s} = {value} must be {'positive and ' if s.is_positive else ''}finite")
    at.setdefault(G_F, sp.Rational(constant("G_F").value))
    at[r] = quantity(distance, "the distance", -1)
    return at
