"""The vocabulary has one line per name and per notation."""

from __future__ import annotations

from nuforce_sym import symbols


def test_no_symbol_is_declared_twice():
    rooms = (
        symbols._TABLE,
        symbols._VACUUM,
        symbols._FLAVOUR,
        symbols._ATOMS,
        symbols._LEVELS,
        symbols._MEDIA,
        symbols._FLUXES,
    )
    names = [entry.symbol.name for room in rooms for entry in room]
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})
