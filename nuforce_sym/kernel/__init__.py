"""Numeric kernels: printed from a formula, proved against it, and checked again from their text."""

from nuforce_sym.kernel.build import kernel_of
from nuforce_sym.kernel.certificate import Certificate, Claim, Verdict, certify, function_of, proved_source, verify
from nuforce_sym.kernel.kernel import Argument, Constraint, Kernel
from nuforce_sym.kernel.magnitude import NotProved

__all__ = [
    "Argument",
    "Certificate",
    "Claim",
    "Constraint",
    "Kernel",
    "NotProved",
    "Verdict",
    "certify",
    "function_of",
    "kernel_of",
    "proved_source",
    "verify",
]
