"""Another start of the weights, other activations, more units, fewer layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pellucid.combinators import Chain
from pellucid.diagnosis.case import Case
from pellucid.diagnosis.changes.change import Change, change_of_network
from pellucid.diagnosis.rewrite import flat_layers, is_activation, layers_by_path, rewrite
from pellucid.initializers import Glorot, He, Zeros
from pellucid.layer import Layer
from pellucid.layers import Dense, ReLU, Tanh

WIDTH, LEAST_UNITS = 4, 16
"""By how much wider, and how many units at least."""


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
    return [change_of_network("weights drawn by fan-in", "initialisation", changed)]


def activations(case: Case) -> list[Change]:
    """ReLU, or tanh, between all layers with weights; where there is none, put in."""
    layers = flat_layers(case.model)
    if layers is None:
        return []
    place = last_weights(layers)
    models = {
        type(activation).__name__: Chain(*_with_activation(layers[:place], activation), *layers[place:])
        for activation in (ReLU(), Tanh())
    }
    return [
        change_of_network(f"{name} in the hidden layers", "hidden activation", model)
        for name, model in models.items()
        if model != Chain(*layers)
    ]


def widths(case: Case) -> list[Change]:
    """Hidden layers four times as wide."""
    layers = flat_layers(case.model) or ()
    hidden = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)][:-1]
    if not hidden:
        return []
    wide = Chain(*(_widened(layer) if i in hidden else layer for i, layer in enumerate(layers)))
    return [change_of_network("wider hidden layers", "too few units", wide, cost=2)]


def depths(case: Case) -> list[Change]:
    """Two hidden layers, where there are four or more."""
    layers = flat_layers(case.model) or ()
    dense = [i for i, layer in enumerate(layers) if isinstance(layer, Dense)]
    if len(dense) < 5:
        return []
    between = tuple(layer for layer in layers[dense[1] + 1 : dense[1] + 2] if is_activation(layer))
    shallow = Chain(*layers[: dense[1] + 1], *between, *layers[dense[-1] :])
    return [change_of_network("two hidden layers", "too deep", shallow)]


def last_weights(layers: tuple[Layer, ...]) -> int:
    """The place of the last layer with weights; after all where there is none."""
    return max((i for i, layer in enumerate(layers) if hasattr(layer, "weight")), default=len(layers))


def _widened(layer: Layer) -> Layer:
    return replace(layer, units=max(LEAST_UNITS, WIDTH * layer.units)) if isinstance(layer, Dense) else layer


def _with_activation(body: tuple[Layer, ...], activation: Layer) -> tuple[Layer, ...]:
    """Every activation replaced by this one, and one put behind each layer with weights that has none."""
    changed: list[Layer] = []
    for i, layer in enumerate(body):
        changed.append(activation if is_activation(layer) else layer)
        followed = i + 1 < len(body) and (is_activation(body[i + 1]) or "Norm" in type(body[i + 1]).__name__)
        if hasattr(layer, "weight") and not is_activation(layer) and not followed:
            changed.append(activation)
    return tuple(changed)
