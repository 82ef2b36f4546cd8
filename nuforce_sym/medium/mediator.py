r"""A mediator of mass M between the bodies and the neutrinos: \mathcal V(\mathbf q)\to\mathcal V(\mathbf q)\,[M^2/(q^2+M^2)]^2.

Along a direction \hat q the amplitude with one occupied line is a function of q^2 with one pole, at q = b =
2|\mathbf k\cdot\hat q|, so that

    V(\mathbf r) = \int\frac{d\Omega_q}{(2\pi)^3}\,N(b)\,R(b, r|\hat q\cdot\hat r|),\qquad
    R(b,y) = \mathrm P\!\int_0^\infty dq\,\frac{q^2\cos qy}{q^2-b^2}\,\frac{M^4}{(q^2+M^2)^2}

with the symmetric response. Averaged over the directions of \mathbf k an integral over b alone is left. For one direction
Feynman's parameter combines the propagators instead, and leaves one integral of elementary functions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.amplitude.medium import CrossTerms
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.expression import as_expr
from nuforce_sym.medium.neutrino import amplitude
from nuforce_sym.medium.numbers import MOST_WORKING, gauss_legendre, until_settled
from nuforce_sym.medium.response import checked_response, split_numerator
from nuforce_sym.medium.spectra import positive
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.symbols import symbols

G_F, E_nu, m_nu, k, q, k_dot_q, r, b, y, M = symbols("G_F E_nu m_nu k_nu q k_dot_q r b_ray y_ray M_med")
n_plus, n_minus, c_alpha, x, Delta = symbols("n_plus n_minus c_alpha x Delta_med")


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


def over_parameter(terms: CrossTerms) -> tuple[sp.Expr, sp.Expr]:
    r"""Return the two terms of a beam's force with both propagators, as integrands of Feynman's parameter x from 0 to 1.

        \frac1{(q^2\pm2\mathbf k\cdot\mathbf q)(q^2+M^2)^2} = \int_0^1\frac{2x\,dx}{(p^2+\Delta^2)^3},\qquad
        \mathbf p=\mathbf q\pm(1-x)\mathbf k,\quad \Delta^2 = xM^2-(1-x)^2k^2

    where \mathbf k\cdot\mathbf p becomes -i\mathbf k\cdot\nabla. Outgoing waves have \Delta^2-i0.

    Raises:
        NotDerivable: the numerator is not linear in \mathbf k\cdot\mathbf q.
    """
    wave = position_space(1 / (q**2 + Delta**2) ** 3, q, r)
    found = []
    for sign, numerator in ((1, terms.ahead), (-1, terms.behind)):
        at_p, slope = split_numerator(numerator, sign)
        at_p += sign * slope * k**2 * x  # k.q = k.p - sign (1-x) k^2
        acted = at_p * wave - sp.I * slope * k * c_alpha * sp.diff(wave, r)
        phase = sp.exp(-sign * sp.I * (1 - x) * k * c_alpha * r)
        scale = terms.scale / (2 * terms.energy) * 2 * x * M**4
        found.append(sp.factor(scale * sp.expand(acted)) * phase)
    return found[0], found[1]


def mediated_beam(
    distance: object,
    *,
    energy: object,
    c: object,
    mediator: object,
    digits: int = 15,
    neutrino: str = "dirac",
    mass: object = 0,
    response: str = "symmetric",
) -> mp.mpf:
    r"""Return V/(G_F^2g_Vg_V'\Phi_0) of a collimated flux at \cos\alpha = c, with a mediator of mass M.

    The integral over Feynman's parameter is done in the complex plane, until two resolutions agree to ``digits``.

    Raises:
        InputError: an argument is not positive and finite, |c| > 1, or the integrand is too fine for the points allowed.
        NotDerivable: an argument is a symbol: no closed form is derived.
    """
    return estimated_beam(
        distance, energy=energy, c=c, mediator=mediator, digits=digits, neutrino=neutrino, mass=mass, response=response
    )[0]


def estimated_beam(
    distance: object, *, energy: object, c: object, mediator: object, digits: int, neutrino: str, mass: object, response: str
) -> tuple[mp.mpf, mp.mpf]:
    """Return `mediated_beam`, and how far two resolutions differ."""
    if digits < 1:
        raise InputError(f"at least one digit can be asked for; got {digits}")
    r_, M_ = given(distance, "the distance"), given(mediator, "the mediator's mass")
    total = given(energy, "the energy")
    momentum, massive = _momentum(total, mass)
    cosine = as_expr(c)
    if not cosine.is_number:
        raise NotDerivable(f"no closed form is derived for a mediator of finite mass: give a number for cos(alpha), not {c}")
    if not (cosine.is_real and abs(cosine) <= 1):
        raise InputError(f"cos(alpha) = {c} must be a number between -1 and 1")
    if momentum * r_ > MOST_WAVES:
        raise InputError(
            f"the integral has too many points at k r = {float(momentum * r_):.3g}: it is done up to {MOST_WAVES}; where "
            "M r and M/E are large the contact force of background() holds"
        )
    ahead, behind = _of_parameter(neutrino, massive)
    mirrored = checked_response(response) == "retarded"

    def at(working: int) -> mp.mpf:
        with mp.workdps(working):
            place, k_, E_, heavy, angle = (mp.mpf(str(sp.N(v, working))) for v in (r_, momentum, total, M_, cosine))
            # the incoming wave of the second term is the conjugate of the outgoing one mirrored
            other = -angle if mirrored else angle
            return over_path(
                lambda z, mass_: ahead(z, mass_, place, k_, E_, heavy, angle) + behind(z, mass_, place, k_, E_, heavy, other),
                distance=place,
                momentum=k_,
                mediator=heavy,
            )

    found = until_settled(at, digits)
    if found is None:
        raise InputError(f"the waves of the beam cancel beyond {MOST_WORKING} digits there")
    return found


MOST_WAVES = 2000


@cache
def _of_parameter(neutrino: str, massive: bool) -> tuple[Any, Any]:
    terms = over_parameter(amplitude(neutrino, m_nu if massive else sp.Integer(0)))
    occupied = (term.subs({n_plus: 1, n_minus: 0, G_F: 1}) for term in terms)
    first, second = (sp.lambdify((x, Delta, r, k, E_nu, M, c_alpha), term, "mpmath", cse=True) for term in occupied)
    return first, second


def over_path(integrand: Callable[[Any, Any], Any], *, distance: mp.mpf, momentum: mp.mpf, mediator: mp.mpf) -> mp.mpf:
    r"""Return the real part of the integral over Feynman's parameter of a function of x and \Delta, with \Delta^2-i0."""
    nodes = gauss_legendre(16 + mp.mp.dps)
    total = mp.mpc(0)
    for low, high in pairwise(_path(momentum, mediator, distance, mp.mp.dps)):
        half = (high - low) / 2
        at = [(low + half * (1 + node), weight) for node, weight in nodes]
        total += half * mp.fsum(w * integrand(z, mp.sqrt(z * mediator**2 - (1 - z) ** 2 * momentum**2)) for z, w in at)
    return +mp.re(total)


def _path(k_: mp.mpf, heavy: mp.mpf, distance: mp.mpf, working: int) -> list[mp.mpc]:
    r"""Return the corners of a path from 0 towards 1 below x_0, where \Delta = 0, with steps that grow away from x_0.

    The other zero of \Delta^2 is 1/x_0 > 1. Below the axis the wave ahead grows by e^{kr h}, which h keeps small.
    """
    ratio = (heavy / k_) ** 2
    above = ratio / 2 + mp.sqrt(ratio + ratio**2 / 4)
    zero = 1 / (1 + above)
    height = min(zero, above * zero, 3 / (k_ * distance))
    turn = mp.mpc(zero, -height)
    # beyond, e^{-\Delta r} is smaller than the working precision
    last = min(mp.mpf(1), zero + ((20 + working * mp.log(10)) / (heavy * distance)) ** 2)
    waves = (k_ + heavy) * distance / working

    def straight(end: mp.mpf) -> list[mp.mpc]:
        """The corners from the turning point to ``end``, without it."""
        length, found, step = abs(end - turn), [], height
        gone = mp.mpf(0)
        while gone < length:
            step = min(max(height, gone), length - gone)
            pieces = 1 + int(step * waves / mp.sqrt(gone + step))
            found += [turn + (end - turn) * (gone + step * j / pieces) / length for j in range(1, pieces + 1)]
            gone += step
        return found

    return [*reversed(straight(mp.mpf(0))), turn, *straight(last)]
