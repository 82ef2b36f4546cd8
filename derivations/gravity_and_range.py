r"""Where the force of two massless neutrinos equals gravity, and how far the force of massive ones reaches.

The talk, slide "Motivation": "at distances larger than 1 nm, this force is weaker than the gravitational force between two
protons"; that holds for unit charges. The range is "given by the location of the branch cut".
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.flavour_charges import d as flavours
from nuforce_sym.derivations.two_neutrino import d as massless
from nuforce_sym.derivations.two_neutrino_dirac import d as dirac

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.cut import cut_momentum
from nuforce_sym.constants import constant
from nuforce_sym.earlier import result_of
from nuforce_sym.expression import as_expr
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.potential.gravity import equal_distance, interaction_range
from nuforce_sym.symbols import symbols
from nuforce_sym.units import parse

r, q, t, G_F, G_N, m_1, m_2, m_nu, m_nu1, m_nu2, Q_12 = symbols("r q t G_F G_N m_1 m_2 m_nu m_nu1 m_nu2 Q_12")
g_V1, g_V2, sin2 = symbols("g_V1 g_V2 sin2_theta_W")
SCHEME = "sin2_theta_W(MSbar, m_Z)"

d = Derivation(
    "gravity_and_range",
    "The force of a neutrino pair against gravity, and its range",
    cites=["FeinbergSucher1968", "HsuSikivie1994", "Tangarife"],
)


def crossing(slopes):
    """Return the route to the distance by bisection of |V| - |V_G|, or of the forces."""

    def route(value):
        strength = abs(value["Q_12"]) * value["G_F"] ** 2 / (4 * mp.pi**3)
        weight = value["G_N"] * value["m_1"] * value["m_2"]

        def excess(x):
            ours, theirs = strength / x**5, weight / x
            return (5 * ours if slopes else ours) / x**slopes - theirs / x**slopes

        low, high = mp.mpf(10) ** -9, mp.mpf(10) ** 9
        for _ in range(4 * mp.mp.prec):
            middle = mp.sqrt(low * high)
            low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        return low

    return route


@d.step(
    r"V_G(r)",
    check.dimension(1),
    check.equals(-G_N * m_1 * m_2 / r, why="Newton's law"),
    check.sign(False, when="masses attract"),
)
def gravity():
    r"""Newton's potential, $-4\pi G_Nm_1m_2/\mathbf{q}^2$ in momentum space, is that of a massless exchange."""
    return position_space(-4 * sp.pi * G_N * m_1 * m_2 / q**2, q, r)


@d.step(
    r"V(r)",
    check.dimension(1),
    check.scales(r, -5),
    check.against("Tangarife", "slide 'Motivation', for Q_12 = 1", Q_12 * G_F**2 / (4 * sp.pi**3 * r**5)),
)
def pair_potential():
    r"""Massless neutrinos give $G_F^2/(4\pi^3r^5)$ times the product of the charges, $Q_{12}=\sum_{ij}a^1_{ij}a^2_{ji}$, which
    counts the species. It repels where this product is positive.
    """
    return result_of(massless, "potential").xreplace({g_V1: Q_12, g_V2: sp.Integer(1)})


@d.step(
    r"r_=^{V}",
    check.dimension(-1),
    check.residual(
        lambda found, gravity, pair_potential: (pair_potential / Q_12).subs(r, found) * sp.Abs(Q_12) + gravity.subs(r, found),
        "there the potentials are equal in size",
    ),
    check.brute_force(crossing(0), "bisection", digits=25),
)
def equal_potentials(pair_potential):
    r"""The two potentials are equal in size at one distance, beyond which gravity is the larger."""
    return equal_distance(pair_potential, m_1, m_2, compare="potential")


@d.step(
    r"r_=^{F}",
    check.dimension(-1),
    check.brute_force(crossing(1), "bisection", digits=25),
)
def equal_forces(pair_potential):
    r"""The forces are so further out: the neutrino potential is the steeper one."""
    return equal_distance(pair_potential, m_1, m_2, compare="force")


@d.step(r"r_=^{F}/r_=^{V}", check.dimension(0), check.equals(sp.root(5, 4), why="the fourth root of the power of r"))
def ratio_of_distances(equal_potentials, equal_forces):
    r"""The distance of equal forces is half as large again."""
    return sp.powsimp(sp.cancel(equal_forces**4 / equal_potentials**4)) ** sp.Rational(1, 4)


@d.step(
    r"V_{pp}(r)",
    check.dimension(1),
    check.equals(
        3 * (sp.Rational(1, 2) - 2 * sin2) ** 2 * G_F**2 / (4 * sp.pi**3 * r**5), why="three species with the proton's charge"
    ),
)
def two_protons(pair_potential):
    r"""Two protons couple by the $Z$ alone: each has the small charge $\frac12-2\sin^2\theta_W$, for three species."""
    return sp.factor(pair_potential.subs(Q_12, result_of(flavours, "proton_proton")))


def rational(name):
    """A constant in powers of GeV, exactly."""
    return sp.Rational(constant(name).value) / (1000 if constant(name).unit == "MeV" else 1)


def picometres(distance, product):
    """The distance between two protons as a whole number of picometres."""
    m_p = rational("m_p")
    values = {G_F: rational("G_F"), G_N: rational("G_N"), m_1: m_p, m_2: m_p, Q_12: product}
    return sp.Integer(sp.floor(distance.subs(values) / as_expr(parse("pm")[0]) + sp.Rational(1, 2)))


def by_bisection(slopes, protons):
    """Return the route to the number of picometres by bisection."""

    def route(_):
        s2 = mp.mpf(constant(SCHEME).value)
        value = {name: mp.mpf(rational(name).p) / rational(name).q for name in ("G_F", "G_N", "m_p")}
        charge = 3 * (mp.mpf(1) / 2 - 2 * s2) ** 2 if protons else mp.mpf(1)
        found = crossing(slopes)({**value, "m_1": value["m_p"], "m_2": value["m_p"], "Q_12": charge})
        return mp.nint(found / parse("pm")[0])

    return check.brute_force(route, "bisection with the measured constants", points=1)


@d.step(r"r_=^{V}/\mathrm{pm}\big|_{Q_{12}=1}", by_bisection(0, protons=False))
def unit_potentials(equal_potentials):
    r"""For unit charges the potentials of two protons are equal at this number of picometres."""
    return picometres(equal_potentials, sp.Integer(1))


@d.step(r"r_=^{F}/\mathrm{pm}\big|_{Q_{12}=1}", by_bisection(1, protons=False))
def unit_forces(equal_forces):
    r"""And the forces at this one, the talk's nanometre."""
    return picometres(equal_forces, sp.Integer(1))


@d.step(
    r"\lfloor r_=^{F}/\mathrm{nm}\rceil\big|_{Q_{12}=1}",
    check.residual(lambda found, unit_forces: found - sp.floor((unit_forces + 500) / 1000), "the picometres, rounded"),
)
def unit_forces_rounded(equal_forces):
    r"""To one digit."""
    return picometres(equal_forces / 1000, sp.Integer(1))


@d.step(r"r_=^{F}/\mathrm{pm}\big|_{pp}", by_bisection(1, protons=True))
def proton_forces(equal_forces):
    r"""With the charges of two protons, and $\sin^2\theta_W$ at $m_Z$, the forces are equal much closer."""
    product = result_of(flavours, "proton_proton").subs(sin2, sp.Rational(constant(SCHEME).value))
    return picometres(equal_forces, product)


@d.step(
    r"t_0",
    check.dimension(2),
    check.residual(
        lambda t_0: cut_momentum(t, m_nu1, m_nu2).subs({t: t_0}),
        "there the pair is at rest",
    ),
)
def branch_point():
    r"""The amplitude has its branch point where the pair can first be made, at rest: the momentum of its particles,
    $|\mathbf{k}|$, vanishes. The other root, $(m_1-m_2)^2$, lies below, where the energies are not both positive.
    """
    roots = sp.solve(sp.numer(sp.together(cut_momentum(t, m_nu1, m_nu2) ** 2)), t)
    return sp.factor(max(roots, key=lambda found: found.subs({m_nu1: 1, m_nu2: 1})))


@d.step(
    r"\lambda",
    check.dimension(-1),
    check.equals(1 / (m_nu1 + m_nu2), why="one over the mass of the lightest state in the cut"),
)
def pair_range(branch_point):
    r"""Each mass $\sqrt{t}$ in the cut gives $e^{-\sqrt{t}\,r}$, so that the branch point sets the range, $1/\sqrt{t_0}$."""
    return interaction_range(branch_point)


@d.step(
    r"\lambda\big|_{m_1=m_2}",
    check.dimension(-1),
    check.residual(lambda found, pair_range: found - pair_range.subs({m_nu1: m_nu, m_nu2: m_nu}), "the pair of equal masses"),
    check.limit(
        r,
        sp.oo,
        lambda: -1 / sp.diff(sp.log(result_of(dirac, "potential")), r),
        rate=1,
    ),
)
def equal_mass_range():
    r"""For one mass it is half of the neutrino's reduced Compton wavelength, as the threshold of the spectral density says."""
    return interaction_range(result_of(dirac, "spectral_density").threshold)
