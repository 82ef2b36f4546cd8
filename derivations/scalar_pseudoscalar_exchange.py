r"""The force of a spin-0 boson with scalar and pseudoscalar couplings, spins included, to order $1/m^2$.

Monopole-monopole, monopole-dipole and dipole-dipole forces in one amplitude: Moody & Wilczek (1984).
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import exchange
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.operators import RHAT, L, coefficient, position_operators
from nuforce_sym.potential.spin_amplitude import from_operators, in_operators, spin_amplitude
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.spin_check import gradients, spinors
from nuforce_sym.symbols import symbols

r, q, t, m_phi, m_1, m_2 = symbols("r q t m_phi m_1 m_2")
g_S1, g_S2, g_P1, g_P2 = symbols("g_S1 g_S2 g_P1 g_P2")
half = sp.Rational(1, 2)
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
phi = Field("phi", r"\phi", sp.Integer(0), m_phi, self_conjugate=True)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)
yukawa = sp.exp(-m_phi * r) / (4 * sp.pi * r)

d = Derivation(
    "scalar_pseudoscalar_exchange",
    "Exchange of a spin-0 boson with scalar and pseudoscalar couplings",
    cites=["MoodyWilczek1984", "DobrescuMocioiu2006"],
)


def explicit(value, P, transfer):
    """-V from explicit four-spinors, neither reduced nor expanded."""
    first, second = ({"S": value[f"g_S{n}"], "P": value[f"g_P{n}"]} for n in (1, 2))
    return exchange_matrix(first, second, (value["m_1"], value["m_2"], value["m_phi"]), P, transfer, spin=0)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""A real spin-0 field couples to $\bar\psi\psi$ and to $\bar\psi i\gamma_5\psi$ of two distinct fermions."""
    return mediator_interaction(phi, (psi_1, "S", g_S1), (psi_1, "P", g_P1), (psi_2, "S", g_S2), (psi_2, "P", g_P2))


@d.step(r"\mathcal{M}", check.dimension(0))
def amplitude(interaction):
    r"""One pole, $1/(t-m_\phi^2)$, between the two lines."""
    return exchange(interaction, psi_1, psi_2, t)


@d.step(
    r"\mathcal{V}(\mathbf{q},\mathbf{P})",
    check.dimension(-2),
    spinors(explicit, 2, small=(m_phi,)),
)
def momentum_space(amplitude):
    r"""Every line, reduced between the spinors of the canonical boost and divided by $2E$, becomes an operator in its spin:
    $1-\frac{P^2}{2m^2}+\frac{i\sigma\cdot(P\times q)}{4m^2}$ for the scalar, $-\frac{i\sigma\cdot q}{2m}$ for the pseudoscalar
    coupling; $\mathcal{V}=-\mathcal{M}/(4E_1E_2)$, with $\mathbf{P}\cdot\mathbf{q}=0$ and $t=-\mathbf{q}^2$.
    """
    return spin_amplitude(amplitude, t, order=2)


@d.step(
    r"(\mathbf{q}^2+m_\phi^2)\,\mathcal{V}",
    check.dimension(0),
    check.residual(
        lambda found, momentum_space: from_operators(found) - sp.expand(sp.cancel(momentum_space * (q**2 + m_phi**2))),
        "the operators written out give the amplitude back",
    ),
)
def operators(momentum_space):
    r"""In the operators of Dobrescu and Mocioiu, with the mass $m=m_1$: $\mathcal{O}_1$ is the monopole's, $\mathcal{O}_3$ the
    dipole-dipole force, $\mathcal{O}_{9,10}$ the monopole-dipole force and $\mathcal{O}_{4,5}$ the spin-orbit force.
    """
    return in_operators(sp.expand(sp.cancel(momentum_space * (q**2 + m_phi**2))))


@d.step(r"V", check.dimension(1), gradients("momentum_space", m_phi))
def potential(momentum_space):
    r"""Every $q_j$ becomes $-i\nabla_j$ of the Yukawa function and every $P_j$ the momentum $p_j$ of the relative motion,
    in Weyl's order. The dipole-dipole force leaves a contact term, since $\nabla_i\nabla_j\frac1r$ has the trace
    $-4\pi\delta^3(\mathbf{r})$.
    """
    return position_operators(momentum_space, q)


@d.step(
    r"V_{\mathrm{md}}(r)",
    check.dimension(1),
    check.equals(
        g_S1 * g_P2 * (1 / r**2 + m_phi / r) * sp.exp(-m_phi * r) / (8 * sp.pi * m_2),
        why="the monopole-dipole potential of Moody and Wilczek",
    ),
    check.residual(
        lambda V: V + g_S1 * g_P2 / (2 * m_2) * sp.diff(yukawa, r),
        "is $-\\frac{g_Sg_P}{2m_2}$ times the gradient of Y",
    ),
)
def monopole_dipole(potential):
    r"""The monopole-dipole potential, the coefficient of $\sigma_2\cdot\hat r$: it violates parity and time reversal."""
    return coefficient(potential, Dot3(sigma_2, RHAT))


@d.step(
    r"V_{\mathrm{dd}}^{\sigma\sigma}(r)",
    check.dimension(1),
    check.residual(lambda V: V - g_P1 * g_P2 / (4 * m_1 * m_2) * sp.diff(yukawa, r) / r, "is the gradient's transverse part"),
)
def dipole_dipole(potential):
    r"""The dipole-dipole potential, the coefficient of $\sigma_1\cdot\sigma_2$ for $r>0$."""
    return coefficient(potential, Dot3(sigma_1, sigma_2))


@d.step(
    r"V_{\mathrm{dd}}^{rr}(r)",
    check.dimension(1),
    check.residual(
        lambda V, dipole_dipole: V + 3 * dipole_dipole - g_P1 * g_P2 * m_phi**2 / (4 * m_1 * m_2) * yukawa,
        r"the average over directions solves $\nabla^2Y=m_\phi^2Y$",
    ),
)
def dipole_dipole_tensor(potential):
    r"""The coefficient of $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$ in the dipole-dipole potential."""
    return coefficient(potential, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))


@d.step(
    r"V_{\mathrm{LS}}(r)",
    check.dimension(1),
    check.residual(
        lambda V: V - g_S1 * g_S2 / (4 * m_1**2) * sp.diff(yukawa, r) / r,
        r"Thomas's half of $\frac{1}{m^2r}\frac{dV}{dr}$ for an attractive scalar",
    ),
)
def spin_orbit(potential):
    r"""The spin-orbit potential, the coefficient of $\sigma_1\cdot\mathbf{L}$."""
    return coefficient(potential, Dot3(sigma_1, L))


KERNELS = ("monopole_dipole", "dipole_dipole", "dipole_dipole_tensor", "scalar_spin_orbit")
_TITLES = {
    "monopole_dipole": "Monopole-dipole potential, the coefficient of sigma_2.rhat",
    "dipole_dipole": "Dipole-dipole potential of a pseudoscalar, the coefficient of sigma_1.sigma_2",
    "dipole_dipole_tensor": "Dipole-dipole potential of a pseudoscalar, the coefficient of (sigma_1.rhat)(sigma_2.rhat)",
    "scalar_spin_orbit": "Spin-orbit potential of a scalar, the coefficient of sigma_1.L",
}
_RANGES = {r: (1e-6, 1e30), m_phi: (1e-30, 1e6), m_1: (1e-6, 1e6), m_2: (1e-6, 1e6)}


def kernels(results):
    """The radial functions of the spin-dependent forces."""
    steps = zip(KERNELS, ("monopole_dipole", "dipole_dipole", "dipole_dipole_tensor", "spin_orbit"), strict=True)
    return tuple(
        Kernel(
            name,
            _TITLES[name],
            sp.expand(results[step]),
            tuple(
                Argument(s, *_RANGES.get(s, (1e-30, 1e6)))
                for s in (r, m_phi, m_1, m_2, g_S1, g_S2, g_P1, g_P2)
                if s in results[step].free_symbols
            ),
            d.name,
            step,
            (Constraint(m_phi * r, 1e-30, 700.0),),
            tuple(d.cites),
            ("Contact terms at r = 0 are left out.",),
        )
        for name, step in steps
    )
