r"""Three power series of the functionals P and G of `mass_moments`, with exact coefficients, and bounds on what they leave.

With t = n\mu, p = 2/n, c = 2\mu = pt, and for each term q_k\eta^k of the weight, s = k+\nu-4:

* t <= 1/2: the closed form of `atom.bessel_integral` as a series in y = t^2 with \ln t;
* 1/2 < t <= 2: in x = (1-t)/(1+t), by Gradshteyn and Ryzhik 6.621.3,
  \mu^\nu\int\eta^{s-1}e^{-p\eta}K_\nu(c\eta)d\eta = (p/2)^\nu(2p)^{-s}\,
  \sqrt\pi\frac{\Gamma(s+\nu)\Gamma(s-\nu)}{\Gamma(s+1/2)}(1-x)^{2\nu}(1+x)^{s-\nu}\,{}_2F_1(s+\nu,\nu+\tfrac12;s+\tfrac12;x);
* t > 2: t^{2l-2} times the functional in w = 1/(1+t), with z = 1/t = w/(1-w) and e^{-p\eta} expanded,
  \int u^{s-1}e^{-zu}K_\nu(u)du = \sum_j\frac{(-z)^j}{j!}2^{s+j-2}
  \Gamma\big(\tfrac{s+j+\nu}2\big)\Gamma\big(\tfrac{s+j-\nu}2\big).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb, factorial

import sympy as sp
from flint import arb, arb_poly, ctx, fmpq, fmpq_poly

from nuforce_sym.atom.bessel_integral import MAX_BITS, BesselForm, bessel_form
from nuforce_sym.errors import NotDerivable
from nuforce_sym.mass_moments import MassCurrent, MassGradient, weight

TERMS = 160
PRECISION = 900
REACH = arb(fmpq(334, 1000))
"""|x| and w stay below 1/3, up to rounding."""
_CIRCLE = fmpq(9, 10)
"""The radius in w on which the coefficients of the third series are bounded."""

Case = tuple[str, int, int, int]
"""("P" or "G", n, l, nu)."""


CASES: dict[str, Case] = {
    f"{what}_4D4F_{kind}": (letter, 4, 2, nu)
    for kind, nu in (("dirac", 3), ("majorana", 2))
    for what, letter in (("current", "P"), ("gradient", "G"))
}
"""The functionals that the runtime has, by the names of its functions."""


@dataclass(frozen=True)
class Series:
    r"""Coefficients from the constant term up: ``near`` and ``logs`` in y, \sum(near_k + logs_k\ln t)y^k; ``middle`` in x;
    ``far`` in w. ``tails`` bound \sum_{k>=N}(k+1)|c_k|X^k of each at the largest X, with N terms here."""

    near: list[arb]
    logs: list[arb]
    middle: list[arb]
    far: list[arb]
    tails: tuple[arb, arb, arb]


@cache
def series(case: Case) -> Series:
    """Return the three series of a functional."""
    functional, n, l, nu = case
    polynomial, norm = weight(functional, n, l)
    q = {k: fmpq(c.numerator, c.denominator) * (2 if nu == 2 else 1) for k, c in polynomial.items()}
    p = fmpq(2, n)
    with ctx.workprec(PRECISION):
        root = arb(fmpq(norm.numerator, norm.denominator)).sqrt()
        near, logs, near_tail = _near(closed_form(case), p)
        middle, middle_tail = _middle(q, p, nu)
        far, far_tail = _far(q, p, nu, 2 * l + 2)
        near, logs, middle, far = ([root * c for c in row] for row in (near, logs, middle, far))
        return Series(near, logs, middle, far, (root * near_tail, root * middle_tail, root * far_tail))


@cache
def closed_form(case: Case) -> BesselForm:
    r"""Return the closed form A + BL in c of the functional over \sqrt N(c/2)^\nu."""
    functional, n, l, nu = case
    polynomial, _ = weight(functional, n, l)
    coefficients = [polynomial.get(k, Fraction(0)) for k in range(max(polynomial) + 1)]
    dense = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    return bessel_form(dense * (2 if nu == 2 else 1), nu - 5, fmpq(2, n), nu)


def _near(form: BesselForm, p: fmpq) -> tuple[list[arb], list[arb], arb]:
    plain, logs = form.series(TERMS)
    log_2 = arb(2).log()
    # c^(2k - nu) (c/2)^nu = (p t)^(2k)/2^nu and ln(2p/c) = ln 2 - ln t
    scale = [arb(p) ** (2 * k) / 2**form.order for k in range(TERMS)]
    near = [(arb(u) + arb(v) * log_2) * s for u, v, s in zip(plain, logs, scale, strict=True)]
    # Both rows are bounded by the product of the moduli of A or B, of 1/(1-y)^power and of two series with coefficients < 1.
    size = sum((abs(arb(a)) * arb(p) ** (2 * k) for f in (form.A, form.B) for k, a in enumerate(f.coeffs())), arb(0))
    size *= (1 + 1 / arb(p)) / arb(p) ** (2 * form.power) / 2**form.order
    degree = max(form.A.degree(), form.B.degree())
    power = form.power + 2
    # \sum_k (k+1) k comb(power + k - 1, k) y^k from k = TERMS - degree on, y <= 1/4, and |ln t| y^k <= 1/4^k * k
    first = TERMS - degree
    ratio = fmpq(power + first, first + 1) * fmpq(first + 3, first + 1) ** 2 / 4
    tail = size * comb(power + first - 1, first) * arb(4) ** -first * (TERMS + 1) ** 2 / (1 - arb(ratio)) * (degree + 1)
    return near, [-arb(v) * s for v, s in zip(logs, scale, strict=True)], tail.upper()


def _middle(q: dict[int, fmpq], p: fmpq, nu: int) -> tuple[list[arb], arb]:
    total, tail = fmpq_poly([]), arb(0)
    for k, coefficient in q.items():
        s = k + nu - 4
        gammas = fmpq(factorial(s + nu - 1) * factorial(s - nu - 1) * 4**s * factorial(s), factorial(2 * s))
        front = coefficient * gammas * (p / 2) ** nu / (2 * p) ** s
        a, b, c = fmpq(s + nu), fmpq(2 * nu + 1, 2), fmpq(2 * s + 1, 2)
        terms = [fmpq(1)]
        for j in range(TERMS):
            terms.append(terms[-1] * (a + j) * (b + j) / ((c + j) * (1 + j)))
        edges = fmpq_poly([1, -1]) ** (2 * nu) * fmpq_poly([1, 1]) ** (s - nu)
        total += front * (edges * fmpq_poly(terms[:TERMS]))
        # a > c and b > 1, so that the ratio of terms falls
        ratio = arb((a + TERMS) * (b + TERMS) / ((c + TERMS) * (1 + TERMS))) * REACH * (TERMS + 2) / (TERMS + 1)
        heads = sum((abs(arb(e)) * (i + 1) * REACH**i for i, e in enumerate(edges.coeffs())), arb(0))
        tail += abs(arb(front)) * heads * arb(terms[TERMS]) * REACH**TERMS * (TERMS + 1) / (1 - ratio)
    return [arb(c) for c in total.coeffs()], tail.upper()


def _far(q: dict[int, fmpq], p: fmpq, nu: int, lowest: int) -> tuple[list[arb], arb]:
    in_z = [arb(0)] * TERMS
    circle, reach = arb(_CIRCLE), arb(_CIRCLE) / (1 - arb(_CIRCLE))
    edge, largest = -circle / (1 + circle), arb(0)
    half = arb(fmpq(1, 2))
    for k, coefficient in q.items():
        s, shift = k + nu - 4, k - lowest
        front = arb(coefficient * p ** (nu - s) / 2**nu)
        for j in range(TERMS - shift):
            gammas = ((s + j + nu) * half).gamma() * ((s + j - nu) * half).gamma()
            in_z[j + shift] += front * (-1) ** j * arb(2) ** (s + j - 2) * gammas / (arb(j + 1).gamma())
        # |\int u^(s-1) e^(-zu) K du| is largest for the smallest Re z on the circle
        moment = arb.pi().sqrt() * arb(2) ** nu / (1 + edge) ** (s + nu)
        moment *= arb(s + nu).gamma() * arb(s - nu).gamma() / (s + half).gamma()
        moment *= ((edge - 1) / (edge + 1)).hypgeom_2f1(arb(s + nu), nu + half, s + half)
        largest += abs(front) * reach**shift * moment
    row = [in_z[0]]
    for i in range(1, TERMS):
        row.append(sum((in_z[k] * comb(i - 1, i - k) for k in range(1, i + 1)), arb(0)))
    ratio = REACH / circle
    tail = largest * ratio**TERMS * (TERMS + 1) / (1 - ratio * (TERMS + 2) / (TERMS + 1))
    return row, tail.upper()


def evaluate(case: Case, mu: arb) -> arb:
    """Return the functional at a positive ball by its closed form, which is undefined at t = 1.

    No series: what `series` says is held against it.
    """
    functional, n, l, nu = case
    form, (_, norm) = closed_form(case), weight(functional, n, l)
    c, p = 2 * mu, arb(form.p)
    y = c * c
    D = p * p - y
    log = (p / c).acosh() / D.sqrt() if c < p else (p / c).acos() / (-D).sqrt()
    A, B = (arb_poly([arb(a) for a in f.coeffs()])(y) for f in (form.A, form.B))
    root = arb(fmpq(norm.numerator, norm.denominator)).sqrt()
    value: arb = root * (A + B * log) / (D**form.power * 2**nu)
    return value


def enclosed(case: Case, mu: arb) -> arb:
    """Return the functional at an exact positive number, to the working precision, whatever cancels in the closed form.

    Raises:
        NotDerivable: the closed form is undefined there, which it is at n mu = 1.
    """
    wanted = ctx.prec
    precision = 2 * wanted
    while precision <= MAX_BITS:
        with ctx.workprec(precision):
            value = evaluate(case, mu)
        if value.rel_accuracy_bits() >= wanted:
            return value
        precision *= 2
    raise NotDerivable(f"{case} has no closed form at mu = {mu}")


def table(case: Case) -> dict[str, list[float]]:
    """Return the rows of the runtime: so many terms of the three series as doubles can tell."""
    found = series(case)
    size = [abs(float(found.near[0])), abs(float(found.middle[0])), max(abs(float(c)) for c in found.far)]
    rows = {
        "NEAR": _cut(found.near, 0.25, size[0]),
        "LOGS": _cut(found.logs, 0.25, size[0]),
        "MIDDLE": _cut(found.middle, 1 / 3, size[1]),
        "FAR": _cut(found.far, 1 / 3, size[2]),
    }
    return {name: [float(c) for c in row] for name, row in rows.items()}


def table_source() -> str:
    """Return the Python text of the runtime's blocks of functionals, as they stand in `runtime`."""
    blocks = []
    for name, case in CASES.items():
        functional, n, l, nu = case
        rows = []
        for row in table(case).values():
            numbers = [repr(c) for c in row]
            rows += ["    (", *(f"        {', '.join(numbers[i : i + 4])}," for i in range(0, len(numbers), 4)), "    ),"]
        kind = {3: "Dirac", 2: "Majorana"}[nu]
        blocks.append(
            f"# block {name}\n# {functional}({n}, {l}; {kind}): rows as in mass_moment.\n# fmt: off\n"
            + "\n".join([f"_{name.upper()} = (", *rows])
            + f'\n)\n# fmt: on\n\n\ndef {name}(a, b):\n    """Return {functional} between ({n}, {l}) and ({n}, {l + 1}) '
            f'for {kind} neutrinos of m a_0 = a*b."""\n    return mass_moment({n}, {l - 1}, _{name.upper()}, a, b)\n'
        )
    return "\n\n".join(blocks)


def head(case: Case, mu: sp.Expr) -> sp.Expr:
    """Return a functional as an expression."""
    functional, n, l, nu = case
    return (MassCurrent if functional == "P" else MassGradient)(n, l, nu, mu)


def name_of(function: sp.Expr) -> str:
    """Return the name of the runtime's function for a head.

    Raises:
        NotDerivable: the runtime has none.
    """
    case = (function.functional, *(int(x) for x in function.args[:3]))
    for name, known in CASES.items():
        if known == case:
            return name
    raise NotDerivable(f"{function}: the runtime has the functionals {', '.join(CASES)} only")


def _cut(row: list[arb], reach: float, size: float) -> list[arb]:
    """Return the row without its last terms, which together stay below a tenth of a unit in the last place."""
    rest, count = 0.0, len(row)
    while count > 1 and rest + abs(float(row[count - 1])) * reach ** (count - 1) < 1e-18 * size:
        rest += abs(float(row[count - 1])) * reach ** (count - 1)
        count -= 1
    return row[:count]
