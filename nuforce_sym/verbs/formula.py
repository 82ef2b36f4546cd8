"""The verbs of checking formulas and writing papers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nuforce_sym.verbs.places import cache
from nuforce_sym.verbs.terminal import Verb, print_json, print_text

if TYPE_CHECKING:
    import sympy as sp

    from nuforce_sym.amplitude.interaction import Interaction
    from nuforce_sym.amplitude.pair import PairInteraction
    from nuforce_sym.store import Cache


def add(verb: Verb) -> None:
    """Declare the verbs."""
    compare = verb("compare", _compare, "say whether a formula in LaTeX is the derived one, and if not, by what it differs")
    compare.add_argument("name", metavar="NAME", help="derivation.step, a derivation (its potential), or a kernel")
    compare.add_argument("formula", metavar="LATEX", help="put a blank in front where it begins with a minus")
    compare.add_argument(
        "--let", metavar="NAME=MEANING", action="append", default=[], help="what a name of the paper is in ours"
    )
    compare.add_argument(
        "--field", metavar="PAPER=OURS", action="append", default=[], help="of a Lagrangian: which of our fields a spelling is"
    )
    compare.add_argument("--part", metavar="FIELDS", help="of a Lagrangian: only the terms with these of our fields")
    compare.add_argument("--convention", metavar="NAME", action="append", default=[], help="hbar c, G_F, spin, alpha or weyl")
    compare.add_argument("--lhs", metavar="LATEX", help="the equation's left-hand side, where it is more than a name")
    compare.add_argument("--seconds", metavar="S", type=float, default=20.0, help="time after which it stays undecided")


def _compare(options: argparse.Namespace) -> int:
    import sympy as sp

    from nuforce_sym.errors import InputError
    from nuforce_sym.paper.compare import compare, other_quantity
    from nuforce_sym.paper.lagrangian_normal import restricted

    let = _pairs("--let", options.let, "NAME=MEANING, such as --let a=g_V1")
    fields = _pairs("--field", options.field, r"PAPER=OURS, such as --field '\chi=psi_1'")
    if not 0 < options.seconds <= 3600:
        raise InputError(f"--seconds {options.seconds:g} is not between 0 and 3600")
    quantity, derived = derived_formula(options.name, cache())
    if options.part:
        if isinstance(derived, sp.Expr):
            raise InputError(f"{options.name} is no Lagrangian and has no parts: leave out --part")
        derived = restricted(derived, options.part.split())
    result = compare(
        derived,
        options.formula,
        fields=fields,
        let=let,
        conventions=options.convention,
        lhs=options.lhs,
        seconds=options.seconds,
    )
    if not options.lhs and (why := other_quantity(result.lhs, quantity)):
        raise InputError(why)
    if options.json:
        print_json({"name": options.name, **result.as_dict()})
    else:
        shown = result.as_dict()
        print_text(f"{result.sentence}\n  derived  {shown['derived']}\n  given    {shown['given']}")
    return result.exit_code


def _pairs(option: str, items: list[str], shape: str) -> dict[str, str]:
    """Return what the items NAME=MEANING of an option say."""
    from nuforce_sym.errors import InputError

    found: dict[str, str] = {}
    for item in items:
        name, mark, meaning = item.partition("=")
        if not mark or not name.strip() or not meaning.strip():
            raise InputError(f"{option} {item!r} is no {shape}")
        if name.strip() in found:
            raise InputError(f"{option} gives {name.strip()} two meanings: {found[name.strip()]} and {meaning.strip()}")
        found[name.strip()] = meaning.strip()
    return found


def derived_formula(name: str, store: Cache | None) -> tuple[str, sp.Expr | Interaction | PairInteraction]:
    """Return the left-hand side, where there is one, and the formula or Lagrangian of a step ``derivation.step``, of a
    derivation's potential, or of a kernel.

    Raises:
        InputError: there is none of this name, or the step's value is no formula.
    """
    import sympy as sp

    from nuforce_sym import jobs, registry
    from nuforce_sym.amplitude.interaction import Interaction
    from nuforce_sym.amplitude.pair import PairInteraction
    from nuforce_sym.errors import InputError, suggestion

    owner, dot, step = name.partition(".")
    if name.endswith(".py"):
        owner, dot, step = name, "", ""
    if not dot and owner not in registry.modules() and not name.endswith(".py"):
        owner = jobs.chosen([name])[0]
        made = registry.kernels_of(registry.module_named(owner), registry.derive(owner, cache=store))
        return "", next(kernel.formula for kernel in made if kernel.name == name)
    steps = [s.name for s in registry.get_derivation(owner).steps]
    if dot and step not in steps:
        raise InputError(f"{owner!r} has no step {step!r}{suggestion(step, steps)}; its steps: {', '.join(steps)}")
    wanted = step if dot else "potential" if "potential" in steps else steps[-1]
    result = registry.derive(owner, upto=wanted, cache=store)[wanted]
    value = getattr(result.value, "expr", result.value)
    if isinstance(value, (Interaction, PairInteraction)):
        return result.step.lhs, value
    if not isinstance(value, sp.Expr):
        raise InputError(f"step {wanted!r} of {owner!r} is a {type(value).__name__} and no formula: choose another step")
    return result.step.lhs, value
