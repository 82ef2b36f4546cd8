"""Functions of the runtime that take the arguments of a head of SymPy as they are: their names and texts.

Their proofs are in `provided_proof`, their values to high precision in `gas_reference`.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from nuforce_sym.gas_functions import (
    FermiCosine,
    FermiSine,
    FermiSpecies,
    MatsubaraDirac,
    MatsubaraMajorana,
    PinchedForce,
    PowerLawForce,
)


@dataclass(frozen=True)
class Provided:
    """A head, the runtime function that computes it, the block that this stands in, and the name of its value."""

    head: type[sp.Function]
    function: str
    block: str
    value: str


FUNCTIONS = {
    entry.function: entry
    for entry in (
        Provided(FermiSine, "fermi_sine", "fermi_beam", "mean_sine"),
        Provided(FermiCosine, "fermi_cosine", "fermi_beam", "mean_cosine"),
        Provided(PinchedForce, "pinched", "pinched", "pinched_wave"),
        Provided(FermiSpecies, "species", "species", "lines"),
        Provided(MatsubaraDirac, "matsubara_dirac", "matsubara", "frequencies"),
        Provided(MatsubaraMajorana, "matsubara_majorana", "matsubara", "frequencies"),
        Provided(PowerLawForce, "power_law", "power_law", "power_of_r"),
    )
}
HEADS = tuple(entry.head for entry in FUNCTIONS.values())
WAVES = (FermiSine, FermiCosine, PinchedForce)
"""Those that change sign, so that only an envelope can bound their error."""


def of(function: sp.Expr) -> Provided:
    """Return the entry of an applied head."""
    return next(entry for entry in FUNCTIONS.values() if isinstance(function, entry.head))
