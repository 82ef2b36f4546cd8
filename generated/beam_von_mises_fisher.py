r"""Potential between two fermions in a beam of massless neutrinos, directions about the line of the bodies with the weight exp(kappa cos(alpha)).

    - \frac{E_\nu G_F^{2} \Phi_0 g_{V1} g_{V2} \left(\frac{\kappa^{2} \left(E_\nu^{2} r^{2} + \kappa^{2} - \kappa + 1\right)}{\left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}} - \frac{\kappa^{2} \left(E_\nu^{2} r^{2} + \kappa^{2} + \kappa + 1\right) e^{- 2 \kappa}}{\left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}} - \frac{\kappa \left(E_\nu^{2} r^{2} - \kappa\right) \cos{\left(2 E_\nu r \right)}}{\left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}} - \frac{\kappa \left(E_\nu^{2} r^{2} + \kappa\right) e^{- 2 \kappa} \cos{\left(2 E_\nu r \right)}}{\left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}} - \frac{\kappa \left(3 E_\nu^{2} \kappa r^{2} - E_\nu^{2} r^{2} + \kappa^{3} + \kappa^{2}\right) e^{- 2 \kappa} \sin{\left(2 E_\nu r \right)}}{2 E_\nu r \left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}} + \frac{\kappa \left(3 E_\nu^{2} \kappa r^{2} + E_\nu^{2} r^{2} + \kappa^{3} - \kappa^{2}\right) \sin{\left(2 E_\nu r \right)}}{2 E_\nu r \left(E_\nu^{2} r^{2} + \kappa^{2}\right)^{2}}\right)}{\pi r \left(1 - e^{- 2 \kappa}\right)}

Derived in derivations/beam_numbers.py, step `von_mises_fisher`; written by `nuforce build`, not by hand.
"""
# formula 06185aab33a59bef
# text    609170c59848b108

from math import pi

import numpy as np


def beam_von_mises_fisher(r, E_nu, kappa_beam, Phi_0, G_F, g_V1, g_V2):
    """Return potential between two fermions in a beam of massless neutrinos, directions about the line of the bodies with the weight exp(kappa cos(alpha)), in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    E_nu: energy of a neutrino of the background; in GeV, 1e-20 <= E_nu <= 1e+06
    kappa_beam: concentration of a von Mises-Fisher distribution of directions; in 1, 1 <= kappa_beam <= 1e+30
    Phi_0: number density of a directional background, flux over velocity; in GeV^3, 1e-80 <= Phi_0 <= 1e+10
    G_F: Fermi's constant; in GeV^-2, 1e-30 <= G_F <= 1
    g_V1: vector charge of the first particle; in 1, 1e-12 <= |g_V1| <= 1e+06, or 0
    g_V2: vector charge of the second particle; in 1, 1e-12 <= |g_V2| <= 1e+06, or 0

    Source: Tangarife.

    In these ranges, with 1e-06 <= E_nu r <= 1e+24 and |envelope| >= 2.2250738585072014e-308, the error is at
    most 5.7e-14 |envelope|, where the envelope is
    E_nu*G_F**2*Phi_0*g_V1*g_V2*kappa_beam**2/(pi*r*(E_nu**2*r**2 + kappa_beam**2)) (proved; see
    beam_von_mises_fisher.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest; NumPy's exp
    is within one unit in the last place; the error of a product is found exactly by Dekker's algorithm.
    For kappa below 1 use the closed form of background(). Negative values attract. One species.
    """
    falloff = decay(2, kappa_beam)
    phase_1 = phase(2*E_nu, r)
    sine_1 = sine(phase_1)
    cosine_1 = cosine(phase_1)
    return -Phi_0*power(G_F, 2)*g_V1*g_V2*E_nu/(pi*(1 - falloff)*r)*(
        (1 - kappa_beam + power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2))*power(kappa_beam, 2)/power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)
        - (-kappa_beam + power(E_nu, 2)*power(r, 2))*kappa_beam/power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)*cosine_1
        - (1 + kappa_beam + power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2))*power(kappa_beam, 2)/power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)*falloff
        - (kappa_beam + power(E_nu, 2)*power(r, 2))*kappa_beam/power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)*cosine_1*falloff
        + (-power(kappa_beam, 2) + power(kappa_beam, 3) + power(E_nu, 2)*power(r, 2) + 3*kappa_beam*power(E_nu, 2)*power(r, 2))*kappa_beam/(2*power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)*E_nu*r)*sine_1
        - (power(kappa_beam, 2) + power(kappa_beam, 3) - power(E_nu, 2)*power(r, 2) + 3*kappa_beam*power(E_nu, 2)*power(r, 2))*kappa_beam/(2*power(power(kappa_beam, 2) + power(E_nu, 2)*power(r, 2), 2)*E_nu*r)*falloff*sine_1
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


def decay(a, b):
    """Return exp(-a*b) for the exact product of the two numbers, a*b >= 0."""
    with np.errstate(all="ignore"):
        x, low = product(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
        return (np.exp(-x) * (1.0 - low))[()]


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
