"""The folders that verbs work in: the checkout, and the cache of derived steps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nuforce_sym.store import Cache


def checkout() -> Path | None:
    """Return the checkout that the command runs in: the nearest folder upwards with our pyproject.toml."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        project = folder / "pyproject.toml"
        if project.is_file() and (folder / "derivations").is_dir() and "nuforce-sym" in project.read_text(encoding="utf-8"):
            return folder
    return None


def cache() -> Cache:
    """Return the cache of derived steps: of the checkout, or of the user."""
    from nuforce_sym.store import Cache

    found = checkout()
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nuforce-sym"
    return Cache(found / ".nuforce" if found else base)


def target(path: Path | None, suffixes: tuple[str, ...]) -> Path | None:
    """Return the absolute path of a file to write, or None where none was asked for.

    Raises:
        InputError: its name has another ending, or its folder does not exist.
    """
    from nuforce_sym.errors import InputError

    if path is None:
        return None
    if path.suffix not in suffixes or path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"{path} must be a {' or '.join(suffixes)} file in a folder that exists")
    return path.absolute()
