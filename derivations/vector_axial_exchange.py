r"""The force of a massive vector with vector and axial couplings: Breit, parity violation, axial spin-spin.

$\mathcal{L} = -A_\mu\sum_a\bar\psi_a\gamma^\mu(v_a-a_a\gamma_5)\psi_a$, to order $1/m^2$. The vector part is Breit's (1929)
interaction for $m_A\to0$; the product of vector and axial coupling violates parity.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.operators import MOMENTUM, RHAT, L, coefficient, position_operators
from nuforce_sym.potential.spin_amplitude import collected, from_operators, in_operators, spin_amplitude
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.spin_check import gradients, spinors
from nuforce_sym.symbols import symbols

r, q, t, m_A, m_1, m_2, v_1, v_2, a_1, a_2 = symbols("r q t m_A m_1 m_2 v_1 v_2 a_1 a_2")
half = sp.Rational(1, 2)
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
boson = Field("A", "A", sp.Integer(1), m_A, self_conjugate=True)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)
yukawa = sp.exp(-m_A * r) / (4 * sp.pi * r)

d = Derivation(
    "vector_axial_exchange",
    "Exchange of a vector with vector and axial couplings",
    cites=["Breit1929", "BouchiatBouchiat1974", "DobrescuMocioiu2006"],
)


def explicit(value, P, transfer):
    """-V from explicit four-spinors in unitary gauge, neither reduced nor expanded."""
    first, second = ({"V": value[f"v_{n}"], "A": -value[f"a_{n}"]} for n in (1, 2))
    return exchange_matrix(first, second, (value["m_1"], value["m_2"], value["m_A"]), P, transfer, spin=1)


def proportional_to(*couplings):
    """Return the function that takes the terms with the given products of couplings out of an amplitude."""
    return lambda amplitude: collected(sp.Add(*(c * sp.expand(amplitude).coeff(c) for c in couplings)))


def static_axial(amplitude):
    """The product of the axial couplings with both fermions at rest."""
    axial = sp.expand(amplitude).coeff(a_1 * a_2)
    heavy = sp.Symbol("heavy", positive=True)
    return collected(a_1 * a_2 * axial.subs({m_1: m_1 * heavy, m_2: m_2 * heavy}).limit(heavy, sp.oo))


parity_odd = proportional_to(v_1 * a_2, a_1 * v_2)
vector_only = proportional_to(v_1 * v_2)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""A massive vector couples to the vector and axial currents of two distinct fermions."""
    return mediator_interaction(boson, (psi_1, "V", v_1), (psi_1, "A", -a_1), (psi_2, "V", v_2), (psi_2, "A", -a_2))


@d.step(r"\mathcal{M}", check.dimension(0))
def amplitude(interaction):
    r"""In unitary gauge; $q_\mu$ annihilates the vector current: the longitudinal part joins the axial currents only."""
    return conserve_vector_current(exchange(interaction, psi_1, psi_2, t))


@d.step(r"\mathcal{V}(\mathbf{q},\mathbf{P})", check.dimension(-2), spinors(explicit, 2, small=(m_A,)))
def momentum_space(amplitude):
    r"""Every line is reduced between the spinors of the canonical boost, divided by $2E$ and expanded to order $1/m^2$."""
    return spin_amplitude(amplitude, t, order=2)


@d.step(
    r"(\mathbf{q}^2+m_A^2)\,\mathcal{V}",
    check.dimension(0),
    check.residual(
        lambda found, momentum_space: from_operators(found) - sp.expand(sp.cancel(momentum_space * (q**2 + m_A**2))),
        "the operators written out give the amplitude back",
    ),
)
def operators(momentum_space):
    r"""In the operators of Dobrescu and Mocioiu, with $m=m_1$; $\mathcal{O}_{11}$ to $\mathcal{O}_{13}$ violate parity."""
    return in_operators(sp.expand(sp.cancel(momentum_space * (q**2 + m_A**2))))


@d.step(r"V_{VV}", check.dimension(1), gradients("momentum_space", m_A, part=vector_only))
def breit(momentum_space):
    r"""Two vector couplings: Breit's interaction with a massive photon, its contact terms included; $m_A\to0$ with
    $v_1v_2=4\pi\alpha Q_1Q_2$ is quantum electrodynamics.
    """
    return position_operators(vector_only(momentum_space), q)


@d.step(
    r"V_{LS}(r)",
    check.dimension(1),
    check.residual(
        lambda V: V - v_1 * v_2 * (1 / (4 * m_1**2) + 1 / (2 * m_1 * m_2)) * sp.diff(yukawa, r) / r,
        r"is $(\frac1{4m_1^2}+\frac1{2m_1m_2})\frac{Y'}r$: Thomas's half for the own motion, the whole for the partner's",
    ),
)
def spin_orbit(breit):
    r"""The coefficient of $\sigma_1\cdot\mathbf{L}$."""
    return coefficient(breit, Dot3(sigma_1, L))


@d.step(r"V_{\mathrm{PV}}", check.dimension(1), gradients("momentum_space", m_A, part=parity_odd))
def parity_violating(momentum_space):
    r"""One vector and one axial coupling: $\sigma\cdot p$ anticommutes with the Yukawa function, which makes the potential
    hermitian, and the magnetic moment of the vector vertex adds $(\sigma_1\times\sigma_2)\cdot\nabla Y$.
    """
    return position_operators(parity_odd(momentum_space), q)


@d.step(
    r"f_{\sigma_1\cdot p}(r)",
    check.dimension(0),
    check.equals(
        -a_1 * v_2 * (1 / m_1 + 1 / m_2) * yukawa / 2, why="the axial charge times half the relative velocity, by hand"
    ),
)
def helicity(parity_violating):
    r"""The function $f$ in $\{\sigma_1\cdot p,f\}$: the axial charge of a moving fermion, whose helicity feels the other's
    vector charge.
    """
    return coefficient(parity_violating, Dot3(MOMENTUM, sigma_1), sp.Integer(1))


@d.step(
    r"f_{(\sigma_1\times\sigma_2)\cdot\hat r}(r)",
    check.dimension(1),
    check.residual(
        lambda f: f + (a_1 * v_2 / (2 * m_2) + v_1 * a_2 / (2 * m_1)) * sp.diff(yukawa, r),
        r"is $-\left(\frac{a_1v_2}{2m_2}+\frac{v_1a_2}{2m_1}\right)Y'$, from the magnetic moments of both",
    ),
)
def magnetic(parity_violating):
    r"""The coefficient of $(\sigma_1\times\sigma_2)\cdot\hat r=\hat r\cdot(\sigma_1\times\sigma_2)$."""
    return coefficient(parity_violating, Triple3(RHAT, sigma_1, sigma_2))


@d.step(r"V_{AA}", check.dimension(1), gradients("momentum_space", m_A, part=static_axial))
def axial(momentum_space):
    r"""Two axial couplings, both fermions at rest. The longitudinal part grows as $1/m_A^2$: the axial current is not
    conserved, $q_\mu A^\mu=-\frac mE\sigma\cdot q$, unless the coupling falls with $m_A/m$.
    """
    return position_operators(static_axial(momentum_space), q)


@d.step(
    r"V_{AA}^{\sigma\sigma}(r)",
    check.dimension(1),
    check.residual(
        lambda V: V + a_1 * a_2 * (yukawa - sp.diff(yukawa, r) / (r * m_A**2)),
        r"is $-a_1a_2(Y-Y'/(m_A^2r))$",
    ),
)
def axial_spin_spin(axial):
    r"""The coefficient of $\sigma_1\cdot\sigma_2$ for $r>0$."""
    return coefficient(axial, Dot3(sigma_1, sigma_2))


@d.step(
    r"V_{AA}^{rr}(r)",
    check.dimension(1),
    check.residual(
        lambda V, axial_spin_spin: V + 3 * axial_spin_spin + 2 * a_1 * a_2 * yukawa,
        r"the average over directions is $-a_1a_2(1-\frac13)Y$",
    ),
)
def axial_tensor(axial):
    r"""The coefficient of $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$."""
    return coefficient(axial, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))


KERNELS = ("vector_spin_orbit", "parity_violating_helicity", "parity_violating_magnetic", "axial_spin_spin", "axial_tensor")
_ABOUT = {
    "vector_spin_orbit": ("spin_orbit", "Spin-orbit potential of a vector, the coefficient of sigma_1.L"),
    "parity_violating_helicity": ("helicity", "Parity-violating potential, f in {sigma_1.p, f}"),
    "parity_violating_magnetic": ("magnetic", "Parity-violating potential, the coefficient of (sigma_1 x sigma_2).rhat"),
    "axial_spin_spin": ("axial_spin_spin", "Axial spin-spin potential, the coefficient of sigma_1.sigma_2"),
    "axial_tensor": ("axial_tensor", "Axial spin-spin potential, the coefficient of (sigma_1.rhat)(sigma_2.rhat)"),
}
_RANGES = {r: (1e-6, 1e30), m_A: (1e-30, 1e6), m_1: (1e-6, 1e6), m_2: (1e-6, 1e6)}


def kernels(results):
    """The radial functions of the spin-dependent forces."""
    found = []
    for name, (step, title) in _ABOUT.items():
        formula = sp.expand(results[step])
        note = "Contact terms at r = 0 are left out."
        if step == "magnetic":
            formula = sp.expand(a_1 * v_2 * formula.coeff(a_1 * v_2))
            note = "The term a_1 v_2; the other, v_1 a_2, has 1 and 2 exchanged and the same sign."
        arguments = tuple(
            Argument(s, *_RANGES.get(s, (1e-30, 1e6)))
            for s in (r, m_A, m_1, m_2, v_1, v_2, a_1, a_2)
            if s in formula.free_symbols
        )
        decaying = (Constraint(m_A * r, 1e-30, 700.0),)
        found.append(Kernel(name, title, formula, arguments, d.name, step, decaying, tuple(d.cites), (note,)))
    return tuple(found)
