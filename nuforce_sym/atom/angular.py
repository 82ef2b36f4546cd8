r"""Angular factors of parity-odd and electromagnetic operators between states ((l s_e) j s_N) F, exactly.

With \mathbf n = \hat r and for scalar operators, diagonal in F and m_F and independent of m_F,

    c_e = \langle\sigma_e\cdot n\rangle, \quad c_N = \langle\sigma_N\cdot n\rangle, \quad
    -i\,c_\times = \langle(\sigma_e\times\sigma_N)\cdot n\rangle,

by the theorems on reduced matrix elements of products of tensor operators (Edmonds' conventions, \langle\tfrac12
\|\sigma\|\tfrac12\rangle = \sqrt6). c_e and c_N are symmetric in bra and ket; the cross product's element is imaginary in
this phase convention, so that c_\times is antisymmetric. All vanish unless l changes by one.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from nuforce_sym.atom.state import State
from nuforce_sym.atom.surd import Surd
from nuforce_sym.atom.wigner import wigner_3j, wigner_6j, wigner_9j
from nuforce_sym.errors import InputError

HALF = Fraction(1, 2)
ZERO = Surd(fmpq(0))
_SIGMA = Surd(fmpq(1), fmpq(6))
_SPIN = Surd(fmpq(1), fmpq(3, 2))


def root(value: Fraction | int) -> Surd:
    """Return the square root of a rational number."""
    return Surd(fmpq(1), fmpq(value.numerator, value.denominator))


def phase(exponent: Fraction | int) -> int:
    """Return (-1)^exponent for an integer exponent."""
    return -1 if int(exponent) & 1 else 1


def reduced_harmonic(l_1: int, k: int, l_2: int) -> Surd:
    r"""Return \langle l_1\|C^k\|l_2\rangle, where C^1 = n: \sqrt{l+1} for l+1, l and -\sqrt l for l-1, l."""
    return phase(l_1) * root((2 * l_1 + 1) * (2 * l_2 + 1)) * wigner_3j(l_1, k, l_2, 0, 0, 0)


def _of_first(j_1: Fraction, j_2: Fraction, a_1: Fraction | int, a_2: Fraction | int, b: Fraction, k: int) -> Surd:
    r"""Return the factor of \langle a_1\|T^k\|a_2\rangle in \langle(a_1b)j_1\|T^k\|(a_2b)j_2\rangle."""
    sign = phase(a_1 + b + j_2 + k)
    return sign * root((2 * j_1 + 1) * (2 * j_2 + 1)) * wigner_6j(a_1, j_1, b, j_2, a_2, k)


def _of_second(j_1: Fraction, j_2: Fraction, a: Fraction | int, b_1: Fraction, b_2: Fraction, k: int) -> Surd:
    r"""Return the factor of \langle b_1\|T^k\|b_2\rangle in \langle(ab_1)j_1\|T^k\|(ab_2)j_2\rangle."""
    sign = phase(a + b_2 + j_1 + k)
    return sign * root((2 * j_1 + 1) * (2 * j_2 + 1)) * wigner_6j(b_1, j_1, a, j_2, b_2, k)


def _scalar(j_1: Fraction | int, j_2: Fraction | int, s: Fraction, F: Fraction | int, k: int) -> Surd:
    r"""Return the factor of the reduced elements in \langle(j_1s)F|T^k\cdot U^k|(j_2s)F\rangle."""
    return phase(j_2 + s + F) * wigner_6j(F, s, j_1, k, j_2, s)


@lru_cache(maxsize=65536)
def sigma_e_n(bra: State, ket: State) -> Surd:
    r"""Return c_e = \langle\sigma_e\cdot n\rangle, which needs j' = j and, where they are given, F' = F.

    Raises:
        InputError: only one of the states has F.
    """
    if not _parity_odd(bra, ket, needs_F=False) or bra.j != ket.j:
        return ZERO
    return _scalar(bra.l, ket.l, HALF, bra.j, 1) * _SIGMA * reduced_harmonic(bra.l, 1, ket.l)


@lru_cache(maxsize=65536)
def sigma_p_n(bra: State, ket: State) -> Surd:
    r"""Return c_N = \langle\sigma_N\cdot n\rangle for the spin \sigma_N of the nucleus.

    Raises:
        InputError: a state lacks F, on which the element depends.
    """
    if not _parity_odd(bra, ket) or abs(bra.j - ket.j) > 1:
        return ZERO
    inner = _of_first(bra.j, ket.j, bra.l, ket.l, HALF, 1) * reduced_harmonic(bra.l, 1, ket.l)
    return _nuclear(bra, ket) * inner


@lru_cache(maxsize=65536)
def sigma_cross_n(bra: State, ket: State) -> Surd:
    r"""Return the real c_\times, where \langle(\sigma_e\times\sigma_N)\cdot n\rangle = -i\,c_\times.

    (\sigma_e\times\sigma_N)\cdot n = (n\times\sigma_e)\cdot\sigma_N, and A\times B = -i\sqrt2\,[AB]^1, whose reduced element
    between coupled states holds a 9j symbol.

    Raises:
        InputError: a state lacks F.
    """
    if not _parity_odd(bra, ket) or abs(bra.j - ket.j) > 1:
        return ZERO
    coupled = root(3 * (2 * bra.j + 1) * (2 * ket.j + 1)) * wigner_9j(bra.l, ket.l, 1, HALF, HALF, 1, bra.j, ket.j, 1)
    product = coupled * reduced_harmonic(bra.l, 1, ket.l) * _SIGMA
    return _nuclear(bra, ket) * product * root(2)


def _nuclear(bra: State, ket: State) -> Surd:
    return _scalar(bra.j, ket.j, HALF, bra.F or 0, 1) * _SIGMA


def _parity_odd(bra: State, ket: State, *, needs_F: bool = True) -> bool:
    """Whether a scalar parity-odd operator may connect the states; raises `InputError` where F is missing."""
    if needs_F and (bra.F is None or ket.F is None):
        raise InputError(f"the spin of the nucleus acts: write F for both states, '{bra}' and '{ket}', as in '4F5/2, F=3'")
    if (bra.F is None) != (ket.F is None):
        raise InputError(f"give F for both states or for neither: '{bra}' and '{ket}'")
    same_m = bra.m is None or ket.m is None or bra.m == ket.m
    return abs(bra.l - ket.l) == 1 and bra.F == ket.F and same_m


@lru_cache(maxsize=65536)
def cos_theta(bra: State, ket: State) -> Surd:
    r"""Return \langle\cos\theta\rangle, the angular factor of z = r\cos\theta.

    Raises:
        InputError: a state lacks F or m.
    """
    reduced = _of_first(bra.j, ket.j, bra.l, ket.l, HALF, 1) * reduced_harmonic(bra.l, 1, ket.l)
    return _component(bra, ket, reduced)


@lru_cache(maxsize=65536)
def orbital_z(bra: State, ket: State) -> Surd:
    r"""Return \langle L_z\rangle, zero unless l' = l.

    Raises:
        InputError: a state lacks F or m.
    """
    return _component(bra, ket, _reduced_L(bra, ket))


@lru_cache(maxsize=65536)
def sigma_e_z(bra: State, ket: State) -> Surd:
    r"""Return \langle\sigma_{e,z}\rangle = \langle2S_z\rangle, zero unless l' = l; errors as `orbital_z`."""
    return _component(bra, ket, 2 * _reduced_S(bra, ket))


def _reduced_L(bra: State, ket: State) -> Surd:
    if bra.l != ket.l:
        return ZERO
    l = bra.l
    return _of_first(bra.j, ket.j, l, l, HALF, 1) * root(l * (l + 1) * (2 * l + 1))


def _reduced_S(bra: State, ket: State) -> Surd:
    return _of_second(bra.j, ket.j, bra.l, HALF, HALF, 1) * _SPIN if bra.l == ket.l else ZERO


def _component(bra: State, ket: State, reduced_j: Surd) -> Surd:
    r"""Return the z component from \langle j_1\|T^1\|j_2\rangle, by F and the Wigner-Eckart theorem."""
    if bra.F is None or ket.F is None or bra.m is None or ket.m is None:
        raise InputError(f"a z component depends on F and m: write both, as in '4F5/2, F=3, m=3'; got '{bra}' and '{ket}'")
    if not reduced_j or bra.m != ket.m:
        return ZERO
    total = _of_first(Fraction(bra.F), Fraction(ket.F), bra.j, ket.j, HALF, 1) * reduced_j
    return phase(bra.F - bra.m) * wigner_3j(bra.F, 1, ket.F, -bra.m, 0, ket.m) * total
