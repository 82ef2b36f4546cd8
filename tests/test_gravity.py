"""Gravity against the neutrino force. Numbers: CODATA 2022 constants, unit-charge values by hand, and bisection with mpmath."""

from __future__ import annotations

import json

import mpmath as mp
import pytest
import sympy as sp
from nuforce_sym.derivations import (
    gravity_and_range,
    two_neutrino,
    two_neutrino_dirac,
    two_neutrino_majorana,
    two_neutrino_unequal,
)

from nuforce_sym.amplitude.flavour import angle, pmns
from nuforce_sym.cli import main
from nuforce_sym.earlier import result_of
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.potential.bodies import Body, MixedPairs, atom, between, exact, particle
from nuforce_sym.potential.gravity import (
    equal_distance,
    equals_gravity,
    gravitational_potential,
    interaction_range,
    range_of_pair,
)
from nuforce_sym.symbols import symbols

r, G_F, G_N, g_V1, g_V2, m_phi, m_1, m_2, Q_12 = symbols("r G_F G_N g_V1 g_V2 m_phi m_1 m_2 Q_12")
AT_M_Z, ON_SHELL = "sin2_theta_W(MSbar, m_Z)", "sin2_theta_W(on-shell)"
one = sp.Integer(1)
NM = mp.mpf(1) / mp.mpf("0.1973269804593025")  # GeV^-1 in 1 nm is 10^6/0.1973...


@pytest.fixture(scope="module")
def pairs():
    modules = {"massless": two_neutrino, "dirac": two_neutrino_dirac, "majorana": two_neutrino_majorana}
    return {name: result_of(module.d, "potential") for name, module in modules.items()}


def unit(potential):
    return potential.subs({g_V1: 1, g_V2: 1})


@pytest.mark.parametrize(("compare", "nanometres"), [("potential", "0.728"), ("force", "1.089")])
def test_two_protons_of_unit_charge_feel_gravity_more_beyond_a_nanometre(pairs, compare, nanometres):
    m_p = particle("p", sin2_theta_W=AT_M_Z).mass
    found = equals_gravity(unit(pairs["massless"]), m_p, m_p, compare=compare)
    assert abs(found - mp.mpf(nanometres)) < 1e-3
    by_hand = (1.1663787e-5**2 / (4 * mp.pi**3 * 6.70883e-39 * 0.93827208943**2)) ** 0.25 / (1e6 * NM)
    assert abs(found / by_hand / (5**0.25 if compare == "force" else 1) - 1) < 1e-9


@pytest.mark.parametrize(
    ("name", "scheme", "potentials", "forces"),
    [("p", AT_M_Z, 0.186, 0.278), ("p", ON_SHELL, 0.223, 0.333), ("n", AT_M_Z, 0.678, 1.014)],
)
def test_two_real_nucleons(pairs, name, scheme, potentials, forces):
    body = particle(name, sin2_theta_W=scheme)
    V = between(body, body, pairs["massless"])
    for compare, want in (("potential", potentials), ("force", forces)):
        assert equals_gravity(V, body.mass, body.mass, compare=compare) == pytest.approx(want, abs=1.1e-3)


def test_at_one_nanometre_the_unit_force_is_the_stronger_and_the_unit_potential_the_weaker(pairs):
    """Ratios 0.2816 and 1.408 of two protons; V = 3.28e-37 eV."""
    m_p = particle("p", sin2_theta_W=AT_M_Z).mass
    values = {G_F: sp.Rational("1.1663787e-5"), G_N: sp.Rational("6.70883e-39"), r: sp.Float("5067730.7162", 20)}
    V = unit(pairs["massless"])
    ratio = V / (G_N * m_p**2 / r)
    assert float(ratio.subs(values)) == pytest.approx(0.2816, abs=1e-4)
    assert float((sp.diff(V, r) / sp.diff(G_N * m_p**2 / r, r)).subs(values)) == pytest.approx(1.408, abs=1e-3)
    assert float(V.subs(values)) * 1e9 == pytest.approx(3.28e-37, rel=2e-3, abs=0)


@pytest.mark.parametrize("kind", ["dirac", "majorana"])
def test_massive_neutrinos_by_bisection(pairs, kind):
    """Protons and neutrinos of 1 keV: K_3 and K_2 forms typed here, bisected in 30 digits."""
    body, m = particle("p", sin2_theta_W=sp.Rational(23122, 100000)), mp.mpf("1e-6")
    charge = 3 * (mp.mpf(1) / 2 - 2 * mp.mpf("0.23122")) ** 2 * mp.mpf("1.1663787e-5") ** 2
    weight = mp.mpf("6.70883e-39") * mp.mpf("0.93827208943") ** 2

    def excess(x):
        if kind == "dirac":
            V = m**3 * mp.besselk(3, 2 * m * x) / (4 * mp.pi**3 * x**2)
        else:
            V = m**2 * mp.besselk(2, 2 * m * x) / (2 * mp.pi**3 * x**3)
        return charge * V - weight / x

    with mp.workdps(30):
        low, high = mp.mpf(10), mp.mpf(10) ** 8
        for _ in range(110):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        want = low / mp.mpf("5067730.7161563947")
    V = between(body, body, pairs[kind], ("1000", "1000", "1000"))
    found = equals_gravity(V, body.mass, body.mass)
    assert abs(found / want - 1) < 1e-12
    assert found < 0.18 < equals_gravity(between(body, body, pairs["massless"]), body.mass, body.mass)
    assert equals_gravity(V, body.mass, body.mass, compare="force") > found


def test_a_small_mass_shifts_the_distance_as_the_expansion_says(pairs):
    """V_D = (1/4 pi^3 r^5)(1 - (mr)^2/2 + ...): r_= falls by the fraction (mr)^2/8."""
    body = particle("n", sin2_theta_W=AT_M_Z)
    massless = equals_gravity(between(body, body, pairs["massless"]), body.mass, body.mass)
    found = equals_gravity(between(body, body, pairs["dirac"], (1, 1, 1)), body.mass, body.mass)
    m_r = mp.mpf(1) * massless / mp.mpf("197.3269804593025")
    assert abs((1 - found / massless) / (m_r**2 / 8) - 1) < 1e-3


def test_an_atom_is_the_sum_of_its_parts(pairs):
    """Z (1/2 - 2s^2) - N/2 and Z times the electron's charges: by hand for caesium-133."""
    s2 = sp.Rational(23122, 100000)
    caesium = atom(55, 133, mass="123.8", sin2_theta_W=s2)
    blind = 55 * (sp.Rational(1, 2) - 2 * s2) - sp.Rational(78, 2)
    electrons = 55 * (-sp.Rational(1, 2) + 2 * s2)
    assert caesium.a == sp.diag(blind + electrons + 55, blind + electrons, blind + electrons)
    assert blind + electrons == -39
    hydrogen = atom(1, 1, mass="938.783", unit="MeV", sin2_theta_W=s2)
    assert hydrogen.a == sp.diag(1, 0, 0)
    found = equals_gravity(between(hydrogen, hydrogen, pairs["massless"]), hydrogen.mass, hydrogen.mass)
    assert abs(found / mp.mpf("0.7283") - 1) < 1e-3  # one neutrino of unit charge


def test_massive_neutrinos_between_an_electron_and_a_proton_need_the_mixing(pairs):
    U = pmns(theta_12=angle(exact("0.307")), theta_13=angle(exact("0.022")), theta_23=0, delta_CP=0, alpha_21=0, alpha_31=0)
    electron, proton = (particle(name, sin2_theta_W=AT_M_Z, U=U) for name in ("e", "p"))
    tiny = between(electron, proton, pairs["dirac"], ("1e-6", "1e-6", "1e-6"))
    massless = between(electron, proton, pairs["massless"])
    one_way, other = (equals_gravity(V, electron.mass, proton.mass) for V in (tiny, massless))
    assert abs(one_way / other - 1) < 1e-12
    unmixed = particle("e", sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="massive neutrinos need the mixing matrix U"):
        between(unmixed, proton, pairs["dirac"], (0, "0.0086", "0.05"))
    with pytest.raises(NotDerivable, match="neutrinos 1 and 2 meet in the loop between e and e"):
        between(electron, electron, pairs["dirac"], (0, "0.0086", "0.05"))


@pytest.mark.parametrize("kind", ["dirac", "majorana"])
def test_two_electrons_and_three_masses_by_the_spectral_integral(pairs, kind):
    """V_ij = G_F^2/(16 pi^3 r) int dt lambda^{1/2} A_0 exp(-sqrt(t) r)/t with A_0 = (2t^2 - t Sigma - Delta^2)/(6t).

    Majorana neutrinos: A_0 -> -m_i m_j with the weight Re a_ij a_ij. The charges are g_V delta_ij + U*_ei U_ej in numbers.
    """
    masses, s2 = (mp.mpf("0.01"), mp.mpf("0.0132"), mp.mpf("0.051")), mp.mpf("0.23122")
    angles = {"theta_12": angle(exact("0.307")), "theta_13": angle(exact("0.022")), "theta_23": angle(exact("0.57"))}
    phases = {"delta_CP": sp.Rational(6, 5), "alpha_21": sp.Rational(1, 3), "alpha_31": sp.Integer(2)}
    electron = particle("e", sin2_theta_W=exact("0.23122"), U=pmns(**angles, **phases))
    added = kind == "majorana"
    steps = ("potential", "one_massless", "majorana_addition") if added else ("potential", "one_massless")
    mixed = MixedPairs(*(result_of(two_neutrino_unequal.d, step) for step in steps))
    V = between(electron, electron, pairs[kind], [str(m) for m in masses], mixed=mixed)
    with mp.workdps(25):
        c12, s12, c13, s13 = (mp.sqrt(mp.mpf(x)) for x in ("0.693", "0.307", "0.978", "0.022"))
        U = (c12 * c13, s12 * c13 * mp.expj(mp.mpf(1) / 6), s13 * mp.expj(1 - mp.mpf(6) / 5))
        distance = mp.mpf(3) / mp.mpf("0.05")  # eV^-1
        want = mp.mpf(0)
        for i in range(3):
            for j in range(3):
                a = mp.conj(U[i]) * U[j] + (2 * s2 - mp.mpf(1) / 2 if i == j else 0)
                total, difference = masses[i] ** 2 + masses[j] ** 2, masses[i] ** 2 - masses[j] ** 2

                def integrand(s, i=i, j=j, a=a, total=total, difference=difference):
                    t = s**2
                    root = mp.sqrt(abs((t - (masses[i] + masses[j]) ** 2) * (t - (masses[i] - masses[j]) ** 2)))
                    weight = abs(a) ** 2 * (2 * t**2 - t * total - difference**2) / (6 * t)
                    weight -= masses[i] * masses[j] * mp.re(a * a) if added else 0
                    return 2 * s * root * weight / t * mp.exp(-s * distance)

                start = masses[i] + masses[j]
                want += mp.quad(integrand, [start, start + mp.mpf("0.05"), start + mp.mpf("0.3"), start + 2])
        # eV to GeV: V carries G_F^2 times the fifth power of energy
        want *= mp.mpf("1.1663787e-5") ** 2 / (16 * mp.pi**3 * distance) * mp.mpf(10) ** -45
        have = mp.mpmathify(V.subs(r, sp.Rational(60) * 10**9).evalf(20))
    assert abs(have / want - 1) < 1e-10


def test_the_range_follows_from_the_branch_point():
    """hbar c = 0.1973269804 um eV: 1.97 um at 0.05 eV, 11.5 um at 8.6 meV."""
    assert range_of_pair(0.05, 0.05) == pytest.approx(1.973269804593, rel=1e-10, abs=0)
    assert range_of_pair(0.0086, 0.0086) == pytest.approx(11.5, abs=0.05)
    assert range_of_pair(0, 0) == float("inf")
    assert interaction_range(sp.Integer(0)) == sp.oo
    assert interaction_range((m_1 + m_2) ** 2) == 1 / (m_1 + m_2)


def test_the_closed_form_for_any_power():
    """V = c/r^3: r^2 = c/(G m m), or 3c/(G m m) for forces; the strength's sign does not matter."""
    G = G_N * m_1 * m_2
    assert sp.simplify(equal_distance(-1 / r**3, m_1, m_2) ** 2 * G) == 1
    assert sp.simplify(equal_distance(1 / r**3, m_1, m_2, compare="force") ** 2 * G) == 3
    with pytest.raises(NotDerivable, match="no power of r that falls faster than 1/r"):
        equal_distance(1 / r, m_1, m_2)


def test_the_derivation_passes_its_checks_and_a_wrong_result_does_not():
    results = gravity_and_range.d.derive()
    assert results["ratio_of_distances"].value == sp.root(5, 4)
    for name, needs in (
        ("equal_potentials", ("gravity", "pair_potential")),
        ("equal_forces", ()),
        ("equal_mass_range", ("pair_range",)),
    ):
        wrong, earlier = 2 * results[name].value, {n: results[n].value for n in needs}
        checks = [c for c in results[name].step.checks if c.kind != "dimension"]
        assert checks
        for each in checks:
            with pytest.raises(CheckFailed):
                each.run(wrong, earlier)


def test_the_verb(capsys):
    assert main(["gravity", "p", "p", "--sin2", "MSbar, m_Z", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["distance"] == pytest.approx(0.1858, abs=1e-4)
    assert data["range"] is None
    arguments = ["--masses", "0.01", "0.0132", "0.051", "--mixing", "0.307", "0.022", "0.57", "--compare", "force"]
    assert main(["gravity", "e", "p", "--sin2", "on-shell", *arguments]) == 0
    assert "its range is 9866.35 nm" in capsys.readouterr().out
    for wrong, why in (
        (["e", "x", "--sin2", "on-shell"], "no body 'x'"),
        (["e", "p", "--sin2", "MS"], "no scheme 'MS' of sin^2 theta_W: use 'MSbar, 0'"),
        (["e", "atom:55:x:1", "--sin2", "0.23"], "write atom:Z:A:MASS"),
        (["p", "p", "--sin2", "0.23", "--masses", "0", "-1", "0"], "none of them negative"),
        (["p", "p", "--sin2", "0.23", "--unit", "kg"], "no unit of length"),
        (["p", "p", "--sin2", "0.25"], "the potential vanishes"),
    ):
        assert main(["gravity", *wrong]) == 2
        assert why in capsys.readouterr().err


def test_bad_input_is_refused_in_words(pairs):
    p = particle("p", sin2_theta_W=AT_M_Z)
    V = between(p, p, pairs["massless"])
    with pytest.raises(InputError, match="no body 'proton'"):
        particle("proton", sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="depends on the scheme"):
        particle("p", sin2_theta_W="sin2_theta_W")
    with pytest.raises(InputError, match="must lie between 0 and 1"):
        particle("p", sin2_theta_W=23)
    with pytest.raises(InputError, match="1 <= Z <= A"):
        atom(3, 2, mass=1, sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="must be positive"):
        atom(1, 1, mass=-1, sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="no unit of mass"):
        atom(1, 1, mass=1, unit="nm", sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="no decimal number"):
        atom(1, 1, mass="1/0", sin2_theta_W=AT_M_Z)
    with pytest.raises(InputError, match="none of them negative"):
        between(p, p, pairs["dirac"], (0, 0, -1))
    with pytest.raises(InputError, match="1e-15 eV and 1e15 eV"):
        between(p, p, pairs["dirac"], ("1e300", 1, 1))
    with pytest.raises(InputError, match="holds no mass m_nu"):
        between(p, p, pairs["massless"], (0, 0, 1))
    with pytest.raises(InputError, match="does not hold the charges"):
        between(p, p, 1 / r**5)
    with pytest.raises(InputError, match="'energy' must be 'potential' or 'force'"):
        equals_gravity(V, p.mass, p.mass, compare="energy")
    with pytest.raises(InputError, match="must be positive numbers"):
        equals_gravity(V, -p.mass, p.mass)
    with pytest.raises(InputError, match="needs numbers for g_V1, g_V2"):
        equals_gravity(pairs["massless"], p.mass, p.mass)
    with pytest.raises(InputError, match="no unit of length"):
        equals_gravity(V, p.mass, p.mass, unit="eV")
    with pytest.raises(NotDerivable, match="gravity is stronger throughout"):
        equals_gravity(sp.exp(-m_phi * r) / r / 10**60, one, one, values={m_phi: 1})
    with pytest.raises(NotDerivable, match="the other force is the stronger at 1e10 m"):
        equals_gravity(1 / r + sp.exp(-r), one, one)
    with pytest.raises(InputError, match="must not be negative"):
        range_of_pair(-0.05, 0)
    with pytest.raises(InputError, match="is negative"):
        interaction_range(sp.Integer(-1))
    with pytest.raises(InputError, match="must be positive"):
        Body("ghost", sp.Integer(0), sp.eye(3))


def test_gravity_attracts():
    assert sp.diff(gravitational_potential(m_1, m_2), r).is_positive
