r"""Auditing a paper: every formula of a claims file is compared with the derivation that it is claimed to come from.

What is right was proved equal. What agrees in numbers only, cannot be read, or has no derivation yet, is not decided.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from nuforce_sym.amplitude.interaction import Field, Interaction
from nuforce_sym.amplitude.pair import PairInteraction
from nuforce_sym.equality import normal_form, vanishes
from nuforce_sym.errors import InputError, NuforceError
from nuforce_sym.paper.claims import Claim, Claims
from nuforce_sym.paper.compare import Comparison, compare, other_quantity
from nuforce_sym.paper.compare_conventions import CONVENTIONS
from nuforce_sym.paper.compare_limits import agreement_in
from nuforce_sym.paper.lagrangian_normal import lagrangian, restricted, spelled
from nuforce_sym.paper.lagrangian_read import read_lagrangian
from nuforce_sym.paper.latex import latex
from nuforce_sym.paper.texread import read_equation, read_latex
from nuforce_sym.symbols import VOCABULARY, symbol

Status = Literal["right", "convention", "wrong", "undecided", "definition"]
STATUSES: Mapping[Status, str] = {
    "right": "right",
    "convention": "right under a stated convention",
    "wrong": "wrong",
    "undecided": "not decided",
    "definition": "definition",
}
BEYOND: Mapping[Status, str] = {
    "right": "holds",
    "convention": "holds under a stated convention",
    "wrong": "does not hold",
    "undecided": "not decided",
}
"""The words for a question that goes beyond what the paper says."""
Resolve = Callable[[str], tuple[str, Any]]
"""Takes DERIVATION.STEP to the LaTeX of its left-hand side and its value."""
SECONDS = 30.0
_DOMAIN = "where a root or a logarithm is complex"
"""What `compare` says of formulas that agree where both are real; the paper's domain is not known."""
_CLAUSE = re.compile(
    r"((?:in )?the term )(.+?)( has the other sign| is missing| is not in the derived formula| has the factor "
    r"| has another power of | stands )(.*)"
)


@dataclass(frozen=True)
class Finding:
    """The verdict on one claim.

    ``sentence`` says what was found, ``lhs`` and ``derived`` are the derivation's own formula in LaTeX (empty where there
    is none), ``verdict`` and ``factor`` are those of `compare`, ``seconds`` the time that it took.
    """

    claim: Claim
    status: Status
    sentence: str
    lhs: str = ""
    derived: str = ""
    verdict: str = ""
    factor: str = ""
    seconds: float = 0.0

    @property
    def words(self) -> str:
        """The verdict in words."""
        return BEYOND[self.status] if self.claim.beyond else STATUSES[self.status]

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        c = self.claim
        paper = {
            "id": c.id,
            "where": c.where,
            "latex": c.latex,
            "claims": c.claims,
            "relation": c.relation,
            "why": c.why,
            "beyond": c.beyond,
        }
        found = {"status": self.status, "sentence": self.sentence, "lhs": self.lhs, "derived": self.derived}
        return {**paper, **found, "verdict": self.verdict, "factor": self.factor, "seconds": round(self.seconds, 2)}


def audit(claims: Claims, resolve: Resolve, *, seconds: float = SECONDS) -> list[Finding]:
    """Return the findings on all claims, in order; ``seconds`` is the time allowed for each comparison.

    Raises:
        InputError: a claim names a derivation, a step or a part that does not exist.
    """
    return [judge(claim, resolve, seconds=seconds) for claim in claims.claims]


def judge(claim: Claim, resolve: Resolve, *, seconds: float = SECONDS) -> Finding:
    """Return the finding on one claim; see `audit`."""
    began = time.monotonic()
    if claim.relation == "definition":
        return Finding(claim, "definition", "it defines a name and claims nothing")
    if claim.pending:
        return Finding(claim, "undecided", f"no derivation gives it yet: {claim.pending}")
    lhs, value = resolve(claim.claims)
    derived, fields = derived_part(value, claim)
    let = {name: resolve(text[1:])[1] if text.startswith("@") else text for name, text in claim.let.items()}
    status, sentence, last = _decided(claim, derived, fields, let, seconds)
    if last and not (claim.lhs or claim.read) and (why := other_quantity(last.lhs, lhs)):
        status, sentence = "undecided", why
    shown = latex(last.derived if last else derived)
    factor = latex(last.factor) if last and last.factor is not None else ""
    verdict = last.verdict if last else ""
    return Finding(claim, status, sentence, "" if "." in claim.part else lhs, shown, verdict, factor, time.monotonic() - began)


Fields = Mapping[str, Field]


def derived_part(value: Any, claim: Claim) -> tuple[sp.Expr, Fields]:
    """Return the expression that a claim is about, and the fields by the paper's spelling where it is a Lagrangian.

    ``part`` of a Lagrangian names fields, whose terms are taken, or FIELD.STRUCTURE for each bilinear of one coefficient.

    Raises:
        InputError: the value is no formula, or the Lagrangian has no such part.
    """
    value = getattr(value, "expr", value) if not isinstance(value, sp.Basic) else value
    where = f"formula {claim.id!r}, claims {claim.claims!r}"
    if isinstance(value, Interaction) and "." in claim.part:
        return _coefficient(value, claim.part, where), {}
    if isinstance(value, (Interaction, PairInteraction)):
        try:
            value = restricted(value, claim.part.split()) if claim.part else value
            return lagrangian(value), spelled(value, claim.fields)
        except InputError as error:
            raise InputError(f"{where}: {error}") from None
    if claim.part or claim.fields or not isinstance(value, sp.Expr):
        kind = "no Lagrangian and has no parts and fields" if claim.part or claim.fields else "no formula"
        raise InputError(f"{where} is {kind}")
    return value, {}


def _coefficient(interaction: Interaction, part: str, where: str) -> sp.Expr:
    wanted = [tuple(item.partition(".")[::2]) for item in part.split()]
    found = sp.Integer(0)
    known = []
    for term in interaction.terms:
        names = [b.field.name for b in term.bilinears]
        known.append(" ".join(names))
        if names == [name for name, _ in wanted]:
            tags = zip(term.bilinears, wanted, strict=True)
            found += term.coupling * sp.Mul(*(b.coefficient(tag) for b, (_, tag) in tags))
    if found == 0:
        raise InputError(f"{where} has no part {part!r}; its bilinears are of {', '.join(dict.fromkeys(known))}")
    return found


def _decided(
    claim: Claim, derived: sp.Expr, fields: Fields, let: Mapping[str, Any], seconds: float
) -> tuple[Status, str, Comparison | None]:
    """Try the formula as it stands, then under the conventions that are stated."""
    plain: tuple[Status, str, Comparison | None] = ("undecided", "", None)
    try:
        plain = (
            plain if _assumption_needed(claim, derived, fields, let) else _compared(claim, derived, fields, let, (), seconds)
        )
    except NuforceError as error:
        plain = ("undecided", f"it cannot be read: {_first_line(error)}", None)
    if plain[0] == "right" or not (claim.assume or claim.conventions):
        return _with_hint(plain, claim, derived, fields, let, seconds)
    try:
        assumed = _assumed(claim, derived)
        status, sentence, found = _compared(claim, assumed, fields, let, claim.conventions, seconds)
    except NuforceError as error:
        return "undecided", f"it cannot be read under the stated conventions: {_first_line(error)}", None
    stated = _stated(claim)
    if status == "right":
        return "convention", f"{sentence}, with {stated}", found
    return status, f"{sentence}, even with {stated}", found


def _with_hint(
    plain: tuple[Status, str, Comparison | None],
    claim: Claim,
    derived: sp.Expr,
    fields: Fields,
    let: Mapping[str, Any],
    seconds: float,
) -> tuple[Status, str, Comparison | None]:
    """Add to a verdict that rests on a factor with symbols the convention under which the formula would be right."""
    status, sentence, found = plain
    if status != "wrong" or found is None or found.factor is None or found.factor.is_number:
        return plain
    for name in ("alpha", "G_F"):
        try:
            if _compared(claim, derived, fields, let, (name,), seconds)[0] == "right":
                return status, f"{sentence}; it is right with conventions = [{name!r}], {CONVENTIONS[name].meaning}", found
        except NuforceError:  # the convention is not about this formula
            continue
    return plain


def _assumption_needed(claim: Claim, derived: sp.Expr, fields: Fields, let: Mapping[str, Any]) -> bool:
    """Whether the printed formula lacks a symbol that the convention puts a value for, and so cannot be the derived one."""
    if not claim.assume:
        return False
    text = claim.read or claim.latex
    if fields:
        given = read_lagrangian(text, fields, let=let, prefer=derived.free_symbols, lhs=_left(claim)).value
    else:
        given = read_equation(text, let=let, prefer=derived.free_symbols, lhs=_left(claim)).value
    lacking = derived.free_symbols - given.free_symbols
    return any(symbol(name) in lacking for name in claim.assume)


def _left(claim: Claim) -> str | None:
    return claim.lhs if claim.lhs and not claim.read else None


def _first_line(error: NuforceError) -> str:
    return str(error).splitlines()[0]


def _stated(claim: Claim) -> str:
    parts = [f"${VOCABULARY[name].latex} = {text}$" for name, text in claim.assume.items()]
    return ", ".join(parts + [CONVENTIONS[name].meaning for name in claim.conventions])


def _assumed(claim: Claim, derived: sp.Expr) -> sp.Expr:
    values = {symbol(name): read_latex(text) for name, text in claim.assume.items()}
    return derived.subs(values, simultaneous=True) if values else derived


def _compared(
    claim: Claim, derived: sp.Expr, fields: Fields, let: Mapping[str, Any], conventions: tuple[str, ...], seconds: float
) -> tuple[Status, str, Comparison]:
    text = claim.read or claim.latex
    found = compare(
        derived, text, fields=fields, let=let, conventions=conventions, lhs=_left(claim), spare=True, seconds=seconds
    )
    if found.verdict == "equal":
        return "right", _said(found), found
    if found.verdict == "undecided":
        return "undecided", _said(found), found
    if claim.relation == "proportional":
        return _proportional(claim, found)
    if claim.relation == "order":
        return _order(found)
    if claim.relation == "limit" and (first := agreement_in(found.derived, found.given, claim.limit)) is not None:
        return "right", _in_limit(claim.limit, first), found
    if found.verdict == "equal numerically" or (found.verdict == "different" and _DOMAIN in found.difference):
        return "undecided", _said(found), found
    return "wrong", _said(found), found


def _said(found: Comparison) -> str:
    """Return what was found as a sentence, its mathematics between dollar signs."""
    zero = {found.given: "printed", found.derived: "derived"}.get(sp.Integer(0))
    if zero and found.verdict not in ("equal", "undecided"):
        return f"different: what is {zero} is zero"
    match found.verdict:
        case "equal up to a factor":
            kind = {True: "dimensionless ", False: "dimensionful ", None: ""}[found.dimensionless]
            return f"the printed formula is ${latex(found.factor)}$ times the derived one, a {kind}factor ({found.how})"
        case "equal in a limit":
            return _in_limit(found.limit, found.difference)
        case "a term differs":
            return "; ".join(_marked(part) for part in found.difference.split("; "))
        case "different" if (found.derived / found.given).is_extended_real and (found.derived / found.given).is_number:
            return f"different: the derived number is {float(found.derived / found.given):.3g} times the printed one"
    return found.sentence


def _in_limit(limit: str, difference: str) -> str:
    """Return that the two agree in a limit as a sentence, its mathematics between dollar signs."""
    name, _, to = (part.strip() for part in limit.partition("->"))
    shown = re.sub(r"given/derived = (.*?) \+ \.\.\.$", r"printed/derived is $\1 + \\ldots$", difference)
    return rf"equal in the limit ${VOCABULARY[name].latex} \to {to.replace('oo', chr(92) + 'infty')}$; {shown}"


def _marked(part: str) -> str:
    """Return one clause about a term with the term's LaTeX between dollar signs."""
    match = _CLAUSE.fullmatch(part)
    if match is None:
        return part
    before, term, verb, rest = match.groups()
    rest = rest.replace(": the factor ", "$: the factor $")
    return f"{before}${term}${verb}" + (f"${rest}$" if rest else "")


def _order(found: Comparison) -> tuple[Status, str, Comparison]:
    """Decide whether two numbers, or quantities in one unit, are of one sign and within a factor of 10."""
    if found.given == 0:
        return "wrong", "what is printed is zero and has no order of magnitude", found
    ratio = sp.cancel(found.derived / found.given)  # units cancel
    if not ratio.is_number:
        return "undecided", "an order of magnitude is one of numbers: assume values for the symbols", found
    ratio = sp.N(ratio, 20)
    if not ratio.is_real:
        return "undecided", "the ratio of the two numbers is not real", found
    kind = "of the same" if sp.Rational(1, 10) <= ratio <= 10 else "not of this"
    status: Status = "right" if kind == "of the same" else "wrong"
    return status, f"{kind} order of magnitude: the derived number is {float(ratio):.2g} times the printed one", found


def _free_of(x: sp.Symbol, found: Comparison) -> str:
    """Return "proved", "measured" or "different" for the statement that given/derived does not depend on x."""
    y = sp.Dummy(x.name, positive=True)
    here, there = found.derived * found.given.xreplace({x: y}), found.derived.xreplace({x: y}) * found.given
    verdict = vanishes(here - there)
    if verdict == "measured" and x.is_positive:  # powers with symbols in them: the logarithmic derivative is rational
        slope = sp.diff(sp.expand_log(sp.log(found.given / found.derived)), x)
        return "proved" if normal_form(slope) == 0 else verdict
    return verdict


def _negative(factor: sp.Expr) -> bool:
    """Whether a factor is negative where all its symbols are positive: signs of charges are no matter of the formula."""
    return bool(factor.xreplace({s: sp.Dummy(s.name, positive=True) for s in factor.free_symbols}).is_negative)


def _proportional(claim: Claim, found: Comparison) -> tuple[Status, str, Comparison]:
    """Decide whether given/derived is free of the variables that the claim names."""
    names = ", ".join(f"${VOCABULARY[name].latex}$" for name in claim.within)
    verdicts = []
    for name in claim.within:
        verdicts.append(_free_of(symbol(name), found))
    if "different" in verdicts:
        bad = ", ".join(f"${VOCABULARY[n].latex}$" for n, v in zip(claim.within, verdicts, strict=True) if v == "different")
        return "wrong", f"not proportional to the derived formula: the ratio depends on {bad}", found
    if "measured" in verdicts:
        return "undecided", f"proportional in numbers at sampled points, in {names}, not proved", found
    factor = f"; the factor is ${latex(found.factor)}$" if found.factor is not None else ""
    if found.factor is not None and _negative(found.factor):
        return "wrong", f"proportional to minus the derived formula in {names}, for positive charges{factor}", found
    return "right", f"proportional to the derived formula in {names}, proved{factor}", found
