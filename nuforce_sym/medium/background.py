"""A background as one object: distribution, kind of neutrino, direction, averages and response together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import averages, directional
from nuforce_sym.medium.distributions import (
    Beam,
    Degenerate,
    FermiDirac,
    Isotropic,
    MaxwellBoltzmann,
    PinchedGas,
    Relic,
    quantity,
)
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of, radial_integrand, vacuum_potential, with_vacuum
from nuforce_sym.medium.neutrino import amplitude, checked_neutrino, g_V1, g_V2, momentum_force
from nuforce_sym.medium.numbers import evaluated, oscillating_integral
from nuforce_sym.medium.response import checked_response
from nuforce_sym.medium.spectra import Line, exact, positive
from nuforce_sym.symbols import VOCABULARY, symbols

G_F, m_nu, k, E_nu, r, c, n_plus, n_minus, Phi_0 = symbols("G_F m_nu k_nu E_nu r c_alpha n_plus n_minus Phi_0")
ISOTROPIC = (MaxwellBoltzmann, FermiDirac, Relic, Degenerate, PinchedGas)


@dataclass(frozen=True)
class Cone:
    """Directions uniform within ``half_angle`` about the line between the bodies."""

    half_angle: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "half_angle", averages.checked_angle(self.half_angle, "the cone's half-angle"))


@dataclass(frozen=True)
class VonMisesFisher:
    r"""Directions with the weight e^{-\\kappa(1-\\cos\\alpha)} about the line between the bodies."""

    kappa: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "kappa", positive(self.kappa, "the concentration kappa"))


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

    @property
    def _symbol(self) -> sp.Expr:
        """The mass as the derivations need it: 0 or the vocabulary's symbol."""
        return sp.Integer(0) if self.mass == 0 else m_nu

    @property
    def amplitude(self) -> sp.Expr:
        r"""The static amplitude \mathcal V(\mathbf q) for one momentum, to be integrated with d^3k/(2\pi)^3."""
        return self.charges * amplitude(self.neutrino, self._symbol).expr

    def potential(self, distance: sp.Expr | None = None, *, vacuum: bool = False) -> sp.Expr:
        """Return V(r) in closed form, at the symbol ``r`` or at ``distance``; with ``vacuum`` the vacuum's force is added.

        Raises:
            NotDerivable: no closed form is known; `number` still gives its value.
        """
        found = self._beam() if isinstance(self.distribution, Beam) else self._isotropic(self.distribution)
        if vacuum:
            found = with_vacuum(found, self.vacuum())
        found = self._charged(found).subs(m_nu, self.mass)
        return found if distance is None else found.subs(r, as_expr(distance))

    def vacuum(self) -> sp.Expr:
        """Return the force of the same neutrino in the vacuum, per charges g_V1 g_V2."""
        kind = "majorana" if self.neutrino == "majorana" else "dirac"
        return vacuum_potential(isotropic_operator(kind, self._symbol), self._symbol)

    def _isotropic(self, distribution: Isotropic) -> sp.Expr:
        return potential_of(isotropic_operator(self.neutrino, self._symbol), distribution.transform(self._symbol))

    def _beam(self) -> sp.Expr:
        beam = as_beam(self.distribution)
        force = directional.monochromatic(self.response, neutrino=self.neutrino, mass=self._symbol).subs(Phi_0, beam.density)
        if self.transverse is not None:
            small = directional.small_angle(directional.leading_wave(directional.in_half_angles(force)))
            return averages.transverse_average(small, self.transverse).subs(E_nu, _line(beam, "a transverse size"))
        if self.spread is not None:
            E = _line(beam, "a spread of directions")
            if isinstance(self.spread, Cone):
                return averages.cone_average(force, self.spread.half_angle).subs(E_nu, E)
            return averages.von_mises_fisher_average(force, self.spread.kappa).subs(E_nu, E)
        if self.mass != 0:
            E = _line(beam, "a mass")
            if (E / self.mass).is_number and self.mass >= E:
                raise InputError(f"the beam's energy {E} is not above the mass {self.mass}: E is the total energy")
            momentum = sp.sqrt(E**2 - self.mass**2)
            slower = 1 if beam.flux is None else E / momentum
            return slower * force.subs(c, self.cosine).subs({k: momentum, E_nu: E})
        if self.cosine in (1, -1):  # one of the phases (1-+c)Er is 0 there, and its average no longer a wave's
            return averages.energy_average(force.subs(c, self.cosine), beam.spectrum)
        return averages.energy_average(force, beam.spectrum).subs(c, self.cosine)

    def near(self) -> sp.Expr:
        """Return the leading term at distances below the shortest wavelength, for massless neutrinos.

        Raises:
            NotDerivable: the neutrino is massive, or the distribution's moments have no closed form.
        """
        if self.mass != 0:
            raise NotDerivable("the near limit has a rule for massless neutrinos only: evaluate number() at a small distance")
        if isinstance(self.distribution, Beam):
            if self.spread is not None or self.transverse is not None:
                raise NotDerivable("the near limit of an averaged beam has no rule: take that of potential()")
            force = directional.monochromatic(self.response).subs({Phi_0: self.distribution.density, c: self.cosine})
            leading = sp.limit(sp.expand(force / E_nu * r).subs(E_nu, 1), r, 0)
            return self._charged(sp.factor(leading) * self.distribution.spectrum.mean / r)
        weight = radial_integrand(momentum_force(self.neutrino, self._symbol)) / (n_plus + n_minus)
        leading = sp.limit(sp.cancel(weight * r).rewrite(sp.exp).rewrite(sp.cos), r, 0)
        coefficient, power = sp.factor(leading).as_coeff_exponent(k)
        return self._charged(coefficient * self.distribution.moment(int(power)) * g_V1 * g_V2 / r)

    def far(self) -> sp.Expr:
        r"""Return the leading term at long distance: -N(k=0) times the vacuum's force, or the waves in 1/r of a beam.

        Raises:
            NotDerivable: the occupation is not smooth, or vanishes, at small momenta; or the beam is averaged.
        """
        if isinstance(self.distribution, Beam):
            if self.spread or self.transverse or not isinstance(self.distribution.spectrum, Line):
                raise NotDerivable("the far limit is one wave in 1/r for a monochromatic beam of one direction only")
            force = directional.monochromatic(self.response, neutrino=self.neutrino, mass=self._symbol)
            if self.mass != 0:
                raise NotDerivable("the far limit of a beam has a rule for massless neutrinos only")
            leading = directional.leading_wave(directional.in_half_angles(force.subs(Phi_0, self.distribution.density)))
            return self._charged(leading.subs({c: self.cosine, E_nu: self.distribution.spectrum.E}))
        if not isinstance(self.distribution, (MaxwellBoltzmann, FermiDirac, Relic)) or self.mass != 0:
            raise NotDerivable(
                "far away the force is -N(0) times the vacuum's where N is smooth at k = 0, for massless neutrinos"
            )
        return self._charged(-self.distribution.occupation(k, k).subs(k, 0) * self.vacuum())

    def _charged(self, found: sp.Expr) -> sp.Expr:
        return found if self.charges == g_V1 * g_V2 else found.subs(g_V1, self.charges / g_V2)

    @property
    def latex(self) -> str:
        """The potential's LaTeX, in the notation of the vocabulary."""
        return str(sp.latex(self.potential(), symbol_names={q.symbol: q.latex for q in VOCABULARY.values()}))

    def number(self, distance: Any, *, digits: int = 20, **values: Any) -> mp.mpf:
        r"""Return V(r) in GeV at a distance in GeV^{-1}, or given as ``(0.3, "m")``.

        ``values`` gives the symbols that are left, by name; G_F is CODATA's unless given. Without a closed form the
        integral over momenta is done, between the zeros of its oscillation, to about ``digits`` digits.

        Raises:
            InputError: a symbol has no value, or is unknown; or a beam's energy is not above the mass.
        """
        at = _numbers(distance, values)
        if isinstance(self.distribution, Beam) and self.mass != 0:
            momentum_squared = (self.distribution.spectrum.mean**2 - self.mass**2).xreplace(at)
            if momentum_squared.is_number and not momentum_squared.is_positive:
                raise InputError(f"the beam's energy is not above the mass {self.mass}: E is the total energy")
        try:
            return evaluated(self.potential(), at, digits)
        except NotDerivable:
            if isinstance(self.distribution, Beam):
                raise
        integrand = self.charges * radial_integrand(momentum_force(self.neutrino, self._symbol))
        occupied = integrand.xreplace({n_plus: self.distribution.occupation(k, E_nu), n_minus: sp.Integer(0)})
        occupied = occupied.subs(E_nu, sp.sqrt(k**2 + self.mass**2))
        upper = self.distribution.k_F if isinstance(self.distribution, Degenerate) else sp.oo
        return oscillating_integral(occupied, k, upper, at, digits)

    def vacuum_number(self, distance: Any, *, digits: int = 20, **values: Any) -> mp.mpf:
        """Return the force of the same neutrino and charges in the vacuum, as `number` does."""
        return evaluated(self._charged(self.vacuum()).subs(m_nu, self.mass), _numbers(distance, values), digits)

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


def as_beam(distribution: Isotropic | Beam) -> Beam:
    """Return the distribution if it is a beam; raises `InputError` where it has no direction."""
    if not isinstance(distribution, Beam):
        raise InputError(f"{type(distribution).__name__} has no direction: angles, spreads and sizes belong to a Beam")
    return distribution


def _line(beam: Beam, what: str) -> sp.Expr:
    if not isinstance(beam.spectrum, Line):
        raise NotDerivable(f"{what} together with a spread of energies has no closed form here: average number() instead")
    return beam.spectrum.E


def _numbers(distance: Any, values: dict[str, Any]) -> dict[sp.Symbol, Any]:
    at = {symbols(name)[0]: exact(value) for name, value in values.items()}
    for s, value in at.items():
        if value.is_number and not (value.is_real and value.is_finite and (value > 0 or not s.is_positive)):
            raise InputError(f"{s} = {value} must be {'positive and ' if s.is_positive else ''}finite")
    at.setdefault(G_F, sp.Rational(constant("G_F").value))
    at[r] = quantity(distance, "the distance", -1)
    return at


def background(
    distribution: Isotropic | Beam,
    *,
    neutrino: str = "dirac",
    mass: Any = 0,
    response: str = "symmetric",
    charges: Sequence[tuple[Any, Any]] | None = None,
    angle: Any = None,
    direction: Sequence[Any] | None = None,
    separation: Sequence[Any] | None = None,
    spread: Cone | VonMisesFisher | None = None,
    transverse: Any = None,
) -> Background:
    r"""Return a background, its force ready to be asked for.

    Args:
        distribution: one of `nuforce_sym.medium.distributions`.
        neutrino: "dirac", "majorana", "left-helical" or "right-helical"; see `medium.neutrino`.
        mass: in GeV, ``(0.1, "eV")``, or the symbol m_nu.
        response: "symmetric" (the principal value) or "retarded"; see `medium.response`.
        charges: pairs (g_V1, g_V2), one for each flavour that is in the background, summed; symbols if not given.
        angle: between the beam and the line of the bodies, in radians or as ``(25, "deg")``; cos(alpha) if not given.
        direction, separation: instead, unit vectors along the beam and from body 1 to body 2.
        spread: a `Cone` or `VonMisesFisher` distribution of the beam's directions about the line of the bodies.
        transverse: the deviation of a Gaussian smearing of the bodies' separation across the beam, at alpha = 0.

    Raises:
        InputError: an option is unknown, contradicts another, or is out of range.
    """
    if not isinstance(distribution, (*ISOTROPIC, Beam)):
        raise InputError(f"{distribution!r} is no distribution: use {', '.join(c.__name__ for c in ISOTROPIC)} or Beam")
    given = {"angle": angle, "direction": direction, "separation": separation, "spread": spread, "transverse": transverse}
    used = [name for name, value in given.items() if value is not None]
    if used:
        as_beam(distribution)
    if (direction is None) != (separation is None) or len({"direction" if u == "separation" else u for u in used}) > 1:
        raise InputError(f"{' and '.join(used)}: give one of angle, direction with separation, spread, and transverse")
    if spread is not None and not isinstance(spread, (Cone, VonMisesFisher)):
        raise InputError(f"spread={spread!r} must be a Cone or a VonMisesFisher distribution")
    heavy = sp.Integer(0) if mass == 0 else quantity(mass, "the mass", 1)
    if transverse is not None or spread is not None:
        cosine = sp.Integer(1)
    elif direction is not None and separation is not None:
        pairs = zip(averages.unit_vector(direction, "direction"), averages.unit_vector(separation, "separation"), strict=True)
        cosine = sp.Add(*(a * b for a, b in pairs))
    else:
        cosine = c if angle is None else sp.cos(averages.checked_angle(angle, "the angle"))
    if (spread is not None or transverse is not None) and heavy != 0:
        raise NotDerivable("averages over directions and sizes have rules for massless neutrinos only")
    total = g_V1 * g_V2 if charges is None else _summed(charges)
    size = None if transverse is None else quantity(transverse, "the transverse size", -1)
    return Background(distribution, checked_neutrino(neutrino), heavy, checked_response(response), total, cosine, spread, size)


def _summed(charges: Sequence[Any]) -> sp.Expr:
    pairs = list(charges) if isinstance(charges, (list, tuple)) else []
    if not pairs or any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in pairs):
        raise InputError(f"charges={charges!r} must be pairs (g_V1, g_V2), one for each flavour, such as [(-0.5, -0.5)]")
    total = sp.Add(*(exact(a) * exact(b) for a, b in pairs))
    if total.is_zero or total.is_finite is False or total is sp.nan:
        raise InputError(f"charges={charges!r} give g_V1 g_V2 = {total}: there is no force, or it is no number")
    return total
