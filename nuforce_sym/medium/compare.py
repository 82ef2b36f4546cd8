r"""Neutrino forces against gravity, V/V_{grav} with V_{grav} = -G_Nm_1m_2/r, at the distances of the experiments.

The potentials are derived elsewhere and come in as functions, in natural units (powers of GeV); see `Potentials`. What
the numbers mean: bodies that are points, a flux that is collimated and monochromatic at its mean energy, and no flavour
oscillation; `finite_size` says what is left of a beam's force when the bodies or the source have a width.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError
from nuforce_sym.medium import fluxes
from nuforce_sym.medium.experiments import Experiment, experiments
from nuforce_sym.medium.fluxes import Beam
from nuforce_sym.medium.half_angle import sin2_half
from nuforce_sym.medium.materials import FLAVOURS, Body, body
from nuforce_sym.units import to_natural

G_F = float(constant("G_F"))
G_N = float(constant("G_N"))


@dataclass(frozen=True)
class Potentials:
    """The potentials as functions, in powers of GeV; charges are those of one flavour.

    Args:
        vacuum: (r, G_F, g_V1, g_V2) of one massless flavour.
        beam: (r, E, sin^2(alpha/2), density, G_F, g_V1, g_V2).
        cosmic: (r, T, G_F, g_V1, g_V2) of one massless flavour, neutrinos and antineutrinos.
        finite_size: (r, E, sigma), the factor left by a width sigma of the separation across the beam.
        vacuum_force: -dV/dr of `vacuum`, the same arguments.
        beam_force: (r, E, density, G_F, g_V1, g_V2), -dV/dr of the symmetric `beam` at alpha = 0.
    """

    vacuum: Callable[[float, float, float, float], float]
    beam: Callable[[float, float, float, float, float, float, float], float]
    cosmic: Callable[[float, float, float, float, float], float]
    finite_size: Callable[[float, float, float], float]
    vacuum_force: Callable[[float, float, float, float], float]
    beam_force: Callable[[float, float, float, float, float, float], float]


@dataclass(frozen=True)
class Setup:
    r"""What is compared: two bodies, a reactor, the angle between flux and separation.

    Args:
        relative_size: width of the bodies across the beam, as a fraction of the distance.
        source_angle: width of the source as seen from the bodies, in radians.
        energy_spread: for the largest angle of coherence, \alpha^2 = \pi/(\Delta E\,r), in GeV.

    Raises:
        InputError: an angle is not in 0 ... pi, or a width is not positive.
    """

    first: Body
    second: Body
    reactor: Beam
    alpha: float = 0.0
    relative_size: float = 0.1
    source_angle: float = 0.15
    energy_spread: float = 1e-3

    def __post_init__(self) -> None:
        sin2_half(self.alpha)
        for what, value in (("size", self.relative_size), ("source angle", self.source_angle), ("spread", self.energy_spread)):
            if not (value > 0 and math.isfinite(value)):
                raise InputError(f"the {what} must be a positive number; got {value!r}")


@dataclass(frozen=True)
class Row:
    """One experiment: magnitudes of V/V_gravity, and what is left of the reactor's when something has a width.

    Uncertainties are those of the fluxes and of the cosmic temperature, None where the data know none.
    """

    experiment: str
    kind: str
    distance_m: float
    sensitivity: float
    vacuum_3_flavours: float
    vacuum_unit_charge: float
    reactor: float
    solar: float
    supernova: float
    cosmic: float
    reactor_bodies_with_width: float
    reactor_source_with_width: float
    coherence_angle_rad: float
    reactor_uncertainty: float | None = None
    solar_uncertainty: float | None = None
    supernova_uncertainty: float | None = None
    cosmic_uncertainty: float | None = None


def default_setup(**changes: str) -> Setup:
    """Return neutrons at alpha = 0 and the reactor of the data file, ``changes`` as in `fluxes.reactor`."""
    return Setup(body("neutron"), body("neutron"), fluxes.reactor(**changes))


def to_gravity(potential: float, first: Body, second: Body, r: float) -> float:
    r"""Return |V|/(G_Nm_1m_2/r)."""
    return abs(potential) * r / (G_N * first.mass * second.mass)


def vacuum_ratio(potentials: Potentials, first: Body, second: Body, r: float) -> float:
    """Return |V/V_gravity| in vacuum, summed over three massless flavours."""
    total = sum(potentials.vacuum(r, G_F, first.charge(f), second.charge(f)) for f in FLAVOURS)
    return to_gravity(total, first, second, r)


def beam_ratio(potentials: Potentials, setup: Setup, beams: Iterable[Beam], r: float) -> float:
    """Return |V/V_gravity| of beams of electron (anti)neutrinos, added."""
    s = sin2_half(setup.alpha)
    charges = setup.first.charge("nu_e"), setup.second.charge("nu_e")
    total = sum(float(potentials.beam(r, b.energy, s, b.density, G_F, *charges)) for b in beams)
    return to_gravity(total, setup.first, setup.second, r)


def cosmic_ratio(potentials: Potentials, setup: Setup, r: float) -> float:
    """Return |V/V_gravity| of one massless flavour of the cosmic background."""
    T = fluxes.source("cosmic")["temperature"].natural
    charges = setup.first.charge("nu_e"), setup.second.charge("nu_e")
    return to_gravity(potentials.cosmic(r, T, G_F, *charges), setup.first, setup.second, r)


def row(potentials: Potentials, setup: Setup, it: Experiment) -> Row:
    """Return one line of the table."""
    from nuforce_sym.medium.uncertainty import beam_uncertainty, cosmic_uncertainty

    r, nuclear = it.distance, setup.reactor
    reactor = beam_ratio(potentials, setup, [nuclear], r)
    unit = body("unit")
    return Row(
        experiment=it.name,
        kind=it.kind,
        distance_m=it.metres,
        sensitivity=it.sensitivity,
        vacuum_3_flavours=vacuum_ratio(potentials, setup.first, setup.second, r),
        vacuum_unit_charge=to_gravity(potentials.vacuum(r, G_F, 1.0, 1.0), unit, unit, r),
        reactor=reactor,
        solar=beam_ratio(potentials, setup, fluxes.solar(), r),
        supernova=beam_ratio(potentials, setup, [fluxes.supernova()], r),
        cosmic=cosmic_ratio(potentials, setup, r),
        reactor_bodies_with_width=reactor * potentials.finite_size(r, nuclear.energy, setup.relative_size * r),
        reactor_source_with_width=reactor * potentials.finite_size(r, nuclear.energy, setup.source_angle * r),
        coherence_angle_rad=math.sqrt(math.pi / (setup.energy_spread * r)),
        reactor_uncertainty=beam_uncertainty(potentials, setup, [nuclear], r),
        solar_uncertainty=beam_uncertainty(potentials, setup, fluxes.solar(), r),
        supernova_uncertainty=beam_uncertainty(potentials, setup, [fluxes.supernova()], r),
        cosmic_uncertainty=cosmic_uncertainty(potentials, setup, r),
    )


def table(potentials: Potentials, setup: Setup) -> list[Row]:
    """Return the whole table, one row per experiment."""
    return [row(potentials, setup, it) for it in experiments().values()]


def columns(rows: Iterable[Row | ForceRow | DifferentialRow]) -> list[Mapping[str, object]]:
    """Return the rows as mappings, for JSON and CSV."""
    return [asdict(it) for it in rows]


@dataclass(frozen=True)
class ForceRow:
    """One experiment: |F/F_gravity| of the radial force, with F_gravity = G_N m_1 m_2/r^2.

    The force along a beam has the leading term 1 - cos 2Er: between none and twice V/V_gravity within half a wavelength.
    """

    experiment: str
    distance_m: float
    sensitivity: float
    vacuum_3_flavours: float
    reactor: float
    reactor_largest: float


def force_row(potentials: Potentials, setup: Setup, it: Experiment) -> ForceRow:
    """Return one line of the table of forces, at alpha = 0."""
    r, first, second = it.distance, setup.first, setup.second
    newton = G_N * first.mass * second.mass / r**2
    vacuum = sum(potentials.vacuum_force(r, G_F, first.charge(f), second.charge(f)) for f in FLAVOURS)
    nuclear, charges = setup.reactor, (first.charge("nu_e"), second.charge("nu_e"))
    F = float(potentials.beam_force(r, nuclear.energy, nuclear.density, G_F, *charges))
    largest = 2 * G_F**2 * abs(charges[0] * charges[1]) * nuclear.strength / (math.pi * r**2)
    return ForceRow(it.name, it.metres, it.sensitivity, abs(vacuum) / newton, abs(F) / newton, largest / newton)


@dataclass(frozen=True)
class DifferentialRow:
    """One test of the equivalence principle: the Eotvos parameter of two test bodies that fall to an attractor."""

    experiment: str
    distance_m: float
    sensitivity: float
    reactor: float
    solar: float
    supernova: float


def differential_row(
    potentials: Potentials, setup: Setup, it: Experiment, tests: tuple[Body, Body], attractor: Body
) -> DifferentialRow:
    """Return one line of the table of differential accelerations.

    Raises:
        InputError: the experiment compares no accelerations.
    """
    if it.kind != "WEP":
        raise InputError(
            f"{it.name!r} tests the inverse-square law and compares no two bodies; tests of equivalence have kind WEP"
        )

    def eta(beams: Iterable[Beam]) -> float:
        return sum(eotvos(potentials, b, it.distance, tests, attractor, setup.alpha) for b in beams)

    values = eta([setup.reactor]), eta(fluxes.solar()), eta([fluxes.supernova()])
    return DifferentialRow(it.name, it.metres, it.sensitivity, *values)


def eotvos(potentials: Potentials, it: Beam, r: float, tests: tuple[Body, Body], attractor: Body, alpha: float = 0.0) -> float:
    r"""Return \eta = 2(a_1-a_2)/(a_1+a_2) of two test bodies that fall to an attractor, to first order in the force.

    It is the difference of V/V_gravity, since that is the difference of the relative accelerations for V \propto 1/r.
    """
    s = sin2_half(alpha)
    found = []
    for test in tests:
        V = potentials.beam(r, it.energy, s, it.density, G_F, test.charge("nu_e"), attractor.charge("nu_e"))
        found.append(-float(V) * r / (G_N * test.mass * attractor.mass))
    return found[0] - found[1]


def crossing(ratio: Callable[[float], float], low: float, high: float) -> float:
    """Return the distance between ``low`` and ``high`` where a ratio that falls or grows steadily is one.

    Raises:
        InputError: it is not one anywhere in between, or the ends are not positive and in order.
    """
    if not 0 < low < high < math.inf:
        raise InputError(f"a crossing is sought between two positive distances, the smaller first; got {low:g} and {high:g}")
    a, b = math.log(low), math.log(high)
    sign = ratio(low) > 1
    if (ratio(high) > 1) == sign:
        raise InputError(f"the ratio does not cross one between {low:g} and {high:g} (in 1/GeV)")
    for _ in range(200):
        middle = (a + b) / 2
        if (ratio(math.exp(middle)) > 1) == sign:
            a = middle
        else:
            b = middle
    return math.exp((a + b) / 2)


EARTH_RADIUS = to_natural(6.4e6, "m")
MICROMETRE = to_natural(1.0, "um")
