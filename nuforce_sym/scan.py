"""Long scans of a kernel over a grid: in pieces that are stored as they are done, so that a scan resumes where it stopped.

Each piece is a compressed NumPy file, at most 8 bytes a point, with a checksum, named by the hash of the kernel's text, of
the grid and of its place in it: whatever changes the numbers changes the name, and a piece that is there is right.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import math
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import numpy as np

from nuforce_sym import jobs, tree
from nuforce_sym.errors import InputError
from nuforce_sym.kernel import Argument, Certificate, Constraint, function_of
from nuforce_sym.kernel.certificate import load
from nuforce_sym.kernel.python import text_hash
from nuforce_sym.store import write_atomically
from nuforce_sym.symbols import symbol

Array = np.ndarray[Any, np.dtype[np.float64]]
PIECE = 65_536
MAX_POINTS = 10**9


@dataclass(frozen=True)
class Axis:
    """The values of one argument: ``count`` of them from ``low`` to ``high``, at equal steps or ratios ("lin", "log").

    Raises:
        InputError: the range is empty, not finite, or not positive for "log"; or the spacing has another name.
    """

    name: str
    low: float
    high: float
    count: int
    spacing: str = "log"

    def __post_init__(self) -> None:
        if self.spacing not in ("lin", "log"):
            raise InputError(f"the spacing of {self.name!r} is 'lin' or 'log'; got {self.spacing!r}")
        if self.count < 1 or not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            got = f"{self.low}, {self.high}, {self.count}"
            raise InputError(f"{self.name!r} needs low <= high, finite, and at least one point; got {got}")
        if self.spacing == "log" and self.low <= 0:
            raise InputError(f"{self.name!r} from {self.low} cannot be spaced by equal ratios: begin above zero or use 'lin'")

    @property
    def values(self) -> Array:
        """The values, the ends exactly as given."""
        found = np.linspace(self.low, self.high, self.count)
        if self.spacing == "log" and self.count > 1:
            found = np.exp(np.linspace(math.log(self.low), math.log(self.high), self.count))
            found[0], found[-1] = self.low, self.high
        return found


@dataclass(frozen=True)
class Scan:
    """A finished scan: the axes, the values in their order, how many pieces were there already, and the proved bound."""

    kernel: str
    axes: tuple[Axis, ...]
    values: Array
    pieces: int
    resumed: int
    bound: float


def exported(name: str) -> tuple[str, Certificate]:
    """Return a kernel's module text and certificate: those in ``generated/``, or derived anew where they are not.

    Raises:
        InputError: no derivation has a kernel of that name, or the text in ``generated/`` was changed.
    """
    (owner,) = jobs.chosen([name])[:1]
    folder = resources("nuforce_sym.generated")
    module, certificate = (folder.joinpath(f"{name}{suffix}") for suffix in (".py", ".json"))
    if module.is_file() and certificate.is_file():
        text, claims = module.read_text(encoding="utf-8"), load(certificate.read_text(encoding="utf-8"))
        if text_hash(text) != claims.text_hash:
            raise InputError(
                f"generated/{name}.py is not the text that its certificate is about: run `nuforce export {name} --check`"
            )
        return text, claims
    derived = _derived(owner)
    for kernel in derived.kernels:
        if kernel.name == name:
            made = jobs.export(derived, kernel)
            return made.module, load(made.certificate)
    raise InputError(f"{name!r} is a derivation; its kernels: {', '.join(k.name for k in derived.kernels)}")


@cache
def _derived(owner: str) -> jobs.Derived:
    return jobs.derive_one(owner, None, lambda _: None)


def kernel_function(name: str) -> Callable[..., Any]:
    """Return the function of a kernel, from `exported`."""
    return function_of(exported(name)[0])


def scan(
    name: str,
    axes: Sequence[Axis],
    fixed: Mapping[str, float],
    *,
    folder: Path,
    listener: Callable[[str], None] = lambda _: None,
    piece: int = PIECE,
) -> Scan:
    """Evaluate a kernel on the grid of the ``axes``, the last one fastest, with the other arguments ``fixed``.

    Every piece is written to ``folder`` as it is done; pieces that are there are read instead.

    Before the first piece the ``listener`` is told how large the folder can become.

    Raises:
        InputError: the folder is "" or ".", an argument is missing or twice there, the grid leaves the ranges in which the
            kernel's bound is proved, or it has more than 1e9 points.
    """
    text, certificate = exported(name)
    shape = tuple(axis.count for axis in axes)
    total = math.prod(shape)
    if total > MAX_POINTS:
        raise InputError(f"the grid has {total} points; at most {MAX_POINTS} can be scanned at once")
    if str(folder) in ("", "."):
        raise InputError("the pieces of a scan need a folder of their own: name it, such as --store scan")
    _check(certificate, axes, fixed)
    folder.mkdir(parents=True, exist_ok=True)
    function, grids = function_of(text), [axis.values for axis in axes]
    order = [entry["name"] for entry in certificate.arguments]
    values, resumed = np.empty(total), 0
    starts = range(0, total, piece)
    listener(
        f"{name}: {total} points in {len(starts)} pieces, at most {total * 8 / 1e6 + len(starts) * 5e-4:.3g} MB in {folder}"
    )
    for number, start in enumerate(starts, 1):
        stop = min(start + piece, total)
        path = folder / f"{_key(certificate, axes, fixed, start, stop)}.npz"
        known = _read(path, stop - start)
        if known is None:
            places = np.unravel_index(np.arange(start, stop), shape) if shape else ()
            point = {axis.name: grid[place] for axis, grid, place in zip(axes, grids, places, strict=True)}
            known = np.broadcast_to(function(*(point.get(a, fixed.get(a)) for a in order)), (stop - start,))
            write_atomically(path, _packed(known))
        else:
            resumed += 1
        values[start:stop] = known
        listener(f"{name}: piece {number}/{len(starts)}, {stop}/{total} points")
    return Scan(name, tuple(axes), values.reshape(shape), len(starts), resumed, certificate.bound)


def _check(certificate: Certificate, axes: Sequence[Axis], fixed: Mapping[str, float]) -> None:
    given = [axis.name for axis in axes] + list(fixed)
    wanted = [entry["name"] for entry in certificate.arguments]
    if sorted(given) != sorted(wanted):
        raise InputError(f"{certificate.kernel} takes {', '.join(wanted)}, each once; got {', '.join(given) or 'nothing'}")
    given_values = {axis.name: axis.values for axis in axes} | {name: np.array([x]) for name, x in fixed.items()}
    ends = {}
    for entry in certificate.arguments:
        argument = Argument(symbol(entry["name"]), entry["low"], entry["high"])
        sizes = np.abs(given_values[entry["name"]])
        ends[entry["name"]] = (float(sizes.min()), float(sizes.max()))
        # the value nearest to zero need not be at an end of the axis
        nonzero = given_values[entry["name"]][sizes > 0]
        nearest = nonzero[np.argmin(np.abs(nonzero))] if nonzero.size else 0.0
        for value in map(float, (*given_values[entry["name"]][[0, -1]], nearest)):
            if not argument.contains(value):
                sign = "|" if argument.contains_negatives else ""
                raise InputError(
                    f"{sign}{entry['name']}{sign} = {value:g} lies outside {entry['low']:g} ... {entry['high']:g} (in "
                    f"powers of GeV), where the error of {certificate.kernel} is proved"
                )
    for item in certificate.constraints:
        constraint = Constraint(tree.load(item["expr"]), item["low"], item["high"])
        names = sorted(s.name for s in constraint.expr.free_symbols)
        for corner in itertools.product(*(ends[n] for n in names)):
            value = abs(constraint.value(dict(zip(names, corner, strict=True))))
            if not constraint.low <= value <= constraint.high:
                raise InputError(
                    f"{constraint.expr} = {value:g} lies outside {constraint.low:g} ... {constraint.high:g}, where the "
                    f"error of {certificate.kernel} is proved"
                )


def _key(certificate: Certificate, axes: Sequence[Axis], fixed: Mapping[str, float], start: int, stop: int) -> str:
    what = [certificate.kernel, certificate.text_hash, [asdict(axis) for axis in axes], sorted(fixed.items()), start, stop]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()


def _packed(values: Array) -> bytes:
    """Return the values as a compressed file, without a date."""
    stream = io.BytesIO()
    np.savez_compressed(stream, values=np.ascontiguousarray(values))
    return stream.getvalue()


def _read(path: Path, count: int) -> Array | None:
    """Return the values of a piece, or None where there is none or it is damaged."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            found = stored["values"]
    except (ValueError, KeyError, OSError, zipfile.BadZipFile):
        return None
    return found if found.shape == (count,) and found.dtype == float else None
