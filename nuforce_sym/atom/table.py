r"""Tables of parity-odd matrix elements over ranges of states, exact, as CSV, LaTeX or JSON.

Every row is a pair that the selection rules allow, once: the bra with the higher l, both with the same F. Its element is
-i times ``value`` times the table's unit.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import sympy as sp
from flint import fmpq

from nuforce_sym.atom import angular
from nuforce_sym.atom.bessel_integral import BesselValue, bessel_moment
from nuforce_sym.atom.operator import potential
from nuforce_sym.atom.radial import current, moment, overlap
from nuforce_sym.atom.radial_form import RadialForm, derivative, radial_form
from nuforce_sym.atom.state import State, states
from nuforce_sym.atom.surd import Surd, rational
from nuforce_sym.errors import InputError, NotDerivable, suggestion
from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import symbol

SPINS: dict[str, Callable[[State, State], Surd]] = {
    "sigma_e.p": angular.sigma_e_n,
    "sigma_p.p": angular.sigma_p_n,
    "(sigma_e x sigma_p).grad": angular.sigma_cross_n,
}
FORMATS = ("csv", "latex", "json")
_PI = 1 / (4 * sp.pi)


@dataclass(frozen=True)
class Row:
    """One pair of states; ``radial`` and ``value`` are None where the radial integral diverges."""

    bra: State
    ket: State
    angular: Surd
    radial: Surd | BesselValue | None

    @property
    def value(self) -> Surd | BesselValue | None:
        """The element over -i and the table's unit."""
        if isinstance(self.radial, BesselValue):
            x = self.radial
            factor = self.angular.coefficient
            return BesselValue(factor * x.A, factor * x.B, x.p, x.c, x.norm * self.angular.radicand)
        return None if self.radial is None else self.angular * self.radial


@dataclass(frozen=True)
class Table:
    """What is tabulated: an operator in atomic units of length, for nuclear charge Z and low <= n <= high."""

    operator: str
    low: int
    high: int
    Z: int
    spin: str
    form: RadialForm | None
    quarter_pi: bool
    unit: str


def table(operator: str, low: int, high: int, *, values: Mapping[str, sp.Rational] | None = None, Z: int = 1) -> Table:
    """Return the table of ``operator``, such as "sigma_p.p r^-5", for low <= n <= high.

    Args:
        operator: one of the spins of `SPINS` and a potential of `operator.potential`.
        low, high: the range of n.
        values: rational numbers for the potential's symbols m_nu or m_Z, in units of 1/a_0.
        Z: the charge of the nucleus.

    Raises:
        InputError: the operator, the range or Z is wrong, a symbol of the potential has no positive rational value, or
            another has one.
        NotDerivable: the potential has Bessel functions of several ranges, where a row has room for one logarithm.
    """
    words = " ".join(operator.split())
    spin = next((s for s in SPINS if words.startswith(s + " ")), None)
    if spin is None:
        raise InputError(f"a table is made of {', '.join(SPINS)} with a potential: got {operator!r}{suggestion(words, SPINS)}")
    next(states(low, high))
    text = words[len(spin) + 1 :]
    given = {symbol(k): as_expr(v) for k, v in (values or {}).items()}
    if wrong := [f"{s} = {v}" for s, v in given.items() if s.is_positive and not v.is_positive]:
        raise InputError(f"{', '.join(wrong)}: it must be positive, in units of 1/a_0")
    if Z < 1:
        raise InputError(f"the nuclear charge Z must be at least 1: got {Z}")
    F = potential(text)
    if foreign := [s.name for s in given if s not in F.free_symbols - {symbol("r"), symbol("delta3_r")}]:
        raise InputError(f"{', '.join(foreign)}: no symbol of {text} that takes a value; lengths are in units of a_0")
    F = F.xreplace(given)
    if F.has(symbol("delta3_r")):
        return Table(words, low, high, Z, spin, None, True, "1/(4 pi a_0^4)")
    missing = F.free_symbols - {symbol("r")}
    if missing:
        names = ", ".join(sorted(s.name for s in missing))
        raise InputError(f"{text} needs a rational value for {names}, in units of 1/a_0: --set {names}=1/1000 or the like")
    quarter_pi = F.has(sp.pi)
    form = radial_form(F / _PI if quarter_pi else F, sp.Integer(1))
    ranges = {(term.decay, term.scale) for term in form if term.order is not None}
    if len(ranges) > 1:
        raise NotDerivable(f"{text} has Bessel functions of {len(ranges)} ranges: a table holds one; tabulate each by itself")
    power = {"yukawa": 2}.get(text, 6)
    if text.startswith("r^"):
        power = 1 - int(text[2:])
    unit = f"1/(4 pi a_0^{power})" if quarter_pi else f"a_0^{-power}"
    return Table(words, low, high, Z, spin, derivative(form) if spin.endswith("grad") else form, quarter_pi, unit)


def rows(what: Table, progress: Callable[[str], None] = lambda _: None) -> Iterator[Row]:
    """Yield the rows, the bra's n, l, j, F before the ket's; ``progress`` is told after every n of the bra."""
    kets: dict[tuple[int, int | None], list[State]] = {}
    for s in states(what.low, what.high):
        kets.setdefault((s.l, s.F), []).append(s)
    factor, radial = SPINS[what.spin], lru_cache(maxsize=512)(lambda *pair: _radial(what, *pair))
    done, n = 0, what.low
    for bra in states(what.low, what.high):
        if bra.n != n:
            progress(f"n = {n} of {what.high}: {done} rows")
            n = bra.n
        for ket in kets.get((bra.l - 1, bra.F), []):
            c = factor(State(bra.l + 1, bra.l, bra.j, bra.F), State(bra.l + 1, ket.l, ket.j, ket.F))
            if c:
                done += 1
                yield Row(bra, ket, c, radial(bra.n, bra.l, ket.n, ket.l))
    progress(f"n = {n} of {what.high}: {done} rows")


def _radial(what: Table, n_1: int, l_1: int, n_2: int, l_2: int) -> Surd | BesselValue | None:
    pair = overlap(n_1, l_1, n_2, l_2, Z=what.Z)
    gradient = what.spin.endswith("grad")
    polynomial, shift = (pair.density, 2) if gradient else (current(n_1, l_1, n_2, l_2, Z=what.Z), 1)
    norm = Surd(fmpq(1), pair.norm).reduced
    if what.form is None:
        value = (-3 if gradient else 1) * polynomial[1]
        return Surd(value * norm[0], fmpq(norm[1]))
    A, B, scale, total = fmpq(0), fmpq(0), fmpq(0), pair.decay
    try:
        for term in what.form:
            weight, p = rational(term.coefficient), pair.decay + rational(term.decay)
            if term.order is None:
                A += weight * moment(polynomial, shift + term.power, p)
            else:
                total, scale = p, rational(term.scale)
                plain, log = bessel_moment(polynomial, shift + term.power, p, term.order, scale)
                A, B = A + weight * plain, B + weight * log
    except NotDerivable:
        return None
    if B == 0:
        return Surd(A * norm[0], fmpq(norm[1]))
    return BesselValue(A * norm[0], B * norm[0], total, scale, fmpq(norm[1]))


def render(what: Table, found: Iterable[Row], form: str) -> Iterator[str]:
    """Yield the lines of the table as ``form``: csv, latex or json; the first line of CSV names the columns.

    Raises:
        InputError: the format is unknown.
    """
    if form not in FORMATS:
        raise InputError(f"no format {form!r}; known: {', '.join(FORMATS)}")
    yield from {"csv": _csv, "latex": _latex, "json": _json}[form](what, found)


def _cells(row: Row) -> tuple[str, str, str, str, str, str]:
    value, radial = row.value, row.radial
    if value is None or radial is None:
        return str(row.bra), str(row.ket), str(row.angular), "divergent", "divergent", ""
    return str(row.bra), str(row.ket), str(row.angular), str(radial), str(value), repr(float(value))


def _csv(what: Table, found: Iterable[Row]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="")
    header = ("bra", "ket", "angular", "radial", f"element / (-i {what.unit})", "decimal")
    for cells in chain([header], map(_cells, found)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _latex(what: Table, found: Iterable[Row]) -> Iterator[str]:
    yield r"\begin{tabular}{llll}"
    yield rf"bra & ket & $\langle\cdot\rangle/(-i)$ in {_tex_unit(what.unit)} & decimal \\ \hline"
    for row in found:
        value = row.value
        exact = r"\text{divergent}" if value is None else value.latex if isinstance(value, Surd) else str(sp.latex(value.sympy))
        decimal = "" if value is None else f"${_tex_float(float(value))}$"
        yield rf"${row.bra.latex}$ & ${row.ket.latex}$ & ${exact}$ & {decimal} \\"
    yield r"\end{tabular}"


def _tex_unit(unit: str) -> str:
    return "$" + re.sub(r"\^(-?\d+)", r"^{\1}", unit.replace("4 pi", r"4\pi")) + "$"


def _tex_float(value: float) -> str:
    mantissa, _, exponent = f"{value:.9e}".partition("e")
    return rf"{mantissa}\times10^{{{int(exponent)}}}"


def _json(what: Table, found: Iterable[Row]) -> Iterator[str]:
    names = ("bra", "ket", "angular", "radial", "value", "decimal")
    head = {"operator": what.operator, "unit": f"-i {what.unit}", "Z": what.Z, "n": [what.low, what.high]}
    yield json.dumps(head, sort_keys=True)[:-1] + ', "rows": ['
    before = ""
    for row in found:
        cells: dict[str, str | float | None] = dict(zip(names, _cells(row), strict=True))
        value = row.value
        cells["decimal"] = None if value is None else float(value)
        yield before + json.dumps(cells)
        before = ", "
    yield "]}"
