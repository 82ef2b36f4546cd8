r"""The proved rounding error of a kernel that oscillates, from its text, relative to its envelope.

Every value of the text is a sum of `Part`s: |exact| <= \sum |C| m and |computed - exact| <= \sum e |C| m, where C is an
expression in the arguments, e a number, and m a product of `Bound`s such as \min(1, |\Phi|), which a sine does not
exceed. Products multiply the parts, sums collect them; in the end |C| m is compared with the envelope over the whole box,
see `box`. The bounds of phases, cosines and sines are those of `phase_proof`, those of other functions in `factors`.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sympy as sp
from flint import arb, ctx

from nuforce_sym.kernel import box, factors, phase_proof, provided_proof
from nuforce_sym.kernel.factors import EXACT, ONE, SUBNORMAL, Part, Value, plain
from nuforce_sym.kernel.kernel import Kernel
from nuforce_sym.kernel.magnitude import LARGEST, SMALLEST, NotProved, U, rounded_up
from nuforce_sym.kernel.phase_proof import WaveBound
from nuforce_sym.kernel.reader import Module
from nuforce_sym.symbols import symbol

_NEGLIGIBLE = arb(2) ** -70


@dataclass(frozen=True)
class Phase:
    """A phase in turns: its expression in radians, the products that it adds up, and its error per min(1, |product|)."""

    expr: sp.Expr
    products: tuple[sp.Expr, ...]
    error: arb

    @property
    def part(self) -> Part:
        """What the error of the phase may cost a cosine or a sine."""
        bound = tuple((ONE, sp.factor_terms(p)) for p in self.products)
        return Part(ONE, (bound,), self.error, value=False)


Known = Mapping[str, Value | Phase]


def bound(kernel: Kernel, module: Module) -> float:
    """Return B such that |computed - exact| <= B |envelope| for all doubles in the kernel's box and constraints.

    Where |envelope| is below the smallest normal number nothing is claimed. No intermediate result overflows.

    Raises:
        NotProved: the analysis does not close.
    """
    with ctx.workprec(phase_proof.PRECISION):
        return rounded_up(_total(kernel, _Analysis(kernel, module).result()))


@dataclass(frozen=True)
class _Analysis:
    """The walk over a kernel's text."""

    kernel: Kernel
    module: Module

    def result(self) -> Value:
        runtime = self.module.runtime
        wave = phase_proof.prove(runtime) if "def phase" in runtime else WaveBound(EXACT, EXACT)
        known: dict[str, Value | Phase] = {"pi": (Part(sp.pi, error=U),)}
        known |= {name: (Part(symbol(name)),) for name in self.module.arguments}
        for statement in self.module.function.body[1:]:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    known[target] = self._phase(value, known, wave) or self._value(value, known, wave)
                case ast.Return(value=ast.expr() as value):
                    return self._value(value, known, wave)
        raise NotProved(f"{self.module.function.name} returns nothing")

    def _phase(self, node: ast.expr, known: Known, wave: WaveBound) -> Phase | None:
        match node:
            case ast.Call(func=ast.Name(id="phase"), args=arguments):
                return self._product(node, [self._value(f, known, wave) for f in arguments])
            case ast.Call(func=ast.Name(id="more" | "less" as name), args=[ast.Name(id=p), ast.Name(id=q)]):
                a, b = known[p], known[q]
                if isinstance(a, Phase) and isinstance(b, Phase):
                    expr = a.expr + b.expr if name == "more" else a.expr - b.expr
                    error = (a.error.max(b.error) + phase_proof.sum_error()).upper()
                    return Phase(expr, (*a.products, *b.products), error)
        return None

    def _product(self, node: ast.expr, arguments: list[Value]) -> Phase:
        partial: sp.Expr = ONE
        for factor in arguments:
            if len(factor) != 1 or factor[0].error != 0:
                raise NotProved(f"{ast.unparse(node)}: a factor of a phase is rounded before it is multiplied")
            partial *= factor[0].coefficient
            low, high = box.size(self.kernel, partial)
            if not low > phase_proof.SMALLEST_PRODUCT or not high < LARGEST:
                raise NotProved(f"{ast.unparse(node)}: the product {partial} may underflow or overflow in the box")
        return Phase(partial, (partial,), phase_proof.phase_error(len(arguments), high))

    def _value(self, node: ast.expr, known: Known, wave: WaveBound) -> Value:
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
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(name, arguments, known, wave, node)
        raise NotProved(f"the analysis does not know {ast.unparse(node)!r}")

    def _called(self, name: str, arguments: list[ast.expr], known: Known, wave: WaveBound, node: ast.expr) -> Value:
        match name, arguments:
            case "cosine" | "sine", [ast.Name(id=phase)] if isinstance(turn := known.get(phase), Phase):
                own = (
                    Part(ONE, error=wave.cosine)
                    if name == "cosine"
                    else Part(ONE, (((ONE, sp.factor_terms(turn.expr)),),), wave.sine)
                )
                return own, turn.part
            case "spherical", [ast.Constant(value=int(n)), ast.Name(id=phase), x] if isinstance(
                turn := known.get(phase), Phase
            ):
                number = self._value(x, known, wave)
                return factors.spherical(n, turn.expr, turn.part, number, wave, self.module.runtime)
            case "re_power" | "im_power", [q, x]:
                return factors.power_of_line(name, self._value(q, known, wave), self._value(x, known, wave), self._highest)
            case "thermal" | "unscreened", [a, b]:
                return factors.gas(name, [self._value(f, known, wave) for f in (a, b)], self.module.runtime)
            case function, _ if function in provided_proof.VALUES:
                numbers = [self._value(f, known, wave) for f in arguments]
                return provided_proof.VALUES[name](name, numbers, self.module.runtime)
            case "decay", [a, b]:
                return factors.decay([self._value(f, known, wave) for f in (a, b)], self._lowest)
        raise NotProved(f"the analysis does not know {ast.unparse(node)!r}")

    def _highest(self, expr: sp.Expr) -> arb:
        return box.sum_size(self.kernel, expr, box.whole_with_zero(self.kernel))

    def _lowest(self, expr: sp.Expr) -> arb:
        zeros = {x.symbol for x in self.kernel.arguments if x.contains_zero}
        return EXACT if expr.free_symbols & zeros or expr.has(sp.Add) else box.size(self.kernel, expr)[0]

    def _times(self, a: Value, b: Value) -> Value:
        rounding = EXACT if _power_of_two(a) or _power_of_two(b) else U
        return self._in_range([_product(p, q, rounding) for p in a for q in b if p.value or q.value], rounding)

    def _divided(self, a: Value, b: Value) -> Value:
        divisor = plain(b) or self._one_and_less(b)
        if divisor is None:
            raise NotProved("a divisor is no product of arguments, nor a sum of positive ones")
        if divisor.coefficient.has(sp.Add) and not all(map(box.is_positive, divisor.coefficient.atoms(sp.Add))):
            raise NotProved(f"the divisor {divisor.coefficient} is no product of arguments, nor a sum of positive ones")
        zeros = {x.symbol for x in self.kernel.arguments if x.contains_zero}
        if divisor.coefficient.free_symbols & zeros and not divisor.coefficient.subs(dict.fromkeys(zeros, 0)).is_positive:
            raise NotProved(f"the divisor {divisor.coefficient} may vanish in the box")
        inverse = replace(divisor, coefficient=1 / divisor.coefficient, error=(1 / (1 - divisor.error) - 1).upper())
        rounding = EXACT if _power_of_two(b) else U
        return self._in_range([_product(p, inverse, rounding) for p in a], rounding)

    def _one_and_less(self, value: Value) -> Part | None:
        """Return a product plus what is below half of it everywhere, such as 1 - exp(-x) far out, as its smallest value."""
        lead = value[0]
        if lead.coefficient.has(sp.Add) or lead.bounds or not lead.value or not lead.coefficient.is_positive:
            return None
        entire = box.whole_with_zero(self.kernel)
        sizes = [(p, _size(_compared(self.kernel, p, lead.coefficient), self.kernel, entire)) for p in value[1:]]
        rest = sum((size for p, size in sizes if p.value), EXACT)
        if not rest < 0.5:
            return None
        error = lead.error + sum((size * p.error for p, size in sizes), EXACT)
        return Part(lead.coefficient * (1 - factors.up(rest)), error=(error / (1 - rest)).upper())

    def _in_range(self, parts: list[Part], rounding: arb) -> Value:
        underflows = False
        for part in parts:
            low, high = box.size(self.kernel, part.coefficient)
            if not high < LARGEST:
                raise NotProved(f"an intermediate value may reach {float(high):.1e} in the box and overflow")
            underflows |= part.value and (bool(part.bounds) or not low > SMALLEST)
        if underflows and rounding != 0:
            parts = [*parts, Part(SUBNORMAL, error=arb(1), value=False)]
        return tuple(parts)


def _power_of_two(value: Value) -> bool:
    number = value[0].coefficient
    return len(value) == 1 and number.is_Integer and value[0].error == 0 and number > 0 and int(number).bit_count() == 1


def _product(p: Part, q: Part, rounding: arb) -> Part:
    errors = [(1 + x.error if x.value else x.error) for x in (p, q)]
    error = errors[0] * errors[1] * (1 + rounding)
    both = p.value and q.value
    return Part(p.coefficient * q.coefficient, (*p.bounds, *q.bounds), (error - 1 if both else error).upper(), both)


def _plus(a: Value, b: Value, sign: int) -> Value:
    p, q = plain(a), plain(b)
    if p is not None and q is not None:
        total = p.coefficient + sign * q.coefficient
        if p.error == q.error == 0:
            # A sum of two exact numbers is rounded once, however much cancels.
            return (Part(total, error=U),)
        if sign == 1 and all(bool(x.coefficient.is_nonnegative) for x in (p, q)):
            return (Part(total, error=((1 + p.error.max(q.error)) * (1 + U) - 1).upper()),)
    parts = [*a, *(replace(x, coefficient=sign * x.coefficient) for x in b)]
    return tuple(replace(x, error=(x.error + U * (1 + x.error) if x.value else x.error * (1 + U)).upper()) for x in parts)


def _total(kernel: Kernel, parts: Value) -> arb:
    """Return the largest sum of the parts' errors over the envelope."""
    total, left = EXACT, []
    entire = box.whole_with_zero(kernel)
    for part in parts:
        if part.error == 0:
            continue
        if part.coefficient.is_number and not part.bounds:
            # The last operation itself may underflow; nothing is claimed where the envelope does.
            total += part.error * box.size_of_number(abs(part.coefficient)) / SMALLEST
            continue
        compared = _compared(kernel, part, kernel.envelope)
        size = _size(compared, kernel, entire) * part.error
        if size < _NEGLIGIBLE:
            total += size
        else:
            left.append((compared, part.error))
    everything = [product for compared, _ in left for choices in compared for product in choices]
    sizes = [
        sum((_size(compared, kernel, piece) * error for compared, error in left), EXACT)
        for piece in box.pieces(kernel, everything)
    ]
    return (total + max(sizes, key=lambda x: float(x.upper()))).upper()


Compared = list[list[box.Product]]
"""A sum of minima of products: a part over the envelope, or over 1."""


def _compared(kernel: Kernel, part: Part, envelope: sp.Expr) -> Compared:
    # Where the envelope vanishes with an argument nothing is claimed.
    zeros = {a.symbol for a in kernel.arguments if a.contains_zero and not envelope.as_coeff_exponent(a.symbol)[1].is_positive}
    found = []
    for ratio, *choice in itertools.product(box.spread(kernel, part.coefficient / envelope), *part.bounds):
        alternatives: list[box.Product] = []
        for several in itertools.product(*choice):
            expr = sp.Mul(*ratio, *several)
            # What is unbounded at an argument's zero is no bound there.
            if not any(expr.as_coeff_exponent(z)[1].is_negative for z in zeros):
                alternatives += box.products(kernel, expr)
        if not alternatives:
            raise NotProved(f"no bound is known on {part.coefficient} beside the envelope")
        found.append(alternatives)
    return found


def _size(compared: Compared, kernel: Kernel, piece: box.Pieces) -> arb:
    return sum(
        (min((box.largest(p, kernel, piece) for p in choices), key=lambda x: float(x.upper())) for choices in compared), EXACT
    )
