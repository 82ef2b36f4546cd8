"""The command, as a user meets it."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nuforce_sym import registry
from nuforce_sym.cli import main
from nuforce_sym.kernel import files, python
from nuforce_sym.paper.derivation_tex import body
from nuforce_sym.verbs.terminal import print_json

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ROOT / "generated"


def nuforce(*arguments, cwd=ROOT, **environment):
    return subprocess.run(
        [sys.executable, "-m", "nuforce_sym", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_help_imports_neither_sympy_nor_numpy():
    code = (
        "import sys, contextlib, io\nfrom nuforce_sym.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n    main(['--help'])\n"
        "print(sorted({'sympy', 'numpy', 'scipy', 'mpmath', 'flint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["derive", "two_neutrinos"], 2, "did you mean 'two_neutrino'"),
        (["show", "two_neutrino_direc"], 2, "did you mean 'two_neutrino_dirac'"),
        (["derive", "two_neutrino", "--upto", "potentail"], 2, "did you mean 'potential'"),
        (["derive", "no/such/file.py"], 2, "no Python file"),
        (["export"], 2, "name a kernel"),
        (["export", "two_neutrino_dirac_forc"], 2, "did you mean"),
        (["export", "--accept", " "], 2, "needs a reason"),
        (["latex", "basset", "-o", "/no/such/folder/x.tex"], 2, "folder that exists"),
        (["cite", "nothing"], 2, "no derivation"),
        (["check", "nothing"], 2, "no derivation or kernel"),
        (["build", "-o", "/proc/nuforce"], 2, "cannot write"),
        (["frobnicate"], 2, "invalid choice"),
    ],
)
def test_a_wrong_request_exits_2_with_one_clear_message(arguments, code, words):
    done = nuforce(*arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_checkout_build_asks_for_a_folder(tmp_path):
    done = nuforce("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "-o DIR" in done.stderr


def test_build_writes_what_generated_holds(tmp_path, derived):
    done = nuforce("build", "--json", "-o", tmp_path / "new", PYTHONHASHSEED="7", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["failures"] == []
    names = {p.name for p in GENERATED.iterdir() if p.suffix in (".py", ".json", ".tex")}
    assert {p.name for p in (tmp_path / "new").iterdir()} == names
    for name in names - {"MANIFEST.json"}:
        assert (tmp_path / "new" / name).read_bytes() == (GENERATED / name).read_bytes(), name
    ours, theirs = (json.loads((folder / "MANIFEST.json").read_text()) for folder in (tmp_path / "new", GENERATED))
    assert ours["kernels"] == theirs["kernels"]
    assert ours["papers"] == theirs["papers"]


@pytest.mark.parametrize("seed", ["0", "7"])
def test_what_is_derived_anew_under_any_hash_seed_is_what_generated_holds(seed):
    done = nuforce("export", "vector_axial_exchange", "--check", "--json", PYTHONHASHSEED=seed, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout).values()) == {"same"}


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "generated"
    shutil.copytree(GENERATED, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def drift(folder, name="coulomb"):
    done = nuforce("export", name, "--check", "--json", "-o", folder)
    return done.returncode, {k: v for k, v in json.loads(done.stdout).items() if v != "same"}


def test_drift_names_every_way_in_which_files_can_differ(copy, derived, exports):
    made = [export for _, _, export in exports.values()]
    papers = {name: body(registry.get_derivation(name), d.results) for name, d in derived.items()}

    def found():
        return {k: v for k, v in files.drift(made, papers, copy).items() if v != "same"}

    assert found() == {}
    edited = copy / "coulomb.py"
    edited.write_text(edited.read_text().replace("Positive values repel", "Positive values attract"))
    (copy / "two_neutrino.json").unlink()
    (copy / "stray.py").write_text("")
    paper = copy / "basset.tex"
    paper.write_text(paper.read_text() + "% more\n")
    assert found() == {"coulomb": "hand-edited", "two_neutrino": "missing", "stray.py": "orphan", "basset.tex": "hand-edited"}
    assert drift(copy) == (1, {"coulomb": "hand-edited"})


def test_a_changed_formula_is_called_a_changed_value_and_build_does_not_overwrite_it(copy, derived):
    """Put an older, wrong kernel on disk, consistent in itself, as a changed derivation would leave it."""
    module = copy / "coulomb.py"
    text = module.read_text().replace("alpha*Q_1*Q_2/r", "2*alpha*Q_1*Q_2/r")
    old = re.search(r"# text    (\w+)", text)[1]
    text = text.replace(old, python.text_hash(text))
    module.write_text(text)
    manifest = json.loads((copy / "MANIFEST.json").read_text())
    manifest["kernels"]["coulomb"]["text"] = python.text_hash(text)
    (copy / "MANIFEST.json").write_text(json.dumps(manifest))
    assert drift(copy) == (1, {"coulomb": "CHANGED VALUE"})
    done = nuforce("build", "-o", copy)
    assert done.returncode == 1
    assert "coulomb: CHANGED VALUE" in done.stderr
    assert module.read_text() == text
    done = nuforce("export", "--accept", "the factor 2 was wrong", "-o", copy)
    assert done.returncode == 0, done.stderr
    assert json.loads((copy / "MANIFEST.json").read_text())["accepted"][-1] == {
        "what": "coulomb", "reason": "CHANGED VALUE: the factor 2 was wrong",
    }  # fmt: skip
    assert drift(copy) == (0, {})


def test_check_of_one_kernel_fails_for_a_sabotaged_copy(copy):
    assert nuforce("check", "coulomb", "-o", copy).returncode == 0
    certificate = copy / "coulomb.json"
    data = json.loads(certificate.read_text())
    data["bound"] = 1e-16
    certificate.write_text(json.dumps(data))
    done = nuforce("check", "coulomb", "-o", copy)
    assert done.returncode == 1
    assert "kernel coulomb, clause rounding" in done.stderr


def test_a_symbolic_link_in_the_folder_is_refused(copy, tmp_path):
    (tmp_path / "target").write_text("keep")
    (copy / "coulomb.py").unlink()
    (copy / "coulomb.py").symlink_to(tmp_path / "target")
    done = nuforce("export", "coulomb", "--check", "-o", copy)
    assert done.returncode == 2
    assert "symbolic link" in done.stderr
    assert (tmp_path / "target").read_text() == "keep"


def test_list_show_derive_latex_cite_doctor_answer_in_text_and_json():
    for arguments in (["list"], ["show", "two_neutrino"], ["show", "two_neutrino_force"], ["derive", "basset"],
                      ["latex", "two_neutrino"], ["cite", "two_neutrino"], ["doctor"], ["export", "coulomb"]):  # fmt: skip
        done = nuforce(*arguments)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
        assert json.loads(nuforce(*arguments, "--json").stdout)


def test_a_name_shared_by_a_derivation_and_its_kernel_shows_both():
    done = nuforce("show", "two_neutrino_dirac")
    assert "spectral_density" in done.stdout
    assert "1e-08 <= 2*m_nu*r <= 700" in done.stdout
    assert set(json.loads(nuforce("show", "two_neutrino_dirac", "--json").stdout)) == {"derivation", "kernel"}
    assert set(json.loads(nuforce("show", "coulomb", "--json").stdout)) == {"kernel"}


def test_a_derivation_of_ones_own_is_derived_from_its_file(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from nuforce_sym import Derivation, check\nfrom nuforce_sym.symbols import symbols\n"
        "r, alpha = symbols('r alpha')\nd = Derivation('mine', 'My own')\n\n\n"
        "@d.step('V(r)', check.dimension(1), check.scales(r, -1))\n"
        "def potential():\n    'By assumption.'\n    return alpha / r\n"
    )
    done = nuforce("derive", "mine.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "alpha/r" in done.stdout


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="there is no TeX installation here")
def test_the_standalone_document_compiles(tmp_path):
    done = nuforce("latex", "two_neutrino_majorana", "--standalone", "-o", tmp_path / "paper.pdf")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", ["README.md", "derivations/CONVENTIONS.md"])
def test_the_examples_of_the_documentation_run(page):
    result = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 3
    assert result.failed == 0


def test_the_wheel_holds_our_package_alone_and_works_outside_the_checkout(tmp_path):
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, ROOT], check=True,
                   capture_output=True, timeout=300)  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", site, wheel], check=True)
    tops = {p.name for p in site.iterdir()} - {"bin"}
    assert "nuforce_sym" in tops
    assert all(name == "nuforce_sym" or name.endswith(".dist-info") for name in tops)
    code = (
        "import nuforce_sym, pathlib\n"
        "assert pathlib.Path(nuforce_sym.__file__).is_relative_to(pathlib.Path('site').resolve())\n"
        "from nuforce_sym.generated.two_neutrino_dirac import two_neutrino_dirac as V; print(V(2.0, 0.5, 1.0, 1.0, 1.0))\n"
        "print(nuforce_sym.derive('two_neutrino')['potential'].value)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(site)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "G_F**2*g_V1*g_V2/(4*pi**3*r**5)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rotation", "--table", "\N{SUPERSCRIPT TWO}..3"], "range of n"),
        (["rotation", "--from", "4F5/2, F=3", "--to", "4F7/2, F=3", "-o", "x.csv"], "with --table"),
        (["rotation", "--from", "4F5/2, F=3", "--to", "4F7/2, F=3", "--length", "1"], "both --refractivity and --length"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--set", "a_0=-1"], "is positive"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "--set", "a_0=1", "--set", "a_0=2"], "set twice"),
        (["matrix-element", "4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3", "-o", "x.csv"], "with --table"),
        (["scan", "two_neutrino", "--grid", "r=1um:1mm:3", "--set", "g_V1=1", "--set", "g_V1=2"], "set twice"),
    ],
)
def test_options_that_would_be_ignored_or_mean_two_things_are_refused(arguments, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_json_has_no_infinities(capsys):
    print_json({"a": [1.0, float("inf")], "b": (float("nan"), "x")})
    assert json.loads(capsys.readouterr().out) == {"a": [1.0, None], "b": [None, "x"]}


def test_a_folder_is_no_file_to_write(tmp_path, capsys):
    for name, arguments in {
        "x.tex": ["latex", "basset", "-o"],
        "x.html": ["report", "basset", "-o"],
        "x.png": ["levels", "--plot"],
        "x.svg": ["compare-experiments", "--figure"],
    }.items():
        (tmp_path / name).mkdir()
        assert main([*arguments, str(tmp_path / name)]) == 2
        assert name in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 4
