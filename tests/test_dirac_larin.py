"""gamma5 in D dimensions: Larin's scheme, or a refusal."""

from __future__ import annotations

import pytest
import sympy as sp

from nuforce_sym.dirac import dot, gamma, gamma5, indices, momenta, slash, trace
from nuforce_sym.errors import InputError

k, p, q, l = momenta("k p q l")
mu, nu, rho, lam = indices("mu nu rho sigma")
D = sp.Symbol("D")
m = sp.Symbol("m")

WORDS = {
    "one gamma5": slash(k) * slash(p) * gamma(mu) * gamma(nu) * gamma5,
    "gamma5 in front": gamma5 * gamma(mu) * slash(k) * gamma(nu) * slash(p),
    "two axial vertices": gamma(mu) * gamma5 * (slash(k) + m) * gamma(nu) * gamma5 * (slash(p) + m),
    "vector minus axial": gamma(mu) * (1 - gamma5) * (slash(k) + m) * gamma(nu) * (slash(p) - m),
    "pseudoscalar pair": gamma5 * (slash(k) + m) * gamma5 * (slash(p) + m),
}


@pytest.mark.parametrize("name", WORDS)
def test_larin_traces_become_the_four_dimensional_ones_at_four(name):
    word = WORDS[name]
    value = trace(word, dim=D, scheme="larin").expr.subs(D, 4)
    assert trace(word) == value


def test_axial_pair_has_its_d_dimensional_value():
    # eps_{mu abc} eps^{mu def} = -(D-3) 3! delta^{[def]}_{abc} and Tr g^{[abc]} g_{[abc]} = -4 D(D-1)(D-2)
    word = gamma(mu) * gamma5 * gamma(mu) * gamma5
    expected = -sp.Rational(2, 3) * D * (D - 1) * (D - 2) * (D - 3)
    assert sp.expand(trace(word, dim=D, scheme="larin").expr - expected) == 0


def test_the_four_fold_form_squares_to_its_d_dimensional_value():
    # (1/24)^2 * 24 * D(D-1)(D-2)(D-3), from eps*eps = -det and Tr g^{[abcd]} g_{[dcba]} = 4 D(D-1)(D-2)(D-3)
    value = trace(gamma5 * slash(k) * gamma5 * slash(k), dim=D, scheme="larin").expr.subs(D, 4)
    assert value == -4 * dot(k, k)
    square = trace(gamma5 * gamma5, dim=D, scheme="larin").expr
    assert sp.expand(square - D * (D - 1) * (D - 2) * (D - 3) / 6) == 0


def test_unknown_schemes_and_no_scheme_are_refused():
    with pytest.raises(InputError, match="scheme 'naive' is unknown"):
        trace(gamma(mu) * gamma5, dim=D, scheme="naive")
    with pytest.raises(InputError, match="without a scheme"):
        trace(gamma(mu) * gamma5, dim=D)
