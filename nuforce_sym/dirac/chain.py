"""Open products of gamma matrices."""

from __future__ import annotations

from nuforce_sym.dirac.objects import IDENTITY, Dirac, gamma, gamma5, sigma
from nuforce_sym.dirac.trace import trace
from nuforce_sym.lorentz import Index


def fresh_indices(count: int, used: set[str]) -> list[Index]:
    """Return indices whose names are not in ``used``."""
    names = (f"{stem}{n or ''}" for n in range(1000) for stem in ("alpha", "beta", "kappa", "lambda", "tau", "omega"))
    free = (name for name in names if name not in used)
    return [Index(next(free)) for _ in range(count)]


def equal(a: Dirac, b: Dirac) -> bool:
    """Decide whether two expressions are the same matrix in four dimensions.

    They are if and only if their traces with the sixteen basis matrices agree.
    """
    if a.free != b.free and a.coefficient != 0 and b.coefficient != 0:
        return is_zero(a) and is_zero(b)
    return is_zero(a - b)


def is_zero(d: Dirac) -> bool:
    """Decide whether an expression is the zero matrix in four dimensions."""
    x, y = fresh_indices(2, set(d.counts))
    return all(trace(d * probe) == 0 for probe in (IDENTITY, gamma5, gamma(x), gamma(x) * gamma5, sigma(x, y)))
