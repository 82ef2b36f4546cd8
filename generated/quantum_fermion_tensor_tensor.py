r"""Potential, the coefficient of (sigma_1.rhat)(sigma_2.rhat) of the exchange of two Dirac fermions through their tensor density.

    - \frac{2 C^{(6)}_1 C^{(6)}_2 m_\chi^{3} K_{1}\!\left(2 m_\chi r\right)}{\pi^{3} r^{2}} - \frac{5 C^{(6)}_1 C^{(6)}_2 m_\chi^{2} K_{0}\!\left(2 m_\chi r\right)}{\pi^{3} r^{3}} - \frac{5 C^{(6)}_1 C^{(6)}_2 m_\chi K_{1}\!\left(2 m_\chi r\right)}{\pi^{3} r^{4}}

Derived in derivations/quantum_forces.py, step `fermion_tensor_tensor`; written by `nuforce build`, not by hand.
"""
# formula 9544c75644b787eb
# text    b14702417978bdf2

from math import pi

import numpy as np


def quantum_fermion_tensor_tensor(r, m_chi, C6_1, C6_2):
    """Return potential, the coefficient of (sigma_1.rhat)(sigma_2.rhat) of the exchange of two Dirac fermions through their tensor density, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    m_chi: mass of each particle of an exchanged pair; in GeV, 1e-20 <= m_chi <= 1e+06
    C6_1: coefficient of the dimension-6 operator, first particle; in GeV^-2, 1e-12 <= |C6_1| <= 1e+06, or 0
    C6_2: coefficient of the dimension-6 operator, second particle; in GeV^-2, 1e-12 <= |C6_2| <= 1e+06, or 0

    Source: Fichet2018.

    In these ranges, with 1e-08 <= 2 m_chi r <= 700 and |result| >= 2.2250738585072014e-308, the relative
    error is at most 7.1e-15 (proved; see quantum_fermion_tensor_tensor.json). It rests on: IEEE 754 binary64
    arithmetic, rounding to nearest; NumPy's exp and log are within one unit in the last place; the error of a
    product is found exactly by Dekker's algorithm.
    Positive values repel. Twice as large for particles that are their own antiparticles.
    """
    K_0 = bessel_k(0, 2*m_chi, r)
    K_1 = bessel_k(1, 2*m_chi, r)
    return (
        -5*C6_1*C6_2*m_chi/(power(pi, 3)*power(r, 4))*K_1
        - 5*C6_1*C6_2*power(m_chi, 2)/(power(pi, 3)*power(r, 3))*K_0
        - 2*C6_1*C6_2*power(m_chi, 3)/(power(pi, 3)*power(r, 2))*K_1
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


def product(a, b):
    """Return a*b rounded, and the rounding error of that product, exactly (Dekker 1971)."""
    x = a * b
    a_high = 134217729.0 * a
    a_high = a_high - (a_high - a)
    b_high = 134217729.0 * b
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    low = ((a_high * b_high - x) + a_high * b_low + a_low * b_high) + a_low * b_low
    return x, np.where(abs(x) < 1e300, low, 0.0)


# Power series of K_0 and K_1 in (x/2)^2 with log x split off, for x <= 1; for x > 1 rational functions of 1/x.
_I_0 = (
    1.0,
    1.0,
    0.25,
    0.027777777777777776,
    0.001736111111111111,
    6.944444444444444e-05,
    1.9290123456790124e-06,
    3.936759889140842e-08,
    6.151187326782565e-10,
    7.594058428126624e-12,
)
_PSI_0 = (
    0.11593151565841245,
    1.1159315156584124,
    0.4039828789146031,
    0.054146245805326274,
    0.0038181681406106696,
    0.00016661561451331567,
    4.949713571871938e-06,
    1.0663850539003666e-07,
    1.743116488304105e-09,
    2.236374091552154e-11,
)
_I_1 = (
    0.5,
    0.25,
    0.041666666666666664,
    0.003472222222222222,
    0.00017361111111111112,
    5.787037037037037e-06,
    1.3778659611992944e-07,
    2.460474930713026e-09,
    3.417326292656981e-11,
    3.7970292140633116e-13,
)
_PSI_1 = (
    0.3079657578292062,
    0.3414828789146031,
    0.07427492426354497,
    0.007202308503443562,
    0.0003991779251721781,
    1.4366887629196059e-05,
    3.6339286914227623e-07,
    6.818686270046856e-09,
    9.873831951281527e-11,
    1.1371721918463934e-12,
)
_A_0 = (
    1.2533141373155003,
    23.957444771339077,
    174.61924529063845,
    624.6865138809995,
    1178.4060616642455,
    1173.8272661864512,
    586.5028825575787,
    130.34535792905956,
    9.921124358251163,
    0.11946907265654418,
)
_B_0 = (
    1.0,
    19.24027529933878,
    141.66072174886622,
    514.8557253165362,
    995.9254968766396,
    1033.313358522144,
    552.7184850200155,
    138.52203394851628,
    13.350312854187681,
    0.30446904934743957,
)
_A_1 = (
    1.2533141373155003,
    23.666175120282603,
    171.46596028129665,
    616.9626413918397,
    1195.4519364356004,
    1268.2563142692038,
    717.2889837635842,
    199.9655771586211,
    23.063177278682968,
    0.7050749521901597,
)
_B_1 = (
    1.0,
    18.507875741730384,
    129.98677650853503,
    445.5862775939896,
    800.2170298671192,
    753.1203428192204,
    352.2618682125133,
    72.35310957362177,
    4.964720266844616,
    0.048124185630387006,
)


def bessel_k(n, a, b):
    """Return K_n(a*b) for the exact product of the two numbers, n = 0, 1, 2, ...

    Zero gives infinity, infinity gives 0, a negative number or NaN gives NaN. Values below the smallest normal number
    lose digits, and those beyond the largest are infinite.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    shape = np.broadcast_shapes(a.shape, b.shape)
    values = np.empty(shape)
    flat = values.reshape(-1)
    a, b = (v if v.ndim == 0 else np.broadcast_to(v, shape).ravel() for v in (a, b))
    with np.errstate(all="ignore"):
        for start in range(0, flat.size, 16384):
            block = slice(start, start + 16384)
            x, low = product(*(v if v.ndim == 0 else v[block] for v in (a, b)))
            flat[block] = np.where(x == 0.0, np.inf, _order(n, x, *_k0_k1(x, low)))
    return values[()]


def _order(n, x, k_0, k_1):
    """Climb to K_n by K_{m+1} = K_{m-1} + (2m/x) K_m, whose terms are all positive."""
    if n == 0:
        return k_0
    for m in range(1, n):
        k_0, k_1 = k_1, k_0 + 2 * m / x * k_1
    return k_1


def _k0_k1(x, low):
    near = x <= 1.0
    if near.all():
        return _near(x)
    if not near.any():
        return _far(x, low)
    k_0, k_1 = np.empty_like(x), np.empty_like(x)
    (here,), (there,) = near.nonzero(), (~near).nonzero()
    k_0[here], k_1[here] = _near(x[here])
    k_0[there], k_1[there] = _far(x[there], low[there])
    return k_0, k_1


def _near(x):
    y = x * x / 4.0
    log = np.log(x)
    k_0 = _polynomial(_PSI_0, y) - log * _polynomial(_I_0, y)
    k_1 = 1.0 / x + x * (log * _polynomial(_I_1, y) - _polynomial(_PSI_1, y))
    return k_0, k_1


def _far(x, low):
    u = 1.0 / x
    scale = np.exp(-x) * (1.0 - low) * np.sqrt(u)
    k_0 = scale * (_polynomial(_A_0, u) / _polynomial(_B_0, u))
    k_1 = scale * (_polynomial(_A_1, u) / _polynomial(_B_1, u))
    return k_0, k_1


def _polynomial(coefficients, y):
    total = coefficients[-1] * y
    for c in coefficients[-2:0:-1]:
        total += c
        total *= y
    return total + coefficients[0]
