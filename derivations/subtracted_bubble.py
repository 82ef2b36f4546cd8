r"""The neutrino loop in momentum space: the cut against Feynman's parameter.

The potentials of this package come from the cut of the loop. Here the loop itself is done, by Feynman's parameter, and
compared with the dispersion integral over its cut: they differ by a polynomial in $q^2$, a contact term.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.cut import average, two_body_phase_space
from nuforce_sym.amplitude.explicit import loop_trace_component
from nuforce_sym.amplitude.feynman import static_bubble
from nuforce_sym.amplitude.interaction import Bilinear, Field
from nuforce_sym.amplitude.loop import loop_trace
from nuforce_sym.potential.spectral import SpectralDensity
from nuforce_sym.symbols import symbols

q, t, x, k, m_nu, mu = symbols("q t x k m_nu mu")
nu = Field("nu", r"\nu", sp.Rational(1, 2), m_nu)
left = Bilinear(nu, (("V", sp.Integer(1)), ("A", sp.Integer(-1))))

d = Derivation(
    "subtracted_bubble", "The loop by Feynman's parameter and by its cut", cites=["PeskinSchroeder1995", "Cutkosky1960"]
)


@d.step(
    r"N^{\mu\nu}",
    check.dimension(2),
    check.components(
        lambda mu, nu_, k, k_prime, value: loop_trace_component({"V": 1, "A": -1}, mu, nu_, k, k_prime, value["m_nu"]),
        "explicit 4x4 matrices",
        m_nu,
    ),
)
def numerator():
    r"""The trace of the loop with two left-handed vertices."""
    return loop_trace(left, left)


@d.step(r"\rho_T(t)", check.dimension(2), check.limit(t, sp.oo, t / (6 * sp.pi**2), rate=1))
def density(numerator):
    r"""The cut gives the spectral density of the time component between static sources."""
    rho = -average(numerator, t, m_nu, m_nu)[0] * two_body_phase_space(t, m_nu, m_nu) / (2 * sp.pi)
    return SpectralDensity(sp.factor(rho), t, 4 * m_nu**2)


def second_derivative(value):
    r"""2\int dt\,\rho(t)/(q^2+t)^3 with \rho = (t-m^2)\beta/6\pi^2, by quadrature; \sqrt t = 2m\cosh u."""
    Q, m = value["k"], value["m_nu"]

    def f(u):
        s = 4 * m**2 * mp.cosh(u) ** 2
        return 2 * (s - m**2) * mp.tanh(u) / (6 * mp.pi**2) / (Q + s) ** 3 * 2 * s * mp.tanh(u)

    return mp.quad(f, [0, 1, 3, 10, 40])


def twice_differentiated(loop):
    """The second derivative with respect to q^2, here called k, under the integral."""
    return sp.Integral(sp.diff(loop.function.subs(q, sp.sqrt(k)), k, 2), *loop.limits)


@d.step(
    r"\Pi^{00}(q)",
    check.dimension(2),
    check.brute_force(
        second_derivative,
        r"the dispersion integral of $\rho_T$, both differentiated twice with respect to $q^2$,",
        digits=20,
        of=twice_differentiated,
    ),
)
def loop(numerator):
    r"""With one Feynman parameter the loop is $\int_0^1dx\,[\dots]\ln[(m^2+x(1-x)q^2)/\mu^2]$ up to a polynomial in $q^2$, and
    $\Pi^{00}=-i\int\frac{d^4k}{(2\pi)^4}\frac{N^{00}}{D_1D_2}$ equals $\int dt\,\rho_T(t)/(q^2+t)$ up to such a polynomial.
    """
    integral = static_bubble(numerator, m_nu, m_nu, q, x, mu)
    return sp.Integral(-sp.I * integral.function, *integral.limits)
