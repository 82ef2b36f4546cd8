r"""Traces of products of gamma matrices.

Conventions: Tr 1 = 4 in every dimension, metric (+,-,-,-), :math:`\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3`,
:math:`\varepsilon^{0123}=+1`, hence
:math:`\operatorname{Tr}\gamma^\mu\gamma^\nu\gamma^\rho\gamma^\sigma\gamma_5=-4i\,\varepsilon^{\mu\nu\rho\sigma}`.
"""

from __future__ import annotations

from math import comb
from typing import Any

import sympy as sp

from nuforce_sym.dirac.coefficients import pieces
from nuforce_sym.dirac.distinct import distinct_momenta, distinct_trace
from nuforce_sym.dirac.objects import Gamma, Linear, as_dirac
from nuforce_sym.dirac.structures import Structure, canonical, link
from nuforce_sym.dirac.tensor import FOUR, Tensor
from nuforce_sym.dirac.words import Setting, Simple, has_gamma5, lower, order_of, setting, simple_words
from nuforce_sym.errors import InputError

MAX_TERMS = 5_000_000


def dimension(dim: Any) -> sp.Expr:
    """Return the dimension as an expression: the number 4 or something symbolic.

    Raises:
        InputError: for numbers other than 4 and for anything that is no expression.
    """
    if isinstance(dim, int) and not isinstance(dim, bool):
        dim = sp.Integer(dim)
    if not isinstance(dim, sp.Expr) or (dim.is_number and dim != 4):
        raise InputError(f"dim={dim!r} is not supported: use 4, or a symbol such as sp.Symbol('D'), and substitute afterwards")
    return dim


def trace(d: Any, *, dim: Any = FOUR, scheme: str | None = None, max_terms: int = MAX_TERMS) -> Tensor:
    r"""Return the trace of a Dirac expression.

    Args:
        d: sums and products of gamma matrices; repeated indices are summed, others stay open in the result.
        dim: 4 or a symbolic dimension.
        scheme: what gamma5 means when ``dim`` is symbolic: ``"larin"``, or None to refuse it.
        max_terms: refuse at once a trace that could have more terms than this.

    Raises:
        InputError: for gamma5 in a symbolic dimension without a scheme, malformed indices, or an oversized answer.
    """
    dim = dimension(dim)
    d = as_dirac(d)
    if not isinstance(max_terms, int):
        raise InputError(f"max_terms={max_terms!r} must be a whole number")
    words = list(simple_words(d))
    if dim != 4 and scheme is not None:
        from nuforce_sym.dirac.larin import replace_gamma5

        words = [w for c, word in words for w in replace_gamma5(c, word, scheme)]
    refuse_gamma5(words, dim)
    check_size(words, max_terms)
    total: Tensor | None = None
    shared = setting(words, dim)
    for c, word in words:
        names = distinct_momenta(word)
        t = _word_trace(word, shared) if names is None else distinct_trace(names)
        c_tensor = Tensor.from_expr(c, dim=dim) if c != 1 else None
        t = t if c_tensor is None else t.contract(c_tensor)
        total = t if total is None else total + t
    return Tensor.from_expr(sp.S.Zero, dim=dim) if total is None else total


def refuse_gamma5(words: list[tuple[sp.Expr, Simple]], dim: sp.Expr) -> None:
    """Raise InputError for gamma5 in a symbolic dimension."""
    if dim != 4 and any(has_gamma5(word) for _, word in words):
        offending = next(str(f) for _, word in words for f in word if has_gamma5((f,)))
        raise InputError(
            f"gamma5 in {offending} has no meaning in dimension {dim} without a scheme; "
            f"take the trace in dim=4, or state scheme='larin'"
        )


def _word_trace(word: Simple, s: Setting) -> Tensor:
    letters, indices, scale = lower(word, s)
    a, b = s.engine.run(letters, len(indices), order_of(letters, s, cyclic=True), traced=True)
    slots = (*s.momenta, *("^" + i for i in indices))
    terms: dict[tuple[Structure, ...], Any] = {}
    for (blade, carried), poly in a.items():
        if blade == 0:
            _put(terms, carried_structures(carried, slots, len(s.momenta)), poly * 4)
    if b:
        minus_4i = s.ring.gen(sp.I) * -4
        for (blade, carried), poly in b.items():
            if blade.bit_count() == 4:
                sign, eps = canonical(("e", *(x for j, x in enumerate(slots) if blade >> j & 1)))
                _put(terms, (*carried_structures(carried, slots, len(s.momenta)), eps), poly * minus_4i * sign)
    return Tensor(s.ring, {tuple(sorted(k)): p for k, p in terms.items()}, scale, s.dim)


def _put(terms: dict[tuple[Structure, ...], Any], key: tuple[Structure, ...], poly: Any) -> None:
    key = tuple(sorted(key))
    terms[key] = terms[key] + poly if key in terms else poly


def carried_structures(carried: tuple[int, ...], slots: tuple[str, ...], k: int) -> tuple[Structure, ...]:
    """Return the components and metrics that carry the open indices of one term."""
    return tuple(link(slots[k + i], slots[c]) for i, c in enumerate(carried) if 0 <= c < k or c > k + i)


def check_size(words: list[tuple[sp.Expr, Simple]], max_terms: int) -> None:
    """Raise InputError when a bound on the number of terms of the trace exceeds ``max_terms``.

    The bound is the smaller of the number of complete pairings of the vectors and the number of monomials that the
    scalar products and masses allow.
    """
    bound = 0
    for c, word in words:
        bound += max(1, len(pieces(c))) * _bound(word)
    if bound > max_terms:
        longest = max(len(word) for _, word in words)
        raise InputError(
            f"the trace ({len(words)} products, the longest with {longest} factors) could have up to {bound} terms, "
            f"above the limit max_terms={max_terms}; shorten it, give numbers for some momenta, or raise max_terms"
        )


def _bound(word: Simple) -> int:
    linear = [f for f in word if isinstance(f, Linear)]
    names = [f.index.name for f in word if isinstance(f, Gamma)]
    opened = sum(names.count(i) == 1 for i in set(names))
    closed = (len(names) - opened) // 2
    expansions = 1
    for f in linear:
        expansions *= max(1, len(f.vector) + len(f.vector5))
    # a summed pair of matrices leaves at most two terms without it
    n = sum(bool(f.vector or f.vector5) for f in linear) + opened
    massive: int = sum(bool(f.scalar != 0 or f.scalar5 != 0) and bool(f.vector or f.vector5) for f in linear)
    pairings: int = sum(comb(massive, n - m) * _double_factorial(m - 1) for m in range(n - massive, n + 1) if m % 2 == 0)
    k = len({p.name for f in linear for p, _ in (*f.vector, *f.vector5)}) + opened
    monomials: int = comb(k * (k + 1) // 2 + n // 2, n // 2) * (massive + 1)
    return int(2**closed) * min(pairings * expansions, monomials)


def _double_factorial(n: int) -> int:
    out = 1
    while n > 1:
        out, n = out * n, n - 2
    return out


__all__ = ["MAX_TERMS", "Tensor", "check_size", "dimension", "trace"]
