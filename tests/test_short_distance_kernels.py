"""The runtime of two different masses and of the Z-Z bubble: outside values, edges, and proofs that notice changes."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from flint import arb

from nuforce_sym import kernel
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.kernel import Argument, Constraint, Kernel, bubble_proof, pair_proof, pair_reference, python, reader, runtime
from nuforce_sym.kernel.bubble_fit import table_source
from nuforce_sym.kernel.bubble_reference import z_bubble
from nuforce_sym.kernel.magnitude import NotProved
from nuforce_sym.kernel.reference import ball
from nuforce_sym.special import PairAxial, PairK1, PairK2, PairLight, ZBubble
from nuforce_sym.symbols import symbols

r, m_i, m_j, m_Z, G_F = symbols("r m_i m_j m_Z G_F")
z_0 = m_Z
PAIR = "\n\n\n".join(python.blocks()[name] for name in ("product", "bessel", "pair"))
BUBBLE = python.blocks()["z_bubble"]


def pair_kernel(head=PairK2, low=1e-8, high=340.0):
    formula = G_F**2 * m_i**2 * m_j**2 * head(m_i * r, m_j * r) / r
    ranges = {r: (1e-6, 1e30), m_i: (1e-20, 1e6), m_j: (1e-20, 1e6), G_F: (1e-30, 1.0)}
    constraints = tuple(Constraint(m * r, low, high) for m in (m_i, m_j))
    return Kernel("pair", "Pair", formula, tuple(Argument(s, *b) for s, b in ranges.items()), "d", "s", constraints)


def bubble_kernel(envelope=12 * G_F**2 * m_Z**4 / (r * (1 + m_Z * r) ** 4), high=1e12):
    ranges = {r: (1e-9, 1e12), m_Z: (1e-3, 1e6), G_F: (1e-30, 1.0)}
    arguments = tuple(Argument(s, *b) for s, b in ranges.items())
    formula = G_F**2 * m_Z**4 * ZBubble(m_Z * r) / r
    constraints = (Constraint(m_Z * r, 1e-9, high),)
    return Kernel("bubble", "Bubble", formula, arguments, "d", "s", constraints, envelope=envelope)


def test_a_massless_partner_has_its_closed_form():
    """E_1 form of the (m, 0) potential, in units of 1/r^5; the partner's mass is 1e-8/r."""
    for x in (0.01, 0.3, 2.0, 9.0, 30.0):
        with mp.workdps(40):
            z = mp.mpf(x)
            polynomial = z**5 - z**4 + 2 * z**3 - 6 * z**2 - 24 * z - 24
            want = (z**6 * mp.e1(z) - polynomial * mp.exp(-z)) / (96 * mp.pi**3)
        ours = x**2 * 1e-16 / (2 * np.pi**4) * runtime.pair_k(2, x, 1e-8, 1.0)
        assert ours == pytest.approx(float(want), rel=3e-15)
        assert x**2 / (2 * np.pi**4) * runtime.pair_light(x, 1.0) == pytest.approx(float(want), rel=3e-15)


def test_a_massless_partner_at_the_ends_of_its_range_and_beyond():
    """pi/(48 x^2) [x^6 E_1 - (x^5 - x^4 + 2 x^3 - 6 x^2 - 24 x - 24) e^-x] with 60 digits; zero and signs as for pairs."""
    for x in (2e-8, 1e-3, 0.999, 1.001, 30.0, 339.0):
        with mp.workdps(60):
            z = mp.mpf(x)
            polynomial = z**5 - z**4 + 2 * z**3 - 6 * z**2 - 24 * z - 24
            want = mp.pi / (48 * z**2) * (z**6 * mp.e1(z) - polynomial * mp.exp(-z))
            assert abs(mp.mpf(float(runtime.pair_light(x, 1.0))) / want - 1) < mp.mpf("5e-15")
            assert abs(PairLight._value(z) / want - 1) < mp.mpf(10) ** -40
            assert abs(mp.mpf(ball(PairLight(z_0), {"m_Z": x}).mid().str(30, radius=False)) / want - 1) < mp.mpf(10) ** -25
    assert runtime.pair_light(np.ones((2, 1)), np.array([1.0, 2.0, 3.0])).shape == (2, 3)
    assert isinstance(runtime.pair_light(1.0, 2.0), float)
    assert np.isnan(runtime.pair_light(-1.0, 1.0))
    assert np.isnan(runtime.pair_light(np.nan, 1.0))


def light_kernel(low=2e-8, high=340.0):
    ranges = {r: (1e-6, 1e30), m_i: (1e-20, 1e6), G_F: (1e-30, 1.0)}
    arguments = tuple(Argument(s, *b) for s, b in ranges.items())
    formula = G_F**2 * m_i**2 * PairLight(m_i * r) / r**3
    return Kernel("light", "Light", formula, arguments, "d", "s", (Constraint(m_i * r, low, high),))


def test_a_massless_partner_is_proved_where_a_pair_is_and_a_changed_text_is_another_formula():
    text, bound = kernel.proved_source(light_kernel(), "x")
    assert 1e-15 < bound < 1e-13
    assert reader.read(text)
    for wrong in ((1e-8, 340.0), (2e-8, 400.0)):
        with pytest.raises(NotProved, match="massless partner is proved for 2e-08 <= mr <= 340"):
            kernel.proved_source(light_kernel(*wrong), "x")
    assert text.count("(2.0 / (c * c))") == 1
    with pytest.raises(reader.TextError):
        reader.read(text.replace("(2.0 / (c * c))", "(2.0 / c)"))


def test_equal_masses_give_single_bessel_functions():
    """V_D = m^3 K_3(2mr)/(4 pi^3 r^2) and V_D - V_M = m^3 K_1(2mr)/(4 pi^3 r^2), and the axial
    -m^3 (3 K_3 - K_1)/(8 pi^3 r^2), for unit distance and without m^4/(2 pi^4)."""
    for x in (1e-6, 0.1, 1.0, 20.0, 300.0):
        with mp.workdps(40):
            z = mp.mpf(x)
            dirac = float(mp.pi * mp.besselk(3, 2 * z) / (2 * z))
            difference = float(mp.pi * mp.besselk(1, 2 * z) / (2 * z))
        assert runtime.pair_k(2, x, x, 1.0) == pytest.approx(dirac, rel=3e-15)
        assert runtime.pair_k(1, x, x, 1.0) == pytest.approx(difference, rel=3e-15)
        with mp.workdps(40):
            axial = float(mp.pi * (3 * mp.besselk(3, 2 * z) - mp.besselk(1, 2 * z)) / (4 * z))
        assert runtime.pair_axial(x, x, 1.0) == pytest.approx(axial, rel=3e-15)


def test_runtime_and_reference_of_the_bubble_agree_with_mpmath():
    for x in (1e-9, 0.3, 0.8614, 1.0, 1.5, 4.1406, 15.9, 16.1, 63.9, 64.1, 300.0, 3999.0, 4001.0):
        with mp.workdps(60):
            want = ZBubble._value(mp.mpf(x))
            unit = 12 / (1 + mp.mpf(x)) ** 4
            assert abs(mp.mpf(float(runtime.z_bubble(x, 1.0))) - want) < mp.mpf("5e-15") * unit
            assert abs(mp.mpf(z_bubble(arb(x)).mid().str(30, radius=False)) / want - 1) < mp.mpf(10) ** -15


def test_scalars_arrays_and_what_lies_outside_the_range():
    assert isinstance(runtime.z_bubble(1.0, 2.0), float)
    assert isinstance(runtime.pair_k(1, 1.0, 2.0, 1.0), float)
    assert runtime.pair_k(2, np.ones((2, 1)), np.array([1.0, 2.0, 3.0]), 1.0).shape == (2, 3)
    assert runtime.pair_k(1, np.ones(300), 2.0, 1.0)[299] == runtime.pair_k(1, 2.0, 1.0, 1.0)
    assert runtime.z_bubble(np.array([[1.0], [70.0]]), np.array([1.0, 2.0])).shape == (2, 2)
    assert np.isinf(runtime.z_bubble(0.0, 1.0))
    assert runtime.z_bubble(np.inf, 1.0) == 0
    assert np.isnan(runtime.z_bubble(-1.0, 1.0))
    assert np.isnan(runtime.z_bubble(np.nan, 1.0))
    assert np.isnan(runtime.pair_k(1, -1.0, 1.0, 1.0))
    assert np.isnan(runtime.pair_k(2, np.nan, 1.0, 1.0))


def test_the_table_of_the_bubble_is_the_one_that_the_fit_makes():
    numbers = [
        float(x) for x in table_source().replace("(", " ").replace(")", " ").replace(",", " ").split() if x[-1].isdigit()
    ]
    text = BUBBLE[: BUBBLE.index("def z_bubble")].split("\n", 3)[3]
    theirs = [float(x) for x in text.replace("(", " ").replace(")", " ").replace(",", " ").split() if x[-1].isdigit()]
    assert len(numbers) > 200
    np.testing.assert_allclose(numbers, theirs, rtol=1e-15)


def test_a_changed_coefficient_spoils_the_proved_bound_of_the_bubble():
    good = bubble_proof.prove(BUBBLE)
    assert good.error < 1e-14
    digits = "12.0,"
    assert BUBBLE.count(digits) == 1
    assert bubble_proof.prove(BUBBLE.replace(digits, "12.000001,")).error > 1e-8
    with pytest.raises(NotProved, match="tables"):
        bubble_proof.prove(BUBBLE.replace("_Z_FAR = ", "_Z_FUR = "))


def test_fewer_steps_spoil_the_proved_bound_of_a_pair():
    good = pair_proof.prove(PAIR)
    assert max(good.errors.values()) < 1e-13
    worse = pair_proof.prove(PAIR.replace("2: (56, 28, 8.6)", "2: (28, 28, 8.6)"))
    assert worse.errors["vector"] > 1e-9
    assert worse.errors["mass"] == good.errors["mass"]
    assert pair_proof.prove(PAIR.replace("2: (56, 28, 8.6)", "2: (56, 14, 8.6)")).errors["axial"] > 1e-11
    short = pair_proof.prove(PAIR.replace("1: (72, 36, 13.9)", "1: (72, 36, 6.0)"))
    assert short.errors["mass"] > 1e-9


def test_reference_of_a_pair_is_the_spectral_integral_to_seventeen_digits():
    for a, b in ((0.5, 0.25), (1e-5, 3.0), (200.0, 1.0)):
        for case, head in (("mass", PairK1), ("vector", PairK2), ("axial", PairAxial)):
            with mp.workdps(30):
                want = head._value(mp.mpf(a), mp.mpf(b))
                ours = mp.mpf(pair_reference.pair(case, arb(a), arb(b)).mid().str(28, radius=False))
                assert abs(ours / want - 1) < mp.mpf(10) ** -17


@pytest.mark.parametrize(
    ("old", "new"), [("pair_k(2, m_i", "pair_k(1, m_i"), ("m_i, m_j, r)\n    return", "m_i, m_i, r)\n    return")]
)
def test_a_changed_call_of_a_pair_is_another_formula(old, new):
    made = pair_kernel()
    text, _ = kernel.proved_source(made, "x")
    assert reader.read(text).formula() == made.formula
    assert text.count(old) == 1
    assert reader.read(text.replace(old, new)).formula() != made.formula


def test_kernels_outside_what_is_proved_are_refused_in_words():
    with pytest.raises(NotProved, match="a pair is proved for"):
        kernel.proved_source(pair_kernel(high=400.0), "x")
    with pytest.raises(NotProved, match="give a constraint within that range"):
        kernel.proved_source(bubble_kernel(high=1e13), "x")
    with pytest.raises(NotProved, match="envelope"):
        kernel.proved_source(bubble_kernel(envelope=12 * G_F**2 * m_Z**4 / r), "x")
    with pytest.raises(DimensionError, match="same kind"):
        bubble_kernel(envelope=G_F**2 * m_Z**4)
    with pytest.raises(InputError, match="rational function"):
        bubble_kernel(envelope=G_F**2 * m_Z**4 * sp.exp(-m_Z * r) / r)


def test_balls_of_the_kernels_formulas_contain_what_mpmath_gives():
    point = {"r": 1.5, "m_i": 0.5, "m_j": 2.0, "G_F": 1.0}
    with mp.workdps(30):
        want = PairK2._value(mp.mpf("0.75"), mp.mpf(3)) / mp.mpf("1.5")
    assert abs(float(ball(pair_kernel().formula, point).mid()) / float(want) - 1) < 1e-15
