r"""The force of two massive neutrinos inside an atom: powers of $\mu=m_\nu/(\alpha m_e)$.

In units of $G_F^2/(4\pi^3a_0^5)$ the potential is $\mu^3K_3(2\mu\eta)/\eta^2$ for Dirac and $2\mu^2K_2(2\mu\eta)/\eta^3$ for
Majorana neutrinos. Known masses have $\mu\sim10^{-5}$, so that the first term beyond $\eta^{-5}$ tells
all; for larger masses the radial integrals are taken in closed form.
"""

from __future__ import annotations

from collections.abc import Mapping

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.system import DIGITS, Atom
from nuforce_sym.errors import InputError
from nuforce_sym.symbols import symbol

KINDS = ("dirac", "majorana")
SMALL_MU = 0.001
r"""Up to here the potential is expanded in $\mu$; the closed form of its radial integrals would cancel as $\mu^{-k}$."""
LARGEST_MU = 100


def kernel(kind: str, mu: sp.Expr, eta: sp.Symbol) -> sp.Expr:
    r"""Return the potential of two neutrinos in units of $G_F^2/(4\pi^3a_0^5)$.

    Raises:
        InputError: the kind is neither ``"dirac"`` nor ``"majorana"``.
    """
    if kind not in KINDS:
        raise InputError(f"neutrinos are {' or '.join(map(repr, KINDS))}: got {kind!r}")
    if kind == "dirac":
        return mu**3 * sp.besselk(3, 2 * mu * eta) / eta**2
    return 2 * mu**2 * sp.besselk(2, 2 * mu * eta) / eta**3


def expanded(kind: str) -> Mapping[int, sp.Rational]:
    r"""Return $\{-5: 1, -3: c\}$, the potential to order $\mu^2$, by the ascending series of $K_\nu$ (DLMF 10.31.1)."""
    nu, outer = (3, sp.Integer(1)) if kind == "dirac" else (2, sp.Integer(2))
    kernel(kind, sp.Integer(1), sp.Symbol("eta", positive=True))
    terms = {}
    for k in range(2):
        c = sp.factorial(nu - k - 1) * (-1) ** k / sp.factorial(k) / 2
        terms[2 * k - 5] = outer * c
    return terms


def mass_kernel(kind: str, m_nu: float, atom: Atom) -> Mapping[int, sp.Expr] | sp.Expr:
    r"""Return the potential for a neutrino mass in eV: powers of $\eta$ to order $\mu^2$, or its closed form in `r` = $\eta$.

    $\mu=m_\nu/(Z\alpha m)$; the powers serve up to $\mu=0.001$, where $\mu^4\ln\mu$ is below $10^{-9}$.

    Raises:
        InputError: a mass that is negative or not finite, or one at which $e^{-2\mu\eta}$ leaves nothing.
    """
    with mp.workdps(DIGITS):
        mu = mp.mpf(m_nu) / (atom.coupling * atom.lepton_mass)
    if not 0 <= mu <= LARGEST_MU:
        raise InputError(f"m_nu = {m_nu} eV is {mp.nstr(mu, 3)} of Z alpha m: give a mass from 0 to {LARGEST_MU} of it")
    if mu > SMALL_MU:
        return kernel(kind, sp.Rational(mp.nstr(mu, 20)), symbol("r"))
    square = sp.Float(str(mu**2), DIGITS)
    return {power: c * square ** ((power + 5) // 2) for power, c in expanded(kind).items()}
