r"""The most general parity-violating potential at first order in the velocity: how many structures, how many functions of r.

The sixteen operators of Dobrescu and Mocioiu (2006) span every potential of two fermions of spin one half; the talk, slide
"Parity violating forces in the hydrogen atom", calls a potential of three of them with one function F(r) the most general.
"""

from __future__ import annotations

from itertools import product

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.dirac.operator_basis import SIGMA_1, SIGMA_2, P, Q, operators
from nuforce_sym.errors import CheckFailed

d = Derivation(
    "parity_structures",
    "The most general parity-violating potential",
    cites=["DobrescuMocioiu2006", "Tangarife"],
)

_PARITY = {P: -P, Q: -Q}
_REVERSAL = {P: -P, SIGMA_1: -SIGMA_1, SIGMA_2: -SIGMA_2}


def sign(operator, image):
    """Return the sign that an operator takes under the substitution of vectors."""
    ratio = sp.cancel(operator.subs(image) / operator)
    if ratio not in (1, -1):
        raise CheckFailed(f"{operator} has no definite sign: it goes to {ratio} times itself")
    return int(ratio)


def velocity_order(operator):
    """Return the power of P."""
    return {sp.Integer(2) ** k: k for k in range(4)}[sp.cancel(operator.subs(P, 2 * P) / operator)]


def pauli(first, second):
    """Return sigma_1.a times sigma_2.b as a 4x4 matrix; None stands for the unit operator."""
    axes = ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])

    def one(vector):
        if vector is None:
            return mp.eye(2)
        total = mp.zeros(2)
        for x, axis in zip(vector, axes, strict=True):
            total += x * mp.matrix(axis)
        return total

    left, right = one(first), one(second)
    return mp.matrix([[left[i // 2, j // 2] * right[i % 2, j % 2] for j in range(4)] for i in range(4)])


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def both(a):
    """Return (sigma_1 x sigma_2).a."""
    total = mp.zeros(4)
    for k in range(3):
        for i, j in product(range(3), repeat=2):
            epsilon = (i - j) * (j - k) * (k - i) / mp.mpf(2)
            if epsilon:
                total += epsilon * a[k] * pauli(*([int(x == n) for x in range(3)] for n in (i, j)))
    return total


def matrices(p, q):
    """Return O_1 ... O_16 as matrices in spin space, for m = 1."""
    n = cross(p, q)
    i = mp.mpc(0, 1)
    s_n, t_n, s_q, t_q, s_p, t_p = (pauli(a, None) if k == 0 else pauli(None, a) for a in (n, q, p) for k in (0, 1))
    s_s = sum((pauli(e, e) for e in ([1, 0, 0], [0, 1, 0], [0, 0, 1])), mp.zeros(4))
    out = {1: mp.eye(4), 2: s_s, 3: pauli(q, q), 4: i * (s_n + t_n) / 2, 5: i * (s_n - t_n) / 2, 8: pauli(p, p)}
    out |= {6: i * (pauli(p, q) + pauli(q, p)) / 2, 7: i * (pauli(p, q) - pauli(q, p)) / 2}
    out |= {9: i * (s_q + t_q) / 2, 10: i * (s_q - t_q) / 2, 11: i * both(q), 12: (s_p + t_p) / 2, 13: (s_p - t_p) / 2}
    out |= {14: both(p), 15: (pauli(n, q) + pauli(q, n)) / 2, 16: i * (pauli(n, p) + pauli(p, n)) / 2}
    return out


def counted(*, reversal, squared=0):
    """Return the route that counts the structures, or sums k^2, by their explicit matrices at momenta with P.q = 0."""

    def route(_):
        p, q = [mp.mpf(x) for x in (2, -1, 3)], [mp.mpf(x) for x in (1, 5, 1)]
        here, mirrored, back, slow = (
            matrices([a * x for x in p], [b * x for x in q]) for a, b in ((1, 1), (-1, -1), (-1, 1), (mp.mpf(2), 1))
        )
        flip = pauli([0, 1, 0], [0, 1, 0])
        number = 0
        for k, matrix in here.items():
            odd = mp.mnorm(mirrored[k] + matrix) == 0
            first = mp.mnorm(slow[k] - 2 * matrix) == 0 or mp.mnorm(slow[k] - matrix) == 0
            even = mp.mnorm(flip * back[k].T * flip - matrix) == 0
            if odd and first and (even or not reversal):
                number += k**squared
        return mp.mpf(number)

    how = "explicit matrices in spin space, transposed for the reversal of motion"
    return check.brute_force(route, how, points=1, of=lambda found: sp.Add(*(k**2 for k in found)) if squared else found)


@d.step(r"\{k:\mathcal{O}_k\text{ odd under }P\}", counted(reversal=False, squared=2))
def parity_odd():
    r"""Parity turns $\mathbf{P}$ and $\mathbf{q}$ round and leaves the spins; up to first order in $\mathbf{P}$ these operators
    change their sign.
    """
    kept = [k for k, operator in operators().items() if sign(operator, _PARITY) == -1 and velocity_order(operator) <= 1]
    return sp.Tuple(*(sp.Integer(k) for k in kept))


@d.step(r"N_P", counted(reversal=False))
def structures(parity_odd):
    r"""So many structures violate parity, each with a function of $r$ of its own."""
    return sp.Integer(len(parity_odd))


@d.step(r"\{k:\mathcal{O}_k\text{ odd under }P\text{, even under }T\}", counted(reversal=True, squared=2))
def time_even(parity_odd):
    r"""Reversal of motion exchanges the initial and the final state, $\mathbf{P}\to-\mathbf{P}$, $\mathbf{q}\to\mathbf{q}$,
    and turns the spins round. Three are left, $(\sigma_1\times\sigma_2)\cdot\mathbf{q}$ and $\sigma_{1,2}\cdot\mathbf{P}$.
    """
    return sp.Tuple(*(k for k in parity_odd if sign(operators()[int(k)], _REVERSAL) == 1))


@d.step(r"N_{PT}", counted(reversal=True))
def radial_functions(time_even):
    r"""The most general potential that violates parity and respects the reversal of motion has so many independent functions
    of $r$; that they are one function, as for the exchange of one $Z$ or of a pair of one mass, is dynamics.
    """
    return sp.Integer(len(time_even))
