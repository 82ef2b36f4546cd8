"""The documentation page of atoms does what it says, and the derivation of parity mixing says what it should."""

from __future__ import annotations

import doctest
from pathlib import Path

import sympy as sp

import nuforce_sym
import nuforce_sym.atom
from nuforce_sym.symbols import symbols


def test_the_examples():
    page = Path(nuforce_sym.atom.__file__).with_name("README.md")
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.attempted > 30
    assert result.failed == 0


def test_parity_mixing():
    steps = nuforce_sym.derive("parity_mixing")
    assert all(result.evidence for result in steps.values())
    n, l, alpha, m_e, m_Z, g_Ve, g_Ae, g_VN, g_AN = symbols("n l alpha m_e m_Z g_Ve g_Ae g_VN g_AN")
    sin2, c = symbols("sin2_theta_W cos_theta_W")
    tree = steps["tree_element"].value
    # |T| of 2P-2S, 3D-3P and 4F-4D: the element over (pi/(s^2 c^2)) m_e alpha^{2l+5} (m_e/m_Z)^{2l+2}
    for n_, l_, T in ((2, 0, sp.sqrt(3) / 32), (3, 1, 4 * sp.sqrt(5) / 2187), (4, 2, sp.sqrt(7) / 16384)):
        scale = m_e * alpha ** (2 * l_ + 5) * (m_e / m_Z) ** (2 * l_ + 2) / (sin2 * c**2)
        electron = tree.subs({n: n_, l: l_, g_Ve: 0, g_AN: 0, g_Ae: 1, g_VN: 1})
        assert sp.simplify(sp.Abs(sp.simplify(electron / scale)) - T) == 0
