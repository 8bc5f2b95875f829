"""What is taken along runs, and says what the network says."""

from __future__ import annotations

import csv
import json
from typing import get_args

import numpy as np
import pytest

from pellucid.cli.app import run
from pellucid.playground.export.numpy_program import ACTIVATIONS
from pellucid.playground.export.tables import header, label_name
from pellucid.playground.state import Activation, DataState, LayerState, NetworkState
from playing import Played, state_of

BLOBS = DataState(name="blobs", classes=3, count=60)
PLANE = DataState(problem="regression", name="plane", count=60)
VALLEY = DataState(problem="regression", name="valley", count=60)
OWN = DataState.model_validate(
    {
        "name": "own",
        "columns": ["age, years", "label", "c"],
        "points": [{"x": [i, i * i / 10, -i], "y": i % 2, "test": i % 5 == 0} for i in np.arange(30.0).tolist()],
    }
)


def exported(data: DataState, kind: str, epochs: int = 2, **fields) -> tuple[Played, dict]:
    played = Played(state_of(NetworkState(**fields), data=data))
    played.train(count=epochs)
    header, _ = played.ask("export", format=kind)
    assert header["type"] == "answer", header
    return played, header


def executed(text: str) -> dict:
    scope: dict = {"__name__": "program"}
    exec(compile(text, "program", "exec"), scope)
    return scope


def test_every_activation_has_a_formula_in_numpy():
    assert (*ACTIVATIONS, "maxout") == get_args(Activation)


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (DataState(count=40), {"layers": [LayerState(units=3, activation=name) for name in get_args(Activation)[:7]]}),
        (DataState(count=40), {"layers": [LayerState(units=3, activation=name) for name in get_args(Activation)[7:]]}),
        (DataState(count=40), {"features": ["x2", "x1^2", "x1x2", "sin(x1)"], "preparation": "whiten"}),
        (DataState(count=40), {"loss": "hinge", "preparation": "centre", "dropout": 0.3}),
        (DataState(count=40), {"loss": "squared", "layers": []}),
        (BLOBS, {"loss": "squared"}),
        (BLOBS, {"weight_noise": 0.1}),
        (VALLEY, {"preparation": "decorrelate"}),
        (OWN, {"preparation": "normalise"}),
    ],
)
def test_the_numpy_program_says_what_the_network_says(data, fields):
    played, told = exported(data, "numpy", learning_rate=0.001, **fields)
    training, scene = played.session.trainings[0], played.session.scene()
    x = scene.data.x
    expected = training.network.objective.answer(
        training.network.outputs(training.progress.weights, training.network.inputs(x))
    )
    assert "pellucid" not in told["text"].replace("pellucid playground", "")
    assert executed(told["text"])["predict"](x) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (DataState(count=40, noise=5, stretch=2.0), {"features": ["x1", "x1x2"], "preparation": "normalise"}),
        (DataState(count=40), {"loss": "squared", "optimizer": "adam", "schedule": "cosine", "clip_norm": 1.0}),
        (BLOBS, {"loss": "hinge", "initializer": "uniform", "patience": 3}),
        (BLOBS, {"loss": "squared", "dropout": 0.1, "weight_noise": 0.1, "input_noise": 0.1}),
        (PLANE, {"loss": "huber", "penalty": "l1", "penalty_rate": 0.01}),
        (OWN, {"layers": [LayerState(units=2, activation="maxout")], "preparation": "whiten"}),
    ],
)
def test_the_python_program_trains_the_network(data, fields, capsys):
    _, told = exported(data, "python", **fields)
    scope = executed(told["text"])
    assert scope["last"]["epoch"] == 2
    assert "training loss" in capsys.readouterr().out


def test_the_python_program_learns_what_the_playground_learns():
    played, told = exported(DataState(), "python", 60, learning_rate=0.1, layers=[LayerState(units=6)])
    said = executed(told["text"])["last"]["validation"]["loss"]
    assert max(said, played.session.trainings[0].measured.loss.test) < 0.2


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (
            DataState(count=40),
            {"features": ["x1", "x1^2", "sin(x2)"], "preparation": "whiten", "schedule": "step", "loss": "hinge"},
        ),
        (BLOBS, {"loss": "squared", "penalty": "l2", "penalty_rate": 0.1, "clip_norm": 2.0, "dropout": 0.2}),
        (OWN.model_copy(update={"problem": "regression"}), {"optimizer": "lion", "initializer": "uniform"}),
    ],
)
def test_the_configuration_trains(data, fields, tmp_path, monkeypatch):
    _, told = exported(data, "toml", **fields)
    for file in (told, *told["more"]):
        (tmp_path / file["name"]).write_text(file["text"])
    monkeypatch.chdir(tmp_path)
    assert run(["train", "--config", "network.toml", "--engine", "numpy"]) == 0
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_weights_and_data_as_they_are():
    played, told = exported(OWN, "json")
    kept = json.loads(told["text"])
    params = played.session.trainings[0].progress.weights.params
    assert np.array_equal(kept["params"]["dense_1/W"], params["dense_1"]["W"])
    assert NetworkState.model_validate(kept["state"]) == played.session.state.networks[0]
    _, told = exported(OWN, "csv")
    rows = list(csv.DictReader(told["text"].splitlines()))
    assert rows[5] == {"age, years": "5.0", "label": "2.5", "c": "-5.0", "y": "1", "part": "test"}
    assert len(rows) == 30


@pytest.mark.parametrize("kind", ["python", "numpy"])
@pytest.mark.parametrize("name", ["own", "circle"])
def test_names_of_columns_are_never_run(kind, name):
    """A link may name columns as it likes."""
    columns = ['"""\nraise SystemExit("run")\n"""', "Evil(1)\nraise SystemExit('run')"]
    points = OWN.model_dump(mode="json")["points"]
    fields = {"columns": columns, "points": [{**point, "x": point["x"][:2]} for point in points]}
    _, told = exported(DataState.model_validate({**fields, "name": name, "count": 40}), kind)
    scope = executed(told["text"])
    assert scope.get("COLUMNS", columns) in (columns, ["x1", "x2"])


@pytest.mark.parametrize(
    ("about", "said"),
    [({}, "unknown format"), ({"format": "exe"}, "unknown format"), ({"format": ["csv"]}, "unknown format"),
     ({"format": "csv", "network": 1}, "networks 0 to 0"), ({"format": "csv", "network": "0"}, "networks 0 to 0")],
)  # fmt: skip
def test_what_cannot_be_exported(about, said):
    assert said in Played(state_of()).ask("export", **about)[0]["error"]


def test_names_of_columns_are_distinct_and_no_formulas():
    names = ["=1+1", "", "label", "y", "target", "part", "a\nb", '"""x', "y"]
    assert header(names, label_name(names), "part") == [
        *("'=1+1", "x2", "label", "y", "target", "part", "a\nb", '"""x', "y (2)", "label (2)", "part (2)")
    ]
    data = OWN.model_copy(update={"columns": names[:3]})
    for kind in ("python", "numpy", "toml", "csv"):
        assert exported(data, kind)[1]["text"]
