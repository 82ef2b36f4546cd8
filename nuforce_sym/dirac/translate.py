r"""Results in the conventions of other books and programs.

Two things differ between sources, and both are fixed by numbers, not by names:

* the sign of :math:`\varepsilon^{0123}`, here +1; a source with -1 writes our :math:`\varepsilon` as
  :math:`-\varepsilon`;
* FORM's ``e_`` absorbs a factor: its trace of gamma_5 with four matrices is ``4*e_(a,b,c,d)``, so that
  :math:`\mathtt{e\_}=-i\varepsilon` for us, and ``e_*e_`` contracts to plus the determinant (FORM manual, chapter
  "Dirac algebra").
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from nuforce_sym.dirac.tensor import Tensor
from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import Component, Dot, LeviCivita, Metric

# what each source writes for our epsilon^{abcd}
FACTORS: dict[str, sp.Expr] = {
    "nuforce": sp.S.One,
    "epsilon^0123=+1": sp.S.One,
    "epsilon^0123=-1": sp.S.NegativeOne,
    "form": sp.I,
}


def translate(result: Any, *, to: str) -> sp.Expr:
    """Return a result with every Levi-Civita tensor replaced by what the other source means by its symbol.

    Args:
        result: a ``Tensor`` or an expression in the heads of ``nuforce_sym.lorentz``.
        to: ``"epsilon^0123=+1"``, ``"epsilon^0123=-1"`` or ``"form"``.

    Raises:
        InputError: for an unknown target.
    """
    expr = _expr(result)
    factor = _factor(to)
    return sp.expand(expr.xreplace({e: factor * e for e in expr.atoms(LeviCivita)}))


def translate_back(expr: Any, *, source: str) -> sp.Expr:
    """Return an expression of another source in our convention; the inverse of ``translate``."""
    expr = _expr(expr)
    factor = 1 / _factor(source)
    return sp.expand(expr.xreplace({e: factor * e for e in expr.atoms(LeviCivita)}))


def _factor(name: str) -> sp.Expr:
    if name not in FACTORS:
        raise InputError(f"convention {name!r} is unknown; use one of {', '.join(FACTORS)}")
    return FACTORS[name]


def _expr(result: Any) -> sp.Expr:
    if isinstance(result, Tensor):
        return result.expr
    if not isinstance(result, sp.Expr):
        raise InputError(f"{result!r} is neither a Tensor nor a SymPy expression")
    return result


def to_form(result: Any) -> str:
    """Return a result as FORM source: ``p.q``, ``p(mu)``, ``d_(mu,nu)``, ``e_(...)`` and ``i_``."""
    expr = translate(result, to="form")
    terms = [_form_term(t) for t in sp.Add.make_args(expr)]
    return "".join(t if t.startswith("-") else "+" + t for t in terms).lstrip("+")


def _form_term(term: sp.Expr) -> str:
    number, rest = term.as_coeff_Mul()
    factors = [] if number == 1 and rest != 1 else [f"({number})"]
    for factor in sp.Mul.make_args(rest):
        base, power = (factor, sp.S.One) if factor == sp.I else factor.as_base_exp()
        if base == 1:
            continue
        text = _form_atom(base)
        if not power.is_Integer:
            raise InputError(f"{factor} cannot be written in FORM; only whole powers of symbols can")
        factors.append(text if power == 1 else f"{text}^{power}" if power > 0 else f"({text})^({power})")
    return "*".join(factors)


def _form_atom(base: sp.Expr) -> str:
    if base == sp.I:
        return "i_"
    names = ",".join(str(a) for a in base.args)
    if isinstance(base, Dot):
        return f"{base.args[0]}.{base.args[1]}"
    if isinstance(base, Component):
        return f"{base.args[0]}({base.args[1]})"
    if isinstance(base, Metric):
        return f"d_({names})"
    if isinstance(base, LeviCivita):
        return f"e_({names})"
    if base.is_Symbol:
        return str(base)
    raise InputError(f"{base} cannot be written in FORM; replace it by a symbol first")


_FEYNCALC_HEADS = {Dot: "SP", Component: "FV", Metric: "MT"}


def to_feyncalc(result: Any, *, levi_civita_sign: int = -1) -> str:
    r"""Return a result as FeynCalc input (FCE notation): ``SP[p,q]``, ``FV[p,mu]``, ``MT[mu,nu]``, ``LC[mu,nu][p,q]``.

    Args:
        result: a ``Tensor`` or an expression.
        levi_civita_sign: FeynCalc's ``$LeviCivitaSign``; its default -1 means
            :math:`\operatorname{Tr}\gamma^a\gamma^b\gamma^c\gamma^d\gamma^5=-4i\varepsilon^{abcd}`, as here.
    """
    if levi_civita_sign not in (1, -1):
        raise InputError(f"levi_civita_sign={levi_civita_sign!r} must be 1 or -1")
    expr = _expr(result)
    expr = sp.expand(expr.xreplace({e: -levi_civita_sign * e for e in expr.atoms(LeviCivita)}))
    return " + ".join(_feyncalc_term(t) for t in sp.Add.make_args(expr)) or "0"


def _feyncalc_term(term: sp.Expr) -> str:
    out = []
    for factor in sp.Mul.make_args(term):
        # as_base_exp would write I as a power of -1
        base, power = (factor, sp.S.One) if factor == sp.I else factor.as_base_exp()
        if type(base) in _FEYNCALC_HEADS:
            text = f"{_FEYNCALC_HEADS[type(base)]}[{','.join(map(str, base.args))}]"
        elif isinstance(base, LeviCivita):
            text, sign = _feyncalc_epsilon(base)
            if sign < 0:
                out.append("(-1)")
        elif base == sp.I:
            text = "I"
        elif base.is_Rational or base.is_Symbol:
            text = f"({base})" if base.is_Rational else str(base)
        else:
            raise InputError(f"{base} cannot be written in FeynCalc; replace it by a symbol first")
        out.append(text if power == 1 else f"{text}^({power})")
    return "*".join(out)


def _feyncalc_epsilon(e: sp.Expr) -> tuple[str, int]:
    """LC[indices][momenta], momenta last, with the sign of moving them there."""
    from nuforce_sym.lorentz import Index

    indices = [a for a in e.args if isinstance(a, Index)]
    momenta = [a for a in e.args if not isinstance(a, Index)]
    moved = [*indices, *momenta]
    order = [e.args.index(a) for a in moved]
    odd = sum(order[i] > order[j] for i in range(4) for j in range(i + 1, 4)) % 2
    tail = f"[{','.join(map(str, momenta))}]" if momenta else ""
    return f"LC[{','.join(map(str, indices))}]{tail}", -1 if odd else 1
