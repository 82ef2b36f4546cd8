"""Tables of R = Im(E1_PV/M1) over all magnetic dipole transitions of a range of n, as CSV, LaTeX or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

from nuforce_sym.atom.rotation import Rotation, optical_rotation
from nuforce_sym.atom.state import State, states
from nuforce_sym.atom.system import Atom, hydrogen
from nuforce_sym.errors import InputError

FORMATS = ("csv", "latex", "json")
SMALLEST_L = 3
"""Below it the states mix with P or S states, and the force of two neutrinos diverges at the nucleus."""
LARGEST_N = 30
_HEAD = ("from", "to", "Re(E1_PV/M1)", "R", "R/c", "gap/eV", "M1")


def transitions(low: int, high: int, *, atom: Atom | None = None) -> Iterator[tuple[State, State]]:
    """Yield the pairs of one n and l >= 3 that M1 connects, the lower j first, then the lower F.

    Raises:
        InputError: not 4 <= low <= high <= 30.
    """
    atom = atom or hydrogen()
    if not 4 <= low <= high <= LARGEST_N:
        raise InputError(
            f"R needs l >= {SMALLEST_L}, hence n >= 4, and a table is limited to n <= {LARGEST_N}: got {low}..{high}"
        )
    shells: dict[tuple[int, int], list[State]] = {}
    for s in states(low, high):
        if s.l >= SMALLEST_L:
            found = s if atom.spin else State(s.n, s.l, s.j)
            shell = shells.setdefault((s.n, s.l), [])
            if found not in shell:
                shell.append(found)
    for shell in shells.values():
        for one, two in combinations(shell, 2):
            if one.F is None or two.F is None or abs(one.F - two.F) <= 1:
                yield one, two


def rotations(
    low: int,
    high: int,
    *,
    atom: Atom | None = None,
    progress: Callable[[str], None] = lambda _: None,
    **choices: Any,
) -> Iterator[Rotation]:
    """Yield R for every transition of `transitions`; ``choices`` are those of `optical_rotation`, whose errors it raises."""
    for done, (one, two) in enumerate(transitions(low, high, atom=atom), 1):
        yield optical_rotation(one, two, atom=atom, **choices)
        progress(f"n = {one.n} of {high}: {done} transitions")


def render(found: Iterable[Rotation], form: str) -> Iterator[str]:
    """Yield the lines of a table as ``form``: csv, latex or json.

    Raises:
        InputError: the format is unknown.
    """
    if form not in FORMATS:
        raise InputError(f"no format {form!r}; known: {', '.join(FORMATS)}")
    if form == "latex":
        yield r"\begin{tabular}{llll}"
        yield r"$A$ & $B$ & $R$ & $R/c$ \\ \hline"
        for r in found:
            yield rf"${r.lower.latex}$ & ${r.upper.latex}$ & ${_tex(float(r.R))}$ & ${_tex(float(r.over_c))}$ \\"
        yield r"\end{tabular}"
        return
    rows = map(_cells, found)
    if form == "json":
        yield json.dumps([dict(zip(_HEAD, row, strict=True)) for row in rows])
        return
    for cells in (_HEAD, *rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        yield line.getvalue()


def _cells(r: Rotation) -> tuple[str, str, float, float, float, float | None, float]:
    shell = [s for s in r.shares if s.state is not None]
    gap = float(max(shell, key=lambda s: abs(s.ratio)).gap.real) if shell else None
    return str(r.lower), str(r.upper), float(r.ratio.real), float(r.R), float(r.over_c), gap, float(r.moment)


def _tex(value: float) -> str:
    mantissa, _, exponent = f"{value:.4e}".partition("e")
    return rf"{mantissa}\times10^{{{int(exponent)}}}"
