"""The fitted numeric kernel of a background without a closed form: text, certificate, and the check of both.

`verify_fitted` trusts nothing in a certificate: it reads the polynomials from the text, builds the background and its
integral anew from the parameters, encloses the force at other points than the fit's, and bounds it in ellipses again.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import mpmath as mp
import sympy as sp
from flint import arb

from nuforce_sym import tree
from nuforce_sym.constants import constant
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import fitted, fitted_text, quadratures, spectra, stored_background
from nuforce_sym.medium.distributions import Beam
from nuforce_sym.medium.fitted import Piece
from nuforce_sym.medium.force_integrals import ForceIntegral, with_numbers
from nuforce_sym.medium.force_terms import force_integral
from nuforce_sym.symbols import check_name, symbols

if TYPE_CHECKING:
    from nuforce_sym.medium.composition import Background

(G_F,) = symbols("G_F")
FORMAT = "nuforce fitted kernel 1"
SAMPLES = 40
ENVELOPE = "at most the largest |V| in the piece of the range that r lies in, NAME_envelope(r)"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one clause of a fitted kernel's certificate."""

    clause: str
    passed: bool
    statement: str


@dataclass(frozen=True)
class FittedKernel:
    r"""V(r) of one background in polynomials, with |computed - V| \leq bound \cdot envelope(r) proved on a range.

    Attributes:
        bound: in units of the envelope, which is at most the largest |V| of the piece of the range that r lies in.
        relative: a proved bound of |computed/V - 1| on the whole range, None where V has a zero or may have one.
    """

    name: str
    background: Background
    fermi_constant: sp.Expr
    pieces: tuple[Piece, ...]
    bound: float
    relative: float | None

    @property
    def domain(self) -> tuple[float, float]:
        """The shortest and the longest distance, in GeV^{-1}."""
        return self.pieces[0].low, self.pieces[-1].high

    @property
    def envelope(self) -> str:
        """What the bound is relative to."""
        return ENVELOPE.replace("NAME", self.name)

    @cached_property
    def source(self) -> str:
        """The module's text: Python and NumPy alone."""
        about = _about(self.background, self.fermi_constant)
        fingerprint = _fingerprint(self.background, self.fermi_constant)
        return fitted_text.source(self.name, about, fingerprint, self.pieces, self.bound, self.relative)

    @cached_property
    def certificate(self) -> str:
        """The certificate, a JSON text: the background, the range, the bound and how each claim is known."""
        claims = [
            ("approximation", "proved", f"|computed - V(r)| <= {self.bound!r} of the envelope, {self.envelope}"),
            ("identity", "proved", "the text is what its tables and this background give, and has the hash named here"),
            ("sampling", "measured", f"at {SAMPLES} random distances the text's values lie within the bound of V's enclosure"),
            *(("approximation", "assumed", sentence) for sentence in (fitted_text.ARITHMETIC, *_definition(self.background))),
        ]
        if self.relative is not None:
            claims.insert(1, ("approximation", "proved", f"V has no zero in the range; |computed/V - 1| <= {self.relative!r}"))
        data = {
            "format": FORMAT,
            "kernel": self.name,
            "background": stored_background.dump(self.background),
            "G_F": tree.dump(self.fermi_constant),
            "integral": _formula(self.background),
            "domain": list(self.domain),
            "units": {"r": "GeV^-1", "V": "GeV"},
            "pieces": len(self.pieces),
            "bound": self.bound,
            "relative": self.relative,
            "text_hash": fitted_text.text_hash(self.source),
            "claims": [{"clause": c, "strength": s, "statement": t} for c, s, t in claims],
        }
        return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def function(self) -> Callable[..., Any]:
        """Return V(r) as a function of floats or arrays, in GeV^{-1} and GeV; outside the range it raises `ValueError`."""
        return _function(self.source, self.name)

    def write(self, folder: Path | str) -> tuple[Path, Path]:
        """Write ``name.py`` and ``name.json`` into a folder, which is made if need be; return their paths.

        Raises:
            InputError: the folder cannot be written to, or a file there is a symbolic link.
        """
        there = Path(folder)
        paths = there / f"{self.name}.py", there / f"{self.name}.json"
        try:
            there.mkdir(parents=True, exist_ok=True)
            for path, text in zip(paths, (self.source, self.certificate), strict=True):
                if path.is_symlink():
                    raise InputError(f"{path} is a symbolic link: remove it")
                _replace(path, text)
        except OSError as error:
            raise InputError(f"cannot write into {there}: {error.strerror or error}; choose another folder") from None
        return paths


def numeric_kernel(it: Background, shortest: float, longest: float, *, name: str, at: Mapping[sp.Symbol, Any]) -> FittedKernel:
    """Return the fitted kernel of a background between two distances in GeV^{-1}; see `Background.numeric_kernel`."""
    check_name(name)
    background, constant_ = _without_symbols(it, at)
    integral = _placed(background, constant_)
    pieces = tuple(fitted.fitted(integral, shortest, longest))
    bound = _generous(max(p.error / p.size for p in pieces))
    relatives = [fitted.relative(p) for p in pieces]
    each = [v for v in relatives if v is not None]
    relative = _generous(max(each)) if len(each) == len(pieces) else None
    return FittedKernel(name, background, constant_, pieces, bound, relative)


def enclosure(it: Background, distance: sp.Expr, *, digits: int, at: Mapping[sp.Symbol, Any]) -> tuple[mp.mpf, mp.mpf]:
    """Return V at one distance and a proved bound of the error; see `Background.enclosure`."""
    if not (type(digits) is int and 0 < digits <= 200):
        raise InputError(f"digits = {digits} must lie between 1 and 200")
    background, constant_ = _without_symbols(it, at)
    integral = _placed(background, constant_)
    found = fitted.at_one_point(integral, distance, int(digits * 3.33) + 4)
    with mp.workdps(digits + 20):
        value, radius = _decimal(found.mid()), _decimal(found.rad().upper())
        # the rounding to this many digits
        return value, radius + abs(value) * mp.mpf(10) ** -(digits + 18)


def _decimal(exact: arb) -> mp.mpf:
    mantissa, exponent = exact.man_exp()
    return mp.ldexp(mp.mpf(int(mantissa)), int(exponent))


def verify_fitted(text: str, certificate_text: str) -> list[Verdict]:
    """Return the verdict on every clause of a fitted kernel, found anew from its text and the background's parameters."""
    try:
        data = _certificate(certificate_text)
        background, constant_ = _without_symbols(stored_background.load(data["background"]), {G_F: tree.load(data["G_F"])})
        pieces = fitted_text.pieces_of(text)
        kernel = FittedKernel(data["kernel"], background, constant_, tuple(pieces), data["bound"], data["relative"])
        same = (kernel.source, kernel.certificate) == (text, certificate_text)
    except (InputError, NotDerivable, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        return [Verdict("identity", False, f"{type(error).__name__}: {error}")]
    verdicts = [Verdict("identity", same, f"text {fitted_text.text_hash(text)}" if same else _difference(kernel, text))]
    integral = _placed(background, constant_)
    verdicts += _approximation(kernel, integral)
    not_run = Verdict("sampling", False, "not run: the text is not the kernel's")
    verdicts.append(_sampling(kernel, integral) if same else not_run)
    return verdicts


def _difference(kernel: FittedKernel, text: str) -> str:
    if kernel.source == text:
        return "the certificate does not state what its background, range and bound give"
    pairs = zip(kernel.source.splitlines(), text.splitlines(), strict=False)
    wanted, found = next(((a, b) for a, b in pairs if a != b), ("", "more or fewer lines"))
    return f"the text has {found.strip()[:70]!r} where the background and the tables give {wanted.strip()[:70]!r}"


def _approximation(kernel: FittedKernel, integral: ForceIntegral) -> list[Verdict]:
    worst, ratios = 0.0, []
    for piece in kernel.pieces:
        where = f"between {piece.low:.6g} and {piece.high:.6g} GeV^-1"
        try:
            error, largest = fitted.proved(integral, piece)
        except (NotDerivable, InputError) as failure:
            return [Verdict("approximation", False, f"not proved {where}: {failure}")]
        if not 0 < piece.size <= largest * (1 + 1e-3):
            return [Verdict("approximation", False, f"{where} |V| reaches {largest:.6g} GeV, and not {piece.size:.6g} GeV")]
        if not error <= kernel.bound * piece.size:
            return [
                Verdict(
                    "approximation",
                    False,
                    f"{where} the error is proved to be below {error / piece.size:.1e} of the envelope, not {kernel.bound:.1e}",
                )
            ]
        worst = max(worst, error / piece.size)
        ratios.append(fitted.relative(fitted.with_error(piece, error)))
    found = [Verdict("approximation", True, f"error <= {worst:.1e} of the envelope on {len(kernel.pieces)} pieces")]
    if kernel.relative is not None:
        each = [v for v in ratios if v is not None]
        holds = len(each) == len(ratios) and max(each) <= kernel.relative
        found.append(Verdict("relative", holds, f"|computed/V - 1| <= {max(each, default=float('inf')):.1e}"))
    return found


def _sampling(kernel: FittedKernel, integral: ForceIntegral) -> Verdict:
    function = _function(kernel.source, kernel.name)
    chosen = random.Random(kernel.name)
    worst = 0.0
    for _ in range(SAMPLES):
        piece = chosen.choice(kernel.pieces)
        r = piece.low + (piece.high - piece.low) * chosen.random()
        exact = fitted.at_one_point(integral, r, 70)
        worst = max(worst, float((abs(arb(float(function(r))) - exact) / arb(piece.size)).upper()))
    return Verdict("sampling", worst <= kernel.bound, f"observed {worst:.1e} of the envelope at {SAMPLES} points")


def _certificate(text: str) -> dict[str, Any]:
    if len(text) > fitted_text.MAX_CHARACTERS:
        raise InputError(f"a certificate has at most {fitted_text.MAX_CHARACTERS} characters; this one has {len(text)}")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the certificate is no JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f"the certificate is not one of a fitted kernel, whose format is {FORMAT!r}")
    if not isinstance(data["bound"], float) or not 0 < data["bound"] < 1:
        raise InputError(f"the bound of a certificate lies between 0 and 1; got {data['bound']!r}")
    if not (data["relative"] is None or isinstance(data["relative"], float)):
        raise InputError(f"the relative bound of a certificate is a number or null; got {data['relative']!r}")
    check_name(data["kernel"])
    return data


def _without_symbols(it: Background, at: Mapping[sp.Symbol, Any]) -> tuple[Background, sp.Expr]:
    values = {s: spectra.exact(v) for s, v in at.items()}
    fermi = values.pop(G_F, sp.Rational(constant("G_F").value))
    # no angle matters where all directions are alike
    it = it if isinstance(it.distribution, Beam) else replace(it, cosine=sp.Integer(1))
    background: Background = stored_background.exactly(it, values)
    missing = sorted(stored_background.left(background))
    if missing:
        raise InputError(f"a numeric kernel needs values for {', '.join(missing)}: give them by name, or numbers as parameters")
    return background, fermi


def _placed(it: Background, fermi: sp.Expr) -> ForceIntegral:
    return with_numbers(force_integral(it), {G_F: fermi})


def _fingerprint(it: Background, fermi: sp.Expr) -> str:
    stored = json.dumps([stored_background.dump(it), tree.dump(fermi)], sort_keys=True)
    return hashlib.sha256(stored.encode()).hexdigest()[:16]


def _formula(it: Background) -> str:
    """Return the integral, or the closed form, with its numbers to six digits."""
    try:
        formula = it.integral() if not _closed(it) else it.potential()
    except NotDerivable:
        formula = it.potential()
    short = {n: sp.Float(n, 6) for n in formula.atoms(sp.Rational) if not n.is_Integer and n.q > 1000}
    return str(formula.xreplace(short))


def _closed(it: Background) -> bool:
    return isinstance(it.distribution, Beam) and isinstance(it.distribution.spectrum, spectra.Line)


def _definition(it: Background) -> tuple[str, ...]:
    """Return what V means beyond the background's own words."""
    if isinstance(it.distribution, Beam) and not _closed(it):
        low, high = quadratures.limits(it.distribution.spectrum)
        return (f"the spectrum is the one between {sp.N(low, 6)} and {sp.N(high, 6)} GeV, where all of it lies to 20 digits",)
    return ()


def _about(it: Background, fermi: sp.Expr) -> str:
    lines = [
        "Force in a background of neutrinos, fitted by polynomials with a proved error.",
        "",
        f"    V(r) = {_formula(it)}",
        "",
        f"Background: {_said(it)}; G_F = {sp.N(fermi, 10)} GeV^-2. Powers of GeV.",
        "The background's part alone, without the force in the vacuum. Negative values attract.",
    ]
    return "\n".join(lines)


def _said(value: Any) -> str:
    """Return a background in words, numbers to ten digits."""
    if isinstance(value, sp.Basic):
        return str(sp.N(value, 10))
    if is_dataclass(value) and not isinstance(value, type):
        inside = ((f.name, getattr(value, f.name)) for f in fields(value))
        return f"{type(value).__name__}({', '.join(f'{k}={_said(v)}' for k, v in inside if v is not None)})"
    return str(value)


def _generous(value: float) -> float:
    """Return the value with room for another choice of points, in two digits."""
    return float(f"{value * 1.25:.1e}")


def _function(text: str, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(text, f"<fitted kernel {name}>", "exec"), namespace)  # noqa: S102
    function = namespace[name]
    if not isinstance(function, FunctionType):
        raise InputError(f"{name!r} is not a function of the text")
    return function


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is never seen half written."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
