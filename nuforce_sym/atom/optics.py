r"""Optical rotation of a vapour near a magnetic dipole line, and what it would take to see it.

With M1 and an admixed E1 the two circular polarizations see $n_\pm-1=(\bar n-1)(1\pm2R)$, since the amplitudes are
$M1\pm\mathrm{Im}\,E1$ and $R$ is small, so that the plane of polarization turns by
$$\Phi=\frac{\pi L}{\lambda}\,\mathrm{Re}(n_R-n_L)=\frac{4\pi L}{\lambda}\,\mathrm{Re}(\bar n-1)\,R.$$
Khriplovich, *Parity Nonconservation in Atomic Phenomena* (1991). The talk prints $n_R+n_L$ in the first expression, which
does not vanish without parity violation; its second one agrees with the difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import mpmath as mp

from nuforce_sym.atom.levels import TERMS, level
from nuforce_sym.atom.parity import dipole_z
from nuforce_sym.atom.rotation import Rotation
from nuforce_sym.atom.system import DIGITS, number
from nuforce_sym.atom.widths import width
from nuforce_sym.errors import InputError


def rotation_angle(R: float | mp.mpf, *, refractivity: float, length: float, wavelength: float) -> mp.mpf:
    r"""Return $\Phi=\frac{4\pi L}{\lambda}\mathrm{Re}(\bar n-1)R$ in rad; lengths in m.

    Raises:
        InputError: a length or wavelength that is not positive and finite, or a refractivity that is no number.
    """
    if not (0 < length < mp.inf and 0 < wavelength < mp.inf):
        raise InputError(f"length and wavelength must be positive and finite, in m: got {length} and {wavelength}")
    if not (abs(refractivity) < mp.inf and abs(R) < mp.inf):
        raise InputError(f"the refractivity n - 1 and R must be finite numbers: got {refractivity} and {R}")
    with mp.workdps(DIGITS):
        return 4 * mp.pi * mp.mpf(length) / mp.mpf(wavelength) * mp.mpf(refractivity) * mp.mpf(R)


@dataclass(frozen=True)
class Requirement:
    """The line and what measuring R on it takes.

    ``frequency`` in Hz, ``wavelength`` in m, ``linewidth`` (the sum of both natural widths) in Hz; ``photons`` is the number
    of detected photons for which shot noise, 1/(2 sqrt(N)), equals the angle R of one absorption length, ``energy`` theirs in
    J; ``stray_field`` the electric field in V/cm whose Stark coupling of A to its partner equals the gap between them.
    """

    frequency: mp.mpf
    wavelength: mp.mpf
    linewidth: mp.mpf
    photons: mp.mpf
    energy: mp.mpf
    stray_field: mp.mpf


def requirement(rotation: Rotation) -> Requirement:
    r"""Return what it would take to measure a rotation, from the levels with all their terms.

    Within one absorption length, where $4\pi(\mathrm{Re}\,\bar n-1)L/\lambda\sim1$, the angle is of the order of R,
    whatever the density; more length costs light exponentially.
    """
    one, two, atom = rotation.lower, rotation.upper, rotation.atom
    terms = [t for t in TERMS if t != "lamb" or atom.lepton == "e"]
    with mp.workdps(DIGITS):
        line = abs(level(two, atom=atom, terms=terms).energy - level(one, atom=atom, terms=terms).energy)
        frequency = line * number("e") / number("h")
        widths = 2 * width(one.n, one.l, atom=atom) * number("e") / number("h")
        photons = 1 / (2 * rotation.R) ** 2 if rotation.R else mp.inf
        bohr = number("h") * number("c") / (2 * mp.pi * number("e")) / (number("alpha") * atom.lepton_mass)
        mixed = [(s.state, s.gap) for s in rotation.shares if s.state is not None and s.side == "A"]
        m = min(one.j, two.j) if one.F is None or two.F is None else min(one.F, two.F)
        lengths = [(abs(mp.mpf(str(dipole_z(one, k, m).evalf(DIGITS)))) * bohr / atom.Z, abs(gap)) for k, gap in mixed]
        field = min((gap / length / 100 for length, gap in lengths if length), default=mp.inf)
        return Requirement(frequency, number("c") / frequency, widths, photons, photons * line * number("e"), field)
