r"""The Lamb shift: one loop to order alpha (Z alpha)^4, with recoil.

For l > 0

$$\Delta E=\frac{\alpha(Z\alpha)^4m}{\pi n^3}\Big[-\frac43\Big(\frac\mu m\Big)^3\ln k_0(n,l)
-\Big(\frac\mu m\Big)^2\frac{1}{2\kappa(2l+1)}\frac{a}{\alpha/2\pi}\Big]
+\frac{\mu^3}{m^2M}\frac{(Z\alpha)^5m}{\pi n^3}\Big[-\frac83\ln k_0-\frac73\frac1{l(l+1)(2l+1)}\Big]$$

with $a$ the lepton's anomalous moment, so that the Dirac degeneracy of equal j is lifted. Bethe and Salpeter (1957),
section 21; the recoil is Salpeter's (1952). S states have instead, in the first bracket,

$$\Big(\frac\mu m\Big)^3\Big[\frac43\ln\frac{m}{\mu(Z\alpha)^2}-\frac43\ln k_0+\frac{10}9\Big]$$

and in the recoil Salpeter's terms for l = 0. Vacuum polarization by electrons, -4/15 in that bracket for S states and tiny
for others in electronic atoms, but what dominates in muonic ones, is a term of its own, `uehling_shift`. Left out are
orders beyond: the binding correction $\alpha(Z\alpha)^5$, +7.1 MHz at 2S in hydrogen, is the largest, and two loops and the
size of the nucleus go with it. The shift of an S state is therefore good to 0.7 % only. For ions it is refused where the
next order would be no small part: beyond Z = 10 for S and P states (up to 20 % there), beyond 40 for the others (up to 7 %).
"""

from __future__ import annotations

import mpmath as mp

from nuforce_sym.atom.bethe import bethe_logarithm
from nuforce_sym.atom.dirac_coulomb import kappa_of
from nuforce_sym.atom.radial import hydrogen_radial
from nuforce_sym.atom.state import State
from nuforce_sym.atom.system import DIGITS, Atom, number
from nuforce_sym.errors import NotDerivable

LARGEST_Z = (10, 40)
"""The largest charge of the nucleus for l = 0 and 1, and for l >= 2."""


def lamb_shift(s: State, atom: Atom) -> mp.mpf:
    """Return the Lamb shift of a state in eV; of an S state to 0.7 %, see the module.

    Raises:
        NotDerivable: a muonic atom, n > 30, or a nucleus whose charge is too large for an expansion in Z alpha.
    """
    if atom.lepton != "e":
        raise NotDerivable(
            f"in {atom.name} recoil and vacuum polarization exceed the Lamb shift of this formula: "
            "use 'vacuum polarization' instead"
        )
    largest = LARGEST_Z[s.l > 1]
    if largest < atom.Z:
        raise NotDerivable(
            f"the Lamb shift of {s} in {atom.name}: its expansion in Z alpha is used up to Z = {largest} for this l; "
            "leave out 'lamb'"
        )
    with mp.workdps(DIGITS):
        m, r, za, alpha = atom.lepton_mass, atom.mass_ratio, atom.coupling, number("alpha")
        kappa, log = kappa_of(s.l, int(2 * s.j)), bethe_logarithm(s.n, s.l)
        moment = atom.anomaly / (alpha / (2 * mp.pi))
        loop = -mp.mpf(4) / 3 * log * r**3
        recoil = -mp.mpf(8) / 3 * log
        if s.l:
            loop -= r**2 * moment / (2 * kappa * (2 * s.l + 1))
            recoil -= mp.mpf(7) / 3 / (s.l * (s.l + 1) * (2 * s.l + 1))
        else:
            loop += r**3 * (mp.mpf(4) / 3 * mp.log(1 / (r * za**2)) + mp.mpf(10) / 9)
            recoil += _recoil_at_the_nucleus(s.n, za, m / atom.nucleus_mass)
        size = m / (mp.pi * s.n**3)
        return size * (alpha * za**4 * loop + r**3 * m / atom.nucleus_mass * za**5 * recoil)


def _recoil_at_the_nucleus(n: int, za: mp.mpf, ratio: mp.mpf) -> mp.mpf:
    """Return what S states have in Salpeter's bracket in place of -7/(3 l(l+1)(2l+1)); ``ratio`` is m/M."""
    a_n = -2 * (mp.log(mp.mpf(2) / n) + mp.harmonic(n) + 1 - 1 / mp.mpf(2 * n))
    masses = 2 / (1 - ratio**2) * (mp.log(1 + ratio) - ratio**2 * mp.log(1 + 1 / ratio))
    return -mp.mpf(2) / 3 * mp.log(za) - mp.mpf(1) / 9 - mp.mpf(7) / 3 * a_n - masses


def uehling_shift(s: State, atom: Atom) -> mp.mpf:
    r"""Return the first-order shift by vacuum polarization with an electron loop, in eV (Uehling 1935).

    $\Delta E=-\frac{2\alpha Z\alpha}{3\pi}\int_1^\infty dx\frac{\sqrt{x^2-1}}{x^2}\Big(1+\frac1{2x^2}\Big)
    \Big\langle\frac{e^{-2m_erx}}r\Big\rangle$, the mean value exactly, the integral by quadrature.
    """
    function = hydrogen_radial(s.n, s.l)
    density = (function.polynomial * function.polynomial).coeffs()
    with mp.workdps(DIGITS):
        mu = atom.lepton_mass * atom.mass_ratio
        range_ratio = 2 * number("m_e") / (atom.coupling * mu)
        norm = mp.mpf(int(function.norm.p)) / int(function.norm.q)
        weights = [norm * mp.factorial(k + 1) * int(c.p) / int(c.q) for k, c in enumerate(density)]
        decay = mp.mpf(2) / s.n

        def inside(x: mp.mpf) -> mp.mpf:
            p = decay + range_ratio * x
            mean = mp.fsum(w / p ** (k + 2) for k, w in enumerate(weights))
            return mp.sqrt(x**2 - 1) / x**2 * (1 + 1 / (2 * x**2)) * mean

        # with x = 1/cos the root at the threshold goes, and the range becomes finite
        integral = mp.quad(lambda a: inside(1 / mp.cos(a)) * mp.sin(a) / mp.cos(a) ** 2, [0, mp.pi / 4, mp.pi / 2])
        return -2 * number("alpha") / (3 * mp.pi) * atom.coupling**2 * mu * integral
