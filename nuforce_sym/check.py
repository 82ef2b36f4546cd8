r"""The checks that a step may carry: routes to the step's result that do not use the step's own.

Each function here returns a `Check`; run on a value it returns `Evidence` or raises `CheckFailed` with both sides. An
argument called ``expected``, ``integrand`` or ``route`` may be a function whose parameters name earlier steps; it is
then given their values.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any, Literal

import mpmath as mp
import sympy as sp

from nuforce_sym import dimension as _dimension
from nuforce_sym.amplitude.interaction import Interaction
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.components import component
from nuforce_sym.equality import identical, numeric_value, sample_points, vanishes
from nuforce_sym.errors import CheckFailed, DimensionError, InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.lorentz import Index, Momentum

Values = Mapping[str, Any]
Point = Mapping[sp.Symbol, sp.Expr]
Strength = Literal["proved", "measured"]

AGREEMENT_DIGITS = 30
"""Digits to which two closed forms must agree before they are called equal; every route here carries 15 more."""


@dataclass(frozen=True)
class Evidence:
    """What a check found: its kind, a sentence, and whether that is proved (algebra) or measured (numbers)."""

    kind: str
    statement: str
    strength: Strength


@dataclass(frozen=True)
class Check:
    """A route by which a step's value is checked; ``needs`` names the earlier steps that it reads."""

    kind: str
    test: Callable[[Any, Values], Evidence]
    needs: tuple[str, ...] = ()

    def run(self, value: Any, earlier: Values) -> Evidence:
        """Return the evidence, or raise `CheckFailed` with both sides."""
        return self.test(value, earlier)


def expression(value: Any) -> sp.Expr:
    """Return the SymPy expression of a step's value: the value itself, or a box's ``expr``."""
    return value.expr if hasattr(value, "expr") and not isinstance(value, sp.Basic) else as_expr(value)


def _needs(argument: Any) -> tuple[str, ...]:
    return tuple(inspect.signature(argument).parameters) if inspect.isfunction(argument) else ()


def _resolve(argument: Any, earlier: Values) -> Any:
    return argument(*(earlier[name] for name in _needs(argument))) if inspect.isfunction(argument) else argument


def equals(expected: Any, *, why: str = "an independently written form") -> Check:
    """The value equals ``expected``: proved where both have one normal form, else measured to 30 digits."""
    return _equality("equals", expected, why)


def against(paper: str, equation: str, expected: Any) -> Check:
    """The value equals the formula printed as ``equation`` in ``paper``, a key of ``data/references.bib``."""
    return _equality("against", expected, f"{paper}, {equation}")


def _equality(kind: str, expected: Any, what: str) -> Check:
    def test(value: Any, earlier: Values) -> Evidence:
        got, want = expression(value), expression(_resolve(expected, earlier))
        verdict = identical(got, want, digits=AGREEMENT_DIGITS)
        if verdict == "different":
            raise CheckFailed(f"derived {got}, but {what} gives {want}")
        if verdict == "proved":
            return Evidence(kind, f"equal to {what}", "proved")
        return Evidence(kind, f"equal to {what} to {AGREEMENT_DIGITS} digits at sampled points", "measured")

    return Check(kind, test, _needs(expected))


def scales(symbol: sp.Symbol, power: int | sp.Rational) -> Check:
    """The value is homogeneous of degree ``power`` in ``symbol``."""

    def test(value: Any, _: Values) -> Evidence:
        got = expression(value)
        factor = sp.Dummy("lambda", positive=True)
        if identical(got.xreplace({symbol: factor * symbol}), factor**power * got, digits=AGREEMENT_DIGITS) != "proved":
            raise CheckFailed(f"{got} does not scale as {symbol}^{power}")
        return Evidence("scales", f"proportional to {symbol}^{power}", "proved")

    return Check("scales", test)


def dimension(power: int | sp.Rational) -> Check:
    """Every sum adds equal powers of energy, and the whole carries energy^``power``."""

    def test(value: Any, _: Values) -> Evidence:
        try:
            found = _dimension.power(expression(value))
        except DimensionError as error:
            raise CheckFailed(str(error)) from None
        if found != power and expression(value) != 0:
            raise CheckFailed(f"{expression(value)} carries energy^{found}, expected energy^{power}")
        return Evidence("dimension", f"carries energy^{power}", "proved")

    return Check("dimension", test)


def residual(function: Callable[..., sp.Expr], why: str) -> Check:
    """``function(value, *earlier steps)`` vanishes identically, as a differential equation or a sum rule demands."""
    needs = _needs(function)[1:]

    def test(value: Any, earlier: Values) -> Evidence:
        rest = function(expression(value), *(earlier[name] for name in needs))
        verdict = vanishes(rest, digits=AGREEMENT_DIGITS)
        if verdict == "different":
            raise CheckFailed(f"{why}: {expression(value)} leaves {rest}, which is not 0")
        strength: Strength = "proved" if verdict == "proved" else "measured"
        return Evidence("residual", f"{why}", strength)

    return Check("residual", test, needs)


def sign(positive: bool, when: str, **fixed: sp.Expr) -> Check:
    """The value is positive (negative) at sampled points with every symbol positive; ``when`` says what that means."""

    def test(value: Any, _: Values) -> Evidence:
        got = expression(value)
        for sampled in sample_points(got.free_symbols, 5):
            point = {s: as_expr(fixed.get(s.name, v)) for s, v in sampled.items()}
            number = numeric_value(got, point, 30)
            if mp.im(number) != 0 or number == 0 or (number > 0) != positive:
                raise CheckFailed(f"{got} is {mp.nstr(number, 5)} at {dict(point)}: {when} is not so")
        return Evidence("sign", when, "measured")

    return Check("sign", test)


def lagrangian() -> Check:
    """The interaction is hermitian (real couplings, hermitian bilinears) and every term carries energy^4."""

    def test(value: Any, _: Values) -> Evidence:
        for coupling, energy, coefficients in _terms(value):
            total = _dimension.power(coupling) + energy
            if total != 4:
                raise CheckFailed(f"the term with coupling {coupling} carries energy^{total}, not energy^4")
            for number in (coupling, *coefficients):
                if number.is_real is not True:
                    raise CheckFailed(f"the coefficient {number} is not known to be real: the term is not hermitian")
        return Evidence("lagrangian", "hermitian; every term carries energy^4", "proved")

    return Check("lagrangian", test)


def _terms(value: Interaction | PairInteraction) -> Iterator[tuple[sp.Expr, sp.Rational, list[sp.Expr]]]:
    """Yield the coupling, the power of energy of the fields, and the coefficients in the operators of every term."""
    if isinstance(value, PairInteraction):
        for fermion, _, coupling in value.couplings:
            yield coupling, 2 * fermion.energy + value.operator.energy, [c for _, c in value.operator.structure]
    else:
        for term in value.terms:
            yield term.coupling, term.field_energy, [c for b in term.bilinears for _, c in b.structure]


def symmetric(swap: Mapping[sp.Symbol, sp.Symbol], *, sign: int = 1) -> Check:
    """The value does not change (or takes ``sign``) when the symbols of ``swap`` are exchanged."""
    both = {**swap, **{b: a for a, b in swap.items()}}

    def test(value: Any, _: Values) -> Evidence:
        got = expression(value)
        swapped = sign * got.xreplace(both)
        if identical(got, swapped, digits=AGREEMENT_DIGITS) != "proved":
            raise CheckFailed(f"{got} becomes {swapped} when {swap} are exchanged")
        exchanged = ", ".join(f"{a} <-> {b}" for a, b in swap.items())
        return Evidence("symmetric", f"{'in' if sign > 0 else 'anti'}variant under {exchanged}", "proved")

    return Check("symmetric", test)


def limit(symbol: sp.Symbol, to: sp.Expr, expected: Any, *, rate: int | sp.Rational | None = None) -> Check:
    r"""The value tends to ``expected`` as ``symbol`` -> ``to`` (0 or oo); the ratio's distance from 1 falls as
    ``symbol^rate`` (``symbol^-rate`` at infinity) where a rate is given. Measured at 60 digits.

    Raises:
        InputError: ``to`` is neither 0 nor oo.
    """
    if to not in (0, sp.oo):
        raise InputError(f"a limit is taken for {symbol} -> 0 or oo, not {to}: shift the variable")

    def test(value: Any, earlier: Values) -> Evidence:
        got, want = expression(value), expression(_resolve(expected, earlier))
        sign = 1 if to == 0 else -1
        base = sample_points((got.free_symbols | want.free_symbols) - {symbol}, 1)[0]
        distance = []
        for exponent in (6, 8):
            point = {**base, symbol: sp.Integer(10) ** (-sign * exponent)}
            distance.append(abs(_ratio_minus_one(got, want, point)))
        if distance[1] > mp.mpf(10) ** -3 or distance[1] > distance[0]:
            raise CheckFailed(f"{got} does not tend to {want} as {symbol} -> {to}: ratio - 1 = {mp.nstr(distance[1], 5)}")
        if rate is None:
            return Evidence("limit", f"has the stated limit for {symbol} -> {to}", "measured")
        slope = mp.log10(distance[0] / distance[1]) / 2 if distance[1] else mp.inf
        if abs(slope - mp.mpf(sp.Rational(rate).p) / sp.Rational(rate).q) > mp.mpf("0.02"):
            raise CheckFailed(f"{got} tends to {want} as {symbol} -> {to} with the rate {mp.nstr(slope, 4)} and not {rate}")
        power = f"{symbol}^{rate if to == 0 else -rate}"
        return Evidence("limit", f"has the stated limit for {symbol} -> {to}, up to corrections of order {power}", "measured")

    return Check("limit", test, _needs(expected))


def _ratio_minus_one(got: sp.Expr, want: sp.Expr, point: Point) -> mp.mpf:
    with mp.workdps(60):
        return numeric_value(got, point, 60) / numeric_value(want, point, 60) - 1


def quadrature(
    integrand: Any,
    over: sp.Symbol,
    lower: sp.Expr,
    upper: sp.Expr = sp.oo,
    *,
    points: int = 2,
    digits: int = 20,
    oscillating: sp.Expr | None = None,
) -> Check:
    """The value is the integral of ``integrand`` over ``over``, by mpmath quadrature at sampled points.

    With ``oscillating`` (an angular frequency) the integral to infinity is summed between the zeros.
    """

    def test(value: Any, earlier: Values) -> Evidence:
        got, inside = expression(value), expression(_resolve(integrand, earlier))
        free = (got.free_symbols | inside.free_symbols | as_expr(lower).free_symbols) - {over}
        with mp.workdps(digits + 15):
            for point in sample_points(free, points):
                integral = _integrate(inside, over, lower, upper, point, digits, oscillating)
                have = numeric_value(got, point, digits + 15)
                _compare(have, integral, digits, point, "the closed form", "quadrature")
        return Evidence(
            "quadrature", f"equals its defining integral to {digits} digits at {points} point{'s' * (points > 1)}", "measured"
        )

    return Check("quadrature", test, _needs(integrand))


def _integrate(
    inside: sp.Expr,
    over: sp.Symbol,
    lower: sp.Expr,
    upper: sp.Expr,
    point: Point,
    digits: int,
    oscillating: sp.Expr | None,
) -> mp.mpf:
    function = sp.lambdify(over, inside.xreplace(dict(point)), "mpmath")
    start = numeric_value(as_expr(lower), point, digits + 15)
    if oscillating is not None:
        omega = numeric_value(oscillating, point, digits + 15)
        return mp.quadosc(function, [start, mp.inf], omega=omega)
    if upper is sp.oo:
        return mp.quad(function, [start, *(start + mp.mpf(10) ** n for n in range(-1, 5)), mp.inf])
    return mp.quad(function, [start, numeric_value(as_expr(upper), point, digits + 15)])


def brute_force(
    route: Callable[[Mapping[str, mp.mpf]], mp.mpf],
    how: str,
    *,
    points: int = 2,
    digits: int = 15,
    of: Callable[[Any], sp.Expr] = expression,
    **fixed: sp.Expr,
) -> Check:
    """The value agrees with ``route``, a plain numeric function of the values of the symbols by name.

    ``how`` says in words what the route does, ``of`` makes a number-valued expression of the step's value, and
    ``fixed`` gives symbols the values at which the route is cheap.
    """

    def test(value: Any, _: Values) -> Evidence:
        got = of(value)
        with mp.workdps(digits + 15):
            for sampled in sample_points(got.free_symbols, points):
                point = {s: as_expr(fixed.get(s.name, v)) for s, v in sampled.items()}
                numbers = {**fixed, **{s.name: v for s, v in point.items()}}
                want = route({name: numeric_value(as_expr(v), {}, digits + 15) for name, v in numbers.items()})
                _compare(numeric_value(got, point, digits + 15), want, digits, point, "the closed form", how)
        return Evidence(
            "brute_force", f"agrees with {how} to {digits} digits at {points} point{'s' * (points > 1)}", "measured"
        )

    return Check("brute_force", test)


def components(
    route: Callable[..., Any],
    how: str,
    *symbols: sp.Symbol,
    points: int = 3,
) -> Check:
    r"""A tensor T^{\mu\nu}(k, k') agrees in all 16 components with ``route(mu, nu, k, k', values of the symbols)``.

    The four-vectors are arbitrary, off shell, so that every term of the tensor is tested by itself. ``symbols`` names
    those that the route needs and that may drop out of the tensor.
    """

    def test(value: Any, _: Values) -> Evidence:
        got = expression(value)
        vectors = sorted(got.atoms(Momentum), key=lambda p: p.name)
        free = sorted(got.atoms(Index), key=lambda i: i.name)
        with mp.workdps(40):
            for seed in range(points):
                k = [[mp.mpf((7 * i + 5 * n * n + 3 * seed * i + 2) % 11 - 4) for i in range(4)] for n in (1, 2)]
                exact = [[sp.Integer(int(x)) for x in vector] for vector in k]
                at = sample_points(got.free_symbols | set(symbols), seed + 1)[-1]
                numbers = {s.name: numeric_value(v, {}, 40) for s, v in at.items()}
                for a, b in product(range(4), repeat=2):
                    ours = component(got, dict(zip(vectors, exact, strict=True)), dict(zip(free, (a, b), strict=True)))
                    want = route(a, b, *k, numbers)
                    if abs(numeric_value(ours, at, 40) - want) > mp.mpf(10) ** -30 * (1 + abs(want)):
                        raise CheckFailed(f"component {a}{b} at k = {k[0]}, k' = {k[1]}: {ours}, {how} give {want}")
        return Evidence("components", f"all 16 components agree with {how} for {points} pairs of momenta", "measured")

    return Check("components", test)


def anchors(values: Sequence[tuple[Mapping[sp.Symbol, sp.Expr | str], str]], source: str) -> Check:
    """The value takes the given decimal values, to one unit of their last digit; ``source`` says where they come from.

    Raises:
        InputError: there are none.
    """
    if not values:
        raise InputError("anchors() needs at least one (point, value) pair")

    def test(value: Any, _: Values) -> Evidence:
        got = expression(value)
        for given, want in values:
            point = {s: sp.Rational(v) if isinstance(v, str) else v for s, v in given.items()}
            last = Decimal(want).as_tuple().exponent
            with mp.workdps(60):
                have = numeric_value(got, point, 60)
                if abs(have - mp.mpf(want)) > mp.mpf(10) ** int(last):
                    raise CheckFailed(f"{source} gives {want} at {dict(given)}, the derived formula {mp.nstr(have, 20)}")
        return Evidence("anchors", f"takes {len(values)} value(s) of {source}", "measured")

    return Check("anchors", test)


def _compare(have: Any, want: Any, digits: int, point: Point, ours: str, theirs: str) -> None:
    scale = max(abs(have), abs(want))
    if scale and abs(have - want) > scale * mp.mpf(10) ** -digits:
        where = ", ".join(f"{s} = {v}" for s, v in sorted(point.items(), key=lambda item: item[0].name))
        raise CheckFailed(f"{ours} gives {mp.nstr(have, 20)}, {theirs} gives {mp.nstr(want, 20)} at {where}")
