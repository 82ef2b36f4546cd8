r"""Wick contractions of operators, counted one by one: where symmetry factors come from.

    \langle\psi_a\bar\psi_b\rangle = S_{ab}, \qquad \langle\bar\psi_b\psi_a\rangle = -S_{ab},

and for a self-conjugate (Majorana) field also \langle\nu\nu\rangle and \langle\bar\nu\bar\nu\rangle. A full contraction pairs
all the fields; its sign is that of the permutation which brings the partners together (Wick's theorem; Peskin & Schroeder,
Secs. 4.3 and 4.7). Operators are normal ordered: no field is paired with another one of its own operator.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from nuforce_sym.amplitude.exchange import MU
from nuforce_sym.amplitude.interaction import Bilinear, Field, Term
from nuforce_sym.amplitude.loop import charge_conjugation_sign
from nuforce_sym.errors import InputError
from nuforce_sym.lines import Line

MAX_LEGS = 16


@dataclass(frozen=True)
class Leg:
    r"""One field of an operator: \bar\psi or \phi^* where ``barred``, else \psi or \phi."""

    field: Field
    barred: bool = False


Operator = tuple[Leg, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Contraction:
    """A full contraction: pairs of places (operator, leg), from 0, and its sign."""

    pairs: tuple[tuple[Place, Place], ...]
    sign: int

    def partner(self, place: Place) -> Place:
        """Return the place that ``place`` is paired with."""
        return next(b if a == place else a for a, b in self.pairs if place in (a, b))


def operator(term: Term) -> Operator:
    r"""Return the fermion fields of a Lagrangian term in its order: \bar\psi_1\psi_1\bar\psi_2\psi_2."""
    return tuple(Leg(b.field, barred) for b in term.bilinears for barred in (True, False))


def contractions(*operators: Operator) -> tuple[Contraction, ...]:
    """Return every full contraction of a product of normal-ordered operators.

    Raises:
        InputError: there are more than 16 fields, whose contractions would be too many to list.
    """
    places = [(n, k) for n, op in enumerate(operators) for k in range(len(op))]
    if len(places) > MAX_LEGS:
        raise InputError(f"{len(places)} fields have too many contractions to list: at most {MAX_LEGS} are taken")
    leg = {(n, k): operators[n][k] for n, k in places}
    found: list[Contraction] = []

    def pair(rest: list[Place], pairs: tuple[tuple[Place, Place], ...]) -> None:
        if not rest:
            found.append(Contraction(pairs, _sign(pairs, places, leg)))
            return
        first, *others = rest
        for other in others:
            if first[0] != other[0] and _contract(leg[first], leg[other]):
                pair([x for x in others if x != other], (*pairs, (first, other)))

    pair(places, ())
    return tuple(found)


def read_backwards(found: Contraction, operators: Sequence[Operator], bilinears: Collection[Place]) -> Contraction:
    r"""Return the contraction with some bilinears written backwards, \bar\nu\Gamma\nu = \bar\nu\,C\Gamma^TC^{-1}\,\nu.

    ``bilinears`` are the places of their first legs. The identity holds for anticommuting self-conjugate fields, sign
    included; the two legs change places, and so may the sign of the contraction.

    Raises:
        InputError: a field is not self-conjugate.
    """
    swap: dict[Place, Place] = {}
    for n, k in bilinears:
        if not operators[n][k].field.self_conjugate:
            raise InputError(f"the field {operators[n][k].field.name!r} is not self-conjugate: its bilinears have one reading")
        swap |= {(n, k): (n, k + 1), (n, k + 1): (n, k)}
    moved = [(swap.get(a, a), swap.get(b, b)) for a, b in found.pairs]
    pairs = tuple((min(pair), max(pair)) for pair in moved)
    places = [(n, k) for n, op in enumerate(operators) for k in range(len(op))]
    leg = {(n, k): operators[n][k] for n, k in places}
    return Contraction(pairs, _sign(pairs, places, leg))


def _contract(one: Leg, two: Leg) -> bool:
    return one.field == two.field and (one.field.self_conjugate or one.barred != two.barred)


def _sign(pairs: Sequence[tuple[Place, Place]], places: Sequence[Place], leg: Mapping[Place, Leg]) -> int:
    """Return -1 for every crossing of two fermion pairs and for every pair that stands as (barred, unbarred)."""
    order = {place: n for n, place in enumerate(places)}
    fermions = [(order[a], order[b]) for a, b in pairs if leg[a].field.spin == sp.Rational(1, 2)]
    crossings = sum(a < c < b < e or c < a < e < b for i, (a, b) in enumerate(fermions) for c, e in fermions[:i])
    reversed_pairs = sum(leg[a].barred and not leg[b].barred for a, b in pairs if leg[a].field.spin == sp.Rational(1, 2))
    return -1 if (crossings + reversed_pairs) % 2 else 1


def contact_amplitude(term: Term, first: Field, second: Field) -> sp.Expr:
    r"""Return \mathcal M of first + second -> first + second by a four-fermion term, its direct part.

    In a direct contraction each bilinear joins the incoming to the outgoing leg of one particle. All of them are summed:
    two for identical fermions, [\bar\psi\Gamma\psi]^2; and a self-conjugate field meets each of its bilinears from both
    sides, which adds C\Gamma^TC^{-1}. Vector lines are contracted by an index that stands twice. Identical particles have an
    exchanged part besides, which differs by Fermi's sign and by p_1' \leftrightarrow p_2'.

    Raises:
        InputError: the term does not scatter these two particles, or its bilinear vanishes for a Majorana field.
    """
    outgoing = (Leg(second), Leg(first))  # <0| b_2 b_1, the adjoint of b_1^+ b_2^+ |0>
    incoming = (Leg(first, barred=True), Leg(second, barred=True))
    operators = (outgoing, operator(term), incoming)
    total, direct = sp.Integer(0), 0
    for found in contractions(*operators):
        ends = [tuple(found.partner((1, k + side)) for side in (0, 1)) for k in (0, 2)]
        particles = [{_particle(place) for place in pair} for pair in ends]
        if any(len(one) != 1 for one in particles):
            continue
        direct += 1
        backwards = [(1, 2 * k) for k, pair in enumerate(ends) if pair[0][0] == 2]
        product = sp.Integer(read_backwards(found, operators, backwards).sign)
        for k, (bilinear, (particle,)) in enumerate(zip(term.bilinears, particles, strict=True)):
            product *= _line(bilinear, particle, backwards=(1, 2 * k) in backwards)
        total += term.coupling * product
    if not direct:
        raise InputError(f"the term with coupling {term.coupling} does not scatter {first.name!r} on {second.name!r}")
    amplitude = sp.expand(total)
    if amplitude == 0:
        raise InputError(
            f"the term with coupling {term.coupling} vanishes: of a Majorana field only the scalar, the pseudoscalar and the "
            "axial current exist; its vector and tensor bilinears are zero"
        )
    return amplitude


def _particle(place: Place) -> int:
    """Return 1 or 2 for an external leg; outgoing ones stand in the opposite order."""
    group, k = place
    return 2 - k if group == 0 else k + 1


def _line(bilinear: Bilinear, particle: int, *, backwards: bool) -> sp.Expr:
    slot = MU if bilinear.is_vector else None
    signs = {tag: charge_conjugation_sign(tag) if backwards else 1 for tag, _ in bilinear.structure}
    return sp.Add(*(c * signs[tag] * Line(particle, tag, slot) for tag, c in bilinear.structure))


def loop_contractions(field: Field) -> tuple[int, int]:
    r"""Return the contractions of \langle O\,O\rangle, O = \bar\chi\Gamma\chi (or \phi^*\phi): (straight, reversed), with
    their signs.

    A straight one pairs \bar\chi with \chi and is the sign times \mathrm{Tr}[\Gamma S\Gamma S]; a reversed one, of
    self-conjugate fields only, pairs like with like, and is the sign times \mathrm{Tr}[\Gamma S\,C\Gamma^TC^{-1}S].
    """
    O = (Leg(field, barred=True), Leg(field))
    straight = flipped = 0
    for found in contractions(O, O):
        if found.partner((0, 0)) == (1, 1):
            straight += found.sign
        else:
            flipped += read_backwards(found, (O, O), [(1, 0)]).sign
    return straight, flipped
