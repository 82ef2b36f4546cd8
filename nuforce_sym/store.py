"""Values of steps as JSON, and the content-addressed cache of derived steps.

A value is a SymPy expression (see `tree`) or one of the engine's frozen boxes, stored as ``{"box": name, "fields":
{...}}``. Nothing is pickled; a cache entry that cannot be read back to its own fingerprint is dropped.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache as memoize
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import sympy as sp

from nuforce_sym import tree
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.amplitude.pair import PairDensity, PairInteraction, PairOperator
from nuforce_sym.check import Evidence
from nuforce_sym.errors import InputError
from nuforce_sym.potential.spectral import SpectralDensity

Value = Any
"""A SymPy expression or one of `BOXES`."""

BOXES: dict[str, type] = {
    box.__name__: box
    for box in (Field, Bilinear, Term, Interaction, SpectralDensity, PairOperator, PairInteraction, PairDensity)
}
MAX_BYTES = 4_000_000


def dump(value: Value) -> Any:
    """Return the JSON form of a step's value; raises `InputError` for what has none."""
    if isinstance(value, sp.Basic):
        return {"expr": tree.dump(value)}
    if type(value) in BOXES.values():
        return {
            "box": type(value).__name__,
            "fields": {f.name: dump(getattr(value, f.name)) for f in dataclasses.fields(value)},
        }
    if isinstance(value, tuple):
        return {"tuple": [dump(item) for item in value]}
    if value is None or isinstance(value, (str, bool)):
        return value
    raise InputError(f"a step's value must be a SymPy expression or one of {', '.join(BOXES)}; got {type(value).__name__}")


def load(data: Any) -> Value:
    """Return the value stored in ``data``; raises `InputError` for anything else."""
    match data:
        case {"expr": stored} if len(data) == 1:
            return tree.load(stored)
        case {"tuple": list(items)} if len(data) == 1:
            return tuple(load(item) for item in items)
        case {"box": str(name), "fields": dict(fields)} if len(data) == 2 and name in BOXES:
            box = BOXES[name]
            if set(fields) != {f.name for f in dataclasses.fields(box)}:
                raise InputError(f"a stored {name} has the fields {sorted(fields)}")
            return box(**{key: load(item) for key, item in fields.items()})
        case None | str() | bool():
            return data
    raise InputError(f"not a stored value: {json.dumps(data, default=str)[:120]}")


def text(value: Value) -> str:
    """Return the canonical one-line JSON text of a value."""
    return json.dumps(dump(value), separators=(",", ":"), sort_keys=True)


def fingerprint(value: Value) -> str:
    """Return the SHA-256 of `text`."""
    return hashlib.sha256(text(value).encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """What the cache holds of a step: its value and the evidence of its checks."""

    value: Value
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Cache:
    """A folder of JSON files, one per step, named by the hash of the engine and of the step's inputs.

    With ``fresh`` nothing is taken from it, so that everything is made anew and then stored.
    """

    folder: Path
    fresh: bool = False

    def get(self, inputs: Sequence[str]) -> Entry | None:
        """Return the entry stored for these inputs, or None; an entry that is damaged or forged is deleted."""
        record = self.read(inputs)
        if record is None:
            return None
        try:
            value = load(record["value"])
            evidence = tuple(Evidence(**item) for item in record["evidence"])
            if fingerprint(value) == record["fingerprint"]:
                return Entry(value, evidence)
        except (InputError, KeyError, TypeError):
            pass
        self._path(inputs).unlink(missing_ok=True)
        return None

    def put(self, inputs: Sequence[str], entry: Entry) -> None:
        """Store an entry; the file appears whole or not at all."""
        record = {
            "value": dump(entry.value),
            "evidence": [dataclasses.asdict(item) for item in entry.evidence],
            "fingerprint": fingerprint(entry.value),
        }
        self.write(inputs, record)

    def read(self, inputs: Sequence[str]) -> Any:
        """Return the JSON object stored for these inputs, or None; what is no JSON object is deleted."""
        if self.fresh:
            return None
        path = self._path(inputs)
        try:
            if path.stat().st_size <= MAX_BYTES:
                record = json.loads(path.read_text(encoding="utf-8"))
                if isinstance(record, dict):
                    return record
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError):
            pass
        path.unlink(missing_ok=True)
        return None

    def write(self, inputs: Sequence[str], record: Any) -> None:
        """Store a JSON object under these inputs, atomically."""
        path = self._path(inputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(record, sort_keys=True))

    def _path(self, inputs: Sequence[str]) -> Path:
        key = json.dumps([engine_fingerprint(), *inputs])
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file so that it is never seen half written: to a temporary neighbour, then `os.replace`; text as UTF-8."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@memoize
def engine_fingerprint() -> str:
    """Return the hash of everything that a cached step depends on besides its inputs: our sources, SymPy, FLINT."""
    digest = hashlib.sha256()
    for name in ("sympy", "mpmath", "python-flint", "numpy", "scipy"):
        digest.update(f"{name} {version(name)}\n".encode())
    for package in ("nuforce_sym", "nuforce_sym.derivations"):
        for path, content in _sources(files(package), ""):
            digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{prefix}/{item.name}"
        if item.is_dir():
            found += _sources(item, name) if item.name not in ("__pycache__", "generated") else []
        elif item.name.endswith((".py", ".toml", ".bib")):
            found.append((name, item.read_bytes()))
    return found
