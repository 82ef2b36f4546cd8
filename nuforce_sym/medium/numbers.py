"""Numbers of the potentials, to any number of digits, by mpmath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import flint
import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.gas_functions import FermiSpecies
from nuforce_sym.medium.spectra import exact
from nuforce_sym.symbols import symbols

r, k = symbols("r k_nu")


def evaluated(formula: sp.Expr, at: Mapping[sp.Symbol, Any], digits: int) -> mp.mpf:
    """Return the value of a closed form; an infinite sum is summed until its terms no longer matter.

    Large phases are carried with as many more digits as they need.

    Raises:
        InputError: symbols are left without a value.
    """
    if not (type(digits) is int and 0 < digits <= MOST_DIGITS // 4):
        raise InputError(f"digits = {digits} must lie between 1 and {MOST_DIGITS // 4}")
    placed = _placed(formula, at)
    working = digits + 15 + _digits_of_phases(placed)
    previous = _at_precision(placed, working)
    while working < MOST_DIGITS:
        # near the origin terms cancel to a fourth power; nothing but more digits shows by how much
        working *= 2
        found = _at_precision(placed, working)
        if found and abs(found - previous) <= abs(found) * mp.mpf(10) ** -(digits + 3):
            return found
        previous = found
    raise InputError(f"the terms of the potential cancel there beyond {MOST_DIGITS} digits: use near()")


MOST_DIGITS = 1000
MOST_PIECES = 2000
"""Oscillations up to which an integral over a finite range of momenta is done."""


def _at_precision(placed: sp.Expr, working: int) -> mp.mpf:
    with mp.workdps(working):
        total = mp.mpf(0)
        for term in sp.Add.make_args(placed):
            sums = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Sum)]
            value = sp.lambdify((), term / sp.Mul(*sums), [{"FermiSpecies": FermiSpecies._value}, "mpmath"])()
            for summed in sums:
                value *= _infinite(summed, working)
            total += value
        return +mp.re(total)


def _placed(formula: sp.Expr, at: Mapping[sp.Symbol, Any]) -> sp.Expr:
    placed = formula.xreplace({s: exact(v) for s, v in at.items()})
    if placed.free_symbols:
        missing = ", ".join(sorted(s.name for s in placed.free_symbols))
        raise InputError(
            f"the potential needs values for {missing}: give them by name, as in number(r, {missing.split(',')[0]}=...)"
        )
    return placed


def _digits_of_phases(placed: sp.Expr) -> int:
    sizes = [abs(sp.N(wave.args[0], 15)) for wave in placed.atoms(sp.sin, sp.cos)]
    largest = max([sp.Float(10), *sizes])
    return int(sp.ceiling(sp.log(largest, 10).evalf()))


def _infinite(summed: sp.Sum, digits: int) -> Any:
    ((index, lower, _),) = summed.limits
    term = sp.lambdify(index, summed.function, "mpmath")
    total, n, quiet = mp.mpf(0), int(lower), 0
    while quiet < 3:
        value = term(mp.mpf(n))
        total += value
        quiet = quiet + 1 if abs(value) <= abs(total) * mp.mpf(10) ** -digits else 0
        n += 1
    return total


def oscillating_integral(
    integrand: sp.Expr, over: sp.Symbol, upper: sp.Expr, at: Mapping[sp.Symbol, Any], digits: int, begin: sp.Expr = sp.S.Zero
) -> mp.mpf:
    r"""Return \int_0^{upper} of an integrand with \sin2kr and \cos2kr; to infinity by its zeros, from kr = ``begin`` on.

    Raises:
        InputError: symbols are left without a value, or the integrand oscillates too often below a finite ``upper``.
    """
    placed = integrand.xreplace({s: exact(v) for s, v in at.items() if s != over})
    left = placed.free_symbols - {over}
    if left:
        raise InputError(f"the potential needs values for {', '.join(sorted(s.name for s in left))}")
    distance = exact(at[r])
    x = sp.Dummy("x", positive=True)
    with mp.workdps(digits + 15):
        in_GeV = sp.lambdify(x, placed.xreplace({over: x / distance}) / distance, "mpmath")
        # mpmath's quadrature stops at an absolute error: the integrand must be of order one
        size = max(abs(in_GeV(mp.mpf(2) ** n)) for n in range(-40, 12))

        def function(at_x: Any) -> Any:
            return in_GeV(at_x) / size

        if upper is not sp.oo:
            end = mp.mpf(str(sp.N(as_expr(upper) * distance, digits + 15)))
            pieces = max(1, int(end)) + int(begin * 2)
            if pieces > MOST_PIECES:
                raise InputError(
                    f"the integral over momenta oscillates {pieces} times here: it is done up to {MOST_PIECES} times"
                )
            return size * mp.quad(function, [end * j / pieces for j in range(pieces + 1)])
        first = mp.mpf(begin.p) / begin.q if begin else mp.mpf(0)
        below = mp.quad(function, [0, first / 2, first]) if begin else mp.mpf(0)
        return size * (below + mp.quadosc(lambda x: function(x + first), [0, mp.inf], omega=2))


def gauss_legendre(count: int) -> tuple[tuple[mp.mpf, mp.mpf], ...]:
    """Return the nodes on (-1, 1), and weights, of Gauss and Legendre's rule at mpmath's present precision."""
    return _gauss_legendre(count, mp.mp.dps)


@cache
def _gauss_legendre(count: int, digits: int) -> tuple[tuple[mp.mpf, mp.mpf], ...]:
    with flint.ctx.workdps(digits + 10), mp.workdps(digits):
        pairs = (flint.arb.legendre_p_root(count, j, weight=True) for j in range(count))
        return tuple((_mpf(node), _mpf(weight)) for node, weight in pairs)


def _mpf(ball: flint.arb) -> mp.mpf:
    return mp.mpf(ball.str(mp.mp.dps + 5, radius=False))


MOST_WORKING = 200
"""Digits that an integral carries at most."""


def until_settled(at: Callable[[int], mp.mpf], digits: int) -> tuple[mp.mpf, mp.mpf] | None:
    """Return ``at(working digits)`` and its error, once more working digits change it by less than 10^{-digits}; else None."""
    working = digits + 20
    value = at(working)
    while working < MOST_WORKING:
        working += max(10, working // 3)
        finer = at(working)
        if finer and abs(value - finer) <= abs(finer) * mp.mpf(10) ** -(digits + 2):
            return finer, abs(value - finer) + abs(finer) * mp.mpf(10) ** -digits
        value = finer
    return None
