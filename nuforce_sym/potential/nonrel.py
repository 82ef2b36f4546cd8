r"""The static limit of an amplitude: both external fermions at rest, spins averaged over.

    \mathcal V(\mathbf q) = -\frac{\mathcal M}{4E_1E_2},  \qquad t = q^2 = -\mathbf q^2,\ q^0 = 0

A line at rest, averaged over its spin, is \frac{1}{2m}\bar u\Gamma u \to \frac14\mathrm{Tr}[\Gamma(\slashed v+1)] with
the four-velocity v = p/m = (1, 0). Terms of relative order q/m and (p/m)^2 are dropped.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.interaction import Bilinear
from nuforce_sym.errors import NotDerivable
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, Index, Momentum
from nuforce_sym.potential.spectral import SpectralDensity

Q = Momentum("q")
V_1, V_2 = Momentum("v_1"), Momentum("v_2")


def static_line(line: Line) -> sp.Expr:
    r"""Return \bar u\Gamma u/(2m) of a line at rest, averaged over spin, in terms of its four-velocity.

    Raises:
        NotDerivable: the line is a dipole's, or a current that is not written out.
    """
    if line.structure not in "SPVA":
        raise NotDerivable(f"{line} is reduced with its spin only: use potential.spin_amplitude")
    velocity = V_1 if line.particle == 1 else V_2
    index = Index("lambda")
    slot = line.slot if isinstance(line.slot, Index) else index
    structure = {
        "S": 1,
        "P": sp.I * dirac.gamma5,
        "V": dirac.gamma(slot),
        "A": dirac.gamma(slot) * dirac.gamma5,
    }[line.structure]
    averaged = dirac.trace(structure * (dirac.slash(velocity) + 1)).expr / 4
    if isinstance(line.slot, Momentum):
        averaged = dirac.contract(averaged * Component(line.slot, index))
    return averaged


def currents(amplitude: sp.Expr, first: Bilinear, second: Bilinear) -> sp.Expr:
    r"""Return the amplitude with J_a^\mu = \bar u'\gamma^\mu(v_a + a_a\gamma_5)u written out as lines."""
    bilinears = {1: first, 2: second}
    return amplitude.replace(
        lambda e: isinstance(e, Line) and e.structure == "J",
        lambda e: sp.Add(*(c * Line(e.particle, tag, e.slot) for tag, c in bilinears[e.particle].structure)),
    )


def at_rest(amplitude: sp.Expr) -> sp.Expr:
    r"""Return \mathcal M/(4m_1m_2) with both lines at rest: v_1.v_2 = v_a^2 = 1 and, since q^0 = 0, v_a.q = 0."""
    replaced = sp.expand(amplitude.replace(lambda e: isinstance(e, Line), static_line))
    rest = {Dot(V_1, V_1): 1, Dot(V_2, V_2): 1, Dot(V_1, V_2): 1, Dot(V_1, Q): 0, Dot(V_2, Q): 0}
    return sp.factor(dirac.contract(replaced).xreplace({k: sp.Integer(v) for k, v in rest.items()}))


def static_amplitude(amplitude: sp.Expr, t: sp.Symbol, q: sp.Symbol) -> sp.Expr:
    r"""Return \mathcal V(q) = -\mathcal M/(4m_1m_2) at t = -q^2."""
    return sp.factor(-at_rest(amplitude).subs(t, -(q**2)))


def static_spectral_density(absorptive_part: sp.Expr, t: sp.Symbol, threshold: sp.Expr) -> SpectralDensity:
    r"""Return \rho(t) of \mathcal V(q) = \int dt\,\rho(t)/(q^2+t), from Im M above the threshold.

    A dispersion relation in t gives \mathcal M(-q^2) = \frac1\pi\int dt'\,\frac{\mathrm{Im}\mathcal M(t')}{t'+q^2}, up to
    polynomials in q^2, which are contact terms at r = 0.
    """
    return SpectralDensity(-at_rest(absorptive_part) / sp.pi, t, threshold)
