r"""The cosmic neutrino background as numbers: a massless Fermi gas at \mu = 0, neutrinos and antineutrinos of one flavour.

The closed form cancels as y^4 with y = 2\pi rT where r is short, so it is evaluated with as many digits as that takes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import mpmath as mp
import sympy as sp

from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of
from nuforce_sym.symbols import symbols

r, T, G_F, g_V1, g_V2 = symbols("r T_nu G_F g_V1 g_V2")
DIGITS = 20


@cache
def formula() -> sp.Expr:
    """Return the potential of the gas, without the force in the vacuum."""
    zero = sp.Integer(0)
    return potential_of(isotropic_operator("dirac", zero), sine_transform.fermi_dirac_pair(T, zero, zero))


@cache
def _function() -> Callable[..., mp.mpf]:
    return sp.lambdify((r, T, G_F, g_V1, g_V2), formula(), "mpmath")  # type: ignore[no-any-return]


def potential(distance: float, temperature: float, fermi: float, first: float, second: float) -> float:
    """Return the potential in GeV for quantities in powers of GeV, correct to a double's digits."""
    y = 2 * math.pi * distance * temperature
    lost = max(0.0, -4 * math.log10(y)) if y > 0 else 0.0
    with mp.workdps(DIGITS + int(lost) + 5):
        return float(_function()(*(mp.mpf(v) for v in (distance, temperature, fermi, first, second))))
