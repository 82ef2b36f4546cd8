"""The bibliography: entries of ``data/references.bib`` by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from nuforce_sym.errors import InputError, suggestion

_START = re.compile(r"^@(\w+)\{([^,\s]+),", re.MULTILINE)


@cache
def references() -> Mapping[str, str]:
    """Return the BibTeX text of every entry by key."""
    text = files("nuforce_sym.data").joinpath("references.bib").read_text(encoding="utf-8")
    starts = list(_START.finditer(text))
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return {m[2]: text[m.start() : end].strip() for m, end in zip(starts, ends, strict=True)}


def bibtex(keys: Iterable[str]) -> str:
    """Return the BibTeX entries of ``keys``, each once, in the given order.

    Raises:
        InputError: a key is not in the bibliography.
    """
    known, wanted = references(), list(dict.fromkeys(keys))
    for key in wanted:
        if key not in known:
            raise InputError(f"no reference {key!r}{suggestion(key, known)}; known: {', '.join(sorted(known))}")
    return "\n\n".join(known[key] for key in wanted) + "\n"


def field(key: str, name: str) -> str | None:
    """Return one field of an entry, such as ``field("Yukawa1935", "title")``; None where the entry lacks it."""
    match = re.search(rf"^\s*{name}\s*=\s*\{{(.*)\}},?\s*$", bibtex([key]), re.MULTILINE)
    return match[1] if match else None


def bibitem(key: str) -> str:
    """Return a ``\\bibitem`` of the entry for a document that runs without BibTeX."""
    parts = [(field(key, "author") or "").replace(" and ", ", "), rf"\textit{{{field(key, 'title')}}}"]
    where = [field(key, name) for name in ("journal", "volume", "pages")]
    if where[0]:
        parts.append(rf"{where[0]} \textbf{{{where[1]}}}, {where[2]}")
    parts += [text for text in (field(key, "publisher"), field(key, "note")) if text]
    year = f" ({field(key, 'year')})" if field(key, "year") else ""
    return rf"\bibitem{{{key}}} " + ", ".join(p for p in parts if p) + year + "."
