r"""The spin-dependent and parity-violating neutrino force in a background of massless neutrinos.

The bodies couple by g_V J^0 + g_A sigma.J; the whole tensor of the loop with one occupied line is kept.
"""

from __future__ import annotations

import itertools

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.components import in_components
from nuforce_sym.medium import sine_transform as transform
from nuforce_sym.medium.isotropic import potential_of, sine_operator
from nuforce_sym.medium.neutrino import momentum_force
from nuforce_sym.medium.spin import by_structure, isotropic_spin_force, spin_force
from nuforce_sym.spatial import Dot3, Vector3
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, g_A1, g_A2, k, r, c, n_plus, n_minus = symbols("G_F g_V1 g_V2 g_A1 g_A2 k_nu r c_alpha n_plus n_minus")
N_0, T, k_F = symbols("N_0 T_nu k_F")
RHAT, SIGMA_1, SIGMA_2 = Vector3("rhat"), Vector3("sigma_1"), Vector3("sigma_2")
ZERO = sp.Integer(0)

d = Derivation("background_spin", "Spin-dependent neutrino forces in a background", cites=["Tangarife", "PeskinSchroeder1995"])

VECTORS = {
    "khat": tuple(sp.Rational(n, 7) for n in (2, 3, 6)),
    "rhat": tuple(sp.Rational(n, 11) for n in (6, -2, 9)),
    "sigma_1": (sp.Rational(1, 2), sp.Rational(-3, 4), sp.Integer(2)),
    "sigma_2": (sp.Rational(5, 3), sp.Integer(1), sp.Rational(-1, 3)),
}
COSINE = sp.Add(*(a * b for a, b in zip(VECTORS["khat"], VECTORS["rhat"], strict=True)))


def _placed(value):
    """The expression with numbers for directions and spins, in which it is linear."""
    return in_components(value, VECTORS).subs(c, COSINE)


def _two_component(response):
    r"""X^{\mu\nu} = -8n Re{e^{-ik.r} \chi^\dagger \bar\sigma^\mu (k+i\sigma.\nabla) \bar\sigma^\nu \chi f}, Pauli's matrices.

    \chi is the left-handed spinor along k, V = (G^2/2) \Gamma_{2\mu}\Gamma_{1\nu}X^{\mu\nu}; for antineutrinos \mu and \nu are
    exchanged.
    """
    sigma = [mp.eye(2), mp.matrix([[0, 1], [1, 0]]), mp.matrix([[0, -1j], [1j, 0]]), mp.matrix([[1, 0], [0, -1]])]
    bar = [sigma[0], *(-s for s in sigma[1:])]

    def along(vector):
        total = mp.zeros(2)
        for component, matrix in zip(vector, sigma[1:], strict=True):
            total += component * matrix
        return total

    def route(v):
        khat, rhat, one, two = ([mp.mpf(x.p) / x.q for x in VECTORS[n]] for n in ("khat", "rhat", "sigma_1", "sigma_2"))
        wave_number, distance = v["k_nu"], v["r"]
        if response == "retarded":
            f = mp.exp(1j * wave_number * distance) / (4 * mp.pi * distance)
            slope = (1j * wave_number - 1 / distance) * f
        else:
            f = mp.cos(wave_number * distance) / (4 * mp.pi * distance)
            slope = -wave_number * mp.sin(wave_number * distance) / (4 * mp.pi * distance) - f / distance
        chi = (mp.eye(2) - along(khat)) / 2
        middle = wave_number * f * mp.eye(2) + 1j * slope * along(rhat)
        phase = mp.exp(-1j * wave_number * distance * mp.fsum(a * b for a, b in zip(khat, rhat, strict=True)))
        first = [v["g_V1"], *(v["g_A1"] * x for x in one)]
        second = [v["g_V2"], *(v["g_A2"] * x for x in two)]
        total = mp.mpf(0)
        for mu, nu in itertools.product(range(4), repeat=2):
            for n, (a, b) in ((v["n_plus"], (mu, nu)), (v["n_minus"], (nu, mu))):
                element = chi * bar[a] * middle * bar[b]
                total += second[mu] * first[nu] * -8 * n * mp.re(phase * (element[0, 0] + element[1, 1]))
        return v["G_F"] ** 2 / 2 * total

    return route


def _couplings(expr, *charges):
    """The part of an expanded expression that is proportional to the product of the charges."""
    for charge in charges:
        expr = sp.expand(expr).coeff(charge)
    return sp.Mul(*charges) * expr


@d.step(
    r"v(\mathbf{k},\mathbf{r})",
    check.brute_force(_two_component("symmetric"), "two-component spinors and Pauli's matrices", digits=25, of=_placed),
    check.residual(
        lambda v: _couplings(v, g_V1, g_V2) - g_V1 * g_V2 * momentum_force("dirac", ZERO), "without spins the known force"
    ),
)
def force():
    r"""Symmetric response, $\mathbf{r}=\mathbf{r}_2-\mathbf{r}_1$; $\hat{k}$ is the direction of the momentum, of
    neutrinos and of antineutrinos.
    """
    return spin_force("symmetric")


@d.step(
    r"v_{\mathrm{ret}}(\mathbf{k},\mathbf{r})",
    check.brute_force(_two_component("retarded"), "two-component spinors and Pauli's matrices", digits=25, of=_placed),
)
def retarded():
    r"""The force on body 2 in the wave scattered by body 1."""
    return spin_force("retarded")


def _one_spin(v):
    route, charges = _two_component("symmetric"), ("g_A1", "g_A2")
    values = [{**v, **{g: v[g] if g == kept else mp.mpf(0) for g in charges}} for kept in (*charges, None)]
    return route(values[0]) + route(values[1]) - 2 * route(values[2])


@d.step(
    r"v_{\mathrm{PV}}",
    check.residual(
        lambda value: value.xreplace({SIGMA_1: -SIGMA_1, SIGMA_2: -SIGMA_2}) + value, "changes its sign with the spins"
    ),
    check.brute_force(_one_spin, "two-component spinors, the spin of one body at a time", digits=25, of=_placed),
    check.dimension(-2),
)
def parity_violating(force):
    r"""The terms with one spin violate parity. They fall off like the force without spins, and no velocity suppresses
    them.
    """
    return by_structure(_couplings(force, g_A1, g_V2) + _couplings(force, g_A2, g_V1))


def _averaged_by_quadrature(value):
    r"""The average over \hat k by quadrature: the azimuth of \hat k about \hat r at four points, the angle by Gauss."""
    rhat = sp.Matrix(VECTORS["rhat"])
    across = rhat.cross(sp.Matrix([0, 0, 1]))
    across = across / sp.sqrt(across.dot(across))
    third = rhat.cross(across)
    s = sp.sqrt(1 - c**2)
    total = ZERO
    for e in (across, third, -across, -third):
        total += in_components(value, {**VECTORS, "khat": tuple(c * rhat + s * e)}) / 4
    return total


def _quadrature(v):
    formula = _averaged_by_quadrature(spin_force("symmetric"))
    at = {s: v[s.name] for s in formula.free_symbols if s != c}
    return mp.quad(sp.lambdify(c, formula.xreplace(at), "mpmath"), [-1, 0, 1]) / 2


@d.step(
    r"\langle v\rangle",
    check.dimension(-2),
    check.brute_force(_quadrature, "quadrature over all directions", digits=18, points=1, of=_placed),
    check.residual(lambda v: sp.expand(v).coeff(g_V1).coeff(g_A2), "no term with one spin"),
)
def isotropic():
    r"""Averaged over directions the terms with one spin vanish. Two spins are left with a parity-violating
    $(\sigma_1\times\sigma_2)\cdot\hat{r}$, in a background of more neutrinos than antineutrinos.
    """
    return isotropic_spin_force()


def _gas(isotropic, occupation, sine, cosine=None):
    r"""Return V for n_+ and n_- equal, or for n_+ alone, from the average over directions."""
    integrand = sp.expand(k**2 / (2 * sp.pi**2) * isotropic.subs(n_minus, n_plus if occupation == 2 * n_plus else 0))
    return potential_of(sine_operator(integrand, ZERO, occupation), sine, cosine)


@d.step(
    r"V_0(r)",
    check.dimension(1),
    check.residual(
        lambda V: (
            V
            - G_F**2
            / (8 * sp.pi**3 * r**5)
            * (2 * g_V1 * g_V2 + g_A1 * g_A2 * (5 * Dot3(SIGMA_1, RHAT) * Dot3(SIGMA_2, RHAT) - 3 * Dot3(SIGMA_1, SIGMA_2)))
        ),
        "the force in the vacuum that the cut of the loop gives",
    ),
)
def vacuum(isotropic):
    r"""With $n_+=n_-\to-\frac12$ it is the force of a pair of massless neutrinos in the vacuum."""
    return by_structure(_gas(isotropic, 2 * n_plus, -transform.vacuum(ZERO)))


def _over_momenta(n, n_bar, upper):
    """The integral over k of the averaged force with occupation numbers put in, by quadrature."""

    def route(v):
        integrand = _placed(sp.expand(k**2 / (2 * sp.pi**2) * isotropic_spin_force())).xreplace({n_plus: n, n_minus: n_bar})
        at = {s: v[s.name] for s in integrand.free_symbols if s != k}
        function = sp.lambdify(k, integrand.xreplace(at), "mpmath")
        if upper is not sp.oo:
            return mp.quad(function, [0, v[upper.name]])
        return mp.quad(function, [v["T_nu"] * x for x in (0, 1, 2, 4, 8, 16, 32, 64)])

    return route


HALF_BOLTZMANN = N_0 / 2 * sp.exp(-k / T)
BY_MOMENTA = "quadrature over the momenta"


@d.step(
    r"V_{\mathrm{MB}}(r)",
    check.dimension(1),
    check.brute_force(_over_momenta(HALF_BOLTZMANN, HALF_BOLTZMANN, sp.oo), BY_MOMENTA, points=1, of=_placed),
)
def maxwell_boltzmann(isotropic):
    r"""In a gas with $n_+=n_-=\frac12N_0e^{-k/T}$."""
    return by_structure(_gas(isotropic, 2 * n_plus, N_0 * transform.maxwell_boltzmann(T, ZERO)))


@d.step(
    r"V_{\mathrm{deg}}(r)",
    check.dimension(1),
    check.brute_force(_over_momenta(sp.Integer(1), ZERO, k_F), BY_MOMENTA, points=1, of=_placed),
)
def degenerate(isotropic):
    r"""In a degenerate gas of neutrinos alone, with its parity-violating $(\sigma_1\times\sigma_2)\cdot\hat{r}$."""
    return by_structure(_gas(isotropic, n_plus, transform.degenerate(k_F), transform.degenerate_cosine(k_F)))
