r"""The Dirac algebra: gamma matrices, traces and spinor lines, exact and symbolic.

Conventions: metric (+,-,-,-), :math:`\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3`, :math:`\varepsilon^{0123}=+1`,
Tr 1 = 4,
:math:`\operatorname{Tr}\gamma^\mu\gamma^\nu\gamma^\rho\gamma^\sigma\gamma_5=-4i\varepsilon^{\mu\nu\rho\sigma}`,
:math:`\sigma^{\mu\nu}=\tfrac i2[\gamma^\mu,\gamma^\nu]`.
"""

from __future__ import annotations

from nuforce_sym.dirac.kinematics import mandelstam, on_shell
from nuforce_sym.dirac.matrices import gamma5_matrix, gamma_matrices, matrix, numeric_matrix
from nuforce_sym.dirac.objects import P_L, P_R, Dirac, bar, gamma, gamma5, sigma, slash
from nuforce_sym.dirac.tensor import Tensor, contract
from nuforce_sym.dirac.trace import trace
from nuforce_sym.lorentz import component, dot, epsilon, indices, metric, momenta

__all__ = [
    "P_L",
    "P_R",
    "Dirac",
    "Tensor",
    "bar",
    "component",
    "contract",
    "dot",
    "epsilon",
    "gamma",
    "gamma5",
    "gamma5_matrix",
    "gamma_matrices",
    "indices",
    "mandelstam",
    "matrix",
    "metric",
    "momenta",
    "numeric_matrix",
    "on_shell",
    "sigma",
    "slash",
    "trace",
]
