"""The proofs of the functions in `provided`: as parts beside an envelope, or as magnitudes with a relative error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nuforce_sym.kernel import fermi_beam_proof, matsubara_proof, pinched_proof, power_law_proof, species_proof
from nuforce_sym.kernel.box import Interval
from nuforce_sym.kernel.factors import Value
from nuforce_sym.kernel.magnitude import Magnitude

Parts = Callable[[str, Sequence[Value], str], Value]
Relative = Callable[[str, Sequence[Interval], Sequence[Magnitude], str], Magnitude]

VALUES: dict[str, Parts] = {
    "fermi_sine": fermi_beam_proof.values,
    "fermi_cosine": fermi_beam_proof.values,
    "pinched": pinched_proof.values,
    "species": species_proof.values,
}
MAGNITUDES: dict[str, Relative] = {
    "matsubara_dirac": matsubara_proof.magnitude,
    "matsubara_majorana": matsubara_proof.magnitude,
    "power_law": power_law_proof.magnitude,
    "species": species_proof.magnitude,
}
ASSUMPTIONS = {
    "pinched": pinched_proof.ASSUMPTIONS,
    "matsubara": matsubara_proof.ASSUMPTIONS,
    "power_law": power_law_proof.ASSUMPTIONS,
    "species": species_proof.ASSUMPTIONS,
    "fermi_beam": ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's exp is within one unit in the last place"),
}
"""What the bound of a kernel rests on, by the block that it carries along."""
