r"""The forces of pairs of particles of any spin: scalars, Dirac fermions and complex vectors (Fichet 2018).

$\mathcal{L} = -\sum_a C_a\,\bar\psi_a\Gamma\psi_a\,\mathcal{O}$ for every operator $\mathcal{O}$ quadratic in the field
$\chi$: its two-point function gives the spectral density, and that the force between fermions at rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.euclidean import propagator_pieces, static_potential
from nuforce_sym.amplitude.explicit_pair import pair_density
from nuforce_sym.amplitude.interaction import Field
from nuforce_sym.amplitude.pair import PairOperator, pair_interaction, spectral_density
from nuforce_sym.kernel import kernel_of
from nuforce_sym.potential.limits import massless_limit
from nuforce_sym.potential.operators import RHAT, coefficient
from nuforce_sym.potential.pair_force import pair_potential
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols

r, t, m_chi, m_1, m_2 = symbols("r t m_chi m_1 m_2")
half, one = sp.Rational(1, 2), sp.Integer(1)
psi_1, psi_2 = Field("psi_1", r"\psi_1", half, m_1), Field("psi_2", r"\psi_2", half, m_2)
sigma_1, sigma_2 = Vector3("sigma_1"), Vector3("sigma_2")

d = Derivation(
    "quantum_forces",
    "Forces of pairs of scalars, fermions and vectors",
    cites=["Fichet2018", "BraxFichetPignol2018", "Cutkosky1960", "DLMF"],
)


@dataclass(frozen=True)
class Row:
    """One operator: its name in the steps, the spin and tag, the fermions' structure, the power of 1/r without mass."""

    name: str
    spin: sp.Rational
    tag: str
    source: str
    falls: int | None
    about: str

    @property
    def operator(self) -> PairOperator:
        """The operator, of particles that are not their own antiparticles."""
        return PairOperator(Field("chi", r"\chi", self.spin, m_chi), ((self.tag, one),))

    @property
    def coefficients(self) -> tuple[sp.Symbol, sp.Symbol]:
        """The Wilson coefficients of the two fermions."""
        dimension = 3 + self.operator.energy
        return symbols(f"C{dimension}_1 C{dimension}_2")


ROWS = (
    Row("scalar_pair", sp.Integer(0), "S", "S", 3, "two scalars, phi*phi"),
    Row("scalar_current", sp.Integer(0), "V", "V", 5, "two scalars through their vector current"),
    Row("scalar_gradient", sp.Integer(0), "D", "S", 7, "two scalars through their gradients"),
    Row("fermion_scalar", half, "S", "S", 5, "two Dirac fermions through their scalar density"),
    Row("fermion_pseudoscalar", half, "P", "S", 5, "two Dirac fermions through their pseudoscalar density"),
    Row("fermion_vector", half, "V", "V", 5, "two Dirac fermions through their vector current"),
    Row("fermion_axial", half, "A", "V", 5, "two Dirac fermions through their axial current"),
    Row("vector_pair", one, "S", "S", None, "two vectors, X*X"),
    Row("vector_strength", one, "F", "S", 7, "two vectors through their squared field strength"),
    Row("vector_dual", one, "G", "S", 7, "two vectors through field strength times dual"),
    Row("vector_current", one, "V", "V", None, "two vectors through their current"),
)
TENSOR = Row("fermion_tensor", half, "T", "T", 5, "two Dirac fermions through their tensor density")
AT = {"t": sp.Integer(50), "m_chi": sp.Rational(7, 10)}


def summed(row: Row, weight):
    """Return the route to a radial function by quadrature of explicit rates over the masses of the pair.

    ``weight(rho_1, rho_2, s, r)`` is the contribution of the squared mass s.
    """

    def route(value):
        m, distance = value["m_chi"], value["r"]

        def inside(x):
            s = (2 * m * mp.cosh(x)) ** 2
            return weight(*pair_density(row.spin, row.tag, m, s), s, distance) * 8 * m**2 * mp.cosh(x) * mp.sinh(x)

        # the integrand is even in x, vanishes at 0 and falls as exp(-2 m r cosh x): the trapezoidal rule errs by exp(-pi^2/h)
        h = mp.pi**2 / (mp.log(10) * mp.mp.dps)
        end = mp.acosh(1 + (mp.mp.dps * mp.log(10) + 20) / (2 * m * distance))
        c_1, c_2 = (value[c.name] for c in row.coefficients)
        return c_1 * c_2 * h * mp.fsum(inside(n * h) for n in range(1, int(end / h) + 1))

    return route


def yukawa(s, distance):
    """The Yukawa potential of the mass sqrt(s)."""
    return mp.exp(-mp.sqrt(s) * distance) / (4 * mp.pi * distance)


def euclidean(row: Row):
    """Return the route by the Euclidean correlator, where one is at hand: scalars phi*phi, and fermions."""

    def scalars(value):
        m, distance = value["m_chi"], value["r"]

        def squared(u):
            R = distance * mp.cosh(u)
            return R * (propagator_pieces(R, m)[0] / m) ** 2

        # tau = r sinh u, as in `static_potential`
        h = mp.pi**2 / (mp.log(10) * mp.mp.dps)
        total, n = squared(mp.mpf(0)) / 2, 1
        while (term := squared(n * h)) > total * mp.eps:
            total, n = total + term, n + 1
        return -value["C5_1"] * value["C5_2"] * 2 * h * total

    def fermions(value):
        return value["C6_1"] * value["C6_2"] * static_potential({row.tag: 1}, value["r"], value["m_chi"])

    return scalars if row.spin == 0 else fermions


def add_density(row: Row) -> None:
    """Add the interaction and the spectral density of a row."""
    c_1, c_2 = row.coefficients

    @d.step(
        r"\mathcal{L}_{\mathrm{int}}",
        check.lagrangian(),
        name=f"{row.name}_interaction",
        why=rf"Two distinct fermions couple to ${row.operator.latex}$.",
        needs=(),
    )
    def interaction():
        return pair_interaction(row.operator, (psi_1, row.source, c_1), (psi_2, row.source, c_2))

    def explicit(which):
        return check.brute_force(
            lambda value: pair_density(row.spin, row.tag, value["m_chi"], value["t"])[which],
            f"explicit {'polarisation vectors' if row.spin == 1 else 'spinors' if row.spin == half else 'plane waves'}",
            of=lambda value: (value.first, value.second)[which],
            points=1,
            digits=25,
            **AT,
        )

    # Only the axial current of the fermions has a longitudinal part, and only the tensor a second density.
    checks = (explicit(0), explicit(1)) if row.tag in ("A", "T") else (explicit(0),)
    lhs = {0: r"\rho(t)", 1: r"\rho_T(t),\ \rho_L(t)" if row.tag == "A" else r"\rho_T(t)", 2: r"\rho_1(t),\ \rho_2(t)"}

    @d.step(
        lhs[row.operator.rank],
        *checks,
        name=f"{row.name}_density",
        why="Its two-point function, summed over spins and integrated over the phase space of the pair.",
        needs=(f"{row.name}_interaction",),
    )
    def density(interaction):
        return spectral_density(interaction.operator, t)


def add_row(row: Row) -> None:
    """Add the steps of a spin-independent force."""
    add_density(row)
    repels = row.source == "V"
    checks = [
        check.dimension(1),
        check.sign(repels, when="like charges repel" if repels else "like charges attract"),
        check.brute_force(
            summed(row, lambda rho, _, s, distance: (1 if repels else -1) * rho * yukawa(s, distance)),
            "the sum of Yukawa forces with explicit rates",
            points=1,
            digits=20,
        ),
    ]
    if (row.spin == 0 and row.tag == "S") or row.spin == half:
        checks.append(check.brute_force(euclidean(row), "the cut-free Euclidean correlator", points=1, digits=20))

    @d.step(
        r"V(r)",
        *checks,
        name=row.name,
        why=f"Between fermions at rest; {'a current repels' if repels else 'a density attracts'} like charges.",
        needs=(f"{row.name}_interaction", f"{row.name}_density"),
    )
    def potential(interaction, density):
        return pair_potential(interaction, psi_1, psi_2, density=density)

    if row.falls is not None:

        @d.step(
            r"V(r)\big|_{m_\chi r\ll1}",
            check.scales(r, -row.falls),
            name=f"{row.name}_massless",
            why="At short distance.",
            needs=(row.name,),
        )
        def massless(potential):
            return massless_limit(potential, m_chi)


for _row in ROWS:
    add_row(_row)
add_density(TENSOR)


@d.step(r"V(r)", check.dimension(1))
def fermion_tensor(fermion_tensor_interaction, fermion_tensor_density):
    r"""A tensor density at rest is the spin of the fermion; the force is between the spins."""
    return pair_potential(fermion_tensor_interaction, psi_1, psi_2, density=fermion_tensor_density)


def _slopes(s, distance):
    """Y'' - Y'/r and Y'/r of a Yukawa function of mass sqrt(s)."""
    M, Y = mp.sqrt(s), yukawa(s, distance)
    slope = -Y * (M + 1 / distance)
    second = Y * (M**2 + 2 * M / distance + 2 / distance**2)
    return second - slope / distance, slope / distance


@d.step(
    r"V^{\sigma\sigma}(r)",
    check.dimension(1),
    check.brute_force(
        summed(
            TENSOR,
            lambda one_, two, s, distance: -4 * (one_ - two) * yukawa(s, distance) - 4 * two / s * _slopes(s, distance)[1],
        ),
        "the sum of Yukawa forces with explicit rates",
        points=1,
        digits=20,
    ),
)
def fermion_tensor_spin_spin(fermion_tensor):
    r"""The coefficient of $\sigma_1\cdot\sigma_2$."""
    return coefficient(fermion_tensor, Dot3(sigma_1, sigma_2))


@d.step(
    r"V^{rr}(r)",
    check.dimension(1),
    check.brute_force(
        summed(TENSOR, lambda _, two, s, distance: -4 * two / s * _slopes(s, distance)[0]),
        "the sum of Yukawa forces with explicit rates",
        points=1,
        digits=20,
    ),
)
def fermion_tensor_tensor(fermion_tensor):
    r"""The coefficient of $(\sigma_1\cdot\hat r)(\sigma_2\cdot\hat r)$."""
    return coefficient(fermion_tensor, Dot3(sigma_1, RHAT) * Dot3(sigma_2, RHAT))


_SPIN = {
    "fermion_tensor_spin_spin": (TENSOR, "the coefficient of sigma_1.sigma_2 of"),
    "fermion_tensor_tensor": (TENSOR, "the coefficient of (sigma_1.rhat)(sigma_2.rhat) of"),
}
KERNELS = (*(f"quantum_{row.name}" for row in ROWS), *(f"quantum_{name}" for name in _SPIN))


def kernels(results):
    """Every potential of the table."""
    found = []
    for name, (row, which) in {**{row.name: (row, "") for row in ROWS}, **_SPIN}.items():
        title = f"Potential by exchange of {row.about}" if not which else f"Potential, {which} the exchange of {row.about}"
        notes = ("Positive values repel. Twice as large for particles that are their own antiparticles.",)
        settings = {"derivation": d.name, "step": name, "cites": ("Fichet2018",), "notes": notes}
        found.append(kernel_of(results[name], f"quantum_{name}", title, **settings))
    return tuple(found)
