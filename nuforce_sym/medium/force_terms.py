r"""Which integral the force of a background is: every distribution, neutrino and average that has one dimension.

* isotropic: over momenta, `isotropic.radial_integrand`, with the occupation's own bound at large momenta;
* with a mediator of finite mass: over b, see `mediated_terms`;
* one energy, or a power of the momentum: the closed form, nothing to integrate;
* a beam with a spectrum: over energies, where all of the spectrum lies to 20 digits (`quadratures.limits`), and the closed
  form of one energy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy as sp
from flint import arb

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium import mediated_terms, quadratures, spectra
from nuforce_sym.medium.balls import enclosed
from nuforce_sym.medium.distributions import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.force_integrals import ForceIntegral, Tail, Term, x
from nuforce_sym.medium.special_gases import PowerLaw, Shell, SlowGas
from nuforce_sym.symbols import symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.composition import Background

r, k, E_nu, n_plus, n_minus = symbols("r k_nu E_nu n_plus n_minus")


FAR = sp.Rational(13, 2)
"""How many standard deviations the mean energy of a massive beam is at least above the mass: 4e-11 lies below."""


def force_integral(it: Background) -> ForceIntegral:
    """Return V(r) of a background without symbols, G_F's value put in, as an integral with enclosures.

    Raises:
        InputError: part of a beam's spectrum lies below the neutrino's mass.
        NotDerivable: the force is an integral of more dimensions: a beam with a mediator of finite mass, or two balls.
    """
    if it.mediator is not None:
        return _mediated(it)
    if it.radius is not None:
        raise NotDerivable("the force of two balls is not enclosed: use number()")
    if isinstance(it.distribution, Beam):
        return _closed(it) if isinstance(it.distribution.spectrum, spectra.Line) else _over_energies(it)
    if isinstance(it.distribution, (Shell, PowerLaw)):
        return _closed(it)
    return _closed(it) if _elementary(it) else _over_momenta(it)


def _mediated(it: Background) -> ForceIntegral:
    d = it.distribution
    if isinstance(d, (Beam, PowerLaw)):
        raise NotDerivable(f"the force of a {type(d).__name__} with a mediator of finite mass is not enclosed: use number()")
    if isinstance(d, Shell):
        return mediated_terms.mediated_shell(it)
    start, falls = (None, None) if isinstance(d, Degenerate) else _fall(d, it.mass)
    return mediated_terms.mediated(it, start, falls, it.mass)


def _elementary(it: Background) -> bool:
    """Whether a gas is massless and its force elementary: no waves to integrate, at any distance."""
    d = it.distribution
    return it.mass == 0 and (
        isinstance(d, (Relic, MaxwellBoltzmann, Degenerate)) or (isinstance(d, FermiDirac) and d.antineutrinos)
    )


def _closed(it: Background) -> ForceIntegral:
    return ForceIntegral((Term(sp.Integer(1), sp.Integer(1), _falling(it.potential())),))


def _falling(formula: sp.Expr) -> sp.Expr:
    r"""Return hyperbolic functions as e^y(1\mp e^{-2y})/2, whose ratios stay bounded where y is a wide ball."""
    for function, sign in ((sp.sinh, -1), (sp.cosh, 1)):
        formula = formula.replace(function, lambda y, sign=sign: sp.exp(y) * (1 + sign * sp.exp(-2 * y)) / 2)
    return formula


def _over_momenta(it: Background) -> ForceIntegral:
    distribution, mass = it.distribution, it.mass
    if isinstance(distribution, (Beam, Shell, PowerLaw)):
        raise NotDerivable(f"{type(distribution).__name__} is no smooth occupation of momenta")
    energy = x if mass == 0 else sp.sqrt(x**2 + mass**2)
    integrand = sp.expand(it.charged(it.radial()).xreplace({n_minus: sp.Integer(0)}))
    integrand = sp.expand(integrand.xreplace({E_nu: k})) if mass == 0 else integrand
    terms, powers = [], []
    for term in sp.Add.make_args(integrand):
        (wave,) = term.atoms(sp.sin, sp.cos)
        coefficient, a = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in (wave, n_plus))).as_coeff_exponent(k)
        coefficient, b = coefficient.as_coeff_exponent(E_nu)
        occupied = sp.Integer(1) if isinstance(distribution, Degenerate) else distribution.occupation(x, energy)
        terms.append(Term(x**a * energy**b * occupied, wave.xreplace({k: x}), coefficient))
        powers.append((int(a), int(b)))
    if isinstance(distribution, Degenerate):
        return ForceIntegral(tuple(terms), sp.Integer(0), as_expr(distribution.k_F))
    start, falls = _fall(distribution, mass)

    def tail(low: arb) -> Tail:
        largest, power, rate = falls(low)
        E = low if mass == 0 else (low**2 + _number(mass) ** 2).sqrt()
        # E/E(low) <= x/low beyond low, for E/x falls
        sizes = tuple(low**a * E**b * largest for a, b in powers)
        return Tail(sizes, tuple(power + max(a, 0) + max(b, 0) for a, b in powers), rate)

    return ForceIntegral(tuple(terms), sp.Integer(0), None, start, tail)


def _number(value: sp.Expr) -> arb:
    found: arb = enclosed(as_expr(value), ())()
    return found


def _fall(
    distribution: MaxwellBoltzmann | FermiDirac | Relic | PinchedGas | SlowGas, mass: sp.Expr
) -> tuple[Callable[[int], sp.Expr], Callable[[arb], tuple[arb, int, arb]]]:
    r"""Return where to cut the momenta for an accuracy of 2^{-bits}, and of a momentum K there (N, p, 1/T):

    n_+ + n_- \leq N(k/K)^pe^{-(k-K)/T} for k \geq K.
    """
    T = distribution.T
    match distribution:
        case MaxwellBoltzmann(N_0=N_0):  # E - E(K) >= (k - K) K/E(K)
            return _enough(T, 0), lambda K: (_number(N_0) * (-_energy(K, mass) / _number(T)).exp(), 0, _slope(K, mass, T))
        case Relic():
            return _enough(T, 0), lambda K: (2 * (-K / _number(T)).exp(), 0, 1 / _number(T))
        case FermiDirac(mu=mu, antineutrinos=both):

            def fermi(K: arb) -> tuple[arb, int, arb]:
                E, t, m = _energy(K, mass), _number(T), _number(mu)
                return ((m - E) / t).exp() + (((-m - E) / t).exp() if both else 0), 0, _slope(K, mass, T)

            return _enough(T, abs(mu)), fermi
        case PinchedGas(p=p, N_0=N_0):
            top = int(sp.ceiling(p))

            def pinched(K: arb) -> tuple[arb, int, arb]:
                y = K / _number(T)
                return _number(N_0) * (_number(p) * y.log() - y).exp(), top, 1 / _number(T)

            return _enough(T, 5 * p * T), pinched
        case SlowGas(N_0=N_0):  # k^2 - K^2 >= 2K(k-K)
            width = mass * T

            def slow(K: arb) -> tuple[arb, int, arb]:
                return _number(N_0) * (-(K**2) / (2 * _number(width))).exp(), 0, K / _number(width)

            return lambda bits: sp.Rational(int(sp.ceiling(sp.sqrt(2 * bits)))) * _above(sp.sqrt(width)), slow
    raise NotDerivable(f"{type(distribution).__name__} has no bound at large momenta")


def _above(value: sp.Expr) -> sp.Rational:
    """Return a rational number of the size of a value."""
    return sp.Rational(str(sp.N(value * sp.Rational(101, 100), 6)))


def _enough(T: sp.Expr, shift: sp.Expr) -> Callable[[int], sp.Expr]:
    return lambda bits: T * bits + shift


def _energy(K: arb, mass: sp.Expr) -> arb:
    return K if mass == 0 else (K**2 + _number(mass) ** 2).sqrt()


def _slope(K: arb, mass: sp.Expr, T: sp.Expr) -> arb:
    r"""Return dE/dk at K over T, which grows with k: E(k) - E(K) \geq (k-K)E'(K)."""
    return K / _energy(K, mass) / _number(T)


def _over_energies(it: Background) -> ForceIntegral:
    beam = it.distribution
    if not isinstance(beam, Beam):
        raise NotDerivable("energies are averaged in a beam only")
    low, high = quadratures.limits(beam.spectrum)
    if isinstance(beam.spectrum, spectra.Gaussian) and beam.spectrum.E_0 - it.mass > FAR * beam.spectrum.sigma:
        low = sp.Max(low, it.mass)
    if low < it.mass:
        raise InputError(f"part of the spectrum lies below the mass {it.mass}: E is the total energy")
    density = 1 / (high - low) if isinstance(beam.spectrum, spectra.Box) else beam.spectrum.density(E_nu).xreplace({E_nu: x})
    formula = it.at_one_energy().xreplace({E_nu: x})
    return ForceIntegral(separated(formula, density), low, high)


def separated(formula: sp.Expr, weight: sp.Expr) -> tuple[Term, ...]:
    """Return the terms of ``weight`` times a formula in x and r, those with equal functions of x together."""
    masked, numbers = _without_numbers(formula)
    found: dict[tuple[sp.Expr, sp.Expr], sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(masked)):
        factors = sp.Mul.make_args(term)
        u = sp.Mul(*(f for f in factors if f.has(x) and f.has(r)))
        f = sp.Mul(*(f for f in factors if f.has(x) and not f.has(r)))
        found[f, u] = found.get((f, u), sp.Integer(0)) + sp.Mul(*(f for f in factors if not f.has(x)))
    return tuple(Term(weight * f.xreplace(numbers), u.xreplace(numbers), g.xreplace(numbers)) for (f, u), g in found.items())


def _without_numbers(formula: sp.Expr) -> tuple[sp.Expr, dict[sp.Expr, sp.Expr]]:
    """Return the formula with a symbol for every irrational number, so that expanding it keeps them whole."""
    names: dict[sp.Expr, sp.Expr] = {}

    def masked(part: sp.Expr) -> sp.Expr:
        if not part.free_symbols:
            return part if part.is_Rational else names.setdefault(part, sp.Dummy("number", positive=part.is_positive))
        return part.func(*(masked(a) for a in part.args)) if part.args else part

    return masked(formula), {name: number for number, name in names.items()}
