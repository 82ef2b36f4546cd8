"""Spellings and rewritings of a formula, and formulas with one mistake, for tests of the comparison.

Nothing here uses the package's printer or its comparison: whether a mistake changed the formula is found with SymPy's own
numbers at points of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import sympy as sp

from nuforce_sym.lorentz import latex_name
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Triple3, Vector3
from nuforce_sym.symbols import VOCABULARY

SWAPS = (
    ("m_1", "m_2"), ("g_1", "g_2"), ("g_V1", "g_V2"), ("g_A1", "g_A2"), ("g_V1", "g_A1"), ("v_1", "a_1"), ("mu_1", "mu_2"),
    ("d_1", "mu_1"), ("g_S1", "g_P1"), ("g_Ve", "g_Ae"), ("g_VN", "g_AN"), ("Q_1", "Q_2"), ("m_phi", "m_A"), ("m_e", "m_Z"),
)  # fmt: skip


def spelled(expr: sp.Basic, rng: random.Random, names: dict[sp.Basic, str]) -> str:
    """Return the formula in one of many LaTeX spellings; ``names`` spells some symbols differently."""

    def w(e: sp.Basic) -> str:
        return spelled(e, rng, names)

    def bracket(text: str) -> str:
        kind = rng.choice((r"\left({}\right)", "({})", r"\bigl({}\bigr)", r"\left[{}\right]"))
        return kind.replace("{}", text)

    if e_is(expr, sp.Symbol):
        return names.get(expr) or _name(expr, rng)
    if isinstance(expr, sp.Rational):
        if expr.is_Integer:
            return str(expr)
        text = rng.choice((r"\frac{%d}{%d}", r"\tfrac{%d}{%d}", r"\dfrac{%d}{%d}")) % (abs(expr.p), expr.q)
        return f"-{text}" if expr < 0 else text
    if expr in _CONSTANTS:
        return _CONSTANTS[expr]
    if isinstance(expr, sp.Add):
        terms = [w(t) for t in rng.sample(expr.args, len(expr.args))]
        return terms[0] + "".join(f" - {t[1:].lstrip()}" if t.startswith("-") else f" + {t}" for t in terms[1:])
    if isinstance(expr, sp.Mul):
        return _product(expr, rng, w, bracket)
    if isinstance(expr, sp.exp):
        inner = w(expr.args[0])
        return rng.choice((r"e^{%s}", r"\exp(%s)", r"\exp\left[%s\right]", r"\mathrm{e}^{%s}", r"\exp\bigl(%s\bigr)")) % inner
    if isinstance(expr, sp.Pow):
        return _power(expr, rng, w, bracket)
    if isinstance(expr, sp.besselk):
        order = w(expr.args[0])
        order = order if len(order) == 1 and rng.random() < 0.5 else f"{{{order}}}"
        return f"K_{order}" + rng.choice(("(%s)", r"\!\left(%s\right)", "[%s]", r"{\left(%s \right)}")) % w(expr.args[1])
    if isinstance(expr, sp.gamma):
        return rf"\Gamma({w(expr.args[0])})"
    if isinstance(expr, (sp.cosh, sp.sinh, sp.sin, sp.cos)):
        return rf"\{expr.func.__name__}" + rng.choice(("(%s)", r"\left(%s\right)", r"{\left(%s \right)}")) % w(expr.args[0])
    if isinstance(expr, sp.Integral):
        return _integral(expr, rng, w)
    if isinstance(expr, Anticommutator):
        pair = [w(a) for a in rng.sample(expr.args, 2)]
        return rng.choice((r"\{%s, %s\}", r"\left\{%s,\, %s\right\}")) % tuple(pair)
    if isinstance(expr, Dot3):
        a, b = (w(v) for v in rng.sample(expr.args, 2))
        return bracket(rf"{a} \cdot {b}") if expr.args[0] != expr.args[1] else rf"{a}^{{\,2}}"
    if isinstance(expr, Triple3):
        n = rng.randrange(3)
        a, b, c = (w(v) for v in (*expr.args[n:], *expr.args[:n]))
        forms = (rf"{a} \cdot ({b} \times {c})", rf"({a} \times {b}) \cdot {c}", rf"-{a} \cdot ({c} \times {b})")
        return bracket(rng.choice(forms))
    if isinstance(expr, Component3):
        return f"{{{expr.args[0].name}}}^{{{expr.args[1].name}}}"
    if isinstance(expr, Vector3):
        return _vector(expr, rng)
    raise NotImplementedError(type(expr).__name__)


_CONSTANTS = {sp.pi: r"\pi", sp.I: "i", sp.oo: r"\infty", sp.E: r"\mathrm{e}"}


def e_is(expr: sp.Basic, kind: type) -> bool:
    return isinstance(expr, kind)


def _name(symbol: sp.Symbol, rng: random.Random) -> str:
    text = VOCABULARY[symbol.name].latex if symbol.name in VOCABULARY else latex_name(symbol.name)
    if text in (r"m_\nu", r"m_\phi") and rng.random() < 0.5:
        return text[:2] + f"{{{text[2:]}}}"
    if text.startswith("g_V^") and rng.random() < 0.5:
        return rng.choice(("g^{x}_V", r"g_{\mathrm{V}}^{x}", "g_V^{x}")).replace("x", text[-1])
    if text == "G_F":
        return rng.choice(("G_F", r"G_{\rm F}", r"G_{\mathrm{F}}", "G_{F}"))
    return text


def _vector(vector: Vector3, rng: random.Random) -> str:
    stem, _, sub = vector.name.partition("_")
    if vector.name in ("rhat", "khat"):
        spellings = (r"\hat{r}", r"\hat r", r"\hat{\mathbf{r}}", r"\hat{\vec r}")
        return rng.choice(spellings).replace("r}", vector.name[0] + "}").replace(" r", " " + vector.name[0])
    if vector.name == "nabla":
        return rng.choice((r"\nabla", r"\vec\nabla", r"\boldsymbol{\nabla}"))
    letter = "\\" + stem if len(stem) > 1 else stem
    fonts = [r"\vec{%s}", r"\mathbf{%s}", r"\boldsymbol{%s}", r"\bm{%s}"]
    if stem == "sigma":
        fonts.append("%s")
    return rng.choice(fonts) % letter + (rng.choice((f"_{sub}", f"_{{{sub}}}")) if sub else "")


def _product(expr: sp.Mul, rng: random.Random, w: Callable, bracket: Callable) -> str:
    number, rest = expr.as_coeff_Mul()
    above, below = [], []
    for factor in rest.args if rest.is_Mul else (rest,):
        base, exponent = factor.as_base_exp()
        negative = exponent.is_Rational and exponent < 0 and not isinstance(factor, sp.exp)
        if negative and rng.random() < 0.9:
            below.append(base**-exponent)
        else:
            above.append(factor)
    rng.shuffle(above)
    rng.shuffle(below)

    def joined(factors: list[sp.Expr], front: int) -> str:
        texts = [bracket(w(f)) if isinstance(f, sp.Add) else w(f) for f in factors]
        texts = [bracket(t) if t.startswith("-") else t for t in texts]
        if front != 1 or not texts:
            texts.insert(0, str(front))
        out = texts[0]
        for text in texts[1:]:
            glue = rng.choice((" ", r"\,", r"\;", " "))
            if out[-1].isdigit() or text[0].isdigit() or out.startswith(r"\frac"):
                glue = rng.choice((r"\cdot ", r"\times ")) if text[0].isdigit() else " "
            out += glue + text
        return out

    sign = "-" if number < 0 else ""
    p, q = abs(number.p), number.q
    if not below and q == 1:
        return sign + joined(above, p)
    top, bottom = joined(above, p), joined(below, q)
    style = rng.randrange(5)
    if style == 0:
        return f"{sign}({top})/({bottom})"
    if style == 1 and above and p == 1:
        return rf"{sign}\frac{{1}}{{{bottom}}} \cdot {top}"
    return sign + rng.choice((r"\frac", r"\dfrac")) + f"{{{top}}}{{{bottom}}}"


def _power(expr: sp.Pow, rng: random.Random, w: Callable, bracket: Callable) -> str:
    base, exponent = expr.args
    if exponent.is_Rational and exponent < 0:
        if rng.random() < 0.5:
            return rf"\frac{{1}}{{{w(base**-exponent)}}}"
    elif exponent == sp.Rational(1, 2) and rng.random() < 0.7:
        return rf"\sqrt{{{w(base)}}}"
    shown = w(base)
    if not (base.is_Symbol or (base.is_Integer and base > 0) or base == sp.pi):
        shown = rf"\left({shown}\right)"
    if exponent.is_Integer and 0 < exponent < 10 and rng.random() < 0.5 and "^" not in shown and "'" not in shown:
        return f"{shown}^{exponent}"
    if exponent.is_Rational and exponent.q != 1 and rng.random() < 0.5:
        return f"{{{shown}}}^{{{exponent.p}/{exponent.q}}}"
    return f"{{{shown}}}^{{{w(exponent)}}}" if "^" in shown else f"{shown}^{{{w(exponent)}}}"


def _integral(expr: sp.Integral, rng: random.Random, w: Callable) -> str:
    ((variable, lower, upper),) = expr.limits
    sign = rf"\int_{{{w(lower)}}}^{{{w(upper)}}}"
    body = w(expr.function)
    if rng.random() < 0.5:
        return rf"\left({sign}\! d{w(variable)}\, \left({body}\right)\right)"
    return rf"\left({sign} {body} \,\mathrm{{d}} {w(variable)}\right)"


def rewritten(expr: sp.Expr, rng: random.Random) -> sp.Expr:
    """Return the formula rewritten without a change of its value."""
    choice = rng.randrange(7)
    if choice == 0:
        return sp.expand(expr)
    if choice == 1:
        return sp.factor_terms(expr)
    if choice == 2 and not expr.has(Vector3, sp.Integral):
        return sp.together(expr)
    if choice == 3 and expr.has(sp.besselk):
        return expr.replace(
            lambda e: isinstance(e, sp.besselk) and e.args[0].is_Integer and e.args[0] >= 2,
            lambda e: _recurred(*e.args),
        )
    if choice == 4 and expr.has(sp.exp) and not expr.has(sp.I, sp.Integral):
        return expr.replace(lambda e: isinstance(e, sp.exp), lambda e: sp.cosh(e.args[0]) + sp.sinh(e.args[0]))
    if choice == 5:
        return expr.replace(
            lambda e: e.is_Pow and e.exp == sp.Rational(1, 2) and e.base.is_Add and e.base.has(sp.Symbol("t", positive=True)),
            lambda e: sp.sqrt(sp.Symbol("t", positive=True)) * sp.sqrt(sp.expand(e.base / sp.Symbol("t", positive=True))),
        )
    return expr


def _recurred(n: sp.Expr, z: sp.Expr) -> sp.Expr:
    return sp.besselk(n - 2, z) + 2 * (n - 1) / z * sp.besselk(n - 1, z)


def sabotages(expr: sp.Expr, rng: random.Random) -> Iterator[tuple[str, sp.Expr]]:
    """Yield the formula with one mistake each: what was done, and the result."""
    terms = list(sp.Add.make_args(sp.expand(expr)))
    n = rng.randrange(len(terms))
    yield "sign", sp.Add(*terms[:n], -terms[n], *terms[n + 1 :])
    yield "factor", sp.Add(*terms[:n], terms[n] * rng.choice((2, 3, sp.Rational(1, 2), sp.pi, 4, sp.sqrt(2))), *terms[n + 1 :])
    if len(terms) > 1:
        yield "missing term", sp.Add(*terms[:n], *terms[n + 1 :])
    for one, other in SWAPS:
        a, b = VOCABULARY[one].symbol, VOCABULARY[other].symbol
        if expr.has(a):
            yield f"index {one}", expr.xreplace({a: b})
    for name in sorted({s.name for s in expr.free_symbols} - {"delta3_r"})[: 1 + rng.randrange(6)]:
        s = next(x for x in expr.free_symbols if x.name == name)
        powers = sorted((p for p in expr.atoms(sp.Pow) if p.base == s and p.exp.is_Rational), key=sp.default_sort_key)
        if powers:
            p = rng.choice(powers)
            yield f"power of {name}", expr.xreplace({p: p * s ** rng.choice((1, -1))})
    heads = sorted(expr.atoms(sp.besselk), key=sp.default_sort_key)
    if heads:
        head = rng.choice(heads)
        yield "Bessel order", expr.xreplace({head: sp.besselk(head.args[0] + rng.choice((1, -1)), head.args[1])})
        yield "Bessel argument", expr.xreplace({head: sp.besselk(head.args[0], head.args[1] / 2)})
    spins = {Vector3("sigma_1"): Vector3("sigma_2"), Vector3("sigma_2"): Vector3("sigma_1")}
    if expr.has(*spins):
        yield "index sigma", expr.xreplace(spins)


def changed(before: sp.Expr, after: sp.Expr) -> bool:
    """Whether the two differ at points of our own, with heads of vectors taken for independent numbers."""
    difference = sp.expand(before - after)
    if difference == 0:
        return False
    heads = sorted(difference.atoms(Dot3, Triple3, Component3), key=str)
    while brackets := difference.atoms(Anticommutator):
        inner = min(brackets, key=lambda e: len(str(e)))
        difference = difference.xreplace({inner: 2 * inner.args[0] * inner.args[1]})
    difference = difference.xreplace({h: sp.Symbol(f"h{i}", real=True) for i, h in enumerate(heads)})
    if difference.has(sp.Integral):
        difference = difference.replace(lambda e: isinstance(e, sp.Integral), lambda e: e.function)
    for seed in range(2):
        names = sorted(difference.free_symbols, key=str)
        point = {s: sp.Rational(13 + 7 * i + 5 * seed, 11 + 2 * i + 3 * seed * i) for i, s in enumerate(names)}
        value = difference.subs(point).evalf(20, maxn=100)
        if abs(value) > 1e-12:
            return True
    return False
