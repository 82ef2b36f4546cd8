"""Kernels of hydrogen: radial functions, and the functionals of the neutrino mass; quadrature, edges, sabotage."""

from __future__ import annotations

import re

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from flint import arb, ctx

from nuforce_sym import registry
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.kernel import Argument, Constraint, Kernel, function_of, mass_proof, proved_source, python, runtime
from nuforce_sym.kernel.magnitude import NotProved
from nuforce_sym.kernel.mass_series import CASES, enclosed, head, series, table_source
from nuforce_sym.kernel.reference import ball
from nuforce_sym.kernel.signless import envelope
from nuforce_sym.mass_moments import MassCurrent, MassGradient
from nuforce_sym.symbols import symbols

r, Z, a_0, m_nu, mu_a = symbols("r Z a_0 m_nu mu_a")
MASSES = ("1e-6", "0.001", "0.05", "0.124", "0.126", "0.26", "0.3", "0.49", "0.51", "2", "40", "3000")
SOURCE = {name: "\n\n\n".join(python.blocks()[b] for b in ("mass_moment", name)) for name in CASES}


def by_quadrature(name, mu):
    """The functional from its definition, with textbook radial functions: the trapezoidal rule in log x, 24 digits."""
    what, nu = name.split("_")[0], CASES[name][3]
    total, step = mp.mpf(0), mp.mpf(3) / 20
    for k in range(-210, 38):
        x = mp.exp(k * step) / (mp.mpf(1) / 8 + mu)
        K = {n: mp.besselk(n, 2 * mu * x) for n in (nu, nu + 1)}
        fall = mp.exp(-x / 2) / (768**2 * mp.sqrt(175))
        d, d_slope, f, f_slope = 12 * x**2 - x**3, 24 * x - 3 * x**2, x**3, 3 * x**2
        if what == "current":
            F = mu**3 * K[3] / x**2 if nu == 3 else 2 * mu**2 * K[2] / x**3
            total += x**3 * F * ((d * f_slope - d_slope * f) / 2 + 3 * d * f / x) * fall
        elif nu == 3:
            total += x**3 * (mu**3 * K[3] / x**3 - 2 * mu**4 * K[4] / x**2) * d * f * fall
        else:
            total += x**3 * (-4 * mu**3 * K[3] / x**3 - 2 * mu**2 * K[2] / x**4) * d * f * fall
    return step * total


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("mu", ["0.002", "0.13", "0.6"])
def test_functionals_of_the_mass_agree_with_quadrature(name, mu):
    with mp.workdps(30):
        want = by_quadrature(name, mp.mpf(mu))
        exact = mp.mpf(str(head(CASES[name], sp.Rational(mu)).evalf(30)))
        assert abs(exact / want - 1) < mp.mpf(10) ** -22
    assert getattr(runtime, name)(float(mu), 1.0) == pytest.approx(float(want), rel=mass_proof.prove(SOURCE[name], name).error)


@pytest.mark.parametrize("name", CASES)
def test_closed_form_series_and_hypergeometric_function_agree(name):
    """Three routes to 30 digits and more, on both sides of every place where the runtime changes its row."""
    case = CASES[name]
    for text in MASSES:
        number = sp.Rational(*float(text).as_integer_ratio())
        with ctx.workprec(140):
            closed = enclosed(case, arb(float(text)))
        with mp.workdps(40):
            hyper = mp.mpf(str(head(case, number).evalf(36)))
            assert abs(mp.mpf(closed.str(36, radius=False)) / hyper - 1) < mp.mpf(10) ** -34
        value = getattr(runtime, name)(float(number), 1.0)
        assert abs(value / float(hyper) - 1) < mass_proof.prove(SOURCE[name], name).error


def test_massless_values_are_the_exact_ones():
    """sqrt(7)/172032 and -sqrt(7)/129024, found by exact sums; HYDROGEN's P_5 and G_5 for 4D and 4F."""
    for kind in ("dirac", "majorana"):
        assert getattr(runtime, f"current_4D4F_{kind}")(0.0, 1.0) == pytest.approx(7**0.5 / 172032, rel=1e-15)
        assert getattr(runtime, f"gradient_4D4F_{kind}")(0.0, 1.0) == pytest.approx(-(7**0.5) / 129024, rel=1e-15)


def test_the_hypervirial_theorem_ties_dirac_to_majorana():
    """(q - 1) P_q = (l + 1) G_q for every power makes P of m^3 K_3(2mr)/r^2 equal to -3/4 of G of 2 m^2 K_2(2mr)/r^3."""
    mu = np.exp(np.linspace(np.log(1e-12), np.log(1e6), 400))
    ratio = runtime.current_4D4F_dirac(mu, 1.0) / runtime.gradient_4D4F_majorana(mu, 1.0)
    np.testing.assert_allclose(ratio, -0.75, rtol=2e-14)


def test_a_heavy_neutrino_sees_the_contact_limit():
    r"""m^3 K_3(2 m x)/x^2 for mu -> oo leaves the lowest power of R_1 R_2, \int u^{2l-1} K_3(2u) du-like moments."""
    big = runtime.current_4D4F_dirac(1e5, 1.0) * 1e10
    # 1/2 [1 + 6] alpha_4D alpha_4F \int x^4 K_3(2x) dx, R_D R_F ~ 12 x^5/(768^2 sqrt(175))
    moment = mp.gamma(4) * mp.gamma(1) / 4  # DLMF 10.43.19
    assert big == pytest.approx(float(7 / mp.mpf(2) * 12 / (768**2 * mp.sqrt(175)) * moment), rel=1e-4)


def test_edges():
    f = runtime.current_4D4F_dirac
    assert np.isnan(f(-1.0, 1.0))
    assert np.isnan(f(np.nan, 1.0))
    assert f(np.inf, 1.0) == 0
    assert f(1e-320, 1.0) == f(0.0, 1.0)
    assert f(np.array([0.1, 1.0]), 1.0).shape == (2,)
    for t in (0.5, 2.0):
        below, above = f(np.nextafter(t / 4, 0), 1.0), f(np.nextafter(t / 4, 9), 1.0)
        assert below == pytest.approx(above, rel=3e-14)


def test_the_table_of_the_runtime_is_the_one_that_the_series_give():
    text = "\n\n\n".join(f"# block {name}\n{python.blocks()[name]}" for name in CASES)
    assert table_source().strip() == text.strip()


def test_the_proof_notices_a_change():
    name = "current_4D4F_dirac"
    source = SOURCE[name]
    good = mass_proof.prove(source, name)
    with pytest.raises(NotProved, match="no table"):
        mass_proof.prove(source.replace(f"_{name.upper()} = (", "_OTHER = ("), name)
    first_of_each_row = re.findall(r"    \(\n        ([-\de.]+),", source)
    assert len(first_of_each_row) == 4
    for number in first_of_each_row:
        if number == "0.0":
            with pytest.raises(NotProved, match="logarithm"):
                mass_proof.prove(source.replace("        0.0,", "        1e-13,", 1), name)
            continue
        wrong = repr(float(number) + 1e-13)
        bad = mass_proof.prove(source.replace(number, wrong, 1), name)
        assert bad.error > 1.5 * good.error


def test_the_exact_series_leave_nothing():
    for case in CASES.values():
        assert all(float(tail) < 1e-60 for tail in series(case).tails)


def test_functionals_without_a_table_are_refused():
    formula = MassCurrent(5, 3, 3, m_nu * a_0)
    kernel = Kernel(
        "x", "X", formula, (Argument(m_nu, 1e-9, 1.0), Argument(a_0, 1.0, 1e3)), "d", "s", (Constraint(m_nu * a_0, 1e-9, 1e3),)
    )
    with pytest.raises(NotDerivable, match="current_4D4F_dirac"):
        proved_source(kernel, "V")


def test_functionals_without_a_range_are_not_proved():
    formula = MassGradient(4, 2, 3, m_nu * a_0)
    kernel = Kernel("x", "X", formula, (Argument(m_nu, 1e-9, 1.0), Argument(a_0, 1.0, 1e3)), "d", "s")
    with pytest.raises(NotProved, match="no constraint"):
        proved_source(kernel, "V")


def radial_kernel(formula, bound=None):
    arguments = (Argument(r, 1e-6, 1e30), Argument(Z, 1.0, 200.0), Argument(a_0, 1e-3, 1e12))
    limits = (Constraint(Z * r / (2 * a_0), 1e-30, 700.0),)
    return Kernel("x", "X", formula, arguments, "d", "s", limits, envelope=bound)


def test_a_polynomial_that_vanishes_has_its_error_compared_with_the_sum_of_the_moduli():
    two_s = sp.sqrt(Z / a_0) ** 3 / (2 * sp.sqrt(2)) * (2 - Z * r / a_0) * sp.exp(-Z * r / (2 * a_0))
    good = radial_kernel(two_s, envelope(two_s))
    text, bound = proved_source(good, "V")
    assert "root(Z)" in text
    assert bound < 3e-13
    zero = function_of(text)(2.0, 1.0, 1.0)
    assert abs(zero) < 1e-16
    with pytest.raises(NotProved, match="cancel completely"):
        proved_source(radial_kernel(two_s), "V")
    with pytest.raises(NotProved, match="plus for every minus"):
        proved_source(radial_kernel(two_s, 2 * envelope(two_s)), "V")
    with pytest.raises(InputError, match="rational function"):
        radial_kernel(two_s, envelope(two_s) * sp.log(r * Z / a_0 + 1))


def test_a_quotient_by_a_difference_has_no_such_envelope():
    formula = sp.exp(-Z * r / (2 * a_0)) / (2 - Z * r / a_0)
    with pytest.raises(NotProved, match="may vanish"):
        proved_source(radial_kernel(formula, sp.exp(-Z * r / (2 * a_0)) / (2 + Z * r / a_0)), "V")


def test_the_square_of_every_radial_function_integrates_to_one():
    module = registry.module_named("hydrogen_radial")
    values = {name: result.value for name, result in module.d.derive().items()}
    x, w = np.polynomial.laguerre.laggauss(40)
    for kernel in module.kernels(values)[1::2]:
        R = function_of(proved_source(kernel, "V")[0])
        n = int(kernel.name[-2])
        for charge, bohr in ((1.0, 2.5), (7.0, 0.3)):
            radius = x * n * bohr / (2 * charge)
            total = np.sum(w * np.exp(x) * R(radius, charge, bohr) ** 2 * radius**2) * n * bohr / (2 * charge)
            assert total == pytest.approx(1, rel=1e-12)


def test_roots_are_evaluated_rigorously():
    value = ball(sp.sqrt(7) * sp.sqrt(Z), {"Z": 2.0})
    with ctx.workprec(120):
        assert abs(value - arb(14).sqrt()) < 1e-30
