r"""The angle through s = \sin^2(\alpha/2), so that a small angle keeps its digits.

\cos\alpha = 1 - 2s rounds to one for every angle below 1e-8, but the phase (1-\cos\alpha)Er = 2sEr may still be large:
at E r = 10^{14} the force of a beam falls off at 10^{-7}.
"""

from __future__ import annotations

import math
import re

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbols

s, c, E_nu, r = symbols("sin2_half_alpha c_alpha E_nu r")
_ANGLE = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*([a-zA-Z]+)")
_UNITS = {"rad": 1.0, "mrad": 1e-3, "urad": 1e-6, "deg": math.pi / 180}


def in_half_angle(potential: sp.Expr, scale: sp.Expr) -> sp.Expr:
    r"""Return ``scale`` times a sum of cosines and sines of the phases 2sEr and 2(1-s)Er, each with its own factor.

    The phases are written out as sums of products, which is what a numeric kernel keeps exactly.
    """
    placed = sp.expand(potential.xreplace({c: 1 - 2 * s}) / scale)
    factors: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(placed):
        rest, wave = term.as_independent(sp.cos, sp.sin)
        wave = wave.replace(lambda e: isinstance(e, (sp.cos, sp.sin)), lambda e: e.func(sp.expand(e.args[0])))
        sign, wave = wave.as_coeff_Mul()  # sin is odd: SymPy may have taken a minus sign out of the phase
        factors[wave] = factors.get(wave, sp.Integer(0)) + sign * rest
    terms = [_positive_ahead(sp.factor(factors[wave])) * wave for wave in sorted(factors, key=sp.default_sort_key)]
    return scale * sp.Add(*terms)


def spectrum_average(potential: sp.Expr, scale: sp.Expr, sine: sp.Expr, cosine: sp.Expr, b: sp.Symbol) -> sp.Expr:
    r"""Return the average over energies of ``scale`` times a sum of waves of the phases 2sEr and 2(1-s)Er.

    ``sine`` and ``cosine`` are \langle\sin bE\rangle and \langle E\cos bE\rangle as functions of ``b``, for \sin bE and
    E\cos bE in every term. The length b = 2sr or 2(1-s)r stays factored but in the phases of sines and cosines.

    Raises:
        NotDerivable: a term is neither.
    """
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(potential / scale, deep=False)):
        rest, wave = term.as_independent(sp.cos, sp.sin)
        rest, power = (rest * E_nu).as_coeff_exponent(E_nu)
        if not isinstance(wave, (sp.cos, sp.sin)) or power != (0 if isinstance(wave, sp.sin) else 1):
            raise NotDerivable(f"the average of {term} over energies has no rule: only E cos bE and sin bE have")
        sign, length = _turned(sp.factor(wave.args[0] / E_nu))
        rest = sign * rest if isinstance(wave, sp.sin) else rest
        for piece in sp.Add.make_args(sine if isinstance(wave, sp.sin) else cosine):
            sign, factor = _turned(sp.factor(rest))
            total += sp.Mul(sign, factor, *sp.Mul.make_args(_expanded_phases(piece.xreplace({b: length}))), 1 / E_nu)
    return scale * total


def _turned(product: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return a sign and a product whose sums are positive at alpha = 0: 1 - s rather than s - 1."""
    sign, result = sp.Integer(1), sp.Integer(1)
    for factor in sp.Mul.make_args(product):
        base, power = factor.as_base_exp()
        if isinstance(base, sp.Add) and power.is_Integer and base.subs(s, 0).is_negative:
            sign *= (-1) ** power
            base = sp.expand(-base)
        result *= base**power
    number, rest = result.as_coeff_Mul()
    return (-sign, -number * rest) if number.is_negative else (sign, result)


def _expanded_phases(expr: sp.Expr) -> sp.Expr:
    return expr.replace(lambda e: isinstance(e, (sp.cos, sp.sin)), lambda e: e.func(sp.expand(e.args[0])))


def _positive_ahead(product: sp.Expr) -> sp.Expr:
    """Return a product with its sums turned so that they are positive at alpha = 0: 1 - s rather than -(s - 1)."""
    result = sp.Integer(1)
    for factor in sp.Mul.make_args(product):
        turned = isinstance(factor, sp.Add) and bool(factor.subs(s, 0).is_negative)
        result *= -sp.expand(-factor) if turned else factor
    return result


def sin2_half(alpha: float) -> float:
    r"""Return \sin^2(\alpha/2) for an angle in radians between 0 and \pi.

    Raises:
        InputError: it lies outside; the message asks whether degrees were meant.
    """
    if not 0 <= alpha <= math.pi:
        hint = f" If degrees were meant: '{alpha:g} deg'." if math.isfinite(alpha) and 0 <= alpha <= 180 else ""
        raise InputError(f"the angle {alpha!r} must lie between 0 and pi radians.{hint}")
    return math.sin(alpha / 2) ** 2


def angle(text: str) -> float:
    """Return an angle in radians from a text such as "0.1 rad", "3 deg" or "2 urad".

    Raises:
        InputError: the unit is missing or unknown, or the angle lies outside 0 ... pi.
    """
    match = _ANGLE.fullmatch(text.strip())
    if not match or match[2] not in _UNITS:
        raise InputError(f"an angle has a number and a unit, one of {', '.join(_UNITS)}: '0.1 rad', '3 deg'; got {text!r}")
    alpha = float(match[1]) * _UNITS[match[2]]
    sin2_half(alpha)
    return alpha
