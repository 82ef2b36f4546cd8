r"""The rule table of the sine transform S(r) = \int_0^\infty dk\,(k/E)\,N(k)\sin 2kr.

SymPy leaves most of these integrals unevaluated, so that each is a rule here; the tests compare every rule with its
integral by quadrature. Sources: Gradshteyn and Ryzhik, sections 3.89-3.95; sums over the poles of 1/(e^{x}+1).
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import symbols

r, k = symbols("r k_nu")
n = sp.Symbol("n", integer=True)


def vacuum(mass: sp.Expr) -> sp.Expr:
    r"""Return S for N = 1 by Abel's summation: 1/(2r), or m K_1(2mr).

    The integral with e^{-\epsilon E} is that of `maxwell_boltzmann`, whose limit T \to \infty it is.
    """
    return 1 / (2 * r) if mass == 0 else mass * sp.besselk(1, 2 * mass * r)


def maxwell_boltzmann(T: sp.Expr, mass: sp.Expr) -> sp.Expr:
    r"""Return S for N = e^{-E/T}: \frac{2r}{T^{-2}+4r^2}, or 2rm\,K_1(mR)/R with R^2=T^{-2}+4r^2."""
    if mass == 0:
        return sp.factor(2 * r * T**2 / (1 + 4 * r**2 * T**2))
    R = sp.sqrt(1 + 4 * r**2 * T**2) / T
    return 2 * r * mass * sp.besselk(1, mass * R) / R


def fermi_dirac_pair(T: sp.Expr, mu: sp.Expr, mass: sp.Expr) -> sp.Expr:
    r"""Return S for particles at \mu and antiparticles at -\mu.

    The poles of N lie at E \mp \mu = i(2n+1)\pi T: massless they sum to
    \frac1{2r}-\frac{\pi T\cos2\mu r}{\sinh2\pi rT}; massive the sum over n stays.
    """
    if mass == 0:
        return 1 / (2 * r) - sp.pi * T * sp.cos(2 * mu * r) / sp.sinh(2 * sp.pi * r * T)
    return vacuum(mass) - 2 * sp.pi * T * sp.Sum(_screened(T, mu, mass), (n, 0, sp.oo))


def _screened(T: sp.Expr, mu: sp.Expr, mass: sp.Expr) -> sp.Expr:
    w = sp.sqrt(mass**2 + ((2 * n + 1) * sp.pi * T + sp.I * mu) ** 2)
    term = sp.exp(-2 * r * w)
    return term if mu == 0 else (term + sp.exp(-2 * r * sp.sqrt(mass**2 + ((2 * n + 1) * sp.pi * T - sp.I * mu) ** 2))) / 2


def fermi_dirac_species(T: sp.Expr, mu: sp.Expr) -> sp.Expr:
    r"""Return S for one massless species at \mu; elementary at \mu = 0, else Tz\,\mathrm{Im}\,\Phi(-z,1,1-2irT).

    Where \mu is known to be positive, that of the pair without that of the other species, at -\mu.

    z = e^{\mu/T}, and \Phi(z,s,a)=\sum z^n/(n+a)^s is Lerch's function, whose derivative in a is -s\Phi(z,s+1,a). The
    imaginary part is written as half the difference from the conjugate.
    """
    if mu == 0:
        return fermi_dirac_pair(T, sp.Integer(0), sp.Integer(0)) / 2
    if mu.is_positive:  # mpmath's Lerch function may be wrong by a hundredth where |z| > 1 and a is complex
        return fermi_dirac_pair(T, mu, sp.Integer(0)) - fermi_dirac_species(T, -mu)
    z = sp.exp(mu / T)

    def half(sign: int) -> sp.Expr:
        return sp.lerchphi(-z, 1, 1 - sign * 2 * sp.I * r * T)

    return T * z * (half(1) - half(-1)) / (2 * sp.I)


def degenerate(k_F: sp.Expr) -> sp.Expr:
    r"""Return S for one massless species filled up to k_F: \frac{1-\cos2k_Fr}{2r}."""
    return (1 - sp.cos(2 * k_F * r)) / (2 * r)


def degenerate_cosine(k_F: sp.Expr) -> sp.Expr:
    r"""Return the same with \cos 2kr in place of \sin 2kr: \frac{\sin2k_Fr}{2r}."""
    return sp.sin(2 * k_F * r) / (2 * r)


def pinched(power: sp.Expr, T: sp.Expr) -> sp.Expr:
    r"""Return S for N = (k/T)^p e^{-k/T}: T\,\mathrm{Im}\,\Gamma(p+1)/(1-2irT)^{p+1}.

    A whole p gives a rational function; else the power of the complex number is written with its modulus and angle.
    """
    power, x = as_expr(power), 2 * r * T
    if power.is_Integer:
        imaginary = sp.expand((1 + sp.I * x) ** (power + 1)).as_real_imag()[1]
        return T * sp.factorial(power) * sp.expand(imaginary) / (1 + x**2) ** (power + 1)
    return T * sp.gamma(power + 1) * sp.sin((power + 1) * sp.atan(x)) / (1 + x**2) ** ((power + 1) / 2)


def power_law(exponent: sp.Expr, scale: sp.Expr) -> sp.Expr:
    r"""Return S for N = (k/k_0)^{-s}, by Abel: k_0^s(2r)^{s-1}\frac{\pi}{2\Gamma(s)\sin(\pi s/2)}.

    That is \Gamma(1-s)\cos(\pi s/2) by reflection, regular at s = 1 and s = 3. S itself needs s < 2; its continuation to
    s < 4 gives the potential, where the divergence at small k cancels. At s = 2 it is -2k_0^2r\ln k_0r, up to multiples of r,
    on which (1-r\,d/dr) does not act.
    """
    s = as_expr(exponent)
    if s == 2:
        return -2 * scale**2 * r * sp.log(scale * r)
    return scale**s * (2 * r) ** (s - 1) * sp.pi / (2 * sp.gamma(s) * sp.sin(sp.pi * s / 2))


def shell(momentum: sp.Expr, density: sp.Expr, energy: sp.Expr) -> sp.Expr:
    r"""Return S for a total density n at one momentum, N=2\pi^2n\,\delta(k-k_0)/k_0^2."""
    return 2 * sp.pi**2 * density / (momentum * energy) * sp.sin(2 * momentum * r)


def nonrelativistic(T: sp.Expr, mass: sp.Expr, occupation: sp.Expr) -> sp.Expr:
    r"""Return S for N = N_0 e^{-k^2/2mT} with E = m in front: N_0r\sqrt{2\pi m}\,T^{3/2}e^{-2mTr^2}, Gauss's integral."""
    a = 1 / (2 * mass * T)
    return occupation / mass * (2 * r) * sp.sqrt(sp.pi) / (4 * a ** sp.Rational(3, 2)) * sp.exp(-(r**2) / a)


def bose_einstein_pair(T: sp.Expr) -> sp.Expr:
    r"""Return S for massless bosons, n_+ = n_- = 1/(e^{k/T}-1): \pi T\coth2\pi rT-\frac1{2r}."""
    y = 2 * sp.pi * r * T
    return sp.pi * T * sp.cosh(y) / sp.sinh(y) - 1 / (2 * r)
