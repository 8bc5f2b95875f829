"""``pellucid train --prepare``: the run folder keeps what was fitted, and ``predict`` uses it."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from pellucid import load_run
from pellucid.cli.app import run
from pellucid.runs.preparation import read_preparation

QUICK = ["--epochs", "3", "--hidden", "4", "--seed", "1", "--quiet"]


@pytest.fixture
def flowers(tmp_path, monkeypatch):
    """A table of three columns that go together, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    a = rng.normal(size=90)
    with (tmp_path / "flowers.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["a", "b", "c", "kind"])
        for row in range(90):
            out.writerow([a[row], 2 * a[row] + rng.normal() / 5, rng.normal() * 100, "red" if a[row] > 0 else "blue"])
    return tmp_path


@pytest.mark.parametrize("options", [["whiten", "--components", "2"], ["zca", "--epsilon", "0.01"], ["decorrelate"]])
def test_predict_uses_what_was_stored(flowers, capsys, options):
    assert run(["train", "flowers.csv", "--prepare", *options, *QUICK, "--out", "r", "--json"]) == 0
    step = options[0]
    assert any(f"inputs: {step}" in note for note in json.loads(capsys.readouterr().out)["notes"])
    assert (flowers / "r" / "preprocessing.safetensors").exists()
    assert json.loads((flowers / "r" / "run.json").read_text())["settings"]["prepare"] == step
    one_row = "".join((flowers / "flowers.csv").read_text().splitlines(keepends=True)[:2])
    (flowers / "one.csv").write_text(one_row)  # a single row, of which nothing could be fitted
    assert run(["predict", "r", "one.csv", "--quiet"]) == 0
    (said,) = csv.DictReader(io.StringIO(capsys.readouterr().out))

    fitted, numbers = read_preparation(flowers / "r"), np.array([one_row.split()[1].split(",")[:3]], float)
    z = (numbers - fitted.numbers.mean) / fitted.numbers.scale
    rotation = fitted.rotation
    z = (z - rotation.mean) @ rotation.basis
    if step != "decorrelate":
        z = z / np.sqrt(rotation.variances + rotation.epsilon)
    if step == "zca":
        z = z @ rotation.basis.T
    expected = load_run(flowers / "r").trained.predict(z.astype(np.float32))[0, 0]
    assert float(said["p(blue)"]) == pytest.approx(expected, abs=1e-5)


def test_resumed_and_checked_but_not_changed(flowers, capsys):
    assert run(["train", "flowers.csv", "--prepare", "whiten", *QUICK, "--out", "r"]) == 0
    assert run(["train", "--resume", "r", "--epochs", "5", "--quiet"]) == 0
    assert run(["check", "r"]) == 0
    for option in (["--prepare", "raw"], ["--components", "2"], ["--epsilon", "0.1"]):
        assert run(["train", "--resume", "r", *option]) == 2
        assert f"leave out {option[0]}" in capsys.readouterr().err


def test_toml(flowers):
    (flowers / "c.toml").write_text('data = "flowers.csv"\nprepare = "whiten"\ncomponents = 0.9\nepsilon = 1e-3\n')
    assert run(["train", "--config", "c.toml", *QUICK, "--out", "r"]) == 0
    rotation = read_preparation(flowers / "r").rotation
    assert (rotation.epsilon, rotation.outputs) == (1e-3, (2,))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--prepare", "white"], "prepare should be 'auto', 'raw'"),
        (
            ["--prepare", "whiten", "--components", "4"],
            "components is 4, but 63 rows of 3 columns vary in 3 directions",
        ),
        (["--prepare", "whiten", "--components", "all"], "'all' is neither how many, such as 12, nor a share"),
        (["--prepare", "whiten", "--components", "1.5"], "not 1.5"),
        (["--prepare", "whiten", "--epsilon", "0"], "epsilon should be greater than 0"),
        (["--components", "2"], "components is for decorrelate, whiten, zca, not for auto"),
        (["--prepare", "zca", "--network", "cnn", "--epsilon", "nan"], "epsilon"),
    ],
)
def test_bad_options_in_one_line(flowers, capsys, options, message):
    assert run(["train", "flowers.csv", *options, *QUICK]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_matrices_that_are_gone_or_spoiled(flowers, capsys):
    assert run(["train", "flowers.csv", "--prepare", "whiten", *QUICK, "--out", "r"]) == 0
    matrices = flowers / "r" / "preprocessing.safetensors"
    for spoil in (lambda: matrices.write_bytes(matrices.read_bytes()[:50]), matrices.unlink):
        spoil()
        capsys.readouterr()
        assert run(["predict", "r", "flowers.csv"]) == 2
        error = capsys.readouterr().err
        assert "preprocessing.safetensors" in error
        assert error.count("\n") == 1
