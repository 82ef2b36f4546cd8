r"""The error budget of R: every choice changed by itself, and by how much R then changes.

The reference has the derived operator, $b_p=g_A/2$, the sum over neutrinos, gaps with hyperfine structure and the Lamb
shift, both sides, all states, the anomalous moment and the hyperfine mixing in M1, and the reduced mass. Nothing here is
quoted: each line is a second computation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath as mp

from nuforce_sym.atom.levels import STATIC
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
    ("no hyperfine mixing of A with B", {"hyperfine_mixing": False}),
    ("g = 2 in M1", {"anomaly": False}),
    ("no reduced mass in V and E1", {"reduced_mass": False}),
    ("no mixing on the B side", {"sides": "A"}),
    ("no other states", {"other_states": False}),
    ("no b_e a_N term", {"electron_term": False}),
    ("the talk's sign of the cross term, no b_e a_N", {"operator": "talk"}),
    ("b_p = g_A", {"axial": "g_A"}),
)  # fmt: skip


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
    reference = optical_rotation(lower, upper, atom=atom, s2=s2, **REFERENCE)
    lines = []
    for name, change in CHANGES:
        R = optical_rotation(lower, upper, atom=atom, **{**REFERENCE, "s2": s2, **change}).R
        lines.append(Line(name, R, R / reference.R - 1))
    factor = relativistic_factor(reference)
    if factor is not None:
        lines.append(Line("Dirac's radial functions in sigma_e.p", reference.R * factor, factor - 1))
    return reference, tuple(lines)


def relativistic_factor(rotation: Rotation) -> mp.mpf | None:
    r"""Return $\langle\Delta|r^{-5}\gamma_5|A\rangle$ with Dirac's functions over its static limit; None without one.

    The first-order result is $1+0.580(Z\alpha)^2$ for 4D_{5/2}-4F_{5/2}.
    """
    A = rotation.lower
    for share in rotation.shares:
        k = share.state
        if share.side == "A" and k is not None and k.j == A.j:
            return relativistic_ratio(k, A, rotation.atom.coupling)
    return None
