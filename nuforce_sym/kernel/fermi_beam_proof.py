r"""The proved error of the runtime's `fermi_sine` and `fermi_cosine`, the means of \sin xt and t\cos xt over t^2/(e^t+1).

With N = \tfrac32\zeta(3) the expansion 1/(e^t+1) = \sum_j(-1)^{j+1}e^{-jt} gives

    NF_s = \sum_j(-1)^{j+1}\,\mathrm{Im}\frac2{(j-ix)^3},  NF_c = \sum_j(-1)^{j+1}\,\mathrm{Re}\frac6{(j-ix)^4}.

For x <= 1 the text takes j = 1, 2 as they are and the others as a power series in x^2, which falls as 9^{-k}; for x > 1 the
closed form, which cancels no more. Both change sign, so that the errors are absolute (see `absolute`): |F_s| <= 1 and
|F_s| <= 3.16x, |F_c| <= 3.16. An inexact x costs |xF_s'| <= 2\max t^3e^{-t}/N and |xF_c'| <= 2\max t^4e^{-t}/N, by parts.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sympy as sp
from flint import arb, ctx

from nuforce_sym.kernel import absolute
from nuforce_sym.kernel.factors import ONE, Part, Value, with_dust
from nuforce_sym.kernel.magnitude import NotProved, U

PRECISION = 120
LARGEST_MEAN = sp.Rational(316, 100)
_PARTS = 24
_FAR, _END = 24, 20
_SLACK = 1 + arb(2) ** -30


@dataclass(frozen=True)
class FermiBound:
    r"""|error of fermi_sine| <= sine \min(1, x), |error of fermi_cosine| <= cosine."""

    sine: arb
    cosine: arb


@cache
def prove(source: str) -> FermiBound:
    """Return the bounds that hold for the runtime block ``source`` and all doubles x >= 0.

    Raises:
        NotProved: the text lacks a table or function, or an inequality of the proof fails.
    """
    module = ast.parse(source)
    tables, functions = absolute.tables(module), absolute.functions(module)
    names = {f"_fermi_{wave}_{place}" for wave in ("sine", "cosine") for place in ("near", "far")}
    if not names <= set(functions) or not {"_FERMI_SINE", "_FERMI_COSINE"} <= set(tables):
        raise NotProved("the runtime has no functions and tables of the means over a thermal beam")
    found = []
    with ctx.workprec(PRECISION):
        for wave, more in (("sine", 0), ("cosine", 1)):
            table = tables[f"_FERMI_{wave.upper()}"]
            worst = arb(0)
            for low, high in itertools.pairwise(arb(i) / _PARTS for i in range(_PARTS + 1)):
                near = absolute.run(functions[f"_fermi_{wave}_near"], [absolute.interval(low, high)], tables)
                error = near.error + _table_error(table, more, high) + 2 * U * near.size
                worst = worst.max(error + (0 if more else 2 * U * near.size))
            for low, high in itertools.pairwise(arb(_END) ** (arb(i) / _FAR) for i in range(_FAR + 1)):
                far = absolute.run(functions[f"_fermi_{wave}_far"], [absolute.interval(low, high)], tables)
                # The constants pi, pi^3 or pi^4 and N are doubles; the exponential is below 1.1 e^{-pi x}.
                waves = arb("1.1") * arb.pi() ** (3 + more) * (-arb.pi() * low).exp() / _norm()
                worst = worst.max(far.error + U * ((2 + arb.pi() * high) * waves + 2 * far.size))
            # Beyond x = 20 the exponential is below 1e-24 and the power below 1/8000, with a few roundings.
            found.append((worst.max(U / 100) * _SLACK).upper())
    return FermiBound(*found)


def _norm() -> arb:
    three: arb = arb(3).zeta() * 3 / 2
    return three


def _table_error(table: Sequence[arb], more: int, x: arb) -> arb:
    """Return what the coefficients that stand in the text, and the terms that do not, may be off."""
    wrong = sum((abs(c - _coefficient(k, more)) * x ** (2 * k) for k, c in enumerate(table)), arb(0))
    rest = 2 * abs(_coefficient(len(table), more)) * x ** (2 * len(table))
    return (wrong + rest) / _norm()


@cache
def _coefficient(k: int, more: int) -> arb:
    with ctx.workprec(PRECISION + 40):
        n = 2 * k + 4
        eta = (1 - arb(2) ** (1 - n)) * arb(n).zeta() - 1 + arb(2) ** -n
        front = (2 * k + 3) * (2 * k + 2) * ((2 * k + 1) if more else 1)
        value: arb = eta * front * (-1) ** k
        return value


def values(name: str, arguments: Sequence[Value], source: str) -> Value:
    r"""Return F_s(x) or F_c(x) and its error.

    Raises:
        NotProved: x is more than a product of arguments or a sum of positive ones.
    """
    x, dust = with_dust(arguments[0])
    if x is None:
        raise NotProved(f"{name} is proved for products of arguments")
    proved = prove(source)
    if name == "fermi_sine":
        error = (proved.sine + arb("1.5") * x.error * _SLACK).upper()
        return Part(ONE, (((ONE, LARGEST_MEAN * x.coefficient),),), error), *dust
    error = ((proved.cosine + arb("5.3") * x.error * _SLACK) / 3).upper()
    return Part(LARGEST_MEAN, (((ONE,),),), error), *dust
