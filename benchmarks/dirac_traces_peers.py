"""Traces of distinct momenta against Symbolica and Cadabra 2, each where it is installed.

    python benchmarks/dirac_traces_peers.py [--repeat N]

Symbolica (``pip install symbolica``) runs in this process, Cadabra (Debian's ``cadabra2``) in its own, which times its
own work: neither figure counts a start-up.  Every answer is evaluated at random integer momenta and compared with ours.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from math import prod
from pathlib import Path

from nuforce_sym.dirac import distinct as distinct_route
from nuforce_sym.dirac import momenta, slash, trace
from nuforce_sym.dirac.equality import minkowski
from nuforce_sym.dirac.objects import IDENTITY


def ours(n):
    """Return the time of one trace, nothing remembered, and the trace."""
    word = IDENTITY
    for v in momenta(" ".join(f"v{i}" for i in range(n))):
        word = word * slash(v)
    distinct_route.distinct_trace.cache_clear()
    start = time.perf_counter()
    t = trace(word)
    return time.perf_counter() - start, t


def symbolica(n, at):
    """Return Symbolica's time and its value at the given momenta."""
    from symbolica import S
    from symbolica.community.tensor import Representation, TensorExpression, TensorName

    lorentz, gamma, word = Representation.mink(4), TensorExpression.dirac_gamma(4), 1
    for i in range(n):
        row, column, mu = S(f"s{i}", f"s{(i + 1) % n}", f"m{i}")
        word = word * gamma(row, column, mu) * TensorName(f"v{i}")(lorentz)(mu)
    start = time.perf_counter()
    result = word.simplify_algebra(color=False)
    result = result.to_expression().expand()
    elapsed = time.perf_counter() - start
    value = 0
    for term in map(str, result):
        pairs: dict[str, list[int]] = {}
        for v, mu in re.findall(r"v(\d+)\(mink\(4,(\w+)\)\)", term):
            pairs.setdefault(mu, []).append(int(v))
        value += int(re.match(r"-?\d+", term)[0]) * gram_product(pairs.values(), at)
    return elapsed, value


def cadabra(n, at):
    """Return Cadabra's time and its value; its trace is 4 times the part without gamma matrices."""
    names = [f"a{i}" for i in range(n)]
    matrices = " ".join("\\Gamma_{" + a + "}" for a in names)
    program = "\n".join(
        [
            f"{{{','.join(names)}}}::Indices(vector,position=free).",
            f"{{{','.join(names)}}}::Integer(0..3).",
            r"\delta{#}::KroneckerDelta.",
            r"\Gamma{#}::GammaMatrix(metric=\delta).",
            "import time",
            f"ex:= {matrices}:",
            "start = time.time()",
            f"for i in range({n}):",
            "    join_gamma(ex)",
            "    distribute(ex)",
            "    sort_product(ex)",
            "elapsed = time.time() - start",
            "print(elapsed)",
            "print(ex.input_form())",
            "",
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.cdb"
        path.write_text(program)
        environment = {**os.environ, "PYTHONIOENCODING": "utf8"}
        done = subprocess.run(
            ["cadabra2-cli", str(path)], capture_output=True, text=True, check=True, timeout=300, env=environment
        )
    lines = [line for line in done.stdout.splitlines() if line.strip() and line.strip() != "None"]
    elapsed, text = next((float(line), lines[i + 1]) for i, line in enumerate(lines) if re.fullmatch(r"[\d.]+(e-\d+)?", line))
    value = 0
    for sign, term in re.findall(r"([+-]?)\s*([^+-]+)", text):
        if "Gamma" not in term and "delta" in term:
            pairs = [(int(i), int(j)) for i, j in re.findall(r"\\delta_\{a(\d+) a(\d+)\}", term)]
            factor = re.match(r"\d+", term)
            value += (-1 if sign == "-" else 1) * int(factor[0] if factor else 1) * gram_product(pairs, at)
    return elapsed, 4 * value


def gram_product(pairs, at):
    return prod(minkowski(at[i], at[j]) for i, j in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=7)
    repeat = parser.parse_args().repeat
    peers = {}
    if importlib.util.find_spec("symbolica"):
        peers["symbolica"] = (symbolica, (4, 6, 8, 10))
    if shutil.which("cadabra2-cli"):
        peers["cadabra2"] = (cadabra, (4, 6, 8))
    if not peers:
        raise SystemExit("neither Symbolica nor Cadabra 2 is installed")
    rng = random.Random(1)
    for name, (peer, lengths) in peers.items():
        for n in lengths:
            at = [tuple(rng.randint(-4, 4) for _ in range(4)) for _ in range(n)]
            runs = [ours(n) for _ in range(repeat)]
            mine = statistics.median(t for t, _ in runs)
            expected = runs[0][1].at(dict(zip(momenta(" ".join(f"v{i}" for i in range(n))), at, strict=True)))
            elapsed, value = peer(n, at)
            if value != expected:
                raise SystemExit(f"DIFFERENT ANSWERS: {name}, {n} momenta: {value} and {expected}")
            times = f"{elapsed * 1e3:9.2f} ms, ours {mine * 1e3:6.3f} ms, ratio {elapsed / mine:8.1f}"
            print(f"{name:10s} {n:2d} distinct momenta: {times}", flush=True)


if __name__ == "__main__":
    main()
