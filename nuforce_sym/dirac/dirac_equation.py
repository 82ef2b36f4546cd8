r"""The Dirac equation on spinor lines, and what follows from it.

A blade with an external momentum is split by :math:`S\wedge p=S\slashed p-S\llcorner p` (ket) or
:math:`p\wedge S=\slashed pS-p\lrcorner S` (bar), and the slashed momentum next to its spinor becomes its mass.  A
composite external momentum is made atomic first by solving for one of its terms.
"""

from __future__ import annotations

import random
from dataclasses import replace as changed
from fractions import Fraction
from itertools import product
from typing import Any

import sympy as sp

from nuforce_sym.dirac.chain import Blade, blades, from_blades, pair
from nuforce_sym.dirac.equality import fraction
from nuforce_sym.dirac.matrices import matrix
from nuforce_sym.dirac.objects import IDENTITY, Dirac, Linear, Sum, as_dirac, gamma, gamma5, sigma
from nuforce_sym.dirac.spinor import Spinor, SpinorChain
from nuforce_sym.dirac.substitution import names_in, replace
from nuforce_sym.dirac.trace import dimension
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, Index, Momentum, linear_combination


def _solved(s: Spinor, taken: set[str]) -> tuple[Momentum, sp.Expr, Momentum]:
    """Return a stand-in for the spinor's momentum, and one atom expressed by it."""
    parts = linear_combination(s.momentum)
    atom, c = next(((p, x) for p, x in parts if x.is_number and p.name not in taken), (None, None))
    if atom is None or c is None:
        raise InputError(f"the momentum {s.momentum} of {s} cannot be solved for one of its terms")
    stand_in = Momentum(f"external_{atom.name}"[:32])
    return atom, (stand_in - sp.Add(*(x * p for p, x in parts if p != atom))) / c, stand_in


def reduced(line: SpinorChain, dim: Any) -> SpinorChain:
    """Return the line without its external momenta in slashed form; see ``SpinorChain.reduce``."""
    dim = dimension(dim)
    middle = line.middle
    back: dict[Any, Any] = {}
    ends: list[tuple[str, Spinor]] = []
    taken: set[str] = set()
    spinors = [line.ket] if line.bar.momentum == line.ket.momentum else [line.ket, line.bar]
    for s in spinors:
        if isinstance(s.momentum, Momentum):
            ends.append((s.momentum.name, s))
            taken.add(s.momentum.name)
            continue
        atom, solution, stand_in = _solved(s, taken | {str(x.momentum) for x in spinors})
        middle = replace(middle, {atom: sp.expand(solution)})
        back[stand_in] = s.momentum
        ends.append((stand_in.name, s))
        taken |= {atom.name, stand_in.name}
    found = blades(middle, dim)
    shell = {Dot(Momentum(name), Momentum(name)): s.mass**2 for name, s in ends}
    for name, s in ends:
        found = _eliminate(found, name, s)
    found = {key: sp.expand(c.xreplace(shell)) for key, c in found.items()}
    basis = from_blades({key: c for key, c in found.items() if c != 0}, dim, names_in(line.middle))
    return changed(line, middle=replace(basis, back) if back else basis)


def _eliminate(found: dict[Blade, sp.Expr], name: str, s: Spinor) -> dict[Blade, sp.Expr]:
    r"""Use S ^ p = S p - (S contracted with p) on the ket, p ^ S = p S - (p contracted with S) on the bar."""
    out: dict[Blade, sp.Expr] = {}
    for (slots, five), c in found.items():
        if name not in slots:
            out[slots, five] = out.get((slots, five), sp.S.Zero) + c
            continue
        at = slots.index(name)
        rest = (*slots[:at], *slots[at + 1 :])
        # bring p to the end that touches its spinor
        passed = at if s.barred else len(rest) - at
        sign = -1 if passed % 2 else 1
        # gamma5 stands between the blade and the ket
        mass = s.sign * s.mass * (-1 if five and not s.barred else 1)
        out[rest, five] = out.get((rest, five), sp.S.Zero) + sign * c * mass
        for j, other in enumerate(rest):
            crossed = j if s.barred else len(rest) - 1 - j
            key = ((*rest[:j], *rest[j + 1 :]), five)
            out[key] = out.get(key, sp.S.Zero) - sign * c * pair(name, other) * (-1 if crossed % 2 else 1)
    return out


def vanishes_at(line: SpinorChain, seed: int) -> bool:
    """Return whether the line vanishes at one random rational point on its mass shells."""
    rng = random.Random(seed)
    symbols: dict[Any, Any] = {}
    closed = line.bar.sum * line.middle * line.ket.sum
    for symbol in sorted(_symbols(closed), key=str):
        symbols[symbol] = sp.Rational(rng.randrange(1, 1 << 20), rng.randrange(1, 1 << 10))
    points: dict[Momentum, tuple[Fraction, ...]] = {}
    for s in (line.ket, line.bar):
        parts = linear_combination(s.momentum)
        unknown = [p for p, _ in parts if p not in points]
        if not unknown:
            continue
        for p in unknown[:-1]:
            points[p] = tuple(Fraction(rng.randrange(1, 1 << 20)) for _ in range(4))
        c = dict(parts)[unknown[-1]].xreplace(symbols)
        m = s.mass.xreplace(symbols)
        x, y, plus = (Fraction(rng.randrange(1, 1 << 20)) for _ in range(3))
        minus = (fraction(m) ** 2 + x * x + y * y) / plus
        total = ((plus + minus) / 2, x, y, (plus - minus) / 2)
        known = [(points[p], q.xreplace(symbols)) for p, q in parts if p in points]
        points[unknown[-1]] = tuple(
            (total[n] - sum((Fraction(int(q.p), int(q.q)) * w[n] for w, q in known), Fraction(0)))
            / Fraction(int(c.p), int(c.q))
            for n in range(4)
        )
    for name in sorted(names_in(closed)):
        points.setdefault(Momentum(name), tuple(Fraction(rng.randrange(1, 1 << 20)) for _ in range(4)))
    free = [Index(i) for i in closed.free]
    zero = sp.zeros(4)
    return all(
        matrix(closed, points, dict(zip(free, values, strict=True)), symbols).sympy() == zero
        for values in product(range(4), repeat=len(free))
    )


def _symbols(d: Dirac) -> set[sp.Symbol]:
    found = set(d.coefficient.free_symbols)
    for f in d.factors:
        if isinstance(f, Sum):
            found.update(*(_symbols(t) for t in f.terms))
        elif isinstance(f, Linear):
            for x in (f.scalar, f.scalar5, *(c for _, c in f.vector), *(c for _, c in f.vector5)):
                found |= x.free_symbols
    return {x for x in found if x.is_Symbol}


def gordon(line: SpinorChain, mu: Index) -> SpinorChain:
    r"""Return the Gordon form of :math:`\bar u(p')\gamma^\mu u(p)`, or of its axial or v counterpart.

    .. math:: \bar u(p')\gamma^\mu u(p)=\frac{1}{m'+m}\,\bar u(p')\left[(p'+p)^\mu+i\sigma^{\mu\nu}(p'-p)_\nu\right]u(p)

    (Itzykson and Zuber, Quantum Field Theory, Eq. (2-54)); v spinors turn the sign of their mass, gamma5 that of m.

    Raises:
        InputError: when the line is no single gamma^mu or gamma^mu gamma5 (times a number), or the masses cancel.
    """
    after, before = line.bar, line.ket
    for matrix_five, flip in ((IDENTITY, 1), (gamma5, -1)):
        coefficient = _ratio(line.middle, gamma(mu) * matrix_five)
        if coefficient is None:
            continue
        total = after.sign * after.mass + flip * before.sign * before.mass
        if sp.expand(total) == 0:
            raise InputError(f"the Gordon identity of {line} divides by the sum of masses, which is zero")
        inside = Component(after.momentum, mu) + Component(before.momentum, mu)
        form = as_dirac(inside) + sp.I * sigma(mu, sp.expand(after.momentum - before.momentum))
        return changed(line, middle=form * matrix_five * (coefficient / total))
    raise InputError(f"{line} is not a multiple of gamma({mu}) or gamma({mu})*gamma5; reduce it first")


def _ratio(d: Dirac, unit: Dirac) -> sp.Expr | None:
    """Return c when d is c * unit as typed."""
    return d.coefficient if d.factors == unit.factors else None
