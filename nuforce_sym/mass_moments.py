r"""Radial functionals of the force of two massive neutrinos in hydrogen, as functions of \mu = m_\nu a_0.

For a bra (n, l) and a ket (n, l+1), R_1 and R_2 at \eta = r/a_0, and

    F = \mu^3K_3(2\mu\eta)/\eta^2 (Dirac, \nu=3) or 2\mu^2K_2(2\mu\eta)/\eta^3 (Majorana, \nu=2), both \to\eta^{-5},

    P = \int_0^\infty\eta^2F\,\tfrac12\Big[R_1R_2'-R_1'R_2+\frac{2(l+1)}\eta R_1R_2\Big]d\eta, \qquad
    G = \int_0^\infty\eta^2\frac{dF}{d\eta}R_1R_2\,d\eta = -\int_0^\infty F\,\frac{d}{d\eta}\big(\eta^2R_1R_2\big)d\eta .

They are what \tfrac12\{\sigma\cdot p,F\} and (\sigma_e\times\sigma_p)\cdot\nabla F leave between the two states, finite for
l >= 2.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb, factorial
from typing import Any

import mpmath as mp

from nuforce_sym.special import NumericFunction

Polynomial = dict[int, Fraction]


def laguerre(n: int, l: int) -> tuple[Polynomial, Fraction]:
    r"""Return A and N with R_{nl} = \sqrt N\,A(\eta)e^{-\eta/n} for Z = 1."""
    scale, terms = Fraction(2, n), {}
    for k in range(n - l):
        terms[l + k] = scale ** (l + k) * (-1) ** k * Fraction(comb(n + l, n - l - 1 - k), factorial(k))
    return terms, scale**3 * Fraction(factorial(n - l - 1), 2 * n * factorial(n + l))


@cache
def weight(functional: str, n: int, l: int) -> tuple[Polynomial, Fraction]:
    r"""Return q and N with P or G = \sqrt N\int_0^\infty q(\eta)e^{-2\eta/n}F\,d\eta for ``functional`` "P" or "G"."""
    (A, a), (B, b) = laguerre(n, l), laguerre(n, l + 1)
    total: Polynomial = {}
    for i, x in A.items():
        for j, y in B.items():
            if functional == "P":
                # the exponentials cancel in R_1 R_2' - R_1' R_2
                total[i + j + 1] = total.get(i + j + 1, Fraction(0)) + x * y * (Fraction(j - i, 2) + l + 1)
            else:
                total[i + j + 1] = total.get(i + j + 1, Fraction(0)) - (i + j + 2) * x * y
                total[i + j + 2] = total.get(i + j + 2, Fraction(0)) + Fraction(2, n) * x * y
    return {k: c for k, c in sorted(total.items()) if c}, a * b


class _Moment(NumericFunction):
    """A function of n, l, nu and mu."""

    nargs = 4
    functional = ""

    @classmethod
    def _value(cls, *args: Any) -> Any:
        n, l, nu, mu = (*(int(x) for x in args[:3]), args[3])
        q, norm = weight(cls.functional, n, l)
        p, c = mp.mpf(2) / n, 2 * mu
        x = (p - c) / (p + c)
        total = mp.mpf(0)
        for k, coefficient in q.items():
            # Gradshteyn and Ryzhik 6.621.3, s - 1 the power of eta under the integral with K_nu
            s = k + nu - 4
            front = mp.sqrt(mp.pi) * (2 * c) ** nu / (p + c) ** (s + nu)
            front *= mp.gamma(s + nu) * mp.gamma(s - nu) / mp.gamma(s + mp.mpf(1) / 2)
            moment = front * mp.hyp2f1(s + nu, nu + mp.mpf(1) / 2, s + mp.mpf(1) / 2, x)
            total += moment * coefficient.numerator / coefficient.denominator
        return (2 if nu == 2 else 1) * mu**nu * total * mp.sqrt(mp.mpf(norm.numerator) / norm.denominator)

    def _latex(self, printer: Any) -> str:
        n, l, nu, mu = self.args
        kind = {2: "M", 3: "D"}[int(nu)]
        return rf"{self.functional}^{{\mathrm{{{kind}}}}}_{{{n},{l}}}\!\left({printer._print(mu)}\right)"


class MassCurrent(_Moment):
    r"""P of the module's first lines: ``MassCurrent(n, l, nu, mu)``, nu = 3 for Dirac and 2 for Majorana neutrinos."""

    functional = "P"


class MassGradient(_Moment):
    r"""G of the module's first lines: ``MassGradient(n, l, nu, mu)``."""

    functional = "G"
