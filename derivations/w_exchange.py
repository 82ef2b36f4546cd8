r"""Charged-current exchange inside the cut of a neutrino pair: how the W boson softens the four-fermion vertex.

An electron and a neutrino of its own flavour exchange a $W$. In the cut of the pair, where $e\bar e\to\nu\bar\nu$ at
$q^2=t$, its propagator depends on the angle, and the part with the quantum numbers of the weak current is weighted by
$w(t)$, with $w(0)=1$; the electron's mass is neglected.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check, dirac
from nuforce_sym.amplitude.explicit import GAMMA, GAMMA5, METRIC, slash, trace
from nuforce_sym.lorentz import Dot, Index, Momentum
from nuforce_sym.symbols import symbols

t, x, m_W, cos_theta = symbols("t x m_W cos_theta")
P, P_BAR, K, K_BAR = (Momentum(name) for name in ("p", "p_prime", "k", "k_prime"))
MU, NU = Index("mu"), Index("nu")

d = Derivation("w_exchange", "The W boson inside the cut of a neutrino pair", cites=["PeskinSchroeder1995", "Cutkosky1960"])


def explicit_product(value):
    """The two traces with explicit matrices and momenta."""
    E = mp.sqrt(value["t"]) / 2
    c = value["cos_theta"]
    s = mp.sqrt(1 - c**2)
    p, p_bar = (E, 0, 0, E), (E, 0, 0, -E)
    k, k_bar = (E, E * s, 0, E * c), (E, -E * s, 0, -E * c)
    left = mp.eye(4) - GAMMA5
    total = mp.mpf(0)
    for mu in range(4):
        for nu in range(4):
            one = trace(slash(p_bar) * GAMMA[mu] * left * slash(p) * GAMMA[nu] * left)
            two = trace(slash(k) * GAMMA[mu] * left * slash(k_bar) * GAMMA[nu] * left)
            total += METRIC[mu] * METRIC[nu] * one * two
    return mp.re(total)


@d.step(
    r"L_{\mu\nu}N^{\mu\nu}",
    check.dimension(4),
    check.brute_force(explicit_product, "explicit 4x4 matrices", digits=25, t=sp.Integer(50), cos_theta=sp.Rational(3, 7)),
)
def contracted():
    r"""The product of the traces over the electron pair and over the neutrino pair, both left-handed, for an angle $\theta$
    between electron and neutrino.
    """
    left = 1 - dirac.gamma5
    one = dirac.trace(dirac.slash(P_BAR) * dirac.gamma(MU) * left * dirac.slash(P) * dirac.gamma(NU) * left).expr
    two = dirac.trace(dirac.slash(K) * dirac.gamma(MU) * left * dirac.slash(K_BAR) * dirac.gamma(NU) * left).expr
    like, unlike = t * (1 - cos_theta) / 4, t * (1 + cos_theta) / 4
    massless = {Dot(a, a): sp.Integer(0) for a in (P, P_BAR, K, K_BAR)}
    pairs = {Dot(P, P_BAR): t / 2, Dot(K, K_BAR): t / 2}
    angles = {Dot(P, K): like, Dot(P_BAR, K_BAR): like, Dot(P, K_BAR): unlike, Dot(P_BAR, K): unlike}
    return sp.factor(dirac.contract(one * two).xreplace(massless | pairs | angles))


@d.step(
    r"\frac{m_W^2}{m_W^2-(p-k)^2}",
    check.dimension(0),
    check.limit(t, sp.Integer(0), sp.Integer(1), rate=1),
)
def propagator():
    r"""The electron turns into the neutrino, so that the $W$ carries $(p-k)^2=-2p\cdot k=-\frac t2(1-\cos\theta)$; the
    contact interaction has its propagator at zero momentum.
    """
    return m_W**2 / (m_W**2 + t * (1 - cos_theta) / 2)


@d.step(
    r"w(x)",
    check.dimension(0),
    check.brute_force(
        lambda value: mp.quad(lambda c: (1 + c) ** 2 / (1 + value["x"] * (1 - c)), [-1, 0, 1]) * 3 / 8,
        "quadrature over the angle, with the amplitude of a left-handed pair of spin 1",
        digits=25,
    ),
    check.limit(x, sp.Integer(0), 1 - x / 2, rate=2),
)
def weight(contracted, propagator):
    r"""Averaged over angles with the weight of the contact interaction, with $x=t/(2m_W^2)$."""
    at_x = propagator.subs(t, 2 * m_W**2 * x)
    shape = contracted / contracted.subs(cos_theta, 1)
    density = sp.apart(sp.cancel(shape * at_x), cos_theta)
    integral = sp.Add(*(_integral(term) for term in sp.Add.make_args(density)))
    norm = sp.integrate(sp.expand(sp.cancel(shape)), (cos_theta, -1, 1))
    return sp.collect(sp.expand(sp.expand_log(integral / norm)), sp.log(1 + 2 * x), sp.factor)


def _integral(term):
    r"""\int_{-1}^{1}d\cos\theta of a power of cos(theta), or of c/(a + b cos(theta)), which is (c/b) log((a+b)/(a-b))."""
    numerator, denominator = sp.fraction(sp.cancel(term))
    if not denominator.has(cos_theta):
        return sp.integrate(sp.expand(term), (cos_theta, -1, 1))
    b, a = sp.Poly(denominator, cos_theta).all_coeffs()
    return numerator / b * sp.log(sp.cancel((a + b) / (a - b)))


@d.step(
    r"w(x)\big|_{x\ll1}",
    check.residual(
        lambda series: series - _by_moments(),
        r"term by term: $\sum_n(-x)^n\langle(1-\cos\theta)^n\rangle$",
    ),
)
def series(weight):
    r"""For $t\ll m_W^2$ the exchange is pointlike."""
    return sp.series(weight, x, 0, 4).removeO()


def _by_moments():
    """The geometric series of the propagator, averaged."""
    c = cos_theta
    return sp.Add(
        *((-x) ** n * sp.Rational(3, 8) * sp.integrate(sp.expand((1 + c) ** 2 * (1 - c) ** n), (c, -1, 1)) for n in range(4))
    )
