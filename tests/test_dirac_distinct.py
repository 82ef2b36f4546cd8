"""Many different momenta with gamma5."""

from __future__ import annotations

import random

import pytest
import sympy as sp

from nuforce_sym.dirac import gamma5, matrix, momenta, slash, trace
from nuforce_sym.dirac.distinct import distinct_momenta
from nuforce_sym.dirac.trace import _word_trace
from nuforce_sym.dirac.words import setting, simple_words

VECTORS = momenta("a b c d e f g h i j k l")


def word_of(vectors):
    word = slash(vectors[0])
    for x in vectors[1:]:
        word = word * slash(x)
    return word


@pytest.mark.parametrize("n", [6, 8, 10, 12])
def test_gamma5_traces_of_distinct_momenta_agree_with_explicit_matrices(n):
    rng = random.Random(n)
    for _ in range(8):
        vectors = rng.sample(VECTORS, n)
        word = word_of(vectors) * gamma5
        at = {p: tuple(rng.randint(-5, 5) for _ in range(4)) for p in vectors}
        assert trace(word).at(at) == sp.expand(matrix(word, at).trace())


@pytest.mark.parametrize("n", [8, 10, 12])
def test_plain_traces_of_distinct_momenta_agree_with_explicit_matrices(n):
    rng = random.Random(n)
    for _ in range(4):
        vectors = rng.sample(VECTORS, n)
        word = word_of(vectors)
        at = {p: tuple(rng.randint(-5, 5) for _ in range(4)) for p in vectors}
        assert trace(word).at(at) == sp.expand(matrix(word, at).trace())


@pytest.mark.parametrize(("n", "terms"), [(6, 6), (8, 33), (10, 204), (12, 1557)])
def test_number_of_terms_with_gamma5(n, terms):
    assert len(trace(word_of(VECTORS[:n]) * gamma5)) == terms


def test_the_special_route_and_the_general_engine_agree():
    word = word_of(VECTORS[:8]) * gamma5
    words = list(simple_words(word))
    assert distinct_momenta(words[0][1]) == tuple("abcdefgh")
    general = _word_trace(words[0][1], setting(words, sp.Integer(4)))
    assert trace(word) == general
    assert trace(word) != 2 * general


def test_other_words_take_the_general_route():
    ((_, repeated),) = simple_words(word_of((*VECTORS[:7], VECTORS[0])) * gamma5)
    ((_, plain),) = simple_words(word_of(VECTORS[:8]))
    ((_, massive),) = simple_words(word_of(VECTORS[:7]) * (slash(VECTORS[8]) + 1) * gamma5)
    assert distinct_momenta(repeated) is distinct_momenta(plain) is distinct_momenta(massive) is None
