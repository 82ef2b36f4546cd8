r"""Bodies that feel the force: particles and elements, with their weak charges and masses.

For a contact interaction with neutrinos of one flavour g_V = T_3 - 2Q\sin^2\theta_W, and +1 more for the electron with
\nu_e. In a neutral atom the mixing angle drops out: g_V = Z - N/2 for \nu_e and -N/2 for \nu_\mu, \nu_\tau.

    >>> from nuforce_sym.medium.materials import body
    >>> round(body("Cu").charge("nu_e"), 4), body("neutron").charge("nu_tau")
    (11.6915, -0.5)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, suggestion

FLAVOURS = ("nu_e", "nu_mu", "nu_tau")
SCHEME = "sin2_theta_W(MSbar, m_Z)"


@dataclass(frozen=True)
class Body:
    """A particle or a neutral atom: how many protons, neutrons and electrons, and its mass in GeV.

    ``unit`` is a charge of one for every flavour in place of those of the constituents.
    """

    name: str
    title: str
    protons: float
    neutrons: float
    electrons: float
    mass: float
    unit: bool = False

    def charge(self, flavour: str, sin2_theta_W: float | None = None) -> float:
        r"""Return g_V for one flavour; without a mixing angle it is that of `SCHEME`.

        Raises:
            InputError: there is no such flavour.
        """
        if flavour not in FLAVOURS:
            raise InputError(f"no flavour {flavour!r}{suggestion(flavour, FLAVOURS)}; the flavours: {', '.join(FLAVOURS)}")
        if self.unit:
            return 1.0
        s2 = float(constant(SCHEME)) if sin2_theta_W is None else sin2_theta_W
        charged_current = self.electrons if flavour == "nu_e" else 0.0
        return (self.protons - self.electrons) * (0.5 - 2 * s2) - self.neutrons / 2 + charged_current

    def charge_per_mass(self, flavour: str) -> float:
        """Return g_V/m in 1/GeV, to which the acceleration by the force is proportional."""
        return self.charge(flavour) / self.mass


@cache
def bodies() -> Mapping[str, Body]:
    """Return every body by name."""
    m_p, m_n, m_e, m_u = (float(constant(name)) * 1e-3 for name in ("m_p", "m_n", "m_e", "m_u"))
    found = [
        Body("neutron", "neutron", 0, 1, 0, m_n),
        Body("proton", "proton", 1, 0, 0, m_p),
        Body("electron", "electron", 0, 0, 1, m_e),
        Body("unit", "unit charge for every flavour with the mass of the neutron", 0, 0, 0, m_n, unit=True),
    ]
    table = tomllib.loads(files("nuforce_sym.data").joinpath("materials.toml").read_text(encoding="utf-8"))
    for name, entry in table.items():
        weights = {int(A): float(share) for A, share in entry["isotopes"].items()}
        mean = sum(A * share for A, share in weights.items()) / sum(weights.values())
        Z = int(entry["Z"])
        found.append(Body(name, entry["title"], Z, mean - Z, Z, float(entry["atomic_weight"]) * m_u))
    return {it.name: it for it in found}


def body(name: str) -> Body:
    """Return the body called ``name``; raises `InputError` with a suggestion where there is none."""
    if name not in bodies():
        raise InputError(f"no body {name!r}{suggestion(name, bodies())}; the bodies: {', '.join(bodies())}")
    return bodies()[name]


def charge_per_nucleon(it: Body, flavour: str) -> float:
    """Return g_V over the mass in atomic mass units, the number that tables of test bodies give."""
    return it.charge_per_mass(flavour) * float(constant("m_u")) * 1e-3
