"""Generated kernels: their error from short to long distance, and their speed against SciPy's K_n.

    python benchmarks/kernels.py [NAME...]

For every kernel the largest relative error in each range of the argument of K_n (2 m r) or of the exponential (m r), at
points drawn log-uniformly, against FLINT's balls; then the time per point of the massive two-neutrino kernels against the
same formula typed with `scipy.special.kv`, results compared.
"""

from __future__ import annotations

import importlib
import itertools
import sys
import time
from pathlib import Path

import numpy as np
from flint import arb
from scipy.special import kv

from nuforce_sym import registry
from nuforce_sym.kernel.sampling import sample
from nuforce_sym.store import Cache

EDGES = (1e-30, 1e-3, 0.1, 1.9, 2.1, 10.0, 100.0, 700.0)
POINTS = 4000


def function(name):
    return getattr(importlib.import_module(f"nuforce_sym.generated.{name}"), name)


def errors(kernel):
    """Print the largest error in every range of the constrained product; over everything where there is none."""
    samples = sample(kernel, POINTS)
    computed = function(kernel.name)(*samples.columns.values())
    # where a potential has zeros the promise, and the error shown, is relative to the kernel's envelope
    scales = samples.exact if kernel.envelope is None else samples.scale
    found = np.array([
        float((abs(arb(float(value)) - exact) / abs(scale)).upper())
        for value, exact, scale in zip(computed, samples.exact, scales, strict=True)
    ])  # fmt: skip
    if not kernel.constraints:
        print(f"{kernel.name:<36} everywhere {found.max():.1e}")
        return
    names = list(samples.columns)
    product = np.array([
        kernel.constraints[0].value(dict(zip(names, row, strict=True))) for row in zip(*samples.columns.values(), strict=True)
    ])  # fmt: skip
    cells = []
    for low, high in itertools.pairwise(EDGES):
        inside = (product >= low) & (product < high)
        cells.append(f"{found[inside].max():.1e}" if inside.any() else "   -   ")
    print(f"{kernel.name:<36} " + "  ".join(cells))


def speed(name, order, formula):
    """Print the time per point of a kernel and of the same formula with SciPy."""
    rng = np.random.default_rng(1)
    for count in (1_000, 100_000, 1_000_000):
        r = np.exp(rng.uniform(np.log(1e-3), np.log(50.0), count))
        best = []
        for call, arguments in ((function(name), (r, 0.5, 1.0, 1.0, 1.0)), (formula, (r, 0.5))):
            times = []
            for _ in range(3):
                start = time.perf_counter()
                value = call(*arguments)
                times.append(time.perf_counter() - start)
            best.append((min(times), value))
        (ours, V), (theirs, W) = best
        assert np.max(np.abs(V / W - 1)) < 1e-13
        print(f"{name:<28} K_{order} {count:>9} points: {ours / count * 1e9:7.0f} ns, scipy kv {theirs / count * 1e9:7.0f} ns, "
              f"ratio {theirs / ours:5.1f}")  # fmt: skip


def main() -> None:
    wanted = sys.argv[1:]
    print(f"{'largest relative error':<36} " + "  ".join(f"<{edge:g}".ljust(7) for edge in EDGES[1:]))
    cache = Cache(Path(".nuforce"))
    for name in registry.modules():
        names = [k for k in registry.kernel_names(name) if not wanted or k in wanted]
        if names:
            results = registry.derive(name, cache=cache)
            for kernel in registry.kernels_of(registry.module_named(name), results):
                if kernel.name in names:
                    errors(kernel)
    speed("two_neutrino_dirac", 3, lambda r, m: m**3 * kv(3, 2 * m * r) / (4 * np.pi**3 * r**2))
    speed("two_neutrino_majorana", 2, lambda r, m: m**2 * kv(2, 2 * m * r) / (2 * np.pi**3 * r**3))


if __name__ == "__main__":
    main()
