"""The kernel of a Fermi gas: no digit is lost where the closed form cancels as the fourth power, and that is proved."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.kernel import (
    Argument,
    Constraint,
    Kernel,
    NotProved,
    function_of,
    proved_source,
    reader,
    runtime,
    thermal_proof,
)
from nuforce_sym.kernel.python import blocks, thermal
from nuforce_sym.kernel.sampling import observed_error, sample
from nuforce_sym.scan import exported, kernel_function
from nuforce_sym.symbols import symbols

r, T = symbols("r T_nu")


def exact(z):
    with mp.workdps(200):
        y = 2 * mp.pi * mp.mpf(float(z))
        return 1 - y / 2 * (1 + y * mp.coth(y)) / mp.sinh(y)


def test_the_proved_bound_holds_from_1e_minus_30_to_the_far_end():
    z = np.exp(np.random.default_rng(5).uniform(np.log(1e-30), np.log(30.0), 1500))
    z = np.concatenate([z, np.linspace(0.49, 0.51, 200), [0.5, np.nextafter(0.5, 1), 1e3, 1e12]])
    proved = float(thermal_proof.prove(blocks()["thermal"]))
    worst = 0.0
    for one, value in zip(z, runtime.thermal(z, 1.0), strict=True):
        truth = exact(one) if one < 100 else mp.mpf(1)
        worst = max(worst, float(abs(mp.mpf(float(value)) / truth - 1)))
    assert worst <= proved < 4e-15
    assert proved < 10 * worst


def test_the_series_of_the_literature_at_short_distance():
    # F(y) = 7 y^4/360 - 31 y^6/7560 + 127 y^8/201600 - ...
    y = 1e-3
    assert runtime.thermal(y / (2 * np.pi), 1.0) == pytest.approx(
        7 * y**4 / 360 - 31 * y**6 / 7560 + 127 * y**8 / 201600, rel=1e-14, abs=0
    )
    naive = 1 - y / 2 * (1 + y / np.tanh(y)) / np.sinh(y)
    assert abs(naive / runtime.thermal(y / (2 * np.pi), 1.0) - 1) > 1e-6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.0 / (near * near)", "2.0000001 / (near * near)"),
        ("next_one = 4.0 + v", "next_one = 9.0 + v"),
        ("below = 1.0 - square", "below = square - 1.0"),
    ],
)
def test_a_wrong_text_gives_wrong_values_although_only_its_rounding_is_followed(old, new):
    # The straight-line text itself is fixed by the reader, which accepts the runtime to the letter only.
    source = blocks()["thermal"]
    assert old in source
    module = exported("thermal_gas")[0]
    with pytest.raises(reader.TextError, match="not the runtime's"):
        reader.read(module.replace(old, new))


@pytest.mark.parametrize("place", [0, 5, 18])
def test_a_wrong_coefficient_spoils_the_proof(place):
    source = blocks()["thermal"]
    line = source.split("_THERMAL = (\n")[1].splitlines()[place].strip(" ,")
    wrong = repr(float(line) + 1e-12)
    good = thermal_proof.prove(source)
    try:
        bad = thermal_proof.prove(source.replace(line, wrong))
    except NotProved:  # Horner's rule would cancel
        bad = 1.0
    assert float(bad) > 100 * float(good)
    with pytest.raises(NotProved, match="_THERMAL"):
        thermal_proof.prove(source.replace("_THERMAL = (", "_OTHER = ("))


RANGE = (Constraint(T * r, 1e-20, 1e6),)


def gas(formula=None, constraints=RANGE, arguments=(r, T)):
    formula = thermal(2 * sp.pi * T * r) / r if formula is None else formula
    box = tuple(Argument(s, 1e-20, 1e20) for s in arguments)
    return Kernel("gas", "Gas", formula, box, "nowhere", "step", constraints=constraints)


def test_a_kernel_of_ones_own():
    text, bound = proved_source(gas(), "V")
    assert "F = thermal(T_nu, r)" in text
    assert observed_error(function_of(text), sample(gas(), 500)) < bound < 4e-15


def test_what_cannot_be_proved_or_printed_is_refused():
    with pytest.raises(NotProved, match="no constraint"):
        proved_source(gas(constraints=()), "V")
    with pytest.raises(NotDerivable, match="no printed form"):
        proved_source(gas(sp.sinh(2 * sp.pi * T * r) / r), "V")
    with pytest.raises(NotDerivable, match="2 pi times two arguments"):
        proved_source(gas(thermal(2 * sp.pi * T * r * 3) / r), "V")


def test_arrays_and_special_values():
    V = kernel_function("thermal_gas")
    assert V(np.array([1.0, 2.0]), np.array([[0.1], [0.2], [0.3]]), 1.0, 1.0, 1.0).shape == (3, 2)
    assert float(V(1e15, 1.0, 1.0, 1.0, 1.0)) == pytest.approx(-1 / (4 * np.pi**3 * 1e75), rel=1e-14, abs=0)
    assert np.isnan(V(np.nan, 1.0, 1.0, 1.0, 1.0))
    assert runtime.thermal(0.0, 1.0) == 0


def test_with_the_vacuum_the_force_is_screened():
    # At mu = 0 the sum of background and vacuum is T (1 + y coth y)/(4 pi^2 r^4 sinh y) > 0.
    V, vacuum = kernel_function("thermal_gas"), kernel_function("two_neutrino")
    for distance in (0.1, 0.5, 1.0, 2.0):
        y = 2 * np.pi * distance * 0.7
        total = V(distance, 0.7, 1.0, 1.0, 1.0) + vacuum(distance, 1.0, 1.0, 1.0)
        by_hand = 0.7 * (1 + y / np.tanh(y)) / (4 * np.pi**2 * distance**4 * np.sinh(y))
        assert total == pytest.approx(by_hand, rel=1e-10, abs=0)
