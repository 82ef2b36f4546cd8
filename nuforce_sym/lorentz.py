r"""The Lorentz-covariant heads that results are written in.

``Dot(p, q)`` is :math:`p\cdot q`, ``Component(p, mu)`` is :math:`p^\mu`, ``Metric(mu, nu)`` is :math:`g^{\mu\nu}`
and ``LeviCivita(a, b, c, d)`` is :math:`\varepsilon^{abcd}`, whose slots are indices or momenta (a momentum in a slot
is contracted with it).  All are ordinary commutative, immutable SymPy expressions with a canonical order of their
arguments, linear in every momentum, so that ``expr.subs(k, p + q)`` expands by itself.

Conventions: metric :math:`(+,-,-,-)`, :math:`\varepsilon^{0123}=+1`; an index written twice in a product is summed
with one position up and one down.  Momenta are real vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any, Self

import sympy as sp
from sympy.core.decorators import call_highest_priority
from sympy.printing.precedence import PRECEDENCE

from nuforce_sym.errors import InputError

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_GREEK = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    )
)


def latex_name(name: str) -> str:
    r"""Return the LaTeX of a name: ``mu`` is ``\mu``, ``k_prime`` is ``k'``, ``p_1`` and ``p1`` are ``p_{1}``.

    ``kp`` stays ``kp``: only the written word ``prime`` becomes a prime.
    """
    stem, *tags = name.split("_")
    primes = tags.count("prime")
    subscripts = [tag for tag in tags if tag and tag != "prime"]
    digits = re.fullmatch(r"([A-Za-z]+?)(\d+)", stem)
    if digits:
        stem, subscripts = digits[1], [digits[2], *subscripts]
    text = "\\" + stem if stem in _GREEK else stem
    if primes:
        text += "'" * primes
    if subscripts:
        text += "_{" + ",".join("\\" + s if s in _GREEK else s for s in subscripts) + "}"
    return text


def checked_name(name: object, what: str) -> str:
    """Return the name if it fits ``NAME``; raises InputError otherwise."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise InputError(
            f"{what} name {name!r} is not allowed: it must be a letter followed by at most 31 letters, digits or "
            f"underscores; choose such a name"
        )
    return name


class Named(sp.AtomicExpr):  # type: ignore[misc]
    """An atom that is known by its name; ``what`` is what a message calls it.

    Raises:
        InputError: if the name breaks the pattern.
    """

    __slots__ = ("name",)
    is_commutative = True
    what = "atom"

    def __new__(cls, name: str) -> Self:
        obj = super().__new__(cls)
        obj.name = checked_name(name, cls.what)
        return obj  # type: ignore[no-any-return]

    def __getnewargs__(self) -> tuple[str]:
        return (self.name,)

    def _hashable_content(self) -> tuple[str]:
        return (self.name,)

    def sort_key(self, order: Any = None) -> Any:  # noqa: ARG002 - SymPy's signature
        return self.class_key(), (1, (self.name,)), sp.S.One.sort_key(), sp.S.One

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return str(self.name)

    def _latex(self, printer: Any) -> str:  # noqa: ARG002
        return latex_name(self.name)


class Momentum(Named):
    """A four-vector, known by its name; sums and multiples such as ``p + 2*q - k`` are SymPy sums.

    Raises:
        InputError: if the name breaks the pattern, or two momenta are multiplied (write ``dot(p, q)``).
    """

    __slots__ = ()
    what = "momentum"
    # above sympy.Add, so that (p + q)*k is seen here and refused
    _op_priority = 11.0

    def _refuse(self, other: object) -> None:
        if isinstance(other, sp.Basic) and other.has(Momentum):
            raise InputError(
                f"the product of {self} and {other} multiplies two momenta as if they were numbers; "
                f"write dot(p, q) for the scalar product or slash(p)*slash(q)"
            )

    @call_highest_priority("__rmul__")  # type: ignore[untyped-decorator]
    def __mul__(self, other: Any) -> sp.Expr:
        self._refuse(other)
        return super().__mul__(other)

    @call_highest_priority("__mul__")  # type: ignore[untyped-decorator]
    def __rmul__(self, other: Any) -> sp.Expr:
        self._refuse(other)
        return super().__rmul__(other)

    def _pow(self, other: Any) -> sp.Expr:
        if other == 1:
            return self
        raise InputError(f"{self}**{other}: a momentum has no powers; write dot({self}, {self}) for the square")


class Index(Named):
    """A Lorentz index, known by its name.

    Raises:
        InputError: if the name breaks the pattern.
    """

    __slots__ = ()
    what = "index"


def linear_combination(p: object, kind: type = Momentum) -> tuple[tuple[Any, sp.Expr], ...]:
    """Return the (momentum, coefficient) pairs of a sum of momenta (or of another kind of vector), sorted by name.

    Raises:
        InputError: if ``p`` is not linear and homogeneous in momenta.
    """
    if isinstance(p, kind):
        return ((p, sp.S.One),)
    if not isinstance(p, sp.Expr):
        raise InputError(f"{p!r} is not a momentum; declare it with momenta({str(p)!r}) and pass sums of momenta")
    found: dict[Any, sp.Expr] = {}
    for term in sp.Add.make_args(p if p.func is sp.Add else sp.expand(p)):
        if term == 0:
            continue
        vectors = [f for f in sp.Mul.make_args(term) if isinstance(f, kind)]
        if len(vectors) != 1 and isinstance(p, sp.Add) and sp.expand(p) != p:
            return linear_combination(sp.expand(p), kind)
        if len(vectors) != 1:
            raise InputError(f"{term} in {p} is not a number times one momentum; pass a linear combination of momenta")
        q = vectors[0]
        found[q] = found.get(q, sp.S.Zero) + (sp.S.One if term is q else term / q)
    return tuple(sorted(((q, c) for q, c in found.items() if c != 0), key=lambda item: item[0].name))


def _multilinear(head: type[sp.Expr], slots: tuple[Any, ...]) -> sp.Expr | None:
    """Expand ``head(*slots)`` over linear combinations; None when every slot is already atomic."""
    if all(isinstance(slot, Momentum | Index) for slot in slots):
        return None
    parts: list[Any] = [((s, sp.S.One),) if isinstance(s, Index) else linear_combination(s) for s in slots]
    return sp.Add(*(sp.Mul(*(c for _, c in pick), head(*(v for v, _ in pick))) for pick in product(*parts)))


def _need(kind: type, slot: object, head: str) -> None:
    if not isinstance(slot, kind):
        raise InputError(f"{head} was given {slot!r} where it needs an {kind.__name__}; use momenta(...)/indices(...)")


class _Printed:
    """The two printing hooks of SymPy, both filled from the subclass's ``_text``."""

    __slots__ = ()

    def _sympystr(self, printer: Any) -> str:
        return f"{type(self).__name__}({', '.join(printer._print(a) for a in self.args)})"  # type: ignore[attr-defined]


class Dot(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The scalar product :math:`p\cdot q = p^0q^0-\vec p\cdot\vec q`; symmetric, bilinear."""

    __slots__ = ()
    is_commutative = True

    # makes SymPy's LaTeX printer hand powers to _latex below; nothing else of a Function is implied
    is_Function = True

    def __new__(cls, p: Any, q: Any) -> sp.Expr:
        expanded = _multilinear(cls, (p, q))
        if expanded is not None:
            return expanded
        _need(Momentum, p, "Dot")
        _need(Momentum, q, "Dot")
        return sp.Expr.__new__(cls, *((p, q) if p.name <= q.name else (q, p)))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        p, q = (printer._print(a) for a in self.args)
        if p != q:
            # SymPy puts products and powers of a head called Dot in parentheses by itself.
            text = rf"{p} \cdot {q}"
        elif "'" in p:
            text = rf"\left({p}\right)^{{2}}"
        else:
            text = f"{p}^{{2}}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


class Component(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The component :math:`p^\mu`; linear in the momentum."""

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, p: Any, mu: Any) -> sp.Expr:
        _need(Index, mu, "Component")
        expanded = _multilinear(cls, (p, mu))
        if expanded is not None:
            return expanded
        _need(Momentum, p, "Component")
        return sp.Expr.__new__(cls, p, mu)

    def _eval_is_extended_real(self) -> bool:
        return True

    def _latex(self, printer: Any) -> str:
        return f"{{{printer._print(self.args[0])}}}^{{{printer._print(self.args[1])}}}"


class Metric(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The metric :math:`g^{\mu\nu}=\mathrm{diag}(1,-1,-1,-1)`; symmetric."""

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, mu: Any, nu: Any) -> sp.Expr:
        _need(Index, mu, "Metric")
        _need(Index, nu, "Metric")
        return sp.Expr.__new__(cls, *((mu, nu) if mu.name <= nu.name else (nu, mu)))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _latex(self, printer: Any) -> str:
        return f"g^{{{printer._print(self.args[0])} {printer._print(self.args[1])}}}"


def sort_sign(names: list[str]) -> tuple[list[int], int]:
    """Return the positions that sort ``names`` and the sign of that permutation (0 when a name repeats)."""
    order = sorted(range(len(names)), key=lambda i: names[i])
    if any(names[a] == names[b] for a, b in pairwise(order)):
        return order, 0
    inversions = sum(order[i] > order[j] for i in range(len(order)) for j in range(i + 1, len(order)))
    return order, -1 if inversions % 2 else 1


class LeviCivita(_Printed, sp.Expr):  # type: ignore[misc]
    r"""The antisymmetric tensor with :math:`\varepsilon^{0123}=+1`; slots are indices or momenta.

    ``LeviCivita(mu, nu, k, q)`` is :math:`\varepsilon^{\mu\nu\alpha\beta}k_\alpha q_\beta`.
    """

    __slots__ = ()
    is_commutative = True
    precedence = PRECEDENCE["Pow"]

    def __new__(cls, *slots: Any) -> sp.Expr:
        if len(slots) != 4:
            raise InputError(f"LeviCivita was given {len(slots)} slots {slots}; it needs exactly 4")
        expanded = _multilinear(cls, slots)
        if expanded is not None:
            return expanded
        order, sign = sort_sign([("^" if isinstance(s, Index) else "") + s.name for s in slots])
        if sign == 0:
            return sp.S.Zero
        return sign * sp.Expr.__new__(cls, *(slots[i] for i in order))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _latex(self, printer: Any) -> str:
        return rf"\varepsilon^{{{' '.join(printer._print(a) for a in self.args)}}}"


HEADS = (Dot, Component, Metric, LeviCivita)


def _declared(kind: type, names: object) -> Iterator[Any]:
    found = names.replace(",", " ").split() if isinstance(names, str) else []
    if not found:
        raise InputError(f"{names!r} declares nothing: give names in a string, separated by blanks, such as 'k q'")
    for name in found:
        yield kind(name)


def momenta(names: str) -> Any:
    """Declare momenta from a string of names; one name gives one momentum, several give a tuple."""
    found = tuple(_declared(Momentum, names))
    return found[0] if len(found) == 1 else found


def indices(names: str) -> Any:
    """Declare Lorentz indices from a string of names; one name gives one index, several give a tuple."""
    found = tuple(_declared(Index, names))
    return found[0] if len(found) == 1 else found


def dot(p: Any, q: Any) -> sp.Expr:
    r"""Return :math:`p\cdot q`, expanded over linear combinations of momenta."""
    return Dot(p, q)


def component(p: Any, mu: Index) -> sp.Expr:
    r"""Return :math:`p^\mu`, expanded over linear combinations of momenta."""
    return Component(p, mu)


def metric(mu: Index, nu: Index) -> sp.Expr:
    r"""Return :math:`g^{\mu\nu}`."""
    return Metric(mu, nu)


def epsilon(a: Any, b: Any, c: Any, d: Any) -> sp.Expr:
    r"""Return :math:`\varepsilon^{abcd}`, slots being indices or linear combinations of momenta."""
    return LeviCivita(a, b, c, d)
