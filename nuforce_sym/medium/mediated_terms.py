r"""The force in an isotropic gas with a mediator of finite mass, as one integral with enclosures.

    V = G_F^2g_Vg_V'\sum_j\int_0^\infty db\,b^{2j}D(b,r)\,W_j(b),\qquad
    W_j(b) = \int_{b/2}^\infty\frac{k\,dk}{4\pi^2}\,n(k)\,a_j(k)

with N(b)=\sum_ja_jb^{2j} of `mediator.of_energy` and D of `mediator.direction_averaged`. D is elementary; W_j is enclosed by
FLINT's integration where b is a point. Where b is a box, its size is bounded along a path from b/2 to the real axis and then
along the axis, with a table of the sizes beyond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import acb, arb, ctx

from nuforce_sym.errors import NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium.balls import Ball, between, enclosed, size
from nuforce_sym.medium.distributions import Degenerate
from nuforce_sym.medium.force_integrals import ForceIntegral, Tail, Term, x
from nuforce_sym.medium.mediated_gas import even_coefficients
from nuforce_sym.medium.mediator import M, b, direction_averaged
from nuforce_sym.symbols import symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.composition import Background

G_F, k, E_nu = symbols("G_F k_nu E_nu")
CELLS = 192
Fall = Callable[[arb], tuple[arb, int, arb]]


@dataclass(eq=False)
class _Weight:
    r"""W_j(b) as a function of balls, the integrand h(k) to ``top``, and beyond it to be bounded by ``rest``."""

    integrand: sp.Expr
    top: Callable[[], arb]
    rest: Callable[[arb], arb]
    tables: dict[int, Any] = field(default_factory=dict)
    known: dict[int, tuple[list[float], list[tuple[arb, arb]]]] = field(default_factory=dict)

    def __call__(self, at: Ball) -> Ball:
        real = at if isinstance(at, arb) else at.real
        if (isinstance(at, arb) or at.imag == 0) and at.rel_accuracy_bits() > ctx.prec // 2:
            return self._point(real)
        return self._box(real, arb(0) if isinstance(at, arb) else at.imag)

    def _made(self) -> tuple[Callable[..., Any], arb, arb, list[arb], list[arb]]:
        """Return h, the upper end, the bound beyond it, and of cells of k their lower ends and the sizes beyond them."""
        if ctx.prec not in self.tables:
            h, top = enclosed(self.integrand, (k,)), self.top()
            rest = self.rest(top)
            edges = [top * (arb(j) / CELLS) ** 2 for j in range(CELLS + 1)]
            beyond = [rest]
            for low, high in reversed(list(pairwise(edges))):
                beyond.append((beyond[-1] + (high - low) * size(h(between(low, high)))).upper())
            self.tables[ctx.prec] = h, top, rest, edges, beyond[::-1]
        found: tuple[Callable[..., Any], arb, arb, list[arb], list[arb]] = self.tables[ctx.prec]
        return found

    def _point(self, at: arb) -> arb:
        h, top, rest, *_ = self._made()
        low = at / 2
        if not low < top:
            return arb(0, self._beyond(low))
        # from the nearest point whose value is known, which costs few points of the integrand
        places, values = self.known.setdefault(ctx.prec, ([], []))
        here = float(low)
        i = bisect_left(places, here)
        near = min((j for j in (i - 1, i) if 0 <= j < len(places)), key=lambda j: abs(places[j] - here), default=None)
        begin, beyond = values[near] if near is not None else (top, arb(0, rest))
        value = beyond + acb.integral(lambda z, _: acb(h(z)), low, begin).real
        places.insert(i, here)
        values.insert(i, (low, value))
        return value

    def _beyond(self, low: arb) -> arb:
        """Return a bound of the integral of |h| along the real axis from ``low``."""
        _, _, _, edges, beyond = self._made()
        place = max((j for j, edge in enumerate(edges) if edge <= low.lower()), default=0)
        return beyond[place]

    def _box(self, real: arb, imaginary: arb) -> Ball:
        h, *_ = self._made()
        low, height = real / 2, size(acb(imaginary / 2))
        total = self._beyond(arb(max(low.lower(), arb(0))))
        if height > 0:
            total = total + height * size(h(acb(low, arb(0, height))))
        if not total.is_finite():
            return acb("nan")
        return arb(0, total) if height == 0 else acb(arb(0, total), arb(0, total))


def mediated(it: Background, start: Callable[[int], sp.Expr] | None, falls: Fall | None, mass: sp.Expr) -> ForceIntegral:
    """Return the force of a gas whose momenta end at k_F, or fall off as ``falls`` says beyond ``start(bits)``."""
    d: Any = it.distribution
    energy = k if mass == 0 else sp.sqrt(k**2 + mass**2)
    occupied = sp.Integer(1) if isinstance(d, Degenerate) else d.occupation(k, energy)
    averaged = sp.expand(direction_averaged(sp.Integer(1)).subs({M: it.mediator, b: x}))
    terms, tails = [], []
    for j, coefficient in enumerate(even_coefficients(it.neutrino, mass != 0)):
        momenta = sp.expand(k * coefficient / (4 * sp.pi**2))
        momenta = sp.expand(momenta.xreplace({E_nu: k})) if mass == 0 else momenta
        weight = _weight(momenta, occupied, energy, start, falls, d, mass)
        for f, u, g in _factors(averaged):
            made = enclosed_product(weight, x ** (2 * j) * f)
            terms.append(Term(made, u, it.charges * G_F**2 * g))
            tails.append((momenta, j, f))
    if isinstance(d, Degenerate):
        return ForceIntegral(tuple(terms), sp.Integer(0), 2 * as_expr(d.k_F))
    if start is None or falls is None:
        raise NotDerivable(f"{type(d).__name__} has no bound at large momenta")

    def tail(low: arb) -> Tail:
        K = low / 2
        largest, power, rate = falls(K)
        sizes, powers = [], []
        for momenta, j, f in tails:
            most, degree = _largest(momenta, K, mass)
            rational = sp.Mul(*(part for part in sp.Mul.make_args(f) if part.as_base_exp()[0] != x))  # falls with b
            n = int(2 * j + sp.Mul(f, 1 / rational).as_base_exp()[1]) if f != rational else 2 * j
            # (k/K)^p e^{-rate (k-K)} is integrated from k = b/2
            left = rate - arb(power + degree) / K
            if not left > 0:
                return Tail(tuple(arb("inf") for _ in tails), tuple(0 for _ in tails), rate / 2)
            sizes.append(most * largest / left * low**n * size(enclosed(rational, (x,))(low)))
            powers.append(power + degree + n)
        return Tail(tuple(sizes), tuple(powers), rate / 2)

    return ForceIntegral(tuple(terms), sp.Integer(0), None, lambda bits: 2 * start(bits), tail)


def mediated_shell(it: Background) -> ForceIntegral:
    r"""Return the force of neutrinos of one momentum k_0 in all directions: \frac n{2k_0}\int_0^{2k_0}db\,N(b)D(b,r)."""
    shell: Any = it.distribution
    k_0, averaged = shell.k_0, sp.expand(direction_averaged(sp.Integer(1)).subs({M: it.mediator, b: x}))
    energy = sp.sqrt(k_0**2 + it.mass**2)
    terms = []
    for j, coefficient in enumerate(even_coefficients(it.neutrino, it.mass != 0)):
        strength = it.charges * G_F**2 * shell.density / (2 * k_0) * coefficient.subs({k: k_0, E_nu: energy})
        terms += [Term(x ** (2 * j) * f, u, strength * g) for f, u, g in _factors(averaged)]
    return ForceIntegral(tuple(terms), sp.Integer(0), 2 * as_expr(k_0))


def _factors(averaged: sp.Expr) -> list[tuple[sp.Expr, sp.Expr, sp.Expr]]:
    """Return D(b, r) as sums of f(b) u(b r) g(r)."""
    (r,) = symbols("r")
    found = []
    for term in sp.Add.make_args(averaged):
        factors = sp.Mul.make_args(term)
        u = sp.Mul(*(part for part in factors if part.has(x) and part.has(r)))
        f = sp.Mul(*(part for part in factors if part.has(x) and not part.has(r)))
        found.append((f, u, sp.Mul(*(part for part in factors if not part.has(x)))))
    return found


def enclosed_product(weight: Callable[[Ball], Ball], factor: sp.Expr) -> Callable[[Ball], Ball]:
    """Return weight(b) times an expression in b, whose constants have the precision at the time of each call."""
    made: dict[int, Any] = {}

    def product(at: Ball) -> Ball:
        if ctx.prec not in made:
            made[ctx.prec] = enclosed(factor, (x,))
        return weight(at) * made[ctx.prec](at)

    return product


def _weight(
    momenta: sp.Expr,
    occupied: sp.Expr,
    energy: sp.Expr,
    start: Callable[[int], sp.Expr] | None,
    falls: Fall | None,
    d: Any,
    mass: sp.Expr,
) -> _Weight:
    integrand = momenta.xreplace({E_nu: energy}) * occupied
    if isinstance(d, Degenerate) or start is None or falls is None:
        return _Weight(integrand, lambda: arb_of(d.k_F), lambda _: arb(0))

    def rest(K: arb) -> arb:
        largest, power, rate = falls(K)
        most, degree = _largest(momenta, K, mass)
        left = rate - arb(power + degree) / K
        return (most * largest / left).upper() if left > 0 else arb("inf")

    return _Weight(integrand, lambda: arb_of(start(ctx.prec)), rest)


def _largest(momenta: sp.Expr, K: arb, mass: sp.Expr) -> tuple[arb, int]:
    r"""Return c and p with |\text{momenta}(k)| \leq c(k/K)^p for k \geq K, from its monomials in k and E."""
    E = K if mass == 0 else (K**2 + arb_of(mass) ** 2).sqrt()
    total, most = arb(0), 0
    for term in sp.Add.make_args(momenta):
        coefficient, a = term.as_coeff_exponent(k)
        coefficient, e = coefficient.as_coeff_exponent(E_nu)
        # E/E(K) <= k/K beyond K, for E/k falls
        total += abs(arb_of(coefficient)) * K ** int(a) * E ** int(e)
        most = max(most, max(int(a), 0) + max(int(e), 0))
    return total, most


def arb_of(value: sp.Expr) -> arb:
    """Return the ball of a number at the working precision."""
    found: arb = enclosed(as_expr(value), ())()
    return found
