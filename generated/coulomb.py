r"""Coulomb potential of two charges.

    \frac{Q_1 Q_2 \alpha}{r}

Derived in derivations/vector_exchange.py, step `coulomb`; written by `nuforce build`, not by hand.
"""
# formula afe5f7ee4c978485
# text    0a5a7902642cf77f

def coulomb(r, alpha, Q_1, Q_2):
    """Return coulomb potential of two charges, in GeV.

    Floats or arrays, which broadcast; GeV stands for any unit of energy, the same in all arguments.

    r: distance between the two particles, r = |r_1 - r_2|; in GeV^-1, 1e-06 <= r <= 1e+30
    alpha: fine-structure constant; in 1, 1e-06 <= alpha <= 1
    Q_1: electric charge of the first particle in units of e; in 1, 1e-06 <= |Q_1| <= 1e+06, or 0
    Q_2: electric charge of the second particle in units of e; in 1, 1e-06 <= |Q_2| <= 1e+06, or 0

    Source: PeskinSchroeder1995.

    In these ranges, with |result| >= 2.2250738585072014e-308, the relative error is at most 3.5e-16 (proved;
    see coulomb.json). It rests on: IEEE 754 binary64 arithmetic, rounding to nearest.
    Positive values repel.
    """
    return alpha*Q_1*Q_2/r
