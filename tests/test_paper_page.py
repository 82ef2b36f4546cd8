"""The documentation page of papers does what it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import nuforce_sym.paper
from nuforce_sym.cli import main
from nuforce_sym.paper import claims

PAGE = Path(nuforce_sym.paper.__file__).with_name("README.md")


def test_the_examples():
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 15
    assert result.failed == 0


def test_the_claims_file_on_the_page_passes_as_it_stands(tmp_path, capsys):
    text = PAGE.read_text(encoding="utf-8")
    block = re.search(r"A complete one:\n\n((?:    .*\n|\n)+)", text)[1]
    (tmp_path / "paper.toml").write_text(re.sub(r"^    ", "", block, flags=re.MULTILINE))
    assert main(["audit", str(tmp_path / "paper.toml")]) == 0
    assert "1 formulas: 1 right." in capsys.readouterr().out


def test_every_key_is_described():
    text = PAGE.read_text(encoding="utf-8")
    described = set(re.findall(r"`(\w+)`", text)) | set(re.findall(r"`(\w+) = ", text))
    assert set(claims._KEYS) <= described
