r"""From Z and W exchange to the four-fermion interaction of neutrinos.

The coefficients of $\mathcal{O}_Z$ and $\mathcal{O}_W$ are those of the talk, slide "Loop-level".
"""

from __future__ import annotations

from itertools import product

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.contraction import contact_amplitude
from nuforce_sym.amplitude.exchange import MU
from nuforce_sym.amplitude.explicit import GAMMA, METRIC, charge_conjugate, current_vertex
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term
from nuforce_sym.amplitude.matching import fierz_product, heavy_exchange, rescaled
from nuforce_sym.errors import CheckFailed
from nuforce_sym.lines import Line
from nuforce_sym.symbols import symbols

g, cos_theta_W, m_Z, m_W, m_1, m_2, m_nu, G_F = symbols("g cos_theta_W m_Z m_W m_1 m_2 m_nu G_F")
g_V, g_A = symbols("g_V g_A")
half, one = sp.Rational(1, 2), sp.Integer(1)
LEFT = (("V", one), ("A", -one))
psi, nu = Field("psi", r"\psi", half, m_1), Field("nu", r"\nu", half, m_nu)
twin, majorana = Field("psi", r"\psi", half, m_1), Field("nu", r"\nu", half, m_nu, self_conjugate=True)
Z = Field("Z", "Z", one, m_Z, self_conjugate=True)
W = Field("W", "W", one, m_W)
up, down = Field("nu_l", r"\nu_\ell", half, m_1), Field("l_nu", r"\ell", half, m_2)
neutral = -g / (2 * cos_theta_W)

d = Derivation(
    "effective_lagrangian",
    "The four-fermion interaction of neutrinos with matter",
    cites=["PeskinSchroeder1995", "NievesPal2004", "Denner1992", "Tangarife"],
)


def eliminated():
    r"""The coupling of J_psi J_nu after a heavy real field is eliminated by its own equation of motion."""
    mass, field, J, J_nu = sp.symbols("M Z J J_nu")
    source = neutral * (J + J_nu / 2)
    lagrangian = mass**2 * field**2 / 2 + source * field
    at_rest = lagrangian.subs(field, sp.solve(sp.diff(lagrangian, field), field)[0])
    return sp.expand(at_rest).coeff(J * J_nu).subs(mass, m_Z)


def eliminated_charged():
    """Likewise for a complex field: the coupling of J^+ J."""
    mass, field, conjugate, J, J_dagger = sp.symbols("M W W_c J J_c")
    lagrangian = mass**2 * field * conjugate - g / (2 * sp.sqrt(2)) * (J * field + J_dagger * conjugate)
    found = sp.solve([sp.diff(lagrangian, field), sp.diff(lagrangian, conjugate)], [field, conjugate], dict=True)[0]
    return sp.expand(lagrangian.subs(found)).coeff(J * J_dagger).subs(mass, m_W)


def exchanged_components(_):
    r"""The ratio of (\Gamma^\mu)_{ij}(\Gamma_\mu)_{kl} to (\Gamma^\mu)_{il}(\Gamma_\mu)_{kj}, and Fermi's sign, by 256
    components.
    """
    left = [gamma * (mp.eye(4) - 1j * GAMMA[0] * GAMMA[1] * GAMMA[2] * GAMMA[3]) for gamma in GAMMA]
    ratios = set()
    for i, j, k, l in product(range(4), repeat=4):
        here, there = (
            mp.fsum(metric * G[i, a] * G[k, b] for metric, G in zip(METRIC, left, strict=True)) for a, b in ((j, l), (l, j))
        )
        if here == there == 0:
            continue
        if there == 0:
            raise CheckFailed(f"component {i}{j}{k}{l} is {here} before and 0 after the rearrangement")
        ratios.add(here / there)
    if len(ratios) != 1:
        raise CheckFailed(f"the components have the ratios {ratios}")
    return -mp.re(ratios.pop())


@d.step(r"\mathcal{L}_Z", check.lagrangian())
def neutral_current():
    r"""The $Z$ couples to a fermion by its charges $g_V=T_3-2Q\sin^2\theta_W$ and $g_A=T_3$, to a neutrino by $\frac12$ and
    $\frac12$.
    """
    return Interaction((
        Term(neutral, (Bilinear(psi, (("V", g_V), ("A", -g_A))),), Z),
        Term(neutral, (Bilinear(nu, (("V", half), ("A", -half))),), Z),
    ))  # fmt: skip


@d.step(r"\mathcal{O}_Z", check.lagrangian())
def neutral_exchange(neutral_current):
    r"""At $|q^2|\ll m_Z^2$ the exchange of a $Z$ is a contact interaction of the same two currents."""
    return Interaction((rescaled(heavy_exchange(neutral_current, psi, nu), 1, half),))


@d.step(
    r"C_Z",
    check.dimension(-2),
    check.against("Tangarife", "slide 'Loop-level', $\\mathcal{O}_Z$", -(g**2) / (8 * m_Z**2 * cos_theta_W**2)),
    check.equals(eliminated, why="the heavy field eliminated by its equation of motion"),
)
def neutral_strength(neutral_exchange):
    r"""Its strength."""
    return neutral_exchange.terms[0].coupling


@d.step(
    r"\frac{C_{\psi\psi}}{C_{\psi\chi}}",
    check.dimension(0),
    check.equals(one, why="one tree diagram with two vertices, for identical fermions too"),
)
def identical(neutral_current):
    r"""The square of the current, $-\frac{1}{2m_Z^2}J_\mu J^\mu$, holds the product of two distinct currents twice and that of
    a current with itself once; but the latter has two contractions with two incoming identical particles. The
    direct amplitude is the same for both.
    """
    (coupled, _) = neutral_current.terms
    current = coupled.bilinears[0]
    other = Bilinear(Field("chi", r"\chi", half, m_2), current.structure)
    weight = -(coupled.coupling**2) / (2 * m_Z**2)
    alike = contact_amplitude(Term(weight, (current, current)), psi, twin)
    distinct = contact_amplitude(Term(2 * weight, (current, other)), psi, other.field)
    return sp.cancel(alike / distinct)


@d.step(
    r"C_W",
    check.dimension(-2),
    check.equals(eliminated_charged, why="the complex heavy field eliminated by its equations of motion"),
)
def charged_exchange():
    r"""The $W$ couples by $-\frac{g}{2\sqrt2}\bar\nu_\ell\gamma^\mu(1-\gamma_5)\ell\,W_\mu+\mathrm{h.c.}$; its exchange
    between the two lines gives $C_W[\bar\nu_\ell\gamma^\mu(1-\gamma_5)\ell][\bar\ell\gamma_\mu(1-\gamma_5)\nu_\ell]$. That a
    line changes its flavour does not matter at leading order.
    """
    lines = Interaction(tuple(Term(-g / (2 * sp.sqrt(2)), (Bilinear(f, LEFT),), W) for f in (up, down)))
    return heavy_exchange(lines, up, down).coupling


@d.step(
    r"\eta_{\mathrm{Fierz}}",
    check.brute_force(exchanged_components, "all 256 components with explicit matrices, and Fermi's sign", points=1),
    check.residual(
        lambda eta: eta + fierz_product(dict(LEFT), dict(LEFT), statistics="commuting")["V", "V"],
        "opposite for commuting spinors",
    ),
)
def fierz_sign():
    r"""$[\bar\nu_\ell\gamma^\mu(1-\gamma_5)\ell][\bar\ell\gamma_\mu(1-\gamma_5)\nu_\ell]=\eta_{\mathrm{Fierz}}
    [\bar\ell\gamma^\mu(1-\gamma_5)\ell][\bar\nu_\ell\gamma_\mu(1-\gamma_5)\nu_\ell]$: the rearrangement of the matrices gives
    $-1$, and exchanging two anticommuting fields another $-1$.
    """
    rearranged = fierz_product(dict(LEFT), dict(LEFT), statistics="fields")
    ratios = {sp.cancel(rearranged[x, y] / (a * b)) for (x, a), (y, b) in product(LEFT, LEFT)}
    if len(ratios) != 1:
        raise CheckFailed(f"the rearranged product is {rearranged}, no multiple of the left-handed one")
    return ratios.pop()


@d.step(
    r"C_W\,\eta_{\mathrm{Fierz}}",
    check.dimension(-2),
    check.against("Tangarife", "slide 'Loop-level', $\\mathcal{O}_W$", -(g**2) / (8 * m_W**2)),
)
def charged_strength(charged_exchange, fierz_sign):
    r"""In the order $[\bar\ell\ldots\ell][\bar\nu_\ell\ldots\nu_\ell]$ the charged current has the sign of the neutral one."""
    return charged_exchange * fierz_sign


@d.step(r"\mathcal{O}_W", check.lagrangian())
def charged_interaction(charged_strength):
    r"""Without mixing this is a contact interaction of a charged lepton with its own neutrino."""
    return Interaction((Term(charged_strength, (Bilinear(down, LEFT), Bilinear(up, LEFT))),))


@d.step(
    r"G_F",
    check.dimension(-2),
    check.residual(lambda G, charged_strength: G / sp.sqrt(2) + charged_strength, "the strength of the charged current"),
    check.residual(
        lambda G, neutral_strength: G.subs(m_W, m_Z * cos_theta_W) / sp.sqrt(2) + neutral_strength,
        "with $m_W=m_Zc_W$ the neutral current has the same strength",
    ),
)
def fermi(charged_strength):
    r"""Fermi's constant is the strength of the charged current, $\frac{G_F}{\sqrt2}=\frac{g^2}{8m_W^2}$; since $m_W=m_Zc_W$,
    that of the neutral current is the same. Together $\mathcal{L}=-\frac{G_F}{\sqrt2}
    [\bar\psi\gamma_\mu(a-b\gamma_5)\psi][\bar\nu\gamma^\mu(1-\gamma_5)\nu]$, where $a=g_V+1$ and $b=g_A+1$ for a charged lepton
    and its own neutrino, and $a=g_V$, $b=g_A$ for every other pair.
    """
    return sp.solve(-G_F / sp.sqrt(2) - charged_strength, G_F)[0]


def majorana_line(_):
    r"""The coefficients of \gamma^\mu and \gamma^\mu\gamma_5 in \Gamma + C\Gamma^TC^{-1}, as V + 2 A, by explicit matrices."""
    found = set()
    for mu in range(4):
        gamma = current_vertex({"V": 1, "A": -1}, mu)
        doubled = gamma + charge_conjugate(gamma)
        vector, axial = (current_vertex({tag: 1}, mu) for tag in "VA")
        found |= {
            (v, a)
            for v in (0, 1, 2)
            for a in (-2, -1, 0, 1, 2)
            if mp.mnorm(doubled - v * vector - a * axial) < mp.mpf(10) ** -30
        }
    ((v, a),) = found
    return mp.mpf(v + 2 * a)


@d.step(
    r"\mathcal{M}_{\mathrm{Majorana}}",
    check.dimension(0),
    check.brute_force(
        majorana_line,
        r"the charge-conjugate vertex with explicit matrices",
        points=1,
        of=lambda M: (
            sp.expand(M / (-G_F / sp.sqrt(2) * g_V)).coeff(Line(1, "V", MU)).subs({Line(2, "V", MU): 1, Line(2, "A", MU): 2})
        ),
    ),
)
def majorana_amplitude():
    r"""A Majorana neutrino meets the current $\bar\nu\gamma^\mu(1-\gamma_5)\nu$ from both sides: two contractions, the second
    with $C\Gamma^TC^{-1}$. The vector part cancels and the axial part doubles.
    """
    current = Bilinear(psi, (("V", g_V), ("A", -g_A)))
    return contact_amplitude(Term(-G_F / sp.sqrt(2), (current, Bilinear(majorana, LEFT))), psi, majorana)
