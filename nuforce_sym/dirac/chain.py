r"""Open products of gamma matrices: reduction to a basis, and equality.

In four dimensions every product becomes a combination of 1, gamma5, gamma^mu, gamma^mu gamma5 and sigma^{mu nu} by

.. math::
   \gamma^{[a}\gamma^{b]}=-i\sigma^{ab},\quad
   \gamma^{[a}\gamma^b\gamma^{c]}=i\varepsilon^{abcd}\gamma_d\gamma_5,\quad
   \gamma^{[a}\gamma^b\gamma^c\gamma^{d]}=-i\varepsilon^{abcd}\gamma_5,\quad
   \sigma^{ab}\gamma_5=\tfrac i2\varepsilon^{abcd}\sigma_{cd},

with :math:`\varepsilon^{0123}=+1`; the second is the Chisholm identity without its metric terms (Chisholm 1963;
Itzykson and Zuber, Quantum Field Theory, Appendix A-2).  In D dimensions there is no finite basis: products are
brought into alphabetical order instead, which is a normal form too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from nuforce_sym.dirac.objects import IDENTITY, Dirac, as_dirac, gamma, gamma5, sigma, slash
from nuforce_sym.dirac.structures import link
from nuforce_sym.dirac.substitution import absorb, fresh_indices, names_in
from nuforce_sym.dirac.tensor import FOUR, Tensor, dot_atom, head_of
from nuforce_sym.dirac.trace import carried_structures, dimension, refuse_gamma5, trace
from nuforce_sym.dirac.words import lower, order_of, setting, simple_words
from nuforce_sym.lorentz import Index, LeviCivita, Momentum, sort_sign

# antisymmetrised product of slots, times gamma5 or not, with its coefficient
Blade = tuple[tuple[str, ...], bool]


def equal(a: Dirac, b: Dirac) -> bool:
    """Decide whether two expressions are the same matrix in four dimensions.

    They are if and only if their traces with the sixteen basis matrices agree.
    """
    if a.free != b.free and a.coefficient != 0 and b.coefficient != 0:
        return is_zero(a) and is_zero(b)
    return is_zero(a - b)


def is_zero(d: Dirac) -> bool:
    """Decide whether an expression is the zero matrix in four dimensions."""
    x, y = fresh_indices(2, names_in(d))
    return all(trace(d * probe) == 0 for probe in (IDENTITY, gamma5, gamma(x), gamma(x) * gamma5, sigma(x, y)))


def blades(d: Dirac, dim: sp.Expr) -> dict[Blade, sp.Expr]:
    """Multiply out an expression into antisymmetrised products with SymPy coefficients."""
    words = [w for c, word in simple_words(d) for w in absorb(c, word, dim)]
    refuse_gamma5(words, dim)
    found: dict[Blade, Tensor] = {}
    s = setting(words, dim)
    k = len(s.momenta)
    for c, word in words:
        letters, names, scale = lower(word, s)
        states = s.engine.run(letters, len(names), order_of(letters, s, cyclic=False), traced=False)
        slots = (*s.momenta, *("^" + i for i in names))
        for state, five in zip(states, (False, True), strict=True):
            for (blade, carried), poly in state.items():
                t = Tensor(s.ring, {tuple(sorted(carried_structures(carried, slots, k))): poly}, scale, dim)
                if c != 1:
                    t = t.contract(Tensor.from_expr(c, dim=dim))
                inside = [x for j, x in enumerate(slots) if blade >> j & 1]
                order, sign = sort_sign(inside)
                key = (tuple(inside[j] for j in order), five)
                t = t if sign > 0 else -t
                found[key] = found[key] + t if key in found else t
    return {key: t.expr for key, t in sorted(found.items()) if t.expr != 0}


def reduce_chain(d: Any, *, dim: Any = FOUR) -> Dirac:
    """Sum repeated indices in an open product and reduce it to the basis; see the module's text.

    Raises:
        InputError: for gamma5 in a symbolic dimension, or malformed indices.
    """
    dim = dimension(dim)
    d = as_dirac(d)
    return from_blades(blades(d, dim), dim, names_in(d))


def from_blades(found: dict[Blade, sp.Expr], dim: sp.Expr, used: set[str]) -> Dirac:
    """Write antisymmetrised products as gamma matrices."""
    dummies = fresh_indices(2, used)
    total = IDENTITY * 0
    for (slots, five), coefficient in found.items():
        basis = _four_dimensional(slots, five, dummies) if dim == 4 else _ordered(slots)
        for c, element in basis:
            for term in _terms(c * coefficient):
                total = total + element * term
    return total


def _terms(coefficient: sp.Expr) -> tuple[sp.Expr, ...]:
    """Split a polynomial into terms; a coefficient with a sum in its denominator is kept whole and cancelled."""
    if any(p.exp.is_negative and isinstance(p.base, sp.Add) for p in coefficient.atoms(sp.Pow)):
        return (sp.cancel(coefficient),)
    return tuple(sp.Add.make_args(sp.expand(coefficient)))


def element(slot: str) -> Dirac:
    """Return the gamma matrix or slashed momentum of a slot."""
    return gamma(Index(slot[1:])) if slot[0] == "^" else slash(Momentum(slot))


def pair(a: str, b: str) -> sp.Expr:
    """Return the scalar product, component or metric of two slots."""
    made = link(a, b)
    return head_of(made) if len(made) == 3 else dot_atom(*made)


def _four_dimensional(slots: tuple[str, ...], five: bool, dummies: list[Index]) -> Iterator[tuple[sp.Expr, Dirac]]:
    x, y = dummies
    atoms = [Index(s[1:]) if s[0] == "^" else Momentum(s) for s in slots]
    if len(slots) == 0:
        yield sp.S.One, gamma5 if five else IDENTITY
    elif len(slots) == 1:
        yield sp.S.One, element(slots[0]) * gamma5 if five else element(slots[0])
    elif len(slots) == 2:
        yield (LeviCivita(*atoms, x, y) / 2, sigma(x, y)) if five else (-sp.I, sigma(*atoms))
    elif len(slots) == 3:
        yield sp.I * LeviCivita(*atoms, x), gamma(x) if five else gamma(x) * gamma5
    else:
        yield -sp.I * LeviCivita(*atoms), IDENTITY if five else gamma5


def _ordered(slots: tuple[str, ...]) -> Iterator[tuple[sp.Expr, Dirac]]:
    """Yield the ordered products of one blade, by a ^ S = a S - a . S."""
    if len(slots) == 0:
        yield sp.S.One, IDENTITY
        return
    first, rest = slots[0], slots[1:]
    for c, d in _ordered(rest):
        yield c, element(first) * d
    for j, other in enumerate(rest):
        for c, d in _ordered((*rest[:j], *rest[j + 1 :])):
            yield c * pair(first, other) * (-1 if j % 2 == 0 else 1), d
