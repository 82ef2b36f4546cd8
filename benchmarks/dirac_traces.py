"""Dirac traces against FORM and SymPy: the answers are compared, then the times.

    python benchmarks/dirac_traces.py [--sympy] [--repeat N]

Columns: *ours* is the median time in this process from a Dirac expression to its result, plans remembered; *first* is
the first call, planning included; *FORM whole* is one ``form -q`` process with one trace, start-up counted; *FORM
marginal* is the extra cost of one more identical trace in one FORM program.  Every case is checked at random integer
momenta against FORM's own answer.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import sympy as sp

from nuforce_sym.dirac import distinct as distinct_route
from nuforce_sym.dirac import gamma, gamma5, momenta, slash, trace
from nuforce_sym.dirac import plan as planning
from nuforce_sym.dirac.equality import levi_civita, minkowski
from nuforce_sym.dirac.objects import IDENTITY
from nuforce_sym.lorentz import Index

FORM = shutil.which("form") or str(Path(sys.executable).parent / "form")
M, GV, GA = sp.symbols("m gV gA")
P = dict(zip("pkql", momenta("p k q l"), strict=True))


def letter(text):
    """One factor, written ``a`` (index), ``p+k+m`` (slashed sum with mass) or ``v`` (gV - gA gamma5)."""
    if text in "abcd":
        return gamma(Index(text)), f"g_(1,{text})"
    if text == "v":
        return GV - GA * gamma5, "(gV*gi_(1)-gA*g5_(1))"
    if text == "w":
        return 1 - gamma5, "(gi_(1)-g5_(1))"
    ours, form = sp.S.Zero, ""
    mass = False
    for sign, name in re.findall(r"([+-]?)([a-z])", text):
        s = -1 if sign == "-" else 1
        if name == "m":
            mass = True
        else:
            ours += s * P[name]
            form += f"{'-' if s < 0 else '+'}g_(1,{name})"
    return (slash(ours) + M if mass else slash(ours)), f"({form}{'+m*gi_(1)' if mass else ''})"


CASES = {
    "R2 box 8g, 2 overlapping indices, masses": "p+m a p-k+m b p+q+m a p+q-k+m b",
    "R3 two-loop 12g, 3 overlapping indices": "p+m a p+k+m b p+k+q+m c p+q+m a q-k+m b q+m c",
    "R4 light-by-light 8g, 4 momenta": "a k+m b k+p+m a k+p+q+m b k+p+q+l+m",
    "R5 hexagon 12g, 3 overlapping indices": "a k+m b k+p+m c k+p+q+m a k+q+m b k+q-p+m c k-p+m",
    "R6 rainbow 16g, 4 nested indices": "a p+k+m b p+k+q+m c k+q+m d p+m d k-q+m c p+q+m b k-p+m a q+m",
    "R7 10 massive routed propagators": "p+k+m p+k+q+m k+q+m p+m k-q+m p+q+m k-p+m q+m p+k+m p+k+q+m",
    "R8 self-energy 4g": "p+m a p+k+m a",
    "R9 12 massive routed propagators": "p+k+m p+k+q+m k+q+m p+m k-q+m p+q+m k-p+m q+m p+k+m p+k+q+m q+m p+m",
    "V-A box, gamma5 at each vertex": "a v k+m b w k+q+m a v p+m b w p+q+m",
}


def word_of(text):
    ours, form = IDENTITY, []
    for item in text.split():
        d, f = letter(item)
        ours = ours * d
        form.append(f)
    return ours, "*".join(form)


HEADER = "#-\nOff Statistics;\nIndices a,b,c,d;\nVectors p,k,q,l,v1,...,v16;\nSymbols m,gV,gA;\n"


def run_form(source):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.frm"
        path.write_text(source)
        start = time.perf_counter()
        done = subprocess.run([FORM, "-q", str(path)], capture_output=True, text=True, check=True)
        return time.perf_counter() - start, done.stdout


def program(text, copies=1, tail=""):
    lines = "".join(f"Local F{i} = {text};\n" for i in range(copies))
    return f"{HEADER}{lines}trace4,1;\ncontract;\n{tail}.end\n"


def median(function, repeat):
    return statistics.median(function() for _ in range(repeat))


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def check(word, text, vectors):
    """Compare with FORM at random integer momenta."""
    rng = random.Random(1)
    at = {p: tuple(rng.randint(-4, 4) for _ in range(4)) for p in vectors}
    values = {M: 3, GV: 2, GA: -5}
    names = sorted(vectors, key=lambda v: v.name)
    rules = [f"id {x}.{y} = {minkowski(at[x], at[y])};" for i, x in enumerate(names) for y in names[i:]]
    rules += [f"id {s} = {v};" for s, v in values.items()]
    # e_ is -i times the tensor
    rules += [
        f"id e_({','.join(map(str, four))}) = ({-levi_civita(tuple(at[x] for x in four))})*i_;"
        for four in combinations(names, 4)
    ]
    _, out = run_form(program(text, 1, "\n".join(rules) + "\nPrint;\n"))
    value = "".join(out.split("=", 1)[1].split(";")[0].split())
    imaginary = "i_" in value
    number = Fraction(value.replace("*i_", "").replace("i_", "1"))
    ours = sp.expand(trace(word).at(at, {}, values))
    theirs = sp.Rational(number.numerator, number.denominator) * (sp.I if imaginary else 1)
    if ours != theirs:
        raise SystemExit(f"DIFFERENT ANSWERS: {text}: {ours} and {theirs}")


def clear():
    """Forget plans and remembered results, so that the next call is a first one."""
    planning.plan.cache_clear()
    distinct_route.distinct_trace.cache_clear()


def row(name, word, text, vectors, repeat):
    check(word, text, vectors)
    clear()
    first = timed(lambda: trace(word))

    def warm():
        distinct_route.distinct_trace.cache_clear()
        return timed(lambda: trace(word))

    ours = median(warm, repeat)
    whole = median(lambda: run_form(program(text))[0], repeat)
    copies = 20 if whole < 0.1 else 4
    many = median(lambda: run_form(program(text, copies))[0], max(3, repeat // 2))
    marginal = max(many - whole, 0) / (copies - 1)
    terms = len(trace(word))
    print(
        f"{name:44s} {terms:6d} {ours * 1e3:9.3f} {first * 1e3:9.3f} {whole * 1e3:9.2f} {marginal * 1e3:9.3f}"
        f" {whole / ours:8.1f} {marginal / ours:8.2f}",
        flush=True,
    )


def sympy_trace(sequence):
    """Time SymPy's gamma_trace on slashed momenta, and check its value."""
    from sympy.physics.hep.gamma_matrices import GammaMatrix, LorentzIndex, gamma_trace
    from sympy.tensor.tensor import TensorHead, tensor_indices

    heads = {name: TensorHead(name, [LorentzIndex]) for name in sorted(set(sequence))}
    product = 1
    for name, i in zip(sequence, tensor_indices(f"i0:{len(sequence)}", LorentzIndex), strict=True):
        product = product * GammaMatrix(i) * heads[name](-i)
    start = time.perf_counter()
    result = gamma_trace(product)
    elapsed = time.perf_counter() - start
    rng = random.Random(2)
    at = {name: tuple(rng.randint(-4, 4) for _ in range(4)) for name in heads}
    total = 0
    for term in result.expand().args if result.is_Add else [result]:
        value = term.coeff
        for i, j in term.dum:
            value *= minkowski(at[str(term.components[i])], at[str(term.components[j])])
        total += value
    return elapsed, total, at


def against_sympy(repeat):
    print("\nSymPy gamma_trace, massless, few momenta repeated (time in s; ours in ms)")
    for sequence in ("pkqp", "pkqpkq", "pkqpkqpk"):
        elapsed, total, at = sympy_trace(sequence)
        word = IDENTITY
        for name in sequence:
            word = word * slash(P[name])
        value = trace(word).at({P[n]: v for n, v in at.items()})
        if value != total:
            raise SystemExit(f"DIFFERENT ANSWERS: SymPy {total}, ours {value}")
        ours = median(lambda word=word: timed(lambda: trace(word)), repeat)
        print(f"{sequence:44s} sympy {elapsed:8.2f} s, ours {ours * 1e3:7.3f} ms, ratio {elapsed / ours:10.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sympy", action="store_true", help="also time SymPy (about 15 s)")
    parser.add_argument("--repeat", type=int, default=15)
    options = parser.parse_args()
    cpu = next((x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in x), "?")
    print(f"machine: {cpu}, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(
        f"{'case':44s} {'terms':>6s} {'ours ms':>9s} {'first':>9s} {'FORM all':>9s} {'marginal':>9s} {'all/ours':>8s} {'marg/ours':>8s}"  # noqa: E501
    )
    for name, text in CASES.items():
        word, form = word_of(text)
        row(name, word, form, list(P.values()), options.repeat)
    for five in (False, True):
        for n in (8, 10, 12):
            vectors = momenta(" ".join(f"v{i}" for i in range(1, n + 1)))
            word = IDENTITY
            for v in vectors:
                word = word * slash(v)
            text = "*".join(f"g_(1,{v})" for v in vectors)
            name = f"{n} distinct momenta{' with gamma5' if five else ''}"
            row(name, word * gamma5 if five else word, text + "*g5_(1)" if five else text, list(vectors), options.repeat)
    if options.sympy:
        against_sympy(options.repeat)


if __name__ == "__main__":
    main()
