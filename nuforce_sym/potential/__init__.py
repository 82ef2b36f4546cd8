"""From amplitudes to potentials: non-relativistic limit, spectral densities, transforms to position space."""
