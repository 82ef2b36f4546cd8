"""The proofs of the functions in `provided`: as parts beside an envelope, or as magnitudes with a relative error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nuforce_sym.kernel import fermi_beam_proof
from nuforce_sym.kernel.factors import Value

Parts = Callable[[str, Sequence[Value], str], Value]

VALUES: dict[str, Parts] = {
    "fermi_sine": fermi_beam_proof.values,
    "fermi_cosine": fermi_beam_proof.values,
}
ASSUMPTIONS = {
    "fermi_beam": ("IEEE 754 binary64 arithmetic, rounding to nearest", "NumPy's exp is within one unit in the last place"),
}
"""What the bound of a kernel rests on, by the block that it carries along."""
