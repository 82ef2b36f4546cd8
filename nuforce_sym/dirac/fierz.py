r"""Fierz rearrangement of two bilinears.

With the sixteen matrices :math:`\Gamma_A` and their duals, :math:`\operatorname{Tr}\Gamma^A\Gamma_B=4\delta^A_B`,

.. math:: (X)_{ij}(Y)_{kl}=\sum_{CD}c_{CD}\,(\Gamma_C)_{il}(\Gamma_D)_{kj},\qquad
   c_{CD}=\tfrac1{16}\operatorname{Tr}\left[X\,\Gamma^D\,Y\,\Gamma^C\right].

For commuting spinors :math:`(\bar1X2)(\bar3Y4)=\sum c_{CD}(\bar1\Gamma_C4)(\bar3\Gamma_D2)`; anticommuting fields add
a minus sign.  Source: Nieves and Pal, Am. J. Phys. 72 (2004) 1100, hep-ph/0306087.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy as sp

from nuforce_sym.dirac.charge import exchange_sign
from nuforce_sym.dirac.matrices import Exact, gamma5_matrix, gamma_matrices, identity
from nuforce_sym.errors import InputError, suggestion

# S, P, V0..V3, A0..A3, T01..T23: 1, gamma5, gamma^mu, gamma^mu gamma5, sigma^{mu nu}
Label = str
CLASSES = ("S", "V", "T", "A", "P")


@lru_cache(maxsize=1)
def basis() -> Mapping[Label, Exact]:
    """Return the sixteen matrices by label, indices up, in the Dirac representation."""
    g = gamma_matrices()
    five = gamma5_matrix()
    out = {"S": identity(), "P": five}
    out |= {f"V{m}": g[m] for m in range(4)}
    out |= {f"A{m}": g[m] @ five for m in range(4)}
    for m in range(4):
        for n in range(m + 1, 4):
            out[f"T{m}{n}"] = (g[m] @ g[n]).times((Fraction(0), Fraction(1)))
    return out


@lru_cache(maxsize=1)
def duals() -> Mapping[Label, Exact]:
    """Return the dual matrices: each basis matrix squares to +1 or -1, which is its own inverse up to that sign."""
    out = {}
    for label, m in basis().items():
        norm = (m @ m).trace() / 4
        out[label] = m.times((Fraction(int(norm)), Fraction(0)))
    return out


def fierz_element(x: Label, y: Label, *, statistics: str) -> dict[tuple[Label, Label], sp.Expr]:
    """Return the non-zero coefficients of (x)(y) in the exchanged pairs (C)(D).

    Args:
        x: label of the first matrix, such as ``"V0"`` or ``"T12"``.
        y: label of the second.
        statistics: ``"fields"`` or ``"commuting"``.

    Raises:
        InputError: for an unknown label or statistics.
    """
    sign = exchange_sign(statistics)
    known = basis()
    for label in (x, y):
        if label not in known:
            raise InputError(f"matrix {label!r} is unknown; use one of {', '.join(known)}{suggestion(label, known)}")
    out = {}
    for c, dual_c in duals().items():
        right = known[y] @ dual_c
        for d, dual_d in duals().items():
            value = (known[x] @ dual_d @ right).trace()
            if value != 0:
                out[c, d] = sp.expand(sign * value / 16)
    return out


def _members(kind: str) -> list[tuple[Label, int]]:
    """Labels of one Lorentz class with the signs of lowering its indices on one side."""
    eta = (1, -1, -1, -1)
    if kind in {"S", "P"}:
        return [(kind, 1)]
    if kind in {"V", "A"}:
        return [(f"{kind}{m}", eta[m]) for m in range(4)]
    return [(f"T{m}{n}", eta[m] * eta[n]) for m in range(4) for n in range(m + 1, 4)]


@lru_cache(maxsize=2)
def fierz_table(statistics: str) -> sp.ImmutableMatrix:
    r"""Return the 5x5 matrix F of scalar products of bilinears, rows and columns in the order S, V, T, A, P.

    :math:`e_I(1234)=\sum_JF_{IJ}e_J(1432)` with :math:`e_S=(\bar12)(\bar34)`,
    :math:`e_V=(\bar1\gamma^\mu2)(\bar3\gamma_\mu4)`, :math:`e_T=\tfrac12(\bar1\sigma^{\mu\nu}2)(\bar3\sigma_{\mu\nu}4)`,
    :math:`e_A=(\bar1\gamma^\mu\gamma_52)(\bar3\gamma_\mu\gamma_54)`, :math:`e_P=(\bar1\gamma_52)(\bar3\gamma_54)`.
    """
    rows = []
    for kind in CLASSES:
        total: dict[tuple[Label, Label], sp.Expr] = {}
        for label, sign in _members(kind):
            for key, c in fierz_element(label, label, statistics=statistics).items():
                total[key] = total.get(key, sp.S.Zero) + sign * c
        row = []
        for other in CLASSES:
            label, sign = _members(other)[0]
            row.append(total.get((label, label), sp.S.Zero) * sign)
        rows.append(row)
    return sp.ImmutableMatrix(rows)


def fierz(coefficients: Mapping[str, Any], *, statistics: str) -> dict[str, sp.Expr]:
    """Rearrange a sum of scalar products of bilinears, ``{"V": g, "A": -g}`` and the like.

    Raises:
        InputError: for a class other than S, V, T, A, P, or unknown statistics.
    """
    for kind in coefficients:
        if kind not in CLASSES:
            raise InputError(f"class {kind!r} is unknown; use S, V, T, A or P")
    table = fierz_table(statistics)
    row = sp.Matrix([[coefficients.get(kind, 0) for kind in CLASSES]]) * table
    return {kind: c for kind, x in zip(CLASSES, row, strict=True) if (c := sp.expand(x)) != 0}
