r"""Amplitudes with the logarithm of a massless loop: their transform, and their moments with e^{-\kappa r}.

    \mathcal V(q) = A(q^2) + B(q^2)\ln\frac{q^2}{\mu^2},\qquad A, B\ \text{rational}

On the cut, q^2 = -t, the logarithm has the density -B(-t). Where B has a pole at q^2 = -M^2 the cut goes through it: the
density is a principal value, and the pole itself carries \ln(M^2/\mu^2), the mean of the logarithm on both sides,

    \frac{\ln(q^2/\mu^2)}{q^2+M^2} = \frac{\ln(M^2/\mu^2)}{q^2+M^2}
        + \mathrm P\!\!\int_0^\infty\frac{dt}{(t-M^2)(q^2+t)}.

Poles of higher order follow by derivatives with respect to M^2.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.fourier import poles, position_space
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density


def pole_with_logarithm(M_squared: sp.Expr, mu: sp.Expr, r: sp.Symbol) -> sp.Expr:
    r"""Return the transform of \ln(q^2/\mu^2)/(q^2+M^2), M > 0,

        \frac{1}{4\pi r}\left[e^{-Mr}\ln\frac{M^2}{\mu^2} + e^{Mr}E_1(Mr) - e^{-Mr}\mathrm{Ei}(Mr)\right].

    With t = y^2 the principal value is \frac1{4\pi r}\int_0^\infty dy\,e^{-yr}[1/(y-M)+1/(y+M)].
    """
    M = sp.sqrt(M_squared)
    yukawa = sp.exp(-M * r) / (4 * sp.pi * r)
    return yukawa * 2 * sp.log(M / mu) + (_cauchy(M, r, above=False) + _cauchy(M, r, above=True)) / (4 * sp.pi * r)


def _cauchy(M: sp.Expr, r: sp.Symbol, *, above: bool) -> sp.Expr:
    r"""Return \int_0^\infty e^{-yr}/(y+M)dy = e^{Mr}E_1(Mr) (DLMF 6.2.2), or with ``above`` the principal value for -M.

    E_1(-x\pm i0) = -\mathrm{Ei}(x)\mp i\pi (DLMF 6.5.1), whose mean over both sides of the cut is -Ei.
    """
    return -sp.exp(-M * r) * sp.Ei(M * r) if above else sp.exp(M * r) * sp.expint(1, M * r)


def massless_pole_with_logarithm(mu: sp.Expr, r: sp.Symbol) -> sp.Expr:
    r"""Return the transform of \ln(q^2/\mu^2)/q^2, the limit M -> 0 of `pole_with_logarithm`: -(\ln\mu r+\gamma)/(2\pi r).

    E_1(x) = -\gamma-\ln x+O(x) and \mathrm{Ei}(x) = \gamma+\ln x+O(x) (DLMF 6.6.1, 6.6.2).
    """
    M = sp.Dummy("M", positive=True)
    small = sp.EulerGamma + sp.log(M * r)
    limit = (2 * sp.log(M / mu) - 2 * small) / (4 * sp.pi * r)
    # The limit does not depend on M any more, which may stand for any mass: M = mu.
    return limit.subs(M, mu)


def position_space_with_logarithm(amplitude: sp.Expr, q: sp.Symbol, r: sp.Symbol) -> sp.Expr:
    r"""Return V(r), r > 0, of A(q^2) + B(q^2)\ln(q^2/\mu^2).

    Polynomials in A are contact terms and are refused, as in `fourier.position_space`; those in B are not, they are
    the powers 1/r^3, 1/r^5, ... of massless loops.

    Raises:
        NotDerivable: A or B is not rational, or has poles elsewhere than at q^2 = -M^2.
    """
    A, B, mu, Q = _split(amplitude, q)
    regular, terms = _partial_fractions(B, Q)
    total = sp.Integer(0) if A == 0 else position_space(A.subs(Q, q**2), q, r)
    if regular != 0:
        t = sp.Dummy("t", positive=True)
        total += potential_from_density(SpectralDensity(sp.expand(-regular.subs(Q, -t)), t, sp.Integer(0)), r)
    for coefficient, M_squared, order in terms:
        if M_squared == 0:
            total += coefficient * massless_pole_with_logarithm(mu, r)
        else:
            total += coefficient * _raised(lambda M2: pole_with_logarithm(M2, mu, r), M_squared, order)
    return _by_function(sp.expand(total, log=False))


def laplace_moment(amplitude: sp.Expr, q: sp.Symbol, kappa: sp.Expr, *, power: int = 1) -> sp.Expr:
    r"""Return \int_0^\infty r^n e^{-\kappa r}V(r)\,dr, n = ``power`` = 1, 2, ..., from the amplitude of V; elementary.

    \int r e^{-\kappa r}V\,dr = \int\frac{d^3q}{(2\pi)^3}\frac{\mathcal V(q)}{q^2+\kappa^2} is the potential at the origin
    of the amplitude with one more pole, where only the terms of order r of each r V count: -M of a Yukawa
    potential, -M\ln(M^2/\mu^2) of `pole_with_logarithm`. Higher powers are derivatives -d/d\kappa. Hydrogen's matrix
    elements are sums of such moments.

    Raises:
        NotDerivable: the moment diverges at r = 0, or the amplitude is not of the form A + B ln(q^2/mu^2).
        InputError: ``kappa`` is not positive, or ``power`` is not a positive integer.
    """
    kappa = as_expr(kappa)
    if not kappa.is_positive:
        raise InputError(f"kappa must be positive for e^(-kappa r) to decay; got {kappa}")
    if not (type(power) is int and power >= 1):
        raise InputError(f"the power of r is 1, 2, ...; got {power}")
    A, B, mu, Q = _split(amplitude, q)
    K = sp.Dummy("kappa", positive=True)
    damping = ((-1) ** (power - 1) * sp.diff(1 / (Q + K**2), K, power - 1)).subs(K, kappa)
    total = sp.Integer(0)
    for part, logarithmic in ((A, False), (B, True)):
        if part == 0:
            continue
        numerator, denominator = sp.fraction(sp.together(part))
        falls = sp.degree(denominator, Q) - sp.degree(numerator, Q)
        # V ~ r^(2 falls - 3) at the origin
        if power + 2 * falls <= 2:
            raise NotDerivable(
                f"the amplitude {amplitude} falls too slowly for large {q}: its potential is too singular at r = 0 for the "
                f"moment with r^{power}; use an amplitude that is complete at short distance"
            )

        def origin(M2: sp.Expr, logarithmic: bool = logarithmic) -> sp.Expr:
            return -sp.sqrt(M2) * (2 * sp.log(sp.sqrt(M2) / mu) if logarithmic else 1) / (4 * sp.pi)

        for coefficient, M_squared, order in _partial_fractions(sp.cancel(sp.together(part * damping)), Q)[1]:
            if M_squared != 0:
                total += coefficient * _raised(origin, M_squared, order)
    return _by_function(sp.expand(total, log=False))


def _split(amplitude: sp.Expr, q: sp.Symbol) -> tuple[sp.Expr, sp.Expr, sp.Expr, sp.Symbol]:
    r"""Return (A, B, mu, Q) with the amplitude A(Q) + B(Q) ln(Q/mu^2), Q = q^2."""
    Q, L = sp.Dummy("Q", positive=True), sp.Dummy("L")
    logarithms = [f for f in amplitude.atoms(sp.log) if f.has(q)]
    scales = {sp.cancel(q**2 / f.args[0]) for f in logarithms}
    if len(scales) > 1 or any(s.has(q) for s in scales):
        raise NotDerivable(f"{amplitude} has another logarithm than one ln({q}^2/mu^2)")
    replaced = amplitude.xreplace(dict.fromkeys(logarithms, L)).subs(q, sp.sqrt(Q))
    mu = sp.sqrt(scales.pop()) if scales else sp.Integer(1)
    expanded = sp.expand(replaced, log=False)
    A, B = (sp.cancel(sp.together(expanded.coeff(L, n))) for n in (0, 1))
    if sp.expand(expanded - expanded.coeff(L, 0) - expanded.coeff(L, 1) * L) != 0:
        raise NotDerivable(f"{amplitude} is not linear in its logarithm")
    if not (A.is_rational_function(Q) and B.is_rational_function(Q)):
        raise NotDerivable(f"{amplitude} is not rational in {q}^2 besides its logarithm")
    return A, B, mu, Q


def _partial_fractions(rational: sp.Expr, Q: sp.Symbol) -> tuple[sp.Expr, list[tuple[sp.Expr, sp.Expr, int]]]:
    """Return the polynomial part and (coefficient, M^2, order) of each term coefficient/(Q + M^2)^order."""
    numerator, denominator = sp.fraction(sp.together(rational))
    regular, rest = sp.div(sp.Poly(numerator, Q), sp.Poly(denominator, Q))
    terms = []
    for M_squared, highest in poles(denominator, Q, rational):
        stripped = sp.cancel(rest.as_expr() * (Q + M_squared) ** highest / denominator)
        for order in range(1, highest + 1):
            k = highest - order
            coefficient = sp.factor((sp.diff(stripped, Q, k) / sp.factorial(k)).subs(Q, -M_squared))
            if coefficient != 0:
                terms.append((coefficient, M_squared, order))
    return regular.as_expr(), terms


def _raised(rule, M_squared: sp.Expr, order: int) -> sp.Expr:  # type: ignore[no-untyped-def]
    r"""Return the rule for 1/(Q+M^2)^{order}: (-d/dM^2)^{order-1}/(order-1)! of the rule for a simple pole."""
    M2 = sp.Dummy("M2", positive=True)
    return (sp.diff(rule(M2), M2, order - 1) * (-1) ** (order - 1) / sp.factorial(order - 1)).subs(M2, M_squared)


def _by_function(expr: sp.Expr) -> sp.Expr:
    """Return a sum over the transcendental factors that occur, each with a factored coefficient."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(expr):
        functions = [f for f in sp.Mul.make_args(term) if f.atoms(sp.exp, sp.log, sp.expint, sp.Ei)]
        key = sp.Mul(*functions)
        found[key] = found.get(key, sp.Integer(0)) + term / key
    return sp.Add(*(sp.factor(c) * key for key, c in sorted(found.items(), key=lambda item: sp.default_sort_key(item[0]))))
