r"""Where the talk's formulas for a background hold: for which state, which body, which distance, which bodies.

The formulas are those of the slides "Neutrino forces in a finite-density background", "... in anisotropic backgrounds",
"Can we probe the neutrino force?" and "The propagator"; each step here is what one of them would have to say.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.directional_background import _lost_by_the_flux, _principal_value

from nuforce_sym import Derivation, check, dirac
from nuforce_sym.amplitude.explicit import GAMMA, slash, trace
from nuforce_sym.amplitude.medium import REST, K, occupied_poles
from nuforce_sym.lorentz import Dot
from nuforce_sym.medium import neutrino
from nuforce_sym.medium.averages import transverse_average
from nuforce_sym.medium.directional import (
    in_half_angles,
    leading_wave,
    monochromatic,
    net_force_along,
    phase_series,
    small_angle,
)
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, Phi_0, E_nu, r, c, alpha, k, x = symbols("G_F g_V1 g_V2 Phi_0 E_nu r c_alpha alpha_r k_nu x")
n_plus, n_minus, m_nu, sigma_E, sigma_perp, T = symbols("n_plus n_minus m_nu sigma_E sigma_perp T_nu")
SCALE = -(G_F**2) * g_V1 * g_V2 * Phi_0 * E_nu / (sp.pi * r)
PLACE = {"c_alpha": sp.Rational(-4, 5), "r": sp.Rational(11, 4), "E_nu": sp.Integer(1)}

d = Derivation("background_validity", "Where formulas for a background hold", cites=["Tangarife"])


def _weights():
    """The weights of both poles, without the 2 pi of the energy integral."""
    return [pole.weight / (2 * sp.pi) for pole in occupied_poles()]


def _delta(value):
    r"""\int\frac{dp^0}{2\pi}\,2\pi\delta(p^2-m^2)\Theta(p^0), with a Lorentzian of width \epsilon for the delta function."""
    E, width = value["E_nu"], mp.mpf(10) ** -10

    def lorentzian(p_0):
        return width / mp.pi / ((p_0**2 - E**2) ** 2 + width**2)

    edges = [E + sign * width * mp.mpf(10) ** n for sign, order in ((-1, range(9, -2, -1)), (1, range(-1, 10))) for n in order]
    inside = mp.quad(lorentzian, [0, *(e for e in edges if e > 0), 10 * E, mp.inf])
    return -value["n_plus"] * inside


@d.step(
    r"-\int\frac{dp^0}{2\pi}\,2\pi\delta(p^2-m^2)\,\Theta(p^0)\,n_+",
    check.dimension(-1),
    check.brute_force(_delta, "a Lorentzian in place of the delta function", digits=7),
)
def particles():
    r"""The particles' part of the propagator, integrated over $p^0$, per $(\slashed{p}+m)\,e^{-ip\cdot(x-y)}$."""
    return _weights()[0]


def _explicit(value):
    E, mass = mp.mpf(7) / 3, mp.mpf(1) / 3
    line = slash([E, 0, 0, mp.sqrt(E**2 - mass**2)]) + mass * mp.eye(4)
    return mp.re(trace(GAMMA[0] * line)) / 4 * -value["n_plus"] / (2 * E)


@d.step(
    r"\tfrac14\mathrm{Tr}[\gamma^0S_+]",
    check.dimension(0),
    check.brute_force(_explicit, "explicit 4x4 matrices", digits=20),
)
def density_part(particles):
    r"""A neutrino's propagator is the matrix $\slashed{p}+m$ times that. The part with $\gamma^0$, which a static charge
    feels, is a pure number: the energy in front is lost where the spinors are.
    """
    line = dirac.slash(K) + m_nu
    return particles * dirac.trace(dirac.slash(REST) * line).expr.xreplace({Dot(K, REST): E_nu}) / 4


@d.step(
    r"1-n_+-n_-",
    check.residual(
        lambda w: (
            w.subs({n_plus: 1 / (sp.exp(E_nu / T) + 1), n_minus: 1 / (sp.exp(E_nu / T) + 1)}).rewrite(sp.exp)
            - sp.tanh(E_nu / (2 * T)).rewrite(sp.exp)
        ),
        "tanh(E/2T) of the imaginary-time formalism in equilibrium",
    ),
    check.residual(lambda w, particles: sp.expand(w.subs(n_minus, 0) - 1 - 2 * E_nu * particles), "without antineutrinos"),
)
def both_poles():
    r"""Antineutrinos occupy the other pole: on shell both blockings together leave $1-n_+-n_-$."""
    return sp.expand(1 + 2 * E_nu * sp.Add(*_weights()))


def _force(response, of_neutrinos, of_antineutrinos):
    density = {n_plus: of_neutrinos, n_minus: of_antineutrinos, k: E_nu}
    return g_V1 * g_V2 * neutrino.momentum_force("dirac", sp.Integer(0), response).xreplace(density)


@d.step(
    r"V_{\mathrm{ret}}(r,\alpha)\big|_{\bar\nu}",
    check.dimension(1),
    check.brute_force(
        _lost_by_the_flux,
        "the momentum that the flux loses by interference, from the golden rule",
        digits=18,
        points=1,
        of=net_force_along,
        **PLACE,
    ),
)
def antineutrinos():
    r"""In a flux of antineutrinos $n_-$ belongs to their own momentum, minus that of the line of the loop: with
    $n_-(-\mathbf{k})$ the force on the downstream body is the larger one, as for neutrinos. With $n_-(\mathbf{k})$ it would
    be the upstream one.
    """
    return _force("retarded", sp.Integer(0), Phi_0)


@d.step(
    r"V(r,\alpha)\big|_{n_+=n_-}",
    check.dimension(1),
    check.brute_force(
        lambda value: 2 * _principal_value(value), "twice the principal value over all directions", digits=20, points=1, **PLACE
    ),
)
def both_species():
    r"""With $n_+=n_-=(2\pi)^3\delta^3(\mathbf{k}-\mathbf{k}_0)\,\Phi_0$ neutrinos and antineutrinos are there, of the
    density $\Phi_0$ each.
    """
    return in_half_angles(_force("symmetric", Phi_0, Phi_0))


@d.step(
    r"V(r,\alpha)\big|_{n_+=n_-,\,E_\nu r\gg1}",
    check.dimension(1),
    check.equals(SCALE * ((1 + c) * sp.cos((1 - c) * E_nu * r) + (1 - c) * sp.cos((1 + c) * E_nu * r)), why="twice the talk's"),
)
def both_species_far(both_species):
    r"""The long-distance formula counts one species: for both it is twice as large."""
    return leading_wave(both_species)


@d.step(
    r"V(r,\pi)\big|_{E_\nu r\gg1}",
    check.dimension(1),
    check.limit(r, sp.oo, lambda: monochromatic("symmetric").subs(c, -1)),
)
def against_the_flux():
    r"""Against the flux the symmetric potential is enhanced as along it."""
    return leading_wave(in_half_angles(monochromatic("symmetric").subs(c, -1)))


@d.step(
    r"F_r(r,0)\big|_{E_\nu r\gg1}",
    check.dimension(2),
    check.equals(SCALE / r * (1 - sp.cos(2 * E_nu * r)), why="of 1 + sin(2x)/2x, x = E r"),
    check.sign(False, when="like charges attract along the beam", E_nu=sp.Integer(1), r=sp.Integer(7)),
)
def radial_force():
    r"""The potential falls as $1/r$, the radial force as $1/r^2$: $F_r=-\partial_rV$ along the flux."""
    return leading_wave(in_half_angles(-sp.diff(monochromatic("symmetric").subs(c, 1), r)))


def _sideways(value):
    """The difference quotient of the exact potential, moved across the line."""
    E, distance, angle, step = value["E_nu"], value["r"], value["alpha_r"], mp.mpf(10) ** -20
    with mp.workdps(60):
        exact = sp.lambdify((E_nu, r, c, G_F, g_V1, g_V2, Phi_0), monochromatic("symmetric"), "mpmath")
        rest = [value[name] for name in ("G_F", "g_V1", "g_V2", "Phi_0")]
        ahead, behind = (exact(E, distance, mp.cos(angle + sign * step), *rest) for sign in (1, -1))
        return -(ahead - behind) / (2 * step) / distance


FAR = {"E_nu": sp.Integer(10) ** 10, "r": sp.Integer(1), "alpha_r": sp.Rational(1, 10**4)}


@d.step(
    r"F_\perp(r,\alpha)\big|_{\alpha\ll1}",
    check.dimension(2),
    check.brute_force(_sideways, "a difference quotient of the exact potential at E r = 1e10", digits=5, points=1, **FAR),
)
def transverse_force():
    r"""Across the line of the bodies, $F_\perp=-\partial_\alpha V/r$, it falls as $1/r$ at a fixed angle while it turns: it is
    $\alpha E_\nu r$ times the radial one, so that $V/V_{\mathrm{gravity}}$ is not $F/F_{\mathrm{gravity}}$.
    """
    return sp.factor(-sp.diff(small_angle(_far_at(c)), alpha) / r)


def _far_at(cosine):
    return leading_wave(in_half_angles(monochromatic("symmetric"))).subs(c, cosine)


@d.step(
    r"\langle\cos\phi\rangle\big|_{\Delta\phi=\pi/2}",
    check.quadrature(
        lambda: sp.cos(sp.pi * x / 2) * sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi), x, sp.Integer(-14), sp.Integer(14), digits=18
    ),
)
def left_at_the_criterion():
    r"""Where the phases spread by a quarter of a turn, $\alpha^2=\pi/\Delta(E_\nu r)$, a Gaussian spread of energies leaves
    $e^{-\pi^2/8}=0.29$ of the force of one pair of points: the criterion is of one order of magnitude, and of one pair.
    """
    spread = sigma_E * sp.diff(phase_series(2), E_nu)
    (angle,) = sp.solve(sp.Eq(spread, sp.pi / 2), alpha)
    return sp.exp(-((spread.subs(alpha, angle)) ** 2) / 2)


@d.step(
    r"\frac{\langle V(r,0)\rangle_\perp}{V(r,0)}",
    check.dimension(0),
    check.quadrature(
        x / sigma_perp**2 * sp.exp(-(x**2) / (2 * sigma_perp**2)) * sp.cos(x**2 * E_nu / (2 * r)),
        x,
        sp.Integer(0),
        14 * sigma_perp,
        points=1,
        digits=16,
    ),
)
def left_by_size():
    r"""Bodies whose separation is smeared by $\sigma_\perp$ across the flux lose the force even for one energy and $\alpha=0$,
    where the criterion allows any distance: what is left is $1/[1+(E_\nu\sigma_\perp^2/r)^2]$.
    """
    small = small_angle(_far_at(c))
    return sp.cancel(transverse_average(small, sigma_perp) / small.subs(alpha, 0))
