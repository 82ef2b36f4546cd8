r"""Gravity between two bodies, the neutrino force between the same two, and the distance at which they are equal.

    V_G(r) = -\frac{G_Nm_1m_2}{r}, \qquad |V(r_=)| = |V_G(r_=)| \quad\text{or}\quad |V'(r_=)| = |V_G'(r_=)|

The force of a neutrino pair falls as r^{-6} or faster, so that gravity wins beyond r_=. It depends on the charges of the two
bodies, and on whether potentials or forces are compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.amplitude.flavour import FlavourCharges, charge_product, charges, unitary
from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.limits import massless_limit
from nuforce_sym.symbols import symbols
from nuforce_sym.units import from_natural, parse

r, G_N, G_F, m_nu, g_V1, g_V2 = symbols("r G_N G_F m_nu g_V1 g_V2")
COMPARE = ("potential", "force")
PARTICLES = ("e", "mu", "p", "n")
_DIGITS = 30


@dataclass(frozen=True)
class Body:
    """A body: its name, its mass in GeV, and its vector charges a_ij.

    With the mixing matrix ``U`` they are in the basis of the neutrino masses, without it in the basis of flavours, in which
    massless neutrinos may be summed.
    """

    name: str
    mass: sp.Expr
    a: sp.ImmutableMatrix
    U: sp.ImmutableMatrix | None = None

    def __post_init__(self) -> None:
        if not (self.mass.is_number and self.mass > 0):
            raise InputError(f"the mass of {self.name!r} is {self.mass} GeV: it must be positive")


def particle(name: str, *, sin2_theta_W: Any, U: Any = None) -> Body:
    """Return an electron, muon, proton or neutron as a `Body`.

    Args:
        name: ``"e"``, ``"mu"``, ``"p"`` or ``"n"``.
        sin2_theta_W: a number, or the name of a constant with its scheme, ``"sin2_theta_W(MSbar, m_Z)"``.
        U: the mixing matrix, which leptons need for massive neutrinos.

    Raises:
        InputError: the particle is unknown, the mixing angle lacks its scheme, or U is not unitary.
    """
    if name not in PARTICLES:
        raise InputError(f"no body {name!r}: use {', '.join(PARTICLES)}, or atom(Z, A, ...){suggestion(name, PARTICLES)}")
    return Body(name, _mass(name), _charges(name, sin2_theta_W, U).a, _mixing(U))


def atom(Z: int, A: int, *, mass: float | str, unit: str = "GeV", sin2_theta_W: Any, U: Any = None) -> Body:
    """Return a neutral atom of Z protons, A - Z neutrons and Z electrons; its charges are the sums of theirs.

    Args:
        Z, A: atomic and mass number.
        mass: of the whole atom, a number or a decimal string, in ``unit``.
        unit: of the mass.
        sin2_theta_W, U: as in `particle`.

    Raises:
        InputError: Z and A are no such numbers, or the mass is not positive or not a mass.
    """
    if any(type(number) is not int for number in (Z, A)) or not 1 <= Z <= A:
        raise InputError(f"Z = {Z!r}, A = {A!r} are no atomic and mass number: whole numbers with 1 <= Z <= A")
    factor, power = parse(unit)
    if power != 1:
        raise InputError(f"{unit!r} is no unit of mass: use GeV, MeV, kg or the like")
    parts = {name: _charges(name, sin2_theta_W, U).a for name in ("p", "n", "e")}
    total = Z * parts["p"] + (A - Z) * parts["n"] + Z * parts["e"]
    return Body(f"atom({Z}, {A})", exact(mass) * exact(factor), sp.ImmutableMatrix(total), _mixing(U))


def exact(number: Any) -> sp.Rational:
    """Return a number, or a decimal string such as ``"0.05"``, as the rational that it says.

    Raises:
        InputError: it is neither.
    """
    if isinstance(number, sp.Rational):
        return number
    if not re.fullmatch(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,3})?", text := str(number).strip().lower()):
        raise InputError(f"{number!r} is no decimal number")
    return sp.Rational(text)


def _mass(name: str) -> sp.Rational:
    found = constant(f"m_{name}")
    return sp.Rational(found.value) * exact(parse(found.unit)[0])


def _mixing(U: Any) -> sp.ImmutableMatrix | None:
    return None if U is None else unitary(U)


def _charges(name: str, sin2_theta_W: Any, U: Any) -> FlavourCharges:
    s2 = sp.Rational(constant(sin2_theta_W).value) if isinstance(sin2_theta_W, str) else as_expr(sin2_theta_W)
    if s2.is_number and not 0 < s2 < 1:
        raise InputError(f"sin^2 theta_W = {s2} must lie between 0 and 1")
    return charges(name, sp.eye(3) if U is None else unitary(U), sin2_theta_W=s2)


def between(first: Body, second: Body, potential: sp.Expr, masses: Sequence[Any] = (0, 0, 0), unit: str = "eV") -> sp.Expr:
    r"""Return the neutrino potential of two bodies as a function of r, \sum_{ij}a^1_{ij}a^{2*}_{ij}V_{ij}(r), in GeV.

    Args:
        first, second: the bodies.
        potential: V(r) of one neutrino of mass m_nu between the charges g_V1 and g_V2, as the derivations
            ``two_neutrino``, ``two_neutrino_dirac`` and ``two_neutrino_majorana`` give it.
        masses: of the three neutrinos, in ``unit``, not negative.

    Raises:
        InputError: a mass is negative, the potential lacks the charges, or a lepton's charges lack the mixing matrix.
        NotDerivable: two neutrinos of different masses meet in the loop, for which ``potential`` has no V_ij.
    """
    scale = exact(parse(unit)[0])
    given = [exact(m) * scale for m in masses]
    if len(given) != 3 or any(m < 0 for m in given):
        raise InputError(f"the neutrino masses {list(masses)} must be three numbers, none of them negative")
    if not {g_V1, g_V2} <= potential.free_symbols:
        raise InputError(f"the potential {potential} does not hold the charges g_V1 and g_V2: give one of a neutrino pair")
    unit_potential = potential.xreplace({g_V1: sp.Integer(1), g_V2: sp.Integer(1), G_F: sp.Rational(constant("G_F").value)})
    if m_nu not in potential.free_symbols or set(given) == {sp.Integer(0)}:
        massless = massless_limit(unit_potential, m_nu) if m_nu in potential.free_symbols else unit_potential
        if any(given):
            raise InputError("the potential holds no mass m_nu, but the masses are not zero: give that of massive neutrinos")
        return charge_product(first.a, second.a) * massless
    for body in (first, second):
        if body.U is None and body.a != body.a[0, 0] * sp.eye(3):
            raise InputError(f"the charges of {body.name} depend on flavour: massive neutrinos need the mixing matrix U")
    if first.U is not None and second.U is not None and first.U != second.U:
        raise InputError("the two bodies were made with different mixing matrices")
    weights = first.a.multiply_elementwise(second.a.conjugate())
    for i in range(3):
        for j in range(3):
            if i != j and weights[i, j] != 0:
                raise NotDerivable(
                    f"neutrinos {i + 1} and {j + 1} meet in the loop between {first.name} and {second.name}: their V_ij is not "
                    "among the potentials of equal masses; add the pairs with amplitude.flavour.sum_over_masses"
                )
    return sp.Add(*(sp.expand(weights[i, i]) * _of_mass(unit_potential, m) for i, m in enumerate(given)))


def _of_mass(unit_potential: sp.Expr, mass: sp.Rational) -> sp.Expr:
    return massless_limit(unit_potential, m_nu) if mass == 0 else unit_potential.xreplace({m_nu: mass})


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

    A power of r is solved in closed form, anything else by a root of \ln|V/V_G| to 25 digits, the outermost between
    10^{-3} fm and 10^{10} m.

    Args:
        potential: V(r) in natural units, powers of GeV, for example from `between`.
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
    if any(not (m.is_number and m > 0) for m in masses):
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
    ratio = sp.lambdify(r, _compared(potential, compare) / _compared(gravity, compare), "mpmath")

    def height(x: mp.mpf) -> mp.mpf:
        return mp.log(abs(ratio(mp.exp(x))))

    low, high = (mp.log(mp.mpf(10) ** n / mp.mpf(parse("fm")[0]) ** -1) for n in (-3, 25))
    grid = mp.linspace(low, high, 57)
    heights = [height(x) for x in grid]
    for left in range(len(grid) - 2, -1, -1):
        if heights[left] > 0 >= heights[left + 1]:
            return mp.exp(mp.findroot(height, (grid[left], grid[left + 1]), solver="anderson", tol=mp.mpf(10) ** -_DIGITS))
    stronger = "gravity" if heights[0] <= 0 else "the other force"
    raise NotDerivable(f"the two are nowhere equal between 1e-3 fm and 1e10 m: {stronger} is stronger throughout")


def interaction_range(threshold: sp.Expr) -> sp.Expr:
    r"""Return 1/\sqrt{t_0}, the length over which V falls by 1/e, from the branch point t_0 of the amplitude.

    t_0 = (m_i + m_j)^2 for a pair. At t_0 = 0 the potential falls as a power and the range is infinite (``oo``).

    Raises:
        InputError: the threshold is negative.
    """
    t_0 = as_expr(threshold)
    if t_0.is_negative:
        raise InputError(f"the threshold t_0 = {t_0} is negative: no exchanged state has a negative squared mass")
    return sp.oo if t_0 == 0 else sp.sqrt(sp.factor(1 / t_0))


def range_of_pair(m_i: float, m_j: float, *, mass_unit: str = "eV", unit: str = "um") -> float:
    r"""Return 1/(m_i + m_j) in ``unit`` for two neutrino masses in ``mass_unit``; infinity where both vanish.

    Raises:
        InputError: a mass is negative, or a unit is of the wrong kind.
    """
    if m_i < 0 or m_j < 0:
        raise InputError(f"the neutrino masses {m_i}, {m_j} {mass_unit} must not be negative")
    factor, power = parse(mass_unit)
    if power != 1:
        raise InputError(f"{mass_unit!r} is no unit of mass")
    total = (m_i + m_j) * factor
    if total == 0:
        return float("inf")
    return from_natural(float(interaction_range(as_expr(total) ** 2)), unit, power=-1)
