"""Hydrogen: parity violation by two neutrinos, radial functions, and the mixing of 4D and 4F by quadrature."""

from __future__ import annotations

import numpy as np
from scipy.special import kv

from tests.handwritten.potentials import two_neutrino_dirac, two_neutrino_dirac_force


def hydrogen_parity_proton(r, m_nu, m_e, G_F, a_e, b_p):
    """a_e b_p V/(2 m_e) in {sigma_p.p, f}."""
    return a_e * b_p / (2 * m_e) * two_neutrino_dirac(r, m_nu, G_F, 1.0, 1.0)


def hydrogen_parity_electron(r, m_nu, m_e, G_F, b_e, a_p):
    """-b_e a_p V/(2 m_e) in {sigma_e.p, f}."""
    return -b_e * a_p / (2 * m_e) * two_neutrino_dirac(r, m_nu, G_F, 1.0, 1.0)


def hydrogen_parity_magnetic(r, m_nu, m_e, G_F, a_e, b_p):
    """-(a_e b_p/2 m_e) (sigma_e x sigma_p).grad V, hence minus V' = the force."""
    return a_e * b_p / (2 * m_e) * two_neutrino_dirac_force(r, m_nu, G_F, 1.0, 1.0)


# Radial functions as in Bethe & Salpeter (1957) and Pauling & Wilson (1935), x = Z r/a_0.


def _orbital(r, Z, a_0, n, number, polynomial):
    x = Z * r / a_0
    return number * (Z / a_0) ** 1.5 * polynomial(x) * np.exp(-x / n)


def hydrogen_radial_1S(r, Z, a_0):
    return _orbital(r, Z, a_0, 1, 2.0, lambda x: 1.0)


def hydrogen_radial_2S(r, Z, a_0):
    return _orbital(r, Z, a_0, 2, 1 / np.sqrt(8), lambda x: 2 - x)


def hydrogen_radial_2P(r, Z, a_0):
    return _orbital(r, Z, a_0, 2, 1 / np.sqrt(24), lambda x: x)


def hydrogen_radial_3S(r, Z, a_0):
    return _orbital(r, Z, a_0, 3, 2 / (81 * np.sqrt(3)), lambda x: 27 - 18 * x + 2 * x**2)


def hydrogen_radial_3P(r, Z, a_0):
    return _orbital(r, Z, a_0, 3, 4 / (81 * np.sqrt(6)), lambda x: 6 * x - x**2)


def hydrogen_radial_3D(r, Z, a_0):
    return _orbital(r, Z, a_0, 3, 4 / (81 * np.sqrt(30)), lambda x: x**2)


def hydrogen_radial_4S(r, Z, a_0):
    return _orbital(r, Z, a_0, 4, 1 / 768, lambda x: 192 - 144 * x + 24 * x**2 - x**3)


def hydrogen_radial_4P(r, Z, a_0):
    return _orbital(r, Z, a_0, 4, np.sqrt(15) / 3840, lambda x: 80 * x - 20 * x**2 + x**3)


def hydrogen_radial_4D(r, Z, a_0):
    return _orbital(r, Z, a_0, 4, 1 / (768 * np.sqrt(5)), lambda x: 12 * x**2 - x**3)


def hydrogen_radial_4F(r, Z, a_0):
    return _orbital(r, Z, a_0, 4, 1 / (768 * np.sqrt(35)), lambda x: x**3)


# 4D_5/2 - 4F_5/2, F = 3, by quadrature over the distance.

_LOG_X = np.arange(-20.0, 6.5, 0.1)


def _four_D_four_F(m_nu, a_0, kind):
    """P and G of m^3 K_3(2mx)/x^2 or 2 m^2 K_2(2mx)/x^3 in Bohr radii: the trapezoidal rule in log x."""
    mu = np.atleast_1d(m_nu * a_0)[:, None]
    # The integrand sits at x ~ 8 or, for a force of short range, at x ~ 1/mu.
    x = np.exp(_LOG_X) / (1 / 8 + mu)
    fall = np.exp(-x / 2) / (768 * np.sqrt(5) * 768 * np.sqrt(35))
    product = (12 * x**2 - x**3) * x**3 * fall
    slopes = ((12 * x**2 - x**3) * 3 * x**2 - (24 * x - 3 * x**2) * x**3) * fall
    z = 2 * mu * x
    k2, k3, k4 = (kv(n, z) * z**n for n in (2, 3, 4))
    if kind == "dirac":
        force, gradient = k3 / (8 * x**5), (k3 - k4) / (8 * x**6)
    else:
        force, gradient = k2 / (2 * x**5), -(k3 + k2) / (2 * x**6)
    P = 0.1 * np.sum(x**3 * force * (slopes / 2 + 3 * product / x), axis=1)
    G = 0.1 * np.sum(x**3 * gradient * product, axis=1)
    return (P, G) if np.ndim(m_nu * a_0) else (P[0], G[0])


def mixing_4D4F_dirac_proton(m_nu, a_0, m_e, G_F, a_e, b_p):
    """c_p = -1/7 with {sigma_p.p, V}/2, c_x = -6/7 with -(1/2)(sigma_e x sigma_p).grad V, times -i/a_0."""
    P, G = _four_D_four_F(m_nu, a_0, "dirac")
    return a_e * b_p * G_F**2 / (4 * np.pi**3 * m_e * a_0**6) * (P / 7 - 3 * G / 7)


def mixing_4D4F_dirac_electron(m_nu, a_0, m_e, G_F, b_e, a_p):
    """-b_e a_p {sigma_e.p, V}/2 with c_e = -1."""
    return -b_e * a_p * G_F**2 / (4 * np.pi**3 * m_e * a_0**6) * _four_D_four_F(m_nu, a_0, "dirac")[0]


def mixing_4D4F_majorana_proton(m_nu, a_0, m_e, G_F, a_e, b_p):
    P, G = _four_D_four_F(m_nu, a_0, "majorana")
    return a_e * b_p * G_F**2 / (4 * np.pi**3 * m_e * a_0**6) * (P / 7 - 3 * G / 7)


def mixing_4D4F_majorana_electron(m_nu, a_0, m_e, G_F, b_e, a_p):
    return -b_e * a_p * G_F**2 / (4 * np.pi**3 * m_e * a_0**6) * _four_D_four_F(m_nu, a_0, "majorana")[0]


def rotation_4F_dirac_proton(m_nu, a_0, G_F, D_below, a_e, b_p):
    """<z>/<L_z + 2 S_z> = 6 sqrt(7) a_0, E1/M1 = 2 m_e times that times the admixture."""
    return 12 * np.sqrt(7) * a_0 / D_below * mixing_4D4F_dirac_proton(m_nu, a_0, 1.0, G_F, a_e, b_p)


def rotation_4F_dirac_electron(m_nu, a_0, G_F, D_below, b_e, a_p):
    return 12 * np.sqrt(7) * a_0 / D_below * mixing_4D4F_dirac_electron(m_nu, a_0, 1.0, G_F, b_e, a_p)


def rotation_4F_majorana_proton(m_nu, a_0, G_F, D_below, a_e, b_p):
    return 12 * np.sqrt(7) * a_0 / D_below * mixing_4D4F_majorana_proton(m_nu, a_0, 1.0, G_F, a_e, b_p)


def rotation_4F_majorana_electron(m_nu, a_0, G_F, D_below, b_e, a_p):
    return 12 * np.sqrt(7) * a_0 / D_below * mixing_4D4F_majorana_electron(m_nu, a_0, 1.0, G_F, b_e, a_p)
