"""Random specifications of networks, made of every layer in the table of cases, their numbers drawn anew."""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

import numpy as np

import cases
from pellucid import PellucidError, ops
from pellucid.check import LayerCase
from pellucid.combinators import (
    Chain,
    Concat,
    Fork,
    FromLast,
    Join,
    Parallel,
    Recurrent,
    Residual,
    TimeDistributed,
    WeightNoise,
)
from pellucid.layer import Layer
from pellucid.losses import (
    ActivityL1,
    HalfSquaredError,
    Hinge,
    Huber,
    LossSum,
    MeanAbsoluteError,
    MeanSquaredError,
    SequenceLoss,
    SigmoidCrossEntropy,
    SoftmaxCrossEntropy,
)
from pellucid.masked import Masked
from pellucid.optim import AdaGrad, Adam, GradientDescent, Momentum, RMSProp
from pellucid.shape_inference import first_weights, infer_output
from pellucid.trees import leaves, tree_map

DEPTH = 6
SHAPES = ((4,), (1,), (3, 4), (1, 2), (5, 1), (4, 4, 2), (1, 5, 3), (6, 1, 1), (2, 3, 2, 2))
"""Of one example: a row, sequences, pictures, and a sequence of pictures."""

POOL = tuple(
    case.subject
    for case in vars(cases).values()
    if isinstance(case, tuple)
    for case in case
    if isinstance(case, LayerCase)
)
CELLS = tuple(case.subject for case in cases.CELLS)
AMOUNTS = (MeanSquaredError(), HalfSquaredError(), MeanAbsoluteError(), Huber(), SigmoidCrossEntropy())
CLASSES = (SoftmaxCrossEntropy(), Hinge())


def draw_problem(rng: np.random.Generator, dtype: str = "float32") -> dict[str, Any]:
    """Arguments of ``fit``: a network, a loss that mostly fits, and data for both."""
    x = _inputs(rng, dtype)
    model, y = draw_network(rng, x, DEPTH)
    loss, target = _loss(rng, y, len(next(leaves(x))))
    optimizer = _pick(rng, (Adam(), Momentum(0.01), GradientDescent(0.01), RMSProp(), AdaGrad()))
    batch_size = int(rng.integers(1, 7))
    return {"model": model, "loss": loss, "data": (x, target), "optimizer": optimizer, "batch_size": batch_size}


def draw_network(rng: np.random.Generator, x: Any, depth: int) -> tuple[Layer, Any]:
    """A chain of layers and combinators up to ``depth`` for inputs like ``x``, and its output if it has one."""
    layers: list[Layer] = []
    for _ in range(rng.integers(1, 4)):
        for attempt in range(4):
            layer = _draw_layer(rng, x, depth - 1)
            y = _output(layer, x)
            if y is not None or (attempt == 0 and rng.random() < 0.02):  # some that do not fit
                layers.append(layer)
                x = y if y is not None else x
                break
    return Chain(*layers), x


def _draw_layer(rng: np.random.Generator, x: Any, depth: int) -> Layer:
    if depth <= 0 or rng.random() < 0.7:
        return _changed(rng, _pick(rng, POOL))

    def part() -> Layer:
        return draw_network(rng, x, depth - 1)[0]

    kind = rng.integers(9)
    if kind == 0:
        return Residual(part())
    if kind == 1:
        return Concat(part(), part())
    if kind == 2:
        return Chain(Fork(a=part(), b=part()), Join())
    if kind == 3:
        return Fork(a=part(), b=part())
    if kind == 4:
        return Recurrent(_changed(rng, _pick(rng, CELLS)), bool(rng.integers(2)), bool(rng.integers(2)))
    if kind == 5:
        return TimeDistributed(draw_network(rng, _step(x), depth - 1)[0])
    if kind == 6:
        return WeightNoise(part(), deviation=0.1)
    if kind == 7:
        return FromLast(part())
    return Parallel(a=part(), b=part())


def _changed(rng: np.random.Generator, value: Any) -> Any:
    """A layer or cell with some of its numbers drawn anew; as it is where the new ones cannot be."""
    changes = {field.name: _redrawn(rng, getattr(value, field.name)) for field in fields(value) if field.init}
    try:
        return type(value).from_fields({**_fields(value), **changes})
    except (PellucidError, TypeError):
        return copy.copy(value)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value) if field.init}


def _redrawn(rng: np.random.Generator, number: Any) -> Any:
    if rng.random() < 0.4:
        return number
    if isinstance(number, bool):
        return bool(rng.integers(2))
    if isinstance(number, int):
        return int(rng.integers(1, 5))
    if isinstance(number, float):
        return float(rng.choice([0.1, 0.5, 0.9]))
    if isinstance(number, tuple) and all(isinstance(part, (int, tuple)) for part in number):
        return tuple(_redrawn(rng, part) for part in number)
    return number


def _inputs(rng: np.random.Generator, dtype: str) -> Any:
    kind, examples = rng.integers(10), int(rng.integers(1, 8))

    def array() -> Any:
        return rng.normal(size=(examples, *_pick(rng, SHAPES))).astype(dtype)

    if kind == 0:
        return {"a": array(), "b": array()}
    if kind == 1:
        return rng.integers(0, 4, size=(examples, *_pick(rng, ((3,), (1,), ())))).astype(dtype).reshape(examples, -1)
    return array()


def _output(layer: Layer, x: Any) -> Any:
    try:
        with np.errstate(all="ignore"):
            params, state = first_weights(layer, ops.key(0), x)
            return infer_output(layer, params, state, x)
    except PellucidError:
        return None


def _step(x: Any) -> Any:
    return tree_map(lambda leaf: leaf[:, 0] if leaf.ndim > 2 else leaf, x)


def _loss(rng: np.random.Generator, y: Any, examples: int) -> tuple[Any, Any]:
    if isinstance(y, Masked):
        amounts = SequenceLoss(_pick(rng, AMOUNTS))
        return amounts, rng.random((examples, *y.values.shape[1:])).astype("float32")
    if isinstance(y, dict):
        parts = {name: _loss(rng, part, examples) for name, part in y.items()}
        return LossSum(**{name: loss for name, (loss, _) in parts.items()}), {n: t for n, (_, t) in parts.items()}
    shape = (examples, *y.shape[1:])
    if len(shape) == 2 and rng.random() < 0.5:
        return _pick(rng, CLASSES), rng.integers(0, shape[1], examples)
    if rng.random() < 0.1:
        return LossSum(out=_pick(rng, AMOUNTS), code=ActivityL1(0.1)), rng.random(shape).astype("float32")
    return _pick(rng, AMOUNTS), rng.random(shape).astype("float32")


def _pick(rng: np.random.Generator, choices: Any) -> Any:
    return choices[int(rng.integers(len(choices)))]
