"""Functions of gases and of thermal beams that generated kernels carry along; see `runtime`."""

from __future__ import annotations

import numpy as np

# block fermi_beam
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
