"""``run.json``: what it says of a training, and what is refused as no such thing."""

from __future__ import annotations

import json

import numpy as np
import optax
import pytest

from pellucid import (
    L2,
    Chain,
    ClipByNorm,
    Dense,
    MaxNorm,
    Momentum,
    Run,
    RunError,
    SoftmaxCrossEntropy,
    Tanh,
    fit,
    load_dataset,
    load_run,
)
from pellucid.runs.description import describe_data, read_description, write_description
from pellucid.runs.fingerprint import fingerprint

NET = Chain(Dense(5), Tanh(), Dense(2))


def data(n=40):
    x = np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)
    return x, (x[:, 0] > 0).astype(int)


def test_what_is_written_is_read_back(tmp_path):
    write_description(tmp_path, {"task": "regression", "result": {"loss": float("nan")}})
    assert read_description(tmp_path) == {"pellucid_run": 1, "task": "regression", "result": {"loss": None}}


def test_how_weights_are_updated_is_read_back(tmp_path):
    how = {"optimizer": Momentum(0.1, 0.8), "penalty": L2(0.1), "clip": ClipByNorm(2.0), "constraint": MaxNorm(3.0)}
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run", mixup=0.2, seed=7, **how)
    update = Run(tmp_path / "run").update
    assert update == ("Momentum(learning_rate=0.1, momentum=0.8)", *how.values(), 0.2, 7, 32)


def test_an_optimizer_without_a_specification_is_known_by_name(tmp_path):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run", optimizer=optax.sgd(0.1))
    update = Run(tmp_path / "run").update
    assert update.rule is None
    assert update.optimizer.startswith("Optax(")


@pytest.mark.parametrize("change", [{"optimizer": {"type": "Adm"}}, {"penalty": 3}, {"clip": {"type": "L2"}}])
def test_an_update_that_cannot_be_is_refused(tmp_path, change):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    write_description(tmp_path / "run", {**read_description(tmp_path / "run"), **change})
    with pytest.raises(RunError, match=r"run.json does not describe a training"):
        _ = Run(tmp_path / "run").update


def test_the_fingerprint_tells_data_apart():
    iris = load_dataset("iris")
    assert describe_data(iris)["fingerprint"] == fingerprint(iris) == fingerprint(load_dataset("iris"))
    assert fingerprint(iris) != fingerprint(load_dataset("iris", seed=1))
    whitened = load_dataset("iris", prepare="whiten")
    assert fingerprint(whitened) not in (fingerprint(iris), fingerprint(load_dataset("iris", 1, prepare="whiten")))
    assert fingerprint(whitened.as_reconstruction()) != fingerprint(whitened)


@pytest.mark.parametrize("dtype", ["O", "U5", "complex64", "int8", 3])
def test_a_run_of_another_dtype_is_refused(tmp_path, dtype):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "dtype": dtype}))
    with pytest.raises(RunError, match="does not describe a network"):
        load_run(tmp_path / "run")


def broken_runs():
    def no_folder(run):
        for file in run.iterdir():
            file.unlink()
        run.rmdir()

    yield "no run folder", no_folder
    yield "no run.json", lambda run: (run / "run.json").unlink()
    yield "cannot be read", lambda run: (run / "run.json").write_text("{")
    yield "not written by pellucid", lambda run: (run / "run.json").write_text("[1]")
    yield "layout 99", lambda run: (run / "run.json").write_text('{"pellucid_run": 99}')
    yield "does not describe", lambda run: (run / "run.json").write_text('{"pellucid_run": 1}')
    yield "no weights", lambda run: (run / "weights.safetensors").unlink()
    yield "not a readable safetensors", lambda run: (run / "weights.safetensors").write_bytes(b"\x00" * 100)


@pytest.mark.parametrize(("message", "damage"), list(broken_runs()))
def test_damage_is_named(tmp_path, message, damage):
    fit(NET, SoftmaxCrossEntropy(), data(), epochs=1, run=tmp_path / "run")
    damage(tmp_path / "run")
    with pytest.raises(RunError, match=message):
        load_run(tmp_path / "run")
