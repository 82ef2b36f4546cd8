r"""The closed fermion loop between two four-fermion vertices.

    i\mathcal M = (-1)\,(i c_1)(i c_2)\,J_{1\mu}J_{2\nu}\int\frac{d^4k}{(2\pi)^4}\,
        \mathrm{Tr}\big[\Gamma^\mu\,S(k)\,\Gamma^\nu\,S(k-q)\big],\qquad S(k)=\frac{i(\slashed k+m)}{k^2-m^2}

(-1) for the closed loop, i c for each vertex with c the coupling in \mathcal L.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.explicit import charge_conjugate, current_vertex
from nuforce_sym.amplitude.interaction import STRUCTURES, Bilinear, Field, Interaction, Term
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Index, Momentum

MU, NU = Index("mu"), Index("nu")
K, K_PRIME, Q = Momentum("k"), Momentum("k_prime"), Momentum("q")


def loop_bilinear(interaction: Interaction, fermion: Field) -> tuple[sp.Expr, Bilinear, Bilinear]:
    """Return (coupling, external bilinear, loop bilinear) of the four-fermion term of ``fermion``.

    Raises:
        InputError: the fermion has no four-fermion term.
    """
    terms = [t for t in interaction.of(fermion) if len(t.bilinears) == 2]
    if len(terms) != 1:
        raise InputError(f"{fermion.name!r} needs exactly one four-fermion term, found {len(terms)}")
    (term,) = terms
    external, looped = _ordered(term, fermion)
    return term.coupling, external, looped


def _ordered(term: Term, fermion: Field) -> tuple[Bilinear, Bilinear]:
    one, two = term.bilinears
    return (one, two) if one.field == fermion else (two, one)


def vertex(bilinear: Bilinear, index: Index) -> Any:
    r"""Return the loop vertex \Gamma^\mu as an element of the Dirac algebra.

    A self-conjugate field contracts with the vertex in two ways, which adds the charge-conjugate structure
    C\,\Gamma^T C^{-1} (Denner et al. 1992).

    Raises:
        InputError: the bilinear is no current of \gamma^\mu and \gamma^\mu\gamma_5, or it vanishes because its field is
            self-conjugate: its vector current is odd under charge conjugation.
    """
    gamma_mu = dirac.gamma(index)
    forms = {"V": gamma_mu, "A": gamma_mu * dirac.gamma5}
    tags = [tag for tag, _ in bilinear.structure]
    if not set(tags) <= set(forms):
        raise InputError(
            f"the loop of {bilinear.field.name!r} has the structure {', '.join(tags)}: this loop knows the currents V and A; "
            "other operators are pairs, see PairOperator"
        )
    if bilinear.field.self_conjugate and all(charge_conjugation_sign(tag) == -1 for tag in tags):
        raise InputError(
            f"the vector current of {bilinear.field.name!r} vanishes: the field is its own antiparticle (Majorana), and its "
            "vector current is odd under charge conjugation; couple it by its axial current, or make it a Dirac field"
        )
    total: Any = 0
    for tag, form in forms.items():
        copies = 1 + charge_conjugation_sign(tag) if bilinear.field.self_conjugate else 1
        total = total + copies * bilinear.coefficient(tag) * form
    return total


@cache
def charge_conjugation_sign(tag: str) -> int:
    r"""Return the sign in C\,\Gamma^T C^{-1} = \pm\Gamma for a structure of `STRUCTURES`, read off explicit matrices.

    Raises:
        InputError: the structure has no definite sign, or is unknown.
    """
    signs = set()
    for mu in range(4):
        matrix = current_vertex({tag: 1}, mu)
        conjugate = charge_conjugate(matrix)
        signs |= {s for s in (1, -1) if mp.mnorm(conjugate - s * matrix) < 1e-10}
    if tag not in STRUCTURES or len(signs) != 1:
        raise InputError(f"the structure {tag!r} has no definite sign under charge conjugation")
    return int(signs.pop())


def symmetry_factor(field: Field) -> sp.Rational:
    """Return the loop's symmetry factor: 1/2 for a self-conjugate field, whose two lines are interchangeable."""
    return sp.Rational(1, 2) if field.self_conjugate else sp.Integer(1)


def loop_trace(first: Bilinear, second: Bilinear, *, back: sp.Expr | None = None) -> sp.Expr:
    r"""Return \mathrm{Tr}[\Gamma^\mu(\slashed k+m)\Gamma^\nu(-\slashed k'+m')], the numerator of the loop.

    The second line carries k - q; on the cut it is -k', with k + k' = q. Its mass m' is ``back``, and m where none is
    given.
    """
    m = first.field.mass
    other = m if back is None else back
    return dirac.trace(vertex(first, MU) * (dirac.slash(K) + m) * vertex(second, NU) * (-dirac.slash(K_PRIME) + other)).expr


def loop_prefactor(coupling_1: sp.Expr, coupling_2: sp.Expr) -> sp.Expr:
    r"""Return f in \mathcal M = f\,J_{1\mu}J_{2\nu}\int\frac{d^4k}{(2\pi)^4}\frac{N^{\mu\nu}}{(k^2-m^2)((k-q)^2-m^2)}.

    N is `loop_trace`; f collects the closed loop's -1, i c for each vertex, i for each propagator, and 1/i. The
    `symmetry_factor` comes on top.
    """
    return (-1) * (sp.I * coupling_1) * (sp.I * coupling_2) * sp.I**2 / sp.I
