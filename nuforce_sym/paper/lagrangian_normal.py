r"""The normal form of a Lagrangian: coefficients of distinct products of bilinears and bosons.

Dirac matrices are reduced to 1, i\gamma_5, \gamma^\mu, \gamma^\mu\gamma_5, \sigma^{\mu\nu} and \sigma^{\mu\nu}i\gamma_5, and
dummy indices are named in one order, so that two Lagrangians that are the same sum of products have the same form. Fierz
rearrangements, partial integration and field equations are not used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, permutations, product
from math import factorial, prod
from typing import Any, Self

import sympy as sp
from sympy.core.symbol import Str

from nuforce_sym.amplitude.interaction import Field, Interaction, Term
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.paper import lagrangian_words as words
from nuforce_sym.paper.lagrangian_words import Atom, Sum, Word

MAX_FACTORS = 8
MAX_ORDERS = 3000
MOST_TERMS = 5000
_INDEX_NAMES = (r"\mu", r"\nu", r"\rho", r"\sigma", r"\alpha", r"\beta", r"\lambda", r"\kappa")
_SHAPES = {
    "S": "", "P": r"i\gamma_5", "V": r"\gamma{0}", "A": r"\gamma{0}\gamma_5", "T": r"\sigma{0}", "D": r"\sigma{0}i\gamma_5",
}  # fmt: skip


class FieldProduct(sp.Expr):  # type: ignore[misc]
    r"""A product of bilinears and bosons in normal form, [\bar\psi\gamma^\mu\psi] Z_\mu, as an atom beside its coefficient."""

    __slots__ = ()
    is_commutative = True

    def __new__(cls, shown: Any, energy: Any) -> Self:
        name = shown if isinstance(shown, Str) else Str(shown)
        return sp.Expr.__new__(cls, name, sp.Rational(energy))  # type: ignore[no-any-return]

    @property
    def latex(self) -> str:
        """The product in LaTeX; it is also what distinguishes two products."""
        return str(self.args[0])

    @property
    def energy_power(self) -> sp.Rational:
        """The power of energy of the fields and derivatives."""
        return self.args[1]

    def _sympystr(self, _: Any) -> str:
        return self.latex


@dataclass(frozen=True)
class _Factor:
    r"""A bilinear or a boson: what it is, without its indices; those in which it is antisymmetric stand in ``pair``."""

    shape: str
    energy: sp.Rational
    indices: tuple[str, ...]
    pair: bool
    labels: tuple[str, ...]
    derivatives: tuple[tuple[str, ...], ...]


def normal_form(given: Sum) -> sp.Expr:
    """Return a sum of words as an expression in `FieldProduct`.

    Raises:
        InputError: a term is no product of bilinears and bosons, an index does not stand twice, or a product of Dirac
            matrices is not one of those that are read.
    """
    found: dict[FieldProduct, sp.Expr] = {}
    for coefficient, word in given:
        for weight, reduced in _bilinears(word):
            sign, monomial = _canonical(*reduced)
            if sign and monomial is not None:
                found[monomial] = found.get(monomial, sp.Integer(0)) + sign * weight * coefficient
    return sp.Add(*(sp.expand(_bounded(c)) * monomial for monomial, c in found.items()))


def _bounded(coefficient: sp.Expr) -> sp.Expr:
    """Return a coefficient; raises `InputError` where it would expand to more than `MOST_TERMS` terms."""
    if _terms(coefficient) > MOST_TERMS:
        raise InputError(f"a coefficient expands to more than {MOST_TERMS} terms: give names to its factors with let")
    return coefficient


def _terms(expr: sp.Expr) -> int:
    """Return an upper bound on the number of terms of an expanded expression."""
    if expr.is_Add:
        return sum(map(_terms, expr.args))
    if expr.is_Mul:
        return int(prod(map(_terms, expr.args)))
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return int(min(_terms(expr.base), MOST_TERMS) ** int(min(expr.exp, 64)))
    return 1


def lagrangian(value: Interaction | PairInteraction) -> sp.Expr:
    """Return the normal form of one of the engine's Lagrangians."""
    return normal_form(_pair_words(value) if isinstance(value, PairInteraction) else _interaction_words(value))


def fields(value: Interaction | PairInteraction) -> tuple[Field, ...]:
    """Return the fields of one of the engine's Lagrangians, in order of their names."""
    given = _pair_words(value) if isinstance(value, PairInteraction) else _interaction_words(value)
    return tuple(sorted(words.fields_of(word for _, word in given), key=lambda field: field.name))


def restricted(value: Interaction | PairInteraction, names: Iterable[str]) -> Interaction | PairInteraction:
    """Return the terms of a Lagrangian in which all of the named fields stand.

    Raises:
        InputError: there is no such term.
    """
    wanted = set(names)
    known = {field.name for field in fields(value)}
    if isinstance(value, PairInteraction):
        kept = tuple(c for c in value.couplings if wanted <= {c[0].name, value.operator.field.name})
        if kept:
            return replace(value, couplings=kept)
    else:
        terms = tuple(t for t in value.terms if wanted <= {b.field.name for b in t.bilinears} | _mediator_name(t))
        if terms:
            return Interaction(terms)
    raise InputError(
        f"no term of the Lagrangian holds all of {', '.join(sorted(wanted))}; its fields are {', '.join(sorted(known))}"
    )


def _mediator_name(term: Term) -> set[str]:
    return {term.mediator.name} if term.mediator else set()


def spelled(value: Interaction | PairInteraction, given: Mapping[str, str]) -> dict[str, Field]:
    r"""Return the fields by their spelling: our own, and the paper's, such as ``{r"\chi": "psi_1"}``, which comes first.

    Raises:
        InputError: there is no field of a name.
    """
    known = {field.name: field for field in fields(value)}
    for spelling, name in given.items():
        if name not in known:
            raise InputError(
                f"the field {spelling} is said to be {name!r}, but the derived Lagrangian has {', '.join(known)}"
                + suggestion(name, known)
            )
    return {field.latex: field for field in known.values()} | {text: known[name] for text, name in given.items()}


def _bilinear(field: Field, tag: str, one: str, other: str = "") -> Sum:
    """Return the words of a bilinear of a structure, as `amplitude.interaction.STRUCTURES` defines it."""
    psi_bar, psi = words.bar(field), words.spinor(field)
    middle: dict[str, tuple[sp.Expr, Word]] = {
        "S": (sp.Integer(1), ()),
        "P": (sp.I, (words.FIVE,)),
        "V": (sp.Integer(1), (words.gamma(one),)),
        "A": (sp.Integer(1), (words.gamma(one), words.FIVE)),
        "T": (sp.Integer(1), (words.sigma(one, other),)),
        "M": (sp.Rational(1, 2), (words.sigma(one, other),)),
        "E": (sp.I / 2, (words.sigma(one, other), words.FIVE)),
    }
    factor, matrices = middle[tag]
    return [(factor, (psi_bar, *matrices, psi))]


def _interaction_words(value: Interaction) -> Sum:
    found: Sum = []
    for term in value.terms:
        for choice in product(*(b.structure for b in term.bilinears)):
            part = words.number(term.coupling * sp.Mul(*(c for _, c in choice)))
            for bilinear, (tag, _) in zip(term.bilinears, choice, strict=True):
                part = words.multiplied(part, _bilinear(bilinear.field, tag, "m", "n"))
            if term.mediator is not None:
                field = replace(term.mediator, self_conjugate=True)
                dipole = any(tag in ("M", "E") for tag, _ in choice)
                indices = ("m", "n") if dipole else ("m",) if field.spin == 1 else ()
                part = words.multiplied(part, words.single(words.boson(field, *indices)))
            found += part
    return found


def _pair_words(value: PairInteraction) -> Sum:
    operator, found = value.operator, Sum()
    pair = [(c * a, word) for tag, c in operator.structure for a, word in _pair_operator(operator.field, tag)]
    for field, tag, c in value.couplings:
        found += words.multiplied(words.scaled(_bilinear(field, tag, "m", "n"), -c), pair)
    return found


def _pair_operator(field: Field, tag: str) -> Sum:
    """Return the words of an operator, as `amplitude.pair.OPERATORS` prints it."""
    if field.spin == sp.Rational(1, 2):
        return _bilinear(field, tag, "m", "n")
    one = sp.Integer(1)

    def plain(*indices: str, dual: bool = False) -> Atom:
        return words.boson(field, *indices, dual=dual)

    def star(*indices: str) -> Atom:
        return words.boson(field, *indices, conjugate=True)

    if field.spin == 0:
        moved, moved_star = (replace(atom, derivatives=("m",)) for atom in (plain(), star()))
        scalar: dict[str, Sum] = {
            "S": [(one, (star(), plain()))],
            "D": [(one, (moved_star, moved))],
            "V": [(sp.I, (star(), moved)), (-sp.I, (plain(), moved_star))],
        }
        return scalar[tag]
    vector: dict[str, Sum] = {
        "S": [(one, (star("k"), plain("k")))],
        "F": [(one, (star("k", "l"), plain("k", "l")))],
        "G": [(one, (star("k", "l"), plain("k", "l", dual=True)))],
        "V": [(sp.I, (star("m", "l"), plain("l"))), (-sp.I, (plain("m", "l"), star("l")))],
    }
    return vector[tag]


def _bilinears(word: Word) -> Iterator[tuple[sp.Expr, tuple[list[_Factor], dict[str, str]]]]:
    """Yield the factors that a word consists of, with weights, and which indices a metric tensor identifies."""
    deltas = [atom.label for atom in word if atom.kind == words.FLAVOUR]
    carried = {x for atom in word if atom.kind != words.FLAVOUR for x in atom.label}
    if any(not set(delta) <= carried for delta in deltas):
        raise InputError(r"both flavours of a \delta_{ij} must stand on fields of its term")
    flavours = _identified(deltas)
    bosons: list[_Factor] = []
    lines: list[tuple[Atom, list[Atom], Atom]] = []
    opened: Atom | None = None
    inside: list[Atom] = []
    for atom in (replace(a, label=tuple(flavours.get(x, x) for x in a.label)) for a in word):
        if atom.kind == words.BAR:
            if opened is not None:
                raise InputError(rf"\bar{{{_name(atom)}}} stands before the bilinear of \bar{{{_name(opened)}}} has ended")
            opened, inside = atom, []
        elif atom.kind == words.BOSON:
            bosons.append(_boson(atom))
        elif atom.kind in (words.GAMMA, words.GAMMA5, words.SIGMA):
            if opened is None:
                raise InputError("a Dirac matrix stands outside of a bilinear")
            inside.append(atom)
        elif atom.kind == words.SPINOR:
            if opened is None:
                raise InputError(rf"the spinor {_name(atom)} has no \bar{{\psi}} before it")
            lines.append((opened, inside, atom))
            opened = None
    if opened is not None:
        raise InputError(rf"the bilinear of \bar{{{_name(opened)}}} has no spinor at its end")
    if len(lines) + len(bosons) > MAX_FACTORS or not (lines or bosons):
        raise InputError(f"a term is a product of 1 to {MAX_FACTORS} bilinears and bosons")
    for choice in product(*(_reduced(matrices) for _, matrices, _ in lines)):
        weight = sp.Mul(*(c for c, _, _, _ in choice))
        same = {b: a for *_, pair in choice for a, b in ([pair] if pair else [])}
        factors = list(bosons)
        for (psi_bar, _, psi), (_, tag, indices, _) in zip(lines, choice, strict=True):
            factors.append(_line(psi_bar, psi, tag, indices))
        if weight != 0:
            yield weight, (factors, same)


def _identified(deltas: list[tuple[str, ...]]) -> dict[str, str]:
    """Return which flavour each one is after the Kronecker deltas."""
    found: dict[str, str] = {}
    for one, other in deltas:
        a, b = found.get(one, one), found.get(other, other)
        found = {key: a if value == b else value for key, value in found.items()} | {b: a, other: a}
    return found


def _name(atom: Atom) -> str:
    return atom.field.latex if atom.field else ""


def _boson(atom: Atom) -> _Factor:
    field = atom.field
    if field is None or len(atom.indices) not in ((0,) if field.spin == 0 else (1, 2)):
        raise InputError(f"{_name(atom)} of spin {field.spin if field else '?'} has {len(atom.indices)} Lorentz indices")
    name = rf"\tilde{{{field.latex}}}" if atom.dual else field.latex
    strength = len(atom.indices) == 2
    energy = field.energy + strength + len(atom.derivatives)
    shape = (f"{{{name}^{{*}}}}" if atom.conjugate else name) + "{0}"
    return _Factor(shape, energy, atom.indices, strength, atom.label, (atom.derivatives,))


def _line(psi_bar: Atom, psi: Atom, tag: str, indices: tuple[str, ...]) -> _Factor:
    one, other = psi_bar.field, psi.field
    if one is None or other is None:
        raise InputError("a spinor without a field")
    energy = one.energy + other.energy + len(psi_bar.derivatives) + len(psi.derivatives)
    middle = _SHAPES[tag]
    shape = rf"\left[{{d0}}\bar{{{one.latex}}}{{l0}}{middle}\,{{d1}}{other.latex}{{l1}}\right]"
    labels = (psi_bar.label or ("",)) + (psi.label or ("",)) if psi_bar.label or psi.label else ()
    alike = one == other and psi_bar.label == psi.label and not (psi_bar.derivatives or psi.derivatives)
    if alike and one.self_conjugate and tag in ("V", "T", "D"):  # odd under charge conjugation
        shape = ""
    return _Factor(shape, energy, indices, tag in ("T", "D"), labels, (psi_bar.derivatives, psi.derivatives))


Reduced = tuple[sp.Expr, str, tuple[str, ...], tuple[str, str] | None]


def _reduced(matrices: list[Atom]) -> list[Reduced]:
    """Return a product of Dirac matrices as a sum of basic ones, and the two indices that a metric tensor identifies."""
    sign, fives, rest = 1, 0, list[Atom]()
    for atom in matrices:
        if atom.kind == words.GAMMA5:
            fives += 1
        else:
            rest.append(atom)
            if atom.kind == words.GAMMA and fives % 2:
                sign = -sign
    kinds = [atom.kind for atom in rest]
    indices = tuple(index for atom in rest for index in atom.indices)
    five = fives % 2 == 1
    weight = sp.Integer(sign)
    scalar = (-sp.I * weight, "P") if five else (weight, "S")  # gamma_5 = -i (i gamma_5)
    tensor = (-sp.I * weight, "D") if five else (weight, "T")
    if not kinds:
        return [(*scalar, (), None)]
    if kinds == [words.GAMMA]:
        return [(weight, "A" if five else "V", indices, None)]
    if kinds == [words.SIGMA]:
        return [] if indices[0] == indices[1] else [(*tensor, indices, None)]
    if kinds == [words.GAMMA, words.GAMMA]:  # g^{mu nu} - i sigma^{mu nu}
        if indices[0] == indices[1]:
            return [(4 * scalar[0], scalar[1], (), None)]
        return [(*scalar, (), (indices[0], indices[1])), (-sp.I * tensor[0], tensor[1], indices, None)]
    raise InputError("products of more than two Dirac matrices in one bilinear are not read: reduce them")


def _canonical(factors: list[_Factor], same: dict[str, str]) -> tuple[int, FieldProduct | None]:
    """Return the product with its indices named in one order, and its sign; sign 0 where it vanishes."""
    if any(not f.shape for f in factors):
        return 0, None
    factors = [_renamed(f, same) for f in factors]
    counted = Counter(x for f in factors for x in (*f.indices, *(d for group in f.derivatives for d in group)))
    odd = sorted(x for x, n in counted.items() if n != 2)
    if odd:
        many = " and ".join(f"{x} stands {counted[x]} times" for x in odd[:3])
        raise InputError(f"Lorentz indices must be contracted in pairs, but {many}")
    factors = _without_spectators(factors)
    energy = sum((f.energy for f in factors), sp.Integer(0))
    best: tuple[str, int] | None = None
    signs: set[int] = set()
    for ordered in _orders(factors):
        for sign, oriented in _orientations(ordered):
            text = _shown(oriented)
            if best is None or text < best[0]:
                best, signs = (text, sign), {sign}
            elif text == best[0]:
                signs.add(sign)
    if best is None or len(signs) > 1:
        return 0, None
    return best[1], FieldProduct(best[0], energy)


def _renamed(f: _Factor, same: dict[str, str]) -> _Factor:
    def new(items: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(same.get(x, x) for x in items)

    return replace(f, indices=new(f.indices), derivatives=tuple(map(new, f.derivatives)))


def _without_spectators(factors: list[_Factor]) -> list[_Factor]:
    r"""Drop a flavour that stands in one bilinear only, \bar\nu_i\Gamma\nu_i: it is that of the field \nu, for every i."""
    counted = Counter(x for f in factors for x in f.labels)
    return [
        replace(f, labels=()) if len(f.labels) == 2 and f.labels[0] == f.labels[1] and counted[f.labels[0]] == 2 else f
        for f in factors
    ]


def _orders(factors: list[_Factor]) -> Iterator[list[_Factor]]:
    def key(f: _Factor) -> tuple[str, int, tuple[int, ...]]:
        return (f.shape, len(f.labels), tuple(map(len, f.derivatives)))

    groups = [list(group) for _, group in groupby(sorted(factors, key=key), key=key)]
    plain = [not (f.indices or f.labels or any(f.derivatives)) for f, *_ in groups]
    count = prod(1 if bare else factorial(len(group)) for bare, group in zip(plain, groups, strict=True))
    if count * 2 ** sum(f.pair for f in factors) > MAX_ORDERS:
        raise InputError("a term has too many factors of one kind with indices: give it in parts")
    for choice in product(*([group] if bare else permutations(group) for bare, group in zip(plain, groups, strict=True))):
        yield [f for group in choice for f in group]


def _orientations(factors: list[_Factor]) -> Iterator[tuple[int, list[_Factor]]]:
    turned = [[(1, f), (-1, replace(f, indices=f.indices[::-1]))] if f.pair else [(1, f)] for f in factors]
    for choice in product(*turned):
        yield int(sp.prod([sign for sign, _ in choice])), [f for _, f in choice]


def _shown(factors: list[_Factor]) -> str:
    """Return the product in LaTeX, its indices named in order of appearance, first up and then down."""
    names: dict[str, str] = {}
    seen: set[str] = set()

    def index(x: str) -> str:
        name = names.setdefault(x, _INDEX_NAMES[min(len(names), len(_INDEX_NAMES) - 1)])
        up = x not in seen
        seen.add(x)
        return f"^{{{name}}}" if up else f"_{{{name}}}"

    def block(items: tuple[str, ...]) -> str:
        placed = [index(x) for x in items]
        if len({p[0] for p in placed}) == 1:
            return f"{placed[0][0]}{{{''.join(p[2:-1] for p in placed)}}}"
        return "{}".join(placed)

    shown = []
    for f in factors:
        derivatives = ["".join(rf"\partial{index(x)} " for x in group) for group in f.derivatives]
        labels = [f"_{{{x}}}" if x else "" for x in f.labels] or ["", ""]
        text = f.shape.replace("{0}", block(f.indices))
        if "{l0}" in text:
            text = text.replace("{l0}", labels[0]).replace("{l1}", labels[-1])
            text = text.replace("{d0}", derivatives[0]).replace("{d1}", derivatives[1])
        else:
            text = derivatives[0] + text
        shown.append(text)
    return r"\,".join(shown)
