r"""What the uncertainties of the fluxes do to V/V_{grav}: forces are linear in every flux.

An uncertainty that the data do not know stays unknown, None. Fluxes of different reactions count as independent; lines that
share one flux, such as those of 7Be, move together. Energies are taken as exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from nuforce_sym.medium import fluxes
from nuforce_sym.medium.compare import G_F, Potentials, Setup, to_gravity
from nuforce_sym.medium.fluxes import Beam
from nuforce_sym.medium.half_angle import sin2_half


def beam_uncertainty(potentials: Potentials, setup: Setup, beams: Sequence[Beam], r: float) -> float | None:
    """Return the standard uncertainty of |V/V_gravity| of beams, from those of their fluxes; None where one is not known."""
    charges, s = (setup.first.charge("nu_e"), setup.second.charge("nu_e")), sin2_half(setup.alpha)
    shifts: dict[object, float] = {}
    for it in beams:
        if it.flux_uncertainty is None:
            return None
        V = float(potentials.beam(r, it.energy, s, it.density, G_F, *charges))
        together = fluxes.source(it.name).data.get("flux", it.name)
        shifts[together] = shifts.get(together, 0.0) + V * it.flux_uncertainty
    return to_gravity(math.hypot(*shifts.values()), setup.first, setup.second, r)


def cosmic_uncertainty(potentials: Potentials, setup: Setup, r: float) -> float | None:
    """Return the standard uncertainty of |V/V_gravity| in one massless flavour of the cosmic background, from that of T."""
    T = fluxes.source("cosmic")["temperature"]
    if T.relative is None:
        return None
    charges = setup.first.charge("nu_e"), setup.second.charge("nu_e")
    ends = [potentials.cosmic(r, T.natural * (1 + sign * T.relative), G_F, *charges) for sign in (1, -1)]
    return to_gravity((ends[0] - ends[1]) / 2, setup.first, setup.second, r)
