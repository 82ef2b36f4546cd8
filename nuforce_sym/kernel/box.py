r"""How large products of a kernel's arguments may be over its box and constraints, in FLINT's balls.

A product holds powers of arguments, sums to positive powers, and sums of positive terms to negative ones, of which
1/(t_1+t_2)^n \leq 1/(t_1^jt_2^{n-j}), j = 0, 1/2, 1, ..., makes several bounds. The box is cut into pieces in those
arguments that stand in sums with a minus sign, such as 1 - x.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp
from flint import arb, fmpq

from nuforce_sym.kernel.kernel import Constraint, Kernel
from nuforce_sym.kernel.magnitude import NotProved

Interval = tuple[arb, arb]
Pieces = Mapping[sp.Symbol, Interval]
_PIECES = 64
_MAX_POWER = 6
_HALF = -sp.Rational(1, 2)


@dataclass(frozen=True)
class Product:
    """A product whose largest size over a piece of the box is asked for.

    ``high`` bounds what is taken over the whole box at once; ``powers`` are those of arguments that no constraint names.
    """

    high: arb
    powers: tuple[tuple[sp.Symbol, sp.Rational], ...]
    sums: tuple[tuple[sp.Expr, int], ...]


def whole(kernel: Kernel) -> dict[sp.Symbol, Interval]:
    """Return the ranges of the arguments' magnitudes, without their zeros."""
    return {a.symbol: (arb(a.low), arb(a.high)) for a in kernel.arguments}


def pieces(kernel: Kernel, products: Iterable[Product]) -> Iterator[Pieces]:
    """Return the pieces of the box: cut in every argument that stands in a sum with a minus sign."""
    sums = {s for product in products for s, _ in product.sums if not is_positive(s)}
    in_sums: set[sp.Symbol] = set().union(*(s.free_symbols for s in sums))
    cut: list[list[tuple[sp.Symbol, Interval]]] = []
    for argument in kernel.arguments:
        if argument.symbol in in_sums:
            low = arb(-argument.high if argument.contains_negatives else 0 if argument.contains_zero else argument.low)
            step = (arb(argument.high) - low) / _PIECES
            cut.append([(argument.symbol, (low + step * i, low + step * (i + 1))) for i in range(_PIECES)])
    for choice in itertools.product(*cut):
        yield whole(kernel) | dict(choice)


def is_positive(total: sp.Expr) -> bool:
    """Whether every term of a sum is positive, or at least nonnegative."""
    return all(bool(term.is_nonnegative) for term in sp.Add.make_args(total))


@lru_cache(maxsize=1 << 14)
def products(kernel: Kernel, expr: sp.Expr) -> tuple[Product, ...]:
    """Return products, each of which is at least the magnitude of ``expr`` everywhere in the box; none if none is known."""
    found = []
    bound_together = set().union(*(c.expr.free_symbols for c in kernel.constraints))
    for choice in _alternatives(expr):
        factors = [f.as_base_exp() for f in sp.Mul.make_args(choice)]
        sums = tuple((base, int(n)) for base, n in factors if base.has(sp.Add))
        powers = tuple((base, n) for base, n in factors if base.is_Symbol and base not in bound_together)
        monomial = sp.Mul(*(base**n for base, n in factors if not base.has(sp.Add) and (base, n) not in powers))
        found.append(Product(monomial_range(kernel, monomial)[1], powers, sums))
    return tuple(found)


def spread(kernel: Kernel, expr: sp.Expr) -> list[list[sp.Expr]]:
    """Return a product as a sum of products, each as its factors.

    Sums of positive terms are multiplied out, and others too unless their arguments are at most 1, so
    that it matters where they cancel.
    """
    small = {a.symbol for a in kernel.arguments if a.high <= 1}
    found: list[list[sp.Expr]] = [[]]
    for factor in sp.Mul.make_args(expr):
        base, power = factor.as_base_exp()
        if not isinstance(base, sp.Add) or not power.is_Integer:
            found = [[*row, factor] for row in found]
        elif (is_positive(base) or not base.free_symbols <= small) and 0 < power <= _MAX_POWER:
            found = [[*row, t] for row in found for t in sp.Add.make_args(sp.expand(factor))]
        else:
            number, rest = base.primitive()
            found = [[*row, number**power, rest**power] for row in found]
    return found


def _alternatives(expr: sp.Expr) -> list[sp.Expr]:
    """Replace sums of positive terms in a denominator by products of their terms, in all ways."""
    factors = [f.as_base_exp() for f in sp.Mul.make_args(expr)]
    rest, choices = sp.Integer(1), []
    for base, exponent in factors:
        if not base.has(sp.Add) or (exponent.is_Integer and exponent > 0):
            rest *= base**exponent
        elif exponent.is_Integer and is_positive(base) and -exponent <= _MAX_POWER:
            terms = sp.Add.make_args(base)
            ways = itertools.combinations_with_replacement(terms, int(-2 * exponent))
            choices.append([_root(sp.Mul(*way)) for way in ways])
        else:
            return []
    return [sp.Mul(rest, *choice) for choice in itertools.product(*choices)]


def _root(product: sp.Expr) -> sp.Expr:
    """Return the size of a product of powers to the power -1/2, without a word on signs."""
    return sp.Mul(*(base ** (exponent * _HALF) for base, exponent in product.as_powers_dict().items()))


def largest(product: Product, kernel: Kernel, box: Pieces) -> arb:
    """Return a bound on a product over a piece of the box."""
    high = product.high
    for symbol, power in product.powers:
        high *= max((_power(end, power) for end in _without_zero(symbol, power, box)), key=float)
    for base, exponent in product.sums:
        high = (high * sum_size(kernel, base, box) ** exponent).upper()
    return high


def _without_zero(symbol: sp.Symbol, power: sp.Rational, box: Pieces) -> Interval:
    """Return the ends of an argument's magnitude, 0 for the lower one where it may change its sign."""
    low, high = box[symbol]
    return (low if low > 0 or (power > 0 and low >= 0) else arb(0)), high.max(-low)


def sum_size(kernel: Kernel, total: sp.Expr, box: Pieces) -> arb:
    """Return a bound on the magnitude of a sum over a piece of the box."""
    if is_positive(total) and not all(_polynomial(term) for term in total.args):
        return sum((monomial_range(kernel, term)[1] for term in total.args), arb(0)).upper()
    return abs(sum((_interval(term, box, kernel) for term in total.args), arb(0))).upper()


def size(kernel: Kernel, expr: sp.Expr) -> Interval:
    """Return the smallest and the largest magnitude of a product over the box, leaving out zeros of its arguments."""
    if not any(f.has(sp.Add) for f in sp.Mul.make_args(expr)):
        return monomial_range(kernel, expr)
    found = [largest(product, kernel, whole_with_zero(kernel)) for product in products(kernel, expr)]
    if not found:
        raise NotProved(f"the analysis does not know the size of {expr}")
    return _smallest(kernel, expr), min(found, key=lambda x: float(x.upper()))


def _smallest(kernel: Kernel, expr: sp.Expr) -> arb:
    """Return a lower bound on a product: 0 where it has a sum that may cancel, or one below."""
    monomial, low = sp.Integer(1), arb(1)
    for factor in sp.Mul.make_args(expr):
        base, power = factor.as_base_exp()
        if not base.has(sp.Add):
            monomial *= factor
        elif is_positive(base) and power.is_Integer and power > 0 and isinstance(base, sp.Add):
            low *= max((monomial_range(kernel, term)[0] for term in base.args), key=float) ** int(power)
        else:
            return arb(0)
    return (low * monomial_range(kernel, monomial)[0]).lower()


def whole_with_zero(kernel: Kernel) -> Pieces:
    """Return the box as one piece."""
    return {
        a.symbol: (arb(-a.high if a.contains_negatives else 0 if a.contains_zero else a.low), arb(a.high))
        for a in kernel.arguments
    }


def monomial_range(kernel: Kernel, expr: sp.Expr) -> Interval:
    """Return the smallest and the largest magnitude of a product of powers, using the constraints where they help."""
    number, powers = arb(1), {}
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if factor.is_number:
            number *= size_of_number(abs(factor))
        elif base.is_Symbol and exponent.is_Rational:
            powers[base] = exponent
        else:
            raise NotProved(f"the analysis does not know the size of {factor}")
    low, high = _constrained(powers, _ratios(kernel.constraints), whole(kernel))
    return (low * number).lower(), (high * number).upper()


Powers = Mapping[sp.Symbol, sp.Rational]


@lru_cache
def _ratios(constraints: tuple[Constraint, ...]) -> list[tuple[Powers, Interval]]:
    found = []
    for constraint in constraints:
        number, rest = constraint.expr.as_coeff_Mul()
        scale = size_of_number(abs(number))
        found.append((rest.as_powers_dict(), (arb(constraint.low) / scale, arb(constraint.high) / scale)))
    return found


def _constrained(powers: Powers, ratios: Sequence[tuple[Powers, Interval]], box: Pieces) -> Interval:
    low = high = arb(1)
    for base, exponent in powers.items():
        at_ends = [_power(end, exponent) for end in box[base]]
        low, high = low * min(at_ends, key=float), high * max(at_ends, key=float)
    for place, (product, ends) in enumerate(ratios):
        # The product to the powers that leave one argument less.
        for n in dict.fromkeys(powers[s] / product[s] for s in powers if s in product):
            rest = {s: powers.get(s, 0) - n * product.get(s, 0) for s in dict.fromkeys([*powers, *product])}
            rest = {s: e for s, e in rest.items() if e != 0}
            if len(rest) < len(powers) or set(rest) < set(powers) | set(product):
                a, b = _constrained(rest, ratios[place + 1 :], box)
                at = sorted((_power(ends[0], n), _power(ends[1], n)), key=float)
                low, high = low.max((a * at[0]).lower()), high.min((b * at[1]).upper())
    return low.lower(), high.upper()


def _power(value: arb, exponent: sp.Rational) -> arb:
    if exponent.q == 1:
        return value ** int(exponent)
    return value ** arb(fmpq(int(exponent.p), int(exponent.q)))


def _polynomial(term: sp.Expr) -> bool:
    powers = term.as_coeff_Mul()[1].as_powers_dict()
    return all(base == 1 or (base.is_Symbol and e.is_Integer and e > 0) for base, e in powers.items())


def _interval(term: sp.Expr, box: Pieces, kernel: Kernel) -> arb:
    """Return a ball around every value of one term of a sum over a piece of the box."""
    if not _polynomial(term):
        raise NotProved(f"the analysis does not know the size of {term}")
    number, rest = term.as_coeff_Mul()
    value = size_of_number(number)
    arguments = {a.symbol: a for a in kernel.arguments}
    for base, exponent in rest.as_powers_dict().items():
        if base == 1:
            continue
        low, high = box[base]
        if arguments[base].contains_negatives:
            low = -high
        elif arguments[base].contains_zero and low <= arguments[base].low:
            low = arb(0)
        value *= low.union(high) ** int(exponent)
    return value


def size_of_number(value: sp.Expr) -> arb:
    """Return the ball of a number made of rationals, their powers, and pi.

    Raises:
        NotProved: it holds something else.
    """
    if value is sp.pi:
        return arb.pi()
    if isinstance(value, sp.Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    if isinstance(value, sp.Pow) and value.exp.is_Rational:
        return _power(size_of_number(value.base), value.exp)
    if isinstance(value, sp.Mul):
        result = arb(1)
        for factor in value.args:
            result *= size_of_number(factor)
        return result
    raise NotProved(f"the analysis does not know the number {value}")
