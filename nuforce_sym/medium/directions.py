"""Distributions of a beam's directions about the line between two bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nuforce_sym.medium.averages import checked_angle
from nuforce_sym.medium.spectra import positive


@dataclass(frozen=True)
class Cone:
    """Directions uniform within ``half_angle`` about the line between the bodies."""

    half_angle: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "half_angle", checked_angle(self.half_angle, "the cone's half-angle"))


@dataclass(frozen=True)
class VonMisesFisher:
    r"""Directions with the weight e^{-\\kappa(1-\\cos\\alpha)} about the line between the bodies."""

    kappa: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "kappa", positive(self.kappa, "the concentration kappa"))
