"""Forces in a medium: phase-space distributions, isotropic and directional backgrounds, averages, real fluxes."""

from __future__ import annotations

from nuforce_sym.medium import spectra
from nuforce_sym.medium.background import Background, Cone, VonMisesFisher, background
from nuforce_sym.medium.distributions import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic

__all__ = [
    "Background",
    "Beam",
    "Cone",
    "Degenerate",
    "FermiDirac",
    "MaxwellBoltzmann",
    "PinchedGas",
    "Relic",
    "VonMisesFisher",
    "background",
    "spectra",
]
