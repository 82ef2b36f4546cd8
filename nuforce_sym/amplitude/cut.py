r"""Cutting the loop: both lines on shell, Cutkosky (1960).

    \frac{1}{p^2-m^2+i\epsilon} \to -2\pi i\,\delta^+(p^2-m^2)
    \quad\Longrightarrow\quad
    \mathrm{Disc}\int\frac{d^4k}{(2\pi)^4}\frac{N^{\mu\nu}}{D_1D_2} = (-2\pi i)^2\frac{1}{(2\pi)^2}\int d\Phi_2\,N^{\mu\nu}

with d\Phi_2 the Lorentz-invariant two-body phase space, and Disc M = 2i Im M.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import dirac
from nuforce_sym.amplitude.loop import K_PRIME, MU, NU, K, Q
from nuforce_sym.lines import Line
from nuforce_sym.lorentz import Component, Dot, Metric


def two_body_phase_space(t: sp.Expr, m_1: sp.Expr, m_2: sp.Expr) -> sp.Expr:
    r"""Return \int d\Phi_2, done in the rest frame of the pair.

    \int\frac{d^3k}{(2\pi)^3\,2E_1\,2E_2}\,2\pi\,\delta(\sqrt t-E_1-E_2): the angles give 4\pi, the delta function the
    inverse of d(E_1+E_2)/dk = k/E_1 + k/E_2.
    """
    k, E_1, E_2, total = sp.symbols("k E_1 E_2 E", positive=True)
    measure = 4 * sp.pi * k**2 / ((2 * sp.pi) ** 3 * 2 * E_1 * 2 * E_2) * 2 * sp.pi
    volume = sp.cancel((measure / (k / E_1 + k / E_2)).subs(E_2, total - E_1))
    return volume.subs({k: cut_momentum(t, m_1, m_2), total: sp.sqrt(t)})


def cut_momentum(t: sp.Expr, m_1: sp.Expr, m_2: sp.Expr) -> sp.Expr:
    r"""Return |\mathbf k| of the pair at rest: E_1+E_2=\sqrt t and E_1^2-E_2^2=m_1^2-m_2^2 give E_1, then k^2=E_1^2-m_1^2."""
    E_1 = (t + m_1**2 - m_2**2) / (2 * sp.sqrt(t))
    return sp.sqrt(sp.factor(sp.expand(E_1**2 - m_1**2)))


def on_cut(expr: sp.Expr, t: sp.Expr, m_1: sp.Expr, m_2: sp.Expr) -> sp.Expr:
    r"""Return an invariant of k and k' with both on shell and (k+k')^2 = t."""
    return expr.xreplace({
        Dot(K, K): m_1**2,
        Dot(K_PRIME, K_PRIME): m_2**2,
        Dot(K, K_PRIME): (t - m_1**2 - m_2**2) / 2,
    })  # fmt: skip


def average(tensor: sp.Expr, t: sp.Symbol, m_1: sp.Expr, m_2: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    r"""Return (A, B) of the average of T^{\mu\nu}(k,k') over the directions of the pair,

        \langle T^{\mu\nu}\rangle = A\left(-g^{\mu\nu}+\frac{q^\mu q^\nu}{t}\right) + B\,\frac{q^\mu q^\nu}{t},  q = k + k'.

    The only tensors left are g and qq; contracting with each gives -3A + B and tB. An antisymmetric part averages to
    zero, because no antisymmetric tensor can be made from q alone.
    """
    q = K + K_PRIME
    with_metric = dirac.contract(tensor * Metric(MU, NU))
    with_q = dirac.contract(tensor * Component(q, MU) * Component(q, NU))
    B = sp.expand(on_cut(with_q, t, m_1, m_2)) / t
    A = (B - on_cut(with_metric, t, m_1, m_2)) / 3
    return sp.factor(A), sp.factor(B)


def imaginary_part(prefactor: sp.Expr, volume: sp.Expr, A: sp.Expr, B: sp.Expr, t: sp.Symbol) -> sp.Expr:
    r"""Return Im M above threshold, with the external currents J_1 and J_2 contracted into the averaged trace.

    ``prefactor`` is `loop.loop_prefactor`, ``volume`` the phase space, A and B are those of `average`.
    """
    discontinuity = prefactor * (-2 * sp.pi * sp.I) ** 2 / (2 * sp.pi) ** 2 * volume
    J_J = Line(1, "J", MU) * Line(2, "J", MU)
    J_q = Line(1, "J", Q) * Line(2, "J", Q)
    scale = discontinuity / (2 * sp.I)
    return sp.factor(-scale * A) * J_J + sp.factor(scale * (A + B) / t) * J_q
