"""Formulas with several masses: their kernels, and their limits."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.kernel import NotProved, certify, function_of, kernel_of, proved_source, verify
from nuforce_sym.kernel import python as printer
from nuforce_sym.potential import cases
from nuforce_sym.potential.between import potential_between
from nuforce_sym.potential.limits import massless_limit
from nuforce_sym.symbols import symbols

r, m_nu, m_phi, m_A, g_S1 = symbols("r m_nu m_phi m_A g_S1")


def test_a_kernel_of_two_yukawa_functions_holds_both_ranges():
    kernel = kernel_of(g_S1 * (sp.exp(-m_phi * r) + 3 * sp.exp(-m_A * r)) / r, "two_yukawas", "Two Yukawa functions")
    text, bound = proved_source(kernel, "V")
    values = {"r": 2.0, "m_phi": 0.5, "m_A": 0.25, "g_S1": 1.0}
    wanted = (np.exp(-1.0) + 3 * np.exp(-0.5)) / 2
    assert function_of(text)(*(values[a.symbol.name] for a in kernel.arguments)) == pytest.approx(wanted, rel=1e-14)
    verdicts = verify(kernel, text, certify(kernel, text, bound, []).text(), [])
    assert {v.clause for v in verdicts if not v.passed} == set()


def test_a_kernel_of_two_bessel_functions_of_one_order_holds_both():
    formula = g_S1 * (m_nu * sp.besselk(1, 2 * m_nu * r) + m_phi * sp.besselk(1, m_phi * r))
    kernel = kernel_of(formula, "two_ranges", "Two ranges")
    f = function_of(proved_source(kernel, "V")[0])
    point = {"r": 2.0, "m_nu": 0.5, "m_phi": 0.25, "g_S1": 1.0}
    # Abramowitz and Stegun, Table 9.8: K_1(2) = 0.1398658818, K_1(0.5) = 1.6564411200
    wanted = 0.5 * 0.1398658818 + 0.25 * 1.6564411200
    assert f(*(point[a.symbol.name] for a in kernel.arguments)) == pytest.approx(wanted, rel=1e-9)


def test_a_text_that_is_not_the_formula_gets_no_bound(monkeypatch):
    kernel = kernel_of(g_S1 * sp.exp(-m_phi * r) / r, "one_yukawa", "A Yukawa function")
    printed = printer.source
    monkeypatch.setattr(printer, "source", lambda *given: printed(*given).replace("return g_S1/r", "return g_S1*2/r"))
    with pytest.raises(NotProved, match="computes"):
        proved_source(kernel, "V")


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: kernel_of(0.5 / r, "half", "Half"), "Rational"),
        (lambda: kernel_of(1 / r, "plain", " "), "title"),
        (lambda: kernel_of(1 / r, "plain", "One over r", ranges={m_nu: (1.0, 2.0)}), "m_nu"),
    ],
)
def test_kernels_that_would_mislead_are_refused(make, match):
    with pytest.raises(InputError, match=match):
        make()


def test_yukawa_force_at_short_distance_is_that_of_a_massless_boson():
    V = potential_between(cases.tree(0, ["S"], ["S"]), cases.PSI_1, cases.PSI_2)
    g_S2 = symbols("g_S2")[0]
    assert V.short_distance(m_phi).central == -g_S1 * g_S2 / (4 * sp.pi * r)


def test_limits_without_a_rule_are_refused():
    with pytest.raises(NotDerivable, match="no rule"):
        massless_limit(sp.expint(1, m_phi * r) / r, m_phi)
    assert massless_limit(sp.exp(-(m_phi + m_A) * r) / r, m_phi) == sp.exp(-m_A * r) / r
