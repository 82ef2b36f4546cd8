r"""Leading behaviour of potentials that are sums of (power of r) x (power of m) x K_n(2mr)."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from nuforce_sym.errors import NotDerivable


def massless_limit(expr: sp.Expr, mass: sp.Symbol) -> sp.Expr:
    r"""Return the leading term as ``mass`` -> 0, with K_n(z) \to \tfrac12\Gamma(n)(2/z)^n for n > 0 (DLMF 10.30.2).

    K_0 grows as a logarithm (DLMF 10.30.3), which any power of the mass in front of it makes negligible. An exponential is
    taken at mass 0.

    Raises:
        NotDerivable: the leading powers cancel, K_0 stands in the leading power, or another function of the mass does.
    """
    logarithm = sp.Dummy("log", positive=True)

    def small(order: sp.Integer, z: sp.Expr) -> sp.Expr:
        return logarithm if order == 0 else sp.gamma(order) / 2 * (2 / z) ** order

    unscreened = expr.replace(
        lambda e: isinstance(e, sp.exp) and e.args[0].is_polynomial(mass), lambda e: sp.exp(e.args[0].subs(mass, 0))
    )
    leading = _leading(unscreened, mass, small, min)
    if leading.has(logarithm):
        raise NotDerivable(f"K_0 in {expr} is logarithmic for {mass} -> 0: it has no leading power")
    if any(f.has(mass) for f in leading.atoms(sp.Function)):
        raise NotDerivable(f"{expr} holds another function of {mass} than K_n and the exponential: no rule for its limit")
    return leading


def long_distance(expr: sp.Expr, r: sp.Symbol) -> sp.Expr:
    r"""Return the leading term as ``r`` -> infinity, with K_n(z) \to \sqrt{\pi/(2z)}\,e^{-z} (DLMF 10.25.3).

    Raises:
        NotDerivable: the leading powers cancel, or Bessel functions of different arguments occur.
    """

    def large(_: sp.Integer, z: sp.Expr) -> sp.Expr:
        return sp.sqrt(sp.pi / (2 * z)) * sp.exp(-z)

    if len({e.args[1] for e in expr.atoms(sp.besselk)}) != 1:
        raise NotDerivable(f"{expr} has no single range: its Bessel functions have different arguments")
    return _leading(expr, r, large, max)


def _leading(
    expr: sp.Expr,
    variable: sp.Symbol,
    behaviour: Callable[[sp.Integer, sp.Expr], sp.Expr],
    choose: Callable[[list[sp.Rational]], sp.Rational],
) -> sp.Expr:
    """Replace every K_n by its leading behaviour and keep the leading power of ``variable``.

    What `behaviour` leaves out is beyond each term's own leading power, hence beyond the sum's, unless that cancels.
    """
    replaced = sp.expand(
        expr.replace(lambda e: isinstance(e, sp.besselk) and e.args[0].is_Integer, lambda e: behaviour(*e.args))
    )
    parts: dict[sp.Rational, sp.Expr] = {}
    for term in sp.Add.make_args(replaced):
        power = sp.Integer(0)
        for factor in sp.Mul.make_args(term):
            base, exponent = factor.as_base_exp()
            if base == variable:
                power += exponent
        parts[power] = parts.get(power, sp.Integer(0)) + term
    leading = sp.factor(parts[choose(list(parts))])
    if leading == 0:
        raise NotDerivable(f"the leading powers of {variable} cancel in {expr}: its limit needs the next order")
    return leading
