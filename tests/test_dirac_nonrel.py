"""The non-relativistic reduction against explicit four-component spinors and the literature."""

from __future__ import annotations

import itertools

import mpmath
import pytest
import sympy as sp

from nuforce_sym.dirac import gamma_matrices, nonrelativistic, operator_basis, operators, pauli_product, pauli_trace
from nuforce_sym.dirac.nonrel import structures
from nuforce_sym.dirac.pauli import contract3
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.spatial import Component3, Delta3, Dot3, Index3, Triple3, Vector3

STRUCTURES = tuple(structures())
P, q, sigma, s1, s2 = (Vector3(n) for n in ("P", "q", "sigma", "sigma_1", "sigma_2"))
i, j = Index3("i"), Index3("j")
m, m1, m2, E = sp.symbols("m m_1 m_2 E", positive=True)
PAULI = (sp.Matrix([[0, 1], [1, 0]]), sp.Matrix([[0, -sp.I], [sp.I, 0]]), sp.Matrix([[1, 0], [0, -1]]))


def cross(a, b):
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def explicit(expr, vectors, index, symbols):
    """Replace the heads by components, the spin by explicit Pauli matrices; returns a 2x2 matrix."""

    def component(slot, n):
        if isinstance(slot, Index3):
            return sp.Integer(index == n) * sp.eye(2)
        return PAULI[n] if slot == sigma else vectors[slot][n] * sp.eye(2)

    def value(head):
        a = head.args
        if isinstance(head, Triple3):
            return sum(
                (sp.LeviCivita(x, y, z) * component(a[0], x) * component(a[1], y) * component(a[2], z)
                 for x, y, z in itertools.permutations(range(3))),
                sp.zeros(2),
            )  # fmt: skip
        return sum((component(a[0], n) * component(a[1], n) for n in range(3)), sp.zeros(2))

    total = sp.zeros(2)
    for term in sp.Add.make_args(sp.expand(expr)):
        out = sp.eye(2)
        for factor in sp.Mul.make_args(term):
            base, power = factor.as_base_exp()
            if isinstance(base, Dot3 | Component3 | Triple3 | Delta3):
                out = out * value(base) ** power
            else:
                out = out * factor.subs(symbols)
        total += out
    return total.applyfunc(sp.expand)


def spinor(p, energy, mass):
    """The canonical boost spinor without sqrt(E+m), a 4x2 matrix."""
    sp_dot = sum((p[n] * PAULI[n] for n in range(3)), sp.zeros(2)) / (energy + mass)
    return sp.Matrix.vstack(sp.eye(2), sp_dot)


def gamma_structure(name, n):
    g = [x.sympy() for x in gamma_matrices("dirac")]
    g5 = sp.I * g[0] * g[1] * g[2] * g[3]
    a, b = (n + 1) % 3 + 1, (n + 2) % 3 + 1
    return {
        "S": sp.eye(4),
        "P": sp.I * g5,
        "V0": g[0],
        "V": g[n + 1],
        "A0": g[0] * g5,
        "A": g[n + 1] * g5,
        "T0": sp.I / 2 * (g[0] * g[n + 1] - g[n + 1] * g[0]),
        "T": sp.I / 2 * (g[a] * g[b] - g[b] * g[a]),
    }[name]


def spinor_line(name, n, vec_P, vec_q, energy, mass):
    before = [x - y / 2 for x, y in zip(vec_P, vec_q, strict=True)]
    after = [x + y / 2 for x, y in zip(vec_P, vec_q, strict=True)]
    g0 = gamma_matrices("dirac")[0].sympy()
    bar = spinor(after, energy, mass).H * g0
    return (energy + mass) / (2 * energy) * bar * gamma_structure(name, n) * spinor(before, energy, mass)


def kinematic_points():
    found = []
    for vec_P in itertools.product(range(-2, 3), repeat=3):
        for vec_q in itertools.product((-4, -2, 0, 2, 4, 6), repeat=3):
            if sum(a * b for a, b in zip(vec_P, vec_q, strict=True)) or not any(vec_P) or not any(vec_q):
                continue
            x = sum(a * a for a in vec_P) + sum(a * a for a in vec_q) // 4
            # (energy - mass)*(energy + mass) = x
            for d in range(1, x):
                if x % d == 0 and (x // d - d) > 0 and (x // d - d) % 2 == 0:
                    found.append((vec_P, vec_q, (x // d + d) // 2, (x // d - d) // 2))
    return found[:: len(found) // 4][:4]


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("point", kinematic_points())
def test_exact_lines_equal_explicit_spinor_products(name, point):
    vec_P, vec_q, energy, mass = (tuple(map(sp.Integer, v)) if isinstance(v, tuple) else sp.Integer(v) for v in point)
    assert energy**2 == mass**2 + sum(a * a for a in vec_P) + sum(a * a for a in vec_q) / 4
    exact = nonrelativistic(name).exact
    for n in range(3):
        ours = explicit(exact, {P: vec_P, q: vec_q}, n, {m: mass, E: energy})
        assert ours == spinor_line(name, n, vec_P, vec_q, energy, mass).applyfunc(sp.expand)


@pytest.mark.parametrize("order", [0, 1, 2, 3, 4, 6])
@pytest.mark.parametrize("name", STRUCTURES)
def test_expansion_misses_the_exact_line_by_the_next_order_only(name, order):
    vec_P, vec_q = (3, 1, 2), (1, -5, 1)
    line = nonrelativistic(name, order)
    misses = []
    with mpmath.workdps(60):
        for eps in (sp.Rational(1, 10**3), sp.Rational(1, 10**4)):
            x = eps**2 * (sum(a * a for a in vec_P) + sp.Rational(sum(a * a for a in vec_q), 4))
            energy = sp.sqrt(1 + x).evalf(60)
            at = {P: [eps * a for a in vec_P], q: [eps * a for a in vec_q]}
            difference = explicit(line.exact - line.expr, at, 1, {m: 1, E: energy})
            misses.append(max(abs(complex(v)) for v in difference))
    # momenta ten times smaller: the miss must shrink by 10**(order + 1) at least
    assert misses[0] < 10**5 * 1e-3 ** (order + 1)
    assert misses[1] <= misses[0] / 10 ** (order + 0.9) + 1e-40


def test_known_second_order_reductions():
    # Berestetskii, Lifshitz and Pitaevskii, Quantum Electrodynamics, Sec. 83, for V0 and V
    spin_orbit = sp.I * Triple3(sigma, P, q)
    assert nonrelativistic("V0").expr == 1 - Dot3(q, q) / (8 * m**2) - spin_orbit / (4 * m**2)
    assert nonrelativistic("S").expr == 1 - Dot3(P, P) / (2 * m**2) + spin_orbit / (4 * m**2)
    assert nonrelativistic("P").exact == -sp.I * Dot3(sigma, q) / (2 * E)
    assert nonrelativistic("V").exact == Component3(P, i) / E + sp.I * Triple3(sigma, q, i) / (2 * E)
    assert nonrelativistic("A0").exact == Dot3(sigma, P) / E


def test_the_vector_current_is_conserved_and_the_axial_one_is_not():
    assert contract3(nonrelativistic("V").exact * Component3(q, i)).xreplace({Dot3(P, q): sp.S.Zero}) == 0
    divergence = contract3(nonrelativistic("A").exact * Component3(q, i)).xreplace({Dot3(P, q): sp.S.Zero})
    # q_mu A^mu = -q.A = -(m/E) sigma.q with q^0 = 0
    assert sp.simplify(divergence - m / E * Dot3(sigma, q)) == 0


def test_unit_and_spin_parts_and_the_second_particle():
    line = nonrelativistic("V0")
    assert line.unit == 1 - Dot3(q, q) / (8 * m**2)
    assert sp.expand(line.unit + line.spin - line.expr) == 0
    second = nonrelativistic("V").for_particle(2)
    assert sp.expand(second + Component3(P, i) / m2 + sp.I * Triple3(s2, q, i) / (2 * m2)) == 0


def exchange(first, second):
    return sp.expand(first.for_particle(1) * second.for_particle(2))


def upto(expr, order):
    eps = sp.Symbol("eps")
    scaled = sp.expand(expr.subs({m1: m1 / eps, m2: m2 / eps}, simultaneous=True))
    return sp.Add(*(t.subs(eps, 1) for t in sp.Add.make_args(scaled) if t.as_coeff_exponent(eps)[1] <= order))


def current_product(one, two, order):
    """j1.j2 with Minkowski signs."""
    time = exchange(nonrelativistic(one + "0", order), nonrelativistic(two + "0", order))
    space = exchange(nonrelativistic(one, order), nonrelativistic(two, order))
    return upto(contract3(time - space), order)


def test_vector_exchange_gives_the_breit_interaction():
    # Berestetskii, Lifshitz and Pitaevskii, Quantum Electrodynamics, Sec. 83
    f = operator_basis(current_product("V", "V", 2))
    P2, q2, R = Dot3(P, P), Dot3(q, q), m1 / m2
    expected = {
        1: 1 - q2 / 8 * (1 / m1**2 + 1 / m2**2) + P2 / (m1 * m2),
        2: -q2 / (4 * m1 * m2),
        3: R / 4,
        4: -(1 + 4 * R + R**2) / 4,
        5: -(1 - R**2) / 4,
    }
    assert set(f) == set(expected)
    for n, c in expected.items():
        assert sp.simplify(f[n] - c) == 0, n


def test_scalar_exchange():
    f = operator_basis(upto(-exchange(nonrelativistic("S"), nonrelativistic("S")), 2))
    P2, R = Dot3(P, P), m1 / m2
    expected = {1: -1 + P2 / 2 * (1 / m1**2 + 1 / m2**2), 4: -(1 + R**2) / 4, 5: -(1 - R**2) / 4}
    assert {n: sp.simplify(f[n] - expected[n]) for n in f} == dict.fromkeys(expected, 0)


def test_axial_exchange():
    f = operator_basis(current_product("A", "A", 2))
    P2, q2, R = Dot3(P, P), Dot3(q, q), m1 / m2
    expected = {
        2: -1 + P2 / 2 * (1 / m1**2 + 1 / m2**2),
        3: (1 + R**2) / 8,
        8: -((1 + R) ** 2) / 2,
        4: -(1 + R**2) / 4,
        5: (1 - R**2) / 4,
    }
    assert {n: sp.simplify(f[n] - expected[n]) for n in f} == dict.fromkeys(sorted(expected), 0)
    assert q2 not in f[2].atoms(Dot3)


@pytest.mark.parametrize(("one", "two"), [("V", "A"), ("A", "V")])
def test_parity_violating_exchange_to_first_order(one, two):
    f = operator_basis(current_product(one, two, 1))
    R = m1 / m2
    expected = {
        ("V", "A"): {11: sp.Rational(1, 2), 12: -(1 + R), 13: 1 + R},
        ("A", "V"): {11: R / 2, 12: 1 + R, 13: 1 + R},
    }[one, two]
    assert {n: sp.simplify(c) for n, c in f.items()} == {n: sp.simplify(c) for n, c in expected.items()}


def test_third_order_operators_of_parity_violating_and_scalar_pseudoscalar_exchange():
    R = m1 / m2
    mixed = operator_basis(current_product("V", "A", 3))
    assert sp.simplify(mixed[16] - (R + R**2) / 4) == 0
    mixed = operator_basis(current_product("A", "V", 3))
    assert sp.simplify(mixed[16] + (R + R**2) / 4) == 0
    scalar = operator_basis(upto(-exchange(nonrelativistic("S", 3), nonrelativistic("P", 3)), 3))
    assert sp.simplify(scalar[15] - R / 8) == 0


def test_pseudoscalar_exchange_is_one_operator_exactly():
    product = exchange(nonrelativistic("P", 1), nonrelativistic("P", 1))
    f = operator_basis(-product)
    assert {n: sp.simplify(c) for n, c in f.items()} == {3: -m1 / (4 * m2)}


def test_scalar_pseudoscalar_exchange():
    f = operator_basis(upto(-exchange(nonrelativistic("S", 3), nonrelativistic("P", 3)), 1))
    assert {n: sp.simplify(c) for n, c in f.items()} == {9: -m1 / m2 / 2, 10: m1 / m2 / 2}


def test_every_operator_is_its_own_coordinate():
    for n, operator in operators().items():
        assert {k: sp.simplify(c) for k, c in operator_basis(operator).items()} == {n: 1}


def test_two_spin_orbit_factors_decompose_on_the_triad():
    # at an explicit orthogonal pair P, q, with numbers for the spins
    at = {P: (1, 2, 2), q: (0, 3, -3), s1: (1, -2, 5), s2: (4, 1, -3)}

    def dot(a, b):
        return sum(x * y for x, y in zip(a, b, strict=True))

    n = cross(at[P], at[q])
    f = operator_basis(Triple3(s1, P, q) * Triple3(s2, P, q))
    value = sum((c * operators()[k] for k, c in f.items()), sp.S.Zero)
    value = value.xreplace({d: dot(*(at[x] for x in d.args)) for d in value.atoms(Dot3)})
    assert sp.simplify(value - dot(at[s1], n) * dot(at[s2], n)) == 0


def test_pauli_products_and_traces_agree_with_explicit_matrices():
    vectors = {n: Vector3(n) for n in "abcdef"}
    values = {vectors[n]: v for n, v in zip("abcdef", itertools.permutations((1, -2, 3)), strict=True)}
    for length in range(7):
        names = [vectors[n] for n in "abcdef"[:length]]
        direct = sp.eye(2)
        for v in names:
            direct = direct * sum((values[v][k] * PAULI[k] for k in range(3)), sp.zeros(2))
        direct = direct.applyfunc(sp.expand)
        assert explicit(pauli_product(*names).expr(sigma), values, 0, {}) == direct
        assert explicit(pauli_trace(*names), values, 0, {})[0, 0] == direct.trace()


def test_pauli_trace_identities():
    # Sakurai, Modern Quantum Mechanics, Sec. 3.2
    assert pauli_trace(i, j) == 2 * Delta3(i, j)
    assert pauli_trace(i, j, Index3("k")) == 2 * sp.I * Triple3(i, j, Index3("k"))
    assert contract3(Triple3(i, j, P) * Triple3(i, j, q)) == 2 * Dot3(P, q)
    assert contract3(Delta3(i, i)) == 3


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="structure 'V1' is unknown"):
        nonrelativistic("V1")
    with pytest.raises(InputError, match="order"):
        nonrelativistic("V", -1)
    with pytest.raises(NotDerivable, match="no combination of the sixteen"):
        operator_basis(Dot3(s1, q) * Dot3(s1, P))
    with pytest.raises(NotDerivable, match="no combination of the sixteen"):
        operator_basis(Component3(s1, i))
    with pytest.raises(InputError, match="particle 3"):
        nonrelativistic("V").for_particle(3)
