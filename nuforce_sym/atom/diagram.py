"""A level diagram: one column per l and j, hyperfine splitting drawn to its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from pathlib import Path
from typing import Any

from nuforce_sym.atom.level_table import Row
from nuforce_sym.atom.levels import megahertz
from nuforce_sym.atom.state import orbital_letter
from nuforce_sym.errors import InputError

SUFFIXES = (".png", ".pdf", ".svg")
COLUMN = 0.36
"""Inches for the column of a level, wide enough for its label."""
UPRIGHT = 12
"""Columns up to which their names are written horizontally."""


def level_diagram(rows: Sequence[Row], path: Path, *, title: str) -> None:
    """Draw the levels of one n and write the picture to ``path``.

    The left panel shows fine structure by l; in the right panel each level's hyperfine components are drawn around its
    centre, in MHz. It needs the optional packages of ``nuforce-sym[plot]``.

    Raises:
        InputError: the suffix is not .png, .pdf or .svg, the folder does not exist, or the plotting packages are missing.
    """
    if path.suffix not in SUFFIXES or path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"{path} must end in {', '.join(SUFFIXES)} and lie in a folder that exists")
    try:
        import matplotlib as mpl
        import spb
    except ImportError:
        raise InputError("a plot needs matplotlib and sympy-plot-backends: pip install 'nuforce-sym[plot]'") from None
    mpl.use("Agg")
    levels = _centres(rows)
    fine = [_bar(spb, x, value) for (x, _, value, _) in levels]
    sizes = [abs(value) for *_, parts in levels for _, value in parts if value]
    split = [_bar(spb, x, value) for (x, _, _, parts) in levels for (_, value) in parts if sizes]
    panels = [sum(series[1:], series[0]) for series in (fine, split) if series]  # a nucleus of spin 0 splits no level
    columns = len(levels)
    size = (max(5.5, COLUMN * columns + 1) * len(panels), 4.6)
    grid = spb.plotgrid(*panels, nr=1, nc=len(panels), size=size, show=False)
    headings = (("MHz above the lowest", f"{title}: without hyperfine structure" if split else title),
                ("MHz from the centre", "hyperfine structure"))  # fmt: skip
    fine_axes, split_axes = grid.fig.axes[0], grid.fig.axes[-1]
    for axes, (ylabel, heading) in zip(grid.fig.axes, headings, strict=False):
        axes.set_title(heading)
        axes.set_ylabel(ylabel)
        axes.set_xlabel("")
        axes.set_xticks([x for x, *_ in levels], [name for _, name, *_ in levels], rotation=90 if columns > UPRIGHT else 0)
        axes.set_xlim(-0.6, columns - 0.4)
        axes.grid(visible=False)
    if sizes:
        _hyperfine(split_axes, levels, sizes)
    if any(name.endswith("*") for _, name, *_ in levels):
        fine_axes.set_xlabel("* without its Lamb shift", fontsize=8)
    grid.fig.tight_layout()
    grid.fig.savefig(path, dpi=150)


def _hyperfine(axes: Any, levels: Sequence[tuple[int, str, float, list[tuple[str, float]]]], sizes: Sequence[float]) -> None:
    """Scale the panel of hyperfine structure so that the smallest shift is seen, and label the components outwards."""
    axes.set_yscale("symlog", linthresh=10 ** floor(log10(min(sizes))), linscale=0.5)
    axes.set_ylim(-2.5 * max(sizes), 2.5 * max(sizes))
    for x, _, _, parts in levels:
        for label, value in parts:
            up = value > 0
            axes.annotate(
                label, (x, value), xytext=(0, 3 if up else -3), textcoords="offset points", fontsize=7,
                ha="center", va="bottom" if up else "top",
            )  # fmt: skip


def _centres(rows: Sequence[Row]) -> list[tuple[int, str, float, list[tuple[str, float]]]]:
    """Return (column, name, centre in MHz, [(F, offset in MHz)]) of every level without hyperfine structure."""
    grouped: dict[tuple[int, Any], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row.level.state.l, row.level.state.j), []).append(row)
    found = []
    for x, ((l, j), members) in enumerate(grouped.items()):
        parts = []
        for row in members:
            terms = dict(row.level.terms)
            offset = float(megahertz(terms.get("hyperfine", 0) + terms.get("anomaly", 0)))
            if row.level.state.F is not None:
                parts.append((f"F={row.level.state.F}", offset))
        first = dict(members[0].level.terms)
        lacking = any(term == "lamb" for term, _ in members[0].missing)
        centre = sum(float(megahertz(first[t])) for t in ("fine", "lamb", "vacuum polarization", "dirac") if t in first)
        found.append((x, f"${members[0].level.state.n}{orbital_letter(l)}_{{{j.numerator}/2}}${'*' * lacking}", centre, parts))
    lowest = min(centre for _, _, centre, _ in found)
    return [(x, name, centre - lowest, parts) for x, name, centre, parts in found]


def _bar(spb: Any, x: int, value: float) -> Any:
    return spb.plot_list(
        [x - 0.33, x + 0.33], [value, value], show=False, legend=False, rendering_kw={"color": "C0", "linewidth": 1.6}
    )
