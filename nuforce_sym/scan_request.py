"""Requests for a scan as texts: "r=1um:6400km:200:log" is an axis, "E_nu=2MeV" a fixed value."""

from __future__ import annotations

import math
import re

from nuforce_sym.constants import constant, constants
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.scan import Axis
from nuforce_sym.symbols import lookup
from nuforce_sym.units import parse

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)")


def axis(text: str) -> Axis:
    """Return the axis that a text such as "r=1um:1km:1000" stands for; a fourth part is "log" (if not given) or "lin".

    Raises:
        InputError: the text has another form, or an end is no quantity of the argument's kind.
    """
    name, _, rest = text.partition("=")
    parts = rest.split(":")
    if len(parts) not in (3, 4) or not (parts[2].isascii() and parts[2].strip().isdigit()):
        raise InputError(f"an axis is NAME=LOW:HIGH:COUNT[:log|lin], such as r=1um:1km:1000; got {text!r}")
    low, high = (value(name, part) for part in parts[:2])
    return Axis(name, low, high, int(parts[2]), parts[3].strip() if len(parts) == 4 else "log")


def fixed_value(text: str) -> tuple[str, float]:
    """Return name and value of a text such as "E_nu=2MeV", in powers of GeV; "G_F=" takes the constant's own value.

    Raises:
        InputError: the text has another form, or the value is no quantity of the argument's kind.
    """
    name, equals, rest = text.partition("=")
    if not equals:
        raise InputError(f"a fixed argument is NAME=VALUE, such as E_nu=2MeV; got {text!r}")
    if not rest.strip() and name in constants():
        return name, value(name, f"{constant(name).value} {constant(name).unit}")
    return name, value(name, rest)


def value(name: str, text: str) -> float:
    """Return a quantity with its unit, such as "1um", in powers of GeV; only a plain number needs no unit.

    Raises:
        InputError: it is no finite number, or lacks its unit.
        DimensionError: its unit is of another kind than the argument.
    """
    power = lookup(name).energy
    match = _NUMBER.fullmatch(text.strip())
    if not match or not math.isfinite(float(match[1])):
        raise InputError(f"{name} = {text!r} is no number with a unit")
    unit = match[2].strip()
    if not unit and power != 0:
        raise InputError(f"{name} = {text!r} lacks its unit; it carries energy^{power}: GeV^{power}, or a laboratory unit")
    factor, found = parse(unit or "1")
    if found != power:
        raise DimensionError(f"{name} = {text!r} carries energy^{found}, but {lookup(name).meaning} carries energy^{power}")
    return float(match[1]) * factor
