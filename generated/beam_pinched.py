r"""Potential between two fermions in a beam of massless neutrinos, energies E with the weight E^p exp(-E/T).

    - \frac{G_F^{2} \Phi_0 T g_{V1} g_{V2} \left(p + 1\right) \left(\sin^2\tfrac{\alpha}{2} \operatorname{Re}\left[\left(1-i\cdot 2 T r \left(1 - \sin^2\tfrac{\alpha}{2}\right)\right)^{-\left(p + 2\right)}\right] + \left(1 - \sin^2\tfrac{\alpha}{2}\right) \operatorname{Re}\left[\left(1-i\cdot 2 T r \sin^2\tfrac{\alpha}{2}\right)^{-\left(p + 2\right)}\right] - \frac{\left(1 - 2 \sin^2\tfrac{\alpha}{2}\right) \operatorname{Im}\left[\left(1-i\cdot 2 T r \sin^2\tfrac{\alpha}{2}\right)^{-\left(p + 1\right)}\right]}{2 T r \left(p + 1\right)} + \frac{\left(1 - 2 \sin^2\tfrac{\alpha}{2}\right) \operatorname{Im}\left[\left(1-i\cdot 2 T r \left(1 - \sin^2\tfrac{\alpha}{2}\right)\right)^{-\left(p + 1\right)}\right]}{2 T r \left(p + 1\right)}\right)}{\pi r}

Derived in derivations/beam_numbers.py, step `pinched`; written by `nuforce build`, not by hand.
"""
# formula e1ade77937c34cab
# text    c6295f68c19f424f

from math import pi

import numpy as np


def beam_pinched(r, T_nu, p_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """Return potential between two fermions in a beam of massless neutrinos, energies E with the weight E^p exp(-E/T), in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-20 <= T_nu <= 1e+06
    p_nu: power of a pinched spectrum, (k/T)^p exp(-k/T); in 1, 0.001 <= p_nu <= 10
    sin2_half_alpha: sin^2(alpha/2) of the angle alpha between the flux and r; in 1, 1e-60 <= sin2_half_alpha
        <= 1, or 0
    Phi_0: number density of a directional background, flux over velocity; in GeV^3, 1e-80 <= Phi_0 <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-06 <= T_nu r <= 1e+24 and |envelope| >= 2.2250738585072014e-308, the error is at
    most 2.9e-14 |envelope|, where the envelope is G_F**2*Phi_0*T_nu*g_V1*g_V2*(p_nu + 1)/(pi*r) (proved; see
    beam_pinched.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest; NumPy's exp is within
    one unit in the last place; NumPy's log1p, arctan, sin and cos are within four units in the last place.
    It is the principal value, even in cos(alpha): use alpha <= pi/2. Negative values attract. One species.
    """
    im_1 = im_power(1 + p_nu, 2*sin2_half_alpha*T_nu*r)
    im_2 = im_power(1 + p_nu, 2*T_nu*r*(1 - sin2_half_alpha))
    re_3 = re_power(2 + p_nu, 2*sin2_half_alpha*T_nu*r)
    re_4 = re_power(2 + p_nu, 2*T_nu*r*(1 - sin2_half_alpha))
    return -(1 + p_nu)*Phi_0*power(G_F, 2)*g_V1*g_V2*T_nu/(pi*r)*(
        sin2_half_alpha*re_4
        + (1 - sin2_half_alpha)*re_3
        - (1 - 2*sin2_half_alpha)/(2*(1 + p_nu)*T_nu*r)*im_1
        + (1 - 2*sin2_half_alpha)/(2*(1 + p_nu)*T_nu*r)*im_2
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def re_power(q, x):
    """Return the real part of (1 - i x)^(-q), q > 0."""
    return _power_of_line(q, x, np.cos)


def im_power(q, x):
    """Return the imaginary part of (1 - i x)^(-q), q > 0."""
    return _power_of_line(q, x, np.sin)


def _power_of_line(q, x, wave):
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        return (np.exp(-0.5 * q * np.log1p(x * x)) * wave(q * np.arctan(x)))[()]
