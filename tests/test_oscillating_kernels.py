"""Kernels with cosines and sines of large phases: every digit of the phase is kept, and the bound is proved."""

from __future__ import annotations

import json
import re

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from flint import arb, ctx

from nuforce_sym import kernel
from nuforce_sym.errors import DimensionError, InputError, NotDerivable
from nuforce_sym.kernel import (
    Argument,
    Constraint,
    Kernel,
    NotProved,
    certify,
    function_of,
    phase_proof,
    proved_source,
    python,
    reader,
    runtime,
)
from nuforce_sym.kernel.python import blocks
from nuforce_sym.kernel.sampling import observed_error, sample
from nuforce_sym.symbols import symbols

r, k, x, g_1, m_nu = symbols("r k x g_1 m_nu")
BOX = (Argument(r, 1e-6, 1e40), Argument(k, 1e-20, 1e6), Argument(x, 1e-40, 1.0))
RANGE = (Constraint(k * r, 1e-6, 1e24),)
WAVE = k**3 / r * ((1 - x) * sp.cos(2 * k * r * x) + x * sp.cos(2 * k * r - 2 * k * r * x))
PHYSICS = ["step: a check (proved)"]


def wave_kernel(formula=WAVE, arguments=BOX, constraints=RANGE, envelope=k**3 / r):
    return Kernel("wave", "Wave", formula, arguments, "nowhere", "step", constraints=constraints, envelope=envelope)


@pytest.fixture(scope="module")
def made():
    it = wave_kernel()
    text, bound = proved_source(it, "V")
    return it, text, bound


def test_the_proved_bound_holds_up_to_1e24_and_is_a_few_units(made):
    it, text, bound = made
    observed = observed_error(function_of(text), sample(it, 4000))
    assert observed <= 1e-15
    assert observed < bound < 4e-15


@pytest.mark.parametrize("phase", ["1e-3", "1", "1e6", "1e14", "1e20", "9e23"])
def test_the_error_against_mpmath_stays_below_1e_minus_15_of_the_envelope(made, phase):
    V = function_of(made[1])
    rng = np.random.default_rng(7)
    K, s = np.exp(rng.uniform(-5, 5, 60)), rng.uniform(0, 1, 60) ** 3
    R = float(phase) / K
    with mp.workdps(70):
        for one_k, one_r, one_s in zip(K, R, s, strict=True):
            a, b, c = mp.mpf(one_k), mp.mpf(one_r), mp.mpf(one_s)
            exact = a**3 / b * ((1 - c) * mp.cos(2 * a * b * c) + c * mp.cos(2 * a * b * (1 - c)))
            assert abs(V(one_r, one_k, one_s) - exact) < 1e-15 * a**3 / b


def test_the_same_formula_typed_into_numpy_has_lost_its_digits_at_1e14(made):
    K, s, R = 1.3, 0.37, np.linspace(0.9e14, 1e14, 500)
    naive = K**3 / R * ((1 - s) * np.cos(2 * K * R * s) + s * np.cos(2 * K * R * (1 - s)))
    exact = function_of(made[1])(R, K, s)
    assert np.max(np.abs(naive - exact) * R / K**3) > 1e-3


def test_every_clause_of_the_certificate_is_found_again(made):
    it, text, bound = made
    verdicts = kernel.verify(it, text, certify(it, text, bound, PHYSICS).text(), PHYSICS)
    assert {v.clause for v in verdicts} == set(kernel.certificate.CLAUSES)
    assert [v for v in verdicts if not v.passed] == []
    assert "|envelope|" in text
    assert "|envelope|" in certify(it, text, bound, PHYSICS).text()


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        ("less(phase_1, phase_2)", "more(phase_1, phase_2)", "formula"),
        ("cosine(phase_1)", "sine(phase_1)", "formula"),
        ("phase(2*x, k, r)", "phase(x, k, r)", "formula"),
        ("(1 - x)*cosine_1", "(1 + x)*cosine_1", "formula"),
        ("phase_1 = phase(2*x, k, r)", "phase_1 = 2*x*k*r", "formula"),
        ("np.rint(hi)", "np.floor(hi)", "formula"),
        ("-9.839338337591243e-18", "-9.839338337591244e-18", "formula"),
    ],
)
def test_a_changed_text_fails(made, old, new, clause):
    it, text, bound = made
    claims = certify(it, text, bound, PHYSICS).text()
    assert old in text
    changed = text.replace(old, new, 1)
    changed = re.sub(r"# text    [0-9a-f]{16}", f"# text    {python.text_hash(changed)}", changed)
    assert clause in {v.clause for v in kernel.verify(it, changed, claims, PHYSICS) if not v.passed}


def test_a_changed_envelope_in_the_certificate_fails_the_range_clause(made):
    it, text, bound = made
    data = json.loads(certify(it, text, bound, PHYSICS).text())
    data["envelope"] = data["formula"]
    assert {v.clause for v in kernel.verify(it, text, json.dumps(data), PHYSICS) if not v.passed} == {"range"}


def test_arithmetic_on_a_phase_is_no_kernel(made):
    assert "x*cosine_3" in made[1]
    changed = made[1].replace("x*cosine_3", "x*phase_3", 1)
    with pytest.raises(reader.TextError, match="phase_"):
        reader.read(changed).formula()


def test_a_sine_over_its_phase_keeps_its_digits_where_both_are_small():
    it = wave_kernel(sp.sin(2 * k * r * x) / (2 * k * r), envelope=x)
    text, bound = proved_source(it, "V")
    assert bound < 2e-15
    assert observed_error(function_of(text), sample(it, 2000)) < 1e-15


def test_three_numbers_make_a_turn_and_the_products_are_exact():
    with ctx.workprec(400):
        for factors in ((1e6, 1e14), (3.7, 1e20, 0.123), (1.1, 2.2e20, 3.3e-3, 7.7e4)):
            turns = arb(1) / (2 * arb.pi())
            for f in factors:
                turns *= arb(f)
            hi, lo = runtime.phase(*factors)
            off = turns - arb(float(hi)) - arb(float(lo))
            nearest = (off + arb("0.5")).floor()
            allowed = phase_proof.phase_error(len(factors), 2 * arb.pi() * abs(turns)) / (2 * arb.pi())
            assert abs(off - nearest) <= allowed < 1e-22
            assert abs(hi) <= 0.5 + 1e-15


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.15915494309189535", "0.15915494309189537"),
        ("-41.34170224039976", "-41.34170224039876"),
        ("2.4492935982947064e-16", "2.4492935982947064e-15"),
        ("81.60524927607506", "81.60524927608506"),
    ],
)
def test_the_proof_reads_the_tables(old, new):
    source = blocks()["phase"]
    good = phase_proof.prove(source)
    assert old in source
    try:
        bad = phase_proof.prove(source.replace(old, new))
    except NotProved:
        return
    assert float(bad.sine) > 1.4 * float(good.sine)


def test_the_proved_errors_of_sine_and_cosine_are_a_few_units_and_not_too_pessimistic():
    proved = phase_proof.prove(blocks()["phase"])
    hi = np.random.default_rng(3).uniform(-0.5, 0.5, 3000)
    worst = {"sine": 0.0, "cosine": 0.0}
    with ctx.workprec(200):
        for f, s, c in zip(hi, runtime.sine((hi, 0 * hi)), runtime.cosine((hi, 0 * hi)), strict=True):
            angle = 2 * arb.pi() * arb(float(f))
            worst["sine"] = max(worst["sine"], float(abs(arb(float(s)) / angle.sin() - 1).mid()))
            worst["cosine"] = max(worst["cosine"], float(abs(arb(float(c)) - angle.cos()).mid()))
    assert worst["sine"] <= float(proved.sine) < 4 * worst["sine"]
    assert worst["cosine"] <= float(proved.cosine) < 4 * worst["cosine"]


def test_arrays_broadcast_scalars_give_floats_and_infinity_gives_nan(made):
    V = function_of(made[1])
    assert V(np.array([[1.0], [2.0]]), np.array([0.25, 0.5, 1.0]), 0.1).shape == (2, 3)
    assert isinstance(float(V(2.0, 0.5, 0.1)), float)
    assert np.isnan(V(np.inf, 1.0, 0.1))
    assert V(1e5 * np.ones(9000), 1.0, 0.1)[8999] == V(1e5, 1.0, 0.1)


def test_an_oscillating_formula_needs_an_envelope_of_its_own_kind():
    with pytest.raises(InputError, match="envelope"):
        wave_kernel(envelope=None)
    with pytest.raises(DimensionError, match=r"energy\^1"):
        wave_kernel(envelope=1 / r)
    with pytest.raises(InputError, match="without a minus sign"):
        wave_kernel(envelope=k**3 / r - k**4)
    with pytest.raises(InputError, match="rational function"):
        wave_kernel(envelope=k**3 * sp.exp(-x) / r)


def test_what_has_no_exact_phase_is_refused():
    with pytest.raises(NotDerivable, match="power of two"):
        proved_source(wave_kernel(sp.cos(3 * k * r) * k**3 * x / r), "V")
    with pytest.raises(NotDerivable, match="products of arguments"):
        proved_source(wave_kernel(sp.cos(k * r / x) * k**3 / r), "V")
    with pytest.raises(NotProved, match="digits are kept"):
        proved_source(wave_kernel(constraints=(Constraint(k * r, 1e-6, 1e40),)), "V")
    by_a_coupling = wave_kernel(WAVE / g_1, arguments=(*BOX, Argument(g_1, 1e-3, 1.0)))
    with pytest.raises(NotProved, match="may vanish"):
        proved_source(by_a_coupling, "V")
