"""Properties that every trace must have, on random expressions."""

from __future__ import annotations

import random

import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from nuforce_sym.dirac import bar, charge_conjugate, gamma, gamma5, indices, momenta, reduce_chain, slash, trace
from nuforce_sym.dirac.objects import IDENTITY
from nuforce_sym.lorentz import LeviCivita
from tests.test_dirac_random import M, random_word

D = sp.Symbol("D")
seeds = st.integers(min_value=0, max_value=10**6)
quick = settings(max_examples=40, deadline=None, derandomize=True)


def word(seed, **options):
    rng = random.Random(seed)
    return random_word(rng, rng.randint(1, 4), contracted=rng.randint(0, 1), **options)[0]


@given(seeds, seeds)
@quick
def test_trace_is_linear(s, t):
    a, b = word(s), word(t)
    assert trace(2 * a - M * b) == 2 * trace(a) - trace(b) * M


@given(seeds, seeds)
@quick
def test_trace_is_cyclic(s, t):
    a, b = word(s), _renamed(word(t))
    assert trace(a * b) == trace(b * a)


def _renamed(d):
    from nuforce_sym.dirac import replace
    from nuforce_sym.lorentz import Index

    return replace(d, {Index("rho0"): Index("tau0")})


@given(seeds)
@quick
def test_trace_is_unchanged_by_charge_conjugation_which_reverses_the_order(s):
    a = word(s)
    assert trace(charge_conjugate(a)) == trace(a)


@given(seeds)
@quick
def test_reversal_of_plain_slashes_changes_nothing(s):
    rng = random.Random(s)
    vectors = [slash(rng.choice(momenta("k p q l"))) for _ in range(rng.choice((2, 4, 6)))]
    forward, backward = IDENTITY, IDENTITY
    for v in vectors:
        forward, backward = forward * v, v * backward
    assert trace(forward, dim=D) == trace(backward, dim=D)


@given(seeds)
@quick
def test_gamma5_anticommutes_with_every_vector(s):
    a, k = word(s), momenta("k")
    assert trace(gamma5 * slash(k) * a) == -trace(slash(k) * gamma5 * a)
    assert trace(gamma5 * gamma5 * a) == trace(a)


@given(seeds)
@quick
def test_d_to_four(s):
    a = word(s, five=False)
    four = trace(a, dim=D).expr.subs(D, 4)
    assert trace(a) == four


@given(seeds)
@quick
def test_parity_flips_exactly_the_epsilon_terms(s):
    a = word(s, opened=1)
    from nuforce_sym.dirac import replace
    from nuforce_sym.dirac.objects import Dirac, Linear, Sum

    def mirrored(d):
        factors = []
        for f in d.factors:
            if isinstance(f, Linear):
                five = tuple((p, -c) for p, c in f.vector5)
                factors.append(Linear(f.vector, f.scalar, five, -f.scalar5))
            elif isinstance(f, Sum):
                factors.append(Sum(tuple(mirrored(t) for t in f.terms)))
            else:
                factors.append(f)
        return Dirac(d.coefficient, tuple(factors), d.counts)

    expr = trace(a).expr
    assert trace(mirrored(a)) == expr.xreplace({e: -e for e in expr.atoms(LeviCivita)})
    assert replace(a, {}) == a


@given(seeds)
@quick
def test_the_trace_of_the_adjoint_is_the_complex_conjugate(s):
    from tests.test_dirac_random import A, B

    real = {x: sp.Symbol(x.name, real=True) for x in (A, B, M)}
    from nuforce_sym.dirac import replace

    a = replace(word(s), real)
    assert trace(bar(a)) == sp.conjugate(trace(a).expr)


@given(seeds)
@quick
def test_reduction_commutes_with_the_trace(s):
    a = word(s)
    assert trace(reduce_chain(a)) == trace(a)


def test_gamma5_alone_and_with_up_to_three_matrices_has_no_trace():
    mu, nu, rho = indices("mu nu rho")
    for d in (gamma5, gamma(mu) * gamma5, gamma(mu) * gamma(nu) * gamma5, gamma(mu) * gamma(nu) * gamma(rho) * gamma5):
        assert trace(d) == 0
        assert trace(d).expr == 0


def test_results_do_not_depend_on_the_hash_seed():
    import subprocess
    import sys

    code = (
        "from nuforce_sym.dirac import *\n"
        "k, p, q, l, r = momenta('k p q l r'); mu, nu = indices('mu nu')\n"
        "w = gamma(mu)*(slash(k+p)+2)*gamma5*slash(q)*gamma(nu)*slash(l)*slash(r)*sigma(mu, nu)*slash(p)\n"
        "t = trace(w); print(t.expr, len(t), reduce_chain(w), nonrelativistic('A').expr)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": s}, capture_output=True, text=True, check=True
        ).stdout
        for s in ("0", "1", "77")
    }
    assert len(outputs) == 1
