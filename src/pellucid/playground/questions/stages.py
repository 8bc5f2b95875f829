"""The question ``stages``: one step of training in slow motion, a stage at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pellucid.combinators.weighted_layers import WeightedLayer
from pellucid.layer import Layer
from pellucid.layers import Maxout
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.playground.questions.subject import Answer, Subject, plain
from pellucid.train.batch import StepInputs
from pellucid.train.stages import Update, stages_of
from pellucid.trees import flatten, replace_leaves
from pellucid.types import Array

TWO_WORDS = {"HardTanh": "hard_tanh", "LeakyReLU": "leaky_relu"}


def answer_stages(subject: Subject) -> Answer:
    """Forward layer by layer, the loss, backward layer by layer, the update. See the protocol."""
    taken = subject.taken and not subject.model.is_random()
    found = {
        "step": subject.t,
        "examples": subject.examples,
        "learning_rate": _inputs(subject).learning_rate,
        "taken": taken,
        "stages": list(_stages(subject)),
    }
    return {name: plain(part) for name, part in found.items()}


def _stages(subject: Subject) -> Iterator[dict[str, Any]]:
    yield {"stage": "inputs", "path": "x", "outputs": subject.x.mean(axis=0)}
    for layer in subject.layers:
        yield _forward(subject, layer)
    predictions = np.asarray(subject.loss.predict(subject.outputs))
    yield {
        "stage": "loss",
        "outputs": subject.outputs.mean(axis=0),
        "predictions": predictions.mean(axis=0),
        "targets": _targets(subject).mean(axis=0),
        "loss": subject.value,
    }
    for layer in reversed(subject.layers):
        yield _backward(subject, layer)
    yield _update(subject)


def _targets(subject: Subject) -> Array:
    """The targets by output: of labels of several classes 1 at the label."""
    outputs, y = subject.outputs, subject.y
    if y.size == outputs.size:
        return y.reshape(outputs.shape)
    one_hot: Array = np.eye(outputs.shape[-1])[y.reshape(-1).astype(int)]
    return one_hot


def _forward(subject: Subject, layer: WeightedLayer) -> dict[str, Any]:
    taps = subject.taps
    return {
        "stage": "forward",
        "path": layer.path,
        "activation": activation_name(layer),
        "pre_activations": taps[layer.path]["y"].mean(axis=0),
        "outputs": taps[layer.output]["y"].mean(axis=0),
    }


def activation_name(layer: WeightedLayer) -> str:
    """What makes an output of a pre-activation, as the state names it; ``identity`` where nothing does."""
    if isinstance(layer.layer, Maxout):
        return "maxout"
    found: list[Layer] = [one for _, one in layer.followers if isinstance(one, ActivationInfo)]
    if not found:
        return "identity"
    name = type(found[0]).__name__
    return TWO_WORDS.get(name, name.lower())


def _backward(subject: Subject, layer: WeightedLayer) -> dict[str, Any]:
    taps = subject.taps
    return {
        "stage": "backward",
        "path": layer.path,
        "by_outputs": taps[layer.output]["dy"].sum(axis=0),
        "deltas": taps[layer.path]["dy"].sum(axis=0),
        "gradients": {f"{layer.path}/{name}": leaf for name, leaf in flatten(taps[layer.path]["dparams"]).items()},
    }


def _inputs(subject: Subject) -> StepInputs:
    return StepInputs(subject.t, float(subject.optimizer.learning_rates(np.asarray(subject.t - 1))))


def next_update(subject: Subject) -> tuple[Update, Update]:
    """Params, gradients and slots after penalty and clipping, and after the update rule."""
    gradients: dict[str, Array] = {}
    for layer in subject.layers:
        leaves = flatten(subject.taps[layer.path]["dparams"]).items()
        gradients |= {f"{layer.path}/{name}": leaf for name, leaf in leaves}
    update = Update(subject.params, replace_leaves(subject.params, gradients), dict(subject.slots))
    bent = update
    for stage in stages_of(subject.optimizer, subject.penalty, subject.clip):
        bent = update
        update = stage.apply(update, stage.numbers(subject.params), _inputs(subject))
    return bent, update


def _update(subject: Subject) -> dict[str, Any]:
    bent, after = next_update(subject)
    before, gradients, moved = (flatten(tree) for tree in (subject.params, bent.gradients, after.params))
    y = subject.model.forward(after.params, subject.state, subject.x)[0]
    return {
        "stage": "update",
        "rule": list(subject.optimizer.formula),
        "weights": {
            path: {"before": w, "gradient": gradients[path], "after": moved[path]} for path, w in before.items()
        },
        "loss_after": float(subject.loss.value(y, subject.y).mean()),
    }
