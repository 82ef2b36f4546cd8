r"""Bodies with their charges, and the neutrino potential between two of them.

    V(r) = \sum_{ij}a^1_{ij}a^{2*}_{ij}\,V_{ij}(r)

for Dirac neutrinos; Majorana neutrinos add \mathrm{Re}(a^1_{ij}a^2_{ij})\,\Delta V_{ij}.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy as sp

from nuforce_sym.amplitude.flavour import FlavourCharges, charge_product, charges, real_part, unitary
from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.limits import massless_limit
from nuforce_sym.symbols import symbols
from nuforce_sym.units import parse

G_F, m_nu, m_i, m_j, g_V1, g_V2 = symbols("G_F m_nu m_i m_j g_V1 g_V2")
_LIGHTEST, _HEAVIEST = sp.Rational(1, 10**24), sp.Integer(10) ** 6
PARTICLES = ("e", "mu", "p", "n")


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
        if not self.mass.is_positive:
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
    if s2.is_number and not (s2.is_real and 0 < s2 < 1):
        raise InputError(f"sin^2 theta_W = {s2} must lie between 0 and 1")
    return charges(name, sp.eye(3) if U is None else unitary(U), sin2_theta_W=s2)


@dataclass(frozen=True)
class MixedPairs:
    r"""The potentials of two different neutrinos between the charges g_V1 and g_V2, as ``two_neutrino_unequal`` gives them.

    ``potential`` holds m_i and m_j, ``one_massless`` only m_i; ``addition`` is \Delta V_{ij} of Majorana neutrinos, and None
    for Dirac neutrinos.
    """

    potential: sp.Expr
    one_massless: sp.Expr
    addition: sp.Expr | None = None

    def of(self, first: Body, second: Body, i: int, j: int, masses: Sequence[sp.Rational]) -> sp.Expr:
        r"""Return the part of the sum with the neutrinos i and j, in both orders."""
        one, two = first.a[i, j], second.a[i, j]
        heavier, lighter = sorted((masses[i], masses[j]), reverse=True)
        if lighter == 0:
            V = massless_limit_of_pair(self.one_massless) if heavier == 0 else self.one_massless.xreplace({m_i: heavier})
            return 2 * real_part(one * sp.conjugate(two)) * _unit(V)
        placed = {m_i: heavier, m_j: lighter}
        total = 2 * real_part(one * sp.conjugate(two)) * _unit(self.potential.xreplace(placed))
        if self.addition is not None:
            total += 2 * real_part(one * two) * _unit(self.addition.xreplace(placed))
        return total


def massless_limit_of_pair(one_massless: sp.Expr) -> sp.Expr:
    """Return the potential of two massless neutrinos, the limit m_i -> 0."""
    return sp.limit(one_massless, m_i, 0)


def _unit(potential: sp.Expr) -> sp.Expr:
    return potential.xreplace({g_V1: sp.Integer(1), g_V2: sp.Integer(1), G_F: sp.Rational(constant("G_F").value)})


def between(
    first: Body,
    second: Body,
    potential: sp.Expr,
    masses: Sequence[Any] = (0, 0, 0),
    unit: str = "eV",
    *,
    mixed: MixedPairs | None = None,
) -> sp.Expr:
    r"""Return the neutrino potential of two bodies as a function of r, \sum_{ij}a^1_{ij}a^{2*}_{ij}V_{ij}(r), in GeV.

    Args:
        first, second: the bodies.
        potential: V(r) of one neutrino of mass m_nu between the charges g_V1 and g_V2, as the derivations
            ``two_neutrino``, ``two_neutrino_dirac`` and ``two_neutrino_majorana`` give it.
        masses: of the three neutrinos, in ``unit``, not negative.
        mixed: the potentials of two different neutrinos, which two leptons need.

    Raises:
        InputError: a mass is negative, ``unit`` is no unit of mass, the potential lacks the charges, or a lepton's charges
            lack the mixing matrix.
        NotDerivable: two neutrinos of different masses meet in the loop, for which ``potential`` has no V_ij.
    """
    factor, power = parse(unit)
    if power != 1:
        raise InputError(f"{unit!r} is no unit of mass: use eV, meV or the like")
    scale = exact(factor)
    given = [exact(m) * scale for m in masses]
    if len(given) != 3 or any(m < 0 for m in given):
        raise InputError(f"the neutrino masses {list(masses)} must be three numbers, none of them negative")
    if any(m != 0 and not _LIGHTEST <= m <= _HEAVIEST for m in given):
        raise InputError(f"the neutrino masses {list(masses)} {unit} must be 0 or lie between 1e-15 eV and 1e15 eV")
    if not {g_V1, g_V2} <= potential.free_symbols:
        raise InputError(f"the potential {potential} does not hold the charges g_V1 and g_V2: give one of a neutrino pair")
    unit_potential = _unit(potential)
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
    total = sp.Add(*(sp.expand(first.a[i, i] * second.a[i, i]) * _of_mass(unit_potential, m) for i, m in enumerate(given)))
    for i, j in combinations(range(3), 2):
        if first.a[i, j] == 0 or second.a[i, j] == 0:
            continue
        if mixed is None:
            raise NotDerivable(
                f"neutrinos {i + 1} and {j + 1} meet in the loop between {first.name} and {second.name}: their V_ij is not the "
                "potential of equal masses; pass those of two_neutrino_unequal as mixed=MixedPairs(...)"
            )
        total += mixed.of(first, second, i, j, given)
    return total


def _of_mass(unit_potential: sp.Expr, mass: sp.Rational) -> sp.Expr:
    return massless_limit(unit_potential, m_nu) if mass == 0 else unit_potential.xreplace({m_nu: mass})
