"""The command ``nuforce``. Exit codes: 0 well, 1 a check failed, 2 a wrong request, 3 not proved, 130 interrupted.

SymPy and NumPy are imported inside the verbs only, so that ``nuforce --help`` answers at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.errors import CheckFailed, NotDerivable, NuforceError
from nuforce_sym.verbs import atom, force, formula, gravity, medium, paper
from nuforce_sym.verbs.places import cache as _cache
from nuforce_sym.verbs.places import checkout as _checkout
from nuforce_sym.verbs.terminal import listener, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.jobs import Summary


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    # LaTeX that begins with a minus is no option
    options = _parser().parse_args([f" {w}" if w[:1] == "-" and w[1:2] != "-" and "\\" in w else w for w in words])
    try:
        return int(options.run(options))
    except CheckFailed as error:
        return _complain(error, 1)
    except NotDerivable as error:
        return _complain(error, 3)
    except NuforceError as error:
        return _complain(error, 2 if isinstance(error, ValueError) else 1)
    except KeyboardInterrupt:
        _complain("interrupted; files that were written are whole", 130)
        return 130
    except BrokenPipeError:
        sys.stdout = None
        return 0
    except OSError as error:
        return _complain(f"{error.filename or 'a file'}: {error.strerror or error}", 2)


def _complain(error: object, code: int) -> int:
    sys.stderr.write(f"nuforce: {error}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nuforce", description="Derive long-range forces step by step, check them, and export verified kernels."
    )
    parser.add_argument("--version", action="version", version=f"nuforce-sym {_version()}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text)
        sub.add_argument("--json", action="store_true", help="print JSON instead of text")
        sub.set_defaults(run=run)
        return sub

    def folder(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "-o", "--output", type=Path, metavar="DIR", help="the folder, generated/ of this checkout if not given"
        )

    build = verb("build", _build, "derive everything, check it, and write kernels, certificates and LaTeX")
    folder(build)
    build.add_argument("--no-cache", action="store_true", help="derive every step anew")
    verb("list", _list, "list the derivations and their kernels")
    show = verb("show", _show, "show a kernel (formula, ranges, bound) or a derivation (its steps)")
    show.add_argument("name", metavar="NAME")
    derive = verb("derive", _derive, "derive step by step, with every reason and check")
    derive.add_argument("name", metavar="NAME|FILE.py")
    derive.add_argument("--upto", metavar="STEP", help="stop after this step")
    check = verb("check", _check, "derive from scratch and check steps, certificates and files")
    check.add_argument("names", metavar="NAME", nargs="*", help="derivations or kernels; all if none is given")
    folder(check)
    export = verb("export", _export, "print a kernel's module; or compare or accept generated/ as a whole")
    export.add_argument("name", metavar="NAME", nargs="?")
    what = export.add_mutually_exclusive_group()
    what.add_argument(
        "--check", action="store_true", help="say how generated/, or NAME's part of it, differs from what would be written"
    )
    what.add_argument("--accept", metavar="REASON", help="write what the derivations give now, and store the reason")
    folder(export)
    cite = verb("cite", _cite, "print the BibTeX of what a derivation rests on")
    cite.add_argument("name", metavar="NAME|FILE.py", nargs="?", help="all derivations if not given")
    for room in (force, gravity, atom, medium, formula, paper):
        room.add(verb)
    verb("doctor", _doctor, "say which tools are here and whether they work")
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nuforce-sym")
    except PackageNotFoundError:
        return "(not installed)"


def _generated(options: argparse.Namespace) -> Path:
    from nuforce_sym.errors import InputError

    if options.output is not None:
        return Path(options.output)
    checkout = _checkout()
    if checkout is None:
        raise InputError("this is no checkout of nuforce-sym: name a folder with -o DIR")
    return checkout / "generated"


def _build(options: argparse.Namespace) -> int:
    from nuforce_sym import jobs

    cache = None if options.no_cache else _cache()
    return _report(options, jobs.build(_generated(options), cache, listener(options)))


def _check(options: argparse.Namespace) -> int:
    from nuforce_sym import jobs

    return _report(options, jobs.check(_generated(options), options.names, _cache(), listener(options)))


def _report(options: argparse.Namespace, summary: Summary) -> int:
    if options.json:
        data = {**vars(summary), "verdicts": {k: [vars(v) for v in vs] for k, vs in summary.verdicts.items()}}
        print_json(data)
        return 1 if summary.failures else 0
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for failure in summary.failures:
        sys.stderr.write(f"FAILED {failure}\n")
    if any(status not in ("same", "orphan") for status in summary.drift.values()):
        sys.stderr.write("If the new files are right: nuforce export --accept 'the reason'\n")
    rows = {
        "derivations": summary.derivations,
        "steps": summary.steps,
        "checks": summary.checks,
        "kernels": summary.kernels,
        "claims proved": summary.proved,
        "claims measured": summary.measured,
        "claims assumed": summary.assumed,
        "files written": len(summary.written),
        "failures": len(summary.failures),
        "seconds": f"{summary.seconds:.1f}",
    }
    print_text("\n".join(f"{name:<16}{value:>8}" for name, value in rows.items()))
    return 1 if summary.failures else 0


def _list(options: argparse.Namespace) -> int:
    from nuforce_sym import registry

    table = {
        name: {"title": module.d.title, "steps": len(module.d.steps), "kernels": list(registry.kernel_names(name))}
        for name, module in registry.modules().items()
    }
    if options.json:
        print_json(table)
        return 0
    for name, row in table.items():
        print_text(f"{name:<30}{row['title']} ({row['steps']} steps)")
        for kernel in row["kernels"]:
            print_text(f"    {kernel}")
    return 0


def _show(options: argparse.Namespace) -> int:
    from nuforce_sym import jobs, registry

    # A derivation and the kernel of its potential may share a name; both are shown.
    shown: dict[str, Any] = {}
    if options.name in registry.modules() or options.name.endswith(".py"):
        shown["derivation"] = _show_derivation(options)
    owner = jobs.chosen([options.name])[0]
    if options.name in registry.kernel_names(owner):
        shown["kernel"] = _show_kernel(options, owner)
    if options.json:
        print_json(shown)
    return 0


def _show_derivation(options: argparse.Namespace) -> dict[str, Any]:
    from nuforce_sym import registry

    derivation = registry.get_derivation(options.name)
    steps = [{"name": s.name, "lhs": s.lhs, "why": s.why, "needs": list(s.needs)} for s in derivation.steps]
    if not options.json:
        print_text(f"{derivation.title}  [{', '.join(derivation.cites)}]")
        print_text("\n".join(f"  {s['name']:<26}{s['lhs']}" for s in steps))
    return {"name": derivation.name, "title": derivation.title, "cites": list(derivation.cites), "steps": steps}


def _show_kernel(options: argparse.Namespace, owner: str) -> dict[str, Any]:
    from nuforce_sym import jobs
    from nuforce_sym.kernel import certificate

    derived = jobs.derive_one(owner, _cache(), lambda _: None)
    kernel = next(k for k in derived.kernels if k.name == options.name)
    text = jobs.export(derived, kernel).certificate
    if not options.json:
        print_text(f"{kernel.title}\n  {kernel.name} = {kernel.formula}   [energy^{kernel.energy}]")
        for a in kernel.arguments:
            print_text(f"  {a.symbol.name:<8}{a.low:g} ... {a.high:g}  [energy^{a.energy}]  {a.meaning}")
        for c in kernel.constraints:
            print_text(f"  {c.low:g} <= {c.expr} <= {c.high:g}")
        for claim in certificate.load(text).claims:
            if claim.clause != "physics":
                print_text(f"  {claim.strength:<9}{claim.clause:<11}{claim.statement}")
    return dict(json.loads(text))


def _derive(options: argparse.Namespace) -> int:
    from nuforce_sym import registry
    from nuforce_sym.check import expression
    from nuforce_sym.paper.latex import latex

    derivation = registry.get_derivation(options.name)
    rows = []
    for result in derivation.iterate(upto=options.upto):
        step = result.step
        evidence = [{"kind": e.kind, "strength": e.strength, "statement": e.statement} for e in result.evidence]
        rows.append(
            {
                "step": step.name,
                "lhs": step.lhs,
                "latex": latex(result.value),
                "why": step.why,
                "evidence": evidence,
                "fingerprint": result.fingerprint,
            }
        )
        if not options.json:
            text = latex(result.value) if not hasattr(result.value, "free_symbols") else expression(result.value)
            why = " ".join(step.why.split())
            print_text(f"{step.name}\n  {step.lhs} = {text}\n  {why}")
            print_text("\n".join(f"  [{e['strength']}] {e['kind']}: {e['statement']}" for e in evidence) + "\n")
    if options.json:
        print_json(rows)
    return 0


def _export(options: argparse.Namespace) -> int:
    from nuforce_sym import jobs
    from nuforce_sym.errors import InputError

    if options.accept is not None:
        return _report(options, jobs.accept(_generated(options), options.accept, _cache(), listener(options)))
    if options.check:
        found = jobs.compare(_generated(options), [options.name] if options.name else [], listener(options))
        if options.json:
            print_json(found)
        else:
            print_text("\n".join(f"{name:<32}{status}" for name, status in found.items()))
        return 0 if set(found.values()) == {"same"} else 1
    if options.name is None:
        raise InputError("name a kernel to print, or give --check or --accept 'reason'")
    owners = jobs.chosen([options.name])
    derived = jobs.derive_one(owners[0], _cache(), lambda _: None)
    made = [jobs.export(derived, k) for k in derived.kernels if k.name == options.name]
    if not made:
        raise InputError(f"{options.name!r} is a derivation; its kernels: {', '.join(k.name for k in derived.kernels)}")
    if options.json:
        print_json({"name": made[0].name, "module": made[0].module, "certificate": json.loads(made[0].certificate)})
    else:
        print_text(made[0].module)
    return 0


def _cite(options: argparse.Namespace) -> int:
    from nuforce_sym import registry
    from nuforce_sym.paper.references import bibtex

    names = [options.name] if options.name else list(registry.modules())
    keys = list(dict.fromkeys(key for name in names for key in registry.get_derivation(name).cites))
    if options.json:
        print_json({key: bibtex([key]) for key in keys})
    else:
        print_text(bibtex(keys))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    import shutil
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str] = {"python": sys.version.split()[0], "nuforce-sym": _version()}
    for package in ("sympy", "symengine", "mpmath", "python-flint", "numpy", "scipy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "MISSING: pip install " + package
    for package in ("matplotlib", "plotly", "sympy-plot-backends"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not here; figures need it: pip install 'nuforce-sym[plot]'"
    for tool, use in {"latexmk": "nuforce latex --standalone", "pdflatex": "nuforce latex --standalone"}.items():
        found[tool] = shutil.which(tool) or f"not here; only {use} needs it"
    checkout = _checkout()
    found["checkout"] = str(checkout) if checkout else "not in one; build and check need -o DIR"
    if options.json:
        print_json(found)
    else:
        print_text("\n".join(f"{name:<21}{value}" for name, value in found.items()))
    return 1 if any(value.startswith("MISSING") for value in found.values()) else 0
