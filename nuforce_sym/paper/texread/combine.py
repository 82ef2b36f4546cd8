r"""How the factors of a product combine: dots, crosses, and a gradient that acts on what stands to its right."""

from __future__ import annotations

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.paper.texread import covariant
from nuforce_sym.paper.texread.values import Value, Vector, crossed, dotted, multiplied
from nuforce_sym.spatial import Anticommutator, Vector3
from nuforce_sym.symbols import symbols

NABLA, RHAT, MOMENTUM, L = (Vector3(name) for name in ("nabla", "rhat", "p", "L"))
delta3_r, r = symbols("delta3_r r")


def combined(left: Value, mark: str, right: Value) -> Value:
    r"""Return the product of two factors joined by "" (juxtaposition), ``\cdot`` or ``\times``.

    Raises:
        InputError: the product of such factors is not defined, or could mean two things.
    """
    if isinstance(left, Vector) and isinstance(right, Vector):
        if NABLA in left.vectors and (RHAT in right.vectors or any(_depends(c) for c, _ in right.parts)):
            raise InputError("a divergence or a curl is not read: write the derivatives out")
        if mark == r"\cdot":
            return dotted(left, right)
        if mark == r"\times":
            return crossed(left, right)
        raise InputError(r"two vectors stand side by side: join them with \cdot or \times")
    if isinstance(right, Vector) and not isinstance(left, Vector):
        if (mark == r"\times" and not left.is_number) or (mark == r"\cdot" and left.has(Vector3)):
            raise InputError("a scalar and a vector cannot be joined so: put the product of vectors in parentheses")
        return right.scaled(left) if not _open(left) else _gradient_of_vector()
    if isinstance(left, Vector) and not isinstance(right, Vector):
        if mark and not right.is_number:
            raise InputError("a vector and a scalar cannot be joined so: write them side by side, or use parentheses")
        if NABLA in left.vectors and _depends(right):
            return Vector(tuple((c * sp.diff(right, r), _radial(axis)) for c, axis in left.parts))
        return left.scaled(right)
    if (covariant_product := covariant.product(left, mark, right)) is not None:
        return covariant_product
    if _open(left) and _depends(right):
        return _gradient(left, right)
    return multiplied([left, right])


def _open(value: sp.Expr) -> bool:
    """Whether a gradient still waits for what it acts on."""
    return bool(value.has(NABLA)) and not value.has(delta3_r)


def _depends(value: sp.Expr) -> bool:
    return bool(value.has(r, RHAT)) and not value.has(delta3_r)


def _gradient_of_vector() -> Value:
    raise InputError("the gradient of a vector is not read: write the components of the result")


def _radial(axis: Vector3 | tuple[Vector3, Vector3]) -> Vector3 | tuple[Vector3, Vector3]:
    if isinstance(axis, tuple):
        return (RHAT if axis[0] == NABLA else axis[0], RHAT if axis[1] == NABLA else axis[1])
    return RHAT if axis == NABLA else axis


def _gradient(operator: sp.Expr, function: sp.Expr) -> sp.Expr:
    r"""Return the operator, which holds \nabla once, applied to f(r): \nabla f = \hat r f'(r)."""
    if function.has(Vector3):
        raise InputError("a gradient acts on a function that holds vectors: write the result out")
    heads = [f for term in sp.Add.make_args(sp.expand(operator)) for f in sp.Mul.make_args(term) if f.has(NABLA)]
    terms = sp.Add.make_args(sp.expand(operator))
    if len(heads) != len(terms) or any(head.is_Pow or head.args.count(NABLA) != 1 for head in heads):
        raise InputError("a second gradient is not read: write the second derivatives out")
    return operator.xreplace({head: head.subs(NABLA, RHAT) for head in heads}) * sp.diff(function, r)


def settled(expr: sp.Expr, *, weyl: bool) -> sp.Expr:
    r"""Return the finished formula, in which no gradient waits and the order of operators is plain.

    A product of the momentum operator p = -i\nabla with a function of r depends on the order of the two. With ``weyl`` it
    stands for half of the anticommutator, (1/2){p, f}.

    Raises:
        InputError: a gradient acts on nothing, or the order of an operator and a function is not shown.
    """
    if not expr.has(Vector3):
        return expr
    expanded = sp.expand(expr)
    _check_spins(expanded)
    if not expr.has(NABLA, MOMENTUM, L):
        return expr
    done = []
    for term in sp.Add.make_args(expanded):
        factors = sp.Mul.make_args(term)
        outside = [f for f in factors if not isinstance(f, Anticommutator)]
        if any(f.has(NABLA) for f in outside) and not term.has(delta3_r):
            raise InputError("a gradient acts on nothing: write what it acts on to its right")
        if len(outside) < len(factors) and any(f.has(r, RHAT) for f in outside):
            raise InputError("a function of r stands beside an anticommutator: put it into the anticommutator")
        operators = [f for f in outside if f.has(MOMENTUM)]
        rest = sp.Mul(*(f for f in factors if f not in operators))
        if not operators or not rest.has(r, RHAT, delta3_r):
            if any(f.has(L) for f in outside) and any(f.has(RHAT, MOMENTUM) for f in outside):
                raise InputError(r"the order of L and \hat r matters: write the anticommutator \{ , \}")
            done.append(term)
        elif weyl and len(operators) == 1 and not operators[0].is_Pow:
            done.append(Anticommutator(operators[0], rest) / 2)
        else:
            raise InputError(
                r"the order of the momentum operator and of a function of r matters: write the anticommutator \{ , \}, or "
                "choose the convention 'weyl', by which a product stands for half of it"
            )
    return expr if done == list(sp.Add.make_args(expanded)) else sp.Add(*done)


def _check_spins(expanded: sp.Expr) -> None:
    """Refuse a term in which one spin stands twice: that is a product of operators."""
    for term in sp.Add.make_args(expanded):
        seen: set[str] = set()
        for factor in sp.Mul.make_args(term):
            base, exponent = factor.as_base_exp()
            spins = {v.name for v in base.atoms(Vector3) if v.name.startswith("sigma")}
            if spins & seen or (spins and exponent != 1):
                raise InputError("a product of one spin with itself: write what it gives")
            seen |= spins


def gradient_taken(before: Value, after: Value) -> bool:
    """Whether a gradient that waited has found what it acts on."""
    if isinstance(before, Vector):
        return NABLA in before.vectors and not (isinstance(after, Vector) and NABLA in after.vectors)
    return _open(before) and not (isinstance(after, Vector) or after.has(NABLA))
