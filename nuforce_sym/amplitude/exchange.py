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
    ones, twos = interaction.of(first), interaction.of(second)
    mediators = {term.mediator for term in (*ones, *twos)}
    mediator = ones[0].mediator
    if mediator is None or len(mediators) != 1:
        raise InputError(f"{first.name!r} and {second.name!r} do not couple to one common mediator")
    if mediator.spin == 0:
        i_M = sp.I**2 * sp.I / (t - mediator.mass**2) * sp.expand(_vertex(1, ones) * _vertex(2, twos))
    else:
        contracted = _vertex(1, ones, MU) * _vertex(2, twos, MU)
        if mediator.mass != 0:
            contracted -= _vertex(1, ones, Q) * _vertex(2, twos, Q) / mediator.mass**2
        elif any(b.coefficient("A") != 0 for term in (*ones, *twos) for b in term.bilinears):
            raise InputError(
                f"the mediator {mediator.name!r} has no mass and an axial coupling: the axial current is not conserved and the "
                "longitudinal part q_mu q_nu/m^2 diverges; give the mediator a mass"
            )
        i_M = sp.I**2 * (-sp.I) / (t - mediator.mass**2) * sp.expand(contracted)
    return sp.factor_terms(-sp.I * i_M, sign=True)


def _vertex(particle: int, terms: tuple[Term, ...], slot: Index | Momentum | None = None) -> sp.Expr:
    """Return the Lagrangian's coupling times the lines, summed over the terms of one fermion; the i is put in outside."""
    lines = (term.coupling * c * Line(particle, tag, slot) for term in terms for tag, c in term.bilinears[0].structure)
    return sp.Add(*lines)


def conserve_vector_current(amplitude: sp.Expr) -> sp.Expr:
    r"""Return the amplitude with q_\mu\,\bar u'\gamma^\mu u = 0, which holds by the Dirac equation for equal masses:
    \bar u(p')(\slashed p'-\slashed p)u(p) = (m-m)\,\bar u'u. For the dipoles q_\mu\sigma^{\mu\nu}q_\nu = 0 always.
    """
    return amplitude.replace(
        lambda e: isinstance(e, Line) and e.structure in ("V", "M", "E") and isinstance(e.slot, Momentum),
        lambda _: sp.Integer(0),
    )
