"""Measure the comparison on true variants and single sabotages of every derived formula, of Lagrangians and of quantities.

Run ``python -m tests.fuzz_compare --count 3000``. It prints how many sabotaged formulas were called equal (none may be), how
many were left undecided, how many true ones were not proved, and the time.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sympy as sp

from nuforce_sym import registry
from nuforce_sym.errors import InputError
from nuforce_sym.paper.compare import compare
from nuforce_sym.paper.texread import read_latex
from nuforce_sym.store import Cache
from tests import lagrangian_variants, unit_variants
from tests.formula_variants import changed, rewritten, sabotages, spelled

Formula = tuple[str, sp.Expr]
Case = tuple[str, str, bool, Any, str, dict[str, sp.Expr]]


def derived_values() -> Iterator[tuple[str, Any]]:
    """Yield the value of every step of every derivation under its name."""
    cache = Cache(Path.cwd() / ".nuforce")
    for name in registry.modules():
        for step, result in registry.derive(name, cache=cache).items():
            yield f"{name}.{step}", result.value


def formulas(values: Iterable[tuple[str, Any]]) -> list[Formula]:
    """Return the formulas among the values that `formula_variants` can spell, each once."""
    found: dict[sp.Expr, str] = {}
    for name, value in values:
        expr = getattr(value, "expr", value)
        if not isinstance(expr, sp.Expr) or expr.is_number:
            continue
        try:
            spelled(expr, random.Random(0), {})
        except NotImplementedError:
            continue
        found.setdefault(expr, name)
    return [(name, expr) for expr, name in found.items()]


def renaming(expr: sp.Expr, rng: random.Random) -> tuple[dict[sp.Basic, str], dict[str, sp.Expr]]:
    """Return other spellings for one or two symbols, and the ``let`` that says what they are."""
    pool = [s for s in sorted(expr.free_symbols, key=str) if s.name not in ("r", "t", "delta3_r")]
    chosen = rng.sample(pool, min(len(pool), rng.randrange(3)))
    spellings = rng.sample((r"\varpi", r"\eta_a", "M_{ab}", "b'", r"\tilde{g}", "X", r"\lambda_{e}"), len(chosen))
    names = dict(zip(chosen, spellings, strict=True))
    return names, {text: s for s, text in names.items()}


def cases(known: list[Formula], count: int, seed: int) -> list[Case]:
    """Return (formula's name, what was done, whether it is still true, derived, LaTeX, let)."""
    rng = random.Random(seed)
    out: list[Case] = []
    while len(out) < count:
        # a short run, too, meets formulas of every derivation
        for name, expr in rng.sample(known, len(known)):
            names, let = renaming(expr, rng)
            for _ in range(2):
                out.append((name, "true", True, expr, spelled(rewritten(expr, rng), rng, names), let))
            wrong = list(sabotages(expr, rng))
            for what, other in rng.sample(wrong, min(2, len(wrong))):
                if other != 0 and changed(expr, other):
                    extra = {s: t for s, t in names.items() if s in expr.free_symbols}
                    out.append((name, what, False, expr, spelled(rewritten(other, rng), rng, extra), let))
    return out[:count]


def lagrangian_cases(values: Iterable[tuple[str, Any]], count: int, seed: int) -> list[Case]:
    """Return cases like those of `cases`, of Lagrangians."""
    rng = random.Random(seed)
    known = {name: value for name, value in values if name in lagrangian_variants.KNOWN}
    out: list[Case] = []
    while len(out) < count:
        name = rng.choice(sorted(known))
        terms = lagrangian_variants.KNOWN[name]()
        out.append((f"{name}", "true", True, known[name], lagrangian_variants.spelled(terms, rng), {}))
        what, other = lagrangian_variants.sabotaged(terms, rng)
        if other:
            out.append((name, what, False, known[name], lagrangian_variants.spelled(other, rng), {}))
    return out[:count]


def unit_cases(count: int, seed: int) -> list[Case]:
    """Return cases of quantities with units."""
    rng = random.Random(seed)
    out: list[Case] = []
    while len(out) < count:
        given, same, wrong = unit_variants.quantity(rng)
        derived = read_latex(given)
        out += [("units", "true", True, derived, same, {}), ("units", "power of ten", False, derived, wrong, {})]
    return out[:count]


def run(known: list[Case], *, seconds: float = 20.0, verbose: bool = False) -> collections.Counter[str]:
    """Compare the given cases and count the outcomes."""
    count = len(known)
    outcome: collections.Counter[str] = collections.Counter()
    slowest = 0.0
    for number, (name, what, true, derived, text, let) in enumerate(known, 1):
        began = time.monotonic()
        try:
            result = compare(derived, text, let=let, spare=True, seconds=seconds)
            verdict, said = result.verdict, result.sentence
        except InputError as error:
            verdict, said = "refused", str(error)
        slowest = max(slowest, time.monotonic() - began)
        if verbose and number % 500 == 0:
            print(f"{number} of {count}", flush=True)
        kind = "true" if true else "sabotaged"
        outcome[f"{kind}: {verdict}"] += 1
        good = verdict == "equal" if true else verdict not in ("equal", "equal numerically", "undecided", "refused")
        if not good:
            outcome[f"{kind}, not as expected"] += 1
            if verbose:
                print(f"[{number}] {name} ({what}): {verdict}\n  {text}\n  {said}\n")
    outcome["slowest, ms"] = round(1000 * slowest)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    began = time.monotonic()
    values = list(derived_values())
    share = options.count // 10
    known = lagrangian_cases(values, share, options.seed) + unit_cases(share, options.seed)
    known += cases(formulas(values), options.count - len(known), options.seed)
    outcome = run(known, verbose=options.verbose)
    seconds = time.monotonic() - began
    for key, n in sorted(outcome.items()):
        print(f"{key:<44}{n:>8}")
    wrong = sum(outcome[f"sabotaged: {v}"] for v in ("equal", "equal numerically"))
    undecided = sum(outcome[f"{k}: undecided"] for k in ("true", "sabotaged"))
    print(f"formulas {options.count}, false equal {wrong}, undecided {undecided} ({100 * undecided / options.count:.2f} %)")
    print(f"{seconds:.0f} s, {1000 * seconds / options.count:.0f} ms each")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
