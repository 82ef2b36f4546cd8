"""Bethe logarithms: the tables of the literature, and a diagonalisation in Sturmian functions."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest
from scipy.linalg import eigh
from scipy.special import eval_genlaguerre, gammaln, roots_genlaguerre

from nuforce_sym.atom.bethe import bethe_logarithm
from nuforce_sym.errors import InputError, NotDerivable

# G. W. F. Drake and R. A. Swainson, Phys. Rev. A 41, 1243 (1990), as a program for the levels of hydrogen in a public
# repository prints them with that source
FIFTEEN_DECIMALS = {
    (1, 0): "2.984128555765498", (2, 0): "2.811769893120563", (3, 0): "2.767663612491822", (4, 0): "2.749811840454057",
    (6, 0): "2.735664206935105", (8, 0): "2.730267260690589", (2, 1): "-0.030016708630213", (3, 1): "-0.038190229385312",
    (4, 1): "-0.041954894598086", (3, 2): "-0.005232148140883", (4, 2): "-0.006740938876975", (6, 2): "-0.008147203962354",
    (8, 2): "-0.008785042984125", (12, 2): "-0.009342953986099",
}  # fmt: skip
# the same source, as another program prints it, to nine significant digits
NINE_DIGITS = {
    (4, 3): "-0.00173366148", (5, 1): "-0.0440346956", (5, 2): "-0.00760075126", (5, 3): "-0.00220216838",
    (5, 4): "-0.000772098902",
}  # fmt: skip


@pytest.mark.parametrize(("n", "l"), FIFTEEN_DECIMALS)
def test_all_fifteen_decimals_of_the_table_come_out(n, l):
    with mp.workdps(30):
        assert abs(bethe_logarithm(n, l) - mp.mpf(FIFTEEN_DECIMALS[n, l])) < mp.mpf("1e-15")


@pytest.mark.parametrize(("n", "l"), NINE_DIGITS)
def test_all_nine_digits_of_the_table_come_out(n, l):
    with mp.workdps(30):
        assert mp.nstr(bethe_logarithm(n, l), 9) == NINE_DIGITS[n, l]


def pseudostates(n, l, k, size):
    r"""Return energies of pseudostates of orbital momentum k and their elements with r R_nl.

    The basis x^{(a+1)/2} e^{-x/2} L^a_i(x), x = 2 lambda r, a = 2k + 1, is orthonormal with the weight 1/x.
    """
    decay, a, i = 3.0 / n, 2 * k + 1, np.arange(size)
    off = np.sqrt(i[1:] * (i[1:] + a)) / (2 * decay)
    overlap = np.diag((2 * i + a + 1) / (2 * decay)) - np.diag(off, 1) - np.diag(off, -1)
    hamiltonian = np.diag((i + k + 1) * decay - 1) - decay**2 / 2 * overlap
    x, w = roots_genlaguerre(size + 12, a)
    norms = np.exp(0.5 * (gammaln(i + a + 1) - gammaln(i + 1)))
    basis = np.array([eval_genlaguerre(j, a, x) for j in i]) / norms[:, None]
    r = x / (2 * decay)
    source = basis @ (w * radial(n, l, r) * r**2 * x ** ((1 - a) / 2) * np.exp(x / 2)) / (2 * decay)
    energies, vectors = eigh(hamiltonian, overlap)
    return energies, vectors.T @ source


def radial(n, l, r):
    x = 2 * r / n
    log_norm = 0.5 * (3 * np.log(2 / n) + gammaln(n - l) - np.log(2 * n) - gammaln(n + l + 1))
    return np.exp(log_norm - x / 2 + l * np.log(x)) * eval_genlaguerre(n - l - 1, 2 * l + 1, x)


@pytest.mark.parametrize(
    ("n", "l", "rel"), [(4, 1, 7e-4), (4, 2, 5e-7), (4, 3, 5e-7), (5, 4, 2e-7), (7, 3, 1e-6), (8, 6, 1e-6), (10, 5, 2e-5)]
)
def test_pseudostates_give_the_same(n, l, rel):
    """For l <= 1 the sum over a basis of one scale converges too slowly to say more."""
    total = 0.0
    for k in (l - 1, l + 1):
        energies, dipoles = pseudostates(n, l, k, 110)
        omega = energies + 1 / (2 * n**2)
        there = abs(omega) > 1e-9
        total += max(l, k) / (2 * l + 1) * np.sum((omega**3 * np.log(2 * abs(omega)) * dipoles**2)[there])
    assert total * n**3 / 2 == pytest.approx(float(bethe_logarithm(n, l)), rel=rel, abs=0)


def test_more_digits_change_nothing_and_the_precision_of_the_caller_is_kept():
    with mp.workdps(15):
        inner = bethe_logarithm(20, 3)
        assert mp.mp.dps == 15
    bethe_logarithm.cache_clear()
    with mp.workdps(60):
        assert abs(bethe_logarithm(20, 3) / inner - 1) < mp.mpf("1e-28")


def test_large_n_tends_to_a_limit():
    """ln k0(n, l) = limit + O(1/n^2) for l fixed, as the norm n^3 |R_nl(0)|^2 does."""
    values = [float(bethe_logarithm(n, 0)) for n in (15, 20, 30)]
    slope = (values[0] - values[1]) / (1 / 15**2 - 1 / 20**2)
    assert values[1] + slope * (1 / 30**2 - 1 / 20**2) == pytest.approx(values[2], abs=3e-5)
    assert values[0] > values[1] > values[2]


@pytest.mark.parametrize(
    ("n", "l", "error", "says"),
    [(2, 5, InputError, "no bound state"), (2, -1, InputError, "no bound state"), (31, 5, NotDerivable, "n <= 30"),
     (2.5, 1, InputError, "must be an integer")],
)  # fmt: skip
def test_wrong_requests(n, l, error, says):
    with pytest.raises(error, match=says):
        bethe_logarithm(n, l)
