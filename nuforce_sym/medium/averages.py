r"""Averages of the force in a collimated background: over energies, over directions, over the bodies' transverse size.

In the phases (1\mp c)Er every term of the monochromatic force is E\cos bE or \sin bE with b = (1\mp c)r, times what does not
depend on E; an average over a spectrum replaces them by \langle E\cos bE\rangle and \langle\sin bE\rangle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium.directional import _by_wave, in_half_angles
from nuforce_sym.medium.spectra import Line, Spectrum, exact, positive
from nuforce_sym.symbols import symbols

E_nu, r, c, alpha = symbols("E_nu r c_alpha alpha_r")


def energy_average(potential: sp.Expr, spectrum: Spectrum) -> sp.Expr:
    r"""Return \int dE\,f(E)\,V(E) of a monochromatic massless potential V(E) that is a sum of waves.

    Raises:
        NotDerivable: a term is neither E\cos bE nor \sin bE times a function without E.
    """
    if isinstance(spectrum, Line):
        return potential.subs(E_nu, spectrum.E)
    b = sp.Dummy("b", positive=True)
    total = sp.Integer(0)
    for wave, factor in _by_wave(in_half_angles(potential)).items():
        rest, power = factor.as_coeff_exponent(E_nu)
        if wave == 1:
            averaged = spectrum.mean
        else:
            averaged = spectrum.sine(b) if isinstance(wave, sp.sin) else sp.diff(spectrum.sine(b), b)
            averaged = averaged.subs(b, wave.args[0] / E_nu)
        if rest.has(E_nu) or power != (0 if isinstance(wave, sp.sin) else 1):
            raise NotDerivable(f"the average of {factor * wave} over energies has no rule: only E cos bE and sin bE have")
        total += rest * averaged
    return sp.factor_terms(total)


def cone_average(potential: sp.Expr, half_angle: sp.Expr) -> sp.Expr:
    r"""Return the average over directions uniform within ``half_angle`` (radians) about \mathbf r, monochromatic.

    Raises:
        InputError: the half-angle is a number outside (0, \pi].
    """
    if half_angle == 0:
        raise InputError("a cone of half-angle 0 is one direction: give the angle between it and the separation instead")
    return _weighted(potential, sp.Integer(0), sp.cos(checked_angle(half_angle, "the cone's half-angle")))


def von_mises_fisher_average(potential: sp.Expr, kappa: sp.Expr) -> sp.Expr:
    r"""Return the average with the weight e^{-\kappa(1-c)} about \mathbf r, \kappa\approx1/\sigma_\alpha^2, monochromatic.

    Raises:
        InputError: \kappa is not positive.
    """
    return _weighted(potential, positive(kappa, "the concentration kappa"), sp.Integer(-1))


def _weighted(potential: sp.Expr, kappa: sp.Expr, lowest: sp.Expr) -> sp.Expr:
    r"""Return \int_{lowest}^1 dc\,e^{-\kappa(1-c)}V over the integral of the weight, by parts, exactly."""
    norm = 1 - lowest if kappa == 0 else (1 - sp.exp(-kappa * (1 - lowest))) / kappa
    total = sp.Integer(0)
    for wave, factor in _by_wave(in_half_angles(potential)).items():
        phase = wave.args[0] if isinstance(wave, (sp.cos, sp.sin)) else sp.Integer(0)
        rate = sp.diff(sp.expand(phase), c)
        if sp.diff(rate, c) != 0 or not sp.expand(factor).is_polynomial(c):
            raise NotDerivable(
                f"the average of {factor * wave} over directions has no rule: its phase must be linear in cos(alpha)"
            )
        total += _wave_integral(sp.Poly(sp.expand(factor), c), wave, phase, rate, kappa, lowest)
    return sp.factor_terms(total / norm)


def _wave_integral(poly: sp.Poly, wave: sp.Expr, phase: sp.Expr, rate: sp.Expr, kappa: sp.Expr, lowest: sp.Expr) -> sp.Expr:
    r"""Return \int dc\,p(c)\,e^{-\kappa(1-c)}\cos(phase), or sine: by parts with e^{\lambda c}, \lambda=\kappa+i\,rate.

    1/\lambda = (\kappa-i\,rate)/(\kappa^2+rate^2) keeps real and imaginary parts apart.
    """
    if rate == 0 and kappa == 0:
        primitive = sp.integrate(poly.as_expr(), c) * wave
        return primitive.subs(c, 1) - primitive.subs(c, lowest)
    size = kappa**2 + rate**2
    real, imaginary = sp.Integer(0), sp.Integer(0)
    derivative, re, im = poly, kappa / size, -rate / size
    for order in range(poly.degree() + 1):
        real += (-1) ** order * derivative.as_expr() * re
        imaginary += (-1) ** order * derivative.as_expr() * im
        re, im = (re * kappa + im * rate) / size, (im * kappa - re * rate) / size
        derivative = derivative.diff(c)
    damping = sp.exp(-kappa * (1 - c))
    if isinstance(wave, sp.sin):
        primitive = damping * (real * sp.sin(phase) + imaginary * sp.cos(phase))
    else:
        primitive = damping * (real * sp.cos(phase) - imaginary * sp.sin(phase))
    return primitive.subs(c, 1) - primitive.subs(c, lowest)


def transverse_average(small_angles: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    r"""Return the average of the force at small angles over a Gaussian transverse separation, of deviation \sigma each way.

    \alpha=\rho/r, and u=\rho^2/2\sigma^2 is distributed as e^{-u}: \langle\cos au\rangle=1/(1+a^2). No spread of energy is
    needed; separations along the beam do not matter.

    Raises:
        NotDerivable: the potential is no cosine of a phase proportional to \alpha^2.
    """
    sigma = positive(sigma, "the transverse deviation sigma")
    waves = _by_wave(small_angles)
    total = sp.Integer(0)
    for wave, factor in waves.items():
        a = sp.expand(wave.args[0] / alpha**2 * 2 * sigma**2 / r**2) if isinstance(wave, sp.cos) else sp.S.NaN
        if a is sp.S.NaN or a.has(alpha) or factor.has(alpha):
            raise NotDerivable(f"{factor * wave} is no cosine of a phase proportional to alpha^2: no rule for its average")
        total += factor / (1 + a**2)
    return sp.factor(total)


def checked_angle(angle: object, what: str) -> sp.Expr:
    """Return an angle in radians, a float as its shortest decimal form, so that no cancellation loses its digits.

    ``angle`` is an expression, a number, or a pair such as ``(25, "deg")`` or ``(0.4, "rad")``.

    Raises:
        InputError: it is not within 0 and pi; a number above that was probably meant in degrees.
    """
    if isinstance(angle, tuple):
        if len(angle) != 2 or angle[1] not in ("deg", "rad"):
            raise InputError(f"{what} {angle!r} must be a number of radians, or a pair such as (25, 'deg')")
        return checked_angle(exact(angle[0]) * (sp.pi / 180 if angle[1] == "deg" else 1), what)
    expr = exact(angle)
    if expr.is_number and not (expr.is_real and 0 <= expr <= sp.pi + sp.Rational(1, 10**12)):
        size = sp.N(expr, 6)
        raise InputError(f"{what} {size} must lie between 0 and pi radians; if degrees are meant, give ({size}, 'deg')")
    return expr


def unit_vector(vector: Sequence[Any], what: str) -> tuple[sp.Expr, ...]:
    """Return the components of a unit vector.

    Raises:
        InputError: it has not three real components, or its length is not 1 to 12 digits.
    """
    if len(vector) != 3:
        raise InputError(f"{what} = {vector!r} must have three components")
    components = tuple(as_expr(x) for x in vector)
    if any(x.is_number and not (x.is_real and x.is_finite) for x in components):
        raise InputError(f"{what} = {vector!r} must have real components")
    length = sp.sqrt(sp.Add(*(x**2 for x in components)))
    if length.is_number and abs(length - 1) > sp.Rational(1, 10**12):
        raise InputError(f"{what} = {vector!r} is no unit vector: its length is {sp.N(length, 6)}; divide by it")
    return components
