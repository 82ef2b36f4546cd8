r"""The cosmic neutrino background as numbers: a massless Fermi gas at $\mu=0$.

What `isotropic_background` derives, written with the one function $F(y)$, $y=2\pi rT$, that a kernel evaluates without the
loss of digits by which it cancels as $y^4$.
"""

from __future__ import annotations

import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium import sine_transform
from nuforce_sym.medium.cosmic import in_one_function
from nuforce_sym.medium.isotropic import isotropic_operator, potential_of
from nuforce_sym.symbols import symbols

G_F, g_V1, g_V2, r, T = symbols("G_F g_V1 g_V2 r T_nu")
ZERO = sp.Integer(0)
VACUUM = G_F**2 * g_V1 * g_V2 / (4 * sp.pi**3 * r**5)

d = Derivation("thermal_gas", "A massless Fermi gas of neutrinos, as numbers", cites=["Tangarife"])


@d.step(r"V_{\mathrm{FD}}(r)", check.dimension(1), check.symmetric({g_V1: g_V2}))
def fermi_dirac():
    r"""The potential of neutrinos and antineutrinos of one flavour at $\mu=0$, from the sine transform of their spectrum."""
    return potential_of(isotropic_operator("dirac", ZERO), sine_transform.fermi_dirac_pair(T, ZERO, ZERO))


@d.step(
    r"V_{\mathrm{FD}}(r)",
    check.residual(lambda V, fermi_dirac: V - fermi_dirac, "the same potential"),
    check.limit(r, ZERO, -7 * sp.pi * G_F**2 * g_V1 * g_V2 * T**4 / (90 * r), rate=2),
    check.dimension(1),
    check.sign(False, when="like charges attract"),
)
def potential(fermi_dirac):
    r"""$F(y)=1-\frac y2(1+y\coth y)/\sinh y$ tends to $\frac7{360}y^4$ for $r\ll1/T$, where the force goes with the energy
    density, and to 1 far away, where it cancels the force in the vacuum.
    """
    return in_one_function(fermi_dirac, -VACUUM)


KERNELS = ("thermal_gas",)


def kernels(results):
    """The potential as a numeric kernel."""
    ranges = {r: (1e-6, 1e40), T: (1e-30, 1e6), G_F: (1e-30, 1.0), g_V1: (1e-12, 1e6), g_V2: (1e-12, 1e6)}
    return (
        Kernel(
            "thermal_gas",
            "Potential between two fermions in a massless Fermi gas of neutrinos and antineutrinos",
            results["potential"],
            tuple(Argument(symbol, *limits) for symbol, limits in ranges.items()),
            d.name,
            "potential",
            constraints=(Constraint(T * r, 1e-20, 1e15),),
            cites=tuple(d.cites),
            notes=("The background's part alone, without the force in the vacuum. Negative values attract. One flavour.",),
        ),
    )
