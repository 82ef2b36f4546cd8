r"""Two equal uniform spheres along a collimated flux: their force over that of points, a function of L = E a^2/r alone.

    S(L) = \frac1L\int_0^\infty dz\,z\,F(z)^2\sin\frac{z^2}{2L} = \int d^2\rho\,w(\rho)\cos\frac{L\rho^2}2,
    \qquad F = \frac{3(\sin z-z\cos z)}{z^3},

with w the distribution of the transverse separation of a point of one from a point of the other, in units of the radius a.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium.spectra import positive
from nuforce_sym.symbols import symbols

q_T, a, L, x = symbols("q_T a_body L_coh x")


def form_factor() -> sp.Expr:
    r"""Return \frac{3}{4\pi a^3}\int d^3x\,e^{i\mathbf q\cdot\mathbf x} over a ball of radius a."""
    return sp.factor(3 / a**3 * sp.integrate(x * sp.sin(q_T * x) / q_T, (x, 0, a)))


def projected_pairs(v: sp.Expr) -> sp.Expr:
    r"""Return 2\pi w(\rho) at \rho^2 = v: the overlap of two unit balls at the distance d, over d^2 = v + z^2.

    Odd powers of d are integrated by (n+1)J_n = zd^n+nvJ_{n-2}, from z d^n differentiated.
    """
    d, z = sp.Symbol("d", positive=True), sp.Symbol("z", positive=True)
    ball = sp.Rational(4, 3) * sp.pi
    overlap = sp.Poly(2 * sp.integrate(sp.pi * (1 - z**2), (z, d / 2, 1)) / ball**2, d)
    h = sp.sqrt(4 - v)
    J = {-1: sp.log((2 + h) / sp.sqrt(v)), 0: h}
    for n in range(1, overlap.degree() + 1):
        J[n] = (h * 2**n + n * v * J[n - 2]) / (n + 1)
    return sp.Add(*(2 * coefficient * J[power] for (power,), coefficient in overlap.terms())) * 2 * sp.pi


@cache
def _pairs() -> Any:
    v = sp.Symbol("v", positive=True)
    return sp.lambdify(v, projected_pairs(v), "mpmath")


def sphere_suppression(size: object, *, digits: int = 15) -> mp.mpf:
    r"""Return S(L), L = Ea^2/r: 1 for points, [\tfrac98\ln L+\ldots]/L^2 for bodies larger than \sqrt{r/E}.

    From the ends v = 0 and v = 4 of \int_0^4\frac{dv}2(2\pi w)e^{iLv/2} straight into the upper half-plane, where the wave
    decays.

    Raises:
        InputError: L is not positive and finite, or ``digits`` is not positive.
        NotDerivable: L is a symbol: no closed form is derived; `far_spheres` is its limit.
    """
    expr = positive(size, "the size L")
    if not expr.is_number:
        raise NotDerivable(f"no closed form is derived for two spheres: give a number for L = E a^2/r, not {size}")
    if digits < 1:
        raise InputError(f"at least one digit can be asked for; got {digits}")
    with mp.workdps(digits + 15):
        at = mp.mpf(str(sp.N(expr, digits + 15)))
        pairs = _pairs()
        if at < 1:
            return +mp.quad(lambda v: pairs(v) * mp.cos(at * v / 2), [0, 1, 4]) / 2

        def ends(t: mp.mpf) -> mp.mpc:
            # t in units of the decay length 2/L
            up = 2j * t / at
            return mp.exp(-t) * (pairs(up) - mp.exp(2j * at) * pairs(4 + up))

        return +mp.re(2j / at * mp.quad(ends, [0, 1, 4, 16, 64, mp.inf])) / 2


def far_spheres() -> sp.Expr:
    r"""Return the leading term of S(L) for L\to\infty by Mellin's transform.

    G=z^4F^2 is 9[\tfrac12(1-\cos2z)-z\sin2z+\tfrac12z^2(1+\cos2z)]/z^2, of which the powers have no transform; its own M(s)
    has the strip s < 0. In S=\frac1L\int dz\,z^{-3}G\sin(z^2/2L) the term that falls slowest is minus the residue at s = 0.
    """
    s = sp.Symbol("s")

    def wave(function: Any, shift: int) -> sp.Expr:
        """s times the transform of cos 2z or sin 2z at s - shift: Gamma(s-n) = Gamma(s+1)/[s(s-1)...(s-n)]."""
        falling = sp.Mul(*(s - n for n in range(1, shift + 1)))
        return sp.gamma(s + 1) / falling * function(sp.pi * (s - shift) / 2) * 2 ** (shift - s)

    half = sp.Rational(1, 2)
    M = 9 * (-half * wave(sp.cos, 2) - wave(sp.sin, 1) + half * wave(sp.cos, 0))
    # Gamma(-1-s/2) = Gamma(1-s/2)/[(-s/2)(-1-s/2)]; times s
    gamma = sp.gamma(1 - s / 2) * 2 / (1 + s / 2)
    kernel = half * (2 * L) ** (-1 - s / 2) * gamma * sp.sin(-sp.pi / 2 - sp.pi * s / 4)
    residue = sp.diff(M * kernel, s).subs(s, 0)
    return sp.factor_terms(sp.expand(sp.expand_log(sp.expand_func(-residue / L))))
