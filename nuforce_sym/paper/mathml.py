r"""LaTeX mathematics as presentation MathML (MathML Core), which browsers show without scripts or fonts from elsewhere.

The reader knows the LaTeX that our printer and our derivations write, and what papers use of the same kind. It refuses
everything else: a formula is shown whole or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.paper.mathml_tables import ACCENTS, FONTS, FUNCTIONS, GREEK, LARGE, LETTERS, OPERATORS, SIZES, SPACES, in_font

LONGEST = 100_000
DEEPEST = 60
_TOKEN = re.compile(r"\s+|\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|.", re.DOTALL)
_SOLIDUS = "\u0338"
_TABLES = ("aligned", "split", "matrix", "smallmatrix")
_FENCES = "()[]|/.<>"
_FRACTIONS = ("frac", "tfrac", "dfrac")
_UPRIGHT = ("mathrm", "operatorname", "text", "textrm", "mathit", "textit")


@dataclass
class _Reader:
    """The tokens of a formula with their columns, and the place that was reached."""

    tokens: list[tuple[str, int]]
    place: int = 0
    depth: int = 0

    def peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def complain(self, what: str) -> InputError:
        column = self.tokens[min(self.place, len(self.tokens)) - 1][1] + 1 if self.tokens else 1
        return InputError(f"column {column} of the formula: {what}")


def mathml(latex: str, *, display: bool = False) -> str:
    r"""Return a ``<math>`` element for LaTeX mathematics, given without its dollar signs.

    Raises:
        InputError: a command is not known, braces or ``\left`` and ``\right`` do not match, or the formula is longer than
            100,000 characters or nested deeper than 60 levels.
    """
    if len(latex) > LONGEST:
        raise InputError(f"a formula may have at most {LONGEST} characters; this one has {len(latex)}")
    tokens = [(m[0], m.start()) for m in _TOKEN.finditer(latex) if not m[0].isspace()]
    reader = _Reader(tokens)
    inside = "".join(_row(reader, ()))
    if reader.place < len(tokens):
        reader.take()
        raise reader.complain(f"{tokens[reader.place - 1][0]!r} closes nothing")
    return f'<math displaystyle="{"true" if display else "false"}">{inside}</math>'


def _row(reader: _Reader, ends: tuple[str, ...]) -> list[str]:
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise reader.complain(f"it is nested deeper than {DEEPEST} levels")
    found: list[str] = []
    while (token := reader.peek()) and token not in ("}", r"\right") and token not in ends:
        found.append(_scripted(reader))
    reader.depth -= 1
    return found


def _scripted(reader: _Reader) -> str:
    base, limits = ("", False) if reader.peek() in ("^", "_", "'") else _atom(reader)
    below, above, primes = "", "", ""
    while reader.peek() in ("^", "_", "'"):
        mark = reader.take()
        if mark == "'":
            primes += "′"
        elif mark == "^":
            if above:
                raise reader.complain("two superscripts")
            above = _argument(reader)
        else:
            if below:
                raise reader.complain("two subscripts")
            below = _argument(reader)
    if primes:
        above = f"<mrow><mo>{primes}</mo>{above}</mrow>"
    base = base or "<mrow></mrow>"
    under, over, both = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
    if below and above:
        return f"<{both}>{base}{below}{above}</{both}>"
    if below or above:
        name = under if below else over
        return f"<{name}>{base}{below or above}</{name}>"
    return base


def _argument(reader: _Reader) -> str:
    """Return one argument: a group, a command with its arguments, or a single character (of a number, a digit)."""
    token = reader.peek()
    if token in ("", "}", r"\right", "^", "_"):
        raise reader.complain("an argument is missing")
    if token[0].isdigit() and len(token) > 1:
        _, column = reader.tokens[reader.place]
        reader.tokens[reader.place : reader.place + 1] = [(token[0], column), (token[1:], column + 1)]
    return _atom(reader)[0]


def _group(reader: _Reader) -> str:
    inside = _row(reader, ())
    if reader.take() != "}":
        raise reader.complain("a brace is not closed")
    return inside[0] if len(inside) == 1 else f"<mrow>{''.join(inside)}</mrow>"


def _atom(reader: _Reader) -> tuple[str, bool]:
    """Return one element, and whether its scripts are limits above and below."""
    token = reader.take()
    if token == "{":
        return _group(reader), False
    if token.startswith("\\"):
        return _command(reader, token[1:])
    if token[0].isdigit():
        return f"<mn>{token}</mn>", False
    if token.isalpha() and token.isascii():
        return f"<mi>{token}</mi>", False
    if token in "()[]|":
        return f'<mo stretchy="false">{token}</mo>', False
    if token in "+=<>,;.:/!*-&":
        if token == "&":
            raise reader.complain("an alignment mark stands outside of an alignment")
        return f"<mo>{escape({'-': '−', '*': '∗'}.get(token, token))}</mo>", False
    if token == "~":
        return '<mspace width="0.25em"/>', False
    raise reader.complain(f"{token!r} is no LaTeX mathematics that is known here")


def _command(reader: _Reader, name: str) -> tuple[str, bool]:
    if name in _FRACTIONS:
        upper, lower = _argument(reader), _argument(reader)
        style = ' displaystyle="false"' if name == "tfrac" else ""
        return f"<mfrac{style}>{upper}{lower}</mfrac>", False
    if name == "sqrt":
        return _root(reader), False
    if name == "left":
        return _fenced(reader), False
    if name.rstrip("lrm") in SIZES and name not in OPERATORS:
        size = SIZES[name.rstrip("lrm")]
        return f'<mo stretchy="true" symmetric="true" minsize="{size}" maxsize="{size}">{_delimiter(reader)}</mo>', False
    if name in ACCENTS:
        return f'<mover accent="true">{_argument(reader)}<mo stretchy="false">{ACCENTS[name]}</mo></mover>', False
    if name in ("slashed", "not"):
        return re.sub(r">([^<>])", rf">\1{_SOLIDUS}", _argument(reader), count=1), False
    if name == "xrightarrow":
        return f"<mover><mo>⟶</mo><mrow>{_argument(reader)}</mrow></mover>", False
    if name == "begin":
        return _alignment(reader), False
    if name in _UPRIGHT or name in FONTS:
        return _letters(reader, name), False
    if name in SPACES:
        return (f'<mspace width="{SPACES[name]}"/>' if SPACES[name] else ""), False
    if name in LARGE:
        return f"<mo>{LARGE[name]}</mo>", name in ("sum", "prod")
    if name in FUNCTIONS:
        return f"<mi>{name}</mi>", name in ("lim", "max", "min", "sup", "inf")
    if name in LETTERS:
        upright = ' mathvariant="normal"' if (name in GREEK and name[0].isupper()) or name in ("infty", "nabla") else ""
        return f"<mi{upright}>{LETTERS[name]}</mi>", False
    if name in OPERATORS:
        stretch = ' stretchy="false"' if name in ("langle", "rangle", "{", "}", "|", "vert", "Vert", "lvert", "rvert") else ""
        return f"<mo{stretch}>{escape(OPERATORS[name])}</mo>", False
    known = [*ACCENTS, *FONTS, *SPACES, *LARGE, *FUNCTIONS, *LETTERS, *OPERATORS, *_FRACTIONS, *_UPRIGHT, "sqrt", "slashed"]
    raise reader.complain(f"\\{name} is not known{suggestion(name, known)}")


def _alignment(reader: _Reader) -> str:
    """Return an alignment or a small matrix as a table, with a cell on each side of every ``&``."""
    if (name := _name(reader)) not in _TABLES:
        raise reader.complain(f"the environment {name} is not known: only {', '.join(_TABLES)} are")
    rows: list[list[str]] = [[]]
    while reader.peek() != r"\end":
        rows[-1].append("".join(_row(reader, ("&", "\\\\", r"\end"))))
        match reader.peek():
            case "&":
                reader.take()
            case "\\\\":
                reader.take()
                rows.append([])
            case end if end != r"\end":
                raise reader.complain(f"the environment {name} is not closed")
    reader.take()
    if _name(reader) != name:
        raise reader.complain(f"the environment {name} is closed by another name")
    cells = [[f"<mtd><mrow>{cell}</mrow></mtd>" for cell in row] for row in rows if row]
    return f'<mtable displaystyle="{"false" if name == "smallmatrix" else "true"}">{"".join(map(_table_row, cells))}</mtable>'


def _table_row(cells: list[str]) -> str:
    return f"<mtr>{''.join(cells)}</mtr>"


def _name(reader: _Reader) -> str:
    if reader.take() != "{":
        raise reader.complain("the name of an environment must stand in braces")
    letters = ""
    while (token := reader.take()) != "}":
        if not token.isalpha():
            raise reader.complain("the name of an environment must be letters")
        letters += token
    return letters


def _root(reader: _Reader) -> str:
    if reader.peek() != "[":
        return f"<msqrt>{_argument(reader)}</msqrt>"
    reader.take()
    index = "".join(_row(reader, ("]",)))
    if reader.take() != "]":
        raise reader.complain("the index of a root is not closed")
    return f"<mroot>{_argument(reader)}<mrow>{index}</mrow></mroot>"


def _fenced(reader: _Reader) -> str:
    left = _delimiter(reader)
    inside = "".join(_row(reader, ()))
    if reader.take() != r"\right":
        raise reader.complain(r"a \left has no \right")
    right = _delimiter(reader)
    before = f'<mo fence="true" form="prefix">{left}</mo>' if left else ""
    after = f'<mo fence="true" form="postfix">{right}</mo>' if right else ""
    return f"<mrow>{before}{inside}{after}</mrow>"


def _delimiter(reader: _Reader) -> str:
    token = reader.take()
    if token.startswith("\\") and token[1:] in OPERATORS:
        return escape(OPERATORS[token[1:]])
    if len(token) == 1 and token in _FENCES:
        return {".": "", "<": "⟨", ">": "⟩"}.get(token, token)
    raise reader.complain(f"{token!r} is no delimiter")


def _letters(reader: _Reader, font: str) -> str:
    """Return the argument of a font command: its letters in that font; an upright word is one identifier."""
    if reader.peek() != "{":
        token = reader.take()
        words = [token]
    else:
        reader.take()
        words = []
        while (token := reader.take()) != "}":
            if token in ("", "{"):
                raise reader.complain(f"the argument of \\{font} must be plain letters in braces")
            words.append(token)
    if font in _UPRIGHT:
        if any(w.startswith("\\") and w[1:] not in (*SPACES, *LETTERS) for w in words):
            raise reader.complain(f"the argument of \\{font} must be plain letters in braces")
        text = "".join(LETTERS.get(w[1:], "\u00a0") if w.startswith("\\") else w for w in words)
        kind = ' mathvariant="normal"' if font not in ("mathit", "textit") else ""
        return f"<mtext>{escape(text)}</mtext>" if font.startswith("text") else f"<mi{kind}>{escape(text)}</mi>"
    shown = []
    for word in words:
        letter = LETTERS.get(word[1:], "") if word.startswith("\\") else in_font(word, font)
        if not letter:
            raise reader.complain(f"{word} has no form in \\{font}")
        shown.append(f"<mn>{letter}</mn>" if letter.isdigit() else f"<mi>{escape(letter)}</mi>")
    return shown[0] if len(shown) == 1 else f"<mrow>{''.join(shown)}</mrow>"
