"""The kinds of neutrino that a background may consist of, and their force for one momentum."""

from __future__ import annotations

from functools import cache

import sympy as sp

from nuforce_sym.amplitude.interaction import Field, Interaction, neutral_current
from nuforce_sym.amplitude.loop import loop_bilinear
from nuforce_sym.amplitude.medium import CrossTerms, cross_terms
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.medium.response import force_of_momentum
from nuforce_sym.symbols import symbols

m_1, m_2, G_F, g_V1, g_V2, g_A1, g_A2 = symbols("m_1 m_2 G_F g_V1 g_V2 g_A1 g_A2")
_HALF = sp.Rational(1, 2)
PSI_1, PSI_2 = Field("psi_1", r"\psi_1", _HALF, m_1), Field("psi_2", r"\psi_2", _HALF, m_2)

NEUTRINOS = ("dirac", "majorana", "left-helical", "right-helical")
r"""Dirac neutrinos of both helicities alike; Majorana neutrinos; Dirac neutrinos of helicity -1/2 or +1/2 alone, as in the
cosmic background, where production left only left-helical ones. Massless, all but the last are one.
"""
_HELICITY = {"left-helical": -1, "right-helical": 1}


def checked_neutrino(neutrino: str) -> str:
    """Return the name of a kind of neutrino; raises `InputError` for any other."""
    if neutrino not in NEUTRINOS:
        raise InputError(f"neutrino={neutrino!r} must be one of {', '.join(NEUTRINOS)}{suggestion(str(neutrino), NEUTRINOS)}")
    return neutrino


def interaction(neutrino: str, mass: sp.Expr) -> Interaction:
    r"""Return -\frac{G_F}{\sqrt2}\sum_a[\bar\psi_a\gamma_\mu(g_V-g_A\gamma_5)\psi_a][\bar\nu\gamma^\mu(1-\gamma_5)\nu]."""
    nu = Field("nu", r"\nu", _HALF, mass, self_conjugate=checked_neutrino(neutrino) == "majorana")
    return neutral_current(G_F, nu, (PSI_1, g_V1, g_A1), (PSI_2, g_V2, g_A2))


@cache
def amplitude(neutrino: str, mass: sp.Expr) -> CrossTerms:
    r"""Return the static amplitude, per unit charges, for one momentum of the background.

    Raises:
        InputError: the kind is unknown, or a massless neutrino of the wrong helicity is asked for.
    """
    lagrangian = interaction(neutrino, mass)
    helicity = _HELICITY.get(neutrino)
    if mass == 0 and helicity is not None:
        if helicity == 1:
            raise InputError("a massless neutrino of helicity +1/2 does not couple: there is no force in such a background")
        helicity = None
    (c_1, _, loop_1), (c_2, _, loop_2) = (loop_bilinear(lagrangian, psi) for psi in (PSI_1, PSI_2))
    return cross_terms(c_1, c_2, loop_1, loop_2, helicity=helicity)


@cache
def momentum_force(neutrino: str, mass: sp.Expr, response: str = "symmetric") -> sp.Expr:
    r"""Return v in V=g_Vg_V'\int\frac{d^3k}{(2\pi)^3}v(k,\cos\alpha,r) for a kind of neutrino; see `response`."""
    return force_of_momentum(amplitude(neutrino, mass), response)
