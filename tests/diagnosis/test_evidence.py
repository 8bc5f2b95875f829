"""What speaks for a fault puts it first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pellucid.combinators import Chain
from pellucid.data import Split
from pellucid.diagnosis.evidence import weigh_faults
from pellucid.diagnosis.trial import Trial
from pellucid.initializers import SmallNormal
from pellucid.layers import Dense, ReLU, Sigmoid, Softmax
from pellucid.optim import Adam
from pellucid.regularize import L2
from small_trainings import of_amounts, of_classes


def trial(losses=(1.0, 0.8, 0.75, 0.74, 0.74), error=0.8, train_error=0.8, diverged=False):
    return Trial(error, train_error, tuple(losses), diverged)


def with_inputs(case, factor):
    return replace(case, train=Split(case.train.x * factor, case.train.y))


@pytest.mark.parametrize(
    ("case", "base", "fault"),
    [
        (with_inputs(of_classes(), 100), trial(), "inputs not scaled"),
        (of_amounts(shift=50.0), trial(), "targets not scaled"),
        (of_classes(Chain(Dense(8, weight=SmallNormal(5.0)), ReLU(), Dense(2))), trial(), "initialisation"),
        (of_classes(Chain(Dense(8), Softmax(), Dense(2))), trial(), "hidden activation"),
        (of_classes(Chain(Dense(8), Dense(2))), trial(), "hidden activation"),
        (of_classes(Chain(*[Dense(8), Sigmoid()] * 5, Dense(2))), trial(), "hidden activation"),
        (of_classes(Chain(Dense(8), ReLU(), Dense(2), ReLU())), trial(), "output does not fit its loss"),
        (of_classes(Chain(Dense(1), ReLU(), Dense(2))), trial(), "too few units"),
        (of_classes(penalty=L2(0.5)), trial(), "too much penalty"),
        (of_classes(), trial(train_error=0.1), "overfitting"),
        (of_classes(optimizer=Adam(1.0)), trial(), "rate too high"),
        (of_classes(optimizer=Adam(1e-6)), trial((1.0, 0.99, 0.98, 0.97, 0.96, 0.95)), "rate too low"),
        (of_classes(), trial((1.0, 1.5) * 5), "rate too high"),
        (of_classes(), trial(diverged=True), "rate too high"),
    ],
)
def test_it_is_weighed_most(case, base, fault):
    weights = weigh_faults(case, base)
    assert weights.most_common(1)[0][0] == fault, weights


def test_scaled_inputs_speak_against_scaling():
    assert weigh_faults(of_classes(), trial())["inputs not scaled"] < 0
