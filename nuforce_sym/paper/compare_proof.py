r"""Proofs that a scalar vanishes: by a normal form, by identities of functions, or by its derivative and one value.

Every rewriting holds for all values that the symbols' assumptions allow: K_n, I_n and E_n by their recurrences (DLMF
10.29.1, 8.19.12), trigonometric and hyperbolic functions by exponentials, (a b)^p = a^p b^p for a > 0. A proof of 0 is exact.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from nuforce_sym.equality import normal_form

_TRIGONOMETRIC = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)
_INVERSE = (sp.asinh, sp.acosh, sp.atanh, sp.acoth)


def proof_of_zero(expr: sp.Expr) -> str | None:
    """Return how ``expr`` is proved to vanish: "normal form", "identity" or "differential equation"; None where it is not."""
    if expr == 0:
        return "normal form"
    merged = merge_integrals(expr.doit(deep=True, integrals=False) if expr.has(sp.Derivative) else expr)
    if merged == 0:
        return "normal form"
    if normal_form(merged) == 0:
        return "normal form"
    if merged.has(sp.Integral):
        done = merged.replace(lambda e: isinstance(e, sp.Integral), elementary)
        return _integrands_vanish(merged) if done.has(sp.Integral) else proof_of_zero(done)
    rewritten = identities(merged)
    if rewritten == 0 or normal_form(rewritten) == 0:
        return "identity"
    return "differential equation" if _constant_and_zero(rewritten) else None


def merge_integrals(expr: sp.Expr) -> sp.Expr:
    """Return the expression with one integral for each pair of limits, and one name for their variables."""
    if not expr.has(sp.Integral):
        return expr
    groups: dict[tuple[sp.Expr, sp.Expr], sp.Expr] = {}
    rest = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(expr, deep=False) if expr.is_Mul else expr.expand()):
        integrals = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Integral)]
        if len(integrals) != 1 or len(integrals[0].limits) != 1 or len(integrals[0].limits[0]) != 3:
            rest += term
            continue
        ((variable, lower, upper),) = integrals[0].limits
        outside = sp.Mul(*(f for f in sp.Mul.make_args(term) if f is not integrals[0]))
        u = _variable(_nonnegative(lower, upper))
        key = (normal_form(lower), upper if upper.is_infinite else normal_form(upper))
        groups[key] = groups.get(key, sp.Integer(0)) + outside * integrals[0].function.xreplace({variable: u})
    total = rest
    for (lower, upper), function in groups.items():
        if function != 0 and normal_form(function) != 0:
            total += sp.Integral(function, (_variable(_nonnegative(lower, upper)), lower, upper))
    return total


def elementary(integral: sp.Expr) -> sp.Expr:
    r"""Return a definite integral over terms u^n e^{ku} in closed form; any other is returned as it is."""
    if len(integral.limits) != 1 or len(integral.limits[0]) != 3:
        return integral
    ((u, lower, upper),) = integral.limits
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(integral.function)):
        outside, inside = term.as_independent(u, as_Add=False)
        powers, rate = sp.Integer(0), sp.Integer(0)
        for factor in sp.Mul.make_args(inside):
            base, exponent = factor.as_base_exp()
            if base == u and exponent.is_Integer and exponent > 0:
                powers += exponent
            elif isinstance(factor, sp.exp) and sp.diff(factor.args[0], u, 2) == 0:
                slope = sp.diff(factor.args[0], u)
                rate += slope
                outside *= sp.exp(sp.expand(factor.args[0] - slope * u))
            elif factor != 1:
                return integral
        ends = [_antiderivative(int(powers), rate, end) for end in (lower, upper)]
        if ends[0] is None or ends[1] is None:
            return integral
        total += outside * (ends[1] - ends[0])
    return total


def _antiderivative(n: int, rate: sp.Expr, end: sp.Expr) -> sp.Expr | None:
    """Return the antiderivative of u^n e^{rate u} at a limit, None where it has none or its sign decides."""
    if rate == 0:
        return end ** (n + 1) / (n + 1) if end.is_finite else None
    if end.is_infinite:
        return sp.Integer(0) if (rate * end).is_extended_negative else None
    terms = [(-1) ** (n - k) * sp.ff(n, n - k) * end**k / rate ** (n - k + 1) for k in range(n + 1)]
    return sp.exp(rate * end) * sp.Add(*terms)


def _nonnegative(lower: sp.Expr, upper: sp.Expr) -> bool:
    return bool(lower.is_nonnegative and upper.is_extended_nonnegative)


@cache
def _variable(nonnegative: bool) -> sp.Symbol:
    return sp.Symbol("integration_variable", **({"positive": True} if nonnegative else {"real": True}))


def _integrands_vanish(expr: sp.Expr) -> str | None:
    integrals = sorted(expr.atoms(sp.Integral), key=sp.default_sort_key)
    rest = expr.xreplace({f: sp.Integer(0) for f in integrals})
    if expr - rest != sp.Add(*integrals):
        return None
    functions = [*(f.function for f in integrals), rest]
    return "identity" if all(normal_form(identities(f)) == 0 for f in functions) else None


def identities(expr: sp.Expr) -> sp.Expr:
    """Return the expression in fewer functions: exponentials, logarithms, E_1, and Bessel functions of two orders."""
    if expr.has(*_TRIGONOMETRIC):
        expr = expr.rewrite(sp.exp)
    if expr.has(*_INVERSE):
        expr = expr.replace(lambda e: isinstance(e, _INVERSE), lambda e: e.rewrite(sp.log))
    if expr.has(sp.expint, sp.Ei):
        expr = expr.replace(
            lambda e: isinstance(e, sp.expint) and e.args[0].is_Integer, lambda e: _in_E1(int(e.args[0]), e.args[1])
        )
        expr = expr.replace(lambda e: isinstance(e, sp.Ei) and (-e.args[0]).is_positive, lambda e: -sp.expint(1, -e.args[0]))
    if expr.has(sp.besselk, sp.besseli):
        expr = expr.replace(lambda e: isinstance(e, (sp.besselk, sp.besseli)), _two_orders)
    if expr.has(sp.gamma):
        expr = sp.gammasimp(expr)
    if expr.has(sp.Abs):  # ln |x| = (ln x^2)/2 for real x
        expr = expr.replace(
            lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.Abs) and e.args[0].args[0].is_extended_real,
            lambda e: sp.log(e.args[0].args[0] ** 2) / 2,
        )
    expr = expr.replace(lambda e: e.is_Pow and e.exp.is_Rational and not e.exp.is_Integer and e.base.is_Add, _split_root)
    return sp.expand_log(expr) if expr.has(sp.log) else expr


def _in_E1(order: int, z: sp.Expr) -> sp.Expr:
    """E_{n+1}(z) = (e^{-z} - z E_n(z))/n, DLMF 8.19.12."""
    out: sp.Expr = sp.expint(1, z)
    for n in range(1, order):
        out = (sp.exp(-z) - z * out) / n
    return out


def _two_orders(head: sp.Expr) -> sp.Expr:
    """Return K or I in the orders a and a + 1 with 0 <= a < 1, half-integer ones in exponentials."""
    order, z = head.args
    if not order.is_Rational or abs(order) > 40:
        return head
    kind = type(head)
    if kind is sp.besseli and (order < 0):
        return head if not order.is_Integer else _two_orders(sp.besseli(-order, z))
    order = abs(order)
    start = order - sp.floor(order)
    sign = 1 if kind is sp.besselk else -1
    if start == sp.Rational(1, 2):
        root = sp.sqrt(2 / (sp.pi * z))
        # K_{-1/2} = K_{1/2}, and I_{-1/2} = sqrt(2/(pi z)) cosh z
        below = sp.sqrt(sp.pi / (2 * z)) * sp.exp(-z) if sign == 1 else root * (sp.exp(z) + sp.exp(-z)) / 2
        last = below if sign == 1 else root * (sp.exp(z) - sp.exp(-z)) / 2
        start = sp.Rational(1, 2)
    else:
        below, last = kind(start, z), kind(start + 1, z)
        if order == start:
            return below
        start += 1
    while start < order:
        below, last = last, below + sign * 2 * start / z * last
        start += 1
    return last


def _split_root(head: sp.Expr) -> sp.Expr:
    """Return (c a n/d)^p as c^p a^p n^p d^{-p}, where c, a and d are positive."""
    top, bottom = sp.fraction(sp.cancel(sp.together(head.base)))
    if not bottom.is_positive:
        return head
    content, factors = sp.factor_list(top)
    inside, outside = sp.Integer(1), sp.Integer(1)
    for factor, n in factors:
        if factor.is_positive:
            outside *= factor ** (n * head.exp)
        else:
            inside *= factor**n
    inside *= sp.sign(content)
    return abs(content) ** head.exp * outside * sp.expand(inside) ** head.exp * bottom ** (-head.exp)


def _constant_and_zero(expr: sp.Expr) -> bool:
    """Whether the derivative by some symbol vanishes, and the expression itself at one value of it."""
    if not expr.has(sp.log, sp.atan, sp.asin, sp.acos, sp.expint, sp.erf, sp.Ei, sp.Si, sp.Ci):
        return False
    for symbol in sorted(expr.free_symbols, key=sp.default_sort_key):
        if not symbol.is_positive:
            continue  # the values of the symbol must be connected
        slope = sp.diff(expr, symbol)
        if normal_form(identities(slope)) != 0:
            continue
        for place in (sp.Integer(1), sp.Integer(2)):
            there = expr.subs(symbol, place)
            if not there.has(sp.zoo, sp.nan, sp.oo) and (there == 0 or normal_form(identities(there)) == 0):
                return True
    return False
