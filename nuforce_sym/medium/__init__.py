"""Forces in a medium: phase-space distributions, isotropic and directional backgrounds, averages, real fluxes."""

from __future__ import annotations

from nuforce_sym.medium import spectra
from nuforce_sym.medium.background import background
from nuforce_sym.medium.composition import Background
from nuforce_sym.medium.directions import Cone, VonMisesFisher
from nuforce_sym.medium.distributions import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.special_gases import PowerLaw, Shell, SlowGas

__all__ = [
    "Background",
    "Beam",
    "Cone",
    "Degenerate",
    "FermiDirac",
    "MaxwellBoltzmann",
    "PinchedGas",
    "PowerLaw",
    "Relic",
    "Shell",
    "SlowGas",
    "VonMisesFisher",
    "background",
    "spectra",
]
