r"""The radial functions R_nl of a hydrogen-like atom, from the circular orbit downwards by the ladder in l.

Bethe & Salpeter (1957), section 3; R_nl > 0 for r -> 0. In \eta = r/a_0 the function u = \eta R solves
u'' = [l(l+1)/\eta^2 - 2Z/\eta + Z^2/n^2]u.
"""

from __future__ import annotations

import sympy as sp
from sympy.physics.hydrogen import R_nl

from nuforce_sym import Derivation, check
from nuforce_sym.check import Check, Evidence
from nuforce_sym.errors import CheckFailed
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.kernel.signless import envelope
from nuforce_sym.symbols import symbols

r, a_0, Z, n, eta = symbols("r a_0 Z n eta")
LARGEST_N = 4
ORBITALS = "SPDF"

d = Derivation("hydrogen_radial", "Radial functions of hydrogen", cites=["BetheSalpeter1957"])


def left_over(R, N, L):
    """The radial equation of R in r, which should vanish."""
    u = r * R
    V = L * (L + 1) / r**2 - 2 * Z / (a_0 * r) + Z**2 / (N * a_0) ** 2
    return sp.expand(sp.powsimp(sp.expand((sp.diff(u, r, 2) - V * u) / u.subs(r, a_0))))


def tidy(u, N):
    """R = u/eta in r, with the polynomial that starts with 1 apart from its front factor."""
    fall = sp.exp(-Z * eta / N)
    series = sp.Poly(sp.expand(sp.powsimp(sp.expand(u / (eta * fall)))), eta)
    lowest = min(power for (power,) in series.monoms())
    front = series.coeff_monomial(eta**lowest)
    polynomial = sp.Add(*(c / front * eta ** (power - lowest) for (power,), c in series.terms()))
    return (front * eta**lowest * polynomial * fall).subs(eta, r / a_0) / sp.sqrt(a_0) ** 3


@d.step(
    "u_{n,n-1}",
    check.residual(
        lambda u: sp.expand_power_base(sp.diff(u, eta, 2) / u - (n * (n - 1) / eta**2 - 2 * Z / eta + Z**2 / n**2)),
        r"solves $u''=[l(l+1)/\eta^2-2Z/\eta+Z^2/n^2]u$ at $l=n-1$",
    ),
    check.equals(
        (2 * Z / n) ** (n + sp.S.Half) * eta**n * sp.exp(-Z * eta / n) / sp.sqrt(sp.gamma(2 * n + 1)),
        why="Bethe and Salpeter's form of the circular orbit",
    ),
)
def circular():
    r"""With $l=n-1$ there is no state of larger $l$ for $n/\eta-Z/n-d/d\eta$ to lead to: it gives zero, an equation of first
    order. The norm is $\int_0^\infty u^2d\eta=1$.
    """
    exponent = sp.expand(sp.integrate(n / eta - Z / n, eta))
    shape = sp.exp(exponent.coeff(eta) * eta) * eta ** exponent.coeff(sp.log(eta))
    return shape / sp.sqrt(sp.integrate(sp.powsimp(sp.expand_power_base(shape**2)), (eta, 0, sp.oo)))


def lowered(R, N, L):
    """R_{n,l-1} from R_{nl}: the adjoint of the operator that raises l, over its norm."""
    u = eta * R.subs(r, a_0 * eta) * sp.sqrt(a_0) ** 3
    down = L * u / eta - Z * u / L + sp.diff(u, eta)
    return tidy(down * N * L / (Z * sp.sqrt(N**2 - L**2)), N)


def orthogonal(name, other):
    """A check: the integral of r^2 times the product with an earlier radial function of the same l vanishes."""

    def test(value, earlier):
        product = sp.expand(sp.powsimp(sp.expand(r**2 * value * earlier[name])))
        total = sp.expand(sum(sp.integrate(term, (r, 0, sp.oo)) for term in sp.Add.make_args(product)))
        if total != 0:
            raise CheckFailed(f"the overlap with {other} is {total}, not 0")
        return Evidence("orthogonal", f"orthogonal to ${other}$", "proved")

    return Check("orthogonal", test, (name,))


def add(N, L):
    """Add the step that derives R_nl."""
    checks = [
        check.residual(lambda R: left_over(R, N, L), "solves the radial equation"),
        check.equals(R_nl(N, L, r / a_0, Z) / sp.sqrt(a_0) ** 3, why="SymPy's Laguerre polynomials"),
        check.dimension(sp.Rational(3, 2)),
        *(orthogonal(f"radial_{k}{ORBITALS[L]}", f"R_{{{k}{L}}}") for k in range(L + 1, N)),
    ]
    if L == N - 1:
        why, needs = rf"The circular orbit of $n={N}$, $R=u/\eta$ in units of $a_0^{{-3/2}}$.", ("circular",)

        def make(circular):
            return tidy(circular.subs(n, N).doit(), N)

    else:
        why = (
            rf"With $D=\frac{{{L + 1}}}\eta-\frac Z{L + 1}-\frac d{{d\eta}}$, which takes $u_{{{N}{L}}}$ to "
            rf"$u_{{{N}{L + 1}}}$, the adjoint leads back."
        )
        needs = (f"radial_{N}{ORBITALS[L + 1]}",)

        def make(above):
            return lowered(above, N, L + 1)

    d.step(f"R_{{{N}{L}}}", *checks, name=f"radial_{N}{ORBITALS[L]}", why=why, needs=needs)(make)


for N in range(1, LARGEST_N + 1):
    for L in range(N - 1, -1, -1):
        add(N, L)

KERNELS = tuple(f"hydrogen_radial_{N}{ORBITALS[L]}" for N in range(1, LARGEST_N + 1) for L in range(N))


def kernels(results):
    """R_nl for n <= 4."""
    ranges = {r: (1e-6, 1e30), Z: (1.0, 200.0), a_0: (1e-3, 1e12)}
    found = []
    for name in KERNELS:
        label = name.removeprefix("hydrogen_radial_")
        N, L = int(label[0]), ORBITALS.index(label[1])
        formula = results[f"radial_{label}"]
        found.append(
            Kernel(
                name,
                f"Radial function of the {label} state of a hydrogen-like atom",
                formula,
                tuple(Argument(s, *ranges[s]) for s in (r, Z, a_0)),
                d.name,
                f"radial_{label}",
                constraints=(Constraint(Z * r / (N * a_0), 1e-30, 700.0),),
                cites=tuple(d.cites),
                notes=(f"It has {N - L - 1} zeros at r > 0; a_0 holds the reduced mass; the integral of r^2 R^2 is 1.",),
                envelope=envelope(formula) if N - L > 1 else None,
            )
        )
    return tuple(found)
