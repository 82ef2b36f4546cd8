"""Radial functionals by quadrature: against the exact ones, at short distances, and what is refused."""

from __future__ import annotations

import mpmath as mp
import pytest

from nuforce_sym.atom.quadrature import quadrature_functional
from nuforce_sym.atom.radial import current_integral, radial_integral
from nuforce_sym.errors import InputError, NotDerivable


@pytest.mark.parametrize(("bra", "ket", "mu"), [((2, 1), (2, 0), 10**7), ((4, 2), (4, 3), 3), ((7, 1), (5, 2), 1)])
def test_a_short_range_force_agrees_with_the_exact_integral(bra, ket, mu):
    def yukawa(x):
        return mp.exp(-mu * x) / x

    ours = quadrature_functional(bra, ket, yukawa, scales=(1 / mu,), digits=20)
    exact = current_integral(*bra, *ket, -1, decay=mu)
    with mp.workdps(30):
        assert abs(ours / mp.mpf(str(exact.sympy.evalf(30))) - 1) < mp.mpf(10) ** -19
    ours = quadrature_functional(bra, ket, yukawa, functional="density", scales=(1 / mu,), digits=20)
    exact = radial_integral(*bra, *ket, -1, decay=mu)
    with mp.workdps(30):
        assert abs(ours / mp.mpf(str(exact.sympy.evalf(30))) - 1) < mp.mpf(10) ** -19


def test_a_potential_completed_at_short_distance_gives_finite_S_P_elements():
    """1/(r (r + s)^4) is r^-5 beyond s and 1/r below; the element grows as s^-2 for s -> 0."""

    def element(s):
        return quadrature_functional((2, 1), (2, 0), lambda x: 1 / (x * (x + s) ** 4), scales=(s,))

    a, b = element(mp.mpf(10) ** -6), element(mp.mpf(10) ** -7)
    assert abs(b / a / 100 - 1) < 1e-4
    # for s -> 0 it is -(3/2) alpha_2s alpha_2p times the moment, with R_2s(0) = 1/sqrt2 and R_2p = eta/sqrt24
    alpha = 1 / mp.sqrt(48)
    moment = mp.beta(2, 2) / mp.mpf(10) ** -14  # int_0^oo x/(x+s)^4 dx = B(2, 2)/s^2
    assert abs(b / (-mp.mpf(3) / 2 * alpha * moment) - 1) < 1e-5


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: quadrature_functional((2, 1), (2, 0), lambda x: x**-5), NotDerivable, r"eta\^-3"),
        (lambda: quadrature_functional((3, 2), (3, 1), lambda x: x**-5), NotDerivable, r"eta\^-1"),
        (lambda: quadrature_functional((3, 2), (3, 0), lambda x: x**-1), InputError, "differ by one"),
        (lambda: quadrature_functional((2, 1), (2, 0), lambda x: 1 / x, functional="G"), InputError, "'P' or 'density'"),
        (lambda: quadrature_functional((2, 1), (2, 0), lambda x: 1 / x, scales=(0,)), InputError, "positive distances"),
        (lambda: quadrature_functional((2, 1), (2, 0), lambda x: 1 / x, digits=999), InputError, "digits"),
        (lambda: quadrature_functional((2, 1), (2, 0), lambda x: mp.sin(10**6 * x)), NotDerivable, "settled"),
    ],
)
def test_what_is_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()
