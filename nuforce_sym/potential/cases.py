r"""The common cases: tree exchange of a boson of spin 0 or 1, and exchange of a pair, by tags instead of declarations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Any

import sympy as sp

from nuforce_sym.amplitude.interaction import Field, Interaction, mediator_interaction
from nuforce_sym.amplitude.pair import CURRENT, OPERATORS, SCALAR, PairInteraction, PairOperator, pair_interaction
from nuforce_sym.errors import InputError
from nuforce_sym.potential.between import operator_coefficients
from nuforce_sym.symbols import symbol, symbols

_HALF, _ONE, _ZERO = sp.Rational(1, 2), sp.Integer(1), sp.Integer(0)
PSI_1, PSI_2 = (Field(f"psi_{n}", rf"\psi_{n}", _HALF, symbol(f"m_{n}")) for n in (1, 2))
TREE_TAGS = {0: ("S", "P"), 1: ("V", "A", "M", "E")}
_COUPLINGS = {"S": "g_S{n}", "P": "g_P{n}", "V": "v_{n}", "A": "a_{n}", "M": "mu_{n}", "E": "d_{n}"}
SPINS = {"0": _ZERO, "1/2": _HALF, "1": _ONE}


def tree(spin: int, first: Sequence[str], second: Sequence[str], *, massless: bool = False) -> Interaction:
    r"""Return \mathcal L = -\sum g\,\phi\,\bar\psi\Gamma\psi for a boson of ``spin`` 0 or 1 and structures by tag.

    The tags are S, P (spin 0: 1, i\gamma_5) and V, A, M, E (spin 1: \gamma^\mu, \gamma^\mu\gamma_5, magnetic and electric
    dipole); the couplings are g_S, g_P, v, a, \mu, d with the particle's number.

    Raises:
        InputError: a tag does not fit the spin.
    """
    if type(spin) is not int or spin not in TREE_TAGS:
        raise InputError(f"a boson of spin {spin!r}: 0 and 1 are known")
    for tags in (first, second):
        if not _are_tags(tags):
            raise InputError(f"the structures of a particle are a list of tags such as ['S', 'P'], and not empty; got {tags!r}")
        if len(set(tags)) != len(tags):
            raise InputError(f"a structure stands twice in {' '.join(tags)}: name each once, its coupling holds its strength")
    for tag in (*first, *second):
        if tag not in TREE_TAGS[spin]:
            raise InputError(
                f"the structure {tag!r} does not couple to a boson of spin {spin}: use {', '.join(TREE_TAGS[spin])}"
            )
    name = "A" if spin else "phi"
    mass = _ZERO if massless else symbol(f"m_{name}")
    boson = Field(name, {"A": "A", "phi": r"\phi"}[name], sp.Integer(spin), mass, self_conjugate=True)
    couplings = [
        (psi, tag, symbol(_COUPLINGS[tag].format(n=n)))
        for psi, tags, n in ((PSI_1, first, 1), (PSI_2, second, 2))
        for tag in tags
    ]
    return mediator_interaction(boson, *couplings)


def _are_tags(tags: Any) -> bool:
    return isinstance(tags, Sequence) and len(tags) > 0 and all(isinstance(tag, str) for tag in tags)


def pair(
    spin: str, operator: str, first: str, second: str, *, massless: bool = False, self_conjugate: bool = False
) -> PairInteraction:
    r"""Return \mathcal L = -\sum C_a\,\bar\psi_a\Gamma\psi_a\,\mathcal O for a pair of particles of ``spin`` "0", "1/2" or "1".

    ``operator`` is a tag of `amplitude.pair.OPERATORS`, or V-A for the left-handed current; the coefficients are C5, C6 or
    C7 by the dimension of the whole operator.

    Raises:
        InputError: the spin, the operator or a structure is unknown, they do not fit, or the operator vanishes.
    """
    if not _are_tags([spin]) or spin not in SPINS:
        raise InputError(f"a pair of spin {spin!r}: use one of {', '.join(map(repr, SPINS))}")
    for tag in (operator, first, second):
        if not isinstance(tag, str):
            raise InputError(f"an operator and a structure are one tag, such as 'S'; got {tag!r}")
    tags = {"V-A": (("V", _ONE), ("A", -_ONE))}.get(operator, ((operator, _ONE),))
    chi = Field("chi", r"\chi", SPINS[spin], _ZERO if massless else symbol("m_chi"), self_conjugate=self_conjugate)
    created = PairOperator(chi, tags)
    dimension = 3 + created.energy
    c_1, c_2 = symbols(f"C{dimension}_1 C{dimension}_2")
    return pair_interaction(created, (PSI_1, first, c_1), (PSI_2, second, c_2))


def tree_table(order: int = 2) -> Iterator[tuple[str, dict[int, sp.Expr]]]:
    """Yield the operator coefficients of every pair of tree couplings, such as ``"SP"``, for unit couplings."""
    for tags in TREE_TAGS.values():
        spin = 1 if "V" in tags else 0
        for one, two in combinations_with_replacement(tags, 2):
            for first, second in dict.fromkeys(((one, two), (two, one))):
                interaction = tree(spin, [first], [second])
                unit = {t.coupling: -_ONE for t in interaction.terms}
                found = operator_coefficients(interaction, PSI_1, PSI_2, order=order)
                yield first + second, {k: sp.factor(f.xreplace({-g: _ONE for g in unit})) for k, f in found.items()}


def pair_rows() -> Iterator[tuple[str, str, str]]:
    """Yield (spin, operator, structure of the fermions) of every force of a pair between fermions at rest."""
    fitting = {SCALAR: "S", CURRENT: "V"}
    for spin, value in SPINS.items():
        for tag, (rank, *_) in OPERATORS[value].items():
            yield spin, tag, fitting.get(rank, "T")
