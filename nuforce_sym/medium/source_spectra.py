r"""Energy spectra of the sources, normalised to one, and their means.

* line: \delta(E - E_0);
* beta: an allowed beta spectrum of endpoint Q, E^2(Q-E+m_e)\sqrt{(Q-E+m_e)^2-m_e^2}, without Coulomb correction;
* pinched: E^pe^{-E/T} with \langle E\rangle = (p+1)T.

The force along a beam goes with \langle E\rangle; where angles are averaged too, \langle 1/E\rangle is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.integrate import quad

from nuforce_sym.constants import constant
from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium.fluxes import Source

Density = Callable[[float], float]


def density(source: Source) -> Density:
    """Return the normalised spectrum dN/dE, in 1/GeV, of E in GeV.

    Raises:
        NotDerivable: the source has a line, or the data hold its mean energy alone.
    """
    if source.spectrum == "beta":
        Q = source["endpoint"].natural
        norm, _ = quad(_beta, 0.0, Q, args=(Q,), epsabs=0.0, epsrel=1e-12)
        return lambda E: _beta(E, Q) / norm
    if source.spectrum == "pinched" and source.pinching is not None:
        p, T = source.pinching, source["energy"].natural / (source.pinching + 1)
        return lambda E: (E / T) ** p * math.exp(-E / T) / (T * math.gamma(p + 1)) if E >= 0 else 0.0
    raise NotDerivable(
        f"the spectrum of {source.name!r} is given as {source.spectrum!r}: there is no density dN/dE in the data"
    )


def mean(source: Source, power: int = 1) -> float:
    r"""Return \langle E^n\rangle in GeV^n, n = ``power``; of a line or of a mean energy that energy's power.

    Raises:
        NotDerivable: only the mean energy is known, and n is not 1; or the mean diverges.
    """
    if source.spectrum == "line" or (source.spectrum == "mean" and power == 1):
        return float(source["energy"].natural ** power)
    if source.spectrum == "pinched" and source.pinching is not None and power > -source.pinching - 1:
        p, T = source.pinching, source["energy"].natural / (source.pinching + 1)
        return float(T**power * math.gamma(p + 1 + power) / math.gamma(p + 1))
    if source.spectrum == "beta" and power >= -2:
        N, Q = density(source), source["endpoint"].natural
        return float(quad(lambda E: E**power * N(E), 0.0, Q, epsabs=0.0, epsrel=1e-11)[0])
    raise NotDerivable(f"<E^{power}> of {source.name!r} does not follow from its data (spectrum {source.spectrum!r})")


def _beta(E: float, Q: float) -> float:
    m = float(constant("m_e")) * 1e-3
    W = Q - E + m
    return E**2 * W * math.sqrt(max(W * W - m * m, 0.0)) if 0 <= E <= Q else 0.0
