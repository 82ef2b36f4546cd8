"""The conventions, with their numbers, by two routes."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp

from nuforce_sym.dirac import (
    P_L,
    P_R,
    contract,
    dot,
    epsilon,
    gamma,
    gamma5,
    gamma5_matrix,
    gamma_matrices,
    indices,
    matrix,
    metric,
    momenta,
    numeric_matrix,
    sigma,
    slash,
    trace,
)
from nuforce_sym.dirac.objects import IDENTITY
from nuforce_sym.lorentz import Component

k, q, p = momenta("k q p")
mu, nu, rho, lam = indices("mu nu rho sigma")
ETA = sp.diag(1, -1, -1, -1)


def test_trace_of_unity_is_four():
    assert trace(IDENTITY).expr == 4


def test_gamma5_trace_is_minus_four_i_epsilon():
    word = gamma(mu) * gamma(nu) * gamma(rho) * gamma(lam) * gamma5
    assert trace(word).expr == -4 * sp.I * epsilon(mu, nu, rho, lam)


def test_epsilon_0123_is_plus_one_and_explicit_matrices_agree():
    word = gamma(mu) * gamma(nu) * gamma(rho) * gamma(lam) * gamma5
    for values in itertools.product(range(4), repeat=4):
        at = dict(zip((mu, nu, rho, lam), values, strict=True))
        assert matrix(word, {}, at).trace() == -4 * sp.I * sp.LeviCivita(*values)
        assert trace(word).at({}, at) == -4 * sp.I * sp.LeviCivita(*values)


@pytest.mark.parametrize("representation", ["dirac", "chiral", "majorana"])
def test_every_representation_obeys_the_clifford_algebra(representation):
    g = [m.sympy() for m in gamma_matrices(representation)]
    for a, b in itertools.product(range(4), repeat=2):
        assert g[a] * g[b] + g[b] * g[a] == 2 * ETA[a, b] * sp.eye(4)
    five = gamma5_matrix(representation).sympy()
    assert five == sp.I * g[0] * g[1] * g[2] * g[3]
    assert five**2 == sp.eye(4)
    assert g[0] == g[0].H
    assert all(-g[i] == g[i].H for i in (1, 2, 3))


def test_the_special_form_of_each_representation():
    assert gamma_matrices("dirac")[0].sympy() == sp.diag(1, 1, -1, -1)
    assert gamma5_matrix("chiral").sympy() == sp.diag(-1, -1, 1, 1)
    assert all(m.sympy().conjugate() == -m.sympy() for m in gamma_matrices("majorana"))


def test_sigma_is_half_i_times_the_commutator():
    for a, b in itertools.product(range(4), repeat=2):
        g = [m.sympy() for m in gamma_matrices()]
        expected = sp.I / 2 * (g[a] * g[b] - g[b] * g[a])
        assert sp.expand(matrix(sigma(mu, nu), {}, {mu: a, nu: b}).sympy() - expected) == sp.zeros(4)


def test_projectors_project():
    assert P_L * P_L == P_L
    assert P_R * P_R == P_R
    assert P_L * P_R == 0
    assert P_L + P_R == 1
    assert gamma(mu) * P_L == P_R * gamma(mu)


def test_numeric_matrices_are_the_exact_ones():
    m = numeric_matrix(slash(k) + 2, {k: (1, 2, 3, 4)})
    exact = matrix(slash(k) + 2, {k: (1, 2, 3, 4)}).sympy()
    assert all(complex(exact[i, j]) == m[i, j] for i in range(4) for j in range(4))


def test_epsilon_contractions_have_the_minkowski_sign():
    # Itzykson and Zuber, Quantum Field Theory, Appendix A-2
    assert contract(epsilon(mu, nu, rho, lam) ** 2) == -24
    assert contract(epsilon(mu, nu, rho, k) * epsilon(mu, nu, rho, q)) == -6 * dot(k, q)
    assert sp.expand(contract(epsilon(mu, nu, k, q) ** 2) + 2 * (dot(k, k) * dot(q, q) - dot(k, q) ** 2)) == 0


def test_contraction_of_metrics_and_components():
    D = sp.Symbol("D")
    assert contract(metric(mu, nu) * Component(k, nu)) == Component(k, mu)
    assert contract(metric(mu, mu), dim=D) == D
    assert contract(metric(mu, nu) * metric(nu, rho) * metric(rho, mu)) == 4
    assert contract(epsilon(mu, nu, rho, lam) * Component(k, mu) * Component(q, nu)) == epsilon(k, q, rho, lam)


def test_two_forms_of_one_answer_compare_equal_by_schouten():
    # p^mu eps^{nu rho sigma k} antisymmetrised over five indices vanishes in four dimensions
    T = trace(slash(p) * slash(k)).contract(epsilon(mu, nu, rho, lam))
    form = (
        Component(p, mu) * epsilon(k, nu, rho, lam)
        + Component(p, nu) * epsilon(mu, k, rho, lam)
        + Component(p, rho) * epsilon(mu, nu, k, lam)
        + Component(p, lam) * epsilon(mu, nu, rho, k)
    )
    assert 4 * form == T
    assert 4 * form + 4 * epsilon(mu, nu, rho, lam) * dot(k, k) != T
    assert 4 * form - 4 * Component(p, mu) * epsilon(k, nu, rho, lam) != T


def test_gram_determinant_of_five_vectors_vanishes_in_four_dimensions_only():
    vectors = momenta("v1 v2 v3 v4 v5")
    gram = sp.Matrix(5, 5, lambda i, j: dot(vectors[i], vectors[j])).det(method="berkowitz")
    four = trace(IDENTITY) * sp.expand(gram)
    assert four == 0
    assert trace(IDENTITY, dim=sp.Symbol("D")) * sp.expand(gram) != 0
