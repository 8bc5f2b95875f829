"""What ``pellucid train`` and ``show`` print of a result: readable in 80 columns, small numbers with their digits."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid.cli.app import run
from pellucid.cli.output import number
from pellucid.cli.result import _print_confusion

QUICK = ["--epochs", "3", "--hidden", "8", "--quiet", "--out", "run"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(path, target, rows=240):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(rows, 2))
    lines = [f"{a:.4f},{b:.4f},{target(i, a, b)}" for i, (a, b) in enumerate(x)]
    path.write_text("\n".join(["a,b,y", *lines]), encoding="utf-8")


@pytest.mark.parametrize(
    ("classes", "matrix"),
    [
        (("no", "yes"), True),
        (tuple(f"a rather long name of class {i}" for i in range(9)), True),
        (tuple(map(str, range(30))), False),
    ],
    ids=["two", "long", "many"],
)
def test_classes_fit_80_columns(capsys, tmp_path, classes, matrix):
    write(tmp_path / "t.csv", lambda i, a, b: classes[i % len(classes)])
    assert run(["train", "t.csv", "--task", "classification", *QUICK]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    assert "\x1b" not in printed
    assert ("what each true class was taken for" in printed) is matrix
    assert ("the lowest f1, 10 of 30" in printed) is not matrix
    assert "how sure the network was" in printed
    stored = json.loads((tmp_path / "run" / "run.json").read_text())["result"]
    assert len(stored["details"]["classes"]) == len(stored["details"]["confusion"]) == len(classes)
    assert run(["show", "run"]) == 0
    assert printed in capsys.readouterr().out
    assert run(["show", "run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == stored


def test_the_columns_of_the_matrix_have_the_labels_where_they_fit(capsys):
    short, long = [f"no{k}" for k in range(10)], [f"number {k}" for k in range(10)]
    for names, heads in ((short, short), (long, [str(k) for k in range(1, 11)])):
        _print_confusion(names, [[1] * 10] * 10)
        printed = capsys.readouterr().out.splitlines()
        assert next(line.split() for line in printed if line.startswith("class")) == ["class", *heads]
        assert max(map(len, printed)) <= 80


@pytest.mark.parametrize("count", [2, 12])
def test_labels_have_figures_of_their_own(capsys, tmp_path, count):
    x = np.random.default_rng(0).normal(size=(120, 2))
    names = [f"label {k}" for k in range(count)]
    rows = [[a, b, *(int(a + k * b > 0) for k in range(count - 1)), int(i % 20 == 3)] for i, (a, b) in enumerate(x)]
    (tmp_path / "t.csv").write_text("\n".join(",".join(map(str, row)) for row in [["a", "b", *names], *rows]))
    assert run(["train", "t.csv", "--target", ",".join(names), *QUICK]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    assert ("labels of the test part with the lowest f1, 10 of 12" in printed) is (count == 12)
    stored = json.loads((tmp_path / "run" / "run.json").read_text())["result"]
    labels = stored["details"]["labels"]
    assert [figures["label"] for figures in labels] == names
    assert {"macro_f1", "roc_auc", "brier"} < set(stored["test"])
    known = [figures["roc_auc"] for figures in labels if figures["roc_auc"] is not None]
    assert stored["test"]["roc_auc"] == pytest.approx(np.mean(known))


def test_a_rare_class_that_is_never_found_is_remarked(capsys, tmp_path):
    write(tmp_path / "t.csv", lambda i, a, b: "yes" if i % 20 == 3 else "no", 120)
    assert run(["train", "t.csv", "--epochs", "15", *QUICK[2:]]) == 0
    printed = capsys.readouterr().out
    assert "no better than the majority class (94.4 %) on the test part" in printed
    assert "class yes is never predicted" in printed
    remarks = json.loads((tmp_path / "run" / "run.json").read_text())["result"]["remarks"]
    assert len(remarks) == 2


def test_errors_of_small_targets_keep_their_digits(capsys, tmp_path):
    write(tmp_path / "t.csv", lambda i, a, b: f"{(a - b) * 1e-9:.6g}")
    assert run(["train", "t.csv", *QUICK]) == 0
    rows = {
        line.split()[-4]: line.split()[-3:] for line in capsys.readouterr().out.splitlines() if len(line.split()) > 3
    }
    assert all(1e-12 < float(cell) < 1e-8 for name in ("rmse", "mae", "error") for cell in rows[name])


def test_a_forecast_no_better_than_repeating(capsys, tmp_path):
    steps = np.random.default_rng(0).normal(size=200).cumsum()
    dates = np.datetime64("2024-01-01") + np.arange(200)
    (tmp_path / "t.csv").write_text("\n".join(["day,y", *(f"{d},{v:.4f}" for d, v in zip(dates, steps, strict=True))]))
    assert run(["train", "t.csv", "--time", "day", "--window", "8", "--horizon", "4", *QUICK[:2], *QUICK[4:]]) == 0
    assert "than repeating the last step" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0.0000"),
        (1.0, "1.0000"),
        (0.98765, "0.9877"),
        (1.2346e-9, "1.235e-09"),
        (-2e-5, "-2e-05"),
        (12345.67, "12,345.7"),
        (1.5e12, "1.5e+12"),
    ],
)
def test_numbers_for_readers(value, shown):
    assert number(value) == shown
