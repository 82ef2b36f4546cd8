"""The verbs of forces in a medium: the experiments' table and figure, and long scans of a kernel."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.verbs import background, numeric_kernel
from nuforce_sym.verbs.terminal import Verb, listener, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.medium.compare import Potentials, Setup
    from nuforce_sym.medium.materials import Body

_CHANGES = ("power", "distance", "energy_per_fission", "per_fission", "energy")


def add(verb: Verb) -> None:
    """Declare the verbs."""
    background.add(verb)
    numeric_kernel.add(verb)
    compare = verb("compare-experiments", _compare, "compare neutrino forces with gravity where experiments test it")
    compare.add_argument("--bodies", metavar="A,B", help="two bodies, such as neutron,Cu; two neutrons if not given")
    compare.add_argument("--angle", metavar="ANGLE", default="0 rad", help="between flux and separation: '0.1 rad', '3 deg'")
    compare.add_argument("--response", choices=("symmetric", "retarded"), default="symmetric", help="of the flux")
    for name in _CHANGES:
        option = f"--reactor-{name.replace('_', '-')}"
        compare.add_argument(option, metavar="QUANTITY", help=f"the reactor's {name.replace('_', ' ')}, with its unit")
    compare.add_argument("--relative-size", metavar="X", type=float, help="bodies' width over distance, 0.1 if not given")
    compare.add_argument("--source-angle", metavar="ANGLE", help="width of the source from the bodies, 0.15 rad if not given")
    compare.add_argument("--force", action="store_true", help="compare forces, -dV/dr, in place of potentials; at angle 0")
    compare.add_argument("--test-bodies", metavar="A,B", help="the Eotvos parameter of two bodies, such as Be,Ti")
    compare.add_argument("--attractor", metavar="BODY", help="what the test bodies fall to, Pb if not given")
    compare.add_argument("--csv", metavar="FILE", type=Path, help="write the table to this file")
    compare.add_argument("--figure", metavar="FILE", type=Path, help="draw it: .png, .svg, .pdf, or .html to look around in")
    scan = verb("scan", _scan, "evaluate a kernel on a grid, in pieces; what was interrupted resumes")
    scan.add_argument("kernel", metavar="KERNEL")
    scan.add_argument(
        "--grid", metavar="NAME=LOW:HIGH:COUNT[:log|lin]", action="append", default=[], help="an axis: r=1um:1km:1000"
    )
    scan.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a fixed argument: E_nu=2MeV")
    scan.add_argument("--store", metavar="DIR", type=Path, default=Path(".nuforce-scan"), help="where the pieces are kept")
    scan.add_argument("--csv", metavar="FILE", type=Path, help="write the points and values, in powers of GeV, to this file")


def _compare(options: argparse.Namespace) -> int:
    from nuforce_sym.medium import figure
    from nuforce_sym.medium.compare import columns

    setup, potentials = _setup(options), potentials_of(options.response)
    for target in (options.csv, options.figure):
        _check_folder(target)
    rows = columns(_rows(options, setup, potentials))
    if options.csv:
        _write_csv(options.csv, list(rows[0]), [list(row.values()) for row in rows])
    if options.figure:
        figure.draw(potentials, setup, options.figure)
    if options.json:
        print_json({"setup": _describe(setup, options.response), "rows": rows})
    else:
        print_text(_text(rows, setup, options.response))
    return 0


def _rows(options: argparse.Namespace, setup: Setup, potentials: Potentials) -> list[Any]:
    from nuforce_sym.errors import InputError
    from nuforce_sym.medium.compare import differential_row, force_row, table
    from nuforce_sym.medium.experiments import experiments

    if options.attractor is not None and not options.test_bodies:
        raise InputError("--attractor is what test bodies fall to: name them with --test-bodies A,B, or leave it out")
    if options.test_bodies and options.bodies is not None:
        raise InputError("--bodies says nothing about an Eotvos parameter: --test-bodies fall to --attractor; leave it out")
    for name in ("relative_size", "source_angle"):
        if getattr(options, name) is not None and (options.force or options.test_bodies):
            flag = f"--{name.replace('_', '-')}"
            raise InputError(f"{flag} is for the table of potentials: leave it out, or --force and --test-bodies")
    if options.figure and (options.force or options.test_bodies):
        raise InputError("--figure draws potentials: leave it out, or --force and --test-bodies")
    if options.test_bodies and options.force:
        raise InputError("--force and --test-bodies are two tables: ask for one of them")
    if options.force:
        if setup.alpha != 0 or options.response != "symmetric":
            raise InputError("--force is the symmetric response along the flux: leave out --angle and --response")
        return [force_row(potentials, setup, it) for it in experiments().values()]
    if options.test_bodies:
        tests, attractor = _bodies(options.test_bodies, "--test-bodies"), _body(options.attractor or "Pb")
        return [differential_row(potentials, setup, it, tests, attractor) for it in experiments().values() if it.kind == "WEP"]
    return list(table(potentials, setup))


def _body(name: str) -> Body:
    from nuforce_sym.medium.materials import body

    return body(name.strip())


def _bodies(text: str, option: str) -> tuple[Body, Body]:
    from nuforce_sym.errors import InputError

    names = text.split(",")
    if len(names) != 2:
        raise InputError(f"{option} names two bodies, such as neutron,Cu; got {text!r}")
    return _body(names[0]), _body(names[1])


def _setup(options: argparse.Namespace) -> Setup:
    from nuforce_sym.medium import fluxes
    from nuforce_sym.medium.compare import Setup
    from nuforce_sym.medium.half_angle import angle

    changes = {name: value for name in _CHANGES if (value := getattr(options, f"reactor_{name}")) is not None}
    return Setup(
        *_bodies(options.bodies or "neutron,neutron", "--bodies"),
        fluxes.reactor(**changes),
        alpha=angle(options.angle),
        relative_size=0.1 if options.relative_size is None else options.relative_size,
        source_angle=angle(options.source_angle or "0.15 rad"),
    )


def potentials_of(response: str) -> Potentials:
    """Return the derived potentials as functions, with the "symmetric" or the "retarded" response of a flux."""
    from nuforce_sym.medium.compare import Potentials
    from nuforce_sym.scan import kernel_function

    return Potentials(
        vacuum=kernel_function("two_neutrino"),
        beam=kernel_function("directional_flux" if response == "symmetric" else "directional_flux_retarded"),
        cosmic=kernel_function("thermal_gas"),
        finite_size=kernel_function("finite_size_factor"),
        vacuum_force=kernel_function("two_neutrino_force"),
        beam_force=kernel_function("directional_flux_force"),
    )


def _describe(setup: Setup, response: str) -> dict[str, Any]:
    return {
        "bodies": [setup.first.name, setup.second.name],
        "angle_rad": setup.alpha,
        "response": response,
        "reactor_flux_per_cm2_s": setup.reactor.flux,
        "reactor_energy_GeV": setup.reactor.energy,
        "relative_size": setup.relative_size,
        "source_angle_rad": setup.source_angle,
    }


_HEADS = {
    "experiment": ("experiment", "{:<16}"),
    "kind": ("", "{:<4}"),
    "distance_m": ("r / m", "{:>9.3g}"),
    "sensitivity": ("sensitivity", "{:>12.1e}"),
    "vacuum_3_flavours": ("vacuum", "{:>11.3e}"),
    "vacuum_unit_charge": ("unit charge", "{:>12.3e}"),
    "reactor": ("reactor", "{:>11.3e}"),
    "reactor_largest": ("at most", "{:>11.3e}"),
    "solar": ("solar", "{:>11.3e}"),
    "supernova": ("supernova", "{:>11.3e}"),
    "cosmic": ("cosmic", "{:>11.3e}"),
    "reactor_bodies_with_width": ("wide bodies", "{:>12.2e}"),
    "reactor_source_with_width": ("wide source", "{:>12.2e}"),
    "coherence_angle_rad": ("angle / rad", "{:>12.1e}"),
}


def _text(rows: list[Mapping[str, Any]], setup: Setup, response: str) -> str:
    names = [name for name in rows[0] if name in _HEADS]
    head = "".join(_aligned(*_HEADS[name]) for name in names)
    lines = ["".join(_HEADS[name][1].format(row[name]) for name in names) for row in rows]
    flux = f"{setup.reactor.flux:.3e}/(cm^2 s) of {setup.reactor.energy * 1e3:g} MeV"
    fluxes = f"reactor: {flux}. Fluxes: {response} response at {setup.alpha:g} rad, bodies that are points, one energy."
    bodies = f"{setup.first.name} and {setup.second.name}"
    if "kind" in names:
        notes = f"""
|V/V_gravity| of {bodies}. vacuum: three massless flavours; unit charge: one flavour, charges of one.
{fluxes}
wide bodies: the reactor's with a width of {setup.relative_size:g} r across the flux; wide source: one of
{setup.source_angle:g} rad. angle: the largest at which the reactor's energies, spread by 1 MeV, stay in phase.
{_uncertainties(rows)}"""
    elif "reactor_largest" in names:
        notes = f"""
|F/F_gravity| of {bodies}, F = -dV/dr. vacuum: three massless flavours.
{fluxes}
The reactor's force goes with 1 - cos 2Er: at most twice V/V_gravity, and none a quarter of a wavelength away."""
    else:
        notes = f"""
Eotvos parameters 2 (a_1 - a_2)/(a_1 + a_2), by the charges of electron neutrinos.
{fluxes}"""
    return "\n".join([head, *lines, notes])


def _uncertainties(rows: list[Mapping[str, Any]]) -> str:
    from nuforce_sym.medium import fluxes

    lines = []
    sources = {"reactor": "reactor", "solar": "solar_pp", "supernova": "supernova", "cosmic": "cosmic"}
    for name, data in sources.items():
        parts = [row[f"{name}_uncertainty"] / row[name] for row in rows if row[f"{name}_uncertainty"] is not None]
        whence = fluxes.source(data)["temperature" if name == "cosmic" else "flux"].source if parts else ""
        low, high = (f"{100 * f(parts):.2g}" for f in (min, max)) if parts else ("", "")
        between = low if low == high else f"{low} to {high}"
        lines.append(f"{name} {between}% ({whence})" if parts else f"{name} not known (representative values)")
    return "Standard uncertainty by the flux, or the cosmic temperature: " + "; ".join(lines) + "."


def _aligned(title: str, form: str) -> str:
    width = int("".join(c for c in form.partition(".")[0] if c.isdigit()))
    return f"{title:<{width}}" if "<" in form else f"{title:>{width}}"


def _check_folder(target: Path | None) -> None:
    from nuforce_sym.errors import InputError

    if target is not None and (target.is_dir() or not target.absolute().parent.is_dir()):
        raise InputError(f"{target} must be a file in a folder that exists")


def _write_csv(target: Path, head: list[str], rows: list[list[Any]]) -> None:
    import csv
    import io

    from nuforce_sym.store import write_atomically

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_atomically(target.absolute(), text.getvalue())


def _scan(options: argparse.Namespace) -> int:
    from nuforce_sym.errors import InputError
    from nuforce_sym.scan import scan
    from nuforce_sym.scan_request import axis, fixed_value

    axes = [axis(text) for text in options.grid]
    fixed: dict[str, float] = {}
    for name, value in map(fixed_value, options.set):
        if name in fixed:
            raise InputError(f"{name} is set twice: give it one value")
        fixed[name] = value
    _check_folder(options.csv)
    done = scan(options.kernel, axes, fixed, folder=options.store, listener=listener(options))
    if sys.stderr.isatty() and not options.json:
        sys.stderr.write("\n")
    if options.csv:
        import numpy as np

        mesh = np.meshgrid(*(a.values for a in axes), indexing="ij")
        columns = [*(m.ravel() for m in mesh), done.values.ravel()]
        rows = [[repr(float(v)) for v in row] for row in zip(*columns, strict=True)]
        _write_csv(options.csv, [*(a.name for a in axes), done.kernel], rows)
    summary = {
        "kernel": done.kernel,
        "points": int(done.values.size),
        "pieces": done.pieces,
        "resumed": done.resumed,
        "smallest": float(done.values.min()),
        "largest": float(done.values.max()),
        "proved_bound": done.bound,
        "store": str(options.store),
        "csv": str(options.csv) if options.csv else None,
    }
    if options.json:
        print_json(summary)
    else:
        print_text("\n".join(f"{name:<14}{value}" for name, value in summary.items()))
    return 0
