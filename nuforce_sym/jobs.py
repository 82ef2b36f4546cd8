"""The main jobs: derive everything, export its kernels and papers, and check what lies on disk.

The jobs print nothing; they tell a `Listener` what happens and return what came out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nuforce_sym import kernel as kernels
from nuforce_sym import registry
from nuforce_sym.derivation import Result
from nuforce_sym.errors import CheckFailed, InputError, suggestion
from nuforce_sym.kernel import Kernel, Verdict, files
from nuforce_sym.paper.derivation_tex import body
from nuforce_sym.paper.latex import latex
from nuforce_sym.parallel import Listener, each
from nuforce_sym.store import Cache


@dataclass(frozen=True)
class Derived:
    """One derivation, derived and checked, with its kernels."""

    name: str
    title: str
    results: Mapping[str, Result]
    kernels: tuple[Kernel, ...]

    @property
    def physics(self) -> list[str]:
        """The evidence of every step as sentences, as the certificates carry it."""
        return [f"{name}: {e.statement} ({e.strength})" for name, r in self.results.items() for e in r.evidence]


@dataclass
class Summary:
    """What a job found; ``failures`` is empty where all is well."""

    derivations: int = 0
    steps: int = 0
    checks: int = 0
    kernels: int = 0
    proved: int = 0
    measured: int = 0
    assumed: int = 0
    drift: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    seconds: float = 0.0


def chosen(names: Iterable[str]) -> list[str]:
    """Return the derivations meant by names of derivations, kernels or files; all where there are none.

    Raises:
        InputError: a name is none of these.
    """
    wanted = list(names)
    if not wanted:
        return list(registry.modules())
    found = []
    for name in wanted:
        if name.endswith(".py") or name in registry.modules():
            found.append(name)
            continue
        owners = [d for d in registry.modules() if name in registry.kernel_names(d)]
        if not owners:
            known = [*registry.modules(), *(k for d in registry.modules() for k in registry.kernel_names(d))]
            raise InputError(f"no derivation or kernel {name!r}{suggestion(name, known)}; `nuforce list` shows all")
        found += owners
    return list(dict.fromkeys(found))


def derive_one(name: str, cache: Cache | None, listener: Listener) -> Derived:
    """Derive and check one derivation, reporting every step."""
    module = registry.module_named(name)
    results: dict[str, Result] = {}
    total = len(module.d.steps)
    for number, result in enumerate(module.d.iterate(cache=cache), 1):
        results[result.step.name] = result
        listener(f"{module.d.name} {number}/{total} {result.step.name}: {len(result.evidence)} checks")
    return Derived(module.d.name, module.d.title, results, registry.kernels_of(module, results))


def export(derived: Derived, kernel: Kernel, cache: Cache | None = None) -> files.Export:
    """Return the module text and the certificate of a kernel; with a cache, those made before of the same formula."""
    inputs = ["export", kernel.name, kernel.fingerprint, *derived.physics]
    known = cache.read(inputs) if cache else None
    if known is not None:
        return files.Export(**known)
    text, bound = kernels.proved_source(kernel, latex(kernel.formula))
    exported = files.Export(kernel.name, text, kernels.certify(kernel, text, bound, derived.physics).text())
    if cache:
        cache.write(inputs, vars(exported))
    return exported


def verify(derived: Derived, kernel: Kernel, text: str, certificate: str, cache: Cache | None) -> list[Verdict]:
    """Return the verdicts on a kernel's files; with a cache, those found before for the same texts."""
    inputs = ["verify", kernel.name, kernel.fingerprint, text, certificate, *derived.physics]
    known = cache.read(inputs) if cache else None
    if known is not None:
        return [Verdict(**verdict) for verdict in known["verdicts"]]
    verdicts = kernels.verify(kernel, text, certificate, derived.physics)
    if cache:
        cache.write(inputs, {"verdicts": [vars(v) for v in verdicts]})
    return verdicts


def build(folder: Path, cache: Cache | None, listener: Listener) -> Summary:
    """Derive and check everything, prove the kernels, and write modules, certificates and LaTeX into ``folder``.

    Where the folder has a manifest already, nothing that differs from it is written: the drift is reported instead.
    """
    return _run(folder, cache, listener, [], write=True)


def check(folder: Path, names: Iterable[str], cache: Cache | None, listener: Listener) -> Summary:
    """Derive everything (or what ``names`` mean) from scratch and check it against the files in ``folder``.

    Nothing is taken from the cache; what is found is stored in it.
    """
    anew = replace(cache, fresh=True) if cache else None
    return _run(folder, anew, listener, list(names), write=False)


def _run(folder: Path, cache: Cache | None, listener: Listener, names: list[str], *, write: bool) -> Summary:
    start = time.monotonic()
    summary = Summary()
    if write:
        files.prepare(folder)
    fresh = write and not files.read_manifest(folder)
    wanted = chosen(names)
    outcomes = each(
        wanted, partial(_outcome, folder=None if fresh else folder, cache=cache, verified=True), listener, cost=_cost
    )
    for outcome in outcomes:
        _add(summary, outcome)
    exports = [exported for outcome in outcomes for exported in outcome.exports]
    papers = {outcome.name: outcome.paper for outcome in outcomes if outcome.paper}
    _settle(summary, exports, papers, folder, fresh=fresh, everything=not names)
    summary.seconds = time.monotonic() - start
    return summary


@dataclass
class _Outcome:
    """What came of one derivation: texts and numbers, so that it can come from another process."""

    name: str
    steps: int = 0
    proved: int = 0
    measured: int = 0
    assumed: int = 0
    checks: int = 0
    paper: str = ""
    exports: list[files.Export] = field(default_factory=list)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def _outcome(name: str, listener: Listener, *, folder: Path | None, cache: Cache | None, verified: bool) -> _Outcome:
    """Derive, export and, where asked for, verify; against the files in ``folder``, or against the export itself."""
    outcome = _Outcome(name)
    try:
        derived = derive_one(name, cache, listener)
    except CheckFailed as failure:
        outcome.failures.append(str(failure))
        listener(f"FAILED {failure}")
        return outcome
    outcome.name, outcome.steps = derived.name, len(derived.results)
    evidence = [e for result in derived.results.values() for e in result.evidence]
    outcome.checks = len(evidence)
    outcome.proved = sum(e.strength == "proved" for e in evidence)
    outcome.measured = sum(e.strength == "measured" for e in evidence)
    outcome.paper = body(registry.get_derivation(name), derived.results)
    for kernel in derived.kernels:
        exported = export(derived, kernel, cache)
        outcome.exports.append(exported)
        outcome.assumed += sum(claim["strength"] == "assumed" for claim in json.loads(exported.certificate)["claims"])
        on_disk = exported if folder is None else _read(folder, exported)
        if verified and on_disk is not None:
            outcome.verdicts[kernel.name] = verify(derived, kernel, on_disk.module, on_disk.certificate, cache)
        found = outcome.verdicts.get(kernel.name, [])
        listener(f"kernel {kernel.name}: {_headline(found) if verified else 'printed and proved'}")
    return outcome


def _cost(name: str) -> int:
    return len(registry.module_named(name).d.steps) + 5 * len(registry.kernel_names(name))


def _add(summary: Summary, outcome: _Outcome) -> None:
    summary.derivations += bool(outcome.steps)
    summary.steps += outcome.steps
    summary.checks += outcome.checks
    summary.kernels += len(outcome.exports)
    summary.proved += outcome.proved
    summary.measured += outcome.measured
    summary.assumed += outcome.assumed
    summary.failures += outcome.failures
    for name, verdicts in outcome.verdicts.items():
        summary.verdicts[name] = verdicts
        for verdict in verdicts:
            summary.proved += verdict.passed and verdict.clause != "sampling"
            summary.measured += verdict.passed and verdict.clause == "sampling"
            if not verdict.passed:
                summary.failures.append(f"kernel {name}, clause {verdict.clause}: {verdict.statement}")


def _headline(verdicts: list[Verdict]) -> str:
    failed = [v.clause for v in verdicts if not v.passed]
    if failed:
        return f"FAILED {', '.join(failed)}"
    return next((v.statement for v in verdicts if v.clause == "sampling"), "not on disk")


def _read(folder: Path, wanted: files.Export) -> files.Export | None:
    paths = [files.location(folder, wanted.name, suffix) for suffix in (".py", ".json")]
    if not all(path.is_file() for path in paths):
        return None
    module, certificate = (path.read_text(encoding="utf-8", errors="replace") for path in paths)
    return files.Export(wanted.name, module, certificate)


def _settle(
    summary: Summary,
    exports: list[files.Export],
    papers: dict[str, str],
    folder: Path,
    *,
    fresh: bool,
    everything: bool,
) -> None:
    """Write into a fresh folder, or compare with what a folder holds."""
    if fresh and not summary.failures:
        summary.written = files.write(exports, papers, folder)
    if fresh and summary.failures:
        return
    summary.drift = _drift(exports, papers, folder, everything=everything)
    for name, status in summary.drift.items():
        if status != "same":
            summary.failures.append(f"{name}: {status}")


def compare(folder: Path, names: Iterable[str], listener: Listener) -> dict[str, str]:
    """Derive everything (or what ``names`` mean) from scratch and return how each file differs from what would be written.

    Raises:
        CheckFailed: a derivation fails its checks.
    """
    wanted = list(names)
    exports, papers, _ = _derived(chosen(wanted), None, listener)
    return _drift(exports, papers, folder, everything=not wanted)


def _drift(exports: list[files.Export], papers: dict[str, str], folder: Path, *, everything: bool) -> dict[str, str]:
    """Return the state of every file, or of those that ``exports`` and ``papers`` would write."""
    names = {e.name for e in exports} | {f"{p}.tex" for p in papers}
    found = files.drift(exports, papers, folder)
    return dict(sorted((name, status) for name, status in found.items() if everything or name in names))


def _derived(names: list[str], cache: Cache | None, listener: Listener) -> tuple[list[files.Export], dict[str, str], Summary]:
    """Derive and export, without verifying the texts.

    Raises:
        CheckFailed: a derivation fails its checks.
    """
    summary = Summary()
    outcomes = each(names, partial(_outcome, folder=None, cache=cache, verified=False), listener, cost=_cost)
    for outcome in outcomes:
        _add(summary, outcome)
    if summary.failures:
        raise CheckFailed("; ".join(summary.failures))
    exports = [exported for outcome in outcomes for exported in outcome.exports]
    return exports, {outcome.name: outcome.paper for outcome in outcomes}, summary


def accept(folder: Path, reason: str, cache: Cache | None, listener: Listener) -> Summary:
    """Write what the derivations give now, and store the reason for every change in the manifest.

    Raises:
        InputError: the reason is empty, or nothing has changed.
        CheckFailed: a derivation fails its checks; nothing is written.
    """
    if not reason.strip():
        raise InputError("--accept needs a reason: --accept 'the sign of the axial charge was wrong'")
    start = time.monotonic()
    exports, papers, summary = _derived(chosen([]), cache, listener)
    changes = {name: status for name, status in files.drift(exports, papers, folder).items() if status != "same"}
    if not changes:
        raise InputError(f"nothing to accept: {folder} is what the generator writes")
    accepted = {name: f"{status}: {reason.strip()}" for name, status in changes.items()}
    summary.written = files.write(exports, papers, folder, accepted=accepted)
    summary.drift = dict(changes)
    summary.seconds = time.monotonic() - start
    return summary
