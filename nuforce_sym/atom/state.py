r"""States of a hydrogen-like atom, written as spectroscopists write them: ``state("4F5/2, F=3")``.

The orbital momentum and the electron's spin couple to j, j and the spin one half of the nucleus to F, in this order,
((l s_e) j s_N) F with Condon and Shortley's phases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nuforce_sym.atom.radial import LARGEST_N
from nuforce_sym.errors import InputError

LETTERS = "SPDFGHIKLMNOQRTUVWXYZ"
"""The letters of l = 0, 1, 2, ...; larger l are written [l]."""

_TEXT = re.compile(
    r"(?P<n>\d{1,4})\s*(?P<l>[A-Z]|\[\d{1,3}\])\s*(?:_?\{?(?P<j>\d{1,4})/2\}?)?"
    r"(?:\s*,\s*F\s*=\s*(?P<F>-?\d{1,4}(?:/2)?))?(?:\s*,\s*m(?:_F)?\s*=\s*(?P<m>[+-]?\d{1,4}(?:/2)?))?"
)


@dataclass(frozen=True, order=True)
class State:
    """The quantum numbers of a bound state; ``F`` and ``m`` are None where they are left open.

    Raises:
        InputError: n <= l, j is not l +- 1/2, F not within |j - 1/2| ... j + 1/2, |m| > F, or m without F.
    """

    n: int
    l: int
    j: Fraction
    F: int | None = None
    m: int | None = None

    def __post_init__(self) -> None:
        if any(not isinstance(x, int) for x in (self.n, self.l, self.F or 0, self.m or 0)):
            raise InputError(f"n, l, F and m are integers: got {self.n}, {self.l}, {self.F}, {self.m}")
        if not 0 <= self.l < self.n:
            raise InputError(f"{self.n}{orbital_letter(self.l)} does not exist: l = {self.l} needs n > l")
        if self.n > LARGEST_N:
            raise InputError(f"n = {self.n} is beyond {LARGEST_N}, the largest n for which exact integrals stay practical")
        allowed = [j for j in (self.l - Fraction(1, 2), self.l + Fraction(1, 2)) if j > 0]
        if self.j not in allowed:
            raise InputError(
                f"{orbital_letter(self.l)} has l = {self.l}, hence j = {' or '.join(map(str, allowed))}: got j = {self.j}"
            )
        if self.F is None:
            if self.m is not None:
                raise InputError(f"m = {self.m} is the projection of F, and F is missing: write 'F=..., m={self.m}'")
            return
        low, high = hyperfine_levels(self.j)
        if self.F not in (low, high):
            raise InputError(
                f"j = {self.j} and a nuclear spin of 1/2 couple to F = {low} or {high} (|j - 1/2| <= F <= j + 1/2): "
                f"got F = {self.F}"
            )
        if self.m is not None and abs(self.m) > self.F:
            raise InputError(f"|m| <= F is needed: got m = {self.m} for F = {self.F}")

    def __str__(self) -> str:
        """The spectroscopic notation, which `state` reads back."""
        text = f"{self.n}{orbital_letter(self.l)}{self.j.numerator}/2"
        if self.F is not None:
            text += f", F={self.F}"
        return text if self.m is None else f"{text}, m={self.m}"

    @property
    def latex(self) -> str:
        r"""The state as LaTeX, ``4F_{5/2},\,F=3``."""
        text = rf"{self.n}{orbital_letter(self.l)}_{{{self.j.numerator}/2}}"
        if self.F is not None:
            text += rf",\,F={self.F}"
        return text if self.m is None else rf"{text},\,m_F={self.m}"


def orbital_letter(l: int) -> str:
    """Return S, P, D, F, ... for l = 0, 1, 2, 3, ..., and [l] beyond the alphabet."""
    return LETTERS[l] if 0 <= l < len(LETTERS) else f"[{l}]"


def hyperfine_levels(j: Fraction) -> tuple[int, int]:
    """Return the two values of F for j and a nuclear spin of one half."""
    return int(j - Fraction(1, 2)), int(j + Fraction(1, 2))


def state(text: str | State) -> State:
    """Return the state that ``text`` names: ``"2P1/2"``, ``"4F5/2, F=3"``, ``"4F_{5/2}, F=3, m=-2"``, ``"30[25]51/2"``.

    Raises:
        InputError: the text is no such notation, or the quantum numbers break a rule; the message says which.
    """
    if isinstance(text, State):
        return text
    if not isinstance(text, str):
        raise InputError(f"a state is written as text, such as '4F5/2, F=3': got {text!r}")
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        raise InputError(
            f"{text!r} is no state: write n, the letter of l, j, and F and m where they matter, as in '4F5/2, F=3, m=1'"
        )
    if found["j"] is None:
        raise InputError(f"{text!r} lacks j: write '{found['n']}{found['l']}1/2' or the like")
    l = int(found["l"][1:-1]) if found["l"].startswith("[") else LETTERS.find(found["l"])
    if l < 0:
        raise InputError(
            f"{found['l']!r} is the letter of no orbital momentum: they are {', '.join(LETTERS)}, then [21], [22], ..."
        )
    for name in ("F", "m"):
        if found[name] and "/" in found[name]:
            raise InputError(f"{name} = {found[name]} in {text!r}: with a nuclear spin of one half F and m are integers")
    return State(
        int(found["n"]),
        l,
        Fraction(int(found["j"]), 2),
        int(found["F"]) if found["F"] else None,
        int(found["m"]) if found["m"] else None,
    )


def states(low: int, high: int, *, l: int | None = None) -> Iterator[State]:
    """Yield the hyperfine states (m open) with ``low`` <= n <= ``high``, in the order of n, l, j and F.

    Raises:
        InputError: not 1 <= low <= high <= 1000.
    """
    if not (type(low) is type(high) is int and 1 <= low <= high <= LARGEST_N):
        raise InputError(f"a range of n needs 1 <= low <= high <= {LARGEST_N}: got {low}..{high}")
    for n in range(low, high + 1):
        for orbital in range(n) if l is None else [l] * (l < n):
            for j in (Fraction(2 * orbital - 1, 2), Fraction(2 * orbital + 1, 2)):
                if j > 0:
                    yield from (State(n, orbital, j, F) for F in hyperfine_levels(j))
