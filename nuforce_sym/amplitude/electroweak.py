r"""Neutral-current charges of the fermions, from their quantum numbers.

    \mathcal L = -\frac{g}{2\cos\theta_W}\,\bar\psi\gamma^\mu(g_V-g_A\gamma_5)\psi\,Z_\mu, \qquad
    g_V = T_3-2Q\sin^2\theta_W, \quad g_A = T_3

(Peskin & Schroeder, Sec. 20.2). The vector current is conserved, so that at q -> 0 a nucleon's vector charge is the
sum over its valence quarks. Its axial charge is not: the isovector part is half of G_A of neutron decay; the
isoscalar part, of the strange quark, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import symbol

QUANTUM_NUMBERS: Mapping[str, tuple[sp.Rational, sp.Rational]] = {
    **{name: (sp.Rational(-1, 2), sp.Integer(-1)) for name in ("e", "mu", "tau")},
    **{name: (sp.Rational(1, 2), sp.Integer(0)) for name in ("nu_e", "nu_mu", "nu_tau")},
    **{name: (sp.Rational(1, 2), sp.Rational(2, 3)) for name in ("u", "c", "t")},
    **{name: (sp.Rational(-1, 2), sp.Rational(-1, 3)) for name in ("d", "s", "b")},
}
"""Weak isospin T_3 of the left-handed field, and electric charge Q."""

VALENCE: Mapping[str, Mapping[str, int]] = {"p": {"u": 2, "d": 1}, "n": {"u": 1, "d": 2}}


@dataclass(frozen=True)
class NeutralCharges:
    """The vector and axial charge of a fermion."""

    g_V: sp.Expr
    g_A: sp.Expr


def neutral_current_charges(fermion: str, sin2_theta_W: sp.Expr | None = None, G_A: sp.Expr | None = None) -> NeutralCharges:
    r"""Return g_V and g_A of a lepton, a quark, ``"p"`` or ``"n"``.

    Args:
        fermion: its symbol, as in `QUANTUM_NUMBERS` and `VALENCE`.
        sin2_theta_W: the weak mixing angle, a symbol or an exact number; the vocabulary's symbol by default.
        G_A: the nucleon's axial coupling, about 1.2754; the vocabulary's symbol by default.

    Raises:
        InputError: the fermion is unknown.
    """
    s2 = symbol("sin2_theta_W") if sin2_theta_W is None else as_expr(sin2_theta_W)
    if fermion in VALENCE:
        axial = symbol("G_A") if G_A is None else as_expr(G_A)
        quarks = [(n, neutral_current_charges(quark, s2).g_V) for quark, n in VALENCE[fermion].items()]
        return NeutralCharges(sp.expand(sp.Add(*(n * g for n, g in quarks))), (1 if fermion == "p" else -1) * axial / 2)
    if fermion not in QUANTUM_NUMBERS:
        known = [*QUANTUM_NUMBERS, *VALENCE]
        raise InputError(
            f"no neutral-current charges for {fermion!r}: use one of {', '.join(known)}{suggestion(fermion, known)}"
        )
    T_3, Q = QUANTUM_NUMBERS[fermion]
    return NeutralCharges(sp.expand(T_3 - 2 * Q * s2), T_3)
