r"""Dirac's electron in the Coulomb field: its radial functions and the parity-violating integrals with r^-5.

$\psi = \binom{g(r)\,\chi_\kappa}{i f(r)\,\chi_{-\kappa}}$ with, in units of the electron mass,
$g' = -\frac{1+\kappa}{r}g + (1+E+\frac{Z\alpha}{r})f$ and $f' = \frac{\kappa-1}{r}f + (1-E-\frac{Z\alpha}{r})g$.
Bethe and Salpeter (1957), section 14. Numbers are mpmath's, at the precision in force.
"""

from __future__ import annotations

from dataclasses import dataclass

import mpmath as mp

from nuforce_sym.errors import InputError, NotDerivable


@dataclass(frozen=True)
class DiracState:
    r"""A normalised bound state: $g = r^{\gamma-1}e^{-\lambda r}\sum_k g_k r^k$, and likewise f; lengths in 1/m.

    ``energy`` is $E/m$, rest mass included; $\gamma=\sqrt{\kappa^2-(Z\alpha)^2}$; g is positive near the nucleus.
    """

    n: int
    kappa: int
    coupling: mp.mpf
    energy: mp.mpf
    gamma: mp.mpf
    decay: mp.mpf
    g: tuple[mp.mpf, ...]
    f: tuple[mp.mpf, ...]

    def at(self, r: mp.mpf) -> tuple[mp.mpf, mp.mpf]:
        """Return (g, f) at the distance r, in units of 1/m."""
        front = r ** (self.gamma - 1) * mp.exp(-self.decay * r)
        return front * mp.polyval(self.g[::-1], r), front * mp.polyval(self.f[::-1], r)


def kappa_of(l: int, twice_j: int) -> int:
    r"""Return Dirac's $\kappa = (l-j)(2j+1)$, that is $-(l+1)$ for j = l + 1/2 and l for j = l - 1/2.

    Raises:
        InputError: j is neither.
    """
    if twice_j == 2 * l + 1:
        return -(l + 1)
    if twice_j == 2 * l - 1 and l > 0:
        return l
    raise InputError(f"l = {l} and j = {twice_j}/2 do not couple with spin 1/2: j is l + 1/2 or l - 1/2")


def dirac_energy(n: int, kappa: int, coupling: mp.mpf) -> mp.mpf:
    r"""Return $E/m = \left[1+\left(\frac{Z\alpha}{n-|\kappa|+\gamma}\right)^2\right]^{-1/2}$; ``coupling`` is $Z\alpha$.

    Raises:
        InputError: no such state, or $Z\alpha \ge |\kappa|$, where the point nucleus has no ground state.
    """
    _check(n, kappa, coupling)
    gamma = mp.sqrt(kappa**2 - coupling**2)
    return 1 / mp.sqrt(1 + (coupling / (n - abs(kappa) + gamma)) ** 2)


def dirac_binding(n: int, kappa: int, coupling: mp.mpf) -> mp.mpf:
    r"""Return $E/m - 1$ without cancellation."""
    energy = dirac_energy(n, kappa, coupling)
    ratio = coupling / (n - abs(kappa) + mp.sqrt(kappa**2 - coupling**2))
    return -(ratio**2) * energy**2 / (1 + energy)


def _check(n: int, kappa: int, coupling: mp.mpf) -> None:
    if kappa == 0 or n < abs(kappa) or (n == abs(kappa) and kappa > 0):
        raise InputError(f"there is no Dirac state with n = {n}, kappa = {kappa}: |kappa| <= n, and kappa < 0 at n = |kappa|")
    if not 0 < coupling < abs(kappa):
        raise InputError(f"Z alpha = {coupling} must lie between 0 and |kappa| = {abs(kappa)}: gamma would not be real")


def dirac_state(n: int, kappa: int, coupling: mp.mpf) -> DiracState:
    r"""Return the bound state with principal quantum number n and Dirac's $\kappa$; ``coupling`` is $Z\alpha$.

    The power series of g and f at the nucleus follow from the radial equations by a two-term recurrence, which ends.
    """
    _check(n, kappa, coupling)
    coupling = mp.mpf(coupling)
    energy, gamma = dirac_energy(n, kappa, coupling), mp.sqrt(kappa**2 - coupling**2)
    binding = -dirac_binding(n, kappa, coupling)
    decay = mp.sqrt(binding * (1 + energy))
    # At the origin (gamma + kappa) g_0 = Zalpha f_0; one of the two forms never cancels.
    g, f = [mp.mpf(1)], [(gamma + kappa) / coupling if kappa > 0 else -coupling / (gamma - kappa)]
    for k in range(1, n - abs(kappa) + 1):
        # (gamma+k+kappa) g_k - Zalpha f_k = decay g_(k-1) + (1+E) f_(k-1); (gamma+k-kappa) f_k + Zalpha g_k = ...
        first = decay * g[-1] + (1 + energy) * f[-1]
        second = decay * f[-1] + binding * g[-1]
        determinant = (gamma + k) ** 2 - kappa**2 + coupling**2
        g.append(((gamma + k - kappa) * first + coupling * second) / determinant)
        f.append(((gamma + k + kappa) * second - coupling * first) / determinant)
    state = DiracState(n, kappa, coupling, energy, gamma, decay, tuple(g), tuple(f))
    norm = mp.sqrt(radial_moment(state, state, 0))
    return DiracState(
        n, kappa, coupling, energy, gamma, decay, tuple(x / norm for x in g), tuple(x / norm for x in f)
    )  # fmt: skip


def radial_moment(bra: DiracState, ket: DiracState, power: int) -> mp.mpf:
    r"""Return $\int_0^\infty r^{2+p}(g'g+f'f)\,dr$ in units of $1/m^p$."""
    return _integral(bra.g, ket.g, bra, ket, power) + _integral(bra.f, ket.f, bra, ket, power)


def mixed_moment(bra: DiracState, ket: DiracState, power: int) -> tuple[mp.mpf, mp.mpf]:
    r"""Return $\int r^{2+p}g_1f_2\,dr$ and $\int r^{2+p}f_1g_2\,dr$, bra 1, ket 2, in units of $1/m^p$.

    With $p=-5$ they make the two-neutrino force's elements:
    $\langle1|V\gamma_5|2\rangle = i\delta_{\kappa_1,-\kappa_2}\int r^2V(g_1f_2-f_1g_2)\,dr$.

    Raises:
        NotDerivable: the integral diverges at the nucleus, $\gamma_1+\gamma_2\le-1-p$.
    """
    return _integral(bra.g, ket.f, bra, ket, power), _integral(bra.f, ket.g, bra, ket, power)


def gamma5_element(bra: DiracState, ket: DiracState, power: int = -5) -> mp.mpf:
    r"""Return $-i\langle1|r^p\gamma_5|2\rangle$ in units of $m^{-p}$; zero unless $\kappa_1=-\kappa_2$."""
    if bra.kappa != -ket.kappa:
        return mp.mpf(0)
    first, second = mixed_moment(bra, ket, power)
    return first - second


def _integral(
    a: tuple[mp.mpf, ...], b: tuple[mp.mpf, ...], bra: DiracState, ket: DiracState, power: int
) -> mp.mpf:  # fmt: skip
    exponent, decay = bra.gamma + ket.gamma + power, bra.decay + ket.decay
    if exponent <= -1:
        raise NotDerivable(
            f"the integral of r^{power} between kappa = {bra.kappa} and {ket.kappa} diverges at the nucleus "
            f"(gamma + gamma' = {mp.nstr(bra.gamma + ket.gamma, 6)} is not above {-1 - power}): the contact theory fails "
            "there; use states of higher j, or a potential completed at short distance"
        )
    return mp.fsum(
        x * y * mp.gamma(exponent + i + k + 1) / decay ** (exponent + i + k + 1)
        for i, x in enumerate(a)
        for k, y in enumerate(b)
    )
