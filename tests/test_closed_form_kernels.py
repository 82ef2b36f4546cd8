"""Kernels of gases and beams whose closed forms are no elementary functions: values, proofs that notice, and their use."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from nuforce_sym.kernel import NotProved, fermi_beam_proof, pinched_proof, power_law_proof, runtime_gases
from nuforce_sym.kernel.python import blocks
from nuforce_sym.medium import Beam, PinchedGas, PowerLaw, background, spectra
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


@pytest.mark.parametrize("exponent", [0.4, 1, 2.5, 3.9])
def test_a_power_law_finds_its_kernel(exponent):
    it = background(PowerLaw(exponent, 0.3), charges=[(0.5, -0.3)])
    value, ours, name = number_and_kernel(it, 2.2, **COUPLING)
    assert name == "power_law_gas"
    assert ours == pytest.approx(value, rel=1e-14, abs=0)


def test_a_power_law_is_regular_at_two_and_alone_at_zero():
    G = runtime_gases.power_law
    # the limit s -> 2 of (2-s) pi/(2 Gamma(s) sin(pi s/2)) is 1; at s = 0, n_+ + n_- = 1, the vacuum with the other sign
    assert G(2.0, 3.0) == pytest.approx(9.0, rel=1e-15, abs=0)
    assert G(2.0 + 1e-9, 3.0) == pytest.approx(G(2.0 - 1e-9, 3.0), rel=1e-8, abs=0)
    assert kernel_function("power_law_gas")(1.7, 0.4, 1e-3, 1.0, 1.0, 1.0) == pytest.approx(
        -1 / (4 * np.pi**3 * 1.7**5), rel=5e-3
    )
    # near the divergence at s = 4: 2/(4 - s) x^4 pi/(2 * 6) * 2/pi
    assert G(3.999, 1.0) == pytest.approx(1 / 3 / 1e-3, rel=5e-3)


@pytest.mark.parametrize(("table", "place"), [("_POWER_LAW_NEAR", 0), ("_POWER_LAW_FAR", 3)])
def test_a_wrong_coefficient_spoils_the_proof_of_a_power_law(table, place):
    good = power_law_proof.prove(blocks()["power_law"])
    assert float(power_law_proof.prove(changed("power_law", table, place)).error) > 20 * float(good.error)
    with pytest.raises(NotProved, match="tables"):
        power_law_proof.prove(blocks()["power_law"].replace("_POWER_LAW_FAR = (", "_OTHER = ("))


@pytest.mark.parametrize(("power", "distance"), [(0.5, 1e-3), (2, 1.1), (sp.Rational(23, 10), 40.0), (0, 1.0)])
def test_a_pinched_gas_finds_its_kernel(power, distance):
    it = background(PinchedGas(power, 0.3, sp.Rational(1, 5)), charges=[(0.5, -0.3)])
    value, ours, name = number_and_kernel(it, distance, **COUPLING)
    assert name == ("pinched_gas" if power else "boltzmann_gas")
    assert ours == pytest.approx(value, rel=2e-14, abs=0)


def test_a_pinched_gas_keeps_its_digits_near_and_is_boltzmanns_at_p_zero():
    V = kernel_function("pinched_gas")
    place, T, p, n = 1e-9, 0.3, 2.3, 0.4
    near = -4 * n * T * (p + 3) / (3 * np.pi * place)
    assert V(place, T, p, n, 1.0, 1.0, 1.0) == pytest.approx(near, rel=1e-14, abs=0)
    N_0 = np.pi**2 * n / T**3
    boltzmann = kernel_function("boltzmann_gas")(2.2, T, N_0, 1.0, 1.0, 1.0)
    assert V(2.2, T, 1e-12, n, 1.0, 1.0, 1.0) == pytest.approx(boltzmann, rel=1e-11, abs=0)
    # a larger power changes the sign, as a shell does
    assert V(0.1, T, 10.0, n, 1.0, 1.0, 1.0) < 0 < V(1.0, T, 10.0, n, 1.0, 1.0, 1.0)


@pytest.mark.parametrize(("table", "place"), [("_WAVE", 0), ("_WAVE", 4), ("_ARC", 0), ("_ARC", 12)])
def test_a_wrong_coefficient_spoils_the_proof_of_a_pinched_gas(table, place):
    good = pinched_proof.prove(blocks()["pinched"])[0]
    bad = pinched_proof.prove(changed("pinched", table, place, by=1e-12 if place == 0 else 1e-4))[0]
    assert float(bad) > 10 * float(good)
    with pytest.raises(NotProved, match="tables"):
        pinched_proof.prove(blocks()["pinched"].replace("_ARC = (", "_OTHER = ("))
