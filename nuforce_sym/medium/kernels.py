"""Which exported kernel a background is, and with which arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sympy as sp

from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import spectra
from nuforce_sym.medium.directions import Cone, VonMisesFisher
from nuforce_sym.medium.distributions import Beam, FermiDirac, MaxwellBoltzmann, PinchedGas, Relic
from nuforce_sym.medium.special_gases import PowerLaw, Shell
from nuforce_sym.medium.spectra import Line
from nuforce_sym.symbols import symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.composition import Background


def kernel_of(it: Background, *, vacuum: bool = False) -> tuple[str, Mapping[str, sp.Expr]]:
    """Return the name of the background's exported kernel, and its arguments besides r, G_F and the charges.

    Raises:
        NotDerivable: no kernel of that background is exported.
    """
    d = it.distribution
    plain = it.mediator is None and it.radius is None and it.spread is None and it.transverse is None
    if it.spread is not None and not vacuum:
        return _spread_beam(it)
    if plain and it.mass != 0 and (found := _massive(it, vacuum=vacuum)) is not None:
        return found
    if plain and it.mass == 0 and not vacuum:
        match d:
            case FermiDirac(T=T, mu=mu, antineutrinos=True) if mu == 0:
                return "thermal_gas", {"T_nu": T}
            case FermiDirac(T=T, mu=mu, antineutrinos=True):
                return "asymmetric_gas", {"T_nu": T, "mu_nu": mu}
            case FermiDirac(T=T, mu=mu) if mu.is_positive or mu.is_negative:
                return "species_gas_above" if mu.is_positive else "species_gas_below", {"T_nu": T, "mu_size": abs(mu)}
            case Relic(T=T):
                return "thermal_gas", {"T_nu": T}
            case MaxwellBoltzmann(T=T, N_0=N_0):
                return "boltzmann_gas", {"T_nu": T, "N_0": N_0}
            case PinchedGas(p=p, T=T, N_0=N_0) if p == 0:
                return "boltzmann_gas", {"T_nu": T, "N_0": N_0}
            case PinchedGas(p=p, T=T):
                return "pinched_gas", {"T_nu": T, "p_nu": p, "n_nu": d.moment(2) / (2 * sp.pi**2)}
            case PowerLaw(s=s, k_0=k_0):
                return "power_law_gas", {"k_0": k_0, "s_nu": s}
            case Shell(k_0=k_0, density=density):
                return "momentum_shell", {"k_nu": k_0, "n_nu": density}
            case Beam(spectrum=Line(E=E), density=density):
                name = "directional_flux" if it.response == "symmetric" else "directional_flux_retarded"
                return name, {"E_nu": E, "sin2_half_alpha": (1 - it.cosine) / 2, "Phi_0": density}
            case Beam() if it.response == "symmetric":
                return _averaged_beam(d, (1 - it.cosine) / 2)
    with_it = " with the vacuum" if vacuum else ""
    raise NotDerivable(f"no kernel of this background of {type(d).__name__}{with_it} is exported: use number() or function()")


def _massive(it: Background, *, vacuum: bool) -> tuple[str, Mapping[str, sp.Expr]] | None:
    """The kernel of a gas of massive neutrinos, or None."""
    if it.neutrino not in ("dirac", "majorana"):
        return None
    suffix = "_majorana" if it.neutrino == "majorana" else ""
    match it.distribution:
        case MaxwellBoltzmann(T=T, N_0=N_0) if not vacuum:
            return f"massive_boltzmann_gas{suffix}", {"m_nu": it.mass, "T_nu": T, "N_0": N_0}
        case FermiDirac(T=T, mu=mu, antineutrinos=True) if vacuum and mu == 0:
            return f"massive_fermi_gas{suffix}", {"m_nu": it.mass, "T_nu": T}
    return None


def _spread_beam(it: Background) -> tuple[str, Mapping[str, sp.Expr]]:
    """The kernel of a beam of one energy with a spread of directions."""
    match it.distribution, it.spread:
        case Beam(spectrum=Line(E=E), density=density), Cone(half_angle=angle) if it.response == "symmetric":
            return "beam_cone", {"E_nu": E, "sin2_half_alpha": sp.sin(angle / 2) ** 2, "Phi_0": density}
        case Beam(spectrum=Line(E=E), density=density), VonMisesFisher(kappa=kappa) if it.response == "symmetric":
            return "beam_von_mises_fisher", {"E_nu": E, "kappa_beam": kappa, "Phi_0": density}
    raise NotDerivable(f"no kernel of a beam with the directions {it.spread} is exported: use number() or function()")


def _averaged_beam(beam: Beam, sin2_half_alpha: sp.Expr) -> tuple[str, Mapping[str, sp.Expr]]:
    """The kernel of a beam with a spread of energies."""
    common = {"sin2_half_alpha": sin2_half_alpha, "Phi_0": beam.density}
    match beam.spectrum:
        case spectra.Gaussian(E_0=E_0, sigma=sigma):
            return "beam_gaussian", {"E_nu": E_0, "sigma_E": sigma, **common}
        case spectra.Box(E_1=E_1, E_2=E_2):
            return "beam_box", {"E_nu": (E_1 + E_2) / 2, "w_E": (E_2 - E_1) / 2, **common}
        case spectra.Pinched(p=p, T=T):
            return "beam_pinched", {"T_nu": T, "p_nu": p, **common}
        case spectra.FermiDirac(T=T):
            return "beam_thermal", {"T_nu": T, **common}
    raise NotDerivable(f"no kernel of a beam with the spectrum {beam.spectrum} is exported: use number() or function()")


def placed_kernel(it: Background, at: Mapping[sp.Symbol, Any], *, vacuum: bool = False) -> tuple[str, dict[str, float]]:
    """Return the kernel's name and all its arguments but r, rounded to double precision; the charges' sum is in g_V1.

    Raises:
        InputError: a symbol is left without a value.
        NotDerivable: no kernel of that background is exported.
    """
    name, arguments = kernel_of(it, vacuum=vacuum)
    (G_F,) = symbols("G_F")
    given = {**arguments, "G_F": G_F, "g_V1": it.charges, "g_V2": sp.Integer(1)}
    placed = {key: value.xreplace(dict(at)) for key, value in given.items()}
    left = sorted({s.name for value in placed.values() for s in value.free_symbols})
    if left:
        raise InputError(f"the kernel {name} needs values for {', '.join(left)}: give them by name")
    return name, {key: float(sp.N(value, 20)) for key, value in placed.items()}
