"""Tables of matrix elements and the command ``nuforce matrix-element``."""

from __future__ import annotations

import csv
import io
import json

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym.atom import operator
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.state import state
from nuforce_sym.atom.table import FORMATS, SPINS, render, rows, table
from nuforce_sym.cli import main
from nuforce_sym.errors import InputError, NotDerivable
from nuforce_sym.symbols import symbols

a_0, m_nu, m_Z = symbols("a_0 m_nu m_Z")
THIRD = sp.Rational(1, 3)


@pytest.mark.parametrize("spin", sorted(SPINS))
@pytest.mark.parametrize(
    ("form", "values"), [("r^-3", {}), ("dirac", {"m_nu": THIRD}), ("yukawa", {"m_Z": 7 * THIRD}), ("contact", {})]
)
def test_every_row_is_the_matrix_element(spin, form, values):
    what = table(f"{spin} {form}", 3, 4, values=values, Z=2)
    found = [row for row in rows(what) if row.value is not None]
    assert len(found) >= 4
    scale = 1 / (4 * sp.pi) if form in ("yukawa", "contact") else 1
    for row in found[:: max(1, len(found) // 6)]:
        element = matrix_element(row.bra, f"{spin} {form}", row.ket, Z=2)
        given = {s: values.get(s.name, 1) for s in element.value.free_symbols}
        ours = complex(element.numeric(given))
        assert ours == pytest.approx(-1j * float(scale) * float(row.value), rel=1e-14, abs=1e-300)


def test_a_table_holds_every_allowed_pair_once():
    what = table("sigma_p.p r^-1", 2, 6)
    found = {(row.bra, row.ket) for row in rows(what)}
    every = [
        state(f"{n}{'SPDFGH'[l]}{2 * l + s}/2, F={l + (s + k) // 2}")
        for n in range(2, 7)
        for l in range(n)
        for s in (-1, 1)
        for k in (-1, 1)
        if 2 * l + s > 0
    ]
    allowed = {
        (a, b)
        for a in every
        for b in every
        if a.l == b.l + 1 and a.F == b.F and matrix_element(a, "sigma_p.p r^-1", b).value != 0
    }
    nonzero = {(row.bra, row.ket) for row in rows(what) if row.value}
    assert nonzero == allowed
    assert len(found) == len(list(rows(what)))


def test_a_table_says_where_the_integral_diverges():
    for row in rows(table("sigma_p.p r^-5", 3, 4)):
        assert (row.value is None) == (row.ket.l < 2)


def test_formats_agree():
    what = table("(sigma_e x sigma_p).grad r^-5", 4, 5)
    found = list(rows(what))
    text = {form: "\n".join(render(what, found, form)) for form in FORMATS}
    table_csv = list(csv.DictReader(io.StringIO(text["csv"])))
    data = json.loads(text["json"])
    assert data["unit"] == "-i a_0^-6"
    assert len(table_csv) == len(data["rows"]) == len(found) == text["latex"].count(r" \\") - 1
    for line, entry, row in zip(table_csv, data["rows"], found, strict=True):
        assert line["bra"] == entry["bra"] == str(row.bra)
        assert row.bra.latex in text["latex"]
        assert (line["decimal"] == "") == (entry["decimal"] is None) == (row.value is None)
        if row.value is not None:
            assert float(line["decimal"]) == entry["decimal"] == float(row.value)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: table("z", 2, 3), "a table is made of"),
        (lambda: table("sigma_e.p dirac", 2, 3), "needs a rational value for m_nu"),
        (lambda: table("sigma_e.p nothing", 2, 3), "no potential"),
        (lambda: table("sigma_e.p r^-1", 3, 2), "low <= high"),
        (lambda: list(render(table("sigma_e.p r^-1", 2, 2), [], "xml")), "no format"),
    ],
)
def test_wrong_tables_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--format", "latex"], "--format"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--n", "2..3"], "--n"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--set", "r=1"], "no symbol of"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--set", "a_0=1", "--set", "m_Z=1"], "no symbol of"),
        (["matrix-element", "--table", "sigma_p.p r^-5", "--set", "r=2"], "no symbol of r^-5"),
        (["matrix-element", "--table", "sigma_p.p dirac", "--set", "m_nu=1", "--set", "m_Z=2"], "no symbol of dirac"),
        (["matrix-element", "--table", "sigma_p.p r^-5", "--Z", "-1"], "at least 1"),
        (["matrix-element", "--table", "sigma_p.p r^-5", "--digits", "20"], "--digits"),
        (["rotation", "--table", "4..4", "--from", "4F5/2, F=3", "--length", "1"], "--from, --length"),
        (["rotation", "--table", "4..4", "-o", "nowhere/x.csv"], "folder that exists"),
        (["rotation", "--from", "4F5/2, F=3", "--to", "4F7/2, F=3", "--format", "csv"], "--format"),
        (["rotation", "--from", "4F5/2, F=3", "--to", "4F7/2, F=3", "--s2", ""], "is a scheme"),
    ],
)
def test_options_without_effect_are_refused(arguments, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.out == ""


def test_columns_of_a_heavy_ion_stay_apart(capsys):
    assert main(["levels", "--atom", "Z=92 A=238", "--n", "3"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    columns = len(head.partition("   (")[0].replace("reduced mass", "reduced_mass").replace("vacuum p", "vacuum_p").split())
    assert {len(line.split()) for line in lines if line.startswith("3")} == {columns}


def test_command_prints_one_element(capsys):
    words = ["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3"]
    assert main(words) == 0
    assert "sqrt(7)*I/(1204224*a_0**6)" in capsys.readouterr().out
    assert main([*words, "--json", "--set", "a_0=1", "--digits", "20"]) == 0
    data = json.loads(capsys.readouterr().out)
    with mp.workdps(30):
        assert abs(mp.mpf(data["numeric"]["im"]) * 1204224 / mp.sqrt(7) - 1) < mp.mpf(10) ** -19
    assert data["exact"] == "sqrt(7)*I/(1204224*a_0**6)"


def test_command_writes_a_table_and_shows_progress(capsys, tmp_path):
    target = tmp_path / "table.csv"
    assert main(["matrix-element", "--table", "sigma_e.p r^-3", "--n", "2..4", "-o", str(target)]) == 0
    captured = capsys.readouterr()
    assert "n = 4 of 4" in captured.err
    assert target.read_text().splitlines()[0] == "bra,ket,angular,radial,element / (-i a_0^-4),decimal"
    assert main(["matrix-element", "--table", "sigma_e.p r^-3", "--n", "2..3", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert json.loads(captured.out)["n"] == [2, 3]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["2P1/2", "sigma_e.p r^-5", "2S1/2"], 3, "short-distance"),
        (["2P1/2", "sigma_e.p r^-1"], 2, "three words"),
        (["2P1/2", "sigma_e.p r^-1", "2D5/2"], 2, "needs n > l"),
        (["2P1/2", "sigma_e.p yukawa", "2S1/2", "--set", "a_0=1"], 2, "needs values for m_Z"),
        (["2P1/2", "sigma_e.p r^-1", "2S1/2", "--set", "a_0=9**9**9"], 2, "sets no value"),
        (["2P1/2", "sigma_e.p r^-1", "2S1/2", "--set", "a_0=1/0"], 2, "divides by zero"),
        (["2P1/2", "sigma_e.p r^-1", "2S1/2", "--set", "a_9=1"], 2, "no symbol 'a_9'"),
        (["--table", "sigma_e.p r^-1", "--n", "2"], 2, "a range such as"),
        (["--table", "sigma_e.p r^-1", "more"], 2, "one word"),
        (["--table", "sigma_e.p r^-1", "-o", "/no/such/folder/x.csv"], 2, "folder that exists"),
    ],
)
def test_command_refuses_with_the_right_code(words, code, says, capsys):
    assert main(["matrix-element", *words]) == code
    assert says in capsys.readouterr().err


def test_two_ranges_are_refused_rather_than_mixed(monkeypatch):
    m, r = operator.m_nu, operator.r
    one = operator.POTENTIALS["dirac"]
    monkeypatch.setitem(operator.POTENTIALS, "two masses", one + one.subs(m, 2 * m))
    monkeypatch.setitem(operator.POTENTIALS, "one mass", one + m**2 * sp.besselk(2, 2 * m * r) / r**3)
    for spin in SPINS:
        with pytest.raises(NotDerivable, match="2 ranges"):
            table(f"{spin} two masses", 3, 4, values={"m_nu": sp.Rational(1, 7)})
        rows_of = {name: list(rows(table(f"{spin} {name}", 3, 4, values={"m_nu": sp.Rational(1, 7)})))
                   for name in ("one mass", "dirac", "majorana")}  # fmt: skip
        for sum_, dirac, majorana in zip(*rows_of.values(), strict=True):
            if sum_.value is not None:
                assert float(sum_.value) == pytest.approx(float(dirac.value) + float(majorana.value) / 2, rel=1e-12, abs=0)
