r"""Function calls: ``\sin^2 x``, ``K_3(2mr)``, ``\mathrm{Ei}(x)``, ``{}_2F_1(a,b;c;z)``."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.functions import FAMILIES, PLAIN, SYMBOLIC, Build, applied, hypergeometric
from nuforce_sym.paper.texread.spelling import UPRIGHT, Name, group_end, readings
from nuforce_sym.paper.texread.tokens import Token
from nuforce_sym.paper.texread.values import Value, Vector, power

Read = Callable[[Cursor], Value]
_CLOSE = {"(": ")", "[": "]", r"\{": r"\}"}


def plain_function(c: Cursor) -> tuple[str, int] | None:
    r"""Return the function of one argument that stands here, as \sin or \mathrm{Ei}, and the position after its name."""
    word = c.now
    if word.kind == "command" and word.text[1:] in PLAIN:
        return word.text[1:], c.at + 1
    if word.text in UPRIGHT:
        end = group_end(c.words, c.at + 1) if c.ahead(1).kind != "end" else c.at + 1
        text = "".join(w.text for w in c.words[c.at + 1 : end] if w.text not in "{}")
        if text in PLAIN:
            return text, end
    return None


def call_plain(c: Cursor, head: str, end: int, read_sum: Read, read_factor: Read, read_script: Read) -> Value:
    """Read a function of one argument, with or without parentheses."""
    word = c.now
    c.at = end
    function: Build = PLAIN[head]
    exponent = None
    if c.now.text == "_":
        if head != "log":
            c.refuse(f"{head} takes no subscript", "Drop it.")
        c.take()
        base = _scalar(c, read_script, word)
        function = lambda x: sp.log(x) / sp.log(base)  # noqa: E731
    if c.skip("^"):
        exponent = _scalar(c, read_script, word)
        if exponent.is_negative is not False or exponent.is_number is False:
            c.refuse(
                f"{head}^{{{exponent}}} may be a power or an inverse function",
                "Write 1/(...) or the name of the inverse.",
                word=word,
            )
    if c.now.text == "{" and c.ahead(1).text in _CLOSE and group_end(c.words, c.at) == _bracket_end(c, c.at + 1) + 1:
        c.take()
        value = _applied(c, function, (_bracketed(c, read_sum, word),), word)
        c.take("}")
        if exponent is None and c.skip("^"):
            exponent = _scalar(c, read_script, word)
    elif c.now.text in _CLOSE:
        value = _applied(c, function, (_bracketed(c, read_sum, word),), word)
        if c.now.text == "^":
            c.refuse(f"the power may belong to {head} or to its argument", rf"Write \{head}^{{2}}(x) or \{head}((x)^{{2}}).")
    else:
        value = _applied(c, function, (_bare(c, head, read_factor, word),), word)
    return value if exponent is None else power(value, exponent)


def _bare(c: Cursor, head: str, read_factor: Read, word: Token) -> sp.Expr:
    """Read the one factor that is a function's argument without parentheses."""
    first = c.now
    argument = read_factor(c)
    hint = rf"Put the argument of \{head} in parentheses."
    if isinstance(argument, Vector):
        c.refuse(f"the argument of {head} is a vector", hint, word=word)
    if argument.is_Pow and first.text not in (r"\sqrt", r"\frac", "{"):
        c.refuse(f"the power may belong to {head} or to its argument", hint, word=word)
    c.bare = c.at
    return argument


def _bracket_end(c: Cursor, at: int) -> int:
    depth = 0
    while True:
        text = c.words[at].text
        depth += (text in _CLOSE) - (text in _CLOSE.values())
        at += 1
        if depth == 0:
            return at


def _bracketed(c: Cursor, read_sum: Read, word: Token) -> sp.Expr:
    opener = c.take().text
    value = _checked(c, read_sum(c), word)
    c.take(_CLOSE[opener])
    return value


def _checked(c: Cursor, value: Value, word: Token) -> sp.Expr:
    if isinstance(value, Vector):
        c.refuse("a vector stands where a number is needed", word=word)
    return value


def _scalar(c: Cursor, read: Read, word: Token) -> sp.Expr:
    return _checked(c, read(c), word)


def _applied(c: Cursor, function: Build, arguments: tuple[sp.Expr, ...], word: Token) -> sp.Expr:
    try:
        return applied(function, arguments)
    except ValueError as error:
        c.refuse(str(error), word=word)


def family(c: Cursor) -> tuple[Build, int] | None:
    r"""Return the function with an order, such as K_3 before its argument, that stands here, or None."""
    found = readings(c.words, c.at)
    if not found or found[-1].name.style not in ("", r"\mathrm"):
        return None
    head = found[-1].name.head
    if any(reading.name.sub and reading.name in c.lexicon.names for reading in found):
        return None  # a declared name with a subscript, such as E_\nu, is no exponential integral
    if head in SYMBOLIC and c.ahead(1).text in (*_CLOSE, "^") and Name(head) not in c.lexicon.names:
        return SYMBOLIC[head], c.at + 1
    start = c.at + 1 if c.now.kind == "letter" else group_end(c.words, c.at + 1)
    if head not in FAMILIES or (c.now.kind != "letter" and c.now.text not in UPRIGHT):
        return None
    at, marks = start, set()
    while c.words[at].text in ("_", "^") and c.words[at + 1].kind != "end":
        marks.add(c.words[at].text)
        at = group_end(c.words, at + 1)
    opens = c.words[at].text in _CLOSE or (c.words[at].text == "{" and c.words[at + 1].text in _CLOSE)
    return (FAMILIES[head], start) if "_" in marks and opens else None


def call_family(c: Cursor, head: Build, start: int, read_sum: Read, read_script: Read) -> Value:
    r"""Read K_{\nu}(z), K_{\nu}^{2}(z), I^{2}_{1}(z), \Gamma(x) or \zeta(3)."""
    word = c.now
    c.at = start
    orders: list[sp.Expr] = []
    exponent = None
    while c.now.text in ("_", "^"):
        mark = c.take().text
        value = _scalar(c, read_script, word)
        if mark == "_" and not orders and head not in SYMBOLIC.values():
            orders.append(value)
        elif mark == "^" and exponent is None:
            exponent = value
            if not value.is_Rational or value < 0:
                c.refuse("the superscript of a function is read as a power and must be a positive number", word=word)
        else:
            c.refuse("too many indices on a function", word=word)
    if c.now.text not in (*_CLOSE, "{"):
        c.refuse("a function needs its argument in parentheses", word=word)
    braced = c.now.text == "{" and c.skip("{")
    result = _applied(c, head, (*orders, _bracketed(c, read_sum, word)), word)
    if braced:
        c.take("}")
    return result if exponent is None else power(result, exponent)


def hypergeometric_ahead(c: Cursor) -> bool:
    """Whether pFq begins here."""
    at = c.at + 2 if [w.text for w in c.words[c.at : c.at + 2]] == ["{", "}"] else c.at
    if c.words[at].text == "{" and c.words[at + 1].text in ("_", "{"):
        return False
    if c.words[at].text != "_" or c.words[at + 1].kind == "end":
        return False
    end = group_end(c.words, at + 1)
    return c.words[end].text == "F" and c.words[end + 1].text == "_"


def call_hypergeometric(c: Cursor, read_sum: Read, read_script: Read) -> Value:
    """Read pFq(a_1, ..., a_p; b_1, ..., b_q; z)."""
    word = c.now
    if c.skip("{"):
        c.take("}")
    c.take("_")
    p = _scalar(c, read_script, word)
    c.take("F")
    c.take("_")
    q = _scalar(c, read_script, word)
    c.take("(")
    groups: list[list[sp.Expr]] = [[]]
    while True:
        if c.now.text not in (";", ")"):
            groups[-1].append(_scalar(c, read_sum, word))
        if c.skip(")"):
            break
        if c.skip(";"):
            groups.append([])
        else:
            c.take(",")
    if len(groups) != 3 or (len(groups[0]), len(groups[1]), len(groups[2])) != (p, q, 1):
        c.refuse(f"a hypergeometric function needs {p}; {q}; 1 arguments", "Write {}_pF_q(a, ...; b, ...; z).", word=word)
    return hypergeometric(groups[0], groups[1], groups[2][0])
