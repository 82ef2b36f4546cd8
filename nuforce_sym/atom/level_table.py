"""Tables of levels, and the comparison with measured intervals."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import mpmath as mp

from nuforce_sym.atom.levels import TERMS, Level, level, megahertz
from nuforce_sym.atom.state import State, state, states
from nuforce_sym.atom.system import DIGITS, Atom, hydrogen
from nuforce_sym.atom.widths import lifetime, width
from nuforce_sym.errors import InputError, NotDerivable


@dataclass(frozen=True)
class Row:
    """A level with its width in eV, its lifetime in s, and the terms that could not be had, with the reason."""

    level: Level
    width: mp.mpf
    lifetime: mp.mpf
    missing: tuple[tuple[str, str], ...]


def level_table(n: int, *, atom: Atom | None = None, terms: Sequence[str] = TERMS) -> tuple[Row, ...]:
    """Return every level of one n; a term that does not exist for a level is listed in ``missing`` and left out.

    Raises:
        InputError: n is no principal quantum number from 1 to 30, or a term is unknown.
    """
    if not (type(n) is int and 1 <= n <= 30):
        raise InputError(f"a table of levels needs n from 1 to 30: got {n!r}")
    atom = atom or hydrogen()
    return tuple(_row(s, atom, terms) for s in _states(n, atom))


def _states(n: int, atom: Atom) -> Iterator[State]:
    seen = set()
    for s in states(n, n):
        found = s if atom.spin else State(s.n, s.l, s.j)
        if found not in seen:
            seen.add(found)
            yield found


def _row(s: State, atom: Atom, terms: Sequence[str]) -> Row:
    found: list[tuple[str, mp.mpf]] = []
    missing: list[tuple[str, str]] = []
    for term in TERMS:
        if term not in terms:
            continue
        try:
            found += level(s, atom=atom, terms=[term]).terms
        except NotDerivable as reason:
            missing.append((term, str(reason)))
    level(s, atom=atom, terms=[t for t in terms if t not in TERMS])  # refuses unknown names
    return Row(Level(s, tuple(found)), width(s.n, s.l, atom=atom), lifetime(s.n, s.l, atom=atom), tuple(missing))


@dataclass(frozen=True)
class Interval:
    """A measured interval of hydrogen and what the terms of the energy give for it, in MHz.

    ``seen`` says where else the number was seen printed: the source that is named was not at hand.
    """

    name: str
    measured: str
    uncertainty: str
    source: str
    seen: str
    computed: mp.mpf
    terms: tuple[str, ...]


@cache
def _measured() -> Mapping[str, Any]:
    text = files("nuforce_sym.data").joinpath("measured_levels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def measured_intervals() -> tuple[Interval, ...]:
    """Return the measured intervals of hydrogen beside the computed ones, with all terms that both levels have."""
    found = []
    for name, entry in _measured().items():
        upper, lower = (_row_of(entry[key]) for key in ("upper", "lower"))
        shared = [t for t in TERMS if t in dict(upper.terms) and t in dict(lower.terms)]
        with mp.workdps(DIGITS):
            gap = mp.fsum(dict(upper.terms)[t] - dict(lower.terms)[t] for t in shared)
        used = tuple(t for t in shared if dict(upper.terms)[t] != dict(lower.terms)[t])
        measured, uncertainty, source, seen = (entry[key] for key in ("value", "uncertainty", "source", "seen"))
        found.append(Interval(name, measured, uncertainty, source, seen, megahertz(gap), used))
    return tuple(found)


def _row_of(text: str) -> Level:
    return _row(state(text), hydrogen(), TERMS).level
