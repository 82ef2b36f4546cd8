"""The forces of pairs in general, with the moments of Basset's integral written out."""

from __future__ import annotations

import numpy as np
from scipy.special import kv


def _moments(m, r):
    """X_n(z) = int_1^oo x^n sqrt(x^2 - 1) exp(-z x) dx for n = 0, 2, 4 and z = 2 m r, from Basset's integral."""
    z = 2 * m * r
    return kv(1, z) / z, kv(1, z) / z + 3 * kv(2, z) / z**2, kv(1, z) / z + 6 * kv(2, z) / z**2 + 15 * kv(3, z) / z**3


def quantum_scalar_pair(r, m_chi, C5_1, C5_2):
    """-m K_1/(16 pi^3 r^2), the force of two scalars."""
    return -C5_1 * C5_2 * m_chi * kv(1, 2 * m_chi * r) / (16 * np.pi**3 * r**2)


def quantum_scalar_current(r, m_chi, C6_1, C6_2):
    """m^2 K_2/(8 pi^3 r^3)."""
    return C6_1 * C6_2 * m_chi**2 * kv(2, 2 * m_chi * r) / (8 * np.pi**3 * r**3)


def quantum_scalar_gradient(r, m_chi, C7_1, C7_2):
    """-(m^6/8 pi^3 r)(4 X_4 - 4 X_2 + X_0)."""
    X0, X2, X4 = _moments(m_chi, r)
    return -C7_1 * C7_2 * m_chi**6 / (8 * np.pi**3 * r) * (4 * X4 - 4 * X2 + X0)


def quantum_fermion_scalar(r, m_chi, C6_1, C6_2):
    """-3 m^2 K_2/(4 pi^3 r^3)."""
    return -3 * C6_1 * C6_2 * m_chi**2 * kv(2, 2 * m_chi * r) / (4 * np.pi**3 * r**3)


def quantum_fermion_pseudoscalar(r, m_chi, C6_1, C6_2):
    """-(m^4/pi^3 r) X_2."""
    return -C6_1 * C6_2 * m_chi**4 / (np.pi**3 * r) * _moments(m_chi, r)[1]


def quantum_fermion_vector(r, m_chi, C6_1, C6_2):
    """m^3 (K_1 + K_3)/(4 pi^3 r^2)."""
    z = 2 * m_chi * r
    return C6_1 * C6_2 * m_chi**3 * (kv(1, z) + kv(3, z)) / (4 * np.pi**3 * r**2)


def quantum_fermion_axial(r, m_chi, C6_1, C6_2):
    """m^2 K_2/(2 pi^3 r^3)."""
    return C6_1 * C6_2 * m_chi**2 * kv(2, 2 * m_chi * r) / (2 * np.pi**3 * r**3)


def quantum_fermion_tensor_spin_spin(r, m_chi, C6_1, C6_2):
    """m^3 (K_3 + K_1)/(pi^3 r^2)."""
    z = 2 * m_chi * r
    return C6_1 * C6_2 * m_chi**3 * (kv(3, z) + kv(1, z)) / (np.pi**3 * r**2)


def quantum_fermion_tensor_tensor(r, m_chi, C6_1, C6_2):
    """-m^3 (5 K_3 - K_1)/(2 pi^3 r^2)."""
    z = 2 * m_chi * r
    return -C6_1 * C6_2 * m_chi**3 * (5 * kv(3, z) - kv(1, z)) / (2 * np.pi**3 * r**2)


def quantum_vector_pair(r, m_chi, C5_1, C5_2):
    """-(m^2/8 pi^3 r)(4 X_4 - 4 X_2 + 3 X_0)."""
    X0, X2, X4 = _moments(m_chi, r)
    return -C5_1 * C5_2 * m_chi**2 / (8 * np.pi**3 * r) * (4 * X4 - 4 * X2 + 3 * X0)


def quantum_vector_strength(r, m_chi, C7_1, C7_2):
    """-(m^6/4 pi^3 r)(16 X_4 - 16 X_2 + 6 X_0)."""
    X0, X2, X4 = _moments(m_chi, r)
    return -C7_1 * C7_2 * m_chi**6 / (4 * np.pi**3 * r) * (16 * X4 - 16 * X2 + 6 * X0)


def quantum_vector_dual(r, m_chi, C7_1, C7_2):
    """-(m^6/4 pi^3 r)(16 X_4 - 16 X_2)."""
    _, X2, X4 = _moments(m_chi, r)
    return -C7_1 * C7_2 * m_chi**6 / (4 * np.pi**3 * r) * (16 * X4 - 16 * X2)


def quantum_vector_current(r, m_chi, C6_1, C6_2):
    """(m^4/6 pi^3 r)(4 X_4 - X_2 - 3 X_0)."""
    X0, X2, X4 = _moments(m_chi, r)
    return C6_1 * C6_2 * m_chi**4 / (6 * np.pi**3 * r) * (4 * X4 - X2 - 3 * X0)
