"""A second route to atomic matrix elements: products of spherical harmonics and spinors, and quadrature. No 6j symbols."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.special import eval_genlaguerre, gammaln, roots_laguerre, roots_legendre, sph_harm_y
from sympy import Rational
from sympy.physics.quantum.cg import CG

PAULI = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
_COS, _WEIGHT = roots_legendre(24)
_PHI = 2 * np.pi * np.arange(48) / 48


def coupled(l, j, F, m):
    """Return {(m_l, s_e, s_N): amplitude} of ((l s) j I) F, by Clebsch and Gordan; spins are +1 and -1."""
    found = {}
    for m_l, s_e, s_N in product(range(-l, l + 1), (1, -1), (1, -1)):
        m_j = m_l + Rational(s_e, 2)
        if m_j + Rational(s_N, 2) != m or abs(m_j) > j:
            continue
        half = Rational(1, 2)
        inner = CG(l, m_l, half, Rational(s_e, 2), j, m_j).doit()
        outer = CG(j, m_j, half, Rational(s_N, 2), F, m).doit()
        found[m_l, s_e, s_N] = float(inner * outer)
    return found


def harmonic_element(l_1, m_1, l_2, m_2, function):
    """Return the integral of Y_1* f(x, y, z) Y_2 over the sphere."""
    theta = np.arccos(_COS)[:, None]
    phi = _PHI[None, :]
    n = np.array([np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta) + 0 * phi])
    inside = np.conj(sph_harm_y(l_1, m_1, theta, phi)) * function(n) * sph_harm_y(l_2, m_2, theta, phi)
    return (inside.sum(axis=1) * (2 * np.pi / 48)) @ _WEIGHT


def angular_element(bra, ket, operator):
    """Return <bra|operator(n, sigma_e, sigma_N)|ket>; states are (l, j, F, m), the operator gives a 4 x 4 matrix per n.

    ``operator`` is a list of (function of n, 4 x 4 matrix on the product of the spins, electron first).
    """
    one, two = coupled(*bra), coupled(*ket)
    index = {(1, 1): 0, (1, -1): 1, (-1, 1): 2, (-1, -1): 3}
    total = 0.0
    for (m_1, *spins_1), a in one.items():
        for (m_2, *spins_2), b in two.items():
            for function, matrix in operator:
                spin = matrix[index[tuple(spins_1)], index[tuple(spins_2)]]
                if spin != 0 and a * b != 0:
                    total += a * b * spin * harmonic_element(bra[0], m_1, ket[0], m_2, function)
    return total


def on_electron(matrix):
    return np.kron(matrix, np.eye(2))


def on_nucleus(matrix):
    return np.kron(np.eye(2), matrix)


def component(i):
    return lambda n: n[i]


def radial(n, l, r):
    """Return R_nl at Z = 1, positive near the nucleus."""
    x = 2 * r / n
    norm = np.exp(0.5 * (3 * np.log(2 / n) + gammaln(n - l) - np.log(2 * n) - gammaln(n + l + 1)))
    return norm * np.exp(-x / 2) * x**l * eval_genlaguerre(n - l - 1, 2 * l + 1, x)


def radial_slope(n, l, r):
    h = 1e-3 * r
    values = [radial(n, l, r + k * h) for k in (-3, -2, -1, 1, 2, 3)]
    return (-values[0] + 9 * values[1] - 45 * values[2] + 45 * values[3] - 9 * values[4] + values[5]) / (60 * h)


def radial_quadrature(function, scale):
    """Return the integral of ``function`` over r > 0, which decays as exp(-r/scale)."""
    x, w = roots_laguerre(80)
    return float(np.sum(w * np.exp(x) * function(x * scale)) * scale)
