"""Mediators of finite mass to 18 digits and more, by routes without Feynman's parameter or an integral over b."""

from __future__ import annotations

from itertools import pairwise

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.medium import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, PinchedGas, PowerLaw, Relic, background, spectra
from nuforce_sym.medium.mediator import mediated_beam
from nuforce_sym.medium.numbers import gauss_legendre
from nuforce_sym.symbols import symbols

UNIT = [(1, 1)]
K = mp.mpf(1)


def ray(b, y, M):
    r"""R(b, y), the principal value of q^2\cos qy/(q^2-b^2) with both propagators, in partial fractions by hand."""
    D = b * b + M * M
    wave = -mp.pi * b / 2 * mp.sin(b * y) + mp.pi * M / 2 * mp.exp(-M * y)
    return M**4 * (wave / D**2 - mp.pi / (4 * M) * (1 - M * y) * mp.exp(-M * y) / D)


def over_directions(numerator, distance, cosine, M, points, turns):
    r"""The integral over the directions of q of N R/(2\pi)^3, with |k.q|/q = mu."""
    across, total = mp.sqrt(1 - cosine**2), mp.mpf(0)
    for node, weight in gauss_legendre(points):
        nu = (1 + node) / 2
        aside = across * mp.sqrt(1 - nu**2)
        # the ring is even in its angle
        mus = [abs(cosine * nu + aside * mp.cos(mp.pi * (2 * j + 1) / (2 * turns))) for j in range(turns)]
        total += weight * mp.fsum(numerator(mu) * ray(2 * K * mu, distance * nu, M) for mu in mus) * 2 * mp.pi / turns
    return total / (2 * mp.pi) ** 3


CASES = [("0.3", "1.3", "2", "dirac", "0"), ("-0.8", "0.6", "1.5", "dirac", "0.75"), ("1", "3", "1", "majorana", "0.75")]


@pytest.mark.parametrize(("cosine", "distance", "heavy", "neutrino", "mass"), CASES)
def test_a_beam_is_the_integral_over_directions(cosine, distance, heavy, neutrino, mass):
    r"""N = -(2/E)[2A q^2-4(k.q)^2]/q^2 and A = E^2+k^2, or 2k^2 for Majorana neutrinos."""
    with mp.workdps(30):
        energy = mp.sqrt(K + mp.mpf(mass) ** 2)
        A = 2 * K**2 if neutrino == "majorana" else energy**2 + K**2

        def numerator(mu):
            return -2 / energy * (2 * A - 4 * K**2 * mu**2)

        want = over_directions(numerator, *map(mp.mpf, (distance, cosine, heavy)), 40, 60)
        found = mediated_beam(
            sp.Rational(distance),
            energy=sp.sqrt(1 + sp.Rational(mass) ** 2),
            c=sp.Rational(cosine),
            mediator=sp.Rational(heavy),
            digits=22,
            neutrino=neutrino,
            mass=sp.Rational(mass),
        )
        assert abs(found / want - 1) < mp.mpf("1e-18")


@pytest.mark.parametrize("cosine", ["0.3", "-1"])
def test_the_retarded_beam_scatters_with_both_propagators(cosine):
    r"""V_ret - V is on the mass shell: -8G^2k\sin^2\theta_q over the sphere of scattered momenta p, q = p - k."""
    with mp.workdps(30):
        angle, distance, M = mp.mpf(cosine), mp.mpf("1.9"), mp.mpf("1.5")
        aside, turns, total = mp.sqrt(1 - angle**2), 50, mp.mpf(0)
        for mu, weight in gauss_legendre(40):
            transfer = 2 * K**2 * (1 - mu)
            # q^2 sin^2 = q^2 - (k.q)^2/k^2, with k.q = -q^2/2 on the shell
            amplitude = -8 * K * (transfer - transfer**2 / 4) / 2 * (M**2 / (transfer + M**2)) ** 2
            for j in range(turns):
                along = angle * mu + aside * mp.sqrt(1 - mu**2) * mp.cos(2 * mp.pi * j / turns)
                total += weight * 2 * mp.pi / turns * amplitude / transfer * mp.sin(K * distance * (along - angle))
        # q^2 - 4(k.q)^2/q^2 in the amplitude is (q^2+2k.q)(q^2-2k.q)/q^2, and i pi delta(p^2-k^2) a wave i sin(kr)/4 pi r
        want = -2 * total * K / (16 * mp.pi**2)
        options = {"energy": 1, "c": sp.Rational(cosine), "mediator": sp.Rational(3, 2), "digits": 22}
        both = (mediated_beam(sp.Rational(19, 10), response=way, **options) for way in ("retarded", "symmetric"))
        ahead, mean = both
        assert abs((ahead - mean) / want - 1) < mp.mpf("1e-18")


def test_the_symmetric_response_is_the_mean_of_both_retarded():
    options = {"energy": 1, "mediator": sp.Rational(3, 2), "digits": 25}
    ahead, behind = (mediated_beam(2, c=s * sp.Rational(2, 5), response="retarded", **options) for s in (1, -1))
    mean = mediated_beam(2, c=sp.Rational(2, 5), **options)
    assert abs((ahead + behind) / 2 / mean - 1) < mp.mpf("1e-24")
    assert abs(ahead / behind) > 2


@pytest.mark.parametrize("response", ["symmetric", "retarded"])
@pytest.mark.parametrize("c", ["-0.8", "0.3", "1"])
def test_a_heavy_mediator_leaves_the_contact_force_of_a_beam(c, response):
    r"""From M and 2M, 4M the terms in 1/M^2 and 1/M^4 are eliminated; the contact force is the talk's, corrected."""
    with mp.workdps(40):
        x, cosine = mp.mpf("1.3"), mp.mpf(c)
        if response == "symmetric":
            B = mp.cos(x) * mp.cos(cosine * x) + cosine * mp.sin(cosine * x) * (mp.sin(x) + mp.cos(x) / x)
        else:
            B = (1 + cosine) * mp.cos((1 - cosine) * x) - cosine / x * mp.sin((1 - cosine) * x)
        options = {"energy": 1, "c": sp.Rational(c), "digits": 30, "response": response}
        at = [mediated_beam(sp.Rational(13, 10), mediator=10**6 * 2**j, **options) for j in range(3)]
        once = [(4 * high - low) / 3 for low, high in pairwise(at)]
        assert abs((16 * once[1] - once[0]) / 15 / (-B / (mp.pi * x)) - 1) < mp.mpf("1e-26")


@pytest.mark.parametrize(("heavy", "distance"), [(sp.Rational(1, 10**6), 1), (10**12, 1), (1, 400), (2, sp.Rational(1, 10**6))])
def test_far_from_unity_two_precisions_agree(heavy, distance):
    made = background(Beam(spectra.Line(1), density=1), angle=1, charges=UNIT, mediator=heavy)
    found, error = made.estimate(distance, G_F=1, digits=18)
    assert 0 < error < abs(found) * mp.mpf("1e-17")
    assert abs(made.number(distance, G_F=1, digits=30) - found) < error


def folded(contact, distance, M, edges):
    r"""A radial force folded with M^3e^{-Ms}/8\pi, the transform of [M^2/(q^2+M^2)]^2."""

    def shell(x):
        def primitive(s):
            return -(s / M + 1 / M**2) * mp.exp(-M * s)

        return x * contact(x) * (primitive(x + distance) - primitive(abs(x - distance)))

    return M**3 / (4 * distance) * mp.quad(shell, edges)


def boltzmann(x):
    return -4 / (mp.pi**3 * x * (1 + 4 * x * x) ** 2)


def fermi_dirac(x):
    """T = 1, mu = 1/2, both species."""
    y = 2 * mp.pi * x
    wave = mp.cos(x) * (1 + y * mp.coth(y)) + x * mp.sin(x)
    return -(1 / x - mp.pi / mp.sinh(y) * wave) / (4 * mp.pi**3 * x**4)


def massive_boltzmann(x):
    """T = 1, m = 1, Dirac."""
    R = mp.sqrt(1 + 4 * x * x)
    return -(2 * x**3 * mp.besselk(1, R) / R + 8 * x**3 * mp.besselk(2, R) / R**2) / (4 * mp.pi**3 * x**4)


def degenerate(x):
    """k_F = 2."""
    Y = 2 * x
    return -(1 - mp.cos(2 * Y) - Y * mp.sin(2 * Y)) / (4 * mp.pi**3 * x**5)


def pinched(x):
    r"""(1 - r d/dr) of \mathrm{Im}\,\Gamma(7/2)/(1-2ir)^{7/2}."""
    S = mp.im(mp.gamma(mp.mpf(7) / 2) * (1 - 2j * x) ** (-mp.mpf(7) / 2))
    slope = mp.im(mp.gamma(mp.mpf(9) / 2) * 2j * (1 - 2j * x) ** (-mp.mpf(9) / 2))
    return -(S - x * slope) / (4 * mp.pi**3 * x**4)


HALF = sp.Rational(1, 2)
GASES = [
    (MaxwellBoltzmann(1), 0, boltzmann),
    (FermiDirac(1, HALF), 0, fermi_dirac),
    (MaxwellBoltzmann(1), 1, massive_boltzmann),
    (Degenerate(2), 0, degenerate),
    (PinchedGas(sp.Rational(5, 2), 1), 0, pinched),
]


@pytest.mark.parametrize(("gas", "mass", "contact"), GASES)
def test_a_gas_is_its_contact_force_folded_with_the_exchange(gas, mass, contact):
    found, error = background(gas, mass=mass, charges=UNIT, mediator=2).estimate(sp.Rational(6, 5), G_F=1, digits=20)
    with mp.workdps(50):
        edges = [0, 0.3, 0.6, 1.2, *(1.2 + 0.9 * j for j in range(1, 31))]
        want = folded(contact, mp.mpf("1.2"), mp.mpf(2), [mp.mpf(str(edge)) for edge in edges])
        assert abs(found / want - 1) < mp.mpf("1e-18")
        assert error < abs(want) * mp.mpf("1e-19")


def test_a_filled_sphere_is_the_sine_transform_of_lindhards_function():
    """The degenerate gas in momentum space, with u = 2 k_F: no sum over its momenta."""
    found = background(Degenerate(1), charges=UNIT, mediator=sp.Rational(3, 2)).number(sp.Rational(7, 10), G_F=1)
    with mp.workdps(25):
        u, R, M = mp.mpf(2), mp.mpf("0.7"), mp.mpf("1.5")

        def integrand(q):
            logs = (u**3 / 3 - q * q * u) * mp.log(abs((u + q) / (u - q))) + q * u * u / 3
            logs -= 2 * q**3 / 3 * mp.log(abs(1 - u * u / (q * q)))
            amplitude = -(u * u / 8 + logs / (8 * q)) / mp.pi**2
            return q * mp.sin(q * R) * amplitude * (M * M / (q * q + M * M)) ** 2

        inner = mp.quad(integrand, [0, 1, 2]) + mp.quad(integrand, [2, 3, 6])
        tail = mp.quadosc(lambda q: integrand(q + 6), [0, mp.inf], omega=R)
        want = (inner + tail) / (2 * mp.pi**2 * R)
        assert abs(found / want - 1) < mp.mpf("1e-16")


def test_massive_relics_by_their_momenta_one_by_one():
    """No closed form without a mediator either: shells, by Gauss's rule in another variable."""
    made = background(Relic(1), mass=2, neutrino="left-helical", charges=UNIT, mediator=2)
    found = made.number(1, G_F=1, digits=17)
    from nuforce_sym.medium.mediator import mediated_shell

    with mp.workdps(25):
        total = mp.mpf(0)
        for low, high in pairwise((0, 1, 2, 4, 8, 16, 48)):
            for node, weight in gauss_legendre(14):
                momentum = mp.mpf(low) + mp.mpf(high - low) / 2 * (1 + node)
                energy = sp.sqrt(sp.Float(momentum, 25) ** 2 + 4)
                shell = mediated_shell(1, energy=energy, mediator=2, mass=2, neutrino="left-helical", digits=15)
                n = 2 / (mp.exp(momentum) + 1)
                total += weight * mp.mpf(high - low) / 2 * momentum**2 / (2 * mp.pi**2) * n * shell
        assert abs(found / total - 1) < mp.mpf("1e-12")


def test_refusals():
    T = symbols("T_nu")[0]
    with pytest.raises(InputError, match="too many waves"):
        background(Degenerate(1), charges=UNIT, mediator=1).number(10**6, G_F=1)
    with pytest.raises(InputError, match="too many points"):
        background(Beam(spectra.Line(1), density=1), angle=1, charges=UNIT, mediator=1).number(10**6, G_F=1)
    for gas, words in ((PowerLaw(2, 1), "no highest momentum"), (MaxwellBoltzmann(T), "need numbers")):
        with pytest.raises(Exception, match=words):
            background(gas, charges=UNIT, mediator=1).number(1, G_F=1)
