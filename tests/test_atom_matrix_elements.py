"""Matrix elements between atomic states against brute force, and the numbers of the literature."""

from __future__ import annotations

from functools import cache

import mpmath as mp
import pytest
import sympy as sp
from flint import arb, ctx
from nuforce_sym.derivations.parity_mixing import derived
from nuforce_sym.derivations.two_neutrino_dirac import d as two_neutrino_dirac

from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.operator import magnetic_z, sigma_cross_grad, sigma_e_p, sigma_p_p
from nuforce_sym.atom.state import state
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbols
from tests import atom_oracle as oracle

r, m_nu, m_Z, a_0, G_F, m_e = symbols("r m_nu m_Z a_0 G_F m_e")
DIGITS = 20
VALUES = {a_0: 1, m_nu: sp.Rational(3, 20), m_Z: sp.Rational(5, 3)}


def K(order, x):
    """K_order at 2 m_nu x by FLINT's balls, which are faster than mpmath at this precision."""
    with ctx.workprec(160):
        sign, mantissa, exponent, _ = (mp.mpf(x) * 3 / 10)._mpf_
        argument = arb(int(mantissa)) * arb(2) ** int(exponent)
        middle, power = argument.bessel_k(order).mid().man_exp()
    return mp.ldexp(mp.mpf(int(middle)), int(power)) if not sign else mp.nan


def dirac(x):
    return (mp.mpf(3) / 20) ** 3 * K(3, x) / x**2


def dirac_slope(x):
    M = mp.mpf(3) / 20
    return M**3 * (-M * (K(2, x) + K(4, x)) / x**2 - 2 * K(3, x) / x**3)


def majorana(x):
    return 2 * (mp.mpf(3) / 20) ** 2 * K(2, x) / x**3


def majorana_slope(x):
    M = mp.mpf(3) / 20
    return 2 * M**2 * (-M * (K(1, x) + K(3, x)) / x**3 - 3 * K(2, x) / x**4)


def yukawa(x):
    return mp.exp(-x * 5 / 3) / (4 * mp.pi * x)


def yukawa_slope(x):
    return -(mp.mpf(5) / 3 / x + 1 / x**2) * mp.exp(-x * 5 / 3) / (4 * mp.pi)


FORMS = {
    "r^-3": (lambda x: x**-3, lambda x: -3 * x**-4),
    "r^-5": (lambda x: x**-5, lambda x: -5 * x**-6),
    "yukawa": (yukawa, yukawa_slope),
    "dirac": (dirac, dirac_slope),
    "majorana": (majorana, majorana_slope),
}
CASES = [
    ("4D5/2, F=3, m=3", "4F5/2, F=3, m=3", "dirac"),
    ("4F7/2, F=3, m=-1", "5D5/2, F=3, m=-1", "majorana"),
    ("4D3/2, F=2, m=0", "4F5/2, F=2, m=0", "r^-5"),
    ("3D3/2, F=1, m=1", "2P3/2, F=1, m=1", "r^-3"),
    ("3P1/2, F=1, m=-1", "3S1/2, F=1, m=-1", "yukawa"),
]


def quantum(text):
    s = state(text)
    return s.n, s.l, s.j, s.F, s.m


@pytest.fixture(autouse=True)
def precision():
    with mp.workdps(34):
        yield


def agree(ours, brute, digits=DIGITS):
    assert abs(ours - brute) <= mp.mpf(10) ** -digits * (abs(brute) if abs(brute) > mp.mpf(10) ** -digits else 1), (ours, brute)


@pytest.mark.parametrize(("bra", "ket", "form"), CASES)
def test_parity_odd_elements_agree_with_the_product_basis_and_quadrature(bra, ket, form):
    one, two = quantum(bra), quantum(ket)
    F, dF = (cache(f) for f in FORMS[form])
    parts = oracle.radial_parts(one[:2], two[:2], F)
    slope = oracle.slope_integral(one[:2], two[:2], dF)
    for name, brute in (
        ("sigma_e.p", oracle.spin_dot_p(one, two, parts, 1)),
        ("sigma_p.p", oracle.spin_dot_p(one, two, parts, 2)),
        ("(sigma_e x sigma_p).grad", oracle.cross_grad(one, two, slope)),
    ):
        element = matrix_element(bra, f"{name} {form}", ket)
        values = {s: VALUES[s] for s in element.value.free_symbols}
        ours = element.numeric(values, digits=25)
        agree(ours, brute)
        back = matrix_element(ket, f"{name} {form}", bra).numeric(values, digits=25)
        agree(back, mp.conj(ours), 24)
        if ours:  # the oracle would notice a wrong sign or a wrong phase
            assert min(abs(ours + brute), abs(ours - mp.conj(brute))) > abs(brute)


@pytest.mark.parametrize("pair", [("2P1/2, F=0", "2S1/2, F=0"), ("2P1/2, F=1", "2S1/2, F=1"), ("2P3/2, F=1", "2S1/2, F=1")])
def test_the_exchange_of_a_boson_of_a_thirtieth_of_the_bohr_radius(pair):
    """2S-2P, as near to Z exchange as quadrature goes; the contact limit is sqrt(3)/(32 pi), approached as 1 - 3/mu."""
    one, two = (quantum(f"{s}, m=0") for s in pair)
    decay = mp.mpf(30)
    parts = oracle.radial_parts(one[:2], two[:2], lambda x: mp.exp(-decay * x) / (4 * mp.pi * x))
    slope = oracle.slope_integral(one[:2], two[:2], lambda x: -(decay / x + x**-2) * mp.exp(-decay * x) / (4 * mp.pi))
    for name, brute in (
        ("sigma_e.p", oracle.spin_dot_p(one, two, parts, 1)),
        ("sigma_p.p", oracle.spin_dot_p(one, two, parts, 2)),
        ("(sigma_e x sigma_p).grad", oracle.cross_grad(one, two, slope)),
    ):
        element = matrix_element(pair[0], f"{name} yukawa", pair[1])
        agree(element.numeric({s: {a_0: 1, m_Z: 30}[s] for s in element.value.free_symbols}, digits=28), brute)
        contact = matrix_element(pair[0], f"{name} contact", pair[1]).numeric({a_0: 1})
        assert abs(brute * 900 - contact) <= abs(contact) / 5 + mp.mpf(10) ** -25


def test_the_order_of_p_and_F_matters_to_the_oracle():
    """Without the anticommutator, sigma.p F and F sigma.p differ from the hermitian form by the gradient of F."""
    one, two = quantum(CASES[2][0]), quantum(CASES[2][1])
    F, dF = FORMS["r^-5"]
    f1d2, d1f2, f1f2 = oracle.radial_parts(one[:2], two[:2], F)
    hermitian = oracle.spin_dot_p(one, two, (f1d2, d1f2, f1f2), 2)
    right = 2 * oracle.spin_dot_p(one, two, (f1d2, -f1d2 - oracle.slope_integral(one[:2], two[:2], dF), f1f2), 2)
    assert abs(hermitian - right) > abs(hermitian) / 10


def test_elements_do_not_depend_on_m():
    for m in (-2, 0, 2):
        element = matrix_element(f"4D5/2, F=2, m={m}", "sigma_p.p r^-5", f"4F5/2, F=2, m={m}")
        assert element.value == matrix_element("4D5/2, F=2", "sigma_p.p r^-5", "4F5/2, F=2").value != 0
    assert matrix_element("4D5/2, F=2, m=1", "sigma_p.p r^-5", "4F5/2, F=2, m=2").value == 0


@pytest.mark.parametrize("m", [3, -2])
def test_dipole_and_magnetic_moment_agree_with_the_product_basis(m):
    A, B, D = f"4F5/2, F=3, m={m}", f"4F7/2, F=3, m={m}", f"4D5/2, F=3, m={m}"
    one, two = quantum(D), quantum(B)
    radial = oracle.slope_integral(one[:2], two[:2], lambda x: x)
    agree(matrix_element(D, "z", B).numeric({a_0: 1}, digits=25), oracle.z_component(one, two, radial))
    for bra, ket in ((A, B), (A, A), (B, B)):
        agree(matrix_element(bra, "L_z+2S_z", ket).numeric(digits=25), oracle.magnetic(quantum(bra), quantum(ket)))


def test_exact_values_of_the_4D_4F_elements():
    D, A = "4D5/2, F=3", "4F5/2, F=3"
    root7 = sp.sqrt(7) * sp.I
    assert matrix_element(D, "sigma_e.p r^-5", A).value == root7 / 172032 / a_0**6
    assert matrix_element(D, "sigma_p.p r^-5", A).value == root7 / 1204224 / a_0**6
    assert matrix_element(D, "(sigma_e x sigma_p).grad r^-5", A).value == -root7 / 150528 / a_0**6
    # 4F: <Delta|z|B>/M1 = 6 sqrt 7, <A|z|Delta>/M1 = 4 sqrt 21, M1 = sqrt3/14 at m = 3
    at = ", m=3"
    M1 = matrix_element(A + at, "L_z+2S_z", "4F7/2, F=3" + at).value
    assert sp.sqrt(3) / 14 == M1
    assert sp.simplify(matrix_element(D + at, "z", "4F7/2, F=3" + at).value / M1 - 6 * sp.sqrt(7) * a_0) == 0
    assert sp.simplify(matrix_element(A + at, "z", D + at).value / M1 - 4 * sp.sqrt(21) * a_0) == 0


def test_the_2S_2P_element_of_Z_exchange():
    """<2P1/2|H_W|2S1/2> = -i sqrt3/(64 pi sqrt2) G_F Q_W/(m_e a0^4) for H_W = (G_F Q_W/(2 sqrt2 m_e)) {sigma_e.p, delta3}/2."""
    contact = symbols("delta3_r")[0]
    H = G_F / (2 * sp.sqrt(2) * m_e) * sigma_e_p(contact)
    value = matrix_element("2P1/2", H, "2S1/2").value
    assert sp.simplify(value + sp.I * sp.sqrt(3) * G_F / (64 * sp.pi * sp.sqrt(2) * m_e * a_0**4)) == 0


def test_a_potential_of_the_contact_kind_is_the_limit_of_a_short_range():
    for bra, ket in (("2P1/2, F=0", "2S1/2, F=0"), ("2P3/2, F=1", "3S1/2, F=1")):
        for op in ("sigma_p.p", "(sigma_e x sigma_p).grad"):
            contact = matrix_element(bra, f"{op} contact", ket).value
            yukawa = m_Z**2 * matrix_element(bra, f"{op} yukawa", ket).value
            assert sp.simplify(sp.limit(yukawa, m_Z, sp.oo) - contact) == 0
    assert matrix_element("4D5/2, F=3", "sigma_p.p contact", "4F5/2, F=3").value == 0


def test_sums_of_terms_and_symbols_of_ones_own():
    g, M_X = sp.symbols("g M_X", positive=True)
    V = 3 * g * sigma_p_p(sp.exp(-M_X * r) / r + 2 / r**3) - g * sigma_cross_grad(sp.exp(-M_X * r) / r)
    bra, ket = "3D3/2, F=2", "3P3/2, F=2"
    whole = matrix_element(bra, V, ket).value
    parts = (
        3 * matrix_element(bra, sigma_p_p(sp.exp(-M_X * r) / r), ket).value
        + 6 * matrix_element(bra, sigma_p_p(r**-3), ket).value
        - matrix_element(bra, sigma_cross_grad(sp.exp(-M_X * r) / r), ket).value
    )
    assert sp.simplify(whole - g * parts) == 0


def test_numbers_survive_cancellation_and_the_equal_scale_point():
    element = matrix_element("4D5/2, F=3", "sigma_e.p dirac", "4F5/2, F=3")
    exact = matrix_element("4D5/2, F=3", "sigma_e.p r^-5", "4F5/2, F=3").numeric({a_0: 1}, digits=30)
    tiny = element.numeric({"m_nu": 1e-9, "a_0": 1}, digits=30)
    assert abs(tiny / exact - 1 + mp.mpf(7.2) * mp.mpf(1e-9) ** 2) < mp.mpf(10) ** -29
    at = element.numeric({"m_nu": sp.Rational(1, 4), "a_0": 1}, digits=20)  # 2 m a_0 = 1/4 + 1/4
    beside = element.numeric({"m_nu": sp.Rational(1, 4) + sp.Rational(1, 10**12), "a_0": 1}, digits=20)
    assert abs(at / beside - 1) < 1e-10
    assert element.numeric({"m_nu": 50, "a_0": 1}).imag > 0
    # far beyond the range K_3 sees the origin alone: the element falls as m^-2 for F = m^3 K_3/r^2, l + l' = 5
    far = [element.numeric({"m_nu": m, "a_0": 1}).imag for m in (1e100, 1e300)]
    assert abs(far[0] / far[1] / mp.mpf(10) ** 400 - 1) < 1e-12


def test_a_derived_potential_goes_in_as_it_stands():
    """Of massive Dirac neutrinos, the electron's vector charge alone: 1 - (108/25) mu^2 + (96/5) mu^4 + ... with mu = m a_0."""
    V = derived(two_neutrino_dirac, "parity_violating")
    static = {"m_1": 1, "m_2": 10**40, "g_A1": 0, "g_V1": 1, "g_A2": 1, "g_V2": 1, "G_F": 1, "a_0": 1}
    element = matrix_element("4D5/2, F=3", V, "4F5/2, F=3")
    massless = matrix_element("4D5/2, F=3", sigma_p_p(r**-5) - sigma_cross_grad(r**-5) / 2, "4F5/2, F=3").numeric({a_0: 1})
    for mu in (1e-2, 1e-3):
        ratio = element.numeric(static | {"m_nu": mu}, digits=25) * 4 * mp.pi**3 / massless
        assert abs(ratio - (1 - mp.mpf(108) / 25 * mu**2 + mp.mpf(96) / 5 * mu**4)) < 1e4 * mu**6
        assert abs(ratio - 1) > 4 * mu**2


@pytest.mark.parametrize(
    ("bra", "op", "ket", "error", "says"),
    [
        ("2P1/2", "sigma_e.p r^-5", "2S1/2", NotDerivable, r"eta\^-3 .*short-distance completed"),
        ("3D3/2, F=1", "sigma_p.p dirac", "3P1/2, F=1", NotDerivable, r"eta\^-1 "),
        ("3D3/2, F=1", "(sigma_e x sigma_p).grad majorana", "3P1/2, F=1", NotDerivable, r"eta\^-1 "),
        ("2P1/2", "sigma_p.p r^-1", "2S1/2", InputError, "write F for both"),
        ("2P1/2, F=1", "sigma_e.p r^-1", "2S1/2", InputError, "both states or for neither"),
        ("2P1/2, F=1", "z", "2S1/2, F=1", InputError, "depends on F and m"),
        ("2P1/2", "sigma_e.p diracc", "2S1/2", InputError, "did you mean 'dirac'"),
        ("2P1/2", "sigma_q.p r^-1", "2S1/2", InputError, "known: sigma_e.p FORM"),
        ("2P1/2", sp.Symbol("x"), "2S1/2", NotDerivable, "no matrix element is written"),
        ("2P1/2", sigma_e_p(sp.cos(r)), "2S1/2", NotDerivable, "no exact radial integral"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_the_reason(bra, op, ket, error, says):
    with pytest.raises(error, match=says):
        matrix_element(bra, op, ket)


def test_selection_rules_come_before_divergences():
    assert matrix_element("2P3/2", "sigma_e.p r^-5", "2S1/2").value == 0
    assert matrix_element("4D3/2, F=2", "sigma_p.p r^-5", "4F7/2, F=3").value == 0
    assert matrix_element("5G7/2, F=3", "sigma_p.p r^-5", "4D5/2, F=3").value == 0


def test_missing_values_are_named():
    element = matrix_element("4D5/2, F=3", "sigma_e.p dirac", "4F5/2, F=3")
    with pytest.raises(InputError, match="needs values for a_0, m_nu"):
        element.numeric()
    with pytest.raises(InputError, match="no finite number"):
        element.numeric({"a_0": float("nan")})
    # g_j = 6/7 for F_{5/2}, and g_F = g_j (F(F+1) + j(j+1) - 3/4)/(2F(F+1)) = 5/7
    assert matrix_element("4F5/2, F=3, m=1", magnetic_z(), "4F5/2, F=3, m=1").latex == r"\frac{5}{7}"


def test_the_position_takes_no_value():
    element = matrix_element("4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3")
    with pytest.raises(InputError, match="the position is integrated over"):
        element.numeric({"a_0": 1, "r": 1})
