r"""Operators between atomic states: the parts of a parity-violating potential, the dipole and the magnetic moment.

The electron is particle 1 and the nucleus particle 2, \mathbf r = \mathbf r_e - \mathbf r_N and p = -i\nabla, so that what
a derivation writes with \sigma_1, \sigma_2, p and \hat r is an operator here as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import sympy as sp

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.operators import MOMENTUM, NABLA, RHAT, L, delta3_r, r
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbols

sigma_e, sigma_p = Vector3("sigma_1"), Vector3("sigma_2")
Z_AXIS = Index3("z")
m_nu, m_Z = symbols("m_nu m_Z")


def sigma_e_p(F: sp.Expr) -> sp.Expr:
    r"""Return \tfrac12\{\sigma_e\cdot p,F\} for a potential F(r)."""
    return Anticommutator(Dot3(MOMENTUM, sigma_e), as_expr(F)) / 2


def sigma_p_p(F: sp.Expr) -> sp.Expr:
    r"""Return \tfrac12\{\sigma_N\cdot p,F\} for a potential F(r), with the spin of the nucleus."""
    return Anticommutator(Dot3(MOMENTUM, sigma_p), as_expr(F)) / 2


def sigma_cross_grad(F: sp.Expr) -> sp.Expr:
    r"""Return (\sigma_e\times\sigma_N)\cdot\nabla F for a potential F(r) or a multiple of \delta^3(r)."""
    F = as_expr(F)
    if F.has(delta3_r):
        return F * Triple3(NABLA, sigma_e, sigma_p)
    return sp.diff(F, r) * Triple3(RHAT, sigma_e, sigma_p)


def dipole_z() -> sp.Expr:
    r"""Return z = r\cos\theta; the electric dipole is -e z."""
    return r * Component3(RHAT, Z_AXIS)


def magnetic_z() -> sp.Expr:
    r"""Return L_z + 2S_z; the magnetic moment is -\mu_B times it, with the electron's g = 2."""
    return Component3(L, Z_AXIS) + Component3(sigma_e, Z_AXIS)


POTENTIALS: dict[str, sp.Expr] = {
    "yukawa": sp.exp(-m_Z * r) / (4 * sp.pi * r),
    "dirac": m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2,
    "majorana": 2 * m_nu**2 * sp.besselk(2, 2 * m_nu * r) / r**3,
    "contact": delta3_r,
}
"""Named potentials, without their couplings; the massive ones tend to r^-5 for m_nu -> 0."""

_SPINS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "sigma_e.p": sigma_e_p,
    "sigma_p.p": sigma_p_p,
    "(sigma_e x sigma_p).grad": sigma_cross_grad,
}
_WHOLE: dict[str, Callable[[], sp.Expr]] = {"z": dipole_z, "L_z+2S_z": magnetic_z}
_POWER = re.compile(r"r\^(?P<power>[+-]?\d{1,2})")


def names() -> tuple[str, ...]:
    """Return what `operator` reads, with FORM for a potential."""
    return (*(f"{spin} FORM" for spin in _SPINS), *_WHOLE)


def potential(text: str) -> sp.Expr:
    """Return the potential named ``text``: r^-5 or another power, yukawa, dirac, majorana, contact.

    Raises:
        InputError: the name is unknown.
    """
    found = _POWER.fullmatch(text)
    if found:
        return r ** int(found["power"])
    if text in POTENTIALS:
        return POTENTIALS[text]
    known = ("r^-5", *POTENTIALS)
    raise InputError(f"no potential {text!r}{suggestion(text, known)}; known: a power such as r^-5, {', '.join(POTENTIALS)}")


def operator(text: str) -> sp.Expr:
    """Return the operator that ``text`` names: ``"sigma_e.p r^-5"``, ``"(sigma_e x sigma_p).grad dirac"``, ``"z"``, ...

    Raises:
        InputError: the text names no operator; the message lists them.
    """
    words = " ".join(text.split())
    if words.replace(" ", "") in _WHOLE:
        return _WHOLE[words.replace(" ", "")]()
    for spin, make in _SPINS.items():
        if words.startswith(spin + " "):
            return make(potential(words[len(spin) + 1 :]))
    raise InputError(
        f"no operator {text!r}; known: {', '.join(names())}, where FORM is a power such as r^-5, {', '.join(POTENTIALS)}"
    )
