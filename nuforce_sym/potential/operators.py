r"""Spin-dependent potentials in position space.

    V = \int\frac{d^3q}{(2\pi)^3}e^{+i\mathbf q\cdot\mathbf r}\,\mathcal V(\mathbf q,\mathbf P),
    \qquad \mathbf r = \mathbf r_1-\mathbf r_2

A factor q_j becomes -i\nabla_j of the transform F(r) of the scalar coefficient,

    \nabla_jF = \hat r_jF', \qquad
    \nabla_i\nabla_jF = \hat r_i\hat r_j\Big(F''-\frac{F'}r\Big)+\delta_{ij}\frac{F'}r
        -\frac c3\,\delta_{ij}\,\delta^3(\mathbf r)

where F \to c/(4\pi r) for r \to 0. A factor P_j becomes the momentum operator p = -i\nabla by Weyl's rule,
P_jf \to \tfrac12\{p_j,f\}, which is exact for matrix elements between plane waves: \langle p'|\{p_j,f\}|p\rangle =
(p+p')_j\tilde f(p'-p). What does not fall with q is kept as \delta^3(r) and its gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from nuforce_sym.dirac import contract3
from nuforce_sym.errors import NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.spatial import Anticommutator, Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbols

P, Q, MOMENTUM = Vector3("P"), Vector3("q"), Vector3("p")
RHAT, L, NABLA = Vector3("rhat"), Vector3("L"), Vector3("nabla")
_HEADS = (Dot3, Triple3)
_I = Index3("i")
delta3_r, r = symbols("delta3_r r")

Transform = Callable[[sp.Expr], sp.Expr]


def position_operators(amplitude: sp.Expr, q: sp.Symbol, transform: Transform | None = None) -> sp.Expr:
    r"""Return the potential as an operator in \sigma_1, \sigma_2, p, L and \hat r.

    Args:
        amplitude: \mathcal V(q, P), a polynomial in the scalar and triple products of the spins, P and q whose
            coefficients are rational in q^2, as `spin_amplitude` gives it.
        q: the symbol of |q|.
        transform: takes a coefficient that falls with q to its F(r); by residues where it is left out.

    Raises:
        NotDerivable: a coefficient has no transform, or a structure has more than two open factors of q or of P.
    """
    coefficients: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(amplitude)):
        structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3)))
        coefficients[structure] = coefficients.get(structure, sp.Integer(0)) + term / structure
    total = sp.Integer(0)
    for structure, coefficient in sorted(coefficients.items(), key=lambda item: str(item[0])):
        contact, falling = _split(sp.together(coefficient), q)
        if falling != 0:
            total += _differentiated(structure, falling, q, transform)
        for power, c in contact:
            total += c * _contact(structure, power)
    return _collected(total)


def _split(coefficient: sp.Expr, q: sp.Symbol) -> tuple[list[tuple[int, sp.Expr]], sp.Expr]:
    """Return the powers of q^2 that do not fall with q, and the rest, which does."""
    numerator, denominator = sp.fraction(coefficient)
    if not (numerator.is_polynomial(q) and denominator.is_polynomial(q)):
        raise NotDerivable(f"the coefficient {coefficient} is not a rational function of {q}^2")
    quotient, remainder = sp.div(sp.Poly(numerator, q), sp.Poly(denominator, q))
    terms = [(int(n), sp.factor(c)) for (n,), c in quotient.terms() if c != 0]
    if any(n % 2 for n, _ in terms):
        raise NotDerivable(f"the coefficient {coefficient} is not a function of {q}^2")
    return [(n // 2, c) for n, c in terms], sp.factor(remainder.as_expr() / denominator)


def _differentiated(structure: sp.Expr, falling: sp.Expr, q: sp.Symbol, transform: Transform | None) -> sp.Expr:
    F = transform(falling) if transform else position_space(falling, q, r)
    slope = sp.diff(F, r)
    open_heads = _open(structure)
    if not open_heads:
        return _ordered(structure, F)
    if len(open_heads) == 1:
        return _ordered(-sp.I * structure.xreplace({Q: RHAT}), slope)
    along = structure.xreplace({h: h.subs(Q, RHAT) for h in open_heads})
    trace = _traced(structure, open_heads)
    at_origin = sp.limit(4 * sp.pi * r * F, r, 0) if transform is None else sp.Integer(0)
    out = -_ordered(along, sp.diff(F, r, 2) - slope / r) - _ordered(trace, slope / r)
    return out + _ordered(trace, at_origin * delta3_r / 3)


def _open(structure: sp.Expr) -> list[sp.Expr]:
    """Return the factors that hold q, each once."""
    heads = [f for f in sp.Mul.make_args(structure) if f.has(Q)]
    if len(heads) > 2 or any(not isinstance(h, _HEADS) or h.args.count(Q) != 1 for h in heads):
        raise NotDerivable(f"the structure {structure} has more than two open factors of q: no transform is written for it")
    return heads


def _traced(structure: sp.Expr, heads: list[sp.Expr]) -> sp.Expr:
    """Return the structure with its two factors of q contracted with each other."""
    one, two = (_with_index(h) for h in heads)
    rest = sp.Mul(*(f for f in sp.Mul.make_args(structure) if f not in heads))
    return rest * contract3(one * two)


def _with_index(head: sp.Expr) -> sp.Expr:
    if isinstance(head, Dot3):
        other = head.args[0] if head.args[1] == Q else head.args[1]
        return Component3(other, _I)
    return Triple3(*(_I if slot == Q else slot for slot in head.args))


def _contact(structure: sp.Expr, power: int) -> sp.Expr:
    r"""Return the transform of structure times q^{2 power}: gradients of \delta^3."""
    heads = _open(structure)
    gradients = structure.xreplace({h: h.subs(Q, NABLA) for h in heads})
    factor = (-sp.I) ** len(heads) * (-Dot3(NABLA, NABLA)) ** power
    return _ordered(gradients * factor, delta3_r)


def _ordered(structure: sp.Expr, radial: sp.Expr) -> sp.Expr:
    """Return structure times radial with P -> p in Weyl's order; sums of structures term by term."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(structure)):
        heads: list[sp.Expr] = []
        rest = radial
        for factor in sp.Mul.make_args(term):
            base, power = factor.as_base_exp()
            if base.has(P):
                heads += [base] * int(power)
            else:
                rest *= factor
        if len(heads) > 2:
            raise NotDerivable(f"{term} has more than two factors of P: no ordering is written for it")
        for head in heads:
            rest = _anticommuted(head, rest)
        total += rest
    return total


def _anticommuted(head: sp.Expr, rest: sp.Expr) -> sp.Expr:
    """Return one half of the anticommutator of ``head`` with the rest, where P is the momentum operator."""
    if head == Dot3(P, P):
        component = Component3(MOMENTUM, _I)
        return Anticommutator(component, Anticommutator(component, rest)) / 4
    if isinstance(head, Triple3) and head.has(RHAT):
        # P x rhat = -L/r, and L commutes with every function of r
        (spin,) = set(head.args) - {P, RHAT}
        angular = -Dot3(spin, L) / r * (1 if Triple3(P, RHAT, spin) == head else -1)
        return angular * rest if not rest.has(Vector3) else Anticommutator(Dot3(spin, L), angular / Dot3(spin, L) * rest) / 2
    return Anticommutator(head.subs(P, MOMENTUM), rest) / 2


def _collected(expr: sp.Expr) -> sp.Expr:
    """Gather the radial function of every structure, also inside anticommutators."""
    found: dict[tuple[tuple[sp.Expr, ...], sp.Expr], sp.Expr] = {}
    for operators, function in unwrapped(expr):
        for term in sp.Add.make_args(sp.expand(function)):
            structure, radial = separated(term)
            key = (operators, structure)
            found[key] = found.get(key, sp.Integer(0)) + radial
    total = sp.Integer(0)
    for (operators, structure), radial in found.items():
        term = structure * in_bessel_functions(radial)
        for operator in reversed(operators):
            term = Anticommutator(operator, term)
        total += term
    return total


def unwrapped(expr: sp.Expr) -> Iterator[tuple[tuple[sp.Expr, ...], sp.Expr]]:
    """Yield the terms as the operators of their nested anticommutators, outermost first, and what stands inside."""
    for term in sp.Add.make_args(sp.expand(expr)):
        head = next((f for f in sp.Mul.make_args(term) if isinstance(f, Anticommutator)), None)
        if head is None:
            yield (), term
            continue
        operator, inside = head.args
        for operators, function in unwrapped(inside):
            yield (operator, *operators), term / head * function


def separated(term: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return the spins, vectors and delta function of a term, and its radial function."""
    structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3) or f == delta3_r))
    return structure, term / structure


def coefficient(potential: sp.Expr, *structure: sp.Expr) -> sp.Expr:
    """Return the radial function of a structure in a potential; ``(a, 1)`` stands for {a, f} and gives f.

    Raises:
        NotDerivable: the potential has no such term.
    """
    *operators, wanted = (as_expr(s) for s in structure)
    found = sp.Integer(0)
    for held, function in unwrapped(potential):
        for term in sp.Add.make_args(sp.expand(function)):
            spins, radial = separated(term)
            if held == tuple(operators) and spins == wanted:
                found += radial
    if found == 0:
        raise NotDerivable(f"the potential has no term with {', '.join(map(str, structure))}: it is {potential}")
    return in_bessel_functions(found)
