"""Conversion at the border: numbers with laboratory units in and out of natural units (powers of GeV).

    >>> from nuforce_sym.units import to_natural, from_natural
    >>> r = to_natural(1, "nm")                       # GeV^-1
    >>> print(f"{r:.10e}")
    5.0677307162e+06
    >>> print(f"{from_natural(r, 'um'):.6f}")
    0.001000

A unit is a product of powers of the units in `UNITS`: ``"eV"``, ``"GeV^-2"``, ``"eV/nm"``, ``"cm^-3"``, ``"kg"``, ``"N"``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from math import pi

import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import DimensionError, InputError, suggestion

_FACTOR = re.compile(r"(?P<name>[A-Za-z]+)(?:\^(?P<power>[+-]?\d{1,2}))?")


@cache
def _units() -> dict[str, tuple[Fraction, int, int]]:
    """Return name -> (exact factor, power of hbar in it, power of energy): one unit = factor * hbar^n * GeV^p.

    hbar is irrational, so it is kept apart until the very end.
    """
    c, e, k_B = (Fraction(constant(n).value) for n in ("c", "e", "k_B"))
    GeV_in_J = e * 10**9
    metre = (GeV_in_J / c, -1, -1)
    second = (GeV_in_J, -1, -1)
    joule = (1 / GeV_in_J, 0, 1)
    kilogram = (c**2 / GeV_in_J, 0, 1)
    kelvin = (k_B / GeV_in_J, 0, 1)
    scale = {"f": -15, "p": -12, "n": -9, "u": -6, "m": -3, "c": -2, "k": 3}
    table: dict[str, tuple[Fraction, int, int]] = {}

    def add(name: str, unit: tuple[Fraction, int, int], times: Fraction = Fraction(1)) -> None:
        table[name] = (unit[0] * times, unit[1], unit[2])

    energy = (Fraction(1), 0, 1)
    for prefix, power in {"m": -12, "": -9, "k": -6, "M": -3, "G": 0, "T": 3}.items():
        add(f"{prefix}eV", energy, Fraction(10) ** power)
    add("m", metre)
    for prefix in ("f", "p", "n", "u", "m", "c", "k"):
        add(f"{prefix}m", metre, Fraction(10) ** scale[prefix])
    add("s", second)
    for prefix in ("n", "u", "m"):
        add(f"{prefix}s", second, Fraction(10) ** scale[prefix])
    hertz = (1 / second[0], 1, 1)
    for prefix, power in {"": 0, "k": 3, "M": 6, "G": 9, "T": 12}.items():
        add(f"{prefix}Hz", hertz, Fraction(10) ** power)
    add("J", joule)
    add("kg", kilogram)
    add("g", kilogram, Fraction(1, 1000))
    add("K", kelvin)
    newton = (joule[0] / metre[0], 1, 2)
    add("N", newton)
    barn = (metre[0] ** 2 / 10**28, -2, -2)
    for prefix, power in {"": 0, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}.items():
        add(f"{prefix}b", barn, Fraction(10) ** power)
    return table


def exact(name: str) -> tuple[sp.Expr, int]:
    """Return (the exact value of one unit in GeV^p, p); the value holds pi where hbar stands in it.

    Raises:
        InputError: there is no unit of this name.
    """
    if name not in _units():
        raise InputError(f"no unit {name!r}{suggestion(name, _units())}; known: {', '.join(_units())}")
    factor, hbars, power = _units()[name]
    planck = Fraction(constant("h").value)
    hbar = sp.Rational(planck.numerator, planck.denominator) / (2 * sp.pi)
    return sp.Rational(factor.numerator, factor.denominator) * hbar**hbars, power


def names() -> tuple[str, ...]:
    """Return the names of the units."""
    return tuple(_units())


def parse(unit: str) -> tuple[float, int]:
    """Return (value of one ``unit`` in GeV^p, p). ``"1"`` is the dimensionless unit.

    A frequency is converted as an angular frequency: E = hbar omega. For E = h nu multiply by 2 pi yourself, or use
    `frequency`.

    Raises:
        InputError: the text is no product of known units, or one of the product is beyond double precision.
    """
    factor, hbars, power = Fraction(1), 0, 0
    sign = 1
    for part in re.split(r"([*/ ])", unit.strip()) if unit.strip() != "1" else []:
        if part in ("", " ", "*"):
            continue
        if part == "/":
            if sign < 0:
                raise InputError(f"{unit!r} has two slashes in a row")
            sign = -1
            continue
        match = _FACTOR.fullmatch(part)
        if not match or match["name"] not in _units():
            raise InputError(
                f"{part!r} in {unit!r} is no unit{suggestion(part, _units())}; known: {', '.join(sorted(_units()))}"
            )
        n = sign * int(match["power"] or 1)
        f, h, p = _units()[match["name"]]
        factor, hbars, power, sign = factor * f**n, hbars + h * n, power + p * n, 1
    if sign < 0:
        raise InputError(f"{unit!r} ends with a slash: name what is divided by")
    exact = factor * Fraction(constant("h").value) ** hbars
    try:
        found = float(exact) / (2 * pi) ** hbars
    except OverflowError:
        found = 0.0
    if not found:
        raise InputError(f"one {unit!r} in powers of GeV is beyond the range of double precision")
    return found, power


def to_natural(value: float, unit: str) -> float:
    """Return ``value`` in units of the power of GeV that ``unit`` carries: lengths in GeV^-1, masses in GeV."""
    return value * parse(unit)[0]


def from_natural(value: float, unit: str, *, power: int | None = None) -> float:
    """Return a number given in GeV^p in the laboratory ``unit``; the unit fixes p.

    Raises:
        DimensionError: ``power`` is given and is not the unit's p.
    """
    factor, p = parse(unit)
    if power is not None and power != p:
        raise DimensionError(f"{unit!r} carries GeV^{p}, but the value carries GeV^{power}: choose another unit")
    return value / factor


def frequency(energy_GeV: float) -> float:
    """Return nu = E/h in hertz for an energy in GeV."""
    return from_natural(energy_GeV, "Hz") / (2 * pi)
