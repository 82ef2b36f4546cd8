"""Backgrounds as a user meets them: numbers of real cases, refusals in words, the command, and sabotage."""

from __future__ import annotations

import argparse
import doctest
import json
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations import background_force, directional_background, fock_space, isotropic_background

import nuforce_sym.medium
from nuforce_sym.amplitude import medium as propagator
from nuforce_sym.amplitude import occupation
from nuforce_sym.constants import constant
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.medium import (
    Beam,
    Cone,
    Degenerate,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    Relic,
    VonMisesFisher,
    background,
    neutrino,
    response,
    sine_transform,
    spectra,
)
from nuforce_sym.symbols import symbols
from nuforce_sym.units import to_natural
from nuforce_sym.verbs import background as verb

NEUTRONS = [(-0.5, -0.5)]
COSMIC = Relic((1.945, "K"))
T, E_nu, Phi_0, m_nu, r = symbols("T_nu E_nu Phi_0 m_nu r")


def over_gravity(made, distance, unit):
    m_n = float(constant("m_n")) / 1e3
    return made.number((distance, unit), digits=8) / (float(constant("G_N")) * m_n**2 / to_natural(distance, unit))


@pytest.mark.parametrize(
    ("options", "distance", "ratio"),
    [
        ({}, 0.1, "-1.0437e-24"),
        ({}, 1, "-5.878e-26"),
        ({}, 10, "-7.02e-30"),
        ({"mass": (0.1, "eV")}, 0.1, "-1.479e-22"),
        ({"mass": (0.1, "eV")}, 1, "-6.64e-24"),
        ({"mass": (0.1, "eV"), "neutrino": "left-helical"}, 0.1, "-7.45e-23"),
        ({"mass": (0.1, "eV"), "neutrino": "left-helical"}, 1, "-3.35e-24"),
        ({"mass": (0.05, "eV"), "neutrino": "left-helical"}, 0.1, "-3.75e-23"),
        ({"mass": (0.1, "eV"), "neutrino": "majorana"}, 0.1, "-6.98e-27"),
    ],
)
def test_the_cosmic_background(options, distance, ratio):
    """V/V_gravity of two neutrons, one flavour."""
    found = over_gravity(background(COSMIC, charges=NEUTRONS, **options), distance, "mm")
    assert abs(found / mp.mpf(ratio) - 1) < 2e-3


@pytest.mark.parametrize(
    ("flux", "energy", "ratio"),
    [(4.361e13, 2, 4.086e-14), (4.361e9, 2, 4.09e-18), (5.98e10, 0.267, 7.480e-18), (2.01e10, 13, 1.222e-16)],
    ids=["reactor at 10 m", "at 1 km", "solar pp", "supernova"],
)
def test_fluxes_along_their_direction(flux, energy, ratio):
    """The table of fluxes, alpha = 0 (same section); the retarded response downstream gives twice as much."""
    beam = Beam(spectra.Line(energy * 1e-3), flux=(flux, "cm^-2 s^-1"))
    found = over_gravity(background(beam, charges=NEUTRONS, angle=0), 0.3, "m")
    assert abs(found / -ratio - 1) < 3e-3
    assert abs(over_gravity(background(beam, charges=NEUTRONS, angle=0, response="retarded"), 0.3, "m") / found - 2) < 1e-6


def test_centimetre_bodies_lose_the_enhancement():
    """Suppression 8.8e-20 of a reactor's 2 MeV over 0.3 m by 1 cm."""
    beam = Beam(spectra.Line(2e-3), flux=(4.361e13, "cm^-2 s^-1"))
    point = over_gravity(background(beam, charges=NEUTRONS, angle=0), 0.3, "m")
    smeared = over_gravity(background(beam, charges=NEUTRONS, transverse=(1, "cm")), 0.3, "m")
    assert abs(smeared / point / mp.mpf("8.8e-20") - 1) < 0.01


def test_pauli_screens_what_boltzmann_turns_round():
    total = background(FermiDirac(1), charges=[(1, 1)]).potential(vacuum=True)
    boltzmann = background(MaxwellBoltzmann(1, 2), charges=[(1, 1)]).potential(vacuum=True)
    for distance in (1, 3, 9):
        at = {r: distance, symbols("G_F")[0]: 1}
        assert total.subs(at).evalf() > 0
    assert boltzmann.subs(at).evalf() < 0


def test_occupations_enter_linearly_and_flavours_add():
    two = background(MaxwellBoltzmann(1), charges=[(1, 2), (3, 4)]).number(2, G_F=1)
    one = background(MaxwellBoltzmann(1, sp.S.Half), charges=[(1, 1)]).number(2, G_F=1)
    assert mp.almosteq(two / one, 28, 1e-18)


def test_fast_function_agrees_with_the_number():
    made = background(Beam(spectra.Gaussian(5, sp.S.Half), density=1), angle=sp.Rational(1, 3), charges=[(1, 1)])
    fast = made.function("r", "G_F")(np.array([1.0, 2.0]), 1.0)
    assert fast == pytest.approx([float(made.number(x, G_F=1)) for x in (1, 2)], rel=1e-12, abs=0)


def test_number_does_not_depend_on_the_unit_of_energy():
    """Quadrature stops at an absolute error, so that a tiny integrand must be scaled first."""
    large = background(Relic(3), mass=2, neutrino="left-helical", charges=[(1, 1)]).number(sp.S.Half, G_F=1, digits=10)
    scale = sp.Rational(1, 10**12)
    small = background(Relic(3 * scale), mass=2 * scale, neutrino="left-helical", charges=[(1, 1)])
    assert abs(small.number(sp.S.Half / scale, G_F=1, digits=10) / (large * mp.mpf(10) ** -60) - 1) < 1e-9


def test_direction_and_separation_make_an_angle():
    beam = Beam(spectra.Line(2), density=1)
    third = sp.Rational(1, 3)
    vectors = background(beam, direction=(2 * third, 2 * third, third), separation=(0, 0, 1), charges=[(1, 1)])
    angle = background(beam, angle=sp.acos(third), charges=[(1, 1)])
    assert mp.almosteq(vectors.number(3, G_F=1), angle.number(3, G_F=1), 1e-18)
    degrees = background(beam, angle=(60, "deg"), charges=[(1, 1)])
    assert mp.almosteq(degrees.number(3, G_F=1), background(beam, angle=sp.pi / 3, charges=[(1, 1)]).number(3, G_F=1), 1e-18)


BEAM = Beam(spectra.Line(2), density=1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MaxwellBoltzmann(1, 3), "Pauli"),
        (lambda: PinchedGas(2, 1, 9), "Pauli"),
        (lambda: PinchedGas(-1, 1), "overfilled"),
        (lambda: MaxwellBoltzmann(-1), "temperature T = -1 must be positive"),
        (lambda: FermiDirac((-3, "K")), "temperature T = -3 K must be positive"),
        (lambda: FermiDirac((3, "m")), r"carries energy\^-1"),
        (lambda: Degenerate(0), "Fermi momentum"),
        (lambda: Beam(spectra.Line(1)), "either its density= or its flux="),
        (lambda: Beam(spectra.Line(1), density=(1e13, "cm^-2 s^-1")), "is a flux and no density"),
        (lambda: Beam(spectra.Line(1), flux=(1e13, "cm^-3")), "a density goes in density="),
        (lambda: Beam(spectra.Line(1), flux=1e13), "pair with its unit"),
        (lambda: Beam(spectra.Line(-1), density=1), "energy E = -1"),
        (lambda: spectra.Gaussian(1, 1), "would reach E < 0"),
        (lambda: spectra.Box(3, 1), "is empty"),
        (lambda: spectra.Pinched(-2, 1), "no norm"),
        (lambda: background(BEAM, angle=25), "if degrees are meant, give"),
        (lambda: background(BEAM, angle=(25, "grad")), "must be a number of radians, or a pair"),
        (lambda: background(BEAM, direction=(1, 1, 0), separation=(0, 0, 1)), "no unit vector: its length is 1.41421"),
        (lambda: background(BEAM, direction=(1, 0), separation=(0, 0, 1)), "three components"),
        (lambda: background(BEAM, direction=(1, 0, 0)), "direction with separation"),
        (lambda: background(BEAM, angle=0, transverse=1), "give one of"),
        (lambda: background(BEAM, response="advanced"), "symmetric, retarded"),
        (lambda: background(BEAM, neutrino="weyl"), "must be one of dirac, majorana"),
        (lambda: background(MaxwellBoltzmann(1), angle=0), "has no direction"),
        (lambda: background("gas"), "is no distribution"),
        (lambda: background(MaxwellBoltzmann("2 K")), "no SymPy expression"),
        (lambda: background(MaxwellBoltzmann(1), neutrino="right-helical").potential(), "does not couple"),
        (lambda: background(MaxwellBoltzmann(T)).number(1), "needs values for"),
        (lambda: background(MaxwellBoltzmann(T)).number(1, temperature=2), "no symbol 'temperature'"),
        (lambda: background(MaxwellBoltzmann(T)).number(-1), "distance = -1 must be positive"),
        (lambda: background(MaxwellBoltzmann(T)).number(1, T_nu=-1, g_V1=1, g_V2=1), "T_nu = -1 must be positive"),
        (lambda: background(MaxwellBoltzmann(T)).number(1, T_nu=1, g_V1=float("nan"), g_V2=1), "must be finite"),
        (lambda: background(MaxwellBoltzmann(T)).number(1, T_nu=1, g_V1=1, g_V2=1, digits=10**6), "between 1 and 250"),
        (lambda: background(BEAM, charges=5), "must be pairs"),
        (lambda: background(MaxwellBoltzmann(T)).function("r"), "also depends on"),
        (lambda: background(BEAM, mass=3, angle=0).potential(), "not above the mass"),
        (lambda: background(BEAM, spread=0.1), "Cone or a VonMisesFisher"),
        (lambda: background(BEAM, charges=[1, 2]), "must be pairs"),
        (lambda: background(BEAM, charges=[]), "must be pairs"),
        (lambda: background(BEAM, mass=-1), "the mass = -1 must be positive"),
        (lambda: Beam(2, density=1), "is no spectrum"),
        (lambda: FermiDirac(("2", "K")), "a pair such as"),
        (lambda: FermiDirac(float("nan")), "must be positive and finite"),
        (lambda: FermiDirac(True), "no SymPy expression"),
        (lambda: Cone(7), "if degrees are meant"),
        (lambda: VonMisesFisher(-1), "kappa"),
    ],
)
def test_bad_input_is_refused_in_words(make, words):
    with pytest.raises(InputError, match=words):
        make()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: background(Relic(T), mass=m_nu).potential(), "use number"),
        (lambda: background(Degenerate(1), mass=m_nu).potential(), "use number"),
        (lambda: background(MaxwellBoltzmann(T), mass=m_nu).near(), "near limit"),
        (lambda: background(Degenerate(T)).far(), "smooth at k = 0"),
        (lambda: background(FermiDirac(T), mass=m_nu).function("r"), "infinite sum"),
        (lambda: background(BEAM, mass=1, transverse=1), "massless"),
        (lambda: background(Beam(spectra.Box(1, 2), density=1), spread=Cone(1)).potential(), "no closed form here"),
    ],
)
def test_what_has_no_rule_is_refused(make, words):
    with pytest.raises(NotDerivable, match=words):
        make()


def test_a_massive_flux_is_denser_than_it_would_be_at_the_speed_of_light():
    flux = Beam(spectra.Line(5), flux=(1, "cm^-2 s^-1"))
    by_density = Beam(spectra.Line(5), density=flux.density * sp.Rational(5, 4))
    one, two = (background(b, mass=3, angle=0, charges=[(1, 1)]).number(2, G_F=1) for b in (flux, by_density))
    assert abs(one / two - 1) < mp.mpf("1e-18")


def test_numbers_without_closed_form_are_those_of_a_neighbouring_one():
    """A degenerate gas of tiny mass, and a pinched one, against the massless closed forms."""
    for made in (Degenerate(2), PinchedGas(2, 1)):
        light = background(made, mass=sp.Rational(1, 10**9), charges=[(1, 1)]).number(sp.S.Half, G_F=1, digits=10)
        assert mp.almosteq(light, background(made, charges=[(1, 1)]).number(sp.S.Half, G_F=1), 1e-9)


def test_upstream_the_retarded_force_has_no_long_range_part():
    beam = Beam(spectra.Line(1), density=1)
    up = background(beam, angle=sp.pi, response="retarded", charges=[(1, 1)]).number(10**4, G_F=1)
    down = background(beam, angle=0, response="retarded", charges=[(1, 1)]).number(10**4, G_F=1)
    assert abs(up / down) < 1e-4


def _bosonic_poles():
    return tuple(propagator.OccupiedPole(p.sign, -p.weight) for p in _POLES)


_POLES = propagator.occupied_poles()


def test_a_boson_sign_in_the_state_is_noticed(monkeypatch):
    monkeypatch.setattr(background_force, "packet_expectation", lambda _: occupation.packet_expectation(occupation.BOSONS))
    with pytest.raises(CheckFailed, match="expectation"):
        background_force.d.derive(upto="expectation")


def test_the_talks_missing_minus_sign_is_noticed(monkeypatch):
    monkeypatch.setattr(background_force, "occupied_poles", lambda _: _bosonic_poles())
    with pytest.raises(CheckFailed, match="poles"):
        background_force.d.derive(upto="poles")


def test_a_wrong_gradient_is_noticed(monkeypatch):
    split = response.split_numerator
    monkeypatch.setattr(response, "split_numerator", lambda *a: (split(*a)[0], -split(*a)[1]))
    neutrino.momentum_force.cache_clear()
    with pytest.raises(CheckFailed, match="potential"):
        directional_background.d.derive(upto="potential")
    neutrino.momentum_force.cache_clear()


def test_an_incoming_wave_for_the_retarded_response_is_noticed(monkeypatch):
    retarded = directional_background.monochromatic("retarded")
    flipped = retarded.subs(symbols("c_alpha")[0], -symbols("c_alpha")[0])
    monkeypatch.setattr(directional_background, "monochromatic", lambda way: flipped if way == "retarded" else retarded)
    with pytest.raises(CheckFailed):
        directional_background.d.derive(upto="momentum_balance")


def test_a_wrong_transform_is_noticed(monkeypatch):
    rule = sine_transform.maxwell_boltzmann
    monkeypatch.setattr(isotropic_background.transform, "maxwell_boltzmann", lambda T, m: rule(2 * T, m))
    with pytest.raises(CheckFailed, match="maxwell_boltzmann"):
        isotropic_background.d.derive(upto="maxwell_boltzmann")


def test_explicit_packets_follow_pauli():
    assert fock_space.packet_in_fock_space([0.6, 0.8], 0, 1) == pytest.approx(-0.48)
    assert fock_space.packet_in_fock_space([0.6, 0.8], 1, 1) == pytest.approx(1 - 0.64)


def command(*arguments):
    """Run the verb through a parser made as the command's own."""
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers()

    def declare(name, run, text):
        sub = verbs.add_parser(name, help=text)
        sub.add_argument("--json", action="store_true")
        sub.set_defaults(run=run)
        return sub

    verb.add(declare)
    options = parser.parse_args(["background", *arguments])
    return options.run(options)


def test_the_verb_prints_formula_and_latex(capsys):
    assert command("boltzmann") == 0
    out = capsys.readouterr().out
    assert "-4*G_F**2*T_nu**4*g_V1*g_V2/(pi**3*r*(4*T_nu**2*r**2 + 1)**2)" in out
    assert r"\frac{4 G_F^{2} T^{4}" in out
    assert "near" in out
    assert "far" in out


def test_the_verb_gives_numbers(capsys):
    where = ("--charges", "-0.5", "-0.5", "--distance", "0.3 m")
    assert command("beam", "--energy", "2 MeV", "--flux", "4.361e13 cm^-2 s^-1", "--angle", "0 rad", *where, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["numbers"]
    # V/V_gravity = 4.086e-14 and V_gravity = G_N m_n^2/r of an independent calculation
    gravity = float(constant("G_N")) * (float(constant("m_n")) / 1e3) ** 2 / to_natural(0.3, "m") * 1e9
    assert float(row["eV"]) / gravity == pytest.approx(-4.086e-14, rel=1e-3, abs=0)


def test_the_verb_says_where_there_is_no_closed_form(capsys):
    with pytest.raises(NotDerivable):
        command("relic", "--mass", "0.1 eV")
    where = ("--charges", "-0.5", "-0.5", "--distance", "1 mm")
    assert command("relic", "--mass", "0.1 eV", "--neutrino", "left-helical", "--temperature", "1.945 K", *where) == 0
    assert "no closed form" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("boltzmann", "--distance", "1 m"), "--charges"),
        (("boltzmann", "--distance", "1 m", "--charges", "1", "1"), "--temperature"),
        (("beam", "--energy", "2 MeV", "--charges", "1", "1", "--distance", "1 m"), "--angle"),
        (("beam", "--energy", "2 MeV", "--angle", "1 rad", "--charges", "1", "1", "--distance", "1 m"), "--flux or --density"),
        (("boltzmann", "--temperature", "2K", "--charges", "1", "1", "--distance", "1 m"), "a blank between"),
        (("boltzmann", "--temperature", "2 K", "--charges", "0", "1", "--distance", "1 m"), "there is no force"),
        (("boltzmann", "--temperature", "2 K", "--charges", "nan", "1", "--distance", "1 m"), "no number"),
        (
            ("pinched", "--power", "nan", "--temperature", "2 K", "--charges", "1", "1", "--distance", "1 m"),
            "between 0 and 100",
        ),
        (
            ("pinched", "--power", "1e9", "--temperature", "2 K", "--charges", "1", "1", "--distance", "1 m"),
            "between 0 and 100",
        ),
    ],
)
def test_the_verb_refuses_in_words(arguments, words):
    with pytest.raises(InputError, match=words):
        command(*arguments)


def test_the_page():
    page = Path(nuforce_sym.medium.__file__).with_name("README.md")
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 15
    assert result.failed == 0
