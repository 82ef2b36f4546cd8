"""Dirac's electron against its radial equation itself: no formula of the energy, no exponential, no Gamma function.

The functions are power series in r, whose coefficients the equation gives; the energy is where they decay, found by shooting;
integrals are taken power by power up to a radius beyond which nothing is left. FLINT's balls carry what is lost in between.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import mpmath as mp
import pytest
import sympy as sp
from flint import arb, arb_poly, ctx
from nuforce_sym.derivations import hydrogen_levels, rotation_routes

from nuforce_sym.atom.dirac_coulomb import dirac_binding, dirac_state, kappa_of, mixed_moment
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.relativistic import relativistic_ratio
from nuforce_sym.atom.relativistic_series import relativistic_coefficient
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.system import number
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbols
from tests import atom_oracle as oracle

BITS, TERMS, REACH = 1500, 1000, 110
"""REACH n Bohr radii is infinity: exp(-2 REACH) = 1e-96 is neglected."""
TINY = "1e-12"
"""Z alpha so small that what is of its fourth order is below 20 digits of what is of the second."""
PAIRS = [
    ("4D5/2, F=3", "4F5/2, F=3", "electron", "0.580"),
    ("4D5/2, F=3", "4F5/2, F=3", "nucleus", "0.580"),
    ("4D5/2, F=3", "4F7/2, F=3", "nucleus", "0.348"),
    ("5G7/2, F=3", "4F5/2, F=3", "nucleus", "0.355"),
    ("6G7/2, F=3", "4F7/2, F=3", "electron", None),
    ("6G7/2, F=3", "4F7/2, F=3", "nucleus", None),
]
"""States, the structure, and what an independent calculation says of the first correction."""


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(BITS), mp.workdps(40):
        yield


def to_mpmath(ball, digits=60):
    assert ball.rel_accuracy_bits() > 3.33 * digits, ball
    with mp.workdps(digits):
        return mp.mpf(ball.str(digits, radius=False))


def series(n, kappa, x, binding):
    r"""g and f/x over rho^(gamma-1) as series in rho = x r; ``binding`` is (1 - E)/x^2."""
    gamma = (kappa**2 - x * x).sqrt()
    upper = 2 - binding * x * x
    # (gamma+k+kappa) g_k - x^2 f_k = (1+E) f_(k-1) and (gamma+k-kappa) f_k + g_k = binding g_(k-1)
    g, f = ([x * x], [gamma + kappa]) if kappa > 0 else ([kappa - gamma], [arb(1)])
    for k in range(1, TERMS):
        a, b = upper * f[-1], binding * g[-1]
        determinant = (gamma + k + kappa) * (gamma + k - kappa) + x * x
        g.append(((gamma + k - kappa) * a + x * x * b) / determinant)
        f.append(((gamma + k + kappa) * b - a) / determinant)
    return gamma, arb_poly(g), arb_poly(f)


def root_near(start, accuracy, function):
    """The root of a function by the method of secants, on the middles of balls."""
    points = [start, (start * arb("1.001")).mid()]
    values = [function(p).mid() for p in points]
    while abs(points[1] - points[0]) > accuracy:
        step = (values[1] * (points[1] - points[0]) / (values[1] - values[0])).mid()
        points = [points[1], (points[1] - step).mid()]
        values = [values[1], function(points[1]).mid()]
    return points[1]


@cache
def shot(n, kappa, coupling):
    """The normalised bound state by shooting: (binding, gamma, g, f/x)."""
    x, binding = arb(coupling), arb(1) / (2 * n * n)
    for reach, accuracy in ((5, 8), (20, 30), (REACH, 420)):
        binding = root_near(binding, arb(2) ** -accuracy, lambda b, r=reach: series(n, kappa, x, b)[1](arb(r * n)))
    edge = arb(REACH * n)
    gamma, g, f = series(n, kappa, x, binding)
    norm = below(g * g, 2 * gamma + 1, edge) + x * x * below(f * f, 2 * gamma + 1, edge)
    root = norm.sqrt() if kappa > 0 else -norm.sqrt()
    return binding, gamma, arb_poly([c / root for c in g.coeffs()]), arb_poly([c / root for c in f.coeffs()])


def below(density, power, edge):
    """The integral of rho^(power - 1) times a series from 0 to the edge."""
    return edge**power * arb_poly([c / (power + k) for k, c in enumerate(density.coeffs())])(edge)


@cache
def integrals(one, two, coupling):
    """The integrals of r^-3 g_1 f_2 and r^-3 f_1 g_2, in units of 1/m, over x^6."""
    (_, gamma_1, g_1, f_1), (_, gamma_2, g_2, f_2) = shot(*one, coupling), shot(*two, coupling)
    edge = arb(REACH * min(one[0], two[0]))
    return tuple(to_mpmath(below(a * b, gamma_1 + gamma_2 - 4, edge)) for a, b in ((g_1, f_2), (f_1, g_2)))


def quantum(s):
    return s.n, kappa_of(s.l, int(2 * s.j))


def sigma_sigma(bra, ket):
    """<sigma_e.sigma_N> between (l, j, F, m) in the product basis."""
    total = mp.mpc(0)
    if bra[0] != ket[0]:
        return total.real
    for (a, x), (b, y) in product(oracle.state_vector(*bra).items(), oracle.state_vector(*ket).items()):
        if a[0] == b[0]:
            total += mp.conj(x) * y * sum(oracle.PAULI[k].get((a[1], b[1]), 0) * oracle.PAULI[k].get((a[2], b[2]), 0)
                                          for k in range(3))  # fmt: skip
    return total.real


def turned(s):
    """The angular state of the lower component."""
    return int(2 * s.j) - s.l, s.j, s.F, s.F


def element(bra, ket, structure, coupling):
    r"""-i<1|gamma_5 r^-5|2> or -i<1|alpha.sigma_N r^-5|2> over x^6, from the radial equation and the product basis."""
    one, two = state(bra), state(ket)
    first, second = integrals(quantum(one), quantum(two), coupling)
    if structure == "electron":
        return first - second
    F = one.F
    return first * sigma_sigma((one.l, one.j, F, F), turned(two)) - second * sigma_sigma(turned(one), (two.l, two.j, F, F))


def static(bra, ket, structure):
    """The limit -i<1|sigma_e.{p,r^-5}/2|2>, or that of sigma_N with half of the cross term, by the brute force of products."""
    one, two = ((s.n, s.l, s.j, s.F, s.F) for s in (state(bra), state(ket)))
    parts = oracle.radial_parts(one[:2], two[:2], lambda r: r ** -mp.mpf(5))
    if structure == "electron":
        return oracle.spin_dot_p(one, two, parts, 1).imag
    slope = oracle.slope_integral(one[:2], two[:2], lambda r: -5 * r ** -mp.mpf(6))
    return (oracle.spin_dot_p(one, two, parts, 2) - oracle.cross_grad(one, two, slope) / 2).imag


@pytest.mark.parametrize(("n", "kappa"), [(4, 3), (4, -3), (4, -4), (5, 4), (1, -1), (3, 1)])
@pytest.mark.parametrize("charge", [1, 60])
def test_energies(n, kappa, charge):
    coupling = str(charge * number("alpha"))
    binding = to_mpmath(shot(n, kappa, coupling)[0]) * mp.mpf(coupling) ** 2
    assert abs(dirac_binding(n, kappa, mp.mpf(coupling)) / -binding - 1) < mp.mpf(10) ** -30


@pytest.mark.parametrize(("n", "kappa"), [(4, 3), (4, -3)])
def test_what_dirac_adds_to_fine_structure(n, kappa):
    """-6.7e-5 alpha^6 m for n = 4, j = 5/2, as a rational from the derived energy."""
    E = next(s for s in hydrogen_levels.d.steps if s.name == "dirac").make()
    k = abs(kappa)
    at = {
        hydrogen_levels.m_e: 1,
        hydrogen_levels.Z: 1,
        hydrogen_levels.n_r: n - k,
        hydrogen_levels.j: sp.Rational(2 * k - 1, 2),
    }
    exact = hydrogen_levels._order(E, 6).subs(at)
    with mp.workdps(90):
        x = mp.mpf(TINY)
        binding = to_mpmath(shot(n, kappa, TINY)[0], 80)
        fine = (mp.mpf(n) / k - mp.mpf(3) / 4) / (2 * n**4)
        found = -(binding - mp.mpf(1) / (2 * n**2) - x**2 * fine) / x**4
    assert abs(found / mp.mpf(exact.p) * exact.q - 1) < mp.mpf(10) ** -20
    assert abs(found / mp.mpf("-6.7e-5") - 1) < 1e-2


@pytest.mark.parametrize(("bra", "ket", "structure", "printed"), PAIRS)
def test_the_element_of_the_neutrino_force_in_hydrogen(bra, ket, structure, printed):
    """Its ratio to the static limit at Z = 1 and 60, its limit 1, and the first correction c (Z alpha)^2."""
    limit = static(bra, ket, structure)
    assert abs(element(bra, ket, structure, TINY) / limit - 1) < mp.mpf(10) ** -21
    for charge in (1, 60):
        coupling = charge * number("alpha")
        brute = element(bra, ket, structure, str(coupling)) / limit
        ours = relativistic_ratio(state(bra), state(ket), coupling, structure=structure)
        assert abs(ours / brute - 1) < mp.mpf(10) ** -24
    with mp.workdps(60):
        # the second point frees the slope of the normalisation of the limit
        double = str(2 * mp.mpf(TINY))
        slope = (element(bra, ket, structure, double) / element(bra, ket, structure, TINY) - 1) / (3 * mp.mpf(TINY) ** 2)
    c = relativistic_coefficient(state(bra), state(ket), structure=structure)
    assert abs(slope / mp.mpf(str(c.evalf(40))) - 1) < mp.mpf(10) ** -21
    assert printed is None or float(c) == pytest.approx(float(printed), abs=6e-4)


@pytest.mark.parametrize(
    ("bra", "ket"), [("4D5/2, F=3", "4F5/2, F=3"), ("4D5/2, F=3", "4F7/2, F=3"), ("5F7/2, F=3", "4D5/2, F=3")]
)
def test_the_derived_potential_is_the_limit_of_diracs_operators(bra, ket):
    r"""-b_e a_p V gamma_5 + a_e b_p V alpha.sigma_p, V = G_F^2/(4 pi^3 r^5), with all signs of the derived operator."""
    a_e, b_e, a_p, b_p, G_F, m_e, a_0 = symbols("a_e b_e a_p b_p G_F m_e a_0")
    charges = {a_e: sp.Rational(2, 7), b_e: sp.Rational(3, 5), a_p: sp.Rational(1, 9), b_p: sp.Rational(5, 8)}
    V = rotation_routes.parity_violating("two_neutrino")
    value = matrix_element(bra, V, ket).value.subs(charges).subs({G_F: 1, m_e: 1, a_0: 1})
    dirac = mp.mpf(2) / 7 * 5 / 8 * element(bra, ket, "nucleus", TINY)
    if state(bra).j == state(ket).j:
        dirac -= mp.mpf(3) / 5 / 9 * element(bra, ket, "electron", TINY)
    brute = dirac / (4 * mp.pi**3)
    assert abs(mp.mpf(str(sp.im(value).evalf(40))) / brute - 1) < mp.mpf(10) ** -21


def test_radial_integrals():
    """All moments of g_1 f_2 and f_1 g_2 with r^-5 at Z = 60."""
    coupling = str(60 * number("alpha"))
    x = mp.mpf(coupling)
    for one, two in (((4, -3), (4, 3)), ((4, -3), (4, -4)), ((5, 4), (4, 3))):
        brute = integrals(one, two, coupling)
        ours = mixed_moment(dirac_state(*one, x), dirac_state(*two, x), -5)
        for a, b in zip(ours, brute, strict=True):
            assert abs(a / x**6 / b - 1) < mp.mpf(10) ** -30


def test_exact_coefficients():
    D, A, B, G = (state(f"{text}, F=3") for text in ("4D5/2", "4F5/2", "4F7/2", "5G7/2"))
    assert relativistic_coefficient(D, A) == sp.Rational(1949, 3360)
    assert relativistic_coefficient(D, B, structure="nucleus") == sp.Rational(2339, 6720)
    assert relativistic_coefficient(G, A, structure="nucleus").has(sp.log)
    assert relativistic_coefficient(A, D) == relativistic_coefficient(D, A)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: relativistic_coefficient(State(3, 2, sp.Rational(3, 2)), state("3P3/2")), NotDerivable, "diverges"),
        (lambda: relativistic_coefficient(state("4D5/2"), state("4F7/2")), InputError, "vanishes"),
        (lambda: relativistic_coefficient(state("4D5/2"), state("4F5/2"), structure="proton"), InputError, "the structure is"),
        (lambda: relativistic_coefficient(state("4D5/2"), state("4F5/2"), structure="nucleus"), InputError, "write F"),
    ],
)
def test_what_has_no_coefficient(call, error, message):
    with pytest.raises(error, match=message):
        call()
