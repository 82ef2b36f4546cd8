r"""The Lamb shift of states with l > 0: one loop, with recoil. S states need the short-distance part and are refused.

$$\Delta E=\frac{\alpha(Z\alpha)^4m}{\pi n^3}\Big[-\frac43\Big(\frac\mu m\Big)^3\ln k_0(n,l)
-\Big(\frac\mu m\Big)^2\frac{1}{2\kappa(2l+1)}\frac{a}{\alpha/2\pi}\Big]
+\frac{\mu^3}{m^2M}\frac{(Z\alpha)^5m}{\pi n^3}\Big[-\frac83\ln k_0-\frac73\frac1{l(l+1)(2l+1)}\Big]$$

with $a$ the lepton's anomalous moment, so that the Dirac degeneracy of equal j is lifted. Bethe and Salpeter (1957),
section 21; the recoil is Salpeter's (1952). Vacuum polarization by electrons, tiny for l > 0 in electronic atoms, is what
dominates in muonic ones; it is a term of its own, `uehling_shift`.
"""

from __future__ import annotations

import mpmath as mp

from nuforce_sym.atom.bethe import bethe_logarithm
from nuforce_sym.atom.dirac_coulomb import kappa_of
from nuforce_sym.atom.radial import hydrogen_radial
from nuforce_sym.atom.state import State
from nuforce_sym.atom.system import DIGITS, Atom, number
from nuforce_sym.errors import NotDerivable


def lamb_shift(s: State, atom: Atom) -> mp.mpf:
    """Return the Lamb shift of a state with l > 0 in eV.

    Raises:
        NotDerivable: an S state, a muonic atom, or a state whose Bethe logarithm is not known well enough.
    """
    if s.l == 0:
        raise NotDerivable(f"the Lamb shift of {s} needs the electron's self-energy at the nucleus: only l > 0 is done here")
    if atom.lepton != "e":
        raise NotDerivable(
            f"in {atom.name} recoil and vacuum polarization exceed the Lamb shift of this formula: "
            "use 'vacuum polarization' instead"
        )
    with mp.workdps(DIGITS):
        m, r, za, alpha = atom.lepton_mass, atom.mass_ratio, atom.coupling, number("alpha")
        kappa, log = kappa_of(s.l, int(2 * s.j)), bethe_logarithm(s.n, s.l)
        moment = atom.anomaly / (alpha / (2 * mp.pi))
        loop = -mp.mpf(4) / 3 * log * r**3 - r**2 * moment / (2 * kappa * (2 * s.l + 1))
        recoil = -mp.mpf(8) / 3 * log - mp.mpf(7) / 3 / (s.l * (s.l + 1) * (2 * s.l + 1))
        size = m / (mp.pi * s.n**3)
        return size * (alpha * za**4 * loop + r**3 * m / atom.nucleus_mass * za**5 * recoil)


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
