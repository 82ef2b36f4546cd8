r"""The exterior-algebra engine: a product of gamma matrices as a state A + B gamma5.

A and B are linear combinations of *blades* :math:`E_S=\gamma^{[a}\gamma^b\cdots\gamma^{c]}` over *generators*: the k
momenta and, while they are open, the Lorentz indices.  Multiplication by one vector is a wedge plus contractions,

.. math:: \slashed{v}\,E_S=v\wedge E_S+v\,\lrcorner\,E_S ,

so the cost is linear in the length of the word; masses and sums of momenta cost no more in kind.  Three identities do
the rest:

* :math:`\gamma^\mu E_S\gamma_\mu=(-1)^{|S|}(D-2|S|)\,E_S` for an index that closes around an interval;
* :math:`\gamma_\mu\,(\gamma^\mu\wedge E_S)=(D-|S|)\,E_S` for one that closes from one side;
* :math:`\gamma_5E_S=(-1)^{|S|}E_S\gamma_5` in four dimensions, where blades above grade four vanish.

Source of the identities: Clifford algebra, for example Itzykson and Zuber, Quantum Field Theory, Appendix A-2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# a blade as a bit mask over generators, and for every index what carries it (-1: nothing yet or the blade itself)
Key = tuple[int, tuple[int, ...]]
State = dict[Key, Any]
Terms = tuple[tuple[int, Any], ...]
EVERY_GRADE = ~0


@dataclass(frozen=True)
class Vector:
    """A lowered ``Linear``: generators with polynomial or whole-number coefficients, scalar parts or None."""

    vector: Terms
    scalar: Any
    vector5: Terms
    scalar5: Any


Letter = Vector | int  # an int is the number of an index


@lru_cache(maxsize=1 << 16)
def blade_products(side: str, generator: int, blade: int) -> tuple[tuple[int, int, int], ...]:
    """List (new blade, sign, generator contracted with or -1 for the wedge) of generator times blade."""

    def sign(j: int) -> int:
        passed = blade & ((1 << j) - 1) if side == "L" else blade >> (j + 1)
        return -1 if passed.bit_count() & 1 else 1

    out = []
    if not blade >> generator & 1:
        out.append((blade | 1 << generator, sign(generator), -1))
    out += [(blade & ~(1 << j), sign(j), j) for j in range(blade.bit_length()) if blade >> j & 1]
    return tuple(out)


class Engine:
    """Multiplies letters onto a state, from either side.

    Attributes:
        k: number of momenta; generator j >= k is index j - k.
        gram: polynomial of every pair of momenta.
        dim: 4, or the polynomial of the dimension.
    """

    __slots__ = ("dim", "four", "gram", "k", "one")

    def __init__(self, k: int, gram: dict[tuple[int, int], Any], one: Any, dim: Any, four: bool) -> None:
        self.k, self.gram, self.one, self.dim, self.four = k, gram, one, dim, four

    def times_momentum(self, side: str, state: State, i: int, c: Any, out: State, keep: int) -> None:
        """Add ``c * p_i * state`` (or ``state * p_i``) to ``out``, dropping grades outside the mask ``keep``."""
        k, gram, get = self.k, self.gram, out.get
        unit = isinstance(c, int)
        for (blade, carried), poly in state.items():
            grade = blade.bit_count()
            up, down = keep >> (grade + 1) & 1, grade and keep >> (grade - 1) & 1
            if not (up or down):
                continue
            p = poly if unit and c == 1 else -poly if unit and c == -1 else poly * c
            for new, sign, j in blade_products(side, i, blade):
                if j < 0:
                    if not up:
                        continue
                    key, t = (new, carried), p
                elif not down:
                    continue
                elif j < k:
                    key, t = (new, carried), p * gram[i, j]
                else:
                    key, t = (new, (*carried[: j - k], i, *carried[j - k + 1 :])), p
                old = get(key)
                if old is None:
                    out[key] = t if sign > 0 else -t
                else:
                    out[key] = old + t if sign > 0 else old - t

    def open_index(self, side: str, state: State, index: int, flip: bool, out: State, keep: int) -> None:
        """Add gamma^index times the state (times -1 if ``flip``), the index staying open."""
        k, get = self.k, out.get
        for (blade, carried), poly in state.items():
            for new, sign, j in blade_products(side, k + index, blade):
                if not keep >> new.bit_count() & 1:
                    continue
                if j < 0:
                    key = (new, carried)
                else:
                    now = list(carried)
                    now[index] = j
                    if j >= k:
                        now[j - k] = k + index
                    key = (new, tuple(now))
                t = poly if (sign > 0) != flip else -poly
                old = get(key)
                out[key] = t if old is None else old + t

    def close_index(self, side: str, state: State, index: int, flip: bool, out: State, keep: int) -> None:
        """Add gamma_index times the state, summed over the index, which the state already holds open."""
        k, get = self.k, out.get
        bit = 1 << (k + index)
        by_momentum: dict[int, State] = {}
        by_index: dict[int, State] = {}
        for (blade, carried), poly in state.items():
            if blade & bit:
                passed = blade & (bit - 1) if side == "L" else blade >> (k + index + 1)
                rest = blade & ~bit
                grade = rest.bit_count()
                if not keep >> grade & 1 or (self.four and grade == 4):
                    continue
                t = poly * (self.dim - grade)
                if bool(passed.bit_count() & 1) != flip:
                    t = -t
                key = (rest, carried)
                old = get(key)
                out[key] = t if old is None else old + t
                continue
            carrier = carried[index]
            now = list(carried)
            now[index] = -1
            if carrier < k:
                part = by_momentum.setdefault(carrier, {})
            else:
                now[carrier - k] = -1
                part = by_index.setdefault(carrier - k, {})
            key = (blade, tuple(now))
            old = part.get(key)
            part[key] = poly if old is None else old + poly
        for i, part in by_momentum.items():
            self.times_momentum(side, part, i, -1 if flip else 1, out, keep)
        for other, part in by_index.items():
            self.open_index(side, part, other, flip, out, keep)

    def around(self, state: State, flip: bool) -> State:
        """Return gamma^mu state gamma_mu (times -1 if ``flip``)."""
        out: State = {}
        for key, poly in state.items():
            grade = key[0].bit_count()
            factor = self.dim - 2 * grade
            if not isinstance(factor, int) or factor:
                out[key] = poly * (-factor if bool(grade & 1) != flip else factor)
        return out

    def times_vector(self, side: str, a: State, b: State, f: Vector, keep: tuple[int, int]) -> tuple[State, State]:
        """Multiply A + B gamma5 by u + w gamma5 from one side."""
        new_a: State = {}
        new_b: State = {}
        plain, mirrored = f.vector, tuple((i, -c) for i, c in f.vector)
        self._linear(side, a, plain, f.scalar, new_a, keep[0])
        if b:
            # on the right, gamma5 stands between B and u
            self._linear(side, b, plain if side == "L" else mirrored, f.scalar, new_b, keep[1])
        if f.vector5 or f.scalar5 is not None:
            mirrored5 = tuple((i, -c) for i, c in f.vector5)
            if side == "L":
                self._linear(side, _involution(a), f.vector5, f.scalar5, new_b, keep[1])
                self._linear(side, _involution(b), f.vector5, f.scalar5, new_a, keep[0])
            else:
                self._linear(side, a, f.vector5, f.scalar5, new_b, keep[1])
                self._linear(side, b, mirrored5, f.scalar5, new_a, keep[0])
        return new_a, new_b

    def _linear(self, side: str, state: State, vector: Terms, scalar: Any, out: State, keep: int) -> None:
        if scalar is not None:
            for key, poly in state.items():
                if keep >> key[0].bit_count() & 1:
                    old = out.get(key)
                    t = poly * scalar
                    out[key] = t if old is None else old + t
        for i, c in vector:
            self.times_momentum(side, state, i, c, out, keep)

    def run(self, word: tuple[Letter, ...], indices: int, order: tuple[int, str], *, traced: bool) -> tuple[State, State]:
        """Multiply out a word in a given order; for a trace keep only what can still reach it."""
        n = len(word)
        start, steps = order
        low = high = start
        a: State = {(0, (-1,) * indices): self.one}
        b: State = {}
        seen: set[int] = set()
        left5 = sum(isinstance(f, Vector) and (f.scalar5 is not None or bool(f.vector5)) for f in word)
        any5 = left5 > 0
        remaining = sum(step != "B" for step in steps)
        for step in steps:
            if step == "B":
                low, high = low - 1, high + 1
                a, b = self.around(a, False), self.around(b, True)
                continue
            if step == "L":
                low -= 1
                letter = word[low % n]
            else:
                letter = word[high % n]
                high += 1
            remaining -= 1
            if isinstance(letter, Vector):
                left5 -= letter.scalar5 is not None or bool(letter.vector5)
                keep = self._keep(remaining, any5, left5 > 0) if traced else self._all()
                a, b = self.times_vector(step, a, b, letter, keep)
            else:
                keep = self._keep(remaining, any5, left5 > 0) if traced else self._all()
                act = self.close_index if letter in seen else self.open_index
                seen.add(letter)
                new_a: State = {}
                new_b: State = {}
                act(step, a, letter, False, new_a, keep[0])
                if b:
                    act(step, b, letter, step == "R", new_b, keep[1])
                a, b = new_a, new_b
            a = {key: p for key, p in a.items() if p}
            b = {key: p for key, p in b.items() if p}
        return a, b

    def _all(self) -> tuple[int, int]:
        every = 0b11111 if self.four else EVERY_GRADE
        return every, every

    def _keep(self, remaining: int, any5: bool, later5: bool) -> tuple[int, int]:
        """Masks of the grades of A and B from which the scalar part of A or grade four of B can be reached."""
        to_scalar = (1 << (remaining + 1)) - 1
        if not any5:
            return (to_scalar & 0b11111 if self.four else to_scalar), 0
        to_four = sum(1 << g for g in range(5) if 4 - g <= remaining)
        mixed = (to_scalar | to_four) & 0b11111
        return (mixed if later5 else to_scalar & 0b11111), (mixed if later5 else to_four)


def _involution(state: State) -> State:
    return {key: -p if key[0].bit_count() & 1 else p for key, p in state.items()}
