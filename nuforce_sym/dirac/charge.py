r"""Charge conjugation and the rules for Majorana fields.

The matrix C obeys :math:`C\gamma^{\mu T}C^{-1}=-\gamma^\mu`.  The conjugate :math:`\Gamma^c=C\Gamma^TC^{-1}` of a
product reverses its order, with

.. math:: 1\to1,\quad\gamma_5\to\gamma_5,\quad\gamma^\mu\to-\gamma^\mu,\quad
   \gamma^\mu\gamma_5\to+\gamma^\mu\gamma_5,\quad\sigma^{\mu\nu}\to-\sigma^{\mu\nu}.

Source: Denner, Eck, Hahn and Kueblbeck, Nucl. Phys. B 387 (1992) 467, Sec. 2.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace as changed
from fractions import Fraction
from typing import Any

import sympy as sp

from nuforce_sym.dirac.matrices import Exact, gamma_matrices
from nuforce_sym.dirac.objects import Dirac, Factor, Gamma, Linear, Sum, add, as_dirac
from nuforce_sym.dirac.spinor import Spinor, SpinorChain
from nuforce_sym.errors import InputError

FIELDS, COMMUTING = "fields", "commuting"


def exchange_sign(statistics: str) -> int:
    """Return the sign for exchanging two spinors: -1 for anticommuting fields, +1 for commuting wave functions.

    Raises:
        InputError: for anything but ``"fields"`` and ``"commuting"``.
    """
    if statistics not in (FIELDS, COMMUTING):
        raise InputError(f"statistics {statistics!r} must be 'fields' (anticommuting) or 'commuting' (u and v spinors)")
    return -1 if statistics == FIELDS else 1


def charge_conjugate(d: Any) -> Dirac:
    r"""Return :math:`C\Gamma^TC^{-1}`; coefficients are not complex conjugated."""
    d = as_dirac(d)
    return Dirac(d.coefficient, tuple(_conjugate(f) for f in reversed(d.factors)), d.counts)


def _conjugate(f: Factor) -> Factor:
    if isinstance(f, Gamma):
        return Sum((Dirac(sp.S.NegativeOne, (f,), Counter({f.index.name: 1})),))
    if isinstance(f, Sum):
        return Sum(tuple(charge_conjugate(t) for t in f.terms))
    return Linear(tuple((p, -c) for p, c in f.vector), f.scalar, f.vector5, f.scalar5)


def charge_conjugation_matrix(representation: str = "dirac") -> Exact:
    r"""Return C: :math:`i\gamma^2\gamma^0` (Dirac, chiral) or :math:`-\gamma^0` (Majorana)."""
    g = gamma_matrices(representation)
    if representation == "majorana":
        return g[0].times((Fraction(-1), Fraction(0)))
    return (g[2] @ g[0]).times((Fraction(0), Fraction(1)))


def flipped(line: SpinorChain, *, statistics: str) -> SpinorChain:
    r"""Read a line backwards through the charge-conjugate spinors, :math:`u=C\bar v^T`.

    :math:`\bar u_1\Gamma u_2=\mp\bar v_2\Gamma^cv_1`: minus for commuting wave functions, plus for fields.
    """
    sign = -exchange_sign(statistics)
    return SpinorChain(_other(line.ket, barred=True), charge_conjugate(line.middle) * sign, _other(line.bar, barred=False))


def _other(s: Spinor, *, barred: bool) -> Spinor:
    return changed(s, kind="v" if s.kind == "u" else "u", barred=barred)


def majorana_vertex(d: Any) -> Dirac:
    r"""Return the part of a bilinear that survives for one Majorana field, :math:`\tfrac12(\Gamma+\Gamma^c)`.

    :math:`\bar\nu\Gamma\nu=\bar\nu\,\tfrac12(\Gamma+\Gamma^c)\,\nu` because :math:`\nu=C\bar\nu^T` and fields
    anticommute; the vector and tensor currents vanish, so
    :math:`\bar\nu\gamma^\mu(1-\gamma_5)\nu=-\bar\nu\gamma^\mu\gamma_5\nu`.
    """
    d = as_dirac(d)
    return add(d, charge_conjugate(d)).__truediv__(2)
