r"""The two radial functionals of parity-odd operators, for any potential F(r) that `radial_form` reads.

For a bra R_1 and a ket R_2 with |l_1 - l_2| = 1, in \eta = r/a_0,

    P_F = \int_0^\infty\eta^2F\,\tfrac12\Big[R_1R_2' - R_1'R_2 - \frac s\eta R_1R_2\Big]d\eta, \qquad
    G_F = \int_0^\infty\eta^2\frac{dF}{d\eta}R_1R_2\,d\eta,

with s = 2(l_2+1) for l_1 = l_2 + 1 and s = -2l_2 for l_1 = l_2 - 1. They are what the angular integration leaves of
\tfrac12\{\sigma\cdot p,F\} and of (\sigma_e\times\sigma_N)\cdot\nabla F. P is antisymmetric in bra and ket, G symmetric. Both
integrands behave as \eta^{2l+2-q} for F ~ \eta^{-q}, with l the lower of the two: r^{-5} needs l >= 2.
"""

from __future__ import annotations

import sympy as sp
from flint import fmpq

from nuforce_sym.atom.bessel_integral import bessel_form
from nuforce_sym.atom.radial import Overlap, current, overlap
from nuforce_sym.atom.radial_form import derivative, integral, radial_form
from nuforce_sym.atom.surd import Surd, in_sympy, rational
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbol

Levels = tuple[int, int]
delta3_r, a_0 = symbol("delta3_r"), symbol("a_0")


def current_functional(bra: Levels, ket: Levels, F: sp.Expr, *, Z: int = 1, length: sp.Expr = a_0) -> sp.Expr:
    r"""Return P_F for bra = (n_1, l_1) and ket = (n_2, l_2), exactly; F is a potential in r, or delta3_r;
    ``length`` is what stands for a_0.

    Raises:
        InputError: a state does not exist, or l does not change by one.
        NotDerivable: the integral diverges, or F is no sum of the forms that `radial_form` reads.
    """
    pair = overlap(*bra, *ket, Z=Z)
    polynomial = current(*bra, *ket, Z=Z)
    if F.has(delta3_r):
        return _contact(F, _coefficient(polynomial.coeffs(), 1), pair, length)
    return _root(pair) * integral(polynomial, 1, pair.decay, radial_form(F, length))


def density_functional(bra: Levels, ket: Levels, g: sp.Expr, *, Z: int = 1, length: sp.Expr = a_0) -> sp.Expr:
    r"""Return \int_0^\infty\eta^2g(a_0\eta)R_1R_2\,d\eta exactly; errors as `current_functional`."""
    pair = overlap(*bra, *ket, Z=Z)
    return _root(pair) * integral(pair.density, 2, pair.decay, radial_form(g, length))


def gradient_functional(bra: Levels, ket: Levels, F: sp.Expr, *, Z: int = 1, length: sp.Expr = a_0) -> sp.Expr:
    r"""Return G_F exactly; for F = \delta^3(r) by parts, -\int F(\eta^2R_1R_2)'. Errors as `current_functional`."""
    pair = overlap(*bra, *ket, Z=Z)
    current(*bra, *ket, Z=Z)  # refuses pairs whose l does not change by one
    if F.has(delta3_r):
        return _contact(F, -3 * _coefficient(pair.density.coeffs(), 1), pair, length)
    return _root(pair) * integral(pair.density, 2, pair.decay, derivative(radial_form(F, length)))


def _root(pair: Overlap) -> sp.Expr:
    return Surd(fmpq(1), pair.norm).sympy


def _coefficient(coefficients: list[fmpq], power: int) -> fmpq:
    return coefficients[power] if power < len(coefficients) else fmpq(0)


def _contact(F: sp.Expr, value: fmpq, pair: Overlap, length: sp.Expr) -> sp.Expr:
    r"""Return the functional of c \delta^3(r), where 4\pi\int r^2\delta^3dr = 1."""
    strength = F / delta3_r
    if strength.has(delta3_r) or strength.has(symbol("r")):
        raise NotDerivable(f"a contact potential is a constant times delta3_r: got {F}")
    return strength * _root(pair) * in_sympy(value) / (4 * sp.pi * length**3)


def small_mass_series(
    bra: Levels, ket: Levels, F: sp.Expr, m: sp.Symbol, order: int, *, functional: str = "P", Z: int = 1
) -> sp.Expr:
    r"""Return P_F, G_F or the density integral (``functional`` "P", "G", "density") as a series in ``m`` up to m^``order``.

    For a small mass the closed form in K_\nu cancels to (m a_0)^{-k}; the series, with its logarithms, does not.

    Raises:
        InputError: the functional is unknown, or a Bessel function's scale is not proportional to ``m``.
        NotDerivable: as `current_functional`.
    """
    pair = overlap(*bra, *ket, Z=Z)
    form = radial_form(F)
    if functional == "P":
        polynomial, shift = current(*bra, *ket, Z=Z), 1
    elif functional in ("G", "density"):
        polynomial, shift = pair.density, 2
        form = derivative(form) if functional == "G" else form
    else:
        raise InputError(f"the functional is 'P', 'G' or 'density': got {functional!r}")
    integral(polynomial, shift, pair.decay, form)  # refuses what diverges
    total = sp.Integer(0)
    for term in form:
        if term.order is None:
            total += integral(polynomial, shift, pair.decay, (term,))
            continue
        ratio = term.scale / m
        if ratio.has(m):
            raise InputError(f"the argument {term.scale} of a Bessel function is not proportional to {m}")
        rest, power = term.coefficient.as_coeff_exponent(m)
        p = pair.decay + rational(term.decay)
        moment = bessel_form(polynomial, shift + term.power, p, term.order)
        terms = max(0, (order - int(power) + term.order) // 2 + 1)
        plain, logs = moment.series(terms) if terms else ([], [])
        for k, (u, v) in enumerate(zip(plain, logs, strict=True)):
            coefficient = in_sympy(u) + in_sympy(v) * sp.log(2 * in_sympy(p) / term.scale)
            total += rest * m**power * coefficient * term.scale ** (2 * k - term.order)
    return _root(pair) * _gathered(total, m)


def _gathered(total: sp.Expr, m: sp.Symbol) -> sp.Expr:
    """Return the series with the coefficient of every power of m in one bracket."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(total)):
        logs = sp.Mul(*(f for f in sp.Mul.make_args(term) if isinstance(f, sp.log)))
        rest, power = (term / logs).as_coeff_exponent(m)
        found[power] = found.get(power, sp.Integer(0)) + rest * logs
    return sp.Add(*(sp.factor_terms(value) * m**power for power, value in found.items()))
