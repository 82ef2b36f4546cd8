"""Other particles in the background, and spins: every bilinear against routes that share no formula."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nuforce_sym.derivations import background_spin
from nuforce_sym.derivations.fock_space import brute_force_force
from scipy.special import j0

from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.amplitude.explicit import current_vertex, slash, trace
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.medium import sine_transform, spin, wake
from nuforce_sym.medium.isotropic import potential_of, sine_operator
from nuforce_sym.medium.pairs import BILINEARS, pair_force, pair_operator, pair_vacuum
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

m, r, k, c, E, T, n_plus, n_minus = symbols("m_nu r k_nu c_alpha E_nu T_nu n_plus n_minus")
STRUCTURES = {
    "scalar": {"S": 1},
    "pseudoscalar": {"P": 1},
    "vector": {"V": 1},
    "axial": {"A": 1},
    "left-handed": {"V": 1, "A": -1},
}


def number(expr, **values):
    with mp.workdps(30):
        return mp.mpf(str(expr.subs({symbols(n)[0]: v for n, v in values.items()}).evalf(30)))


@pytest.mark.parametrize(
    ("bilinear", "coefficient", "power"),
    [
        ("scalar", "-3/8", 5),
        ("pseudoscalar", "-3/8", 5),
        ("vector", "1/4", 5),
        ("axial", "1/4", 5),
        ("left-handed", "1/2", 5),
        ("real scalar", "-1/64", 3),
        ("scalar current", "1/16", 5),
    ],
)
def test_massless_pairs_in_the_vacuum(bilinear, coefficient, power):
    """Potentials of other bilinears without a background, from an independent derivation."""
    assert pair_vacuum(bilinear, sp.S.Zero) == sp.Rational(coefficient) / (sp.pi**3 * r**power)


@pytest.mark.parametrize("bilinear", STRUCTURES)
def test_massive_fermion_pairs_in_the_vacuum_are_the_euclidean_correlator(bilinear):
    found = number(pair_vacuum(bilinear, m), m_nu=sp.Rational(7, 10), r=sp.Rational(6, 5))
    with mp.workdps(25):
        want = static_potential(STRUCTURES[bilinear], mp.mpf("1.2"), mp.mpf("0.7"))
        assert abs(found / want - 1) < mp.mpf(10) ** -15


def test_massive_scalar_pair_in_the_vacuum():
    """-m K_1(2mr)/(32 pi^3 r^2), by the Euclidean correlator -(1/2) int dtau D(R)^2 with D = m K_1(mR)/(4 pi^2 R)."""
    found = number(pair_vacuum("real scalar", m), m_nu=sp.Rational(7, 10), r=sp.Rational(6, 5))
    with mp.workdps(25):
        mass, distance = mp.mpf("0.7"), mp.mpf("1.2")

        def square(u):
            R = distance * mp.cosh(u)
            return R * (mass * mp.besselk(1, mass * R) / (4 * mp.pi**2 * R)) ** 2

        want = -mp.quad(square, [0, 1, 2, 4.5])
        assert abs(found / want - 1) < mp.mpf(10) ** -15


@pytest.mark.parametrize("bilinear", STRUCTURES)
def test_beams_of_fermions_are_principal_values_with_explicit_matrices(bilinear):
    """The numerator by 4x4 matrices, linear in k.q; the integral over all directions of q without a shift."""
    with mp.workdps(30):
        momentum, mass, cosine, distance = mp.mpf("1.1"), mp.mpf("0.7"), mp.mpf("0.3"), mp.mpf("1.9")
        energy = mp.sqrt(momentum**2 + mass**2)
        vertex, one = current_vertex(STRUCTURES[bilinear]), mp.eye(4)

        def numerator(kq):
            on_shell, p = [energy, 0, 0, momentum], [energy, 0, 0, momentum + kq / momentum]
            return mp.re(trace(vertex * (slash(on_shell) + mass * one) * vertex * (slash(p) + mass * one)))

        T_0 = numerator(mp.mpf(0))
        T_1 = numerator(mp.mpf(1)) - T_0
        want = -brute_force_force(T_0, T_1, momentum, cosine, distance) / (2 * energy)
        v = pair_force(bilinear, m).subs({n_plus: 1, n_minus: 0})
        at = {
            "k_nu": sp.Rational(11, 10),
            "E_nu": sp.sqrt(sp.Rational(17, 10)),
            "c_alpha": sp.Rational(3, 10),
            "r": sp.Rational(19, 10),
        }
        assert abs(number(v, **at) / want - 1) < mp.mpf(10) ** -20


def test_the_classical_enhancement_of_thermal_scalars():
    """V_tot = -(T/(32 pi^2 r^2)) coth(2 pi r T) for massless real scalars in equilibrium."""
    gas = potential_of(pair_operator("real scalar", sp.S.Zero), sine_transform.bose_einstein_pair(T))
    total = gas + pair_vacuum("real scalar", sp.S.Zero)
    want = -T / (32 * sp.pi**2 * r**2) * sp.coth(2 * sp.pi * r * T)
    assert abs(number(total / want, r=sp.Rational(6, 5), T_nu=sp.Rational(3, 4)) - 1) < 1e-25


def test_bose_einsteins_sine_transform():
    with mp.workdps(30):
        want = mp.quad(lambda x: 2 / mp.expm1(x / mp.mpf("0.75")) * mp.sin(2.5 * x), [0, 1, 2, 4, 8, 16, 32, 64])
        assert abs(number(sine_transform.bose_einstein_pair(T), r=sp.Rational(5, 4), T_nu=sp.Rational(3, 4)) / want - 1) < 1e-20


def test_the_wake_of_moving_scalars():
    """-(n/(4 pi E r)) cos(kr - k.r) behind a body in a stream of scalars."""
    v = pair_force("real scalar", m, "retarded").subs(n_minus, n_plus)
    want = -n_plus / (4 * sp.pi * E * r) * sp.cos(k * r * (1 - c))
    assert sp.expand(v - want) == 0


def test_slow_scalars_screen_as_a_gaussian():
    """An isotropic Maxwellian: -(n/(4 pi m r)) e^{-2 m T r^2} with n = N_0 (2 pi m T)^{3/2}/(2 pi)^3 (same section)."""
    N_0 = symbols("N_0")[0]
    V = potential_of(pair_operator("real scalar", m), sine_transform.nonrelativistic(T, m, 2 * N_0))
    density = N_0 * (2 * sp.pi * m * T) ** sp.Rational(3, 2) / (2 * sp.pi) ** 3
    want = -density / (4 * sp.pi * m * r) * sp.exp(-2 * m * T * r**2)
    assert sp.simplify(V / want) == 1


def test_unknown_bilinears_are_refused():
    with pytest.raises(InputError, match="did you mean 'scalar'"):
        pair_force("scaler", m)
    assert len(BILINEARS) == 8


def test_parity_violation_needs_the_cosine_transform():
    integrand = k**2 * spin.isotropic_spin_force().subs(n_minus, 0)
    operator = sine_operator(sp.expand(integrand), sp.S.Zero, n_plus)
    with pytest.raises(NotDerivable, match="cosine transform"):
        potential_of(operator, sine_transform.degenerate(symbols("k_F")[0]))


def test_a_flipped_epsilon_is_noticed(monkeypatch):
    """Neutrinos and antineutrinos exchanged: the spinless part is the same, the parity-violating one changes its sign."""
    swapped = spin.spin_force("symmetric").subs({n_plus: n_minus, n_minus: n_plus}, simultaneous=True)
    monkeypatch.setattr(background_spin, "spin_force", lambda _: swapped)
    with pytest.raises(CheckFailed, match="two-component spinors"):
        background_spin.d.derive(upto="force")


def test_the_retarded_tensor_averages_to_the_symmetric_one():
    """An isotropic background knows no direction: both responses agree."""
    difference = spin.isotropic_spin_force("retarded") - spin.isotropic_spin_force("symmetric")
    assert sp.expand(difference) == 0


@pytest.mark.parametrize("degrees", [0, 50, 130])
def test_the_wake_of_a_maxwellian_stream_is_its_integral(degrees):
    """The average of e^{i(kr - k.r)} over a shifted Gaussian, by Gauss's quadrature in polar coordinates."""
    k_0, width, distance, angle = 1.0, 0.5, 2.0, np.deg2rad(degrees)
    nodes, weights = np.polynomial.legendre.leggauss(160)
    size, mu = (3 * (nodes + 1))[:, None], nodes[None, :]
    kz, rho = size * mu, size * np.sqrt(1 - mu**2)
    gauss = np.exp(-((kz - k_0) ** 2 + rho**2) / (2 * width**2)) / (2 * np.pi * width**2) ** 1.5
    wave = np.exp(1j * distance * (size - kz * np.cos(angle))) * j0(rho * distance * np.sin(angle))
    want = (3 * weights[:, None] * weights[None, :] * 2 * np.pi * size**2 * gauss * wave).sum()
    found = complex(wake.mean_wave(sp.S.One, sp.S.Half, (degrees, "deg"), sp.Integer(2)).evalf(20))
    assert abs(found - want) < 1e-12


def test_a_stream_without_spread_is_one_wave():
    found = wake.mean_wave(sp.Integer(3), sp.Rational(1, 1000), sp.pi / 3, sp.Integer(2)).evalf(20)
    assert abs(complex(found) - complex(sp.exp(sp.I * 3).evalf())) < 1e-4


def test_the_symmetric_force_is_reciprocal_and_the_retarded_one_is_not():
    """X^{mu nu}(r) = X^{nu mu}(-r) of the principal value: bodies exchanged, r reversed."""
    one, two = Vector3("sigma_1"), Vector3("sigma_2")
    g_V1, g_V2, g_A1, g_A2 = symbols("g_V1 g_V2 g_A1 g_A2")
    exchange = {one: two, two: one, Vector3("rhat"): -Vector3("rhat"), c: -c, g_V1: g_V2, g_V2: g_V1, g_A1: g_A2, g_A2: g_A1}

    def exchanged(force):
        return sp.expand(force - force.xreplace(exchange))

    assert exchanged(spin.spin_force("symmetric")) == 0
    assert exchanged(spin.spin_force("retarded")) != 0


@pytest.mark.parametrize("response", ["symmetric", "retarded"])
@pytest.mark.parametrize("species", [n_plus, n_minus])
@pytest.mark.parametrize("body", [1, 2])
def test_the_neutrinos_current_is_conserved_at_either_body(response, species, body):
    r"""\partial_iX^{i\nu}=0 and \partial_jX^{\mu j}=0 of a static tensor, for the charge and each spin of the other body."""
    place = sp.symbols("x y z", real=True)
    distance, here, there = sp.sqrt(sum(x**2 for x in place)), body, 3 - body
    axes = sp.eye(3)

    def tensor(i, other):
        """X for the current's component i at one body; for the density or another component at the other."""
        vectors = {
            "khat": sp.Matrix([sp.Rational(2, 7), sp.Rational(-3, 7), sp.Rational(6, 7)]),
            "rhat": sp.Matrix(place) / distance,
            f"sigma_{here}": axes.col(i),
            f"sigma_{there}": sp.zeros(3, 1) if other is None else axes.col(other),
        }
        charges = {f"g_V{here}": 0, f"g_A{here}": 1, f"g_V{there}": int(other is None), f"g_A{there}": 1, "G_F": 1}
        found = spin.spin_force(response).subs({symbols(name)[0]: value for name, value in charges.items()})
        found = found.replace(Dot3, lambda a, b: vectors[a.name].dot(vectors[b.name]))
        found = found.replace(Triple3, lambda a, b, e: vectors[a.name].dot(vectors[b.name].cross(vectors[e.name])))
        only = {n_plus: int(species == n_plus), n_minus: int(species == n_minus)}
        return found.subs({**only, c: vectors["khat"].dot(vectors["rhat"]), r: distance, k: sp.Rational(13, 10)})

    at = dict(zip(place, (sp.Rational(7, 10), sp.Rational(-11, 10), sp.Rational(2, 5)), strict=True))
    for other in (None, 0, 1, 2):
        parts = [sp.diff(tensor(i, other), x).subs(at).evalf(40) for i, x in enumerate(place)]
        assert max(abs(part) for part in parts) > 0.01
        assert abs(sum(parts)) < sp.Float("1e-35", 40)
