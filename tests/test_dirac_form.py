"""Random traces against FORM, another program with its own algorithms."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

from nuforce_sym.dirac import gamma, gamma5, momenta, slash, to_form, trace
from nuforce_sym.dirac.objects import IDENTITY
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita

FORM = shutil.which("form") or next((str(f) for f in [Path(sys.executable).parent / "form"] if f.exists()), None)
pytestmark = pytest.mark.skipif(FORM is None, reason="the FORM binary (package form-bin) is not installed")
VECTORS = momenta("k p q l r")
A, B, M, D = sp.symbols("a b m D")
HEADER = """#-
Off Statistics;
Symbols a,b,m,D;
Dimension {dim};
Indices mu0,...,mu3,rho0,...,rho3;
Vectors k,p,q,l,r;
"""


def random_pair(rng, *, five, contracted, opened):
    """One random product, as ours and as FORM text."""
    letters = []
    for _ in range(rng.randint(2, 6)):
        x, y = rng.sample(VECTORS, 2)
        c = rng.choice((-2, -1, 1, 3))
        kind = rng.choice(["slash", "sum", "mass"] + (["chiral", "gamma5"] if five else []))
        letters.append(
            {
                "slash": lambda x=x: (slash(x), f"g_(1,{x})"),
                "sum": lambda x=x, y=y, c=c: (slash(x + c * y), f"(g_(1,{x})+({c})*g_(1,{y}))"),
                "mass": lambda x=x, y=y: (slash(x - y) + M, f"(g_(1,{x})-g_(1,{y})+m*gi_(1))"),
                "chiral": lambda: (A - B * gamma5, "(a*gi_(1)-b*g5_(1))"),
                "gamma5": lambda: (gamma5, "g5_(1)"),
            }[kind]()
        )
    marks = [f"rho{n}" for n in range(contracted) for _ in range(2)] + [f"mu{n}" for n in range(opened)]
    for name in marks:
        letters.insert(rng.randint(0, len(letters)), (gamma(Index(name)), f"g_(1,{name})"))
    ours = IDENTITY
    for d, _ in letters:
        ours = ours * d
    return ours, "*".join(text for _, text in letters)


def differences(pairs, *, dim, command):
    """Let FORM subtract our results, printed by to_form, from its own; returns what is left, as text."""
    source = [HEADER.format(dim=dim)]
    for n, (ours, text) in enumerate(pairs):
        result = to_form(trace(ours, dim=4 if dim == 4 else D))
        source.append(f"Local F{n} = {text};\nLocal G{n} = {result};\n")
    source.append(f"{command},1;\ncontract;\n.sort\n")
    for n in range(len(pairs)):
        source.append(f"Local H{n} = F{n}-G{n};\n")
    last = len(pairs) - 1
    source.append(f".sort\nDrop F0,...,F{last},G0,...,G{last};\n")
    source.append("Print;\n.end\n")
    return run(source, len(pairs))


def run(source, count):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "check.frm"
        program.write_text("".join(source))
        done = subprocess.run([FORM, "-q", str(program)], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout[-2000:]
    out = {}
    for block in done.stdout.split(";"):
        if "=" in block:
            name, value = block.split("=", 1)
            out[name.strip()] = "".join(value.split())
    assert len(out) == count, done.stdout[-2000:]
    return out


@pytest.mark.parametrize(("seed", "opened"), [(1, 0), (2, 1), (3, 2)])
def test_four_dimensional_traces_without_gamma5_agree_with_form(seed, opened):
    rng = random.Random(seed)
    pairs = [random_pair(rng, five=False, contracted=rng.randint(0, 3), opened=opened) for _ in range(60)]
    # tracen keeps every term: no four-dimensional identity hides a difference with five momenta
    for (ours, _), (name, rest) in zip(pairs, differences(pairs, dim=4, command="tracen").items(), strict=True):
        assert rest == "0" or trace(ours) == trace(ours) - read(rest), (name, ours, rest)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_d_dimensional_traces_agree_with_form(seed):
    rng = random.Random(seed)
    pairs = [random_pair(rng, five=False, contracted=rng.randint(1, 3), opened=rng.randint(0, 1)) for _ in range(40)]
    assert set(differences(pairs, dim="D", command="tracen").values()) == {"0"}


@pytest.mark.parametrize(("seed", "opened"), [(21, 0), (22, 1), (23, 2)])
def test_traces_with_gamma5_agree_with_form(seed, opened):
    rng = random.Random(seed)
    pairs = [random_pair(rng, five=True, contracted=rng.randint(0, 2), opened=opened) for _ in range(40)]
    for (ours, _), (name, rest) in zip(pairs, differences(pairs, dim=4, command="trace4").items(), strict=True):
        # equal as polynomials, or by a Schouten identity, which the two programs use differently
        assert rest == "0" or trace(IDENTITY) * read(rest) == 0, (name, ours, rest)


def read(text):
    """Read FORM's output back: a closed grammar of sums of products, no evaluation of text."""
    import re

    total = sp.S.Zero
    for sign, term in re.findall(r"([+-]?)((?:[^+\-(^]|\^-?\d+|\([^()]*\))+)", text):
        value = sp.Integer(-1 if sign == "-" else 1)
        for factor in term.split("*"):
            base, _, power = factor.partition("^")
            value *= atom(base) ** int(power or 1)
        total += value
    # FORM's e_ is -i times ours
    return total.xreplace({e: -sp.I * e for e in total.atoms(LeviCivita)})


def atom(text):
    vectors = {v.name: v for v in VECTORS}

    def slot(name):
        return vectors.get(name) or Index(name)

    if text == "i_":
        return sp.I
    if text.startswith("e_("):
        return LeviCivita(*(slot(x) for x in text[3:-1].split(",")))
    if text.startswith("d_("):
        from nuforce_sym.lorentz import Metric

        return Metric(*(slot(x) for x in text[3:-1].split(",")))
    if "(" in text:
        vector, index = text[:-1].split("(")
        return Component(vectors[vector], Index(index))
    if "." in text:
        return Dot(*(vectors[x] for x in text.split(".")))
    if "/" in text or text.isdigit():
        return sp.Rational(*map(int, text.split("/"))) if "/" in text else sp.Integer(int(text))
    return {"a": A, "b": B, "m": M, "D": D}[text]


def test_the_comparison_notices_a_wrong_sign():
    k, p = VECTORS[:2]
    left = differences([(slash(k) * slash(p) * 2, "g_(1,k)*g_(1,p)")], dim=4, command="trace4")
    assert left == {"H0": "-4*k.p"}
