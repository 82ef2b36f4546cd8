r"""Tree exchange between explicit four-spinors, as a matrix in the two spins: no algebra, no expansion.

\mathcal M/(4E_1E_2) for p_1 = P - q/2 \to P + q/2 and p_2 = -P + q/2 \to -P - q/2, on shell (P.q = 0). Rows and
columns are (s_1, s_2) after and before, in the order ++, +-, -+, --.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import mpmath as mp

from nuforce_sym.amplitude.explicit import GAMMA, GAMMA5, METRIC, line

Vector = Sequence[Any]
Couplings = Mapping[str, Any]


def vertex(couplings: Couplings, mu: int, gained: Vector) -> mp.matrix:
    r"""Return \sum g\,\Gamma^\mu for structures S, P, V, A, M, E; the dipoles are i\sigma^{\mu\nu}k_\nu(i\gamma_5)."""
    total = mp.zeros(4)
    for tag, g in couplings.items():
        if tag in ("S", "P"):
            total += g * (mp.eye(4) if tag == "S" else 1j * GAMMA5)
        elif tag in ("V", "A"):
            total += g * GAMMA[mu] * (mp.eye(4) if tag == "V" else GAMMA5)
        else:
            dipole = mp.zeros(4)
            for i, k in enumerate(gained, start=1):
                commutator = GAMMA[mu] * GAMMA[i] - GAMMA[i] * GAMMA[mu]
                dipole += 1j * (1j / 2) * commutator * (-k)
            total += g * dipole * (mp.eye(4) if tag == "M" else 1j * GAMMA5)
    return total


def exchange_matrix(
    first: Couplings,
    second: Couplings,
    masses: tuple[Any, Any, Any],
    P: Vector,
    q: Vector,
    *,
    spin: int,
    longitudinal: Any = None,
) -> mp.matrix:
    r"""Return \mathcal M/(4E_1E_2) for \mathcal L = -\sum g\phi\bar\psi\Gamma\psi as a 4x4 matrix in the spins.

    ``masses`` are m_1, m_2 and the mediator's; ``spin`` is the mediator's. A vector's propagator is that of unitary gauge,
    with ``longitudinal``, 1/M^2 by default, in front of q_\mu q_\nu.
    """
    m_1, m_2, M = masses
    ends = [_ends(P, q), _ends([-x for x in P], [-x for x in q])]
    components = range(4) if spin else range(1)
    lines = [
        [_spins(vertex(couplings, mu, gained), *end, m) for mu in components]
        for couplings, end, m, gained in ((first, ends[0], m_1, q), (second, ends[1], m_2, [-x for x in q]))
    ]
    four_q = (mp.mpf(0), *q)
    t = -mp.fsum(x**2 for x in q)
    out = mp.zeros(4)
    for row, column in product(range(4), repeat=2):
        pair = [(row // 2, column // 2), (row % 2, column % 2)]
        one, two = ([table[pair[n]] for table in lines[n]] for n in range(2))
        if spin == 0:
            out[row, column] = -one[0] * two[0] / (t - M**2)
            continue
        contracted = mp.fsum(METRIC[mu] * one[mu] * two[mu] for mu in range(4))
        if M:
            along = [mp.fsum(METRIC[mu] * four_q[mu] * J[mu] for mu in range(4)) for J in (one, two)]
            contracted -= along[0] * along[1] * (1 / M**2 if longitudinal is None else longitudinal)
        out[row, column] = contracted / (t - M**2)
    return out


def _ends(P: Vector, q: Vector) -> tuple[list[Any], list[Any]]:
    return [a + b / 2 for a, b in zip(P, q, strict=True)], [a - b / 2 for a, b in zip(P, q, strict=True)]


def _spins(gamma: mp.matrix, p_out: Vector, p_in: Vector, m: Any) -> dict[tuple[int, int], Any]:
    """Return the line over 2E for every pair of spins."""
    E = mp.sqrt(m**2 + mp.fsum(x**2 for x in p_in))
    return {(a, b): line(gamma, p_out, p_in, m, (a, b)) / (2 * E) for a, b in product(range(2), repeat=2)}
