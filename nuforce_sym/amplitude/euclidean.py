r"""The cut-free route to a two-fermion force: a Euclidean correlator, integrated over time.

Second-order perturbation theory for two static sources, each with H = c\,O, gives the energy

    V(r) = -c_1c_2\int_{-\infty}^{\infty}d\tau\,\langle O(\tau,\mathbf r)\,O(0)\rangle_E
         = +c_1c_2\int_{-\infty}^{\infty}d\tau\,\mathrm{Tr}\big[\Gamma\,S(x)\,\Gamma\,S(-x)\big],

for O = \bar\chi\Gamma\chi, with the propagator S(x) = (-\gamma^0\partial_\tau + i\gamma^i\partial_i + m)\,D(R),
D(R) = mK_1(mR)/(4\pi^2R), R^2 = \tau^2+r^2. There is no cut, no Fourier transform and no symbolic trace in it: the
4x4 matrices are explicit and the integral is numerical. It checks every sign and factor of the dispersive route.
"""

from __future__ import annotations

from collections.abc import Mapping

import mpmath as mp

from nuforce_sym.amplitude.explicit import GAMMA, charge_conjugate, current_vertex, trace
from nuforce_sym.special import bessel_k


def propagator_pieces(R: mp.mpf, m: mp.mpf) -> tuple[mp.mpf, mp.mpf]:
    r"""Return (m D(R), D'(R)): the mass term of the propagator and the factor of the unit vector's slash."""
    if m == 0:
        return mp.mpf(0), -1 / (2 * mp.pi**2 * R**3)
    return m**2 * bessel_k(1, m * R) / (4 * mp.pi**2 * R), -(m**2) * bessel_k(2, m * R) / (4 * mp.pi**2 * R)


def static_potential(
    structure: Mapping[str, float],
    r: mp.mpf,
    m: mp.mpf,
    *,
    self_conjugate: bool = False,
    mu: int = 0,
    m_back: mp.mpf | None = None,
    crossed: bool = False,
) -> mp.mpf:
    r"""Return V(r)/(c_1c_2) for two static sources of charge density coupled to O = \bar\chi\Gamma\chi.

    ``structure`` gives \Gamma = S + iP\gamma_5 for a scalar operator, or \Gamma = \gamma^0(V + A\gamma_5) for the time
    component of a current; ``mu`` = 3 takes the component along r instead, 1 one
    across. A self-conjugate field contracts in two ways and its loop counts 1/2.

    Two different fields \bar\chi_i\Gamma\chi_j have the masses ``m`` and ``m_back``; ``crossed`` is the second contraction
    of Majorana fields, with the charge conjugate of \Gamma at the second source.
    """
    vertex = current_vertex(structure, mu)
    second = charge_conjugate(vertex) if crossed else None
    factor = mp.mpf(1)
    if self_conjugate:
        vertex = vertex + charge_conjugate(vertex)
        factor = mp.mpf(1) / 2
    # Tr[Gamma S(x) Gamma S(-x)] is bilinear in the propagators' pieces along gamma^0, i gamma^3 and 1.
    pieces = (GAMMA[0], 1j * GAMMA[3], mp.eye(4))
    traces = [[mp.re(trace(vertex * a * (vertex if second is None else second) * b)) for b in pieces] for a in pieces]

    def integrand(u: mp.mpf) -> mp.mpf:
        tau, R = r * mp.sinh(u), r * mp.cosh(u)
        mass, slope = propagator_pieces(R, m)
        ahead = (-tau * slope / R, r * slope / R, mass)
        if m_back is not None:
            mass, slope = propagator_pieces(R, m_back)
        back = (tau * slope / R, -r * slope / R, mass)
        return R * mp.fsum(ahead[a] * back[b] * traces[a][b] for a in range(3) for b in range(3))

    # tau = r sinh u makes the integrand analytic for |Im u| < pi/2: the trapezoidal rule errs by exp(-pi^2/h).
    h = mp.pi**2 / (mp.log(10) * mp.mp.dps * 3 / 2)
    total, n = integrand(mp.mpf(0)) / 2, 0
    while True:
        n += 1
        term = integrand(n * h)
        total += term
        if abs(term) < abs(total) * mp.eps:
            return 2 * factor * h * total
