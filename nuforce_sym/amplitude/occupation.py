r"""Expectation values of ladder operators in a background state, by their (anti)commutators.

In a box of volume V, with the vacuum |0> and one packet |w\rangle=\sum_{\mathbf q}w(\mathbf q)a^\dagger_{\mathbf q}|0\rangle,
\sum|w|^2=1,

    \langle w|a_{\mathbf p}a_{\mathbf k}^\dagger|w\rangle = \delta_{\mathbf{pk}} - w^*(\mathbf k)w(\mathbf p)

for fermions, with + for bosons. The continuum has (2\pi)^3\delta^3(\mathbf p-\mathbf k) for V\delta_{\mathbf{pk}}.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.symbols import symbols

FERMIONS, BOSONS = -1, 1
"""The sign s in a_p a_k^\\dagger = \\delta_{pk} + s a_k^\\dagger a_p."""


@dataclass(frozen=True)
class Ladder:
    """An annihilation operator, or a creation operator, of a mode known by its name."""

    mode: str
    creates: bool


Pairing = frozenset[tuple[str, str]]
"""The Kronecker deltas of one term: pairs (mode annihilated, mode created)."""


def vacuum_expectation(operators: Sequence[Ladder], statistics: int) -> dict[Pairing, int]:
    r"""Return \langle0|\dots|0\rangle of a product of ladder operators as a sum of products of Kronecker deltas.

    The rightmost annihilator is moved to the right through the creators, a a^\dagger = \delta + s\,a^\dagger a, until it
    meets |0\rangle; s is -1 for fermions and +1 for bosons.

    Raises:
        InputError: ``statistics`` is neither.
    """
    if statistics not in (FERMIONS, BOSONS):
        raise InputError(f"statistics {statistics!r} must be FERMIONS (-1) or BOSONS (+1)")
    if not operators:
        return {frozenset(): 1}
    last = max((i for i, op in enumerate(operators) if not op.creates), default=None)
    if last is None:
        return {}
    total: dict[Pairing, int] = {}
    before, moving, after = operators[:last], operators[last], operators[last + 1 :]
    sign = 1
    for position, creator in enumerate(after):
        rest = [*before, *after[:position], *after[position + 1 :]]
        for pairs, number in vacuum_expectation(rest, statistics).items():
            term = pairs | {(moving.mode, creator.mode)}
            total[term] = total.get(term, 0) + sign * number
        sign *= statistics
    return {pairs: number for pairs, number in total.items() if number}


def packet_expectation(statistics: int, *, creator_first: bool = False) -> sp.Expr:
    r"""Return \langle w|a_{\mathbf p}a_{\mathbf k}^\dagger|w\rangle for one packet, or of a_{\mathbf k}^\dagger a_{\mathbf p}.

    Every delta of the two summed modes of \langle w| and |w\rangle picks one amplitude: where they meet each other they
    give \langle w|w\rangle=1.
    """
    delta_pk, w_p, w_k_star = symbols("delta_pk w_p w_k_star")
    a, a_dagger = Ladder("p", creates=False), Ladder("k", creates=True)
    middle = (a_dagger, a) if creator_first else (a, a_dagger)
    terms = vacuum_expectation((Ladder("bra", creates=False), *middle, Ladder("ket", creates=True)), statistics)
    value = {("p", "k"): delta_pk, ("bra", "ket"): sp.Integer(1), ("p", "ket"): w_p, ("bra", "k"): w_k_star}
    return sp.Add(*(number * sp.Mul(*(value[pair] for pair in pairs)) for pairs, number in terms.items()))


def smeared(expectation: sp.Expr, occupation: sp.Expr) -> sp.Expr:
    r"""Return the expectation value averaged over translations of the state, per \delta_{\mathbf{pk}}.

    A translation by \Delta\mathbf x turns w(\mathbf p)w^*(\mathbf k) by e^{-i(\mathbf p-\mathbf k)\cdot\Delta\mathbf x}, which
    averages to \delta_{\mathbf{pk}}: |w|^2 of one packet, n = N|w|^2 of N packets, is left on the diagonal. Off the
    diagonal E_p \neq E_k, so that a state that is not averaged is a background that changes with time.
    """
    delta_pk, w_p, w_k_star = symbols("delta_pk w_p w_k_star")
    diagonal = sp.Dummy("diagonal")
    on_diagonal = sp.expand(expectation).subs(w_p * w_k_star, diagonal * delta_pk)
    return sp.expand(on_diagonal / delta_pk).subs(diagonal, occupation)
