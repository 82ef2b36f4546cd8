"""Long scans: the kernel's own values, in pieces that survive an interruption, inside the proved ranges only."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from nuforce_sym import cli, scan_request
from nuforce_sym.errors import DimensionError, InputError
from nuforce_sym.scan import Axis, kernel_function, scan

FIXED = {"G_F": 1.1663787e-5, "g_V1": 0.5, "g_V2": 0.5}
AXIS = Axis("r", 1e6, 1e12, 1000)


def test_a_scan_gives_the_kernels_values_and_says_how_it_goes(tmp_path):
    heard = []
    done = scan("two_neutrino", [AXIS], FIXED, folder=tmp_path, listener=heard.append, piece=300)
    np.testing.assert_array_equal(done.values, kernel_function("two_neutrino")(AXIS.values, *FIXED.values()))
    np.testing.assert_allclose(done.values, FIXED["G_F"] ** 2 / 4 / (4 * np.pi**3 * AXIS.values**5), rtol=1e-14)
    assert (done.pieces, done.resumed) == (4, 0)
    assert len(heard) == 5
    assert "1000 points in 4 pieces, at most 0.01 MB" in heard[0]
    assert "1000/1000 points" in heard[-1]
    assert 0 < done.bound < 1e-14


def test_an_interrupted_scan_resumes_with_what_is_there(tmp_path):
    def stop(line):
        if "2/4" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan("two_neutrino", [AXIS], FIXED, folder=tmp_path, listener=stop, piece=300)
    assert len(list(tmp_path.glob("*.npz"))) == 2
    done = scan("two_neutrino", [AXIS], FIXED, folder=tmp_path, piece=300)
    assert (done.pieces, done.resumed) == (4, 2)
    np.testing.assert_array_equal(done.values, scan("two_neutrino", [AXIS], FIXED, folder=tmp_path / "new").values)


def test_a_damaged_piece_is_done_again_and_another_grid_has_other_pieces(tmp_path):
    first = scan("two_neutrino", [AXIS], FIXED, folder=tmp_path, piece=300)
    damaged = sorted(tmp_path.glob("*.npz"))[0]
    damaged.write_text("{", encoding="utf-8")
    again = scan("two_neutrino", [AXIS], FIXED, folder=tmp_path, piece=300)
    assert again.resumed == 3
    np.testing.assert_array_equal(first.values, again.values)
    other = scan("two_neutrino", [AXIS], {**FIXED, "g_V1": 0.25}, folder=tmp_path, piece=300)
    assert other.resumed == 0
    np.testing.assert_allclose(2 * other.values, first.values, rtol=1e-15)


def test_a_piece_takes_at_most_eight_bytes_a_point_and_a_flipped_bit_is_noticed(tmp_path):
    first = scan("two_neutrino", [Axis("r", 1e6, 1e12, 10_000)], FIXED, folder=tmp_path)
    (path,) = tmp_path.glob("*.npz")
    content = bytearray(path.read_bytes())
    assert len(content) < 8 * 10_000 + 500
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    again = scan("two_neutrino", [Axis("r", 1e6, 1e12, 10_000)], FIXED, folder=tmp_path)
    assert again.resumed == 0
    np.testing.assert_array_equal(first.values, again.values)


def test_a_scan_needs_a_folder_of_its_own(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    request = ["scan", "two_neutrino", "--grid", "r=1nm:1um:5", "--set", "G_F=", "--set", "g_V1=1", "--set", "g_V2=1"]
    for store in ("", ".", "./"):
        assert cli.main([*request, "--store", store]) == 2
        assert "need a folder of their own" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_two_axes_the_last_one_fastest(tmp_path):
    axes = [Axis("r", 1e6, 1e7, 3), Axis("g_V1", -1.0, 1.0, 4, "lin")]
    done = scan("two_neutrino", axes, {"G_F": 1.0, "g_V2": 1.0}, folder=tmp_path, piece=5)
    assert done.values.shape == (3, 4)
    assert done.values[1, 0] == -done.values[1, 3]
    assert done.values[0, 3] / done.values[2, 3] == pytest.approx(1e5, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("axes", "fixed", "message"),
    [
        ([AXIS], {"G_F": 1.0, "g_V1": 1.0}, "each once"),
        ([AXIS], {**FIXED, "r": 1.0}, "each once"),
        ([Axis("r", 1e6, 1e31, 3)], FIXED, "outside"),
        ([Axis("r", -1e7, -1e6, 3, "lin")], FIXED, "outside"),
        ([Axis("r", 0.0, 1e7, 3, "lin")], FIXED, "outside"),
        ([AXIS], {**FIXED, "g_V1": 1e9}, "outside"),
        ([Axis("r", 1e6, 1e7, 10**10)], FIXED, "at most"),
    ],
)
def test_a_wrong_grid_is_refused(axes, fixed, message, tmp_path):
    with pytest.raises(InputError, match=message):
        scan("two_neutrino", axes, fixed, folder=tmp_path)


def test_a_constraint_is_checked_at_the_corners(tmp_path):
    with pytest.raises(InputError, match="2\\*m_nu\\*r"):
        scan("two_neutrino_dirac", [Axis("r", 1e6, 1e12, 3)], {**FIXED, "m_nu": 1e-3}, folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("r=1um:1km", InputError, "NAME=LOW:HIGH:COUNT"),
        ("r=1um:1km:many", InputError, "NAME=LOW:HIGH:COUNT"),
        ("r=1um:1km:\N{SUPERSCRIPT TWO}", InputError, "NAME=LOW:HIGH:COUNT"),
        ("r=1:1km:5", InputError, "lacks its unit"),
        ("r=1eV:1km:5", DimensionError, "carries energy"),
        ("r=1km:1um:5", InputError, "low <= high"),
        ("r=-1km:1km:5:log", InputError, "above zero"),
        ("r=1um:1km:5:cubic", InputError, "'lin' or 'log'"),
        ("rr=1um:1km:5", InputError, "no symbol"),
    ],
)
def test_axes_as_text_are_refused_in_words(text, error, message):
    with pytest.raises(error, match=message):
        scan_request.axis(text)


def test_axes_and_values_as_text():
    it = scan_request.axis("r=1um:1km:7")
    assert (it.count, it.spacing) == (7, "log")
    assert it.high / it.low == pytest.approx(1e9, rel=1e-12, abs=0)
    assert it.values[0] == it.low
    assert it.values[-1] == it.high
    assert scan_request.fixed_value("E_nu=2MeV") == ("E_nu", pytest.approx(2e-3))
    assert scan_request.fixed_value("g_V1=-0.5") == ("g_V1", -0.5)
    assert scan_request.fixed_value("G_F=") == ("G_F", 1.1663787e-5)
    with pytest.raises(InputError, match="NAME=VALUE"):
        scan_request.fixed_value("E_nu")


def test_the_verb(capsys, tmp_path):
    request = ["scan", "two_neutrino", "--grid", "r=1nm:1um:50", "--set", "G_F=", "--set", "g_V1=0.5", "--set", "g_V2=0.5"]
    target, store = tmp_path / "scan.csv", tmp_path / "store"
    assert cli.main([*request, "--store", str(store), "--csv", str(target), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["points"], data["resumed"]) == (50, 0)
    with target.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 50
    ratio = float(rows[0]["two_neutrino"]) / float(rows[-1]["two_neutrino"])
    assert ratio == pytest.approx(1e15, rel=1e-9, abs=0)
    assert cli.main([*request, "--store", str(store)]) == 0
    assert "resumed       1" in capsys.readouterr().out
    assert cli.main(["scan", "two_neutrin", "--grid", "r=1nm:1um:50"]) == 2
    assert "did you mean" in capsys.readouterr().err
