r"""Collimated backgrounds: one momentum, n_+(\mathbf k)=(2\pi)^3\delta^3(\mathbf k-\mathbf k_0)\,\Phi_0.

\Phi_0 is a number density, the flux over the neutrinos' velocity. With x = E r and c = \cos\alpha a massless flux gives

    V = -\frac{G_F^2g_Vg_V'\Phi_0E}{\pi r}\,B(x,c),\qquad B=\cos x\cos cx+c\sin cx\,(\sin x+\cos x/x)

for the symmetric response, and (1+c)\cos[(1-c)x]-(c/x)\sin[(1-c)x] in place of B for the retarded one.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium.neutrino import g_V1, g_V2, momentum_force
from nuforce_sym.medium.response import common_factor, exponentials, in_cosines
from nuforce_sym.symbols import symbols

k, E_nu, r, c, n_plus, n_minus, Phi_0, alpha = symbols("k_nu E_nu r c_alpha n_plus n_minus Phi_0 alpha_r")


def monochromatic(response: str = "symmetric", *, neutrino: str = "dirac", mass: sp.Expr = sp.S.Zero) -> sp.Expr:
    r"""Return V(r, \cos\alpha) of a monochromatic flux, exact at every distance and angle.

    For "majorana" and massive "dirac" neutrinos \Phi_0 is the density of each helicity's state summed over the two
    states that n_+ and n_- stand for; one species alone is meant otherwise.

    Raises:
        InputError: the response or the kind of neutrino is unknown.
    """
    force = momentum_force(neutrino, mass, response).xreplace({n_plus: Phi_0, n_minus: sp.Integer(0)})
    return g_V1 * g_V2 * (force.xreplace({k: E_nu}) if mass == 0 else force)


def in_half_angles(potential: sp.Expr) -> sp.Expr:
    r"""Return products of cosines as sums with the phases (1\mp c)Er, each with its own factor."""
    waves = _by_wave(in_cosines(exponentials(potential), E_nu))
    return common_factor(sp.Add(*(number * wave for wave, number in waves.items())))


def _by_wave(expr: sp.Expr) -> dict[sp.Expr, sp.Expr]:
    """Return the factor of every product of sines and cosines in a sum, in SymPy's order."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(expr)):
        wave = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(sp.cos, sp.sin)))
        found[wave] = found.get(wave, sp.Integer(0)) + term / wave
    return {wave: sp.factor(found[wave]) for wave in sorted(found, key=sp.default_sort_key)}


def leading_wave(potential: sp.Expr) -> sp.Expr:
    r"""Return the terms of the smallest power of 1/r, the phases left as they are: the limit Er \gg 1 at any fixed angle."""
    found: dict[sp.Expr, dict[sp.Expr, sp.Expr]] = {}
    for wave, factor in _by_wave(potential).items():
        for term in sp.Add.make_args(sp.expand(factor)):
            at_power = found.setdefault(term.as_coeff_exponent(r)[1], {})
            at_power[wave] = at_power.get(wave, sp.Integer(0)) + term
    return common_factor(sp.Add(*(sp.factor(factor) * wave for wave, factor in found[max(found)].items())))


def phase_series(order: int) -> sp.Expr:
    r"""Return (1-\cos\alpha)Er up to \alpha^{order}."""
    return sp.expand(E_nu * r * sp.series(1 - sp.cos(alpha), alpha, 0, order + 1).removeO())


def small_angle(leading: sp.Expr) -> sp.Expr:
    r"""Return the leading wave at small angles: factors at \alpha = 0, the phase (1-c)Er to the order \alpha^2.

    The neglected part of the phase is \alpha^4Er/24, so that \alpha^4Er \ll 24 is needed besides \alpha \ll 1.

    Raises:
        NotDerivable: the expression has other phases than (1-c)Er and (1+c)Er.
    """
    total = sp.Integer(0)
    for wave, factor in _by_wave(leading).items():
        at_zero = factor.subs(c, 1)
        if at_zero == 0:
            continue
        if not isinstance(wave, (sp.cos, sp.sin)) or sp.expand(wave.args[0] ** 2 - (E_nu * r * (1 - c)) ** 2) != 0:
            raise NotDerivable(f"{wave} survives at small angles, and is no wave of the phase (1-c)Er: no rule for it")
        total += at_zero * wave.func(phase_series(2))
    return total


def gradient_along(potential: sp.Expr) -> sp.Expr:
    r"""Return \hat{\mathbf k}\cdot\nabla V of V(r, c): c\,\partial_rV+\frac{1-c^2}r\,\partial_cV."""
    return c * sp.diff(potential, r) + (1 - c**2) / r * sp.diff(potential, c)


def net_force_along(retarded: sp.Expr) -> sp.Expr:
    r"""Return \hat{\mathbf k}\cdot(\mathbf F_1+\mathbf F_2) of two bodies in a flux, r from 1 to 2, for a retarded potential.

    Body 2 feels -\nabla V_R(\mathbf r) and body 1 -\nabla V_R at -\mathbf r; what they gain together the flux loses.
    """
    gradient = gradient_along(retarded)
    return -gradient - gradient.subs(c, -c)
