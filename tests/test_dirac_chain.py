"""Open products reduce to the basis, in four and in D dimensions."""

from __future__ import annotations

import random

import pytest
import sympy as sp

from nuforce_sym.dirac import (
    P_L,
    component,
    dot,
    epsilon,
    gamma,
    gamma5,
    indices,
    matrix,
    metric,
    momenta,
    reduce_chain,
    replace,
    sigma,
    slash,
    trace,
)
from nuforce_sym.dirac.chain import blades
from nuforce_sym.errors import InputError
from tests.test_dirac_random import A, B, M, random_point, random_word

k, p, q = momenta("k p q")
mu, nu, rho, lam, alpha, beta = indices("mu nu rho sigma alpha beta")
D = sp.Symbol("D")


@pytest.mark.parametrize("seed", range(6))
def test_reduced_chains_are_the_same_explicit_matrix(seed):
    rng = random.Random(1000 + seed)
    for _ in range(40):
        word, free = random_word(rng, rng.randint(1, 5), contracted=rng.randint(0, 2), opened=rng.randint(0, 1))
        at = random_point(rng, free)
        difference = matrix(reduce_chain(word), *at).sympy() - matrix(word, *at).sympy()
        assert sp.expand(difference) == sp.zeros(4), word


@pytest.mark.parametrize("seed", range(3))
def test_chains_in_symbolic_dimension_become_the_explicit_matrix_at_four(seed):
    rng = random.Random(1100 + seed)
    for _ in range(30):
        word, free = random_word(rng, rng.randint(1, 4), five=False, contracted=rng.randint(1, 2), opened=rng.randint(0, 1))
        momenta_at, indices_at, symbols_at = random_point(rng, free)
        reduced = matrix(reduce_chain(word, dim=D), momenta_at, indices_at, {**symbols_at, D: 4})
        difference = reduced.sympy() - matrix(word, momenta_at, indices_at, symbols_at).sympy()
        assert sp.expand(difference) == sp.zeros(4), word


def test_contraction_identities_in_d_dimensions():
    # Itzykson and Zuber, Quantum Field Theory, Sec. 8-1-2; Peskin and Schroeder, Eq. (A.55)
    def contracted(*inside):
        word = gamma(mu)
        for x in inside:
            word = word * slash(x)
        return blades(word * gamma(mu), D)

    def combination(d):
        return blades(d, D)

    assert contracted() == {((), False): D}
    assert contracted(k) == combination((2 - D) * slash(k))
    assert contracted(k, p) == combination(4 * dot(k, p) + (D - 4) * slash(k) * slash(p))
    expected = -2 * slash(q) * slash(p) * slash(k) + (4 - D) * slash(k) * slash(p) * slash(q)
    assert contracted(k, p, q) == combination(expected)


def test_chisholm_identity():
    # Itzykson and Zuber, Quantum Field Theory, Appendix A-2, with epsilon^{0123} = +1
    identity = (
        metric(mu, nu) * gamma(rho)
        - metric(mu, rho) * gamma(nu)
        + metric(nu, rho) * gamma(mu)
        + sp.I * epsilon(mu, nu, rho, alpha) * gamma(alpha) * gamma5
    )
    assert gamma(mu) * gamma(nu) * gamma(rho) == identity
    wrong = identity - 2 * sp.I * epsilon(mu, nu, rho, alpha) * gamma(alpha) * gamma5
    assert gamma(mu) * gamma(nu) * gamma(rho) != wrong


def test_chisholm_contraction_with_a_trace():
    # gamma_mu Tr[gamma^mu S] = 2 (S + reversed S) for an odd product S, in four dimensions (Chisholm 1963)
    S, reverse = slash(k) * slash(p) * slash(q), slash(q) * slash(p) * slash(k)
    tr = trace(gamma(mu) * S)
    assert gamma(mu) * tr.expr == 2 * (S + reverse)


def test_sigma_gamma5_is_the_dual():
    assert sigma(mu, nu) * gamma5 == sp.I / 2 * epsilon(mu, nu, alpha, beta) * sigma(alpha, beta)


def test_vanishing_chains_reduce_to_zero():
    assert reduce_chain(gamma(mu) * sigma(alpha, beta) * gamma(mu)).coefficient == 0
    assert reduce_chain(slash(k) * slash(p) + slash(p) * slash(k) - 2 * dot(k, p)).coefficient == 0
    assert reduce_chain(P_L * gamma(mu) * P_L).coefficient == 0


def test_tensor_coefficients_are_absorbed():
    assert str(reduce_chain(component(k, mu) * gamma(mu))) == "slash(k)"
    assert str(reduce_chain(metric(mu, nu) * gamma(mu))) == "gamma(nu)"


def test_replacing_momenta_indices_and_scalars():
    word = (slash(q) + M) * gamma(mu) * (A - B * gamma5)
    replaced = replace(word, {q: k - p, mu: nu, M: 2 * A, B: sp.Integer(0)})
    assert replaced == (slash(k - p) + 2 * A) * gamma(nu) * A


def test_gamma5_in_d_dimensions_is_refused():
    with pytest.raises(InputError, match="gamma5"):
        reduce_chain(gamma(mu) * gamma5 * gamma(mu), dim=D)
