r"""Plots of potentials, through sympy-plot-backends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError
from nuforce_sym.potential.potential import Potential
from nuforce_sym.symbols import symbol
from nuforce_sym.units import from_natural, to_natural

NEGLIGIBLE = 1e-30
"""The part of gravity below which a curve is not drawn any further."""
FORMATS = (".png", ".svg", ".pdf", ".html")


def plotting() -> Any:
    """Return the module ``spb`` of sympy-plot-backends.

    Raises:
        InputError: it is not installed.
    """
    try:
        import spb
    except ImportError:
        raise InputError("plots need sympy-plot-backends: pip install 'nuforce-sym[plot]'") from None
    return spb


def plot_potential(
    potential: Potential,
    path: Path,
    values: Mapping[str, float],
    *,
    distances: tuple[float, float] | None = None,
    points: int = 200,
) -> None:
    r"""Draw |V(r)| of every radial function without an operator, log-log, against gravity between the two fermions.

    Args:
        potential: what is drawn; terms with momentum operators and contact terms are left out.
        path: a .png, .svg, .pdf or, interactive with plotly, .html file.
        values: numbers in powers of GeV for the symbols, by name; masses m_1 and m_2 default to the neutron's.
        distances: the range of r in GeV^-1, 1 nm to 1 mm by default.
        points: on the curve.

    Raises:
        InputError: a number is missing or out of range, the format is unknown, the folder does not exist, or a package is
            missing.
    """
    if path.suffix not in FORMATS or path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"{path} must be a {', '.join(FORMATS)} file in a folder that exists")
    spb = plotting()
    neutron = float(constant("m_n")) / 1e3
    given = {"m_1": neutron, "m_2": neutron, **values}
    low, high = distances or (to_natural(1, "nm"), to_natural(1, "mm"))
    if not (0 < low < high < np.inf and points >= 2):
        raise InputError(
            f"a curve needs two distances, positive and in order, and two points at least; got {low}, {high}, {points}"
        )
    if wrong := [f"{n} = {v}" for n, v in given.items() if not np.isfinite(v) or (symbol(n).is_positive and v <= 0)]:
        raise InputError(f"{', '.join(wrong)}: it must be a finite number, and positive where its symbol is")
    r = np.geomspace(low, high, points)
    micrometres = from_natural(1, "um") * r
    gravity = float(constant("G_N")) * given["m_1"] * given["m_2"] / r
    curves = []
    for term in potential.terms:
        if term.operators or term.is_contact:
            continue
        missing = sorted(s.name for s in term.radial.free_symbols if s.name not in (*given, "r"))
        if missing:
            raise InputError(f"a plot needs numbers for {', '.join(missing)}")
        function = sp.lambdify(symbol("r"), term.radial.subs({symbol(n): v for n, v in given.items()}), ["scipy", "numpy"])
        with np.errstate(under="ignore"):
            size = np.abs(function(r)) * from_natural(1, "eV")
        # beyond this a curve only stretches the axis
        shown = size > NEGLIGIBLE * gravity * from_natural(1, "eV")
        if not shown.any():
            raise InputError(f"{term.name} is below {NEGLIGIBLE:g} of gravity at all these distances: there is nothing to draw")
        name = "V" if term.structure == 1 else "V: " + sp.latex(term.structure)
        curves.append(spb.list_2d(list(micrometres[shown]), list(size[shown]), label=f"${name}$"))
    if not curves:
        raise InputError("the potential has no term without a momentum operator: there is nothing to draw against gravity")
    own_gravity = "gravity" if {"m_1", "m_2"} & set(values) else "gravity of two neutrons"
    curves.append(
        spb.list_2d(
            list(micrometres),
            list(gravity * from_natural(1, "eV")),
            label=own_gravity,
            rendering_kw=_dashed(path.suffix == ".html"),
        )
    )
    backend = spb.PB if path.suffix == ".html" else spb.MB
    settings = {} if path.suffix == ".html" else {"size": (4.4, 3.3)}
    plot = spb.graphics(
        *curves,
        xscale="log",
        yscale="log",
        xlabel=r"$r\ [\mu\mathrm{m}]$" if path.suffix != ".html" else "r [μm]",
        ylabel=r"$|V|\ [\mathrm{eV}]$" if path.suffix != ".html" else "|V| [eV]",
        legend=True,
        grid=True,
        backend=backend,
        show=False,
        **settings,
    )
    if path.suffix == ".html":
        plot.fig.write_html(str(path), include_plotlyjs=True)
    else:
        plot.fig.savefig(path, bbox_inches="tight", dpi=200)


def _dashed(plotly: bool) -> dict[str, Any]:
    return {"line_dash": "dash", "line_color": "gray"} if plotly else {"linestyle": "--", "color": "gray"}
