r"""The force between two static bodies in a classical oscillating scalar field, as light dark matter may be.

Its mean over time is the force in the wake of the quanta, with their density rho/E; besides, it oscillates with 2E.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.medium.oscillating import (
    energy_density,
    incident,
    oscillating_potential,
    scattered,
    time_average,
)
from nuforce_sym.medium.pairs import pair_force
from nuforce_sym.symbols import symbols

A, E, k, r, c, t, phase_1, m = symbols("A_phi E_nu k_nu r c_alpha t_lab phase_1 m_nu")
n_plus, n_minus = symbols("n_plus n_minus")
along = k * r * c

d = Derivation("oscillating_field", "Two bodies in a classical oscillating scalar field", cites=["PeskinSchroeder1995"])


@d.step(
    r"\delta\phi/C_1",
    check.dimension(2),
    check.residual(
        lambda wave: sp.diff(r * wave, r, 2) / r - sp.diff(wave, t, 2) - (E**2 - k**2) * wave,
        "the Klein-Gordon equation outside the body, m^2 = E^2 - k^2",
    ),
    check.residual(
        lambda wave: sp.limit(4 * sp.pi * r * wave, r, 0) + incident(phase_1), "the strength of the source, -C_1 phi(x_1)"
    ),
    check.residual(
        lambda wave: sp.diff(r * wave, r) * E + sp.diff(r * wave, t) * k, "it goes out: a function of kr - Et alone, times 1/r"
    ),
)
def scattered_wave():
    r"""In the wave $\phi=A\cos(\mathbf{k}\cdot\mathbf{x}-Et)$ body 1, with $H_1=\frac12C_1\phi^2$, is a source
    $-C_1\phi(\mathbf{x}_1)$ of an outgoing wave.
    """
    return scattered()


@d.step(
    r"V(x^0)/(C_1C_2)",
    check.dimension(3),
    check.residual(
        lambda V, scattered_wave: sp.expand_trig(V - incident(phase_1 + along) * scattered_wave),
        "the product of both waves at the second body",
    ),
    check.equals(
        -(A**2) / (8 * sp.pi * r) * (sp.cos(k * r - along) + sp.cos(2 * E * t - k * r - 2 * phase_1 - along)),
        why="a constant wave, and one that oscillates with 2E",
    ),
)
def potential():
    r"""The second body feels $\frac12C_2(\phi+\delta\phi)^2$; of first order in $C_1$ is $C_2\phi\,\delta\phi$, retarded.
    $\mathbf{k}\cdot(\mathbf{x}_1+\mathbf{x}_2)=2\mathbf{k}\cdot\mathbf{x}_1+krc_\alpha$.
    """
    return oscillating_potential()


@d.step(
    r"\rho",
    check.dimension(4),
    check.equals(E**2 * A**2 / 2, why="$E^2A^2/2$"),
)
def density():
    r"""The mean energy density of the wave, with $m^2=E^2-k^2$."""
    return sp.factor(time_average(energy_density(incident(phase_1), sp.sqrt(E**2 - k**2))))


@d.step(
    r"\overline{V(x^0)}/(C_1C_2)",
    check.dimension(3),
    check.equals(
        lambda density: pair_force("real scalar", m, "retarded").subs({n_plus: density / E, n_minus: density / E}),
        why=r"the wake of quanta of density $\rho/E$, from the loop with one occupied line",
    ),
)
def mean(potential):
    r"""Averaged over a period it is the quantum force in a background of density $\rho/E$: occupied states act as a
    classical wave.
    """
    return time_average(potential)
