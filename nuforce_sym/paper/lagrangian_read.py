r"""Reading a Lagrangian in LaTeX: bilinears \bar\psi\Gamma\psi, bosons, derivatives, h.c., against the declared fields.

Couplings are read by the reader of formulas, with all of its refusals. What stands between \bar\psi and \psi is a sum of
products of 1, \gamma_5, \gamma^\mu, \sigma^{\mu\nu}, \slashed{Z}, P_L and P_R with coefficients; brackets may hold fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count

import sympy as sp

from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.paper import lagrangian_words as words
from nuforce_sym.paper.lagrangian_normal import normal_form
from nuforce_sym.paper.lagrangian_words import Sum
from nuforce_sym.paper.texread import parser
from nuforce_sym.paper.texread.cursor import Cursor
from nuforce_sym.paper.texread.lexicon import lexicon
from nuforce_sym.paper.texread.reader import Equation, Meaning, Symbols, declared, sides
from nuforce_sym.paper.texread.spelling import UPRIGHT, Name, group_end, readings
from nuforce_sym.paper.texread.tokens import Token, refuse, tokens
from nuforce_sym.paper.texread.values import Vector

_CLOSE = {"(": ")", "[": "]", "{": "}", r"\{": r"\}"}
_ITEM = re.compile(r"\\[A-Za-z]+|.")
_LORENTZ = frozenset((r"\mu", r"\nu", r"\rho", r"\sigma", r"\alpha", r"\beta", r"\lambda", r"\kappa", r"\tau"))
_FLAVOURS = frozenset("ijkl") | {r"\alpha", r"\beta"}
_SLASHES = (r"\slashed", r"\not", r"\cancel")
_BOTH = r"\overleftrightarrow"


@dataclass
class _Reading:
    """The state of reading: the place, the fields by their spelling, whether a bilinear is open, and names of new indices."""

    c: Cursor
    fields: Mapping[Name, Field]
    open: bool = False
    fresh: count[int] = field(default_factory=count)


def read_lagrangian(
    text: str,
    fields: Mapping[str, Field],
    *,
    symbols: Symbols | None = None,
    let: Mapping[str, Meaning] | None = None,
    prefer: Collection[sp.Basic] = (),
    lhs: str | None = None,
) -> Equation:
    r"""Return the normal form of a Lagrangian in LaTeX, as `lagrangian_normal.normal_form` defines it, and what stands left.

    Args:
        text: such as ``-\frac{g}{2c_W}\bar\psi\gamma^\mu(g_V - g_A\gamma_5)\psi Z_\mu + \mathrm{h.c.}``
        fields: the fields that may stand in it, by their spelling; ``\nu_j`` is the field ``\nu`` of flavour j.
        symbols, let, prefer, lhs: as in `read_latex`, for the couplings.

    Raises:
        InputError: the text is no Lagrangian in these fields and names; the message shows the column.
    """
    spelled = {_field_name(spelling): entry for spelling, entry in fields.items()}
    found = tokens(text)
    left, relation, rest = sides(found, text, lhs)
    if re.match(r"(\\mathcal|\\mathrm|\\hat)?\{?\s*[HV](?![A-Za-z])", left):
        raise InputError(
            f"the left-hand side {left} is no Lagrangian: a Hamiltonian or a potential has the opposite sign; write "
            r"the formula as one of \mathcal{L}"
        )
    rest = list(rest)
    while len(rest) > 2 and rest[-2].text in (",", ".", ";") and rest[-3].text != "c":
        del rest[-2]
    c = Cursor(text, rest, declared(lexicon(symbols, (), prefer), let or {}))
    at = _Reading(c, spelled)
    value = _sum(at)
    if c.now.kind != "end":
        c.refuse(f"{c.now.text!r} does not continue the Lagrangian", "Give one Lagrangian at a time, without words.")
    try:
        return Equation(left, relation, normal_form(value))
    except InputError as error:
        refuse(str(error), text, rest[0].at, r"A term is a coupling times bilinears \bar\psi\Gamma\psi and bosons.")


def _field_name(spelling: str) -> Name:
    found = tokens(spelling)
    options = readings(found, 0)
    if not options or found[options[0].end].kind != "end":
        raise InputError(rf"{spelling!r} is no spelling of a field: write it as in the Lagrangian, such as \psi or \nu_\ell")
    return options[0].name


def _sum(at: _Reading) -> Sum:
    c, opened = at.c, at.open
    c.deeper()
    negative = c.now.text == "-"
    if c.now.text in ("+", "-"):
        c.take()
    total = words.scaled(_product(at), sp.Integer(-1 if negative else 1))
    while c.now.text in ("+", "-"):
        negative = c.take().text == "-"
        if c.now.text in ("+", "-"):
            c.refuse("two signs in a row", "Put the second one in parentheses.")
        closed, at.open = at.open, opened
        term = words.conjugated(total) if _conjugate_here(c) else _product(at)
        if at.open != closed and term:
            at.open = closed  # the two terms differ in whether they end a bilinear: the word itself will be refused
        # the limit is checked at every term: each h.c. doubles what stands before it
        total = words.multiplied(total + words.scaled(term, sp.Integer(-1 if negative else 1)), words.ONE)
    c.depth -= 1
    return total


def _conjugate_here(c: Cursor) -> bool:
    r"""Step over h.c., \text{h.c.} or \mathrm{H.c.}, if it stands here."""
    at = c.at
    grouped = c.now.text in UPRIGHT
    end = group_end(c.words, at + 1) if grouped and c.ahead(1).kind != "end" else at + 4
    letters = "".join(w.text for w in c.words[at:end] if w.text not in UPRIGHT and w.text not in "{}.").lower()
    if grouped and letters == "hc":
        c.at = end
        return True
    texts = [w.text for w in c.words[at : at + 4]]
    if len(texts) == 4 and texts[0] in "hH" and texts[1] == "." and texts[2] in "cC" and texts[3] in (".", ""):
        c.at = at + 3 + (texts[3] == ".")
        return True
    return False


def _product(at: _Reading) -> Sum:
    c = at.c
    start = c.at
    value = _factor(at)
    while True:
        word = c.now
        if word.text == "/":
            value = _quotient(c, value)
        elif word.text in (r"\cdot", r"\times", "*"):
            c.take()
            value = words.multiplied(value, _factor(at))
        elif word.text == _BOTH:
            value = _both_sides(at, value)
        elif parser.starts_factor(c) or word.text in _SLASHES:
            if not _holds_fields(at, c.at):
                parser.check_juxtaposed(c, start)
            elif word.fresh:
                parser.refuse_break(c)
            value = words.multiplied(value, _factor(at))
        else:
            return value


def _quotient(c: Cursor, top: Sum) -> Sum:
    slash = c.take()
    bracketed = c.now.text in _CLOSE
    bottom = _scalar(c)
    if not bracketed and (parser.starts_factor(c) or c.now.text in (r"\cdot", r"\times", "*", "/")):
        c.refuse("a/b c may mean (a/b) c or a/(b c)", r"Write \frac{a}{b}, or put the denominator in parentheses.", word=slash)
    if bottom == 0:
        c.refuse("a division by zero", word=slash)
    return words.scaled(top, 1 / bottom)


def _scalar(c: Cursor) -> sp.Expr:
    word = c.now
    value = parser.factor(c)
    if isinstance(value, Vector):
        c.refuse("a three-vector stands in a Lagrangian", "Write it in four-vectors.", word=word)
    return value


def _factor(at: _Reading) -> Sum:
    """Read one factor: a bracket, a matrix, a field, a derivative of one, or a coupling."""
    c = at.c
    word = c.now
    if word.text in _CLOSE and _holds_fields(at, c.at):
        return _bracket(at)
    if word.text in parser.FRACTIONS and c.ahead(1).text == "{" and _holds_fields(at, c.at + 1):
        c.take()
        top = _bracket(at)
        return words.scaled(top, 1 / _denominator(c))
    if word.text in _SLASHES:
        return _slashed(at)
    found = readings(c.words, c.at)
    if found:
        for read in (_delta, _matrix, _derivative, _field):
            value = read(at, found[0].name)
            if value is not None:
                return value
    if word.text == "i" and c.ahead(1).text not in ("_", "^"):
        c.take()
        return words.number(sp.I)
    return words.number(_scalar(c))


def _denominator(c: Cursor) -> sp.Expr:
    word = c.now
    value = parser.script(c)
    if isinstance(value, Vector) or value == 0:
        c.refuse("this is no denominator", word=word)
    return value


def _bracket(at: _Reading) -> Sum:
    c = at.c
    word = c.take()
    value = _sum(at)
    if c.now.text == ",":
        c.refuse("a commutator of fields is not read", "Write it out.", word=word)
    c.take(_CLOSE[word.text])
    if c.now.text == "^":
        c.refuse("a power of a bracket with fields is not read", "Write the product out.")
    return value


def _holds_fields(at: _Reading, start: int) -> bool:
    """Whether a field or a Dirac matrix stands in the group, or is the single factor, that begins here."""
    found = at.c.words
    end = start + 1
    if found[start].text in _CLOSE:
        depth = 0
        for end in range(start, len(found)):
            depth += (found[end].text in _CLOSE) - (found[end].text in _CLOSE.values())
            if depth == 0:
                break
    for n in range(start, end):
        if found[n].text in (*_SLASHES, _BOTH):
            return True
        options = readings(found, n) if found[n].kind != "end" else []
        if options and (_is_matrix(options[0].name) or _plain_field(at, options[0].name) is not None):
            scalar = found[n].text not in (r"\bar", r"\overline") and options[0].name in at.c.lexicon.names
            if not scalar or _is_matrix(options[0].name) or _is_boson_here(at, options[0].name) or at.open:
                return True
            if any(found[k].text in (r"\bar", r"\overline") for k in range(start, n)):
                return True
    return False


def _is_boson_here(at: _Reading, name: Name) -> bool:
    entry = _plain_field(at, name)
    return entry is not None and entry[0].spin != sp.Rational(1, 2)


def _is_matrix(name: Name) -> bool:
    if name.style:
        return False
    if name.head == r"\gamma":
        return name.sub == "5" or bool(name.sup) or name.sub in _LORENTZ or not (name.sub or name.sup)
    if name.head == r"\partial":
        return True
    return (name.head == r"\sigma" and len(_indices(name)) == 2) or (
        name.head == "P" and name.sub in ("L", "R") and not name.sup
    )


def _indices(name: Name) -> tuple[str, ...]:
    """Return the Lorentz indices of a name; none where some stand below and some above, whose order nobody sees."""
    below, above = ([x for x in _ITEM.findall(text) if x in _LORENTZ] for text in (name.sub, name.sup))
    return () if below and above else tuple(below or above)


def _slashed(at: _Reading) -> Sum:
    c = at.c
    word = c.take()
    index = f"slash{next(at.fresh)}"
    end = group_end(c.words, c.at) if c.now.kind != "end" else c.at
    inner = [w for w in c.words[c.at : end] if w.text not in "{}"]
    options = readings([*inner, Token("end", "", word.at)], 0) if inner else []
    if not options or options[0].end != len(inner):
        c.refuse("what is slashed is no vector field", r"Write \slashed{Z} or \gamma^\mu Z_\mu.", word=word)
    name = options[0].name
    c.at = end
    if name.head == r"\partial" and not name.sub:
        return words.multiplied(words.single(words.gamma(index)), words.derivative(_acted_on(at), index))
    entry = _plain_field(at, name)
    if entry is None or entry[0].spin != 1 or _indices(name):
        c.refuse(f"{name.text} is no declared vector field", f"Declare it among the fields; known are {_known(at)}.", word=word)
    star = "*" in name.sup or r"\dagger" in name.sup
    return words.single(words.gamma(index), words.boson(entry[0], index, conjugate=star))


def _known(at: _Reading) -> str:
    return ", ".join(sorted(name.text for name in at.fields))


def _delta(at: _Reading, name: Name) -> Sum | None:
    labels = tuple(_ITEM.findall(name.sub + name.sup))
    if name.head != r"\delta" or len(labels) != 2 or not set(labels) <= _FLAVOURS:
        return None
    at.c.at = readings(at.c.words, at.c.at)[0].end
    return words.single(words.Atom(words.FLAVOUR, label=labels))


def _matrix(at: _Reading, name: Name) -> Sum | None:
    c = at.c
    word = c.now
    if not _is_matrix(name) or name.head == r"\partial":
        return None
    end = readings(c.words, c.at)[0].end
    half = sp.Rational(1, 2)
    if name.head == "P":
        c.at = end
        return [(half, ()), (half if name.sub == "R" else -half, (words.FIVE,))]
    indices = _indices(name)
    if name.head == r"\sigma":
        c.at = end
        return words.single(words.sigma(*indices))
    if not (name.sub or name.sup):  # \gamma^5 and \gamma^{5}: a number above a name is a power elsewhere
        script = [w.text for w in c.words[end + 1 : group_end(c.words, end + 1)] if w.text not in "{}"]
        if c.words[end].text != "^" or script != ["5"]:
            c.refuse(r"\gamma needs a Lorentz index or 5", r"Lorentz indices are Greek letters: \gamma^\mu.", word=word)
        c.at = group_end(c.words, end + 1)
        return words.single(words.FIVE)
    c.at = end
    if name.sub == "5" and not name.sup:
        return words.single(words.FIVE)
    if len(indices) != 1 or "".join((name.sub, name.sup)) != indices[0]:
        c.refuse(f"{name.text} is no Dirac matrix that is read", r"Lorentz indices are Greek letters: \gamma^\mu.", word=word)
    return words.single(words.gamma(indices[0]))


def _derivative(at: _Reading, name: Name) -> Sum | None:
    c = at.c
    if name.head != r"\partial":
        return None
    word = c.now
    indices = _indices(name)
    if len(indices) != 1:
        c.refuse("a derivative needs one Lorentz index", r"Write \partial_\mu, or \partial^\mu.", word=word)
    c.at = readings(c.words, c.at)[0].end
    return words.derivative(_acted_on(at), indices[0])


def _acted_on(at: _Reading) -> Sum:
    c = at.c
    word = c.now
    if not _holds_fields(at, c.at):
        c.refuse("a derivative must stand right before the field that it acts on", "Move it there.", word=word)
    return _factor(at)


def _both_sides(at: _Reading, left: Sum) -> Sum:
    r"""Read X\overleftrightarrow{\partial_\mu}Y = X\partial_\mu Y - (\partial_\mu X)Y."""
    c = at.c
    word = c.take()
    end = group_end(c.words, c.at) if c.now.kind != "end" else c.at
    inner = [w for w in c.words[c.at : end] if w.text not in "{}"]
    if [w.text for w in inner] == [r"\partial"] and c.words[end].text in ("_", "^"):
        stop = group_end(c.words, end + 1)
        inner += c.words[end:stop]
        end = stop
    options = readings([*inner, Token("end", "", word.at)], 0) if inner else []
    indices = _indices(options[0].name) if options and options[0].name.head == r"\partial" else ()
    if len(indices) != 1:
        c.refuse("a derivative to both sides needs one Lorentz index", r"Write \overleftrightarrow{\partial_\mu}.", word=word)
    c.at = end
    right = _acted_on(at)
    found = words.multiplied(left, words.derivative(right, indices[0]))
    for weight, word_ in left:
        n = words.last_field(word_)
        moved = words.derivative([(sp.Integer(1), (word_[n],))], indices[0])[0][1][0]
        found += words.multiplied([(-weight, (*word_[:n], moved, *word_[n + 1 :]))], right)
    return found


def _plain_field(at: _Reading, name: Name) -> tuple[Field, tuple[str, ...], str] | None:
    r"""Return the field that a name is, its Lorentz indices and its flavour: \nu_j is the field \nu, A_\mu the field A."""
    style = name.style if name.style in (r"\tilde", r"\widetilde") else ""
    if name.style not in ("", r"\bar", r"\overline", r"\tilde", r"\widetilde"):
        style = name.style
    sup = name.sup.replace("*", "").replace(r"\dagger", "")
    exact = Name(name.head, "" if style in (r"\tilde", r"\widetilde") else style, name.sub, sup)
    if exact in at.fields and not name.primes:
        return at.fields[exact], (), ""
    bare = Name(name.head, exact.style)
    if bare not in at.fields or name.primes:
        return None
    items = _ITEM.findall(name.sub) + _ITEM.findall(sup)
    entry = at.fields[bare]
    if entry.spin == sp.Rational(1, 2):
        flavour = len(items) == 1 and items[0] in _FLAVOURS and not sup
        return (entry, (), items[0]) if flavour else None
    one_place = not (name.sub and sup)
    return (entry, tuple(items), "") if items and one_place and all(x in _LORENTZ for x in items) else None


def _field(at: _Reading, name: Name) -> Sum | None:
    c = at.c
    word = c.now
    entry = _plain_field(at, name)
    barred = name.style in (r"\bar", r"\overline")
    if entry is None:
        if barred:
            near = suggestion(name.head, [n.head for n in at.fields])
            c.refuse(f"{name.text} is no declared field{near}", f"The fields are {_known(at)}; declare others.", word=word)
        return None
    known, indices, flavour = entry
    end = readings(c.words, c.at)[0].end
    star = "*" in name.sup or r"\dagger" in name.sup
    if known.spin != sp.Rational(1, 2):
        if barred:
            c.refuse(f"{known.latex} is a boson and has no bar", "Write its conjugate with a star.", word=word)
        if known.spin == 1 and not indices:
            return None
        c.at = end
        dual = name.style in (r"\tilde", r"\widetilde")
        return _power(c, words.single(words.boson(known, *indices, conjugate=star, dual=dual)), known)
    if star or name.style in (r"\tilde", r"\widetilde"):
        c.refuse(f"{name.text} is no spinor that is read", r"Write \bar\psi\Gamma\psi.", word=word)
    if not barred and not at.open:
        if name in c.lexicon.names:
            return None  # a coupling of the same name: the spinor stands behind its \bar{\psi} only
        c.refuse(
            f"the spinor {name.text} has no \\bar{{{known.latex}}} before it", r"Bilinears are \bar\psi\Gamma\psi.", word=word
        )
    at.open = barred
    c.at = end
    label = (flavour,) if flavour else ()
    return words.single(words.bar(known, label) if barred else words.spinor(known, label))


def _power(c: Cursor, value: Sum, known: Field) -> Sum:
    """Read the power of a boson without indices, as in \\phi^2."""
    if c.now.text != "^":
        return value
    script = "".join(w.text for w in c.words[c.at + 1 : group_end(c.words, c.at + 1)] if w.text not in "{}")
    if known.spin != 0 or script not in ("2", "3", "4"):
        c.refuse(f"this power of {known.latex} is not read", "Powers 2, 3 and 4 of a scalar are.")
    c.at = group_end(c.words, c.at + 1)
    found = value
    for _ in range(int(script) - 1):
        found = words.multiplied(found, value)
    return found
