r"""Optical rotation of hydrogen by the force of two neutrinos: R from the states to the number.

4F_{5/2}, F=3 -> 4F_{7/2}, F=3, as in Ghosh, Grossman & Tangarife (2020) and the talk, slides "Effect of the neutrino force
on the hydrogen atom". Every assumption is a switch of `nuforce_sym.atom.rotation.optical_rotation`, which computes the same
numbers by another route; SWITCHES below says what each step takes for granted.
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.rotation_hyperfine import add_hyperfine_mixing
from nuforce_sym.derivations.rotation_numbers import add_numbers
from nuforce_sym.derivations.rotation_routes import (
    DELTA,
    G_A,
    G_F,
    A,
    B,
    Z,
    a_e,
    a_p,
    alpha,
    as_the_talk,
    b_e,
    b_p,
    by_powers,
    by_reduced_elements,
    closed,
    corrected,
    element,
    g_p,
    general_route,
    half,
    l,
    m_e,
    m_p,
    mu_a,
    n,
    parity_violating,
    r,
    sigma_e,
    sigma_p,
)  # fmt: skip

from nuforce_sym import Derivation, check
from nuforce_sym.atom.closed_form import current_power, gradient_power, transition_power
from nuforce_sym.atom.levels import hyperfine_coefficient
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.potential.operators import MOMENTUM, RHAT, coefficient
from nuforce_sym.spatial import Component3, Dot3, Index3, Triple3, Vector3
from nuforce_sym.symbols import symbols

D_A, R_PV, M1, N_a, n_bar, L_path, lambda_0 = symbols("D_A R_PV M1 N_a n_bar L_path lambda_0")
Z_AXIS = Index3("z")

SWITCHES = {
    "denominators": "A above Delta by D: hyperfine structure alone, then with the Lamb shift, then with natural widths",
    "operator": "as derived; the talk's has the other sign of the cross term and no sigma_e.p",
    "axial": "b_p = g_A/2; the talk's G_A is taken as g_A",
    "neutrinos": "the sum over all three",
    "kind": "massless; Dirac and Majorana differ in the mass correction",
    "sides": "Delta mixes into A; its mixing into B is smaller by the ratio of the gaps",
    "hyperfine_mixing": "A and B pure in j; then mixed by hyperfine structure in M1",
    "hyperfine_mixing_e1": "the same in E1, where Delta reaches both",
}
"""The assumptions, by the names of the keywords of `optical_rotation`."""

d = Derivation(
    "optical_rotation",
    "Optical rotation of hydrogen by two-neutrino exchange",
    cites=["GhoshGrossmanTangarife2020", "Khriplovich1991", "BouchiatBouchiat1974", "Tangarife"],
)


@d.step(
    r"V_{\mathrm{PV}}",
    check.dimension(1),
    check.residual(
        lambda V: sp.expand(
            sp.expand(V).coeff(Triple3(RHAT, sigma_e, sigma_p))
            + sp.diff(coefficient(V, Dot3(MOMENTUM, sigma_p), sp.Integer(1)), r)
        ),
        r"half of minus the gradient goes with the cross product, as for the exchange of a Z",
    ),
)
def potential():
    r"""The force of two massless neutrinos between an electron and a proton at rest, derived in `two\_neutrino', with
    $\mathbf{r}=\mathbf{r}_e-\mathbf{r}_p$, $\sigma_1=\sigma_e$, $\sigma_2=\sigma_p$; $a^e=-\frac12+2s^2+|U_{ei}|^2$ and so on
    for each neutrino.
    """
    return parity_violating("two_neutrino")


@d.step(
    r"\langle\Delta|V_{\mathrm{PV}}|A\rangle",
    check.equals(lambda: closed(DELTA, A, (-b_e * a_p, a_e * b_p, -a_e * b_p / 2)), why="the formulas in (n, l) at 4F, 4D"),
    check.dimension(1),
    check.scales(alpha, 6),
)
def mixing_A(potential):
    r"""$A=4F_{5/2},F=3$ mixes with $\Delta=4D_{5/2},F=3$, the only state of $n=4$ with opposite parity and $F=3$."""
    return element(DELTA, potential, A)


@d.step(
    r"\langle\Delta|V_{\mathrm{PV}}|B\rangle",
    check.equals(lambda: closed(DELTA, B, (-b_e * a_p, a_e * b_p, -a_e * b_p / 2)), why="the formulas in (n, l) at 4F, 4D"),
    check.dimension(1),
)
def mixing_B(potential):
    r"""$B=4F_{7/2},F=3$ mixes with it too, but lies higher by the fine structure."""
    return element(DELTA, potential, B)


@d.step(
    r"\langle\Delta|z|B\rangle",
    check.dimension(-1),
    check.residual(lambda z: (z * alpha * m_e) ** 2 - sp.Rational(27, 7), "squares to $27/7$ Bohr radii squared"),
)
def dipole():
    r"""The electric dipole element, at $m_F=3$."""
    return element(DELTA, r * Component3(RHAT, Z_AXIS), B)


@d.step(
    r"\langle A|L_z+2S_z|B\rangle",
    check.equals(sp.sqrt(3) / 14, why=r"$m_F/((2l+1)\sqrt{l(l+1)})$ at $l=m_F=3$"),
    check.residual(
        lambda M, dipole: (dipole * alpha * m_e / M) ** 2 - (6 * sp.sqrt(7)) ** 2,
        r"$\langle\Delta|z|B\rangle=\frac32n\sqrt{n^2-l^2}\,a_0\langle A|L_z+2S_z|B\rangle$",
    ),
)
def moment():
    r"""The magnetic dipole element; $M1=-\mu_B\langle L_z+2S_z\rangle$, $E1=-e\langle z\rangle$."""
    axis = Component3(Vector3("L"), Z_AXIS) + Component3(sigma_e, Z_AXIS)
    return matrix_element(A, axis, B).value


@d.step(
    r"R(D)",
    check.dimension(0),
    check.brute_force(
        by_reduced_elements,
        "the same from reduced elements",
        digits=20,
    ),
)
def ratio(mixing_A, dipole, moment):
    r"""$|A'\rangle=|A\rangle+|\Delta\rangle\langle\Delta|V|A\rangle/D$ with $D=E_A-E_\Delta$, so that
    $R=\mathrm{Im}\frac{-e\langle A'|z|B\rangle}{-\mu_B\langle A|L_z+2S_z|B\rangle}$, and $e/\mu_B=2m_e$.
    """
    amplitude = sp.conjugate(mixing_A) / D_A * dipole
    return sp.factor(2 * m_e * amplitude / moment / sp.I)


@d.step(
    r"D_{\mathrm{hfs}}",
    check.dimension(1),
    check.equals(-(alpha**4) * g_p * m_e**2 / m_p / 7840, why=r"$-\varepsilon/7840$"),
)
def gap():
    r"""Dirac's energies are equal, so that hyperfine structure alone makes $D$, as in the talk:
    $E_{\mathrm{hfs}}(4F_{5/2},F{=}3)-E_{\mathrm{hfs}}(4D_{5/2},F{=}3)$.
    """
    return (hyperfine_coefficient(A) - hyperfine_coefficient(DELTA)) * alpha**4 * g_p * m_e**2 / m_p


@d.step(
    r"R_{\mathrm{hfs}}",
    check.dimension(0),
    check.residual(
        lambda R: R.subs(b_e, 0) - sp.Rational(175, 256) / sp.pi**3 * a_e * b_p / g_p * alpha * G_F**2 * m_e**3 * m_p,
        r"$\frac{175}{256\pi^3}\frac{a^eb^p}{g_p}\alpha G_F^2m_e^3m_p$ without $b^ea^p$",
    ),
)
def rotation(ratio, gap):
    r"""With this gap."""
    return sp.factor(ratio.subs(D_A, gap))


@d.step(
    r"R_{\mathrm{hfs}}(n,l)",
    check.dimension(0),
    check.residual(lambda R, rotation: R.subs({n: 4, l: 3}) - rotation, "is the above at $n=4$, $l=3$"),
    *(general_route(*pair) for pair in ((4, 3), (5, 3), (5, 4), (6, 4), (7, 5))),
)
def general():
    r"""For any $n>l\ge3$, with $A=(l,j=l-\frac12)$, $B=(l,j=l+\frac12)$, $\Delta=(l-1,j=l-\frac12)$ and $F=l$. In the state of
    largest $m$ the proton's spin is up, so that $\langle\sigma_p\cdot n\rangle=\langle n_z\rangle=-1/(2l+1)$ by the projection
    theorem, as $\sigma_e\cdot n$ takes $A$ to $-\Delta$; and $(n\times\sigma_e)_z=-i[\sigma_z\,\sigma_e\cdot n-n_z]$ gives
    $\langle(\sigma_e\times\sigma_p)\cdot n\rangle=2il/(2l+1)$. Between $A$ and $B$ the vector $(\sigma_e\cdot n)\,n_z$ equals
    $S_z$, so that $\langle\Delta|z|B\rangle=-\langle A|L_z+2S_z|B\rangle\int r^3R_{n,l-1}R_{nl}\,dr$.
    """
    lower = {l: l - 1, Z: 1}
    P, G, X = (f.subs(lower, simultaneous=True) for f in (current_power(5), gradient_power(5), transition_power(1)))
    momentum = b_e * a_p - a_e * b_p / (2 * l + 1)
    V = momentum * -P - a_e * b_p / 2 * (-2 * l) / (2 * l + 1) * G
    j = l - half
    gap = sum(sign * (l * (l + 1) - j * (j + 1) - sp.Rational(3, 4)) / (2 * n**3 * (2 * k + 1) * j * (j + 1))
              for sign, k in ((1, l), (-1, l - 1)))  # fmt: skip
    scale = G_F**2 * alpha**6 * m_e**5 / (4 * sp.pi**3) / (alpha**4 * g_p * m_e**2 / m_p)
    return sp.factor(2 / alpha * scale * sp.expand(V * -X) / gap)


@d.step(
    r"R_{\mathrm{talk}}",
    check.dimension(0),
    check.equals(
        -sp.Rational(105, 256) / sp.pi**3 * a_e * G_A / g_p * alpha * G_F**2 * m_e**3 * m_p,
        why=r"$-\frac{105}{128\pi^3}\frac{G_A}{g_p}\alpha G_F^2m_e^3m_p\,c$, $c=a^e/2$",
    ),
)
def talk(potential, dipole, moment, gap):
    r"""The operator as the talk prints it, $\frac{G_A}{m_e}c\,[2\sigma_p\cdot p\,V+(\sigma_e\times\sigma_p)\cdot\nabla V]$ made
    hermitian, in the same steps: the sign of $R$ changes.
    """
    amplitude = sp.conjugate(element(DELTA, as_the_talk(potential), A)) / gap * dipole
    return sp.factor(2 * m_e * amplitude / moment / sp.I)


@d.step(
    r"\left.\frac{R(m_\nu)}{R(0)}\right|_{\mathrm{Dirac}}",
    check.equals(lambda: by_powers({5: 1, 3: -half, 1: half**2}, -half), why="$P_q$ and $G_q$ of the formulas in (n, l)"),
)
def mass_dirac():
    r"""With $\mu=m_\nu a_0=m_\nu/(\alpha m_e)$, and $b^ea^p$ left out, for Dirac neutrinos."""
    return corrected(parity_violating("two_neutrino_dirac").subs(b_e, 0), 4)


@d.step(
    r"\left.\frac{R(m_\nu)}{R(0)}\right|_{\mathrm{Majorana}}",
    check.equals(lambda: by_powers({5: 1, 3: -1}, -half), why="$P_q$ and $G_q$ of the formulas in (n, l)"),
    check.residual(lambda M, mass_dirac: M.coeff(mu_a, 2) - 2 * mass_dirac.coeff(mu_a, 2), "twice the Dirac correction"),
)
def mass_majorana():
    r"""For Majorana neutrinos the first correction is twice as large."""
    return corrected(parity_violating("two_neutrino_majorana").subs(b_e, 0))


@d.step(
    r"\left.\frac{R(m_\nu)}{R(0)}\right|_{\mathrm{talk}}",
    check.equals(lambda: by_powers({5: 1, 3: -1}, half), why="$P_q$ and $G_q$ of the formulas in (n, l)"),
    check.anchors([({mu_a: sp.Integer(1)}, "-3.8")], "the talk, 1 - 37/7.7 = -3.81 with its two printed digits"),
)
def mass_talk():
    r"""The talk's operator with Majorana neutrinos: its printed ratio $3.7\times10^{-32}/(-7.7\times10^{-33})=-4.8$ is
    reproduced. No other choice of kind and sign gives it.
    """
    return corrected(as_the_talk(parity_violating("two_neutrino_majorana").subs(b_e, 0)))


add_hyperfine_mixing(d)
add_numbers(d)


@d.step(
    r"n_R-n_L",
    check.dimension(0),
    check.residual(lambda n: n.subs(R_PV, 0), "no rotation without parity violation"),
    check.residual(lambda n: n + n.subs(R_PV, -R_PV), "odd in $R$: the mirror image turns the other way"),
)
def birefringence():
    r"""To first order in $R$ the two circular polarizations see the amplitudes $M1\pm\mathrm{Im}\,E1=M1(1\pm R)$, and
    $n_\pm-1=\mathcal{N}\,M1^2(1\pm R)^2$, where $\bar n-1=\mathcal{N}M1^2$.
    """
    right, left = (N_a * M1**2 * (1 + sign * R_PV) ** 2 for sign in (1, -1))
    first = sp.series(sp.expand(right - left), R_PV, 0, 2).removeO()
    return sp.factor(first.subs(N_a, (n_bar - 1) / M1**2))


@d.step(
    r"\Phi",
    check.dimension(0),
    check.scales(L_path, 1),
    check.against("Tangarife", r"slide on optical rotation, second expression, $n_R+n_L-2=2(\bar n-1)$",
                  2 * sp.pi * L_path / lambda_0 * 2 * (n_bar - 1) * R_PV),
)  # fmt: skip
def angle(birefringence):
    r"""The plane of polarization turns by $\Phi=\frac{\pi L}{\lambda}\mathrm{Re}(n_R-n_L)$. Over one absorption
    length this is of the order of $R$.
    """
    return sp.pi * L_path / lambda_0 * birefringence
