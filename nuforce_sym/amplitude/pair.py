r"""Operators that create a pair of particles, and their two-point functions.

A fermion that couples to an operator quadratic in a field \chi, \mathcal L = -c\,\bar\psi\Gamma\psi\,\mathcal O,
feels a force by the exchange of pairs. Its strength at the mass \sqrt t of the pair is the spectral density of O,

    2\pi\rho(t) = S\int d\Phi_2\sum_{\rm spins}|\langle\chi(k)\bar\chi(k')|\mathcal O|0\rangle|^2,

for a current 2\pi\,[\rho_T(-g^{\mu\nu}+q^\mu q^\nu/t)+\rho_L\,q^\mu q^\nu/t], for an antisymmetric tensor as
`PairDensity` says; S = 1/2 for a self-conjugate field. The matrix element is what O gives between plane waves:
\chi^\dagger creates the particle with momentum k, \chi the antiparticle with k', and \partial_\mu brings down
i k_\mu or i k'_\mu.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym import dimension, dirac
from nuforce_sym.amplitude.cut import average, on_cut, two_body_phase_space
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.amplitude.loop import K_PRIME, MU, NU, K, Q, symmetry_factor
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, Index, LeviCivita, Metric, Momentum

SCALAR, CURRENT, TENSOR = 0, 1, 2
OPERATORS: dict[sp.Rational, dict[str, tuple[int, int, str]]] = {
    sp.Integer(0): {
        "S": (SCALAR, 0, r"{X}^*{X}"),
        "D": (SCALAR, 2, r"\partial_\mu {X}^*\,\partial^\mu {X}"),
        "V": (CURRENT, 1, r"i({X}^*\partial_\mu {X}-{X}\,\partial_\mu {X}^*)"),
    },
    sp.Rational(1, 2): {
        "S": (SCALAR, 0, r"\bar{X}{X}"),
        "P": (SCALAR, 0, r"\bar{X}i\gamma_5{X}"),
        "V": (CURRENT, 0, r"\bar{X}\gamma_\mu {X}"),
        "A": (CURRENT, 0, r"\bar{X}\gamma_\mu\gamma_5{X}"),
        "T": (TENSOR, 0, r"\bar{X}\sigma_{\mu\nu}{X}"),
    },
    sp.Integer(1): {
        "S": (SCALAR, 0, r"{X}^*_\mu {X}^\mu"),
        "F": (SCALAR, 2, r"{X}^*_{\mu\nu}{X}^{\mu\nu}"),
        "G": (SCALAR, 2, r"{X}^*_{\mu\nu}\tilde{X}^{\mu\nu}"),
        "V": (CURRENT, 1, r"i({X}^*_{\mu\nu}{X}^\nu-{X}_{\mu\nu}{X}^{*\nu})"),
    },
}
r"""By spin and tag: the rank of the operator, its number of derivatives, and its LaTeX. X_{\mu\nu} is the field strength,
\tilde X^{\mu\nu} = \tfrac12\varepsilon^{\mu\nu\rho\sigma}X_{\rho\sigma}."""

_ALPHA, _BETA, _RHO, _SIGMA, _LAMBDA = (Index(name) for name in ("alpha", "beta", "rho", "sigma", "lambda"))


@dataclass(frozen=True)
class PairOperator:
    r"""A sum of operators of `OPERATORS` of one rank, quadratic in ``field``: \mathcal O = \sum (coefficient) x (tag).

    ``PairOperator(nu, (("V", 1), ("A", -1)))`` is \bar\nu\gamma_\mu(1-\gamma_5)\nu. For a self-conjugate field the
    complex conjugation in the operators is void: "S" of a real scalar is \phi^2, without a factor 1/2.

    Raises:
        InputError: a tag is unknown for the spin, tags of different rank are added, a massless vector is asked for, or the
            operator vanishes because its field is self-conjugate.
    """

    field: Field
    structure: tuple[tuple[str, sp.Expr], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "structure", tuple((tag, as_expr(c)) for tag, c in self.structure))
        known = OPERATORS[sp.Rational(self.field.spin)]
        tags = [tag for tag, _ in self.structure]
        if not tags or len(set(tags)) != len(tags) or not set(tags) <= set(known):
            raise InputError(
                f"an operator of a pair of spin-{self.field.spin} particles is a sum of {', '.join(known)}, each at most once; "
                f"got {tags}"
            )
        if len({known[tag][:2] for tag in tags}) != 1:
            raise InputError(f"{' and '.join(tags)} have different Lorentz indices or dimensions and cannot be added")
        mass = self.field.mass
        if self.field.spin == 1 and mass == 0:
            raise InputError(
                f"the vector {self.field.name!r} has no mass: its polarisation sum needs a gauge; give it a mass and take the "
                "limit of the result"
            )
        if self.field.self_conjugate and not any(_survives(self.field, tag) for tag in tags):
            raise InputError(
                f"{self.latex} vanishes: {self.field.name!r} is its own antiparticle, and its "
                f"{'tensor' if self.rank == TENSOR else 'vector'} current is odd under charge conjugation"
            )

    @property
    def rank(self) -> int:
        """0 for a scalar, 1 for a current, 2 for an antisymmetric tensor."""
        return OPERATORS[sp.Rational(self.field.spin)][self.structure[0][0]][0]

    @property
    def energy(self) -> sp.Rational:
        """The power of energy that the operator carries; the coupling to a fermion bilinear carries 1 - energy."""
        return 2 * self.field.energy + OPERATORS[sp.Rational(self.field.spin)][self.structure[0][0]][1]

    @property
    def latex(self) -> str:
        """The operator in LaTeX."""
        known, name = OPERATORS[sp.Rational(self.field.spin)], self.field.latex
        parts = [known[tag][2].replace("{X}", name).replace(r"\bar" + name, rf"\bar{{{name}}}") for tag, _ in self.structure]
        if self.field.self_conjugate:
            parts = [part.replace("^*", "") for part in parts]
        signs = {sp.Integer(1): "", sp.Integer(-1): "-"}
        signed = [signs.get(c, sp.latex(c)) + part for (_, c), part in zip(self.structure, parts, strict=True)]
        whole = "+".join(signed).replace("+-", "-")
        return rf"\left({whole}\right)" if len(parts) > 1 else whole


@dataclass(frozen=True)
class PairDensity:
    r"""The spectral density of an operator, with the threshold 4m^2.

    A scalar has ``first`` = \rho; a current ``first`` = \rho_T and ``second`` = \rho_L; a tensor O^{\mu\nu}

        2\pi\,[\rho_1(g^{\mu\alpha}g^{\nu\beta}-g^{\mu\beta}g^{\nu\alpha})
              -\rho_2(g^{\mu\alpha}q^\nu q^\beta-g^{\mu\beta}q^\nu q^\alpha
                     -g^{\nu\alpha}q^\mu q^\beta+g^{\nu\beta}q^\mu q^\alpha)/t].
    """

    first: sp.Expr
    second: sp.Expr
    threshold: sp.Expr


def two_point_function(operator: PairOperator) -> sp.Expr:
    r"""Return W = \sum_{\rm spins}\langle\mathcal O\rangle\langle\mathcal O\rangle^*, a tensor in \mu, \nu (current) or
    \mu\nu, \rho\sigma (tensor) of k and k', by traces or by sums over polarisations.
    """
    spin = operator.field.spin
    if spin == 0:
        one, two = (_scalar_vertex(operator, index) for index in (MU, NU))
        return sp.expand(one * _conjugate(two))
    if spin == 1:
        return _vector_square(operator)
    m = operator.field.mass
    other = (NU, _LAMBDA) if operator.rank == CURRENT else (_RHO, _SIGMA)
    one, two = _fermion_vertex(operator, MU, NU), _fermion_vertex(operator, *other)
    return dirac.trace(one * (dirac.slash(K_PRIME) - m) * dirac.bar(two) * (dirac.slash(K) + m)).expr


def spectral_density(operator: PairOperator, t: sp.Symbol) -> PairDensity:
    """Return the spectral density of the operator above the threshold t = 4m^2."""
    m = operator.field.mass
    weight = symmetry_factor(operator.field) * two_body_phase_space(t, m, m) / (2 * sp.pi)
    W = two_point_function(operator)
    if operator.rank == SCALAR:
        return PairDensity(sp.factor(weight * on_cut(W, t, m, m)), sp.Integer(0), 4 * m**2)
    A, B = average(W, t, m, m) if operator.rank == CURRENT else _average_tensor(W, t, m)
    return PairDensity(sp.factor(weight * A), sp.factor(weight * B), 4 * m**2)


def _average_tensor(W: sp.Expr, t: sp.Symbol, m: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    r"""Return \rho_1 and \rho_2 of `PairDensity` without the phase space: contracting W with gg and with gqq gives
    12\rho_1 - 6\rho_2 and t(3\rho_1 - 3\rho_2).
    """
    q = K + K_PRIME
    with_gg = on_cut(dirac.contract(W * Metric(MU, _RHO) * Metric(NU, _SIGMA)), t, m, m)
    with_qq = on_cut(dirac.contract(W * Metric(MU, _RHO) * Component(q, NU) * Component(q, _SIGMA)), t, m, m) / t
    first = (with_gg - 2 * with_qq) / 6
    return sp.factor(sp.expand(first)), sp.factor(sp.expand(first - with_qq / 3))


def _conjugate(vertex: sp.Expr) -> sp.Expr:
    return vertex.xreplace({sp.I: -sp.I})


def _survives(field: Field, tag: str) -> bool:
    """Whether the operator of a self-conjugate field is even under charge conjugation."""
    if field.spin == sp.Rational(1, 2):
        return tag not in ("V", "T")
    return tag != "V"


def _scalar_vertex(operator: PairOperator, mu: Index) -> sp.Expr:
    i = sp.I

    def contraction(k: Momentum, k_prime: Momentum) -> sp.Expr:
        forms = {
            "S": sp.Integer(1),
            "D": i**2 * Dot(k, k_prime),
            "V": i * (i * Component(k_prime, mu) - i * Component(k, mu)),
        }
        return sp.Add(*(c * forms[tag] for tag, c in operator.structure))

    if operator.field.self_conjugate:
        return contraction(K, K_PRIME) + contraction(K_PRIME, K)
    return contraction(K, K_PRIME)


def _fermion_vertex(operator: PairOperator, mu: Index, nu: Index) -> Any:
    forms = {
        "S": dirac.gamma5 * dirac.gamma5,
        "P": sp.I * dirac.gamma5,
        "V": dirac.gamma(mu),
        "A": dirac.gamma(mu) * dirac.gamma5,
        "T": dirac.sigma(mu, nu),
    }
    vertex = sum((c * forms[tag] for tag, c in operator.structure), start=sp.Integer(0))
    return 2 * dirac.majorana_vertex(vertex) if operator.field.self_conjugate else vertex


def _strength(p: Momentum, mu: Index, nu: Index, slot: Index) -> sp.Expr:
    """The field strength i(p_mu e_nu - p_nu e_mu) of a plane wave with the polarisation's index ``slot`` left open."""
    return sp.I * (Component(p, mu) * Metric(nu, slot) - Component(p, nu) * Metric(mu, slot))


def _vector_vertex(operator: PairOperator, mu: Index, k: Momentum, k_prime: Momentum, alpha: Index, beta: Index) -> sp.Expr:
    r"""The tensor that meets \epsilon^*_\alpha(k) and \epsilon^*_\beta(k')."""
    a, b, c, d = (Index(f"{mu.name}_{n}") for n in "abcd")
    total = sp.Integer(0)
    for tag, coefficient in operator.structure:
        if tag == "S":
            form = Metric(alpha, beta)
        elif tag == "F":
            form = dirac.contract(_strength(k, a, b, alpha) * _strength(k_prime, a, b, beta))
        elif tag == "G":
            form = dirac.contract(_strength(k, a, b, alpha) * LeviCivita(a, b, c, d) * _strength(k_prime, c, d, beta) / 2)
        else:
            ahead = dirac.contract(_strength(k, mu, a, alpha) * Metric(a, beta))
            back = dirac.contract(_strength(k_prime, mu, a, beta) * Metric(a, alpha))
            form = sp.I * (ahead - back)
        total += coefficient * form
    return sp.expand(total)


def _vector_square(operator: PairOperator) -> sp.Expr:
    """Sum over the polarisations of both vectors, -g + kk/m^2."""
    m = operator.field.mass
    other = (_RHO, _SIGMA)

    def vertex(mu: Index, alpha: Index, beta: Index) -> sp.Expr:
        direct = _vector_vertex(operator, mu, K, K_PRIME, alpha, beta)
        if not operator.field.self_conjugate:
            return direct
        return direct + _vector_vertex(operator, mu, K_PRIME, K, beta, alpha)

    def polarisations(p: Momentum, one: Index, two: Index) -> sp.Expr:
        return -Metric(one, two) + Component(p, one) * Component(p, two) / m**2

    one, two = vertex(MU, _ALPHA, _BETA), _conjugate(vertex(NU, *other))
    half = dirac.contract(sp.expand(one * polarisations(K, _ALPHA, _RHO)))
    full = dirac.contract(sp.expand(half * polarisations(K_PRIME, _BETA, _SIGMA)))
    return dirac.contract(sp.expand(full * two))


@dataclass(frozen=True)
class PairInteraction:
    r"""\mathcal L = -\sum_a c_a\,\bar\psi_a\Gamma\psi_a\,\mathcal O for (fermion, structure, c_a) triples.

    The structure S (1) or P (i\gamma_5) meets a scalar operator, V or A a current, T (\sigma^{\mu\nu}) a tensor.

    Raises:
        InputError: a structure does not fit the operator or is given twice, a coupling is not real, or it has the wrong
            dimension.
    """

    operator: PairOperator
    couplings: tuple[tuple[Field, str, sp.Expr], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "couplings", tuple((f, tag, as_expr(c)) for f, tag, c in self.couplings))
        named = [(f.name, tag) for f, tag, _ in self.couplings]
        if len(set(named)) != len(named):
            raise InputError(f"a structure of one fermion is given twice in {named}: add its couplings")
        fitting = {SCALAR: ("S", "P"), CURRENT: ("V", "A"), TENSOR: ("T",)}[self.operator.rank]
        for fermion, tag, c in self.couplings:
            if fermion.spin != sp.Rational(1, 2):
                raise InputError(f"{fermion.name!r} has spin {fermion.spin}: the sources of the force are fermions")
            if tag not in fitting:
                raise InputError(
                    f"the structure {tag!r} of {fermion.name!r} does not contract with {self.operator.latex}: use "
                    f"{' or '.join(fitting)}"
                )
            if c.is_real is not True:
                raise InputError(f"the coupling {c} of {fermion.name!r} is not known to be real: the term is not hermitian")
            if c.is_number:
                continue
            energy, wanted = dimension.power(c), 1 - self.operator.energy
            if energy != wanted:
                raise InputError(
                    f"the coupling {c} carries energy^{energy}, but in front of a fermion bilinear (energy^3) and "
                    f"{self.operator.latex} (energy^{self.operator.energy}) it must carry energy^{wanted}"
                )

    def of(self, fermion: Field) -> tuple[tuple[str, sp.Expr], ...]:
        """Return the (structure, coupling) pairs of a fermion; raises `InputError` where there is none."""
        found = tuple((tag, c) for f, tag, c in self.couplings if f == fermion)
        if not found:
            raise InputError(f"{fermion.name!r} does not couple to {self.operator.latex}")
        return found


def pair_interaction(operator: PairOperator, *couplings: tuple[Field, str, sp.Expr]) -> PairInteraction:
    r"""Return \mathcal L = -\sum c\,\bar\psi\Gamma\psi\,\mathcal O; see `PairInteraction`."""
    return PairInteraction(operator, couplings)


def pair_amplitude(
    interaction: PairInteraction, density: PairDensity, first: Field, second: Field, t: sp.Symbol, mass_squared: sp.Symbol
) -> sp.Expr:
    r"""Return d\mathcal M/ds at the pair's squared mass s: the exchange of one state, c_1c_2\,J_1\rho(s)J_2/(s-t).

    A current's transverse part is that of a vector of mass \sqrt s, its longitudinal part that of a scalar that couples
    to q_\mu J^\mu; \mathcal M is the integral over s from the threshold, up to polynomials in t.

    Raises:
        NotDerivable: the operator is a tensor, whose lines have two indices; see `potential.pair_force`.
    """
    one, two = interaction.of(first), interaction.of(second)

    def lines(slot: Index | Momentum | None) -> sp.Expr:
        first_line = sp.Add(*(c * Line(1, tag, slot) for tag, c in one))
        return first_line * sp.Add(*(c * Line(2, tag, slot) for tag, c in two))

    if interaction.operator.rank == SCALAR:
        exchanged = density.first * lines(None)
    elif interaction.operator.rank == CURRENT:
        exchanged = -density.first * lines(MU) + (density.first + density.second) / mass_squared * lines(Q)
    else:
        raise NotDerivable(f"{interaction.operator.latex} has two indices: its amplitude is not a product of one-index lines")
    return sp.expand(exchanged) / (mass_squared - t)
