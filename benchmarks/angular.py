"""3j, 6j and 9j symbols against sympy.physics.wigner: the answers are compared, then the times.

    python benchmarks/angular.py [--count N]

Random admissible symbols with every j up to jmax. *computed* is the median with an empty memory, and no table; *again* the
median of the same symbols when they are remembered. Symbols with j <= 2 come from a table that the first 3j or 6j symbol of a
process brings: that first call and the median of the look-ups after it have lines of their own. What an empty function costs in
the same loop is subtracted everywhere.
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


def net(function, cases):
    """Return the median time of a call in microseconds, without the clock's own, and the values."""
    empty = timed(lambda *_: None, cases)[0]
    once, values = timed(function, cases)
    return once - empty, values


def forget(*, tables):
    """Empty the memory; with ``tables`` the next symbol brings its table, else none is made."""
    for memory in (wigner._three, wigner._six, wigner._nine, wigner._triangle):
        memory.cache_clear()
    wigner._tabulated.clear()
    if not tables:
        wigner._tabulated.update(("3j", "6j"))


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
            cases = list({make(top, rng): None for _ in range(options.count)})  # a repeated symbol would be remembered
            plain = [tuple(Fraction(x, 2) for x in case) for case in cases]
            some = cases if name != "9j" else cases[: max(4, options.count // 4)]
            sympys, other = net(theirs, [tuple(sp.Rational(x, 2) for x in case) for case in some])
            forget(tables=False)
            once, values = net(ours, plain)
            again, _ = net(ours, plain)
            wrong = sum(abs(float(x) - float(y)) > 1e-12 for x, y in zip(values, other, strict=False))
            print(
                f"{name} jmax {top:>3}: computed {once:8.2f} us, again {again:6.2f} us, sympy {sympys:10.1f} us"
                f" = {sympys / once:7.0f}x ({sympys / again:8.0f}x again); {len(other) - wrong} of {len(other)} agree",
                flush=True,
            )
            if top == 2 and name != "9j":
                forget(tables=True)
                first, _ = timed(ours, plain[:1])
                found, _ = net(ours, plain)
                print(
                    f"{name} jmax {top:>3}: tabulated {found:7.2f} us, sympy {sympys:10.1f} us = {sympys / found:7.0f}x;"
                    f" the first symbol of a process takes {first / 1000:.1f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    main()
