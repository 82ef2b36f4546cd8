"""Radial integrals against SymPy, mpmath and SciPy: the answers are compared, then the times.

    python benchmarks/radial.py [--sympy] [--repeat N]

*ours* is the median time of an exact integral in this process with the radial functions at hand, from the quantum numbers
to the surd (or to A + B L and its correctly rounded double); *first* includes making the radial functions. SymPy is run
with --sympy, up to n = 10; it takes seconds per integral.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings

import mpmath as mp
import numpy as np
import sympy as sp
from scipy.integrate import quad
from scipy.special import eval_genlaguerre, gammaln, kv

from nuforce_sym.atom import radial
from nuforce_sym.atom.bessel_integral import bessel_integral
from nuforce_sym.atom.radial import radial_integral

POWERS = ((5, 2, 4, 1, 1), (10, 3, 9, 2, 1), (30, 5, 29, 4, 1), (100, 10, 99, 9, 1))
BESSEL = (
    (3, 2, 3, 2, 3, -2, sp.Rational(1, 7)),
    (3, 2, 3, 2, 3, -2, sp.Integer(20)),
    (4, 2, 3, 2, 2, -3, sp.Rational(1, 100)),
    (4, 2, 4, 3, 3, -2, sp.Rational(1, 1000)),
    (10, 2, 9, 3, 3, -2, sp.Rational(1, 50)),
    (30, 2, 29, 3, 3, -2, sp.Rational(1, 50)),
)


def median(function, repeat):
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def cold(function):
    radial.hydrogen_radial.cache_clear()
    radial.overlap.cache_clear()
    return median(function, 1)[0]


def by_mpmath(n, l, x):
    rho = 2 * x / mp.mpf(n)
    norm = mp.sqrt((2 / mp.mpf(n)) ** 3 * mp.factorial(n - l - 1) / (2 * n * mp.factorial(n + l)))
    return norm * mp.exp(-rho / 2) * rho**l * mp.laguerre(n - l - 1, 2 * l + 1, rho)


def mpmath_value(n, l, n2, l2, kernel):
    mp.mp.dps = 15
    points = [0, 1, n, n * n2, 2 * n * n2, 4 * n * n2, 12 * n * n2]
    return mp.quad(lambda x: by_mpmath(n, l, x) * by_mpmath(n2, l2, x) * x**2 * kernel(x), points)


def scipy_value(n, l, n2, l2, kernel, top):
    def log_norm(a, b):
        return 0.5 * (3 * np.log(2 / a) + gammaln(a - b) - np.log(2 * a) - gammaln(a + b + 1)) + b * np.log(2 / a)

    front = np.exp(log_norm(n, l) + log_norm(n2, l2))

    def integrand(x):
        waves = eval_genlaguerre(n - l - 1, 2 * l + 1, 2 * x / n) * eval_genlaguerre(n2 - l2 - 1, 2 * l2 + 1, 2 * x / n2)
        return front * np.exp(-x / n - x / n2) * x ** (l + l2 + 2) * waves * kernel(x)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return quad(integrand, 0, top, limit=2000)[0]


def sympy_value(n, l, n2, l2, kernel):
    from sympy.physics.hydrogen import R_nl

    r = sp.Symbol("r", positive=True)
    start = time.perf_counter()
    value = sp.integrate(sp.expand(R_nl(n, l, r) * R_nl(n2, l2, r) * r**2) * kernel(r), (r, 0, sp.oo))
    return time.perf_counter() - start, float(sp.re(sp.N(value, 15, maxn=400)))


def compare(label, ours, first, value, peers):
    print(f"{label:<38} ours {ours * 1e3:9.4f} ms (first {first * 1e3:8.3f})", end="")
    for name, (seconds, other) in peers.items():
        error = abs(float(other) / value - 1)
        note = "" if error < 1e-8 else f" WRONG by {error:.0e}"
        print(f"   {name} {seconds * 1e3:9.1f} ms = {seconds / ours:9.0f}x{note}", end="")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sympy", action="store_true", help="time sympy.integrate too, up to n = 10")
    parser.add_argument("--repeat", type=int, default=21)
    options = parser.parse_args()
    for n, l, n2, l2, k in POWERS:

        def exact(case=(n, l, n2, l2, k)):
            return radial_integral(*case)

        first = cold(exact)
        radial.hydrogen_radial(n, l), radial.hydrogen_radial(n2, l2)

        def product_anew(case=(n, l, n2, l2, k)):
            radial.overlap.cache_clear()
            return radial_integral(*case)

        ours, value = median(product_anew, options.repeat)
        peers = {"mpmath.quad": median(lambda c=(n, l, n2, l2), k=k: mpmath_value(*c, lambda x: x**k), 1)}
        peers["scipy.quad"] = median(lambda c=(n, l, n2, l2), k=k: scipy_value(*c, lambda x: x**k, 8 * c[0] * c[2]), 3)
        if options.sympy and n <= 10:
            peers["sympy"] = sympy_value(n, l, n2, l2, lambda x, k=k: x**k)
        compare(f"<{n} {l}|r^{k}|{n2} {l2}>", ours, first, float(value), peers)
    for n, l, n2, l2, nu, p, c in BESSEL:

        def double(case=(n, l, n2, l2, p, nu, c)):
            return float(bessel_integral(*case))

        first = cold(double)
        ours, value = median(double, options.repeat)
        start = time.perf_counter()
        number = mpmath_value(n, l, n2, l2, lambda x, c=c, nu=nu, p=p: x**p * mp.besselk(nu, mp.mpf(int(c.p)) / int(c.q) * x))
        peers = {"mpmath.quad": (time.perf_counter() - start, number)}
        top = min(5 * n * n2, 700 / float(c))
        peers["scipy.quad"] = median(
            lambda a=(n, l, n2, l2), c=float(c), nu=nu, p=p, t=top: scipy_value(
                *a, lambda x: x**p * kv(nu, c * x) if x else 0.0, t
            ),
            3,
        )
        if options.sympy and n <= 4:
            peers["sympy"] = sympy_value(n, l, n2, l2, lambda x, c=c, nu=nu, p=p: x**p * sp.besselk(nu, c * x))
        compare(f"<{n} {l}|K_{nu}({c} r) r^{p}|{n2} {l2}>", ours, first, value, peers)


if __name__ == "__main__":
    main()
