r"""Simple atoms: one lepton bound to a nucleus, with masses, moment and weak charges.

The nucleus may have spin 0 or 1/2. Its magnetic moment is $g\,\frac{e}{2M_0}\mathbf{I}$, where $M_0$ is the proton's mass
for nuclei and the particle's own mass for a muon; its weak charges are those of
$-\frac{G_F}{\sqrt2}[\bar\psi\gamma^\mu(a-b\gamma_5)\psi][\bar\nu\gamma_\mu(1-\gamma_5)\nu]$.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import mpmath as mp
import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable, suggestion

HALF = sp.Rational(1, 2)
DIGITS = 30
"""Working digits of numbers made from the constants, whose own uncertainty is far larger."""

SCHEME = "sin2_theta_W(MSbar, m_Z)"


def number(name: str) -> mp.mpf:
    """Return a constant as an mpmath number: masses in eV, lengths in m, the rest in its own unit."""
    entry = constant(name)
    with mp.workdps(DIGITS):
        scale = {"MeV": mp.mpf(10) ** 6, "GeV^-2": mp.mpf(10) ** -18}.get(entry.unit, mp.mpf(1))
        return mp.mpf(entry.value) * scale


@dataclass(frozen=True)
class Atom:
    """A lepton and a nucleus; masses in eV, the radius in fm.

    ``lepton`` is ``"e"`` or ``"mu"``; ``spin`` that of the nucleus; ``moment`` its g in units of ``magneton_mass``;
    ``neutrons`` the number of neutrons, None where the nucleus is no nucleus (an antimuon).
    """

    name: str
    Z: int
    lepton: str
    nucleus_mass: mp.mpf
    spin: sp.Rational
    moment: mp.mpf
    magneton_mass: mp.mpf
    neutrons: int | None
    radius: mp.mpf | None

    @property
    def lepton_mass(self) -> mp.mpf:
        """The mass of the bound lepton in eV."""
        return number(f"m_{self.lepton}")

    @property
    def anomaly(self) -> mp.mpf:
        """The lepton's anomalous magnetic moment."""
        return number(f"a_{self.lepton}")

    @property
    def mass_ratio(self) -> mp.mpf:
        """The reduced mass in units of the lepton's mass."""
        with mp.workdps(DIGITS):
            return 1 / (1 + self.lepton_mass / self.nucleus_mass)

    @property
    def coupling(self) -> mp.mpf:
        r"""$Z\alpha$."""
        with mp.workdps(DIGITS):
            return self.Z * number("alpha")

    def vector_charge(self, s2: mp.mpf) -> mp.mpf:
        r"""Return the nucleus's $a$: $Z(\frac12-2s^2)-\frac N2$, coherent; $\frac12-2s^2$ too for an antimuon's flavour sum.

        An antimuon has minus the muon's charge, $a=-(-\frac12+2s^2+\delta)$, where $\delta=1$ for the neutrino of its own
        flavour and 0 else; the returned value is that for $\delta=0$.
        """
        with mp.workdps(DIGITS):
            if self.neutrons is None:
                return mp.mpf(1) / 2 - 2 * s2
            return self.Z * (mp.mpf(1) / 2 - 2 * s2) - mp.mpf(self.neutrons) / 2

    def axial_charge(self) -> mp.mpf:
        r"""Return the nucleus's $b$: $g_A/2$ for a proton, minus that for an unpaired neutron, 0 for spin 0.

        A nucleus of spin 1/2 other than the proton is taken as its unpaired nucleon (the single-particle estimate).

        Raises:
            NotDerivable: an antimuon, whose charges depend on the flavour of the neutrino.
        """
        with mp.workdps(DIGITS):
            if self.neutrons is None:
                raise NotDerivable(
                    f"the axial charge of {self.name}'s nucleus depends on the flavour of the neutrino: use `charges`"
                )
            if self.spin == 0:
                return mp.mpf(0)
            return number("g_A") / 2 * (1 if self.Z % 2 else -1)


def hydrogen() -> Atom:
    """Return hydrogen."""
    return ion(1, 1)


def ion(Z: int, A: int) -> Atom:
    """Return the hydrogen-like ion of a nucleus of spin 0 or 1/2 with Z protons and A nucleons.

    Masses and moments are CODATA's for the proton, helium-3 and helium-4. Even-even nuclei, which have spin 0, get A atomic
    mass units minus Z electrons, right to a part in 10^3; others of spin 1/2 need `Atom` with their measured moment.

    Raises:
        InputError: Z or A is out of range, or the nucleus's moment is not known here.
    """
    if not (type(Z) is type(A) is int and 1 <= Z <= 100 and Z <= A <= 3 * Z + 2):
        raise InputError(f"Z = {Z}, A = {A} is no nucleus: give whole numbers with 1 <= Z <= 100 and Z <= A <= 3 Z + 2")
    magneton, zero = number("m_p"), mp.mpf(0)
    if (Z, A) == (1, 1):
        radius = number("r_p") * mp.mpf(10) ** 15
        return Atom("hydrogen", 1, "e", number("m_p"), HALF, number("g_p"), magneton, 0, radius)
    if (Z, A) == (2, 3):
        return Atom("helium-3+", 2, "e", number("m_h"), HALF, number("g_h"), magneton, 1, None)
    if (Z, A) == (2, 4):
        return Atom("helium-4+", 2, "e", number("m_alpha"), sp.Integer(0), zero, magneton, 2, None)
    if Z % 2 or A % 2:
        raise InputError(
            f"the moment of the nucleus Z = {Z}, A = {A} is not in the data: build an `Atom` with its spin, mass and moment"
        )
    mass = A * number("m_u") - Z * number("m_e")
    return Atom(f"ion Z = {Z}, A = {A}", Z, "e", mass, sp.Integer(0), zero, magneton, A - Z, None)


def muonic_hydrogen() -> Atom:
    """Return a muon bound to a proton."""
    radius = number("r_p") * mp.mpf(10) ** 15
    return Atom("muonic hydrogen", 1, "mu", number("m_p"), HALF, number("g_p"), number("m_p"), 0, radius)


def muonium() -> Atom:
    """Return an electron bound to an antimuon, a point."""
    moment = 2 * (1 + number("a_mu"))
    return Atom("muonium", 1, "e", number("m_mu"), HALF, moment, number("m_mu"), None, mp.mpf(0))


def positronium() -> Atom:
    """Refuse: the theory here expands in the ratio of the masses.

    Raises:
        NotDerivable: always.
    """
    raise NotDerivable(
        "positronium: the static theory treats the heavy particle as a fixed centre and its moment as a perturbation smaller "
        "by m_e/M; in positronium that ratio is 1, fine and hyperfine structure are of one order, e+e- annihilation adds to "
        "both, and j is no quantum number. Its levels need the two-body Breit equation; use hydrogen, muonium or an ion"
    )


ATOMS: dict[str, Callable[[], Atom]] = {
    "hydrogen": hydrogen,
    "helium-3": lambda: ion(2, 3),
    "helium-4": lambda: ion(2, 4),
    "muonic hydrogen": muonic_hydrogen,
    "muonium": muonium,
    "positronium": positronium,
}


def atom_named(name: str) -> Atom:
    """Return one of `ATOMS` by its name, or ``"Z=6 A=12"``.

    Raises:
        InputError: there is none of that name.
        NotDerivable: positronium.
    """
    fields = dict(part.split("=", 1) for part in name.replace(",", " ").split() if "=" in part)
    if set(fields) == {"Z", "A"} and all(value.isdecimal() and len(value) < 4 for value in fields.values()):
        return ion(int(fields["Z"]), int(fields["A"]))
    if name not in ATOMS:
        raise InputError(f"no atom {name!r}{suggestion(name, ATOMS)}; known: {', '.join(ATOMS)}, or 'Z=6 A=12'")
    return ATOMS[name]()
