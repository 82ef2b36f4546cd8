r"""Reading a formula or an equation in LaTeX against a declared vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import sympy as sp

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.paper.texread.combine import settled
from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.lexicon import VECTORS, Lexicon, essence, function_key, lexicon, spelling_key
from nuforce_sym.paper.texread.names import function_body
from nuforce_sym.paper.texread.parser import UNREAD, sum_of
from nuforce_sym.paper.texread.spelling import group_end, readings
from nuforce_sym.paper.texread.tokens import Token, refuse, tokens
from nuforce_sym.paper.texread.values import Value, Vector, vector
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import NAME, VOCABULARY, Quantity

RELATIONS: Mapping[str, str] = {
    "=": "=", ":=": "=", r"\equiv": "=", r"\approx": "approx", r"\simeq": "approx", r"\cong": "approx",
    r"\sim": "up to a factor", r"\propto": "up to a factor", r"\supset": "contains", r"\ni": "contains",
}  # fmt: skip
_DEPTH = {"{": 1, "(": 1, "[": 1, r"\{": 1, "}": -1, ")": -1, "]": -1, r"\}": -1}
Meaning: TypeAlias = "sp.Expr | Vector3 | str"
Symbols: TypeAlias = Iterable[sp.Symbol | Quantity]


@dataclass(frozen=True)
class Equation:
    """A formula with the name that stands to its left.

    ``lhs`` is the left-hand side in LaTeX, empty where there is none; ``relation`` is "=", "approx",
    "up to a factor", or "contains" of a Lagrangian; ``value`` is what stands to the right.
    """

    lhs: str
    relation: str
    value: sp.Expr


def read_latex(
    text: str,
    *,
    symbols: Symbols | None = None,
    let: Mapping[str, Meaning] | None = None,
    momenta: Iterable[str] = (),
    prefer: Collection[sp.Basic] = (),
    lhs: str | None = None,
    weyl: bool = False,
) -> sp.Expr:
    r"""Return the expression that a LaTeX formula stands for; of an equation, its right-hand side.

    Names are those of the vocabulary (or of ``symbols``) as declared, and common variants of them; subscripts belong to
    the name. What is undeclared, or could mean two things, is refused and never guessed.

    Args:
        text: a formula such as ``\frac{G_F^2}{4\pi^3 r^5}``, or an equation ``V(r) = ...``.
        symbols: the symbols that may stand in it, the whole vocabulary if not given.
        let: what further names stand for: an expression, a vector, the name of a declared symbol, or LaTeX. The key is
            the spelling, ``"a"`` or ``r"m_{\nu_i}"``; a key such as ``"F(r)"`` declares a function.
        momenta: names of four-momenta, ``("k", "k_prime")``, where the formula is covariant.
        prefer: symbols that a spelling means where several are spelled so.
        lhs: the left-hand side, where it is more than a name; it must stand there literally.
        weyl: read a product of the momentum operator and a function of r as half of their anticommutator.

    Raises:
        InputError: the text is no formula, or not one in these names; the message shows the column under a caret.
    """
    return read_equation(text, symbols=symbols, let=let, momenta=momenta, prefer=prefer, lhs=lhs, weyl=weyl).value


def read_equation(
    text: str,
    *,
    symbols: Symbols | None = None,
    let: Mapping[str, Meaning] | None = None,
    momenta: Iterable[str] = (),
    prefer: Collection[sp.Basic] = (),
    lhs: str | None = None,
    weyl: bool = False,
) -> Equation:
    """Return a formula with its left-hand side and relation; arguments and errors are those of `read_latex`."""
    known = declared(lexicon(symbols, momenta, prefer), let or {})
    words = tokens(text)
    left, relation, right = sides(words, text, lhs)
    return Equation(left, relation, _read(text, right, known, weyl=weyl))


def read_list(
    text: str,
    *,
    symbols: Symbols | None = None,
    let: Mapping[str, Meaning] | None = None,
    momenta: Iterable[str] = (),
    prefer: Collection[sp.Basic] = (),
) -> list[sp.Expr]:
    """Return the formulas of a list ``a, b`` or ``(a, b)``; arguments and errors are those of `read_latex`."""
    known = declared(lexicon(symbols, momenta, prefer), let or {})
    words = tokens(text)[:-1]
    if words and words[0].text == "(" and _closing(words, 0) == len(words) - 1:
        words = words[1:-1]
    parts: list[list[Token]] = [[]]
    depth = 0
    for word in words:
        depth += _DEPTH.get(word.text, 0)
        if word.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    end = Token("end", "", len(text))
    return [_read(text, [*part, end], known, weyl=False) for part in parts]


def _closing(words: list[Token], start: int) -> int:
    """Return the position of the bracket that closes the one at ``start``."""
    depth = 0
    for at in range(start, len(words)):
        depth += _DEPTH.get(words[at].text, 0)
        if depth == 0:
            return at
    return -1


def _read(text: str, words: list[Token], known: Lexicon, *, weyl: bool) -> sp.Expr:
    value = _value(text, words, known)
    if isinstance(value, Vector):
        raise InputError(f"{text[:60]!r} is a vector: take a scalar product with what it acts on")
    if value.has(sp.nan, sp.zoo):
        refuse("the formula has no value: it divides by zero, or takes a difference of infinities", text, words[0].at)
    try:
        return settled(value, weyl=weyl)
    except InputError as error:
        refuse(str(error), text, words[0].at)


def _value(text: str, words: list[Token], known: Lexicon) -> Value:
    words = list(words)
    while len(words) > 2 and words[-2].text in (",", ".", ";"):
        del words[-2]  # punctuation of the sentence
    c = Cursor(text, words, known)
    value = sum_of(c)
    if c.now.kind != "end":
        hint = UNREAD.get(c.now.text, "Give one formula at a time, without words.")
        c.refuse(f"{c.now.text!r} does not continue the formula", hint)
    return value


def declared(known: Lexicon, let: Mapping[str, Meaning]) -> Lexicon:
    """Return the lexicon in which the names of ``let`` have their meanings; later ones may use earlier ones.

    Raises:
        InputError: a meaning is neither an expression nor a vector nor text, or its text cannot be read.
    """
    given: Any = let
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise InputError(f"let = {let!r} must give meanings by name, such as {{'a': 'g_V1'}}")
    for key, meaning in let.items():
        call = function_key(key)
        if call is None:
            known = known.extended(key, _meaning(known, key, meaning))
            continue
        name, variable = call
        symbol = sp.Symbol("argument", positive=True)
        body = _meaning(known.extended(variable, symbol), key, meaning)
        if isinstance(body, Vector):
            raise InputError(f"let {key}: a function must have a scalar value")
        if variable in VOCABULARY:
            body = body.xreplace({VOCABULARY[variable].symbol: symbol})
        known = known.with_function(name, function_body(body, symbol))
    return known


def unused(let: Mapping[str, Any], text: str) -> list[str]:
    """Return the names of ``let`` that stand neither in the text nor in the meanings of other names."""
    spoken = [text, *(meaning for meaning in let.values() if isinstance(meaning, str) and not NAME.fullmatch(meaning))]
    written = [tokens(part) for part in spoken]
    return [key for key in let if not any(_stands(key, words) for words in written)]


def _stands(key: str, words: list[Token]) -> bool:
    call = function_key(key)
    name, phrase = (call[0], ()) if call else spelling_key(key)
    if name is not None:
        return any(
            reading.name == name or (reading.name.head, reading.name.sub) == (name.head, name.sub)
            for at in range(len(words) - 1)
            for reading in readings(words, at)
        )
    texts = essence(words)
    return any(texts[at : at + len(phrase)] == phrase for at in range(len(texts)))


def _meaning(known: Lexicon, key: str, meaning: Meaning | Any) -> Value:
    if isinstance(meaning, Vector3):
        return vector(meaning)
    if not isinstance(meaning, str):
        return as_expr(meaning)
    if meaning in VOCABULARY:
        return VOCABULARY[meaning].symbol
    if meaning in VECTORS:
        return vector(VECTORS[meaning])
    if meaning.isalpha() and len(meaning) > 1:  # a mistyped name would be read as a product of letters
        hint = suggestion(meaning, VOCABULARY)
        raise InputError(
            f"let {key} = {meaning}: no symbol {meaning!r} is declared{hint}; for a product write blanks, {' '.join(meaning)!r}"
        )
    try:
        return _value(meaning, tokens(meaning), known)
    except InputError as error:
        if NAME.fullmatch(meaning):
            raise InputError(
                f"let {key} = {meaning}: no symbol {meaning!r} is declared{suggestion(meaning, VOCABULARY)}"
            ) from None
        raise InputError(f"let {key} = {meaning[:60]}: {error}") from None


def sides(words: list[Token], text: str, lhs: str | None) -> tuple[str, str, list[Token]]:
    """Return the left-hand side, the relation, and the words to the right of the last relation."""
    start, depth, left, relation = 0, 0, "", "="
    if lhs is not None:
        start = _literal(words, text, lhs)
        left = lhs
    pieces = []
    for at in range(start, len(words)):
        depth += _DEPTH.get(words[at].text, 0)
        if depth == 0 and words[at].text in RELATIONS:
            pieces.append((start, at))
            start = at + 1
    c = Cursor(text, words, lexicon(()))
    for number, (begin, end) in enumerate(pieces):
        if begin == end and number == 0 and lhs is not None:
            pass
        elif not _is_plain(words, begin, end):
            c.refuse(
                "the left-hand side must be one name, with its argument at most",
                "Bring factors to the other side; of a chain of equations give the last one.",
                word=words[begin],
            )
        elif not left:
            left = text[words[begin].at : words[end].at].strip()
        relation = RELATIONS[words[end].text] if relation == "=" else relation
    return left, relation, words[start:]


def _literal(words: list[Token], text: str, lhs: str) -> int:
    wanted = [w.text for w in tokens(lhs)[:-1]]
    if [w.text for w in words[: len(wanted)]] != wanted or words[len(wanted)].text not in RELATIONS:
        raise InputError(f"the equation does not begin with {lhs[:60]!r} and a relation: {text[:60]!r}")
    return len(wanted)


def _is_plain(words: list[Token], begin: int, end: int) -> bool:
    r"""Whether the words are one name, an argument list, and at most a \big|_{...}."""
    found = readings(words, begin)
    if not found or found[0].end > end or found[0].power:
        return False
    at = found[0].end
    if at < end and words[at].text == "(":
        depth = 0
        while at < end:
            depth += _DEPTH.get(words[at].text, 0)
            at += 1
            if depth == 0:
                break
    if at < end and words[at].text == "|" and words[at + 1].text == "_":
        at = group_end(words, at + 2)
    return at == end
