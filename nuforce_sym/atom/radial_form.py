r"""Radial functions of potentials as sums of terms c r^k e^{-Mr}K_\nu(mr), and their integrals with hydrogen's.

Whether an integral converges is decided for the sum: where a term diverges by itself, the behaviour of the whole
integrand for r -> 0 is expanded, logarithms included, before anything is integrated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial

import sympy as sp
from flint import fmpq, fmpq_poly

from nuforce_sym.atom.bessel_integral import bessel_form, bessel_moment, logarithm
from nuforce_sym.atom.radial import divergent, lowest_power, moment
from nuforce_sym.atom.surd import in_sympy, rational
from nuforce_sym.errors import NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import symbols

r, a_0, eta = symbols("r a_0 eta")
_LOG = sp.Symbol("log_eta", real=True)
TIDY = 150
"""Operations up to which a rational function of symbols is factored."""
LONGEST = 400
"""The largest number of terms in which a potential is accepted."""


@dataclass(frozen=True)
class RadialTerm:
    r"""``coefficient`` \eta^``power`` e^{-``decay`` \eta} K_``order``(``scale`` \eta); no Bessel function for order None."""

    coefficient: sp.Expr
    power: int
    decay: sp.Expr = sp.S.Zero
    order: int | None = None
    scale: sp.Expr = sp.S.Zero

    @property
    def shape(self) -> tuple[int, sp.Expr, int | None, sp.Expr]:
        """What distinguishes terms that cannot be added."""
        return self.power, self.decay, self.order, self.scale


RadialForm = tuple[RadialTerm, ...]


def radial_form(function: sp.Expr, length: sp.Expr = a_0) -> RadialForm:
    r"""Return F(r) in terms of \eta = r/a_0, where ``length`` stands for a_0: the symbol or its value.

    Raises:
        NotDerivable: a factor with r is neither an integer power of r, nor exp(-M r), nor besselk(n, m r).
    """
    expanded = sp.expand(as_expr(function).xreplace({r: length * eta}))
    terms = sp.Add.make_args(expanded)
    if len(terms) > LONGEST:
        raise NotDerivable(f"a potential of {len(terms)} terms is too long: at most {LONGEST} are accepted")
    return collected(_term(t, length) for t in terms if t != 0)


def _term(term: sp.Expr, length: sp.Expr) -> RadialTerm:
    coefficient, power, decay = sp.Integer(1), 0, sp.Integer(0)
    order: int | None = None
    scale: sp.Expr = sp.Integer(0)
    for factor in sp.Mul.make_args(term):
        if not factor.has(eta):
            coefficient *= factor
        elif isinstance(factor, sp.exp) and _linear(factor.args[0]):
            decay -= factor.args[0] / eta
        elif isinstance(factor, sp.besselk) and factor.args[0].is_Integer and _linear(factor.args[1]) and order is None:
            order, scale = abs(int(factor.args[0])), factor.args[1] / eta
        elif factor == eta or (factor.is_Pow and factor.base == eta and factor.exp.is_Integer):
            power += int(factor.as_base_exp()[1])
        else:
            shown = factor.xreplace({eta: r / length})
            raise NotDerivable(
                f"no exact radial integral is written for {shown}: a potential is a sum of terms "
                "c*r^k*exp(-M*r)*besselk(n, m*r) with integers k and n"
            )
    return RadialTerm(coefficient, power, sp.expand(decay), order, scale)


def _linear(argument: sp.Expr) -> bool:
    return not (argument / eta).has(eta)


def collected(terms: Iterable[RadialTerm]) -> RadialForm:
    """Return the terms with those of one shape added, and zeros left out."""
    found: dict[tuple[int, sp.Expr, int | None, sp.Expr], sp.Expr] = {}
    for term in terms:
        found[term.shape] = found.get(term.shape, sp.Integer(0)) + term.coefficient
    return tuple(RadialTerm(c, *shape) for shape, c in found.items() if sp.expand(c) != 0)


def integral(polynomial: fmpq_poly, shift: int, p: fmpq, form: RadialForm) -> sp.Expr:
    r"""Return \int_0^\infty P(\eta)\eta^{``shift``}e^{-p\eta}F(\eta)\,d\eta exactly.

    Raises:
        NotDerivable: the sum of the integrand is not integrable at \eta = 0, or it is, but only as a sum of terms with
            Bessel functions each of which is not.
    """
    first = lowest_power(polynomial)
    if first is None:
        return sp.Integer(0)
    lowest = [first + shift + term.power - (term.order or 0) for term in form]
    if any(power <= -1 for power in lowest):
        require_convergence(polynomial, shift, form)
        if any(power <= -1 and term.order is not None for power, term in zip(lowest, form, strict=True)):
            raise NotDerivable(
                "the radial integral converges, but only as a sum: its terms with Bessel functions diverge one by one at "
                "r -> 0, and no closed form is written for that; integrate it numerically"
            )
    found: dict[sp.Expr, list[sp.Expr]] = {sp.Integer(1): []}
    for term in form:
        for transcendental, value in _value(polynomial, shift + term.power, p, term).items():
            found.setdefault(transcendental, []).append(term.coefficient * value)
    return sp.Add(*(_tidied(sp.Add(*values)) * transcendental for transcendental, values in found.items()))


def _tidied(value: sp.Expr) -> sp.Expr:
    """Return a rational function factored, where that is cheap."""
    return sp.factor(value) if value.free_symbols - {a_0} and value.count_ops() < TIDY else value


def _value(polynomial: fmpq_poly, shift: int, p: fmpq, term: RadialTerm) -> dict[sp.Expr, sp.Expr]:
    """Return one term's integral without its coefficient as {1: rational part, logarithm: its coefficient}.

    Poles of divergent powers are dropped, they cancel in the sum.
    """
    if term.order is not None:
        if not term.decay.is_Rational:
            raise NotDerivable(f"exp(-M r) K_n(m r) is integrated for a rational M a_0 only: got M a_0 = {term.decay}")
        total = p + rational(term.decay)
        if term.scale.is_Rational and term.scale > 0:
            A, B = bessel_moment(polynomial, shift, total, term.order, rational(term.scale))
            return {sp.Integer(1): in_sympy(A)} | ({logarithm(in_sympy(total), term.scale): in_sympy(B)} if B != 0 else {})
        if term.scale.is_positive is not True:
            raise NotDerivable(f"K_n(m r) needs m > 0: declare the symbols of {term.scale} positive")
        plain, log = bessel_form(polynomial, shift, total, term.order).parts(term.scale)
        return {sp.Integer(1): plain, logarithm(in_sympy(total), term.scale): log}
    if term.decay.is_Rational and (lowest_power(polynomial) or 0) + shift >= 0:
        return {sp.Integer(1): in_sympy(moment(polynomial, shift, p + rational(term.decay)))}
    if not (in_sympy(p) + term.decay).is_positive:
        raise NotDerivable(f"exp(-M r) needs M > 0: got M a_0 = {term.decay}; declare its symbols positive")
    return _exponential(polynomial, shift, p, term.decay)


def _exponential(polynomial: fmpq_poly, shift: int, p: fmpq, decay: sp.Expr) -> dict[sp.Expr, sp.Expr]:
    r"""Return \sum_tP_tk!/y^{k+1}, k = s + t, y = p + M; for k = -m-1 the finite part (-y)^m(H_m - \ln y)/m!."""
    y = in_sympy(p) + decay
    coefficients = polynomial.coeffs()
    highest = len(coefficients) - 1 + shift
    regular = fmpq_poly(
        [c * factorial(k) if (k := shift + t) >= 0 else 0 for t, c in enumerate(coefficients)][::-1]
    )  # in powers of y, over y^(highest+1)
    plain = logs = sp.Integer(0)
    if highest >= 0:
        numerator = regular(fmpq_poly([p, 1]))
        above = sp.Add(*(in_sympy(c) * decay**k for k, c in enumerate(numerator.coeffs())))
        plain = sp.factor(above) / y ** (highest + 1)
    for t, c in enumerate(coefficients):
        m = -(shift + t) - 1
        if m >= 0 and c != 0:
            weight = in_sympy(c) * (-y) ** m / factorial(m)
            plain, logs = plain + weight * sp.harmonic(m), logs - weight
    return {sp.Integer(1): plain, sp.log(y): logs}


def require_convergence(polynomial: fmpq_poly, shift: int, form: RadialForm) -> None:
    r"""Refuse where \eta^{``shift``}P F, as a whole, has a power \eta^a with a <= -1 for \eta -> 0.

    Raises:
        NotDerivable: it has; the message names the strongest power.
    """
    found = small_distance(polynomial, shift, form, -1)
    for power in sorted(found):
        coefficient = found[power]
        if sp.cancel(sp.together(coefficient)) != 0:
            raise divergent(power, logarithm=coefficient.has(_LOG))


def small_distance(polynomial: fmpq_poly, shift: int, form: RadialForm, upto: int) -> dict[int, sp.Expr]:
    r"""Return the coefficients of \eta^a, a <= ``upto``, of \eta^{``shift``}P F; \ln\eta appears as the symbol log_eta."""
    total: dict[int, sp.Expr] = {}
    coefficients = [(t, in_sympy(c)) for t, c in enumerate(polynomial.coeffs()) if c != 0]
    for term in form:
        for t, c in coefficients:
            start = shift + t + term.power
            for power, value in _expansion(term, upto - start).items():
                total[start + power] = total.get(start + power, sp.Integer(0)) + c * term.coefficient * value
    return {power: sp.expand(value) for power, value in total.items()}


def _expansion(term: RadialTerm, upto: int) -> dict[int, sp.Expr]:
    r"""Return the coefficients of \eta^a, a <= ``upto``, of e^{-M\eta}K_\nu(c\eta) (DLMF 10.31.1)."""
    bessel = {0: sp.Integer(1)} if term.order is None else _bessel_expansion(term.order, term.scale, upto)
    total: dict[int, sp.Expr] = {}
    for power, value in bessel.items():
        for k in range(upto - power + 1):
            if k and term.decay == 0:
                break
            total[power + k] = total.get(power + k, sp.Integer(0)) + value * (-term.decay) ** k / factorial(k)
    return total


def _bessel_expansion(order: int, c: sp.Expr, upto: int) -> dict[int, sp.Expr]:
    found: dict[int, sp.Expr] = {}
    for k in range(order):
        if 2 * k - order <= upto:
            weight = sp.Rational((-1) ** k * factorial(order - k - 1), 2 * factorial(k))
            found[2 * k - order] = weight * (c / 2) ** (2 * k - order)
    k = 0
    while order + 2 * k <= upto:
        power = order + 2 * k
        bracket = _LOG + sp.log(c / 2) + sp.EulerGamma - (sp.harmonic(k) + sp.harmonic(order + k)) / 2
        value = (-1) ** (order + 1) * (c / 2) ** power * bracket / (factorial(k) * factorial(order + k))
        found[power] = found.get(power, sp.Integer(0)) + value
        k += 1
    return found


def derivative(form: Sequence[RadialTerm]) -> RadialForm:
    r"""Return dF/d\eta, with K_\nu'(z) = -K_{\nu+1}(z) + \frac\nu zK_\nu(z)."""
    out: list[RadialTerm] = []
    for t in form:
        falling = t.power + (t.order or 0)
        if falling:
            out.append(RadialTerm(falling * t.coefficient, t.power - 1, t.decay, t.order, t.scale))
        if t.decay != 0:
            out.append(RadialTerm(-t.decay * t.coefficient, *t.shape))
        if t.order is not None:
            out.append(RadialTerm(-t.scale * t.coefficient, t.power, t.decay, t.order + 1, t.scale))
    return collected(out)
