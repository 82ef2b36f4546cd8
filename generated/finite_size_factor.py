r"""Part of the force in a collimated flux that a Gaussian width across the beam leaves.

    \frac{r^{2}}{E_\nu^{2} \sigma_\perp^{4} + r^{2}}

Derived in derivations/directional_flux.py, step `finite_size`; written by `nuforce build`, not by hand.
"""
# formula 5c7a7651caa98bb0
# text    a816719135ce0851

def finite_size_factor(r, E_nu, sigma_perp):
    """Return part of the force in a collimated flux that a Gaussian width across the beam leaves, in 1.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+40
    E_nu: energy of a neutrino of the background; in GeV, 1e-20 <= E_nu <= 1e+06
    sigma_perp: standard deviation of the separation across the beam; in GeV^-1, 1e-30 <= sigma_perp <= 1e+40

    Source: Tangarife.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 9.3e-16 (proved;
    see finite_size_factor.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    For a source of angular width theta: sigma = theta r.
    """
    return power(r, 2)/(power(r, 2) + power(E_nu, 2)*power(sigma_perp, 4))


def power(x, n):
    """Return x**n as a float, n = 1, 2, ..., by n - 1 multiplications, each rounded once."""
    result = x = 1.0 * x
    for _ in range(n - 1):
        result = result * x
    return result
