"""The force in a collimated flux: its kernel against the same formula typed into NumPy, in accuracy and in speed.

    python benchmarks/oscillating.py [--points 1000000]

Accuracy: the largest error at 2000 points, divided by the envelope, against FLINT's balls, and at some of them against
mpmath as a second opinion. Speed: all on the same arrays, one after the other, the best of five runs each, in processor
time.
"""

from __future__ import annotations

import argparse
import time

import mpmath as mp
import numpy as np
from flint import arb, ctx

from nuforce_sym.scan import exported, kernel_function

PHASES = (1.0, 1e6, 1e14, 1e20)
G_F, CHARGE, DENSITY, ENERGY = 1.1663787e-5, 0.5, 1e-38, 2e-3


def typed(r, E_nu, s, n, G_F, g_V1, g_V2):
    """The formula as one types it, with cos(alpha) = 1 - 2 s."""
    x, c = E_nu * r, 1 - 2 * s
    B = np.cos(x) * np.cos(c * x) + c * np.sin(c * x) * (np.sin(x) + np.cos(x) / x)
    return -(G_F**2) * g_V1 * g_V2 * n * E_nu / (np.pi * r) * B


def typed_by_half_angles(r, E_nu, s, n, G_F, g_V1, g_V2):
    """The same with the slow phase apart, as one types it who knows of the difficulty."""
    x, c = E_nu * r, 1 - 2 * s
    slow, fast = 2 * s * x, 2 * (1 - s) * x
    B = (1 - s) * np.cos(slow) + s * np.cos(fast) + c / (2 * x) * (np.sin(fast) - np.sin(slow))
    return -(G_F**2) * g_V1 * g_V2 * n * E_nu / (np.pi * r) * B


def points(phase, count, rng):
    """Distances about E r = phase, and angles of which half are small."""
    r = phase / ENERGY * rng.uniform(0.5, 1.0, count)
    s = np.where(rng.uniform(size=count) < 0.5, rng.uniform(0, 0.5, count), 10 ** rng.uniform(-20, -1, count))
    return r, s


def exact(r, s):
    """V over the envelope's number, by FLINT with 400 bits."""
    R, E, S = arb(float(r)), arb(ENERGY), arb(float(s))
    x, c = E * R, 1 - 2 * S
    B = x.cos() * (c * x).cos() + c * (c * x).sin() * (x.sin() + x.cos() / x)
    envelope = arb(G_F) ** 2 * arb(CHARGE) ** 2 * arb(DENSITY) * E / (arb.pi() * R)
    return -envelope * B, envelope


def by_mpmath(r, s):
    """The same by mpmath with 60 digits."""
    with mp.workdps(60):
        R, E, S = mp.mpf(float(r)), mp.mpf(ENERGY), mp.mpf(float(s))
        x, c = E * R, 1 - 2 * S
        B = mp.cos(x) * mp.cos(c * x) + c * mp.sin(c * x) * (mp.sin(x) + mp.cos(x) / x)
        return -(mp.mpf(G_F) ** 2) * mp.mpf(CHARGE) ** 2 * mp.mpf(DENSITY) * E / (mp.pi * R) * B


def worst_error(function, r, s):
    """The largest |computed - exact| over the envelope."""
    values = function(r, ENERGY, s, DENSITY, G_F, CHARGE, CHARGE)
    worst = 0.0
    with ctx.workprec(400):
        for i, (one_r, one_s) in enumerate(zip(r, s, strict=True)):
            V, envelope = exact(one_r, one_s)
            worst = max(worst, float((abs(arb(float(values[i])) - V) / envelope).mid()))
            if i % 200 == 0:
                with mp.workdps(40):
                    second = by_mpmath(one_r, one_s) - mp.mpf(V.mid().str(45, radius=False))
                if abs(second) > 1e-30 * float(envelope.mid()):
                    raise SystemExit(f"mpmath and FLINT disagree at r = {one_r}, s = {one_s}")
    return worst


def nanoseconds(function, r, s, runs=5):
    """The best time per point."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        function(r, ENERGY, s, DENSITY, G_F, CHARGE, CHARGE)
        best = min(best, time.process_time() - start)
    return best / r.size * 1e9


def main():
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=1_000_000)
    count = parser.parse_args().points
    kernel = kernel_function("directional_flux")
    print(f"proved bound of the kernel: {exported('directional_flux')[1].bound:.1e} of the envelope\n")
    rivals = {"kernel": kernel, "typed": typed, "typed, half angles": typed_by_half_angles}
    print(f"{'largest error/envelope':<24}" + "".join(f"{name:>22}" for name in rivals))
    rng = np.random.default_rng(1)
    for phase in PHASES:
        r, s = points(phase, 2000, rng)
        print(f"E r = {phase:<18.0e}" + "".join(f"{worst_error(f, r, s):>22.1e}" for f in rivals.values()))
    print(f"\n{f'ns per point, {count:.0e}':<24}" + "".join(f"{name:>22}" for name in rivals))
    for phase in PHASES:
        r, s = points(phase, count, rng)
        print(f"E r = {phase:<18.0e}" + "".join(f"{nanoseconds(f, r, s):>22.0f}" for f in rivals.values()))


if __name__ == "__main__":
    main()
