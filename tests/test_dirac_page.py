"""The documentation page of the Dirac algebra does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import nuforce_sym.dirac


def test_the_ten_examples():
    page = Path(nuforce_sym.dirac.__file__).with_name("README.md")
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.testfile(str(page), module_relative=False, optionflags=flags)
    assert result.attempted > 30
    assert result.failed == 0


def test_the_page_has_ten_numbered_sections():
    text = Path(nuforce_sym.dirac.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert [f"## {n}. " in text for n in range(1, 11)] == [True] * 10


def test_public_names_exist_and_are_sorted():
    names = nuforce_sym.dirac.__all__
    assert all(hasattr(nuforce_sym.dirac, name) for name in names)
    assert len(set(names)) == len(names)
