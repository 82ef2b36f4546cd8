r"""The non-relativistic reduction of a spinor line, exact and expanded in 1/m.

A line :math:`\bar u(p')\,\Gamma\,u(p)/(2E)` is worked out between the canonical boost spinors

.. math:: u(p)=\sqrt{E+m}\begin{pmatrix}\xi\\ \dfrac{\vec\sigma\cdot\vec p}{E+m}\,\xi\end{pmatrix},\qquad \bar uu=2m,

in the Dirac representation, with :math:`\vec p=\vec P-\vec q/2`, :math:`\vec p\,'=\vec P+\vec q/2` and elastic
kinematics :math:`\vec P\cdot\vec q=0`, so that :math:`E'=E=\sqrt{m^2+\vec P^2+\vec q^2/4}`.  The two-component
spinors are left off; the result is an operator in the spin vector.  With the blocks
:math:`\gamma^0\Gamma=\begin{pmatrix}A&B\\C&D\end{pmatrix}` the line is

.. math::
   \frac{E+m}{2E}\,A+\frac{1}{2E}\left(B\,\vec\sigma\cdot\vec p+\vec\sigma\cdot\vec p\,'\,C\right)
   +\frac{1}{2E(E+m)}\,\vec\sigma\cdot\vec p\,'\,D\,\vec\sigma\cdot\vec p .

Source of the spinors: Itzykson and Zuber, Quantum Field Theory, Section 2-2-1; the reduction itself is worked out
here for every structure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym.dirac.pauli import UNIT, ZERO, Pauli, binomial_series, contract3, sigma_dot
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.spatial import Component3, Delta3, Dot3, Index3, Triple3, Vector3

SIGMA = Vector3("sigma")
AVERAGE = Vector3("P")
TRANSFER = Vector3("q")
MASS = sp.Symbol("m", positive=True)
ENERGY = sp.Symbol("E", positive=True)
INDEX = Index3("i")

Blocks = tuple[Pauli, Pauli, Pauli, Pauli]

_ONE: Blocks = (UNIT, ZERO, ZERO, UNIT)
_GAMMA0: Blocks = (UNIT, ZERO, ZERO, UNIT.times(-1))
_GAMMA5: Blocks = (ZERO, UNIT, UNIT, ZERO)


def _gamma(i: Index3) -> Blocks:
    return (ZERO, sigma_dot(i), sigma_dot(i).times(-1), ZERO)


def _mul(x: Blocks, y: Blocks) -> Blocks:
    a, b, c, d = x
    e, f, g, h = y
    return (a @ e + b @ g, a @ f + b @ h, c @ e + d @ g, c @ f + d @ h)


def _scale(x: Blocks, factor: Any) -> Blocks:
    a, b, c, d = (block.times(factor) for block in x)
    return a, b, c, d


def _minus(x: Blocks, y: Blocks) -> Blocks:
    a, b, c, d = (s - t for s, t in zip(x, y, strict=True))
    return a, b, c, d


def structures(i: Index3 = INDEX) -> dict[str, Blocks]:
    r"""Return the Dirac structures in blocks.

    ``S``: 1, ``P``: :math:`i\gamma_5`, ``V0``: :math:`\gamma^0`, ``V``: :math:`\gamma^i`,
    ``A0``: :math:`\gamma^0\gamma_5`, ``A``: :math:`\gamma^i\gamma_5`, ``T0``: :math:`\sigma^{0i}`,
    ``T``: :math:`\tfrac12\epsilon^{ijk}\sigma^{jk}`, from which :math:`\sigma^{ij}=\epsilon^{ijk}T^k`.
    """
    gi = _gamma(i)
    # summed inside the reduction; they never reach the result
    j, k = Index3(f"{i.name[:28]}_j_"), Index3(f"{i.name[:28]}_k_")
    gj, gk = _gamma(j), _gamma(k)
    commutator = _minus(_mul(gj, gk), _mul(gk, gj))
    return {
        "S": _ONE,
        "P": _scale(_GAMMA5, sp.I),
        "V0": _GAMMA0,
        "V": gi,
        "A0": _mul(_GAMMA0, _GAMMA5),
        "A": _mul(gi, _GAMMA5),
        "T0": _scale(_mul(_GAMMA0, gi), sp.I),
        "T": _scale(commutator, sp.I / 4 * Triple3(i, j, k)),
    }


@dataclass(frozen=True)
class SpinorLine:
    r"""A reduced line :math:`\bar u(p')\Gamma u(p)/(2E)`.

    Attributes:
        structure: its name, as in ``structures``.
        exact: the closed form in ``energy``, ``mass`` and the heads of ``nuforce_sym.spatial``.
        expr: the expansion up to and including ``mass**-order``.
        order: the order in 1/m.
        mass, energy: the symbols.
        sigma, average, transfer: the vectors sigma, P and q.
    """

    structure: str
    exact: sp.Expr
    expr: sp.Expr
    order: int
    mass: sp.Symbol
    energy: sp.Symbol
    sigma: Vector3
    average: Vector3
    transfer: Vector3

    @property
    def unit(self) -> sp.Expr:
        """The coefficient of the unit operator in ``expr``."""
        return self.expr.subs(self.sigma, 0)

    @property
    def spin(self) -> sp.Expr:
        """The part of ``expr`` that is linear in sigma."""
        return sp.expand(self.expr - self.unit)

    def for_particle(self, number: int) -> sp.Expr:
        r"""Return ``expr`` for particle 1 or 2 of a pair in its centre of mass.

        Particle 1 has :math:`\vec\sigma_1,m_1,\vec P,\vec q`; particle 2 has
        :math:`\vec\sigma_2,m_2,-\vec P,-\vec q`, because :math:`p_2\to p_2'=p_2-q`.
        """
        if number not in (1, 2):
            raise InputError(f"particle {number!r} does not exist; a pair has particles 1 and 2")
        sign = 1 if number == 1 else -1
        mass = sp.Symbol(f"{self.mass.name}_{number}", positive=True)
        spin = Vector3(f"{self.sigma.name}_{number}")
        replaced = self.expr.xreplace({self.mass: mass, self.sigma: spin})
        return sp.expand(replaced.xreplace({self.average: sign * self.average, self.transfer: sign * self.transfer}))

    def _latex(self, printer: Any) -> str:
        return str(printer.doprint(self.expr))

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {sp.latex(self.expr)}$"


def nonrelativistic(
    structure: str,
    order: Any = 2,
    *,
    mass: sp.Symbol = MASS,
    energy: sp.Symbol = ENERGY,
    sigma: Vector3 = SIGMA,
    average: Vector3 = AVERAGE,
    transfer: Vector3 = TRANSFER,
    index: Index3 = INDEX,
) -> SpinorLine:
    """Return the line of one Dirac structure, exact and expanded in 1/m.

    Args:
        structure: ``"S"``, ``"P"`` (i gamma5), ``"V0"``, ``"V"``, ``"A0"``, ``"A"``, ``"T0"`` (sigma^{0i}) or ``"T"``
            (half epsilon^{ijk} sigma^{jk}).
        order: the highest power of 1/m kept, momenta counting as fixed.
        mass: symbol of the mass.
        energy: symbol of the energy in the exact form.
        sigma: the spin vector.
        average: P, the mean of incoming and outgoing momentum.
        transfer: q, outgoing minus incoming momentum.
        index: the open spatial index.

    Raises:
        InputError: for an unknown structure or a negative order.
    """
    table = structures(index)
    if structure not in table:
        raise InputError(
            f"structure {structure!r} is unknown; use one of {', '.join(table)}{suggestion(str(structure), table)}"
        )
    if not isinstance(order, int) or order < 0:
        raise InputError(f"order {order!r} must be a whole number, 0 or larger")
    half = sp.Rational(1, 2)
    after, before = sigma_dot(average + half * transfer), sigma_dot(average - half * transfer)
    a, b, c, d = _mul(_GAMMA0, table[structure])
    elastic = {Dot3(average, transfer): sp.S.Zero}
    large = _clean(a, sigma, elastic)
    mixed = _clean(b @ before + after @ c, sigma, elastic)
    small = _clean(after @ d @ before, sigma, elastic)
    # in the closed form P**2 is written through the energy
    shell = {Dot3(average, average): energy**2 - mass**2 - Dot3(transfer, transfer) / 4}
    exact = (energy + mass) / (2 * energy) * large + mixed / (2 * energy) + small / (2 * energy * (energy + mass))
    x = Dot3(average, average) + Dot3(transfer, transfer) / 4
    # with E = m s, s**2 = 1 + x/m**2: 1/(s(1+s)) = (1 - 1/s) m**2/x, so every factor follows from 1/s
    series = [sp.Rational(t.numerator, t.denominator) for t in binomial_series(order // 2 + 2)]
    powers = [x**n / mass ** (2 * n) for n in range(order // 2 + 2)]
    inverse = sp.Add(*(s * p for s, p in zip(series, powers, strict=True)))
    remainder = sp.Add(*(-s * p for s, p in zip(series[1:], powers[:-1], strict=True)))
    expanded = large * (1 + inverse) / 2 + mixed * inverse / (2 * mass) + small * remainder / (2 * mass**2)
    return SpinorLine(
        structure,
        _collected(exact.xreplace(shell)),
        _truncate(sp.expand(expanded), mass, order),
        order,
        mass,
        energy,
        sigma,
        average,
        transfer,
    )


def _clean(p: Pauli, sigma: Vector3, elastic: dict[sp.Expr, sp.Expr]) -> sp.Expr:
    return sp.expand(contract3(p.expr(sigma)).xreplace(elastic))


def _collected(expr: sp.Expr) -> sp.Expr:
    """Gather the coefficient of every structure of the closed form."""
    heads = sorted(expr.atoms(Dot3, Component3, Delta3, Triple3), key=str)
    return sp.collect(sp.expand(expr), heads, sp.factor)


def _truncate(expr: sp.Expr, mass: sp.Symbol, order: int) -> sp.Expr:
    return sp.Add(*(t for t in sp.Add.make_args(expr) if -t.as_coeff_exponent(mass)[1] <= order))
