"""A whole step of training told."""

from __future__ import annotations

import numpy as np
import pytest

from derivation.printed import check_lines
from pellucid.combinators import Chain
from pellucid.derivation import explain_step
from pellucid.errors import ConfigError, ExplainError, UnknownNameError
from pellucid.layers import Dense, Sigmoid
from pellucid.losses import HalfSquaredError
from pellucid.optim import Adam, GradientDescent, Momentum
from pellucid.regularize import L2

NETWORK = Chain(Dense(2), Sigmoid(), Dense(2), Sigmoid())
PARAMS = {
    "dense_1": {"W": np.array([[0.15, 0.25], [0.2, 0.3]]), "b": np.array([0.35, 0.35])},
    "sigmoid_1": {},
    "dense_2": {"W": np.array([[0.4, 0.5], [0.45, 0.55]]), "b": np.array([0.6, 0.6])},
    "sigmoid_2": {},
}
X, Y = np.array([[0.05, 0.1]]), np.array([[0.01, 0.99]])


def test_the_step_of_the_textbook() -> None:
    told = explain_step(NETWORK, HalfSquaredError(), X, Y, GradientDescent(0.5), params=PARAMS)
    check_lines(told)
    values = {step.name: step.value for step in told.steps()}
    assert values["E before"] == pytest.approx(0.298371109, abs=5e-10)
    assert values["dense_2/W[0, 0] after the step"] == pytest.approx(0.35891648, abs=5e-9)
    assert values["dense_2/W[1, 1] after the step"] == pytest.approx(0.561370121, abs=5e-10)
    assert values["dense_1/W[0, 0] after the step"] == pytest.approx(0.149780716, abs=5e-10)
    assert values["dense_1/W[1, 1] after the step"] == pytest.approx(0.29950229, abs=5e-9)
    assert told.value == values["E after"] - values["E before"] < 0.0
    assert len(told.backward) == 12


def test_every_weight_has_lines_of_its_own() -> None:
    told = explain_step(NETWORK, HalfSquaredError(), X, Y, Momentum(0.5), params=PARAMS, penalty=L2(0.1))
    names = [step.name for step in told.update]
    assert len(set(names)) == len(names)
    assert "dense_1/W[0, 0]: v" in names
    assert "dense_1/W[0, 0]: g with penalty" in names


def test_a_network_too_large_is_refused() -> None:
    with pytest.raises(ExplainError, match="1010 weights are too many"):
        explain_step(Dense(10), HalfSquaredError(), np.ones((1, 100)), np.ones((1, 10)), Adam())


def test_what_cannot_be_is_refused() -> None:
    def tell(optimizer, **options):
        return explain_step(NETWORK, HalfSquaredError(), X, Y, optimizer, params=PARAMS, **options)

    with pytest.raises(UnknownNameError, match="unknown path in fixed 'dense_1/w': did you mean dense_1/W"):
        tell(GradientDescent(0.5), fixed=("dense_1/w",))
    with pytest.raises(ConfigError, match="model must be a Layer"):
        explain_step(3, HalfSquaredError(), X, Y, GradientDescent(0.5))


def test_a_step_into_infinity_is_refused() -> None:
    model, params = Chain(Dense(1)), {"dense_1": {"W": np.array([[1.0]]), "b": np.array([0.0])}}
    with pytest.raises(ExplainError, match="the loss after the step is inf: the step is too long; choose a smaller"):
        explain_step(model, HalfSquaredError(), [[2.0]], [[1.0]], GradientDescent(1e200), params=params)
