r"""Functions of gases and of beams of neutrinos that SymPy does not have, with values to any number of digits.

Each is what a closed form of a potential depends on once the dimensionful factors are out: a mean over a spectrum, or a sum
over the poles of an occupation number.
"""

from __future__ import annotations

from typing import Any

import mpmath as mp
import sympy as sp
from sympy.core.function import ArgumentIndexError

from nuforce_sym.special import ImPower, NumericFunction


class _Defined(NumericFunction):
    """A function with an elementary definition that cancels at small arguments."""

    _lost = 4
    """The power of the last argument that cancels, for the digits that its value needs."""

    @classmethod
    def defined(cls, *args: sp.Expr) -> sp.Expr:
        """Return the definition."""
        raise NotImplementedError

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        if not all(a.is_number for a in self.args):
            return None
        last = self.args[-1].evalf(15)
        lost = self._lost * max(0, int(-mp.log(mp.mpf(last), 2))) if last.is_positive else 0
        with mp.workprec(prec + lost + 60):
            digits = mp.mp.dps
        return sp.Float(self.defined(*self.args).evalf(digits), precision=prec)


class FermiSine(_Defined):
    r"""\mathcal F_s(x)=\frac1{\frac32\zeta(3)}\int_0^\infty dt\,\frac{t^2\sin xt}{e^t+1}, x > 0: the mean of \sin xt over a
    thermal spectrum.

    \int_0^\infty dt\,\frac{\sin xt}{e^t+1}=\frac1{2x}-\frac\pi{2\sinh\pi x} (Gradshteyn and Ryzhik 3.911.1), twice derived.
    """

    nargs = 1

    @classmethod
    def defined(cls, *args: sp.Expr) -> sp.Expr:
        (x,) = args
        sinh = sp.sinh(sp.pi * x)
        return (sp.pi**3 / 2 * (1 / sinh + 2 / sinh**3) - 1 / x**3) / (sp.Rational(3, 2) * sp.zeta(3))

    def fdiff(self, argindex: int = 1) -> sp.Expr:  # noqa: ARG002 - SymPy's signature
        return FermiCosine(self.args[0])

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{F}}_s\!\left({printer._print(self.args[0])}\right)"


class PinchedForce(_Defined):
    r"""\mathcal P(p,x)=\mathrm{Im}\,(1-ix)^{-m}-m\,x\,\mathrm{Re}\,(1-ix)^{-m}, m = p+2, x > 0.

    (1-x\,d/dx) of \mathrm{Im}\,(1-ix)^{-p-1}, which falls as x^3 where x is small: \tfrac13(p+1)(p+2)(p+3)x^3.
    """

    nargs = 2

    @classmethod
    def defined(cls, *args: sp.Expr) -> sp.Expr:
        p, x = args
        sine, cosine = (wave((p + 1) * sp.atan(x)) for wave in (sp.sin, sp.cos))
        return ((1 + (p + 2) * x**2) * sine - (p + 1) * x * cosine) / (1 + x**2) ** ((p + 3) / 2)

    def fdiff(self, argindex: int = 2) -> sp.Expr:
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        p, x = self.args
        return (p + 1) * (p + 2) * x * ImPower(p + 3, x)

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{P}}\!\left({', '.join(printer._print(a) for a in self.args)}\right)"


class FermiSpecies(NumericFunction):
    r"""\mathcal S(a,x)=\sum_{j\ge1}\frac{(-1)^{j+1}e^{-ja}}{(j^2+x^2)^2}, a >= 0, x > 0.

    The force in one species of a massless Fermi gas at the chemical potential -aT, with x = 2rT.
    """

    nargs = 2

    @staticmethod
    def _value(*args: Any) -> Any:
        """The sum with the weights of Cohen, Rodriguez Villegas and Zagier (2000)."""
        a, x = args
        with mp.workprec(2 * mp.mp.prec + 60):
            count = int(mp.mp.dps * 1.4) + 30
            top = (3 + mp.sqrt(8)) ** count
            top = (top + 1 / top) / 2
            weight, carried, total = mp.mpf(-1), -top, mp.mpf(0)
            for k in range(count):
                carried = weight - carried
                total += carried * mp.exp(-(k + 1) * a) / ((k + 1) ** 2 + x**2) ** 2
                weight = weight * (k + count) * (k - count) / ((k + mp.mpf(1) / 2) * (k + 1))
            return total / top

    @staticmethod
    def term(j: sp.Expr, a: sp.Expr, x: sp.Expr) -> sp.Expr:
        """Return the term of the sum."""
        return (-1) ** (j + 1) * sp.exp(-j * a) / (j**2 + x**2) ** 2

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{S}}\!\left({', '.join(printer._print(a) for a in self.args)}\right)"


class _Matsubara(NumericFunction):
    """A sum over Matsubara's frequencies."""

    nargs = 2
    _heavy = 0

    @classmethod
    def front(cls, a: Any, w: Any) -> Any:
        """Return what stands in front of e^{-w}, with a = mr."""
        return 1 + cls._heavy * a**2 + w

    @classmethod
    def _value(cls, *args: Any) -> Any:
        kappa, b = args
        total, n = mp.mpf(0), 0
        while True:
            w = 2 * b * mp.sqrt(kappa**2 + ((2 * n + 1) * mp.pi) ** 2)
            term = cls.front(kappa * b, w) * mp.exp(-w)
            total += term
            if term <= total * mp.eps * mp.eps:
                return total
            n += 1


class MatsubaraDirac(_Matsubara):
    r"""\mathcal T_D(\kappa,b)=\sum_{n\ge0}(1+\kappa^2b^2+w_n)e^{-w_n}, w_n=2b\sqrt{\kappa^2+(2n+1)^2\pi^2}.

    \kappa = m/T and b = rT.
    """

    _heavy = 1

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{T}}_D\!\left({', '.join(printer._print(a) for a in self.args)}\right)"


class MatsubaraMajorana(_Matsubara):
    r"""\mathcal T_M(\kappa,b)=\sum_{n\ge0}(1+w_n)e^{-w_n}, w_n=2b\sqrt{\kappa^2+(2n+1)^2\pi^2}."""

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{T}}_M\!\left({', '.join(printer._print(a) for a in self.args)}\right)"


class PowerLawForce(_Defined):
    r"""\mathcal G(s,x)=\frac{(2-s)\,\pi\,x^s}{2\,\Gamma(s)\sin\frac{\pi s}2}, 0 < s < 4, x > 0, continued to s = 2.

    (1-r\,d/dr) of the sine transform of k^{-s}, up to a power of r; by reflection (2-s)\Gamma(1-s)\cos\frac{\pi s}2x^s.
    """

    nargs = 2

    @classmethod
    def defined(cls, *args: sp.Expr) -> sp.Expr:
        s, x = args
        return x**s if s == 2 else (2 - s) * sp.pi * x**s / (2 * sp.gamma(s) * sp.sin(sp.pi * s / 2))

    def fdiff(self, argindex: int = 2) -> sp.Expr:
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        s, x = self.args
        return s * PowerLawForce(s, x) / x

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{G}}\!\left({', '.join(printer._print(a) for a in self.args)}\right)"


class FermiCosine(_Defined):
    r"""\mathcal F_c(x)=\mathcal F_s'(x), x > 0: the mean of t\cos xt over a thermal spectrum t^2/(e^t+1)."""

    nargs = 1
    _lost = 5

    @classmethod
    def defined(cls, *args: sp.Expr) -> sp.Expr:
        (x,) = args
        at = sp.Dummy("x", positive=True)
        return sp.diff(FermiSine.defined(at), at).xreplace({at: x})

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        raise ArgumentIndexError(self, argindex)

    def _latex(self, printer: Any) -> str:
        return rf"\mathcal{{F}}_c\!\left({printer._print(self.args[0])}\right)"
