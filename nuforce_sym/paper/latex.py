r"""LaTeX of expressions and of the engine's boxes, in the vocabulary's notation.

Every symbol prints as `symbols.VOCABULARY` declares it, so that what a paper shows is the field's own notation.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.printing.latex import LatexPrinter

from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.amplitude.pair import PairDensity, PairInteraction
from nuforce_sym.lines import Line
from nuforce_sym.paper.lagrangian_normal import FieldProduct
from nuforce_sym.paper.style import Style
from nuforce_sym.potential.spectral import SpectralDensity


class Printer(LatexPrinter):  # type: ignore[misc]
    """SymPy's printer with the vocabulary's names, or an author's, and the notation of the field."""

    def __init__(self, style: Style | None = None) -> None:
        self.style = style or Style()
        super().__init__({"symbol_names": self.style.names(), "fold_frac_powers": True})

    def terms(self, expr: sp.Add) -> list[sp.Expr]:
        """Return the terms of a sum in the style's order, where that leaves a choice a positive one first: t - m^2."""
        terms = list(self._as_ordered_terms(expr))
        positive = next((i for i, term in enumerate(terms) if not term.could_extract_minus_sign()), 0)
        return self.style.ordered([terms.pop(positive), *terms])

    def _print_Add(self, expr: sp.Add, order: str | None = None) -> str:  # noqa: ARG002
        return _signed_sum([self._print(term) for term in self.terms(expr)])

    def _print_besselk(self, expr: sp.besselk, exp: str | None = None) -> str:
        order, argument = expr.args
        name = f"K_{{{self._print(order)}}}" + (f"^{{{exp}}}" if exp else "")
        return rf"{name}\!\left({self._print(argument)}\right)"

    def _print(self, expr: Any, **settings: Any) -> str:
        # the elementary charge is e, Euler's number is upright
        upright = {sp.E: r"\mathrm{e}", sp.EulerGamma: r"\gamma_{\mathrm{E}}"} if isinstance(expr, sp.NumberSymbol) else {}
        return upright.get(expr) or str(super()._print(expr, **settings))

    def _print_Pow(self, expr: sp.Pow) -> str:
        # e^x is the exponential; the elementary charge to such a power stands in parentheses
        plain = expr.exp.is_Rational and (expr.exp.is_Integer or expr.exp > 0 or expr.exp == -sp.Rational(1, 2))
        if (expr.base.is_Function or self._print(expr.base) == "e") and not plain:
            return rf"\left({self._print(expr.base)}\right)^{{{self._print(expr.exp)}}}"
        return str(super()._print_Pow(expr))

    def _print_ExpBase(self, expr: sp.exp, exp: str | None = None) -> str:
        base = r"\mathrm{e}" if expr.args[0].is_Rational else "e"
        return str(self._do_exponent(f"{base}^{{{self._print(expr.args[0])}}}", exp))

    def _print_Derivative(self, expr: sp.Derivative) -> str:
        order = sum(n for _, n in expr.variable_count)
        d = r"\partial" if len(expr.expr.free_symbols) > 1 else "d"
        below = r" ".join(f"{d} {self._print(v)}" + (f"^{{{n}}}" if n > 1 else "") for v, n in expr.variable_count)
        above = d + (f"^{{{order}}}" if order > 1 else "")
        return rf"\left(\frac{{{above}}}{{{below}}} \left({self._print(expr.expr)}\right)\right)"

    def _print_hyper(self, expr: sp.hyper, exp: str | None = None) -> str:
        upper, lower = (", ".join(map(self._print, values)) for values in (expr.ap, expr.bq))
        text = rf"{{}}_{{{len(expr.ap)}}}F_{{{len(expr.bq)}}}\!\left({upper}; {lower}; {self._print(expr.argument)}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def measure(self, expr: sp.Integral) -> str:
        """Return the sign of integration with its limits, and the differential."""
        ((variable, lower, upper),) = expr.limits
        return rf"\int_{{{self._print(lower)}}}^{{{self._print(upper)}}}\! d{self._print(variable)}\,"

    def _print_Integral(self, expr: sp.Integral) -> str:
        if len(expr.limits) != 1 or len(expr.limits[0]) != 3:
            return str(super()._print_Integral(expr))
        inside = self._print(expr.function)
        bracketed = isinstance(expr.function, sp.Add) or inside.startswith("-")
        return rf"{self.measure(expr)} " + (rf"\left({inside}\right)" if bracketed else inside)

    def _print_Line(self, line: Line) -> str:
        return line.latex(self._print)

    def _print_FieldProduct(self, product: FieldProduct) -> str:
        return product.latex


def latex(value: Any, style: Style | None = None) -> str:
    """Return the LaTeX of a SymPy expression or of one of the engine's boxes."""
    printer = Printer(style)
    if isinstance(value, (Interaction, PairInteraction)):
        return _signed_sum(interaction_terms(value, printer))
    if isinstance(value, SpectralDensity):
        return _signed_sum([printer.doprint(value.expr)])
    if isinstance(value, PairDensity):
        parts = [value.first] if value.second == 0 else [value.first, value.second]
        return r",\quad ".join(printer.doprint(part) for part in parts)
    return str(printer.doprint(value))


def interaction_terms(value: Interaction | PairInteraction, printer: Printer) -> list[str]:
    """Return the LaTeX of each term of an interaction, with its sign in front."""
    if isinstance(value, PairInteraction):
        return _pair_interaction(value, printer)
    return [_term(term, printer) for term in value.terms]


def expression_of(value: Any) -> Any:
    """Return the expression that a step's value prints: the value itself, or a spectral density's."""
    return value.expr if isinstance(value, SpectralDensity) else value


def _term(term: Term, printer: Printer) -> str:
    factors = [printer.doprint(term.coupling)]
    if term.mediator:
        factors.append(_mediator(term.mediator, dipole=any(b.has_dipole for b in term.bilinears)))
    contracted = len(term.bilinears) == 2
    for position, bilinear in enumerate(term.bilinears):
        text = _bilinear(bilinear, r"\gamma_\mu" if contracted and position == 0 else r"\gamma^\mu", printer)
        factors.append(rf"\left[{text}\right]" if contracted else text)
    return r"\,".join(factors)


def _pair_interaction(value: PairInteraction, printer: Printer) -> list[str]:
    structures = {"S": "", "P": r"i\gamma_5", "V": r"\gamma^\mu", "A": r"\gamma^\mu\gamma_5", "T": r"\sigma^{\mu\nu}"}
    return [
        rf"{printer.doprint(-c)}\,\bar{{{f.latex}}}{structures[tag]} {f.latex}\,{value.operator.latex}"
        for f, tag, c in value.couplings
    ]


def _mediator(field: Field, *, dipole: bool) -> str:
    if dipole:
        return rf"\tfrac12 {field.latex}_{{\mu\nu}}"
    return rf"{field.latex}_\mu" if field.spin == 1 else field.latex


def _bilinear(bilinear: Bilinear, gamma: str, printer: Printer) -> str:
    psi = bilinear.field.latex
    scalar, pseudoscalar, vector, axial, magnetic, electric = (bilinear.coefficient(tag) for tag in "SPVAME")
    if bilinear.has_dipole:
        middle = r"\sigma^{\mu\nu}" + _bracket(magnetic, sp.I * electric, printer)
    elif bilinear.is_vector:
        middle = gamma + _bracket(vector, axial, printer)
    else:
        middle = _bracket(scalar, sp.I * pseudoscalar, printer)
    return rf"\bar{{{psi}}}{middle}{' ' if psi[0].isalpha() else ''}{psi}"


def _bracket(plain: sp.Expr, with_gamma5: sp.Expr, printer: Printer) -> str:
    """Return the LaTeX of plain + with_gamma5 * gamma5, in parentheses where it is a sum."""
    if with_gamma5 == 0:
        return "" if plain == 1 else printer.doprint(plain)
    number = {1: "", -1: "-"}.get(with_gamma5, printer.doprint(with_gamma5))
    terms = [rf"{number} \gamma_5".strip()]
    if plain == 0 and with_gamma5 in (1, sp.I):
        return rf"\,{terms[0]}" if with_gamma5 == sp.I else terms[0]
    return rf"\left({_signed_sum(terms if plain == 0 else [printer.doprint(plain), *terms])}\right)"


def _signed_sum(terms: list[str]) -> str:
    text = terms[0]
    for term in terms[1:]:
        text += f" - {term[1:].lstrip()}" if term.startswith("-") else f" + {term}"
    return text
