"""Tables on the command line: what is read, predicted, and said."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys

import pytest

from pellucid.cli.app import run
from pellucid.cli.output import print_table

QUICK = ["--epochs", "3", "--hidden", "8"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [(i % 7, (i * 3) % 5, 1e6 + i % 7, i % 7 - 3, int(i % 7 > 3), ["no", "yes"][i % 2]) for i in range(60)]
    with (tmp_path / "t.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("x", "z", "a", "b", "l", "m"), *rows])


def predicted(capsys, *arguments):
    assert run(["predict", *arguments, "--quiet"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def trained(capsys, *arguments):
    assert run(["train", *arguments, *QUICK, "--out", "run", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_several_amounts(capsys):
    result = trained(capsys, "t.csv", "--target", "a,b", "--leave-out", "l,m")
    assert result["task"] == "regression"
    assert {"rmse(a)", "rmse(b)", "r2"} <= result["test"].keys()
    rows = predicted(capsys, "run", "t.csv")
    assert (len(rows), list(rows[0])) == (60, ["a", "b"])
    assert all(9e5 < float(row["a"]) < 1.1e6 and -10 < float(row["b"]) < 10 for row in rows)


def test_several_labels(capsys):
    result = trained(capsys, "t.csv", "--target", "l,m")
    assert result["task"] == "multi-label"
    assert set(result["baseline"]) == {"majority class", "logistic regression"}
    rows = predicted(capsys, "run", "t.csv")
    assert (len(rows), list(rows[0])) == (60, ["l", "m", "p(l=1)", "p(m=yes)"])
    assert {row["l"] for row in rows} <= {"0", "1"}
    assert {row["m"] for row in rows} <= {"no", "yes"}


def test_targets_that_do_not_go_together_are_named(capsys):
    assert run(["train", "t.csv", "--target", "a,m"]) == 2
    assert "the target 'm' holds 2 different words; several targets are all amounts" in capsys.readouterr().err
    assert run(["train", "t.csv", "--target", "a,nix"]) == 2
    assert "unknown column of t.csv 'nix'" in capsys.readouterr().err


def test_a_table_on_standard_input(tmp_path):
    text = (tmp_path / "t.csv").read_bytes()
    command = [sys.executable, "-m", "pellucid"]
    train = [*command, "train", "-", "--target", "m", *QUICK, "--out", "run"]
    subprocess.run(train, input=gzip.compress(text), check=True, capture_output=True)
    ran = subprocess.run([*command, "predict", "run", "-"], input=text, check=True, capture_output=True)
    rows = list(csv.DictReader(io.StringIO(ran.stdout.decode())))
    assert len(rows) == 60
    assert {row["prediction"] for row in rows} <= {"no", "yes"}


def test_labels_come_back_as_they_were_written(capsys, tmp_path):
    (tmp_path / "w.csv").write_text("x,ok\n" + "".join(f"{i % 9},{i % 9 > 4}\n" for i in range(60)))
    trained(capsys, "w.csv")
    assert {row["prediction"] for row in predicted(capsys, "run", "w.csv")} <= {"True", "False"}


def test_small_numbers_show_their_digits(capsys):
    print_table(["rmse"], [[1.2345678e-9], [0.0], [0.5]])
    assert capsys.readouterr().out.split()[2:] == ["1.235e-09", "0.0000", "0.5000"]


def test_a_sample_that_is_not_there_is_refused(capsys):
    trained(capsys, "t.csv", "--target", "m")
    assert run(["explain", "run", "--sample", "9"]) == 2
    assert "the test part of run has no sample 9: choose one from 0 to 8" in capsys.readouterr().err
    assert run(["explain", "iris", "--sample", "-1"]) == 2
    assert "has no sample -1" in capsys.readouterr().err
    assert run(["explain", "two-two-two", "--sample", "4"]) == 2
    assert "there is only one, sample 0" in capsys.readouterr().err
