r"""Real fluxes: a reactor, the Sun, a supernova, the cosmic background, from ``data/fluxes.toml``.

A `Beam` is what the force in a collimated background takes: a number density n = flux/c and an energy. Along the beam
V = -\frac{G_F^2g_Vg_V'}{\pi r}\,nE\,[1+\sin 2Er/2Er], so that nE is its strength.

    >>> from nuforce_sym.medium.fluxes import reactor
    >>> print(f"{reactor().flux:.3e} per cm^2 and s")
    4.361e+13 per cm^2 and s
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nuforce_sym.errors import DimensionError, InputError, suggestion
from nuforce_sym.units import from_natural, parse, to_natural

FLUX = "cm^-2 s^-1"


@dataclass(frozen=True)
class Datum:
    """A number of the data files: decimal strings, so that nothing is rounded; an empty uncertainty is not known."""

    value: str
    unit: str
    uncertainty: str
    source: str

    @property
    def natural(self) -> float:
        """The value in natural units, powers of GeV."""
        return to_natural(float(self.value), self.unit)

    @property
    def relative(self) -> float | None:
        """The standard uncertainty over the value, or None where it is not known."""
        return float(self.uncertainty) / float(self.value) if self.uncertainty else None


@dataclass(frozen=True)
class Source:
    """One entry of ``data/fluxes.toml``: what kind of source it is, what it emits, and its data by name."""

    name: str
    kind: str
    title: str
    species: str
    flavour: str
    spectrum: str
    data: Mapping[str, Datum]
    pinching: float | None = None
    share: float = 1.0

    def __getitem__(self, name: str) -> Datum:
        """Return a datum; raises `InputError` where the source has none of that name."""
        if name not in self.data:
            raise InputError(
                f"the source {self.name!r} has no {name!r}{suggestion(name, self.data)}; it has {_list(self.data)}"
            )
        return self.data[name]


@dataclass(frozen=True)
class Beam:
    """A collimated, monochromatic flux of massless neutrinos, in natural units (powers of GeV).

    Args:
        density: number density, flux over the velocity of light, in GeV^3.
        energy: mean energy in GeV.
        flux_uncertainty: relative standard uncertainty of the density, None where it is not known.

    Raises:
        InputError: one of them is not a positive number.
    """

    name: str
    title: str
    density: float
    energy: float
    flux_uncertainty: float | None = None

    def __post_init__(self) -> None:
        for what, value in (("density", self.density), ("energy", self.energy)):
            if not (value > 0 and math.isfinite(value)):
                raise InputError(f"the {what} of the beam {self.name!r} must be a positive number; got {value!r}")

    @property
    def strength(self) -> float:
        """Density times energy, in GeV^4, to which the force along the beam is proportional."""
        return self.density * self.energy

    @property
    def flux(self) -> float:
        """The flux in cm^-2 s^-1."""
        return from_natural(self.density, FLUX)


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by name."""
    table = tomllib.loads(files("nuforce_sym.data").joinpath("fluxes.toml").read_text(encoding="utf-8"))
    return {name: _source(name, entry) for name, entry in table.items()}


def _source(name: str, entry: Mapping[str, Any]) -> Source:
    data = {key: Datum(**value) for key, value in entry.items() if isinstance(value, dict)}
    words = {key: entry[key] for key in ("kind", "title", "species", "flavour", "spectrum")}
    pinching = float(entry["pinching"]) if "pinching" in entry else None
    return Source(name=name, data=data, pinching=pinching, share=float(entry.get("share", "1")), **words)


def source(name: str) -> Source:
    """Return the source called ``name``; raises `InputError` with a suggestion where there is none."""
    if name not in sources():
        raise InputError(f"no source {name!r}{suggestion(name, sources())}; the sources: {_list(sources())}")
    return sources()[name]


def beam(name: str, **changes: str) -> Beam:
    """Return the beam of a source: ``beam("reactor", distance="25 m")``, ``beam("solar_pp")``.

    ``changes`` replace the source's data by quantities with units.

    Raises:
        InputError: the source or a datum is unknown, a value is not positive, or the source is no beam.
        DimensionError: a quantity has another unit than the datum that it replaces.
    """
    it = source(name)
    values = {key: quantity(changes[key], like=it[key], what=key) if key in changes else it[key].natural for key in it.data}
    for key in changes:
        it[key]
    if it.kind == "reactor":
        rate = values["power"] / values["energy_per_fission"] * values["per_fission"]
        density = rate / (4 * math.pi) / values["distance"] / values["distance"]
    elif it.kind == "supernova":
        number = values["total_energy"] / values["species_count"] / values["energy"]
        density = number / values["duration"] / (4 * math.pi) / values["distance"] / values["distance"]
    elif it.kind == "sun":
        density = values["flux"] * it.share
    else:
        raise InputError(f"{name!r} comes from all directions and is no beam; beams: {_list(beams())}")
    return Beam(name, it.title, density, values["energy"], _flux_uncertainty(it, changes))


_POWERS: Mapping[str, Mapping[str, int]] = {
    "reactor": {"power": 1, "energy_per_fission": 1, "per_fission": 1, "distance": 2},
    "supernova": {"total_energy": 1, "species_count": 1, "energy": 1, "duration": 1, "distance": 2},
    "sun": {"flux": 1},
}


def _flux_uncertainty(it: Source, changes: Mapping[str, str]) -> float | None:
    """Return the relative uncertainty of a product of data; what is given by hand counts as exact."""
    parts = [0.0 if name in changes else it[name].relative for name in _POWERS[it.kind]]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return math.hypot(*(p * part for p, part in zip(_POWERS[it.kind].values(), known, strict=True)))


def beams() -> tuple[str, ...]:
    """Return the names of the sources that are beams."""
    return tuple(name for name, it in sources().items() if it.kind != "cosmic")


def reactor(**changes: str) -> Beam:
    """Return the antineutrinos of one reactor; ``changes`` are power, distance, energy_per_fission, per_fission, energy."""
    return beam("reactor", **changes)


def supernova(**changes: str) -> Beam:
    """Return one species of a supernova's neutrinos.

    ``changes`` are total_energy, distance, duration, species_count and energy.
    """
    return beam("supernova", **changes)


def solar() -> tuple[Beam, ...]:
    """Return all solar lines and continua."""
    return tuple(beam(name) for name, it in sources().items() if it.kind == "sun")


def quantity(text: str, *, like: Datum, what: str) -> float:
    """Return a positive quantity with a unit, such as "25 m" or "3 GW", in natural units.

    Raises:
        InputError: there is no number, no unit, or the number is not positive; or a density stands for a flux.
        DimensionError: the unit is not of the kind that ``like`` has.
    """
    number, _, unit = text.strip().partition(" ")
    try:
        value = float(number)
    except ValueError:
        raise InputError(
            f"{what} = {text!r} must be a number, a blank and a unit, such as '{like.value} {like.unit}'"
        ) from None
    unit = unit.strip() or ("1" if like.unit == "1" else "")
    if not unit:
        raise InputError(f"{what} = {text!r} lacks its unit: write '{text.strip()} {like.unit}'")
    if not (value > 0 and math.isfinite(value)):
        raise InputError(f"{what} = {text!r} must be positive")
    if unit in ("W", "kW", "MW", "GW"):
        value, unit = value * {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9}[unit], "J/s"
    if unit in ("pc", "kpc", "Mpc"):
        value, unit = value * {"pc": 1.0, "kpc": 1e3, "Mpc": 1e6}[unit] * 3.0856775814913673e16, "m"
    if unit == "erg":
        value, unit = value * 1e-7, "J"
    if _kind(unit) != _kind(like.unit):
        raise DimensionError(
            f"{what} = {text!r} is {_kind(unit)}, but {_kind(like.unit)} is needed, such as '{like.value} {like.unit}'"
        )
    return to_natural(value, unit)


def has_time(unit: str) -> bool:
    """Whether a time stands in a unit, which alone tells a flux from a number density in natural units."""
    names = unit.replace("/", " ").replace("*", " ").split()
    return any(name.rstrip("^-+0123456789") in ("s", "ms", "us", "ns") for name in names)


def _kind(unit: str) -> str:
    """Return what a unit measures. In natural units a length is a time and a flux a density, so the names decide."""
    power = parse(unit)[1]
    seconds = has_time(unit)
    if power == 3:
        return "a flux" if seconds else "a number density"
    if power == -1:
        return "a time" if seconds else "a length"
    return {0: "a plain number", 1: "an energy", 2: "a power"}.get(power, f"a quantity of energy^{power}")


def _list(names: Any) -> str:
    return ", ".join(names)
