"""Fitted kernels on the command line: written by ``background --kernel``, and proved again by ``verify-kernel``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nuforce_sym.verbs.terminal import Verb, print_json, print_text

if TYPE_CHECKING:
    from nuforce_sym.medium import Background


def options(sub: argparse.ArgumentParser) -> None:
    """Declare the options of ``background`` that ask for a fitted kernel."""
    sub.add_argument("--kernel", metavar="DIR", type=Path, help="write a fast kernel there, fitted --between, its error proved")
    sub.add_argument("--between", nargs=2, metavar=("'10 um'", "'1 cm'"), help="the distances that the kernel holds for")
    sub.add_argument("--name", metavar="NAME", help="of the kernel, fitted_force if not given")


def add(verb: Verb) -> None:
    """Declare the verb."""
    sub = verb("verify-kernel", _verify, "prove a fitted kernel again, from its text and the background's parameters")
    sub.add_argument("file", metavar="FILE.py", type=Path, help="the kernel; its certificate is FILE.json beside it")


def only_together(given: argparse.Namespace) -> None:
    """Raise `InputError` where --kernel, --between and --name do not come together."""
    from nuforce_sym.errors import InputError

    if (given.kernel is None) != (given.between is None) or (given.name is not None and given.kernel is None):
        raise InputError("--kernel DIR, --between SHORTEST LONGEST and --name belong together: give the first two, or none")


def written(given: argparse.Namespace, background: Background) -> dict[str, Any]:
    """Write the kernel that the options ask for, and return what is said of it."""
    from nuforce_sym.errors import InputError

    ends = []
    for text in given.between:
        number, _, unit = text.strip().partition(" ")
        try:
            ends.append((float(number), unit.strip()))
        except ValueError:
            raise InputError(f"--between {text!r} must be a number and a unit with a blank between, such as '10 um'") from None
    kernel = background.numeric_kernel(*ends, name=given.name or "fitted_force")
    module, certificate = kernel.write(given.kernel)
    return {
        "name": kernel.name,
        "module": str(module),
        "certificate": str(certificate),
        "domain": list(kernel.domain),
        "bound": kernel.bound,
        "envelope": kernel.envelope,
        "relative": kernel.relative,
    }


def lines(kernel: dict[str, Any]) -> list[str]:
    """Return the lines that say what was written."""
    said = [
        f"kernel {kernel['name']}: {kernel['module']}, certificate {kernel['certificate']}",
        f"error <= {kernel['bound']:.1e} of the envelope, {kernel['envelope']}",
    ]
    return said + ([f"error <= {kernel['relative']:.1e} of V, which has no zero there"] if kernel["relative"] else [])


def _verify(given: argparse.Namespace) -> int:
    """Print the verdict on every clause; the exit code is 1 where one fails."""
    from nuforce_sym.errors import InputError
    from nuforce_sym.medium.numeric_kernel import verify_fitted

    certificate = given.file.with_suffix(".json")
    if given.file.suffix != ".py" or not given.file.is_file() or not certificate.is_file():
        raise InputError(f"{given.file} must be a .py file with its certificate, {certificate.name}, beside it")
    try:
        texts = [path.read_text(encoding="utf-8") for path in (given.file, certificate)]
    except UnicodeDecodeError:
        raise InputError(f"{given.file} and {certificate.name} must be UTF-8 text") from None
    verdicts = verify_fitted(*texts)
    good = all(v.passed for v in verdicts)
    if given.json:
        print_json({"passed": good, "clauses": [vars(v) for v in verdicts]})
    else:
        print_text("\n".join(f"{'passed' if v.passed else 'FAILED'}  {v.clause:<14} {v.statement}" for v in verdicts))
    return 0 if good else 1
