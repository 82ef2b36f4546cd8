"""Values of formulas to many digits, at points where both sides are real if there are such.

The numbers only ever refute: two formulas that agree in all of them are *measured* to be equal, not proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import mpmath as mp
import sympy as sp
from flint import arb
from flint import ctx as flint_context

from nuforce_sym.errors import InputError

DIGITS = 40
QUADRATURE_DIGITS = 12
CANDIDATES = 24


def _bessel_k(order: Any, z: Any) -> Any:
    """Return K_order(z), from FLINT's balls where it is a real number with all its digits."""
    if mp.im(order) == 0 and mp.im(z) == 0 and z > 0:
        with flint_context.workprec(mp.mp.prec + 60):
            ball = _ball(z).bessel_k(_ball(order))
            if ball.is_finite() and ball.rel_accuracy_bits() > mp.mp.prec:
                mantissa, exponent = ball.mid().man_exp()
                return mp.ldexp(mp.mpf(int(mantissa)), int(exponent))
    return mp.besselk(order, z)


def _ball(number: Any) -> Any:
    sign, mantissa, exponent, _ = mp.mpf(mp.re(number))._mpf_
    return arb(-mantissa if sign else mantissa) * arb(2) ** exponent


_FUNCTIONS: Mapping[type, Callable[..., Any]] = {
    sp.exp: mp.exp, sp.log: mp.log, sp.sin: mp.sin, sp.cos: mp.cos, sp.tan: mp.tan, sp.cot: mp.cot, sp.sec: mp.sec,
    sp.csc: mp.csc, sp.sinh: mp.sinh, sp.cosh: mp.cosh, sp.tanh: mp.tanh, sp.coth: mp.coth, sp.sech: mp.sech,
    sp.csch: mp.csch, sp.asin: mp.asin, sp.acos: mp.acos, sp.atan: mp.atan, sp.acot: mp.acot, sp.asinh: mp.asinh,
    sp.acosh: mp.acosh, sp.atanh: mp.atanh, sp.acoth: mp.acoth, sp.erf: mp.erf, sp.erfc: mp.erfc, sp.Ei: mp.ei,
    sp.Si: mp.si, sp.Ci: mp.ci, sp.Abs: abs, sp.re: mp.re, sp.im: mp.im, sp.sign: mp.sign, sp.gamma: mp.gamma,
    sp.zeta: mp.zeta, sp.expint: mp.expint, sp.polylog: mp.polylog, sp.besselk: _bessel_k, sp.besseli: mp.besseli,
    sp.besselj: mp.besselj, sp.bessely: mp.bessely,
    sp.jn: lambda n, z: mp.sqrt(mp.pi / 2 / z) * mp.besselj(n + mp.mpf(1) / 2, z),
    sp.conjugate: mp.conj, sp.LambertW: mp.lambertw, sp.uppergamma: mp.gammainc,
}  # fmt: skip
_CONSTANTS: Mapping[sp.Basic, Callable[[], Any]] = {
    sp.pi: lambda: +mp.pi,
    sp.E: lambda: mp.e,
    sp.I: lambda: mp.mpc(0, 1),
    sp.EulerGamma: lambda: +mp.euler,
    sp.oo: lambda: mp.inf,
    sp.S.NegativeInfinity: lambda: -mp.inf,
    sp.GoldenRatio: lambda: +mp.phi,
    sp.Catalan: lambda: +mp.catalan,
}
Point = Mapping[sp.Basic, Any]


def value(expr: sp.Expr, point: Point) -> Any:
    """Return the number that ``expr`` is at ``point``, in mpmath's working precision.

    Raises:
        InputError: a function has no numeric form, or no value there.
    """
    return _Values(dict(point)).of(expr)


class _Values:
    """Values of subexpressions, each computed once."""

    def __init__(self, known: dict[sp.Basic, Any]) -> None:
        self.known = known

    def of(self, expr: sp.Basic) -> Any:
        if expr not in self.known:
            try:
                self.known[expr] = self._fresh(expr)
            except (ZeroDivisionError, ValueError, OverflowError, TypeError, mp.libmp.NoConvergence) as error:
                raise InputError(f"{str(expr)[:60]} has no value at a sampled point: {error}") from None
        return self.known[expr]

    def _fresh(self, expr: sp.Basic) -> Any:
        if isinstance(expr, sp.Rational):
            return mp.mpf(expr.p) / expr.q
        if isinstance(expr, sp.Float):
            return mp.mpf(expr._mpf_)
        if expr in _CONSTANTS:
            return _CONSTANTS[expr]()
        if isinstance(expr, sp.Add):
            return mp.fsum(self.of(a) for a in expr.args)
        if isinstance(expr, sp.Mul):
            return mp.fprod(self.of(a) for a in expr.args)
        if isinstance(expr, sp.Pow):
            return mp.power(self.of(expr.base), self.of(expr.exp))
        if isinstance(expr, sp.Integral):
            return self._integral(expr)
        if isinstance(expr, sp.Sum):
            return self._sum(expr)
        if isinstance(expr, sp.hyper):
            return mp.hyper([self.of(a) for a in expr.ap], [self.of(b) for b in expr.bq], self.of(expr.argument))
        if type(expr) in _FUNCTIONS:
            return _FUNCTIONS[type(expr)](*(self.of(a) for a in expr.args))
        raise InputError(f"{type(expr).__name__} has no numeric form (in {str(expr)[:60]})")

    def _integral(self, expr: sp.Integral) -> Any:
        ((variable, lower, upper),) = expr.limits
        outer = {s: self.known[s] for s in expr.free_symbols if s in self.known}
        low, high = self.of(lower), self.of(upper)

        def integrand(x: Any) -> Any:
            return _Values({**outer, variable: x}).of(expr.function)

        with mp.workdps(QUADRATURE_DIGITS + 8):
            one, other = (_quadrature(integrand, low, high, inner) for inner in ((1, 3, 9), (2, 5, 20)))
            if abs(one - other) > mp.mpf(10) ** -QUADRATURE_DIGITS * abs(one):
                raise InputError(f"the quadrature of {str(expr.function)[:60]} does not converge")
            return one

    def _sum(self, expr: sp.Sum) -> Any:
        ((index, lower, upper),) = expr.limits
        outer = {s: self.known[s] for s in expr.free_symbols if s in self.known}
        with mp.workdps(QUADRATURE_DIGITS + 6):
            return mp.nsum(lambda k: _Values({**outer, index: k}).of(expr.function), [self.of(lower), self.of(upper)])


def _quadrature(function: Callable[[Any], Any], low: Any, high: Any, inner: tuple[int, ...]) -> Any:
    """Return the integral; towards infinity in u with x = low + u^2, which makes a root at the lower end smooth."""
    if mp.isinf(high) and not mp.isinf(low):
        return mp.quad(lambda u: 2 * u * function(low + u * u), [0, *inner, mp.inf])
    if mp.isinf(low) or mp.isinf(high):
        return mp.quad(function, [low, 0, high])
    middle = [low + (high - low) * k / (sum(inner) + 1) for k in inner]
    return mp.quad(function, [low, *middle, high])


def approximate(expr: sp.Basic) -> bool:
    """Whether the value needs a quadrature or the sum of a series, and has fewer digits."""
    return bool(expr.has(sp.Integral, sp.Sum))


def candidates(symbols: Sequence[sp.Basic]) -> Iterator[dict[sp.Basic, Any]]:
    """Yield points, always the same: positive numbers for positive symbols, of both signs for real ones, else complex ones."""
    for n in range(CANDIDATES):
        point: dict[sp.Basic, Any] = {}
        for i, s in enumerate(symbols):
            p, q = sp.prime(20 + (7 * i + 11 * n + i * n) % 27), sp.prime(20 + (5 * i + 3 * n + 2) % 23)
            size = mp.mpf(p) / q
            if s.is_integer:
                size = mp.mpf(1 + (i + n) % 5)
            signed = -size if not s.is_nonnegative and (i + n) % 3 == 1 else size
            point[s] = -size if s.is_negative else signed if s.is_extended_real else mp.mpc(signed, mp.mpf(q) / p)
        yield point


def sampled(pair: Sequence[sp.Expr], count: int) -> list[tuple[dict[sp.Basic, Any], list[Any]]]:
    """Return ``count`` points with the values of the expressions there, points at which all are real first.

    Raises:
        InputError: fewer than two points have values.
    """
    symbols = sorted(set().union(*(e.free_symbols for e in pair)), key=sp.default_sort_key)
    real: list[tuple[dict[sp.Basic, Any], list[Any]]] = []
    others: list[tuple[dict[sp.Basic, Any], list[Any]]] = []
    failure = None
    wanted = 3 * count if not any(map(approximate, pair)) else count + 1
    for point in candidates(symbols):
        try:
            values = [value(e, point) for e in pair]
        except InputError as error:
            failure = error
            continue
        if any(not mp.isfinite(v) for v in values):
            continue
        (real if all(mp.im(v) == 0 for v in values) else others).append((point, values))
        if len(real) >= count or len(real) + len(others) >= wanted:
            break
    found = (real if len(real) >= 2 else [*real, *others])[:count]
    if len(found) < min(2, count) or not found:
        raise failure or InputError("the formulas have no common value at the sampled points")
    return found
