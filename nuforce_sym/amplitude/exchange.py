r"""Tree exchange: two fermions, one mediator.

    i\mathcal M = (i\,\text{vertex}_1)\,[\text{propagator}]\,(i\,\text{vertex}_2),  \qquad t = q^2

with the propagators i/(t-M^2) of a scalar and -i(g_{\mu\nu}-q_\mu q_\nu/M^2)/(t-M^2) of a vector (Feynman gauge,
-ig_{\mu\nu}/t, when it is massless); Peskin & Schroeder, Secs. 4.7, 4.8 and A.1, and Eq. (21.58).
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.interaction import Field, Interaction, Term
from nuforce_sym.errors import InputError
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Index, Momentum

MU = Index("mu")
Q = Momentum("q")


def exchange(interaction: Interaction, first: Field, second: Field, t: sp.Symbol) -> sp.Expr:
    r"""Return \mathcal M of first + second -> first + second by exchange of the interaction's mediator.

    The two fermions are distinct species, so that there is no crossed diagram. Vector lines are contracted by an
    index that stands twice; q is the momentum given to the first particle.

    Raises:
        InputError: the two fermions do not couple to one common mediator.
    """
    one, two = _vertex(interaction, first), _vertex(interaction, second)
    if one.mediator is None or one.mediator != two.mediator:
        raise InputError(f"{first.name!r} and {second.name!r} do not couple to one common mediator")
    vertices = (sp.I * one.coupling) * (sp.I * two.coupling)
    mediator = one.mediator
    if mediator.spin == 0:
        i_M = vertices * sp.I / (t - mediator.mass**2) * _line(1, one) * _line(2, two)
    else:
        contracted = _line(1, one, MU) * _line(2, two, MU)
        if mediator.mass != 0:
            contracted -= _line(1, one, Q) * _line(2, two, Q) / mediator.mass**2
        i_M = vertices * (-sp.I) / (t - mediator.mass**2) * contracted
    return -sp.I * i_M


def _vertex(interaction: Interaction, fermion: Field) -> Term:
    (term,) = interaction.of(fermion)
    return term


def _line(particle: int, term: Term, slot: Index | Momentum | None = None) -> sp.Expr:
    return sp.Add(*(c * Line(particle, tag, slot) for tag, c in term.bilinears[0].structure))


def conserve_vector_current(amplitude: sp.Expr) -> sp.Expr:
    r"""Return the amplitude with q_\mu\,\bar u'\gamma^\mu u = 0, which holds by the Dirac equation for equal masses:
    \bar u(p')(\slashed p'-\slashed p)u(p) = (m-m)\,\bar u'u.
    """
    return amplitude.replace(
        lambda e: isinstance(e, Line) and e.structure == "V" and isinstance(e.slot, Momentum),
        lambda _: sp.Integer(0),
    )
