r"""High-precision values of Z(x): by FLINT's exponential integrals, and far out by its asymptotic series."""

from __future__ import annotations

from flint import arb, ctx

from nuforce_sym.kernel.magnitude import NotProved

FAR = 4000.0
_TERMS = 24


def z_bubble(x: arb) -> arb:
    """Return an enclosure of Z(x) for a positive ball x.

    Raises:
        NotProved: x is not positive.
    """
    if not x > 0:
        raise NotProved(f"Z is evaluated for positive arguments; got {x}")
    if x > FAR:
        terms = [(k - 2) * arb(k).gamma() / x**k for k in range(4, 4 + 2 * _TERMS, 2)]
        # Beyond x = 4000 each term is below a thousandth of the one before, and so is what the series leaves.
        return sum(terms[:-1], arb(0)) + arb(0, 2 * float(terms[-1].upper()))
    with ctx.workprec(ctx.prec + 80):
        up, down = x.exp(), (-x).exp()
        return ((x + 2) * up * x.expint(arb(1)) + (x - 2) * down * x.ei()) / 2 + down - 1
