r"""The charges with which fermions couple to neutrinos, in the basis of the masses, and their sums over pairs of neutrinos.

The four-fermion interaction is that of ``effective_lagrangian``; the mixing matrix has its standard parametrisation.
"""

from __future__ import annotations

from itertools import product

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.flavour import charge_product, charges, pmns, trigonometric
from nuforce_sym.symbols import symbols

(sin2,) = symbols("sin2_theta_W")
half = sp.Rational(1, 2)

d = Derivation(
    "flavour_charges",
    "Charges of the fermions in the basis of the neutrino masses",
    cites=["PeskinSchroeder1995", "Tangarife"],
)


def rotation(i, j, theta, phase=0):
    R = mp.eye(3)
    R[i, i] = R[j, j] = mp.cos(theta)
    R[i, j], R[j, i] = mp.sin(theta) * mp.expj(-phase), -mp.sin(theta) * mp.expj(phase)
    return R


def mixing(value):
    """The PMNS matrix with numbers: three complex rotations and the Majorana phases."""
    angles = {name: value.get(name, mp.mpf(n + 2) / 7) for n, name in enumerate(("theta_23", "theta_13", "theta_12"))}
    complex_ = rotation(1, 2, angles["theta_23"]) * rotation(0, 2, angles["theta_13"], value.get("delta_CP", mp.mpf(6) / 5))
    phases = mp.diag([1, *(mp.expj(value.get(name, mp.mpf(2) / n) / 2) for n, name in ((3, "alpha_21"), (1, "alpha_31")))])
    return complex_ * rotation(0, 1, angles["theta_12"]) * phases


def by_numbers(first, second):
    """Return the route to sum_ij a1_ij a2_ji with an explicit mixing matrix."""

    def matrix(fermion, s2, U):
        T_3, Q, row = {"e": (-half, -1, 0), "mu": (-half, -1, 1), "p": (half, 1, None), "n": (-half, 0, None)}[fermion]
        a = (mp.mpf(T_3.p) / T_3.q - 2 * Q * s2) * mp.eye(3)
        for i, j in product(range(3), repeat=2):
            a[i, j] += 0 if row is None else mp.conj(U[row, i]) * U[row, j]
        return a

    def route(value):
        U, s2 = mixing({}), value.get("sin2_theta_W", mp.mpf(0))
        M = matrix(first, s2, U) * matrix(second, s2, U)
        return mp.re(M[0, 0] + M[1, 1] + M[2, 2])

    return check.brute_force(route, "an explicit mixing matrix with all its phases", digits=30)


@d.step(
    r"a^e_{\nu_e\nu_e}",
    check.brute_force(lambda value: -mp.mpf(1) / 2 + 2 * value["sin2_theta_W"] + 1, "the charge of the $Z$, and 1 of the $W$"),
)
def electron_neutrino():
    r"""In $\mathcal{L}=-\frac{G_F}{\sqrt2}[\bar\psi\gamma_\mu(a-b\gamma_5)\psi][\bar\nu\gamma^\mu(1-\gamma_5)\nu]$ an
    electron and its own neutrino meet by the $Z$ and by the $W$, $a=g_V+1$ and $b=g_A+1$; every other pair by the $Z$ alone.
    """
    return charges("e", sp.eye(3)).a[0, 0]


@d.step(
    r"(U_{e1},U_{e2},U_{e3})",
    check.brute_force(
        lambda value: mp.fsum((n + 1) * x for n, x in enumerate(mixing(value)[0, :])),
        "a product of three complex rotations",
        of=lambda row: row[0] + 2 * row[1] + 3 * row[2],
    ),
    check.residual(lambda row: trigonometric(sp.Add(*(x * sp.conjugate(x) for x in row)) - 1), "normalised"),
)
def row():
    r"""The neutrino fields are $\nu_\alpha=\sum_iU_{\alpha i}\nu_i$ with the PMNS matrix $U$ in its standard
    parametrisation.
    """
    return sp.Tuple(*pmns()[0, :])


@d.step(
    r"a^e_{33}",
    check.dimension(0),
    check.residual(
        lambda a, row, electron_neutrino: a - (electron_neutrino - 1) - row[2] * sp.conjugate(row[2]),
        r"$g_V+|U_{e3}|^2$",
    ),
)
def electron_heaviest():
    r"""In the basis of the masses $\mathcal{L}=-\frac{G_F}{\sqrt2}\sum_{ij}[\bar\psi\gamma_\mu(a_{ij}-b_{ij}\gamma_5)\psi]
    [\bar\nu_i\gamma^\mu(1-\gamma_5)\nu_j]$ with $a_{ij}=g_V\delta_{ij}+U^*_{\alpha i}U_{\alpha j}$ for the charged lepton
    $\alpha$; the second term is absent for quarks and nucleons. The diagonal charges of the electron do not hold the phases.
    """
    return charges("e").a[2, 2]


@d.step(
    r"a^e_{13}",
    check.dimension(0),
    check.residual(lambda a, row: a - sp.conjugate(row[0]) * row[2], r"$U^*_{e1}U_{e3}$"),
)
def electron_mixed():
    r"""Off the diagonal they do."""
    return charges("e").a[0, 2]


def _sum(first, second):
    return charge_product(charges(first).a, charges(second).a)


g_e = -half + 2 * sin2
"""The electron's g_V, for the checks."""


@d.step(
    r"\textstyle\sum_{ij}a^e_{ij}a^e_{ji}",
    check.equals(3 * g_e**2 + 2 * g_e + 1, why="the sum over flavours, $(g_V+1)^2+2g_V^2$"),
    by_numbers("e", "e"),
)
def electron_electron():
    r"""Massless neutrinos feel no mixing: the product of charges in the force is a sum over flavours, here of two electrons."""
    return _sum("e", "e")


@d.step(
    r"\textstyle\sum_{ij}a^e_{ij}a^\mu_{ji}",
    check.equals(3 * g_e**2 + 2 * g_e, why="the sum over flavours, $2g_V(g_V+1)+g_V^2$"),
    by_numbers("e", "mu"),
)
def electron_muon():
    r"""An electron and a muon."""
    return _sum("e", "mu")


@d.step(
    r"\textstyle\sum_{ij}a^e_{ij}a^p_{ji}",
    check.equals((3 * g_e + 1) * (half - 2 * sin2), why="the sum over flavours, $(3g_V^e+1)g_V^p$"),
    by_numbers("e", "p"),
)
def electron_proton():
    r"""An electron and a proton."""
    return _sum("e", "p")


@d.step(
    r"\textstyle\sum_{ij}a^p_{ij}a^p_{ji}",
    check.equals(3 * (half - 2 * sin2) ** 2, why="three times the square of the proton's charge"),
    by_numbers("p", "p"),
)
def proton_proton():
    r"""Two protons."""
    return _sum("p", "p")


@d.step(
    r"\textstyle\sum_{ij}a^n_{ij}a^n_{ji}",
    check.equals(sp.Rational(3, 4), why="three times the square of one half"),
    by_numbers("n", "n"),
)
def neutron_neutron():
    r"""Two neutrons."""
    return _sum("n", "n")


def mixed(first, second):
    """The part i != j of the sum."""
    one, two = charges(first).a, charges(second).a
    diagonal = sp.diag(*(one[i, i] for i in range(3)))
    return charge_product(one, two) - charge_product(diagonal, two)


def mixed_by_numbers(row):
    """Return the route to the part i != j for an electron and the lepton of a row, with an explicit mixing matrix."""

    def route(value):
        U = mixing(value)
        pairs = [(i, j) for i, j in product(range(3), repeat=2) if i != j]
        return mp.re(mp.fsum(mp.conj(U[0, i]) * U[0, j] * U[row, i] * mp.conj(U[row, j]) for i, j in pairs))

    return check.brute_force(route, "an explicit mixing matrix with all its phases", digits=30)


@d.step(r"\textstyle\sum_{i\neq j}a^e_{ij}a^e_{ji}", check.dimension(0), mixed_by_numbers(0))
def mixed_electron_electron():
    r"""Of these sums the pairs of two different mass eigenstates are a part, which charges without indices do not have."""
    return mixed("e", "e")


@d.step(
    r"\textstyle\sum_{i\neq j}a^e_{ij}a^\mu_{ji}",
    check.dimension(0),
    mixed_by_numbers(1),
)
def mixed_electron_muon():
    r"""Likewise, with phases."""
    return mixed("e", "mu")


@d.step(
    r"\textstyle\sum_{i\neq j}a^e_{ij}a^p_{ji}",
    check.dimension(0),
    check.equals(sp.Integer(0), why="the proton does not change the mass eigenstate"),
)
def mixed_electron_proton():
    r"""Where one of the bodies couples by the $Z$ alone, as in hydrogen, its charges are diagonal and no such pair occurs."""
    return mixed("e", "p")


@d.step(
    r"a^e_{31}",
    check.dimension(0),
    check.residual(lambda a, electron_mixed: a - sp.conjugate(electron_mixed), "the matrix is hermitian"),
)
def electron_mixed_back():
    r"""The coefficient of $[\bar\nu_3\ldots\nu_1]$; a paper that writes $\nu_\alpha=\sum_iU^*_{\alpha i}\nu_i$ has its
    conjugate there.
    """
    return charges("e").a[2, 0]
