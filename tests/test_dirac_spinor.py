"""Spinor lines: Dirac equation, Gordon identities, spin sums, charge conjugation."""

from __future__ import annotations

import itertools
import random

import pytest
import sympy as sp

from nuforce_sym.dirac import (
    P_L,
    P_R,
    charge_conjugate,
    charge_conjugation_matrix,
    component,
    dot,
    flipped,
    gamma,
    gamma5,
    gamma_matrices,
    gordon,
    indices,
    majorana_vertex,
    matrix,
    momenta,
    sigma,
    slash,
    spin_sum,
    trace,
    u,
    ubar,
    v,
    vbar,
)
from nuforce_sym.dirac.matrices import REPRESENTATIONS
from nuforce_sym.errors import InputError

k, kp, p, q = momenta("k kp p q")
mu, nu = indices("mu nu")
m, M, g_V, g_A = sp.symbols("m M g_V g_A", real=True)
S = sp.I * sigma(mu, kp - k)


def test_the_dirac_equation_on_each_spinor():
    assert ubar(p, M) * slash(k) * u(k, m) == m * (ubar(p, M) * u(k, m))
    assert ubar(p, M) * slash(k) * v(k, m) == -m * (ubar(p, M) * v(k, m))
    assert ubar(p, M) * slash(p) * u(k, m) == M * (ubar(p, M) * u(k, m))
    assert vbar(p, M) * slash(p) * u(k, m) == -M * (vbar(p, M) * u(k, m))
    assert ubar(p, M) * slash(k) * u(k, m) != 2 * m * (ubar(p, M) * u(k, m))


def test_the_dirac_equation_with_a_projector_keeps_its_half():
    line = ubar(p, M) * P_R * slash(k) * u(k, m)
    assert str(line.reduce().middle) in {"m/2 + m/2*gamma5", "m/2*gamma5 + m/2", "(m/2 + m/2*gamma5)"}
    assert line == m * (ubar(p, M) * P_R * u(k, m))
    assert ubar(p, M) * slash(k) * P_L * u(k, m) == m * (ubar(p, M) * P_R * u(k, m))


def test_a_composite_external_momentum_has_its_own_mass():
    line = ubar(k, m) * (slash(p) + slash(q)) * u(p + q, M)
    assert line.reduce().middle == M
    assert ubar(k, m) * slash(2 * p) * u(2 * p, M) == M * (ubar(k, m) * u(2 * p, M))
    assert ubar(p + q, M) * slash(q) * u(p, m) == (M - m) * (ubar(p + q, M) * u(p, m))


@pytest.mark.parametrize("seed", range(2))
def test_reduced_lines_equal_the_original(seed):
    rng = random.Random(seed)
    letters = [slash(k), slash(kp), slash(q) + m, gamma(nu) * slash(q) * gamma(nu), g_V - g_A * gamma5, slash(k - kp) + M]
    for _ in range(12):
        middle = gamma(mu)
        for letter in rng.sample(letters, 3):
            middle = letter * middle if rng.random() < 0.5 else middle * letter
        bar_ = rng.choice((ubar, vbar))(rng.choice((kp, kp + q)), M)
        line = bar_ * middle * rng.choice((u, v))(k, m)
        assert line.reduce() == line, line
        assert line.reduce() + (bar_ * gamma(mu) * line.ket) != line, line


def test_reduction_removes_the_external_momenta():
    middle = slash(kp) * gamma(mu) * slash(k) * slash(kp)
    text = str((ubar(kp, M) * middle * u(k, m)).reduce().middle)
    assert "slash" not in text


@pytest.mark.parametrize("five", [1, gamma5])
@pytest.mark.parametrize(("left", "right"), [(ubar, u), (vbar, v), (ubar, v), (vbar, u)])
def test_gordon_identities(left, right, five):
    line = left(kp, M) * gamma(mu) * five * right(k, m)
    form = gordon(line, mu)
    assert form == line
    assert str(form) != str(line)


def test_gordon_identity_as_printed():
    # Itzykson and Zuber, Quantum Field Theory, Eq. (2-54)
    printed = ubar(kp, m) * ((component(k, mu) + component(kp, mu) + S) / (2 * m)) * u(k, m)
    assert printed == ubar(kp, m) * gamma(mu) * u(k, m)
    with pytest.raises(InputError, match="sum of masses, which is zero"):
        gordon(ubar(kp, m) * gamma(mu) * gamma5 * u(k, m), mu)
    with pytest.raises(InputError, match="not a multiple"):
        gordon(ubar(kp, m) * slash(q) * u(k, m), mu)


def test_spin_sums_are_traces():
    line = ubar(kp, M) * gamma(mu) * (g_V - g_A * gamma5) * u(k, m)
    other = ubar(kp, M) * gamma(nu) * (g_V - g_A * gamma5) * u(k, m)
    by_hand = trace(gamma(mu) * (g_V - g_A * gamma5) * (slash(k) + m) * (g_V + g_A * gamma5) * gamma(nu) * (slash(kp) + M))
    assert spin_sum([line], [other]) == by_hand
    assert spin_sum([vbar(kp, M) * u(k, m)]) == 4 * dot(k, kp) - 4 * m * M


def test_spin_sum_of_composite_momentum():
    assert spin_sum([ubar(p + k, M) * u(q, m)]) == 4 * dot(p, q) + 4 * dot(k, q) + 4 * m * M


def test_interference_of_exchanged_lines_is_one_trace():
    p1, p2, p3, p4 = momenta("p1 p2 p3 p4")
    direct = [ubar(p3, m) * gamma(mu) * u(p1, m), ubar(p4, m) * gamma(mu) * u(p2, m)]
    exchanged = [ubar(p4, m) * gamma(nu) * u(p1, m), ubar(p3, m) * gamma(nu) * u(p2, m)]
    by_hand = trace(
        gamma(mu) * (slash(p1) + m) * gamma(nu) * (slash(p4) + m) * gamma(mu) * (slash(p2) + m) * gamma(nu) * (slash(p3) + m)
    )
    assert spin_sum(direct, exchanged) == by_hand


def test_amplitudes_with_different_particles_are_refused():
    with pytest.raises(InputError, match="different or repeated spinors"):
        spin_sum([ubar(kp, M) * u(k, m)], [ubar(kp, M) * u(k, M)])
    with pytest.raises(InputError, match="spinors differ"):
        _ = ubar(kp, M) * u(k, m) + ubar(kp, M) * u(p, m)
    with pytest.raises(InputError, match="cannot end a line"):
        _ = ubar(kp, M) * ubar(k, m)
    with pytest.raises(InputError, match="must be a scalar"):
        u(k, "m")


@pytest.mark.parametrize("representation", REPRESENTATIONS)
def test_charge_conjugation_matrix(representation):
    C = charge_conjugation_matrix(representation).sympy()
    for g in gamma_matrices(representation):
        assert C * g.sympy().T * C.inv() == -g.sympy()
    assert C.T == -C


@pytest.mark.parametrize("representation", REPRESENTATIONS)
def test_charge_conjugate_products_agree_with_explicit_matrices(representation):
    C = charge_conjugation_matrix(representation).sympy()
    word = (slash(k) + m + slash(q) * gamma5) * gamma(mu) * (g_V - g_A * gamma5) * sigma(nu, q)
    momenta_at, symbols = {k: (1, 2, -1, 3), q: (0, 1, 1, -2)}, {m: 2, g_V: 3, g_A: -1}
    for a, b in itertools.product(range(4), repeat=2):
        at = (momenta_at, {mu: a, nu: b}, symbols)
        plain = matrix(word, *at, representation=representation).sympy()
        conjugate = matrix(charge_conjugate(word), *at, representation=representation).sympy()
        assert sp.expand(conjugate - C * plain.T * C.inv()) == sp.zeros(4)


def test_signs_of_the_five_bilinears_under_charge_conjugation():
    # Denner, Eck, Hahn, Kueblbeck, Nucl. Phys. B 387 (1992) 467, Sec. 2
    assert charge_conjugate(1) == 1
    assert charge_conjugate(gamma5) == gamma5
    assert charge_conjugate(gamma(mu)) == -gamma(mu)
    assert charge_conjugate(gamma(mu) * gamma5) == gamma(mu) * gamma5
    assert charge_conjugate(sigma(mu, nu)) == -sigma(mu, nu)


def test_flipped_lines_agree_with_explicit_spinors():
    # u spinors from projectors at rational points on the mass shell, v = C ubar^T
    C = charge_conjugation_matrix().sympy()
    g0 = gamma_matrices()[0].sympy()
    at = {k: (3, 2, 2, 0), p: (5, 0, 4, 0)}
    masses = {k: 1, p: 3}

    def spinor(vector, spin):
        # (slash(p) + m) acting on a fixed column is a u spinor
        column = sp.Matrix([1, 0, 0, 0]) if spin == 0 else sp.Matrix([0, 1, 0, 0])
        return matrix(slash(vector) + masses[vector], at).sympy() * column

    word = gamma(mu) * (2 - 3 * gamma5) * slash(q)
    for a, s, t in itertools.product(range(4), range(2), range(2)):
        values = ({**at, q: (1, -1, 2, 1)}, {mu: a})
        u1, u2 = spinor(k, s), spinor(p, t)
        v1, v2 = (C * g0.T * x.conjugate() for x in (u1, u2))
        straight = (u1.H * g0 * matrix(word, *values).sympy() * u2)[0, 0]
        line = flipped(ubar(k, 1) * word * u(p, 3), statistics="commuting")
        backwards = (v2.H * g0 * matrix(line.middle, *values).sympy() * v1)[0, 0]
        assert sp.expand(straight - backwards) == 0
        fields = flipped(ubar(k, 1) * word * u(p, 3), statistics="fields")
        assert fields.middle == -1 * line.middle
        assert (line.bar.kind, line.ket.kind) == ("v", "v")


def test_majorana_currents():
    assert majorana_vertex(gamma(mu)) == 0
    assert majorana_vertex(sigma(mu, nu)) == 0
    assert majorana_vertex(gamma(mu) * (1 - gamma5)) == -gamma(mu) * gamma5
    assert majorana_vertex(1) == 1


def test_statistics_must_be_stated():
    with pytest.raises(InputError, match="'fields'"):
        flipped(ubar(k, m) * u(p, m), statistics="fermions")
