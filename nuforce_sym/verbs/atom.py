"""The verbs of atoms."""

from __future__ import annotations

from nuforce_sym.verbs import levels
from nuforce_sym.verbs.terminal import Verb


def add(verb: Verb) -> None:
    """Declare the verbs."""
    levels.add(verb)
