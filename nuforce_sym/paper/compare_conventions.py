r"""The conventions in which papers differ from ours, as named options.

Ours: hbar = c = 1, spins as \vec\sigma, charges with e^2 = 4\pi\alpha, weak couplings in G_F.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import sympy as sp

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.paper.texread.reader import Meaning
from nuforce_sym.symbols import symbols

_alpha, _e, _g, _G_F, _m_Z, _c_W = symbols("alpha e g G_F m_Z cos_theta_W")


@dataclass(frozen=True)
class Convention:
    """One convention: its one-line meaning, the names that it adds, and what it replaces on both sides."""

    meaning: str
    let: Mapping[str, Meaning] = field(default_factory=dict)
    replace: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)
    weyl: bool = False

    def applied(self, expr: sp.Expr) -> sp.Expr:
        """Return the expression with the convention's replacements made."""
        return expr.xreplace(dict(self.replace)) if self.replace else expr


CONVENTIONS: Mapping[str, Convention] = MappingProxyType(
    {
        "hbar c": Convention(
            "hbar, c and h are written out; hbar = c = 1 and h = 2 pi here",
            {r"\hbar": sp.Integer(1), "c": sp.Integer(1), "h": 2 * sp.pi},
        ),
        "G_F": Convention(
            "Fermi's constant against the weak coupling, G_F/sqrt(2) = g^2/(8 m_W^2) with m_W = m_Z c_W",
            {"m_W": _m_Z * _c_W},
            {_G_F: sp.sqrt(2) * _g**2 / (8 * _m_Z**2 * _c_W**2)},
        ),
        "spin": Convention(
            "the spin S = sigma/2 in place of sigma",
            {rf"\vec{{{letter}}}{sub}": rf"\frac{{1}}{{2}}\vec{{\sigma}}{sub}" for letter in "Ss" for sub in ("", "_1", "_2")},
        ),
        "alpha": Convention("e^2 = 4 pi alpha", {}, {_e: sp.sqrt(4 * sp.pi * _alpha)}),
        "weyl": Convention("a product of the momentum operator and f(r) is half of their anticommutator", weyl=True),
    }
)


def chosen(names: Iterable[str]) -> Convention:
    """Return the named conventions as one.

    Raises:
        InputError: there is no convention of this name.
    """
    found: list[Convention] = []
    for name in names:
        if name not in CONVENTIONS:
            known = ", ".join(f"{n!r} ({c.meaning})" for n, c in CONVENTIONS.items())
            raise InputError(f"no convention {name!r}{suggestion(str(name), CONVENTIONS)}; there are {known}")
        found.append(CONVENTIONS[name])
    let = {key: meaning for c in found for key, meaning in c.let.items()}
    replace = {s: e for c in found for s, e in c.replace.items()}
    return Convention(", ".join(c.meaning for c in found), let, replace, any(c.weyl for c in found))
