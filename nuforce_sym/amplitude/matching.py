r"""Tree-level matching: a heavy boson's exchange as a four-fermion term, and the Fierz rearrangement of such terms.

    \mathcal M = \frac{1}{t-M^2}\,(\ldots) \;\to\; -\frac{1}{M^2}\,(\ldots), \qquad |t| \ll M^2,

which a term of the effective Lagrangian gives at tree level, \mathcal M = (coupling)[\bar u_1'\Gamma u_1][\bar u_2'\Gamma u_2].
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import sympy as sp

from nuforce_sym.amplitude.exchange import exchange
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.dirac import fierz_element
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Momentum
from nuforce_sym.symbols import symbol

Structure = Mapping[str, sp.Expr]


def heavy_exchange(interaction: Interaction, first: Field, second: Field) -> Term:
    r"""Return the four-fermion term that the interaction's mediator leaves between two fermions at |t| << M^2.

    The bilinears are those of the interaction; the coupling is read off the amplitude of `exchange` at the leading power of
    1/M, in which q_\mu q_\nu/M^2 has gone. It is matched to the amplitude of two distinct fermions; for identical ones
    `contraction.contact_amplitude` shows the factor that the contractions add.

    Raises:
        InputError: the mediator has no mass, or a fermion couples to it by more than one term.
        NotDerivable: the amplitude is no product of the two bilinears.
    """
    bilinears = []
    for fermion in (first, second):
        terms = interaction.of(fermion)
        if len(terms) != 1 or terms[0].mediator is None:
            raise InputError(f"{fermion.name!r} must couple to the mediator by one term; gather its structures in one bilinear")
        bilinears.append(terms[0].bilinears[0])
        if terms[0].mediator.mass == 0:
            raise InputError(f"the mediator {terms[0].mediator.name!r} has no mass: its exchange is no contact interaction")
    t, small = symbol("t"), sp.Dummy("epsilon", positive=True)
    soft = exchange(interaction, first, second, t).replace(
        lambda e: isinstance(e, Line) and isinstance(e.slot, Momentum), lambda e: small * e
    )
    leading = sp.expand(soft.subs(t, small**2 * t).subs(small, 0))
    return Term(_common_factor(leading, *bilinears), tuple(bilinears))


def _common_factor(amplitude: sp.Expr, one: Bilinear, two: Bilinear) -> sp.Expr:
    """Return c in amplitude = c [one][two]."""
    lines = {(e.particle, e.structure): e for e in amplitude.atoms(Line)}
    found = []
    for (x, c), (y, d) in product(one.structure, two.structure):
        if c * d == 0:
            continue
        pair = [lines.get((n, tag)) for n, tag in ((1, x), (2, y))]
        weight = amplitude.coeff(pair[0]).coeff(pair[1]) if None not in pair else sp.Integer(0)
        found.append(sp.cancel(weight / (c * d)))
    if len(set(found)) != 1:
        raise NotDerivable(f"the amplitude {amplitude} is no product of the two bilinears")
    return sp.factor(found[0])


def rescaled(term: Term, position: int, scale: sp.Expr) -> Term:
    """Return the same term with the bilinear at ``position`` (0 or 1) divided by ``scale`` and the coupling multiplied by
    it.
    """
    bilinears = list(term.bilinears)
    given = bilinears[position]
    bilinears[position] = Bilinear(given.field, tuple((tag, sp.cancel(c / scale)) for tag, c in given.structure))
    return Term(term.coupling * scale, tuple(bilinears), term.mediator)


def fierz_product(first: Structure, second: Structure, *, statistics: str) -> dict[tuple[str, str], sp.Expr]:
    r"""Rearrange [\bar1\gamma^\mu(v+a\gamma_5)2][\bar3\gamma_\mu(v'+a'\gamma_5)4] into [\bar1\ldots4][\bar3\ldots2].

    Unlike `dirac.fierz` it takes products of a vector with an axial current too, and adds up all sixteen by sixteen
    components of `dirac.fierz_element`.

    Args:
        first, second: coefficients of V and A, ``{"V": 1, "A": -1}``.
        statistics: ``"fields"`` (anticommuting) or ``"commuting"`` (spinors).

    Returns:
        The coefficients of \gamma^\mu\otimes\gamma_\mu and the like, by ("V", "V"), ("V", "A"), ("A", "V") and ("A", "A").

    Raises:
        InputError: a structure is no vector current.
        NotDerivable: the result holds scalars or tensors besides.
    """
    for structure in (first, second):
        if not set(structure) <= {"V", "A"}:
            raise InputError(f"the structure {sorted(structure)} is no current: give coefficients of V and A")
    total: dict[tuple[str, str], sp.Expr] = {}
    for (x, c), (y, d), mu in product(first.items(), second.items(), range(4)):
        lowered = 1 if mu == 0 else -1
        for labels, weight in fierz_element(f"{x}{mu}", f"{y}{mu}", statistics=statistics).items():
            total[labels] = sp.expand(total.get(labels, sp.Integer(0)) + lowered * c * d * weight)
    left = {labels: weight for labels, weight in total.items() if weight != 0}
    out: dict[tuple[str, str], sp.Expr] = {}
    for (one, two), weight in left.items():
        if one[0] not in "VA" or two[0] not in "VA" or one[1:] != two[1:]:
            raise NotDerivable(f"the rearranged product holds {one} x {two}: it is no product of currents alone")
        lowered = weight if one[1:] == "0" else -weight
        if out.setdefault((one[0], two[0]), lowered) != lowered:
            raise NotDerivable(f"the rearranged components {one[0]} x {two[0]} do not contract to a Lorentz scalar")
    return out
