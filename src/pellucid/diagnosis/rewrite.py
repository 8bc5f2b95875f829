"""Networks are values: a change of one is another one, made by a function that is asked for every layer in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from pellucid.combinators import Chain
from pellucid.layer import Cell, Layer
from pellucid.layers import Dropout
from pellucid.layers.activations.activation_info import ActivationInfo
from pellucid.trees import join_path
from pellucid.value import Value


def rewrite(value: Any, change: Callable[[Value], Value]) -> Any:
    """The value with ``change`` applied to every value inside it, the innermost first, and to itself."""
    if isinstance(value, tuple):
        return tuple(rewrite(part, change) for part in value)
    if not isinstance(value, Value):
        return value
    before = {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]
    after = {name: rewrite(part, change) for name, part in before.items()}
    return change(type(value).from_fields(after) if after != before else value)


def layers_by_path(model: Layer | Cell, path: str = "") -> Iterator[tuple[str, Layer | Cell]]:
    """Every layer and cell that has none inside, by the path of its weights."""
    named = getattr(model, "named_layers", None)
    if named is None:
        inside = [(f.name, getattr(model, f.name)) for f in fields(model)]
        named = [(name, part) for name, part in inside if isinstance(part, (Layer, Cell))]
    if not named:
        yield path, model
    for name, layer in named:
        yield from layers_by_path(layer, join_path(path, name))


def flat_layers(model: Layer) -> tuple[Layer, ...] | None:
    """The layers of a chain, with those of the chains inside it; None for what is no chain."""
    if not isinstance(model, Chain):
        return None
    found: list[Layer] = []
    for layer in model.layers:
        found += (flat_layers(layer) or ()) if isinstance(layer, Chain) else (layer,)
    return tuple(found)


def without_dropout(model: Layer) -> Layer:
    """The network without its dropout, all in one chain; what is no chain as it is."""
    layers = flat_layers(model)
    return model if layers is None else Chain(*(layer for layer in layers if not isinstance(layer, Dropout)))


def is_activation(layer: Any) -> bool:
    """Whether a layer is an activation."""
    return isinstance(layer, ActivationInfo)
