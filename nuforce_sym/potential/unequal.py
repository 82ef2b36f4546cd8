r"""The cut of two different masses, whose potential is no standard function: a convergent series, and its remainder.

With M = m_i+m_j, \delta = m_i-m_j, \epsilon = \delta/M and \sqrt t = Mx the square root of the cut is

    \sqrt{(t-M^2)(t-\delta^2)} = M^2x\sqrt{x^2-1}\,\sqrt{1-\epsilon^2/x^2},

and the binomial series of the last factor leads to the moments X_k of `bickley`,

    V = \sum_n\binom{1/2}{n}(-\epsilon^2)^n\,(\text{sum of } X_{k-2n}(Mr)).

It converges for every \epsilon < 1 because x > 1.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.potential.bessel import reduce_orders
from nuforce_sym.potential.bickley import moment
from nuforce_sym.potential.spectral import SpectralDensity, yukawa_sum


def series(density: SpectralDensity, r: sp.Symbol, terms: int) -> sp.Expr:
    r"""Return the first ``terms`` terms of V(r) in powers of ((m_i-m_j)/(m_i+m_j))^2, in K_0, K_1 and Ki_1 of (m_i+m_j)r.

    For a density of one sign the rest is at most `remainder` times V.

    Raises:
        NotDerivable: the density is no Laurent polynomial in t times the square root of two different masses.
        InputError: ``terms`` is not positive.
    """
    if terms < 1:
        raise InputError(f"a series has at least one term; got {terms}")
    t, M = density.t, sp.sqrt(density.threshold)
    root, smaller = _root(density)
    x, z = sp.Dummy("x", positive=True), sp.Dummy("z", positive=True)
    # Without the exponential; sqrt(t) = M x, dt = 2 M^2 x dx, and the root gives M^2 x sqrt(x^2-1) (1-epsilon^2/x^2)^(1/2).
    rest = sp.cancel(yukawa_sum(density, r).function / sp.exp(-sp.sqrt(t) * r) / root)
    weight = sp.cancel(rest.subs(t, M**2 * x**2)) * 2 * M**2 * x * M**2 * x
    epsilon_squared = smaller / density.threshold
    total = sp.Integer(0)
    for n in range(terms):
        factor = sp.binomial(sp.Rational(1, 2), n) * (-epsilon_squared) ** n
        total += factor * _moments(sp.expand(weight / x ** (2 * n)), x, z, density)
    gathered = sp.expand(reduce_orders(sp.expand(total)))
    kernels = [f for f in sorted(gathered.atoms(sp.Function), key=sp.default_sort_key) if f.has(z)]
    return sp.Add(*(sp.factor(gathered.coeff(f).subs(z, M * r)) * f.subs(z, M * r) for f in kernels))


def _root(density: SpectralDensity) -> tuple[sp.Expr, sp.Expr]:
    """Return the square root sqrt((t - M^2)(t - delta^2)) in the density, and delta^2."""
    t, threshold = density.t, density.threshold
    for root in sorted(density.expr.atoms(sp.Pow), key=sp.default_sort_key):
        if root.exp == sp.Rational(1, 2) and root.base.is_polynomial(t) and sp.degree(root.base, t) == 2:
            ends = sp.roots(sp.Poly(root.base, t), multiple=True)
            smaller = [sp.factor(end) for end in ends if sp.expand(end - threshold) != 0]
            if len(smaller) == 1 and sp.expand(root.base - (t - threshold) * (t - smaller[0])) == 0:
                return root, smaller[0]
    raise NotDerivable(f"{density.expr} has no square root of (t - (m_i + m_j)^2)(t - (m_i - m_j)^2): no series in their ratio")


def _moments(weight: sp.Expr, x: sp.Symbol, z: sp.Symbol, density: SpectralDensity) -> sp.Expr:
    total = sp.Integer(0)
    for term in sp.Add.make_args(weight):
        coefficient, power = term.as_coeff_exponent(x)
        if coefficient.has(x) or not power.is_Integer:
            raise NotDerivable(f"{density.expr} is no Laurent polynomial in {density.t} times the square root of its cut")
        total += coefficient * moment(int(power), z)
    return total


def remainder(m_i: sp.Expr, m_j: sp.Expr, terms: int) -> sp.Expr:
    r"""Return a bound on |V - \texttt{series}|/V for a density that is positive above threshold.

    The binomial series of \sqrt{1-u}, 0 \le u \le \epsilon^2, has terms of one sign from n = 1 on, whose coefficients
    fall: its rest is at most |\binom{1/2}{N}|\,u^N/(1-u), hence at most |\binom{1/2}{N}|\epsilon^{2N}(1-\epsilon^2)^{-3/2}
    of the root itself.
    """
    epsilon = (m_i - m_j) / (m_i + m_j)
    half = sp.Rational(1, 2)
    return abs(sp.binomial(half, terms)) * epsilon ** (2 * terms) * (1 - epsilon**2) ** sp.Rational(-3, 2)
