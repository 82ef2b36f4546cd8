r"""Bethe logarithms, by the sum over all bound states and the integral over the continuum.

$$\ln k_0(n,l)=\frac{n^3}2\sum_{l'=l\pm1}\frac{\max(l,l')}{2l+1}\Big[\sum_{n'>l'}\frac{F(1/n'^2)}{n'^3}
+\int_0^\infty\frac{k\,F(-k^2)}{1-e^{-2\pi/k}}\,dk\Big],\qquad
F(y)=w(y)\,\omega^3\ln|2\omega|\,I(y)^2$$

in atomic units, $k_0$ in Rydberg energies. An intermediate state has the energy $-y/2$, the frequency
$\omega=\frac12(1/n^2-y)$, and the radial function $\varphi=r^{l'}e^{-ur}{}_1F_1(l'+1-1/u;2l'+2;2ur)$, $u^2=y$, which is even
in u. Its norm is $u^3w$ for a bound state, $u=1/n'$, and $w/(1-e^{-2\pi/k})$ per unit of energy in the continuum, $u=ik$, with

$$w(y)=\frac{2^{2l'+2}}{(2l'+1)!^2}\prod_{s=1}^{l'}(1-s^2y),\qquad I(y)=\int_0^\infty r^3\varphi R_{nl}\,dr
=\Big(\frac{1-nu}{1+nu}\Big)^{1/u}\frac{Q(y)}{(1-n^2y)^{n+2}},$$

Q a polynomial with rational coefficients. The sum beyond n' = 4n is that of F's Taylor series, by Hurwitz zeta functions.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, factorial, prod

import mpmath as mp
from flint import arb, arb_series, ctx, fmpq, fmpq_poly

from nuforce_sym.atom.radial import hydrogen_radial
from nuforce_sym.atom.system import DIGITS
from nuforce_sym.errors import InputError, NotDerivable

LARGEST_N = 30


@lru_cache(maxsize=1024)
def bethe_logarithm(n: int, l: int) -> mp.mpf:
    """Return the Bethe logarithm of a state, to 28 digits at least; 0.5 s at n = 30, less below.

    Raises:
        InputError: there is no such state.
        NotDerivable: n > 30, for which the sum is not tried.
    """
    if not 0 <= l < n:
        raise InputError(f"n = {n}, l = {l} is no bound state: the rule is 0 <= l < n")
    if n > LARGEST_N:
        raise NotDerivable(f"Bethe logarithms are computed for n <= {LARGEST_N}: got n = {n}; leave out the term 'lamb'")
    with mp.workdps(DIGITS + n + 5):
        channels = mp.fsum(max(l, other) * _channel(n, l, other) for other in (l - 1, l + 1) if other >= 0)
        found = n**3 * channels / (2 * (2 * l + 1))
    with mp.workdps(DIGITS):
        return +found


def _channel(n: int, l: int, l_prime: int) -> mp.mpf:
    """Return the sum and the integral over the intermediate states of orbital momentum l_prime."""
    w, Q = _polynomials(n, l, l_prime)
    numbers = [[mp.mpf(int(c.p)) / int(c.q) for c in reversed(one.coeffs())] for one in (w, Q)]

    def G(y: mp.mpf) -> mp.mpf:
        return mp.polyval(numbers[0], y) * mp.polyval(numbers[1], y) ** 2

    bound = mp.mpf(0)
    for m in range(l_prime + 1, 4 * n):
        if m != n:
            s = 1 - mp.mpf(n * n) / (m * m)
            decay = (mp.mpf(m - n) / (m + n)) ** (2 * m)
            bound += G(mp.mpf(1) / m**2) * mp.log(abs(s) / n**2) * decay / (s ** (2 * n + 1) * m**3)

    def continuum(a: mp.mpf) -> mp.mpf:  # nk = tan a
        tan, cos = mp.tan(a), mp.cos(a)
        smooth = G(-((tan / n) ** 2)) * mp.exp(-4 * n * a / tan) * cos ** (4 * n)
        return -2 * smooth * mp.log(n * abs(cos)) * tan / (n * n * -mp.expm1(-2 * mp.pi * n / tan))

    return bound + _tail(w * Q * Q, n) + mp.quad(continuum, [0, mp.pi / 4, mp.pi / 2])


def _polynomials(n: int, l: int, l_prime: int) -> tuple[fmpq_poly, fmpq_poly]:
    r"""Return w, with all constants, and Q: $F=wQ^2(1-n^2y)^{-2n-1}\ln|(1-n^2y)/n^2|\,((1-nu)/(1+nu))^{2/u}$."""
    R, c, u = hydrogen_radial(n, l), 2 * l_prime + 2, fmpq_poly([0, 1])
    Q = fmpq_poly()
    for m, coefficient in enumerate(R.polynomial.coeffs()[l:], l - l_prime + 2):
        inner, rising = fmpq_poly(), fmpq_poly([1])
        for i in range(m + 1):
            inner += (1 + n * u) ** (m - i) * rising * fmpq((-2 * n) ** i * comb(m, i) * factorial(c - 1), factorial(c + i - 1))
            rising *= 1 + (l_prime + 1 + i) * u
        Q += inner * (1 - n * n * u * u) ** (n - l_prime + 1 - m) * (coefficient * factorial(c + m - 1) * n ** (c + m))
    norm = R.norm * fmpq(2**c, 8 * n**6 * factorial(c - 1) ** 2)
    return prod((fmpq_poly([1, -s * s]) for s in range(1, l_prime + 1)), start=fmpq_poly([norm])), fmpq_poly(Q.coeffs()[::2])


def _tail(G: fmpq_poly, n: int) -> mp.mpf:
    """Return the sum over n' >= 4n."""
    terms = mp.mp.dps + 3 * n
    before = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = mp.mp.prec + 64, terms
    try:
        t = arb_series([0, 1])  # n^2 y
        scaled = arb_series([c / fmpq(n) ** (2 * i) for i, c in enumerate(G.coeffs())])
        decay = (-4 * n * arb_series([fmpq(1, 2 * i + 1) for i in range(terms)])).exp()
        log = (1 - t).log()
        F = scaled * decay * (-(2 * n + 1) * log).exp() * (log - 2 * arb(n).log())
        total = sum((F[i] * arb(n) ** (2 * i) * arb(3 + 2 * i).zeta(arb(4 * n)) for i in range(terms)), arb(0))
        return mp.mpf(total.mid().str(mp.mp.dps, radius=False))
    finally:
        ctx.prec, ctx.cap = before
