r"""Subtracted dispersion integrals: the amplitude in momentum space from its spectral density.

    \mathcal V(Q^2) = \int_{t_0}^\infty dt\,\frac{\rho(t)}{Q^2+t}

diverges for a loop; a polynomial in Q^2, a contact term, is not determined by the cut. Every derivative with respect to
Q^2 makes it converge better,

    \left(\frac{d}{dQ^2}\right)^n\mathcal V = (-1)^nn!\int dt\,\frac{\rho(t)}{(Q^2+t)^{n+1}}.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.potential.spectral import SpectralDensity


def derivative_integral(density: SpectralDensity, Q_squared: sp.Expr, n: int) -> sp.Integral:
    r"""Return the n-th derivative of the dispersion integral with respect to Q^2, as an unevaluated integral.

    Raises:
        InputError: n is no whole number from 0.
    """
    if not (type(n) is int and n >= 0):
        raise InputError(f"the number of derivatives is 0, 1, 2, ...; got {n!r}")
    t = density.t
    integrand = (-1) ** n * sp.factorial(n) * density.expr / (Q_squared + t) ** (n + 1)
    return sp.Integral(integrand, (t, density.threshold, sp.oo))


def massless_loop(density: SpectralDensity, q: sp.Symbol, mu: sp.Symbol) -> sp.Expr:
    r"""Return \mathcal V(q) of a massless loop, \rho = c\,t^n: c\,(-1)^{n+1}q^{2n}\ln(q^2/\mu^2) up to a polynomial.

    n+1 derivatives leave a convergent integral over t, which is c'/q^2; integrating it back brings the logarithm. The
    renormalisation scale \mu stands for the coefficient of q^{2n} that the cut does not determine; lower powers would need
    a mass scale.

    Raises:
        NotDerivable: the density is no single non-negative integer power of t from threshold 0.
        InputError: the density is not massless.
    """
    if density.threshold != 0:
        raise InputError(f"the threshold is {density.threshold}, not 0: the loop is not massless")
    t = density.t
    c, n = sp.expand(density.expr).as_coeff_exponent(t)
    if c.has(t) or not (n.is_Integer and n >= 0):
        raise NotDerivable(f"{density.expr} is no power t^0, t^1, ...: its dispersion integral is not known here")
    n = int(n)
    # With t = Qx the integral is Q^{-1} times a number, Euler's B(n+1, 1).
    integrand = derivative_integral(SpectralDensity(t**n, t, sp.Integer(0)), sp.Integer(1), n + 1).function
    coefficient = sp.integrate(integrand, (t, 0, sp.oo))
    # The n-fold integral of c' ln Q is c' Q^n ln(Q)/n! up to a polynomial.
    return c * coefficient / sp.factorial(n) * q ** (2 * n) * sp.log(q**2 / mu**2)
