r"""Piecewise polynomials in place of a force that is an integral, and the proof of their error.

On a piece, s = (r - C)H runs from -1 to 1. V is analytic in Bernstein's ellipse about the piece, |V| \leq M there, so that
Chebyshev's interpolant q of degree n errs by at most 4M\rho^{-n}/(\rho-1). A polynomial p of degree up to n differs from q
by at most \Lambda\max_j|p(s_j)-V(s_j)|, \Lambda \leq 1 + (2/\pi)\ln(n+1), over the n+1 points of the interpolation. Horner's
rule in doubles, s with two roundings, adds at most u\sum_k(4k+1)|c_k|.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

import sympy as sp
from flint import acb, arb, arb_poly, ctx, fmpq

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium.balls import ellipse, enclosed, size
from nuforce_sym.medium.force_integrals import ForceIntegral

DEGREE, MOST_PIECES, MOST_BITS = 40, 400, 1500
GOAL = 58
"""The approximation aims at 2^{-GOAL} of the largest |V| in a piece, below the rounding of doubles."""
WORST, STEEPEST = 4e-15, 6
"""The largest error in units of the envelope, and how much larger it may be relative to V where V has no zero."""
RADII = ("40", "25", "16", "11", "8", "6", "5", "4", "3.3", "2.7", "2.2")
BOXES = 8
SMALLEST, LARGEST = 1e-280, 1e280
UNIT = arb(2) ** -53


@dataclass(frozen=True)
class Piece:
    """p(s) = sum of ``row[k]`` s^k for low <= r <= high, and what is proved of it.

    ``size`` is not above the largest |V| of the piece, and ``error`` not below the largest |computed - V|.
    """

    low: float
    high: float
    centre: float
    scale: float
    row: tuple[float, ...]
    size: float
    error: float


@dataclass(frozen=True)
class _Scale:
    """The largest |V| of a piece, and the accuracy that encloses it: bits of the integrand, and an absolute tolerance."""

    largest: arb
    bits: int
    tolerance: arb


class NotProved(NotDerivable):
    """An inequality of the proof does not hold with the degree or the precision allowed."""


def fitted(it: ForceIntegral, low: float, high: float) -> list[Piece]:
    """Return pieces that cover [low, high], each with its proved error.

    Raises:
        InputError: the range is empty or not positive, or the force is too small for doubles somewhere in it.
        NotDerivable: too many pieces are needed, or the force is not enclosed.
    """
    if not 0 < low < high <= LARGEST:
        raise InputError(f"a kernel needs two distances with 0 < shortest < longest; got {low} and {high}, in GeV^-1")
    edges = [low]
    while edges[-1] * 2 < high:
        edges.append(edges[-1] * 2)
    edges.append(high)
    # from the far end, where waves are most: what cannot be done is refused first
    todo = list(pairwise(edges))
    found: list[Piece] = []
    while todo:
        a, b = todo.pop()
        if len(found) + len(todo) > MOST_PIECES or not a < a + (b - a) / 2 < b:
            raise NotProved(
                f"more than {MOST_PIECES} polynomials are needed between {low:.6g} and {high:.6g} GeV^-1, at {a:.6g} GeV^-1: "
                "the force has too many waves there, or nearly vanishes; ask for a shorter range"
            )
        try:
            piece = _piece(it, a, b)
            if piece.error > WORST * piece.size:
                raise NotProved("Horner's rule loses too much in a piece with so many waves")
            within = relative(piece)
            if within is not None and within > STEEPEST * piece.error / piece.size:
                raise NotProved("the force falls too much within a piece for an error relative to the largest")
            found.append(piece)
        except NotProved:
            middle = a + (b - a) / 2
            todo += [(a, middle), (middle, b)]
    return found[::-1]


def _piece(it: ForceIntegral, a: float, b: float) -> Piece:
    centre, scale = _map(a, b)
    accuracy = _accuracy(it, a, b, centre, scale)
    with ctx.workprec(accuracy.bits + 64):
        n, remainder = _degree(it, centre, scale, accuracy)
        values = _values(it, centre, scale, n, accuracy)
        row = _polynomial(values, accuracy.largest)
        error, largest = _error(row, values, remainder)
    return Piece(a, b, centre, scale, row, _down(largest), _up(error))


def proved(it: ForceIntegral, piece: Piece, *, more: int = 3) -> tuple[float, float]:
    """Return a bound of |computed - V| on a piece, and a lower bound of its largest |V|, from the polynomial alone.

    It interpolates at ``more`` points than were needed for the fit, so that no point is one of the fit's.

    Raises:
        NotProved: the piece's map leaves [-1, 1], or V is not bounded in an ellipse.
    """
    low, high, centre, scale = (Fraction(v) for v in (piece.low, piece.high, piece.centre, piece.scale))
    if not (scale > 0 and (low - centre) * scale >= -1 and (high - centre) * scale <= 1 and low < high):
        raise NotProved(f"the piece from {piece.low} to {piece.high} is not mapped into [-1, 1]")
    accuracy = _accuracy(it, piece.low, piece.high, piece.centre, piece.scale)
    with ctx.workprec(accuracy.bits + 64):
        n, remainder = _degree(it, piece.centre, piece.scale, accuracy, more=more, least=len(piece.row) - 1)
        values = _values(it, piece.centre, piece.scale, n, accuracy)
        error, largest = _error(piece.row, values, remainder)
        return _up(error), _down(largest)


def relative(piece: Piece) -> float | None:
    """Return a bound of |computed/V - 1| on a piece, or None where V may vanish in it."""
    p = arb_poly(list(piece.row))
    slope = p.derivative()
    least = arb("inf")
    for j in range(64):
        middle, half = arb(fmpq(2 * j - 63, 64)), arb(0, fmpq(1, 64))
        value = p(middle) + slope(middle + half) * half
        least = min(least, abs(value).lower())
    least = (least - arb(piece.error)).lower()
    return _up(arb(piece.error) / least) if least > 0 else None


def with_error(piece: Piece, error: float) -> Piece:
    """Return the piece with the error that was proved of it."""
    return replace(piece, error=error)


def at_one_point(it: ForceIntegral, distance: float | sp.Expr, bits: int) -> arb:
    """Return an enclosure of V whose radius is below 2^{-bits}|V|.

    Raises:
        InputError: V vanishes there, or nearly.
    """
    working = bits + 40
    while working <= MOST_BITS:
        with ctx.workprec(working + 64):
            at = enclosed(distance, ())() if isinstance(distance, sp.Expr) else arb(distance)
            crude = it.bound(acb(at), working)
            if not crude.is_finite():
                raise NotProved(f"the force is not bounded at {float(at)} GeV^-1")
            tolerance = arb((crude * arb(2) ** (16 - working)).mid())
            (found,) = it.values([at], tolerance, working)
            if found.rad() < abs(found).lower() * arb(2) ** -bits:
                return found
        working += working // 2
    raise InputError(f"at {float(at):.6g} GeV^-1 the force is below 2^-{MOST_BITS} of what cancels in it")


def _map(a: float, b: float) -> tuple[float, float]:
    centre = a + (b - a) / 2
    reach = max(Fraction(b) - Fraction(centre), Fraction(centre) - Fraction(a))
    scale = float(1 / reach)
    while Fraction(scale) * reach > 1:
        scale *= 1 - 2.0**-52
    return centre, scale


def _points(centre: float, scale: float, count: int) -> list[arb]:
    return [arb(centre) + s / arb(scale) for s in nodes(count)]


def nodes(count: int) -> list[arb]:
    """Return the zeros of Chebyshev's polynomial of degree ``count``, at the working precision."""
    return _nodes(count, ctx.prec)


@cache
def _nodes(count: int, precision: int) -> list[arb]:
    with ctx.workprec(precision):
        return [arb.cos_pi_fmpq(fmpq(2 * j + 1, 2 * count)) for j in range(count)]


def _accuracy(it: ForceIntegral, a: float, b: float, centre: float, scale: float) -> _Scale:
    """Return the largest |V| at a few points, after raising the precision until it is enclosed."""
    bits = 96
    while bits <= MOST_BITS:
        with ctx.workprec(bits + 64):
            crude = it.bound(acb(arb(a).union(arb(b))), bits)
            if not crude.is_finite():
                if not it.bound(acb(arb(centre)), bits).is_finite():
                    raise NotDerivable(f"the integral of the force at {centre:.6g} GeV^-1 is not bounded term by term")
                raise NotProved(f"the force is not bounded between {a} and {b} GeV^-1")
            tolerance = (crude * arb(2) ** (16 - bits)).mid()
            found = it.values(_points(centre, scale, 5), arb(tolerance), bits)
            largest = max((abs(v).lower() for v in found), key=float)
            widest = max((v.rad() for v in found), key=float)
            if largest > 0 and widest < largest * arb(2) ** (-GOAL - 4):
                if not SMALLEST < float(largest) < LARGEST:
                    raise InputError(f"at {centre:.6g} GeV^-1 the force is {float(largest):.3g} GeV, too small for doubles")
                # a narrower tolerance than needed would cost panels
                needed = (largest * arb(2) ** (-GOAL - 12)).mid()
                return _Scale(largest, bits, arb(max(arb(tolerance), arb(needed))))
        bits += 64 if bits < 256 else bits // 2
    raise InputError(f"near {centre:.6g} GeV^-1 the force is below 2^-{MOST_BITS} of what cancels in it: end the range before")


def _degree(
    it: ForceIntegral, centre: float, scale: float, accuracy: _Scale, *, more: int = 0, least: int = 0
) -> tuple[int, arb]:
    """Return a degree of the interpolant and its error, with the best ellipse.

    Raises:
        NotProved: the degree would exceed `DEGREE`.
    """
    half = 1 / arb(scale)
    goal = accuracy.largest * arb(2) ** -GOAL
    best: tuple[int, arb, arb] | None = None
    for text in RADII:
        rho = arb(text)
        # no further to the left than r = 0
        if not arb(centre) - half * (rho + 1 / rho) / 2 > arb(centre) / 50:
            continue
        M = _largest(it, ellipse(arb(centre) - half, arb(centre) + half, rho, BOXES), accuracy.bits)
        if not M.is_finite():
            continue
        n = max(2, int(float((4 * M / (rho - 1) / goal).log() / rho.log())) + 1)
        if best is None or n < best[0]:
            best = n, M, rho
        elif n > best[0] + 6:
            break
    if best is None or best[0] > DEGREE:
        raise NotProved(f"a polynomial of degree {DEGREE} does not follow the force about {centre} GeV^-1")
    n, M, rho = best
    n = max(n, least) + more
    return n, (4 * M * rho**-n / (rho - 1)).upper()


def _largest(it: ForceIntegral, boxes: Sequence[acb], bits: int) -> arb:
    largest = arb(0)
    for box in boxes:
        largest = largest.max(it.bound(box, bits))
        if not largest.is_finite():
            break
    return largest


def _values(it: ForceIntegral, centre: float, scale: float, n: int, accuracy: _Scale) -> list[arb]:
    return it.values(_points(centre, scale, n + 1), accuracy.tolerance, accuracy.bits)


def _polynomial(values: Sequence[arb], largest: arb) -> tuple[float, ...]:
    """Return the doubles nearest to the coefficients of the interpolant, cut where the rest does not matter."""
    count = len(values)
    chebyshev = []
    for k in range(count):
        total = sum((v * arb.cos_pi_fmpq(fmpq(k * (2 * j + 1), 2 * count)) for j, v in enumerate(values)), arb(0))
        chebyshev.append(total * (2 if k else 1) / count)
    rest, last = arb(0), count
    while last > 1 and (rest := rest + abs(chebyshev[last - 1]).upper()) < largest * arb(2) ** (-GOAL - 1):
        last -= 1
    total_poly = arb_poly([0])
    for c, T in zip(chebyshev[:last], _chebyshev_polynomials(), strict=False):
        total_poly += T * c
    return tuple(_rounded(total_poly[k]) for k in range(last))


def _rounded(c: arb) -> float:
    value = float(c.mid())
    return value if abs(value) > SMALLEST * 1e-20 else 0.0


def _chebyshev_polynomials() -> Iterator[arb_poly]:
    before, now = arb_poly([1]), arb_poly([0, 1])
    while True:
        yield before
        before, now = now, arb_poly([0, 2]) * now - before


def _error(row: Sequence[float], values: Sequence[arb], remainder: arb) -> tuple[arb, arb]:
    """Return the bound of |computed - V| and the largest |V| seen."""
    n = len(values) - 1
    p = arb_poly([arb(c) for c in row])
    off = max((size(p(s) - v) for s, v in zip(nodes(n + 1), values, strict=True)), key=float)
    lebesgue = 1 + 2 / arb.pi() * arb(n + 1).log()
    rounding = sum(((4 * k + 1) * abs(arb(c)) for k, c in enumerate(row)), arb(0)) * UNIT * arb("1.001")
    # products below the normal doubles: 5e-324 each
    rounding += len(row) * arb("1e-322")
    largest = max((abs(v).lower() for v in values), key=float)
    return (remainder + lebesgue * off + rounding).upper(), largest


def _up(value: arb) -> float:
    found = float(value.upper())
    while not arb(found) >= value.upper():
        found *= 1 + 2.0**-52
    return found


def _down(value: arb) -> float:
    found = float(value.lower())
    while not arb(found) <= value.lower():
        found *= 1 - 2.0**-52
    return found
