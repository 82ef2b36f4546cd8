r"""A mediator of mass M between the bodies and the neutrinos: \mathcal V(\mathbf q)\to\mathcal V(\mathbf q)\,[M^2/(q^2+M^2)]^2.

Along a direction \hat q the amplitude with one occupied line is a function of q^2 with one pole, at q = b =
2|\mathbf k\cdot\hat q|, so that

    V(\mathbf r) = \int\frac{d\Omega_q}{(2\pi)^3}\,N(b)\,R(b, r|\hat q\cdot\hat r|),\qquad
    R(b,y) = \mathrm P\!\int_0^\infty dq\,\frac{q^2\cos qy}{q^2-b^2}\,\frac{M^4}{(q^2+M^2)^2}

with the symmetric response. Averaged over the directions of \mathbf k an integral over b alone is left.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import mpmath as mp
import numpy as np
import sympy as sp

from nuforce_sym.amplitude.medium import CrossTerms
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium.neutrino import amplitude
from nuforce_sym.medium.spectra import positive
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.symbols import symbols

G_F, E_nu, m_nu, k, q, k_dot_q, r, b, y, M = symbols("G_F E_nu m_nu k_nu q k_dot_q r b_ray y_ray M_med")
n_plus, n_minus = symbols("n_plus n_minus")


def ray_amplitude(terms: CrossTerms) -> sp.Expr:
    r"""Return N(b)/(q^2-b^2), the contact amplitude along a direction of \mathbf q, 2\mathbf k\cdot\mathbf q=\pm bq.

    Raises:
        NotDerivable: the two terms with one occupied line leave another dependence on q.
    """
    found = sp.factor(sp.cancel(sp.together(terms.expr.subs(k_dot_q, b * q / 2))))
    if sp.cancel(found * (q**2 - b**2)).has(q):
        raise NotDerivable(f"the amplitude {found} along a direction of q is not N/(q^2 - b^2)")
    return found


def exchange() -> sp.Expr:
    r"""Return [M^2/(q^2+M^2)]^2, one propagator at each body, normalised to the contact interaction at q = 0."""
    return (M**2 / (q**2 + M**2)) ** 2


def direction_averaged(numerator: sp.Expr) -> sp.Expr:
    r"""Return the transform \int\frac{d^3q}{(2\pi)^3}\frac{N\,e^{i\mathbf q\cdot\mathbf r}}{q^2-b^2}\frac{M^4}{(q^2+M^2)^2}.

    The principal value at q = b is the mean of Yukawa's form at the masses ib and -ib.
    """
    m = sp.Dummy("m", positive=True)
    screened = position_space(exchange() / (q**2 + m**2), q, r)
    both = screened.subs(m, sp.I * b), screened.subs(m, -sp.I * b)
    mean = (both[0] + both[1]) / 2
    return numerator * in_waves(mean.xreplace({sp.exp(sign * sp.I * b * r): euler(sign, b * r) for sign in (1, -1)}))


def euler(sign: int, phase: sp.Expr) -> sp.Expr:
    r"""Return e^{\pm i\phi} = \cos\phi\pm i\sin\phi."""
    return sp.cos(phase) + sign * sp.I * sp.sin(phase)


def in_waves(expr: sp.Expr) -> sp.Expr:
    """Return an expression linear in cosines, sines and exponentials with one rational factor for each of them."""
    functions = sorted(expr.atoms(sp.cos, sp.sin, sp.exp), key=sp.default_sort_key)
    names = {function: sp.Dummy() for function in functions}
    linear = expr.xreplace(names)
    return sp.Add(*(sp.factor(sp.expand(sp.cancel(sp.diff(linear, name)))) * function for function, name in names.items()))


def radial_function() -> sp.Expr:
    r"""Return R(b,y): of a function f(q^2) with the transform v(r) in three dimensions, \int_0^\infty q^2f\cos qy\,dq is
    2\pi^2\frac{d}{dy}(y\,v(y)).
    """
    in_space = direction_averaged(sp.Integer(1)).subs(r, y)
    return in_waves(2 * sp.pi**2 * sp.diff(y * in_space, y))


def shell_integral(numerator: sp.Expr) -> sp.Integral:
    r"""Return \frac1{2k}\int_0^{2k}db of `direction_averaged`: the force in an isotropic background of one momentum."""
    return sp.Integral(direction_averaged(numerator) / (2 * k), (b, 0, 2 * k))


@cache
def ray_numerator(neutrino: str, mass: sp.Expr) -> sp.Expr:
    """Return N(b) of a kind of neutrino, per G_F^2 g_V g_V' and per occupation; ``mass`` is 0 or a symbol, with k and E."""
    terms = amplitude(neutrino, mass)
    ray = ray_amplitude(terms).subs({n_plus: 1, n_minus: 0})
    return sp.factor(sp.cancel(ray * (q**2 - b**2) / G_F**2))


@cache
def of_energy(neutrino: str, massive: bool) -> sp.Expr:
    """Return `ray_numerator` of a massless neutrino, or of a massive one with k and E."""
    return ray_numerator(neutrino, m_nu if massive else sp.Integer(0))


def given(value: object, what: str) -> sp.Expr:
    """Return a positive number; raises `NotDerivable` for a symbol and `InputError` for what is not positive and finite."""
    expr = positive(value, what)
    if not expr.is_number:
        raise NotDerivable(f"no closed form is derived for a mediator of finite mass: give a number for {what}, not {value}")
    return expr


def _momentum(energy: sp.Expr, mass: object) -> tuple[sp.Expr, bool]:
    """Return k of a neutrino of the given energy, and whether it is massive."""
    heavy = sp.Integer(0) if mass == 0 else given(mass, "the neutrino's mass")
    if heavy >= energy:
        raise InputError(f"the energy {energy} is not above the mass {heavy}: E is the total energy")
    return sp.sqrt(energy**2 - heavy**2), heavy != 0


def mediated_shell(
    distance: object, *, energy: object, mediator: object, digits: int = 15, neutrino: str = "dirac", mass: object = 0
) -> mp.mpf:
    r"""Return V/(G_F^2g_Vg_V'n) of neutrinos of one energy and all directions, with a mediator of mass M.

    All arguments are in powers of one unit of energy; n is the density of neutrinos and antineutrinos together.

    Raises:
        InputError: an argument is not positive and finite, ``digits`` is not positive, or the energy is not above the
            neutrino's mass.
        NotDerivable: an argument is a symbol: no closed form is derived.
    """
    if digits < 1:
        raise InputError(f"at least one digit can be asked for; got {digits}")
    at = [given(v, w) for v, w in ((distance, "the distance"), (energy, "the energy"), (mediator, "the mediator's mass"))]
    momentum, massive = _momentum(at[1], mass)
    with mp.workdps(digits + 15):
        distance_, energy_, mediator_, k_ = (mp.mpf(str(sp.N(value, digits + 15))) for value in (*at, momentum))
        averaged = direction_averaged(of_energy(neutrino, massive))
        function = sp.lambdify((b, r, k, M, E_nu), averaged, "mpmath")
        pieces = 1 + int(k_ * distance_) + int(k_ / mediator_)
        if pieces > MOST_PIECES:
            raise InputError(_too_fine(float(k_ * distance_), float(k_ / mediator_)))
        edges = [2 * k_ * mp.mpf(j) / pieces for j in range(pieces + 1)]
        return +mp.quad(lambda at_b: function(at_b, distance_, k_, mediator_, energy_), edges) / (2 * k_)


MOST_PIECES = 400


def _too_fine(phase: float, ratio: float) -> str:
    return (
        f"the integral over directions needs too many points at E r = {phase:.3g} and E/M = {ratio:.3g}: "
        f"it is done up to about {MOST_PIECES} for both; where M r and M/E are large the contact force of background() holds"
    )


def mediated_beam(
    distance: object, *, energy: object, c: object, mediator: object, neutrino: str = "dirac", mass: object = 0
) -> float:
    r"""Return V/(G_F^2g_Vg_V'\Phi_0) of a collimated flux at \cos\alpha = c, with a mediator of mass M, symmetric response.

    Double precision: the integral over directions is done at two resolutions, which agree to 10^{-9} of its size.

    Raises:
        InputError: an argument is not positive and finite, |c| > 1, or the integrand is too fine for the points allowed.
        NotDerivable: an argument is a symbol: no closed form is derived.
    """
    r_, M_ = (float(given(v, w)) for v, w in ((distance, "the distance"), (mediator, "the mediator's mass")))
    total = given(energy, "the energy")
    momentum, massive = _momentum(total, mass)
    k_, E_ = float(momentum), float(total)
    cosine = as_expr(c)
    if not cosine.is_number:
        raise NotDerivable(f"no closed form is derived for a mediator of finite mass: give a number for cos(alpha), not {c}")
    if not (cosine.is_real and abs(cosine) <= 1):
        raise InputError(f"cos(alpha) = {c} must be a number between -1 and 1")
    if k_ * r_ > MOST_PIECES or k_ / M_ > MOST_PIECES:
        raise InputError(_too_fine(k_ * r_, k_ / M_))
    function = _on_a_ray(neutrino, massive)
    coarse, fine = (_over_directions(function, r_, k_, E_, float(cosine), M_, points) for points in (20, 30))
    if abs(coarse - fine) > BEAM_ERROR * max(abs(fine), k_ / r_ * 1e-3):
        raise InputError(f"the integral over directions gives {coarse} and {fine} at two resolutions: E r or M r is too large")
    return fine


BEAM_ERROR = 1e-9


@cache
def _on_a_ray(neutrino: str, massive: bool) -> Any:
    return sp.lambdify((b, y, k, M, E_nu), of_energy(neutrino, massive) * radial_function(), "numpy")


def _graded(centre: float, finest: float) -> list[float]:
    """Return edges about ``centre`` at distances that grow by factors of two from ``finest`` to 1."""
    if finest >= 1:
        return [centre]
    steps = np.geomspace(finest, 1, 2 + int(np.log2(1 / finest)))
    return [centre, *(centre + steps), *(centre - steps)]


def _over_directions(function: Any, r_: float, k_: float, E_: float, c: float, M_: float, points: int) -> float:
    r"""Return \frac{2}{(2\pi)^3}\int_0^1d\nu\int_0^{2\pi}d\phi\,NR.

    \nu=\hat q\cdot\hat r, and \hat k\cdot\hat q=c\nu+\sqrt{(1-c^2)(1-\nu^2)}\cos\phi.
    """
    s = np.sqrt((1 - c) * (1 + c))
    # poles lie at q.k = +- iM/2: the trapezoidal rule over the ring errs by exp(-turns * strip)
    strip = min(1.0, np.arcsinh(M_ / (2 * k_ * s))) if s > 0 else 1.0
    turns = 2 * points + int(2 * points / strip + 4 * k_ * r_)
    phi = 2 * np.pi * (np.arange(turns) + 0.5) / turns
    # in nu the integrand changes over 1/(Mr) and M/2k about 0, and over M|c|/2k or (M/2k)^2/2 about s, where the ring
    # touches the plane q.k = 0
    width = M_ / (2 * k_)
    graded = [*_graded(0.0, min(1 / (M_ * r_), width)), *_graded(s, width * abs(c) + width**2 / 2)]
    waves = 1 + int(k_ * r_ / 4)
    edges = sorted({0.0, 1.0, *(float(edge) for edge in (*graded, *np.linspace(0, 1, waves + 1)) if 0 < edge < 1)})
    nodes, weights = np.polynomial.legendre.leggauss(points)
    total = 0.0
    for low, high in pairwise(edges):
        nu = (low + high) / 2 + (high - low) / 2 * nodes
        mu = c * nu[:, None] + s * np.sqrt(1 - nu**2)[:, None] * np.cos(phi)
        ring = function(2 * k_ * np.abs(mu), r_ * nu[:, None], k_, M_, E_).sum(axis=1) * 2 * np.pi / turns
        total += float(weights @ ring) * (high - low) / 2
    return 2 * total / (2 * np.pi) ** 3
