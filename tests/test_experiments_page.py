"""The page of the experiments does what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import nuforce_sym.medium
from nuforce_sym.medium import experiments, fluxes, materials


def test_the_examples():
    page = Path(nuforce_sym.medium.__file__).with_name("EXPERIMENTS.md")
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.attempted > 25
    assert result.failed == 0


def test_the_examples_in_docstrings():
    for module in (experiments, fluxes, materials):
        result = doctest.testmod(module)
        assert result.attempted > 0
        assert result.failed == 0
