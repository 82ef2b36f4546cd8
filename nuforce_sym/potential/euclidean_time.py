r"""A pair of different masses in position space: the loop as an integral over Euclidean time.

Between two static sources the loop with the numerator N^{00}(k, k'; m_i, m_j) gives

    V(r) = c_1c_2\int_{-\infty}^\infty d\tau\,N^{00},\qquad
    k \to D_i'(R)\,n,\quad k' \to D_j'(R)\,n,\quad m_i \to m_iD_i(R),\quad m_j \to m_jD_j(R),

with n = (-\tau, -i\mathbf r)/R, R^2 = \tau^2+r^2 and the propagators D(R) = mK_1(mR)/(4\pi^2R), because in the Euclidean
region k^0 = -\partial_\tau and \mathbf k = -i\nabla. There is no cut in it; with \tau = r\sinh u the integrals are the
functions PairK1, PairK2 and PairAxial of `nuforce_sym.special`.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.loop import K_PRIME, MU, NU, K
from nuforce_sym.components import component
from nuforce_sym.errors import NotDerivable
from nuforce_sym.special import PairAxial, PairK1, PairK2


def static_pair_potential(
    numerator: sp.Expr, coupling: sp.Expr, m_i: sp.Symbol, m_j: sp.Symbol, r: sp.Symbol, *, mu: int = 0
) -> sp.Expr:
    r"""Return V(r) of two static charges that couple to the time component of the pair's current.

    ``mu`` = 3 takes the component along r instead, as axial currents of spins along r do, and 1 one across.

    ``numerator`` is `loop.loop_trace` for the masses m_i and m_j, ``coupling`` the product of the couplings in
    \mathcal L of the two sources.

    Raises:
        NotDerivable: the integral over time is not made of the three known functions.
    """
    c, slope_i, slope_j, mass_i, mass_j = (sp.Dummy(name) for name in ("c", "D_i", "D_j", "M_i", "M_j"))
    # (sinh u)^2 = c^2 - 1; the odd powers of tau drop out of N^{00}.
    tau = sp.sqrt(c**2 - 1)
    direction = (-tau / c, sp.Integer(0), sp.Integer(0), -sp.I / c)
    momenta = {K: [slope_i * x for x in direction], K_PRIME: [slope_j * x for x in direction]}
    N = sp.expand(component(numerator, momenta, {MU: mu, NU: mu}).subs({m_i: mass_i, m_j: mass_j}))
    slopes, masses = sp.cancel(N.coeff(slope_i * slope_j)), sp.cancel(N.coeff(mass_i * mass_j))
    if sp.expand(N - slopes * slope_i * slope_j - masses * mass_i * mass_j) != 0:
        raise NotDerivable(f"the numerator {numerator} is not bilinear in the two propagators")
    # D' = -m^2 K_2/(4 pi^2 R) and m D = m^2 K_1/(4 pi^2 R) at R = r c; d tau = r c du, and twice the half line.
    scale = 2 * coupling * (m_i * m_j) ** 2 / (16 * sp.pi**4 * r)
    # slopes/c = p (2 - c^2)/c^3 + s/c
    in_squares = sp.Poly(sp.cancel(slopes * c**2), c)
    p = in_squares.coeff_monomial(1) / 2
    s = in_squares.coeff_monomial(c**2) + p
    if sp.expand(in_squares.as_expr() - p * (2 - c**2) - s * c**2) != 0 or masses.has(c):
        raise NotDerivable(f"the numerator {numerator} leads to other integrals over time than PairK1, PairK2 and PairAxial")
    weights = ((p, PairK2), (s, PairAxial), (masses, PairK1))
    return sp.Add(*(sp.factor(scale * w) * f(m_i * r, m_j * r) for w, f in weights))
