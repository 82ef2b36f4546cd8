r"""The grammar: a sum of products of factors, read from left to right; whatever could mean two things is refused."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.texread import calculus, calls, covariant, enclosed, names
from nuforce_sym.paper.texread.combine import combined, gradient_taken
from nuforce_sym.paper.texread.cursor import MAX_FACTORS, Cursor
from nuforce_sym.paper.texread.functions import PLAIN
from nuforce_sym.paper.texread.spelling import ACCENTS, BOLD, GREEK, UPRIGHT, group_end
from nuforce_sym.paper.texread.tokens import MAX_DIGITS, Token
from nuforce_sym.paper.texread.values import Value, Vector, added, divided, power

FRACTIONS = (r"\frac", r"\tfrac", r"\dfrac", r"\cfrac")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_FUNCTIONS = frozenset("\\" + head for head in PLAIN)
_STARTS = _FUNCTIONS | {
    *FRACTIONS,
    *_BRACKETS,
    *UPRIGHT,
    *BOLD,
    *ACCENTS,
    *GREEK,
    r"\{",
    r"\sqrt",
    r"\int",
    r"\sum",
    r"\lvert",
    r"\langle",
}
UNREAD = {
    r"\pm": "Give the two signs as two formulas.",
    r"\mp": "Give the two signs as two formulas.",
    r"\oint": "Only definite integrals over one variable are read.",
    r"\langle": "Only the brackets that the vocabulary declares are read: let them be a symbol.",
    r"\prod": "Write the product out.",
    "!": r"Write \Gamma(n + 1).",
    ",": "Commas stand only between the arguments of a function and in anticommutators.",
}


def sum_of(c: Cursor) -> Value:
    """Read a sum."""
    c.deeper()
    start = c.now
    negative = c.now.text == "-"
    if c.now.text in ("+", "-"):
        c.take()
    terms = [_negated(product(c), negative)]
    while c.now.text in ("+", "-") and not (c.bound and c.bound[-1].ends_here and c.bound[-1].level == c.depth):
        negative = c.take().text == "-"
        if c.now.text in ("+", "-"):
            c.refuse("two signs in a row", "Put the second one in parentheses.")
        terms.append(_negated(product(c), negative))
    c.depth -= 1
    return _guarded(c, start, lambda: added(terms))


def _negated(value: Value, negative: bool) -> Value:
    if not negative:
        return value
    return value.scaled(sp.Integer(-1)) if isinstance(value, Vector) else -value


def _guarded(c: Cursor, word: Token, build: Callable[[], Value]) -> Value:
    """Build a value; what the builder refuses is refused at the word."""
    try:
        return build()
    except InputError as error:
        if "column" in str(error):
            raise
        c.refuse(str(error), word=word)


def starts_factor(c: Cursor) -> bool:
    """Whether a further factor begins here, so that it multiplies what stands before."""
    word = c.now
    if word.text == "|":
        return c.bars == 0
    return word.kind in ("letter", "number") or word.text in _STARTS


def product(c: Cursor) -> Value:
    """Read a product."""
    start = c.at
    value = factor(c)
    while True:
        word = c.now
        if word.text == "/":
            value = _quotient(c, value)
        elif word.text in (r"\cdot", r"\times", "*"):
            c.take()
            if c.now.text in ("+", "-"):
                c.refuse("a sign stands after a product sign", "Put the negative factor in parentheses.")
            value = _joined(c, value, "" if word.text == "*" else word.text, factor(c), word)
        elif starts_factor(c):
            check_juxtaposed(c, start)
            value = _joined(c, value, "", factor(c), word)
        else:
            return value


def _joined(c: Cursor, left: Value, mark: str, right: Value, word: Token) -> Value:
    value = _guarded(c, word, lambda: combined(left, mark, right))
    if gradient_taken(left, value):
        c.single = c.at
    return value


def refuse_break(c: Cursor) -> None:
    """Refuse a factor that is the first word of a row: a product over a line break says so by its sign."""
    c.refuse(
        "a line break stands between two factors, which may be a product or two formulas",
        r"Begin the row with \times or \cdot for a product, or give one formula at a time.",
    )


def check_juxtaposed(c: Cursor, start: int) -> None:
    """Refuse two factors side by side that could be something else than a product."""
    word, before = c.now, c.words[c.at - 1]
    if word.fresh:
        refuse_break(c)
    power_behind_bracket = before.text in ("}", ")", "]") and c.ahead(1).text == "^"
    if word.kind == "number" and c.measure != c.at and not power_behind_bracket:
        hint = "Join numbers with \\cdot; TeX reads x^12 as x^{1}2, so put exponents and subscripts in braces."
        c.refuse(f"the number {word.text} follows another factor directly", hint)
    if word.text in FRACTIONS and before.kind == "number" and c.at - 1 == start and _numeric_fraction(c):
        c.refuse("a number and a fraction side by side may be a product or a mixed number", r"Join them with \cdot.")
    if c.bare == c.at and word.text not in _FUNCTIONS:
        c.refuse("the factor may belong to the argument of the function before it", "Put the argument in parentheses.")
    if c.single == c.at:
        c.refuse("a derivative or gradient may act on this factor too", "Put what it acts on in parentheses.")


def _numeric_fraction(c: Cursor) -> bool:
    middle = group_end(c.words, c.at + 1)
    end = group_end(c.words, middle) if c.words[middle].kind != "end" else middle
    return all(w.kind == "number" or w.text in "{}" for w in c.words[c.at + 1 : end])


def _quotient(c: Cursor, top: Value) -> Value:
    slash = c.take()
    if c.bare == slash_position(c):
        c.refuse(
            "the division may belong to the argument of the function before it", "Put the argument in parentheses.", word=slash
        )
    bracketed = c.now.text in ("(", "[", "{")
    if c.now.text in ("+", "-"):
        c.refuse("a sign stands after a slash", "Put the denominator in parentheses.")
    bottom = factor(c)
    if (not bracketed and (starts_factor(c) or c.now.text in (r"\cdot", r"\times", "*"))) or c.now.text == "/":
        c.refuse("a/b c may mean (a/b) c or a/(b c)", r"Write \frac{a}{b}, or put the denominator in parentheses.", word=slash)
    return _guarded(c, slash, lambda: divided(top, bottom))


def slash_position(c: Cursor) -> int:
    """Return the position of the slash that was just taken."""
    return c.at - 1


def factor(c: Cursor) -> Value:
    """Read a factor with its power."""
    word = c.now
    c.factors += 1
    if c.factors > MAX_FACTORS:
        c.refuse("fractions, roots and functions are nested too deeply", "Give the parts of the formula one by one.")
    base = _base(c)
    c.factors -= 1
    if c.now.text == "^":
        c.take()
        exponent = script(c)
        base = _guarded(c, word, lambda: power(base, exponent))
        if c.now.text == "^":
            c.refuse("two superscripts in a row", "Put the first power in braces.")
    if c.now.text in ("'", "_", "!"):
        c.refuse(
            f"{c.now.text!r} does not belong to what stands before it",
            UNREAD.get(c.now.text, "Only names have subscripts and primes."),
        )
    return base


def script(c: Cursor) -> Value:
    r"""Read an exponent, an order or a limit: a braced sum, or a single digit, letter or command."""
    if c.now.text == "{":
        return _group(c)
    word = c.now
    if word.kind == "number" and len(word.text) > 1:
        c.refuse(f"TeX takes only the first digit of {word.text}", f"Write {{{word.text}}} in braces.")
    if word.kind == "number":
        c.take()
        return sp.Integer(word.text)
    if word.kind == "letter" or word.text in GREEK:
        single = Cursor(c.text, [word, Token("end", "", word.at + 1)], c.lexicon, bound=c.bound)
        c.take()
        return names.name(single, script, sum_of)
    if word.text in FRACTIONS or word.text in BOLD | UPRIGHT:
        return factor(c) if word.text in FRACTIONS else names.name(c, script, sum_of)
    return c.refuse("an exponent, an index or a limit is missing", "Put it in braces.")


def _group(c: Cursor) -> Value:
    opener = c.take().text
    bars, c.bars = c.bars, 0
    value = sum_of(c)
    c.bars = bars
    if c.now.text != _BRACKETS[opener] and c.now.text in UNREAD:
        c.refuse(f"{c.now.text!r} is not read here", UNREAD[c.now.text])
    c.take(_BRACKETS[opener])
    return value


def _base(c: Cursor) -> Value:
    word = c.now
    if word.kind == "number":
        return _number(c)
    if calculus.take_differential(c):
        return sp.Integer(1)
    if (value := names.phrase(c)) is not None:
        return value
    if (tensor := covariant.tensor(c)) is not None:
        return tensor
    if calls.hypergeometric_ahead(c):
        return calls.call_hypergeometric(c, sum_of, script)
    if word.text in FRACTIONS:
        found = calculus.derivative(c, factor)
        return found if found is not None else _fraction(c)
    if (plain := calls.plain_function(c)) is not None:
        return calls.call_plain(c, *plain, sum_of, factor, script)
    if (family := calls.family(c)) is not None:
        return calls.call_family(c, *family, sum_of, script)
    if word.text == "{" and c.ahead(1).text not in (r"\rm", r"\bf"):
        return enclosed.component(c) or _group(c)
    if word.text in ("(", "["):
        return _group(c)
    if word.text == r"\{":
        return enclosed.braces(c, sum_of)
    if word.text in enclosed.BARS:
        return enclosed.absolute(c, sum_of)
    if word.text == r"\sqrt":
        return _root(c)
    if word.text == r"\int":
        return calculus.integral(c, sum_of, product, script)
    if word.text == r"\sum":
        return calculus.summation(c, sum_of, product, script)
    if word.text in UNREAD:
        c.refuse(f"{word.text!r} is not read in a formula", UNREAD[word.text])
    return names.name(c, script, sum_of)


def _number(c: Cursor) -> sp.Expr:
    word = c.take()
    if len(word.text) > MAX_DIGITS:
        c.refuse(f"a number may have at most {MAX_DIGITS} digits", word=word)
    whole, _, decimals = word.text.partition(".")
    return sp.Rational(int((whole or "0") + decimals), 10 ** len(decimals))


def _fraction(c: Cursor) -> Value:
    word = c.take()
    parts: list[Value] = []
    while len(parts) < 2:
        digits = c.now
        if digits.kind == "number" and len(digits.text) == 2 - len(parts) and digits.text.isdecimal():
            c.take()
            parts += [sp.Integer(digit) for digit in digits.text]
        else:
            parts.append(script(c))
    return _guarded(c, word, lambda: divided(parts[0], parts[1]))


def _root(c: Cursor) -> Value:
    word = c.take()
    index: Value = sp.Integer(2)
    if c.now.text == "[":
        index = _group(c)
    radicand = script(c)
    if isinstance(radicand, Vector) or isinstance(index, Vector) or not (index.is_Integer and 0 < index <= 40):
        c.refuse("a root is taken of a number, with a whole index up to 40", word=word)
    return _guarded(c, word, lambda: power(radicand, 1 / index))
