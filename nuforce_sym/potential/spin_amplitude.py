r"""The non-relativistic amplitude of two fermions with their spins, to any order in 1/m.

    \mathcal V(\mathbf q,\mathbf P) = -\frac{\mathcal M}{4E_1E_2}

as an operator in \sigma_1 and \sigma_2, in the centre of mass, on shell: particle 1 goes from P - q/2 to P + q/2,
particle 2 from -P + q/2 to -P - q/2, with P.q = 0 and q^0 = 0, so that t = -q^2. Every line is reduced by
`dirac.nonrelativistic` between the spinors of the canonical boost.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.dirac import contract3, nonrelativistic, operator_basis, operators
from nuforce_sym.dirac.nonrel import AVERAGE, TRANSFER
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Index, Momentum
from nuforce_sym.spatial import Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbol, symbols

q, m_1, m_2 = symbols("q m_1 m_2")
_I, _J = Index3("i"), Index3("j")


def spin_amplitude(amplitude: sp.Expr, t: sp.Symbol, *, order: int = 2) -> sp.Expr:
    r"""Return \mathcal V(q, P) with every term up to m^{-order}, the couplings' own masses not counted.

    Args:
        amplitude: M, a sum of products of one `Line` of each particle; vector lines share an index, or are contracted
            with the momentum transfer.
        t: the Mandelstam variable in it.
        order: the highest joint power of 1/m_1 and 1/m_2 kept from the lines.

    Raises:
        InputError: the order is no whole number from 0.
        NotDerivable: the amplitude is no such sum.
    """
    if order < 0:
        raise InputError(f"order {order!r} must be a whole number, 0 or larger")
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(amplitude)):
        lines = {f.particle: f for f in sp.Mul.make_args(term) if isinstance(f, Line)}
        rest = sp.Mul(*(f for f in sp.Mul.make_args(term) if not isinstance(f, Line)))
        if set(lines) != {1, 2} or rest.has(Line):
            raise NotDerivable(f"{term} is not a product of one line of each particle: no potential can be read off")
        total -= rest.subs(t, -(q**2)) * _product(lines[1], lines[2], order)
    elastic = {Dot3(TRANSFER, TRANSFER): q**2, Dot3(AVERAGE, TRANSFER): sp.Integer(0)}
    return collected(sp.expand(total).xreplace(elastic))


def collected(expr: sp.Expr) -> sp.Expr:
    """Gather the coefficient of every product of spins and vectors, in factored form."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(expr)):
        structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3)))
        found[structure] = found.get(structure, sp.Integer(0)) + term / structure
    return sp.Add(*(structure * sp.factor(c) for structure, c in found.items()))


def _product(one: Line, two: Line, order: int) -> sp.Expr:
    """Return the product of two lines over 4 E_1 E_2, its indices summed."""
    if isinstance(one.slot, Index) and one.slot == two.slot:
        product = _time(one, order) * _time(two, order) - _space(one, order) * _space(two, order)
    elif isinstance(one.slot, Index) or isinstance(two.slot, Index) or "J" in (one.structure, two.structure):
        raise NotDerivable(f"the indices of {one} and {two} do not contract: write currents out as lines first")
    else:
        product = _scalar(one, order) * _scalar(two, order)
    return truncated(contract3(sp.expand(product)), order)


def _reduced(line: Line, structure: str, order: int, index: Index3 = _I) -> sp.Expr:
    return nonrelativistic(structure, order, index=index).for_particle(line.particle)


def _scalar(line: Line, order: int) -> sp.Expr:
    r"""S and P as they are; q_\mu\Gamma^\mu = -\mathbf q\cdot\boldsymbol\Gamma since q^0 = 0."""
    if isinstance(line.slot, Momentum):
        return -contract3(Component3(TRANSFER, _I) * _space(line, order))
    return _reduced(line, line.structure, order)


def _time(line: Line, order: int) -> sp.Expr:
    r"""The component \mu = 0; for the dipoles i\sigma^{0\nu}k_\nu = -i\,T_0\cdot k, and \sigma^{0i}\gamma_5 = iT^i."""
    if line.structure in ("V", "A"):
        return _reduced(line, f"{line.structure}0", order)
    along = -sp.I * Component3(_gained(line), _J)
    if line.structure == "M":
        return contract3(along * _reduced(line, "T0", order, _J))
    return contract3(along * -_reduced(line, "T", order, _J))


def _space(line: Line, order: int) -> sp.Expr:
    r"""The component i; for the dipoles i\sigma^{ij}k_j = -i(k\times T)^i; \sigma^{ij}\gamma_5 = -i\epsilon^{ijk}T_0^k."""
    if line.structure in ("V", "A"):
        return _reduced(line, line.structure, order)
    cross = -sp.I * Triple3(_I, _gained(line), _J)
    if line.structure == "M":
        return contract3(cross * _reduced(line, "T", order, _J))
    return contract3(cross * _reduced(line, "T0", order, _J))


def _gained(line: Line) -> sp.Expr:
    """The momentum p_a' - p_a that the particle gains."""
    return TRANSFER if line.particle == 1 else -TRANSFER


def truncated(expr: sp.Expr, order: int) -> sp.Expr:
    """Drop the terms beyond m^-order."""
    return sp.Add(*(term for term in sp.Add.make_args(sp.expand(expr)) if _inverse_mass(term) <= order))


def _inverse_mass(term: sp.Expr) -> sp.Expr:
    return -sum(term.as_coeff_exponent(m)[1] for m in (m_1, m_2))


def in_operators(expr: sp.Expr) -> sp.Expr:
    r"""Return an expression of \sigma_1, \sigma_2, P and q as \sum_k f_k O_k, the sixteen operators of `dirac.operators`.

    Raises:
        NotDerivable: a term is no combination of the sixteen.
    """
    found = operator_basis(expr)
    square = {Dot3(TRANSFER, TRANSFER): q**2}
    return sp.Add(*(sp.factor(f.xreplace(square)) * symbol(f"O_{k}") for k, f in found.items()))


def from_operators(expr: sp.Expr) -> sp.Expr:
    r"""Return \sum_k f_k O_k with the operators written out; the inverse of `in_operators`."""
    written = {symbol(f"O_{k}"): operator for k, operator in operators(m_1).items()}
    return sp.expand(sp.expand(expr.xreplace(written)).xreplace({Dot3(TRANSFER, TRANSFER): q**2}))
