"""Checks of spin-dependent amplitudes and potentials, by routes that use none of the reductions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import mpmath as mp
import sympy as sp

from nuforce_sym.check import Check, Evidence, Values, expression
from nuforce_sym.components import in_components, sample_vectors
from nuforce_sym.equality import numeric_value, sample_points
from nuforce_sym.errors import CheckFailed
from nuforce_sym.spatial import Vector3
from nuforce_sym.symbols import energy_powers, symbols

q, r, delta3_r = symbols("q r delta3_r")
_AXES = ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))
_SMALL = sp.Rational(1, 10**24)
_PAULI = ([[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]])

Route = Callable[[Mapping[str, Any], list[Any], list[Any]], mp.matrix]


def spinors(
    route: Route, order: int, *, small: tuple[sp.Symbol, ...], scaling: int = -2, digits: int = 20, **fixed: sp.Expr
) -> Check:
    r"""\mathcal V(q, P) agrees with explicit spinors in all 16 elements of spin space, up to terms of higher order in 1/m.

    Momenta and the masses ``small`` are taken 10^{-24} of the fermions' masses, so that the terms of order m^{-order}
    are tested to ``digits`` digits of their own size, q^{scaling + order}; a dipole coupling adds 1 to ``scaling``.
    ``route(values, P, q)`` returns -\mathcal V as a 4x4 matrix; ``fixed`` gives symbols the values at which it is cheap.
    """

    def test(value: Any, _: Values) -> Evidence:
        expr = expression(value)
        vectors = sample_vectors(expr)
        P, transfer = ([_SMALL * x for x in vectors[name]] for name in ("P", "q"))
        with mp.workdps(220):
            (point,) = sample_points(expr.free_symbols | set(small), 1)
            point |= {s: fixed[s.name] for s in point if s.name in fixed}
            point |= {s: _SMALL ** energy_powers()[s] * point[s] for s in small if s in point}
            point[q] = sp.sqrt(sp.Add(*(x**2 for x in transfer)))
            placed = expr.xreplace(point)
            have = _matrix(placed, {**vectors, "P": tuple(P), "q": tuple(transfer)})
            numbers = {s.name: numeric_value(v, {}, 220) for s, v in point.items()}
            want = -route(numbers, *([numeric_value(x, {}, 220) for x in vector] for vector in (P, transfer)))
            allowed = mp.mpf(10) ** -digits * numeric_value(_SMALL, {}, 220) ** (order + scaling)
            for i, j in product(range(4), repeat=2):
                if abs(have[i, j] - want[i, j]) > allowed:
                    raise CheckFailed(
                        f"element {i}{j} in spin space: the expansion gives {mp.nstr(have[i, j], 15)}, explicit spinors "
                        f"{mp.nstr(want[i, j], 15)}; they may differ by {mp.nstr(allowed, 3)}"
                    )
        agreed = f"all 16 spin elements agree with explicit spinors, the terms of order m^-{order} to {digits} digits"
        return Evidence("spinors", agreed, "measured")

    return Check("spinors", test)


def _matrix(expr: sp.Expr, vectors: Mapping[str, Any]) -> mp.matrix:
    """Return the 4x4 matrix of an expression that is linear in sigma_1 and in sigma_2."""

    def at(i: int, j: int) -> mp.mpc:
        return mp.mpmathify(in_components(expr, {**vectors, "sigma_1": _AXES[i], "sigma_2": _AXES[j]}).evalf(220))

    value = {(i, j): at(i, j) for i, j in product(range(4), repeat=2)}
    total = mp.zeros(4)
    for (i, j), there in value.items():
        c = there - (value[0, j] if i else 0) - (value[i, 0] if j else 0) + (value[0, 0] if i and j else 0)
        one, two = _PAULI[i], _PAULI[j]
        for row, column in product(range(4), repeat=2):
            total[row, column] += c * one[row // 2][column // 2] * two[row % 2][column % 2]
    return total


def gradients(step: str, mass: sp.Expr, *, part: Callable[[sp.Expr], sp.Expr] = expression, digits: int = 20) -> Check:
    r"""The potential is \mathcal V(q \to -i\nabla, P \to p) on e^{-Mr}/(4\pi r), by Cartesian derivatives at a point r > 0.

    ``step`` names the step that holds \mathcal V, which has its only pole at q^2 = -M^2; ``part`` takes from it what is
    transformed. Operators are compared by
    their Weyl symbols, that is for numbers p.
    """

    def test(value: Any, earlier: Values) -> Evidence:
        amplitude, potential = part(earlier[step]), expression(value).subs(delta3_r, 0)
        X = sp.symbols("X_1:4", real=True)
        vectors = sample_vectors(amplitude + sp.Add(*(Vector3(n) for n in ("P", "q", "sigma_1", "sigma_2"))))
        place = (2, 3, 6)
        p = vectors["P"]
        angular = tuple(sp.Matrix(place).cross(sp.Matrix(p)))
        numerator = sp.expand(sp.cancel(sp.together(amplitude * (q**2 + mass**2))))
        squared = sp.Add(*(x**2 for x in X))
        polynomial = sp.Poly(in_components(numerator, {**vectors, "q": X}).subs(q, sp.sqrt(squared)).expand(), *X)
        R = sp.sqrt(squared)
        yukawa = sp.exp(-mass * R) / (4 * sp.pi * R)
        with mp.workdps(digits + 15):
            (point,) = sample_points((potential.free_symbols | amplitude.free_symbols) - {q, r}, 1)
            want = mp.mpf(0)
            for powers, c in polynomial.terms():
                slope = sp.diff(yukawa, *zip(X, powers, strict=True)) if any(powers) else yukawa
                there = (slope * (-sp.I) ** sum(powers) * c).xreplace(point).subs(dict(zip(X, place, strict=True)))
                want += mp.mpmathify(there.evalf(digits + 15))
            placed = {**vectors, "rhat": tuple(sp.Rational(x, 7) for x in place), "p": p, "L": angular}
            ready = in_components(potential.subs(r, 7), placed)
            have = mp.mpmathify(ready.xreplace(point).evalf(digits + 15))
            if abs(have - want) > abs(want) * mp.mpf(10) ** -digits or want == 0:
                raise CheckFailed(f"the potential gives {mp.nstr(have, 20)}, Cartesian derivatives {mp.nstr(want, 20)}")
        return Evidence("gradients", f"agrees with Cartesian derivatives of the Yukawa function to {digits} digits", "measured")

    return Check("gradients", test, (step,))
