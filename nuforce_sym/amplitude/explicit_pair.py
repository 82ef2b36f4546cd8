r"""The rate of pair creation with explicit spinors and polarisation vectors: the slow second route to `pair`.

\sum_{\rm spins}|\langle\chi(k)\bar\chi(k')|\mathcal O|0\rangle|^2 for k = (E, \mathbf k), k' = (E, -\mathbf k), component by
component. No trace, no sum rule for spinors or polarisations, no tensor algebra.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from typing import Any

import mpmath as mp

from nuforce_sym.amplitude.explicit import GAMMA, GAMMA5, METRIC, charge_conjugate, spinor, two_body_volume

Components = dict[tuple[int, ...], Any]
"""Amplitudes by the values of the operator's Lorentz indices; () for a scalar."""

_DIRECTION = (2, 3, 6)  # of length 7


def pair_density(spin: Any, tag: str, m: Any, t: Any, *, self_conjugate: bool = False) -> tuple[Any, Any]:
    r"""Return the two numbers of `pair.PairDensity` of one operator, by its spin and tag.

    In the rest frame of the pair -g^{ij} = \delta^{ij}, so that a current has \sum_iW^{ii} = 3\rho_T and W^{00} = \rho_L, and
    a tensor \sum_{i<j}W^{ij,ij} = 3\rho_1 and \sum_iW^{0i,0i} = 3(\rho_2-\rho_1), times 2\pi and per phase space.
    """
    E = mp.sqrt(t) / 2
    size = mp.sqrt(E**2 - m**2)
    three = [size * x / 7 for x in _DIRECTION]
    k, k_prime = (E, *three), (E, *(-x for x in three))
    amplitudes = (_scalar_pair, _fermion_pair, _vector_pair)[int(2 * spin)]
    rates = _rates(tag, amplitudes(tag, m, k, k_prime, self_conjugate))
    weight = two_body_volume(t, m) / (2 * mp.pi) * (mp.mpf(1) / 2 if self_conjugate else 1)
    return weight * rates[0], weight * rates[1]


def _rates(tag: str, amplitudes: Sequence[Components]) -> tuple[Any, Any]:
    total: Components = {}
    for one in amplitudes:
        for component, value in one.items():
            total[component] = total.get(component, 0) + abs(value) ** 2
    if () in total:
        return total[()], mp.mpf(0)
    if tag == "T":
        magnetic = mp.fsum(v for (a, b), v in total.items() if 0 < a < b) / 3
        electric = mp.fsum(v for (a, b), v in total.items() if a == 0 < b) / 3
        return magnetic, electric + magnetic
    return mp.fsum(total[(i,)] for i in (1, 2, 3)) / 3, total[(0,)]


def _scalar_pair(tag: str, _: Any, k: Sequence[Any], k_prime: Sequence[Any], self_conjugate: bool) -> list[Components]:
    def once(p: Sequence[Any], p_prime: Sequence[Any]) -> Components:
        if tag == "S":
            return {(): mp.mpf(1)}
        if tag == "D":
            return {(): mp.fsum(g * (1j * a) * (1j * b) for g, a, b in zip(METRIC, p, p_prime, strict=True))}
        return {(mu,): 1j * (1j * p_prime[mu] - 1j * p[mu]) for mu in range(4)}

    return [_with_exchange(once(k, k_prime), once(k_prime, k), self_conjugate)]


def _with_exchange(direct: Components, crossed: Components, both: bool) -> Components:
    return {c: v + crossed[c] for c, v in direct.items()} if both else direct


def _fermion_pair(tag: str, m: Any, k: Sequence[Any], k_prime: Sequence[Any], self_conjugate: bool) -> list[Components]:
    one = mp.eye(4)
    tables: dict[str, Components] = {
        "S": {(): one},
        "P": {(): 1j * GAMMA5},
        "V": {(mu,): GAMMA[mu] for mu in range(4)},
        "A": {(mu,): GAMMA[mu] * GAMMA5 for mu in range(4)},
        "T": {(mu, nu): 1j / 2 * (GAMMA[mu] * GAMMA[nu] - GAMMA[nu] * GAMMA[mu]) for mu, nu in product(range(4), repeat=2)},
    }
    matrices = tables[tag]
    if self_conjugate:
        matrices = {c: matrix + charge_conjugate(matrix) for c, matrix in matrices.items()}
    out = []
    for spins in product(range(2), repeat=2):
        bar = spinor(k[1:], m, spins[0]).H * GAMMA[0]
        # v = C ubar^T with C = i gamma^2 gamma^0
        v = 1j * GAMMA[2] * GAMMA[0] * (spinor(k_prime[1:], m, spins[1]).H * GAMMA[0]).T
        out.append({c: (bar * matrix * v)[0] for c, matrix in matrices.items()})
    return out


def _polarisations(p: Sequence[Any], m: Any) -> list[tuple[Any, ...]]:
    """Three real vectors with e.p = 0 and e.e = -1: those of the rest frame, boosted."""
    found = []
    for axis in range(3):
        along = p[1 + axis] / m
        found.append((along, *(p[1 + i] * along / (p[0] / m + 1) / m + (i == axis) for i in range(3))))
    return found


_SIGNED = tuple(
    (order, (-1) ** sum(order[i] > order[j] for i in range(4) for j in range(i + 1, 4))) for order in permutations(range(4))
)


def _vector_pair(tag: str, m: Any, k: Sequence[Any], k_prime: Sequence[Any], self_conjugate: bool) -> list[Components]:
    def strength(p: Sequence[Any], e: Sequence[Any]) -> list[list[Any]]:
        return [[1j * (p[a] * e[b] - p[b] * e[a]) for b in range(4)] for a in range(4)]

    def lowered(F: list[list[Any]]) -> list[list[Any]]:
        return [[METRIC[a] * METRIC[b] * F[a][b] for b in range(4)] for a in range(4)]

    def once(p: Sequence[Any], e: Sequence[Any], p_prime: Sequence[Any], e_prime: Sequence[Any]) -> Components:
        F, G = strength(p, e), strength(p_prime, e_prime)
        if tag == "S":
            return {(): mp.fsum(g * a * b for g, a, b in zip(METRIC, e, e_prime, strict=True))}
        if tag == "F":
            return {(): mp.fsum(lowered(F)[a][b] * G[a][b] for a in range(4) for b in range(4))}
        if tag == "G":
            low = (lowered(F), lowered(G))
            return {(): mp.fsum(s * low[0][o[0]][o[1]] * low[1][o[2]][o[3]] for o, s in _SIGNED) / 2}
        return {(mu,): 1j * mp.fsum(METRIC[n] * (F[mu][n] * e_prime[n] - G[mu][n] * e[n]) for n in range(4)) for mu in range(4)}

    return [
        _with_exchange(once(k, e, k_prime, f), once(k_prime, f, k, e), self_conjugate)
        for e in _polarisations(k, m)
        for f in _polarisations(k_prime, m)
    ]
