r"""Bethe logarithms: a table of the literature for small n, and a sum over pseudostates beyond it.

$$\ln k_0(n,l)=\frac{n^3}{2}\sum_{l'=l\pm1}\frac{\max(l,l')}{2l+1}\sum_k\omega_k^3\,\ln(2|\omega_k|)\,
\Big|\int r^3R_{kl'}R_{nl}\,dr\Big|^2,\qquad\omega_k=E_k-E_n,\quad l>0,$$

in atomic units. The states k of both the discrete and the continuous spectrum are stood for by the eigenstates of the
Hamiltonian in a basis of Sturmian functions, in which it is a tridiagonal matrix.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import mpmath as mp
import numpy as np
from scipy.linalg import eigh
from scipy.special import eval_genlaguerre, gammaln, roots_genlaguerre

from nuforce_sym.atom.state import orbital_letter
from nuforce_sym.atom.system import DIGITS
from nuforce_sym.errors import InputError, NotDerivable

SIZE = 120
"""Basis functions; for l >= 2 and n <= 10 the result then has a relative error below 2e-5."""
SCALE = 3.0
"""Decay constant of the basis over that of the state."""
LARGEST_N = 10


@cache
def bethe_logarithms() -> Mapping[str, str]:
    r"""Return $\ln k_0(n,l)$ as decimal strings by ``"4D"``; the source is named in ``data/bethe_logarithms.toml``."""
    text = files("nuforce_sym.data").joinpath("bethe_logarithms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def bethe_logarithm(n: int, l: int) -> mp.mpf:
    """Return the Bethe logarithm of a state: the table's where it has it, else computed for l >= 2 and n <= 10.

    Raises:
        InputError: there is no such state.
        NotDerivable: another state, for which neither is good enough.
    """
    if not 0 <= l < n:
        raise InputError(f"n = {n}, l = {l} is no bound state: the rule is 0 <= l < n")
    table, name = bethe_logarithms(), f"{n}{orbital_letter(l)}"
    with mp.workdps(DIGITS):
        if name in table:
            return mp.mpf(table[name])
        if l < 2 or n > LARGEST_N:
            raise NotDerivable(
                f"the Bethe logarithm of {name} is not in the data ({', '.join(table)}), and is computed for l >= 2 and "
                f"n <= {LARGEST_N} only: leave out the term 'lamb'"
            )
        return mp.mpf(computed_bethe_logarithm(n, l))


@lru_cache(maxsize=64)
def computed_bethe_logarithm(n: int, l: int, size: int = SIZE) -> float:
    r"""Return $\ln k_0(n,l)$ by the sum over pseudostates; for P states its error is of the order of 1e-3."""
    total = 0.0
    for k in (l - 1, l + 1):
        energies, dipoles = _pseudostates(n, l, k, size)
        omega = energies + 1 / (2 * n**2)
        other = abs(omega) > 1e-9
        total += max(l, k) / (2 * l + 1) * float(np.sum((omega**3 * np.log(2 * abs(omega)) * dipoles**2)[other]))
    return total * n**3 / 2


def _pseudostates(n: int, l: int, k: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    r"""Return the energies of the pseudostates of orbital momentum k and their elements with $rR_{nl}$.

    The basis is $x^{(a+1)/2}e^{-x/2}L^a_i(x)$, $x=2\lambda r$, $a=2k+1$, orthonormal with the weight $1/x$.
    """
    decay, a, i = SCALE / n, 2 * k + 1, np.arange(size)
    off = np.sqrt(i[1:] * (i[1:] + a)) / (2 * decay)
    overlap = np.diag((2 * i + a + 1) / (2 * decay)) - np.diag(off, 1) - np.diag(off, -1)
    hamiltonian = np.diag((i + k + 1) * decay - 1) - decay**2 / 2 * overlap
    x, w = roots_genlaguerre(size + 12, a)
    norms = np.exp(0.5 * (gammaln(i + a + 1) - gammaln(i + 1)))
    basis = np.array([eval_genlaguerre(j, a, x) for j in i]) / norms[:, None]
    r = x / (2 * decay)
    source = basis @ (w * _radial(n, l, r) * r**2 * x ** ((1 - a) / 2) * np.exp(x / 2)) / (2 * decay)
    energies, vectors = eigh(hamiltonian, overlap)
    return energies, vectors.T @ source


def _radial(n: int, l: int, r: np.ndarray) -> np.ndarray:
    """Return R_nl at Z = 1 in double precision."""
    x = 2 * r / n
    log_norm = 0.5 * (3 * np.log(2 / n) + gammaln(n - l) - np.log(2 * n) - gammaln(n + l + 1))
    found: np.ndarray = np.exp(log_norm - x / 2 + l * np.log(x)) * eval_genlaguerre(n - l - 1, 2 * l + 1, x)
    return found
