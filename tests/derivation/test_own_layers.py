"""A layer that nobody wrote a rule for: its own backward, asked output by output, explains it."""

from __future__ import annotations

import numpy as np
import pytest

from derivation.printed import check_lines
from pellucid import Chain, Dense, HalfSquaredError, Mask, MeanSquaredError, Recurrent, SimpleRNN, TimeDistributed
from pellucid.derivation import explain
from pellucid.layer import Layer


class Mixed(Layer):
    """``y = x + a x^2 roll(x)``: every output depends on two inputs and on a weight."""

    def init(self, key, x):
        return {"a": np.full(x.shape[1:], 0.5)}, {}

    def forward(self, params, state, x, key=None, train=False):
        return x + params["a"] * x**2 * np.roll(x, 1, axis=1), {"x": x}, state

    def backward(self, params, cache, dy):
        x, a = cache["x"], params["a"]
        before = np.roll(x, 1, axis=1)
        dx = dy * (1 + 2 * a * x * before) + np.roll(dy * a * x**2, -1, axis=1)
        return {"a": (dy * x**2 * before).sum(axis=0)}, dx


X, Y = np.array([[0.4, -0.3, 0.8]]), np.array([[0.1, 0.2]])


@pytest.mark.parametrize("weight", ["dense_1/W[0, 1]", "mixed_1/a[2]", "dense_1[0]", "x[1]"])
def test_a_layer_of_your_own_is_explained_and_checked(weight):
    told = explain(Chain(Dense(3), Mixed(), Dense(2)), HalfSquaredError(), X, Y, weight, automatic=False)
    check_lines(told)
    assert told.check[-1].value < 1e-7
    text = " ".join(told.text().lower().split())
    assert "the sum, over the outputs of mixed() that move, of the gradient by each times its slope" in text
    assert "a gradient of 1 at that output and 0 at all others" in text


def test_an_input_that_moves_two_outputs_has_two_terms():
    told = explain(Chain(first=Dense(3), own=Mixed(), last=Dense(2)), HalfSquaredError(), X, Y, "first[0]")
    (last,) = told.backward
    names = [symbol.name for symbol in last.formula.symbols()]
    assert names == ["∂E/∂own[0]", "own.slope of own[0, 0]", "∂E/∂own[1]", "own.slope of own[0, 1]"]


def test_a_layer_on_a_masked_sequence_is_one_node_and_says_what_it_does():
    x = np.array([[[0.5, 1.0], [0.2, -0.4], [0.0, 0.0]]])
    model = Chain(
        mask=Mask(), steps=TimeDistributed(Dense(2)), rnn=Recurrent(SimpleRNN(2), return_sequences=False), out=Dense(1)
    )
    told = explain(model, MeanSquaredError(), x, np.array([[1.0]]), "x[1, 0]")
    check_lines(told)
    assert told.check[-1].value < 1e-7
    assert any("of the gradient by each times its slope" in step.why for step in told.backward[0].walk())
    assert explain(model, MeanSquaredError(), x, np.array([[1.0]]), "x[2, 0]").value == 0.0  # a hidden step
