r"""Limits of a potential that follow from its spectral density alone, whether or not it has a closed form.

At long distance the threshold decides (Watson's lemma), at short distance the large masses.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.potential.exponential_integral import above_threshold
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density


def _powers(expr: sp.Expr, w: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
    """Return (a, G) with expr = w^a G(w), G analytic and not zero at w = 0.

    Raises:
        NotDerivable: the expression is no product of powers of rational functions of w.
    """
    exponent, regular = sp.Integer(0), sp.Integer(1)
    for factor in sp.Mul.make_args(sp.factor(sp.powsimp(expr))):
        base, power = factor.as_base_exp()
        numerator, denominator = sp.fraction(sp.together(base))
        if not (numerator.is_polynomial(w) and denominator.is_polynomial(w) and not power.has(w)):
            raise NotDerivable(f"{factor} is no power of a rational function: its leading behaviour is not known here")
        lowest = [min(monomial[0] for monomial in sp.Poly(part, w).monoms()) for part in (numerator, denominator)]
        exponent += (lowest[0] - lowest[1]) * power
        stripped = sp.expand(numerator / w ** lowest[0]) / sp.expand(denominator / w ** lowest[1])
        regular *= stripped**power
    return exponent, regular


def threshold_behaviour(density: SpectralDensity) -> tuple[sp.Expr, sp.Expr]:
    r"""Return (c, a) with \rho(t) \to c\,(t-t_0)^a for t \to t_0: a = 1/2 for an s-wave pair, 3/2 for a p-wave one.

    Raises:
        NotDerivable: the density is no product of powers of rational functions.
    """
    t, threshold = density.t, density.threshold
    if threshold == 0:
        raise NotDerivable("a massless pair has no threshold: its potential falls as a power at all distances")
    w = sp.Dummy("w", positive=True)
    shifted = above_threshold(density.expr, t, threshold).subs(t, threshold + w)
    exponent, regular = _powers(_expanded_roots(shifted, w), w)
    return sp.factor(regular.subs(w, 0)), exponent


def _expanded_roots(expr: sp.Expr, w: sp.Symbol) -> sp.Expr:
    """Return ``expr`` with the radicands expanded, so that what cancels between threshold and masses does."""
    return expr.replace(
        lambda e: isinstance(e, sp.Pow) and not e.exp.is_Integer and e.base.has(w),
        lambda e: sp.Mul(*(f**e.exp for f in sp.Mul.make_args(sp.factor(sp.expand(e.base))))),
    )


def long_distance(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""Return the leading term of V(r) for r -> infinity.

    With \sqrt t = \sqrt{t_0} + s and \rho \to c\,(2\sqrt{t_0}s)^a, Euler's integral over s gives
    c\,\Gamma(a+1)(2\sqrt{t_0}/r)^{a+1}e^{-\sqrt{t_0}r}/(4\pi r).
    """
    c, a = threshold_behaviour(density)
    M = sp.sqrt(density.threshold)
    return c * sp.gamma(a + 1) * (2 * M / r) ** (a + 1) * sp.exp(-M * r) / (4 * sp.pi * r)


def short_distance(density: SpectralDensity, r: sp.Symbol) -> sp.Expr:
    r"""Return the terms of V(r) for r -> 0 that do not depend on how the density behaves at finite t.

    They are the transforms of the powers t^a, a > -1, in the expansion of \rho(t) for large t; the first power that is
    left out, t^{-1}, leads to a logarithm over r.

    Raises:
        NotDerivable: the density falls as t^{-1} or faster, or is no product of powers of rational functions.
    """
    t, w = density.t, sp.Dummy("w", positive=True)
    above = above_threshold(density.expr, t, density.threshold)
    exponent, regular = _powers(_expanded_roots(above, t).replace(lambda e: e == t, lambda _: 1 / w), w)
    kept = sp.Integer(0)
    order = 0
    while -exponent - order > -1:
        taylor = sp.diff(regular, w, order).subs(w, 0) / sp.factorial(order)
        kept += sp.factor(taylor) * t ** (-exponent - order)
        order += 1
    if kept == 0:
        raise NotDerivable(f"the density {density.expr} falls as t^{-exponent}: its short distance is not a power")
    massless = SpectralDensity(sp.expand(kept), t, sp.Integer(0))
    return sp.Add(*(sp.factor(term) for term in sp.Add.make_args(sp.expand(potential_from_density(massless, r)))))
