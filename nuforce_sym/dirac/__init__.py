r"""The Dirac algebra: gamma matrices, traces and spinor lines, exact and symbolic.

Conventions: metric (+,-,-,-), :math:`\gamma_5=i\gamma^0\gamma^1\gamma^2\gamma^3`, :math:`\varepsilon^{0123}=+1`,
Tr 1 = 4,
:math:`\operatorname{Tr}\gamma^\mu\gamma^\nu\gamma^\rho\gamma^\sigma\gamma_5=-4i\varepsilon^{\mu\nu\rho\sigma}`,
:math:`\sigma^{\mu\nu}=\tfrac i2[\gamma^\mu,\gamma^\nu]`.
"""

from __future__ import annotations

from nuforce_sym.dirac.chain import reduce_chain
from nuforce_sym.dirac.charge import charge_conjugate, charge_conjugation_matrix, flipped, majorana_vertex
from nuforce_sym.dirac.dirac_equation import gordon
from nuforce_sym.dirac.fierz import fierz, fierz_element, fierz_table
from nuforce_sym.dirac.kinematics import mandelstam, on_shell
from nuforce_sym.dirac.matrices import gamma5_matrix, gamma_matrices, matrix, numeric_matrix
from nuforce_sym.dirac.nonrel import SpinorLine, nonrelativistic
from nuforce_sym.dirac.objects import P_L, P_R, Dirac, bar, gamma, gamma5, sigma, slash
from nuforce_sym.dirac.operator_basis import operator_basis, operators
from nuforce_sym.dirac.pauli import Pauli, contract3, pauli_product, pauli_trace, sigma_dot
from nuforce_sym.dirac.spin_sum import spin_sum
from nuforce_sym.dirac.spinor import Spinor, SpinorChain, u, ubar, v, vbar
from nuforce_sym.dirac.substitution import replace
from nuforce_sym.dirac.tensor import Tensor, contract
from nuforce_sym.dirac.trace import trace
from nuforce_sym.dirac.translate import to_feyncalc, to_form, translate, translate_back
from nuforce_sym.lorentz import component, dot, epsilon, indices, metric, momenta

__all__ = [
    "P_L",
    "P_R",
    "Dirac",
    "Pauli",
    "Spinor",
    "SpinorChain",
    "SpinorLine",
    "Tensor",
    "bar",
    "charge_conjugate",
    "charge_conjugation_matrix",
    "component",
    "contract",
    "contract3",
    "dot",
    "epsilon",
    "fierz",
    "fierz_element",
    "fierz_table",
    "flipped",
    "gamma",
    "gamma5",
    "gamma5_matrix",
    "gamma_matrices",
    "gordon",
    "indices",
    "majorana_vertex",
    "mandelstam",
    "matrix",
    "metric",
    "momenta",
    "nonrelativistic",
    "numeric_matrix",
    "on_shell",
    "operator_basis",
    "operators",
    "pauli_product",
    "pauli_trace",
    "reduce_chain",
    "replace",
    "sigma",
    "sigma_dot",
    "slash",
    "spin_sum",
    "to_feyncalc",
    "to_form",
    "trace",
    "translate",
    "translate_back",
    "u",
    "ubar",
    "v",
    "vbar",
]
