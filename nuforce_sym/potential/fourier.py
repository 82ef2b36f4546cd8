r"""Transforms of rational amplitudes to position space, by residues.

    V(r) = \int\frac{d^3q}{(2\pi)^3} e^{+i\mathbf q\cdot\mathbf r}\,\mathcal V(q)
         = \frac{1}{4\pi^2 i\,r}\int_{-\infty}^{\infty} dq\; q\,e^{iqr}\,\mathcal V(q)

The contour is closed in the upper half plane: every pole q = i m of \mathcal V contributes its residue, and a simple
pole of q\,\mathcal V at q = 0 half of its own.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable


def position_space(amplitude: sp.Expr, q: sp.Symbol, r: sp.Symbol) -> sp.Expr:
    r"""Return V(r), r > 0, for an amplitude \mathcal V(q) that is a rational function of q^2.

    Poles of any order at q^2 = -m^2, m > 0, and simple ones at q^2 = 0. Polynomials in q^2 transform into derivatives
    of \delta^3(r), which vanish for r > 0; they are refused here, so that no contact term is lost silently.

    Raises:
        NotDerivable: the amplitude is not rational in q^2, does not vanish at infinity, or has another singularity.
    """
    Q = sp.Dummy("Q", positive=True)
    in_Q = sp.together(amplitude.subs(q, sp.sqrt(Q)))
    numerator, denominator = sp.fraction(in_Q)
    if not (numerator.is_polynomial(Q) and denominator.is_polynomial(Q)):
        raise NotDerivable(f"{amplitude} is not a rational function of {q}^2: no transform by residues")
    if sp.degree(numerator, Q) >= sp.degree(denominator, Q):
        raise NotDerivable(f"{amplitude} does not vanish for large {q}: split off its contact terms first")
    total = sp.Integer(0)
    for mass_squared, order in poles(denominator, Q, amplitude):
        total += _residue(numerator, denominator, Q, mass_squared, order, r)
    return total / (2 * sp.pi * r)


def poles(denominator: sp.Expr, Q: sp.Symbol, amplitude: sp.Expr) -> list[tuple[sp.Expr, int]]:
    """Return (m^2, order) of the poles at Q = -m^2 of an amplitude with this denominator; raises `NotDerivable` for others."""
    roots = sp.roots(sp.Poly(denominator, Q))
    if sum(roots.values()) != sp.degree(denominator, Q):
        raise NotDerivable(f"the poles of {amplitude} in q^2 cannot be found in closed form")
    poles = []
    for root, order in sorted(roots.items(), key=lambda item: sp.default_sort_key(item[0])):
        mass_squared = sp.factor(-root)
        if not (mass_squared.is_positive or (mass_squared == 0 and order == 1)):
            raise NotDerivable(
                f"{amplitude} has a pole of order {order} at q^2 = {root}: only poles at q^2 = -m^2 < 0, and simple "
                "ones at 0, have a transform"
            )
        poles.append((mass_squared, order))
    return poles


def _residue(
    numerator: sp.Expr, denominator: sp.Expr, Q: sp.Symbol, mass_squared: sp.Expr, order: int, r: sp.Symbol
) -> sp.Expr:
    """Return the residue of q e^{iqr} N(q^2)/D(q^2) at q = i m; at m = 0, half of it."""
    q = sp.Dummy("q")
    rest = sp.cancel(denominator / (Q + mass_squared) ** order).subs(Q, q**2)
    if mass_squared == 0:
        return (numerator.subs(Q, 0) / rest.subs(q, 0)) / 2
    m = sp.sqrt(mass_squared)
    regular = q * sp.exp(sp.I * q * r) * numerator.subs(Q, q**2) / (rest * (q + sp.I * m) ** order)
    return sp.factor(sp.diff(regular, q, order - 1).subs(q, sp.I * m) / sp.factorial(order - 1))


def singularities(amplitude: sp.Expr, t: sp.Symbol) -> dict[sp.Expr, int]:
    r"""Return the poles of a tree amplitude in the t plane and their orders.

    The nearest one, t_0, sets the range 1/\sqrt{t_0} of the force; for a loop it is the branch point, the threshold
    of the spectral density.

    Raises:
        NotDerivable: the amplitude is not rational in t, or its poles have no closed form.
    """
    denominator = sp.fraction(sp.together(amplitude))[1]
    if not denominator.is_polynomial(t):
        raise NotDerivable(f"{amplitude} is not rational in {t}: its singularities are not poles")
    roots = sp.roots(sp.Poly(denominator, t))
    if sum(roots.values()) != sp.degree(denominator, t):
        raise NotDerivable(f"the poles of {amplitude} in {t} cannot be found in closed form")
    return dict(roots)
