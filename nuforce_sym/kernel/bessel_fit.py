r"""Where the coefficients of `runtime.bessel_k` come from.

x <= 1: the power series of K_0 and K_1 (DLMF 10.31.1, 10.31.2) with log x split off, which leaves K_0 no cancellation,

    K_0 = \sum_k \frac{\psi(k+1)+\ln2}{k!^2}y^k - \log x\,\sum_k\frac{y^k}{k!^2},  y = x^2/4.

x > 1: rational functions
R(u) = A(u)/B(u) of u = 1/x for \sqrt x\,e^x K_n(x), which interpolate at Chebyshev points of \sqrt u. All coefficients
of the rational functions turn out positive, so that nothing cancels where they are evaluated.
"""

from __future__ import annotations

import mpmath as mp

SERIES_TERMS = 10
DEGREE = 9
SMALLEST_U = (1, 1024)


def coefficients() -> dict[str, tuple[float, ...]]:
    """Return the table of the runtime: name -> coefficients, from the constant term up."""
    with mp.workdps(70):
        k = range(SERIES_TERMS)
        table = {
            "I_0": [1 / mp.factorial(j) ** 2 for j in k],
            "PSI_0": [(mp.digamma(j + 1) + mp.log(2)) / mp.factorial(j) ** 2 for j in k],
            "I_1": [1 / (2 * mp.factorial(j) * mp.factorial(j + 1)) for j in k],
            "PSI_1": [
                (mp.digamma(j + 1) + mp.digamma(j + 2) + 2 * mp.log(2)) / (4 * mp.factorial(j) * mp.factorial(j + 1)) for j in k
            ],
        }
        for n in (0, 1):
            table[f"A_{n}"], table[f"B_{n}"] = _rational(n)
        return {name: tuple(float(c) for c in row) for name, row in table.items()}


def _rational(n: int) -> tuple[list[mp.mpf], list[mp.mpf]]:
    low = mp.mpf(SMALLEST_U[0]) / SMALLEST_U[1]
    count = 2 * DEGREE + 1
    middle, half = (1 + mp.sqrt(low)) / 2, (1 - mp.sqrt(low)) / 2
    points = [(middle + half * mp.cos(mp.pi * (2 * i + 1) / (2 * count))) ** 2 for i in range(count)]
    matrix, right = mp.matrix(count, count), mp.matrix(count, 1)
    for row, u in enumerate(points):
        value = mp.exp(1 / u) * mp.besselk(n, 1 / u) / mp.sqrt(u)
        for j in range(DEGREE + 1):
            matrix[row, j] = u**j
        for j in range(1, DEGREE + 1):
            matrix[row, DEGREE + j] = -value * u**j
        right[row] = value
    solution = list(mp.lu_solve(matrix, right))
    return solution[: DEGREE + 1], [mp.mpf(1), *solution[DEGREE + 1 :]]


def table_source() -> str:
    """Return the Python text of the table, as it stands in `runtime`."""
    rows = []
    for name, row in coefficients().items():
        numbers = [repr(c) for c in row]
        rows += [f"_{name} = (", *(f"    {', '.join(numbers[i : i + 4])}," for i in range(0, len(numbers), 4)), ")"]
    return "\n".join(rows) + "\n"
