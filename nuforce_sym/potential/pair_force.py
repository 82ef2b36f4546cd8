r"""The force of any pair of particles: from the interaction to the potential with its spins.

    \mathcal V = \int_{4m^2}^\infty ds\,\frac{d\mathcal V}{ds}, \qquad
    \frac{d\mathcal V}{ds} = -\frac{c_1c_2}{4E_1E_2}\,\frac{J_1\cdot\rho(s)\cdot J_2}{s+q^2}

Every mass \sqrt s of the pair acts like one particle of that mass. Polynomials in q^2 are contact terms, which the
four-fermion operators do not determine; they are left out.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.exchange import conserve_vector_current
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.amplitude.pair import TENSOR, PairDensity, PairInteraction, pair_amplitude, spectral_density
from nuforce_sym.dirac import contract3, nonrelativistic
from nuforce_sym.dirac.nonrel import TRANSFER
from nuforce_sym.potential.operators import position_operators
from nuforce_sym.potential.spectral import SpectralDensity, radial_function
from nuforce_sym.potential.spin_amplitude import collected, spin_amplitude, truncated
from nuforce_sym.spatial import Component3, Dot3, Index3
from nuforce_sym.symbols import symbols

q, r, t = symbols("q r t")
_I = Index3("i")


def pair_spin_amplitude(
    interaction: PairInteraction, first: Field, second: Field, *, order: int = 0, density: PairDensity | None = None
) -> sp.Expr:
    r"""Return d\mathcal V/dt(q, P) at the pair's squared mass t, to order 1/m^{order}, without contact terms.

    ``density`` is `spectral_density` of the interaction's operator, computed where it is not given.

    Raises:
        InputError: a fermion does not couple to the pair, or the order is no whole number from 0.
        NotDerivable: no reduction is known for one of the lines.
    """
    density = spectral_density(interaction.operator, t) if density is None else density
    if interaction.operator.rank == TENSOR:
        amplitude = _tensor_amplitude(interaction, density, first, second, order)
    else:
        transfer = sp.Dummy("t", positive=True)
        covariant = conserve_vector_current(pair_amplitude(interaction, density, first, second, transfer, t))
        amplitude = spin_amplitude(covariant, transfer, order=order)
    return _without_contact(amplitude)


def pair_potential(
    interaction: PairInteraction, first: Field, second: Field, *, order: int = 0, density: PairDensity | None = None
) -> sp.Expr:
    r"""Return V as an operator in \sigma_1, \sigma_2, p, L and \hat r, to order 1/m^{order}.

    Raises:
        InputError, NotDerivable: as `pair_spin_amplitude`; NotDerivable also where there is no closed form in Bessel
            functions.
    """
    threshold = 4 * interaction.operator.field.mass**2
    amplitude = pair_spin_amplitude(interaction, first, second, order=order, density=density)

    def transform(falling: sp.Expr) -> sp.Expr:
        return radial_function(SpectralDensity(sp.cancel(falling * (q**2 + t)), t, threshold), r)

    return position_operators(amplitude, q, transform)


def _without_contact(amplitude: sp.Expr) -> sp.Expr:
    r"""Put q^2 = -t in the numerators: the rest cancels the pole and is a contact term."""
    expanded = collected(amplitude * (q**2 + t))
    return collected(sp.expand(expanded.subs(q, sp.sqrt(-t))) / (q**2 + t))


def _tensor_amplitude(interaction: PairInteraction, density: PairDensity, first: Field, second: Field, order: int) -> sp.Expr:
    r"""With J^{ij} = \epsilon^{ijk}T^k and J^{0j} = T_0^j, q^0 = 0:

    J_1J_2 = 2\,(T_1T_2 - T_{01}T_{02}),\quad
    J_{1\mu\alpha}q^\alpha J_2^{\mu\beta}q_\beta = (T_{01}q)(T_{02}q) - q^2\,T_1T_2 + (qT_1)(qT_2).
    """
    ((_, c_1),), ((_, c_2),) = interaction.of(first), interaction.of(second)
    one, two = ({tag: nonrelativistic(tag, order, index=_I).for_particle(n) for tag in ("T", "T0")} for n in (1, 2))

    def product(tag: str) -> sp.Expr:
        return contract3(sp.expand(one[tag] * two[tag]))

    def along(tag: str) -> sp.Expr:
        a, b = (contract3(sp.expand(Component3(TRANSFER, _I) * line[tag])) for line in (one, two))
        return contract3(sp.expand(a * b))

    whole = 2 * (product("T") - product("T0"))
    with_q = along("T0") - q**2 * product("T") + along("T")
    contracted = 2 * density.first * whole - 4 * density.second / t * with_q
    elastic = {Dot3(TRANSFER, TRANSFER): q**2}
    reduced = truncated(sp.expand(contracted), order).xreplace(elastic)
    return collected(sp.expand(-c_1 * c_2 * reduced) / (t + q**2))
