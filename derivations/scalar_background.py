r"""The force by pairs of scalars in a background of them: the boson's signs, thermal enhancement, and wakes.

Two static bodies couple by H = (C/2) phi^2 to a real scalar phi of mass m, as light dark matter may.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.fock_space import brute_force_force

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.occupation import BOSONS, packet_expectation
from nuforce_sym.medium import sine_transform as transform
from nuforce_sym.medium.isotropic import potential_of
from nuforce_sym.medium.pairs import pair_force, pair_operator, pair_terms, pair_vacuum
from nuforce_sym.symbols import symbols

m, E, k, q, k_dot_q, r, c, T, N_0 = symbols("m_nu E_nu k_nu q k_dot_q r c_alpha T_nu N_0")
n_plus, n_minus, w_p, w_k_star, delta_pk = symbols("n_plus n_minus w_p w_k_star delta_pk")
ZERO = sp.Integer(0)

d = Derivation("scalar_background", "Scalar pairs in a background of scalars", cites=["PeskinSchroeder1995"])


def _three_bosons(_):
    """<w|a_p a_k^dagger|w> for w = (2, 3, 6)/7 and p = 0, k = 1, from matrices of three oscillators cut at three quanta."""
    size = 4
    lower = sp.Matrix(size, size, lambda i, j: sp.sqrt(j) if j == i + 1 else 0)
    one = sp.eye(size)

    def mode(place):
        return sp.kronecker_product(*(lower if i == place else one for i in range(3)))

    vacuum = sp.Matrix([1] + [0] * (size**3 - 1))
    w = [sp.Rational(n, 7) for n in (2, 3, 6)]
    state = sp.zeros(size**3, 1)
    for place, amplitude in enumerate(w):
        state += amplitude * (mode(place).T * vacuum)
    return mp.mpf(str((state.T * mode(0) * mode(1).T * state)[0].evalf(30)))


@d.step(
    r"\langle w|a_{\mathbf{p}}a_{\mathbf{k}}^\dagger|w\rangle",
    check.equals(delta_pk + w_k_star * w_p, why="stimulated emission: plus where fermions have minus"),
    check.brute_force(
        _three_bosons,
        "matrices of three oscillators",
        points=1,
        of=lambda value: value.xreplace({delta_pk: ZERO, w_p: sp.Rational(2, 7), w_k_star: sp.Rational(3, 7)}),
    ),
)
def expectation():
    r"""Commutators instead of anticommutators: a boson in the packet adds to the vacuum's contraction."""
    return packet_expectation(BOSONS)


def _loop(v):
    """iM = (1/2)(-i)^2 times a propagator i/(p^2-m^2) and +2 pi delta(k^2-m^2) n, for either line and either sign of k^0."""
    total = mp.mpf(0)
    for sign in (1, -1):
        for way in (1, -1):
            squared = -(v["q"] ** 2) - 2 * sign * way * v["k_dot_q"]
            total += v["n_plus"] / (2 * v["E_nu"]) * 1j / squared
    return mp.re(-(mp.mpf(1) / 2 * (-1j) ** 2 * total) / 1j)


@d.step(
    r"\mathcal{V}(\mathbf{q})",
    check.residual(lambda V: V.subs(k_dot_q, -k_dot_q) - V, "even in q"),
    check.brute_force(_loop, "the loop with one line on shell, factor by factor", digits=25, points=1, k_nu=sp.Rational(1, 2)),
)
def amplitude():
    r"""The propagator gains $+2\pi\delta(k^2-m^2)n$, and the loop has no $-1$. The vertex is $-iC$, with two contractions for
    its $\frac12$, and the loop counts $\frac12$; for the one kind of quanta $n_+=n_-=n$.
    """
    return pair_terms("real scalar", m).expr.subs(n_minus, n_plus)


@d.step(
    r"v(\mathbf{k},\mathbf{r})",
    check.brute_force(
        lambda v: -v["n_plus"] / (2 * v["E_nu"]) * brute_force_force(mp.mpf(1), 0, v["k_nu"], v["c_alpha"], v["r"]),
        "the principal value over all directions of q",
        digits=20,
        points=1,
        c_alpha=sp.Rational(3, 10),
    ),
    check.sign(False, when="like charges attract closer than a wavelength", r=sp.Rational(1, 100)),
)
def force():
    r"""$V=C_1C_2\int\frac{d^3k}{(2\pi)^3}v$, symmetric response."""
    return pair_force("real scalar", m).subs(n_minus, n_plus)


@d.step(
    r"v_{\mathrm{ret}}(\mathbf{k},\mathbf{r})",
    check.residual(lambda v, force: sp.expand_trig((v + v.subs(c, -c)) / 2 - force), "its even part is the symmetric force"),
)
def wake():
    r"""The force on the second body in the wave that the first scatters out of a stream: constant in phase downstream,
    $c_\alpha=1$, and oscillating with half the wavelength upstream.
    """
    return pair_force("real scalar", m, "retarded").subs(n_minus, n_plus)


def _euclidean(v):
    r"""-\frac12\int d\tau\,D(R)^2 with D = mK_1(mR)/4\pi^2R and \tau = r\sinh u."""

    def square(u):
        R = v["r"] * mp.cosh(u)
        return R * (v["m_nu"] * mp.besselk(1, v["m_nu"] * R) / (4 * mp.pi**2 * R)) ** 2

    # analytic in a strip of half-width pi/2: the trapezoidal rule errs by exp(-pi^2/h)
    h = mp.pi**2 / (mp.log(10) * mp.mp.dps)
    return -h * (square(mp.mpf(0)) / 2 + mp.fsum(square(n * h) for n in range(1, int(6 / h))))


@d.step(
    r"V_0(r)",
    check.equals(-m * sp.besselk(1, 2 * m * r) / (32 * sp.pi**3 * r**2), why="the pair of scalars in the vacuum, as known"),
    check.brute_force(_euclidean, r"the Euclidean correlator of $\phi^2$", points=1),
)
def vacuum():
    r"""The vacuum counts $+\frac12$ in $n_\pm$."""
    return pair_vacuum("real scalar", m)


@d.step(
    r"V_{\mathrm{BE}}(r)",
    check.limit(r, ZERO, -(T**2) / (48 * sp.pi * r), rate=2),
    check.quadrature(
        -sp.sin(2 * k * r) / (16 * sp.pi**3 * r**2) / (sp.exp(k / T) - 1), k, ZERO, oscillating=2 * r, digits=16, points=1
    ),
)
def bose_einstein():
    r"""Massless scalars in equilibrium, $n=1/(e^{k/T}-1)$."""
    return potential_of(pair_operator("real scalar", ZERO), transform.bose_einstein_pair(T))


@d.step(
    r"V_{\mathrm{BE}}(r)+V_0(r)",
    check.equals(
        -T / (32 * sp.pi**2 * r**2) * sp.cosh(2 * sp.pi * r * T) / sp.sinh(2 * sp.pi * r * T),
        why=r"$-(T/32\pi^2r^2)\coth2\pi rT$",
    ),
    check.limit(r, ZERO, -1 / (64 * sp.pi**3 * r**3), rate=2),
)
def thermal_total(bose_einstein):
    r"""With the vacuum: where fermions screen, bosons enhance, to a classical force in $T/r^2$."""
    return sp.factor_terms(sp.expand(bose_einstein + pair_vacuum("real scalar", ZERO)))


@d.step(
    r"V_{\mathrm{slow}}(r)",
    check.equals(
        -N_0 * (2 * sp.pi * m * T) ** sp.Rational(3, 2) / (2 * sp.pi) ** 3 / (4 * sp.pi * m * r) * sp.exp(-2 * m * T * r**2),
        why=r"$-(n/4\pi mr)\,e^{-2mTr^2}$ with the density $n$",
    ),
)
def slow():
    r"""Slow scalars with $n=N_0e^{-k^2/2mT}$, as a halo at rest: the force reaches as far as their wavelength."""
    return potential_of(pair_operator("real scalar", m), transform.nonrelativistic(T, m, 2 * N_0))
