"""The force of two different neutrinos: accuracy near and far from the threshold, and speed against SciPy's quadrature.

    python benchmarks/unequal_masses.py

Accuracy: the largest relative error of the kernels at points drawn log-uniformly, in cells of (m_i + m_j) r and of the mass
ratio, against another route to 20 digits (the spectral integral without its square roots). Near threshold means large
(m_i + m_j) r, where only t close to (m_i + m_j)^2 counts. Then the Z-Z bubble in ranges of m_Z r, relative to its envelope.
Speed: the kernel on arrays against `scipy.integrate.quad` of the spectral integral, point by point, results compared.
"""

from __future__ import annotations

import itertools
import time

import numpy as np
from flint import arb
from scipy.integrate import quad

from nuforce_sym import registry
from nuforce_sym.kernel import function_of, proved_source
from nuforce_sym.kernel.reference import ball
from nuforce_sym.paper.latex import latex

TOTALS = (1e-7, 1e-3, 0.1, 1.0, 10.0, 100.0, 600.0)
RATIOS = (1.0, 0.9, 0.1, 1e-3, 1e-6)
POINTS = 40
RNG = np.random.default_rng(2026)


def compiled(name):
    """Return a kernel, its function and its proved bound."""
    kernel = registry.get_kernel(name)
    text, bound = proved_source(kernel, latex(kernel.formula))
    return kernel, function_of(text), bound


def error(kernel, function, point):
    """Return |computed - exact| relative to the exact value or the envelope."""
    exact = ball(kernel.formula, point)
    scale = exact if kernel.envelope is None else ball(kernel.envelope, point)
    return float((abs(arb(float(function(**point))) - exact) / abs(scale)).mid())


def drawn(low, high):
    return float(np.exp(RNG.uniform(np.log(low), np.log(high))))


def pairs(name):
    kernel, function, bound = compiled(name)
    print(f"{name}: proved {bound:.1e}; largest error by (m_i + m_j) r (columns) and m_j/m_i (rows)")
    print(" " * 16 + "  ".join(f"{low:7.0e}" for low in TOTALS[:-1]))
    for high, low in itertools.pairwise(RATIOS):
        cells = []
        for start, end in itertools.pairwise(TOTALS):
            worst = 0.0
            for _ in range(POINTS):
                total, ratio = drawn(start, end), drawn(low, high)
                a = total / (1 + ratio)
                if max(a, total - a) > 340 or ratio * a < 1e-8:
                    continue
                point = {"r": 1.0, "m_i": a, "m_j": ratio * a, "G_F": 1.0, "g_V1": 1.0, "g_V2": 1.0}
                worst = max(worst, error(kernel, function, point))
            cells.append(f"{worst:7.1e}" if worst else "   -   ")
        print(f"{high:6.0e} - {low:6.0e} " + "  ".join(cells))


def bubble():
    kernel, function, bound = compiled("z_z_bubble")
    print(f"z_z_bubble: proved {bound:.1e} of the envelope; largest error of envelope by m_Z r")
    for low, high in itertools.pairwise((1e-9, 1e-3, 0.8, 0.95, 4.0, 4.3, 20.0, 64.0, 1e3, 1e12)):
        points = ({"r": drawn(low, high), "m_Z": 1.0, "G_F": 1.0, "g_V1": 1.0, "g_V2": 1.0} for _ in range(300))
        print(f"  {low:6.0e} - {high:6.0e}  {max(error(kernel, function, point) for point in points):.1e}")


def by_quadrature(r, m_i, m_j):
    """The spectral integral, in x = sqrt(t)/(m_i + m_j), as one would type it."""
    M, e2 = m_i + m_j, ((m_i - m_j) / (m_i + m_j)) ** 2

    def f(x):
        root = np.sqrt((x * x - 1) * (1 - e2 / (x * x)))
        return root * (2 * x * x - 0.5 * (1 + e2) - e2 / (x * x)) * np.exp(-M * r * (x - 1))

    value, _ = quad(f, 1, 1 + 60 / (M * r), epsabs=0, epsrel=1e-12, limit=200)
    return M**4 / (48 * np.pi**3 * r) * value * np.exp(-M * r)


def speed():
    _, function, _ = compiled("two_neutrino_unequal")
    count = 20_000
    r, m_i, m_j = (np.exp(RNG.uniform(np.log(low), np.log(high), count)) for low, high in ((0.1, 10), (0.1, 3), (0.1, 3)))
    start = time.perf_counter()
    ours = function(r, m_i, m_j, 1.0, 1.0, 1.0)
    kernel = (time.perf_counter() - start) / count
    few = 200
    start = time.perf_counter()
    theirs = np.array([by_quadrature(*row) for row in zip(r[:few], m_i[:few], m_j[:few], strict=True)])
    scipy = (time.perf_counter() - start) / few
    start = time.perf_counter()
    for row in zip(r[:few], m_i[:few], m_j[:few], strict=True):
        function(*row, 1.0, 1.0, 1.0)
    scalar = (time.perf_counter() - start) / few
    print(f"speed: {kernel * 1e6:.1f} us per point on arrays, {scalar * 1e6:.0f} us one by one; quad {scipy * 1e6:.0f} us")
    print(f"quad over kernel: {scipy / kernel:.0f}; largest difference {np.abs(theirs / ours[:few] - 1).max():.1e}")


if __name__ == "__main__":
    pairs("two_neutrino_unequal")
    pairs("two_neutrino_unequal_majorana")
    bubble()
    speed()
