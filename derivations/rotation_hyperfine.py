"""What hyperfine mixing of 4F5/2 with 4F7/2 does to R, to first order: steps of the derivation of R."""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.rotation_routes import DELTA, A, B, a_0, alpha, g_p, m_e, m_p

from nuforce_sym import Derivation, check
from nuforce_sym.atom.hyperfine import reduced_moment
from nuforce_sym.atom.levels import fine_coefficient, hyperfine_coefficient
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.operator import magnetic_z
from nuforce_sym.atom.parity import derived_strengths, dipole_z, orientation, parity_element
from nuforce_sym.symbols import symbols

D_A, D_fs, beta_hf = symbols("D_A D_fs beta_hf")
SMALL = 10**-25
"""Hyperfine mixing in the exact route, over that of the first order: what is compared is the slope at 0."""


def _spin(twice):
    """The three components of a spin as matrices, from its lowering operator."""
    ms = [mp.mpf(twice) / 2 - k for k in range(twice + 1)]
    top = ms[0]
    down = mp.matrix(len(ms))
    for k, m in enumerate(ms[:-1]):
        down[k + 1, k] = mp.sqrt(top * (top + 1) - m * (m - 1))
    return [(down.T + down) / 2, (down.T - down) / mp.mpc(0, 2), mp.diag(ms)]


def _kron(*parts):
    out = mp.matrix([[1]])
    for b in parts:
        found = mp.matrix(out.rows * b.rows)
        for i in range(out.rows):
            for j in range(out.rows):
                for p in range(b.rows):
                    for q in range(b.rows):
                        found[i * b.rows + p, j * b.rows + q] = out[i, j] * b[p, q]
        out = found
    return out


def squared_by_projectors(v):
    r"""Return the square of <B|H|A> as a trace of two projectors and N.I over the 28 states of l = 3, from matrices of L, S, I.

    Within one l, 3 n_a n_b - delta_ab = -[3(L_a L_b + L_b L_a) - 2l(l+1) delta_ab]/((2l-1)(2l+3)); <r^-3> = 1/(32*3*4*7).
    """
    l, one, two = 3, mp.eye(7), mp.eye(2)
    L = [_kron(x, two, two) for x in _spin(2 * l)]
    S = [_kron(one, x, two) for x in _spin(1)]
    I = [_kron(one, two, x) for x in _spin(1)]

    def square(*vectors):
        return sum((sum((x[k] for x in vectors), mp.matrix(28)) ** 2 for k in range(3)), mp.matrix(28))

    unit = mp.eye(28)
    N = []
    for a in range(3):
        tensor = sum((3 * (L[a] * L[b] + L[b] * L[a]) * S[b] for b in range(3)), mp.matrix(28)) - 2 * l * (l + 1) * S[a]
        N.append(L[a] - tensor / ((2 * l - 1) * (2 * l + 3)))
    NI = sum((N[a] * I[a] for a in range(3)), mp.matrix(28))
    J2, F2 = square(L, S), square(L, S, I)
    high, low = (mp.mpf(x * (x + 2)) / 4 for x in (7, 5))
    on_A, on_B = (J2 - high * unit) / (low - high), (J2 - low * unit) / (high - low)
    # F = 2 and 4 go together with one j each, so that F = 3 is what F(F+1) = 12 leaves
    F3 = (F2 - 6 * unit) * (F2 - 20 * unit) / ((12 - 6) * (12 - 20))
    product = F3 * on_A * NI * on_B * F3 * NI
    trace = mp.fsum([product[k, k] for k in range(28)]).real
    unit_energy = v["alpha"] ** 4 * v["g_p"] * v["m_e"] ** 2 / v["m_p"]
    return trace / 7 * (unit_energy / 2 * 2 / mp.mpf(64 * 3 * 4 * 7)) ** 2


def by_diagonalization(v):
    """Return the slope of R/R(0) in the mixing from the eigenvectors of A, B and Delta with V_PV in the Hamiltonian."""
    with mp.workdps(220):
        flat = [R_of_three_levels(v, mixing) for mixing in (mp.mpf(0), mp.mpf(SMALL))]
        return (flat[1] / flat[0] - 1) / mp.mpf(SMALL)


def R_of_three_levels(v, mixing):
    """Im(E1/M1) in units in which z is in Bohr radii and V in units of K, between exact eigenvectors."""
    strengths = derived_strengths(*(sp.Float(str(v[x] * v[y]), 40) for x, y in (("a_e", "b_p"), ("b_e", "a_p"))))

    def number(x):
        return mp.mpf(str(sp.N(x, 60)))

    weak = [number(parity_element(DELTA, s, strengths)) for s in (A, B)]
    z = [number(dipole_z(DELTA, s, 3)) for s in (A, B)]
    M = mp.matrix(3)
    for i, one in enumerate((A, B)):
        for j, two in enumerate((A, B)):
            M[i, j] = number(orientation(one, two, 3) * reduced_moment(one, two))
    gap, fine = v["D_A"], v["D_fs"]
    scale = abs(gap) * mp.mpf(10) ** -70 / max(abs(x) for x in weak)
    H = mp.matrix(3)
    H[0, 0], H[1, 1] = gap, gap + fine
    # <B|A> admixture is <B|H|A>/(E_A - E_B)
    H[0, 1] = H[1, 0] = -mixing * fine
    dipole = mp.matrix(3)
    for i in range(2):
        H[2, i], H[i, 2] = mp.mpc(0, -1) * scale * weak[i], mp.mpc(0, 1) * scale * weak[i]
        dipole[2, i] = dipole[i, 2] = z[i]
    _, vectors = mp.eighe(H)
    states = []
    for i in range(2):
        column = max((vectors[:, k] for k in range(3)), key=lambda c, i=i: abs(c[i]))
        states.append(column * (abs(column[i]) / column[i]))
    E1, M1 = ((states[0].H * operator * states[1])[0] for operator in (dipole, M))
    return (E1 / M1).imag


def add_hyperfine_mixing(d: Derivation) -> None:
    """Add the steps on the mixing of A with B to the derivation ``d``, after ``moment`` and ``gap``."""

    @d.step(
        r"\langle B|H_{\mathrm{hfs}}|A\rangle",
        check.dimension(1),
        check.brute_force(
            squared_by_projectors, "the trace of projectors on j and F over the 28 product states, squared",
            of=lambda h: h**2, points=1, digits=20,
        ),
    )  # fmt: skip
    def hyperfine_element():
        r"""Hyperfine structure is not diagonal in $j$: $\langle\mathbf{N}\cdot\mathbf{I}\rangle=-\sqrt3/7$ between
        $4F_{5/2},F=3$ and $4F_{7/2},F=3$. $\Delta=4D_{5/2},F=3$ has no partner, as $4D_{3/2}$ has $F=1,2$.
        """
        return hyperfine_coefficient(B, A) * alpha**4 * g_p * m_e**2 / m_p

    @d.step(
        r"D_{\mathrm{fs}}",
        check.dimension(1),
        check.equals(alpha**4 * m_e / 128 * (sp.Rational(1, 3) - sp.Rational(1, 4)), why=r"$n/(j+\frac12)$ in Dirac's energy"),
    )
    def fine_interval():
        r"""$E_B-E_A$ by fine structure, from kinetic energy and spin-orbit coupling."""
        return (fine_coefficient(B) - fine_coefficient(A)) * alpha**4 * m_e

    @d.step(
        r"\beta",
        check.dimension(0),
        check.scales(m_p, -1),
        check.brute_force(
            lambda v: mp.sqrt(3) / 7 / mp.mpf(5376) * 1536 * v["g_p"] * v["m_e"] / v["m_p"],
            r"$\sqrt3/7$ times $\langle r^{-3}\rangle/2$ over the interval of the fine structure, by hand",
            digits=20, points=1,
        ),
    )  # fmt: skip
    def admixture(hyperfine_element, fine_interval):
        r"""$|\tilde A\rangle=|A\rangle+\beta|B\rangle$, $|\tilde B\rangle=|B\rangle-\beta|A\rangle$."""
        return sp.factor(hyperfine_element / -fine_interval)

    @d.step(
        r"R(\beta)/R(0)",
        check.dimension(0),
        check.brute_force(
            by_diagonalization,
            r"the slope of exact eigenvectors of A, B and $\Delta$ with $V_{\mathrm{PV}}$ in the Hamiltonian",
            of=lambda ratio: sp.diff(ratio, beta_hf).subs(beta_hf, 0), points=2, digits=20,
        ),
    )  # fmt: skip
    def mixed(mixing_A, mixing_B, dipole, moment):
        r"""$\Delta$ is mixed into both, with $E_B-E_\Delta=D+D_{\mathrm{fs}}$:
        $\langle\tilde A'|z|\tilde B'\rangle=i\big[\frac{v_{\tilde A}z_{\tilde B}}D
        -\frac{v_{\tilde B}z_{\tilde A}}{D+D_{\mathrm{fs}}}\big]$ with $V=-iv$, and in $M1$ the moments of $A$ and of $B$
        count, which differ by much more than the one between them.
        """
        v_A, v_B = (sp.expand(sp.I * v) for v in (mixing_A, mixing_B))
        z_A = matrix_element(DELTA, "z", A).value.xreplace({a_0: 1 / (alpha * m_e)})
        M_A, M_B = (matrix_element(s, magnetic_z(), s).value for s in (A, B))

        def electric(beta):
            v, z = (v_A + beta * v_B, v_B - beta * v_A), (z_A + beta * dipole, dipole - beta * z_A)
            return v[0] * z[1] / D_A - v[1] * z[0] / (D_A + D_fs)

        return sp.factor(electric(beta_hf) / electric(0) / (1 + beta_hf * (M_B - M_A) / moment))
