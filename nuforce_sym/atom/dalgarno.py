r"""The sum over all states but one shell, bound and continuum, as the solution of an inhomogeneous equation.

With $E_n=-1/2n^2$ in atomic units, the function

$$\chi=\sum_{k\ne n}\kern-1.3em\int\;\frac{R_{kl'}\langle kl'|\,r\,|nl\rangle}{E_n-E_k},\qquad
(E_n-H_{l'})\chi=rR_{nl}-R_{nl'}\langle nl'|r|nl\rangle,\qquad \langle nl'|\chi\rangle=0$$

is a polynomial times $e^{-r/n}$, found exactly (Dalgarno and Lewis 1955). It is what a sum over Sturmian functions of
$\lambda=1/n$ converges to, in which only finitely many do not vanish. `shell_sum` is the same for bound states up to a
given n, to see how much the continuum matters. Z = 1: for charge Z all lengths shrink by Z.
"""

from __future__ import annotations

from functools import lru_cache

from flint import fmpq, fmpq_poly

from nuforce_sym.atom.radial import RadialFunction, hydrogen_radial, moment, radial_integral
from nuforce_sym.atom.surd import Surd
from nuforce_sym.errors import InputError


@lru_cache(maxsize=256)
def perturbed(n: int, l: int, l_prime: int) -> RadialFunction:
    r"""Return $\chi$ for the dipole $r$ acting on $R_{nl}$ and leading to $l'=l\pm1$, as (norm, decay, polynomial).

    Raises:
        InputError: n, l is no bound state or l' is not l - 1 or l + 1.
    """
    start = hydrogen_radial(n, l)
    if l_prime < 0 or abs(l - l_prime) != 1:
        raise InputError(f"a dipole changes l by one: got l = {l} and l' = {l_prime}")
    source = start.polynomial * fmpq_poly([0, 1])
    if l_prime < n:
        shell = hydrogen_radial(n, l_prime)
        source -= shell.polynomial * (shell.norm * moment(shell.polynomial * start.polynomial, 3, 2 * start.decay))
    chi = _solve(n, l_prime, source)
    if l_prime < n:
        chi -= shell.polynomial * (shell.norm * moment(shell.polynomial * chi, 2, 2 * start.decay))
    return RadialFunction(n, l_prime, 1, start.norm, start.decay, chi)


def _solve(n: int, l: int, source: fmpq_poly) -> fmpq_poly:
    r"""Return a polynomial P with $(E_n-H_l)Pe^{-r/n}$ = source $e^{-r/n}$.

    On $r^ke^{-r/n}$ the operator gives $\frac12[k(k+1)-l(l+1)]r^{k-2}+(1-\frac{k+1}{n})r^{k-1}$, so that the coefficients
    follow from the highest power downwards; that of $r^{n-1}$ is free where the homogeneous equation has a solution.
    """
    c = {n + 2: fmpq(0)}
    for k in range(n + 1, l - 1, -1):
        rest = (source[k - 1] if k else fmpq(0)) - fmpq((k + 1) * (k + 2) - l * (l + 1), 2) * c[k + 1]
        slope = 1 - fmpq(k + 1, n)
        c[k] = fmpq(0) if slope == 0 else rest / slope
    return fmpq_poly([c.get(k, fmpq(0)) for k in range(n + 2)])


def dipole(bra: RadialFunction, ket: RadialFunction, power: int = 1) -> Surd:
    r"""Return $\int r^{2+p}R_1R_2\,dr$ of any two radial functions."""
    return Surd(moment(bra.polynomial * ket.polynomial, 2 + power, bra.decay + ket.decay), bra.norm * ket.norm)


def current(bra: RadialFunction, ket: RadialFunction, power: int) -> Surd:
    r"""Return $P_F$ of `radial.current_integral` for any two radial functions and $F=r^p$."""
    A, B = bra.polynomial, ket.polynomial
    s = 2 * (ket.l + 1) if bra.l > ket.l else -2 * ket.l
    slopes = A * B.derivative() - A.derivative() * B + (bra.decay - ket.decay) * A * B
    inside = (slopes * fmpq_poly([0, 1]) - s * A * B) / 2
    return Surd(moment(inside, power + 1, bra.decay + ket.decay), bra.norm * ket.norm)


def polarizability_sum(n: int, l: int, l_prime: int) -> Surd:
    r"""Return $\sum_{k\ne n}|\langle kl'|r|nl\rangle|^2/(E_n-E_k)$ in atomic units, the continuum included."""
    return dipole(hydrogen_radial(n, l), perturbed(n, l, l_prime))


def shell_sum(n: int, l: int, l_prime: int, largest: int) -> float:
    r"""Return the part of `polarizability_sum` that comes from the bound states with $k\le$ ``largest``."""
    total = 0.0
    for k in range(l_prime + 1, largest + 1):
        if k != n:
            square = float(radial_integral(k, l_prime, n, l, 1)) ** 2
            total += square / (1 / (2 * k**2) - 1 / (2 * n**2))
    return total
