r"""The proved error of the runtime's `pinched`, P(p,x) = \mathrm{Im}\,z^m-mx\,\mathrm{Re}\,z^m, z = 1/(1-ix), m = p+2.

With x = \tan\theta and t = m\theta it is \cos^m\theta\,[\sin t-t\cos t-m(x-\theta)\cos t], in which nothing but the two
brackets cancels: both are power series where t < 1 and x < 1/2. The error is compared with
S = \tfrac13(m^3-m)x^3/(1+x^2)^2, P's own size where x is small and, for p \to 0, everywhere. With

    |\sin t-t\cos t| \leq \tfrac13t^3,  x-\theta \leq x^3/(3+x^2),

and the rounding errors of the text (arctan, sin, cos and power within four units in the last place) the sum is evaluated in
balls over small pieces of 0 < \theta < \pi/2 and 2 <= m <= 14. From the text are read the two tables. An inexact x costs
|xP'| = m(m-1)x^2|\mathrm{Im}\,z^{m+1}| \leq \tfrac32\pi S.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Sequence
from functools import cache

import sympy as sp
from flint import arb, ctx

from nuforce_sym.kernel import absolute
from nuforce_sym.kernel.absolute import LIBRARY
from nuforce_sym.kernel.factors import ONE, Part, Value, plain, with_dust
from nuforce_sym.kernel.magnitude import NotProved, U

PRECISION = 100
ASSUMPTIONS = (
    "IEEE 754 binary64 arithmetic, rounding to nearest",
    "NumPy's arctan, sin, cos and power are within four units in the last place",
)
HIGHEST_POWER = 12
LARGEST_X = arb(10) ** 16
_PARTS, _ANGLES, _POWERS = 16, 40, 24
_SLACK = 1 + arb(2) ** -30
_EDGE = arb(2) ** -40


@cache
def prove(source: str) -> tuple[arb, arb]:
    """Return what |computed - P| and |P| are at most, in units of S, for exact doubles 0 < p <= 12 and 0 < x <= 1e16.

    Raises:
        NotProved: the text lacks a table or function, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    tables, functions = absolute.tables(module), absolute.functions(module)
    if not {"_wave_near", "_arc_near"} <= set(functions) or not {"_WAVE", "_ARC"} <= set(tables):
        raise NotProved("the runtime has no functions and tables of a pinched spectrum")
    with ctx.workprec(PRECISION):
        wave = _series_error(functions["_wave_near"], tables, "_WAVE", arb(1), _wave_term)
        arc = _series_error(functions["_arc_near"], tables, "_ARC", arb(1) / 2, _arc_term)
        ends = [arb.pi() / 2 * i / _ANGLES for i in range(_ANGLES)] + [LARGEST_X.atan()]
        powers = [2 + arb(HIGHEST_POWER) * i / _POWERS for i in range(_POWERS + 1)]
        found = [
            _piece(angles, several, wave, arc) for angles in itertools.pairwise(ends) for several in itertools.pairwise(powers)
        ]
        error, size = (max(column, key=float) for column in zip(*found, strict=True))
        return (error * _SLACK).upper(), (size * _SLACK).upper()


def _wave_term(k: int) -> arb:
    return arb(2 * (k + 1) * (-1) ** k) / arb(2 * k + 4).gamma()


def _arc_term(k: int) -> arb:
    return arb((-1) ** k) / (2 * k + 3)


def _series_error(function: ast.FunctionDef, tables: absolute.Tables, name: str, end: arb, exact: Callable[[int], arb]) -> arb:
    """Return the relative error of a power series times the cube of its argument."""
    table, worst = tables[name], arb(0)
    for low, high in itertools.pairwise(end * i / _PARTS for i in range(_PARTS + 1)):
        found = absolute.run(function, [absolute.interval(low, high)], tables)
        wrong = sum((abs(c - exact(k)) * high ** (2 * k) for k, c in enumerate(table)), arb(0))
        wrong += abs(exact(len(table))) * high ** (2 * len(table))  # alternating and falling
        least = found.value.lower() - wrong
        if not least > 0:
            raise NotProved(f"the series {name} may vanish")
        worst = worst.max((found.error + wrong) / least)
    return ((1 + worst) * (1 + U) ** 3 - 1).upper()


def _piece(angles: tuple[arb, arb], powers: tuple[arb, arb], wave: arb, arc: arb) -> tuple[arb, arb]:
    """Return the error and the size in units of S for angles and m between two values."""
    (low, high), (low_m, high_m) = angles, powers
    cosine, sine = low.cos(), high.sin() / high  # both fall
    x_low, x_high = low.tan(), high.tan()
    t_low, t_high = low_m * low, high_m * high
    # cos^m t^3/3 and cos^m m (x - theta) over S = (m^3-m)/3 sin^3 cos
    share = low_m**2 / (low_m**2 - 1)
    forth = cosine ** (low_m - 1) * share / sine**3
    back = 3 * cosine ** (low_m - 2) / ((low_m**2 - 1) * (1 + 2 * high.cos() ** 2))
    inexact = LIBRARY + 2 * U  # of t
    first = second = arb(0)
    if t_low < 1 + _EDGE:
        first = wave + 3 * inexact
    if t_high > 1 - _EDGE:
        t = t_low.max(1 - _EDGE)
        first = first.max(3 * ((LIBRARY + U) * (1 / t**3 + 1 / t**2) + U / t**2 + inexact / t))
    if x_low < arb(1) / 2 + _EDGE:
        second = arc
    if x_high > arb(1) / 2 - _EDGE:
        angle = low.max(arb("0.4636"))
        second = second.max(LIBRARY * angle / (angle.tan() - angle) + U)
    second += 3 * U + LIBRARY + t_high * inexact
    # 1 + x^2, rounded twice, to the powers 1 and p/2.
    modulus = LIBRARY + high_m * U + U
    error = forth * (first + modulus + 3 * U) + back * (second + modulus + 3 * U)
    return (error * (1 + arb(2) ** -20)).upper(), (forth + back).upper()


def values(name: str, arguments: Sequence[Value], source: str) -> Value:
    """Return P(p, x) and its error.

    Raises:
        NotProved: p is no argument itself, or x is more than a product of arguments.
    """
    p, (x, dust) = plain(arguments[0]), with_dust(arguments[1])
    if p is None or x is None or p.error != 0:
        raise NotProved(f"{name} is proved for a power that is an argument and a product x of arguments")
    error, size = prove(source)
    q, y = p.coefficient, x.coefficient
    unit = sp.Integer(int(float(size)) + 1)
    scale = (q + 1) * (q + 2) * (q + 3) * y**3 / (3 * (1 + y**2) ** 2)
    inexact = 3 * arb.pi() / 2 * x.error * _SLACK
    return Part(unit * scale, (((ONE,),),), ((error + inexact) / int(unit)).upper()), *dust
