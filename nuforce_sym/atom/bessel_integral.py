r"""Radial integrals with modified Bessel functions, in closed form: A + B L with rational A and B.

    M_s^\nu = \int_0^\infty\eta^{s-1}e^{-p\eta}K_\nu(c\eta)\,d\eta, \qquad s>\nu,

follows from M_1^0 = L and M_2^0 = -dL/dp, where

    L = \frac{\operatorname{arccosh}(p/c)}{\sqrt{p^2-c^2}} = \frac{\arccos(p/c)}{\sqrt{c^2-p^2}}, \qquad
    (p^2-c^2)\frac{dL}{dp} = 1 - pL,

by Bessel's equation and by K_{\nu+1} = \frac\nu zK_\nu - K_\nu':

    (p^2-c^2)M_{s+2}^\nu = p(2s+1)M_{s+1}^\nu - (s^2-\nu^2)M_s^\nu, \qquad
    c\,M_s^{\nu+1} = (\nu+s-1)M_{s-1}^\nu - pM_s^\nu .

With M_s^\nu = (\alpha_s+\beta_sL)/(c^\nu(p^2-c^2)^{s-1}) neither rule divides, so that it runs alike over rationals, over
polynomials in c and over balls. For c = p see `_equal_scales` (Gradshteyn and Ryzhik 6.621.3 at that point).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, factorial
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq, fmpq_poly

from nuforce_sym.atom.radial import divergent, lowest_power, overlap
from nuforce_sym.atom.surd import Surd, in_sympy, integer, rational
from nuforce_sym.errors import InputError, NotDerivable

FACTORED = 12
"""Degree in c^2 up to which a closed form in c is factored."""
MAX_BITS = 1 << 20
"""Working precision at which an evaluation gives up."""


@dataclass(frozen=True)
class BesselValue:
    r"""The number \sqrt{``norm``}(``A`` + ``B`` L(``p``, ``c``)) with rational A, B, p and c."""

    A: fmpq
    B: fmpq
    p: fmpq
    c: fmpq
    norm: fmpq

    @property
    def sympy(self) -> sp.Expr:
        """The number as a SymPy expression."""
        if self.B == 0:
            return Surd(self.A, self.norm).sympy
        A, B, root = in_sympy(self.A), in_sympy(self.B), Surd(fmpq(1), self.norm).sympy
        return root * (A + B * logarithm(in_sympy(self.p), in_sympy(self.c)))

    def __str__(self) -> str:
        """The number as one line of text, with integers of any length."""
        root = Surd(fmpq(1), self.norm)
        if self.B == 0:
            return str(self.A * root)
        arc, D = ("acosh", self.p**2 - self.c**2) if self.p > self.c else ("acos", self.c**2 - self.p**2)
        front = "" if root == 1 else f"{root}*"
        return f"{front}({self.A} + ({self.B})*{arc}({self.p / self.c})/sqrt({D}))"

    def ball(self, bits: int = 64) -> arb:
        """Return an enclosure with at least ``bits`` correct bits, whatever cancels; an exact 0 is the ball 0."""

        def value() -> arb:
            total = arb(self.A)
            if self.B != 0:
                p, c = arb(self.p), arb(self.c)
                inside = (p * p - c * c).sqrt() if self.p > self.c else (c * c - p * p).sqrt()
                total += self.B * ((p / c).acosh() if self.p > self.c else (p / c).acos()) / inside
            return total * arb(self.norm).sqrt()

        return enclose(value, bits)

    def __float__(self) -> float:
        """The value, correct to the last bit or the one before it."""
        return float(self.ball().mid())


def enclose(value: Callable[[], arb], bits: int) -> arb:
    """Return ``value()``, a ball, at the first working precision that gives it ``bits`` correct bits.

    Raises:
        NotDerivable: more than 2^20 bits cancel, as for an expression that is exactly zero.
    """
    precision = bits + 64
    while precision <= MAX_BITS:
        with ctx.workprec(precision):
            found = value()
        if found.rel_accuracy_bits() >= bits or (found.is_exact() and found == 0):
            return found
        precision *= 2
    raise NotDerivable(f"the value lost more than {MAX_BITS} bits to cancellation: it may be exactly zero")


def logarithm(p: sp.Expr, c: sp.Expr) -> sp.Expr:
    r"""Return L(p, c); for c > p the branches of arccosh and of the root combine to the arccos form."""
    if p.is_Rational and c.is_Rational and c > p:
        # c sin(arccos(p/c)) is the root; SymPy would try to factor the long integers under it
        angle = sp.acos(p / c)
        return angle / sp.sqrt(c**2 - p**2) if _short(p) and _short(c) else angle / (c * sp.sin(angle, evaluate=False))
    if p.is_Rational and c.is_Rational and not (_short(p) and _short(c)):
        argument = sp.acosh(p / c)
        return argument / (c * sp.sinh(argument, evaluate=False))
    return sp.acosh(p / c) / sp.sqrt(p**2 - c**2)


def _short(number: sp.Rational) -> bool:
    return max(int(number.p).bit_length(), int(number.q).bit_length()) < 64


def moments(order: int, first: int, count: int, p: Any, c_squared: Any, one: Any) -> list[tuple[Any, Any]]:
    r"""Return (\alpha_s, \beta_s) for s = ``first``, ..., ``first`` + ``count`` - 1 over the ring of ``one``; first > order."""
    D = p * p * one - c_squared
    zero = 0 * one
    below: dict[int, tuple[Any, Any]] = {1: (zero, one), 2: (-one, p * one)}
    for s in range(1, order + 2):
        below[s + 2] = _next(below[s], below[s + 1], s, 0, p, D)
    for nu in range(order):
        below = {
            s: ((nu + s - 1) * D * below[s - 1][0] - p * pair[0], (nu + s - 1) * D * below[s - 1][1] - p * pair[1])
            for s, pair in below.items()
            if s - 1 in below
        }
    found = {s: pair for s, pair in below.items() if s > order}
    s = order + 1
    while s + 1 < first + count - 1:
        found[s + 2] = _next(found[s], found[s + 1], s, order, p, D)
        s += 1
    return [found[s] for s in range(first, first + count)]


def _next(here: tuple[Any, Any], there: tuple[Any, Any], s: int, nu: int, p: Any, D: Any) -> tuple[Any, Any]:
    k, step = s * s - nu * nu, p * (2 * s + 1)
    return (step * there[0] - k * D * here[0], step * there[1] - k * D * here[1])


def bessel_moment(polynomial: fmpq_poly, shift: int, p: fmpq, order: int, c: fmpq) -> tuple[fmpq, fmpq]:
    r"""Return (A, B) with \int_0^\infty P(\eta)\eta^{``shift``}e^{-p\eta}K_\nu(c\eta)d\eta = A + B L(p, c), for rational c > 0.

    Raises:
        NotDerivable: the integrand is not integrable at \eta = 0.
    """
    first = lowest_power(polynomial)
    if first is None:
        return fmpq(0), fmpq(0)
    start = check_start(first + shift, order)
    coefficients = polynomial.coeffs()[first:]
    if p == c:
        return _equal_scales(coefficients, start, p, order), fmpq(0)
    D = p * p - c * c
    pairs = moments(order, start, len(coefficients), p, c * c, fmpq(1))
    A = B = fmpq(0)
    for coefficient, (alpha, beta) in zip(coefficients, pairs, strict=True):
        A, B = A * D + coefficient * alpha, B * D + coefficient * beta
    below = c**order * D ** (start + len(coefficients) - 2)
    return A / below, B / below


def check_start(power: int, order: int) -> int:
    """Return s = power + 1 of the lowest moment, or refuse where eta^power K_order(c eta) is not integrable."""
    if power - order <= -1:
        raise divergent(power - order)
    return power + 1


def _equal_scales(coefficients: list[fmpq], start: int, p: fmpq, nu: int) -> fmpq:
    r"""Return the sum for c = p, where M_s^\nu = \sqrt\pi\,\Gamma(s+\nu)\Gamma(s-\nu)/((2p)^s\Gamma(s+\frac12)) is rational."""
    total = fmpq(0)
    for s, coefficient in enumerate(coefficients, start):
        gammas = fmpq(factorial(s + nu - 1) * factorial(s - nu - 1) * 4**s * factorial(s), factorial(2 * s))
        total += coefficient * gammas / (2 * p) ** s
    return total


def bessel_integral(n_1: int, l_1: int, n_2: int, l_2: int, power: int, order: int, c: Any, *, Z: int = 1) -> BesselValue:
    r"""Return \int_0^\infty\eta^2R_{n_1l_1}R_{n_2l_2}\,\eta^kK_\nu(c\eta)\,d\eta for k = ``power``, \nu = ``order``, exactly.

    Raises:
        InputError: a state does not exist, k or \nu is no integer, or c is no positive rational number.
        NotDerivable: the integral diverges at \eta = 0.
    """
    order, scale = abs(integer(order, "the order of K")), rational(c, "the scale c in K(c eta)")
    if scale <= 0:
        raise InputError(f"K_{order}(c eta) needs c > 0: got c = {scale}; for c -> 0 the kernel is a power of eta")
    pair = overlap(n_1, l_1, n_2, l_2, Z=Z)
    A, B = bessel_moment(pair.density, integer(power, "the power of eta") + 2, pair.decay, order, scale)
    return BesselValue(A, B, pair.decay, scale, pair.norm)


@dataclass(frozen=True)
class BesselForm:
    r"""A moment as a function of c: (``A``(c^2) + ``B``(c^2) L(p, c)) / (c^``order`` (p^2 - c^2)^``power``)."""

    A: fmpq_poly
    B: fmpq_poly
    p: fmpq
    order: int
    power: int

    def parts(self, c: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
        """Return the rational part and the coefficient of L(p, c) as SymPy expressions in ``c``."""
        below = c**self.order * (in_sympy(self.p) ** 2 - c**2) ** self.power
        above = (sp.Add(*(in_sympy(x) * c ** (2 * k) for k, x in enumerate(f.coeffs()))) for f in (self.A, self.B))
        plain, log = (f / below if self.A.degree() > FACTORED else sp.factor(f) / below for f in above)
        return plain, log

    def expr(self, c: sp.Expr) -> sp.Expr:
        """Return the closed form as a SymPy expression in ``c``; its singularity at c = p is removable."""
        plain, log = self.parts(c)
        return plain + log * logarithm(in_sympy(self.p), c)

    def series(self, terms: int) -> tuple[list[fmpq], list[fmpq]]:
        r"""Return the coefficients u_k, v_k of c^{2k-``order``} in the small-c series \sum_k(u_k + v_k\ln(2p/c))c^{2k-\nu}.

        \operatorname{arccosh}(p/c) = \ln(2p/c) - \sum_{k\ge1}\binom{2k}k\frac{(c/p)^{2k}}{2k\,4^k}.
        """
        x = 1 / (self.p * self.p)
        root = fmpq_poly([fmpq(comb(2 * k, k), 4**k) * x**k for k in range(terms)])
        rest = fmpq_poly([0] + [fmpq(comb(2 * k, k), 2 * k * 4**k) * x**k for k in range(1, terms)])
        below = fmpq_poly([comb(self.power + k - 1, k) * x**k for k in range(terms)]) * x**self.power
        logs = self.B.mul_low(root, terms).mul_low(below, terms) / self.p
        plain = self.A.mul_low(below, terms) - logs.mul_low(rest, terms)
        return _padded(plain, terms), _padded(logs, terms)


def _padded(polynomial: fmpq_poly, terms: int) -> list[fmpq]:
    coefficients = polynomial.coeffs()
    return [*coefficients, *[fmpq(0)] * (terms - len(coefficients))][:terms]


def bessel_form(polynomial: fmpq_poly, shift: int, p: fmpq, order: int) -> BesselForm:
    r"""Return \int_0^\infty P(\eta)\eta^{``shift``}e^{-p\eta}K_\nu(c\eta)d\eta as a function of c.

    Raises:
        NotDerivable: the integrand is not integrable at \eta = 0.
    """
    first = lowest_power(polynomial)
    if first is None:
        return BesselForm(fmpq_poly([]), fmpq_poly([]), p, order, 0)
    start = check_start(first + shift, order)
    coefficients = polynomial.coeffs()[first:]
    D = fmpq_poly([p * p, -1])
    pairs = moments(order, start, len(coefficients), p, fmpq_poly([0, 1]), fmpq_poly([1]))
    A = B = fmpq_poly([])
    for coefficient, (alpha, beta) in zip(coefficients, pairs, strict=True):
        A, B = A * D + coefficient * alpha, B * D + coefficient * beta
    power = start + len(coefficients) - 2
    while power and not A % D and not B % D:
        A, B, power = A // D, B // D, power - 1
    return BesselForm(A, B, p, order, power)
