"""The test drive: go for what trains, no go with its reason for what cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pellucid.combinators import Chain
from pellucid.data import Split
from pellucid.diagnosis.drive import drive
from pellucid.diagnosis.drive_text import drive_text
from pellucid.initializers import Zeros
from pellucid.layers import Dense, Dropout, Sigmoid, Tanh
from pellucid.losses import SoftmaxCrossEntropy
from pellucid.optim import Adam, GradientDescent
from small_trainings import of_amounts, of_classes


@pytest.fixture(scope="module")
def healthy():
    return drive(of_classes(Chain(Dense(16), Tanh(), Dropout(0.5), Dense(2)), optimizer=Adam(0.02)))


def test_a_training_that_can_start_is_go(healthy):
    assert healthy.go, healthy.reasons
    names = [check.name for check in healthy.checks]
    assert names == [
        "shapes",
        "targets",
        "inputs",
        "first loss",
        "gradients reach every layer",
        "exact tests",
        "6 examples by heart",
        "time and memory",
    ]


def test_as_text_it_fits_a_terminal(healthy):
    lines = drive_text(healthy).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-1].startswith("Go.")


def test_few_examples_that_cannot_be_learnt_are_no_go():
    found = drive(of_amounts(Chain(Dense(1), Sigmoid()), shift=3.0, optimizer=Adam(0.05)))
    assert {reason.partition(":")[0] for reason in found.reasons} == {"targets out of reach", "6 examples by heart"}
    assert "No go: 2 things" in drive_text(found)


def test_gradients_that_do_not_reach_a_layer_are_no_go():
    found = drive(of_classes(Chain(Dense(4), Tanh(), Dense(2, weight=Zeros()))))
    (reason,) = [one for one in found.reasons if one.startswith("gradients")]
    assert "dense_1/W" in reason


def test_a_rate_that_overflows_is_no_go():
    found = drive(of_amounts(optimizer=GradientDescent(1e6)))
    assert [reason.partition(":")[0] for reason in found.reasons] == ["6 examples by heart"]


def test_numbers_that_are_not_finite_and_inputs_that_are_large():
    case = of_classes()
    x = case.train.x * 1000
    assert [check.verdict for check in drive(replace(case, train=Split(x, case.train.y))).checks[2:3]] == ["look"]
    x = np.where(x > 0, np.nan, x)
    assert not drive(replace(case, train=Split(x, case.train.y))).go


class Raises(SoftmaxCrossEntropy):
    def gradient(self, y, target):
        raise ZeroDivisionError("my own mistake")


def test_a_loss_of_the_users_that_raises_is_no_go():
    assert any("my own mistake" in reason for reason in drive(of_classes(loss=Raises())).reasons)
