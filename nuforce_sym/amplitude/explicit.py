r"""Explicit 4x4 matrices and spinors in mpmath: the slow second route to traces, lines and averages over directions.

Dirac representation; metric (+,-,-,-); \gamma_5 = i\gamma^0\gamma^1\gamma^2\gamma^3; spinors normalised to \bar uu = 2m.
Nothing here is symbolic, and nothing of `dirac` is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath as mp

_ONE, _ZERO = mp.eye(2), mp.zeros(2)
_PAULI = (mp.matrix([[0, 1], [1, 0]]), mp.matrix([[0, -1j], [1j, 0]]), mp.matrix([[1, 0], [0, -1]]))
METRIC = (1, -1, -1, -1)


def _blocks(a: mp.matrix, b: mp.matrix, c: mp.matrix, d: mp.matrix) -> mp.matrix:
    out = mp.matrix(4, 4)
    for row in range(2):
        for column in range(2):
            out[row, column], out[row, column + 2] = a[row, column], b[row, column]
            out[row + 2, column], out[row + 2, column + 2] = c[row, column], d[row, column]
    return out


GAMMA = (_blocks(_ONE, _ZERO, _ZERO, -_ONE), *(_blocks(_ZERO, s, -s, _ZERO) for s in _PAULI))
"""gamma^0, gamma^1, gamma^2, gamma^3."""
GAMMA5 = 1j * GAMMA[0] * GAMMA[1] * GAMMA[2] * GAMMA[3]


def trace(matrix: mp.matrix) -> Any:
    """Return the trace."""
    return mp.fsum(matrix[i, i] for i in range(matrix.rows))


def slash(p: Sequence[Any]) -> mp.matrix:
    r"""Return p_\mu\gamma^\mu of a four-vector with upper components p."""
    out = mp.zeros(4)
    for sign, component, gamma in zip(METRIC, p, GAMMA, strict=True):
        out += sign * component * gamma
    return out


def current_vertex(structure: Mapping[str, Any], mu: int = 0) -> mp.matrix:
    r"""Return S + iP\gamma_5 or \gamma^\mu(V + A\gamma_5) for a structure given by its coefficients."""
    if "V" in structure or "A" in structure:
        return GAMMA[mu] * (structure.get("V", 0) * mp.eye(4) + structure.get("A", 0) * GAMMA5)
    return structure.get("S", 0) * mp.eye(4) + 1j * structure.get("P", 0) * GAMMA5


def charge_conjugate(matrix: mp.matrix) -> mp.matrix:
    r"""Return C\,\Gamma^T C^{-1} with C = i\gamma^2\gamma^0."""
    C = 1j * GAMMA[2] * GAMMA[0]
    return C * matrix.T * mp.inverse(C)


def spinor(p: Sequence[Any], m: Any, spin: int) -> mp.matrix:
    r"""Return u(p) = \sqrt{E+m}\,(\xi, \boldsymbol\sigma\cdot\mathbf p/(E+m)\,\xi) for a three-momentum, spin 0 (up) or 1."""
    E = mp.sqrt(m**2 + mp.fsum(x**2 for x in p))
    xi = mp.matrix([1 - spin, spin])
    lower = mp.zeros(2, 1)
    for component, sigma in zip(p, _PAULI, strict=True):
        lower += component * (sigma * xi)
    u = mp.matrix(4, 1)
    for i in range(2):
        u[i], u[i + 2] = xi[i] * mp.sqrt(E + m), lower[i] * mp.sqrt(E + m) / (E + m)
    return u


def line(vertex: mp.matrix, p_out: Sequence[Any], p_in: Sequence[Any], m: Any, spins: tuple[int, int] = (0, 0)) -> Any:
    r"""Return \bar u(p')\,\Gamma\,u(p)."""
    bar = spinor(p_out, m, spins[0]).H * GAMMA[0]
    return (bar * vertex * spinor(p_in, m, spins[1]))[0]


def sphere_average(function: Callable[[Sequence[Any]], Any]) -> Any:
    """Return the average over directions n of a polynomial of degree at most 3 in n: the mean over +-x, +-y, +-z."""
    corners = [tuple(sign * (i == axis) for i in range(3)) for axis in range(3) for sign in (1, -1)]
    return mp.fsum(function(corner) for corner in corners) / 6


def loop_trace_component(
    structure: Mapping[str, Any],
    mu: int,
    nu: int,
    forth: Sequence[Any],
    back: Sequence[Any],
    m: Any,
    *,
    self_conjugate: bool = False,
    m_back: Any = None,
    crossed: bool = False,
) -> Any:
    r"""Return Tr[\Gamma^\mu(\slashed k+m)\Gamma^\nu(-\slashed k'+m')] for four-vectors k = ``forth`` and k' = ``back``.

    m' is ``m_back``, and m where none is given. ``crossed`` puts the charge conjugate of the second vertex in its place.
    """

    def vertex(index: int) -> mp.matrix:
        gamma = current_vertex(structure, index)
        return gamma + charge_conjugate(gamma) if self_conjugate else gamma

    one, other = mp.eye(4), m if m_back is None else m_back
    second = charge_conjugate(current_vertex(structure, nu)) if crossed else vertex(nu)
    return trace(vertex(mu) * (slash(forth) + m * one) * second * (-slash(back) + other * one))


def averaged_loop_trace(
    structure: Mapping[str, Any],
    m: Any,
    t: Any,
    *,
    self_conjugate: bool = False,
    m_back: Any = None,
    crossed: bool = False,
) -> tuple[Any, Any]:
    r"""Return (A, B) of the average of `loop_trace_component` over the directions of a pair at rest.

    They are read off the components T^{33} = A and T^{00} = B in the frame where q = (\sqrt t, 0).
    """
    other = m if m_back is None else m_back
    E, E_back = (t + m**2 - other**2) / (2 * mp.sqrt(t)), (t - m**2 + other**2) / (2 * mp.sqrt(t))
    k = mp.sqrt(E**2 - m**2)

    def average(mu: int) -> Any:
        def at(n: Sequence[Any]) -> Any:
            pair = (E, *(k * x for x in n)), (E_back, *(-k * x for x in n))
            return loop_trace_component(
                structure, mu, mu, *pair, m, self_conjugate=self_conjugate, m_back=other, crossed=crossed
            )

        return mp.re(sphere_average(at))

    return average(3), average(0)


def two_body_volume(t: Any, m: Any, m_back: Any = None) -> Any:
    r"""Return \int d\Phi_2 from the Feynman-parameter form of the bubble: \frac1{8\pi} times the length of the interval of
    x in which x m^2 + (1-x) m'^2 - x(1-x)t < 0; m' is ``m_back``, and m where none is given.
    """
    other = m if m_back is None else m_back
    low, high = sorted(mp.polyroots([t, m**2 - other**2 - t, other**2], extraprec=80), key=mp.re)
    return mp.re(high - low) / (8 * mp.pi)
