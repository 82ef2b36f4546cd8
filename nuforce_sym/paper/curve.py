"""A function of the distance as an inline SVG picture: magnitude against r on logarithmic axes, dashed where negative."""

from __future__ import annotations

import math
import re
from html import escape

import sympy as sp

from nuforce_sym.equality import numeric_value
from nuforce_sym.errors import InputError
from nuforce_sym.lines import Line
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbol

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 14, 44
POINTS = 49
DIGITS = 15
FROM, TO = 0.1, 10.0
_NOT_A_FUNCTION = (Line, Vector3, Dot3, Triple3, Component3, Anticommutator, sp.Integral, sp.Derivative)


def is_function_of_r(value: object) -> bool:
    """Whether a step's value is an ordinary function of the distance r, which a curve can show."""
    if not isinstance(value, sp.Expr) or value.has(*_NOT_A_FUNCTION):
        return False
    names = {s.name for s in value.free_symbols}
    return "r" in names and not names & {"delta3_r", "q", "t", "x", "z"} and not any(n.startswith("O_") for n in names)


def samples(value: sp.Expr) -> list[tuple[float, float]]:
    """Return (r, value) with every other symbol set to 1, at distances evenly spaced in log r.

    Raises:
        InputError: the function has no finite value somewhere, or vanishes everywhere.
    """
    r = symbol("r")
    others: dict[sp.Basic, sp.Rational] = {s: sp.Integer(1) for s in value.free_symbols if s != r}
    found = []
    for n in range(POINTS):
        at = FROM * (TO / FROM) ** (n / (POINTS - 1))
        number = numeric_value(value, {**others, r: sp.Rational(str(round(at, 12)))}, DIGITS)
        found.append((at, float(number.real)))
    if not all(math.isfinite(v) for _, v in found) or not any(v for _, v in found):
        raise InputError(f"{value} has no curve between r = {FROM:g} and {TO:g}")
    return found


def curve(value: sp.Expr, name: str, lhs: str = "") -> str:
    """Return the picture of a function of r as an ``<svg>`` element.

    ``name`` is what a screen reader says of it; ``lhs``, where it is as plain as V(r), labels the axis.
    """
    points = [(x, y) for x, y in samples(value) if y]
    logs = [math.log10(abs(y)) for _, y in points]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    high = max(high, low + 1)

    def across(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(x / FROM) / math.log(TO / FROM)

    def down(log: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - log) / (high - low)

    marks = [_horizontal(tick, down(tick)) for tick in _ticks(low, high)]
    marks += [_vertical(x, across(x)) for x in (0.1, 1.0, 10.0)]
    lines = []
    for negative, run in _runs(points):
        place = " ".join(f"{across(x):.1f},{down(log):.1f}" for x, log in run)
        lines.append(f'<polyline class="{"minus" if negative else "plus"}" points="{place}"/>')
    sign = {True: "negative (dashed)", False: "positive"}
    signs = " and ".join(sign[s] for s in (False, True) if any((y < 0) is s for _, y in points))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(f"{name}: magnitude against r; {signs}")}</title>'
        f"{''.join(marks)}{''.join(lines)}"
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">r</text>'
        f'<text transform="translate(14 {(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)" text-anchor="middle">'
        f"{escape(_axis(lhs))}</text></svg>"
    )


def _axis(lhs: str) -> str:
    """Return what the axis upwards says: |V(r)|, or that it is a magnitude."""
    return f"|{lhs}|" if re.fullmatch(r"[A-Za-z](\([a-z]\))?", lhs) else "magnitude"


def _ticks(low: int, high: int) -> range:
    return range(low, high + 1, max(1, math.ceil((high - low) / 6)))


def _horizontal(power: int, y: float) -> str:
    shown = str(power).replace("-", "−")
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">10<tspan dy="-5" font-size="10">{shown}</tspan></text>'
    )


def _vertical(value: float, x: float) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:g}</text>'
    )


def _runs(points: list[tuple[float, float]]) -> list[tuple[bool, list[tuple[float, float]]]]:
    """Return the stretches of one sign, as (negative, [(r, log10 of the magnitude)])."""
    runs: list[tuple[bool, list[tuple[float, float]]]] = []
    for x, y in points:
        if not runs or runs[-1][0] != (y < 0):
            runs.append((y < 0, []))
        runs[-1][1].append((x, math.log10(abs(y))))
    return runs
