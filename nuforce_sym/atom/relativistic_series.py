r"""The first relativistic correction to parity violation by a force $r^{-5}$, exactly.

With $x=Z\alpha$, lengths in Bohr radii and the lower component over x, the series of Dirac's functions at the nucleus and the
integrals over them are analytic in $y=x^2$; here they are expanded to first order in y. The state's energy and exponent are
$$\frac{1-E}{y}=\frac1{2n^2}+\frac{y}{2n^3}\Big(\frac1{|\kappa|}-\frac3{4n}\Big)+\dots,\qquad
\gamma=|\kappa|-\frac{y}{2|\kappa|}+\dots,$$
and $\Gamma(s_0+s_1y)(b_0+b_1y)^{-s_0-s_1y}$ brings $\psi(s_0)$ and $\ln b_0$. Euler's constant cancels between an integral
and the norms of its states, and so do the logarithms if both states have the same n.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import sympy as sp
from flint import fmpq, fmpq_series

from nuforce_sym.atom.dirac_coulomb import kappa_of
from nuforce_sym.atom.hyperfine import S_dot_I_between
from nuforce_sym.atom.relativistic import STRUCTURES, partner
from nuforce_sym.atom.state import State
from nuforce_sym.atom.surd import in_sympy
from nuforce_sym.errors import InputError, NotDerivable

ORDER = 2
"""Terms of every series in y that are kept."""


@dataclass(frozen=True)
class _Functions:
    """Dirac's functions as series in y, not normalised: the coefficients of g, and of f over x."""

    gamma: fmpq_series
    decay: fmpq_series
    g: tuple[fmpq_series, ...]
    f: tuple[fmpq_series, ...]


def _in_y(value: fmpq | int, slope: fmpq | int = 0) -> fmpq_series:
    return fmpq_series([value, slope], 1, ORDER)


Y = _in_y(0, 1)


def _functions(n: int, kappa: int) -> _Functions:
    k = abs(kappa)
    gamma = _in_y(k, fmpq(-1, 2 * k))
    binding = _in_y(fmpq(1, 2 * n**2), (fmpq(1, k) - fmpq(3, 4 * n)) / (2 * n**3))
    kinetic = _in_y(2, -fmpq(1, 2 * n**2))  # 1 + E
    # the square root of decay^2 = 1/n^2 + ...
    decay = _in_y(fmpq(1, n), (binding * kinetic)[1] * fmpq(n, 2))
    # (gamma + kappa) g_0 = y f_0 at the nucleus: of the two forms one never cancels
    g, f = ([Y], [gamma + kappa]) if kappa > 0 else ([_in_y(1)], [_in_y(-1) / (gamma - kappa)])
    for i in range(1, n - k + 1):
        first = decay * g[-1] + kinetic * f[-1]
        second = decay * f[-1] + binding * g[-1]
        determinant = (gamma + i) * (gamma + i) - kappa**2 + Y
        g.append(((gamma + i - kappa) * first + Y * second) / determinant)
        f.append(((gamma + i + kappa) * second - first) / determinant)
    return _Functions(gamma, decay, tuple(g), tuple(f))


def _integral(
    a: tuple[fmpq_series, ...], b: tuple[fmpq_series, ...], one: _Functions, two: _Functions, power: int
) -> fmpq_series:  # fmt: skip
    r"""Return $\int\eta^{2+p}ab\,d\eta$ over $e^{-s_1y(\gamma_E+\ln b_0)}$, which all integrals of two states share."""
    exponent, base = one.gamma + two.gamma, one.decay + two.decay
    lowest = int(exponent[0]) + power + 1
    if lowest <= 0:
        # gamma + gamma' stays below its limit: the integral diverges at the nucleus, even where its limit is finite
        raise NotDerivable(f"the integral of r^{power} diverges at the nucleus: use states of higher j")
    total = _in_y(0)
    for i, x in enumerate(a):
        for k, z in enumerate(b):
            s = lowest + i + k
            harmonic = sum((fmpq(1, q) for q in range(1, s)), fmpq(0))
            slope = exponent[1] * harmonic - s * base[1] / base[0]
            limit = fmpq(factorial(s - 1)) / base[0] ** s
            total += x * z * _in_y(limit, slope * limit)
    return total


def relativistic_coefficient(bra: State, ket: State, *, structure: str = "electron") -> sp.Expr:
    r"""Return c of `relativistic_ratio` $=1+c(Z\alpha)^2+\dots$, exactly: rational for one n, with logarithms for two.

    Raises:
        InputError: an unknown structure, states without F for the nucleus's, or states between which the element vanishes.
        NotDerivable: the integral diverges, as for j = 3/2.
    """
    if structure not in STRUCTURES:
        raise InputError(f"the structure is {' or '.join(map(repr, STRUCTURES))}: got {structure!r}")
    kappas = [kappa_of(s.l, int(2 * s.j)) for s in (bra, ket)]
    one, two = (_functions(s.n, kappa) for s, kappa in zip((bra, ket), kappas, strict=True))
    if structure == "electron":
        first, second = (sp.Integer(int(kappas[0] == -kappas[1])),) * 2
    else:
        first, second = _spins(bra, partner(ket)), _spins(partner(bra), ket)
    if (first, second) == (0, 0):
        raise InputError(f"the element between '{bra}' and '{ket}' vanishes: gamma_5 needs equal j, both need l' = l +- 1")
    upper, lower = _integral(one.g, two.f, one, two, -5), _integral(one.f, two.g, one, two, -5)
    value, slope = (first * in_sympy(upper[k]) - second * in_sympy(lower[k]) for k in (0, 1))
    total = slope / value
    for s in (one, two):
        norm = _integral(s.g, s.g, s, s, 0) + _integral(s.f, s.f, s, s, 0) * Y
        total -= in_sympy(norm[1] / norm[0]) / 2
        total -= in_sympy(s.gamma[1]) * sp.log(in_sympy((one.decay[0] + two.decay[0]) / (2 * s.decay[0])))
    return sp.expand(sp.radsimp(total))


def _spins(bra: State, ket: State) -> sp.Expr:
    return S_dot_I_between(bra, ket) if bra.l == ket.l else sp.Integer(0)
