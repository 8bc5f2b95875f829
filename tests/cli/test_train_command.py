"""``pellucid train``, ``predict`` and ``show`` from a user's chair: real files, real run folders."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from pellucid.cli.app import run
from pellucid.runs.layout import (
    CHECKPOINT,
    DESCRIPTION,
    EVENTS,
    FILES,
    METRICS,
    PREPARATION,
    REPORT,
    STEPS,
    WEIGHTS,
)

QUICK = ["--epochs", "3", "--hidden", "8"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ask(capsys, *arguments):
    """Run with --json: the parsed object, which must be all of standard output."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def write_flats(path, n=120):
    """A table with numbers, categories, gaps, and a price that depends on both."""
    rng = np.random.default_rng(0)
    size, rooms, town = rng.uniform(20, 150, n), rng.integers(1, 6, n), rng.choice(["Bonn", "Köln", "Trier"], n)
    price = 3 * size + 20 * rooms + np.where(town == "Köln", 50, 0) + rng.normal(0, 5, n)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["size", "rooms", "town", "price"])
        for i in range(n):
            out.writerow([f"{size[i]:.1f}" if i % 10 else "", rooms[i], town[i] if i % 7 else "NA", f"{price[i]:.2f}"])


def test_json_has_all_that_was_promised(capsys, tmp_path):
    result = ask(capsys, "train", "iris", *QUICK)
    assert {"run", "task", "engine", "epochs", "seconds", "train", "validation", "test", "baseline"} <= result.keys()
    assert result["task"] == "classification"
    assert result["epochs"] == 3
    figures = {"accuracy", "macro_f1", "roc_auc", "brier", "calibration_error", "loss"}
    assert set(result["test"]) == figures
    assert set(result["details"]) == {"classes", "confusion", "reliability"}
    assert set(result["baseline"]) == {"majority class", "logistic regression"}
    files = {path.name for path in (tmp_path / result["run"]).iterdir()}
    always = {DESCRIPTION, WEIGHTS, CHECKPOINT, METRICS, STEPS, EVENTS, PREPARATION, REPORT}
    assert always <= files <= set(FILES)  # layers are watched and examined as time allows
    assert json.loads((tmp_path / result["run"] / "run.json").read_text())["result"] == result


def test_the_table_and_the_messages_go_their_own_ways(capsys):
    assert run(["train", "wine", *QUICK]) == 0
    captured = capsys.readouterr()
    assert "logistic regression" in captured.out
    assert "run folder: runs/wine-1" in captured.out
    assert max(map(len, captured.out.splitlines())) <= 80
    assert run(["train", "wine", *QUICK, "--quiet"]) == 0
    captured = capsys.readouterr()
    assert "runs/wine-2" in captured.out
    assert captured.err == ""


def test_a_table_from_file_to_prediction(capsys, tmp_path):
    write_flats(tmp_path / "flats.csv")
    assert run(["train", "flats.csv", "--target", "price", "--epochs", "150", "--out", "run"]) == 0
    said = capsys.readouterr()
    assert "regression" in said.err
    result = json.loads((tmp_path / "run" / "run.json").read_text())["result"]
    assert result["test"]["r2"] > 0.9
    assert result["test"]["rmse"] < 30
    (tmp_path / "new.csv").write_text("town,rooms,size,colour\nTrier,2,70,red\nParis,,100,blue\n", encoding="utf-8")
    assert run(["predict", "run", "new.csv"]) == 0
    captured = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(captured.out)))
    assert float(rows[0]["prediction"]) == pytest.approx(3 * 70 + 20 * 2, abs=40)
    assert "colour" in captured.err
    assert "Paris" in captured.err
    assert run(["predict", "run", "new.csv", "--out", "said.csv", "--quiet"]) == 0
    assert (tmp_path / "said.csv").read_text() == captured.out


def test_words_for_missing_values_and_numbers_as_categories(capsys, tmp_path):
    rows = [f"{i if i % 15 else 'unknown'},{i % 3},{'ab'[i % 3 == 1]}" for i in range(90)]
    (tmp_path / "t.csv").write_text("\n".join(["size,month,y", *rows]))
    assert run(["train", "t.csv", "--target", "y", "--epochs", "1", "--quiet"]) == 2
    assert "unknown" in capsys.readouterr().err
    options = ["--missing", "unknown, none", "--categorical", "month", "--epochs", "40"]
    result = ask(capsys, "train", "t.csv", "--target", "y", *options)
    assert result["test"]["accuracy"] == 1.0
    features = json.loads((tmp_path / result["run"] / "run.json").read_text())["data"]["features"]
    assert [name for name in features if name.startswith("month=")] == ["month=0", "month=1", "month=2"]


def test_predictions_of_classes_come_with_probabilities(capsys, tmp_path):
    rng = np.random.default_rng(1)
    rows = [f"{x:.3f},{'warm' if x > 0 else 'cold'}" for x in rng.normal(size=80)]
    (tmp_path / "t.csv").write_text("\n".join(["x,feel", *rows]))
    ask(capsys, "train", "t.csv", "--target", "feel", "--out", "run", "--epochs", "60")
    (tmp_path / "new.csv").write_text("x\n3\n-3\n")
    predicted = ask(capsys, "predict", "run", "new.csv")["predictions"]
    assert [row["prediction"] for row in predicted] == ["warm", "cold"]
    assert predicted[0]["p(warm)"] + predicted[0]["p(cold)"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("loss", "units", "columns"),
    [
        ("Hinge", 3, ["score(setosa)", "score(versicolor)", "score(virginica)"]),
        ("SigmoidCrossEntropy", 1, ["p(0)", "p(1)"]),
        ("Hinge", 1, ["score(1)"]),
    ],
)
def test_scores_are_not_called_probabilities(capsys, tmp_path, loss, units, columns):
    data = "iris" if units == 3 else "moons"
    layer = f'{{ type = "Dense", units = {units} }}'
    (tmp_path / "net.toml").write_text(
        f'data = "{data}"\nloss = "{loss}"\nepochs = 2\n[network]\ntype = "Chain"\nlayers = [{layer}]\n'
    )
    ask(capsys, "train", "--config", "net.toml", "--out", "run")
    features = json.loads((tmp_path / "run" / "run.json").read_text())["data"]["features"]
    (tmp_path / "new.csv").write_text(",".join(features) + "\n" + ",".join("1" for _ in features) + "\n")
    assert run(["predict", "run", "new.csv", "--quiet"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split(",") == ["prediction", *columns]


def shell(command, cwd):
    return subprocess.run(
        ["bash", "-c", command.replace("pellucid", f"{sys.executable} -m pellucid", 1)],
        cwd=cwd,
        capture_output=True,
        text=True,
    )


def test_predict_in_a_process_of_its_own_and_closed_or_poor_streams(tmp_path, capsys):
    ask(capsys, "train", "moons", *QUICK, "--out", "é")
    features = json.loads((tmp_path / "é" / "run.json").read_text())["data"]["features"]
    (tmp_path / "new.csv").write_text(",".join(features) + "\n0,1\n1,0\n")
    assert len(shell("pellucid predict é new.csv", tmp_path).stdout.splitlines()) == 3
    for command, code in (
        ("pellucid show é >&-", 0),
        ("pellucid show é 2>&-", 0),
        ("PYTHONIOENCODING=ascii pellucid show é", 0),
        ("set -o pipefail; pellucid show é | true", 0),
        ("pellucid show nothing >&-", 2),
    ):
        done = shell(command, tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), (command, done.stderr)


def test_two_trainings_do_not_share_a_folder(tmp_path):
    command = [sys.executable, "-m", "pellucid", "train", "xor", *QUICK, "--out", "run", "--quiet"]
    both = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    codes = sorted(process.wait(timeout=120) for process in both)
    for process in both:
        process.communicate()
    assert codes == [0, 2]
    assert len((tmp_path / "run" / "metrics.jsonl").read_text().splitlines()) == 3


def test_the_same_command_gives_the_same_result(capsys):
    first, second = (ask(capsys, "train", "moons", *QUICK, "--seed", "3") for _ in range(2))
    assert first["test"] == second["test"]
    assert ask(capsys, "train", "moons", *QUICK, "--seed", "4")["test"] != first["test"]


def test_a_config_file_and_options_over_it(capsys, tmp_path):
    (tmp_path / "net.toml").write_text(
        """
        data = "iris"
        epochs = 2
        batch_size = 16
        optimizer = { type = "momentum", learning_rate = 0.05, momentum = 0.8 }
        [network]
        type = "Chain"
        layers = [{ type = "Dense", units = 5, weight = "he" }, "tanh", { type = "Dense", units = 3 }]
        """
    )
    result = ask(capsys, "train", "--config", "net.toml", "--epochs", "4", "--out", "run")
    assert result["epochs"] == 4
    description = json.loads((tmp_path / "run" / "run.json").read_text())
    assert description["optimizer"] == {"type": "Momentum", "learning_rate": 0.05, "momentum": 0.8}
    shown = ask(capsys, "show", "run")
    assert [layer["path"] for layer in shown["layers"]] == ["dense_1", "tanh_1", "dense_2"]
    assert shown["parameters"] == 4 * 5 + 5 + 5 * 3 + 3
    assert ask(capsys, "show", "net.toml")["parameters"] == shown["parameters"]


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "leaky-relu", "maxout", "GELU", "selu"])
def test_every_activation_has_a_name_on_the_command_line(capsys, activation):
    assert ask(capsys, "train", "xor", *QUICK, "--activation", activation)["epochs"] == 3


@pytest.mark.parametrize(
    "optimizer", ["gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "lion", "adamw"]
)
def test_every_rule_has_a_name_on_the_command_line(capsys, optimizer):
    assert ask(capsys, "train", "xor", *QUICK, "--optimizer", optimizer, "--learning-rate", "0.01")["epochs"] == 3


def test_names_of_other_libraries_are_understood_and_told(capsys, tmp_path):
    options = ["--optimizer", "sgd", "--loss", "cross-entropy", "--activation", "swish", "--network", "dnn"]
    result = ask(capsys, "train", "iris", *QUICK, *options, "--out", "run")
    assert {"sgd: GradientDescent", "cross-entropy: SoftmaxCrossEntropy", "swish: SiLU"} <= set(result["notes"])
    description = json.loads((tmp_path / "run" / "run.json").read_text())
    assert description["optimizer"]["type"] == "GradientDescent"
    assert description["loss"]["type"] == "SoftmaxCrossEntropy"
    assert "SiLU" in json.dumps(description["model"])


def test_two_classes_told_by_yes_and_no(capsys):
    for network in ("mlp", "linear"):
        result = ask(capsys, "train", "breast-cancer", "--loss", "bce", "--network", network, "--epochs", "30")
        assert result["test"]["accuracy"] > 0.8
    assert run(["train", "iris", "--loss", "bce"]) == 2
    assert "'species' has 3 classes, of which one is true: take SoftmaxCrossEntropy" in capsys.readouterr().err


def test_an_option_wins_over_the_rate_in_the_file(capsys, tmp_path):
    (tmp_path / "net.toml").write_text('data = "xor"\noptimizer = { type = "Momentum", learning_rate = 0.05 }\n')
    ask(capsys, "train", "--config", "net.toml", *QUICK, "--learning-rate", "0.2", "--out", "run")
    assert json.loads((tmp_path / "run" / "run.json").read_text())["optimizer"]["learning_rate"] == 0.2


def test_negative_seeds_are_seeds(capsys):
    assert ask(capsys, "train", "iris", *QUICK, "--seed", "-5")["epochs"] == 3


def test_a_test_part_of_its_own(capsys, tmp_path):
    write_flats(tmp_path / "flats.csv", 90)
    write_flats(tmp_path / "others.csv", 50)
    result = ask(capsys, "train", "flats.csv", "--target", "price", "--test", "others.csv", *QUICK)
    assert result["rows"]["test"] == 50
    assert result["rows"]["train"] + result["rows"]["validation"] == 90


def test_messages_go_to_standard_error_with_json_too(capsys):
    assert run(["train", "iris", *QUICK, "--json"]) == 0
    captured = capsys.readouterr()
    json.loads(captured.out)
    assert "reading iris" in captured.err
    assert run(["train", "iris", *QUICK, "--json", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_going_on_with_a_run(capsys, tmp_path):
    whole = ask(capsys, "train", "iris", "--epochs", "6", "--out", "whole")
    ask(capsys, "train", "iris", "--epochs", "2", "--out", "part")
    gone_on = ask(capsys, "train", "--resume", "part", "--epochs", "6")
    assert gone_on["test"] == whole["test"]
    assert run(["train", "--resume", "part", "--seed", "1"]) == 2


def test_ctrl_c_leaves_a_run_that_can_go_on(tmp_path):
    command = [
        sys.executable,
        "-m",
        "pellucid",
        "train",
        "digits",
        "--epochs",
        "100000",
        "--patience",
        "0",
        "--out",
        "run",
    ]
    training = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    metrics = tmp_path / "run" / "metrics.jsonl"
    for _ in range(600):
        if metrics.exists() and metrics.stat().st_size:
            break
        time.sleep(0.1)
    training.send_signal(signal.SIGINT)
    out, err = training.communicate(timeout=60)
    assert training.returncode == 130
    assert "Traceback" not in err
    assert "pellucid train --resume run" in err
    assert "interrupted" in out
    epochs = len(metrics.read_text().splitlines())
    done = subprocess.run(
        [sys.executable, "-m", "pellucid", "train", "--resume", "run", "--epochs", str(epochs + 2), "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["epochs"] == epochs + 2


def test_check_says_that_gradients_are_right(capsys):
    report = ask(capsys, "check", "iris", "--examples", "4")
    assert report["ok"] is True
    assert {leaf["path"] for leaf in report["leaves"]} >= {
        "concat_1/pieces/dense_ensemble_1/W",
        "dense_ensemble_2/b",
        "x",
    }
    assert run(["check", "xor", "--examples", "2", "--quiet"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_answers_at_once(argument):
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pellucid", argument], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert time.perf_counter() - begun < 5
    for heavy in ("jax", "sklearn", "scipy", "polars", "matplotlib", "numpy"):
        assert f" {heavy}\n" not in done.stderr
