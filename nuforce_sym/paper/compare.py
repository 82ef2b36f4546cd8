r"""Is the formula in this paper right? A given formula against the derived one.

>>> import sympy as sp
>>> from nuforce_sym.paper.compare import compare
>>> from nuforce_sym.symbols import symbols
>>> G_F, g_V1, g_V2, r = symbols("G_F g_V1 g_V2 r")
>>> derived = G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)
>>> compare(derived, r"V(r) = \frac{G_F^2 g_{V1} g_{V2}}{8\pi^3 r^5}").verdict
'equal up to a factor'
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import sympy as sp

from nuforce_sym.amplitude.interaction import Field, Interaction
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.paper.compare_budget import OutOfBudget, within
from nuforce_sym.paper.compare_conventions import chosen
from nuforce_sym.paper.compare_decide import Decision, decide
from nuforce_sym.paper.lagrangian_normal import FieldProduct, lagrangian, spelled
from nuforce_sym.paper.lagrangian_read import read_lagrangian
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.texread import read_equation
from nuforce_sym.paper.texread.quantities import GeV
from nuforce_sym.paper.texread.reader import Meaning, Symbols, unused
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import Quantity, lookup

Verdict = Literal[
    "equal",
    "equal numerically",
    "equal up to a factor",
    "equal in a limit",
    "a term differs",
    "different",
    "dimension wrong",
    "undecided",
]
SECONDS = 20.0
MEGABYTES = 1500


@dataclass(frozen=True)
class Comparison:
    r"""What came out of a comparison.

    Args:
        verdict: "equal" is proved; "equal numerically" agrees to ``digits`` digits at sampled points and is not proved.
        how: by what the verdict is established: "normal form", "identity", "differential equation", or numbers.
        factor: given = factor * derived, where the verdict is "equal up to a factor" or a power differs.
        dimensionless: whether that factor carries no energy; None where nobody can say.
        limit: the limit in which the two agree, such as "m_nu -> 0".
        difference: which term differs, by what; or the first difference in a limit; or what is wrong with the dimension.
        relation: "=", "approx", "up to a factor" or "contains", as the given equation claims it.
        derived, given: the two expressions that were compared, in our symbols.
    """

    verdict: Verdict
    how: str
    digits: int | None
    factor: sp.Expr | None
    dimensionless: bool | None
    limit: str
    difference: str
    lhs: str
    relation: str
    derived: sp.Expr
    given: sp.Expr
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 equal, 1 not equal, 3 undecided or equal in numbers only."""
        return {"equal": 0, "equal numerically": 3, "undecided": 3}.get(self.verdict, 1)

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        return _sentence(self)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as plain data, expressions in LaTeX."""
        fields = {k: v for k, v in asdict(self).items() if k not in ("derived", "given", "factor", "seconds")}
        shown = {k: latex(v) if v is not None else None for k, v in _expressions(self).items()}
        return {**fields, **shown, "sentence": self.sentence, "seconds": round(self.seconds, 3)}


def _lagrangian(derived: Any, names: Mapping[str, Any]) -> tuple[Any, dict[str, Field]]:
    """Return the derived formula, and the fields by their spelling where it is a Lagrangian."""
    if not isinstance(names, Mapping):
        raise InputError(f"fields = {names!r} must give our fields by the paper's spelling, such as {{'\\chi': 'psi_1'}}")
    if isinstance(derived, (Interaction, PairInteraction)):
        return lagrangian(derived), spelled(derived, names)
    if not all(isinstance(entry, Field) for entry in names.values()):
        raise InputError("fields are declared where the derived formula is a Lagrangian; this one is a formula in numbers")
    return derived, dict(names)


def _common_products(derived: sp.Expr, given: sp.Expr) -> sp.Expr:
    """Return the terms of a Lagrangian with the products of fields that stand in the given part of it."""
    kept = given.atoms(FieldProduct)
    return sp.Add(*(term for term in sp.Add.make_args(sp.expand(derived)) if term.atoms(FieldProduct) & kept))


def _exact(expr: Any) -> sp.Expr:
    """Return the expression with its decimal numbers as the rationals that they say, as in a text."""
    expr = as_expr(expr)
    return expr.xreplace({x: sp.Rational(str(x)) for x in expr.atoms(sp.Float)}) if expr.has(sp.Float) else expr


def _at_contact(expr: sp.Expr) -> sp.Expr:
    """Return the formula with f(r) delta3(r) as f(0) delta3(r), where f is regular at r = 0."""
    r, delta = lookup("r").symbol, lookup("delta3_r").symbol
    if not expr.has(delta):
        return expr
    terms = []
    for term in sp.Add.make_args(sp.expand(expr)):
        front, contact = term.as_independent(delta)
        if contact == delta and front.has(r) and not front.has(Vector3("rhat")):
            here = front.subs(r, 0)
            front = front if here.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.AccumBounds) else here
        terms.append(front * contact)
    return sp.Add(*terms)


_HEAD = re.compile(r"(?:\\(?:vec|mathbf|mathrm|tilde|bar|hat)\s*)?\{?\s*([VUF])(?![A-Za-z])")


def other_quantity(left: str, derived: str) -> str:
    r"""Return why a formula for ``left`` is none for ``derived``, one a force F and the other a potential V; or nothing."""
    heads = [match[1].replace("U", "V") if (match := _HEAD.match(side.strip())) else "" for side in (left, derived)]
    if sorted(heads) != ["F", "V"]:
        return ""
    return (
        f"the formula is one for {left}, and what is derived is {derived}: a force and a potential; where {left} is only a "
        "name, say so with lhs"
    )


def _expressions(result: Comparison) -> dict[str, sp.Expr | None]:
    return {"derived": result.derived, "given": result.given, "factor": result.factor}


def _sentence(result: Comparison) -> str:
    match result.verdict:
        case "equal":
            return f"equal, proved by {result.how}"
        case "equal numerically":
            return f"equal {result.how}, not proved"
        case "equal up to a factor":
            kind = {True: "dimensionless", False: "dimensionful", None: "of unknown dimension"}[result.dimensionless]
            factor = latex(result.factor)
            return f"equal up to the {kind} factor {factor}: given = {factor} x derived ({result.how})"
        case "equal in a limit":
            return f"equal in the limit {result.limit}; {result.difference}"
        case "different":
            return f"different, {result.difference}" if result.difference else "different"
    return f"{result.verdict}: {result.difference}"


def compare(
    derived: sp.Expr | Interaction | PairInteraction,
    given: str | sp.Expr,
    *,
    fields: Mapping[str, Any] | None = None,
    let: Mapping[str, Meaning] | None = None,
    symbols: Symbols | None = None,
    conventions: Iterable[str] = (),
    lhs: str | None = None,
    spare: bool = False,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Comparison:
    r"""Compare a given formula with the derived one.

    Args:
        derived: the expression, or the Lagrangian, that the engine derived.
        given: LaTeX, a formula or an equation; or an expression.
        fields: of a Lagrangian, which field of the derived one a spelling of the paper is: ``{r"\chi": "psi_1"}``.
        let: what the paper's names stand for in ours, as in `read_latex`: ``{"a": "g_V1", "F(r)": r"\frac{e^{-m_Z r}}{r}"}``.
        symbols: the symbols that the text may use, the whole vocabulary if not given. A spelling of several symbols means
            the one that stands in the derived formula.
        conventions: names from `compare_conventions.CONVENTIONS`, such as "G_F" or "weyl".
        lhs: the equation's left-hand side, where it is more than a name.
        spare: whether ``let`` and ``fields`` may have names that do not stand in the formula, as those of a whole paper.
        seconds, megabytes: the budget; beyond it the verdict is "undecided".

    Raises:
        InputError: the text cannot be read in these names; the message shows the column.
    """
    began = time.monotonic()
    if not 0 < seconds < 10**6 or not 0 < megabytes < 10**9:
        raise InputError(f"the budget of {seconds} s and {megabytes} MB must be positive numbers")
    if let is not None and not isinstance(let, Mapping):
        raise InputError(f"let = {let!r} must give meanings by name, such as {{'a': 'g_V1'}}")
    rules = chosen(conventions)
    left, relation = "", "="
    derived, known = _lagrangian(derived, fields or {})
    if isinstance(given, str):
        if not spare and (idle := unused({**(let or {}), **(fields or {})}, given)):
            raise InputError(
                f"{', '.join(idle)} does not stand in the formula: drop it, or write it as it stands there; names with another "
                "subscript or superscript are other names"
            )
        meanings, prefer = {**rules.let, **(let or {})}, as_expr(derived).free_symbols
        if known:
            equation = read_lagrangian(given, known, symbols=symbols, let=meanings, prefer=prefer, lhs=lhs)
        else:
            equation = read_equation(given, symbols=symbols, let=meanings, prefer=prefer, lhs=lhs, weyl=rules.weyl)
        left, relation, value = equation.lhs, equation.relation, equation.value
        if known and relation == "contains" and value == 0:
            raise InputError("the part of the Lagrangian that is given is zero: a coupling that vanishes is not contained")
        if known and relation == "contains":
            derived = _common_products(derived, value)
    else:
        value = _exact(given)
    derived = _exact(derived)
    for expr in (derived, value):
        if not isinstance(expr, sp.Expr):
            raise InputError(f"{str(expr)[:60]} is no formula: compare takes expressions")
    ours, theirs = (_at_contact(rules.applied(expr)) for expr in (derived, value))
    energy = {GeV: sp.Integer(1)} | {q.symbol: q.energy for q in symbols or () if isinstance(q, Quantity)}
    try:
        found: Decision = within(decide, ours, theirs, energy, seconds=seconds, megabytes=megabytes)
    except OutOfBudget as error:
        found = Decision("undecided", difference=str(error))
    except InputError as error:
        found = Decision("undecided", difference=str(error))
    return Comparison(
        **{name: getattr(found, name) for name in found.__dataclass_fields__},
        lhs=left,
        relation=relation,
        derived=ours,
        given=theirs,
        seconds=time.monotonic() - began,
    )
