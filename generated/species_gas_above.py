r"""Potential between two fermions in a massless gas of neutrinos of one species with Fermi's distribution, at the chemical potential |mu|.

    \frac{4 G_F^{2} T^{4} g_{V1} g_{V2} \mathcal{S}\!\left(\frac{|\mu|}{T}, 2 T r\right)}{\pi^{3} r} - \frac{G_F^{2} g_{V1} g_{V2} \left(2 |\mu|^{3} r^{3} j_{0}\left(|\mu| r\right) j_{1}\left(|\mu| r\right) + |\mu| r \left(1 - \frac{2 \pi T r}{\sinh{\left(2 \pi T r \right)}}\right) \sin{\left(2 |\mu| r \right)} + \left(1 - \frac{\pi T r \left(\frac{2 \pi T r \cosh{\left(2 \pi T r \right)}}{\sinh{\left(2 \pi T r \right)}} + 1\right)}{\sinh{\left(2 \pi T r \right)}}\right) \cos{\left(2 |\mu| r \right)}\right)}{4 \pi^{3} r^{5}}

Derived in derivations/gas_numbers.py, step `above`; written by `nuforce build`, not by hand.
"""
# formula 36e1f67e5b240e9d
# text    c3120d64512d705a

from math import pi

import numpy as np


def species_gas_above(r, T_nu, mu_size, G_F, g_V1, g_V2):
    """Return potential between two fermions in a massless gas of neutrinos of one species with Fermi's distribution, at the chemical potential |mu|, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    T_nu: temperature of the background; in GeV, 1e-30 <= T_nu <= 1e+06
    mu_size: size of the chemical potential of one species of neutrinos; in GeV, 1e-30 <= mu_size <= 1e+06
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-12 <= mu_size/T_nu <= 1e+12 and 1e-12 <= T_nu r <= 1e+12 and |envelope| >=
    2.2250738585072014e-308, the error is at most 3.2e-13 |envelope|, where the envelope is
    G_F**2*g_V1*g_V2*(pi**2*T_nu**2 + mu_size**2)**2*(mu_size**2*r**2 + 1)/(4*pi**3*r*(r**2*(pi**2*T_nu**2 +
    mu_size**2) + 1)**2) (proved; see species_gas_above.json). It rests on: IEEE 754 binary64 arithmetic,
    rounding to nearest; NumPy's exp is within one unit in the last place.
    The background's part alone, without the force in the vacuum. Negative values attract. One flavour.
    mu_size is |mu|, which favours the species: n = 1/(exp((k - |mu|)/T) + 1).
    """
    lines = species(mu_size/T_nu, 2*T_nu*r)
    F = thermal(T_nu, r)
    U = unscreened(T_nu, r)
    phase_1 = phase(2*mu_size, r)
    sine_1 = sine(phase_1)
    cosine_1 = cosine(phase_1)
    phase_2 = phase(mu_size, r)
    spherical_0_2 = spherical(0, phase_2, mu_size*r)
    spherical_1_2 = spherical(1, phase_2, mu_size*r)
    return (
        -power(G_F, 2)*g_V1*g_V2/(4*power(pi, 3)*power(r, 5))*(
        F*cosine_1
        + mu_size*r*U*sine_1
        + 2*power(mu_size, 3)*power(r, 3)*spherical_0_2*spherical_1_2
    )
        + 4*power(G_F, 2)*g_V1*g_V2*power(T_nu, 4)/(power(pi, 3)*r)*lines
    )


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result


# 1/(2 pi) as the sum of three numbers.
_TURN = (0.15915494309189535, -9.839338337591243e-18, -5.360718141446502e-34)


def phase(a, b, *others):
    """Return the exact product of the numbers in turns of 2 pi, modulo one turn, as a pair hi + lo with |hi| <= 1/2."""
    return _blockwise(_phase, 2, a, b, *others)


def more(p, q):
    """Return the sum of two phases, modulo one turn, as such a pair."""
    return _blockwise(_more, 2, *p, *q)


def less(p, q):
    """Return the difference of two phases, modulo one turn, as such a pair."""
    return _blockwise(_less, 2, *p, *q)


def cosine(p):
    """Return the cosine of a phase."""
    return _blockwise(_cosine, 1, *p)[0]


def sine(p):
    """Return the sine of a phase."""
    return _blockwise(_sine, 1, *p)[0]


def _blockwise(function, results, *arrays):
    given = [np.asarray(a, dtype=float) for a in arrays]
    shape = np.broadcast_shapes(*(a.shape for a in given))
    values = [np.empty(shape) for _ in range(results)]
    flat = [np.broadcast_to(a, shape).ravel() if a.ndim else a for a in given]
    into = [v.reshape(-1) for v in values]
    with np.errstate(all="ignore"):
        for start in range(0, into[0].size, 8192):
            block = slice(start, start + 8192)
            found = function(*(a[block] if a.ndim else a for a in flat))
            for target, value in zip(into, found, strict=True):
                target[block] = value
    return tuple(v[()] for v in values)


def _exact_product(a, b):
    """Return a*b rounded, and the rounding error of that product, exactly (Dekker 1971), for finite numbers."""
    x = a * b
    a_high = 134217729.0 * a
    a_high = a_high - (a_high - a)
    b_high = 134217729.0 * b
    b_high = b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    return x, ((a_high * b_high - x) + a_high * b_low + a_low * b_high) + a_low * b_low


def _total(a, b):
    """Return a + b rounded, and its rounding error, exactly (Knuth)."""
    x = a + b
    part = x - a
    return x, (a - (x - part)) + (b - part)


def _phase(a, b, *others):
    x, y = _exact_product(a, b)
    z = 0.0
    for c in others:
        x, e = _exact_product(x, c)
        y, f = _exact_product(y, c)
        y, g = _total(e, y)
        z = z * c + f + g
    p, q = _exact_product(x, _TURN[0])
    r, s = _exact_product(x, _TURN[1])
    t, u = _exact_product(y, _TURN[0])
    rest = s + u + x * _TURN[2] + y * _TURN[1] + z * _TURN[0]
    hi, e = _total(p - np.rint(p), q - np.rint(q))
    hi, f = _total(hi, r - np.rint(r))
    hi, g = _total(hi, t - np.rint(t))
    return _total(hi - np.rint(hi), e + f + g + rest)


def _more(p, p_low, q, q_low):
    hi, low = _total(p, q)
    return _total(hi - np.rint(hi), low + (p_low + q_low))


def _less(p, p_low, q, q_low):
    return _more(p, p_low, -q, -q_low)


def _cosine(hi, lo):
    size = abs(hi)
    f = 0.25 - size
    return (_sine_of_turns(f + ((0.25 - f) - size - np.copysign(1.0, hi) * lo)),)


def _sine(hi, lo):
    far = abs(hi) > 0.25
    f = np.where(far, np.copysign(0.5, hi) - hi, hi)
    return (_sine_of_turns(f + np.where(far, -lo, lo)),)


# (-1)^k (2 pi)^(2k+1)/(2k+1)!: the first as a sum of two numbers, then k = 1, 2, ...
_TWO_PI = (6.283185307179586, 2.4492935982947064e-16)
_SINE = (
    -41.34170224039976,
    81.60524927607506,
    -76.70585975306139,
    42.058693944897655,
    -15.09464257682299,
    3.819952584848282,
    -0.7181223017785006,
    0.10422916220813984,
    -0.012031585942120627,
    0.0011309237482517963,
)


def _sine_of_turns(f):
    """Return sin(2 pi f) for |f| <= 1/4."""
    w = f * f
    total = _SINE[-1]
    for c in _SINE[-2::-1]:
        total = total * w + c
    return f * (_TWO_PI[0] + (total * w + _TWO_PI[1]))


# 2 (k - 1) (-1)^k (3^(-2k) - 4^(-2k) + 5^(-2k) - ...), k = 2, 3, ...
_THERMAL = (
    0.019065658994491835,
    -0.004704365189740416,
    0.0008355111158873953,
    -0.0001285607861725251,
    1.825768858190853e-05,
    -2.4660267566180514e-06,
    3.220555604901836e-07,
    -4.107001181567503e-08,
    5.146162710570915e-09,
    -6.361984822079441e-10,
    7.781774041770087e-11,
    -9.436569994653884e-12,
    1.1361628366813443e-12,
    -1.3596994480000132e-13,
    1.6188160813551647e-14,
    -1.918681066595422e-15,
    2.265165549358996e-16,
    -2.6649376864329208e-17,
    3.1255686405006148e-18,
)


def thermal(a, b):
    """Return 1 - (y/2)(1 + y coth y)/sinh y for y = 2 pi a b."""
    with np.errstate(all="ignore"):
        z = abs(np.asarray(a, dtype=float) * b)
        v = 4.0 * (z * z)
        near, far = _thermal_near(np.minimum(v, 1.0)), _thermal_far(6.283185307179586 * np.maximum(z, 0.5))
        return np.where(v <= 1.0, near, far)[()]


def _thermal_near(v):
    """Return the sum over j of 2 (-1)^(j+1) v^2/(j^2 + v)^2: j = 1 and 2, and the others as a power series."""
    total = _THERMAL[-1]
    for c in _THERMAL[-2::-1]:
        total = total * v + c
    near = 1.0 + v
    next_one = 4.0 + v
    return (2.0 / (near * near) - 2.0 / (next_one * next_one) + total) * (v * v)


def _thermal_far(y):
    falloff = np.exp(-y)
    square = falloff * falloff
    below = 1.0 - square
    return 1.0 - y * falloff * (below + y * (1.0 + square)) / (below * below)


# (-1)^k (3^(-2k-2) - 4^(-2k-2) + 5^(-2k-2) - ...), k = 0, 1, ...
_UNSCREENED = (
    0.07246703342411322,
    -0.009532829497245918,
    0.001176091297435104,
    -0.00013925185264789924,
    1.607009827156564e-05,
    -1.825768858190853e-06,
    2.0550222971817096e-07,
    -2.3003968606441684e-08,
    2.5668757384796894e-09,
    -2.8589792836505084e-10,
    3.1809924110397204e-11,
    -3.537170018986403e-12,
    3.931904164439118e-13,
    -4.369857064159017e-14,
    4.8560694571429045e-15,
    -5.396053604517215e-16,
    5.995878333110694e-17,
    -6.662251615761753e-18,
    7.402604684535891e-19,
)


def unscreened(a, b):
    """Return 1 - y/sinh y for y = 2 pi a b."""
    with np.errstate(all="ignore"):
        z = abs(np.asarray(a, dtype=float) * b)
        v = 4.0 * (z * z)
        near, far = _unscreened_near(np.minimum(v, 1.0)), _unscreened_far(6.283185307179586 * np.maximum(z, 0.5))
        return np.where(v <= 1.0, near, far)[()]


def _unscreened_near(v):
    """Return the sum over j of 2 (-1)^(j+1) v/(j^2 + v): j = 1 and 2, and the others as a power series."""
    total = _UNSCREENED[-1]
    for c in _UNSCREENED[-2::-1]:
        total = total * v + c
    return (1.0 / (1.0 + v) - 1.0 / (4.0 + v) + total) * (2.0 * v)


def _unscreened_far(y):
    falloff = np.exp(-y)
    return 1.0 - 2.0 * y * falloff / (1.0 - falloff * falloff)


# (-1)^k/(2k+1)! and (-1)^k/(2^k k! (2k+3)!!): j_0(x) and j_1(x)/x by powers of x^2, for x < 1.
_J_0 = (
    1.0,
    -0.16666666666666666,
    0.008333333333333333,
    -0.0001984126984126984,
    2.7557319223985893e-06,
    -2.505210838544172e-08,
    1.6059043836821613e-10,
    -7.647163731819816e-13,
    2.8114572543455206e-15,
    -8.22063524662433e-18,
)
_J_1 = (
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


def spherical(n, p, x):
    """Return the spherical Bessel function j_n of a number x whose phase is p, n = 0 or 1."""
    with np.errstate(all="ignore"):
        x = np.asarray(x, dtype=float)
        near, ratio = abs(x) < 1.0, sine(p) / x
        y = np.where(near, x * x, 0.0)
        if n == 0:
            return np.where(near, _even(_J_0, y), ratio)[()]
        return np.where(near, x * _even(_J_1, y), (ratio - cosine(p)) / x)[()]


def _even(coefficients, y):
    total = coefficients[-1]
    for c in coefficients[-2::-1]:
        total = total * y + c
    return total


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
