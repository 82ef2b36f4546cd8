r"""From the amplitude with one occupied line to the force between two static bodies.

With \mathbf q = \mathbf p\mp\mathbf k the denominators become p^2 - k^2, and powers of \mathbf p become gradients:

    \int\frac{d^3q}{(2\pi)^3}\frac{e^{i\mathbf q\cdot\mathbf r}\,(a+b\,\mathbf k\cdot\mathbf p)}{q^2+2\mathbf k\cdot\mathbf q}
        = e^{-i\mathbf k\cdot\mathbf r}\,(a - ib\,\mathbf k\cdot\nabla)\,f(r).

What f is depends on the question asked. The real part of Feynman's amplitude, a principal value, is the *symmetric*
response, f = \cos(kr)/(4\pi r): half the sum of the force of 1 on 2 and of 2 on 1. The force that the second body feels
in the wave scattered by the first is the *retarded* response, f = e^{\pm ikr}/(4\pi r), with \mathbf r pointing from the
first to the second; in a directional background the two bodies' forces are then not opposite, and the background takes
the difference of momentum.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.medium import CrossTerms
from nuforce_sym.errors import InputError, NotDerivable, suggestion
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.symbols import symbols

k, q, k_dot_q, r, c = symbols("k_nu q k_dot_q r c_alpha")

RESPONSES = ("symmetric", "retarded")


def outgoing_wave() -> sp.Expr:
    r"""Return \int\frac{d^3p}{(2\pi)^3}\frac{e^{i\mathbf p\cdot\mathbf r}}{p^2-k^2-i0}=\frac{e^{ikr}}{4\pi r}.

    It is Yukawa's transform at m = -ik.
    """
    m = sp.Dummy("m", positive=True)
    return position_space(1 / (q**2 + m**2), q, r).subs(m, -sp.I * k)


def principal_value() -> sp.Expr:
    r"""Return the same with the principal value, the mean of the outgoing and the incoming wave: \cos(kr)/(4\pi r)."""
    wave = outgoing_wave()
    return in_cosines((wave + wave.subs(k, -k)) / 2)


def checked_response(response: str) -> str:
    """Return the name of a response; raises `InputError` for any other."""
    if response not in RESPONSES:
        raise InputError(f"response={response!r} must be one of {', '.join(RESPONSES)}{suggestion(str(response), RESPONSES)}")
    return response


def split_numerator(numerator: sp.Expr, sign: int) -> tuple[sp.Expr, sp.Expr]:
    r"""Return a, b in T_0 + T_1 \mathbf k\cdot\mathbf q = a + b \mathbf k\cdot\mathbf p, \mathbf q=\mathbf p-sign\mathbf k.

    Raises:
        NotDerivable: the numerator is not linear in \mathbf k\cdot\mathbf q.
    """
    poly = sp.Poly(numerator, k_dot_q)
    if poly.degree() > 1 or numerator.has(q):
        raise NotDerivable(f"the numerator {numerator} must be linear in k.q, with q^2 eliminated: no rule for it")
    T_0, T_1 = poly.coeff_monomial(1), poly.coeff_monomial(k_dot_q)
    return T_0 - sign * T_1 * k**2, T_1


def shifted(numerator: sp.Expr, sign: int, wave: sp.Expr) -> sp.Expr:
    r"""Return the transform of numerator/(q^2 + 2 sign \mathbf k\cdot\mathbf q), with ``wave`` for 1/(p^2-k^2)."""
    a, b = split_numerator(numerator, sign)
    phase = sp.exp(-sign * sp.I * k * c * r)
    return phase * (a * wave - sp.I * b * k * c * sp.diff(wave, r))


def force_of_momentum(terms: CrossTerms, response: str = "symmetric") -> sp.Expr:
    r"""Return v in V(r) = \int\frac{d^3k}{(2\pi)^3}\,v(k, \cos\alpha, r), for an amplitude with one occupied line.

    ``response`` is "symmetric" or "retarded", as the module says. The occupation numbers are in v.

    Raises:
        InputError: the response has another name.
        NotDerivable: the numerator is not linear in \mathbf k\cdot\mathbf q.
    """
    if checked_response(response) == "symmetric":
        ahead = behind = principal_value()
    else:
        ahead = outgoing_wave()
        behind = ahead.subs(k, -k)
    total = shifted(terms.ahead, 1, ahead) + shifted(terms.behind, -1, behind)
    return _factored(terms.scale / (2 * terms.energy), sp.expand(in_cosines(total)))


def in_cosines(expr: sp.Expr, wave_number: sp.Expr = k) -> sp.Expr:
    r"""Return a sum of exponentials of imaginary phases with one cosine and sine per phase, phases as kr(1-c)."""

    def euler(argument: sp.Expr) -> sp.Expr:
        phase = sp.expand(argument / (sp.I * wave_number * r))
        ahead = phase.subs(c, 0)
        sign = -1 if ahead.is_negative or (ahead == 0 and phase.could_extract_minus_sign()) else 1
        phase = wave_number * r * (sign * phase)
        return sp.cos(phase) + sign * sp.I * sp.sin(phase)

    combined = sp.powsimp(sp.expand(expr))
    return sp.expand(combined.replace(lambda e: isinstance(e, sp.exp), lambda e: euler(e.args[0])))


def exponentials(expr: sp.Expr) -> sp.Expr:
    """Return sines and cosines of phases with r as exponentials; those of given numbers, such as cos(1/3), stay."""
    return expr.replace(lambda e: isinstance(e, (sp.sin, sp.cos)) and e.has(r), lambda e: e.rewrite(sp.exp))


def _factored(scale: sp.Expr, total: sp.Expr) -> sp.Expr:
    """Return scale * total with the factors common to all terms in front, each trigonometric product collected."""
    if total.has(sp.I):
        raise NotDerivable("the two terms with one occupied line do not add up to a real response")
    trigonometric: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(total):
        waves = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(sp.sin, sp.cos)))
        trigonometric[waves] = trigonometric.get(waves, sp.Integer(0)) + term / waves
    ordered = sorted(trigonometric.items(), key=lambda item: sp.default_sort_key(item[0]))
    parts = [sp.factor(scale * number) * waves for waves, number in ordered]
    return common_factor(sp.Add(*parts))


def common_factor(expr: sp.Expr) -> sp.Expr:
    """Return a sum with its common rational factor in front, the sum itself kept term by term."""
    return sp.factor_terms(expr, radical=False, clear=True)
