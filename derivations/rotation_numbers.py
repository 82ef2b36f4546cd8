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
from nuforce_sym.atom.confrontation import confront
from nuforce_sym.atom.levels import level
from nuforce_sym.atom.system import SCHEME
from nuforce_sym.atom.widths import width
from nuforce_sym.symbols import symbols

(D_A,) = symbols("D_A")


def _element():
    """The element of V between Delta and A by the numeric route, in eV and over -i."""
    found = package(denominators="hyperfine")
    return found.unit * next(s.element for s in found.shares if s.side == "A" and s.state is not None)


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
    )
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
