"""Numbers of forces that have no closed form, each with an estimate of its error: integrals over momenta and energies."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import mpmath as mp
import numpy as np
import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import mediator, spectra
from nuforce_sym.medium.distributions import Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.numbers import oscillating_integral
from nuforce_sym.medium.special_gases import Isotropic, PowerLaw, Shell, SlowGas
from nuforce_sym.symbols import symbols

r, k, b, M, E_nu, m_nu, n_plus, n_minus = symbols("r k_nu b_ray M_med E_nu m_nu n_plus n_minus")
Estimate = tuple[mp.mpf, mp.mpf]
MOST_TURNS = 2000
RELATIVE = 1e-6


def gas(
    integrand: sp.Expr, distribution: Isotropic, mass: sp.Expr, at: Mapping[sp.Symbol, Any], digits: int, *, twice: bool
) -> Estimate:
    r"""Return \int dk\,w of an isotropic distribution, and how far two divisions of the momenta differ, if done ``twice``."""
    if isinstance(distribution, PowerLaw):
        raise NotDerivable("a power law of massive neutrinos has no convergent integral over momenta")
    occupied = integrand.xreplace({n_plus: distribution.occupation(k, E_nu), n_minus: sp.Integer(0)})
    occupied = occupied.subs(E_nu, sp.sqrt(k**2 + mass**2))
    upper = as_expr(distribution.k_F).xreplace(dict(at)) if isinstance(distribution, Degenerate) else sp.oo
    value = oscillating_integral(occupied, k, upper, at, digits)
    other = oscillating_integral(occupied, k, upper, at, digits, begin=sp.Rational(7, 5)) if twice else value
    return value, abs(value - other) + abs(value) * mp.mpf(10) ** -digits


def highest_momentum(distribution: Isotropic, mass: float) -> float:
    """Return a momentum above which fewer than e^{-50} of a state is occupied."""
    match distribution:
        case MaxwellBoltzmann(T=T) | Relic(T=T):
            energy = 50 * float(T)
        case FermiDirac(T=T, mu=mu):
            energy = 50 * float(T) + abs(float(mu))
        case PinchedGas(T=T, p=p):
            energy = float(T) * (70 + 5 * float(p))
        case Degenerate(k_F=k_F):
            return float(k_F)
        case SlowGas(T=T):
            return float(np.sqrt(100 * mass * float(T)))
        case _:
            raise NotDerivable(f"{type(distribution).__name__} has no highest momentum: there is no number with a mediator")
    if isinstance(distribution, (Relic, PinchedGas)):
        return energy
    return float(np.sqrt(energy * (energy + 2 * mass)))


def _panels(low: float, high: float, count: int, points: int) -> tuple[Any, Any]:
    nodes, weights = np.polynomial.legendre.leggauss(points)
    edges = np.linspace(low, high, count + 1)
    at = [(x + y) / 2 + (y - x) / 2 * nodes for x, y in pairwise(edges)]
    return np.concatenate(at), np.concatenate([(y - x) / 2 * weights for x, y in pairwise(edges)])


def mediated_gas(distribution: Isotropic, *, neutrino: str, mass: sp.Expr, distance: Any, heavy: Any, digits: int) -> Estimate:
    r"""Return V/(G_F^2g_Vg_V') in an isotropic background with a mediator of mass M, and an estimate of its error.

    V=\int_0^\infty db\,D(b)\int_{b/2}^\infty\frac{k\,dk}{4\pi^2}\,n(k)N(b,k), with D the transform of 1/(q^2-b^2) and both
    propagators. One momentum is done to ``digits``, a gas in double precision, at two resolutions.

    Raises:
        InputError: waves and exponentials cancel beyond double precision, or there are too many of them.
        NotDerivable: the mass or the distribution is a symbol.
    """
    if isinstance(distribution, Shell):
        energy = sp.sqrt(distribution.k_0**2 + mass**2)
        options: Any = {"energy": energy, "mediator": heavy, "neutrino": neutrino, "mass": mass}
        value, more = (mediator.mediated_shell(distance, digits=n, **options) for n in (digits, digits + 10))
        density = mp.mpf(str(sp.N(distribution.density, digits + 10)))
        return density * value, density * abs(value - more) + abs(density * value) * mp.mpf(10) ** -digits
    mediator.given(distance, "the distance")
    left = distribution.occupation(k, E_nu).free_symbols - {k, E_nu} | mass.free_symbols | heavy.free_symbols
    if left:
        raise NotDerivable(f"no closed form is derived for a mediator of finite mass: {sorted(map(str, left))} need numbers")
    low, high = (_double_gas(distribution, neutrino, float(mass), float(distance), float(heavy), n) for n in (24, 36))
    error = abs(low - high)
    if not error <= RELATIVE * abs(high):
        raise InputError(
            f"the integral over the gas gives {low:.8g} and {high:.8g} at two resolutions: waves cancel there; where M r is "
            "large the contact force of background() holds"
        )
    return mp.mpf(high), mp.mpf(error + 1e-12 * abs(high))


def _double_gas(distribution: Isotropic, neutrino: str, mass: float, r_: float, M_: float, points: int) -> float:
    top = highest_momentum(distribution, mass)
    waves = int(2 * top * r_ / 6) + int(2 * top / max(M_, 1e-3 * top)) + 8
    if waves > MOST_TURNS:
        raise InputError(f"the force of this gas at that distance has {waves} waves; it is done up to {MOST_TURNS}")
    # in units of the highest momentum, so that no power leaves double precision
    r_, M_, mass = r_ * top, M_ / top, mass / top
    numerator = sp.lambdify((b, k, E_nu), mediator.of_energy(neutrino, mass > 0), "numpy")
    ray = sp.lambdify((b, r, M), mediator.direction_averaged(sp.Integer(1)), "numpy")
    occupied = sp.lambdify(k, distribution.occupation(k, E_nu).subs(E_nu, sp.sqrt(k**2 + (mass * top) ** 2)), "numpy")
    at_b, weight_b = _panels(0.0, 2.0, waves, points)
    x, weight_x = _panels(0.0, 1.0, 12, points)
    # the momenta above b/2, denser towards the lower ones
    lowest = at_b[:, None] / 2
    momenta = lowest + (1 - lowest) * x**2
    measure = (1 - lowest) * 2 * x * weight_x
    energies = np.sqrt(momenta**2 + mass**2)
    with np.errstate(over="ignore"):  # 1/(e^x + 1) is 0 where e^x is infinite
        n = np.ones_like(momenta) if isinstance(distribution, Degenerate) else occupied(momenta * top)
    inner = (measure * momenta * n * numerator(at_b[:, None], momenta, energies)).sum(axis=1) / (4 * np.pi**2)
    return float(weight_b @ (inner * ray(at_b, r_, M_))) * top**5


def limits(spectrum: spectra.Spectrum) -> tuple[sp.Expr, sp.Expr]:
    """Return energies between which all of a spectrum lies, to 20 digits."""
    match spectrum:
        case spectra.Gaussian(E_0=E_0, sigma=sigma):
            return sp.Max(0, E_0 - 10 * sigma), E_0 + 10 * sigma
        case spectra.Box(E_1=E_1, E_2=E_2):
            return E_1, E_2
        case spectra.Pinched(p=p, T=T):
            return sp.Integer(0), (60 + 5 * p) * T
        case spectra.FermiDirac(T=T):
            return sp.Integer(0), 60 * T
    raise NotDerivable(f"{spectrum!r} is one energy: nothing is averaged")


def over_energies(
    monochromatic: sp.Expr, spectrum: spectra.Spectrum, mass: sp.Expr, at: Mapping[sp.Symbol, Any], digits: int
) -> Estimate:
    r"""Return \int dE\,f(E)\,V(E), V a closed form in E_\nu, by quadrature between its turns, and an estimate of its error.

    Raises:
        InputError: symbols are left, part of the spectrum lies below the mass, or the phases turn too often.
    """
    placed = monochromatic.xreplace({s: spectra.exact(v) for s, v in at.items() if s != E_nu})
    left = placed.free_symbols - {E_nu}
    if left:
        raise InputError(f"the potential needs values for {', '.join(sorted(s.name for s in left))}")
    low, high = limits(spectrum)
    if mass > low and isinstance(spectrum, spectra.Box):
        raise InputError(f"the spectrum begins at {low}, below the mass {mass}: E is the total energy")
    low = sp.Max(low, mass)
    turns = max((abs(sp.N((w.args[0]).subs(E_nu, high) - w.args[0].subs(E_nu, low), 15)) for w in _waves(placed)), default=0)
    if turns > MOST_TURNS:
        raise InputError(
            f"the phase of the force turns by {float(turns):.3g} over the spectrum, more than {MOST_TURNS}: "
            "average a closed form, with a Line or without the spread"
        )
    density = sp.Integer(1) if isinstance(spectrum, spectra.Box) else spectrum.density(E_nu)
    norm = 1 / (high - low) if isinstance(spectrum, spectra.Box) else sp.Integer(1)
    with mp.workdps(digits + 15):
        function = sp.lambdify(E_nu, placed * density * norm, "mpmath", cse=True)
        weight = sp.lambdify(E_nu, density * norm, "mpmath")
        first, last = (mp.mpf(str(sp.N(as_expr(e), digits + 15))) for e in (low, high))
        pieces = 8 + int(turns / 3)

        def total(f: Any, count: int) -> mp.mpf:
            # towards the lower end of the energies in quadratic steps; Gauss's nodes keep away from it, where terms cancel
            edges = [first + (last - first) * mp.mpf(j * j) / count**2 for j in range(count + 1)]
            return mp.quad(f, edges, method="gauss-legendre")

        if abs(total(weight, pieces) - 1) > mp.mpf("1e-9"):
            raise InputError(f"part of the spectrum lies below the mass {mass}: E is the total energy")
        size = max(abs(function(first + (last - first) * mp.mpf(j) / 40)) for j in range(1, 40)) or mp.mpf(1)
        value, other = (size * total(lambda e: function(e) / size, count) for count in (pieces, pieces + 3))
        return value, abs(value - other) + abs(value) * mp.mpf(10) ** -digits


def _waves(formula: sp.Expr) -> list[sp.Expr]:
    return [w for w in formula.atoms(sp.sin, sp.cos) if w.has(E_nu)]
