r"""The wake of a body in a stream of slow particles with a Maxwellian spread of momenta about \mathbf k_0.

    \langle e^{i(kr-\mathbf k\cdot\mathbf r)}\rangle
        = \frac{e^{-k_0^2/2\sigma^2}}{(2\pi\sigma^2)^{3/2}}\,\frac{2\pi}{Q}\,\big[M(ir+Q)-M(ir-Q)\big],
    \qquad M(b)=\int_0^\infty dk\,k\,e^{-k^2/2\sigma^2+bk},

with Q^2=(\mathbf k_0/\sigma^2-i\mathbf r)^2: the directions of \mathbf k give \sinh(kQ)/kQ.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.medium.averages import checked_angle
from nuforce_sym.medium.spectra import positive


def half_gaussian(b: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    r"""Return M(b)=\sigma^2+b\sigma^3\sqrt{\pi/2}\,e^{b^2\sigma^2/2}\,\mathrm{erfc}(-b\sigma/\sqrt2)."""
    tail = sp.exp(b**2 * sigma**2 / 2) * sp.erfc(-b * sigma / sp.sqrt(2))
    return sigma**2 + b * sigma**3 * sp.sqrt(sp.pi / 2) * tail


def mean_wave(k_0: sp.Expr, sigma: sp.Expr, angle: sp.Expr, distance: sp.Expr) -> sp.Expr:
    r"""Return \langle e^{i(kr-\mathbf k\cdot\mathbf r)}\rangle, ``angle`` from \mathbf k_0 to \mathbf r, ``sigma`` each way.

    Multiplied by -C_1C_2n/(4\pi mr), its real part is the force on a second body in the wake of the first, for particles
    of mass m and density n that couple by \tfrac12\phi^2.

    Raises:
        InputError: a size is not positive, or the angle is no angle in radians.
    """
    k_0, sigma, r = (
        positive(k_0, "the momentum k_0"),
        positive(sigma, "the deviation sigma"),
        positive(distance, "the distance"),
    )
    c = sp.cos(checked_angle(angle, "the angle"))
    Q = sp.sqrt(k_0**2 / sigma**4 - r**2 - 2 * sp.I * k_0 * r * c / sigma**2)
    norm = sp.exp(-(k_0**2) / (2 * sigma**2)) / (2 * sp.pi * sigma**2) ** sp.Rational(3, 2)
    ends = half_gaussian(sp.I * r + Q, sigma) - half_gaussian(sp.I * r - Q, sigma)
    return norm * 2 * sp.pi / Q * ends
