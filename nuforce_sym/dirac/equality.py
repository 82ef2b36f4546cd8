r"""Deciding whether a tensor vanishes, Schouten and Gram identities included.

In a symbolic dimension the monomials are independent, so the normal form decides.  In four dimensions it does not:
the antisymmetrisation of any expression over five slots is zero (Schouten identities, vanishing Gram determinants of
five vectors).  There every momentum is replaced by four explicit components and every open index is contracted with
one more explicit vector; a polynomial identity holds if and only if it holds identically in these components.  The
polynomial is evaluated exactly at points of large random integers: a non-zero polynomial of degree d vanishes at one
such point with probability below d/2**61 (Schwartz 1980; Zippel 1979), at both points below (d/2**61)**2.
The points are drawn from a fixed seed, so that the verdict never changes from run to run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Dot, Index, Momentum

if TYPE_CHECKING:
    from nuforce_sym.dirac.tensor import Tensor

Vector = tuple[Any, ...]
_POINTS = 2


def minkowski(a: Vector, b: Vector) -> Any:
    """Return the scalar product with metric (+,-,-,-)."""
    return a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3]


def levi_civita(vectors: tuple[Vector, ...]) -> Any:
    """Return the tensor with upper-index value +1 for 0123, contracted with four vectors of upper components."""
    rows = [(v[0], -v[1], -v[2], -v[3]) for v in vectors]
    return _determinant(rows)


def _determinant(rows: list[tuple[Any, ...]]) -> Any:
    if len(rows) == 1:
        return rows[0][0]
    total = 0
    for j, x in enumerate(rows[0]):
        if x:
            minor = _determinant([r[:j] + r[j + 1 :] for r in rows[1:]])
            total += -x * minor if j % 2 else x * minor
    return total


def vanishes(tensor: Tensor) -> bool:
    """Return whether the tensor is zero."""
    if not tensor._terms:
        return True
    atoms = tensor._ring.atoms
    if any(not (a.is_Symbol or isinstance(a, Dot) or a is sp.I) for a in atoms):
        # radicals, inverses and functions may be related to each other: let SymPy combine them first
        combined = {s: sp.radsimp(sp.together(tensor._ring.to_sympy(p, Fraction(1)))) for s, p in tensor._terms.items()}
        if all(sp.expand(sp.numer(c)) == 0 for c in combined.values()):
            return True
    if tensor.dim != 4:
        return False
    rng = random.Random(20100)  # fixed: the verdict must not depend on the run
    return all(_vanishes_at(tensor, rng) for _ in range(_POINTS))


def _vanishes_at(tensor: Tensor, rng: random.Random) -> bool:
    points: dict[str, Vector] = {}

    def vector(slot: str) -> Vector:
        if slot not in points:
            points[slot] = tuple(rng.randrange(1, 1 << 61) for _ in range(4))
        return points[slot]

    symbols = {a: Fraction(rng.randrange(1, 1 << 61)) for a in tensor._ring.atoms if not isinstance(a, Dot)}
    return _value(tensor, vector, symbols) == {0: 0, 1: 0}


def _value(tensor: Tensor, vector: Callable[[str], Vector], symbols: Mapping[sp.Expr, Fraction]) -> dict[int, Fraction]:
    """Return the parts without and with I, every slot being given as a vector."""
    values = dict(symbols)
    for atom in tensor._ring.atoms:
        if isinstance(atom, Dot):
            p, q = (vector(str(a.name)) for a in atom.args if isinstance(a, Momentum))
            values[atom] = Fraction(minkowski(p, q))
    total = {0: Fraction(0), 1: Fraction(0)}
    for structures, poly in tensor._terms.items():
        weight = Fraction(1)
        for s in structures:
            weight *= levi_civita(tuple(map(vector, s[1:]))) if s[0] == "e" else minkowski(*map(vector, s[1:]))
        for part, value in tensor._ring.value(poly, values).items():
            total[part] += weight * value
    return total


def evaluate(
    tensor: Tensor, momenta: Mapping[Momentum, Sequence[Any]], indices: Mapping[Index, int], symbols: Mapping[Any, Any]
) -> sp.Expr:
    """Return the exact value of a tensor; see ``Tensor.at``."""
    vectors: dict[str, Vector] = {p.name: tuple(fraction(x) for x in v) for p, v in momenta.items()}
    # contracting with this vector picks the upper component n
    vectors |= {"^" + i.name: tuple(Fraction((j == n) * (1 if n == 0 else -1)) for j in range(4)) for i, n in indices.items()}

    def vector(slot: str) -> Vector:
        if slot not in vectors:
            raise InputError(f"{slot.lstrip('^')} occurs in the tensor but was given no value; add it to the call")
        return vectors[slot]

    values = {a: fraction(x) for a, x in symbols.items()}
    for atom in tensor._ring.atoms:
        if not isinstance(atom, Dot) and atom is not sp.I and atom not in values:
            replaced = atom.xreplace(dict(symbols))
            if not replaced.is_Rational:
                raise InputError(f"{atom} occurs in the tensor but has no rational value; add it to symbols")
            values[atom] = fraction(replaced)
    parts = _value(tensor, vector, values)
    re, im = (sp.Rational(x.numerator, x.denominator) for x in (parts[0] * tensor._scale, parts[1] * tensor._scale))
    return re + sp.I * im


def fraction(x: Any) -> Fraction:
    """Return an exact number as a Fraction.

    Raises:
        InputError: for floats and anything that is not rational.
    """
    if isinstance(x, int | Fraction):
        return Fraction(x)
    if isinstance(x, sp.Rational):
        return Fraction(int(x.p), int(x.q))
    raise InputError(f"{x!r} is not an exact rational number; pass int, Fraction or sp.Rational")
