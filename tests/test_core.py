"""Vocabulary, dimensions, trees, constants, units: what goes in comes out, and nonsense is refused in words."""

from __future__ import annotations

import json
import os

import pytest
import scipy.constants
import sympy as sp
from nuforce_sym.derivations import two_neutrino_dirac
from particle import Particle

from nuforce_sym import check, dimension, registry, store, tree
from nuforce_sym.constants import constant, constants
from nuforce_sym.equality import identical
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.paper.references import bibtex
from nuforce_sym.symbols import VOCABULARY, check_name, symbol, symbols
from nuforce_sym.units import frequency, from_natural, to_natural

r, m_nu, G_F, t = symbols("r m_nu G_F t")


def test_every_value_of_every_derivation_is_stored_and_read_back(derived):
    for one in derived.values():
        for result in one.results.values():
            again = store.load(json.loads(store.text(result.value)))
            assert again == result.value
            assert store.fingerprint(again) == result.fingerprint


@pytest.mark.parametrize(
    "data",
    ["9**9", ["eval", "1"], {"symbol": "__import__"}, {"symbol": "x; import os", "is": []}, {"symbol": "y", "is": ["x"]},
     {"atom": "nan"}, True, 1.5, None, ["Pow", 9, ["Pow", 9, 9]], ["gamma", 10**7], {"rational": [1, 0]}, ["Pow", 1],
     [], {"symbol": "lambda", "is": []}],
)  # fmt: skip
def test_what_is_no_stored_expression_is_refused(data):
    with pytest.raises(InputError):
        tree.load(data)


def test_deep_and_wide_trees_are_refused_before_they_are_built():
    deep = 1
    for _ in range(500):
        deep = ["exp", deep]
    with pytest.raises(InputError, match="levels"):
        tree.load(deep)
    with pytest.raises(InputError, match="nodes"):
        tree.load(["Add", *([1] * 300_000)])


def test_floats_and_foreign_heads_have_no_stored_form():
    for expr in (sp.Float(1.5), sp.zeta(m_nu), sp.Symbol("x y", positive=True)):
        with pytest.raises(InputError):
            tree.dump(expr)


def test_every_paper_that_is_cited_or_compared_with_is_in_the_bibliography(derived):
    for name, one in derived.items():
        cites = registry.get_derivation(name).cites
        assert bibtex(cites)
        compared = {
            e.statement.removeprefix("equal to ").split(",")[0]
            for result in one.results.values()
            for e in result.evidence
            if e.kind == "against"
        }
        assert compared <= set(cites)
    with pytest.raises(InputError, match="did you mean 'Yukawa1935'"):
        bibtex(["Yukawa1936"])


ATTACK = "__import__('os').environ.__setitem__('NUFORCE_ATTACKED', '1')"


def test_text_is_never_evaluated_as_an_expression():
    for use in (
        lambda: dimension.power(ATTACK),
        lambda: check.equals(ATTACK).run(r, {}),
        lambda: check.quadrature(ATTACK, t, sp.Integer(0)).run(r, {}),
        lambda: identical(r, ATTACK),
        lambda: tree.load(ATTACK),
        lambda: tree.dump(ATTACK),
    ):
        with pytest.raises((InputError, TypeError)):
            use()
    assert "NUFORCE_ATTACKED" not in os.environ


@pytest.mark.parametrize("name", ["", "1x", "a b", "x;y", "__import__", "lambda", "x" * 33, r"\input{x}", "µ", None, 3])
def test_hostile_names_are_refused(name):
    with pytest.raises(InputError, match="name"):
        check_name(name)


def test_an_unknown_symbol_comes_with_a_suggestion():
    with pytest.raises(InputError, match="did you mean 'm_nu'"):
        symbol("m_nus")


def test_every_symbol_of_the_vocabulary_is_documented():
    for entry in VOCABULARY.values():
        assert entry.meaning
        assert entry.latex


@pytest.mark.parametrize(
    ("expr", "power"),
    [
        (G_F**2 / r**5, 1),
        (G_F**2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / r**2, 1),
        (sp.Integral(t * sp.exp(-sp.sqrt(t) * r) / r, (t, 4 * m_nu**2, sp.oo)), 5),
        (sp.Derivative(1 / r, r), 2),
        (sp.sqrt(t - 4 * m_nu**2), 1),
    ],
)
def test_dimension_of(expr, power):
    assert dimension.power(expr) == power


@pytest.mark.parametrize("expr", [r + m_nu, sp.exp(m_nu), sp.besselk(1, r), r**m_nu, m_nu + 1, sp.Symbol("unknown")])
def test_wrong_dimensions_are_found(expr):
    with pytest.raises(DimensionError):
        dimension.power(expr)


def test_constants_are_those_of_codata():
    compared = 0
    for entry in constants().values():
        if entry.scipy:
            value, _, uncertainty = scipy.constants.physical_constants[entry.scipy]
            assert float(entry) == pytest.approx(value, rel=1e-15, abs=0)
            assert float(entry.uncertainty) == pytest.approx(uncertainty, rel=1e-12, abs=0)
            compared += 1
    assert compared >= 12


def test_masses_are_those_of_the_particle_data_group():
    for entry in constants().values():
        if entry.pdgid:
            mass = Particle.from_pdgid(entry.pdgid).mass
            assert abs(float(entry) - mass) <= 3 * float(entry.uncertainty) + 1e-9 * mass


def test_the_weak_mixing_angle_is_never_taken_by_name_alone():
    with pytest.raises(InputError, match="depends on the scheme"):
        constant("sin2_theta_W")
    assert constant("sin2_theta_W(on-shell)").scheme is not None


def test_unit_conversion_agrees_with_scipy():
    hbar_c = scipy.constants.hbar * scipy.constants.c / scipy.constants.e  # eV m
    assert to_natural(1, "m") == pytest.approx(1e9 / hbar_c, rel=1e-12, abs=0)
    assert from_natural(1, "fm") == pytest.approx(0.1973269804593025, rel=1e-12, abs=0)
    assert from_natural(1e-9, "J") == pytest.approx(scipy.constants.e, rel=1e-12, abs=0)
    assert to_natural(1, "kg") == pytest.approx(scipy.constants.c**2 / scipy.constants.e / 1e9, rel=1e-12, abs=0)
    assert from_natural(1, "m s^-1") == pytest.approx(scipy.constants.c, rel=1e-12, abs=0)
    assert frequency(1e-9) == pytest.approx(scipy.constants.e / scipy.constants.h, rel=1e-12, abs=0)
    assert from_natural(to_natural(3.0, "eV/nm"), "N") == pytest.approx(3 * scipy.constants.e * 1e9, rel=1e-12, abs=0)
    with pytest.raises(DimensionError, match="choose another unit"):
        from_natural(1.0, "m", power=1)
    with pytest.raises(InputError, match="no unit"):
        to_natural(1, "furlong")


def test_a_poisoned_or_truncated_cache_entry_is_dropped_and_derived_again(tmp_path):
    cache = store.Cache(tmp_path)
    first = two_neutrino_dirac.d.derive(cache=cache)
    files = sorted(tmp_path.iterdir())
    assert len(files) == len(first)
    poison = [lambda s: s[: len(s) // 2], lambda s: s.replace('"G_F"', '"g_V1"'), lambda s: "[1]", lambda s: "[" * 200_000]
    for path, spoil in zip(files, poison * 4, strict=False):
        path.write_text(spoil(path.read_text()))
    again = two_neutrino_dirac.d.derive(cache=cache)
    assert {k: v.fingerprint for k, v in again.items()} == {k: v.fingerprint for k, v in first.items()}
