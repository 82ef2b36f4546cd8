"""Hydrogen's functions, integrals and matrix elements against the radial equation and the product basis, to 20 digits."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product

import mpmath as mp
import pytest
import sympy as sp
from flint import arb, ctx, fmpq
from nuforce_sym.derivations import optical_rotation, parity_mixing, rotation_routes

from nuforce_sym.atom.closed_form import current_power, gradient_power, mean_power, transition_power
from nuforce_sym.atom.levels import hyperfine_coefficient
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.radial import hydrogen_radial
from nuforce_sym.atom.state import State
from nuforce_sym.potential.operators import MOMENTUM, coefficient
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols
from tests import atom_oracle as oracle
from tests.radial_equation import BITS, REACH, bound, integral, parts, to_mpmath

HALF = Fraction(1, 2)
n, l, r, Z, a_0, m_nu, m_Z, alpha, m_e = symbols("n l r Z a_0 m_nu m_Z alpha m_e")
sin2, cos_theta_W, mu_a = symbols("sin2_theta_W cos_theta_W mu_a")
OPERATORS = ("sigma_e.p", "sigma_p.p", "(sigma_e x sigma_p).grad")


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(BITS), mp.workdps(40):
        yield


def close(ours, brute, digits=20):
    ours = ours if isinstance(ours, mp.mpf) else mp.mpf(str(sp.N(ours, 40)))
    assert abs(ours - brute) <= abs(brute) * mp.mpf(10) ** -digits, (ours, brute)


def edge(*ns):
    return arb(REACH * min(ns))


@cache
def value_of(derivation, name):
    """The value of a step of a module's derivation."""
    values = {}
    for step in derivation.d.steps:
        values[step.name] = step.make(*(values[need] for need in step.needs))
        if step.name == name:
            return values[name]
    raise AssertionError(name)


@pytest.mark.parametrize("n_", range(1, 9))
def test_radial_functions(n_):
    """Every R_nl up to n = 8, at two distances."""
    for l_ in range(n_):
        f, brute = hydrogen_radial(n_, l_), bound(n_, l_)
        for x in (fmpq(n_, 3), fmpq(2 * n_ * n_)):
            ours = arb(f.polynomial(x)) * arb(f.norm).sqrt() * (-arb(f.decay * x)).exp()
            want = sum((c * arb(x) ** k for k, c in enumerate(brute)), arb(0))
            close(to_mpmath(ours), to_mpmath(want), 30)


def with_F(n_, l_):
    """Every (j, F) of n, l, with one m each."""
    for j in (l_ - HALF, l_ + HALF):
        if j > 0:
            for F in (int(j - HALF), int(j + HALF)):
                yield State(n_, l_, j, F, -(F // 2))


@pytest.mark.parametrize("lower", range(5))
@pytest.mark.parametrize("excited", [0, 1])
def test_parity_odd_elements(lower, excited):
    """<1|O|2> between all j, F of (n, l) and (n', l+1), O with r^-q of every q that converges, from both sides."""
    n_1, n_2 = lower + 2, lower + 2 + excited
    known = {q: parts(bound(n_1, lower), bound(n_2, lower + 1), lower, lower + 1, edge(n_1, n_2), q)
             for q in (1, 3, 5) if q < 2 * lower + 3}  # fmt: skip
    found = 0
    for one, two in product(with_F(n_1, lower), with_F(n_2, lower + 1)):
        if one.F != two.F:
            continue
        a, b = ((s.n, s.l, s.j, s.F, s.m) for s in (one, two))
        for q, (three, slope) in known.items():
            brute = (oracle.spin_dot_p(a, b, three, 1), oracle.spin_dot_p(a, b, three, 2), oracle.cross_grad(a, b, slope))
            for name, want in zip(OPERATORS, brute, strict=True):
                ours = matrix_element(one, f"{name} r^-{q}", two).value.subs(a_0, 1)
                back = matrix_element(two, f"{name} r^-{q}", one).value.subs(a_0, 1)
                assert sp.expand(back + ours) == 0  # hermitian, and imaginary
                assert abs(want.real) < mp.mpf(10) ** -30
                if ours == 0:
                    assert abs(want) < mp.mpf(10) ** -30
                else:
                    close(sp.im(ours), want.imag)
                    found += 1
    assert found >= 5


@pytest.mark.parametrize("lower", range(7))
@pytest.mark.parametrize("radial", [0, 1, 4])
def test_formulas_in_n_and_l(lower, radial):
    """P_q and G_q between (n, l+1) and (n, l), <r>, and the mean of r^-3."""
    n_ = lower + 2 + radial
    at = {n: n_, l: lower, Z: 1}
    f, g = bound(n_, lower + 1), bound(n_, lower)
    for q in (1, 3, 5):
        if q >= 2 * lower + 3:
            continue
        (f1d2, d1f2, f1f2), slope = parts(f, g, lower + 1, lower, edge(n_), q)
        close(current_power(q).subs(at), (f1d2 - d1f2 - f1f2 - 2 * (lower + 1) * f1f2) / 2)
        if q == 1:
            assert gradient_power(1) == 0
            assert abs(slope) < mp.mpf(10) ** -30
        else:
            close(gradient_power(q).subs(at), slope)
    close(transition_power(1).subs(at), to_mpmath(integral(f, g, 3, edge(n_))))
    close(mean_power(-3).subs({**at, l: lower + 1}), to_mpmath(integral(f, f, -1, edge(n_))))


@pytest.mark.parametrize("q", range(-2, 9))
def test_the_hypervirial_identity(q):
    """(q-1) P_q = (l+1) G_q for n' = n, as formulas in n and l."""
    assert sp.cancel(((q - 1) * current_power(q) - (l + 1) * gradient_power(q)) / sp.sqrt(n**2 - (l + 1) ** 2)) == 0


@pytest.mark.parametrize("l_", [1, 2, 3, 4])
def test_hyperfine_energies(l_):
    """[F(F+1) - j(j+1) - 3/4]/(2n^3(2l+1)j(j+1)) from the mean of r^-3 and the tensor force in the product basis."""
    from tests.test_hydrogen_verified import tensor_force

    for n_ in (l_ + 1, l_ + 3):
        mean = to_mpmath(integral(bound(n_, l_), bound(n_, l_), -1, edge(n_)))
        for s in with_F(n_, l_):
            brute = tensor_force((n_, s.l, s.j, s.F, s.m), (n_, s.l, s.j, s.F, s.m)).real * mean / 2
            close(hyperfine_coefficient(s), brute)
            j, F = sp.Rational(s.j.numerator, s.j.denominator), s.F
            close((F * (F + 1) - j * (j + 1) - sp.Rational(3, 4)) / (2 * n_**3 * (2 * l_ + 1) * j * (j + 1)), brute)


def yukawa(f, g, power, decay):
    """The integral of rho^power f g exp(-decay rho), power by power: an expansion for short range."""
    total = arb(0)
    for i, x in enumerate(f[:16]):
        for k, y in enumerate(g[:16]):
            s = power + i + k
            if s >= 0:
                total += x * y * arb(s).fac() / arb(decay) ** (s + 1)
    return total


@pytest.mark.parametrize(("n_", "l_"), [(2, 0), (3, 1), (4, 2), (5, 2), (5, 3), (6, 4)])
def test_z_exchange_at_short_range(n_, l_):
    """<Delta|V_Z|A> with both spins' terms at a range of 1e-24 Bohr radii, against the derived scaling law."""
    mu = arb(10) ** 24
    f, g = bound(n_, l_), bound(n_, l_ + 1)
    D, A = ((n_, k, l_ + HALF, l_ + 1, l_ + 1) for k in (l_, l_ + 1))
    f_1, f_2 = f[l_:], g[l_ + 1 :]
    d_1, d_2 = ([k * c for k, c in enumerate(x)][1:] for x in (f_1, f_2))
    shape = 2 * l_ + 2  # of rho^(l1 + l2 + 2) exp(-mu rho)/rho
    over = 4 * arb.pi()
    three = tuple(to_mpmath(yukawa(x, y, p, mu) / over) for x, y, p in
                  ((f_1, d_2, shape), (d_1, f_2, shape), (f_1, f_2, shape - 1)))  # fmt: skip
    slope = -to_mpmath((mu * yukawa(f_1, f_2, shape, mu) + yukawa(f_1, f_2, shape - 1, mu)) / over)
    e, p, x = oracle.spin_dot_p(D, A, three, 1), oracle.spin_dot_p(D, A, three, 2), oracle.cross_grad(D, A, slope)
    gA_gV, gV_gA = mp.mpf(2) / 7, mp.mpf(3) / 5
    brute = -gA_gV * e + gV_gA * (p - x / 2)
    g_Ae, g_AN, g_Ve, g_VN = symbols("g_Ae g_AN g_Ve g_VN")
    found = value_of(parity_mixing, "tree_element")
    charges = {g_Ae: sp.Rational(2, 7), g_VN: 1, g_Ve: sp.Rational(3, 5), g_AN: 1, n: n_, l: l_}
    # over g^2/(4 c^2 m_e a_0^2) with g^2 = 4 pi alpha/s^2, and 1/m_Z = 1e-24 a_0
    scale = sp.pi * alpha**3 * m_e / (sin2 * cos_theta_W**2)
    ours = sp.cancel((found.subs(charges, simultaneous=True) / scale).subs(m_Z, 10**24 * alpha * m_e))
    close(sp.im(ours), brute.imag)


def bessel_moment(power, order, mu):
    """The integral of rho^p K_nu(2 mu rho) exp(-rho/2), Gradshteyn and Ryzhik 6.621.3."""
    a, p, c, half = mp.mpf(power + 1), mp.mpf(1) / 2, 2 * mu, mp.mpf(1) / 2
    front = mp.sqrt(mp.pi) * (2 * c) ** order * (p + c) ** (-a - order)
    front *= mp.gamma(a + order) * mp.gamma(a - order) / mp.gamma(a + half)
    return front * mp.hyp2f1(a + order, order + half, a + half, (p - c) / (p + c))


def current_and_gradient(kind, mu):
    """P and G between 4D ~ rho^2 (12 - rho) and 4F ~ rho^3, over the norms; at mu = 0 they are 120 and -160."""
    M = lambda power, order: bessel_moment(power, order, mu)  # noqa: E731
    if kind == "dirac":
        P = mu**3 * (42 * M(4, 3) - 3 * M(5, 3))
        return P, mu**3 * (12 * M(4, 3) - M(5, 3)) - 2 * mu**4 * (12 * M(5, 4) - M(6, 4))
    P = 2 * mu**2 * (42 * M(3, 2) - 3 * M(4, 2))
    return P, -4 * mu**3 * (12 * M(4, 3) - M(5, 3)) - 2 * mu**2 * (12 * M(3, 2) - M(4, 2))


@pytest.mark.parametrize("kind", ["dirac", "majorana"])
@pytest.mark.parametrize("operator", ["derived", "talk"])
def test_the_series_of_R_in_the_neutrino_mass(operator, kind):
    """All terms up to mu^6 ln mu against hypergeometric functions at mu = 1e-14: the last to 20 digits."""
    V = rotation_routes.parity_violating(f"two_neutrino_{kind}").subs(symbols("b_e")[0], 0)
    V = rotation_routes.as_the_talk(V) if operator == "talk" else V
    series = rotation_routes.corrected(V, 6)
    with mp.workdps(160):
        mu = mp.mpf(10) ** -14
        P, G = current_and_gradient(kind, mu)
        # c_p P + x c_x G with c_p = -1/7, c_x = -6/7
        brute = (P - 3 * G) / (120 + 3 * 160) if operator == "derived" else (P + 3 * G) / (120 - 3 * 160)
        ours = mp.mpf(str(series.subs(mu_a, sp.Rational(1, 10**14)).evalf(150)))
        last = sp.expand(sp.expand_log(series, force=True)).coeff(mu_a, 6)
        assert last != 0
        assert abs(ours - brute) < mp.mpf(10) ** -20 * mu**6 * abs(
            mp.mpf(str(last.subs(mu_a, sp.Rational(1, 10**14)).evalf(30)))
        )


SHORT = {
    "dirac": {0: (1, 0), 2: ("-1/2", 0), 4: ("1/4", 0), 6: ("-11/72", "1/6")},
    "majorana": {0: (1, 0), 2: (-1, 0), 4: ("3/4", -1), 6: ("17/36", "-1/3")},
}
"""The forces over G^2/(4 pi^3 r^5): coefficients of (mr)^k and (mr)^k (ln(mr) + gamma), by an independent expansion."""


@pytest.mark.parametrize("kind", SHORT)
def test_the_derived_forces_at_short_distance(kind):
    """At m r = 1e-14, each term to 20 digits after those before it are taken away."""
    F = coefficient(rotation_routes.parity_violating(f"two_neutrino_{kind}"), Dot3(MOMENTUM, Vector3("sigma_2")), sp.Integer(1))
    a_e, b_p, G_F = symbols("a_e b_p G_F")
    shape = F * 2 * m_e / (a_e * b_p) * 4 * sp.pi**3 * r**5 / G_F**2
    with mp.workdps(160):
        x = mp.mpf(10) ** -14
        rest = mp.mpf(str(shape.subs({m_nu: sp.Rational(1, 10**14), r: 1}).evalf(150)))
        for power, pair in SHORT[kind].items():
            plain, log = (mp.mpf(sp.Rational(c).p) / sp.Rational(c).q for c in pair)
            want = (plain + log * (mp.log(x) + mp.euler)) * x**power
            assert abs(rest / want - 1) < mp.mpf(10) ** -20
            rest -= want


def test_the_literal_formula_of_the_talk_and_the_derived_one():
    """R with hyperfine gaps for 4F from the product basis and the radial equation, against both formulas of the derivation."""
    from tests.test_hydrogen_verified import tensor_force

    A, B, D = (4, 3, 5 * HALF, 3, 3), (4, 3, 7 * HALF, 3, 3), (4, 2, 5 * HALF, 3, 3)
    three, slope = parts(bound(4, 2), bound(4, 3), 2, 3, edge(4))
    p, x = oracle.spin_dot_p(D, A, three, 2), oracle.cross_grad(D, A, slope)
    means = [to_mpmath(integral(bound(4, k), bound(4, k), -1, edge(4))) for k in (3, 2)]
    gap = (tensor_force(A, A).real * means[0] - tensor_force(D, D).real * means[1]) / 2
    z = oracle.z_component(D, B, to_mpmath(integral(bound(4, 2), bound(4, 3), 3, edge(4)))).real
    M = oracle.magnetic(A, B).real
    G_F, m_p, g_p, a_e, b_e, b_p, G_A = symbols("G_F m_p g_p a_e b_e b_p G_A")
    # 2 m_e a_0 times G_F^2/(4 pi^3 m_e a_0^6) over alpha^4 g_p m_e^2/m_p, times c = a_e/2
    unit = alpha * G_F**2 * m_e**3 * m_p / (2 * sp.pi**3 * g_p) * a_e
    for name, axial, V in (("talk", G_A, p + x / 2), ("rotation", b_p, p - x / 2)):
        ours = sp.cancel(value_of(optical_rotation, name).subs(b_e, 0) / (unit * axial))
        close(ours, (mp.conj(V) / gap * z / M).imag)
