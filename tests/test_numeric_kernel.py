"""Fitted kernels of backgrounds without a closed form: their proved error, and what their verification refuses."""

from __future__ import annotations

import json
import re

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from nuforce_sym.cli import main
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.medium import (
    Beam,
    Cone,
    Degenerate,
    FermiDirac,
    MaxwellBoltzmann,
    PinchedGas,
    Relic,
    Shell,
    SlowGas,
    VonMisesFisher,
    background,
    fitted,
    spectra,
)
from nuforce_sym.medium.fitted_text import text_hash
from nuforce_sym.medium.numeric_kernel import verify_fitted
from nuforce_sym.symbols import symbols
from nuforce_sym.units import to_natural

HALF = sp.Rational(1, 2)
ONE = [(1, 1)]


def cosmic():
    return background(Relic((1.945, "K")), mass=(0.05, "eV"), neutrino="left-helical", charges=[(-HALF, -HALF)])


@pytest.fixture(scope="module")
def kernel():
    return cosmic().numeric_kernel((10, "um"), (0.2, "mm"), name="cosmic")


def envelope(made, at):
    namespace: dict = {}
    exec(made.source, namespace)
    return namespace[f"{made.name}_envelope"](at)


def test_the_cosmic_background_from_10_um_to_1_cm_within_its_bound():
    """T = 1.945 K, m = 0.05 eV; against `number`, mpmath's quadrature between the zeros of the waves, at 25 digits."""
    made = cosmic().numeric_kernel((10, "um"), (1, "cm"), name="cosmic")
    assert made.bound < 1e-14
    assert made.relative < 1e-14
    assert made.domain == pytest.approx((to_natural(10, "um"), to_natural(1, "cm")), rel=1e-15, abs=0)
    function = made.function()
    chosen = np.random.default_rng(7)
    for at in np.exp(chosen.uniform(*np.log(np.array([made.domain[0], 1e12])), 3)):
        exact = cosmic().number(sp.Rational(float(at)), digits=25)
        error = abs(mp.mpf(float(function(at))) - exact) / mp.mpf(float(envelope(made, at)))
        assert error < made.bound
        value, proved = cosmic().enclosure(sp.Rational(float(at)), digits=25)
        assert abs(value - exact) < abs(exact) * mp.mpf(10) ** -24
        assert proved < abs(value) * mp.mpf(10) ** -25
    assert all(v.passed for v in verify_fitted(made.source, made.certificate))


@pytest.mark.parametrize(
    ("make", "low", "high", "at"),
    [
        (lambda: background(FermiDirac(1), mass=1, charges=ONE), 0.3, 2, 1.1),
        (
            lambda: background(FermiDirac(1, 3, antineutrinos=False), mass=HALF, neutrino="majorana", charges=ONE),
            0.5,
            1,
            0.7,
        ),
        (lambda: background(MaxwellBoltzmann(1), mass=2, neutrino="left-helical", charges=ONE), 0.5, 1, 0.8),
        (lambda: background(SlowGas(sp.Rational(1, 1000)), mass=1, charges=ONE), 10, 30, 17),
        (lambda: background(Degenerate(1), mass=HALF, charges=ONE), 1, 5, 3),
        (lambda: background(PinchedGas(2.5, 1), mass=HALF, charges=ONE), 0.5, 1, 0.75),
        (lambda: background(Shell(1, 1), mass=1, charges=ONE), 1, 5, 3),
        (lambda: background(Relic(1), mass=sp.Rational(1, 1000), charges=ONE), 0.5, 1, 0.75),
        (lambda: background(Shell(1, 1), mass=1, neutrino="majorana", mediator=2, charges=ONE), 1, 3, 2),
        (lambda: background(Degenerate(1), mass=HALF, mediator=2, charges=ONE), 1, 2, 1.5),
        (lambda: background(MaxwellBoltzmann(1), mass=1, mediator=HALF, charges=ONE), 1, 1.5, 1.25),
        (lambda: background(FermiDirac(1, HALF), mediator=3, charges=ONE), 1, 1.5, 1.25),
        (lambda: background(Relic(1), mass=2, neutrino="left-helical", mediator=2, charges=ONE), 1, 1.5, 1.25),
        (lambda: background(PinchedGas(2.5, 1), mediator=1, charges=ONE), 1, 1.05, 1.03),
        (lambda: background(SlowGas(sp.Rational(1, 1000)), mass=1, mediator=1, charges=ONE), 10, 15, 12),
        (lambda: beam(mass=sp.Rational(1, 4), angle=sp.pi / 3), 1, 4, 3),
        (lambda: beam(mass=sp.Rational(1, 4), angle=sp.pi / 3, response="retarded"), 1, 4, 3),
        (lambda: beam(transverse=1), 1, 4, 3),
        (lambda: beam(spread=Cone(sp.pi / 10)), 1, 4, 3),
        (lambda: beam(spread=VonMisesFisher(10)), 1, 2, 1.5),
        (lambda: background(Beam(spectra.Pinched(2, 1), density=1), transverse=1, charges=ONE), 1, 4, 3),
    ],
)
def test_every_one_dimensional_background_agrees_with_its_quadrature(make, low, high, at):
    made = make().numeric_kernel(low, high, name="force", G_F=1)
    assert made.bound < 1e-14
    exact = make().number(sp.Rational(at), digits=20, G_F=1)
    assert abs(float(made.function()(at)) - exact) < made.bound * envelope(made, at)


def beam(**options):
    return background(Beam(spectra.Gaussian(1, sp.Rational(1, 20)), density=1), charges=ONE, **options)


def test_arrays_and_scalars_and_the_ends_of_the_range(kernel):
    function = kernel.function()
    r = np.geomspace(*kernel.domain, 50).reshape(5, 10)
    r[0, 0], r[-1, -1] = kernel.domain
    assert function(r).shape == (5, 10)
    assert function(r)[2, 3] == function(float(r[2, 3]))
    assert isinstance(float(function(kernel.domain[1])), float)
    for outside in (
        kernel.domain[0] * (1 - 1e-15),
        kernel.domain[1] * (1 + 1e-15),
        float("nan"),
        -1.0,
        [kernel.domain[0], 1e30],
    ):
        with pytest.raises(ValueError, match="where the error is proved"):
            function(outside)


def test_the_text_is_numpy_alone_and_says_what_it_is(kernel):
    assert re.findall(r"^import .*$|^from .*$", kernel.source, re.MULTILINE) == ["import numpy as np"]
    assert "nuforce" not in kernel.source
    assert repr(kernel.bound) in kernel.source
    assert "1.676071319e-13" in kernel.source  # T in GeV


def rehashed(text):
    return re.sub(r"^# text {7}[0-9a-f]{16}$", f"# text       {text_hash(text)}", text, flags=re.MULTILINE)


def clauses(text, certificate):
    return {v.clause for v in verify_fitted(text, certificate) if not v.passed}


def forged(kernel, **changes):
    """Return the text and certificate that the kernel would have with other claims: every hash and sentence fits."""
    from dataclasses import replace

    other = replace(kernel, **changes)
    return other.source, other.certificate


def test_a_changed_coefficient_fails(kernel):
    """Even where all hashes and the certificate are written anew for it."""
    from dataclasses import replace

    first = kernel.pieces[0]
    row = (first.row[0] * (1 + 1e-14), *first.row[1:])
    text, certificate = forged(kernel, pieces=(replace(first, row=row), *kernel.pieces[1:]))
    assert clauses(text, certificate) >= {"approximation"}
    edited = kernel.source.replace(repr(first.row[0]), repr(row[0]))
    assert edited != kernel.source
    assert clauses(edited, kernel.certificate) >= {"identity", "approximation"}
    assert clauses(rehashed(edited), kernel.certificate) >= {"identity", "approximation"}


def test_another_temperature_in_the_certificate_fails(kernel):
    warm = background(Relic((1.946, "K")), mass=(0.05, "eV"), neutrino="left-helical", charges=[(-HALF, -HALF)])
    assert "approximation" in clauses(*forged(kernel, background=_of(warm)))
    data = json.loads(kernel.certificate)
    data["background"]["fields"]["distribution"]["fields"]["T"]["expr"]["rational"][0] += 1
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert "identity" in clauses(kernel.source, text)


def _of(it):
    return it.numeric_kernel((1, "mm"), (1.01, "mm")).background


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (lambda k: {"bound": k.bound / 10}, "approximation"),
        (lambda k: {"relative": k.relative / 10}, "relative"),
        (lambda k: {"fermi_constant": k.fermi_constant * (1 + sp.Rational(1, 10**14))}, "approximation"),
        (lambda k: {"pieces": (_moved(k.pieces[0], "size", 1.01), *k.pieces[1:])}, "approximation"),
        (lambda k: {"pieces": (_moved(k.pieces[0], "scale", 1 + 1e-15), *k.pieces[1:])}, "approximation"),
    ],
)
def test_a_forged_claim_fails(kernel, change, clause):
    assert clause in clauses(*forged(kernel, **change(kernel)))


def _moved(piece, field, factor):
    from dataclasses import replace

    return replace(piece, **{field: getattr(piece, field) * factor})


def test_foreign_text_is_refused_and_never_run(kernel, tmp_path):
    mark = tmp_path / "mark"
    evil = kernel.source.replace("import numpy as np", f"import numpy as np\nopen({str(mark)!r}, 'w')", 1)
    assert clauses(rehashed(evil), kernel.certificate) == {"identity", "sampling"}
    assert not mark.exists()
    for text in ("", "x = (", "_EDGES = np.array([1.0])"):
        assert clauses(text, kernel.certificate) == {"identity"}
    for certificate in (
        "",
        "[]",
        "{}",
        kernel.certificate.replace("Relic", "Path"),
        kernel.certificate.replace('"expr"', '"exp"'),
    ):
        assert clauses(kernel.source, certificate) == {"identity"}


def test_the_same_text_under_any_seed(kernel):
    again = cosmic().numeric_kernel((10, "um"), (0.2, "mm"), name="cosmic")
    assert (again.source, again.certificate) == (kernel.source, kernel.certificate)


def test_the_command_writes_and_verifies(tmp_path, capsys):
    words = ["background", "relic", "--temperature", "1.945 K", "--mass", "0.05 eV", "--charges", "-0.5", "-0.5"]
    there = ["--kernel", str(tmp_path), "--between", "0.1 mm", "0.12 mm", "--name", "cosmic"]
    assert main([*words, *there, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["kernel"]
    assert said["bound"] < 1e-14
    assert main(["verify-kernel", said["module"]]) == 0
    assert "passed  approximation" in capsys.readouterr().out
    module = tmp_path / "cosmic.py"
    module.write_text(module.read_text().replace("value * s + row", "value * s - row"))
    assert main(["verify-kernel", str(module)]) == 1
    assert main(["verify-kernel", str(tmp_path / "none.py")]) == 2
    assert main([*words, "--kernel", str(tmp_path)]) == 2
    assert main([*words, "--kernel", str(tmp_path), "--between", "1 cm", "1 mm"]) == 2


def test_what_is_not_covered_says_so(monkeypatch):
    T, r = symbols("T_nu r")
    with pytest.raises(InputError, match="T_nu"):
        background(FermiDirac(T), charges=ONE).numeric_kernel(1, 2)
    with pytest.raises(InputError, match="g_V1"):
        background(FermiDirac(1)).numeric_kernel(1, 2)
    with pytest.raises(InputError, match="shortest < longest"):
        background(FermiDirac(1), charges=ONE).numeric_kernel(2, 1)
    with pytest.raises(InputError, match="distances of a kernel are numbers"):
        background(FermiDirac(1), charges=ONE).numeric_kernel(1, r)
    monkeypatch.setattr(fitted, "MOST_PIECES", 20)
    with pytest.raises(NotDerivable, match="more than 20 polynomials are needed"):
        background(Degenerate(1), charges=ONE).numeric_kernel(1, 1e6)
    with pytest.raises(InputError, match="cannot be a name"):
        background(FermiDirac(1), charges=ONE).numeric_kernel(1, 2, name="no name")
    with pytest.raises(InputError, match="below the mass"):
        background(Beam(spectra.Box(1, 3), density=1), mass=2, angle=1, charges=ONE).numeric_kernel(1, 2)
