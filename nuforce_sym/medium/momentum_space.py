r"""The amplitude of an isotropic background: Lindhard's function.

    \tfrac12\int_{-1}^1d\mu\,\frac{1}{q^2\pm2kq\mu}=\frac1{4kq}\ln\Big|\frac{q+2k}{q-2k}\Big|

as a principal value; a numerator T_0+T_1\mathbf k\cdot\mathbf q leaves \pm T_1/2 besides. At the edge, q = 2k, a
neutrino of the background is scattered straight back.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.medium import CrossTerms
from nuforce_sym.errors import NotDerivable
from nuforce_sym.symbols import symbols

k, q, k_dot_q = symbols("k_nu q k_dot_q")


def averaged_amplitude(terms: CrossTerms) -> sp.Expr:
    r"""Return \langle\mathcal V(q)\rangle over the directions of \mathbf k, with the occupation numbers, for one momentum.

    Raises:
        NotDerivable: a numerator is not linear in \mathbf k\cdot\mathbf q.
    """
    edge = 2 * k / q
    pole = (sp.log(1 + edge) - sp.log(sp.Abs(1 - edge))) / (4 * k * q)
    total = sp.Integer(0)
    for sign, numerator in ((1, terms.ahead), (-1, terms.behind)):
        poly = sp.Poly(numerator, k_dot_q)
        if poly.degree() > 1:
            raise NotDerivable(f"the numerator {numerator} is not linear in k.q: no rule for its average")
        T_0, T_1 = poly.coeff_monomial(1), poly.coeff_monomial(k_dot_q)
        total += sign * T_1 / 2 + (T_0 - sign * T_1 * q**2 / 2) * pole
    scale = sp.factor(terms.scale / (2 * terms.energy))
    constant, of_log = total.as_independent(sp.log)
    return scale * (sp.factor(constant) + sp.factor(of_log))
