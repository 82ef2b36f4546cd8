"""Change one thing, and the right clause of `nuforce check` fails."""

from __future__ import annotations

import json

import pytest
import sympy as sp
from nuforce_sym.derivations import neutrino_pair, two_neutrino_dirac

from nuforce_sym import Derivation, check, kernel
from nuforce_sym.errors import CheckFailed
from nuforce_sym.kernel import python, reader
from nuforce_sym.symbols import symbols

r, t, G_F, m_nu, g_V1, g_V2 = symbols("r t G_F m_nu g_V1 g_V2")


def failed(exports, module=None, certificate=None, rehash=False):
    derived, made, export = exports["two_neutrino_dirac"]
    text = export.module if module is None else module(export.module)
    assert text != export.module or module is None
    if rehash:
        old = reader._HASHES.search(text)[2]
        text = text.replace(f"# text    {old}", f"# text    {python.text_hash(text)}")
    claims = export.certificate if certificate is None else certificate(export.certificate)
    assert claims != export.certificate or certificate is None
    verdicts = kernel.verify(made, text, claims, derived.physics)
    return {v.clause for v in verdicts if not v.passed}


def swap(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new, 1)

    return change


def field(name, value):
    def change(text):
        data = json.loads(text)
        data[name] = value(data[name]) if callable(value) else value
        return json.dumps(data)

    return change


def test_the_untouched_kernel_passes_every_clause(exports):
    derived, made, export = exports["two_neutrino_dirac"]
    verdicts = kernel.verify(made, export.module, export.certificate, derived.physics)
    assert {v.clause for v in verdicts} == set(kernel.certificate.CLAUSES)
    assert all(v.passed for v in verdicts)


BODY = "return power(G_F, 2)*g_V1*g_V2*power(m_nu, 3)/(4*power(pi, 3)*power(r, 2))*K_3"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return power", "return -power"),
        ("(4*power", "(2*power"),
        ("power(r, 2)", "power(r, 3)"),
        ("power(m_nu, 3)", "power(m_nu, 2)"),
        ("g_V1*g_V2", "g_V1*g_V1"),
        ("*K_3", "/K_3"),
        ("power(pi, 3)", "power(pi, 2)"),
    ],
)
def test_a_changed_formula_in_the_text_fails_the_formula_clause(exports, old, new):
    assert BODY in exports["two_neutrino_dirac"][2].module
    assert "formula" in failed(exports, swap(BODY, BODY.replace(old, new)), rehash=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bessel_k(3, 2*m_nu, r)", "bessel_k(2, 2*m_nu, r)"),
        ("bessel_k(3, 2*m_nu, r)", "bessel_k(3, m_nu, r)"),
        ("u = 1.0 / x", "u = 1.0 / (x + 1e-12)"),
        ("k_0 + 2 * m / x * k_1", "k_0 - 2 * m / x * k_1"),
        ("0.11593151565841245", "0.11593151565841345"),
        ("134217729.0", "134217728.0"),
        ("import numpy as np", "import os as np"),
        ("K_3 = bessel_k", "K_3 = __import__('os').getpid() or bessel_k"),
    ],
)
def test_a_changed_runtime_or_call_fails_the_formula_clause(exports, old, new):
    assert failed(exports, swap(old, new), rehash=True) == {"formula"} or "formula" in failed(
        exports, swap(old, new), rehash=True
    )


@pytest.mark.parametrize(("old", "new"), [("Positive values repel", "Positive values attract"), ("# formula ", "# formula 0")])
def test_text_edited_by_hand_without_its_hash_fails(exports, old, new):
    assert failed(exports, swap(old, new)) & {"identity", "formula"}


def test_a_wrong_hash_in_the_header_fails_the_identity_clause(exports):
    text = exports["two_neutrino_dirac"][2].module
    old = reader._HASHES.search(text)[2]
    assert failed(exports, swap(old, "0123456789abcdef")) == {"identity"}


@pytest.mark.parametrize(
    ("name", "value", "clause"),
    [
        ("bound", 1e-16, "rounding"),
        ("bound", 1e-3, "rounding"),
        ("formula", lambda tree: [*tree[:-1], ["besselk", 2, tree[-1][2]]], "formula"),
        ("formula_hash", "0" * 64, "identity"),
        ("text_hash", "0" * 16, "identity"),
        ("energy", "2", "dimension"),
        ("kernel", "two_neutrino_majorana", "identity"),
        ("constraints", [], "range"),
        ("arguments", lambda rows: [{**rows[0], "high": 1e40}, *rows[1:]], "range"),
        ("claims", lambda rows: rows[1:], "physics"),
        ("claims", "none", "identity"),
        ("bound", "nan", "identity"),
    ],
)
def test_a_forged_certificate_fails_the_right_clause(exports, name, value, clause):
    assert clause in failed(exports, certificate=field(name, value))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"kernel": 1}', "x" * 300_000])
def test_what_is_no_certificate_is_refused_in_words(exports, text):
    assert failed(exports, certificate=lambda _: text) == {"identity"}


def test_a_bound_that_the_computed_values_exceed_fails_the_sampling_clause(exports, monkeypatch):
    derived, made, export = exports["two_neutrino_dirac"]
    forged = field("bound", 1e-17)(export.certificate)
    clauses = {v.clause for v in kernel.verify(made, export.module, forged, derived.physics) if not v.passed}
    assert clauses == {"rounding", "sampling"}


def test_wrong_evidence_fails_the_physics_clause(exports):
    _, made, export = exports["two_neutrino_dirac"]
    verdicts = kernel.verify(made, export.module, export.certificate, ["potential: trust me (proved)"])
    assert [v.clause for v in verdicts if not v.passed] == ["physics"]


STEPS = {step.name: step for step in two_neutrino_dirac.d.steps}


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("numerator", lambda v: -v),
        ("numerator", lambda v: v.subs(sp.I, -sp.I)),
        ("prefactor", lambda v: -v),
        ("phase_space", lambda v: 2 * v),
        ("transverse", lambda v: v + m_nu**2),
        ("longitudinal", lambda v: 2 * v),
        ("absorptive_part", lambda v: -v),
        ("absorptive_part", lambda v: v / 2),
        ("potential", lambda v: -v),
        ("potential", lambda v: 2 * v),
        ("potential", lambda v: v.subs(m_nu, m_nu / 2)),
        ("potential", lambda v: v.replace(sp.besselk, lambda n, z: sp.besselk(n - 1, z))),
        ("potential", lambda v: v * m_nu * r),
        ("force", lambda v: -v),
        ("massless_potential", lambda v: 2 * v),
        ("long_distance_potential", lambda v: v * 2),
    ],
)
def test_a_wrong_step_is_named_by_its_own_check(step, wrong):
    """Derive with one step's value spoilt after it was made; the step's checks must object."""
    spoilt = Derivation("spoilt", "Spoilt")
    for name, original in STEPS.items():

        def make(*earlier, original=original, name=name):
            value = original.make(*earlier)
            return wrong(value) if name == step else value

        spoilt._steps[name] = type(original)(name, original.lhs, original.why, make, original.needs, original.checks)
    with pytest.raises(CheckFailed, match=rf"spoilt, step '{step}'"):
        spoilt.derive(upto=step)


def test_a_wrong_density_is_found_by_the_cut_free_route():
    check_route = check.brute_force(neutrino_pair.euclidean(two_neutrino_dirac.nu), "the correlator", points=1)
    value = G_F**2 * g_V1 * g_V2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2)
    assert check_route.run(value, {}).strength == "measured"
    for wrong in (2 * value, -value, value.subs(m_nu, 2 * m_nu)):
        with pytest.raises(CheckFailed, match="the correlator"):
            check_route.run(wrong, {})
