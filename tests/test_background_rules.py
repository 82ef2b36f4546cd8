"""The rule tables of backgrounds against their integrals, and closed forms against routes that share no formula."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations.fock_space import brute_force_force, lowered, raised
from scipy.integrate import simpson

from nuforce_sym.amplitude.explicit import GAMMA, charge_conjugate, current_vertex, trace
from nuforce_sym.amplitude.occupation import BOSONS, Ladder, packet_expectation, vacuum_expectation
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import averages, directional, sine_transform, spectra
from nuforce_sym.medium.background import background
from nuforce_sym.medium.distributions import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of
from nuforce_sym.medium.momentum_space import averaged_amplitude
from nuforce_sym.medium.neutrino import amplitude, momentum_force
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, k, m, E, c, T, mu, n_plus, n_minus, Phi_0, alpha = symbols(
    "G_F g_V1 g_V2 r k_nu m_nu E_nu c_alpha T_nu mu_nu n_plus n_minus Phi_0 alpha_r"
)
ONE = {G_F: 1, g_V1: 1, g_V2: 1, Phi_0: 1}
R, MASS, TEMPERATURE = sp.Rational(7, 5), sp.Rational(9, 10), sp.Rational(3, 4)


def number(expr, digits=30, **values):
    at = {s: sp.nsimplify(v) if isinstance(v, float) else v for s, v in ((symbols(n)[0], v) for n, v in values.items())}
    with mp.workdps(digits):
        return mp.mpf(str(sp.re(expr.xreplace(ONE).subs(at).evalf(digits))))


def close(a, b, digits):
    return abs(a - b) <= mp.mpf(10) ** -digits * max(abs(a), abs(b))


RULES = {
    "boltzmann": (sine_transform.maxwell_boltzmann(TEMPERATURE, sp.S.Zero), 0, lambda k, E, T: mp.exp(-E / T)),
    "massive boltzmann": (sine_transform.maxwell_boltzmann(TEMPERATURE, MASS), 0.9, lambda k, E, T: mp.exp(-E / T)),
    "fermi-dirac": (
        sine_transform.fermi_dirac_pair(TEMPERATURE, sp.S.Zero, sp.S.Zero),
        0,
        lambda k, E, T: 2 / (mp.exp(E / T) + 1),
    ),
    "chemical potential": (
        sine_transform.fermi_dirac_pair(TEMPERATURE, sp.S.Half, sp.S.Zero),
        0,
        lambda k, E, T: 1 / (mp.exp((E - 0.5) / T) + 1) + 1 / (mp.exp((E + 0.5) / T) + 1),
    ),
    "one species": (
        sine_transform.fermi_dirac_species(TEMPERATURE, sp.S.Half),
        0,
        lambda k, E, T: 1 / (mp.exp((E - 0.5) / T) + 1),
    ),
    "pinched, whole": (sine_transform.pinched(2, TEMPERATURE), 0, lambda k, E, T: (k / T) ** 2 * mp.exp(-k / T)),
    "pinched": (
        sine_transform.pinched(sp.Rational(23, 10), TEMPERATURE),
        0,
        lambda k, E, T: (k / T) ** mp.mpf("2.3") * mp.exp(-k / T),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_sine_transforms_are_their_integrals(name):
    closed, mass, occupation = RULES[name]
    with mp.workdps(30):
        mass, temperature = mp.mpf(str(mass)), mp.mpf("0.75")

        def integrand(x):
            energy = mp.sqrt(x * x + mass * mass)
            return (x / energy if energy else 1) * occupation(x, energy, temperature) * mp.sin(2 * x * mp.mpf("1.4"))

        assert close(number(closed, r=R), mp.quad(integrand, [0, 1, 2, 4, 8, 16, 32, 64]), 20)


def test_nonrelativistic_transform_is_its_integral():
    with mp.workdps(30):
        found = number(sine_transform.nonrelativistic(TEMPERATURE, MASS, sp.S.One), r=R)
        want = mp.quad(lambda x: x / mp.mpf("0.9") * mp.exp(-x * x / mp.mpf("1.35")) * mp.sin(2.8 * x), [0, 1, 2, 4, 8, 12])
        assert close(found, want, 15)


@pytest.mark.parametrize("s", [sp.Rational(3, 2), sp.Rational(1, 2), sp.Integer(1)])
def test_power_law_is_the_limit_of_a_cut_off_power(s):
    """int k^-s e^{-ek} sin(2kr) dk by mpmath's own closed form, at e -> 0 where Abel's sum is."""
    with mp.workdps(40):
        found = number(sine_transform.power_law(s, sp.S.One), r=R)
        e, power = mp.mpf(10) ** -25, 1 - mp.mpf(s.p) / s.q
        x = mp.mpc(e, -2 * mp.mpf(7) / 5)
        want = mp.im(mp.gamma(power) / x**power) if power else mp.pi / 2 - mp.atan(e / (2 * mp.mpf(7) / 5))
        assert close(found, want, 20)


SPECTRA = [
    (spectra.Gaussian(5, sp.S.Half), [0, 3, 5, 7, 12]),
    (spectra.Box(1, 3), [1, 3]),
    (spectra.Pinched(sp.Rational(5, 2), 1), [0, 5, 20, 80]),
    (spectra.FermiDirac(1), [0, 5, 20, 90]),
]


@pytest.mark.parametrize("response", ["symmetric", "retarded"])
@pytest.mark.parametrize(("spectrum", "limits"), SPECTRA)
def test_energy_averages_are_their_integrals(spectrum, limits, response):
    force = directional.monochromatic(response).xreplace(ONE)
    at = {r: sp.Rational(17, 10), c: sp.Rational(3, 10)}
    weight = sp.S.Half if isinstance(spectrum, spectra.Box) else spectrum.density(E)
    with mp.workdps(30):
        integrand = sp.lambdify(E, (force * weight).subs(at), "mpmath")
        mean = sp.lambdify(E, E * weight, "mpmath")
        assert close(number(averages.energy_average(force, spectrum).subs(at)), mp.quad(integrand, limits), 18)
        assert close(number(spectrum.mean), mp.quad(mean, limits), 18)


@pytest.mark.parametrize("response", ["symmetric", "retarded"])
def test_averages_over_directions_are_their_integrals(response):
    force, at = directional.monochromatic(response).xreplace(ONE), {r: sp.Rational(17, 10), E: 2}
    with mp.workdps(30):
        f = sp.lambdify(c, force.subs(at), "mpmath")
        lowest = mp.cos(mp.mpf(1) / 2)
        cone = number(averages.cone_average(force, sp.S.Half).subs(at))
        assert close(cone, mp.quad(f, [lowest, 1]) / (1 - lowest), 20)
        want = mp.quad(lambda x: f(x) * mp.exp(-3 * (1 - x)), [-1, 1]) / ((1 - mp.exp(-6)) / 3)
        assert close(number(averages.von_mises_fisher_average(force, 3).subs(at)), want, 20)


def test_a_narrow_spread_of_directions_damps_as_a_lorentzian():
    """1/(1 + (s^2 x)^2) at s = 0.1, x = 200, within 0.3 percent."""
    found = number(averages.von_mises_fisher_average(directional.monochromatic(), 100), r=200, E_nu=1)
    assert abs(found / (-1 / (200 * mp.pi)) * 5 - 1) < 0.01


def test_transverse_size_is_the_integral_over_the_separation():
    long_distance = directional.leading_wave(directional.in_half_angles(directional.monochromatic()))
    small = directional.small_angle(long_distance).xreplace(ONE)
    found = number(averages.transverse_average(small, sp.Rational(3, 2)), r=7, E_nu=2)
    with mp.workdps(30):
        s, distance = mp.mpf("1.5"), mp.mpf(7)
        f = sp.lambdify(alpha, small.subs({r: 7, E: 2}), "mpmath")
        ring = mp.quad(lambda rho: rho / s**2 * mp.exp(-(rho**2) / (2 * s**2)) * f(rho / distance), [0, 2, 4, 8, 16])
        assert close(found, ring, 20)


def test_smooth_spreads_leave_r_to_minus_three():
    """[w'(1) - w'(-1)] <1/E>/r^2 for a smooth density w of directions and a smooth spectrum."""
    kappa, distance = 2, 200
    closed = averages.von_mises_fisher_average(directional.monochromatic(), kappa).xreplace(ONE)
    energies = np.linspace(1e-4, 40, 400_001)
    force = sp.lambdify(E, closed.subs(r, distance), "numpy")(energies)
    average = simpson(force * energies**4 * np.exp(-2 * energies) / 0.75, x=energies)
    slope = kappa**2 * (1 - np.exp(-2 * kappa)) / (1 - np.exp(-2 * kappa))
    assert average == pytest.approx(-slope * 0.5 / np.pi / distance**3, rel=1e-2, abs=0)


@pytest.mark.parametrize(("neutrino", "star"), [("dirac", "E"), ("majorana", "k")])
@pytest.mark.parametrize("cosine", ["0.3", "-0.8", "1"])
def test_a_massive_beam_is_the_principal_value_over_all_directions(neutrino, star, cosine):
    with mp.workdps(30):
        momentum, mass = mp.mpf("1.1"), mp.mpf("0.7")
        energy = mp.sqrt(momentum**2 + mass**2)
        T_0 = momentum**2 + (energy**2 if star == "E" else momentum**2)
        want = -2 / energy * brute_force_force(T_0, 1, momentum, mp.mpf(cosine), mp.mpf("1.9"))
        v = momentum_force(neutrino, m).xreplace({n_plus: sp.S.One, n_minus: sp.S.Zero})
        at = {
            "k_nu": sp.Rational(11, 10),
            "E_nu": sp.sqrt(sp.Rational(17, 10)),
            "c_alpha": sp.Rational(cosine),
            "r": sp.Rational(19, 10),
        }
        assert close(number(v, **at), want, 22)


@pytest.mark.parametrize(("neutrino", "star"), [("dirac", E**2), ("majorana", k**2)])
def test_the_massive_retarded_force(neutrino, star):
    """-(n/(pi E r)) {(E*^2 + k^2 c) cos[(1-c)x] - (kc/r) sin[(1-c)x]}."""
    x = k * r * (1 - c)
    want = -1 / (sp.pi * E * r) * ((star + k**2 * c) * sp.cos(x) - k * c / r * sp.sin(x))
    v = momentum_force(neutrino, m, "retarded").xreplace({**ONE, n_plus: sp.S.One, n_minus: sp.S.Zero})
    assert sp.simplify(sp.expand(v - want)) == 0


def matsubara(distance, mass, temperature, potential, *, majorana):
    r"""T\sum_n Tr[\Gamma G_n(r) \Gamma G_n(-r)] over n of both signs, \omega = (2n+1)\pi T + i\mu, in explicit matrices."""
    vertex, factor = current_vertex({"V": 1, "A": -1}), mp.mpf(1)
    if majorana:
        vertex, factor = vertex + charge_conjugate(vertex), factor / 2
    total = mp.mpf(0)
    for n in range(-16, 16):
        omega = (2 * n + 1) * mp.pi * temperature + 1j * potential
        w = mp.sqrt(omega**2 + mass**2)
        D = mp.exp(-w * distance) / (4 * mp.pi * distance)
        slope = -(w + 1 / distance) * D
        there, back = (1j * omega * D * GAMMA[0] + way * 1j * slope * GAMMA[3] + mass * D * mp.eye(4) for way in (1, -1))
        total += trace(vertex * there * vertex * back)
    return mp.re(factor * temperature * total) / 2


@pytest.mark.parametrize(
    ("neutrino", "mass", "potential"),
    [
        *(("dirac", mass, potential) for mass in ("0", "0.9") for potential in ("0", "0.5")),
        ("majorana", "0", "0"),
        ("majorana", "0.9", "0"),
    ],
)
def test_equilibrium_with_the_vacuum_is_matsubaras_sum(neutrino, mass, potential):
    state = FermiDirac(TEMPERATURE, sp.Rational(potential))
    gas = background(state, mass=sp.Rational(mass), neutrino=neutrino, charges=[(1, 1)])
    with mp.workdps(40):
        total = gas.number(R, G_F=1, digits=30) + gas.vacuum_number(R, G_F=1, digits=30)
        want = matsubara(mp.mpf("1.4"), mp.mpf(mass), mp.mpf("0.75"), mp.mpf(potential), majorana=neutrino == "majorana")
    assert close(total, want, 22)


def test_the_table_of_massless_gases():
    """Rows of an independently derived table: y = 2 pi r T, Y = k_F r."""
    y, k_F = 2 * sp.pi * r * T, symbols("k_F")[0]
    Y = k_F * r
    rows = [
        (MaxwellBoltzmann(T), -4 * T**4 / (sp.pi**3 * r * (1 + 4 * r**2 * T**2) ** 2)),
        (FermiDirac(T), -(1 - y / 2 * (1 + y * sp.coth(y)) / sp.sinh(y)) / (4 * sp.pi**3 * r**5)),
        (
            FermiDirac(T, mu),
            -(1 / r - sp.pi * T / sp.sinh(y) * (sp.cos(2 * mu * r) * (1 + y * sp.coth(y)) + 2 * mu * r * sp.sin(2 * mu * r)))
            / (4 * sp.pi**3 * r**4),
        ),
        (Degenerate(k_F), -(1 - sp.cos(2 * Y) - Y * sp.sin(2 * Y)) / (4 * sp.pi**3 * r**5)),
    ]
    at = {r: sp.Rational(7, 5), T: sp.Rational(3, 4), mu: sp.Rational(2, 5), k_F: sp.Rational(8, 3)}
    for distribution, want in rows:
        have = background(distribution).potential().xreplace(ONE)
        assert abs((have - want).subs(at).evalf(40)) < sp.Float(10) ** -22


def test_a_massive_boltzmann_gas():
    """-(N/(4 pi^3 r^4)) {m^2 r^2 S + 8 r^3 m^2 K_2(mR)/R^2}, S = 2rm K_1(mR)/R, R^2 = 1/T^2 + 4r^2 (same table)."""
    size = sp.sqrt(1 / T**2 + 4 * r**2)
    transform = 2 * r * m * sp.besselk(1, m * size) / size
    tail = 8 * r**3 * m**2 * sp.besselk(2, m * size) / size**2
    at = {r: R, T: TEMPERATURE, m: MASS}
    for neutrino, want in (("dirac", m**2 * r**2 * transform + tail), ("majorana", tail)):
        have = potential_of(isotropic_operator(neutrino, m), sine_transform.maxwell_boltzmann(T, m)).xreplace(ONE)
        with mp.workdps(30):
            assert close(number(have.subs(at)), number(-(want / (4 * sp.pi**3 * r**4)).subs(at)), 22)


def test_the_talks_formula_against_the_exact_one():
    """Ratios 0.925 at x = 1, c = 0.3 and 1.38 at x = 2.75, c = -0.8."""
    exact = directional.monochromatic()
    talk = directional.leading_wave(directional.in_half_angles(exact))
    for x, cosine, ratio in ((1, sp.Rational(3, 10), "0.925"), (sp.Rational(11, 4), sp.Rational(-4, 5), "1.38")):
        at = {"r": x, "E_nu": sp.S.One, "c_alpha": cosine}
        assert abs(number(talk, **at) / number(exact, **at) - mp.mpf(ratio)) < mp.mpf("0.005")


def test_small_angles_alone_do_not_suffice():
    """At E r = 1e13 and alpha = 1e-3 the exact factor is -0.592, the small-angle one -0.215 (same section)."""
    beam = background(Beam(spectra.Line(1), density=1), angle=sp.Rational(1, 1000), charges=[(1, 1)])
    exact = beam.number(10**13, G_F=1) * -mp.pi * 10**13
    long_distance = directional.leading_wave(directional.in_half_angles(directional.monochromatic()))
    at = {"r": sp.Integer(10) ** 13, "E_nu": sp.S.One, "alpha_r": sp.Rational(1, 1000)}
    small = number(directional.small_angle(long_distance), 60, **at) * -mp.pi * 10**13
    assert mp.nstr(exact, 3) == "-0.592"
    assert mp.nstr(small, 3) == "-0.215"


def test_second_order_energy_is_linear_in_the_occupation():
    """Exact second-order sums in the Fock space of two modes: the level's own blocking cancels against the other's."""
    levels = (0.3, 1.7)
    coupling = 0.8

    def shift(*occupied):
        start = sum(1 << mode for mode in occupied)
        moved = [raised(lowered({start: coupling}, one), other) for one, other in ((0, 1), (1, 0))]
        energies = [sum(e for mode, e in enumerate(levels) if state >> mode & 1) for state in range(4)]
        return sum(abs(z) ** 2 / (energies[start] - energies[end]) for found in moved for end, z in found.items())

    assert shift(0, 1) == pytest.approx(shift(0) + shift(1), abs=1e-15)
    assert shift(0) == pytest.approx(coupling**2 / (levels[0] - levels[1]))


def test_bosons_have_the_other_sign():
    delta, w_p, w_k = symbols("delta_pk w_p w_k_star")
    assert packet_expectation(BOSONS) == delta + w_p * w_k
    with pytest.raises(InputError, match="statistics"):
        vacuum_expectation((Ladder("p", creates=False),), 0)


@pytest.mark.parametrize(
    "distribution",
    [MaxwellBoltzmann(T), FermiDirac(T), FermiDirac(T, antineutrinos=False), Degenerate(symbols("k_F")[0]), PinchedGas(2, T)],
)
def test_near_limits_are_those_of_the_potential(distribution):
    gas = background(distribution)
    ratio = gas.potential() / gas.near()
    at = {T: TEMPERATURE, symbols("k_F")[0]: TEMPERATURE, r: sp.Rational(1, 10**6)}
    assert abs(ratio.subs(at).evalf(60) - 1) < sp.Float(10) ** -9


def test_only_closed_forms_that_are_known():
    with pytest.raises(NotDerivable, match="odd powers of E"):
        background(MaxwellBoltzmann(T), mass=m, neutrino="left-helical").potential()
    with pytest.raises(NotDerivable, match="chemical potential"):
        background(FermiDirac(T, mu, antineutrinos=False), mass=m).potential()


@pytest.mark.parametrize("transfer", ["0.7", "5"])
def test_lindhards_function_of_a_shell(transfer):
    """-(2n/k) [1 + ((1-a^2)/2a) ln|(1+a)/(1-a)|], a = q/2k, massless."""
    q, n, momentum = sp.Rational(transfer), sp.Rational(3, 4), sp.Rational(4, 5)
    a = q / (2 * momentum)
    want = -2 * n / momentum * (1 + (1 - a**2) / (2 * a) * sp.log(sp.Abs((1 + a) / (1 - a))))
    found = averaged_amplitude(amplitude("dirac", sp.S.Zero)).subs({n_plus: n, n_minus: 0, k: momentum, symbols("q")[0]: q})
    with mp.workdps(30):
        assert close(number(found), number(want), 25)


def test_lindhards_function_of_a_degenerate_gas():
    """-(1/pi^2) {k_F^2/2 + (1/8q) [...]} with u = 2 k_F (same section), by quadrature over the sphere's momenta."""
    formula = averaged_amplitude(amplitude("dirac", sp.S.Zero)).xreplace(ONE).subs({n_plus: 1, n_minus: 0})
    with mp.workdps(25):
        q, k_F = mp.mpf("0.9"), mp.mpf("1.3")
        f = sp.lambdify(k, (k**2 / (2 * sp.pi**2) * formula).subs(symbols("q")[0], sp.Rational(9, 10)), "mpmath")
        found = mp.quad(f, [0, q / 2, k_F])
        u = 2 * k_F
        bracket = (u**3 / 3 - q**2 * u) * mp.log(abs((u + q) / (u - q))) + q * u**2 / 3
        bracket -= 2 * q**3 / 3 * mp.log(abs(1 - u**2 / q**2))
        assert close(found, -(k_F**2 / 2 + bracket / (8 * q)) / mp.pi**2, 15)


def test_massive_beams_of_all_directions_are_a_shell_of_their_momentum():
    """E = 5 and m = 3 make k = 4; a flux of such neutrinos is 5/4 times as dense as one of massless ones."""
    at = {**ONE, r: sp.Rational(7, 10), m: sp.Integer(3)}
    beam = background(Beam(spectra.Line(5), density=2), mass=3).potential().xreplace(at)
    shell = potential_of(isotropic_operator("dirac", m), sine_transform.shell(sp.Integer(4), sp.Integer(2), sp.Integer(5)))
    mean = mp.quad(sp.lambdify(c, beam, "mpmath"), [-1, 0, 1]) / 2
    assert mean == pytest.approx(float(shell.xreplace(at)), rel=1e-10, abs=0)
    flux = {"flux": (1.0, "cm^-2 s^-1")}
    massless = background(Beam(spectra.Line(5), **flux)).distribution.density
    there = {c: sp.Rational(1, 3)}
    of_flux = background(Beam(spectra.Line(5), **flux), mass=3).potential().xreplace(at).xreplace(there)
    assert float(of_flux / massless / beam.xreplace(there) * 2) == pytest.approx(5 / 4, rel=1e-12)


@pytest.mark.parametrize(
    "gas",
    [
        MaxwellBoltzmann(TEMPERATURE, sp.Rational(3, 2)),
        FermiDirac(TEMPERATURE),
        FermiDirac(TEMPERATURE, sp.Rational(1, 3)),
        FermiDirac(TEMPERATURE, antineutrinos=False),
        Relic(TEMPERATURE),
        Degenerate(TEMPERATURE),
        PinchedGas(2, TEMPERATURE),
    ],
    ids=lambda gas: type(gas).__name__,
)
def test_transforms_and_moments_are_those_of_the_occupation(gas):
    occupation = sp.lambdify(k, gas.occupation(k, k), "mpmath")
    ends = [0, TEMPERATURE, 3, 10, 60] if not isinstance(gas, Degenerate) else [0, TEMPERATURE]
    with mp.workdps(20):
        sine = mp.quad(lambda x: occupation(x) * mp.sin(2 * x * R), [mp.mpf(str(sp.N(e, 20))) for e in ends])
        assert float(number(gas.transform(sp.S.Zero), r=R)) == pytest.approx(float(sine), rel=1e-10)
        if getattr(gas, "mu", 0) == 0:
            third = mp.quad(lambda x: occupation(x) * x**3, [mp.mpf(str(sp.N(e, 20))) for e in ends])
            assert float(gas.moment(3)) == pytest.approx(float(third), rel=1e-10)
