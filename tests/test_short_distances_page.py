"""The page on different masses and short distances does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import nuforce_sym.potential


def test_the_examples_of_the_page_on_short_distances():
    page = Path(nuforce_sym.potential.__file__).with_name("README.md")
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.testfile(str(page), module_relative=False, optionflags=flags)
    assert result.attempted > 25
    assert result.failed == 0
