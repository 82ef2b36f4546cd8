"""Spin-dependent forces in a background: th = k.r, h = k sin x + cos x/r, x = k r, of neutrinos alone."""

from __future__ import annotations

import mpmath as mp

from tests.handwritten.beams import _exactly


def _beam(bracket):
    """-(G^2 g g n/(pi r)) times a bracket of k, x, c, cos x, cos th, sin th and h."""

    def formula(r, k, s, n, G, g, g_A1):
        x, c = k * r, 1 - 2 * s
        h = k * mp.sin(x) + mp.cos(x) / r
        return -(G**2) * g * g_A1 * n / (mp.pi * r) * bracket(k, c, mp.cos(x), mp.cos(c * x), mp.sin(c * x), h)

    return _exactly(formula)


def _shell(bracket):
    """-(G^2 g g n k/(pi r)) times a bracket of x."""

    def formula(r, k, n, G, g_A1, g_A2):
        return -(G**2) * g_A1 * g_A2 * n * k / (mp.pi * r) * bracket(k * r)

    return _exactly(formula)


def beam_spin_spin(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2):
    """delta_ij (k cos x cos th - c h sin th)."""
    bracket = _beam(lambda k, c, cos_x, cos_th, sin_th, h: k * cos_x * cos_th - c * h * sin_th)
    return bracket(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2)


def beam_spin_along_both(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2):
    """khat_i rhat_j h sin th."""
    return _beam(lambda k, c, cos_x, cos_th, sin_th, h: h * sin_th)(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2)


def beam_spin_product_khat(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2):
    """-eta eps_ijl k khat_l cos x sin th, with sigma_2 first."""
    bracket = _beam(lambda k, c, cos_x, cos_th, sin_th, h: k * cos_x * sin_th)
    return bracket(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2)


def beam_spin_product_rhat(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2):
    """-eta eps_ijl rhat_l h cos th, with sigma_2 first."""
    return _beam(lambda k, c, cos_x, cos_th, sin_th, h: h * cos_th)(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_A1, g_A2)


def beam_spin_khat(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1):
    """X^{0i}: k khat_i cos x cos th."""
    bracket = _beam(lambda k, c, cos_x, cos_th, sin_th, h: k * cos_x * cos_th)
    return bracket(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1)


def beam_spin_rhat(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1):
    """X^{0i}: rhat_i h sin th."""
    return _beam(lambda k, c, cos_x, cos_th, sin_th, h: h * sin_th)(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1)


def beam_spin_across(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1):
    """X^{0i}: eta (khat x rhat)_i h cos th."""
    return _beam(lambda k, c, cos_x, cos_th, sin_th, h: h * cos_th)(r, E_nu, sin2_half_alpha, Phi_0, G_F, g_V2, g_A1)


def momentum_shell_spin_spin(r, k_nu, n_nu, G_F, g_A1, g_A2):
    """delta_ij [sin2x/x + cos2x/x^2 - sin2x/2x^3]."""
    bracket = _shell(lambda x: mp.sin(2 * x) / x + mp.cos(2 * x) / x**2 - mp.sin(2 * x) / (2 * x**3))
    return bracket(r, k_nu, n_nu, G_F, g_A1, g_A2)


def momentum_shell_tensor(r, k_nu, n_nu, G_F, g_A1, g_A2):
    """2 rhat_i rhat_j [-cos2x/x^2 - sin2x/2x + sin2x/2x^3]."""
    bracket = _shell(lambda x: 2 * (-mp.cos(2 * x) / x**2 - mp.sin(2 * x) / (2 * x) + mp.sin(2 * x) / (2 * x**3)))
    return bracket(r, k_nu, n_nu, G_F, g_A1, g_A2)


def momentum_shell_product(r, k_nu, n_nu, G_F, g_A1, g_A2):
    """-eta eps_ijl rhat_l [sin2x/x^2 - cos2x/x], with sigma_2 first."""
    bracket = _shell(lambda x: mp.sin(2 * x) / x**2 - mp.cos(2 * x) / x)
    return bracket(r, k_nu, n_nu, G_F, g_A1, g_A2)
