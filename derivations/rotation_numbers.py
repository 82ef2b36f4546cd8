"""R number by number: charges, gaps and widths put into the formulas of the derivation of R, step by step."""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.rotation_routes import (
    DELTA,
    G_F,
    A,
    alpha,
    half,
    m_e,
    natural,
    package,
    rational,
    rounded,
)  # fmt: skip

from nuforce_sym import Derivation, check
from nuforce_sym.atom.bethe import bethe_logarithm
from nuforce_sym.atom.confrontation import confront
from nuforce_sym.atom.levels import level
from nuforce_sym.atom.system import SCHEME, number
from nuforce_sym.atom.widths import width
from nuforce_sym.symbols import symbols

D_A, D_fs, beta_hf = symbols("D_A D_fs beta_hf")


def _element():
    """The element of V between Delta and A by the numeric route, in eV and over -i."""
    found = package(denominators="hyperfine")
    return found.unit * next(s.element for s in found.shares if s.side == "A" and s.state is not None)


def _energy_by_operators(s):
    r"""Return what tells 4D5/2 and 4F5/2, F = 3, apart, in eV, from operators.

    Hyperfine structure $\frac{\alpha g_p}{2m_em_p}\frac{l(l+1)}{j(j+1)}\mathbf{J\cdot I}\,r^{-3}$; the anomalous moment's
    $\frac{a\alpha}{m_e\mu}\mathbf{L\cdot S}\,r^{-3}$, in which 1/m + 1/M of relative motion makes one $\mu$; Salpeter's recoil
    $-\frac{7}{6\pi}\frac{\alpha^2}{m_eM}r^{-3}$; and Bethe's logarithm, whose factor has $1+2m/M$ with recoil.
    """
    x, m, g, a = (number(name) for name in ("alpha", "m_e", "g_p", "a_e"))
    M, l, j = number("m_p"), s.l, mp.mpf(s.j.numerator) / s.j.denominator
    mu = m * M / (m + M)
    # R_4F ~ r^3 e^(-r/4), R_4D ~ r^2 (12 - r) e^(-r/4)
    R = (lambda r: r**3 * mp.exp(-r / 4)) if l == 3 else (lambda r: r**2 * (12 - r) * mp.exp(-r / 4))
    cube, norm = (mp.quad(lambda r, k=k: r**k * R(r) ** 2, [0, 5, 20, 50, 150, 500]) for k in (-1, 2))
    mean = cube / norm * x**3  # of r^-3, over the third power of the mass
    LS, JI = (j * (j + 1) - l * (l + 1) - mp.mpf(3) / 4) / 2, (12 - j * (j + 1) - mp.mpf(3) / 4) / 2
    hyperfine = x * g / (2 * m * M) * l * (l + 1) / (j * (j + 1)) * JI * mean * m**3
    moment = a * x / (m * mu) * LS * mean * mu**3
    recoil = -7 / (6 * mp.pi) * x**2 / (m * M) * mean * mu**3
    log = bethe_logarithm(4, l)
    return hyperfine + moment + recoil - mp.mpf(4) / 3 * x**5 * mu**3 / (64 * mp.pi * m**2) * (1 + 2 * m / M) * log


def _change_by_mixing():
    """The relative change of R by the mixing of A with B in E1 and M1, by the numeric route."""
    with_it, without = (
        package(denominators="lamb", sides="AB", hyperfine_mixing=on, hyperfine_mixing_e1=on).R for on in (True, False)
    )
    return with_it / without - 1


def add_numbers(d: Derivation) -> None:
    """Add the steps that put numbers into ``ratio``, ``rotation`` and ``talk`` of the derivation ``d``."""

    @d.step(
        r"10^{39}K/\mathrm{eV}",
        check.anchors([({}, "5771139")], "an evaluation in double precision"),
    )
    def unit():
        r"""The unit of energy of the matrix elements, $K=\alpha^6m_e^5G_F^2/(4\pi^3)$."""
        return rounded(natural(alpha**6 * m_e**5 * G_F**2 / (4 * sp.pi**3)) * 10**39)

    @d.step(
        r"10^{4}\sum_ic_i",
        check.brute_force(
            lambda _: mp.nint(package(denominators="hyperfine").products.talk_c * 10**4), "the numeric route", points=1
        ),
    )
    def charge():
        r"""The talk's factor $c_i=-\frac14+s^2+\frac12|U_{ei}|^2$, summed: $-\frac14+3s^2$, with $s^2$ at $m_Z$, scheme
        MSbar.
        """
        return rounded((-half + 6 * rational(SCHEME)) / 2 * 10**4)

    @d.step(
        r"-10^{45}i\langle\Delta|V_{\mathrm{PV}}|A\rangle/\mathrm{eV}",
        check.brute_force(lambda _: mp.nint(-_element() * 10**45), "the numeric route", points=1),
    )
    def mixing_number(mixing_A):
        r"""The matrix element with the charges of all three neutrinos."""
        return rounded(natural(mixing_A / sp.I) * 10**45)

    @d.step(
        r"10^{15}D_{\mathrm{hfs}}/\mathrm{eV}",
        check.anchors([({}, "-562255")], r"$-\varepsilon/7840$, $\varepsilon=4.40808266\times10^{-6}$ eV"),
    )
    def hyperfine_gap(gap):
        r"""Hyperfine structure alone: the gap of the talk."""
        return rounded(natural(gap) * 10**15)

    @d.step(
        r"10^{30}R_{\mathrm{hfs}}",
        check.brute_force(
            lambda _: mp.nint(package(denominators="hyperfine").R * 10**30), "the numeric route, switch `hyperfine'", points=1
        ),
    )
    def rotation_number(rotation):
        r"""Number by number: hyperfine structure alone in the gap."""
        return rounded(natural(rotation) * 10**30)

    @d.step(
        r"10^{15}D/\mathrm{eV}",
        check.sign(False, when="the Lamb shift puts 4D above 4F"),
        check.brute_force(
            lambda _: (_energy_by_operators(A) - _energy_by_operators(DELTA)) * 10**15,
            "mean values of operators by quadrature, Bethe's logarithms by a sum over states instead of the table",
            points=1, digits=6,
        ),
    )  # fmt: skip
    def lamb_gap():
        r"""The Lamb shift of $4D_{5/2}$ and $4F_{5/2}$ separates them by more than hyperfine structure does."""
        terms = ("gross", "fine", "hyperfine", "lamb")
        gap = level(A, terms=terms).energy - level(DELTA, terms=terms).energy
        return rounded(sp.Rational(str(gap)) * 10**15)

    @d.step(
        r"10^{30}R_{\mathrm{Lamb}}",
        check.brute_force(
            lambda _: mp.nint(package(denominators="lamb").R * 10**30), "the numeric route, switch `lamb'", points=1, digits=4
        ),
    )
    def rotation_lamb(ratio, lamb_gap):
        r"""$R$ falls by a factor of seven."""
        return rounded(natural(ratio.subs(D_A, sp.Symbol("D"))).subs(sp.Symbol("D"), lamb_gap / sp.Integer(10) ** 15) * 10**30)

    @d.step(
        r"10^{7}[R(\beta)/R(0)-1]",
        check.sign(False, when="the moments of A and B differ by more than the one between them"),
        check.brute_force(lambda _: mp.nint(_change_by_mixing() * 10**7), "the numeric route, switches `hyperfine mixing'",
                          points=1, digits=4),
    )  # fmt: skip
    def mixing_change(mixed, admixture, fine_interval, lamb_gap):
        r"""With the Lamb shift in the gaps. Most of it is $M1$."""
        above, below = (
            natural(part.subs({beta_hf: admixture, D_fs: fine_interval}).subs(D_A, sp.Symbol("D")))
            for part in sp.fraction(sp.together(mixed))
        )
        at = {sp.Symbol("D"): lamb_gap / sp.Integer(10) ** 15}
        return rounded((above.subs(at) / below.subs(at) - 1) * 10**7)

    @d.step(
        r"10^{12}(\Gamma_\Delta-\Gamma_A)/\mathrm{eV}",
        check.brute_force(
            lambda _: mp.nint((1 / mp.mpf("36.150e-9") - 1 / mp.mpf("72.527e-9")) * mp.mpf("6.582119569e-16") * 10**12),
            "tabulated lifetimes of 36.150 and 72.527 ns, to their digits", points=1, digits=3,
        ),
    )  # fmt: skip
    def width_difference():
        r"""The natural widths of $4D$ and $4F$, from their electric dipole decays."""
        return rounded(sp.Rational(str(width(4, 2) - width(4, 3))) * 10**12)

    @d.step(
        r"10^{30}R_{\mathrm{widths}}",
        check.brute_force(
            lambda _: mp.nint(package(denominators="widths").R * 10**30),
            "the numeric route, switch `widths'",
            points=1,
            digits=4,
        ),
    )
    def rotation_widths(rotation_lamb, lamb_gap, width_difference):
        r"""Natural widths, $D\to D-\frac i2(\Gamma_A-\Gamma_\Delta)$, exceed $D$: the imaginary part of the ratio shrinks by
        $D^2/(D^2+\frac14(\Gamma_A-\Gamma_\Delta)^2)$, and an equally large real part, circular dichroism, appears.
        """
        D, gamma = lamb_gap / sp.Integer(10) ** 15, width_difference / sp.Integer(10) ** 12 / 2
        return rounded(rotation_lamb * D**2 / (D**2 + gamma**2))

    @d.step(
        r"10^{-5}R_{\mathrm{talk}}/c\,\big/\,(-7.7\times10^{-33})",
        check.sign(True, when="the same sign as the talk's number"),
        check.brute_force(
            lambda _: mp.nint(
                package(denominators="hyperfine", operator="talk", axial="g_A", electron_term=False).over_c / mp.mpf("-7.7e-28")
            ),
            "the numeric route, switch `talk'",
            points=1,
            digits=15,
        ),
    )
    def talk_absolute(talk):
        r"""The talk's absolute value is not reproduced: with its own operator and denominators $R/c$ comes out larger than the
        printed $-7.7\times10^{-33}$ by $10^5$ times this factor. No convention does that: $g_A$ against $g_A/2$ is a factor of
        2, the Lamb shift of 7, the widths of 2.4, $E1$ in $ea_0$ over $M1$ in $\mu_B$ of $2/\alpha=274$; together $10^4$.
        """
        c = (-half + 6 * rational(SCHEME)) / 2
        return rounded(natural(talk) / c / sp.Rational("-7.7e-28"))

    @d.step(
        r"10^{2}R_{\mathrm{talk}}/(c\,c_{\mathrm{SI}})\,\big/\,(-7.7\times10^{-33})",
        check.sign(True, when="the same sign as the talk's number"),
        check.brute_force(
            lambda _: mp.nint(min((x for x in confront() if x.ratio > 0), key=lambda x: abs(mp.log(x.ratio))).ratio * 100),
            "the nearest of all combinations of conventions, which differs in $g_s$ and the reduced mass, to its two digits",
            points=1,
            digits=1,
        ),
    )
    def nearest(talk_absolute):
        r"""The nearest that any combination of conventions comes is the talk's own operator with $E1/M1$ in SI units, where it
        is a velocity, without the division by $c_{\mathrm{SI}}=299792458\,$m/s: a third of the printed number.
        """
        return rounded(sp.Rational(talk_absolute * 10**7) / rational("c"))
