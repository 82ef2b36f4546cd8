r"""Exchange of a Z boson inside an atom, with a nucleus that is a point or has a size.

$F=\sqrt2G_Fm_Z^2\frac{e^{-m_Zr}}{4\pi r}$ between points, since $g^2/(4c_W^2)=\sqrt2G_Fm_Z^2$; at atomic distances it is
$\sqrt2G_F\,\delta^3(\mathbf r)$. A nucleus with a dipole form factor, $(1+q^2/\Lambda^2)^{-2}$, spreads the latter over
$\rho(r)=\frac{\Lambda^3}{8\pi}e^{-\Lambda r}$ with $\Lambda^2=12/\langle r^2\rangle$. For $l\ge1$ it is this size, and not
$1/m_Z$, that sets the element: 9 orders of magnitude between 4D and 4F. The weak charge is taken
to be distributed as the electric one.
"""

from __future__ import annotations

from fractions import Fraction

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.angular import sigma_cross_n, sigma_e_n, sigma_p_n
from nuforce_sym.atom.parity import Strengths
from nuforce_sym.atom.radial import current_integral, radial_integral
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.surd import Surd
from nuforce_sym.atom.system import DIGITS, Atom, hydrogen, number
from nuforce_sym.errors import InputError

SIZES = ("point", "dipole")


def weak_element(
    bra: str | State, ket: str | State, strengths: Strengths, *, atom: Atom | None = None, size: str = "point"
) -> mp.mpf:
    r"""Return $v$ in eV, $\langle1|V_{\rm PV}|2\rangle=-i\,v$, for Z exchange with the charges in ``strengths``.

    Args:
        strengths: $e=-g_A^eg_V^N$, $n=g_V^eg_A^N$, $x=-\frac12g_V^eg_A^N$, as `parity.derived_strengths` makes them of the
            products $g_V^eg_A^N$ and $g_A^eg_V^N$.
        size: ``"point"``, where the Z's range is resolved, or ``"dipole"``, with the nucleus's charge radius.

    Raises:
        InputError: an unknown size, a nucleus whose radius is not known, or states without F.
    """
    one, two, atom = state(bra), state(ket), atom or hydrogen()
    decay = _decay(atom, size)
    with mp.workdps(DIGITS):
        scaled = mp.mpf(decay.numerator) / decay.denominator
        density = scaled**2 / (4 * mp.pi) if size == "point" else scaled**3 / (8 * mp.pi)
        return _fermi(atom) * density * _structures(one, two, strengths, decay, size, atom.Z)


def photon_mixing_element(
    bra: str | State, ket: str | State, charges: float | mp.mpf, *, atom: Atom | None = None
) -> mp.mpf:  # fmt: skip
    r"""Return $v$ in eV, $\langle1|V_{\rm PV}|2\rangle=-i\,v$, for a Z that becomes a photon by a loop of electrons.

    $V_{\rm PV}=-\frac{g_Ag_VZ}{m}\,\sigma_e\cdot\frac12\{p,F\}$ with
    $F=\sqrt2G_F\frac{\alpha}{3\pi}\int_{4m_e^2}^\infty dt\,\Big(1+\frac{2m_e^2}t\Big)\sqrt{1-\frac{4m_e^2}t}\,
    \frac{e^{-\sqrt tr}}{4\pi r}$: in Uehling's potential the vertex and propagator of the bound lepton's photon are replaced by
    the contact interaction of its axial charge with the loop's vector charge, and $\frac{q^2}{t(t+q^2)}=\frac1t-\frac1{t+q^2}$
    leaves this beside a contact. ``charges`` is $g_Ag_V$, of the lepton and of the electron in the loop. The range is
    $1/(2m_e)$: inside an atom this is far larger than the force of two neutrinos, outside it is nothing.
    """
    one, two, atom = state(bra), state(ket), atom or hydrogen()
    with mp.workdps(DIGITS):
        threshold = 2 * number("m_e") / (number("alpha") * atom.lepton_mass)

        def inside(v: mp.mpf) -> mp.mpf:
            u = 1 - v**2  # t = 4 m_e^2/u
            P = _radial(one, two, Fraction(mp.nstr(threshold / mp.sqrt(u), 20)), "point", "P", atom.Z)
            return 2 * v**2 * (1 + u / 2) * threshold**2 / u**2 * P / (4 * mp.pi)

        integral = mp.quad(inside, [0, mp.mpf(1) / 2, 1], maxdegree=5)
        strength = -mp.mpf(charges) * atom.Z * _real(sigma_e_n(one, two))
        return strength * _fermi(atom) * number("alpha") / (3 * mp.pi) * integral


def _fermi(atom: Atom) -> mp.mpf:
    r"""Return $\sqrt2G_F/(ma_0^4)$ in eV."""
    return mp.sqrt(2) * number("G_F") * (number("alpha") * atom.lepton_mass) ** 4 / atom.lepton_mass


def _structures(one: State, two: State, strengths: Strengths, decay: Fraction, size: str, Z: int) -> mp.mpf:
    r"""Return the sum of the three structures with P and G of $e^{-\lambda\eta}$, over $\eta$ for a point."""
    total = mp.mpf(0)
    if strengths.electron != 0:
        total += _real(strengths.electron * sigma_e_n(one, two).sympy) * _radial(one, two, decay, size, "P", Z)
    if strengths.nucleus != 0:
        total += _real(strengths.nucleus * sigma_p_n(one, two).sympy) * _radial(one, two, decay, size, "P", Z)
    if strengths.cross != 0:
        total += _real(strengths.cross * sigma_cross_n(one, two).sympy) * _radial(one, two, decay, size, "G", Z)
    return total


def _decay(atom: Atom, size: str) -> Fraction:
    r"""Return $m_Za_0$ or $\Lambda a_0$, as an exact rational near the constants' value."""
    if size not in SIZES:
        raise InputError(f"the nucleus is {' or '.join(map(repr, SIZES))}: got {size!r}")
    with mp.workdps(DIGITS):
        bohr = 1 / (number("alpha") * atom.lepton_mass)
        if size == "point":
            return Fraction(mp.nstr(number("m_Z") * bohr, 20))
        if not atom.radius:
            raise InputError(f"the radius of the nucleus of {atom.name} is not in the data: choose size='point'")
        metre = 2 * mp.pi * number("e") / (number("h") * number("c"))
        return Fraction(mp.nstr(mp.sqrt(12) / (atom.radius * mp.mpf(10) ** -15 * metre) * bohr, 20))


def _radial(one: State, two: State, decay: Fraction, size: str, which: str, Z: int) -> mp.mpf:
    r"""Return P or G of $e^{-\lambda\eta}$, or of $e^{-\lambda\eta}/\eta$ for a point."""
    levels = (one.n, one.l, two.n, two.l)
    if which == "P":
        return _real(current_integral(*levels, -1 if size == "point" else 0, decay=decay, Z=Z))
    if size == "dipole":
        return _real(radial_integral(*levels, 0, decay=decay, Z=Z) * -decay)
    slope = radial_integral(*levels, -1, decay=decay, Z=Z) * -decay - radial_integral(*levels, -2, decay=decay, Z=Z)
    return _real(slope)


def _real(value: sp.Expr | Surd) -> mp.mpf:
    found = value.sympy if isinstance(value, Surd) else value
    return mp.mpf(str(sp.N(found, DIGITS + 5)))
