"""Routes to the forces in a background that share no formula with them: explicit matrices, spheres of momenta, sums."""

from __future__ import annotations

import mpmath as mp
import pytest
import sympy as sp
from nuforce_sym.derivations.fock_space import brute_force_force

from nuforce_sym.amplitude.explicit import GAMMA, GAMMA5, charge_conjugate, current_vertex, slash, trace
from nuforce_sym.medium import Beam, Degenerate, FermiDirac, MaxwellBoltzmann, background, sine_transform, spectra, wake
from nuforce_sym.medium.isotropic import potential_of
from nuforce_sym.medium.neutrino import amplitude, momentum_force
from nuforce_sym.medium.pairs import pair_operator, pair_vacuum
from nuforce_sym.medium.spheres import sphere_suppression
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, k, m, E, c, q, k_dot_q, T, n_plus, n_minus = symbols(
    "G_F g_V1 g_V2 r k_nu m_nu E_nu c_alpha q k_dot_q T_nu n_plus n_minus"
)
ENERGY2 = sp.Rational(17, 10)


def gauss(count):
    """Nodes and weights of Gauss and Legendre on (-1, 1) in the present precision."""
    found = []
    for j in range(count):
        x = mp.cos(mp.pi * (j + mp.mpf("0.75")) / (count + mp.mpf("0.5")))
        for _ in range(8):
            p, before = x, mp.mpf(1)
            for n in range(2, count + 1):
                p, before = ((2 * n - 1) * x * p - (n - 1) * before) / n, p
            slope = count * (x * p - before) / (x * x - 1)
            x -= p / slope
        found.append((x, 2 / ((1 - x * x) * slope**2)))
    return found


def vertex(neutrino):
    gamma = current_vertex({"V": 1, "A": -1})
    return gamma + charge_conjugate(gamma) if neutrino == "majorana" else gamma


@pytest.mark.parametrize("helicity", [1, -1])
def test_both_helicities_of_majorana_neutrinos_count_alike(helicity):
    """The occupied line with the projector (1 + h gamma_5 sslash)/2, both contractions; n_+ is half of n_+ = n_-."""
    with mp.workdps(40):
        momentum, mass_ = mp.mpf("1.1"), mp.mpf("0.7")
        energy, transfer = mp.sqrt(momentum**2 + mass_**2), [0, mp.mpf("0.4"), 0, mp.mpf("0.3")]
        on_shell, spin = [energy, 0, 0, momentum], [momentum / mass_, 0, 0, energy / mass_]
        one, gamma = mp.eye(4), vertex("majorana")
        occupied = (slash(on_shell) + mass_ * one) * (one + helicity * GAMMA5 * slash(spin)) / 2
        total = mp.mpf(0)
        for way in (1, -1):
            p = [a + way * b for a, b in zip(on_shell, transfer, strict=True)]
            off = p[0] ** 2 - p[1] ** 2 - p[3] ** 2 - mass_**2
            total += mp.re(trace(gamma * occupied * gamma * (slash(p) + mass_ * one))) / off
        # one half for the loop; both lines may be the occupied one, and for a Majorana neutrino that is the same line twice
        want = total / (2 * energy) / 2
        found = amplitude("majorana", m).expr.subs({n_plus: 1, n_minus: 0, G_F: 1, E: sp.sqrt(ENERGY2), k: sp.Rational(11, 10)})
        found = found.subs({k_dot_q: sp.Rational(33, 100), q: sp.S.Half})
        assert abs(mp.mpf(str(found.evalf(40))) / want - 1) < mp.mpf("1e-30")


@pytest.mark.parametrize(("neutrino", "mass"), [("dirac", "0.7"), ("majorana", "0.7"), ("dirac", "0")])
@pytest.mark.parametrize("cosine", ["0.3", "-0.8"])
def test_the_retarded_part_is_the_scattering_on_the_mass_shell(neutrino, mass, cosine):
    r"""V_ret - V is odd: 2\pi i\delta(p^2-k^2) of the outgoing wave, over the sphere of scattered momenta, by matrices."""
    with mp.workdps(30):
        momentum = mp.mpf("1.1")
        heavy, angle, distance = mp.mpf(mass), mp.mpf(cosine), mp.mpf("1.9")
        energy, one, gamma = mp.sqrt(momentum**2 + heavy**2), mp.eye(4), vertex(neutrino)
        aside = mp.sqrt(1 - angle**2)

        def numerator(mu):
            p = [energy, momentum * mp.sqrt(1 - mu**2), 0, momentum * mu]
            occupied = slash([energy, 0, 0, momentum]) + heavy * one
            return mp.re(trace(gamma * occupied * gamma * (slash(p) + heavy * one)))

        start = numerator(mp.mpf(0))
        slope = numerator(mp.mpf(1)) - start
        total, turns = mp.mpf(0), 48
        for mu, weight in gauss(40):
            across = mp.sqrt(1 - mu**2)
            for j in range(turns):
                along_r = angle * mu + aside * across * mp.cos(2 * mp.pi * j / turns)
                phase = momentum * distance * (along_r - angle)
                total += weight * 2 * mp.pi / turns * (start + slope * mu) * -mp.sin(phase)
        # V = -(G^2/4E) sum N/(p^2-k^2), both ways; 1/(p^2-k^2-i0) has i pi delta, and the two ways are conjugate
        want = -1 / (4 * energy) * 2 * momentum / (16 * mp.pi**2) * total * (mp.mpf(1) / 2 if neutrino == "majorana" else 1)
        at = {k: sp.Rational(11, 10), c: sp.Rational(cosine), r: sp.Rational(19, 10), G_F: 1, n_plus: 1, n_minus: 0}
        at |= {E: sp.sqrt(sp.Rational(121, 100) + sp.Rational(mass) ** 2)}
        both = (momentum_force(neutrino, m if heavy else sp.S.Zero, way).subs(at) for way in ("retarded", "symmetric"))
        ahead, mean = (mp.mpf(str(v.evalf(30))) for v in both)
        assert abs((ahead - mean) / want - 1) < mp.mpf("1e-20")


@pytest.mark.parametrize(("x", "cosine"), [("0.05", "-1"), ("1", "0.3"), ("2.75", "-0.8"), ("10", "0.6")])
def test_a_beam_near_and_far_is_the_principal_value(x, cosine):
    beam = background(Beam(spectra.Line(1), density=1), angle=sp.acos(sp.Rational(cosine)), charges=[(1, 1)])
    with mp.workdps(30):
        want = -2 * brute_force_force(mp.mpf(2), mp.mpf(1), mp.mpf(1), mp.mpf(cosine), mp.mpf(x))
        assert abs(beam.number(sp.Rational(x), G_F=1) / want - 1) < mp.mpf("1e-17")


@pytest.mark.parametrize("size", [sp.S.Half, sp.Integer(5), sp.Integer(40)])
def test_balls_by_the_separations_of_their_discs(size):
    r"""S(L) = \int\int9ab\sqrt{1-a^2}\sqrt{1-b^2}J_0(Lab)\cos(L(a^2+b^2)/2): points of either ball at random, a = sin."""
    with mp.workdps(25):
        L = mp.mpf(size.p) / size.q
        points = [(mp.pi / 4 * (1 + x), mp.pi / 4 * w) for x, w in gauss(50)]
        ring = [(mp.sin(t), 3 * mp.sin(t) * mp.cos(t) ** 2 * w) for t, w in points]
        total = mp.mpf(0)
        for i, (a, wa) in enumerate(ring):
            for b, wb in ring[: i + 1]:
                twice = 2 if b != a else 1
                total += twice * wa * wb * mp.besselj(0, L * a * b) * mp.cos(L * (a * a + b * b) / 2)
        assert abs(sphere_suppression(size, digits=20) - total) < mp.mpf("1e-17")


def test_thermal_scalars_are_matsubaras_sum():
    r"""-\tfrac12T\sum_nD_n^2 with D_n = e^{-|\omega_n|r}/4\pi r and \omega_n = 2\pi nT: no occupation number."""
    total = potential_of(pair_operator("real scalar", sp.S.Zero), sine_transform.bose_einstein_pair(T))
    total += pair_vacuum("real scalar", sp.S.Zero)
    with mp.workdps(30):
        distance, heat = mp.mpf("1.2"), mp.mpf("0.75")
        modes = (mp.exp(-abs(2 * mp.pi * n * heat) * distance) / (4 * mp.pi * distance) for n in range(-12, 13))
        want = -heat * mp.fsum(mode**2 for mode in modes) / 2
        found = mp.mpf(str(total.subs({r: sp.Rational(6, 5), T: sp.Rational(3, 4)}).evalf(30)))
        assert abs(found / want - 1) < mp.mpf("1e-25")


def test_the_wake_of_a_maxwellian_stream_to_sixteen_digits():
    """The average of e^{i(kr - k.r)} over a shifted Gaussian, k_0 = 1, width 1/2, r = 2, 60 degrees."""
    with mp.workdps(25):
        width, distance, angle = mp.mpf("0.5"), mp.mpf(2), mp.pi / 3
        nodes, total = gauss(60), mp.mpf(0)
        for low in range(3):
            for x, wx in nodes:
                size = 2 * (low + (1 + x) / 2)
                for mu, w in nodes:
                    along, across = size * mu, size * mp.sqrt(1 - mu**2)
                    weight = mp.exp(-((along - 1) ** 2 + across**2) / (2 * width**2)) / (2 * mp.pi * width**2) ** mp.mpf("1.5")
                    wave = mp.expj(distance * (size - along * mp.cos(angle)))
                    wave *= mp.besselj(0, across * distance * mp.sin(angle))
                    total += wx * w * 2 * mp.pi * size**2 * weight * wave
        found = mp.mpmathify(wake.mean_wave(sp.S.One, sp.S.Half, (60, "deg"), sp.Integer(2)).evalf(25))
        assert abs(found - total) < mp.mpf("1e-16")


def test_limits_close_by():
    r"""-\frac{4}{3\pi r}\rho of massless gases: -7\pi T^4/90r, -4T^4/\pi^3r, and k_F^4."""
    k_F = symbols("k_F")[0]
    unit = {"charges": [(1, 1)]}
    strength = -(G_F**2) / r
    assert background(FermiDirac(T), **unit).near() == strength * 7 * sp.pi * T**4 / 90
    assert background(MaxwellBoltzmann(T), **unit).near() == strength * 4 * T**4 / sp.pi**3
    # energy density \int d^3k/(2 pi)^3 k = k_F^4/8 pi^2
    assert background(Degenerate(k_F), **unit).near() == strength * sp.Rational(4, 3) / sp.pi * k_F**4 / (8 * sp.pi**2)


def test_series_where_the_closed_forms_cancel():
    """F(y) = 7y^4/360 - 31y^6/7560 + 127y^8/201600, y = 2 pi r T; 2Y^4/3 - 8Y^6/45 + 2Y^8/105, Y = k_F r."""
    x = sp.Symbol("x", positive=True)
    fermi = background(FermiDirac(T), charges=[(1, 1)]).potential().subs({G_F: 1, T: x / (2 * sp.pi * r)})
    series = sp.series(sp.simplify(-4 * sp.pi**3 * r**5 * fermi).rewrite(sp.exp), x, 0, 10).removeO()
    want = sp.Rational(7, 360) * x**4 - sp.Rational(31, 7560) * x**6 + sp.Rational(127, 201600) * x**8
    assert sp.expand(series - want) == 0
    k_F = symbols("k_F")[0]
    filled = background(Degenerate(k_F), charges=[(1, 1)]).potential().subs({G_F: 1, k_F: x / r})
    series = sp.series(sp.expand(-4 * sp.pi**3 * r**5 * filled), x, 0, 10).removeO()
    assert sp.expand(series - (sp.Rational(2, 3) * x**4 - sp.Rational(8, 45) * x**6 + sp.Rational(2, 105) * x**8)) == 0


def test_gamma_matrices_fix_the_sign_of_epsilon():
    """Tr[g^0 g^1 g^2 g^3 g5] = -4i, which is -4i eps^{0123} with eps^{0123} = +1."""
    assert trace(GAMMA[0] * GAMMA[1] * GAMMA[2] * GAMMA[3] * GAMMA5) == -4j
