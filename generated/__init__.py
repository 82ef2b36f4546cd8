"""Kernels written by `nuforce build`; each file can be copied out, NumPy is all it needs."""
