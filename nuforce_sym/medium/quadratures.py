"""Numbers of forces that have no closed form, each with an estimate of its error: integrals over momenta and energies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import spectra
from nuforce_sym.medium.distributions import Degenerate
from nuforce_sym.medium.numbers import oscillating_integral
from nuforce_sym.medium.special_gases import Isotropic, PowerLaw
from nuforce_sym.symbols import symbols

k, E_nu, n_plus, n_minus = symbols("k_nu E_nu n_plus n_minus")
Estimate = tuple[mp.mpf, mp.mpf]
MOST_TURNS = 2000


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
