"""The question stages: one step in slow motion is the step that training takes."""

from __future__ import annotations

import json
from typing import get_args

import numpy as np
import pytest

from pellucid import L1, L2, Adam, Chain, ClipByNorm, Dense, Momentum, ReLU, SoftmaxCrossEntropy
from pellucid.playground.network import ACTIVATIONS
from pellucid.playground.questions.stages import answer_stages
from pellucid.playground.state import Activation
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.recipe import Recipe
from pellucid.train.step import step
from pellucid.trees import flatten
from playground_subjects import subject_of


def step_taken(subject):
    """The weights after the step of the trainer."""
    recipe = Recipe(subject.model, subject.loss, subject.optimizer, subject.penalty, subject.clip)
    weights = Weights(subject.params, subject.state, subject.slots)
    inputs = StepInputs(subject.t, float(subject.optimizer.learning_rates(np.asarray(subject.t - 1))))
    after, saw = step(recipe, recipe.numbers(subject.params), weights, Batch(subject.x, subject.y), inputs)
    return flatten(after.params), float(saw["loss"])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"optimizer": Adam(0.01), "t": 7},
        {"optimizer": Momentum(0.1), "penalty": L2(0.1), "clip": ClipByNorm(0.1)},
        {"penalty": L1(0.1)},
    ],
)
def test_the_next_weights_are_those_of_the_step_really_taken(more):
    subject = subject_of(**more)
    answer = answer_stages(subject)
    taken, loss = step_taken(subject)
    stages = {stage["stage"]: stage for stage in answer["stages"]}
    assert stages["loss"]["loss"] == pytest.approx(loss, rel=1e-15)
    assert stages["update"]["weights"].keys() == taken.keys()
    for path, weights in stages["update"]["weights"].items():
        np.testing.assert_array_equal(weights["after"], taken[path])
    assert answer["taken"]
    json.dumps(answer, allow_nan=False)


def test_the_stages_go_forward_then_back():
    subject = subject_of()
    stages = answer_stages(subject)["stages"]
    assert [(stage["stage"], stage.get("path")) for stage in stages] == [
        ("inputs", "x"),
        ("forward", "dense_1"),
        ("forward", "dense_2"),
        ("forward", "dense_3"),
        ("loss", None),
        ("backward", "dense_3"),
        ("backward", "dense_2"),
        ("backward", "dense_1"),
        ("update", None),
    ]
    assert [stage["activation"] for stage in stages[1:4]] == ["tanh", "tanh", "identity"]


def test_one_example_has_its_own_numbers():
    subject = subject_of()
    one = subject.on(subject.x[:1], subject.y[:1])
    answer = answer_stages(one)
    first = answer["stages"][1]
    W, b = subject.params["dense_1"]["W"], subject.params["dense_1"]["b"]
    np.testing.assert_allclose(first["pre_activations"], subject.x[0] @ W + b)
    np.testing.assert_allclose(first["outputs"], np.tanh(subject.x[0] @ W + b))
    back = answer["stages"][-2]
    np.testing.assert_allclose(back["gradients"]["dense_1/W"], np.outer(subject.x[0], back["deltas"]))
    assert answer["examples"] == 1
    assert not answer["taken"]


def test_targets_of_classes_are_shares():
    x = np.random.default_rng(0).normal(size=(4, 2))
    subject = subject_of(Chain(Dense(3), ReLU(), Dense(3)), SoftmaxCrossEntropy(), x, np.array([0, 1, 1, 2]))
    loss = next(stage for stage in answer_stages(subject)["stages"] if stage["stage"] == "loss")
    assert loss["targets"] == [0.25, 0.5, 0.25]
    assert sum(loss["predictions"]) == pytest.approx(1.0)


def test_activations_have_the_names_of_the_state():
    wanted = {*get_args(Activation)} - {"maxout"}
    for name, layer in ACTIVATIONS.items():
        stages = answer_stages(subject_of(Chain(Dense(2), layer(), Dense(1))))["stages"]
        assert stages[1]["activation"] == name
    assert wanted == ACTIVATIONS.keys()
