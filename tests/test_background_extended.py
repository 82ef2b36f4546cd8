"""Light mediators, extended bodies, packets and classical waves: against quadratures that share no step with them."""

from __future__ import annotations

from itertools import pairwise

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations import extended_bodies, light_mediator, oscillating_field

from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.medium import extended, mediator, oscillating, spheres
from nuforce_sym.medium.directional import monochromatic
from nuforce_sym.medium.mediator import mediated_beam, mediated_shell
from nuforce_sym.medium.spheres import sphere_suppression
from nuforce_sym.symbols import symbols

E_nu, r, c, q_T, sigma_k, L, M = symbols("E_nu r c_alpha q_T sigma_k L_coh M_med")


@pytest.mark.parametrize(("distance", "mass"), [(1.3, 2.0), (0.2, 0.5), (7.0, 0.3)])
def test_the_beam_averaged_over_angles_is_the_shell(distance, mass):
    """Two integrals of different kinds: two dimensions per angle in double precision, and one over b."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    beam = [mediated_beam(distance, energy=1, c=float((n + 1) / 2), mediator=mass) for n in nodes]
    assert float(weights @ np.array(beam)) / 2 == pytest.approx(
        float(mediated_shell(distance, energy=1, mediator=mass)), rel=1e-11
    )


def test_the_shell_is_the_sine_transform_of_lindhard():
    r"""\frac{1}{2\pi^2r}\int q\sin qr\,[-\frac2k(1+\frac{1-a^2}{2a}\ln|\frac{1+a}{1-a}|)]\frac{M^4}{(q^2+M^2)^2}, a = q/2k."""
    k, R, mass = mp.mpf(1), mp.mpf("0.7"), mp.mpf("1.5")

    def integrand(q):
        a = q / (2 * k)
        lindhard = -2 / k * (1 + (1 - a * a) / (2 * a) * mp.log(abs((1 + a) / (1 - a))))
        return q * mp.sin(q * R) * lindhard * (mass**2 / (q * q + mass**2)) ** 2

    with mp.workdps(25):
        inner = mp.quad(integrand, [0, 1, 2]) + mp.quad(integrand, [2, 3, 6])
        tail = mp.quadosc(lambda q: integrand(q + 6), [0, mp.inf], omega=R)
        want = (inner + tail) / (2 * mp.pi**2 * R)
        assert abs(mediated_shell(sp.Rational(7, 10), energy=1, mediator=sp.Rational(3, 2)) / want - 1) < mp.mpf("1e-12")


@pytest.mark.parametrize(("cosine", "distance", "mass"), [(0.3, 1.3, 2.0), (-0.8, 0.6, 1.0), (1.0, 3.0, 0.7)])
def test_the_contact_force_folded_with_the_exchange(cosine, distance, mass):
    r"""[M^2/(q^2+M^2)]^2 is the transform of M^3e^{-Ms}/8\pi: no principal value, no integral over q.

    Over x about the first body, the distance s from the second, and the azimuth about the line of the bodies.
    """

    def contact(x, c):
        return -(np.cos(x) * np.cos(c * x) + c * np.sin(c * x) * (np.sin(x) + np.cos(x) / x)) / (np.pi * x)

    nodes, weights = np.polynomial.legendre.leggauss(60)
    phi = 2 * np.pi * np.arange(200) / 200
    across, total = np.sqrt(1 - cosine**2), 0.0
    edges = [*np.linspace(0, distance, 3), *(distance + np.linspace(0, 45 / mass, 12)[1:])]
    for low, high in pairwise(edges):
        for x, weight in zip((low + high) / 2 + (high - low) / 2 * nodes, (high - low) / 2 * weights, strict=True):
            s = max(x, distance) + min(x, distance) * nodes
            u = np.clip((distance**2 + x**2 - s**2) / (2 * distance * x), -1, 1)
            c = cosine * u[:, None] + across * np.sqrt(1 - u**2)[:, None] * np.cos(phi)
            ring = contact(x, c).mean(axis=1) * 2 * np.pi
            total += weight * x / distance * min(x, distance) * np.sum(weights * s * np.exp(-mass * s) * ring)
    assert mediated_beam(distance, energy=1, c=cosine, mediator=mass) == pytest.approx(mass**3 / (8 * np.pi) * total, rel=1e-9)


@pytest.mark.parametrize("cosine", [-0.8, 0.3, 1.0])
def test_a_heavy_mediator_is_the_contact_interaction(cosine):
    """V -> contact force as 1/M^2."""
    x = 1.3
    B = np.cos(x) * np.cos(cosine * x) + cosine * np.sin(cosine * x) * (np.sin(x) + np.cos(x) / x)
    off = [mediated_beam(x, energy=1, c=cosine, mediator=mass) / (-B / (np.pi * x)) - 1 for mass in (30, 300)]
    assert abs(off[1]) < 1e-4
    assert off[0] / off[1] == pytest.approx(100, rel=0.1)


def test_even_in_the_angle_and_symmetric():
    assert mediated_beam(2, energy=1, c=0.4, mediator=1) == pytest.approx(
        mediated_beam(2, energy=1, c=-0.4, mediator=1), rel=1e-12
    )


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: mediated_beam(r, energy=1, c=0.5, mediator=1), NotDerivable, "no closed form"),
        (lambda: mediated_beam(1, energy=1, c=c, mediator=1), NotDerivable, "no closed form"),
        (lambda: mediated_shell(1, energy=E_nu, mediator=1), NotDerivable, "no closed form"),
        (lambda: mediated_shell(1, energy=1, mediator=M), NotDerivable, "no closed form"),
        (lambda: mediated_beam(1, energy=1, c=1.5, mediator=1), InputError, "between -1 and 1"),
        (lambda: mediated_beam(1, energy=1, c=0.5, mediator=0), InputError, "positive and finite"),
        (lambda: mediated_beam(1e13, energy=1, c=0.5, mediator=1), InputError, "too many points"),
        (lambda: mediated_shell(1, energy=1, mediator=1e-9), InputError, "too many points"),
        (lambda: sphere_suppression(L), NotDerivable, "no closed form"),
        (lambda: sphere_suppression(-1), InputError, "positive and finite"),
        (lambda: extended.of_form_factors(spheres.form_factor() ** 2), NotDerivable, "no Gaussian"),
        (
            lambda: extended.across_the_beam(extended.beam_amplitude(extended.amplitude("dirac", sp.S.Zero))),
            NotDerivable,
            "q_L",
        ),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


def _sphere_in_momentum_space(size):
    r"""\frac1L\int dz\,zF^2\sin(z^2/2L), cut smoothly between z = 200 and 400, where F^2 < 10^{-8}."""
    z, width = np.linspace(1e-6, 400, 1_000_001, retstep=True)
    F = 3 * (np.sin(z) - z * np.cos(z)) / z**3
    F[z < 1e-2] = 1 - z[z < 1e-2] ** 2 / 10
    window = np.cos(np.clip((z - 200) / 200, 0, 1) * np.pi / 2) ** 2
    return float(np.sum(z * F**2 * np.sin(z * z / (2 * size)) * window) * width / size)


@pytest.mark.parametrize("size", [0.5, 1.5, 10.0, 100.0])
def test_spheres_by_the_form_factor(size):
    """S(L) comes from the separations of their points; here it is from the form factor."""
    assert _sphere_in_momentum_space(size) == pytest.approx(float(sphere_suppression(size)), abs=3e-8)


def test_bodies_of_two_sizes():
    """Any form factors, as an integral: a Gaussian body beside one that is smaller, with u = q_T^2 by hand."""
    sigma = symbols("sigma_perp")[0]
    values = dict.fromkeys(symbols("G_F g_V1 g_V2 Phi_0"), sp.Integer(1)) | {E_nu: sp.Integer(3), r: sp.Integer(2)}
    integral = extended.bodies_integral(sp.exp(-(q_T**2) * (sigma**2 + sp.Rational(1, 4)) / 2)).subs(values).subs(sigma, 1)
    # -2/(4 pi) int du e^{-5u/8} sin(u/3)
    assert float(integral.evalf(15)) == pytest.approx(-1 / (2 * np.pi) * (1 / 3) / ((5 / 8) ** 2 + 1 / 9), rel=1e-12)


def test_large_spheres():
    """[(9/8) ln L + 1.863]/L^2, with a constant that was fitted there."""
    for size, tolerance in ((1000, 1e-3), (10**6, 1e-7)):
        exact = sphere_suppression(size)
        assert abs(exact * size**2 - (mp.mpf(9) / 8 * mp.log(size) + mp.mpf("1.863"))) < 1e-3
        assert abs(exact / mp.mpf(str(sp.N(spheres.far_spheres().subs(L, size), 20))) - 1) < tolerance
    assert abs(sphere_suppression(sp.Rational(1, 1000)) - 1) < 1e-6


def test_both_ways_of_integrating_meet():
    """The finite integral below L = 1 and the steepest descent above it are one function."""
    below, above = (sphere_suppression(1 + sign * sp.Rational(1, 10**9)) for sign in (-1, 1))
    assert abs(below - above) < 1e-9


def test_a_packet_in_three_dimensions():
    """<E B> of the exact force by quadrature over k and the direction, to (s/E)^2; along the beam."""
    E_0, width, distance = 20.0, 1.0, 30.0
    exact = sp.lambdify(
        (E_nu, c, r), monochromatic("symmetric").subs(dict.fromkeys(symbols("G_F g_V1 g_V2 Phi_0"), 1)), "numpy"
    )
    k_nodes, k_weights = np.polynomial.legendre.leggauss(160)
    c_nodes, c_weights = np.polynomial.legendre.leggauss(300)
    k = E_0 + 8 * width * k_nodes[:, None]
    c_low = 1 - 0.12
    cosine = (1 + c_low) / 2 + (1 - c_low) / 2 * c_nodes
    weight = k**2 * np.exp(-((k - E_0) ** 2 + 2 * k * E_0 * (1 - cosine)) / (2 * width**2))
    measure = k_weights[:, None] * c_weights
    mean = np.sum(measure * weight * exact(k, cosine, distance)) / np.sum(measure * weight)
    values = dict.fromkeys(symbols("G_F g_V1 g_V2 Phi_0"), 1) | {E_nu: 20, sigma_k: 1, r: 30}
    closed = float(extended_bodies.d.derive(upto="packet")["packet"].value.subs(values))
    assert closed == pytest.approx(-E_0 / (np.pi * distance) / (1 + (width**2 * distance / E_0) ** 2), rel=1e-12)
    assert mean == pytest.approx(closed, rel=4 * (width / E_0) ** 2)
    assert mean != pytest.approx(-E_0 / (np.pi * distance), rel=0.5)


def test_the_force_on_the_second_body_in_a_wave():
    r"""-\nabla_2V against -C_2\phi\nabla\phi of the whole field, by a difference in x_2, at one instant."""
    k, E, A = np.array([0.3, -0.5, 1.1]), 1.7, 0.8
    x_1, x_2, t = np.array([0.2, 0.1, -0.4]), np.array([1.3, -0.6, 0.9]), 0.37

    def product(x):
        separation = np.linalg.norm(x - x_1)
        wave = -A * np.cos(k @ x_1 + np.linalg.norm(k) * separation - E * t) / (4 * np.pi * separation)
        return A * np.cos(k @ x - E * t), wave

    def closed(x):
        d = x - x_1
        size, momentum = np.linalg.norm(d), np.linalg.norm(k)
        names = symbols("A_phi E_nu k_nu r c_alpha t_lab phase_1")
        at = dict(zip(names, (A, E, momentum, size, k @ d / (momentum * size), t, k @ x_1), strict=True))
        return float(oscillating.oscillating_potential().subs(at))

    step, push = 1e-4, np.array([0.0, 0.0, 1.0])
    ahead, behind = (product(x_2 + sign * step * push) for sign in (1, -1))
    here = product(x_2)
    slope = [(ahead[i] - behind[i]) / (2 * step) for i in (0, 1)]
    force = -(here[0] * slope[1] + here[1] * slope[0])
    assert -(closed(x_2 + step * push) - closed(x_2 - step * push)) / (2 * step) == pytest.approx(force, rel=1e-6)


@pytest.mark.parametrize(
    ("derivation", "step", "broken"),
    [
        (light_mediator.d, "radial", lambda value: value.subs(M, 2 * M)),
        (extended_bodies.d, "across", lambda value: -value),
        (extended_bodies.d, "far_spheres", lambda value: value + 1 / L**2 / 1000),
        (extended_bodies.d, "packet", lambda value: value.subs(sigma_k, 2 * sigma_k)),
        (oscillating_field.d, "scattered_wave", lambda value: value.subs(r, -r)),
    ],
)
def test_sabotage(derivation, step, broken):
    """A wrong value of a step fails one of its checks."""
    results = {name: result.value for name, result in derivation.derive(upto=step).items()}
    found = next(s for s in derivation.steps if s.name == step)

    def run_all():
        for one in found.checks:
            one.run(broken(results[step]), results)

    with pytest.raises(CheckFailed):
        run_all()


def test_the_sphere_numbers_do_not_depend_on_the_digits():
    assert abs(sphere_suppression(37, digits=30) / sphere_suppression(37) - 1) < mp.mpf("1e-14")
    assert mediator.mediated_shell(3, energy=1, mediator=2, digits=30) == pytest.approx(mediated_shell(3, energy=1, mediator=2))
