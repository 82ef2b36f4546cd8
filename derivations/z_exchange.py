r"""Parity violation in hydrogen by exchange of a Z boson.

$\mathcal{L} = -\frac{g}{2c_W}\bar\psi\gamma^\mu(g_V-g_A\gamma_5)\psi Z_\mu$; Bouchiat & Bouchiat (1974); the talk,
slides on atomic parity violation, whose prefactor and signs of $H_1$ and $C$ come out differently here.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.exchange import conserve_vector_current, exchange
from nuforce_sym.amplitude.interaction import Field, mediator_interaction
from nuforce_sym.amplitude.spin_matrix import exchange_matrix
from nuforce_sym.components import in_components
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient, position_operators
from nuforce_sym.potential.spin_amplitude import collected, spin_amplitude
from nuforce_sym.spatial import Anticommutator, Dot3, Triple3, Vector3
from nuforce_sym.spin_check import gradients, spinors
from nuforce_sym.symbols import symbols

r, q, t, m_Z, m_1, m_2, m_e, g, G_F = symbols("r q t m_Z m_1 m_2 m_e g G_F")
g_Ve, g_Ae, g_VN, g_AN, cos_theta_W, delta3_r = symbols("g_Ve g_Ae g_VN g_AN cos_theta_W delta3_r")
half = sp.Rational(1, 2)
coupling = g / (2 * cos_theta_W)
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")
Z = Field("Z", "Z", sp.Integer(1), m_Z, self_conjugate=True)
electron, nucleus = Field("e", "e", half, m_1), Field("N", "N", half, m_2)
F = sp.exp(-m_Z * r) / (4 * sp.pi * r)

d = Derivation("z_exchange", "Parity violation by exchange of a Z boson", cites=["BouchiatBouchiat1974", "PeskinSchroeder1995"])


def explicit(value, P, transfer):
    """-V from explicit four-spinors in unitary gauge, neither reduced nor expanded."""
    g_Z = value["g"] / (2 * value["cos_theta_W"])
    first, second = ({"V": g_Z * value[f"g_V{n}"], "A": -g_Z * value[f"g_A{n}"]} for n in "eN")
    return exchange_matrix(first, second, (value["m_1"], value["m_2"], value["m_Z"]), P, transfer, spin=1)


@d.step(r"\mathcal{L}_{\mathrm{int}}", check.lagrangian())
def interaction():
    r"""The neutral currents of the electron, particle 1, and of a nucleus of spin one half, with $c_W=\cos\theta_W$."""
    charges = ((electron, g_Ve, g_Ae), (nucleus, g_VN, g_AN))
    return mediator_interaction(Z, *((f, tag, x * coupling) for f, v, a in charges for tag, x in (("V", v), ("A", -a))))


@d.step(r"\mathcal{M}", check.dimension(0))
def amplitude(interaction):
    r"""In unitary gauge, with the vector currents conserved."""
    return conserve_vector_current(exchange(interaction, electron, nucleus, t))


@d.step(r"\mathcal{V}(\mathbf{q},\mathbf{P})", check.dimension(-2), spinors(explicit, 1, small=(m_Z,)))
def momentum_space(amplitude):
    r"""To first order in $1/m$."""
    return spin_amplitude(amplitude, t, order=1)


def one_axial(amplitude):
    """The products of one vector and one axial charge."""
    expanded = sp.expand(amplitude)
    return collected(sp.Add(*(c * expanded.coeff(c) for c in (g_Ae * g_VN, g_Ve * g_AN))))


@d.step(r"V_{\mathrm{PV}}", check.dimension(1), gradients("momentum_space", m_Z, part=one_axial))
def with_recoil(momentum_space):
    r"""For two moving fermions the relative velocity $p(1/m_1+1/m_2)$ takes the place of the electron's, and both magnetic
    moments see the axial current of the other: the terms with $1/m_2$ are the recoil of the nucleus.
    """
    return position_operators(one_axial(momentum_space), q)


@d.step(
    r"\mathcal{V}_{\mathrm{PNC}}(\mathbf{q},\mathbf{P})",
    check.dimension(-2),
    check.residual(
        lambda found, momentum_space: (
            found
            - half
            * sp.limit(sp.expand(momentum_space - momentum_space.subs({g_Ae: -g_Ae, g_AN: -g_AN})), m_2, sp.oo).subs(m_1, m_e)
        ),
        r"odd in the axial charges, for $m_2\to\infty$",
    ),
)
def parity_odd(momentum_space):
    r"""The products of one vector and one axial charge violate parity; a heavy nucleus stays at rest, and $m_1=m_e$."""
    return collected(sp.limit(sp.expand(one_axial(momentum_space)), m_2, sp.oo).subs(m_1, m_e))


@d.step(r"V_{\mathrm{PNC}}", check.dimension(1), gradients("parity_odd", m_Z))
def potential(parity_odd):
    r"""With $F=e^{-m_Zr}/(4\pi r)$ and $\mathbf{r}=\mathbf{r}_e-\mathbf{r}_N$ the potential is $H_1\frac12\{\sigma_e\cdot v,F\}
    +H_2\frac12\{\sigma_N\cdot v,F\}+C(\sigma_e\times\sigma_N)\cdot\nabla F$, where $\sigma_e=\sigma_1$, $\sigma_N=\sigma_2$ and
    $v=p/m_e$: the anticommutators make it hermitian.
    """
    return position_operators(parity_odd, q)


@d.step(
    r"H_1",
    check.dimension(0),
    check.equals(-(g**2) / (4 * cos_theta_W**2) * g_Ae * g_VN, why="the product of the charges"),
)
def H_1(potential):
    r"""The electron's axial charge times the nucleus's vector charge, coherent over a heavy nucleus."""
    return sp.factor(2 * m_e * coefficient(potential, Dot3(MOMENTUM, sigma_1), sp.Integer(1)) / F)


@d.step(
    r"H_2",
    check.dimension(0),
    check.residual(lambda H_2, H_1: H_2 * g_Ae * g_VN + H_1 * g_Ve * g_AN, "opposite in sign to $H_1$, charge for charge"),
)
def H_2(potential):
    r"""The nucleus's axial charge times the electron's vector charge: the opposite sign, since $v$ is the velocity of the
    electron in the frame of the nucleus.
    """
    return sp.factor(2 * m_e * coefficient(potential, Dot3(MOMENTUM, sigma_2), sp.Integer(1)) / F)


@d.step(
    r"C",
    check.dimension(-1),
    check.residual(lambda C, H_2: C + H_2 / (2 * m_e), r"half of $-H_2/m_e$: $\alpha\cdot\sigma_N$ has both parts"),
)
def C(potential):
    r"""The electron's magnetic moment in the field of the nuclear axial current."""
    return sp.factor(coefficient(potential, Triple3(RHAT, sigma_1, sigma_2)) / sp.diff(F, r))


@d.step(
    r"H_2/H_1",
    check.dimension(0),
    check.equals(-g_Ve * g_AN / (g_Ae * g_VN), why="the charges of the two currents, and the sign of the velocity"),
)
def ratio(H_1, H_2):
    r"""The strengths of the two helicities differ in sign and in their charges; $g_V=-\frac12+2\sin^2\theta_W$ of the electron
    and $g_V=\frac12-2\sin^2\theta_W$ of the proton are small.
    """
    return sp.factor(H_2 / H_1)


def not_hermitian(found, H_1, H_2):
    """The difference from F sigma.v - sigma.v F, applied to a function, by Cartesian derivatives at a point."""
    X = sp.symbols("X_1:4", real=True)
    place, spins = (2, 3, 6), {"sigma_1": (1, 2, 3), "sigma_2": (2, -1, 1)}
    here = F.subs(r, sp.sqrt(sp.Add(*(x**2 for x in X))))
    u = sp.exp(X[0] - 2 * X[1] + X[2] / 3)

    def velocity(spin, function):
        return sp.Add(*(-sp.I * s * sp.diff(function, x) / m_e for s, x in zip(spins[spin], X, strict=True)))

    terms = ((H_1, "sigma_1"), (H_2, "sigma_2"))
    commutator = sp.Add(*(H * (here * velocity(spin, u) - velocity(spin, here * u)) / u for H, spin in terms))
    rhat = tuple(sp.Rational(x, 7) for x in place)
    return sp.expand(
        in_components(found.subs(r, 7), {**spins, "rhat": rhat}) - commutator.subs(dict(zip(X, place, strict=True)))
    )


@d.step(
    r"H_1[F,\sigma_e\cdot v]+H_2[F,\sigma_N\cdot v]",
    check.dimension(1),
    check.residual(not_hermitian, "the two orders applied to a function, by Cartesian derivatives"),
)
def anti_hermitian(H_1, H_2):
    r"""Without the anticommutators the two orders, each the adjoint of the other, differ by $[F,p]=i\nabla F$."""
    charges = H_1 * Dot3(RHAT, sigma_1) + H_2 * Dot3(RHAT, sigma_2)
    return sp.expand(sp.I * sp.factor(sp.diff(F, r)) / m_e * charges)


def reversed_transfer(amplitude):
    """The amplitude with q -> -q, so that its transform with exp(+iq.r) is the one with exp(-iq.r)."""
    return amplitude.subs(Vector3("q"), -Vector3("q"))


@d.step(
    r"\int\frac{d^3\mathbf{q}}{(2\pi)^3}e^{-i\mathbf{q}\cdot\mathbf{r}}\,\mathcal{V}_{\mathrm{PNC}}",
    check.dimension(1),
    gradients("parity_odd", m_Z, part=reversed_transfer),
    check.residual(
        lambda found, potential: sp.expand(found - potential.subs(RHAT, -RHAT)),
        r"$\mathbf{r}_N-\mathbf{r}_e$ in place of $\mathbf{r}$",
    ),
)
def opposite_transform(parity_odd):
    r"""The other sign in the exponent changes nothing in a central potential; a gradient it turns round, as the interchange of
    the two positions does. The terms with $\sigma\cdot p$ stay, the cross product changes its sign.
    """
    return position_operators(reversed_transfer(parity_odd), q)


@d.step(
    r"V_{\mathrm{PNC}}\big|_{r\gg1/m_Z}",
    check.dimension(1),
    check.equals(
        sp.sqrt(2) * G_F / 2 / m_e * Anticommutator(Dot3(MOMENTUM, sigma_2), delta3_r) * g_Ve * g_AN
        - sp.sqrt(2) * G_F / 2 / m_e * Anticommutator(Dot3(MOMENTUM, sigma_1), delta3_r) * g_Ae * g_VN
        - sp.sqrt(2) * G_F / (2 * m_e) * g_Ve * g_AN * delta3_r * Triple3(Vector3("nabla"), sigma_1, sigma_2),
        why=r"$\frac{G_F}{\sqrt2}C_1\bar e\gamma_\mu\gamma_5e\bar N\gamma^\mu N$ with $C_1=2g_A^eg_V^N$, and its partner",
    ),
)
def contact(parity_odd):
    r"""At atomic distances $F\to\delta^3(\mathbf{r})/m_Z^2$, and $\frac{g^2}{8m_Z^2c_W^2}=\frac{G_F}{\sqrt2}$."""
    leading = sp.expand(parity_odd).replace(
        lambda e: isinstance(e, sp.Pow) and e.exp == -1 and e.has(q), lambda e: 1 / (sp.expand(1 / e).coeff(q, 0))
    )
    fermi = sp.solve(g**2 / (8 * m_Z**2 * cos_theta_W**2) - G_F / sp.sqrt(2), g)[0]
    return position_operators(collected(leading.subs(g, fermi)), q)


KERNELS = ("z_exchange_electron", "z_exchange_nucleus")
_STEP = {"z_exchange_electron": sigma_1, "z_exchange_nucleus": sigma_2}


def kernels(results):
    """The function f of {sigma.p, f} for both spins."""
    found = []
    for name, spin in _STEP.items():
        formula = sp.expand(coefficient(results["potential"], Dot3(MOMENTUM, spin), sp.Integer(1)))
        used = [s for s in (g_Ve, g_Ae, g_VN, g_AN) if s in formula.free_symbols]
        arguments = (
            Argument(r, 1e-6, 1e30), Argument(m_Z, 1e-3, 1e6), Argument(m_e, 1e-6, 1e6), Argument(g, 1e-12, 1e3),
            Argument(cos_theta_W, 1e-3, 1.0),
            *(Argument(s, 1e-12, 1e6) for s in used),
        )  # fmt: skip
        found.append(
            Kernel(
                name, f"Parity-violating Z exchange, f in {{{spin}.p, f}}", formula, arguments, d.name, "potential",
                (Constraint(m_Z * r, 1e-30, 700.0),), tuple(d.cites), ("Electron: sigma_1; nucleus, at rest: sigma_2.",),
            )
        )  # fmt: skip
    return tuple(found)
