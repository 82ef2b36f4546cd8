r"""Where the coefficients of `runtime.z_bubble` come from.

x <= 1: power series with log x split off; 1 < x <= 64: for x in (2^j, 2^{j+1}] polynomials in s = 2x/2^j - 3 for x^4Z(x),
which interpolate at Chebyshev points (the nearest singularity, x = 0, is at s = -3: errors fall like (3+\sqrt8)^{-n});
x > 64: the asymptotic series Z = \sum_{k=4,6,...}(k-2)(k-1)!/x^k, in which nothing cancels any more.
"""

from __future__ import annotations

import mpmath as mp

NEAR_TERMS = 20
DEGREE = 28
PIECES = 6
FAR_TERMS = 16


def value(x: mp.mpf) -> mp.mpf:
    """Return Z(x) for an mpmath number, at the working precision."""
    forth, back = mp.exp(x) * mp.e1(x), mp.exp(-x) * mp.ei(x)
    return ((x + 2) * forth + (x - 2) * back) / 2 + mp.exp(-x) - 1


def coefficients() -> dict[str, list[tuple[float, ...]]]:
    """Return the table of the runtime: name -> rows of coefficients, from the constant term up."""
    with mp.workdps(60):
        log_part = [-(1 + mp.mpf(1) / 2 * (1 + 2 * j - 1)) * 2 / mp.factorial(2 * j) for j in range(NEAR_TERMS // 2)]
        table = {
            "NEAR": [near_series(), log_part],
            "MIDDLE": [_chebyshev(j) for j in range(PIECES)],
            "FAR": [[(k - 2) * mp.factorial(k - 1) for k in range(4, 4 + 2 * FAR_TERMS, 2)]],
        }
        return {name: [tuple(float(c) for c in row) for row in rows] for name, rows in table.items()}


def near_series() -> list[mp.mpf]:
    r"""Return the Taylor coefficients of Z(x) + (x\sinh x + 2\cosh x)\ln x, a series in x without logarithm."""
    n = NEAR_TERMS
    up = [1 / mp.factorial(k) for k in range(n)]
    down = [(-1) ** k * up[k] for k in range(n)]
    # E_1 + ln x = -gamma - sum (-x)^k/(k k!), Ei - ln x = gamma + sum x^k/(k k!)
    ein = [-mp.euler, *(-down[k] / k for k in range(1, n))]
    eid = [mp.euler, *(up[k] / k for k in range(1, n))]

    def times(p: list[mp.mpf], q: list[mp.mpf]) -> list[mp.mpf]:
        return [mp.fsum(p[i] * q[k - i] for i in range(k + 1) if i < len(p)) for k in range(n)]

    forth, back = times([mp.mpf(2), mp.mpf(1)], times(up, ein)), times([mp.mpf(-2), mp.mpf(1)], times(down, eid))
    return [(a + b) / 2 + c - (k == 0) for k, (a, b, c) in enumerate(zip(forth, back, down, strict=True))]


def _chebyshev(j: int) -> list[mp.mpf]:
    """Return the monomial coefficients in s of the interpolant of x^4 Z(x) on 2^j <= x <= 2^(j+1)."""
    count = DEGREE + 1
    points = [mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    values = [((s + 3) * 2**j / 2) ** 4 * value((s + 3) * 2**j / 2) for s in points]
    total = [mp.mpf(0)] * count
    before, now = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    for n in range(count):
        c = 2 * mp.fsum(v * mp.cos(n * mp.acos(s)) for s, v in zip(points, values, strict=True)) / count
        for k, t in enumerate(before):
            total[k] += (c / 2 if n == 0 else c) * t
        following = [mp.mpf(0), *(2 * t for t in now)]
        for k, t in enumerate(before):
            following[k] -= t
        before, now = now, following
    return total


def table_source() -> str:
    """Return the Python text of the table, as it stands in `runtime`."""
    lines = []
    for name, rows in coefficients().items():
        lines.append(f"_Z_{name} = (")
        for row in rows:
            numbers = [repr(c) for c in row]
            lines += ["    (", *(f"        {', '.join(numbers[i : i + 4])}," for i in range(0, len(numbers), 4)), "    ),"]
        lines.append(")")
    return "\n".join(lines) + "\n"
