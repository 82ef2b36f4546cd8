"""Kernels of averaged beams and of gases: full accuracy at every phase, proved bounds, and words where there is none."""

from __future__ import annotations

import re

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from flint import ctx

from nuforce_sym import kernel, registry
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.kernel import (
    Argument,
    Constraint,
    Kernel,
    NotProved,
    certify,
    function_of,
    kernel_of,
    phase_proof,
    proved_source,
    python,
    reader,
    runtime,
    spherical_proof,
    thermal_proof,
)
from nuforce_sym.kernel.python import blocks
from nuforce_sym.medium import Beam, FermiDirac, MaxwellBoltzmann, PinchedGas, background, spectra
from nuforce_sym.scan import exported, kernel_function
from nuforce_sym.symbols import symbols
from tests.conftest import CACHE
from tests.handwritten import beams, gases, spins

r, E_nu, T, mu, m_nu, Phi_0, G_F, g_V1, g_V2, s, sigma_E, k_F = symbols(
    "r E_nu T_nu mu_nu m_nu Phi_0 G_F g_V1 g_V2 sin2_half_alpha sigma_E k_F"
)
COUPLING = (1e-38, 1.1663787e-5, 0.5, 0.5)
ENERGY = 2e-3
WAVES = {
    "beam_gaussian": (beams, (1e-7, 3e-15)),
    "beam_box": (beams, (3e-4, 3e-13)),
    "beam_cone": (beams, (1e-13,)),
    "beam_von_mises_fisher": (beams, (1e12,)),
    "beam_spin_spin": (spins, (0.3,)),
    "beam_spin_product_rhat": (spins, (2e-14,)),
    "momentum_shell": (beams, ()),
    "momentum_shell_tensor": (spins, ()),
}


def scale_of(name, values):
    """The envelope at a point."""
    it = exported_kernel(name)
    at = {a.symbol: sp.Rational(*float(v).as_integer_ratio()) for a, v in zip(it.arguments, values, strict=True)}
    return float(abs(it.envelope.xreplace(at)))


def exported_kernel(name):
    return registry.get_kernel(name, cache=CACHE)


@pytest.mark.parametrize("phase", [1.0, 1e6, 1e14, 1e20])
@pytest.mark.parametrize("name", WAVES)
def test_the_error_is_below_4e_minus_15_of_the_envelope_at_any_phase(name, phase):
    module, more = WAVES[name]
    R = phase / ENERGY * np.array([0.71, 0.93, 1.0])
    columns = [R, *(np.full(3, x) for x in (ENERGY, *more, *COUPLING))]
    ours, theirs = kernel_function(name)(*columns), getattr(module, name)(*columns)
    for one in range(3):
        assert abs(ours[one] - theirs[one]) < 4e-15 * scale_of(name, [c[one] for c in columns])


def test_a_narrow_spread_is_no_spread():
    place = (0.3 / 1.97e-16, ENERGY)
    sharp = kernel_function("directional_flux")(*place, 1e-15, *COUPLING)
    assert kernel_function("beam_gaussian")(*place, 1e-18, 1e-15, *COUPLING) == pytest.approx(sharp, rel=1e-13, abs=0)
    assert kernel_function("beam_box")(*place, 1e-18, 1e-15, *COUPLING) == pytest.approx(sharp, rel=1e-13, abs=0)
    along = kernel_function("directional_flux")(*place, 0.0, *COUPLING)
    assert kernel_function("beam_cone")(*place, 1e-40, *COUPLING) == pytest.approx(along, rel=1e-14, abs=0)


def test_along_the_beam_no_spread_of_energies_damps_the_force():
    # BACKGROUND: at alpha = 0 the leading 1/r stays for any spectrum, of the mean energy
    place = 1e20
    for name, arguments, mean in (
        ("beam_gaussian", (ENERGY, 2e-4, 0.0), ENERGY),
        ("beam_pinched", (ENERGY, 2.5, 0.0), 3.5 * ENERGY),
    ):
        density, G, g_1, g_2 = COUPLING
        leading = -(G**2) * g_1 * g_2 * density * mean / (np.pi * place)
        assert kernel_function(name)(place, *arguments, *COUPLING) == pytest.approx(leading, rel=1e-12, abs=0)


def test_directions_spread_about_the_line_leave_a_lorentzian():
    # 1/(1 + (s^2 x)^2) with s^2 = 1/kappa, for a small spread
    kappa, x = 1e10, np.array([1e9, 1e10, 3e11])
    V = kernel_function("beam_von_mises_fisher")(x / ENERGY, ENERGY, kappa, *COUPLING)
    along = kernel_function("directional_flux")(x / ENERGY, ENERGY, 0.0, *COUPLING)
    np.testing.assert_allclose(V / along, 1 / (1 + (x / kappa) ** 2), rtol=2e-8)


def test_the_series_of_a_degenerate_gas():
    # -[1 - cos 2Y - Y sin 2Y] = -(2Y^4/3 - 8Y^6/45 + 2Y^8/105 - ...)
    Y = 1e-2
    series = 2 * Y**4 / 3 - 8 * Y**6 / 45 + 2 * Y**8 / 105
    found = kernel_function("degenerate_gas_background")(1.0, Y, 1.0, 1.0, 1.0) * -4 * np.pi**3
    assert found == pytest.approx(series, rel=2e-13, abs=0)
    assert abs((1 - np.cos(2 * Y) - Y * np.sin(2 * Y)) / found - 1) > 1e-11
    # with the vacuum, down to where the vacuum alone is left
    vacuum = kernel_function("two_neutrino")(1.0, 1.0, 1.0, 1.0)
    assert kernel_function("degenerate_gas")(1.0, 1e-10, 1.0, 1.0, 1.0) == pytest.approx(vacuum, rel=1e-15, abs=0)


def test_a_chemical_potential_turns_the_gas_into_a_degenerate_one():
    gas, thermal = kernel_function("asymmetric_gas"), kernel_function("thermal_gas")
    assert gas(0.7, 0.3, 1e-9, 1.0, 1.0, 1.0) == pytest.approx(thermal(0.7, 0.3, 1.0, 1.0, 1.0), rel=1e-14, abs=0)
    filled = kernel_function("degenerate_gas_background")(0.7, 1.3, 1.0, 1.0, 1.0)
    assert gas(0.7, 1e-8, 1.3, 1.0, 1.0, 1.0) == pytest.approx(filled, rel=1e-12, abs=0)
    assert gas(0.7, 0.3, -1.3, 1.0, 1.0, 1.0) == gas(0.7, 0.3, 1.3, 1.0, 1.0, 1.0)


def test_at_short_distance_the_gas_attracts_by_its_energy_density():
    # -(4/(3 pi r)) rho for massless neutrinos; rho = 7 pi^2 T^4/120 + mu^2 T^2/4 + mu^4/(8 pi^2) for the pair
    T_, mu_, place = 0.3, 0.5, 1e-6
    rho = 7 * np.pi**2 * T_**4 / 120 + mu_**2 * T_**2 / 4 + mu_**4 / (8 * np.pi**2)
    assert kernel_function("asymmetric_gas")(place, T_, mu_, 1.0, 1.0, 1.0) == pytest.approx(
        -4 * rho / (3 * np.pi * place), rel=1e-10, abs=0
    )


def test_a_light_gas_is_a_massless_one_and_a_heavy_gas_is_slow():
    light = kernel_function("massive_boltzmann_gas")(0.8, 1e-7, 0.6, 1.0, 1.0, 1.0, 1.0)
    assert light == pytest.approx(kernel_function("boltzmann_gas")(0.8, 0.6, 1.0, 1.0, 1.0, 1.0), rel=1e-12, abs=0)
    m, temperature, place = 1.0, 0.01, 2.0
    density = float((m * temperature / (2 * np.pi)) ** 1.5 * np.exp(-m / temperature))
    heavy = kernel_function("massive_boltzmann_gas")(place, m, temperature, 1.0, 1.0, 1.0, 1.0)
    assert heavy == pytest.approx(
        kernel_function("slow_gas")(place, m, temperature, density, 1.0, 1.0, 1.0), rel=5 * temperature / m, abs=0
    )


def test_spherical_bessel_functions_near_and_far():
    with mp.workdps(200):
        for x in (0.0, 1e-30, 1e-3, 0.999999, 1.0, 1.000001, 7.7, 1e6, 1e14):
            p = runtime.phase(x, 1.0)
            exact = [mp.mpf(1), mp.mpf(0)]
            if x:
                exact = [mp.sin(x) / x, mp.sin(x) / mp.mpf(x) ** 2 - mp.cos(x) / x]
            for n in (0, 1):
                wrong = abs(mp.mpf(float(runtime.spherical(n, p, x))) - exact[n])
                assert wrong <= 1.2e-15 * min(x if n else 1.0, 1 / x if x else 1.0)


@pytest.mark.parametrize("line", ["0.008333333333333333", "-0.03333333333333333", "2.505210838544172e-07"])
def test_a_wrong_coefficient_spoils_the_proof_of_spherical_functions(line):
    source = blocks()["spherical"]
    wave = phase_proof.prove(blocks()["phase"])
    good = spherical_proof.prove(source, wave)
    assert source.count(line) >= 1
    bad = spherical_proof.prove(source.replace(line, repr(float(line) + 1e-12)), wave)
    assert max(map(float, bad.near)) > 20 * max(map(float, good.near))
    with pytest.raises(NotProved, match="_J_0"):
        spherical_proof.prove(source.replace("_J_0 = (", "_OTHER = ("), wave)


def test_what_is_not_screened_keeps_its_digits_and_its_proof_reads_the_table():
    source = blocks()["unscreened"]
    proved = float(thermal_proof.prove_unscreened(source))
    z = np.exp(np.random.default_rng(5).uniform(np.log(1e-30), np.log(20.0), 400))
    z = np.concatenate([z, np.linspace(0.49, 0.51, 50), [0.5, 1e6]])
    with mp.workdps(90):
        worst = max(
            float(abs(mp.mpf(float(value)) / (1 - y / mp.sinh(y)) - 1))
            for value, y in zip(runtime.unscreened(z, 1.0), (2 * mp.pi * mp.mpf(float(one)) for one in z), strict=True)
        )
    assert worst <= proved < 2e-15
    line = source.split("_UNSCREENED = (\n")[1].splitlines()[0].strip(" ,")
    try:
        bad = float(thermal_proof.prove_unscreened(source.replace(line, repr(float(line) + 1e-12))))
    except NotProved:
        bad = 1.0
    assert bad > 100 * proved


CONE = Kernel(
    "mine",
    "Mine",
    E_nu / r * sp.jn(1, 2 * E_nu * r * (1 - s)),
    (Argument(r, 1e-6, 1e40), Argument(E_nu, 1e-20, 1e6), Argument(s, 1e-60, 1.0)),
    "nowhere",
    "step",
    constraints=(Constraint(E_nu * r, 1e-6, 1e24),),
    envelope=E_nu / r,
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("spherical(1, phase_3, 2*E_nu*r*(1 - sin2_half_alpha))", "spherical(1, phase_3, 2*E_nu*r)"),
        ("spherical(1, ", "spherical(0, "),
        ("abs(x) < 1.0", "abs(x) < 2.0"),
    ],
)
def test_a_changed_text_fails(old, new):
    text, bound = proved_source(CONE, "V")
    assert old in text
    claims = certify(CONE, text, bound, ["step: a check (proved)"]).text()
    assert [v for v in kernel.verify(CONE, text, claims, ["step: a check (proved)"]) if not v.passed] == []
    changed = text.replace(old, new, 1)
    changed = re.sub(r"# text    [0-9a-f]{16}", f"# text    {python.text_hash(changed)}", changed)
    assert "formula" in {v.clause for v in kernel.verify(CONE, changed, claims, ["step: a check (proved)"]) if not v.passed}


def test_a_number_beside_a_phase_must_be_the_phase():
    text, _ = proved_source(CONE, "V")
    with pytest.raises(reader.TextError, match="spherical"):
        reader.read(text.replace("2*E_nu*r*(1 - ", "4*E_nu*r*(1 - ", 1)).formula()


def beam_potential(spectrum, **options):
    return background(Beam(spectrum, density=Phi_0), **options).potential()


def test_a_kernel_of_ones_own_beam():
    envelope = G_F**2 * g_V1 * g_V2 * Phi_0 * E_nu / r
    along = beam_potential(spectra.Line(E_nu), angle=0)
    mine = kernel_of(along, "mine", "Mine", envelope=envelope, constraints=(Constraint(E_nu * r, 1e-6, 1e24),))
    text, bound = proved_source(mine, "V")
    assert bound < 4e-15
    theirs = kernel_function("directional_flux")(7e14, ENERGY, 0.0, *COUPLING)
    values = dict(zip(("Phi_0", "G_F", "g_V1", "g_V2"), COUPLING, strict=True), r=7e14, E_nu=ENERGY)
    assert function_of(text)(**values) == pytest.approx(theirs, rel=1e-14, abs=0)
    with pytest.raises(InputError, match="give an envelope"):
        kernel_of(along, "mine", "Mine")


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        (lambda: background(FermiDirac(T), mass=m_nu).potential(), "Sum"),
        (lambda: background(FermiDirac(T, mu, antineutrinos=False)).potential(), "lerchphi"),
        (lambda: background(PinchedGas(sp.Rational(5, 2), T)).potential(), "atan"),
        (lambda: beam_potential(spectra.FermiDirac(T), angle=0), "zeta"),
        (lambda: sp.erfc(m_nu * r) / r, "erfc"),
    ],
)
def test_what_has_no_kernel_is_refused_by_name_and_points_to_the_number(formula, name):
    with pytest.raises(NotDerivable, match=rf"no kernel is proved for .*{name}.*number\(\)"):
        kernel_of(formula(), "mine", "Mine")


def test_a_massive_gas_of_ones_own_needs_ranges_that_hold():
    V = background(MaxwellBoltzmann(T), mass=m_nu).potential()
    with pytest.raises(NotProved):
        proved_source(kernel_of(V, "mine", "Mine"), "V")


def test_the_bounds_of_the_new_kernels_are_what_the_modules_say():
    for name in (*WAVES, "beam_pinched", "asymmetric_gas"):
        assert exported(name)[1].bound < 2e-13
    assert exported("massive_boltzmann_gas")[1].bound < 4e-13
    assert exported("scalar_gas")[1].bound < 2e-15
    assert gases.scalar_gas(np.array([2.0]), np.array([0.1]))[0] == pytest.approx(
        kernel_function("scalar_gas")(2.0, 0.1), rel=2e-15, abs=0
    )
    with ctx.workprec(60):
        assert exported("slow_gas")[1].bound < 4e-13
