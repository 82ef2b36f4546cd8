"""The documentation page of levels and optical rotation does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import nuforce_sym.atom


def test_the_page():
    page = Path(nuforce_sym.atom.__file__).with_name("LEVELS.md")
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 30
    assert result.failed == 0
