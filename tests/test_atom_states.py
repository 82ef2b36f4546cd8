"""States as spectroscopists write them, and exact numbers with one square root."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from nuforce_sym.atom.state import LETTERS, State, state, states
from nuforce_sym.atom.surd import Surd
from nuforce_sym.errors import InputError


@pytest.mark.parametrize(
    ("text", "n", "l", "j", "F", "m"),
    [
        ("4F5/2, F=3", 4, 3, "5/2", 3, None),
        ("4F5/2,F=3,m=-3", 4, 3, "5/2", 3, -3),
        (" 4F_{5/2}, F = 3, m_F = +2 ", 4, 3, "5/2", 3, 2),
        ("2P1/2", 2, 1, "1/2", None, None),
        ("10K13/2, F=7", 10, 7, "13/2", 7, None),
        ("30[25]51/2, F=25", 30, 25, "51/2", 25, None),
    ],
)
def test_notation_is_read(text, n, l, j, F, m):
    assert state(text) == State(n, l, Fraction(j), F, m)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4F5/2, F=4", "F = 2 or 3"),
        ("4F3/2", "j = 5/2 or 7/2"),
        ("2D5/2", "needs n > l"),
        ("2S-1/2", "no state"),
        ("4J1/2", "no orbital momentum"),
        ("4F", "lacks j"),
        ("4F5/2, m=1", "F is missing"),
        ("4F5/2, F=3, m=4", r"\|m\| <= F"),
        ("4F5/2, F=5/2", "integers"),
        ("0S1/2", "needs n > l"),
        ("9999S1/2", "beyond 1000"),
        ("__import__('os')", "no state"),
        (4, "written as text"),
    ],
)
def test_wrong_states_are_refused_with_the_rule(text, says):
    with pytest.raises(InputError, match=says):
        state(text)


def test_every_state_reads_back_and_the_count_is_4_n_squared():
    found = list(states(1, 24))
    assert all(state(str(s)) == s for s in found)
    for n in range(1, 25):
        assert sum(2 * s.F + 1 for s in found if s.n == n) == 4 * n * n
    assert len(set(LETTERS)) == 21


surds = st.builds(
    lambda p, q, a, b: Surd(fmpq(p, q), fmpq(a, b)),
    st.integers(-99, 99), st.integers(1, 99), st.integers(0, 99), st.integers(1, 99),
)  # fmt: skip


@settings(deadline=None)
@given(surds, surds)
def test_surds_agree_with_floats(x, y):
    assert float(x * y) == pytest.approx(float(x) * float(y), rel=1e-14, abs=0)
    assert float(x.sympy) == pytest.approx(float(x), rel=1e-14, abs=0)
    assert (x == y) == (x.sympy == y.sympy)
    assert (x < y) == bool(x.sympy < y.sympy)
    if y:
        assert (x / y) * y == x
    assert x + x == 2 * x
    assert x - x == 0


def test_surds_print_and_refuse():
    x = Surd(fmpq(1, 172032), fmpq(7))
    assert (str(x), x.latex) == ("sqrt(7)/172032", r"\frac{\sqrt{7}}{172032}")
    assert str(Surd(fmpq(-3, 2), fmpq(8, 9))) == "-sqrt(2)"
    assert float(Surd(fmpq(10) ** 400, fmpq(1, 10) ** 800)) == 1.0
    with pytest.raises(InputError, match="no rational times one root"):
        Surd(fmpq(1), fmpq(2)) + Surd(fmpq(1), fmpq(3))
    with pytest.raises(InputError, match="exact rational"):
        x * 0.5
    with pytest.raises(InputError, match=">= 0"):
        Surd(fmpq(1), fmpq(-1))
