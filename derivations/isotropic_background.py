r"""The neutrino force in isotropic backgrounds: every distribution with a closed form, near and far, and with the vacuum.

Averaged over directions the force of one momentum becomes a sine transform of the occupation numbers; with -1 in place
of n_+ + n_- the same transform gives the force in the vacuum.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.fock_space import matsubara_route, truncated_sums
from nuforce_sym.derivations.neutrino_pair import LEFT

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.euclidean import static_potential
from nuforce_sym.medium import sine_transform as transform
from nuforce_sym.medium.isotropic import (
    direction_average,
    isotropic_operator,
    potential_of,
    radial_integrand,
    vacuum_potential,
    with_vacuum,
)
from nuforce_sym.medium.momentum_space import averaged_amplitude
from nuforce_sym.medium.neutrino import amplitude, momentum_force
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, m_nu, E_nu, k, r, c = symbols("G_F g_V1 g_V2 m_nu E_nu k_nu r c_alpha")
n_plus, n_minus, n_nu, N_0, T, mu, k_F, p = symbols("n_plus n_minus n_nu N_0 T_nu mu_nu k_F p_nu")
q, k_dot_q = symbols("q k_dot_q")
COUPLING = G_F**2 * g_V1 * g_V2
ZERO = sp.Integer(0)

d = Derivation(
    "isotropic_background",
    "The neutrino force in isotropic backgrounds",
    cites=["Tangarife", "FeinbergSucher1968", "GrifolsMassoToldra1996", "DLMF"],
)


def _average_by_quadrature(kind):
    v = momentum_force(kind, m_nu)

    def route(value):
        at = {s: value[s.name] for s in v.free_symbols if s != c}
        f = sp.lambdify(c, v.xreplace(at), "mpmath")
        return mp.quad(f, [-1, 0, 1]) / 2

    return route


@d.step(
    r"\langle v\rangle_\alpha",
    check.dimension(-2),
    check.brute_force(_average_by_quadrature("dirac"), "quadrature over the angle", digits=25),
)
def averaged():
    r"""The average over the directions of $\mathbf{k}$ of the force of one momentum, for Dirac neutrinos of mass $m_\nu$."""
    return direction_average(momentum_force("dirac", m_nu))


@d.step(
    r"\frac{dV}{dk}",
    check.dimension(0),
    check.equals(lambda averaged: g_V1 * g_V2 * k**2 / (2 * sp.pi**2) * averaged, why=r"the average times $k^2/2\pi^2$"),
)
def spectrum():
    r"""$V(r)=\int_0^\infty dk\,\frac{dV}{dk}$, with $k^2/2\pi^2$ from the sphere in momentum space;
    $E_\nu=\sqrt{k^2+m_\nu^2}$ and $n_\pm(k)$ are functions of $k$.
    """
    return g_V1 * g_V2 * radial_integrand(momentum_force("dirac", m_nu))


@d.step(
    r"\frac{dV}{dk}\big|_{\mathrm{Majorana}}",
    check.dimension(0),
    check.residual(
        lambda w, spectrum: w - spectrum.subs(E_nu**2, k**2).subs(E_nu, k) * k / E_nu, "the massless form times k/E"
    ),
)
def majorana_spectrum():
    r"""For Majorana neutrinos the term with $m_\nu^2r^2$ is absent."""
    return g_V1 * g_V2 * radial_integrand(momentum_force("majorana", m_nu))


@d.step(
    r"\frac{dV}{dk}\big|_{h=-1/2}",
    check.dimension(0),
    check.residual(
        lambda w, spectrum: (w - spectrum).subs({E_nu: k, n_minus: 0}), "massless: the same as without antineutrinos"
    ),
    check.residual(
        lambda w, spectrum: (2 * w - spectrum).subs(n_minus, 0).subs(E_nu, sp.sqrt(k**2 + m_nu**2)).series(k, 0, 3).removeO(),
        "slow: half the force of both helicities",
    ),
)
def helical_spectrum():
    r"""Neutrinos of helicity $-\frac12$ alone; odd powers of $E_\nu$ leave no closed form by these rules."""
    return g_V1 * g_V2 * radial_integrand(momentum_force("left-helical", m_nu))


def _amplitude_by_quadrature(v):
    formula = amplitude("dirac", m_nu).expr
    x = sp.Dummy("x")
    at = {s: v[s.name] for s in formula.free_symbols if s.name != "k_dot_q"}
    f = sp.lambdify(x, formula.subs(k_dot_q, k * q * x).xreplace(at), "mpmath")
    return mp.quad(f, [-1, 0, 1]) / 2


@d.step(
    r"\langle\mathcal{V}(q)\rangle_\alpha",
    check.dimension(-5),
    check.brute_force(
        _amplitude_by_quadrature, "quadrature over the angle", digits=20, q=sp.Integer(5), k_nu=sp.Rational(2, 3)
    ),
)
def momentum_space():
    r"""In momentum space the average over directions is Lindhard's function, whose edge at $q=2k$ makes the oscillations
    in $r$; per unit charges.
    """
    return averaged_amplitude(amplitude("dirac", m_nu))


def _with(occupation, kind="dirac", mass=ZERO):
    """The integrand dV/dk with occupation numbers put in: the defining integral of a potential."""
    w = g_V1 * g_V2 * radial_integrand(momentum_force(kind, mass))
    return w.xreplace({n_plus: occupation, n_minus: ZERO}).subs(E_nu, k if mass == 0 else sp.sqrt(k**2 + mass**2))


def integral(occupation, kind="dirac", mass=ZERO, upper=sp.oo):
    """A check: the closed form is the integral of dV/dk over k, by quadrature."""
    return check.quadrature(
        lambda: _with(occupation, kind, mass),
        k,
        ZERO,
        upper,
        oscillating=2 * r if upper is sp.oo else None,
        digits=16,
        points=1,
    )


@d.step(
    r"V_{\mathrm{shell}}(r)",
    check.dimension(1),
    check.residual(
        lambda V, averaged: (V - n_nu * g_V1 * g_V2 * averaged.subs({n_plus: 1, n_minus: 0})).subs(
            m_nu, sp.sqrt(E_nu**2 - k**2)
        ),
        "the average over the directions of one momentum",
    ),
    check.limit(r, ZERO, -COUPLING * n_nu / (sp.pi * E_nu * r) * (m_nu**2 + 4 * k**2 / 3)),
)
def shell():
    r"""Neutrinos of one momentum $k$ in all directions, with the total density $n_\nu$."""
    return sp.factor_terms(potential_of(isotropic_operator("dirac", m_nu), transform.shell(k, n_nu, E_nu)))


@d.step(
    r"V_0(r)\big|_{m_\nu=0}",
    check.against("Tangarife", "slide 'Motivation'", COUPLING / (4 * sp.pi**3 * r**5)),
    check.sign(True, when="like charges repel in the vacuum"),
)
def massless_vacuum():
    r"""Each state of the vacuum counts as $-\frac12$ in $n_+$ and $n_-$: with $n_++n_-\to-1$ the integral, summed after Abel,
    is the force in the vacuum.
    """
    return vacuum_potential(isotropic_operator("dirac", ZERO), ZERO)


def _euclidean(majorana):
    def route(v):
        c_1, c_2 = (v["G_F"] * v[g] / mp.sqrt(2) for g in ("g_V1", "g_V2"))
        return c_1 * c_2 * static_potential(LEFT, v["r"], v["m_nu"], self_conjugate=majorana)

    return route


@d.step(
    r"V_0(r)",
    check.against(
        "Tangarife",
        "slide 'Loop-level', Dirac",
        COUPLING * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2),
    ),
    check.brute_force(_euclidean(majorana=False), "the cut-free Euclidean correlator with explicit matrices", points=1),
)
def dirac_vacuum():
    r"""With a mass the same substitution gives the vacuum's $K_3$, without a cut and without a spectral density."""
    return vacuum_potential(isotropic_operator("dirac", m_nu), m_nu)


@d.step(
    r"V_0(r)\big|_{\mathrm{Majorana}}",
    check.against(
        "Tangarife",
        "slide 'Loop-level', Majorana",
        COUPLING * m_nu**2 * sp.besselk(2, 2 * m_nu * r) / (2 * sp.pi**3 * r**3),
    ),
    check.brute_force(_euclidean(majorana=True), "the cut-free Euclidean correlator with explicit matrices", points=1),
)
def majorana_vacuum():
    r"""and its $K_2$ for Majorana neutrinos."""
    return vacuum_potential(isotropic_operator("majorana", m_nu), m_nu)


@d.step(
    r"V_{\mathrm{MB}}(r)",
    check.dimension(1),
    integral(N_0 * sp.exp(-k / T)),
    check.limit(r, ZERO, -4 * COUPLING * N_0 * T**4 / (sp.pi**3 * r), rate=2),
    check.limit(r, sp.oo, lambda massless_vacuum: -N_0 * massless_vacuum, rate=2),
    check.sign(False, when="like charges attract"),
)
def maxwell_boltzmann():
    r"""Massless neutrinos with $n_++n_-=N_0e^{-k/T}$. Near, $V=-\frac4{3\pi r}G_F^2g_{V1}g_{V2}\,\rho$ with the energy density
    $\rho$; far, $-N_0$ times the vacuum's force.
    """
    return N_0 * potential_of(isotropic_operator("dirac", ZERO), transform.maxwell_boltzmann(T, ZERO))


@d.step(
    r"V_{\mathrm{MB}}(r)\big|_{m_\nu}",
    check.dimension(1),
    integral(N_0 * sp.exp(-sp.sqrt(k**2 + m_nu**2) / T), mass=m_nu),
    check.limit(m_nu, ZERO, lambda maxwell_boltzmann: maxwell_boltzmann),
)
def massive_maxwell_boltzmann():
    r"""With a mass, $n_++n_-=N_0e^{-E/T}$, Dirac."""
    return N_0 * potential_of(isotropic_operator("dirac", m_nu), transform.maxwell_boltzmann(T, m_nu))


@d.step(
    r"V_{\mathrm{MB}}(r)\big|_{\mathrm{Majorana}}",
    check.dimension(1),
    integral(N_0 * sp.exp(-sp.sqrt(k**2 + m_nu**2) / T), "majorana", m_nu),
)
def majorana_maxwell_boltzmann():
    r"""The same for Majorana neutrinos."""
    return N_0 * potential_of(isotropic_operator("majorana", m_nu), transform.maxwell_boltzmann(T, m_nu))


@d.step(
    r"V_{\mathrm{NR}}(r)",
    check.dimension(1),
    check.quadrature(
        -COUPLING
        * k
        / (4 * sp.pi**3 * m_nu * r**4)
        * N_0
        * sp.exp(-(k**2) / (2 * m_nu * T))
        * ((1 + m_nu**2 * r**2) * sp.sin(2 * k * r) - 2 * k * r * sp.cos(2 * k * r)),
        k,
        ZERO,
        oscillating=2 * r,
        digits=16,
        points=1,
    ),
)
def nonrelativistic():
    r"""Slow Dirac neutrinos, $n_++n_-=N_0e^{-k^2/2m_\nu T}$ and $E_\nu\approx m_\nu$."""
    return potential_of(isotropic_operator("dirac", m_nu), transform.nonrelativistic(T, m_nu, N_0))


@d.step(
    r"V_{\mathrm{FD}}(r)",
    check.dimension(1),
    integral(2 / (sp.exp(k / T) + 1)),
    check.limit(r, ZERO, -7 * sp.pi * COUPLING * T**4 / (90 * r), rate=2),
)
def fermi_dirac():
    r"""Massless neutrinos and antineutrinos in equilibrium, $n_\pm=1/(e^{k/T}+1)$."""
    return potential_of(isotropic_operator("dirac", ZERO), transform.fermi_dirac_pair(T, ZERO, ZERO))


@d.step(
    r"V_{\mathrm{FD}}(r)+V_0(r)",
    check.dimension(1),
    check.sign(True, when="the sum repels at every distance"),
    check.limit(r, sp.oo, COUPLING * T**2 / (sp.pi * r**3) * sp.exp(-2 * sp.pi * r * T)),
)
def screened(fermi_dirac, massless_vacuum):
    r"""Together with the vacuum the force is screened beyond $1/2\pi T$: $n_++n_-\to1$ at $k\to0$, where Pauli's principle
    leaves nothing of the vacuum's force. Boltzmann's distribution with $N_0=2$ would turn it round instead.
    """
    return sp.factor_terms(sp.expand(fermi_dirac + massless_vacuum))


@d.step(
    r"V_{\mathrm{FD}}(r)\big|_\mu",
    check.dimension(1),
    integral(1 / (sp.exp((k - mu) / T) + 1) + 1 / (sp.exp((k + mu) / T) + 1)),
    check.residual(lambda V, fermi_dirac: V.subs(mu, 0) - fermi_dirac, "without chemical potential the form above"),
)
def with_chemical_potential():
    r"""With the chemical potential $\mu$ for neutrinos and $-\mu$ for antineutrinos."""
    return potential_of(isotropic_operator("dirac", ZERO), transform.fermi_dirac_pair(T, mu, ZERO))


@d.step(
    r"V_{\mathrm{deg}}(r)",
    check.dimension(1),
    integral(sp.Integer(1), upper=k_F),
    check.limit(r, ZERO, -COUPLING * k_F**4 / (6 * sp.pi**3 * r), rate=2),
)
def degenerate():
    r"""Neutrinos alone, every state filled up to $k_F$."""
    return potential_of(isotropic_operator("dirac", ZERO), transform.degenerate(k_F))


@d.step(r"V_{\mathrm{deg}}(r)+V_0(r)", check.dimension(1), check.limit(k_F, ZERO, lambda massless_vacuum: massless_vacuum))
def friedel(degenerate, massless_vacuum):
    r"""With the vacuum only the oscillation of Friedel's kind is left; the force changes its sign."""
    return sp.factor_terms(sp.expand(degenerate + massless_vacuum))


@d.step(r"V_{\mathrm{pinched}}(r)", check.dimension(1), integral((k / T) ** p * sp.exp(-k / T)))
def pinched():
    r"""A pinched spectrum, $n_++n_-=(k/T)^pe^{-k/T}$."""
    return potential_of(isotropic_operator("dirac", ZERO), transform.pinched(p, T))


@d.step(
    r"V_{\mathrm{FD}}(r)+V_0(r)\big|_{m_\nu}",
    check.dimension(1),
    check.brute_force(matsubara_route(majorana=False), "Matsubara's sum with explicit matrices", digits=25, of=truncated_sums),
)
def massive_fermi_dirac(dirac_vacuum):
    r"""Massive Dirac neutrinos in equilibrium, with the vacuum: the poles of $1-n_+-n_-=\tanh(E/2T)$ are Matsubara's
    frequencies $i(2n+1)\pi T$, and each gives one exponential.
    """
    background = potential_of(isotropic_operator("dirac", m_nu), transform.fermi_dirac_pair(T, ZERO, m_nu))
    return with_vacuum(background, dirac_vacuum)


@d.step(
    r"V_{\mathrm{FD}}(r)+V_0(r)\big|_{\mathrm{Majorana}}",
    check.dimension(1),
    check.brute_force(matsubara_route(majorana=True), "Matsubara's sum with explicit matrices", digits=25, of=truncated_sums),
)
def majorana_fermi_dirac(majorana_vacuum):
    r"""The same for Majorana neutrinos."""
    background = potential_of(isotropic_operator("majorana", m_nu), transform.fermi_dirac_pair(T, ZERO, m_nu))
    return with_vacuum(background, majorana_vacuum)
