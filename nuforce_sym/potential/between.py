r"""The potential of any declared interaction: trees and pairs, from the Lagrangian to the operators, in one call."""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Field, Interaction
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.potential.operators import position_operators
from nuforce_sym.potential.pair_force import pair_potential, pair_spin_amplitude
from nuforce_sym.potential.potential import Potential
from nuforce_sym.potential.spin_amplitude import in_operators, spin_amplitude
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import symbols

q, t = symbols("q t")
HIGHEST_ORDER = 4
HIGHEST_IN_SPACE = 2


def momentum_space(interaction: Interaction | PairInteraction, first: Field, second: Field, *, order: int = 2) -> sp.Expr:
    r"""Return \mathcal V(q, P) of the exchange of a boson, or d\mathcal V/dt of the exchange of a pair of mass \sqrt t.

    Args:
        interaction: of `mediator_interaction` and its kin, or of `pair_interaction`.
        first, second: two distinct fermions of it.
        order: the highest power of 1/m_1 and 1/m_2 together, 0 to 4.

    Raises:
        InputError: the fermions are one and the same, the order is no number from 0 to 4, or there is no common mediator.
        NotDerivable: no reduction is known.
    """
    if first == second:
        raise InputError(
            f"{first.name!r} is named twice: identical fermions also exchange places, and that amplitude is not made here; "
            "give the two sources two names"
        )
    if order not in range(HIGHEST_ORDER + 1):
        raise InputError(
            f"order {order!r} must be a whole number from 0 to {HIGHEST_ORDER}: the power of 1/m to which lines are expanded"
        )
    if isinstance(interaction, PairInteraction):
        return pair_spin_amplitude(interaction, first, second, order=order)
    return spin_amplitude(conserve_vector_current(exchange(interaction, first, second, t)), t, order=order)


def operator_coefficients(
    interaction: Interaction | PairInteraction, first: Field, second: Field, *, order: int = 2
) -> dict[int, sp.Expr]:
    r"""Return f_k of \mathcal V = \sum_k f_kO_k/(q^2+M^2), in the operators of Dobrescu and Mocioiu with m = m_1.

    M is the mediator's mass, or \sqrt t for a pair, where it is d\mathcal V/dt. Raises as `momentum_space`.
    """
    amplitude = momentum_space(interaction, first, second, order=order)
    mass_squared = t if isinstance(interaction, PairInteraction) else _mediator(interaction).mass ** 2
    expanded = sp.expand(in_operators(sp.expand(sp.cancel(amplitude * (q**2 + mass_squared)))))
    found = {k: sp.factor(expanded.coeff(symbols(f"O_{k}")[0])) for k in range(1, 17)}
    return {k: f for k, f in found.items() if f != 0}


def potential_between(interaction: Interaction | PairInteraction, first: Field, second: Field, *, order: int = 0) -> Potential:
    r"""Return V between two fermions as an operator in \sigma_1, \sigma_2, p, L and \hat r, to order 1/m^{order}.

    Raises:
        InputError: as `momentum_space`; where nothing survives at this order, with the order that does; or where a coupling
            is imaginary.
        NotDerivable: there is no closed form.
    """
    made: object = interaction
    fields: tuple[object, ...] = (first, second)
    power: object = order
    if not isinstance(made, (Interaction, PairInteraction)) or not all(isinstance(f, Field) for f in fields):
        raise InputError("a potential needs an interaction and two fields, such as cases.PSI_1 and cases.PSI_2")
    if not isinstance(power, int) or isinstance(power, bool) or power > HIGHEST_IN_SPACE:
        raise InputError(f"order {order!r} in position space must be 0, 1 or {HIGHEST_IN_SPACE}; the amplitude goes further")
    if momentum_space(interaction, first, second, order=order) == 0:
        for higher in range(order + 1, HIGHEST_IN_SPACE + 1):
            if momentum_space(interaction, first, second, order=higher) != 0:
                at = "between fermions at rest" if order == 0 else f"up to order 1/m^{order}"
                raise InputError(
                    f"nothing of this force is left {at}: its structures need {_vectors(interaction, first, second, higher)}, "
                    f"and begin at 1/m^{higher}; ask for order={higher}"
                )
        raise InputError(f"the potential vanishes up to order 1/m^{HIGHEST_IN_SPACE}")
    if isinstance(interaction, PairInteraction):
        found = Potential.of(pair_potential(interaction, first, second, order=order))
    else:
        found = Potential.of(position_operators(momentum_space(interaction, first, second, order=order), q))
    if any(term.radial.has(sp.I) for term in found.terms):
        raise InputError("the potential has an imaginary part: a coupling is not real, so that the Lagrangian is not hermitian")
    return found


def _vectors(interaction: Interaction | PairInteraction, first: Field, second: Field, order: int) -> str:
    """Say which vectors besides the spins the structures of an order consist of."""
    amplitude = momentum_space(interaction, first, second, order=order)
    names = {Vector3("q"): "the momentum transfer q", Vector3("P"): "the mean momentum P"}
    return " and ".join(text for vector, text in names.items() if amplitude.has(vector)) or "the kinetic energies"


def _mediator(interaction: Interaction) -> Field:
    mediator = interaction.terms[0].mediator
    if mediator is None:
        raise NotDerivable("a four-fermion term has no mediator: declare the pair as a PairOperator")
    return mediator
