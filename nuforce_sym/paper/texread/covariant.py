r"""Covariant factors: spinor lines and currents, scalar products, g^{\mu\nu}, k^\mu and \varepsilon^{\mu\nu kq}.

Lines are recognised in the spelling in which the package prints them. Four-momenta have to be declared, because k may
also be the magnitude of a three-momentum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.lines import STRUCTURES, Line
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum, latex_name
from nuforce_sym.paper.texread.spelling import Name, group_end, readings
from nuforce_sym.paper.texread.tokens import Token, tokens

if TYPE_CHECKING:
    from nuforce_sym.paper.texread.cursor import Cursor

_INDICES = tuple(Index(name) for name in ("mu", "nu", "rho", "sigma", "alpha", "beta", "lambda"))
_SLOTS = (*_INDICES, Momentum("q"), Momentum("k"))
_INDEX_OF = {rf"\{index.name}": index for index in _INDICES}


@cache
def lines() -> tuple[tuple[str, sp.Expr], ...]:
    """Return the spelling of every line and current that is read, and what it stands for."""
    return tuple((line.latex(lambda slot: latex_name(slot.name)), line) for line in _all_lines())


def _all_lines() -> Iterator[sp.Expr]:
    for particle in (1, 2):
        for structure in STRUCTURES:
            for slot in _SLOTS if structure in "VAMEJ" else (None,):
                yield Line(particle, structure, slot)


def momentum_names(momenta: Iterable[str]) -> dict[Name, tuple[sp.Expr, ...]]:
    """Return the spellings of declared four-momenta: ``k_prime`` is k'.

    Raises:
        InputError: a name breaks the pattern.
    """
    found: dict[Name, tuple[sp.Expr, ...]] = {}
    for name in momenta:
        momentum = Momentum(name)
        found[readings(tokens(latex_name(name)), 0)[0].name] = (momentum,)
    return found


def is_momentum(value: object) -> bool:
    """Whether a value is a combination of four-momenta."""
    if not isinstance(value, sp.Expr) or not value.has(Momentum):
        return False
    return all(sum(isinstance(f, Momentum) for f in sp.Mul.make_args(term)) == 1 for term in sp.Add.make_args(sp.expand(value)))


def product(left: sp.Expr, mark: str, right: sp.Expr) -> sp.Expr | None:
    r"""Return the product where four-momenta stand in it, None where there are none.

    Raises:
        InputError: two momenta stand side by side.
    """
    one, other = is_momentum(left), is_momentum(right)
    if not one and not other:
        return None
    if one and other:
        if mark == r"\cdot":
            return Dot(left, right)
        raise InputError(r"two four-momenta stand side by side: join them with \cdot")
    return sp.expand(left * right)


def tensor(c: Cursor) -> sp.Expr | None:
    r"""Read g^{\mu\nu}, \varepsilon^{\mu\nu kq} or {k}^{\mu}; None where something else stands here."""
    head = c.now.text
    if head == "{":
        return _component(c)
    if head not in ("g", r"\varepsilon", r"\epsilon") or c.ahead(1).text != "^" or c.ahead(2).text != "{":
        return None
    end = group_end(c.words, c.at + 2)
    slots = _slots(c, c.words[c.at + 3 : end - 1])
    if slots is None or len(slots) != (2 if head == "g" else 4):
        return None
    c.at = end
    return Metric(*slots) if head == "g" else LeviCivita(*slots)


def _component(c: Cursor) -> sp.Expr | None:
    end = group_end(c.words, c.at)
    inside = _slots(c, c.words[c.at + 1 : end - 1])
    if inside is None or len(inside) != 1 or not isinstance(inside[0], Momentum) or c.words[end].text != "^":
        return None
    stop = group_end(c.words, end + 1) if c.words[end + 1].kind != "end" else end
    index = _slots(c, [w for w in c.words[end + 1 : stop] if w.text not in "{}"])
    if index is None or len(index) != 1 or not isinstance(index[0], Index):
        return None
    c.at = stop
    return Component(inside[0], index[0])


def _slots(c: Cursor, words: Iterable[Token]) -> list[sp.Expr] | None:
    """Return the indices and momenta that the words are, None where they are something else."""
    inside = [*words, Token("end", "", 0)]
    found: list[sp.Expr] = []
    at = 0
    while inside[at].kind != "end":
        if inside[at].text in _INDEX_OF:
            found.append(_INDEX_OF[inside[at].text])
            at += 1
            continue
        momentum = next(
            (r for r in readings(inside, at) if isinstance(c.lexicon.names.get(r.name, (None,))[0], Momentum)), None
        )
        if momentum is None:
            return None
        found.append(c.lexicon.names[momentum.name][0])
        at = momentum.end
    return found
