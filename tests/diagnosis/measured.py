"""Measurements of small networks, as they are and after some training."""

from __future__ import annotations

import numpy as np

from pellucid import GradientDescent, SigmoidCrossEntropy
from pellucid.diagnosis.measurements import Measurements, chance_loss
from pellucid.shape_inference import first_weights
from pellucid.train.batch import Batch, StepInputs, Weights
from pellucid.train.examinations.examination import ExaminedNetwork
from pellucid.train.recipe import Recipe
from pellucid.train.step import step


def circle(count: int = 60, seed: int = 0):
    x = np.random.default_rng(seed).uniform(-1.5, 1.5, size=(count, 2))
    return x, (np.hypot(*x.T) < 1.0).astype(float)[:, None]


def measurements_of(
    model, loss=None, data=None, test=None, optimizer=None, epochs=0, params=None, penalty=None, failure=None
) -> Measurements:
    """After so many epochs of one batch; ``params`` sets first weights by layer."""
    loss, (x, y), rule = loss or SigmoidCrossEntropy(), data or circle(), optimizer or GradientDescent(0.1)
    drawn, state = first_weights(model, np.array([0, 1], np.uint32), x)
    drawn = {**drawn, **(params or {})}
    weights = Weights(drawn, state, rule.init(drawn))
    recipe, train, held_out = Recipe(model, loss, rule, penalty), Batch(x, y), Batch(*(test or circle(200, 1)))
    losses = []
    for t in range(1, epochs + 2):
        losses.append([_mean(model, loss, weights, part) for part in (train, held_out)])
        if t <= epochs:
            numbers = recipe.numbers(weights.params)
            weights, _ = step(
                recipe, numbers, weights, train, StepInputs(t, float(rule.learning_rates(np.asarray(t - 1))))
            )
    course = np.array(losses)
    network = ExaminedNetwork(model, loss, weights.params, weights.state, train, {})
    chance = chance_loss(loss, y, model.forward(drawn, state, x)[0].shape[-1])
    return Measurements(
        network,
        held_out,
        np.arange(epochs + 1),
        course[:, 0],
        course[:, 1],
        rule,
        weights.slots,
        epochs,
        chance,
        failure,
    )


def _mean(model, loss, weights, batch) -> float:
    return float(loss.value(model.forward(weights.params, weights.state, batch.x)[0], batch.target).mean())
