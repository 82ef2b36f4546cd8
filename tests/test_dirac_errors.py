"""Bad input is refused at once, naming the offending factor."""

from __future__ import annotations

import pytest
import sympy as sp

from nuforce_sym.dirac import contract, gamma, gamma5, indices, matrix, momenta, slash, trace, u, ubar
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum

k, q, p = momenta("k q p")
mu, nu, rho = indices("mu nu rho")
D = sp.Symbol("D")

CASES = {
    "an index three times": (lambda: gamma(mu) * gamma(mu) * gamma(mu), "index mu occurs 3 times"),
    "an index three times through a coefficient": (
        lambda: gamma(mu) * gamma(mu) * Component(k, mu),
        "index mu occurs 3 times",
    ),
    "an open index on one side of a sum": (lambda: gamma(mu) + slash(k), r"open indices \(mu\)"),
    "different open indices in a sum": (lambda: gamma(mu) + gamma(nu), r"\(mu\).*\(nu\)"),
    "a momentum named like an index": (lambda: trace(gamma(mu) * slash(Momentum("mu"))), "'mu' names both"),
    "gamma5 in D dimensions": (lambda: trace(gamma(mu) * (slash(k) + gamma5), dim=D), "gamma5 .* no meaning in dim"),
    "mixed dimensions": (lambda: trace(slash(k) * slash(q), dim=D).contract(trace(slash(k) * slash(q))), "mixed dim"),
    "another whole dimension": (lambda: trace(slash(k), dim=3), "dim=3 is not supported"),
    "a trace that is too large": (lambda: trace(_long()), "could have up to .* terms, above the limit"),
    "a float": (lambda: slash(k) * 0.5, "not exact"),
    "a float inside": (lambda: trace(slash(k) * slash(0.5 * q)), "not exact"),
    "text": (lambda: slash("k"), "not a momentum"),
    "text as coefficient": (lambda: slash(k) * "m", "not a SymPy scalar"),
    "a momentum as coefficient": (lambda: trace(slash(k) * k), "as a number"),
    "a product of momenta": (lambda: k * q, "multiplies two momenta"),
    "a product of sums of momenta": (lambda: (k + p) * q, "multiplies two momenta"),
    "a power of a momentum": (lambda: k**2, "no powers"),
    "a sum that is not homogeneous": (lambda: slash(k + sp.Symbol("m")), "not a number times one momentum"),
    "gamma of a momentum": (lambda: gamma(k), r"write slash\(k\)"),
    "gamma of five": (lambda: gamma(5), "gamma5"),
    "a bad name": (lambda: Momentum("k'"), "not allowed"),
    "a bad index name": (lambda: Index("1mu"), "not allowed"),
    "a momentum as metric slot": (lambda: Metric(mu, k), "needs an Index"),
    "an index in a scalar product": (lambda: Dot(k, mu), "Momentum"),
    "three slots": (lambda: LeviCivita(mu, nu, k), "needs exactly 4"),
    "open indices differing in an expression": (
        lambda: contract(Component(k, mu) + Component(k, nu)),
        "different open indices",
    ),
    "an index three times in an expression": (
        lambda: contract(Component(k, mu) * Metric(mu, mu)),
        "index mu occurs 3 times",
    ),
    "a tensor under a fraction": (lambda: contract(1 / Component(k, mu)), "positive whole power"),
    "a negative power": (lambda: slash(k) ** -1, "powers 0, 1, 2"),
    "text to contract": (lambda: contract("k"), "text is not read"),
    "no value for a momentum": (lambda: matrix(slash(k)), "momentum k has no components"),
    "no value for an index": (lambda: matrix(gamma(mu)), "index mu is open"),
    "no value for a symbol": (lambda: matrix(slash(k) * D, {k: (1, 0, 0, 0)}), "give every symbol a value"),
    "an unknown representation": (lambda: matrix(gamma(mu), {}, {mu: 0}, representation="weyl"), "unknown"),
    "a division by zero": (lambda: slash(k) / 0, "divided by zero"),
    "an infinite coefficient": (lambda: slash(k) * sp.oo, "not finite"),
    "an undefined coefficient": (lambda: gamma(mu) * sp.nan, "not finite"),
    "no names": (lambda: momenta(" "), "declares nothing"),
    "a number for names": (lambda: indices(3), "declares nothing"),
    "a ket before a bra": (lambda: u(k, D) * ubar(q, D), "begin a line with ubar"),
    "a limit that is no number": (lambda: trace(slash(k), max_terms="9"), "must be a whole number"),
    "a trace value without a momentum": (lambda: trace(slash(k) * slash(q)).at({k: (1, 0, 0, 0)}), "q occurs"),
}


def _long():
    word = slash(k)
    for i in range(27):
        word = word * slash(Momentum(f"p{i}"))
    return word


@pytest.mark.parametrize("name", CASES)
def test_refused(name):
    call, message = CASES[name]
    with pytest.raises(InputError, match=message):
        call()
