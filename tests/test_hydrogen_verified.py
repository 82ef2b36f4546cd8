"""The formulas of hydrogen against explicit product states and quadrature, to 20 digits: no 3j, no recurrence, no closed form.

States are |l m>|s_e>|s_p> with coefficients from lowering operators, spherical harmonics are polynomials that are integrated
monomial by monomial, radial integrals are quadratures of the explicit series; see `atom_oracle`.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import mpmath as mp
import pytest
import sympy as sp
from nuforce_sym.derivations import optical_rotation

from nuforce_sym.atom.angular import cos_theta, orbital_z, sigma_cross_n, sigma_e_n, sigma_e_z, sigma_p_n
from nuforce_sym.atom.closed_form import current_power, gradient_power, transition_power
from nuforce_sym.atom.hyperfine import N_dot_I
from nuforce_sym.atom.levels import hyperfine_coefficient, hyperfine_unit, level
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.rotation import optical_rotation as optical_rotation_of
from nuforce_sym.atom.state import State, state, states
from nuforce_sym.atom.system import hydrogen, number
from nuforce_sym.atom.widths import width
from nuforce_sym.potential.operators import MOMENTUM, coefficient
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols
from tests import atom_oracle as oracle

HALF = Fraction(1, 2)
n, l, Z, r, m_nu, a_0 = symbols("n l Z r m_nu a_0")


@pytest.fixture(autouse=True)
def precision():
    with mp.workdps(30):
        yield


def agree(ours, brute, digits=20):
    ours = ours if isinstance(ours, (mp.mpf, mp.mpc)) else mp.mpf(str(sp.N(ours, 30)))
    scale = max(abs(brute), mp.mpf(10) ** -3)
    assert abs(ours - brute) <= scale * mp.mpf(10) ** -digits, (ours, brute)


def quantum(s):
    return s.n, s.l, s.j, s.F, s.m


def spin_dot_n(bra, ket, which):
    """<bra|sigma.n|ket> for the spin of the electron (1) or of the nucleus (2)."""
    total = mp.mpc(0)
    for (a, x), (b, y), axis in product(oracle.state_vector(*bra[1:]).items(), oracle.state_vector(*ket[1:]).items(), range(3)):
        spin = oracle.PAULI[axis].get((a[which], b[which]), 0)
        if spin and a[3 - which] == b[3 - which]:
            total += mp.conj(x) * y * spin * oracle.angular(bra[1], int(a[0]), ket[1], int(b[0]), axis)[0]
    return total


@cache
def second_moment(l_, m_1, m_2, a, b):
    P = oracle.harmonic(l_, m_2)
    return oracle.sphere(oracle.conjugate_product(oracle.harmonic(l_, m_1), oracle.times(oracle.times(P, a), b)))


def tensor_force(bra, ket):
    """<bra|N.I|ket>, N = L - S + 3 n(n.S), within one l."""
    l_, total = bra[1], mp.mpc(0)
    for (a, x), (b, y) in product(oracle.state_vector(*bra[1:]).items(), oracle.state_vector(*ket[1:]).items()):
        (m_1, s_1, i_1), (m_2, s_2, i_2) = a, b
        weight = mp.conj(x) * y
        if s_1 == s_2:
            # L.I = L_z I_z + (L_+ I_- + L_- I_+)/2
            if m_1 == m_2 and i_1 == i_2:
                total += weight * int(m_1) * (mp.mpf(1) / 2 if i_1 > 0 else -mp.mpf(1) / 2)
            if abs(m_1 - m_2) == 1 and i_2 - i_1 == m_1 - m_2:
                total += weight * mp.sqrt(l_ * (l_ + 1) - int(m_1) * int(m_2)) / 2
        for p, q in product(range(3), repeat=2):
            spins = oracle.PAULI[p].get((s_1, s_2), 0) * oracle.PAULI[q].get((i_1, i_2), 0)
            if spins:
                moment = 3 * second_moment(l_, int(m_1), int(m_2), p, q) - (p == q and m_1 == m_2)
                total += weight * spins * moment / 4
    return total


@cache
def mean_inverse_cube(n_, l_):
    f, _ = oracle.radial_function(n_, l_)
    return mp.quad(lambda x: x ** (2 * l_ - 1) * f(x) ** 2, oracle.breaks(n_, n_))


@cache
def dipole_integral(one, two):
    (f, _), (g, _) = oracle.radial_function(*one), oracle.radial_function(*two)
    return mp.quad(lambda x: x ** (3 + one[1] + two[1]) * f(x) * g(x), oracle.breaks(one[0], two[0]))


def with_F(l_):
    """Every (j, F) of one l, as states of n = l + 1 with the largest m but one (or m = 0 for F = 0)."""
    found = []
    for s in states(l_ + 1, l_ + 1):
        if s.l == l_:
            found += [State(s.n, s.l, s.j, int(F), int(max(F - 1, 0))) for F in (s.j - HALF, s.j + HALF)]
    return found


@pytest.mark.parametrize("lower", [0, 1, 2, 3, 4])
def test_angular_factors_and_selection_rules(lower):
    """c_e, c_p, c_x between all states of l and l + 1: values, symmetry, hermiticity, selection rules."""
    for one, two in product(with_F(lower), with_F(lower + 1)):
        if one.F != two.F:
            continue
        a, b = quantum(one), quantum(two)
        agree(sigma_e_n(one, two).sympy, spin_dot_n(a, b, 1).real)
        agree(sigma_p_n(one, two).sympy, spin_dot_n(a, b, 2).real)
        cross = oracle.cross_grad(a, b, 1)
        agree(sigma_cross_n(one, two).sympy, (1j * cross).real)
        agree(sigma_cross_n(two, one).sympy, -(1j * cross).real)
        assert abs(cross.real) < 1e-24
        if one.j != two.j:
            assert sigma_e_n(one, two) == 0
        if abs(one.j - two.j) > 1:
            assert abs(cross) < 1e-24


@pytest.mark.parametrize("one", [s for k in (1, 2, 3, 4) for s in with_F(k)], ids=str)
def test_the_hyperfine_operator(one):
    """<N.I> between all j of one l, F and m: the energies and what mixes 4F5/2 with 4F7/2."""
    for two in with_F(one.l):
        if two.F == one.F:
            agree(N_dot_I(one, two), tensor_force(quantum(one), quantum(two)).real)


def test_hyperfine_energies_of_n_4():
    """E/eps = <N.I><r^-3>/2 for every level with l > 0 of n = 4, from the operator and quadrature."""
    for s in (s for k in (1, 2, 3) for s in with_F(k)):
        one = State(4, s.l, s.j, s.F, s.m)
        brute = tensor_force(quantum(one), quantum(one)).real * mean_inverse_cube(4, s.l) / 2
        agree(hyperfine_coefficient(one), brute)


def test_the_mean_inverse_cube_does_not_mix_l_with_l_plus_2():
    """The radial integral of r^-3 between (n, l) and (n, l + 2) vanishes."""
    for one, two in (((4, 1), (4, 3)), ((5, 2), (5, 4)), ((3, 0), (3, 2))):
        (f, _), (g, _) = oracle.radial_function(*one), oracle.radial_function(*two)
        value = mp.quad(lambda x, f=f, g=g, k=one[1] + two[1]: x ** (k - 1) * f(x) * g(x), oracle.breaks(one[0], two[0]))
        assert abs(value) < 1e-24


@pytest.mark.parametrize("big_l", [2, 3, 4, 5, 6, 7])
def test_dipole_and_magnetic_moment(big_l):
    """A = (l, l-1/2), B = (l, l+1/2), Delta = (l-1, l-1/2), F = l = m: M1, <z> and 3/2 n sqrt(n^2-l^2) between them."""
    n_ = big_l + 1
    A, B, D = (
        State(n_, k, j, big_l, big_l) for k, j in ((big_l, big_l - HALF), (big_l, big_l + HALF), (big_l - 1, big_l - HALF))
    )
    moment = oracle.magnetic(quantum(A), quantum(B)).real
    agree((orbital_z(A, B) + sigma_e_z(A, B)).sympy, moment)
    agree(1 / ((2 * big_l + 1) * mp.sqrt(big_l * (big_l + 1))) * big_l, moment)
    z = oracle.z_component(quantum(D), quantum(B), dipole_integral((n_, big_l - 1), (n_, big_l))).real
    agree(cos_theta(D, B).sympy * transition_power(1).subs({n: n_, l: big_l - 1, Z: 1}), z)
    agree(mp.mpf(3) / 2 * n_ * mp.sqrt(n_**2 - big_l**2), z / moment)
    between = oracle.z_component(quantum(A), quantum(D), dipole_integral((n_, big_l - 1), (n_, big_l))).real
    agree(mp.mpf(3) / 2 * n_ * mp.sqrt(n_**2 - big_l**2) * mp.sqrt(mp.mpf(big_l + 1) / big_l), between / moment)


@pytest.mark.parametrize(("n_", "l_"), [(4, 2), (6, 2), (5, 3), (7, 4)])
def test_closed_radial_formulas(n_, l_):
    """P_q and G_q of r^-5, r^-3 and 1/r between (n, l+1) and (n, l), and (q-1)P = (l+1)G."""
    at = {n: n_, l: l_, Z: 1}
    for q in (5, 3, 1):
        F = lambda x, q=q: x ** -mp.mpf(q)  # noqa: E731
        f1d2, d1f2, f1f2 = oracle.radial_parts((n_, l_ + 1), (n_, l_), F)
        # R = r^l f: R_1 R_2' - R_1' R_2 - 2(l+1) R_1 R_2/r
        P = (f1d2 - d1f2 - f1f2 - 2 * (l_ + 1) * f1f2) / 2
        G = oracle.slope_integral((n_, l_ + 1), (n_, l_), lambda x, q=q: -q * x ** -mp.mpf(q + 1))
        agree(current_power(q).subs(at) * 10**6, P * 10**6)
        agree(gradient_power(q).subs(at) * 10**6, G * 10**6)
        agree((q - 1) * P * 10**6, (l_ + 1) * G * 10**6)


@pytest.mark.parametrize(("n_", "l_"), [(4, 3), (5, 3), (5, 4), (6, 4), (7, 5)])
def test_R_for_hyperfine_gaps_from_the_states_to_the_number(n_, l_):
    """The formula R(n, l) with both charge products, from matrix elements in the product basis and quadrature alone."""
    A, B, D = ((n_, k, j, l_, l_) for k, j in ((l_, l_ - HALF), (l_, l_ + HALF), (l_ - 1, l_ - HALF)))
    parts = oracle.radial_parts(D[:2], A[:2], lambda x: x ** -mp.mpf(5))
    slope = oracle.slope_integral(D[:2], A[:2], lambda x: -5 * x ** -mp.mpf(6))
    ab, ba = mp.mpf("0.37"), mp.mpf("-0.83")
    V = -ba * oracle.spin_dot_p(D, A, parts, 1) + ab * oracle.spin_dot_p(D, A, parts, 2)
    V -= ab / 2 * oracle.cross_grad(D, A, slope)
    gap = (tensor_force(A, A).real * mean_inverse_cube(n_, l_) - tensor_force(D, D).real * mean_inverse_cube(n_, l_ - 1)) / 2
    z = oracle.z_component(D, B, dipole_integral((n_, l_ - 1), (n_, l_))).real
    M = oracle.magnetic(A, B).real
    brute = (mp.conj(V) / gap * z / M).imag
    # in units of 2 m_e a_0 times G_F^2/(4 pi^3 m_e a_0^6) over alpha^4 g_p m_e^2/m_p
    steps = {s.name: s for s in optical_rotation.d.steps}
    formula = steps["general"].make(*(None for _ in steps["general"].needs))
    alpha, G_F, m_e, m_p, g_p, a_e, b_e, a_p, b_p = symbols("alpha G_F m_e m_p g_p a_e b_e a_p b_p")
    unit = 2 / alpha * G_F**2 * alpha**6 * m_e**5 / (4 * sp.pi**3) / (alpha**4 * g_p * m_e**2 / m_p)
    values = {n: n_, l: l_, a_e: sp.Rational(37, 100), b_p: 1, b_e: -sp.Rational(83, 100), a_p: 1}
    ours = sp.cancel(formula / unit).subs(values)
    agree(ours / 1000, brute / 1000)


def test_the_4D_4F_element_of_the_derived_potential():
    """i K sqrt(7)/1204224 (5 a_e b_p - 7 b_e a_p), and the talk's operator, which has the other sign of the cross term."""
    D, A = State(4, 2, 5 * HALF, 3, 3), State(4, 3, 5 * HALF, 3, 3)
    parts = oracle.radial_parts((4, 2), (4, 3), lambda x: x ** -mp.mpf(5))
    slope = oracle.slope_integral((4, 2), (4, 3), lambda x: -5 * x ** -mp.mpf(6))
    e, p = (oracle.spin_dot_p(quantum(D), quantum(A), parts, k) for k in (1, 2))
    x = oracle.cross_grad(quantum(D), quantum(A), slope)
    root = mp.sqrt(7) / 1204224
    agree(root * 10**6, (p - x / 2).imag / 5 * 10**6)
    agree(root * 10**6, e.imag / 7 * 10**6)
    agree(-3 * root * 10**6, (p + x / 2).imag * 10**6)
    for name, brute in (("sigma_e.p r^-5", e), ("sigma_p.p r^-5", p), ("(sigma_e x sigma_p).grad r^-5", x)):
        agree(matrix_element(D, name, A).numeric({a_0: 1}, digits=28) * 10**6, brute * 10**6)


@pytest.mark.parametrize("pair", [("4F5/2, F=3", "4F7/2, F=3"), ("5F5/2, F=2", "5F7/2, F=3"), ("5G7/2, F=3", "5G7/2, F=4")])
def test_hyperfine_mixing_in_R_by_diagonalization(pair):
    """All states of n that parity violation or hyperfine structure connect with A or B, with V in the Hamiltonian.

    The nucleus's moment is 1e-6 of the proton's, so that the second order of the mixing, which R leaves out, is out of sight.
    """
    atom = dataclasses.replace(hydrogen(), moment=hydrogen().moment * mp.mpf(10) ** -6)
    # one n: without the gross energy the gaps keep more digits
    gaps = ("fine", "hyperfine")
    plain = {"atom": atom, "other_states": False, "anomaly": False, "reduced_mass": False}
    off = optical_rotation_of(*pair, **plain, denominators=gaps, hyperfine_mixing=False, hyperfine_mixing_e1=False)
    on = optical_rotation_of(*pair, **plain, denominators=(*gaps, "mixing"))
    ends = [state(text) for text in pair]
    m, n_, l_ = min(s.F for s in ends), ends[0].n, ends[0].l
    near = {State(s.n, s.l, s.j, s.F, m) for s in states(n_, n_) if abs(s.l - l_) <= 1 and s.F in {e.F for e in ends}}
    basis = sorted(near, key=str)
    size = len(basis)
    H, mixed, E1, M1 = (mp.matrix(size) for _ in range(4))

    @cache
    def radial(one, two):
        parts = oracle.radial_parts((n_, one), (n_, two), lambda x: x ** -mp.mpf(5))
        return parts, oracle.slope_integral((n_, one), (n_, two), lambda x: -5 * x ** -mp.mpf(6))

    for (i, one), (k, two) in combinations_with_replacement(enumerate(basis), 2):
        a, b = quantum(one), quantum(two)
        if one.l == two.l:
            M1[i, k] = M1[k, i] = oracle.magnetic(a, b).real if one.l == l_ else 0
            if one.F == two.F:
                h = tensor_force(a, b).real * mean_inverse_cube(n_, one.l) / 2 * hyperfine_unit(atom)
                if i == k:
                    H[i, i] = level(one, atom=atom, terms=["fine"]).energy + h
                else:
                    mixed[i, k] = mixed[k, i] = h
        elif l_ in (one.l, two.l):
            E1[i, k] = E1[k, i] = oracle.z_component(a, b, dipole_integral((n_, one.l), (n_, two.l))).real
            if one.F == two.F:
                three, slope = radial(one.l, two.l)
                V = -off.products.b_a * oracle.spin_dot_p(a, b, three, 1)
                V += off.products.a_b * (oracle.spin_dot_p(a, b, three, 2) - oracle.cross_grad(a, b, slope) / 2)
                H[i, k], H[k, i] = V * mp.mpf(10) ** -60, mp.conj(V) * mp.mpf(10) ** -60

    def turned(operator):
        """R between the eigenvectors of a Hamiltonian."""
        _, vectors = mp.eighe(operator)
        found = []
        for end in ends:
            i = basis.index(State(end.n, end.l, end.j, end.F, m))
            column = max((vectors[:, c] for c in range(size)), key=lambda c, i=i: abs(c[i]))
            found.append(column * abs(column[i]) / column[i])
        E, M = ((found[0].H * x * found[1])[0] for x in (E1, M1))
        return (E / M).imag

    with mp.workdps(120):
        want = turned(H + mixed) / turned(H) - 1
    assert abs(want) > 1e-10
    assert abs((on.R / off.R - 1) / want - 1) < mp.mpf(10) ** -8


@pytest.mark.parametrize(
    ("upper", "finals"),
    [((4, 2), ((2, 1), (3, 1))), ((4, 3), ((3, 2),)), ((4, 0), ((2, 1), (3, 1))), ((4, 1), ((1, 0), (2, 0), (3, 0), (3, 2)))],
)
def test_widths_from_all_components_of_the_dipole(upper, finals):
    """Gamma = sum 4 alpha w^3/3 |<f|r|i>|^2 over final states, averaged over m: 3 times what z alone gives."""
    n_, l_ = upper
    total = mp.mpf(0)
    alpha, m_e = number("alpha"), number("m_e") * hydrogen().mass_ratio  # the reduced mass
    for k, final in finals:
        radial = dipole_integral((k, final), upper)
        strength = sum(abs(oracle.angular(final, m, l_, m, 2)[0]) ** 2 for m in range(-min(l_, final), min(l_, final) + 1))
        energy = alpha**2 * m_e * (1 / mp.mpf(2 * k**2) - 1 / mp.mpf(2 * n_**2))
        total += 4 * alpha / 3 * energy**3 * (radial / (alpha * m_e)) ** 2 * 3 * strength / (2 * l_ + 1)
    agree(width(n_, l_) / total, mp.mpf(1))


@pytest.mark.parametrize("kind", ["dirac", "majorana"])
def test_the_forces_are_their_spectral_integrals(kind):
    """V = G^2/(48 pi^3 r) int dt e^(-sqrt(t) r) rho, rho_D = (t-m^2) sqrt(1-4m^2/t), rho_M = t (1-4m^2/t)^(3/2)."""
    routes = optical_rotation.parity_violating(f"two_neutrino_{kind}")
    F = coefficient(routes, Dot3(MOMENTUM, Vector3("sigma_2")), sp.Integer(1))
    a_e, b_p, m_e, G_F = symbols("a_e b_p m_e G_F")
    V = (2 * m_e * F / (a_e * b_p)).subs(G_F, 1)
    for mass, distance in (("0.3", "1.7"), ("0.01", "1"), ("2", "3")):
        m, x = mp.mpf(mass), mp.mpf(distance)

        def inside(u, m=m, x=x, kind=kind):
            # sqrt(t) = 2m cosh u
            t = (2 * m * mp.cosh(u)) ** 2
            beta = mp.tanh(u)
            rho = (t - m**2) * beta if kind == "dirac" else t * beta**3
            return mp.exp(-mp.sqrt(t) * x) * rho * 8 * m**2 * mp.cosh(u) * mp.sinh(u)

        end = mp.acosh(1 + 80 / (2 * m * x))
        brute = mp.quad(inside, [end * k / 6 for k in range(7)]) / (48 * mp.pi**3 * x)
        ours = mp.mpf(str(sp.N(V.subs({m_nu: sp.Rational(mass), r: sp.Rational(distance)}), 30)))
        agree(ours / brute, mp.mpf(1))


def test_the_forces_at_short_distance():
    """The first powers and logarithms of both kernels; what is left falls as the next one."""
    gamma = mp.euler
    for kind, order in (("dirac", 8), ("majorana", 8)):
        rest = []
        for mass in (mp.mpf(1) / 100, mp.mpf(1) / 200):
            m, log = mass, mp.log(mass)
            if kind == "dirac":
                exact = m**3 * mp.besselk(3, 2 * m)
                series = 1 - m**2 / 2 + m**4 / 4 + m**6 / 6 * (log + gamma - mp.mpf(11) / 12)
            else:
                exact = 2 * m**2 * mp.besselk(2, 2 * m)
                series = 1 - m**2 + m**4 * (mp.mpf(3) / 4 - gamma - log) - m**6 / 3 * (log + gamma - mp.mpf(17) / 12)
            rest.append(abs(exact - series))
        assert mp.log(rest[0] / rest[1], 2) > order - mp.mpf(1) / 2
