r"""The sixteen spin-momentum operators of two fermions.

Definitions follow Dobrescu and Mocioiu, JHEP 11 (2006) 005, hep-ph/0605342, Sec. 3, with
:math:`\sigma=\sigma_1`, :math:`\sigma'=\sigma_2`, :math:`\vec n=\vec P\times\vec q`, the mass m of particle 1, and
:math:`\vec P\cdot\vec q=0`:

.. math::
   &O_1=1,\quad O_2=\sigma\sigma',\quad O_3=\sigma q\,\sigma'q/m^2,\quad
   O_{4,5}=\tfrac{i}{2m^2}(\sigma\pm\sigma')n,\quad
   O_{6,7}=\tfrac{i}{2m^2}[\sigma P\,\sigma'q\pm\sigma q\,\sigma'P],\\
   &O_8=\sigma P\,\sigma'P/m^2,\quad O_{9,10}=\tfrac{i}{2m}(\sigma\pm\sigma')q,\quad
   O_{11}=\tfrac im(\sigma\times\sigma')q,\quad O_{12,13}=\tfrac1{2m}(\sigma\pm\sigma')P,\\
   &O_{14}=\tfrac1m(\sigma\times\sigma')P,\quad
   O_{15}=\tfrac1{2m^3}[\sigma n\,\sigma'q+\sigma q\,\sigma'n],\quad
   O_{16}=\tfrac i{2m^3}[\sigma n\,\sigma'P+\sigma P\,\sigma'n].

The coefficients are those of the expression given; signs and prefactors of a potential are not added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from nuforce_sym.dirac.pauli import contract3
from nuforce_sym.errors import NotDerivable
from nuforce_sym.spatial import Component3, Delta3, Dot3, Triple3, Vector3

SIGMA_1, SIGMA_2 = Vector3("sigma_1"), Vector3("sigma_2")
P, Q = Vector3("P"), Vector3("q")
MASS_1 = sp.Symbol("m_1", positive=True)


def operators(mass: sp.Expr = MASS_1) -> dict[int, sp.Expr]:
    """Return O_1 ... O_16."""
    s, t = SIGMA_1, SIGMA_2
    m, i, half = mass, sp.I, sp.Rational(1, 2)

    def n(spin: Any) -> sp.Expr:
        return Triple3(spin, P, Q)

    def pair(a: sp.Expr, b: sp.Expr, sign: int) -> sp.Expr:
        return half * (a + sign * b)

    out = {1: sp.S.One, 2: Dot3(s, t), 3: Dot3(s, Q) * Dot3(t, Q) / m**2, 8: Dot3(s, P) * Dot3(t, P) / m**2}
    for plus, minus, factor, a, b in (
        (4, 5, i / m**2, n(s), n(t)),
        (6, 7, i / m**2, Dot3(s, P) * Dot3(t, Q), Dot3(s, Q) * Dot3(t, P)),
        (9, 10, i / m, Dot3(s, Q), Dot3(t, Q)),
        (12, 13, 1 / m, Dot3(s, P), Dot3(t, P)),
    ):
        out[plus], out[minus] = (sp.expand(factor * pair(a, b, sign)) for sign in (1, -1))
    out[11], out[14] = i / m * Triple3(s, t, Q), Triple3(s, t, P) / m
    out[15] = sp.expand(pair(n(s) * Dot3(t, Q), Dot3(s, Q) * n(t), 1) / m**3)
    out[16] = sp.expand(i * pair(n(s) * Dot3(t, P), Dot3(s, P) * n(t), 1) / m**3)
    return dict(sorted(out.items()))


def _rules(m: sp.Expr) -> dict[frozenset[sp.Expr], dict[int, sp.Expr]]:
    r"""Express every product of spin heads in the operators.

    The mixed products use :math:`\sigma n\,\sigma'q-\sigma q\,\sigma'n=(\sigma\times\sigma')\cdot(n\times q)` with
    :math:`n\times q=-q^2P`, :math:`n\times P=P^2q`; :math:`\sigma n\,\sigma'n` uses the orthogonal triad P, q, n.
    """
    s, t, i = SIGMA_1, SIGMA_2, sp.I
    p2, q2 = Dot3(P, P), Dot3(Q, Q)

    def head(spin: Vector3, *rest: Vector3) -> sp.Expr:
        h = Dot3(spin, *rest) if len(rest) == 1 else Triple3(spin, *rest)
        return h if not h.is_Mul else -h

    def key(*heads: sp.Expr) -> frozenset[sp.Expr]:
        return frozenset(heads)

    # Triple3 sorts its slots, so the rules are stated for the sorted heads and the sign put here
    sn, tn = Triple3(s, P, Q), Triple3(t, P, Q)
    a, b = (1 if not x.is_Mul else -1 for x in (sn, tn))
    sq, sp_, tq, tp = Dot3(s, Q), Dot3(s, P), Dot3(t, Q), Dot3(t, P)
    cq, cp = Triple3(s, t, Q), Triple3(s, t, P)
    eq, ep = (1 if not x.is_Mul else -1 for x in (cq, cp))
    n_s, n_t = head(s, P, Q), head(t, P, Q)
    return {
        key(): {1: sp.S.One},
        key(Dot3(s, t)): {2: sp.S.One},
        key(sq, tq): {3: m**2},
        key(n_s): {4: -i * m**2 * a, 5: -i * m**2 * a},
        key(n_t): {4: -i * m**2 * b, 5: i * m**2 * b},
        key(sp_, tq): {6: -i * m**2, 7: -i * m**2},
        key(sq, tp): {6: -i * m**2, 7: i * m**2},
        key(sp_, tp): {8: m**2},
        key(sq): {9: -i * m, 10: -i * m},
        key(tq): {9: -i * m, 10: i * m},
        key(cq * eq): {11: -i * m * eq},
        key(sp_): {12: m, 13: m},
        key(tp): {12: m, 13: -m},
        key(cp * ep): {14: m * ep},
        key(n_s, tq): {15: a * m**3, 14: -a * q2 * m / 2},
        key(sq, n_t): {15: b * m**3, 14: b * q2 * m / 2},
        key(n_s, tp): {16: -i * a * m**3, 11: -i * a * p2 * m / 2},
        key(sp_, n_t): {16: -i * b * m**3, 11: i * b * p2 * m / 2},
        key(n_s, n_t): {2: a * b * p2 * q2, 8: -a * b * q2 * m**2, 3: -a * b * p2 * m**2},
    }


def operator_basis(expr: sp.Expr, *, mass: sp.Expr = MASS_1) -> Mapping[int, sp.Expr]:
    r"""Return the coefficients of O_1 ... O_16 in an expression of :math:`\sigma_1,\sigma_2,\vec P,\vec q`.

    Repeated spatial indices are summed first and :math:`\vec P\cdot\vec q=0` is used.  Operators with coefficient
    zero are left out.

    Raises:
        NotDerivable: when a term is no combination of the sixteen operators, for example two factors of one spin.
    """
    rules = _rules(mass)
    expr = sp.expand(contract3(expr).xreplace({Dot3(P, Q): sp.S.Zero}))
    found: dict[int, sp.Expr] = {}
    for term in sp.Add.make_args(expr):
        spins: list[sp.Expr] = []
        rest = sp.S.One
        for factor in sp.Mul.make_args(term):
            if factor.has(SIGMA_1, SIGMA_2) or isinstance(factor, Component3 | Delta3 | Triple3):
                spins.append(factor)
            else:
                rest *= factor
        rule = rules.get(frozenset(spins))
        if rule is None or len(set(spins)) != len(spins):
            raise NotDerivable(
                f"{term} is no combination of the sixteen operators; reduce products of one spin first and sum every "
                f"spatial index"
            )
        for number, c in rule.items():
            found[number] = found.get(number, sp.S.Zero) + rest * c
    expanded = {number: sp.expand(c) for number, c in sorted(found.items())}
    return {number: c for number, c in expanded.items() if c != 0}
