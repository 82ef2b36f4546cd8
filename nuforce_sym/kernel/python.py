"""Kernels as NumPy source text: readable, self-contained, and the same bytes wherever it is written.

The body uses + - * /, pi, and functions of `runtime` whose error is proved: power, decay, bessel_k, thermal, and for
oscillating formulas phase, more, less, cosine and sine. Factors that fall exponentially come last, so that nothing underflows
before the result does; so do those that oscillate.
"""

from __future__ import annotations

import hashlib
import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.kernel import provided
from nuforce_sym.kernel.kernel import SMALLEST_NORMAL, Argument, Constraint, Kernel
from nuforce_sym.kernel.mass_series import CASES, name_of
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.special import ImPower, PairAxial, PairK1, PairK2, PairLight, RePower, ZBubble

WIDTH = 110
_HALF = sp.Rational(1, 2)
RUNTIMES = ("runtime.py", "runtime_gases.py")


@dataclass(frozen=True)
class Text:
    """A printed expression, and the runtime functions that it calls."""

    code: str
    calls: frozenset[str]


@cache
def blocks() -> dict[str, str]:
    """Return the runtime's source text by block name; see `runtime`."""
    texts = (files("nuforce_sym.kernel").joinpath(name).read_text(encoding="utf-8") for name in RUNTIMES)
    parts = [part for text in texts for part in text.split("# block ")[1:]]
    return {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1].strip("\n") for part in parts}


_NEEDS = {
    "power": ("power",),
    "root": ("root",),
    "re_power": ("line",),
    "coth": ("coth",),
    "decay": ("product", "decay"),
    "bessel_k": ("product", "bessel"),
    "phase": ("phase",),
    "pair_k": ("product", "bessel", "pair"),
    "pair_light": ("product", "bessel", "pair", "pair_light"),
    "thermal": ("thermal",),
    "unscreened": ("unscreened",),
    "spherical": ("phase", "spherical"),
    "z_bubble": ("z_bubble",),
    **{name: ("mass_moment", name) for name in CASES},
    **{name: (entry.block,) for name, entry in provided.FUNCTIONS.items()},
}


def body(kernel: Kernel) -> Text:
    """Return the statements of the function, without its head and docstring.

    Raises:
        NotDerivable: the formula has a function that no runtime block provides.
    """
    specials: dict[sp.Expr, tuple[str, Text]] = _roots(kernel)
    for function in sorted(
        kernel.formula.atoms(sp.besselk, sp.exp, PairAxial, PairK1, PairK2, PairLight, ZBubble, MassCurrent, MassGradient),
        key=sp.default_sort_key,
    ):
        name, text = _special(function, kernel)
        # of one kind there may be several, with different masses
        before = sum(other == name or other.startswith(f"{name}_") for other, _ in specials.values())
        specials[function] = f"{name}_{before + 1}" if before else name, text
    specials |= _hyperbolic(kernel) | _lines(kernel) | _provided(kernel)
    for function in sorted(kernel.formula.atoms(sp.sinh), key=sp.default_sort_key):
        gas = thermal(function.args[0])
        if kernel.formula.has(gas):
            specials[gas] = "F", _thermal(function.args[0])
        if kernel.formula.has(unscreened(function.args[0])):
            a, b = _two_arguments(function.args[0])
            specials[unscreened(function.args[0])] = "U", Text(f"unscreened({a}, {b})", frozenset({"unscreened"}))
    lines = [f"{name} = {text.code}" for name, text in specials.values()]
    calls = frozenset[str]().union(*(text.calls for _, text in specials.values()))
    waves = sorted(kernel.formula.atoms(sp.cos, sp.sin, sp.jn), key=sp.default_sort_key)
    if waves:
        found, named = _waves(waves, kernel)
        lines += found
        specials |= {wave: (name, Text(name, frozenset())) for wave, name in named.items()}
        calls |= {"phase"} | ({"spherical"} if kernel.formula.has(sp.jn) else set())
    terms = [_term(term, kernel, specials) for term in sorted(sp.Add.make_args(kernel.formula), key=sp.default_sort_key)]
    if len(terms) == 1:
        lines.append(f"return {terms[0].code}")
    else:
        lines += ["return (", *(f"    {line}" for line in _signed(terms)), ")"]
    return Text("\n".join(lines), calls.union(*(t.calls for t in terms)))


def _roots(kernel: Kernel) -> dict[sp.Expr, tuple[str, Text]]:
    """Return the square roots of sums, which have names of their own."""
    powers = kernel.formula.atoms(sp.Pow)
    bases = {p.base for p in powers if isinstance(p.base, sp.Add) and p.exp.is_Rational and p.exp.q == 2}
    found = {}
    for n, base in enumerate(sorted(bases, key=sp.default_sort_key), 1):
        terms = [_term(t, kernel, {}) for t in sorted(base.args, key=sp.default_sort_key)]
        calls = frozenset({"root"}).union(*(t.calls for t in terms))
        found[sp.sqrt(base)] = f"root_{n}", Text(f"root({' '.join(_signed(terms))})", calls)
    return found


def _hyperbolic(kernel: Kernel) -> dict[sp.Expr, tuple[str, Text]]:
    """Return the hyperbolic cotangents of 2 pi a b."""
    found = {}
    for function in sorted(kernel.formula.atoms(sp.coth), key=sp.default_sort_key):
        a, b = _two_arguments(function.args[0])
        found[function] = "cotangent", Text(f"coth({a}, {b})", frozenset({"coth"}))
    return found


def _lines(kernel: Kernel) -> dict[sp.Expr, tuple[str, Text]]:
    """Return the real and imaginary parts of (1 - ix)^(-q)."""
    found = {}
    for n, function in enumerate(sorted(kernel.formula.atoms(RePower, ImPower), key=sp.default_sort_key), 1):
        q, x = function.args
        part = "re" if isinstance(function, RePower) else "im"
        terms = _signed([_term(t, kernel, {}) for t in sorted(sp.Add.make_args(q), key=sp.default_sort_key)])
        code = f"{part}_power({' '.join(terms)}, {_number(x, kernel)})"
        found[function] = f"{part}_{n}", Text(code, frozenset({"re_power"}))
    return found


def _provided(kernel: Kernel) -> dict[sp.Expr, tuple[str, Text]]:
    """Return the functions that take the arguments of their heads as they are."""
    found: dict[sp.Expr, tuple[str, Text]] = {}
    for function in sorted(kernel.formula.atoms(*provided.HEADS), key=sp.default_sort_key):
        entry = provided.of(function)
        before = sum(isinstance(other, entry.head) for other in found)
        name = f"{entry.value}_{before + 1}" if before else entry.value
        arguments = ", ".join(_number(argument, kernel) for argument in function.args)
        found[function] = name, Text(f"{entry.function}({arguments})", frozenset({entry.function}))
    return found


def thermal(y: sp.Expr) -> sp.Expr:
    r"""Return 1-\frac y2(1+y\coth y)/\sinh y, a Fermi gas's function of y = 2\pi rT, which the runtime provides."""
    return 1 - y / 2 * (1 + y * sp.cosh(y) / sp.sinh(y)) / sp.sinh(y)


def unscreened(y: sp.Expr) -> sp.Expr:
    r"""Return 1-y/\sinh y, the part of a force that a Fermi gas does not screen, which the runtime provides."""
    return 1 - y / sp.sinh(y)


def _thermal(y: sp.Expr) -> Text:
    a, b = _two_arguments(y)
    return Text(f"thermal({a}, {b})", frozenset({"thermal"}))


def _two_arguments(y: sp.Expr) -> tuple[str, str]:
    factors = sp.Mul.make_args(y / (2 * sp.pi))
    if len(factors) != 2 or not all(f.is_Symbol for f in factors):
        raise NotDerivable(f"{y}: the runtime's functions of a gas take 2 pi times two arguments")
    a, b = sorted(f.name for f in factors)
    return a, b


def _signed(terms: list[Text]) -> list[str]:
    """Return the terms of a sum, each but the first with its sign in front."""
    rest = [f"- {t.code[1:]}" if t.code.startswith("-") else f"+ {t.code}" for t in terms[1:]]
    return [terms[0].code, *rest]


def _waves(waves: list[sp.Expr], kernel: Kernel) -> tuple[list[str], dict[sp.Expr, str]]:
    """Return the lines that compute the phases, cosines and sines, and the name of each."""
    lines: list[str] = []
    phases: dict[sp.Expr, str] = {}
    named: dict[sp.Expr, str] = {}

    def assign(what: sp.Expr, code: str) -> str:
        if what not in phases:
            phases[what] = f"phase_{len(phases) + 1}"
            lines.append(f"{phases[what]} = {code}")
        return phases[what]

    for wave in waves:
        terms = sorted(
            sp.Add.make_args(sp.expand(wave.args[-1])), key=lambda t: (t.could_extract_minus_sign(), sp.default_sort_key(t))
        )
        if terms[0].could_extract_minus_sign():
            raise NotDerivable(f"{wave}: a phase has at least one term with a plus sign")
        total = terms[0]
        name = assign(total, _phase(total, kernel))
        for term in terms[1:]:
            minus = term.could_extract_minus_sign()
            size = -term if minus else term
            part = assign(size, _phase(size, kernel))
            total += term
            name = assign(total, f"{'less' if minus else 'more'}({name}, {part})")
        if isinstance(wave, sp.jn):
            order, argument = wave.args
            if order not in (0, 1):
                raise NotDerivable(f"{wave}: the runtime has the spherical Bessel functions j_0 and j_1 only")
            number = name.removeprefix("phase_")
            named[wave] = f"spherical_{order}_{number}"
            lines.append(f"{named[wave]} = spherical({order}, {name}, {_number(argument, kernel)})")
            continue
        kind = "cosine" if isinstance(wave, sp.cos) else "sine"
        named[wave] = f"{kind}_{name.removeprefix('phase_')}"
        lines.append(f"{named[wave]} = {kind}({name})")
    return lines, named


def _number(product: sp.Expr, kernel: Kernel) -> str:
    """Return a product with its sums last, so that no number in front is multiplied into them."""
    sums = [f for f in sp.Mul.make_args(product) if isinstance(f, sp.Add)]
    codes = [_term(product / sp.Mul(*sums), kernel, {}).code]
    return "*".join([*codes, *(f"({' '.join(_signed([_term(t, kernel, {}) for t in _ordered(f)]))})" for f in sums)])


def _ordered(total: sp.Expr) -> list[sp.Expr]:
    return sorted(total.args, key=sp.default_sort_key)


def _phase(product: sp.Expr, kernel: Kernel) -> str:
    """Return the call that makes the phase of a product of arguments, with a power of two in front at most."""
    number, rest = product.as_coeff_Mul()
    factors: list[str] = []
    for factor in sorted(sp.Mul.make_args(rest), key=lambda f: _place(f, kernel)):
        base, exponent = factor.as_base_exp()
        if not base.is_Symbol or not (exponent.is_Integer and exponent > 0):
            raise NotDerivable(f"{product}: a phase is a sum of products of arguments")
        factors += [base.name] * int(exponent)
    power_of_two = number.is_Integer and number > 0 and number & (number - 1) == 0
    if not power_of_two or len(factors) < 2:
        raise NotDerivable(f"{product}: a phase is a product of two or more arguments and of a power of two")
    if number != 1:
        factors[0] = f"{number}*{factors[0]}"
    return f"phase({', '.join(factors)})"


def _special(function: sp.Expr, kernel: Kernel) -> tuple[str, Text]:
    if isinstance(function, sp.besselk):
        order, argument = function.args
        if not (order.is_Integer and order >= 0):
            raise NotDerivable(f"{function}: K_nu has a runtime for orders 0, 1, 2, ... only")
        a, b = _root_factor(argument, kernel) or _two_factors(argument, kernel)
        return f"K_{order}", Text(f"bessel_k({order}, {a.code}, {b.code})", a.calls | b.calls | {"bessel_k"})
    if isinstance(function, ZBubble):
        a, b = _two_factors(function.args[0], kernel)
        return "bubble", Text(f"z_bubble({a.code}, {b.code})", a.calls | b.calls | {"z_bubble"})
    if isinstance(function, (MassCurrent, MassGradient)):
        a, b = _two_factors(function.args[3], kernel)
        name = name_of(function)
        return function.functional, Text(f"{name}({a.code}, {b.code})", a.calls | b.calls | {name})
    if isinstance(function, PairLight):
        a, b = _two_factors(function.args[0], kernel)
        return "light", Text(f"pair_light({a.code}, {b.code})", a.calls | b.calls | {"pair_light"})
    if isinstance(function, (PairAxial, PairK1, PairK2)):
        (a, r), (b, other) = (_two_factors(argument, kernel) for argument in function.args)
        if r != other:
            raise NotDerivable(f"{function}: both arguments must be products of a mass and the same length")
        name, call = {
            PairK1: ("pair_1", "pair_k(1, "),
            PairK2: ("pair_2", "pair_k(2, "),
            PairAxial: ("axial", "pair_axial("),
        }[type(function)]
        return name, Text(f"{call}{a.code}, {b.code}, {r.code})", a.calls | b.calls | {"pair_k"})
    argument = -function.args[0]
    if not isinstance(function, sp.exp) or argument.could_extract_minus_sign() or not argument.free_symbols:
        raise NotDerivable(f"{function}: only a decaying exponential of a product of arguments has a runtime")
    a, b = _exponent(argument, kernel)
    return "falloff", Text(f"decay({a.code}, {b.code})", a.calls | b.calls | {"decay"})


def _root_factor(product: sp.Expr, kernel: Kernel) -> tuple[Text, Text] | None:
    """Split a product with one square root of a sum into the rest and that."""
    for root, (name, _) in _roots(kernel).items():
        if root in sp.Mul.make_args(product):
            return _term(product / root, kernel, {}), Text(name, frozenset())
    return None


def _exponent(product: sp.Expr, kernel: Kernel) -> tuple[Text, Text]:
    """Split an exponent in two: the length to the first power, or else the lengths with the number, and the rest."""
    lengths = [a.symbol for a in kernel.arguments if a.energy < 0 and product.has(a.symbol)]
    if len(lengths) == 1 and isinstance(product, sp.Mul) and product.as_powers_dict()[lengths[0]] == 1:
        return _two_factors(product, kernel)
    rest, of_length = product.as_independent(*lengths) if lengths else product.as_independent(*product.free_symbols)
    if rest.free_symbols or not lengths:
        number, rest = rest.as_coeff_Mul() if lengths else (rest, of_length)
        first = number * of_length if lengths else number
        return _term(first, kernel, {}), _term(rest, kernel, {})
    raise NotDerivable(f"exp(-{product}): the exponent is no product of two factors")


def _two_factors(product: sp.Expr, kernel: Kernel) -> tuple[Text, Text]:
    """Split a product so that one factor is the length among the arguments: 2 m r is 2*m and r."""
    powers = product.as_powers_dict() if isinstance(product, sp.Mul) else {}
    lengths = [a.symbol for a in kernel.arguments if a.energy < 0 and powers.get(a.symbol, 0) > 0]
    if len(lengths) != 1 or powers[lengths[0]] != 1:
        raise NotDerivable(f"the argument {product} is no product of a mass and one length")
    return _term(product / lengths[0], kernel, {}), Text(lengths[0].name, frozenset())


def _term(term: sp.Expr, kernel: Kernel, specials: dict[sp.Expr, tuple[str, Text]]) -> Text:
    number, rest = term.as_coeff_Mul()
    above, below, last, calls = [], [], [], frozenset[str]()
    if abs(number.p) != 1:
        above.append(str(abs(number.p)))
    if number.q != 1:
        below.append(str(number.q))
    for factor in sorted(sp.Mul.make_args(rest), key=lambda f: _place(f, kernel)):
        if factor in specials:
            last.append(specials[factor][0])
            continue
        if factor == 1:
            continue
        base, exponent = factor.as_base_exp()
        if base in specials and exponent.is_Integer and exponent > 0:
            last += [specials[base][0]] * int(exponent)
            continue
        if sp.sqrt(base) in specials and exponent in (_HALF, -_HALF):
            (above if exponent > 0 else below).append(specials[sp.sqrt(base)][0])
            continue
        if isinstance(base, sp.Add) and exponent.is_Integer:
            inner = [_term(t, kernel, specials) for t in sorted(base.args, key=sp.default_sort_key)]
            calls = calls.union(*(t.calls for t in inner))
            if exponent == 1 and specials and factor.has(*specials):
                last.append("(\n    " + "\n    ".join(line.replace("\n", "\n    ") for line in _signed(inner)) + "\n)")
                continue
            code, size = " ".join(_signed(inner)), abs(int(exponent))
            calls |= {"power"} if size > 1 else set()
            (above if exponent > 0 else below).append(f"({code})" if size == 1 else f"power({code}, {size})")
            continue
        text, inverse = _power(factor)
        (below if inverse else above).append(text.code)
        calls |= text.calls
    code = "*".join(above) or "1"
    if below:
        code += f"/({'*'.join(below)})" if len(below) > 1 else f"/{below[0]}"
    if last and above == [] and below == []:
        code = "*".join(last)
    elif last:
        code = "*".join([code, *last])
    return Text(("-" if number < 0 else "") + code, calls)


def _place(factor: sp.Expr, kernel: Kernel) -> tuple[int, int]:
    """Order factors as one writes them: numbers, couplings, masses, lengths."""
    base = factor.as_base_exp()[0]
    for index, argument in enumerate(kernel.arguments):
        if base == argument.symbol:
            return (3 if argument.energy == -1 else 2 if argument.energy == 1 else 1), index
    return 0, 0


def _power(factor: sp.Expr) -> tuple[Text, bool]:
    base, exponent = factor.as_base_exp()
    if not (base.is_Symbol or base == sp.pi or (base.is_Integer and exponent == sp.S.Half)):
        raise NotDerivable(
            f"{factor} has no printed form: the runtime provides powers, waves, exp(-a b), K_n(a b), j_n and those of gases"
        )
    if not (2 * exponent).is_Integer:
        raise NotDerivable(f"{factor}: only integer and half-integer powers have a printed form")
    size, name = abs(exponent), "pi" if base == sp.pi else str(base)
    whole = int(size)
    parts = [f"power({name}, {whole})" if whole > 1 else name] * (whole > 0) + [f"root({name})"] * (size != whole)
    calls = ({"power"} if whole > 1 else set()) | ({"root"} if size != whole else set())
    code = "*".join(parts)
    return Text(f"({code})" if len(parts) > 1 and exponent < 0 else code, frozenset(calls)), exponent < 0


def unit(energy: sp.Rational) -> str:
    """Return the unit of a power of energy, in GeV for definiteness."""
    return "1" if energy == 0 else "GeV" if energy == 1 else f"GeV^{energy}"


def source(kernel: Kernel, equation: str, bound: float, assumptions: tuple[str, ...]) -> str:
    """Return the module's text: header with the two hashes, the function, and the runtime blocks that it calls.

    ``equation`` is the LaTeX of the formula, ``bound`` the proved error, relative to the formula or to its
    envelope, and ``assumptions`` what it rests on.
    """
    function = body(kernel)
    names = {name for call in _NEEDS if call in function.calls for name in _NEEDS[call]}
    runtime = [text for name, text in blocks().items() if name in names]
    imports = ["from math import pi"] if kernel.formula.has(sp.pi) else []
    if function.calls - {"power"}:
        imports = [*imports, "", "import numpy as np"] if imports else ["import numpy as np"]
    signature = f"def {kernel.name}({', '.join(a.symbol.name for a in kernel.arguments)}):"
    doc = textwrap.indent(_docstring(kernel, bound, assumptions), "    ")
    code = "\n".join(
        [
            *([*imports, "", ""] if imports else []),
            signature,
            doc,
            textwrap.indent(function.code, "    "),
            *(f"\n\n{block}" for block in runtime),
            "",
        ]
    )
    head = (
        f'r"""{kernel.title}.\n\n    {equation}\n\n'
        f"Derived in derivations/{kernel.derivation}.py, step `{kernel.step}`; written by `nuforce build`, not by hand.\n"
        f'"""\n# formula {kernel.fingerprint[:16]}\n'
    )
    return f"{head}# text    {text_hash(head + code)}\n\n{code}"


def text_hash(text: str) -> str:
    """Return the hash of a module's text without its own ``# text`` line: 16 hexadecimal digits."""
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# text    ")).replace("\n", "")
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def _docstring(kernel: Kernel, bound: float, assumptions: tuple[str, ...]) -> str:
    lines = [f'"""Return {kernel.title[0].lower() + kernel.title[1:]}, in {unit(kernel.energy)}.', ""]
    lines += ["Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.", ""]
    lines += [line for a in kernel.arguments for line in _argument(a)]
    if kernel.cites:
        lines += ["", f"Source: {', '.join(kernel.cites)}."]
    conditions = [_condition(c) for c in kernel.constraints]
    if kernel.envelope is None:
        conditions.append(f"|result| >= {SMALLEST_NORMAL!r}")
        promised = f"the relative error is at most {bound:.2g}"
    else:
        conditions.append(f"|envelope| >= {SMALLEST_NORMAL!r}")
        envelope = str(kernel.envelope) if kernel.envelope.atoms(sp.Add) else _term(kernel.envelope, kernel, {}).code
        promised = f"the error is at most {bound:.2g} |envelope|, where the envelope is {envelope}"
    promise = (
        f"In these ranges, with {' and '.join(conditions)}, {promised} (proved; see {kernel.name}.json). It rests on: "
        f"{'; '.join(assumptions)}."
    )
    lines += ["", *textwrap.wrap(promise, WIDTH - 4)]
    for note in kernel.notes:
        lines += textwrap.wrap(note, WIDTH - 4)
    return "\n".join([*lines, '"""'])


def _argument(argument: Argument) -> list[str]:
    name = argument.symbol.name
    shown = f"|{name}|" if argument.contains_negatives else name
    zero = ", or 0" if argument.contains_zero else ""
    text = f"{name}: {argument.meaning}; in {unit(argument.energy)}, {argument.low:g} <= {shown} <= {argument.high:g}{zero}"
    return textwrap.wrap(text, WIDTH - 4, subsequent_indent="    ")


def _condition(constraint: Constraint) -> str:
    return f"{constraint.low:g} <= {str(constraint.expr).replace('**', '^').replace('*', ' ')} <= {constraint.high:g}"
