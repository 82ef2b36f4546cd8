"""The vocabulary: every symbol that a derivation may use, with its assumptions, LaTeX, power of energy and meaning.

Natural units, hbar = c = 1: the dimension of a quantity is the power of energy that it carries, so that a length
has -1, a mass +1 and Fermi's constant -2. One spelling per concept; `names()` lists them all.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy as sp

from nuforce_sym.errors import InputError, suggestion

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")


def check_name(name: object) -> str:
    """Return ``name`` if it may name a symbol, a kernel or a derivation; such names are printed into source text.

    Raises:
        InputError: it is no string, does not match ``[A-Za-z][A-Za-z0-9_]{0,31}``, or is a Python keyword.
    """
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot be a name: use a letter, then at most 31 letters, digits or underscores, "
            "such as 'g_V1' (its LaTeX is declared separately)"
        )
    if keyword.iskeyword(name):
        raise InputError(f"{name!r} is a Python keyword and cannot be a name: choose another, such as '{name}_'")
    return name


@dataclass(frozen=True)
class Quantity:
    """One line of the vocabulary."""

    symbol: sp.Symbol
    latex: str
    energy: sp.Rational
    meaning: str


def quantity(name: str, latex: str, energy: int | sp.Rational, meaning: str, **assumptions: bool) -> Quantity:
    """Declare a symbol: its name, LaTeX, power of energy, one-line meaning and SymPy assumptions."""
    return Quantity(sp.Symbol(check_name(name), **assumptions), latex, sp.Rational(energy), meaning)


_TABLE = (
    # coordinates and kinematics
    quantity("r", "r", -1, "distance between the two particles, r = |r_1 - r_2|", positive=True),
    quantity("q", "q", 1, "magnitude of the momentum transfer, q = |p_1' - p_1|", positive=True),
    quantity("t", "t", 2, "Mandelstam t, the squared four-momentum carried by the exchange", positive=True),
    quantity("k", "k", 1, "momentum of one exchanged particle in the rest frame of the pair", positive=True),
    quantity("s", "s", 1, "mass sqrt(t) of a state in the cut", positive=True),
    quantity("x", "x", 0, "dimensionless variable of integration", positive=True),
    quantity("z", "z", 0, "dimensionless distance, 2 m r for a pair of mass m", positive=True),
    quantity("nu", r"\nu", 0, "order of a Bessel function", positive=True),
    quantity("delta3_r", r"\delta^3(\mathbf{r})", 3, "Dirac's delta function of the distance vector", positive=True),
    # masses
    quantity("m_1", "m_1", 1, "mass of the first external fermion", positive=True),
    quantity("m_2", "m_2", 1, "mass of the second external fermion", positive=True),
    quantity("m_nu", r"m_\nu", 1, "neutrino mass", positive=True),
    quantity("m_phi", r"m_\phi", 1, "mass of an exchanged scalar", positive=True),
    quantity("m_e", "m_e", 1, "electron mass", positive=True),
    quantity("m_Z", "m_Z", 1, "mass of the Z boson", positive=True),
    quantity("m_A", "m_A", 1, "mass of an exchanged vector", positive=True),
    # couplings and charges
    quantity("g_1", "g_1", 0, "coupling of the first particle", real=True),
    quantity("g_2", "g_2", 0, "coupling of the second particle", real=True),
    quantity("g_V", "g_V", 0, "vector charge of a fermion in the neutral-current interaction", real=True),
    quantity("g_A", "g_A", 0, "axial charge of a fermion in the neutral-current interaction", real=True),
    quantity("g_S1", "g_{S1}", 0, "scalar coupling of the first particle", real=True),
    quantity("g_S2", "g_{S2}", 0, "scalar coupling of the second particle", real=True),
    quantity("g_P1", "g_{P1}", 0, "pseudoscalar coupling of the first particle", real=True),
    quantity("g_P2", "g_{P2}", 0, "pseudoscalar coupling of the second particle", real=True),
    quantity("mu_1", r"\mu_1", -1, "magnetic moment of the first particle", real=True),
    quantity("mu_2", r"\mu_2", -1, "magnetic moment of the second particle", real=True),
    quantity("d_1", "d_1", -1, "electric dipole moment of the first particle", real=True),
    quantity("d_2", "d_2", -1, "electric dipole moment of the second particle", real=True),
    quantity("g_V1", "g_{V1}", 0, "vector charge of the first particle", real=True),
    quantity("g_V2", "g_{V2}", 0, "vector charge of the second particle", real=True),
    quantity("g_A1", "g_{A1}", 0, "axial charge of the first particle", real=True),
    quantity("g_A2", "g_{A2}", 0, "axial charge of the second particle", real=True),
    quantity("v_1", "v_1", 0, "vector coupling of the first particle", real=True),
    quantity("v_2", "v_2", 0, "vector coupling of the second particle", real=True),
    quantity("a_1", "a_1", 0, "axial coupling of the first particle", real=True),
    quantity("a_2", "a_2", 0, "axial coupling of the second particle", real=True),
    quantity("g", "g", 0, "weak SU(2) coupling", positive=True),
    quantity("g_Ve", "g_V^e", 0, "vector charge of the electron, T_3 - 2 Q sin^2 theta_W", real=True),
    quantity("g_Ae", "g_A^e", 0, "axial charge of the electron, T_3", real=True),
    quantity("g_VN", "g_V^N", 0, "vector charge of the nucleus", real=True),
    quantity("g_AN", "g_A^N", 0, "axial charge of the nucleus", real=True),
    quantity("G_A", "G_A", 0, "axial coupling of the nucleon in neutron decay", positive=True),
    quantity("Q_1", "Q_1", 0, "electric charge of the first particle in units of e", real=True),
    quantity("Q_2", "Q_2", 0, "electric charge of the second particle in units of e", real=True),
    quantity("e", "e", 0, "elementary charge, e^2 = 4 pi alpha", positive=True),
    quantity("alpha", r"\alpha", 0, "fine-structure constant", positive=True),
    quantity("G_F", "G_F", -2, "Fermi's constant", positive=True),
    quantity("G_N", "G_N", -2, "Newton's constant", positive=True),
    *(quantity(f"O_{n}", rf"\mathcal{{O}}_{{{n}}}", 0, f"operator {n} of Dobrescu and Mocioiu") for n in range(1, 17)),
    quantity("cos_theta_W", r"c_W", 0, "cosine of the weak mixing angle, cos theta_W = m_W/m_Z", positive=True),
    quantity("sin2_theta_W", r"\sin^2\theta_W", 0, "weak mixing angle, in a scheme that the user names", positive=True),
)

_VACUUM: tuple[Quantity, ...] = (
    quantity("cos_theta", r"\cos\theta", 0, "cosine of the angle between two momenta", real=True),
    quantity("m_chi", r"m_\chi", 1, "mass of each particle of an exchanged pair", positive=True),
    *(
        quantity(
            f"C{d}_{a}", rf"C^{{({d})}}_{a}", 4 - d, f"coefficient of the dimension-{d} operator, {which} particle", real=True
        )
        for d in (5, 6, 7)
        for a, which in ((1, "first"), (2, "second"))
    ),
    # two different masses in the cut, and the shortest distances
    quantity("m_i", "m_i", 1, "mass of the first particle of a pair", positive=True),
    quantity("m_j", "m_j", 1, "mass of the second particle of a pair", positive=True),
    quantity("mu", r"\mu", 1, "renormalisation scale", positive=True),
    quantity("kappa", r"\kappa", 1, "inverse length of a decaying exponential", positive=True),
)
"""General pairs of particles and short distances."""

_FLAVOUR: tuple[Quantity, ...] = (
    quantity("theta_12", r"\theta_{12}", 0, "solar mixing angle of the PMNS matrix", real=True),
    quantity("theta_13", r"\theta_{13}", 0, "reactor mixing angle of the PMNS matrix", real=True),
    quantity("theta_23", r"\theta_{23}", 0, "atmospheric mixing angle of the PMNS matrix", real=True),
    quantity("delta_CP", r"\delta_{\mathrm{CP}}", 0, "Dirac phase of the PMNS matrix", real=True),
    quantity("alpha_21", r"\alpha_{21}", 0, "Majorana phase of the second mass eigenstate", real=True),
    quantity("alpha_31", r"\alpha_{31}", 0, "Majorana phase of the third mass eigenstate", real=True),
    quantity("m_nu1", r"m_{\nu1}", 1, "mass of the first neutrino mass eigenstate", positive=True),
    quantity("m_nu2", r"m_{\nu2}", 1, "mass of the second neutrino mass eigenstate", positive=True),
    quantity("m_nu3", r"m_{\nu3}", 1, "mass of the third neutrino mass eigenstate", positive=True),
    quantity("m_W", "m_W", 1, "mass of the W boson", positive=True),
    quantity("a_e", "a^e", 0, "vector charge of the electron for one neutrino mass eigenstate", real=True),
    quantity("b_e", "b^e", 0, "axial charge of the electron for one neutrino mass eigenstate", real=True),
    quantity("a_p", "a^p", 0, "vector charge of the proton in its coupling to neutrinos", real=True),
    quantity("b_p", "b^p", 0, "axial charge of the proton in its coupling to neutrinos", real=True),
    quantity("Q_12", "Q_{12}", 0, "charges of two bodies summed over pairs of neutrinos, sum_ij a^1_ij a^2_ji", real=True),
)
"""Flavours and mass eigenstates; gravity."""

_ATOMS: tuple[Quantity, ...] = (
    quantity("a_0", "a_0", -1, "Bohr radius 1/(alpha mu) with the reduced mass mu", positive=True),
    quantity("eta", r"\eta", 0, "distance in Bohr radii, r/a_0", positive=True),
    quantity("Z", "Z", 0, "charge of the nucleus in units of e", positive=True, integer=True),
    quantity("n", "n", 0, "principal quantum number", positive=True, integer=True),
    quantity("l", "l", 0, "orbital momentum; of a pair of states the lower one", nonnegative=True, integer=True),
)
"""Radial and angular integrals."""

_LEVELS: tuple[Quantity, ...] = (
    quantity("j", "j", 0, "total angular momentum of the bound electron", positive=True),
    quantity("F", "F", 0, "total angular momentum of the atom", nonnegative=True),
    quantity("n_r", "n_r", 0, "radial quantum number", nonnegative=True),
    quantity("gamma_D", r"\gamma", 0, "Dirac's exponent, sqrt((j + 1/2)^2 - (Z alpha)^2)", positive=True),
    quantity("E_D", "E", 1, "energy of Dirac's electron in the Coulomb field, rest mass included", positive=True),
    quantity("g_p", "g_p", 0, "g factor of the proton", positive=True),
    quantity("m_p", "m_p", 1, "mass of the proton", positive=True),
    quantity("D_A", "D", 1, "energy of a state above the one that parity violation mixes into it", real=True),
    quantity(
        "D_below", r"D_\Delta", 1, "energy of the state that parity violation mixes in, above the mixed one", positive=True
    ),
    quantity("D_fs", r"D_{\mathrm{fs}}", 1, "interval of two states of one l, the higher j above the lower", positive=True),
    quantity("beta_hf", r"\beta", 0, "amplitude by which hyperfine structure mixes two states of one l", real=True),
    quantity("mu_a", r"\mu", 0, "neutrino mass in units of the inverse Bohr radius, m_nu a_0", positive=True),
    quantity("U2_e", "|U_{ei}|^2", 0, "electron flavour's share in one neutrino mass eigenstate", nonnegative=True),
    quantity("R_PV", "R", 0, "Im(E1_PV/M1), small", real=True),
    quantity("M1", r"\mathcal{M}", 0, "amplitude of a magnetic dipole transition", real=True),
    quantity("N_a", r"\mathcal{N}", 0, "refractivity per squared amplitude", positive=True),
    quantity("n_bar", r"\bar n", 0, "mean refractive index of both circular polarizations", positive=True),
    quantity("L_path", "L", -1, "length of the path of light through a vapour", positive=True),
    quantity("lambda_0", r"\lambda", -1, "wavelength of light in vacuum", positive=True),
)
"""Levels, transitions and optical rotation."""

_MEDIA: tuple[Quantity, ...] = (
    quantity("E_nu", r"E_\nu", 1, "energy of a neutrino of the background", positive=True),
    quantity("k_nu", r"k_\nu", 1, "momentum of a neutrino of the background", positive=True),
    quantity("k_dot_q", r"(\mathbf{k}\cdot\mathbf{q})", 2, "product of a background momentum and the transfer", real=True),
    quantity("c_alpha", r"c_\alpha", 0, "cosine of the angle alpha between the background's momentum and r", real=True),
    quantity("alpha_r", r"\alpha", 0, "angle between the background's momentum and r", positive=True),
    quantity("n_plus", "n_+", 0, "occupation number of a neutrino state of momentum k", positive=True),
    quantity("n_minus", "n_-", 0, "occupation number of an antineutrino state of momentum k", positive=True),
    quantity("n_nu", r"n_\nu", 3, "number density of the background per spin state", positive=True),
    quantity("Phi_0", r"\Phi_0", 3, "number density of a directional background, flux over velocity", positive=True),
    quantity("N_0", "N_0", 0, "occupation number at zero energy of a Boltzmann distribution", positive=True),
    quantity("T_nu", "T", 1, "temperature of the background", positive=True),
    quantity("mu_nu", r"\mu", 1, "chemical potential of the neutrinos, minus that of the antineutrinos", real=True),
    quantity("k_F", "k_F", 1, "Fermi momentum of a degenerate background", positive=True),
    quantity("p_nu", "p", 0, "power of a pinched spectrum, (k/T)^p exp(-k/T)", positive=True),
    quantity("s_nu", "s", 0, "exponent of occupation numbers that fall as a power, (k/k_0)^(-s)", positive=True),
    quantity("k_0", "k_0", 1, "momentum at which occupation numbers that fall as a power are 1", positive=True),
    quantity("mu_size", r"|\mu|", 1, "size of the chemical potential of one species of neutrinos", positive=True),
    quantity("sigma_E", r"\sigma_E", 1, "standard deviation of the background's energy", positive=True),
    quantity("b_path", "b", -1, "(1 - cos alpha) r or (1 + cos alpha) r, whose product with E is a phase", positive=True),
    quantity("w_E", "w_E", 1, "half the width of a box of energies", positive=True),
    quantity("kappa_beam", r"\kappa", 0, "concentration of a von Mises-Fisher distribution of directions", positive=True),
    quantity("sigma_perp", r"\sigma_\perp", -1, "standard deviation of the separation across the beam", positive=True),
    quantity("w_p", r"w(\mathbf{p})", 0, "amplitude of a wave packet at the momentum p, in a box"),
    quantity("w_k_star", r"w^*(\mathbf{k})", 0, "conjugate amplitude of a wave packet at the momentum k, in a box"),
    quantity("delta_pk", r"\delta_{\mathbf{p}\mathbf{k}}", 0, "1 where p = k in a box; (2 pi)^3 delta^3(p - k) per volume"),
    quantity("M_med", "M", 1, "mass of a mediator between the bodies and the neutrinos", positive=True),
    quantity("Delta_med", r"\Delta", 1, "mass of both kinds of propagators combined by Feynman's parameter", positive=True),
    quantity("b_ray", "b", 1, "2 |k.q|/q, where the amplitude along a direction of q is singular", positive=True),
    quantity("y_ray", "y", -1, "|r.q|/q, the distance along a direction of q", positive=True),
    quantity("q_L", "q_L", 1, "transfer along the beam", positive=True),
    quantity("q_T", "q_T", 1, "size of the transfer across the beam", positive=True),
    quantity("a_body", "a", -1, "radius of a body", positive=True),
    quantity("L_coh", "L", 0, "E a^2/r, a body's size squared over that of the first Fresnel zone", positive=True),
    quantity("sigma_k", r"\sigma_k", 1, "standard deviation of each component of a packet's momentum", positive=True),
    quantity("A_phi", r"A_\phi", 1, "amplitude of a classical oscillating scalar field", positive=True),
    quantity("t_lab", "x^0", -1, "time", real=True),
    quantity("phase_1", r"(\mathbf{k}\cdot\mathbf{x}_1)", 0, "phase of a classical wave at the first body", real=True),
)
"""Distributions and directions."""

_FLUXES: tuple[Quantity, ...] = (
    quantity(
        "sin2_half_alpha",
        r"\sin^2\tfrac{\alpha}{2}",
        0,
        "sin^2(alpha/2) of the angle alpha between the flux and r",
        nonnegative=True,
    ),
    quantity("rho", r"\rho", -1, "displacement across the beam", positive=True),
)
"""Real fluxes and experiments."""

VOCABULARY: Mapping[str, Quantity] = MappingProxyType(
    {entry.symbol.name: entry for entry in (*_TABLE, *_VACUUM, *_FLAVOUR, *_ATOMS, *_LEVELS, *_MEDIA, *_FLUXES)}
)


def names() -> Iterator[str]:
    """Return the declared names in alphabetical order."""
    return iter(sorted(VOCABULARY))


def symbol(name: str) -> sp.Symbol:
    """Return the declared symbol called ``name``.

    Raises:
        InputError: no such symbol is declared; the message suggests the nearest one.
    """
    return lookup(name).symbol


def symbols(spec: str) -> tuple[sp.Symbol, ...]:
    """Return the declared symbols named in a blank-separated string: ``r, m_nu = symbols("r m_nu")``."""
    return tuple(symbol(name) for name in spec.split())


def lookup(name: str) -> Quantity:
    """Return the vocabulary's line for ``name``; raises `InputError` as `symbol` does."""
    try:
        return VOCABULARY[name]
    except KeyError:
        raise InputError(f"no symbol {name!r} is declared{suggestion(name, VOCABULARY)}") from None


def energy_powers() -> dict[sp.Symbol, sp.Rational]:
    """Return the power of energy of every declared symbol."""
    return {entry.symbol: entry.energy for entry in VOCABULARY.values()}
