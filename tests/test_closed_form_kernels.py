"""Kernels of gases and beams whose closed forms are no elementary functions: values, proofs that notice, and their use."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from nuforce_sym.kernel import NotProved, fermi_beam_proof, runtime_gases
from nuforce_sym.kernel.python import blocks
from nuforce_sym.medium import Beam, background, spectra
from nuforce_sym.scan import kernel_function

COUPLING = {"G_F": 1.1663787e-5}


def changed(block, name, place, by=1e-12):
    """A block's text with one number of a table changed by a relative amount."""
    source = blocks()[block]
    before, rest = source.split(f"{name} = (\n")
    rows = rest.splitlines()
    rows[place] = f"    {float(rows[place].strip(' ,')) * (1 + by)!r},"
    return "\n".join([f"{before}{name} = (", *rows])


def number_and_kernel(place, distance, **values):
    """The value of a background's closed form or integral, and of its kernel."""
    name, arguments = place.kernel(**values)
    return float(place.number(distance, **values)), float(kernel_function(name)(distance, **arguments)), name


@pytest.mark.parametrize(
    ("spectrum", "name"),
    [
        (spectra.FermiDirac(0.2), "beam_thermal"),
        (spectra.Pinched(2, 0.2), "beam_pinched"),
        (spectra.Gaussian(0.7, 0.1), "beam_gaussian"),
        (spectra.Box(0.5, 0.9), "beam_box"),
    ],
)
def test_a_beam_finds_the_kernel_of_its_spectrum(spectrum, name):
    it = background(Beam(spectrum, density=0.1), angle=sp.Rational(3, 10), charges=[(0.5, -0.3)])
    value, ours, found = number_and_kernel(it, 3.7, **COUPLING)
    assert found == name
    assert ours == pytest.approx(value, rel=1e-13, abs=0)


def test_means_over_a_thermal_beam_are_integrals():
    with mp.workdps(25):
        for x in (0.03, 0.99, 1.01, 3.0):
            ends = [0, 4, 12, 30, 80]
            norm = mp.quad(lambda t: t**2 / (mp.exp(t) + 1), ends)
            sine = mp.quad(lambda t: t**2 * mp.sin(x * t) / (mp.exp(t) + 1), ends) / norm  # noqa: B023
            cosine = mp.quad(lambda t: t**3 * mp.cos(x * t) / (mp.exp(t) + 1), ends) / norm  # noqa: B023
            proved = fermi_beam_proof.prove(blocks()["fermi_beam"])
            assert abs(runtime_gases.fermi_sine(x) - sine) < float(proved.sine) * min(1, x) < 1e-14
            assert abs(runtime_gases.fermi_cosine(x) - cosine) < float(proved.cosine) < 2e-14


def test_far_from_a_thermal_beam_half_of_the_states_at_zero_energy_are_left():
    # n(0) = 1/2: the mean of t cos xt tends to 3/x^4 over the norm, 3 zeta(3)/2
    assert runtime_gases.fermi_cosine(1e3) == pytest.approx(3e-12 / (1.5 * 1.2020569031595942), rel=1e-14, abs=0)
    assert np.isnan(runtime_gases.fermi_sine(np.nan))


@pytest.mark.parametrize("table", ["_FERMI_SINE", "_FERMI_COSINE"])
@pytest.mark.parametrize("place", [0, 9])
def test_a_wrong_coefficient_spoils_the_proof_of_a_thermal_beam(table, place):
    good = fermi_beam_proof.prove(blocks()["fermi_beam"])
    bad = fermi_beam_proof.prove(changed("fermi_beam", table, place, by=1e-3 if place else 1e-11))
    assert max(float(bad.sine), float(bad.cosine)) > 20 * max(float(good.sine), float(good.cosine))
    with pytest.raises(NotProved, match="tables"):
        fermi_beam_proof.prove(blocks()["fermi_beam"].replace("_FERMI_SINE = (", "_OTHER = ("))
