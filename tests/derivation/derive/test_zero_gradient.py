"""A gradient of exactly zero says why."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid.check.inputs import bind_inputs
from pellucid.combinators import Chain, Fork
from pellucid.derivation import explain
from pellucid.derivation.derive.trace_network import trace_network
from pellucid.derivation.update.training_step import key_of_step
from pellucid.layer import Layer
from pellucid.layers import Dense, Dropout, Embedding, Flatten, Identity, ReLU, Sigmoid, Step, Tanh
from pellucid.losses import ActivityL1, Hinge, LossSum, MeanAbsoluteError, MeanSquaredError
from pellucid.optim import GradientDescent

NETWORK = Chain(Dense(2), ReLU(), Dense(1))
PARAMS = {
    "dense_1": {"W": np.array([[1.0, -1.0], [1.0, -1.0]]), "b": np.array([0.0, 0.0])},
    "relu_1": {},
    "dense_2": {"W": np.array([[1.0], [1.0]]), "b": np.array([0.0])},
}
X, Y = np.array([[0.1, 0.2]]), np.array([[1.0]])
STEP = GradientDescent(0.1)


def note(network: Layer, weight: str, x: Any = X, y: Any = Y, loss: Any = None, **options: Any) -> str:
    explanation = explain(network, loss or MeanSquaredError(), x, y, weight, **options)
    assert explanation.value == 0.0
    assert explanation.note.startswith("the gradient is exactly 0: ")
    return explanation.note


def test_a_gradient_that_is_not_zero_has_no_note() -> None:
    assert not explain(NETWORK, MeanSquaredError(), X, Y, "dense_1/W[0, 0]", params=PARAMS).note


def test_an_inactive_unit() -> None:
    said = note(NETWORK, "dense_1/W[0, 1]", params=PARAMS)
    assert said.endswith("unit relu_1[1] is inactive: its pre-activation is -0.3, not above 0")


def test_an_input_of_zero() -> None:
    said = note(NETWORK, "dense_1/W[0, 0]", x=np.array([[0.0, 0.2]]), params=PARAMS)
    assert said.endswith("its factor is 0: x[0]")


def test_a_step_has_no_derivative() -> None:
    assert "step_1[0] is the output of a step, 0 or 1" in note(Chain(Dense(2), Step(), Dense(1)), "dense_1/W[0, 0]")


def test_a_unit_that_was_dropped() -> None:
    network = Chain(Dense(20), Tanh(), Dropout(0.5), Dense(1))
    tree = {**bind_inputs(network, X, Y, None, None, 0, None), "key": key_of_step(0, 1)}
    y = trace_network(network, MeanSquaredError(), tree, train=True).nodes[2].outputs[""].value[0]
    dropped, kept = np.flatnonzero(y == 0.0)[0], np.flatnonzero(y)[0]
    assert f"dropout_1[{dropped}] was dropped" in note(network, f"dense_1/b[{dropped}]", train=True)
    assert not explain(network, MeanSquaredError(), X, Y, f"dense_1/b[{kept}]", train=True).note


def test_a_unit_at_the_end_of_its_range() -> None:
    said = note(Chain(Sigmoid(), Dense(1)), "x[0]", x=np.array([[50.0, 0.1]]))
    assert "Sigmoid() does not change with x[0] = 50" in said


def test_a_target_that_is_hit_and_a_margin_that_is_kept() -> None:
    assert "on its target" in note(Identity(), "x[0]", x=Y, loss=MeanAbsoluteError())
    assert "margin is kept" in note(Identity(), "x[0]", np.array([[3.0]]), np.array([[1.0]]), Hinge())


def test_a_row_that_was_not_selected() -> None:
    network = Chain(Embedding(4, 2), Flatten(), Dense(1))
    assert "does not select row 0" in note(network, "embedding_1/W[0, 1]", x=np.array([[3, 1]]))


def test_paths_that_cancel() -> None:
    params = {**PARAMS, "dense_2": {"W": np.array([[1.0], [-1.0]]), "b": np.array([0.0])}}
    params["dense_1"] = {"W": np.ones((2, 2)), "b": np.zeros(2)}
    assert note(NETWORK, "x[0]", params=params).endswith("the terms of its paths to the loss cancel")


def test_what_the_loss_does_not_depend_on() -> None:
    network = Fork(a=Dense(1), b=Chain(Dense(1), Identity()))
    loss = LossSum(a=MeanSquaredError(), b=ActivityL1(0.0))
    assert "the loss does not change with" in note(network, "b/dense_1/W[0, 0]", loss=loss, y={"a": Y})
