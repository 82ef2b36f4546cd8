r"""Potential between two fermions in a beam of massless neutrinos, energies E with the weight E^2/(exp(E/T) + 1).

    - \frac{G_F^{2} \Phi_0 T g_{V1} g_{V2} \left(\sin^2\tfrac{\alpha}{2} \mathcal{F}_c\!\left(2 T r \left(1 - \sin^2\tfrac{\alpha}{2}\right)\right) + \left(1 - \sin^2\tfrac{\alpha}{2}\right) \mathcal{F}_c\!\left(2 T r \sin^2\tfrac{\alpha}{2}\right) - \frac{\left(1 - 2 \sin^2\tfrac{\alpha}{2}\right) \mathcal{F}_s\!\left(2 T r \sin^2\tfrac{\alpha}{2}\right)}{2 T r} + \frac{\left(1 - 2 \sin^2\tfrac{\alpha}{2}\right) \mathcal{F}_s\!\left(2 T r \left(1 - \sin^2\tfrac{\alpha}{2}\right)\right)}{2 T r}\right)}{\pi r}

Derived in derivations/beam_numbers.py, step `thermal`; written by `nuforce build`, not by hand.
"""
# formula 0d60778ff75244e9
# text    8a68e984704e7b04

from math import pi

import numpy as np


def beam_thermal(r, T_nu, sin2_half_alpha, Phi_0, G_F, g_V1, g_V2):
    """Return potential between two fermions in a beam of massless neutrinos, energies E with the weight E^2/(exp(E/T) + 1), in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-20 <= T_nu <= 1e+06
    sin2_half_alpha: sin^2(alpha/2) of the angle alpha between the flux and r; in 1, 1e-60 <= sin2_half_alpha
        <= 1, or 0
    Phi_0: number density of a directional background, flux over velocity; in GeV^3, 1e-80 <= Phi_0 <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-06 <= T_nu r <= 1e+24 and |envelope| >= 2.2250738585072014e-308, the error is at
    most 4.1e-14 |envelope|, where the envelope is Phi_0*power(G_F, 2)*g_V1*g_V2*T_nu/(pi*r) (proved; see
    beam_thermal.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest; NumPy's exp is within
    one unit in the last place.
    It is the principal value, even in cos(alpha): use alpha <= pi/2. Negative values attract. One species.
    """
    mean_cosine = fermi_cosine(2*sin2_half_alpha*T_nu*r)
    mean_cosine_2 = fermi_cosine(2*T_nu*r*(1 - sin2_half_alpha))
    mean_sine = fermi_sine(2*sin2_half_alpha*T_nu*r)
    mean_sine_2 = fermi_sine(2*T_nu*r*(1 - sin2_half_alpha))
    return -Phi_0*power(G_F, 2)*g_V1*g_V2*T_nu/(pi*r)*(
        sin2_half_alpha*mean_cosine_2
        + (1 - sin2_half_alpha)*mean_cosine
        - (1 - 2*sin2_half_alpha)/(2*T_nu*r)*mean_sine
        + (1 - 2*sin2_half_alpha)/(2*T_nu*r)*mean_sine_2
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# (-1)^k (2k+3)(2k+2) and (-1)^k (2k+3)(2k+2)(2k+1), times 3^(-2k-4) - 4^(-2k-4) + 5^(-2k-4) - ..., k = 0, 1, ...
_FERMI_SINE = (
    0.057196976983475506,
    -0.023521825948702082,
    0.005848577811211768,
    -0.001157047075552726,
    0.00020083457440099386,
    -3.205834783603467e-05,
    4.830833407352754e-06,
    -6.981902008664755e-07,
    9.77770915008474e-08,
    -1.3360168126366826e-08,
    1.78980802960712e-09,
    -2.359142498663471e-10,
    3.06763965903963e-11,
    -3.943128399200038e-12,
    5.01832985220101e-13,
    -6.331647519764892e-14,
    7.928079422756486e-15,
    -9.860269439801807e-16,
    1.2189717697952398e-16,
    -1.4988172862919645e-17,
    1.833923250247222e-18,
)
_FERMI_COSINE = (
    0.057196976983475506,
    -0.07056547784610624,
    0.02924288905605884,
    -0.008099329528869083,
    0.0018075111696089447,
    -0.0003526418261963814,
    6.280083429558579e-05,
    -1.0472853012997132e-05,
    1.6622105555144057e-06,
    -2.538431944009697e-07,
    3.758596862174952e-08,
    -5.426027746925983e-09,
    7.669099147599074e-10,
    -1.0646446677840104e-10,
    1.455315657138293e-11,
    -1.9628107311271164e-12,
    2.61626620950964e-13,
    -3.451094303930632e-14,
    4.510195548242387e-15,
    -5.845387416538661e-16,
    7.51908532601361e-17,
)


def fermi_sine(x):
    """Return the mean of sin(x t), x >= 0, over the weight t^2/(exp(t) + 1)."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        close = np.minimum(x, 1.0)
        return np.where(x <= 1.0, close * _fermi_sine_near(close), _fermi_sine_far(np.maximum(x, 1.0)))[()]


def fermi_cosine(x):
    """Return the mean of t cos(x t), x >= 0, over the same weight."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        return np.where(x <= 1.0, _fermi_cosine_near(np.minimum(x, 1.0)), _fermi_cosine_far(np.maximum(x, 1.0)))[()]


def _fermi_sine_near(x):
    """Return the sum over j of 2 (-1)^(j+1) (3j^2 - v)/(j^2 + v)^3, v = x^2: j = 1, 2, and the others as a power series."""
    v = x * x
    total = _FERMI_SINE[-1]
    for c in _FERMI_SINE[-2::-1]:
        total = total * v + c
    one = 1.0 + v
    two = 4.0 + v
    first = 2.0 * (3.0 - v) / (one * one * one)
    second = 2.0 * (12.0 - v) / (two * two * two)
    return (first - second + total) / 1.8030853547393914


def _fermi_cosine_near(x):
    """Return the sum over j of 6 (-1)^(j+1) (j^4 - 6 j^2 v + v^2)/(j^2 + v)^4 likewise."""
    v = x * x
    total = _FERMI_COSINE[-1]
    for c in _FERMI_COSINE[-2::-1]:
        total = total * v + c
    one = 1.0 + v
    two = 4.0 + v
    first = 6.0 * (1.0 - v * (6.0 - v)) / (one * one * (one * one))
    second = 6.0 * (16.0 - v * (24.0 - v)) / (two * two * (two * two))
    return (first - second + total) / 1.8030853547393914


def _fermi_sine_far(x):
    q = np.exp(-3.141592653589793 * x)
    p = q * q
    below = 1.0 - p
    waves = 31.00627668029982 * q * (1.0 + 8.0 * p / (below * below)) / below
    return (waves - 1.0 / (x * x * x)) / 1.8030853547393914


def _fermi_cosine_far(x):
    q = np.exp(-3.141592653589793 * x)
    p = q * q
    square = (1.0 - p) * (1.0 - p)
    waves = 97.40909103400244 * q * (1.0 + p) * (1.0 + 24.0 * p / square) / square
    return (3.0 / (x * x * (x * x)) - waves) / 1.8030853547393914
