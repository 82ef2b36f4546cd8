"""A background as one object: distribution, kind of neutrino, direction, averages and response together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import averages
from nuforce_sym.medium.composition import Background, above_mass, as_beam
from nuforce_sym.medium.directions import Cone, VonMisesFisher
from nuforce_sym.medium.distributions import (
    Beam,
    Degenerate,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    Relic,
    quantity,
)
from nuforce_sym.medium.neutrino import checked_neutrino, g_V1, g_V2
from nuforce_sym.medium.response import checked_response
from nuforce_sym.medium.special_gases import Isotropic, PowerLaw, Shell, SlowGas
from nuforce_sym.medium.spectra import Line, exact
from nuforce_sym.symbols import symbols

(c,) = symbols("c_alpha")
ISOTROPIC = (MaxwellBoltzmann, FermiDirac, Relic, Degenerate, PinchedGas, Shell, PowerLaw, SlowGas)


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
    mediator: Any = None,
    spheres: Any = None,
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
        mediator: mass of a mediator between the bodies and the neutrinos, an energy; a contact force if not given.
        spheres: radius of two equal uniform balls in a beam along their line, a length; points if not given.

    Raises:
        InputError: an option is unknown, contradicts another, or is out of range.
        NotDerivable: two options have no rule together.
    """
    if not isinstance(distribution, (*ISOTROPIC, Beam)):
        raise InputError(f"{distribution!r} is no distribution: use {', '.join(c.__name__ for c in ISOTROPIC)} or Beam")
    options = {"angle": angle, "direction": direction, "spread": spread, "transverse": transverse, "spheres": spheres}
    used = [name for name, value in options.items() if value is not None]
    if used or separation is not None:
        as_beam(distribution)
    if (direction is None) != (separation is None) or len(used) > 1:
        raise InputError(
            f"{' and '.join(used) or 'separation'}: give one of angle, direction with separation, spread, transverse, spheres"
        )
    if spread is not None and not isinstance(spread, (Cone, VonMisesFisher)):
        raise InputError(f"spread={spread!r} must be a Cone or a VonMisesFisher distribution")
    heavy = sp.Integer(0) if mass == 0 else quantity(mass, "the mass", 1)
    averaged = [name for name in ("spread", "transverse", "spheres") if name in used]
    if averaged:
        cosine = sp.Integer(1)
    elif direction is not None and separation is not None:
        pairs = zip(averages.unit_vector(direction, "direction"), averages.unit_vector(separation, "separation"), strict=True)
        cosine = sp.Add(*(a * b for a, b in pairs))
    else:
        cosine = c if angle is None else sp.cos(averages.checked_angle(angle, "the angle"))
    if averaged and heavy != 0:
        raise NotDerivable("averages over directions and sizes have rules for massless neutrinos only")
    if averaged and mediator is not None:
        raise NotDerivable(f"{averaged[0]} together with a mediator of finite mass has no rule: average number() over angles")
    if checked_response(response) == "retarded" and not isinstance(distribution, Beam):
        raise InputError("in a background from all directions the retarded response is the symmetric one: leave out response=")
    if isinstance(distribution, SlowGas):
        distribution.checked(heavy)
    if isinstance(distribution, Beam) and isinstance(distribution.spectrum, Line):
        above_mass(distribution.spectrum.E, heavy)
    total = g_V1 * g_V2 if charges is None else _summed(charges)
    size = None if transverse is None else quantity(transverse, "the transverse size", -1)
    return Background(
        distribution,
        checked_neutrino(neutrino),
        heavy,
        response,
        total,
        cosine,
        spread,
        size,
        None if mediator is None else quantity(mediator, "the mediator's mass", 1),
        None if spheres is None else quantity(spheres, "the radius of the spheres", -1),
    )


def _summed(charges: Sequence[Any]) -> sp.Expr:
    pairs = list(charges) if isinstance(charges, (list, tuple)) else []
    if not pairs or any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in pairs):
        raise InputError(f"charges={charges!r} must be pairs (g_V1, g_V2), one for each flavour, such as [(-0.5, -0.5)]")
    total = sp.Add(*(exact(a) * exact(b) for a, b in pairs))
    if total.is_zero or total.is_finite is False or total is sp.nan:
        raise InputError(f"charges={charges!r} give g_V1 g_V2 = {total}: there is no force, or it is no number")
    return total
