r"""The limits of a background's force: closer than every wavelength, and far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium import directional
from nuforce_sym.medium.distributions import Beam, FermiDirac, MaxwellBoltzmann, Relic
from nuforce_sym.medium.isotropic import radial_integrand
from nuforce_sym.medium.neutrino import g_V1, g_V2, momentum_force
from nuforce_sym.medium.spectra import Line
from nuforce_sym.symbols import symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.composition import Background

k, E_nu, r, c, n_plus, n_minus, Phi_0 = symbols("k_nu E_nu r c_alpha n_plus n_minus Phi_0")


def near(it: Background) -> sp.Expr:
    """Return the leading term at distances below the shortest wavelength, for massless neutrinos.

    Raises:
        NotDerivable: the neutrino is massive, or the distribution's moments have no closed form.
    """
    if it.mediator is not None or it.radius is not None:
        raise NotDerivable("the near limit has a rule for points and a contact force only: evaluate number() there")
    if it.mass != 0:
        raise NotDerivable("the near limit has a rule for massless neutrinos only: evaluate number() at a small distance")
    if isinstance(it.distribution, Beam):
        if it.spread is not None or it.transverse is not None:
            raise NotDerivable("the near limit of an averaged beam has no rule: take that of potential()")
        force = directional.monochromatic(it.response).subs({Phi_0: it.distribution.density, c: it.cosine})
        leading = sp.limit(sp.expand(force / E_nu * r).subs(E_nu, 1), r, 0)
        return it.charged(sp.factor(leading) * it.distribution.spectrum.mean / r)
    weight = radial_integrand(momentum_force(it.neutrino, it.symbol)) / (n_plus + n_minus)
    leading = sp.limit(sp.cancel(weight * r).rewrite(sp.exp).rewrite(sp.cos), r, 0)
    coefficient, power = sp.factor(leading).as_coeff_exponent(k)
    return it.charged(coefficient * it.distribution.moment(int(power)) * g_V1 * g_V2 / r)


def far(it: Background) -> sp.Expr:
    r"""Return the leading term at long distance: -N(k=0) times the vacuum's force, or the waves in 1/r of a beam.

    Raises:
        NotDerivable: the occupation is not smooth, or vanishes, at small momenta; or the beam is averaged.
    """
    if it.mediator is not None:
        raise NotDerivable("the far limit has a rule for a contact force only, which that of a heavy mediator becomes")
    if it.radius is not None:
        return it.points()
    if isinstance(it.distribution, Beam):
        if it.spread or it.transverse or not isinstance(it.distribution.spectrum, Line):
            raise NotDerivable("the far limit is one wave in 1/r for a monochromatic beam of one direction only")
        force = directional.monochromatic(it.response, neutrino=it.neutrino, mass=it.symbol)
        if it.mass != 0:
            raise NotDerivable("the far limit of a beam has a rule for massless neutrinos only")
        leading = directional.leading_wave(directional.in_half_angles(force.subs(Phi_0, it.distribution.density)))
        return it.charged(leading.subs({c: it.cosine, E_nu: it.distribution.spectrum.E}))
    if not isinstance(it.distribution, (MaxwellBoltzmann, FermiDirac, Relic)) or it.mass != 0:
        raise NotDerivable("far away the force is -N(0) times the vacuum's where N is smooth at k = 0, for massless neutrinos")
    return it.charged(-it.distribution.occupation(k, k).subs(k, 0) * it.vacuum())
