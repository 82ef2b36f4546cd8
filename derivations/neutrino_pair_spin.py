r"""The spins in the cut of a neutrino pair: parity violation and the axial spin-spin force, for any kind of neutrino.

`add_spins` gives a derivation that has the steps of `neutrino_pair.add_cut` those that lead to the parity-violating
potential at first order in 1/m and to the spin-spin potential of fermions at rest.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.neutrino_pair import LEFT, mass_of, psi_1, psi_2

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.amplitude.exchange import conserve_vector_current
from nuforce_sym.amplitude.explicit import averaged_loop_trace, two_body_volume
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.amplitude.loop import loop_bilinear
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.potential.nonrel import currents
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient, position_operators
from nuforce_sym.potential.spectral import SpectralDensity, radial_function
from nuforce_sym.potential.spin_amplitude import collected, spin_amplitude
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.spin_check import spinors
from nuforce_sym.symbols import symbols

r, q, t, G_F, m_nu, m_1, m_2 = symbols("r q t G_F m_nu m_1 m_2")
g_V1, g_V2, g_A1, g_A2 = symbols("g_V1 g_V2 g_A1 g_A2")
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
RANGES = {r: (1e-6, 1e30), m_nu: (1e-20, 1e6), m_1: (1e-6, 1e6), m_2: (1e-6, 1e6), G_F: (1e-30, 1.0)}
SPIN_KERNELS = {
    "helicity": "Parity-violating force, f in {sigma_1.p, f},",
    "magnetic": "Parity-violating force, the coefficient of rhat.(sigma_1 x sigma_2),",
    "spin_spin": "Spin-spin force, the coefficient of sigma_1.sigma_2,",
    "tensor": "Spin-spin force, the coefficient of (sigma_1.rhat)(sigma_2.rhat),",
}
"""The kernels that the steps give, by the end of their names, and what they are."""


def add_spins(d: Derivation, nu: Field) -> None:
    """Add to ``d`` the steps ``spectral_amplitude`` to ``axial_tensor`` for the neutrino field ``nu``."""
    m = nu.mass
    massive = {} if m == 0 else {"m_nu": sp.Rational(7, 10)}
    threshold = 4 * m**2

    def transform(falling: sp.Expr) -> sp.Expr:
        return radial_function(SpectralDensity(sp.cancel(falling * (q**2 + t)), t, threshold), r)

    def explicit(value, P, transfer):
        """-V at one mass of the cut: explicit spinors outside, explicit matrices in the averaged loop."""
        mass = mass_of(nu, value)
        A, B = averaged_loop_trace(LEFT, mass, value["t"], self_conjugate=nu.self_conjugate)
        scale = -A * two_body_volume(value["t"], mass) / (2 * mp.pi) * value["G_F"] ** 2 / 2
        first, second = ({"V": value[f"g_V{n}"], "A": -value[f"g_A{n}"]} for n in (1, 2))
        masses = (value["m_1"], value["m_2"], mp.sqrt(value["t"]))
        weight = scale / 2 if nu.self_conjugate else scale
        return weight * exchange_matrix(first, second, masses, P, transfer, spin=1, longitudinal=(A + B) / (A * value["t"]))

    def correlator(component, external):
        """Return the route to a static force by the Euclidean correlator of one component of the neutrino current."""

        def route(value):
            unit = static_potential(LEFT, value["r"], mass_of(nu, value), self_conjugate=nu.self_conjugate, mu=component)
            return external(value) * value["G_F"] ** 2 / 2 * unit

        return route

    def axial_charges(value):
        return value["g_A1"] * value["g_A2"]

    @d.step(
        r"\frac{d\mathcal{V}}{dt}(\mathbf{q},\mathbf{P})",
        check.dimension(-4),
        spinors(explicit, 1, small=(m_nu, t), scaling=0, t=sp.Integer(50), **massive),
    )
    def spectral_amplitude(interaction, absorptive_part):
        r"""Between moving fermions with spin every mass $\sqrt{t}$ of the cut acts like a vector boson of that mass, whose
        longitudinal part has a weight of its own: $\mathcal{V}=\int dt\,\frac{d\mathcal{V}}{dt}$, here to first order in $1/m$.
        The vector currents of the fermions are conserved, so that $q_\mu q_\nu$ meets the axial currents only.
        """
        (_, J_1, _), (_, J_2, _) = (loop_bilinear(interaction, psi) for psi in (psi_1, psi_2))
        dispersive = conserve_vector_current(currents(absorptive_part, J_1, J_2)) / (sp.pi * (q**2 + t))
        return spin_amplitude(dispersive, sp.Dummy("t"), order=1)

    @d.step(r"V_{\mathrm{PV}}", check.dimension(1))
    def parity_violating(spectral_amplitude):
        r"""The products of one vector and one axial charge violate parity. They see the transverse part alone, so that every
        radial function is the spin-independent potential of unit charges, or its derivative.
        """
        expanded = sp.expand(spectral_amplitude)
        odd = sp.Add(*(c * expanded.coeff(c) for c in (g_A1 * g_V2, g_V1 * g_A2)))
        return position_operators(collected(odd), q, transform)

    @d.step(
        r"f_{\sigma_1\cdot p}(r)",
        check.dimension(0),
        check.brute_force(
            correlator(0, lambda v: -v["g_A1"] * v["g_V2"] * (1 / v["m_1"] + 1 / v["m_2"]) / 2),
            "the cut-free Euclidean correlator with explicit matrices, times half the relative velocity",
            points=1,
            digits=20,
        ),
    )
    def helicity(parity_violating):
        r"""The function $f$ in $\{\sigma_1\cdot p,f\}$."""
        return coefficient(parity_violating, Dot3(MOMENTUM, sigma_1), sp.Integer(1))

    @d.step(
        r"f_{(\sigma_1\times\sigma_2)\cdot\hat r}(r)",
        check.dimension(1),
        check.residual(
            lambda f, helicity: sp.expand(f).coeff(g_A1 * g_V2) * g_A1 * g_V2 * (m_1 + m_2) / m_1 - sp.diff(helicity, r),
            r"is the derivative of $f_{\sigma_1\cdot p}$, by the share of the second fermion's magnetic moment",
        ),
    )
    def magnetic(parity_violating):
        r"""The coefficient of $\hat r\cdot(\sigma_1\times\sigma_2)$: the magnetic moments in the field of the axial charges."""
        return coefficient(parity_violating, Triple3(RHAT, sigma_1, sigma_2))

    @d.step(r"V_{AA}", check.dimension(1))
    def axial(spectral_amplitude):
        r"""The product of the axial charges, both fermions at rest. The longitudinal part brings negative powers of $t$, hence
        Bickley's function $\mathrm{Ki}_1$; it cancels from the second derivatives.
        """
        return position_operators(collected(g_A1 * g_A2 * sp.expand(spectral_amplitude).coeff(g_A1 * g_A2)), q, transform)

    @d.step(
        r"V_{AA}^{\sigma\sigma}(r)",
        check.dimension(1),
        check.brute_force(
            correlator(1, axial_charges), "the Euclidean correlator of the transverse currents", points=1, digits=20
        ),
    )
    def axial_spin_spin(axial):
        r"""The coefficient of $\sigma_1\cdot\sigma_2$."""
        return coefficient(axial, Dot3(sigma_1, sigma_2))

    @d.step(
        r"V_{AA}^{rr}(r)",
        check.dimension(1),
        check.residual(
            lambda V, axial_spin_spin, helicity: sp.diff(axial_spin_spin, r) - V / r
            - g_A1 * g_A2 * sp.diff(helicity * 2 * m_1 * m_2 / ((m_1 + m_2) * g_A1 * g_V2), r),
            r"$A'-B/r=-V'$, a Ward identity that ties the spin-spin force to the spin-independent one",
        ),
    )  # fmt: skip
    def axial_tensor(axial):
        r"""The coefficient of $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$."""
        return coefficient(axial, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))

    @d.step(
        r"V_{AA}^{\parallel}(r)",
        check.dimension(1),
        check.brute_force(
            correlator(3, axial_charges), "the Euclidean correlator of the currents along r", points=1, digits=20
        ),
    )
    def axial_along(axial_spin_spin, axial_tensor):
        r"""Spins along $\hat r$ feel the sum of both."""
        return in_bessel_functions(axial_spin_spin + axial_tensor)


def spin_kernels(d: Derivation, results, kind: str) -> tuple[Kernel, ...]:
    """Return the kernels of the parity-violating and the spin-spin force of a pair of ``kind`` neutrinos."""
    found = []
    for name, what in SPIN_KERNELS.items():
        step = {"spin_spin": "axial_spin_spin", "tensor": "axial_tensor"}.get(name, name)
        formula = sp.expand(results[step])
        note = "r = r_1 - r_2, p = p_1 = -p_2. The four-fermion interaction holds for r well above 0.0124/GeV."
        if step == "magnetic":
            formula = sp.expand(g_A1 * g_V2 * formula.coeff(g_A1 * g_V2))
            note += " The term g_A1 g_V2; the other, g_V1 g_A2, has 1 and 2 exchanged and the same sign."
        used = [s for s in (r, m_nu, m_1, m_2, G_F, g_V1, g_V2, g_A1, g_A2) if s in formula.free_symbols]
        found.append(
            Kernel(
                f"{d.name}_{name}",
                f"{what} of two {kind} neutrinos",
                formula,
                tuple(Argument(s, *RANGES.get(s, (1e-12, 1e6))) for s in used),
                d.name,
                step,
                constraints=(Constraint(2 * m_nu * r, 1e-8, 700.0),) if m_nu in used else (),
                cites=tuple(d.cites),
                notes=(note,),
            )
        )
    return tuple(found)
