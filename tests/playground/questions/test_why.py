"""The questions that say why, as a session answers them."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.playground.state import DataState, LayerState, NetworkState, PlayState
from pellucid.trees import flatten
from playing import Played


def page_of(**state) -> Played:
    return Played(PlayState(**state))


@pytest.fixture
def page():
    return page_of()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "adam", "schedule": "cosine", "penalty": "l2", "penalty_rate": 0.01, "clip_norm": 0.5},
        {"optimizer": "momentum", "preparation": "whiten", "loss": "squared", "batch_size": 7},
        {"layers": [LayerState(units=3, activation="maxout"), LayerState(units=2, activation="relu")], "loss": "hinge"},
    ],
)
def test_slow_motion_is_the_step_really_taken(settings):
    page = page_of(networks=[NetworkState(**settings)])
    for _ in range(2):  # the first step, and one with something remembered
        header, _ = page.ask("stages")
        page.train(unit="batch", count=1)
        taken = flatten(page.session.trainings[0].progress.weights.params)
        weights = header["stages"][-1]["weights"]
        assert header["taken"]
        for path, array in taken.items():
            np.testing.assert_array_equal(weights[path]["after"], array)


def test_the_step_on_a_weight_is_the_one_that_is_taken(page):
    page.train(unit="batch", count=3)
    header, _ = page.ask("explain", target="dense_2/W[1, 0]")
    update = next(part for part in header["derivation"]["sections"] if part["name"] == "update")
    page.train(unit="batch", count=1)
    after = page.session.trainings[0].progress.weights.params["dense_2"]["W"][1, 0]
    assert update["steps"][0]["value"] == pytest.approx(after, rel=1e-12)


def test_an_edit_changes_the_derivation(page):
    before, _ = page.ask("explain", target="dense_1/W[0, 0]", example={"row": 0})
    page.say(type="edit", network=0, path="dense_3/W", index=[0, 0], value=3.0)
    after, _ = page.ask("explain", target="dense_1/W[0, 0]", example={"row": 0})
    assert before["derivation"]["value"] != after["derivation"]["value"]


def test_examples_are_rows_of_the_data_and_points_of_ones_own(page):
    scene = page.session.scene()
    row, _ = page.ask("explain", example={"row": 5})
    x, y = scene.data.x[5].tolist(), float(scene.data.y[5])
    own, _ = page.ask("explain", example={"x": x, "y": y})
    assert row["derivation"] == own["derivation"]
    assert row["inputs"] == ["x1", "x2"]
    assert row["target"] == "dense_3[0]"
    bare, _ = page.ask("explain", example={"x": [5.0, -5.0]})
    assert abs(bare["derivation"]["value"]) < 0.5  # the label is the network's own answer


def test_of_classes_and_amounts():
    blobs = page_of(data=DataState(name="blobs", classes=3))
    header, _ = blobs.ask("stages", example={"row": 0})
    loss = next(stage for stage in header["stages"] if stage["stage"] == "loss")
    assert sorted(loss["targets"]) == [0.0, 0.0, 1.0]
    assert sum(loss["predictions"]) == pytest.approx(1.0)
    plane = page_of(data=DataState(problem="regression", name="plane"))
    assert plane.ask("check")[0]["verdict"] == "right"
    bare, _ = plane.ask("explain", example={"x": [1.0, 1.0]})
    assert bare["derivation"]["value"] == pytest.approx(0.0, abs=1e-12)


def test_noise_and_dropout_are_off():
    page = page_of(networks=[NetworkState(dropout=0.5, input_noise=0.1, weight_noise=0.1)])
    header, _ = page.ask("explain", target="dense_1/W[0, 0]", example={"row": 0})
    assert ("dense_3", (0,)) in {(light["path"], tuple(light["index"])) for light in header["lights"]}
    header, _ = page.ask("stages")
    assert not header["taken"]
    assert page.ask("check")[0]["verdict"] in ("right", "kink")


def test_all_gradients_are_checked(page):
    header, _ = page.ask("check", example={"row": 2})
    assert header["verdict"] == "right"
    assert header["examples"] == 1
    assert page.ask("check")[0]["examples"] == 10


def test_the_surface_has_the_path_of_the_training(page):
    assert "not moved" in page.ask("surface")[0]["error"]
    page.train(unit="batch", count=75)
    header, arrays = page.ask("surface", points=5)
    assert arrays["path"].shape == (4 + 1, 2)  # the first weights, three epochs, and as they are
    assert header["explained"][0] > 0.5
    header, arrays = page.ask("surface", along=["dense_1/W[0, 0]", "dense_1/W[1, 0]"], points=5)
    W = page.session.trainings[0].progress.weights.params["dense_1"]["W"]
    np.testing.assert_allclose(arrays["path"][-1], W[:, 0], rtol=1e-6)


def test_regions_are_of_the_map_of_the_data(page):
    header, arrays = page.ask("regions", points=10)
    assert [layer["units"] for layer in header["layers"]] == [4, 2]
    assert arrays["grid"][0].tolist() == np.linspace(-6, 6, 10).astype("f").tolist()


@pytest.mark.parametrize(
    ("what", "about"),
    [
        ("explain", {"target": 3}),
        ("explain", {"target": "dense_1/W[0, 99]"}),
        ("explain", {"step": "yes"}),
        ("explain", {"example": 3}),
        ("explain", {"example": {"row": -1}}),
        ("explain", {"example": {"row": 1.5}}),
        ("explain", {"example": {"row": 10**9}}),
        ("explain", {"example": {"x": [1.0]}}),
        ("explain", {"example": {"x": [1.0, "a"]}}),
        ("explain", {"example": {"x": [1.0, 1e300], "y": 0}}),
        ("explain", {"example": {"x": [1.0, 1.0], "y": 0.5}}),
        ("explain", {"example": {"x": [1.0, 1.0], "y": [1]}}),
        ("stages", {"network": 1}),
        ("check", {"network": "0"}),
        ("surface", {"along": {"a": 1}}),
        ("surface", {"along": "random", "points": 10**9}),
        ("surface", {"along": "random", "span": "wide"}),
        ("surface", {"along": "random", "span": 0}),
        ("surface", {"along": "random", "seed": "a"}),
        ("regions", {"points": None}),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(page, what, about):
    header, _ = page.ask(what, **about)
    assert header["type"] == "error"
    assert "\n" not in header["error"]
    assert "could not be worked out" not in header["error"]


def test_a_question_changes_nothing(page):
    page.train(unit="batch", count=2)
    before = flatten(page.session.trainings[0].progress.weights.params)
    copies = {path: array.copy() for path, array in before.items()}
    for what in ("explain", "stages", "check", "surface", "regions"):
        page.ask(what)
    for path, array in copies.items():
        np.testing.assert_array_equal(before[path], array)
