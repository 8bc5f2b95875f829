"""A trace runs layers one at a time, keeps the arrays between them, and sums the gradients that reach each."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.derivation.trace.terms import loss_gradient, terms_of
from pellucid.derivation.trace.trace import Tracer, constant_wires, input_wires
from pellucid.errors import ExplainError
from pellucid.layers import Dense, Identity, Tanh
from pellucid.losses import ActivityL1, HalfSquaredError, LossSum

X = np.array([[1.0, 2.0], [3.0, -1.0]])
PARAMS = {"W": np.array([[1.0], [2.0]]), "b": np.array([0.5])}


class ShortGradient(Identity):
    def backward(self, params, cache, dy):
        return {}, dy[:1]


class NoGradient(Dense):
    def backward(self, params, cache, dy):
        dparams, dx = super().backward(params, cache, dy)
        return {"W": dparams["W"]}, dx


class Breaks(Identity):
    def forward(self, params, state, x, key=None, train=False):
        raise ValueError("no")


def test_wires_are_named_by_the_path_of_their_layer():
    tracer, x = Tracer(train=False), input_wires(X)
    y = tracer.run(Dense(1), PARAMS, {}, x, "code/dense", None)
    assert (x.name, y.name, y.producer.path) == ("x", "code/dense", "code/dense")
    assert x.producer is None
    assert [node.path for node in x.consumers] == ["code/dense"]
    assert y.value.tolist() == [[5.5], [1.5]]
    assert tracer.run(Tanh(), {}, {}, y, "tanh", None, name="out").name == "out"
    assert tracer.run(Tanh(), {}, {}, y, "", None).name == "y"
    parts = constant_wires({"mean": np.zeros(2)}, "state", of_examples=False)
    assert (parts["mean"].name, parts["mean"].of_examples) == ("state/mean", False)


def test_gradients_that_reach_a_wire_by_two_ways_are_summed():
    tracer, x = Tracer(train=False), input_wires(X)
    first, second = (tracer.run(Dense(1), PARAMS, {}, x, path, None) for path in ("a", "b"))
    first.gradient, second.gradient = np.ones((2, 1)), 10.0 * np.ones((2, 1))
    tracer.back()
    assert x.gradient.tolist() == [[11.0, 22.0], [11.0, 22.0]]
    assert tracer.nodes[1].dparams["W"].tolist() == [[40.0], [10.0]]


@pytest.mark.parametrize(
    ("layer", "params", "message"),
    [
        (
            ShortGradient(),
            {},
            r"backward of odd .* gives one of shape \(1, 2\) as gradient by x, whose shape is \(2, 2\)",
        ),
        (NoGradient(1), PARAMS, r"backward of odd .* gives none as gradient by b, whose shape is \(1,\): mend it"),
    ],
)
def test_a_gradient_that_is_missing_or_misshapen_is_named(layer, params, message):
    tracer = Tracer(train=False)
    y = tracer.run(layer, params, {}, input_wires(X), "odd", None)
    y.gradient = np.ones(y.value.shape)
    with pytest.raises(ExplainError, match=message):
        tracer.back()


def test_an_error_says_in_which_layer_it_happened():
    with pytest.raises(ValueError, match="no") as caught:
        Tracer(train=False).run(Breaks(), {}, {}, input_wires(X), "code/odd", None)
    assert caught.value.__notes__ == ["in the forward of code/odd: Breaks()"]


def test_the_terms_of_a_sum_within_a_sum_count_by_both_weights():
    inner = LossSum(out=HalfSquaredError(), code=ActivityL1(0.5), weights=(2.0, 3.0))
    loss = LossSum(first=inner, weights=(10.0,))
    y = {"first": {"out": input_wires(X), "code": input_wires(X)}}
    terms = terms_of(loss, y, {"first": np.zeros((2, 2))})
    assert [(term.name, term.weight) for term in terms] == [("first_out", 20.0), ("first_code", 30.0)]
    assert terms[0].values.tolist() == [2.5, 5.0]
    assert terms[1].target is None
    assert terms[1].values.tolist() == [1.5, 2.0]


def test_the_gradient_of_the_mean_loss_counts_each_example_by_its_share():
    gradient = loss_gradient(HalfSquaredError(), input_wires(X), np.zeros((2, 2)), np.array([0.25, 0.75]))
    assert gradient[""].tolist() == [[0.25, 0.5], [2.25, -0.75]]
