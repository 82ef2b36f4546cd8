"""The words of a LaTeX formula, and how a formula is refused: with its column, a caret and a suggestion."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from nuforce_sym.errors import InputError

MAX_CHARS = 20_000
MAX_TOKENS = 8_000
MAX_DIGITS = 60
WINDOW = 64

_LAYOUT_WORDS = (
    "quad qquad enspace thinspace medspace thickspace negthinspace displaystyle textstyle scriptstyle middle big "
    "Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm limits nolimits nonumber notag allowbreak"
)
_LAYOUT = re.compile(
    r"(?:\s|~|\$|\\[,;:!> ]|\\\[|\\\]|\\(?:" + "|".join(_LAYOUT_WORDS.split()) + r")(?![A-Za-z])|"
    r"\\(?:left|right)(?![A-Za-z]|\s*\|)|"
    r"\\(?:label|tag)\{[^{}]*\})+"
)
_PAIRED = re.compile(r"\\(left|right)\s*\|")
_EMPTY = re.compile(r"\{\s*\}(?!\s*_)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(equation|split|aligned|align|gather|multline|displaymath)(\*?)\}")
_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<command>\\[A-Za-z]+|\\[|{}])|(?P<letter>[A-Za-z])|(?P<mark>:=|[-+*/^_=(){}\[\]|',;!.<>&])"
)
_COMPUTER_NUMBER = re.compile(r"(\d+(?:\.\d*)?)[eE]([-+]?\d+)")
_LOOKALIKES = {
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{HYPHEN}": "-", "\N{FIGURE DASH}": "-",
    "\N{MULTIPLICATION SIGN}": r"\times",
    "\N{MIDDLE DOT}": r"\cdot", "\N{DOT OPERATOR}": r"\cdot", "\N{SQUARE ROOT}": r"\sqrt", "\N{INTEGRAL}": r"\int",
    "\N{INFINITY}": r"\infty", "\N{PARTIAL DIFFERENTIAL}": r"\partial", "\N{NABLA}": r"\nabla", "\N{PRIME}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{FRACTION SLASH}": "/", "\N{DIVISION SLASH}": "/", "\N{MICRO SIGN}": r"\mu",
    "\N{PLANCK CONSTANT OVER TWO PI}": r"\hbar", "\N{ALMOST EQUAL TO}": r"\approx", "\N{SUPERSCRIPT TWO}": "^2",
    "\N{SUPERSCRIPT THREE}": "^3", "\N{NO-BREAK SPACE}": "a plain space",
}  # fmt: skip
_OPENING = {"{": "}", "(": ")", "[": "]", r"\{": r"\}", r"\langle": r"\rangle"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}


@dataclass(frozen=True)
class Token:
    """A number, a command, a letter or a mark, the position of its first character, and whether it begins a row."""

    kind: str
    text: str
    at: int
    fresh: bool = False


def refuse(message: str, text: str, at: int, hint: str = "") -> NoReturn:
    """Raise the `InputError` of a formula: what is wrong, the column, the place under a caret, and what to do."""
    start = max(0, min(at - WINDOW // 2, len(text) - WINDOW))
    shown = "".join(c if c.isprintable() else " " for c in text[start : start + WINDOW])
    before, after = "..." if start else "", "..." if start + WINDOW < len(text) else ""
    caret = " " * (len(before) + at - start) + "^"
    raise InputError(f"{message} (column {at + 1})\n  {before}{shown}{after}\n  {caret}" + (f"\n{hint}" if hint else ""))


def tokens(text: str) -> list[Token]:
    r"""Return the words of a formula; spaces, sizes of brackets, `\label` and the environments of displays are dropped.

    Raises:
        InputError: the text is too long, holds a character that is no part of a formula, or its brackets do not match.
    """
    if not isinstance(text, str):
        raise InputError(f"a formula must be a string of LaTeX; got {type(text).__name__}")
    if len(text) > MAX_CHARS:
        raise InputError(
            f"a formula may have at most {MAX_CHARS} characters; this one has {len(text)}: give its parts one by one"
        )
    found: list[Token] = []
    at, environments, fresh = 0, 0, False
    while at < len(text):
        if match := _ENVIRONMENT.match(text, at):
            environments += 1 if match[1] == "begin" else -1
            at = match.end()
        elif environments > 0 and (text.startswith("\\\\", at) or text[at] == "&"):
            fresh = fresh or text[at] == "\\"
            at += 2 if text[at] == "\\" else 1
        elif match := _PAIRED.match(text, at):
            found.append(Token("command", {"left": r"\lvert", "right": r"\rvert"}[match[1]], at, fresh))
            at, fresh = match.end(), False
        elif (match := _LAYOUT.match(text, at)) or (
            (match := _EMPTY.match(text, at)) and not (found and (found[-1].text in "^_" or found[-1].kind == "command"))
        ):
            at = match.end()
        elif match := _COMPUTER_NUMBER.match(text, at):
            hint = rf"Write {match[1]} \times 10^{{{match[2]}}}."
            refuse(f"{match.group()!r} may be a number or a product with e", text, at, hint)
        elif match := _TOKEN.match(text, at):
            found.append(Token(str(match.lastgroup), match.group(), at, fresh))
            at, fresh = match.end(), False
        else:
            _strange(text, at)
        if len(found) > MAX_TOKENS:
            refuse(f"a formula may have at most {MAX_TOKENS} symbols", text, at, "Give its parts one by one.")
    _check_brackets(found, text)
    return [*found, Token("end", "", len(text))]


def _strange(text: str, at: int) -> NoReturn:
    character = text[at]
    if character.isascii():
        hint = {"%": "Comments are no part of a formula.", "#": "Macro arguments are not expanded."}.get(character, "")
        if character == "\\":
            hint = r"A line break belongs inside \begin{split} or \begin{aligned}."
        refuse(f"{text[at : at + 2].strip()!r} is no part of a formula", text, at, hint)
    name = unicodedata.name(character, "an unnamed character")
    plain = _LOOKALIKES.get(character) or unicodedata.normalize("NFKC", character)
    if plain == character and name.startswith("GREEK"):
        plain = "\\" + name.rsplit(" ", 1)[-1].lower()
    hint = f"Write {plain} instead." if plain != character else "Write it in LaTeX, with ASCII characters only."
    refuse(f"{character!r} ({name}) is no part of a formula", text, at, hint)


def _check_brackets(found: list[Token], text: str) -> None:
    stack: list[Token] = []
    for token in found:
        if token.text in _OPENING:
            stack.append(token)
        elif token.text in _CLOSING:
            if not stack:
                refuse(f"{token.text!r} closes nothing", text, token.at, f"Open it with {_CLOSING[token.text]!r}, or drop it.")
            opened = stack.pop()
            if _OPENING[opened.text] != token.text:
                wanted = _OPENING[opened.text]
                refuse(
                    f"{token.text!r} stands where {opened.text!r} is to be closed", text, token.at, f"Close it with {wanted!r}."
                )
    if stack:
        refuse(f"{stack[-1].text!r} is never closed", text, stack[-1].at, f"Close it with {_OPENING[stack[-1].text]!r}.")
