"""Kernels of forces in backgrounds: their accuracy at E r = 1, 1e6 and 1e14, and their speed, against NumPy.

    python benchmarks/background.py [--points 200000] [--name NAME]

For every kernel of the derivations of backgrounds: the proved bound; the largest error at 300 points whose phase, or whose
thermal or Fermi momentum times the distance, is about 1, 1e6 or 1e14, relative to the envelope (to the value where there is
none), against FLINT's balls; then the nanoseconds per point. The rival is the same formula typed into NumPy: SymPy's own
`lambdify` of the derived closed form, and of the form without spherical Bessel functions, which is what one types.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import sympy as sp
from flint import arb

from nuforce_sym import registry
from nuforce_sym.kernel import function_of, proved_source
from nuforce_sym.kernel.reference import ball
from nuforce_sym.kernel.sampling import sample
from nuforce_sym.special import ImPower, RePower
from nuforce_sym.store import Cache

DERIVATIONS = ("directional_flux", "beam_numbers", "spin_numbers", "degenerate_gas", "thermal_gas", "massive_gas")
PHASES = (1.0, 1e6, 1e14)


def typed(kernel):
    """The formula as one types it, without what keeps its digits."""
    formula = kernel.formula
    for head in (RePower, ImPower):
        formula = formula.replace(head, head.defined)
    formula = sp.expand_func(formula)
    return sp.lambdify([a.symbol for a in kernel.arguments], formula, ["scipy", "numpy"])


def columns(kernel, phase, count, rng):
    """Arguments of which the constrained product with the distance is about ``phase``; None where it cannot be."""
    samples = sample(kernel, count)
    drawn = {name: column.copy() for name, column in samples.columns.items()}
    lengths = [c for c in kernel.constraints if c.expr.has(sp.Symbol("r", positive=True))]
    rows = len(drawn["r"])
    for name in drawn:
        drawn[name] = np.abs(drawn[name][rng.integers(0, rows, count)])
    if "sin2_half_alpha" in drawn:
        drawn["sin2_half_alpha"] = np.where(rng.uniform(size=count) < 0.5, rng.uniform(0, 1, count), 1e-3 / phase)
    if lengths:
        (last,) = lengths[-1:]
        if not last.low <= phase / 2 <= phase <= last.high:
            return None
        r = sp.Symbol("r", positive=True)
        product = np.array([last.value({n: float(v[i]) for n, v in drawn.items()} | {"r": 1.0}) for i in range(count)])
        power = int(last.expr.as_powers_dict()[r])
        drawn["r"] = (phase * rng.uniform(0.5, 1.0, count) / product) ** (1 / power)
    keep = [i for i in range(count) if kernel.contains({n: float(v[i]) for n, v in drawn.items()})]
    return {name: v[keep] for name, v in drawn.items()} if len(keep) > count // 4 else None


def worst(function, kernel, drawn):
    """The largest error at the points drawn."""
    with np.errstate(all="ignore"):
        values = np.broadcast_to(function(*drawn.values()), drawn["r"].shape)
    largest = 0.0
    for i, value in enumerate(values):
        point = {name: float(v[i]) for name, v in drawn.items()}
        exact = ball(kernel.formula, point)
        scale = abs(exact if kernel.envelope is None else ball(kernel.envelope, point))
        if not float(scale.mid()) > 1e-290:
            continue
        if not np.isfinite(value):
            return np.inf
        largest = max(largest, float((abs(arb(float(value)) - exact) / scale).mid()))
    return largest


def nanoseconds(function, drawn, count):
    """The best time per point of three runs."""
    large = [np.resize(v, count) for v in drawn.values()]
    best = np.inf
    with np.errstate(all="ignore"):
        for _ in range(3):
            start = time.process_time()
            function(*large)
            best = min(best, time.process_time() - start)
    return best / count * 1e9


def main():
    """Print one line for each kernel."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=200_000)
    parser.add_argument("--name")
    options = parser.parse_args()
    cache = Cache(Path(".nuforce"))
    heads = "".join(f"{f'{x:.0e}':>20}" for x in PHASES)
    print(f"{'largest error: kernel, typed':<32}{'bound':>9}{heads}{'ns: kernel, typed':>22}")
    for derivation in DERIVATIONS:
        results = registry.derive(derivation, cache=cache)
        for kernel in registry.kernels_of(registry.module_named(derivation), results):
            if options.name not in (None, kernel.name):
                continue
            text, bound = proved_source(kernel, "V")
            ours, theirs = function_of(text), typed(kernel)
            rng = np.random.default_rng(1)
            cells, last = "", None
            for phase in PHASES:
                drawn = columns(kernel, phase, 300, rng)
                if drawn is None:
                    cells += f"{'-':>20}"
                    continue
                last = drawn
                cells += f"{worst(ours, kernel, drawn):>11.1e},{worst(theirs, kernel, drawn):>8.1e}"
            if last is None:
                last = sample(kernel, 300).columns
                cells = f"{'everywhere':>20}{worst(ours, kernel, last):>31.1e},{worst(theirs, kernel, last):>8.1e}"
            speed = f"{nanoseconds(ours, last, options.points):>13.0f},{nanoseconds(theirs, last, options.points):>8.0f}"
            print(f"{kernel.name:<32}{bound:>9.1e}{cells}{speed}", flush=True)


if __name__ == "__main__":
    main()
