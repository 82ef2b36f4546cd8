r"""What stands between bars and curly brackets: magnitudes, anticommutators, components of vectors."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.values import Axis, Value, Vector, dotted
from nuforce_sym.spatial import Anticommutator, Component3, Index3, Vector3
from nuforce_sym.symbols import symbol

Read = Callable[[Cursor], Value]
BARS = {"|": "|", r"\lvert": r"\rvert", r"\vert": r"\vert"}
_INDICES = "ijklmn"
_SIZES: dict[Axis, sp.Expr] = {Vector3("q"): symbol("q"), Vector3("rhat"): sp.Integer(1)}


def component(c: Cursor) -> Value | None:
    r"""Read {p}^{i}, the component of a vector; None where something else stands here."""
    texts = [w.text for w in c.words[c.at : c.at + 7]]
    if len(texts) < 7 or texts[2:5] != ["}", "^", "{"] or texts[6] != "}" or texts[5] not in _INDICES:
        return None
    if texts[1] not in ("p", "P", "q"):
        return None
    c.at += 7
    return Component3(Vector3(texts[1]), Index3(texts[5]))


def braces(c: Cursor, read_sum: Read) -> Value:
    """Read an anticommutator, or a sum in curly brackets."""
    word = c.take()
    first = read_sum(c)
    if c.skip(r"\}"):
        return first
    if not c.skip(","):
        c.refuse(rf"expected a comma or \}}, found {c.now.text!r}", r"An anticommutator is \{ a, b \}.")
    second = read_sum(c)
    c.take(r"\}")
    if isinstance(first, Vector) or isinstance(second, Vector):
        c.refuse("an anticommutator of vectors", "Take scalar products.", word=word)
    return Anticommutator(first, second)


def absolute(c: Cursor, read_sum: Read) -> Value:
    """Read an absolute value; of a vector, its magnitude."""
    word = c.take()
    if word.text == "|" and _bars_here(c) > 1:
        c.refuse("these bars may be paired in several ways", r"Write \left| ... \right|.", word=word)
    c.bars += 1
    value = read_sum(c)
    c.bars -= 1
    if c.now.text != BARS[word.text]:
        c.refuse(f"{word.text} is opened and not closed before {c.now.text or 'the end'!r}", word=word)
    c.take()
    if not isinstance(value, Vector):
        return sp.Abs(value)
    if len(value.parts) == 1 and (size := _SIZES.get(value.parts[0][1])) is not None:
        return sp.Abs(value.parts[0][0]) * size
    return sp.sqrt(dotted(value, value))


def _bars_here(c: Cursor) -> int:
    """Return how many bars follow within the brackets that stand around this place."""
    count, depth = 0, 0
    for word in c.words[c.at :]:
        depth += (word.text in ("(", "[", "{", r"\{")) - (word.text in (")", "]", "}", r"\}"))
        if depth < 0:
            break
        count += word.text == "|" and depth == 0
    return count
