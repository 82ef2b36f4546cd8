r"""Parity mixing in hydrogen: the Z boson at tree level and the neutrino pair at one loop.

From the derived potentials to the matrix elements between $|\Delta\rangle=(n,l)$ and $|A\rangle=(n,l+1)$, both with
$j=l+\frac12$ and $F=l+1$, where $l$ is the lower orbital momentum. The talk, slides on parity mixing: its scaling with
$\alpha$ and $m_e/m_Z$ holds; its $f(l)\sim O(1)$ does not.
"""

from __future__ import annotations

from fractions import Fraction

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.two_neutrino import d as two_neutrino
from nuforce_sym.derivations.z_exchange import d as z_exchange
from sympy.physics.hydrogen import R_nl

from nuforce_sym import Derivation, check
from nuforce_sym.atom import angular, closed_form
from nuforce_sym.atom.functional import current_functional, gradient_functional
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.state import State
from nuforce_sym.check import Check, Evidence
from nuforce_sym.constants import constant
from nuforce_sym.equality import numeric_value, vanishes
from nuforce_sym.errors import CheckFailed
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.spatial import Anticommutator, Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols
from nuforce_sym.units import from_natural

r, a_0, n, l, Z, alpha, m_e, m_Z, G_F, delta3_r = symbols("r a_0 n l Z alpha m_e m_Z G_F delta3_r")
g, cos_theta_W, sin2 = symbols("g cos_theta_W sin2_theta_W")
g_Ve, g_Ae, g_VN, g_AN, a_e, b_e, a_p, b_p = symbols("g_Ve g_Ae g_VN g_AN a_e b_e a_p b_p")
g_V1, g_V2, g_A1, g_A2, m_1, m_2 = symbols("g_V1 g_V2 g_A1 g_A2 m_1 m_2")
sigma_e, sigma_p = Vector3("sigma_1"), Vector3("sigma_2")
half = sp.Rational(1, 2)
yukawa = sp.exp(-m_Z * r) / (4 * sp.pi * r)
x, M = sp.Symbol("x", positive=True), sp.Symbol("M", positive=True)
short = sp.exp(-M * x) / (4 * sp.pi * x)
P_5 = (
    10 * sp.sqrt(n**2 - (l + 1) ** 2) * (7 * n**2 - 3 * l**2 - 6 * l + 2)
    / (n**6 * (l - 1) * l * (l + 2) * (l + 3) * (2 * l - 1) * (2 * l + 1) * (2 * l + 3) * (2 * l + 5))
)  # fmt: skip
f_loop = P_5 * (5 * a_e * b_p / (2 * l + 3) - b_e * a_p) / (8 * sp.pi * sin2**2 * cos_theta_W**4)
r"""$|P_5|$ as it was found by interpolation of exact values, and $f$ made of it; only checked against."""
PAIRS = ((2, 0), (3, 1), (4, 2))
"""(n, l) of 2S-2P, 3P-3D and 4D-4F."""

d = Derivation(
    "parity_mixing",
    "Parity mixing in hydrogen",
    cites=["BouchiatBouchiat1974", "BetheSalpeter1957", "Edmonds1957", "GhoshGrossmanTangarife2020", "Tangarife"],
)


def derived(derivation, name):
    """Return the value of a step of another derivation, which has its checks there."""
    step = next(s for s in derivation.steps if s.name == name)
    return step.make(*(derived(derivation, need) for need in step.needs))


def structure(factor, F):
    """The hermitian operator with the electron's spin, and that with both spins, times F(r)."""
    electron = Anticommutator(Dot3(MOMENTUM, sigma_e), F) / 2
    proton = Anticommutator(Dot3(MOMENTUM, sigma_p), F) / 2 - sp.diff(F, r) * Triple3(RHAT, sigma_e, sigma_p) / 2
    return factor * electron, factor * proton


def strengths(V, F):
    """Return the coefficients of {sigma_e.p, F}/2, {sigma_p.p, F}/2 and (sigma_e x sigma_p).grad F in a potential."""
    spins = [2 * coefficient(V, Dot3(MOMENTUM, s), sp.Integer(1)) / F for s in (sigma_e, sigma_p)]
    return [sp.factor(x) for x in (*spins, coefficient(V, Triple3(RHAT, sigma_e, sigma_p)) / sp.diff(F, r))]


def levels(n_, l_):
    """Return the states Delta = (n, l) and A = (n, l + 1)."""
    j = Fraction(2 * l_ + 1, 2)
    return State(n_, l_, j, l_ + 1), State(n_, l_ + 1, j, l_ + 1)


def element(strength, factors, radial):
    """Return <Delta|V|A> from the strengths of the three operators, their angular factors and (P, G)."""
    (h_e, h_p, h_x), (c_e, c_p, c_x), (P, G) = strength, factors, radial
    return -sp.I / a_0 * (h_e * c_e * P + h_p * c_p * P + h_x * c_x * G)


def in_alpha(value, also=lambda value: value):
    """Return ``value`` with a_0 = 1/(alpha m_e) and g^2 = 4 pi alpha/sin^2(theta_W)."""
    return also(value.subs(a_0, 1 / (alpha * m_e)).subs(g, sp.sqrt(4 * sp.pi * alpha / sin2)))


def leading(integrand, origin):
    """Return the integral over r of ``integrand``, for R_Delta R_A = r^(2l+1), times alpha_nl alpha_n,l+1."""
    moment = sp.integrate(sp.powsimp(sp.expand(integrand)), (x, 0, sp.oo))
    number = sp.factor(sp.gammasimp(sp.powsimp(moment / (sp.gamma(2 * l + 2) / M ** (2 * l + 2)))))
    root = closed_form.ladder_root()
    ratio = sp.factor(sp.gammasimp((origin.subs(l, l + 1) / origin) ** 2) / root**2)
    both = sp.gammasimp(origin**2 * sp.sqrt(ratio) * sp.gamma(2 * l + 2))
    return number * both * root / (m_Z * a_0) ** (2 * l + 2) / a_0


def exact_limit(functional):
    """Return the exact functional of Yukawa's function for a large m_Z, at (n, l)."""

    def find(n_, l_, _):
        exact = (a_0 * functional((n_, l_), (n_, l_ + 1), yukawa)).subs(a_0, 1)
        return sp.limit(exact * m_Z ** (2 * l_ + 2), m_Z, sp.oo) / (m_Z ** (2 * l_ + 2) * a_0 ** (2 * l_ + 3))

    return find


def _around(potential, n_, l_):
    """Return bra, operator and ket for `matrix_element`."""
    bra, ket = levels(n_, l_)
    return bra, potential, ket


def at_each(pairs, expected, how):
    """A check: at every (n, l) of ``pairs`` the value equals ``expected(n, l)``, an exact number or expression."""

    def test(value, earlier):
        verdicts = set()
        for n_, l_ in pairs:
            ours, want = (
                sp.Tuple(*(x if isinstance(x, (tuple, sp.Tuple)) else (x,))) for x in (value, expected(n_, l_, earlier))
            )
            for one, two in zip(ours, want, strict=True):
                verdicts.add(vanishes(one.subs({n: n_, l: l_}).doit() - two))
                if "different" in verdicts:
                    raise CheckFailed(
                        f"at n = {n_}, l = {l_} the formula gives {one.subs({n: n_, l: l_})}, but {how} gives {two}"
                    )
        return Evidence(
            "at_each", f"equals {how} for {len(pairs)} pairs of states", "proved" if verdicts == {"proved"} else "measured"
        )

    return Check("at_each", test)


def frequency(expected):
    """A check: the element's frequency, with CODATA's constants and C_1p = 2 g_A^e g_V^p, is ``expected`` Hz |C_1p|."""

    def test(value, _):
        a = 1 / (sp.Rational(constant("alpha").value) * sp.Rational(constant("m_e").value) / 1000)
        numbers = {G_F: sp.Rational(constant("G_F").value), m_e: 1 / (a * sp.Rational(constant("alpha").value)), a_0: a}
        energy = numeric_value(sp.Abs(value.subs({g_Ae: half, g_VN: 1})), numbers, 30)
        hertz = from_natural(float(energy), "s^-1") / (2 * mp.pi)
        if mp.nstr(hertz, 6) != expected:
            raise CheckFailed(f"the element is {mp.nstr(hertz, 8)} Hz |C_1p|, the literature has {expected}")
        return Evidence(
            "frequency", rf"$|\langle2P|V|2S\rangle|/h={expected}\,|C_{{1p}}|$ Hz with $C_{{1p}}=2g_A^eg_V^p$", "measured"
        )

    return Check("frequency", test)


@d.step(
    r"V_Z",
    check.dimension(1),
    check.equals(
        sum(
            c * part
            for c, part in zip((-g_Ae * g_VN, g_Ve * g_AN), structure(g**2 / (4 * cos_theta_W**2 * m_e), yukawa), strict=True)
        ),
        why=r"$H_1$, $H_2=-H_1$ and $C=-H_2/(2m_e)$, charge for charge",
    ),
)
def tree_potential():
    r"""The parity-violating potential of Z exchange with a heavy nucleus, from the derivation z-exchange."""
    return derived(z_exchange, "potential")


@d.step(
    r"(c_e,\,c_p,\,c_\times)",
    at_each(
        tuple((8, k) for k in range(7)),
        lambda n_, l_, _: tuple(
            f(*levels(n_, l_)).sympy for f in (angular.sigma_e_n, angular.sigma_p_n, angular.sigma_cross_n)
        ),
        "the evaluation with 3j, 6j and 9j symbols",
    ),
)
def angular_factors():
    r"""The angular factors $\langle\Delta|\sigma_e\cdot\hat r|A\rangle$, $\langle\sigma_p\cdot\hat r\rangle$ and
    $i\langle(\sigma_e\times\sigma_p)\cdot\hat r\rangle$. Since $\sigma_e\cdot\hat r$ takes $A$ to $-\Delta$, the projection
    theorem gives them all: $\hat r\cdot J=\frac12\sigma_e\cdot\hat r$, $\hat r\times\sigma_e=i[(\sigma_e\cdot\hat
    r)\sigma_e-\hat r]$, and $J\cdot\sigma_p=j$ for $F=j+\frac12$.
    """
    j, upper = l + half, l + 1
    square = j * (j + 1)
    J_dot_sigma_p = (j + half) * (j + half + 1) - square - sp.Rational(3, 4)
    flip = sp.Integer(-1)
    direction = flip / 2 / square
    spin = (square + sp.Rational(3, 4) - upper * (upper + 1)) / square
    factors = flip, direction * J_dot_sigma_p, -(flip * spin - direction) * J_dot_sigma_p
    return sp.Tuple(*(sp.factor(x) for x in factors))


@d.step(
    r"\alpha_{nl}",
    at_each(
        ((1, 0), (2, 0), (3, 1), (4, 2), (5, 4)),
        lambda n_, l_, _: sp.limit(R_nl(n_, l_, r) / r**l_, r, 0),
        "SymPy's radial functions",
    ),
)
def origin():
    r"""At short distance $R_{nl}\simeq\alpha_{nl}(r/a_0)^l$ in units of $a_0^{-3/2}$."""
    return closed_form.origin().subs(Z, 1)


@d.step(r"P_Z", at_each(PAIRS, exact_limit(current_functional), r"the exact integral for $m_Za_0\to\infty$"))
def tree_current(origin):
    r"""The range $1/m_Z$ is short against $a_0$, so that the radial functionals of $F=e^{-m_Zr}/(4\pi r)$, for a bra $\Delta$
    and a ket $A$, see $R_\Delta R_A\simeq\alpha_{nl}\alpha_{n,l+1}r^{2l+1}$ alone (with $r$ in Bohr radii). That of
    $\frac12\{\sigma\cdot p,F\}$ is $P=\int r^2F\frac12(R_\Delta R_A'-R_\Delta'R_A+2(l+1)R_\Delta R_A/r)dr$.
    """
    lower, upper = x**l, x ** (l + 1)
    slopes = lower * sp.diff(upper, x) - sp.diff(lower, x) * upper + 2 * (l + 1) * lower * upper / x
    return leading(x**2 * short * slopes / 2, origin)


@d.step(
    r"G_Z",
    at_each(PAIRS, exact_limit(gradient_functional), r"the exact integral for $m_Za_0\to\infty$"),
    check.residual(lambda G, tree_current: G + 2 * tree_current, r"is $-2P_Z$ by partial integration"),
)
def tree_gradient(origin):
    r"""The functional of $(\sigma_e\times\sigma_p)\cdot\nabla F$ is $G=\int r^2F'R_\Delta R_Adr$."""
    return leading(x**2 * sp.diff(short, x) * x**l * x ** (l + 1), origin)


@d.step(
    r"\langle\Delta|V_Z|A\rangle",
    check.residual(lambda M: alpha * sp.diff(M, alpha) - (2 * l + 5) * M, r"proportional to $\alpha^{2l+5}$"),
    check.residual(lambda M: m_Z * sp.diff(M, m_Z) + (2 * l + 2) * M, r"proportional to $m_Z^{-2l-2}$"),
    check.residual(lambda M: m_e * sp.diff(M, m_e) - (2 * l + 3) * M, r"proportional to $m_e^{2l+3}$"),
    at_each(
        PAIRS,
        lambda n_, l_, earlier: (
            in_alpha(
                matrix_element(*_around(earlier["tree_potential"], n_, l_)).value,
                lambda v: sp.limit(v * m_Z ** (2 * l_ + 2), m_Z, sp.oo),
            )
            / m_Z ** (2 * l_ + 2)
        ),
        r"the exact matrix element for $m_Za_0\to\infty$",
    ),
)
def tree_element(tree_potential, angular_factors, tree_current, tree_gradient):
    r"""With $a_0=1/(\alpha m_e)$ and $g^2=4\pi\alpha/\sin^2\theta_W$ the tree-level matrix element scales as
    $m_e\alpha^{2l+5}(m_e/m_Z)^{2l+2}$, where $l$ is the lower orbital momentum of the pair: 0 for $2S$-$2P$, 2 for $4D$-$4F$.
    The nucleus is point-like here: for $l\ge1$ its size, and not $1/m_Z$, is the range that a real one has.
    """
    root, ratio = closed_form.ladder_root(), sp.cancel(sp.gammasimp(tree_gradient / tree_current))
    charges = sp.factor(element(strengths(tree_potential, yukawa), angular_factors, (1, ratio)))
    scale = m_e * alpha ** (2 * l + 5) * (m_e / m_Z) ** (2 * l + 2)
    number = sp.powsimp(sp.expand_power_base(in_alpha(tree_current / root) / scale), combine="exp")
    return in_alpha(charges) * number * root * scale


@d.step(
    r"\langle2P_{1/2}|V_Z|2S_{1/2}\rangle",
    check.dimension(1),
    check.equals(
        sp.I * sp.sqrt(3) * 4 * g_Ae * g_VN * G_F / (64 * sp.pi * sp.sqrt(2) * m_e * a_0**4),
        why=r"$-i\sqrt3G_FQ_W/(64\pi\sqrt2\,m_ea_0^4)$ with $Q_W=-4g_A^eg_V^N$",
    ),
    frequency("0.0130005"),
)
def benchmark():
    r"""The benchmark of atomic parity violation, from the contact limit and the electron's spin alone."""
    electron = Dot3(MOMENTUM, sigma_e)
    V = Anticommutator(electron, coefficient(derived(z_exchange, "contact"), electron, delta3_r) * delta3_r)
    return matrix_element("2P1/2", V, "2S1/2").value


@d.step(
    r"V_{\nu\nu}",
    check.dimension(1),
    check.equals(
        sum(c * part for c, part in zip((-b_e * a_p, a_e * b_p), structure(G_F**2 / (4 * sp.pi**3 * m_e), r**-5), strict=True)),
        why=r"the static limit of the Dirac-Coulomb operators $-b_ea_pV\gamma_5+a_eb_pV\alpha\cdot\sigma_p$",
    ),
)
def loop_potential():
    r"""The parity-violating potential of a pair of massless neutrinos, from the derivation two-neutrino, for a proton at rest;
    $a$ and $b$ are the vector and axial charges of electron and proton for one neutrino.
    """
    charges = {g_V1: a_e, g_A1: b_e, g_V2: a_p, g_A2: b_p, m_1: m_e}
    V = derived(two_neutrino, "parity_violating").subs(charges)
    found = (
        (Dot3(MOMENTUM, sigma_e), sp.Integer(1)),
        (Dot3(MOMENTUM, sigma_p), sp.Integer(1)),
        (Triple3(RHAT, sigma_e, sigma_p),),
    )
    F_e, F_p, F_x = (sp.limit(coefficient(V, *which), m_2, sp.oo) for which in found)
    spins = Anticommutator(Dot3(MOMENTUM, sigma_e), F_e) + Anticommutator(Dot3(MOMENTUM, sigma_p), F_p)
    return spins + F_x * Triple3(RHAT, sigma_e, sigma_p)


@d.step(
    r"\langle\Delta|V_{\nu\nu}|A\rangle",
    check.dimension(1),
    at_each(
        ((4, 2), (5, 2), (5, 3), (7, 4), (9, 2)),
        lambda n_, l_, earlier: matrix_element(*_around(earlier["loop_potential"], n_, l_)).value,
        "the exact matrix element by sums over the radial polynomials",
    ),
)
def loop_element(loop_potential, angular_factors):
    r"""For $n'=n$ the recurrences of Kramers and the ladder operators of $l$ give $P_5$ and $G_5$ for every $n$ and $l\ge2$;
    for $l=0,1$ they diverge at short distance, where the four-fermion theory fails.
    """
    root = closed_form.ladder_root()
    radial = [f.subs(Z, 1) / root / a_0**5 for f in (-closed_form.current_power(5), closed_form.gradient_power(5))]
    return sp.factor(element(strengths(loop_potential, r**-5), angular_factors, radial)) * root


@d.step(
    r"\langle\Delta|V_{\nu\nu}|A\rangle",
    at_each(
        ((4, 2), (5, 3), (6, 2), (9, 5)),
        lambda n_, l_, _: sp.I * m_e * alpha**8 * (m_e / m_Z) ** 4 * f_loop.subs({n: n_, l: l_}),
        r"$im_e\alpha^8(m_e/m_Z)^4f$ with $|P_5|$ as it was found by interpolation",
    ),
    check.scales(alpha, 8),
    check.scales(m_e, 5),
    check.scales(m_Z, -4),
)
def loop_scaling(loop_element):
    r"""In units of $\alpha$ and $m_e/m_Z$ it is $i\,m_e\alpha^8(m_e/m_Z)^4f(n,l)$. With $s_W=\sin\theta_W$ this function is
    $f=|P_5|\big(\frac{5a_eb_p}{2l+3}-b_ea_p\big)/(8\pi s_W^4c_W^4)$. Since $|P_5|=\sqrt7/172032$ for $4D$-$4F$, $f$ is of order
    $10^{-5}$, not 1.
    """
    fermi = sp.pi * alpha / (sp.sqrt(2) * sin2 * cos_theta_W**2 * m_Z**2)
    return loop_element.subs({G_F: fermi, a_0: 1 / (alpha * m_e)})


@d.step(
    r"\langle4D_{5/2},F=3|V_{\nu\nu}|4F_{5/2},F=3\rangle",
    check.dimension(1),
    check.equals(
        sp.I * G_F**2 / (4 * sp.pi**3 * m_e * a_0**6) * sp.sqrt(7) / 1204224 * (5 * a_e * b_p - 7 * b_e * a_p),
        why=r"$iK\frac{\sqrt7}{1204224}(5a_eb_p-7b_ea_p)$, $K=G_F^2/(4\pi^3m_ea_0^6)$, from quadrature in the product basis",
    ),
)
def four_D_four_F(loop_element):
    r"""The element that mixes $4D_{5/2}$ into $4F_{5/2}$."""
    return sp.factor(loop_element.subs({n: 4, l: 2}))
