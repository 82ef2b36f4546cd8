"""Physical constants with value, uncertainty, unit, edition and source, from ``data/constants.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nuforce_sym.errors import InputError, suggestion


@dataclass(frozen=True)
class Constant:
    """A measured or defined constant; ``value`` and ``uncertainty`` are decimal strings, so that nothing is rounded."""

    name: str
    value: str
    uncertainty: str
    unit: str
    edition: str
    source: str
    meaning: str
    scheme: str | None = None
    scipy: str | None = None
    pdgid: int | None = None

    def __float__(self) -> float:
        """Return the value in ``unit`` as a double."""
        return float(self.value)


@cache
def constants() -> Mapping[str, Constant]:
    """Return every constant by name."""
    table = tomllib.loads(files("nuforce_sym.data").joinpath("constants.toml").read_text(encoding="utf-8"))
    return {name: Constant(name=name, **entry) for name, entry in table.items()}


def constant(name: str) -> Constant:
    """Return a constant: ``constant("G_F")``, ``constant("sin2_theta_W(MSbar, m_Z)")``.

    The weak mixing angle depends on the scheme by more than its uncertainty (g_V of the proton, 1/2 - 2 sin^2, changes
    by a factor of two), so it is never returned by its bare name.

    Raises:
        InputError: the name is unknown, or lacks its scheme.
    """
    table = constants()
    if name in table:
        return table[name]
    schemes = [known for known in table if known.startswith(f"{name}(")]
    if schemes:
        raise InputError(f"{name!r} depends on the scheme: ask for one of {', '.join(map(repr, schemes))}")
    raise InputError(f"no constant {name!r}{suggestion(name, table)}; known: {', '.join(sorted(table))}")
