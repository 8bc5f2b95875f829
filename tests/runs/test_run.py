"""``Run`` and ``load_run``: a run read back, whatever made it."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from pellucid import (
    Chain,
    DataError,
    Dense,
    Hinge,
    Reading,
    Run,
    RunError,
    RunFolder,
    SoftmaxCrossEntropy,
    Tanh,
    fit,
    load_dataset,
    load_run,
)
from pellucid.cli.app import run as pellucid

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


@pytest.fixture(scope="module")
def iris(tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "iris"
    assert pellucid(["train", "iris", "--epochs", "2", "--engine", "numpy", "--quiet", "--out", str(path)]) == 0
    return path


def change(path, name, **values):
    file = path / name
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def test_a_run_made_from_python(tmp_path):
    trained = fit(NET, SoftmaxCrossEntropy(), data(), epochs=3, run=tmp_path / "run")
    run = load_run(tmp_path / "run")
    assert repr(run) == f"Run({str(tmp_path / 'run')!r}: classification, all epochs done)"
    assert (run.preparation, run.settings, run.command, run.fingerprint) == (None, {}, None, None)
    assert (run.engine, run.task) == (trained.engine, "classification")
    assert run.history.epochs == run.trained.history.epochs == trained.history.epochs
    assert run.example.tolist() == [[1, 1, 1]]
    x = data()[0]
    assert (run.predict(x) == trained.predict(x)).all()
    for raw in ("flowers.csv", tmp_path / "flowers.csv"):
        with pytest.raises(RunError, match=r"trained by fit on arrays, and keeps no preparation: give arrays"):
            run.predict(raw)
    with pytest.raises(RunError, match="keeps no preparation"):
        run.prepare(x)


def test_a_run_of_the_command_line(iris):
    run = load_run(iris)
    assert run.preparation == load_dataset("iris").preprocessing
    assert (run.task, run.engine, run.settings["data"]) == ("classification", "numpy", "iris")
    assert run.command.startswith("pellucid")
    assert run.reading == Reading()
    inputs = run.prepare(load_dataset("iris").preprocessing.numbers.mean * np.ones((2, 1)))
    assert np.abs(inputs.x).max() < 1e-6
    assert (inputs.places, inputs.notes) == (None, ())
    assert run.answer(inputs).columns == ["prediction", "p(setosa)", "p(versicolor)", "p(virginica)"]


def test_a_dataset_trained_from_python_can_keep_its_preparation(tmp_path):
    iris = load_dataset("iris")
    fit(Dense(3), SoftmaxCrossEntropy(), iris, epochs=1, run=RunFolder(tmp_path, {}, iris.preprocessing))
    run = load_run(tmp_path)
    assert run.preparation == iris.preprocessing
    assert run.predict([[5.1, 3.5, 1.4, 0.2]]).height == 1


def test_files_are_read_as_asked(iris, tmp_path):
    run, columns = load_run(iris), load_run(iris).preparation.columns
    (tmp_path / "new.csv").write_text(f"{','.join(columns)}\n1,2,3,n.s.\n")
    with pytest.raises(DataError, match=r"'n\.s\.'"):
        run.predict(tmp_path / "new.csv")
    found = run.prepare(tmp_path / "new.csv", Reading(missing=("n.s.",)))
    assert any("missing" in note for note in found.notes)


def test_a_preparation_that_was_there_is_missed(iris, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in iris.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    change(copy, "run.json", settings={"header": "perhaps"})
    with pytest.raises(RunError, match="how files are read"):
        _ = load_run(copy).reading
    (copy / "preprocessing.json").write_text("{")
    with pytest.raises(RunError, match=r"preprocessing.json cannot be read"):
        _ = load_run(copy).preparation
    (copy / "preprocessing.json").unlink()
    with pytest.raises(RunError, match=r"has no preprocessing.json, though"):
        load_run(copy).predict([[1, 2, 3, 4]])


def test_a_run_says_what_it_was_though_its_weights_are_gone(iris, tmp_path):
    (tmp_path / "run.json").write_bytes((iris / "run.json").read_bytes())
    assert Run(tmp_path).settings == load_run(iris).settings
    with pytest.raises(RunError, match="no weights"):
        load_run(tmp_path)


def test_a_network_that_does_not_fit_its_inputs_is_refused(tmp_path):
    fit(Chain(Tanh(), NET), SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    change(tmp_path / "run", "run.json", inputs=[])
    with pytest.raises(RunError, match="the network does not fit its inputs"):
        load_run(tmp_path / "run")


def test_a_run_is_read_in_a_process_of_its_own(tmp_path):
    fit(NET, Hinge(), data(), epochs=1, run=tmp_path / "run")
    code = f"from pellucid.runs import load_run; print(load_run({str(tmp_path / 'run')!r}).trained.loss)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("Hinge()\n", "")
