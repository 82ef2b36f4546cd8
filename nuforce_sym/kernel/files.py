"""Kernels on disk: modules, certificates and the manifest of ``generated/``, and how they drift from the derivations.

Files are written whole, to a temporary neighbour and then `os.replace`, and only where they change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from nuforce_sym.equality import identical
from nuforce_sym.errors import InputError
from nuforce_sym.kernel import python, reader
from nuforce_sym.store import write_atomically
from nuforce_sym.symbols import check_name

Status = Literal["same", "new form, same value", "CHANGED VALUE", "hand-edited", "orphan", "missing"]
MANIFEST = "MANIFEST.json"
_INIT = '"""Kernels written by `nuforce build`; each file can be copied out, NumPy is all it needs."""\n'
_TOOLS = ("sympy", "python-flint", "mpmath", "numpy")
_KEPT = frozenset({"__init__.py", MANIFEST})
_SUFFIXES = (".py", ".json", ".tex")


@dataclass(frozen=True)
class Export:
    """What the generator writes for one kernel."""

    name: str
    module: str
    certificate: str


def location(folder: Path, name: str, suffix: str) -> Path:
    """Return the path of a kernel's file inside ``folder``.

    Raises:
        InputError: the name is not allowed, or the path is a symbolic link or leaves the folder.
    """
    path = folder / f"{check_name(name)}{suffix}"
    if path.is_symlink() or path.resolve().parent != folder.resolve():
        raise InputError(f"{path} is a symbolic link or lies outside {folder}: remove it")
    return path


def prepare(folder: Path) -> None:
    """Make the folder, and make sure that files can be written into it.

    Raises:
        InputError: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / ".writable", "")
        (folder / ".writable").unlink()
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}; choose another folder with -o") from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder, empty where there is none.

    Raises:
        InputError: it is no JSON object of the manifest's shape.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data["kernels"], dict) or not isinstance(data["accepted"], list):
            raise TypeError("wrong types")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} is no manifest ({error}): restore it from version control") from None
    return dict(data)


def drift(exports: Iterable[Export], papers: Mapping[str, str], folder: Path) -> dict[str, Status]:
    """Return how each kernel's files, and each derivation's LaTeX (``papers``, by name), differ from what the generator
    writes; files that belong to nothing are orphans.
    """
    wanted = {export.name: export for export in exports}
    manifest = read_manifest(folder)
    found: dict[str, Status] = {name: _status(export, folder, manifest) for name, export in wanted.items()}
    found |= {f"{name}.tex": _paper_status(name, tex, folder, manifest) for name, tex in papers.items()}
    known = _KEPT | {f"{name}{suffix}" for name in wanted for suffix in (".py", ".json")} | set(found)
    present = sorted(path.name for path in folder.iterdir() if path.suffix in _SUFFIXES) if folder.is_dir() else []
    found |= {name: "orphan" for name in present if name not in known}
    for name in manifest.get("kernels", {}):
        if name not in wanted:
            found.setdefault(f"{name}.py", "orphan")
    return found


def _paper_status(name: str, tex: str, folder: Path, manifest: Mapping[str, Any]) -> Status:
    path = location(folder, name, ".tex")
    listed = manifest.get("papers", {}).get(name)
    if not path.exists() or listed is None:
        return "missing"
    old = path.read_text(encoding="utf-8")
    if _hash(old) != listed:
        return "hand-edited"
    if old == tex:
        return "same"
    # The comment lines of a paper carry the fingerprints of its values.
    before, after = ([line for line in text.splitlines() if line.startswith("% ")] for text in (old, tex))
    return "new form, same value" if before == after else "CHANGED VALUE"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _status(export: Export, folder: Path, manifest: Mapping[str, Any]) -> Status:
    module, certificate = (location(folder, export.name, suffix) for suffix in (".py", ".json"))
    if not module.exists() or not certificate.exists() or export.name not in manifest.get("kernels", {}):
        return "missing"
    text = module.read_text(encoding="utf-8")
    listed = manifest["kernels"][export.name]
    if text == export.module and certificate.read_text(encoding="utf-8") == export.certificate:
        return "same" if listed == _entry(export) else "hand-edited"
    try:
        old = reader.read(text)
        formula = old.formula()
    except reader.TextError:
        return "hand-edited"
    if old.text_hash != python.text_hash(text) or listed != {"formula": old.formula_hash, "text": old.text_hash}:
        return "hand-edited"
    if text == export.module:
        return "hand-edited"
    same = identical(formula, reader.read(export.module).formula()) != "different"
    return "new form, same value" if same else "CHANGED VALUE"


def _entry(export: Export) -> dict[str, str]:
    module = reader.read(export.module)
    return {"formula": module.formula_hash, "text": module.text_hash}


def write(
    exports: Iterable[Export], papers: Mapping[str, str], folder: Path, *, accepted: Mapping[str, str] | None = None
) -> list[str]:
    """Write modules, certificates, LaTeX and manifest; return the names of the files that changed.

    ``accepted`` (kernel -> reason) is added to the manifest's list of accepted changes. Orphans are removed.

    Raises:
        InputError: the folder cannot be written to, its manifest is damaged, or a file in it is a symbolic link.
    """
    prepare(folder)
    exports = sorted(exports, key=lambda export: export.name)
    before = read_manifest(folder)
    files = {"__init__.py": _INIT}
    for export in exports:
        files |= {f"{export.name}.py": export.module, f"{export.name}.json": export.certificate}
    files |= {f"{name}.tex": tex for name, tex in papers.items()}
    manifest = {
        "papers": {name: _hash(tex) for name, tex in sorted(papers.items())},
        "kernels": {export.name: _entry(export) for export in exports},
        "accepted": [*before.get("accepted", []), *({"what": k, "reason": r} for k, r in (accepted or {}).items())],
        "tools": {tool: version(tool) for tool in _TOOLS},
    }
    if before and {**before, "tools": None} == {**manifest, "tools": None}:
        manifest["tools"] = before["tools"]  # an upgrade of a tool alone changes nothing that was generated
    files[MANIFEST] = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
    changed = []
    for name, content in files.items():
        path = folder / name
        if path.is_symlink():
            raise InputError(f"{path} is a symbolic link: remove it")
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            write_atomically(path, content)
            changed.append(name)
    for path in sorted(folder.iterdir()):
        if path.suffix in _SUFFIXES and path.name not in files:
            path.unlink()
            changed.append(path.name)
    return changed
