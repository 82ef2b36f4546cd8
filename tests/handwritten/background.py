"""Forces in backgrounds."""

from __future__ import annotations

import mpmath as mp
import numpy as np


def _waves(r, E_nu, sin2_half_alpha):
    """Cosine and sine of (1 - cos alpha) E r and of (1 + cos alpha) E r, in sixty digits: NumPy alone has lost them."""

    def one(R, E, s):
        with mp.workdps(60):
            slow = 2 * mp.mpf(float(s)) * mp.mpf(float(E)) * mp.mpf(float(R))
            fast = 2 * mp.mpf(float(E)) * mp.mpf(float(R)) - slow
            return tuple(float(f(p)) for p in (slow, fast) for f in (mp.cos, mp.sin))

    return np.array([one(*point) for point in zip(r, E_nu, sin2_half_alpha, strict=True)]).T


def directional_flux(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """The talk, slides "anisotropic backgrounds", with the term (c/x) cos x sin(c x) = (c/2x)[sin (1+c)x - sin (1-c)x]."""
    s, x, c = sin2_half_alpha, E_nu * r, 1 - 2 * sin2_half_alpha
    slow, sine, fast, fast_sine = _waves(r, E_nu, s)
    bracket = (1 - s) * slow + s * fast + c / (2 * x) * (fast_sine - sine)
    return -(G_F**2) * g_V1 * g_V2 * Phi_0 * E_nu / (np.pi * r) * bracket


def directional_flux_retarded(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """The same without the wave against the flux, (1 + c) cos[(1-c)x] - (c/x) sin[(1-c)x]."""
    s, x, c = sin2_half_alpha, E_nu * r, 1 - 2 * sin2_half_alpha
    slow, sine, _, _ = _waves(r, E_nu, s)
    return -(G_F**2) * g_V1 * g_V2 * Phi_0 * E_nu / (np.pi * r) * ((1 + c) * slow - c / x * sine)


def directional_flux_force(r, E_nu, Phi_0, G_F, g_V1, g_V2):
    """Minus the derivative of -A (1 + sin(2x)/2x)/r, x = E r: -A (1 - cos 2x + sin(2x)/x)/r^2."""
    _, _, cosine, sine = _waves(r, E_nu, 0 * r)
    return -(G_F**2) * g_V1 * g_V2 * Phi_0 * E_nu / (np.pi * r**2) * (1 - cosine + sine / (E_nu * r))


def finite_size_factor(r, E_nu, sigma_perp):
    """A Lorentzian of E s^2/r."""
    return 1 / (1 + (E_nu * sigma_perp**2 / r) ** 2)


def thermal_gas(r, T_nu, G_F, g_V1, g_V2):
    """Massless Fermi-Dirac, mu = 0: -[1 - (y/2)(1 + y coth y)/sinh y]/(4 pi^3 r^5); for small y the series 7y^4/360 - ..."""
    y = 2 * np.pi * r * T_nu
    with np.errstate(all="ignore"):
        closed = 1 - y / 2 * (1 + y / np.tanh(y)) / np.sinh(np.minimum(y, 700.0))
    series = y**4 * (7 / 360 - y**2 * (31 / 7560 - y**2 * (127 / 201600 - y**2 * (73 / 855360))))
    bracket = np.where(y < 0.02, series, np.where(y > 700.0, 1.0, closed))
    for i in np.flatnonzero((y >= 0.02) & (y < 3)):
        with mp.workdps(40):
            x = 2 * mp.pi * mp.mpf(r[i]) * mp.mpf(T_nu[i])
            bracket[i] = float(1 - x / 2 * (1 + x * mp.coth(x)) / mp.sinh(x))
    return -(G_F**2) * g_V1 * g_V2 / (4 * np.pi**3 * r**5) * bracket


def degenerate_gas(r, k_F, G_F, g_V1, g_V2):
    """Degenerate n_+ with the vacuum: (cos 2Y + Y sin 2Y)/(4 pi^3 r^5), Y = k_F r."""
    _, _, cosine, sine = _waves(r, k_F, 0 * r)
    return G_F**2 * g_V1 * g_V2 / (4 * np.pi**3 * r**5) * (cosine + k_F * r * sine)


def boltzmann_gas(r, T_nu, N_0, G_F, g_V1, g_V2):
    """Massless Maxwell-Boltzmann: -4 N T^4/(pi^3 r (1 + 4 r^2 T^2)^2)."""
    return -4 * G_F**2 * g_V1 * g_V2 * N_0 * T_nu**4 / (np.pi**3 * r * (1 + 4 * r**2 * T_nu**2) ** 2)
