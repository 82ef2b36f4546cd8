"""Routes by explicit Fock space, principal values and Matsubara sums, for the checks of the background's derivations.

Ladder operators by Jordan and Wigner's signs on occupied modes; spinors and gamma matrices in numbers of any precision.
"""

from __future__ import annotations

import itertools
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.amplitude.explicit import GAMMA, charge_conjugate, current_vertex, slash, spinor, trace

State = dict[int, Any]
"""Amplitudes by the occupied modes, as the bits of an integer."""


def lowered(state: State, mode: int) -> State:
    """The state on which a_mode acted; Jordan and Wigner's sign counts the occupied modes before it."""
    return {bits ^ 1 << mode: _sign(bits, mode) * z for bits, z in state.items() if bits >> mode & 1}


def raised(state: State, mode: int) -> State:
    """The state on which a_mode^dagger acted."""
    return {bits | 1 << mode: _sign(bits, mode) * z for bits, z in state.items() if not bits >> mode & 1}


def _sign(bits: int, mode: int) -> int:
    return -1 if (bits & (1 << mode) - 1).bit_count() & 1 else 1


def product(bra: State, ket: State):
    """The scalar product."""
    return sum((z.conjugate() * ket[bits] for bits, z in bra.items() if bits in ket), 0)


def _summed(terms) -> State:
    """The sum of states times numbers."""
    total: State = {}
    for factor, state in terms:
        for bits, z in state.items():
            total[bits] = total.get(bits, 0) + factor * z
    return total


def packet_in_fock_space(w, p: int, k: int):
    """<w|a_p a_k^dagger|w> for one packet with amplitudes ``w`` of its modes."""
    state = _summed((z, raised({0: 1}, mode)) for mode, z in enumerate(w))
    return product(raised(state, p), raised(state, k))


def _dot(a, b):
    return mp.fsum(i * j for i, j in zip(a, b, strict=True))


def _energy(p, m):
    return mp.sqrt(m * m + _dot(p, p))


def _v(p, m, spin):
    return 1j * GAMMA[2] * GAMMA[0] * (spinor(p, m, spin).H * GAMMA[0]).T


def _applied(operator, state):
    return _summed((z, raised(state, mode) if raises else lowered(state, mode)) for z, mode, raises in operator)


def _adjoint(operator):
    return [(mp.conj(z), mode, not raises) for z, mode, raises in operator]


def propagator_in_fock_space(w_plus, w_minus, momenta, m, x, y):
    r"""<T psi(x) psibar(y)> minus that of the vacuum, in a box of unit volume, averaged over translations of the state.

    The state holds one particle in the packet ``w_plus`` and one antiparticle in ``w_minus``, their spins averaged.
    """
    labels = list(itertools.product(range(len(momenta)), (0, 1), (1, -1)))

    def field(at):
        components = [[], [], [], []]
        for mode, (i, spin, charge) in enumerate(labels):
            p = momenta[i]
            E = _energy(p, m)
            factor = mp.expj(-charge * (E * at[0] - _dot(p, at[1:]))) / mp.sqrt(2 * E)
            column = spinor(p, m, spin) if charge == 1 else _v(p, m, spin)
            for component in range(4):
                components[component].append((column[component] * factor, mode, charge == -1))
        return components

    psi, at_y = field(x), [_adjoint(component) for component in field(y)]
    psibar = [[(z * GAMMA[0][b, c], *rest) for b in range(4) for z, *rest in at_y[b]] for c in range(4)]

    def ordered(states):
        total = mp.matrix(4, 4)
        for state in states:
            first, second = (psi, psibar) if x[0] > y[0] else (psibar, psi)
            bras = [_applied(_adjoint(operator), state) for operator in first]
            kets = [_applied(operator, state) for operator in second]
            table = mp.matrix([[product(bra, ket) for ket in kets] for bra in bras])
            total += table if x[0] > y[0] else -table.T
        return total / len(states)

    def packet(w, shift, spin, charge, state):
        return _summed(
            (w[i] * mp.expj(-_dot(p, shift)), raised(state, labels.index((i, spin, charge)))) for i, p in enumerate(momenta)
        )

    # with momenta 2 pi (integers) in a unit box, the mean over a grid finer than every difference is exact
    shifts = [[mp.mpf(n) / 3 for n in point] for point in itertools.product(range(3), repeat=3)]
    states = [
        packet(w_plus, shift, s, 1, packet(w_minus, shift, s_bar, -1, {0: mp.mpf(1)}))
        for shift in shifts
        for s, s_bar in itertools.product((0, 1), repeat=2)
    ]
    return ordered(states) - ordered([{0: mp.mpf(1)}])


def covariant_propagator(weights, momenta, m, x, y):
    r"""The sum over momenta of weight/(2 pi) (+-kslash+m) e^{-+ik(x-y)}; ``weights(i, E)`` gives both signs'."""
    total = mp.zeros(4)
    d = [a - b for a, b in zip(x, y, strict=True)]
    for i, p in enumerate(momenta):
        E = _energy(p, m)
        for sign, weight in zip((1, -1), weights(i, E), strict=True):
            phase = mp.expj(-sign * (E * d[0] - _dot(p, d[1:])))
            total += weight / (2 * mp.pi) * phase * (sign * slash([E, *p]) + m * mp.eye(4))
    return total


def brute_force_force(T_0, T_1, k, c, r):
    r"""The principal-value integral over all directions of q, without a shift of the momentum.

    \int\frac{d^3q}{(2\pi)^3}e^{iq.r}\Big[\frac{T_0+T_1k.q}{q^2+2k.q}+\frac{T_0-T_1k.q}{q^2-2k.q}\Big]: along each direction
    \hat q the integrand is even in q and has one pole at |q| = b = 2k|\hat k.\hat q|; of
    q^2/(q^2-b^2) = 1 + b^2/(q^2-b^2) the first term is a delta function of \hat q.r, the second -\frac{\pi b}2\sin b|\hat q.r|.
    """
    k, c, r = mp.mpf(k), mp.mpf(c), mp.mpf(r)
    s = mp.sqrt(1 - c * c)
    turns = 8 * (int(mp.mp.dps + 3 * k * r) // 8 + 1)
    angles = [2 * mp.pi * j / turns for j in range(turns)]

    def ring(nu, function):
        """The integral over the azimuth of \\hat q about r, at \\hat q.r = nu."""
        across = mp.sqrt(1 - nu * nu)
        return mp.fsum(function(c * nu + s * across * mp.cos(phi)) for phi in angles) * 2 * mp.pi / turns

    def residue(mu):
        return 2 * T_0 - 4 * T_1 * k * k * mu * mu

    contact = ring(mp.mpf(0), residue) * mp.pi / r

    def wave(nu):
        return ring(nu, lambda mu: -residue(mu) * mp.pi * k * abs(mu) * mp.sin(2 * k * abs(mu) * r * nu))

    return (contact + 2 * mp.quad(wave, [0, 1])) / (2 * mp.pi) ** 3


TERMS = 12


def matsubara_route(majorana):
    r"""T\sum_n\mathrm{Tr}[\Gamma G_n(r)\Gamma G_n(-r)] with G_n(\pm r)=i\omega_n\gamma^0D_n\pm i\gamma^3D_n'+mD_n.

    4x4 matrices with D_n=e^{-wr}/4\pi r, w^2=\omega_n^2+m^2, \omega_n=(2n+1)\pi T: no occupation number, no transform.
    """
    vertex = current_vertex({"V": 1, "A": -1}, 0)
    factor = mp.mpf(1)
    if majorana:
        vertex, factor = vertex + charge_conjugate(vertex), mp.mpf(1) / 2

    def route(v):
        R, m, temperature = v["r"], v["m_nu"], v["T_nu"]
        total = mp.mpf(0)
        for n in range(TERMS):
            omega = (2 * n + 1) * mp.pi * temperature
            w = mp.sqrt(omega**2 + m**2)
            D = mp.exp(-w * R) / (4 * mp.pi * R)
            slope = -(w + 1 / R) * D
            for sign in (1, -1):
                ahead, back = (
                    1j * sign * omega * D * GAMMA[0] + way * 1j * slope * GAMMA[3] + m * D * mp.eye(4) for way in (1, -1)
                )
                total += mp.re(trace(vertex * ahead * vertex * back))
        return factor * v["G_F"] ** 2 / 2 * v["g_V1"] * v["g_V2"] * temperature * total

    return route


def truncated_sums(value):
    r"""The sum over Matsubara's frequencies, to as many terms as the route takes: a number-valued expression."""
    return value.replace(
        lambda e: isinstance(e, sp.Sum), lambda e: sp.Add(*(e.function.subs(e.variables[0], n) for n in range(TERMS)))
    )
