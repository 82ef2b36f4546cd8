"""The Lorentz heads are ordinary immutable SymPy expressions."""

from __future__ import annotations

import pickle

import pytest
import sympy as sp

from nuforce_sym.dirac import momenta
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum, indices, latex_name

k, q, p = momenta("k q p_prime")
mu, nu = indices("mu nu")
m = sp.Symbol("m", positive=True)
HEADS = [Dot(k, q), Component(k, mu), Metric(mu, nu), LeviCivita(mu, nu, k, q)]


@pytest.mark.parametrize("head", HEADS, ids=str)
def test_heads_rebuild_from_their_arguments(head):
    assert head.func(*head.args) == head
    assert pickle.loads(pickle.dumps(head)) == head  # noqa: S301 - our own bytes
    assert sp.conjugate(head) == head
    assert (2 * head + m).xreplace({head: m}) == 3 * m


def test_symmetries_are_canonical():
    assert Dot(q, k) == Dot(k, q)
    assert Metric(nu, mu) == Metric(mu, nu)
    assert LeviCivita(nu, mu, k, q) == -LeviCivita(mu, nu, k, q)
    assert LeviCivita(mu, k, k, q) == 0


def test_heads_are_linear_in_momenta_under_substitution():
    assert sp.expand(Dot(k, q).subs(k, p + 2 * q)) == Dot(p, q) + 2 * Dot(q, q)
    assert Component(k, mu).subs(k, m * p - q) == m * Component(p, mu) - Component(q, mu)
    assert LeviCivita(mu, nu, k, q).subs(k, p + q) == LeviCivita(mu, nu, p, q)
    assert (Dot(k, q) ** 2).xreplace({k: p}) == Dot(p, q) ** 2
    assert Dot(0 * k, q) == 0


def test_momenta_are_known_by_name_alone():
    assert Momentum("k") == k
    assert hash(Momentum("k")) == hash(k)
    assert Momentum("k") != Index("k")
    assert k != sp.Symbol("k")


@pytest.mark.parametrize(
    ("name", "latex"),
    [("mu", r"\mu"), ("k", "k"), ("kp", "kp"), ("k_prime", "k'"), ("p1", "p_{1}"), ("p_1", "p_{1}"),
     ("mu_1", r"\mu_{1}"), ("k_1_prime", "k'_{1}"), ("q_nu", r"q_{\nu}")],
)  # fmt: skip
def test_names_print_as_latex(name, latex):
    assert latex_name(name) == latex


def test_heads_print_without_double_superscripts():
    assert sp.latex(Dot(k, q) ** 2) == r"\left(k \cdot q\right)^{2}"
    assert sp.latex(Dot(k, k) ** 2) == r"\left(k^{2}\right)^{2}"
    assert sp.latex(Dot(p, p)) == r"\left(p'\right)^{2}"
    assert sp.latex(Component(k, mu) ** 2) == r"\left({k}^{\mu}\right)^{2}"
    assert sp.latex(LeviCivita(mu, nu, k, q)) == r"\varepsilon^{\mu \nu k q}"
    assert str(3 * Dot(k, q) * m) == "3*m*Dot(k, q)"
