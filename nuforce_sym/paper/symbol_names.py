r"""Symbols inside of LaTeX that derivations bring with them: left-hand sides and sentences."""

from __future__ import annotations

import re

from nuforce_sym.paper.style import Style
from nuforce_sym.symbols import VOCABULARY


def renamed(text: str, style: Style) -> str:
    r"""Return LaTeX with the author's names in place of the vocabulary's, longest first, as whole names only."""
    pairs = {VOCABULARY[name].latex: new for name, new in style.rename.items()}
    if not pairs:
        return text
    longest = sorted(pairs, key=lambda old: (-len(old), old))
    pattern = re.compile("|".join(rf"(?<![A-Za-z\\]){re.escape(old)}(?![A-Za-z_^'])" for old in longest))
    return pattern.sub(lambda match: pairs[match[0]], text)


def renamed_sentence(text: str, style: Style) -> str:
    """Return a sentence with the names inside of its ``$...$`` replaced."""
    parts = text.split("$")
    return "$".join(renamed(part, style) if i % 2 else part for i, part in enumerate(parts))
