"""The verb ``force``: the common forces in vacuum without a line of Python."""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.verbs.terminal import Verb, listener, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.potential.potential import Potential

EXAMPLES = """examples:
  nuforce force tree --spin 0 --on1 S --on2 P --order 1            monopole-dipole force of an axion-like particle
  nuforce force tree --spin 1 --on1 V A --on2 V A --operators      Breit, parity violation, axial: the 16 operators
  nuforce force pair --spin 1/2 --operator V-A --on1 V --on2 V     two Dirac neutrinos
  nuforce force pair --spin 0 --operator V --on1 A --on2 A         scalars on the axial current
  nuforce force pair --spin 0 --operator S --on1 S --on2 S --set m_chi=0.1eV C5_1=1e-10GeV^-1 C5_2=1e-10GeV^-1 --at 1um
  nuforce force table                                              operator coefficients of all tree exchanges
  nuforce force table --pairs                                      forces of all pairs
"""


def add(verb: Verb) -> None:
    """Declare the verb."""
    force = verb("force", _force, "derive a force in vacuum: exchange of a boson or of a pair, any spins")
    force.epilog = EXAMPLES
    force.formatter_class = argparse.RawDescriptionHelpFormatter
    force.add_argument("kind", choices=("tree", "pair", "table"), help="one boson, a pair, or the table of all")
    force.add_argument("--spin", default=None, metavar="S", help="spin of the boson (0, 1) or of each of the pair (0, 1/2, 1)")
    force.add_argument(
        "--operator", default=None, metavar="O", help="of the pair: S, D, V (spin 0); S, P, V, A, T, V-A; S, F, G, V"
    )
    force.add_argument("--on1", nargs="+", default=["V"], metavar="X", help="structures of fermion 1: S, P, V, A, M, E, T")
    force.add_argument("--on2", nargs="+", default=["V"], metavar="X", help="structures of fermion 2")
    force.add_argument("--order", type=int, default=None, help="power of 1/m kept: 0 (at rest), 1 or 2")
    force.add_argument("--massless", action="store_true", help="the boson, or each of the pair, has no mass")
    force.add_argument("--self-conjugate", action="store_true", help="the pair are their own antiparticles (Majorana, real)")
    force.add_argument("--operators", action="store_true", help="coefficients of the 16 operators instead of V(r)")
    force.add_argument("--pairs", action="store_true", help="with table: the forces of pairs")
    force.add_argument("--latex", action="store_true", help="print LaTeX")
    force.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE", help="numbers with units, such as m_chi=0.05eV")
    force.add_argument("--at", nargs="+", default=[], metavar="R", help="distances such as 1nm at which to evaluate V in eV")
    force.add_argument("--plot", type=Path, metavar="FILE", help="draw |V(r)| against gravity: .png, .svg, .pdf or .html")


def _force(options: argparse.Namespace) -> int:
    from nuforce_sym.errors import InputError
    from nuforce_sym.potential import cases
    from nuforce_sym.potential.between import operator_coefficients, potential_between

    _refuse_unused(options)
    if options.kind == "table":
        return _pair_table(options) if options.pairs else _tree_table(options)
    if options.spin is None:
        raise InputError(f"force {options.kind} needs --spin: {'0 or 1' if options.kind == 'tree' else '0, 1/2 or 1'}")
    interaction: Any
    if options.kind == "tree":
        if options.spin not in ("0", "1"):
            raise InputError(f"--spin {options.spin} of a boson must be 0 or 1")
        interaction = cases.tree(int(options.spin), options.on1, options.on2, massless=options.massless)
        order = 2 if options.order is None else options.order
    else:
        if options.operator is None or len(options.on1) != 1 or len(options.on2) != 1:
            raise InputError("force pair needs --operator and one structure for each fermion: --operator S --on1 S --on2 S")
        interaction = cases.pair(
            options.spin,
            options.operator,
            options.on1[0],
            options.on2[0],
            massless=options.massless,
            self_conjugate=options.self_conjugate,
        )
        order = options.order or 0
    if options.operators:
        found = operator_coefficients(interaction, cases.PSI_1, cases.PSI_2, order=order)
        return _show_table(options, {options.kind: found})
    potential = potential_between(interaction, cases.PSI_1, cases.PSI_2, order=order)
    return _show_potential(options, interaction, potential)


def _refuse_unused(options: argparse.Namespace) -> None:
    """Refuse options that this kind of force does not have, and numbers where a table of operators is asked for."""
    from nuforce_sym.errors import InputError

    unused = {"--pairs": options.pairs and options.kind != "table"}
    if options.kind == "table":
        unused |= {"--spin": options.spin, "--on1": options.on1 != ["V"], "--on2": options.on2 != ["V"]}
        unused |= {
            "--massless": options.massless,
            "--operators": options.operators,
            "--order": options.pairs and options.order is not None,
        }
        unused |= {"--set": options.set, "--at": options.at, "--plot": options.plot}
    if options.kind != "pair":
        unused |= {"--operator": options.operator is not None, "--self-conjugate": options.self_conjugate}
    if options.operators:
        unused |= {"--set": options.set, "--at": options.at, "--plot": options.plot}
    if found := [name for name, given in unused.items() if given]:
        what = f"force {options.kind}" + (" --operators" if options.operators else "")
        raise InputError(f"{what} has no {', '.join(found)}: leave it out")


def _show_potential(options: argparse.Namespace, interaction: Any, potential: Potential) -> int:
    from nuforce_sym.errors import InputError
    from nuforce_sym.paper.latex import latex

    show: Callable[[Any], str] = latex if options.latex else str
    values = _values(options)
    known = {s.name for s in potential.expr.free_symbols} | {"m_1", "m_2"}  # the masses, for the plot against gravity
    if spare := sorted(set(values) - known):
        raise InputError(f"this force does not depend on {', '.join(spare)}: leave out --set {spare[0]}=...")
    rows = [
        {
            "structure": term.name,
            "radial": show(term.radial),
            "P": term.parity,
            "T": term.time_reversal,
            "contact": term.is_contact,
        }
        for term in potential.terms
    ]
    numbers = {text: _numbers(potential, values, text) for text in options.at}
    if options.plot:
        from nuforce_sym.paper.plots import plot_potential

        plot_potential(potential, options.plot, values)
    if options.json:
        print_json(
            {
                "interaction": latex(interaction),
                "potential": rows,
                "parity": potential.parity,
                "time_reversal": potential.time_reversal,
                "exchange_symmetric": potential.exchange_symmetric if set(options.on1) == set(options.on2) else None,
                "numbers": numbers,
                "plot": str(options.plot) if options.plot else None,
            }
        )
        return 0
    print_text(f"L = {latex(interaction) if options.latex else _plain(latex(interaction))}")
    if options.latex:
        print_text(f"V = {latex(potential.expr)}")
    else:
        for row in rows:
            signs = f"P {'even' if row['P'] == 1 else 'odd'}, T {'even' if row['T'] == 1 else 'odd'}"
            print_text(f"  {row['structure']}   [{signs}]\n    {row['radial']}")
    for text, found in numbers.items():
        for structure, value in found.items():
            number = value if isinstance(value, str) else f"{value:.6e}"
            print_text(f"r = {text}: {number} eV^{1 - structure.count('{')}  ({structure})".replace("eV^1 ", "eV "))
    if options.plot:
        print_text(f"written: {options.plot}")
    return 0


_PLAIN = (
    (r"\\(left|right)", ""),
    (r"\\,", " "),
    (r"\\tfrac12", "1/2 "),
    (r"([_^])\{([^{}]*)\}", lambda found: found[1] + re.sub(r"[\\ ]", "", found[2])),
    (r"([_^])\\([a-z]+)", r"\1\2 "),
    (r"\\bar\{?\\?(\w+)\}?", r" \1bar "),
    (r"\\tilde\{?\\?(\w+)\}?", r" \1dual"),
    (r"\\gamma_5", " gamma5 "),
    (r"\\partial", " d"),
    (r"\\([A-Za-z]+)", r" \1"),
    (r"(?<=[\w*)])\s*([-+])\s*(?=[\w(])", r" \1 "),
    (r" +", " "),
    (r"(?<=\() | (?=\))", ""),
)


def _plain(tex: str) -> str:
    """Return a Lagrangian's LaTeX as text, with the names of symbols that ``--set`` takes."""
    from nuforce_sym.symbols import VOCABULARY

    for name, quantity in sorted(VOCABULARY.items(), key=lambda item: -len(item[1].latex)):
        if "^" in quantity.latex:
            tex = tex.replace(quantity.latex, name)
    for pattern, text in _PLAIN:
        tex = re.sub(pattern, text, tex)
    return tex.strip()


_QUANTITY = re.compile(r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(?P<unit>[A-Za-z].*)?")


def _number(text: str, what: str) -> tuple[float, int]:
    """Return a number in powers of GeV and the power, from text such as 0.05eV."""
    from nuforce_sym.errors import InputError
    from nuforce_sym.units import parse

    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        raise InputError(f"{what} {text!r} is no number with a unit, such as 0.05eV, 1um or 1e-10GeV^-1")
    factor, power = parse(match["unit"] or "1")
    value = float(match["number"]) * factor
    if math.isinf(value) or (value == 0 and float(match["number"]) != 0):
        raise InputError(f"{what} {text!r} is too large or too small for double precision")
    return value, power


def _values(options: argparse.Namespace) -> dict[str, float]:
    from nuforce_sym.errors import InputError
    from nuforce_sym.symbols import lookup

    values: dict[str, float] = {}
    for item in options.set:
        name, equals, text = item.partition("=")
        if not equals:
            raise InputError(f"--set {item!r} must be NAME=VALUE, such as m_chi=0.05eV")
        quantity = lookup(name)
        number, power = _number(text, name)
        if name in values:
            raise InputError(f"{name} is set twice: give it one value")
        if power != quantity.energy:
            raise InputError(
                f"{name} ({quantity.meaning}) carries energy^{quantity.energy}, but {text!r} carries energy^{power}"
            )
        if quantity.symbol.is_positive and number <= 0:
            raise InputError(f"{name} ({quantity.meaning}) is positive; got {text!r}")
        values[name] = number
    return values


def _numbers(potential: Potential, values: dict[str, float], text: str) -> dict[str, float | str]:
    """Return V at a distance by structure: numbers, or text with its exponent where double precision has no such number."""
    import mpmath as mp

    from nuforce_sym.errors import InputError
    from nuforce_sym.units import from_natural

    r, power = _number(text, "the distance")
    if power != -1 or r <= 0:
        raise InputError(f"--at {text!r} must be a positive distance, such as 1nm")
    given = {**values, "r": r}
    found: dict[str, float | str] = {}
    for term in potential.terms:
        if term.is_contact:
            continue
        missing = sorted(s.name for s in term.radial.free_symbols if s.name not in given)
        if missing:
            raise InputError(f"--at needs numbers for {', '.join(missing)}: --set {missing[0]}=...")
        value = term.radial.subs({s: given[s.name] for s in term.radial.free_symbols}).evalf(17)
        structure = term.name
        # each operator outside is a momentum, so that f carries one power of energy less for each
        exact = mp.mpf(value) * mp.mpf(from_natural(1, "eV")) ** (1 - len(term.operators))
        number = float(exact)
        if not math.isfinite(number):
            raise InputError(f"V at {text} with these values is too large for double precision")
        lost = exact != 0 and abs(number) < sys.float_info.min
        found[structure] = mp.nstr(exact, 7) if lost else number
    return found


def _tree_table(options: argparse.Namespace) -> int:
    from nuforce_sym.potential.cases import tree_table

    order = 2 if options.order is None else options.order
    tell = listener(options)
    rows = {}
    for pair, found in tree_table(order):
        tell(f"{pair}: {len(found)} operators")
        rows[pair] = found
    return _show_table(options, rows)


def _show_table(options: argparse.Namespace, rows: dict[str, dict[int, Any]]) -> int:
    from nuforce_sym.paper.latex import latex

    if options.json:
        print_json({pair: {f"O_{k}": str(f) for k, f in found.items()} for pair, found in rows.items()})
        return 0
    if options.latex:
        lines = [r"\begin{tabular}{ll}", r"\hline"]
        for pair, found in rows.items():
            text = r",\; ".join(rf"f_{{{k}}} = {latex(f)}" for k, f in found.items())
            lines.append(rf"{pair} & $\displaystyle {text}$ \\")
        print_text("\n".join([*lines, r"\hline", r"\end{tabular}"]))
        return 0
    for pair, found in rows.items():
        print_text(pair)
        for k, f in found.items():
            print_text(f"  O_{k:<3} {f}")
    return 0


def _pair_table(options: argparse.Namespace) -> int:
    from nuforce_sym.paper.latex import latex
    from nuforce_sym.potential import cases
    from nuforce_sym.potential.between import potential_between

    show: Callable[[Any], str] = latex if options.latex else str
    tell = listener(options)
    rows = []
    for spin, operator, source in cases.pair_rows():
        interaction = cases.pair(spin, operator, source, source)
        tell(f"spin {spin}, {operator}")
        potential = potential_between(interaction, cases.PSI_1, cases.PSI_2)
        rows.append({"spin": spin, "operator": interaction.operator.latex, "on": source, "V": show(potential.expr)})
    if options.json:
        print_json(rows)
    elif options.latex:
        body = [rf"${row['operator']}$ & $\displaystyle {row['V']}$ \\" for row in rows]
        print_text("\n".join([r"\begin{tabular}{ll}", r"\hline", *body, r"\hline", r"\end{tabular}"]))
    else:
        for row in rows:
            print_text(f"spin {row['spin']}, {row['operator']}\n    V = {row['V']}")
    return 0
