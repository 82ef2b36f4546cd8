"""The page on forces of one's own does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import nuforce_sym.potential


def test_the_examples_of_the_page_on_forces():
    page = Path(nuforce_sym.potential.__file__).with_name("FORCES.md")
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 25
    assert result.failed == 0
