"""3j, 6j and 9j symbols against sympy.physics.wigner: the answers are compared, then the times.

    python benchmarks/angular.py [--count N]

Random admissible symbols with every j up to jmax, each computed once: *ours* is the median with an empty cache, *again* the
median of the same symbols when they are remembered.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from fractions import Fraction

import sympy as sp
from sympy.physics import wigner as peer

from nuforce_sym.atom import wigner


def triangle(a, b, c):
    return not (a + b + c) % 2 and abs(a - b) <= c <= a + b


def three(top, rng):
    while True:
        a, b, c = (rng.randint(0, 2 * top) for _ in range(3))
        if triangle(a, b, c):
            x, y = rng.randrange(-a, a + 1, 2), rng.randrange(-b, b + 1, 2)
            if abs(x + y) <= c:
                return a, b, c, x, y, -x - y


def six(top, rng):
    while True:
        a, b, c, d, e, f = j = tuple(rng.randint(0, 2 * top) for _ in range(6))
        if triangle(a, b, c) and triangle(a, e, f) and triangle(d, b, f) and triangle(d, e, c):
            return j


def nine(top, rng):
    while True:
        a, b, d, e = (rng.randint(0, 2 * top) for _ in range(4))
        c, f = rng.randrange(abs(a - b), a + b + 1, 2), rng.randrange(abs(d - e), d + e + 1, 2)
        g, h = rng.randrange(abs(a - d), a + d + 1, 2), rng.randrange(abs(b - e), b + e + 1, 2)
        low, high = max(abs(g - h), abs(c - f)), min(g + h, c + f)
        choices = [i for i in range(low, high + 1) if triangle(g, h, i) and triangle(c, f, i)]
        if choices and max(c, f, g, h) <= 2 * top:
            return a, b, c, d, e, f, g, h, rng.choice(choices)


def timed(function, cases):
    times, values = [], []
    for case in cases:
        start = time.perf_counter()
        values.append(function(*case))
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6, values


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    kinds = {
        "3j": (three, wigner.wigner_3j, peer.wigner_3j, (2, 10, 30, 100)),
        "6j": (six, wigner.wigner_6j, peer.wigner_6j, (2, 10, 30)),
        "9j": (nine, wigner.wigner_9j, peer.wigner_9j, (2, 5, 10)),
    }
    for name, (make, ours, theirs, tops) in kinds.items():
        for top in tops:
            rng = random.Random(top)
            cases = [make(top, rng) for _ in range(options.count)]
            for cache in (wigner._three, wigner._six, wigner._nine, wigner._triangle):
                cache.cache_clear()
            plain = [tuple(Fraction(x, 2) for x in case) for case in cases]
            once, values = timed(ours, plain)
            again, _ = timed(ours, plain)
            some = cases if name != "9j" else cases[: max(4, options.count // 4)]
            sympys, other = timed(theirs, [tuple(sp.Rational(x, 2) for x in case) for case in some])
            wrong = sum(abs(float(x) - float(y)) > 1e-12 for x, y in zip(values, other, strict=False))
            print(
                f"{name} jmax {top:>3}: ours {once:8.2f} us, again {again:6.2f} us, sympy {sympys:10.1f} us"
                f" = {sympys / once:7.0f}x ({sympys / again:8.0f}x again); {len(other) - wrong} of {len(other)} agree",
                flush=True,
            )


if __name__ == "__main__":
    main()
