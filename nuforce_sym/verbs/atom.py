"""The verbs of atoms."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nuforce_sym.errors import InputError
from nuforce_sym.verbs import levels
from nuforce_sym.verbs.terminal import Verb, listener, print_json, print_text

if TYPE_CHECKING:
    import sympy as sp

_NUMBER = re.compile(r"[+-]?(?:\d{1,40}/\d{1,40}|\d{1,40}(?:\.\d{0,60})?(?:[eE][+-]?\d{1,3})?)")
_RANGE = re.compile(r"(\d{1,4})\.\.(\d{1,4})")


def add(verb: Verb) -> None:
    """Declare the verbs."""
    levels.add(verb)
    sub = verb("matrix-element", _matrix_element, "matrix elements between states of hydrogen, exact; or a table of them")
    sub.add_argument("words", metavar="BRA OPERATOR KET", nargs="+", help="'4D5/2, F=3' 'sigma_p.p r^-5' '4F5/2, F=3'")
    sub.add_argument("--Z", type=int, default=1, metavar="Z", help="the charge of the nucleus, 1 if not given")
    sub.add_argument(
        "--set", dest="values", action="append", default=[], metavar="NAME=NUMBER", help="a value, such as m_nu=1/1000"
    )
    sub.add_argument("--digits", type=int, metavar="N", help="digits of the numeric value, 15 if not given")
    sub.add_argument("--table", action="store_true", help="a table of the only word OPERATOR over the states with --n")
    sub.add_argument("--n", dest="n_range", metavar="LOW..HIGH", help="range of n of a table, 2..6 if not given")
    sub.add_argument("--format", choices=("csv", "latex", "json"), help="form of a table, csv if not given")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a table to this file")


def values(given: list[str]) -> dict[str, sp.Rational]:
    """Return NAME=NUMBER words as exact numbers by name; raises `InputError` for anything else."""
    from fractions import Fraction

    import sympy as sp

    from nuforce_sym.symbols import lookup

    found: dict[str, sp.Rational] = {}
    for word in given:
        name, equals, number = word.partition("=")
        if not equals or not _NUMBER.fullmatch(number.strip()):
            raise InputError(f"{word!r} sets no value: write NAME=NUMBER, such as m_nu=1/1000 or a_0=2.68e5")
        if "/" in number and not int(number.split("/")[1]):
            raise InputError(f"{word!r} divides by zero")
        exact = Fraction(number.strip())
        quantity = lookup(name.strip())
        if name.strip() in found:
            raise InputError(f"{name.strip()} is set twice: give it one value")
        if quantity.symbol.is_positive and exact <= 0:
            raise InputError(f"{name.strip()} ({quantity.meaning}) is positive: got {number.strip()}")
        found[name.strip()] = sp.Rational(exact.numerator, exact.denominator)
    return found


def _matrix_element(options: argparse.Namespace) -> int:
    if options.table:
        return _table(options)
    from nuforce_sym.atom.matrix_element import matrix_element

    if len(options.words) != 3:
        raise InputError(f"three words are needed, BRA OPERATOR KET, each in quotes: got {len(options.words)}")
    table_only = {"-o": options.output, "--format": options.format, "--n": options.n_range}
    if given := [name for name, value in table_only.items() if value is not None]:
        raise InputError(f"{', '.join(given)}: for a table; give it with --table")
    digits = 15 if options.digits is None else options.digits
    if not 1 <= digits <= 1000:
        raise InputError(f"--digits is between 1 and 1000: got {digits}")
    bra, op, ket = options.words
    element = matrix_element(bra, op, ket, Z=options.Z)
    numbers = values(options.values)
    here = {symbol.name for symbol in element.operator.free_symbols} - {"r", "delta3_r"} | {"a_0"}
    if foreign := [name for name in numbers if name not in here]:
        raise InputError(f"{', '.join(foreign)}: no symbol of {op}; {', '.join(sorted(here))}")
    number = element.numeric(numbers, digits=digits) if numbers or not element.value.free_symbols else None
    shown = None
    if number is not None:
        import mpmath as mp

        with mp.workdps(digits + 5):
            shown = {"re": mp.nstr(number.real, digits), "im": mp.nstr(number.imag, digits)}
    if options.json:
        print_json(
            {
                "bra": str(element.bra),
                "ket": str(element.ket),
                "operator": op,
                "Z": options.Z,
                "exact": str(element.value),
                "latex": element.latex,
                "numeric": shown,
            }
        )
        return 0
    print_text(f"<{element.bra}| {op} |{element.ket}>\n  = {element.value}")
    if shown is not None and element.value != 0:
        print_text(f"  = {shown['re']} + {shown['im']} i" if shown["re"] != "0.0" else f"  = {shown['im']} i")
    return 0


def _table(options: argparse.Namespace) -> int:
    from nuforce_sym.atom.table import render, rows, table

    if len(options.words) != 1:
        raise InputError(f"a table has one word, OPERATOR, such as 'sigma_p.p r^-5': got {len(options.words)}")
    if options.digits is not None:
        raise InputError("--digits is for one element: a table has exact values and their doubles")
    found = _RANGE.fullmatch(options.n_range or "2..6")
    if found is None:
        raise InputError(f"--n is a range such as 2..30: got {options.n_range!r}")
    what = table(options.words[0], int(found[1]), int(found[2]), values=values(options.values), Z=options.Z)
    form = "json" if options.json else options.format or "csv"
    lines = render(what, rows(what, listener(options)), form)
    if options.output is None:
        for line in lines:
            print_text(line)
    else:
        from nuforce_sym.store import write_atomically

        target = options.output.absolute()
        if target.is_dir() or not target.parent.is_dir():
            raise InputError(f"{options.output} must be a file in a folder that exists")
        write_atomically(target, "\n".join(lines) + "\n")
    if sys.stderr.isatty() and not options.json:
        sys.stderr.write("\n")
    if options.output is not None:
        print_text(str(options.output))
    return 0
