"""Backgrounds composed: gases of one momentum, of a power of it, slow ones, mediators, balls, spectra with widths."""

from __future__ import annotations

import json

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations.fock_space import brute_force_force
from scipy.integrate import quad

from nuforce_sym import cli
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import (
    Beam,
    Cone,
    Degenerate,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    PowerLaw,
    Relic,
    Shell,
    SlowGas,
    VonMisesFisher,
    background,
    spectra,
    spheres,
)
from nuforce_sym.medium.composition import numbers_at
from nuforce_sym.medium.mediator import direction_averaged, mediated_beam, mediated_shell, of_energy
from nuforce_sym.medium.momentum_space import averaged_amplitude
from nuforce_sym.medium.neutrino import amplitude
from nuforce_sym.medium.numbers import evaluated
from nuforce_sym.scan import kernel_function
from nuforce_sym.symbols import symbols
from nuforce_sym.units import to_natural

UNIT = [(1, 1)]
E_nu, Phi_0, m_nu, r, k, M, a, T, b = symbols("E_nu Phi_0 m_nu r k_nu M_med a_body T_nu b_ray")
BEAM = Beam(spectra.Line(2), density=1)


def value(made, distance=1, **options):
    return made.number(distance, G_F=1, **options)


# a and b in the numerator a + b k.p of the shifted loop
NUMERATORS = {
    "dirac": lambda E, k: (E**2 + k**2, 1),
    "majorana": lambda _, k: (2 * k**2, 1),
    "left-helical": lambda E, k: ((E + k) ** 2 / 2, (E + k) / (2 * k)),
}


@pytest.mark.parametrize("neutrino", NUMERATORS)
def test_one_momentum_is_the_principal_value_over_all_directions(neutrino):
    """Over the directions of q by brute force, and over those of k by Gauss's rule: 16 digits, massive."""
    momentum, mass, distance = sp.Rational(11, 10), sp.Rational(7, 10), sp.Rational(13, 10)
    made = background(Shell(momentum, sp.Rational(3, 4)), mass=mass, neutrino=neutrino, charges=UNIT)
    with mp.workdps(22):
        k_ = mp.mpf("1.1")
        E = mp.sqrt(k_**2 + mp.mpf("0.49"))
        nodes = mp.calculus.quadrature.GaussLegendre(mp.mp).calc_nodes(3, mp.mp.prec + 20)
        total = mp.mpf(0)
        for node, weight in nodes:
            if node > 0:
                continue
            total += weight * brute_force_force(*NUMERATORS[neutrino](E, k_), k_, node, mp.mpf("1.3"))
        want = mp.mpf("0.75") * -2 / E * total
        assert abs(value(made, distance, digits=20) / want - 1) < mp.mpf("1e-16")


@pytest.mark.parametrize("s", ["3/2", "2", "5/2", "3", "7/2"])
def test_a_power_law_is_its_integral(s):
    r"""-\frac{1}{4\pi^3r^4}\int dk\,k^{-s}[\sin2kr-2kr\cos2kr], convergent at both ends for 1 < s < 4."""
    power = sp.Rational(s)
    made = background(PowerLaw(power, 1), charges=UNIT)
    with mp.workdps(25):
        exponent, distance = mp.mpf(power.p) / power.q, mp.mpf("1.3")

        def integrand(z):
            series = z**3 / 3 - z**5 / 30 + z**7 / 840 - z**9 / 45360 + z**11 / 3991680
            bracket = series if z < mp.mpf("1e-2") else mp.sin(z) - z * mp.cos(z)
            return z**-exponent * bracket

        # z = u^2: at s = 7/2 the integrand begins as 1/sqrt(z)
        whole = mp.quad(lambda u: 2 * u * integrand(u * u), [0, 1, mp.sqrt(mp.pi)]) + mp.quadosc(
            lambda z: integrand(z + mp.pi), [0, mp.inf], omega=1
        )
        want = -((2 * distance) ** (exponent - 1)) * whole / (4 * mp.pi**3 * distance**4)
        assert abs(value(made, sp.Rational(13, 10)) / want - 1) < mp.mpf("1e-15")


def test_the_power_law_is_continuous_where_a_logarithm_drops_out():
    for s in (1, 2, 3):
        beside = background(PowerLaw(s + sp.Rational(1, 10**12), 1), charges=UNIT)
        assert abs(value(background(PowerLaw(s, 1), charges=UNIT), 3) / value(beside, 3) - 1) < 1e-10


@pytest.mark.parametrize("neutrino", ["dirac", "majorana"])
def test_a_slow_gas_is_the_leading_term_of_the_exact_one(neutrino):
    """Against the integral of the same occupation with the exact energy: the difference falls as T/m."""
    off = []
    for m in (100, 1000):
        gas = SlowGas(sp.Rational(1, m), 1)
        made = background(gas, mass=m, neutrino=neutrino, charges=UNIT)
        closed = evaluated(made.potential(), numbers_at(1, {"G_F": 1}), 20)
        integral = made.integral().subs({r: 1, symbols("G_F")[0]: 1})
        with mp.workdps(25):
            function = sp.lambdify(k, integral.function, "mpmath")
            off.append(mp.quad(function, [0, 2, 4, 6, 8, 12, 16]) / closed - 1)
    assert abs(off[0]) < 1e-2
    assert off[0] / off[1] == pytest.approx(100, rel=0.05)


def test_a_slow_gas_is_the_tables():
    """-(n m/(pi r)) e^{-2mTr^2} and -(4nT/(pi r)) e^{-2mTr^2}, n = N_0 (mT/2pi)^{3/2}."""
    n = (m_nu * T / (2 * sp.pi)) ** sp.Rational(3, 2)
    wave = sp.exp(-2 * m_nu * T * r**2) / (sp.pi * r)
    for neutrino, want in (("dirac", -n * m_nu * wave), ("majorana", -4 * n * T * wave)):
        found = background(SlowGas(T), mass=m_nu, neutrino=neutrino, charges=UNIT).potential()
        assert sp.simplify(found / (symbols("G_F")[0] ** 2 * want)) == 1


@pytest.mark.parametrize("neutrino", NUMERATORS)
def test_a_mediator_and_massive_neutrinos(neutrino):
    """A shell with a mediator: the average of the beams over angles, in double precision by other integrals."""
    options = {"energy": 2, "mediator": 1, "mass": sp.Rational(3, 2), "neutrino": neutrino}
    nodes, weights = np.polynomial.legendre.leggauss(16)
    beams = np.array([mediated_beam(1.3, c=float(c), **options) for c in nodes])
    shell = mediated_shell(sp.Rational(13, 10), **options)
    assert float(weights @ beams) / 2 == pytest.approx(float(shell), rel=1e-11, abs=0)


def test_a_mediated_massive_shell_is_the_sine_transform_of_lindhards_function():
    with mp.workdps(28):
        E, mass, R, heavy = mp.mpf(2), mp.mpf("1.5"), mp.mpf("1.3"), mp.mpf(1)
        momentum = mp.sqrt(E**2 - mass**2)
        names = symbols("G_F n_plus n_minus")
        lindhard = averaged_amplitude(amplitude("dirac", m_nu)).subs(dict(zip(names, (1, 1, 0), strict=True)))
        function = sp.lambdify((symbols("q")[0], k, E_nu), lindhard, "mpmath")

        def integrand(q):
            return q * mp.sin(q * R) * function(q, momentum, E) * (heavy**2 / (q * q + heavy**2)) ** 2

        edge = 2 * momentum
        inner = mp.quad(integrand, [0, edge / 2, edge]) + mp.quad(integrand, [edge, edge + 1, edge + 3])
        tail = mp.quadosc(lambda q: integrand(q + edge + 3), [0, mp.inf], omega=R)
        want = (inner + tail) / (2 * mp.pi**2 * R)
        found = mediated_shell(sp.Rational(13, 10), energy=2, mediator=1, mass=sp.Rational(3, 2), digits=20)
        assert abs(found / want - 1) < mp.mpf("1e-15")


GASES = [
    (MaxwellBoltzmann(1), 0),
    (MaxwellBoltzmann(1), 1),
    (FermiDirac(1, sp.S.Half), 0),
    (Relic(1), 2),
    (Degenerate(2), 1),
    (PinchedGas(2, 1), 0),
]


@pytest.mark.parametrize(("gas", "mass"), GASES)
def test_a_gas_with_a_mediator_is_the_sum_of_its_momenta(gas, mass):
    """The integral over momenta is done first by the package, and here last."""
    made = background(gas, mass=mass, charges=UNIT, mediator=2)
    found, error = made.estimate(1, G_F=1)
    ray = direction_averaged(of_energy("dirac", mass != 0)).subs({r: 1, M: 2})
    shell = sp.lambdify((b, k, E_nu), ray, "numpy")
    nodes, weights = np.polynomial.legendre.leggauss(60)
    total = 0.0
    for low, high in ((0, 2),) if isinstance(gas, Degenerate) else ((0, 2), (2, 5), (5, 12), (12, 45)):
        for momentum, weight in zip((low + high) / 2 + (high - low) / 2 * nodes, (high - low) / 2 * weights, strict=True):
            E = float(np.sqrt(momentum**2 + mass**2))
            n = 1.0 if isinstance(gas, Degenerate) else float(gas.occupation(sp.Float(momentum, 20), sp.Float(E, 20)))
            edges = np.linspace(0, 2 * momentum, 2 + int(momentum))
            at = ((edges[1:] + edges[:-1]) / 2)[:, None] + np.diff(edges)[:, None] / 2 * nodes
            over_b = (shell(at, momentum, E) * weights * np.diff(edges)[:, None] / 2).sum()
            total += weight * momentum**2 / (2 * np.pi**2) * n * over_b / (2 * momentum)
    assert float(found) == pytest.approx(total, rel=1e-10, abs=0)
    assert error < 1e-9 * abs(found)


@pytest.mark.parametrize("gas", [MaxwellBoltzmann(1), FermiDirac(1), Relic(1)])
def test_a_heavy_mediator_gives_the_contact_force_of_a_gas(gas):
    contact = value(background(gas, charges=UNIT))
    off = [value(background(gas, charges=UNIT, mediator=heavy)) / contact - 1 for heavy in (30, 300)]
    assert abs(off[1]) < 1e-3
    assert float(off[0] / off[1]) == pytest.approx(100, rel=0.2)


def test_a_mediated_beam_carries_its_charges_and_density():
    made = background(Beam(spectra.Line(2), density=3), angle=0, charges=[(2, 5)], mediator=1)
    assert float(value(made)) == pytest.approx(30 * mediated_beam(1, energy=2, c=1, mediator=1), rel=1e-12)
    assert "M_med" in str(background(BEAM, angle=0, mediator=M).amplitude)


def test_balls_along_a_beam():
    """S(L) times the force of points; retarded twice that, and far away points."""
    made = background(BEAM, spheres=1, charges=UNIT)
    point = -2 / (mp.pi * 10)
    assert abs(value(made, 10) / (spheres.sphere_suppression(sp.Rational(1, 5)) * point) - 1) < 1e-14
    assert abs(value(background(BEAM, spheres=1, charges=UNIT, response="retarded"), 10) / value(made, 10) - 2) < 1e-14
    assert background(Beam(spectra.Line(E_nu), density=Phi_0), spheres=a, charges=UNIT).far() == -(
        E_nu * symbols("G_F")[0] ** 2 * Phi_0 / (sp.pi * r)
    )
    integral = made.integral().subs({symbols("G_F")[0]: 1, r: 10})
    z = np.linspace(1e-6, 200, 2_000_001)
    integrand = sp.lambdify(symbols("q_T")[0], integral.function, "numpy")(z)
    integrand[z < 1e-3] = 0.0
    assert float(np.trapezoid(integrand, z)) == pytest.approx(float(value(made, 10)), rel=1e-4)


def test_a_spectrum_and_a_transverse_size():
    """<E/(1 + (E s^2/r)^2)> by another quadrature."""
    made = background(Beam(spectra.Pinched(2, 1), density=1), transverse=1, charges=UNIT)
    want, _ = quad(lambda E: E**2 * np.exp(-E) / 2 * E / (1 + (E / 10) ** 2), 0, 80, epsabs=0, epsrel=1e-12)
    found, error = made.estimate(10, G_F=1)
    assert float(found) == pytest.approx(-want / (10 * np.pi), rel=1e-11, abs=0)
    assert error < 1e-18


def test_a_spectrum_and_a_spread_of_directions():
    """A box of energies within a cone, averaged over both in the exact force of one energy and direction."""
    made = background(Beam(spectra.Box(1, 2), density=1), spread=Cone(sp.S.Half), charges=UNIT)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    E, low = 1.5 + nodes[:, None] / 2, np.cos(0.5)
    c = (1 + low) / 2 + (1 - low) / 2 * nodes
    x = 10 * E
    B = np.cos(x) * np.cos(c * x) + c * np.sin(c * x) * (np.sin(x) + np.cos(x) / x)
    want = -np.sum(weights[:, None] / 2 * weights / 2 * E * B) / (10 * np.pi)
    assert float(value(made, 10)) == pytest.approx(want, rel=1e-10, abs=0)


def test_a_spectrum_of_massive_neutrinos_at_an_angle():
    made = background(Beam(spectra.Box(1, 2), density=1), mass=sp.S.Half, angle=1, charges=UNIT)
    lines = [
        (
            n,
            float(
                value(
                    background(Beam(spectra.Line(sp.Float(1.5 + n / 2, 20)), density=1), mass=sp.S.Half, angle=1, charges=UNIT),
                    3,
                )
            ),
        )
        for n in np.polynomial.legendre.leggauss(20)[0]
    ]
    want = np.polynomial.legendre.leggauss(20)[1] @ np.array([v for _, v in lines]) / 2
    assert float(value(made, 3)) == pytest.approx(want, rel=1e-10, abs=0)


def test_estimates_of_errors_are_honest():
    for gas, mass, digits in ((Relic(1), 1, 4), (Degenerate(1), 2, 8)):
        made = background(gas, mass=mass, neutrino="left-helical", charges=UNIT)
        rough, error = made.estimate(1, G_F=1, digits=digits)
        assert abs(rough - value(made, digits=digits + 4)) <= error < mp.mpf(10) ** (2 - digits) * abs(rough)


# sin^2(alpha/2) is a number of double precision, so that nothing of the phase is lost before the kernel gets it
SMALL = sp.acos(1 - sp.Rational(1, 2**21))


@pytest.mark.parametrize(
    ("made", "distance"),
    [
        (background(FermiDirac(1), charges=UNIT), 3.0),
        (background(Relic(1), charges=UNIT), 1e-3),
        (background(MaxwellBoltzmann(1, sp.S.Half), charges=[(1, 2), (-3, 1)]), 0.7),
        (background(Shell(2, 3), charges=UNIT), 5.0),
        (background(BEAM, angle=SMALL, charges=UNIT), 5e12),
        (background(BEAM, angle=SMALL, charges=UNIT, response="retarded"), 5e12),
    ],
)
def test_kernels_are_the_numbers(made, distance):
    envelope = 2 * 2 / (np.pi * distance) if isinstance(made.distribution, Beam) else 0.0
    exact = float(made.number(distance, G_F=1))
    name, arguments = made.kernel(G_F=1)
    # the proved bound of the kernel of one momentum is 2.5e-14, those of the others are below 5e-15
    digits = 2.5e-14 if isinstance(made.distribution, Shell) else 5e-15
    assert abs(float(kernel_function(name)(distance, **arguments)) - exact) < digits * max(abs(exact), envelope)


def test_integrals_are_the_numbers():
    k_F = symbols("k_F")[0]
    made = background(Degenerate(k_F), mass=m_nu, neutrino="left-helical", charges=UNIT)
    at = {k_F: 1, m_nu: 2, r: 1, symbols("G_F")[0]: 1}
    with mp.workdps(20):
        found = mp.quad(sp.lambdify(k, made.integral().function.subs(at).subs(sp.Heaviside(1 - k), 1), "mpmath"), [0, 1])
    assert abs(found / made.number(1, G_F=1, k_F=1, m_nu=2) - 1) < 1e-15
    assert made.latex.startswith(r"\int\limits_{0}^{k_F}")


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: PowerLaw(4, 1), InputError, "between 0 and 4"),
        (lambda: PowerLaw(-1, 1), InputError, "between 0 and 4"),
        (lambda: Shell(1, (1, "cm^-2")), InputError, "carries energy"),
        (lambda: SlowGas(1, 3), InputError, "Pauli"),
        (lambda: background(SlowGas(1)), InputError, "has a mass"),
        (lambda: background(SlowGas(1), mass=2), InputError, "not small beside the mass"),
        (lambda: background(PowerLaw(2, 1), mass=1).number(1, g_V1=1, g_V2=1), NotDerivable, "convergent"),
        (lambda: background(PowerLaw(2, 1)).near(), NotDerivable, "diverges"),
        (lambda: background(BEAM, mediator=1, angle=0).potential(), NotDerivable, "mediator of finite mass: use number"),
        (lambda: background(BEAM, mediator=1, angle=0).near(), NotDerivable, "near limit"),
        (lambda: background(BEAM, mediator=1, angle=0).far(), NotDerivable, "far limit"),
        (lambda: background(BEAM, mediator=1, spheres=1), NotDerivable, "no rule"),
        (lambda: background(BEAM, mass=1, angle=0, charges=UNIT).kernel(), NotDerivable, "no kernel"),
        (lambda: background(MaxwellBoltzmann(T), charges=UNIT).kernel(), InputError, "needs values for T_nu"),
        (lambda: background(BEAM, mediator=1, spread=Cone(1)), NotDerivable, "no rule"),
        (lambda: background(BEAM, mediator=-1), InputError, "mediator's mass = -1 must be positive"),
        (lambda: background(BEAM, mediator=(1, "cm")), InputError, "carries energy"),
        (lambda: background(BEAM, spheres=(1, "MeV")), InputError, "carries energy"),
        (lambda: background(BEAM, spheres=1, mass=1), NotDerivable, "massless"),
        (lambda: background(MaxwellBoltzmann(1), spheres=1), InputError, "has no direction"),
        (lambda: background(MaxwellBoltzmann(1), response="retarded"), InputError, "leave out response"),
        (lambda: value(background(BEAM, spheres=1, charges=UNIT), 1), InputError, "overlap"),
        (lambda: value(background(BEAM, mediator=M, angle=0, charges=UNIT)), NotDerivable, "give a number"),
        (lambda: value(background(BEAM, mediator=1, charges=UNIT)), NotDerivable, "give a number for cos"),
        (lambda: value(background(BEAM, mediator=1, angle=0, charges=UNIT), 10**9), InputError, "too many points"),
        (lambda: value(background(MaxwellBoltzmann(T), mediator=1, charges=UNIT)), NotDerivable, "need numbers"),
        (lambda: value(background(MaxwellBoltzmann(1), mediator=1, charges=UNIT), 10**6), InputError, "waves"),
        (lambda: value(background(PowerLaw(2, 1), mediator=1, charges=UNIT)), NotDerivable, "highest momentum"),
        (
            lambda: value(background(Beam(spectra.Box(1, 2), density=1), spread=VonMisesFisher(2), charges=UNIT), 10**6),
            InputError,
            "turns by",
        ),
        (lambda: value(background(Beam(spectra.Box(1, 2), density=1), mass=1.5, angle=0, charges=UNIT)), InputError, "below"),
        (lambda: value(background(Beam(spectra.Pinched(2, 1), density=1), mass=1, angle=0, charges=UNIT)), InputError, "below"),
    ],
)
def test_refusals(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_the_verb_knows_them_all(capsys):
    numbers = ("--charges", "1", "1", "--distance", "1 um", "--json")
    asked = {
        "shell": ("--momentum", "1 eV", "--density", "56 cm^-3"),
        "power-law": ("--momentum", "1 eV", "--power", "2"),
        "slow": ("--temperature", "1 K", "--mass", "1 eV"),
        "fermi-dirac": ("--temperature", "1 eV", "--mu", "-1 eV"),
        "beam": ("--energy", "1 eV", "--density", "1 cm^-3", "--spheres", "10 nm"),
        "boltzmann": ("--temperature", "0.1 eV", "--mediator", "1 eV"),
    }
    for kind, options in asked.items():
        assert cli.main(["background", kind, *options, *numbers]) == 0
        (row,) = json.loads(capsys.readouterr().out)["numbers"]
        assert float(row["eV"]) < 0
        assert 0 < float(row["error_eV"]) < 1e-5 * abs(float(row["eV"]))


MEV, AT = ("beam", "--energy", "2 MeV"), ("--charges", "1", "1", "--distance", "1 m")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("boltzmann", "--flux", "1 cm^-2 s^-1"), "--flux says nothing about boltzmann: it belongs to beam"),
        (("boltzmann", "--angle", "1 rad"), "--angle says nothing about boltzmann"),
        (("relic", "--mu", "1 eV"), "--mu says nothing about relic: it belongs to fermi-dirac"),
        (("beam", "--temperature", "1 K"), "--temperature says nothing about beam"),
        (("shell", "--power", "2"), "--power says nothing about shell: it belongs to pinched, power-law"),
        (("degenerate", "--response", "retarded"), "--response says nothing about degenerate"),
        (("beam", "--charges", "1", "1"), "give --distance or --kernel too"),
        (("beam", "--cone", "1 rad", "--kappa", "3"), "give one of them"),
        (("beam", "--angle", "1 rad", "--spheres", "1 cm"), "give one of them"),
        (("beam", "--flux", "1 cm^-2 s^-1", "--density", "1 cm^-3"), "one thing twice"),
        (("beam", "--angle", "25 deg", "--spheres", "1 cm"), "give one of them"),
        # the list of bad input, through the command
        (("fermi-dirac", "--temperature", "-3 K", "--charges", "1", "1", "--distance", "1 m"), "must be positive"),
        (
            (
                "beam",
                "--energy",
                "2 MeV",
                "--density",
                "1 cm^-2 s^-1",
                "--angle",
                "0 rad",
                "--charges",
                "1",
                "1",
                "--distance",
                "1 m",
            ),
            "is a flux and no density",
        ),
        (
            ("beam", "--energy", "2 MeV", "--flux", "1 cm^-3", "--angle", "0 rad", "--charges", "1", "1", "--distance", "1 m"),
            "a density goes in density=",
        ),
        (
            (
                "beam",
                "--energy",
                "2 MeV",
                "--density",
                "1 cm^-3",
                "--angle",
                "25 rad",
                "--charges",
                "1",
                "1",
                "--distance",
                "1 m",
            ),
            "if degrees are meant",
        ),
    ],
)
def test_the_verb_refuses_what_does_not_apply(arguments, words, capsys):
    assert cli.main(["background", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--attractor", "Pb"], "--test-bodies"),
        (["--test-bodies", "Be,Ti", "--bodies", "Cu,Pb"], "--bodies says nothing"),
        (["--force", "--relative-size", "0.2"], "--relative-size is for the table of potentials"),
        (["--test-bodies", "Be,Ti", "--source-angle", "0.1 rad"], "--source-angle is for"),
        (["--force", "--figure", "x.png"], "--figure draws potentials"),
    ],
)
def test_compare_experiments_refuses_what_does_not_apply(arguments, words, capsys):
    assert cli.main(["compare-experiments", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(("T", "ratio"), [("1", "1.00215"), ("40", "1.08218")])
def test_a_slow_gas_has_its_exact_energies_in_numbers(T, ratio):
    # V(E = sqrt(k^2 + m^2)) over the leading term in T/m, at 1 um, by an integral over shells outside of the package
    slow = background(SlowGas((float(T), "K")), mass=to_natural(0.1, "eV"), charges=UNIT)
    exact, error = slow.estimate((1.0, "um"))
    leading = evaluated(slow.potential(), numbers_at((1.0, "um"), {}), 20)
    assert mp.nstr(exact / leading, 6) == ratio
    assert error < abs(exact) * mp.mpf("1e-10")
