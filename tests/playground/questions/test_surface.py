"""The questions surface and regions."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pellucid import Chain, ConfigError, Dense, ReLU
from pellucid.playground.questions.regions import answer_regions
from pellucid.playground.questions.surface import answer_surface
from pellucid.studies.plane import as_vector
from playground_subjects import subject_of

NOWHERE = np.zeros((0, 25))


def test_two_weights():
    subject = subject_of()
    along = ["dense_1/W[0, 1]", "dense_3/b[0]"]
    answer, arrays = answer_surface(subject, NOWHERE, along, points=9)
    assert answer["names"] == along
    assert answer["centre"] == [subject.params["dense_1"]["W"][0, 1], 0.0]
    assert arrays["loss"].shape == (9, 9)
    assert arrays["loss"][4, 4] == pytest.approx(subject.value)
    assert arrays["path"].tolist() == [answer["centre"]]
    assert arrays["directions"].sum(axis=1).tolist() == [1.0, 1.0]
    assert arrays["weights"].tolist() == as_vector(subject.params).tolist()
    assert 0.0 < answer["sharpness"] < 10.0
    json.dumps(answer, allow_nan=False)


def test_the_path_has_its_own_directions():
    subject = subject_of()
    here = as_vector(subject.params)
    path = here + np.linspace(1.0, 0.1, 4)[:, None] * np.random.default_rng(0).normal(size=(1, len(here)))
    answer, arrays = answer_surface(subject, path, "path", points=5)
    assert answer["explained"] == pytest.approx([1.0, 0.0])
    assert arrays["path"].shape == (5, 2)
    np.testing.assert_allclose(arrays["path"][-1], 0.0, atol=1e-12)


@pytest.mark.parametrize(
    "about",
    [
        {"along": "path"},
        {"along": ["dense_1/W[0, 1]"]},
        {"along": ["a", "b"]},
        {"along": [1, 2]},
        {"along": "random", "points": 62},
        {"along": "random", "points": "9"},
        {"along": "random", "span": -1.0},
    ],
)
def test_what_cannot_be_drawn_is_refused(about):
    with pytest.raises(ConfigError):
        answer_surface(subject_of(), NOWHERE, **about)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e200])
def test_weights_that_are_not_finite_are_refused(value):
    subject = subject_of()
    subject.params["dense_1"]["W"][0, 0] = value
    with pytest.raises(ConfigError, match="not finite"):
        answer_surface(subject, NOWHERE, "random")


def test_regions_of_each_hidden_layer():
    subject = subject_of(Chain(Dense(4), ReLU(), Dense(2), ReLU(), Dense(1)))
    answer, arrays = answer_regions(subject, ((-6.0, 6.0), (-6.0, 6.0)), lambda x: x / 2.0, points=11)
    assert [layer["path"] for layer in answer["layers"]] == ["dense_1", "dense_2"]
    assert answer["layers"][0]["linear"]
    assert arrays["bent:1"].shape == (4, 11, 11)
    assert arrays["pattern:2"].max() + 1 == answer["layers"][1]["patterns"]
    corner = subject.model.forward(subject.params, subject.state, np.array([[3.0, -3.0]]))[1]["relu_1"]["y"][0]
    np.testing.assert_allclose(arrays["bent:1"][:, 0, -1], corner)
    with pytest.raises(ConfigError):
        answer_regions(subject, ((-6.0, 6.0), (-6.0, 6.0)), lambda x: x, points=4)


def test_of_many_units_the_grid_is_coarser():
    subject = subject_of(Chain(Dense(400), ReLU(), Dense(1)))
    _, arrays = answer_regions(subject, ((-6.0, 6.0), (-6.0, 6.0)), lambda x: x, points=100)
    assert arrays["bent:1"].shape[1] == 51
