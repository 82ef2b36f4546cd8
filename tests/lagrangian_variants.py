r"""Spellings of Lagrangians, and Lagrangians with one mistake, for tests of the comparison; no code of the package's printer.

A Lagrangian is a list of terms: a coupling's LaTeX, and for each bilinear the field, the letter of its structure and the
coefficients of 1 and \gamma_5.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

FACTORS = ("2", "3", r"\pi", r"\sqrt{2}")
SWAPPED = {"+": "-", "-": "+"}


@dataclass(frozen=True)
class Current:
    r"""\bar f \gamma^\mu (v - a\gamma_5) f, or \bar f (v + i a\gamma_5) f without an index."""

    field: str
    v: str
    a: str
    sign: str = "-"
    vector: bool = True


@dataclass(frozen=True)
class Spelled:
    """A term: sign, coupling, currents, and a boson or none."""

    sign: str
    coupling: str
    currents: tuple[Current, ...]
    boson: str = ""


def z_boson() -> list[Spelled]:
    """The terms of `z_exchange.interaction`."""
    return [Spelled("-", r"\frac{g}{2 c_W}", (Current(f, f"g_V^{f}", f"g_A^{f}"),), "Z") for f in "eN"]


def contact() -> list[Spelled]:
    """The terms of `two_neutrino.interaction`."""
    left = Current(r"\nu", "1", "1")
    return [Spelled("-", r"\frac{G_F}{\sqrt{2}}", (Current(rf"\psi_{n}", f"g_{{V{n}}}", f"g_{{A{n}}}"), left)) for n in (1, 2)]


def scalar() -> list[Spelled]:
    """The terms of `scalar_pseudoscalar_exchange.interaction`."""
    return [
        Spelled("-", "", (Current(rf"\psi_{n}", f"g_{{S{n}}}", f"g_{{P{n}}}", "+", vector=False),), r"\phi") for n in (1, 2)
    ]


KNOWN = {
    "z_exchange.interaction": z_boson,
    "two_neutrino.interaction": contact,
    "scalar_pseudoscalar_exchange.interaction": scalar,
}


def spelled(terms: list[Spelled], rng: random.Random) -> str:
    """Return the Lagrangian in one of many spellings."""
    out = ""
    for term in rng.sample(terms, len(terms)):
        sign, coupling = term.sign, term.coupling
        index = rng.choice((r"\mu", r"\alpha", r"\lambda"))
        factors = [_current(c, index, rng, bracket=len(term.currents) > 1) for c in term.currents]
        if term.boson:
            slot = rng.choice(("_", "^")) + index if term.currents[0].vector else ""
            factors.append(term.boson + (f"{slot} " if slot else " "))
        rng.shuffle(factors)
        body = rng.choice((" ", r"\,")).join(([coupling] if coupling else []) + factors)
        style = rng.randrange(4)
        if style == 0 and not coupling:
            body = rf"\frac12 {body} + \text{{h.c.}}"
            body = f"({body})"
        elif style == 1:
            body = rf"\left[{body}\right]"
        out += f" {sign} {body}"
    return out.strip().removeprefix("+ ")


def _current(c: Current, index: str, rng: random.Random, *, bracket: bool) -> str:
    bar = rng.choice((r"\bar{%s}", r"\overline{%s}")) % c.field
    five = rng.choice((r"\gamma_5", r"\gamma^5"))
    i = "" if c.vector else "i"
    gamma = rf"\gamma{rng.choice(('_', '^'))}{{{index}}}" if c.vector else ""
    style = rng.randrange(4 if c.vector else 3)
    if style == 0:
        middle = rf"{gamma} ({c.v} {c.sign} {i} {c.a}{five})"
    elif style == 1:
        middle = rf"({c.v} {gamma} {c.sign} {i} {c.a} {gamma}{five})"
        if not c.vector:
            middle = rf"({c.v} {c.sign} {i} {five} {c.a})"
    elif style == 2:
        middle = rf"\left({c.sign} {i} {c.a} {gamma} {five} + {c.v} {gamma}\right)"
    else:  # \gamma_5 anticommutes with \gamma^\mu
        middle = rf"({c.v} {SWAPPED[c.sign]} {c.a}{five}){gamma}"
    text = rf"{bar} {middle} {c.field}"
    return rf"\left[{text}\right]" if bracket or rng.random() < 0.3 else text


def sabotaged(terms: list[Spelled], rng: random.Random) -> tuple[str, list[Spelled]]:
    """Return the Lagrangian with one mistake, and what it is."""
    n = rng.randrange(len(terms))
    term = terms[n]
    m = rng.randrange(len(term.currents))
    current = term.currents[m]

    def with_current(new: Current) -> Spelled:
        return replace(term, currents=(*term.currents[:m], new, *term.currents[m + 1 :]))

    other = {"e": "N", "N": "e", r"\psi_1": r"\psi_2", r"\psi_2": r"\psi_1"}
    mistakes = {
        "sign": replace(term, sign=SWAPPED[term.sign]),
        "factor": replace(term, coupling=f"{rng.choice(FACTORS)} {term.coupling}"),
        "sign of gamma_5": with_current(replace(current, sign=SWAPPED[current.sign])),
        "charge": with_current(replace(current, v=f"2\\cdot {current.v}")),
        "no gamma_5": with_current(replace(current, a=r"\frac{0}{2}")),
        "vector and axial": with_current(replace(current, v=current.a, a=current.v)),
        "missing": None,
    }
    if current.field in other and len(terms) > 1:
        mistakes["field"] = with_current(replace(current, field=other[current.field]))
    if current.v == current.a:
        del mistakes["vector and axial"]
    what = rng.choice(sorted(mistakes))
    new = mistakes[what]
    return what, [*terms[:n], *([new] if new is not None else []), *terms[n + 1 :]]
