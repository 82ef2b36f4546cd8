"""The errors that nuforce-sym raises on purpose.

Every message says what was given, which rule it broke and what to do about it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class NuforceError(Exception):
    """Anything that nuforce-sym refuses."""


class InputError(NuforceError, ValueError):
    """The request itself is wrong: an unknown name, a bad value, a malformed file."""


class DimensionError(NuforceError, ValueError):
    """Unequal powers of energy are added, or a transcendental function has a dimensionful argument."""


class CheckFailed(NuforceError):
    """A derived result and an independent route to it disagree."""


class NotDerivable(NuforceError):
    """The engine has no proved rule for what was asked."""


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known name, or an empty string."""
    near = difflib.get_close_matches(given, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
