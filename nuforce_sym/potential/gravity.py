r"""Gravity between two bodies, the neutrino force between the same two, and the distance at which they are equal.

    V_G(r) = -\frac{G_Nm_1m_2}{r}, \qquad |V(r_=)| = |V_G(r_=)| \quad\text{or}\quad |V'(r_=)| = |V_G'(r_=)|

The force of a neutrino pair falls as r^{-6} or faster, so that gravity wins beyond r_=. It depends on the charges of the two
bodies, and on whether potentials or forces are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.special import Ki1, PairK1, PairK2
from nuforce_sym.symbols import symbols
from nuforce_sym.units import from_natural, parse

r, G_N, G_F = symbols("r G_N G_F")
COMPARE = ("potential", "force")
_DIGITS = 30


def gravitational_potential(m_1: sp.Expr, m_2: sp.Expr) -> sp.Expr:
    """Return Newton's potential -G_N m_1 m_2/r."""
    return -G_N * m_1 * m_2 / r


def equal_distance(potential: sp.Expr, m_1: sp.Expr, m_2: sp.Expr, *, compare: str = "potential") -> sp.Expr:
    r"""Return r_= in closed form for V = c/r^n: (|c|/G_Nm_1m_2)^{1/(n-1)}, and n|c| in place of |c| for forces.

    Raises:
        InputError: ``compare`` is neither ``"potential"`` nor ``"force"``.
        NotDerivable: the potential is no power of r that falls faster than gravity.
    """
    ours, theirs = (_compared(V, compare) for V in (potential, gravitational_potential(m_1, m_2)))
    strength, power = sp.factor(ours / theirs).as_independent(r)
    exponent = power.as_base_exp()[1] if power.as_base_exp()[0] == r else sp.Integer(0)
    if power != r**exponent or not exponent.is_Rational or exponent >= 0:
        raise NotDerivable(f"the potential {potential} is no power of r that falls faster than 1/r: use equals_gravity()")
    size = -strength if strength.is_negative else strength if strength.is_positive else sp.Abs(strength)
    return sp.powdenest(size ** (-1 / exponent))


def _compared(V: sp.Expr, compare: str) -> sp.Expr:
    if compare not in COMPARE:
        raise InputError(f"compare = {compare!r} must be 'potential' or 'force'{suggestion(str(compare), COMPARE)}")
    return V if compare == "potential" else -sp.diff(V, r)


def equals_gravity(
    potential: sp.Expr,
    m_1: sp.Expr,
    m_2: sp.Expr,
    *,
    compare: str = "potential",
    unit: str = "nm",
    values: Mapping[sp.Symbol, Any] | None = None,
) -> mp.mpf:
    r"""Return the distance in ``unit`` beyond which gravity is the stronger of the two.

    A power of r is solved in closed form, anything else by a root of \ln|V/V_G| to 20 digits (10 for two
    neutrinos of different masses), the outermost between 10^{-3} fm and 10^{10} m.

    Args:
        potential: V(r) in natural units, powers of GeV, for example from `bodies.between`.
        m_1, m_2: the masses in GeV.
        compare: ``"potential"`` or ``"force"``.
        unit: of the distance.
        values: numbers for symbols besides r; G_F and G_N are CODATA's where they are left out.

    Raises:
        InputError: a mass is not positive, a symbol lacks its value, the unit is no length, or the potential vanishes.
        NotDerivable: the two are nowhere equal in that range.
    """
    factor, power = parse(unit)
    if power != -1:
        raise InputError(f"{unit!r} is no unit of length")
    numbers = {G_F: sp.Rational(constant("G_F").value), G_N: sp.Rational(constant("G_N").value)}
    numbers |= {s: as_expr(x) for s, x in (values or {}).items()}
    masses = [as_expr(m).subs(numbers) for m in (m_1, m_2)]
    if any(not (m.is_number and m.is_positive and m.is_finite) for m in masses):
        raise InputError(f"the masses {masses} must be positive numbers, in GeV")
    placed = potential.subs(numbers)
    if placed.free_symbols - {r}:
        missing = ", ".join(sorted(s.name for s in placed.free_symbols - {r}))
        raise InputError(f"the potential needs numbers for {missing}: pass them in values")
    if placed == 0:
        raise InputError("the potential vanishes: gravity is stronger at every distance")
    with mp.workdps(_DIGITS + 10):
        try:
            closed = equal_distance(placed, *masses, compare=compare).subs(numbers)
            distance = mp.mpmathify(closed.evalf(_DIGITS + 10))
        except NotDerivable:
            distance = _root(placed, gravitational_potential(*masses).subs(numbers), compare)
        return distance / mp.mpf(factor)


def _root(potential: sp.Expr, gravity: sp.Expr, compare: str) -> mp.mpf:
    """Return the outermost crossing: bracketed and found at low precision, then polished where V is cheap."""
    height = _height(potential, gravity, "potential")
    with mp.workdps(15):
        low, high = _bracket(height)
        if compare == "force":
            # where the potentials are equal the steeper one has the larger force already
            height = _height(potential, gravity, compare)
            while height(high) > 0:
                low, high = high, high + mp.log(2)
        start = mp.findroot(height, (low, high), solver="anderson", tol=mp.mpf(10) ** -12, verify=False)
    if potential.has(PairK1, PairK2):
        return mp.exp(start)
    near = (start, start + mp.mpf(10) ** -10)
    return mp.exp(mp.findroot(height, near, solver="secant", tol=mp.mpf(10) ** -(2 * _DIGITS - 10)))


def _height(potential: sp.Expr, gravity: sp.Expr, compare: str) -> Callable[[mp.mpf], mp.mpf]:
    r"""Return \ln|V/V_G|, or that of the forces, as a function of \ln r."""
    ours, theirs = (_function(V, compare) for V in (potential, gravity))
    return lambda x: mp.log(abs(ours(mp.exp(x)) / theirs(mp.exp(x))))


def _function(V: sp.Expr, compare: str) -> Callable[[mp.mpf], mp.mpf]:
    special = {f.__name__: f._value for f in (Ki1, PairK1, PairK2)}
    if compare == "potential" or not V.has(PairK1, PairK2):
        return sp.lambdify(r, _compared(V, compare), [special, "mpmath"])  # type: ignore[no-any-return]
    value = sp.lambdify(r, V, [special, "mpmath"])

    def slope(x: mp.mpf) -> mp.mpf:
        # the loop of two masses has no derivative in closed form; h^2 and 10^-25/h are far below 10^-10
        h = mp.mpf(10) ** -6
        with mp.workdps(25):
            return (value(x * (1 - h)) - value(x * (1 + h))) / (2 * h * x)

    return slope


def _bracket(height: Callable[[mp.mpf], mp.mpf]) -> tuple[mp.mpf, mp.mpf]:
    """Return the outermost half decade of r between 1e-3 fm and 1e10 m in which gravity takes over."""
    fermi = mp.log(mp.mpf(parse("fm")[0]))
    outer = fermi + 25 * mp.log(10)
    if height(outer) > 0:
        raise NotDerivable("the two are not equal between 1e-3 fm and 1e10 m: the other force is the stronger at 1e10 m")
    for step in range(1, 57):
        inner = fermi + (25 - mp.mpf(step) / 2) * mp.log(10)
        if height(inner) > 0:
            return inner, outer
        outer = inner
    raise NotDerivable("the two are nowhere equal between 1e-3 fm and 1e10 m: gravity is stronger throughout")


def interaction_range(threshold: sp.Expr) -> sp.Expr:
    r"""Return 1/\sqrt{t_0}, the length over which V falls by 1/e, from the branch point t_0 of the amplitude.

    t_0 = (m_i + m_j)^2 for a pair. At t_0 = 0 the potential falls as a power and the range is infinite (``oo``).

    Raises:
        InputError: the threshold is negative, or no real finite number.
    """
    t_0 = as_expr(threshold)
    if t_0.is_negative or (t_0.is_number and not (t_0.is_real and t_0.is_finite)):
        raise InputError(f"the threshold t_0 = {t_0} is negative or no number: it is the squared mass of a state")
    return sp.oo if t_0 == 0 else sp.sqrt(sp.factor(1 / t_0))


def range_of_pair(m_i: float, m_j: float, *, mass_unit: str = "eV", unit: str = "um") -> float:
    r"""Return 1/(m_i + m_j) in ``unit`` for two neutrino masses in ``mass_unit``; infinity where both vanish.

    Raises:
        InputError: a mass is negative or not finite, or a unit is of the wrong kind.
    """
    if not (0 <= m_i < mp.inf and 0 <= m_j < mp.inf):
        raise InputError(f"the neutrino masses {m_i}, {m_j} {mass_unit} must not be negative, and be finite")
    factor, power = parse(mass_unit)
    if power != 1:
        raise InputError(f"{mass_unit!r} is no unit of mass")
    total = (m_i + m_j) * factor
    if total == 0:
        return float("inf")
    return from_natural(float(interaction_range(as_expr(total) ** 2)), unit, power=-1)
