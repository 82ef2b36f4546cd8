"""The functions that a formula may name, and the arguments for which SymPy may build them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sympy as sp

from nuforce_sym.errors import InputError
from nuforce_sym.special import imaginary_part, real_part

LARGEST_ARGUMENT = 200
Build = Callable[..., sp.Expr]

_PLAIN: dict[str, Build] = {
    "exp": sp.exp, "ln": sp.log, "log": sp.log,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot, "sec": sp.sec, "csc": sp.csc,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "coth": sp.coth, "sech": sp.sech, "csch": sp.csch,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan, "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
    "arccot": sp.acot, "acot": sp.acot,
    "arcsinh": sp.asinh, "arccosh": sp.acosh, "arctanh": sp.atanh, "arcoth": sp.acoth, "arccoth": sp.acoth,
    "arsinh": sp.asinh, "arcosh": sp.acosh, "artanh": sp.atanh,
    "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh, "acoth": sp.acoth,
    "erf": sp.erf, "erfc": sp.erfc, "Ei": sp.Ei, "Si": sp.Si, "Ci": sp.Ci, "Re": real_part, "Im": imaginary_part,
    "sgn": sp.sign, "sign": sp.sign,
}  # fmt: skip
PLAIN: Mapping[str, Build] = MappingProxyType(_PLAIN)
r"""Functions of one argument, written as a command (``\sin``) or upright (``\mathrm{Ei}``)."""

SYMBOLIC: Mapping[str, Build] = MappingProxyType({r"\Gamma": sp.gamma, r"\zeta": sp.zeta})
"""Functions of one argument that are written with a Greek letter."""

FAMILIES: Mapping[str, Build] = MappingProxyType(
    {"K": sp.besselk, "I": sp.besseli, "J": sp.besselj, "Y": sp.bessely, "E": sp.expint, "Li": sp.polylog, "j": sp.jn}
)
r"""Functions with an order below: ``K_{\nu}(z)``, ``E_1(x)``, ``\mathrm{Li}_2(x)``."""

_EVALUATED = (sp.gamma, sp.zeta, sp.expint, sp.polylog, sp.besselk, sp.besseli, sp.besselj, sp.bessely, sp.jn)


def applied(head: Build, arguments: tuple[sp.Expr, ...]) -> sp.Expr:
    """Return head(*arguments).

    Raises:
        InputError: a number among the arguments is so large that building the function would take long.
    """
    order = arguments[0]
    if head in _EVALUATED and order.is_Rational and abs(order) > LARGEST_ARGUMENT:
        raise InputError(f"the argument {order} of {head.__name__} is beyond {LARGEST_ARGUMENT}")
    if head is sp.expint and order.is_Integer and not 1 <= order <= 40:
        raise InputError(f"the order {order} of an exponential integral is not in 1 ... 40")
    if head is sp.polylog and order.is_Integer and not 0 <= order <= 40:
        raise InputError(f"the order {order} of a polylogarithm is not in 0 ... 40")
    value = head(*arguments)
    if value.has(sp.zoo, sp.nan):
        raise InputError(f"{head.__name__} has no value at {', '.join(map(str, arguments))}")
    return value


def hypergeometric(upper: list[sp.Expr], lower: list[sp.Expr], argument: sp.Expr) -> sp.Expr:
    """Return pFq."""
    return sp.hyper(upper, lower, argument)
