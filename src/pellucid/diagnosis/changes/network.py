"""Another start of the weights, other activations, another output with its loss, more or fewer units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from pellucid.combinators import Chain
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change
from pellucid.diagnosis.rewrite import flat_layers, is_activation, layers_by_path, rewrite
from pellucid.initializers import Glorot, He, Zeros
from pellucid.layer import Layer
from pellucid.layers import Dense, ReLU, Tanh
from pellucid.losses import MeanSquaredError, SoftmaxCrossEntropy

WIDTH = 4
"""By how much wider, and at least 16 units."""


def initializers(case: Case) -> list[Change]:
    """Weights drawn by fan-in, biases zero: He before ReLU and its kin, Glorot elsewhere."""
    layers = [layer for _, layer in layers_by_path(case.model)]
    start = He() if any(type(layer).__name__.endswith(("ReLU", "ELU")) for layer in layers) else Glorot()

    def redraw(value: Any) -> Any:
        if not hasattr(value, "weight") or not hasattr(value, "bias"):
            return value
        return replace(value, weight=start, bias=Zeros())

    changed = rewrite(case.model, redraw)
    if changed == case.model:
        return []
    return [Change("weights drawn by fan-in", "initialisation", _with_model(lambda _: changed), {"weight": start})]


def activations(case: Case) -> list[Change]:
    """ReLU, or tanh, between all layers with weights; where there is none, put in."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    body, output = _without_output(layers)
    changes = []
    for activation in (ReLU(), Tanh()):
        model = Chain(*_with_activation(body, activation), *output)
        if model != Chain(*layers):
            changes.append(
                Change(
                    f"{type(activation).__name__} in the hidden layers",
                    "hidden activation",
                    _with_model(lambda _, model=model: model),  # type: ignore[misc]
                    {"activation": type(activation).__name__},
                )
            )
    return changes


def outputs(case: Case) -> list[Change]:
    """Raw outputs and the loss that belongs to them: softmax cross-entropy for classes, the squared error for amounts."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    body, _ = _without_output(layers)
    place = max((i for i, layer in enumerate(layers) if isinstance(layer, Dense)), default=None)
    if place is None or not isinstance(layers[place], Dense):
        return []
    last = layers[place]
    y = np.asarray(case.train.y) if isinstance(case.train.y, np.ndarray) else None
    if y is None:
        return []
    if case.classify and y.ndim == 1 and y.dtype.kind in "iu":
        units, loss = int(y.max()) + 1, SoftmaxCrossEntropy()
    elif case.classify and y.ndim == 2 and y.shape[1] > 1 and bool((y.sum(axis=1) == 1).all()):
        units, loss = y.shape[1], SoftmaxCrossEntropy()
    elif not case.classify and y.dtype.kind == "f" and y.ndim == 2:
        units, loss = y.shape[1], MeanSquaredError()  # type: ignore[assignment]
    else:
        return []
    model = Chain(*layers[:place], replace(last, units=units))
    if (model, loss) == (Chain(*layers), case.loss):
        return []
    return [
        Change(
            f"raw outputs with {type(loss).__name__}",
            "output does not fit its loss",
            lambda case: replace(case, model=model, loss=loss),
            {"loss": loss, "model": model},
        )
    ]


def widths(case: Case) -> list[Change]:
    """Hidden layers four times as wide; and half as many of them where they are many."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    dense = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    hidden = dense[:-1]
    changes = []
    if hidden:
        wide = tuple(
            replace(layer, units=max(16, WIDTH * layer.units)) if i in hidden and isinstance(layer, Dense) else layer
            for i, layer in enumerate(layers)
        )
        changes.append(
            Change(
                "wider hidden layers", "too few units", _with_model(lambda _: Chain(*wide)), {"model": Chain(*wide)}, 2
            )
        )
    if len(hidden) >= 4:
        shallow = Chain(*layers[: hidden[1] + 1], *_after(layers, hidden[1], dense[-1]))
        changes.append(Change("two hidden layers", "too deep", _with_model(lambda _: shallow), {"model": shallow}))
    return changes


def _after(layers: tuple[Layer, ...], hidden: int, last: int) -> tuple[Layer, ...]:
    """The activation behind the hidden layer at that place, and all from the last layer with weights on."""
    between = tuple(layer for layer in layers[hidden + 1 : hidden + 2] if is_activation(layer))
    return (*between, *layers[last:])


def _without_output(layers: tuple[Layer, ...]) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """What is before the last layer with weights, and from it on."""
    last = max((i for i, layer in enumerate(layers) if hasattr(layer, "weight")), default=len(layers))
    return layers[:last], layers[last:]


def _with_activation(body: tuple[Layer, ...], activation: Layer) -> tuple[Layer, ...]:
    """Every activation replaced by this one, and one put behind each layer with weights that has none."""
    changed: list[Layer] = []
    for i, layer in enumerate(body):
        changed.append(activation if is_activation(layer) else layer)
        followed = i + 1 < len(body) and (is_activation(body[i + 1]) or "Norm" in type(body[i + 1]).__name__)
        if hasattr(layer, "weight") and not is_activation(layer) and not followed:
            changed.append(activation)
    return tuple(changed)


def _with_model(change: Callable[[Layer], Layer]) -> Callable[[Case], Case]:
    return lambda case: replace(case, model=change(case.model))
