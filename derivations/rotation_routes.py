r"""What the derivation of R shares with its checks: the operators in an atom, and second routes to its elements."""

from __future__ import annotations

from functools import cache

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations import two_neutrino, two_neutrino_dirac, two_neutrino_majorana

from nuforce_sym import check
from nuforce_sym.atom.angular import sigma_cross_n, sigma_e_n, sigma_p_n
from nuforce_sym.atom.closed_form import current_power, gradient_power
from nuforce_sym.atom.functional import small_mass_series
from nuforce_sym.atom.hyperfine import reduced_moment
from nuforce_sym.atom.levels import hyperfine_coefficient
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.parity import HALF, derived_strengths, dipole_z, orientation, parity_element
from nuforce_sym.atom.rotation import optical_rotation
from nuforce_sym.atom.state import State, state
from nuforce_sym.atom.system import SCHEME
from nuforce_sym.constants import constant
from nuforce_sym.errors import NotDerivable
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.spatial import Anticommutator, Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

r, G_F, m_e, m_1, m_2, m_nu, alpha, a_0 = symbols("r G_F m_e m_1 m_2 m_nu alpha a_0")
g_V1, g_V2, g_A1, g_A2, a_e, b_e, a_p, b_p, G_A = symbols("g_V1 g_V2 g_A1 g_A2 a_e b_e a_p b_p G_A")
g_p, m_p, mu_a, n, l, Z = symbols("g_p m_p mu_a n l Z")
sigma_e, sigma_p = Vector3("sigma_1"), Vector3("sigma_2")
A, B, DELTA = (state(text) for text in ("4F5/2, F=3, m=3", "4F7/2, F=3, m=3", "4D5/2, F=3, m=3"))
half = sp.Rational(1, 2)


@cache
def parity_violating(name):
    """The parity-violating potential of a derivation of two neutrinos, its checks being its own, for a proton at rest."""
    pair = {module.d.name: module.d for module in (two_neutrino, two_neutrino_dirac, two_neutrino_majorana)}[name]
    values = {}
    for step in pair.steps:
        values[step.name] = step.make(*(values[need] for need in step.needs))
        if step.name == "parity_violating":
            break
    charges = {m_1: m_e, g_V1: a_e, g_A1: b_e, g_V2: a_p, g_A2: b_p}

    def heavy(f):
        return sp.limit(sp.expand(f), m_2, sp.oo).xreplace(charges)

    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(values["parity_violating"])):
        (head,) = (f for f in sp.Mul.make_args(term) if f.has(Vector3))
        if isinstance(head, Anticommutator):
            total += term / head * Anticommutator(head.args[0], sp.factor(heavy(head.args[1])))
        else:
            total += sp.factor(heavy(term / head)) * head
    return total


def as_the_talk(potential):
    """The talk's operator with the function and the a_e of the derived one: 2c = a_e."""
    f = coefficient(potential, Dot3(MOMENTUM, sigma_p), sp.Integer(1)) / b_p * G_A
    return Anticommutator(Dot3(MOMENTUM, sigma_p), f) + sp.diff(f, r) * Triple3(RHAT, sigma_e, sigma_p)


def element(bra, operator, ket):
    return sp.factor(matrix_element(bra, operator, ket).value.xreplace({a_0: 1 / (alpha * m_e)}))


def closed(bra, ket, strengths):
    """The element from the formulas in (n, l), which share no integral with `matrix_element`."""
    at = {n: 4, l: 2, Z: 1}
    e, N, x = strengths
    momentum = (e * sigma_e_n(bra, ket).sympy + N * sigma_p_n(bra, ket).sympy) * -current_power(5).subs(at)
    cross = x * sigma_cross_n(bra, ket).sympy * gradient_power(5).subs(at)
    return -sp.I * G_F**2 * alpha**6 * m_e**5 / (4 * sp.pi**3) * (momentum + cross)


def by_reduced_elements(v, low=A, high=B, mixed=DELTA):
    """R of one mixed state from the numeric route's own elements, for the charges and masses of a sampled point."""
    strengths = derived_strengths(*(sp.Float(str(v[x] * v[y]), 40) for x, y in (("a_e", "b_p"), ("b_e", "a_p"))))
    m = min(low.F, high.F)
    lengths = [parity_element(mixed, low, strengths), dipole_z(mixed, high, m), orientation(low, high, m)]
    V, z, facing = (mp.mpf(str(sp.N(x, 40))) for x in lengths)
    M = facing * mp.mpf(str(sp.N(reduced_moment(low, high), 40)))
    return 2 / v["alpha"] * v["alpha"] ** 6 * v["m_e"] ** 5 * v["G_F"] ** 2 / (4 * mp.pi**3) * V * z / M / v["D_A"]


def general_route(N, L):
    """Return the check of the general formula at n = N, l = L by reduced elements and the hyperfine operator's 9j symbols."""
    low, high, mixed = (State(N, k, j, L) for k, j in ((L, L - HALF), (L, L + HALF), (L - 1, L - HALF)))

    def route(v):
        unit = v["alpha"] ** 4 * v["g_p"] * v["m_e"] ** 2 / v["m_p"]
        gap = mp.mpf(str(sp.N(hyperfine_coefficient(low) - hyperfine_coefficient(mixed), 40))) * unit
        return by_reduced_elements({**v, "D_A": gap}, low, high, mixed)

    return check.brute_force(
        route, f"reduced elements and 9j symbols at n = {N}, l = {L}", n=sp.Integer(N), l=sp.Integer(L), points=1, digits=20
    )


def series(operator, order):
    """<Delta|V|A> as a series in the neutrino mass, in units of mu = m_nu a_0 and up to mu^order."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(operator)):
        (head,) = (f for f in sp.Mul.make_args(term) if f.has(Vector3))
        if isinstance(head, Anticommutator):
            factor = (sigma_p_n if head.args[0] == Dot3(MOMENTUM, sigma_p) else sigma_e_n)(DELTA, A).sympy
            F = small_mass_series((4, 2), (4, 3), head.args[1], m_nu, order)
            total += term / head * -2 * sp.I / a_0 * factor * F
        elif head == Triple3(RHAT, sigma_e, sigma_p):
            f = small_mass_series((4, 2), (4, 3), term / head, m_nu, order, functional="density")
            total += -sp.I * sigma_cross_n(DELTA, A).sympy * f
        else:
            raise NotDerivable(f"no series for the term {term}")
    return sp.expand(total.xreplace({m_nu: mu_a / a_0}))


def by_powers(kernel, cross):
    """The same from a potential sum_q c_q mu^(5-q) eta^-q; ``cross`` is the coefficient of the cross term over a_e b_p."""
    at = {n: 4, l: 2, Z: 1}

    def v(q):
        return sigma_p_n(DELTA, A).sympy * -current_power(q).subs(at) + cross * sigma_cross_n(DELTA, A).sympy * gradient_power(
            q
        ).subs(at)

    return sp.expand(sum(c * mu_a ** (5 - q) * v(q) / v(5) for q, c in kernel.items()))


def corrected(operator, order=2):
    """1 + ... : the element in units of its massless limit."""
    found = series(operator, order)
    return sp.expand(sp.cancel(found / found.coeff(mu_a, 0)))


def rational(name):
    """A constant as an exact rational, energies in eV."""
    entry = constant(name)
    return sp.Rational(entry.value) * {"MeV": sp.Integer(10) ** 6, "GeV^-2": sp.Rational(1, 10**18)}.get(entry.unit, 1)


def rounded(value):
    return sp.Integer(int(mp.nint(mp.mpf(str(sp.N(value, 30))))))


def natural(expr):
    """The expression with the measured constants, and the charges of the sum over three neutrinos."""
    s2, g_A = rational(SCHEME), rational("g_A")
    found = {s: rational(s.name) for s in (alpha, G_F, m_e, g_p, m_p)}
    summed = sp.expand(expr)
    for a, b, product in (
        (a_e, b_p, (-half + 6 * s2) * g_A / 2),
        (b_e, a_p, -half * (half - 2 * s2)),
        (a_e, G_A, (-half + 6 * s2) * g_A),
    ):
        summed = summed.subs(a * b, product)
    return summed.xreplace(found)


def package(**choices):
    """R by the numeric route."""
    plain = dict.fromkeys(("other_states", "anomaly", "hyperfine_mixing", "hyperfine_mixing_e1", "reduced_mass"), False)
    return optical_rotation("4F5/2, F=3", "4F7/2, F=3", **{"sides": "A", **plain, **choices})
