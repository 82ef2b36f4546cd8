r"""The error budget of R: every choice changed by itself, and by how much R then changes.

The reference has the derived operator, $b_p=g_A/2$, the sum over neutrinos, gaps with hyperfine structure and the Lamb
shift, both sides, all states, the anomalous moment in M1, the hyperfine mixing in M1 and E1, and the reduced mass. Nothing
here is quoted: each line is a second computation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath as mp

from nuforce_sym.atom.charges import mixing_angle
from nuforce_sym.atom.levels import STATIC
from nuforce_sym.atom.nucleus import photon_mixing_element
from nuforce_sym.atom.relativistic import relativistic_ratio
from nuforce_sym.atom.rotation import Rotation, optical_rotation
from nuforce_sym.atom.state import State
from nuforce_sym.atom.system import SCHEME, Atom, hydrogen
from nuforce_sym.errors import InputError

REFERENCE: Mapping[str, Any] = {"denominators": (*STATIC, "lamb")}
CHANGES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("sin^2 theta_W in the Thomson limit instead of at m_Z", {"s2": "sin2_theta_W(MSbar, 0)"}),
    ("no Lamb shift in the gaps", {"denominators": STATIC}),
    ("natural widths in the gaps", {"denominators": (*STATIC, "lamb", "widths")}),
    ("reduced mass, anomaly, mixing and Dirac's energy in the gaps",
     {"denominators": (*STATIC, "lamb", "reduced mass", "anomaly", "mixing", "dirac")}),
    ("no hyperfine mixing of A with B in M1", {"hyperfine_mixing": False}),
    ("no hyperfine mixing of A with B in E1", {"hyperfine_mixing_e1": False}),
    ("no hyperfine mixing at all", {"hyperfine_mixing": False, "hyperfine_mixing_e1": False}),
    ("g = 2 in M1", {"anomaly": False}),
    ("no reduced mass in V and E1", {"reduced_mass": False}),
    ("no mixing on the B side", {"sides": "A"}),
    ("no other states", {"other_states": False}),
    ("no b_e a_N term", {"electron_term": False}),
    ("the talk's sign of the cross term, no b_e a_N", {"operator": "talk"}),
    ("b_p = g_A", {"axial": "g_A"}),
)  # fmt: skip

GAPS: Mapping[str, Mapping[str, str]] = {"e": {}, "mu": {"lamb": "vacuum polarization"}}
"""What lifts Dirac's degeneracy in atoms with a muon instead of the Lamb shift."""


@dataclass(frozen=True)
class Line:
    """A changed choice: what R becomes, and its relative change from the reference."""

    change: str
    R: mp.mpf
    relative: mp.mpf


def error_budget(
    lower: str | State, upper: str | State, *, atom: Atom | None = None, s2: str | float = SCHEME
) -> tuple[Rotation, tuple[Line, ...]]:
    r"""Return the reference and one line for every choice of `CHANGES`, and for relativity in the matrix element.

    Raises:
        InputError: an atom without nuclear spin, in which most of the choices do not exist.
    """
    atom = atom or hydrogen()
    if atom.spin == 0:
        raise InputError(f"the nucleus of {atom.name} has no spin: the budget compares choices that need one")

    def rotation(**change: Any) -> Rotation:
        choices = {**REFERENCE, "s2": s2, **change}
        gaps = tuple(GAPS[atom.lepton].get(term, term) for term in choices.pop("denominators"))
        return optical_rotation(lower, upper, atom=atom, denominators=gaps, **choices)

    reference = rotation()
    changed = [(name, rotation(**change).R) for name, change in CHANGES]
    # what V changes is found between states of pure j: hyperfine mixing of 1e-4 in a correction is beyond the budget
    plain = rotation(hyperfine_mixing_e1=False)
    nucleus = rotation(hyperfine_mixing_e1=False, electron_term=False)
    changed.append(("Dirac's radial functions in V on the A side", reference.R + _relativistic(plain, nucleus)))
    changed.append(("a Z that becomes a photon by an electron loop, added", reference.R + _photon_mixing(plain, s2)))
    return reference, tuple(Line(name, R, R / reference.R - 1) for name, R in changed)


def _photon_mixing(whole: Rotation, s2: str | float) -> mp.mpf:
    r"""Return what `photon_mixing_element` adds to R within the shell."""
    charges = -(mp.mpf(-1) / 2 + 2 * mixing_angle(s2)) / 2
    total = mp.mpf(0)
    for share in whole.shares:
        if share.state is not None:
            mixed = whole.lower if share.side == "A" else whole.upper
            loop = photon_mixing_element(share.state, mixed, charges, atom=whole.atom)
            total += share.ratio.imag * loop / (share.element * whole.unit)
    return total


def _relativistic(whole: Rotation, nucleus: Rotation) -> mp.mpf:
    r"""Return what the elements of Dirac-Coulomb functions add to R; ``nucleus`` is R without $b_ea_N$.

    R is the sum of a part in $a_eb_N$ and one in $b_ea_N$, which are corrected each by its own ratio.
    """
    A, total = whole.lower, mp.mpf(0)
    for share, other in zip(whole.shares, nucleus.shares, strict=True):
        k = share.state
        if share.side != "A" or k is None:
            continue
        parts = [("nucleus", other.ratio.imag)]
        if k.j == A.j:
            parts.append(("electron", share.ratio.imag - other.ratio.imag))
        for structure, part in parts:
            if part:
                total += part * (relativistic_ratio(k, A, whole.atom.coupling, structure=structure) - 1)
    return total
