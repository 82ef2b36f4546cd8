r"""Definite integrals, sums and derivatives.

``\int_a^b dt\,f`` extends to the end of the product, ``\int_a^b (f + g)\,dt`` to its differential. The variable is bound
by the sign itself and need not be declared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy as sp

from nuforce_sym.paper.texread.cursor import Bound, Cursor
from nuforce_sym.paper.texread.spelling import Name, Reading, group_end, readings
from nuforce_sym.paper.texread.tokens import Token
from nuforce_sym.paper.texread.values import Value, Vector
from nuforce_sym.symbols import NAME

Read = Callable[[Cursor], Value]
MAX_ORDER = 6
_UPRIGHT_D = (r"\mathrm", r"\text", r"\rm")


def _letter_d(words: Sequence[Token], at: int) -> int | None:
    r"""Return the position after a differential's d or \mathrm{d} at ``at``, or None."""
    texts = [w.text for w in words[at : at + 4]]
    if texts[:1] == ["d"]:
        return at + 1
    if texts and texts[0] in _UPRIGHT_D:
        if texts[1:2] == ["d"]:
            return at + 2
        if texts[1:] == ["{", "d", "}"]:
            return at + 4
    return None


def differential(c: Cursor, at: int) -> Reading | None:
    """Return the variable whose differential stands at ``at`` and the position after it, or None."""
    after = _letter_d(c.words, at)
    if after is None or c.words[after].text in ("_", "^", "'"):
        return None
    found = readings(c.words, after)
    return next((reading for reading in found if reading.name.primes == 0 and not reading.name.sup and not reading.power), None)


def take_differential(c: Cursor) -> bool:
    """Step over the differential of the innermost integral, if it stands here."""
    open_integrals = [b for b in c.bound if b.pending]
    if not open_integrals or (found := differential(c, c.at)) is None or found.name != open_integrals[-1].name:
        return False
    c.at = c.measure = found.end
    open_integrals[-1].pending = False
    # within a fraction, as in \frac{dt}{t}, the integrand goes on
    open_integrals[-1].closed = open_integrals[-1].last and open_integrals[-1].level == c.depth
    return True


def integral(c: Cursor, read_sum: Read, read_product: Read, read_script: Read) -> Value:
    """Read a definite integral; the position is at its sign."""
    sign = c.take()
    lower, upper = _limits(c, read_script)
    if lower is None or upper is None:
        c.refuse("an integral needs both limits", r"Write \int_{a}^{b}; several variables need one sign each.", word=sign)
    variable = _variable(c, sign)
    symbol = _integration_variable(c, variable, positive=bool(lower.is_nonnegative and upper.is_extended_nonnegative))
    first = differential(c, c.at) is not None or _in_fraction(c)
    bound = Bound(variable, symbol, pending=True, last=not first, level=c.depth + 1)
    c.bound.append(bound)
    body = read_product(c) if first else read_sum(c)
    if first and c.now.text in ("+", "-") and c.measure == c.at:
        c.refuse("the sign may belong to the integrand", "Put the integrand in parentheses.")
    c.bound.pop()
    if bound.pending:
        c.refuse(f"the integral ends here without its differential d{variable.text}", "Put the integrand in parentheses.")
    if isinstance(body, Vector):
        c.refuse("the integral of a vector is not read", "Take its components.", word=sign)
    return sp.Integral(body, (symbol, lower, upper))


def _limits(c: Cursor, read_script: Read) -> tuple[sp.Expr | None, sp.Expr | None]:
    found: dict[str, sp.Expr] = {}
    while c.now.text in ("_", "^") and c.now.text not in found:
        mark = c.take().text
        word = c.now
        value = read_script(c)
        if isinstance(value, Vector):
            c.refuse("a limit cannot be a vector", word=word)
        found[mark] = value
    return found.get("_"), found.get("^")


def _variable(c: Cursor, sign: Token) -> Name:
    """Return the variable of the integral whose body begins here: that of the first differential not of an inner one."""
    at, inner, depth = c.at, 0, 0
    while c.words[at].kind != "end" and depth >= 0:
        text = c.words[at].text
        depth += (text in ("{", "(", "[")) - (text in ("}", ")", "]"))
        inner += text == r"\int"
        if (found := differential(c, at)) is not None:
            if inner == 0:
                return found.name
            inner, at = inner - 1, found.end
            continue
        at += 1
    return c.refuse(
        "an integral needs its differential", "Write it as dr, before or after the integrand; d^3r is not read.", word=sign
    )


def _in_fraction(c: Cursor) -> bool:
    r"""Whether the integrand begins with a fraction that holds the differential, as in \frac{dt}{t}."""
    return c.now.text == r"\frac" and c.ahead(1).text == "{" and differential(c, c.at + 2) is not None


def _bound_symbol(c: Cursor, name: Name, **assumptions: bool) -> sp.Symbol:
    declared = c.lexicon.names.get(name, ())
    if len(declared) == 1 and isinstance(declared[0], sp.Symbol):
        return declared[0]
    text = "_".join(part.replace("\\", "") for part in (name.head, name.sub) if part)
    if name.style or not NAME.fullmatch(text):
        c.refuse(f"{name.text} cannot be a variable of integration or summation", "Use a letter, with a subscript at most.")
    return sp.Symbol(text, **({"positive": True} if assumptions.pop("positive", False) else assumptions or {"real": True}))


def _integration_variable(c: Cursor, name: Name, *, positive: bool) -> sp.Symbol:
    """Return the variable of an integral, positive only where both limits are: the sign of |x| depends on it."""
    symbol = _bound_symbol(c, name, positive=positive)
    return sp.Symbol(symbol.name, real=True) if symbol.is_nonnegative and not positive else symbol


def summation(c: Cursor, read_sum: Read, read_product: Read, read_script: Read) -> Value:
    """Read a sum over an index; the position is at its sign."""
    sign = c.take()
    hint = r"Write \sum_{k=1}^{n}."
    if not (c.now.text == "_" and c.ahead(1).text == "{"):
        c.refuse("a sum needs its index and both limits", hint, word=sign)
    c.at += 2
    found = readings(c.words, c.at)
    if not found:
        c.refuse("a sum needs its index and both limits", hint)
    name = found[0].name
    c.at = found[0].end
    c.take("=")
    lower = read_sum(c)
    c.take("}")
    if not c.skip("^"):
        c.refuse("a sum needs its upper limit", hint)
    upper = read_script(c)
    text = "_".join(part.replace("\\", "") for part in (name.head, name.sub) if part)
    if name.style or not NAME.fullmatch(text):
        c.refuse(f"{name.text} cannot be the index of a sum", "Use a letter.", word=sign)
    symbol = sp.Symbol(text, integer=True)
    c.bound.append(Bound(name, symbol))
    body = read_product(c)
    c.bound.pop()
    if isinstance(lower, Vector) or isinstance(upper, Vector) or isinstance(body, Vector):
        c.refuse("the sum of vectors is not read", "Take their components.", word=sign)
    if not body.has(symbol):
        c.refuse(f"the index {name.text} does not stand in what is summed", "Put the summand in parentheses.", word=sign)
    return sp.Sum(body, (symbol, lower, upper))


def derivative(c: Cursor, read_factor: Read) -> Value | None:
    r"""Read \frac{d}{dr} f, \frac{d^2 F}{dr^2} or a partial one; None, without a step, where the fraction is none."""
    words, start = c.words, c.at
    if words[start + 1].text != "{":
        return None
    top_end = group_end(words, start + 1)
    if words[top_end].text != "{":
        return None
    top, order = _order(words, start + 2)
    bottom_end = group_end(words, top_end)
    variables = _denominators(c, top_end + 1, bottom_end - 1)
    if top is None or variables is None:
        return None
    if sum(n for _, n in variables) != order or order > MAX_ORDER:
        c.refuse(
            "the orders of this derivative do not agree", f"At most {MAX_ORDER} are read, written as \\frac{{d^2}}{{dr^2}}."
        )
    symbols = [(_bound_symbol(c, name), n) for name, n in variables]
    if top < top_end - 1:
        c.at = top
        operand = read_factor(c)
        if c.at != top_end - 1:
            c.refuse("a derivative with more than one factor above", r"Write \frac{d}{dr}\left( ... \right).")
        c.at = bottom_end
    else:
        c.at = bottom_end
        operand = read_factor(c)
        c.single = c.at
    if isinstance(operand, Vector):
        c.refuse("the derivative of a vector is not read", "Take its components.")
    return sp.Derivative(operand, *symbols)


def _order(words: Sequence[Token], at: int) -> tuple[int | None, int]:
    after = at + 1 if words[at].text == r"\partial" else _letter_d(words, at)
    if after is None or words[after].text == "_":
        return None, 0
    if words[after].text != "^":
        return after, 1
    end = group_end(words, after + 1)
    digits = "".join(w.text for w in words[after + 1 : end] if w.text not in "{}")
    return (end, int(digits)) if digits.isdecimal() and len(digits) < 3 else (None, 0)


def _denominators(c: Cursor, at: int, end: int) -> list[tuple[Name, int]] | None:
    found: list[tuple[Name, int]] = []
    while at < end:
        after = at + 1 if c.words[at].text == r"\partial" else _letter_d(c.words, at)
        names = [r for r in readings(c.words, after) if not r.name.sup and not r.power] if after is not None else []
        if not names:
            return None
        at, order = names[0].end, 1
        if c.words[at].text == "^":
            stop = group_end(c.words, at + 1)
            digits = "".join(w.text for w in c.words[at + 1 : stop] if w.text not in "{}")
            if not digits.isdecimal() or len(digits) > 2:
                return None
            at, order = stop, int(digits)
        found.append((names[0].name, order))
    return found or None
