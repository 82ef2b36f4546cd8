"""The checks and tests of atoms notice what is wrong: one sign, one factor, one index at a time."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import pytest
import sympy as sp
from flint import fmpq

import nuforce_sym
from nuforce_sym import registry
from nuforce_sym.atom import angular, bessel_integral, closed_form, functional, radial
from nuforce_sym.atom.surd import Surd
from nuforce_sym.errors import CheckFailed, InputError
from tests import test_atom_angular, test_atom_matrix_elements, test_atom_radial

CACHED = (radial.hydrogen_radial, radial.overlap, radial.current, angular.sigma_e_n, angular.sigma_p_n, angular.sigma_cross_n,
          angular.cos_theta, angular.orbital_z, angular.sigma_e_z, closed_form.mean_power)  # fmt: skip


@pytest.fixture
def clean():
    def clear():
        for function in CACHED:
            function.cache_clear()

    registry.modules()  # a derivation that is imported under a mistake would keep it
    clear()
    yield
    clear()


def wrong_current(n_1, l_1, n_2, l_2, *, Z=1, right=radial.current.__wrapped__):
    """The product of the radial functions added."""
    return right(n_1, l_1, n_2, l_2, Z=Z) + radial.overlap(n_1, l_1, n_2, l_2, Z=Z).density


def wrong_recursion(here, there, s, nu, p, D):
    return tuple(p * (2 * s + 1) * b - (s * s + nu * nu) * D * a for a, b in zip(here, there, strict=True))


ROWS = [
    # what is changed, to what, and the test or derivation that must fail
    (angular, "_SIGMA", -angular._SIGMA, lambda: test_atom_angular.test_the_printed_table_of_angular_factors(3)),
    (angular, "_SIGMA", Surd(fmpq(1), fmpq(3)), test_atom_angular.test_sigma_n_squares_to_one),
    (angular, "phase", lambda exponent: 1, test_atom_angular.test_symmetry_under_exchange_and_selection_rules),
    (angular, "_SPIN", Surd(fmpq(1), fmpq(1, 2)), test_atom_angular.test_magnetic_moments_add_up),
    (functional, "current", wrong_current, test_atom_radial.test_values_of_the_4D_4F_pair),
    (functional, "derivative", lambda form: form, test_atom_radial.test_values_of_the_4D_4F_pair),
    (bessel_integral, "_next", wrong_recursion,
     lambda: test_atom_radial.test_bessel_integrals_agree_with_hypergeometric_functions((9, 2), (8, 3), 3, -2, Fraction(1, 5))),
    (closed_form, "ladder_root", lambda: sp.sqrt(closed_form.n**2 - closed_form.l**2),
     test_atom_radial.test_closed_formulas_in_n_and_l),
    (radial, "factorial", lambda k: factorial(k + 1), test_atom_radial.test_they_are_orthonormal),
    (angular, "sigma_cross_n", lambda bra, ket, right=angular.sigma_cross_n: -right(bra, ket),
     test_atom_matrix_elements.test_exact_values_of_the_4D_4F_elements),
]  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name", "wrong", "noticed_by"), ROWS, ids=[f"{row[0].__name__}.{row[1]}-{i}" for i, row in enumerate(ROWS)]
)
def test_a_mistake_is_noticed(module, name, wrong, noticed_by, monkeypatch, clean):
    noticed_by()
    for function in CACHED:
        function.cache_clear()
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises((AssertionError, InputError)):
        noticed_by()


@pytest.mark.parametrize(
    ("name", "wrong", "step"),
    [
        ("current_power", lambda q, right=closed_form.current_power: -right(q), "loop_element"),
        ("gradient_power", lambda q, right=closed_form.gradient_power: 2 * right(q), "loop_element"),
        ("origin", lambda right=closed_form.origin: right() * closed_form.n, "origin"),
    ],
)
def test_the_derivation_of_parity_mixing_notices(name, wrong, step, monkeypatch, clean):
    monkeypatch.setattr(closed_form, name, wrong)
    with pytest.raises(CheckFailed, match=f"step '{step}'"):
        nuforce_sym.derive("parity_mixing")
