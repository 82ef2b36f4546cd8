r"""Optical rotation R of 4F5/2 - 4F7/2 for two Majorana neutrinos, by the spin of the electron.

    - \frac{3 \sqrt{7} G_F^{2} a^p b^e P^{\mathrm{M}}_{4,2}\!\left(a_0 m_\nu\right)}{\pi^{3} D_\Delta a_0^{5}}

Derived in derivations/mixing_by_mass.py, step `rotation_majorana`; written by `nuforce build`, not by hand.
"""
# formula 423e8ccd1e0a399d
# text    611d1472c5c5d798

from math import pi

import numpy as np


def rotation_4F_majorana_electron(m_nu, a_0, G_F, D_below, b_e, a_p):
    """Return optical rotation R of 4F5/2 - 4F7/2 for two Majorana neutrinos, by the spin of the electron, in 1.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    m_nu: neutrino mass; in GeV, 1e-18 <= m_nu <= 1
    a_0: Bohr radius 1/(alpha mu) with the reduced mass mu; in GeV^-1, 1 <= a_0 <= 1e+09
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    D_below: energy of the state that parity violation mixes in, above the mixed one; in GeV, 1e-30 <= D_below
        <= 1
    b_e: axial charge of the electron for one neutrino mass eigenstate; in 1, 1e-12 <= |b_e| <= 1e+06, or 0
    a_p: vector charge of the proton in its coupling to neutrinos; in 1, 1e-12 <= |a_p| <= 1e+06, or 0

    Source: GhoshGrossmanTangarife2020, DLMF, Tangarife.

    In these ranges, with 1e-16 <= a_0 m_nu <= 1e+06 and |result| >= 2.2250738585072014e-308, the relative
    error is at most 1.2e-14 (proved; see rotation_4F_majorana_electron.json). It rests on: IEEE 754 binary64
    arithmetic, rounding to nearest; NumPy's log is within one unit in the last place.
    F = 3, j = 5/2 in both mixed states. The part that goes with b_e a_p; the whole is the sum over both parts
    and over the neutrinos. a_0 = 1/(alpha m_e).
    """
    P = current_4D4F_majorana(m_nu, a_0)
    return -3*root(7)*power(G_F, 2)*b_e*a_p/(power(pi, 3)*D_below*power(a_0, 5))*P


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def root(x):
    """Return the square root of x >= 0, rounded once."""
    return np.sqrt(1.0 * x)


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


# P(4, 2; Majorana): rows as in mass_moment.
# fmt: off
_CURRENT_4D4F_MAJORANA = (
    (
        1.537941377804473e-05, -1.3841472400240255e-05, 3.686764925938937e-06, 0.0001197437665948495,
        0.0003692362218201135, 0.0007800222488262474, 0.0013759189143653717, 0.002178054667901414,
        0.0032056079111701945, 0.004476260823111665, 0.0060065012535816965, 0.007811835349843064,
        0.009906943900915025, 0.012305801230552325, 0.015021768085016865, 0.01806766582971196,
        0.021455836822951924, 0.025198194319076682, 0.02930626427637029, 0.033791220794973494,
        0.038663916464680634, 0.043934908590001126, 0.049614482035774565, 0.05571266927285032,
        0.06223926808159419, 0.06920385727909323, 0.07661581076561261, 0.08448431013137771,
        0.09281835602206134, 0.10162677842755102, 0.110918246031549, 0.12070127473776521,
        0.1309842354707469, 0.14177536133487617, 0.15308275420309544, 0.16491439079698172,
        0.17727812831148754,
    ),
    (
        0.0, 0.0, -2.3069120667067093e-05, 8.074192233473482e-05,
        0.00054500797575946, 0.0016653021481539056, 0.0037885623870501355, 0.007306513175025261,
        0.012651092256756702, 0.020291037580642244, 0.03072921556683801, 0.04450045661716171,
        0.06216975556809357, 0.08433074499308386, 0.11160437879045026, 0.1446377818772558,
        0.18410323378947843, 0.23069726209422298, 0.2851398271789588, 0.34817358404110055,
        0.42056320967927546, 0.5030947869170882, 0.5965752371888444, 0.7018317961311985,
        0.8197115268561171, 0.9510808665999944, 1.096825203102123, 1.2578484776000944,
        1.4350728117674547, 1.629438156280621, 1.8419019590031953, 2.073438851028362,
        2.3250403490332654, 2.59771457258036, 2.8924859751554366, 3.2103950878649203,
        3.552498274829712, 3.9198674994123155, 4.31359010050063, 4.7347685781475315,
    ),
    (
        9.960001303876586e-06, 1.1291552280330674e-05, -4.55595287943676e-06, -3.359605540591855e-06,
        2.302076909880445e-06, -2.403451098056878e-07, -1.6540533205964583e-08, -2.287614421790514e-09,
        -2.364824166016809e-10, 1.1103496550638624e-10, 1.4466240813131646e-10, 1.2009155930871929e-10,
        9.073999632696277e-11, 6.693212488043731e-11, 4.9299131806841666e-11, 3.6571816921410143e-11,
        2.7416436614014655e-11, 2.079312228439948e-11, 1.595590024436548e-11, 1.2384038074749767e-11,
        9.716264874195358e-12, 7.701145517028174e-12, 6.162362993223775e-12, 4.975085412879896e-12,
        4.050004288400359e-12,
    ),
    (
        8.612471715705048e-05, -0.00028989512004973776, 0.00037449555516179444, -0.0002294049198442761,
        6.382491488074822e-05, -4.7795863019624845e-06, -3.002692854802301e-07, -4.8667390489967645e-08,
        -1.1496869587094649e-08, -3.362650562440069e-09, -1.1257636839172876e-09, -4.109044869376628e-10,
        -1.5743839246342088e-10, -6.08827533404057e-11, -2.2387300619446695e-11, -6.740449678742563e-12,
        -4.754683147775692e-13, 1.84453156849023e-12, 2.50327319096074e-12, 2.484912399293334e-12,
        2.217798334169952e-12,
    ),
)
# fmt: on


def current_4D4F_majorana(a, b):
    """Return P between (4, 2) and (4, 3) for Majorana neutrinos of m a_0 = a*b."""
    return mass_moment(4, 1, _CURRENT_4D4F_MAJORANA, a, b)
