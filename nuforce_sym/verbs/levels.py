"""The verbs of levels and optical rotation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.errors import InputError
from nuforce_sym.verbs.terminal import Verb, listener, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.atom.budget import Line
    from nuforce_sym.atom.rotation import Rotation
    from nuforce_sym.atom.system import Atom

_NUMBERS = {"mixing": "|U_ei|^2 of one mass eigenstate; the sum over all three if left out", "m-nu": "neutrino mass in eV"}
_OFF = {
    "electron-term": "b_e a_N sigma_e.p",
    "other-states": "states of other n and the continuum",
    "anomaly": "the lepton's anomalous moment in M1",
    "hyperfine-mixing": "hyperfine mixing of the two states in M1",
    "hyperfine-mixing-e1": "hyperfine mixing of the states in E1",
    "reduced-mass": "the reduced mass in V and E1",
}


def add(verb: Verb) -> None:
    """Declare the verbs."""
    levels = verb("levels", _levels, "energies of one n, term by term, with widths and measured intervals")
    levels.add_argument("--n", type=int, default=2, metavar="N", help="principal quantum number, 2 if not given")
    levels.add_argument("--atom", default="hydrogen", help="hydrogen, muonium, 'muonic hydrogen', helium-4, 'Z=6 A=12', ...")
    levels.add_argument("--terms", default="all", help="'all', 'static', or terms separated by commas")
    levels.add_argument("--plot", type=Path, metavar="FILE", help="draw a level diagram to this .png, .pdf or .svg file")
    rotation = verb("rotation", _rotation, "R = Im(E1_PV/M1) of a transition, with every assumption a switch")
    rotation.add_argument("--from", dest="lower", metavar="STATE", help="such as '4F5/2, F=3'")
    rotation.add_argument("--to", dest="upper", metavar="STATE", help="such as '4F7/2, F=3'")
    rotation.add_argument("--atom", default="hydrogen", help="as for `nuforce levels`")
    rotation.add_argument(
        "--denominators",
        default="widths",
        help="gross, fine, hyperfine, lamb, widths (each with those before), or terms with commas",
    )
    rotation.add_argument("--operator", default="derived", help="derived, or the signs of the talk")
    rotation.add_argument("--axial", default="g_A/2", help="the proton's axial charge: g_A/2, or g_A as in the talk")
    rotation.add_argument("--s2", help="the weak mixing angle: a scheme's name or a number")
    rotation.add_argument("--kind", default="dirac", help="dirac or majorana neutrinos")
    rotation.add_argument("--sides", default="AB", help="mixing of the first state (A), of the second (B), or both")
    for name, text in _NUMBERS.items():
        rotation.add_argument(f"--{name}", type=float, help=text)
    for name, text in _OFF.items():
        rotation.add_argument(f"--no-{name}", action="store_true", help=f"leave out {text}")
    rotation.add_argument("--budget", action="store_true", help="print what each choice changes")
    rotation.add_argument("--refractivity", type=float, metavar="X", help="n - 1 of the vapour, for the angle of rotation")
    rotation.add_argument("--length", type=float, metavar="M", help="its length in m, for the angle of rotation")
    rotation.add_argument("--table", metavar="LOW..HIGH", help="a table of all transitions of a range of n instead of one")
    rotation.add_argument("--format", choices=("csv", "latex", "json"), help="form of a table, csv if not given")
    rotation.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a table to this file")


def _levels(options: argparse.Namespace) -> int:
    from nuforce_sym.atom.level_table import level_table, measured_intervals
    from nuforce_sym.atom.levels import STATIC, TERMS
    from nuforce_sym.atom.system import atom_named

    atom = atom_named(options.atom)
    terms = {"all": TERMS, "static": STATIC}.get(options.terms) or tuple(t.strip() for t in options.terms.split(","))
    rows = level_table(options.n, atom=atom, terms=terms)
    intervals = measured_intervals() if options.atom == "hydrogen" else ()
    if options.plot is not None:
        from nuforce_sym.atom.diagram import level_diagram

        level_diagram(rows, options.plot, title=f"{atom.name}, n = {options.n}")
    if options.json:
        print_json({
            "atom": atom.name,
            "levels": [_row_data(row) for row in rows],
            "measured": [{**vars(i), "computed": float(i.computed), "terms": list(i.terms)} for i in intervals],
            "plot": str(options.plot) if options.plot else None,
        })  # fmt: skip
        return 0
    _print_levels(rows, [t for t in TERMS if t in terms])
    for i in intervals:
        print_text(f"{i.name}: computed {float(i.computed):.4f} MHz, measured {i.measured} MHz ({i.source})")
    if options.plot:
        print_text(f"diagram: {options.plot}")
    return 0


def _row_data(row: Any) -> dict[str, Any]:
    return {
        "state": str(row.level.state),
        "energy_eV": float(row.level.energy),
        "terms_eV": {name: float(value) for name, value in row.level.terms},
        "width_eV": float(row.width),
        "lifetime_s": None if row.width == 0 else float(row.lifetime),
        "missing": dict(row.missing),
    }


def _print_levels(rows: Any, terms: list[str]) -> None:
    from nuforce_sym.atom.levels import megahertz

    small = [t for t in terms if t != "gross"]
    head = (
        f"{'state':<14}{'E/eV':>20}"
        + "".join(f"{t:>{max(14, len(t) + 2)}}" for t in small)
        + f"{'width':>12}{'lifetime/ns':>13}"
    )
    print_text(head + "   (terms and width in MHz)")
    for row in rows:
        found = dict(row.level.terms)
        cells = "".join(
            f" {_mhz(found[t]) if t in found else '-':>{max(13, len(t) + 1)}}" for t in small
        )  # fmt: skip
        life = "-" if row.width == 0 else f"{float(row.lifetime) * 1e9:.3f}"
        print_text(
            f"{row.level.state!s:<14}{float(row.level.energy):>20.13f}{cells} {float(megahertz(row.width)):>11.4f} {life:>12}"
        )
    for term in terms:
        reasons = [reason for row in rows for name, reason in row.missing if name == term]
        if reasons:
            more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
            print_text(f"- {term}: {reasons[0]}{more}")


def _mhz(value: Any) -> str:
    from nuforce_sym.atom.levels import megahertz

    number = float(megahertz(value))
    return "0" if number == 0 else f"{number:.6g}"


def _rotation(options: argparse.Namespace) -> int:
    from nuforce_sym.atom.budget import error_budget
    from nuforce_sym.atom.optics import requirement, rotation_angle
    from nuforce_sym.atom.rotation import DENOMINATORS, optical_rotation
    from nuforce_sym.atom.system import SCHEME, atom_named

    atom, s2 = atom_named(options.atom), SCHEME if options.s2 is None else options.s2
    named = options.denominators in DENOMINATORS or "," not in options.denominators
    gaps = options.denominators if named else tuple(t.strip() for t in options.denominators.split(","))
    choices = {
        "denominators": gaps, "operator": options.operator, "axial": options.axial, "s2": s2, "mixing": options.mixing,
        "kind": options.kind, "m_nu": options.m_nu or 0.0, "sides": options.sides,
        **{name.replace("-", "_"): not getattr(options, f"no_{name.replace('-', '_')}") for name in _OFF},
    }  # fmt: skip
    if options.table is not None:
        return _rotation_table(options, atom, choices)
    if options.output is not None or options.format is not None:
        raise InputError("-o and --format are for a table: give them with --table LOW..HIGH")
    if (options.refractivity is None) != (options.length is None):
        raise InputError("the angle of rotation needs both --refractivity and --length")
    if options.lower is None or options.upper is None:
        raise InputError("name a transition with --from and --to, or a range of n with --table")
    found = optical_rotation(options.lower, options.upper, atom=atom, **choices)
    budget = error_budget(options.lower, options.upper, atom=atom, s2=s2) if options.budget else None
    needs = requirement(found)
    angle = None
    if options.refractivity is not None and options.length is not None:
        angle = rotation_angle(
            found.R, refractivity=options.refractivity, length=options.length, wavelength=float(needs.wavelength)
        )
    if options.json:
        print_json({
            **_rotation_data(found),
            "Phi_rad": None if angle is None else float(angle),
            "requirement": {name: _finite(value) for name, value in vars(needs).items()},
            "budget": [_line_data(x) for x in budget[1]] if budget else None,
        })  # fmt: skip
        return 0
    _print_rotation(found)
    print_text(
        f"the line: {float(needs.frequency) / 1e6:.3f} MHz, wavelength {float(needs.wavelength):.4g} m, natural width "
        f"{float(needs.linewidth) / 1e6:.3f} MHz\n"
        f"to see R within one absorption length: {float(needs.photons):.2g} photons, {float(needs.energy):.2g} J, and stray "
        f"fields well below {float(needs.stray_field):.2g} V/cm"
    )
    if angle is not None:
        print_text(f"Phi = (4 pi L/lambda) (n - 1) R = {float(angle):.4e} rad")
    if budget:
        print_text(f"budget, relative to R = {float(budget[0].R):.4e}:")
        for line in budget[1]:
            print_text(f"  {line.change:<62}{float(line.R):>13.4e}{float(line.relative):>+12.2e}")
    return 0


def _rotation_table(options: argparse.Namespace, atom: Atom, choices: dict[str, Any]) -> int:
    from nuforce_sym.atom.rotation_table import render, rotations
    from nuforce_sym.store import write_atomically

    ends = options.table.split("..")
    if len(ends) != 2 or not all(end.isascii() and end.isdigit() and len(end) < 4 for end in ends):
        raise InputError(f"--table takes a range of n such as 4..8: got {options.table!r}")
    single = {"--from": options.lower, "--to": options.upper, "--budget": options.budget or None,
              "--refractivity": options.refractivity, "--length": options.length}  # fmt: skip
    if given := [name for name, value in single.items() if value is not None]:
        raise InputError(f"{', '.join(given)}: for one transition; a table has all of its range of n")
    target = None if options.output is None else options.output.absolute()
    if target is not None and (target.is_dir() or not target.parent.is_dir()):
        raise InputError(f"{options.output} must be a file in a folder that exists")
    found = rotations(int(ends[0]), int(ends[1]), atom=atom, progress=listener(options), **choices)
    lines = list(render(found, "json" if options.json else options.format or "csv"))
    if sys.stderr.isatty() and not options.json:
        sys.stderr.write("\n")
    if target is None:
        print_text("\n".join(lines))
        return 0
    write_atomically(target, "\n".join(lines) + "\n")
    print_text(str(options.output))
    return 0


def _finite(value: Any) -> float | None:
    """Return a float, or None for infinity, which JSON does not have."""
    found = float(value)
    return found if abs(found) != float("inf") else None


def _line_data(line: Line) -> dict[str, Any]:
    return {"change": line.change, "R": float(line.R), "relative": float(line.relative)}


def _rotation_data(found: Rotation) -> dict[str, Any]:
    return {
        "from": str(found.lower),
        "to": str(found.upper),
        "atom": found.atom.name,
        "choices": dict(found.choices),
        "K_eV": float(found.unit),
        "a_e b_N": float(found.products.a_b),
        "b_e a_N": float(found.products.b_a),
        "M1": float(found.moment),
        "shares": [
            {
                "side": s.side, "state": str(s.state) if s.state else "all others", "v": float(s.element), "z": float(s.dipole),
                "gap_eV": [float(s.gap.real), float(s.gap.imag)], "ratio": [float(s.ratio.real), float(s.ratio.imag)],
            }
            for s in found.shares
        ],
        "R": float(found.R),
        "Re": float(found.ratio.real),
        "R/c": float(found.over_c) if found.products.talk_c else None,
    }  # fmt: skip


def _print_rotation(found: Rotation) -> None:
    data = _rotation_data(found)
    print_text(f"{found.lower} -> {found.upper} of {found.atom.name}")
    print_text("\n".join(f"  {name:<20}{value}" for name, value in found.choices))
    print_text(
        f"K = G_F^2/(4 pi^3 m a_0^6) = {data['K_eV']:.6e} eV;  a_e b_N = {data['a_e b_N']:.6f}, b_e a_N = {data['b_e a_N']:.6f}"
    )
    print_text(f"M1: <A|L_z + g_s S_z|B> = {data['M1']:.6f}")
    for s in data["shares"]:
        gap = f"{s['gap_eV'][0]:+.6e} {s['gap_eV'][1]:+.3e} i eV"
        print_text(
            f"  {s['side']} with {s['state']:<12} v = {s['v']:+.6e}, z/a_0 = {s['z']:+.5f}, gap {gap}: {s['ratio'][1]:+.4e}"
        )
    over_c = "without value, c = 0" if data["R/c"] is None else f"{data['R/c']:.4e}"
    print_text(f"R = Im(E1_PV/M1) = {data['R']:.4e}, Re = {data['Re']:.4e}, R/c = {over_c}")
