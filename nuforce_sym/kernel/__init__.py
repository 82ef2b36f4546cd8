"""Numeric kernels: printed from a formula, proved against it."""
