r"""Sizes in hydrogen: the numbers behind estimates such as $f(\ell)\sim O(1)$ and $E_A-E_\Delta$ of the talk.

Every value is a rounded number in a unit that stands to its left, from the formulas of the derivations of hydrogen and the
measured constants.
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.optical_rotation import d as optical_rotation
from nuforce_sym.derivations.parity_mixing import d as parity_mixing
from nuforce_sym.derivations.parity_mixing import derived
from nuforce_sym.derivations.rotation_routes import DELTA, A, a_p, alpha, b_e, b_p, half, m_e, natural, rational, rounded
from sympy.physics.hydrogen import R_nl

from nuforce_sym import Derivation, check
from nuforce_sym.atom.levels import level
from nuforce_sym.atom.system import SCHEME
from nuforce_sym.symbols import symbols

m_Z, sin2, cos_theta_W, n, l, mu_a, a_e = symbols("m_Z sin2_theta_W cos_theta_W n l mu_a a_e")
Q2, Lambda2 = sp.Symbol("Q2", positive=True), sp.Symbol("Lambda2", positive=True)
CHARGES = {
    a_e: -half + 6 * rational(SCHEME),
    b_e: -half,
    a_p: half - 2 * rational(SCHEME),
    b_p: rational("g_A") / 2,
}
"""Sums over the three neutrinos for the electron; the proton's charges do not depend on the neutrino."""

d = Derivation(
    "hydrogen_sizes",
    "Sizes of parity violation in hydrogen",
    cites=["GhoshGrossmanTangarife2020", "Khriplovich1991", "Tangarife"],
)


def dipole_scale():
    r"""\Lambda^2/m_Z^2 of the dipole form factor with the proton's charge radius, \Lambda^2 = 12/r_p^2."""
    hbar_c = rational("h") * rational("c") / (2 * sp.pi * rational("e"))  # in eV m
    return 12 * (hbar_c / rational("r_p") / rational("m_Z")) ** 2


def with_numbers(expr):
    """The expression with the charges and the weak mixing angle in numbers."""
    s2 = rational(SCHEME)
    return expr.subs({**CHARGES, sin2: s2, cos_theta_W: sp.sqrt(1 - s2)})


def f_by_quadrature(_):
    """10^9 f of 4D-4F from quadratures over SymPy's radial functions, with the angular factors -1, -1/7 and -6/7."""
    x = sp.Symbol("x", positive=True)
    lower, upper = R_nl(4, 2, x), R_nl(4, 3, x)
    slopes = (lower * sp.diff(upper, x) - sp.diff(lower, x) * upper + 6 * lower * upper / x) / 2
    P, G = (
        mp.quad(sp.lambdify(x, sp.expand(integrand), "mpmath"), [0, 1, 5, 20, 80, 300])
        for integrand in (slopes * x**-3, -5 * lower * upper * x**-4)
    )
    a, b, ap, bp = (mp.mpf(str(sp.N(CHARGES[s], 30))) for s in (a_e, b_e, a_p, b_p))
    s2 = mp.mpf(str(sp.N(rational(SCHEME), 30)))
    # V = [-b_e a_p {sigma_e.p, F} + a_e b_p ({sigma_p.p, F} - (sigma_e x sigma_p).grad F)]/2, F = r^-5, in units of K
    total = b * ap * P + a * bp * (3 * G - P) / 7
    return mp.nint(abs(total) / (8 * mp.pi * s2**2 * (1 - s2) ** 2) * mp.mpf(10) ** 9)


@d.step(
    r"10^{9}f(4D\text{-}4F)",
    check.brute_force(f_by_quadrature, "quadrature over the radial functions", points=1),
)
def mixing_function():
    r"""In $\langle4D|V_{\nu\nu}|4F\rangle=i\,m_e\alpha^8(m_e/m_Z)^4f$ the number $f$ is some $10^{-5}$, with the charges
    summed over the neutrinos.
    """
    element = derived(parity_mixing, "loop_scaling").subs({n: 4, l: 2})
    f = element / (sp.I * m_e * alpha**8 * (m_e / m_Z) ** 4)
    return rounded(with_numbers(f) * 10**9)


@d.step(
    r"10^{15}D_{\mathrm{hfs}}/\mathrm{eV}",
    check.brute_force(
        lambda _: mp.nint(
            (level(A, terms=("gross", "fine", "hyperfine")).energy - level(DELTA, terms=("gross", "fine", "hyperfine")).energy)
            * mp.mpf(10) ** 15
        ),
        "the levels of `nuforce levels`, without the Lamb shift",
        points=1,
        digits=4,
    ),
)
def hyperfine_gap():
    r"""In Dirac's theory $4D_{5/2}$ and $4F_{5/2}$ are degenerate, and hyperfine structure alone separates them."""
    return rounded(natural(derived(optical_rotation, "gap")) * 10**15)


def corrections(name):
    """The printed 7.7, in units of 0.1, times the coefficient of mu^2."""
    return rounded(-derived(optical_rotation, name).coeff(mu_a, 2) * 77)


@d.step(
    r"10\times7.7\,\kappa_{\mathrm{Majorana}}",
    check.equals(sp.Integer(370), why=r"$\kappa=\frac{24}5$ in the talk's operator"),
)
def majorana_correction():
    r"""Ten times the talk's $7.7$ and the coefficient of $-\mu^2$ in $R(m_\nu)/R(0)$ for Majorana neutrinos."""
    return corrections("mass_talk")


@d.step(
    r"10\times7.7\,\kappa_{\mathrm{derived}}",
    check.equals(sp.Integer(333), why=r"$\kappa=\frac{108}{25}$ with the derived operator, Dirac neutrinos"),
)
def dirac_correction():
    r"""The same for Dirac neutrinos and the derived operator."""
    return corrections("mass_dirac")


def moments(_):
    r"""\int r^6F_\Lambda dr over \int r^6F dr, by quadrature in position space: the spread-out charge over the point."""
    scale = mp.mpf(str(sp.N(dipole_scale(), 40)))  # Lambda^2 in units of m_Z^2
    lam = mp.sqrt(scale)

    def spread(x):
        # the transform of Lambda^4/((q^2 + 1)(q^2 + Lambda^2)^2), by partial fractions, times 4 pi x
        gap = 1 - scale
        return scale**2 * (mp.exp(-x) / gap**2 - mp.exp(-lam * x) / gap**2 - x * mp.exp(-lam * x) / (2 * lam) / -gap)

    with mp.workdps(40):
        wide = mp.quad(lambda x: x**5 * spread(x), [0, 1, 5, 20, 20 / lam, 100 / lam, 300 / lam])
        point = mp.quad(lambda x: x**5 * mp.exp(-x), [0, 1, 5, 20, 100])
        return mp.nint(wide / point / mp.mpf(10) ** 6)


@d.step(
    r"10^{-6}\frac{\langle4D|V_Z|4F\rangle_{r_p}}{\langle4D|V_Z|4F\rangle_{\mathrm{point}}}",
    check.brute_force(moments, "moments in position space by quadrature", points=1),
)
def proton_size():
    r"""Between states with the lower orbital momentum $l$ a short-range potential acts by the power $q^{2l}$ of its transform
    alone. With the dipole form factor, $\Lambda^2=12/r_p^2$, that of $4D$-$4F$ is larger by eight orders of magnitude than for
    a point: the proton's size, not $1/m_Z$, is the range.
    """
    transform = 1 / ((1 + Q2) * (1 + Q2 / Lambda2) ** 2)
    point, spread = (sp.series(f, Q2, 0, 3).removeO().coeff(Q2, 2) for f in (1 / (1 + Q2), transform))
    return rounded((spread / point).subs(Lambda2, dipole_scale()) / 10**6)
