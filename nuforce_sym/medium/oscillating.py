r"""Two static bodies in a classical wave of a real scalar, \phi=A\cos(\mathbf k\cdot\mathbf x-Et).

They couple by H_a=\tfrac12C_a\phi^2(\mathbf x_a). Body 1 scatters the wave, and body 2 feels the product of both waves:
V=C_2\,\phi(\mathbf x_2)\,\delta\phi(\mathbf x_2), whose gradient at \mathbf x_2 is minus the force on it. All
results are per C_1C_2, \mathbf r=\mathbf x_2-\mathbf x_1.
"""

from __future__ import annotations

import sympy as sp
from sympy.simplify.fu import TR8

from nuforce_sym.medium.response import outgoing_wave
from nuforce_sym.symbols import symbols

A, E_nu, k, r, c, t, phase_1 = symbols("A_phi E_nu k_nu r c_alpha t_lab phase_1")


def incident(phase: sp.Expr) -> sp.Expr:
    r"""Return \phi where \mathbf k\cdot\mathbf x is ``phase``."""
    return A * sp.cos(phase - E_nu * t)


def scattered() -> sp.Expr:
    r"""Return \delta\phi/C_1 at the distance r from body 1.

    (\partial^2+m^2)\delta\phi=-C_1\phi(\mathbf x_1)\delta^3(\mathbf x-\mathbf x_1).
    The wave of frequency E goes out as e^{ikr}/4\pi r; its real part.
    """
    # the outgoing wave belongs to e^{-iEt}; SymPy may turn the sign of a cosine's argument, not of an exponential's
    wave = sp.powsimp(-A * outgoing_wave() * sp.exp(sp.I * (phase_1 - E_nu * t)))
    return wave.replace(lambda e: isinstance(e, sp.exp), lambda e: sp.cos(sp.expand(e.args[0] / sp.I)))


def oscillating_potential() -> sp.Expr:
    r"""Return V(t)/(C_1C_2): a constant wave and one of frequency 2E."""
    return sp.factor_terms(TR8(incident(phase_1 + k * r * c) * scattered()))


def time_average(expr: sp.Expr) -> sp.Expr:
    r"""Return the mean over a period 2\pi/E."""
    period = 2 * sp.pi / E_nu
    return sp.factor_terms(sp.integrate(sp.expand(TR8(sp.expand(expr))), (t, 0, period)) / period)


def energy_density(field: sp.Expr, mass: sp.Expr) -> sp.Expr:
    r"""Return \tfrac12(\dot\phi^2+(\nabla\phi)^2+m^2\phi^2) of a plane wave at \mathbf x_1.

    Its gradient is \mathbf k times the derivative in the phase \mathbf k\cdot\mathbf x_1.
    """
    gradient = k * sp.diff(field, phase_1)
    return (sp.diff(field, t) ** 2 + gradient**2 + mass**2 * field**2) / 2
