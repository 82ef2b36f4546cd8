r"""The mixing of 4D_{5/2} into 4F_{5/2}, F=3, and the rotation R that it makes, for neutrinos of any mass.

The potentials of two Dirac or Majorana neutrinos, m_\nu^3K_3(2m_\nu r)/r^2 and 2m_\nu^2K_2(2m_\nu r)/r^3, between the two
states: radial functionals of \mu = m_\nu a_0 that are elementary but cancel as \mu^{-k} for the masses that neutrinos have
(\mu ~ 1e-5); the kernels evaluate them without.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.rotation_routes import (  # fmt: skip
    DELTA,
    A,
    B,
    a_0,
    a_e,
    a_p,
    b_e,
    b_p,
    corrected,
    m_e,
    m_nu,
    mu_a,
    parity_violating,
    r,
    sigma_e,
    sigma_p,
)

from nuforce_sym import Derivation, check
from nuforce_sym.atom.angular import sigma_cross_n, sigma_e_n, sigma_p_n
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.spatial import Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbols

G_F, D_below = symbols("G_F D_below")
Z_AXIS = Index3("z")
KINDS = {"dirac": 3, "majorana": 2}
SHAPES = {3: m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2, 2: 2 * m_nu**2 * sp.besselk(2, 2 * m_nu * r) / r**3}
"""What the potentials are proportional to; both tend to r^-5."""

d = Derivation(
    "mixing_by_mass",
    "Parity mixing and optical rotation in hydrogen as functions of the neutrino mass",
    cites=["GhoshGrossmanTangarife2020", "DLMF", "Tangarife"],
)


def strengths(V, shape):
    """The coefficients of {sigma_e.p, F}/2, {sigma_p.p, F}/2 and (sigma_e x sigma_p).grad F for F = ``shape``."""
    one = sp.Integer(1)
    spins = [sp.cancel(2 * coefficient(V, Dot3(MOMENTUM, s), one) / shape) for s in (sigma_e, sigma_p)]
    slope = sp.expand(in_bessel_functions(sp.diff(shape, r)))
    first = sp.besselk(1, 2 * m_nu * r)
    cross = sp.cancel(sp.expand(coefficient(V, Triple3(RHAT, sigma_e, sigma_p))).coeff(first) / slope.coeff(first))
    return *spins, cross


def by_closed_form(kind):
    """<Delta|V|A>/i by the closed form of every integral in A + B arccosh, at a rational neutrino mass."""

    def route(v):
        V = parity_violating(f"two_neutrino_{kind}")
        numbers = {s: sp.Rational(str(v[s.name])) for s in (V.free_symbols | {a_0}) - {r} if s.name in v}
        return matrix_element(DELTA, V, A).numeric(numbers, digits=30).imag

    return route


def massless(v):
    """<Delta|V|A>/i without masses: sqrt(7)/1204224 of 5 a_e b_p - 7 b_e a_p, from quadrature in the product basis."""
    K = v["G_F"] ** 2 / (4 * mp.pi**3 * v["m_e"] * v["a_0"] ** 6)
    return K * mp.sqrt(7) / 1204224 * (5 * v["a_e"] * v["b_p"] - 7 * v["b_e"] * v["a_p"])


def by_series(kind):
    """R/R(0) from the small-mass series with its logarithms, without b_e a_p, times R(0)."""

    def route(v):
        expanded = corrected(parity_violating(f"two_neutrino_{kind}").subs(b_e, 0), 6)
        mu = v["m_nu"] * v["a_0"]
        ratio = mp.mpf(str(expanded.subs(mu_a, sp.Float(str(mu), 40)).evalf(40)))
        zero = {**v, "b_e": 0, "a_p": 0, "m_e": 1}  # 2 m_e of E1/M1 cancels the 1/m_e of the operator
        return 2 * massless(zero) * v["a_0"] * 6 * mp.sqrt(7) / v["D_below"] * ratio

    return route


def add(kind):
    """Add the steps of one kind of neutrino."""
    nu, name = KINDS[kind], kind.capitalize()
    fixed = {"m_nu": sp.Rational(1, 10**12), "a_0": sp.Integer(1)}

    @d.step(
        rf"-i\langle\Delta|V|A\rangle_{{\mathrm{{{name}}}}}",
        check.dimension(1),
        check.brute_force(by_closed_form(kind), "the closed form of the integrals", digits=20),
        check.brute_force(massless, "the massless limit, from quadrature in the product basis", digits=18, **fixed),
        name=f"element_{kind}",
        why=(
            rf"The potential of two {name} neutrinos, derived in `two\_neutrino\_{kind}', between $\Delta=4D_{{5/2}}$ and "
            r"$A=4F_{5/2}$, $F=3$. $P$ is what $\frac12\{\sigma\cdot p,F\}$ leaves of the radial functions, $G$ what "
            r"$(\sigma_e\times\sigma_p)\cdot\nabla F$ leaves, in units where $a_0^5F\to(a_0/r)^5$ without mass."
        ),
    )
    def element():
        h_e, h_p, h_x = strengths(parity_violating(f"two_neutrino_{kind}"), SHAPES[nu])
        P, G = (head(4, 2, nu, m_nu * a_0) for head in (MassCurrent, MassGradient))
        c_e, c_p, c_x = (c(DELTA, A).sympy for c in (sigma_e_n, sigma_p_n, sigma_cross_n))
        return sp.expand(-(h_e * c_e * P + h_p * c_p * P + h_x * c_x * G) / a_0**6)

    @d.step(
        rf"R_{{\mathrm{{{name}}}}}(m_\nu)",
        check.dimension(0),
        check.brute_force(
            by_series(kind), r"the series in $\mu$ with its logarithms, to $\mu^6$", digits=20, points=1,
            m_nu=sp.Rational(1, 10**4), a_0=sp.Integer(1), b_e=sp.Integer(0), a_p=sp.Integer(0),
        ),
        name=f"rotation_{kind}",
        needs=(f"element_{kind}",),
        why=(
            r"As in `optical\_rotation', for any gap $D_\Delta=E_\Delta-E_A$: $R=\mathrm{Im}(E1/M1)$ with "
            r"$E1=-e\langle z\rangle$, $M1=-\mu_B\langle L_z+2S_z\rangle$ and $e/\mu_B=2m_e$."
        ),
    )  # fmt: skip
    def rotation(element):
        z = matrix_element(DELTA, r * Component3(RHAT, Z_AXIS), B).value
        moment = matrix_element(A, Component3(Vector3("L"), Z_AXIS) + Component3(sigma_e, Z_AXIS), B).value
        # conjugate(i x) = -i x, and D = -D_below
        return sp.expand(2 * m_e * element * z / moment / D_below)


for which in KINDS:
    add(which)

KERNELS = tuple(
    f"{what}_{kind}_{spin}" for kind in KINDS for what in ("mixing_4D4F", "rotation_4F") for spin in ("proton", "electron")
)
PRODUCTS = {"proton": (a_e, b_p), "electron": (b_e, a_p)}
WHAT = {
    "mixing": ("element", "Matrix element -i<4D|V|4F>"),
    "rotation": ("rotation", "Optical rotation R of 4F5/2 - 4F7/2"),
}
NOTE = (
    "F = 3, j = 5/2 in both mixed states. The part that goes with {0} {1}; the whole is the sum over both parts and over the "
    "neutrinos. a_0 = 1/(alpha m_e)."
)


def kernels(results):
    """The mixing and R, each as the part with a_e b_p and the part with b_e a_p."""
    ranges = {m_nu: (1e-18, 1.0), a_0: (1.0, 1e9), m_e: (1e-6, 1e3), G_F: (1e-30, 1.0), D_below: (1e-30, 1.0)}
    found = []
    for name in KERNELS:
        what, _, kind, spin = name.split("_")
        step, title = WHAT[what]
        one, two = PRODUCTS[spin]
        formula = one * two * sp.factor_terms(results[f"{step}_{kind}"].coeff(one * two))
        used = [s for s in (m_nu, a_0, m_e, G_F, D_below, one, two) if s in formula.free_symbols]
        found.append(
            Kernel(
                name,
                f"{title} for two {kind.capitalize()} neutrinos, by the spin of the {spin}",
                sp.expand(formula),
                tuple(Argument(s, *ranges.get(s, (1e-12, 1e6))) for s in used),
                d.name,
                f"{step}_{kind}",
                constraints=(Constraint(m_nu * a_0, 1e-16, 1e6),),
                cites=tuple(d.cites),
                notes=(NOTE.format(one, two),),
            )
        )
    return tuple(found)
