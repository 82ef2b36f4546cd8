r"""Basset's integral, the rule by which the transform of a massive cut is done, proved from Bessel's equation.

SymPy 1.14 returns unreduced Meijer functions for such integrals or nothing; the rule is proved here once and used by
`nuforce_sym.potential.spectral`.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.errors import NotDerivable
from nuforce_sym.potential.basset import basset
from nuforce_sym.symbols import symbols

x, z, nu = symbols("x z nu")
half = sp.Rational(1, 2)

d = Derivation("basset", "Basset's integral", cites=["DLMF"])


def bessel_operator(f: sp.Expr) -> sp.Expr:
    """Apply z^2 d^2/dz^2 + z d/dz - (z^2 + nu^2)."""
    return z**2 * sp.diff(f, z, 2) + z * sp.diff(f, z) - (z**2 + nu**2) * f


@d.step(r"f(x,z)", check.dimension(0), check.sign(True, when="the integrand is positive for $x>1$", x=sp.Integer(3)))
def integrand():
    r"""Let $I(z)=\int_1^\infty f(x,z)\,dx$ for $\nu>-\tfrac12$ and $z>0$."""
    return z**nu * (x**2 - 1) ** (nu - half) * sp.exp(-z * x)


@d.step(
    r"g(x,z)",
    check.residual(
        lambda g, integrand: sp.expand((sp.diff(g, x) - bessel_operator(integrand)) / integrand),
        r"$\partial_xg$ is Bessel's operator applied to $f$",
    ),
    check.residual(lambda g: g.subs(x, 1), "$g$ vanishes at $x=1$"),
)
def boundary_term(integrand):
    r"""Bessel's operator $z^2\partial_z^2+z\partial_z-(z^2+\nu^2)$ turns $f$ into a total derivative $\partial_xg$, and $g$
    vanishes at both ends of the integral. So $I$ solves Bessel's equation: $I=aK_\nu+bI_\nu$.
    """
    wanted = _over(bessel_operator(integrand), integrand)
    base = (x**2 - 1) * integrand
    h = sp.cancel(wanted / _over(sp.diff(base, x), integrand))
    if h.has(x):
        raise NotDerivable(f"Bessel's operator on {integrand} is no total derivative of the form h(z)(x^2-1)f")
    return h * base


def _over(expr: sp.Expr, f: sp.Expr) -> sp.Expr:
    """Return expr/f, a rational function, in its normal form."""
    return sp.cancel(sp.powsimp(sp.expand(expr / f)))


@d.step(
    r"\lim_{z\to\infty}\sqrt{z}\,e^{z}I(z)",
    check.brute_force(
        lambda value: mp.quad(
            lambda y: (y * (2 + y / mp.mpf(10) ** 40)) ** (value["nu"] - 0.5) * mp.exp(-y), [0, 1, 10, mp.inf]
        ),
        "quadrature at $z=10^{40}$",
        digits=20,
    ),
)
def large_z(integrand):
    r"""For large $z$ only $x=1+y/z$ with finite $y$ counts, and the integral over $y$ is Euler's. $I$ decays, so that
    $b=0$.
    """
    y, epsilon = sp.Dummy("y", positive=True), sp.Dummy("epsilon", positive=True)
    scaled = (integrand * sp.exp(z)).subs(x, 1 + y / z) / z * sp.sqrt(z)
    near = sp.powsimp(sp.expand_power_base(scaled.subs(z, 1 / epsilon).replace(_is_power, _factored)))
    return sp.integrate(sp.powsimp(sp.expand(near)).subs(epsilon, 0), (y, 0, sp.oo))


def _is_power(expr: sp.Basic) -> bool:
    return isinstance(expr, sp.Pow) and not expr.base.is_Symbol and expr.exp.has(nu)


def _factored(power: sp.Expr) -> sp.Expr:
    return sp.factor(power.base) ** power.exp


@d.step(
    r"\int_1^\infty(x^2-1)^{\nu-1/2}e^{-zx}dx",
    check.quadrature((x**2 - 1) ** (nu - half) * sp.exp(-z * x), x, sp.Integer(1)),
    check.equals(basset(nu, z), why="the rule that the engine applies"),
    check.against("DLMF", "Eq. 10.32.8", sp.sqrt(sp.pi) ** -1 * sp.gamma(nu + half) * (2 / z) ** nu * sp.besselk(nu, z)),
)
def rule(large_z):
    r"""Since $\sqrt{z}\,e^zK_\nu(z)\to\sqrt{\pi/2}$, the limit fixes $a$, and $I/z^\nu$ is the integral."""
    return large_z / sp.sqrt(sp.pi / 2) * sp.besselk(nu, z) / z**nu
