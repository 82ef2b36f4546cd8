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
