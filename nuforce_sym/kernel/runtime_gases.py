"""Functions of gases and of thermal beams that generated kernels carry along; see `runtime`."""

from __future__ import annotations

import numpy as np

# block pinched
# (-1)^k 2 (k+1)/(2k+3)!: sin(t) - t cos(t) over t^3, by powers of t^2; and (-1)^k/(2k+3): x - arctan(x) over x^3.
_WAVE = (
    0.3333333333333333,
    -0.03333333333333333,
    0.0011904761904761906,
    -2.2045855379188714e-05,
    2.505210838544172e-07,
    -1.9270852604185937e-09,
    1.0706029224547743e-11,
    -4.498331606952833e-14,
    1.4797143443923793e-16,
)
_ARC = (
    0.3333333333333333,
    -0.2,
    0.14285714285714285,
    -0.1111111111111111,
    0.09090909090909091,
    -0.07692307692307693,
    0.06666666666666667,
    -0.058823529411764705,
    0.05263157894736842,
    -0.047619047619047616,
    0.043478260869565216,
    -0.04,
    0.037037037037037035,
    -0.034482758620689655,
    0.03225806451612903,
    -0.030303030303030304,
    0.02857142857142857,
    -0.02702702702702703,
    0.02564102564102564,
    -0.024390243902439025,
    0.023255813953488372,
    -0.022222222222222223,
    0.02127659574468085,
    -0.02040816326530612,
    0.0196078431372549,
    -0.018867924528301886,
    0.01818181818181818,
)


def pinched(p, x):
    """Return the imaginary part of (1 - i x)^(-m) minus m x times its real part, m = p + 2, p > 0, x > 0."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        m = p + 2.0
        angle = np.arctan(x)
        t = m * angle
        close, small = np.minimum(t, 1.0), np.minimum(x, 0.5)
        wave = np.where(t < 1.0, close * close * close * _wave_near(close), np.sin(t) - t * np.cos(t))
        arc = np.where(x < 0.5, small * small * small * _arc_near(small), x - angle)
        square = 1.0 + x * x
        return ((wave - m * arc * np.cos(t)) / square * np.power(square, -0.5 * p))[()]


def _wave_near(t):
    v = t * t
    total = _WAVE[-1]
    for c in _WAVE[-2::-1]:
        total = total * v + c
    return total


def _arc_near(x):
    v = x * x
    total = _ARC[-1]
    for c in _ARC[-2::-1]:
        total = total * v + c
    return total


# block species
# (-1)^(j+1) times the weights of an alternating sum (Cohen, Rodriguez Villegas and Zagier 2000), j = 1, 2, ...
_SPECIES = (
    1.0,
    -1.0,
    1.0,
    -1.0,
    1.0,
    -1.0,
    0.9999999999999997,
    -0.9999999999999905,
    0.999999999999763,
    -0.9999999999954299,
    0.9999999999297493,
    -0.9999999991216802,
    0.9999999909238777,
    -0.9999999214569602,
    0.999999424529592,
    -0.999996397270913,
    0.9999805774029774,
    -0.9999092329005229,
    0.9996301966242562,
    -0.9986799649807537,
    0.9958536349641819,
    -0.9884940160360123,
    0.971689812140826,
    -0.9380164605672835,
    0.8787895726932513,
    -0.7874109456876017,
    0.6639188645457283,
    -0.5180756659924328,
    0.36806551890904304,
    -0.234299664825004,
    0.13151912157399095,
    -0.06401333906856622,
    0.026510126565552482,
    -0.00913101550354984,
    0.002539465039295986,
    -0.0005469880873683198,
    8.550672761042524e-05,
    -8.621643607814166e-06,
    4.205679808689837e-07,
)


def species(a, x):
    """Return the sum over j of (-1)^(j+1) exp(-j a)/(j^2 + x^2)^2, a >= 0, x > 0."""
    with np.errstate(all="ignore"):
        a, x = np.asarray(a, dtype=float), np.asarray(x, dtype=float)
        v, total = x * x, np.zeros(np.broadcast_shapes(a.shape, x.shape))
        for j, c in enumerate(_SPECIES, 1):
            line = j * j + v
            total = total + c * np.exp(-j * a) / (line * line)
        return total[()]


# block matsubara
_FREQUENCIES = 40


def matsubara_dirac(k, b):
    """Return the sum over n = 0, 1, ... of (1 + (k b)^2 + w) exp(-w), w = 2 b sqrt(k^2 + (2n+1)^2 pi^2), b >= 0.1, k <= 30."""
    with np.errstate(all="ignore"):
        k, b = np.asarray(k, dtype=float), np.asarray(b, dtype=float)
        heavy = k * b
        return _matsubara(k, b, 1.0 + heavy * heavy)


def matsubara_majorana(k, b):
    """Return the sum over n = 0, 1, ... of (1 + w) exp(-w)."""
    with np.errstate(all="ignore"):
        k, b = np.asarray(k, dtype=float), np.asarray(b, dtype=float)
        return _matsubara(k, b, 1.0)


def _matsubara(k, b, front):
    square, total = k * k, np.zeros(np.broadcast_shapes(k.shape, b.shape))
    for n in range(_FREQUENCIES - 1, -1, -1):
        frequency = (2 * n + 1) * 3.141592653589793
        w = 2.0 * b * np.sqrt(square + frequency * frequency)
        total = total + (front + w) * np.exp(-w)
    return total[()]


# block power_law
# (4-s)(6-s)(2-s) pi/(2 Gamma(s) sin(pi s/2)) by powers of s - 1 and of s - 3.
_POWER_LAW_NEAR = (
    23.56194490192345,
    -22.527991823345594,
    6.897958682891681,
    1.502708118728482,
    -2.2044195464228586,
    0.993988840473562,
    -0.2596287663612046,
    0.03464433557809288,
    0.0031404927339802272,
    -0.0031495210058869725,
    0.000977028468653453,
    -0.00019816543509577618,
    2.747514613699077e-05,
    -1.9045881702579211e-06,
    -2.4332082482171223e-07,
    1.1584622671414279e-07,
    -2.4642807622380966e-08,
    3.718901182468157e-09,
    -4.1649687231700664e-10,
    3.000126219726345e-11,
    1.8685893148356744e-13,
    -5.026607930552418e-13,
    1.0278170133404703e-13,
    -1.4169242037331372e-14,
    1.5071930081425542e-15,
    -1.2214281835106127e-16,
    6.078207430595657e-18,
    1.7222497192299173e-19,
)
_POWER_LAW_FAR = (
    2.356194490192345,
    -2.959657529392263,
    1.8133125761260815,
    -0.6896887139042026,
    0.16779591714158307,
    -0.019908762485538984,
    -0.003210656176300453,
    0.002436754162145525,
    -0.00073804259287568,
    0.00015013609348855927,
    -2.1142240468790474e-05,
    1.539737979915451e-06,
    1.7136917284539425e-07,
    -8.789577088786529e-08,
    1.917356606872779e-08,
    -2.9570242379905877e-09,
    3.401831160318588e-10,
    -2.5867240361800703e-11,
    1.2879648002542747e-13,
    3.7476323953864636e-13,
    -8.086343071069442e-14,
    1.1469273861548774e-14,
    -1.248955096129371e-15,
    1.0468971126055145e-16,
    -5.583122176847093e-18,
    -7.037405599685266e-20,
)


def power_law(s, x):
    """Return (2 - s) pi x^s/(2 Gamma(s) sin(pi s/2)), 0 < s < 4, x > 0."""
    with np.errstate(all="ignore"):
        s, x = np.asarray(s, dtype=float), np.asarray(x, dtype=float)
        near, far = _power_law_near(np.minimum(s, 2.0) - 1.0), _power_law_far(np.maximum(s, 2.0) - 3.0)
        return (np.where(s <= 2.0, near, far) / ((4.0 - s) * (6.0 - s)) * np.power(x, s))[()]


def _power_law_near(t):
    total = _POWER_LAW_NEAR[-1]
    for c in _POWER_LAW_NEAR[-2::-1]:
        total = total * t + c
    return total


def _power_law_far(t):
    total = _POWER_LAW_FAR[-1]
    for c in _POWER_LAW_FAR[-2::-1]:
        total = total * t + c
    return total


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
