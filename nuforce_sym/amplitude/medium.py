r"""The propagator at finite density, and the loop with one occupied line.

    S(k) = (\slashed k+m)\Big\{\frac{i}{k^2-m^2+i0} - 2\pi\delta(k^2-m^2)\big[\Theta(k^0)n_+(\mathbf k)
        + \Theta(-k^0)n_-(-\mathbf k)\big]\Big\}

Between static sources q^0 = 0, so that an occupied line of energy E meets an empty one of the same energy, and the
other line's denominator is -(\mathbf q^2\pm2\mathbf k\cdot\mathbf q).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.interaction import Bilinear, Field
from nuforce_sym.amplitude.loop import loop_prefactor, symmetry_factor, vertex
from nuforce_sym.amplitude.occupation import BOSONS, FERMIONS, packet_expectation, smeared
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, Index, Momentum
from nuforce_sym.symbols import symbols

MU, NU = Index("mu"), Index("nu")
K, P, REST, SPIN = Momentum("k"), Momentum("p"), Momentum("v"), Momentum("s")
E_nu, k_nu, q, k_dot_q, n_plus, n_minus = symbols("E_nu k_nu q k_dot_q n_plus n_minus")


@dataclass(frozen=True)
class OccupiedPole:
    r"""One of the two poles of the propagator, k^0 = \pm E, where the background adds ``weight`` \times(\slashed k+m).

    The weight multiplies \delta(k^0\mp E); \delta(k^2-m^2) has brought 1/(2E).
    """

    sign: int
    weight: sp.Expr


def occupied_poles(statistics: int = FERMIONS) -> tuple[OccupiedPole, OccupiedPole]:
    r"""Return what the background adds to the propagator at k^0 = +E and at k^0 = -E.

    The particles' part of \langle T\psi\bar\psi\rangle is \langle aa^\dagger\rangle\sum u\bar u\,e^{-ik(x-y)}/2E for x^0 > y^0
    and s\langle a^\dagger a\rangle with the same spinors for x^0 < y^0; that of the antiparticles is
    \langle b^\dagger b\rangle\sum v\bar v\,e^{+ik(x-y)}/2E, with \sum v\bar v=\slashed k-m=-[(-\slashed k)+m] for fermions. In
    both orders the background's part is the same, so that no \Theta(x^0-y^0) is left.

    Raises:
        InputError: the statistics are neither those of fermions nor of bosons.
    """
    n = {+1: n_plus, -1: n_minus}
    vacuum = smeared(packet_expectation(statistics), sp.Integer(0))
    later = smeared(packet_expectation(statistics), n_plus) - vacuum
    earlier = statistics * smeared(packet_expectation(statistics, creator_first=True), n_plus)
    if sp.expand(later - earlier) != 0:
        raise InputError("the two time orders leave different occupied terms: the state is not averaged over translations")
    antiparticles = smeared(packet_expectation(statistics, creator_first=True), n[-1])
    relabelled = {FERMIONS: -1, BOSONS: 1}[statistics] * antiparticles
    on_shell = 2 * sp.pi / (2 * E_nu)
    return OccupiedPole(1, on_shell * later), OccupiedPole(-1, on_shell * relabelled)


def occupied_tensor(first: Bilinear, second: Bilinear, helicity: int | None = None) -> sp.Expr:
    r"""Return N^{\mu\nu}=\mathrm{Tr}[\Gamma^\mu(\slashed k+m)\Pi\,\Gamma^\nu(\slashed p+m)].

    k is the occupied line and p the empty one; \Pi is 1, or (1+h\gamma_5\slashed s)/2 where only particles of helicity
    h = \pm1 are there.
    """
    m = first.field.mass
    line = dirac.slash(K) + m
    if helicity is not None:
        line = line * (1 + helicity * dirac.gamma5 * dirac.slash(SPIN)) * sp.Rational(1, 2)
    return dirac.trace(vertex(first, MU) * line * vertex(second, NU) * (dirac.slash(P) + m)).expr


def static_numerator(trace: sp.Expr, mass: sp.Expr, sign: int, transfer: int) -> sp.Expr:
    r"""Return a scalar of k, p and the sources' velocity at k = sign (E, \mathbf k) and p = k + transfer (0, \mathbf q)."""
    kq = -transfer * sign * k_dot_q  # the four-product k.(p - k)
    on_shell = {
        Dot(REST, REST): sp.Integer(1),
        Dot(K, REST): sign * E_nu,
        Dot(P, REST): sign * E_nu,
        Dot(K, K): mass**2,
        Dot(K, P): mass**2 + kq,
        Dot(P, P): mass**2 + 2 * kq - q**2,
    }
    if trace.has(SPIN):
        # s = (k, E k/|k|)/m for h = +1: s.k = 0, s.s = -1
        on_shell |= {
            Dot(SPIN, SPIN): sp.Integer(-1),
            Dot(K, SPIN): sp.Integer(0),
            Dot(REST, SPIN): k_nu / mass,
            Dot(P, SPIN): -transfer * E_nu * k_dot_q / (k_nu * mass),
        }
    return sp.expand(trace.xreplace(on_shell))


def on_mass_shell(expr: sp.Expr, mass: sp.Expr) -> sp.Expr:
    r"""Return the expression with m^2 = E^2 - k^2 where the neutrino is massive, and E = k where it is not."""
    return sp.expand(expr.subs(E_nu, k_nu)) if mass == 0 else sp.expand(sp.expand(expr).subs(mass**2, E_nu**2 - k_nu**2))


@dataclass(frozen=True)
class CrossTerms:
    r"""The part of the static amplitude with one occupied line, for one momentum \mathbf k of the background.

        \mathcal V(\mathbf q) = \frac{\text{scale}}{2E}\Big[\frac{N_+(\mathbf k\cdot\mathbf q)}{q^2+2\mathbf k\cdot\mathbf q}
            + \frac{N_-(\mathbf k\cdot\mathbf q)}{q^2-2\mathbf k\cdot\mathbf q}\Big]

    to be integrated with d^3k/(2\pi)^3. ``ahead`` is N_+, ``behind`` N_-, each with its occupation numbers; ``energy`` is E.
    """

    scale: sp.Expr
    ahead: sp.Expr
    behind: sp.Expr
    energy: sp.Expr = E_nu

    @property
    def expr(self) -> sp.Expr:
        """The amplitude as one expression."""
        inside = self.ahead / (q**2 + 2 * k_dot_q) + self.behind / (q**2 - 2 * k_dot_q)
        return self.scale / (2 * self.energy) * inside


def cross_terms(
    coupling_1: sp.Expr, coupling_2: sp.Expr, loop_1: Bilinear, loop_2: Bilinear, *, helicity: int | None = None
) -> CrossTerms:
    r"""Return the static amplitude \mathcal V = -\mathcal M/(4m_1m_2), per unit charges g_V1 g_V2, with one occupied line.

    The occupied line is the first or the second of the loop, and a particle or an antiparticle: four terms. With
    ``helicity`` only particles of that helicity are there, and n_- is left out.

    Raises:
        InputError: the field is its own antiparticle, or massless, and a helicity is asked for.
    """
    field = loop_1.field
    if helicity is not None and (helicity not in (1, -1) or field.self_conjugate or field.mass == 0):
        raise InputError(
            f"helicity={helicity!r}: give +1 or -1, for a massive Dirac neutrino; a massless one has one helicity anyway, "
            "and for a Majorana neutrino both count alike"
        )
    tensor = occupied_tensor(loop_1, loop_2, helicity)
    trace = dirac.contract(tensor * Component(REST, MU) * Component(REST, NU))
    prefactor = symmetry_factor(field) * loop_prefactor(coupling_1, coupling_2)
    return sum_of_lines(trace, prefactor, field.mass, occupied_poles()[: 1 if helicity else 2])


def sum_of_lines(trace: sp.Expr, prefactor: sp.Expr, mass: sp.Expr, poles: Sequence[OccupiedPole]) -> CrossTerms:
    r"""Return the static amplitude with one occupied line: either line of the loop, at each of the given poles.

    ``trace`` is the loop's numerator as a scalar of k, p and the sources' velocity; ``prefactor`` is f in
    \mathcal M=f\int\frac{d^4k}{(2\pi)^4}\frac{N}{(k^2-m^2)(p^2-m^2)}.

    Raises:
        InputError: the numerator vanishes.
    """
    parts = {1: sp.Integer(0), -1: sp.Integer(0)}
    for pole in poles:
        # the propagator's factor i stands in the prefactor; d^4k/(2 pi)^4 becomes d^3k/(2 pi)^3 and 1/(2 pi)
        weight = pole.weight / sp.I / (2 * sp.pi) * 2 * E_nu
        for transfer in (1, -1):
            numerator = on_mass_shell(static_numerator(trace, mass, pole.sign, transfer), mass)
            # p^2 - m^2 = -(q^2 + 2 sign transfer k.q), and V = -M
            parts[pole.sign * transfer] += -prefactor * weight * numerator * -1
    if parts[1] == parts[-1] == 0:
        raise InputError("the loop vanishes: its trace has no part between static sources")
    of_the_momentum = {E_nu, k_nu, k_dot_q, n_plus, n_minus}
    scale = -sp.Mul(*(f for f in sp.Mul.make_args(sp.factor(parts[1])) if not f.free_symbols & of_the_momentum and f != -1))
    energy = k_nu if mass == 0 else E_nu
    ahead, behind = (sp.factor(sp.expand(parts[s] / scale)) for s in (1, -1))
    return CrossTerms(scale, ahead, behind, energy)


def both_occupied(coupling_1: sp.Expr, coupling_2: sp.Expr, field: Field) -> sp.Expr:
    r"""Return the factor of \int\frac{d^4k}{(2\pi)^4}N\,\delta(k^2-m^2)\delta(p^2-m^2)n_kn_p in \mathcal M, with N real.

    Each occupied line brings 2\pi i instead of 1/(k^2-m^2): the term is imaginary, and \operatorname{Re}\mathcal M, the
    potential, is linear in the occupation numbers.
    """
    weight = occupied_poles()[0].weight / n_plus * (2 * E_nu) / sp.I
    return symmetry_factor(field) * loop_prefactor(coupling_1, coupling_2) * weight**2
