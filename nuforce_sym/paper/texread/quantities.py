r"""Units in formulas: ``\mathrm{MeV}``, ``\mathrm{cm^{-3}}``, ``\mathrm{MeV\,fm}``, ``\mathrm{km/s}``, in powers of a GeV.

hbar = c = 1: a metre is a power of energy, with the exact constants of the SI. A hertz is 1/s, so that an energy that is
quoted as a frequency is h times it, with h = 2 pi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from nuforce_sym import units
from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.spelling import UPRIGHT, group_end
from nuforce_sym.paper.texread.tokens import Token

GeV = sp.Symbol("GeV", positive=True)
"""The unit of energy that formulas with units are read in."""
MAX_POWER = 12


def unit(name: str) -> sp.Expr:
    """Return a unit by name, u for micro, as a number times a power of `GeV`."""
    factor, power = units.exact(name)
    return factor * GeV**power


def quantity(c: Cursor) -> sp.Expr | None:
    r"""Read a product of units in an upright font, where one stands here; None where the group is something else.

    Raises:
        InputError: it begins like a product of units, and is none.
    """
    word = c.now
    if word.text in UPRIGHT and c.ahead(1).text == "{":
        end = group_end(c.words, c.at + 1)
    elif word.text == "{" and c.ahead(1).text == r"\rm":
        end = group_end(c.words, c.at)
    else:
        return None
    inner = c.words[c.at + 2 : end - 1]
    if [w.text for w in inner[:2]] == ["1", "/"]:
        inner = inner[1:]
    parts = list(_parts(inner))
    if not parts or any(name is not None and name not in units.names() for name, _ in parts):
        return None
    value, sign = sp.Integer(1), 1
    slashes = sum(name is None for name, _ in parts)
    for name, power in parts:
        if name is None:
            sign = -1
            continue
        if abs(power) > MAX_POWER:
            c.refuse(f"a power of a unit beyond {MAX_POWER}", word=word)
        value *= unit(name) ** (sign * power)
    if slashes > 1 or (slashes and parts[-1][0] is None) or (slashes and len(parts) > 1 and parts[-2][0] is not None):
        c.refuse("a unit per several others", r"Write negative powers, as in \mathrm{cm^{-2}\,s^{-1}}.", word=word)
    c.at = end
    return value


def micro_ahead(c: Cursor) -> bool:
    r"""Whether \mu stands right before an upright unit, where it may be a prefix or a symbol."""
    if c.now.text != r"\mu" or c.ahead(1).text not in UPRIGHT:
        return False
    saved = c.at
    c.at += 1
    found = quantity(c) is not None
    c.at = saved
    return found


def _parts(words: Sequence[Token]) -> Iterator[tuple[str | None, int]]:
    """Yield the units with their powers, and None for a slash; anything else gives a name that is no unit."""
    at = 0
    while at < len(words):
        if words[at].text == "/":
            yield None, 0
            at += 1
            continue
        if words[at].text in (r"\cdot", r"\times"):
            at += 1
            continue
        name, start = "", at
        while at < len(words) and (words[at].kind == "letter" or (words[at].text == r"\mu" and at == start)):
            if at > start and words[at].at > words[at - 1].at + len(words[at - 1].text) and words[at - 1].text != r"\mu":
                break
            name += "u" if words[at].text == r"\mu" else words[at].text
            at += 1
        if not name:
            name, at = "?", at + 1
        power = 1
        if at < len(words) and words[at].text == "^":
            stop = group_end([*words, Token("end", "", 0)], at + 1)
            digits = "".join(w.text for w in words[at + 1 : stop] if w.text not in "{}")
            if not digits.lstrip("-").isdecimal() or len(digits) > 3:
                yield "?", 0
                return
            power, at = int(digits), stop
        yield name, power
