r"""Matrix element -i<4D|V|4F> for two Dirac neutrinos, by the spin of the electron.

    - \frac{G_F^{2} a^p b^e P^{\mathrm{D}}_{4,2}\!\left(a_0 m_\nu\right)}{4 \pi^{3} a_0^{6} m_e}

Derived in derivations/mixing_by_mass.py, step `element_dirac`; written by `nuforce build`, not by hand.
"""
# formula e7e5def533699fc4
# text    d53b31b83b5f6372

from math import pi

import numpy as np


def mixing_4D4F_dirac_electron(m_nu, a_0, m_e, G_F, b_e, a_p):
    """Return matrix element -i<4D|V|4F> for two Dirac neutrinos, by the spin of the electron, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    m_nu: neutrino mass; in GeV, 1e-18 <= m_nu <= 1
    a_0: Bohr radius 1/(alpha mu) with the reduced mass mu; in GeV^-1, 1 <= a_0 <= 1e+09
    m_e: electron mass; in GeV, 1e-06 <= m_e <= 1000
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    b_e: axial charge of the electron for one neutrino mass eigenstate; in 1, 1e-12 <= |b_e| <= 1e+06, or 0
    a_p: vector charge of the proton in its coupling to neutrinos; in 1, 1e-12 <= |a_p| <= 1e+06, or 0

    Source: GhoshGrossmanTangarife2020, DLMF, Tangarife.

    In these ranges, with 1e-16 <= a_0 m_nu <= 1e+06 and |result| >= 2.2250738585072014e-308, the relative
    error is at most 1.8e-14 (proved; see mixing_4D4F_dirac_electron.json). It rests on: IEEE 754 binary64
    arithmetic, rounding to nearest; NumPy's log is within one unit in the last place.
    F = 3, j = 5/2 in both mixed states. The part that goes with b_e a_p; the whole is the sum over both parts
    and over the neutrinos. a_0 = 1/(alpha m_e).
    """
    P = current_4D4F_dirac(m_nu, a_0)
    return -power(G_F, 2)*b_e*a_p/(4*power(pi, 3)*m_e*power(a_0, 6))*P


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def mass_moment(n, pairs, table, a, b):
    """Return a functional of the neutrino mass from its four rows, t = n*a*b; t = 0 gives the massless value.

    The rows: power series in t^2, and one that goes with log t, for t <= 1/2; in (1 - t)/(1 + t) for t <= 2; and in
    1/(1 + t), over t^(2 pairs), for t > 2.
    """
    near, logs, middle, far = table
    with np.errstate(all="ignore"):
        t = n * (np.asarray(a, dtype=float) * b)
        small = np.clip(t, 1e-300, 0.5)
        y = small * small
        close = _of_powers(near, y) + np.log(small) * _of_powers(logs, y)
        between = np.clip(t, 0.5, 2.0)
        medium = _of_powers(middle, (1.0 - between) / (1.0 + between))
        large = np.maximum(t, 2.0)
        distant = _of_powers(far, 1.0 / (1.0 + large))
        for _ in range(pairs):
            distant = distant / (large * large)
        found = np.where(t <= 0.5, close, np.where(t <= 2.0, medium, distant))
        return np.where(t >= 0.0, found, np.nan)[()]


def _of_powers(row, x):
    total = row[-1]
    for c in row[-2::-1]:
        total = total * x + c
    return total


# P(4, 2; Dirac): rows as in mass_moment.
# fmt: off
_CURRENT_4D4F_DIRAC = (
    (
        1.537941377804473e-05, -6.920736200120128e-06, 5.767280166766773e-06, -8.005736388110845e-05,
        -0.0005054882157599786, -0.0015863589102778474, -0.0036989784254932772, -0.00727176496350985,
        -0.012779596797699758, -0.020739672276051387, -0.031708308906036285, -0.04627837322858421,
        -0.06507715839659851, -0.08876459301630876, -0.11803170320771375, -0.1535992733624417,
        -0.19621666620803307, -0.24666077291663085, -0.305735071005702, -0.37426877276754983,
        -0.4531160506019446, -0.5431553283342827, -0.6452886296549568, -0.7604409763977279,
        -0.8895598306115654, -1.0336145753595707, -1.193596029962882, -1.370515996042245,
        -1.565406831228661, -1.779321047842094, -2.013330934192485, -2.2685281964546857,
        -2.5460236193195196, -2.8469467438356704, -3.172445561038386, -3.5236862201164287,
        -3.901852750002716, -4.308146793390166, -4.74378735227523, -5.210010544219811,
    ),
    (
        0.0, 0.0, 0.0, -4.037096116736741e-05,
        -0.00054500797575946, -0.0024979532222308585, -0.007577124774100271, -0.018266282937563154,
        -0.037953276770270106, -0.07101863153224786, -0.12291686226735205, -0.2002520547772277,
        -0.3108487778404679, -0.46381909746196126, -0.6696262727427016, -0.9401455822021626,
        -1.288722636526349, -1.7302294657066724, -2.2811186174316704, -2.9594754643493544,
        -3.7850688871134794, -4.779400475712338, -5.965752371888445, -7.369233859377585,
        -9.01682679541729, -10.937429965899936, -13.161902437225478, -15.72310597000118,
        -18.65594655297691, -21.997415109788385, -25.786627426044735, -30.06486333991125,
        -34.87560523549898, -40.26457587499558, -46.279775602486986, -52.97151894977119,
        -60.392470672105105, -68.59768123971551, -77.64462180901133, -87.59321869572933,
        -98.50588737070635, -110.44756599757619,
    ),
    (
        1.137144533891792e-05, 1.0152564060471484e-05, -7.22724899220004e-06, -1.069578865792443e-06,
        3.4117132939738356e-06, -1.4037889646503837e-06, 1.316734978035236e-07, 9.881303066081242e-09,
        1.890094538659703e-09, 5.283453922722127e-10, 1.8487396598612097e-10, 7.537354363501787e-11,
        3.437880520818436e-11, 1.7095611051966078e-11, 9.10658560377506e-12, 5.131209487466537e-12,
        3.0296647407195317e-12, 1.8610246061925014e-12, 1.182605817547281e-12, 7.739247104158338e-13,
        5.196814288636137e-13, 3.569815629051599e-13,
    ),
    (
        0.00012918707573557572, -0.0005073164600870411, 0.0008214648903360234, -0.0007034088472305185,
        0.0003316159770850776, -7.696877721114505e-05, 5.073675021012415e-06, 2.9223490912795035e-07,
        4.4928889802612103e-08, 1.038379956503904e-08, 3.062909029821005e-09, 1.0680651403081522e-09,
        4.2151457299317865e-10, 1.8312209902333558e-10, 8.593244525908506e-11, 4.296819135466498e-11,
        2.2661610564007977e-11, 1.25079297779291e-11, 7.180379979680961e-12, 4.265973136260008e-12,
        2.612355275461353e-12,
    ),
)
# fmt: on


def current_4D4F_dirac(a, b):
    """Return P between (4, 2) and (4, 3) for Dirac neutrinos of m a_0 = a*b."""
    return mass_moment(4, 1, _CURRENT_4D4F_DIRAC, a, b)
