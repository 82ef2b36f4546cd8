r"""Isotropic backgrounds: the average over directions, and the one sine transform to which it comes down.

    V(r) = \int_0^\infty\frac{k^2dk}{2\pi^2}\,\langle v(k,\cos\alpha,r)\rangle_\alpha

Every term of the average is a power of k times \sin 2kr or \cos 2kr over E, hence a derivative of

    S(r) = \int_0^\infty dk\,\frac kE\,N(k)\,\sin 2kr,  N = n_+ + n_-.

For the left-handed current V = -\frac{G_F^2g_Vg_V'}{4\pi^3r^4}\,(1+m^2r^2-r\,d/dr)\,S(r), without m^2r^2 if the neutrino
is of Majorana's kind.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium.neutrino import g_V1, g_V2, momentum_force
from nuforce_sym.medium.response import common_factor, exponentials, in_cosines
from nuforce_sym.medium.sine_transform import vacuum
from nuforce_sym.potential.bessel import reduce_orders
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.symbols import symbols

E_nu, k, r, c, n_plus, n_minus = symbols("E_nu k_nu r c_alpha n_plus n_minus")
S, C = sp.Function("S"), sp.Function("C")


def direction_average(force: sp.Expr) -> sp.Expr:
    r"""Return \tfrac12\int_{-1}^1d\cos\alpha\,v of `response.force_of_momentum`.

    \tfrac12\int\cos(cx)\,dc=\sin x/x, and a factor c in front of a sine is a derivative of that.
    """
    x = sp.Dummy("x", positive=True)
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(force)):
        rest, of_c = term.as_independent(c)
        of_c = of_c.xreplace({k: x / r}) if of_c.has(k) else of_c
        total += rest * (sp.integrate(sp.expand(of_c), (c, -1, 1)) / 2).xreplace({x: k * r})
    return double_angles(total)


def double_angles(expr: sp.Expr) -> sp.Expr:
    r"""Return products of sines and cosines of kr as sines and cosines of 2kr."""
    return sp.expand(in_cosines(exponentials(expr)))


def radial_integrand(force: sp.Expr) -> sp.Expr:
    r"""Return w in V(r)=\int_0^\infty dk\,w: the average over directions times k^2/2\pi^2, with n_+ and n_- of momentum k."""
    return common_factor(sp.factor(sp.expand(k**2 / (2 * sp.pi**2) * direction_average(force))))


def sine_operator(integrand: sp.Expr, mass: sp.Expr, occupation: sp.Expr = n_plus + n_minus) -> sp.Expr:
    r"""Return V(r) as a differential expression in S(r), from the `radial_integrand`, which is proportional to ``occupation``.

    k^{2j+1}\sin 2kr = (-\tfrac14d^2/dr^2)^j\,k\sin 2kr and k^{2j}\cos 2kr=\tfrac12\,d/dr\,k^{2j-1}\sin 2kr. The terms that are
    odd in the difference of neutrinos and antineutrinos lead to C(r), with the cosine in place of the sine.

    Raises:
        NotDerivable: the integrand has other powers of k and E, as for one helicity of a massive neutrino.
    """
    on_shell = {E_nu: k} if mass == 0 else {}
    weight = sp.expand(integrand.xreplace(on_shell) / occupation * (k if mass == 0 else E_nu))
    weight = sp.expand(sp.cancel(weight))
    if mass != 0:
        weight = sp.expand(weight.subs(E_nu**2, k**2 + mass**2).subs(E_nu**4, (k**2 + mass**2) ** 2))
    total = sp.Integer(0)
    for term in sp.Add.make_args(weight):
        waves = [f for f in sp.Mul.make_args(term) if isinstance(f, (sp.sin, sp.cos))]
        coefficient, power = (term / sp.Mul(*waves)).as_coeff_exponent(k)
        if len(waves) != 1 or coefficient.has(k, E_nu, n_plus, n_minus) or waves[0].args[0] != 2 * k * r:
            raise NotDerivable(f"the term {term} is no power of k times sin(2kr) or cos(2kr): no closed form by rule")
        total += coefficient * _derivative(waves[0], power)
    return sp.expand(total)


def _derivative(wave: sp.Expr, power: sp.Expr) -> sp.Expr:
    r"""Return k^{power-1} times the wave, under the integral with (k/E)N, as a derivative of S or of C.

    k^{2j} keeps the wave and k^{2j+1} exchanges sine and cosine.
    """
    extra = power - 1
    if not (extra.is_Integer and extra >= 0):
        raise NotDerivable(f"k^{power} {wave.func.__name__}(2kr) is no derivative of a sine or cosine transform")
    j, odd = divmod(int(extra), 2)
    sine = isinstance(wave, sp.sin)
    start = S(r) if sine != bool(odd) else C(r)
    value = (-sp.Rational(1, 4)) ** j * sp.diff(start, r, 2 * j)
    if not odd:
        return value
    return (-1 if sine else 1) * sp.diff(value, r) / 2


def potential_of(operator: sp.Expr, transform: sp.Expr, cosine: sp.Expr | None = None) -> sp.Expr:
    r"""Return V(r) for a closed form of S(r), with the common factors in front; a sum in S stays one sum.

    Raises:
        NotDerivable: the operator acts on C(r) too, and its closed form is not given as ``cosine``.
    """
    if operator.has(C) and cosine is None:
        raise NotDerivable("the force needs the cosine transform of n_+ - n_- too, for which no closed form was given")
    operator = operator.subs(C(r), cosine).doit() if cosine is not None else operator
    closed, total = sp.Integer(0), sp.Integer(0)
    for term in sp.Add.make_args(transform):
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Sum)]
        if sums:
            (summed,) = sums
            applied = operator.subs(S(r), term / summed * summed.function).doit()
            inside = sp.factor_terms(sp.expand(applied, deep=False))
            outside, inside = inside.as_independent(r, *(limit[0] for limit in summed.limits), as_Add=False)
            total += outside * sp.Sum(inside, *summed.limits)
        else:
            closed += term
    found = in_neighbouring_orders(_applied(operator, closed))
    return (sp.factor(found) if found.is_rational_function() else sp.factor_terms(found)) + total


def _applied(operator: sp.Expr, function: sp.Expr) -> sp.Expr:
    return sp.expand(operator.subs(S(r), function).doit())


def in_neighbouring_orders(expr: sp.Expr) -> sp.Expr:
    r"""Return K_0 written as K_2(z)-\frac2zK_1(z) (DLMF 10.29.1), so that derivatives of K_1 have the orders 1 and 2."""
    return sp.expand(
        expr.replace(
            lambda e: isinstance(e, sp.besselk) and e.args[0] == 0,
            lambda e: sp.besselk(2, e.args[1]) - 2 / e.args[1] * sp.besselk(1, e.args[1]),
        )
    )


def vacuum_potential(operator: sp.Expr, mass: sp.Expr) -> sp.Expr:
    r"""Return the force in the vacuum, N = -1: every state of the Dirac sea counts -\tfrac12 in n_\pm.

    A massive pair's K_1 and K_2 are one K_n where that is exact.
    """
    found = potential_of(-operator, vacuum(mass))
    return found if mass == 0 else in_bessel_functions(found)


def with_vacuum(background: sp.Expr, in_vacuum: sp.Expr) -> sp.Expr:
    r"""Return the sum of both forces, in which the vacuum's Bessel functions cancel where they do."""
    terms = [*sp.Add.make_args(background), *sp.Add.make_args(in_vacuum)]
    sums = [term for term in terms if term.has(sp.Sum)]
    rest = sp.expand(reduce_orders(sp.Add(*(term for term in terms if not term.has(sp.Sum)))))
    return sp.Add(*sums) + sp.factor_terms(rest)


@cache
def isotropic_operator(neutrino: str, mass: sp.Expr) -> sp.Expr:
    """Return V(r) of an isotropic background of a kind of neutrino, as a differential expression in S(r).

    Raises:
        NotDerivable: for one helicity of a massive neutrino, whose integrand has odd powers of E.
    """
    if mass != 0 and neutrino.endswith("helical"):
        raise NotDerivable(
            f"the force in a gas of massive {neutrino} neutrinos is no sine transform with a rule, because of odd powers of E: "
            "use number()"
        )
    return sp.expand(g_V1 * g_V2 * sine_operator(radial_integrand(momentum_force(neutrino, mass)), mass))
