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


def _yukawa_slope(r, m):
    """What multiplies exp(-m r) in minus the derivative of exp(-m r)/(4 pi r)."""
    return (1 / r**2 + m / r) / (4 * np.pi)


def _tensor(r, m):
    """What multiplies exp(-m r) sigma_1.sigma_2 and (sigma_1.rhat)(sigma_2.rhat) in (sigma_1.grad)(sigma_2.grad) of it."""
    return -(1 / r**3 + m / r**2) / (4 * np.pi), (3 / r**3 + 3 * m / r**2 + m**2 / r) / (4 * np.pi)


def monopole_dipole(r, m_phi, m_2, g_S1, g_P2):
    """Moody & Wilczek (1984): g_S g_P/(8 pi m_2) (m/r + 1/r^2) exp(-m r), the coefficient of sigma_2.rhat."""
    return g_S1 * g_P2 / (8 * np.pi * m_2) * (m_phi / r + 1 / r**2) * np.exp(-m_phi * r)


def dipole_dipole(r, m_phi, m_1, m_2, g_P1, g_P2):
    """Moody & Wilczek (1984): the pseudoscalar dipole-dipole potential, +g_P g_P/(4 m_1 m_2) (s_1.grad)(s_2.grad) Y."""
    return g_P1 * g_P2 / (4 * m_1 * m_2) * _tensor(r, m_phi)[0] * np.exp(-m_phi * r)


def dipole_dipole_tensor(r, m_phi, m_1, m_2, g_P1, g_P2):
    """The coefficient of (sigma_1.rhat)(sigma_2.rhat) in the same."""
    return g_P1 * g_P2 / (4 * m_1 * m_2) * _tensor(r, m_phi)[1] * np.exp(-m_phi * r)


def scalar_spin_orbit(r, m_phi, m_1, g_S1, g_S2):
    """Thomas: (1/(2 m^2 r)) dV/dr S.L with the opposite sign of the vector's, V = -g^2 Y; sigma = 2 S."""
    return -g_S1 * g_S2 / (4 * m_1**2 * r) * _yukawa_slope(r, m_phi) * np.exp(-m_phi * r)


def vector_spin_orbit(r, m_A, m_1, m_2, v_1, v_2):
    """Breit (1929): -(1/(4 m_1^2) + 1/(2 m_1 m_2)) v_1 v_2/r times minus Y'."""
    return -v_1 * v_2 * (1 / (4 * m_1**2) + 1 / (2 * m_1 * m_2)) / r * _yukawa_slope(r, m_A) * np.exp(-m_A * r)


def parity_violating_helicity(r, m_A, m_1, m_2, v_2, a_1):
    """Bouchiat & Bouchiat (1974), massive nucleus included: -a_1 v_2 (1/m_1 + 1/m_2)/2 Y."""
    return -a_1 * v_2 * (1 / m_1 + 1 / m_2) / 2 * np.exp(-m_A * r) / (4 * np.pi * r)


def parity_violating_magnetic(r, m_A, m_2, v_2, a_1):
    """-a_1 v_2/(2 m_2) Y'."""
    return a_1 * v_2 / (2 * m_2) * _yukawa_slope(r, m_A) * np.exp(-m_A * r)


def axial_spin_spin(r, m_A, a_1, a_2):
    """-a_1 a_2 [sigma_1.sigma_2 - (sigma_1.grad)(sigma_2.grad)/M^2] Y."""
    return -a_1 * a_2 * (1 / (4 * np.pi * r) - _tensor(r, m_A)[0] / m_A**2) * np.exp(-m_A * r)


def axial_tensor(r, m_A, a_1, a_2):
    """The coefficient of (sigma_1.rhat)(sigma_2.rhat) in the same."""
    return a_1 * a_2 * _tensor(r, m_A)[1] / m_A**2 * np.exp(-m_A * r)


def z_exchange_electron(r, m_Z, m_e, g, cos_theta_W, g_Ae, g_VN):
    """H_1 F/(2 m_e) with H_1 = -g^2/(4 c^2) g_A g_V."""
    return -(g**2) / (4 * cos_theta_W**2) * g_Ae * g_VN / (2 * m_e) * np.exp(-m_Z * r) / (4 * np.pi * r)


def z_exchange_nucleus(r, m_Z, m_e, g, cos_theta_W, g_Ve, g_AN):
    """H_2 F/(2 m_e), of the opposite sign."""
    return g**2 / (4 * cos_theta_W**2) * g_Ve * g_AN / (2 * m_e) * np.exp(-m_Z * r) / (4 * np.pi * r)


def magnetic_dipoles(r, mu_1, mu_2):
    """Magnetostatics: mu_1 mu_2/(4 pi r^3)."""
    return mu_1 * mu_2 / (4 * np.pi * r**3)


def two_neutrino_helicity(r, m_1, m_2, G_F, g_V2, g_A1):
    """-g_A1 g_V2 (1/m_1 + 1/m_2)/2 times G_F^2/(4 pi^3 r^5)."""
    return -g_A1 * g_V2 * (1 / m_1 + 1 / m_2) / 2 * G_F**2 / (4 * np.pi**3 * r**5)


def two_neutrino_magnetic(r, m_2, G_F, g_V2, g_A1):
    """-g_A1 g_V2/(2 m_2) times the derivative of the same."""
    return g_A1 * g_V2 / (2 * m_2) * 5 * G_F**2 / (4 * np.pi**3 * r**6)


def two_neutrino_spin_spin(r, G_F, g_A1, g_A2):
    """-3 G_F^2/(8 pi^3 r^5), the massless limit of the Dirac form below."""
    return -3 * G_F**2 * g_A1 * g_A2 / (8 * np.pi**3 * r**5)


def two_neutrino_tensor(r, G_F, g_A1, g_A2):
    """+5 G_F^2/(8 pi^3 r^5) (sigma_1.rhat)(sigma_2.rhat)."""
    return 5 * G_F**2 * g_A1 * g_A2 / (8 * np.pi**3 * r**5)


def two_neutrino_dirac_helicity(r, m_nu, m_1, m_2, G_F, g_V2, g_A1):
    """-g_A1 g_V2 (1/m_1 + 1/m_2)/2 times G_F^2 m^3 K_3/(4 pi^3 r^2)."""
    return -g_A1 * g_V2 * (1 / m_1 + 1 / m_2) / 2 * two_neutrino_dirac(r, m_nu, G_F, 1.0, 1.0)


def two_neutrino_dirac_magnetic(r, m_nu, m_2, G_F, g_V2, g_A1):
    """g_A1 g_V2/(2 m_2) times the force of unit charges."""
    return g_A1 * g_V2 / (2 * m_2) * two_neutrino_dirac_force(r, m_nu, G_F, 1.0, 1.0)


def two_neutrino_dirac_spin_spin(r, m_nu, G_F, g_A1, g_A2):
    """-m^3 (3 K_3 - K_1)/(8 pi^3 r^2)."""
    z = 2 * m_nu * r
    return -(G_F**2) * g_A1 * g_A2 * m_nu**3 * (3 * kv(3, z) - kv(1, z)) / (8 * np.pi**3 * r**2)


def two_neutrino_dirac_tensor(r, m_nu, G_F, g_A1, g_A2):
    """+m^3 (5 K_3 - K_1)/(8 pi^3 r^2)."""
    z = 2 * m_nu * r
    return G_F**2 * g_A1 * g_A2 * m_nu**3 * (5 * kv(3, z) - kv(1, z)) / (8 * np.pi**3 * r**2)


def two_neutrino_majorana_helicity(r, m_nu, m_1, m_2, G_F, g_V2, g_A1):
    """-g_A1 g_V2 (1/m_1 + 1/m_2)/2 times G_F^2 m^2 K_2/(2 pi^3 r^3)."""
    return -g_A1 * g_V2 * (1 / m_1 + 1 / m_2) / 2 * two_neutrino_majorana(r, m_nu, G_F, 1.0, 1.0)


def two_neutrino_majorana_magnetic(r, m_nu, m_2, G_F, g_V2, g_A1):
    """g_A1 g_V2/(2 m_2) times the force of unit charges."""
    return g_A1 * g_V2 / (2 * m_2) * two_neutrino_majorana_force(r, m_nu, G_F, 1.0, 1.0)


def two_neutrino_majorana_spin_spin(r, m_nu, G_F, g_A1, g_A2):
    """-3 m^2 K_2/(4 pi^3 r^3)."""
    return -3 * G_F**2 * g_A1 * g_A2 * m_nu**2 * kv(2, 2 * m_nu * r) / (4 * np.pi**3 * r**3)


def two_neutrino_majorana_tensor(r, m_nu, G_F, g_A1, g_A2):
    """The same as for a Dirac neutrino."""
    return two_neutrino_dirac_tensor(r, m_nu, G_F, g_A1, g_A2)
