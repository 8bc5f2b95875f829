"""Trainings that go wrong on purpose: the questions of the course notes, each answered on the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pellucid.combinators import Chain
from pellucid.data import Split, load_dataset
from pellucid.diagnosis.case import Case
from pellucid.initializers import Constant
from pellucid.layers import Dense, ReLU, Sigmoid, Tanh
from pellucid.losses import MeanSquaredError, SoftmaxCrossEntropy
from pellucid.optim import Adam, GradientDescent
from pellucid.regularize import L2
from pellucid.types import Array, Cache, Params


@dataclass(frozen=True)
class ExampleCase:
    """A question, and the training that shows it."""

    question: str
    make: Callable[[], Case]


def oscillating() -> Case:
    """Gradient descent with a rate far above 2 over the largest curvature."""
    return _digits(Chain(Dense(32), ReLU(), Dense(10)), optimizer=GradientDescent(5.0))


def rate_one() -> Case:
    """Rate 1 with a penalty of 0.9: each step takes away nine tenths of every weight."""
    return _digits(Chain(Dense(32), Tanh(), Dense(10)), optimizer=GradientDescent(1.0), penalty=L2(0.9))


def zeros() -> Case:
    """Weights that all begin alike."""
    return _digits(Chain(Dense(32, weight=Constant(0.1)), ReLU(), Dense(10, weight=Constant(0.1))))


def vanishing() -> Case:
    """Eight layers of sigmoids."""
    hidden = [layer for _ in range(8) for layer in (Dense(16), Sigmoid())]
    return _digits(Chain(*hidden, Dense(10)))


def out_of_reach() -> Case:
    """Amounts from 3 on, and an output that ends at 1."""
    x = np.linspace(-1, 1, 200, dtype=np.float32)[:, None]
    y = x**2 + 3
    rows = np.random.default_rng(0).permutation(200)
    train, held_out = (Split(x[part], y[part]) for part in (np.sort(rows[40:]), np.sort(rows[:40])))
    options = {"epochs": 150, "optimizer": Adam(0.1)}
    return Case(Chain(Dense(8), Tanh(), Dense(1), Sigmoid()), MeanSquaredError(), train, held_out, options)


class WrongDelta(Dense):
    """A dense layer whose backward hands on the delta with the wrong sign."""

    def backward(self, params: Params, cache: Cache, dy: Array) -> tuple[Params, Array]:
        dparams, dx = super().backward(params, cache, dy)
        return dparams, -dx


def wrong_gradient() -> Case:
    """A hand-written backward pass with a wrong sign."""
    return _digits(Chain(Dense(16), Tanh(), WrongDelta(10)))


def _digits(model: Chain, **options: object) -> Case:
    digits = load_dataset("digits")
    return Case(model, SoftmaxCrossEntropy(), digits.train, digits.validation, {"epochs": 15, **options})


EXAMPLES: dict[str, ExampleCase] = {
    "oscillating": ExampleCase("why does the output oscillate so violently?", oscillating),
    "rate-one": ExampleCase("why, with rate 1, did all weights become tiny and nothing move any more?", rate_one),
    "zeros": ExampleCase("why does a layer of many units behave like one?", zeros),
    "vanishing": ExampleCase("why do the first layers of a deep network of sigmoids not learn?", vanishing),
    "wrong-gradient": ExampleCase("what does the number of the gradient check say?", wrong_gradient),
    "out-of-reach": ExampleCase("why does the loss stop far above zero?", out_of_reach),
}
