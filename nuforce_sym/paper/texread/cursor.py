"""The place in a formula that is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import sympy as sp

from nuforce_sym.paper.texread.lexicon import Lexicon
from nuforce_sym.paper.texread.spelling import Name
from nuforce_sym.paper.texread.tokens import Token, refuse

MAX_DEPTH = 40
MAX_FACTORS = 120


@dataclass
class Bound:
    """A variable of integration or summation.

    ``pending`` until its differential is read. In the order f dx (``last``) the body is a sum that begins at depth
    ``level`` and ends with its differential; ``closed`` says that dx stood as a factor of its own.
    """

    name: Name
    symbol: sp.Symbol
    pending: bool = False
    last: bool = False
    level: int = 0
    closed: bool = False

    @property
    def ends_here(self) -> bool:
        """Whether the integrand is complete."""
        return self.last and not self.pending


@dataclass
class Cursor:
    """The words, the position among them, what names mean, and the variables that are bound here.

    ``bars`` counts the absolute values that are open. Right behind a function without parentheses (``bare``) or what a
    derivative acts on (``single``) no further factor may stand; behind a differential (``measure``) a number may.
    """

    text: str
    words: Sequence[Token]
    lexicon: Lexicon
    at: int = 0
    depth: int = 0
    factors: int = 0
    bars: int = 0
    bare: int = -1
    single: int = -1
    measure: int = -1
    bound: list[Bound] = field(default_factory=list)

    @property
    def now(self) -> Token:
        """The word at the position."""
        return self.words[self.at]

    def ahead(self, count: int) -> Token:
        """Return the word ``count`` places ahead, the end where there are fewer."""
        return self.words[min(self.at + count, len(self.words) - 1)]

    def take(self, wanted: str | None = None) -> Token:
        """Return the word at the position and step over it; refuse if it is not the one that is wanted."""
        word = self.now
        if wanted is not None and word.text != wanted:
            self.refuse(f"expected {wanted!r}, found {word.text!r}" if word.text else f"expected {wanted!r}, found the end")
        if word.kind != "end":
            self.at += 1
        return word

    def skip(self, text: str) -> bool:
        """Step over the word if it is this one; say whether it was."""
        if self.now.text != text:
            return False
        self.at += 1
        return True

    def refuse(self, message: str, hint: str = "", *, word: Token | None = None) -> NoReturn:
        """Refuse the formula at the position, or at the word given."""
        refuse(message, self.text, (word or self.now).at, hint)

    def deeper(self) -> None:
        """Count one level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.refuse(f"a formula may be nested {MAX_DEPTH} levels deep", "Give its parts one by one.")
