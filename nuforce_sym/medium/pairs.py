r"""Forces by pairs of other particles in a background: a static source couples to a bilinear of a light field.

    H_a = C_a\,O(\mathbf x_a),\qquad O = \bar\psi\Gamma\psi,\quad \tfrac12\phi^2,\quad \phi^*\phi,\quad i\phi^*\dot\phi+h.c.

V/(C_1C_2) comes from the same loop with one occupied line as for neutrinos. For bosons the occupied part of the
propagator has the other sign, the loop no -1, and the vacuum counts +\tfrac12 in n_\pm.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.loop import loop_prefactor
from nuforce_sym.amplitude.medium import REST, CrossTerms, K, P, occupied_poles, sum_of_lines
from nuforce_sym.amplitude.occupation import BOSONS, FERMIONS
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.lorentz import Dot
from nuforce_sym.medium.isotropic import potential_of, radial_integrand, sine_operator
from nuforce_sym.medium.response import force_of_momentum
from nuforce_sym.medium.sine_transform import vacuum
from nuforce_sym.potential.bickley import in_bessel_functions
from nuforce_sym.symbols import symbols

m_nu, n_plus, n_minus = symbols("m_nu n_plus n_minus")

_FERMION: dict[str, Any] = {
    "scalar": 1,
    "pseudoscalar": sp.I * dirac.gamma5,
    "vector": dirac.slash(REST),
    "axial": dirac.slash(REST) * dirac.gamma5,
    "left-handed": dirac.slash(REST) * (1 - dirac.gamma5),
}
_BOSON = ("real scalar", "complex scalar", "scalar current")
BILINEARS = (*_FERMION, *_BOSON)
r"""O in this order: \bar\psi\psi, \bar\psi i\gamma_5\psi, \psi^\dagger\psi, \bar\psi\gamma^0\gamma_5\psi,
\bar\psi\gamma^0(1-\gamma_5)\psi; \tfrac12\phi^2, \phi^*\phi, i\phi^*\dot\phi+h.c. For the real scalar n_+ = n_- is the
occupation of its one kind of particle.
"""


def statistics(bilinear: str) -> int:
    """Return FERMIONS or BOSONS; raises `InputError` for an unknown bilinear."""
    if bilinear not in BILINEARS:
        raise InputError(f"no bilinear {bilinear!r}; known: {', '.join(BILINEARS)}{suggestion(str(bilinear), BILINEARS)}")
    return FERMIONS if bilinear in _FERMION else BOSONS


@cache
def pair_terms(bilinear: str, mass: sp.Expr) -> CrossTerms:
    r"""Return the static amplitude \mathcal V/(C_1C_2) for one momentum of the background.

    Raises:
        InputError: the bilinear is unknown.
    """
    minus = sp.Integer(-1)
    if statistics(bilinear) == FERMIONS:
        vertex = _FERMION[bilinear]
        trace = dirac.trace(vertex * (dirac.slash(K) + mass) * vertex * (dirac.slash(P) + mass)).expr
        return sum_of_lines(trace, loop_prefactor(minus, minus), mass, occupied_poles())
    closed_loop_of_fermions = sp.Integer(-1)
    prefactor = loop_prefactor(minus, minus) / closed_loop_of_fermions
    if bilinear == "real scalar":
        # the two contractions of each vertex make up for its 1/2; the loop's two lines are interchangeable
        return sum_of_lines(sp.Integer(1), prefactor / 2, mass, occupied_poles(BOSONS))
    frequencies = Dot(K, REST) + Dot(P, REST)
    vertices = frequencies**2 if bilinear == "scalar current" else sp.Integer(1)
    return sum_of_lines(vertices, prefactor, mass, occupied_poles(BOSONS))


@cache
def pair_force(bilinear: str, mass: sp.Expr, response: str = "symmetric") -> sp.Expr:
    r"""Return v in V=C_1C_2\int\frac{d^3k}{(2\pi)^3}\,v(k,\cos\alpha,r); see `medium.response`.

    Raises:
        InputError: the bilinear or the response is unknown.
    """
    return force_of_momentum(pair_terms(bilinear, mass), response)


@cache
def pair_operator(bilinear: str, mass: sp.Expr) -> sp.Expr:
    """Return V/(C_1 C_2) of an isotropic background as a differential expression in the sine transform S(r).

    Raises:
        InputError: the bilinear is unknown.
    """
    return sine_operator(radial_integrand(pair_force(bilinear, mass)), mass)


def pair_vacuum(bilinear: str, mass: sp.Expr) -> sp.Expr:
    r"""Return V/(C_1C_2) in the vacuum: n_++n_-\to-1 for fermions and +1 for bosons.

    Raises:
        InputError: the bilinear is unknown.
    """
    found = potential_of(statistics(bilinear) * pair_operator(bilinear, mass), vacuum(mass))
    return found if mass == 0 else in_bessel_functions(found)
