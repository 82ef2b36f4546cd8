"""Squared amplitudes and loop tensors of the textbooks."""

from __future__ import annotations

import sympy as sp

from nuforce_sym.dirac import (
    P_L,
    dot,
    epsilon,
    gamma,
    gamma5,
    indices,
    majorana_vertex,
    mandelstam,
    metric,
    momenta,
    on_shell,
    slash,
    spin_sum,
    trace,
    u,
    ubar,
    v,
    vbar,
)
from nuforce_sym.lorentz import Component

p, k, pp, kp = momenta("p k p_prime k_prime")
mu, nu, rho, lam = indices("mu nu rho sigma")
m, M, s, t, U, e = sp.symbols("m M s t u e", positive=True)
g_V, g_A, G_F = sp.symbols("g_V g_A G_F", real=True)


def test_electron_positron_to_muons():
    # Peskin and Schroeder, Eq. (5.10), electron mass neglected: 8/q^4 [(pk)(p'k') + (pk')(p'k) + m^2 p.p'], averaged
    lines = [vbar(pp, 0) * gamma(mu) * u(p, 0), ubar(k, M) * gamma(mu) * v(kp, M)]
    total = on_shell(spin_sum(lines), {p: 0, pp: 0, k: M, kp: M})
    assert total == 32 * (dot(p, k) * dot(pp, kp) + dot(p, kp) * dot(pp, k) + M**2 * dot(p, pp))


def test_compton_scattering_is_the_klein_nishina_formula():
    # Peskin and Schroeder, Eq. (5.87): averaged over 4 initial states, |M|^2/(2 e^4) = p.k'/p.k + p.k/p.k' + ...
    a, b = dot(p, k), dot(p, kp)
    q1, q2 = p + k, p - kp

    def amplitude(i, j):
        return (gamma(i) * (slash(q1) + m) * gamma(j)) / (2 * a) - (gamma(j) * (slash(q2) + m) * gamma(i)) / (2 * b)

    line, other = (ubar(pp, m) * amplitude(i, j) * u(p, m) for i, j in ((mu, nu), (rho, lam)))
    total = spin_sum([line], [other]).contract(metric(mu, rho) * metric(nu, lam))
    # p' = p + k - k'
    expr = total.expr.xreplace({pp: p + k - kp})
    expr = on_shell(expr, {p: m, k: 0, kp: 0}).xreplace({dot(k, kp): a - b})
    x = 1 / a - 1 / b
    klein_nishina = 8 * (b / a + a / b + 2 * m**2 * x + m**4 * x**2)
    assert sp.simplify(expr - klein_nishina) == 0


def test_bhabha_scattering_at_high_energy():
    # Peskin and Schroeder, problem 5.2: (1/4) sum |M|^2 / (2 e^4) = u^2 (1/s + 1/t)^2 + (t/s)^2 + (s/t)^2
    annihilation = [vbar(k, 0) * gamma(mu) * u(p, 0), ubar(pp, 0) * gamma(mu) * v(kp, 0)]
    scattering = [ubar(pp, 0) * gamma(nu) * u(p, 0), vbar(k, 0) * gamma(nu) * v(kp, 0)]

    def invariant(x):
        return mandelstam(x.expr, (p, k), (pp, kp), (0, 0, 0, 0), (s, t, -s - t))

    direct = invariant(spin_sum(annihilation)) / s**2 + invariant(spin_sum(scattering)) / t**2
    # the two diagrams differ by the exchange of two fermions
    crossed = -2 * invariant(spin_sum(annihilation, scattering)) / (s * t)
    expected = (s + t) ** 2 * (1 / s + 1 / t) ** 2 + (t / s) ** 2 + (s / t) ** 2
    assert sp.simplify((direct + crossed) / 8 - expected) == 0


def test_muon_decay():
    # Okun, Leptons and Quarks, chapter on muon decay: sum |M|^2 = 128 G_F^2 (p_mu.p_nubar_e)(p_e.p_nu_mu)
    p_mu, p_e, k_mu, k_e = momenta("p_mu p_e k_mu k_e")
    left = gamma(mu) * (1 - gamma5)
    lines = [ubar(k_mu, 0) * left * u(p_mu, M), ubar(p_e, m) * left * v(k_e, 0)]
    total = spin_sum(lines) * (G_F**2 / 2)
    assert total == 128 * G_F**2 * dot(p_mu, k_e) * dot(p_e, k_mu)


def test_neutrino_electron_scattering():
    # 't Hooft, Phys. Lett. B 37 (1971) 195; Giunti and Kim, Fundamentals of Neutrino Physics, Sec. 5.1
    lines = [
        ubar(kp, 0) * gamma(mu) * (1 - gamma5) * u(k, 0),
        ubar(pp, m) * gamma(mu) * (g_V - g_A * gamma5) * u(p, m),
    ]
    total = spin_sum(lines) * (G_F**2 / 2)
    expected = 32 * G_F**2 * (
        (g_V + g_A) ** 2 * dot(p, k) * dot(pp, kp)
        + (g_V - g_A) ** 2 * dot(p, kp) * dot(pp, k)
        - (g_V**2 - g_A**2) * m**2 * dot(k, kp)
    )  # fmt: skip
    assert on_shell(total, {p: m, pp: m, k: 0, kp: 0}) == expected
    # laboratory frame: dsigma/dT ~ (gV+gA)^2 + (gV-gA)^2 (1-T/E)^2 - (gV^2-gA^2) m T/E^2
    E, T = sp.symbols("E T", positive=True)
    lab = {dot(p, k): m * E, dot(pp, kp): m * E, dot(p, kp): m * (E - T), dot(pp, k): m * (E - T), dot(k, kp): m * T}
    at = expected.xreplace(lab) / (32 * G_F**2 * m**2 * E**2)
    cross_section = (g_V + g_A) ** 2 + (g_V - g_A) ** 2 * (1 - T / E) ** 2 - (g_V**2 - g_A**2) * m * T / E**2
    assert sp.simplify(at - cross_section) == 0


def test_the_left_handed_loop_tensor_has_no_mass_term():
    # Hsu and Sikivie, Phys. Rev. D 49 (1994) 4951, Sec. II: chirality removes m1*m2
    m1, m2 = sp.symbols("m1 m2", positive=True)
    left, right = 1 - gamma5, 1 + gamma5
    T = trace((slash(kp) - m2) * gamma(mu) * left * (slash(k) + m1) * right * gamma(nu))
    symmetric = Component(k, mu) * Component(kp, nu) + Component(k, nu) * Component(kp, mu) - metric(mu, nu) * dot(k, kp)
    even = T.expr.xreplace({epsilon(mu, nu, k, kp): sp.S.Zero})
    assert sp.expand(even - 8 * symmetric) == 0
    assert not T.expr.has(m1, m2)
    # the epsilon part: magnitude 8 and antisymmetric
    odd = sp.expand(T.expr - even)
    assert odd**2 == -64 * epsilon(mu, nu, k, kp) ** 2


def test_vector_and_axial_loop_tensors_differ_by_the_sign_of_the_mass_term():
    m1, m2 = sp.symbols("m1 m2", positive=True)
    for vertex, sign in ((gamma(mu), 1), (gamma(mu) * gamma5, -1)):
        other = gamma(nu) if sign == 1 else gamma(nu) * gamma5
        T = trace((slash(kp) - m2) * vertex * (slash(k) + m1) * other)
        tensor = Component(k, mu) * Component(kp, nu) + Component(k, nu) * Component(kp, mu)
        expected = 4 * (tensor - metric(mu, nu) * (dot(k, kp) + sign * m1 * m2))
        assert expected == T


def test_the_majorana_loop_is_the_axial_one():
    left = majorana_vertex(gamma(mu) * (1 - gamma5))
    loop = trace((slash(kp) - M) * left * (slash(k) + M) * majorana_vertex(gamma(nu) * (1 - gamma5)))
    axial = trace((slash(kp) - M) * gamma(mu) * gamma5 * (slash(k) + M) * gamma(nu) * gamma5)
    assert loop == axial


def test_two_left_handed_traces_contracted():
    # Okun, Leptons and Quarks, Appendix, left-handed traces: Tr[g^mu a g^nu b PL] Tr[g_mu c g_nu d PL] = 16 (a.c)(b.d)
    a, b, c, d = momenta("a b c d")
    one = trace(gamma(mu) * slash(a) * gamma(nu) * slash(b) * P_L)
    two = trace(gamma(mu) * slash(c) * gamma(nu) * slash(d) * P_L)
    assert one.contract(two) == 16 * dot(a, c) * dot(b, d)
