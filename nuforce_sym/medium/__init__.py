"""Forces in a medium: phase-space distributions, isotropic and directional backgrounds, averages, real fluxes."""
