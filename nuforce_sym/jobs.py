"""The main jobs: derive everything, export its kernels and papers, and check what lies on disk.

The jobs print nothing; they tell a `Listener` what happens and return what came out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nuforce_sym import kernel as kernels
from nuforce_sym import registry
from nuforce_sym.derivation import Result
from nuforce_sym.errors import CheckFailed, InputError, suggestion
from nuforce_sym.kernel import Kernel, Verdict, files
from nuforce_sym.paper.derivation_tex import body
from nuforce_sym.paper.latex import latex
from nuforce_sym.store import Cache

Listener = Callable[[str], None]


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


def export(derived: Derived, kernel: Kernel) -> files.Export:
    """Return the module text and the certificate of a kernel."""
    text, bound = kernels.proved_source(kernel, latex(kernel.formula))
    return files.Export(kernel.name, text, kernels.certify(kernel, text, bound, derived.physics).text())


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


def check(folder: Path, names: Iterable[str], listener: Listener) -> Summary:
    """Derive everything (or what ``names`` mean) from scratch and check it against the files in ``folder``."""
    return _run(folder, None, listener, list(names), write=False)


def _run(folder: Path, cache: Cache | None, listener: Listener, names: list[str], *, write: bool) -> Summary:
    start = time.monotonic()
    summary = Summary()
    if write:
        files.prepare(folder)
    fresh = write and not files.read_manifest(folder)
    exports: list[files.Export] = []
    papers: dict[str, str] = {}
    for name in chosen(names):
        try:
            derived = derive_one(name, cache, listener)
        except CheckFailed as failure:
            summary.failures.append(str(failure))
            listener(f"FAILED {failure}")
            continue
        _count(summary, derived)
        papers[derived.name] = body(registry.get_derivation(name), derived.results)
        for kernel in derived.kernels:
            exported = _export_cached(derived, kernel, cache)
            exports.append(exported)
            on_disk = exported if fresh else _read(folder, exported)
            if on_disk is not None:
                summary.verdicts[kernel.name] = verify(derived, kernel, on_disk.module, on_disk.certificate, cache)
            for verdict in summary.verdicts.get(kernel.name, []):
                summary.proved += verdict.passed and verdict.clause != "sampling"
                summary.measured += verdict.passed and verdict.clause == "sampling"
                if not verdict.passed:
                    summary.failures.append(f"kernel {kernel.name}, clause {verdict.clause}: {verdict.statement}")
            claims = json.loads(exported.certificate)["claims"]
            summary.assumed += sum(claim["strength"] == "assumed" for claim in claims)
            listener(f"kernel {kernel.name}: {_headline(summary.verdicts.get(kernel.name, []))}")
    _settle(summary, exports, papers, folder, fresh=fresh, everything=not names)
    summary.seconds = time.monotonic() - start
    return summary


def _count(summary: Summary, derived: Derived) -> None:
    summary.derivations += 1
    summary.steps += len(derived.results)
    summary.kernels += len(derived.kernels)
    for result in derived.results.values():
        summary.checks += len(result.evidence)
        summary.proved += sum(e.strength == "proved" for e in result.evidence)
        summary.measured += sum(e.strength == "measured" for e in result.evidence)


def _headline(verdicts: list[Verdict]) -> str:
    failed = [v.clause for v in verdicts if not v.passed]
    if failed:
        return f"FAILED {', '.join(failed)}"
    return next((v.statement for v in verdicts if v.clause == "sampling"), "not on disk")


def _export_cached(derived: Derived, kernel: Kernel, cache: Cache | None) -> files.Export:
    inputs = ["export", kernel.name, kernel.fingerprint, *derived.physics]
    known = cache.read(inputs) if cache else None
    if known is not None:
        return files.Export(**known)
    exported = export(derived, kernel)
    if cache:
        cache.write(inputs, vars(exported))
    return exported


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
    found = files.drift(exports, papers, folder)
    names = {e.name for e in exports} | {f"{p}.tex" for p in papers}
    summary.drift = dict(sorted((k, v) for k, v in found.items() if everything or k in names))
    for name, status in summary.drift.items():
        if status != "same":
            summary.failures.append(f"{name}: {status}")


def compare(folder: Path, listener: Listener) -> dict[str, str]:
    """Derive everything from scratch and return how each file in ``folder`` differs from what would be written.

    Raises:
        CheckFailed: a derivation fails its checks.
    """
    exports: list[files.Export] = []
    papers: dict[str, str] = {}
    for name in chosen([]):
        derived = derive_one(name, None, listener)
        papers[derived.name] = body(registry.get_derivation(name), derived.results)
        exports += [export(derived, kernel) for kernel in derived.kernels]
    return dict(sorted(files.drift(exports, papers, folder).items()))


def accept(folder: Path, reason: str, cache: Cache | None, listener: Listener) -> Summary:
    """Write what the derivations give now, and store the reason for every change in the manifest.

    Raises:
        InputError: the reason is empty, or nothing has changed.
        CheckFailed: a derivation fails its checks; nothing is written.
    """
    if not reason.strip():
        raise InputError("--accept needs a reason: --accept 'the sign of the axial charge was wrong'")
    start, summary = time.monotonic(), Summary()
    exports: list[files.Export] = []
    papers: dict[str, str] = {}
    for name in chosen([]):
        derived = derive_one(name, cache, listener)
        _count(summary, derived)
        papers[derived.name] = body(registry.get_derivation(name), derived.results)
        exports += [_export_cached(derived, kernel, cache) for kernel in derived.kernels]
    changes = {name: status for name, status in files.drift(exports, papers, folder).items() if status != "same"}
    if not changes:
        raise InputError(f"nothing to accept: {folder} is what the generator writes")
    accepted = {name: f"{status}: {reason.strip()}" for name, status in changes.items()}
    summary.written = files.write(exports, papers, folder, accepted=accepted)
    summary.drift = dict(changes)
    summary.seconds = time.monotonic() - start
    return summary
