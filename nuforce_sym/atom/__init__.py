"""Atoms: radial and angular integrals, levels, parity mixing, transition amplitudes and optical rotation."""
