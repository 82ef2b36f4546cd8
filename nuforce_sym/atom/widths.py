r"""Natural widths and lifetimes of hydrogen-like levels from their electric dipole decays.

$\Gamma_{nl}=\frac43\alpha\sum_{n'<n,\,l'=l\pm1}\omega^3\frac{\max(l,l')}{2l+1}\left|\int r^3R_{n'l'}R_{nl}\,dr\right|^2$
with the gross energies (Bethe and Salpeter 1957, section 59), the same for every j and F of the level. In units of
$m\,\alpha(Z\alpha)^4$ it is a rational number. The 2S level, which decays by two photons, has no width here.
"""

from __future__ import annotations

from functools import lru_cache

import mpmath as mp
import sympy as sp

from nuforce_sym.atom.radial import hydrogen_radial, radial_integral
from nuforce_sym.atom.surd import in_sympy, rational
from nuforce_sym.atom.system import DIGITS, Atom, hydrogen, number


@lru_cache(maxsize=512)
def width_coefficient(n: int, l: int) -> sp.Rational:
    r"""Return $\Gamma_{nl}/(m\,\alpha(Z\alpha)^4)$, exactly; raises `InputError` where n, l is no bound state."""
    hydrogen_radial(n, l)
    total = sp.Integer(0)
    for lower in range(1, n):
        omega = (sp.Rational(1, lower**2) - sp.Rational(1, n**2)) / 2
        for k in (l - 1, l + 1):
            if 0 <= k < lower:
                square = in_sympy(rational(radial_integral(lower, k, n, l, 1).square))
                total += sp.Rational(4, 3) * omega**3 * sp.Rational(max(l, k), 2 * l + 1) * square
    return total


def width(n: int, l: int, *, atom: Atom | None = None) -> mp.mpf:
    r"""Return the natural width $\Gamma_{nl}$ in eV, with the reduced mass, to which it is proportional."""
    atom = atom or hydrogen()
    with mp.workdps(DIGITS):
        c = width_coefficient(n, l)
        return mp.mpf(int(c.p)) / int(c.q) * atom.lepton_mass * atom.mass_ratio * number("alpha") * atom.coupling**4


def lifetime(n: int, l: int, *, atom: Atom | None = None) -> mp.mpf:
    r"""Return the lifetime $\hbar/\Gamma$ in seconds; infinite where no electric dipole decay exists (1S, 2S)."""
    with mp.workdps(DIGITS):
        gamma = width(n, l, atom=atom)
        return number("h") / (2 * mp.pi * number("e")) / gamma if gamma else mp.inf
