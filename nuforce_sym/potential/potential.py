r"""A potential between two fermions: spin structures and their radial functions, with its symmetries and limits."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from nuforce_sym import dimension
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.potential.limits import long_distance, massless_limit
from nuforce_sym.potential.operators import separated, unwrapped
from nuforce_sym.spatial import Anticommutator, Vector3
from nuforce_sym.symbols import VOCABULARY, symbols

r, delta3_r = symbols("r delta3_r")

# P and T of the vectors that potentials are made of. T also conjugates, but potentials here have no i.
_PARITY = {"sigma_1": 1, "sigma_2": 1, "L": 1, "rhat": -1, "p": -1, "P": -1, "q": -1, "nabla": -1}
_REVERSAL = {"sigma_1": -1, "sigma_2": -1, "L": -1, "rhat": 1, "p": -1, "P": -1, "q": 1, "nabla": 1}
_EXCHANGED = {"sigma_1": ("sigma_2", 1), "sigma_2": ("sigma_1", 1), "L": ("L", 1)}


@dataclass(frozen=True)
class PotentialTerm:
    r"""One term: \{o_1,\{o_2,\dots\,S\,f(r)\}\} with the operators o, the structure S of spins and vectors, and f."""

    operators: tuple[sp.Expr, ...]
    structure: sp.Expr
    radial: sp.Expr

    @property
    def expr(self) -> sp.Expr:
        """The term as an expression."""
        whole = self.structure * self.radial
        for operator in reversed(self.operators):
            whole = Anticommutator(operator, whole)
        return whole

    @property
    def is_contact(self) -> bool:
        """Whether the term is a delta function at r = 0 or a derivative of one."""
        return bool(self.structure.has(delta3_r))

    @property
    def name(self) -> str:
        """The operator part in words, such as ``{p.sigma_1, f}``."""
        if not self.operators:
            return str(self.structure)
        text = "f" if self.structure == 1 else f"{self.structure}*f"
        for operator in reversed(self.operators):
            text = f"{{{operator}, {text}}}"
        return text

    @property
    def parity(self) -> int:
        """+1 or -1: what r -> -r, p -> -p makes of the term."""
        return self._sign(_PARITY)

    @property
    def time_reversal(self) -> int:
        """+1 or -1: what sigma -> -sigma, p -> -p, L -> -L makes of the term."""
        return self._sign(_REVERSAL)

    def _sign(self, table: dict[str, int]) -> int:
        sign = 1
        for part in (*self.operators, self.structure):
            for factor in sp.Mul.make_args(part):
                base, power = factor.as_base_exp()
                slots = [slot for head in base.args for slot in (head.args or (head,))] if base.is_Add else base.args
                for slot in slots:
                    if isinstance(slot, Vector3):
                        sign *= table[slot.name] ** int(power)
        return sign


@dataclass(frozen=True)
class Potential:
    """A potential as a sum of `PotentialTerm`s, as `of` reads them off an operator expression."""

    terms: tuple[PotentialTerm, ...]

    @classmethod
    def of(cls, expr: sp.Expr) -> Potential:
        """Return the potential of an expression as `position_operators` and `pair_potential` give it.

        Raises:
            InputError: the expression carries another dimension than an energy, or is zero.
        """
        if expr == 0:
            raise InputError("the potential vanishes: no structure of these couplings survives at this order")
        power = dimension.power(expr)
        if power != 1:
            raise InputError(f"a potential is an energy, but {expr} carries energy^{power}: check the couplings' dimensions")
        found: dict[tuple[tuple[sp.Expr, ...], sp.Expr], sp.Expr] = {}
        for held, inside in unwrapped(expr):
            # components of p commute with each other, so that nested anticommutators may change places
            operators = tuple(sorted(held, key=sp.default_sort_key))
            for term in sp.Add.make_args(sp.expand(inside)):
                structure, radial = separated(term)
                found[operators, structure] = found.get((operators, structure), sp.Integer(0)) + radial
        return cls(tuple(PotentialTerm(*key, in_bessel_functions(radial)) for key, radial in found.items()))

    @property
    def expr(self) -> sp.Expr:
        """The whole as an expression."""
        return sp.Add(*(term.expr for term in self.terms))

    @property
    def central(self) -> sp.Expr:
        """The radial function without spins, 0 where there is none."""
        return sp.Add(*(t.radial for t in self.terms if not t.operators and t.structure == 1))

    @property
    def parity(self) -> str:
        """``"even"``, ``"odd"`` or ``"mixed"`` under space inversion."""
        return _common({term.parity for term in self.terms})

    @property
    def time_reversal(self) -> str:
        """``"even"``, ``"odd"`` or ``"mixed"`` under reversal of motion."""
        return _common({term.time_reversal for term in self.terms})

    def exchanged(self) -> Potential:
        """Return the potential with the two particles exchanged: labels 1 <-> 2, r -> -r, p -> -p."""
        expr = self.expr.xreplace(_swapped_labels(self.expr))
        vectors = {}
        for vector in sorted(expr.atoms(Vector3), key=lambda v: v.name):
            name, sign = _EXCHANGED.get(vector.name, (vector.name, -1))
            vectors[vector] = sign * Vector3(name)
        return Potential.of(expr.xreplace(vectors))

    @property
    def exchange_symmetric(self) -> bool:
        """Whether exchanging the particles with all their labels leaves the potential as it is, as it must."""
        ours, theirs = ({(t.operators, t.structure): t.radial for t in p.terms} for p in (self, self.exchanged()))
        return ours.keys() == theirs.keys() and all(sp.expand(ours[key] - theirs[key]) == 0 for key in ours)

    def short_distance(self, mass: sp.Symbol) -> Potential:
        """Return the leading term of every radial function for r far below 1/``mass``; contact terms are dropped."""
        return self._limit(lambda radial: massless_limit(radial, mass))

    def long_distance(self) -> Potential:
        """Return the leading term of every radial function for large r; contact terms are dropped.

        Raises:
            NotDerivable: a radial function has no single range.
        """
        return self._limit(lambda radial: long_distance(radial, r) if radial.has(sp.besselk) else _leading_power(radial))

    def _limit(self, of) -> Potential:  # type: ignore[no-untyped-def]
        kept = [term for term in self.terms if not term.is_contact]
        return Potential(tuple(PotentialTerm(t.operators, t.structure, of(t.radial)) for t in kept))


def _common(signs: set[int]) -> str:
    return "mixed" if len(signs) > 1 else "even" if signs == {1} else "odd"


def _swapped_labels(expr: sp.Expr) -> dict[sp.Symbol, sp.Symbol]:
    """Map every symbol of particle 1 to that of particle 2 and back: m_1 <-> m_2, g_V1 <-> g_V2."""
    swap = {}
    for s in sorted(expr.free_symbols, key=lambda s: s.name):
        partner = s.name[:-1] + {"1": "2", "2": "1"}.get(s.name[-1], "")
        if s.name[-1] in "12" and partner in VOCABULARY:
            swap[s] = VOCABULARY[partner].symbol
    return swap


def _leading_power(radial: sp.Expr) -> sp.Expr:
    """Return the slowest term of a sum of powers of r, or of powers times one exponential."""
    terms: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(radial)):
        power = term.as_coeff_exponent(r)[1] if not term.has(sp.exp) else (term / _exponential(term)).as_coeff_exponent(r)[1]
        terms[power] = terms.get(power, sp.Integer(0)) + term
    if len({_exponential(t) for t in terms.values()}) > 1:
        raise NotDerivable(f"{radial} has no single range: its exponentials differ")
    return sp.factor(terms[max(terms)])


def _exponential(term: sp.Expr) -> sp.Expr:
    return sp.Mul(*(f for f in sp.Mul.make_args(term) if isinstance(f, sp.exp)))
