"""``pellucid doctor``, ``drive``, ``rate`` and ``train --doctor``: what they print, write and end with."""

from __future__ import annotations

import json
import tomllib

import numpy as np
import pytest

from pellucid.cli.app import run


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of two columns and their sum."""
    path = tmp_path_factory.mktemp("data") / "sums.csv"
    x = np.random.default_rng(0).normal(size=(120, 2))
    rows = [f"{a:.4f},{b:.4f},{2 * a - b:.4f}" for a, b in x]
    path.write_text("\n".join(["a,b,y", *rows]))
    return path


SLOW = ["--optimizer", "sgd", "--learning-rate", "1e-6", "--epochs", "20", "--hidden", "none", "--engine", "numpy"]


def test_a_rate_too_low_is_found_cured_and_the_cure_trains_better(table, tmp_path, capsys):
    fixed = tmp_path / "fixed.toml"
    assert run(["doctor", str(table), *SLOW, "--apply", str(fixed), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("ERROR: rate too low")
    assert max(map(len, out.splitlines())) <= 80
    settings = tomllib.loads(fixed.read_text())
    assert settings["learning_rate"] > 1e-4
    r2 = {}
    for name, how in (("slow", [str(table), *SLOW]), ("fixed", ["--config", str(fixed)])):
        assert run(["train", *how, "--out", str(tmp_path / name), "--quiet", "--no-report", "--json"]) == 0
        r2[name] = json.loads(capsys.readouterr().out)["validation"]["r2"]
    assert r2["fixed"] > 0.8 > r2["slow"] + 0.5


def test_json_of_a_healthy_training_by_exact_tests_alone(table, capsys):
    assert run(["doctor", str(table), "--json", "--quiet", "--budget", "0"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["healthy"], said["complete"]) == (True, True)
    assert "gradients" in said["looked_at"]


def test_a_run_whose_data_is_gone_says_which(table, tmp_path, capsys):
    data = tmp_path / "gone.csv"
    data.write_text(table.read_text())
    how = ["--epochs", "1", "--hidden", "none", "--no-report", "--quiet"]
    assert run(["train", str(data), *how, "--out", str(tmp_path / "run")]) == 0
    data.unlink()
    assert run(["doctor", str(tmp_path / "run"), "--quiet"]) == 2
    assert "gone.csv, which is not here" in capsys.readouterr().err


def test_an_example_takes_no_settings(capsys):
    assert run(["doctor", "zeros", "--epochs", "3"]) == 2
    assert "zeros is an example" in capsys.readouterr().err


def test_a_question_is_answered(capsys):
    assert run(["doctor", "zeros", "--quiet"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("why does a layer of many units behave like one?")
    assert "units that stay alike" in out
    assert "weights drawn by fan-in" in out


def test_a_training_is_watched_after_a_test_drive(table, tmp_path, capsys):
    out = tmp_path / "run"
    how = ["--optimizer", "sgd", "--learning-rate", "1e-6", "--epochs", "60", "--hidden", "8", "--no-report"]
    assert run(["train", str(table), *how, "--out", str(out), "--drive", "--doctor", "--engine", "numpy"]) == 1
    assert "No go" in capsys.readouterr().err  # the few examples cannot be learnt with such a rate
    assert run(["train", str(table), *how, "--out", str(out), "--doctor", "--engine", "numpy", "--quiet"]) == 0
    lines = [json.loads(line) for line in (out / "findings.jsonl").read_text().splitlines()]
    assert ("no progress", "begun") in [(line["name"], line["state"]) for line in lines]


def test_a_test_drive(table, capsys):
    assert run(["drive", str(table), "--json", "--quiet", "--hidden", "8", "--learning-rate", "0.02"]) == 0
    assert json.loads(capsys.readouterr().out)["go"] is True


def test_a_range_test_from_a_file_of_settings(table, tmp_path, capsys):
    config = tmp_path / "sums.toml"
    config.write_text(f'data = "{table}"\noptimizer = "sgd"\nhidden = []\nengine = "numpy"\nbatch_size = 16\n')
    picture = tmp_path / "rate.png"
    assert run(["rate", str(config), "--steps", "60", "--plot", str(picture), "--json", "--quiet"]) == 0
    assert 1e-3 < json.loads(capsys.readouterr().out)["suggested"] < 1
    assert picture.stat().st_size > 1000
