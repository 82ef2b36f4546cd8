r"""Radial functions of a hydrogen-like atom, and their integrals with powers and exponentials, exactly.

With \eta = r/a_0, where a_0 = 1/(\alpha\mu) holds the reduced mass \mu, and R_{nl} in units of a_0^{-3/2},

    R_{nl}(\eta) = \sqrt{N_{nl}}\;e^{-Z\eta/n}A_{nl}(\eta), \qquad
    N_{nl} = \Big(\frac{2Z}{n}\Big)^3\frac{1}{2n\,(n-l-1)!\,(n+l)!},

    A_{nl}(\eta) = (n-l-1)!\Big(\frac{2Z\eta}{n}\Big)^l L^{2l+1}_{n-l-1}\Big(\frac{2Z\eta}{n}\Big),
    \qquad \int_0^\infty\eta^2R_{nl}R_{n'l}\,d\eta=\delta_{nn'},

with the associated Laguerre polynomials of DLMF 18.5.12, so that R_{nl} > 0 for \eta -> 0. Other texts count the
Laguerre polynomials differently or give R_{nl} the sign (-1)^{n-l-1}. Every integral is \sqrt{N N'} times a rational.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb, factorial
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_poly, fmpz, fmpz_poly

from nuforce_sym.atom.surd import Surd, in_sympy, integer, rational
from nuforce_sym.errors import InputError, NotDerivable

LARGEST_N = 1000
"""The largest principal quantum number that is accepted."""


@dataclass(frozen=True)
class RadialFunction:
    r"""R_{nl} = \sqrt{``norm``} e^{-``decay`` \eta} ``polynomial``(\eta), exactly."""

    n: int
    l: int
    Z: int
    norm: fmpq
    decay: fmpq
    polynomial: fmpq_poly

    def expr(self, eta: sp.Expr) -> sp.Expr:
        r"""Return R_{nl} as a SymPy expression in \eta = r/a_0."""
        inside = sp.Add(*(in_sympy(c) * eta**k for k, c in enumerate(self.polynomial.coeffs())))
        return Surd(fmpq(1), self.norm).sympy * sp.factor(inside) * sp.exp(-in_sympy(self.decay) * eta)

    @property
    def latex(self) -> str:
        r"""R_{nl} as LaTeX in \eta."""
        return str(sp.latex(self.expr(sp.Symbol("eta", positive=True))))


@lru_cache(maxsize=4096)
def hydrogen_radial(n: int, l: int, *, Z: int = 1) -> RadialFunction:
    """Return the radial function R_nl for nuclear charge Z.

    Raises:
        InputError: not 0 <= l < n <= 1000, or Z is no positive integer.
    """
    _check(n, l, Z)
    N = n - l - 1
    scale = fmpq(2 * Z, n)
    power = scale**l
    terms: list[Any] = [0] * l
    for k in range(N + 1):
        terms.append(power * ((-1) ** k * comb(n + l, N - k) * (factorial(N) // factorial(k))))
        power *= scale
    norm = scale**3 / (2 * n * fmpz(factorial(N)) * factorial(n + l))
    return RadialFunction(n, l, Z, norm, fmpq(Z, n), fmpq_poly(terms))


def _check(n: int, l: int, Z: int) -> None:
    for name, value in (("n", n), ("l", l), ("Z", Z)):
        integer(value, name)
    if not 0 <= l < n:
        raise InputError(f"n = {n}, l = {l} is no bound state: the rule is 0 <= l < n")
    if n > LARGEST_N:
        raise InputError(f"n = {n} is beyond {LARGEST_N}, the largest n for which exact integrals stay practical")
    if Z < 1:
        raise InputError(f"the nuclear charge Z must be at least 1: got {Z}")


@dataclass(frozen=True)
class Overlap:
    r"""The products of two radial functions that stand under every radial integral.

    With R_1 = \sqrt{N_1}e^{-p_1\eta}A_1 and likewise R_2: ``norm`` = N_1N_2, ``decay`` = p_1 + p_2, ``density`` = A_1A_2.
    """

    norm: fmpq
    decay: fmpq
    density: fmpq_poly


@lru_cache(maxsize=1024)
def overlap(n_1: int, l_1: int, n_2: int, l_2: int, *, Z: int = 1) -> Overlap:
    """Return the products of R_{n_1 l_1} and R_{n_2 l_2}; raises `InputError` as `hydrogen_radial` does."""
    one, two = hydrogen_radial(n_1, l_1, Z=Z), hydrogen_radial(n_2, l_2, Z=Z)
    return Overlap(one.norm * two.norm, one.decay + two.decay, one.polynomial * two.polynomial)


@lru_cache(maxsize=1024)
def current(n_1: int, l_1: int, n_2: int, l_2: int, *, Z: int = 1) -> fmpq_poly:
    r"""Return \eta e^{(p_1+p_2)\eta}\tfrac12(R_1R_2' - R_1'R_2 - sR_1R_2/\eta)/\sqrt{N_1N_2}, a polynomial in \eta.

    s = 2(l_2+1) for l_1 = l_2 + 1 and s = -2l_2 for l_1 = l_2 - 1.

    Raises:
        InputError: |l_1 - l_2| is not 1, or as `hydrogen_radial`.
    """
    one, two = hydrogen_radial(n_1, l_1, Z=Z), hydrogen_radial(n_2, l_2, Z=Z)
    if abs(l_1 - l_2) != 1:
        raise InputError(f"l = {l_1} and l = {l_2}: a parity-odd radial integral needs orbital momenta that differ by one")
    s = 2 * (l_2 + 1) if l_1 > l_2 else -2 * l_2
    A, B, density = one.polynomial, two.polynomial, overlap(n_1, l_1, n_2, l_2, Z=Z).density
    slopes = A * B.derivative() - A.derivative() * B + (one.decay - two.decay) * density
    return (fmpq_poly([0, 1]) * slopes - s * density) / 2


def moment(polynomial: fmpq_poly, shift: int, decay: fmpq) -> fmpq:
    r"""Return \int_0^\infty P(\eta)\eta^{``shift``}e^{-p\eta}d\eta = \sum_tP_t(s+t)!/p^{s+t+1}.

    Raises:
        InputError: p is not positive.
        NotDerivable: the integrand is not integrable at \eta = 0.
    """
    if decay <= 0:
        raise InputError(f"the integrand grows as exp({-decay} eta): the total decay constant must be positive")
    first = lowest_power(polynomial)
    if first is None:
        return fmpq(0)
    start = first + shift
    if start < 0:
        raise divergent(start)
    coefficients = polynomial.numer().coeffs()[first:]
    # a polynomial in 1/p with coefficients P_t(s+t)!, which FLINT evaluates
    weighted = fmpz_poly([c * f for c, f in zip(coefficients, _factorials(start, len(coefficients)), strict=True)])
    inverse = 1 / decay
    return weighted(inverse) * inverse ** (start + 1) / polynomial.denom()


_FACTORIAL = [fmpz(1)]


def _factorials(first: int, count: int) -> list[fmpz]:
    """Return first!, (first + 1)!, ..., ``count`` of them."""
    while len(_FACTORIAL) < first + count:
        _FACTORIAL.append(_FACTORIAL[-1] * len(_FACTORIAL))
    return _FACTORIAL[first : first + count]


def lowest_power(polynomial: fmpq_poly) -> int | None:
    """Return the lowest power with a coefficient other than 0, or None for the zero polynomial."""
    return next((k for k, c in enumerate(polynomial.numer().coeffs()) if c != 0), None)


def divergent(power: int, logarithm: bool = False) -> NotDerivable:
    """Return the refusal of an integrand that behaves as eta^power (times a logarithm) for eta -> 0."""
    shape = f"eta^{power}" + (" log(eta)" if logarithm else "")
    return NotDerivable(
        f"the radial integral diverges at r -> 0: the sum of its integrand behaves as {shape} there, and only powers above "
        "-1 are integrable. For r^-5 and its massive forms this is so where the lower l is 0 or 1: the four-fermion theory "
        "fails there, at r of the order of 1/m_Z; use the short-distance completed potential, which goes as 1/r there "
        "(nuforce_sym.atom.quadrature integrates any)"
    )


def radial_integral(n_1: int, l_1: int, n_2: int, l_2: int, power: int = 0, *, decay: Any = 0, Z: int = 1) -> Surd:
    r"""Return \int_0^\infty\eta^2R_{n_1l_1}R_{n_2l_2}\,\eta^k e^{-\mu\eta}\,d\eta for k = ``power``, \mu = ``decay``, exactly.

    Raises:
        InputError: a state does not exist, k is no integer, or \mu is no rational number or lets the integrand grow.
        NotDerivable: the integral diverges at \eta = 0, which holds for k <= -l_1 - l_2 - 3.
    """
    integer(power, "the power of eta")
    pair = overlap(n_1, l_1, n_2, l_2, Z=Z)
    return Surd(moment(pair.density, power + 2, pair.decay + rational(decay, "the decay constant")), pair.norm)


def current_integral(n_1: int, l_1: int, n_2: int, l_2: int, power: int, *, decay: Any = 0, Z: int = 1) -> Surd:
    r"""Return P_F = \int_0^\infty\eta^2F\tfrac12(R_1R_2'-R_1'R_2-sR_1R_2/\eta)d\eta for F = \eta^k e^{-\mu\eta}, exactly.

    It is what \tfrac12\{\sigma\cdot p,F\} needs, see `current` for s; antisymmetric in the two states.

    Raises:
        InputError: as `radial_integral`, and for |l_1 - l_2| != 1.
        NotDerivable: the integral diverges at \eta = 0: 2l + 2 + k <= -1 for the lower l.
    """
    pair = overlap(n_1, l_1, n_2, l_2, Z=Z)
    return Surd(
        moment(current(n_1, l_1, n_2, l_2, Z=Z), power + 1, pair.decay + rational(decay, "the decay constant")), pair.norm
    )
