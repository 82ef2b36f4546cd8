r"""Sums over spins: an amplitude times a complex conjugate becomes a product of traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as changed
from typing import Any

import sympy as sp

from nuforce_sym.dirac.objects import IDENTITY, bar
from nuforce_sym.dirac.spinor import Spinor, SpinorChain
from nuforce_sym.dirac.substitution import names_in, replace
from nuforce_sym.dirac.tensor import FOUR, Tensor
from nuforce_sym.dirac.trace import trace
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Index


def spin_sum(amplitude: Sequence[SpinorChain], conjugate: Sequence[SpinorChain] | None = None, *, dim: Any = FOUR) -> Tensor:
    r"""Return the sum over all spins of an amplitude times the complex conjugate of another (of itself by default).

    Each factor of an amplitude is one line; lines of the two amplitudes join into traces wherever they share a
    spinor.  Signs of Fermi statistics (-1 per exchange) are the caller's, put in as coefficients.  Indices summed
    inside the amplitude are renamed in the conjugate; open indices are not, so rename them yourself before.

    Raises:
        InputError: when the two amplitudes do not have the same external spinors.
    """
    other = list(amplitude) if conjugate is None else list(conjugate)
    names: set[str] = set().union(*(names_in(line.middle) for line in (*amplitude, *other)))
    other = [_renamed(line, _summed(other), names) for line in other]
    kets = {_key(line.ket): line for line in amplitude}
    conjugates = {_key(line.ket): line for line in other}
    bars = {_key(line.bar): line for line in amplitude}
    given, wanted = set(kets) | set(bars), set(conjugates) | {_key(line.bar) for line in other}
    if given != wanted or len(kets) != len(amplitude) or len(bars) != len(amplitude):
        raise InputError(
            f"the amplitudes have different or repeated spinors ({', '.join(sorted(map(str, given ^ wanted)))}); "
            f"both need the same external particles, each once"
        )
    total = Tensor.from_expr(sp.S.One, dim=dim)
    waiting = dict(bars)
    while waiting:
        here = next(iter(waiting))
        word = IDENTITY
        while here in waiting:
            line = waiting.pop(here)
            back = conjugates[_key(line.ket)]
            word = word * line.middle * line.ket.sum * bar(back.middle) * back.bar.sum
            here = _key(back.bar)
        total = total.contract(trace(word, dim=dim))
    return total


def _key(s: Spinor) -> tuple[str, str, str]:
    return s.kind, str(s.momentum), str(s.mass)


def _summed(lines: Sequence[SpinorChain]) -> set[str]:
    counts: dict[str, int] = {}
    for line in lines:
        for i, n in line.middle.counts.items():
            counts[i] = counts.get(i, 0) + n
    return {i for i, n in counts.items() if n == 2}


def _renamed(line: SpinorChain, summed: set[str], used: set[str]) -> SpinorChain:
    rules: Mapping[Any, Any] = {Index(i): _free_name(i, used) for i in summed & set(line.middle.counts)}
    return changed(line, middle=replace(line.middle, rules)) if rules else line


def _free_name(name: str, used: set[str]) -> Index:
    fresh = f"{name[:28]}_c"
    while fresh in used:
        fresh += "c"
    return Index(fresh)
