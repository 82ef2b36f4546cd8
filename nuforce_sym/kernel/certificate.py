"""The certificate of a kernel: what is proved, measured and assumed of its text, and the check that finds it again.

A certificate is a claim. `verify` trusts nothing in it: it reads the module's text with `ast`, derives every clause
anew and compares. The clauses: physics (the checks of the derivation), formula, rounding, range, dimension, sampling,
identity.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import FunctionType
from typing import Any, Literal

from nuforce_sym import dimension, tree
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.kernel import (
    bessel_proof,
    bubble_proof,
    mass_proof,
    pair_proof,
    provided_proof,
    python,
    reader,
    rounding,
    sampling,
    thermal_proof,
)
from nuforce_sym.kernel.kernel import SMALLEST_NORMAL, Kernel
from nuforce_sym.kernel.magnitude import NotProved

Strength = Literal["proved", "measured", "assumed"]
CLAUSES = ("physics", "formula", "rounding", "range", "dimension", "sampling", "identity")
MAX_BYTES = 200_000
TIGHTNESS = 1e4
"""A bound that the observed error never comes within this factor of is useless, and fails."""


@dataclass(frozen=True)
class Claim:
    """One sentence about a kernel, and how it is known."""

    clause: str
    strength: Strength
    statement: str


@dataclass(frozen=True)
class Certificate:
    """What is claimed of one kernel's text."""

    kernel: str
    derivation: str
    step: str
    formula: Any
    formula_hash: str
    text_hash: str
    energy: str
    arguments: tuple[Mapping[str, Any], ...]
    constraints: tuple[Mapping[str, Any], ...]
    bound: float
    claims: tuple[Claim, ...]
    envelope: Any = None

    def text(self) -> str:
        """Return the certificate as JSON text, the same bytes on every machine."""
        fields = asdict(self)
        if self.envelope is None:
            del fields["envelope"]
        return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one clause."""

    clause: str
    passed: bool
    statement: str


def assumptions(module: reader.Module) -> tuple[str, ...]:
    """Return what the bound of a kernel with this module's runtime rests on."""
    carried = [block for block in provided_proof.ASSUMPTIONS if python.blocks()[block] in module.runtime]
    if carried:
        return tuple(dict.fromkeys(s for block in carried for s in provided_proof.ASSUMPTIONS[block]))
    arithmetic, library, product = bessel_proof.ASSUMPTIONS
    if "def z_bubble" in module.runtime:
        return bubble_proof.ASSUMPTIONS
    if "def mass_moment" in module.runtime:
        return mass_proof.ASSUMPTIONS
    if "def pair_k" in module.runtime:
        return arithmetic, library, product, pair_proof.ASSUMPTION
    if "def bessel_k" in module.runtime:
        return arithmetic, library, product
    exp = "NumPy's exp is within one unit in the last place"
    if "def phase" in module.runtime:
        return (arithmetic, exp, product) if "np.exp" in module.runtime else (arithmetic, product)
    if "def thermal" in module.runtime:
        return thermal_proof.ASSUMPTIONS
    if "np.arctan" in module.runtime:
        return arithmetic, exp, "NumPy's log1p, arctan, sin and cos are within four units in the last place"
    if "np.expm1" in module.runtime:
        return arithmetic, "NumPy's expm1 is within one unit in the last place"
    if "np.exp" in module.runtime:
        return arithmetic, exp, product
    return (arithmetic,)


def proved_source(kernel: Kernel, equation: str) -> tuple[str, float]:
    """Return the kernel's module text, with the bound that is proved of this very text in its docstring.

    Raises:
        NotProved: the rounding analysis does not close, or the text does not read as the formula.
        NotDerivable: the formula has no printed form.
    """
    draft = reader.read(python.source(kernel, equation, 0.0, ()))
    if draft.formula() != kernel.formula:
        raise NotProved(f"the text of {kernel.name!r} computes {draft.formula()}, and not {kernel.formula}")
    bound = rounding.bound(kernel, draft)
    return python.source(kernel, equation, bound, assumptions(draft)), bound


def function_of(text: str) -> Callable[..., Any]:
    """Return the kernel's function from a module text.

    The text is executed only after `reader.read` has accepted it: arithmetic on its arguments and unchanged runtime.

    Raises:
        TextError: it has not.
    """
    module = reader.read(text)
    module.formula()
    namespace: dict[str, Any] = {}
    exec(compile(text, f"<kernel {module.function.name}>", "exec"), namespace)  # noqa: S102
    function = namespace[module.function.name]
    if not isinstance(function, FunctionType):
        raise reader.TextError(f"{module.function.name!r} is not a function")
    return function


def certify(kernel: Kernel, text: str, bound: float, physics: Sequence[str]) -> Certificate:
    """Return the certificate of ``text``, which claims what `verify` then finds or does not find.

    ``bound`` is that of `proved_source`, ``physics`` are the sentences of the derivation's evidence.

    Raises:
        TextError: the text is no kernel module.
    """
    module = reader.read(text)
    scale = "exact" if kernel.envelope is None else "envelope"
    claims = [Claim("physics", "proved" if " (proved)" in s else "measured", s) for s in physics]
    claims += [
        Claim("formula", "proved", "the text, read back by a reader of its own, is the stored formula"),
        Claim(
            "rounding",
            "proved",
            f"|computed - exact| <= {bound:.1e} |{scale}| for all doubles in the ranges, where |{scale}| >= "
            f"{SMALLEST_NORMAL!r}",
        ),
        Claim("range", "proved", "no intermediate result overflows, is divided by zero or leaves a function's domain there"),
        Claim("dimension", "proved", f"every sum adds equal powers of energy; the result carries energy^{kernel.energy}"),
        Claim(
            "sampling",
            "measured",
            f"at {sampling.POINTS} log-uniform points and corners the observed error is below the bound, and within a "
            f"factor {TIGHTNESS:.0e} of it",
        ),
        Claim("identity", "proved", "the hashes of formula and text are those of the header, the manifest and this file"),
        *(Claim("rounding", "assumed", sentence) for sentence in assumptions(module)),
    ]
    return Certificate(
        kernel=kernel.name,
        derivation=kernel.derivation,
        step=kernel.step,
        formula=tree.dump(kernel.formula),
        formula_hash=kernel.fingerprint,
        text_hash=python.text_hash(text),
        energy=str(kernel.energy),
        arguments=tuple(
            {"name": a.symbol.name, "energy": str(a.energy), "low": a.low, "high": a.high} for a in kernel.arguments
        ),
        constraints=tuple({"expr": tree.dump(c.expr), "low": c.low, "high": c.high} for c in kernel.constraints),
        bound=bound,
        claims=tuple(claims),
        envelope=None if kernel.envelope is None else tree.dump(kernel.envelope),
    )


def load(text: str) -> Certificate:
    """Return the certificate in a JSON text.

    Raises:
        InputError: it is too long, no JSON, or not of a certificate's shape.
    """
    if len(text) > MAX_BYTES:
        raise InputError(f"a certificate has at most {MAX_BYTES} characters; this one has {len(text)}")
    try:
        data = json.loads(text)
        claims = tuple(Claim(**c) for c in data.pop("claims"))
        certificate = Certificate(**{**data, "claims": claims})
        tree.load(certificate.formula)
        if certificate.envelope is not None:
            tree.load(certificate.envelope)
        if not (isinstance(data["bound"], float) and math.isfinite(certificate.bound)):
            raise InputError(f"the bound of a certificate is a finite number; got {certificate.bound!r}")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a certificate: {type(error).__name__}: {error}") from None
    return certificate


def verify(kernel: Kernel, text: str, certificate_text: str, physics: Sequence[str]) -> list[Verdict]:
    """Return the verdict on every clause of a module's text and certificate, found anew from the text.

    ``kernel`` and ``physics`` come from the derivation, just derived and checked.
    """
    try:
        certificate = load(certificate_text)
    except InputError as error:
        return [Verdict("identity", False, str(error))]
    try:
        module = reader.read(text)
        formula = module.formula()
    except InputError as error:
        return [Verdict("formula", False, str(error))]
    return [
        _physics(certificate, physics),
        _formula(kernel, certificate, module, formula),
        *_rounding(kernel, certificate, module),
        _dimension(kernel, certificate, formula),
        _identity(kernel, certificate, text, module),
        _sampling(kernel, certificate, text),
    ]


def _physics(certificate: Certificate, physics: Sequence[str]) -> Verdict:
    claimed = [c.statement for c in certificate.claims if c.clause == "physics"]
    if claimed != list(physics):
        return Verdict("physics", False, "the certificate's evidence is not that of the derivation")
    return Verdict("physics", True, f"{len(physics)} checks of the derivation hold")


def _formula(kernel: Kernel, certificate: Certificate, module: reader.Module, formula: Any) -> Verdict:
    expected = tuple(a.symbol.name for a in kernel.arguments)
    if formula != kernel.formula or tree.load(certificate.formula) != kernel.formula:
        return Verdict("formula", False, f"the text computes {formula}, the derivation gives {kernel.formula}")
    if module.arguments != expected or module.function.name != kernel.name:
        return Verdict("formula", False, f"the text defines {module.function.name}{module.arguments}, expected {expected}")
    return Verdict("formula", True, "the text, read back, is the derived formula")


def _rounding(kernel: Kernel, certificate: Certificate, module: reader.Module) -> list[Verdict]:
    box = tuple({"name": a.symbol.name, "energy": str(a.energy), "low": a.low, "high": a.high} for a in kernel.arguments)
    constraints = tuple({"expr": tree.dump(c.expr), "low": c.low, "high": c.high} for c in kernel.constraints)
    if tuple(certificate.arguments) != box or tuple(certificate.constraints) != constraints:
        return [Verdict("range", False, "the certificate's ranges are not the kernel's")]
    envelope = None if kernel.envelope is None else tree.dump(kernel.envelope)
    if certificate.envelope != envelope:
        return [Verdict("range", False, "the certificate's envelope is not the kernel's")]
    try:
        bound = rounding.bound(kernel, module)
    except NotProved as error:
        return [Verdict("rounding", False, f"not proved: {error}")]
    if bound != certificate.bound:
        return [Verdict("rounding", False, f"the text proves {bound}, the certificate claims {certificate.bound}")]
    return [
        Verdict(
            "rounding",
            True,
            f"error <= {bound:.1e} {'of the exact value' if envelope is None else 'of the envelope'} over the whole box",
        ),
        Verdict("range", True, "no overflow, no division by zero, no harmful underflow"),
    ]


def _dimension(kernel: Kernel, certificate: Certificate, formula: Any) -> Verdict:
    try:
        found = dimension.power(formula)
    except DimensionError as error:
        return Verdict("dimension", False, str(error))
    if found != kernel.energy or str(found) != certificate.energy:
        return Verdict("dimension", False, f"the formula carries energy^{found}, the certificate says {certificate.energy}")
    return Verdict("dimension", True, f"the result carries energy^{found}")


def _identity(kernel: Kernel, certificate: Certificate, text: str, module: reader.Module) -> Verdict:
    wanted = (kernel.name, kernel.derivation, kernel.step, kernel.fingerprint, python.text_hash(text))
    claimed = tuple(getattr(certificate, name) for name in ("kernel", "derivation", "step", "formula_hash", "text_hash"))
    if claimed != wanted:
        return Verdict("identity", False, f"the certificate names {claimed}, the text and formula are {wanted}")
    if (module.formula_hash, module.text_hash) != (kernel.fingerprint[:16], python.text_hash(text)):
        return Verdict("identity", False, "the header's hashes are not those of the formula and of the text")
    return Verdict("identity", True, f"formula {module.formula_hash}, text {module.text_hash}")


def _sampling(kernel: Kernel, certificate: Certificate, text: str) -> Verdict:
    samples = sampling.sample(kernel)
    observed = sampling.observed_error(function_of(text), samples)
    count = len(samples.exact)
    if count < sampling.POINTS:
        return Verdict("sampling", False, f"only {count} of {sampling.POINTS} points fit into the ranges")
    if not certificate.bound / TIGHTNESS <= observed <= certificate.bound:
        return Verdict("sampling", False, f"observed {observed:.1e} at {count} points, bound {certificate.bound:.1e}")
    return Verdict("sampling", True, f"observed {observed:.1e} at {count} points, bound {certificate.bound:.1e}")
