"""Pairs of different masses, and short distances, by integrals over Euclidean time."""

from __future__ import annotations

import mpmath as mp
import numpy as np
from scipy.special import kv


def _pair_in_time(n, r, m_i, m_j, weight):
    """int_0^oo dtau of two propagators of order n at R = r cosh(u), tau = r sinh(u), by the trapezoidal rule."""
    u = np.linspace(0.0, 1.0, 161)
    end = np.minimum(14.0, 2 * np.arcsinh(np.sqrt(20 / ((m_i + m_j) * r))))
    R = r[:, None] * np.cosh(u * end[:, None])
    D = [m[:, None] ** 2 * kv(n, m[:, None] * R) / (4 * np.pi**2 * R) for m in (m_i, m_j)]
    f = R * D[0] * D[1] * weight(r[:, None] ** 2, R**2)
    return end / 160 * (f.sum(axis=1) - f[:, 0] / 2 - f[:, -1] / 2)


def two_neutrino_unequal(r, m_i, m_j, G_F, g_V1, g_V2):
    """8 int_0^oo dtau D_i' D_j' (r^2 - tau^2)/R^2, with D' = -m^2 K_2(m R)/(4 pi^2 R) and tau^2 = R^2 - r^2."""
    return 8 * G_F**2 * g_V1 * g_V2 * _pair_in_time(2, r, m_i, m_j, lambda r2, R2: (2 * r2 - R2) / R2)


def two_neutrino_unequal_majorana(r, m_i, m_j, G_F, g_V1, g_V2):
    """-8 m_i m_j int_0^oo dtau D_i D_j, with D = m K_1(m R)/(4 pi^2 R); one mass is in each of the factors below."""
    return -8 * G_F**2 * g_V1 * g_V2 * _pair_in_time(1, r, m_i, m_j, lambda r2, R2: 1.0)


def two_neutrino_unequal_spin_spin(r, m_i, m_j, G_F, g_A1, g_A2):
    """A = -8 int_0^oo dtau D_i' D_j'."""
    return -8 * G_F**2 * g_A1 * g_A2 * _pair_in_time(2, r, m_i, m_j, lambda r2, R2: 1.0)


def two_neutrino_unequal_tensor(r, m_i, m_j, G_F, g_A1, g_A2):
    """B = -A + V = 8 int_0^oo dtau D_i' D_j' [1 + (r^2 - tau^2)/R^2]."""
    return 8 * G_F**2 * g_A1 * g_A2 * _pair_in_time(2, r, m_i, m_j, lambda r2, R2: 2 * r2 / R2)


def two_neutrino_one_massless(r, m_i, G_F, g_V1, g_V2):
    """[4 I_3 - 6 m^2 I_1 + 2 m^4 E_3(mr)]/(96 pi^3 r), in units of 1/r^5: I_1 and I_3 are moments of exp(-mr)."""

    def inside(x):
        with mp.workdps(40):
            z = mp.mpf(x)
            I_1, I_3 = (z + 1) * mp.exp(-z), (z**3 + 3 * z**2 + 6 * z + 6) * mp.exp(-z)
            return float(4 * I_3 - 6 * z**2 * I_1 + 2 * z**4 * mp.expint(3, z))

    return G_F**2 * g_V1 * g_V2 / (96 * np.pi**3 * r**5) * np.array([inside(x) for x in m_i * r])


def z_z_bubble(r, m_Z, G_F, g_V1, g_V2):
    """m_Z^4/(48 pi^3 r) {P + P_M/2} for mu = m_Z: P = e^x E_1 - e^-x Ei, P_M = x (e^x E_1 + e^-x Ei) + 2 e^-x - 2."""

    def both(x):
        with mp.workdps(100):
            x = mp.mpf(x)
            up, down = mp.exp(x) * mp.e1(x), mp.exp(-x) * mp.ei(x)
            return float(up - down + (x * (up + down) + 2 * mp.exp(-x) - 2) / 2)

    return G_F**2 * g_V1 * g_V2 * m_Z**4 / (48 * np.pi**3 * r) * np.array([both(x) for x in m_Z * r])
