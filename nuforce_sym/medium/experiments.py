"""Tests of gravity from ``data/experiments.toml``: their distance and the potential that they are sensitive to.

>>> from nuforce_sym.medium.experiments import experiment
>>> experiment("Washington2020").sensitivity
1.0
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.units import from_natural, to_natural


@dataclass(frozen=True)
class Experiment:
    """A test of the weak equivalence principle (WEP) or of the inverse-square law (ISL).

    Args:
        sensitivity: delta V/V_gravity that it would see.
        distance: in 1/GeV, the one number that stands for ``range``.
    """

    name: str
    kind: str
    sensitivity: float
    distance: float
    range: str
    source: str

    @property
    def metres(self) -> float:
        """The distance in metres."""
        return from_natural(self.distance, "m")


@cache
def experiments() -> Mapping[str, Experiment]:
    """Return every experiment by name, in the order of the table."""
    table = tomllib.loads(files("nuforce_sym.data").joinpath("experiments.toml").read_text(encoding="utf-8"))
    return {
        name: Experiment(
            name,
            entry["kind"],
            float(entry["sensitivity"]),
            to_natural(float(entry["distance"]["value"]), entry["distance"]["unit"]),
            entry["range"],
            entry["source"],
        )
        for name, entry in table.items()
    }


def experiment(name: str) -> Experiment:
    """Return the experiment called ``name``; raises `InputError` with a suggestion where there is none."""
    if name not in experiments():
        raise InputError(
            f"no experiment {name!r}{suggestion(name, experiments())}; the experiments: {', '.join(experiments())}"
        )
    return experiments()[name]
