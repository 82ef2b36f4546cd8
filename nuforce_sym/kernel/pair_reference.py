r"""High-precision values of PairK1, PairK2 and PairAxial by another route than the kernels': the spectral integral.

With z = a+b, \epsilon = (a-b)/z, \eta = 1-\epsilon^2 = 4ab/z^2 and \sqrt t = (m_i+m_j)x,

    \mathcal K_2(a,b) = \frac{\pi z^4}{24a^2b^2}\int_1^\infty dx\,\sqrt{x^2-1}\,\sqrt{1-\epsilon^2/x^2}\,
        \Big[2x^2-\tfrac12(1+\epsilon^2)-\epsilon^2/x^2\Big]e^{-zx},\qquad
    \mathcal K_1(a,b) = \frac{\pi z^2}{4ab}\int_1^\infty dx\,\sqrt{x^2-1}\,\sqrt{1-\epsilon^2/x^2}\,e^{-zx},

\mathcal A as \mathcal K_2 with 2[x^2+\tfrac12(1+\epsilon^2)-2\epsilon^2/x^2](zx+1)/(zx)^2 added in the bracket, from the
longitudinal density; and x^2 = 1+\eta\sinh^2\theta removes both square roots: the integrand is analytic for
|Im \theta| < \pi/2, where Re x(\theta+iy) >= \cos y\,x(\theta), and the trapezoidal rule converges like e^{-2\pi y/h}.
"""

from __future__ import annotations

import math

from flint import arb, ctx

DIGITS = 42.0
"""Exponent of the error that is left, e^-42 before prefactors."""


def pair(case: str, a: arb, b: arb) -> arb:
    """Return PairK2 ("vector"), PairAxial ("axial") or PairK1 ("mass") for exact positive arguments, to about 18 digits."""
    with ctx.workprec(max(100, ctx.prec)):
        z = a + b
        eta = 4 * a * b / z**2
        h, first, last = _step(float(z.mid()), float(eta.mid()), 4 if case == "vector" else 2)
        total, half, begin, end = arb(0), arb(1) / 2, int(first / float(h)), int(last / float(h)) + 1
        grow, shrink = (2 * h).exp(), (-2 * h).exp()
        up, down = (2 * h * begin).exp() / 4, (-2 * h * begin).exp() / 4
        for _ in range(begin, end):
            up, down = up * grow, down * shrink
            S = up + down - half  # sinh^2
            square = 1 + eta * S
            ratio = (1 + S) / square
            weight = S * ratio
            zx = z * square.sqrt()
            if case != "mass":
                bracket = half + 2 * S + ratio
                if case == "axial":
                    bracket += 2 * (S + 2 * ratio - half) * (zx + 1) / zx**2
                weight *= bracket
            total += weight * (-zx).exp()
        front = arb.pi() * z**2 * eta**2 / (4 * a * b)
        if case != "mass":
            front *= z**2 * eta / (6 * a * b)
        return total * front * h


def light(x: arb) -> arb:
    r"""Return PairLight as the cut of (m, 0) has it, \frac{\pi}{48x^2}[x^6E_1(x)-(x^5-x^4+2x^3-6x^2-24x-24)e^{-x}]."""
    # For large x some four powers of it cancel.
    with ctx.workprec(max(100, ctx.prec) + 80):
        polynomial = ((((x - 1) * x + 2) * x - 6) * x - 24) * x - 24
        return arb.pi() * (x**6 * x.expint(arb(1)) - polynomial * (-x).exp()) / (48 * x**2)


def _step(z: float, eta: float, slope: int) -> tuple[arb, float, float]:
    r"""Return the step, and where the rule begins and ends: below the peak the integrand falls at least as e^{slope \theta}."""
    ratio = DIGITS / z
    y = math.sqrt(2 - 2 * math.sqrt(1 - 2 * ratio)) if ratio < 0.3 else 1.2
    h = 2 * math.pi * y / (DIGITS + 15 + z * (1 - math.cos(y)))
    x = 1 + (DIGITS + 10 * max(0.0, math.log(DIGITS / z))) / z
    peak = math.asinh(math.sqrt((3 / z) * (2 + 3 / z) / eta))
    return arb(h), max(0.0, peak - DIGITS / slope), math.asinh(math.sqrt((x - 1) * (x + 1) / eta))
