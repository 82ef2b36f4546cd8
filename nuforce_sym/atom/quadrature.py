r"""The radial functionals of parity-odd operators for any potential that can be evaluated, by quadrature.

For potentials without a closed form, such as those that hold down to r << 1/m_Z and make the S-P elements finite; the
exact route is `functional`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
from flint import fmpq, fmpq_poly

from nuforce_sym.atom.radial import current, divergent, overlap
from nuforce_sym.errors import InputError, NotDerivable

Function = Callable[[mp.mpf], Any]
MAX_DIGITS = 60


def quadrature_functional(
    bra: tuple[int, int],
    ket: tuple[int, int],
    F: Function,
    *,
    functional: str = "P",
    scales: Sequence[float] = (),
    Z: int = 1,
    digits: int = 15,
) -> mp.mpf:
    r"""Return P_F, or \int\eta^2FR_1R_2d\eta, by quadrature to ``digits`` digits.

    G_F is the second of the two for the derivative dF/d\eta in place of F.

    Args:
        bra, ket: (n, l) of the two states.
        F: the potential as a function of \eta = r/a_0, an mpmath number.
        functional: "P" (with \tfrac12\{\sigma\cdot p,F\}) or "density".
        scales: distances \eta at which F changes its behaviour, such as 1/(m_Z a_0); the integral is split there.
        Z: the charge of the nucleus.
        digits: how many digits are wanted, at most 60.

    Raises:
        InputError: the functional is unknown, a scale is not positive, or ``digits`` is out of range.
        NotDerivable: the integrand grows as 1/\eta or faster below the smallest scale, or the quadrature does not settle.
    """
    if functional not in ("P", "density"):
        raise InputError(f"the functional is 'P' or 'density': got {functional!r}")
    if not 1 <= digits <= MAX_DIGITS:
        raise InputError(f"between 1 and {MAX_DIGITS} digits can be asked for: got {digits}")
    if any(not s > 0 for s in scales):
        raise InputError(f"the scales of a potential are positive distances in Bohr radii: got {list(scales)}")
    pair = overlap(*bra, *ket, Z=Z)
    polynomial, shift = (current(*bra, *ket, Z=Z), 1) if functional == "P" else (pair.density, 2)
    with mp.workdps(digits + 15):
        p, coefficients = _mpf(pair.decay), [_mpf(c) for c in polynomial.coeffs()[::-1]]

        def integrand(eta: mp.mpf) -> mp.mpf:
            return eta**shift * mp.polyval(coefficients, eta) * mp.exp(-p * eta) * F(eta)

        smallest = min([mp.mpf(s) for s in scales] + [mp.mpf(1)])
        _require_convergence(integrand, smallest / 10**6)
        points = _breaks(smallest, p, polynomial, digits)
        # mpmath's tolerance is absolute: the integrand is brought to the order of one
        size = max(abs(x * integrand(x)) for x in points[1:]) or mp.mpf(1)
        value, error = mp.quad(lambda eta: integrand(eta) / size, points, error=True)
        if not error <= abs(value) * mp.mpf(10) ** -digits:
            found = mp.nstr(abs(error / value) if value else error, 2)
            raise NotDerivable(f"the quadrature settled to a relative error of {found} only: name the potential's scales")
        root = mp.sqrt(_mpf(pair.norm)) * size
    with mp.workdps(digits):
        return value * root


def _mpf(x: fmpq) -> mp.mpf:
    return mp.mpf(int(x.p)) / int(x.q)


def _require_convergence(integrand: Function, eta: mp.mpf) -> None:
    """Refuse an integrand whose local power at small eta is -1 or less."""
    near, nearer = (abs(integrand(x)) for x in (eta, eta / 100))
    if near and nearer:
        power = mp.log(near / nearer) / mp.log(100)
        if power < mp.mpf("-0.99"):
            raise divergent(int(mp.nint(power)))


def _breaks(smallest: mp.mpf, p: mp.mpf, polynomial: fmpq_poly, digits: int) -> list[mp.mpf]:
    """Return points a decade apart from below the smallest scale to where the exponential has killed the integrand."""
    last = (2 * polynomial.degree() + 3 * digits + 60) / p
    points, x = [mp.mpf(0)], smallest / 1000
    while x < last:
        points.append(x)
        x *= 10 if x < mp.mpf(1) / 2 else 2
    return [*points, last]
