"""The sum over all other states, bound and continuous: the radial equation itself, and Sturmian functions of two sizes.

What the package finds as a polynomial times exp(-r/n) comes here from power series of (E - H) chi = r R at energies on both
sides of the shell, with the boundary condition at large r: half of their sum is what is left when the pole is taken away. No
orthogonality, no exponential, no Gamma function; angles are those of the product basis.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import factorial

import mpmath as mp
import pytest
import sympy as sp
from flint import arb, arb_poly, ctx, fmpq, fmpq_mat, fmpq_poly

from nuforce_sym.atom.dalgarno import dipole, perturbed, polarizability_sum
from nuforce_sym.atom.parity import Strengths, beyond_the_shell, intermediates, orientation, parity_element, reduced_dipole
from nuforce_sym.atom.radial import RadialFunction, hydrogen_radial
from nuforce_sym.atom.state import State, state
from tests import atom_oracle as oracle
from tests.radial_equation import BITS, REACH, bound, integral, parts, series, to_mpmath

BESIDE = arb(2) ** -60
"""The energies beside the shell; the neglected second order is 1e-36 over the square of the distance of the next shell."""
A, B = state("4F5/2, F=3"), state("4F7/2, F=3")
PAIRS = [
    (A, B),
    (B, A),
    (state("4F5/2, F=2"), state("4F7/2, F=3")),
    (state("5F7/2, F=3"), state("5F7/2, F=4")),
    (state("5G7/2, F=4"), state("5G9/2, F=5")),
]


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(BITS), mp.workdps(40):
        yield


@cache
def response(n, l, l_prime):
    """The sum over k != n of R_kl' <kl'|r|nl>/(E_n - E_k), as coefficients of powers of rho."""
    source = [arb(0), *bound(n, l)[:-1]]
    edge, total = arb(REACH * n), None
    for sign in (1, -1):
        energy = -arb(1) / (2 * n * n) + sign * BESIDE
        particular, homogeneous = series(l_prime, energy, 0, source), series(l_prime, energy, 1)
        c = -arb_poly(particular)(edge) / arb_poly(homogeneous)(edge)
        found = [p + c * h for p, h in zip(particular, homogeneous, strict=True)]
        total = found if total is None else [(a + b) / 2 for a, b in zip(total, found, strict=True)]
    return total


def brute(mixed, other, strengths):
    """The sum over k of <k|V|mixed><k|z|other>/(E - E_k) at the largest m, as -i times what `beyond_the_shell` means."""
    m = min(mixed.F, other.F)
    start, total = bound(mixed.n, mixed.l), mp.mpc(0)
    for l in (mixed.l - 1, mixed.l + 1):
        chi = response(other.n, other.l, l)
        three, slope = parts(chi, start, l, mixed.l, arb(REACH * mixed.n))
        for j in (l - Fraction(1, 2), l + Fraction(1, 2)):
            if mixed.F not in (j - Fraction(1, 2), j + Fraction(1, 2)):
                continue
            k = (0, l, j, mixed.F, m)
            s, t = ((x.n, x.l, x.j, x.F, m) for x in (mixed, other))
            V = strengths[0] * oracle.spin_dot_p(k, s, three, 1) + strengths[1] * oracle.spin_dot_p(k, s, three, 2)
            V += strengths[2] * oracle.cross_grad(k, s, slope)
            total += V * oracle.z_component(k, t, mp.mpf(1))
    return total


@pytest.mark.parametrize(("mixed", "other"), PAIRS, ids=str)
@pytest.mark.parametrize("which", [(1, 0, 0), (0, 1, 0), (0, 0, 1)], ids=["sigma_e.p", "sigma_p.p", "cross"])
def test_the_sum_over_all_other_states(mixed, other, which):
    ours = beyond_the_shell(mixed, other, Strengths(*map(sp.Integer, which))) * orientation(mixed, other, min(mixed.F, other.F))
    want = brute(mixed, other, which)
    assert abs(want) > mp.mpf(10) ** -9
    assert abs(want.real) < mp.mpf(10) ** -35
    assert abs(mp.mpf(str(sp.N(ours, 40))) / -want.imag - 1) < mp.mpf(10) ** -28


@pytest.mark.parametrize(("n", "l", "l_prime"), [(1, 0, 1), (4, 3, 2), (4, 3, 4), (5, 3, 2), (5, 4, 3)])
def test_polarizabilities(n, l, l_prime):
    source = [arb(0), *bound(n, l)[:-1]]
    want = to_mpmath(integral(source, response(n, l, l_prime), 2, arb(REACH * n)))
    assert abs(mp.mpf(str(sp.N(polarizability_sum(n, l, l_prime).sympy, 40))) / want - 1) < mp.mpf(10) ** -30


@cache
def sturmian(n, l, l_prime, size):
    """The same function among r^(l'+i) exp(-7r/25), i < size, orthogonal to the shell; over the norm of R_nl."""
    decay, start = fmpq(7, 25), hydrogen_radial(n, l)

    def moment(power, total):
        return fmpq(factorial(power)) / total ** (power + 1)

    H, S = ([[fmpq(0)] * size for _ in range(size)] for _ in range(2))
    for i in range(size):
        for k in range(size):
            p, q = l_prime + i, l_prime + k
            S[i][k] = moment(p + q + 2, 2 * decay)
            # H r^q e^(-dr) = [-(q(q+1) - l'(l'+1))/2 r^(q-2) + (d(q+1) - 1) r^(q-1) - d^2/2 r^q] e^(-dr)
            angular = q * (q + 1) - l_prime * (l_prime + 1)
            H[i][k] = (decay * (q + 1) - 1) * moment(p + q + 1, 2 * decay) - decay**2 / 2 * S[i][k]
            H[i][k] -= fmpq(angular, 2) * moment(p + q, 2 * decay) if angular else 0

    def overlaps(polynomial, power):
        return [
            sum(
                (c * moment(l_prime + i + k + 2 + power, decay + fmpq(1, n)) for k, c in enumerate(polynomial.coeffs())),
                fmpq(0),
            )
            for i in range(size)
        ]

    E = fmpq(-1, 2 * n * n)
    rows = [[E * S[i][k] - H[i][k] for k in range(size)] for i in range(size)]
    right = overlaps(start.polynomial, 1)
    if l_prime < n:
        shell = overlaps(hydrogen_radial(n, l_prime).polynomial, 0)
        rows = [[*row, x] for row, x in zip(rows, shell, strict=True)] + [[*shell, fmpq(0)]]
        right = [*right, fmpq(0)]
    found = fmpq_mat(rows).solve(fmpq_mat([[x] for x in right]))
    polynomial = fmpq_poly([fmpq(0)] * l_prime + [found[i, 0] for i in range(size)])
    return RadialFunction(n, l_prime, 1, start.norm, decay, polynomial)


@pytest.mark.parametrize("size", [24, 32])
@pytest.mark.parametrize(("mixed", "other"), PAIRS[:2], ids=str)
def test_sturmian_sums_of_two_sizes(mixed, other, size):
    strengths = Strengths(sp.Integer(-2), sp.Integer(3), sp.Rational(-3, 2))
    total = mp.mpf(0)
    for k in intermediates(mixed, shell=False):
        angular = reduced_dipole(k, other)
        if angular:
            radial = (sturmian(other.n, other.l, k.l, size), hydrogen_radial(mixed.n, mixed.l))
            total += mp.mpf(str(sp.N(angular * parity_element(k, mixed, strengths, radial=radial), 60)))
    exact = mp.mpf(str(sp.N(beyond_the_shell(mixed, other, strengths), 60)))
    assert abs(total / exact - 1) < mp.mpf(10) ** -20
    assert total != exact


def test_functions_of_both_routes():
    """The Sturmian function and the exact one at some distances, and its overlap with the shell."""
    exact, found = perturbed(4, 3, 2), sturmian(4, 3, 2, 32)
    with mp.workdps(60):
        for r in (1, 7, 30):
            values = [mp.mpf(int(v.p)) / int(v.q) * mp.exp(-mp.mpf(int(f.decay.p)) / int(f.decay.q) * r)
                      for f, v in ((f, f.polynomial(fmpq(r))) for f in (exact, found))]  # fmt: skip
            assert abs(values[0] / values[1] - 1) < mp.mpf(10) ** -24
    assert dipole(hydrogen_radial(4, 2), found, 0) == 0


def test_the_share_of_all_other_states():
    """6.0e-10 of Delta's with hyperfine gaps, b_e a_p = 0, from the brute force of both sides."""
    Delta = State(4, 2, Fraction(5, 2), 3, 3)
    strengths = (0, mp.mpf(1), -mp.mpf(1) / 2)
    # exchanging the sides is conjugation with the other sign: z is real, V imaginary
    rest = brute(A, B, strengths).imag - brute(B, A, strengths).imag
    one, two, third = ((x.n, x.l, x.j, x.F, 3) for x in (Delta, A, B))
    edge = arb(REACH * 4)
    three, slope = parts(bound(4, 2), bound(4, 3), 2, 3, edge)
    V = oracle.spin_dot_p(one, two, three, 2) - oracle.cross_grad(one, two, slope) / 2
    z = oracle.z_component(one, third, to_mpmath(integral(bound(4, 2), bound(4, 3), 3, edge)))
    gap = mp.mpf("-5.62255e-10") / mp.mpf("27.211386245981")
    assert float(rest / (V.imag * z.real) * gap) == pytest.approx(6.0e-10, rel=6e-3, abs=0)
