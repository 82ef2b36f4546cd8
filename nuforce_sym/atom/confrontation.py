r"""A number for R/c quoted elsewhere, against every combination of conventions.

The talk quotes $R/c=-7.7\times10^{-33}$ for 4F5/2, F=3 to 4F7/2, F=3. `confront` computes R/c for all combinations of the
choices that could have been made differently, and in three units of E1/M1: natural ones, in which the ratio is a number;
$ea_0$ for E1 and $\mu_B$ for M1, which leaves out $2/\alpha$; and SI units without the $c$ that makes the ratio a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import mpmath as mp

from nuforce_sym.atom.rotation import optical_rotation
from nuforce_sym.atom.state import State
from nuforce_sym.atom.system import DIGITS, number
from nuforce_sym.errors import InputError

TALK = -7.7e-33
"""R/c as the talk prints it, massless neutrinos."""
VARIED: Mapping[str, tuple[Any, ...]] = {
    "operator": ("derived", "talk"),
    "axial": ("g_A/2", "g_A"),
    "electron_term": (True, False),
    "denominators": ("hyperfine", "lamb", "widths"),
    "sides": ("A", "B", "AB"),
}
"""The choices that are combined; the others change R by less than a percent."""
UNITS = ("natural", "e a_0 and mu_B", "SI without c")


@dataclass(frozen=True)
class Combination:
    """One combination of choices: R/c, and its ratio to the quoted number."""

    choices: tuple[tuple[str, Any], ...]
    unit: str
    over_c: mp.mpf
    ratio: mp.mpf


def confront(
    quoted: float = TALK, lower: str | State = "4F5/2, F=3", upper: str | State = "4F7/2, F=3"
) -> tuple[Combination, ...]:
    r"""Return every combination, those of the quoted sign first, and among them the nearest first.

    Raises:
        InputError: the quoted number is 0 or not finite, or the transition is none.
    """
    if not 0 < abs(quoted) < mp.inf:
        raise InputError(f"a quoted value of {quoted} has no nearest combination: give a finite number other than 0")
    with mp.workdps(DIGITS):
        scale = {"natural": mp.mpf(1), "e a_0 and mu_B": number("alpha") / 2, "SI without c": 1 / number("c")}
        found = []
        for values in product(*VARIED.values()):
            choices = dict(zip(VARIED, values, strict=True))
            R = optical_rotation(lower, upper, other_states=False, **choices).over_c
            if R == 0:
                continue
            for unit in UNITS:
                value = R * scale[unit]
                found.append(Combination(tuple(choices.items()), unit, value, value / mp.mpf(quoted)))
        return tuple(sorted(found, key=lambda one: (one.ratio < 0, float(abs(mp.log(abs(one.ratio)))))))
