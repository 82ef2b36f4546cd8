"""Kernels of gases and beams whose closed forms are no elementary functions: values, proofs that notice, and their use."""

from __future__ import annotations

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from nuforce_sym import registry
from nuforce_sym.errors import NotDerivable
from nuforce_sym.kernel import (
    NotProved,
    fermi_beam_proof,
    matsubara_proof,
    pinched_proof,
    power_law_proof,
    proved_source,
    reader,
    rounding,
    runtime_gases,
    species_proof,
)
from nuforce_sym.kernel.python import blocks
from nuforce_sym.medium import (
    Beam,
    Cone,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    PowerLaw,
    VonMisesFisher,
    background,
    spectra,
)
from nuforce_sym.scan import kernel_function
from nuforce_sym.symbols import symbols
from tests.conftest import CACHE

COUPLING = {"G_F": 1.1663787e-5}
(mu_nu,) = symbols("mu_nu")


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


@pytest.mark.parametrize(("mu", "distance"), [(-0.2, 0.2), (0.6, 4.0)])
def test_one_species_finds_its_kernel(mu, distance):
    it = background(FermiDirac(0.3, mu, antineutrinos=False), charges=[(0.5, -0.3)])
    value, ours, name = number_and_kernel(it, distance, **COUPLING)
    assert name == ("species_gas_above" if mu > 0 else "species_gas_below")
    assert ours == pytest.approx(value, rel=2e-13, abs=0)


def test_one_species_near_far_and_without_degeneracy():
    L = runtime_gases.species
    # near, at mu = 0: eta(4) = 7 pi^4/720; far: n(0) = 1/(e^a + 1) of the vacuum's 1/x^4; for large a Boltzmann's e^{-a}
    assert L(0.0, 1e-9) == pytest.approx(7 * np.pi**4 / 720, rel=1e-14, abs=0)
    assert L(0.7, 1e9) == pytest.approx(1e-36 / (np.exp(0.7) + 1), rel=1e-14, abs=0)
    assert L(40.0, 2.0) == pytest.approx(np.exp(-40.0) / 25, rel=1e-14, abs=0)
    T, mu = 0.3, 0.45
    pair = kernel_function("asymmetric_gas")(2.2, T, mu, 1.0, 1.0, 1.0)
    parts = [kernel_function(f"species_gas_{where}")(2.2, T, mu, 1.0, 1.0, 1.0) for where in ("below", "above")]
    assert sum(parts) == pytest.approx(pair, rel=1e-13, abs=0)


def test_the_proof_of_one_species_bounds_an_alternating_sum():
    proved = species_proof.prove(blocks()["species"])
    with mp.workdps(40):
        for a, x in ((0.0, 0.5), (0.0, 5.5), (0.0, 700.0), (0.3, 40.0), (2.0, 3.0)):
            # Boole: 200 terms, and half of the next difference at a time
            z = mp.exp(-mp.mpf(a))
            exact = mp.nsum(lambda j: (-1) ** (int(j) + 1) * z**j / (j**2 + mp.mpf(x) ** 2) ** 2, [1, mp.inf])  # noqa: B023
            first = z / (1 + mp.mpf(x) ** 2) ** 2
            assert float(proved.least) * first < exact < first
            assert abs(runtime_gases.species(a, x) - exact) < float(proved.first) * first < 1e-13 * exact


@pytest.mark.parametrize("place", [0, 20, 38])
def test_a_wrong_weight_spoils_the_proof_of_one_species(place):
    good = species_proof.prove(blocks()["species"])
    try:
        bad = float(species_proof.prove(changed("species", "_SPECIES", place, by=1e10 if place == 38 else -1e-11)).first)
    except NotProved:  # the weights do not fall any more
        bad = 1.0
    assert bad > 10 * float(good.first)


def test_the_number_of_one_species_above_is_the_integral():
    # mpmath's Lerch function is wrong by a hundredth here, where z = e^2 and a = 1 - 2.4i
    with mp.workdps(25):
        T, mu, place = mp.mpf("0.3"), mp.mpf("0.6"), mp.mpf(4)

        def inside(k):
            return (mp.sin(2 * k * place) - 2 * k * place * mp.cos(2 * k * place)) / (mp.exp((k - mu) / T) + 1)

        exact = -mp.quad(inside, [mp.mpf(j) / 4 for j in range(80)]) / (4 * mp.pi**3 * place**4)
    one = {"G_F": 1, "g_V1": 1, "g_V2": 1}
    for it, more in (
        (background(FermiDirac(0.3, 0.6, antineutrinos=False)), {}),
        (background(FermiDirac(0.3, mu_nu, antineutrinos=False)), {"mu_nu": 0.6}),
    ):
        assert float(it.number(4, **one, **more) / exact) == pytest.approx(1, rel=1e-13)


@pytest.mark.parametrize("neutrino", ["dirac", "majorana"])
def test_a_massive_fermi_gas_finds_its_kernel_with_the_vacuum(neutrino):
    it = background(FermiDirac(0.3), mass=0.7, neutrino=neutrino, charges=[(0.5, -0.3)])
    name, arguments = it.kernel(vacuum=True, **COUPLING)
    assert name.removesuffix("_majorana") == "massive_fermi_gas"
    distance = 1.7
    ours = kernel_function(name)(distance, **arguments)
    at = dict(zip(symbols("G_F g_V1 g_V2 r m_nu"), (COUPLING["G_F"], -0.15, 1, distance, sp.Rational(7, 10)), strict=True))
    value = float(it.number(distance, **COUPLING)) + float(it.vacuum().xreplace(at).evalf(25))
    assert ours == pytest.approx(value, rel=1e-9, abs=0)  # both parts cancel to what is not screened
    with pytest.raises(NotDerivable, match="FermiDirac is exported"):
        it.kernel(**COUPLING)
    boltzmann = background(MaxwellBoltzmann(0.3), mass=0.7, neutrino=neutrino)
    assert boltzmann.kernel(**COUPLING, g_V1=1, g_V2=1)[0].removesuffix("_majorana") == "massive_boltzmann_gas"
    with pytest.raises(NotDerivable, match="with the vacuum is exported"):
        boltzmann.kernel(vacuum=True, **COUPLING, g_V1=1, g_V2=1)


def test_a_light_fermi_gas_is_screened_like_a_massless_one():
    # T (1 + y coth y)/(4 pi^2 r^4 sinh y), y = 2 pi r T
    T, place = 0.3, 2.2
    y = 2 * np.pi * place * T
    massless = T * (1 + y / np.tanh(y)) / (4 * np.pi**2 * place**4 * np.sinh(y))
    for name in ("massive_fermi_gas", "massive_fermi_gas_majorana"):
        assert kernel_function(name)(place, 1e-9, T, 1.0, 1.0, 1.0) == pytest.approx(massless, rel=1e-13, abs=0)


def test_too_few_frequencies_are_not_proved():
    it = registry.get_kernel("massive_fermi_gas", cache=CACHE)
    text, bound = proved_source(it, "V")
    assert bound < 6e-13
    module = reader.read(text)
    fewer = replace(module, runtime=module.runtime.replace("_FREQUENCIES = 40", "_FREQUENCIES = 30"))
    with pytest.raises(NotProved, match="30 terms leave out"):
        rounding.bound(it, fewer)
    with pytest.raises(NotProved, match="number of Matsubara"):
        matsubara_proof.terms("pi = 3\n")


@pytest.mark.parametrize(("spread", "name"), [(Cone(0.3), "beam_cone"), (VonMisesFisher(1.5), "beam_von_mises_fisher")])
@pytest.mark.parametrize("distance", [1e-4, 3.7])
def test_a_beam_with_a_spread_of_directions_finds_its_kernel(spread, name, distance):
    it = background(Beam(spectra.Line(0.7), density=0.1), spread=spread, charges=[(0.5, -0.3)])
    value, ours, found = number_and_kernel(it, distance, **COUPLING)
    assert found == name
    assert ours == pytest.approx(value, rel=2e-14, abs=0)
