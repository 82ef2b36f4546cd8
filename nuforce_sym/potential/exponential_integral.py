r"""Cuts whose density is rational in t: one massive and one massless particle.

With t = m^2x^2 each power gives a generalised exponential integral (DLMF 8.19.3),

    \int_1^\infty x^{-n}e^{-zx}\,dx = E_n(z),\qquad z = mr,

which is elementary for n <= 0 and is reduced to E_1 by nE_{n+1} = e^{-z} - zE_n (DLMF 8.19.12) otherwise.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable


def power_moment(k: int, z: sp.Expr) -> sp.Expr:
    r"""Return \int_1^\infty x^k e^{-zx}dx, z > 0, in elementary functions and E_1."""
    if k >= 0:
        # k derivatives -d/dz of e^{-z}/z
        return sp.Add(*(sp.binomial(k, n) * sp.factorial(n) / z ** (n + 1) for n in range(k + 1))) * sp.exp(-z)
    if k == -1:
        return sp.expint(1, z)
    n = -k - 1
    return (sp.exp(-z) - z * power_moment(-n, z)) / n


def above_threshold(expr: sp.Expr, t: sp.Symbol, threshold: sp.Expr) -> sp.Expr:
    r"""Return ``expr`` for t above the threshold, where |t - t_0| = t - t_0."""
    y = sp.Dummy("y", positive=True)

    def opened(size: sp.Abs) -> sp.Expr:
        inside = size.args[0]
        shifted = sp.factor(sp.expand(inside.subs(t, threshold + y)))
        if shifted.is_nonnegative:
            return inside
        return -inside if shifted.is_nonpositive else size

    return expr.replace(lambda e: isinstance(e, sp.Abs), opened)


def rational_cut(density: sp.Expr, t: sp.Symbol, threshold: sp.Expr, r: sp.Symbol) -> sp.Expr:
    r"""Return \int_{t_0}^\infty dt\,\rho(t)\,e^{-\sqrt t r}/(4\pi r) for a Laurent polynomial \rho.

    Raises:
        NotDerivable: the density has a pole away from t = 0.
    """
    m, x, z = sp.sqrt(threshold), sp.Dummy("x", positive=True), sp.Dummy("z", positive=True)
    in_x = sp.expand(sp.cancel(density.subs(t, m**2 * x**2) * 2 * m**2 * x / (4 * sp.pi * r)))
    total = sp.Integer(0)
    for term in sp.Add.make_args(in_x):
        coefficient, power = term.as_coeff_exponent(x)
        if coefficient.has(x) or not power.is_Integer:
            raise NotDerivable(f"the density {density} is no sum of powers of {t}: its transform is no sum of E_n")
        total += coefficient * power_moment(int(power), z)
    return _gathered(sp.expand(total).subs(z, m * r))


def _gathered(expr: sp.Expr) -> sp.Expr:
    """Return a e^{-z} + b E_1(z) with factored coefficients."""
    expr = sp.expand(expr)
    kernels = sorted(expr.atoms(sp.exp, sp.expint), key=sp.default_sort_key)
    return sp.Add(*(sp.factor(expr.coeff(k)) * k for k in kernels)) if kernels else sp.factor(expr)
