"""What every verb prints with."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Callable
from typing import Any, Protocol


class Verb(Protocol):
    """Declares a verb: its name, what it runs, and one line of help; returns its parser, which has ``--json``."""

    def __call__(self, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser: ...


def print_text(text: str) -> None:
    """Print to standard output, with one newline at the end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_json(data: Any) -> None:
    """Print as JSON with sorted keys; JSON has no infinities, null stands for them."""
    print_text(json.dumps(_finite(data), indent=1, sort_keys=True, default=str, allow_nan=False))


def _finite(data: Any) -> Any:
    if isinstance(data, float):
        return data if math.isfinite(data) else None
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    return [_finite(value) for value in data] if isinstance(data, (list, tuple)) else data


def listener(options: argparse.Namespace) -> Callable[[str], None]:
    """Return what shows progress: one changing line on a terminal, plain lines elsewhere, nothing with ``--json``."""
    if options.json:
        return lambda _: None
    if not sys.stderr.isatty():
        return lambda line: print(line, file=sys.stderr, flush=True)  # noqa: T201
    width = max(20, os.get_terminal_size(sys.stderr.fileno()).columns - 1)
    return lambda line: print(f"\r{line[:width]:<{width}}", end="", file=sys.stderr, flush=True)  # noqa: T201
