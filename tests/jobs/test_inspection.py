"""A run looked into with its own data."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid import ConfigError, DataError, UnknownNameError
from pellucid.derivation.of_run import explain_page, graph_of_run
from pellucid.jobs import inspection as room
from pellucid.jobs.inspection import Inspection
from pellucid.jobs.training_job import prepare_job
from pellucid.report.inputs import show_input
from pellucid.report.mistakes import Cell


@pytest.fixture(scope="module")
def iris(tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "iris"
    prepare_job({"data": "iris", "epochs": 5, "hidden": [8], "seed": 1}, out=path).run()
    return Inspection(path)


def test_the_worst_examples_are_those_of_the_largest_loss(iris):
    told = iris.examples("validation", "worst", 5)
    losses = [example["loss"] for example in told["examples"]]
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == 5
    first = told["examples"][0]
    x, target = iris.data.validation.take(np.array([first["row"]]))
    trained = iris.run.trained
    assert first["loss"] == pytest.approx(float(trained.loss.value(trained.outputs(x), target)[0]), rel=1e-5)
    assert first["target"] == iris.data.classes[int(target[0])]
    assert first["prediction"] == max(first["probabilities"], key=first["probabilities"].get)
    assert first["input"] == show_input(iris.data, x)
    scaling = iris.data.preprocessing.scaled_columns
    assert first["input"]["values"] == pytest.approx((x[0] * scaling.scale + scaling.mean).tolist(), rel=1e-4)
    assert np.sum(told["confusion"]["matrix"]) == told["judged"] == told["of"] == len(iris.data.validation)


def test_other_orders(iris):
    best = [example["loss"] for example in iris.examples("train", "best", 4)["examples"]]
    assert best == sorted(best)
    assert [example["row"] for example in iris.examples("train", "first", 3)["examples"]] == [0, 1, 2]
    surest = iris.examples("train", "surest", 200)["examples"]
    assert all(example["target"] != example["prediction"] for example in surest)
    sure = [max(example["probabilities"].values()) for example in surest]
    assert sure == sorted(sure, reverse=True)
    right = np.trace(iris.examples("train", "worst", 0)["confusion"]["matrix"])
    assert len(surest) == len(iris.data.train) - right


def test_examples_of_a_cell_of_the_confusion_matrix(iris):
    everything = iris.examples("train", "worst", 0)
    for target, row in zip(iris.data.classes, everything["confusion"]["matrix"], strict=True):
        for prediction, count in zip(iris.data.classes, row, strict=True):
            found = iris.examples("train", "worst", 200, Cell(target, prediction))["examples"]
            assert len(found) == count
            assert {(one["target"], one["prediction"]) for one in found} <= {(target, prediction)}
    with pytest.raises(UnknownNameError, match="unknown class 'rose'"):
        iris.examples("train", "worst", 5, Cell("rose", iris.data.classes[0]))


def test_of_a_large_part_some_are_judged(iris, monkeypatch):
    monkeypatch.setattr(room, "MOST_EXAMPLES", 7)
    told = Inspection(iris.path, iris.data).examples("train", "first", 20)
    assert (told["judged"], len(told["examples"]), told["of"]) == (7, 7, len(iris.data.train))


def test_outputs_of_a_layer_for_one_example(iris):
    x = iris.data.test.x[2:3]
    params = iris.run.trained.params
    shown = iris.outputs("test", 2, "dense_1")
    np.testing.assert_allclose(shown.values, (x @ params["dense_1"]["W"] + params["dense_1"]["b"])[0], rtol=1e-5)
    assert shown.shape == (8,)
    with pytest.raises(UnknownNameError, match="layer"):
        iris.outputs("test", 0, "dense_9")
    with pytest.raises(ConfigError, match="has rows 0 to"):
        iris.outputs("test", 10**6, "dense_1")


def test_weights_are_those_of_the_file_and_of_large_ones_a_part(iris, monkeypatch):
    shown = iris.weights("dense_1/W")
    np.testing.assert_array_equal(shown.values, iris.run.trained.params["dense_1"]["W"])
    monkeypatch.setattr(room, "MOST_NUMBERS", 10)
    part = iris.weights("dense_1/W")
    assert (part.shape, part.values.shape) == ((4, 8), (1, 8))
    with pytest.raises(UnknownNameError):
        iris.weights("dense_1/V")


def test_what_there_is_not_is_said(iris):
    with pytest.raises(UnknownNameError, match="part"):
        iris.examples("dev", "worst", 1)
    with pytest.raises(UnknownNameError, match="order"):
        iris.examples("test", "random", 1)


def test_data_that_is_gone_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("a,b\n" + "".join(f"{i},{2 * i}\n" for i in range(40)))
    prepare_job({"data": "t.csv", "target": "b", "epochs": 1}, out=tmp_path / "run").run()
    found = Inspection(tmp_path / "run").examples("validation", "worst", 3)
    assert found["residuals"]["column"] == "b"
    assert len(found["residuals"]["target"]) == found["judged"]
    assert found["examples"][0]["target"] in found["residuals"]["target"]
    (tmp_path / "t.csv").unlink()
    with pytest.raises(DataError, match="put it back"):
        Inspection(tmp_path / "run").examples("validation", "worst", 3)


def test_weights_that_changed_are_read_again_with_the_same_data(iris):
    assert iris.is_current()
    again = iris.again()
    assert again.data is iris.data


def test_the_page_of_a_gradient_and_the_graph_are_those_of_the_run(iris):
    page = explain_page(iris, "dense_1/W[0, 1]", 0)
    assert "dense_1/W[0, 1]" in page
    assert "<title>∂E/∂dense_1/W[0, 1]" in page
    assert str(iris.path.parent) not in page
    assert [node["kind"] for node in graph_of_run(iris.path)["nodes"]] == ["Input", "Dense", "ReLU", "Dense"]
