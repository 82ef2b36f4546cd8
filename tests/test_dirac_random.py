"""Random expressions against explicit 4x4 matrices over exact rationals."""

from __future__ import annotations

import random

import pytest
import sympy as sp

from nuforce_sym.dirac import (
    P_L,
    P_R,
    bar,
    epsilon,
    gamma,
    gamma5,
    matrix,
    metric,
    momenta,
    sigma,
    slash,
    trace,
)
from nuforce_sym.dirac.objects import IDENTITY
from nuforce_sym.lorentz import Component, Index

MOMENTA = momenta("k p q l_1 l_2")
A, B, M = sp.symbols("a b m")
D = sp.Symbol("D")


def combination(rng, vectors):
    picked = rng.sample(vectors, rng.randint(1, min(2, len(vectors))))
    return sum((rng.choice((-2, -1, 1, sp.Rational(1, 2), A)) * p for p in picked), sp.S.Zero)


def random_letter(rng, vectors, five):
    kinds = ["slash", "slash", "massive", "scalar"] + (["chiral", "axial", "PL", "PR", "gamma5"] if five else [])
    kind = rng.choice(kinds)
    p = combination(rng, vectors)
    return {
        "slash": lambda: slash(p),
        "massive": lambda: slash(p) + rng.choice((M, -M, 2, A * B)),
        "scalar": lambda: IDENTITY * rng.choice((A, sp.I, sp.Rational(2, 3))),
        "chiral": lambda: A - B * gamma5,
        "axial": lambda: slash(p) * (1 + gamma5) + M,
        "PL": lambda: P_L,
        "PR": lambda: P_R,
        "gamma5": lambda: gamma5,
    }[kind]()


def random_word(rng, length, *, five=True, contracted=0, opened=0, vectors=MOMENTA[:3], sums=True):
    """A product with summed and open indices at random places; returns it and its open indices."""
    letters = [random_letter(rng, vectors, five) for _ in range(length)]
    if sums and rng.random() < 0.3:
        letters.append(slash(vectors[0]) * slash(vectors[-1]) - M * slash(vectors[-1]))
    marks = []
    free = [Index(f"mu{i}") for i in range(opened)]
    for i in range(contracted):
        mu = Index(f"rho{i}")
        marks += [gamma(mu), rng.choice((gamma(mu), gamma(mu), slash(vectors[0]) * gamma(mu)))]
    for mu in free:
        marks.append(rng.choice((gamma(mu), gamma(mu), sigma(mu, vectors[0]), gamma(mu) - Component(vectors[0], mu))))
    for mark in marks:
        letters.insert(rng.randint(0, len(letters)), mark)
    word = IDENTITY
    for letter in letters:
        word = word * letter
    return word, free


def random_point(rng, free):
    return (
        {p: tuple(rng.randint(-3, 3) for _ in range(4)) for p in MOMENTA},
        {mu: rng.randrange(4) for mu in free},
        {A: sp.Rational(rng.randint(-3, 3), 2), B: rng.randint(1, 4), M: rng.randint(-3, 3)},
    )


@pytest.mark.parametrize("seed", range(8))
def test_traces_agree_with_explicit_matrices(seed):
    rng = random.Random(seed)
    for _ in range(75):
        word, free = random_word(
            rng, rng.randint(0, 6), five=rng.random() < 0.6, contracted=rng.randint(0, 2), opened=rng.randint(0, 3)
        )
        at = random_point(rng, free)
        assert trace(word).at(*at) == sp.expand(matrix(word, *at).trace()), word


@pytest.mark.parametrize("seed", range(4))
def test_traces_with_five_independent_momenta_agree_with_explicit_matrices(seed):
    rng = random.Random(100 + seed)
    for _ in range(25):
        word, free = random_word(rng, rng.randint(4, 7), contracted=1, opened=rng.randint(0, 1), vectors=MOMENTA)
        at = random_point(rng, free)
        assert trace(word).at(*at) == sp.expand(matrix(word, *at).trace()), word


@pytest.mark.parametrize("seed", range(4))
def test_traces_in_symbolic_dimension_become_the_matrix_value_at_four(seed):
    rng = random.Random(200 + seed)
    for _ in range(40):
        word, free = random_word(rng, rng.randint(0, 6), five=False, contracted=rng.randint(1, 3), opened=rng.randint(0, 1))
        momenta_at, indices_at, symbols_at = random_point(rng, free)
        value = trace(word, dim=D).at(momenta_at, indices_at, {**symbols_at, D: 4})
        assert value == sp.expand(matrix(word, momenta_at, indices_at, symbols_at).trace()), word


@pytest.mark.parametrize("seed", range(2))
def test_products_of_traces_tied_by_indices_agree_with_explicit_sums(seed):
    rng = random.Random(300 + seed)
    for _ in range(20):
        one, free = random_word(rng, rng.randint(2, 4), opened=2)
        two, _ = random_word(rng, rng.randint(2, 4), opened=2)
        at = random_point(rng, ())
        total = sp.S.Zero
        for n in range(16):
            values = dict(zip(free, divmod(n, 4), strict=True))
            sign = (1 if n // 4 == 0 else -1) * (1 if n % 4 == 0 else -1)
            total += sign * matrix(one, at[0], values, at[2]).trace() * matrix(two, at[0], values, at[2]).trace()
        assert trace(one).contract(trace(two)).at(*at) == sp.expand(total), (one, two)


@pytest.mark.parametrize("seed", range(2))
def test_tensor_coefficients_are_contracted_into_the_trace(seed):
    rng = random.Random(400 + seed)
    k, p, q = MOMENTA[:3]
    for _ in range(15):
        word, (mu, nu) = random_word(rng, rng.randint(1, 4), opened=2)
        tensor = rng.choice((metric(mu, nu), epsilon(mu, nu, k, q), Component(p, mu) * Component(k, nu)))
        at = random_point(rng, ())
        assert trace(word * tensor).at(*at) == sp.expand(matrix(word * tensor, *at).trace()), (word, tensor)


@pytest.mark.parametrize("representation", ["dirac", "chiral", "majorana"])
def test_representations_give_equal_traces_and_adjoints(representation):
    rng = random.Random(500)
    g0 = gamma(Index("zero"))
    for _ in range(20):
        word, free = random_word(rng, rng.randint(1, 5), contracted=1, opened=1)
        momenta_at, indices_at, symbols_at = random_point(rng, free)
        real = {
            A: symbols_at[A],
            B: symbols_at[B],
            M: symbols_at[M],
            **{sp.conjugate(x): symbols_at[x] for x in (A, B, M)},
        }
        here = matrix(word, momenta_at, indices_at, symbols_at, representation=representation)
        assert here.trace() == matrix(word, momenta_at, indices_at, symbols_at).trace()
        zero = matrix(g0, momenta_at, {Index("zero"): 0}, {}, representation=representation).sympy()
        adjoint = matrix(bar(word), momenta_at, indices_at, real, representation=representation).sympy()
        assert sp.expand(adjoint - zero * here.sympy().H * zero) == sp.zeros(4)
