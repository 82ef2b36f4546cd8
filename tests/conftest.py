"""What the tests share: every derivation and its kernels, derived once."""

from __future__ import annotations

import pytest

from nuforce_sym import jobs, registry


@pytest.fixture(scope="session")
def derived():
    """Every derivation by name, derived and checked."""
    return {name: jobs.derive_one(name, None, lambda line: None) for name in registry.modules()}


@pytest.fixture(scope="session")
def exports(derived):
    """Every kernel's name -> (derivation, kernel, module text and certificate)."""
    return {k.name: (d, k, jobs.export(d, k)) for d in derived.values() for k in d.kernels}
