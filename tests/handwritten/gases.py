"""Massive and slow gases, and gases with other spectra, in ninety digits but for SciPy's K_n e^x."""

from __future__ import annotations

import mpmath as mp
from scipy.special import kve

from tests.handwritten.beams import _exactly


def _massive(r, m, T, N, G, g1, g2, dirac):
    """-(N/(4 pi^3 r^4)) {m^2 r^2 S + 8 r^3 m^2 K_2(mR)/R^2}, S = 2 r m K_1(mR)/R, R^2 = 1/T^2 + 4 r^2; Majorana: drop S."""
    with mp.workdps(40):
        R = mp.sqrt(1 / T**2 + 4 * r**2)
        K_1, K_2 = (mp.exp(-m * R) * float(kve(n, float(m * R))) for n in (1, 2))
        total = 8 * r**3 * m**2 * K_2 / R**2
        if dirac:
            total += m**2 * r**2 * 2 * r * m * K_1 / R
        return -(G**2) * g1 * g2 * N / (4 * mp.pi**3 * r**4) * total


def _fermi(r, m, T, G, g1, g2, dirac):
    """(2 pi T/4 pi^3 r^4) sum over n of (1 + m^2 r^2 + 2rw) e^{-2rw}, w^2 = m^2 + ((2n+1) pi T)^2; Majorana: drop m^2 r^2."""
    with mp.workdps(25):
        total, n, term = mp.mpf(0), 0, mp.mpf(1)
        while n == 0 or term > total * mp.mpf(10) ** -20:
            w = mp.sqrt(m**2 + ((2 * n + 1) * mp.pi * T) ** 2)
            term = (1 + (m**2 * r**2 if dirac else 0) + 2 * r * w) * mp.exp(-2 * r * w)
            total, n = total + term, n + 1
        return G**2 * g1 * g2 * 2 * mp.pi * T / (4 * mp.pi**3 * r**4) * total


def massive_fermi_gas(r, m_nu, T_nu, G_F, g_V1, g_V2):
    """Massive Fermi-Dirac with the vacuum, Dirac, mu = 0."""
    return _exactly(lambda *x: _fermi(*x, dirac=True))(r, m_nu, T_nu, G_F, g_V1, g_V2)


def massive_fermi_gas_majorana(r, m_nu, T_nu, G_F, g_V1, g_V2):
    """Massive Fermi-Dirac with the vacuum, Majorana."""
    return _exactly(lambda *x: _fermi(*x, dirac=False))(r, m_nu, T_nu, G_F, g_V1, g_V2)


def _slow(r, m, T, n, G, g1, g2):
    return -(G**2) * g1 * g2 * n * (m + 4 * T) / (mp.pi * r) * mp.exp(-2 * m * T * r**2)


def _slow_majorana(r, m, T, n, G, g1, g2):
    return -4 * G**2 * g1 * g2 * n * T / (mp.pi * r) * mp.exp(-2 * m * T * r**2)


def massive_boltzmann_gas(r, m_nu, T_nu, N_0, G_F, g_V1, g_V2):
    """Massive Maxwell-Boltzmann, Dirac."""
    return _exactly(lambda *x: _massive(*x, dirac=True))(r, m_nu, T_nu, N_0, G_F, g_V1, g_V2)


def massive_boltzmann_gas_majorana(r, m_nu, T_nu, N_0, G_F, g_V1, g_V2):
    """Massive Maxwell-Boltzmann, Majorana."""
    return _exactly(lambda *x: _massive(*x, dirac=False))(r, m_nu, T_nu, N_0, G_F, g_V1, g_V2)


def slow_gas(r, m_nu, T_nu, n_nu, G_F, g_V1, g_V2):
    """Slow Dirac neutrinos: -(n m/(pi r)) e^{-2mTr^2}, with the next order in T/m that the operator keeps."""
    return _exactly(_slow)(r, m_nu, T_nu, n_nu, G_F, g_V1, g_V2)


def slow_gas_majorana(r, m_nu, T_nu, n_nu, G_F, g_V1, g_V2):
    """Slow Majorana neutrinos: -(4 n T/(pi r)) e^{-2mTr^2}."""
    return _exactly(_slow_majorana)(r, m_nu, T_nu, n_nu, G_F, g_V1, g_V2)


def scalar_gas(r, T_nu):
    """Thermal massless real scalars: -(T/(32 pi^2 r^2)) coth(2 pi r T)."""
    return _exactly(lambda r, T: -T / (32 * mp.pi**2 * r**2) * mp.coth(2 * mp.pi * r * T))(r, T_nu)


def _asymmetric(r, T, mu, G, g1, g2):
    with mp.workdps(140):
        y = 2 * mp.pi * r * T
        waves = mp.cos(2 * mu * r) * (1 + y * mp.coth(y)) + 2 * mu * r * mp.sin(2 * mu * r)
        return -(G**2) * g1 * g2 / (4 * mp.pi**3 * r**4) * (1 / r - mp.pi * T / mp.sinh(y) * waves)


def asymmetric_gas(r, T_nu, mu_nu, G_F, g_V1, g_V2):
    """Massless Fermi-Dirac, +mu and -mu: -{1/r - (pi T/sinh y)[cos 2 mu r (1 + y coth y) + 2 mu r sin 2 mu r]}/(4 pi^3 r^4)."""
    return _exactly(_asymmetric)(r, T_nu, mu_nu, G_F, g_V1, g_V2)


def _power(r, k_0, s, G, g1, g2):
    return (
        -(G**2)
        * g1
        * g2
        / (4 * mp.pi**3 * r**4)
        * k_0**s
        * (2 * r) ** (s - 1)
        * (2 - s)
        * mp.gamma(1 - s)
        * mp.sin(mp.pi * (1 - s) / 2)
    )


def _species(r, T, mu, G, g1, g2):
    """(1 - r d/dr) on T Im {z/(1-2irT) 2F1(1, 1-2irT; 2-2irT; -z)}, z = e^(mu/T) <= 1, with a difference for d/dr."""
    z, step = mp.exp(mu / T), mp.mpf(10) ** -30

    def S(x):
        return T * mp.im(z / (1 - 1j * x) * mp.hyp2f1(1, 1 - 1j * x, 2 - 1j * x, -z))

    x = 2 * r * T
    found = S(x) - (S(x * (1 + step)) - S(x * (1 - step))) / (2 * step)
    return -(G**2) * g1 * g2 / (4 * mp.pi**3 * r**4) * found


def species_gas_below(r, T_nu, mu_size, G_F, g_V1, g_V2):
    """Massless Fermi-Dirac, one species, at -|mu|."""
    return _exactly(lambda r, T, mu, *rest: _species(r, T, -mu, *rest))(r, T_nu, mu_size, G_F, g_V1, g_V2)


def _species_above(r, T, mu, G, g1, g2):
    return _asymmetric(r, T, mu, G, g1, g2) - _species(r, T, -mu, G, g1, g2)


def species_gas_above(r, T_nu, mu_size, G_F, g_V1, g_V2):
    """Massless Fermi-Dirac, one species, at |mu|: the pair's row without that of the other species."""
    return _exactly(_species_above)(r, T_nu, mu_size, G_F, g_V1, g_V2)


def _pinched(r, T, p, n, G, g1, g2):
    """The operator -(1 - r d/dr)/(4 pi^3 r^4) on S = N_0 T Im Gamma(p+1)/(1 - 2irT)^(p+1), n = N_0 T^3 Gamma(p+3)/(2 pi^2)."""
    with mp.workdps(130):
        N_0 = 2 * mp.pi**2 * n / (T**3 * mp.gamma(p + 3))
        z = 1 - 2j * r * T
        S = N_0 * T * mp.gamma(p + 1) * mp.im(z ** (-p - 1))
        slope = N_0 * T * mp.gamma(p + 1) * mp.im(2j * T * (p + 1) * z ** (-p - 2))
        return -(G**2) * g1 * g2 / (4 * mp.pi**3 * r**4) * (S - r * slope)


def pinched_gas(r, T_nu, p_nu, n_nu, G_F, g_V1, g_V2):
    """Pinched, by its density."""
    return _exactly(_pinched)(r, T_nu, p_nu, n_nu, G_F, g_V1, g_V2)


def power_law_gas(r, k_0, s_nu, G_F, g_V1, g_V2):
    """Power law (k/k_0)^-s: -(2r)^(s-1) (2-s) Gamma(1-s) sin(pi (1-s)/2)/(4 pi^3 r^4)."""
    return _exactly(_power)(r, k_0, s_nu, G_F, g_V1, g_V2)
