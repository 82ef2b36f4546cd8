r"""Radial integrals between (n, l+1) and (n, l) as functions of n and l, derived from recurrences.

Nothing is interpolated. With u = rR and u'' = V_lu, V_l = l(l+1)/r^2 - 2Z/r + Z^2/n^2 (r in Bohr radii):

*Kramers.* The third derivative of u^2 gives, for \langle r^k\rangle = \int r^ku^2dr,

    (k+1)\frac{Z^2}{n^2}\langle r^k\rangle = (2k+1)Z\langle r^{k-1}\rangle
        - \frac k4\big[(2l+1)^2-k^2\big]\langle r^{k-2}\rangle,

from \langle r^0\rangle = 1 and \langle r^{-2}\rangle = Z^2/(n^3(l+\frac12)), Hellmann and Feynman's theorem for
l at fixed n - l.

*Ladder.* D = (l+1)/r - Z/(l+1) - d/dr takes u_{nl} to a solution with l+1 at the same energy, since
(d^2/dr^2 - V_{l+1})D = D(d^2/dr^2 - V_l); its norm follows from D^\dagger D = -d^2/dr^2 + V_l - Z^2/n^2 + Z^2/(l+1)^2, and
Du_{nl} > 0 for r -> 0. Hence u_{n,l+1} = Du_{nl}/d, d = Z\sqrt{n^2-(l+1)^2}/(n(l+1)), and

    X_k = \int r^ku_{n,l+1}u_{nl}dr = \frac1d\Big[\big(l+1+\tfrac k2\big)\langle r^{k-1}\rangle
        - \frac Z{l+1}\langle r^k\rangle\Big].

*Hypervirial.* With W_k = \int r^k(u_1u_2'-u_1'u_2)dr, where 1 is (n, l+1) and 2 is (n, l),

    (k+1)W_k = 2(l+1)X_{k-1}, \qquad \frac{2Z^2}{n^2}X_0 = 2ZX_{-1} + (l+1)W_{-1},

the first from (u_1u_2'-u_1'u_2)' = (V_l-V_{l+1})u_1u_2, the second from the third derivative of u_1u_2. For
F = r^{-q} then G = -qX_{-q-1} and P = \frac12W_{-q} - (l+1)X_{-q-1}, so that (q-1)P = (l+1)G.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from nuforce_sym.atom.surd import integer
from nuforce_sym.errors import InputError
from nuforce_sym.symbols import symbols

n, l, Z = symbols("n l Z")
LARGEST_POWER = 20
"""The largest |k| for which a closed formula is derived."""


@lru_cache(maxsize=256)
def mean_power(k: int) -> sp.Expr:
    r"""Return \langle nl|\eta^k|nl\rangle in n, l and Z; it exists for k >= -2l - 2.

    Raises:
        InputError: k is no integer with |k| <= 20.
    """
    if abs(integer(k, "the power of eta")) > LARGEST_POWER:
        raise InputError(f"closed formulas are derived for powers up to {LARGEST_POWER}: got {k}")
    if k == 0:
        return sp.Integer(1)
    if k == -1:
        return Z / n**2
    if k == -2:
        return Z**2 / (n**3 * (l + sp.Rational(1, 2)))
    if k > 0:
        upward = (2 * k + 1) * Z * mean_power(k - 1) - sp.Rational(k, 4) * ((2 * l + 1) ** 2 - k**2) * mean_power(k - 2)
        return sp.factor(upward * n**2 / (Z**2 * (k + 1)))
    k += 2
    downward = (2 * k + 1) * Z * mean_power(k - 1) - (k + 1) * Z**2 / n**2 * mean_power(k)
    return sp.factor(downward * 4 / (k * ((2 * l + 1) ** 2 - k**2)))


def transition_power(k: int) -> sp.Expr:
    r"""Return \int_0^\infty\eta^{k+2}R_{n,l+1}R_{nl}\,d\eta in n, l and Z; k = 1 is the dipole.

    It exists for k >= -2l - 3. Raises `InputError` as `mean_power`.
    """
    bracket = (l + 1 + sp.Rational(integer(k, "the power of eta"), 2)) * mean_power(k - 1) - Z / (l + 1) * mean_power(k)
    return _over_ladder(bracket)


def _over_ladder(bracket: sp.Expr) -> sp.Expr:
    return sp.factor(bracket * n * (l + 1) / (Z * (n**2 - (l + 1) ** 2))) * ladder_root()


def ladder_root() -> sp.Expr:
    r"""Return \sqrt{n^2-(l+1)^2}."""
    return sp.sqrt(n**2 - (l + 1) ** 2)


def gradient_power(q: int) -> sp.Expr:
    r"""Return G_F for F = \eta^{-q}, bra (n, l+1), ket (n, l), in n, l and Z; it exists for 2l + 2 - q > -1."""
    return -q * transition_power(-q - 1)


def current_power(q: int) -> sp.Expr:
    r"""Return P_F for F = \eta^{-q}, bra (n, l+1), ket (n, l), in n, l and Z; it exists for 2l + 2 - q > -1.

    The bra (n, l) and the ket (n, l+1) have the opposite sign.
    """
    if integer(q, "the power q of r^-q") == 1:
        return _tidy((Z**2 / n**2 * transition_power(0) - Z * transition_power(-1)) / (l + 1))
    return _tidy((l + 1) * sp.Rational(q, 1 - q) * transition_power(-q - 1))


def origin() -> sp.Expr:
    r"""Return \alpha_{nl} = \lim_{\eta\to0}R_{nl}/\eta^l in n, l and Z, from N_{nl} and the lowest term of A_{nl}.

    \alpha_{nl} = \frac{1}{\Gamma(2l+2)}\Big(\frac{2Z}n\Big)^{l+3/2}\sqrt{\frac{\Gamma(n+l+1)}{2n\,\Gamma(n-l)}}.
    """
    lowest = sp.gamma(n + l + 1) / sp.gamma(2 * l + 2)  # (n-l-1)! binomial(n+l, n-l-1)
    norm = sp.sqrt(1 / (2 * n * sp.gamma(n - l) * sp.gamma(n + l + 1)))
    return (2 * Z / n) ** (l + sp.Rational(3, 2)) * lowest * norm


def _tidy(expr: sp.Expr) -> sp.Expr:
    root = ladder_root()
    return sp.factor(sp.cancel(expr / root)) * root
