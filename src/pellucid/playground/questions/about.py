"""From what a question says it is about to its subject: the network and the examples."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np

from pellucid.errors import ConfigError
from pellucid.optim import Rule
from pellucid.playground.questions.scene import NetworkScene, Scene
from pellucid.playground.questions.subject import Subject
from pellucid.playground.training import next_batch
from pellucid.train.batch import Batch


def subject_of(scene: Scene, about: Mapping[str, Any]) -> Subject:
    """The network that a question is about, with its ``example``, or the batch of the next step.

    Raises ConfigError for an example that is none, or not there.
    """
    asked = scene.network(about)
    example = about.get("example")
    batch = next_batch(asked.network, asked.progress) if example is None else _example(scene, asked, example)
    return _subject(scene, asked, batch, taken=example is None)


def training_subject(scene: Scene, about: Mapping[str, Any]) -> Subject:
    """The same with all training points."""
    asked = scene.network(about)
    return _subject(scene, asked, asked.network.batch, taken=False)


def _subject(scene: Scene, asked: NetworkScene, batch: Batch, taken: bool) -> Subject:
    network, progress = asked.network, asked.progress
    recipe = network.recipe
    rule = cast(Rule, recipe.optimizer)  # those of the playground all are
    rate = float(rule.learning_rates(np.array([progress.step]))[0])
    names = network.inputs.names if scene.data.x.shape[1] == 2 else scene.data.columns
    return Subject(
        network.model,
        recipe.loss,
        progress.weights.params,
        progress.weights.state,
        batch.x,
        batch.target,
        replace(rule, learning_rate=rate),
        progress.weights.slots,
        t=progress.step + 1,
        penalty=recipe.penalty,
        clip=recipe.clip,
        inputs=tuple(names),
        taken=taken,
    )


def _example(scene: Scene, asked: NetworkScene, example: Any) -> Batch:
    """One point, as the network gets it."""
    if not isinstance(example, dict):
        raise ConfigError(f"example is a row, or x and y, not {str(example)[:40]!r}")
    if "row" in example:
        row = example["row"]
        if type(row) is not int or not 0 <= row < len(scene.data.y):
            raise ConfigError(f"there are points 0 to {len(scene.data.y) - 1}, not {str(row)[:40]!r}")
        inputs = asked.network.inputs(scene.data.x[row][None])
        label = float(scene.data.y[row])
    else:
        inputs, y = asked.network.inputs(_point(scene, example.get("x"))[None]), example.get("y")
        label = _decided(asked, inputs) if y is None else _label(scene, y)
    return Batch(inputs, asked.network.objective.targets(np.array([label])))


def _point(scene: Scene, x: Any) -> np.ndarray:
    columns = scene.data.x.shape[1]
    if not isinstance(x, list) or len(x) != columns or not all(map(_is_number, x)):
        raise ConfigError(f"the x of an example is {columns} numbers, not {str(x)[:40]}")
    return np.array(x, dtype=np.float64)


def _label(scene: Scene, y: Any) -> float:
    if not _is_number(y) or (scene.data.classes and (y != int(y) or not 0 <= y < scene.data.classes)):
        wanted = f"a class from 0 to {scene.data.classes - 1}" if scene.data.classes else "a number"
        raise ConfigError(f"the y of an example is {wanted}, not {str(y)[:40]}")
    return float(y)


def _decided(asked: NetworkScene, inputs: np.ndarray) -> float:
    """A point without a label has the one that the network gives it."""
    outputs = asked.network.outputs(asked.progress.weights, inputs)
    if asked.network.objective.classes:
        return float(asked.network.objective.decide(outputs)[0])
    return float(outputs[0, 0])


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) <= 1e6
