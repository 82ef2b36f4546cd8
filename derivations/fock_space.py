"""Routes by explicit Fock space, principal values and Matsubara sums, for the checks of the background's derivations.

Matrices of ladder operators by Jordan and Wigner's construction; spinors and gamma matrices in numbers.
"""

from __future__ import annotations

import itertools

import mpmath as mp
import numpy as np
import sympy as sp

from nuforce_sym.amplitude.explicit import GAMMA, charge_conjugate, current_vertex, spinor, trace

_G = [np.array([[complex(g[i, j]) for j in range(4)] for i in range(4)]) for g in GAMMA]
_C = 1j * _G[2] @ _G[0]


def annihilators(count: int) -> list[np.ndarray]:
    """The annihilation operators of ``count`` fermionic modes as matrices of dimension 2^count."""
    lower, sign, one = np.array([[0, 1], [0, 0]]), np.diag([1, -1]), np.eye(2, dtype=int)
    found = []
    for mode in range(count):
        matrix = np.eye(1, dtype=int)
        for place in range(count):
            matrix = np.kron(matrix, sign if place < mode else lower if place == mode else one)
        found.append(matrix)
    return found


def packet_in_fock_space(w, p: int, k: int):
    """<w|a_p a_k^dagger|w> for one packet with amplitudes ``w`` of its modes."""
    a = annihilators(len(w))
    vacuum = np.zeros(2 ** len(w))
    vacuum[0] = 1
    state = sum(amplitude * a[i].T @ vacuum for i, amplitude in enumerate(w))
    return (a[p].T @ state).conj() @ (a[k].T @ state)


def _u(p, m, spin):
    found = spinor([mp.mpf(x) for x in p], mp.mpf(m), spin)
    return np.array([complex(found[i]) for i in range(4)])


def _v(p, m, spin):
    return _C @ (_u(p, m, spin).conj() @ _G[0])


def propagator_in_fock_space(w_plus, w_minus, momenta, m, x, y):
    r"""<T psi(x) psibar(y)> minus that of the vacuum, in a box of unit volume, averaged over translations of the state.

    The state holds one particle in the packet ``w_plus`` and one antiparticle in ``w_minus``, their spins averaged.
    """
    labels = list(itertools.product(range(len(momenta)), (0, 1), (1, -1)))
    a = annihilators(len(labels))
    dimension = a[0].shape[0]
    vacuum = np.zeros(dimension, dtype=complex)
    vacuum[0] = 1

    def field(at):
        total = [np.zeros((dimension, dimension), dtype=complex) for _ in range(4)]
        for mode, (i, spin, charge) in enumerate(labels):
            p = momenta[i]
            E = np.sqrt(m * m + p @ p)
            phase = np.exp(-1j * charge * (E * at[0] - p @ at[1:]))
            operator = a[mode] if charge == 1 else a[mode].T
            column = _u(p, m, spin) if charge == 1 else _v(p, m, spin)
            for component in range(4):
                total[component] += column[component] / np.sqrt(2 * E) * phase * operator
        return total

    psi, at_y = field(x), field(y)
    psibar = [sum(at_y[b].conj().T * _G[0][b, c] for b in range(4)) for c in range(4)]

    def ordered(states):
        columns = np.array(states).T
        first, second, sign = (psi, psibar, 1) if x[0] > y[0] else (psibar, psi, -1)
        bras = [(operator.conj().T @ columns).conj() for operator in first]
        kets = [operator @ columns for operator in second]
        table = np.array([[(bra * ket).sum() for ket in kets] for bra in bras]) * sign / len(states)
        return table if sign == 1 else table.T

    # with momenta 2 pi (integers) in a unit box, the mean over a grid finer than every difference is exact
    grid = [np.array(point) / 3 for point in itertools.product(range(3), repeat=3)]
    states = []
    for shift in grid:
        for s, s_bar in itertools.product((0, 1), repeat=2):
            moved = [
                sum(
                    w[i] * np.exp(-1j * (momenta[i] @ shift)) * a[labels.index((i, spin, charge))].T
                    for i in range(len(momenta))
                )
                for w, spin, charge in ((w_plus, s, 1), (w_minus, s_bar, -1))
            ]
            states.append(moved[0] @ (moved[1] @ vacuum))
    return ordered(states) - ordered([vacuum])


def covariant_propagator(weights, momenta, m, x, y):
    r"""The sum over momenta of weight/(2 pi) (+-kslash+m) e^{-+ik(x-y)}; ``weights(i, E)`` gives both signs'."""
    total = np.zeros((4, 4), dtype=complex)
    d = np.array(x) - np.array(y)
    for i, p in enumerate(momenta):
        E = np.sqrt(m * m + p @ p)
        kslash = E * _G[0] - sum(p[j] * _G[j + 1] for j in range(3))
        for sign, weight in zip((1, -1), weights(i, E), strict=True):
            phase = np.exp(-1j * sign * (E * d[0] - p @ d[1:]))
            total += weight / (2 * np.pi) * (sign * kslash + m * np.eye(4)) * phase
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
