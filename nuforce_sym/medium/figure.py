"""The figure of neutrino forces against gravity from a micrometre to the Earth's radius, with what experiments can see.

Drawn with sympy-plot-backends: matplotlib for PNG, SVG and PDF in the width of a paper's column, plotly for HTML.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from nuforce_sym.errors import InputError
from nuforce_sym.medium import fluxes
from nuforce_sym.medium.compare import (
    EARTH_RADIUS,
    MICROMETRE,
    Potentials,
    Setup,
    beam_ratio,
    cosmic_ratio,
    vacuum_ratio,
)
from nuforce_sym.medium.experiments import experiments
from nuforce_sym.units import from_natural

SUFFIXES = (".png", ".svg", ".pdf", ".html")
COLUMN_INCHES = (3.4, 3.3)
LOWEST, HIGHEST = 1e-36, 1e8
X_LABEL = "distance r / m"
_STYLE: Any = {
    "font.size": 7,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.2,
    "svg.hashsalt": "nuforce",
    "pdf.fonttype": 42,
}
_COLOURS = ("#000000", "#7f7f7f", "#e69f00", "#0072b2", "#0072b2", "#cc79a7")
# Names stand beside their points, where they cover no other point and no line: (horizontal, vertical) shift in points.
_SHIFTS = {
    "Washington2007": (3, 15, "right"),
    "Washington1999": (5, -3, "left"),
    "Irvine1985a": (0, -9, "center"),
    "Irvine1985b": (5, -1, "left"),
    "Wuhan2012": (2, 4, "left"),
    "Wuhan2020": (0, -9, "center"),
    "Washington2020": (5, 1, "left"),
    "Levitated": (5, 2, "left"),
}


_SIDES = {
    "Levitated": "middle right",
    "Wuhan2020": "bottom center",
    "Wuhan2012": "middle right",
    "Irvine1985a": "bottom center",
    "Irvine1985b": "middle right",
    "Washington2007": "top left",
}
Array = np.ndarray[Any, np.dtype[np.float64]]


def curves(potentials: Potentials, setup: Setup, count: int = 200) -> tuple[Array, dict[str, Array]]:
    """Return the distances in metres, and |V/V_gravity| of every curve by its label.

    At an angle to the flux the force turns faster than a figure can show: the largest value up to the next distance is drawn.
    """
    r = np.geomspace(MICROMETRE, EARTH_RADIUS, count)
    nuclear = setup.reactor

    def reactor(R: float) -> float:
        return beam_ratio(potentials, setup, [nuclear], R)

    def wide(R: float) -> float:
        return reactor(R) * potentials.finite_size(R, nuclear.energy, setup.relative_size * R)

    lines: dict[str, Callable[[float], float]] = {
        "vacuum, three flavours": lambda R: vacuum_ratio(potentials, setup.first, setup.second, R),
        "cosmic background": lambda R: cosmic_ratio(potentials, setup, R),
        "solar": lambda R: beam_ratio(potentials, setup, fluxes.solar(), R),
        "reactor": reactor,
        f"reactor, bodies {setup.relative_size:g} r wide": wide,
        "supernova": lambda R: beam_ratio(potentials, setup, [fluxes.supernova()], R),
    }
    between = np.geomspace(1.0, float(r[1] / r[0]), 13)[:-1] if setup.alpha > 0 and count > 1 else np.array([1.0])
    found = {label: np.array([max(line(float(R * step)) for step in between) for R in r]) for label, line in lines.items()}
    return np.array([from_natural(float(R), "m") for R in r]), found


def draw(potentials: Potentials, setup: Setup, target: Path, count: int = 200) -> Path:
    """Write the figure to a .png, .svg, .pdf or .html file, and return its path.

    Raises:
        InputError: the suffix is another one, the folder does not exist, or a plotting package is missing.
    """
    if target.suffix not in SUFFIXES or target.is_dir() or not target.absolute().parent.is_dir():
        raise InputError(f"{target} must end in one of {', '.join(SUFFIXES)} and lie in a folder that exists")
    x, found = curves(potentials, setup, count)
    if target.suffix == ".html":
        _interactive(x, found, target, setup)
    else:
        _paper(x, found, target, setup)
    return target


def _spb() -> Any:
    try:
        import spb
    except ImportError as error:
        raise InputError(f"figures need the extra 'plot' ({error}): pip install 'nuforce-sym[plot]'") from None
    return spb


def _series(x: Array, found: dict[str, Array], styles: list[dict[str, Any]]) -> list[Any]:
    series: list[Any] = []
    for (label, y), style in zip(found.items(), styles, strict=True):
        seen = (y >= LOWEST / 10) & np.isfinite(y)
        series += _spb().list_2d(list(x[seen]), list(y[seen]), label=label, rendering_kw=style)
    return series


def _title(setup: Setup) -> str:
    upper = ", upper envelope" if setup.alpha > 0 else ""
    return f"fluxes at {setup.alpha:.3g} rad to the separation{upper}"


def _y_label(setup: Setup, ratio: str) -> str:
    return f"{ratio} of {setup.first.name} and {setup.second.name}"


def _paper(x: Array, found: dict[str, Array], target: Path, setup: Setup) -> None:
    spb = _spb()
    import matplotlib as mpl
    from matplotlib import pyplot

    dashes = ("-", "-.", "-", "-", "--", ":")
    styles = [{"color": c, "linestyle": d} for c, d in zip(_COLOURS, dashes, strict=True)]
    with mpl.rc_context(_STYLE):
        series = _series(x, found, styles)
        for kind, marker, label in (("WEP", "s", "tests of equivalence"), ("ISL", "v", "tests of 1/r$^2$")):
            points = [it for it in experiments().values() if it.kind == kind]
            series += spb.list_2d(
                [it.metres for it in points],
                [it.sensitivity for it in points],
                label=label,
                scatter=True,
                rendering_kw={"marker": marker, "color": "#d55e00", "markersize": 3.5, "linestyle": "none"},
            )
        plot = spb.graphics(
            *series,
            backend=spb.MB,
            show=False,
            xscale="log",
            yscale="log",
            xlabel=X_LABEL,
            ylabel=_y_label(setup, r"$|V/V_{\mathrm{gravity}}|$"),
            xlim=(5e-7, 2e7),
            ylim=(LOWEST, HIGHEST),
            size=COLUMN_INCHES,
            grid=False,
            legend=False,
        )
        figure = plot.fig
        (axes,) = figure.axes
        for it in experiments().values():
            right, up, side = _SHIFTS.get(it.name, (4, 4, "left"))
            # a name that stands further away is tied to its point
            tie = {"arrowstyle": "-", "linewidth": 0.4, "shrinkA": 0, "shrinkB": 2} if up > 10 else None
            axes.annotate(
                it.name,
                (it.metres, it.sensitivity),
                xytext=(right, up),
                textcoords="offset points",
                fontsize=5,
                ha=side,
                arrowprops=tie,
            )
        axes.tick_params(which="both", direction="in", top=True, right=True, labelsize=7)
        axes.xaxis.label.set_size(8)
        axes.yaxis.label.set_size(8)
        # Above the axes, so that it covers no line at any angle and for any bodies.
        axes.legend(
            title=_title(setup),
            title_fontsize=5.5,
            fontsize=5.5,
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            ncols=2,
            frameon=False,
            handlelength=2.4,
            alignment="left",
        )
        figure.savefig(target, dpi=300, bbox_inches="tight", pad_inches=0.03, metadata=_undated(target))
        pyplot.close(figure)


def _undated(target: Path) -> dict[str, Any]:
    """Leave dates out of the files, so that the same numbers give the same bytes."""
    return {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(target.suffix, {})


def _interactive(x: Array, found: dict[str, Array], target: Path, setup: Setup) -> None:
    spb = _spb()
    dashes = ("solid", "dashdot", "solid", "solid", "dash", "dot")
    styles = [{"line": {"color": c, "dash": d, "width": 2}} for c, d in zip(_COLOURS, dashes, strict=True)]
    points = list(experiments().values())
    try:
        plot = spb.graphics(
            *_series(x, found, styles),
            backend=spb.PB,
            show=False,
            xscale="log",
            yscale="log",
            xlabel=X_LABEL,
            ylabel=_y_label(setup, "|V/V_gravity|"),
            xlim=(5e-7, 2e7),
            ylim=(LOWEST, HIGHEST),
            legend=True,
        )
        figure = plot.fig
    except ImportError as error:
        raise InputError(f"interactive figures need plotly ({error}): pip install plotly") from None
    for trace, style in zip(figure.data, styles, strict=True):
        trace.update(style)
    figure.add_scatter(
        x=[it.metres for it in points],
        y=[it.sensitivity for it in points],
        mode="markers+text",
        text=[it.name for it in points],
        textposition=[_SIDES.get(it.name, "top center") for it in points],
        cliponaxis=False,
        hovertext=[f"{it.name} ({it.kind}), {it.range}" for it in points],
        marker={"color": "#d55e00", "symbol": "square"},
        name="sensitivity of experiments",
    )
    title = _title(setup)
    figure.update_layout(
        xaxis={"exponentformat": "power", "dtick": 2, "range": [math.log10(5e-7), math.log10(2e7)]},
        yaxis={"exponentformat": "power", "dtick": 5, "range": [math.log10(LOWEST), math.log10(HIGHEST)]},
        legend={"title": {"text": title}},
    )
    figure.write_html(target, include_plotlyjs=True, div_id="nuforce")
