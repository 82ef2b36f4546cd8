"""The source text of a fitted kernel: polynomials in tables, NumPy alone; written, and read back without running it."""

from __future__ import annotations

import ast
import hashlib
import math
import re
import textwrap
from collections.abc import Sequence
from typing import Any

from nuforce_sym.errors import InputError
from nuforce_sym.medium.fitted import Piece
from nuforce_sym.symbols import check_name

MAX_CHARACTERS, WIDTH = 2_000_000, 110
_TEXT_HASH = re.compile(r"^# text {7}([0-9a-f]{16})$", re.MULTILINE)
_TABLES = ("_EDGES", "_CENTRES", "_SCALES", "_SIZES", "_ROWS")
ARITHMETIC = "IEEE 754 binary64 arithmetic, rounding to nearest"

_FUNCTIONS = '''
def {name}(r):
    """Return V(r) in GeV, r in GeV^-1 between {low!r} and {high!r}.

    A float or an array. |computed - V(r)| <= {bound!r} * {name}_envelope(r) (proved; see {name}.json){relative}.

    Raises:
        ValueError: a distance lies outside.
    """
    r, i = _piece(r)
    s = (r - _CENTRES[i]) * _SCALES[i]
    value = _ROWS[-1].take(i)
    for row in _ROWS[-2::-1]:
        value = value * s + row.take(i)
    return value[()]


def {name}_envelope(r):
    """Return what the error is compared with, in GeV: at most the largest |V| in the piece of the range that r lies in."""
    r, i = _piece(r)
    return _SIZES[i]


def _piece(r):
    """Return r as an array, and the number of the piece that it lies in."""
    r = np.asarray(r, dtype=float)
    if not np.all((r >= _EDGES[0]) & (r <= _EDGES[-1])):
        raise ValueError(f"r must lie between {{_EDGES[0]!r}} and {{_EDGES[-1]!r}} GeV^-1, where the error is proved")
    return r, np.minimum(np.searchsorted(_EDGES, r, side="right") - 1, len(_SIZES) - 1)
'''


def source(name: str, about: str, fingerprint: str, pieces: Sequence[Piece], bound: float, relative: float | None) -> str:
    """Return the module's text; ``about`` says what V is, and ``fingerprint`` is that of the background."""
    said = f",\n    and |computed/V - 1| <= {relative!r}" if relative is not None else ""
    low, high = pieces[0].low, pieces[-1].high
    functions = _FUNCTIONS.format(name=check_name(name), low=low, high=high, bound=bound, relative=said)
    rows = max(len(p.row) for p in pieces)
    tables: dict[str, Any] = {
        "_EDGES": [p.low for p in pieces] + [high],
        "_CENTRES": [p.centre for p in pieces],
        "_SCALES": [p.scale for p in pieces],
        "_SIZES": [p.size for p in pieces],
        "_ROWS": [[p.row[k] if k < len(p.row) else 0.0 for p in pieces] for k in range(rows)],
    }
    body = functions + "\n\n" + "\n".join(_table(table, values) for table, values in tables.items())
    text = f'r"""{about}\n"""\n# background {fingerprint}\n# text       {"0" * 16}\n\nimport numpy as np\n\n{body}'
    return text.replace("0" * 16, text_hash(text), 1)


def text_hash(text: str) -> str:
    """Return the hash of a module's text, its own line of it left out."""
    return hashlib.sha256(_TEXT_HASH.sub("# text", text).encode()).hexdigest()[:16]


def _table(name: str, values: Sequence[Any]) -> str:
    if not isinstance(values[0], list):
        return f"{name} = np.array([\n{_lines(values, 4)}])"
    rows = ",\n".join(f"    [\n{_lines(row, 8)}    ]" for row in values)
    return f"{name} = np.array([\n{rows},\n])"


def _lines(values: Sequence[float], indent: int) -> str:
    text = ", ".join(repr(v) for v in values)
    return textwrap.indent(textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False), " " * indent) + ",\n"


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces that a module's tables hold; their errors are not in the text, and are infinite.

    Raises:
        InputError: the text has no tables of the right shape.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"a fitted kernel has at most {MAX_CHARACTERS} characters; this one has {len(text)}")
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"the text is no Python: {error}") from None
    found: dict[str, Any] = {}
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[argument], keywords=[])) if name in _TABLES:
                found[name] = _numbers(argument)
    if set(found) != set(_TABLES):
        raise InputError(f"a fitted kernel has the tables {', '.join(_TABLES)}; this text has {', '.join(found) or 'none'}")
    edges, centres, scales, sizes, rows = (found[name] for name in _TABLES)
    count = len(sizes)
    shapes = [len(edges) - 1, len(centres), len(scales), *(len(row) if isinstance(row, list) else -1 for row in rows)]
    if count == 0 or not rows or any(shape != count for shape in shapes):
        raise InputError("the tables of the kernel do not have one column for each piece")
    return [
        Piece(edges[i], edges[i + 1], centres[i], scales[i], _stripped([row[i] for row in rows]), sizes[i], math.inf)
        for i in range(count)
    ]


def _stripped(row: list[float]) -> tuple[float, ...]:
    while len(row) > 1 and row[-1] == 0:
        row = row[:-1]
    return tuple(row)


def _numbers(node: ast.expr) -> Any:
    """Return the list of floats, or of lists of floats, that a literal stands for."""
    match node:
        case ast.List(elts=elements):
            return [_numbers(e) for e in elements]
        case ast.Constant(value=float(value)) if math.isfinite(value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=float(value))) if math.isfinite(value):
            return -value
    raise InputError(f"a table of the kernel holds {ast.unparse(node)[:40]!r}, which is no finite double")
