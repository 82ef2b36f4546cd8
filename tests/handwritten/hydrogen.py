"""Parity violation in hydrogen, from the potential of two Dirac neutrinos of unit charges."""

from __future__ import annotations

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
