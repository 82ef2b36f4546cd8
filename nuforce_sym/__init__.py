"""Symbolic derivations of long-range forces, and the numeric kernels proved from them.

>>> import nuforce_sym
>>> nuforce_sym.derive("two_neutrino")["potential"].value
G_F**2*g_V1*g_V2/(4*pi**3*r**5)
"""

from __future__ import annotations

from importlib import import_module as _import_module
from pathlib import Path as _Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nuforce_sym import check as check
    from nuforce_sym.derivation import Derivation as Derivation
    from nuforce_sym.derivation import Result as Result
    from nuforce_sym.derivation import Step as Step
    from nuforce_sym.errors import NuforceError as NuforceError
    from nuforce_sym.kernel import Kernel as Kernel
    from nuforce_sym.kernel import kernel_of as kernel_of
    from nuforce_sym.paper.plots import plot_potential as plot_potential
    from nuforce_sym.potential.between import operator_coefficients as operator_coefficients
    from nuforce_sym.potential.between import potential_between as potential_between
    from nuforce_sym.potential.potential import Potential as Potential
    from nuforce_sym.registry import derive as derive
    from nuforce_sym.registry import get_derivation as get_derivation
    from nuforce_sym.registry import get_kernel as get_kernel

# In a checkout derivations/ and generated/ lie beside the package; in an installed copy they lie inside it.
_checkout = _Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file() and (_checkout / "derivations" / "__init__.py").is_file():
    __path__.append(str(_checkout))

_HOME = {
    "Derivation": "nuforce_sym.derivation",
    "Kernel": "nuforce_sym.kernel",
    "NuforceError": "nuforce_sym.errors",
    "Result": "nuforce_sym.derivation",
    "Step": "nuforce_sym.derivation",
    "derive": "nuforce_sym.registry",
    "get_derivation": "nuforce_sym.registry",
    "get_kernel": "nuforce_sym.registry",
    "kernel_of": "nuforce_sym.kernel",
    "operator_coefficients": "nuforce_sym.potential.between",
    "plot_potential": "nuforce_sym.paper.plots",
    "potential_between": "nuforce_sym.potential.between",
    "Potential": "nuforce_sym.potential.potential",
}

__all__ = [
    "Derivation",
    "Kernel",
    "NuforceError",
    "Potential",
    "Result",
    "Step",
    "check",
    "derive",
    "get_derivation",
    "get_kernel",
    "kernel_of",
    "operator_coefficients",
    "plot_potential",
    "potential_between",
]


def __getattr__(name: str) -> Any:
    # Public names are imported on first use, so that `nuforce --help` need not wait for SymPy.
    if name == "check":
        return _import_module("nuforce_sym.check")
    if name not in _HOME:
        raise AttributeError(f"module 'nuforce_sym' has no attribute {name!r}")
    return getattr(_import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
