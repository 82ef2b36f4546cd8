"""What there is: bundled derivations, those of installed packages, and the kernels that they export.

A derivation module defines ``d``, a `Derivation`, and may define ``KERNELS``, a tuple of names, and
``kernels(results)``, which returns the `Kernel`s of those names made of its results. Other packages add theirs through
entry points of the group ``nuforce_sym.derivations``, each naming such a module.
"""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType, ModuleType

from nuforce_sym.derivation import Derivation, Result
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.kernel import Kernel
from nuforce_sym.store import Cache


@cache
def modules() -> Mapping[str, ModuleType]:
    """Return every derivation's module by the derivation's name, in alphabetical order.

    Raises:
        InputError: two modules define derivations of one name.
    """
    found: dict[str, ModuleType] = {}
    folder = import_module("nuforce_sym.derivations")
    bundled = [f"{folder.__name__}.{info.name}" for info in pkgutil.iter_modules(folder.__path__)]
    installed = [point.value for point in entry_points(group="nuforce_sym.derivations")]
    for name in [*bundled, *installed]:
        module = import_module(name)
        derivation = getattr(module, "d", None)
        if not isinstance(derivation, Derivation):
            continue
        if derivation.name in found:
            raise InputError(f"{name} defines a derivation {derivation.name!r}, which exists already: rename one")
        found[derivation.name] = module
    return MappingProxyType(dict(sorted(found.items())))


def module_of_file(path: Path) -> ModuleType:
    """Import a derivation from a file that the user names on the command line.

    Raises:
        InputError: the file cannot be read, or defines no derivation ``d``.
    """
    spec = importlib.util.spec_from_file_location(f"nuforce_user_{path.stem}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise InputError(f"{path} is no Python file with a derivation")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not isinstance(getattr(module, "d", None), Derivation):
        raise InputError(f"{path} defines no derivation: it must set d = Derivation(...)")
    return module


def module_named(name: str) -> ModuleType:
    """Return the module of the derivation called ``name``; a path ending in ``.py`` is imported.

    Raises:
        InputError: there is none; the message suggests the nearest name.
    """
    if not isinstance(name, str):
        raise InputError(f"a derivation is named by text, such as 'two_neutrino'; got {name!r}")
    if name.endswith(".py"):
        return module_of_file(Path(name))
    if name not in modules():
        raise InputError(
            f"no derivation {name!r}{suggestion(name, modules())}; `nuforce list` shows all, and a path ending in .py "
            "names a file of your own"
        )
    return modules()[name]


def get_derivation(name: str) -> Derivation:
    """Return the derivation called ``name``; raises `InputError` with a suggestion where there is none."""
    return module_named(name).d  # type: ignore[no-any-return]


def derive(name: str, *, upto: str | None = None, cache: Cache | None = None) -> dict[str, Result]:
    """Derive and check every step of the derivation called ``name``; see `Derivation.derive`."""
    return get_derivation(name).derive(upto=upto, cache=cache)


def kernels_of(module: ModuleType, results: Mapping[str, Result]) -> tuple[Kernel, ...]:
    """Return the kernels that a derivation's module makes of its results.

    Raises:
        InputError: they are not the ones that the module lists in ``KERNELS``.
    """
    make = getattr(module, "kernels", None)
    made: tuple[Kernel, ...] = tuple(make({name: result.value for name, result in results.items()})) if make else ()
    listed = tuple(getattr(module, "KERNELS", ()))
    if tuple(kernel.name for kernel in made) != listed:
        raise InputError(f"{module.__name__} makes the kernels {[k.name for k in made]}, but KERNELS lists {list(listed)}")
    return made


def kernel_names(name: str) -> tuple[str, ...]:
    """Return the names of a derivation's kernels, as its module lists them in ``KERNELS``, without deriving anything."""
    return tuple(getattr(module_named(name), "KERNELS", ()))


def get_kernel(name: str, *, cache: Cache | None = None) -> Kernel:
    """Derive and return the kernel called ``name``.

    Raises:
        InputError: no derivation exports it; the message suggests the nearest name.
    """
    if not isinstance(name, str):
        raise InputError(f"a kernel is named by text; got {name!r}")
    for derivation_name, module in modules().items():
        if name in kernel_names(derivation_name):
            made = kernels_of(module, derive(derivation_name, cache=cache))
            return next(kernel for kernel in made if kernel.name == name)
    known = [kernel for derivation_name in modules() for kernel in kernel_names(derivation_name)]
    raise InputError(f"no kernel {name!r}{suggestion(name, known)}; the kernels: {', '.join(sorted(known))}")
