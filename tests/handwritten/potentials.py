"""The formulas of the papers, typed by hand as plain NumPy functions; nothing of the package is used here."""

from __future__ import annotations

import numpy as np
from scipy.special import kv


def scalar_yukawa(r, m_phi, g_1, g_2):
    """Peskin & Schroeder, Sec. 4.7: the attractive Yukawa potential, -g^2/(4 pi) exp(-m r)/r."""
    return -(g_1 * g_2 / (4 * np.pi)) * np.exp(-m_phi * r) / r


def scalar_yukawa_force(r, m_phi, g_1, g_2):
    """Minus the derivative of the same, -g^2 (1 + m r) exp(-m r)/(4 pi r^2)."""
    return -g_1 * g_2 * (1 + m_phi * r) * np.exp(-m_phi * r) / (4 * np.pi * r**2)


def scalar_massless(r, g_1, g_2):
    """The same for m = 0."""
    return -g_1 * g_2 / (4 * np.pi * r)


def vector_yukawa(r, m_A, g_1, g_2):
    """Peskin & Schroeder, Sec. 4.8, with a mass: repulsive for like charges."""
    return g_1 * g_2 * np.exp(-m_A * r) / (4 * np.pi * r)


def vector_yukawa_force(r, m_A, g_1, g_2):
    """Minus the derivative of the same."""
    return g_1 * g_2 * (1 + m_A * r) * np.exp(-m_A * r) / (4 * np.pi * r**2)


def coulomb(r, alpha, Q_1, Q_2):
    """Coulomb's law in natural units, alpha Q_1 Q_2/r."""
    return alpha * Q_1 * Q_2 / r


def two_neutrino(r, G_F, g_V1, g_V2):
    """The talk, slide "Motivation": G_F^2/(4 pi^3 r^5), times the charges."""
    return G_F**2 * g_V1 * g_V2 / (4 * np.pi**3 * r**5)


def two_neutrino_force(r, G_F, g_V1, g_V2):
    """Minus its derivative."""
    return 5 * G_F**2 * g_V1 * g_V2 / (4 * np.pi**3 * r**6)


def two_neutrino_dirac(r, m_nu, G_F, g_V1, g_V2):
    """The talk, slide "Loop-level", Dirac: G_F^2 m^3 K_3(2mr)/(4 pi^3 r^2), times the charges."""
    return G_F**2 * m_nu**3 / (4 * np.pi**3) * kv(3, 2 * m_nu * r) / r**2 * g_V1 * g_V2


def two_neutrino_dirac_force(r, m_nu, G_F, g_V1, g_V2):
    """Minus its derivative, with K_3' = -(K_2 + K_4)/2."""
    z = 2 * m_nu * r
    return G_F**2 * g_V1 * g_V2 * m_nu**3 / (4 * np.pi**3) * (2 * kv(3, z) / r**3 + m_nu * (kv(2, z) + kv(4, z)) / r**2)


def two_neutrino_majorana(r, m_nu, G_F, g_V1, g_V2):
    """The talk, slide "Loop-level", Majorana: G_F^2 m^2 K_2(2mr)/(2 pi^3 r^3), times the charges."""
    return G_F**2 * m_nu**2 / (2 * np.pi**3) * kv(2, 2 * m_nu * r) / r**3 * g_V1 * g_V2


def two_neutrino_majorana_force(r, m_nu, G_F, g_V1, g_V2):
    """Minus its derivative, with K_2' = -(K_1 + K_3)/2."""
    z = 2 * m_nu * r
    return G_F**2 * g_V1 * g_V2 * m_nu**2 / (2 * np.pi**3) * (3 * kv(2, z) / r**4 + m_nu * (kv(1, z) + kv(3, z)) / r**3)
