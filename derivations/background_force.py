r"""The neutrino force in a background: from the state of the neutrinos to the force of one momentum of them.

The propagator is taken in the state and not in the vacuum; one line of the loop is then a neutrino of the background,
the other one is virtual. The talk, slides "Neutrino forces in a finite-density background" and "The propagator".
"""

from __future__ import annotations

import mpmath as mp
import sympy as sp
from nuforce_sym.derivations.fock_space import (
    brute_force_force,
    covariant_propagator,
    packet_in_fock_space,
    propagator_in_fock_space,
)

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.explicit import GAMMA, GAMMA5, charge_conjugate, current_vertex, slash, spinor, trace
from nuforce_sym.amplitude.loop import loop_bilinear
from nuforce_sym.amplitude.medium import both_occupied, occupied_poles, occupied_tensor
from nuforce_sym.amplitude.occupation import FERMIONS, packet_expectation, smeared
from nuforce_sym.check import Check, Evidence
from nuforce_sym.errors import CheckFailed
from nuforce_sym.medium import neutrino
from nuforce_sym.medium.response import force_of_momentum
from nuforce_sym.symbols import symbols

G_F, m_nu, E_nu, k_nu, k_dot_q, q, r, c = symbols("G_F m_nu E_nu k_nu k_dot_q q r c_alpha")
n_plus, n_minus, w_p, w_k_star, delta_pk = symbols("n_plus n_minus w_p w_k_star delta_pk")
LEFT = {"V": 1, "A": -1}

d = Derivation(
    "background_force", "The neutrino force in a background", cites=["Tangarife", "PeskinSchroeder1995", "Denner1992"]
)


def _packet(p, k):
    amplitudes = (sp.Rational(2, 7), sp.Rational(3, 7), sp.Rational(6, 7))
    return {w_p: amplitudes[p], w_k_star: amplitudes[k], delta_pk: sp.Integer(p == k)}


def _in_fock_space(p, k):
    return check.brute_force(
        lambda _: mp.mpf(packet_in_fock_space([mp.mpf(n) / 7 for n in (2, 3, 6)], p, k)),
        f"Jordan-Wigner operators for {'one mode' if p == k else 'two modes'}",
        points=1,
        of=lambda value: value.xreplace(_packet(p, k)),
    )


@d.step(
    r"\langle w|a_{\mathbf{p}}a_{\mathbf{k}}^\dagger|w\rangle",
    _in_fock_space(0, 1),
    _in_fock_space(2, 2),
    check.against("Tangarife", "appendix 'The propagator', vacuum part restored", delta_pk - w_k_star * w_p),
)
def expectation():
    r"""In a box, a neutrino in the packet $|w\rangle=\sum_{\mathbf{q}}w(\mathbf{q})a_{\mathbf{q}}^\dagger|0\rangle$ takes from
    the vacuum's $\delta_{\mathbf{pk}}$ what Pauli's principle forbids: the anticommutators bring the minus sign.
    """
    return packet_expectation(FERMIONS)


@d.step(
    r"\overline{\langle w|a_{\mathbf{k}}a_{\mathbf{k}}^\dagger|w\rangle}",
    check.equals(lambda expectation: expectation.subs({delta_pk: 1, w_p: w_k_star}).subs(w_k_star**2, n_plus), why="p = k"),
    check.residual(lambda value: value.subs(n_plus, 1), "a filled state can take no second fermion"),
)
def blocking(expectation):
    r"""Averaged over translations of the packet only $\mathbf{p}=\mathbf{k}$ is left; with $N$ packets in the box
    $n_+=N|w|^2$ is the occupation number of a state, at most 1. Without the average the terms with $E_p\ne E_k$ would make
    the background change with time.
    """
    return smeared(expectation, n_plus)


def fock_poles() -> Check:
    """The propagator in the state, minus the vacuum's, in all 16 elements and both time orders."""

    def test(value, _):
        with mp.workdps(30):
            momenta = [[2 * mp.pi * n for n in v] for v in ((1, 0, 0), (0, -1, 1))]
            packets = [[z / mp.mpf(7) for z in w] for w in ((2 + 3j, 6), (6j, 3 - 2j))]
            m = mp.mpf(13) / 10

            def weights(i, E):
                n = [abs(w[i]) ** 2 / 2 for w in packets]
                at = {s: sp.Float(v, 35) for s, v in zip((E_nu, n_plus, n_minus), (E, *n), strict=True)}
                return [mp.mpmathify(weight.xreplace(at).evalf(35)) for weight in value]

            for t_x in (7, 1):
                x, y = ([mp.mpf(n) / 10 for n in place] for place in ((t_x, 1, 2, 3), (2, -3, 5, 1)))
                found = propagator_in_fock_space(*packets, momenta, m, x, y)
                error = max(abs(z) for z in found - covariant_propagator(weights, momenta, m, x, y))
                if error > mp.mpf("1e-26") * max(abs(z) for z in found):
                    raise CheckFailed(
                        f"the propagator is off by {mp.nstr(error, 2)} from that in the state at x^0 - y^0 = {x[0] - y[0]}"
                    )
        return Evidence(
            "fock",
            "all 16 elements agree with <T psi psibar> in a Fock space of 8 modes, for both time orders, to 26 digits",
            "measured",
        )

    return Check("fock", test)


@d.step(r"\left(w_+,\,w_-\right)", fock_poles())
def poles():
    r"""The propagator gains $(\slashed{k}+m)\,w_\pm\,\delta(k^0\mp E)$, that is
    $-2\pi\delta(k^2-m^2)[\Theta(k^0)n_+(\mathbf{k})+\Theta(-k^0)n_-(-\mathbf{k})]$ beside $i/(k^2-m^2+i0)$. The antiparticles'
    $\sum v\bar{v}=\slashed{k}-m$ is $-(\slashed{k}+m)$ at $-k$, so that both signs are minus; for bosons they are plus. Nothing
    depends on which of $x^0$, $y^0$ is later.
    """
    return sp.Tuple(*(pole.weight for pole in occupied_poles(FERMIONS)))


@d.step(
    r"1-n_+-n_-",
    check.equals(
        sp.sinh(E_nu / (2 * symbols("T_nu")[0])) / sp.cosh(E_nu / (2 * symbols("T_nu")[0])),
        why="tanh(E/2T) of the imaginary-time formalism",
    ),
)
def thermal(poles):
    r"""In equilibrium the sum of the vacuum's and the background's on-shell parts is $1-n_+-n_-=\tanh(E/2T)$."""
    (T,) = symbols("T_nu")
    fermi_dirac = 1 / (sp.exp(E_nu / T) + 1)
    return 1 + sum(w * E_nu / sp.pi for w in poles).subs({n_plus: fermi_dirac, n_minus: fermi_dirac})


def _loop(kind, mass):
    lagrangian = neutrino.interaction(kind, mass)
    return [loop_bilinear(lagrangian, psi) for psi in (neutrino.PSI_1, neutrino.PSI_2)]


def _matrix_vertex(mu, majorana):
    gamma = current_vertex(LEFT, mu)
    return gamma + charge_conjugate(gamma) if majorana else gamma


@d.step(
    r"N^{\mu\nu}",
    check.dimension(2),
    check.components(
        lambda mu, nu, k, p, _: trace(current_vertex(LEFT, mu) * slash(k) * current_vertex(LEFT, nu) * slash(p)),
        "explicit 4x4 matrices",
    ),
)
def numerator():
    r"""One line of the loop is occupied, with momentum $k$ on its mass shell; the other carries $p=k\pm q$. The chiral
    vertices leave $N^{\mu\nu}=\mathrm{Tr}[\gamma^\mu(1-\gamma_5)(\slashed{k}+m)\gamma^\nu(1-\gamma_5)(\slashed{p}+m)]$
    without a term proportional to $m^2$.
    """
    (_, _, one), (_, _, two) = _loop("dirac", m_nu)
    return occupied_tensor(one, two)


def _literal(majorana):
    r"""The slide's iA = \frac{G^2}2\int\mathrm{Tr}[\gamma^0(1-\gamma_5)S(k)\gamma^0(1-\gamma_5)S(k+q)], V = -A.

    The matrices are explicit. One of the two S is on shell, of the particles or of the antiparticles: four terms.
    """

    def route(value):
        E, k, kq, size = (value[name] for name in ("E_nu", "k_nu", "k_dot_q", "q"))
        mass = mp.sqrt(mp.mpc(E**2 - k**2))
        transfer = [0, mp.sqrt(mp.mpc(size**2 - (kq / k) ** 2)), 0, kq / k]
        gamma, one = _matrix_vertex(0, majorana), mp.eye(4)
        total = mp.mpf(0)
        for sign, n in ((1, value["n_plus"]), (-1, value["n_minus"])):
            on_shell = [sign * E, 0, 0, sign * k]
            for way in (1, -1):
                p = [a + way * b for a, b in zip(on_shell, transfer, strict=True)]
                virtual = 1j / (p[0] ** 2 - p[1] ** 2 - p[2] ** 2 - p[3] ** 2 - mass**2)
                lines = (slash(on_shell) + mass * one), (slash(p) + mass * one)
                first, second = lines if way == 1 else lines[::-1]
                # -2 pi delta(k^2-m^2) n, of which \int dk^0/2pi leaves -n/2E
                total += -n / (2 * E) * virtual * trace(gamma * first * gamma * second)
        return mp.re(-(value["G_F"] ** 2) / 2 * total / 1j) * (mp.mpf(1) / 2 if majorana else 1)

    return route


@d.step(
    r"\mathcal{V}(\mathbf{q})",
    check.brute_force(_literal(majorana=False), "the talk's loop with explicit matrices for both propagators", digits=25),
    check.symmetric({n_plus: n_minus}),
    check.residual(lambda V: V.subs(k_dot_q, -k_dot_q) - V, "even in q, as the principal value must be"),
)
def amplitude():
    r"""Between sources at rest $q^0=0$, and the empty line's denominator is $-(\mathbf{q}^2\pm2\mathbf{k}\cdot\mathbf{q})$.
    Four terms add: either line, particle or antiparticle. $\mathcal{V}=-\mathcal{M}/(4m_1m_2)$, per unit charges
    $g_{V1}g_{V2}$, is to be integrated with $d^3k/(2\pi)^3$.
    """
    return neutrino.amplitude("dirac", m_nu).expr


@d.step(
    r"\mathcal{V}(\mathbf{q})\big|_{\mathrm{Majorana}}",
    check.brute_force(_literal(majorana=True), "the loop with explicit matrices and both contractions", digits=25),
)
def majorana_amplitude():
    r"""For Majorana neutrinos $n_+$ and $n_-$ are the occupations of the two helicities; the vertex is
    $-2\gamma^\mu\gamma_5$, and the loop counts one half.
    """
    return neutrino.amplitude("majorana", m_nu).expr


def _one_helicity(value):
    """The same with explicit spinors: u(k) of helicity -1/2 along z, and the completeness of the virtual line."""
    E, k, kq, size = (value[name] for name in ("E_nu", "k_nu", "k_dot_q", "q"))
    mass = mp.sqrt(E**2 - k**2)
    transfer = [0, mp.sqrt(mp.mpc(size**2 - (kq / k) ** 2)), 0, kq / k]
    u = spinor([0, 0, k], mass, 1)
    ubar, gamma = u.H * GAMMA[0], GAMMA[0] * (mp.eye(4) - GAMMA5)
    total = mp.mpf(0)
    for way in (1, -1):
        p = [a + way * b for a, b in zip([E, 0, 0, k], transfer, strict=True)]
        inside = (ubar * gamma * (slash(p) + mass * mp.eye(4)) * gamma * u)[0]
        total += inside / (p[0] ** 2 - p[1] ** 2 - p[2] ** 2 - p[3] ** 2 - mass**2)
    return mp.re(value["G_F"] ** 2 / 2 * value["n_plus"] / (2 * E) * total)


@d.step(
    r"\mathcal{V}(\mathbf{q})\big|_{h=-1/2}",
    check.brute_force(
        _one_helicity, "explicit spinors of helicity -1/2", digits=25, k_nu=sp.Rational(1, 3), E_nu=sp.Integer(2)
    ),
    check.residual(
        lambda V, amplitude: sp.cancel(V + neutrino.amplitude("right-helical", m_nu).expr - amplitude.subs(n_minus, 0)),
        "both helicities together are the unpolarised background",
    ),
)
def helical_amplitude():
    r"""Where only neutrinos of helicity $-\frac12$ are there, as production leaves them in the cosmic background, the occupied
    line carries the projector $\frac12(1-\gamma_5\slashed{s})$.
    """
    return neutrino.amplitude("left-helical", m_nu).expr


@d.step(
    r"\frac{\mathcal{M}_{nn}}{\int\frac{d^4k}{(2\pi)^4}N\,\delta(k^2-m^2)\delta(p^2-m^2)\,n_kn_p}",
    check.residual(sp.re, "no real part"),
    check.dimension(-4),
)
def both_lines_occupied():
    r"""With both lines on shell the amplitude is imaginary: it is the scattering of the background, where Pauli's principle
    blocks $n_k(1-n_p)$. The potential is linear in the occupation numbers, exactly.
    """
    (c_1, _, one), (c_2, _, _) = _loop("dirac", m_nu)
    return both_occupied(c_1, c_2, one.field)


def _principal_value(numerators):
    r"""The brute-force integral over q, times G^2 n/E; ``numerators(E, k)`` gives T_0 and T_1."""

    def route(value):
        E, k = value.get("E_nu", value["k_nu"]), value["k_nu"]
        T_0, T_1 = numerators(E, k)
        n = value["n_plus"] + value.get("n_minus", 0)
        return -2 * value["G_F"] ** 2 * n / E * brute_force_force(T_0, T_1, k, value["c_alpha"], value["r"])

    return route


PLACE = {"c_alpha": sp.Rational(3, 10), "r": sp.Rational(17, 10), "k_nu": sp.Rational(6, 5)}
BY_DIRECTIONS = "the principal value over all directions of q, without a shift of momenta"


@d.step(
    r"v(\mathbf{k},\mathbf{r})",
    check.dimension(-2),
    check.brute_force(_principal_value(lambda E, k: (E**2 + k**2, 1)), BY_DIRECTIONS, digits=20, points=1, **PLACE),
)
def force():
    r"""$V(\mathbf{r})=g_{V1}g_{V2}\int\frac{d^3k}{(2\pi)^3}\,v$. With $\mathbf{q}=\mathbf{p}\mp\mathbf{k}$ the denominators are
    $p^2-k^2$, whose principal value transforms into $\cos(kr)/4\pi r$, and $\mathbf{k}\cdot\mathbf{p}$ into
    $-i\mathbf{k}\cdot\nabla$; $c_\alpha$ is the cosine of the angle between $\mathbf{k}$ and $\mathbf{r}$. This holds at every
    distance.
    """
    return force_of_momentum(neutrino.amplitude("dirac", m_nu), "symmetric")


@d.step(
    r"v_{\mathrm{ret}}(\mathbf{k},\mathbf{r})",
    check.dimension(-2),
    check.residual(
        lambda v, force: sp.expand_trig(sp.expand_trig((v + v.subs(c, -c)) / 2 - force)), "half the sum of both ways"
    ),
)
def retarded_force():
    r"""The force that the second body feels in the wave scattered by the first has the outgoing $e^{ikr}$ instead, with
    $\mathbf{r}$ from the first to the second. The principal value is the symmetric half of it.
    """
    return force_of_momentum(neutrino.amplitude("dirac", m_nu), "retarded")


@d.step(
    r"v(\mathbf{k},\mathbf{r})\big|_{\mathrm{Majorana}}",
    check.dimension(-2),
    check.brute_force(_principal_value(lambda _, k: (2 * k**2, 1)), BY_DIRECTIONS, digits=20, points=1, **PLACE),
)
def majorana_force():
    r"""For Majorana neutrinos the mass survives in the normalisation alone: slow ones exert hardly any force."""
    return force_of_momentum(neutrino.amplitude("majorana", m_nu), "symmetric")


@d.step(
    r"v(\mathbf{k},\mathbf{r})\big|_{h=-1/2}",
    check.dimension(-2),
    check.brute_force(
        _principal_value(lambda E, k: ((E + k) * (E + k) / 2, (E + k) / (2 * k))), BY_DIRECTIONS, digits=20, points=1, **PLACE
    ),
    check.residual(lambda v, force: (v - force).subs({E_nu: k_nu, n_minus: 0}), "a massless neutrino has this helicity anyway"),
)
def helical_force():
    r"""Dirac neutrinos of helicity $-\frac12$ alone; slow ones exert half the force of as many neutrinos of both helicities
    per state.
    """
    return force_of_momentum(neutrino.amplitude("left-helical", m_nu), "symmetric")
