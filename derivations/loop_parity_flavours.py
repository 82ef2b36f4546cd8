r"""Parity violation in hydrogen by exchange of two neutrinos, summed over the mass eigenstates.

The potential of one of them is that of ``loop_parity_violation``. The talk, slide "Loop-level", has the charges $\kappa_i$ and
leaves out the term with the proton's vector charge.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.loop_parity_violation import d as one_eigenstate
from nuforce_sym.derivations.loop_parity_violation import master, momentum_term
from nuforce_sym.derivations.two_neutrino import d as massless

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.electroweak import neutral_current_charges
from nuforce_sym.amplitude.flavour import charges, diagonal, trigonometric
from nuforce_sym.earlier import result_of
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.potential.spin_amplitude import collected
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

r, G_F, m_nu, m_1, m_2, m_e, G_A, sin2 = symbols("r G_F m_nu m_1 m_2 m_e G_A sin2_theta_W")
g_V1, g_V2, g_A1, g_A2, a_e, b_e, a_p, b_p = symbols("g_V1 g_V2 g_A1 g_A2 a_e b_e a_p b_p")
theta_12, theta_13 = symbols("theta_12 theta_13")
masses = symbols("m_nu1 m_nu2 m_nu3")
sigma_e, sigma_p = Vector3("sigma_1"), Vector3("sigma_2")
one = sp.Integer(1)

MIXING = (
    (sp.cos(theta_12) * sp.cos(theta_13)) ** 2,
    (sp.sin(theta_12) * sp.cos(theta_13)) ** 2,
    sp.sin(theta_13) ** 2,
)
"""|U_ei|^2, for the checks."""

d = Derivation(
    "loop_parity_flavours",
    "Parity violation in hydrogen, summed over neutrino mass eigenstates",
    cites=["GhoshGrossmanTangarife2020", "Tangarife"],
)


def add_kappa(n):
    """Add the step kappa_n."""

    def kappa():
        return trigonometric(diagonal(charges("e").a)[n] / 2)

    kappa.__name__ = f"kappa_{n + 1}"
    kappa.__doc__ = (
        "The talk's charges are half of the electron's vector charges for each mass eigenstate." if n == 0 else "Likewise."
    )
    talk = -sp.Rational(1, 4) + sin2 + trigonometric(MIXING[n]) / 2
    d.step(
        rf"\kappa_{n + 1}=\tfrac12a^e_{{{n + 1}{n + 1}}}",
        check.dimension(0),
        check.against("Tangarife", f"slide 'Loop-level', i = {n + 1}", talk),
    )(kappa)


for _n in range(3):
    add_kappa(_n)


def add_ratio(n):
    """Add the step dropped_n: what the talk leaves out, over what it keeps."""

    def dropped():
        electron, proton = charges("e"), neutral_current_charges("p")
        a, b = (trigonometric(diagonal(x)[n]) for x in (electron.a, electron.b))
        return sp.factor(b * proton.g_V / (a * proton.g_A))

    dropped.__name__ = f"dropped_{n + 1}"
    dropped.__doc__ = (
        r"The term that the talk leaves out over the one that it keeps, $b^e_{ii}a^p/(a^e_{ii}b^p)$, for each mass eigenstate."
        if n == 0
        else "Likewise."
    )

    def route(value):
        s12, s13, s2 = mp.sin(value.get("theta_12", 0)), mp.sin(value["theta_13"]), value["sin2_theta_W"]
        weight = [(1 - s12**2) * (1 - s13**2), s12**2 * (1 - s13**2), s13**2][n]
        return (weight - mp.mpf(1) / 2) * (mp.mpf(1) / 2 - 2 * s2) / ((weight - mp.mpf(1) / 2 + 2 * s2) * value["G_A"] / 2)

    lhs = rf"\frac{{b^e_{{{n + 1}{n + 1}}}a^p}}{{a^e_{{{n + 1}{n + 1}}}b^p}}"
    d.step(lhs, check.dimension(0), check.brute_force(route, "the charges as numbers", digits=25))(dropped)


for _n in range(3):
    add_ratio(_n)


@d.step(
    r"\textstyle\sum_ia^e_{ii}",
    check.equals(-sp.Rational(1, 2) + 6 * sin2, why="$3g_V^e+1$"),
    check.residual(
        lambda total, kappa_1, kappa_2, kappa_3: trigonometric(total - 2 * (kappa_1 + kappa_2 + kappa_3)),
        "twice the sum of $\\kappa_i$",
    ),
)
def vector_sum():
    r"""At atomic distances, $m_ir\ll1$, all $V_i$ are the potential of massless neutrinos and only the sums of charges
    count.
    """
    return trigonometric(charges("e").a.trace())


@d.step(r"\textstyle\sum_ib^e_{ii}", check.equals(-sp.Rational(1, 2), why="$3g_A^e+1$"))
def axial_sum():
    r"""The axial charges sum to $-\frac12$."""
    return trigonometric(charges("e").b.trace())


@d.step(
    r"\frac{\sum_ib^e_{ii}\,a^p}{\sum_ia^e_{ii}\,b^p}",
    check.dimension(0),
    check.brute_force(
        lambda v: (
            -(mp.mpf(1) / 2)
            * (mp.mpf(1) / 2 - 2 * v["sin2_theta_W"])
            / ((6 * v["sin2_theta_W"] - mp.mpf(1) / 2) * v["G_A"] / 2)
        ),
        "the charges as numbers",
        digits=25,
    ),
)
def dropped_sum(vector_sum, axial_sum):
    r"""In the sum the term that is left out is small, because the proton's vector charge is; per eigenstate it need not be."""
    proton = neutral_current_charges("p")
    return sp.factor(axial_sum * proton.g_V / (vector_sum * proton.g_A))


@d.step(
    r"V_{\mathrm{PNC}}\big|_{m_i\to0}",
    check.dimension(1),
    check.equals(
        lambda: collected(
            master(
                G_F**2 / (4 * sp.pi**3 * r**5),
                -(sp.Rational(1, 2) - 2 * sin2) / 2,
                (6 * sin2 - sp.Rational(1, 2)) * G_A / 2,
                1 / m_e,
                sp.Integer(0),
            )
        ),
        why="a vector's exchange with the summed charges",
    ),
)
def hydrogen(vector_sum, axial_sum):
    r"""The potential of massless neutrinos in hydrogen, summed over the three of them."""
    proton = neutral_current_charges("p")
    unit = result_of(massless, "parity_violating").xreplace({
        g_V1: vector_sum, g_A1: axial_sum, g_V2: proton.g_V, g_A2: proton.g_A,
    })  # fmt: skip
    radial = [
        (spin, sp.factor(sp.limit(coefficient(unit, Dot3(MOMENTUM, spin), one), m_2, sp.oo))) for spin in (sigma_e, sigma_p)
    ]
    magnetic = sp.factor(sp.limit(coefficient(unit, Triple3(RHAT, sigma_e, sigma_p)), m_2, sp.oo))
    total = sp.Add(*(momentum_term(spin, f) for spin, f in radial)) + magnetic * Triple3(RHAT, sigma_e, sigma_p)
    return total.xreplace({m_1: m_e})


@d.step(
    r"f^{\mathrm{sum}}_{\sigma_p\cdot p}(r)",
    check.dimension(0),
    check.limit(r, sp.Integer(0), lambda hydrogen: coefficient(hydrogen, Dot3(MOMENTUM, sigma_p), one), rate=2),
)
def all_eigenstates():
    r"""With masses every eigenstate has its own charge and range; the sum falls back to the massless one at short distance."""
    helicity, proton_axial = (result_of(one_eigenstate, name) for name in ("proton_helicity", "proton_axial"))
    found = sp.Integer(0)
    for mass, charge in zip(masses, diagonal(charges("e").a), strict=True):
        found += helicity.xreplace({m_nu: mass, a_e: trigonometric(charge), b_p: proton_axial})
    return found


@d.step(
    r"f^{\mathrm{sum}}_{\sigma_e\cdot p}(r)",
    check.dimension(0),
    check.limit(r, sp.Integer(0), lambda hydrogen: coefficient(hydrogen, Dot3(MOMENTUM, sigma_e), one), rate=2),
)
def all_eigenstates_electron():
    r"""The spin of the electron has other charges, and therefore another function of $r$: with masses the potential has no
    one function $F(r)$ for both spins.
    """
    helicity, proton = result_of(one_eigenstate, "electron_helicity"), neutral_current_charges("p")
    found = sp.Integer(0)
    for mass, charge in zip(masses, diagonal(charges("e").b), strict=True):
        found += helicity.xreplace({m_nu: mass, b_e: trigonometric(charge), a_p: proton.g_V})
    return found
