r"""The spin-dependent force in a background: both bodies at rest, coupled by J_a^\mu with a spin.

    H_{int} = \frac{G_F}{\sqrt2}\,\big[g_VJ^0+g_A\,\boldsymbol\sigma\cdot\mathbf J\big],\qquad
    J^\mu=\bar\nu\gamma^\mu(1-\gamma_5)\nu

so that the loop's tensor is contracted with (g_V, g_A\sigma) of either body. The antisymmetric part of the tensor,
i\varepsilon^{\mu\nu kp}, changes its sign between neutrinos and antineutrinos; with the spins it violates parity.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.loop import loop_bilinear
from nuforce_sym.amplitude.medium import MU, NU, K, P, occupied_poles, occupied_tensor
from nuforce_sym.errors import NotDerivable
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Momentum
from nuforce_sym.medium.isotropic import direction_average
from nuforce_sym.medium.neutrino import PSI_1, PSI_2, interaction
from nuforce_sym.medium.response import checked_response, common_factor, in_cosines, outgoing_wave, principal_value
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, g_A1, g_A2, k, r, c, n_plus, n_minus = symbols("G_F g_V1 g_V2 g_A1 g_A2 k_nu r c_alpha n_plus n_minus")
KHAT, RHAT, SIGMA_1, SIGMA_2 = (Vector3(name) for name in ("khat", "rhat", "sigma_1", "sigma_2"))
J_1, J_2 = Momentum("J_1"), Momentum("J_2")
_SPATIAL = {J_1: ((-g_A1, SIGMA_1),), J_2: ((-g_A2, SIGMA_2),)}


@cache
def spin_force(response: str = "symmetric") -> sp.Expr:
    r"""Return v in V=\int\frac{d^3k}{(2\pi)^3}v for massless neutrinos and bodies with spins \sigma_1, \sigma_2.

    \mathbf r = \mathbf r_2 - \mathbf r_1, \hat k is the direction of the background's momentum, also of antineutrinos.
    The charges stand in v. "retarded" is the force on body 2 in the wave scattered by body 1.

    Raises:
        InputError: the response is unknown.
    """
    lagrangian = interaction("dirac", sp.Integer(0))
    (coupling_1, _, loop_1), (coupling_2, _, loop_2) = (loop_bilinear(lagrangian, psi) for psi in (PSI_1, PSI_2))
    tensor = occupied_tensor(loop_1, loop_2)
    if checked_response(response) == "symmetric":
        out = back = principal_value()
    else:
        out, back = outgoing_wave(), outgoing_wave().subs(k, -k)
    total = sp.Integer(0)
    for pole, n in zip(occupied_poles(), (n_plus, n_minus), strict=True):
        # the virtual line runs from 1 to 2, the occupied one back, or the other way round
        for way, slots in ((1, {MU: J_1, NU: J_2}), (-1, {MU: J_2, NU: J_1})):
            wave = out if way * pole.sign == 1 else back
            phase = sp.exp(-way * pole.sign * sp.I * k * c * r)
            contracted = dirac.contract(tensor * Component(slots[MU], MU) * Component(slots[NU], NU))
            total += n * phase * _static(contracted, wave, pole.sign, way)
    return by_structure(-coupling_1 * coupling_2 / (2 * k) * in_cosines(total.xreplace({Dot3(KHAT, RHAT): c})))


def _static(contracted: sp.Expr, wave: sp.Expr, sign: int, way: int) -> sp.Expr:
    r"""Return the contracted tensor at k = sign (k, \mathbf k) and p = (sign k, -i way \nabla), acting on the wave."""
    slope = sp.diff(wave, r)
    time = {K: sign * k, J_1: g_V1, J_2: g_V2}
    space = {**_SPATIAL, K: ((sign * k, KHAT),)}

    def value(slots: tuple[Momentum, ...], head: type[sp.Expr]) -> sp.Expr:
        """The head is linear in p, whose time component multiplies the wave and whose others differentiate it."""
        if P not in slots:
            return _head(head, slots, time, space) * wave
        static = _head(head, slots, {**time, P: sp.Integer(sign) * k}, {**space, P: ()}) * wave
        return static + _head(head, slots, {**time, P: sp.Integer(0)}, {**space, P: ((-sp.I * way, RHAT),)}) * slope

    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(contracted)):
        heads = [f for f in sp.Mul.make_args(term) if isinstance(f, (Dot, LeviCivita))]
        factor = term / sp.Mul(*heads)
        with_p = [h for h in heads if P in h.args]
        if len(with_p) != 1:
            raise NotDerivable(f"{term} is not linear in the virtual momentum")
        rest = sp.Mul(*(_head(type(h), h.args, time, space) for h in heads if h not in with_p))
        total += factor * rest * value(with_p[0].args, type(with_p[0]))
    return total


def by_structure(expr: sp.Expr) -> sp.Expr:
    """Return a force as a sum over charges and spin structures, each with its factored coefficient, common factors in front."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand(expr)):
        charges = (g_V1, g_V2, g_A1, g_A2)
        structure = sp.Mul(*(f for f in sp.Mul.make_args(term) if f.has(Vector3) or f in charges))
        found[structure] = found.get(structure, sp.Integer(0)) + term / structure
    ordered = sorted(found, key=sp.default_sort_key)
    return common_factor(sp.Add(*(sp.factor(found[structure]) * structure for structure in ordered)))


Time = Mapping[Momentum, sp.Expr]
Space = Mapping[Momentum, tuple[tuple[sp.Expr, Vector3], ...]]


def _head(head: type[sp.Expr], slots: tuple[Momentum, ...], time: Time, space: Space) -> sp.Expr:
    r"""Return a \cdot b = a^0b^0-\mathbf a\cdot\mathbf b, or \varepsilon^{abcd}, in time components and vectors."""
    if head is Dot:
        a, b = slots
        return time[a] * time[b] - sp.Add(*(x * y * Dot3(u, v) for x, u in space[a] for y, v in space[b]))
    total = sp.Integer(0)
    for place, slot in enumerate(slots):
        others = [space[s] for j, s in enumerate(slots) if j != place]
        triple = sp.Add(*(x * y * z * Triple3(u, v, w) for x, u in others[0] for y, v in others[1] for z, w in others[2]))
        # three lowered spatial components give -1
        total += -((-1) ** place) * time[slot] * triple
    return total


def isotropic_spin_force(response: str = "symmetric") -> sp.Expr:
    r"""Return \langle v\rangle over the directions of \mathbf k: v is linear in \hat k, which averages to c\hat r."""
    force = sp.expand(spin_force(response))
    along = {
        Dot3(SIGMA_1, KHAT): c * Dot3(SIGMA_1, RHAT),
        Dot3(SIGMA_2, KHAT): c * Dot3(SIGMA_2, RHAT),
    }
    replaced = force.xreplace(along)
    triples = {t: _along_r(t) for t in replaced.atoms(Triple3) if KHAT in t.args}
    return by_structure(direction_average(sp.expand(replaced.xreplace(triples))))


def _along_r(triple: sp.Expr) -> sp.Expr:
    return c * Triple3(*(RHAT if slot == KHAT else slot for slot in triple.args))
