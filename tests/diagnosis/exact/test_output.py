"""Exact tests of output and loss, each with one that holds and one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.diagnosis.exact.loss import loss_by_example
from pellucid.diagnosis.exact.output import output_and_loss, reachable_targets
from pellucid.layers import Dense, ReLU, Sigmoid, Softmax, Tanh
from pellucid.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from small_trainings import of_amounts, of_classes


class Broadcast(MeanSquaredError):
    def value(self, y, target):
        return ((y - target.reshape(-1)) ** 2).mean(axis=1)


class Summed(MeanSquaredError):
    def gradient(self, y, target):
        return len(y) * super().gradient(y, target)


@pytest.mark.parametrize(
    ("model", "loss", "name"),
    [
        (Chain(Dense(1), Softmax()), MeanSquaredError(), "softmax over one unit"),
        (Chain(Dense(1)), SoftmaxCrossEntropy(), "softmax over one unit"),
        (Chain(Dense(2), Softmax()), SoftmaxCrossEntropy(), "probabilities to a loss on logits"),
        (Chain(Dense(1), Sigmoid()), SigmoidCrossEntropy(), "probabilities to a loss on logits"),
    ],
)
def test_outputs_that_do_not_go_with_their_loss(model, loss, name):
    assert [(found.name, found.sure) for found in output_and_loss(of_classes(model, loss))] == [(name, "error")]


def test_usual_outputs_go_with_their_losses():
    assert output_and_loss(of_classes()) == []
    assert output_and_loss(of_classes(Chain(Dense(2), Tanh()))) == []
    assert output_and_loss(of_amounts(Chain(Dense(1), Sigmoid()))) == []


def test_targets_outside_of_what_the_output_can_give():
    (found,) = reachable_targets(of_amounts(Chain(Dense(1), Sigmoid()), shift=5.0))
    assert found.seen.startswith("100% of the targets")
    assert [found.name for found in reachable_targets(of_amounts(Chain(Dense(1), ReLU())))] == ["targets out of reach"]
    assert reachable_targets(of_amounts()) == []
    assert reachable_targets(of_classes(Chain(Dense(2), Sigmoid()))) == []


@pytest.mark.parametrize("loss", [Broadcast(), Summed()])
def test_a_loss_that_mixes_examples(loss):
    assert [found.name for found in loss_by_example(of_amounts(loss=loss))] == ["loss mixes examples"]


def test_a_loss_by_example_passes():
    assert loss_by_example(of_amounts()) == []
    assert loss_by_example(of_classes()) == []


def test_outputs_that_overflow_are_left_to_other_tests():
    case = of_amounts()
    case.train.x[:] = np.inf
    with np.errstate(all="ignore"):
        assert loss_by_example(case) == []
