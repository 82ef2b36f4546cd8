"""The verb that compares the neutrino force of two bodies with gravity."""

from __future__ import annotations

import argparse
from typing import Any

from nuforce_sym.verbs.terminal import Verb, print_json, print_text

_DERIVATION = {"dirac": "two_neutrino_dirac", "majorana": "two_neutrino_majorana"}


def add(verb: Verb) -> None:
    """Declare the verbs."""
    gravity = verb("gravity", _gravity, "the distance at which the neutrino force of two bodies equals gravity, and its range")
    for which in ("first", "second"):
        gravity.add_argument(which, metavar="BODY", help="e, mu, p, n, or atom:Z:A:MASS with the mass in GeV")
    gravity.add_argument(
        "--sin2", required=True, metavar="SCHEME|NUMBER", help="sin^2 theta_W: 'on-shell', 'MSbar, m_Z', 'MSbar, 0' or a number"
    )
    gravity.add_argument("--compare", choices=("potential", "force"), default="potential", help="what is compared")
    gravity.add_argument("--masses", nargs=3, default=("0", "0", "0"), metavar="eV", help="of the three neutrinos, in eV")
    gravity.add_argument("--mixing", nargs=3, metavar="SIN2", help="sin^2 of theta_12, theta_13, theta_23, for leptons")
    gravity.add_argument("--kind", choices=tuple(_DERIVATION), default="dirac", help="of massive neutrinos")
    gravity.add_argument("--unit", default="nm", help="of the distances")


def _gravity(options: argparse.Namespace) -> int:
    import mpmath as mp

    from nuforce_sym.amplitude.flavour import charge_product
    from nuforce_sym.earlier import result_of
    from nuforce_sym.potential.bodies import MixedPairs, between
    from nuforce_sym.potential.gravity import equals_gravity, range_of_pair
    from nuforce_sym.registry import get_derivation

    first, second = (_body(text, options) for text in (options.first, options.second))
    massive = any(float(m) != 0 for m in _numbers(options.masses))
    name = _DERIVATION[options.kind] if massive else "two_neutrino"
    mixed = None
    if massive and options.mixing:
        unequal = get_derivation("two_neutrino_unequal")
        steps = ["potential", "one_massless"] + (["majorana_addition"] if options.kind == "majorana" else [])
        mixed = MixedPairs(*(result_of(unequal, step) for step in steps))
    potential = between(first, second, result_of(get_derivation(name), "potential"), options.masses, mixed=mixed)
    distance = equals_gravity(potential, first.mass, second.mass, compare=options.compare, unit=options.unit)
    product = charge_product(first.a, second.a)
    lightest = min(float(m) for m in options.masses)
    reach = range_of_pair(lightest, lightest, unit=options.unit)
    data = {
        "bodies": [first.name, second.name],
        "charges": float(product),
        "compare": options.compare,
        "distance": float(distance),
        "range": reach if reach != float("inf") else None,
        "unit": options.unit,
    }
    if options.json:
        print_json(data)
        return 0
    sign = "repels" if product > 0 else "attracts"
    reaches = "it falls as a power and has no range" if data["range"] is None else f"its range is {reach:.6g} {options.unit}"
    print_text(
        f"{first.name} - {second.name}: the neutrino force {sign} (sum of charges {float(product):.6g})\n"
        f"{options.compare}s are equal at {mp.nstr(distance, 8)} {options.unit}; beyond, gravity is the stronger\n"
        f"the pair of the lightest neutrino: {reaches}"
    )
    return 0


def _numbers(texts: Any) -> list[Any]:
    from nuforce_sym.potential.bodies import exact

    return [exact(text) for text in texts]


def _body(text: str, options: argparse.Namespace) -> Any:
    from nuforce_sym.amplitude.flavour import angle, pmns
    from nuforce_sym.constants import constants
    from nuforce_sym.errors import InputError
    from nuforce_sym.potential.bodies import atom, exact, particle

    scheme = f"sin2_theta_W({options.sin2})"
    if scheme in constants():
        sin2: Any = scheme
    elif options.sin2[:1].isalpha():
        known = sorted(name.partition("(")[2][:-1] for name in constants() if name.startswith("sin2_theta_W("))
        raise InputError(f"no scheme {options.sin2!r} of sin^2 theta_W: use {', '.join(map(repr, known))}, or a number")
    else:
        sin2 = exact(options.sin2)
    U = None
    if options.mixing:
        angles = zip(("theta_12", "theta_13", "theta_23"), _numbers(options.mixing), strict=True)
        U = pmns(**{name: angle(x) for name, x in angles}, delta_CP=0, alpha_21=0, alpha_31=0)
    if not text.startswith("atom"):
        return particle(text, sin2_theta_W=sin2, U=U)
    parts = text.split(":")
    if len(parts) != 4 or not (parts[1].isdecimal() and parts[2].isdecimal()):
        raise InputError(f"{text!r} is no atom: write atom:Z:A:MASS, such as atom:55:133:123.8")
    return atom(int(parts[1]), int(parts[2]), mass=parts[3], sin2_theta_W=sin2, U=U)
