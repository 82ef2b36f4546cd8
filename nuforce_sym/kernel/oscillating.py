r"""The proved rounding error of a kernel that oscillates, from its text, relative to its envelope.

Every value of the text is a sum of `Part`s: |exact| <= \sum |C| m and |computed - exact| <= \sum e |C| m, where C is an
expression in the arguments, e a number, and m = 1 or \min(1, |\Phi|), which a sine does not exceed. Products multiply
the parts, sums collect them; in the end |C| m is compared with the envelope over the whole box, which is cut into pieces
in those arguments that stand in sums such as 1 - x. The bounds of phases, cosines and sines are those of `phase_proof`.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import sympy as sp
from flint import arb, ctx, fmpq

from nuforce_sym.kernel import phase_proof
from nuforce_sym.kernel.kernel import Kernel
from nuforce_sym.kernel.magnitude import LARGEST, SMALLEST, NotProved, U, rounded_up
from nuforce_sym.kernel.phase_proof import WaveBound
from nuforce_sym.kernel.reader import Module
from nuforce_sym.symbols import symbol

_ONE = sp.Integer(1)
_SUBNORMAL = sp.Rational(1, 2**1074)
_PIECES = 64
_EXACT = arb(0)
Interval = tuple[arb, arb]


@dataclass(frozen=True)
class Part:
    """One bound in a sum; ``value`` is False where it bounds an error only. See the module."""

    coefficient: sp.Expr
    waves: tuple[sp.Expr, ...] = ()
    error: arb = _EXACT
    value: bool = True


@dataclass(frozen=True)
class Phase:
    """A phase in turns: its expression in radians, the products that it adds up, and its error per min(1, |product|)."""

    expr: sp.Expr
    products: tuple[sp.Expr, ...]
    error: arb


Value = tuple[Part, ...]


def bound(kernel: Kernel, module: Module) -> float:
    """Return B such that |computed - exact| <= B |envelope| for all doubles in the kernel's box and constraints.

    Where |envelope| is below the smallest normal number nothing is claimed. No intermediate result overflows.

    Raises:
        NotProved: the analysis does not close.
    """
    with ctx.workprec(phase_proof.PRECISION):
        result = _Analysis(kernel, module).result()
        envelope = kernel.envelope
        boxes = _pieces(kernel, [_over(p.coefficient, envelope) for p in result])
        return rounded_up(max((_total(kernel, result, box) for box in boxes), key=lambda e: float(e.upper())))


def _over(coefficient: sp.Expr, envelope: sp.Expr) -> sp.Expr:
    return sp.Mul(coefficient, sp.Pow(envelope, -1))


@dataclass(frozen=True)
class _Analysis:
    """The walk over a kernel's text."""

    kernel: Kernel
    module: Module

    def result(self) -> Value:
        wave = phase_proof.prove(self.module.runtime)
        known: dict[str, Value | Phase] = {"pi": (Part(sp.pi, error=U),)}
        known |= {name: (Part(symbol(name)),) for name in self.module.arguments}
        for statement in self.module.function.body[1:]:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    known[target] = self._phase(value, known) or self._value(value, known, wave)
                case ast.Return(value=ast.expr() as value):
                    return self._value(value, known, wave)
        raise NotProved(f"{self.module.function.name} returns nothing")

    def _phase(self, node: ast.expr, known: Mapping[str, Value | Phase]) -> Phase | None:
        match node:
            case ast.Call(func=ast.Name(id="phase"), args=factors):
                return self._product(node, [self._value(f, known, None) for f in factors])
            case ast.Call(func=ast.Name(id="more" | "less" as name), args=[ast.Name(id=p), ast.Name(id=q)]):
                a, b = known[p], known[q]
                if isinstance(a, Phase) and isinstance(b, Phase):
                    expr = a.expr + b.expr if name == "more" else a.expr - b.expr
                    error = (a.error.max(b.error) + phase_proof.sum_error()).upper()
                    return Phase(expr, (*a.products, *b.products), error)
        return None

    def _product(self, node: ast.expr, factors: list[Value]) -> Phase:
        partial: sp.Expr = _ONE
        for factor in factors:
            if len(factor) != 1 or factor[0].error != 0:
                raise NotProved(f"{ast.unparse(node)}: a factor of a phase is rounded before it is multiplied")
            partial *= factor[0].coefficient
            low, high = _range(self.kernel, partial)
            if not low > phase_proof.SMALLEST_PRODUCT or not high < LARGEST:
                raise NotProved(f"{ast.unparse(node)}: the product {partial} may underflow or overflow in the box")
        return Phase(partial, (partial,), phase_proof.phase_error(len(factors), high))

    def _value(self, node: ast.expr, known: Mapping[str, Value | Phase], wave: WaveBound | None) -> Value:
        match node:
            case ast.Constant(value=int(value)) if not isinstance(value, bool) and 0 <= value < 2**53:
                return (Part(sp.Integer(value)),)
            case ast.Name(id=name) if isinstance(found := known.get(name), tuple):
                return found
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return tuple(replace(p, coefficient=-p.coefficient) for p in self._value(operand, known, wave))
            case ast.BinOp(left=left, op=operation, right=right):
                a, b = self._value(left, known, wave), self._value(right, known, wave)
                match operation:
                    case ast.Mult():
                        return self._times(a, b)
                    case ast.Div():
                        return self._divided(a, b)
                    case ast.Add():
                        return _plus(a, b, 1)
                    case ast.Sub():
                        return _plus(a, b, -1)
            case ast.Call(func=ast.Name(id="power"), args=[base, ast.Constant(value=int(n))]):
                first = result = self._value(base, known, wave)
                for _ in range(n - 1):
                    result = self._times(result, first)
                return result
            case ast.Call(func=ast.Name(id="cosine" | "sine" as name), args=[ast.Name(id=phase)]) if wave is not None:
                turn = known.get(phase)
                if isinstance(turn, Phase):
                    small = Part(_ONE, turn.products, turn.error, value=False)
                    return (Part(_ONE, error=wave.cosine) if name == "cosine" else Part(_ONE, (turn.expr,), wave.sine), small)
        raise NotProved(f"the analysis does not know {ast.unparse(node)!r}")

    def _times(self, a: Value, b: Value) -> Value:
        rounding = arb(0) if _power_of_two(a) or _power_of_two(b) else U
        return self._in_range([_product(p, q, rounding) for p in a for q in b if p.value or q.value], rounding)

    def _divided(self, a: Value, b: Value) -> Value:
        if len(b) != 1 or b[0].waves or b[0].coefficient.has(sp.Add) or not b[0].value:
            raise NotProved("a divisor is no product of arguments")
        (divisor,) = b
        zeros = {x.symbol for x in self.kernel.arguments if x.contains_zero}
        if divisor.coefficient.free_symbols & zeros:
            raise NotProved(f"the divisor {divisor.coefficient} may vanish in the box")
        inverse = replace(divisor, coefficient=1 / divisor.coefficient, error=(1 / (1 - divisor.error) - 1).upper())
        rounding = arb(0) if _power_of_two(b) else U
        return self._in_range([_product(p, inverse, rounding) for p in a], rounding)

    def _in_range(self, parts: list[Part], rounding: arb) -> Value:
        underflows = False
        for part in parts:
            low, high = _range(self.kernel, part.coefficient)
            if not high < LARGEST:
                raise NotProved(f"an intermediate value may reach {float(high):.1e} in the box and overflow")
            underflows |= part.value and (bool(part.waves) or not low > SMALLEST)
        if underflows and rounding != 0:
            parts = [*parts, Part(_SUBNORMAL, error=arb(1), value=False)]
        return tuple(parts)


def _power_of_two(value: Value) -> bool:
    number = value[0].coefficient
    return len(value) == 1 and number.is_Integer and value[0].error == 0 and number > 0 and int(number).bit_count() == 1


def _product(p: Part, q: Part, rounding: arb) -> Part:
    # Of two bounds min(1, |phase|) one is kept; the other is at most the number of its terms.
    kept, dropped = (p.waves, q.waves) if p.waves else (q.waves, p.waves)
    coefficient = sp.Mul(p.coefficient, q.coefficient, len(dropped) or 1)
    errors = [(1 + x.error if x.value else x.error) for x in (p, q)]
    error = errors[0] * errors[1] * (1 + rounding)
    return Part(coefficient, kept, (error - 1 if p.value and q.value else error).upper(), p.value and q.value)


def _plus(a: Value, b: Value, sign: int) -> Value:
    if all(len(v) == 1 and not v[0].waves and v[0].error == 0 for v in (a, b)):
        # A sum of two exact numbers is rounded once, however much cancels.
        return (Part(a[0].coefficient + sign * b[0].coefficient, error=U),)
    parts = [*a, *(replace(p, coefficient=sign * p.coefficient) for p in b)]
    return tuple(replace(p, error=(p.error + U * (1 + p.error) if p.value else p.error * (1 + U)).upper()) for p in parts)


def _pieces(kernel: Kernel, ratios: Iterable[sp.Expr]) -> Iterator[dict[sp.Symbol, Interval]]:
    """Return the pieces of the box: cut in every argument that stands in a sum."""
    in_sums: set[sp.Symbol] = set().union(*(s.free_symbols for ratio in ratios for s in ratio.atoms(sp.Add)))
    whole = {a.symbol: (arb(a.low), arb(a.high)) for a in kernel.arguments}
    cut: list[list[tuple[sp.Symbol, Interval]]] = []
    for argument in kernel.arguments:
        if argument.symbol in in_sums:
            low = arb(-argument.high if argument.contains_negatives else 0 if argument.contains_zero else argument.low)
            step = (arb(argument.high) - low) / _PIECES
            cut.append([(argument.symbol, (low + step * i, low + step * (i + 1))) for i in range(_PIECES)])
    for choice in itertools.product(*cut):
        yield whole | dict(choice)


def _total(kernel: Kernel, parts: Value, box: Mapping[sp.Symbol, Interval]) -> arb:
    total = arb(0)
    for part in parts:
        if part.error == 0:
            continue
        if part.coefficient.is_number:
            # The last operation itself may underflow; nothing is claimed where the envelope does.
            total += part.error * _number(abs(part.coefficient)) / SMALLEST
            continue
        ratio = _over(part.coefficient, kernel.envelope)
        total += part.error * sum((_smaller(kernel, ratio, wave, box) for wave in part.waves or (_ONE,)), arb(0))
    return total.upper()


def _smaller(kernel: Kernel, ratio: sp.Expr, wave: sp.Expr, box: Mapping[sp.Symbol, Interval]) -> arb:
    """Return the smaller of the largest |ratio| and of the largest |ratio wave| over a piece of the box."""
    found = [_range(kernel, sp.Mul(ratio, factor), box)[1] for factor in dict.fromkeys((_ONE, sp.factor_terms(wave)))]
    return min(found, key=lambda x: float(x.upper()))


def _range(kernel: Kernel, expr: sp.Expr, box: Mapping[sp.Symbol, Interval] | None = None) -> Interval:
    """Return the smallest and the largest magnitude of a product over the box, leaving out zeros of its arguments."""
    box = box or {a.symbol: (arb(a.low), arb(a.high)) for a in kernel.arguments}
    sums = [f for f in sp.Mul.make_args(expr) if f.has(sp.Add)]
    monomial = sp.Mul(*(f for f in sp.Mul.make_args(expr) if not f.has(sp.Add)))
    low, high = _monomial(monomial, box)
    for constraint in kernel.constraints:
        # The product in one power, whichever leaves the fewest arguments.
        for n in (-2, -1, 1, 2):
            rest = monomial / constraint.expr**n
            if len(rest.free_symbols) < len(monomial.free_symbols):
                a, b = _monomial(rest, box)
                ends = sorted((arb(constraint.low) ** n, arb(constraint.high) ** n), key=float)
                low, high = low.max((a * ends[0]).lower()), high.min((b * ends[1]).upper())
    for factor in sums:
        base, exponent = factor.as_base_exp()
        if not exponent.is_Integer or exponent < 0:
            raise NotProved(f"the analysis does not know the size of {factor}")
        size = sum((_interval(term, box, kernel) for term in base.args), arb(0))
        low, high = arb(0), (high * abs(size).upper() ** int(exponent)).upper()
    return low, high


def _monomial(expr: sp.Expr, box: Mapping[sp.Symbol, Interval]) -> Interval:
    low = high = arb(1)
    for factor in sp.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if factor.is_number:
            low, high = low * _number(abs(factor)), high * _number(abs(factor))
            continue
        ends = [abs(end) ** int(exponent) if exponent > 0 or end > 0 else arb("inf") for end in box[base]]
        low, high = low * min(ends, key=float), high * max(ends, key=float)
    return low.lower(), high.upper()


def _interval(term: sp.Expr, box: Mapping[sp.Symbol, Interval], kernel: Kernel) -> arb:
    """Return a ball around every value of one term of a sum over a piece of the box."""
    number, rest = term.as_coeff_Mul()
    value = _number(number)
    arguments = {a.symbol: a for a in kernel.arguments}
    for base, exponent in rest.as_powers_dict().items():
        if base == 1:
            continue
        if not base.is_Symbol or not (exponent.is_Integer and exponent > 0):
            raise NotProved(f"the analysis does not know the size of {term}")
        low, high = box[base]
        if arguments[base].contains_negatives:
            low = -high
        elif arguments[base].contains_zero and low <= arguments[base].low:
            low = arb(0)
        value *= low.union(high) ** int(exponent)
    return value


def _number(value: sp.Expr) -> arb:
    """Return the ball of a number made of rationals and pi."""
    if value is sp.pi:
        return arb.pi()
    if isinstance(value, sp.Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    if isinstance(value, sp.Pow) and value.exp.is_Integer:
        return _number(value.base) ** int(value.exp)
    if isinstance(value, sp.Mul):
        result = arb(1)
        for factor in value.args:
            result *= _number(factor)
        return result
    raise NotProved(f"the analysis does not know the number {value}")
