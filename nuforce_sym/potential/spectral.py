r"""Spectral densities, and their transform to potentials.

A force by a continuum of states is a sum of Yukawa forces, one for every mass \sqrt t:

    \mathcal V(q) = \int_{t_0}^\infty dt\,\frac{\rho(t)}{q^2+t}
    \quad\Longrightarrow\quad
    V(r) = \int_{t_0}^\infty dt\,\rho(t)\,\frac{e^{-\sqrt t\,r}}{4\pi r}.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.potential.bickley import in_bessel_functions, moment
from nuforce_sym.potential.exponential_integral import above_threshold, rational_cut
from nuforce_sym.potential.fourier import position_space


@dataclass(frozen=True)
class SpectralDensity:
    r"""\rho(t) of \mathcal V(q) = \int dt\,\rho(t)/(q^2+t), and the threshold t_0 where it begins, a branch point.

    ``expr`` is \rho as an expression in ``t``.
    """

    expr: sp.Expr
    t: sp.Symbol
    threshold: sp.Expr


def yukawa_sum(density: SpectralDensity, r: sp.Symbol) -> sp.Integral:
    """Return the potential as an unevaluated integral over the masses in the cut."""
    t, q = density.t, sp.Dummy("q", positive=True)
    return sp.Integral(density.expr * position_space(1 / (q**2 + t), q, r), (t, density.threshold, sp.oo))


def potential_from_density(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""Return V(r) in closed form.

    Massless states: powers t^a, by Euler's integral. States of two equal masses m: Laurent polynomials in t times
    \beta^{2k+1}, \beta=\sqrt{1-4m^2/t}, by Basset's integral and its recurrence; the sum of K_n is written with one K_n
    where exact. One massive and one massless state: Laurent polynomials in t, by exponential integrals.

    Raises:
        NotDerivable: the density is of none of these kinds (two different masses: see `unequal`), or Bickley's function
            Ki_1 stays, so that no closed form in Bessel functions is known here.
    """
    found = radial_function(density, r)
    return found if found.has(sp.expint) else in_bessel_functions(found)


def radial_function(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""Return V(r) as `potential_from_density` does, but with Bickley's \mathrm{Ki}_1 where it occurs: it may cancel from
    the derivatives of V that a spin-dependent force is made of.
    """
    t, threshold = density.t, density.threshold
    if threshold == 0:
        return _massless(density, r)
    expr = above_threshold(density.expr, t, threshold)
    if expr.is_rational_function(t):
        return rational_cut(expr, t, threshold, r)
    _one_branch_point(expr, t, threshold)
    return _equal_masses(SpectralDensity(expr, t, threshold), r)


def _one_branch_point(expr: sp.Expr, t: sp.Symbol, threshold: sp.Expr) -> None:
    """Refuse the square root of two different masses, which branches at (m_i - m_j)^2 too."""
    for root in sorted(expr.atoms(sp.Pow), key=sp.default_sort_key):
        if root.exp.is_Rational and root.exp.q == 2 and root.base.is_polynomial(t):
            ends = {sp.factor(end) for end in sp.roots(sp.Poly(root.base, t))} - {sp.Integer(0)}
            others = sorted((end for end in ends if sp.expand(end - threshold) != 0), key=sp.default_sort_key)
            if others:
                raise NotDerivable(
                    f"{root} branches at {t} = {others[0]} besides the threshold {threshold}: the integral over two different "
                    "masses has no closed form in standard functions; use nuforce_sym.potential.unequal.series, which "
                    "converges, or a kernel; one vanishing mass has a closed form"
                )


def _massless(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""\int_0^\infty t^a e^{-\sqrt t r}dt = 2\Gamma(2a+2)/r^{2a+2}, term by term."""
    t = density.t
    integrand = sp.expand(yukawa_sum(density, r).function)
    total = sp.Integer(0)
    for term in sp.Add.make_args(integrand):
        constant, monomial = (term / sp.exp(-sp.sqrt(t) * r)).as_independent(t)
        a = monomial.as_base_exp()[1] if monomial != 1 else sp.Integer(0)
        if monomial != t**a or not a.is_Rational or a <= -1:
            raise NotDerivable(f"the massless density {density.expr} is no sum of powers of {t} above t^-1")
        total += constant * 2 * sp.gamma(2 * a + 2) / r ** (2 * a + 2)
    return total


def _equal_masses(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""With \sqrt t = 2mx the cut is x > 1 and \beta = \sqrt{x^2-1}/x."""
    m = sp.sqrt(density.threshold) / 2
    x, w, z = (sp.Dummy(n, positive=True) for n in "xwz")
    yukawa = yukawa_sum(density, r).function / sp.exp(-sp.sqrt(density.t) * r)
    in_x = _rationalise(yukawa.subs(density.t, 4 * m**2 * x**2) * 8 * m**2 * x, x, w)
    weight = sp.cancel(in_x / w)
    polynomial = sp.expand(sp.cancel(weight.subs(w, sp.sqrt(x**2 - 1))))
    total = sp.Integer(0)
    for term in sp.Add.make_args(polynomial):
        coefficient, power = term.as_coeff_exponent(x)
        if coefficient.has(x) or not power.is_Integer:
            raise NotDerivable(
                f"the density {density.expr} is no Laurent polynomial in {density.t} times an odd power of sqrt(1 - 4m^2/t), "
                f"{density.t} = 4m^2 x^2: its transform is no combination of K_n"
            )
        total += coefficient * moment(int(power), z)
    return sp.expand(total).subs(z, 2 * m * r)


def _rationalise(expr: sp.Expr, x: sp.Symbol, w: sp.Symbol) -> sp.Expr:
    """Return ``expr`` with every square root of c(x^2-1)/x^2 replaced by sqrt(c) w/x, where w = sqrt(x^2-1)."""

    def replace(base: sp.Expr, exponent: sp.Rational) -> sp.Expr:
        scale = sp.cancel(sp.together(base) * x**2 / (x**2 - 1))
        if scale.has(x):
            return base**exponent
        return scale**exponent * (w / x) ** (2 * exponent)

    return expr.replace(
        lambda e: isinstance(e, sp.Pow) and e.exp.is_Rational and e.exp.q == 2 and e.base.has(x) and e.base != x,
        lambda e: replace(*e.args),
    )
