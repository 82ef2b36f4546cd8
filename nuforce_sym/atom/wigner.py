r"""Wigner's 3j, 6j and 9j symbols as exact surds, from integers alone.

Racah's sums are written with binomial coefficients, so that every term is an integer:

    \begin{Bmatrix}a&b&c\\d&e&f\end{Bmatrix}
    = \sqrt{\frac{\Delta(aef)\,\Delta(dbf)\,\Delta(dec)}{\Delta(abc)}}\;
      \sum_t(-1)^t\binom{t+1}{t-a-b-c}\binom{a+b-c}{a+b+d+e-t}\binom{a-b+c}{a+c+d+f-t}\binom{-a+b+c}{b+c+e+f-t},

    \Delta(abc) = \frac{(a+b-c)!\,(a-b+c)!\,(-a+b+c)!}{(a+b+c+1)!}.

A 9j symbol is the sum over x of (-1)^{2x}(2x+1) times three 6j symbols (DLMF 34.6.2); the triangles with x occur twice,
so that one root stands before a rational sum. Phases are those of Condon and Shortley.

The first 3j (6j) symbol that is asked for brings a table of all with j <= 2, so that each of these costs a look-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, factorial
from typing import Any

import sympy as sp
from flint import fmpq

from nuforce_sym.atom.surd import Surd, nonnegative
from nuforce_sym.errors import InputError

Ratio = tuple[int, int]

_ZERO = Surd(fmpq(0))
_FACTORIAL = [factorial(n) for n in range(64)]
_EXACT = {int, Fraction}
"""The types of argument whose `as_integer_ratio` is taken at once: it is the fastest way to read a Fraction."""
_SMALL = 5
"""Doubled momenta below this are tabulated."""
_RATIO = {a: Fraction(a, 2).as_integer_ratio() for a in range(1 - _SMALL, _SMALL)}
_tabulated: set[str] = set()


def _factorials(largest: int) -> list[int]:
    """Return the table of factorials, which holds at least ``largest``!."""
    while len(_FACTORIAL) <= largest:
        _FACTORIAL.append(_FACTORIAL[-1] * len(_FACTORIAL))
    return _FACTORIAL


def doubled(value: Any) -> int:
    """Return twice an integer or half-integer.

    Raises:
        InputError: the value is neither, or no exact number (a float is refused).
    """
    if isinstance(value, int):
        return 2 * value
    if isinstance(value, Fraction) and value.denominator <= 2:
        return value.numerator * (2 // value.denominator)
    if isinstance(value, sp.Rational) and value.q <= 2:
        return int(value.p) * (2 // int(value.q))
    raise InputError(f"angular momenta are integers or halves of integers, such as 2 or Fraction(5, 2): got {value!r}")


def wigner_3j(j1: Any, j2: Any, j3: Any, m1: Any, m2: Any, m3: Any) -> Surd:
    r"""Return \begin{pmatrix}j_1&j_2&j_3\\m_1&m_2&m_3\end{pmatrix}; zero where a triangle or m_1 + m_2 + m_3 = 0 fails.

    Raises:
        InputError: an argument is no integer or half-integer, or some j is negative or its m does not fit.
    """
    if {type(j1), type(j2), type(j3), type(m1), type(m2), type(m3)} <= _EXACT:
        return _three(
            j1.as_integer_ratio(), j2.as_integer_ratio(), j3.as_integer_ratio(),
            m1.as_integer_ratio(), m2.as_integer_ratio(), m3.as_integer_ratio(),
        )  # fmt: skip
    return _three(*_ratios(j1, j2, j3, m1, m2, m3))


@lru_cache(maxsize=65536)
def _three(*ratios: Ratio) -> Surd:
    if "3j" not in _tabulated:
        _tabulated.add("3j")
        for one in _small_3j():
            _three(*one)
    a, b, c, al, be, ga = found = _doubles(ratios)
    if a < 0 or b < 0 or c < 0 or ((a + al) | (b + be) | (c + ga)) & 1:
        j, m = next((j, m) for j, m in zip(found[:3], found[3:], strict=True) if j < 0 or (j + m) & 1)
        raise InputError(f"j = {Fraction(j, 2)} with m = {Fraction(m, 2)}: j >= 0 is needed and j - m an integer")
    triangle = _triangle(a, b, c)
    if al + be + ga or abs(al) > a or abs(be) > b or abs(ga) > c or triangle is None:
        return _ZERO
    above, below = triangle
    x, A, B = (a + b - c) // 2, (c + a - b) // 2, (c + b - a) // 2
    y, z = (a - al) // 2, (b + be) // 2
    f, total = _FACTORIAL, 0  # as long as (a + b + c)/2 + 1 since `_triangle`
    for t in range(max(0, y - A, z - B), min(x, y, z) + 1):
        term = comb(x, t) * comb(A, y - t) * comb(B, z - t)
        total += -term if t & 1 else term
    if (a - b - ga) // 2 & 1:
        total = -total
    p = f[(a + al) // 2] * f[y] * f[z] * f[(b - be) // 2] * f[(c + ga) // 2] * f[(c - ga) // 2]
    return nonnegative(fmpq(total), fmpq(p, above * below))


def wigner_6j(j1: Any, j2: Any, j3: Any, j4: Any, j5: Any, j6: Any) -> Surd:
    r"""Return \begin{Bmatrix}j_1&j_2&j_3\\j_4&j_5&j_6\end{Bmatrix}; zero where one of the four triangles fails.

    Raises:
        InputError: an argument is no integer or half-integer, or is negative.
    """
    if {type(j1), type(j2), type(j3), type(j4), type(j5), type(j6)} <= _EXACT:
        return _six(
            j1.as_integer_ratio(), j2.as_integer_ratio(), j3.as_integer_ratio(),
            j4.as_integer_ratio(), j5.as_integer_ratio(), j6.as_integer_ratio(),
        )  # fmt: skip
    return _six(*_ratios(j1, j2, j3, j4, j5, j6))


@lru_cache(maxsize=65536)
def _six(*ratios: Ratio) -> Surd:
    if "6j" not in _tabulated:
        _tabulated.add("6j")
        for one in _small_6j():
            _six(*one)
    a, b, c, d, e, f = _momenta(ratios)
    first, second, third, fourth = _triangle(a, b, c), _triangle(a, e, f), _triangle(d, b, f), _triangle(d, e, c)
    if first is None or second is None or third is None or fourth is None:
        return _ZERO
    (p1, q1), (p2, q2), (p3, q3), (p4, q4) = first, second, third, fourth
    return nonnegative(fmpq(_sum(a, b, c, d, e, f)), fmpq(p2 * p3 * p4 * q1, q2 * q3 * q4 * p1))


def _sum(a: int, b: int, c: int, d: int, e: int, f: int) -> int:
    first = (a + b + c) // 2
    b1, b2, b3 = (a + b + d + e) // 2, (b + c + e + f) // 2, (a + c + d + f) // 2
    low = max(first, (a + e + f) // 2, (d + b + f) // 2, (d + e + c) // 2)
    x, y, z = (a + b - c) // 2, (a - b + c) // 2, (b + c - a) // 2
    total = 0
    for t in range(low, min(b1, b2, b3) + 1):
        term = comb(t + 1, t - first) * comb(x, b1 - t) * comb(y, b3 - t) * comb(z, b2 - t)
        total += -term if t & 1 else term
    return total


@lru_cache(maxsize=65536)
def _triangle(a: int, b: int, c: int) -> tuple[int, int] | None:
    """Return numerator and denominator of Delta(abc), or None where a, b, c, doubled, make no triangle."""
    if (a + b + c) & 1 or c > a + b or c < abs(a - b):
        return None
    top = (a + b + c) // 2
    f = _factorials(top + 1)
    return f[top - c] * f[top - b] * f[top - a], f[top + 1]


def wigner_9j(j1: Any, j2: Any, j3: Any, j4: Any, j5: Any, j6: Any, j7: Any, j8: Any, j9: Any) -> Surd:
    r"""Return \begin{Bmatrix}j_1&j_2&j_3\\j_4&j_5&j_6\\j_7&j_8&j_9\end{Bmatrix}; zero where a row or column is no triangle.

    Raises:
        InputError: an argument is no integer or half-integer, or is negative.
    """
    return _nine(*_ratios(j1, j2, j3, j4, j5, j6, j7, j8, j9))


def _product(*triangles: tuple[int, int] | None) -> tuple[int, int]:
    p = q = 1
    for triangle in triangles:
        if triangle is not None:
            p, q = p * triangle[0], q * triangle[1]
    return p, q


@lru_cache(maxsize=65536)
def _nine(*ratios: Ratio) -> Surd:
    a, b, c, d, e, f, g, h, i = _momenta(ratios)
    rows = [_triangle(a, b, c), _triangle(d, e, f), _triangle(g, h, i)]
    columns = [_triangle(a, d, g), _triangle(b, e, h), _triangle(c, f, i)]
    if None in rows or None in columns:
        return _ZERO
    total = fmpq(0)
    for x in range(max(abs(a - i), abs(f - b), abs(d - h)), min(a + i, f + b, d + h) + 1, 2):
        term = (x + 1) * _sum(a, b, c, f, i, x) * _sum(d, e, f, b, x, h) * _sum(g, h, i, x, a, d)
        if term:
            p, q = _product(_triangle(a, i, x), _triangle(f, b, x), _triangle(d, h, x))
            total += fmpq((-1) ** x * term * p, q)
    (p, q), (above, below) = _product(*columns), _product(*rows)
    p, q = p * below, q * above
    return nonnegative(total, fmpq(p, q))


def _ratios(*values: Any) -> list[Ratio]:
    """Return integers and half-integers as (numerator, denominator), with the errors of `doubled`."""
    return [v.as_integer_ratio() if type(v) in _EXACT else Fraction(doubled(v), 2).as_integer_ratio() for v in values]


def _doubles(ratios: tuple[Ratio, ...]) -> list[int]:
    return [n * (2 // d) if d <= 2 else doubled(Fraction(n, d)) for n, d in ratios]


def _momenta(ratios: tuple[Ratio, ...]) -> list[int]:
    found = _doubles(ratios)
    if min(found) < 0:
        raise InputError(f"angular momenta are not negative: got {', '.join(str(Fraction(a, 2)) for a in found)}")
    return found


def _small_3j() -> Iterator[tuple[Ratio, ...]]:
    """Yield the arguments of the 3j symbols with j <= 2 that do not vanish by a rule."""
    for a, b, c in product(range(_SMALL), repeat=3):
        if _triangle(a, b, c):
            for al, be in product(range(-a, a + 1, 2), range(-b, b + 1, 2)):
                if abs(al + be) <= c:
                    yield tuple(_RATIO[x] for x in (a, b, c, al, be, -al - be))


def _small_6j() -> Iterator[tuple[Ratio, ...]]:
    """Yield the arguments of the 6j symbols with j <= 2 that do not vanish by a rule."""
    for a, b, c in product(range(_SMALL), repeat=3):
        if _triangle(a, b, c):
            for d, e, f in product(range(_SMALL), repeat=3):
                if _triangle(a, e, f) and _triangle(d, b, f) and _triangle(d, e, c):
                    yield tuple(_RATIO[x] for x in (a, b, c, d, e, f))


def clebsch_gordan(j1: Any, m1: Any, j2: Any, m2: Any, J: Any, M: Any) -> Surd:
    r"""Return \langle j_1m_1j_2m_2|JM\rangle = (-1)^{j_1-j_2+M}\sqrt{2J+1}\,(3j), with the errors of `wigner_3j`."""
    a, b, M2 = doubled(j1), doubled(j2), doubled(M)
    symbol = wigner_3j(j1, j2, J, m1, m2, -M)
    if not symbol:
        return _ZERO
    phase = -1 if (a - b + M2) // 2 & 1 else 1
    return Surd(phase * symbol.coefficient, symbol.radicand * (doubled(J) + 1))
