"""Results in the conventions of other sources."""

from __future__ import annotations

import pytest
import sympy as sp

from nuforce_sym.dirac import (
    epsilon,
    gamma,
    gamma5,
    indices,
    momenta,
    slash,
    to_feyncalc,
    to_form,
    trace,
    translate,
    translate_back,
)
from nuforce_sym.errors import InputError

k, q = momenta("k q")
mu, nu, rho, lam = indices("mu nu rho lam")
T = trace(gamma(mu) * gamma(nu) * gamma(rho) * gamma(lam) * gamma5)


def test_the_gamma5_trace_in_three_conventions():
    assert translate(T, to="epsilon^0123=+1") == -4 * sp.I * epsilon(mu, nu, rho, lam)
    assert translate(T, to="epsilon^0123=-1") == 4 * sp.I * epsilon(mu, nu, rho, lam)
    # FORM manual: Tr[g5 g(m1) g(m2) g(m3) g(m4)] = 4*e_(m1,m2,m3,m4)
    assert translate(T, to="form") == 4 * epsilon(mu, nu, rho, lam)
    assert to_form(T) == "(-4)*e_(lam,mu,nu,rho)"


def test_translation_can_be_undone():
    expr = trace(gamma(mu) * slash(k) * gamma(nu) * slash(q) * (1 - gamma5)).expr
    for name in ("nuforce", "epsilon^0123=+1", "epsilon^0123=-1", "form"):
        assert sp.expand(translate_back(translate(expr, to=name), source=name) - expr) == 0


def test_feyncalc_input():
    assert to_feyncalc(T) == "(4)*I*LC[lam,mu,nu,rho]"
    assert to_feyncalc(T, levi_civita_sign=1) == "(-4)*I*LC[lam,mu,nu,rho]"
    assert to_feyncalc(trace(slash(k) * slash(q)) * trace(slash(k) * slash(k))) == "(16)*SP[k,k]*SP[k,q]"
    mixed = trace(gamma(mu) * slash(k) * gamma(nu) * slash(q) * gamma5)
    assert mixed.expr == 4 * sp.I * epsilon(mu, nu, k, q)
    assert to_feyncalc(mixed) == "(4)*I*LC[mu,nu][k,q]"


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="convention 'peskin' is unknown"):
        translate(T, to="peskin")
    with pytest.raises(InputError, match="neither a Tensor"):
        translate("x", to="form")
    with pytest.raises(InputError, match="levi_civita_sign"):
        to_feyncalc(T, levi_civita_sign=2)
    with pytest.raises(InputError, match="cannot be written in FORM"):
        to_form(sp.sqrt(sp.Symbol("x")))
