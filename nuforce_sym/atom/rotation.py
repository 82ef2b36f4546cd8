r"""Parity violation in a magnetic dipole transition: $R = \mathrm{Im}(E1_{PV}/M1)$, with every choice a named switch.

For A and B of one n and l, and with $V_{\rm PV}$ of `parity`,

$$\frac{E1_{PV}}{M1}=\frac{2}{\alpha}\,
\frac{\langle A'|z/a_0|B'\rangle}{\langle A|L_z+g_sS_z|B\rangle},\qquad
\langle A'|z|B'\rangle=iK\sum_k\Big[\frac{v_{kA}z_{kB}}{E_A-E_k}-\frac{v_{kB}z_{kA}}{E_B-E_k}\Big],$$

with the dipole $-e\mathbf r$ and the moment $-\mu_B(\mathbf L+g_s\mathbf S)$; exchanging A and B changes the sign of R. Widths
enter as $E\to E-\frac i2\Gamma$. Lengths shrink with the charge, $V\propto Z^6$ and $z\propto1/Z$. Hyperfine structure mixes
A, B and the states k within their shells with those of the other j and the same F,
$|s\rangle\to|s\rangle+|s'\rangle\langle s'|H_{\rm hfs}|s\rangle/(E_s-E_{s'})$, in M1 and within the shell in E1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.charges import Products, charge_products, fermi_unit
from nuforce_sym.atom.hyperfine import reduced_moment
from nuforce_sym.atom.levels import STATIC, TERMS, level, mixing_amplitude, mixing_partner
from nuforce_sym.atom.neutrino_mass import mass_kernel
from nuforce_sym.atom.parity import (
    MASSLESS,
    Strengths,
    beyond_the_shell,
    derived_strengths,
    dipole_z,
    intermediates,
    orientation,
    parity_element,
    talk_strengths,
)  # fmt: skip
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.system import DIGITS, SCHEME, Atom, hydrogen, number
from nuforce_sym.atom.widths import width
from nuforce_sym.errors import InputError, suggestion

OPERATORS = ("derived", "talk")
WIDTHS = "widths"
DENOMINATORS: Mapping[str, tuple[str, ...]] = {
    "gross": ("gross",),
    "fine": ("gross", "fine"),
    "hyperfine": STATIC,
    "lamb": (*STATIC, "lamb"),
    WIDTHS: (*STATIC, "lamb", WIDTHS),
}
"""Names of the usual choices of energy denominators."""


@dataclass(frozen=True)
class Share:
    """One mixed state: which of A and B it enters, the gap in eV, and what it adds to E1_PV/M1."""

    side: str
    state: State | None
    element: mp.mpf
    dipole: mp.mpf
    gap: mp.mpc
    ratio: mp.mpc


@dataclass(frozen=True)
class Rotation:
    r"""E1_PV/M1 of a transition, with all that it was made of; ``ratio`` is complex, and R its imaginary part."""

    lower: State
    upper: State
    atom: Atom
    choices: tuple[tuple[str, str], ...]
    products: Products
    unit: mp.mpf
    moment: mp.mpf
    shares: tuple[Share, ...]
    ratio: mp.mpc

    @property
    def R(self) -> mp.mpf:
        """Im(E1_PV/M1)."""
        return mp.im(self.ratio)

    @property
    def over_c(self) -> mp.mpf:
        r"""R in units of the talk's factor $c=\sum_i(-\frac14+s^2+\frac12|U_{ei}|^2)$."""
        return self.R / self.products.talk_c


def optical_rotation(
    lower: str | State,
    upper: str | State,
    *,
    atom: Atom | None = None,
    denominators: str | Sequence[str] = WIDTHS,
    operator: str = "derived",
    electron_term: bool = True,
    axial: str = "g_A/2",
    s2: str | float = SCHEME,
    mixing: float | None = None,
    kind: str = "dirac",
    m_nu: float = 0.0,
    sides: str = "AB",
    other_states: bool = True,
    anomaly: bool = True,
    hyperfine_mixing: bool = True,
    hyperfine_mixing_e1: bool = True,
    reduced_mass: bool = True,
) -> Rotation:
    r"""Return $E1_{PV}/M1$ between two states of one n and l that differ in j or F.

    Args:
        denominators: a name of `DENOMINATORS`, or the terms of `levels.TERMS` that the gaps hold, and ``"widths"``.
        operator: ``"derived"``, or the signs of the ``"talk"``.
        electron_term: whether to keep $b_ea_N\,\sigma_e\cdot p$.
        axial: $b_p$ = ``"g_A/2"``, or ``"g_A"``.
        s2: the weak mixing angle's scheme, or its value.
        mixing: $|U_{ei}|^2$ of one mass eigenstate; the sum over three if left out.
        kind: ``"dirac"`` or ``"majorana"``, which differ where ``m_nu``, in eV, is not 0.
        sides: whether mixing of ``"A"``, of ``"B"`` or of both counts.
        other_states: whether to add the states of other n and the continuum.
        anomaly: whether $g_s=2(1+a)$ in M1, or 2.
        hyperfine_mixing: whether the hyperfine interaction's mixing of A and B with the other j counts in M1.
        hyperfine_mixing_e1: whether it counts in E1_PV, to first order, where it also mixes the states k of the shell.
        reduced_mass: whether $K\propto\mu^5$ and $z\propto1/\mu$ hold the reduced mass (the gaps have terms of their own).

    Raises:
        InputError: an unknown choice; states that do not share n and l, or lack F; degenerate states.
        NotDerivable: the radial integrals diverge (l of 2 or less), the Lamb shift is not available.
    """
    atom = atom or hydrogen()
    one, two = _pair(lower, upper, atom)
    terms = _terms(denominators)
    _check_choices(operator, sides, kind)
    products = charge_products(atom, s2=s2, mixing=mixing, axial=axial)
    strengths = _strengths(operator, products, electron_term=electron_term)
    kernel = mass_kernel(kind, m_nu, atom) if m_nu else MASSLESS
    choices = {
        "denominators": " + ".join(terms), "operator": operator, "electron term": str(electron_term), "b_p": axial,
        "sin2_theta_W": str(s2), "neutrinos": "all three" if mixing is None else f"one with |U|^2 = {mixing}",
        "kind": kind, "m_nu/eV": str(m_nu), "sides": sides, "other states": str(other_states),
        "anomaly in M1": str(anomaly), "hyperfine mixing in M1": str(hyperfine_mixing),
        "hyperfine mixing in E1": str(hyperfine_mixing_e1), "reduced mass": str(reduced_mass),
    }  # fmt: skip
    with mp.workdps(DIGITS):
        unit, m = fermi_unit(atom) * atom.Z**6, _projection(one, two)
        facing = _real(orientation(one, two, m))
        moment = facing * _moment(one, two, atom, anomaly=anomaly, mixing=hyperfine_mixing)
        scale = mp.mpc(0, 1) * 2 / number("alpha") * unit / (atom.Z * moment)
        if reduced_mass:
            scale *= atom.mass_ratio**4

        @cache
        def weak(k: State, s: State) -> mp.mpf:
            return _real(parity_element(k, s, strengths, kernel=kernel))

        @cache
        def length(k: State, s: State) -> mp.mpf:
            return _real(dipole_z(k, s, m))

        shares = []
        for side, mixed, other, sign in (("A", one, two, 1), ("B", two, one, -1)):
            if side not in sides:
                continue
            for k in intermediates(mixed, shell=True):
                v = _dressed(weak, k, mixed, atom, mixing=hyperfine_mixing_e1)
                ends = (k, other) if side == "A" else (other, k)
                z = _dressed(length, *ends, atom, mixing=hyperfine_mixing_e1)
                if v and z:
                    gap = _gap(mixed, k, terms, atom)
                    shares.append(Share(side, k, v, z, gap, sign * scale * v * z / gap))
            if other_states:
                v = _real(beyond_the_shell(mixed, other, strengths, kernel=kernel, mixed_is_bra=side == "A"))
                gap = mp.mpc(atom.lepton_mass * atom.coupling**2)
                shares.append(Share(side, None, v, facing, gap, sign * scale * v * facing / gap))
        ratio = mp.mpc(mp.fsum([s.ratio for s in shares]))
        return Rotation(one, two, atom, tuple(choices.items()), products, unit, moment, tuple(shares), ratio)


def _pair(lower: str | State, upper: str | State, atom: Atom) -> tuple[State, State]:
    one, two = state(lower), state(upper)
    for s in (one, two):
        if atom.spin and s.F is None:
            raise InputError(f"R needs the hyperfine level: write '{s}, F=...'")
        if not atom.spin and s.F is not None:
            raise InputError(f"{atom.name} has a nucleus without spin: write '{s.n}...' without F, not '{s}'")
        if s.m is not None:
            raise InputError(f"R does not depend on m: leave it out of '{s}'")
    if (one.n, one.l) != (two.n, two.l) or one == two:
        raise InputError(
            f"'{one}' and '{two}': without parity violation the transition is M1 between states of one n and l that "
            "differ in j or F, since L + 2S changes neither n nor l"
        )
    return one, two


def _projection(one: State, two: State) -> Fraction:
    """Return the largest m of both, at which the elements are shown; R is the same for all."""
    if one.F is None or two.F is None:
        return min(one.j, two.j)
    return Fraction(min(one.F, two.F))


def _terms(denominators: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(denominators, str):
        if denominators not in DENOMINATORS:
            raise InputError(
                f"{denominators!r} names no choice of denominators{suggestion(denominators, DENOMINATORS)}; "
                f"the choices: {', '.join(DENOMINATORS)}, or a list of terms"
            )
        return DENOMINATORS[denominators]
    for term in denominators:
        if term not in (*TERMS, WIDTHS):
            raise InputError(f"{term!r} is no term of the energy; the terms: {', '.join((*TERMS, WIDTHS))}")
    return tuple(denominators)


def _check_choices(operator: str, sides: str, kind: str) -> None:
    if kind not in ("dirac", "majorana"):
        raise InputError(f"neutrinos are 'dirac' or 'majorana': got {kind!r}")
    if operator not in OPERATORS:
        raise InputError(f"the operator is {' or '.join(map(repr, OPERATORS))}: got {operator!r}")
    if sides not in ("A", "B", "AB"):
        raise InputError(f"the sides are 'A', 'B' or 'AB': got {sides!r}")


def _strengths(operator: str, products: Products, *, electron_term: bool) -> Strengths:
    a_b, b_a = (sp.Float(str(x), DIGITS) if x else sp.Integer(0) for x in (products.a_b, products.b_a))
    b_a = b_a if electron_term else sp.Integer(0)
    return derived_strengths(a_b, b_a) if operator == "derived" else talk_strengths(a_b, b_a)


def _moment(one: State, two: State, atom: Atom, *, anomaly: bool, mixing: bool) -> mp.mpf:
    """Return <A||L + g_s S||B>, with the first-order hyperfine mixing of A and B with their partners in j."""
    g_s = 2 * (1 + sp.Float(str(atom.anomaly), DIGITS)) if anomaly else sp.Integer(2)

    def moment(bra: State, ket: State) -> mp.mpf:
        return _real(reduced_moment(bra, ket, spin_factor=g_s))

    if moment(one, two) == 0:
        raise InputError(f"there is no magnetic dipole transition between '{one}' and '{two}'")
    return _dressed(moment, one, two, atom, mixing=mixing)


def _dressed(
    element: Callable[[State, State], mp.mpf], bra: State, ket: State, atom: Atom, *, mixing: bool
) -> mp.mpf:  # fmt: skip
    """Return an element between states to first order in their hyperfine mixing with the partners in j."""
    total = element(bra, ket)
    for s, first in ((bra, True), (ket, False)):
        partner = mixing_partner(s) if mixing else None
        if partner is not None:
            total += mixing_amplitude(s, partner, atom) * (element(partner, ket) if first else element(bra, partner))
    return total


def _gap(mixed: State, k: State, terms: Sequence[str], atom: Atom) -> mp.mpc:
    """Return E - E_k in eV, complex with the widths."""
    kept = [t for t in terms if t != WIDTHS]
    gap = mp.mpc(level(mixed, atom=atom, terms=kept).energy - level(k, atom=atom, terms=kept).energy)
    if WIDTHS in terms:
        gap -= mp.mpc(0, 1) / 2 * (width(mixed.n, mixed.l, atom=atom) - width(k.n, k.l, atom=atom))
    if abs(gap) < mp.mpf(10) ** -25 * atom.lepton_mass * atom.coupling**2:
        raise InputError(
            f"'{mixed}' and '{k}' are degenerate with {' + '.join(terms)}: Dirac's energies depend on n and j alone; add "
            "'hyperfine' to the denominators"
        )
    return gap


def _real(value: sp.Expr) -> mp.mpf:
    return mp.mpf(str(sp.N(value, DIGITS + 5)))
