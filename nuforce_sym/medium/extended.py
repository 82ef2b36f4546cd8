r"""Extended bodies along a collimated flux: form factors at small angles between the flux and the line of the bodies.

    V = -2G_F^2g_Vg_V'\Phi_0\int\frac{d^2q_T}{(2\pi)^2}\,F_a(q_T)F_b(q_T)\,\sin\frac{q_T^2r}{2E}

for r large beside the bodies and E large beside q_T (paraxial): the transfer along the beam is q_T^2/2E, and sizes along the
beam do not matter. Form factors are normalised to F(0) = 1.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.amplitude.medium import CrossTerms
from nuforce_sym.errors import NotDerivable
from nuforce_sym.medium.averages import transverse_average
from nuforce_sym.medium.neutrino import amplitude, g_V1, g_V2
from nuforce_sym.medium.response import principal_value
from nuforce_sym.medium.spectra import positive
from nuforce_sym.symbols import symbols

E_nu, k, q, k_dot_q, q_L, q_T, r, n_plus, n_minus, Phi_0 = symbols("E_nu k_nu q k_dot_q q_L q_T r n_plus n_minus Phi_0")


def beam_amplitude(terms: CrossTerms) -> sp.Expr:
    r"""Return \mathcal V(q_L,q_T) in a monochromatic massless flux, q_L along it, with the charges."""
    flux = {n_plus: Phi_0, n_minus: sp.Integer(0)}
    along = terms.expr.xreplace(flux).subs(k_dot_q, k * q_L).subs(q, sp.sqrt(q_L**2 + q_T**2)).subs(k, E_nu)
    return sp.factor(sp.cancel(sp.together(g_V1 * g_V2 * along)))


def paraxial(amplitude: sp.Expr) -> sp.Expr:
    r"""Return the leading term for q_T\to\epsilon q_T, q_L\to\epsilon^2q_L, \epsilon\to0: q_L\sim q_T^2/E\ll q_T\ll E."""
    small = sp.Dummy("epsilon", positive=True)
    scaled = sp.cancel(amplitude.subs({q_T: small * q_T, q_L: small**2 * q_L}, simultaneous=True))
    numerator, denominator = (sp.Poly(part, small) for part in sp.fraction(sp.together(scaled)))
    return sp.factor(numerator.EC() / denominator.EC())


def across_the_beam(amplitude: sp.Expr) -> sp.Expr:
    r"""Return \mathrm P\!\int\frac{dq_L}{2\pi}e^{iq_Lr}\mathcal V of an amplitude N(q_T)/(q_L^2-\beta^2).

    In one dimension the principal value is
    \mathrm P\!\int\frac{dq}{2\pi}\frac{e^{iqr}}{q^2-\beta^2} = -\frac{\sin\beta r}{2\beta},
    the integral of that in three dimensions, -2\pi\int dr\,r\frac{\cos\beta r}{4\pi r}.

    Raises:
        NotDerivable: the amplitude is not of that form.
    """
    numerator, denominator = sp.fraction(sp.together(amplitude))
    poly = sp.Poly(denominator, q_L)
    if numerator.has(q_L) or poly.degree() != 2 or poly.coeff_monomial(q_L) != 0:
        raise NotDerivable(f"the amplitude {amplitude} is not N/(q_L^2 - beta^2): no rule for its transform along the beam")
    beta = sp.sqrt(sp.factor(-poly.coeff_monomial(1) / poly.LC()))
    if not beta.is_positive:
        raise NotDerivable(f"the amplitude {amplitude} has no pole at a real transfer along the beam")
    wave = sp.integrate(-2 * sp.pi * r * principal_value(), r).subs(k, beta)
    return sp.factor(numerator / poly.LC()) * wave


def of_form_factors(form_factors: sp.Expr) -> sp.Expr:
    r"""Return \int\frac{d^2q_T}{(2\pi)^2}F_aF_b\,\mathcal V(q_T), where F_aF_b is 1 or a Gaussian e^{-pq_T^2}.

    With u = q_T^2, \int_0^\infty du\,e^{-pu}\sin\omega u=\omega/(p^2+\omega^2); without the Gaussian by Abel, p\to0.

    Raises:
        NotDerivable: the form factors are no Gaussian of q_T: see `spheres` for numbers, or integrate `bodies_integral`.
    """
    u = sp.Dummy("u", positive=True)
    damping, wave = -sp.expand(sp.log(form_factors.subs(q_T, sp.sqrt(u)))), transverse_force().subs(q_T, sp.sqrt(u))
    (sine,) = wave.atoms(sp.sin)
    p, omega = sp.expand(damping / u), sp.expand(sine.args[0] / u)
    if p.has(u) or omega.has(u) or p.is_negative:
        raise NotDerivable(f"the form factors {form_factors} are no Gaussian of q_T: integrate bodies_integral() numerically")
    return sp.factor(wave / sine / (4 * sp.pi) * omega / (p**2 + omega**2))


def transverse_force() -> sp.Expr:
    r"""Return -2G_F^2g_Vg_V'\Phi_0\sin(q_T^2r/2E), derived: the force at one transverse momentum."""
    return across_the_beam(paraxial(beam_amplitude(amplitude("dirac", sp.Integer(0)))))


def bodies_integral(form_factors: sp.Expr) -> sp.Integral:
    r"""Return the potential of two bodies as an integral over q_T, for any product F_aF_b that depends on its size."""
    return sp.Integral(q_T / (2 * sp.pi) * form_factors * transverse_force(), (q_T, 0, sp.oo))


def packet_average(small_angles: sp.Expr, sigma_k: sp.Expr) -> sp.Expr:
    r"""Return the average at \alpha = 0 over a Gaussian of \mathbf k about its mean, of deviation \sigma_k each way.

    k-k_z = k_T^2/2E, so that k_T takes the place of E\rho/r in the average over transverse separations. Up to relative
    corrections of order (\sigma_k/E)^2, and those of order \alpha^4Er that `small_angle` names.

    Raises:
        InputError: the deviation is not positive.
        NotDerivable: the potential is no cosine of a phase proportional to \alpha^2.
    """
    return transverse_average(small_angles, positive(sigma_k, "the deviation sigma_k") * r / E_nu)
