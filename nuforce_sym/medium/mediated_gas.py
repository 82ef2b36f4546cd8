r"""The number of the force in an isotropic gas with a mediator of mass M, to any number of digits.

    V = \sum_j\int_0^\infty\frac{k\,dk}{4\pi^2}\,n(k)\,a_j(k)\,I_j(2k),\qquad I_j(x)=\int_0^xdb\,b^{2j}D(b)

with N(b)=\sum_ja_jb^{2j} of `mediator.ray_numerator`, and D the transform of 1/(q^2-b^2) with both propagators. On panels
that keep away from every singularity of the integrand both integrals converge geometrically, in one sweep over x = 2k.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import mediator
from nuforce_sym.medium.distributions import Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.numbers import MOST_WORKING, gauss_legendre, until_settled
from nuforce_sym.medium.special_gases import Isotropic, Shell, SlowGas
from nuforce_sym.symbols import symbols

r, k, b, M, E_nu = symbols("r k_nu b_ray M_med E_nu")
MOST_PANELS = 1500
Estimate = tuple[mp.mpf, mp.mpf]


def mediated_gas(distribution: Isotropic, *, neutrino: str, mass: sp.Expr, distance: Any, heavy: Any, digits: int) -> Estimate:
    r"""Return V/(G_F^2g_Vg_V') in an isotropic background with a mediator of mass M, and how far two resolutions differ.

    Raises:
        InputError: waves cancel beyond the digits that are carried, or there are too many of them.
        NotDerivable: the mass or the distribution is a symbol, or it has no highest momentum.
    """
    if isinstance(distribution, Shell):
        energy = sp.sqrt(distribution.k_0**2 + mass**2)
        options: Any = {"energy": energy, "mediator": heavy, "neutrino": neutrino, "mass": mass}
        value, more = (mediator.mediated_shell(distance, digits=n, **options) for n in (digits, digits + 10))
        with mp.workdps(digits + 10):
            density = _number(distribution.density)
            return density * value, density * abs(value - more) + abs(density * value) * mp.mpf(10) ** -digits
    mediator.given(distance, "the distance")
    left = distribution.occupation(k, E_nu).free_symbols - {k, E_nu} | mass.free_symbols | heavy.free_symbols
    if left:
        raise NotDerivable(f"no closed form is derived for a mediator of finite mass: {sorted(map(str, left))} need numbers")

    def at(working: int) -> mp.mpf:
        with mp.workdps(working):
            place, M_, m_ = (mp.mpf(str(sp.N(v, working))) for v in (distance, heavy, mass))
            return _swept(distribution, neutrino, mass, _Place(place, M_, m_))

    found = until_settled(at, digits)
    if found is None:
        raise InputError(
            f"the waves of the gas cancel beyond {MOST_WORKING} digits there; where M r is large the contact force of "
            "background() holds"
        )
    return found


@dataclass(frozen=True)
class _Place:
    distance: mp.mpf
    heavy: mp.mpf
    mass: mp.mpf


def _swept(distribution: Isotropic, neutrino: str, mass: sp.Expr, place: _Place) -> mp.mpf:
    """Return the integral over k at mpmath's present precision."""
    coefficients, ray = _functions(neutrino, mass != 0)
    occupied = _occupation(distribution, mass)
    rule = gauss_legendre(8 + int(1.35 * mp.mp.dps))
    nodes, weights = [n for n, _ in rule], [w for _, w in rule]
    legendre, primitive = _legendre(len(nodes), mp.mp.dps)
    below = [mp.mpf(0)] * len(coefficients)
    total = mp.mpf(0)
    edges = _edges(distribution, place, len(nodes))
    for low, high in pairwise(edges):
        half = (high - low) / 2
        at = [low + half * (1 + n) for n in nodes]
        momenta = [x / 2 for x in at]
        energies = [mp.sqrt(p**2 + place.mass**2) for p in momenta]
        measure = [w * p * occupied(p) * half / (8 * mp.pi**2) for w, p in zip(weights, momenta, strict=True)]
        wave = [w * ray(x, place.distance, place.heavy) for w, x in zip(weights, at, strict=True)]
        for j, coefficient in enumerate(coefficients):
            outer = [w * coefficient(p, E) for w, p, E in zip(measure, momenta, energies, strict=True)]
            inner = [w * x ** (2 * j) for w, x in zip(wave, at, strict=True)]
            total += below[j] * mp.fsum(outer)
            # of the inner integral within the panel: its expansion in Legendre polynomials, integrated
            total += half * mp.fsum(
                (2 * n + 1) * mp.fdot(inner, legendre[n]) * mp.fdot(outer, primitive[n]) / 2 for n in range(len(nodes))
            )
            below[j] += half * mp.fsum(inner)
    return total


@cache
def even_coefficients(neutrino: str, massive: bool) -> list[sp.Expr]:
    """Return a_j(k, E) of the numerator N(b), the coefficients of b^{2j}.

    Raises:
        NotDerivable: the numerator is not even in b.
    """
    numerator = sp.Poly(mediator.of_energy(neutrino, massive), b)
    if any(power % 2 for (power,) in numerator.monoms()):
        raise NotDerivable(f"the amplitude {numerator.as_expr()} along a direction of q is not even")
    return [numerator.coeff_monomial(b ** (2 * j)) for j in range(numerator.degree() // 2 + 1)]


@cache
def _functions(neutrino: str, massive: bool) -> tuple[list[Callable[..., Any]], Callable[..., Any]]:
    """Return the a_j(k, E), and D(b)."""
    coefficients = [sp.lambdify((k, E_nu), found, "mpmath") for found in even_coefficients(neutrino, massive)]
    return coefficients, sp.lambdify((b, r, M), mediator.direction_averaged(sp.Integer(1)), "mpmath", cse=True)


def _occupation(distribution: Isotropic, mass: sp.Expr) -> Callable[[Any], Any]:
    if isinstance(distribution, Degenerate):
        return lambda _: mp.mpf(1)
    numbers = distribution.occupation(k, E_nu).subs(E_nu, sp.sqrt(k**2 + mass**2))
    return sp.lambdify(k, numbers, "mpmath")  # type: ignore[no-any-return]


@cache
def _legendre(count: int, digits: int) -> tuple[list[list[mp.mpf]], list[list[mp.mpf]]]:
    r"""Return P_n, and its integral from -1, at the nodes of Gauss and Legendre's rule."""
    with mp.workdps(digits):
        nodes = [node for node, _ in gauss_legendre(count)]
        table = [[mp.mpf(1)] * count, list(nodes)]
        for n in range(1, count):
            pairs = zip(nodes, table[n], table[n - 1], strict=True)
            table.append([((2 * n + 1) * x * p - n * before) / (n + 1) for x, p, before in pairs])
        integrals = [[x + 1 for x in nodes]]
        for n in range(1, count):
            integrals.append([(above - below) / (2 * n + 1) for above, below in zip(table[n + 1], table[n - 1], strict=True)])
        return table[:count], integrals


def _number(value: sp.Expr) -> mp.mpf:
    return mp.mpf(str(sp.N(value, mp.mp.dps)))


def _shape(distribution: Isotropic, place: _Place) -> tuple[mp.mpf, mp.mpf, list[mp.mpc]]:
    """Return the highest momentum that counts, the scale of the occupation's decrease, and its singular momenta."""
    folds = 20 + mp.mp.dps * mp.log(10)
    mass = [mp.mpc(0, place.mass)] if place.mass else []
    match distribution:
        case MaxwellBoltzmann(T=T):
            top = folds * _number(T)
            return mp.sqrt(top * (top + 2 * place.mass)), _number(T), mass
        case FermiDirac(T=T, mu=mu):
            heat, potential = _number(T), _number(mu)
            top = folds * heat + abs(potential)
            pole = mp.sqrt((potential + mp.mpc(0, mp.pi * heat)) ** 2 - place.mass**2)
            return mp.sqrt(top * (top + 2 * place.mass)), heat, [*mass, pole]
        case Relic(T=T):
            return folds * _number(T), _number(T), [*mass, mp.mpc(0, mp.pi * _number(T))]
        case PinchedGas(T=T, p=p):
            return (folds * 2 + 5 * _number(p)) * _number(T), _number(T), [*mass, *([] if p.is_Integer else [mp.mpc(0)])]
        case Degenerate(k_F=k_F):
            return _number(k_F), _number(k_F), mass
        case SlowGas(T=T):
            width = mp.sqrt(place.mass * _number(T))
            return mp.sqrt(2 * folds) * width, width, mass
    raise NotDerivable(f"{type(distribution).__name__} has no highest momentum: there is no number with a mediator")


def _edges(distribution: Isotropic, place: _Place, points: int) -> Sequence[mp.mpf]:
    """Return panels of x = 2k, none longer than half of the distance from a singularity of the integrand."""
    highest, scale, momenta = _shape(distribution, place)
    top = 2 * highest
    singular = [mp.mpc(0, place.heavy), *(2 * momentum for momentum in momenta)]
    longest = min(points / (4 * place.distance), points * scale / 2)
    # at a singular momentum of 0 the integrand is at most of order k^3
    found = [mp.mpf(0), min(top / 4, longest) * mp.mpf(10) ** (-mp.mp.dps / 3)] if 0 in singular else [mp.mpf(0)]
    while found[-1] < top:
        step = min([longest, *(abs(found[-1] - point) / 2 for point in singular)])
        found.append(min(top, found[-1] + step))
        if len(found) > MOST_PANELS:
            raise InputError(
                f"the force of this gas has too many waves at k r = {float(highest * place.distance):.3g}: they need more than "
                f"{MOST_PANELS} panels; where M r is large the contact force of background() holds"
            )
    return found
