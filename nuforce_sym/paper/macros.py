r"""One file for a paper to ``\input``: a stable macro for every derived formula, its left-hand side, equation and label.

    \nuforce{two-neutrino.potential}           the formula itself, for use inside of mathematics
    \nuforcelhs{two-neutrino.potential}        its left-hand side
    \nuforceequation{two-neutrino.potential}   the numbered equation, broken to the column, with its label
    \nuforceref{two-neutrino.potential}        (1), the reference to that equation

A name is DERIVATION.STEP, with hyphens or underscores alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym.derivation import Result
from nuforce_sym.errors import InputError
from nuforce_sym.paper.equation import equation
from nuforce_sym.paper.latex import expression_of, latex
from nuforce_sym.paper.read_back import read_back
from nuforce_sym.paper.style import Style
from nuforce_sym.paper.symbol_names import renamed

_COMMANDS = r"""\makeatletter
\providecommand\nuforce@get[2]{\@ifundefined{nuforce@#1@#2}%
  {\PackageError{nuforce}{there is no formula '#2'}{The names are listed at the head of each entry of the file of macros.}}%
  {\@nameuse{nuforce@#1@#2}}}
\providecommand\nuforce[1]{\nuforce@get{rhs}{#1}}
\providecommand\nuforcelhs[1]{\nuforce@get{lhs}{#1}}
\providecommand\nuforceequation[1]{\nuforce@get{eqn}{#1}}
\providecommand\nuforceref[1]{\nuforce@get{ref}{#1}}
"""


@dataclass(frozen=True)
class Formula:
    """A derived formula that a paper prints: where it comes from, its left-hand side, value and fingerprint."""

    derivation: str
    step: str
    lhs: str
    value: Any
    fingerprint: str

    @property
    def name(self) -> str:
        """The name of its macros."""
        return f"{self.derivation}.{self.step}".replace("_", "-")

    @property
    def label(self) -> str:
        """The label of its equation."""
        return f"eq:{self.derivation}.{self.step}"


def formulas(derivation: str, results: Mapping[str, Result], step: str | None = None) -> list[Formula]:
    """Return the formulas of a derivation's results, or of one step.

    Raises:
        InputError: the step is not among the results.
    """
    if step is not None and step not in results:
        raise InputError(f"{derivation!r} has no step {step!r}; its steps: {', '.join(results)}")
    chosen = [r for name, r in results.items() if step in (None, name)]
    return [Formula(derivation, r.step.name, r.step.lhs, r.value, r.fingerprint) for r in chosen]


def macros(chosen: Sequence[Formula], style: Style) -> str:
    """Return the text of the file.

    Raises:
        InputError: two formulas have one name, or two symbols of one formula would be written the same.
        CheckFailed: a formula that is printed does not read as the derived one, see `read_back`.
    """
    names = [f.name for f in chosen]
    doubled = sorted({n for n in names if names.count(n) > 1})
    if doubled:
        raise InputError(f"these formulas are asked for twice: {', '.join(doubled)}")
    parts = [r"% Formulas derived by nuforce-sym; \input this file, which needs amsmath and slashed.", _COMMANDS.rstrip()]
    parts += [_entry(f, style) for f in chosen]
    return "\n".join([*parts, r"\makeatother", ""])


def _entry(formula: Formula, style: Style) -> str:
    expr = expression_of(formula.value)
    if isinstance(expr, sp.Basic):
        style.refuse_collisions(expr.free_symbols)
    lhs = renamed(formula.lhs, style)
    name = formula.name
    known = {"equal": "read back: equal", "unread": "not read back: the reader does not know all of its notation"}
    lines = [
        f"% {name} {formula.fingerprint[:16]}, {known[read_back(formula.value, style, name)]}",
        rf"\@namedef{{nuforce@rhs@{name}}}{{{latex(formula.value, style)}}}",
        rf"\@namedef{{nuforce@lhs@{name}}}{{{lhs}}}",
        rf"\@namedef{{nuforce@ref@{name}}}{{\eqref{{{formula.label}}}}}",
        rf"\@namedef{{nuforce@eqn@{name}}}{{%",
        equation(lhs, formula.value, formula.label, style) + "}",
    ]
    first, second = ({part, part.replace("_", "-")} for part in (formula.derivation, formula.step))
    for other in sorted({f"{a}.{b}" for a in first for b in second} - {name}):
        lines += [
            rf"\expandafter\let\csname nuforce@{kind}@{other}\expandafter\endcsname\csname nuforce@{kind}@{name}\endcsname"
            for kind in ("rhs", "lhs", "ref", "eqn")
        ]
    return "\n".join(lines)
