"""Fierz rearrangements, component by component."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp

from nuforce_sym.dirac import fierz, fierz_element, fierz_table
from nuforce_sym.dirac.fierz import basis, duals
from nuforce_sym.errors import InputError


def test_duals_are_dual():
    for (a, x), (b, y) in itertools.product(duals().items(), basis().items()):
        assert (x @ y).trace() == (4 if a == b else 0)


@pytest.mark.parametrize("x", list(basis()))
def test_every_pair_of_matrices_is_rearranged_exactly(x):
    labels = list(basis())
    values = {label: m.sympy() for label, m in basis().items()}
    for y in labels:
        found = fierz_element(x, y, statistics="commuting")
        assert found
        total = {}
        for (c, d), coefficient in found.items():
            for i, l in itertools.product(range(4), repeat=2):
                if values[c][i, l] == 0:
                    continue
                for k, j in itertools.product(range(4), repeat=2):
                    if values[d][k, j] != 0:
                        key = (i, j, k, l)
                        total[key] = total.get(key, 0) + coefficient * values[c][i, l] * values[d][k, j]
        for i, j, k, l in itertools.product(range(4), repeat=4):
            assert sp.expand(total.get((i, j, k, l), 0) - values[x][i, j] * values[y][k, l]) == 0


def test_the_table_of_scalar_products():
    # Itzykson and Zuber, Quantum Field Theory, Sec. 3-4-1 (there with i gamma5 for P); Nieves and Pal,
    # Am. J. Phys. 72 (2004) 1100
    expected = sp.Rational(1, 4) * sp.Matrix(
        [[1, 1, 1, -1, 1], [4, -2, 0, -2, -4], [6, 0, -2, 0, 6], [-4, -2, 0, -2, 4], [1, -1, 1, 1, 1]]
    )
    assert fierz_table("commuting") == expected
    assert fierz_table("fields") == -expected


def test_rearranging_twice_is_the_identity():
    assert fierz_table("commuting") ** 2 == sp.eye(5)
    assert fierz_table("fields") ** 2 == sp.eye(5)


def test_left_handed_currents_keep_their_form_for_fields():
    # (V-A)(V-A) contains V V + A A besides the parity-odd part
    assert fierz({"V": 1, "A": 1}, statistics="fields") == {"V": 1, "A": 1}
    assert fierz({"V": 1, "A": 1}, statistics="commuting") == {"V": -1, "A": -1}
    # (V-A)(V+A) turns into scalars: VV - AA -> 2 (PP - SS) ... for fields
    assert fierz({"V": 1, "A": -1}, statistics="fields") == {"S": -2, "P": 2}


def test_the_parity_odd_part_of_left_handed_currents():
    total = {}
    eta = (1, -1, -1, -1)
    for n in range(4):
        for x, y in ((f"V{n}", f"A{n}"), (f"A{n}", f"V{n}")):
            for key, c in fierz_element(x, y, statistics="fields").items():
                total[key] = total.get(key, 0) + eta[n] * c
    kept = {key: sp.expand(c) for key, c in total.items() if sp.expand(c) != 0}
    expected = {(f"V{n}", f"A{n}"): eta[n] for n in range(4)} | {(f"A{n}", f"V{n}"): eta[n] for n in range(4)}
    assert kept == expected


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="matrix 'V4' is unknown"):
        fierz_element("V4", "S", statistics="fields")
    with pytest.raises(InputError, match="class 'X' is unknown"):
        fierz({"X": 1}, statistics="fields")
    with pytest.raises(InputError, match="statistics"):
        fierz({"S": 1}, statistics="bosons")
