"""Layers and losses with a fault in their code, as users write them."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import ops
from pellucid.layer import Layer
from pellucid.layers import Activation, Dense, Softmax
from pellucid.losses import MeanSquaredError, SoftmaxCrossEntropy


class Exponential(Activation):
    """``y = e^x``: no fault, but it grows beyond all bounds."""

    formula = "e^x"
    derivative_formula = "e^x"
    saturates = "for negative x"
    can_die = "no"

    @property
    def output_range(self) -> tuple[float, float]:
        return 0.0, float("inf")

    def function(self, x: Any) -> Any:
        return ops.namespace(x).exp(x)

    def derivative(self, x: Any, y: Any) -> Any:
        return y


class WrongSign(Dense):
    """The gradient of the weights has the wrong sign."""

    def backward(self, params: Any, cache: Any, dy: Any) -> Any:
        dparams, dx = super().backward(params, cache, dy)
        return {**dparams, "W": -dparams["W"]}, dx


class NotTransposed(Dense):
    """The delta is handed on by twice the weights."""

    def backward(self, params: Any, cache: Any, dy: Any) -> Any:
        dparams, dx = super().backward(params, cache, dy)
        return dparams, 2.0 * dx


class SoftmaxOverExamples(Softmax):
    """The sum is taken over the examples of the batch."""

    def forward(self, params: Any, state: Any, x: Any, key: Any = None, train: bool = False) -> Any:
        y, cache, state = super().forward(params, state, x.T, key, train)
        return y.T, cache, state

    def backward(self, params: Any, cache: Any, dy: Any) -> Any:
        dparams, dx = super().backward(params, cache, dy.T)
        return dparams, dx.T


class Zeroed(Layer):
    """Inputs times 0: the data are not used."""

    def init(self, key: Any, x: Any) -> Any:
        return {}, {}

    def forward(self, params: Any, state: Any, x: Any, key: Any = None, train: bool = False) -> Any:
        return 0.0 * x, {}, state

    def backward(self, params: Any, cache: Any, dy: Any) -> Any:
        return {}, 0.0 * dy


class SummedSquaredError(MeanSquaredError):
    """Gradients are summed over the batch, not averaged."""

    def gradient(self, y: Any, target: Any) -> Any:
        return len(y) * super().gradient(y, target)


class SummedCrossEntropy(SoftmaxCrossEntropy):
    """Gradients are summed over the batch, not averaged."""

    def gradient(self, y: Any, target: Any) -> Any:
        return len(y) * super().gradient(y, target)


class BroadcastSquaredError(MeanSquaredError):
    """(N, 1) against (N,): each output with each target."""

    def value(self, y: Any, target: Any) -> Any:
        return ((y - target.reshape(-1)) ** 2).mean(axis=1)

    def gradient(self, y: Any, target: Any) -> Any:
        return 2.0 * (y - target.reshape(-1)).mean(axis=1, keepdims=True)


class ProbabilityCrossEntropy(SoftmaxCrossEntropy):
    """``-ln y_label`` of outputs that are taken for probabilities, whatever they are; below a millionth, of that."""

    def value(self, y: Any, target: Any) -> Any:
        xp = ops.namespace(y)
        return -xp.log(xp.clip(y[xp.arange(len(y)), target], 1e-6, None))

    def gradient(self, y: Any, target: Any) -> Any:
        xp = ops.namespace(y)
        chosen = xp.eye(y.shape[1], dtype=y.dtype)[target]
        return -chosen * (y > 1e-6) / xp.clip(y, 1e-6, None)

    def predict(self, y: Any) -> Any:
        return y

    def scores(self, y: Any) -> Any:
        return y


def shuffled(labels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    return generator.permutation(labels)


def swapped(labels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Three for eight and eight for three."""
    table = np.arange(10, dtype=labels.dtype)
    table[[3, 8]] = 8, 3
    return table[labels]


def noisy(share: float) -> Any:
    """This share of labels drawn at random."""

    def change(labels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        wrong = generator.random(len(labels)) < share
        labels[wrong] = generator.integers(0, labels.max() + 1, int(wrong.sum()))
        return labels

    return change
