r"""Neutrino flavours: the PMNS matrix, and the charges of a fermion in the basis of the mass eigenstates.

    \nu_\alpha = \sum_i U_{\alpha i}\,\nu_i, \qquad
    \mathcal L = -\frac{G_F}{\sqrt2}\sum_{ij}\big[\bar\psi\gamma_\mu(a_{ij}-b_{ij}\gamma_5)\psi\big]
        \big[\bar\nu_i\gamma^\mu(1-\gamma_5)\nu_j\big]

with hermitian matrices a and b of each fermion. Other sources write \nu_\alpha = \sum_i U^*_{\alpha i}\nu_i, which
exchanges a_{ij} and a_{ji}.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from nuforce_sym.amplitude.electroweak import neutral_current_charges
from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import symbol

FLAVOURS = ("e", "mu", "tau")
"""The charged leptons, and the rows of the PMNS matrix."""

_DIGITS = 40


@dataclass(frozen=True)
class FlavourCharges:
    """The charges of a fermion in the mass basis: hermitian matrices, ``a`` (vector) and ``b`` (axial)."""

    a: sp.ImmutableMatrix
    b: sp.ImmutableMatrix


def pmns(
    *,
    theta_12: sp.Expr | None = None,
    theta_13: sp.Expr | None = None,
    theta_23: sp.Expr | None = None,
    delta_CP: sp.Expr | None = None,
    alpha_21: sp.Expr | None = None,
    alpha_31: sp.Expr | None = None,
) -> sp.ImmutableMatrix:
    r"""Return the PMNS matrix in the standard parametrisation; rows e, mu, tau, columns 1, 2, 3.

    U = R_{23}(\theta_{23})\,\Gamma\,R_{13}(\theta_{13})\,\Gamma^\dagger\,R_{12}(\theta_{12})\,
    \mathrm{diag}(1, e^{i\alpha_{21}/2}, e^{i\alpha_{31}/2}) with \Gamma = \mathrm{diag}(1, 1, e^{i\delta}), so that U_{e3} =
    s_{13}e^{-i\delta} for Dirac neutrinos (Particle Data Group, review "Neutrino masses, mixing, and oscillations"). Angles
    in radians, numbers or expressions; the vocabulary's symbols where they are left out. For Dirac neutrinos set the alphas
    to 0. `angle` takes sin^2 theta.

    Raises:
        InputError: an angle is not real, or is text.
    """
    given = {
        "theta_12": theta_12, "theta_13": theta_13, "theta_23": theta_23,
        "delta_CP": delta_CP, "alpha_21": alpha_21, "alpha_31": alpha_31,
    }  # fmt: skip
    value = {name: symbol(name) if x is None else as_expr(x) for name, x in given.items()}
    for name, x in value.items():
        if x.is_real is not True:
            raise InputError(f"{name} = {x} is not known to be real: give a real number, or a symbol declared real")
    delta = sp.diag(1, 1, sp.exp(sp.I * value["delta_CP"]))
    phases = sp.diag(1, sp.exp(sp.I * value["alpha_21"] / 2), sp.exp(sp.I * value["alpha_31"] / 2))
    middle = delta * _rotation(0, 2, value["theta_13"]) * delta.conjugate()
    return sp.ImmutableMatrix(_rotation(1, 2, value["theta_23"]) * middle * _rotation(0, 1, value["theta_12"]) * phases)


def _rotation(i: int, j: int, theta: sp.Expr) -> sp.Matrix:
    """Return the rotation in the plane of the axes i and j: cosines on the diagonal, +sin above it."""
    R = sp.eye(3)
    R[i, i] = R[j, j] = sp.cos(theta)
    R[i, j], R[j, i] = sp.sin(theta), -sp.sin(theta)
    return R


def angle(sin2: Any) -> sp.Expr:
    r"""Return \theta in the first quadrant from \sin^2\theta, as fits of oscillations give it.

    Raises:
        InputError: the number does not lie between 0 and 1.
    """
    sin2 = as_expr(sin2)
    if sin2.is_number and not (sin2.is_real and 0 <= sin2 <= 1):
        raise InputError(f"sin^2 theta = {sin2} must lie between 0 and 1")
    return sp.asin(sp.sqrt(sin2))


def unitary(U: Any, *, tolerance: float = 1e-12) -> sp.ImmutableMatrix:
    r"""Return ``U`` as a matrix if it is 3x3 and unitary.

    An entry with symbols is tested at rational values of them. ``tolerance`` bounds every element of U^\dagger U - 1.

    Raises:
        InputError: it is not; the message shows by how much.
    """
    matrix = _square(U, "U")
    if matrix.shape != (3, 3):
        raise InputError(f"a mixing matrix of three flavours is 3x3; got {matrix.rows}x{matrix.cols}")
    ordered = sorted(matrix.free_symbols, key=sp.default_sort_key)
    point = {s: sp.Rational(sp.prime(i + 3), sp.prime(2 * i + 5)) for i, s in enumerate(ordered)}
    placed = matrix.subs(point).evalf(_DIGITS)
    if placed.has(sp.nan, sp.oo, sp.zoo):
        raise InputError(f"the mixing matrix has an entry that is no finite number: {matrix.tolist()}")
    excess = (placed.H * placed - sp.eye(3)).evalf(_DIGITS)
    size, i, j = max((abs(excess[i, j]), i, j) for i in range(3) for j in range(3))
    if not size <= tolerance:
        raise InputError(
            f"the mixing matrix is not unitary: element {i + 1}{j + 1} of U^dagger U - 1 is {sp.N(excess[i, j], 3)}, more than "
            f"{tolerance:g}; rounded entries do not make a unitary matrix, so give the angles to pmns()"
        )
    return matrix


def _square(matrix: Any, name: str) -> sp.ImmutableMatrix:
    if not (hasattr(matrix, "tolist") or (isinstance(matrix, Sequence) and all(isinstance(row, Sequence) for row in matrix))):
        raise InputError(f"{name} must be a square matrix, as rows of equal length: got {matrix!r}")
    rows = matrix.tolist() if hasattr(matrix, "tolist") else [list(row) for row in matrix]
    if not rows or any(len(row) != len(rows) for row in rows):
        raise InputError(f"{name} must be a square matrix, as rows of equal length")
    return sp.ImmutableMatrix([[_entry(x) for x in row] for row in rows])


def _entry(x: Any) -> sp.Expr:
    if isinstance(x, complex):
        return as_expr(x.real) + sp.I * as_expr(x.imag)
    return as_expr(x)


def charges(fermion: str, U: Any = None, *, sin2_theta_W: sp.Expr | None = None, G_A: sp.Expr | None = None) -> FlavourCharges:
    r"""Return the charges a_{ij} and b_{ij} of a charged lepton, a quark, ``"p"`` or ``"n"``.

    a_{ij} = g_V\,\delta_{ij} + U^*_{\alpha i}U_{\alpha j} and b_{ij} = g_A\,\delta_{ij} + U^*_{\alpha i}U_{\alpha j} for the
    charged lepton of flavour \alpha, whose second terms come from W exchange (see the derivation
    ``effective_lagrangian``); no W term for quarks and nucleons.

    Args:
        fermion: ``"e"``, ``"mu"``, ``"tau"``, a quark, ``"p"`` or ``"n"``.
        U: the mixing matrix; `pmns` with the vocabulary's symbols by default.
        sin2_theta_W, G_A: as in `neutral_current_charges`.

    Raises:
        InputError: the fermion is unknown or a neutrino, or U is not unitary.
    """
    if fermion.startswith("nu_"):
        raise InputError(
            f"{fermion!r} is a neutrino itself: its scattering on the exchanged neutrinos has identical particles, which "
            "these charges do not describe"
        )
    neutral = neutral_current_charges(fermion, sin2_theta_W, G_A)
    mixing = pmns() if U is None else unitary(U)
    charged = sp.zeros(3, 3)
    if fermion in FLAVOURS:
        row = mixing[FLAVOURS.index(fermion), :]
        charged = (row.H * row).applyfunc(sp.expand)
    one = sp.eye(3)
    return FlavourCharges(*(sp.ImmutableMatrix(g * one + charged) for g in (neutral.g_V, neutral.g_A)))


def charge_product(first: Any, second: Any) -> sp.Expr:
    r"""Return \sum_{ij}a^1_{ij}a^{2*}_{ij}, the product of charges in the force of massless neutrinos.

    Raises:
        InputError: the matrices are not hermitian or not of one size.
    """
    return sum_over_masses(first, second, lambda *_: sp.Integer(1))


def sum_over_masses(
    first: Any, second: Any, V: Callable[[int, int], sp.Expr], *, delta_V: Callable[[int, int], sp.Expr] | None = None
) -> sp.Expr:
    r"""Return the potential summed over pairs of mass eigenstates, i, j = 1, 2, 3.

    V^D = \sum_{ij}a^1_{ij}a^{2*}_{ij}V_{ij} for Dirac neutrinos, and for Majorana neutrinos, given \Delta V_{ij},
    V^M = \sum_{ij}[a^1_{ij}a^{2*}_{ij}V_{ij} + \mathrm{Re}(a^1_{ij}a^2_{ij})\,\Delta V_{ij}]; the second term is the Wick
    contraction that only self-conjugate fields have (derivation ``mass_eigenstates``). Masses are positive, Majorana phases
    are in U.

    Args:
        first, second: the matrices a (or b) of the two fermions.
        V: takes i, j from 1 to the potential of unit charges with that pair in the loop; symmetric.
        delta_V: likewise \Delta V_{ij}, proportional to -m_i m_j; leave it out for Dirac neutrinos.

    Raises:
        InputError: the matrices are not hermitian or not of one size, or V is not symmetric.
    """
    one, two = _pair(first, second)
    pairs = [(i, j) for i in range(one.rows) for j in range(one.rows)]
    for i, j in pairs:
        if i < j and as_expr(V(i + 1, j + 1)) != as_expr(V(j + 1, i + 1)):
            raise InputError(f"V({i + 1}, {j + 1}) and V({j + 1}, {i + 1}) differ: the loop does not tell its two lines apart")
    total = sp.Add(*(real_part(one[i, j] * sp.conjugate(two[i, j])) * V(i + 1, j + 1) for i, j in pairs))
    if delta_V is not None:
        total += sp.Add(*(real_part(one[i, j] * two[i, j]) * delta_V(i + 1, j + 1) for i, j in pairs))
    return trigonometric(total)


def real_part(z: sp.Expr) -> sp.Expr:
    r"""Return Re z of a polynomial in real quantities, i and phases e^{i\phi}, with cosines and sines of the phases."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(z)):
        phases = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.exp)]
        angle = sp.expand(sp.Add(*(f.args[0] for f in phases)) / sp.I)
        total += term / sp.Mul(*phases) * (sp.cos(angle) + sp.I * sp.sin(angle))
    return sp.expand((total + sp.conjugate(total)) / 2)


def trigonometric(expr: sp.Expr) -> sp.Expr:
    r"""Return ``expr`` expanded, with \sin^2 = 1 - \cos^2: a normal form of polynomials in sines, cosines and phases."""
    squares = sp.expand(expr).replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.sin) and e.exp.is_Integer and e.exp > 1,
        lambda e: (1 - sp.cos(e.base.args[0]) ** 2) ** (e.exp // 2) * e.base ** (e.exp % 2),
    )
    return sp.expand(squares)


def _pair(first: Any, second: Any) -> tuple[sp.ImmutableMatrix, sp.ImmutableMatrix]:
    one, two = (_hermitian(x, f"the {n} fermion") for x, n in ((first, "first"), (second, "second")))
    if one.shape != two.shape:
        raise InputError(f"the two fermions' charges are of different sizes, {one.shape} and {two.shape}")
    return one, two


def _hermitian(matrix: Any, whose: str) -> sp.ImmutableMatrix:
    given = _square(matrix, f"the matrix of charges of {whose}")
    if given.has(sp.nan, sp.oo, sp.zoo):
        raise InputError(f"the matrix of charges of {whose} has an entry that is no finite number: {given.tolist()}")
    rest = (given - given.H).applyfunc(sp.expand)
    if rest.is_zero_matrix is not True and not _small(rest):
        raise InputError(f"the matrix of charges of {whose} is not hermitian: {given.tolist()}")
    return given


def _small(rest: sp.ImmutableMatrix) -> bool:
    return not rest.free_symbols and all(abs(x.evalf(_DIGITS)) <= 1e-12 for x in rest)


def diagonal(matrix: Any) -> Sequence[sp.Expr]:
    """Return the charges for each mass eigenstate by itself, all that counts where the partner's charges are flavour-blind."""
    return tuple(matrix[i, i] for i in range(matrix.rows))
