r"""Weak charges that enter an atom: products of the electron's and the nucleus's, one neutrino or all of them.

From $-\frac{G_F}{\sqrt2}[\bar\psi\gamma^\mu(a-b\gamma_5)\psi][\bar\nu_i\gamma_\mu(1-\gamma_5)\nu_i]$: for the mass eigenstate i
$a_e=-\frac12+2s^2+|U_{ei}|^2$, $b_e=-\frac12+|U_{ei}|^2$; a proton has $a_p=\frac12-2s^2$, $b_p=g_A/2$. The talk's
$c=-\frac14+s^2+\frac12|U_{ei}|^2$ is $a_e/2$. An antiparticle has $(-a,b)$.
"""

from __future__ import annotations

from dataclasses import dataclass

import mpmath as mp

from nuforce_sym.atom.system import DIGITS, SCHEME, Atom, number
from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable

AXIAL = ("g_A/2", "g_A")
"""b of the proton: half of neutron decay's g_A by isospin, or the talk's G_A taken as g_A itself."""


@dataclass(frozen=True)
class Products:
    r"""$\sum a_eb_N$ and $\sum b_ea_N$ over the neutrinos that are exchanged, and $\sum a_e/2$, the talk's factor."""

    a_b: mp.mpf
    b_a: mp.mpf
    talk_c: mp.mpf


def mixing_angle(given: str | float) -> mp.mpf:
    r"""Return $\sin^2\theta_W$: a scheme's name such as ``"sin2_theta_W(MSbar, m_Z)"``, or a number.

    Raises:
        InputError: an unknown scheme, or a number outside 0...1.
    """
    with mp.workdps(DIGITS):
        if isinstance(given, str) and given.startswith("sin2_theta_W"):
            return mp.mpf(constant(given).value)
        try:
            value = mp.mpf(given)
        except (TypeError, ValueError):
            raise InputError(f"sin^2 theta_W is a scheme, such as {SCHEME!r}, or a number: got {given!r}") from None
        if not 0 < value < 1:
            raise InputError(f"sin^2 theta_W lies between 0 and 1: got {given}")
        return value


def charge_products(
    atom: Atom, *, s2: str | float = SCHEME, mixing: float | None = None, axial: str = "g_A/2"
) -> Products:  # fmt: skip
    r"""Return the products of charges of one mass eigenstate with $|U_{li}|^2$ = ``mixing``, or of the sum over all three.

    Raises:
        InputError: a mixing outside 0...1, an unknown convention for the axial charge.
        NotDerivable: one mass eigenstate in muonium, where both particles carry flavour.
    """
    if axial not in AXIAL:
        raise InputError(f"the axial charge of the proton is {' or '.join(map(repr, AXIAL))}: got {axial!r}")
    if mixing is not None and not 0 <= mixing <= 1:
        raise InputError(f"|U|^2 lies between 0 and 1: got {mixing}")
    with mp.workdps(DIGITS):
        sine, half = mixing_angle(s2), mp.mpf(1) / 2
        if atom.neutrons is None:
            return _two_leptons(atom, sine, mixing)
        shares = [mp.mpf(mixing)] if mixing is not None else [mp.mpf(1), mp.mpf(0), mp.mpf(0)]
        a = [-half + 2 * sine + u for u in shares]
        b = [-half + u for u in shares]
        a_N = atom.vector_charge(sine)
        b_N = atom.axial_charge() * (2 if axial == "g_A" else 1)
        return Products(mp.fsum(a) * b_N, mp.fsum(b) * a_N, mp.fsum(a) / 2)


def _two_leptons(atom: Atom, sine: mp.mpf, mixing: float | None) -> Products:
    r"""Return $\sum_\alpha a_e^\alpha b_\mu^\alpha$ over flavours, with $(-a_\mu,b_\mu)$ of the antimuon."""
    if mixing is not None:
        raise NotDerivable(
            f"in {atom.name} both particles carry flavour: a mass eigenstate alone does not factor, and pairs of different "
            "eigenstates contribute; leave out the mixing to sum over massless flavours"
        )
    half = mp.mpf(1) / 2
    a_b = b_a = a_sum = mp.mpf(0)
    for own_e, own_mu in ((1, 0), (0, 1), (0, 0)):
        a_e, b_e = -half + 2 * sine + own_e, -half + own_e
        a_mu, b_mu = -half + 2 * sine + own_mu, -half + own_mu
        a_b, b_a, a_sum = a_b + a_e * b_mu, b_a - b_e * a_mu, a_sum + a_e
    return Products(a_b, b_a, a_sum / 2)


def fermi_unit(atom: Atom) -> mp.mpf:
    r"""Return $K=\frac{G_F^2}{4\pi^3ma_0^6}=\frac{\alpha^6m^5G_F^2}{4\pi^3}$ in eV, for Z = 1 and a nucleus at rest."""
    with mp.workdps(DIGITS):
        return number("alpha") ** 6 * atom.lepton_mass**5 * number("G_F") ** 2 / (4 * mp.pi**3)
