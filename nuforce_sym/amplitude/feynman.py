r"""One-loop integrals of two propagators by Feynman's parameter, up to polynomials in q^2.

    \frac1{D_1D_2} = \int_0^1\frac{dx}{[l^2-\Delta]^2},\qquad k = l + xq,\quad k' = q-k = (1-x)q-l,

with \Delta = (1-x)m^2 + xm'^2 - x(1-x)q^2. In dimensional regularisation (Peskin & Schroeder, Eqs. (A.44), (A.46)) the
logarithms are

    \int\frac{d^4l}{(2\pi)^4}\frac{\{1,\ l^\mu l^\nu\}}{(l^2-\Delta)^2} \to
        -\frac{i}{16\pi^2}\left\{1,\ \tfrac12g^{\mu\nu}\Delta\right\}\ln\Delta,

and the rest, with the divergence, is a polynomial in q^2.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.loop import K_PRIME, MU, NU, K
from nuforce_sym.components import METRIC, component
from nuforce_sym.errors import NotDerivable


def static_bubble(numerator: sp.Expr, m: sp.Expr, m_back: sp.Expr, q: sp.Expr, x: sp.Symbol, mu: sp.Expr) -> sp.Integral:
    r"""Return \int\frac{d^4k}{(2\pi)^4}\frac{N^{00}}{D_1D_2} between static sources, up to polynomials in q^2 = |\mathbf q|^2.

    ``numerator`` is `loop.loop_trace`; the four-momentum of the pair is (0, 0, 0, q), so that its square is -q^2; a change of
    the scale ``mu`` is such a polynomial.

    Raises:
        NotDerivable: the numerator holds more than two powers of the loop momentum.
    """
    loop = [sp.Dummy(f"l_{i}") for i in range(4)]
    along = (0, 0, 0, 1)
    forth = [l + x * q * a for l, a in zip(loop, along, strict=True)]
    back = [(1 - x) * q * a - l for l, a in zip(loop, along, strict=True)]
    N = sp.Poly(sp.expand(component(numerator, {K: forth, K_PRIME: back}, {MU: 0, NU: 0})), *loop)
    Delta = sp.expand((1 - x) * m**2 + x * m_back**2 + x * (1 - x) * q**2)
    total = sp.Integer(0)
    for powers, coefficient in N.terms():
        if sum(powers) == 0:
            total += coefficient
        elif sum(powers) == 2 and 2 in powers:
            total += coefficient * METRIC[powers.index(2)] * Delta / 2
        elif sum(powers) > 2:
            raise NotDerivable(f"the numerator has the power {sum(powers)} of the loop momentum: rules are written up to 2")
    return sp.Integral(sp.factor(-sp.I * total / (16 * sp.pi**2)) * sp.log(Delta / mu**2), (x, 0, 1))
