r"""Sines and cosines of one phase as spherical Bessel functions, so that what cancels at small phases is no difference.

\sin z = z\,j_0(z),\qquad \cos z = j_0(z) - z\,j_1(z),\qquad 1 = \cos z + \tfrac12z^2j_0(z/2)^2.
"""

from __future__ import annotations

import sympy as sp


def in_spherical(expr: sp.Expr, phase: sp.Expr) -> sp.Expr:
    r"""Return an expression with \sin z and \cos z of the phase z written in j_0 and j_1, expanded."""
    zeroth, first = sp.jn(0, phase), sp.jn(1, phase)
    exact = {sp.sin(phase): phase * zeroth, sp.cos(phase): zeroth - phase * first}
    return collected(sp.expand(sp.expand(expr).xreplace(exact)))


def with_half_phase(expr: sp.Expr, phase: sp.Expr) -> sp.Expr:
    r"""Return the same where what has neither \sin z nor \cos z is written with j_0(z/2)^2 in addition."""
    z = sp.Dummy("z", positive=True)
    placed = sp.expand(expr).xreplace({sp.sin(phase): sp.sin(z), sp.cos(phase): sp.cos(z)})
    total = sp.Integer(0)
    for term in sp.Add.make_args(placed):
        if term.has(sp.sin(z), sp.cos(z)):
            total += term
        else:
            total += term * (sp.cos(z) + phase**2 / 2 * sp.jn(0, phase / 2) ** 2)
    return in_spherical(total.xreplace({z: phase}), phase)


def double_angle(expr: sp.Expr, phase: sp.Expr) -> sp.Expr:
    r"""Return an expression with \sin 2z = 2\sin z\cos z and \cos 2z = 1-2\sin^2z."""
    double = sp.expand(2 * phase)
    exact = {sp.sin(double): 2 * sp.sin(phase) * sp.cos(phase), sp.cos(double): 1 - 2 * sp.sin(phase) ** 2}
    return sp.expand(expr.xreplace(exact))


def collected(expanded: sp.Expr) -> sp.Expr:
    """Return a sum with one factored coefficient for each product of waves."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(expanded):
        rest, wave = term.as_independent(sp.jn, sp.cos, sp.sin, sp.exp)
        found[wave] = found.get(wave, sp.Integer(0)) + rest
    return sp.Add(*(sp.factor(found[wave]) * wave for wave in sorted(found, key=sp.default_sort_key)))


def split_phases(expr: sp.Expr, first: sp.Expr, second: sp.Expr) -> sp.Expr:
    r"""Return an expression with the sine and cosine of the difference of two phases as products, expanded."""
    difference = sp.expand(first - second)
    a, b = sp.Dummy("a"), sp.Dummy("b")
    exact = {
        wave(sign * difference): sp.expand_trig(wave(sign * (a - b))).xreplace({a: first, b: second})
        for wave in (sp.sin, sp.cos)
        for sign in (1, -1)
    }
    return sp.expand(expr.xreplace(exact), trig=False)


def by_waves(expr: sp.Expr, damping: sp.Expr) -> sp.Expr:
    r"""Return a fraction over 1-h, h = ``damping`` < 1, with one factored coefficient for each wave, and for h times it."""
    h = sp.Dummy("h", positive=True)
    placed = sp.expand(sp.expand(expr.xreplace({damping: h}) * (1 - h), deep=False))
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(sp.cancel(placed.subs(h, 0)) + h * sp.cancel(sp.diff(placed, h)))):
        rest, wave = term.as_independent(sp.cos, sp.sin, h)
        found[wave] = found.get(wave, sp.Integer(0)) + rest
    waves = sorted(found, key=sp.default_sort_key)
    return sp.Add(*(sp.factor(sp.cancel(found[w])) * w.xreplace({h: damping}) for w in waves)) / (1 - damping)
