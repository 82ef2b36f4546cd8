r"""Traces of many different momenta with gamma5.

The first three factors are replaced by the Chisholm identity
:math:`\slashed a\slashed b\slashed c=(ab)\slashed c-(ac)\slashed b+(bc)\slashed a+i\varepsilon^{abcx}\gamma_x\gamma_5`,

.. math:: T_5(abc\,w)=(ab)T_5(cw)-(ac)T_5(bw)+(bc)T_5(aw)-i\,\varepsilon^{abcx}\operatorname{Tr}\gamma_xw ,

and the traces without gamma5 are Pfaffians, expanded along their first row with every sub-Pfaffian computed once.
This gives 6, 33, 204, 1557 terms for n = 6, 8, 10, 12 momenta instead of the C(n,4) (n-5)!! of the full expansion
(Itzykson and Zuber, Quantum Field Theory, Appendix A-2).  The result depends on the names only and is remembered.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy as sp

from nuforce_sym.dirac.objects import Gamma
from nuforce_sym.dirac.structures import Structure, canonical
from nuforce_sym.dirac.tensor import FOUR, Tensor, dot_atom, ring_of
from nuforce_sym.dirac.words import Simple

SHORTEST = 6


def distinct_momenta(word: Simple) -> tuple[str, ...] | None:
    """Return the names in order when the word is slashed momenta, all different, and a final gamma5; else None."""
    if len(word) <= SHORTEST:
        return None
    *body, last = word
    if isinstance(last, Gamma) or last.vector or last.vector5 or last.scalar != 0 or last.scalar5 != 1:
        return None
    names: list[str] = []
    for f in body:
        if isinstance(f, Gamma) or f.scalar != 0 or f.vector5 or f.scalar5 != 0:
            return None
        if len(f.vector) != 1 or f.vector[0][1] != 1:
            return None
        names.append(f.vector[0][0].name)
    return tuple(names) if len(set(names)) == len(names) and len(names) % 2 == 0 else None


def _ring(names: tuple[str, ...]) -> Any:
    return ring_of(frozenset([sp.I, *(dot_atom(*sorted((p, q))) for i, p in enumerate(names) for q in names[i + 1 :])]))


class _Pfaffians:
    """Sub-Pfaffians by bit mask of the positions they hold; each is computed once."""

    __slots__ = ("found", "gens", "one")

    def __init__(self, names: tuple[str, ...], ring: Any) -> None:
        n = len(names)
        self.gens = {(i, j): ring.gen(dot_atom(*sorted((names[i], names[j])))) for i in range(n) for j in range(i + 1, n)}
        self.one = ring.one
        self.found: dict[int, Any] = {0: ring.one}

    def __call__(self, mask: int) -> Any:
        done = self.found.get(mask)
        if done is not None:
            return done
        first = (mask & -mask).bit_length() - 1
        rest = mask & ~(1 << first)
        total = None
        sign = 1
        left = rest
        while left:
            j = (left & -left).bit_length() - 1
            left &= left - 1
            term = self(rest & ~(1 << j)) * self.gens[first, j]
            total = term if total is None else total + term if sign > 0 else total - term
            sign = -sign
        self.found[mask] = total
        return total


@lru_cache(maxsize=16)
def distinct_trace(names: tuple[str, ...]) -> Tensor:
    """Return the trace of slashed momenta ``names`` times gamma5."""
    ring = _ring(names)
    pfaffian = _Pfaffians(names, ring)
    terms: dict[tuple[Structure, ...], Any] = {}
    minus_i = ring.gen(sp.I) * -1

    def add(word: tuple[int, ...], factor: Any) -> None:
        a, b, c, *w = word
        mask = sum(1 << x for x in w)
        for j, y in enumerate(w):
            sign, eps = canonical(("e", *(names[x] for x in (a, b, c, y))))
            t = factor * pfaffian(mask & ~(1 << y)) * (sign if j % 2 == 0 else -sign)
            terms[(eps,)] = terms[(eps,)] + t if (eps,) in terms else t
        if len(w) > 1:
            for kept, (x, y), sign in ((c, (a, b), 1), (b, (a, c), -1), (a, (b, c), 1)):
                add((kept, *w), factor * pfaffian.gens[min(x, y), max(x, y)] * sign)

    add(tuple(range(len(names))), minus_i)
    return Tensor(ring, terms, Fraction(4), FOUR)
