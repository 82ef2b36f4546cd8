"""Symbolic derivations of long-range forces, and the numeric kernels proved from them."""
