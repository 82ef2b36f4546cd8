r"""The neutrino force in a background when a mediator of mass M stands between the bodies and the neutrinos.

The contact interaction becomes an exchange: each body's vertex gains M^2/(q^2+M^2). Along a direction of q the
principal-value rule gives the integral over |q|, and directions of the background average to one finite integral. For a
beam Feynman's parameter leaves one integral as well.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.medium import mediator, momentum_space, neutrino
from nuforce_sym.symbols import symbols

G_F, k, q, r, b, y, M, n_plus, n_minus = symbols("G_F k_nu q r b_ray y_ray M_med n_plus n_minus")
c, x, Delta = symbols("c_alpha x Delta_med")
ZERO = sp.Integer(0)

d = Derivation("light_mediator", "The neutrino force in a background with a light mediator", cites=["Tangarife"])


@d.step(
    r"\mathcal{V}(q\,\hat{\mathbf{q}})",
    check.dimension(-5),
    check.equals(
        -8 * G_F**2 * k * (n_plus + n_minus) * (1 - (b / (2 * k)) ** 2) / (q**2 - b**2) * M**4 / (q**2 + M**2) ** 2,
        why=r"$-8G_F^2kn\sin^2\theta_q/(q^2-4k^2\cos^2\theta_q)$ with both propagators",
    ),
    check.limit(M, sp.oo, -2 * G_F**2 * (n_plus + n_minus) * (4 * k**2 - b**2) / k / (q**2 - b**2), rate=2),
)
def ray():
    r"""Massless neutrinos of momentum $\mathbf{k}$, per unit charges, with one propagator at each body. Along a direction
    $\hat{\mathbf{q}}$ the amplitude is a function of $q^2$, singular at $q=b=2|\mathbf{k}\cdot\hat{\mathbf{q}}|$.
    """
    return mediator.ray_amplitude(neutrino.amplitude("dirac", ZERO)) * mediator.exchange()


def _principal_value(v):
    r"""\mathrm P\int_0^\infty\frac{g\,dq}{q^2-b^2}=\int\frac{g-g(b)}{q^2-b^2}dq, subtracted up to L = 4b."""
    pole, distance, mass = v["b_ray"], v["y_ray"], v["M_med"]

    def g(at):
        return at**2 * mp.cos(at * distance) * mass**4 / (at**2 + mass**2) ** 2

    def subtracted(at):
        return (g(at) - g(pole)) / (at**2 - pole**2)

    end = 4 * pole
    with mp.workdps(mp.mp.dps + 15):
        inner = mp.quad(subtracted, [0, pole * mp.mpf(13) / 10, end], method="gauss-legendre")
        tail = mp.quadosc(lambda at: g(at + end) / ((at + end) ** 2 - pole**2), [0, mp.inf], omega=distance)
        return inner + tail - g(pole) / (2 * pole) * mp.log((end + pole) / (end - pole))


D = b**2 + M**2


@d.step(
    r"R(b,y)",
    check.dimension(1),
    check.brute_force(_principal_value, "the principal value by subtraction of the pole", digits=15, points=1),
    check.equals(
        M**4
        * (
            (-sp.pi * b / 2 * sp.sin(b * y) + sp.pi * M / 2 * sp.exp(-M * y)) / D**2
            - sp.pi / (4 * M) * (1 - M * y) * sp.exp(-M * y) / D
        ),
        why="partial fractions in $q^2$, each with its integral",
    ),
)
def radial():
    r"""$R=\mathrm{P}\int_0^\infty dq\,\frac{q^2\cos qy}{q^2-b^2}\frac{M^4}{(q^2+M^2)^2}$, and $V(\mathbf{r})$ is the integral
    of $R(b,|\hat{\mathbf{q}}\cdot\mathbf{r}|)$ with the amplitude's numerator over $d\Omega_q/(2\pi)^3$. Yukawa's form at the
    masses $\pm ib$, halved, is the principal value.
    """
    return mediator.radial_function()


@d.step(
    r"R(b,y)\big|_{M\to\infty}",
    check.limit(M, sp.oo, lambda radial: radial, rate=2),
    check.dimension(1),
)
def contact(radial):
    r"""A heavy mediator gives the contact interaction back, for $My\gg1$; corrections are of order $b^2/M^2$."""
    wave, _ = radial.as_independent(sp.exp)
    return sp.limit(wave / sp.sin(b * y), M, sp.oo) * sp.sin(b * y)


@d.step(
    r"v_{\mathrm{iso}}(r)",
    check.dimension(-2),
    check.brute_force(
        lambda v: v["n_plus"] * _sine_transform(v),
        "the sine transform of Lindhard's function with both propagators",
        digits=15,
        points=1,
        of=lambda value: value.subs({n_minus: ZERO}),
    ),
    check.limit(
        M,
        sp.oo,
        -(G_F**2) * k * (n_plus + n_minus) / (sp.pi * r) * (sp.sin(2 * k * r) / (2 * k * r) - sp.cos(2 * k * r)) / (k * r) ** 2,
        rate=2,
    ),
)
def shell(ray):
    r"""Averaged over the directions of $\mathbf{k}$ the force of one momentum, to be integrated with $d^3k/(2\pi)^3$, is an
    integral over $b$ that neither oscillates without end nor has a singularity.
    """
    return mediator.shell_integral(sp.factor(ray * (q**2 - b**2) / mediator.exchange()))


def _sine_transform(v):
    r"""\frac1{2\pi^2r}\int_0^\infty dq\,q\sin qr\,\mathcal V(q), split at the logarithm's place q = 2k."""
    lindhard = momentum_space.averaged_amplitude(neutrino.amplitude("dirac", ZERO)).subs({n_plus: 1, n_minus: 0})
    function = sp.lambdify((q, k, M, G_F), lindhard * M**4 / (q**2 + M**2) ** 2, "mpmath")
    edge, distance = 2 * v["k_nu"], v["r"]

    def integrand(at):
        return at * mp.sin(at * distance) * function(at, v["k_nu"], v["M_med"], v["G_F"])

    end = edge + 2 * v["M_med"]
    inner = mp.quad(integrand, [0, edge / 2, edge]) + mp.quad(integrand, [edge, (edge + end) / 2, end])
    tail = mp.quadosc(lambda at: integrand(at + end), [0, mp.inf], omega=distance)
    return (inner + tail) / (2 * mp.pi**2 * distance)


PLACE = {k: sp.Integer(1), r: sp.Rational(6, 5), M: sp.Rational(3, 2), c: sp.Rational(-2, 5), G_F: sp.Integer(1)}


def _along_path(value):
    """The integral over Feynman's parameter at one place, as a number."""
    placed = value.subs(PLACE | {n_plus: sp.Integer(1), n_minus: ZERO})
    momentum, distance, heavy = (mp.mpf(PLACE[s].p) / PLACE[s].q for s in (k, r, M))
    integrand = sp.lambdify((x, Delta), placed, "mpmath", cse=True)
    total = mediator.over_path(integrand, distance=distance, momentum=momentum, mediator=heavy)
    return sp.Float(str(total), mp.mp.dps)


def _over_directions(_):
    r"""The integral of the amplitude's numerator and R over the directions of q, the azimuth about r at equal steps."""
    numerator = -8 * (1 - (b / (2 * k)) ** 2) * k
    function = sp.lambdify((b, y), (numerator * mediator.radial_function()).subs(PLACE), "mpmath", cse=True)
    momentum, distance, cosine = (mp.mpf(PLACE[s].p) / PLACE[s].q for s in (k, r, c))
    across, turns = mp.sqrt(1 - cosine**2), 80

    def ring(nu):
        angles = (2 * mp.pi * j / turns for j in range(turns))
        along = (abs(cosine * nu + across * mp.sqrt(1 - nu**2) * mp.cos(angle)) for angle in angles)
        return mp.fsum(function(2 * momentum * mu, distance * nu) for mu in along) * 2 * mp.pi / turns

    return 2 * mp.quad(ring, [0, 1], method="gauss-legendre") / (2 * mp.pi) ** 3


@d.step(
    r"v(\mathbf{k},\mathbf{r})=\mathrm{Re}\int_0^1dx\,\ldots",
    check.dimension(-2),
    check.brute_force(
        _over_directions, "the integral of $R$ over the directions of q", digits=16, points=1, of=_along_path
    ),
)
def beam():
    r"""One direction of $\mathbf{k}$. With Feynman's parameter $x$ both denominators are $(p^2+\Delta^2)^3$,
    $\Delta^2=xM^2-(1-x)^2k^2-i0$: the integrand is elementary, and its real part has the principal value.
    """
    ahead, behind = mediator.over_parameter(neutrino.amplitude("dirac", ZERO))
    return ahead + behind
