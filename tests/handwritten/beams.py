"""Averages of the force in a beam, and gases with sharp momenta, in ninety digits: NumPy alone has lost the waves."""

from __future__ import annotations

import mpmath as mp
import numpy as np


def _exactly(formula):
    """Return a function of arrays that evaluates ``formula`` in mpmath, point by point."""

    def function(*columns):
        with mp.workdps(90):
            rows = zip(*np.broadcast_arrays(*columns), strict=True)
            return np.array([float(formula(*(mp.mpf(float(x)) for x in row))) for row in rows])

    return function


def _by_lengths(C, Sn, r, c):
    """((1+c)/2) C(b_-) + ((1-c)/2) C(b_+) + (c/2r) [Sn(b_+) - Sn(b_-)], b_-+ = (1 -+ c) r."""
    slow, fast = (1 - c) * r, (1 + c) * r
    return (1 + c) / 2 * C(slow) + (1 - c) / 2 * C(fast) + c / (2 * r) * (Sn(fast) - Sn(slow))


def _gaussian(r, E, sigma, s, n, G, g1, g2):
    def C(b):
        return mp.exp(-(b**2) * sigma**2 / 2) * (E * mp.cos(b * E) - b * sigma**2 * mp.sin(b * E))

    def Sn(b):
        return mp.exp(-(b**2) * sigma**2 / 2) * mp.sin(b * E)

    return -(G**2) * g1 * g2 * n / (mp.pi * r) * _by_lengths(C, Sn, r, 1 - 2 * s)


def _box(r, E, w, s, n, G, g1, g2):
    # The derivative and the integral of sin over the box, with b = 0 apart; 90 digits carry the cancellation.
    def Sn(b):
        return (mp.cos(b * (E - w)) - mp.cos(b * (E + w))) / (2 * b * w) if b else mp.mpf(0)

    def C(b):
        if not b:
            return E
        ends = ((E + w) * mp.sin(b * (E + w)) - (E - w) * mp.sin(b * (E - w))) / (2 * b * w)
        return ends - (mp.cos(b * (E - w)) - mp.cos(b * (E + w))) / (2 * b**2 * w)

    with mp.workdps(260):
        return -(G**2) * g1 * g2 * n / (mp.pi * r) * _by_lengths(C, Sn, r, 1 - 2 * s)


def _cone(r, E, s, n, G, g1, g2):
    """F(1) - F(c) over 1 - c, F = cos x sin(cx)/x + (sin x + cos x/x)(sin(cx)/x^2 - c cos(cx)/x)."""
    x = E * r

    def F(c):
        return mp.cos(x) * mp.sin(c * x) / x + (mp.sin(x) + mp.cos(x) / x) * (mp.sin(c * x) / x**2 - c * mp.cos(c * x) / x)

    with mp.workdps(260):
        mean = (F(mp.mpf(1)) - F(1 - 2 * s)) / (2 * s) if s else 1 + mp.sin(2 * x) / (2 * x)
        return -(G**2) * g1 * g2 * n * E / (mp.pi * r) * mean


def _von_mises_fisher(r, E, kappa, n, G, g1, g2):
    """The integral over t = 1 - c of (1 - t/2) cos tx + (t/2) cos (2-t)x + (1-t)/(2x) [sin (2-t)x - sin tx]."""
    x = E * r
    with mp.workdps(200):
        L = kappa - mp.j * x
        end = mp.exp(-2 * L)
        zeroth = (1 - end) / L
        first = zeroth / L - 2 * end / L
        fast = mp.expj(2 * x)
        total = mp.re(zeroth - first / 2) + mp.re(fast * mp.conj(first)) / 2
        total += (mp.im(fast * mp.conj(zeroth - first)) - mp.im(zeroth - first)) / (2 * x)
        mean = kappa / (1 - mp.exp(-2 * kappa)) * total
        return -(G**2) * g1 * g2 * n * E / (mp.pi * r) * mean


def _degenerate_background(r, k_F, G, g1, g2):
    """-[1 - cos 2Y - Y sin 2Y]/(4 pi^3 r^5), Y = k_F r."""
    Y = k_F * r
    return -(G**2) * g1 * g2 / (4 * mp.pi**3 * r**5) * (1 - mp.cos(2 * Y) - Y * mp.sin(2 * Y))


def _shell(r, k, n, G, g1, g2):
    """-(n k/(pi r)) [sin(2x)/2x - cos(2x)]/x^2, x = k r."""
    x = k * r
    return -(G**2) * g1 * g2 * n * k / (mp.pi * r) * (mp.sin(2 * x) / (2 * x) - mp.cos(2 * x)) / x**2


def beam_gaussian(r, E_nu, sigma_E, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """C = e^{-b^2 s^2/2}(E cos bE - b s^2 sin bE), Sn = e^{-b^2 s^2/2} sin bE."""
    return _exactly(_gaussian)(r, E_nu, sigma_E, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2)


def beam_box(r, E_nu, w_E, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """Means over a box of E cos bE and of sin bE."""
    return _exactly(_box)(r, E_nu, w_E, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2)


def beam_cone(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """A uniform cone, from the antiderivative in c."""
    return _exactly(_cone)(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2)


def beam_von_mises_fisher(r, E_nu, kappa_beam, Phi_0, G_F, g_V1, g_V2):
    """The weight kappa e^{-kappa t}/(1 - e^{-2 kappa}), t = 1 - c, with complex exponentials."""
    return _exactly(_von_mises_fisher)(r, E_nu, kappa_beam, Phi_0, G_F, g_V1, g_V2)


def degenerate_gas_background(r, k_F, G_F, g_V1, g_V2):
    """Every state up to k_F, without the vacuum."""
    return _exactly(_degenerate_background)(r, k_F, G_F, g_V1, g_V2)


def momentum_shell(r, k_nu, n_nu, G_F, g_V1, g_V2):
    """A massless shell of total density n."""
    return _exactly(_shell)(r, k_nu, n_nu, G_F, g_V1, g_V2)


def _thermal(r, T, s, n, G, g1, g2):
    """T^(k+1) k! 2^(-k-1) [zeta(k+1, (1+a)/2) - zeta(k+1, 1+a/2)], a = -ibT, for E^k e^(ibE)/(e^(E/T) + 1)."""

    def moment(k, b):
        a = -mp.j * b * T
        both = mp.zeta(k + 1, (1 + a) / 2) - mp.zeta(k + 1, 1 + a / 2)
        return T ** (k + 1) * mp.factorial(k) * mp.mpf(2) ** (-k - 1) * both

    with mp.workdps(50):
        norm = mp.zeta(3) * 3 / 2 * T**3
        found = _by_lengths(lambda b: mp.re(moment(3, b)), lambda b: mp.im(moment(2, b)), r, 1 - 2 * s) / norm
        return -(G**2) * g1 * g2 * n / (mp.pi * r) * found


def beam_thermal(r, T_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """C and Sn over E^2/(e^(E/T) + 1), by Hurwitz's zeta function."""
    return _exactly(_thermal)(r, T_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2)


def _pinched(r, p, T, s, n, G, g1, g2):
    def C(b):
        return mp.re((p + 1) * T / (1 - mp.j * b * T) ** (p + 2))

    def Sn(b):
        return mp.im((1 - mp.j * b * T) ** (-p - 1))

    return -(G**2) * g1 * g2 * n / (mp.pi * r) * _by_lengths(C, Sn, r, 1 - 2 * s)


def beam_pinched(r, T_nu, p_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """C = Re (p+1) T/(1 - ibT)^(p+2), Sn = Im (1 - ibT)^(-p-1)."""
    return _exactly(_pinched)(r, p_nu, T_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2)
