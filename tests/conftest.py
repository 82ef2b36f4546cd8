"""What the tests share: every derivation and its kernels, derived once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nuforce_sym import jobs, registry
from nuforce_sym.store import Cache

# What the build of this checkout has derived is taken from it; `nuforce check` derives everything anew.
CACHE = Cache(Path(__file__).resolve().parent.parent / ".nuforce")


@pytest.fixture(scope="session")
def derived():
    """Every derivation by name, derived and checked."""
    return {name: jobs.derive_one(name, CACHE, lambda line: None) for name in registry.modules()}


@pytest.fixture(scope="session")
def exports(derived):
    """Every kernel's name -> (derivation, kernel, module text and certificate)."""
    return {k.name: (d, k, jobs.export(d, k, CACHE)) for d in derived.values() for k in d.kernels}
