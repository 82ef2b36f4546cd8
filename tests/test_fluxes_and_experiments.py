"""Real fluxes, materials and experiments give the numbers of the literature, and nonsense is refused in words."""

from __future__ import annotations

import csv
import json
import math

import mpmath as mp
import pytest

from nuforce_sym import cli
from nuforce_sym.errors import DimensionError, InputError, NotDerivable
from nuforce_sym.medium import figure, fluxes, source_spectra
from nuforce_sym.medium.compare import (
    G_F,
    G_N,
    Setup,
    beam_ratio,
    cosmic_ratio,
    crossing,
    default_setup,
    differential_row,
    eotvos,
    force_row,
    table,
    to_gravity,
    vacuum_ratio,
)
from nuforce_sym.medium.experiments import experiment, experiments
from nuforce_sym.medium.half_angle import angle, sin2_half
from nuforce_sym.medium.materials import bodies, body, charge_per_nucleon
from nuforce_sym.units import from_natural, to_natural
from nuforce_sym.verbs.medium import potentials_of

# Computed independently with s_W^2 = 0.2312 and 30 digits: distance in m, vacuum (three flavours), vacuum of unit
# charges, cosmic background, reactor with bodies 0.1 r wide, reactor with a core of 0.15 rad, angle of coherence.
TABLE = {
    "Washington2007": (6.4e6, 1.255324593109153e-64, 1.6737661241455376e-64, 4.184415310363844e-65, 9.71155166908007e-50,
                       1.9183311938923589e-50, 3.1122765787432474e-10),
    "Washington1999": (0.3, 2.6001051665067134e-35, 3.466806888675618e-35, 8.667017221689045e-36, 4.4198350707279955e-35,
                       8.730538411314559e-36, 1.437498976423985e-06),
    "Irvine1985a": (0.035, 1.4034720099094954e-31, 1.8712960132126606e-31, 4.6782400330316515e-32, 3.247225766249138e-33,
                    6.414273118516817e-34, 4.208566067866826e-06),
    "Irvine1985b": (0.55, 2.301575231058465e-36, 3.06876697474462e-36, 7.67191743686155e-37, 1.3149922524479986e-35,
                    2.5975155603911076e-36, 1.0616633537357579e-06),
    "Wuhan2012": (0.002, 1.3163032405440234e-26, 1.7550709873920311e-26, 4.375023657137365e-27, 9.944628909137988e-31,
                  1.9643711425457758e-31, 1.7605694990059346e-05),
    "Wuhan2020": (1e-4, 2.106085184870437e-21, 2.8081135798272493e-21, 1.0436611497482461e-24, 3.9778515636551577e-28,
                  7.857484570183089e-29, 7.873506157780035e-05),
    "Washington2020": (52e-6, 2.880464708308585e-20, 3.8406196110781124e-20, 1.0895979818886965e-24, 1.4710989510558626e-27,
                       2.9058744712215413e-28, 1.091858852675284e-4),
    "Levitated": (1e-6, 2.1060851848704378e-13, 2.8081135798272504e-13, 1.1073659868250828e-24, 3.977851563267972e-24,
                  7.857484570032015e-25, 7.873506157780036e-4),
}  # fmt: skip
BEAMS = {"reactor": 4.086350585515353e-14, "solar": 9.660399527716073e-18, "supernova": 1.221956928066894e-16}
SOLAR = {
    "solar_pp": 7.480311566523488e-18,
    "solar_Be7_862": 1.7865081029550052e-18,
    "solar_Be7_384": 9.142432664457397e-20,
    "solar_pep": 9.728256085612899e-20,
    "solar_B8": 1.722810399627503e-20,
    "solar_N13": 9.19510597458715e-20,
    "solar_O15": 9.56578116601384e-20,
    "solar_hep": 3.599533459250281e-23,
}
LITERATURE = 2e-5  # the constants' editions differ in the sixth digit


@pytest.fixture(scope="module")
def potentials():
    return potentials_of("symmetric")


@pytest.fixture(scope="module")
def retarded():
    return potentials_of("retarded")


def metres(value):
    return to_natural(value, "m")


def test_the_table_of_the_experiments(potentials):
    rows = {row.experiment: row for row in table(potentials, default_setup())}
    assert list(rows) == list(TABLE)
    for name, (distance, vacuum, unit, gas, bodies_wide, source_wide, coherence) in TABLE.items():
        row = rows[name]
        assert row.distance_m == pytest.approx(distance, rel=1e-12, abs=0)
        assert row.vacuum_3_flavours == pytest.approx(vacuum, rel=LITERATURE, abs=0)
        assert row.vacuum_unit_charge == pytest.approx(unit, rel=LITERATURE, abs=0)
        assert row.cosmic == pytest.approx(gas, rel=1e-3 if distance > 1e-3 else LITERATURE, abs=0)
        assert row.reactor_bodies_with_width == pytest.approx(bodies_wide, rel=1e-4, abs=0)
        assert row.reactor_source_with_width == pytest.approx(source_wide, rel=1e-4, abs=0)
        assert row.coherence_angle_rad == pytest.approx(coherence, rel=LITERATURE, abs=0)
        for source, ratio in BEAMS.items():
            assert getattr(row, source) == pytest.approx(ratio, rel=5e-5, abs=0)


def test_a_few_numbers_by_hand():
    # G_F^2 g^2 n E/(pi G_N m^2) with n = flux/c, in cgs and eV, all typed here: the reactor at 10 m.
    hbar_c, m_n = 1.973269804e-14, 0.93956542  # GeV cm, GeV
    flux = 3e9 / (205e6 * 1.602176634e-19) * 6 / (4 * math.pi * 1000.0**2)
    density = flux / 2.99792458e10 * hbar_c**3
    ratio = 1.1663787e-5**2 * 0.25 * density * 2e-3 / (math.pi * 6.70883e-39 * m_n**2)
    assert ratio == pytest.approx(4.086e-14, rel=2e-4, abs=0)
    assert fluxes.reactor().density == pytest.approx(density, rel=1e-9, abs=0)


@pytest.mark.parametrize("name", SOLAR)
def test_each_solar_line(name, potentials):
    ratio = beam_ratio(potentials, default_setup(), [fluxes.beam(name)], metres(0.3))
    assert ratio == pytest.approx(SOLAR[name], rel=5e-5, abs=0)


@pytest.mark.parametrize(
    ("distance", "ratio"),
    [("10 m", 4.086e-14), ("25 m", 6.54e-15), ("100 m", 4.09e-16), ("1 km", 4.09e-18), ("1000 m", 4.09e-18)],
)
def test_the_reactor_at_other_distances(distance, ratio, potentials):
    setup = default_setup(distance=distance)
    assert beam_ratio(potentials, setup, [setup.reactor], metres(0.1)) == pytest.approx(ratio, rel=1e-3, abs=0)


def test_the_solar_flux_is_some_percent_of_the_solar_constant():
    power = sum(b.strength for b in fluxes.solar())
    assert from_natural(power, "eV cm^-2 s^-1") == pytest.approx(2.06e16, rel=5e-3, abs=0)
    assert from_natural(power, "J m^-2 s^-1") / 1361 == pytest.approx(0.024, abs=0.001)


def test_supernova_and_cosmic_background():
    assert fluxes.supernova().flux == pytest.approx(2.006e10, rel=1e-3, abs=0)
    gas = fluxes.source("cosmic")
    T, n = gas["temperature"].natural, gas["density"].natural
    assert 3 * 1.2020569 * T**3 / (4 * math.pi**2) == pytest.approx(n, rel=0.01, abs=0)
    assert from_natural(1 / T, "mm") == pytest.approx(1.18, abs=0.005)


def test_the_cosmic_background_attracts_with_the_published_numbers(potentials):
    setup = default_setup()
    for distance, ratio in ((1e-4, 1.0437e-24), (1e-3, 5.878e-26), (1e-2, 7.02e-30)):
        assert cosmic_ratio(potentials, setup, metres(distance)) == pytest.approx(ratio, rel=1e-3, abs=0)
    assert potentials.cosmic(metres(1e-4), fluxes.source("cosmic")["temperature"].natural, G_F, 1.0, 1.0) < 0


def test_the_cosmic_potential_keeps_its_digits_where_its_closed_form_cancels(potentials):
    # F(y) = 7 y^4/360 - 31 y^6/7560 + 127 y^8/201600 - ... with V = -G_F^2 F/(4 pi^3 r^5), y = 2 pi r T.
    for y in (1e-6, 1e-3, 1e-2):
        r, T = 2.0, y / (4 * math.pi)
        F = 7 * y**4 / 360 - 31 * y**6 / 7560 + 127 * y**8 / 201600
        assert potentials.cosmic(r, T, 1.0, 1.0, 1.0) == pytest.approx(-F / (4 * math.pi**3 * r**5), rel=1e-13, abs=0)


def test_crossings_with_gravity_and_with_the_vacuum(potentials):
    unit, neutron = body("unit"), body("neutron")
    proton_mass = unit.__class__("p", "proton, unit charge", 0, 0, 0, body("proton").mass, unit=True)

    def one_flavour(r):
        return to_gravity(potentials.vacuum(r, G_F, 1.0, 1.0), proton_mass, proton_mass, r)

    assert from_natural(crossing(one_flavour, 1e5, 1e8), "nm") == pytest.approx(0.728, abs=1e-3)

    def three(r):
        return vacuum_ratio(potentials, neutron, neutron, r)

    assert from_natural(crossing(three, 1e5, 1e8), "nm") == pytest.approx(0.677, abs=1e-3)
    proton = body("proton")
    assert from_natural(crossing(lambda r: vacuum_ratio(potentials, proton, proton, r), 1e4, 1e8), "nm") == pytest.approx(
        0.186, abs=2e-3
    )
    setup = default_setup()
    for it, where in ((setup.reactor, 1.145e-6), (fluxes.beam("solar_pp"), 9.84e-6), (fluxes.supernova(), 4.90e-6)):

        def excess(r, it=it):
            return vacuum_ratio(potentials, neutron, neutron, r) / 3 / beam_ratio(potentials, setup, [it], r)

        assert from_natural(crossing(excess, metres(1e-9), metres(1.0)), "m") == pytest.approx(where, rel=2e-3, abs=0)
    with pytest.raises(InputError, match="does not cross"):
        crossing(three, 1e12, 1e14)


def test_the_retarded_response_is_twice_the_symmetric_one_downstream_and_falls_off_upstream(potentials, retarded):
    down = default_setup()
    up = Setup(down.first, down.second, down.reactor, alpha=math.pi)
    r = metres(0.01)
    assert beam_ratio(retarded, down, [down.reactor], r) == pytest.approx(2 * 4.086e-14, rel=2e-4, abs=0)
    assert beam_ratio(retarded, up, [down.reactor], r) < 1e-10 * 4.086e-14
    assert beam_ratio(potentials, up, [down.reactor], r) == pytest.approx(4.086e-14, rel=2e-4, abs=0)


def test_an_angle_of_a_few_microradians_keeps_its_digits_over_the_earths_radius(potentials):
    setup = default_setup()
    E, r, alpha = setup.reactor.energy, metres(6.4e6), 3e-6
    V = potentials.beam(r, E, sin2_half(alpha), setup.reactor.density, G_F, 1.0, 1.0)
    with mp.workdps(60):
        s = mp.mpf(sin2_half(alpha))
        x, c = mp.mpf(E) * mp.mpf(r), 1 - 2 * s
        B = mp.cos(x) * mp.cos(c * x) + c * mp.sin(c * x) * (mp.sin(x) + mp.cos(x) / x)
        exact = -(mp.mpf(G_F) ** 2) * setup.reactor.density * E / (mp.pi * r) * B
        assert abs(V / exact - 1) < 1e-14


def test_neutral_atoms_have_the_charges_of_their_isotopes():
    per_nucleon = {"Be": 0.1664, "Ti": 0.1891, "Cu": 0.184, "Pb": 0.094, "W": 0.104, "Si": 0.247, "Fe": 0.198}
    for name, value in per_nucleon.items():
        assert charge_per_nucleon(body(name), "nu_e") == pytest.approx(value, abs=6e-4)
        assert -0.31 < charge_per_nucleon(body(name), "nu_mu") < -0.24
    assert body("Al").charge("nu_e") == 13 - 14 / 2
    assert body("Cu").charge("nu_mu") == pytest.approx(-(0.6915 * 34 + 0.3085 * 36) / 2)
    assert body("proton").charge("nu_e", 0.2312) == pytest.approx(0.5 - 2 * 0.2312)
    assert body("electron").charge("nu_e", 0.2312) == pytest.approx(0.5 + 2 * 0.2312)
    assert body("electron").charge("nu_tau", 0.2312) == pytest.approx(-0.5 + 2 * 0.2312)
    assert body("neutron").charge("nu_e") == -0.5
    for it in bodies().values():
        assert it.mass > 0


def test_the_equivalence_principle_is_violated_in_proportion_to_the_difference_of_charges(potentials):
    it = fluxes.reactor()
    eta = eotvos(potentials, it, metres(0.3), (body("Be"), body("Ti")), body("Pb"))
    by_hand = G_F**2 * it.strength / (math.pi * G_N) * body("Pb").charge_per_mass("nu_e")
    by_hand *= body("Be").charge_per_mass("nu_e") - body("Ti").charge_per_mass("nu_e")
    assert eta == pytest.approx(by_hand, rel=1e-9, abs=0)
    assert eta < 0
    assert eotvos(potentials, it, metres(0.3), (body("Be"), body("Be")), body("Pb")) == 0


def test_forces_against_gravity(potentials):
    setup = default_setup()
    for it in experiments().values():
        row = force_row(potentials, setup, it)
        # F = 5 V/r in vacuum; along a beam between 0 and 2 V/r.
        assert row.vacuum_3_flavours == pytest.approx(5 * TABLE[it.name][1], rel=LITERATURE, abs=0)
        assert row.reactor_largest == pytest.approx(2 * BEAMS["reactor"], rel=5e-5, abs=0)
        with mp.workdps(50):
            x = mp.mpf(setup.reactor.energy) * mp.mpf(it.distance)
            leading = float((1 - mp.cos(2 * x) + mp.sin(2 * x) / x) / 2)
        assert row.reactor == pytest.approx(row.reactor_largest * leading, rel=1e-9, abs=1e-13 * row.reactor_largest)


def test_the_spectra_have_the_tabulated_mean_energies():
    for name in ("solar_pp", "solar_N13", "solar_O15", "solar_hep"):
        it = fluxes.source(name)
        # Without the Coulomb correction of positron emission the means are off by a percent.
        assert source_spectra.mean(it) == pytest.approx(it["energy"].natural, rel=0.015, abs=0)
        assert source_spectra.mean(it, -1) * source_spectra.mean(it) > 1
        assert source_spectra.mean(it, 0) == pytest.approx(1, rel=1e-9, abs=0)
    nova = fluxes.source("supernova")
    assert source_spectra.mean(nova) == pytest.approx(0.013, rel=1e-12, abs=0)
    assert source_spectra.mean(nova, -1) == pytest.approx(3 / 2 / 0.013, rel=1e-12, abs=0)
    with mp.workdps(20):
        N = source_spectra.density(nova)
        assert mp.quad(lambda E: N(float(E)), [0, 0.01, 0.02, 0.04, 0.08, 0.2, 0.5]) == pytest.approx(1, rel=1e-9, abs=0)
    assert source_spectra.mean(fluxes.source("solar_pep"), -1) == pytest.approx(1 / 1.442e-3)
    with pytest.raises(NotDerivable, match="does not follow"):
        source_spectra.mean(fluxes.source("reactor"), 2)
    with pytest.raises(NotDerivable, match="no density"):
        source_spectra.density(fluxes.source("solar_pep"))


def test_every_datum_names_its_source():
    for it in fluxes.sources().values():
        for datum in it.data.values():
            assert datum.source
            assert datum.natural > 0
            assert datum.uncertainty == "" or float(datum.uncertainty) >= 0
    for trial in experiments().values():
        assert trial.source.startswith("Tangarife")
        assert trial.kind in ("WEP", "ISL")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fluxes.reactor(distance="-3 m"), "must be positive"),
        (lambda: fluxes.reactor(distance="nan m"), "must be positive"),
        (lambda: fluxes.reactor(distance="3"), "lacks its unit"),
        (lambda: fluxes.reactor(distance="three m"), "must be a number"),
        (lambda: fluxes.reactor(distance="3 s"), "a time, but a length"),
        (lambda: fluxes.reactor(distance="3 parsec"), "is no unit"),
        (lambda: fluxes.reactor(power="3 GeV"), "an energy, but a power"),
        (lambda: fluxes.reactor(distanc="3 m"), "did you mean 'distance'"),
        (lambda: fluxes.beam("solar_pp", flux="5e10 cm^-3"), "a number density, but a flux"),
        (lambda: fluxes.beam("solar_p"), "did you mean 'solar_pp'"),
        (lambda: fluxes.beam("cosmic"), "is no beam"),
        (lambda: fluxes.Beam("b", "b", -1.0, 1.0), "density of the beam"),
        (lambda: body("Copper"), "no body"),
        (lambda: body("Cu").charge("nu_x"), "no flavour"),
        (lambda: experiment("Wuhan2021"), "did you mean"),
        (
            lambda: differential_row(None, default_setup(), experiment("Wuhan2020"), (body("Be"), body("Ti")), body("Pb")),
            "no two bodies",
        ),
        (lambda: sin2_half(45.0), "'45 deg'"),
        (lambda: sin2_half(-0.1), "between 0 and pi"),
        (lambda: sin2_half(math.nan), "between 0 and pi"),
        (lambda: angle("5"), "number and a unit"),
        (lambda: angle("200 deg"), "between 0 and pi"),
        (lambda: Setup(body("neutron"), body("neutron"), fluxes.reactor(), relative_size=-1.0), "size must be"),
    ],
)
def test_bad_input_is_refused_in_words(call, message):
    with pytest.raises((InputError, DimensionError), match=message):
        call()


def test_units_of_angles():
    assert angle("3 deg") == pytest.approx(math.radians(3))
    assert angle("2 urad") == pytest.approx(2e-6)
    assert sin2_half(1e-12) == pytest.approx(2.5e-25, rel=1e-15, abs=0)


def test_the_verb_prints_the_table_and_writes_csv(capsys, tmp_path):
    target = tmp_path / "table.csv"
    assert cli.main(["compare-experiments", "--csv", str(target)]) == 0
    out = capsys.readouterr().out
    assert "Washington2007" in out
    assert "4.086e-14" in out
    with target.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["experiment"] for row in rows] == list(TABLE)
    assert float(rows[5]["cosmic"]) == pytest.approx(1.0437e-24, rel=1e-4, abs=0)
    assert cli.main(["compare-experiments", "--force"]) == 0
    assert "8.173e-14" in capsys.readouterr().out
    assert cli.main(["compare-experiments", "--test-bodies", "Be,Ti", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["experiment"] for row in rows] == ["Washington2007", "Washington1999"]
    assert rows[1]["reactor"] == pytest.approx(-3.49e-16, rel=2e-3, abs=0)
    assert cli.main(["compare-experiments", "--json", "--bodies", "Cu,Pb", "--reactor-distance", "25 m"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["setup"]["bodies"] == ["Cu", "Pb"]
    assert data["setup"]["reactor_flux_per_cm2_s"] == pytest.approx(6.978e12, rel=1e-3, abs=0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--angle", "5"], "number and a unit"),
        (["--bodies", "Cu"], "two bodies"),
        (["--test-bodies", "Be"], "two bodies"),
        (["--test-bodies", "Be,Ti", "--force"], "one of them"),
        (["--force", "--angle", "1 deg"], "along the flux"),
        (["--reactor-distance", "-1 m"], "positive"),
        (["--figure", "x.bmp"], "must end in"),
        (["--csv", "no/such/folder/x.csv"], "folder that exists"),
        (["--csv", "tests"], "must be a file"),
    ],
)
def test_the_verb_refuses_bad_requests_with_code_2(arguments, message, capsys):
    assert cli.main(["compare-experiments", *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".html"])
def test_figures_of_all_kinds(suffix, potentials, tmp_path):
    pytest.importorskip("spb")
    target = figure.draw(potentials, default_setup(), tmp_path / f"figure{suffix}", count=12)
    content = target.read_bytes()
    head = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF", ".html": b"<html"}[suffix]
    assert head in content[:200]
    if suffix == ".html":
        text = content.decode()
        assert "distance r" in text
        assert "Washington2007" in text


def test_curves_are_the_table(potentials):
    x, found = figure.curves(potentials, default_setup(), count=5)
    assert x[0] == pytest.approx(1e-6)
    assert x[-1] == pytest.approx(6.4e6)
    assert found["reactor"] == pytest.approx([4.086e-14] * 5, rel=1e-3, abs=0)
    assert found["vacuum, three flavours"][0] == pytest.approx(2.106e-13, rel=1e-3, abs=0)
