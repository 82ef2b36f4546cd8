r"""Levels of hydrogen: gross, fine and hyperfine structure from expectation values, and Dirac's exact energy.

The talk, slide "Unperturbed eigenstates", whose hyperfine formula is $0\cdot\infty$ for S states; Bethe & Salpeter (1957).
"""

from __future__ import annotations

from itertools import pairwise

import mpmath as mp
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.atom.closed_form import mean_power
from nuforce_sym.atom.hyperfine import N_dot_I
from nuforce_sym.atom.radial import hydrogen_radial
from nuforce_sym.atom.state import state
from nuforce_sym.symbols import symbols

alpha, m_e, Z, n, l, j, F, n_r = symbols("alpha m_e Z n l j F n_r")
gamma_D, E_D, g_p, m_p = symbols("gamma_D E_D g_p m_p")
half = sp.Rational(1, 2)
a_0 = 1 / (alpha * m_e)

d = Derivation("hydrogen_levels", "Levels of hydrogen", cites=["BetheSalpeter1957", "Fermi1930", "Tangarife"])


def radial(N, L, charge):
    """R_nl and its first two derivatives at eta, from the exact polynomial, for a charge that need not be whole."""
    f = hydrogen_radial(int(N), int(L))
    eta = sp.Symbol("eta", positive=True)
    unit = f.expr(eta)
    wave = [sp.lambdify(eta, sp.diff(unit, eta, k), "mpmath") for k in range(3)]
    return [lambda x, k=k: charge ** (mp.mpf(3) / 2 + k) * wave[k](charge * x) for k in range(3)]


def mean(value, function):
    """The integral of eta^2 ``function(R, R', R'', eta)`` by quadrature."""
    R = radial(value["n"], value["l"], value["Z"])
    reach = value["n"] ** 2 / value["Z"]
    return mp.quad(lambda x: x**2 * function(*(f(x) for f in R), x), [0, reach / 4, reach, 3 * reach, 8 * reach, 40 * reach])


def laplacian(value):
    """The radial part of the Laplacian of R_nl."""
    return lambda R, slope, curve, x: curve + 2 * slope / x - value["l"] * (value["l"] + 1) * R / x**2


def hamiltonian(value):
    lap = laplacian(value)
    return mean(value, lambda R, s, c, x: R * (-lap(R, s, c, x) / 2 - value["Z"] * R / x)) * value["alpha"] ** 2 * value["m_e"]


def fourth_power(value):
    lap = laplacian(value)
    return -mean(value, lambda R, s, c, x: lap(R, s, c, x) ** 2) / 8 * value["alpha"] ** 4 * value["m_e"]


@d.step(
    r"E_0",
    check.brute_force(hamiltonian, "the mean value of the Hamiltonian by quadrature, 4D", n=sp.Integer(4), l=sp.Integer(2)),
    check.against("Tangarife", "slide 'Unperturbed eigenstates', Z restored", -(alpha**2) * m_e * Z**2 / (2 * n**2)),
    check.dimension(1),
)
def gross():
    r"""By the virial theorem $E_0=\frac12\langle-Z\alpha/r\rangle$, with $\langle r^{-1}\rangle$ from Kramers' recurrence."""
    return sp.factor(-Z * alpha / (2 * a_0) * mean_power(-1))


@d.step(
    r"-\frac{\langle p^4\rangle}{8m_e^3}",
    check.brute_force(fourth_power, "the squared Laplacian of 4F by quadrature", n=sp.Integer(4), l=sp.Integer(3)),
    check.brute_force(fourth_power, "the squared Laplacian of 3P by quadrature", n=sp.Integer(3), l=sp.Integer(1)),
    check.dimension(1),
)
def kinetic(gross):
    r"""The next term of the kinetic energy, with $p^2\psi=2m_e(E_0+Z\alpha/r)\psi$."""
    inside = gross**2 + 2 * gross * Z * alpha / a_0 * mean_power(-1) + (Z * alpha / a_0) ** 2 * mean_power(-2)
    return sp.factor(-inside / (2 * m_e))


@d.step(
    r"\frac{Z\alpha}{2m_e^2}\langle\mathbf{L}\cdot\mathbf{S}\,r^{-3}\rangle",
    check.brute_force(
        lambda v: (v["j"] * (v["j"] + 1) - v["l"] * (v["l"] + 1) - mp.mpf(3) / 4) / 4 * v["Z"] * v["alpha"] ** 4 * v["m_e"]
        * mean(v, lambda R, _, __, x: R**2 / x**3),
        "quadrature, 3P", n=sp.Integer(3), l=sp.Integer(1),
    ),
    check.dimension(1),
)  # fmt: skip
def spin_orbit():
    r"""Thomas's half of the magnetic interaction of spin and orbit, for $l>0$."""
    LS = (j * (j + 1) - l * (l + 1) - sp.Rational(3, 4)) / 2
    return sp.factor(Z * alpha / (2 * m_e**2) * LS * mean_power(-3) / a_0**3)


@d.step(
    r"|\psi_{n0}(0)|^2",
    check.brute_force(
        lambda v: radial(v["n"], 0, v["Z"])[0](mp.mpf(0)) ** 2 / (4 * mp.pi) * (v["alpha"] * v["m_e"]) ** 3,
        "the radial function of 3S at the nucleus", n=sp.Integer(3),
    ),
    check.dimension(3),
)  # fmt: skip
def density():
    r"""For S states $2\pi|\psi(0)|^2=m_e\langle dV/dr\rangle$, from the radial equation times $u'$."""
    return sp.factor(m_e / (2 * sp.pi) * Z * alpha * mean_power(-2).subs(l, 0) / a_0**2)


@d.step(
    r"E_{\mathrm{fine}}",
    check.residual(
        lambda fine, kinetic, spin_orbit: sp.factor(fine - (kinetic + spin_orbit).subs(l, j + half)),
        r"$l=j+\frac12$ has the same energy: the degeneracy of equal $j$",
    ),
    check.residual(
        lambda fine, kinetic, density: fine.subs(j, half) - kinetic.subs(l, 0) - sp.pi * Z * alpha / (2 * m_e**2) * density,
        r"S states have Darwin's term $\frac{\pi Z\alpha}{2m_e^2}|\psi(0)|^2$ in place of the spin-orbit coupling",
    ),
    check.against(
        "Tangarife",
        "slide 'Unperturbed eigenstates', Z restored",
        -(alpha**4) * m_e * Z**4 / (2 * n**4) * (n / (j + half) - sp.Rational(3, 4)),
    ),
    check.dimension(1),
)
def fine(kinetic, spin_orbit):
    r"""The sum of both, at $l=j-\frac12$, depends on $n$ and $j$ alone."""
    return sp.factor((kinetic + spin_orbit).subs(l, j - half))


@d.step(
    r"E",
    check.dimension(1),
    check.limit(alpha, sp.Integer(0), lambda: m_e, rate=2),
    check.residual(lambda E, gross: _order(E, 2) - gross.subs(n, n_r + j + half) / alpha**2, r"the order $\alpha^2$ is $E_0$"),
    check.residual(
        lambda E, fine: sp.factor(_order(E, 4) - fine.subs(n, n_r + j + half) / alpha**4),
        r"the order $\alpha^4$ is $E_{\mathrm{fine}}$",
    ),
)
def dirac():
    r"""Dirac's radial functions are $r^{\gamma-1}e^{-\lambda r}$ times polynomials if
    $(n_r+\gamma)\lambda=Z\alpha E$ with $\lambda=\sqrt{m_e^2-E^2}$, $\gamma=\sqrt{(j+\frac12)^2-(Z\alpha)^2}$ and
    $n=n_r+j+\frac12$: else they grow.
    """
    square = sp.solve((n_r + gamma_D) ** 2 * (m_e**2 - E_D**2) - (Z * alpha * E_D) ** 2, E_D**2)[0]
    return sp.sqrt(sp.factor(square)).subs(gamma_D, sp.sqrt((j + half) ** 2 - (Z * alpha) ** 2))


def _order(E, power):
    """The coefficient of alpha^power, by differentiating at alpha = 0."""
    x = sp.Dummy("x", positive=True)
    at_zero = sp.diff(E.subs(alpha, sp.sqrt(x)), x, power // 2).subs(x, 0) / sp.factorial(power // 2)
    return sp.factor(sp.powdenest(at_zero, force=True))


def _angular(value):
    """<N.I> of 4F5/2, F = 3 from its 9j symbol, times the mean of r^-3 by quadrature."""
    angular = mp.mpf(str(sp.N(N_dot_I(state("4F5/2, F=3"), state("4F5/2, F=3")), 40)))
    scale = value["Z"] ** 0 * value["alpha"] ** 4 * value["g_p"] * value["m_e"] ** 2 / (2 * value["m_p"])
    return scale * angular * mean(value, lambda R, _, __, x: R**2 / x**3)


@d.step(
    r"E_{\mathrm{hfs}}\big|_{l>0}",
    check.brute_force(
        _angular, "a 9j symbol and quadrature, 4F5/2, F = 3",
        n=sp.Integer(4), l=sp.Integer(3), j=sp.Rational(5, 2), F=sp.Integer(3),
    ),
    check.against(
        "Tangarife",
        "slide 'Unperturbed eigenstates', with its mean value of $r^{-3}$ inserted and $Z$ restored",
        alpha**4 * g_p / m_p * l * (l + 1) * m_e**2 * (F * (F + 1) - j * (j + 1) - sp.Rational(3, 4)) / (4 * j * (j + 1))
        * 2 * Z**3 / (n**3 * l * (l + 1) * (2 * l + 1)),
    ),
    check.dimension(1),
)  # fmt: skip
def hyperfine():
    r"""The proton's moment $g_p\frac{e}{2m_p}\mathbf{I}$ acts by
    $\frac{\alpha g_p}{2m_em_p}\,\mathbf{N}\cdot\mathbf{I}\,r^{-3}$ with
    $\mathbf{N}=\mathbf{L}-\mathbf{S}+3\mathbf{n}(\mathbf{n}\cdot\mathbf{S})$. Since $\mathbf{n}\cdot\mathbf{L}=0$ and
    $(\mathbf{n}\cdot\mathbf{S})^2=\frac14$, $\mathbf{N}\cdot\mathbf{J}=\mathbf{L}^2$, so that in one level
    $\mathbf{N}=\frac{l(l+1)}{j(j+1)}\mathbf{J}$.
    """
    JI = (F * (F + 1) - j * (j + 1) - sp.Rational(3, 4)) / 2
    projection = l * (l + 1) / (j * (j + 1))
    return sp.factor(alpha * g_p / (2 * m_e * m_p) * projection * JI * mean_power(-3) / a_0**3)


SPREADS = tuple(10**6 * 2**k for k in range(4))
"""Bohr radii over the size of a magnetization."""


def smeared(value):
    """The contact term of 1S with a magnetization rho ~ e^{-r/b}, for four b, extrapolated to b = 0."""
    R = radial(value["n"], 0, value["Z"])[0]

    def spread(b):
        slope = lambda x: x**2 * mp.exp(-x / b) / (2 * b**3)  # noqa: E731
        return mp.quad(lambda x: slope(x) * R(x) ** 2, [0, b, 5 * b, 20 * b, 80 * b]) * 2 / mp.mpf(3)

    steps = [spread(mp.mpf(1) / k) for k in SPREADS]
    while len(steps) > 1:
        order = 5 - len(steps)
        steps = [(2**order * fine - coarse) / (2**order - 1) for coarse, fine in pairwise(steps)]
    SI = (value["F"] * (value["F"] + 1) - mp.mpf(3) / 2) / 2
    return steps[0] * SI * value["alpha"] ** 4 * value["g_p"] * value["m_e"] ** 2 / (2 * value["m_p"])


@d.step(
    r"E_{\mathrm{hfs}}\big|_{l=0}",
    check.residual(
        lambda contact, hyperfine: contact - hyperfine.subs(j, half).subs(l, 0),
        r"is the formula for $l>0$ once $l(l+1)$ has cancelled",
    ),
    check.brute_force(smeared, "a magnetization spread over a millionth of a Bohr radius, extrapolated, 1S",
                      n=sp.Integer(1), digits=20, points=1, Z=sp.Integer(1)),
    check.dimension(1),
)  # fmt: skip
def contact(density):
    r"""A moment spread over a small sphere has the vector potential $\boldsymbol\mu\times\mathbf{n}\,g(r)$ with
    $r^2g\to1$ outside. Over a sphere the field averages to $\frac{2}{3r^2}(r^2g)'\boldsymbol\mu$, a total derivative, which
    leaves $\frac{8\pi}3|\psi(0)|^2$: Fermi's contact term, and $\langle\mathbf{L}\rangle=0$.
    """
    SI = (F * (F + 1) - sp.Rational(3, 2)) / 2
    return sp.factor(alpha * g_p / (2 * m_e * m_p) * 8 * sp.pi / 3 * SI * density)


@d.step(
    r"E_{1S,F=1}-E_{1S,F=0}",
    check.equals(sp.Rational(4, 3) * alpha**4 * g_p * m_e**2 / m_p * Z**3, why="Fermi's formula (1930)"),
    check.sign(True, when="the triplet lies above"),
)
def ground_state(contact):
    r"""The 21 cm line, 1421.16 MHz before the reduced mass and the electron's anomalous moment."""
    at = contact.subs(n, 1)
    return sp.factor(at.subs(F, 1) - at.subs(F, 0))
