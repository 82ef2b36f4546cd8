"""The modules in generated/ compute the papers' formulas, to the accuracy that they promise."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from flint import arb, ctx

from nuforce_sym import registry
from nuforce_sym.kernel.reference import decimal
from nuforce_sym.kernel.sampling import observed_error, sample
from tests import handwritten

NAMES = [kernel for name in registry.modules() for kernel in registry.kernel_names(name)]
# The hand-written formulas round 2 m r before they exponentiate it: relative error up to 700 units, 8e-14, and more.
PAPER_TOLERANCE = 4e-13


def twins():
    """Every function of the modules in handwritten/ by its name."""
    found = {}
    for info in pkgutil.iter_modules(handwritten.__path__):
        module = importlib.import_module(f"{handwritten.__name__}.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[name] = function
    return found


def generated(name):
    return getattr(importlib.import_module(f"nuforce_sym.generated.{name}"), name)


def test_every_kernel_has_a_handwritten_twin_and_no_twin_is_left_over():
    assert set(twins()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_kernel_agrees_with_the_formula_of_the_paper(name, exports):
    _, kernel, _ = exports[name]
    samples = sample(kernel, 600)
    columns = list(samples.columns.values())
    with np.errstate(under="ignore"):
        theirs = twins()[name](*columns)
    ours = generated(name)(*columns)
    if kernel.envelope is not None:
        scale = np.array([float(size.mid()) for size in samples.scale])
        tolerance = PAPER_TOLERANCE if kernel.envelope.has(sp.exp) else 5e-15
        assert np.all(np.abs(ours - theirs) <= tolerance * scale)
        return
    normal = np.abs(theirs) > 1e-290  # below, the paper's formula may lose digits on the way
    assert normal.sum() > 300
    np.testing.assert_allclose(ours[normal], theirs[normal], rtol=PAPER_TOLERANCE)


@pytest.mark.parametrize("name", NAMES)
def test_kernel_keeps_its_promise_at_hundreds_of_points(name, exports):
    _, kernel, export = exports[name]
    bound = json.loads(export.certificate)["bound"]
    observed = observed_error(generated(name), sample(kernel, 600))
    print(f"{name}: observed {observed:.2e}, proved {bound:.2e}")
    assert bound / 1e4 < observed <= bound


@pytest.mark.parametrize("order", [2, 3])
def test_massive_kernels_agree_with_fifty_digit_references_from_1e_minus_8_to_600(order, exports):
    name = {3: "two_neutrino_dirac", 2: "two_neutrino_majorana"}[order]
    rng = np.random.default_rng(20260101 + order)
    x = np.exp(rng.uniform(np.log(1e-8), np.log(600.0), 4000))
    m = np.exp(rng.uniform(np.log(0.1), np.log(10.0), 4000))
    r = x / (2 * m)
    values = generated(name)(r, m, 1.0, 1.0, 1.0)
    worst = 0.0
    with ctx.workprec(400):
        for ri, mi, value in zip(r, m, values, strict=True):
            R, M = arb(float(ri)), arb(float(mi))
            K = (2 * M * R).bessel_k(arb(order))
            exact = M**3 * K / (4 * arb.pi() ** 3 * R**2) if order == 3 else M**2 * K / (2 * arb.pi() ** 3 * R**3)
            assert exact.rel_accuracy_bits() > 100
            worst = max(worst, float(abs(arb(float(value)) / exact - 1).upper()))
    print(f"{name}: worst relative error {worst:.2e} at 4000 points")
    assert worst < 2e-14
    for i in range(0, 4000, 200):
        with mp.workdps(50):
            R, M = mp.mpf(float(r[i])), mp.mpf(float(m[i]))
            K = mp.besselk(order, 2 * M * R)
            exact = M**3 * K / (4 * mp.pi**3 * R**2) if order == 3 else M**2 * K / (2 * mp.pi**3 * R**3)
            assert abs(mp.mpf(float(values[i])) / exact - 1) < 2e-14


def test_sympys_own_evaluation_is_a_second_reference(exports):
    _, kernel, _ = exports["two_neutrino_dirac"]
    samples = sample(kernel, 40)
    for i in range(40):
        point = {name: float(column[i]) for name, column in samples.columns.items()}
        assert abs(generated("two_neutrino_dirac")(**point) / float(decimal(kernel.formula, point)) - 1) < 1e-14


def test_scalars_give_floats_and_arrays_broadcast():
    V = generated("two_neutrino_dirac")
    one = V(2.0, 0.5, 1.0, 1.0, 1.0)
    assert isinstance(one, float)
    grid = V(np.array([[1.0], [2.0]]), np.array([0.25, 0.5, 1.0]), 1.0, 1.0, 1.0)
    assert grid.shape == (2, 3)
    assert grid[1, 1] == pytest.approx(one, rel=1e-15, abs=0)
    assert V(np.array([2]), 0.5, 1, 1, 1)[0] == one
    assert generated("two_neutrino")(np.array([10**5]), 1, 1, 1)[0] == pytest.approx(
        1 / (4 * np.pi**3 * 1e25), rel=1e-14, abs=0
    )


def test_outside_the_range_infinities_and_nan_are_what_the_docstring_of_k_n_says():
    V = generated("two_neutrino_majorana")
    assert V(np.inf, 1.0, 1.0, 1.0, 1.0) == 0
    assert np.isnan(V(np.nan, 1.0, 1.0, 1.0, 1.0))
    assert np.isnan(V(-1.0, 1.0, 1.0, 1.0, 1.0))
    assert V(500.0, 1.0, 1.0, 1.0, 1.0) == 0


def test_a_module_can_be_copied_out_and_used_alone(tmp_path):
    import subprocess
    import sys

    source = inspect.getsource(importlib.import_module("nuforce_sym.generated.two_neutrino_dirac"))
    (tmp_path / "alone.py").write_text(source, encoding="utf-8")
    code = "import sys, alone; print(alone.two_neutrino_dirac(2.0, 0.5, 1.0, 1.0, 1.0)); assert 'sympy' not in sys.modules"
    done = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path[0:0]=['.']; {code}"], cwd=tmp_path,
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert float(done.stdout) == generated("two_neutrino_dirac")(2.0, 0.5, 1.0, 1.0, 1.0)
