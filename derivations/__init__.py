"""Paper-like derivations, one file each; each defines a `Derivation` called ``d`` and its kernels."""
