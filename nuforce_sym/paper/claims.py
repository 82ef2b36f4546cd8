r"""A claims file: what a paper's formulas say, in TOML, so that they can be audited against the derivations.

    title = "A paper"
    source = "FeinbergSucher1968"          # a key of data/references.bib, optional
    conventions = ["hbar c"]               # of `nuforce compare`, for every formula, optional
    [let]                                  # the paper's names in ours, for every formula, optional
    "G" = "G_F"

    [[formula]]
    id = "potential"                       # unique in the file
    where = "Eq. (3)"
    latex = 'V(r) = \frac{G^2}{4\pi^3 r^5}'
    claims = "two_neutrino.potential"      # DERIVATION.STEP that it is claimed to be
    assume = { g_V1 = "1", g_V2 = "1" }    # a convention of the paper, stated: what is put into the derived formula

Every key is described in the page of this room. Unknown keys, names and types are refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.paper.compare_conventions import CONVENTIONS
from nuforce_sym.paper.references import references
from nuforce_sym.symbols import VOCABULARY

MAX_BYTES = 400_000
MAX_FORMULAS = 500
RELATIONS = ("equal", "proportional", "limit", "order", "definition")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.,()' -]{0,59}")
_NAME = re.compile(r"[A-Za-z]\w{0,31}(?:\.[A-Za-z]\w{0,31})?")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_FILE_KEYS: Mapping[str, type] = {"title": str, "source": str, "conventions": list, "let": dict, "formula": list}
_KEYS: Mapping[str, type] = {
    "id": str, "where": str, "latex": str, "claims": str, "relation": str, "read": str, "reading": str, "part": str,
    "lhs": str, "limit": str, "pending": str, "why": str, "beyond": str, "in": list, "conventions": list, "let": dict,
    "assume": dict, "fields": dict,
}  # fmt: skip
_WORDS: Mapping[type, str] = {str: "text", list: "a list of texts", dict: "a table of texts"}


@dataclass(frozen=True)
class Claim:
    """One formula of a paper, and what it is claimed to be.

    Args:
        id: unique name in the file; ``where`` it stands in the paper; ``latex`` as printed there.
        claims: DERIVATION.STEP, a derivation (its potential) or a kernel; empty for a definition or where ``pending``
            says what would have to be derived.
        relation: ``equal``; ``proportional`` in the variables ``within``; equal in the ``limit`` that is named; of one
            ``order`` of magnitude, two numbers within a factor of 10; or ``definition``, which claims nothing.
        read: what is compared where ``latex`` as printed has words or Dirac matrices; ``reading`` says how it follows.
        part: of a Lagrangian: the fields whose terms are meant, such as ``"psi_1 nu"``; or FIELD.STRUCTURE for each
            bilinear of one coefficient, such as ``"e.V"`` or ``"psi_1.A nu.V"``.
        fields: of a Lagrangian: our fields by the paper's spelling.
        lhs: the left-hand side, where it is more than a name.
        let: the paper's names in ours; ``@DERIVATION.STEP`` is a derived formula.
        assume, conventions: what the paper's conventions are, where they differ from the derivation's.
        why: a sentence for the report.
        beyond: a question that the paper does not answer, such as whether a formula for long distances holds at short ones.
            The verdict is then about that question, and not on the paper.
    """

    id: str
    where: str
    latex: str
    claims: str = ""
    relation: str = "equal"
    read: str = ""
    reading: str = ""
    part: str = ""
    lhs: str = ""
    limit: str = ""
    pending: str = ""
    why: str = ""
    beyond: str = ""
    within: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    let: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    assume: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    fields: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True)
class Claims:
    """A paper's formulas: its title, a key of the bibliography or nothing, and the claims in order."""

    title: str
    source: str
    claims: tuple[Claim, ...]


def load_claims(path: Path) -> Claims:
    """Read a claims file.

    Raises:
        InputError: the file cannot be read, is larger than 400 kB, is no TOML, or an entry has an unknown key or name or
            a value of the wrong type; the message names the file and the entry.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} is larger than {MAX_BYTES // 1000} kB: split it")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is no text in UTF-8") from None
    return read_claims(text, str(path))


def read_claims(text: str, file: str = "the claims file") -> Claims:
    """Return the claims in TOML text; see `load_claims`."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{file} is no TOML: {error}; write LaTeX in single quotes, '...'") from None
    _typed(data, _FILE_KEYS, file)
    if not data.get("title") or not data.get("formula"):
        raise InputError(f"{file} needs a title and at least one [[formula]]")
    source = data.get("source", "")
    if source and source not in references():
        raise InputError(f"{file}: source {source!r} is no reference{suggestion(source, references())}")
    entries = data["formula"]
    if len(entries) > MAX_FORMULAS or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{file}: formula must be a list of at most {MAX_FORMULAS} tables, [[formula]]")
    common = {"let": data.get("let", {}), "conventions": data.get("conventions", [])}
    found = [_claim(entry, common, f"{file}, formula {entry.get('id', number)!r}") for number, entry in enumerate(entries, 1)]
    ids = [claim.id for claim in found]
    doubled = sorted({i for i in ids if ids.count(i) > 1})
    if doubled:
        raise InputError(f"{file}: these ids are used twice: {', '.join(doubled)}")
    return Claims(data["title"], source, tuple(found))


def _typed(data: Mapping[str, Any], keys: Mapping[str, type], where: str) -> None:
    for key, value in data.items():
        if key not in keys:
            raise InputError(f"{where}: there is no key {key!r}{suggestion(key, keys)}; the keys are {', '.join(keys)}")
        kind = keys[key]
        inner = value if kind is list else value.values() if kind is dict and isinstance(value, dict) else ()
        texts = key == "formula" or all(isinstance(item, str) and item.strip() for item in inner)
        if not isinstance(value, kind) or not texts or value in ("", {}, []):
            raise InputError(f"{where}: {key} must be {_WORDS[kind]}, and not empty; got {str(value)[:60]!r}")


def _claim(entry: Mapping[str, Any], common: Mapping[str, Any], where: str) -> Claim:
    _typed(entry, _KEYS, where)
    for key in ("id", "where", "latex"):
        if key not in entry:
            raise InputError(f"{where} has no {key}")
    fields: dict[str, Any] = {
        ("within" if key == "in" else key): tuple(v) if isinstance(v, list) else v for key, v in entry.items()
    }
    fields["let"] = {**common["let"], **entry.get("let", {})}
    fields["conventions"] = tuple(dict.fromkeys([*common["conventions"], *entry.get("conventions", [])]))
    claim = Claim(**fields)
    if not _ID.fullmatch(claim.id):
        raise InputError(f"{where}: an id is at most 60 letters, digits, blanks and _ . , ( ) ' -")
    _consistent(claim, where)
    return claim


def _consistent(claim: Claim, where: str) -> None:
    if claim.relation not in RELATIONS:
        raise InputError(f"{where}: relation {claim.relation!r}{suggestion(claim.relation, RELATIONS)}; {', '.join(RELATIONS)}")
    kinds = [bool(claim.claims), bool(claim.pending), claim.relation == "definition"]
    if sum(kinds) != 1:
        raise InputError(f"{where} needs exactly one of: claims (what it is), pending (what is not derived), a definition")
    if claim.claims and not _NAME.fullmatch(claim.claims):
        raise InputError(f"{where}: claims is DERIVATION.STEP or a name, such as two_neutrino.potential; got {claim.claims!r}")
    if bool(claim.read) != bool(claim.reading):
        raise InputError(f"{where}: read (what is compared) and reading (how it follows from latex) belong together")
    if (claim.relation == "proportional" and not claim.pending) != bool(claim.within):
        raise InputError(f"{where}: a proportionality, and only that, names its variables: in = ['r', 'm_phi']")
    if (claim.relation == "limit" and not claim.pending) != bool(claim.limit):
        raise InputError(f"{where}: relation 'limit', and only that, names its limit, such as limit = 'm_nu -> 0'")
    for name in (*claim.within, *claim.assume):
        if name not in VOCABULARY:
            raise InputError(f"{where}: no symbol {name!r} is declared{suggestion(name, VOCABULARY)}")
    for name in claim.conventions:
        if name not in CONVENTIONS:
            raise InputError(
                f"{where}: no convention {name!r}{suggestion(name, CONVENTIONS)}; there are {', '.join(CONVENTIONS)}"
            )
