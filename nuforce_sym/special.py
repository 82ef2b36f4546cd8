r"""Functions that SymPy does not have: their names, LaTeX, derivatives and values to any number of digits.

Each has an integral over u that decays doubly exponentially and is analytic for |Im u| < \pi/2, so that the trapezoidal
rule converges exponentially (Trefethen and Weideman 2014): there is no cancellation and no special case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import sympy as sp
from flint import arb, ctx
from mpmath.libmp import prec_to_dps
from sympy.core.function import ArgumentIndexError


def trapezoid(integrand: Callable[[Any], Any], decay: Any) -> Any:
    r"""Return \int_0^\infty f(u)\,du for an even f that falls like e^{-c\cosh u} with c = ``decay``, to the working precision.

    On the line Im u = y the integrand is larger by e^{c(1-\cos y)}, and the rule's error smaller by e^{-2\pi y/h}; the
    step h is the largest for which some y < \pi/2 leaves nothing beyond the working precision.
    """
    digits = mp.log(10) * mp.mp.dps * 3 / 2
    ratio = digits / decay if decay else mp.inf
    y = mp.sqrt(2 - 2 * mp.sqrt(1 - 2 * ratio)) if ratio < mp.mpf("0.45") else mp.pi / 2
    h = 2 * mp.pi * y / (digits + decay * (1 - mp.cos(y)))
    total, n = integrand(mp.mpf(0)) / 2, 0
    while True:
        n += 1
        term = integrand(n * h)
        total += term
        if abs(term) <= abs(total) * mp.eps:
            return h * total


def bessel_k(order: int, x: Any) -> Any:
    """Return K_order(x) of an mpmath number to the working precision, by FLINT's balls."""
    mantissa, exponent = x.man_exp
    precision = mp.mp.prec + 20
    while True:
        with ctx.workprec(precision):
            value = (arb(int(mantissa)) * arb(2) ** int(exponent)).bessel_k(arb(order))
            if value.rel_accuracy_bits() >= mp.mp.prec:
                man, exp = value.mid().man_exp()
                return mp.mpf((int(man), int(exp)))
        precision *= 2


class NumericFunction(sp.Function):  # type: ignore[misc]
    """A function whose value at numbers is `_value`."""

    @staticmethod
    def _value(*args: Any) -> Any:
        raise NotImplementedError

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        if not all(a.is_number for a in self.args):
            return None
        with mp.workprec(prec + 30):
            numbers = [mp.mpf(a.evalf(mp.mp.dps)._mpf_) for a in self.args]
            value = self._value(*numbers)
        return sp.Float(value, precision=prec)


class Ki1(NumericFunction):
    r"""Bickley's function \mathrm{Ki}_1(z) = \int_z^\infty K_0(x)\,dx = \int_0^\infty\frac{e^{-z\cosh u}}{\cosh u}du, z > 0
    (DLMF 10.43.11).
    """

    nargs = 1

    @staticmethod
    def _value(*args: Any) -> Any:
        (z,) = args
        return trapezoid(lambda u: mp.exp(-z * mp.cosh(u)) / mp.cosh(u), z)

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 - SymPy's signature
        return -sp.besselk(0, self.args[0])

    def _latex(self, printer: Any) -> str:
        return rf"\mathrm{{Ki}}_1\!\left({printer._print(self.args[0])}\right)"


class _Pair(NumericFunction):
    """A symmetric function of two positive arguments."""

    nargs = 2

    @classmethod
    def eval(cls, *args: Any) -> sp.Expr | None:
        a, b = args
        return cls(b, a) if sp.default_sort_key(b) < sp.default_sort_key(a) else None


class PairK1(_Pair):
    r"""\mathcal K_1(a,b) = \int_0^\infty\frac{du}{\cosh u}\,K_1(a\cosh u)\,K_1(b\cosh u), a, b > 0.

    The product of two propagators, D_iD_j, integrated over Euclidean time.
    """

    @staticmethod
    def _value(*args: Any) -> Any:
        a, b = args

        def integrand(u: Any) -> Any:
            c = mp.cosh(u)
            return bessel_k(1, a * c) * bessel_k(1, b * c) / c

        return trapezoid(integrand, a + b)

    def _latex(self, printer: Any) -> str:
        return _two_arguments(r"\mathcal{K}_1", self, printer)


class PairK2(_Pair):
    r"""\mathcal K_2(a,b) = \int_0^\infty du\,\frac{2-\cosh^2u}{\cosh^3u}\,K_2(a\cosh u)\,K_2(b\cosh u), a, b > 0.

    The time component of two derivatives of propagators, D_i'D_j'(r^2-\tau^2)/R^2, integrated over Euclidean time.
    """

    @staticmethod
    def _value(*args: Any) -> Any:
        a, b = args

        def integrand(u: Any) -> Any:
            c = mp.cosh(u)
            return (2 - c**2) / c**3 * bessel_k(2, a * c) * bessel_k(2, b * c)

        return trapezoid(integrand, a + b)

    def _latex(self, printer: Any) -> str:
        return _two_arguments(r"\mathcal{K}_2", self, printer)


class PairAxial(_Pair):
    r"""\mathcal A(a,b) = \int_0^\infty\frac{du}{\cosh u}\,K_2(a\cosh u)\,K_2(b\cosh u), a, b > 0.

    Two derivatives of propagators, D_i'D_j', integrated over Euclidean time: the axial currents across the distance.
    """

    @staticmethod
    def _value(*args: Any) -> Any:
        a, b = args

        def integrand(u: Any) -> Any:
            c = mp.cosh(u)
            return bessel_k(2, a * c) * bessel_k(2, b * c) / c

        return trapezoid(integrand, a + b)

    def _latex(self, printer: Any) -> str:
        return _two_arguments(r"\mathcal{A}", self, printer)


class PairLight(NumericFunction):
    r"""\mathcal K_0(a) = \int_0^\infty du\,\frac{2(2-\cosh^2u)}{\cosh^5u}\,K_2(a\cosh u), a > 0.

    The limit of b^2\mathcal K_2(a,b) for b \to 0: the other particle of the pair has no mass.
    """

    nargs = 1

    @staticmethod
    def _value(*args: Any) -> Any:
        (a,) = args

        def integrand(u: Any) -> Any:
            c = mp.cosh(u)
            return 2 * (2 - c**2) / c**5 * bessel_k(2, a * c)

        return trapezoid(integrand, a)

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{K}}_0\!\left({printer._print(self.args[0])}\right)"


class ZBubble(NumericFunction):
    r"""\mathcal Z(x) = \tfrac12[(x+2)e^xE_1(x)+(x-2)e^{-x}\mathrm{Ei}(x)]+e^{-x}-1, x > 0.

    The radial function of a massless loop between two propagators of mass m, x = mr; \mathcal Z\to12/x^4 for large x.
    """

    nargs = 1

    @staticmethod
    def _value(*args: Any) -> Any:
        (x,) = args
        with mp.workprec(mp.mp.prec + 40 + 4 * max(0, int(mp.log(x, 2)))):
            forth, back = mp.exp(x) * mp.e1(x), mp.exp(-x) * mp.ei(x)
            return ((x + 2) * forth + (x - 2) * back) / 2 + mp.exp(-x) - 1

    @classmethod
    def defined(cls, x: sp.Expr) -> sp.Expr:
        """Return the definition, in exponential integrals."""
        forth, back = sp.exp(x) * sp.expint(1, x), sp.exp(-x) * sp.Ei(x)
        return ((x + 2) * forth + (x - 2) * back) / 2 + sp.exp(-x) - 1

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{Z}}\!\left({printer._print(self.args[0])}\right)"


class _PowerOfLine(NumericFunction):
    """A real or imaginary part of (1-ix)^{-q}, the mean of e^{ixt} over t^{q-1} e^{-t}/Gamma(q)."""

    nargs = 2

    @classmethod
    def defined(cls, q: sp.Expr, x: sp.Expr) -> sp.Expr:
        """Return the definition, in the modulus and angle of 1 - ix."""
        raise NotImplementedError

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        return self.defined(*self.args).evalf(prec_to_dps(prec)) if all(a.is_number for a in self.args) else None

    def fdiff(self, argindex: int = 2) -> sp.Expr:
        """Return the derivative in x, from that of (1-ix)^{-q}, which is iq(1-ix)^{-q-1}."""
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        q, x = self.args
        return -q * ImPower(q + 1, x) if isinstance(self, RePower) else q * RePower(q + 1, x)


class RePower(_PowerOfLine):
    r"""\mathrm{Re}\,(1-ix)^{-q}, for q > 0 the mean of \cos xt over the weight t^{q-1}e^{-t}/\Gamma(q)."""

    @classmethod
    def defined(cls, q: sp.Expr, x: sp.Expr) -> sp.Expr:
        """Return the definition, in the modulus and angle of 1 - ix."""
        return sp.cos(q * sp.atan(x)) / (1 + x**2) ** (q / 2)

    def _latex(self, printer: Any) -> str:
        return rf"\operatorname{{Re}}{_power_of_line(self, printer)}"


class ImPower(_PowerOfLine):
    r"""\mathrm{Im}\,(1-ix)^{-q}, for q > 0 the mean of \sin xt over the same weight."""

    @classmethod
    def defined(cls, q: sp.Expr, x: sp.Expr) -> sp.Expr:
        """Return the definition, in the modulus and angle of 1 - ix."""
        return sp.sin(q * sp.atan(x)) / (1 + x**2) ** (q / 2)

    def _latex(self, printer: Any) -> str:
        return rf"\operatorname{{Im}}{_power_of_line(self, printer)}"


def power_of_line(expr: sp.Expr) -> sp.Expr:
    """Return c sin(q atan x)/(1+x^2)^(q/2) as c ImPower(q, x), and c cos(q atan x)/(1+x^2)^(q/2) as c RePower(q, x)."""
    for wave in sorted(expr.atoms(sp.sin, sp.cos), key=sp.default_sort_key):
        angles = wave.args[0].atoms(sp.atan)
        if len(angles) == 1:
            (angle,) = angles
            q, x = wave.args[0] / angle, angle.args[0]
            head = ImPower if isinstance(wave, sp.sin) else RePower
            expr = sp.powsimp(expr / head.defined(q, x)) * head(q, x)
    return expr


def real_part(value: sp.Expr) -> sp.Expr:
    """Return Re(value), as `RePower` where the value is (1 - ix)^(-q)."""
    return _part(value, sp.re, RePower)


def imaginary_part(value: sp.Expr) -> sp.Expr:
    """Return Im(value), as `ImPower` where the value is (1 - ix)^(-q)."""
    return _part(value, sp.im, ImPower)


def _part(value: sp.Expr, part: Any, head: Any) -> sp.Expr:
    base, exponent = value.as_base_exp()
    x = sp.expand(sp.I * (base - 1))
    return head(-exponent, x) if exponent.is_real and not exponent.is_integer and x.is_real else part(value)


def _power_of_line(function: sp.Expr, printer: Any) -> str:
    q, x = (printer._print(a) for a in function.args)
    times = r"\cdot " if x[0].isdigit() else r"\,"
    return rf"\left[\left(1-i{times}{x}\right)^{{-\left({q}\right)}}\right]"


def _two_arguments(name: str, function: sp.Expr, printer: Any) -> str:
    return rf"{name}\!\left({', '.join(printer._print(a) for a in function.args)}\right)"
