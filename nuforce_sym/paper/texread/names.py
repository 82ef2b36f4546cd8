"""The factor that a name is: a declared symbol or vector, a constant, or a function that the caller has declared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy as sp

from nuforce_sym import units
from nuforce_sym.errors import suggestion
from nuforce_sym.paper.texread import quantities
from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.lexicon import Lexicon
from nuforce_sym.paper.texread.spelling import BOLD, GREEK, UPRIGHT, Name, Reading, group_end, readings
from nuforce_sym.paper.texread.tokens import Token, tokens
from nuforce_sym.paper.texread.values import Value, Vector, power
from nuforce_sym.symbols import VOCABULARY

Read = Callable[[Cursor], Value]
_CONSTANTS: dict[Name, sp.Expr] = {
    Name(r"\pi"): sp.pi,
    Name("i"): sp.I,
    Name("i", r"\mathrm"): sp.I,
    Name("e", r"\mathrm"): sp.E,
    Name(r"\gamma", sub="E"): sp.EulerGamma,
    Name(r"\infty"): sp.oo,
}
_CHARGE = Name("e")
_NUCLEONS = ("p", "n")


def phrase(c: Cursor) -> Value | None:
    r"""Read a declared spelling that is no plain name, such as \delta^3(\mathbf{r}); None where none stands here."""
    at = c.at
    while c.words[at].text in ("{", "}") or c.words[at].text in UPRIGHT | BOLD:
        at += 1
    for texts, values in c.lexicon.phrases.get(c.words[at].text, ()):
        end = _matched(c, texts)
        if end is not None:
            value = _only(c, " ".join(texts), values, c.now)
            c.at = end
            return value
    return None


def _matched(c: Cursor, texts: tuple[str, ...]) -> int | None:
    at, depth = c.at, 0
    for wanted in texts:
        while (c.words[at].text in "{}" and c.words[at].kind != "end") or c.words[at].text in UPRIGHT | BOLD:
            depth += (c.words[at].text == "{") - (c.words[at].text == "}")
            at += 1
        if c.words[at].text != wanted or depth < 0:
            return None
        at += 1
    while depth > 0 and c.words[at].text == "}":
        depth, at = depth - 1, at + 1
    return at if depth == 0 and c.words[at].text not in ("_", "'") else None


def name(c: Cursor, read_script: Read, read_sum: Read) -> Value:
    """Read a name.

    Raises:
        InputError: it is undeclared, or stands for several things.
    """
    word = c.now
    found = readings(c.words, c.at)
    if not found:
        _no_name(c)
    if (unit := _unit(c, found[0])) is not None:
        return unit
    for reading in found:
        if (value := _meaning(c, reading, word)) is not None:
            c.at = reading.end
            _refuse_label(c, found[0].name, word)
            if reading.power:
                value = power(value, _number(reading.power))
            elif not isinstance(value, Vector):
                _refuse_call(c, reading.name, word)
            return value
        if reading.name in c.lexicon.functions:
            return _call(c, reading, read_sum, word)
    if found[-1].name == _CHARGE:
        return _exponential(c, read_script, word)
    unknown = found[0].name
    hint = f"Declare it with let, as in let={{{unknown.text!r}: ...}}, or use a symbol of the vocabulary"
    if unknown.style == r"\mathrm" and (near := suggestion(unknown.head, units.names())):
        c.refuse(
            f"{unknown.text} is no declared name and no unit",
            f"Units are MeV, fm, cm, s, Hz, pb and the like{near}.",
            word=word,
        )
    if unknown.style == "bold" and (unknown_scalar := Name(unknown.head, "", unknown.sub, unknown.sup)) in c.lexicon.names:
        hint = f"Only the number {unknown_scalar.text} is declared, not a vector of this name"
    declared = [q for q in VOCABULARY.values() if _spelled(q.latex) == unknown]
    if declared:
        meanings = "; ".join(f"{q.symbol.name!r} ({q.meaning})" for q in declared[:4])
        hint = f"The vocabulary has it, but not the symbols given here: write let={{{unknown.text!r}: ...}} with {meanings}."
        return c.refuse(f"{unknown.text} is not declared", hint, word=word)
    return c.refuse(f"{unknown.text} is not declared", hint + c.lexicon.suggestion(unknown) + ".", word=word)


def _unit(c: Cursor, reading: Reading) -> sp.Expr | None:
    """Read a unit, unless the caller has declared a name that is written so."""
    if quantities.micro_ahead(c):
        hint = r"Write \mathrm{\mu m} for the unit, and \mu\cdot\mathrm{m} for a product."
        c.refuse(r"\mu before a unit may be micro or the symbol", hint)
    if reading.name in c.lexicon.names or reading.name in _CONSTANTS or reading.name in c.lexicon.functions:
        return None
    return quantities.quantity(c)


def _spelled(latex: str) -> Name | None:
    """Return the name that a declared symbol's LaTeX is, None where it is a phrase."""
    words = tokens(latex)
    found = readings(words, 0)
    return found[0].name if found and words[found[0].end].kind == "end" else None


def _refuse_label(c: Cursor, longest: Name, word: Token) -> None:
    """Refuse g_V^p and g_V^e, where the superscript names a particle or is no declared exponent: it may be a label."""
    script = [w for w in c.words[c.at + 1 : group_end(c.words, c.at + 1)] if w.text not in "{}"] if c.now.text == "^" else []
    if len(script) != 1 or script[0].kind != "letter" or not longest.sup:
        return
    exponent = Name(script[0].text)
    particle = exponent == _CHARGE or (exponent.head in _NUCLEONS and bool(longest.sub))
    declared = exponent in c.lexicon.names or exponent in _CONSTANTS
    if not any(b.name == exponent for b in c.bound) and (particle or not declared):
        hint = f"Declare it with let, as in let={{{longest.text!r}: ...}}"
        c.refuse(f"{longest.text} is not declared", hint + c.lexicon.suggestion(longest) + ".", word=word)


def _meaning(c: Cursor, reading: Reading, word: Token) -> Value | None:
    for bound in reversed(c.bound):
        if bound.name == reading.name:
            if bound.closed:
                c.refuse(f"{reading.name.text} stands after its differential", "Put the whole integrand before it.", word=word)
            return bound.symbol
    if reading.name == _CHARGE and c.words[reading.end].text == "^":
        return None
    values = c.lexicon.names.get(reading.name, ())
    return _only(c, reading.name.text, values, word) if values else _CONSTANTS.get(reading.name)


def _only(c: Cursor, spelling: str, values: Sequence[Value], word: Token) -> Value:
    if len(values) > 1:
        meanings = sorted(map(str, values))
        hint = f"Say which with let, as in let={{{spelling!r}: {meanings[0]!r}}}, or give symbols."
        c.refuse(f"{spelling} may mean {', '.join(meanings)}", hint, word=word)
    return values[0]


def _exponential(c: Cursor, read_script: Read, word: Token) -> Value:
    r"""Read e^{...}: the exponential, unless the exponent is a plain number, when e is the elementary charge."""
    c.take()
    charge = c.lexicon.names.get(_CHARGE, ())
    hint = r"Write \exp(...) or \mathrm{e} for the exponential, and declare e where it is the elementary charge."
    if not c.skip("^"):
        c.refuse("e may mean the elementary charge or Euler's number", hint, word=word)
    exponent = read_script(c)
    if isinstance(exponent, Vector):
        c.refuse("an exponent cannot be a vector", word=word)
    if not exponent.is_Rational:
        return sp.exp(exponent)
    if len(charge) != 1:
        c.refuse("e with a plain number above may mean the elementary charge or Euler's number", hint, word=word)
    return power(charge[0], exponent)


def _number(script: tuple[Token, ...]) -> sp.Expr:
    digits = "".join(w.text for w in script if w.text not in "{}")
    return sp.Integer(digits) if digits.lstrip("-").isdecimal() and len(digits) < 5 else sp.nan


def _call(c: Cursor, reading: Reading, read_sum: Read, word: Token) -> Value:
    c.at = reading.end
    order = 0
    while c.skip("'"):
        order += 1
    function = c.lexicon.functions[reading.name]
    opener = c.now.text
    if opener not in ("(", "["):
        c.refuse(
            f"{reading.name.text} is declared as a function and needs its argument", f"Write {reading.name.text}(r).", word=word
        )
    c.take()
    arguments = [read_sum(c)]
    while c.skip(","):
        arguments.append(read_sum(c))
    c.take({"(": ")", "[": "]"}[opener])
    if any(isinstance(argument, Vector) for argument in arguments):
        c.refuse(f"the argument of {reading.name.text} is a vector", "Write its magnitude.", word=word)
    wanted = int(next(iter(getattr(function, "nargs", None) or (1,))))
    if len(arguments) != wanted or (order and wanted > 1):
        needs = f"{wanted} argument{'s' * (wanted > 1)}" + (" and no primes" if wanted > 1 else "")
        c.refuse(f"{reading.name.text} takes {needs}", "Write them between commas.", word=word)
    if order == 0:
        return function(*arguments)
    x = sp.Dummy("x", positive=True)
    return sp.diff(function(x), x, order).xreplace({x: arguments[0]})


def function_body(expr: sp.Expr, variable: sp.Symbol) -> Callable[[sp.Expr], sp.Expr]:
    """Return the function variable -> expr."""
    return lambda argument: expr.xreplace({variable: argument})


def _refuse_call(c: Cursor, name: Name, word: Token) -> None:
    """Refuse a(b), which may be a product or a value of a function; a(b + c) and a(b)^2 are products."""
    if c.now.text not in ("(", "["):
        return
    at, depth = c.at, 0
    while True:
        text, kind = c.words[at].text, c.words[at].kind
        depth += (text in ("(", "[")) - (text in (")", "]"))
        if depth == 0:
            break
        if (kind == "mark" and text not in ("(", "[", "_", "^", "{", "}", ",", "'", "-")) or text in BOLD:
            return
        if (kind == "command" and text not in GREEK | UPRIGHT) or text == r"\nabla" or depth > 1:
            return
        at += 1
    inside = c.words[c.at + 1 : at]
    if c.words[at + 1].text == "^" or any(w.text == "-" for w in inside[1:]) or not any(w.kind != "number" for w in inside):
        return
    if _holds_vectors(c.lexicon, inside):
        return
    c.refuse(
        f"{name.text}(...) may be a product or a value of the function {name.text}",
        f"For a product drop the parentheses; for a function let {name.text}(x) be what it is.",
        word=word,
    )


def _holds_vectors(lexicon: Lexicon, inside: Sequence[Token]) -> bool:
    words = [*inside, Token("end", "", 0)]
    return any(
        isinstance(value, Vector)
        for at in range(len(inside))
        for reading in readings(words, at)[:1]
        for value in lexicon.names.get(reading.name, ())
    )


def _no_name(c: Cursor) -> None:
    word = c.now
    if word.kind == "end":
        c.refuse("the formula ends where a factor is missing", "Complete it.")
    if word.kind == "command":
        c.refuse(f"{word.text} is not read in a formula", "Use the commands of plain formulas; macros are not expanded.")
    c.refuse(f"{word.text!r} stands where a factor is missing", "Complete the formula.")
