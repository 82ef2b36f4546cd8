"""The verbs of forces in a medium."""

from __future__ import annotations

from nuforce_sym.verbs.terminal import Verb


def add(verb: Verb) -> None:
    """Declare the verbs."""
