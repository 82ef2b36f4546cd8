"""Two expressions that agree for positive values only are not equal."""

from __future__ import annotations

import pytest
import sympy as sp

from nuforce_sym.equality import identical
from nuforce_sym.symbols import symbols

c, g_V1, g_V2, m_nu = symbols("c_alpha g_V1 g_V2 m_nu")


@pytest.mark.parametrize(
    ("left", "right"), [(sp.Abs(c), c), (sp.sqrt(c**2), c), (sp.Abs(g_V1 * g_V2), g_V1 * g_V2), (sp.Abs(c) * g_V1, c * g_V1)]
)
def test_signs_of_real_symbols_are_told_apart(left, right):
    assert identical(left, right) == "different"


def test_what_holds_for_both_signs_is_proved():
    assert identical(sp.Abs(c) ** 2, c**2) == "proved"
    assert identical(sp.sqrt(m_nu**2), m_nu) == "proved"
