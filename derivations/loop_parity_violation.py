r"""Parity violation in hydrogen by exchange of two neutrinos, with every term, for one mass eigenstate.

Of the three terms the talk, slide "Loop-level", shows two; its formula is this one for $\mathbf{r}=\mathbf{r}_p-\mathbf{r}_e$
and with $G_A$ read as the proton's charge $b^p$, which is half of the $G_A$ of neutron decay. Ghosh, Grossman & Tangarife
(2020).
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.two_neutrino_dirac import d as dirac
from nuforce_sym.derivations.two_neutrino_majorana import d as majorana

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.electroweak import neutral_current_charges
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.earlier import result_of
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.potential.spin_amplitude import collected
from nuforce_sym.spatial import Anticommutator, Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

r, G_F, m_nu, m_1, m_2, m_e, G_A = symbols("r G_F m_nu m_1 m_2 m_e G_A")
g_V1, g_V2, g_A1, g_A2, a_e, b_e, a_p, b_p = symbols("g_V1 g_V2 g_A1 g_A2 a_e b_e a_p b_p")
sigma_e, sigma_p = Vector3("sigma_1"), Vector3("sigma_2")
one = sp.Integer(1)

V_i = G_F**2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2)
"""The spin-independent potential of unit charges, for the checks."""
d = Derivation(
    "loop_parity_violation",
    "Parity violation in hydrogen by exchange of two neutrinos",
    cites=["GhoshGrossmanTangarife2020", "FeinbergSucherAu1989", "Tangarife"],
)


def momentum_term(spin, radial):
    return Anticommutator(Dot3(MOMENTUM, spin), radial)


def master(V, axial_1, axial_2, inverse_1, inverse_2):
    r"""The parity-violating exchange of a vector of Yukawa function V at first order in 1/m, term by term."""
    slope = sp.diff(V, r) * Triple3(RHAT, sigma_e, sigma_p)
    velocity = (inverse_1 + inverse_2) / 2
    return (
        -momentum_term(sigma_e, axial_1 * velocity * V)
        + momentum_term(sigma_p, axial_2 * velocity * V)
        - (axial_1 * inverse_2 + axial_2 * inverse_1) * slope / 2
    )


def euclidean(charges_of, *, self_conjugate=False):
    """Return the route to a function of r: charges, over 2 m_e, times the cut-free correlator of the neutrino current."""

    def route(value):
        unit = static_potential({"V": 1, "A": -1}, value["r"], value["m_nu"], self_conjugate=self_conjugate)
        return charges_of(value) * value["G_F"] ** 2 / 2 * unit / (2 * value["m_e"])

    return route


@d.step(
    r"V_{\mathrm{PV},i}",
    check.dimension(1),
    check.equals(
        lambda: collected(master(V_i, b_e * a_p, a_e * b_p, 1 / m_1, 1 / m_2)), why="a vector's exchange, $Y\\to V_i$"
    ),
)
def one_eigenstate():
    r"""For one mass eigenstate $\nu_i$ in the loop, a Dirac neutrino, the parity-violating potential of the electron, particle
    1, and the proton, particle 2, is that of two fermions with the charges $a^e_{ii}$, $b^e_{ii}$, $a^p$ and $b^p$. Both are
    dynamical here, $\mathbf{p}=\mathbf{p}_e=-\mathbf{p}_p$. The proton's charges are the same for every eigenstate and mix
    none of them, so that the two neutrinos of the loop are of one kind.
    """
    return sp.expand(result_of(dirac, "parity_violating").xreplace({g_V1: a_e, g_A1: b_e, g_V2: a_p, g_A2: b_p}))


@d.step(
    r"V_{\mathrm{PNC},i}",
    check.dimension(1),
    check.equals(
        lambda: collected(master(V_i, b_e * a_p, a_e * b_p, 1 / m_e, sp.Integer(0))), why=r"the same with a proton at rest"
    ),
)
def static_proton(one_eigenstate):
    r"""A heavy proton stays at rest, and $m_1=m_e$. With $V_i$ the spin-independent potential of unit charges this is
    $\frac{1}{2m_e}\{a^e_{ii}b^p[\{\sigma_p\cdot p,V_i\}-(\sigma_e\times\sigma_p)\cdot\nabla V_i]-b^e_{ii}a^p\{\sigma_e\cdot
    p,V_i\}\}$ with $\mathbf{r}=\mathbf{r}_e-\mathbf{r}_p$; here $\sigma_e=\sigma_1$ and $\sigma_p=\sigma_2$.
    """
    radial = {spin: sp.limit(coefficient(one_eigenstate, Dot3(MOMENTUM, spin), one), m_2, sp.oo) for spin in (sigma_e, sigma_p)}
    magnetic = sp.expand(coefficient(one_eigenstate, Triple3(RHAT, sigma_e, sigma_p)))
    at_rest = sp.Add(*(sp.limit(sp.cancel(term), m_2, sp.oo) for term in sp.Add.make_args(magnetic)))
    total = sp.Add(*(momentum_term(spin, f) for spin, f in radial.items())) + at_rest * Triple3(RHAT, sigma_e, sigma_p)
    return sp.expand(total.xreplace({m_1: m_e}))


@d.step(
    r"f_{\sigma_p\cdot p}(r)",
    check.dimension(0),
    check.brute_force(
        euclidean(lambda v: v["a_e"] * v["b_p"]),
        "the cut-free Euclidean correlator with explicit matrices",
        points=1,
        digits=20,
    ),
    check.against("Tangarife", "slide 'Loop-level', with its G_A read as $b^p$", a_e / 2 * b_p / m_e * V_i),
)
def proton_helicity(static_proton):
    r"""The function in $\{\sigma_p\cdot p,f\}$: the proton's axial charge, and the electron's vector charge."""
    return coefficient(static_proton, Dot3(MOMENTUM, sigma_p), one)


@d.step(
    r"f_{\sigma_e\cdot p}(r)",
    check.dimension(0),
    check.brute_force(
        euclidean(lambda v: -v["b_e"] * v["a_p"]),
        "the cut-free Euclidean correlator with explicit matrices",
        points=1,
        digits=20,
    ),
)
def electron_helicity(static_proton):
    r"""The function in $\{\sigma_e\cdot p,f\}$: the electron's axial charge and the proton's vector charge, coherent in a heavy
    nucleus. The talk leaves it out.
    """
    return coefficient(static_proton, Dot3(MOMENTUM, sigma_e), one)


@d.step(
    r"f_{(\sigma_e\times\sigma_p)\cdot\hat r}(r)",
    check.dimension(1),
    check.residual(
        lambda f, proton_helicity: f + sp.diff(proton_helicity, r),
        r"minus the derivative of $f_{\sigma_p\cdot p}$: $\alpha\cdot\sigma_p$ of the electron has both parts",
    ),
    check.against(
        "Tangarife", "slide 'Loop-level', with $r=r_p-r_e$ and G_A read as $b^p$", -a_e / 2 * b_p / m_e * sp.diff(V_i, r)
    ),
)
def magnetic(static_proton):
    r"""The coefficient of $(\sigma_e\times\sigma_p)\cdot\hat r$: the electron's magnetic moment in the field of the proton's
    axial charge. Its sign is that of $\mathbf{r}=\mathbf{r}_e-\mathbf{r}_p$.
    """
    return coefficient(static_proton, Triple3(RHAT, sigma_e, sigma_p))


@d.step(
    r"f^{\mathrm{recoil}}_{(\sigma_e\times\sigma_p)\cdot\hat r}",
    check.dimension(1),
    check.residual(
        lambda f, electron_helicity: f - sp.diff(electron_helicity, r) * m_e / m_2,
        r"the derivative of $f_{\sigma_e\cdot p}$, by the ratio of the masses: the proton's magnetic moment",
    ),
)
def recoil(one_eigenstate):
    r"""What a proton of finite mass adds to it: the proton's own magnetic moment in the field of the electron's axial charge,
    without the anomalous part.
    """
    return sp.expand(coefficient(one_eigenstate, Triple3(RHAT, sigma_e, sigma_p))).coeff(b_e * a_p) * b_e * a_p


@d.step(
    r"f^{\mathrm{Majorana}}_{\sigma_p\cdot p}(r)",
    check.dimension(0),
    check.brute_force(
        euclidean(lambda v: v["a_e"] * v["b_p"], self_conjugate=True),
        "the cut-free Euclidean correlator with two contractions",
        points=1,
        digits=20,
    ),
    check.limit(m_nu, sp.Integer(0), lambda proton_helicity: proton_helicity, rate=2),
)
def majorana_helicity():
    r"""For Majorana neutrinos the function in $\{\sigma_p\cdot p,f\}$ has $K_2$ in place of $K_3$; without masses they are
    the same.
    """
    unit = coefficient(result_of(majorana, "parity_violating"), Dot3(MOMENTUM, sigma_p), one)
    return sp.limit(unit, m_2, sp.oo).xreplace({g_V1: a_e, g_A2: b_p, m_1: m_e})


@d.step(
    r"b^p",
    check.dimension(0),
    check.brute_force(lambda value: value["G_A"] / 2, "half of G_A of neutron decay: $T_3=\\frac12$ of the isovector current"),
)
def proton_axial():
    r"""The axial charge of the proton in the neutral current is half of $G_A$ of neutron decay, and it is $b^p$ that stands
    in the potential.
    """
    return neutral_current_charges("p").g_A


KERNELS = ("hydrogen_parity_proton", "hydrogen_parity_electron", "hydrogen_parity_magnetic")
_STEPS = {
    "hydrogen_parity_proton": ("proton_helicity", "f in {sigma_p.p, f}"),
    "hydrogen_parity_electron": ("electron_helicity", "f in {sigma_e.p, f}"),
    "hydrogen_parity_magnetic": ("magnetic", "the coefficient of rhat.(sigma_e x sigma_p)"),
}
_RANGES = {r: (1e-6, 1e30), m_nu: (1e-20, 1e6), m_e: (1e-6, 1e6), G_F: (1e-30, 1.0)}


def kernels(results):
    """The three radial functions for one Dirac neutrino and a proton at rest."""
    found = []
    for name, (step, what) in _STEPS.items():
        formula = sp.expand(results[step])
        used = [s for s in (r, m_nu, m_e, G_F, a_e, b_e, a_p, b_p) if s in formula.free_symbols]
        found.append(
            Kernel(
                name,
                f"Parity violation in hydrogen by two Dirac neutrinos, {what}",
                formula,
                tuple(Argument(s, *_RANGES.get(s, (1e-12, 1e6))) for s in used),
                d.name,
                step,
                (Constraint(2 * m_nu * r, 1e-8, 700.0),),
                tuple(d.cites),
                ("r = r_e - r_p, the proton at rest. One mass eigenstate; sum over them with their own charges and masses.",),
            )
        )
    return tuple(found)
