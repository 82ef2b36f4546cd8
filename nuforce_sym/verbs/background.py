"""The verb ``background``: the force in a background of neutrinos, as a formula, as LaTeX and in numbers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from nuforce_sym.verbs import numeric_kernel
from nuforce_sym.verbs.terminal import Verb, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.medium import Background

KINDS = ("boltzmann", "fermi-dirac", "relic", "degenerate", "pinched", "shell", "power-law", "slow", "beam")
_NEEDS = {
    "boltzmann": ("temperature",),
    "fermi-dirac": ("temperature",),
    "relic": ("temperature",),
    "degenerate": ("fermi_momentum",),
    "pinched": ("temperature", "power"),
    "shell": ("momentum", "density"),
    "power-law": ("momentum", "power"),
    "slow": ("temperature", "mass"),
    "beam": ("energy",),
}
_BEAM = ("energy", "width", "flux", "density", "angle", "transverse", "spheres", "cone", "kappa")
_DISTRIBUTION = ("temperature", "fermi_momentum", "power", "momentum", "mu", *_BEAM)


def add(verb: Verb) -> None:
    """Declare the verb."""
    sub = verb("background", run, "the force in a background of neutrinos: formula, LaTeX, limits and numbers")
    sub.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    sub.add_argument("--neutrino", default="dirac", help="dirac (default), majorana, left-helical or right-helical")
    sub.add_argument("--mass", metavar="'0.1 eV'", help="neutrino mass; massless if not given")
    sub.add_argument("--response", default="symmetric", help="symmetric (default) or retarded, for a beam")
    sub.add_argument("--temperature", metavar="'1.945 K'")
    sub.add_argument("--mu", metavar="'1 eV'", help="chemical potential of fermi-dirac, minus that of the antineutrinos")
    sub.add_argument("--fermi-momentum", metavar="'5 eV'")
    sub.add_argument("--momentum", metavar="'1 eV'", help="of a shell, or where a power law has one neutrino per state")
    sub.add_argument("--power", type=float, metavar="P", help="of a pinched distribution, (k/T)^P e^(-k/T), or (k/k_0)^-P")
    sub.add_argument("--energy", metavar="'2 MeV'", help="of a beam; its mean where there is a width")
    sub.add_argument("--width", metavar="'0.2 MeV'", help="standard deviation of a beam's energy, Gaussian")
    sub.add_argument("--flux", metavar="'4e13 cm^-2 s^-1'", help="of a beam")
    sub.add_argument("--density", metavar="'1e3 cm^-3'", help="of a beam, instead of --flux, or of a shell")
    sub.add_argument("--angle", metavar="'0 rad'", help="between beam and line of the bodies, in rad or deg")
    sub.add_argument("--transverse", metavar="'1 cm'", help="Gaussian smearing of the separation across the beam")
    sub.add_argument("--spheres", metavar="'1 cm'", help="radius of two equal balls along the beam")
    sub.add_argument("--cone", metavar="'0.1 rad'", help="directions uniform within this angle of the line of the bodies")
    sub.add_argument("--kappa", type=float, metavar="K", help="directions with the weight e^(-K(1-cos alpha))")
    sub.add_argument("--mediator", metavar="'10 MeV'", help="mass of a mediator; a contact force if not given")
    sub.add_argument("--charges", nargs=2, type=float, metavar=("G_V1", "G_V2"), help="vector charges, for numbers")
    sub.add_argument("--distance", nargs="+", default=[], metavar="'0.3 m'", help="print V there")
    numeric_kernel.options(sub)


def _only_what_applies(options: argparse.Namespace) -> None:
    """Raise `InputError` for an option that says nothing about the chosen distribution."""
    from nuforce_sym.errors import InputError

    kind = options.kind
    known = {*_NEEDS[kind], *(_BEAM if kind == "beam" else ()), *(("mu",) if kind == "fermi-dirac" else ())}
    for name in _DISTRIBUTION:
        if getattr(options, name) is not None and name not in known:
            fits = ", ".join(k for k in KINDS if name in _NEEDS[k] or (k == "beam" and name in _BEAM)) or "fermi-dirac"
            flag = f"--{name.replace('_', '-')}"
            raise InputError(f"{flag} says nothing about {kind}: it belongs to {fits}; leave it out")
    if kind != "beam" and options.response != "symmetric":
        raise InputError(f"--response says nothing about {kind}: from all directions both responses are one; leave it out")
    numeric_kernel.only_together(options)
    if options.charges and not options.distance and not options.kernel:
        raise InputError("--charges are for numbers: give --distance or --kernel too, or leave them out")
    if options.flux is not None and options.density is not None:
        raise InputError("--flux and --density are one thing twice: give one of them")


def run(options: argparse.Namespace) -> int:
    """Print the formula, its LaTeX and limits, and numbers at the distances."""
    from nuforce_sym.errors import NotDerivable
    from nuforce_sym.paper.latex import latex

    _only_what_applies(options)
    _background(options, numbers=True)  # refuses what is no such background, although the formula does not need its numbers
    symbolic = _background(options, numbers=False)
    found: dict[str, Any] = {"kind": options.kind, "neutrino": options.neutrino, "response": options.response}
    refusal = None
    try:
        formula = symbolic.potential()
        found["formula"], found["latex"] = str(formula), latex(formula)
    except NotDerivable as error:
        if not options.distance and not options.kernel:
            raise
        refusal = str(error)
        found["formula"], found["latex"], found["no_closed_form"] = None, _integral(symbolic), refusal
    for name, limit in (("near", symbolic.near), ("far", symbolic.far)):
        try:
            found[name] = str(limit())
        except NotDerivable:
            found[name] = None
    found["numbers"] = _numbers(options) if options.distance else []
    found["kernel"] = numeric_kernel.written(options, _in_numbers(options)) if options.kernel else None
    if options.json:
        print_json(found)
        return 0
    lines = [f"V(r) = {found['formula']}" if refusal is None else f"no closed form: {refusal}"]
    lines += [f"LaTeX: {found['latex']}"] if found["latex"] else []
    lines += [f"{name:<5}  {found[name]}" for name in ("near", "far") if found[name] is not None]
    lines += [
        f"V({row['distance']}) = {row['eV']} eV +- {row['error_eV']}, {row['over_vacuum']} of the vacuum's"
        for row in found["numbers"]
    ]
    lines += numeric_kernel.lines(found["kernel"]) if found["kernel"] else []
    print_text("\n".join(lines))
    return 0


def _integral(symbolic: Background) -> str | None:
    """Return the LaTeX of the integral that is left, where there is one."""
    from nuforce_sym.errors import NotDerivable
    from nuforce_sym.paper.latex import latex

    try:
        return latex(symbolic.integral())
    except NotDerivable:
        return None


def _pair(text: str, what: str) -> tuple[float, str]:
    """Return the number and the unit of an option such as '0.3 m'."""
    from nuforce_sym.errors import InputError

    number, _, unit = text.strip().partition(" ")
    try:
        return float(number), unit.strip()
    except ValueError:
        raise InputError(f"{what} {text!r} must be a number and a unit with a blank between, such as '0.3 m'") from None


def _signed(text: str) -> Any:
    """Return a chemical potential, of either sign, in natural units."""
    from nuforce_sym.medium.distributions import quantity

    size, unit = _pair(text, "--mu")
    if size == 0:
        return 0
    return quantity((abs(size), unit), "the chemical potential", 1) * (1 if size > 0 else -1)


def _background(options: argparse.Namespace, *, numbers: bool) -> Background:
    """Return the background with the vocabulary's symbols, or with ``numbers`` the values of the options that are given."""
    from nuforce_sym.medium import background
    from nuforce_sym.symbols import symbol

    def value(option: str, name: str) -> Any:
        given = getattr(options, option)
        if given is None or not numbers:
            return symbol(name)
        return _pair(given, f"--{option.replace('_', '-')}") if isinstance(given, str) else given

    distribution = _distribution(options, value, numbers=numbers)
    extra: dict[str, Any] = {}
    if options.mass is not None:
        extra["mass"] = value("mass", "m_nu")
    if options.mediator is not None:
        extra["mediator"] = value("mediator", "M_med")
    if options.kind == "beam":
        extra |= _directions(options, value, numbers=numbers)
    if numbers and options.charges:
        extra["charges"] = [tuple(options.charges)]
    return background(distribution, neutrino=options.neutrino, response=options.response, **extra)


def _directions(options: argparse.Namespace, value: Any, *, numbers: bool) -> dict[str, Any]:
    from nuforce_sym.errors import InputError
    from nuforce_sym.medium import Cone, VonMisesFisher

    given = [name for name in ("angle", "transverse", "spheres", "cone", "kappa") if getattr(options, name) is not None]
    if len(given) > 1:
        raise InputError(f"{' and '.join(f'--{name}' for name in given)}: give one of them")
    if options.transverse is not None:
        return {"transverse": value("transverse", "sigma_perp")}
    if options.spheres is not None:
        return {"spheres": value("spheres", "a_body")}
    if options.cone is not None:
        return {"spread": Cone(value("cone", "alpha_r"))}
    if options.kappa is not None:
        return {"spread": VonMisesFisher(value("kappa", "kappa_beam"))}
    if options.angle is not None:
        angle = _pair(options.angle, "--angle")
        return {"angle": angle} if numbers else {}
    return {}


def _distribution(options: argparse.Namespace, value: Any, *, numbers: bool) -> Any:
    from nuforce_sym.medium import (
        Beam,
        Degenerate,
        FermiDirac,
        MaxwellBoltzmann,
        PinchedGas,
        PowerLaw,
        Relic,
        Shell,
        SlowGas,
        spectra,
    )
    from nuforce_sym.medium.distributions import quantity
    from nuforce_sym.symbols import symbol

    if options.kind == "fermi-dirac" and options.mu is not None:
        mu = _signed(options.mu) if numbers else symbol("mu_nu")
        return FermiDirac(value("temperature", "T_nu"), mu)
    if options.kind in ("boltzmann", "fermi-dirac", "relic", "slow"):
        make = {"boltzmann": MaxwellBoltzmann, "fermi-dirac": FermiDirac, "relic": Relic, "slow": SlowGas}[options.kind]
        return make(value("temperature", "T_nu"))
    if options.kind == "shell":
        return Shell(value("momentum", "k_nu"), value("density", "n_nu"))
    if options.kind == "power-law":
        return PowerLaw(value("power", "p_nu"), value("momentum", "k_nu"))
    if options.kind == "degenerate":
        return Degenerate(value("fermi_momentum", "k_F"))
    if options.kind == "pinched":
        return PinchedGas(value("power", "p_nu"), value("temperature", "T_nu"))
    energy, width = value("energy", "E_nu"), None if options.width is None else value("width", "sigma_E")
    energy = quantity(energy, "the energy", 1)
    width = None if width is None else quantity(width, "the width", 1)
    spectrum = spectra.Line(energy) if width is None else spectra.Gaussian(energy, width)
    if not numbers or options.flux is None:
        return Beam(spectrum, density=value("density", "Phi_0"))
    return Beam(spectrum, flux=_pair(options.flux, "--flux"))


def _in_numbers(options: argparse.Namespace) -> Background:
    """Return the background with the values of the options."""
    from nuforce_sym.errors import InputError

    if not options.charges:
        raise InputError("numbers need --charges G_V1 G_V2, for neutrons -0.5 -0.5")
    missing = [f"--{name.replace('_', '-')}" for name in _NEEDS[options.kind] if getattr(options, name) is None]
    if missing:
        raise InputError(f"numbers for {options.kind} need {' and '.join(missing)}")
    if options.kind == "beam" and all(getattr(options, n) is None for n in ("angle", "transverse", "spheres", "cone", "kappa")):
        raise InputError("numbers for a beam need --angle, in rad or deg, or --transverse, --spheres, --cone or --kappa")
    if options.kind == "beam" and options.flux is None and options.density is None:
        raise InputError("numbers for a beam need either --flux or --density")
    return _background(options, numbers=True)


def _numbers(options: argparse.Namespace) -> list[dict[str, str]]:
    import mpmath as mp

    from nuforce_sym.medium.distributions import quantity

    made = _in_numbers(options)
    rows = []
    for text in options.distance:
        distance = _pair(text, "--distance")
        V, error = made.estimate(quantity(distance, "the distance", -1))
        vacuum = made.vacuum_number(distance)
        rows.append(
            {
                "distance": text,
                "eV": mp.nstr(V * 10**9, 8),
                "error_eV": mp.nstr(error * 10**9, 2),
                "over_vacuum": mp.nstr(V / vacuum, 8),
            }
        )
    return rows
