"""The verbs of writing papers: LaTeX with macros, pages of derivations, audits of papers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.verbs.places import cache, target
from nuforce_sym.verbs.terminal import Verb, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.derivation import Derivation, Result
    from nuforce_sym.paper.style import Style

    Part = tuple[Derivation, Mapping[str, Result]]


def add(verb: Verb) -> None:
    """Declare the verbs."""
    latex = verb("latex", _latex, "print derivations as LaTeX: text, a file of macros, or a whole document")
    latex.add_argument("names", metavar="NAME[.STEP]|FILE.py", nargs="+", help="derivations, or single steps of them")
    form = latex.add_mutually_exclusive_group()
    form.add_argument("--standalone", action="store_true", help="a complete document; with -o FILE.pdf compiled")
    form.add_argument(
        "--macros", action="store_true", help=r"a file to \input, which defines \nuforce{NAME.STEP} for each formula"
    )
    latex.add_argument(
        "--rename", metavar="NAME=LATEX", action="append", default=[], help="write a symbol the author's way: g_V1=C_1"
    )
    latex.add_argument("--width", metavar="LENGTH", help="break equations to this width, such as 246pt or 86mm")
    latex.add_argument(
        "--order", default="written", metavar="ORDER", help="of terms: written, 1/m (rising), mr (leading at large r first)"
    )
    latex.add_argument("--class", dest="document_class", default="article", metavar="CLASS", help="article or revtex4-2")
    latex.add_argument("--bib", type=Path, metavar="FILE.bib", help="also write the BibTeX of everything that is cited")
    latex.add_argument("--table", type=Path, metavar="FILE.tex", help="also write a table of the derivations' kernels")
    latex.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this .tex or .pdf file")
    report = verb("report", _report, "write a derivation as one self-contained page: steps, checks, curves, kernels")
    report.add_argument("name", metavar="NAME|FILE.py")
    report.add_argument("-o", "--output", type=Path, metavar="FILE.html", help="NAME.html if not given")
    audit = verb("audit", _audit, "check a paper's list of formulas, a claims file, against the derivations")
    audit.add_argument("file", metavar="FILE.toml", help="a claims file, or the name of a bundled one, such as talk")
    audit.add_argument("--html", type=Path, metavar="FILE.html", help="also write a self-contained page")
    audit.add_argument("--latex", type=Path, metavar="FILE.tex", help="also write a LaTeX section")
    audit.add_argument("--seconds", type=float, default=30.0, metavar="S", help="for each comparison, then it stays undecided")


def _latex(options: argparse.Namespace) -> int:
    from nuforce_sym.errors import InputError
    from nuforce_sym.paper.derivation_tex import body, compile_pdf, document
    from nuforce_sym.paper.macros import formulas, macros
    from nuforce_sym.paper.read_back import read_back
    from nuforce_sym.paper.references import bibtex
    from nuforce_sym.store import write_atomically

    output = target(options.output, (".tex",) if options.macros else (".tex", ".pdf"))
    bib, table = target(options.bib, (".bib",)), target(options.table, (".tex",))
    style = _style(options)
    pdf = output is not None and output.suffix == ".pdf"
    parts = _parts(options.names)
    if options.standalone and output is None:
        if len(parts) > 1:
            raise InputError("name the document of several derivations with -o FILE.pdf or -o FILE.tex")
        output, pdf = Path(f"{parts[0][0].name}.pdf").absolute(), True
    for d, results in parts:
        for name, result in results.items():
            read_back(result.value, style, f"{d.name}.{name}")
    if options.macros:
        text = macros([f for d, results in parts for f in formulas(d.name, results)], style)
    elif options.standalone or pdf:
        text = document(parts, style, document_class=options.document_class)
    else:
        text = "\n".join(body(d, results, style) for d, results in parts)
    written = []
    if output is not None:
        compile_pdf(text, output) if pdf else write_atomically(output, text)
        written.append(str(options.output or output.name))
    if bib is not None:
        write_atomically(bib, bibtex(key for d, _ in parts for key in d.cites))
        written.append(str(options.bib))
    if table is not None:
        write_atomically(table, _kernel_table(parts, style))
        written.append(str(options.table))
    if options.json:
        print_json({"names": options.names, "latex": text, "written": written})
    else:
        print_text("\n".join(written) if output is not None else text)
    return 0


def _style(options: argparse.Namespace) -> Style:
    from nuforce_sym.errors import InputError
    from nuforce_sym.paper.derivation_tex import CLASSES, COLUMNS
    from nuforce_sym.paper.style import Style, glyphs_of, renaming

    if options.document_class not in CLASSES:
        raise InputError(f"no document class {options.document_class!r}: choose {' or '.join(CLASSES)}")
    glyphs = glyphs_of(options.width) if options.width else COLUMNS[options.document_class]
    return Style(rename=renaming(options.rename), order=options.order, glyphs=glyphs)


def _parts(names: list[str]) -> list[Part]:
    """Derive what the names mean: derivations with all of their results, or with the steps that are named."""
    from nuforce_sym import registry
    from nuforce_sym.errors import InputError, suggestion

    wanted: dict[str, list[str]] = {}
    for name in names:
        derivation, _, step = (name, "", "") if name.endswith(".py") else name.partition(".")
        known = [s.name for s in registry.get_derivation(derivation).steps]
        if step and step not in known:
            raise InputError(f"{derivation!r} has no step {step!r}{suggestion(step, known)}")
        wanted.setdefault(derivation, []).extend([step] if step else known)
    found: list[Part] = []
    for derivation, steps in wanted.items():
        d = registry.get_derivation(derivation)
        results = d.derive(cache=cache())
        found.append((d, {name: r for name, r in results.items() if name in steps}))
    return found


def _kernel_table(parts: list[Part], style: Style) -> str:
    from nuforce_sym import jobs, registry
    from nuforce_sym.errors import InputError
    from nuforce_sym.kernel import certificate
    from nuforce_sym.paper.kernel_table import kernel_table

    rows = []
    for d, results in parts:
        derived = jobs.derive_one(d.name, cache(), lambda _: None) if d.name in registry.modules() else None
        for kernel in derived.kernels if derived else ():
            if derived and kernel.step in results:
                rows.append((kernel, certificate.load(jobs.export(derived, kernel).certificate).bound))
    if not rows:
        raise InputError("none of these derivations and steps has a kernel: leave out --table")
    return kernel_table(rows, style)


def _report(options: argparse.Namespace) -> int:
    from nuforce_sym import jobs, registry
    from nuforce_sym.kernel import certificate
    from nuforce_sym.paper.report import report
    from nuforce_sym.store import write_atomically

    output = target(options.output, (".html",))
    derivation = registry.get_derivation(options.name)
    derived = jobs.derive_one(options.name, cache(), lambda _: None)
    kernels = [(k, certificate.load(jobs.export(derived, k).certificate)) for k in derived.kernels]
    text = report(derivation, derived.results, kernels)
    path = output or Path(f"{derivation.name}.html").absolute()
    write_atomically(path, text)
    shown = str(options.output or path.name)
    if options.json:
        found = {"name": derivation.name, "written": [shown], "steps": list(derived.results)}
        print_json({**found, "kernels": [k.name for k in derived.kernels], "bytes": len(text.encode())})
    else:
        print_text(shown)
    return 0


def _audit(options: argparse.Namespace) -> int:
    from nuforce_sym.errors import InputError
    from nuforce_sym.paper import audit_page
    from nuforce_sym.paper.audit import audit
    from nuforce_sym.paper.claims import load_claims
    from nuforce_sym.store import write_atomically

    if not 0 < options.seconds <= 600:
        raise InputError(f"--seconds must lie between 0 and 600; got {options.seconds:g}")
    page, section = target(options.html, (".html",)), target(options.latex, (".tex",))
    claims = load_claims(_claims_file(options.file))
    findings = audit(claims, _resolver(), seconds=options.seconds)
    written = []
    for path, make, name in ((page, audit_page.html, options.html), (section, audit_page.tex, options.latex)):
        if path is not None:
            write_atomically(path, make(claims, findings))
            written.append(str(name))
    if options.json:
        found = {"title": claims.title, "source": claims.source, "tally": audit_page.tally(findings)}
        print_json({**found, "findings": [f.as_dict() for f in findings], "written": written})
    else:
        print_text(audit_page.text(claims, findings) + "".join(f"{name}\n" for name in written))
    statuses = {f.status for f in findings if not f.claim.beyond}
    return 1 if "wrong" in statuses else 3 if "undecided" in statuses else 0


def _claims_file(name: str) -> Path:
    """Return the path of a claims file: the user's, or a bundled one by its plain name."""
    from importlib.resources import files

    from nuforce_sym.errors import InputError, suggestion

    if name.endswith(".toml"):
        return Path(name)
    folder = files("nuforce_sym.data").joinpath("claims")
    known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    if name not in known:
        raise InputError(
            f"{name!r} is no .toml file and no bundled claims file{suggestion(name, known)}; bundled: {', '.join(known)}"
        )
    return Path(str(folder.joinpath(f"{name}.toml")))


def _resolver() -> Callable[[str], tuple[str, Any]]:
    """Return the function that derives what DERIVATION.STEP, a derivation or a kernel names, each derivation once."""
    from functools import cache as memoize

    from nuforce_sym import registry
    from nuforce_sym.errors import InputError, suggestion

    @memoize
    def derived(name: str) -> Mapping[str, Result]:
        return registry.derive(name, cache=cache())

    def resolve(name: str) -> tuple[str, Any]:
        owner, dot, step = name.partition(".")
        if not dot and owner not in registry.modules():
            return "", registry.get_kernel(name, cache=cache()).formula
        steps = [s.name for s in registry.get_derivation(owner).steps]
        wanted = step or ("potential" if "potential" in steps else steps[-1])
        if wanted not in steps:
            raise InputError(f"{owner!r} has no step {step!r}{suggestion(step, steps)}; its steps: {', '.join(steps)}")
        result = derived(owner)[wanted]
        return result.step.lhs, result.value

    return resolve
