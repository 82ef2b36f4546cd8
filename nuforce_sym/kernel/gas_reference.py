"""The functions of `gas_functions` by FLINT's balls."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from flint import acb, arb, ctx

from nuforce_sym.gas_functions import (
    FermiCosine,
    FermiSine,
    FermiSpecies,
    MatsubaraDirac,
    MatsubaraMajorana,
    PinchedForce,
    PowerLawForce,
)
from nuforce_sym.kernel import matsubara_proof, species_proof

_TERMS, _LINES = 40, 54


@cache
def _fermi_coefficient(k: int, more: int) -> arb:
    """Return the coefficient of x^(2k+1-more) in the series of a mean over t^2/(e^t + 1), |x| < 1."""
    with ctx.workprec(300):
        n = 2 * k + 4
        eta = (1 - arb(2) ** (1 - n)) * arb(n).zeta()
        value: arb = eta * (2 * k + 3) * (2 * k + 2) * ((2 * k + 1) if more else 1) * (-1) ** k / (arb(3).zeta() * 3 / 2)
        return value


def _fermi(more: int, x: arb) -> arb:
    if abs(x) < 0.25:
        v = x * x
        total, power = arb(0), arb(1) if more else x
        for k in range(_TERMS):
            total += _fermi_coefficient(k, more) * power
            power *= v
        # From the first on, alternating terms fall.
        return total + (power * _fermi_coefficient(_TERMS, more)).union(arb(0))
    y = arb.pi() * x
    sinh, norm = y.sinh(), arb(3).zeta() * 3 / 2
    if not more:
        return (arb.pi() ** 3 / 2 * (1 / sinh + 2 / sinh**3) - 1 / x**3) / norm
    return (3 / x**4 - arb.pi() ** 4 / 2 * y.cosh() * (sinh**2 + 6) / sinh**4) / norm


def _power_law(s: arb, x: arb) -> arb:
    return s.rgamma() * x**s / ((2 - s) / 2).sinc_pi()


def _pinched(p: arb, x: arb) -> arb:
    with ctx.workprec(ctx.prec + 240):  # a difference that cancels to x^3
        line = acb(1, -x) ** acb(-p - 2)
        value: arb = line.imag - (p + 2) * x * line.real
        return value


@cache
def _weights() -> tuple[list[arb], arb]:
    with ctx.workprec(200):
        signed = [arb(w) * (-1) ** j for j, w in enumerate(species_proof.weights(_LINES))]
        return signed, species_proof.remainder(_LINES)


def _species(a: arb, x: arb) -> arb:
    signed, remainder = _weights()
    with ctx.workprec(min(ctx.prec, 140)):
        z, v, total = (-a).exp(), x * x, arb(0)
        for j in range(_LINES, 0, -1):
            line = j * j + v
            total = (total + signed[j - 1] / (line * line)) * z
        return total + (remainder * z / (1 + v) ** 2) * arb(0, 1)


def _matsubara(heavy: int, kappa: arb, b: arb) -> arb:
    first, total, n = matsubara_proof.exponent(0, kappa, b), arb(0), 0
    while n < 2 or matsubara_proof.exponent(n, kappa, b) - first < 62:  # e^-62 = 1e-27
        w = matsubara_proof.exponent(n, kappa, b)
        total += (1 + heavy * (kappa * b) ** 2 + w) * (-w).exp()
        n += 1
    return total * (1 + matsubara_proof.rest(n, kappa, b) * arb(0, 1))


OPERATIONS: dict[type, Callable[..., arb]] = {
    FermiSine: lambda x: _fermi(0, x),
    FermiCosine: lambda x: _fermi(1, x),
    PowerLawForce: _power_law,
    FermiSpecies: _species,
    MatsubaraDirac: partial(_matsubara, 1),
    MatsubaraMajorana: partial(_matsubara, 0),
    PinchedForce: _pinched,
}
