r"""Energy levels of hydrogen-like atoms, term by term, each from the expectation value of its operator.

In units $m$ of the lepton's mass, and with $\eta = r/a_0$, $a_0 = 1/(\alpha m)$, for a nucleus at rest:

* ``gross``: $\tfrac12\langle-Z\alpha/r\rangle$, the virial theorem;
* ``fine``: $-\tfrac{1}{2m}\langle(E_0+Z\alpha/r)^2\rangle + \tfrac{Z\alpha}{2m^2}\langle\mathbf{L\cdot S}\,r^{-3}\rangle
  + \tfrac{\pi Z\alpha}{2m^2}|\psi(0)|^2$;
* ``hyperfine``: $\tfrac{\alpha g}{2mM}\langle\mathbf{N\cdot I}\,r^{-3}
  + \tfrac{8\pi}{3}\mathbf{S\cdot I}\,\delta^3(\mathbf{r})\rangle$ with
  $\mathbf{N}=\mathbf{L}-\mathbf{S}+3\mathbf{n}(\mathbf{n\cdot S})$;
* ``dirac``: what Dirac's exact energy adds to gross and fine structure, of order $(Z\alpha)^6m$;
* ``reduced mass``: gross energy with the reduced mass; fine structure with recoil (Barker and Glover 1955);
  hyperfine structure times $(\mu/m)^3$;
* ``anomaly``: the lepton's anomalous moment in the hyperfine structure, taken with the reduced mass;
* ``lamb``: one-loop QED and recoil, ``vacuum polarization``: Uehling's potential, see `qed`;
* ``mixing``: hyperfine mixing of $j=l\pm\tfrac12$ with equal F, in second order.

The sources are Bethe and Salpeter (1957), sections 8, 12, 13 and 22.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.dirac_coulomb import dirac_binding, kappa_of
from nuforce_sym.atom.hyperfine import N_dot_I, S_dot_I
from nuforce_sym.atom.qed import lamb_shift, uehling_shift
from nuforce_sym.atom.radial import hydrogen_radial, radial_integral
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.surd import Surd, in_sympy
from nuforce_sym.atom.system import DIGITS, Atom, hydrogen, number
from nuforce_sym.errors import InputError, suggestion

STATIC = ("gross", "fine", "hyperfine")
"""The terms of the talk: a nucleus at rest, to order alpha^4."""
TERMS = (*STATIC, "dirac", "reduced mass", "anomaly", "lamb", "vacuum polarization", "mixing")


@dataclass(frozen=True)
class Level:
    """A state's energy, term by term, in eV."""

    state: State
    terms: tuple[tuple[str, mp.mpf], ...]

    @property
    def energy(self) -> mp.mpf:
        """The sum of the terms, in eV."""
        with mp.workdps(DIGITS):
            return mp.fsum(value for _, value in self.terms)


def gross_coefficient(which: str | State) -> sp.Rational:
    r"""Return $E_0/(m(Z\alpha)^2)$, that is $-\tfrac12\langle\eta^{-1}\rangle$ at Z = 1."""
    s = state(which)
    return -_mean(s, -1) / 2


def fine_coefficient(which: str | State) -> sp.Rational:
    r"""Return the fine structure in units of $m(Z\alpha)^4$: kinetic energy, spin-orbit coupling and Darwin's term."""
    s = state(which)
    E = gross_coefficient(s)
    kinetic = -(E**2 + 2 * E * _mean(s, -1) + _mean(s, -2)) / 2
    if s.l == 0:
        return kinetic + _origin(s.n) / 8
    j = sp.Rational(s.j.numerator, s.j.denominator)
    LS = (j * (j + 1) - s.l * (s.l + 1) - sp.Rational(3, 4)) / 2
    return kinetic + LS * _mean(s, -3) / 2


def hyperfine_coefficient(bra: str | State, ket: str | State | None = None, *, anomaly: sp.Expr | int = 0) -> sp.Expr:
    r"""Return $\langle1|H_{\rm hfs}|2\rangle$ in units of $Z^3\varepsilon$, $\varepsilon = \alpha^4gm^2/M$.

    For l = 0 the tensor part averages to 0 and the contact term alone is left; for l > 0 the reverse. ``anomaly`` is the
    lepton's $a$, which multiplies its spin by $1+a$.

    Raises:
        InputError: F is missing.
        NotDerivable: the radial integral diverges at the nucleus.
    """
    one = state(bra)
    two = one if ket is None else state(ket)
    if one.F is None or two.F is None:
        raise InputError(f"hyperfine structure needs F: write '{one}, F={one.j - Fraction(1, 2)}' or F + 1")
    if one.F != two.F:
        return sp.Integer(0)
    if one.l == two.l == 0:
        origin = _surd_origin(one.n) * _surd_origin(two.n)
        return origin.sympy * S_dot_I(one.F) * (1 + anomaly) / 3
    angular = N_dot_I(one, two, anomaly=anomaly)
    return angular * radial_integral(one.n, one.l, two.n, two.l, -3).sympy / 2 if angular != 0 else sp.Integer(0)


def _mean(s: State, power: int) -> sp.Rational:
    return radial_integral(s.n, s.l, s.n, s.l, power).sympy


def _surd_origin(n: int) -> Surd:
    """Return R_n0(0) at Z = 1, in units of a_0^(-3/2)."""
    function = hydrogen_radial(n, 0)
    return Surd(function.polynomial[0], function.norm)


def _origin(n: int) -> sp.Rational:
    """Return R_n0(0)^2 at Z = 1."""
    function = hydrogen_radial(n, 0)
    return in_sympy(function.polynomial[0] ** 2 * function.norm)


def hyperfine_unit(atom: Atom) -> mp.mpf:
    r"""Return $Z^3\varepsilon = Z^3\alpha^4gm^2/M$ in eV, for a nucleus at rest: 4.408 ueV for hydrogen."""
    with mp.workdps(DIGITS):
        alpha = atom.coupling / atom.Z
        return atom.Z**3 * alpha**4 * atom.moment * atom.lepton_mass**2 / atom.magneton_mass


def level(which: str | State, *, atom: Atom | None = None, terms: Sequence[str] = STATIC) -> Level:
    """Return a state's energy with the chosen terms of `TERMS`, in eV.

    A state without F has no hyperfine terms: they are left out, as they are for a nucleus of spin 0.

    Raises:
        InputError: no such term, or no such state, or F given for a nucleus of spin 0.
        NotDerivable: the Lamb shift of a muonic atom, or for n > 30.
    """
    s, atom = state(which), atom or hydrogen()
    for term in terms:
        if term not in TERMS:
            raise InputError(f"{term!r} is no term of the energy{suggestion(term, TERMS)}; the terms: {', '.join(TERMS)}")
    if s.F is not None and atom.spin == 0:
        raise InputError(f"the nucleus of {atom.name} has spin 0: its states have no F; write '{s.n}... ' without F")
    with mp.workdps(DIGITS):
        return Level(s, tuple((name, _term(name, s, atom)) for name in TERMS if name in terms))


def _term(name: str, s: State, atom: Atom) -> mp.mpf:
    match name:
        case "gross":
            return _gross(s, atom)
        case "fine":
            return _fine(s, atom)
        case "hyperfine":
            return _hyperfine(s, atom)
        case "dirac":
            binding = dirac_binding(s.n, kappa_of(s.l, int(2 * s.j)), atom.coupling)
            return binding * atom.lepton_mass - _gross(s, atom) - _fine(s, atom)
        case "reduced mass":
            ratio = atom.mass_ratio
            return _gross(s, atom) * (ratio - 1) + _recoil(s, atom) + _hyperfine(s, atom) * (ratio**3 - 1)
        case "anomaly":
            a = sp.Float(str(atom.anomaly), DIGITS)
            return (_hyperfine(s, atom, a) - _hyperfine(s, atom)) * atom.mass_ratio**3
        case "lamb":
            return lamb_shift(s, atom)
        case "vacuum polarization":
            return uehling_shift(s, atom)
    return hyperfine_mixing(s, atom)


def _gross(s: State, atom: Atom) -> mp.mpf:
    return _number(gross_coefficient(s)) * atom.lepton_mass * atom.coupling**2


def _fine(s: State, atom: Atom) -> mp.mpf:
    return _number(fine_coefficient(s)) * atom.lepton_mass * atom.coupling**4


def _hyperfine(s: State, atom: Atom, anomaly: sp.Expr | int = 0) -> mp.mpf:
    if s.F is None:
        return mp.mpf(0)
    return _number(hyperfine_coefficient(s, anomaly=anomaly)) * hyperfine_unit(atom)


def _recoil(s: State, atom: Atom) -> mp.mpf:
    r"""Return what recoil changes in the fine structure, in eV.

    The whole of order $\alpha^4$ is $\mu[f-1]-\frac{\mu^2}{2(m+M)}[f-1]^2+\frac{(Z\alpha)^4\mu^3}{2n^3M^2}
    [\frac1{j+1/2}-\frac1{l+1/2}](1-\delta_{l0})$ with Dirac's $f$, truncated at that order (Barker and Glover 1955).
    """
    r, m, M = atom.mass_ratio, atom.lepton_mass, atom.nucleus_mass
    za, mu = atom.coupling, atom.mass_ratio * atom.lepton_mass
    E0, E4 = _number(gross_coefficient(s)), _number(fine_coefficient(s))
    change = (r - 1) * m * E4 * za**4 - mu**2 / (2 * (m + M)) * (E0 * za**2) ** 2
    if s.l > 0:
        bracket = 1 / (mp.mpf(int(2 * s.j)) / 2 + mp.mpf(1) / 2) - 1 / (s.l + mp.mpf(1) / 2)
        change += za**4 * mu**3 / (2 * s.n**3 * M**2) * bracket
    return change


def hyperfine_mixing(s: State, atom: Atom) -> mp.mpf:
    r"""Return the second-order shift $|\langle s'|H_{\rm hfs}|s\rangle|^2/(E_s-E_{s'})$, $s'$ the partner of equal F, in eV."""
    partner = mixing_partner(s)
    if partner is None:
        return mp.mpf(0)
    return mixing_amplitude(s, partner, atom) ** 2 * _fine_gap(s, partner, atom)


def mixing_partner(s: State) -> State | None:
    """Return the state of the same n, l and F with the other j, or None."""
    if s.F is None or s.l == 0:
        return None
    other = 2 * s.l - s.j
    allowed = (other - Fraction(1, 2), other + Fraction(1, 2))
    return State(s.n, s.l, other, s.F, s.m) if s.F in allowed else None


def mixing_amplitude(s: State, partner: State, atom: Atom) -> mp.mpf:
    r"""Return the admixture $\langle s'|H_{\rm hfs}|s\rangle/(E_s-E_{s'})$ of the partner, with the fine structure alone."""
    with mp.workdps(DIGITS):
        element = _number(hyperfine_coefficient(partner, s)) * hyperfine_unit(atom)
        return element / _fine_gap(s, partner, atom)


def _fine_gap(s: State, partner: State, atom: Atom) -> mp.mpf:
    return _number(fine_coefficient(s) - fine_coefficient(partner)) * atom.lepton_mass * atom.coupling**4


def _number(value: sp.Expr | int) -> mp.mpf:
    found = sp.N(value, DIGITS + 5)
    return mp.mpf(found._mpf_) if isinstance(found, sp.Float) else mp.mpf(str(found))


def megahertz(energy: mp.mpf) -> mp.mpf:
    """Return the frequency E/h in MHz of an energy in eV."""
    with mp.workdps(DIGITS):
        return energy * number("e") / number("h") / mp.mpf(10) ** 6
