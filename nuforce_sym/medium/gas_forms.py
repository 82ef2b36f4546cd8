r"""Closed forms of gases and thermal beams written with the functions of `gas_functions`, which numbers are made of.

Each rewriting solves for the function in what the closed form holds, and refuses a form that holds anything else.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.gas_functions import FermiSine, FermiSpecies, MatsubaraDirac, MatsubaraMajorana, PinchedForce, PowerLawForce
from nuforce_sym.symbols import symbols


def in_fermi_mean(mean: sp.Expr, x: sp.Expr) -> sp.Expr:
    r"""Return a number times \mathcal F_s(x), for a multiple of 1/\sinh\pi x, its second derivative and x^{-3}.

    Raises:
        NotDerivable: the expression is not proportional to it.
    """
    s = sp.Dummy("s", positive=True)
    y = sp.pi * x
    of_s = {sp.sinh(y): s, sp.cosh(y): sp.sqrt(1 + s**2)}
    return _multiple(mean.xreplace(of_s), FermiSine.defined(x).xreplace(of_s), mean.free_symbols | {s}) * FermiSine(x)


def in_pinched_force(force: sp.Expr, power: sp.Symbol, x: sp.Expr) -> sp.Expr:
    r"""Return a factor times \mathcal P(p,x), for a force in a gas with a pinched spectrum.

    Raises:
        NotDerivable: the force is not proportional to it.
    """
    sine, cosine = (sp.Dummy(wave, real=True) for wave in ("sine", "cosine"))
    angle = (power + 1) * sp.atan(x)
    waves = {sp.sin(angle): sine, sp.cos(angle): cosine}
    ratio = sp.powsimp(sp.factor(force.xreplace(waves)) / sp.factor(PinchedForce.defined(power, x).xreplace(waves)))
    left = sp.factor(sp.cancel(ratio))
    if left.has(sine, cosine, sp.atan):
        raise NotDerivable(f"{force} is no multiple of {PinchedForce(power, x)}")
    return left * PinchedForce(power, x)


def in_fermi_species(force: sp.Expr, a: sp.Expr, x: sp.Expr) -> sp.Expr:
    r"""Return a factor times \mathcal S(a,x), for a force made of Lerch's functions \Phi(-e^{-a},s,1\pm ix).

    Each is put in as its series, \sum_nz^n/(n+v)^s; the terms of all together are a multiple of those of \mathcal S.

    Raises:
        NotDerivable: they are not.
    """
    n, step = sp.Dummy("n", integer=True, nonnegative=True), sp.Dummy("step")
    z = -sp.exp(-a)
    opened = force.replace(
        lambda e: isinstance(e, sp.lerchphi) and e.args[0] == z, lambda e: step / (n + e.args[2]) ** e.args[1]
    )
    # (-1)^n e^{-na} stands in each term once.
    unit = FermiSpecies.term(n + 1, a, x) / ((-1) ** n * sp.exp(-n * a))
    left = sp.factor(sp.cancel(sp.powsimp(sp.factor(opened / step) / sp.powsimp(unit))))
    if left.has(n, step, sp.lerchphi) or not opened.has(step):
        raise NotDerivable(f"{force} is no multiple of {FermiSpecies(a, x)}")
    return left * FermiSpecies(a, x)


def in_matsubara(force: sp.Expr, head: type[MatsubaraDirac | MatsubaraMajorana], mass: sp.Symbol, T: sp.Symbol) -> sp.Expr:
    r"""Return a factor times \mathcal T_D(m/T,rT) or \mathcal T_M, for a force that is one sum over Matsubara's frequencies.

    Raises:
        NotDerivable: the force is no such sum, or its terms are no multiple of those.
    """
    (r,) = symbols("r")
    sums = force.atoms(sp.Sum)
    if len(sums) != 1:
        raise NotDerivable(f"{force} is no single sum over Matsubara's frequencies")
    (total,) = sums
    n, lowest, _ = total.limits[0]
    w = sp.Dummy("w", positive=True)
    root = sp.sqrt(mass**2 + ((2 * n + 1) * sp.pi * T) ** 2)
    unit = head.front(mass * r, 2 * r * w) * sp.exp(-2 * r * w)
    left = sp.cancel(total.function.xreplace({root: w}) / unit)
    if left.has(n, w, sp.exp) or lowest != 0:
        raise NotDerivable(f"{force} is no multiple of {head.__name__}")
    return sp.factor_terms(force.xreplace({total: left * head(mass / T, T * r)}))


def without_lerch(force: sp.Expr, a: sp.Expr, x: sp.Expr) -> sp.Expr:
    r"""Return a force with \mathcal S(a,x) in place of Lerch's functions, which mpmath evaluates slowly."""
    if not force.has(sp.lerchphi):
        return force
    rest, lerch = sp.expand(force).as_independent(sp.lerchphi, as_Add=True)
    return rest + in_fermi_species(sp.factor_terms(lerch), a, x)


def in_power_force(force: sp.Expr, exponent: sp.Symbol, x: sp.Expr) -> sp.Expr:
    r"""Return a factor times \mathcal G(s,x), for a force in a gas whose occupation numbers fall as k^{-s}.

    Raises:
        NotDerivable: what is left depends on s.
    """
    unit = PowerLawForce.defined(exponent, x)
    left = sp.cancel(sp.powsimp(sp.expand_power_base(force) / sp.expand_power_base(unit)))
    if left.has(exponent):
        raise NotDerivable(f"{force} is no multiple of {unit}")
    return left * PowerLawForce(exponent, x)


def _multiple(expr: sp.Expr, unit: sp.Expr, variables: set[sp.Symbol]) -> sp.Expr:
    """Return expr/unit, which must be a number."""
    ratio = sp.cancel(sp.expand(expr) / sp.expand(unit))
    if ratio.free_symbols & variables:
        raise NotDerivable(f"{expr} is no multiple of {unit}")
    return ratio
