"""A background whose parameters are numbers, as JSON and back; nothing is evaluated, and only known boxes are built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import sympy as sp

from nuforce_sym import tree
from nuforce_sym.errors import InputError
from nuforce_sym.medium import distributions, special_gases, spectra
from nuforce_sym.medium.composition import Background
from nuforce_sym.medium.directions import Cone, VonMisesFisher
from nuforce_sym.medium.distributions import Beam
from nuforce_sym.medium.neutrino import checked_neutrino
from nuforce_sym.medium.response import checked_response
from nuforce_sym.symbols import symbols

_BOXES: dict[str, Any] = {
    "Background": Background,
    "Beam": Beam,
    "Cone": Cone,
    "VonMisesFisher": VonMisesFisher,
    **{name: getattr(distributions, name) for name in ("MaxwellBoltzmann", "FermiDirac", "Relic", "Degenerate", "PinchedGas")},
    **{name: getattr(special_gases, name) for name in ("Shell", "PowerLaw", "SlowGas")},
    **{f"spectrum {name}": getattr(spectra, name) for name in ("Line", "Gaussian", "Box", "Pinched", "FermiDirac")},
}
_NAMES = {box: name for name, box in _BOXES.items()}
(r,) = symbols("r")


def exactly(value: Any, at: Mapping[sp.Symbol, Any]) -> Any:
    """Return an expression, distribution, spectrum or background with numbers for symbols, and no floats."""
    if isinstance(value, sp.Basic):
        placed = value.xreplace(dict(at))
        return placed.xreplace({number: spectra.exact(number) for number in placed.atoms(sp.Float)})
    if isinstance(value, Beam):
        amount = {"density": exactly(value.density, at)} if value.flux is None else {"flux": value.flux}
        return Beam(exactly(value.spectrum, at), **amount)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: exactly(getattr(value, f.name), at) for f in fields(value)})
    if isinstance(value, float):
        return spectra.exact(value)
    return value


def left(value: Any) -> set[str]:
    """Return the names of the symbols, besides r, that a background still has."""
    if isinstance(value, sp.Basic):
        return {s.name for s in value.free_symbols - {r}}
    if is_dataclass(value) and not isinstance(value, type):
        return set[str]().union(*(left(getattr(value, f.name)) for f in fields(value)))
    return set()


def dump(value: Any) -> Any:
    """Return the JSON form of a background that `exactly` has made exact."""
    if isinstance(value, sp.Basic):
        return {"expr": tree.dump(value)}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"expr": value}
    names = [f.name for f in fields(value)]
    if isinstance(value, Beam):
        names = ["spectrum", "density"] if value.flux is None else ["spectrum"]
    stored = {name: dump(getattr(value, name)) for name in names}
    if isinstance(value, Beam) and value.flux is not None:
        stored["flux"] = {"number": float(value.flux[0]), "unit": value.flux[1]}
    return {"box": _NAMES[type(value)], "fields": stored}


def load(data: Any) -> Any:
    """Return what `dump` stored.

    Raises:
        InputError: it is something else.
    """
    match data:
        case {"expr": stored} if len(data) == 1:
            return tree.load(stored)
        case {"number": float(number), "unit": str(unit)} if len(data) == 2:
            return number, unit
        case {"box": str(name), "fields": dict(stored)} if len(data) == 2 and name in _BOXES:
            try:
                found = _BOXES[name](**{key: load(item) for key, item in stored.items()})
            except TypeError as error:
                raise InputError(f"a stored {name} does not have these fields: {error}") from None
            if isinstance(found, Background):
                checked_neutrino(found.neutrino), checked_response(found.response)
            return found
        case None | bool() | str():
            return data
    raise InputError(f"{str(data)[:80]} is no part of a stored background")
